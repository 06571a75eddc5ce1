/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a settled deal to the claims its layer counts, by period. */
#include "guarantee/work.h"

#include <assert.h>

void mld_guarantee_event_add(struct mld_guarantee_work *work, int *head, int issuer, int made, double amount)
{
    assert(work->n_events < work->capacity);
    work->event[work->n_events] = (struct mld_guarantee_event){ amount, issuer, made, *head };
    *head = work->n_events++;
}

/* A default is covered at ages waiting ≤ n ≤ term, n the age in periods at default. */
static int default_is_covered(const struct mld_layer *layer, const struct mld_deal *deal, const struct mld_life *life)
{
    int age = life->default_period - deal->period;
    return life->default_period >= 0 && age >= layer->waiting_periods && age <= layer->term_periods;
}

/* An exit is within the cover at an age ≤ the term, waiting or not. */
static int exit_is_covered(const struct mld_layer *layer, const struct mld_deal *deal, const struct mld_life *life)
{
    return life->exit_period >= 0 && life->exit_period - deal->period <= layer->term_periods;
}

/* An exit loss counts the claim delay after the exit; a gain is netted with the same delay. What falls after t_L counts in t_L. */
static int exit_claims(const struct mld_layer *layer, const struct mld_deal *deal, const struct mld_life *life, int last,
                       struct mld_claim claim[2])
{
    int counted = life->exit_period + layer->delay_periods, n = 0;
    int period = counted < last ? counted : last;
    double gain = life->exit_proceeds - deal->amount;
    if (layer->cover_exit_losses && life->exit_loss > 0)
        claim[n++] = (struct mld_claim){ period, life->exit_loss };
    if (layer->net_of_gains && gain > 0)
        claim[n++] = (struct mld_claim){ period, -gain };
    return n;
}

int mld_layer_claims(const struct mld_layer *layer, const struct mld_deal *deal, const struct mld_life *life, int last,
                     struct mld_claim claim[MLD_MOST_CLAIMS])
{
    if (default_is_covered(layer, deal, life))
        return mld_payouts[layer->payout].claims(layer, life, last, claim);
    if (exit_is_covered(layer, deal, life))
        return exit_claims(layer, deal, life, last, claim);
    return 0;
}

/* The running sum of an issuer starts anew in each batch: at its first claim, so that no array is swept. */
static void start_issuer(struct mld_guarantee_work *work, int index, int issuer)
{
    assert(issuer >= 0 && issuer < work->issuers);
    work->issuer_loss[(size_t)index * (size_t)work->issuers + (size_t)issuer] = 0;
}

/* Gains are no loss of an issuer: no ceiling bounds them. */
void mld_guarantee_claim(struct mld_guarantee_work *work, const struct mld_layer *layer, int index,
                         const struct mld_deal *deal, const struct mld_life *life)
{
    struct mld_claim claim[MLD_MOST_CLAIMS];
    int *heads = work->claims + mld_layer_row(work, deal->path, index);
    start_issuer(work, index, deal->issuer);
    int n = mld_layer_claims(layer, deal, life, work->last, claim), is_exit = life->default_period < 0;
    for (int i = 0; i < n; i++)
        mld_guarantee_event_add(work, &heads[claim[i].period], is_exit && claim[i].amount < 0 ? MLD_NO_ISSUER : deal->issuer,
                                deal->period, claim[i].amount);
}
