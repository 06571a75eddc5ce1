/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The engine of a study, whose files share this: group after group (study.c), the losses of a batch
 * once and every design of the group upon them (study_wave.c); what it has done so far is saved and
 * taken up (study_resume.c). The numbers of paths may go into a piece instead of being added up,
 * or come from pieces instead of being simulated (study_merge.c).
 */
#ifndef MILLIARD_RUN_STUDY_ENGINE_H
#define MILLIARD_RUN_STUDY_ENGINE_H

#include "milliard/simulate.h"
#include "run/study_crew.h"
#include "run/study_group.h"
#include "run/study_piece.h"
#include "run/study_saved.h"
#include "run/study_tally.h"

/** Paths of a block, which one thread simulates. */
enum { MLD_STUDY_BATCH = 64 };

struct mld_study_block {
    uint32_t first;
    int paths;
    struct mld_violation violation;
    double *value; /**< [entry][column that it has][MLD_STUDY_BATCH] */
};

struct mld_study_engine {
    const struct mld_study *study;
    const struct mld_study_options *options;
    struct mld_study_result *result;
    struct mld_study_columns columns;
    uint32_t paths;      /**< of every variant */
    uint32_t first, end; /**< those that this program goes through: all, or those of a piece */
    int threads;
    int rank, ranks; /**< block b of a wave is of rank b mod ranks: 0 of 1 where none share it */
    double done, all;
    /* where the numbers of paths go instead of being added up, or come from; or NULL */
    struct mld_study_piece *writes;
    struct mld_study_piece *reads; /**< in the order of their segments, which are all */
    /* what was done so far, by which another goes on */
    char *identity;
    struct mld_study_position position;
    FILE *saved;           /**< opened part, before the paths of the group that it is in */
    double saved_at, cost; /**< seconds of the clock; what saving took */
    /* of the base, from the group that it is in on: numbers [column][path], and [statistic] */
    double *base;
    mld_study_sections *sections;
    struct mld_study_asked asked[MLD_MAX_STATISTICS]; /**< of each column */
    /* of the group at hand */
    uint32_t number; /**< groups before it */
    struct mld_study_group group;
    struct mld_workspace **workspace;
    int wave;
    struct mld_study_block *block;
    double *outputs, *wholes;
    size_t numbers;                /**< of a path: columns that entries have */
    int *place;                    /**< of an entry and a column among them, or −1 */
    struct mld_study_tally *tally; /**< [entry][column] */
    struct mld_study_cell *cell;   /**< [entry][statistic] */
};

/* ---- study.c ---- */

/**
 * Goes through all groups, and all paths of the engine, whose study, options, result and paths are
 * given. Fails: as mld_study_run().
 */
enum mld_status mld_study_go_through(struct mld_study_engine *engine,
                                     struct mld_messages *messages);

/* ---- study_wave.c ---- */

/** Variants of a group: as many as the numbers that quantiles need fit in the budget. */
int mld_study_most_variants(const struct mld_study_engine *engine);
/** Whether an entry has a number in a column: the place, and what its scenario has. */
int mld_study_has(const struct mld_study_engine *engine, int entry, int column);
/** How many numbers of every path are kept in the group at hand. */
size_t mld_study_count_wholes(const struct mld_study_engine *engine);
/** Allocates what the group at hand takes. Fails: MEMORY; it is still to be closed. */
enum mld_status mld_study_group_open(struct mld_study_engine *engine);
void mld_study_group_close(struct mld_study_engine *engine);

/** Lays the next blocks out, from a path on; gives how many. */
int mld_study_wave_lay(struct mld_study_engine *engine, uint32_t from);
/** Simulates those of this rank. Fails: CONSERVATION, with a message. */
enum mld_status mld_study_wave_simulate(struct mld_study_engine *engine, int blocks,
                                        struct mld_messages *messages);
/** Appends their numbers to the piece that is written. Fails: FILE. */
enum mld_status mld_study_wave_write(struct mld_study_engine *engine, int blocks,
                                     struct mld_messages *messages);
/** Reads them from the pieces. Fails: FORMAT, with a message. */
enum mld_status mld_study_wave_read(struct mld_study_engine *engine, int blocks,
                                    struct mld_messages *messages);
/** Adds their numbers up, each design by one thread, in the order of the paths. */
void mld_study_wave_add(struct mld_study_engine *engine, int blocks);

/* ---- study_resume.c ---- */

/** Seconds of the clock, from some moment on. */
double mld_study_now(void);
/** Saves where the study is: paths of the group at hand up to `from`. Fails: FILE, MEMORY. */
enum mld_status mld_study_save(struct mld_study_engine *engine, uint32_t from,
                               struct mld_messages *messages);
/** The same from time to time, where the study is to leave a part. */
enum mld_status mld_study_save_at_times(struct mld_study_engine *engine, uint32_t from,
                                        struct mld_messages *messages);
/** Begins where a former program ended. Fails: as mld_study_saved_open() and _read(). */
enum mld_status mld_study_take_up(struct mld_study_engine *engine, struct mld_study_walk *walk,
                                  struct mld_messages *messages);
/** Takes the paths of the group at hand up that were done. Fails: FORMAT, MEMORY. */
enum mld_status mld_study_take_up_group(struct mld_study_engine *engine, uint32_t *from,
                                        struct mld_messages *messages);
/** Notes the group that begins, for what is saved of it. */
void mld_study_note(struct mld_study_engine *engine, const struct mld_study_walk *walk, int base);
/** Lets go of what a former program left. */
void mld_study_close_saved(struct mld_study_engine *engine);

#endif
