/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The vehicles beside the fund (model, section 20): means with their errors and the spread of each
 * measure, means by year, and in words what is not known of it.
 */
#include <math.h>
#include <stdio.h>

#include "report/sections.h"
#include "rows/rows.h"

/* ---- measures ---- */

static void set_statistics(const struct mld_report *report, int row, const char *measure,
                           const struct mld_statistics *of)
{
    static const int levels[] = { MLD_QUANTILE_5, MLD_QUANTILE_50, MLD_QUANTILE_95 };
    enum mld_quantity quantity = mld_rows_quantity(measure);
    char text[MLD_NUMBER_SIZE];
    double largest = fmax(fabs(of->mean), fabs(of->quantile[MLD_QUANTILE_95]));
    mld_table_set(report->table, row, 1,
                  mld_format_estimate(text, report->page.french, quantity, of->mean, of->mean_error,
                                      largest, 0));
    for (int i = 0; i < 3; i++)
        mld_table_set(report->table, row, 2 + i,
                      mld_report_quantile(report, text, quantity, of, levels[i], 2 * of->mean_error,
                                          largest));
}

/* Of a probability the mean says it all. */
static int is_yes_or_no(const struct mld_statistics *of, enum mld_quantity quantity)
{
    return quantity == MLD_RATE && of->minimum >= 0 && of->maximum <= 1 &&
           fabs(of->mean * (1 - of->mean) - of->sd * of->sd) <= 1e-9 + 2.0 / (double)of->count;
}

static void put_measures(const struct mld_report *report, int design, const char *const *rows)
{
    const struct mld_page *page = &report->page;
    mld_table_start(report->table, 5);
    mld_table_row(report->table, mld_say(page, "moyenne ± erreur type, quantiles",
                                         "mean ± standard error, quantiles"));
    mld_table_set(report->table, 0, 1, mld_say(page, "moyenne", "mean"));
    mld_table_set(report->table, 0, 2, mld_say(page, "5\u00a0%", "5%"));
    mld_table_set(report->table, 0, 3, mld_say(page, "médiane", "median"));
    mld_table_set(report->table, 0, 4, mld_say(page, "95\u00a0%", "95%"));
    for (; *rows; rows++) {
        const struct mld_statistics *of = mld_rows_statistics(report->summary, design, *rows);
        char text[MLD_NUMBER_SIZE];
        if (!of || !of->count)
            continue;
        int row = mld_table_row(report->table, mld_rows_label(*rows, page->french));
        if (!is_yes_or_no(of, mld_rows_quantity(*rows)))
            set_statistics(report, row, *rows, of);
        else
            mld_table_set(report->table, row, 1,
                          mld_format_estimate(text, page->french, MLD_RATE, of->mean,
                                              of->mean_error, 1, 0));
    }
    mld_page_table(page, report->table);
}

/* ---- by year ---- */

struct column {
    const char *series;
    enum mld_quantity quantity;
    const char *french, *english;
};

static const struct mld_fan *fan_of(const struct mld_report *report, int design, const char *series)
{
    const struct mld_fan *fan = &report->summary->fan[design][mld_series_named(series)];
    return fan->length > 0 ? fan : NULL;
}

static double largest_of(const struct mld_fan *fan)
{
    double largest = 0;
    for (int y = 0; y < fan->length; y++)
        largest = fabs(fan->mean[y]) > largest ? fabs(fan->mean[y]) : largest;
    return largest;
}

/* Whether the vehicle is followed in that year: a stock of it is a number. */
static int lives(const struct mld_report *report, int design, const char *stock, int year)
{
    return !isnan(fan_of(report, design, stock)->mean[year]);
}

/* Means of series by calendar year; n columns, the last of which is a stock. */
static void put_years(const struct mld_report *report, int design, int n,
                      const struct column *column)
{
    const struct mld_page *page = &report->page;
    int first = mld_grid_calendar_year(mld_results_grid(report->results), 0),
        length = fan_of(report, design, column[0].series)->length;
    mld_table_start(report->table, n + 1);
    mld_table_row(report->table, mld_say(page, "année", "year"));
    for (int i = 0; i < n; i++)
        mld_table_set(report->table, 0, i + 1, page->french ? column[i].french : column[i].english);
    for (int y = 0; y < length && lives(report, design, column[n - 1].series, y); y++) {
        char text[MLD_NUMBER_SIZE];
        snprintf(text, sizeof text, "%d", first + y);
        int row = mld_table_row(report->table, text);
        for (int i = 0; i < n; i++) {
            const struct mld_fan *fan = fan_of(report, design, column[i].series);
            double largest = largest_of(fan);
            mld_table_set(report->table, row, i + 1,
                          isnan(fan->mean[y])
                              ? "\u2013"
                              : mld_format(text, page->french, column[i].quantity, fan->mean[y],
                                           1e-3 * largest, largest, 0));
        }
    }
    mld_page_gap(page);
    mld_page_table(page, report->table);
}

/* ---- the endowment ---- */

static const struct column endowment_years[] = {
    { "endowment_received", MLD_MONEY, "reçu", "received" },
    { "endowment_cost", MLD_MONEY, "coût", "cost" },
    { "endowment_granted", MLD_MONEY, "subventions", "grants" },
    { "endowment_partners", MLD_MONEY, "partenaires", "partners" },
    { "endowment_projects", MLD_NUMBER, "projets", "projects" },
    { "endowment_balance", MLD_MONEY, "solde", "balance" },
};
enum { ENDOWMENT_YEARS = sizeof endowment_years / sizeof *endowment_years };

void mld_section_endowment(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    if (!mld_rows_statistics(report->summary, MLD_WITHOUT, "endowment_received"))
        return;
    mld_page_title(page, "Le fonds de dotation", "The endowment");
    put_measures(report, MLD_WITHOUT, mld_rows_endowment);
    if (fan_of(report, MLD_WITHOUT, "endowment_received"))
        put_years(report, MLD_WITHOUT, ENDOWMENT_YEARS, endowment_years);
    mld_page_paragraph(
        page, "%s",
        mld_say(
            page,
            "Il n'a pas de rendement\u00a0: rien de ce qu'il verse ne revient. Chacune de ses "
            "données est un jugement, dons compris. La part des projets aidés qui devrait "
            "atteindre 500\u00a0000\u00a0€ est ce qu'il faudrait, non une prévision\u00a0: "
            "aucun suivi de projets aidés n'a été lu. Le fonds ne dépend pas de lui.",
            "It has no return: nothing of what it gives comes back. Every input of it is a "
            "judgement, donations included. The part of helped projects that would have to reach "
            "500,000 EUR is what it would take, no forecast: no record of helped projects was "
            "read. The fund does not depend on it."));
}
