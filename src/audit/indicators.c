/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/indicators.h"

#include <math.h>

#include "core/numbers.h"

#define TOLERANCE 1e-12

static double sum_of(int n, const double *value, double *least)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += value[i];
        *least = mld_least(*least, value[i]);
    }
    return sum;
}

/* What is not a number is a failure, too. */
static const char *broken(const struct mld_indicator_sums *sums, double *amount)
{
    double least = 0, lost = 0;
    double made = sum_of(MLD_MAX_YEARS + 1, sums->made, &least),
           by_instrument = sum_of(MLD_INSTRUMENTS, sums->by_instrument, &least),
           by_form = sum_of(MLD_MAX_FORMS, sums->by_form, &least);
    sum_of(MLD_MAX_YEARS + 1, sums->lost, &lost);
    *amount = mld_least(least, lost);
    if (!(*amount >= 0))
        return "an indicator is negative";
    *amount = fabs(made - by_instrument);
    if (!(*amount <= TOLERANCE * made))
        return "an indicator by instrument does not add up to that by year";
    *amount = fabs(made - by_form);
    return *amount <= TOLERANCE * made ? NULL
                                       : "an indicator by legal form does not add up to that by "
                                         "year";
}

void mld_indicators_check(const struct mld_indicators *indicators, uint32_t first, int paths,
                          int design, struct mld_violation *violation)
{
    for (int p = 0; p < paths; p++)
        for (int i = 0; i < indicators->n; i++) {
            double amount;
            const char *what = broken(mld_indicator_of(indicators, p, i), &amount);
            if (what)
                mld_violation_keep(violation, (struct mld_violation){ what, first + (uint32_t)p, 0,
                                                                      design, amount });
        }
}
