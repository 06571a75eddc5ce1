/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Studies (model, section 19): variants of a base scenario on the same draws. A variant's results
 * are, to the last bit, those of a run of that scenario, whatever is shared inside: variants that
 * differ in guarantee and fund alone are priced on the losses of the same paths.
 */
#ifndef MILLIARD_STUDY_H
#define MILLIARD_STUDY_H

#include <signal.h>

#include "milliard/language.h"
#include "milliard/measure.h"
#include "milliard/plan.h"
#include "milliard/scenario.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

/* ---- a number of a run ---- */

enum mld_statistic_of { MLD_OF_MEAN, MLD_OF_SD, MLD_OF_QUANTILE, MLD_OF_SHORTFALL };

/** "[design.]measure[.mean|.sd|.pNN|.shortfall]"; without a design the last one of the plan. */
struct mld_statistic {
    char name[96]; /**< in full: "with.net_irr_a.p05" */
    int design, measure;
    enum mld_statistic_of of;
    double level; /**< of a quantile, in (0, 1) */
};

/**
 * Reads a statistic that the plan has. `place` heads its messages.
 * Fails: MLD_ERR_INPUT (no such design, measure or statistic, with what is near; a measure that the
 * scenario does not have), MLD_ERR_MEMORY.
 */
enum mld_status mld_statistic_read(const char *text, const struct mld_plan *plan, const char *place,
                                   struct mld_statistic *statistic, struct mld_messages *messages);

/* ---- what a statistic is to reach ---- */

/** "STATISTIC <= X" or "STATISTIC >= X"; X is a number, "base", "base + 0.01" or "base - 0.01". */
struct mld_goal {
    struct mld_statistic statistic;
    int at_least; /**< 1: >=; 0: <= */
    int relative; /**< 1: `value` is counted from what the statistic is in the base */
    double value;
};

/**
 * Reads a goal; spaces may be left out. Fails: as mld_statistic_read(), and MLD_ERR_INPUT where no
 * statistic, comparison and number stand.
 */
enum mld_status mld_goal_read(const char *text, const struct mld_plan *plan, const char *place,
                              struct mld_goal *goal, struct mld_messages *messages);

/* ---- what is varied ---- */

struct mld_node;
/** What the values at a key become. */
struct mld_study_change {
    const char *key;              /**< dotted, `*` for any name */
    const struct mld_node *value; /**< a number, text, list or group */
};

/** One value of an axis: what it sets, and how it is called. */
struct mld_study_point {
    char label[160];
    double number;        /**< of a single number; NaN otherwise */
    enum mld_stage stage; /**< first that any of its keys touches */
    int n_changes;
    struct mld_study_change *change;
    /* the end of a judgement that it is, instead of changes; or NULL */
    const struct mld_sensitivity *judgement;
    int high;
};

struct mld_study_axis {
    char name[MLD_MAX_NAME];
    int whole; /**< 1: one of its keys is a whole number */
    int n;
    struct mld_study_point *point;
};

enum {
    MLD_MAX_AXES = 12,
    MLD_MAX_POINTS = 10000, /**< of an axis */
    MLD_MAX_CHANGES = 64,   /**< of a point */
    MLD_MAX_STATISTICS = 64,
    MLD_MAX_GOALS = 8,
    MLD_MAX_VARIANTS = 1000000
};

/** Variant v takes the points of the axes, the last of which varies fastest. */
struct mld_study {
    struct mld_scenario *base;
    struct mld_plan *plan; /**< the base's; run.paths and seed are those of all variants */
    char name[MLD_MAX_NAME];
    int n_axes, n_variants;
    struct mld_study_axis axis[MLD_MAX_AXES];
    int n_statistics;
    struct mld_statistic statistic[MLD_MAX_STATISTICS];
    int n_goals; /**< what variants are looked through for; their statistics are among those */
    struct mld_goal goal[MLD_MAX_GOALS];
    void *texts; /**< private: what the texts and nodes lie in */
};

/** The keys of a study file; rooted at a struct of the reader. */
extern const struct mld_param mld_study_params[];

/**
 * Reads a study file, and its base with `set` applied; every mistake is told with its place, and
 * every variant that a scenario's rules refuse is named, which takes about a millisecond a variant.
 * *study: the caller's, mld_study_free().
 * Fails: as mld_scenario_load().
 */
enum mld_status mld_study_load(const char *path, int n_set, const char *const *set,
                               struct mld_study **study, struct mld_messages *messages);
/**
 * The quick question: n axes, each "KEY=a:b:n" or "KEY=v,v,…", or "KEY,KEY=…" of keys that take the
 * same values, over a scenario, which becomes the study's when all is well; no statistics: the
 * usual ones of such a scenario. Fails: as mld_study_load().
 */
enum mld_status mld_study_quick(struct mld_scenario *scenario, int n, const char *const *vary,
                                int n_statistics, const char *const *statistic,
                                struct mld_study **study, struct mld_messages *messages);

/** Points of one axis, each of which gives every key a number of its own. */
struct mld_study_points {
    const char *name; /**< of the axis */
    int n_keys, n;
    const char *const *keys; /**< [n_keys] each "KEY", or "KEY,KEY" that take the same number */
    const double *value;     /**< [n][n_keys] */
    const double *called;    /**< [n] the numbers they are called by; NULL: 1, 2 … */
};
/** The points that a scenario's rules refuse. */
struct mld_study_refusals {
    unsigned char *at; /**< [n] 1: refused; the caller's room */
    int n;
    char why[512]; /**< of the first of them */
};
/**
 * A study of points over a scenario, which becomes the study's when all is well. Points that are
 * refused are left out and noted in `refusals`; *study is NULL when all are.
 * Fails: as mld_study_quick(), of what is wrong with the keys.
 */
enum mld_status mld_study_of_points(struct mld_scenario *scenario,
                                    const struct mld_study_points *points, int n_statistics,
                                    const char *const *statistic,
                                    struct mld_study_refusals *refusals, struct mld_study **study,
                                    struct mld_messages *messages);
/**
 * A study of judgements, which outlive it: variant 2 i + 1 is the high end of the i-th, 2 i its
 * low. They have been tried (mld_scenario_judgements()); none has a text. Fails: as
 * mld_study_quick(); the scenario becomes the study's when all is well.
 */
enum mld_status mld_study_of_judgements(struct mld_scenario *scenario,
                                        const struct mld_judgements *judgements, int n_statistics,
                                        const char *const *statistic, struct mld_study **study,
                                        struct mld_messages *messages);
/**
 * First stage that keys divided by commas touch. *step: what their value has to be a multiple of, 1
 * of whole numbers, a period of a year's periods; 0: of nothing.
 */
enum mld_stage mld_study_keys_stage(const char *keys, int periods_per_year, double *step);
void mld_study_free(struct mld_study *study);
/**
 * The study as a text for mld_study_load(), beside which its base lies as "<name of the
 * scenario>.cfg" (mld_scenario_text()): values and points one by one. Heap text for free(); NULL:
 * no memory.
 */
char *mld_study_text(const struct mld_study *study);
/**
 * The study of such a text, upon the base of that text. Fails: as mld_study_load().
 */
enum mld_status mld_study_restore(const char *text, const char *base, struct mld_study **study,
                                  struct mld_messages *messages);
/** Whether every point of an axis is a number, and called by it. */
int mld_study_axis_is_numbers(const struct mld_study_axis *axis);

/** Place on an axis of a variant. */
int mld_study_place(const struct mld_study *study, int variant, int axis);
/** "quotite = 0.5, fee = 0.01": a variant by its points. Gives `text`, cut to `size` bytes. */
const char *mld_study_variant_name(const struct mld_study *study, int variant, char *text,
                                   size_t size);
/** The scenario of a variant, without `sensitivity`: the caller's, mld_scenario_free(). */
enum mld_status mld_study_variant(const struct mld_study *study, int variant,
                                  struct mld_scenario **scenario, struct mld_messages *messages);

/* ---- its results ---- */

/** A statistic of a variant. NaN where undefined. */
struct mld_study_cell {
    double value, error;         /**< standard error; of a quantile half its interval over 1.96 */
    double low, high;            /**< 95 % interval: of order statistics for a quantile */
    double change, change_error; /**< from the base, of paired differences for a mean */
    double count;                /**< paths on which the measure is defined */
};

/** Whether a statistic reaches the goal, beside what it is in the base. NaN does not. */
int mld_goal_is_met(const struct mld_goal *goal, const struct mld_study_cell *base,
                    const struct mld_study_cell *cell);
/** Where the goal lies, beside what its statistic is in the base. */
double mld_goal_target(const struct mld_goal *goal, const struct mld_study_cell *base);

struct mld_study_result {
    uint32_t paths; /**< simulated, of every variant */
    double seconds;
    int interrupted;             /**< 1: fewer variants or paths than asked for */
    struct mld_study_cell *base; /**< [statistic] */
    struct mld_study_cell *cell; /**< [variant][statistic]; owned */
    unsigned char *done;         /**< [variant] 1: its cells are filled */
};

/** What a variant was on every path; the base is −1. */
struct mld_study_numbers {
    int variant;
    int n_designs; /**< of its plan */
    /* [statistic][path] of the measure of each; NULL where it, or the base, has no such design */
    const double *value[MLD_MAX_STATISTICS], *base[MLD_MAX_STATISTICS];
};

struct mld_study_options {
    int threads; /**< 0: as many as there are processors */
    const volatile sig_atomic_t *stop;
    /** Paths priced so far and to price, over all variants. May be NULL. */
    void (*progress)(void *context, double done, double all);
    void *context;
    /*
     * bytes for the numbers of which quantiles are taken, all of them; what does not fit is
     * simulated in more groups, each with the losses again. 0: 512 MB
     */
    double budget;
    /*
     * where an interrupted study leaves what it has done, and another of the same goes on, to the
     * same results; removed in the end. NULL: nowhere
     */
    const char *part;
    int no_base; /**< 1: the base is left out; its cells, and all changes, are NaN */
    /*
     * Told of the base, then of each variant when its paths are done; its numbers last until it
     * returns, those of the base as long as the study. May be NULL. Without a part
     */
    enum mld_status (*take)(void *context, const struct mld_study_numbers *numbers);
};

/**
 * Simulates the base and every variant. Fails: MLD_INTERRUPTED, MLD_ERR_CONSERVATION, MLD_ERR_INPUT
 * (a variant that is refused, named), MLD_ERR_MEMORY.
 */
enum mld_status mld_study_run(const struct mld_study *study,
                              const struct mld_study_options *options,
                              struct mld_study_result *result, struct mld_messages *messages);
void mld_study_result_clear(struct mld_study_result *result);

/**
 * Simulates the segments of MLD_SEGMENT paths from the first to the last, from 0, into a piece for
 * mld_study_merge(): 8 bytes a path, design and measure asked for. A piece that was interrupted is
 * gone on with. `options`: without a part, and with the base. Gives `result`: paths and seconds.
 * Fails: as mld_study_run(); INPUT (no such segments, or what is there is another's); FILE.
 */
enum mld_status mld_study_run_piece(const struct mld_study *study,
                                    const struct mld_study_options *options,
                                    const uint32_t segments[2], const char *path,
                                    struct mld_study_result *result, struct mld_messages *messages);
/** Whether a file is a piece of a study. */
int mld_study_is_piece(const char *path);
/**
 * Puts the n pieces of a study together: the results of the whole, to the bit. *study: the
 * caller's, or NULL.
 * Fails: FORMAT (no piece, or not a whole one), INPUT (pieces of different studies, or of another
 * build; some that overlap; missing segments), else as mld_study_run().
 */
enum mld_status mld_study_merge(int n, const char *const *pieces,
                                const struct mld_study_options *options, struct mld_study **study,
                                struct mld_study_result *result, struct mld_messages *messages);

MLD_END_DECLARATIONS

#endif
