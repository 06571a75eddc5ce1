/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Ratings of issuers by which the aid in a guarantee is measured (model, section 9): the gross
 * grant equivalent is what the safe-harbour premium of the rating exceeds the premium that is paid.
 * No probability of default is taken from a rating.
 */
#ifndef MILLIARD_RATING_H
#define MILLIARD_RATING_H

#include "milliard/language.h"

MLD_BEGIN_DECLARATIONS

/**
 * Classes of EU Notice 2008/C 155/02, section 3.3, for mld_form.rating; rows of mld_ratings in the
 * same order.
 */
enum mld_rating {
    MLD_RATING_AAA_AA,
    MLD_RATING_A,
    MLD_RATING_BBB,
    MLD_RATING_BB,
    MLD_RATING_BB_MINUS,
    MLD_RATING_B,
    MLD_RATING_START_UP,
    MLD_RATINGS
};
#define MLD_RATING_CHOICES "aaa_aa|a|bbb|bb|bb_minus|b|start_up"
/** The same names, as a scenario and a tape give them. */
extern const struct mld_rating_row {
    const char *name;
    /* p_safe, 1/year: premium on the guaranteed outstanding; Notice 2008/C 155/02, section 3.3 */
    double safe_harbour;
    const char *label_en, *label_fr;
} mld_ratings[]; /**< MLD_RATINGS rows, then a NULL name */

MLD_END_DECLARATIONS

#endif
