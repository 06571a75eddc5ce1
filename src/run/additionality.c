/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Break-even additionality (model, section 13): the smallest part of the private financing covered
 * that must be additional for the guarantee, every due paid, to cost no more per additional euro
 * than another use of public money that costs κ a euro and is itself additional for a part α₀:
 *     α* = PV of the public cost × α₀ / (κ × PV of the private financing covered).
 */
#include <math.h>
#include <stdlib.h>

#include "milliard/first_pass.h"
#include "run/sizes.h"
#include "run/threads.h"

const double mld_additional_parts[MLD_ADDITIONAL_PARTS] = { 0.05, 0.1, 0.25, 0.5, 1 };
static const double scales[MLD_ADDITIONAL_SCALES] = { 0.5, 1, 2 };

struct mld_estimate mld_mean_of(size_t n, const double *value)
{
    double sum = 0, square = 0, count = 0;
    for (size_t p = 0; p < n; p++)
        if (value[p] == value[p]) {
            sum += value[p];
            count++;
        }
    if (count < 2)
        return (struct mld_estimate){ NAN, NAN };
    for (size_t p = 0; p < n; p++)
        if (value[p] == value[p])
            square += (value[p] - sum / count) * (value[p] - sum / count);
    return (struct mld_estimate){ sum / count, sqrt(square / (count - 1) / count) };
}

/* ȳ / x̄, its error by the delta method. */
struct mld_estimate mld_ratio_of(size_t n, const double *y, const double *x)
{
    double above = mld_mean_of(n, y).value, below = mld_mean_of(n, x).value, square = 0;
    for (size_t p = 0; p < n; p++) {
        double away = y[p] - above - above / below * (x[p] - below);
        square += away * away;
    }
    return (struct mld_estimate){ above / below,
                                  sqrt(square / ((double)n - 1) / (double)n) / fabs(below) };
}

/* The private part of A, B and grants: NaN where that of A is not given. */
static double private_part(const struct mld_fund_spec *fund)
{
    const struct mld_share_class *a = &fund->share_class[MLD_CLASS_A],
                                 *b = &fund->share_class[MLD_CLASS_B];
    double money = fund->size - fund->share_class[MLD_CLASS_C].commitment;
    return ((1 - a->public_share) * a->commitment + (1 - mld_public_share(b)) * b->commitment) /
           money;
}

static void read_numbers(const struct mld_plan *plan, size_t paths, const double *cost,
                         double *financing, const struct mld_alternatives *table,
                         struct mld_additionality *out)
{
    double part = private_part(&plan->fund);
    for (size_t p = 0; p < paths; p++)
        financing[p] *= part;
    struct mld_estimate ratio = mld_ratio_of(paths, cost, financing);
    out->cost = mld_mean_of(paths, cost);
    out->financing = mld_mean_of(paths, financing);
    for (int i = 0; i < table->n_compared; i++) {
        double factor = table->compared[i].additional / table->compared[i].cost;
        out->part[i] = (struct mld_estimate){ factor * ratio.value, factor * ratio.error };
    }
    for (int i = 0; i < MLD_ADDITIONAL_PARTS; i++)
        out->per_euro[i] = ratio.value / mld_additional_parts[i];
}

static enum mld_status price(const struct mld_plan *plan,
                             const struct mld_alternatives_options *options,
                             const struct mld_alternatives *table, struct mld_additionality *out,
                             struct mld_messages *messages)
{
    struct mld_trials trials = { .plan = plan,
                                 .options = options,
                                 .threads = mld_threads_start(mld_threads_asked(options->threads)),
                                 .messages = messages };
    size_t paths = plan->paths;
    struct mld_trial *trial = calloc(1, sizeof *trial);
    double *values = malloc(2 * paths * sizeof *values);
    enum mld_status status = trial && values ? MLD_OK : MLD_ERR_MEMORY;
    if (status == MLD_OK) {
        trial->place = mld_design_fully_paid(plan->n_designs);
        trial->fund = plan->fund;
        trial->admin = NAN;
        trial->column[MLD_OUT_PV] = values;
        trial->financing = values + paths;
        status = mld_trials_run(&trials, 1, trial);
    }
    if (status == MLD_OK)
        read_numbers(plan, paths, values, values + paths, table, out);
    free(values);
    free(trial);
    return status;
}

static enum mld_status price_scaled(const struct mld_scenario *scenario, double scale,
                                    const struct mld_alternatives_options *options,
                                    const struct mld_alternatives *table,
                                    struct mld_additionality *out, struct mld_messages *messages)
{
    const struct mld_sensitivity row = { .name = "pd",
                                         .n_keys = 1,
                                         .key = { "legal_forms.*.pd" },
                                         .operation = MLD_SENSITIVITY_SCALE,
                                         .low = scale };
    struct mld_scenario *varied = NULL;
    struct mld_plan *plan = NULL;
    const struct mld_first_pass_options first = { .threads = options->threads,
                                                  .stop = options->stop };
    out->pd_scale = scale;
    enum mld_status status = mld_scenario_vary(scenario, &row, 0, &varied, messages);
    if (status == MLD_OK)
        status = mld_scenario_plan(varied, &plan, messages);
    if (status == MLD_OK)
        status = mld_first_pass(plan, plan->paths, &first, messages);
    if (status == MLD_OK)
        status = price(plan, options, table, out, messages);
    if (plan)
        mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(varied);
    return status;
}

enum mld_status mld_additionality_fill(const struct mld_scenario *scenario,
                                       const struct mld_alternatives_options *options,
                                       struct mld_alternatives *table,
                                       struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    for (int i = 0; i < MLD_ADDITIONAL_SCALES && status == MLD_OK && table->has_private; i++)
        status = price_scaled(scenario, scales[i], options, table, &table->additionality[i],
                              messages);
    return status;
}
