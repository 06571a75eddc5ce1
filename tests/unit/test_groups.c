/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Groups of deals: which there are; that flows, totals and IRR of each are those of its deals, to
 * the last bit, by a second summation; a worked example in euros.
 */
#include "support/plans.h"
#include "support/run_case.h"
#include "support/small_world.h"

#include "milliard/simulate.h"

enum { PATHS = 16, FIRST = 40 };

static struct mld_plan *plan_of(const char *scenario, int n_set, const char *const *set)
{
    char path[4096];
    snprintf(path, sizeof path, PROJECT_SOURCE "/scenarios/%s", scenario);
    return plan_of_outcome(outcome_of_file(path, n_set, set));
}

/* ---- which there are ---- */

static void groups_of_a_thesis(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_of("fpci-reference.cfg", 1,
                                    (const char *const[]){ "thesis.deployment=[0.5,0.0,0.5]" });
    const struct mld_group_list *list = &plan->model.groups;
    int n[MLD_GROUP_KINDS] = { 0 };
    for (int g = 0; g < list->n; g++) {
        n[list->group[g].kind]++;
        assert_true(g == 0 || list->group[g].kind >= list->group[g - 1].kind);
    }
    assert_int_equal(n[MLD_GROUP_INSTRUMENT], 7);
    assert_int_equal(n[MLD_GROUP_FORM], 3);
    assert_int_equal(n[MLD_GROUP_YEAR], 2);
    assert_int_equal(list->group[list->n - 2].key, 2027);
    assert_int_equal(list->group[list->n - 1].key, 2029);
    release_plan(plan);
}

/* ---- sums ---- */

static int is_in(const struct mld_plan *plan, const struct mld_group *group,
                 const struct mld_deal *deal)
{
    switch (group->kind) {
    case MLD_GROUP_INSTRUMENT: return deal->instrument == group->key;
    case MLD_GROUP_FORM: return deal->form == group->key;
    default: return mld_grid_calendar_year(&plan->model.grid, deal->period) == group->key;
    }
}

/* What a group is, by its deals one after the other. */
struct pooled {
    int deals;
    double flow[MLD_MAX_PERIODS], invested, capital, losses;
};

static struct pooled pool(const struct mld_plan *plan, const struct mld_workspace *workspace,
                          int lives, int path, const struct mld_group *group)
{
    struct pooled pooled = { 0 };
    for (int d = 0; d < workspace->portfolio.n_deals; d++) {
        const struct mld_deal *deal = &workspace->portfolio.deal[d];
        const struct mld_life *life = &workspace->lives[lives].deal[d].life;
        if (deal->path != path || !life->made || !is_in(plan, group, deal))
            continue;
        pooled.deals++;
        pooled.invested += deal->amount;
        pooled.losses += life->default_loss + life->exit_loss + life->forced_discount;
        pooled.flow[deal->period] -= deal->amount;
        for (int t = deal->period; t <= life->last_period; t++) {
            pooled.flow[t] += life->income[t] + life->capital[t];
            pooled.capital += life->capital[t];
        }
    }
    return pooled;
}

/* A step of what mld_groups_fill() wrote of a design, on a path. */
static double step_of(const struct mld_plan *plan, const struct mld_workspace *workspace,
                      int design, int step, int path)
{
    int before = mld_series_total(&plan->model.grid);
    return workspace->design[design]
        .series[(size_t)(before + step) * (size_t)workspace->width + (size_t)path];
}

static void check_group(const struct mld_plan *plan, const struct mld_workspace *workspace,
                        int lives, int g, int path)
{
    const struct mld_grid *grid = &plan->model.grid;
    int design = mld_plan_reader(plan, lives), n = plan->model.groups.n, roots;
    struct pooled is = pool(plan, workspace, lives, path, &plan->model.groups.group[g]);
#define TOLD(row) step_of(plan, workspace, design, mld_group_row_named(row) * n + g, path)
    double rate = mld_irr_periodic(grid->periods, grid->periods_per_year, is.flow, &roots),
           irr = mld_settled(rate, 1), told = TOLD("irr");
    assert_true(is.deals ? same_bits(&told, &irr, sizeof irr) : isnan(told));
    assert_true(TOLD("deals") == is.deals && TOLD("present") == (is.deals > 0));
    assert_true(TOLD("invested") == is.invested);
    /* sums in another order, of some 1e8 EUR */
    assert_true(fabs(TOLD("capital") - is.capital) < 1e-6);
    assert_true(fabs(TOLD("gains") - (is.capital - is.invested + is.losses)) < 1e-6);
#undef TOLD
    for (int t = 0; t < grid->periods; t++)
        assert_true(step_of(plan, workspace, design,
                            mld_group_row_count() * n + g * grid->periods + t, path) == is.flow[t]);
}

static void check_scenario(const char *scenario, int n_set, const char *const *set, int lives)
{
    struct mld_plan *plan = plan_of(scenario, n_set, set);
    struct mld_workspace *workspace;
    assert_int_equal(mld_workspace_create(plan, PATHS, MLD_KEEP_TRACE, &workspace), MLD_OK);
    workspace->groups = 1;
    mld_simulate(plan, FIRST, PATHS, workspace);
    assert_null(workspace->violation.what);
    assert_int_equal(plan->n_lives, lives);
    for (int k = 0; k < lives; k++)
        for (int g = 0; g < plan->model.groups.n; g++)
            for (int p = 0; p < PATHS; p++)
                check_group(plan, workspace, k, g, p);
    mld_workspace_free(workspace);
    release_plan(plan);
}

static void groups_are_sums_of_their_deals(void **state)
{
    (void)state;
    check_scenario("fpci-guaranteed.cfg", 0, NULL, 1);
    check_scenario("fpci-guaranteed.cfg", 1, (const char *const[]){ "guarantee.moral_hazard=1.5" },
                   2);
    check_scenario("tape-example.cfg", 0, NULL, 1);
    check_scenario("fpci-reference.cfg", 2,
                   (const char *const[]){ "periods_per_year=1", "first_closing=\"2027-07-01\"" },
                   1);
}

/* ---- in euros ---- */

/*
 * One bond of 1,000,000 € at 4 % a year, repaid after two years, bought in the first period: flows
 * −1,000,000, 40,000 and 1,040,000, so 4 % whatever IRR; one of 2,000,000 € a year later at 6 %.
 * Together in 2028 …: instruments −1,000,000, −1,960,000, 1,160,000, 2,120,000.
 */
static void two_bonds_in_euros(void **state)
{
    (void)state;
    static char text[8192];
    snprintf(text, sizeof text,
             SMALL_WORLD "instruments = { bond = { coupon = 0.04; maturity_years = 2.0; "
                         "amortisation = \"bullet\";" SMALL_RESOLUTION "}; };\n"
                         "tape = { file = \"\"; text = \"deal,issuer,instrument,legal_form,sector,"
                         "date,amount,coupon\\n"
                         "a,a,bond,company,all,2027-06-01,1000000,0.04\\n"
                         "b,b,bond,company,all,2028-06-01,2000000,0.06\\n\"; };\n",
             5, 10, 0.0, 0.1, "", 0.0);
    struct run_case run = run_case_of_text(text);
    run_case_run(&run, 0, 0);
    const struct mld_group_returns *returns = mld_summary_returns(&run.summary, MLD_WITHOUT);
    const struct mld_group_table *table = &run.summary.groups;
    assert_int_equal(table->n, 4); /* bond, company, 2027, 2028 */
    assert_string_equal(table->name[0].name, "bond");
    assert_string_equal(table->name[3].name, "2028");
    static const double flow[2][5] = { { -1e6, -1.96e6, 1.16e6, 2.12e6, 0 },
                                       { -1e6, 4e4, 1.04e6, 0, 0 } };
    for (int t = 0; t < 5; t++) {
        assert_true(fabs(returns->flow.mean[t] - flow[0][t]) < 1e-6);
        assert_true(fabs(returns->flow.mean[2 * 5 + t] - flow[1][t]) < 1e-6);
    }
    assert_true(fabs(returns->irr_of_means[2] - 0.04) < 1e-12);
    assert_true(fabs(returns->irr_of_means[3] - 0.06) < 1e-12);
    assert_true(fabs(returns->row[0].mean[2] - 0.04) < 1e-12);
    assert_true(fabs(returns->row[mld_group_row_named("income")].mean[0] - 320000) < 1e-6);
    assert_true(fabs(returns->row[mld_group_row_named("capital")].mean[0] - 3e6) < 1e-6);
    assert_true(returns->row[mld_group_row_named("gains")].mean[0] == 0);
    run_case_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_of_a_thesis),
        cmocka_unit_test(groups_are_sums_of_their_deals),
        cmocka_unit_test(two_bonds_in_euros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
