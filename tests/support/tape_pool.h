/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Pools of unequal deals over one period, from a scenario with a tape to the payouts of its
 * guarantee: one year, one factor, deals of the first period that default, or not, in the second.
 * What is exact of them is in tests/data/pool_*.csv.
 */
#ifndef TEST_SUPPORT_TAPE_POOL_H
#define TEST_SUPPORT_TAPE_POOL_H

#include "support/plans.h"

#include "milliard/simulate.h"

enum { POOL_BATCH = 64, POOL_DEALS = 200 };

struct pool {
    int n;
    double amount[POOL_DEALS], pd[POOL_DEALS], lgd[POOL_DEALS], rho;
    int student;
};

static inline void read_portfolio(struct pool *pool)
{
    FILE *file = fopen(TEST_DATA "/portfolio_40.csv", "r");
    assert_non_null(file);
    char line[256];
    while (fgets(line, sizeof line, file)) {
        int i;
        double amount, pd, lgd;
        if (sscanf(line, "%d,%lf,%lf,%lf", &i, &amount, &pd, &lgd) != 4)
            continue;
        pool->amount[pool->n] = amount * 1e6;
        pool->pd[pool->n] = pd;
        pool->lgd[pool->n++] = lgd;
    }
    fclose(file);
    assert_int_equal(pool->n, 40);
}

/*
 * Ids say the case: H1_40x2.5_pd8_rho0.1_lgd100, P1_hetexp_pd8_rho0.1_lgd100, P2_hetexp_pd3_…,
 * P3_hetexp_pd3_lgd4_…; _t4: Student, 4 degrees of freedom.
 */
static inline struct pool pool_of(const char *id)
{
    struct pool pool = { .n = 0, .student = strstr(id, "_t4") != NULL };
    double size = 0, pd = 0, lgd = 100;
    assert_int_equal(sscanf(strstr(id, "_rho"), "_rho%lf", &pool.rho), 1);
    if (id[0] == 'P')
        read_portfolio(&pool);
    else
        assert_int_equal(
            sscanf(id + 3, "%dx%lf_pd%lf_rho%*[0-9.]_lgd%lf", &pool.n, &size, &pd, &lgd), 4);
    for (int i = 0; i < pool.n; i++) {
        if (id[0] == 'H') {
            pool.amount[i] = size * 1e6;
            pool.pd[i] = pd / 100;
        }
        if (id[0] == 'H' || id[1] != '3')
            pool.lgd[i] = lgd / 100;
        if (id[0] == 'P' && id[1] == '1')
            pool.pd[i] = 0.08;
    }
    return pool;
}

/*
 * ---- From a pool to a scenario: legal forms carry the PDs, instruments that repay at the end
 * carry the LGDs. ----
 */

static const char *const carriers[] = { "bond", "convertible", "participating_securities",
                                        "association_securities" };
static const char *const terms[] = {
    "coupon = 0.0; maturity_years = 6.0; amortisation = \"bullet\";",
    "coupon = 0.0; premium = 0.0; maturity_years = 6.0; conversion_ratio = 1.0; growth = 0.0; "
    "volatility = 0.1; equity_correlation = 0.1; multiple_cap = 4.0;",
    "fixed_rate = 0.0; variable_base = 0.0; variable_mean = 0.0; variable_slope = 0.0; "
    "variable_floor = 0.0; variable_cap = 0.0; step_up = 0.0; call_from_years = 7.0; call_first = "
    "0.0; call_next = 0.0; call_premium = 0.0;",
    "coupon = 0.0; cap_margin = 0.03; target_years = 8.0; issuer_option = true;"
};

/* Index of a value among those met before; it is added when it is new. */
static inline int class_of(double value, double *met, int *n)
{
    for (int i = 0; i < *n; i++)
        if (met[i] == value)
            return i;
    met[*n] = value;
    return (*n)++;
}

struct text {
    char *at;
    size_t left;
};

#define PUT(text, ...)                                            \
    do {                                                          \
        int n_ = snprintf((text)->at, (text)->left, __VA_ARGS__); \
        assert_true(n_ >= 0 && (size_t)n_ < (text)->left);        \
        (text)->at += n_;                                         \
        (text)->left -= (size_t)n_;                               \
    } while (0)

static inline void put_forms(struct text *text, const struct pool *pool, const double *pd, int n)
{
    PUT(text, "legal_forms = {\n");
    for (int i = 0; i < n; i++)
        PUT(text,
            "  form%d = { pd = [ %.17g ]; asset_correlation = %.17g; weights = { cycle = 1.0; }; "
            "sector_weight = 0.0;"
            " surplus_mean = 0.1; surplus_sd = 0.1; performance_correlation = 0.0; };\n",
            i, pd[i], pool->rho);
    PUT(text, "};\n");
}

static inline void put_instruments(struct text *text, const double *lgd, int n)
{
    PUT(text, "instruments = {\n");
    for (int i = 0; i < n; i++)
        PUT(text,
            "  %s = { %s pd_scale = 1.0; liquidation_discount = 0.0; resolutions = ( { name = "
            "\"all\"; probability = 1.0;"
            " recovery_mean = %.17g; recovery_sd = 0.0; lag_years = 0.0; } ); };\n",
            carriers[i], terms[i], 1 - lgd[i]);
    PUT(text, "};\n");
}

static inline void put_tape(struct text *text, const struct pool *pool, double *pd, int *n_pd,
                            double *lgd, int *n_lgd)
{
    PUT(text,
        "tape = { file = \"\"; text = \"deal,issuer,instrument,legal_form,sector,date,amount\\n");
    for (int i = 0; i < pool->n; i++)
        PUT(text, "d%d,i%d,%s,form%d,all,2027-06-01,%.17g\\n", i, i,
            carriers[class_of(pool->lgd[i], lgd, n_lgd)], class_of(pool->pd[i], pd, n_pd),
            pool->amount[i]);
    PUT(text, "\"; };\n");
}

static inline char *scenario_text(const struct pool *pool)
{
    static char buffer[65536];
    struct text text = { buffer, sizeof buffer };
    double pd[8], lgd[8];
    int n_pd = 0, n_lgd = 0;
    PUT(&text,
        "name = \"pool\"; periods_per_year = 1; horizon_years = 2; first_closing = "
        "\"2027-01-01\";\n"
        "run = { paths = 1000; seed = 20270101; };\n"
        "factors = { named = ( { name = \"cycle\"; persistence = 0.0; } ); sectors = [ \"all\" ]; "
        "sector_persistence = 0.0;\n"
        "  tmo = { start = 0.03; long_run = 0.03; reversion = 0.15; volatility = 0.0; floor = 0.0; "
        "history = [ 0.03, 0.03 ]; }; %s };\n"
        "guarantee = { layers = ( { name = \"state\"; quotite = 1.0; } ); };\n",
        pool->student ? "dependence = \"student\"; dof = 4.0;" : "");
    put_tape(&text, pool, pd, &n_pd, lgd, &n_lgd);
    put_forms(&text, pool, pd, n_pd);
    put_instruments(&text, lgd, n_lgd);
    return buffer;
}

static inline struct mld_plan *plan_of(const struct pool *pool)
{
    return plan_of_outcome(outcome_of_text(scenario_text(pool), "pool.cfg", 0, NULL));
}

/* Payouts of the second period, by path. */
static inline void pool_payouts(const struct mld_plan *plan, int paths, double *payout)
{
    struct mld_workspace *workspace;
    assert_int_equal(mld_workspace_create(plan, POOL_BATCH, MLD_KEEP_SERIES, &workspace), MLD_OK);
    const struct mld_guarantee_flows *with = &workspace->design[MLD_WITH].guarantee;
    for (int first = 0; first < paths; first += POOL_BATCH) {
        mld_simulate(plan, (uint32_t)first, POOL_BATCH, workspace);
        assert_null(workspace->violation.what);
        for (int p = 0; p < POOL_BATCH; p++)
            payout[first + p] = with->payout[with->width + p];
    }
    mld_workspace_free(workspace);
}

#endif
