/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * alternatives: every form of public money is the run of a scenario written by hand, with classes
 * and grants, path by path; sizes cost what they are to; threads change nothing; what cannot be
 * compared is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/outcome.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/alternatives.h"
#include "milliard/run.h"
#include "support/oracle.h"

enum { PATHS = 192, COLUMNS = 5 };

static const char base[] = "base = \"fpci-guaranteed.cfg\"; drop = [ \"sensitivity\" ];\n";

static struct outcome outcome_of_scenario(const char *text)
{
    static const char *const set[] = { "run.paths=192" };
    struct outcome outcome = outcome_of_text(text, PROJECT_SOURCE "/scenarios/by-hand.cfg", 1, set);
    outcome_tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    return outcome;
}

static struct mld_alternatives *compare(const char *text, int threads, enum mld_status *status)
{
    struct outcome outcome = outcome_of_scenario(text);
    struct mld_alternatives *table = calloc(1, sizeof *table);
    const struct mld_alternatives_options options = { .threads = threads,
                                                      .admin = (double)NAN,
                                                      .columns = 1 };
    assert_non_null(table);
    *status = mld_alternatives_fill(outcome.scenario, &options, table, &outcome.messages);
    outcome_clear(&outcome);
    return table;
}

static void release(struct mld_alternatives *table)
{
    mld_alternatives_clear(table);
    free(table);
}

/* ---- scenarios written by hand ---- */

static void write_by_hand(enum mld_support form, double x, char *text, size_t size)
{
    static const char *const kept[] = { "guarantee = { dotation = (); };\n" };
    const double a = 99e6;
    int used = snprintf(text, size,
                        "base = \"fpci-guaranteed.cfg\"; drop = [ \"sensitivity\"%s ];\n",
                        form == MLD_SUPPORT_GUARANTEE ? "" : ", \"guarantee\"");
    text += used;
    size -= (size_t)used;
    switch (form) {
    case MLD_SUPPORT_GUARANTEE: snprintf(text, size, "%s", kept[0]); break;
    case MLD_SUPPORT_CAPITAL:
    case MLD_SUPPORT_HURDLE:
        snprintf(text, size,
                 "fund = { classes = { A = { commitment = %.17g; public_share = 0.0; }; B = { "
                 "commitment = %.17g; public_share = 1.0; }; }; concessional = { first_loss = "
                 "\"%s\"; capped_return = true; cap = 0.0; }; };",
                 a - x, x, form == MLD_SUPPORT_CAPITAL ? "capital" : "hurdle");
        break;
    case MLD_SUPPORT_PARI_PASSU:
        snprintf(text, size,
                 "fund = { classes = { A = { commitment = %.17g; public_share = %.17g; }; }; };", a,
                 x / a);
        break;
    case MLD_SUPPORT_GRANT:
        snprintf(
            text, size,
            "fund = { classes = { A = { commitment = %.17g; public_share = 0.0; }; }; grants = "
            "( { year = 0; amount = %.17g; } ); };",
            a - x, x);
        break;
    default: break;
    }
}

/* Columns of a run of its own: IRR, loss, carry, cost and its present value; NaN: not there. */
static double *run_by_hand(const char *text, int guaranteed)
{
    const char *const measure[COLUMNS] = { "net_irr_a", "loss_a", "carry",
                                           guaranteed ? "net_cost_due" : "public_cost",
                                           guaranteed ? "net_cost_due_discounted"
                                                      : "public_cost_discounted" };
    struct outcome outcome = outcome_of_scenario(text);
    double *value = malloc(COLUMNS * PATHS * sizeof *value);
    struct mld_keep keep[COLUMNS];
    struct mld_summary unused;
    struct mld_run_result result;
    int n = 0, design = outcome.plan->n_designs - 1;
    assert_non_null(value);
    for (int i = 0; i < COLUMNS; i++) {
        int m = mld_measure_named(measure[i]);
        for (int p = 0; p < PATHS; p++)
            value[i * PATHS + p] = (double)NAN;
        if (mld_measure_applies(&outcome.plan->design[design], outcome.plan->model.n_forms, m))
            keep[n++] = (struct mld_keep){ design, m, value + i * PATHS };
    }
    const struct mld_run_options options = { .threads = 1, .keep = keep, .n_keep = n, .lean = 1 };
    assert_int_equal(
        mld_run(outcome.plan, NULL, &options, NULL, &unused, &result, &outcome.messages), MLD_OK);
    outcome_clear(&outcome);
    return value;
}

static double furthest;
static int forms_compared;

static void assert_near(const double *mine, const double *run, double tolerance, const char *what)
{
    for (int p = 0; p < PATHS; p++) {
        widen(&furthest, isnan(mine[p]) && isnan(run[p]) ? 0 : mine[p] - run[p]);
        if (!(fabs(mine[p] - run[p]) <= tolerance) && !(isnan(mine[p]) && isnan(run[p])))
            fail_msg("%s, path %d: %.17g, and %.17g by hand", what, p, mine[p], run[p]);
    }
}

/* Where administration is charged its cost is no part of a run, whose cost is that without it. */
static void assert_is_run(const struct mld_alternative *form, enum mld_support support, int bare)
{
    char text[1024];
    int guaranteed = support == MLD_SUPPORT_GUARANTEE;
    write_by_hand(support, form->x, text, sizeof text);
    double *run = run_by_hand(text, guaranteed);
    assert_near(form->column[MLD_OUT_IRR], run, 1e-12, mld_supports[support].name);
    assert_near(form->column[MLD_OUT_LOSS], run + PATHS, 0, mld_supports[support].name);
    assert_near(form->column[MLD_OUT_CARRY], run + 2 * PATHS, 0.01, mld_supports[support].name);
    if (support != MLD_SUPPORT_NOTHING && bare != guaranteed) {
        assert_near(form->column[MLD_OUT_COST], run + 3 * PATHS, 0.01, mld_supports[support].name);
        assert_near(form->column[MLD_OUT_PV], run + 4 * PATHS, 0.01, mld_supports[support].name);
    }
    forms_compared++;
    free(run);
}

static void forms_are_runs_by_hand(void **state)
{
    (void)state;
    enum mld_status status;
    struct mld_alternatives *table = compare(base, 2, &status);
    assert_int_equal(status, MLD_OK);
    static const enum mld_sizing sizings[] = { MLD_SIZED_COST, MLD_SIZED_COST_BARE, MLD_SIZED_MONEY,
                                               MLD_SIZED_BUDGET_BARE };
    for (size_t s = 0; s < sizeof sizings / sizeof *sizings; s++)
        for (int i = 0; i < MLD_SUPPORTS; i++) {
            const struct mld_alternative *form = &table->form[sizings[s]][i];
            int bare = sizings[s] == MLD_SIZED_COST_BARE || sizings[s] == MLD_SIZED_BUDGET_BARE;
            if (i == MLD_SUPPORT_GUARANTEE && sizings[s] == MLD_SIZED_BUDGET_BARE)
                continue; /* that of the dotation */
            assert_true(form->sized == MLD_IS_SIZED || form->sized == MLD_SIZE_NOT_NEEDED);
            assert_is_run(form, (enum mld_support)i, bare);
        }
    release(table);
    oracle("Forms of public money against runs of scenarios written by hand, path by path",
           "milliard run", "1e-12 of an IRR, a cent", "%d forms, %d paths, largest deviation %.0e",
           forms_compared, PATHS, furthest);
}

/* Each form costs what the guarantee does, and money is neither made nor lost. */
static void sizes_cost_the_same(void **state)
{
    (void)state;
    enum mld_status status;
    struct mld_alternatives *table = compare(base, 2, &status);
    for (int s = 0; s < MLD_SIZINGS; s++)
        for (int i = MLD_SUPPORT_CAPITAL; i <= MLD_SUPPORT_GRANT; i++) {
            const struct mld_alternative *form = &table->form[s][i],
                                         *guarantee = &table->form[s][MLD_SUPPORT_GUARANTEE];
            assert_true(form->low <= form->x && form->x <= form->high);
            if (s != MLD_SIZED_MONEY)
                assert_true(fabs(form->mean[MLD_OUT_PV].value - guarantee->mean[MLD_OUT_PV].value) <
                            200);
            else
                assert_true(form->x == 15e6);
        }
    /* Pari passu changes nothing for A; nothing costs nothing. */
    const struct mld_alternative *form = table->form[MLD_SIZED_COST];
    for (int p = 0; p < PATHS; p++) {
        assert_true(form[MLD_SUPPORT_PARI_PASSU].column[MLD_OUT_IRR][p] ==
                    form[MLD_SUPPORT_NOTHING].column[MLD_OUT_IRR][p]);
        assert_true(form[MLD_SUPPORT_NOTHING].column[MLD_OUT_COST][p] == 0);
        assert_true(form[MLD_SUPPORT_GRANT].column[MLD_OUT_LOSES][p] == 1);
    }
    assert_true(isnan(form[MLD_SUPPORT_NOTHING].private_per_public.value));
    release(table);
}

/*
 * Administration of a grant of 15 M€ at 1 % a year, of what is unspent and of the part of it that
 * is still invested: at most 1 % of it in each of twelve years.
 */
static void administration_is_charged(void **state)
{
    (void)state;
    struct outcome outcome = outcome_of_scenario(base);
    struct mld_alternatives *table = calloc(1, sizeof *table);
    const struct mld_alternatives_options options = { .threads = 1, .admin = 0.01, .columns = 1 };
    assert_non_null(table);
    assert_int_equal(mld_alternatives_fill(outcome.scenario, &options, table, &outcome.messages),
                     MLD_OK);
    const struct mld_alternative *form = &table->form[MLD_SIZED_MONEY][MLD_SUPPORT_GRANT];
    for (int p = 0; p < PATHS; p++) {
        double admin = form->column[MLD_OUT_COST][p] - 15e6;
        assert_true(admin > 0.01 * 15e6 && admin < 0.01 * 15e6 * 12);
        assert_true(fabs(form->column[MLD_OUT_PEAK][p] - form->column[MLD_OUT_COST][p]) < 0.01);
    }
    outcome_clear(&outcome);
    release(table);
}

/* The budget that forms are sized to is the run's, its residual balance taken off or kept. */
static void check_budget(const char *text)
{
    enum mld_status status;
    double budget[PATHS];
    struct outcome outcome = outcome_of_scenario(text);
    struct mld_keep keep = { MLD_WITH, mld_measure_named("budget_discounted"), budget };
    const struct mld_run_options options = { .keep = &keep, .n_keep = 1, .lean = 1 };
    struct mld_summary unused;
    struct mld_run_result result;
    assert_int_equal(
        mld_run(outcome.plan, NULL, &options, NULL, &unused, &result, &outcome.messages), MLD_OK);
    struct mld_alternatives *table = compare(text, 2, &status);
    const struct mld_alternative *form = &table->form[MLD_SIZED_BUDGET][MLD_SUPPORT_GUARANTEE];
    assert_memory_equal(form->column[MLD_OUT_PV], budget, sizeof budget);
    outcome_clear(&outcome);
    release(table);
}

static void the_budget_is_that_of_the_run(void **state)
{
    (void)state;
    char text[256];
    check_budget(base);
    snprintf(text, sizeof text, "%sguarantee = { residual_to = \"kept\"; };", base);
    check_budget(text);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    enum mld_status status;
    struct mld_alternatives *one = compare(base, 1, &status), *four = compare(base, 4, &status);
    for (int s = 0; s < MLD_SIZINGS; s++)
        for (int i = 0; i < MLD_SUPPORTS; i++) {
            assert_memory_equal(one->form[s][i].mean, four->form[s][i].mean,
                                sizeof one->form[s][i].mean);
            assert_memory_equal(&one->form[s][i].x, &four->form[s][i].x, sizeof(double));
        }
    assert_memory_equal(one->additionality, four->additionality, sizeof one->additionality);
    release(one);
    release(four);
}

/* A class B and grants are left out, and told; their commitments are A's. */
static void class_b_and_grants_are_left_out(void **state)
{
    (void)state;
    enum mld_status status;
    struct mld_alternatives *plain = compare(base, 2, &status);
    char text[512];
    snprintf(
        text, sizeof text, "%s%s", base,
        "fund = { classes = { A = { commitment = 80e6; }; B = { commitment = 10e6; public_share "
        "= 1.0; }; }; concessional = { first_loss = true; }; grants = ( { year = 1; amount = "
        "9e6; } ); };");
    struct mld_alternatives *table = compare(text, 2, &status);
    assert_int_equal(status, MLD_OK);
    assert_true(table->left_out_b && table->left_out_grants && !plain->left_out_b);
    assert_true(table->commitment_a == 99e6);
    for (int i = 0; i < MLD_SUPPORTS; i++)
        assert_true(fabs(table->form[MLD_SIZED_COST][i].mean[MLD_OUT_IRR].value -
                         plain->form[MLD_SIZED_COST][i].mean[MLD_OUT_IRR].value) < 1e-9);
    release(plain);
    release(table);
}

/* Commitments less 35 M€, and 5 M€ of the grant, do not pay all that may be signed at once. */
static void a_grant_that_comes_too_late(void **state)
{
    (void)state;
    enum mld_status status;
    char text[256];
    snprintf(text, sizeof text, "%s%s", base,
             "guarantee = { dotation = ( { year = 0; amount = 5e6; }, { year = 4; amount = 30e6; } "
             "); };");
    struct mld_alternatives *table = compare(text, 2, &status);
    assert_int_equal(status, MLD_OK);
    assert_int_equal(table->form[MLD_SIZED_MONEY][MLD_SUPPORT_GRANT].sized, MLD_COMES_TOO_LATE);
    assert_int_equal(table->form[MLD_SIZED_MONEY][MLD_SUPPORT_CAPITAL].sized, MLD_IS_SIZED);
    release(table);
}

/* One that does not is priced in its years, and costs what the dotation does. */
static void a_grant_in_time(void **state)
{
    (void)state;
    enum mld_status status;
    char text[256];
    snprintf(text, sizeof text, "%s%s", base,
             "guarantee = { dotation = ( { year = 0; amount = 6e6; }, { year = 3; amount = 2e6; } "
             "); };");
    struct mld_alternatives *table = compare(text, 2, &status);
    const struct mld_alternative *form = &table->form[MLD_SIZED_MONEY][MLD_SUPPORT_GRANT];
    assert_int_equal(status, MLD_OK);
    assert_int_equal(form->sized, MLD_IS_SIZED);
    assert_true(form->x == 8e6 && form->mean[MLD_OUT_IRR].value > 0);
    release(table);
}

static void refuses_what_has_no_fund(void **state)
{
    (void)state;
    enum mld_status status;
    struct mld_alternatives *table = compare(
        "base = \"fpci-guaranteed.cfg\"; drop = [ \"sensitivity\", \"guarantee\" ];\n", 1, &status);
    assert_int_equal(status, MLD_ERR_INPUT);
    release(table);
}

/*
 * α* is the present value of what the guarantee costs over that of the financing it covers, as α₀/κ
 * says; half of class A being public halves the financing and doubles it.
 */
static void additionality_follows(void **state)
{
    (void)state;
    enum mld_status status;
    char text[512];
    static const char more[] =
        "guarantee = { compared = ( { name = \"one\"; cost = 1.0; }, { name = \"half\"; cost = "
        "0.25; "
        "additional = 0.5; } ); }; fund = { classes = { A = { public_share = 0.5; }; }; };";
    struct mld_alternatives *plain = compare(base, 2, &status);
    snprintf(text, sizeof text, "%s%s", base, more);
    struct mld_alternatives *table = compare(text, 2, &status);
    const struct mld_additionality *at = &table->additionality[1], *of = &plain->additionality[1];
    int last = table->n_compared - 1;
    assert_true(at->pd_scale == 1 && table->n_compared == plain->n_compared + 2);
    assert_true(fabs(2 * at->financing.value / of->financing.value - 1) < 1e-12);
    assert_true(fabs(at->part[last].value / at->part[last - 1].value - 2) < 1e-12);
    /* the State's half of A costs it too */
    assert_true(fabs(at->part[last - 1].value - at->cost.value / at->financing.value) < 1e-12);
    assert_true(fabs(of->part[0].value - of->cost.value / of->financing.value) < 1e-12);
    assert_true(fabs(of->cost.value - plain->form[0][0].mean[MLD_OUT_PV].value) < 0.01);
    release(plain);
    release(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_are_runs_by_hand),
        cmocka_unit_test(sizes_cost_the_same),
        cmocka_unit_test(administration_is_charged),
        cmocka_unit_test(the_budget_is_that_of_the_run),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(class_b_and_grants_are_left_out),
        cmocka_unit_test(a_grant_that_comes_too_late),
        cmocka_unit_test(a_grant_in_time),
        cmocka_unit_test(refuses_what_has_no_fund),
        cmocka_unit_test(additionality_follows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
