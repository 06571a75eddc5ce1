/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Damaged results files: refused with a message, or everything in them can be read and shown. Input
 * that begins as an HDF5 file is one; any other is a list of edits of 8 bytes (3 of place, 1 of
 * length, 4 of what is put there) upon a file of one path that the harness writes first, for a
 * mutation of the whole file would mostly hit its texts. An odd size means a file of a study.
 */
#include <assert.h>
#include <hdf5.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "milliard/report.h"
#include "milliard/run.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[64];
static FILE *nowhere;
/* the undamaged files, of a run and of a study */
static struct whole {
    uint8_t *bytes;
    size_t size;
} whole[2];

static void remove_file(void) { unlink(path); }

/* One path of the scheme, all series kept: every kind of dataset in the smallest file. */
static enum mld_status write_whole(void)
{
    static const char *const set[] = { "run.paths=1" };
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    struct mld_summary summary;
    struct mld_run_result result;
    struct mld_run_options options = { .threads = 1, .batch = 8 };
    enum mld_status status = mld_scenario_load(PROJECT_SOURCE "/scenarios/scheme-national.cfg", 1,
                                               set, &scenario, NULL);
    if (!status)
        status = mld_scenario_plan(scenario, &plan, NULL);
    if (!status)
        status = mld_run(plan, scenario, &options, path, &summary, &result, NULL);
    if (!status)
        mld_summary_clear(&summary);
    mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
    return status;
}

/* Two axes, one of numbers and one of points. */
static enum mld_status write_study(void)
{
    static const char
        *const vary[] = { "guarantee.layers.state.quotite=0.3,0.5",
                          "guarantee.layers.state.payout=\"on_default\",\"final_loss\"" },
               *const set[] = { "run.paths=1" };
    struct mld_scenario *scenario = NULL;
    struct mld_study *study = NULL;
    struct mld_study_result result = { 0 };
    struct mld_study_options options = { .threads = 1 };
    char final[sizeof path];
    unlink(path);
    enum mld_status status = mld_scenario_load(PROJECT_SOURCE "/scenarios/scheme-national.cfg", 1,
                                               set, &scenario, NULL);
    if (!status)
        status = mld_study_quick(scenario, 2, vary, 0, NULL, &study, NULL);
    if (!status)
        status = mld_study_run(study, &options, &result, NULL);
    if (!status)
        status = mld_study_write(path, study, &result, final, sizeof final, NULL);
    mld_study_result_clear(&result);
    mld_study_free(study);
    return status;
}

/* With the seal nearly every edit of a number would be refused before it is read as one. */
static void unseal(void)
{
    hid_t written = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    if (written < 0 || H5Adelete(written, "checksum") < 0 || H5Fclose(written) < 0)
        abort();
}

static void keep_whole(struct whole *kept)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END))
        abort();
    kept->size = (size_t)ftell(file);
    kept->bytes = malloc(kept->size);
    rewind(file);
    if (!kept->bytes || fread(kept->bytes, 1, kept->size, file) != kept->size)
        abort();
    fclose(file);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(path, sizeof path, "%s/milliard-fuzz-%ld.h5", folder, (long)getpid());
    nowhere = fopen("/dev/null", "w");
    if (!nowhere || atexit(remove_file) || write_whole())
        abort();
    unseal();
    keep_whole(&whole[0]);
    if (write_study())
        abort();
    unseal();
    keep_whole(&whole[1]);
    return 0;
}

static void edit(uint8_t *file, size_t whole_size, const uint8_t *edits, size_t size)
{
    for (; size >= 8; edits += 8, size -= 8) {
        size_t place = (edits[0] | (size_t)edits[1] << 8 | (size_t)edits[2] << 16) % whole_size,
               length = edits[3] % 4 + 1;
        memcpy(file + place, edits + 4, length < whole_size - place ? length : whole_size - place);
    }
}

static void write_file(const uint8_t *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file))
        abort();
}

/* Statuses do not matter: a column may be damaged though the rest is whole. */
static void read_paths(const struct mld_results *results)
{
    double *column = malloc((mld_results_paths(results) + 1) * sizeof(double)),
           step[MLD_MAX_PERIODS];
    for (int design = 0; design < MLD_MAX_DESIGNS && column; design++) {
        for (int i = 0; i < mld_measure_count(); i++)
            mld_results_measure(results, design, mld_measures[i].name, column);
        for (int i = 0; i < mld_series_count(); i++)
            mld_results_trajectory(results, design, i, 0, step);
    }
    free(column);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mld_results *results = NULL;
    struct mld_messages messages;
    mld_messages_init(&messages);
    const struct whole *of = &whole[size & 1];
    if (size >= 4 && !memcmp(data, of->bytes, 4)) {
        write_file(data, size);
    } else {
        uint8_t *damaged = malloc(of->size);
        memcpy(damaged, of->bytes, of->size);
        edit(damaged, of->size, data, size);
        write_file(damaged, of->size);
        free(damaged);
    }
    enum mld_status status = mld_results_open_any(path, &results, &messages);
    assert(status == MLD_OK || messages.count > 0);
    if (status == MLD_OK && mld_results_study(results)) {
        mld_report_study(nowhere, results, "fr", 0);
        mld_report_study_json(nowhere, results);
        mld_results_close(results);
    } else if (status == MLD_OK) {
        read_paths(results);
        mld_report_show(nowhere, results, "fr", 0);
        mld_report_json(nowhere, results);
        mld_results_close(results);
    }
    mld_messages_clear(&messages);
    return 0;
}
