/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Whole runs of a scenario with one key at an end of its range, and what any run must give: it is
 * refused with a message that names the key, or it keeps every identity of the model, section 10
 * (which the run itself checks), no measure is infinite and every amount is a number (rates may be
 * undefined, and so may the grant equivalent of equity).
 */
#ifndef TEST_SUPPORT_ENDS_H
#define TEST_SUPPORT_ENDS_H

#include "support/outcome.h"
#include "support/rows.h"

#include <math.h>
#include <stdlib.h>

#include "milliard/milliard.h"

struct ends {
    int accepted, refused;
};

/**
 * Recoveries and scores that are constants: their tables of quantiles take nearly all the time of a
 * short run.
 */
#define ENDS_CONSTANTS                                                        \
    "instruments.shares.resolutions.[0].recovery_sd=0",                       \
        "instruments.convertible.resolutions.[0].recovery_sd=0",              \
        "instruments.bond.resolutions.[0].recovery_sd=0",                     \
        "instruments.participating_securities.resolutions.[0].recovery_sd=0", \
        "instruments.association_securities.resolutions.[0].recovery_sd=0",   \
        "instruments.participating_loan.resolutions.[0].recovery_sd=0",       \
        "instruments.participating_loan.resolutions.[1].recovery_sd=0"
enum { ENDS_CONSTANTS_COUNT = 7 };

/** "path.key=value", the value as a scenario writes it. */
static inline void ends_text(char *text, size_t size, const char *path, const struct mld_param *row,
                             double value)
{
    char number[32];
    const char *written = number;
    int length;
    if (row->kind == MLD_CHOICE)
        for (written = row->choices, length = (int)value; length > 0; length--)
            written = strchr(written, '|') + 1;
    else if (row->kind == MLD_BOOL)
        written = value != 0 ? "true" : "false";
    else if (isinf(value))
        written = "none";
    else
        snprintf(number, sizeof number, "%.17g", value);
    length = snprintf(text, size, "%s.%s=%.*s", path, row->key, (int)strcspn(written, "|"),
                      written);
    assert_true(length > 0 && (size_t)length < size);
}

static inline void assert_finite_measures(
    const struct mld_plan *plan, const struct mld_workspace *workspace, int paths, const char *what)
{
    for (int design = 0; design < plan->n_designs; design++)
        for (int i = 0; mld_measures[i].name; i++)
            if (mld_measure_applies(&plan->design[design], plan->model.n_forms, i))
                for (int p = 0; p < paths; p++) {
                    double value = workspace->design[design].value[i * workspace->width + p];
                    int may_be_undefined = strcmp(mld_measures[i].unit, "EUR") != 0 ||
                                           !strcmp(mld_measures[i].name, "grant_equivalent");
                    if (isinf(value) || (isnan(value) && !may_be_undefined))
                        fail_msg("%s: %s is %g on path %d", what, mld_measures[i].name, value, p);
                }
}

/* A group begun with one of its keys alone: what else it must have is named. */
static inline int misses_a_part(const char *message, const char *key)
{
    char group[256];
    snprintf(group, sizeof group, "%.*s.", (int)(strrchr(key, '.') - key), key);
    return strstr(message, group) && strstr(message, " is missing");
}

/**
 * One run of `paths` paths of a shipped scenario with `set`; `what`, the last of them, is what a
 * refusal has to name.
 */
static inline void ends_try(const char *scenario_name, int n, const char *const *set, int paths,
                            struct ends *ends)
{
    char path[4096], key[256];
    const char *what = set[n - 1];
    snprintf(path, sizeof path, "%s/scenarios/%s", PROJECT_SOURCE, scenario_name);
    snprintf(key, sizeof key, "%.*s", (int)(strcspn(what, "=")), what);
    struct outcome outcome = outcome_of_file(path, n, set);
    if (outcome.status == MLD_OK) {
        struct mld_workspace *workspace = NULL;
        assert_int_equal(mld_workspace_create(outcome.plan, paths, MLD_KEEP_SERIES, &workspace),
                         MLD_OK);
        mld_simulate(outcome.plan, 0, paths, workspace);
        if (workspace->violation.what)
            fail_msg("%s: %s, path %u, period %d", what, workspace->violation.what,
                     workspace->violation.path, workspace->violation.period);
        assert_finite_measures(outcome.plan, workspace, paths, what);
        mld_workspace_free(workspace);
        ends->accepted++;
    } else {
        const struct mld_messages *messages = &outcome.messages;
        int named = 0;
        for (size_t i = 0; i < messages->count; i++)
            named |= strstr(messages->text[i], strrchr(key, '.') + 1) != NULL ||
                     misses_a_part(messages->text[i], key);
        if (outcome.status != MLD_ERR_INPUT || !named)
            fail_msg("%s: refused as %d without a word on it (%s)", what, (int)outcome.status,
                     messages->count ? messages->text[0] : "");
        ends->refused++;
    }
    outcome_clear(&outcome);
}

/**
 * Every number of a table, and of the groups in it, at both ends, one at a time. `set` has room for
 * one more.
 */
static inline void ends_of_table(const char *scenario, const char *path,
                                 const struct mld_param *table, int n, const char **set, int paths,
                                 struct ends *ends)
{
    for (const struct mld_param *row = table; row->key; row++) {
        char text[512];
        if (row->kind == MLD_GROUP) {
            int length = snprintf(text, sizeof text, "%s.%s", path, row->key);
            assert_true(length > 0 && (size_t)length < sizeof text);
            ends_of_table(scenario, text, row->table, n, set, paths, ends);
        }
        for (int high = 0; has_ends(row) && high < 2; high++) {
            ends_text(text, sizeof text, path, row, row_end(row, high));
            set[n] = text;
            ends_try(scenario, n + 1, set, paths, ends);
        }
    }
}

#endif
