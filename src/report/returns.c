/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the return comes from: by instrument, legal form, year of investment; then class A. */
#include <math.h>
#include <string.h>

#include "report/sections.h"
#include "rows/returns.h"
#include "rows/rows.h"

enum { DEALS = 1, INVESTED, MULTIPLE, MEDIAN, MEAN, OF_MEANS, LOSSES, GAINS, COLUMNS };

static void head(const struct mld_report *report, const char *french, const char *english)
{
    const struct mld_page *page = &report->page;
    struct mld_page_table *table = report->table;
    mld_table_start(table, COLUMNS);
    mld_table_row(table, mld_say(page, french, english));
    mld_table_set(table, 0, DEALS, mld_say(page, "nombre", "deals"));
    mld_table_set(table, 0, INVESTED, mld_say(page, "investi", "invested"));
    mld_table_set(table, 0, MULTIPLE, mld_say(page, "multiple", "multiple"));
    mld_table_set(table, 0, MEDIAN, mld_say(page, "TRI médian", "median IRR"));
    mld_table_set(table, 0, MEAN, mld_say(page, "TRI moyen", "mean IRR"));
    mld_table_set(table, 0, OF_MEANS, mld_say(page, "des flux moyens", "of mean flows"));
    mld_table_set(table, 0, LOSSES, mld_say(page, "pertes", "losses"));
    mld_table_set(table, 0, GAINS, mld_say(page, "plus-values", "gains"));
}

static void set(const struct mld_report *report, int row, int column, enum mld_quantity quantity,
                double value, double error, double largest)
{
    char text[MLD_NUMBER_SIZE];
    mld_table_set(report->table, row, column,
                  mld_format(text, report->page.french, quantity, value, error, largest, 0));
}

/* A rate of which no error is known has the decimals of the mean IRR. */
static void put(const struct mld_report *report, const char *label,
                const struct mld_rows_return *of, double largest)
{
    char text[MLD_NUMBER_SIZE], name[MLD_LABEL_SIZE];
    snprintf(name, sizeof name, "%s%s", label, of->few ? " *" : "");
    int row = mld_table_row(report->table, name);
    set(report, row, DEALS, MLD_NUMBER, of->deals, 0.1, 1);
    set(report, row, INVESTED, MLD_MONEY, of->invested, 1e-3 * largest, largest);
    set(report, row, MULTIPLE, MLD_MULTIPLE, of->multiple, 0.001, 1);
    set(report, row, MEDIAN, MLD_RATE, of->irr_median, of->irr_error, 1);
    mld_table_set(report->table, row, MEAN,
                  mld_format_estimate(text, report->page.french, MLD_RATE, of->irr, of->irr_error,
                                      1, 0));
    set(report, row, OF_MEANS, MLD_RATE, of->irr_of_means, of->irr_error, 1);
    set(report, row, LOSSES, MLD_MONEY, of->losses, 1e-3 * largest, largest);
    set(report, row, GAINS, MLD_MONEY, of->gains, 1e-3 * largest, largest);
}

/* Groups of one kind in one table; 1 if there is one of few deals. */
static int put_kind(const struct mld_report *report, enum mld_group_kind kind, const char *french,
                    const char *english, const struct mld_rows_return *all)
{
    const struct mld_group_table *groups = &report->summary->groups;
    int few = 0;
    head(report, french, english);
    for (int g = 0; g < groups->n; g++) {
        if (groups->name[g].kind != kind)
            continue;
        struct mld_rows_return of = mld_rows_return(report->summary, MLD_WITHOUT, g);
        put(report, mld_group_label(&groups->name[g], report->page.french), &of, all->invested);
        few |= of.few;
    }
    if (kind == MLD_GROUP_INSTRUMENT)
        put(report, mld_say(&report->page, "tous les investissements", "all deals"), all,
            all->invested);
    mld_page_table(&report->page, report->table);
    mld_page_gap(&report->page);
    return few;
}

/* Both kinds of IRR of class A, in each design. */
static void tell_class_a(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    const struct mld_statistics *irr[] = {
        mld_rows_statistics(report->summary, MLD_WITHOUT, "net_irr_a"),
        mld_rows_statistics(report->summary, MLD_WITH, "net_irr_a")
    };
    static const char *const french[] = { "sans garantie", "avec garantie" }, *const english[] = {
        "without a guarantee", "with it"
    };
    for (int design = 0; design < 2; design++) {
        char mean[MLD_NUMBER_SIZE], of_means[MLD_NUMBER_SIZE];
        if (!irr[design])
            continue;
        mld_format_estimate(mean, page->french, MLD_RATE, irr[design]->mean,
                            irr[design]->mean_error, 1, 0);
        mld_format(of_means, page->french, MLD_RATE,
                   mld_rows_irr_of_means_a(report->results, design), irr[design]->mean_error, 1, 0);
        mld_page_paragraph(page,
                           mld_say(page,
                                   "Parts A, net de frais, %s : TRI moyen %s, TRI des flux moyens "
                                   "%s.",
                                   "Class A, net of costs, %s: mean IRR %s, IRR of mean flows %s."),
                           page->french ? french[design] : english[design], mean, of_means);
    }
}

void mld_section_returns(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    if (report->summary->groups.n == 0)
        return;
    struct mld_rows_return all = mld_rows_return_of_all(report->results, MLD_WITHOUT);
    mld_page_title(page, "D'où vient le rendement", "Where the return comes from");
    int few = put_kind(report, MLD_GROUP_INSTRUMENT, "par instrument", "by instrument", &all) |
              put_kind(report, MLD_GROUP_FORM, "par forme juridique", "by legal form", &all) |
              put_kind(report, MLD_GROUP_YEAR, "par année d'investissement",
                       "by year of investment", &all);
    mld_page_paragraph(page, "%s",
                       mld_say(page,
                               "Flux cumulés des investissements, avant frais du fonds et hors "
                               "indemnités, sans garantie. TRI médian et moyen sont pris sur les "
                               "trajectoires, où −100 % compte quand rien ne revient ; le TRI des "
                               "flux moyens et le multiple sont ceux d'un portefeuille moyen.",
                               "Pooled flows of the deals, before costs of the fund and without "
                               "payouts, without a guarantee. Median and mean IRR are over paths, "
                               "−100 % counting where nothing comes back; IRR of mean flows and "
                               "multiple are those of a mean portfolio."));
    if (few)
        mld_page_paragraph(page, "%s",
                           mld_say(page,
                                   "* Moins de trois investissements par trajectoire : le TRI d'un "
                                   "groupe aussi petit dit peu.",
                                   "* Fewer than three deals a path: the IRR of so small a group "
                                   "says little."));
    tell_class_a(report);
}
