/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every tier of the waterfall promises, whatever the others: one suite over every entry of
 * tiers.def and all it may pay, alone and in every list of up to three tiers and every full list of
 * the usual ones, with each number of the fund's table and each of its own terms at its default,
 * its low end and its high end (model, section 8). Then whole runs of shipped scenarios. A tier
 * that no list makes pay, or a term that moves nothing, would pass unseen: it fails.
 */
#include "support/ends.h"
#include "support/fund_case.h"
#include "support/oracle.h"
#include "support/usual_tiers.h"

#include <math.h>

enum { PATHS = 8, YEARS = 8, MOST_TIERS = 16 };

/* ---- the registry ---- */

static const char *tier_name(int i) { return mld_tiers[i] ? mld_tiers[i]->name : NULL; }
static const char *to_name(int i) { return mld_tier_to_names[i]; }

/* A term left out takes the value of a key of the fund that allows as much. */
static void assert_term(int type, const struct mld_param *row, const struct mld_param *common)
{
    assert_row(row, sizeof(struct mld_tier));
    assert_true(row->kind == MLD_REAL || row->kind == MLD_TEXT);
    assert_true(row->offset >= offsetof(struct mld_tier, rate));
    assert_int_equal(appears(common, row->key), 0);
    if (row->instead)
        assert_true(isnan(row->fallback) && appears(mld_tiers[type]->params, row->instead));
    if (!row->inherits)
        return;
    const struct mld_param *of_fund = mld_param_named(row->inherits);
    assert_non_null(of_fund);
    assert_true(isnan(row->fallback) && of_fund->kind == MLD_REAL);
    assert_true(of_fund->min == row->min && of_fund->max == row->max);
    assert_string_equal(of_fund->unit, row->unit);
}

static void rows_are_documented(void **state)
{
    (void)state;
    const struct mld_param *table = mld_param_named("fund.tiers")->table;
    for (int i = 0; mld_tiers[i]; i++) {
        assert_documented(mld_tiers[i]->name, mld_tiers[i]->summary_en, mld_tiers[i]->summary_fr,
                          mld_tiers[i]->source);
        assert_non_null(mld_tiers[i]->pay);
        for (const struct mld_param *row = mld_tiers[i]->params; row && row->key; row++)
            assert_term(i, row, table);
        if (mld_tiers[i]->params)
            assert_rows_apart(mld_tiers[i]->params);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(mld_tiers[i]->name, mld_tiers[j]->name);
    }
    assert_choices(table[0].choices, tier_name);
    assert_choices(table[1].choices, to_name);
    for (const struct mld_param *row = table; row->key; row++)
        assert_row(row, sizeof(struct mld_tier));
    for (const struct mld_param *row = mld_param_named("fund")->table; row->key; row++)
        assert_row(row, sizeof(struct mld_fund_spec));
    assert_rows_apart(table);
    assert_rows_apart(mld_param_named("fund")->table);
}

/* Every tier that a list may name: each row with each class it may pay. */
static int all_tiers(struct mld_tier tier[MOST_TIERS])
{
    int n = 0;
    for (int type = 0; mld_tiers[type]; type++)
        for (int to = 0; mld_tier_to_names[to]; to++)
            if (mld_tiers[type]->pays ? mld_tiers[type]->pays >> to & 1U : to == MLD_TO_C) {
                assert_true(n < MOST_TIERS);
                tier[n++] = mld_tier_of(type, to);
            }
    return n;
}

/* ---- a fund of eight fates ---- */

/*
 * Path 0 loses all, path 1 some, path 2 gives back the cost, 3 the hurdle or so, 4 more, 5 much
 * more, 6 early, 7 in t_L only.
 */
static void give_flows(struct fund_case *fund, double k)
{
    static const double multiple[PATHS] = { 0, 0.6, 1, 1.5, 2, 4, 2.5, 3 };
    int last = fund->plan->model.grid.last, m = fund->plan->model.grid.periods_per_year;
    for (int path = 0; path < PATHS; path++)
        for (int t = 0; t <= last; t++) {
            int investing = t < 2 * m, first = path == 6 ? m : path == 7 ? last : 3 * m;
            double each = multiple[path] * 50e6 / (last - first + 1);
            *cell(fund, fund->flows.invested, t, path) = k * (investing ? 50e6 / (2 * m) : 0);
            *cell(fund, fund->flows.income, t, path) = k * (t >= first ? 0.1 * each : 0);
            *cell(fund, fund->flows.capital, t, path) = k * (t >= first ? 0.9 * each : 0);
            *cell(fund, fund->flows.outstanding, t,
                  path) = k * (t < 2 * m ? 25e6 : 50e6 * (last - t) / (last - 2 * m + 1));
            *cell(fund, fund->flows.payout, t, path) = k * (path == 1 && t == 4 * m ? 5e6 : 0);
            *cell(fund, fund->flows.guarantee_fee, t, path) = k * 1e4 / m;
            *cell(fund, fund->flows.guarantee_cost, t, path) = k * 1e4 / m;
        }
}

static void scale_commitments(struct mld_fund_spec *fund, double k)
{
    for (int class = 0; class < MLD_CLASSES; class ++)
        fund->share_class[class].commitment *= k;
    fund->commitments *= k;
    fund->size *= k;
}

/*
 * Costs, a class B, carry and an impact share: nothing is idle. The fund ends a year before the
 * horizon.
 */
static struct mld_plan *plan_of(int m)
{
    struct mld_plan *plan = fund_plan(m, YEARS, 2, 60e6, 38e6, 2e6);
    struct mld_fund_spec *fund = &plan->fund;
    plan->model.grid.last -= m;
    fund->setup = 0.005;
    fund->management_fee = 0.02;
    fund->management_fee_after = 0.02;
    fund->running_costs = 0.0025;
    fund->recycling_limit = 0.05;
    fund->reserve_years = 1;
    fund->impact_share = 0.5;
    fund->score_mean = 0.7;
    fund->cap = 0.02;
    fund->credit_line.periods = 2; /* of a line, which a term may open */
    return plan;
}

/* ---- promises ---- */

/*
 * Whether all cash goes: of a list whose last tier does not take the rest something can be left
 * without a tier.
 */
static int takes_all(const struct mld_fund_spec *fund)
{
    return fund->n_tiers > 0 &&
           mld_tiers[fund->tier[fund->n_tiers - 1].type]->settles & MLD_SETTLES_REST;
}

/* Identities of section 10; finite numbers; nothing after t_L. */
static void assert_sound(const struct fund_case *fund, const char *what)
{
    struct mld_violation violation = check_of(fund);
    if (violation.what && (takes_all(&fund->plan->fund) || !strstr(violation.what, "last cash")))
        fail_msg("%s: %s, path %u, period %d, by %g", what, violation.what, violation.path,
                 violation.period, violation.amount);
    double *made[FUND_MADE];
    fund_made(&fund->flows, made);
    for (int s = 0; s < FUND_MADE; s++)
        for (int t = 0; t < fund->plan->model.grid.periods; t++)
            for (int path = 0; path < PATHS; path++) {
                double x = *cell(fund, made[s], t, path);
                if (!isfinite(x))
                    fail_msg("%s: series %d is not finite in period %d of path %d", what, s, t,
                             path);
                if (t > fund->plan->model.grid.last && x != 0)
                    fail_msg("%s: series %d moves after t_L, in period %d of path %d", what, s, t,
                             path);
            }
}

/* Whether some tier of the list gives something to a class. */
static int is_reached(const struct mld_fund_spec *fund, int class)
{
    static const unsigned to[MLD_CLASSES] = { 1U << MLD_TO_A | 1U << MLD_TO_A_AND_B,
                                              1U << MLD_TO_B | 1U << MLD_TO_A_AND_B,
                                              1U << MLD_TO_C };
    for (int i = 0; i < fund->n_tiers; i++)
        if (!mld_tiers[fund->tier[i].type]->pays || to[class] >> fund->tier[i].to & 1U)
            return 1;
    return 0;
}

/* Most that each tier paid on a path of any list. */
static double most_paid[MLD_TIERS][4];

/*
 * Each tier pays nothing below zero and nothing after t_L; together they pay what A, B, C and the
 * beneficiary get, and what is set aside, or was and then served others; one that returns capital
 * gives back no more than was paid in (and, C's, than what served others and had to be given
 * again), and one whose class has nothing to receive pays nothing. 1e-4 EUR: a few hundred
 * roundings of 1e8 EUR; a class that no tier names gets what one division rounds off, 1e-4 EUR at
 * most.
 */
static void assert_tiers(const struct fund_case *fund, const char *what)
{
    const struct mld_plan *plan = fund->plan;
    const struct mld_fund_flows *flows = &fund->flows;
    double all = plan->fund.commitments;
    for (int path = 0; path < PATHS; path++) {
        double paid = 0, given = 0, called = 0, used = 0, each[MLD_MAX_TIERS] = { 0 };
        for (int t = 0; t <= plan->model.grid.last; t++) {
            called += *cell(fund, flows->call, t, path);
            for (int i = 0; i < plan->fund.n_tiers; i++) {
                double x = tier_paid(fund, i, t, path);
                if (!(x >= -1e-9 * all))
                    fail_msg("%s: tier %d takes %g in period %d of path %d", what, i, x, t, path);
                each[i] += x;
                paid += x;
            }
            for (int class = 0; class < MLD_CLASSES; class ++) {
                double got = *cell(fund, flows->distribution[class], t, path);
                if (fabs(got) > 1e-12 * all && !is_reached(&plan->fund, class))
                    fail_msg("%s: class %c gets %g, though no tier names it", what, 'A' + class,
                             got);
                given += got;
            }
            given += *cell(fund, flows->beneficiary, t, path);
            double aside = *cell(fund, flows->set_aside, t, path);
            used += *cell(fund, flows->aside_used, t, path);
            if (fabs(paid - given - aside - used) > 1e-12 * all + 1e-4 * all / 100e6)
                fail_msg("%s: tiers paid %g, %g was given, in period %d of path %d", what, paid,
                         given + aside + used, t, path);
        }
        for (int i = 0; i < plan->fund.n_tiers; i++) {
            const struct mld_tier *tier = &plan->fund.tier[i];
            const struct mld_share_class *class = plan->fund.share_class;
            double paid_in = called / all *
                             (tier->to == MLD_TO_A   ? class[0].commitment
                              : tier->to == MLD_TO_B ? class[1].commitment
                              : tier->to == MLD_TO_C ? class[2].commitment
                                                     : class[0].commitment + class[1].commitment);
            double again = tier->to == MLD_TO_C ? used : 0;
            double *most = &most_paid[tier->type][tier->to];
            *most = each[i] > *most ? each[i] : *most;
            if (mld_tiers[tier->type]->settles == MLD_SETTLES_CAPITAL &&
                each[i] > paid_in + again + 1e-9 * all)
                fail_msg("%s: tier %d returns %g of a capital of %g on path %d", what, i, each[i],
                         paid_in, path);
            if (mld_tiers[tier->type]->pays && paid_in == 0 && each[i] != 0)
                fail_msg("%s: tier %d pays %g to a class that paid nothing in", what, i, each[i]);
            for (int t = plan->model.grid.last + 1; t < plan->model.grid.periods; t++)
                assert_true(tier_paid(fund, i, t, path) == 0);
        }
    }
}

/*
 * Commitments and flows twice and three times: every series as many times, to the last bit when
 * twice. 1e-11 of 3e8 EUR for three: some hundred roundings.
 */
static void assert_linear(struct fund_case *fund, const char *what)
{
    static double once[FUND_MADE][PATHS * 12 * YEARS];
    double *made[FUND_MADE];
    int n = fund->plan->model.grid.periods * fund->flows.width;
    struct mld_fund_spec kept = fund->plan->fund;
    fund_made(&fund->flows, made);
    assert_true(n <= (int)(sizeof once[0] / sizeof once[0][0]));
    for (int s = 0; s < FUND_MADE; s++)
        memcpy(once[s], made[s], (size_t)n * sizeof(double));
    for (int k = 2; k <= 3; k++) {
        scale_commitments(&fund->plan->fund, k);
        give_flows(fund, k);
        case_fill(fund, 0);
        fund->plan->fund = kept;
        for (int s = 0; s < FUND_MADE; s++)
            for (int i = 0; i < n; i++)
                if (!(fabs(made[s][i] - k * once[s][i]) <= (k == 2 ? 0 : 3e-3)))
                    fail_msg("%s: series %d is not proportional to money: %.17g, not %.17g", what,
                             s, made[s][i], k * once[s][i]);
    }
}

static void try_plan(struct mld_plan *plan, const char *what)
{
    struct fund_case fund;
    plan->fund.commitments = 0;
    for (int class = 0; class < MLD_CLASSES; class ++)
        plan->fund.commitments += plan->fund.share_class[class].commitment;
    plan->fund.size = plan->fund.commitments;
    case_open(&fund, plan, PATHS);
    give_flows(&fund, 1);
    case_fill(&fund, 0);
    assert_sound(&fund, what);
    assert_tiers(&fund, what);
    assert_linear(&fund, what);
    case_close(&fund);
}

/* ---- lists ---- */

static void name_list(char *what, size_t size, const char *terms, int n,
                      const struct mld_tier *tier)
{
    int used = snprintf(what, size, "%s", terms);
    for (int i = 0; i < n && used < (int)size; i++)
        used += snprintf(what + used, size - (size_t)used, ", %s %s", mld_tiers[tier[i].type]->name,
                         mld_tier_to_names[tier[i].to]);
}

/* With and without a class B; under first_loss and capped_return. */
static void try_list(int n, const struct mld_tier *tier)
{
    static const char *const terms[] = { "pro rata", "first loss", "capped", "first loss, capped",
                                         "no class B" };
    char what[512];
    for (int k = 0; k < 5; k++) {
        struct mld_plan *plan = plan_of(1);
        plan->fund.first_loss = k == 1 || k == 3;
        plan->fund.capped_return = k == 2 || k == 3;
        if (k == 4)
            plan->fund.share_class[MLD_CLASS_B].commitment = 0;
        plan->fund.n_tiers = n;
        memcpy(plan->fund.tier, tier, (size_t)n * sizeof *tier);
        name_list(what, sizeof what, terms[k], n, tier);
        try_plan(plan, what);
    }
}

/* Every ordered list of distinct tiers up to a length, each tier alone first. */
static int try_lists(int longest, int n, struct mld_tier *list, int all,
                     const struct mld_tier *tier)
{
    int tried = 0;
    if (n > 0) {
        try_list(n, list);
        tried++;
    }
    for (int i = 0; n < longest && i < all; i++) {
        int used = 0;
        for (int j = 0; j < n; j++)
            used |= list[j].type == tier[i].type && list[j].to == tier[i].to;
        if (used)
            continue;
        list[n] = tier[i];
        tried += try_lists(longest, n + 1, list, all, tier);
    }
    return tried;
}

static void every_list_of_tiers(void **state)
{
    (void)state;
    struct mld_tier tier[MOST_TIERS], list[MLD_MAX_TIERS], usual[MLD_MAX_TIERS];
    int all = all_tiers(tier);
    int tried = try_lists(3, 0, list, all, tier);
    /* The usual five in every order of the first four: 24 full lists that end in the split. */
    struct mld_plan *plan = plan_of(1);
    memcpy(usual, plan->fund.tier, 5 * sizeof *usual);
    free(plan);
    for (int code = 0; code < 256; code++) {
        int at[4] = { code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6 }, seen = 0;
        for (int i = 0; i < 4; i++)
            seen |= 1 << at[i];
        if (seen != 15)
            continue;
        for (int i = 0; i < 4; i++)
            list[i] = usual[at[i]];
        list[4] = usual[4];
        try_list(5, list);
        tried++;
    }
    for (int i = 0; i < all; i++)
        if (!(most_paid[tier[i].type][tier[i].to] > 1e6))
            fail_msg("%s %s pays nothing in any list", mld_tiers[tier[i].type]->name,
                     mld_tier_to_names[tier[i].to]);
    oracle("Conformance of waterfall tiers", "model, sections 8 and 10",
           "identities to 1e-6 EUR; proportional to money to the last bit for a power of two",
           "%d types, %d tiers, %d ordered lists of them", MLD_TIERS, all, tried);
}

/* ---- parameters ---- */

/*
 * The number of a row of the fund's table or of a group in it. Lengths of time belong to the grid:
 * whole runs try them.
 */
static int is_kernel_row(const struct mld_param *row)
{
    return has_ends(row) && strcmp(row->key, "term_years") && strcmp(row->key, "extension_years") &&
           strcmp(row->key, "investment_years");
}

static int try_table(const struct mld_param *table, size_t base, int m)
{
    int rows = 0;
    char what[128];
    for (const struct mld_param *row = table; row->key; row++) {
        if (row->kind == MLD_GROUP && strcmp(row->key, "classes"))
            rows += try_table(row->table, base + row->offset, m);
        if (!is_kernel_row(row))
            continue;
        for (int high = 0; high < 2; high++) {
            struct mld_plan *plan = plan_of(m);
            row_set(row, (char *)&plan->fund + base, row_end(row, high));
            snprintf(what, sizeof what, "%s = %g", row->key, row_end(row, high));
            try_plan(plan, what);
        }
        rows++;
    }
    return rows;
}

static void every_term_at_both_ends(void **state)
{
    (void)state;
    const struct mld_param *table = mld_param_named("fund")->table;
    int rows = 0;
    for (int m = 1; m <= 4; m += 3) {
        struct mld_plan *plan = plan_of(m);
        struct mld_fund_spec *fund = &plan->fund;
        struct mld_fund_spec kept = *fund;
        rows_default(table, fund); /* all defaults at once; the grid's own stay */
        fund->term_years = kept.term_years;
        fund->investment_years = kept.investment_years;
        fund->hurdle = kept.hurdle; /* what tiers leave to them is needed */
        fund->carry = kept.carry;
        fund->management_fee = fund->management_fee_after = fund->running_costs = 0;
        try_plan(plan, "defaults");
        rows = try_table(table, 0, m);
    }
    assert_true(rows > 10);
    oracle("Conformance of the fund's terms", "model, sections 8 and 10", "identities to 1e-6 EUR",
           "%d parameters at both ends", rows);
}

/* What the funds of a term at its two ends give, in every series they make. */
static int differ(const struct fund_case *a, const struct fund_case *b)
{
    double *of_a[FUND_MADE], *of_b[FUND_MADE];
    size_t bytes = (size_t)(a->plan->model.grid.periods * a->flows.width) * sizeof(double);
    fund_made(&a->flows, of_a);
    fund_made(&b->flows, of_b);
    for (int s = 0; s < FUND_MADE; s++)
        if (memcmp(of_a[s], of_b[s], bytes))
            return 1;
    return 0;
}

/* A term of a tier at both ends: a fund that keeps its promises, and another one. */
static void try_term(int type, const struct mld_param *row)
{
    struct fund_case end[2];
    char what[128];
    for (int high = 0; high < 2; high++) {
        for (int m = 1; m <= 4; m += 3) {
            struct mld_plan *plan = plan_of(m);
            row_set(row, &plan->fund.tier[usual_with(type, &plan->fund)], row_end(row, high));
            snprintf(what, sizeof what, "%s of %s = %g", row->key, mld_tiers[type]->name,
                     row_end(row, high));
            try_plan(plan, what);
        }
        struct mld_plan *plan = plan_of(1);
        row_set(row, &plan->fund.tier[usual_with(type, &plan->fund)], row_end(row, high));
        case_open(&end[high], plan, PATHS);
        give_flows(&end[high], 1);
        case_fill(&end[high], 0);
    }
    if (!differ(&end[0], &end[1]))
        fail_msg("%s of %s moves nothing", row->key, mld_tiers[type]->name);
    for (int high = 0; high < 2; high++)
        case_close(&end[high]);
}

static void every_term_of_a_tier(void **state)
{
    (void)state;
    int rows = 0;
    for (int type = 0; type < MLD_TIERS; type++)
        for (const struct mld_param *row = mld_tiers[type]->params; row && row->key; row++)
            if (has_ends(row)) {
                try_term(type, row);
                rows++;
            }
    oracle("Conformance of the terms of tiers", "model, sections 8 and 10",
           "identities to 1e-6 EUR", "%d terms at both ends, each moves something", rows);
}

/* ---- whole runs ---- */

/* `set` has room for two more. */
static void ends_of_tiers(const char *scenario, int n, const char **set, int paths,
                          struct ends *ends)
{
    for (int type = 0; type < MLD_TIERS; type++) {
        char list[1024], path[64];
        if (!mld_tiers[type]->params)
            continue;
        snprintf(path, sizeof path, "fund.tiers.[%d]", usual_text(type, list, sizeof list));
        set[n] = list;
        ends_of_table(scenario, path, mld_tiers[type]->params, n + 1, set, paths, ends);
    }
}

/* A row of fees, each of its numbers at both ends: of a base, its kind and rate among them. */
static void ends_of_fees(const char *scenario, int n, const char **set, int paths,
                         struct ends *ends)
{
    set[n] =
        "fund.fees=( { name = \"row\"; kind = \"management\"; base = \"called\"; rate = 0.01; } "
        ")";
    ends_of_table(scenario, "fund.fees.row", mld_param_named("fund.fees")->table, n + 1, set, paths,
                  ends);
}

/* A volume small beside the commitments, so that the dearest costs of the table fit in them. */
static void whole_runs_at_both_ends(void **state)
{
    (void)state;
    static const char *const scenarios[] = { "fpci-reference.cfg", "fpci-guaranteed.cfg" };
    enum { RUN_PATHS = 16 };
    struct ends ends = { 0 };
    for (size_t s = 0; s < sizeof scenarios / sizeof *scenarios; s++) {
        const char *set[ENDS_CONSTANTS_COUNT + 9] = { ENDS_CONSTANTS,
                                                      "run.paths=16",
                                                      "thesis.volume=20000000.0",
                                                      "fund.impact_carry.score_sd=0",
                                                      "fund.classes.B.commitment=20000000.0",
                                                      "fund.classes.C.commitment=2000000.0",
                                                      "fund.concessional.cap=0.02",
                                                      "fund.impact_carry.beneficiary=endowment" };
        ends_of_table(scenarios[s], "fund", mld_param_named("fund")->table,
                      ENDS_CONSTANTS_COUNT + 7, set, RUN_PATHS, &ends);
        ends_of_tiers(scenarios[s], ENDS_CONSTANTS_COUNT + 7, set, RUN_PATHS, &ends);
        if (s > 0)
            ends_of_fees(scenarios[s], ENDS_CONSTANTS_COUNT + 7, set, RUN_PATHS, &ends);
    }
    assert_true(ends.accepted > 2 * ends.refused);
    oracle("Whole runs with each term of a fund at its ends",
           "the identities of model, section 10, checked by the run", "1e-6 EUR",
           "%d runs keep them, %d settings are refused by name", ends.accepted, ends.refused);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_documented),     cmocka_unit_test(every_list_of_tiers),
        cmocka_unit_test(every_term_at_both_ends), cmocka_unit_test(every_term_of_a_tier),
        cmocka_unit_test(whole_runs_at_both_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
