/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grammar of what is to be reached: "STATISTIC <= X", X a number or counted from the base. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/plain.h"
#include "milliard/precision.h"
#include "study/study.h"

static const char spaces[] = " \t";

static enum mld_status refuse(const char *text, const char *place, struct mld_messages *messages)
{
    mld_messages_add(messages,
                     "%s: \"%s\": a statistic, <= or >=, and a number, or base + or - one, are "
                     "expected, as in net_irr_a >= base + 0.005",
                     place, text);
    return MLD_ERR_INPUT;
}

/* A finite number that ends the text. */
static int read_number(const char *at, double *value)
{
    char *end;
    at += strspn(at, spaces);
    *value = strtod(at, &end);
    return end > at && !end[strspn(end, spaces)] && isfinite(*value);
}

/* "base", "base + 0.01", "base-0.01": what comes after the word. */
static int read_from_base(const char *at, double *value)
{
    at += strspn(at, spaces);
    *value = 0;
    if (!*at)
        return 1;
    if ((*at != '+' && *at != '-') || strpbrk(at + 1, "+-") == at + 1 + strspn(at + 1, spaces) ||
        !read_number(at + 1, value))
        return 0;
    *value = *at == '-' ? -*value : *value;
    return 1;
}

static int read_target(const char *at, struct mld_goal *goal)
{
    static const char base[] = "base";
    at += strspn(at, spaces);
    goal->relative = !strncmp(at, base, strlen(base));
    return goal->relative ? read_from_base(at + strlen(base), &goal->value)
                          : read_number(at, &goal->value);
}

enum mld_status mld_goal_read(const char *text, const struct mld_plan *plan, const char *place,
                              struct mld_goal *goal, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    char statistic[sizeof goal->statistic.name];
    size_t before = strspn(text, spaces), length = strcspn(text + before, " \t<>=");
    const char *at = text + before + length;
    *goal = (struct mld_goal){ .value = 0 };
    at += strspn(at, spaces);
    goal->at_least = *at == '>';
    if (!length || length >= sizeof statistic || (*at != '<' && *at != '>') || at[1] != '=' ||
        !read_target(at + 2, goal))
        return refuse(text, place, messages);
    snprintf(statistic, sizeof statistic, "%.*s", (int)length, text + before);
    return mld_statistic_read(statistic, plan, place, &goal->statistic, messages);
}

double mld_goal_target(const struct mld_goal *goal, const struct mld_study_cell *base)
{
    return goal->relative ? base->value + goal->value : goal->value;
}

int mld_goal_is_met(const struct mld_goal *goal, const struct mld_study_cell *base,
                    const struct mld_study_cell *cell)
{
    double target = mld_goal_target(goal, base);
    return goal->at_least ? cell->value >= target : cell->value <= target;
}

enum mld_status mld_precision_read(const char *text, const struct mld_plan *plan, const char *place,
                                   struct mld_precision *precision, struct mld_messages *messages)
{
    struct mld_goal goal;
    enum mld_status status = mld_goal_read(text, plan, place, &goal, messages);
    if (status == MLD_OK && (goal.at_least || goal.relative || !(goal.value > 0))) {
        mld_messages_add(messages,
                         "%s: \"%s\": the largest standard error, above 0, is expected, as in "
                         "net_irr_a <= 0.0002",
                         place, text);
        status = MLD_ERR_INPUT;
    }
    *precision = (struct mld_precision){ goal.statistic, goal.value, (double)NAN };
    return status;
}

/* Where a key of the plan was given. */
static const char *place_of(const struct mld_plan *plan, const char *key)
{
    size_t n;
    const struct mld_echo *echo = mld_plan_echo(plan, &n);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(echo[i].key, key) && *echo[i].where)
            return echo[i].where;
    return key;
}

enum mld_status mld_precision_read_plan(
    const struct mld_plan *plan, struct mld_precision *precision, struct mld_messages *messages)
{
    static const char key[] = "run.precision";
    char place[512];
    enum mld_status worst = MLD_OK;
    snprintf(place, sizeof place, "%s: %s", place_of(plan, key), key);
    for (int i = 0; i < plan->run.n_precisions; i++) {
        enum mld_status status = mld_precision_read(plan->run.precision[i], plan, place,
                                                    &precision[i], messages);
        worst = status == MLD_OK ? worst : status;
    }
    return worst;
}
