/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/study_saved.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/checksum.h"
#include "core/plain.h"
#include "core/target.h"
#include "run/part.h"

#define START "milliard: what a study has done so far\n"

static const struct mld_file_kind saved_kind = { .other = "no part of a study of milliard",
                                                 .suffix = "",
                                                 .start = { START } };

/* ---- which study ---- */

/* What follows the study's text; then come the lines of the base's run, and its text. */
#define BUDGET "budget "

char *mld_study_saved_identity(const struct mld_study *study, double budget)
{
    MLD_PLAIN_NUMBERS;
    struct mld_part_names names;
    char *identity = NULL, *text = mld_study_text(study);
    size_t length = 0;
    if (!text || mld_part_names_init(&names, study->plan, study->base) != MLD_OK) {
        free(text);
        return NULL;
    }
    FILE *file = open_memstream(&identity, &length);
    if (file)
        fprintf(file, "%s" BUDGET "%.0f\n%s", text, budget, names.identity);
    mld_part_names_clear(&names);
    free(text);
    if (file && fclose(file) == 0)
        return identity;
    free(identity);
    return NULL;
}

enum mld_status mld_study_identity_restore(const char *identity, struct mld_study **study,
                                           struct mld_messages *messages)
{
    const char *end = strstr(identity, "\n" BUDGET), *base = end ? strstr(end, "\n\n") : NULL;
    if (!base)
        return MLD_ERR_FORMAT;
    char *text = strndup(identity, (size_t)(end + 1 - identity));
    enum mld_status status = text ? mld_study_restore(text, base + 2, study, messages)
                                  : MLD_ERR_MEMORY;
    free(text);
    return status;
}

/* ---- writing ---- */

/* How the spans that are read together begin. */
struct head {
    uint64_t bytes;
    uint32_t checksum, unused;
};

struct saving {
    const char *identity;
    const struct mld_study_position *position;
    int n;
    const struct mld_study_span *span;
};

static enum mld_status fill(FILE *file, const void *context)
{
    const struct saving *saving = context;
    uint64_t length = strlen(saving->identity);
    fputs(START, file);
    fwrite(&length, sizeof length, 1, file);
    fwrite(saving->identity, 1, length, file);
    fwrite(saving->position, sizeof *saving->position, 1, file);
    for (int i = 0; i < saving->n; i++) {
        const struct mld_study_span *span = &saving->span[i];
        struct head head = { .bytes = span->n,
                             .checksum = mld_checksum_of(0, span->bytes, span->n) };
        fwrite(&head, sizeof head, 1, file);
        fwrite(span->bytes, 1, span->n, file);
    }
    return MLD_OK;
}

enum mld_status mld_study_saved_write(const char *path, const char *identity,
                                      const struct mld_study_position *position, int n,
                                      const struct mld_study_span *span,
                                      struct mld_messages *messages)
{
    const struct saving saving = { identity, position, n, span };
    return mld_target_write(path, &saved_kind, fill, &saving, messages);
}

/* ---- reading ---- */

static enum mld_status damaged(const char *path, struct mld_messages *messages)
{
    mld_messages_add(messages, "%s is damaged: remove it to begin the study again", path);
    return MLD_ERR_FORMAT;
}

static enum mld_status compare_identity(FILE *file, const char *path, const char *identity,
                                        struct mld_messages *messages)
{
    uint64_t length, most = (uint64_t)1 << 26;
    char difference[512];
    if (fread(&length, sizeof length, 1, file) != 1 || length > most)
        return damaged(path, messages);
    char *there = calloc(length + 1, 1);
    if (!there)
        return MLD_ERR_MEMORY;
    int whole = fread(there, 1, length, file) == length, same = whole && !strcmp(there, identity);
    if (whole && !same) {
        mld_part_tell_difference(there, identity, difference, sizeof difference);
        mld_messages_add(messages, "%s is of another study: %s; remove it, or write elsewhere",
                         path, difference);
    }
    free(there);
    return same ? MLD_OK : whole ? MLD_ERR_INPUT : damaged(path, messages);
}

static enum mld_status read_start(FILE *file, const char *path, const char *identity,
                                  struct mld_study_position *position,
                                  struct mld_messages *messages)
{
    char start[sizeof START] = "";
    if (fread(start, 1, sizeof START - 1, file) != sizeof START - 1 || strcmp(start, START) != 0) {
        mld_messages_add(messages, "%s is %s", path, saved_kind.other);
        return MLD_ERR_FORMAT;
    }
    enum mld_status status = compare_identity(file, path, identity, messages);
    if (status == MLD_OK && fread(position, sizeof *position, 1, file) != 1)
        status = damaged(path, messages);
    return status;
}

enum mld_status mld_study_saved_open(const char *path, const char *identity,
                                     struct mld_study_position *position, FILE **file,
                                     struct mld_messages *messages)
{
    *file = fopen(path, "rb");
    if (!*file && errno == ENOENT)
        return MLD_OK;
    if (!*file) {
        mld_messages_add(messages, "cannot read %s: %s", path, strerror(errno));
        return MLD_ERR_FILE;
    }
    enum mld_status status = read_start(*file, path, identity, position, messages);
    if (status != MLD_OK) {
        fclose(*file);
        *file = NULL;
    }
    return status;
}

enum mld_status mld_study_saved_read(FILE *file, const char *path, int n,
                                     const struct mld_study_span *span,
                                     struct mld_messages *messages)
{
    for (int i = 0; i < n; i++) {
        struct head head;
        if (fread(&head, sizeof head, 1, file) != 1 || head.bytes != span[i].n ||
            fread(span[i].bytes, 1, span[i].n, file) != span[i].n ||
            mld_checksum_of(0, span[i].bytes, span[i].n) != head.checksum)
            return damaged(path, messages);
    }
    return MLD_OK;
}
