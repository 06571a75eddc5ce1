/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Issuers against section 3 of the model, written again with scalar draws, GSL's laws and one sum
 * over periods: the period of default must be the same for every issuer.
 */
#include "support/oracle.h"
#include "support/plans.h"

#include <gsl/gsl_cdf.h>

#include "core/vector.h"
#include "milliard/draws.h"

enum { PATHS = 64, FORMS = 3, SECTORS = 8 };

/** The three stages of a batch of paths. */
struct batch {
    const struct mld_plan *plan;
    uint32_t first;
    int paths;
    struct mld_factor_rows rows;
    struct mld_portfolio portfolio;
    struct mld_issuer_outcomes outcomes;
};

static void start(struct batch *batch, const struct mld_plan *plan, int capacity)
{
    batch->plan = plan;
    assert_int_equal(mld_factor_rows_init(&batch->rows, &plan->model, capacity), MLD_OK);
    assert_int_equal(mld_portfolio_init(&batch->portfolio, &plan->model, capacity), MLD_OK);
    assert_int_equal(mld_issuer_outcomes_init(&batch->outcomes, &plan->model,
                                              capacity * plan->model.max_issuers, capacity),
                     MLD_OK);
}

static void fill(struct batch *batch, uint32_t first, int paths, const struct mld_hazard *hazard)
{
    batch->first = first;
    batch->paths = paths;
    mld_factors_fill(&batch->plan->model, first, paths, &batch->rows);
    mld_portfolio_fill(&batch->plan->model, first, paths, &batch->portfolio);
    mld_issuers_fill(&batch->plan->model, first, 0, paths, &batch->rows, &batch->portfolio, hazard,
                     &batch->outcomes);
}

static void stop(struct batch *batch)
{
    mld_factor_rows_clear(&batch->rows);
    mld_portfolio_clear(&batch->portfolio);
    mld_issuer_outcomes_clear(&batch->outcomes);
}

static uint32_t path_of(const struct batch *batch, const struct mld_issuer *issuer)
{
    return batch->first + (uint32_t)issuer->path;
}

/* ---- section 3 by hand ---- */

/** Y(y) = [Σ_k w_k F_k(y) + w_s F_s(y)] / n */
static double systematic(const struct batch *batch, const struct mld_issuer *issuer, int year)
{
    const struct mld_form *form = &batch->plan->model.form[issuer->form];
    const struct mld_factor_rows *rows = &batch->rows;
    int factors = batch->plan->model.factors.n_factors;
    double sum = form->sector_weight *
                 rows->sector[(issuer->path * SECTORS + issuer->sector) * rows->stride + year];
    for (int k = 0; k < factors; k++)
        sum += form->weight[k] * rows->named[(issuer->path * factors + k) * rows->stride + year];
    return sum / form->norm;
}

/** p(a, y), the annual PD given the factors. */
static double conditional_pd(const struct batch *batch, const struct mld_issuer *issuer,
                             double moral, int a, int year)
{
    const struct mld_form *form = &batch->plan->model.form[issuer->form];
    const struct mld_factors_spec *factors = &batch->plan->model.factors;
    double pd = moral * batch->plan->model.terms[issuer->terms].pd_scale *
                form->pd[a < form->n_pd ? a : form->n_pd - 1];
    double rho = form->asset_correlation, threshold;
    pd = pd < 0.9999 ? pd : 0.9999;
    if (factors->dependence == MLD_STUDENT)
        threshold = gsl_cdf_tdist_Pinv(pd, factors->dof) /
                    sqrt(batch->rows.mixing[issuer->path * batch->rows.stride + year]);
    else
        threshold = gsl_cdf_ugaussian_Pinv(pd);
    return gsl_cdf_ugaussian_P((threshold - sqrt(rho) * systematic(batch, issuer, year)) /
                               sqrt(1 - rho));
}

static int default_by_hand(const struct batch *batch, const struct mld_issuer *issuer,
                           const struct mld_hazard *hazard)
{
    const struct mld_grid *grid = &batch->plan->model.grid;
    int m = grid->periods_per_year;
    double u = mld_draw_uniform(batch->plan->model.seed, MLD_STREAM_ISSUER, path_of(batch, issuer),
                                issuer->entity, MLD_DRAW_DEFAULT);
    double threshold = -log(u), sum = 0;
    for (int t = issuer->period + 1; t <= grid->last; t++) {
        double moral = t > hazard->from ? batch->plan->model.hazard[hazard->level] : 1;
        sum += -log1p(-conditional_pd(batch, issuer, moral, (t - issuer->period - 1) / m, t / m)) /
               m;
        if (sum >= threshold)
            return t;
    }
    return grid->periods;
}

/**
 * Every issuer of the batch; returns how many default. Two sums that differ by 1e-14 could disagree
 * about one in 1e12.
 */
static long compared, in_default;

static int check_defaults(const struct batch *batch, const struct mld_hazard *hazard)
{
    const struct mld_hazard none = { 0, 0 };
    int defaults = 0;
    for (int i = 0; i < batch->portfolio.n_issuers; i++) {
        const struct mld_issuer *issuer = &batch->portfolio.issuer[i];
        int expected = default_by_hand(batch, issuer, hazard ? &hazard[i] : &none);
        if (batch->outcomes.default_period[i] != expected)
            fail_msg("issuer %d of period %d defaults in %d, expected %d", i, issuer->period,
                     batch->outcomes.default_period[i], expected);
        defaults += expected < batch->plan->model.grid.periods;
    }
    compared += batch->portfolio.n_issuers;
    in_default += defaults;
    return defaults;
}

static void check_plan(const char *text, int paths)
{
    struct mld_plan *plan = plan_with(text);
    struct batch batch;
    start(&batch, plan, paths);
    fill(&batch, 1000, paths, NULL);
    int defaults = check_defaults(&batch, NULL);
    /* Some tenths of issuers default in all these plans: both outcomes are compared. */
    assert_in_range(defaults, batch.portfolio.n_issuers / 20, batch.portfolio.n_issuers * 19 / 20);
    stop(&batch);
    release_plan(plan);
}

static void defaults_are_those_of_the_formula(void **state)
{
    (void)state;
    check_plan("", 200);
}

static void years_halves_and_months_too(void **state)
{
    (void)state;
    check_plan("periods_per_year = 1;", 100);
    check_plan("periods_per_year = 2;", 100);
    check_plan("periods_per_year = 12;", 100);
}

/**
 * t_L in the second quarter of a year, and a horizon that goes on after it: defaults after t_L do
 * not exist.
 */
static void no_default_after_the_last_period(void **state)
{
    (void)state;
    check_plan("horizon_years = 15; fund = { extension_years = 1.5; };", 100);
}

/**
 * PDs that differ each year, and come down to a year without any: as many hazards as there can be.
 */
static void pd_may_change_every_year(void **state)
{
    (void)state;
    check_plan("legal_forms = { company = { pd = [ 0.01, 0.09, 0.02, 0.08, 0.0, 0.07, 0.03, 0.06, "
               "0.04, 0.05 ]; }; };",
               100);
}

static void pd_is_cut_below_one(void **state)
{
    (void)state;
    check_plan("legal_forms = { company = { pd = [ 0.05, 0.9, 0.02 ]; }; cooperative = { pd = [ "
               "0.99999 ]; }; };",
               50);
}

static void student_dependence(void **state)
{
    (void)state;
    check_plan("factors = { dependence = \"student\"; dof = 4.0; };", 100);
}

static void stresses_reach_hazards(void **state)
{
    (void)state;
    check_plan("factors = { stress = ( { year = 3; factor = \"cycle\"; shift = -3.0; }, "
               "{ year = 6; factor = \"energy\"; shift = 2.0; } ); };",
               50);
}

/* Above each hazard, and not by more than its header says; where its own rounding is below 1e-6. */
static void bounds_are_above_hazards(void **state)
{
    (void)state;
    for (int i = -60000; i <= 40000; i++) {
        double x = 1e-4 * i, hazard;
        mld_normal_hazard_n(1, &x, &hazard);
        double ratio = (double)mld_normal_hazard_above_inline((float)x) / hazard;
        assert_true(ratio > 1 && ratio < MLD_HAZARD_MOST_ABOVE);
        assert_true(ratio < 1.08 || x < -4 || x > 0.5);
    }
    assert_true(isinf(mld_normal_hazard_above_inline(4.01F)));
    assert_true(mld_normal_hazard_above_inline(-HUGE_VALF) < 1e-15F);
}

static void the_threshold_is_minus_the_logarithm_of_the_draw(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with("");
    struct batch batch;
    start(&batch, plan, PATHS);
    fill(&batch, 3, PATHS, NULL);
    for (int i = 0; i < batch.portfolio.n_issuers; i++) {
        const struct mld_issuer *issuer = &batch.portfolio.issuer[i];
        uint32_t path = path_of(&batch, issuer);
        double u = mld_draw_uniform(plan->model.seed, MLD_STREAM_ISSUER, path, issuer->entity,
                                    MLD_DRAW_DEFAULT);
        /* mld_log() is within 4e-16 of the logarithm, the C library's log() within 2e-16. */
        assert_true(fabs(batch.outcomes.threshold[i] + log(u)) <=
                    1e-15 * batch.outcomes.threshold[i]);
        assert_true(batch.outcomes.resolution[i] ==
                    mld_draw_uniform(plan->model.seed, MLD_STREAM_ISSUER, path, issuer->entity,
                                     MLD_DRAW_RESOLUTION));
    }
    stop(&batch);
    release_plan(plan);
}

/* ---- moral hazard ---- */

static const char with_moral_hazard[] =
    "guarantee = { moral_hazard = 1.4; layers = ( { name = \"state\"; quotite = 0.5; } ); };";

/* Of two issuers in three at a level from a period on: -1, their first deal's; else any. */
static struct mld_hazard *hazards(int n, int level, int from)
{
    struct mld_hazard *hazard = malloc((size_t)n * sizeof *hazard);
    assert_non_null(hazard);
    for (int i = 0; i < n; i++)
        hazard[i] = (struct mld_hazard){ i % 3 ? level : 0, from < 0 ? 0 : (from + i) % 40 };
    return hazard;
}

static void moral_hazard_multiplies_pd_of_covered_issuers(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with(with_moral_hazard);
    struct batch without, with, ones;
    struct mld_hazard *raised = hazards(PATHS * plan->model.max_issuers, 1, -1),
                      *one = hazards(PATHS * plan->model.max_issuers, 0, -1);
    assert_true(plan->model.n_hazards == 2 && plan->model.hazard[1] == 1.4);
    start(&without, plan, PATHS);
    start(&with, plan, PATHS);
    start(&ones, plan, PATHS);
    fill(&without, 0, PATHS, NULL);
    fill(&with, 0, PATHS, raised);
    fill(&ones, 0, PATHS, one);
    int before = check_defaults(&without, NULL), after = check_defaults(&with, raised),
        n = without.portfolio.n_issuers;
    assert_true(after > before);
    for (int i = 0; i < n; i++)
        assert_true(with.outcomes.default_period[i] <= without.outcomes.default_period[i]);
    assert_true(same_bits(ones.outcomes.default_period, without.outcomes.default_period,
                          (size_t)n * sizeof(int)));
    assert_true(same_bits(with.outcomes.threshold, without.outcomes.threshold,
                          (size_t)n * sizeof(double)));
    assert_true(same_bits(with.outcomes.xi, without.outcomes.xi, (size_t)n * sizeof(double)));
    stop(&without);
    stop(&with);
    stop(&ones);
    free(raised);
    free(one);
    release_plan(plan);
}

/*
 * PDs that change within a life: up to that period the hazards of before, the raised ones after.
 * Before an issuer's first deal, or in its period, it is as if they were raised all along.
 */
static void check_later(const char *text)
{
    struct mld_plan *plan = plan_with(text);
    struct batch without, with, later;
    struct mld_hazard *raised = hazards(PATHS * plan->model.max_issuers, 1, -1),
                      *from = hazards(PATHS * plan->model.max_issuers, 1, 3);
    int between = 0;
    start(&without, plan, PATHS);
    start(&with, plan, PATHS);
    start(&later, plan, PATHS);
    fill(&without, 0, PATHS, NULL);
    fill(&with, 0, PATHS, raised);
    fill(&later, 0, PATHS, from);
    check_defaults(&later, from);
    for (int i = 0; i < later.portfolio.n_issuers; i++) {
        int before = without.outcomes.default_period[i], now = later.outcomes.default_period[i],
            all = with.outcomes.default_period[i];
        assert_true(all <= now && now <= before);
        assert_true(now == before || now > from[i].from);
        assert_true(now == all || from[i].from > later.portfolio.issuer[i].period);
        between += now < before && now > all;
    }
    assert_true(between > 0);
    stop(&without);
    stop(&with);
    stop(&later);
    free(raised);
    free(from);
    release_plan(plan);
}

#define SLOPE(more)                                                                         \
    "guarantee = { moral_hazard = 1.2; hazard_slope = 2.0; layers = ( { name = \"state\"; " \
    "quotite = 0.5; } ); }; " more

static void pds_rise_with_the_first_covered_deal(void **state)
{
    (void)state;
    check_later(with_moral_hazard);
    check_later(SLOPE("periods_per_year = 12;"));
    check_later(SLOPE("periods_per_year = 1; factors = { dependence = \"student\"; dof = 4.0; };"));
    check_later(SLOPE("legal_forms = { company = { pd = [ 0.01, 0.09, 0.02, 0.08, 0.0, 0.07 ]; }; "
                      "}; horizon_years = 15; fund = { extension_years = 1.5; };"));
}

/* ---- performance, value, recovery ---- */

static double furthest;

static void check_row(const struct batch *batch, int i)
{
    const struct mld_issuer *issuer = &batch->portfolio.issuer[i];
    const struct mld_form *form = &batch->plan->model.form[issuer->form];
    const struct mld_issuer_outcomes *outcomes = &batch->outcomes;
    int m = batch->plan->model.grid.periods_per_year,
        reads = (issuer->reads & MLD_READS_PERFORMANCE) != 0;
    for (int a = 0; a < outcomes->stride; a++) {
        double q = outcomes->quality[i * outcomes->stride + a],
               s = outcomes->surplus[i * outcomes->stride + a];
        int period = issuer->period + a * m;
        if (!reads || a == 0 || period >= batch->plan->model.grid.periods) {
            assert_true(isnan(q) && isnan(s));
            continue;
        }
        double own = mld_draw_normal(batch->plan->model.seed, MLD_STREAM_PERFORMANCE,
                                     path_of(batch, issuer), issuer->entity, (uint32_t)a);
        double expected = sqrt(form->performance_correlation) *
                              systematic(batch, issuer, period / m) +
                          sqrt(1 - form->performance_correlation) * own;
        /* Roundings of a few numbers of a few units. */
        assert_true(fabs(q - expected) < 1e-14);
        widen(&furthest, q - expected);
        assert_true(fabs(s - (form->surplus_mean + form->surplus_sd * expected)) < 1e-14);
    }
}

static void performance_is_drawn_where_it_is_read(void **state)
{
    (void)state;
    const char *const text[] = { "", "instruments = { shares = { dividend_rate = 0.02; }; };",
                                 "periods_per_year = 1; horizon_years = 13;" };
    for (int k = 0; k < 3; k++) {
        struct mld_plan *plan = plan_with(text[k]);
        struct batch batch;
        int read = 0;
        start(&batch, plan, PATHS);
        fill(&batch, 17, PATHS, NULL);
        for (int i = 0; i < batch.portfolio.n_issuers; i++) {
            check_row(&batch, i);
            read += (batch.portfolio.issuer[i].reads & MLD_READS_PERFORMANCE) != 0;
        }
        assert_in_range(read, 1, batch.portfolio.n_issuers - 1);
        stop(&batch);
        release_plan(plan);
    }
}

/** NaN where nobody reads, the addressed draw elsewhere. */
static void check_draw(const struct batch *batch, int i, int read, enum mld_issuer_index index,
                       double value)
{
    const struct mld_issuer *issuer = &batch->portfolio.issuer[i];
    double z = mld_draw_normal(batch->plan->model.seed, MLD_STREAM_ISSUER, path_of(batch, issuer),
                               issuer->entity, index);
    assert_true(read ? same_bits(&z, &value, sizeof z) : isnan(value));
}

static void recovery_and_value_are_drawn_where_they_are_read(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with("");
    struct batch batch;
    start(&batch, plan, PATHS);
    fill(&batch, 17, PATHS, NULL);
    for (int i = 0; i < batch.portfolio.n_issuers; i++) {
        const struct mld_issuer *issuer = &batch.portfolio.issuer[i];
        int defaulted = batch.outcomes.default_period[i] < plan->model.grid.periods;
        check_draw(&batch, i, defaulted, MLD_DRAW_ZETA, batch.outcomes.zeta[i]);
        check_draw(&batch, i, (issuer->reads & MLD_READS_VALUE) != 0, MLD_DRAW_XI,
                   batch.outcomes.xi[i]);
        for (int y = 0; y < batch.rows.years; y++)
            assert_true(fabs(batch.outcomes.systematic[i * batch.outcomes.stride + y] -
                             systematic(&batch, issuer, y)) < 1e-14);
    }
    stop(&batch);
    release_plan(plan);
}

/* ---- any batch ---- */

static void check_same(const struct batch *whole, const struct batch *part)
{
    int from = whole->portfolio.first_issuer[part->first - whole->first],
        n = part->portfolio.n_issuers;
    size_t size = (size_t)n * sizeof(double), row = (size_t)whole->outcomes.stride,
           at = (size_t)from;
    const struct mld_issuer_outcomes *a = &whole->outcomes, *b = &part->outcomes;
    assert_true(same_bits(a->default_period + at, b->default_period, (size_t)n * sizeof(int)));
    assert_true(same_bits(a->threshold + at, b->threshold, size));
    assert_true(same_bits(a->resolution + at, b->resolution, size));
    assert_true(same_bits(a->zeta + at, b->zeta, size));
    assert_true(same_bits(a->xi + at, b->xi, size));
    assert_true(same_bits(a->quality + at * row, b->quality, size * row));
    assert_true(same_bits(a->surplus + at * row, b->surplus, size * row));
    for (int i = 0; i < n; i++)
        assert_true(same_bits(a->systematic + (at + (size_t)i) * row,
                              b->systematic + (size_t)i * row,
                              (size_t)whole->rows.years * sizeof(double)));
}

static void any_batch_gives_the_same_bits(void **state)
{
    (void)state;
    const char *const text[] = {
        "", "factors = { dependence = \"student\"; dof = 4.0; }; thesis = { resample = \"run\"; };"
    };
    const int size[] = { 1, 5, 64 };
    for (int k = 0; k < 2; k++) {
        struct mld_plan *plan = plan_with(text[k]);
        struct batch whole, part;
        start(&whole, plan, PATHS);
        fill(&whole, 500, PATHS, NULL);
        for (int s = 0; s < 3; s++) {
            start(&part, plan, size[s]);
            for (int from = 0; from < PATHS; from += size[s]) {
                fill(&part, 500 + (uint32_t)from, PATHS - from < size[s] ? PATHS - from : size[s],
                     NULL);
                check_same(&whole, &part);
            }
            stop(&part);
        }
        stop(&whole);
        release_plan(plan);
    }
}

static int tell(void **state)
{
    (void)state;
    oracle("Period of default of each issuer: years, halves, quarters, months, Student, stresses, "
           "moral hazard, PDs that change",
           "model, section 3, written again with GSL's laws", "the same period",
           "equal for %ld issuers, %ld in default", compared, in_default);
    oracle("Performance and surplus of issuers, year by year", "model, section 3, written again",
           "1e-14", "largest deviation %.0e", furthest);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_those_of_the_formula),
        cmocka_unit_test(years_halves_and_months_too),
        cmocka_unit_test(no_default_after_the_last_period),
        cmocka_unit_test(pd_may_change_every_year),
        cmocka_unit_test(pd_is_cut_below_one),
        cmocka_unit_test(student_dependence),
        cmocka_unit_test(stresses_reach_hazards),
        cmocka_unit_test(bounds_are_above_hazards),
        cmocka_unit_test(the_threshold_is_minus_the_logarithm_of_the_draw),
        cmocka_unit_test(moral_hazard_multiplies_pd_of_covered_issuers),
        cmocka_unit_test(pds_rise_with_the_first_covered_deal),
        cmocka_unit_test(performance_is_drawn_where_it_is_read),
        cmocka_unit_test(recovery_and_value_are_drawn_where_they_are_read),
        cmocka_unit_test(any_batch_gives_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, tell);
}
