/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows/returns.h"

#include <math.h>
#include <string.h>

#include "rows/rows.h"

enum { FEW_DEALS = 3 };

static double mean_of(const struct mld_group_returns *returns, const char *row, int group)
{
    return returns->row[mld_group_row_named(row)].mean[group];
}

/* What follows of the means of a group. */
static void complete(struct mld_rows_return *of)
{
    of->multiple = of->invested > 0 ? (of->income + of->capital) / of->invested : (double)NAN;
    of->few = of->deals < FEW_DEALS;
}

struct mld_rows_return mld_rows_return(const struct mld_summary *summary, int design, int group)
{
    const struct mld_group_returns *returns = mld_summary_returns(summary, design);
    const struct mld_fan *irr = &returns->row[mld_group_row_named("irr")];
    struct mld_rows_return of = {
        .deals = mean_of(returns, "deals", group),
        .invested = mean_of(returns, "invested", group),
        .income = mean_of(returns, "income", group),
        .capital = mean_of(returns, "capital", group),
        .losses = mean_of(returns, "loss_default", group) + mean_of(returns, "loss_exit", group) +
                  mean_of(returns, "loss_forced", group),
        .gains = mean_of(returns, "gains", group),
        .present = mean_of(returns, "present", group),
        .irr = irr->mean[group],
        .irr_error = irr->mean_error[group],
        .irr_median = irr->quantile[MLD_QUANTILE_50 * irr->length + group],
        .irr_of_means = returns->irr_of_means[group],
    };
    complete(&of);
    return of;
}

/* Each kind of group adds up to all deals: those of one kind are added. */
static void add_group(struct mld_rows_return *all, const struct mld_rows_return *of)
{
    all->deals += of->deals;
    all->invested += of->invested;
    all->income += of->income;
    all->capital += of->capital;
    all->losses += of->losses;
    all->gains += of->gains;
}

struct mld_rows_return mld_rows_return_of_all(const struct mld_results *results, int design)
{
    const struct mld_summary *summary = mld_results_summary(results);
    const struct mld_group_table *table = &summary->groups;
    const struct mld_group_returns *returns = mld_summary_returns(summary, design);
    const struct mld_statistics *irr = mld_rows_statistics(summary, design, "gross_irr");
    double flow[MLD_MAX_PERIODS] = { 0 };
    int roots;
    struct mld_rows_return all = { .present = 1, .irr = NAN, .irr_error = NAN, .irr_median = NAN };
    for (int g = 0; g < table->n && table->name[g].kind == MLD_GROUP_INSTRUMENT; g++) {
        struct mld_rows_return of = mld_rows_return(summary, design, g);
        add_group(&all, &of);
        for (int t = 0; t < table->periods; t++)
            flow[t] += returns->flow.mean[g * table->periods + t];
    }
    if (irr) {
        all.irr = irr->mean;
        all.irr_error = irr->mean_error;
        all.irr_median = irr->quantile[MLD_QUANTILE_50];
    }
    all.irr_of_means = mld_irr_periodic(table->periods, mld_results_grid(results)->periods_per_year,
                                        flow, &roots);
    complete(&all);
    return all;
}

double mld_rows_irr_of_means_a(const struct mld_results *results, int design)
{
    const struct mld_summary *summary = mld_results_summary(results);
    const struct mld_fan *position = &summary->fan[design][mld_series_named("net_position_a")];
    double flow[MLD_MAX_PERIODS];
    int roots;
    for (int t = 0; t < position->length; t++)
        flow[t] = position->mean[t] - (t > 0 ? position->mean[t - 1] : 0);
    return position->length > 0
               ? mld_irr_periodic(position->length, mld_results_grid(results)->periods_per_year,
                                  flow, &roots)
               : (double)NAN;
}

/* What was paid or received up to t, in the mean over paths. */
static double mean_to_date(const struct mld_summary *summary, int design, const char *series, int t)
{
    const struct mld_fan *fan = &summary->fan[design][mld_series_named(series)];
    double sum = 0;
    for (int u = 0; u <= t; u++)
        sum += fan->mean[u];
    return sum;
}

double mld_rows_ratio_of_means(const struct mld_summary *summary, int design, const char *series,
                               int t)
{
    const struct mld_fan *nav = &summary->fan[design][mld_series_named("nav")];
    int with_nav = strcmp(series, "tvpi") == 0;
    if ((!with_nav && strcmp(series, "dpi") != 0) || nav->length <= t)
        return NAN;
    double called = mean_to_date(summary, design, "calls", t);
    double worth = mean_to_date(summary, design, "distributions", t) +
                   (with_nav ? nav->mean[t] : 0);
    return called > 0 ? worth / called : (double)NAN;
}
