/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The State's part of a report (model, section 9): totals, account by calendar year, fee, dotation,
 * multiplier, aid.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/grid.h"
#include "rows/rows.h"
#include "report/sections.h"

static const struct mld_statistics *with(const struct mld_report *report, const char *measure)
{
    return mld_rows_state_statistics(report->summary, measure);
}

static double mean_with(const struct mld_report *report, const char *measure)
{
    const struct mld_statistics *statistics = with(report, measure);
    return statistics ? statistics->mean : (double)NAN;
}

static const char *money(const struct mld_report *report, char *text, double value)
{
    return mld_format(text, report->page.french, MLD_MONEY, value, NAN, value, 0);
}

/*
 * What is paid stands beside what is due where a dotation may run out, or an earlier file has no
 * more; else the two are one.
 */
static int is_paid(const char *name)
{
    static const char *const paid[] = { "net_cost", "net_cost_discounted", "net_cost_per_euro",
                                        "state_net_cost" };
    for (size_t i = 0; i < sizeof paid / sizeof *paid; i++)
        if (strcmp(name, paid[i]) == 0)
            return 1;
    return 0;
}

/* ---- totals ---- */

static void total_row(const struct mld_report *report, const char *measure)
{
    const struct mld_statistics *s = with(report, measure);
    char text[MLD_NUMBER_SIZE];
    int french = report->page.french;
    if (mld_rows_is_nothing(s) || (!report->has_dotation && is_paid(measure)))
        return;
    double largest = fabs(s->quantile[MLD_QUANTILE_95]) > fabs(s->mean)
                         ? fabs(s->quantile[MLD_QUANTILE_95])
                         : fabs(s->mean);
    int row = mld_table_row(report->table, mld_rows_label(measure, french));
    mld_table_set(report->table, row, 1,
                  mld_format_estimate(text, french, mld_rows_quantity(measure), s->mean,
                                      s->mean_error, largest, 0));
    static const int level[] = { MLD_QUANTILE_5, MLD_QUANTILE_50, MLD_QUANTILE_95 };
    for (int i = 0; i < 3; i++)
        mld_table_set(report->table, row, 2 + i,
                      mld_report_quantile(report, text, mld_rows_quantity(measure), s, level[i],
                                          2 * s->mean_error, largest));
    mld_table_set(report->table, row, 5,
                  mld_format(text, french, mld_rows_quantity(measure), s->shortfall,
                             s->shortfall_error, largest, 0));
}

static void totals(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    mld_table_start(report->table, 6);
    mld_table_row(report->table, mld_say(page, "sur toute la durée", "over the whole life"));
    mld_table_set(report->table, 0, 1,
                  mld_say(page, "moyenne ± erreur type", "mean ± standard error"));
    mld_table_set(report->table, 0, 2, "5\u00a0%");
    mld_table_set(report->table, 0, 3, mld_say(page, "médiane", "median"));
    mld_table_set(report->table, 0, 4, "95\u00a0%");
    mld_table_set(report->table, 0, 5, mld_say(page, "5\u00a0% défavorables", "worst 5\u00a0%"));
    for (const char *const *row = mld_rows_state; *row; row++)
        total_row(report, *row);
    mld_page_title(page, "L'État garant", "The State as guarantor");
    mld_page_table(page, report->table);
}

/* ---- paid from the dotation, and all dues paid ---- */

static const struct both_row {
    const char *paid, *due, *french, *english;
} both_rows[] = {
    { "payouts", "payouts", "Indemnités versées", "Payouts" },
    { "net_cost", "net_cost_due", "Coût net pour l'État", "Net cost to the State" },
    { "net_cost_discounted", "net_cost_due_discounted", "Coût net actualisé",
      "Net cost, discounted" },
    { "net_cost_per_euro", "net_cost_due_per_euro", "Coût net par euro couvert",
      "Net cost per euro covered" },
    { "net_irr_a", "net_irr_a", "TRI net, parts A", "Net IRR, class A" },
    { "loss_a", "loss_a", "Probabilité de perte, parts A", "Probability of a loss, class A" },
    { "tvpi_a", "tvpi_a", "Multiple (TVPI), parts A", "Multiple (TVPI), class A" },
    { "carry", "carry", "Carried interest", "Carried interest" },
};

static void both_row(const struct mld_report *report, const struct both_row *both)
{
    const struct mld_statistics *of[] = {
        mld_rows_statistics(report->summary, MLD_WITH, both->paid),
        mld_rows_statistics(report->summary, MLD_KEPT, both->due)
    };
    char text[MLD_NUMBER_SIZE];
    if (mld_rows_is_nothing(of[0]) || mld_rows_is_nothing(of[1]))
        return;
    double largest = fmax(fabs(of[0]->mean), fabs(of[1]->mean));
    int row = mld_table_row(report->table, mld_say(&report->page, both->french, both->english));
    for (int i = 0; i < 2; i++)
        mld_table_set(report->table, row, 1 + i,
                      mld_format_estimate(text, report->page.french, mld_rows_quantity(both->due),
                                          of[i]->mean, of[i]->mean_error, largest, 0));
}

/* A cost and what investors get of it are of one design: the two columns are never mixed. */
static void both(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    if (report->summary->designs <= MLD_KEPT)
        return;
    mld_table_start(report->table, 3);
    mld_table_row(report->table, mld_say(page, "moyenne ± erreur type", "mean ± standard error"));
    mld_table_set(report->table, 0, 1,
                  mld_say(page, "payé sur la dotation", "paid from the dotation"));
    mld_table_set(report->table, 0, 2, mld_say(page, "toutes indemnités payées", "all dues paid"));
    for (size_t i = 0; i < sizeof both_rows / sizeof *both_rows; i++)
        both_row(report, &both_rows[i]);
    mld_page_title(page, "Coût payé sur la dotation, coût dû",
                   "Cost paid from the dotation, cost due");
    mld_page_table(page, report->table);
    mld_page_gap(page);
    mld_page_paragraph(
        page, "%s",
        mld_say(page,
                "Quand la dotation s'épuise, une partie de ce qui est dû n'est pas payée : ce "
                "n'est pas une économie. La seconde colonne est celle d'une garantie qui paie "
                "chaque indemnité dans sa période ; un chiffre d'investisseur se cite avec le "
                "coût de sa colonne.",
                "When the dotation runs out, part of what is due is not paid, which is no saving. "
                "The second column is that of a guarantee that pays every due in its period; a "
                "figure of investors is quoted with the cost of its column."));
}

/* ---- account by calendar year ---- */

static const char *const account_series[] = {
    "state_budget",     "state_operator_cost", "state_dues",     "state_payouts",
    "state_fees",       "state_net_cost_due",  "state_net_cost", "state_new_guaranteed",
    "state_guaranteed", "state_balance",       "state_booked",   NULL
};

/* With the guarantee or, where that has it not, with all that is due paid. */
static const struct mld_fan *fan_of(const struct mld_report *report, const char *series)
{
    const struct mld_summary *summary = report->summary;
    int i = mld_series_named(series);
    if (i < 0 || (!report->has_dotation && is_paid(series)))
        return NULL;
    for (int design = MLD_WITH; design < summary->designs; design++)
        if (summary->fan[design] && summary->fan[design][i].length > 0)
            return &summary->fan[design][i];
    return NULL;
}

static double largest_mean(const struct mld_report *report)
{
    double largest = 0;
    for (int i = 0; account_series[i]; i++) {
        const struct mld_fan *fan = fan_of(report, account_series[i]);
        for (int t = 0; fan && t < fan->length; t++)
            largest = fabs(fan->mean[t]) > largest ? fabs(fan->mean[t]) : largest;
    }
    return largest;
}

/* Starts a table of years; head and rows of the first column. Gives the number of years. */
static int start_years(const struct mld_report *report, int columns, const char *head)
{
    const struct mld_grid *grid = mld_results_grid(report->results);
    int first = mld_grid_calendar_year(grid, 0),
        last = mld_grid_calendar_year(grid, grid->periods - 1);
    mld_table_start(report->table, columns);
    mld_table_row(report->table, head);
    for (int year = first; year <= last; year++) {
        char text[16];
        snprintf(text, sizeof text, "%d", year);
        mld_table_row(report->table, text);
    }
    return last - first + 1;
}

static const char *series_label(const struct mld_report *report, const char *series)
{
    int i = mld_series_named(series);
    return report->page.french ? mld_series[i].label_fr : mld_series[i].label_en;
}

/* Long labels are lettered, and spelled out under the table. */
static void legend(const struct mld_report *report, const char *const *series, int n)
{
    char text[1024] = "";
    mld_page_gap(&report->page);
    for (int i = 0; i < n; i++) {
        size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "%s%c%s%s",
                 i ? mld_say(&report->page, "\u00a0; ", "; ") : "", 'A' + i,
                 mld_say(&report->page, "\u00a0: ", ": "), series_label(report, series[i]));
    }
    mld_page_paragraph(&report->page, "%s.", text);
}

/* The decimals of a column are those of its least certain year, so that they line up. */
static int column_decimals(const struct mld_fan *fan, double worth)
{
    double error = 0;
    for (int t = 0; t < fan->length; t++)
        error = fan->mean_error[t] > error ? fan->mean_error[t] : error;
    return mld_decimals(error / worth, worth > 1 ? 2 : 0, worth > 1 ? 2 : 0);
}

/* What the columns of the budget and of national accounts mean here. */
static void budget_notes(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    mld_page_paragraph(
        page, "%s",
        report->has_dotation
            ? mld_say(page,
                      "Budget : la dotation, l'année de son versement ; les indemnités sont "
                      "ensuite des flux du fonds de garantie, non du budget. Le coût de "
                      "l'opérateur s'y ajoute.",
                      "Budget: the dotation in the year it is paid; payouts are then flows of the "
                      "guarantee fund, not of the budget. The operator's cost comes on top.")
            : mld_say(page,
                      "Budget : les indemnités de l'année (programme 114, crédits évaluatifs). Le "
                      "coût de l'opérateur s'y ajoute.",
                      "Budget: the year's payouts (programme 114, crédits évaluatifs). The "
                      "operator's cost comes on top."));
    mld_page_paragraph(
        page, "%s",
        report->has_fund
            ? mld_say(page,
                      "Comptabilité nationale : la garantie d'un seul FPCI est ponctuelle, "
                      "enregistrée quand elle est appelée (indemnités moins commissions).",
                      "National accounts: the cover of a single FPCI is a one-off guarantee, "
                      "recorded when called (payouts less fees).")
            : mld_say(page,
                      "Comptabilité nationale : ce qu'un dispositif de garanties semblables "
                      "s'attend à payer, que la dotation y suffise ou non, moins les "
                      "commissions attendues, enregistré à l'octroi, donc par année des "
                      "investissements.",
                      "National accounts: what a scheme of similar guarantees expects to pay, "
                      "whether the dotation suffices or not, less the fees it "
                      "expects, booked when it grants them, so by the year of the deals."));
}

static void account(const struct mld_report *report)
{
    const char *shown[16];
    char text[MLD_NUMBER_SIZE], head[64];
    int n = 0;
    for (int i = 0; account_series[i]; i++)
        if (fan_of(report, account_series[i]))
            shown[n++] = account_series[i];
    struct mld_money_unit unit = mld_money_unit(largest_mean(report));
    snprintf(head, sizeof head, mld_say(&report->page, "moyennes, %s", "means, %s"), unit.sign);
    int years = start_years(report, n + 1, head);
    for (int i = 0; i < n; i++) {
        const struct mld_fan *fan = fan_of(report, shown[i]);
        mld_table_set(report->table, 0, i + 1, (char[]){ (char)('A' + i), '\0' });
        for (int t = 0; t < fan->length && t < years; t++)
            mld_table_set(report->table, t + 1, i + 1,
                          mld_format_number(text, report->page.french, fan->mean[t] / unit.worth,
                                            column_decimals(fan, unit.worth), 0));
    }
    mld_page_title(&report->page, "Compte de l'État par année civile",
                   "The State's account by calendar year");
    if (n)
        mld_page_table(&report->page, report->table);
    legend(report, shown, n);
    budget_notes(report);
}

static const char *range(const struct mld_report *report, char *text, size_t size, double low,
                         double high, double worth)
{
    char a[MLD_NUMBER_SIZE], b[MLD_NUMBER_SIZE];
    int decimals = worth > 1 ? 2 : 0;
    snprintf(text, size, mld_say(&report->page, "%s à %s", "%s to %s"),
             mld_format_number(a, report->page.french, low / worth, decimals, 0),
             mld_format_number(b, report->page.french, high / worth, decimals, 0));
    return text;
}

static void account_ranges(const struct mld_report *report)
{
    static const char *const series[] = { "state_payouts",      "state_fees",
                                          "state_net_cost_due", "state_net_cost",
                                          "state_guaranteed",   "state_balance" };
    enum { SERIES = sizeof series / sizeof *series };
    struct mld_money_unit unit = mld_money_unit(largest_mean(report));
    char head[64], text[2 * MLD_NUMBER_SIZE + 8];
    const char *shown[SERIES];
    int n = 0;
    for (int i = 0; i < SERIES; i++)
        if (fan_of(report, series[i]))
            shown[n++] = series[i];
    snprintf(head, sizeof head,
             mld_say(&report->page, "5\u00a0%% à 95\u00a0%%, %s", "5\u00a0%% to 95\u00a0%%, %s"),
             unit.sign);
    int years = start_years(report, n + 1, head);
    for (int i = 0; i < n; i++) {
        const struct mld_fan *fan = fan_of(report, shown[i]);
        mld_table_set(report->table, 0, i + 1, (char[]){ (char)('A' + i), '\0' });
        for (int t = 0; t < fan->length && t < years; t++)
            mld_table_set(report->table, t + 1, i + 1,
                          range(report, text, sizeof text,
                                fan->quantile[MLD_QUANTILE_5 * fan->length + t],
                                fan->quantile[MLD_QUANTILE_95 * fan->length + t], unit.worth));
    }
    mld_page_gap(&report->page);
    if (n && !mld_rows_is_long_enough(report->summary->paths, 0.05))
        mld_page_paragraph(&report->page, "%s\u00a0: %s.", head, mld_report_too_short(report));
    if (!n || !mld_rows_is_long_enough(report->summary->paths, 0.05))
        return;
    mld_page_table(&report->page, report->table);
    legend(report, shown, n);
}

/* ---- budget ---- */

/* "2027 · programme 305, action 4", "2027 · gage, programme 134". */
static const char *line_name(const struct mld_report *report, const struct mld_budget_line *line,
                             char text[64])
{
    const struct mld_page *page = &report->page;
    char action[24] = "";
    if (line->action > 0)
        snprintf(action, sizeof action, ", action %d", line->action);
    snprintf(text, 64, "%d%s%sprogramme %d%s", line->year, mld_say(page, "\u00a0: ", ": "),
             line->is_gage ? "gage, " : "", line->programme, action);
    return text;
}

static void budget_row(const struct mld_report *report, const char *name, double ae, double cp,
                       struct mld_money_unit unit)
{
    char text[MLD_NUMBER_SIZE];
    int row = mld_table_row(report->table, name), decimals = unit.worth > 1 ? 2 : 0;
    const double of[] = { ae, cp };
    for (int i = 0; i < 2; i++)
        mld_table_set(report->table, row, 1 + i,
                      mld_format_number(text, report->page.french, of[i] / unit.worth, decimals,
                                        0));
}

/* What Parliament opens: the lines of the dotation and of its gage, as in état B. */
static void budget(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    struct mld_budget_line line[MLD_BUDGET_LINES];
    int n = mld_rows_budget(report->results, line);
    double ae = 0, cp = 0;
    char head[64], name[64];
    for (int i = 0; i < n && !line[i].is_gage; i++) {
        ae += line[i].ae;
        cp += line[i].cp;
    }
    if (!n)
        return;
    struct mld_money_unit unit = mld_money_unit(fmax(ae, cp));
    mld_table_start(report->table, 3);
    snprintf(head, sizeof head, mld_say(page, "dotation, %s", "dotation, %s"), unit.sign);
    mld_table_row(report->table, head);
    mld_table_set(report->table, 0, 1, "AE");
    mld_table_set(report->table, 0, 2, "CP");
    for (int i = 0; i < n; i++)
        budget_row(report, line_name(report, &line[i], name), line[i].ae, line[i].cp, unit);
    budget_row(report, mld_say(page, "total, hors gage", "total, without the gage"), ae, cp, unit);
    mld_page_title(page, "Budget (état B)", "Budget (état B)");
    mld_page_table(page, report->table);
    mld_page_gap(page);
    mld_page_paragraph(
        page, "%s",
        mld_say(page,
                "AE : autorisations d'engagement, limite de ce qui peut être engagé ; CP : crédits "
                "de paiement, limite de ce qui peut être payé dans l'année pour couvrir les "
                "engagements (loi organique du 1er août 2001, LOLF, article 8).",
                "AE: commitment appropriations, the limit of what may be committed; CP: payment "
                "appropriations, the limit of what may be paid in the year to cover commitments "
                "(organic law of 1 August 2001, LOLF, article 8)."));
}

/* ---- provision ---- */

static void provision_rows(const struct mld_report *report, const struct mld_fan *fan,
                           struct mld_money_unit unit, int estimable)
{
    char text[MLD_NUMBER_SIZE];
    int decimals = column_decimals(fan, unit.worth);
    for (int t = 0; t < fan->length; t++) {
        double high = fan->quantile[MLD_QUANTILE_95 * fan->length + t] / unit.worth;
        mld_table_set(report->table, t + 1, 1,
                      mld_format_number(text, report->page.french, fan->mean[t] / unit.worth,
                                        decimals, 0));
        mld_table_set(report->table, t + 1, 2,
                      estimable ? mld_format_number(text, report->page.french, high, decimals, 0)
                                : mld_report_too_short(report));
    }
}

/* What is set aside at the end of a year, and the total of expected dues under its own name. */
static void provision(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    const struct mld_fan *fan = fan_of(report, "provision");
    const struct mld_statistics *due = with(report, "payouts_due");
    char head[64], text[MLD_NUMBER_SIZE];
    if (!fan || !due)
        return;
    struct mld_money_unit unit = mld_money_unit(due->mean);
    snprintf(head, sizeof head, mld_say(page, "à la fin de l'année, %s", "at the year's end, %s"),
             unit.sign);
    start_years(report, 3, head);
    mld_table_set(report->table, 0, 1, mld_say(page, "provision", "provision"));
    mld_table_set(report->table, 0, 2, "95\u00a0%");
    provision_rows(report, fan, unit, mld_rows_is_long_enough(report->summary->paths, 0.05));
    mld_page_title(page, "Provision", "Provision");
    mld_page_table(page, report->table);
    mld_page_gap(page);
    mld_page_paragraph(
        page,
        mld_say(page,
                "Provision : ce qui deviendra dû après la fin de l'année sur les investissements "
                "déjà faits, en moyenne et au quantile à 95\u00a0%% ; le quantile se lit année par "
                "année. Total des indemnités attendues, toutes années et tous investissements : "
                "%s.",
                "Provision: what falls due after the end of the year on deals made by then, on "
                "average and at the 95\u00a0%% quantile, which is read year by year. Total of "
                "expected dues, of all years and deals: %s."),
        mld_format_estimate(text, page->french, MLD_MONEY, due->mean, due->mean_error, due->mean,
                            0));
}

/* ---- fee, dotation ---- */

static enum mld_status fee(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    struct mld_estimate even, charged;
    char a[MLD_NUMBER_SIZE], b[MLD_NUMBER_SIZE];
    enum mld_status status = mld_rows_ratio(report->results, MLD_RATIO_FEE_EVEN, &even);
    if (!status)
        status = mld_rows_ratio(report->results, MLD_RATIO_FEE_CHARGED, &charged);
    if (status || isnan(even.value))
        return status;
    mld_page_paragraph(page,
                       mld_say(page,
                               "Commission d'équilibre, qui paierait toutes les indemnités dues : "
                               "%s par an de l'encours garanti ; facturé en moyenne : %s (à "
                               "comportement inchangé).",
                               "Break-even fee, which would pay all payouts due: %s a year of the "
                               "guaranteed outstanding; charged on average: %s (behaviour "
                               "unchanged)."),
                       mld_format_estimate(a, page->french, MLD_RATE, even.value, even.error, 0, 0),
                       mld_format(b, page->french, MLD_RATE, charged.value, NAN, 0, 0));
    return MLD_OK;
}

static enum mld_status coverage(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    struct mld_estimate covered, all;
    char a[MLD_NUMBER_SIZE], b[MLD_NUMBER_SIZE];
    enum mld_status status = mld_rows_ratio(report->results, MLD_RATIO_COVERAGE, &covered);
    if (!status)
        status = mld_rows_ratio(report->results, MLD_RATIO_COVERAGE_ALL, &all);
    if (status || isnan(covered.value))
        return status;
    mld_page_paragraph(
        page,
        mld_say(
            page,
            "Indemnités nettes rapportées aux pertes sur défaut et de sortie, rapport des "
            "moyennes : %s ; à toutes les pertes : %s.",
            "Net payouts over default and exit losses, ratio of means: %s; over all losses: %s."),
        mld_format_estimate(a, page->french, MLD_RATE, covered.value, covered.error, 0, 0),
        mld_format_estimate(b, page->french, MLD_RATE, all.value, all.error, 0, 0));
    return MLD_OK;
}

static void exhaustion(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    const struct mld_statistics *exhausted = with(report, "exhausted"),
                                *years = with(report, "exhaustion_years");
    char a[MLD_NUMBER_SIZE], b[MLD_NUMBER_SIZE];
    if (!exhausted)
        return;
    mld_page_paragraph(page,
                       mld_say(page, "Probabilité que la dotation s'épuise : %s.",
                               "Probability that the dotation is exhausted: %s."),
                       mld_format_estimate(a, page->french, MLD_RATE, exhausted->mean,
                                           exhausted->mean_error, 0, 0));
    if (years && years->count && !mld_rows_is_estimable(years, MLD_QUANTILE_50))
        mld_page_paragraph(
            page,
            mld_say(page, "Quand elle s'épuise : après %s au plus tôt ; médiane non estimable.",
                    "When it is: after %s at the earliest; median not estimable."),
            mld_format(b, page->french, MLD_YEARS, years->minimum, NAN, 0, 0));
    else if (years && years->count)
        mld_page_paragraph(
            page,
            mld_say(page, "Quand elle s'épuise : après %s (médiane), %s au plus tôt.",
                    "When it is: after %s (median), %s at the earliest."),
            mld_format(a, page->french, MLD_YEARS, years->quantile[MLD_QUANTILE_50], NAN, 0, 0),
            mld_format(b, page->french, MLD_YEARS, years->minimum, NAN, 0, 0));
}

/* The same amount in each of several years, at 95 and 99 %. */
static void tranches(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    char head[64], name[32], text[MLD_NUMBER_SIZE];
    mld_table_start(report->table, 3);
    mld_table_row(report->table, mld_say(page, "tranche annuelle jamais épuisée",
                                         "yearly tranche never exhausted"));
    mld_table_set(report->table, 0, 1,
                  mld_say(page, "dans 95\u00a0% des cas", "in 95\u00a0% of cases"));
    mld_table_set(report->table, 0, 2,
                  mld_say(page, "dans 99\u00a0% des cas", "in 99\u00a0% of cases"));
    for (int k = MLD_FIRST_TRANCHE; k <= MLD_LAST_TRANCHE; k++) {
        snprintf(name, sizeof name, "tranche_needed_%d", k);
        const struct mld_statistics *needed = with(report, name);
        if (mld_rows_is_nothing(needed))
            continue;
        snprintf(head, sizeof head, mld_say(page, "sur %d ans", "over %d years"), k);
        int row = mld_table_row(report->table, head);
        for (int q = MLD_QUANTILE_95; q < MLD_QUANTILES; q++)
            mld_table_set(report->table, row, 1 + q - MLD_QUANTILE_95,
                          mld_report_quantile(report, text, MLD_MONEY, needed, q,
                                              2 * needed->mean_error,
                                              needed->quantile[MLD_QUANTILES - 1]));
    }
    if (report->table->rows < 2)
        return;
    mld_page_gap(page);
    mld_page_table(page, report->table);
}

static void dotation(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    const struct mld_summary *summary = report->summary;
    char a[MLD_NUMBER_SIZE], b[MLD_NUMBER_SIZE], head[64];
    int count;
    double given = mld_rows_parameters(report->results, "guarantee.dotation", ".amount", &count);
    mld_page_title(page, "Dotation", "Dotation");
    if (count)
        mld_page_paragraph(
            page, mld_say(page, "Dotation du scénario : %s.", "Dotation of the scenario: %s."),
            money(report, a, given));
    exhaustion(report);
    mld_table_start(report->table, 3);
    mld_table_row(report->table, mld_say(page, "dotation versée en une fois",
                                         "dotation in year 0 never exhausted"));
    mld_table_set(report->table, 0, 1, mld_say(page, "nécessaire", "needed"));
    mld_table_set(report->table, 0, 2,
                  mld_say(page, "intervalle à 95\u00a0%", "95\u00a0% interval"));
    for (int i = 0; i < MLD_DOTATION_LEVELS; i++) {
        char interval[2 * MLD_NUMBER_SIZE + 16];
        /* too few paths for so far a quantile: at least, and no more is known */
        int open = isnan(summary->dotation_high[i]);
        snprintf(head, sizeof head,
                 mld_say(page, "dans %s\u00a0%% des cas", "in %s\u00a0%% of cases"),
                 mld_format_level(a, page->french, mld_dotation_levels[i]));
        int row = mld_table_row(report->table, head);
        mld_table_set(report->table, row, 1,
                      open ? mld_report_too_short(report) : money(report, a, summary->dotation[i]));
        snprintf(interval, sizeof interval,
                 open ? mld_say(page, "%s au moins", "%s at least")
                      : mld_say(page, "%s à %s", "%s to %s"),
                 money(report, a, summary->dotation_low[i]),
                 money(report, b, summary->dotation_high[i]));
        mld_table_set(report->table, row, 2, interval);
    }
    mld_page_table(page, report->table);
    tranches(report);
}

/* ---- multiplier ---- */

static void multiplier_row(const struct mld_report *report, const char *french, const char *english,
                           double denominator, double value)
{
    char text[MLD_NUMBER_SIZE];
    int row = mld_table_row(report->table, mld_say(&report->page, french, english));
    mld_table_set(report->table, row, 1, money(report, text, denominator));
    mld_table_set(report->table, row, 2,
                  denominator > 0 ? mld_format_number(text, report->page.french, value, 1, 0)
                                  : mld_say(&report->page, "sans objet", "none"));
}

static const struct multiplier {
    const char *french, *english;
    double from, to;
    const char *above_fr, *above_en, *below_fr, *below_en;
} multipliers[] = {
#define MULTIPLIER(...) { __VA_ARGS__ },
#include "report/published.def"
#undef MULTIPLIER
};

/* Bytes; the list in French has some 500. */
enum { LIST = 1024 };

/* One more of them: "; Bpifrance 10 à 15 (financements garantis / dotation)". */
static void append_published(const struct mld_page *page, char *list, const struct multiplier *row)
{
    char from[MLD_NUMBER_SIZE], to[MLD_NUMBER_SIZE];
    size_t length = strlen(list);
    mld_format_number(from, page->french, row->from, floor(row->from) != row->from, 0);
    mld_format_number(to, page->french, row->to, floor(row->to) != row->to, 0);
    int range = row->to > row->from, stated = *row->above_fr != '\0';
    snprintf(list + length, LIST - length, "%s%s %s%s%s%s%s%s%s%s",
             length ? mld_say(page, " ; ", "; ") : "", mld_say(page, row->french, row->english),
             from, range ? mld_say(page, " à ", " to ") : "", range ? to : "", stated ? " (" : "",
             mld_say(page, row->above_fr, row->above_en), stated ? " / " : "",
             mld_say(page, row->below_fr, row->below_en), stated ? ")" : "");
}

static void published(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    char list[LIST] = "";
    for (size_t i = 0; i < sizeof multipliers / sizeof *multipliers; i++)
        append_published(page, list, &multipliers[i]);
    mld_page_paragraph(page,
                       mld_say(page,
                               "Multiplicateurs publiés ailleurs, chacun avec son dénominateur "
                               "quand il est précisé : %s. Aucun ne mesure l'additionnalité.",
                               "Multipliers published elsewhere, each with its denominator where "
                               "it is stated: %s. None measures additionality."),
                       list);
}

static void multiplier_rows(const struct mld_report *report, double per_due, double per_cost,
                            double per_commitment)
{
    const struct mld_statistics *due = with(report, "payouts_due");
    double volume = mean_with(report, "covered_volume");
    int count;
    double given = mld_rows_parameters(report->results, "guarantee.dotation", ".amount", &count);
    double due95 = due && mld_rows_is_estimable(due, MLD_QUANTILE_95)
                       ? due->quantile[MLD_QUANTILE_95]
                       : (double)NAN;
    if (with(report, "net_cost_due"))
        multiplier_row(report, "coût net dû, attendu", "expected net cost due",
                       mean_with(report, "net_cost_due"), per_due);
    if (report->has_dotation)
        multiplier_row(report, "coût net payé, attendu", "expected net cost paid",
                       mean_with(report, "net_cost"), per_cost);
    if (count)
        multiplier_row(report, "dotation", "dotation", given, volume / given);
    else
        multiplier_row(report, "indemnités dues, quantile à 95\u00a0%",
                       "payouts due, 95\u00a0% quantile", due95, volume / due95);
    multiplier_row(report, "engagement maximal", "largest commitment",
                   mean_with(report, "commitment"), per_commitment);
}

static void cost_per_euro(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    const struct mld_statistics *due = with(report, "net_cost_due_per_euro"),
                                *cost = due ? due : with(report, "net_cost_per_euro");
    char a[MLD_NUMBER_SIZE], b[MLD_NUMBER_SIZE], c[MLD_NUMBER_SIZE];
    if (!cost || !mld_rows_is_estimable(cost, MLD_QUANTILE_5) ||
        !mld_rows_is_estimable(cost, MLD_QUANTILE_95))
        return;
    mld_page_paragraph(
        page,
        due ? mld_say(page,
                      "Coût net dû par euro couvert : %s en moyenne, de %s à %s dans neuf cas sur "
                      "dix.",
                      "Net cost due per euro covered: %s on average, %s to %s in nine cases out "
                      "of ten.")
            : mld_say(page,
                      "Coût net par euro couvert : %s en moyenne, de %s à %s dans neuf cas sur "
                      "dix.",
                      "Net cost per euro covered: %s on average, %s to %s in nine cases out of "
                      "ten."),
        mld_format_estimate(a, page->french, MLD_RATE, cost->mean, cost->mean_error, 0, 0),
        mld_report_quantile(report, b, MLD_RATE, cost, MLD_QUANTILE_5, NAN, 0),
        mld_report_quantile(report, c, MLD_RATE, cost, MLD_QUANTILE_95, NAN, 0));
}

static enum mld_status multiplier(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    struct mld_estimate per_due, per_cost, per_commitment;
    enum mld_status status = mld_rows_ratio(report->results, MLD_RATIO_PER_NET_COST_DUE, &per_due);
    if (!status)
        status = mld_rows_ratio(report->results, MLD_RATIO_PER_NET_COST, &per_cost);
    if (!status)
        status = mld_rows_ratio(report->results, MLD_RATIO_PER_COMMITMENT, &per_commitment);
    if (status)
        return status;
    mld_page_title(page, "Multiplicateur", "Multiplier");
    mld_table_start(report->table, 3);
    mld_table_row(report->table, mld_say(page, "financement couvert par euro de…",
                                         "financing covered per euro of…"));
    mld_table_set(report->table, 0, 1, mld_say(page, "dénominateur", "denominator"));
    mld_table_set(report->table, 0, 2, mld_say(page, "multiplicateur", "multiplier"));
    multiplier_rows(report, per_due.value, per_cost.value, per_commitment.value);
    mld_page_table(page, report->table);
    mld_page_gap(page);
    cost_per_euro(report);
    mld_page_paragraph(page, "%s",
                       mld_say(page,
                               "Financement couvert n'est pas financement rendu possible : rien "
                               "ici ne dit ce qui aurait été investi sans garantie.",
                               "Financing covered is not financing made possible: nothing here "
                               "tells what would have been invested without a guarantee."));
    published(report);
    return MLD_OK;
}

/* ---- State aid ---- */

static void aid(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    const struct mld_statistics *grant = with(report, "grant_equivalent");
    if (grant && grant->count == 0)
        mld_page_paragraph(
            page, "%s",
            mld_say(page,
                    "Équivalent-subvention brut : non défini, car aucune tranche pari passu "
                    "(franchise 0, plafond 1, quotité ≤ 80\u00a0%) ne couvre "
                    "de prêts, d'obligations ou de titres ; pour les actions, les convertibles et "
                    "les parts sociales, voir les aides au "
                    "financement des risques (RGEC, art. 21) ou la notification.",
                    "Gross grant equivalent: undefined, as no pari passu layer (attachment 0, cap "
                    "rate 1, quotité ≤ 80\u00a0%) covers loans, bonds or "
                    "titres; for shares, convertibles and cooperative shares see risk-finance aid "
                    "(GBER, art. 21) or notification."));
    const struct mld_statistics *above = with(report, "above_de_minimis");
    if (!grant || grant->count == 0 || !above || above->count == 0)
        return;
    char issuers[MLD_NUMBER_SIZE];
    mld_format_estimate(issuers, page->french, MLD_NUMBER, above->mean, above->mean_error, 0, 0);
    mld_page_paragraph(page,
                       mld_say(page,
                               "L'équivalent-subvention brut ne compte que les prêts, obligations "
                               "et titres ; les actions, convertibles et parts sociales "
                               "n'en ont pas (aides au financement des risques : RGEC, art. 21, ou "
                               "notification). Émetteurs au-dessus du plafond de minimis "
                               "sur trois ans : %s en moyenne.",
                               "The gross grant equivalent counts loans, bonds and titres only; "
                               "shares, convertibles and cooperative shares have none "
                               "(risk-finance aid: GBER, art. 21, or notification). Issuers above "
                               "the de minimis ceiling over three years: %s on average."),
                       issuers);
}

enum mld_status mld_section_state(const struct mld_report *report)
{
    totals(report);
    both(report);
    mld_page_gap(&report->page);
    enum mld_status status = coverage(report);
    if (!status)
        status = fee(report);
    aid(report);
    budget(report);
    account(report);
    account_ranges(report);
    provision(report);
    dotation(report);
    return status ? status : multiplier(report);
}
