/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The split into chance and ignorance beside a nested study: worlds of three judgements of the
 * guaranteed fund, each with so many paths that its mean is nearly known, so that the variance of
 * the worlds' means is the ignorance but for a small rest. Studies of 64 paths a world, of the same
 * worlds and on paths of their own, must find the same on average.
 *
 * Given the worlds, the variance of what a study finds falls at least as 1 over its paths. That of
 * studies among each other so gives that of their mean and that of the nested study too, and the
 * distance of the two is Student's. It passes the bounds below once in 10,000 times for each of
 * nine numbers, if all is right: a false alarm once in 1,100 times of other seeds.
 */
#include <math.h>
#include <stdio.h>

#include "milliard/milliard.h"
#include "run/worlds.h"
#include "support/oracle.h"
#include "support/run_case.h"

enum { WORLDS = 240, PATHS = 64, STUDIES = 24, NESTED = 1984, MEASURES = 3, NUMBERS = 3 };

/* Student's with 23 degrees of freedom, 1 − 1/20,000. */
static const double BOUND = 4.693;

static const char text[] =
    "base = \"" PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg\";\nname = \"split\";\n"
    "drop = [ \"sensitivity\" ];\nrun = { paths = 15360; };\nsensitivity = (\n"
    "{ name = \"pd\"; keys = [ \"legal_forms.*.pd\" ]; operation = \"scale\"; low = 0.5; high = "
    "2.0; },\n"
    "{ name = \"recovery\"; keys = [ \"instruments.bond.resolutions.*.recovery_mean\",\n"
    "\"instruments.convertible.resolutions.*.recovery_mean\" ]; operation = \"add\"; low = -0.10; "
    "high = 0.15; },\n"
    "{ name = \"correlation\"; keys = [ \"legal_forms.*.asset_correlation\" ]; low = 0.03; high = "
    "0.20; } );\n";

static const struct {
    int design;
    const char *name;
} measure[MEASURES] = { { MLD_WITH, "net_irr_a" },
                        { MLD_WITH, "payouts" },
                        { MLD_KEPT, "net_cost_due" } };
static const char *const number[NUMBERS] = { "chance", "ignorance", "share" };

/* What a study says: [measure][number]. */
struct found {
    double of[MEASURES][NUMBERS];
};

/* A study of the worlds, from a path on. */
static struct found study(const struct mld_worlds_run *run, const struct mld_columns *columns,
                          uint32_t first_path)
{
    struct mld_worlds_run own = *run;
    struct mld_world_set set = { .mixed = -1, .first_path = first_path };
    struct found found;
    assert_int_equal(mld_world_set_init(&set, WORLDS, columns), MLD_OK);
    assert_int_equal(mld_world_set_simulate(&own, &set, NULL), MLD_OK);
    for (int i = 0; i < MEASURES; i++) {
        int column = mld_columns_slot(columns, measure[i].design,
                                      mld_measure_named(measure[i].name));
        size_t from = (size_t)column * WORLDS;
        const struct mld_world_moments moments = { WORLDS, set.count + from, set.mean + from,
                                                   set.variance + from };
        struct mld_split split;
        assert_int_equal(mld_split_fill(&moments, &split), MLD_OK);
        found.of[i][0] = split.chance;
        found.of[i][1] = split.ignorance.value;
        found.of[i][2] = split.share.value;
    }
    mld_world_set_clear(&set);
    return found;
}

/* The mean of studies beside the nested one, in standard errors of their distance. */
static double distance(const struct found *found, const struct found *nested, int i, int k)
{
    double mean = 0, square = 0;
    for (int s = 0; s < STUDIES; s++)
        mean += found[s].of[i][k] / STUDIES;
    for (int s = 0; s < STUDIES; s++)
        square += (found[s].of[i][k] - mean) * (found[s].of[i][k] - mean);
    double error = sqrt(square / (STUDIES - 1) * (1.0 / STUDIES + (double)PATHS / NESTED)),
           off = (mean - nested->of[i][k]) / error;
    printf("%s, %s: %.5g beside %.5g of the nested study, ± %.2g: %.2f errors\n", measure[i].name,
           number[k], mean, nested->of[i][k], error, off);
    return off;
}

static void studies_find_what_a_nested_one_does(void **state)
{
    (void)state;
    struct run_case run = run_case_of_text(text);
    struct mld_judgements *judgements = NULL;
    struct mld_worlds *worlds = NULL;
    struct mld_columns columns;
    struct mld_keep keep[MEASURES];
    struct found found[STUDIES];
    const struct mld_run_options options = { .lean = 1, .keep = keep, .n_keep = MEASURES };
    for (int i = 0; i < MEASURES; i++)
        keep[i] = (struct mld_keep){ measure[i].design, mld_measure_named(measure[i].name), NULL };
    assert_int_equal(mld_scenario_sensitivities(run.scenario, &judgements, NULL), MLD_OK);
    assert_int_equal(
        mld_worlds_create(run.scenario, judgements, run.plan->model.seed, &worlds, NULL), MLD_OK);
    assert_int_equal(mld_columns_init(&columns, run.plan, &options), MLD_OK);
    const struct mld_worlds_run all = {
        .plan = run.plan, .options = &options, .worlds = worlds, .inputs = 3, .threads = 2
    };
    run.plan->uncertainty.n_worlds = WORLDS;
    run.plan->uncertainty.paths_per_world = PATHS;
    for (uint32_t s = 0; s < STUDIES; s++)
        found[s] = study(&all, &columns, s * WORLDS * PATHS);
    run.plan->uncertainty.paths_per_world = NESTED;
    const struct found nested = study(&all, &columns, STUDIES * WORLDS * PATHS);
    double largest = 0;
    for (int i = 0; i < MEASURES; i++)
        for (int k = 0; k < NUMBERS; k++)
            widen(&largest, distance(found, &nested, i, k));
    if (!(largest <= BOUND))
        fail_msg("%.2f standard errors", largest);
    oracle("Chance and ignorance of the guaranteed fund", "a nested study, 1,984 paths a world",
           "4.7 standard errors", "largest deviation %.1f standard errors", largest);
    mld_columns_clear(&columns);
    mld_worlds_free(worlds);
    free(judgements);
    run_case_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(studies_find_what_a_nested_one_does),
    };
    return cmocka_run_group_tests_name("The split beside a nested study", tests, NULL, NULL);
}
