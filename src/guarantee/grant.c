/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gross grant equivalent of a guarantee (model, section 9; EU Notice 2008/C 155/02), deal by deal. */
#include "guarantee/work.h"

#include <math.h>

#include "milliard/numerics.h"

const struct mld_rating_row mld_ratings[] = {
    [MLD_RATING_AAA_AA] = { "aaa_aa", 0.004, "AAA to AA−", "AAA à AA−" },
    [MLD_RATING_A] = { "a", 0.0055, "A+ to A−", "A+ à A−" },
    [MLD_RATING_BBB] = { "bbb", 0.008, "BBB+ to BBB−", "BBB+ à BBB−" },
    [MLD_RATING_BB] = { "bb", 0.02, "BB+ to BB", "BB+ à BB" },
    [MLD_RATING_BB_MINUS] = { "bb_minus", 0.038, "BB− to B+", "BB− à B+" },
    [MLD_RATING_B] = { "b", 0.063, "B to B−", "B à B−" },
    [MLD_RATING_START_UP] = { "start_up", 0.038, "start-up without credit history", "jeune entreprise sans historique de crédit" },
    [MLD_RATINGS] = { .name = NULL }
};

const struct mld_ceiling_row mld_ceilings[] = {
    { "general", 300000, "de minimis aid", "aides de minimis", "Regulation (EU) 2023/2831, art. 3" },
    { "sgei", 750000, "de minimis aid for services of general economic interest",
      "aides de minimis pour les services d'intérêt économique général", "Regulation (EU) 2023/2832, art. 3" },
    { .name = NULL }
};

/* Aid has a plain measure only for loans, bonds and both kinds of titres in a pari passu layer of quotité at most 80 %. */
static int has_grant(const struct mld_layer *layer, int instrument)
{
    return mld_instruments[instrument]->grant == MLD_GRANT_DEBT && layer->attachment == 0 && layer->cap_rate >= 1 &&
           layer->quotite <= 0.8;
}

/* Four partial sums: the additions need not wait for one another, and their order is fixed. */
static double weighted_sum(int n, const double *restrict x, const double *restrict weight)
{
    double sum[4] = { 0, 0, 0, 0 };
    int i = 0;
    for (; i + 4 <= n; i += 4)
        for (int k = 0; k < 4; k++)
            sum[k] += x[i + k] * weight[i + k];
    for (; i < n; i++)
        sum[0] += x[i] * weight[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static double plain_sum(int n, const double *x)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i];
    return sum;
}

/*
 * Σ over ages n = 1, 2 … of G_n (p_safe − p_paid)/m / (1+r)^(n/m), G_n = q × contractual outstanding at the start of
 * that period, n/m the years from the grant to the premium's date: a yearly premium is first discounted by one year.
 * p_paid = fee_rate + the upfront fee spread over the deal's life: the yearly rate on G that adds up to the same euros,
 * fee_upfront·A / Σ outstanding/m. A negative grant, a premium above the safe harbour, is left negative.
 */
static double grant_of(const struct mld_guarantee_work *work, const struct mld_plan *plan, const struct mld_layer *layer,
                       const struct mld_deal *deal, const struct mld_contract *contract)
{
    int n = contract->end_age < layer->term_periods ? contract->end_age : layer->term_periods;
    double paid = layer->fee_rate;
    if (layer->fee_upfront > 0)
        paid += layer->fee_upfront * deal->amount * plan->grid.periods_per_year / plain_sum(n, contract->outstanding);
    double safe = mld_ratings[plan->form[deal->form].rating].safe_harbour;
    return layer->quotite * (safe - paid) * weighted_sum(n, contract->outstanding, work->discount + 1);
}

void mld_guarantee_grant(struct mld_guarantee_flows *flows, const struct mld_plan *plan, const struct mld_layer *layer,
                         const struct mld_deal *deal, const struct mld_contract *contract)
{
    struct mld_guarantee_work *work = flows->work;
    if (!has_grant(layer, deal->instrument) || contract->end_age < 1 || layer->term_periods < 1)
        return;
    double grant = grant_of(work, plan, layer, deal, contract), *sum = &flows->grant[deal->path];
    *sum = isnan(*sum) ? grant : *sum + grant;
    work->issuer_grant[deal->issuer] = 0;
    mld_guarantee_event_add(work, &work->grants[(size_t)deal->path * (size_t)work->stride + (size_t)deal->period],
                            deal->issuer, deal->period, grant);
}

/* The running sum of each issuer takes the grants of t in and lets those of three years before out. An issuer found
 * above the ceiling is marked with an infinite sum and thus counted once. */
double mld_guarantee_above_ceiling(struct mld_guarantee_work *work, const struct mld_plan *plan, int path)
{
    const int *first = work->grants + (size_t)path * (size_t)work->stride;
    double ceiling = mld_ceilings[plan->guarantee.de_minimis].ceiling_eur, count = 0;
    int window = 3 * plan->grid.periods_per_year;
    for (int t = 0; t <= work->last; t++) {
        for (int e = t >= window ? first[t - window] : -1; e >= 0; e = work->event[e].next)
            work->issuer_grant[work->event[e].issuer] -= work->event[e].amount;
        for (int e = first[t]; e >= 0; e = work->event[e].next)
            work->issuer_grant[work->event[e].issuer] += work->event[e].amount;
        for (int e = first[t]; e >= 0; e = work->event[e].next) {
            double *sum = &work->issuer_grant[work->event[e].issuer];
            int above = mld_exceeds(*sum, ceiling, ceiling);
            count += above && *sum < HUGE_VAL;
            *sum = above ? HUGE_VAL : *sum;
        }
    }
    return count;
}
