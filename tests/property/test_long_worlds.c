/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Worlds of three judgements of the guaranteed fund, beside what an independent implementation
 * found of them (another program, other draws, 500 worlds of 256 paths): PDs times 0.5 to 2,
 * log-uniform; recoveries of debt −0.10 to +0.15 and asset correlations 0.03 to 0.20, uniform. It
 * gives its own errors for the mean alone; the others are told to two or three digits.
 */
#include <math.h>
#include <stdio.h>

#include "milliard/milliard.h"
#include "support/files.h"
#include "support/oracle.h"
#include "support/run_case.h"

static const char text[] =
    "base = \"" PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg\";\nname = \"three\";\n"
    "drop = [ \"sensitivity\" ];\nuncertainty = { worlds = 1000; };\nsensitivity = (\n"
    "{ name = \"pd\"; keys = [ \"legal_forms.*.pd\" ]; operation = \"scale\"; low = 0.5; high = "
    "2.0; law = \"log_uniform\"; },\n"
    "{ name = \"recovery\"; keys = [ \"instruments.convertible.resolutions.*.recovery_mean\",\n"
    "\"instruments.bond.resolutions.*.recovery_mean\",\n"
    "\"instruments.participating_securities.resolutions.*.recovery_mean\",\n"
    "\"instruments.association_securities.resolutions.*.recovery_mean\",\n"
    "\"instruments.participating_loan.resolutions.plan.recovery_mean\" ]; operation = \"add\"; "
    "low = -0.10; high = 0.15; law = \"uniform\"; },\n"
    "{ name = \"correlation\"; keys = [ \"legal_forms.*.asset_correlation\" ]; low = 0.03; high = "
    "0.20; law = \"uniform\"; } );\n";

static struct mld_uncertain *worlds_of(const struct run_case *run)
{
    char folder[FOLDER];
    const struct mld_run_options options = { .threads = 0 };
    struct mld_uncertain *uncertain = NULL;
    make_folder(folder, "three");
    assert_int_equal(mld_run_worlds(run->plan, run->scenario, &options, path_in(folder, "w.h5"),
                                    &uncertain, NULL),
                     MLD_OK);
    remove_folder(folder);
    return uncertain;
}

static const struct mld_indexed *indexed(const struct mld_uncertain *worlds, const char *measure)
{
    for (int i = 0; i < worlds->n_indexed; i++)
        if (worlds->indexed[i].measure == mld_measure_named(measure))
            return &worlds->indexed[i];
    fail_msg("no indices of %s", measure);
    return NULL;
}

/* Within so many of the other's digits, and four standard errors of ours. */
static void compare(const char *what, double found, double other, double tolerance, double error)
{
    printf("%s: %.4g ± %.2g beside %.4g\n", what, found, error, other);
    if (!(fabs(found - other) <= tolerance + 4 * error))
        fail_msg("%s: %g instead of %g", what, found, other);
}

static void three_judgements_are_as_another_program_finds(void **state)
{
    (void)state;
    struct run_case run = run_case_of_text(text);
    struct mld_uncertain *worlds = worlds_of(&run);
    const struct mld_indexed *cost = indexed(worlds, "net_cost_due");
    const struct mld_statistics *due = &worlds->measure[cost->design][cost->measure];
    const struct mld_between *share = &worlds->split[cost->design][cost->measure].share;
    compare("net cost due, M€", due->mean / 1e6, 6.25, 0.05, due->mean_error / 1e6);
    compare("share of ignorance", share->value, 0.27, 0.005, (share->high - share->value) / 2.09);
    compare("first-order index of PDs", cost->index[0].first.value, 1, 0.03, 0);
    for (int i = 0; i < 2; i++) {
        static const double other[2] = { 11.1, 14.8 };
        double error = (worlds->dotation_high[i] - worlds->dotation[i]) / 2.09e6;
        compare("dotation, M€", worlds->dotation[i] / 1e6, other[i], 0.05, error);
    }
    oracle("Three uncertain judgements of the guaranteed fund", "an independent implementation",
           "its digits and four standard errors", "net cost due %.2f M€, ignorance %.0f %%",
           due->mean / 1e6, 100 * share->value);
    mld_uncertain_free(worlds);
    run_case_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_judgements_are_as_another_program_finds),
    };
    return cmocka_run_group_tests_name("Worlds beside another program", tests, NULL, NULL);
}
