/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the names of a file mean: a table of the measures and one of the series, a row for each that
 * this version knows, whether the run has it or not, so that the number of a measure is the same in
 * every dataset over measures. A column is the offset of a member in struct mld_measure or struct
 * mld_series. The same unit, labels and sentences go as attributes to every dataset of a measure or
 * a series.
 */
#include "results/write.h"

#include <stddef.h>

void mld_write_table(struct mld_results_writer *writer, hid_t group, const char *name,
                     enum mld_file_axis axis, size_t n, int columns,
                     const struct mld_table_column *column)
{
    hid_t dataset = mld_h5_table(&writer->h5, group, name, n, columns, column);
    mld_write_labels(writer, dataset, 1, &axis);
    mld_h5_close(dataset);
}

/* ---- measures ---- */

static const char *measure_text(const void *context, size_t i)
{
    size_t offset = *(const size_t *)context;
    return *(const char *const *)((const char *)&mld_measures[i] + offset);
}

static const char *measure_quantity(const void *context, size_t i)
{
    (void)context;
    return mld_quantity_name(mld_measures[i].quantity);
}

static const char *measure_tail(const void *context, size_t i)
{
    (void)context;
    return mld_measures[i].tail == MLD_TAIL_LOW    ? "low"
           : mld_measures[i].tail == MLD_TAIL_HIGH ? "high"
                                                   : "none";
}

void mld_write_dictionary(struct mld_results_writer *writer)
{
#define COLUMN(member) \
    &(size_t) { offsetof(struct mld_measure, member) }
    const struct mld_table_column column[] = {
        { "name", measure_text, COLUMN(name) },
        { "unit", measure_text, COLUMN(unit) },
        { "quantity", measure_quantity, NULL },
        { "label_en", measure_text, COLUMN(label_en) },
        { "label_fr", measure_text, COLUMN(label_fr) },
        { "doc_en", measure_text, COLUMN(doc_en) },
        { "doc_fr", measure_text, COLUMN(doc_fr) },
        { "tail", measure_tail, NULL },
    };
#undef COLUMN
    hid_t group = mld_h5_group(&writer->h5, writer->file, "measures");
    mld_write_axis_link(writer, MLD_OVER_MEASURE, group);
    mld_write_table(writer, group, "table", MLD_OVER_MEASURE, (size_t)writer->n_measures,
                    sizeof column / sizeof *column, column);
    mld_h5_close(group);
}

void mld_describe_measure(struct mld_results_writer *writer, hid_t dataset, int i)
{
    const struct mld_measure *measure = &mld_measures[i];
    mld_write_description(&writer->h5, dataset, measure->unit, measure->label_en, measure->label_fr,
                          measure->doc_en, measure->doc_fr);
}

/* ---- series ---- */

void mld_describe_series(struct mld_results_writer *writer, hid_t dataset, int i)
{
    const struct mld_series *series = &mld_series[i];
    mld_write_description(&writer->h5, dataset, series->unit, series->label_en, series->label_fr,
                          series->doc_en, series->doc_fr);
    if (series->axis == MLD_AXIS_PERIOD)
        mld_h5_text(&writer->h5, dataset, "coordinates", "period_end period_years");
}

enum mld_file_axis mld_step_axis(int series)
{
    return mld_series[series].axis == MLD_AXIS_PERIOD ? MLD_OVER_PERIOD : MLD_OVER_YEAR;
}

static const char *series_name(const void *context, size_t i)
{
    (void)context;
    return mld_series[i].name;
}

static const char *series_text(const void *context, size_t i)
{
    size_t offset = *(const size_t *)context;
    return *(const char *const *)((const char *)&mld_series[i] + offset);
}

static const char *series_axis(const void *context, size_t i)
{
    (void)context;
    return mld_file_axis_name(mld_step_axis((int)i));
}

void mld_write_series_table(struct mld_results_writer *writer, hid_t group)
{
#define COLUMN(member) \
    &(size_t) { offsetof(struct mld_series, member) }
    const struct mld_table_column column[] = {
        { "name", series_name, NULL },
        { "unit", series_text, COLUMN(unit) },
        { "axis", series_axis, NULL },
        { "label_en", series_text, COLUMN(label_en) },
        { "label_fr", series_text, COLUMN(label_fr) },
        { "doc_en", series_text, COLUMN(doc_en) },
        { "doc_fr", series_text, COLUMN(doc_fr) },
    };
#undef COLUMN
    size_t n = (size_t)writer->n_series;
    mld_write_axis(writer, MLD_OVER_SERIES,
                   mld_h5_text_column(&writer->h5, writer->axes, "series", n, series_name, NULL));
    mld_write_axis_link(writer, MLD_OVER_SERIES, group);
    mld_write_table(writer, group, "table", MLD_OVER_SERIES, n, sizeof column / sizeof *column,
                    column);
}
