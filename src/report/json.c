/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All of a results file but its paths, as JSON (RFC 8259). */
#include "milliard/report.h"
#include "core/plain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/grid.h"
#include "report/json_text.h"
#include "rows/returns.h"
#include "rows/rows.h"

static void put_key(FILE *out, int first, const char *indent, const char *key)
{
    fprintf(out, "%s\n%s", first ? "" : ",", indent);
    mld_json_text(out, key);
    fputs(": ", out);
}

static void put_named_text(FILE *out, const char *key, const char *value)
{
    fprintf(out, ", \"%s\": ", key);
    mld_json_text(out, value);
}

static void put_attributes(FILE *out, const struct mld_results *results)
{
    static const char *const text[] = { "name",   "title_en",  "title_fr",      "program_version",
                                        "commit", "compiler",  "flags",         "libraries",
                                        "libc",   "processor", "first_closing", "currency" };
    static const char *const number[] = { "format_version", "model_version", "stream_version",
                                          "seed",           "paths",         "paths_asked",
                                          "interrupted",    "trajectories",  "periods_per_year",
                                          "horizon_years",  "last_period",   "has_fund",
                                          "has_guarantee",  "has_dotation" };
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        put_key(out, i == 0, "  ", text[i]);
        mld_json_text(out, mld_results_attribute(results, text[i]));
    }
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        put_key(out, 0, "  ", number[i]);
        fputs(mld_results_attribute(results, number[i]), out);
    }
}

/* What a run passes through to issuers, where it does. */
static void put_price(FILE *out, const struct mld_results *results)
{
    struct mld_cover_price cover;
    if (!mld_results_cover_price(results, &cover))
        return;
    put_key(out, 0, "  ", "cover_price");
    mld_json_number(out, cover.price);
    put_key(out, 0, "  ", "cover_fee");
    mld_json_number(out, cover.fee);
}

static void put_parameters(FILE *out, const struct mld_results *results)
{
    static const char *const origin[] = { "given", "default", "set", "unused" };
    size_t n;
    const struct mld_echo *echo = mld_results_echo(results, &n);
    put_key(out, 0, "  ", "parameters");
    fputc('[', out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "%s\n    {\"key\": ", i ? "," : "");
        mld_json_text(out, echo[i].key);
        put_named_text(out, "value", echo[i].value);
        put_named_text(out, "unit", echo[i].unit);
        put_named_text(out, "origin", origin[echo[i].origin]);
        put_named_text(out, "where", echo[i].where);
        fprintf(out, ", \"judgement\": %s}", echo[i].flags & MLD_JUDGEMENT ? "true" : "false");
    }
    fputs("\n  ]", out);
}

/* What --set changed, by key, as it was written. */
static void put_overrides(FILE *out, const struct mld_results *results)
{
    size_t n;
    const struct mld_echo *echo = mld_results_echo(results, &n);
    int first = 1;
    put_key(out, 0, "  ", "overrides");
    fputc('{', out);
    for (size_t i = 0; i < n; i++) {
        if (!mld_rows_is_override(&echo[i]))
            continue;
        put_key(out, first, "    ", echo[i].key);
        mld_json_text(out, echo[i].value);
        first = 0;
    }
    fputs(first ? "}" : "\n  }", out);
}

static void put_warnings(FILE *out, const struct mld_results *results)
{
    size_t n;
    const struct mld_warning *warning = mld_results_warnings(results, &n);
    put_key(out, 0, "  ", "warnings");
    fputc('[', out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "%s\n    {\"id\": ", i ? "," : "");
        mld_json_text(out, warning[i].id);
        put_named_text(out, "key", warning[i].key);
        put_named_text(out, "where", warning[i].where);
        put_named_text(out, "text_en", warning[i].text_en);
        put_named_text(out, "meant_en", warning[i].meant_en);
        put_named_text(out, "text_fr", warning[i].text_fr);
        put_named_text(out, "meant_fr", warning[i].meant_fr);
        fputc('}', out);
    }
    fputs(n ? "\n  ]" : "]", out);
}

static void put_axes(FILE *out, const struct mld_results *results)
{
    const struct mld_grid *grid = mld_results_grid(results);
    int last = mld_grid_calendar_year(grid, grid->periods - 1),
        first = mld_grid_calendar_year(grid, 0);
    put_key(out, 0, "  ", "designs");
    for (int design = 0; design < mld_results_summary(results)->designs; design++)
        fprintf(out, "%s\"%s\"", design ? ", " : "[", mld_design_names[design]);
    fputc(']', out);
    put_key(out, 0, "  ", "quantile_levels");
    mld_json_numbers(out, MLD_QUANTILES, mld_quantile_levels);
    put_key(out, 0, "  ", "dotation_levels");
    mld_json_numbers(out, MLD_DOTATION_LEVELS, mld_dotation_levels);
    put_key(out, 0, "  ", "period_ends");
    for (int t = 0; t < grid->periods; t++) {
        struct mld_date date = mld_grid_period_end(grid, t);
        fprintf(out, "%s\"%04d-%02d-%02d\"", t ? ", " : "[", date.year, date.month, date.day);
    }
    fputc(']', out);
    put_key(out, 0, "  ", "years");
    for (int year = first; year <= last; year++)
        fprintf(out, "%s%d", year > first ? ", " : "[", year);
    fputc(']', out);
}

static void put_measures(FILE *out, const struct mld_results *results,
                         const struct mld_summary *summary)
{
    char label[MLD_LABEL_SIZE];
    int first = 1;
    put_key(out, 0, "  ", "measures");
    fputc('{', out);
    for (int i = 0; i < mld_measure_count(); i++) {
        const struct mld_measure *measure = &mld_measures[i];
        const struct mld_statistics *part[] = {
            mld_rows_statistics(summary, MLD_WITHOUT, measure->name),
            mld_rows_statistics(summary, MLD_WITH, measure->name),
            mld_rows_difference(summary, measure->name),
            mld_rows_statistics(summary, MLD_KEPT, measure->name)
        };
        static const char *const name[] = { "without", "with", "difference", "kept" };
        enum { PARTS = sizeof part / sizeof *part };
        if (!part[0] && !part[1] && !part[3])
            continue;
        put_key(out, first, "    ", measure->name);
        first = 0;
        fputs("{\"unit\": ", out);
        mld_json_text(out, measure->unit);
        put_named_text(out, "quantity", mld_quantity_name(measure->quantity));
        put_named_text(out, "label_en", mld_rows_label_in(results, i, 0, label));
        put_named_text(out, "label_fr", mld_rows_label_in(results, i, 1, label));
        for (int k = 0; k < PARTS; k++)
            if (part[k]) {
                put_key(out, 0, "      ", name[k]);
                mld_json_statistics(out, part[k]);
                fputc('}', out);
            }
        fputc('}', out);
    }
    fputs("\n  }", out);
}

static void put_quantiles(FILE *out, const struct mld_fan *fan)
{
    mld_json_named(out, "rank_error", fan->rank_error);
    fputs(", \"quantiles\": [", out);
    for (int q = 0; q < MLD_QUANTILES; q++) {
        fputs(q ? ", " : "", out);
        mld_json_numbers(out, fan->length, fan->quantile + (size_t)q * (size_t)fan->length);
    }
    fputc(']', out);
}

/* Of the series that are means of ratios, the ratio of means beside them. */
static void put_ratio_of_means(FILE *out, const struct mld_summary *summary, int design,
                               const struct mld_fan *fan)
{
    const char *name = mld_series[fan->series].name;
    if (isnan(mld_rows_ratio_of_means(summary, design, name, fan->length - 1)))
        return;
    fputs(", \"ratio_of_means\": [", out);
    for (int t = 0; t < fan->length; t++) {
        fputs(t ? ", " : "", out);
        mld_json_number(out, mld_rows_ratio_of_means(summary, design, name, t));
    }
    fputc(']', out);
}

static void put_fan(FILE *out, const struct mld_fan *fan, const struct mld_summary *summary,
                    int design)
{
    fputs("{\"mean\": ", out);
    mld_json_numbers(out, fan->length, fan->mean);
    fputs(", \"mean_error\": ", out);
    mld_json_numbers(out, fan->length, fan->mean_error);
    if (fan->quantile)
        put_quantiles(out, fan);
    if (summary)
        put_ratio_of_means(out, summary, design, fan);
    fputc('}', out);
}

static void put_series(FILE *out, const struct mld_summary *summary)
{
    int first = 1;
    put_key(out, 0, "  ", "series");
    fputc('{', out);
    for (int i = 0; i < mld_series_count(); i++) {
        int branches = 0;
        for (int branch = 0; branch < summary->designs; branch++)
            branches += summary->fan[branch][i].length > 0;
        if (!branches)
            continue;
        put_key(out, first, "    ", mld_series[i].name);
        first = 0;
        fputs("{\"unit\": ", out);
        mld_json_text(out, mld_series[i].unit);
        put_named_text(out, "axis", mld_series[i].axis == MLD_AXIS_PERIOD ? "period" : "year");
        put_named_text(out, "label_en", mld_series[i].label_en);
        put_named_text(out, "label_fr", mld_series[i].label_fr);
        for (int branch = 0; branch < summary->designs; branch++)
            if (summary->fan[branch][i].length > 0) {
                put_key(out, 0, "      ", mld_design_names[branch]);
                put_fan(out, &summary->fan[branch][i], summary, branch);
            }
        fputc('}', out);
    }
    fputs("\n  }", out);
}

/* ---- returns by group ---- */

static void put_groups(FILE *out, const struct mld_group_table *table)
{
    put_key(out, 1, "    ", "groups");
    for (int g = 0; g < table->n; g++) {
        fprintf(out, "%s{\"kind\": \"%s\"", g ? ", " : "[", mld_group_kinds[table->name[g].kind]);
        put_named_text(out, "name", table->name[g].name);
        put_named_text(out, "label_en", mld_group_label(&table->name[g], 0));
        put_named_text(out, "label_fr", mld_group_label(&table->name[g], 1));
        fputc('}', out);
    }
    fputc(']', out);
}

static void put_flows(FILE *out, const struct mld_group_table *table,
                      const struct mld_group_returns *returns)
{
    put_key(out, 0, "      ", "flow_mean");
    for (int g = 0; g < table->n; g++) {
        fputs(g ? ", " : "[", out);
        mld_json_numbers(out, table->periods, returns->flow.mean + g * table->periods);
    }
    fputc(']', out);
}

/* Of all deals, and of class A where there is a fund. */
static void put_irr_of_means(FILE *out, const struct mld_results *results, int design)
{
    put_key(out, 0, "      ", "irr_of_means_deals");
    mld_json_number(out, mld_rows_return_of_all(results, design).irr_of_means);
    put_key(out, 0, "      ", "irr_of_means_a");
    mld_json_number(out, mld_rows_irr_of_means_a(results, design));
}

static void put_returns_of(FILE *out, const struct mld_results *results, int design)
{
    const struct mld_summary *summary = mld_results_summary(results);
    const struct mld_group_returns *returns = mld_summary_returns(summary, design);
    put_key(out, 0, "    ", mld_design_names[design]);
    fputc('{', out);
    for (int i = 0; i < mld_group_row_count(); i++) {
        put_key(out, i == 0, "      ", mld_group_rows[i].name);
        put_fan(out, &returns->row[i], NULL, 0);
    }
    put_key(out, 0, "      ", "irr_of_means");
    mld_json_numbers(out, summary->groups.n, returns->irr_of_means);
    put_irr_of_means(out, results, design);
    put_flows(out, &summary->groups, returns);
    fputs("\n    }", out);
}

/* Of each design, though one with the deals of the first has the same. */
static void put_returns(FILE *out, const struct mld_results *results,
                        const struct mld_summary *summary)
{
    if (summary->groups.n == 0)
        return;
    put_key(out, 0, "  ", "returns");
    fputc('{', out);
    put_groups(out, &summary->groups);
    for (int design = 0; design < summary->designs; design++)
        put_returns_of(out, results, design);
    fputs("\n  }", out);
}

static void put_estimate(FILE *out, int first, const char *name, struct mld_estimate estimate)
{
    put_key(out, first, "    ", name);
    fputs("{\"value\": ", out);
    mld_json_number(out, estimate.value);
    mld_json_named(out, "error", estimate.error);
    fputc('}', out);
}

/* What is worked out from several measures. */
static enum mld_status put_derived(FILE *out, const struct mld_results *results,
                                   const struct mld_summary *summary)
{
    struct mld_estimate ratio[MLD_RATIOS];
    for (int i = 0; i < MLD_RATIOS; i++) {
        enum mld_status status = mld_rows_ratio(results, (enum mld_ratio_id)i, &ratio[i]);
        if (status)
            return status;
    }
    put_key(out, 0, "  ", "derived");
    fputc('{', out);
    for (int i = 0; i < MLD_RATIOS; i++)
        put_estimate(out, i == 0, mld_ratios[i].name, ratio[i]);
    fputs("\n  }", out);
    put_key(out, 0, "  ", "dotation_needed");
    fputs("{\"value\": ", out);
    mld_json_numbers(out, 3, summary->dotation);
    fputs(", \"low\": ", out);
    mld_json_numbers(out, 3, summary->dotation_low);
    fputs(", \"high\": ", out);
    mld_json_numbers(out, 3, summary->dotation_high);
    fputc('}', out);
    return MLD_OK;
}

/* The lines of the budget; of a gage they are below 0. */
static void put_budget(FILE *out, const struct mld_results *results)
{
    struct mld_budget_line line[MLD_BUDGET_LINES];
    int n = mld_rows_budget(results, line);
    put_key(out, 0, "  ", "budget");
    fputc('[', out);
    for (int i = 0; i < n; i++) {
        fprintf(out, "%s{\"year\": %d, \"programme\": %d, \"action\": %d, \"gage\": %s",
                i ? ", " : "", line[i].year, line[i].programme, line[i].action,
                line[i].is_gage ? "true" : "false");
        mld_json_named(out, "ae", line[i].ae);
        mld_json_named(out, "cp", line[i].cp);
        fputc('}', out);
    }
    fputc(']', out);
}

enum mld_status mld_report_json(FILE *out, const struct mld_results *results)
{
    MLD_PLAIN_NUMBERS;
    const struct mld_summary *summary = mld_results_summary(results);
    fputc('{', out);
    put_attributes(out, results);
    put_price(out, results);
    put_axes(out, results);
    put_overrides(out, results);
    put_parameters(out, results);
    put_warnings(out, results);
    put_measures(out, results, summary);
    put_series(out, summary);
    put_returns(out, results, summary);
    put_budget(out, results);
    mld_json_uncertain(out, summary->uncertain);
    enum mld_status status = summary->designs > 1 ? put_derived(out, results, summary) : MLD_OK;
    fputs("\n}\n", out);
    return status;
}
