/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Safe-harbour premiums of EU Notice 2008/C 155/02, section 3.3. */
#include "milliard/rating.h"

#include <stddef.h>

const struct mld_rating_row mld_ratings[] = {
    [MLD_RATING_AAA_AA] = { "aaa_aa", 0.004, "AAA to AA−", "AAA à AA−" },
    [MLD_RATING_A] = { "a", 0.0055, "A+ to A−", "A+ à A−" },
    [MLD_RATING_BBB] = { "bbb", 0.008, "BBB+ to BBB−", "BBB+ à BBB−" },
    [MLD_RATING_BB] = { "bb", 0.02, "BB+ to BB", "BB+ à BB" },
    [MLD_RATING_BB_MINUS] = { "bb_minus", 0.038, "BB− to B+", "BB− à B+" },
    [MLD_RATING_B] = { "b", 0.063, "B to B−", "B à B−" },
    [MLD_RATING_START_UP] = { "start_up", 0.038, "start-up without credit history",
                              "jeune entreprise sans historique de crédit" },
    [MLD_RATINGS] = { .name = NULL }
};
