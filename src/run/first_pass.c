/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The price of cover, from the measures of the design that pays all, summed in path order. */
#include "milliard/first_pass.h"

#include <math.h>

#include "run/engine.h"
#include "run/threads.h"

enum { DUES, BASE, FEES, COLUMNS };

int mld_first_pass_needed(const struct mld_plan *plan)
{
    return plan->guarantee.present && plan->guarantee.pass_through > 0 && !plan->cover_price.known;
}

/* The fee of all that is covered, where it does not depend on deals; else NaN. */
static double plain_fee(const struct mld_guarantee_spec *spec)
{
    double fee = (double)NAN;
    for (int l = 0; l < spec->n_layers; l++) {
        const struct mld_layer *layer = &spec->layer[l];
        int paid = layer->fee_payer == MLD_FEE_BY_FUND;
        double rate = paid ? layer->fee_rate : 0;
        if (layer->covers >= 0 || !(layer->quotite > 0))
            continue;
        if ((paid && layer->fee_upfront > 0) || rate < fee || rate > fee)
            return (double)NAN;
        fee = rate;
    }
    return fee;
}

static void add_segment(const struct mld_engine *engine, const struct mld_keep *keep,
                        uint32_t paths, double sum[COLUMNS])
{
    for (int i = 0; i < COLUMNS; i++) {
        int slot = mld_columns_slot(&engine->columns, keep[i].design, keep[i].measure);
        const double *column = engine->column + (size_t)slot * MLD_SEGMENT;
        for (uint32_t p = 0; p < paths; p++)
            sum[i] += column[p];
    }
}

static enum mld_status simulate(struct mld_engine *engine, const struct mld_keep *keep,
                                uint32_t paths, double sum[COLUMNS], struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    for (uint32_t s = 0; status == MLD_OK && s < mld_segments(paths); s++) {
        uint32_t left = paths - s * MLD_SEGMENT;
        status = mld_engine_simulate(engine, s, (double)s * MLD_SEGMENT, messages);
        if (status == MLD_OK)
            add_segment(engine, keep, left < engine->paths ? left : engine->paths, sum);
    }
    return status;
}

/* Sums over paths of what the price is made of. */
static enum mld_status sum_up(const struct mld_plan *plan, uint32_t paths,
                              const struct mld_first_pass_options *options, double sum[COLUMNS],
                              struct mld_messages *messages)
{
    static const char *const measure[COLUMNS] = { "debt_dues", "debt_fee_base", "debt_fees" };
    struct mld_keep keep[COLUMNS];
    for (int i = 0; i < COLUMNS; i++)
        keep[i] = (struct mld_keep){ mld_design_fully_paid(plan->n_designs),
                                     mld_measure_named(measure[i]), NULL };
    const struct mld_run_options lean = { .stop = options->stop,
                                          .progress = options->progress,
                                          .context = options->context,
                                          .keep = keep,
                                          .n_keep = COLUMNS,
                                          .lean = 1 };
    struct mld_engine engine;
    enum mld_status status = mld_engine_open(
        &engine, plan, &lean, mld_threads_start(mld_threads_asked(options->threads)));
    engine.goal = paths;
    if (status == MLD_OK)
        status = simulate(&engine, keep, paths, sum, messages);
    mld_engine_close(&engine);
    return status;
}

static double over(double part, double base) { return base > 0 ? part / base : 0; }

enum mld_status mld_first_pass(struct mld_plan *plan, uint32_t paths,
                               const struct mld_first_pass_options *options,
                               struct mld_messages *messages)
{
    const struct mld_guarantee_spec *spec = &plan->guarantee;
    if (!spec->present || !(spec->pass_through > 0))
        return MLD_OK;
    double sum[COLUMNS] = { 0 }, fee = plain_fee(spec), price = spec->pass_through_price;
    enum mld_status status = MLD_OK;
    mld_plan_pass_through(plan, (struct mld_cover_price){ .known = 0 });
    if (isnan(price) || isnan(fee))
        status = sum_up(plan, paths, options, sum, messages);
    if (status != MLD_OK)
        return status;
    mld_plan_pass_through(plan, (struct mld_cover_price){
                                    .known = 1,
                                    .price = isnan(price) ? over(sum[DUES], sum[BASE]) : price,
                                    .fee = isnan(fee) ? over(sum[FEES], sum[BASE]) : fee });
    return MLD_OK;
}
