/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the grant equivalent needs of each deal of debt, free of price (model, section 9). */
#include "cover/work.h"

#include <assert.h>

/*
 * Σ x and Σ x weight, the latter in four partial sums: their additions need not wait for one
 * another nor for those of the former, and the order of all is fixed.
 */
static void add_up(int n, const double *restrict x, const double *restrict weight, double *plain,
                   double *weighted)
{
    double sum[4] = { 0, 0, 0, 0 }, all = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4)
        for (int k = 0; k < 4; k++) {
            all += x[i + k];
            sum[k] += x[i + k] * weight[i + k];
        }
    for (; i < n; i++) {
        all += x[i];
        sum[0] += x[i] * weight[i];
    }
    *plain = all;
    *weighted = (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Aid has a plain measure only for debt: loans, bonds and both kinds of titres. */
void mld_covers_grant(struct mld_covers *covers, int cover, const struct mld_deal *deal,
                      const struct mld_contract *contract, double safe_harbour)
{
    const struct mld_covers_work *work = covers->work;
    int term = covers->cover[cover].term_periods;
    if (mld_instruments[deal->instrument]->grant != MLD_GRANT_DEBT || contract->end_age < 1 ||
        term < 1)
        return;
    assert(covers->n_grants < work->grant_capacity);
    int n = contract->end_age < term ? contract->end_age : term;
    int *latest =
        &covers->grants[(size_t)deal->path * (size_t)covers->periods + (size_t)deal->period];
    struct mld_cover_grant *grant = &covers->grant[covers->n_grants];
    *grant = (struct mld_cover_grant){ .cover = cover,
                                       .path = deal->path,
                                       .period = deal->period,
                                       .issuer = deal->issuer,
                                       .next = *latest,
                                       .amount = deal->amount,
                                       .safe_harbour = safe_harbour };
    add_up(n, contract->outstanding, work->discount + 1, &grant->outstanding, &grant->discounted);
    *latest = covers->n_grants++;
}
