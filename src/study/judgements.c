/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study of a scenario's judgements: one axis, of which each end of each judgement is a point. A
 * judgement sets, multiplies or adds to what its keys are, group by group, and so is no list of
 * values: its point names it, and mld_scenario_vary() makes its scenario.
 */
#include <stdio.h>

#include "study/study.h"

static enum mld_stage stage_of(const struct mld_sensitivity *row)
{
    enum mld_stage first = MLD_STAGE_NONE;
    for (int i = 0; i < row->n_keys; i++) {
        enum mld_stage stage = mld_key_stage(row->key[i]);
        first = stage < first ? stage : first;
    }
    return first;
}

static void fill_points(const struct mld_judgements *judgements, struct mld_study_axis *axis)
{
    for (int i = 0; i < judgements->count; i++)
        for (int high = 0; high < 2; high++) {
            struct mld_study_point *point = &axis->point[2 * i + high];
            snprintf(point->label, sizeof point->label, "%s %s", judgements->row[i].name,
                     high ? "high" : "low");
            point->number = 2 * i + high;
            point->judgement = &judgements->row[i];
            point->high = high;
            point->stage = stage_of(point->judgement);
        }
    snprintf(axis->name, sizeof axis->name, "judgement");
}

enum mld_status mld_study_of_judgements(struct mld_scenario *scenario,
                                        const struct mld_judgements *judgements, int n_statistics,
                                        const char *const *statistic, struct mld_study **study,
                                        struct mld_messages *messages)
{
    static const char *const place[MLD_MAX_STATISTICS];
    const struct mld_axis_keys keys = { .what = "sensitivity" };
    struct mld_building building = { .messages = messages };
    building.study = mld_study_create(&building.arena);
    if (!building.study)
        return MLD_ERR_MEMORY;
    building.study->base = scenario;
    if (mld_axis_take_points(&building, &keys, 2 * judgements->count)) {
        fill_points(judgements, &building.study->axis[0]);
        building.study->n_axes = 1;
        building.study->n_variants = building.study->axis[0].n;
        mld_study_plan_base(&building);
    }
    if (building.study->plan)
        mld_study_ask(&building, statistic, n_statistics, place);
    enum mld_status status = mld_building_status(&building);
    if (status == MLD_OK) {
        *study = building.study;
    } else {
        building.study->base = NULL;
        mld_study_free(building.study);
    }
    return status;
}
