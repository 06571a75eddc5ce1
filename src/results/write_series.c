/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /series/DESIGN/SERIES is a fan: mean and its error over periods or years, quantiles over levels
 * and the same, and as an attribute the largest error in rank of these. A series that a design has
 * not has no group.
 */
#include "results/write.h"

static void write_fan(struct mld_results_writer *writer, hid_t parent, int series,
                      const struct mld_fan *fan)
{
    struct mld_h5 *h5 = &writer->h5;
    enum mld_file_axis step = mld_step_axis(series);
    hsize_t size[2] = { MLD_QUANTILES, (hsize_t)fan->length };
    hid_t group = mld_h5_group(h5, parent, mld_series[series].name);
    mld_write_axis_link(writer, MLD_OVER_QUANTILE, group);
    mld_write_axis_link(writer, step, group);
    hid_t mean = mld_h5_array(h5, group, "mean", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 1, size + 1,
                              fan->mean);
    hid_t error = mld_h5_array(h5, group, "mean_error", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 1,
                               size + 1, fan->mean_error);
    hid_t quantiles = mld_h5_array(h5, group, "quantiles", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 2,
                                   size, fan->quantile);
    mld_describe_series(writer, mean, series);
    mld_describe_series(writer, error, series);
    mld_describe_series(writer, quantiles, series);
    mld_write_labels(writer, mean, 1, &step);
    mld_write_labels(writer, error, 1, &step);
    mld_write_labels(writer, quantiles, 2, (enum mld_file_axis[]){ MLD_OVER_QUANTILE, step });
    mld_h5_real(h5, quantiles, "rank_error", fan->rank_error);
    mld_h5_checksum(h5, quantiles, "@rank_error",
                    mld_checksum_of(0, &fan->rank_error, sizeof fan->rank_error));
    mld_h5_close(quantiles);
    mld_h5_close(error);
    mld_h5_close(mean);
    mld_h5_close(group);
}

void mld_write_fans(struct mld_results_writer *writer, const struct mld_summary *summary)
{
    hid_t parent = mld_h5_group(&writer->h5, writer->file, "series");
    mld_write_series_table(writer, parent);
    for (int design = 0; design < writer->designs; design++) {
        hid_t group = mld_h5_group(&writer->h5, parent, mld_design_names[design]);
        for (int i = 0; i < writer->n_series; i++)
            if (summary->fan[design][i].length > 0)
                write_fan(writer, group, i, &summary->fan[design][i]);
        mld_h5_close(group);
    }
    mld_h5_close(parent);
}
