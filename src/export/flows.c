/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cash account of the fund and the account of the State by calendar year, line by line as in a
 * fund model.
 */
#include "export/years.h"

/*
 * Rows in the order of a fund's account: sources and uses, cash, who gets the distributions, what
 * is left and what it is worth.
 */
enum {
    F_SOURCES,
    F_CALLS,
    F_INCOME,
    F_CAPITAL,
    F_PAYOUTS,
    F_BORROWED,
    F_ALL_SOURCES,
    F_USES,
    F_INVESTED,
    F_MANAGEMENT,
    F_OTHER,
    F_GUARANTOR,
    F_REPAID,
    F_DISTRIBUTIONS,
    F_ALL_USES,
    F_TREASURY,
    F_OPENING,
    F_CHANGE,
    F_CASH,
    F_CASH_CHECK,
    F_SPLIT,
    F_TO_A,
    F_TO_B,
    F_TO_C,
    F_TO_BENEFICIARY,
    F_SPLIT_CHECK,
    F_WORTH,
    F_CALLED,
    F_DISTRIBUTED,
    F_NAV,
    F_TVPI,
    F_TVPI_OF_MEANS,
    F_DPI,
    F_DPI_OF_MEANS,
    F_RVPI,
    F_POSITION,
    F_ROWS
};

static const struct mld_year_row fund_rows[F_ROWS] = {
    [F_SOURCES] = { MLD_YEAR_TITLE, .french = "Ressources", .english = "Sources" },
    [F_CALLS] = { MLD_YEAR_FLOW, .series = "calls" },
    [F_INCOME] = { MLD_YEAR_FLOW, .series = "income" },
    [F_CAPITAL] = { MLD_YEAR_FLOW, .series = "capital" },
    [F_PAYOUTS] = { MLD_YEAR_FLOW, .series = "state_payouts", .needs = "cash" },
    [F_BORROWED] = { MLD_YEAR_FLOW, .series = "borrowed" },
    [F_ALL_SOURCES] = { MLD_YEAR_FLOW, .french = "Total des ressources", .english = "Total sources",
                        .needs = "cash", .style = MLD_STYLE_TOTAL,
                        .term = { { F_CALLS, 1, 0 },
                                  { F_INCOME, 1, 0 },
                                  { F_CAPITAL, 1, 0 },
                                  { F_PAYOUTS, 1, 0 },
                                  { F_BORROWED, 1, 0 } } },
    [F_USES] = { MLD_YEAR_TITLE, .french = "Emplois", .english = "Uses" },
    [F_INVESTED] = { MLD_YEAR_FLOW, .series = "invested" },
    [F_MANAGEMENT] = { MLD_YEAR_FLOW, .series = "management_fees" },
    [F_OTHER] = { MLD_YEAR_FLOW, .series = "other_costs" },
    [F_GUARANTOR] = { MLD_YEAR_FLOW, .series = "guarantee_costs" },
    [F_REPAID] = { MLD_YEAR_FLOW, .series = "repaid" },
    [F_DISTRIBUTIONS] = { MLD_YEAR_FLOW, .series = "distributions" },
    [F_ALL_USES] = { MLD_YEAR_FLOW, .french = "Total des emplois", .english = "Total uses",
                     .needs = "cash", .style = MLD_STYLE_TOTAL,
                     .term = { { F_INVESTED, 1, 0 },
                               { F_MANAGEMENT, 1, 0 },
                               { F_OTHER, 1, 0 },
                               { F_GUARANTOR, 1, 0 },
                               { F_REPAID, 1, 0 },
                               { F_DISTRIBUTIONS, 1, 0 } } },
    [F_TREASURY] = { MLD_YEAR_TITLE, .french = "Trésorerie", .english = "Cash" },
    [F_OPENING] = { MLD_YEAR_STOCK, .french = "Trésorerie d'ouverture", .english = "Opening cash",
                    .style = MLD_STYLE_FLOW, .term = { { F_CASH, 1, 1 } } },
    [F_CHANGE] = { MLD_YEAR_FLOW, .french = "Ressources moins emplois",
                   .english = "Sources less uses", .style = MLD_STYLE_TOTAL,
                   .term = { { F_ALL_SOURCES, 1, 0 }, { F_ALL_USES, -1, 0 } } },
    [F_CASH] = { MLD_YEAR_STOCK, .series = "cash", .french = "Trésorerie de clôture",
                 .english = "Closing cash" },
    [F_CASH_CHECK] = { MLD_YEAR_CHECK, .french = "Contrôle de la trésorerie (0 attendu)",
                       .english = "Check of cash (0 expected)", .style = MLD_STYLE_CHECK,
                       .term = { { F_OPENING, 1, 0 }, { F_CHANGE, 1, 0 }, { F_CASH, -1, 0 } } },
    [F_SPLIT] = { MLD_YEAR_TITLE, .french = "Distributions par parts",
                  .english = "Distributions by class" },
    [F_TO_A] = { MLD_YEAR_FLOW, .series = "distributions_a" },
    [F_TO_B] = { MLD_YEAR_FLOW, .series = "distributions_b" },
    [F_TO_C] = { MLD_YEAR_FLOW, .series = "distributions_c" },
    [F_TO_BENEFICIARY] = { MLD_YEAR_FLOW, .series = "distributions_beneficiary" },
    [F_SPLIT_CHECK] = { MLD_YEAR_CHECK, .french = "Contrôle des parts (0 attendu)",
                        .english = "Check of classes (0 expected)", .needs = "distributions_a",
                        .style = MLD_STYLE_CHECK,
                        .term = { { F_TO_A, 1, 0 },
                                  { F_TO_B, 1, 0 },
                                  { F_TO_C, 1, 0 },
                                  { F_TO_BENEFICIARY, 1, 0 },
                                  { F_DISTRIBUTIONS, -1, 0 } } },
    [F_WORTH] = { MLD_YEAR_TITLE, .french = "Fin d'année", .english = "End of year" },
    [F_CALLED] = { MLD_YEAR_STOCK, .french = "Appels cumulés", .english = "Cumulated calls",
                   .style = MLD_STYLE_FLOW, .term = { { F_CALLED, 1, 1 }, { F_CALLS, 1, 0 } } },
    [F_DISTRIBUTED] = { MLD_YEAR_STOCK, .french = "Distributions cumulées",
                        .english = "Cumulated distributions", .style = MLD_STYLE_FLOW,
                        .term = { { F_DISTRIBUTED, 1, 1 }, { F_DISTRIBUTIONS, 1, 0 } } },
    [F_NAV] = { MLD_YEAR_STOCK, .series = "nav" },
    [F_TVPI] = { MLD_YEAR_STOCK, .series = "tvpi", .french = "TVPI, moyenne des rapports",
                 .english = "TVPI, mean of ratios" },
    [F_TVPI_OF_MEANS] = { MLD_YEAR_STOCK, .french = "TVPI, rapport des moyennes",
                          .english = "TVPI, ratio of means", .needs = "tvpi",
                          .style = MLD_STYLE_MULTIPLE,
                          .term = { { F_DISTRIBUTED, 1, 0 }, { F_NAV, 1, 0 } }, .over = F_CALLED },
    [F_DPI] = { MLD_YEAR_STOCK, .series = "dpi", .french = "DPI, moyenne des rapports",
                .english = "DPI, mean of ratios" },
    [F_DPI_OF_MEANS] = { MLD_YEAR_STOCK, .french = "DPI, rapport des moyennes",
                         .english = "DPI, ratio of means", .needs = "dpi",
                         .style = MLD_STYLE_MULTIPLE, .term = { { F_DISTRIBUTED, 1, 0 } },
                         .over = F_CALLED },
    [F_RVPI] = { MLD_YEAR_STOCK, .french = "RVPI", .english = "RVPI", .style = MLD_STYLE_MULTIPLE,
                 .term = { { F_TVPI, 1, 0 }, { F_DPI, -1, 0 } } },
    [F_POSITION] = { MLD_YEAR_STOCK, .series = "net_position_a" }
};

enum {
    S_BUDGET,
    S_COMMITMENTS,
    S_CREDITS,
    S_OPERATOR,
    S_ALL_CREDITS,
    S_COST,
    S_DUES,
    S_PAYOUTS,
    S_FEES,
    S_OTHER,
    S_LOST,
    S_NET,
    S_NET_CHECK,
    S_FUND,
    S_OPENING,
    S_INTEREST,
    S_BALANCE,
    S_WAITING,
    S_BALANCE_CHECK,
    S_OFF,
    S_NEW,
    S_GUARANTEED,
    S_PROVISION,
    S_ACCOUNTS,
    S_BOOKED,
    S_ROWS
};

static const struct mld_year_row state_rows[S_ROWS] = {
    [S_BUDGET] = { MLD_YEAR_TITLE, .french = "Budget de l'État", .english = "Budget of the State" },
    [S_COMMITMENTS] = { MLD_YEAR_FLOW, .series = "state_commitments",
                        .french = "Autorisations d'engagement (AE)",
                        .english = "Commitment appropriations (AE)" },
    [S_CREDITS] = { MLD_YEAR_FLOW, .series = "state_budget",
                    .french = "Crédits de paiement (CP)\u00a0: dotation (à défaut, indemnités)",
                    .english = "Payment appropriations (CP): dotation (without one, payouts)" },
    [S_OPERATOR] = { MLD_YEAR_FLOW, .series = "state_operator_cost",
                     .french = "Coût de l'opérateur", .english = "Operator cost" },
    [S_ALL_CREDITS] = { MLD_YEAR_FLOW, .french = "Total du budget, CP",
                        .english = "Total budget, CP", .style = MLD_STYLE_TOTAL,
                        .term = { { S_CREDITS, 1, 0 }, { S_OPERATOR, 1, 0 } } },
    [S_COST] = { MLD_YEAR_TITLE, .french = "Coût net (hors produits financiers)",
                 .english = "Net cost (yield left out)" },
    [S_DUES] = { MLD_YEAR_FLOW, .series = "state_dues" },
    [S_PAYOUTS] = { MLD_YEAR_FLOW, .series = "state_payouts" },
    [S_FEES] = { MLD_YEAR_FLOW, .series = "state_fees" },
    [S_OTHER] = { MLD_YEAR_FLOW, .series = "state_other_receipts" },
    [S_LOST] = { MLD_YEAR_FLOW, .series = "state_lost_receivable" },
    [S_NET] = { MLD_YEAR_FLOW, .series = "state_net_cost" },
    [S_NET_CHECK] = { MLD_YEAR_CHECK, .french = "Contrôle du coût net (0 attendu)",
                      .english = "Check of net cost (0 expected)", .needs = "state_other_receipts",
                      .style = MLD_STYLE_CHECK,
                      .term = { { S_PAYOUTS, 1, 0 },
                                { S_OPERATOR, 1, 0 },
                                { S_FEES, -1, 0 },
                                { S_OTHER, -1, 0 },
                                { S_LOST, 1, 0 },
                                { S_NET, -1, 0 } } },
    [S_FUND] = { MLD_YEAR_TITLE, .french = "Fonds de garantie", .english = "Guarantee fund" },
    [S_OPENING] = { MLD_YEAR_STOCK, .french = "Solde d'ouverture", .english = "Opening balance",
                    .style = MLD_STYLE_FLOW, .term = { { S_BALANCE, 1, 1 } } },
    [S_INTEREST] = { MLD_YEAR_FLOW, .series = "state_interest" },
    [S_BALANCE] = { MLD_YEAR_STOCK, .series = "state_balance", .french = "Solde de clôture",
                    .english = "Closing balance" },
    [S_BALANCE_CHECK] = { MLD_YEAR_CHECK, .french = "Contrôle du solde (0 attendu)",
                          .english = "Check of balance (0 expected)", .needs = "state_interest",
                          .style = MLD_STYLE_CHECK,
                          .term = { { S_OPENING, 1, 0 },
                                    { S_CREDITS, 1, 0 },
                                    { S_FEES, 1, 0 },
                                    { S_OTHER, 1, 0 },
                                    { S_INTEREST, 1, 0 },
                                    { S_PAYOUTS, -1, 0 },
                                    { S_BALANCE, -1, 0 } } },
    [S_WAITING] = { MLD_YEAR_STOCK, .series = "state_waiting" },
    [S_OFF] = { MLD_YEAR_TITLE, .french = "Hors bilan", .english = "Off balance sheet" },
    [S_NEW] = { MLD_YEAR_FLOW, .series = "state_new_guaranteed" },
    [S_GUARANTEED] = { MLD_YEAR_STOCK, .series = "state_guaranteed",
                       .french = "Encours garanti, fin d'année",
                       .english = "Guaranteed amount outstanding, end of year" },
    [S_PROVISION] = { MLD_YEAR_STOCK, .series = "provision",
                      .french = "Provision pour indemnités à venir, fin d'année",
                      .english = "Provision for dues to come, end of year" },
    [S_ACCOUNTS] = { MLD_YEAR_TITLE, .french = "Comptabilité nationale",
                     .english = "National accounts" },
    [S_BOOKED] = { MLD_YEAR_FLOW, .series = "state_booked",
                   .french = "Enregistré en comptabilité nationale",
                   .english = "Booked in national accounts" }
};

void mld_sheet_fund_by_year(struct mld_book *book)
{
    struct mld_years years;
    mld_years_begin(&years, book,
                    mld_book_sheet(book, "Flux par an", "Flows by year", "flows-by-year"), F_ROWS,
                    fund_rows);
    for (int branch = 0; branch < book->summary->designs; branch++)
        mld_years_means(&years, branch);
    if (book->summary->designs > 1)
        mld_years_differences(&years);
    for (int branch = 0; branch < book->summary->designs; branch++)
        mld_years_spread(&years, branch);
    struct mld_chart *chart = mld_years_chart(&years, "Appels et distributions par an, moyennes",
                                              "Calls and distributions by year, means");
    mld_years_draw(chart, mld_book_say(book, "Appels, sans garantie", "Calls, without guarantee"),
                   years.place[MLD_WITHOUT][F_CALLS], MLD_COLOUR_CALLS);
    mld_years_draw(chart,
                   mld_book_say(book, "Distributions, sans garantie",
                                "Distributions, without guarantee"),
                   years.place[MLD_WITHOUT][F_DISTRIBUTIONS], MLD_COLOUR_WITHOUT);
    mld_years_draw(
        chart, mld_book_say(book, "Distributions, avec garantie", "Distributions, with guarantee"),
        years.place[MLD_WITH][F_DISTRIBUTIONS], MLD_COLOUR_WITH);
    mld_book_drop_empty(book, chart);
}

void mld_sheet_state_by_year(struct mld_book *book)
{
    struct mld_years years;
    if (!mld_book_fan(book, MLD_WITH, "state_payouts"))
        return;
    mld_years_begin(&years, book,
                    mld_book_sheet(book, "Compte de l’État", "State account", "state-by-year"),
                    S_ROWS, state_rows);
    for (int branch = MLD_WITH; branch < book->summary->designs; branch++) {
        mld_years_means(&years, branch);
        mld_years_spread(&years, branch);
    }
    struct mld_chart *chart = mld_years_chart(&years, "Indemnités versées par an",
                                              "Payouts by year");
    mld_years_draw(chart, mld_book_say(book, "moyenne", "mean"), years.place[MLD_WITH][S_PAYOUTS],
                   MLD_COLOUR_WITH);
    mld_years_draw(chart,
                   mld_book_say(book, "dépassé une fois sur vingt (95\u00a0%)",
                                "exceeded once in twenty (95%)"),
                   years.high_place[MLD_WITH][S_PAYOUTS], MLD_COLOUR_WITH_TAIL);
    mld_book_drop_empty(book, chart);
}
