/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The statement of the path by year, in thousands, under the names of the reporting template of
 * ILPA where it has one; class A's return and multiples, and the State's account, as formulas of
 * the lines by period.
 */
#include "export/path.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LINE, ILPA, TOTAL, YEARS };

struct statement {
    struct mld_path_book *path;
    struct mld_book *book;
    struct mld_sheet *sheet;
    int first, years; /* calendar years */
};

/* 'Path fund'!$F$2:$F$49 of a line. */
static void range_of(const struct statement *of, const struct mld_model_line *line, int column,
                     char text[128])
{
    char letters[8];
    mld_column_letters(column, letters);
    snprintf(text, 128, "'%s'!$%s$2:$%s$%d", of->book->sheet[line->sheet].name, letters, letters,
             of->path->model.periods + 1);
}

static int year_of(const struct statement *of, int t)
{
    return mld_grid_period_end(of->book->grid, t).year;
}

/* The last period of a year. */
static int end_of_year(const struct statement *of, int year)
{
    int last = 0;
    for (int t = 0; t < of->path->model.periods; t++)
        if (year_of(of, t) == year)
            last = t;
    return last;
}

static double sum_of_year(const struct statement *of, const struct mld_model_line *line, int year)
{
    double sum = 0;
    for (int t = 0; t < of->path->model.periods; t++)
        if (year_of(of, t) == year)
            sum += line->value[t];
    return sum;
}

/* A flow, added up by year, with its total; `stock`: what it is at the end of each year. */
static void put_line(const struct statement *of, const char *key, const char *french,
                     const char *english, const char *ilpa, int stock)
{
    const struct mld_model_line *line = mld_model_line(&of->path->model, key);
    int row = of->sheet->rows;
    char values[128], by[128], formula[320], letters[8];
    double total = 0;
    if (!line)
        return;
    range_of(of, line, line->column, values);
    range_of(of, line, stock ? 0 : 2, by);
    mld_put_text(of->book, of->sheet, row, LINE, MLD_STYLE_LINE,
                 mld_book_say(of->book, french, english));
    mld_put_text(of->book, of->sheet, row, ILPA, MLD_STYLE_TEXT, ilpa);
    for (int i = 0; i < of->years; i++) {
        int year = of->first + i, end = end_of_year(of, year);
        double value = stock ? line->value[end] : sum_of_year(of, line, year);
        mld_column_letters(YEARS + i, letters);
        if (stock)
            snprintf(formula, sizeof formula, "SUMIFS(%s,%s,%d)", values, by, end);
        else
            snprintf(formula, sizeof formula, "SUMIFS(%s,%s,%s$1)", values, by, letters);
        mld_put_formula(of->book, of->sheet, row, YEARS + i, MLD_STYLE_THOUSANDS, value, formula);
        total += value;
    }
    snprintf(formula, sizeof formula, "SUM(%s)", values);
    if (!stock)
        mld_put_formula(of->book, of->sheet, row, TOTAL, MLD_STYLE_THOUSANDS, total, formula);
}

/* Calls of each year over the commitments. */
static void put_drawdowns(const struct statement *of)
{
    const struct mld_model_line *call = mld_model_line(&of->path->model, "call");
    double commitments = of->path->plan->fund.commitments;
    char letters[8], place[96], formula[160];
    int row = of->sheet->rows;
    mld_input_place(&of->path->model, "commitments", place, sizeof place);
    mld_put_text(of->book, of->sheet, row, LINE, MLD_STYLE_LINE,
                 mld_book_say(of->book, "appels, des engagements", "drawdowns, of commitments"));
    for (int i = -1; i < of->years; i++) {
        int column = i < 0 ? TOTAL : YEARS + i;
        double value = 0;
        for (int k = i < 0 ? 0 : i; k <= (i < 0 ? of->years - 1 : i); k++)
            value += sum_of_year(of, call, of->first + k);
        mld_column_letters(column, letters);
        snprintf(formula, sizeof formula, "%s%d/%s", letters, row, place);
        mld_put_formula(of->book, of->sheet, row, column, MLD_STYLE_RATE, value / commitments,
                        formula);
    }
}

/* ---- class A ---- */

/* Days since 1900 as a spreadsheet counts them, from the proleptic civil calendar. */
static double day_number(struct mld_date date)
{
    int y = date.month > 2 ? date.year : date.year - 1, m = (date.month + 9) % 12;
    return 365.0 * y + floor(y / 4.0) - floor(y / 100.0) + floor(y / 400.0) +
           floor((153.0 * m + 2) / 5) + date.day - 1;
}

static double worth(const struct statement *of, const double *flow, double rate)
{
    const struct mld_grid *grid = of->book->grid;
    double first = day_number(mld_grid_period_end(grid, 0)), sum = 0;
    for (int t = 0; t < of->path->model.periods; t++) {
        double days = day_number(mld_grid_period_end(grid, t)) - first;
        sum += flow[t] / pow(1 + rate, days / 365.0);
    }
    return sum;
}

/*
 * The rate at which dated flows are worth nothing, near that of equal periods: flows that change
 * sign more than once have others. NaN: none within five points of it.
 */
static double dated_rate(const struct statement *of, const double *flow, double irr)
{
    double low = irr > -0.94 ? irr - 0.05 : -0.99, high = irr + 0.05;
    if (!(worth(of, flow, low) > 0) || !(worth(of, flow, high) < 0))
        return (double)NAN;
    for (int i = 0; i < 200; i++) {
        double middle = 0.5 * (low + high);
        if (worth(of, flow, middle) > 0)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

static void put_result(const struct statement *of, const char *french, const char *english,
                       enum mld_style style, double value, const char *formula)
{
    int row = of->sheet->rows;
    mld_put_text(of->book, of->sheet, row, LINE, MLD_STYLE_LINE,
                 mld_book_say(of->book, french, english));
    if (formula)
        mld_put_formula(of->book, of->sheet, row, TOTAL, style, value, formula);
    else
        mld_put_number(of->book, of->sheet, row, TOTAL, style, value);
}

static double kept(const struct statement *of, const char *measure)
{
    int i = mld_measure_named(measure);
    const double *values = of->path->replay->kept[of->path->design];
    return i >= 0 && values ? values[i] : (double)NAN;
}

static double total_of(const struct statement *of, const char *key)
{
    const struct mld_model_line *line = mld_model_line(&of->path->model, key);
    double sum = 0;
    for (int t = 0; line && t < of->path->model.periods; t++)
        sum += line->value[t];
    return sum;
}

static void put_returns(const struct statement *of)
{
    const struct mld_model_line *net = mld_model_line(&of->path->model, "net_a");
    const struct mld_model_line *dist = mld_model_line(&of->path->model, "dist_a"),
                                *paid = mld_model_line(&of->path->model, "paid_a");
    char flows[128], dates[128], received[128], given[128], formula[400], m[96];
    range_of(of, net, net->column, flows);
    range_of(of, net, 1, dates);
    range_of(of, dist, dist->column, received);
    range_of(of, paid, paid->column, given);
    mld_input_place(&of->path->model, "m", m, sizeof m);
    mld_put_text(of->book, of->sheet, of->sheet->rows, LINE, MLD_STYLE_SECTION,
                 mld_book_say(of->book, "Parts A", "Class A"));
    double irr = kept(of, "net_irr_a");
    snprintf(formula, sizeof formula, "(1+IRR(%s,%.6f))^%s-1", flows,
             pow(1 + irr, 1.0 / of->book->grid->periods_per_year) - 1, m);
    put_result(of, "TRI net, périodes égales, comme le moteur",
               "Net IRR, equal periods, as the engine", MLD_STYLE_RATE, irr, formula);
    put_result(of, "TRI net du moteur", "Net IRR of the engine", MLD_STYLE_RATE, irr, NULL);
    snprintf(formula, sizeof formula, "XIRR(%s,%s,%.4f)", flows, dates, irr);
    put_result(of, "TRI net aux dates (XIRR, jours/365)", "Net IRR by dates (XIRR, days/365)",
               MLD_STYLE_RATE, dated_rate(of, net->value, irr), formula);
    snprintf(formula, sizeof formula, "SUM(%s)/SUM(%s)", received, given);
    put_result(of, "multiple (TVPI)", "multiple (TVPI)", MLD_STYLE_MULTIPLE,
               total_of(of, "dist_a") / total_of(of, "paid_a"), formula);
}

/* ---- the sheet ---- */

static void begin(struct statement *of)
{
    of->sheet = mld_book_sheet(of->book, "Traj. relevé", "Path statement", "path-statement");
    mld_put_head(of->book, of->sheet, mld_book_say(of->book, "ligne", "line"));
    mld_put_head(of->book, of->sheet, mld_book_say(of->book, "nom ILPA", "ILPA name"));
    mld_put_head(of->book, of->sheet, mld_book_say(of->book, "total, k€", "total, k€"));
    for (int i = 0; i < of->years; i++)
        mld_put_number(of->book, of->sheet, 0, YEARS + i, MLD_STYLE_YEAR, of->first + i);
}

static void put_fund(const struct statement *of)
{
    const char *fault = mld_path_fund_fault(of->path);
    mld_put_text(of->book, of->sheet, of->sheet->rows, LINE, MLD_STYLE_SECTION,
                 mld_book_say(of->book, "Fonds", "Fund"));
    put_line(of, "call", "appels", "drawdowns", "Capital contributions", 0);
    put_drawdowns(of);
    put_line(of, "invested", "investi", "invested", "Portfolio investments", 0);
    put_line(of, "management", "frais de gestion", "management fee", "Management fees", 0);
    put_line(of, "other", "constitution et fonctionnement", "set-up and running costs",
             "Partnership expenses", 0);
    put_line(of, "income", "revenus", "income", "Interest and dividend income", 0);
    put_line(of, "capital", "remboursements et sorties", "repayments and exits",
             "Proceeds from investments", 0);
    put_line(of, "dist_a", "distribué aux parts A", "distributed to class A", "Distributions", 0);
    put_line(of, "dist_b", "distribué aux parts B", "distributed to class B", "Distributions", 0);
    put_line(of, "dist_c", "distribué aux parts C", "distributed to class C", "Distributions", 0);
    put_line(of, "carry_paid", "dont carried interest", "of which carry", "Carried interest paid",
             0);
    put_line(of, "value", "valeur des opérations", "value of deals", "Investments at fair value",
             1);
    put_line(of, "cash", "trésorerie", "cash", "Cash", 1);
    if (fault) {
        char text[256];
        snprintf(
            text, sizeof text,
            mld_book_say(
                of->book,
                "Ce scénario a %s : les appels et les étages sont ici ceux du moteur, sans "
                "formule.",
                "This scenario has %s: calls and tiers are the engine's here, without formulas."),
            fault);
        mld_put_text(of->book, of->sheet, of->sheet->rows, LINE, MLD_STYLE_TEXT, text);
    }
}

static void put_state(const struct statement *of)
{
    mld_put_text(of->book, of->sheet, of->sheet->rows, LINE, MLD_STYLE_SECTION,
                 mld_book_say(of->book, "État", "State"));
    put_line(of, "dotation", "dotation", "dotation", "", 0);
    put_line(of, "due", "indemnités dues", "dues", "", 0);
    put_line(of, "payout", "indemnités versées", "payouts", "", 0);
    put_line(of, "fee", "commissions", "fees", "", 0);
    put_line(of, "operator", "coût de l'opérateur", "operator cost", "", 0);
    put_line(of, "net_cost", "coût net", "net cost", "", 0);
    put_line(of, "net_cost_pv", "coût net actualisé", "net cost, discounted", "", 0);
    put_line(of, "balance", "solde du fonds de garantie", "balance of the guarantee fund", "", 1);
}

void mld_path_statement(struct mld_path_book *path)
{
    struct statement of = { .path = path, .book = path->model.book };
    of.first = year_of(&of, 0);
    of.years = year_of(&of, path->model.periods - 1) - of.first + 1;
    begin(&of);
    if (path->plan->fund.present) {
        put_fund(&of);
        put_returns(&of);
    }
    if (path->design != MLD_WITHOUT)
        put_state(&of);
}
