/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results/schema.h"

#include <stddef.h>

#include "milliard/params.h"
#include "milliard/study.h"

const unsigned char mld_hdf5_signature[8] = { 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n' };

const struct mld_flag_name mld_flag_names[] = {
    { MLD_REQUIRED, "required" }, { MLD_JUDGEMENT, "judgement" },
    { MLD_TAPE, "tape" },         { MLD_OPTIONAL, "optional" },
    { MLD_FIXED, "fixed" },       { MLD_WHOLE, "whole" },
    { MLD_PERIODS, "periods" },   { 0, NULL }
};

#define PART(name) #name, "base_" #name, offsetof(struct mld_study_cell, name)
const struct mld_cell_part mld_cell_parts[MLD_CELL_PARTS] = {
    { PART(value), "The statistic.", "La statistique." },
    { PART(error), "Its Monte-Carlo standard error; of a quantile half its interval over 1.96.",
      "Son erreur type de Monte-Carlo ; d'un quantile, la moitié de son intervalle sur 1,96." },
    { PART(low), "Low end of its 95 % interval.", "Borne basse de son intervalle à 95 %." },
    { PART(high), "High end of its 95 % interval.", "Borne haute de son intervalle à 95 %." },
    { PART(change), "Difference from the base, on the same draws.",
      "Écart à la base, sur les mêmes tirages." },
    { PART(change_error), "Standard error of the difference, of paired paths for a mean.",
      "Erreur type de l'écart, apparié trajectoire par trajectoire pour une moyenne." },
    { PART(count), "Paths on which the measure is defined.",
      "Trajectoires où la mesure est définie." },
};
#undef PART
