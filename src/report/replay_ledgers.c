/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ledgers by period: the deals added up, the guarantor, the fund, its waterfall tier by tier. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "report/replay_parts.h"

/* A column of a ledger, and where its series stands in the struct that holds it. */
struct ledger_row {
    struct mld_table_column column;
    size_t offset;
};

static const double *series_of(const void *holder, size_t offset)
{
    return *(double *const *)((const char *)holder + offset);
}

/* A ledger: what it is called, the columns that say of what a line is, and its series. */
struct ledger {
    const char *name, *title_en, *title_fr;
    int lead;
    const struct mld_table_column *leading;
    int n;
    const struct ledger_row *rows;
};

/* `columns` are read until the table ends. */
static void begin(const struct mld_replay_view *view, const struct ledger *ledger,
                  struct mld_table_column columns[MLD_COLUMNS_MOST])
{
    for (int i = 0; i < ledger->lead; i++)
        columns[i] = ledger->leading[i];
    for (int i = 0; i < ledger->n; i++)
        columns[ledger->lead + i] = ledger->rows[i].column;
    mld_tables_begin(view->tables, ledger->name, ledger->title_en, ledger->title_fr,
                     ledger->lead + ledger->n, columns);
}

static const struct mld_table_column design_period[] = { { "design", "", "design", "montage" },
                                                         { "period", "period", "period",
                                                           "période" },
                                                         { "date", "", "date", "date" } };

/* ---- pools ---- */

#define POOL(field, en, fr)                                          \
    {                                                                \
        { #field, "EUR", en, fr }, offsetof(struct mld_pools, field) \
    }

void mld_replay_pools(const struct mld_replay_view *view)
{
    static const struct ledger_row rows[] = { POOL(invested, "invested", "investi"),
                                              POOL(income, "income", "revenus"),
                                              POOL(capital, "capital", "capital"),
                                              POOL(outstanding, "outstanding", "encours"),
                                              POOL(nav, "value", "valeur") };
    struct mld_table_column columns[MLD_COLUMNS_MOST];
    begin(view,
          &(struct ledger){ "pools", "All deals by period", "Ensemble des opérations par période",
                            3, design_period, MLD_COUNT(rows), rows },
          columns);
    for (int set = 0; set < mld_replay_sets(view); set++)
        for (int t = 0; t <= view->plan->model.grid.last; t++) {
            mld_tables_text(view->tables, mld_replay_set_name(view, set));
            mld_replay_period(view, t);
            for (int i = 0; i < MLD_COUNT(rows); i++)
                mld_tables_number(
                    view->tables,
                    series_of(&view->workspace->lives[set].pools,
                              rows[i].offset)[(size_t)t * (size_t)view->workspace->width]);
        }
    mld_tables_end(view->tables);
}

/* ---- guarantor ---- */

#define GUARANTOR(field, en, fr)                                               \
    {                                                                          \
        { #field, "EUR", en, fr }, offsetof(struct mld_guarantee_flows, field) \
    }

void mld_replay_guarantor(const struct mld_replay_view *view)
{
    static const struct ledger_row rows[] = {
        GUARANTOR(interest, "yield", "produits"),
        GUARANTOR(dotation, "dotation", "dotation"),
        GUARANTOR(fee, "fees", "commissions"),
        GUARANTOR(fee_fund, "of which paid by the fund", "dont à la charge du fonds"),
        GUARANTOR(upside, "share of gains", "part des plus-values"),
        GUARANTOR(owed_back, "owed back", "à restituer"),
        GUARANTOR(counter, "counter-guarantee", "contre-garantie"),
        GUARANTOR(due, "due", "dû"),
        GUARANTOR(payout, "paid", "payé"),
        GUARANTOR(waiting, "waiting", "en attente"),
        GUARANTOR(balance, "balance", "solde"),
        GUARANTOR(covered_loss, "losses counted C(t)", "pertes comptées C(t)"),
        GUARANTOR(cumulated_due, "due to date P(t)", "dû cumulé P(t)"),
        GUARANTOR(fee_base, "base of the fee", "assiette de la commission"),
        GUARANTOR(guaranteed, "guaranteed", "encours garanti"),
        GUARANTOR(new_guaranteed, "newly guaranteed", "nouvellement garanti"),
        GUARANTOR(operator_cost, "operator's cost", "coût de l'opérateur")
    };
    struct mld_table_column columns[MLD_COLUMNS_MOST];
    const struct mld_guarantee_flows *flows = &view->workspace->design[MLD_WITH].guarantee;
    begin(view,
          &(struct ledger){ "guarantor", "The guarantor by period", "Le garant par période", 2,
                            design_period + 1, MLD_COUNT(rows), rows },
          columns);
    for (int t = 0; t <= view->plan->model.grid.last; t++) {
        mld_replay_period(view, t);
        for (int i = 0; i < MLD_COUNT(rows); i++)
            mld_tables_number(view->tables,
                              series_of(flows, rows[i].offset)[(size_t)t * (size_t)flows->width]);
    }
    mld_tables_end(view->tables);
}

/* ---- fund ---- */

#define FUND(name, field, en, fr)                                       \
    {                                                                   \
        { name, "EUR", en, fr }, offsetof(struct mld_fund_flows, field) \
    }

static const struct ledger_row fund_rows[] = {
    FUND("invested", invested, "invested", "investi"),
    FUND("income", income, "income", "revenus"),
    FUND("capital", capital, "capital", "capital"),
    FUND("payout", payout, "payouts", "indemnisations"),
    FUND("interest", interest, "interest on cash", "intérêts de la trésorerie"),
    FUND("call", call, "calls", "appels"),
    FUND("recalled", recalled, "of what is distributed, callable again",
         "rappelable, de ce qui est distribué"),
    FUND("management_charged", management_fee, "management fee", "frais de gestion"),
    FUND("other_charged", other_cost, "set-up and running costs",
         "frais de constitution et de fonctionnement"),
    FUND("guarantee_charged", guarantee_cost, "owed to the guarantor", "dû au garant"),
    FUND("guarantee_fee", guarantee_fee, "of which fees", "dont commissions"),
    FUND("management_paid", paid_management, "management fee paid", "frais de gestion payés"),
    FUND("other_paid", paid_other, "other costs paid", "autres frais payés"),
    FUND("guarantee_paid", paid_guarantee, "guarantor paid", "payé au garant"),
    FUND("costs_waiting", cost_waiting, "costs waiting", "frais en attente"),
    FUND("distributed_a", distribution[MLD_CLASS_A], "to A", "à A"),
    FUND("distributed_b", distribution[MLD_CLASS_B], "to B", "à B"),
    FUND("distributed_c", distribution[MLD_CLASS_C], "to C", "à C"),
    FUND("carry", carry, "of which carry", "dont carried interest"),
    FUND("clawed", clawed, "carry paid back to A and B", "carried interest restitué à A et B"),
    FUND("beneficiary", beneficiary, "to the beneficiary", "au bénéficiaire"),
    FUND("impact_to_a", impact_to_a, "of A's: impact", "dont à A : impact"),
    FUND("set_aside", set_aside, "set aside for C", "réservé pour C"),
    FUND("aside_used", aside_used, "set aside, used first", "réservé, utilisé d'abord"),
    FUND("cash", cash, "cash", "trésorerie"),
    FUND("outstanding", outstanding, "outstanding", "encours"),
    FUND("nav_deals", nav_deals, "value of deals", "valeur des opérations")
};

/* Of a fund that is given grants, and of one that a bank lends to. */
static const struct ledger_row grant_rows[] = { FUND("unspent", unspent, "grants unspent",
                                                     "subventions non dépensées") };
static const struct ledger_row line_rows[] = {
    FUND("borrowed", borrowed, "borrowed", "emprunté"),
    FUND("repaid", repaid, "repaid to the bank", "remboursé à la banque"),
    FUND("line_charged", line_cost, "of other costs: the credit line",
         "des autres frais : ligne de crédit")
};

enum { FUND_ROWS_MOST = MLD_COUNT(fund_rows) + MLD_COUNT(grant_rows) + MLD_COUNT(line_rows) };

static int has_grants(const struct mld_replay_view *view) { return view->plan->fund.n_grants > 0; }
static int has_line(const struct mld_replay_view *view)
{
    return view->plan->fund.credit_line.limit > 0;
}

static int add_rows(struct ledger_row rows[FUND_ROWS_MOST], int n, int more,
                    const struct ledger_row *added)
{
    memcpy(rows + n, added, (size_t)more * sizeof *added);
    return n + more;
}

static int list_fund_rows(const struct mld_replay_view *view,
                          struct ledger_row rows[FUND_ROWS_MOST])
{
    int n = add_rows(rows, 0, MLD_COUNT(fund_rows), fund_rows);
    if (has_grants(view))
        n = add_rows(rows, n, MLD_COUNT(grant_rows), grant_rows);
    return has_line(view) ? add_rows(rows, n, MLD_COUNT(line_rows), line_rows) : n;
}

/* What is owed and paid off, added up as the fund does: costs of a kind that wait, the line. */
struct waiting {
    const double *charged, *paid;
    double amount;
};

static double wait_on(struct waiting *waiting, size_t at)
{
    waiting->amount = waiting->amount + waiting->charged[at] - waiting->paid[at];
    return waiting->amount;
}

static void fund_branch(const struct mld_replay_view *view, int branch, int n,
                        const struct ledger_row *rows)
{
    const struct mld_fund_flows *flows = &view->workspace->design[branch].fund;
    struct waiting waiting[] = { { flows->management_fee, flows->paid_management, 0 },
                                 { flows->other_cost, flows->paid_other, 0 },
                                 { flows->guarantee_cost, flows->paid_guarantee, 0 },
                                 { flows->borrowed, flows->repaid, 0 } };
    for (int t = 0; t <= view->plan->model.grid.last; t++) {
        size_t at = (size_t)t * (size_t)flows->width;
        mld_tables_text(view->tables, mld_design_names[branch]);
        mld_replay_period(view, t);
        mld_tables_number(view->tables, flows->score[0]);
        for (int kind = 0; kind < MLD_COUNT(waiting) - !has_line(view); kind++)
            mld_tables_number(view->tables, wait_on(&waiting[kind], at));
        if (has_grants(view))
            mld_tables_number(view->tables,
                              mld_fund_granted_in(&view->plan->model.grid, &view->plan->fund, t));
        for (int i = 0; i < n; i++)
            mld_tables_number(view->tables, series_of(flows, rows[i].offset)[at]);
    }
}

void mld_replay_fund(const struct mld_replay_view *view)
{
    struct mld_table_column leading[9] = {
        { "design", "", "design", "montage" },
        { "period", "period", "period", "période" },
        { "date", "", "date", "date" },
        { "impact_score", "1", "impact score", "score d'impact" },
        { "management_waiting", "EUR", "management fee waiting", "frais de gestion en attente" },
        { "other_waiting", "EUR", "other costs waiting", "autres frais en attente" },
        { "guarantee_waiting", "EUR", "guarantor waiting", "dû au garant en attente" }
    };
    struct mld_table_column columns[MLD_COLUMNS_MOST];
    struct ledger_row rows[FUND_ROWS_MOST];
    int n = list_fund_rows(view, rows), lead = 7;
    if (has_line(view))
        leading[lead++] = (struct mld_table_column){ "line_balance", "EUR",
                                                     "drawn on the credit line",
                                                     "encours de la ligne de crédit" };
    if (has_grants(view))
        leading[lead++] = (struct mld_table_column){ "granted", "EUR", "grants", "subventions" };
    begin(view,
          &(struct ledger){ "fund", "The fund by period", "Le fonds par période", lead, leading, n,
                            rows },
          columns);
    for (int branch = 0; branch < view->plan->n_designs; branch++)
        fund_branch(view, branch, n, rows);
    mld_tables_end(view->tables);
}

/* ---- closings ---- */

/* What the newcomers of a closing pay to the earlier members of a class; both: [path]. */
static void closing_row(const struct mld_replay_view *view, int branch, int k, int class,
                        double *principal, double *interest)
{
    static const char *const names[MLD_CLASSES] = { "A", "B", "C" };
    const struct mld_fund_spec *fund = &view->plan->fund;
    const struct mld_closing *closing = &fund->closing[k];
    mld_fund_equalise(&view->workspace->design[branch].fund, &view->plan->model.grid, fund, class,
                      k, principal, interest);
    mld_tables_text(view->tables, mld_design_names[branch]);
    mld_tables_number(view->tables, k + 1);
    mld_replay_period(view, closing->period);
    mld_tables_text(view->tables, names[class]);
    mld_tables_number(view->tables, closing->share * fund->share_class[class].commitment);
    mld_tables_number(view->tables, closing->share / mld_fund_admitted(fund, closing->period));
    mld_tables_number(view->tables, principal[0]);
    mld_tables_number(view->tables, interest[0]);
}

enum mld_status mld_replay_closings(const struct mld_replay_view *view)
{
    static const struct mld_table_column columns[] = {
        { "design", "", "design", "montage" },
        { "closing", "index", "closing", "closing" },
        { "period", "period", "period", "période" },
        { "date", "", "date", "date" },
        { "class", "", "class", "parts" },
        { "admitted", "EUR", "commitments admitted", "engagements admis" },
        { "part", "1", "part of those admitted so far", "part des engagements admis jusque-là" },
        { "capital", "EUR", "paid to earlier members", "versé aux précédents" },
        { "interest", "EUR", "interest paid to them", "intérêts versés aux précédents" }
    };
    const struct mld_fund_spec *fund = &view->plan->fund;
    size_t width = (size_t)view->workspace->width;
    double *paid = malloc(2 * width * sizeof *paid);
    if (!paid)
        return MLD_ERR_MEMORY;
    mld_tables_begin(view->tables, "closings", "What newcomers pay to earlier members",
                     "Ce que les nouveaux souscripteurs versent aux précédents", MLD_COUNT(columns),
                     columns);
    for (int branch = 0; branch < view->plan->n_designs; branch++)
        for (int k = 1; k < fund->n_closings; k++)
            for (int class = 0; class < MLD_CLASSES; class ++)
                if (fund->share_class[class].commitment > 0)
                    closing_row(view, branch, k, class, paid, paid + width);
    mld_tables_end(view->tables);
    free(paid);
    return MLD_OK;
}

/* ---- waterfall ---- */

static void waterfall_period(const struct mld_replay_view *view, int branch, int t)
{
    const struct mld_fund_flows *flows = &view->workspace->design[branch].fund;
    for (int i = 0; i < view->plan->fund.n_tiers; i++) {
        const struct mld_tier *tier = &view->plan->fund.tier[i];
        mld_tables_text(view->tables, mld_design_names[branch]);
        mld_replay_period(view, t);
        mld_tables_number(view->tables, i + 1);
        mld_tables_text(view->tables, mld_tiers[tier->type]->name);
        mld_tables_text(view->tables,
                        mld_tiers[tier->type]->pays ? mld_tier_to_names[tier->to] : "all");
        mld_tables_number(view->tables,
                          flows->tier_paid[(size_t)(i * view->plan->model.grid.periods + t) *
                                           (size_t)flows->width]);
    }
}

void mld_replay_waterfall(const struct mld_replay_view *view)
{
    static const struct mld_table_column columns[] = { { "design", "", "design", "montage" },
                                                       { "period", "period", "period", "période" },
                                                       { "date", "", "date", "date" },
                                                       { "rank", "index", "rank", "rang" },
                                                       { "tier", "", "tier", "étage" },
                                                       { "to", "", "to", "à" },
                                                       { "paid", "EUR", "paid or set aside",
                                                         "payé ou réservé" } };
    mld_tables_begin(view->tables, "waterfall", "The waterfall, tier by tier",
                     "La cascade, étage par étage", MLD_COUNT(columns), columns);
    for (int branch = 0; branch < view->plan->n_designs; branch++)
        for (int t = 0; t <= view->plan->model.grid.last; t++)
            waterfall_period(view, branch, t);
    mld_tables_end(view->tables);
}
