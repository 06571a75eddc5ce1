/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Conditional PDs against the capital requirements of Basel II for small and medium firms (June
 * 2006, §272 and §273), which are Vasicek's law at 99.9 %: K = LGD (p − PD)(1 + (M − 2.5) b)/(1 −
 * 1.5 b), p = Φ((Φ⁻¹(PD) + √R Φ⁻¹(0.999))/√(1−R)).
 *
 * The factor of year 1 is set to Φ⁻¹(0.001) and the simulator's issuers default or not. An issuer
 * defaults when its hazard −ln(1−p) reaches its own E, so that the largest E of those in default
 * and the smallest of those alive enclose the hazard: the exact one has to lie between, whatever
 * the seed. 64,000 issuers leave it some 1e-5 of room.
 */
#include "support/near.h"
#include "support/oracle.h"
#include "support/pool.h"

#include "milliard/numerics.h"

enum { DEALS = 1000, PATHS = 64 };

struct point {
    double pd, sales, lgd, maturity, correlation, slope, capital;
};

/* The hazard of year 1 under the factor: its bounds as the issuers of a pool show them. */
static void enclose_hazard(double pd, double rho, double factor, double *low, double *high)
{
    struct mld_plan *plan = pool_plan(DEALS, pd, rho);
    struct mld_factor_rows rows;
    struct mld_portfolio portfolio;
    struct mld_issuer_outcomes outcomes;
    assert_int_equal(mld_factor_rows_init(&rows, &plan->model, PATHS), MLD_OK);
    assert_int_equal(mld_portfolio_init(&portfolio, &plan->model, PATHS), MLD_OK);
    assert_int_equal(mld_issuer_outcomes_init(&outcomes, &plan->model,
                                              PATHS * plan->model.max_issuers, PATHS),
                     MLD_OK);
    mld_factors_fill(&plan->model, 0, PATHS, &rows);
    mld_portfolio_fill(&plan->model, 0, PATHS, &portfolio);
    for (int path = 0; path < PATHS; path++)
        rows.index[path * plan->model.n_forms * rows.stride + 1] = factor;
    mld_issuers_fill(&plan->model, 0, 0, PATHS, &rows, &portfolio, NULL, &outcomes);
    *low = 0;
    *high = HUGE_VAL;
    for (int i = 0; i < portfolio.n_issuers; i++) {
        double e = outcomes.threshold[i];
        if (outcomes.default_period[i] == 1)
            *low = e > *low ? e : *low;
        else
            *high = e < *high ? e : *high;
    }
    mld_factor_rows_clear(&rows);
    mld_portfolio_clear(&portfolio);
    mld_issuer_outcomes_clear(&outcomes);
    release_plan(plan);
}

/* §272: R = 0.12 w + 0.24 (1 − w) − 0.04 (1 − (S − 5)/45), w = (1 − e^(−50 PD))/(1 − e^(−50)). */
static double correlation_of(const struct point *point)
{
    double w = -expm1(-50 * point->pd) / -expm1(-50.0);
    return 0.12 * w + 0.24 * (1 - w) - 0.04 * (1 - (point->sales - 5) / 45);
}

static double capital_of(const struct point *point, double p)
{
    return point->lgd * (p - point->pd) * (1 + (point->maturity - 2.5) * point->slope) /
           (1 - 1.5 * point->slope);
}

static int next_point(FILE *file, struct point *p)
{
    char line[256];
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "%lf,%lf,%lf,%lf,%lf,%lf,%lf", &p->pd, &p->sales, &p->lgd, &p->maturity,
                   &p->correlation, &p->slope, &p->capital) == 7)
            return 1;
    return 0;
}

static void capital_of_small_firms(void **state)
{
    (void)state;
    FILE *file = fopen(TEST_DATA "/basel_irb_sme_points.csv", "r");
    assert_non_null(file);
    struct point point;
    double largest = 0, room = 0, low = 0, high = 0, enclosed = -1;
    int points = 0;
    for (; next_point(file, &point); points++) {
        double r = point.correlation, factor = mld_normal_quantile(0.001);
        assert_near(correlation_of(&point), r, 1e-12);
        double p = mld_normal_cdf((mld_normal_quantile(point.pd) - sqrt(r) * factor) / sqrt(1 - r));
        assert_near(capital_of(&point, p), point.capital, 1e-12); /* the digits of the table */
        widen(&largest, capital_of(&point, p) - point.capital);
        if (enclosed != r + point.pd)
            enclose_hazard(point.pd, r, factor, &low, &high);
        enclosed = r + point.pd;
        double under = capital_of(&point, -expm1(-low)), over = capital_of(&point, -expm1(-high));
        assert_true(under <= point.capital && point.capital <= over);
        widen(&room, over - under);
    }
    fclose(file);
    assert_int_equal(points, 84);
    assert_true(room < 3e-4);
    oracle("Capital of Basel II for small and medium firms, 84 points",
           "Basel II, June 2006, §272–273; annex 5 agrees within 0.011 points",
           "1e-12; the simulator's issuers enclose it",
           "normal law and quantile within %.0e; enclosed everywhere, within %.0e", largest, room);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(capital_of_small_firms) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
