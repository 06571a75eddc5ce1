/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sets of a pick-freeze design (model, section 15), one after the other on paths of their own:
 * the worlds themselves, others, and for each block of judgements those others with that block of
 * the first. Of all but the first the measures that have indices are simulated alone.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "run/worlds.h"

/* Means and noise of the measures that have indices, of every set. */
struct design {
    size_t worlds;
    int measures, blocks;
    double *a, *b, *noise_a, *noise_b; /* [measure][world] */
    double *mixed;                     /* [measure][block][world] */
};

static int allocate(struct design *design)
{
    size_t n = (size_t)design->measures * design->worlds + 1;
    design->a = malloc(((size_t)design->blocks + 4) * n * sizeof(double));
    design->b = design->a + n;
    design->noise_a = design->b + n;
    design->noise_b = design->noise_a + n;
    design->mixed = design->noise_b + n;
    return design->a != NULL;
}

static void take(const struct mld_world_set *set, int column, size_t worlds, double *mean,
                 double *noise)
{
    size_t from = (size_t)column * worlds;
    memcpy(mean, set->mean + from, worlds * sizeof *mean);
    for (size_t w = 0; noise && w < worlds; w++)
        noise[w] = set->variance[from + w] / set->count[from + w];
}

static void take_all(const struct mld_world_set *set, const struct mld_uncertain *uncertain,
                     int which, struct design *design)
{
    size_t worlds = design->worlds;
    for (int i = 0; i < design->measures; i++) {
        const struct mld_indexed *one = &uncertain->indexed[i];
        size_t at = (size_t)i * worlds;
        int column = mld_columns_slot(set->columns, one->design, one->measure);
        if (which == 0)
            take(set, column, worlds, design->a + at, design->noise_a + at);
        else if (which == 1)
            take(set, column, worlds, design->b + at, design->noise_b + at);
        else
            take(set, column, worlds,
                 design->mixed + (at * (size_t)design->blocks) + (size_t)(which - 2) * worlds,
                 NULL);
    }
}

static enum mld_status simulate_others(struct mld_worlds_run *run,
                                       const struct mld_columns *columns,
                                       struct mld_uncertain *uncertain, struct design *design,
                                       struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    for (int which = 1; which < design->blocks + 2 && status == MLD_OK; which++) {
        struct mld_world_set set = { .mixed = which - 2 < 0 ? -1 : which - 2,
                                     .drawn = 1,
                                     .first_path = (uint32_t)which * mld_worlds_each(run->plan) };
        status = mld_world_set_init(&set, uncertain->worlds, columns);
        if (status == MLD_OK)
            status = mld_world_set_simulate(run, &set, messages);
        if (status == MLD_OK)
            take_all(&set, uncertain, which, design);
        mld_world_set_clear(&set);
    }
    return status;
}

static enum mld_status fill(const struct design *design, struct mld_uncertain *uncertain)
{
    enum mld_status status = MLD_OK;
    for (int i = 0; i < design->measures && status != MLD_ERR_MEMORY; i++) {
        struct mld_indexed *one = &uncertain->indexed[i];
        size_t at = (size_t)i * design->worlds;
        const struct mld_pick_freeze sets = {
            .worlds = uncertain->worlds,
            .inputs = design->blocks,
            .a = design->a + at,
            .b = design->b + at,
            .mixed = design->mixed + at * (size_t)design->blocks,
            .noise_a = design->noise_a + at,
            .noise_b = design->noise_b + at,
        };
        status = mld_pick_freeze_indices(&sets, 0, &one->of, one->index);
        one->known = status == MLD_OK && one->of.variance > 0;
    }
    return status == MLD_ERR_MEMORY ? status : MLD_OK;
}

static enum mld_status check_paths(const struct mld_worlds_run *run, struct mld_messages *messages)
{
    if (run->all <= 4294967294.0)
        return MLD_OK;
    mld_messages_add(messages,
                     "pick-freeze takes %d sets of %u paths, more than there are: fewer worlds, or "
                     "uncertainty.method = \"regression\"",
                     run->blocks + 2, mld_worlds_each(run->plan));
    return MLD_ERR_INPUT;
}

enum mld_status mld_worlds_pick_freeze(struct mld_worlds_run *run,
                                       const struct mld_world_set *first,
                                       struct mld_uncertain *uncertain,
                                       struct mld_messages *messages)
{
    struct mld_keep keep[MLD_MAX_INDEXED];
    struct mld_columns columns;
    mld_worlds_choose(run->plan, uncertain);
    for (int i = 0; i < uncertain->n_indexed; i++)
        keep[i] = (struct mld_keep){ uncertain->indexed[i].design, uncertain->indexed[i].measure,
                                     NULL };
    const struct mld_run_options lean = { .lean = 1, .keep = keep, .n_keep = uncertain->n_indexed };
    struct design design = { .worlds = uncertain->worlds,
                             .measures = uncertain->n_indexed,
                             .blocks = run->blocks };
    enum mld_status status = check_paths(run, messages);
    if (status == MLD_OK)
        status = mld_columns_init(&columns, run->plan, &lean);
    if (status != MLD_OK)
        return status;
    status = allocate(&design) ? MLD_OK : MLD_ERR_MEMORY;
    if (status == MLD_OK) {
        take_all(first, uncertain, 0, &design);
        status = simulate_others(run, &columns, uncertain, &design, messages);
    }
    if (status == MLD_OK)
        status = fill(&design, uncertain);
    free(design.a);
    mld_columns_clear(&columns);
    return status;
}
