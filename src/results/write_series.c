/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /series/DESIGN/SERIES is a fan: mean and its error over periods or years, quantiles over levels
 * and the same, and as an attribute the largest error in rank of these. A series that a design has
 * not has no group.
 */
#include "results/write.h"

static hid_t write_numbers(struct mld_results_writer *writer, hid_t group, const char *name,
                           const struct mld_fan_text *text, int rank,
                           const enum mld_file_axis *axis, const hsize_t *size, const double *value)
{
    struct mld_h5 *h5 = &writer->h5;
    hid_t dataset = mld_h5_array(h5, group, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, rank, size,
                                 value);
    mld_write_description(h5, dataset, text->unit, text->label_en, text->label_fr, text->doc_en,
                          text->doc_fr);
    if (axis[rank - 1] == MLD_OVER_PERIOD)
        mld_h5_text(h5, dataset, "coordinates", "period_end period_years");
    mld_write_labels(writer, dataset, rank, axis);
    return dataset;
}

static void write_quantiles(struct mld_results_writer *writer, hid_t group,
                            const struct mld_fan_text *text, const enum mld_file_axis over[2],
                            const hsize_t size[2], const struct mld_fan *fan)
{
    struct mld_h5 *h5 = &writer->h5;
    hid_t dataset = write_numbers(writer, group, "quantiles", text, 2, over, size, fan->quantile);
    mld_h5_real(h5, dataset, "rank_error", fan->rank_error);
    mld_h5_checksum(h5, dataset, "@rank_error",
                    mld_checksum_of(0, &fan->rank_error, sizeof fan->rank_error));
    mld_h5_close(dataset);
}

void mld_write_fan(struct mld_results_writer *writer, hid_t parent, const struct mld_fan_text *text,
                   enum mld_file_axis axis, const struct mld_fan *fan)
{
    struct mld_h5 *h5 = &writer->h5;
    const enum mld_file_axis over[2] = { MLD_OVER_QUANTILE, axis };
    hsize_t size[2] = { MLD_QUANTILES, (hsize_t)fan->length };
    hid_t group = mld_h5_group(h5, parent, text->name);
    if (fan->quantile)
        mld_write_axis_link(writer, MLD_OVER_QUANTILE, group);
    mld_write_axis_link(writer, axis, group);
    mld_h5_close(write_numbers(writer, group, "mean", text, 1, over + 1, size + 1, fan->mean));
    mld_h5_close(write_numbers(writer, group, "mean_error", text, 1, over + 1, size + 1,
                               fan->mean_error));
    if (fan->quantile)
        write_quantiles(writer, group, text, over, size, fan);
    mld_h5_close(group);
}

static void write_series(struct mld_results_writer *writer, hid_t parent, int i,
                         const struct mld_fan *fan)
{
    const struct mld_series *series = &mld_series[i];
    const struct mld_fan_text text = { series->name,     series->unit,   series->label_en,
                                       series->label_fr, series->doc_en, series->doc_fr };
    mld_write_fan(writer, parent, &text, mld_step_axis(i), fan);
}

void mld_write_fans(struct mld_results_writer *writer, const struct mld_summary *summary)
{
    hid_t parent = mld_h5_group(&writer->h5, writer->file, "series");
    mld_write_series_table(writer, parent);
    for (int design = 0; design < writer->designs; design++) {
        hid_t group = mld_h5_group(&writer->h5, parent, mld_design_names[design]);
        for (int i = 0; i < writer->n_series; i++)
            if (summary->fan[design][i].length > 0)
                write_series(writer, group, i, &summary->fan[design][i]);
        mld_h5_close(group);
    }
    mld_h5_close(parent);
}
