/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts of the vehicles beside the fund by calendar year (model, section 20). */
#include "export/years.h"

enum {
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
    mld_years_means(&years, MLD_WITHOUT);
    mld_years_spread(&years, MLD_WITHOUT);
}
