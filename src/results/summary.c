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
      "Moyenne des 5 % de trajectoires les pires : queue basse des rendements, haute des pertes et "
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

void mld_summary_clear(struct mld_summary *summary)
{
    for (int design = 0; design < MLD_MAX_DESIGNS; design++) {
        for (int i = 0; summary->fan[design] && i < mld_series_count(); i++) {
            free(summary->fan[design][i].mean);
            free(summary->fan[design][i].mean_error);
            free(summary->fan[design][i].quantile);
        }
        free(summary->fan[design]);
        free(summary->measure[design]);
        free(summary->difference[design]);
    }
    *summary = (struct mld_summary){ 0 };
}
