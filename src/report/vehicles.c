/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The vehicles beside the fund (model, section 20): means with their errors and the spread of each
 * measure, means by year, and in words what is not known of it.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

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

static void start_measures(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    mld_table_start(report->table, 5);
    mld_table_row(report->table, mld_say(page, "moyenne ± erreur type, quantiles",
                                         "mean ± standard error, quantiles"));
    mld_table_set(report->table, 0, 1, mld_say(page, "moyenne", "mean"));
    mld_table_set(report->table, 0, 2, mld_say(page, "5\u00a0%", "5%"));
    mld_table_set(report->table, 0, 3, mld_say(page, "médiane", "median"));
    mld_table_set(report->table, 0, 4, mld_say(page, "95\u00a0%", "95%"));
}

static void put_measure(const struct mld_report *report, int design, const char *measure)
{
    const struct mld_statistics *of = mld_rows_statistics(report->summary, design, measure);
    char label[MLD_LABEL_SIZE], text[MLD_NUMBER_SIZE];
    if (!of || !of->count)
        return;
    int row = mld_table_row(report->table,
                            mld_rows_label_in(report->results, mld_measure_named(measure),
                                              report->page.french, label));
    if (!is_yes_or_no(of, mld_rows_quantity(measure)))
        set_statistics(report, row, measure, of);
    else
        mld_table_set(report->table, row, 1,
                      mld_format_estimate(text, report->page.french, MLD_RATE, of->mean,
                                          of->mean_error, 1, 0));
}

static void put_measures(const struct mld_report *report, int design, const char *const *rows)
{
    start_measures(report);
    for (; *rows; rows++)
        put_measure(report, design, *rows);
    mld_page_table(&report->page, report->table);
}

/* ---- by year ---- */

struct column {
    const char *series;
    enum mld_quantity quantity;
    const char *french, *english; /* NULL: the series' own label */
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

/* Whether the vehicle is followed in that year: the last of its series is a number. */
static int lives(const struct mld_report *report, int design, const char *series, int year)
{
    return !isnan(fan_of(report, design, series)->mean[year]);
}

static const char *head_of(const struct mld_report *report, const struct column *column,
                           char text[MLD_LABEL_SIZE])
{
    if (column->french)
        return report->page.french ? column->french : column->english;
    return mld_rows_series_label_in(report->results, mld_series_named(column->series),
                                    report->page.french, text);
}

/* Means of series by calendar year; n columns. */
static void put_years(const struct mld_report *report, int design, int n,
                      const struct column *column)
{
    const struct mld_page *page = &report->page;
    int first = mld_grid_calendar_year(mld_results_grid(report->results), 0),
        length = fan_of(report, design, column[0].series)->length;
    char label[MLD_LABEL_SIZE];
    mld_table_start(report->table, n + 1);
    mld_table_row(report->table, mld_say(page, "année", "year"));
    for (int i = 0; i < n; i++)
        mld_table_set(report->table, 0, i + 1, head_of(report, &column[i], label));
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

/* ---- the feeder ---- */

static const struct column feeder_accounts[] = {
    { "feeder_subscribed_by_year", MLD_MONEY, "souscrit", "subscribed" },
    { "feeder_calls_by_year", MLD_MONEY, "appels payés", "calls paid" },
    { "feeder_received_by_year", MLD_MONEY, "distributions", "distributions" },
    { "feeder_fees_by_year", MLD_MONEY, "frais", "costs" },
    { "feeder_paid_out_by_year", MLD_MONEY, "rachats payés", "requests paid" },
    { "feeder_final_by_year", MLD_MONEY, "à la fin", "at the end" },
    { "feeder_pocket", MLD_MONEY, "poche", "pocket" },
};
static const struct column feeder_requests[] = {
    { "feeder_requested_units", MLD_NUMBER, "parts demandées", "units asked back" },
    { "feeder_requested_eur", MLD_MONEY, "en valeur", "their value" },
    { "feeder_served_units", MLD_NUMBER, "parts rachetées", "units paid back" },
    { "feeder_waiting_units", MLD_NUMBER, "parts en attente", "units that wait" },
    { "feeder_waiting_eur", MLD_MONEY, "en valeur", "their value" },
};
enum {
    FEEDER_ACCOUNTS = sizeof feeder_accounts / sizeof *feeder_accounts,
    FEEDER_REQUESTS = sizeof feeder_requests / sizeof *feeder_requests
};

/* Which pocket serves 95 and 99 % of years, where the paths suffice to say it. */
static void tell_pocket(const struct mld_report *report, int design)
{
    const struct mld_page *page = &report->page;
    const struct mld_statistics *of = mld_rows_statistics(report->summary, design,
                                                          "feeder_pocket_year");
    char low[MLD_NUMBER_SIZE], high[MLD_NUMBER_SIZE];
    if (!of || !of->count)
        return;
    mld_page_paragraph(
        page,
        mld_say(page,
                "Une poche d'au moins cette part de la valeur au début d'une année sert les appels "
                "et les rachats de 95\u00a0%% des années\u00a0: %s\u00a0; de 99\u00a0%%\u00a0: %s.",
                "A pocket of at least that part of the value at the start of a year serves calls "
                "and requests of 95%% of years: %s; of 99%%: %s."),
        mld_report_quantile(report, low, MLD_RATE, of, MLD_QUANTILE_95, 1e-3, 1),
        mld_report_quantile(report, high, MLD_RATE, of, MLD_QUANTILES - 1, 1e-3, 1));
}

void mld_section_feeder(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    int design = report->has_guarantee ? MLD_WITH : MLD_WITHOUT;
    if (!mld_rows_statistics(report->summary, design, "feeder_subscribed"))
        return;
    mld_page_title(
        page, report->has_guarantee ? "Le fonds citoyen, avec garantie" : "Le fonds citoyen",
        report->has_guarantee ? "The citizens' fund, with guarantee" : "The citizens' fund");
    put_measures(report, design, mld_rows_feeder);
    if (fan_of(report, design, "feeder_pocket")) {
        put_years(report, design, FEEDER_ACCOUNTS, feeder_accounts);
        put_years(report, design, FEEDER_REQUESTS, feeder_requests);
    }
    tell_pocket(report, design);
    mld_page_paragraph(
        page, "%s",
        mld_say(
            page,
            "Ce fonds est en cours de définition\u00a0: chacune de ses données est un "
            "jugement, d'abord ce que les épargnants redemanderont. Une part a la valeur que "
            "le calcul donne aux parts A, non un prix auquel on les vendrait\u00a0; celui qui "
            "sort tôt reçoit cette valeur, moins les frais de sortie, aux dépens de ceux qui "
            "restent si elle est trop haute. Rien ne garantit à un épargnant son capital ni "
            "sa date de sortie.",
            "This fund is being defined: every input of it is a judgement, what savers will "
            "ask back first of all. A unit has the value that the calculation gives to class "
            "A, no price at which it could be sold; who leaves early gets that value, less the "
            "exit fee, at the expense of those who stay if it is too high. Nothing guarantees a "
            "saver's capital, nor the date of the exit."));
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

/* ---- indicators ---- */

/* How many indicators the file has. */
static int count_indicators(const struct mld_report *report)
{
    char name[MLD_MAX_NAME];
    int n = 0;
    for (; n < MLD_MAX_INDICATORS; n++) {
        snprintf(name, sizeof name, "indicator_%d", n + 1);
        if (!mld_rows_statistics(report->summary, MLD_WITHOUT, name))
            break;
    }
    return n;
}

static void put_totals(const struct mld_report *report, int n)
{
    static const char *const ends[] = { "", "_lost", "_per_million" };
    char name[MLD_MAX_NAME];
    start_measures(report);
    for (int k = 0; k < n; k++)
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            snprintf(name, sizeof name, "indicator_%d%s", k + 1, ends[i]);
            put_measure(report, MLD_WITHOUT, name);
        }
    mld_page_table(&report->page, report->table);
}

/* A table whose columns are the indicators. */
static void start_by_indicator(const struct mld_report *report, int n, const char *head)
{
    char label[MLD_LABEL_SIZE];
    mld_page_gap(&report->page);
    mld_table_start(report->table, n + 1);
    mld_table_row(report->table, head);
    for (int k = 0; k < n; k++)
        mld_table_set(report->table, 0, k + 1,
                      mld_rows_indicator(report->results, k, report->page.french, label));
}

/* A row of means: of a legal form where `form` ≥ 0, else of an instrument. */
static void put_group(const struct mld_report *report, int n, int instrument, int form)
{
    char name[MLD_MAX_NAME], label[MLD_LABEL_SIZE], text[MLD_NUMBER_SIZE];
    int row = -1;
    for (int k = 0; k < n; k++) {
        if (form >= 0)
            snprintf(name, sizeof name, "indicator_%d_form_%d", k + 1, form + 1);
        else
            snprintf(name, sizeof name, "indicator_%d_%s", k + 1,
                     mld_instruments[instrument]->name);
        const struct mld_statistics *of = mld_rows_statistics(report->summary, MLD_WITHOUT, name);
        if (!of || (row < 0 && mld_rows_is_nothing(of)))
            continue;
        mld_rows_label_in(report->results, mld_measure_named(name), report->page.french, label);
        const char *group = strrchr(label, ',');
        if (row < 0)
            row = mld_table_row(report->table, group ? group + 2 : label);
        mld_table_set(report->table, row, k + 1,
                      mld_format_estimate(text, report->page.french, MLD_NUMBER, of->mean,
                                          of->mean_error, of->mean, 0));
    }
}

static void put_groups(const struct mld_report *report, int n)
{
    start_by_indicator(report, n,
                       mld_say(&report->page, "par groupe, moyenne ± erreur type",
                               "by group, mean ± standard error"));
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        put_group(report, n, i, -1);
    for (int f = 0; f < MLD_MAX_FORMS; f++)
        put_group(report, n, 0, f);
    mld_page_table(&report->page, report->table);
}

static void put_indicator_years(const struct mld_report *report, int n)
{
    char name[MLD_MAX_INDICATORS][MLD_MAX_NAME];
    struct column column[MLD_MAX_INDICATORS] = { { NULL, MLD_NUMBER, NULL, NULL } };
    for (int k = 0; k < n; k++) {
        snprintf(name[k], sizeof name[k], "indicator_%d_by_year", k + 1);
        column[k] = (struct column){ name[k], MLD_NUMBER, NULL, NULL };
    }
    if (fan_of(report, MLD_WITHOUT, name[0]))
        put_years(report, MLD_WITHOUT, n, column);
}

/* Per million of public cost, at each part that could be additional; none of them is said to be. */
static void put_public(const struct mld_report *report, int n)
{
    static const double parts[] = { 0.05, 0.1, 0.25, 0.5, 1 };
    const struct mld_page *page = &report->page;
    int design;
    double cost = mld_rows_public_cost(report->summary, &design);
    char text[MLD_NUMBER_SIZE], name[MLD_MAX_NAME];
    if (!(cost > 0))
        return;
    start_by_indicator(report, n,
                       mld_say(page, "par M€ public, part additionnelle",
                               "per M€ of public cost, additional part"));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        int row = mld_table_row(report->table,
                                mld_format(text, page->french, MLD_RATE, parts[i], 0.01, 1, 0));
        for (int k = 0; k < n; k++) {
            snprintf(name, sizeof name, "indicator_%d", k + 1);
            const struct mld_statistics *of = mld_rows_statistics(report->summary, design, name);
            double value = parts[i] * of->mean / (cost / 1e6);
            mld_table_set(report->table, row, k + 1,
                          mld_format(text, page->french, MLD_NUMBER, value, 1e-2 * value, value,
                                     0));
        }
    }
    mld_page_table(page, report->table);
}

void mld_section_indicators(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    int n = count_indicators(report);
    if (n == 0)
        return;
    mld_page_title(page, "Ce qui accompagne le financement", "What comes with the financing");
    put_totals(report, n);
    put_groups(report, n);
    put_indicator_years(report, n);
    put_public(report, n);
    mld_page_paragraph(
        page, "%s",
        mld_say(page,
                "Chaque valeur par million est un jugement, dont le scénario dit la source. Ce qui "
                "accompagne le financement n'en est pas l'effet\u00a0: rien ne dit ce qui aurait "
                "eu lieu sans lui, et aucune des parts ci-dessus n'est une estimation. Un "
                "émetteur en défaut ne produit plus\u00a0; ce qui est perdu l'est jusqu'à la "
                "date où l'investissement aurait pris fin.",
                "Every value per million is a judgement, whose source the scenario tells. What "
                "comes with the financing is no effect of it: nothing says what would have come "
                "without, and none of the parts above is an estimate. An issuer in default "
                "produces no more; what is lost is so until the date on which the deal would have "
                "ended."));
}
