/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The typed reader: a tree and the rows of its tables become the members of a struct. It knows
 * types, ranges, required keys and names; what a plan is, and which part of it a key belongs to,
 * whoever asks says.
 */
#ifndef MILLIARD_PARAMS_READER_H
#define MILLIARD_PARAMS_READER_H

#include "milliard/params.h"
#include "milliard/status.h"
#include "params/tree.h"

/** Echo of what was read, in table order; all of it owned. Zero bytes: empty. */
struct mld_echoes {
    struct mld_echo *item;
    size_t count, capacity;
    struct mld_arena arena; /**< its keys, values and places */
};
void mld_echoes_clear(struct mld_echoes *all);

/** The names that keys and weights range over, as far as they are read: those of `context`. */
struct mld_domains {
    const void *context;
    int (*size)(const void *context, enum mld_domain domain);
    const char *(*name)(const void *context, enum mld_domain domain, int i);
    /* what French says of a name, asked of instruments only */
    const char *(*french)(const void *context, enum mld_domain domain, int i);
};

/** What is read, and into what. */
struct mld_read_spec {
    const struct mld_node *root;
    const struct mld_param *table; /**< the rows of the root */
    char *into;                    /**< the struct that they describe; its bytes are zero */
    struct mld_domains domains;
    unsigned (*part_of)(const char *dotted); /**< the bits that a mistake there adds to `misread` */
    struct mld_echoes *echo;                 /**< what was in it is gone */
    struct mld_messages *messages;
};

/**
 * Reads all of a tree. *misread: parts that have mistakes.
 * Fails: MLD_ERR_INPUT (one message per mistake), MLD_ERR_MEMORY.
 */
enum mld_status mld_params_read(const struct mld_read_spec *spec, unsigned *misread);

#endif
