/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts of the vehicles beside the fund by calendar year (model, section 20). */
#include "export/years.h"

enum { E_TITLE, E_RECEIVED, E_COST, E_GRANTED, E_BALANCE, E_CHECK, E_PARTNERS, E_PROJECTS, ROWS };

static const struct mld_year_row rows[ROWS] = {
    [E_TITLE] = { MLD_YEAR_TITLE, .french = "Fonds de dotation", .english = "Endowment" },
    [E_RECEIVED] = { MLD_YEAR_FLOW, .series = "endowment_received" },
    [E_COST] = { MLD_YEAR_FLOW, .series = "endowment_cost" },
    [E_GRANTED] = { MLD_YEAR_FLOW, .series = "endowment_granted" },
    [E_BALANCE] = { MLD_YEAR_STOCK, .series = "endowment_balance" },
    [E_CHECK] = { MLD_YEAR_CHECK, .french = "Contrôle du solde (0 attendu)",
                  .english = "Check of the balance (0 expected)", .style = MLD_STYLE_CHECK,
                  .term = { { E_BALANCE, 1, 1 },
                            { E_RECEIVED, 1, 0 },
                            { E_COST, -1, 0 },
                            { E_GRANTED, -1, 0 },
                            { E_BALANCE, -1, 0 } } },
    [E_PARTNERS] = { MLD_YEAR_FLOW, .series = "endowment_partners" },
    [E_PROJECTS] = { MLD_YEAR_FLOW, .series = "endowment_projects" },
};

void mld_sheet_vehicles(struct mld_book *book)
{
    struct mld_years years;
    if (!mld_book_fan(book, MLD_WITHOUT, "endowment_received"))
        return;
    mld_years_begin(&years, book,
                    mld_book_sheet(book, "Autres véhicules", "Other vehicles", "other-vehicles"),
                    ROWS, rows);
    mld_years_means(&years, MLD_WITHOUT);
    mld_years_spread(&years, MLD_WITHOUT);
}
