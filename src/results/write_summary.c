/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Statistics, as struct mld_statistics has them for each design and measure, lie the other way
 * round in the file: a dataset for each row of mld_statistic_rows, over designs and measures, and
 * over quantile levels where the statistic has them. /summary holds those of the designs,
 * /difference those of each design less the first, path by path; a cell that means nothing there
 * counts no path and is NaN. The dotation needed is a group of three datasets over confidence
 * levels.
 */
#include "results/write.h"

#include <math.h>
#include <stdlib.h>

#include "milliard/plan.h"
#include "results/schema.h"

/* Where a statistic lies in its struct. */
static const void *field(const struct mld_statistics *statistics,
                         const struct mld_statistic_row *row)
{
    return (const char *)statistics + row->offset;
}

static void write_counts(struct mld_results_writer *writer, hid_t group,
                         const struct mld_statistic_row *row,
                         struct mld_statistics *const *statistics, void *cell)
{
    int64_t *count = cell;
    for (int design = 0; design < writer->designs; design++)
        for (int i = 0; i < writer->n_measures; i++)
            *count++ = statistics[design]
                           ? (int64_t) * (const size_t *)field(&statistics[design][i], row)
                           : 0;
    hid_t dataset = mld_h5_array(
        &writer->h5, group, row->name, H5T_STD_I64LE, H5T_NATIVE_INT64, 2,
        (hsize_t[]){ (hsize_t)writer->designs, (hsize_t)writer->n_measures }, cell);
    mld_write_description(&writer->h5, dataset, "1", row->label_en, row->label_fr, row->doc_en,
                          row->doc_fr);
    mld_write_labels(writer, dataset, 2,
                     (enum mld_file_axis[]){ MLD_OVER_DESIGN, MLD_OVER_MEASURE });
    mld_h5_close(dataset);
}

static void gather_reals(const struct mld_results_writer *writer,
                         const struct mld_statistic_row *row, size_t columns,
                         struct mld_statistics *const *statistics, double *value)
{
    for (int design = 0; design < writer->designs; design++)
        for (int i = 0; i < writer->n_measures; i++)
            for (size_t k = 0; k < columns; k++)
                *value++ = statistics[design]
                               ? ((const double *)field(&statistics[design][i], row))[k]
                               : (double)NAN;
}

static void write_reals(struct mld_results_writer *writer, hid_t group,
                        const struct mld_statistic_row *row,
                        struct mld_statistics *const *statistics, void *cell)
{
    int is_quantile = row->kind == MLD_STATISTIC_QUANTILES, rank = is_quantile ? 3 : 2;
    gather_reals(writer, row, is_quantile ? MLD_QUANTILES : 1, statistics, cell);
    hsize_t size[3] = { (hsize_t)writer->designs, (hsize_t)writer->n_measures, MLD_QUANTILES };
    hid_t dataset = mld_h5_array(&writer->h5, group, row->name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE,
                                 rank, size, cell);
    mld_write_description(&writer->h5, dataset, "of the measure", row->label_en, row->label_fr,
                          row->doc_en, row->doc_fr);
    mld_write_labels(writer, dataset, rank,
                     (enum mld_file_axis[]){ MLD_OVER_DESIGN, MLD_OVER_MEASURE,
                                             MLD_OVER_QUANTILE });
    mld_h5_close(dataset);
}

/*
 * A group of statistics, design by design; those of a design that has none (the first, less itself)
 * count nothing.
 */
void mld_write_statistics(struct mld_results_writer *writer, hid_t group,
                          struct mld_statistics *const *statistics)
{
    mld_write_axis_link(writer, MLD_OVER_DESIGN, group);
    mld_write_axis_link(writer, MLD_OVER_MEASURE, group);
    mld_write_axis_link(writer, MLD_OVER_QUANTILE, group);
    void *cell = malloc((size_t)writer->designs * (size_t)writer->n_measures * MLD_QUANTILES *
                        sizeof(double));
    if (!cell)
        mld_h5_no_memory(&writer->h5);
    for (const struct mld_statistic_row *row = mld_statistic_rows; cell && row->name; row++)
        if (row->kind == MLD_STATISTIC_COUNT)
            write_counts(writer, group, row, statistics, cell);
        else
            write_reals(writer, group, row, statistics, cell);
    free(cell);
}

void mld_write_dotation(struct mld_results_writer *writer, hid_t parent, const double *value,
                        const double *low, const double *high)
{
    const struct {
        const char *name;
        const double *value;
        const char *label_en, *label_fr, *doc_en, *doc_fr;
    } row[] = {
        { "value", value, "Dotation needed", "Dotation nécessaire",
          "Smallest dotation in year 0 that this share of the paths never exhausts.",
          "Plus petite dotation versée d'emblée que cette part des trajectoires n'épuise jamais." },
        { "low", low, "Dotation needed, low bound", "Dotation nécessaire, borne basse",
          "Low bound of its 95 % order-statistic interval.",
          "Borne basse de son intervalle à 95 %, par statistiques d'ordre." },
        { "high", high, "Dotation needed, high bound", "Dotation nécessaire, borne haute",
          "High bound of its 95 % order-statistic interval.",
          "Borne haute de son intervalle à 95 %, par statistiques d'ordre." },
    };
    hid_t group = mld_h5_group(&writer->h5, parent, "dotation");
    mld_write_axis_link(writer, MLD_OVER_LEVEL, group);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        hid_t dataset = mld_h5_array(&writer->h5, group, row[i].name, H5T_IEEE_F64LE,
                                     H5T_NATIVE_DOUBLE, 1, &(hsize_t){ MLD_DOTATION_LEVELS },
                                     row[i].value);
        mld_write_description(&writer->h5, dataset, "EUR", row[i].label_en, row[i].label_fr,
                              row[i].doc_en, row[i].doc_fr);
        mld_write_labels(writer, dataset, 1, (enum mld_file_axis[]){ MLD_OVER_LEVEL });
        mld_h5_close(dataset);
    }
    mld_h5_close(group);
}

void mld_write_summary(struct mld_results_writer *writer, const struct mld_summary *summary)
{
    if (writer->designs > 1) {
        hid_t difference = mld_h5_group(&writer->h5, writer->file, MLD_DIFFERENCE_NAME);
        mld_write_statistics(writer, difference, summary->difference);
        mld_h5_close(difference);
    }
    hid_t group = mld_h5_group(&writer->h5, writer->file, "summary");
    mld_write_statistics(writer, group, summary->measure);
    if (writer->plan->guarantee.present)
        mld_write_dotation(writer, group, summary->dotation, summary->dotation_low,
                           summary->dotation_high);
    mld_h5_close(group);
}
