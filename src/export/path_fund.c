/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fund on one path (model, section 8), period by period as src/fund does it: fees, calls, what
 * pays the costs, the reserve; then its tiers (path_tiers.c). Where a scenario has what these
 * formulas have not, its lines are the engine's numbers, and the sheet says so.
 */
#include "export/path.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WORDS = 1536 };

static const char *say(const struct mld_path_book *path, const char *french, const char *english)
{
    return path->model.book->french ? french : english;
}

const char *mld_path_fund_fault(const struct mld_path_book *path)
{
    const struct mld_fund_spec *fund = &path->plan->fund;
    if (fund->n_closings > 1)
        return say(path, "plusieurs closings", "several closings");
    if (fund->credit_line.limit > 0)
        return say(path, "une ligne de crédit", "a credit line");
    if (fund->n_grants > 0)
        return say(path, "des subventions", "grants");
    return NULL;
}

/* ---- inputs ---- */

static double periods_of(const struct mld_path_book *path, double years)
{
    double t = floor(path->model.book->grid->periods_per_year * years + 0.5);
    return t < path->model.book->grid->periods ? t : path->model.book->grid->periods;
}

/* "fee 2, rate" and its key "fee2_rate". */
static void numbered(struct mld_path_book *path, int i, const char *what, const char *french,
                     const char *english, enum mld_style style, double value)
{
    char key[MLD_KEY_SIZE], label[2][128];
    snprintf(key, sizeof key, "fee_%d_%.12s", i + 1, what);
    snprintf(label[0], sizeof label[0], "frais %d, %s", i + 1, french);
    snprintf(label[1], sizeof label[1], "fee %d, %s", i + 1, english);
    mld_path_input(path, key, label[0], label[1], style, value);
}

static void put_fees(struct mld_path_book *path)
{
    struct mld_fund_fee row[MLD_MAX_FEES];
    int n = mld_fund_fees(&path->plan->fund, row);
    for (int i = 0; i < n; i++) {
        numbered(path, i, "rate", "taux par an", "rate a year", MLD_STYLE_RATE, row[i].rate);
        numbered(path, i, "minimum", "minimum par an", "minimum a year", MLD_STYLE_MONEY,
                 row[i].minimum);
        numbered(path, i, "amount", "montant fixe par an", "fixed amount a year", MLD_STYLE_MONEY,
                 row[i].amount);
        numbered(path, i, "from", "première période", "first period", MLD_STYLE_WHOLE,
                 periods_of(path, row[i].from_year));
        numbered(path, i, "to", "période de fin, exclue", "end, not included", MLD_STYLE_WHOLE,
                 periods_of(path, row[i].to_year));
    }
}

void mld_path_fund_inputs(struct mld_path_book *path)
{
    const struct mld_fund_spec *fund = &path->plan->fund;
    mld_path_input(path, "commit_a", "engagements des parts A", "commitments of class A",
                   MLD_STYLE_MONEY, fund->share_class[MLD_CLASS_A].commitment);
    mld_path_input(path, "commit_b", "engagements des parts B", "commitments of class B",
                   MLD_STYLE_MONEY, fund->share_class[MLD_CLASS_B].commitment);
    mld_path_input(path, "commit_c", "engagements des parts C", "commitments of class C",
                   MLD_STYLE_MONEY, fund->share_class[MLD_CLASS_C].commitment);
    mld_path_input(path, "commitments", "engagements", "commitments", MLD_STYLE_MONEY,
                   fund->commitments);
    if (mld_path_fund_fault(path))
        return;
    mld_path_input(path, "investing", "périodes d'investissement", "investment periods",
                   MLD_STYLE_WHOLE, fund->investment_periods);
    mld_path_input(path, "date_c", "période où les parts C peuvent être payées",
                   "period in which class C may be paid", MLD_STYLE_WHOLE,
                   mld_fund_date_of_c(path->model.book->grid, fund));
    mld_path_input(path, "setup", "frais de constitution, des engagements",
                   "set-up, of commitments", MLD_STYLE_RATE, fund->setup);
    mld_path_input(path, "recycled", "trésorerie conservée, des engagements",
                   "cash kept, of commitments", MLD_STYLE_RATE, fund->recycling_limit);
    mld_path_input(path, "reserve", "réserve, années de frais", "reserve, years of costs",
                   MLD_STYLE_YEARS, fund->reserve_years);
    mld_path_input(path, "cash_rate", "rémunération de la trésorerie, par an",
                   "interest on cash, a year", MLD_STYLE_RATE, fund->cash_rate);
    mld_path_input(path, "chi", "part du carried interest liée à l'impact",
                   "part of carry tied to impact", MLD_STYLE_RATE, fund->impact_share);
    mld_path_input(path, "score", "score d'impact tiré", "impact score drawn", MLD_STYLE_FINE,
                   path->flows->fund.score[0]);
    put_fees(path);
    mld_path_tier_inputs(path);
}

/* ---- fees ---- */

static const char *base_words(int base)
{
    switch (base) {
    case MLD_BASE_COMMITMENTS: return "#commitments";
    case MLD_BASE_WITHOUT_C: return "(#commitments-#commit_c)";
    case MLD_BASE_CALLED: return "@called'";
    case MLD_BASE_NET_INVESTED: return "@cost'";
    default:
        return "IF(@period<#investing,MIN(MAX(0,@value'+@cash'-@waits'),#commitments),"
               "MAX(0,@value'+@cash'-@waits'))";
    }
}

/* A line a row; then the sums by kind, set-up in the first period. */
static void put_fee_lines(struct mld_path_book *path)
{
    struct mld_fund_fee row[MLD_MAX_FEES];
    char words[WORDS], key[MLD_KEY_SIZE],
        sums[2][WORDS] = { "0", "IF(@period=0,#setup*#commitments,0)" };
    int n = mld_fund_fees(&path->plan->fund, row);
    for (int i = 0; i < n; i++) {
        int k = i + 1;
        snprintf(key, sizeof key, "fee%d", k);
        snprintf(words, sizeof words,
                 "IF(AND(@period>=#fee_%d_from,@period<#fee_%d_to),MAX(#fee_%d_rate/#m*%s,"
                 "#fee_%d_minimum/#m)+#fee_%d_amount/#m,0)",
                 k, k, k, base_words(row[i].base), k, k);
        mld_path_line(path, key, row[i].name, row[i].name, words);
        size_t length = strlen(sums[row[i].kind == MLD_FEE_OTHER]);
        snprintf(sums[row[i].kind == MLD_FEE_OTHER] + length, WORDS - length, "+@fee%d", k);
    }
    mld_path_line(path, "management", "frais de gestion", "management fee", sums[0]);
    mld_path_line(path, "other", "constitution et fonctionnement", "set-up and running costs",
                  sums[1]);
}

/* ---- calls and costs ---- */

static const struct mld_path_row call_lines[] = {
    { "owed_guarantor", "garant, dû", "guarantor, owed", "@wait_guarantor'+@guarantee_cost" },
    { "owed_other", "autres frais, dus", "other costs, owed", "@wait_other'+@other" },
    { "owed_management", "gestion, due", "management, owed", "@wait_management'+@management" },
    { "before", "trésorerie avant frais", "cash before costs",
      "@free'+@interest+@income+@capital+@payout_in-@invested" },
    { "surplus", "après frais", "after costs",
      "@before-@owed_guarantor-@owed_other-@owed_management" },
    { "from_aside", "pris sur le réservé à C", "taken from what waits for C",
      "MIN(MAX(0,-@surplus),@aside_capital'+@aside_carry')" },
    { "call", "appels", "calls",
      "MIN(MAX(0,-@surplus-@from_aside),MAX(0,#commitments-@called'+@recallable'))" },
    { "called", "appelé à ce jour", "called to date", "@called'+@call" },
    { "money", "disponible pour les frais", "there for costs", "@before+@from_aside+@call" },
    { "paid_guarantor", "garant, payé", "guarantor, paid", "MIN(@owed_guarantor,MAX(0,@money))" },
    { "paid_other", "autres frais, payés", "other costs, paid",
      "MIN(@owed_other,MAX(0,@money)-@paid_guarantor)" },
    { "paid_management", "gestion, payée", "management, paid",
      "MIN(@owed_management,MAX(0,@money)-@paid_guarantor-@paid_other)" },
    { "wait_guarantor", "garant, en attente", "guarantor, waiting",
      "@owed_guarantor-@paid_guarantor" },
    { "wait_other", "autres frais, en attente", "other costs, waiting", "@owed_other-@paid_other" },
    { "wait_management", "gestion, en attente", "management, waiting",
      "@owed_management-@paid_management" },
    { "waits", "frais en attente", "costs waiting",
      "@wait_guarantor+@wait_other+@wait_management" },
    { "spent", "trésorerie après frais", "cash after costs",
      "@money-@paid_guarantor-@paid_other-@paid_management" },
    { "kept", "à conserver", "to be kept",
      "IF(@period=#last,0,IF(@period<#investing,#recycled*#commitments,"
      "#reserve*#m*(@management+@other+@guarantee_fee)))" },
    { "left", "à distribuer", "to distribute", "MAX(0,@spent-@kept)" },
    { "back_carry", "carried interest repris", "carry taken back",
      "MIN(@from_aside,@aside_carry')" },
};

/* What cash earns at a rate; at the TMO, which is drawn, the engine's. */
static void put_interest(struct mld_path_book *path)
{
    const struct mld_fund_flows *flows = &path->flows->fund;
    if (isnan(path->plan->fund.cash_margin))
        mld_path_line(path, "interest", "intérêts de la trésorerie", "interest on cash",
                      "#cash_rate/#m*@cash'");
    else
        mld_path_given(path, "interest", "intérêts de la trésorerie au TMO tiré",
                       "interest on cash, at the TMO drawn", flows->interest, flows->width);
}

/* ---- all of the fund ---- */

/* Beside the formulas, the engine's numbers, and the difference, to the cent. */
static void put_check(struct mld_path_book *path)
{
    const struct mld_fund_flows *flows = &path->flows->fund;
    int w = flows->width;
    mld_path_given(path, "engine_call", "moteur : appels", "engine: calls", flows->call, w);
    mld_path_given(path, "engine_a", "moteur : aux parts A", "engine: to class A",
                   flows->distribution[MLD_CLASS_A], w);
    mld_path_given(path, "engine_b", "moteur : aux parts B", "engine: to class B",
                   flows->distribution[MLD_CLASS_B], w);
    mld_path_given(path, "engine_c", "moteur : aux parts C", "engine: to class C",
                   flows->distribution[MLD_CLASS_C], w);
    mld_path_given(path, "engine_cash", "moteur : trésorerie", "engine: cash", flows->cash, w);
    mld_path_line(path, "check", "contrôle : écart au moteur (0 attendu)",
                  "check: difference from the engine (0 expected)",
                  "MAX(MAX(@call-@engine_call,@engine_call-@call),MAX(@dist_a-@engine_a,"
                  "@engine_a-@dist_a),MAX(@dist_b-@engine_b,@engine_b-@dist_b),MAX(@dist_c-@engine_"
                  "c,@engine_c-@dist_c),"
                  "MAX(@cash-@engine_cash,@engine_cash-@cash))");
}

/* The engine's numbers, where there are no formulas. */
static void put_numbers(struct mld_path_book *path)
{
    const struct mld_fund_flows *flows = &path->flows->fund;
    int w = flows->width;
    mld_path_given(path, "management", "frais de gestion", "management fee", flows->management_fee,
                   w);
    mld_path_given(path, "other", "constitution et fonctionnement", "set-up and running costs",
                   flows->other_cost, w);
    mld_path_given(path, "call", "appels", "calls", flows->call, w);
    mld_path_given(path, "waits", "frais en attente", "costs waiting", flows->cost_waiting, w);
    mld_path_given(path, "cash", "trésorerie", "cash", flows->cash, w);
    mld_path_given(path, "carry_paid", "carried interest versé", "carry paid", flows->carry, w);
    mld_path_given(path, "dist_a", "distribué aux parts A", "distributed to class A",
                   flows->distribution[MLD_CLASS_A], w);
    mld_path_given(path, "dist_b", "distribué aux parts B", "distributed to class B",
                   flows->distribution[MLD_CLASS_B], w);
    mld_path_given(path, "dist_c", "distribué aux parts C", "distributed to class C",
                   flows->distribution[MLD_CLASS_C], w);
    mld_path_given(path, "beneficiary", "au bénéficiaire", "to the beneficiary", flows->beneficiary,
                   w);
}

static void put_formulas(struct mld_path_book *path)
{
    int guaranteed = path->design != MLD_WITHOUT;
    mld_path_line(path, "payout_in", "indemnités reçues", "payouts received",
                  guaranteed ? "@payout" : "0");
    mld_path_line(path, "guarantee_fee", "commissions au garant", "fees to the guarantor",
                  guaranteed ? "@fee_fund" : "0");
    mld_path_line(path, "guarantee_cost", "dû au garant", "owed to the guarantor",
                  guaranteed ? "@fee_fund+@upside+@owed_back" : "0");
    put_fee_lines(path);
    put_interest(path);
    mld_path_lines(path, call_lines, (int)(sizeof call_lines / sizeof *call_lines));
    mld_path_tiers(path);
    put_check(path);
}

void mld_path_fund(struct mld_path_book *path)
{
    if (mld_path_fund_fault(path))
        put_numbers(path);
    else
        put_formulas(path);
    mld_path_line(path, "paid_a", "versé par les parts A", "paid in by class A",
                  "#commit_a/#commitments*@call");
    mld_path_line(path, "net_a", "parts A, reçu − versé", "class A, received − paid",
                  "@dist_a-@paid_a");
}
