/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of the budget, from the scenario that a results file keeps. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rows/rows.h"

/* A number of the list's item i; `otherwise` where the file has it not, as earlier ones. */
static double number_of(const struct mld_results *results, const char *list, int i, const char *key,
                        double otherwise)
{
    char name[64];
    size_t n;
    const struct mld_echo *echo = mld_results_echo(results, &n);
    snprintf(name, sizeof name, "guarantee.%s[%d].%s", list, i, key);
    for (size_t k = 0; k < n; k++)
        if (!strcmp(echo[k].key, name))
            return strtod(echo[k].value, NULL);
    return otherwise;
}

static int calendar_year(const struct mld_results *results, double year)
{
    const struct mld_grid *grid = mld_results_grid(results);
    return mld_grid_calendar_year(grid, (int)year * grid->periods_per_year);
}

int mld_rows_budget(const struct mld_results *results,
                    struct mld_budget_line line[MLD_BUDGET_LINES])
{
    int n = 0, years = mld_results_grid(results)->horizon_years;
    for (int i = 0; i < MLD_MAX_DOTATIONS; i++) {
        double cp = number_of(results, "dotation", i, "amount", NAN),
               year = number_of(results, "dotation", i, "year", 0);
        if (!(cp >= 0) || !(year >= 0 && year < years))
            break;
        line[n++] = (struct mld_budget_line){
            .year = calendar_year(results, year),
            .programme = (int)number_of(results, "dotation", i, "programme", MLD_PROGRAMME),
            .action = (int)number_of(results, "dotation", i, "action", 0),
            .ae = number_of(results, "dotation", i, "ae", cp),
            .cp = cp
        };
    }
    int dotations = n;
    for (int i = 0; dotations && i < MLD_MAX_GAGES; i++) {
        double amount = number_of(results, "gage", i, "amount", NAN);
        if (!(amount >= 0))
            break;
        line[n++] = (struct mld_budget_line){ .year = line[0].year,
                                              .programme = (int)number_of(results, "gage", i,
                                                                          "programme", 0),
                                              .is_gage = 1,
                                              .ae = -number_of(results, "gage", i, "ae", amount),
                                              .cp = -amount };
    }
    return n;
}

int mld_rows_programme(const struct mld_results *results)
{
    struct mld_budget_line line[MLD_BUDGET_LINES];
    int n = mld_rows_budget(results, line), programme = n ? line[0].programme : MLD_PROGRAMME;
    for (int i = 0; i < n; i++)
        if (!line[i].is_gage && line[i].programme != programme)
            return 0;
    return programme;
}
