/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The tree of a scenario: what the files say, before any table gives it a meaning, in no library's
 * types. Each node keeps its file and line. Nodes belong to the arena they were made in.
 */
#ifndef MILLIARD_PARAMS_TREE_H
#define MILLIARD_PARAMS_TREE_H

#include "core/arena.h"
#include "milliard/status.h"

#include <stdio.h>

enum mld_node_kind {
    MLD_NODE_GROUP,
    MLD_NODE_LIST,
    MLD_NODE_ARRAY,
    MLD_NODE_INTEGER,
    MLD_NODE_REAL,
    MLD_NODE_BOOLEAN,
    MLD_NODE_TEXT
};

struct mld_node {
    const char *name; /**< key in a group, NULL in a list or array */
    enum mld_node_kind kind;
    long long integer; /**< INTEGER and BOOLEAN */
    double real;       /**< REAL */
    const char *text;
    size_t length;                        /**< TEXT; INTEGER and REAL: as written, or NULL */
    struct mld_node *first, *last, *next; /**< children in order; next sibling */
    int count;                            /**< children */
    const char *file;                     /**< as shown in messages; "--set" for an override */
    int line;                             /**< from 1; 0 for an override */
};

/** The `file` of every node that --set gave. */
extern const char mld_place_of_set[];

struct mld_node *mld_node_create(struct mld_arena *arena, enum mld_node_kind kind, const char *name,
                                 const char *file, int line);
void mld_node_append(struct mld_node *parent, struct mld_node *child);
/** Takes `child` out of `parent`. */
void mld_node_remove(struct mld_node *parent, struct mld_node *child);
/** Deep copy; NULL when memory is short. */
struct mld_node *mld_node_copy(struct mld_arena *arena, const struct mld_node *node);

/** "file:line" of a node, "--set" of one that an override gave; NULL when memory is short. */
const char *mld_node_where(struct mld_arena *arena, const struct mld_node *node);
int mld_node_is_number(const struct mld_node *node);
double mld_node_number(const struct mld_node *node);
/** Text of the `name` of a list item, or NULL. */
const char *mld_node_item_name(const struct mld_node *item);
/** Child of a group by key; item of a list by its `name`. NULL if there is none. */
struct mld_node *mld_node_child(const struct mld_node *parent, const char *name, size_t length);

/**
 * Lays `over` upon `under`: groups key by key, lists of named items by name, everything else
 * replaced. 0, or -1: no memory.
 */
int mld_node_merge(struct mld_arena *arena, struct mld_node *under, const struct mld_node *over);

/** One step of a dotted path: a name, "*", or a position "[i]". */
struct mld_step {
    const char *name;
    size_t length;
    long position; /**< -1 for a name */
};
/** Next step of `*path`, which moves on; 0 at the end, -1 if the path is malformed. */
int mld_path_step(const char **path, struct mld_step *step);
struct mld_node *mld_node_at_step(const struct mld_node *parent, const struct mld_step *step);
/** Node at a dotted path, or (when `nearest`) the last node met on the way; NULL if absent. */
struct mld_node *mld_node_at(struct mld_node *root, const char *path, int nearest);

/** Writes one value in the format the reader reads; `indent` < 0 puts everything on one line. */
void mld_node_write(FILE *file, const struct mld_node *node, int indent);
/** Short text of a value for messages: numbers and texts as written, "{ … }" for a group. */
const char *mld_node_show(struct mld_arena *arena, const struct mld_node *node);
/**
 * Shortest decimal text that reads back as the same double. `point`: always with a point or an
 * exponent.
 */
void mld_number_text(char text[40], double value, int point);

#endif
