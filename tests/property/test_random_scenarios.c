/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Laws that any valid scenario obeys, on scenarios drawn at random (fixed seed) around three shipped ones: a fund and
 * a scheme that draw their deals, and a tape. Every run is also checked by the identities of the model, section 10,
 * which stop it when money is lost.
 */
#include "support/run_case.h"

#include <math.h>
#include <unistd.h>

enum { SCENARIOS = 40, FIXED = 9, PATHS = 64 };

static const char *const bases[3] = { "fpci-guaranteed.cfg", "scheme-national.cfg", "tape-example.cfg" };

/* What is drawn: uniform in [low, high], or one of `choices`. Keys of the fund are left out of the scheme. */
static const struct drawn_key { const char *key; double low, high; const char *choices; } drawn_keys[] = {
    { "guarantee.layers.state.quotite", 0.05, 1, NULL },
    { "guarantee.layers.state.attachment", 0, 0.15, NULL },
    { "guarantee.layers.state.cap_rate", 0.02, 1, NULL },
    { "guarantee.layers.state.max_loss_per_issuer", 2e5, 5e6, NULL },
    { "guarantee.layers.state.fee_rate", 0, 0.03, NULL },
    { "guarantee.layers.state.fee_upfront", 0, 0.02, NULL },
    { "guarantee.layers.state.upside_share", 0, 0.3, NULL },
    { "guarantee.layers.state.operator_cost", 0, 0.01, NULL },
    { "guarantee.layers.state.payout", 0, 0, "final_loss|on_default" },
    { "guarantee.layers.state.fee_payer", 0, 0, "fund|issuer" },
    { "guarantee.layers.state.cover_exit_losses", 0, 0, "true|false" },
    { "guarantee.layers.state.net_of_gains", 0, 0, "false|true" },
    { "guarantee.layers.state.waiting_years", 0, 0, "0.0|0.5|1.0" },
    { "guarantee.layers.state.term_years", 0, 0, "5.0|8.0|12.0" },
    { "guarantee.layers.state.claim_delay_years", 0, 0, "0.0|0.25|1.0|3.0" },
    { "guarantee.dotation.[0].amount", 1e5, 3e7, NULL },
    { "guarantee.dotation_yield", 0, 0.05, NULL },
    { "recovery_correlation", 0, 0.9, NULL },
    { "legal_forms.company.asset_correlation", 0, 0.5, NULL },
    { "legal_forms.association.surplus_mean", -0.1, 0.4, NULL },
    { "instruments.bond.liquidation_discount", 0, 0.9, NULL },
    { "instruments.bond.coupon", 0, 0.15, NULL },
    { "instruments.shares.volatility", 0, 0.6, NULL },
    { "instruments.shares.pd_scale", 0, 5, NULL },
    { "instruments.cooperative_shares.loss_absorption", 0, 1, NULL },
    { "instruments.participating_loan.amortisation", 0, 0, "linear|annuity" },
    { "factors.dependence", 0, 0, "gaussian|gaussian|gaussian|student" },
    { "fund.hurdle", 0, 0.12, NULL },
    { "fund.catch_up", 0.5, 1, NULL },
    { "fund.carry", 0, 0.3, NULL },
    { "fund.recycling_limit", 0, 0.3, NULL },
    { "fund.reserve_years", 0, 3, NULL },
    { "fund.impact_carry.share", 0, 1, NULL },
};
enum { DRAWN = sizeof drawn_keys / sizeof *drawn_keys };

/* A linear congruential generator (Knuth's MMIX), its high bits. */
struct dice { uint64_t state; };
static double roll(struct dice *dice)
{
    dice->state = dice->state * 6364136223846793005u + 1442695040888963407u;
    return (double)(dice->state >> 11) / 9007199254740992.0;
}

/* A scenario drawn: its base and what is set upon it. */
struct variant { const char *base; int n; char text[DRAWN + FIXED][96]; const char *set[DRAWN + FIXED]; };

static void add(struct variant *variant, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(struct variant *variant, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(variant->text[variant->n], sizeof *variant->text, format, arguments);
    va_end(arguments);
    variant->set[variant->n] = variant->text[variant->n];
    variant->n++;
}

static void add_choice(struct variant *variant, const struct drawn_key *row, double u)
{
    int n = 1;
    for (const char *c = row->choices; *c; c++)
        n += *c == '|';
    const char *choice = row->choices;
    for (int i = (int)(u * n); i > 0; i--)
        choice = strchr(choice, '|') + 1;
    add(variant, "%s=%.*s", row->key, (int)strcspn(choice, "|"), choice);
}

/* Each key is set with probability 1/2, at an end of its range one time in five. */
static void draw(struct variant *variant, struct dice *dice, int number)
{
    *variant = (struct variant){ .base = bases[number % 3] };
    add(variant, "run.paths=%d", PATHS);
    add(variant, "run.seed=%d", number);
    if (number % 3 == 1)
        add(variant, "thesis.volume=100000000.0");      /* a scheme of a thousand million is only slower */
    for (int i = 0; i < DRAWN; i++) {
        const struct drawn_key *row = &drawn_keys[i];
        double set = roll(dice), end = roll(dice), u = roll(dice);
        if (set < 0.5 || (number % 3 == 1 && !strncmp(row->key, "fund.", 5)))
            continue;
        double value = end < 0.1 ? row->low : end < 0.2 ? row->high : row->low + u * (row->high - row->low);
        if (row->choices)
            add_choice(variant, row, u);
        else
            add(variant, "%s=%.17g", row->key, value);
    }
}

static struct mld_plan *plan_of(const char *base, int n, const char *const *set, struct mld_scenario **scenario)
{
    struct mld_plan *plan = NULL;
    char path[4096];
    snprintf(path, sizeof path, "%s/scenarios/%s", PROJECT_SOURCE, base);
    if (mld_scenario_load(path, n, set, scenario, NULL) == MLD_OK)
        mld_scenario_plan(*scenario, &plan, NULL);
    return plan;
}

/* 1 when the drawn scenario is one that the program accepts: some ask for more than the commitments. */
static int is_valid(const struct variant *variant)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = plan_of(variant->base, variant->n, variant->set, &scenario);
    int valid = plan != NULL;
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
    return valid;
}

/* The number-th valid scenario. */
static void draw_valid(struct variant *variant, struct dice *dice, int number)
{
    int tries = 0;
    do {
        assert_true(++tries < 100);
        draw(variant, dice, number);
    } while (!is_valid(variant));
}

static void assert_same_columns(const struct run_case *a, const struct run_case *b)
{
    for (int branch = 0; branch < a->branches; branch++)
        assert_memory_equal(a->column[branch], b->column[branch], (size_t)mld_measure_count() * a->paths * sizeof(double));
}

/* No number hangs on threads or batches, and no run of a valid scenario loses money. */
static void threads_and_batches_change_nothing(void **state)
{
    (void)state;
    static const int ways[][2] = { { 2, 24 }, { 7, 8 } };
    struct dice dice = { 1 };
    for (int i = 0; i < SCENARIOS; i++) {
        struct variant variant;
        draw_valid(&variant, &dice, i);
        struct run_case one, other;
        run_case_start(&one, variant.base, variant.n, variant.set, 1, 64);
        for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
            run_case_again(&other, &one, ways[w][0], ways[w][1]);
            assert_same_columns(&one, &other);
            run_case_end(&other);
        }
        run_case_end(&one);
    }
}

/* ---- cumulated payouts due ---- */

/* P(t) of each path of a run of that layer, [path][period]; T periods. */
static double *cumulated_due(const struct variant *variant, const char *more, int *periods)
{
    const char *set[DRAWN + FIXED + 2];
    struct mld_scenario *scenario = NULL;
    memcpy(set, variant->set, (size_t)variant->n * sizeof *set);
    set[variant->n] = more;
    struct mld_plan *plan = plan_of(variant->base, variant->n + 1, set, &scenario);
    assert_non_null(plan);
    struct mld_workspace *workspace = NULL;
    assert_int_equal(mld_workspace_create(plan, PATHS, 0, &workspace), MLD_OK);
    mld_simulate(plan, 0, PATHS, workspace);
    assert_null(workspace->violation.what);
    *periods = plan->grid.periods;
    double *due = malloc((size_t)(PATHS * *periods) * sizeof(double));
    assert_non_null(due);
    for (int p = 0; p < PATHS; p++)
        memcpy(due + p * *periods, workspace->guarantee.cumulated_due + p * workspace->guarantee.stride,
               (size_t)*periods * sizeof(double));
    mld_workspace_free(workspace);
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
    return due;
}

/* `generous` owes at no time less than `strict`; 1e-6 EUR: rounding of sums of 1e8 EUR. Gives how many times more. */
static int assert_never_less(const struct variant *variant, const char *strict, const char *generous)
{
    int periods, above = 0;
    double *low = cumulated_due(variant, strict, &periods), *high = cumulated_due(variant, generous, &periods);
    for (int i = 0; i < PATHS * periods; i++) {
        assert_true(high[i] >= low[i] - 1e-6);
        above += high[i] > low[i] + 1;
    }
    free(low);
    free(high);
    return above;
}

/* Model, section 10: more quotité, a higher cap or a lower attachment never lower what is due (moral hazard 1). */
static void more_cover_never_owes_less(void **state)
{
    (void)state;
    struct dice dice = { 2 };
    int above[3] = { 0 };
    for (int i = 0; i < SCENARIOS / 5; i++) {
        struct variant variant;
        draw_valid(&variant, &dice, i);
        add(&variant, "guarantee.layers.state.fee_payer=issuer");   /* more fees could ask for more than the commitments */
        above[0] += assert_never_less(&variant, "guarantee.layers.state.quotite=0.4", "guarantee.layers.state.quotite=0.7");
        above[1] += assert_never_less(&variant, "guarantee.layers.state.cap_rate=0.04", "guarantee.layers.state.cap_rate=0.12");
        above[2] += assert_never_less(&variant, "guarantee.layers.state.attachment=0.08", "guarantee.layers.state.attachment=0.02");
    }
    assert_true(above[0] && above[1] && above[2]);      /* else the test compared nothing */
}

/* ---- money ---- */

static double eur(const struct variant *variant, const char *key, double otherwise)
{
    size_t length = strlen(key);
    for (int i = 0; i < variant->n; i++)
        if (!strncmp(variant->set[i], key, length) && variant->set[i][length] == '=')
            return atof(variant->set[i] + length + 1);
    return otherwise;
}

/*
 * The example's tape with every amount times `scale`, its even rows before the odd ones when `shuffled`, one more deal when
 * `added`; `path` becomes that of a temporary file for the caller to remove. The shuffle leaves D30 before D33: they are
 * first deals of one issuer in one quarter, and there the order of the file decides (model, section 3).
 */
static void write_tape(char path[64], double scale, int shuffled, int added)
{
    static char row[64][256];
    int n = 0;
    FILE *from = fopen(PROJECT_SOURCE "/scenarios/tapes/example-40.csv", "r");
    assert_non_null(from);
    while (n < 64 && fgets(row[n], sizeof row[n], from))
        n++;
    fclose(from);
    strcpy(path, "/tmp/milliard-tape-XXXXXX");
    int descriptor = mkstemp(path);
    FILE *to = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    assert_non_null(to);
    fputs(row[0], to);
    for (int i = 1; i < n; i++) {
        int even = (n - 1) / 2;
        char *line = row[!shuffled ? i : i <= even ? 2 * i : 2 * (i - even) - 1], *amount = line;
        for (int commas = 0; commas < 6; amount++)
            commas += *amount == ',';
        fprintf(to, "%.*s%.17g%s", (int)(amount - line), line, atof(amount) * scale, strchr(amount, ','));
    }
    if (added)
        fprintf(to, "D99,Exemple Nouveau,bond,company,food,2027-05-01,%.17g,,,,\n", 300000 * scale);
    assert_int_equal(fclose(to), 0);
}

static void scale_money(struct variant *variant, const struct variant *from, double scale, const char *tape)
{
    static const struct { const char *key; double value; int fund, thesis; } money[] = {
        { "guarantee.layers.state.max_loss_per_issuer", 3e6, 0, 0 },
        { "fund.classes.A.commitment", 99e6, 1, 0 }, { "fund.classes.C.commitment", 1e6, 1, 0 },
    };
    *variant = *from;
    for (int i = 0; i < variant->n; i++)
        variant->set[i] = variant->text[i];
    for (size_t i = 0; i < sizeof money / sizeof *money; i++)
        add(variant, "%s=%.17g", money[i].key, scale * eur(from, money[i].key, money[i].value));
    add(variant, "guarantee.dotation.[0].amount=%.17g", scale * eur(from, "guarantee.dotation.[0].amount", 15e6));
    add(variant, "tape.file=%s", tape);
}

static void compare_scaled(const struct run_case *a, const struct run_case *b, double scale, double tolerance)
{
    for (int branch = 0; branch < a->branches; branch++)
        for (int i = 0; i < mld_measure_count(); i++) {
            if (!mld_measure_applies(a->plan, i, (enum mld_branch)branch) || !strcmp(mld_measures[i].name, "above_de_minimis"))
                continue;           /* the law's ceiling is in euros and stays */
            double times = strcmp(mld_measures[i].unit, "EUR") ? 1 : scale;
            for (size_t p = 0; p < a->paths; p++) {
                double x = times * a->column[branch][(size_t)i * a->paths + p], y = b->column[branch][(size_t)i * a->paths + p];
                if (!(isnan(x) && isnan(y)) && !(fabs(x - y) <= tolerance * (1e5 * times + fabs(x))))
                    fail_msg("%s of path %zu: %.17g and %.17g", mld_measures[i].name, p, x, y);
            }
        }
}

/* All euros times 1024, a power of two: every amount 1024 times, to the last bit, and every rate the same. */
static void money_scales(void **state)
{
    (void)state;
    struct dice dice = { 3 };
    char once[64], scaled[64];
    write_tape(once, 1, 0, 0);
    write_tape(scaled, 1024, 0, 0);
    for (int i = 0; i < SCENARIOS / 5; i++) {
        struct variant variant, small, large;
        draw_valid(&variant, &dice, 3 * i + 2);
        scale_money(&small, &variant, 1, once);
        scale_money(&large, &variant, 1024, scaled);
        struct run_case a, b;
        run_case_start(&a, small.base, small.n, small.set, 1, 64);
        run_case_start(&b, large.base, large.n, large.set, 1, 64);
        compare_scaled(&a, &b, 1024, 0);
        run_case_end(&a);
        run_case_end(&b);
    }
    remove(once);
    remove(scaled);
}

/* The order of a tape's rows changes sums by their rounding only: 1e-9 of 1e5 EUR or of the number, some thousand roundings. */
static void order_of_deals_does_not_matter(void **state)
{
    (void)state;
    struct dice dice = { 4 };
    char once[64], shuffled[64];
    write_tape(once, 1, 0, 0);
    write_tape(shuffled, 1, 1, 0);
    for (int i = 0; i < SCENARIOS / 8; i++) {
        struct variant variant, first, last;
        draw_valid(&variant, &dice, 3 * i + 2);
        scale_money(&first, &variant, 1, once);
        scale_money(&last, &variant, 1, shuffled);
        struct run_case a, b;
        run_case_start(&a, first.base, first.n, first.set, 1, 64);
        run_case_start(&b, last.base, last.n, last.set, 1, 64);
        compare_scaled(&a, &b, 1, 1e-9);
        run_case_end(&a);
        run_case_end(&b);
    }
    remove(once);
    remove(shuffled);
}

/* ---- draws ---- */

static struct mld_workspace *simulated(const char *tape, struct mld_plan **plan, struct mld_scenario **scenario)
{
    char file[96];
    const char *set[] = { file };
    struct mld_workspace *workspace = NULL;
    snprintf(file, sizeof file, "tape.file=%s", tape);
    *plan = plan_of("tape-example.cfg", 1, set, scenario);
    assert_non_null(*plan);
    assert_int_equal(mld_workspace_create(*plan, PATHS, 0, &workspace), MLD_OK);
    mld_simulate(*plan, 0, PATHS, workspace);
    return workspace;
}

/* One deal more, of a new issuer: every other issuer has the draws, the default and the performance it had, to the bit. */
static void an_added_deal_moves_no_draw(void **state)
{
    (void)state;
    char once[64], longer[64];
    struct mld_plan *plan[2];
    struct mld_scenario *scenario[2] = { NULL, NULL };
    write_tape(once, 1, 0, 0);
    write_tape(longer, 1, 0, 1);
    struct mld_workspace *a = simulated(once, &plan[0], &scenario[0]), *b = simulated(longer, &plan[1], &scenario[1]);
    int issuers = plan[0]->tape.n_issuers;
    assert_int_equal(plan[1]->tape.n_issuers, issuers + 1);
    const struct mld_issuer_outcomes *x = a->outcomes, *y = b->outcomes;
    for (int p = 0; p < PATHS; p++)
        for (int i = 0; i < issuers; i++) {
            int m = p * issuers + i, n = p * (issuers + 1) + i;
            assert_int_equal(x->default_period[m], y->default_period[n]);
            assert_memory_equal(&x->threshold[m], &y->threshold[n], sizeof(double));
            assert_memory_equal(&x->resolution[m], &y->resolution[n], sizeof(double));
            assert_memory_equal(&x->xi[m], &y->xi[n], sizeof(double));
            assert_memory_equal(x->surplus + m * x->stride, y->surplus + n * y->stride, (size_t)x->stride * sizeof(double));
            assert_memory_equal(x->systematic + m * x->stride, y->systematic + n * y->stride, 8 * sizeof(double));
        }
    for (int i = 0; i < 2; i++) {
        mld_workspace_free(i ? b : a);
        mld_plan_clear(plan[i]);
        free(plan[i]);
        mld_scenario_free(scenario[i]);
    }
    remove(once);
    remove(longer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_and_batches_change_nothing),
        cmocka_unit_test(more_cover_never_owes_less),
        cmocka_unit_test(money_scales),
        cmocka_unit_test(order_of_deals_does_not_matter),
        cmocka_unit_test(an_added_deal_moves_no_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
