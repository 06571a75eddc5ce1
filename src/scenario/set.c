/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of values in the tree: --set key=value, and what the rows of `sensitivity` do. */
#include "core/encoding.h"
#include "scenario/config.h"
#include "params/names.h"
#include "scenario/scenario_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct walk {
    const struct mld_change *change;
    struct mld_arena *arena;
    struct mld_messages *messages;
    int matches, mistakes, no_memory;
};

static const char NOT_A_NUMBER[] = "only numbers and arrays of numbers are scaled or added to";

static void refuse(struct walk *walk, const char *problem, const char *nearest)
{
    mld_messages_add(walk->messages, "%s: %s: %s%s%s%s", walk->change->place, walk->change->key,
                     problem, nearest ? "; did you mean " : "", nearest ? nearest : "",
                     nearest ? "?" : "");
    walk->mistakes++;
}

static void set_value(struct walk *walk, struct mld_node *node)
{
    struct mld_node *copy = mld_node_copy(walk->arena, walk->change->value);
    if (!copy) {
        walk->no_memory = 1;
        return;
    }
    copy->next = node->next;
    copy->name = node->name;
    *node = *copy;
}

static void shift_number(const struct walk *walk, struct mld_node *node)
{
    double number = mld_node_number(node);
    node->real = walk->change->operation == MLD_SENSITIVITY_SCALE ? number * walk->change->amount
                                                                  : number + walk->change->amount;
    node->kind = MLD_NODE_REAL;
    node->text = NULL;
    node->length = 0;
    node->file = walk->change->place;
    node->line = 0;
}

static void shift_array(struct walk *walk, struct mld_node *node)
{
    int numbers = 0;
    for (struct mld_node *item = node->first; item; item = item->next)
        if (mld_node_is_number(item)) {
            shift_number(walk, item);
            numbers++;
        }
    if (!numbers)
        refuse(walk, NOT_A_NUMBER, NULL);
    node->file = walk->change->place;
    node->line = 0;
}

static int is_none(const struct mld_node *node)
{
    return node->kind == MLD_NODE_TEXT && !strcmp(node->text, "none");
}

static void draw_number(struct walk *walk, struct mld_node *node)
{
    const struct mld_change *change = walk->change;
    const char *problem = NULL;
    double number = is_none(node) ? (double)INFINITY : mld_node_number(node);
    node->real = change->draw(change->context, number, &problem);
    node->kind = MLD_NODE_REAL;
    node->text = NULL;
    node->length = 0;
    node->file = change->place;
    node->line = 0;
    if (problem)
        refuse(walk, problem, NULL);
}

/* A number, or each of an array. */
static void draw_value(struct walk *walk, struct mld_node *node)
{
    if (mld_node_is_number(node) || is_none(node)) {
        draw_number(walk, node);
        return;
    }
    int numbers = 0;
    for (struct mld_node *item = node->first; item; item = item->next)
        if (mld_node_is_number(item)) {
            draw_number(walk, item);
            numbers++;
        }
    if (!numbers)
        refuse(walk, "only numbers and arrays of numbers are drawn", NULL);
}

static void change_value(struct walk *walk, struct mld_node *node)
{
    walk->matches++;
    if (walk->change->draw) {
        draw_value(walk, node);
    } else if (walk->change->operation == MLD_SENSITIVITY_SET) {
        set_value(walk, node);
    } else if (mld_node_is_number(node)) {
        shift_number(walk, node);
    } else if (node->kind == MLD_NODE_ARRAY || node->kind == MLD_NODE_LIST) {
        shift_array(walk, node);
    } else {
        refuse(walk, NOT_A_NUMBER, NULL);
    }
}

/* The default of a key that the files do not give, as a node to change. */
static struct mld_node *default_node(struct walk *walk, const char *dotted, const char *name)
{
    const struct mld_param *row = mld_param_named(dotted);
    struct mld_node *node = mld_node_create(walk->arena, MLD_NODE_REAL, name, walk->change->place,
                                            0);
    walk->no_memory |= !node;
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
static struct mld_node *grow(struct walk *walk, struct mld_node *parent,
                             const struct mld_step *step, const char *rest, const char *dotted)
{
    if (parent->kind != MLD_NODE_GROUP || !step->name) {
        char *name = mld_arena_text(walk->arena, step->name ? step->name : "", step->length);
        refuse(walk, "there is no such item",
               name && *name ? mld_name_nearest(name, parent->count, name_at, parent) : NULL);
        return NULL;
    }
    char *name = mld_arena_text(walk->arena, step->name, step->length);
    struct mld_node *node = !name   ? NULL
                            : *rest ? mld_node_create(walk->arena, MLD_NODE_GROUP, name,
                                                      walk->change->place, 0)
                                    : default_node(walk, dotted, name);
    if (!node) {
        walk->no_memory = 1;
        return NULL;
    }
    mld_node_append(parent, node);
    return node;
}

static void follow(struct walk *walk, struct mld_node *node, const char *path, const char *dotted);

static void enter(struct walk *walk, struct mld_node *child, const char *rest, const char *dotted)
{
    if (!*rest)
        change_value(walk, child);
    else if (child->kind <= MLD_NODE_ARRAY)
        follow(walk, child, rest, dotted);
    else
        refuse(walk, "goes on below a single value", NULL);
}

static void follow(struct walk *walk, struct mld_node *node, const char *path, const char *dotted)
{
    struct mld_step step;
    if (mld_path_step(&path, &step) <= 0) {
        refuse(walk, "is no dotted key", NULL);
        return;
    }
    int any = step.name && step.length == 1 && *step.name == '*';
    if (any) {
        for (struct mld_node *child = node->first; child; child = child->next) {
            const char *name = node->kind == MLD_NODE_LIST ? mld_node_item_name(child)
                                                           : child->name;
            const char *below = mld_arena_print(walk->arena, "%s%s%s", dotted, *dotted ? "." : "",
                                                name ? name : "[0]");
            walk->no_memory |= !below;
            if (below && (!*path || child->kind <= MLD_NODE_ARRAY))
                enter(walk, child, path, below);
        }
        return;
    }
    const char *below = step.name ? mld_arena_print(walk->arena, "%s%s%.*s", dotted,
                                                    *dotted ? "." : "", (int)step.length, step.name)
                                  : mld_arena_print(walk->arena, "%s[%ld]", dotted, step.position);
    struct mld_node *child = mld_node_at_step(node, &step);
    walk->no_memory |= !below;
    if (below && !child)
        child = grow(walk, node, &step, path, below);
    if (below && child)
        enter(walk, child, path, below);
}

enum mld_status mld_change_apply(struct mld_scenario *scenario, const struct mld_change *change,
                                 struct mld_messages *messages)
{
    struct walk walk = { .change = change, .arena = &scenario->arena, .messages = messages };
    follow(&walk, scenario->root, change->key, "");
    if (!walk.matches && !walk.mistakes && !walk.no_memory)
        refuse(&walk, "matches no key", NULL);
    mld_forget_shorthand(scenario->root, mld_shorthand_changed(change->key));
    return walk.no_memory ? MLD_ERR_MEMORY : walk.mistakes ? MLD_ERR_INPUT : MLD_OK;
}

static enum mld_status apply(struct mld_scenario *scenario, const char *assignment,
                             struct mld_messages *messages)
{
    const char *equals = strchr(assignment, '=');
    if (!equals || equals == assignment) {
        mld_messages_add(messages, "--set: \"%s\": key=value is expected", assignment);
        return MLD_ERR_INPUT;
    }
    struct mld_node *value = NULL;
    struct mld_change change = { .operation = MLD_SENSITIVITY_SET,
                                 .place = mld_place_of_set,
                                 .key = mld_arena_text(&scenario->arena, assignment,
                                                       (size_t)(equals - assignment)) };
    if (!change.key ||
        mld_config_value(&scenario->arena, equals + 1, mld_place_of_set, &value) != MLD_OK)
        return MLD_ERR_MEMORY;
    change.value = value;
    enum mld_status status = mld_change_apply(scenario, &change, messages);
    if (status == MLD_OK && (!strncmp(change.key, "tape.", 5) || !strcmp(change.key, "tape"))) {
        struct mld_node *thesis = mld_node_child(scenario->root, "thesis", 6);
        if (thesis)
            mld_node_remove(scenario->root, thesis);
    }
    return status;
}

/* What was typed is in the terminal's encoding. */
enum mld_status mld_set_apply(struct mld_scenario *scenario, const char *assignment,
                              struct mld_messages *messages)
{
    size_t length = strlen(assignment);
    char *text = malloc(length + 1);
    if (!text)
        return MLD_ERR_MEMORY;
    memcpy(text, assignment, length + 1);
    enum mld_status status = mld_text_to_utf8(&text, &length) ? MLD_ERR_MEMORY : MLD_ERR_INPUT;
    if (status != MLD_ERR_MEMORY && mld_utf8_check(text, length) < length)
        mld_messages_add(messages, "--set: \"%s\": neither UTF-8 nor Windows-1252", text);
    else if (status != MLD_ERR_MEMORY)
        status = apply(scenario, text, messages);
    free(text);
    return status;
}
