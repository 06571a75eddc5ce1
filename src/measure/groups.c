/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is measured of groups of deals (model, section 18): one row each, with the function that
 * fills it. invested + gains − losses = what comes back as capital.
 */
#include <math.h>
#include <string.h>

#include "core/transpose.h"
#include "measure/irr.h"
#include "milliard/group.h"
#include "milliard/numerics.h"

static const double *totals_of(const struct mld_groups *groups, int path, int group)
{
    return groups->total +
           ((size_t)path * (size_t)groups->n + (size_t)group) * (size_t)MLD_GROUP_TOTALS;
}

static void fill_irr(const struct mld_groups *groups, int paths, int width, const double *flow,
                     double *value)
{
    size_t table = (size_t)groups->periods * (size_t)width;
    for (int g = 0; g < groups->n; g++, value += width) {
        mld_irr_batch(groups->periods, width, paths, groups->periods_per_year,
                      flow + (size_t)g * table, value, groups->roots);
        for (int p = 0; p < paths; p++)
            value[p] = totals_of(groups, p, g)[MLD_GROUP_DEALS] > 0 ? mld_settled(value[p], 1)
                                                                    : (double)NAN;
    }
}

#define TOTAL(name, expression)                                                                 \
    static void name(const struct mld_groups *groups, int paths, int width, const double *flow, \
                     double *value)                                                             \
    {                                                                                           \
        (void)flow;                                                                             \
        for (int g = 0; g < groups->n; g++, value += width)                                     \
            for (int p = 0; p < paths; p++) {                                                   \
                const double *total = totals_of(groups, p, g);                                  \
                value[p] = (expression);                                                        \
            }                                                                                   \
    }
TOTAL(fill_present, total[MLD_GROUP_DEALS] > 0)
TOTAL(fill_deals, total[MLD_GROUP_DEALS])
TOTAL(fill_invested, total[MLD_GROUP_INVESTED])
TOTAL(fill_income, total[MLD_GROUP_INCOME])
TOTAL(fill_loss_default, total[MLD_GROUP_LOSS_DEFAULT])
TOTAL(fill_loss_exit, total[MLD_GROUP_LOSS_EXIT])
TOTAL(fill_loss_forced, total[MLD_GROUP_LOSS_FORCED])

/* All that the flows bring but income: the cost is among them. */
static void fill_capital(const struct mld_groups *groups, int paths, int width, const double *flow,
                         double *value)
{
    for (int g = 0; g < groups->n; g++, value += width) {
        memset(value, 0, (size_t)width * sizeof *value);
        for (int t = 0; t < groups->periods; t++, flow += width)
            for (int p = 0; p < width; p++)
                value[p] += flow[p];
        for (int p = 0; p < paths; p++) {
            const double *total = totals_of(groups, p, g);
            value[p] = mld_settled(value[p] + total[MLD_GROUP_INVESTED] - total[MLD_GROUP_INCOME],
                                   total[MLD_GROUP_INVESTED]);
        }
    }
}

static void fill_gains(const struct mld_groups *groups, int paths, int width, const double *flow,
                       double *value)
{
    fill_capital(groups, paths, width, flow, value);
    for (int g = 0; g < groups->n; g++, value += width)
        for (int p = 0; p < paths; p++) {
            const double *total = totals_of(groups, p, g);
            double losses = total[MLD_GROUP_LOSS_DEFAULT] + total[MLD_GROUP_LOSS_EXIT] +
                            total[MLD_GROUP_LOSS_FORCED];
            value[p] = mld_settled(value[p] - total[MLD_GROUP_INVESTED] + losses,
                                   total[MLD_GROUP_INVESTED]);
        }
}

const struct mld_group_row mld_group_rows[] = {
    { "irr", "1/year", MLD_RATE, fill_irr, "IRR", "TRI",
      "Internal rate of return of the pooled flows of the deals of the group, before fees and "
      "without payouts; −100 % where nothing comes back, undefined on a path without such a deal.",
      "Taux de rendement interne des flux cumulés des investissements du groupe, avant frais et "
      "hors indemnités ; −100 % quand rien ne revient, indéfini sur une trajectoire qui n'en a "
      "aucun." },
    { "present", "1", MLD_RATE, fill_present, "Paths with such a deal",
      "Trajectoires qui en ont un",
      "1 on a path with a deal of the group; its mean is a share of the paths.",
      "1 sur une trajectoire qui a un investissement du groupe ; sa moyenne est une part des "
      "trajectoires." },
    { "deals", "1", MLD_NUMBER, fill_deals, "Deals made", "Investissements réalisés",
      "Number of deals made.", "Nombre d'investissements réalisés." },
    { "invested", "EUR", MLD_MONEY, fill_invested, "Invested", "Investi", "Cost of the deals made.",
      "Coût des investissements réalisés." },
    { "income", "EUR", MLD_MONEY, fill_income, "Income", "Revenus",
      "Coupons, interest, dividends and shares of profit received.",
      "Coupons, intérêts, dividendes et participations aux bénéfices perçus." },
    { "capital", "EUR", MLD_MONEY, fill_capital, "Capital back", "Capital revenu",
      "All else received: principal, premiums, redemptions, exits, recoveries, forced sales.",
      "Tout le reste : remboursements, primes, rachats, sorties, recouvrements, cessions "
      "forcées." },
    { "loss_default", "EUR", MLD_MONEY, fill_loss_default, "Default losses", "Pertes sur défaut",
      "Outstanding at default less recovery.", "Encours au défaut moins recouvrement." },
    { "loss_exit", "EUR", MLD_MONEY, fill_loss_exit, "Exit losses", "Pertes de sortie",
      "Cost less exit proceeds before any discount, where positive.",
      "Coût moins produit de sortie avant décote, s'il est positif." },
    { "loss_forced", "EUR", MLD_MONEY, fill_loss_forced, "Forced-sale discounts",
      "Décotes de cession forcée", "Lost to the discounts of sales in the last period.",
      "Perdu en décotes lors des cessions de la dernière période." },
    { "gains", "EUR", MLD_MONEY, fill_gains, "Gains", "Plus-values",
      "Capital back less invested plus losses: what exits, premiums and conversions bring beyond "
      "cost.",
      "Capital revenu moins investi plus pertes : ce que sorties, primes et conversions rapportent "
      "au-delà du coût." },
    { NULL, NULL, MLD_NUMBER, NULL, NULL, NULL, NULL, NULL }
};

int mld_group_row_count(void) { return (int)(sizeof mld_group_rows / sizeof *mld_group_rows) - 1; }

int mld_group_row_named(const char *name)
{
    for (int i = 0; mld_group_rows[i].name; i++)
        if (!strcmp(mld_group_rows[i].name, name))
            return i;
    return -1;
}

int mld_group_steps(int groups, int periods) { return groups * (mld_group_row_count() + periods); }

void mld_groups_fill(const struct mld_groups *groups, int paths, int width, double *value)
{
    size_t table = (size_t)groups->periods * (size_t)width;
    double *flow = value + (size_t)(groups->n * mld_group_row_count()) * (size_t)width;
    const struct mld_shape shape = { paths, groups->periods, groups->n * groups->stride, width };
    for (int g = 0; g < groups->n; g++)
        mld_transpose(shape, groups->flow + (size_t)g * (size_t)groups->stride,
                      flow + (size_t)g * table);
    for (int i = 0; mld_group_rows[i].name; i++)
        mld_group_rows[i].fill(groups, paths, width, flow,
                               value + (size_t)(i * groups->n) * (size_t)width);
}
