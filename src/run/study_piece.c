/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/study_piece.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/bytes.h"
#include "core/checksum.h"
#include "core/plain.h"
#include "milliard/results.h"
#include "run/study_saved.h"

enum { HEAD = 128 }; /* bytes of the lines before the identity */

static const struct mld_file_kind piece_kind = { .other = "no piece of a study of milliard",
                                                 .suffix = "",
                                                 .start = { MLD_STUDY_PIECE_START } };

int mld_study_is_piece(const char *path) { return mld_place_holds(path, &piece_kind); }

/* ---- names ---- */

enum mld_status mld_study_names_init(struct mld_part_names *names, const struct mld_study *study,
                                     double budget)
{
    names->identity = mld_study_saved_identity(study, budget);
    names->origins = mld_plan_origins(study->plan);
    if (names->identity && names->origins)
        return MLD_OK;
    mld_part_names_clear(names);
    return MLD_ERR_MEMORY;
}

/* ---- the head ---- */

static int64_t whole_words(int64_t n) { return (n + 7) / 8 * 8; }

static int write_head(struct mld_study_piece *piece, const struct mld_part_names *names)
{
    MLD_PLAIN_NUMBERS;
    char head[HEAD] = "";
    size_t length = strlen(names->identity), origins = strlen(names->origins);
    snprintf(head, sizeof head,
             MLD_STUDY_PIECE_START "segments %" PRIu32 "-%" PRIu32 "\nidentity %zu\norigins %zu\n",
             piece->first, piece->last, length, origins);
    int error = mld_bytes_put(piece->descriptor, head, HEAD, 0);
    if (!error)
        error = mld_bytes_put(piece->descriptor, names->identity, length, HEAD);
    piece->end = whole_words(HEAD + (int64_t)(length + origins));
    return error
               ? error
               : mld_bytes_put(piece->descriptor, names->origins, origins, HEAD + (int64_t)length);
}

/* Segments and names of a file that is a piece; 0, an errno, or EINVAL when it is none. */
static int read_head(struct mld_study_piece *piece, struct mld_part_names *names)
{
    MLD_PLAIN_NUMBERS;
    char head[HEAD + 1] = "";
    struct stat status;
    size_t length = 0, origins = 0;
    int error = mld_bytes_get(piece->descriptor, head, HEAD, 0);
    if (error)
        return error == EIO ? EINVAL : error;
    if (fstat(piece->descriptor, &status) != 0)
        return errno;
    if (sscanf(head,
               MLD_STUDY_PIECE_START "segments %" SCNu32 "-%" SCNu32
                                     "\nidentity %zu\norigins %zu\n",
               &piece->first, &piece->last, &length, &origins) != 4 ||
        piece->last < piece->first || piece->last > UINT32_MAX / MLD_SEGMENT ||
        length > (size_t)status.st_size || origins > (size_t)status.st_size - length)
        return EINVAL;
    piece->end = whole_words(HEAD + (int64_t)(length + origins));
    names->identity = mld_bytes_text(piece->descriptor, length, HEAD);
    names->origins = mld_bytes_text(piece->descriptor, origins, HEAD + (int64_t)length);
    return names->identity && names->origins ? 0 : ENOMEM;
}

/* ---- writing ---- */

static enum mld_status tell(const struct mld_study_piece *piece, int error,
                            struct mld_messages *messages)
{
    if (error == ENOMEM)
        return MLD_ERR_MEMORY;
    mld_messages_add(messages, "%s: cannot write the piece: %s", piece->target.temporary,
                     strerror(error));
    return MLD_ERR_FILE;
}

/* Goes past the whole records, up to the first that is not. */
static int scan(struct mld_study_piece *piece)
{
    enum { ROOM = 1 << 20 };
    struct mld_study_piece_record record;
    uint32_t checksum;
    void *room = malloc(ROOM);
    if (!room)
        return ENOMEM;
    while (!mld_bytes_get(piece->descriptor, &record, sizeof record, piece->end) &&
           record.paths > 0 && /* else a hole: numbers are written before their head */
           !mld_bytes_checksum(piece->descriptor, piece->end + (int64_t)sizeof record, record.bytes,
                               room, ROOM, &checksum) &&
           checksum == record.checksum) {
        piece->group = record.group;
        piece->from = record.first + record.paths;
        piece->end += (int64_t)(sizeof record + record.bytes);
    }
    free(room);
    return 0;
}

/* Whether what was left is of this study and of these segments. */
static enum mld_status compare(const struct mld_study_piece *piece, const char *there,
                               const char *here, const uint32_t segments[2],
                               struct mld_messages *messages)
{
    char difference[256];
    const char *name = piece->target.temporary;
    if (strcmp(there, here) != 0) {
        mld_part_tell_difference(there, here, difference, sizeof difference);
        mld_messages_add(messages,
                         "%s: is of another study (%s): remove it, or choose another name", name,
                         difference);
        return MLD_ERR_INPUT;
    }
    if (piece->first == segments[0] && piece->last == segments[1])
        return MLD_OK;
    mld_messages_add(messages,
                     "%s: is of segments %" PRIu32 "-%" PRIu32 ", not %" PRIu32 "-%" PRIu32
                     ": remove it, or choose another name",
                     name, piece->first, piece->last, segments[0], segments[1]);
    return MLD_ERR_INPUT;
}

/* What a former program left; a part without a whole record is begun anew. */
static enum mld_status look(struct mld_study_piece *piece, const char *identity,
                            const uint32_t segments[2], int *holds, struct mld_messages *messages)
{
    struct mld_part_names there = { 0 };
    int error = read_head(piece, &there);
    int64_t start = piece->end;
    if (!error)
        error = scan(piece);
    enum mld_status status = error == ENOMEM ? MLD_ERR_MEMORY : MLD_OK;
    *holds = !error && piece->end > start;
    if (*holds)
        status = compare(piece, there.identity, identity, segments, messages);
    mld_part_names_clear(&there);
    return status;
}

static int begin(struct mld_study_piece *piece, const struct mld_part_names *names,
                 const uint32_t segments[2])
{
    piece->first = segments[0];
    piece->last = segments[1];
    piece->group = 0;
    piece->from = segments[0] * MLD_SEGMENT;
    return ftruncate(piece->descriptor, 0) == 0 ? write_head(piece, names) : errno;
}

enum mld_status mld_study_piece_open(struct mld_study_piece *piece, const char *path,
                                     const struct mld_part_names *names, const uint32_t segments[2],
                                     struct mld_messages *messages)
{
    int holds = 0;
    *piece = (struct mld_study_piece){ .descriptor = -1 };
    enum mld_status status = mld_target_check(path, &piece_kind, messages);
    if (status == MLD_OK)
        status = mld_target_open_part(&piece->target, path, &piece_kind, 1 << 20, messages);
    if (status != MLD_OK)
        return status;
    piece->descriptor = piece->target.descriptor;
    status = look(piece, names->identity, segments, &holds, messages);
    if (status != MLD_OK) {
        mld_target_leave_part(&piece->target);
        return status;
    }
    if (holds)
        mld_target_keep_part(&piece->target);
    int error = holds ? (ftruncate(piece->descriptor, piece->end) == 0 ? 0 : errno)
                      : begin(piece, names, segments);
    if (error) {
        status = tell(piece, error, messages);
        mld_target_abandon(&piece->target);
    }
    return status;
}

enum mld_status mld_study_piece_append(struct mld_study_piece *piece,
                                       struct mld_study_piece_record record, const double *numbers,
                                       struct mld_messages *messages)
{
    record.checksum = mld_checksum_of(0, numbers, record.bytes);
    int error = mld_bytes_put(piece->descriptor, numbers, record.bytes,
                              piece->end + (int64_t)sizeof record);
    if (!error)
        error = mld_bytes_put(piece->descriptor, &record, sizeof record, piece->end);
    if (error) {
        enum mld_status status = tell(piece, error, messages);
        return ftruncate(piece->descriptor, piece->end) == 0 ? status : MLD_ERR_FILE;
    }
    piece->group = record.group;
    piece->from = record.first + record.paths;
    piece->end += (int64_t)(sizeof record + record.bytes);
    mld_target_keep_part(&piece->target);
    return MLD_OK;
}

enum mld_status mld_study_piece_commit(struct mld_study_piece *piece, struct mld_messages *messages)
{
    return mld_target_commit(&piece->target, messages);
}

void mld_study_piece_close(struct mld_study_piece *piece)
{
    int holds = piece->group > 0 || piece->from > piece->first * MLD_SEGMENT;
    if (piece->target.temporary[0] && holds)
        mld_target_leave_part(&piece->target);
    else if (piece->target.temporary[0])
        mld_target_abandon(&piece->target);
    else if (piece->name && piece->descriptor >= 0) /* it was loaded */
        close(piece->descriptor);
    piece->descriptor = -1;
}

/* ---- reading ---- */

enum mld_status mld_study_piece_load(struct mld_study_piece *piece, const char *path,
                                     struct mld_part_names *names, struct mld_messages *messages)
{
    *piece = (struct mld_study_piece){
        .name = path, .descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    };
    *names = (struct mld_part_names){ 0 };
    int error = piece->descriptor < 0 ? errno : read_head(piece, names);
    if (!error)
        return MLD_OK;
    if (error != ENOMEM)
        mld_messages_add(messages,
                         error == EINVAL ? "%s: is no piece of a study of milliard" : "%s: %s",
                         path, strerror(error));
    mld_study_piece_close(piece);
    mld_part_names_clear(names);
    return error == ENOMEM ? MLD_ERR_MEMORY : error == EINVAL ? MLD_ERR_FORMAT : MLD_ERR_FILE;
}

enum mld_status mld_study_piece_read(struct mld_study_piece *piece,
                                     struct mld_study_piece_record record, double *numbers,
                                     struct mld_messages *messages)
{
    struct mld_study_piece_record there;
    int error = mld_bytes_get(piece->descriptor, &there, sizeof there, piece->end);
    int is_it = !error && there.group == record.group && there.first == record.first &&
                there.paths == record.paths && there.bytes == record.bytes;
    if (is_it)
        error = mld_bytes_get(piece->descriptor, numbers, record.bytes,
                              piece->end + (int64_t)sizeof there);
    if (is_it && !error && mld_checksum_of(0, numbers, record.bytes) == there.checksum) {
        piece->end += (int64_t)(sizeof there + there.bytes);
        return MLD_OK;
    }
    mld_messages_add(messages, "%s: is damaged, or not whole", piece->name);
    return MLD_ERR_FORMAT;
}
