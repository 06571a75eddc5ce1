/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /uncertain, of a run of worlds: the judgements drawn and their ranks in each world; statistics
 * over all paths of all worlds, as /summary has those at the scenario's inputs; what of their
 * variance is chance; the means of worlds; indices of some measures, by judgement.
 */
#include "results/write.h"

#include <math.h>
#include <stdlib.h>

#include "milliard/uncertain.h"

/* ---- judgements and worlds ---- */

static const char *input_text(const void *context, size_t i, size_t offset)
{
    const struct mld_uncertain *uncertain = context;
    return (const char *)&uncertain->input[i] + offset;
}

static const char *name_text(const void *context, size_t i)
{
    return input_text(context, i, offsetof(struct mld_world_input, name));
}

static const char *label_en_text(const void *context, size_t i)
{
    return input_text(context, i, offsetof(struct mld_world_input, label_en));
}

static const char *label_fr_text(const void *context, size_t i)
{
    return input_text(context, i, offsetof(struct mld_world_input, label_fr));
}

static void write_inputs(struct mld_results_writer *writer, hid_t group,
                         const struct mld_uncertain *uncertain)
{
    size_t n = (size_t)uncertain->inputs;
    const struct mld_table_column column[] = { { "name", name_text, uncertain },
                                               { "label_en", label_en_text, uncertain },
                                               { "label_fr", label_fr_text, uncertain } };
    mld_write_axis(writer, MLD_OVER_INPUT,
                   mld_h5_text_column(&writer->h5, writer->axes, "input", n, name_text, uncertain));
    mld_write_axis_link(writer, MLD_OVER_INPUT, group);
    mld_write_table(writer, group, "table", MLD_OVER_INPUT, n, sizeof column / sizeof *column,
                    column);
}

static void write_one(struct mld_results_writer *writer, hid_t group, const char *name, size_t n,
                      const double *value, const char *const text[4])
{
    hid_t dataset = mld_h5_array(&writer->h5, group, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 1,
                                 &(hsize_t){ n }, value);
    mld_write_description(&writer->h5, dataset, "1", text[0], text[1], text[2], text[3]);
    mld_write_labels(writer, dataset, 1, (enum mld_file_axis[]){ MLD_OVER_INPUT });
    mld_h5_close(dataset);
}

static void write_input_numbers(struct mld_results_writer *writer, hid_t group,
                                const struct mld_uncertain *uncertain)
{
    static const struct {
        const char *name, *text[4];
    } row[4] = {
        { "is_choice",
          { "Is a choice", "Est un choix", "1 of two values that are no numbers.",
            "1 de deux valeurs qui ne sont pas des nombres." } },
        { "probability",
          { "Probability of the high", "Probabilité de la haute",
            "Of a choice: that its high is drawn.", "D'un choix : que sa haute soit tirée." } },
        { "block",
          { "Block", "Bloc", "Judgements that rank correlations tie together have one number.",
            "Les jugements que des corrélations de rangs lient ont un même numéro." } },
        { "centred",
          { "Is centred", "Est centré", "1: the mean of its law is what the scenario says.",
            "1 : la moyenne de sa loi est ce que dit le scénario." } }
    };
    size_t n = (size_t)uncertain->inputs;
    double *value = malloc((4 * n + 1) * sizeof *value);
    if (!value) {
        mld_h5_no_memory(&writer->h5);
        return;
    }
    for (size_t j = 0; j < n; j++) {
        const struct mld_world_input *input = &uncertain->input[j];
        value[j] = input->is_choice;
        value[n + j] = input->probability;
        value[2 * n + j] = input->block;
        value[3 * n + j] = input->centred;
    }
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        write_one(writer, group, row[i].name, n, value + i * n, row[i].text);
    free(value);
}

static void write_worlds(struct mld_results_writer *writer, hid_t group,
                         const struct mld_uncertain *uncertain)
{
    hsize_t n = uncertain->worlds;
    uint32_t *number = malloc(uncertain->worlds * sizeof *number);
    if (!number) {
        mld_h5_no_memory(&writer->h5);
        return;
    }
    for (uint32_t w = 0; w < uncertain->worlds; w++)
        number[w] = w;
    mld_write_axis(writer, MLD_OVER_WORLD,
                   mld_h5_array(&writer->h5, writer->axes, "world", H5T_STD_U32LE,
                                H5T_NATIVE_UINT32, 1, &n, number));
    mld_write_axis_link(writer, MLD_OVER_WORLD, group);
    free(number);
    hid_t dataset = mld_h5_array(&writer->h5, group, "u", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 2,
                                 (hsize_t[]){ n, (hsize_t)uncertain->inputs }, uncertain->u);
    mld_write_description(&writer->h5, dataset, "1", "Rank drawn", "Rang tiré",
                          "Rank in (0, 1) of the value that a judgement has in a world.",
                          "Rang dans (0, 1) de la valeur d'un jugement dans un monde.");
    mld_write_labels(writer, dataset, 2, (enum mld_file_axis[]){ MLD_OVER_WORLD, MLD_OVER_INPUT });
    mld_h5_close(dataset);
}

/* ---- numbers of every measure ---- */

static void write_cells(struct mld_results_writer *writer, hid_t group, const char *name,
                        enum mld_file_axis third, hsize_t width, const double *value,
                        const struct mld_split_row *row)
{
    int rank = width > 0 ? 3 : 2;
    hsize_t size[3] = { (hsize_t)writer->designs, (hsize_t)writer->n_measures, width };
    hid_t dataset = mld_h5_array(&writer->h5, group, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, rank,
                                 size, value);
    mld_write_description(&writer->h5, dataset,
                          *row->unit == '1'   ? "1"
                          : *row->unit == '2' ? "of the measure, squared"
                                              : "of the measure",
                          row->label_en, row->label_fr, row->doc_en, row->doc_fr);
    mld_write_labels(writer, dataset, rank,
                     (enum mld_file_axis[]){ MLD_OVER_DESIGN, MLD_OVER_MEASURE, third });
    mld_h5_close(dataset);
}

static void write_split(struct mld_results_writer *writer, hid_t group,
                        const struct mld_uncertain *uncertain, double *cell)
{
    for (const struct mld_split_row *row = mld_split_rows; row->name; row++) {
        double *at = cell;
        int width = row->by_band ? MLD_BAND : 1;
        for (int d = 0; d < writer->designs; d++)
            for (int i = 0; i < writer->n_measures; i++)
                for (int k = 0; k < width; k++) {
                    const char *split = (const char *)&uncertain->split[d][i];
                    *at++ = uncertain->measure[d][i].count
                                ? ((const double *)(split + row->offset))[k]
                                : (double)NAN;
                }
        write_cells(writer, group, row->name, MLD_OVER_BAND, row->by_band ? MLD_BAND : 0, cell,
                    row);
    }
}

static void write_kinds(struct mld_results_writer *writer, hid_t group,
                        const struct mld_uncertain *uncertain, double *cell)
{
    static const struct mld_split_row row = { "is_probability",
                                              0,
                                              0,
                                              "1",
                                              "Is a probability",
                                              "Est une probabilité",
                                              "1: each path says yes or no.",
                                              "1 : chaque trajectoire dit oui ou non." };
    for (int d = 0; d < writer->designs; d++)
        for (int i = 0; i < writer->n_measures; i++)
            cell[d * writer->n_measures + i] = uncertain->is_probability[d][i];
    write_cells(writer, group, row.name, MLD_OVER_BAND, 0, cell, &row);
}

static void write_means(struct mld_results_writer *writer, hid_t group,
                        const struct mld_uncertain *uncertain, double *cell)
{
    static const struct mld_split_row row = { "mean",
                                              0,
                                              0,
                                              "",
                                              "Means of worlds",
                                              "Moyennes des mondes",
                                              "Mean of the measure over the paths of each world.",
                                              "Moyenne de la mesure sur les trajectoires de chaque "
                                              "monde." };
    size_t worlds = uncertain->worlds;
    double *at = cell;
    for (int d = 0; d < writer->designs; d++)
        for (int i = 0; i < writer->n_measures; i++)
            for (size_t w = 0; w < worlds; w++)
                *at++ = uncertain->measure[d][i].count ? uncertain->mean[d][(size_t)i * worlds + w]
                                                       : (double)NAN;
    write_cells(writer, group, row.name, MLD_OVER_WORLD, worlds, cell, &row);
}

/* ---- indices ---- */

static const char *indexed_measure(const void *context, size_t i)
{
    const struct mld_uncertain *uncertain = context;
    return mld_measures[uncertain->indexed[i].measure].name;
}

static const char *indexed_design(const void *context, size_t i)
{
    const struct mld_uncertain *uncertain = context;
    return mld_design_names[uncertain->indexed[i].design];
}

static void write_index_row(struct mld_results_writer *writer, hid_t group,
                            const struct mld_uncertain *uncertain, const struct mld_index_row *row,
                            double *cell)
{
    double *at = cell;
    for (int i = 0; i < uncertain->n_indexed; i++) {
        const struct mld_indexed *one = &uncertain->indexed[i];
        for (int j = 0; j < (row->by_input ? uncertain->inputs : 1); j++) {
            const char *of = row->by_input ? (const char *)&one->index[uncertain->input[j].block]
                                           : (const char *)&one->of;
            *at++ = one->known ? *(const double *)(of + row->offset) : (double)NAN;
        }
    }
    hsize_t size[2] = { (hsize_t)uncertain->n_indexed, (hsize_t)uncertain->inputs };
    hid_t dataset = mld_h5_array(&writer->h5, group, row->name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE,
                                 row->by_input ? 2 : 1, size, cell);
    mld_write_description(&writer->h5, dataset, *row->unit == '1' ? "1" : "of the measure, squared",
                          row->label_en, row->label_fr, row->doc_en, row->doc_fr);
    mld_write_labels(writer, dataset, row->by_input ? 2 : 1,
                     (enum mld_file_axis[]){ MLD_OVER_INDEXED, MLD_OVER_INPUT });
    mld_h5_close(dataset);
}

static void write_indices(struct mld_results_writer *writer, hid_t parent,
                          const struct mld_uncertain *uncertain, double *cell)
{
    size_t n = (size_t)uncertain->n_indexed;
    const struct mld_table_column column[] = { { "design", indexed_design, uncertain },
                                               { "measure", indexed_measure, uncertain } };
    hid_t group = mld_h5_group(&writer->h5, parent, "indices");
    mld_write_axis(writer, MLD_OVER_INDEXED,
                   mld_h5_text_column(&writer->h5, writer->axes, "indexed", n, indexed_measure,
                                      uncertain));
    mld_write_axis_link(writer, MLD_OVER_INDEXED, group);
    mld_write_axis_link(writer, MLD_OVER_INPUT, group);
    mld_write_table(writer, group, "table", MLD_OVER_INDEXED, n, sizeof column / sizeof *column,
                    column);
    for (const struct mld_index_row *row = mld_index_rows; row->name; row++)
        write_index_row(writer, group, uncertain, row, cell);
    mld_h5_close(group);
}

/* ---- all of it ---- */

/* Of the root, which is sealed. */
static void write_attributes(struct mld_results_writer *writer,
                             const struct mld_uncertain *uncertain)
{
    struct mld_h5 *h5 = &writer->h5;
    mld_h5_integer(h5, writer->file, "worlds", uncertain->worlds);
    mld_h5_integer(h5, writer->file, "paths_per_world", uncertain->paths_per_world);
    mld_h5_integer(h5, writer->file, "index_method", uncertain->method);
    mld_h5_integer(h5, writer->file, "index_terms", uncertain->terms);
    mld_h5_integer(h5, writer->file, "kept_means", (int64_t)uncertain->kept.means);
    mld_h5_integer(h5, writer->file, "kept_sds", (int64_t)uncertain->kept.sds);
}

static void write_summary(struct mld_results_writer *writer, hid_t parent,
                          const struct mld_uncertain *uncertain)
{
    hid_t group = mld_h5_group(&writer->h5, parent, "summary");
    mld_write_statistics(writer, group, uncertain->measure);
    mld_h5_close(group);
    if (writer->plan->guarantee.present)
        mld_write_dotation(writer, parent, uncertain->dotation, uncertain->dotation_low,
                           uncertain->dotation_high);
}

void mld_write_uncertain(struct mld_results_writer *writer, const struct mld_summary *summary)
{
    const struct mld_uncertain *uncertain = summary->uncertain;
    if (!uncertain)
        return;
    size_t cells = (size_t)writer->designs * (size_t)writer->n_measures,
           each = uncertain->worlds > MLD_BAND ? uncertain->worlds : MLD_BAND,
           indices = (size_t)uncertain->n_indexed * ((size_t)uncertain->inputs + 1);
    double *cell = malloc((cells * each + indices + 1) * sizeof *cell);
    if (!cell) {
        mld_h5_no_memory(&writer->h5);
        return;
    }
    hid_t group = mld_h5_group(&writer->h5, writer->file, "uncertain");
    write_attributes(writer, uncertain);
    mld_write_axis(writer, MLD_OVER_BAND,
                   mld_h5_array(&writer->h5, writer->axes, "band_level", H5T_IEEE_F64LE,
                                H5T_NATIVE_DOUBLE, 1, &(hsize_t){ MLD_BAND }, mld_band_levels));
    mld_write_axis_link(writer, MLD_OVER_DESIGN, group);
    mld_write_axis_link(writer, MLD_OVER_MEASURE, group);
    mld_write_axis_link(writer, MLD_OVER_BAND, group);
    write_inputs(writer, group, uncertain);
    write_input_numbers(writer, group, uncertain);
    write_worlds(writer, group, uncertain);
    write_summary(writer, group, uncertain);
    write_split(writer, group, uncertain, cell);
    write_kinds(writer, group, uncertain, cell);
    write_means(writer, group, uncertain, cell);
    if (uncertain->n_indexed)
        write_indices(writer, group, uncertain, cell);
    mld_h5_close(group);
    free(cell);
}
