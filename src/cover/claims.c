/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a settled deal to the claims its cover counts, by period. */
#include "cover/work.h"

#include <assert.h>

/* A default is covered at ages waiting ≤ n ≤ term, n the age in periods at default. */
static int default_is_covered(const struct mld_cover *cover, const struct mld_deal *deal,
                              const struct mld_life *life)
{
    int age = life->default_period - deal->period;
    return life->default_period >= 0 && age >= cover->waiting_periods && age <= cover->term_periods;
}

/* An exit is within the cover at an age ≤ the term, waiting or not. */
static int exit_is_covered(const struct mld_cover *cover, const struct mld_deal *deal,
                           const struct mld_life *life)
{
    return life->exit_period >= 0 && life->exit_period - deal->period <= cover->term_periods;
}

/*
 * An exit loss counts the claim delay after the exit; a gain is netted with the same delay. What
 * falls after t_L counts in t_L.
 */
static int exit_claims(const struct mld_cover *cover, const struct mld_deal *deal,
                       const struct mld_life *life, int last, struct mld_claim claim[2])
{
    int counted = life->exit_period + cover->delay_periods, n = 0;
    int period = counted < last ? counted : last;
    double gain = life->exit_proceeds - deal->amount;
    if (cover->exit_losses && life->exit_loss > 0)
        claim[n++] = (struct mld_claim){ period, life->exit_loss };
    if (cover->net_of_gains && gain > 0)
        claim[n++] = (struct mld_claim){ period, -gain };
    return n;
}

int mld_cover_claims(const struct mld_cover *cover, const struct mld_deal *deal,
                     const struct mld_life *life, int last, struct mld_claim claim[MLD_MOST_CLAIMS])
{
    if (default_is_covered(cover, deal, life))
        return mld_payouts[cover->payout].claims(cover, life, last, claim);
    if (exit_is_covered(cover, deal, life))
        return exit_claims(cover, deal, life, last, claim);
    return 0;
}

/* Puts an event at the head of the list of its period. */
static void add_event(struct mld_covers_work *work, int *head, struct mld_cover_event event)
{
    assert(work->n_events < work->capacity);
    event.next = *head;
    work->event[work->n_events] = event;
    *head = work->n_events++;
}

/* Gains are no loss of an issuer: no ceiling bounds them. */
void mld_covers_claim(struct mld_covers *covers, int cover, const struct mld_deal *deal,
                      const struct mld_life *life)
{
    struct mld_covers_work *work = covers->work;
    struct mld_claim claim[MLD_MOST_CLAIMS];
    int *heads = work->claims +
                 ((size_t)cover * (size_t)work->paths + (size_t)deal->path) * (size_t)work->stride;
    int n = mld_cover_claims(&covers->cover[cover], deal, life, work->last, claim),
        is_exit = life->default_period < 0;
    for (int i = 0; i < n; i++)
        add_event(work, &heads[claim[i].period],
                  (struct mld_cover_event){
                      .amount = claim[i].amount,
                      .made = deal->period,
                      .is_debt = mld_instruments[deal->instrument]->fixed_rate != NULL,
                      .issuer = is_exit && claim[i].amount < 0 ? MLD_NO_ISSUER : deal->issuer });
}
