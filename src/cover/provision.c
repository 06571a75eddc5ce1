/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dues allotted to the deals whose losses make them (model, section 12). Of a period u
 *   due(u) · loss of the deal counted in u / Σ losses counted in u,
 * whatever the layer; gains are no deal's loss. An issuer's ceiling bears on its claims of a period
 * in proportion, so that their order does not matter.
 */
#include "cover/work.h"

#include <string.h>

#include "core/numbers.h"
#include "core/vector.h"
#include "milliard/numerics.h"

/* What an issuer's ceiling lets through of each euro of claims that took its sum from a to b. */
static double let_through(double a, double b, double ceiling)
{
    double step = mld_least(b, ceiling) - mld_least(a, ceiling);
    int within = (a <= ceiling) & (b <= ceiling);
    return within ? 1 : a == b ? 0 : step / (b - a);
}

/* The losses counted of the events of a period, into work->share; their sum, and their size. */
static double share_period(struct mld_covers_work *work, double ceiling, int first, double *size)
{
    double sum = 0;
    for (int e = first; e >= 0; e = work->event[e].next)
        if (work->event[e].issuer != MLD_NO_ISSUER)
            work->issuer_before[work->event[e].issuer] = work->issuer_loss[work->event[e].issuer];
    for (int e = first; e >= 0; e = work->event[e].next)
        if (work->event[e].issuer != MLD_NO_ISSUER)
            work->issuer_loss[work->event[e].issuer] += work->event[e].amount;
    for (int e = first; e >= 0; e = work->event[e].next) {
        const struct mld_cover_event *event = &work->event[e];
        int i = event->issuer;
        double part = i == MLD_NO_ISSUER
                          ? 0
                          : let_through(work->issuer_before[i], work->issuer_loss[i], ceiling);
        work->share[e] = part * event->amount;
        sum += work->share[e];
        *size += work->share[e] < 0 ? -work->share[e] : work->share[e];
    }
    return sum;
}

/* Adds a cover's losses counted to those of each period. */
static void share_cover(struct mld_covers_work *work, double ceiling, const int *first)
{
    mld_covers_start_issuers(work, first);
    for (int t = 0; t <= work->last; t++)
        if (first[t] >= 0)
            work->counted[t] += share_period(work, ceiling, first[t], &work->size[t]);
}

static MLD_CLONES void add_stock(int n, double part, double *restrict stock)
{
    for (int i = 0; i < n; i++)
        stock[i] += part;
}

/* Of each euro of loss counted in a period, what is due. */
static double due_of_loss(const struct mld_covers_work *work, const double *due, int t)
{
    double counted = mld_settled(work->counted[t], work->size[t]);
    return counted > 0 || counted < 0 ? due[t] / counted : 0;
}

/* A deal's part of what falls due in t is still to come from its date to t − 1. */
static void allot_cover(const struct mld_covers_work *work, const int *first, const double *due,
                        double *stock)
{
    for (int t = 0; t <= work->last; t++) {
        double rate = due_of_loss(work, due, t);
        for (int e = first[t]; e >= 0; e = work->event[e].next) {
            int made = work->event[e].made;
            add_stock(t - made, rate * work->share[e], stock + made);
        }
    }
}

static const int *events_of(const struct mld_covers_work *work, int cover, int path)
{
    return work->claims +
           ((size_t)cover * (size_t)work->paths + (size_t)path) * (size_t)work->stride;
}

/* Losses counted of a path, by event and by period, over the covers that are priced. */
static void share_path(const struct mld_covers *covers, const unsigned char *priced, int path)
{
    struct mld_covers_work *work = covers->work;
    memset(work->counted, 0, (size_t)work->stride * sizeof(double));
    memset(work->size, 0, (size_t)work->stride * sizeof(double));
    for (int c = 0; c < covers->n; c++)
        if (priced[c])
            share_cover(work, covers->cover[c].max_loss_per_issuer, events_of(work, c, path));
}

double mld_covers_debt_due(const struct mld_covers *covers, const unsigned char *priced, int path,
                           const double *due)
{
    const struct mld_covers_work *work = covers->work;
    double sum = 0;
    share_path(covers, priced, path);
    for (int c = 0; c < covers->n; c++)
        for (int t = 0; priced[c] && t <= work->last; t++)
            for (int e = events_of(work, c, path)[t]; e >= 0; e = work->event[e].next)
                sum += work->event[e].is_debt ? due_of_loss(work, due, t) * work->share[e] : 0;
    return sum;
}

void mld_covers_provision(const struct mld_covers *covers, const unsigned char *priced, int path,
                          const double *due, double *stock)
{
    const struct mld_covers_work *work = covers->work;
    memset(stock, 0, (size_t)covers->periods * sizeof(double));
    share_path(covers, priced, path);
    for (int c = 0; c < covers->n; c++)
        if (priced[c])
            allot_cover(work, events_of(work, c, path), due, stock);
}
