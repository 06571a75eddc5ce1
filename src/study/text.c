/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study as a text that is read again. Wherever its axes came from, a file or a command line, they
 * are told point by point; numbers in short, since points of several keys would be no numbers.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/plain.h"
#include "study/study.h"

int mld_study_axis_is_numbers(const struct mld_study_axis *axis)
{
    for (int i = 0; i < axis->n; i++) {
        char *end;
        double called = strtod(axis->point[i].label, &end);
        if (!isfinite(axis->point[i].number) || *end || called - axis->point[i].number != 0)
            return 0;
    }
    return 1;
}

static void put_text(FILE *out, const char *text)
{
    const struct mld_node node = { .kind = MLD_NODE_TEXT,
                                   .text = (char *)text,
                                   .length = strlen(text) };
    mld_node_write(out, &node, -1);
}

/* Whether all points give the same keys one value each, which is then a number. */
static int is_of_values(const struct mld_study_axis *axis)
{
    const struct mld_study_point *first = axis->point;
    if (!mld_study_axis_is_numbers(axis))
        return 0;
    for (int i = 0; i < axis->n; i++) {
        const struct mld_study_point *point = &axis->point[i];
        if (point->n_changes != first->n_changes)
            return 0;
        for (int k = 0; k < point->n_changes; k++)
            if (strcmp(point->change[k].key, first->change[k].key) != 0 ||
                point->change[k].value != point->change[0].value)
                return 0;
    }
    return 1;
}

static void put_values(FILE *out, const struct mld_study_axis *axis)
{
    fputs("keys = [", out);
    for (int k = 0; k < axis->point->n_changes; k++) {
        fputs(k ? ", " : " ", out);
        put_text(out, axis->point->change[k].key);
    }
    fputs(" ]; values = (", out);
    for (int i = 0; i < axis->n; i++) {
        fputs(i ? ", " : " ", out);
        mld_node_write(out, axis->point[i].change->value, -1);
    }
    fputs(" );", out);
}

static void put_point(FILE *out, const struct mld_study_point *point)
{
    fputs("\n        { label = ", out);
    put_text(out, point->label);
    fputs("; set = (", out);
    for (int k = 0; k < point->n_changes; k++) {
        fputs(k ? ",\n            { key = " : " { key = ", out);
        put_text(out, point->change[k].key);
        fputs("; value = ", out);
        mld_node_write(out, point->change[k].value, -1);
        fputs("; }", out);
    }
    fputs(" ); }", out);
}

static void put_points(FILE *out, const struct mld_study_axis *axis)
{
    fputs("points = (", out);
    for (int i = 0; i < axis->n; i++) {
        fputs(i ? "," : "", out);
        put_point(out, &axis->point[i]);
    }
    fputs(" );", out);
}

static void put_goals(FILE *out, const struct mld_study *study)
{
    for (int i = 0; i < study->n_goals; i++) {
        const struct mld_goal *goal = &study->goal[i];
        fprintf(out, "%s\"%s %s %s%.17g\"", i ? ",\n          " : "\nuntil = [ ",
                goal->statistic.name, goal->at_least ? ">=" : "<=",
                !goal->relative    ? ""
                : goal->value >= 0 ? "base + "
                                   : "base - ",
                goal->relative ? fabs(goal->value) : goal->value);
    }
    if (study->n_goals)
        fputs(" ];", out);
}

static void put_head(FILE *out, const struct mld_study *study)
{
    fputs("name = ", out);
    put_text(out, study->name);
    fputs(";\nbase = \"", out);
    fputs(study->plan->name, out);
    fprintf(out, ".cfg\";\npaths = %.0f;\nseed = %.0f;\nstatistics = [", (double)study->plan->paths,
            (double)study->plan->model.seed);
    for (int i = 0; i < study->n_statistics; i++) {
        fputs(i ? ",\n               " : " ", out);
        put_text(out, study->statistic[i].name);
    }
    fputs(" ];", out);
    put_goals(out, study);
    fputs("\naxes = (", out);
}

static void put_study(FILE *out, const struct mld_study *study)
{
    put_head(out, study);
    for (int i = 0; i < study->n_axes; i++) {
        fputs(i ? ",\n    { name = " : "\n    { name = ", out);
        put_text(out, study->axis[i].name);
        fputs("; ", out);
        if (is_of_values(&study->axis[i]))
            put_values(out, &study->axis[i]);
        else
            put_points(out, &study->axis[i]);
        fputs(" }", out);
    }
    fputs("\n);\n", out);
}

char *mld_study_text(const struct mld_study *study)
{
    MLD_PLAIN_NUMBERS;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        return NULL;
    put_study(out, study);
    int failed = ferror(out);
    failed |= fclose(out) != 0;
    if (!failed)
        return text;
    free(text);
    return NULL;
}
