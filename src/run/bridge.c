/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bridge from gross to net: each level is of a lean run of the scenario with some keys changed,
 * of which three columns are kept; levels of one scenario, which differ in design or measure, share
 * the run. Changes are paired path by path, so that they add up.
 */
#include "milliard/bridge.h"
#include "milliard/first_pass.h"
#include "milliard/moments.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const mld_bridge_steps[MLD_BRIDGE_STEPS] = {
    "contracts", "defaults", "forced_sale", "timing", "management_fees", "other_costs", "line",
    "grants",    "class_b",  "guarantee",   "carry"
};

/* A change of the scenario: a multiple of values, or a value as a scenario writes it. */
struct change {
    const char *key, *value;
    int from, to; /* steps whose level has it */
};

static const struct change changes[] = {
    { "legal_forms.*.pd", NULL, MLD_BRIDGE_CONTRACTS, MLD_BRIDGE_CONTRACTS },
    { "instruments.*.liquidation_discount", "0.0", MLD_BRIDGE_CONTRACTS, MLD_BRIDGE_DEFAULTS },
    { "fund.carry", "0.0", MLD_BRIDGE_TIMING, MLD_BRIDGE_GUARANTEE },
    { "fund.management_fee", "0.0", MLD_BRIDGE_TIMING, MLD_BRIDGE_TIMING },
    { "fund.management_fee_after", "0.0", MLD_BRIDGE_TIMING, MLD_BRIDGE_TIMING },
    { "fund.setup", "0.0", MLD_BRIDGE_TIMING, MLD_BRIDGE_MANAGEMENT },
    { "fund.running_costs", "0.0", MLD_BRIDGE_TIMING, MLD_BRIDGE_MANAGEMENT },
    { "fund.credit_line.limit", "0.0", MLD_BRIDGE_TIMING, MLD_BRIDGE_COSTS },
    { "fund.grants", "()", MLD_BRIDGE_TIMING, MLD_BRIDGE_LINE },
    { "fund.classes.B.commitment", "0.0", MLD_BRIDGE_TIMING, MLD_BRIDGE_GRANTS },
};

/* What a level is told by: return, multiple, and the amount that the multiple is of. */
enum { IRR, MULTIPLE, AMOUNT, COLUMNS };
static const char *const of_deals[COLUMNS] = { "gross_irr", "multiple_of_cost", "cost" };
static const char *const of_class_a[COLUMNS] = { "net_irr_a", "tvpi_a", "paid_in" };

static const char *const *measures_of(int step)
{
    return step <= MLD_BRIDGE_FORCED ? of_deals : of_class_a;
}

struct level {
    double part; /* of the amount that the multiple is of: A's of what is called, all of the cost */
    double *column[COLUMNS];
};

static void release(struct level *level)
{
    for (int i = 0; i < COLUMNS; i++)
        free(level->column[i]);
    *level = (struct level){ 0 };
}

/* ---- the scenario of a level ---- */

static enum mld_status apply(struct mld_scenario **scenario, const struct mld_scenario *base,
                             const struct mld_sensitivity *row, struct mld_messages *messages)
{
    struct mld_scenario *changed = NULL;
    enum mld_status status = mld_scenario_vary(*scenario ? *scenario : base, row, 0, &changed,
                                               messages);
    mld_scenario_free(*scenario);
    *scenario = changed;
    return status;
}

/* What grants and class B bring is A's to commit where they are left out. */
static double left_out(const struct mld_fund_spec *fund, int step)
{
    double sum = 0;
    for (int i = 0; i < fund->n_grants && step < MLD_BRIDGE_GRANTS; i++)
        sum += fund->grant[i].amount;
    if (step < MLD_BRIDGE_CLASS_B)
        sum += fund->share_class[MLD_CLASS_B].commitment;
    return step < MLD_BRIDGE_TIMING ? 0 : sum;
}

/* 1 where what a change leaves out is not there. */
static int is_idle(const struct mld_fund_spec *fund, const char *key)
{
    return (!strcmp(key, "fund.grants") && fund->n_grants == 0) ||
           (!strcmp(key, "fund.credit_line.limit") && !(fund->credit_line.limit > 0)) ||
           (!strcmp(key, "fund.classes.B.commitment") &&
            !(fund->share_class[MLD_CLASS_B].commitment > 0));
}

static struct mld_sensitivity set_to(const char *key, const char *value)
{
    struct mld_sensitivity row = { .name = "bridge",
                                   .n_keys = 1,
                                   .operation = value ? MLD_SENSITIVITY_SET
                                                      : MLD_SENSITIVITY_SCALE };
    snprintf(row.key[0], sizeof row.key[0], "%s", key);
    snprintf(row.choice_low, sizeof row.choice_low, "%s", value ? value : "");
    return row;
}

/* Tiers that have a carry of their own have none. */
static enum mld_status clear_tiers(const struct mld_scenario *base, const struct mld_plan *plan,
                                   struct mld_scenario **scenario, struct mld_messages *messages)
{
    size_t n;
    const struct mld_echo *echo = mld_plan_echo(plan, &n);
    enum mld_status status = MLD_OK;
    for (size_t i = 0; i < n && status == MLD_OK; i++) {
        const char *end = strrchr(echo[i].key, '.');
        if (strncmp(echo[i].key, "fund.tiers[", 11) != 0 || strcmp(end, ".carry") != 0)
            continue;
        struct mld_sensitivity row = set_to(echo[i].key, "0.0");
        status = apply(scenario, base, &row, messages);
    }
    return status;
}

/* Rows of fees of a kind charge nothing. */
static enum mld_status clear_fees(const struct mld_scenario *base, const struct mld_fund_spec *fund,
                                  int kind, struct mld_scenario **scenario,
                                  struct mld_messages *messages)
{
    static const char *const terms[] = { "rate", "minimum", "amount" };
    enum mld_status status = MLD_OK;
    for (int i = 0; i < fund->n_fees; i++)
        for (size_t k = 0; k < 3 && fund->fee[i].kind == kind && status == MLD_OK; k++) {
            char key[128];
            snprintf(key, sizeof key, "fund.fees.%s.%s", fund->fee[i].name, terms[k]);
            struct mld_sensitivity row = set_to(key, "0.0");
            status = apply(scenario, base, &row, messages);
        }
    return status;
}

/* One change of the table; of the rates that stand for rows of fees, that of the rows listed. */
static enum mld_status make(const struct mld_scenario *base, const struct mld_fund_spec *fund,
                            const struct change *of, struct mld_scenario **scenario,
                            struct mld_messages *messages)
{
    if (fund->n_fees && !strncmp(of->key, "fund.management_fee", 19))
        return clear_fees(base, fund, MLD_FEE_MANAGEMENT, scenario, messages);
    if (fund->n_fees && !strcmp(of->key, "fund.running_costs"))
        return clear_fees(base, fund, MLD_FEE_OTHER, scenario, messages);
    struct mld_sensitivity row = set_to(of->key, of->value);
    return apply(scenario, base, &row, messages);
}

static enum mld_status add(const struct mld_scenario *base, const char *key, double amount,
                           struct mld_scenario **scenario, struct mld_messages *messages)
{
    struct mld_sensitivity row = set_to(key, NULL);
    row.operation = MLD_SENSITIVITY_ADD;
    row.low = amount;
    return amount > 0 ? apply(scenario, base, &row, messages) : MLD_OK;
}

/* What is left out is A's to commit; C keeps the hundredth that it must have. */
static enum mld_status commit(const struct mld_scenario *base, const struct mld_fund_spec *fund,
                              double amount, struct mld_scenario **scenario,
                              struct mld_messages *messages)
{
    double b = fund->share_class[MLD_CLASS_B].commitment * (amount > 0),
           least = 0.01 * (1 + 1e-12) * (fund->commitments - b + amount),
           c = fund->share_class[MLD_CLASS_C].commitment, more = c < least ? least - c : 0;
    if (amount <= 0)
        return MLD_OK;
    enum mld_status status = add(base, "fund.classes.A.commitment", amount - more, scenario,
                                 messages);
    return status == MLD_OK ? add(base, "fund.classes.C.commitment", more, scenario, messages)
                            : status;
}

enum { CHANGES = sizeof changes / sizeof *changes };

/* Which changes the level of a step has: bit i of change i. Equal ones are of one scenario. */
static unsigned changes_of(const struct mld_fund_spec *fund, int step)
{
    unsigned set = 0;
    for (int i = 0; i < CHANGES; i++)
        if (step >= changes[i].from && step <= changes[i].to && !is_idle(fund, changes[i].key))
            set |= 1U << i;
    return set;
}

static enum mld_status change(const struct mld_scenario *base, const struct mld_plan *plan,
                              int step, struct mld_scenario **scenario,
                              struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    unsigned set = changes_of(&plan->fund, step);
    *scenario = NULL;
    for (int i = 0; i < CHANGES && status == MLD_OK; i++) {
        if (!(set >> i & 1U))
            continue;
        status = make(base, &plan->fund, &changes[i], scenario, messages);
    }
    if (status == MLD_OK && step >= MLD_BRIDGE_TIMING && step < MLD_BRIDGE_CARRY)
        status = clear_tiers(base, plan, scenario, messages);
    return status == MLD_OK
               ? commit(base, &plan->fund, left_out(&plan->fund, step), scenario, messages)
               : status;
}

/* ---- a run, of one level or several ---- */

/* Before the guarantee nothing is paid by one; from it on every due is. */
static int design_of(const struct mld_plan *plan, int step)
{
    return step < MLD_BRIDGE_GUARANTEE ? MLD_WITHOUT : mld_design_fully_paid(plan->n_designs);
}

/* The columns of one level, asked of the run of its scenario. */
static int ask(const struct mld_plan *plan, int step, struct level *level, struct mld_keep *keep)
{
    level->part = step < MLD_BRIDGE_TIMING
                      ? 1
                      : plan->fund.share_class[MLD_CLASS_A].commitment / plan->fund.commitments;
    for (int i = 0; i < COLUMNS; i++) {
        level->column[i] = malloc((size_t)plan->paths * sizeof(double));
        if (!level->column[i])
            return 0;
        keep[i] = (struct mld_keep){ design_of(plan, step), mld_measure_named(measures_of(step)[i]),
                                     level->column[i] };
    }
    return 1;
}

/* The levels that `wanted` marks, of one plan. */
static enum mld_status run(const struct mld_plan *plan, const unsigned char *wanted,
                           const struct mld_run_options *options, struct level *level,
                           struct mld_messages *messages)
{
    struct mld_keep keep[MLD_BRIDGE_STEPS * COLUMNS];
    struct mld_summary unused;
    struct mld_run_result result;
    int n = 0;
    for (int s = 0; s < MLD_BRIDGE_STEPS; s++)
        if (wanted[s] && !ask(plan, s, &level[s], keep + COLUMNS * n++))
            return MLD_ERR_MEMORY;
    const struct mld_run_options mine = { .threads = options->threads,
                                          .batch = options->batch,
                                          .stop = options->stop,
                                          .keep = keep,
                                          .n_keep = COLUMNS * n,
                                          .lean = 1 };
    return mld_run(plan, NULL, &mine, NULL, &unused, &result, messages);
}

/* The level of a step and all others of its scenario, which `wanted` marks. */
static enum mld_status fill_levels(const struct mld_scenario *base, const struct mld_plan *of,
                                   int step, const unsigned char *wanted,
                                   const struct mld_run_options *options, struct level *level,
                                   struct mld_messages *messages)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    const struct mld_first_pass_options first = { .threads = options->threads,
                                                  .stop = options->stop };
    enum mld_status status = change(base, of, step, &scenario, messages);
    if (status == MLD_OK)
        status = mld_scenario_plan(scenario ? scenario : base, &plan, messages);
    if (status == MLD_OK)
        status = mld_first_pass(plan, plan->paths, &first, messages);
    if (status == MLD_OK)
        status = run(plan, wanted, options, level, messages);
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
    return status;
}

/* ---- what the levels say ---- */

/* Of a path: a return, a multiple, or received less paid; of class A, its part of the fund. */
static double value_of(const struct level *level, int unit, size_t path)
{
    double multiple = level->column[MULTIPLE][path],
           amount = level->part * level->column[AMOUNT][path];
    switch (unit) {
    case MLD_BRIDGE_IRR: return level->column[IRR][path];
    case MLD_BRIDGE_TVPI: return multiple;
    default: return (multiple - 1) * amount;
    }
}

static struct mld_effect effect_of(const struct mld_moments *moments)
{
    struct mld_statistics of = { .mean = (double)NAN, .mean_error = (double)NAN };
    mld_moments_fill(moments, &of);
    return (struct mld_effect){ of.mean, of.mean_error };
}

/* Every path on which each level has a return: only these add up. */
static size_t mark(const struct mld_bridge *bridge, const struct level *level,
                   unsigned char *counts)
{
    size_t counted = 0;
    for (size_t p = 0; p < bridge->paths; p++) {
        counts[p] = 1;
        for (int s = 0; s < MLD_BRIDGE_STEPS; s++)
            counts[p] &= !bridge->step[s].present || !isnan(level[s].column[IRR][p]);
        counted += counts[p];
    }
    return counted;
}

static void compare(struct mld_bridge *bridge, const struct level *level, int step, int before,
                    const unsigned char *counts)
{
    for (int unit = 0; unit < MLD_BRIDGE_UNITS; unit++) {
        struct mld_moments here = { 0 }, change = { 0 };
        for (size_t p = 0; p < bridge->paths; p++) {
            if (!counts[p])
                continue;
            double value = value_of(&level[step], unit, p),
                   from = before < 0 ? 0 : value_of(&level[before], unit, p), gap = value - from;
            mld_moments_add(&here, 1, &value);
            mld_moments_add(&change, 1, &gap);
        }
        bridge->step[step].level[unit] = effect_of(&here);
        bridge->step[step].change[unit] = effect_of(&change);
    }
}

static enum mld_status tell(struct mld_bridge *bridge, const struct level *level)
{
    unsigned char *counts = malloc(bridge->paths ? bridge->paths : 1);
    if (!counts)
        return MLD_ERR_MEMORY;
    bridge->counted = mark(bridge, level, counts);
    for (int step = 0, before = -1; step < MLD_BRIDGE_STEPS; step++)
        if (bridge->step[step].present) {
            compare(bridge, level, step, before, counts);
            before = step;
        }
    free(counts);
    return MLD_OK;
}

/* ---- the bridge ---- */

static enum mld_status prepare(const struct mld_scenario *scenario, const struct mld_plan *plan,
                               struct mld_bridge *bridge, struct mld_messages *messages)
{
    *bridge = (struct mld_bridge){ .paths = plan->paths, .seed = plan->model.seed };
    if (!plan->fund.present) {
        mld_messages_add(messages, "%s: a bridge from gross to net needs a fund", plan->name);
        return MLD_ERR_INPUT;
    }
    memcpy(bridge->scenario, plan->name, sizeof bridge->scenario);
    bridge->fingerprint = mld_scenario_fingerprint(scenario, plan);
    bridge->design = mld_design_fully_paid(plan->n_designs);
    for (int s = 0; s < MLD_BRIDGE_STEPS; s++)
        bridge->step[s].present = 1;
    bridge->step[MLD_BRIDGE_GUARANTEE].present = plan->guarantee.present;
    bridge->step[MLD_BRIDGE_LINE].present = plan->fund.credit_line.limit > 0;
    bridge->step[MLD_BRIDGE_GRANTS].present = plan->fund.n_grants > 0;
    bridge->step[MLD_BRIDGE_CLASS_B].present = plan->fund.share_class[MLD_CLASS_B].commitment > 0;
    return MLD_OK;
}

/* Marks the steps of the same scenario as one that is not yet run; gives their number. */
static int mark_alike(const struct mld_bridge *bridge, const struct mld_fund_spec *fund, int step,
                      unsigned char *wanted)
{
    int n = 0;
    for (int s = 0; s < MLD_BRIDGE_STEPS; s++) {
        wanted[s] = bridge->step[s].present && changes_of(fund, s) == changes_of(fund, step);
        n += wanted[s];
    }
    return n;
}

static int steps_of(const struct mld_bridge *bridge)
{
    int steps = 0;
    for (int s = 0; s < MLD_BRIDGE_STEPS; s++)
        steps += bridge->step[s].present;
    return steps;
}

enum mld_status mld_bridge_fill(const struct mld_scenario *scenario,
                                const struct mld_run_options *options,
                                void (*progress)(void *context, int done, int runs), void *context,
                                struct mld_bridge *bridge, struct mld_messages *messages)
{
    struct mld_plan *plan = NULL;
    struct level level[MLD_BRIDGE_STEPS] = { 0 };
    enum mld_status status = mld_scenario_plan(scenario, &plan, messages);
    if (status == MLD_OK)
        status = prepare(scenario, plan, bridge, messages);
    for (int s = 0, done = 0; s < MLD_BRIDGE_STEPS && status == MLD_OK; s++) {
        unsigned char wanted[MLD_BRIDGE_STEPS];
        if (!bridge->step[s].present || level[s].column[0])
            continue;
        if (progress)
            progress(context, done, steps_of(bridge));
        done += mark_alike(bridge, &plan->fund, s, wanted);
        status = fill_levels(scenario, plan, s, wanted, options, level, messages);
    }
    if (status == MLD_OK)
        status = tell(bridge, level);
    for (int s = 0; s < MLD_BRIDGE_STEPS; s++)
        release(&level[s]);
    mld_plan_clear(plan);
    free(plan);
    return status;
}
