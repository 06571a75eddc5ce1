/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the parameters and warnings of a plan come from, kept as text: a plan made again from the
 * text of its scenario would say of all of them that they come from that text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/plain.h"
#include "core/arena.h"
#include "milliard/scenario.h"
#include "params/reader.h"

/* A line a parameter, its origin and its place; a line a warning, its place. */
static void write_origins(FILE *file, const struct mld_plan *plan)
{
    size_t n;
    const struct mld_echo *echo = mld_plan_echo(plan, &n);
    for (size_t i = 0; i < n; i++)
        fprintf(file, "%d %s\n", (int)echo[i].origin, echo[i].where);
    for (size_t i = 0; i < plan->warnings.count; i++)
        fprintf(file, "%s\n", plan->warnings.item[i].where);
}

char *mld_plan_origins(const struct mld_plan *plan)
{
    MLD_PLAIN_NUMBERS;
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (!file)
        return NULL;
    write_origins(file, plan);
    if (fclose(file) == 0)
        return text;
    free(text);
    return NULL;
}

/* The text up to the end of the line, in the arena; moves on to the next line. */
static const char *next_line(struct mld_arena *arena, const char **text)
{
    size_t length = strcspn(*text, "\n");
    const char *line = mld_arena_text(arena, *text, length);
    *text += length + ((*text)[length] != '\0');
    return line;
}

static enum mld_status restore_echo(struct mld_echo *echo, struct mld_arena *arena,
                                    const char **text)
{
    const char *line = next_line(arena, text);
    if (!line)
        return MLD_ERR_MEMORY;
    if (line[0] < '0' || line[0] > '0' + MLD_UNUSED || line[1] != ' ')
        return MLD_ERR_FORMAT;
    echo->origin = (enum mld_origin)(line[0] - '0');
    echo->where = line + 2;
    return MLD_OK;
}

enum mld_status mld_plan_restore_origins(struct mld_plan *plan, const char *text)
{
    enum mld_status status = MLD_OK;
    for (size_t i = 0; status == MLD_OK && i < plan->echo->count; i++)
        status = restore_echo(&plan->echo->item[i], &plan->echo->arena, &text);
    for (size_t i = 0; status == MLD_OK && i < plan->warnings.count; i++) {
        const char *line = next_line(&plan->echo->arena, &text);
        char *where = line ? strdup(line) : NULL;
        if (!where)
            return MLD_ERR_MEMORY;
        free(plan->warnings.item[i].where);
        plan->warnings.item[i].where = where;
    }
    return status;
}
