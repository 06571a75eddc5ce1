/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a study file. */
#include "params/rows.h"
#include "study/study.h"

#define STUDIES .source = "model, section 19"

/* Of points and their changes the rows are read for the checks alone, all into the same place. */
static const struct mld_param change_params[] = {
    MLD_ROW_TEXT(mld_point_reading, key, "key", .flags = MLD_REQUIRED,
                 .doc_en = "Dotted key of the base, * standing for any name.",
                 .doc_fr = "Clé pointée du scénario de base, * valant tout nom.", STUDIES),
    { .key = "value",
      .kind = MLD_VALUE,
      .unit = "",
      .flags = MLD_REQUIRED,
      .doc_en = "What it becomes: a number, a text, a list or a whole block.",
      .doc_fr = "Ce qu'elle devient : un nombre, un texte, une liste ou un bloc entier.",
      STUDIES },
    MLD_PARAM_END
};

static const struct mld_param point_params[] = {
    MLD_ROW_TEXT(mld_point_reading, label, "label", .flags = MLD_REQUIRED,
                 .doc_en = "What the point is called in the results.",
                 .doc_fr = "Nom du point dans les résultats.", STUDIES),
    { .key = "set",
      .kind = MLD_LIST,
      .unit = "",
      .count_offset = offsetof(struct mld_point_reading, n_changes),
      .capacity = MLD_MAX_CHANGES,
      .table = change_params,
      .flags = MLD_REQUIRED,
      .doc_en = "What it sets, key by key; ( ) leaves the base as it is.",
      .doc_fr = "Ce qu'il fixe, clé par clé ; ( ) laisse la base telle quelle.",
      STUDIES },
    MLD_PARAM_END
};

static const struct mld_param axis_params[] = {
    MLD_ROW_TEXT(mld_axis_reading, name, "name",
                 .doc_en = "Name of the axis in the results; the last word of its key when left "
                           "out.",
                 .doc_fr = "Nom de l'axe dans les résultats ; à défaut le dernier mot de sa clé.",
                 STUDIES),
    MLD_ROW_TEXT(mld_axis_reading, one_key, "key",
                 .doc_en = "Dotted key of the base that is varied, * standing for any name.",
                 .doc_fr = "Clé pointée du scénario de base qui varie, * valant tout nom.",
                 STUDIES),
    MLD_ROW_NAMES(mld_axis_reading, key, n_keys, "keys",
                  .doc_en = "Several keys that take the same values.",
                  .doc_fr = "Plusieurs clés qui prennent les mêmes valeurs.", STUDIES),
    { .key = "values",
      .kind = MLD_VALUE,
      .unit = "",
      .flags = MLD_OPTIONAL,
      .doc_en = "The values, in [ ] or, of different kinds or blocks, in ( ).",
      .doc_fr = "Les valeurs, entre [ ] ou, de plusieurs sortes ou en blocs, entre ( ).",
      STUDIES },
    MLD_ROW_REAL(mld_axis_reading, from, "from", "1", -1e15, 1e15, NAN,
                 .doc_en = "First value of a grid.", .doc_fr = "Première valeur d'une grille.",
                 STUDIES),
    MLD_ROW_REAL(mld_axis_reading, to, "to", "1", -1e15, 1e15, NAN,
                 .doc_en = "Last value of a grid.", .doc_fr = "Dernière valeur d'une grille.",
                 STUDIES),
    MLD_ROW_INT(mld_axis_reading, count, "count", "1", 2, MLD_MAX_POINTS, 0, .flags = MLD_OPTIONAL,
                .doc_en = "Number of values of a grid, both ends included.",
                .doc_fr = "Nombre de valeurs d'une grille, bornes comprises.", STUDIES),
    MLD_ROW_CHOICE(mld_axis_reading, scale, "scale", "linear|log", 0,
                   .doc_en = "Steps of a grid: equal, or of one ratio.",
                   .doc_fr = "Pas d'une grille : égaux, ou de même rapport.", STUDIES),
    { .key = "points",
      .kind = MLD_LIST,
      .unit = "",
      .offset = offsetof(struct mld_axis_reading, point),
      .count_offset = offsetof(struct mld_axis_reading, n_points),
      .capacity = MLD_MAX_POINTS,
      .table = point_params,
      .flags = MLD_OPTIONAL,
      .doc_en = "Points given one by one, each of which may set several keys or whole blocks.",
      .doc_fr = "Points donnés un à un, chacun pouvant fixer plusieurs clés ou des blocs entiers.",
      STUDIES },
    MLD_PARAM_END
};

const struct mld_param mld_study_params[] = {
    MLD_ROW_TEXT(mld_study_reading, name, "name", .flags = MLD_REQUIRED,
                 .doc_en = "Name of the study: letters, digits, - and _.",
                 .doc_fr = "Nom de l'étude : lettres, chiffres, - et _.", STUDIES),
    { .key = "base",
      .kind = MLD_TEXT,
      .unit = "",
      .flags = MLD_REQUIRED,
      .doc_en = "Path of the scenario whose variants are studied, from the folder of the study.",
      .doc_fr = "Chemin du scénario dont on étudie les variantes, depuis le dossier de l'étude.",
      STUDIES },
    MLD_ROW_REAL(mld_study_reading, paths, "paths", "1", 1, 4294967294.0, NAN, .flags = MLD_WHOLE,
                 .doc_en = "Paths of every variant; the base's run.paths when left out.",
                 .doc_fr = "Trajectoires de chaque variante ; à défaut run.paths de la base.",
                 STUDIES),
    MLD_ROW_REAL(
        mld_study_reading, seed, "seed", "1", 0, 9007199254740992.0, NAN, .flags = MLD_WHOLE,
        .doc_en = "Seed of all variants; the base's run.seed when left out.",
        .doc_fr = "Graine de toutes les variantes ; à défaut run.seed de la base.", STUDIES),
    MLD_ROW_NAMES(mld_study_reading, statistic, n_statistics, "statistics",
                  .doc_en = "What is asked of each variant: "
                            "[design.]measure[.mean|.sd|.pNN|.shortfall].",
                  .doc_fr = "Ce qu'on demande de chaque variante : "
                            "[variante de garantie.]mesure[.mean|.sd|.pNN|.shortfall].",
                  STUDIES),
    MLD_ROW_NAMES(mld_study_reading, goal, n_goals, "until",
                  .doc_en = "What variants are looked through for: a statistic, <= or >=, and a "
                            "number, or base + or - one.",
                  .doc_fr = "Ce qu'on cherche parmi les variantes : une statistique, <= ou >=, et "
                            "un nombre, ou base + ou - un nombre.",
                  STUDIES),
    MLD_ROW_LIST(mld_study_reading, axis, n_axes, "axes", axis_params, .flags = MLD_REQUIRED,
                 .doc_en = "What is varied: each point of each axis with each of the others.",
                 .doc_fr = "Ce qui varie : chaque point de chaque axe avec chacun des autres.",
                 STUDIES),
    MLD_PARAM_END
};
