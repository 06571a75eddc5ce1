/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the losses of a default count (payout modes), and the running sum of what a cover counts. */
#include "cover/work.h"

#include <string.h>

#include "milliard/numerics.h"

static int earlier(int a, int b) { return a < b ? a : b; }
static int later(int a, int b) { return a > b ? a : b; }

/* final_loss: O − recovery counts once the recovery is known, and not before the claim delay. */
static int claims_final_loss(const struct mld_cover *cover, const struct mld_life *life, int last,
                             struct mld_claim claim[2])
{
    int known = later(life->recovery_period, life->default_period + cover->delay_periods);
    claim[0] = (struct mld_claim){ earlier(known, last), life->default_loss };
    return 1;
}

/*
 * on_default: O counts after the claim delay, the recovery is taken off when it is paid. A recovery
 * that comes before the claim is taken off with the claim: nothing has been paid yet that could be
 * given back.
 */
static int claims_on_default(const struct mld_cover *cover, const struct mld_life *life, int last,
                             struct mld_claim claim[2])
{
    int counted = earlier(life->default_period + cover->delay_periods, last);
    int recovered = later(earlier(life->recovery_period, last), counted);
    claim[0] = (struct mld_claim){ counted, life->defaulted_outstanding };
    claim[1] = (struct mld_claim){ recovered, -life->recovery };
    return 2;
}

const struct mld_payout_mode mld_payouts[] = {
    [MLD_FINAL_LOSS] = { "final_loss",
                         "The guarantor pays its share of the final loss, once the recovery is "
                         "known.",
                         "Indemnisation de la perte finale : le garant paie sa quotité une fois le "
                         "recouvrement connu.",
                         "model, section 7; general conditions of Bpifrance's guarantees (perte "
                         "finale)",
                         claims_final_loss },
    [MLD_ON_DEFAULT] = { "on_default",
                         "The guarantor pays its share of the outstanding amount after the "
                         "default, and gets its share of what is recovered.",
                         "Paiement à la défaillance : le garant paie sa quotité de l'encours, puis "
                         "reçoit sa part des recouvrements.",
                         "model, section 7; EIF guarantees (payment on default, recoveries shared)",
                         claims_on_default },
    { .name = NULL }
};

/* The issuer's running sum of claims, bounded: what the bound lets through of one more amount. */
static double bounded_step(double *sum, double amount, double ceiling)
{
    double before = *sum < ceiling ? *sum : ceiling;
    *sum += amount;
    return (*sum < ceiling ? *sum : ceiling) - before;
}

/* The running sums of a path's issuers start anew at each count. */
void mld_covers_start_issuers(struct mld_covers_work *work, const int *first)
{
    for (int t = 0; t <= work->last; t++)
        for (int e = first[t]; e >= 0; e = work->event[e].next)
            if (work->event[e].issuer != MLD_NO_ISSUER)
                work->issuer_loss[work->event[e].issuer] = 0;
}

/*
 * C's change in one period: claims within each issuer's ceiling, and gains, which no ceiling
 * bounds.
 */
static double step_of(struct mld_covers_work *work, double ceiling, int first)
{
    double step = 0;
    for (int e = first; e >= 0; e = work->event[e].next) {
        const struct mld_cover_event *event = &work->event[e];
        step += event->issuer == MLD_NO_ISSUER
                    ? event->amount
                    : bounded_step(&work->issuer_loss[event->issuer], event->amount, ceiling);
    }
    return step;
}

/*
 * Covered losses by date of the deal, once all is counted. An issuer's ceiling bears on its deals
 * in proportion to their claims, so that the order of claims does not matter; gains are no deal's
 * loss.
 */
static void share_losses(struct mld_covers_work *work, double ceiling, const int *first)
{
    memset(work->loss_made, 0, (size_t)work->stride * sizeof(double));
    for (int t = 0; t <= work->last; t++)
        for (int e = first[t]; e >= 0; e = work->event[e].next) {
            const struct mld_cover_event *event = &work->event[e];
            if (event->issuer == MLD_NO_ISSUER)
                continue;
            double sum = work->issuer_loss[event->issuer];
            work->loss_made[event->made] += sum > ceiling ? event->amount * (ceiling / sum)
                                                          : event->amount;
        }
}

void mld_covers_count(const struct mld_covers *covers, int cover, int path)
{
    struct mld_covers_work *work = covers->work;
    const int *first = work->claims +
                       ((size_t)cover * (size_t)work->paths + (size_t)path) * (size_t)work->stride;
    double ceiling = covers->cover[cover].max_loss_per_issuer, counted = 0;
    double volume = work->volume[(size_t)cover * (size_t)work->paths + (size_t)path];
    mld_covers_start_issuers(work, first);
    for (int t = 0; t <= work->last; t++) {
        if (first[t] >= 0)
            counted += step_of(work, ceiling, first[t]);
        /* Losses that recoveries or gains take back leave no crumb of the volume. */
        work->counted[t] = mld_exceeds(counted, 0, volume) ? counted : 0;
    }
    share_losses(work, ceiling, first);
}
