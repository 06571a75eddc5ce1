/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys of the fund that stand for terms of its tiers: a list laid upon a scenario whose tiers say
 * all of one themselves replaces it, as a tape replaces a thesis.
 */
#include "scenario/scenario_internal.h"

#include "milliard/plan.h"

#include <string.h>

static const char *const shorthand[] = { "hurdle", "catch_up", "carry" };
enum { SHORTHANDS = sizeof shorthand / sizeof *shorthand };

static struct mld_node *child_of(const struct mld_node *node, const char *key)
{
    return node && node->kind == MLD_NODE_GROUP ? mld_node_child(node, key, strlen(key)) : NULL;
}

int mld_gives_tiers(const struct mld_node *root)
{
    return child_of(child_of(root, "fund"), "tiers") != NULL;
}

unsigned mld_shorthand_given(const struct mld_node *root)
{
    unsigned given = 0;
    for (int i = 0; i < SHORTHANDS; i++)
        given |= child_of(child_of(root, "fund"), shorthand[i]) ? 1U << i : 0;
    return given;
}

/* Whether an item gives a term, or another instead of it. */
static int gives(const struct mld_node *item, const struct mld_param *table,
                 const struct mld_param *row)
{
    if (child_of(item, row->key))
        return 1;
    for (; table->key; table++)
        if (table->instead && !strcmp(table->instead, row->key) && child_of(item, table->key))
            return 1;
    return 0;
}

/* How an item stands to a key: it has a term of its own, or leaves one to the key, or neither. */
enum use { NEITHER, OWN, LEAVES };

static enum use use_of(const struct mld_node *item, const char *key)
{
    const struct mld_node *type = child_of(item, "type");
    for (int i = 0; i < MLD_TIERS; i++) {
        const struct mld_param *table = mld_tiers[i]->params;
        if (!type || type->kind != MLD_NODE_TEXT || strcmp(type->text, mld_tiers[i]->name))
            continue;
        for (const struct mld_param *row = table; row && row->key; row++)
            if (row->inherits && !strcmp(row->inherits + strlen("fund."), key))
                return gives(item, table, row) ? OWN : LEAVES;
    }
    return NEITHER;
}

/* Whether tiers have terms of their own, all of them. */
static int is_replaced(const struct mld_node *tiers, const char *key)
{
    int own = 0;
    for (const struct mld_node *item = tiers->first; item; item = item->next) {
        enum use use = use_of(item, key);
        if (use == LEAVES)
            return 0;
        own += use == OWN;
    }
    return own > 0;
}

void mld_forget_shorthand(struct mld_node *root, unsigned kept)
{
    struct mld_node *fund = child_of(root, "fund"), *tiers = child_of(fund, "tiers");
    for (int i = 0; tiers && i < SHORTHANDS; i++) {
        struct mld_node *key = child_of(fund, shorthand[i]);
        if (key && !(kept >> i & 1U) && is_replaced(tiers, shorthand[i]))
            mld_node_remove(fund, key);
    }
}
