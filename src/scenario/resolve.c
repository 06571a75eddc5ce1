/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of contents of a plan's derived fields, the time grid, and what every part uses. */
#include "scenario/resolve.h"
#include "core/plain.h"

#include "milliard/measure.h"
#include "milliard/scenario.h"
#include "params/names.h"
#include "params/reader.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void mld_check_fail(struct mld_check *check, const char *key, const char *format, ...)
{
    char rest[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(rest, sizeof rest, format, arguments);
    va_end(arguments);
    const char *where = check->where ? check->where(check->context, key) : NULL;
    mld_messages_add(check->messages, "%s%s%s%s", where ? where : "", where ? ": " : "", key, rest);
    check->mistakes++;
}

void mld_check_warn(struct mld_check *check, enum mld_warning_id kind, const char *key,
                    const struct mld_warning_value *value)
{
    mld_warn(&check->plan->warnings, kind, check->where ? check->where(check->context, key) : NULL,
             key, value);
}

const struct mld_echo *mld_echo_of(const struct mld_plan *plan, const char *key)
{
    for (size_t i = 0; i < plan->echo->count; i++)
        if (!strcmp(plan->echo->item[i].key, key))
            return &plan->echo->item[i];
    return NULL;
}

const char *mld_check_key(char key[MLD_KEY], const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(key, MLD_KEY, format, arguments);
    va_end(arguments);
    return key;
}

int mld_weights_normalise(int n, double *weight, double *sum)
{
    *sum = 0;
    for (int i = 0; i < n; i++)
        *sum += weight[i];
    if (!(fabs(*sum - 1) <= 1e-9))
        return 0;
    for (int i = 0; i < n; i++)
        weight[i] /= *sum;
    return 1;
}

void mld_weights_cumulate(int n, const double *weight, double *cumulative, int capacity)
{
    double sum = 0;
    int last = 0;
    for (int i = 0; i < n; i++) {
        cumulative[i] = sum += weight[i];
        if (weight[i] > 0)
            last = i;
    }
    for (int i = last; i < capacity; i++)
        cumulative[i] = 1;
}

/* ---- the grid (model, section 1) ---- */

static int whole_periods(struct mld_check *check, const char *key, double years)
{
    double periods = years * check->plan->model.grid.periods_per_year;
    if (fabs(periods - round(periods)) > 1e-9)
        mld_check_fail(check, key, " = %g is no whole number of periods of 1/%d year", years,
                       check->plan->model.grid.periods_per_year);
    return (int)lround(periods);
}

static void grid_of_fund(struct mld_check *check)
{
    struct mld_plan *plan = check->plan;
    struct mld_grid *grid = &plan->model.grid;
    struct mld_fund_spec *fund = &plan->fund;
    int term = whole_periods(check, "fund.term_years", fund->term_years);
    int extension = whole_periods(check, "fund.extension_years", fund->extension_years);
    fund->investment_periods = whole_periods(check, "fund.investment_years",
                                             fund->investment_years);
    if (term + extension > grid->periods)
        mld_check_fail(check, "fund.term_years",
                       " + extension_years = %g years goes beyond horizon_years = %d",
                       fund->term_years + fund->extension_years, grid->horizon_years);
    else
        grid->last = term + extension - 1; /* t_L = m (term + extension) - 1 */
    if (fund->investment_years > fund->term_years)
        mld_check_fail(check, "fund.investment_years", " = %g is longer than term_years = %g",
                       fund->investment_years, fund->term_years);
    if (fund->investment_periods < 1)
        mld_check_fail(check, "fund.investment_years", " = %g is less than one period",
                       fund->investment_years);
}

static void resolve_grid(struct mld_check *check)
{
    struct mld_grid *grid = &check->plan->model.grid;
    int m = grid->periods_per_year;
    if (m != 1 && m != 2 && m != 4 && m != 12) {
        mld_check_fail(check, "periods_per_year", " = %d: 1, 2, 4 or 12 is expected", m);
        return;
    }
    grid->periods = m * grid->horizon_years;
    grid->last = grid->periods - 1;
    if (check->plan->fund.present && !(check->misread & MLD_PART_FUND))
        grid_of_fund(check);
}

enum mld_status mld_resolve_grid(struct mld_plan *plan)
{
    struct mld_check check = { .plan = plan };
    resolve_grid(&check);
    return check.mistakes ? MLD_ERR_INPUT : MLD_OK;
}

/* ---- everything ---- */

static const char *measure_name(const void *context, int i)
{
    (void)context;
    return mld_measures[i].name;
}

static void resolve_listed(struct mld_check *check)
{
    char key[MLD_KEY];
    const struct mld_run_spec *run = &check->plan->run;
    for (int i = 0; i < run->n_listed; i++) {
        if (mld_measure_named(run->listed[i]) >= 0)
            continue;
        const char *near = mld_name_nearest(run->listed[i], mld_measure_count(), measure_name,
                                            NULL);
        mld_check_fail(check, mld_check_key(key, "run.measures_listed.[%d]", i),
                       " = \"%s\": no such measure%s%s%s", run->listed[i],
                       near ? ", did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    }
}

static void resolve_run(struct mld_check *check)
{
    struct mld_plan *plan = check->plan;
    if (plan->run.paths != floor(plan->run.paths))
        mld_check_fail(check, "run.paths", " = %.15g: a whole number is expected", plan->run.paths);
    if (plan->run.seed != floor(plan->run.seed))
        mld_check_fail(check, "run.seed", " = %.17g: a whole number is expected", plan->run.seed);
    if (plan->run.paths_at_most != floor(plan->run.paths_at_most))
        mld_check_fail(check, "run.paths_at_most", " = %.15g: a whole number is expected",
                       plan->run.paths_at_most);
    if (plan->run.trajectories_first != floor(plan->run.trajectories_first))
        mld_check_fail(check, "run.trajectories_first", " = %.15g: a whole number is expected",
                       plan->run.trajectories_first);
    resolve_listed(check);
    plan->paths = (uint32_t)plan->run.paths;
    plan->model.seed = (uint64_t)plan->run.seed;
}

static void resolve_portfolio(struct mld_check *check)
{
    const struct mld_plan *plan = check->plan;
    if (plan->model.has_thesis && plan->model.has_tape)
        mld_check_fail(check, "tape", ": give a thesis or a tape, not both");
    else if (plan->model.has_thesis)
        mld_resolve_thesis(check);
    else if (plan->model.has_tape)
        mld_resolve_tape(check);
    else
        mld_check_fail(check, "thesis", ": a thesis or a tape is missing");
}

/* ---- all parts ---- */

static const struct {
    void (*resolve)(struct mld_check *check);
    unsigned needs;
} parts[] = { { resolve_run, 0 },
              { mld_resolve_sensitivities, MLD_PART_SENSITIVITY },
              { mld_resolve_uncertainty, 0 },
              { mld_resolve_factors, MLD_PART_FACTORS },
              { mld_resolve_forms, MLD_PART_FACTORS | MLD_PART_FORMS },
              { mld_resolve_terms, MLD_PART_INSTRUMENTS },
              { mld_resolve_fund, MLD_PART_FUND },
              { mld_resolve_guarantee, MLD_PART_FACTORS | MLD_PART_FORMS | MLD_PART_GUARANTEE },
              { resolve_portfolio, MLD_PART_FACTORS | MLD_PART_FORMS | MLD_PART_INSTRUMENTS |
                                       MLD_PART_FUND | MLD_PART_PORTFOLIO },
              { mld_resolve_commitments, MLD_PART_FUND | MLD_PART_GUARANTEE | MLD_PART_PORTFOLIO },
              { mld_resolve_indicators, MLD_PART_FACTORS | MLD_PART_FORMS | MLD_PART_INDICATORS },
              { mld_resolve_feeder, MLD_PART_FACTORS | MLD_PART_FUND | MLD_PART_FEEDER },
              { mld_resolve_endowment, MLD_PART_FUND | MLD_PART_PORTFOLIO | MLD_PART_ENDOWMENT } };

enum mld_status mld_resolve_parts(struct mld_reading *reading, unsigned misread,
                                  const char *(*where)(const void *, const char *),
                                  const void *context, struct mld_messages *messages)
{
    struct mld_check check = { .plan = &reading->plan,
                               .judgements = &reading->judgements,
                               .where = where,
                               .context = context,
                               .messages = messages,
                               .misread = misread };
    if (misread & MLD_PART_GRID)
        return MLD_ERR_INPUT; /* every length depends on the grid */
    resolve_grid(&check);
    if (check.mistakes)
        return MLD_ERR_INPUT;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (!(parts[i].needs & misread))
            parts[i].resolve(&check);
    if (check.no_memory)
        return MLD_ERR_MEMORY;
    return misread || check.mistakes ? MLD_ERR_INPUT : MLD_OK;
}

enum mld_status mld_resolve_laws(struct mld_plan *plan,
                                 const char *(*where)(const void *, const char *),
                                 const void *context, struct mld_messages *messages)
{
    struct mld_check check = {
        .plan = plan, .where = where, .context = context, .messages = messages
    };
    mld_resolve_tables(&check);
    mld_plan_list_designs(plan);
    mld_resolve_thresholds(&check);
    mld_groups_list(&plan->model, &plan->model.groups);
    return check.no_memory ? MLD_ERR_MEMORY : check.mistakes ? MLD_ERR_INPUT : MLD_OK;
}

void mld_plan_clear(struct mld_plan *plan)
{
    if (!plan)
        return;
    for (int i = 0; i < plan->model.n_tables; i++)
        mld_quantile_table_free(plan->model.table[i].quantile);
    free(plan->model.table);
    if (plan->model.mixing_table)
        mld_quantile_table_free(plan->model.mixing_table);
    free(plan->model.threshold);
    free(plan->model.terms);
    mld_tape_clear(&plan->model.tape);
    mld_warnings_clear(&plan->warnings);
    if (plan->echo)
        mld_echoes_clear(plan->echo);
    free(plan->echo);
    *plan = (struct mld_plan){ 0 };
}
