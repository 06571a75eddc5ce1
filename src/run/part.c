/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/part.h"

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
#include "milliard/draws.h"
#include "milliard/first_pass.h"
#include "milliard/results.h"
#include "milliard/version.h"

enum { HEAD = 128 }; /* bytes of the lines before the identity */

enum kind { SEGMENT = 0x53454731, COUNTS = 0x434e5431 };

struct record {
    uint32_t kind, segment;
    uint64_t bytes;
    uint32_t checksum, unused;
};

static const struct mld_file_kind part_kind = { .other = "no part of a run of milliard",
                                                .suffix = "",
                                                .start = { MLD_PIECE_START } };

/* ---- sizes ---- */

uint32_t mld_segments(uint32_t paths) { return paths / MLD_SEGMENT + (paths % MLD_SEGMENT != 0); }

uint32_t mld_segment_paths(const struct mld_part_layout *layout, uint32_t segment)
{
    uint32_t left = layout->paths - segment * MLD_SEGMENT;
    return left < MLD_SEGMENT ? left : MLD_SEGMENT;
}

uint32_t mld_segment_kept(const struct mld_part_layout *layout, uint32_t segment)
{
    uint32_t before = segment * MLD_SEGMENT, paths = mld_segment_paths(layout, segment);
    uint32_t left = layout->trajectories > before ? layout->trajectories - before : 0;
    return left < paths ? left : paths;
}

static uint64_t column_bytes(const struct mld_part_layout *layout, uint32_t segment)
{
    return (uint64_t)layout->columns * mld_segment_paths(layout, segment) * sizeof(double);
}

static uint64_t sums_bytes(const struct mld_part_layout *layout)
{
    return (uint64_t)layout->fans * sizeof(struct mld_sketch_sums);
}

static uint64_t trajectory_bytes(const struct mld_part_layout *layout, uint32_t segment)
{
    return (uint64_t)layout->steps * mld_segment_kept(layout, segment) * sizeof(double);
}

static uint64_t counts_bytes(const struct mld_part_layout *layout)
{
    return (uint64_t)layout->counted * MLD_SKETCH_BINS * sizeof(uint32_t);
}

void mld_part_sizes(const struct mld_part_layout *layout, uint32_t segment, uint64_t bytes[3])
{
    bytes[0] = column_bytes(layout, segment);
    bytes[1] = sums_bytes(layout);
    bytes[2] = trajectory_bytes(layout, segment);
}

static uint64_t segment_bytes(const struct mld_part_layout *layout, uint32_t segment)
{
    return column_bytes(layout, segment) + sums_bytes(layout) + trajectory_bytes(layout, segment);
}

uint64_t mld_part_size(const struct mld_part_layout *layout, uint32_t first, uint32_t last)
{
    uint64_t bytes = (uint64_t)1 << 20;
    for (uint32_t s = first; s <= last; s++)
        bytes += segment_bytes(layout, s) +
                 ((s + 1) % MLD_COUNTED_EVERY == 0 && s < last ? counts_bytes(layout) : 0);
    return bytes;
}

/* ---- the identity ---- */

/* The price that a run passes through to issuers, and the fee: it is found before the run. */
#define COVER "cover price and fee "

static void write_identity(FILE *file, const struct mld_plan *plan,
                           const struct mld_scenario *scenario, const char *text)
{
    char room[MLD_MACHINE];
    for (const char *const *name = mld_provenance_names; *name; name++)
        if (strcmp(*name, "libc") != 0 && strcmp(*name, "processor") != 0)
            fprintf(file, "%s %s\n", *name, mld_provenance(*name, room));
    fprintf(file, "model %d\ndraws %d\nseed %" PRIu64 "\npaths %" PRIu32 "\n", MLD_MODEL_VERSION,
            MLD_STREAM_VERSION, plan->model.seed, plan->paths);
    if (plan->cover_price.known)
        fprintf(file, COVER "%.17g %.17g\n", plan->cover_price.price, plan->cover_price.fee);
    fprintf(file, "scenario %s %016" PRIx64 "\n\n%s", plan->name,
            mld_scenario_fingerprint(scenario, plan), text);
}

static char *identity_of(const struct mld_plan *plan, const struct mld_scenario *scenario)
{
    MLD_PLAIN_NUMBERS;
    char *identity = NULL;
    size_t length = 0;
    char *text = mld_scenario_text(scenario);
    FILE *file = text ? open_memstream(&identity, &length) : NULL;
    if (file)
        write_identity(file, plan, scenario, text);
    free(text);
    if (file && fclose(file) == 0)
        return identity;
    free(identity);
    return NULL;
}

enum mld_status mld_part_names_init(struct mld_part_names *names, const struct mld_plan *plan,
                                    const struct mld_scenario *scenario)
{
    names->identity = identity_of(plan, scenario);
    names->origins = mld_plan_origins(plan);
    if (names->identity && names->origins)
        return MLD_OK;
    mld_part_names_clear(names);
    return MLD_ERR_MEMORY;
}

enum mld_status mld_part_take_price(const char *identity, struct mld_plan *plan)
{
    MLD_PLAIN_NUMBERS;
    struct mld_cover_price price = { .known = 1 };
    const char *line = strstr(identity, "\n" COVER), *text = strstr(identity, "\n\n");
    if (!mld_first_pass_needed(plan))
        return MLD_OK;
    if (!line || !text || line > text ||
        sscanf(line + 1, COVER "%lf %lf", &price.price, &price.fee) != 2)
        return MLD_ERR_FORMAT;
    mld_plan_pass_through(plan, price);
    return MLD_OK;
}

void mld_part_names_clear(struct mld_part_names *names)
{
    free(names->identity);
    free(names->origins);
    *names = (struct mld_part_names){ 0 };
}

void mld_part_tell_difference(const char *there, const char *here, char *text, size_t size)
{
    while (*there && *here) {
        size_t one = strcspn(there, "\n"), other = strcspn(here, "\n");
        if (one != other || memcmp(there, here, one) != 0) {
            snprintf(text, size, "\"%.*s\" there, \"%.*s\" here", (int)one, there, (int)other,
                     here);
            return;
        }
        there += one + (there[one] != '\0');
        here += other + (here[other] != '\0');
    }
    snprintf(text, size, "one scenario is longer than the other");
}

/* ---- the head ---- */

static int64_t whole_words(int64_t n) { return (n + 7) / 8 * 8; }

static int write_head(struct mld_part *part, const struct mld_part_names *names)
{
    MLD_PLAIN_NUMBERS;
    char head[HEAD] = "";
    size_t length = strlen(names->identity), origins = strlen(names->origins);
    snprintf(head, sizeof head,
             MLD_PIECE_START "segments %" PRIu32 "-%" PRIu32 "\nidentity %zu\norigins %zu\n",
             part->first, part->last, length, origins);
    int error = mld_bytes_put(part->descriptor, head, HEAD, 0);
    if (!error)
        error = mld_bytes_put(part->descriptor, names->identity, length, HEAD);
    part->end = whole_words(HEAD + (int64_t)(length + origins));
    return error ? error
                 : mld_bytes_put(part->descriptor, names->origins, origins, HEAD + (int64_t)length);
}

/* Segments and names of a file that is a part; 0, an errno, or EINVAL when it is none. */
static int read_head(struct mld_part *part, struct mld_part_names *names)
{
    MLD_PLAIN_NUMBERS;
    char head[HEAD + 1] = "";
    struct stat status;
    size_t length = 0, origins = 0;
    int error = mld_bytes_get(part->descriptor, head, HEAD, 0);
    if (error)
        return error == EIO ? EINVAL : error;
    if (fstat(part->descriptor, &status) != 0)
        return errno;
    if (sscanf(head,
               MLD_PIECE_START "segments %" SCNu32 "-%" SCNu32 "\nidentity %zu\norigins %zu\n",
               &part->first, &part->last, &length, &origins) != 4 ||
        part->last < part->first || part->last - part->first > UINT32_MAX / MLD_SEGMENT ||
        length > (size_t)status.st_size || origins > (size_t)status.st_size - length)
        return EINVAL;
    part->end = whole_words(HEAD + (int64_t)(length + origins));
    names->identity = mld_bytes_text(part->descriptor, length, HEAD);
    names->origins = mld_bytes_text(part->descriptor, origins, HEAD + (int64_t)length);
    return names->identity && names->origins ? 0 : ENOMEM;
}

/* ---- records ---- */

/* Whether the record at the end is whole, and what is wanted next. */
static int is_whole(const struct mld_part *part, const struct record *record, void *room,
                    uint64_t size)
{
    uint32_t next = part->first + part->whole;
    uint32_t checksum;
    if (record->kind == SEGMENT
            ? next > part->last || record->segment != next ||
                  record->bytes != segment_bytes(&part->layout, next)
            : record->kind != COUNTS || !part->whole || record->segment != next - 1 ||
                  record->bytes != counts_bytes(&part->layout))
        return 0;
    return !mld_bytes_checksum(part->descriptor, part->end + (int64_t)sizeof *record, record->bytes,
                               room, size, &checksum) &&
           checksum == record->checksum;
}

static void note(struct mld_part *part, const struct record *record)
{
    int64_t at = part->end + (int64_t)sizeof *record;
    if (record->kind == SEGMENT)
        part->at[part->whole++] = at;
    else {
        part->counts = at;
        part->counted = part->whole;
    }
    part->end = at + (int64_t)record->bytes;
}

/* Notes the whole records, up to the first that is not. */
static int scan(struct mld_part *part)
{
    enum { ROOM = 1 << 20 };
    void *room = malloc(ROOM);
    struct record record;
    if (!room)
        return ENOMEM;
    while (!mld_bytes_get(part->descriptor, &record, sizeof record, part->end) &&
           is_whole(part, &record, room, ROOM))
        note(part, &record);
    free(room);
    return 0;
}

static int make_room(struct mld_part *part)
{
    part->at = calloc((size_t)(part->last - part->first) + 1, sizeof *part->at);
    return part->at ? 0 : ENOMEM;
}

/* A record that cannot be written whole leaves the file as it was. */
static int append(struct mld_part *part, struct record record, const void *const bytes[3],
                  const uint64_t n[3])
{
    int64_t at = part->end + (int64_t)sizeof record;
    int error = 0;
    for (int i = 0; i < 3 && !error; at += (int64_t)n[i], i++) {
        record.checksum = mld_checksum_of(record.checksum, bytes[i], n[i]);
        record.bytes += n[i];
        error = mld_bytes_put(part->descriptor, bytes[i], n[i], at);
    }
    if (!error)
        error = mld_bytes_put(part->descriptor, &record, sizeof record, part->end);
    if (!error)
        note(part, &record);
    else if (ftruncate(part->descriptor, part->end) != 0)
        return error;
    return error;
}

/* A run of one segment is made again as fast as it is taken up. */
static int is_worth_keeping(const struct mld_part *part)
{
    return part->whole && part->last > part->first;
}

int mld_part_append(struct mld_part *part, const double *columns,
                    const struct mld_sketch_sums *sums, const double *trajectories)
{
    uint32_t segment = part->first + part->whole;
    uint64_t bytes[3];
    mld_part_sizes(&part->layout, segment, bytes);
    int error = append(part, (struct record){ .kind = SEGMENT, .segment = segment },
                       (const void *[]){ columns, sums, trajectories }, bytes);
    if (!error && part->whole == 1 && is_worth_keeping(part))
        mld_target_keep_part(&part->target);
    return error;
}

int mld_part_append_counts(struct mld_part *part, const uint32_t *counts)
{
    return append(part, (struct record){ .kind = COUNTS, .segment = part->first + part->whole - 1 },
                  (const void *[]){ counts, NULL, NULL },
                  (uint64_t[]){ counts_bytes(&part->layout), 0, 0 });
}

/* ---- opening ---- */

static enum mld_status tell(const struct mld_part *part, int error, struct mld_messages *messages)
{
    if (error == ENOMEM)
        return MLD_ERR_MEMORY;
    mld_messages_add(messages, "%s: cannot write the results: %s", part->target.temporary,
                     strerror(error));
    return MLD_ERR_FILE;
}

/* Segments are there: are they this run's, and wanted? */
static enum mld_status take_up(struct mld_part *part, const char *there, const char *here,
                               const uint32_t segments[2], int resume,
                               struct mld_messages *messages)
{
    char difference[256];
    const char *name = part->target.temporary;
    if (strcmp(there, here) != 0) {
        mld_part_tell_difference(there, here, difference, sizeof difference);
        mld_messages_add(messages,
                         "%s: holds %" PRIu32 " segments of another run (%s): remove it, or choose "
                         "another name",
                         name, part->whole, difference);
        return MLD_ERR_INPUT;
    }
    if (part->first != segments[0] || part->last != segments[1]) {
        mld_messages_add(messages,
                         "%s: holds segments %" PRIu32 "-%" PRIu32 ", not %" PRIu32 "-%" PRIu32
                         ": remove it, or choose another name",
                         name, part->first, part->last, segments[0], segments[1]);
        return MLD_ERR_INPUT;
    }
    if (resume)
        return MLD_OK;
    mld_messages_add(messages,
                     "%s: holds %" PRIu32 " of %" PRIu32 " segments of this run, which was "
                     "interrupted: go on with --resume, or remove it",
                     name, part->whole, part->last - part->first + 1);
    return MLD_ERR_INPUT;
}

/* Begins anew what holds no whole segment. */
static int begin(struct mld_part *part, const struct mld_part_names *names,
                 const uint32_t segments[2])
{
    part->first = segments[0];
    part->last = segments[1];
    part->whole = part->counted = 0;
    part->counts = 0;
    free(part->at);
    if (ftruncate(part->descriptor, 0) != 0)
        return errno;
    int error = make_room(part);
    return error ? error : write_head(part, names);
}

/* What a former program left; MLD_OK with no segment when there is nothing to take up. */
static enum mld_status look(struct mld_part *part, const char *identity, const uint32_t segments[2],
                            int resume, struct mld_messages *messages)
{
    struct mld_part_names there = { 0 };
    int error = read_head(part, &there);
    if (!error)
        error = make_room(part);
    if (!error)
        error = scan(part);
    enum mld_status status = error == ENOMEM ? MLD_ERR_MEMORY : MLD_OK;
    if (!error && part->whole)
        status = take_up(part, there.identity, identity, segments, resume, messages);
    mld_part_names_clear(&there);
    return status;
}

static void end(struct mld_part *part, int stays)
{
    free(part->at);
    part->at = NULL;
    if (part->target.temporary[0] && stays)
        mld_target_leave_part(&part->target);
    else if (part->target.temporary[0])
        mld_target_abandon(&part->target);
    else if (part->descriptor >= 0) /* it was loaded */
        close(part->descriptor);
    part->descriptor = -1;
}

enum mld_status mld_part_open(struct mld_part *part, const char *path,
                              const struct mld_part_names *names,
                              const struct mld_part_layout *layout, const uint32_t segments[2],
                              uint64_t besides, int resume, struct mld_messages *messages)
{
    *part = (struct mld_part){ .layout = *layout, .descriptor = -1 };
    enum mld_status status = mld_target_open_part(
        &part->target, path, &part_kind,
        besides + mld_part_size(layout, segments[0], segments[1]) + counts_bytes(layout), messages);
    if (status != MLD_OK)
        return status;
    part->descriptor = part->target.descriptor;
    status = look(part, names->identity, segments, resume, messages);
    if (status != MLD_OK) {
        end(part, part->whole > 0); /* whatever is refused is somebody's */
        return status;
    }
    if (part->whole)
        mld_target_keep_part(&part->target);
    int error = part->whole ? (ftruncate(part->descriptor, part->end) == 0 ? 0 : errno)
                            : begin(part, names, segments);
    if (error) {
        status = tell(part, error, messages);
        mld_part_close(part, 0);
    }
    return status;
}

enum mld_status mld_part_check(const char *path, struct mld_messages *messages)
{
    return mld_target_check(path, &part_kind, messages);
}

void mld_part_close(struct mld_part *part, int keep) { end(part, keep && is_worth_keeping(part)); }

enum mld_status mld_part_commit(struct mld_part *part, struct mld_messages *messages)
{
    enum mld_status status = mld_target_commit(&part->target, messages);
    mld_part_close(part, 1);
    return status;
}

enum mld_status mld_part_load(struct mld_part *part, const char *path, struct mld_part_names *names,
                              struct mld_messages *messages)
{
    *part = (struct mld_part){ .descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) };
    *names = (struct mld_part_names){ 0 };
    int error = part->descriptor < 0 ? errno : read_head(part, names);
    if (!error)
        return MLD_OK;
    if (error != ENOMEM)
        mld_messages_add(messages,
                         error == EINVAL ? "%s: is no piece of a run of milliard" : "%s: %s", path,
                         strerror(error));
    mld_part_close(part, 1);
    mld_part_names_clear(names);
    return error == ENOMEM ? MLD_ERR_MEMORY : error == EINVAL ? MLD_ERR_FORMAT : MLD_ERR_FILE;
}

enum mld_status mld_part_scan(struct mld_part *part, const struct mld_part_layout *layout)
{
    part->layout = *layout;
    return make_room(part) || scan(part) ? MLD_ERR_MEMORY : MLD_OK;
}

/* ---- reading ---- */

int mld_part_column(const struct mld_part *part, int column, uint32_t first, uint32_t n,
                    double *value)
{
    uint32_t segment = first / MLD_SEGMENT, of = first % MLD_SEGMENT;
    uint64_t before = (uint64_t)column * mld_segment_paths(&part->layout, segment) + of;
    return mld_bytes_get(part->descriptor, value, n * sizeof(double),
                         part->at[segment - part->first] + (int64_t)(before * sizeof(double)));
}

int mld_part_sums(const struct mld_part *part, uint32_t segment, struct mld_sketch_sums *sums)
{
    return mld_bytes_get(part->descriptor, sums, sums_bytes(&part->layout),
                         part->at[segment - part->first] +
                             (int64_t)column_bytes(&part->layout, segment));
}

int mld_part_trajectories(const struct mld_part *part, uint32_t segment, uint32_t first, uint32_t n,
                          double *series)
{
    uint32_t kept = mld_segment_kept(&part->layout, segment);
    int64_t at = part->at[segment - part->first] +
                 (int64_t)(column_bytes(&part->layout, segment) + sums_bytes(&part->layout));
    int error = 0;
    for (int step = 0; step < part->layout.steps && !error; step++)
        error = mld_bytes_get(part->descriptor, series + (size_t)step * n, n * sizeof(double),
                              at + (int64_t)(((uint64_t)step * kept + first) * sizeof(double)));
    return error;
}

int mld_part_counts(const struct mld_part *part, uint32_t *counts)
{
    return mld_bytes_get(part->descriptor, counts, counts_bytes(&part->layout), part->counts);
}
