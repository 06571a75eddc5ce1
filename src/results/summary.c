/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a summary is made of: its statistics and levels, and its end. */
#include "milliard/summary.h"

#include <stddef.h>
#include <stdlib.h>

const double mld_dotation_levels[MLD_DOTATION_LEVELS] = { 0.95, 0.99, 0.999 };

#define AT(field) offsetof(struct mld_statistics, field)

const struct mld_statistic_row mld_statistic_rows[] = {
    { "count", MLD_STATISTIC_COUNT, AT(count), "Paths", "Trajectoires",
      "Paths on which the measure is defined.",
      "Trajectoires sur lesquelles la mesure est définie." },
    { "undefined", MLD_STATISTIC_COUNT, AT(undefined), "Undefined", "Indéfinies",
      "Paths on which the measure is undefined (NaN); no other statistic counts them.",
      "Trajectoires sur lesquelles la mesure est indéfinie (NaN) ; aucune autre statistique ne les "
      "compte." },
    { "mean", MLD_STATISTIC_REAL, AT(mean), "Mean", "Moyenne", "Mean over paths.",
      "Moyenne sur les trajectoires." },
    { "mean_error", MLD_STATISTIC_REAL, AT(mean_error), "Error of the mean", "Erreur de la moyenne",
      "Monte-Carlo standard error of the mean.", "Erreur type de Monte-Carlo de la moyenne." },
    { "sd", MLD_STATISTIC_REAL, AT(sd), "Standard deviation", "Écart-type",
      "Standard deviation over paths.", "Écart-type sur les trajectoires." },
    { "sd_error", MLD_STATISTIC_REAL, AT(sd_error), "Error of the standard deviation",
      "Erreur de l'écart-type", "Monte-Carlo standard error of the standard deviation.",
      "Erreur type de Monte-Carlo de l'écart-type." },
    { "shortfall", MLD_STATISTIC_REAL, AT(shortfall), "Shortfall", "Perte moyenne extrême",
      "Mean of the worst 5 % of paths: the low tail of returns, the high tail of losses and "
      "payouts.",
      "Moyenne des 5 % de trajectoires les plus défavorables : queue basse des rendements, haute "
      "des pertes et "
      "indemnités." },
    { "shortfall_error", MLD_STATISTIC_REAL, AT(shortfall_error), "Error of the shortfall",
      "Erreur de la perte moyenne extrême", "Monte-Carlo standard error of the shortfall.",
      "Erreur type de Monte-Carlo de la perte moyenne extrême." },
    { "minimum", MLD_STATISTIC_REAL, AT(minimum), "Minimum", "Minimum",
      "Smallest value over paths.", "Plus petite valeur sur les trajectoires." },
    { "maximum", MLD_STATISTIC_REAL, AT(maximum), "Maximum", "Maximum", "Largest value over paths.",
      "Plus grande valeur sur les trajectoires." },
    { "quantiles", MLD_STATISTIC_QUANTILES, AT(quantile), "Quantiles", "Quantiles",
      "Quantiles over paths (linear, type 7).",
      "Quantiles sur les trajectoires (linéaires, type 7)." },
    { "quantiles_low", MLD_STATISTIC_QUANTILES, AT(quantile_low), "Quantiles, low bound",
      "Quantiles, borne basse",
      "Low bound of the 95 % order-statistic interval of each quantile; NaN when it cannot be "
      "estimated.",
      "Borne basse de l'intervalle à 95 % de chaque quantile, par statistiques d'ordre ; NaN si "
      "elle n'est pas estimable." },
    { "quantiles_high", MLD_STATISTIC_QUANTILES, AT(quantile_high), "Quantiles, high bound",
      "Quantiles, borne haute",
      "High bound of the 95 % order-statistic interval of each quantile; NaN when it cannot be "
      "estimated.",
      "Borne haute de l'intervalle à 95 % de chaque quantile, par statistiques d'ordre ; NaN si "
      "elle n'est pas estimable." },
    { .name = NULL }
};

/* ---- groups of deals ---- */

const char *mld_group_label(const struct mld_group_name *name, int french)
{
    int instrument = name->kind == MLD_GROUP_INSTRUMENT ? mld_instrument_named(name->name) : -1;
    if (instrument >= 0)
        return mld_instrument_label(instrument, french);
    return name->kind == MLD_GROUP_FORM ? mld_form_label(name->name, french) : name->name;
}

enum mld_status mld_group_table_init(struct mld_group_table *table, int n, int periods)
{
    *table = (struct mld_group_table){ .n = n, .periods = periods };
    table->name = calloc((size_t)n + 1, sizeof *table->name);
    return table->name ? MLD_OK : MLD_ERR_MEMORY;
}

int mld_fan_init(struct mld_fan *fan, int length, int quantiles)
{
    size_t n = (size_t)length + 1;
    fan->length = length;
    fan->mean = calloc(n, sizeof(double));
    fan->mean_error = calloc(n, sizeof(double));
    fan->quantile = quantiles ? calloc(n * MLD_QUANTILES, sizeof(double)) : NULL;
    return fan->mean && fan->mean_error && (fan->quantile || !quantiles);
}

enum mld_status mld_group_returns_init(struct mld_group_table *table, int design)
{
    struct mld_group_returns *returns = &table->design[design];
    int rows = mld_group_row_count();
    returns->row = calloc((size_t)rows, sizeof *returns->row);
    returns->irr_of_means = calloc((size_t)table->n + 1, sizeof(double));
    int room = returns->row && returns->irr_of_means &&
               mld_fan_init(&returns->flow, table->n * table->periods, 0);
    for (int i = 0; i < rows && room; i++)
        room = mld_fan_init(&returns->row[i], table->n, i < MLD_GROUP_FANNED);
    return room ? MLD_OK : MLD_ERR_MEMORY;
}

const struct mld_group_returns *mld_summary_returns(const struct mld_summary *summary, int design)
{
    const struct mld_group_returns *returns = summary->groups.design;
    return returns[design].row ? &returns[design] : &returns[0];
}

static void free_fan(struct mld_fan *fan)
{
    free(fan->mean);
    free(fan->mean_error);
    free(fan->quantile);
}

static void clear_groups(struct mld_group_table *table)
{
    for (int design = 0; design < MLD_MAX_DESIGNS; design++) {
        struct mld_group_returns *returns = &table->design[design];
        for (int i = 0; returns->row && i < mld_group_row_count(); i++)
            free_fan(&returns->row[i]);
        free(returns->row);
        free_fan(&returns->flow);
        free(returns->irr_of_means);
    }
    free(table->name);
}

void mld_summary_clear(struct mld_summary *summary)
{
    for (int design = 0; design < MLD_MAX_DESIGNS; design++) {
        for (int i = 0; summary->fan[design] && i < mld_series_count(); i++)
            free_fan(&summary->fan[design][i]);
        free(summary->fan[design]);
        free(summary->measure[design]);
        free(summary->difference[design]);
    }
    clear_groups(&summary->groups);
    *summary = (struct mld_summary){ 0 };
}
