/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other vehicles of a path, and what its deals come with (model, section 20). */
#include "report/replay_parts.h"

/* A column, and the series of a feeder that it shows. */
struct feeder_row {
    struct mld_table_column column;
    enum mld_feeder_series series;
};

/* By period up to t_L, or by year that ends before it: in others nobody may ask. */
static void feeder_table(const struct mld_replay_view *view, const char *name, const char *title_en,
                         const char *title_fr, const struct mld_table_column leading[3], int n,
                         const struct feeder_row *rows, int years)
{
    struct mld_table_column columns[MLD_COLUMNS_MOST];
    const struct mld_grid *grid = &view->plan->model.grid;
    int steps = years ? grid->last / grid->periods_per_year : grid->last + 1;
    for (int i = 0; i < 3; i++)
        columns[i] = leading[i];
    for (int i = 0; i < n; i++)
        columns[3 + i] = rows[i].column;
    mld_tables_begin(view->tables, name, title_en, title_fr, 3 + n, columns);
    for (int branch = 0; branch < view->plan->n_designs; branch++)
        for (int step = 0; step < steps; step++) {
            mld_tables_text(view->tables, mld_design_names[branch]);
            if (years) {
                mld_tables_number(view->tables, step);
                mld_tables_number(view->tables, mld_grid_calendar_year(
                                                    grid, (step + 1) * grid->periods_per_year - 1));
            } else {
                mld_replay_period(view, step);
            }
            for (int i = 0; i < n; i++)
                mld_tables_number(view->tables,
                                  mld_feeder_row(&view->workspace->design[branch].feeder,
                                                 rows[i].series, step)[0]);
        }
    mld_tables_end(view->tables);
}

#define FEEDER(name, unit, series, en, fr)          \
    {                                               \
        { name, unit, en, fr }, MLD_FEEDER_##series \
    }

static void feeder_by_period(const struct mld_replay_view *view)
{
    static const struct mld_table_column leading[3] = { { "design", "", "design", "montage" },
                                                        { "period", "period", "period", "période" },
                                                        { "date", "", "date", "date" } };
    static const struct feeder_row rows[] = {
        FEEDER("subscribed", "EUR", SUBSCRIBED, "subscribed", "souscrit"),
        FEEDER("bought", "1", BOUGHT, "units bought", "parts achetées"),
        FEEDER("interest", "EUR", INTEREST, "interest on cash", "intérêts de la trésorerie"),
        FEEDER("received", "EUR", RECEIVED, "received of class A", "reçu de la catégorie A"),
        FEEDER("called", "EUR", CALLED, "called by the fund", "appelé par le fonds"),
        FEEDER("paid", "EUR", PAID, "of which paid", "dont payé"),
        FEEDER("fees", "EUR", FEES, "its own costs, paid", "frais propres payés"),
        FEEDER("served", "1", SERVED, "units paid back", "parts rachetées"),
        FEEDER("paid_out", "EUR", PAID_OUT, "paid for them", "payé pour elles"),
        FEEDER("final", "EUR", FINAL, "paid at the end", "payé à la fin"),
        FEEDER("cash", "EUR", CASH, "cash", "trésorerie"),
        FEEDER("units", "1", UNITS, "units", "parts"),
        FEEDER("waiting", "1", WAITING, "units that wait", "parts en attente"),
        FEEDER("value", "EUR", VALUE, "value", "valeur")
    };
    feeder_table(view, "feeder", "The citizens' fund by period", "Le fonds citoyen par période",
                 leading, MLD_COUNT(rows), rows, 0);
}

static void feeder_by_year(const struct mld_replay_view *view)
{
    static const struct mld_table_column leading[3] = {
        { "design", "", "design", "montage" },
        { "year", "year", "year", "an" },
        { "calendar_year", "year", "calendar year of its end", "année civile de sa fin" }
    };
    static const struct feeder_row rows[] = {
        FEEDER("requested", "1", REQUESTED, "units asked back", "parts demandées"),
        FEEDER("in_year", "1", IN_YEAR, "of which paid back at the year's end",
               "dont rachetées à la fin de l'année"),
        FEEDER("due", "1", DUE, "units that the gate lets through",
               "parts que le plafond laisse passer"),
        FEEDER("needed", "1", NEEDED, "pocket that the year takes", "poche que l'année demande")
    };
    feeder_table(view, "feeder_years", "The citizens' fund by year", "Le fonds citoyen par an",
                 leading, MLD_COUNT(rows), rows, 1);
}

static void endowment(const struct mld_replay_view *view)
{
    static const struct mld_table_column columns[] = {
        { "year", "year", "year", "an" },
        { "received", "EUR", "received", "reçu" },
        { "cost", "EUR", "its cost, paid", "frais payés" },
        { "cost_unpaid", "EUR", "of its cost, unpaid", "frais impayés" },
        { "granted", "EUR", "granted", "subventions versées" },
        { "projects", "1", "projects helped", "projets aidés" },
        { "balance", "EUR", "balance", "solde" }
    };
    const struct mld_endowment *flows = &view->workspace->design[MLD_WITHOUT].endowment;
    const double *const series[] = { flows->received, flows->cost,     flows->cost_unpaid,
                                     flows->granted,  flows->projects, flows->balance };
    mld_tables_begin(view->tables, "endowment", "The fonds de dotation by year",
                     "Le fonds de dotation par an", MLD_COUNT(columns), columns);
    for (int year = 0; year < view->plan->endowment.horizon_years; year++) {
        mld_tables_number(view->tables, year);
        for (int i = 0; i < MLD_COUNT(series); i++)
            mld_tables_number(view->tables, series[i][(size_t)year * (size_t)flows->width]);
    }
    mld_tables_end(view->tables);
}

static void indicators_of(const struct mld_replay_view *view, int set)
{
    const struct mld_indicators *kept = &view->workspace->lives[set].indicators;
    for (int i = 0; i < kept->n; i++)
        for (int year = 0; year < kept->years; year++) {
            const struct mld_indicator_sums *sums = mld_indicator_of(kept, 0, i);
            mld_tables_text(view->tables, mld_replay_set_name(view, set));
            mld_tables_text(view->tables, view->plan->model.indicators.item[i].name);
            mld_tables_number(view->tables,
                              mld_grid_calendar_year(&view->plan->model.grid, 0) + year);
            mld_tables_number(view->tables, sums->made[year]);
            mld_tables_number(view->tables, sums->lost[year]);
        }
}

static void indicators(const struct mld_replay_view *view)
{
    static const struct mld_table_column columns[] = {
        { "design", "", "design", "montage" },
        { "indicator", "", "indicator", "indicateur" },
        { "calendar_year", "year", "calendar year", "année civile" },
        { "made", "1", "what deals come with", "ce qui accompagne les opérations" },
        { "lost", "1", "lost to defaults", "perdu par les défauts" }
    };
    mld_tables_begin(view->tables, "indicators", "Value created by year", "Valeur créée par an",
                     MLD_COUNT(columns), columns);
    for (int set = 0; set < mld_replay_sets(view); set++)
        indicators_of(view, set);
    mld_tables_end(view->tables);
}

void mld_replay_vehicles(const struct mld_replay_view *view)
{
    if (view->plan->feeder.present) {
        feeder_by_period(view);
        feeder_by_year(view);
    }
    if (view->plan->endowment.present)
        endowment(view);
    if (view->plan->model.indicators.n > 0)
        indicators(view);
}
