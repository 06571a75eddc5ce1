/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows/rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const mld_rows_investors[] = { "net_irr_a",
                                           "loss_a",
                                           "hurdle_reached",
                                           "below_tmo_a",
                                           "tvpi_a",
                                           "tmo_pme_a",
                                           "payback_years",
                                           "lowest_position_a",
                                           "net_irr_b",
                                           "tvpi_b",
                                           "carry_paid",
                                           "tvpi_c",
                                           "net_irr_a_without_line",
                                           "net_irr_a_closing_1",
                                           "net_irr_a_closing_2",
                                           "net_irr_a_closing_3",
                                           "net_irr_a_closing_4",
                                           "net_irr_a_closing_5",
                                           "net_irr_a_closing_6",
                                           "tvpi_a_closing_1",
                                           "tvpi_a_closing_2",
                                           "tvpi_a_closing_3",
                                           "tvpi_a_closing_4",
                                           "tvpi_a_closing_5",
                                           "tvpi_a_closing_6",
                                           NULL };

const char *const mld_rows_fund[] = { "tvpi",
                                      "dpi",
                                      "dpi_5",
                                      "dpi_8",
                                      "dpi_10",
                                      "gross_irr",
                                      "multiple_of_cost",
                                      "paid_in",
                                      "distributed_a",
                                      "distributed_b",
                                      "capital_c",
                                      "carry",
                                      "claw_back",
                                      "beneficiary",
                                      "recallable",
                                      "cash_interest",
                                      "management_fees",
                                      "other_costs",
                                      "guarantee_costs",
                                      "unpaid_costs",
                                      "line_costs",
                                      "borrowed",
                                      "borrowed_at_most",
                                      "equalised",
                                      "equalisation_interest",
                                      NULL };

const char *const mld_rows_public[] = { "investor_cost",          "investor_cost_discounted",
                                        "investor_cost_equity",   "investor_peak",
                                        "investor_loss",          "public_cost",
                                        "public_cost_discounted", NULL };

const char *const mld_rows_portfolio[] = { "cost",
                                           "follow_on_cost",
                                           "invested_share",
                                           "skipped",
                                           "ran_out",
                                           "deals",
                                           "defaults",
                                           "loss_default",
                                           "loss_exit",
                                           "loss_forced",
                                           "largest_issuer_share",
                                           "quota_ratio",
                                           "loan_ratio",
                                           "quota_by_date_lowest",
                                           "quota_missed",
                                           "issuer_limit_passed",
                                           "loans_limit_passed",
                                           "waits",
                                           "waiting_years",
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
                                       "net_cost_due",
                                       "net_cost_due_discounted",
                                       "net_cost_due_per_euro",
                                       "net_cost",
                                       "net_cost_discounted",
                                       "net_cost_per_euro",
                                       "budget_discounted",
                                       "covered_volume",
                                       "private_covered",
                                       "commitment",
                                       "peak_guaranteed",
                                       "coverage",
                                       "coverage_all",
                                       "yield_received",
                                       "residual_balance",
                                       "residual_discounted",
                                       "dotation_needed",
                                       "grant_equivalent",
                                       NULL };

const char *const mld_rows_feeder[] = { "feeder_irr",
                                        "feeder_loss",
                                        "feeder_pooled_irr",
                                        "feeder_pooled_loss",
                                        "feeder_subscribed",
                                        "feeder_paid_out",
                                        "feeder_final",
                                        "feeder_exit_fees",
                                        "feeder_fees",
                                        "feeder_interest",
                                        "feeder_calls",
                                        "feeder_unmet",
                                        "feeder_defaults",
                                        "feeder_defaulted",
                                        "feeder_requested",
                                        "feeder_served_in_year",
                                        "feeder_left_waiting",
                                        "feeder_years_served",
                                        "feeder_pocket_year",
                                        "feeder_pocket_most",
                                        NULL };

const char *const mld_rows_endowment[] = { "endowment_received",     "endowment_cost",
                                           "endowment_cost_unpaid",  "endowment_granted",
                                           "endowment_partners",     "endowment_projects",
                                           "endowment_balance",      "endowment_exhausted",
                                           "endowment_exhausted_by", "endowment_in_time",
                                           "endowment_to_supply",    "endowment_part_needed",
                                           "endowment_out_of_reach", NULL };

static const struct mld_statistics *counted(const struct mld_statistics *all, const char *measure)
{
    int i = mld_measure_named(measure);
    return all && i >= 0 && all[i].count + all[i].undefined > 0 ? &all[i] : NULL;
}

const struct mld_statistics *mld_rows_statistics(const struct mld_summary *summary, int branch,
                                                 const char *measure)
{
    return counted(summary->measure[branch], measure);
}

const struct mld_statistics *mld_rows_state_statistics(const struct mld_summary *summary,
                                                       const char *measure)
{
    const struct mld_statistics *statistics = NULL;
    for (int design = MLD_WITH; design < summary->designs && !statistics; design++)
        statistics = mld_rows_statistics(summary, design, measure);
    return statistics;
}

const struct mld_statistics *mld_rows_difference(const struct mld_summary *summary,
                                                 const char *measure)
{
    return counted(summary->difference[MLD_WITH], measure);
}

int mld_rows_is_nothing(const struct mld_statistics *statistics)
{
    return !statistics || (statistics->minimum == 0 && statistics->maximum == 0);
}

const char *mld_rows_label(const char *measure, int french)
{
    int i = mld_measure_named(measure);
    return i < 0 ? measure : french ? mld_measures[i].label_fr : mld_measures[i].label_en;
}

/* The n-th name of a group of the scenario, as its parameters tell it; NULL: there is none. */
static const char *named_in(const struct mld_results *results, const char *group, int n,
                            char name[MLD_MAX_NAME])
{
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

/* The text of a parameter, without its quotes; "" when there is none. */
static void text_in(const struct mld_results *results, const char *key, char text[MLD_LABEL_SIZE])
{
    size_t rows;
    const struct mld_echo *echo = mld_results_echo(results, &rows);
    *text = '\0';
    for (size_t i = 0; i < rows; i++)
        if (strcmp(echo[i].key, key) == 0) {
            const char *value = echo[i].value + (*echo[i].value == '"');
            size_t length = strlen(value);
            length -= length > 0 && value[length - 1] == '"';
            snprintf(text, MLD_LABEL_SIZE, "%.*s", (int)length, value);
        }
}

const char *mld_rows_indicator(const struct mld_results *results, int k, int french,
                               char text[MLD_LABEL_SIZE])
{
    char name[MLD_MAX_NAME], key[2 * MLD_MAX_NAME], label[MLD_LABEL_SIZE], unit[MLD_LABEL_SIZE];
    if (!named_in(results, "indicators.", k, name))
        return NULL;
    snprintf(key, sizeof key, "indicators.%s.label.%s", name, french ? "fr" : "en");
    text_in(results, key, label);
    snprintf(key, sizeof key, "indicators.%s.unit.%s", name, french ? "fr" : "en");
    text_in(results, key, unit);
    snprintf(text, MLD_LABEL_SIZE, "%.150s (%.60s)", label, unit);
    return text;
}

/* "Indicator 1, bonds" is "Jobs (years), bonds" when the first indicator is. */
static const char *with_indicator(const struct mld_results *results, int k, int french,
                                  char text[MLD_LABEL_SIZE])
{
    char label[MLD_LABEL_SIZE], rest[MLD_LABEL_SIZE];
    if (k < 0 || !mld_rows_indicator(results, k, french, label))
        return text;
    const char *number = strchr(text, ' ');
    snprintf(rest, sizeof rest, "%s", number ? number + 1 + strspn(number + 1, "0123456789") : "");
    snprintf(text, MLD_LABEL_SIZE, "%.200s%.50s", label, rest);
    return text;
}

int mld_rows_is_long_enough(size_t paths, double level)
{
    return pow(level, (double)paths) <= 0.025 && pow(1 - level, (double)paths) <= 0.025;
}

int mld_rows_is_estimable(const struct mld_statistics *statistics, int quantile)
{
    /* A constant of the scenario is the same on every path, but for the roundings of its sums. */
    return (statistics->count > 1 && statistics->undefined == 0 &&
            statistics->maximum - statistics->minimum <= 1e-9 * fabs(statistics->maximum)) ||
           (!isnan(statistics->quantile_low[quantile]) &&
            !isnan(statistics->quantile_high[quantile]));
}

const char *mld_rows_label_in(const struct mld_results *results, int measure, int french,
                              char text[MLD_LABEL_SIZE])
{
    char name[MLD_MAX_NAME];
    int form = mld_measure_form(measure);
    mld_measure_label(measure, form < 0 ? NULL : named_in(results, "legal_forms.", form, name),
                      french, text);
    return with_indicator(results, mld_measure_indicator(measure), french, text);
}

const char *mld_rows_series_label_in(const struct mld_results *results, int series, int french,
                                     char text[MLD_LABEL_SIZE])
{
    snprintf(text, MLD_LABEL_SIZE, "%s",
             french ? mld_series[series].label_fr : mld_series[series].label_en);
    return with_indicator(results, mld_series_indicator(series), french, text);
}

double mld_rows_public_cost(const struct mld_summary *summary, int *design)
{
    static const char *const names[] = { "public_cost", "net_cost_due" };
    for (*design = summary->designs - 1; *design >= 0; --*design)
        for (int i = 0; i < 2; i++) {
            const struct mld_statistics *cost = mld_rows_statistics(summary, *design, names[i]);
            if (cost)
                return cost->mean;
        }
    *design = MLD_WITHOUT;
    return NAN;
}

enum mld_quantity mld_rows_quantity(const char *measure)
{
    int i = mld_measure_named(measure);
    return i < 0 ? MLD_NUMBER : mld_measures[i].quantity;
}

enum mld_quantity mld_rows_difference_of(enum mld_quantity quantity)
{
    return quantity == MLD_RATE ? MLD_POINTS : quantity;
}

double mld_rows_parameters(const struct mld_results *results, const char *start, const char *end,
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

/* The columns of one ratio, whole: a file that keeps no ratios is one of a former program. */
struct loaded {
    int n;
    const char *name[8];
    double *value[8];
};

static void unload(struct loaded *loaded)
{
    for (int i = 0; i < loaded->n; i++)
        free(loaded->value[i]);
}

static enum mld_status load(const struct mld_results *results, const char *const *name,
                            struct loaded *loaded)
{
    enum mld_status status = MLD_OK;
    for (; *name && status == MLD_OK; name++) {
        if (!mld_results_has_measure(results, MLD_WITH, *name))
            continue;
        double *value = malloc((mld_results_paths(results) + 1) * sizeof *value);
        if (!value)
            return MLD_ERR_MEMORY;
        loaded->name[loaded->n] = *name;
        loaded->value[loaded->n++] = value;
        status = mld_results_measure(results, MLD_WITH, *name, value);
    }
    return status;
}

static enum mld_status piece_of(const void *context, const char *name, size_t first, size_t count,
                                double *value)
{
    const struct loaded *loaded = context;
    for (int i = 0; i < loaded->n; i++)
        if (strcmp(loaded->name[i], name) == 0) {
            memcpy(value, loaded->value[i] + first, count * sizeof *value);
            return MLD_OK;
        }
    for (size_t p = 0; p < count; p++)
        value[p] = NAN;
    return MLD_OK;
}

enum mld_status mld_rows_ratio(const struct mld_results *results, enum mld_ratio_id ratio,
                               struct mld_estimate *estimate)
{
    const struct mld_summary *summary = mld_results_summary(results);
    const struct mld_ratio *row = &mld_ratios[ratio];
    struct loaded loaded = { 0 };
    if (summary->has_ratios) {
        *estimate = summary->ratio[ratio];
        return MLD_OK;
    }
    enum mld_status status = load(results, row->over, &loaded);
    if (status == MLD_OK)
        status = load(results, row->under, &loaded);
    if (status == MLD_OK)
        status = mld_ratio_fill(row, mld_results_paths(results), piece_of, &loaded, estimate);
    unload(&loaded);
    return status;
}

int mld_rows_is_override(const struct mld_echo *echo)
{
    return echo->origin == MLD_SET && strncmp(echo->key, "run.", 4) != 0 &&
           strncmp(echo->key, "uncertainty.", 12) != 0; /* worlds are beside it */
}

const char *mld_rows_overrides(const struct mld_results *results, char text[MLD_OVERRIDES_SIZE])
{
    static const char more[] = ", …";
    size_t n, used = 0;
    const struct mld_echo *echo = mld_results_echo(results, &n);
    *text = '\0';
    for (size_t i = 0; i < n; i++) {
        char one[MLD_OVERRIDES_SIZE];
        if (!mld_rows_is_override(&echo[i]))
            continue;
        int length = snprintf(one, sizeof one, "%s%s = %s", used ? ", " : "", echo[i].key,
                              echo[i].value);
        if (length < 0 || used + (size_t)length + sizeof more > MLD_OVERRIDES_SIZE) {
            strcpy(text + used, used ? more : more + 2);
            break;
        }
        strcpy(text + used, one);
        used += (size_t)length;
    }
    return text;
}
