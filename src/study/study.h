/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of this folder share: from the rows of a file to axes, and what is wrong. */
#ifndef MILLIARD_STUDY_STUDY_H
#define MILLIARD_STUDY_STUDY_H

#include "milliard/study.h"
#include "params/tree.h"

enum { MLD_MAX_KEYS = 16, MLD_MAX_KEY = 128 };

/** What the rows of a point say, read for the checks alone: its values are taken from the tree. */
struct mld_point_reading {
    char label[160], key[MLD_MAX_KEY];
    int n_changes;
};

/** What the rows of an axis say. */
struct mld_axis_reading {
    char name[MLD_MAX_NAME], one_key[MLD_MAX_KEY], key[MLD_MAX_KEYS][MLD_MAX_KEY];
    int n_keys;
    double from, to; /**< NaN: left out */
    int count, scale, n_points;
    struct mld_point_reading point; /**< of whichever point was read last */
};

/** What the rows of a study file say. */
struct mld_study_reading {
    char name[MLD_MAX_NAME];
    double paths, seed; /**< NaN: the base's */
    int n_statistics;
    char statistic[MLD_MAX_STATISTICS][sizeof((struct mld_statistic *)0)->name];
    int n_goals;
    char goal[MLD_MAX_GOALS][2 * sizeof((struct mld_statistic *)0)->name];
    int n_axes;
    struct mld_axis_reading axis[MLD_MAX_AXES];
};

/** A study in the making, and the mistakes that were told. */
struct mld_building {
    struct mld_study *study;
    struct mld_arena *arena; /**< of the study */
    struct mld_messages *messages;
    const struct mld_node *axis[MLD_MAX_AXES]; /**< where each stands */
    int mistakes, no_memory;
};

/** MLD_ERR_MEMORY, MLD_ERR_INPUT when mistakes were told, or MLD_OK. */
enum mld_status mld_building_status(const struct mld_building *building);
/** Tells "file:line: <the rest>". */
void mld_building_fail(struct mld_building *building, const struct mld_node *node,
                       const char *format, ...) __attribute__((format(printf, 3, 4)));

/** A study without axes over a base, which it takes, or NULL; its arena is for all it says. */
struct mld_study *mld_study_create(struct mld_arena **arena);

/** Keys that take the same values, and where that is said. */
struct mld_axis_keys {
    const struct mld_node *place;
    const char *what; /**< head of messages: "axes.fee" */
    int n;
    const char *key[MLD_MAX_KEYS];
};
/** From, to and how many of a grid. */
struct mld_axis_range {
    double from, to;
    int count, is_log;
};

/** The keys of "KEY" or "KEY,KEY"; 0 when there are none to go on with. */
int mld_axis_keys_list(struct mld_building *building, struct mld_axis_keys *keys, const char *text,
                       size_t length);

/** Ways to fill the next axis of a study. Mistakes are told. */
void mld_axis_fill_values(struct mld_building *building, const struct mld_axis_keys *keys,
                          const struct mld_node *values);
void mld_axis_fill_range(struct mld_building *building, const struct mld_axis_keys *keys,
                         const struct mld_axis_range *range);
/** Room for n points; 0 after a mistake. */
int mld_axis_take_points(struct mld_building *building, const struct mld_axis_keys *keys, int n);
void mld_axis_fill_points(struct mld_building *building, const struct mld_axis_keys *axis,
                          const struct mld_node *points);
/** Names the axis that was filled, after its first key when `name` is "", and counts it. */
void mld_axis_end(struct mld_building *building, const struct mld_axis_keys *keys,
                  const char *name);

/** 1 for a key that may be varied; 0 for another, which is told at `place`. */
int mld_key_check(struct mld_building *building, const struct mld_axis_keys *axis,
                  const struct mld_node *place, const char *key);
/** First stage that a key and what is below it touch. */
enum mld_stage mld_key_stage(const char *key);
/** 1 for a key whose value is a whole number. */
int mld_key_is_whole(const char *key);
/** Not 0 for a key whose value is in years, and a whole number of periods. */
int mld_key_is_of_periods(const char *key);

/**
 * Points that set what behaviour depends on (model, section 14) touch the issuers, whatever the
 * row of their key says, where the base or a point has a hazard_slope or a pass_through; likewise
 * the portfolio, which several closings date by commitments and costs. Given the base's plan.
 */
void mld_axes_heed_behaviour(struct mld_study *study);
/** What is wrong with axes taken together: names, keys that collide, too many variants. */
void mld_axes_check(struct mld_building *building);
/** Plans the base and reads what is asked of it; none: what is usual. */
void mld_study_plan_base(struct mld_building *building);
void mld_study_ask(struct mld_building *building, const char *const *text, int n,
                   const char *const *place);
/** Reads a goal of the study, and asks for its statistic where nothing else does. */
void mld_study_look_for(struct mld_building *building, const char *text, const char *place);
/** Tries one: INPUT, and why, when it is refused. */
enum mld_status mld_variant_try(const struct mld_study *study, int variant,
                                struct mld_messages *messages);
/** Tries every variant: those that a scenario's rules refuse are told. */
enum mld_status mld_variants_check(const struct mld_study *study, struct mld_messages *messages);

/**
 * Why a plan does not have a statistic that another plan has, "the scenario has no fund"; NULL when
 * it has.
 */
const char *mld_statistic_lacking(const struct mld_statistic *statistic,
                                  const struct mld_plan *plan);

/** mld_study_load() of a text, as if the file `name` held it. */
enum mld_status mld_study_parse(const char *text, size_t length, const char *name, int n_set,
                                const char *const *set, struct mld_study **study,
                                struct mld_messages *messages);

#endif
