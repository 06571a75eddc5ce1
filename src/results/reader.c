/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A results file is opened through one descriptor, looked at as bytes, then as HDF5, then as ours:
 * its kind and version, every object of it (audit.h), attributes, scenario, warnings, dictionary,
 * summary, fans. All of that is in memory once it is open, in the struct of read.h; of the paths
 * only the shape has been looked at, and they are read when asked for.
 *
 * The parts are read_*.c. The first thing that is wrong is told and kept in results->status, and
 * the parts after it do nothing. Nothing of the file is trusted: sizes are compared with what must
 * be there before anything is allocated, and every text ends inside its cell and obeys nobody.
 */
#include "results/read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/plain.h"
#include "milliard/uncertain.h"
#include "results/audit.h"
#include "results/schema.h"

/*
 * The file stays open through one descriptor: all that is said of it is of the same file. A pipe is
 * not waited for.
 */
static enum mld_status open_descriptor(struct mld_results *results, const char *path,
                                       struct mld_messages *messages)
{
    struct stat status;
    results->input.descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (results->input.descriptor < 0 || fstat(results->input.descriptor, &status) != 0) {
        mld_messages_add(messages, "%s: cannot be read: %s", path, strerror(errno));
        return MLD_ERR_FILE;
    }
    if (!S_ISREG(status.st_mode)) {
        mld_messages_add(messages, "%s: is not a file", path);
        return MLD_ERR_FILE;
    }
    return MLD_OK;
}

/*
 * The first bytes: signature, version of the superblock, and from its version 3 on flags that a
 * program sets while it has the file open for writing. One that dies leaves them set.
 */
static enum mld_status check_head(const struct mld_results *results, const char *path,
                                  struct mld_messages *messages)
{
    enum { VERSION = 8, FLAGS = 11, HEAD = sizeof MLD_STUDY_PIECE_START - 1, WRITING = 1 | 4 };
    unsigned char head[HEAD] = { 0 };
    ssize_t got = pread(results->input.descriptor, head, HEAD, 0);
    if (got < 0) {
        mld_messages_add(messages, "%s: cannot be read: %s", path, strerror(errno));
        return MLD_ERR_FILE;
    }
    if (memcmp(head, MLD_STUDY_PIECE_START, HEAD) == 0) {
        mld_messages_add(messages,
                         "%s: holds segments of a study, and no results yet: milliard merge puts "
                         "all pieces of a study together",
                         path);
        return MLD_ERR_FORMAT;
    }
    if (memcmp(head, MLD_PIECE_START, sizeof MLD_PIECE_START - 1) == 0) {
        mld_messages_add(messages,
                         "%s: holds segments of a run, and no results yet: milliard merge puts all "
                         "pieces of a run together, run --resume goes on with a part",
                         path);
        return MLD_ERR_FORMAT;
    }
    if (memcmp(head, mld_hdf5_signature, sizeof mld_hdf5_signature) != 0) {
        mld_messages_add(messages, "%s: not a results file of milliard (not HDF5)", path);
        return MLD_ERR_FORMAT;
    }
    if (head[VERSION] < 3 || !(head[FLAGS] & WRITING))
        return MLD_OK;
    mld_messages_add(messages,
                     "%s: is open for writing in another program, or was when that program died: "
                     "close it there; when none "
                     "has it open any more, \"h5clear -s %s\" frees it (Debian: hdf5-tools)",
                     path, path);
    return MLD_ERR_FORMAT;
}

static void open_file(struct mld_results *results)
{
    hid_t access = mld_driver_access(&results->input, &results->driver);
    if (access >= 0) {
        results->file = H5Fopen("results", H5F_ACC_RDONLY, access);
        /* at once: the next call of HDF5 forgets why */
        mld_h5_fails(&results->h5, results->file, "H5Fopen");
    }
    mld_h5_close(access);
}

static void audit(struct mld_results *results)
{
    struct mld_audit found;
    if (!results->status && !mld_audit_file(results->file, &found)) {
        mld_disarm(found.place);
        mld_read_refuse(results, found.place, found.what);
    }
}

static void read_run(struct mld_results *results)
{
    mld_read_summary(results);
    mld_read_ratios(results);
    mld_read_groups(results);
    mld_read_uncertain(results);
    mld_read_check_columns(results);
}

static enum mld_status open_checked(struct mld_results *results, const char *path,
                                    struct mld_messages *messages)
{
    enum mld_status status = open_descriptor(results, path, messages);
    if (!status)
        status = check_head(results, path, messages);
    if (status)
        return status;
    open_file(results);
    if (results->input.error == ENOMEM)
        mld_read_no_memory(results);
    if (results->status)
        return results->status;
    if (results->file < 0) {
        mld_messages_add(messages, "%s: truncated or damaged: %s", path, results->h5.why);
        return MLD_ERR_FORMAT;
    }
    int is_study = 0;
    results->status = mld_read_kind(results, &is_study);
    audit(results);
    mld_read_checksums(results);
    mld_read_attributes(results);
    mld_read_scenario(results);
    mld_read_warnings(results);
    if (is_study)
        mld_read_study(results);
    else
        read_run(results);
    return results->status;
}

static void free_late(struct mld_read_late *late)
{
    if (!late)
        return;
    mld_messages_clear(&late->messages);
    free(late->compared);
    free(late);
}

static struct mld_read_late *new_late(void)
{
    struct mld_read_late *late = calloc(1, sizeof *late);
    if (!late)
        return NULL;
    mld_messages_init(&late->messages);
    late->compared = calloc(MLD_MAX_DESIGNS, (size_t)mld_series_count());
    if (late->compared)
        return late;
    free_late(late);
    return NULL;
}

static enum mld_status open_results(const char *path, int takes_studies,
                                    struct mld_results **result, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    *result = NULL;
    mld_h5_silence();
    struct mld_results *results = calloc(1, sizeof *results);
    if (!results) {
        mld_messages_add(messages, "%s: not enough memory to read it", path);
        return MLD_ERR_MEMORY;
    }
    results->input.descriptor = -1;
    results->driver = results->file = -1;
    results->takes_studies = takes_studies;
    results->path = strdup(path);
    results->late = new_late();
    results->messages = messages;
    enum mld_status status = results->path && results->late ? open_checked(results, path, messages)
                                                            : MLD_ERR_MEMORY;
    if (!results->path || !results->late)
        mld_messages_add(messages, "%s: not enough memory to read it", path);
    results->messages = NULL;
    if (status)
        mld_results_close(results);
    else
        *result = results;
    return status;
}

enum mld_status mld_results_open(const char *path, struct mld_results **results,
                                 struct mld_messages *messages)
{
    return open_results(path, 0, results, messages);
}

enum mld_status mld_results_open_any(const char *path, struct mld_results **results,
                                     struct mld_messages *messages)
{
    return open_results(path, 1, results, messages);
}

void mld_results_close(struct mld_results *results)
{
    if (!results)
        return;
    mld_uncertain_free(results->uncertain);
    mld_summary_clear(&results->summary);
    mld_read_study_free(results->study);
    for (int i = 0; i < (int)MLD_ATTRIBUTES; i++)
        free(results->attribute[i]);
    for (int c = 0; c < MLD_ECHO_COLUMNS; c++)
        free(results->parameter[c].cell);
    free(results->echo);
    for (int c = 0; c < MLD_WARNING_COLUMNS; c++)
        free(results->warned[c].cell);
    free(results->warning);
    free(results->scenario_text);
    free(results->measure.cell);
    mld_checksums_clear(&results->checksums);
    free_late(results->late);
    free(results->path);
    if (results->file >= 0)
        H5Fclose(results->file);
    mld_driver_release(&results->driver);
    if (results->input.descriptor >= 0)
        close(results->input.descriptor);
    free(results);
}

int mld_results_begins(const char *path)
{
    unsigned char head[sizeof mld_hdf5_signature] = { 0 };
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    int same = descriptor >= 0 && read(descriptor, head, sizeof head) == (ssize_t)sizeof head &&
               memcmp(head, mld_hdf5_signature, sizeof head) == 0;
    if (descriptor >= 0)
        close(descriptor);
    return same;
}

/* ---- asked of an open file ---- */

int mld_results_descriptor(const struct mld_results *results) { return results->input.descriptor; }

const struct mld_summary *mld_results_summary(const struct mld_results *results)
{
    return &results->summary;
}

const struct mld_grid *mld_results_grid(const struct mld_results *results)
{
    return &results->grid;
}

size_t mld_results_paths(const struct mld_results *results) { return results->paths; }
