/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of judgements, what ties them together, how many worlds there are (model, section 15). */
#include "scenario/resolve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/plain.h"
#include "params/names.h"
#include "scenario/ranks.h"
#include "scenario/scenario_internal.h"

/* ---- laws ---- */

/* The i-th of texts with ";" between, or the only one: where it begins and how long it is. */
static size_t text_at(const char **texts, int i)
{
    for (; i > 0 && strchr(*texts, ';'); i--)
        *texts = strchr(*texts, ';') + 1;
    *texts += strspn(*texts, " ");
    size_t length = strcspn(*texts, ";");
    while (length && (*texts)[length - 1] == ' ')
        length--;
    return length;
}

int mld_judgement_end(const struct mld_sensitivity *row, int high, int key, double *value)
{
    MLD_PLAIN_NUMBERS;
    const char *text = high ? row->choice_high : row->choice_low;
    if (!*text) {
        *value = high ? row->high : row->low;
        return 1;
    }
    size_t length = text_at(&text, key);
    char *end = NULL;
    *value = strtod(text, &end);
    if (end != text && end == text + length)
        return 1;
    *value = INFINITY;
    return (length == 4 && !memcmp(text, "none", 4)) ||
           (length == 6 && !memcmp(text, "\"none\"", 6));
}

int mld_judgement_is_choice(const struct mld_sensitivity *row)
{
    double value;
    for (int i = 0; i < row->n_keys; i++)
        for (int high = 0; high < 2; high++)
            if (!mld_judgement_end(row, high, i, &value))
                return 1;
    return 0;
}

static void check_probabilities(struct mld_check *check, const struct mld_sensitivity *row)
{
    char key[MLD_KEY];
    double sum = 0;
    mld_check_key(key, "sensitivity.%s.probabilities", row->name);
    for (int i = 0; i < row->n_probabilities; i++)
        sum += row->probability[i];
    if (!row->n_probabilities)
        return;
    if (!mld_judgement_is_choice(row))
        mld_check_fail(check, key,
                       ": its low and high are numbers, which have a law instead: two_piece, "
                       "uniform, log_uniform, triangular or fixed");
    else if (row->n_probabilities != 2)
        mld_check_fail(check, key, " has %d values: that of the low, then that of the high",
                       row->n_probabilities);
    else if (!(fabs(sum - 1) <= 1e-9))
        mld_check_fail(check, key, " sum to %.12g; they must sum to 1", sum);
}

static void check_law(struct mld_check *check, const struct mld_sensitivity *row)
{
    static const char *const name[] = { "two_piece", "uniform", "log_uniform", "triangular" };
    char key[MLD_KEY];
    if (row->law >= 0 && row->law < MLD_LAW_FIXED && mld_judgement_is_choice(row))
        mld_check_fail(check, mld_check_key(key, "sensitivity.%s.law", row->name),
                       " = \"%s\": its low and high are no numbers, which have probabilities "
                       "instead, or law = \"fixed\"",
                       name[row->law]);
    check_probabilities(check, row);
}

/* ---- rank correlations ---- */

static const char *row_name(const void *context, int i)
{
    const struct mld_judgements *judgements = context;
    return judgements->row[i].name;
}

static int row_named(const struct mld_judgements *judgements, const char *name)
{
    for (int i = 0; i < judgements->count; i++)
        if (!strcmp(judgements->row[i].name, name))
            return i;
    return -1;
}

/* 1 for a row that is drawn. */
static int check_name(struct mld_check *check, int i, const char *end, const char *name)
{
    const struct mld_judgements *judgements = check->judgements;
    int row = row_named(judgements, name);
    char key[MLD_KEY];
    mld_check_key(key, "rank_correlations[%d].%s", i, end);
    if (row < 0) {
        const char *near = mld_name_nearest(name, judgements->count, row_name, judgements);
        mld_check_fail(check, key, " = \"%s\": no such row of sensitivity%s%s%s", name,
                       near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    } else if (judgements->row[row].law == MLD_LAW_FIXED)
        mld_check_fail(check, key, " = \"%s\": that row is fixed", name);
    return row >= 0 && judgements->row[row].law != MLD_LAW_FIXED;
}

static int same_pair(const struct mld_rank_correlation *a, const struct mld_rank_correlation *b)
{
    return (!strcmp(a->first, b->first) && !strcmp(a->second, b->second)) ||
           (!strcmp(a->first, b->second) && !strcmp(a->second, b->first));
}

static void check_pair(struct mld_check *check, int i)
{
    const struct mld_rank_correlation *pair = &check->judgements->correlation[i];
    char key[MLD_KEY];
    int known = check_name(check, i, "first", pair->first);
    known &= check_name(check, i, "second", pair->second);
    mld_check_key(key, "rank_correlations[%d]", i);
    if (known && !strcmp(pair->first, pair->second))
        mld_check_fail(check, key, ": a row's correlation with itself is 1");
    for (int k = 0; k < i; k++)
        if (same_pair(pair, &check->judgements->correlation[k]))
            mld_check_fail(check, key, ": %s and %s are given twice", pair->first, pair->second);
}

static void check_matrix(struct mld_check *check)
{
    const struct mld_judgements *judgements = check->judgements;
    int n = judgements->count;
    size_t cells = (size_t)n * (size_t)n;
    const char *name[MLD_MAX_SENSITIVITIES] = { NULL };
    double smallest, *matrix = malloc(2 * cells * sizeof *matrix);
    if (!matrix) {
        check->no_memory = 1;
        return;
    }
    for (int i = 0; i < n; i++)
        name[i] = judgements->row[i].name;
    mld_ranks_matrix(judgements, n, name, matrix);
    if (mld_cholesky(n, matrix, matrix + cells, &smallest))
        mld_check_fail(check, "rank_correlations",
                       ": no numbers have such ranks: the matrix of their normals is not positive "
                       "definite; its smallest eigenvalue is %.6g",
                       smallest);
    free(matrix);
}

/* ---- worlds ---- */

static void count_worlds(struct mld_check *check)
{
    struct mld_uncertainty *asked = &check->plan->uncertainty;
    double n = asked->paths_per_world, worlds = asked->worlds;
    if (isnan(worlds))
        worlds = floor(check->plan->run.paths / n);
    if (worlds != floor(worlds))
        mld_check_fail(check, "uncertainty.worlds", " = %.15g: a whole number is expected", worlds);
    else if (worlds * n > 4294967294.0)
        mld_check_fail(check, "uncertainty.worlds",
                       " = %.15g of %.15g paths each: more than 4294967294 paths", worlds, n);
    else
        asked->n_worlds = (uint32_t)worlds;
}

void mld_resolve_uncertainty(struct mld_check *check)
{
    const struct mld_judgements *judgements = check->judgements;
    int before = check->mistakes;
    if (check->plan->uncertainty.present)
        count_worlds(check);
    if (check->misread & MLD_PART_SENSITIVITY)
        return;
    for (int i = 0; i < judgements->count; i++)
        check_law(check, &judgements->row[i]);
    for (int i = 0; i < judgements->n_correlations; i++)
        check_pair(check, i);
    if (check->mistakes == before && judgements->n_correlations)
        check_matrix(check);
}
