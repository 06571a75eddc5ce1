/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Scenario files: read (libconfig), merged with their `base`, overridden by --set, checked, turned
 * into a plan. Every mistake is reported, each as "file:line: key = value …". Also the parameter
 * tables themselves.
 */
#ifndef MILLIARD_SCENARIO_H
#define MILLIARD_SCENARIO_H

#include "milliard/language.h"
#include "milliard/params.h"
#include "milliard/plan.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

struct mld_scenario;

/**
 * Reads `path` and the scenarios it is based on, and applies `set`: n texts "dotted.key=value"
 * (lists by position, "[0]", or by name). Owner of *scenario: the caller, mld_scenario_free().
 * Fails: MLD_ERR_FILE (cannot be read), MLD_ERR_INPUT (mistakes, all of them in `messages`),
 * MLD_ERR_MEMORY.
 */
enum mld_status mld_scenario_load(const char *path, int n_set, const char *const *set,
                                  struct mld_scenario **scenario, struct mld_messages *messages);
/**
 * The same from a text already in memory; `name` stands for its path, beside which bases and tapes
 * are looked for.
 */
enum mld_status mld_scenario_parse(const char *text, const char *name, int n_set,
                                   const char *const *set, struct mld_scenario **scenario,
                                   struct mld_messages *messages);
/**
 * The scenario that a results file keeps, which is whole: no other file is read, whatever the text
 * asks for.
 * Fails: MLD_ERR_FORMAT (it asks for a base or a tape), and as mld_scenario_parse().
 */
enum mld_status mld_scenario_restore(const char *text, struct mld_scenario **scenario,
                                     struct mld_messages *messages);
void mld_scenario_free(struct mld_scenario *scenario);

/**
 * The plan of a scenario, tape included, resolved, with its warnings and its echo. *plan on the
 * heap: mld_plan_clear() then free().
 */
enum mld_status mld_scenario_plan(const struct mld_scenario *scenario, struct mld_plan **plan,
                                  struct mld_messages *messages);

/**
 * Merged, overridden scenario as one self-contained libconfig text: no `base`, the tape's text
 * inside. Heap text for free(); NULL when memory is short.
 */
char *mld_scenario_text(const struct mld_scenario *scenario);

enum mld_sensitivity_operation { MLD_SENSITIVITY_SET, MLD_SENSITIVITY_SCALE, MLD_SENSITIVITY_ADD };

/**
 * How a judgement is drawn between its low and high (model, section 15). Choices, which no number
 * says, have probabilities instead.
 */
enum mld_law {
    MLD_LAW_USUAL = -1, /**< not said: two_piece, of choices their probabilities */
    MLD_LAW_TWO_PIECE,  /**< half of the mass on each side of the scenario's value */
    MLD_LAW_UNIFORM,
    MLD_LAW_LOG_UNIFORM,
    MLD_LAW_TRIANGULAR, /**< its mode is the scenario's value */
    MLD_LAW_FIXED       /**< it stays what the scenario says */
};

/** One row of the sensitivity table: a judgement of the scenario with its low and high. */
struct mld_sensitivity {
    char name[MLD_MAX_NAME], label_en[160], label_fr[160];
    int n_keys;
    char key[16][128]; /**< dotted keys, `*` for any name: "legal_forms.*.pd" */
    int operation;     /**< enum mld_sensitivity_operation */
    double low, high;
    /*
     * values that are no numbers, as written right of "="; one for all keys or one for each with
     * ";" between; "" when low and high are meant
     */
    char choice_low[256], choice_high[256];
    int law;               /**< enum mld_law */
    double probability[2]; /**< of choices: of low, and of high; in all 1 */
    int n_probabilities;   /**< that the scenario gives; 0: each one half */
};

/** That two rows are known to be high together, or one where the other is low. */
struct mld_rank_correlation {
    char first[MLD_MAX_NAME], second[MLD_MAX_NAME];
    double value; /**< Spearman's */
};

/** The `sensitivity` list of a scenario, in its order. */
struct mld_judgements {
    int count;
    struct mld_sensitivity row[MLD_MAX_SENSITIVITIES];
    int n_correlations;
    struct mld_rank_correlation correlation[MLD_MAX_SENSITIVITIES];
};

/**
 * What a scenario says of its judgements. *judgements on the heap, for free().
 * Fails: MLD_ERR_INPUT as mld_scenario_plan() does, MLD_ERR_MEMORY.
 */
enum mld_status mld_scenario_sensitivities(const struct mld_scenario *scenario,
                                           struct mld_judgements **judgements,
                                           struct mld_messages *messages);

/**
 * The scenario with the low (0) or high (1) of one row of its `sensitivity` list applied: every key
 * the row names, `*` standing for any name, is set, multiplied or added to, arrays number by
 * number; an absent key counts as its default. The varied scenario lists no sensitivity itself.
 * Owner of *varied: the caller.
 * Fails: MLD_ERR_INPUT (a key that matches nothing), MLD_ERR_MEMORY.
 */
enum mld_status mld_scenario_vary(const struct mld_scenario *scenario,
                                  const struct mld_sensitivity *row, int high,
                                  struct mld_scenario **varied, struct mld_messages *messages);

/**
 * Whether every row of `sensitivity` can be run at both ends, and compared with the scenario path
 * by path: each mistake told with the place of the row, its name and its end. `plan` and
 * `judgements` are the scenario's own. Takes about a millisecond a row.
 * Fails: MLD_ERR_INPUT, MLD_ERR_MEMORY.
 */
enum mld_status mld_scenario_judgements(const struct mld_scenario *scenario,
                                        const struct mld_plan *plan,
                                        const struct mld_judgements *judgements,
                                        struct mld_messages *messages);

/**
 * The scenario written out in full: every key of the tables with its texts, unit, range, default
 * and source in comments before it, defaults for what is not given. It parses back to the same
 * plan. Heap text for free(); NULL: no memory.
 */
char *mld_scenario_explain(const struct mld_scenario *scenario);

/**
 * Echo of every parameter of a scenario's plan, in table order; count in *n. Owned by the plan.
 */
const struct mld_echo *mld_plan_echo(const struct mld_plan *plan, size_t *n);
/**
 * Where the parameters and warnings of a plan come from, as text: lines for
 * mld_plan_restore_origins(), in their order. Heap text for free(); NULL: no memory.
 */
char *mld_plan_origins(const struct mld_plan *plan);
/**
 * Gives a plan that was made again, from the text of its scenario, the origins of the first one.
 * Fails: FORMAT (no such text), MEMORY.
 */
enum mld_status mld_plan_restore_origins(struct mld_plan *plan, const char *text);
/**
 * Tells scenarios apart whatever they are called: the sum, modulo 2^64, of hash(key) × (2
 * hash(value) + 1) over the parameters but those of `run` and `uncertainty`, the tape's text being
 * the value of tape.text; the hash is 64-bit FNV-1a. `plan` is the scenario's own.
 */
uint64_t mld_scenario_fingerprint(const struct mld_scenario *scenario, const struct mld_plan *plan);

/** The table of the whole scenario, rooted at struct mld_reading of the reader. */
extern const struct mld_param mld_scenario_params[];
/** Row of a dotted key ("fund.hurdle", "instruments.bond.coupon"), or NULL. */
const struct mld_param *mld_param_named(const char *dotted);
/**
 * First stage that a dotted key touches, as its row or those around it say; MLD_STAGE_NONE: no such
 * key.
 */
enum mld_stage mld_param_stage(const char *dotted);

/**
 * What is meant by a name that is no instrument, way to pay, design, tier or dotted key: one that
 * differs by case, accents or spaces only, else the nearest by edits, else what its French words
 * mean. Gives `meant`, filled ("bond", "fund.hurdle", "a or b"), or NULL when nothing is near.
 */
const char *mld_describable_nearest(char *meant, size_t size, const char *what);

MLD_END_DECLARATIONS

#endif
