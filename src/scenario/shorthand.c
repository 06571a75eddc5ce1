/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys of the fund that stand for rows of its lists: a list of fees laid upon a scenario replaces
 * the rates that stand for one, and a list of tiers those terms that its tiers say all of
 * themselves, as a tape replaces a thesis.
 */
#include "scenario/scenario_internal.h"

#include "milliard/plan.h"

#include <string.h>

enum list { TIERS, FEES, LISTS };
static const char *const lists[LISTS] = { "tiers", "fees" };
static const struct {
    const char *key;
    enum list list;
} shorthand[] = { { "hurdle", TIERS },
                  { "catch_up", TIERS },
                  { "carry", TIERS },
                  { "management_fee", FEES },
                  { "management_fee_after", FEES },
                  { "running_costs", FEES } };
enum { SHORTHANDS = sizeof shorthand / sizeof *shorthand };

static struct mld_node *child_of(const struct mld_node *node, const char *key)
{
    return node && node->kind == MLD_NODE_GROUP ? mld_node_child(node, key, strlen(key)) : NULL;
}

struct mld_shorthand mld_shorthand_of(const struct mld_node *root)
{
    const struct mld_node *fund = child_of(root, "fund");
    struct mld_shorthand given = { 0, 0 };
    for (int i = 0; i < LISTS; i++)
        given.lists |= child_of(fund, lists[i]) ? 1U << i : 0;
    for (int i = 0; i < SHORTHANDS; i++)
        given.keys |= child_of(fund, shorthand[i].key) ? 1U << i : 0;
    return given;
}

struct mld_shorthand mld_shorthand_changed(const char *key)
{
    struct mld_shorthand given = { 0, 0 };
    for (int i = 0; i < LISTS; i++)
        if (!strncmp(key, "fund.", 5) && !strncmp(key + 5, lists[i], strlen(lists[i])))
            given.lists |= 1U << i;
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
static int all_say(const struct mld_node *tiers, const char *key)
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

void mld_forget_shorthand(struct mld_node *root, struct mld_shorthand given)
{
    struct mld_node *fund = child_of(root, "fund");
    for (int i = 0; i < SHORTHANDS; i++) {
        enum list of = shorthand[i].list;
        struct mld_node *key = child_of(fund, shorthand[i].key), *list = child_of(fund, lists[of]);
        if (!key || !list || given.keys >> i & 1U || !(given.lists >> of & 1U))
            continue;
        if (of == FEES ? list->first != NULL : all_say(list, shorthand[i].key))
            mld_node_remove(fund, key);
    }
}
