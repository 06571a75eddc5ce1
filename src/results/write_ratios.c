/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * /ratios: numbers worked out from several measures with the guarantee, a row of mld_ratios each. A
 * table says their names, units and labels; two datasets over the same rows hold value and
 * Monte-Carlo error.
 */
#include "results/write.h"

#include <stddef.h>

static const char *ratio_text(const void *context, size_t i)
{
    size_t offset = *(const size_t *)context;
    return *(const char *const *)((const char *)&mld_ratios[i] + offset);
}

static void write_names(struct mld_results_writer *writer, hid_t group)
{
#define COLUMN(member) \
    &(size_t) { offsetof(struct mld_ratio, member) }
    const struct mld_table_column column[] = {
        { "name", ratio_text, COLUMN(name) },
        { "unit", ratio_text, COLUMN(unit) },
        { "label_en", ratio_text, COLUMN(label_en) },
        { "label_fr", ratio_text, COLUMN(label_fr) },
    };
#undef COLUMN
    mld_write_axis(writer, MLD_OVER_RATIO,
                   mld_h5_text_column(&writer->h5, writer->axes, "ratio", MLD_RATIOS, ratio_text,
                                      column[0].context));
    mld_write_axis_link(writer, MLD_OVER_RATIO, group);
    mld_write_table(writer, group, "table", MLD_OVER_RATIO, MLD_RATIOS,
                    sizeof column / sizeof *column, column);
}

static void write_numbers(struct mld_results_writer *writer, hid_t group, const char *name,
                          const double *value, const char *label_en, const char *label_fr)
{
    hid_t dataset = mld_h5_array(&writer->h5, group, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 1,
                                 &(hsize_t){ MLD_RATIOS }, value);
    mld_write_description(&writer->h5, dataset, "of the ratio", label_en, label_fr, label_en,
                          label_fr);
    mld_write_labels(writer, dataset, 1, (enum mld_file_axis[]){ MLD_OVER_RATIO });
    mld_h5_close(dataset);
}

void mld_write_ratios(struct mld_results_writer *writer, const struct mld_summary *summary)
{
    double value[MLD_RATIOS], error[MLD_RATIOS];
    if (!summary->has_ratios)
        return;
    for (int i = 0; i < MLD_RATIOS; i++) {
        value[i] = summary->ratio[i].value;
        error[i] = summary->ratio[i].error;
    }
    hid_t group = mld_h5_group(&writer->h5, writer->file, "ratios");
    write_names(writer, group);
    write_numbers(writer, group, "value", value, "Ratio of means", "Rapport des moyennes");
    write_numbers(writer, group, "error", error, "Monte-Carlo standard error",
                  "Erreur type de Monte-Carlo");
    mld_h5_close(group);
}
