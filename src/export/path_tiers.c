/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tiers on one path (model, sections 8 and 16), as src/fund runs them: the accounts of each
 * class, tiers one after the other, what waits for C, distributions, what C pays back at the end.
 */
#include "export/path.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WORDS = 3072, DUE = 3 * WORDS, A = MLD_CLASS_A, B = MLD_CLASS_B };

/* What the tiers so far have done to each account, as words that grow; of A and of B. */
struct accounts {
    int classes; /* 1: there is no class B */
    struct mld_hurdles hurdles[2];
    char left[WORDS], capital[2][WORDS], hurdle[2][WORDS], to[2][WORDS];
    char cap_c[WORDS], profit[WORDS], carry[WORDS], c_capital[WORDS], c_carry[WORDS];
};

/* A line, its key and names with a class and a number in them. */
struct name {
    const char *key, *french, *english;
};

static const char *letter(int class) { return class == A ? "a" : "b"; }
static const char *capital_letter(int class) { return class == A ? "A" : "B"; }

__attribute__((format(printf, 2, 3))) static void add(char words[WORDS], const char *format, ...)
{
    size_t length = strlen(words);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words + length, WORDS - length, format, arguments);
    va_end(arguments);
}

static int has_b(const struct mld_fund_spec *fund) { return fund->share_class[B].commitment > 0; }

/* ---- inputs ---- */

/* "tier 2, rate" and its key "tier2_rate". */
static void put_term(struct mld_path_book *path, int i, const struct name *name,
                     enum mld_style style, double value)
{
    char key[MLD_KEY_SIZE], french[128], english[128];
    snprintf(key, sizeof key, "tier%d_%s", i + 1, name->key);
    snprintf(french, sizeof french, "étage %d, %s", i + 1, name->french);
    snprintf(english, sizeof english, "tier %d, %s", i + 1, name->english);
    mld_path_input(path, key, french, english, style, value);
}

/* The accounts of a class: rate and multiple of each. */
static void put_hurdles(struct mld_path_book *path, int class)
{
    struct mld_hurdles hurdles;
    char key[MLD_KEY_SIZE], french[128], english[128];
    mld_fund_hurdles(&path->plan->fund, class, &hurdles);
    for (int i = 0; i < hurdles.n; i++) {
        snprintf(key, sizeof key, "hurdle_%s%d", letter(class), i + 1);
        snprintf(french, sizeof french, "rendement prioritaire %d des parts %s, par an", i + 1,
                 capital_letter(class));
        snprintf(english, sizeof english, "preferred return %d of class %s, a year", i + 1,
                 capital_letter(class));
        mld_path_input(path, key, french, english, MLD_STYLE_RATE, hurdles.account[i].rate);
        snprintf(key, sizeof key, "multiple_%s%d", letter(class), i + 1);
        snprintf(french, sizeof french, "rendement prioritaire %d des parts %s, multiple", i + 1,
                 capital_letter(class));
        snprintf(english, sizeof english, "preferred return %d of class %s, multiple", i + 1,
                 capital_letter(class));
        mld_path_input(path, key, french, english, MLD_STYLE_MULTIPLE, hurdles.account[i].multiple);
    }
}

void mld_path_tier_inputs(struct mld_path_book *path)
{
    static const struct name part = { "part", "part de C", "C's part" },
                             aim = { "carry", "carried interest visé", "carry aimed at" };
    const struct mld_fund_spec *fund = &path->plan->fund;
    double a = fund->share_class[A].commitment, b = fund->share_class[B].commitment;
    put_hurdles(path, A);
    if (has_b(fund)) {
        put_hurdles(path, B);
        mld_path_input(path, "part_b", "part des parts B dans A et B", "class B in A and B",
                       MLD_STYLE_RATE, b / (a + b));
    }
    for (int i = 0; i < fund->n_tiers; i++) {
        int type = fund->tier[i].type;
        if (type == MLD_TIER_catch_up)
            put_term(path, i, &part, MLD_STYLE_RATE, fund->tier[i].share);
        if (type == MLD_TIER_catch_up || type == MLD_TIER_split)
            put_term(path, i, &aim, MLD_STYLE_RATE, fund->tier[i].carry);
    }
    if (fund->recallable_share > 0) {
        mld_path_input(path, "recallable", "capital distribué rappelable, part",
                       "capital distributed that may be called again, part", MLD_STYLE_RATE,
                       fund->recallable_share);
        mld_path_input(path, "recall_until", "rappelable jusqu'à la période, exclue",
                       "may be called again until period, not included", MLD_STYLE_WHOLE,
                       floor(path->model.book->grid->periods_per_year * fund->recallable_until +
                             0.5));
    }
    if (!(fund->claw_back > 0))
        return;
    mld_path_input(path, "claw_back", "restitution, part du carried interest au plus",
                   "claw-back, part of carry at most", MLD_STYLE_RATE, fund->claw_back);
    mld_path_input(path, "most_carry", "restitution, carried interest dû au plus, du profit",
                   "claw-back, most carry due, of profit", MLD_STYLE_RATE,
                   mld_fund_largest_carry(fund));
}

/* ---- accounts at the start of the tiers ---- */

/* "hur_a", "hur_a2" … */
static void hurdle_key(char key[MLD_KEY_SIZE], const char *start, int class, int i)
{
    if (i)
        snprintf(key, MLD_KEY_SIZE, "%s_%s%d", start, letter(class), i + 1);
    else
        snprintf(key, MLD_KEY_SIZE, "%s_%s", start, letter(class));
}

static void put_class_accounts(struct mld_path_book *path, int class,
                               const struct mld_hurdles *hurdles)
{
    char key[MLD_KEY_SIZE], end[MLD_KEY_SIZE], french[96], english[96], words[256];
    const char *c = letter(class), *name = capital_letter(class);
    snprintf(key, sizeof key, "cap_%s", c);
    snprintf(french, sizeof french, "capital %s à rendre", name);
    snprintf(english, sizeof english, "capital of %s not returned", name);
    snprintf(words, sizeof words, "@end_cap_%s'+#commit_%s/#commitments*@call", c, c);
    mld_path_line(path, key, french, english, words);
    for (int i = 0; i < hurdles->n; i++) {
        hurdle_key(key, "hur", class, i);
        hurdle_key(end, "end_hur", class, i);
        snprintf(french, sizeof french, "compte de rendement prioritaire %d de %s", i + 1, name);
        snprintf(english, sizeof english, "hurdle account %d of %s", i + 1, name);
        snprintf(words, sizeof words,
                 "@%s'*(1+#hurdle_%s%d)^(1/#m)+#multiple_%s%d*#commit_%s/#commitments*@call", end,
                 c, i + 1, c, i + 1, c);
        mld_path_line(path, key, french, english, words);
    }
}

static void begin(struct mld_path_book *path, struct accounts *of)
{
    const struct mld_fund_spec *fund = &path->plan->fund;
    *of = (struct accounts){ .classes = has_b(fund) ? 2 : 1,
                             .left = "@left",
                             .capital = { "@cap_a", "@cap_b" },
                             .hurdle = { "@hur_a", "@hur_b" },
                             .to = { "0", "0" },
                             .cap_c = "@cap_c",
                             .profit = "@profit",
                             .carry = "@carry",
                             .c_capital = "0",
                             .c_carry = "0" };
    for (int class = A; class < of->classes; class ++) {
        mld_fund_hurdles(fund, class, &of->hurdles[class]);
        put_class_accounts(path, class, &of->hurdles[class]);
    }
    mld_path_line(path, "cap_c", "capital C à rendre", "capital of C not returned",
                  "@end_cap_c'+@from_aside-@back_carry+#commit_c/#commitments*@call");
    mld_path_line(path, "profit", "profit versé à ce jour", "profit paid to date",
                  "@end_profit'-@back_carry");
    mld_path_line(path, "carry", "carried interest à ce jour", "carry to date",
                  "@end_carry'-@back_carry");
}

/* ---- a tier ---- */

static int pays_class(const struct mld_tier *tier, int class)
{
    return tier->to == MLD_TO_A_AND_B || tier->to == (class == A ? MLD_TO_A : MLD_TO_B);
}

static int is_of_c(const struct mld_tier *tier)
{
    return tier->type == MLD_TIER_return_of_capital && tier->to == MLD_TO_C;
}

static int shares_profit(const struct mld_tier *tier)
{
    return tier->type == MLD_TIER_catch_up || tier->type == MLD_TIER_split;
}

/* The hurdle account of a class that tier i pays or ends at: a later one is booked at the end. */
static void account_words(const struct accounts *of, int class, int i, char words[DUE])
{
    int at = of->hurdles[class].of_tier[i];
    if (at)
        snprintf(words, DUE, "(@hur_%s%d-(%s))", letter(class), at + 1, of->to[class]);
    else
        snprintf(words, DUE, "(%s)", of->hurdle[class]);
}

/* What a tier of capital or of yield owes a class, before it is cut to what is left. */
static void owed_words(const struct mld_fund_spec *fund, int i, int class,
                       const struct accounts *of, char words[DUE + WORDS])
{
    const struct mld_tier *tier = &fund->tier[i];
    char account[DUE];
    if (!pays_class(tier, class) || class >= of->classes)
        snprintf(words, DUE, "0");
    else if (tier->type == MLD_TIER_preferred_return) {
        account_words(of, class, i, account);
        snprintf(words, DUE + WORDS, "MAX(0,%s-(%s))", account, of->capital[class]);
    } else if (class == B && fund->capped_return)
        snprintf(words, DUE, "MIN(MAX(0,%s),MAX(0,%s))", of->capital[B], of->hurdle[B]);
    else
        snprintf(words, DUE, "MAX(0,%s)", of->capital[class]);
}

/* What a catch-up or a split shares, before it is cut to what is left. */
static void shared_words(const struct mld_fund_spec *fund, int i, const struct accounts *of,
                         char words[DUE + WORDS])
{
    const struct mld_tier *tier = &fund->tier[i];
    int k = i + 1;
    char account[DUE];
    if (tier->type == MLD_TIER_catch_up && tier->share > tier->carry)
        snprintf(words, DUE, "MAX(0,(#tier%d_carry*(%s)-(%s))/(#tier%d_part-#tier%d_carry))", k,
                 of->profit, of->carry, k, k);
    else if (tier->type == MLD_TIER_catch_up)
        snprintf(words, DUE, "0"); /* C would never catch up */
    else if (!*tier->until)
        snprintf(words, DUE, "%s", of->left);
    else {
        account_words(of, A, i, account);
        snprintf(words, DUE + WORDS, "MAX(0,%s)/((1-#tier%d_carry)*(1-%s))", account, k,
                 of->classes > 1 ? "#part_b" : "0");
    }
}

/* Of a split until a hurdle, once a capped B gets no more: A has all the rest of it. */
static void put_capped_split(struct mld_path_book *path, int i, const struct accounts *of)
{
    char account[DUE], words[2 * DUE], key[MLD_KEY_SIZE];
    int k = i + 1;
    account_words(of, A, i, account);
    snprintf(words, sizeof words,
             "IF(#part_b*(1-#tier%d_carry)*@tier%d_due>MAX(0,%s),(MAX(0,%s)+MAX(0,%s))/"
             "(1-#tier%d_carry),@tier%d_due)",
             k, k, of->hurdle[B], account, of->hurdle[B], k, k);
    snprintf(key, sizeof key, "tier%d_until", k);
    mld_path_line(path, key, "jusqu'au seuil, B plafonné", "up to the hurdle, B capped", words);
}

/* The part of C in what a tier shares, as words. */
static void part_of_c(const struct mld_tier *tier, int i, char part[48])
{
    if (tier->type == MLD_TIER_catch_up)
        snprintf(part, 48, "#tier%d_part", i + 1);
    else if (tier->type == MLD_TIER_split)
        snprintf(part, 48, "#tier%d_carry", i + 1);
    else
        snprintf(part, 48, "0");
}

/* B's part of what `key` paid: pro rata, or after A; of profit by what was paid in. */
static void put_part_of_b(struct mld_path_book *path, int i, const char *key,
                          const struct accounts *of)
{
    const struct mld_fund_spec *fund = &path->plan->fund;
    char words[DUE], part[48], line[MLD_KEY_SIZE];
    part_of_c(&fund->tier[i], i, part);
    if (shares_profit(&fund->tier[i]) && fund->capped_return)
        snprintf(words, sizeof words, "MIN(#part_b*(1-%s)*@%s,MAX(0,%s))", part, key,
                 of->hurdle[B]);
    else if (shares_profit(&fund->tier[i]))
        snprintf(words, sizeof words, "#part_b*(1-%s)*@%s", part, key);
    else if (fund->first_loss)
        snprintf(words, sizeof words, "MAX(0,@%s-@%s_owed_a)", key, key);
    else
        snprintf(words, sizeof words,
                 "IF(@%s_owed_a+@%s_owed_b>0,@%s/(@%s_owed_a+@%s_owed_b)*"
                 "@%s_owed_b,0)",
                 key, key, key, key, key, key);
    snprintf(line, sizeof line, "%.12s_b", key);
    mld_path_line(path, line, "dont parts B", "of which class B", words);
}

/* Books what tier i paid, the line `key`, and B's part of it. */
static void book_tier(const struct mld_tier *tier, int i, const char *key, struct accounts *of)
{
    char part[48], to[2][128];
    add(of->left, "-@%s", key);
    if (is_of_c(tier)) {
        add(of->cap_c, "-@%s", key);
        add(of->c_capital, "+@%s", key);
        return;
    }
    part_of_c(tier, i, part);
    if (of->classes > 1)
        snprintf(to[A], sizeof to[A], "((1-%s)*@%s-@%s_b)", part, key, key);
    else
        snprintf(to[A], sizeof to[A], "(1-%s)*@%s", part, key);
    snprintf(to[B], sizeof to[B], "@%s_b", key);
    for (int class = A; class < of->classes; class ++) {
        add(of->hurdle[class], "-%s", to[class]);
        add(of->to[class], "+%s", to[class]);
        if (tier->type == MLD_TIER_return_of_capital)
            add(of->capital[class], "-%s", to[class]);
    }
    if (tier->type != MLD_TIER_return_of_capital)
        add(of->profit, "+@%s", key);
    if (shares_profit(tier)) {
        add(of->carry, "+%s*@%s", part, key);
        add(of->c_carry, "+%s*@%s", part, key);
    }
}

static void put_owed(struct mld_path_book *path, int i, const char *key, const struct accounts *of)
{
    for (int class = A; class <= B; class ++) {
        char words[DUE + WORDS], line[MLD_KEY_SIZE], french[32], english[32];
        owed_words(&path->plan->fund, i, class, of, words);
        snprintf(line, sizeof line, "%.12s_owed_%s", key, letter(class));
        snprintf(french, sizeof french, "dû aux parts %s", capital_letter(class));
        snprintf(english, sizeof english, "owed to class %s", capital_letter(class));
        mld_path_line(path, line, french, english, words);
    }
}

/* What a tier would pay if there were enough, in words; lines before it where it takes several. */
static void put_due(struct mld_path_book *path, int i, const char *key, const struct accounts *of,
                    char due[DUE + WORDS])
{
    const struct mld_fund_spec *fund = &path->plan->fund;
    const struct mld_tier *tier = &fund->tier[i];
    if (is_of_c(tier))
        snprintf(due, DUE, "MAX(0,%s)", of->cap_c);
    else if (shares_profit(tier)) {
        shared_words(fund, i, of, due);
        if (*tier->until && fund->capped_return && of->classes > 1) {
            char line[MLD_KEY_SIZE];
            snprintf(line, sizeof line, "%.12s_due", key);
            mld_path_line(path, line, "jusqu'au seuil", "up to the hurdle", due);
            put_capped_split(path, i, of);
            snprintf(due, DUE, "@%s_until", key);
        }
    } else if (of->classes > 1) {
        put_owed(path, i, key, of);
        snprintf(due, DUE, "@%s_owed_a+@%s_owed_b", key, key);
    } else
        owed_words(fund, i, A, of, due);
}

/* A tier on the money that `left` says: a line of what it pays. `serving`: at C's date. */
static void put_tier(struct mld_path_book *path, int i, int serving, struct accounts *of)
{
    const struct mld_tier *tier = &path->plan->fund.tier[i];
    char words[DUE + 2 * WORDS + 8], due[DUE + WORDS], key[MLD_KEY_SIZE], french[96], english[96];
    snprintf(key, sizeof key, serving ? "serve%d" : "tier%d", i + 1);
    put_due(path, i, key, of, due);
    snprintf(words, sizeof words, "MIN(%s,%s)", of->left, due);
    snprintf(french, sizeof french, "étage %d%s : %s", i + 1, serving ? ", à la date de C" : "",
             mld_tiers[tier->type]->name);
    snprintf(english, sizeof english, "tier %d%s: %s", i + 1, serving ? ", at C's date" : "",
             mld_tiers[tier->type]->name);
    mld_path_line(path, key, french, english, words);
    if (of->classes > 1 && !is_of_c(tier))
        put_part_of_b(path, i, key, of);
    book_tier(tier, i, key, of);
}

/* ---- what waits for C ---- */

/* At C's date what waits for it goes through the tiers of capital and yield of the others. */
static void serve(struct mld_path_book *path, struct accounts *of)
{
    const struct mld_fund_spec *fund = &path->plan->fund;
    char before[WORDS] = "0";
    mld_path_line(path, "held_capital", "capital réservé", "capital set aside",
                  "@aside_capital'-(@from_aside-@back_carry)");
    mld_path_line(path, "held_carry", "carried interest réservé", "carry set aside",
                  "@aside_carry'-@back_carry");
    mld_path_line(path, "held", "réservé, à la date de C", "set aside, at C's date",
                  "IF(@period=#date_c,@held_capital+@held_carry,0)");
    snprintf(of->left, WORDS, "@held");
    for (int i = 0; i < fund->n_tiers; i++)
        if (mld_tiers[fund->tier[i].type]->pays && !is_of_c(&fund->tier[i])) {
            put_tier(path, i, 1, of);
            add(before, "+@serve%d", i + 1);
        }
    mld_path_line(path, "taken", "pris sur le réservé", "taken of what waits", before);
    mld_path_line(path, "taken_carry", "dont carried interest", "of which carry",
                  "MIN(@taken,@held_carry)");
}

static void end_class(struct mld_path_book *path, int class, const struct accounts *of)
{
    char key[MLD_KEY_SIZE], start[MLD_KEY_SIZE], french[96], english[96], words[WORDS + 64];
    const char *name = capital_letter(class);
    snprintf(key, sizeof key, "end_cap_%s", letter(class));
    snprintf(french, sizeof french, "capital %s, fin", name);
    snprintf(english, sizeof english, "capital of %s, end", name);
    mld_path_line(path, key, french, english, of->capital[class]);
    for (int i = 0; i < of->hurdles[class].n; i++) {
        hurdle_key(key, "end_hur", class, i);
        hurdle_key(start, "hur", class, i);
        snprintf(french, sizeof french, "compte prioritaire %d de %s, fin", i + 1, name);
        snprintf(english, sizeof english, "hurdle account %d of %s, end", i + 1, name);
        snprintf(words, sizeof words, "@%s-(%s)", start, of->to[class]);
        mld_path_line(path, key, french, english, i ? words : of->hurdle[class]);
    }
}

static void end_tiers(struct mld_path_book *path, struct accounts *of, const char *rest)
{
    for (int class = A; class < of->classes; class ++)
        end_class(path, class, of);
    add(of->cap_c, "+@taken-@taken_carry");
    add(of->profit, "-@taken_carry");
    add(of->carry, "-@taken_carry");
    mld_path_line(path, "end_cap_c", "capital C, fin", "capital of C, end", of->cap_c);
    mld_path_line(path, "end_profit", "profit, fin", "profit, end", of->profit);
    mld_path_line(path, "end_carry", "carried interest, fin", "carry, end", of->carry);
    mld_path_line(path, "due_c_capital", "capital dû à C", "capital due to C", of->c_capital);
    mld_path_line(path, "due_c_carry", "carried interest dû à C", "carry due to C", of->c_carry);
    mld_path_line(path, "left_over", "resté après les étages", "left after the tiers", rest);
    mld_path_line(path, "to_a", "étages à A", "tiers to A", of->to[A]);
    mld_path_line(path, "to_b", "étages à B", "tiers to B", of->to[B]);
}

/* ---- distributions ---- */

/* What C pays back when the fund ends (src/fund/claw_back.c); all of it 0 before. */
static void put_claw_back(struct mld_path_book *path)
{
    static const struct mld_path_row lines[] = {
        { "all_paid", "distribué à ce jour", "distributed to date",
          "@all_paid'+@before_a+@to_b+@before_c+@beneficiary" },
        { "all_carry", "carried interest versé à ce jour", "carry paid to date",
          "@all_carry'+@carry_before" },
        { "carry_share", "carried interest dû, du profit", "carry due, of the profit",
          "#most_carry*(1-#chi+#chi*#score)*MAX(0,@all_paid-@called)" },
        { "lacks_a", "manque aux parts A", "lacking to class A", "MAX(0,@end_hur_a)" },
    };
    int b = has_b(&path->plan->fund);
    mld_path_lines(path, lines, (int)(sizeof lines / sizeof *lines));
    mld_path_line(path, "lacks_b", "manque aux parts B", "lacking to class B",
                  b ? "MAX(0,@end_hur_b)" : "0");
    mld_path_line(path, "clawed", "restitué par C", "paid back by C",
                  "IF(@period=#last,MIN(#claw_back*MAX(0,@all_carry),MAX(MAX(0,@all_carry-"
                  "@carry_share),@lacks_a+@lacks_b)),0)");
    mld_path_line(path, "clawed_b", "dont aux parts B", "of which to class B",
                  b ? "@clawed*IF(@lacks_a+@lacks_b>0,@lacks_b/(@lacks_a+@lacks_b),#part_b)" : "0");
}

static const struct mld_path_row end_lines[] = {
    { "gross_carry", "carried interest avant impact", "carry before impact",
      "IF(@period<#date_c,0,@held_carry-@taken_carry+@due_c_carry)" },
    { "carry_before", "carried interest après impact", "carry after impact",
      "@gross_carry*(1-#chi+#chi*#score)" },
    { "aside_capital", "capital réservé, fin", "capital set aside, end",
      "IF(@period<#date_c,@held_capital+@due_c_capital,0)" },
    { "aside_carry", "carried interest réservé, fin", "carry set aside, end",
      "IF(@period<#date_c,@held_carry+@due_c_carry,0)" },
    { "free", "trésorerie libre", "free cash", "MIN(@spent,@kept)+@left_over" },
    { "cash", "trésorerie", "cash", "@free+@aside_capital+@aside_carry" },
    { "before_c", "étages à C", "tiers to C",
      "IF(@period<#date_c,0,@held_capital-(@taken-@taken_carry)+@due_c_capital)+@carry_before" },
};

static void put_distributions(struct mld_path_book *path)
{
    const struct mld_fund_spec *fund = &path->plan->fund;
    int to_a = fund->impact_to == MLD_IMPACT_TO_A, claws = fund->claw_back > 0;
    mld_path_lines(path, end_lines, (int)(sizeof end_lines / sizeof *end_lines));
    mld_path_line(path, "before_a", "étages et impact à A", "tiers and impact to A",
                  to_a ? "@to_a+@gross_carry-@carry_before" : "@to_a");
    mld_path_line(path, "beneficiary", "au bénéficiaire", "to the beneficiary",
                  to_a ? "0" : "@gross_carry-@carry_before");
    if (claws)
        put_claw_back(path);
    mld_path_line(path, "carry_paid", "carried interest versé", "carry paid",
                  claws ? "@carry_before-@clawed" : "@carry_before");
    mld_path_line(path, "dist_a", "distribué aux parts A", "distributed to class A",
                  claws ? "@before_a+@clawed-@clawed_b" : "@before_a");
    mld_path_line(path, "dist_b", "distribué aux parts B", "distributed to class B",
                  claws ? "@to_b+@clawed_b" : "@to_b");
    mld_path_line(path, "dist_c", "distribué aux parts C", "distributed to class C",
                  claws ? "@before_c-@clawed" : "@before_c");
}

/* What may be called again of the capital given back (src/fund/recall.c), to date. */
static void put_recallable(struct mld_path_book *path)
{
    const struct mld_fund_spec *fund = &path->plan->fund;
    const char *words =
        !(fund->recallable_share > 0) ? "0"
        : has_b(fund)
            ? "@recallable'+IF(AND(@period<#recall_until,@period<#last),#recallable*(MAX(0,"
              "@cap_a+@cap_b-@end_cap_a-@end_cap_b)+MAX(0,@dist_c-@carry_paid)),0)"
            : "@recallable'+IF(AND(@period<#recall_until,@period<#last),#recallable*(MAX(0,"
              "@cap_a-@end_cap_a)+MAX(0,@dist_c-@carry_paid)),0)";
    mld_path_line(path, "recallable", "rappelable à ce jour", "may be called again, to date",
                  words);
}

void mld_path_tiers(struct mld_path_book *path)
{
    struct accounts of;
    char rest[WORDS];
    begin(path, &of);
    for (int i = 0; i < path->plan->fund.n_tiers; i++)
        put_tier(path, i, 0, &of);
    snprintf(rest, sizeof rest, "%s", of.left);
    serve(path, &of);
    end_tiers(path, &of, rest);
    put_distributions(path);
    put_recallable(path);
}
