/* SPDX-License-Identifier: GPL-3.0-or-later */
/** From a text in libconfig's format to a tree. config.c is the only user of libconfig. */
#ifndef MILLIARD_SCENARIO_CONFIG_H
#define MILLIARD_SCENARIO_CONFIG_H

#include "params/tree.h"

/**
 * Tree of a text of `length` bytes; `file` is the name its nodes bear, and must live as long as the
 * arena.
 * Fails: MLD_ERR_INPUT with a message (NUL bytes, @include, syntax), MLD_ERR_MEMORY.
 */
enum mld_status mld_config_parse(struct mld_arena *arena, const char *text, size_t length,
                                 const char *file, struct mld_node **root,
                                 struct mld_messages *messages);

/**
 * Tree of one value as it would stand right of "=": a number, true, "text", [ … ], ( … ), { … }.
 * What the format does not read is taken as a text, so that dates and words need no quotes.
 * Fails: MLD_ERR_MEMORY.
 */
enum mld_status mld_config_value(struct mld_arena *arena, const char *text, const char *file,
                                 struct mld_node **value);

#endif
