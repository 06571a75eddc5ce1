/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fees of a fund (model, sections 8 and 16), and what they come to while it invests. */
#include "scenario/resolve.h"

#include <math.h>

#include "milliard/numerics.h"

/* ---- what they come to ---- */

static double most(double a, double b) { return a > b ? a : b; }

/*
 * What is called and NAV are at most the commitments while the fund invests, what is invested at
 * most the volume; a minimum is then beside what the rate gives, since either may be the larger.
 */
static void add_row(const struct mld_fund_spec *fund, const struct mld_fund_fee *fee,
                    struct mld_costs *costs)
{
    double to = fee->to_year < fund->investment_years ? fee->to_year : fund->investment_years,
           years = most(0, to - fee->from_year), c = fund->share_class[MLD_CLASS_C].commitment;
    double base = fee->base == MLD_BASE_WITHOUT_C ? fund->size - c : fund->size;
    if (fee->base == MLD_BASE_NET_INVESTED) {
        costs->of_volume += fee->rate * years;
        costs->fixed += (fee->minimum + fee->amount) * years;
    } else {
        costs->fixed += (most(fee->rate * base, fee->minimum) + fee->amount) * years;
    }
}

/* ---- rows, or what stands for them ---- */

/* A rate of section 8 that is needed and missing, or given beside rows. */
static void check_rate(struct mld_check *check, const char *key, double *rate, int needed)
{
    const struct mld_fund_spec *fund = &check->plan->fund;
    if (fund->n_fees && *rate > 0)
        mld_check_fail(check, key, " and fund.fees are both given; leave one of the two out");
    if (!fund->n_fees && needed && isnan(*rate))
        mld_check_fail(check, key, " is missing");
    if (isnan(*rate))
        *rate = 0;
}

static void check_years(struct mld_check *check, const struct mld_fund_fee *fee)
{
    const struct mld_fund_spec *fund = &check->plan->fund;
    double end = fund->term_years + fund->extension_years;
    char key[MLD_KEY];
    if (!(fee->to_year > fee->from_year))
        mld_check_fail(check, mld_check_key(key, "fund.fees.%s.to_year", fee->name),
                       " = %g must be after from_year = %g", fee->to_year, fee->from_year);
    if (fee->from_year >= end)
        mld_check_fail(check, mld_check_key(key, "fund.fees.%s.from_year", fee->name),
                       " = %g: the fund ends after %g years", fee->from_year, end);
}

/* A minimum is of a rate; a row that alone takes all there is was hardly meant. */
static void check_amounts(struct mld_check *check, const struct mld_fund_fee *fee)
{
    const struct mld_fund_spec *fund = &check->plan->fund;
    struct mld_costs costs = { 0, 0 };
    char key[MLD_KEY];
    add_row(fund, fee, &costs);
    if (mld_exceeds(costs.fixed, fund->size, fund->size))
        mld_check_fail(check,
                       mld_check_key(key, "fund.fees.%s.%s", fee->name,
                                     fee->amount > fee->minimum ? "amount" : "minimum"),
                       " = %.15g EUR a year: the row costs %.15g EUR in the investment period, "
                       "beyond the commitments of %.15g EUR",
                       most(fee->amount, fee->minimum), costs.fixed, fund->size);
    if (fee->minimum > 0 && fee->rate == 0)
        mld_check_fail(check, mld_check_key(key, "fund.fees.%s.minimum", fee->name),
                       " = %.15g EUR is of a rate, and rate is 0; did you mean amount?",
                       fee->minimum);
}

void mld_resolve_fees(struct mld_check *check)
{
    struct mld_fund_spec *fund = &check->plan->fund;
    check_rate(check, "fund.management_fee", &fund->management_fee, 1);
    check_rate(check, "fund.management_fee_after", &fund->management_fee_after, 1);
    check_rate(check, "fund.running_costs", &fund->running_costs, 0);
    for (int i = 0; i < fund->n_fees; i++) {
        check_years(check, &fund->fee[i]);
        check_amounts(check, &fund->fee[i]);
    }
}

/* ---- all of them ---- */

/* Rates of section 8 are added up first: their sum is what a refusal of such a scenario tells. */
struct mld_costs mld_costs_while_investing(const struct mld_fund_spec *fund)
{
    struct mld_costs costs = { fund->size * fund->setup, 0 };
    if (!fund->n_fees) {
        costs.fixed = fund->size * (fund->setup + (fund->management_fee + fund->running_costs) *
                                                      fund->investment_years);
        return costs;
    }
    for (int i = 0; i < fund->n_fees; i++)
        add_row(fund, &fund->fee[i], &costs);
    return costs;
}
