/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/nav.h"

#include <math.h>

#include "core/numbers.h"
#include "core/vector.h"

#define TOLERANCE_EUR 1e-6
#define TOLERANCE_RELATIVE 1e-12

/* Rows of one period. */
struct rows {
    const double *whole, *part[MLD_NAV_PARTS];
};

/* By how much the parts miss what is shared, or the least of them is below 0, beyond tolerance. */
MLD_INLINE double excess_of(const struct rows *rows, double tolerance, int i)
{
    double a = rows->part[MLD_CLASS_A][i], b = rows->part[MLD_CLASS_B][i],
           c = rows->part[MLD_CLASS_C][i], beneficiary = rows->part[MLD_NAV_BENEFICIARY][i];
    double shared = mld_positive(rows->whole[i]);
    double least = mld_least(mld_least(a, b), mld_least(c, beneficiary));
    double missed = fabs(a + b + c + beneficiary - shared);
    return (missed > -least ? missed : -least) - tolerance - TOLERANCE_RELATIVE * shared;
}

/* An excess that is not a number counts as a failure. */
#define FAILS(excess) ((excess) <= 0.0 ? 0 : 1)

MLD_CLONES
static int failures_of(int n, double tolerance, const struct rows *rows)
{
    const struct rows of = *rows;
    int failures = 0;
    for (int i = 0; i < n; i++)
        failures += FAILS(excess_of(&of, tolerance, i));
    return failures;
}

static struct rows rows_of(const struct mld_nav *nav, int sale, int t)
{
    size_t at = (size_t)t * (size_t)nav->width;
    struct rows rows = { .whole = nav->whole[sale] + at };
    for (int part = 0; part < MLD_NAV_PARTS; part++)
        rows.part[part] = nav->part[sale][part] + at;
    return rows;
}

void mld_nav_check(const struct mld_nav *nav, const struct mld_grid *grid,
                   const struct mld_fund_spec *spec, uint32_t first, int paths, int design,
                   struct mld_violation *violation)
{
    double tolerance = TOLERANCE_EUR + TOLERANCE_RELATIVE * spec->size;
    for (int i = 0; i < MLD_NAV_SALES * (grid->last + 1); i++) {
        int t = i / MLD_NAV_SALES;
        const struct rows rows = rows_of(nav, i % MLD_NAV_SALES, t);
        if (!failures_of(paths, tolerance, &rows))
            continue;
        for (int p = 0; p < paths; p++)
            if (FAILS(excess_of(&rows, tolerance, p)))
                mld_violation_keep(violation,
                                   (struct mld_violation){ "net asset values by class do not add "
                                                           "up to that of the fund",
                                                           first + (uint32_t)p, t, design,
                                                           excess_of(&rows, tolerance, p) });
    }
}
