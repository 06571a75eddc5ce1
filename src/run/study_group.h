/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The variants of a study that differ in nothing before the price of a guarantee, and so read the
 * same losses: one model, and each distinct design upon it once.
 */
#ifndef MILLIARD_RUN_STUDY_GROUP_H
#define MILLIARD_RUN_STUDY_GROUP_H

#include "milliard/first_pass.h"
#include "milliard/study.h"

/** What is kept of each path: a measure of the design at a place. */
struct mld_study_column {
    int place, measure;
    int whole; /**< 1: a quantile or shortfall is asked, which needs every path's number */
    int mean;  /**< 1: a mean or sd is asked */
};

struct mld_study_columns {
    int n;
    struct mld_study_column column[MLD_MAX_STATISTICS];
    int of[MLD_MAX_STATISTICS];             /**< column of each statistic */
    unsigned char *wanted[MLD_MAX_DESIGNS]; /**< [measure] by place; owned */
};

/** The columns that the statistics of a study read. Fails: MLD_ERR_MEMORY. */
enum mld_status mld_study_columns_init(struct mld_study_columns *columns,
                                       const struct mld_study *study);
void mld_study_columns_clear(struct mld_study_columns *columns);

struct mld_study_entry {
    int place; /**< MLD_WITHOUT, MLD_WITH */
    struct mld_design design;
};

/** The base as a variant. */
enum { MLD_STUDY_BASE = -1 };

struct mld_study_group {
    const struct mld_plan *plan; /**< of its first variant: its model and lives */
    int n_variants, n_entries;
    int *variant;                     /**< [n_variants] */
    int (*entry_of)[MLD_MAX_DESIGNS]; /**< of a variant and place: its entry, or −1 */
    struct mld_study_entry *entry;
    void *store; /**< plans and specs; private to study_group.c */
};

/**
 * Which variants could be a group: those that agree in every point whose keys touch losses, some at
 * a time. The base is in the first group where every axis has points that do not; else it is one of
 * its own.
 */
struct mld_study_walk {
    const struct mld_study *study;
    const struct mld_first_pass_options *first; /**< of variants that pass their price through */
    int late[MLD_MAX_AXES];                     /**< points of each axis that leave losses alone */
    int early;                                  /**< places of losses */
    int at_early, at_late; /**< the next group: a place, and the first of its variants */
    int based;             /**< 0: the base is to be in the next group */
};
void mld_study_walk_start(struct mld_study_walk *walk, const struct mld_study *study,
                          const struct mld_first_pass_options *first);

/**
 * The next group, of at most so many variants, while at_early < early. Fails: as
 * mld_study_variant(), mld_scenario_plan() and mld_first_pass(); the group is the caller's to clear
 * whatever the status.
 */
enum mld_status mld_study_group_next(struct mld_study_walk *walk,
                                     const struct mld_study_columns *columns, int most,
                                     struct mld_study_group *group, struct mld_messages *messages);
/** The base alone. */
enum mld_status mld_study_group_base(const struct mld_study_walk *walk,
                                     const struct mld_study_columns *columns,
                                     struct mld_study_group *group, struct mld_messages *messages);
void mld_study_group_clear(struct mld_study_group *group);

#endif
