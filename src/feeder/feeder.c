/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The citizens' fund, period by period, for all paths of a batch (model, section 20). In a period:
 * subscriptions, interest, distributions of A, its call, fees; at a year's end requests; in t_L all
 * is paid out.
 */
#include "milliard/feeder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/numbers.h"
#include "core/vector.h"
#include "milliard/draws.h"
#include "milliard/numerics.h"

/* Accounts of a path. */
enum account {
    PAID_TO_DATE,   /* of calls */
    CALLED_TO_DATE, /* its part of them */
    FEES_OWED,
    START_VALUE, /* of the year */
    NET_OUT,     /* of the year to date: what goes out less what comes in, requests apart */
    MOST_OUT,    /* the most of it */
    NOTHING,     /* zeros: what was before the first period */
    ACCOUNTS
};

/* A unit that is worth less is worth nothing, and nobody subscribes to it. */
#define LEAST_VALUE 1e-9

void mld_feeder_prepare(struct mld_feeder_spec *spec, const struct mld_fund_spec *fund)
{
    double load = spec->request_load;
    spec->share_of_calls = spec->class_a_share * fund->share_class[MLD_CLASS_A].commitment /
                           fund->commitments;
    spec->request_residual = sqrt(1.0 - load * load);
}

enum mld_status mld_feeder_init(struct mld_feeder *feeder, const struct mld_grid *grid, int paths)
{
    *feeder = (struct mld_feeder){ .width = mld_padded(paths),
                                   .periods = grid->periods,
                                   .years = grid->horizon_years };
    size_t row = (size_t)feeder->width, by_period = row * (size_t)feeder->periods,
           by_year = row * (size_t)feeder->years;
    double *next = feeder->memory = calloc(
        MLD_FEEDER_PERIOD_SERIES * by_period +
            (MLD_FEEDER_SERIES - MLD_FEEDER_PERIOD_SERIES) * by_year + ACCOUNTS * row,
        sizeof *next);
    if (!next)
        return MLD_ERR_MEMORY;
    for (int s = 0; s < MLD_FEEDER_SERIES; s++) {
        feeder->series[s] = next;
        next += s < MLD_FEEDER_PERIOD_SERIES ? by_period : by_year;
    }
    feeder->state = next;
    return MLD_OK;
}

void mld_feeder_clear(struct mld_feeder *feeder)
{
    free(feeder->memory);
    *feeder = (struct mld_feeder){ 0 };
}

static double *account(const struct mld_feeder *feeder, enum account which)
{
    return feeder->state + (size_t)which * (size_t)feeder->width;
}

/* ---- a period ---- */

/* Rows of a period; *_before: after the period before, of zeros at first. */
struct period {
    double *row[MLD_FEEDER_PERIOD_SERIES];
    const double *cash_before, *units_before, *waiting_before, *value_before;
    const double *call, *distribution, *nav; /* of the fund, of A, of A */
    double m;
};

/* Units at the value after the period before, the first at 1; none where they are worth nothing. */
MLD_CLONES
static void subscribe(int n, double amount, const struct period *of)
{
    double *const *row = of->row;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double units = of->units_before[i], price = units > 0.0 ? of->value_before[i] / units : 1.0;
        double taken = price > LEAST_VALUE ? amount : 0.0;
        row[MLD_FEEDER_SUBSCRIBED][i] = taken;
        row[MLD_FEEDER_BOUGHT][i] = taken > 0.0 ? taken / price : 0.0;
        row[MLD_FEEDER_UNITS][i] = units + row[MLD_FEEDER_BOUGHT][i];
        row[MLD_FEEDER_WAITING][i] = of->waiting_before[i];
        row[MLD_FEEDER_SERVED][i] = row[MLD_FEEDER_PAID_OUT][i] = row[MLD_FEEDER_FINAL][i] = 0.0;
    }
}

/* max(0, r(y(t)) − margin)/m of each path's own TMO on what was held. */
static void earn(int n, double margin, const double *tmo, int stride, const struct period *of)
{
    for (int i = 0; i < n; i++)
        of->row[MLD_FEEDER_INTEREST][i] = mld_positive(tmo[(size_t)i * (size_t)stride] - margin) /
                                          of->m * of->cash_before[i];
}

/*
 * Distributions go to what it has paid of what was called of it before; its call is paid as far as
 * cash goes, then its fee.
 */
MLD_CLONES
static void settle(int n, const struct mld_feeder_spec *spec, const struct period *of,
                   double *restrict paid_to_date, double *restrict called_to_date,
                   double *restrict owed)
{
    double *const *row = of->row;
    double share = spec->class_a_share, share_of_calls = spec->share_of_calls,
           fee = spec->fee / of->m;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double part = called_to_date[i] > 0.0 ? paid_to_date[i] / called_to_date[i] : 1.0;
        double received = part * share * of->distribution[i], called = share_of_calls * of->call[i];
        double cash = of->cash_before[i] + row[MLD_FEEDER_SUBSCRIBED][i] +
                      row[MLD_FEEDER_INTEREST][i] + received;
        double paid = mld_least(called, cash);
        cash -= paid;
        owed[i] += fee * of->value_before[i];
        double fees = mld_least(owed[i], cash);
        owed[i] -= fees;
        cash -= fees;
        paid_to_date[i] += paid;
        called_to_date[i] += called;
        part = called_to_date[i] > 0.0 ? paid_to_date[i] / called_to_date[i] : 1.0;
        row[MLD_FEEDER_RECEIVED][i] = received;
        row[MLD_FEEDER_CALLED][i] = called;
        row[MLD_FEEDER_PAID][i] = paid;
        row[MLD_FEEDER_FEES][i] = fees;
        row[MLD_FEEDER_CASH][i] = cash;
        row[MLD_FEEDER_VALUE][i] = mld_positive(part * share * of->nav[i] + cash - owed[i]);
    }
}

/* What goes out of the year to date less what comes in, calls counted as they are due. */
MLD_CLONES
static void note_needs(int n, int opens, const struct mld_feeder_spec *spec,
                       const struct period *of, double *restrict start, double *restrict out,
                       double *restrict most)
{
    double *const *row = of->row;
    double fee = spec->fee / of->m;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double before = opens ? 0.0 : out[i], highest = opens ? 0.0 : most[i];
        double net = before + row[MLD_FEEDER_CALLED][i] + fee * of->value_before[i] -
                     row[MLD_FEEDER_SUBSCRIBED][i] - row[MLD_FEEDER_INTEREST][i] -
                     row[MLD_FEEDER_RECEIVED][i];
        start[i] = opens ? of->value_before[i] : start[i];
        out[i] = net;
        most[i] = net > highest ? net : highest;
    }
}

/* ---- requests ---- */

/* clamp(mean − load·sd·F + √(1 − load²)·sd·z, 0, 1) of the units that do not wait. */
static void request(const struct mld_feeder *feeder, const struct mld_feeder_spec *spec,
                    const struct mld_feeder_source *source, int year, int paths,
                    const struct period *of)
{
    uint64_t entity = mld_entity_named("requests");
    double *requested = mld_feeder_row(feeder, MLD_FEEDER_REQUESTED, year),
           load = spec->request_load;
    for (int i = 0; i < paths; i++) {
        double part = spec->request_mean, sd = spec->request_sd;
        if (spec->cycle >= 0)
            part -= load * sd *
                    source->cycle[(size_t)i * (size_t)source->cycle_stride + (size_t)year];
        if (sd > 0.0)
            part += spec->request_residual * sd *
                    mld_draw_normal(source->seed, MLD_STREAM_FEEDER, feeder->first + (uint32_t)i,
                                    entity, (uint32_t)year);
        part = mld_least(mld_positive(part), 1.0);
        requested[i] = part * (of->row[MLD_FEEDER_UNITS][i] - of->row[MLD_FEEDER_WAITING][i]);
    }
}

/* Rows of a year. */
struct year {
    const double *requested, *start, *most, *out;
    double *in_year, *due, *needed;
};

/*
 * In order of date, those that wait first, at the value of this day less the exit fee; as many as
 * the gate lets through, and as cash beyond λ × value pays: p ≤ (cash − λ·value)/(1 − λ), since
 * what is paid leaves the value too.
 */
MLD_CLONES
static void serve(int n, const struct mld_feeder_spec *spec, const struct period *of,
                  const struct year *at)
{
    double *const *row = of->row;
    double lambda = spec->pocket, kept = 1.0 - spec->exit_fee, gate = spec->gate;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double units = row[MLD_FEEDER_UNITS][i], waiting = row[MLD_FEEDER_WAITING][i],
               cash = row[MLD_FEEDER_CASH][i], value = row[MLD_FEEDER_VALUE][i];
        double price = units > 0.0 ? kept * value / units : 0.0, asked = waiting + at->requested[i],
               due = mld_least(asked, gate * units);
        double most = mld_least(mld_positive(cash - lambda * value) / (1.0 - lambda), cash);
        double payable = price > LEAST_VALUE ? most / price : 0.0, served = mld_least(due, payable);
        double paid = mld_least(served * price, cash), fresh = mld_positive(served - waiting);
        double out = at->out[i] + due * price, needed = out > at->most[i] ? out : at->most[i];
        at->due[i] = due;
        at->in_year[i] = mld_least(fresh, at->requested[i]);
        at->needed[i] = at->start[i] > 0.0 ? needed / at->start[i] : (double)NAN;
        row[MLD_FEEDER_SERVED][i] = served;
        row[MLD_FEEDER_PAID_OUT][i] = paid;
        row[MLD_FEEDER_CASH][i] = cash - paid;
        row[MLD_FEEDER_VALUE][i] = mld_positive(value - paid);
        row[MLD_FEEDER_UNITS][i] = units - served;
        row[MLD_FEEDER_WAITING][i] = mld_positive(asked - served);
    }
}

/* ---- the end ---- */

/* All that is held goes to the units left, those that wait too. */
MLD_CLONES
static void pay_all(int n, const struct period *of)
{
    double *const *row = of->row;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double cash = row[MLD_FEEDER_CASH][i], left = row[MLD_FEEDER_UNITS][i] > 0.0 ? cash : 0.0;
        row[MLD_FEEDER_FINAL][i] = left;
        row[MLD_FEEDER_CASH][i] = cash - left;
        row[MLD_FEEDER_VALUE][i] = left;
    }
}

/* ---- all of it ---- */

static const double *before(const struct mld_feeder *feeder, enum mld_feeder_series series, int t)
{
    return t > 0 ? mld_feeder_row(feeder, series, t - 1) : account(feeder, NOTHING);
}

static struct period period_of(const struct mld_feeder *feeder, const struct mld_grid *grid,
                               const struct mld_feeder_source *source, int t)
{
    size_t at = (size_t)t * (size_t)feeder->width;
    struct period of = { .cash_before = before(feeder, MLD_FEEDER_CASH, t),
                         .units_before = before(feeder, MLD_FEEDER_UNITS, t),
                         .waiting_before = before(feeder, MLD_FEEDER_WAITING, t),
                         .value_before = before(feeder, MLD_FEEDER_VALUE, t),
                         .call = source->fund->call + at,
                         .distribution = source->fund->distribution[MLD_CLASS_A] + at,
                         .nav = source->nav->part[MLD_NAV_AT_VALUE][MLD_CLASS_A] + at,
                         .m = grid->periods_per_year };
    for (int s = 0; s < MLD_FEEDER_PERIOD_SERIES; s++)
        of.row[s] = feeder->series[s] + at;
    return of;
}

static double subscribed_in(const struct mld_grid *grid, const struct mld_feeder_spec *spec, int t)
{
    double amount = 0;
    for (int i = 0; i < spec->n_subscriptions; i++)
        amount += spec->subscription[i].year * grid->periods_per_year == t
                      ? spec->subscription[i].amount
                      : 0.0;
    return amount;
}

static void end_year(const struct mld_feeder *feeder, const struct mld_feeder_spec *spec,
                     const struct mld_feeder_source *source, int year, int paths,
                     const struct period *of)
{
    const struct year at = { .requested = mld_feeder_row(feeder, MLD_FEEDER_REQUESTED, year),
                             .start = account(feeder, START_VALUE),
                             .most = account(feeder, MOST_OUT),
                             .out = account(feeder, NET_OUT),
                             .in_year = mld_feeder_row(feeder, MLD_FEEDER_IN_YEAR, year),
                             .due = mld_feeder_row(feeder, MLD_FEEDER_DUE, year),
                             .needed = mld_feeder_row(feeder, MLD_FEEDER_NEEDED, year) };
    request(feeder, spec, source, year, paths, of);
    serve(feeder->width, spec, of, &at);
}

static void advance(const struct mld_feeder *feeder, const struct mld_grid *grid,
                    const struct mld_feeder_spec *spec, const struct mld_feeder_source *source,
                    int paths, int t)
{
    const struct period of = period_of(feeder, grid, source, t);
    int n = feeder->width, year = mld_grid_year(grid, t), m = grid->periods_per_year;
    subscribe(n, subscribed_in(grid, spec, t), &of);
    earn(paths, spec->cash_margin, source->fund->tmo + 3 + year, source->fund->tmo_stride, &of);
    settle(n, spec, &of, account(feeder, PAID_TO_DATE), account(feeder, CALLED_TO_DATE),
           account(feeder, FEES_OWED));
    note_needs(n, t % m == 0, spec, &of, account(feeder, START_VALUE), account(feeder, NET_OUT),
               account(feeder, MOST_OUT));
    if (t == grid->last)
        pay_all(n, &of);
    else if (t % m == m - 1)
        end_year(feeder, spec, source, year, paths, &of);
}

void mld_feeder_fill(struct mld_feeder *feeder, const struct mld_grid *grid,
                     const struct mld_feeder_spec *spec, const struct mld_feeder_source *source,
                     uint32_t first, int paths)
{
    size_t row = (size_t)feeder->width;
    size_t all = row * (MLD_FEEDER_PERIOD_SERIES * (size_t)feeder->periods +
                        (MLD_FEEDER_SERIES - MLD_FEEDER_PERIOD_SERIES) * (size_t)feeder->years +
                        ACCOUNTS);
    memset(feeder->memory, 0, all * sizeof(double));
    feeder->first = first;
    for (int t = 0; t <= grid->last; t++)
        advance(feeder, grid, spec, source, paths, t);
}
