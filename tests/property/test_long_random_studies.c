/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The law of studies on studies drawn at random: any keys of the tables, of any stage, at values
 * that their rows allow, upon any shipped scenario; two to three axes of two values each.
 */
#include "support/random_scenario.h"

#include "support/study_case.h"

enum { STUDIES = 60, PATHS = 70, AXES = 3, TEXT = 2 * RANDOM_TEXT };

/* The drawn text of a key in another draw, or NULL. */
static const char *value_of(const struct variant *variant, const char *set)
{
    size_t key = (size_t)(strchr(set, '=') - set) + 1;
    for (int i = 0; i < variant->n; i++)
        if (!strncmp(variant->set[i], set, key))
            return variant->set[i] + key;
    return NULL;
}

/* Whether a set of the draw may be varied: not how the run is made. */
static int may_vary(const char *set)
{
    return strncmp(set, "run.", 4) != 0 && strlen(set) < RANDOM_TEXT / 2;
}

/* Takes a set out of the draw, as an axis of its value and that of another draw. */
static int take_axis(struct variant *variant, const struct variant *other, struct dice *dice,
                     char axis[TEXT])
{
    int i = RANDOM_FIXED + (int)(roll(dice) * (variant->n - RANDOM_FIXED));
    if (i >= variant->n || !may_vary(variant->set[i]))
        return 0;
    const char *second = value_of(other, variant->set[i]);
    snprintf(axis, TEXT, "%s%s%s", variant->set[i], second ? "," : "", second ? second : "");
    variant_remove(variant, i);
    return 1;
}

static struct mld_study *study_of(const struct variant *variant, int n, char axis[][TEXT])
{
    char path[4096];
    const char *vary[AXES];
    struct mld_messages messages;
    struct mld_scenario *scenario = NULL;
    struct mld_study *study = NULL;
    for (int a = 0; a < n; a++)
        vary[a] = axis[a];
    mld_messages_init(&messages);
    snprintf(path, sizeof path, PROJECT_SOURCE "/scenarios/%s", variant->base);
    enum mld_status status = mld_scenario_load(path, variant->n, variant->set, &scenario,
                                               &messages);
    if (status == MLD_OK)
        status = mld_study_quick(scenario, n, vary, 0, NULL, &study, &messages);
    if (status != MLD_OK)
        mld_scenario_free(scenario);
    mld_messages_clear(&messages);
    return study;
}

/* One study; 0 when the scenario's rules refuse what was drawn. */
static int check_study(int number)
{
    static struct variant variant, other;
    static char axis[AXES][TEXT];
    const char *base = random_bases[number % RANDOM_BASES];
    struct dice dice = { .state = 0x5eed0000u + (uint64_t)number };
    int n = 0;
    variant_draw(&variant, base, PATHS, 3000 + number, &dice);
    variant_draw(&other, base, PATHS, 3000 + number, &dice);
    for (int tries = 0; tries < 8 && n < AXES; tries++)
        n += take_axis(&variant, &other, &dice, axis[n]);
    struct mld_study *study = n ? study_of(&variant, n, axis) : NULL;
    if (!study)
        return 0;
    struct mld_study_result result = run_study(study, 1 + number % 2, number % 3 ? 0 : 1);
    for (int v = 0; v < study->n_variants; v++)
        check_variant(study, &result, v);
    mld_study_result_clear(&result);
    mld_study_free(study);
    return 1;
}

static void random_variants_are_runs(void **state)
{
    int checked = 0;
    (void)state;
    for (int i = 0; i < STUDIES; i++)
        checked += check_study(i);
    /* Others are refused: another number of forms, a fund that cannot pay for its deals … */
    print_message("%d of %d random studies\n", checked, STUDIES);
    assert_true(checked >= STUDIES / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(random_variants_are_runs) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
