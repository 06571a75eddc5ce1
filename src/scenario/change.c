/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario with some of its values changed: what judgements and the variants of a study are. */
#include "scenario/scenario_internal.h"

#include <stdlib.h>
#include <string.h>

/* The tree then shares nothing with what its values were taken from. */
static int own_texts(struct mld_arena *arena, struct mld_node *node)
{
    if (node->file && node->file != mld_place_of_set &&
        !(node->file = mld_arena_text(arena, node->file, strlen(node->file))))
        return -1;
    if (node->text && !(node->text = mld_arena_text(arena, node->text, node->length)))
        return -1;
    for (struct mld_node *child = node->first; child; child = child->next)
        if (own_texts(arena, child))
            return -1;
    return 0;
}

static int copy_tape(struct mld_scenario *copy, const struct mld_scenario *scenario)
{
    if (!scenario->tape)
        return 0;
    copy->tape = malloc(scenario->tape_length + 1);
    copy->tape_name = mld_arena_text(&copy->arena, scenario->tape_name,
                                     strlen(scenario->tape_name));
    copy->tape_length = scenario->tape_length;
    if (!copy->tape || !copy->tape_name)
        return -1;
    memcpy(copy->tape, scenario->tape, scenario->tape_length + 1);
    return 0;
}

static void forget_judgements(struct mld_node *root)
{
    static const char *const key[] = { "sensitivity", "rank_correlations" };
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        struct mld_node *judgements = mld_node_child(root, key[i], strlen(key[i]));
        if (judgements)
            mld_node_remove(root, judgements);
    }
}

static enum mld_status fill_copy(struct mld_scenario *copy, const struct mld_scenario *scenario,
                                 int n, const struct mld_change *change,
                                 struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    copy->root = mld_node_copy(&copy->arena, scenario->root);
    if (!copy->root || copy_tape(copy, scenario))
        return MLD_ERR_MEMORY;
    for (int i = 0; i < n && status == MLD_OK; i++)
        status = mld_change_apply(copy, &change[i], messages);
    if (status != MLD_OK)
        return status;
    forget_judgements(copy->root);
    return own_texts(&copy->arena, copy->root) ? MLD_ERR_MEMORY : MLD_OK;
}

enum mld_status mld_scenario_change(const struct mld_scenario *scenario, int n,
                                    const struct mld_change *change, struct mld_scenario **changed,
                                    struct mld_messages *messages)
{
    struct mld_scenario *copy = mld_scenario_create();
    enum mld_status status = copy ? fill_copy(copy, scenario, n, change, messages) : MLD_ERR_MEMORY;
    if (status == MLD_OK)
        *changed = copy;
    else
        mld_scenario_free(copy);
    return status;
}
