/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A year of the endowment after another, path by path (model, section 20). */
#include "milliard/endowment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/numbers.h"
#include "milliard/draws.h"
#include "milliard/numerics.h"

/* s² = ln(1 + (sd/mean)²) of a lognormal law */
static double log_sd(double mean, double sd)
{
    return mean > 0 && sd > 0 ? sqrt(mld_log1p(sd / mean * (sd / mean))) : 0.0;
}

void mld_endowment_prepare(struct mld_endowment_spec *spec)
{
    for (int i = 0; i < spec->n_donations; i++)
        spec->donation_log_sd[i] = log_sd(spec->donation[i].mean, spec->donation[i].sd);
    double s = spec->grant_log_sd = log_sd(spec->grant_mean, spec->grant_sd);
    spec->grant_log_mean = mld_log(spec->grant_mean) - 0.5 * s * s;
    spec->grant_low = spec->grant_span = 0;
    if (!(s > 0))
        return;
    spec->grant_low = mld_normal_cdf((mld_log(spec->grant_min) - spec->grant_log_mean) / s);
    spec->grant_span = mld_normal_cdf((mld_log(spec->grant_max) - spec->grant_log_mean) / s) -
                       spec->grant_low;
}

enum { SERIES = 6 };

enum mld_status mld_endowment_init(struct mld_endowment *endowment, const struct mld_grid *grid,
                                   int paths)
{
    *endowment = (struct mld_endowment){ .width = mld_padded(paths), .years = grid->horizon_years };
    size_t series = (size_t)endowment->width * (size_t)endowment->years;
    double *next = endowment->memory = calloc(SERIES * series, sizeof *next);
    if (!next)
        return MLD_ERR_MEMORY;
    double **const row[SERIES] = { &endowment->received,    &endowment->cost,
                                   &endowment->cost_unpaid, &endowment->granted,
                                   &endowment->projects,    &endowment->balance };
    for (int i = 0; i < SERIES; i++, next += series)
        *row[i] = next;
    return MLD_OK;
}

void mld_endowment_clear(struct mld_endowment *endowment)
{
    free(endowment->memory);
    *endowment = (struct mld_endowment){ 0 };
}

/* Where a path draws from. */
struct source {
    uint64_t seed;
    uint32_t path;
};

/* mean · e^(s z − s²/2) of each row of the year */
static double donations_of(const struct mld_endowment_spec *spec, struct source of, int year)
{
    double sum = 0;
    for (int i = 0; i < spec->n_donations; i++) {
        const struct mld_donation *row = &spec->donation[i];
        double s = spec->donation_log_sd[i];
        if (row->year != year)
            continue;
        double z = s > 0 ? mld_draw_normal(of.seed, MLD_STREAM_ENDOWMENT, of.path,
                                           mld_entity_named("donations"), (uint32_t)year)
                         : 0.0;
        sum += s > 0 ? row->mean * mld_exp(s * z - 0.5 * s * s) : row->mean;
    }
    return sum;
}

/* The quantile of the law within its bounds: one draw a grant, whatever the bounds. */
static double grant_of(const struct mld_endowment_spec *spec, struct source of, uint64_t entity,
                       int i)
{
    if (!(spec->grant_log_sd > 0))
        return spec->grant_mean;
    double u = mld_draw_uniform(of.seed, MLD_STREAM_ENDOWMENT, of.path, entity, (uint32_t)i);
    double z = mld_normal_quantile(spec->grant_low + spec->grant_span * u);
    double grant = mld_exp(spec->grant_log_mean + spec->grant_log_sd * z);
    return mld_least(grant > spec->grant_min ? grant : spec->grant_min, spec->grant_max);
}

/*
 * Shares a year's money in grants until less than the smallest is left; the last is cut to what
 * there is. Gives their number; *granted: of it what the endowment pays.
 */
static int share_out(const struct mld_endowment_spec *spec, struct source of, int year,
                     double money, double *granted)
{
    uint64_t entity = mld_entity_slot("grants", (uint32_t)year);
    double with_partners = money / (1 - spec->co_funding), left = with_partners;
    int n = 0;
    while (!mld_exceeds(spec->grant_min, left, with_partners) && n < MLD_MAX_GRANTS) {
        double grant = grant_of(spec, of, entity, n++);
        left = grant < left ? left - grant : 0.0;
    }
    *granted = (1 - spec->co_funding) * (with_partners - left);
    return n;
}

/* Of a path: what comes in, cost as far as the balance goes, then grants of its pace. */
static double live_year(struct mld_endowment *endowment, const struct mld_endowment_spec *spec,
                        struct source of, int year, size_t at, double balance)
{
    double received = donations_of(spec, of, year) + (year == 0 ? spec->opening : 0), granted;
    balance += received;
    double cost = mld_least(spec->operating_cost, balance);
    balance -= cost;
    int projects = share_out(spec, of, year, spec->pace * balance, &granted);
    granted = mld_least(granted, balance);
    balance -= granted;
    endowment->received[at] = received;
    endowment->cost[at] = cost;
    double unpaid = spec->operating_cost - cost;
    endowment->cost_unpaid[at] = mld_exceeds(unpaid, 0, spec->operating_cost) ? unpaid : 0.0;
    endowment->granted[at] = granted;
    endowment->projects[at] = projects;
    return endowment->balance[at] = balance;
}

void mld_endowment_fill(struct mld_endowment *endowment, const struct mld_endowment_spec *spec,
                        uint64_t seed, uint32_t first, int paths)
{
    memset(endowment->memory, 0,
           (size_t)SERIES * (size_t)endowment->width * (size_t)endowment->years * sizeof(double));
    for (int p = 0; p < paths; p++) {
        const struct source of = { seed, first + (uint32_t)p };
        double balance = 0;
        for (int y = 0; y < spec->horizon_years; y++)
            balance = live_year(endowment, spec, of, y,
                                (size_t)y * (size_t)endowment->width + (size_t)p, balance);
    }
}
