/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Losses of finite pools against their exact laws, Gaussian and Student: equal deals, unequal
 * exposures, three PDs, four LGDs. The exact values are in tests/data/pool_losses.csv, made by
 * pool_laws.py beside it, which knows nothing of the simulator.
 *
 * 16 pools × 11 numbers are compared, each within 4 standard errors, on a fixed seed: with other
 * seeds one of them would fail by chance in 1.1 % of runs (176 × 6.3e-5). A quantile of a discrete
 * law is not compared: the distribution function at it is.
 */
#include "milliard/measure.h"
#include "support/oracle.h"
#include "support/tape_pool.h"

enum { PATHS = 64000, MILLION = 1000000 };

/* How far a pool lies from its law, in standard errors, by kind of number. */
struct distance {
    double moments, distribution, shortfall;
};

struct row {
    char id[64], quantity[16];
    double at, value;
};

static int next_row(FILE *file, struct row *row)
{
    char line[256], at[32];
    while (fgets(line, sizeof line, file))
        if (line[0] != '#' && sscanf(line, "%63[^,],%15[^,],%31[^,],%lf", row->id, row->quantity,
                                     at, &row->value) == 4) {
            row->at = strtod(at, NULL);
            return 1;
        }
    return 0;
}

static double in_errors(const struct row *row, double found, double expected, double error)
{
    double errors = (found - expected) / error;
    if (!(fabs(errors) <= 4))
        fail_msg("%s, %s at %g: %g, exactly %g: %.2f standard errors", row->id, row->quantity,
                 row->at, found, expected, errors);
    return errors;
}

/* Mean of q + (L − q)⁺/(1 − level), the shortfall whatever the atom at q. */
static double shortfall_error(const double *loss, double q, double level, double *mean)
{
    double sum = 0, square = 0;
    for (int i = 0; i < PATHS; i++) {
        double beyond = loss[i] > q ? (loss[i] - q) / (1 - level) : 0;
        sum += beyond / PATHS;
        square += beyond * beyond / PATHS;
    }
    *mean = q + sum;
    return sqrt((square - sum * sum) / PATHS);
}

/* A loss is a sum of whole cents: half a cent tells a loss at the quantile from one above it. */
static double share_below(const double *loss, double quantile)
{
    int below = 0;
    for (int i = 0; i < PATHS; i++)
        below += loss[i] <= quantile + 0.005;
    return (double)below / PATHS;
}

static void compare(const struct row *row, const double *loss,
                    const struct mld_statistics *statistics, struct distance *distance)
{
    double q = row->at * MILLION, money = row->value * MILLION;
    if (strcmp(row->quantity, "mean") == 0)
        widen(&distance->moments, in_errors(row, statistics->mean, money, statistics->mean_error));
    else if (strcmp(row->quantity, "sd") == 0)
        widen(&distance->moments, in_errors(row, statistics->sd, money, statistics->sd_error));
    else if (strcmp(row->quantity, "F") == 0)
        widen(&distance->distribution, in_errors(row, share_below(loss, q), row->value,
                                                 sqrt(row->value * (1 - row->value) / PATHS)));
    /* the shortfall of a run's own statistics, with its own error */
    else if (strcmp(row->quantity, "ES95") == 0)
        widen(&distance->shortfall,
              in_errors(row, statistics->shortfall, money, statistics->shortfall_error));
    else {
        double mean, error = shortfall_error(loss, q, 0.99, &mean);
        widen(&distance->shortfall, in_errors(row, mean, money, error));
    }
}

static const char *kind_of(const char *id)
{
    return id[0] == 'H'   ? "equal deals"
           : id[1] == '1' ? "40 unequal exposures"
           : id[1] == '2' ? "40 unequal exposures, three PDs"
                          : "40 unequal exposures, three PDs, four LGDs";
}

static void tell(const char *id, const struct distance *distance)
{
    char name[160], source[160];
    struct pool pool = pool_of(id);
    int n = snprintf(name, sizeof name, "Loss of a pool, %s: ",
                     pool.student ? "Student, 4 degrees of freedom" : "Gauss");
    if (id[0] == 'H')
        snprintf(name + n, sizeof name - (size_t)n, "%d deals, PD %g %%, ρ %g, LGD %g %%", pool.n,
                 100 * pool.pd[0], pool.rho, 100 * pool.lgd[0]);
    else
        snprintf(name + n, sizeof name - (size_t)n, "%s, ρ %g", kind_of(id), pool.rho);
    snprintf(source, sizeof source,
             "quadrature over the factor%s, convolution given it; error < 1e-12 (pool_laws.py)",
             pool.student ? " and the mixing variable" : "");
    oracle(name, source, "4 s.e.",
           "mean and sd %.1f, distribution function at 7 quantiles %.1f, shortfall 95 and 99 %% "
           "%.1f s.e. at most; %d paths",
           distance->moments, distance->distribution, distance->shortfall, PATHS);
}

static struct mld_statistics simulate(const char *id, double *loss)
{
    struct mld_statistics statistics;
    struct pool pool = pool_of(id);
    struct mld_plan *plan = plan_of(&pool);
    /* one layer that pays every loss in full: payouts are losses */
    pool_payouts(plan, PATHS, loss);
    assert_int_equal(mld_statistics_fill(PATHS, loss, MLD_TAIL_HIGH, &statistics), MLD_OK);
    release_plan(plan);
    return statistics;
}

static void losses_follow_exact_laws(void **state)
{
    (void)state;
    static double loss[PATHS];
    struct row row, before = { .id = "" };
    struct mld_statistics statistics = { 0 };
    struct distance distance = { 0 };
    int rows = 0;
    FILE *file = fopen(TEST_DATA "/pool_losses.csv", "r");
    assert_non_null(file);
    for (; next_row(file, &row); rows++) {
        if (strcmp(row.id, before.id) != 0) {
            if (rows > 0)
                tell(before.id, &distance);
            distance = (struct distance){ 0 };
            statistics = simulate(row.id, loss);
        }
        compare(&row, loss, &statistics, &distance);
        before = row;
    }
    fclose(file);
    tell(before.id, &distance);
    assert_int_equal(rows, 16 * 11);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(losses_follow_exact_laws) };
    return cmocka_run_group_tests_name("losses of finite pools", tests, NULL, NULL);
}
