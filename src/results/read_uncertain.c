/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /uncertain, where a run had worlds. Measures by name, as of /summary: what the file has more
 * stays there.
 */
#include "results/read.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/uncertain.h"

enum { MOST_WORLDS = 1 << 26 };

/* ---- what is there ---- */

static int64_t attribute(struct mld_results *results, const char *name, int64_t least, int64_t most)
{
    int64_t value = 0;
    if (!results->status &&
        (!mld_read_integer_attribute(results->file, name, &value) || value < least || value > most))
        mld_read_refuse(results, name, "is not the number it should be");
    return results->status ? least : value;
}

static void read_attributes(struct mld_results *results, struct mld_uncertain *uncertain)
{
    uncertain->worlds = (uint32_t)attribute(results, "worlds", MLD_FEWEST_WORLDS, MOST_WORLDS);
    uncertain->paths_per_world = (int)attribute(results, "paths_per_world", 2, 4096);
    uncertain->method = (int)attribute(results, "index_method", 0, MLD_BY_PICK_FREEZE);
    uncertain->terms = (int)attribute(results, "index_terms", 0, 1 << 20);
    uncertain->kept.means = (double)attribute(results, "kept_means", 0, INT64_MAX);
    uncertain->kept.sds = (double)attribute(results, "kept_sds", 0, INT64_MAX);
}

/* ---- judgements ---- */

static void read_names(struct mld_results *results, struct mld_text_column column[3])
{
    static const char *const name[3] = { "name", "label_en", "label_fr" };
    struct mld_text_table table = mld_read_table(results, "uncertain/table");
    for (int i = 0; i < 3; i++)
        mld_read_column(results, &table, name[i], &column[i]);
    mld_table_close(&table);
    if (!results->status && column[0].n > MLD_MAX_SENSITIVITIES)
        mld_read_refuse(results, "uncertain/table", "has more judgements than there can be");
}

static void fill_names(struct mld_uncertain *uncertain, const struct mld_text_column column[3])
{
    for (int j = 0; j < uncertain->inputs; j++) {
        struct mld_world_input *input = &uncertain->input[j];
        snprintf(input->name, sizeof input->name, "%s", mld_cell(&column[0], (size_t)j));
        snprintf(input->label_en, sizeof input->label_en, "%s", mld_cell(&column[1], (size_t)j));
        snprintf(input->label_fr, sizeof input->label_fr, "%s", mld_cell(&column[2], (size_t)j));
    }
}

static void read_input_numbers(struct mld_results *results, struct mld_uncertain *uncertain)
{
    double value[4][MLD_MAX_SENSITIVITIES];
    hsize_t n = (hsize_t)uncertain->inputs;
    mld_read_reals(results, "uncertain/is_choice", 1, &n, value[0]);
    mld_read_reals(results, "uncertain/probability", 1, &n, value[1]);
    mld_read_reals(results, "uncertain/block", 1, &n, value[2]);
    mld_read_reals(results, "uncertain/centred", 1, &n, value[3]);
    for (int j = 0; j < uncertain->inputs && !results->status; j++) {
        struct mld_world_input *input = &uncertain->input[j];
        if (!(value[2][j] >= 0 && value[2][j] < uncertain->inputs)) {
            mld_read_refuse(results, "uncertain/block", "has numbers that there cannot be");
            return;
        }
        input->is_choice = value[0][j] == 1;
        input->probability = value[1][j];
        input->block = (int)value[2][j];
        input->centred = value[3][j] == 1;
        uncertain->blocks = input->block >= uncertain->blocks ? input->block + 1
                                                              : uncertain->blocks;
    }
}

/* ---- numbers of every measure ---- */

/* A dataset [design][measure of the file], `width` numbers each; the caller's to free, or NULL. */
static double *read_cells(struct mld_results *results, const char *name, hsize_t width, int is_wide)
{
    char path[96];
    hsize_t size[3] = { (hsize_t)results->summary.designs, results->measure.n, width };
    double *cell = results->status ? NULL : malloc((size[0] * size[1] * width + 1) * sizeof *cell);
    if (!cell && !results->status)
        mld_read_no_memory(results);
    snprintf(path, sizeof path, "uncertain/%s", name);
    if (cell)
        mld_read_reals(results, path, is_wide ? 3 : 2, size, cell);
    if (results->status) {
        free(cell);
        return NULL;
    }
    return cell;
}

static void read_split(struct mld_results *results, struct mld_uncertain *uncertain,
                       const struct mld_split_row *row)
{
    size_t width = row->by_band ? MLD_BAND : 1, n = results->measure.n;
    double *cell = read_cells(results, row->name, width, row->by_band);
    for (int d = 0; d < uncertain->designs && cell; d++)
        for (size_t i = 0; i < n; i++) {
            int measure = mld_measure_named(mld_cell(&results->measure, i));
            if (measure >= 0)
                memcpy((char *)&uncertain->split[d][measure] + row->offset,
                       cell + ((size_t)d * n + i) * width, width * sizeof *cell);
        }
    free(cell);
}

static void read_kinds(struct mld_results *results, struct mld_uncertain *uncertain)
{
    size_t n = results->measure.n;
    double *cell = read_cells(results, "is_probability", 1, 0);
    for (int d = 0; d < uncertain->designs && cell; d++)
        for (size_t i = 0; i < n; i++) {
            int measure = mld_measure_named(mld_cell(&results->measure, i));
            if (measure >= 0)
                uncertain->is_probability[d][measure] = cell[(size_t)d * n + i] == 1;
        }
    free(cell);
}

static void read_means(struct mld_results *results, struct mld_uncertain *uncertain)
{
    size_t n = results->measure.n, worlds = uncertain->worlds;
    double *cell = read_cells(results, "mean", worlds, 1);
    for (int d = 0; d < uncertain->designs && cell; d++)
        for (size_t i = 0; i < n; i++) {
            int measure = mld_measure_named(mld_cell(&results->measure, i));
            if (measure >= 0)
                memcpy(uncertain->mean[d] + (size_t)measure * worlds,
                       cell + ((size_t)d * n + i) * worlds, worlds * sizeof *cell);
        }
    free(cell);
}

/* ---- indices ---- */

static int design_named(const char *name)
{
    int d = 0;
    while (d < MLD_MAX_DESIGNS && strcmp(mld_design_names[d], name) != 0)
        d++;
    return d;
}

static void read_indexed(struct mld_results *results, struct mld_uncertain *uncertain)
{
    struct mld_text_column design = { .cell = NULL }, measure = { .cell = NULL };
    struct mld_text_table table = mld_read_table(results, "uncertain/indices/table");
    mld_read_column(results, &table, "design", &design);
    mld_read_column(results, &table, "measure", &measure);
    mld_table_close(&table);
    if (!results->status && design.n > MLD_MAX_INDEXED)
        mld_read_refuse(results, "uncertain/indices/table", "has more rows than there can be");
    for (size_t i = 0; i < design.n && !results->status; i++) {
        struct mld_indexed *one = &uncertain->indexed[uncertain->n_indexed++];
        one->design = design_named(mld_cell(&design, i));
        one->measure = mld_measure_named(mld_cell(&measure, i));
        if (one->design >= uncertain->designs || one->measure < 0)
            mld_read_refuse(results, "uncertain/indices/table", "names what there is not");
    }
    free(design.cell);
    free(measure.cell);
}

static void read_index_row(struct mld_results *results, struct mld_uncertain *uncertain,
                           const struct mld_index_row *row)
{
    char path[96];
    int inputs = row->by_input ? uncertain->inputs : 1;
    double cell[MLD_MAX_INDEXED * MLD_MAX_SENSITIVITIES];
    hsize_t size[2] = { (hsize_t)uncertain->n_indexed, (hsize_t)inputs };
    snprintf(path, sizeof path, "uncertain/indices/%s", row->name);
    mld_read_reals(results, path, row->by_input ? 2 : 1, size, cell);
    for (int i = 0; i < uncertain->n_indexed && !results->status; i++)
        for (int j = 0; j < inputs; j++) {
            struct mld_indexed *one = &uncertain->indexed[i];
            char *of = row->by_input ? (char *)&one->index[uncertain->input[j].block]
                                     : (char *)&one->of;
            memcpy(of + row->offset, &cell[i * inputs + j], sizeof *cell);
        }
}

static void read_indices(struct mld_results *results, struct mld_uncertain *uncertain)
{
    if (results->status || !mld_read_exists(results->file, "uncertain/indices"))
        return;
    read_indexed(results, uncertain);
    for (const struct mld_index_row *row = mld_index_rows; row->name && !results->status; row++)
        read_index_row(results, uncertain, row);
    for (int i = 0; i < uncertain->n_indexed; i++)
        uncertain->indexed[i].known = uncertain->indexed[i].of.variance > 0;
}

/* ---- all of it ---- */

static void read_all(struct mld_results *results, struct mld_uncertain *uncertain)
{
    hsize_t size[2] = { uncertain->worlds, (hsize_t)uncertain->inputs };
    size_t most = (size_t)uncertain->worlds * (size_t)uncertain->paths_per_world;
    read_input_numbers(results, uncertain);
    mld_read_reals(results, "uncertain/u", 2, size, uncertain->u);
    mld_read_statistics(results, "uncertain/summary", uncertain->designs, most, uncertain->measure);
    for (const struct mld_split_row *row = mld_split_rows; row->name && !results->status; row++)
        read_split(results, uncertain, row);
    read_kinds(results, uncertain);
    read_means(results, uncertain);
    read_indices(results, uncertain);
    if (results->status || !mld_read_number_of(results, "has_guarantee"))
        return;
    hsize_t levels = MLD_DOTATION_LEVELS;
    mld_read_reals(results, "uncertain/dotation/value", 1, &levels, uncertain->dotation);
    mld_read_reals(results, "uncertain/dotation/low", 1, &levels, uncertain->dotation_low);
    mld_read_reals(results, "uncertain/dotation/high", 1, &levels, uncertain->dotation_high);
}

/* Means of worlds and ranks are in the file: so many worlds there are, whatever it says. */
static void check_sizes(struct mld_results *results, const struct mld_uncertain *uncertain)
{
    hsize_t ranks[2] = { uncertain->worlds, (hsize_t)uncertain->inputs },
            means[3] = { (hsize_t)uncertain->designs, results->measure.n, uncertain->worlds };
    hid_t u = mld_read_open_numbers(results, "uncertain/u", H5T_IEEE_F64LE, 2, ranks),
          mean = mld_read_open_numbers(results, "uncertain/mean", H5T_IEEE_F64LE, 3, means);
    if (u >= 0)
        H5Dclose(u);
    if (mean >= 0)
        H5Dclose(mean);
}

void mld_read_uncertain(struct mld_results *results)
{
    struct mld_text_column column[3] = { { .cell = NULL } };
    if (results->status || !mld_read_exists(results->file, "uncertain"))
        return;
    struct mld_uncertain *uncertain = results->uncertain = calloc(1, sizeof *uncertain);
    if (!uncertain) {
        mld_read_no_memory(results);
        return;
    }
    read_attributes(results, uncertain);
    read_names(results, column);
    uncertain->inputs = results->status ? 0 : (int)column[0].n;
    uncertain->designs = results->summary.designs;
    if (!results->status)
        check_sizes(results, uncertain);
    if (!results->status && mld_uncertain_init(uncertain) != MLD_OK)
        mld_read_no_memory(results);
    if (!results->status) {
        fill_names(uncertain, column);
        read_all(results, uncertain);
    }
    if (!results->status)
        results->summary.uncertain = uncertain;
    for (int i = 0; i < 3; i++)
        free(column[i].cell);
}
