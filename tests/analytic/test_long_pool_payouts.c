/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Payouts of six guarantee structures against the exact loss laws of finite pools: min(max(q·L −
 * FL, 0), cap) is q·clamp(L − attachment·V, 0, cap_rate·V) with attachment = FL/(qV) and cap_rate =
 * cap/(qV). One year, one factor, deals of the first period that default, or not, in the second.
 * Exact values: tests/data/pool_payouts.csv.
 *
 * 8 pools × 6 structures × 4 numbers are compared, each within 4 standard errors, on fixed seeds.
 * Had the seeds not been fixed, one of these 192 comparisons would fail by chance in about 1.2 % of
 * runs (192 × 6.3e-5).
 */
#include "support/oracle.h"
#include "support/tape_pool.h"

enum { PATHS = 40000 };

/* ---- Simulated payouts ---- */

struct sample {
    double n, mean, sd, sd_error, positive, capped;
};

/* A cent tells a payout from rounding, and a payout at the cap from one below. */
static const double CENT = 0.01;

static struct sample describe(const double *payout, double cap)
{
    struct sample s = { .n = PATHS };
    for (int i = 0; i < PATHS; i++) {
        s.mean += payout[i] / PATHS;
        s.positive += payout[i] > CENT;
        s.capped += payout[i] >= cap - CENT;
    }
    double second = 0, fourth = 0;
    for (int i = 0; i < PATHS; i++) {
        double d = payout[i] - s.mean;
        second += d * d / PATHS;
        fourth += d * d * d * d / PATHS;
    }
    s.sd = sqrt(second);
    s.sd_error = sqrt((fourth - second * second) / PATHS) / (2 * s.sd);
    return s;
}

/*
 * Largest distance met by each structure, in standard errors; structures come in the same order for
 * each pool.
 */
struct distance {
    char structure[64];
    double errors;
};
static struct distance distances[8];

static void keep_distance(const char *structure, double errors)
{
    struct distance *distance = distances;
    while (distance->structure[0] && strcmp(distance->structure, structure) != 0)
        distance++;
    snprintf(distance->structure, sizeof distance->structure, "%s", structure);
    widen(&distance->errors, errors);
}

/*
 * Counts: 4 standard deviations of the binomial, and 4 more for counts so small that they are
 * Poisson.
 */
static double compare_count(const char *what, double count, double probability)
{
    double expected = PATHS * probability,
           error = 4 * sqrt(expected * (1 - probability)) + (expected < 20 ? 4 : 0);
    if (!(fabs(count - expected) <= error))
        fail_msg("%s: %g paths, expected %g within %g", what, count, expected, error);
    return 4 * (count - expected) / error;
}

static double compare_value(const char *what, double value, double expected, double error)
{
    if (!(fabs(value - expected) <= 4 * error))
        fail_msg("%s: %g EUR, expected %g within 4 × %g", what, value, expected, error);
    return (value - expected) / error;
}

/* ---- The data: four numbers of one structure on one pool, then the next. ---- */

struct row {
    char id[64], structure[64], quantity[32];
    double value;
};

static int next_row(FILE *file, struct row *row)
{
    char line[256];
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "%63[^,],%63[^,],%31[^,],%lf", row->id, row->structure, row->quantity,
                   &row->value) == 4)
            return 1;
    return 0;
}

/*
 * FL and cap of the file bound the payout, in M€ of a pool of 100: the layer's bound the losses.
 * Returns the cap in EUR.
 */
static double set_structure(struct mld_plan *plan, const char *structure)
{
    double q, first_loss, cap;
    assert_int_equal(sscanf(structure, "q=%lf FL=%lf cap=%lf", &q, &first_loss, &cap), 3);
    struct mld_layer *layer = &plan->guarantee.layer[0];
    layer->quotite = q;
    layer->attachment = first_loss / (100 * q);
    layer->cap_rate = cap / (100 * q);
    return cap * 1e6;
}

static double distance_of(const struct row *row, const struct sample *sample)
{
    char what[200];
    snprintf(what, sizeof what, "%s, %s, %s", row->id, row->structure, row->quantity);
    if (strcmp(row->quantity, "E_pay") == 0)
        return compare_value(what, sample->mean, row->value * 1e6, sample->sd / sqrt(sample->n));
    if (strcmp(row->quantity, "sd_pay") == 0)
        return compare_value(what, sample->sd, row->value * 1e6, sample->sd_error);
    return compare_count(
        what, strcmp(row->quantity, "P_pay_gt0") == 0 ? sample->positive : sample->capped,
        row->value);
}

static void tell_distances(void)
{
    for (int i = 0; i < 8 && distances[i].structure[0]; i++) {
        char name[128];
        snprintf(name, sizeof name, "Payouts of a guarantee, M€ of a pool of 100: %.60s",
                 distances[i].structure);
        oracle(
            name, "quadrature over the factor, convolution given it; error < 1e-12", "4 s.e.",
            "mean, sd, P(payout > 0), P(cap reached) of 8 pools: %.1f s.e. at most; %d paths each",
            distances[i].errors, PATHS);
    }
}

static void payouts_follow_exact_laws(void **state)
{
    (void)state;
    FILE *file = fopen(TEST_DATA "/pool_payouts.csv", "r");
    double *payout = malloc(PATHS * sizeof *payout);
    struct row row, before = { .id = "" };
    struct mld_plan *plan = NULL;
    struct sample sample = { 0 };
    int rows = 0;
    assert_true(file && payout);
    for (; next_row(file, &row); rows++) {
        if (strcmp(row.quantity, "quantity") == 0 || strcmp(row.id, "case") == 0)
            continue;
        int new_pool = strcmp(row.id, before.id) != 0;
        if (new_pool) {
            release_plan(plan);
            struct pool pool = pool_of(row.id);
            plan = plan_of(&pool);
        }
        if (new_pool || strcmp(row.structure, before.structure) != 0) {
            double cap = set_structure(plan, row.structure);
            pool_payouts(plan, PATHS, payout);
            sample = describe(payout, cap);
        }
        keep_distance(row.structure, distance_of(&row, &sample));
        before = row;
    }
    assert_int_equal(rows, 192);
    tell_distances();
    release_plan(plan);
    free(payout);
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(payouts_follow_exact_laws) };
    return cmocka_run_group_tests_name("payouts of finite pools", tests, NULL, NULL);
}
