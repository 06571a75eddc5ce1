/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Worlds of a run: what --uncertain sets, and what is told of them. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

int cli_ask_worlds(struct cli_inputs *inputs, struct cli_worlds *asked)
{
    long worlds;
    if (!asked->worlds)
        return 1;
    if (!cli_whole("--uncertain", asked->worlds, MLD_FEWEST_WORLDS, 4294967294, &worlds))
        return 0;
    snprintf(asked->set, sizeof asked->set, "uncertainty.worlds=%ld", worlds);
    return cli_take_input(inputs, CLI_SET, asked->set);
}

/* How far it is, drawn on a terminal, and told when it is interrupted. */
struct progress {
    struct timespec start;
    int drawn;
    uint32_t done, paths;
};

static void note_progress(void *context, uint32_t done, uint32_t paths)
{
    struct progress *progress = context;
    progress->done = done;
    progress->paths = paths;
    if (progress->drawn)
        cli_draw_progress(&progress->start, done, paths);
}

static void tell_interrupted(const struct progress *progress)
{
    if (!progress->done)
        cli_complain("interrupted in the first worlds: nothing is kept");
    else
        cli_complain("interrupted: %u of %u paths of worlds are lost, which are kept once all of "
                     "them are there; the same command begins again",
                     progress->done, progress->paths);
}

/* What is drawn: judgements, blocks of those tied together, terms that indices take. */
struct drawn {
    int inputs, blocks, terms;
};

static void count_terms(const struct mld_worlds *worlds, struct drawn *drawn)
{
    struct mld_index_input term[MLD_MAX_SENSITIVITIES] = { { 0, 0 } };
    const struct mld_world_input *input = mld_worlds_inputs(worlds, &drawn->inputs);
    for (int j = 0; j < drawn->inputs; j++) {
        drawn->blocks += input[j].block == j;
        term[j].is_choice = input[j].is_choice;
    }
    drawn->terms = mld_regression_terms(drawn->inputs, term);
}

static enum mld_status count_drawn(const struct mld_scenario *scenario, const struct mld_plan *plan,
                                   struct drawn *drawn, struct mld_messages *messages)
{
    struct mld_judgements *judgements = NULL;
    struct mld_worlds *worlds = NULL;
    *drawn = (struct drawn){ 0 };
    enum mld_status status = mld_scenario_sensitivities(scenario, &judgements, messages);
    if (status == MLD_OK)
        status = mld_worlds_create(scenario, judgements, plan->model.seed, &worlds, messages);
    if (status == MLD_OK)
        count_terms(worlds, drawn);
    mld_worlds_free(worlds);
    free(judgements);
    return status;
}

/* What it will take, said before, and what so many worlds will not say. */
static void tell_cost(FILE *out, const struct mld_plan *plan, const struct drawn *drawn)
{
    const struct mld_uncertainty *asked = &plan->uncertainty;
    int frozen = asked->method == MLD_BY_PICK_FREEZE;
    cli_print(out, "%u worlds of %d paths, %d judgements drawn", asked->n_worlds,
              asked->paths_per_world, drawn->inputs);
    if (frozen)
        cli_print(out, "; pick-freeze: %d sets of them", drawn->blocks + 2);
    cli_print(out, ": %.0f paths, and %u at the scenario's own inputs\n",
              mld_worlds_paths(plan, drawn->blocks), mld_worlds_each(plan));
    if (!frozen && asked->n_worlds < 3 * (uint32_t)drawn->terms)
        cli_print(out,
                  "too few worlds to say which judgement the ignorance comes from: that takes "
                  "%d\n",
                  3 * drawn->terms);
}

int cli_check_worlds(const struct mld_scenario *scenario, const struct mld_plan *plan)
{
    struct mld_messages messages;
    struct drawn drawn;
    if (!plan->uncertainty.present)
        return MLD_OK;
    mld_messages_init(&messages);
    enum mld_status status = count_drawn(scenario, plan, &drawn, &messages);
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    if (status == MLD_OK) {
        printf("  worlds       ");
        tell_cost(stdout, plan, &drawn);
    } else if (status == MLD_ERR_MEMORY)
        cli_complain("%s", mld_status_text(status));
    return (int)status;
}

static enum mld_status simulate(const struct mld_scenario *scenario, const struct mld_plan *plan,
                                const struct cli_asked *asked, struct mld_uncertain **uncertain,
                                struct mld_messages *messages)
{
    struct progress progress = { .drawn = !asked->quiet && isatty(STDERR_FILENO) };
    const struct mld_run_options options = { .threads = (int)asked->inputs.threads,
                                             .stop = cli_keep_when_interrupted(),
                                             .progress = note_progress,
                                             .context = &progress };
    clock_gettime(CLOCK_MONOTONIC, &progress.start);
    enum mld_status status = mld_run_worlds(plan, scenario, &options, asked->output, uncertain,
                                            messages);
    if (progress.drawn)
        cli_draw_line("");
    if (status == MLD_INTERRUPTED)
        tell_interrupted(&progress);
    return status;
}

int cli_run_worlds(const struct mld_scenario *scenario, const struct mld_plan *plan,
                   const struct cli_asked *asked, struct mld_uncertain **uncertain)
{
    struct mld_messages messages;
    struct drawn drawn;
    *uncertain = NULL;
    mld_messages_init(&messages);
    enum mld_status status = count_drawn(scenario, plan, &drawn, &messages);
    if (status == MLD_OK && !asked->quiet)
        tell_cost(stderr, plan, &drawn);
    if (status == MLD_OK)
        status = simulate(scenario, plan, asked, uncertain, &messages);
    cli_print_messages(&messages);
    if (status != MLD_OK && status != MLD_INTERRUPTED && messages.count == 0)
        cli_complain("%s", mld_status_text(status));
    mld_messages_clear(&messages);
    return (int)status;
}
