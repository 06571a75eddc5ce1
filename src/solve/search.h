/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A search for the best in the making: what is asked, and the points that were tried. */
#ifndef MILLIARD_SOLVE_SEARCH_H
#define MILLIARD_SOLVE_SEARCH_H

#include "milliard/frontier.h"
#include "solve/space.h"

struct mld_search {
    struct mld_scenario *scenario;
    const struct mld_frontier_question *question;
    const struct mld_frontier_options *options;
    struct mld_frontier_table *table;
    struct mld_messages *messages;
    struct mld_space space;
    int early;                              /**< 1: a key touches losses */
    double spread[1 + MLD_MAX_CONSTRAINTS]; /**< of each statistic over the scan; above 0 */
};

/**
 * Reads the question: statistics, constraints, levels and the space, into the table.
 * Fails: MLD_ERR_INPUT, each mistake told; MLD_ERR_MEMORY.
 */
enum mld_status mld_search_open(struct mld_search *search);

/** The constraint at a level. */
struct mld_goal mld_search_goal(const struct mld_frontier_table *table, int constraint, int level);
const struct mld_study_cell *mld_search_cells(const struct mld_frontier_table *table, int point);

/**
 * Simulates the n points that were not tried before, together, and adds them to those tried.
 * `with_base`: the scenario too. Fails: as mld_study_run().
 */
enum mld_status mld_search_try(struct mld_search *search, int n, const double *value,
                               int with_base);
/** The point among those tried, or −1. */
int mld_search_find(const struct mld_frontier_table *table, const double *value);

#endif
