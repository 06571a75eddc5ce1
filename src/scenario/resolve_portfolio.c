/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Thesis and tape (model, section 6). */
#include "scenario/resolve.h"

#include "milliard/numerics.h"

#include <math.h>
#include <string.h>

static void check_sum(struct mld_check *check, const char *key, int n, double *weight)
{
    double sum;
    if (!mld_weights_normalise(n, weight, &sum))
        mld_check_fail(check, key, " adds up to %.12g instead of 1", sum);
}

static void resolve_deployment(struct mld_check *check)
{
    struct mld_plan *plan = check->plan;
    struct mld_thesis *thesis = &plan->model.thesis;
    double years = plan->fund.present ? plan->fund.investment_years : plan->model.grid.horizon_years;
    check_sum(check, "thesis.deployment", thesis->n_deployment, thesis->deployment);
    if (thesis->n_deployment > years)
        mld_check_fail(check, "thesis.deployment", " has %d years; the %s has %g", thesis->n_deployment,
                       plan->fund.present ? "investment period" : "horizon", years);
    mld_weights_cumulate(thesis->n_deployment, thesis->deployment, thesis->year_cumulative, MLD_MAX_YEARS);
}

/* Part of tickets, before truncation, below an amount. */
static double below_ticket(const struct mld_thesis *thesis, double amount)
{
    return mld_normal_cdf((mld_log(amount) - thesis->ticket_log_mean) / thesis->ticket_log_sd);
}

/* ln T ~ N(mu, s²): s² = ln(1 + sd²/mean²), mu = ln mean - s²/2. */
static void resolve_ticket(struct mld_check *check)
{
    struct mld_thesis *thesis = &check->plan->model.thesis;
    double ratio = thesis->ticket_sd / thesis->ticket_mean, variance = mld_log1p(ratio * ratio);
    thesis->ticket_log_sd = sqrt(variance);
    thesis->ticket_log_mean = mld_log(thesis->ticket_mean) - variance / 2;
    if (thesis->ticket_min > thesis->ticket_max) {
        mld_check_fail(check, "thesis.ticket.min", " = %.15g is above max = %.15g EUR", thesis->ticket_min, thesis->ticket_max);
        return;
    }
    double inside = thesis->ticket_mean >= thesis->ticket_min && thesis->ticket_mean <= thesis->ticket_max;
    if (thesis->ticket_log_sd > 0)
        inside = below_ticket(thesis, thesis->ticket_max) - below_ticket(thesis, thesis->ticket_min);
    /* Tickets are redrawn until inside: one in a hundred keeps that short. */
    if (!(inside >= 0.01))
        mld_check_fail(check, "thesis.ticket", ": only %.2g %% of tickets of mean %.15g and sd %.15g lie in [min, max]", 100 * inside,
                       thesis->ticket_mean, thesis->ticket_sd);
}

static void resolve_sectors(struct mld_check *check)
{
    struct mld_plan *plan = check->plan;
    int n = plan->model.factors.n_sectors, given = 0;
    for (int s = 0; s < n; s++)
        given += plan->model.thesis.has_sector[s];
    for (int s = 0; !given && s < n; s++)
        plan->model.thesis.sector[s] = 1.0 / n;
    check_sum(check, "thesis.sectors", n, plan->model.thesis.sector);
}

static void resolve_mix(struct mld_check *check, int i)
{
    struct mld_plan *plan = check->plan;
    struct mld_mix *mix = &plan->model.thesis.mix[i];
    const char *name = mld_instruments[i]->name;
    int n = plan->model.factors.n_sectors, given = 0;
    char key[MLD_KEY];
    if (!plan->model.has_instrument[i])
        mld_check_fail(check, mld_check_key(key, "thesis.mix.%s", name), ": instruments.%s is missing", name);
    check_sum(check, mld_check_key(key, "thesis.mix.%s.legal_forms", name), plan->model.n_forms, mix->form);
    for (int s = 0; s < n; s++)
        given += mix->has_sector[s];
    if (!given)
        memcpy(mix->sector, plan->model.thesis.sector, sizeof mix->sector);
    else
        check_sum(check, mld_check_key(key, "thesis.mix.%s.sectors", name), n, mix->sector);
    mld_weights_cumulate(plan->model.n_forms, mix->form, plan->model.thesis.form_cumulative[i], MLD_MAX_FORMS);
    mld_weights_cumulate(n, mix->sector, plan->model.thesis.sector_cumulative[i], MLD_MAX_SECTORS);
}

/* Every ticket is at least `min`, a last small one excepted: at most volume / min + 1 deals of an instrument. */
static void bound_deals(struct mld_check *check)
{
    struct mld_thesis *thesis = &check->plan->model.thesis;
    double most = 0;
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        if (thesis->has_mix[i] && thesis->mix[i].weight > 0)
            most += floor(thesis->mix[i].weight * thesis->volume / thesis->ticket_min) + 1;
    if (most > MLD_MAX_DEALS)
        mld_check_fail(check, "thesis.ticket.min", " = %.15g EUR lets a path hold %.15g deals; at most %d are simulated",
                       thesis->ticket_min, most, MLD_MAX_DEALS);
    else
        thesis->max_deals = check->plan->model.max_deals = check->plan->model.max_issuers = (int)most;
}

void mld_resolve_thesis(struct mld_check *check)
{
    struct mld_thesis *thesis = &check->plan->model.thesis;
    double weight[MLD_INSTRUMENTS];
    resolve_deployment(check);
    resolve_ticket(check);
    resolve_sectors(check);
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        weight[i] = thesis->has_mix[i] ? thesis->mix[i].weight : 0;
        if (thesis->has_mix[i])
            resolve_mix(check, i);
    }
    check_sum(check, "thesis.mix", MLD_INSTRUMENTS, weight);
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        thesis->mix[i].weight = weight[i];
    bound_deals(check);
}

void mld_resolve_tape(struct mld_check *check)
{
    check->plan->model.max_deals = check->plan->model.tape.n_deals;
    check->plan->model.max_issuers = check->plan->model.tape.n_issuers;
}
