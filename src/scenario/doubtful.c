/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario/doubtful.h"

#include "milliard/numerics.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void warn(const struct mld_scenario *scenario, struct mld_plan *plan,
                 enum mld_warning_id kind, const char *key, const struct mld_warning_value *value)
{
    const struct mld_places places = { scenario, &plan->echo->arena };
    mld_warn(&plan->warnings, kind, mld_scenario_where(&places, key), key, value);
}

void mld_tape_where(const struct mld_scenario *scenario, const struct mld_plan *plan, int line,
                    char *where, size_t size)
{
    snprintf(where, size, "%s:%d",
             scenario->tape_name ? scenario->tape_name : plan->model.tape.path, line);
}

static const char *portfolio_key(const struct mld_plan *plan)
{
    return plan->model.has_thesis ? "thesis.mix" : "tape";
}

/* ---- the portfolio against the fund ---- */

static void doubt_tickets(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    const struct mld_thesis *thesis = &plan->model.thesis;
    if (plan->model.has_thesis &&
        (thesis->ticket_mean < thesis->ticket_min || thesis->ticket_mean > thesis->ticket_max))
        warn(scenario, plan, MLD_WARN_TICKETS, "thesis.ticket.mean",
             (struct mld_warning_value[]){ { .number = thesis->ticket_mean },
                                           { .number = thesis->ticket_min },
                                           { .number = thesis->ticket_max } });
}

/* Less than half of the commitments is ever invested. */
static void doubt_commitments(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    double volume = mld_plan_volume(plan), commitments = plan->fund.size;
    if (plan->fund.present && volume < 0.5 * commitments && !mld_is_small_volume(plan, volume))
        warn(scenario, plan, MLD_WARN_UNUSED_COMMITMENTS,
             plan->model.has_thesis ? "thesis.volume" : "tape",
             (struct mld_warning_value[]){
                 { .number = volume },
                 { .number = volume / commitments },
                 { .number = commitments },
                 { .number = floor(mld_plan_volume_borne(plan) / 1e4) * 1e4 } });
}

/* Candidates that would all be made even if nothing came back: nothing is ever invested again. */
static void doubt_candidates(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    const struct mld_fund_spec *fund = &plan->fund;
    double volume = mld_plan_volume(plan), borne = mld_plan_volume_borne(plan),
           most = fund->recycling.total * fund->size;
    if (fund->recycling.present && volume < most && !mld_exceeds(volume, borne, fund->size))
        warn(scenario, plan, MLD_WARN_CANDIDATES, plan->model.has_thesis ? "thesis.volume" : "tape",
             (struct mld_warning_value[]){
                 { .number = volume }, { .number = borne }, { .number = most } });
}

/* ---- legal limits of a fund (model, section 6) ---- */

static const double least_quota = 0.5, pocket_of_quota = 0.2, most_loans = 0.1;

/* What goes to one instrument: exact for a thesis too, whose tickets are cut to fit. */
static double volume_in(const struct mld_plan *plan, int instrument)
{
    double volume = 0;
    if (plan->model.has_thesis)
        return plan->model.thesis.has_mix[instrument]
                   ? plan->model.thesis.mix[instrument].weight * plan->model.thesis.volume
                   : 0;
    for (int i = 0; i < plan->model.tape.n_deals; i++)
        volume += plan->model.tape.deal[i].instrument == instrument
                      ? plan->model.tape.deal[i].amount
                      : 0;
    return volume;
}

static void doubt_quota_and_loans(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    double volume = mld_plan_volume(plan), in_class[MLD_QUOTA_NONE + 1] = { 0 }, loans = 0;
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        double part = volume_in(plan, i) / volume;
        in_class[mld_instruments[i]->quota] += part;
        loans += mld_instruments[i]->is_loan ? part : 0;
    }
    double quota = in_class[MLD_QUOTA_FULL] + fmin(in_class[MLD_QUOTA_POCKET], pocket_of_quota);
    if (mld_exceeds(least_quota, quota, 1))
        warn(scenario, plan, MLD_WARN_QUOTA, portfolio_key(plan),
             (struct mld_warning_value[]){ { .number = quota }, { .number = least_quota } });
    if (mld_exceeds(loans, most_loans, 1))
        warn(scenario, plan, MLD_WARN_LOANS, portfolio_key(plan),
             (struct mld_warning_value[]){ { .number = loans }, { .number = most_loans } });
}

static void warn_issuer(const struct mld_scenario *scenario, struct mld_plan *plan, int issuer,
                        double cost)
{
    int first = 0;
    char where[MLD_MAX_TEXT + 16];
    while (plan->model.tape.deal[first].issuer != issuer)
        first++;
    mld_tape_where(scenario, plan, plan->model.tape.deal[first].line, where, sizeof where);
    mld_warn(&plan->warnings, MLD_WARN_LARGE_ISSUER, where, "issuer",
             (struct mld_warning_value[]){ { .text = plan->model.tape.issuer[issuer].name },
                                           { .number = cost },
                                           { .number = cost / plan->fund.size },
                                           { .number = plan->fund.max_issuer_share } });
}

static void doubt_issuers(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    double most = plan->fund.max_issuer_share * plan->fund.size;
    double *cost = calloc((size_t)plan->model.tape.n_issuers + 1, sizeof *cost);
    if (!cost) {
        plan->warnings.lost++;
        return;
    }
    for (int i = 0; i < plan->model.tape.n_deals; i++)
        cost[plan->model.tape.deal[i].issuer] += plan->model.tape.deal[i].amount;
    for (int i = 0; i < plan->model.tape.n_issuers; i++)
        if (mld_exceeds(cost[i], most, plan->fund.size))
            warn_issuer(scenario, plan, i, cost[i]);
    free(cost);
}

/* Each deal of a thesis has an issuer of its own. */
static void doubt_largest_ticket(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    double most = plan->fund.max_issuer_share * plan->fund.size,
           largest = plan->model.thesis.ticket_max;
    if (mld_exceeds(largest, most, plan->fund.size))
        warn(scenario, plan, MLD_WARN_LARGE_TICKET, "thesis.ticket.max",
             (struct mld_warning_value[]){ { .number = largest },
                                           { .number = largest / plan->fund.size },
                                           { .number = plan->fund.max_issuer_share },
                                           { .number = floor(most) } });
}

/* No figure speaks of private financing before the scenario says what of A is public. */
static void doubt_public_share(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    if (plan->guarantee.present && isnan(plan->fund.share_class[MLD_CLASS_A].public_share))
        warn(scenario, plan, MLD_WARN_PUBLIC_SHARE, "fund.classes.A.public_share", NULL);
}

void mld_find_doubtful(const struct mld_scenario *scenario, struct mld_reading *reading)
{
    struct mld_plan *plan = &reading->plan;
    mld_doubt_units(scenario, plan);
    doubt_tickets(scenario, plan);
    doubt_commitments(scenario, plan);
    mld_doubt_judgements(scenario, &reading->judgements, plan);
    if (!plan->fund.present)
        return;
    doubt_candidates(scenario, plan);
    doubt_quota_and_loans(scenario, plan);
    doubt_public_share(scenario, plan);
    mld_doubt_closings(scenario, plan);
    mld_doubt_credit_line(scenario, plan);
    if (plan->model.has_tape)
        doubt_issuers(scenario, plan);
    else
        doubt_largest_ticket(scenario, plan);
}
