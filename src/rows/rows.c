/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows/rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const mld_rows_investors[] = {
    "net_irr_a", "loss_a", "tvpi_a",     "payback_years", "lowest_position_a",
    "net_irr_b", "tvpi_b", "carry_paid", "tvpi_c",        NULL
};

const char *const mld_rows_fund[] = { "tvpi",
                                      "dpi",
                                      "gross_irr",
                                      "multiple_of_cost",
                                      "paid_in",
                                      "distributed_a",
                                      "distributed_b",
                                      "capital_c",
                                      "carry",
                                      "beneficiary",
                                      "management_fees",
                                      "other_costs",
                                      "guarantee_costs",
                                      "unpaid_costs",
                                      NULL };

const char *const mld_rows_portfolio[] = { "cost",
                                           "deals",
                                           "defaults",
                                           "loss_default",
                                           "loss_exit",
                                           "loss_forced",
                                           "largest_issuer_share",
                                           "quota_ratio",
                                           "loan_ratio",
                                           NULL };

/* Without a fund the portfolio itself is what has a return. */
const char *const mld_rows_portfolio_state[] = { "gross_irr", "multiple_of_cost", NULL };

const char *const mld_rows_spread[] = {
    "net_irr_a", "tvpi_a",           "net_irr_b",     "tvpi",
    "gross_irr", "multiple_of_cost", "payback_years", "lowest_position_a",
    "carry",     "loss_default",     "loss_exit",     "loss_forced",
    NULL
};

const char *const mld_rows_gain[] = { "distributed_a", "distributed_b",   "capital_c",
                                      "carry",         "beneficiary",     "management_fees",
                                      "other_costs",   "guarantee_costs", NULL };

const char *const mld_rows_state[] = { "payouts",
                                       "payouts_due",
                                       "payouts_unpaid",
                                       "fees_received",
                                       "upside_received",
                                       "returned",
                                       "lost_receivable",
                                       "counter_received",
                                       "operator_cost",
                                       "net_cost",
                                       "net_cost_discounted",
                                       "net_cost_per_euro",
                                       "covered_volume",
                                       "private_covered",
                                       "commitment",
                                       "peak_guaranteed",
                                       "coverage",
                                       "coverage_all",
                                       "yield_received",
                                       "residual_balance",
                                       "dotation_needed",
                                       "grant_equivalent",
                                       NULL };

static const struct mld_statistics *counted(const struct mld_statistics *all, const char *measure)
{
    int i = mld_measure_named(measure);
    return all && i >= 0 && all[i].count + all[i].undefined > 0 ? &all[i] : NULL;
}

const struct mld_statistics *mld_report_statistics(const struct mld_summary *summary, int branch,
                                                   const char *measure)
{
    return counted(summary->measure[branch], measure);
}

const struct mld_statistics *mld_report_difference(const struct mld_summary *summary,
                                                   const char *measure)
{
    return counted(summary->difference[MLD_WITH], measure);
}

int mld_report_is_nothing(const struct mld_statistics *statistics)
{
    return !statistics || (statistics->minimum == 0 && statistics->maximum == 0);
}

const char *mld_report_label(const char *measure, int french)
{
    int i = mld_measure_named(measure);
    return i < 0 ? measure : french ? mld_measures[i].label_fr : mld_measures[i].label_en;
}

/* The n-th legal form of the scenario, as its parameters name them; NULL when there is none. */
static const char *form_named_in(const struct mld_results *results, int n, char name[MLD_MAX_NAME])
{
    static const char group[] = "legal_forms.";
    size_t rows, length = 0;
    const struct mld_echo *echo = mld_results_echo(results, &rows);
    const char *last = "";
    for (size_t i = 0; i < rows; i++) {
        if (strncmp(echo[i].key, group, strlen(group)) != 0)
            continue;
        const char *key = echo[i].key + strlen(group);
        if (length && strncmp(key, last, length + 1) == 0)
            continue;
        last = key;
        length = strcspn(key, ".");
        if (n-- == 0) {
            snprintf(name, MLD_MAX_NAME, "%.*s",
                     (int)(length < MLD_MAX_NAME ? length : MLD_MAX_NAME - 1), key);
            return name;
        }
    }
    return NULL;
}

int mld_report_is_long_enough(size_t paths, double level)
{
    return pow(level, (double)paths) <= 0.025 && pow(1 - level, (double)paths) <= 0.025;
}

int mld_report_is_estimable(const struct mld_statistics *statistics, int quantile)
{
    /* A constant of the scenario is the same on every path, but for the roundings of its sums. */
    return (statistics->count > 1 && statistics->undefined == 0 &&
            statistics->maximum - statistics->minimum <= 1e-9 * fabs(statistics->maximum)) ||
           (!isnan(statistics->quantile_low[quantile]) &&
            !isnan(statistics->quantile_high[quantile]));
}

const char *mld_report_label_in(const struct mld_results *results, int measure, int french,
                                char text[MLD_LABEL_SIZE])
{
    char name[MLD_MAX_NAME];
    int form = mld_measure_form(measure);
    return mld_measure_label(measure, form < 0 ? NULL : form_named_in(results, form, name), french,
                             text);
}

enum mld_quantity mld_report_quantity(const char *measure)
{
    int i = mld_measure_named(measure);
    return i < 0 ? MLD_NUMBER : mld_measures[i].quantity;
}

enum mld_quantity mld_report_difference_of(enum mld_quantity quantity)
{
    return quantity == MLD_RATE ? MLD_POINTS : quantity;
}

double mld_report_parameters(const struct mld_results *results, const char *start, const char *end,
                             int *count)
{
    size_t n, last = strlen(end);
    const struct mld_echo *echo = mld_results_echo(results, &n);
    double sum = 0;
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(echo[i].key);
        if (strncmp(echo[i].key, start, strlen(start)) != 0 || length < last ||
            strcmp(echo[i].key + length - last, end) != 0)
            continue;
        sum += strtod(echo[i].value, NULL);
        ++*count;
    }
    return sum;
}

/* ---- ratios ---- */

/*
 * Adds measures of one branch, path by path. One that the file has not makes the sum undefined:
 * nothing to say.
 */
static enum mld_status add_columns(const struct mld_results *results, int branch, int n,
                                   const char *const *name, double *column, double *sum)
{
    size_t paths = mld_results_paths(results);
    memset(sum, 0, paths * sizeof *sum);
    for (int i = 0; i < n; i++) {
        int absent = !mld_results_has_measure(results, branch, name[i]);
        enum mld_status status = absent ? MLD_OK
                                        : mld_results_measure(results, branch, name[i], column);
        if (status)
            return status;
        for (size_t p = 0; p < paths; p++)
            sum[p] += absent ? (double)NAN : column[p];
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

enum mld_status mld_report_ratio(const struct mld_results *results, int branch, int n,
                                 const char *const *over, int n_under, const char *const *under,
                                 struct mld_estimate *ratio)
{
    size_t paths = mld_results_paths(results);
    *ratio = (struct mld_estimate){ NAN, NAN };
    double *memory = malloc((3 * paths + 1) * sizeof *memory);
    if (!memory)
        return MLD_ERR_MEMORY;
    double *column = memory, *y = memory + paths, *x = memory + 2 * paths;
    enum mld_status status = add_columns(results, branch, n, over, column, y);
    if (!status)
        status = add_columns(results, branch, n_under, under, column, x);
    if (!status)
        *ratio = ratio_of(keep_defined(paths, y, x), y, x);
    free(memory);
    return status;
}
