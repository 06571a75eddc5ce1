/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts of the vehicles beside the fund by calendar year (model, section 20). */
#include "export/years.h"

enum {
    C_TITLE,
    C_SUBSCRIBED,
    C_INTEREST,
    C_RECEIVED,
    C_CALLS,
    C_FEES,
    C_PAID_OUT,
    C_FINAL,
    C_POCKET,
    C_CHECK,
    C_UNMET,
    C_REQUESTED,
    C_REQUESTED_EUR,
    C_SERVED,
    C_WAITING,
    C_WAITING_EUR,
    C_NEEDED,
    E_TITLE,
    E_RECEIVED,
    E_COST,
    E_GRANTED,
    E_BALANCE,
    E_CHECK,
    E_PARTNERS,
    E_PROJECTS,
    I_TITLE,
    I_MADE,
    I_LOST = I_MADE + MLD_MAX_INDICATORS,
    ROWS = I_LOST + MLD_MAX_INDICATORS
};

#define INDICATOR(k, n)                                                      \
    [I_MADE + (k)] = { MLD_YEAR_FLOW, .series = "indicator_" n "_by_year" }, \
              [I_LOST + (k)] = { MLD_YEAR_FLOW, .series = "indicator_" n "_lost_by_year" }

static const struct mld_year_row rows[ROWS] = {
    [C_TITLE] = { MLD_YEAR_TITLE, .french = "Fonds citoyen", .english = "Citizens' fund" },
    [C_SUBSCRIBED] = { MLD_YEAR_FLOW, .series = "feeder_subscribed_by_year" },
    [C_INTEREST] = { MLD_YEAR_FLOW, .series = "feeder_interest_by_year" },
    [C_RECEIVED] = { MLD_YEAR_FLOW, .series = "feeder_received_by_year" },
    [C_CALLS] = { MLD_YEAR_FLOW, .series = "feeder_calls_by_year" },
    [C_FEES] = { MLD_YEAR_FLOW, .series = "feeder_fees_by_year" },
    [C_PAID_OUT] = { MLD_YEAR_FLOW, .series = "feeder_paid_out_by_year" },
    [C_FINAL] = { MLD_YEAR_FLOW, .series = "feeder_final_by_year" },
    [C_POCKET] = { MLD_YEAR_STOCK, .series = "feeder_pocket" },
    [C_CHECK] = { MLD_YEAR_CHECK, .french = "Contrôle de la poche (0 attendu)",
                  .english = "Check of the pocket (0 expected)", .needs = "feeder_pocket",
                  .style = MLD_STYLE_CHECK,
                  .term = { { C_POCKET, 1, 1 },
                            { C_SUBSCRIBED, 1, 0 },
                            { C_INTEREST, 1, 0 },
                            { C_RECEIVED, 1, 0 },
                            { C_CALLS, -1, 0 },
                            { C_FEES, -1, 0 },
                            { C_PAID_OUT, -1, 0 },
                            { C_FINAL, -1, 0 },
                            { C_POCKET, -1, 0 } } },
    [C_UNMET] = { MLD_YEAR_FLOW, .series = "feeder_unmet_by_year" },
    [C_REQUESTED] = { MLD_YEAR_FLOW, .series = "feeder_requested_units" },
    [C_REQUESTED_EUR] = { MLD_YEAR_FLOW, .series = "feeder_requested_eur" },
    [C_SERVED] = { MLD_YEAR_FLOW, .series = "feeder_served_units" },
    [C_WAITING] = { MLD_YEAR_STOCK, .series = "feeder_waiting_units" },
    [C_WAITING_EUR] = { MLD_YEAR_STOCK, .series = "feeder_waiting_eur" },
    [C_NEEDED] = { MLD_YEAR_STOCK, .series = "feeder_needed", .style = MLD_STYLE_RATE },
    [E_TITLE] = { MLD_YEAR_TITLE, .french = "Fonds de dotation", .english = "Endowment" },
    [E_RECEIVED] = { MLD_YEAR_FLOW, .series = "endowment_received" },
    [E_COST] = { MLD_YEAR_FLOW, .series = "endowment_cost" },
    [E_GRANTED] = { MLD_YEAR_FLOW, .series = "endowment_granted" },
    [E_BALANCE] = { MLD_YEAR_STOCK, .series = "endowment_balance" },
    [E_CHECK] = { MLD_YEAR_CHECK, .french = "Contrôle du solde (0 attendu)",
                  .english = "Check of the balance (0 expected)", .needs = "endowment_balance",
                  .style = MLD_STYLE_CHECK,
                  .term = { { E_BALANCE, 1, 1 },
                            { E_RECEIVED, 1, 0 },
                            { E_COST, -1, 0 },
                            { E_GRANTED, -1, 0 },
                            { E_BALANCE, -1, 0 } } },
    [E_PARTNERS] = { MLD_YEAR_FLOW, .series = "endowment_partners" },
    [E_PROJECTS] = { MLD_YEAR_FLOW, .series = "endowment_projects" },
    [I_TITLE] = { MLD_YEAR_TITLE,
                  .french = "Ce qui accompagne le financement, sans qu'il soit dit additionnel",
                  .english = "What comes with the financing, not said to be additional" },
    INDICATOR(0, "1"),
    INDICATOR(1, "2"),
    INDICATOR(2, "3"),
    INDICATOR(3, "4"),
    INDICATOR(4, "5"),
    INDICATOR(5, "6")
};

/* Whether the file has something for the sheet. */
static int has_vehicle(const struct mld_book *book)
{
    for (int i = 0; i < ROWS; i++)
        if (rows[i].series && mld_book_fan(book, MLD_WITHOUT, rows[i].series))
            return 1;
    return 0;
}

void mld_sheet_vehicles(struct mld_book *book)
{
    struct mld_years years;
    if (!has_vehicle(book))
        return;
    mld_years_begin(&years, book,
                    mld_book_sheet(book, "Autres véhicules", "Other vehicles", "other-vehicles"),
                    ROWS, rows);
    /* what comes of lives alone is the same in each design: told once, but for the feeder's */
    int designs = mld_book_fan(book, MLD_WITHOUT, "feeder_pocket") ? book->summary->designs : 1;
    for (int design = 0; design < designs; design++)
        mld_years_means(&years, design);
    for (int design = 0; design < designs; design++)
        mld_years_spread(&years, design);
}
