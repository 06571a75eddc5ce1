/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fund on one path (model, section 8), period by period as src/fund does it: fees, calls, what
 * pays the costs, the reserve, tiers one after the other, what waits for C. Where a scenario has
 * what these formulas have not, its lines are the engine's numbers, and the sheet says so.
 */
#include "export/path.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WORDS = 1536 };

static const char *say(const struct mld_path_book *path, const char *french, const char *english)
{
    return path->model.book->french ? french : english;
}

static int has_until(const struct mld_fund_spec *fund)
{
    for (int i = 0; i < fund->n_tiers; i++)
        if (*fund->tier[i].until)
            return 1;
    return 0;
}

const char *mld_path_fund_fault(const struct mld_path_book *path)
{
    const struct mld_fund_spec *fund = &path->plan->fund;
    struct mld_hurdles hurdles;
    mld_fund_hurdles(fund, MLD_CLASS_A, &hurdles);
    if (fund->share_class[MLD_CLASS_B].commitment > 0)
        return say(path, "des parts B", "a class B");
    if (hurdles.n > 1 || has_until(fund))
        return say(path, "plusieurs rendements prioritaires", "several preferred returns");
    if (fund->n_closings > 1)
        return say(path, "plusieurs closings", "several closings");
    if (fund->credit_line.limit > 0)
        return say(path, "une ligne de crédit", "a credit line");
    if (fund->n_grants > 0)
        return say(path, "des subventions", "grants");
    if (fund->claw_back > 0 || fund->recallable_share > 0)
        return say(path, "une restitution ou des distributions rappelables",
                   "a claw-back or recallable distributions");
    return isnan(fund->cash_margin)
               ? NULL
               : say(path, "une trésorerie rémunérée au TMO", "cash that earns the TMO");
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
    snprintf(key, sizeof key, "%.4s%d_%.12s", what, i + 1, what + 4);
    snprintf(label[0], sizeof label[0], "%s %d, %s",
             strncmp(what, "fee_", 4) == 0 ? "frais" : "étage", i + 1, french);
    snprintf(label[1], sizeof label[1], "%s %d, %s", strncmp(what, "fee_", 4) == 0 ? "fee" : "tier",
             i + 1, english);
    mld_path_input(path, key, label[0], label[1], style, value);
}

static void put_fees(struct mld_path_book *path)
{
    struct mld_fund_fee row[MLD_MAX_FEES];
    int n = mld_fund_fees(&path->plan->fund, row);
    for (int i = 0; i < n; i++) {
        numbered(path, i, "fee_rate", "taux par an", "rate a year", MLD_STYLE_RATE, row[i].rate);
        numbered(path, i, "fee_minimum", "minimum par an", "minimum a year", MLD_STYLE_MONEY,
                 row[i].minimum);
        numbered(path, i, "fee_amount", "montant fixe par an", "fixed amount a year",
                 MLD_STYLE_MONEY, row[i].amount);
        numbered(path, i, "fee_from", "première période", "first period", MLD_STYLE_WHOLE,
                 periods_of(path, row[i].from_year));
        numbered(path, i, "fee_to", "période de fin, exclue", "end, not included", MLD_STYLE_WHOLE,
                 periods_of(path, row[i].to_year));
    }
}

static void put_tiers(struct mld_path_book *path)
{
    const struct mld_fund_spec *fund = &path->plan->fund;
    for (int i = 0; i < fund->n_tiers; i++) {
        int type = fund->tier[i].type;
        if (type != MLD_TIER_catch_up && type != MLD_TIER_split)
            continue;
        if (type == MLD_TIER_catch_up)
            numbered(path, i, "tierpart", "part de C", "C's part", MLD_STYLE_RATE,
                     fund->tier[i].share);
        numbered(path, i, "tiercarry", "carried interest visé", "carry aimed at", MLD_STYLE_RATE,
                 fund->tier[i].carry);
    }
}

void mld_path_fund_inputs(struct mld_path_book *path)
{
    const struct mld_fund_spec *fund = &path->plan->fund;
    struct mld_hurdle hurdle = mld_fund_hurdle(fund, MLD_CLASS_A);
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
    mld_path_input(path, "hurdle", "rendement prioritaire, par an", "preferred return, a year",
                   MLD_STYLE_RATE, hurdle.rate);
    mld_path_input(path, "hurdle_multiple", "rendement prioritaire, multiple",
                   "preferred return, multiple", MLD_STYLE_MULTIPLE, hurdle.multiple);
    mld_path_input(path, "chi", "part du carried interest liée à l'impact",
                   "part of carry tied to impact", MLD_STYLE_RATE, fund->impact_share);
    mld_path_input(path, "score", "score d'impact tiré", "impact score drawn", MLD_STYLE_FINE,
                   path->flows->fund.score[0]);
    put_fees(path);
    put_tiers(path);
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

static const struct line {
    const char *key, *french, *english, *words;
} call_lines[] = {
    { "interest", "intérêts de la trésorerie", "interest on cash", "#cash_rate/#m*@cash'" },
    { "owed_guarantor", "garant, dû", "guarantor, owed", "@wait_guarantor'+@guarantee_cost" },
    { "owed_other", "autres frais, dus", "other costs, owed", "@wait_other'+@other" },
    { "owed_management", "gestion, due", "management, owed", "@wait_management'+@management" },
    { "before", "trésorerie avant frais", "cash before costs",
      "@free'+@interest+@income+@capital+@payout_in-@invested" },
    { "surplus", "après frais", "after costs",
      "@before-@owed_guarantor-@owed_other-@owed_management" },
    { "from_aside", "pris sur le réservé à C", "taken from what waits for C",
      "MIN(MAX(0,-@surplus),@aside_capital'+@aside_carry')" },
    { "call", "appels", "calls", "MIN(MAX(0,-@surplus-@from_aside),#commitments-@called')" },
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
    { "cap_a", "capital A à rendre", "capital of A not returned",
      "@end_cap_a'+#commit_a/#commitments*@call" },
    { "hur_a", "compte de rendement prioritaire", "hurdle account",
      "@end_hur_a'*(1+#hurdle)^(1/#m)+#hurdle_multiple*#commit_a/#commitments*@call" },
    { "cap_c", "capital C à rendre", "capital of C not returned",
      "@end_cap_c'+@from_aside-@back_carry+#commit_c/#commitments*@call" },
    { "profit", "profit versé à ce jour", "profit paid to date", "@end_profit'-@back_carry" },
    { "carry", "carried interest à ce jour", "carry to date", "@end_carry'-@back_carry" },
};

static void put_lines(struct mld_path_book *path, const struct line *line, int n)
{
    for (int i = 0; i < n; i++)
        mld_path_line(path, line[i].key, line[i].french, line[i].english, line[i].words);
}

/* ---- tiers ---- */

/* What the tiers so far have done to each account, as words that grow. */
struct accounts {
    char left[WORDS], cap_a[WORDS], hur_a[WORDS], cap_c[WORDS], profit[WORDS], carry[WORDS],
        to_a[WORDS], c_capital[WORDS], c_carry[WORDS];
};

__attribute__((format(printf, 2, 3))) static void add(char words[WORDS], const char *format, ...)
{
    size_t length = strlen(words);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words + length, WORDS - length, format, arguments);
    va_end(arguments);
}

static int is_of_c(const struct mld_tier *tier) { return tier->to == MLD_TO_C; }

/* What a tier pays, before it is cut to what is left. */
static void due_words(const struct mld_tier *tier, int i, const struct accounts *of,
                      char due[4 * WORDS])
{
    enum { SIZE = 4 * WORDS };
    if (tier->type == MLD_TIER_return_of_capital)
        snprintf(due, SIZE, "MAX(0,%s)", is_of_c(tier) ? of->cap_c : of->cap_a);
    else if (tier->type == MLD_TIER_preferred_return)
        snprintf(due, SIZE, "MAX(0,%s-(%s))", of->hur_a, of->cap_a);
    else if (tier->type == MLD_TIER_catch_up)
        snprintf(due, SIZE, "MAX(0,(#tier%d_carry*(%s)-(%s))/(#tier%d_part-#tier%d_carry))", i + 1,
                 of->profit, of->carry, i + 1, i + 1);
    else
        snprintf(due, SIZE, "%s", of->left);
}

/* Books what tier i paid, the line `key`. */
static void book_tier(const struct mld_tier *tier, int i, const char *key, struct accounts *of)
{
    add(of->left, "-@%s", key);
    if (tier->type == MLD_TIER_return_of_capital && is_of_c(tier)) {
        add(of->cap_c, "-@%s", key);
        add(of->c_capital, "+@%s", key);
        return;
    }
    if (tier->type == MLD_TIER_return_of_capital) {
        add(of->cap_a, "-@%s", key);
        add(of->hur_a, "-@%s", key);
        add(of->to_a, "+@%s", key);
        return;
    }
    char part[48] = "0";
    if (tier->type == MLD_TIER_catch_up)
        snprintf(part, sizeof part, "#tier%d_part", i + 1);
    else if (tier->type == MLD_TIER_split)
        snprintf(part, sizeof part, "#tier%d_carry", i + 1);
    add(of->hur_a, "-(1-%s)*@%s", part, key);
    add(of->to_a, "+(1-%s)*@%s", part, key);
    add(of->profit, "+@%s", key);
    if (tier->type != MLD_TIER_preferred_return) {
        add(of->carry, "+%s*@%s", part, key);
        add(of->c_carry, "+%s*@%s", part, key);
    }
}

/* A tier on the money that `left` says: a line of what it pays. `serving`: at C's date. */
static void put_tier(struct mld_path_book *path, int i, int serving, struct accounts *of)
{
    const struct mld_tier *tier = &path->plan->fund.tier[i];
    char words[6 * WORDS], due[4 * WORDS], key[MLD_KEY_SIZE], french[96], english[96];
    snprintf(key, sizeof key, serving ? "serve%d" : "tier%d", i + 1);
    due_words(tier, i, of, due);
    snprintf(words, sizeof words, "MIN(%s,%s)", of->left, due);
    snprintf(french, sizeof french, serving ? "étage %d, à la date de C" : "étage %d", i + 1);
    snprintf(english, sizeof english, serving ? "tier %d, at C's date" : "tier %d", i + 1);
    size_t n = strlen(french), m = strlen(english);
    snprintf(french + n, sizeof french - n, " : %s", mld_tiers[tier->type]->name);
    snprintf(english + m, sizeof english - m, ": %s", mld_tiers[tier->type]->name);
    mld_path_line(path, key, french, english, words);
    book_tier(tier, i, key, of);
}

static void put_account(struct mld_path_book *path, const char *key, const char *french,
                        const char *english, const char *words)
{
    mld_path_line(path, key, french, english, words);
}

/* What waits for C goes through the tiers of A at its date; the rest, and C's part, is paid. */
static void serve_and_pay(struct mld_path_book *path, struct accounts *of)
{
    const struct mld_fund_spec *fund = &path->plan->fund;
    char rest[WORDS];
    snprintf(rest, sizeof rest, "%s", of->left);
    mld_path_line(path, "held_capital", "capital réservé", "capital set aside",
                  "@aside_capital'-(@from_aside-@back_carry)");
    mld_path_line(path, "held_carry", "carried interest réservé", "carry set aside",
                  "@aside_carry'-@back_carry");
    mld_path_line(path, "held", "réservé, à la date de C", "set aside, at C's date",
                  "IF(@period=#date_c,@held_capital+@held_carry,0)");
    snprintf(of->left, WORDS, "@held");
    char before[WORDS];
    snprintf(before, sizeof before, "0");
    for (int i = 0; i < fund->n_tiers; i++)
        if (mld_tiers[fund->tier[i].type]->pays && !is_of_c(&fund->tier[i])) {
            put_tier(path, i, 1, of);
            add(before, "+@serve%d", i + 1);
        }
    mld_path_line(path, "taken", "pris sur le réservé", "taken of what waits", before);
    mld_path_line(path, "taken_carry", "dont carried interest", "of which carry",
                  "MIN(@taken,@held_carry)");
    put_account(path, "end_cap_a", "capital A, fin", "capital of A, end", of->cap_a);
    put_account(path, "end_hur_a", "compte prioritaire, fin", "hurdle account, end", of->hur_a);
    add(of->cap_c, "+@taken-@taken_carry");
    add(of->profit, "-@taken_carry");
    add(of->carry, "-@taken_carry");
    put_account(path, "end_cap_c", "capital C, fin", "capital of C, end", of->cap_c);
    put_account(path, "end_profit", "profit, fin", "profit, end", of->profit);
    put_account(path, "end_carry", "carried interest, fin", "carry, end", of->carry);
    mld_path_line(path, "due_c_capital", "capital dû à C", "capital due to C", of->c_capital);
    mld_path_line(path, "due_c_carry", "carried interest dû à C", "carry due to C", of->c_carry);
    mld_path_line(path, "left_over", "resté après les étages", "left after the tiers", rest);
    mld_path_line(path, "to_a", "étages à A", "tiers to A", of->to_a);
}

static const struct line end_lines[] = {
    { "gross_carry", "carried interest avant impact", "carry before impact",
      "IF(@period<#date_c,0,@held_carry-@taken_carry+@due_c_carry)" },
    { "carry_paid", "carried interest versé", "carry paid", "@gross_carry*(1-#chi+#chi*#score)" },
    { "aside_capital", "capital réservé, fin", "capital set aside, end",
      "IF(@period<#date_c,@held_capital+@due_c_capital,0)" },
    { "aside_carry", "carried interest réservé, fin", "carry set aside, end",
      "IF(@period<#date_c,@held_carry+@due_c_carry,0)" },
    { "free", "trésorerie libre", "free cash", "MIN(@spent,@kept)+@left_over" },
    { "cash", "trésorerie", "cash", "@free+@aside_capital+@aside_carry" },
    { "dist_c", "distribué aux parts C", "distributed to class C",
      "IF(@period<#date_c,0,@held_capital-(@taken-@taken_carry)+@due_c_capital)+@carry_paid" },
};

static void put_distributions(struct mld_path_book *path)
{
    int to_a = path->plan->fund.impact_to == MLD_IMPACT_TO_A;
    put_lines(path, end_lines, (int)(sizeof end_lines / sizeof *end_lines));
    mld_path_line(path, "dist_a", "distribué aux parts A", "distributed to class A",
                  to_a ? "@to_a+@gross_carry-@carry_paid" : "@to_a");
    mld_path_line(path, "beneficiary", "au bénéficiaire", "to the beneficiary",
                  to_a ? "0" : "@gross_carry-@carry_paid");
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
    mld_path_given(path, "engine_c", "moteur : aux parts C", "engine: to class C",
                   flows->distribution[MLD_CLASS_C], w);
    mld_path_given(path, "engine_cash", "moteur : trésorerie", "engine: cash", flows->cash, w);
    mld_path_line(path, "check", "contrôle : écart au moteur (0 attendu)",
                  "check: difference from the engine (0 expected)",
                  "MAX(MAX(@call-@engine_call,@engine_call-@call),MAX(@dist_a-@engine_a,"
                  "@engine_a-@dist_a),MAX(@dist_c-@engine_c,@engine_c-@dist_c),"
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
    put_lines(path, call_lines, (int)(sizeof call_lines / sizeof *call_lines));
    struct accounts of = { .left = "@left",
                           .cap_a = "@cap_a",
                           .hur_a = "@hur_a",
                           .cap_c = "@cap_c",
                           .profit = "@profit",
                           .carry = "@carry",
                           .to_a = "0",
                           .c_capital = "0",
                           .c_carry = "0" };
    for (int i = 0; i < path->plan->fund.n_tiers; i++)
        put_tier(path, i, 0, &of);
    serve_and_pay(path, &of);
    put_distributions(path);
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
