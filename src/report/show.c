/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The summary of a results file: head, means, spread, gain; the State's part is in state.c. */
#include "milliard/report.h"
#include "core/plain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rows/rows.h"
#include "report/sections.h"

static const char *attribute(const struct mld_report *report, const char *name)
{
    const char *text = mld_results_attribute(report->results, name);
    return text ? text : "";
}

static const char *count_text(const struct mld_report *report, const char *name, char *text)
{
    return mld_format_number(text, report->page.french, strtod(attribute(report, name), NULL), 0,
                             0);
}

/* A run of a scenario with other values is not that scenario's. */
static void overrides(const struct mld_report *report)
{
    char text[MLD_OVERRIDES_SIZE];
    if (*mld_rows_overrides(report->results, text))
        mld_page_paragraph(
            &report->page,
            mld_say(&report->page, "Changé par --set : %s.", "Changed by --set: %s."), text);
}

void mld_section_head(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    char paths[MLD_NUMBER_SIZE], asked[MLD_NUMBER_SIZE], closing[MLD_NUMBER_SIZE];
    mld_page_line(page, "%s", mld_results_title(report->results, page->french));
    mld_page_paragraph(page,
                       mld_say(page, "Scénario %s, %s trajectoires, graine %s, %s le %s.",
                               "Scenario %s, %s paths, seed %s, %s on %s."),
                       attribute(report, "name"), count_text(report, "paths", paths),
                       attribute(report, "seed"),
                       *attribute(report, "has_fund") == '1'
                           ? mld_say(page, "premier closing", "first closing")
                           : mld_say(page, "début", "starting"),
                       mld_format_date(closing, page->french, attribute(report, "first_closing")));
    overrides(report);
    mld_page_paragraph(
        page,
        mld_say(page, "milliard %s, commit %.12s, version du modèle %s, des tirages %s.",
                "milliard %s, commit %.12s, version of the model %s, of the draws %s."),
        attribute(report, "program_version"), attribute(report, "commit"),
        attribute(report, "model_version"), attribute(report, "stream_version"));
    if (*attribute(report, "interrupted") == '1')
        mld_page_paragraph(page,
                           mld_say(page, "Calcul interrompu : %s trajectoires sur %s demandées.",
                                   "Interrupted: %s paths of the %s asked for."),
                           paths, count_text(report, "paths_asked", asked));
}

void mld_section_warnings(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    size_t n;
    const struct mld_warning *warning = mld_results_warnings(report->results, &n);
    if (n)
        mld_page_title(page, n > 1 ? "Avertissements" : "Avertissement",
                       n > 1 ? "Warnings" : "Warning");
    for (size_t i = 0; i < n; i++)
        mld_page_paragraph(page, "%s%s%s %s", warning[i].where,
                           *warning[i].where ? mld_say(page, "\u00a0: ", ": ") : "",
                           mld_say(page, warning[i].text_fr, warning[i].text_en),
                           mld_say(page, warning[i].meant_fr, warning[i].meant_en));
}

/* ---- means ---- */

static double largest_of(const struct mld_statistics *a, const struct mld_statistics *b)
{
    double first = a ? fabs(a->mean) : 0, second = b ? fabs(b->mean) : 0;
    return first > second ? first : second;
}

static void set_mean(const struct mld_report *report, int row, int column, const char *measure,
                     const struct mld_statistics *statistics, double largest, int difference)
{
    char text[MLD_NUMBER_SIZE];
    if (!statistics)
        return;
    enum mld_quantity quantity = difference ? mld_rows_difference_of(mld_rows_quantity(measure))
                                            : mld_rows_quantity(measure);
    mld_table_set(report->table, row, column,
                  mld_format_estimate(text, report->page.french, quantity, statistics->mean,
                                      statistics->mean_error, largest, difference));
}

static void mean_row(const struct mld_report *report, const char *measure)
{
    const struct mld_statistics *without = mld_rows_statistics(report->summary, MLD_WITHOUT,
                                                               measure);
    const struct mld_statistics *with = mld_rows_state_statistics(report->summary, measure);
    if (mld_rows_is_nothing(without) && mld_rows_is_nothing(with))
        return;
    double largest = largest_of(without, with);
    int row = mld_table_row(report->table, mld_rows_label(measure, report->page.french));
    set_mean(report, row, 1, measure, without, largest, 0);
    if (!report->has_guarantee)
        return;
    set_mean(report, row, 2, measure, with, largest, 0);
    set_mean(report, row, 3, measure, mld_rows_difference(report->summary, measure), largest, 1);
}

static void means(const struct mld_report *report, const char *french, const char *english,
                  const char *const *rows)
{
    const struct mld_page *page = &report->page;
    mld_table_start(report->table, report->has_guarantee ? 4 : 2);
    mld_table_row(report->table, mld_say(page, "moyenne ± erreur type", "mean ± standard error"));
    mld_table_set(report->table, 0, 1,
                  report->has_guarantee ? mld_say(page, "sans garantie", "without")
                                        : mld_say(page, "moyenne", "mean"));
    if (report->has_guarantee) {
        mld_table_set(report->table, 0, 2, mld_say(page, "avec garantie", "with guarantee"));
        mld_table_set(report->table, 0, 3,
                      mld_say(page, "écart, mêmes tirages", "difference, same draws"));
    }
    for (; *rows; rows++)
        mean_row(report, *rows);
    if (report->table->rows > 1)
        mld_page_title(page, french, english);
    mld_page_table(page, report->table);
}

void mld_section_means(const struct mld_report *report)
{
    means(report, "Investisseurs", "Investors", mld_rows_investors);
    if (report->has_fund)
        means(report, "Le fonds", "The fund", mld_rows_fund);
    else
        means(report, "Le portefeuille", "The portfolio", mld_rows_portfolio_state);
    means(report, "L'État investisseur et donateur", "The State as investor and donor",
          mld_rows_public);
    means(report, "Investissements et pertes", "Deals and losses", mld_rows_portfolio);
}

/* ---- spread ---- */

const char *mld_report_too_short(const struct mld_report *report)
{
    return mld_say(&report->page, "non estimable", "not estimable");
}

const char *mld_report_quantile(const struct mld_report *report, char *text,
                                enum mld_quantity quantity, const struct mld_statistics *statistics,
                                int quantile, double error, double largest)
{
    if (!mld_rows_is_estimable(statistics, quantile))
        return mld_report_too_short(report);
    return mld_format(text, report->page.french, quantity, statistics->quantile[quantile], error,
                      largest, 0);
}

static void set_quantiles(const struct mld_report *report, int row, int first, const char *measure,
                          const struct mld_statistics *statistics, double largest)
{
    static const int level[] = { MLD_QUANTILE_5, MLD_QUANTILE_50, MLD_QUANTILE_95 };
    for (int i = 0; i < 3 && statistics; i++) {
        char text[MLD_NUMBER_SIZE];
        /*
         * The quantiles of a row have the decimals of its mean or one less: their errors are
         * somewhat larger.
         */
        mld_table_set(report->table, row, first + i,
                      mld_report_quantile(report, text, mld_rows_quantity(measure), statistics,
                                          level[i], 2 * statistics->mean_error, largest));
    }
}

static double largest_quantile(const struct mld_statistics *statistics)
{
    double largest = 0;
    for (int q = MLD_QUANTILE_5; statistics && q <= MLD_QUANTILE_95; q++)
        if (fabs(statistics->quantile[q]) > largest)
            largest = fabs(statistics->quantile[q]);
    return largest;
}

static void spread_row(const struct mld_report *report, const char *measure)
{
    const struct mld_statistics *without = mld_rows_statistics(report->summary, MLD_WITHOUT,
                                                               measure);
    const struct mld_statistics *with = mld_rows_statistics(report->summary, MLD_WITH, measure);
    if (mld_rows_is_nothing(without) && mld_rows_is_nothing(with))
        return;
    double a = largest_quantile(without), b = largest_quantile(with), largest = a > b ? a : b;
    int row = mld_table_row(report->table, mld_rows_label(measure, report->page.french));
    set_quantiles(report, row, 1, measure, without, largest);
    if (report->has_guarantee)
        set_quantiles(report, row, 4, measure, with, largest);
}

void mld_section_spread(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    mld_table_start(report->table, report->has_guarantee ? 7 : 4);
    mld_table_row(report->table,
                  mld_say(page, "quantiles sur les trajectoires", "quantiles over paths"));
    for (int branch = 0; branch < (report->has_guarantee ? 2 : 1); branch++) {
        const char *of = !report->has_guarantee ? ""
                         : branch               ? mld_say(page, " avec", " with")
                                                : mld_say(page, " sans", " without");
        char head[64];
        snprintf(head, sizeof head, "5\u00a0%%%s", of);
        mld_table_set(report->table, 0, 1 + 3 * branch, head);
        snprintf(head, sizeof head, "%s%s", mld_say(page, "médiane", "median"), of);
        mld_table_set(report->table, 0, 2 + 3 * branch, head);
        snprintf(head, sizeof head, "95\u00a0%%%s", of);
        mld_table_set(report->table, 0, 3 + 3 * branch, head);
    }
    for (const char *const *row = mld_rows_spread; *row; row++)
        spread_row(report, *row);
    mld_page_title(page, "Dispersion", "Spread");
    mld_page_table(page, report->table);
}

/* ---- gain ---- */

/* Of the price of cover what goes back to issuers, where a scenario says that some of it does. */
static void tell_issuers(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    const struct mld_statistics *spared = mld_rows_state_statistics(report->summary,
                                                                    "interest_spared");
    struct mld_cover_price cover;
    char price[MLD_NUMBER_SIZE], fee[MLD_NUMBER_SIZE], gain[MLD_NUMBER_SIZE];
    if (!spared || !mld_results_cover_price(report->results, &cover)) {
        mld_page_paragraph(
            page, "%s",
            mld_say(
                page,
                "La garantie ne change ici aucune condition des investissements : les émetteurs "
                "n'y gagnent rien.",
                "The guarantee changes no term of a deal here: issuers gain nothing by it."));
        return;
    }
    mld_format_number(price, page->french, 100 * cover.price, 2, 0);
    mld_format_number(fee, page->french, 100 * cover.fee, 2, 0);
    mld_format_estimate(gain, page->french, MLD_MONEY, spared->mean, spared->mean_error,
                        spared->mean, 0);
    mld_page_paragraph(
        page,
        mld_say(
            page,
            "Par an et par euro garanti, la dette couverte coûte %s\u00a0%% au garant, et le fonds "
            "en paie %s\u00a0%% de commission\u00a0: une part de l'écart est rendue aux émetteurs, "
            "dont les taux fixes baissent. Ils y gagnent %s d'intérêts, que le fonds perd.",
            "A year and per euro guaranteed, covered debt costs its guarantor %s%%, and the fund "
            "pays a fee of %s%%: part of the difference goes back to issuers, whose fixed rates "
            "fall. They gain %s of interest, which the fund loses."),
        price, fee, gain);
}

void mld_section_gain(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    if (!report->has_fund || !report->has_guarantee)
        return;
    mld_table_start(report->table, 2);
    mld_table_row(report->table, mld_say(page, "avec − sans, moyenne ± erreur type",
                                         "with − without, mean ± standard error"));
    mld_table_set(report->table, 0, 1, mld_say(page, "écart", "difference"));
    for (const char *const *name = mld_rows_gain; *name; name++) {
        const char *measure = *name;
        const struct mld_statistics *difference = mld_rows_difference(report->summary, measure);
        if (mld_rows_is_nothing(difference))
            continue;
        int row = mld_table_row(report->table, mld_rows_label(measure, page->french));
        set_mean(report, row, 1, measure, difference, fabs(difference->mean), 1);
    }
    mld_page_title(page, "À qui va ce que la garantie apporte", "Who gets what the guarantee adds");
    mld_page_table(page, report->table);
    mld_page_gap(page);
    tell_issuers(report);
}

/* ---- notes ---- */

static const char *whole(const struct mld_report *report, char *text, size_t n)
{
    return mld_format_number(text, report->page.french, (double)n, 0, 0);
}

/*
 * One measure that some paths leave undefined: what its means leave out, and that a paired
 * difference is not theirs.
 */
static void undefined_note(const struct mld_report *report, const char *measure)
{
    const struct mld_page *page = &report->page;
    const char *label = mld_rows_label(measure, page->french);
    const struct mld_statistics *branch[] = {
        mld_rows_statistics(report->summary, MLD_WITHOUT, measure),
        mld_rows_statistics(report->summary, MLD_WITH, measure)
    };
    const struct mld_statistics *both = mld_rows_difference(report->summary, measure);
    char a[MLD_NUMBER_SIZE], b[MLD_NUMBER_SIZE], c[MLD_NUMBER_SIZE];
    size_t most = 0;
    for (int i = 0; i < 2; i++)
        most = branch[i] && branch[i]->undefined > most ? branch[i]->undefined : most;
    if (most == 0)
        return;
    if (branch[0] && branch[1] && both &&
        (both->undefined > branch[0]->undefined || both->undefined > branch[1]->undefined))
        mld_page_paragraph(
            page,
            mld_say(page,
                    "%s : non défini sur %s trajectoires sans garantie et sur %s avec. Chaque "
                    "moyenne ne porte que sur les autres, et l'écart sur les %s "
                    "où les deux sont définis : il n'est pas la différence des deux moyennes.",
                    "%s: undefined on %s paths without the guarantee and on %s with it. Each mean "
                    "is over the others only, and the difference over "
                    "the %s where both are defined: it is not the difference of the two means."),
            label, whole(report, a, branch[0]->undefined), whole(report, b, branch[1]->undefined),
            whole(report, c, both->count));
    else
        mld_page_paragraph(page,
                           mld_say(page, "%s : non défini sur %s trajectoires, laissées de côté.",
                                   "%s: undefined on %s paths, which are left out."),
                           label, whole(report, a, most));
}

static void undefined_notes(const struct mld_report *report, const char *const *rows)
{
    for (; *rows; rows++)
        undefined_note(report, *rows);
}

void mld_section_notes(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    mld_page_title(page, "Notes", "Notes");
    mld_page_paragraph(page, "%s",
                       mld_say(page,
                               "Après ± : une erreur type de Monte-Carlo, due au nombre de "
                               "trajectoires ; l'incertitude des hypothèses n'y est pas.",
                               "After ±: one Monte-Carlo standard error, due to the number of "
                               "paths; the uncertainty of the assumptions is not in it."));
    undefined_notes(report, mld_rows_investors);
    undefined_notes(report, mld_rows_portfolio_state);
    undefined_notes(report, mld_rows_state);
}

enum mld_status mld_report_show(FILE *out, const struct mld_results *results, const char *language,
                                int width)
{
    MLD_PLAIN_NUMBERS;
    struct mld_page_table *table = malloc(sizeof *table);
    if (!table)
        return MLD_ERR_MEMORY;
    struct mld_report report = { .page = { out, language && strcmp(language, "fr") == 0,
                                           width > 0 ? width : 100 },
                                 .results = results,
                                 .summary = mld_results_summary(results),
                                 .table = table };
    report.has_fund = *attribute(&report, "has_fund") == '1';
    report.has_guarantee = *attribute(&report, "has_guarantee") == '1';
    report.has_dotation = *attribute(&report, "has_dotation") == '1';
    mld_section_head(&report);
    mld_section_warnings(&report);
    mld_section_means(&report);
    mld_section_returns(&report);
    mld_section_years(&report);
    mld_section_spread(&report);
    mld_section_gain(&report);
    enum mld_status status = report.has_guarantee ? mld_section_state(&report) : MLD_OK;
    mld_section_feeder(&report);
    mld_section_endowment(&report);
    mld_section_indicators(&report);
    mld_section_uncertain(&report);
    mld_section_notes(&report);
    free(table);
    return status;
}
