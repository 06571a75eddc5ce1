/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/finished.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "milliard/results.h"
#include "run/part.h"

static enum mld_status refuse(const char *path, const char *what, struct mld_messages *messages)
{
    mld_messages_add(messages,
                     "%s: is of another run (%s), and there is nothing of this one to go on with: "
                     "leave --resume out, or choose another name",
                     path, what);
    return MLD_ERR_INPUT;
}

static int is_interrupted(const struct mld_results *results)
{
    const char *interrupted = mld_results_attribute(results, "interrupted");
    return interrupted && strcmp(interrupted, "0") != 0;
}

enum mld_status mld_finished_results(const char *path, const struct mld_scenario *scenario,
                                     int *finished, struct mld_messages *messages)
{
    struct mld_results *results = NULL;
    struct mld_messages unread;
    char difference[256];
    *finished = 0;
    if (access(path, F_OK) != 0)
        return MLD_OK;
    char *here = mld_scenario_text(scenario);
    mld_messages_init(&unread);
    enum mld_status status = here ? mld_results_open(path, &results, &unread) : MLD_ERR_MEMORY;
    mld_messages_clear(&unread);
    if (status == MLD_OK && !is_interrupted(results)) {
        const char *there = mld_results_scenario_text(results);
        *finished = strcmp(there, here) == 0;
        mld_part_tell_difference(there, here, difference, sizeof difference);
        status = *finished ? MLD_OK : refuse(path, difference, messages);
    } else if (status != MLD_ERR_MEMORY)
        status = MLD_OK;
    free(here);
    mld_results_close(results);
    return status;
}

enum mld_status mld_finished_piece(const char *path, const char *identity,
                                   const uint32_t segments[2], int *finished,
                                   struct mld_messages *messages)
{
    struct mld_part part;
    struct mld_messages unread;
    struct mld_part_names there;
    char difference[256];
    *finished = 0;
    if (access(path, F_OK) != 0)
        return MLD_OK;
    mld_messages_init(&unread);
    enum mld_status status = mld_part_load(&part, path, &there, &unread);
    mld_messages_clear(&unread);
    if (status != MLD_OK)
        return status == MLD_ERR_MEMORY ? status : MLD_OK;
    if (strcmp(there.identity, identity) != 0) {
        mld_part_tell_difference(there.identity, identity, difference, sizeof difference);
        status = refuse(path, difference, messages);
    } else if (part.first != segments[0] || part.last != segments[1])
        status = refuse(path, "other segments", messages);
    *finished = status == MLD_OK;
    mld_part_close(&part, 1);
    mld_part_names_clear(&there);
    return status;
}
