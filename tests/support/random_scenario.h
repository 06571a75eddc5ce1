/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Valid scenarios drawn at random from the tables of parameters: a shipped one, some of its keys
 * set to anything their rows allow. A key that the reader then refuses by name is left out again,
 * so that what stays is valid.
 */
#ifndef TEST_SUPPORT_RANDOM_SCENARIO_H
#define TEST_SUPPORT_RANDOM_SCENARIO_H

#include "support/outcome.h"
#include "support/rows.h"

#include <math.h>
#include <stdlib.h>

#include "milliard/milliard.h"

/** A linear congruential generator (Knuth's MMIX), its high bits. */
struct dice {
    uint64_t state;
};

/** Uniform in [0, 1). */
static inline double roll(struct dice *dice)
{
    dice->state = dice->state * 6364136223846793005u + 1442695040888963407u;
    return (double)(dice->state >> 11) / 9007199254740992.0;
}

static const char *const random_bases[] = {
    "fpci-guaranteed.cfg",    "scheme-national.cfg",
    "tape-example.cfg",       "fpci-guaranteed-counter-guaranteed.cfg",
    "stress-recession.cfg",   "fpci-guaranteed-first-losses.cfg",
    "fpci-reference.cfg",     "fpci-guaranteed-capped.cfg",
    "stress-subsidies.cfg",   "fpci-guaranteed-retention.cfg",
    "scheme-national-15.cfg", "fpci-guaranteed-quotite-80.cfg",
    "fpci-carry.cfg",         "fpci-reglement-60.cfg",
};
enum {
    RANDOM_BASES = sizeof random_bases / sizeof *random_bases,
    RANDOM_FIXED = 2,
    RANDOM_MOST = 96,
    RANDOM_TEXT = 1024
};

/** A scenario drawn: its base and what is set upon it, "key=value". */
struct variant {
    const char *base;
    int n;
    char text[RANDOM_MOST][RANDOM_TEXT];
    const char *set[RANDOM_MOST];
};

static inline void variant_add(struct variant *variant, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static inline void variant_add(struct variant *variant, const char *format, ...)
{
    va_list arguments;
    assert_true(variant->n < RANDOM_MOST);
    va_start(arguments, format);
    int length = vsnprintf(variant->text[variant->n], RANDOM_TEXT, format, arguments);
    va_end(arguments);
    assert_true(length > 0 && length < RANDOM_TEXT);
    variant->set[variant->n] = variant->text[variant->n];
    variant->n++;
}

static inline void variant_copy(struct variant *to, const struct variant *from)
{
    *to = *from;
    for (int i = 0; i < to->n; i++)
        to->set[i] = to->text[i];
}

/** What becomes of it; its messages and plan are in the outcome, which the caller clears. */
static inline struct outcome outcome_of_variant(const struct variant *variant)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/scenarios/%s", PROJECT_SOURCE, variant->base);
    return outcome_of_file(path, variant->n, variant->set);
}

static inline void variant_remove(struct variant *variant, int i)
{
    variant->n--;
    memmove(variant->text[i], variant->text[i + 1], (size_t)(variant->n - i) * RANDOM_TEXT);
}

/* ---- one key ---- */

/* Parts that add up to 1: what their keys share. Empty for any other key. */
static inline void family_of(const char *key, char family[RANDOM_TEXT])
{
    static const char *const ends[] = { ".legal_forms.", ".sectors.", ".resolutions." };
    size_t length = strlen(key);
    *family = '\0';
    if (!strncmp(key, "thesis.mix.", 11) && length > 7 && !strcmp(key + length - 7, ".weight"))
        strcpy(family, "thesis.mix");
    for (size_t i = 0; i < sizeof ends / sizeof *ends && !*family; i++)
        if (strstr(key, ends[i]) && (!strncmp(key, "thesis.", 7) || strstr(key, ".probability")))
            snprintf(family, RANDOM_TEXT, "%.*s", (int)(strstr(key, ends[i]) - key), key);
}

/*
 * 1 when a draw may set the key: a number, a choice, an array or a weight that enters a formula.
 * Lists of tiers have a suite of their own.
 */
static inline int is_drawable(const struct mld_echo *echo)
{
    static const char *const no[] = { "run.", "sensitivity.", "fund.tiers" };
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (!strncmp(echo->key, no[i], strlen(no[i])))
            return 0;
    const struct mld_param *row = mld_param_named(echo->key);
    return row && (has_ends(row) || row->kind == MLD_REALS || row->kind == MLD_WEIGHTS);
}

/*
 * An end of the range one time in five, else between what the base has and an end, nearer the base.
 * Amounts of money, whose ranges only keep typing errors out, are divided or multiplied by 4 at
 * most. Years are multiples of a quarter.
 */
static inline double drawn_number(const struct mld_param *row, const char *base, struct dice *dice)
{
    double end = roll(dice), side = roll(dice), u = roll(dice), from = strtod(base, NULL);
    if (!strcmp(row->unit, "EUR"))
        return (from > 0 ? from : 1e6) * pow(4, 2 * u - 1);
    double to = side < 0.5 || isinf(row->max) ? row->min : row->max;
    double value = end < 0.2 ? to : from + u * u * (to - from);
    if (row->kind == MLD_INT)
        return floor(value);
    return strcmp(row->unit, "years") ? value : floor(4 * value) / 4;
}

/* An array of numbers is multiplied whole. */
static inline void draw_array(struct variant *variant, const struct mld_echo *echo, double factor)
{
    char text[RANDOM_TEXT] = "", number[32], *end;
    for (const char *c = echo->value + strcspn(echo->value, "[") + 1;; c = end) {
        c += strspn(c, ", ");
        double value = strtod(c, &end);
        if (end == c)
            break;
        snprintf(number, sizeof number, "%s%.17g", *text ? ", " : "", factor * value);
        strncat(text, number, sizeof text - strlen(text) - 1);
    }
    variant_add(variant, "%s=[ %s ]", echo->key, text);
}

static inline int is_set(const struct variant *variant, const char *key)
{
    size_t length = strlen(key);
    for (int i = 0; i < variant->n; i++)
        if (!strncmp(variant->set[i], key, length) && variant->set[i][length] == '=')
            return 1;
    return 0;
}

/* A part and the next of its family share anew what they have together. */
static inline void draw_part(struct variant *variant, const struct mld_echo *echo,
                             const struct mld_echo *end, const char *family, struct dice *dice)
{
    char other[RANDOM_TEXT];
    for (const struct mld_echo *next = echo + 1; next < end; next++) {
        family_of(next->key, other);
        if (strcmp(other, family))
            continue;
        double sum = strtod(echo->value, NULL) + strtod(next->value, NULL), part = sum * roll(dice);
        if (!is_set(variant, echo->key) && !is_set(variant, next->key)) {
            variant_add(variant, "%s=%.17g", echo->key, part);
            variant_add(variant, "%s=%.17g", next->key, sum - part);
        }
        return;
    }
}

static inline void draw_key(struct variant *variant, const struct mld_echo *echo,
                            const struct mld_echo *end, struct dice *dice)
{
    const struct mld_param *row = mld_param_named(echo->key);
    char family[RANDOM_TEXT];
    family_of(echo->key, family);
    if (*family) {
        draw_part(variant, echo, end, family, dice);
    } else if (row->kind == MLD_REALS) {
        draw_array(variant, echo, 2 * roll(dice));
    } else if (row->kind == MLD_BOOL) {
        variant_add(variant, "%s=%s", echo->key, roll(dice) < 0.5 ? "true" : "false");
    } else if (row->kind == MLD_CHOICE) {
        const char *choice = row->choices;
        for (int i = (int)(roll(dice) * count_choices(choice)); i > 0; i--)
            choice = strchr(choice, '|') + 1;
        variant_add(variant, "%s=%.*s", echo->key, (int)strcspn(choice, "|"), choice);
    } else {
        variant_add(variant, "%s=%.17g", echo->key, drawn_number(row, echo->value, dice));
    }
}

/* ---- a whole scenario ---- */

/**
 * What is the same in every draw: the size of the run, and a scheme of a thousand million, which is
 * only slower, cut to a tenth.
 */
static inline void variant_start(struct variant *variant, const char *base, int paths, int seed)
{
    *variant = (struct variant){ .base = base };
    variant_add(variant, "run.paths=%d", paths);
    variant_add(variant, "run.seed=%d", seed);
    if (!strncmp(base, "scheme", 6))
        variant_add(variant, "thesis.volume=100000000.0");
}

/*
 * How nearly a text speaks of a key: of the whole, of its last word, of the start of that word, or
 * of the first words only.
 */
static inline int is_named(const char *set, const char *text)
{
    char key[RANDOM_TEXT], word[RANDOM_TEXT];
    snprintf(key, sizeof key, "%.*s", (int)strcspn(set, "="), set);
    snprintf(word, sizeof word, "%s", strrchr(key, '.') ? strrchr(key, '.') + 1 : key);
    if (strstr(text, key))
        return 1000;
    for (int part = 0; part < 2; part++) {
        if (strlen(word) > 4 && strstr(text, word))
            return 900 - part;
        word[strcspn(word, "_")] = '\0';
    }
    for (char *dot; (dot = strrchr(key, '.')) != NULL; *dot = '\0')
        if (strstr(text, key))
            return (int)strlen(key);
    return 0;
}

/* Takes out the last of the keys that a refusal speaks of most nearly. */
static inline void leave_out(struct variant *variant, const char *refusal)
{
    int nearest = variant->n - 1;
    for (int i = variant->n - 1; i >= RANDOM_FIXED; i--)
        if (is_named(variant->set[i], refusal) > is_named(variant->set[nearest], refusal))
            nearest = i;
    if (nearest >= RANDOM_FIXED)
        variant_remove(variant, nearest);
}

static inline void make_valid(struct variant *variant)
{
    for (int valid = 0; !valid;) {
        struct outcome outcome = outcome_of_variant(variant);
        valid = outcome.status == MLD_OK;
        for (size_t i = 0; i < outcome.messages.count && !valid; i++)
            leave_out(variant, outcome.messages.text[i]);
        outcome_clear(&outcome);
    }
}

/* What no shipped scenario has: a class B, public shares, grants, a rate of equity. */
static inline void draw_public_money(struct variant *variant, struct dice *dice)
{
    double b = roll(dice), shares = roll(dice), grants = roll(dice), rate = roll(dice);
    if (b < 0.25)
        variant_add(variant, "fund.classes.B={ commitment = %.17g; public_share = %.17g; }",
                    2e7 * roll(dice), roll(dice));
    if (shares < 0.25)
        variant_add(variant, "fund.classes.A.public_share=%.17g", roll(dice));
    if (grants < 0.25)
        variant_add(variant,
                    "fund.grants=( { year = 0; amount = %.17g; }, { year = %d; amount = %.17g; } )",
                    8e6 * roll(dice), (int)(9 * roll(dice)), 8e6 * roll(dice));
    if (rate < 0.25)
        variant_add(variant, "fund.reference_rate_equity=%.17g", 0.2 * roll(dice));
    if (rate > 0.75)
        variant_add(variant, "fund.quota_until=%.17g", floor(48 * roll(dice)) / 4);
}

/* Second deals of some instruments of the thesis; those that none could follow are refused. */
static inline void draw_follow_ons(struct variant *variant, const struct mld_plan *plan,
                                   struct dice *dice)
{
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        double drawn = roll(dice), reserve = 0.01 + 0.89 * roll(dice),
               after = floor(16 * roll(dice)) / 4, probability = roll(dice),
               size = 0.01 + 3 * roll(dice);
        if (!(plan->model.thesis.mix[i].weight > 0) || drawn > 0.25)
            continue;
        char given[64] = "";
        if (drawn < 0.125)
            snprintf(given, sizeof given, "size = %.17g; ", size);
        variant_add(variant,
                    "thesis.mix.%s.follow_on={ reserve = %.17g; after_years = %.17g; "
                    "probability = %.17g; %s}",
                    mld_instruments[i]->name, reserve, after, probability, given);
    }
}

/* Rows of fees instead of the rates that stand for three of them. */
static inline void draw_fees(struct variant *variant, struct dice *dice)
{
    static const char *const bases[] = { "commitments", "commitments_without_C", "called",
                                         "net_invested", "nav" };
    const char *base[3];
    double rate[3], years = 0.5 + floor(8 * roll(dice)) / 2,
                    minimum = floor(1e6 * roll(dice)) * (roll(dice) < 0.5),
                    amount = floor(3e5 * roll(dice));
    for (int i = 0; i < 3; i++) {
        base[i] = bases[(int)(5 * roll(dice))];
        rate[i] = 0.001 + 0.02 * roll(dice);
    }
    variant_add(variant,
                "fund.fees=( { name = \"first\"; kind = \"management\"; base = \"%s\"; rate = "
                "%.17g; minimum = %.1f; to_year = %.1f; }, { name = \"then\"; kind = "
                "\"management\"; base = \"%s\"; rate = %.17g; from_year = %.1f; }, { name = "
                "\"others\"; kind = \"other\"; base = \"%s\"; rate = %.17g; amount = %.1f; } )",
                base[0], rate[0], minimum, years, base[1], rate[1], years, base[2], 0.2 * rate[2],
                amount);
}

/* Two or three closings, some of which leave deals waiting. */
static inline void draw_closings(struct variant *variant, struct dice *dice)
{
    double first = 0.05 + 0.9 * roll(dice), second = (1 - first) * roll(dice);
    int months = 3 + (int)(20 * roll(dice)), more = months + 3 + (int)(30 * roll(dice));
    if (roll(dice) < 0.5)
        variant_add(variant,
                    "fund.closings=( { date = \"2027-01-20\"; share = %.17g; }, { date = "
                    "\"%d-%02d-05\"; share = %.17g; } )",
                    first, 2027 + months / 12, 1 + months % 12, 1 - first);
    else
        variant_add(variant,
                    "fund.closings=( { date = \"2027-01-20\"; share = %.17g; }, { date = "
                    "\"%d-%02d-05\"; share = %.17g; }, { date = \"%d-%02d-28\"; share = %.17g; "
                    "} )",
                    first, 2027 + months / 12, 1 + months % 12, second, 2027 + more / 12,
                    1 + more % 12, 1 - first - second);
    variant_add(variant, "fund.equalisation_rate=%.17g", 0.1 * roll(dice));
}

/* A credit line, cheap or dear, long or short. */
static inline void draw_line(struct variant *variant, struct dice *dice)
{
    double limit = roll(dice), rate = 0.15 * roll(dice), fee = 0.02 * roll(dice);
    variant_add(variant,
                "fund.credit_line={ limit = %.17g; rate = %.17g; fee = %.17g; periods = %d; }",
                limit, rate, fee, 1 + (int)(9 * roll(dice)));
}

/* Interest, claw-back, distributions that may be called again. */
static inline void draw_terms(struct variant *variant, struct dice *dice)
{
    double margin = roll(dice), rate = roll(dice), claw = roll(dice), recall = roll(dice),
           years = floor(12 * roll(dice)) / 2, share = roll(dice);
    if (margin < 0.125)
        variant_add(variant, "fund.cash_margin=%.17g", 0.1 * margin);
    else if (rate < 0.25)
        variant_add(variant, "fund.cash_rate=%.17g", 0.2 * rate);
    if (claw < 0.25)
        variant_add(variant, "fund.claw_back=%.17g", 4 * claw);
    if (recall < 0.25)
        variant_add(variant, "fund.recallable={ share = %.17g; until_year = %.1f; }", share, years);
}

/* Tiers with terms of their own: one hurdle or two, the second a rate or a multiple. */
static inline void draw_tiers(struct variant *variant, struct dice *dice)
{
    double first = 0.08 * roll(dice), second = first + 0.08 * roll(dice),
           multiple = 1 + 2 * roll(dice), low = 0.02 + 0.2 * roll(dice),
           high = low + 0.3 * roll(dice), share = low + 0.01 + (0.99 - low) * roll(dice),
           kind = roll(dice), again = roll(dice);
    char later[224] = "", hurdle[48], catch_up[64] = "";
    snprintf(hurdle, sizeof hurdle, kind < 0.5 ? "rate = %.4f" : "multiple = %.4f",
             kind < 0.5 ? second : multiple);
    if (again < 0.5)
        snprintf(catch_up, sizeof catch_up,
                 "{ type = \"catch_up\"; share = %.4f; carry = %.4f; }, ",
                 high + 0.01 + (0.99 - high) * again, high);
    if (roll(dice) < 0.75)
        snprintf(later, sizeof later,
                 "{ type = \"split\"; carry = %.4f; until = \"x\"; }, { type = "
                 "\"preferred_return\"; to = \"A_and_B\"; %s; name = \"x\"; }, %s",
                 low, hurdle, catch_up);
    variant_add(
        variant,
        "fund.tiers=( { type = \"return_of_capital\"; to = \"A_and_B\"; }, { type = "
        "\"preferred_return\"; to = \"A_and_B\"; rate = %.4f; }, { type = "
        "\"return_of_capital\"; to = \"C\"; }, { type = \"catch_up\"; share = %.4f; carry = "
        "%.4f; }, %s{ type = \"split\"; carry = %.4f; } )",
        first, share, low, later, high);
}

/* A list of candidates, longer than what the fund can pay or not. */
static inline void draw_recycling(struct variant *variant, const struct mld_plan *plan,
                                  struct dice *dice)
{
    double total = 0.5 + roll(dice), kept = roll(dice), longer = roll(dice),
           until = floor(4 * plan->fund.investment_years * roll(dice)) / 4;
    variant_add(variant, "fund.recycling={ total = %.17g; until_year = %.17g; }", total,
                until > 1 ? until : plan->fund.investment_years);
    variant_add(variant, "fund.recycling_limit=%.17g", kept);
    if (plan->model.has_thesis && longer < 0.5)
        variant_add(variant, "thesis.volume=%.17g", plan->model.thesis.volume * (1 + longer));
}

/* A dotation in two payments, committed at once or as it is paid, offset on another programme. */
static inline void draw_dotation(struct variant *variant, struct dice *dice)
{
    double first = floor(2e7 * roll(dice)), second = floor(2e7 * roll(dice)),
           early = floor(second * roll(dice));
    variant_add(variant,
                "guarantee.dotation=( { year = 0; amount = %.1f; ae = %.1f; action = 4; }, "
                "{ year = %d; amount = %.1f; ae = %.1f; programme = 134; } )",
                first, first + early, 1 + (int)(4 * roll(dice)), second, second - early);
    variant_add(variant, "guarantee.gage=( { programme = 134; amount = %.1f; } )", first);
}

/* An endowment beside the portfolio, poor or rich, with or without partners. */
static inline void draw_endowment(struct variant *variant, const struct mld_plan *plan,
                                  struct dice *dice)
{
    int years = 1 + (int)(plan->model.grid.horizon_years * roll(dice));
    double opening = 3e5 * roll(dice), cost = 5e4 * roll(dice), partners = 0.9 * roll(dice),
           pace = roll(dice), least = 1e3 + 9e3 * roll(dice), mean = least * (1 + 2 * roll(dice)),
           sd = mean * roll(dice), donated = 2e5 * roll(dice), spread = donated * roll(dice);
    variant_add(variant,
                "endowment={ horizon_years = %d; opening = %.17g; operating_cost = %.17g; "
                "co_funding = %.17g; pace = %.17g; donations = ( { year = %d; mean = %.17g; sd = "
                "%.17g; } ); grants = { mean = %.17g; sd = %.17g; min = %.17g; max = %.17g; }; "
                "pipeline = { share = %.17g; years = %d; }; }",
                years, opening, cost, partners, pace, (int)(years * roll(dice)), donated, spread,
                mean, sd, least, 5 * least, roll(dice), (int)(6 * roll(dice)));
}

/* A feeder upon the fund, rich or poor in cash. */
static inline void draw_feeder(struct variant *variant, const struct mld_plan *plan,
                               struct dice *dice)
{
    double share = 0.02 + 0.5 * roll(dice),
           committed = share * plan->fund.share_class[MLD_CLASS_A].commitment,
           first = committed * roll(dice), second = committed * roll(dice);
    double margin = 0.02 * roll(dice), pocket = 0.3 * roll(dice), fee = 0.02 * roll(dice),
           mean = 0.2 * roll(dice), sd = 0.2 * roll(dice), exit_fee = 0.1 * roll(dice),
           gate = roll(dice);
    variant_add(variant,
                "feeder={ class_a_share = %.17g; subscriptions = ( { year = 0; amount = %.17g; }, "
                "{ year = %d; amount = %.17g; } ); cash_margin = %.17g; pocket = %.17g; fee = "
                "%.17g; requests = { mean = %.17g; sd = %.17g; load = %.17g; }; exit_fee = %.17g; "
                "gate = %.17g; }",
                share, first, 1 + (int)(3 * roll(dice)), second, margin, pocket, fee, mean, sd,
                roll(dice), exit_fee, gate);
}

/* Two indicators, one of them of a form and a sector alone. */
static inline void draw_indicators(struct variant *variant, const struct mld_plan *plan,
                                   struct dice *dice)
{
    double mean = 20 * roll(dice) + 0.1, sd = mean * roll(dice), other = 100 * roll(dice) + 0.1;
    int form = (int)(plan->model.n_forms * roll(dice)),
        sector = (int)(plan->model.factors.n_sectors * roll(dice));
    variant_add(
        variant,
        "indicators=( { name = \"a\"; label = { en = \"A\"; fr = \"A\"; }; unit = { en = \"x\"; "
        "fr = \"x\"; }; source = \"drawn\"; kind = \"yearly\"; per_meur = { mean = %.17g; sd = "
        "%.17g; }; }, { name = \"b\"; label = { en = \"B\"; fr = \"B\"; }; unit = { en = \"x\"; fr "
        "= \"x\"; }; source = \"drawn\"; kind = \"once\"; per_meur = { mean = %.17g; }; "
        "legal_forms = [ \"%s\" ]; sectors = [ \"%s\" ]; } )",
        mean, sd, other, plan->model.form[form].name, plan->model.factors.sector[sector]);
}

/**
 * A scenario of `paths` paths upon `base`: each key that its echo holds is set one time in eight.
 */
static inline void variant_draw(struct variant *variant, const char *base, int paths, int seed,
                                struct dice *dice)
{
    size_t n;
    variant_start(variant, base, paths, seed);
    struct outcome outcome = outcome_of_variant(variant);
    assert_int_equal(outcome.status, MLD_OK);
    const struct mld_echo *echo = mld_plan_echo(outcome.plan, &n);
    for (size_t i = 0; i < n; i++)
        if (is_drawable(&echo[i]) && roll(dice) < 0.125)
            draw_key(variant, &echo[i], echo + n, dice);
    if (outcome.plan->fund.present) {
        draw_public_money(variant, dice);
        if (roll(dice) < 0.25)
            draw_fees(variant, dice);
        draw_terms(variant, dice);
        if (roll(dice) < 0.25)
            draw_tiers(variant, dice);
        if (roll(dice) < 0.25)
            draw_closings(variant, dice);
        if (roll(dice) < 0.25)
            draw_line(variant, dice);
    }
    if (outcome.plan->guarantee.present && roll(dice) < 0.125)
        draw_dotation(variant, dice);
    if (outcome.plan->model.has_thesis && roll(dice) < 0.5)
        draw_follow_ons(variant, outcome.plan, dice);
    if (outcome.plan->fund.present && roll(dice) < 0.2)
        draw_recycling(variant, outcome.plan, dice);
    if (roll(dice) < 0.125)
        draw_endowment(variant, outcome.plan, dice);
    if (roll(dice) < 0.125)
        draw_indicators(variant, outcome.plan, dice);
    if (outcome.plan->fund.present && roll(dice) < 0.125)
        draw_feeder(variant, outcome.plan, dice);
    outcome_clear(&outcome);
    make_valid(variant);
}

#endif
