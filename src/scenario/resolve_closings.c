/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closings of the fund, and the room that each period has for deals (model, section 16). */
#include "scenario/resolve.h"

#include <stdio.h>

static void iso(char text[16], struct mld_date date)
{
    snprintf(text, 16, "%04d-%02d-%02d", date.year, date.month, date.day);
}

/* The first is what the whole calendar is counted from. */
static void check_first(struct mld_check *check, const char *key, const char *given)
{
    const struct mld_grid *grid = &check->plan->model.grid;
    char start[16], end[16];
    iso(start, grid->first_closing);
    iso(end, mld_grid_period_end(grid, 0));
    mld_check_fail(check, key,
                   " = %s: the first closing falls in the first period, from first_closing = %s to "
                   "%s",
                   given, start, end);
}

static void check_date(struct mld_check *check, int i)
{
    const struct mld_grid *grid = &check->plan->model.grid;
    const struct mld_fund_spec *fund = &check->plan->fund;
    const struct mld_closing *closing = &fund->closing[i];
    char key[MLD_KEY], given[16], other[16];
    mld_check_key(key, "fund.closings[%d].date", i);
    iso(given, closing->date);
    if (i == 0 && closing->period != 0) {
        check_first(check, key, given);
    } else if (i > 0 && closing->period <= fund->closing[i - 1].period) {
        iso(other, fund->closing[i - 1].date);
        mld_check_fail(check, key,
                       " = %s is %s the closing before it, %s: dates ascend, and closings of one "
                       "period are one closing",
                       given,
                       closing->period == fund->closing[i - 1].period ? "in the same period as"
                                                                      : "before",
                       other);
    } else if (closing->period >= fund->investment_periods) {
        iso(other, mld_grid_period_end(grid, fund->investment_periods - 1));
        mld_check_fail(check, key, " = %s is after the investment period, which ends on %s", given,
                       other);
    }
}

/* Shares typed as thirds add up to 1 all the same. */
static void check_shares(struct mld_check *check)
{
    struct mld_fund_spec *fund = &check->plan->fund;
    double share[MLD_MAX_CLOSINGS], sum;
    char key[MLD_KEY];
    for (int i = 0; i < fund->n_closings; i++) {
        share[i] = fund->closing[i].share;
        if (!(share[i] > 0))
            mld_check_fail(check, mld_check_key(key, "fund.closings[%d].share", i),
                           " = %g: a closing admits a part of the commitments, above 0", share[i]);
    }
    if (!mld_weights_normalise(fund->n_closings, share, &sum))
        mld_check_fail(check, "fund.closings", ": shares add up to %.12g instead of 1", sum);
    for (int i = 0; i < fund->n_closings; i++)
        fund->closing[i].share = share[i];
}

void mld_resolve_closings(struct mld_check *check)
{
    struct mld_plan *plan = check->plan;
    struct mld_fund_spec *fund = &plan->fund;
    for (int i = 0; i < fund->n_closings; i++) {
        fund->closing[i].period = mld_grid_period_of(&plan->model.grid, fund->closing[i].date);
        check_date(check, i);
    }
    if (fund->n_closings)
        check_shares(check);
}

void mld_plan_make_room(struct mld_plan *plan)
{
    const struct mld_fund_spec *fund = &plan->fund;
    struct mld_model *model = &plan->model;
    if (!fund->present || !mld_fund_grows(fund))
        return;
    model->waiting_periods = fund->investment_periods;
    model->last_inflow = mld_fund_last_inflow(&model->grid, fund);
    for (int t = 0; t < model->waiting_periods; t++)
        model->room[t] = mld_fund_room(&model->grid, fund, t);
}
