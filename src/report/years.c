/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fund at the end of each calendar year: ratios, mean of ratios beside ratio of means; what
 * each class is worth, at value and after discounts; limits of an FPCI, and which are not kept.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/sections.h"
#include "rows/returns.h"
#include "rows/rows.h"

/* A column: of a series its mean, a quantile, or the ratio of means. */
enum column_kind { MEAN, OF_MEANS, LOW, MEDIAN, HIGH };
struct column {
    const char *series;
    enum column_kind kind;
    enum mld_quantity quantity;
    const char *french, *english;
};

static const struct column ratios[] = {
    { "tvpi", MEAN, MLD_MULTIPLE, "TVPI moyen", "mean TVPI" },
    { "tvpi", OF_MEANS, MLD_MULTIPLE, "TVPI des moyennes", "TVPI of means" },
    { "dpi", MEAN, MLD_MULTIPLE, "DPI moyen", "mean DPI" },
    { "dpi", OF_MEANS, MLD_MULTIPLE, "DPI des moyennes", "DPI of means" },
    { NULL, MEAN, MLD_MULTIPLE, NULL, NULL }
};
static const struct column values[] = {
    { "nav", MEAN, MLD_MONEY, "valeur", "value" },
    { "nav_a", MEAN, MLD_MONEY, "parts A", "class A" },
    { "nav_b", MEAN, MLD_MONEY, "parts B", "class B" },
    { "nav_c", MEAN, MLD_MONEY, "parts C", "class C" },
    { "nav_beneficiary", MEAN, MLD_MONEY, "bénéficiaire", "beneficiary" },
    { "nav_sold", MEAN, MLD_MONEY, "après décotes", "after discounts" },
    { "nav_sold_a", MEAN, MLD_MONEY, "parts A", "class A" },
    { "nav_sold_b", MEAN, MLD_MONEY, "parts B", "class B" },
    { "nav_sold_c", MEAN, MLD_MONEY, "parts C", "class C" },
    { "nav_sold_beneficiary", MEAN, MLD_MONEY, "bénéficiaire", "beneficiary" },
    { NULL, MEAN, MLD_MONEY, NULL, NULL }
};
static const struct column limits[] = {
    { "quota_by_date", MEDIAN, MLD_RATE, "quota à date, médiane", "quota by date, median" },
    { "quota_by_date", LOW, MLD_RATE, "5\u00a0%", "5%" },
    { "largest_issuer_by_year", MEAN, MLD_RATE, "premier émetteur", "largest issuer" },
    { "largest_issuer_by_year", HIGH, MLD_RATE, "95\u00a0%", "95%" },
    { "loans_by_year", MEAN, MLD_RATE, "prêts", "loans" },
    { "loans_by_year", HIGH, MLD_RATE, "95\u00a0%", "95%" },
    { NULL, MEAN, MLD_RATE, NULL, NULL }
};

/* The design a reader is told of: with the guarantee, where there is one. */
static int design_of(const struct mld_report *report)
{
    return report->has_guarantee ? MLD_WITH : MLD_WITHOUT;
}

static const struct mld_fan *fan_of(const struct mld_report *report, const char *series)
{
    const struct mld_fan *fan = &report->summary->fan[design_of(report)][mld_series_named(series)];
    return fan->length > 0 ? fan : NULL;
}

/*
 * The year after which the quota by date is due no longer: what it is a part of then goes to
 * nothing, and it says nothing more.
 */
static double quota_until(const struct mld_report *report)
{
    int n;
    double given = mld_rows_parameters(report->results, "fund.quota_until", "", &n);
    return n ? given : mld_rows_parameters(report->results, "fund.investment_years", "", &n) + 1;
}

static double value_at(const struct mld_report *report, const struct column *column, int step)
{
    const struct mld_fan *fan = fan_of(report, column->series);
    static const int levels[] = {
        [LOW] = MLD_QUANTILE_5, [MEDIAN] = MLD_QUANTILE_50, [HIGH] = MLD_QUANTILE_95
    };
    if (column->kind == OF_MEANS)
        return mld_rows_ratio_of_means(report->summary, design_of(report), column->series, step);
    if (column->kind == MEAN)
        return fan->mean[step];
    int level = levels[column->kind];
    return mld_rows_is_long_enough(report->summary->paths, mld_quantile_levels[level])
               ? fan->quantile[level * fan->length + step]
               : (double)NAN;
}

static void put_value(const struct mld_report *report, const struct column *column, int row,
                      int place, int t, int step)
{
    char text[MLD_NUMBER_SIZE];
    const struct mld_grid *grid = mld_results_grid(report->results);
    int over = strcmp(column->series, "quota_by_date") == 0 &&
               t + 1 > quota_until(report) * grid->periods_per_year + 0.5;
    double value = over ? (double)NAN : value_at(report, column, step), most = 1;
    for (int i = 0; column->quantity == MLD_MONEY && i < fan_of(report, "nav")->length; i++)
        most = fmax(most, fan_of(report, "nav")->mean[i]);
    mld_table_set(report->table, row, place,
                  isnan(value) ? "\u2013"
                               : mld_format(text, report->page.french, column->quantity, value,
                                            1e-3 * most, most, 0));
}

/* A row a year until the fund ends: of series by period, the last period of the year. */
static void put_table(const struct mld_report *report, const struct column *columns)
{
    const struct mld_grid *grid = mld_results_grid(report->results);
    struct mld_page_table *table = report->table;
    int n = 1, first = mld_grid_calendar_year(grid, 0);
    const struct column *shown[MLD_TABLE_MOST_COLUMNS] = { NULL };
    for (const struct column *column = columns; column->series; column++)
        if (fan_of(report, column->series))
            shown[n++] = column;
    if (n == 1)
        return;
    mld_table_start(table, n);
    mld_table_row(table, mld_say(&report->page, "fin d'année", "end of year"));
    for (int i = 1; i < n; i++)
        mld_table_set(table, 0, i, report->page.french ? shown[i]->french : shown[i]->english);
    for (int t = 0; t <= grid->last; t++) {
        int year = mld_grid_calendar_year(grid, t);
        char text[16];
        if (t < grid->last && mld_grid_calendar_year(grid, t + 1) == year)
            continue;
        snprintf(text, sizeof text, "%d", year);
        int row = mld_table_row(table, text);
        for (int i = 1; i < n; i++)
            put_value(report, shown[i], row, i, t,
                      mld_series[mld_series_named(shown[i]->series)].axis == MLD_AXIS_PERIOD
                          ? t
                          : year - first);
    }
    mld_page_table(&report->page, table);
}

/* ---- limits that are not kept ---- */

static const struct {
    const char *measure, *french, *english;
} flags[] = {
    { "quota_missed",
      "le quota à date est sous 50\u00a0% à la fin d'une année où il est dû (CMF, art. L214-28 et "
      "L214-160\u00a0; dates et ordonnance 2024-662 à vérifier)",
      "the quota by date is below 50% at the end of a year in which it is due (CMF, art. L214-28 "
      "and L214-160; dates and ordinance 2024-662 to be checked)" },
    { "issuer_limit_passed",
      "un émetteur dépasse fund.max_issuer_share à une fin d'année (règlement du fonds\u00a0; "
      "ratio "
      "légal à vérifier)",
      "an issuer passes fund.max_issuer_share at a year's end (rules of the fund; legal ratio to "
      "be "
      "checked)" },
    { "loans_limit_passed",
      "les prêts dépassent 10\u00a0% du volume à une fin d'année (CMF, art. L214-160, décret "
      "2016-1587\u00a0; à vérifier)",
      "loans pass 10% of the volume at a year's end (CMF, art. L214-160, decree 2016-1587; to be "
      "checked)" }
};

static void put_flags(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        const struct mld_statistics *share = mld_rows_statistics(report->summary, design_of(report),
                                                                 flags[i].measure);
        char text[MLD_NUMBER_SIZE];
        if (!share || !(share->mean > 0))
            continue;
        mld_page_paragraph(page,
                           mld_say(page, "Limite non tenue sur %s des trajectoires\u00a0: %s.",
                                   "Limit not kept on %s of the paths: %s."),
                           mld_format(text, page->french, MLD_RATE, share->mean, share->mean_error,
                                      1, 0),
                           page->french ? flags[i].french : flags[i].english);
    }
}

/* Paths on which all candidates were made, where more might have been. */
static const double few_run_out = 0.05;

static void put_ran_out(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    const struct mld_statistics *share = mld_rows_statistics(report->summary, design_of(report),
                                                             "ran_out");
    char text[MLD_NUMBER_SIZE];
    if (share && share->mean > few_run_out)
        mld_page_paragraph(page,
                           mld_say(page,
                                   "La liste des candidats s'épuise sur %s des trajectoires\u00a0: "
                                   "tout en est réalisé, et davantage aurait pu l'être "
                                   "(thesis.volume ou la liste de lignes).",
                                   "The list of candidates runs out on %s of the paths: all of it "
                                   "is made, and more might have been (thesis.volume or the "
                                   "tape)."),
                           mld_format(text, page->french, MLD_RATE, share->mean, share->mean_error,
                                      1, 0));
}

void mld_section_years(const struct mld_report *report)
{
    if (!report->has_fund || !fan_of(report, "tvpi"))
        return;
    mld_page_title(&report->page, "Le fonds, année par année", "The fund, year by year");
    put_table(report, ratios);
    mld_page_paragraph(
        &report->page, "%s",
        mld_say(&report->page,
                "TVPI et DPI moyens\u00a0: moyenne des rapports de chaque "
                "trajectoire\u00a0; des moyennes\u00a0: rapport des montants moyens.",
                "Mean TVPI and DPI: mean of the ratios of the paths; of means: ratio "
                "of the mean amounts."));
    mld_page_gap(&report->page);
    put_table(report, values);
    mld_page_paragraph(&report->page, "%s",
                       mld_say(&report->page,
                               "Valeur par part\u00a0: ce que les étages verseraient si tout était "
                               "cédé et versé alors, moyennes\u00a0; après décotes\u00a0: chaque "
                               "investissement cédé avec la décote d'une cession forcée.",
                               "Value by class: what the tiers would pay if all were sold and paid "
                               "then, means; after discounts: each deal sold at the discount of a "
                               "forced sale."));
    mld_page_gap(&report->page);
    put_table(report, limits);
    put_flags(report);
    put_ran_out(report);
}
