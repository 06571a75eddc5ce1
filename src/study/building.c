/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study in the making: what is told of it, its base and what is asked of its variants. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "study/study.h"

enum mld_status mld_building_status(const struct mld_building *building)
{
    return building->no_memory ? MLD_ERR_MEMORY : building->mistakes ? MLD_ERR_INPUT : MLD_OK;
}

void mld_building_fail(struct mld_building *building, const struct mld_node *node,
                       const char *format, ...)
{
    char rest[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(rest, sizeof rest, format, arguments);
    va_end(arguments);
    const char *where = mld_node_where(building->arena, node);
    mld_messages_add(building->messages, "%s: %s", where ? where : "", rest);
    building->no_memory |= !where;
    building->mistakes++;
}

static void take(struct mld_building *building, enum mld_status status)
{
    building->no_memory |= status == MLD_ERR_MEMORY;
    building->mistakes += status != MLD_OK && status != MLD_ERR_MEMORY;
}

void mld_study_plan_base(struct mld_building *building)
{
    take(building,
         mld_scenario_plan(building->study->base, &building->study->plan, building->messages));
    if (building->study->plan)
        mld_axes_heed_behaviour(building->study);
}

/* What is usually asked of a fund and of a guarantee; a scenario may lack some. */
static void ask_usual(struct mld_study *study)
{
    static const char *const usual[] = { "net_irr_a", "net_irr_a.p05",      "loss_a",
                                         "payouts",   "exhausted",          "payouts_unpaid",
                                         "net_cost",  "dotation_needed.p95" };
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (mld_statistic_read(usual[i], study->plan, "", &study->statistic[study->n_statistics],
                               NULL) == MLD_OK)
            study->n_statistics++;
}

static int is_asked(const struct mld_study *study, const char *name)
{
    for (int i = 0; i < study->n_statistics; i++)
        if (!strcmp(study->statistic[i].name, name))
            return 1;
    return 0;
}

static void ask(struct mld_building *building, const char *text, const char *place)
{
    struct mld_study *study = building->study;
    struct mld_statistic *next = &study->statistic[study->n_statistics];
    enum mld_status status = mld_statistic_read(text, study->plan, place, next, building->messages);
    if (status == MLD_OK && is_asked(study, next->name)) {
        mld_messages_add(building->messages, "%s: \"%s\": %s is asked for twice", place, text,
                         next->name);
        status = MLD_ERR_INPUT;
    }
    take(building, status);
    study->n_statistics += status == MLD_OK;
}

void mld_study_look_for(struct mld_building *building, const char *text, const char *place)
{
    struct mld_study *study = building->study;
    struct mld_goal *goal = &study->goal[study->n_goals];
    enum mld_status status = mld_goal_read(text, study->plan, place, goal, building->messages);
    take(building, status);
    if (status != MLD_OK)
        return;
    study->n_goals++;
    if (is_asked(study, goal->statistic.name))
        return;
    if (study->n_statistics < MLD_MAX_STATISTICS) {
        study->statistic[study->n_statistics++] = goal->statistic;
    } else {
        mld_messages_add(building->messages, "%s: \"%s\": more than %d statistics are asked for",
                         place, text, MLD_MAX_STATISTICS);
        take(building, MLD_ERR_INPUT);
    }
}

void mld_study_ask(struct mld_building *building, const char *const *text, int n,
                   const char *const *place)
{
    if (!n)
        ask_usual(building->study);
    for (int i = 0; i < n; i++)
        ask(building, text[i], place[i]);
}
