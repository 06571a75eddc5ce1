/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a scenario holds between its text and its plan. */
#ifndef MILLIARD_SCENARIO_INTERNAL_H
#define MILLIARD_SCENARIO_INTERNAL_H

#include "params/reader.h"
#include "scenario/tables.h"
#include "params/tree.h"

struct mld_scenario {
    struct mld_arena arena;
    struct mld_node *root; /**< merged, overridden; no `base` and no `drop` */
    char *tape;
    size_t tape_length;    /**< the tape's text, on the heap, or NULL */
    const char *tape_name; /**< its path as shown in messages */
};

/** An empty scenario, or NULL. */
struct mld_scenario *mld_scenario_create(void);

/** Where the values of a scenario stand, and whose the texts are that say so. */
struct mld_places {
    const struct mld_scenario *scenario;
    struct mld_arena *texts;
};
/**
 * Place of the value at a dotted key, or of the nearest group above it: "file:line" or "--set".
 * `places`: a struct mld_places, as resolving passes it on.
 */
const char *mld_scenario_where(const void *places, const char *dotted);

/**
 * What is done to the values at a dotted key, `*` standing for any name; an absent key counts as
 * its default.
 */
struct mld_change {
    const char *key; /**< as the user wrote it */
    enum mld_sensitivity_operation operation;
    const struct mld_node *value; /**< of SET */
    double amount;                /**< of SCALE and ADD */
    /*
     * of SET, instead of a value: what a number becomes (+∞: "none"), by what the scenario says;
     * *problem: why it cannot. NULL: `value`
     */
    double (*draw)(void *context, double number, const char **problem);
    void *context;
    /* whose change it is: place of the values it leaves, and head of its messages */
    const char *place;
};
enum mld_status mld_change_apply(struct mld_scenario *scenario, const struct mld_change *change,
                                 struct mld_messages *messages);

/**
 * A copy with n changes, without its `sensitivity`; *changed: the caller's, and shares nothing with
 * the scenario or the changes. Fails: MLD_ERR_INPUT, MLD_ERR_MEMORY.
 */
enum mld_status mld_scenario_change(const struct mld_scenario *scenario, int n,
                                    const struct mld_change *change, struct mld_scenario **changed,
                                    struct mld_messages *messages);
/** The low or high of a row for one of its keys, +∞ of "none"; 0: it is no number. */
int mld_judgement_end(const struct mld_sensitivity *row, int high, int key, double *value);
/** The same as a node, of place `place`; NULL: no memory. */
const struct mld_node *mld_judgement_choice(struct mld_arena *arena,
                                            const struct mld_sensitivity *row, int high, int key,
                                            const char *place);
/** 1 for a row some of whose values are no numbers, and which is a choice between two. */
int mld_judgement_is_choice(const struct mld_sensitivity *row);
/** 1 for a key that says how the run is made or what things are called: nothing varies it. */
int mld_key_is_fixed(const char *key);
/** What makes path by path differences of two plans senseless; NULL when nothing does. */
const char *mld_shape_problem(const struct mld_plan *plan, const struct mld_plan *varied);

/** Applies "key=value" to the tree. Fails: MLD_ERR_INPUT, MLD_ERR_MEMORY. */
enum mld_status mld_set_apply(struct mld_scenario *scenario, const char *assignment,
                              struct mld_messages *messages);

/**
 * Marks as MLD_UNUSED the parameters that this plan never reads: an instrument outside the mix, dof
 * without Student …
 */
void mld_echo_mark_unused(struct mld_plan *plan);

/**
 * mld_scenario_plan() without the tables of laws, most of its time: enough to find every mistake.
 * Into bytes that are zero; the plan in them is the caller's to clear whatever the status.
 */
struct mld_reading;
enum mld_status mld_scenario_draft(const struct mld_scenario *scenario, struct mld_reading *reading,
                                   struct mld_messages *messages);

/**
 * Whether one row of `sensitivity` can be run at its low (0) or high (1). Reasons that are not of
 * the varied values themselves do not begin with the row. Fails: MLD_ERR_INPUT, MLD_ERR_MEMORY.
 */
enum mld_status mld_judgement_try(const struct mld_scenario *scenario, const struct mld_plan *plan,
                                  const struct mld_sensitivity *row, int high,
                                  struct mld_messages *messages);

/** A scenario gives deals or a thesis: the nearer of the two takes the place of the other. */
void mld_replace_portfolio(struct mld_node *under, const struct mld_node *over);
/** Of the lists of a fund, and of the keys that stand for their rows, those given, in bits. */
struct mld_shorthand {
    unsigned lists, keys;
};
/** What a tree gives; what a change of one key gives. */
struct mld_shorthand mld_shorthand_of(const struct mld_node *root);
struct mld_shorthand mld_shorthand_changed(const char *key);
/** Takes out the keys that the lists given replace, but for those given with them. */
void mld_forget_shorthand(struct mld_node *root, struct mld_shorthand given);

/**
 * Reads the tree into bytes that are zero, by the tables: types, ranges, names, required keys. The
 * plan's echo is made. *misread: the parts that have mistakes, bits of enum mld_part. Fails:
 * MLD_ERR_INPUT (one message per mistake), MLD_ERR_MEMORY.
 */
enum mld_status mld_scenario_read(const struct mld_scenario *scenario, struct mld_reading *reading,
                                  unsigned *misread, struct mld_messages *messages);

#endif
