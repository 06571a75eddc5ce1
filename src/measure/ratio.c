/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ratios of means. A ratio is two lists of measures; each list is summed path by path, paths on
 * which either sum is undefined are left out, and what remains is ȳ / x̄.
 */
#include "milliard/ratio.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct mld_ratio mld_ratios[MLD_RATIOS] = {
    [MLD_RATIO_FEE_EVEN] = { "break_even_fee",
                             "1/year",
                             { "payouts_due" },
                             { "fee_base" },
                             "Break-even fee on payouts due, a year of the guaranteed outstanding",
                             "Commission d'équilibre sur indemnités dues, par an de l'encours "
                             "garanti" },
    [MLD_RATIO_FEE_CHARGED] = { "fee_charged",
                                "1/year",
                                { "fees_received" },
                                { "fee_base" },
                                "Fee charged on average, a year of the guaranteed outstanding",
                                "Commission facturée en moyenne, par an de l'encours garanti" },
    [MLD_RATIO_COVERAGE] = { "coverage_of_means",
                             "1",
                             { "payouts_net" },
                             { "loss_default", "loss_exit" },
                             "Net payouts over default and exit losses, ratio of means",
                             "Indemnités nettes sur pertes de défaut et de sortie, moyennes sur "
                             "moyennes" },
    [MLD_RATIO_COVERAGE_ALL] = { "coverage_all_of_means",
                                 "1",
                                 { "payouts_net" },
                                 { "loss_default", "loss_exit", "loss_forced" },
                                 "Net payouts over all losses, ratio of means",
                                 "Indemnités nettes sur toutes les pertes, moyennes sur moyennes" },
    [MLD_RATIO_PER_NET_COST] = { "covered_per_net_cost",
                                 "1",
                                 { "covered_volume" },
                                 { "net_cost" },
                                 "Financing covered per euro of expected net cost to the State",
                                 "Financement couvert par euro de coût net attendu pour l'État" },
    [MLD_RATIO_PER_COMMITMENT] = { "covered_per_commitment",
                                   "1",
                                   { "covered_volume" },
                                   { "commitment" },
                                   "Financing covered per euro of largest commitment",
                                   "Financement couvert par euro d'engagement maximal" },
};

static enum mld_status add_columns(const char *const *name, size_t paths, mld_column_of *column_of,
                                   const void *context, double *column, double *sum)
{
    memset(sum, 0, paths * sizeof *sum);
    for (; *name; name++) {
        enum mld_status status = column_of(context, *name, column);
        if (status)
            return status;
        for (size_t p = 0; p < paths; p++)
            sum[p] += column[p];
    }
    return MLD_OK;
}

/* Keeps the pairs of which both are defined; gives how many. */
static size_t keep_defined(size_t n, double *y, double *x)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(y[i]) && !isnan(x[i])) {
            y[kept] = y[i];
            x[kept++] = x[i];
        }
    return kept;
}

static double mean_of(size_t n, const double *value)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += value[i];
    return sum / (double)n;
}

/* r = ȳ/x̄; error = sd(y − r x) / (|x̄| √n) */
static struct mld_estimate ratio_of(size_t n, const double *y, const double *x)
{
    double mean = n > 1 ? mean_of(n, x) : 0;
    if (mean == 0)
        return (struct mld_estimate){ NAN, NAN };
    double ratio = mean_of(n, y) / mean, squares = 0;
    for (size_t i = 0; i < n; i++) {
        double residual = y[i] - ratio * x[i]; /* their mean is 0 */
        squares += residual * residual;
    }
    return (struct mld_estimate){ ratio, sqrt(squares / ((double)n - 1) / (double)n) / fabs(mean) };
}

enum mld_status mld_ratio_fill(const struct mld_ratio *ratio, size_t paths,
                               mld_column_of *column_of, const void *context,
                               struct mld_estimate *estimate)
{
    *estimate = (struct mld_estimate){ NAN, NAN };
    double *memory = malloc((3 * paths + 1) * sizeof *memory);
    if (!memory)
        return MLD_ERR_MEMORY;
    double *column = memory, *y = memory + paths, *x = memory + 2 * paths;
    enum mld_status status = add_columns(ratio->over, paths, column_of, context, column, y);
    if (!status)
        status = add_columns(ratio->under, paths, column_of, context, column, x);
    if (!status)
        *estimate = ratio_of(keep_defined(paths, y, x), y, x);
    free(memory);
    return status;
}
