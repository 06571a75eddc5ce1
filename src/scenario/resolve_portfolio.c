/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Thesis and tape (model, section 6). */
#include "scenario/resolve.h"

#include "milliard/numerics.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- weights by name ---- */

/* Some weights of a group: which there are, their names, and the key of one below the group's. */
struct weights {
    const char *key;
    int n;
    double *weight;
    const int *given; /* NULL: those above 0 */
    const char *(*name)(const struct mld_plan *plan, int i);
    const char *below; /* ".weight" where the weight is no value of its own */
};

static const char *instrument_name(const struct mld_plan *plan, int i)
{
    (void)plan;
    return mld_instruments[i]->name;
}
static const char *sector_name(const struct mld_plan *plan, int i)
{
    return plan->model.factors.sector[i];
}
static const char *form_name(const struct mld_plan *plan, int i)
{
    return plan->model.form[i].name;
}

static const char *place(const struct mld_check *check, const char *key)
{
    return check->where ? check->where(check->context, key) : "";
}

static int same_file(const char *a, const char *b)
{
    const char *end = strrchr(a, ':');
    size_t length = end ? (size_t)(end - a) : strlen(a);
    return !strncmp(a, b, length) && (b[length] == ':' || !b[length]);
}

/*
 * "name 0.3 (base.cfg:12)" of each, and how to do without those that another file gives than the
 * one that last changed the group.
 */
static void list_weights(struct mld_check *check, const struct weights *weights, FILE *list,
                         FILE *drop)
{
    char group[512], key[MLD_KEY], number[40];
    snprintf(group, sizeof group, "%s", place(check, weights->key));
    for (int i = 0, told = 0, others = 0; i < weights->n; i++) {
        if (weights->given ? !weights->given[i] : !(weights->weight[i] > 0))
            continue;
        const char *name = weights->name(check->plan, i);
        const char *where = place(check, mld_check_key(key, "%s.%s%s", weights->key, name,
                                                       weights->below));
        snprintf(number, sizeof number, "%.12g", weights->weight[i]);
        fprintf(list, "%s%s %s (%s)", told++ ? ", " : "", name, number, where);
        if (!same_file(group, where) && *where != '-')
            fprintf(drop, "%s\"%s.%s\"", others++ ? ", " : "", weights->key, name);
    }
}

static void tell_weights(struct mld_check *check, const struct weights *weights, double sum)
{
    char *text[2] = { NULL, NULL };
    size_t length[2];
    FILE *list = open_memstream(&text[0], &length[0]), *drop = open_memstream(&text[1], &length[1]);
    if (list && drop)
        list_weights(check, weights, list, drop);
    int lists = list && !fclose(list), drops = drop && !fclose(drop);
    if (lists && drops)
        mld_check_fail(
            check, weights->key, " adds up to %.12g instead of 1: %s%s%s%s", sum, text[0],
            *text[1] ? "; what the base gives and is not meant here is dropped with drop = [ " : "",
            text[1], *text[1] ? " ]" : "");
    check->no_memory |= !(lists && drops);
    free(text[0]);
    free(text[1]);
}

static void check_weights(struct mld_check *check, struct weights weights)
{
    double sum;
    if (!mld_weights_normalise(weights.n, weights.weight, &sum))
        tell_weights(check, &weights, sum);
}

/* ---- thesis ---- */

static void resolve_deployment(struct mld_check *check)
{
    struct mld_plan *plan = check->plan;
    struct mld_thesis *thesis = &plan->model.thesis;
    double years = plan->fund.present ? plan->fund.investment_years
                                      : plan->model.grid.horizon_years;
    double sum;
    if (!mld_weights_normalise(thesis->n_deployment, thesis->deployment, &sum))
        mld_check_fail(check, "thesis.deployment", " adds up to %.12g instead of 1", sum);
    if (thesis->n_deployment > years)
        mld_check_fail(check, "thesis.deployment", " has %d years; the %s has %g",
                       thesis->n_deployment, plan->fund.present ? "investment period" : "horizon",
                       years);
    thesis->investment_periods = plan->fund.present
                                     ? plan->fund.investment_periods
                                     : thesis->n_deployment * plan->model.grid.periods_per_year;
    mld_weights_cumulate(thesis->n_deployment, thesis->deployment, thesis->year_cumulative,
                         MLD_MAX_YEARS);
}

/* A list of candidates is as long as all that may be invested, when nothing else is said. */
static void resolve_volume(struct mld_check *check)
{
    const struct mld_fund_spec *fund = &check->plan->fund;
    struct mld_thesis *thesis = &check->plan->model.thesis;
    if (!isnan(thesis->volume))
        return;
    thesis->volume = 0;
    thesis->of_all = 1;
    if (fund->present && fund->recycling.present)
        thesis->volume = fund->recycling.total * fund->size;
    else
        mld_check_fail(check, "thesis.volume", " is missing");
}

/* Without a fund, second deals are made as long as first ones are. */
static void resolve_follow_on(struct mld_check *check, int i)
{
    struct mld_thesis *thesis = &check->plan->model.thesis;
    struct mld_follow_on *follow_on = &thesis->mix[i].follow_on;
    int m = check->plan->model.grid.periods_per_year;
    char key[MLD_KEY];
    follow_on->periods = (int)lround(m * follow_on->after_years);
    follow_on->multiple = isnan(follow_on->size) ? follow_on->reserve / (1 - follow_on->reserve)
                                                 : follow_on->size;
    if (follow_on->periods >= thesis->investment_periods)
        mld_check_fail(check,
                       mld_check_key(key, "thesis.mix.%s.follow_on.after_years",
                                     mld_instruments[i]->name),
                       " = %g: the investment period has %g years, so that no deal would be "
                       "followed; did you mean a shorter time, or no follow_on?",
                       follow_on->after_years, (double)thesis->investment_periods / m);
    thesis->has_follow_on |= thesis->mix[i].weight > 0;
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
        mld_check_fail(check, "thesis.ticket.min", " = %.15g is above max = %.15g EUR",
                       thesis->ticket_min, thesis->ticket_max);
        return;
    }
    double inside = thesis->ticket_mean >= thesis->ticket_min &&
                    thesis->ticket_mean <= thesis->ticket_max;
    if (thesis->ticket_log_sd > 0)
        inside = below_ticket(thesis, thesis->ticket_max) -
                 below_ticket(thesis, thesis->ticket_min);
    /* Tickets are redrawn until inside: one in a hundred keeps that short. */
    if (!(inside >= 0.01))
        mld_check_fail(check, "thesis.ticket",
                       ": only %.2g %% of tickets of mean %.15g and sd %.15g lie in [min, max]",
                       100 * inside, thesis->ticket_mean, thesis->ticket_sd);
}

static void resolve_sectors(struct mld_check *check)
{
    struct mld_plan *plan = check->plan;
    int n = plan->model.factors.n_sectors, given = 0;
    for (int s = 0; s < n; s++)
        given += plan->model.thesis.has_sector[s];
    for (int s = 0; !given && s < n; s++)
        plan->model.thesis.sector[s] = 1.0 / n;
    check_weights(check, (struct weights){ "thesis.sectors", n, plan->model.thesis.sector,
                                           plan->model.thesis.has_sector, sector_name, "" });
}

static void resolve_mix(struct mld_check *check, int i)
{
    struct mld_plan *plan = check->plan;
    struct mld_mix *mix = &plan->model.thesis.mix[i];
    const char *name = mld_instruments[i]->name;
    int n = plan->model.factors.n_sectors, given = 0;
    char key[MLD_KEY];
    if (!plan->model.has_instrument[i])
        mld_check_fail(check, mld_check_key(key, "thesis.mix.%s", name),
                       ": instruments.%s is missing", name);
    check_weights(check, (struct weights){ mld_check_key(key, "thesis.mix.%s.legal_forms", name),
                                           plan->model.n_forms, mix->form, NULL, form_name, "" });
    for (int s = 0; s < n; s++)
        given += mix->has_sector[s];
    if (!given)
        memcpy(mix->sector, plan->model.thesis.sector, sizeof mix->sector);
    else
        check_weights(check, (struct weights){ mld_check_key(key, "thesis.mix.%s.sectors", name), n,
                                               mix->sector, mix->has_sector, sector_name, "" });
    mld_weights_cumulate(plan->model.n_forms, mix->form, plan->model.thesis.form_cumulative[i],
                         MLD_MAX_FORMS);
    mld_weights_cumulate(n, mix->sector, plan->model.thesis.sector_cumulative[i], MLD_MAX_SECTORS);
}

/*
 * Every ticket is at least `min`, a last small one excepted: at most volume / min + 1 deals of an
 * instrument, each followed by one at most.
 */
static void bound_deals(struct mld_check *check)
{
    struct mld_thesis *thesis = &check->plan->model.thesis;
    double first = 0, most = 0;
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        if (!thesis->has_mix[i] || !(thesis->mix[i].weight > 0))
            continue;
        double deals = floor(mld_thesis_volume(thesis, i) / thesis->ticket_min) + 1;
        first += deals;
        most += thesis->mix[i].has_follow_on ? 2 * deals : deals;
    }
    if (most > MLD_MAX_DEALS)
        mld_check_fail(check, "thesis.ticket.min",
                       " = %.15g EUR lets a path hold %.15g deals; at most %d are simulated",
                       thesis->ticket_min, most, MLD_MAX_DEALS);
    else {
        thesis->max_deals = check->plan->model.max_issuers = (int)first;
        check->plan->model.max_deals = (int)most;
    }
}

void mld_resolve_thesis(struct mld_check *check)
{
    struct mld_thesis *thesis = &check->plan->model.thesis;
    double weight[MLD_INSTRUMENTS];
    resolve_volume(check);
    resolve_deployment(check);
    resolve_ticket(check);
    resolve_sectors(check);
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        weight[i] = thesis->has_mix[i] ? thesis->mix[i].weight : 0;
        if (thesis->has_mix[i])
            resolve_mix(check, i);
    }
    check_weights(check, (struct weights){ "thesis.mix", MLD_INSTRUMENTS, weight, thesis->has_mix,
                                           instrument_name, ".weight" });
    thesis->has_follow_on = 0;
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        thesis->mix[i].weight = weight[i];
        if (thesis->has_mix[i] && thesis->mix[i].has_follow_on)
            resolve_follow_on(check, i);
    }
    bound_deals(check);
}

void mld_resolve_tape(struct mld_check *check)
{
    check->plan->model.max_deals = check->plan->model.tape.n_deals;
    check->plan->model.max_issuers = check->plan->model.tape.n_issuers;
}
