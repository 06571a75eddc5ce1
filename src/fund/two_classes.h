/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Private to src/fund: how a tier shares between A and B what both are due. */
#ifndef MILLIARD_FUND_TWO_CLASSES_H
#define MILLIARD_FUND_TWO_CLASSES_H

#include "core/numbers.h"
#include "milliard/fund.h"

/* How a tier treats A and B: factors of 0 or 1 and choices that no path changes. */
struct two_classes {
    double a, b; /* 1 when the tier pays the class */
    /* pro rata to what is due; or, under first_loss, A in full before B */
    double pro_rata, a_first;
    int capped; /* capped_return: B gets at most its account */
};

static inline struct two_classes two_classes(const struct mld_fund_spec *fund,
                                             const struct mld_tier *tier)
{
    return (struct two_classes){
        .a = tier->to == MLD_TO_A || tier->to == MLD_TO_A_AND_B ? 1.0 : 0.0,
        .b = tier->to == MLD_TO_B || tier->to == MLD_TO_A_AND_B ? 1.0 : 0.0,
        .pro_rata = fund->first_loss ? 0.0 : 1.0,
        .a_first = fund->first_loss ? 1.0 : 0.0,
        .capped = fund->capped_return,
    };
}

/*
 * What B gets of `paid` when A and B are due `due_a` and `due_b`, at least `paid` together. A gets
 * the rest, so that nothing is lost to rounding. The two ways are weighted by 0 and 1, which is
 * exact: gcc 12 does not vectorise a choice between a division and something else.
 */
static inline double part_of_b(double paid, double due_a, double due_b, struct two_classes classes)
{
    double due = due_a + due_b;
    double pro_rata = paid / (due > 0.0 ? due : 1.0) * due_b;
    double after_a = mld_positive(paid - due_a);
    return classes.pro_rata * pro_rata + classes.a_first * after_a;
}

#endif
