/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Overrides: --set key=value, and the rows of `sensitivity`, which change values the same way. */
#include "scenario/config.h"
#include "scenario/names.h"
#include "scenario/scenario_internal.h"

#include <stdlib.h>
#include <string.h>

struct change {
    struct mld_arena *arena;
    const char *key;                    /* as the user wrote it */
    enum mld_sensitivity_operation operation;
    const struct mld_node *value;       /* of SET */
    double amount;                      /* of SCALE and ADD */
    struct mld_messages *messages;
    int matches, mistakes, no_memory;
};

static void refuse(struct change *change, const char *problem, const char *nearest)
{
    mld_messages_add(change->messages, "--set: %s: %s%s%s%s", change->key, problem,
                     nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
    change->mistakes++;
}

static void set_value(struct change *change, struct mld_node *node)
{
    struct mld_node *copy = mld_node_copy(change->arena, change->value);
    if (!copy) {
        change->no_memory = 1;
        return;
    }
    copy->next = node->next;
    copy->name = node->name;
    *node = *copy;
}

static void shift_number(const struct change *change, struct mld_node *node)
{
    double number = mld_node_number(node);
    node->real = change->operation == MLD_SENSITIVITY_SCALE ? number * change->amount : number + change->amount;
    node->kind = MLD_NODE_REAL;
    node->file = mld_place_of_set;
    node->line = 0;
}

static void change_value(struct change *change, struct mld_node *node)
{
    change->matches++;
    if (change->operation == MLD_SENSITIVITY_SET) {
        set_value(change, node);
    } else if (mld_node_is_number(node)) {
        shift_number(change, node);
    } else if (node->kind == MLD_NODE_ARRAY || node->kind == MLD_NODE_LIST) {
        for (struct mld_node *item = node->first; item; item = item->next)
            if (mld_node_is_number(item))
                shift_number(change, item);
        node->file = mld_place_of_set;
        node->line = 0;
    } else {
        refuse(change, "only numbers and arrays of numbers are scaled or added to", NULL);
    }
}

/* The default of a key that the files do not give, as a node to change. */
static struct mld_node *default_node(struct change *change, const char *dotted, const char *name)
{
    const struct mld_param *row = mld_param_named(dotted);
    struct mld_node *node = mld_node_create(change->arena, MLD_NODE_REAL, name, mld_place_of_set, 0);
    change->no_memory |= !node;
    if (node && row && (row->kind == MLD_REAL || row->kind == MLD_INT))
        node->real = row->fallback;
    return node;
}

static const char *name_at(const void *context, int i)
{
    const struct mld_node *parent = context, *child = parent->first;
    while (i--)
        child = child->next;
    const char *name = parent->kind == MLD_NODE_LIST ? mld_node_item_name(child) : child->name;
    return name ? name : "";
}

/* A key that is absent: a group grows by it (the reader judges its name), a list does not. */
static struct mld_node *grow(struct change *change, struct mld_node *parent, const struct mld_step *step, const char *rest, const char *dotted)
{
    if (parent->kind != MLD_NODE_GROUP || !step->name) {
        char *name = mld_arena_text(change->arena, step->name ? step->name : "", step->length);
        refuse(change, "there is no such item", name && *name ? mld_name_nearest(name, parent->count, name_at, parent) : NULL);
        return NULL;
    }
    char *name = mld_arena_text(change->arena, step->name, step->length);
    struct mld_node *node = !name ? NULL : *rest ? mld_node_create(change->arena, MLD_NODE_GROUP, name, mld_place_of_set, 0)
                                                 : default_node(change, dotted, name);
    if (!node) {
        change->no_memory = 1;
        return NULL;
    }
    mld_node_append(parent, node);
    return node;
}

static void walk(struct change *change, struct mld_node *node, const char *path, const char *dotted);

static void enter(struct change *change, struct mld_node *child, const char *rest, const char *dotted)
{
    if (!*rest)
        change_value(change, child);
    else if (child->kind <= MLD_NODE_ARRAY)
        walk(change, child, rest, dotted);
    else
        refuse(change, "goes on below a single value", NULL);
}

static void walk(struct change *change, struct mld_node *node, const char *path, const char *dotted)
{
    struct mld_step step;
    if (mld_path_step(&path, &step) <= 0) {
        refuse(change, "is no dotted key", NULL);
        return;
    }
    int any = step.name && step.length == 1 && *step.name == '*';
    if (any) {
        for (struct mld_node *child = node->first; child; child = child->next) {
            const char *name = node->kind == MLD_NODE_LIST ? mld_node_item_name(child) : child->name;
            const char *below = mld_arena_print(change->arena, "%s%s%s", dotted, *dotted ? "." : "", name ? name : "[0]");
            change->no_memory |= !below;
            if (below && (!*path || child->kind <= MLD_NODE_ARRAY))
                enter(change, child, path, below);
        }
        return;
    }
    const char *below = step.name ? mld_arena_print(change->arena, "%s%s%.*s", dotted, *dotted ? "." : "", (int)step.length, step.name)
                                  : mld_arena_print(change->arena, "%s[%ld]", dotted, step.position);
    struct mld_node *child = mld_node_at_step(node, &step);
    change->no_memory |= !below;
    if (below && !child)
        child = grow(change, node, &step, path, below);
    if (below && child)
        enter(change, child, path, below);
}

static enum mld_status make_change(struct change *change, struct mld_node *root)
{
    walk(change, root, change->key, "");
    if (!change->matches && !change->mistakes && !change->no_memory)
        refuse(change, "matches no key", NULL);
    return change->no_memory ? MLD_ERR_MEMORY : change->mistakes ? MLD_ERR_INPUT : MLD_OK;
}

enum mld_status mld_set_apply(struct mld_scenario *scenario, const char *assignment, struct mld_messages *messages)
{
    const char *equals = strchr(assignment, '=');
    if (!equals || equals == assignment) {
        mld_messages_add(messages, "--set: \"%s\": key=value is expected", assignment);
        return MLD_ERR_INPUT;
    }
    struct mld_node *value = NULL;
    struct change change = { .arena = &scenario->arena, .operation = MLD_SENSITIVITY_SET, .messages = messages,
                             .key = mld_arena_text(&scenario->arena, assignment, (size_t)(equals - assignment)) };
    if (!change.key || mld_config_value(&scenario->arena, equals + 1, mld_place_of_set, &value) != MLD_OK)
        return MLD_ERR_MEMORY;
    change.value = value;
    enum mld_status status = make_change(&change, scenario->root);
    if (status == MLD_OK && (!strncmp(change.key, "tape.", 5) || !strcmp(change.key, "tape"))) {
        struct mld_node *thesis = mld_node_child(scenario->root, "thesis", 6);
        if (thesis)
            mld_node_remove(scenario->root, thesis);
    }
    return status;
}

/* ---- sensitivity ---- */

/* Text of the value for key `i`: the i-th of texts separated by ';', or the only one. */
static char *choice_for(struct mld_arena *arena, const char *choices, int i)
{
    const char *at = choices;
    for (; i > 0 && strchr(at, ';'); i--)
        at = strchr(at, ';') + 1;
    at += strspn(at, " ");
    return mld_arena_text(arena, at, strcspn(at, ";"));
}

static enum mld_status vary_key(struct mld_scenario *scenario, const struct mld_sensitivity *row, int high, int i, struct mld_messages *messages)
{
    const char *choices = high ? row->choice_high : row->choice_low;
    struct change change = { .arena = &scenario->arena, .key = row->key[i], .messages = messages,
                             .operation = (enum mld_sensitivity_operation)row->operation, .amount = high ? row->high : row->low };
    struct mld_node *value = mld_node_create(&scenario->arena, MLD_NODE_REAL, NULL, mld_place_of_set, 0);
    if (!value)
        return MLD_ERR_MEMORY;
    value->real = change.amount;
    if (*choices) {
        char *text = choice_for(&scenario->arena, choices, i);
        if (!text || mld_config_value(&scenario->arena, text, mld_place_of_set, &value) != MLD_OK)
            return MLD_ERR_MEMORY;
    }
    change.value = value;
    return make_change(&change, scenario->root);
}

/* A copy of the tree that shares nothing with the first arena. */
static int own_texts(struct mld_arena *arena, struct mld_node *node)
{
    if (node->file && node->file != mld_place_of_set && !(node->file = mld_arena_text(arena, node->file, strlen(node->file))))
        return -1;
    if (node->text && !(node->text = mld_arena_text(arena, node->text, node->length)))
        return -1;
    for (struct mld_node *child = node->first; child; child = child->next)
        if (own_texts(arena, child))
            return -1;
    return 0;
}

static struct mld_scenario *twin(const struct mld_scenario *scenario)
{
    struct mld_scenario *copy = mld_scenario_create();
    if (!copy)
        return NULL;
    copy->root = mld_node_copy(&copy->arena, scenario->root);
    if (scenario->tape) {
        copy->tape = malloc(scenario->tape_length + 1);
        copy->tape_name = mld_arena_text(&copy->arena, scenario->tape_name, strlen(scenario->tape_name));
        copy->tape_length = scenario->tape_length;
    }
    if (!copy->root || own_texts(&copy->arena, copy->root) || (scenario->tape && (!copy->tape || !copy->tape_name))) {
        mld_scenario_free(copy);
        return NULL;
    }
    if (scenario->tape)
        memcpy(copy->tape, scenario->tape, scenario->tape_length + 1);
    return copy;
}

enum mld_status mld_scenario_vary(const struct mld_scenario *scenario, const struct mld_sensitivity *row, int high,
                                  struct mld_scenario **varied, struct mld_messages *messages)
{
    struct mld_scenario *copy = twin(scenario);
    enum mld_status status = copy ? MLD_OK : MLD_ERR_MEMORY;
    for (int i = 0; i < row->n_keys && status == MLD_OK; i++)
        status = vary_key(copy, row, high, i, messages);
    if (status != MLD_OK) {
        mld_scenario_free(copy);
        return status;
    }
    *varied = copy;
    return MLD_OK;
}
