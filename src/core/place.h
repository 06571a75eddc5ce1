/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What is at the place of a file to be, and how that place is taken without replacing what is
 * another's.
 */
#ifndef MILLIARD_CORE_PLACE_H
#define MILLIARD_CORE_PLACE_H

#include <sys/types.h>

enum { MLD_KIND_STARTS = 3 };

/** A kind of file that this program writes. */
struct mld_file_kind {
    const char *other;  /**< what a file of any other kind is: "no workbook" */
    const char *suffix; /**< of the names of such files: ".h5"; or "" */
    /* what one of it starts with; ended by NULL when there are fewer */
    const char *start[MLD_KIND_STARTS];
    /* what one of that start has to hold besides, open for reading; or NULL */
    int (*holds)(int descriptor);
};

/**
 * What is at a path: NOTHING; a file of the kind, or an empty one, OWN; NOWHERE: a place that no
 * file can have, as errno says.
 */
enum mld_found {
    MLD_FOUND_NOTHING,
    MLD_FOUND_OWN,
    MLD_FOUND_FOREIGN,
    MLD_FOUND_UNREADABLE,
    MLD_FOUND_FOLDER,
    MLD_FOUND_DEVICE,
    MLD_FOUND_NOWHERE
};

/** Looks, and gives the permissions of a file. errno tells why of UNREADABLE and NOWHERE. */
enum mld_found mld_place_look(const char *path, const struct mld_file_kind *kind, mode_t *mode);
/** 1 when a file of that kind is there, not an empty one. */
int mld_place_holds(const char *path, const struct mld_file_kind *kind);
/** Gives the file `from` the name `to` unless something has it: 0, EEXIST or another errno. */
int mld_place_take(const char *from, const char *to);

#endif
