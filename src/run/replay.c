/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One path of a results file run again alone, and compared with the file. */
#include "milliard/replay.h"
#include "core/plain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/draws.h"
#include "milliard/first_pass.h"
#include "milliard/version.h"

#define RUN_AGAIN                                                                           \
    "run its scenario again: milliard show FILE --scenario > again.cfg, then milliard run " \
    "again.cfg"

enum { WIDTH = 8 /* the narrowest batch: the path and seven that stay empty */ };

/*
 * The first number that differs, how many do, and the largest difference relative to the larger of
 * the two.
 */
struct difference {
    int count;
    double largest;
    int design;
    const char *what;
    int step;
    double kept, replayed;
};

/* The same bits; the sign and payload of an undefined number mean nothing. */
static int is_equal(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static void note(struct difference *difference, int design, const char *what, int step, double kept,
                 double replayed)
{
    double size = fmax(fabs(kept), fabs(replayed)),
           relative = isfinite(kept - replayed) ? fabs(kept - replayed) / size : 1;
    if (difference->count++ == 0)
        *difference = (struct difference){ 1, 0, design, what, step, kept, replayed };
    difference->largest = fmax(difference->largest, relative);
}

/* ---- running ---- */

/* The price that the run passed through to issuers, as the file keeps it. */
static enum mld_status take_price(struct mld_replay *replay, struct mld_messages *messages)
{
    struct mld_cover_price price;
    if (!mld_first_pass_needed(replay->plan))
        return MLD_OK;
    if (!mld_results_cover_price(replay->results, &price)) {
        mld_messages_add(messages, "the file does not say which price its scenario passes through");
        return MLD_ERR_FORMAT;
    }
    mld_plan_pass_through(replay->plan, price);
    return MLD_OK;
}

static enum mld_status plan_of(struct mld_replay *replay, struct mld_messages *messages)
{
    const char *text = mld_results_scenario_text(replay->results);
    enum mld_status status = mld_scenario_restore(text, &replay->scenario, messages);
    if (status == MLD_OK)
        status = mld_scenario_plan(replay->scenario, &replay->plan, messages);
    return status == MLD_OK ? take_price(replay, messages) : status;
}

static double number_of(const struct mld_replay *replay, const char *attribute)
{
    return strtod(mld_results_attribute(replay->results, attribute), NULL);
}

static enum mld_status check_draws(const struct mld_replay *replay, struct mld_messages *messages)
{
    double version = number_of(replay, "stream_version");
    if (version >= MLD_STREAM_VERSION && version <= MLD_STREAM_VERSION)
        return MLD_OK;
    mld_messages_add(messages,
                     "the file has version %g of the draws, this program version %d: replay it "
                     "with milliard %s, commit %s, or " RUN_AGAIN,
                     version, MLD_STREAM_VERSION,
                     mld_results_attribute(replay->results, "program_version"),
                     mld_results_attribute(replay->results, "commit"));
    return MLD_ERR_FORMAT;
}

/*
 * What the file says of its run must be what its scenario says: where it is not, the file has been
 * made by hand.
 */
static enum mld_status check_run(const struct mld_replay *replay, struct mld_messages *messages)
{
    const struct mld_plan *plan = replay->plan;
    const struct mld_grid *kept = mld_results_grid(replay->results), *grid = &plan->model.grid;
    const struct {
        const char *what;
        double kept, scenario;
    } said[] = {
        { "periods a year", kept->periods_per_year, grid->periods_per_year },
        { "periods", kept->periods, grid->periods },
        { "last period", kept->last, grid->last },
        { "year of the first closing", kept->first_closing.year, grid->first_closing.year },
        { "month of the first closing", kept->first_closing.month, grid->first_closing.month },
        { "day of the first closing", kept->first_closing.day, grid->first_closing.day },
        { "seed", number_of(replay, "seed"), (double)plan->model.seed },
        { "paths asked", number_of(replay, "paths_asked"), plan->paths },
        { "fund", number_of(replay, "has_fund"), plan->fund.present != 0 },
        { "guarantee", number_of(replay, "has_guarantee"), plan->guarantee.present != 0 },
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i].kept < said[i].scenario || said[i].kept > said[i].scenario) {
            mld_messages_add(messages,
                             "%s: the file says %.17g, the scenario inside it %.17g: it is not the "
                             "scenario of this run",
                             said[i].what, said[i].kept, said[i].scenario);
            return MLD_ERR_FORMAT;
        }
    return check_draws(replay, messages);
}

static enum mld_status simulate(struct mld_replay *replay, struct mld_messages *messages)
{
    enum mld_status status = mld_workspace_create(replay->plan, WIDTH, MLD_KEEP_TRACE,
                                                  &replay->workspace);
    if (status != MLD_OK)
        return status;
    mld_simulate(replay->plan, replay->path, 1, replay->workspace);
    const struct mld_violation *violation = &replay->workspace->violation;
    if (!violation->what)
        return MLD_OK;
    mld_messages_add(
        messages,
        "path %u, period %d, design %s: %s (%g EUR): a defect of milliard, please report it",
        (unsigned)violation->path, violation->period, mld_design_names[violation->design],
        violation->what, violation->amount);
    return MLD_ERR_CONSERVATION;
}

/* ---- comparing ---- */

/* One measure of one design: the file keeps a column of all paths, of which one is wanted. */
static enum mld_status compare_measure(struct mld_replay *replay, int design, int measure,
                                       double *column, struct difference *difference)
{
    const char *name = mld_measures[measure].name;
    if (!mld_results_has_measure(replay->results, design, name)) {
        replay->absent++;
        return MLD_OK;
    }
    enum mld_status status = mld_results_measure(replay->results, design, name, column);
    double replayed = mld_plan_stored(
        replay->plan, replay->workspace->design[design]
                          .value[(size_t)measure * (size_t)replay->workspace->width]);
    double kept = status == MLD_OK ? column[replay->path] : (double)NAN;
    replay->kept[design][measure] = kept;
    if (status == MLD_OK && !is_equal(kept, replayed))
        note(difference, design, name, -1, kept, replayed);
    replay->measures++;
    return status;
}

static enum mld_status compare_measures(struct mld_replay *replay, struct difference *difference)
{
    enum mld_status status = MLD_OK;
    double *column = malloc(mld_results_paths(replay->results) * sizeof *column);
    if (!column)
        return MLD_ERR_MEMORY;
    for (int design = 0; design < replay->plan->n_designs; design++)
        for (int i = 0; status == MLD_OK && i < mld_measure_count(); i++)
            if (mld_measure_applies(&replay->plan->design[design], replay->plan->model.n_forms, i))
                status = compare_measure(replay, design, i, column, difference);
    free(column);
    return status;
}

static enum mld_status compare_one_series(struct mld_replay *replay, int design, int series,
                                          struct difference *difference)
{
    const struct mld_workspace *workspace = replay->workspace;
    double kept[MLD_MAX_PERIODS];
    if (!mld_results_has_trajectory(replay->results, design, series)) {
        replay->absent++;
        return MLD_OK;
    }
    const double *replayed = workspace->design[design].series +
                             (size_t)mld_series_offset(&replay->plan->model.grid, series) *
                                 (size_t)workspace->width;
    enum mld_status status = mld_results_trajectory(replay->results, design, series, replay->path,
                                                    kept);
    for (int step = 0;
         status == MLD_OK && step < mld_series_length(&replay->plan->model.grid, series); step++)
        if (!is_equal(kept[step], replayed[(size_t)step * (size_t)workspace->width]))
            note(difference, design, mld_series[series].name, step, kept[step],
                 replayed[(size_t)step * (size_t)workspace->width]);
    replay->series++;
    return status;
}

/* Series are kept of the first paths only, if of any. */
static enum mld_status compare_series(struct mld_replay *replay, struct difference *difference)
{
    enum mld_status status = MLD_OK;
    if (replay->path >= mld_results_trajectories(replay->results))
        return MLD_OK;
    for (int design = 0; design < replay->plan->n_designs; design++)
        for (int i = 0; status == MLD_OK && i < mld_series_count(); i++)
            if (mld_series_applies(&replay->plan->design[design], i))
                status = compare_one_series(replay, design, i, difference);
    return status;
}

/* ---- why numbers differ ---- */

/*
 * Under another version of the model the same scenario and draws give other numbers: nothing is
 * wrong with the file.
 */
static int tell_model(const struct mld_replay *replay, struct mld_messages *messages)
{
    int version = (int)number_of(replay, "model_version");
    if (version == MLD_MODEL_VERSION)
        return 0;
    mld_messages_add(messages,
                     "the file is of version %d of the model, this program of version %d: readings "
                     "of the model changed in between, "
                     "and neither the file nor a build is at fault; replay it with milliard %s, "
                     "commit %s, or " RUN_AGAIN,
                     version, MLD_MODEL_VERSION,
                     mld_results_attribute(replay->results, "program_version"),
                     mld_results_attribute(replay->results, "commit"));
    return 1;
}

/* What of the build and the machine is not the same, from which the last bits may come. */
static void tell_provenance(const struct mld_replay *replay, struct mld_messages *messages)
{
    char list[2048] = "", text[MLD_MACHINE];
    size_t used = 0;
    for (int i = 0; mld_provenance_names[i]; i++) {
        const char *name = mld_provenance_names[i],
                   *kept = mld_results_attribute(replay->results, name),
                   *here = mld_provenance(name, text);
        if (strcmp(kept, here) != 0 && used < sizeof list)
            used += (size_t)snprintf(list + used, sizeof list - used,
                                     "%s%s \"%s\" in the file, \"%s\" here", used ? "; " : "", name,
                                     kept, here);
    }
    if (used)
        mld_messages_add(messages,
                         "the file comes from another build or machine, which may differ in the "
                         "last bits, or has been changed: %s",
                         list);
    else
        mld_messages_add(messages,
                         "the file does not come from another build or machine than this one "
                         "(milliard %s, commit %s, %s, %s): "
                         "its numbers have been changed since it was made",
                         MLD_VERSION, mld_build_commit(), mld_build_compiler(),
                         mld_machine_processor(text));
}

static enum mld_status tell(const struct mld_replay *replay, const struct difference *difference,
                            struct mld_messages *messages)
{
    char step[32] = "";
    if (difference->count == 0)
        return MLD_OK;
    if (difference->step >= 0)
        snprintf(step, sizeof step, ", step %d", difference->step);
    mld_messages_add(messages,
                     "path %u, design %s, %s%s: the file says %.17g, the replay %.17g; %d number%s "
                     "of this path differ%s, "
                     "by %.1e of their size at most",
                     (unsigned)replay->path, mld_design_names[difference->design], difference->what,
                     step, difference->kept, difference->replayed, difference->count,
                     difference->count > 1 ? "s" : "", difference->count > 1 ? "" : "s",
                     difference->largest);
    if (!tell_model(replay, messages))
        tell_provenance(replay, messages);
    return MLD_ERR_FORMAT;
}

static enum mld_status compare(struct mld_replay *replay, struct mld_messages *messages)
{
    struct difference difference = { 0 };
    for (int design = 0; design < replay->plan->n_designs; design++) {
        replay->kept[design] = malloc((size_t)mld_measure_count() * sizeof(double));
        if (!replay->kept[design])
            return MLD_ERR_MEMORY;
        for (int i = 0; i < mld_measure_count(); i++)
            replay->kept[design][i] = (double)NAN;
    }
    enum mld_status status = compare_measures(replay, &difference);
    if (status == MLD_OK)
        status = compare_series(replay, &difference);
    const char *refusal = status == MLD_OK ? NULL : mld_results_refusal(replay->results);
    if (refusal)
        mld_messages_add(messages, "%s", refusal);
    return status == MLD_OK ? tell(replay, &difference, messages) : status;
}

enum mld_status mld_replay_create(const struct mld_results *results, size_t path,
                                  struct mld_replay **out, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    size_t paths = mld_results_paths(results);
    *out = NULL;
    if (path >= paths) {
        mld_messages_add(messages,
                         "path %zu is not in the file, which holds %zu path%s, numbered from 0",
                         path, paths, paths == 1 ? "" : "s");
        return MLD_ERR_USAGE;
    }
    struct mld_replay *replay = calloc(1, sizeof *replay);
    if (!replay)
        return MLD_ERR_MEMORY;
    replay->results = results;
    replay->path = (uint32_t)path;
    enum mld_status status = plan_of(replay, messages);
    if (status == MLD_OK)
        status = check_run(replay, messages);
    if (status == MLD_OK)
        status = simulate(replay, messages);
    if (status == MLD_OK)
        status = compare(replay, messages);
    if (status == MLD_ERR_INPUT)
        tell_model(replay, messages); /* another version may refuse a scenario, too */
    if (status == MLD_OK)
        *out = replay;
    else
        mld_replay_free(replay);
    return status;
}

void mld_replay_free(struct mld_replay *replay)
{
    if (!replay)
        return;
    mld_workspace_free(replay->workspace);
    if (replay->plan)
        mld_plan_clear(replay->plan);
    free(replay->plan);
    mld_scenario_free(replay->scenario);
    for (int design = 0; design < MLD_MAX_DESIGNS; design++)
        free(replay->kept[design]);
    free(replay);
}
