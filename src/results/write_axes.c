/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Axes are datasets of /axes: numbers, dates or names along one dimension. Each is a dimension
 * scale of HDF5, with unit and labels of the table below, and is held open in writer->scale until
 * the file is finished: datasets attach to it as they come (mld_write_labels), and the list of
 * those who did is written last. A group that uses an axis has it under its own name too, a second
 * link to the same dataset, so that the group alone opens as labelled arrays.
 *
 * Two axes of a run are not known before its end, path and trajectory: an interrupted run is
 * shorter. They are made in chunks, at full length and empty, and filled by mld_write_path_axis().
 */
#include "results/write.h"

#include <stdio.h>
#include <stdlib.h>

#include "milliard/plan.h"
#include "results/schema.h"

static const struct axis_text {
    const char *name, *unit, *label_en, *label_fr, *doc_en, *doc_fr;
} axis_text[MLD_FILE_AXES] = {
    [MLD_OVER_DESIGN] = { "design", "", "Design", "Montage",
                          "Name of the design, as in /paths, /series and /trajectories.",
                          "Nom du montage, comme dans /paths, /series et /trajectories." },
    [MLD_OVER_PATH] = { "path", "1", "Path", "Trajectoire", "Number of the path, from 0.",
                        "Numéro de la trajectoire, à partir de 0." },
    [MLD_OVER_TRAJECTORY] = { "trajectory", "1", "Path", "Trajectoire",
                              "Number of the path whose series are kept, from 0.",
                              "Numéro de la trajectoire dont les séries sont gardées, à partir de "
                              "0." },
    [MLD_OVER_PERIOD] = { "period", "1", "Period", "Période",
                          "Number of the period, from 0; its flows are dated at its end.",
                          "Numéro de la période, à partir de 0 ; ses flux sont datés de sa fin." },
    [MLD_OVER_YEAR] = { "year", "1", "Calendar year", "Année civile",
                        "Calendar year in which flows are dated.",
                        "Année civile de la date des flux." },
    [MLD_OVER_QUANTILE] = { "quantile", "1", "Quantile level", "Niveau de quantile",
                            "Share of the paths below the quantile.",
                            "Part des trajectoires sous le quantile." },
    [MLD_OVER_MEASURE] = { "measure", "", "Measure", "Mesure",
                           "Name of the measure, as in /measures and /paths.",
                           "Nom de la mesure, comme dans /measures et /paths." },
    [MLD_OVER_LEVEL] = { "level", "1", "Confidence level", "Niveau de confiance",
                         "Share of the paths that never exhaust the dotation.",
                         "Part des trajectoires qui n'épuisent jamais la dotation." },
    [MLD_OVER_PARAMETER] = { "parameter", "", "Parameter", "Paramètre",
                             "Dotted key of the parameter in a scenario.",
                             "Clé du paramètre dans un scénario, séparée par des points." },
    [MLD_OVER_SERIES] = { "series", "", "Series", "Série",
                          "Name of the series, as in /series and /trajectories.",
                          "Nom de la série, comme dans /series et /trajectories." },
    [MLD_OVER_RATIO] = { "ratio", "", "Ratio", "Rapport", "Name of the ratio, as in /ratios/table.",
                         "Nom du rapport, comme dans /ratios/table." },
    [MLD_OVER_GROUP] = { "group", "", "Group of deals", "Groupe d'investissements",
                         "Instrument, legal form or calendar year of investment, as in "
                         "/groups/table.",
                         "Instrument, forme juridique ou année civile d'investissement, comme dans "
                         "/groups/table." },
    [MLD_OVER_CHECKSUM] = { "checksum", "1", "Checksum", "Somme de contrôle",
                            "Number of the checksum, from 0.",
                            "Numéro de la somme de contrôle, à partir de 0." },
    [MLD_OVER_INPUT] = { "input", "", "Judgement drawn", "Jugement tiré",
                         "Name of the judgement, as in /uncertain/table.",
                         "Nom du jugement, comme dans /uncertain/table." },
    [MLD_OVER_WORLD] = { "world", "1", "World", "Monde",
                         "Number of the world, from 0: a joint draw of the judgements.",
                         "Numéro du monde, à partir de 0 : un tirage conjoint des jugements." },
    [MLD_OVER_BAND] = { "band_level", "1", "Quantile level over worlds",
                        "Niveau de quantile des mondes", "Share of the worlds whose mean is below.",
                        "Part des mondes dont la moyenne est au-dessous." },
    [MLD_OVER_INDEXED] = { "indexed", "", "Measure with indices", "Mesure dont on a les indices",
                           "Design and measure whose indices are known.",
                           "Montage et mesure dont les indices sont connus." },
    [MLD_OVER_WARNING] = { "warning", "1", "Warning", "Avertissement",
                           "Number of the warning, from 0.",
                           "Numéro de l'avertissement, à partir de 0." },
};

void mld_write_description(struct mld_h5 *h5, hid_t object, const char *unit, const char *label_en,
                           const char *label_fr, const char *doc_en, const char *doc_fr)
{
    mld_h5_text(h5, object, "unit", unit);
    mld_h5_text(h5, object, "label_en", label_en);
    mld_h5_text(h5, object, "label_fr", label_fr);
    mld_h5_text(h5, object, "long_name", doc_en);
    mld_h5_text(h5, object, "long_name_fr", doc_fr);
}

void mld_write_axis(struct mld_results_writer *writer, enum mld_file_axis axis, hid_t dataset)
{
    const struct axis_text *text = &axis_text[axis];
    mld_write_description(&writer->h5, dataset, text->unit, text->label_en, text->label_fr,
                          text->doc_en, text->doc_fr);
    mld_scale_init(&writer->h5, &writer->scale[axis], dataset, text->name);
}

const char *mld_file_axis_name(enum mld_file_axis axis) { return axis_text[axis].name; }

void mld_write_labels(struct mld_results_writer *writer, hid_t dataset, int rank,
                      const enum mld_file_axis *axis)
{
    struct mld_scale *scale[MLD_MOST_AXES];
    for (int i = 0; i < rank; i++)
        scale[i] = &writer->scale[axis[i]];
    mld_h5_label(&writer->h5, dataset, rank, scale);
}

/* ---- links ---- */

void mld_write_link(struct mld_results_writer *writer, hid_t dataset, hid_t group, const char *name)
{
    if (!mld_writer_failed(writer))
        mld_h5_fails(&writer->h5, H5Olink(dataset, group, name, H5P_DEFAULT, H5P_DEFAULT), name);
}

/*
 * An axis appears in each group that uses it, as one more name of the one dataset: netCDF looks no
 * further.
 */
void mld_write_axis_link(struct mld_results_writer *writer, enum mld_file_axis axis, hid_t group)
{
    mld_write_link(writer, writer->scale[axis].dataset, group, axis_text[axis].name);
    if (axis == MLD_OVER_PERIOD) {
        mld_write_link(writer, writer->period_end, group, "period_end");
        mld_write_link(writer, writer->period_years, group, "period_years");
    }
}

/* ---- the axes of a run ---- */

static const char *period_end_text(const void *context, size_t i)
{
    return ((const char(*)[16])context)[i];
}

static void write_period_axis(struct mld_results_writer *writer)
{
    const struct mld_grid *grid = &writer->plan->model.grid;
    struct mld_h5 *h5 = &writer->h5;
    int32_t number[MLD_MAX_PERIODS];
    double years[MLD_MAX_PERIODS];
    char end[MLD_MAX_PERIODS][16];
    for (int t = 0; t < grid->periods; t++) {
        struct mld_date date = mld_grid_period_end(grid, t);
        number[t] = t;
        years[t] = (double)(t + 1) / grid->periods_per_year;
        snprintf(end[t], sizeof end[t], "%04d-%02d-%02d", date.year % 10000, date.month % 100,
                 date.day % 100);
    }
    hsize_t size = (hsize_t)grid->periods;
    mld_write_axis(writer, MLD_OVER_PERIOD,
                   mld_h5_array(h5, writer->axes, "period", H5T_STD_I32LE, H5T_NATIVE_INT32, 1,
                                &size, number));
    writer->period_end = mld_h5_text_column(h5, writer->axes, "period_end", (size_t)grid->periods,
                                            period_end_text, end);
    mld_write_description(h5, writer->period_end, "", "End of the period", "Fin de la période",
                          "Last day of the period (ISO 8601), the date of its flows.",
                          "Dernier jour de la période (ISO 8601), date de ses flux.");
    mld_write_labels(writer, writer->period_end, 1, (enum mld_file_axis[]){ MLD_OVER_PERIOD });
    writer->period_years = mld_h5_array(h5, writer->axes, "period_years", H5T_IEEE_F64LE,
                                        H5T_NATIVE_DOUBLE, 1, &size, years);
    mld_write_description(h5, writer->period_years, "years", "Years since the first closing",
                          "Années depuis le premier closing",
                          "Years from the first closing to the end of the period.",
                          "Années du premier closing à la fin de la période.");
    mld_write_labels(writer, writer->period_years, 1, (enum mld_file_axis[]){ MLD_OVER_PERIOD });
}

static void write_year_axis(struct mld_results_writer *writer)
{
    const struct mld_grid *grid = &writer->plan->model.grid;
    int32_t year[MLD_MAX_YEARS + 1];
    int first = mld_grid_calendar_year(grid, 0);
    hsize_t n = (hsize_t)(mld_grid_calendar_year(grid, grid->periods - 1) - first + 1);
    for (hsize_t i = 0; i < n; i++)
        year[i] = first + (int32_t)i;
    mld_write_axis(writer, MLD_OVER_YEAR,
                   mld_h5_array(&writer->h5, writer->axes, "year", H5T_STD_I32LE, H5T_NATIVE_INT32,
                                1, &n, year));
}

static void write_real_axis(struct mld_results_writer *writer, enum mld_file_axis axis, hsize_t n,
                            const double *value)
{
    mld_write_axis(writer, axis,
                   mld_h5_array(&writer->h5, writer->axes, axis_text[axis].name, H5T_IEEE_F64LE,
                                H5T_NATIVE_DOUBLE, 1, &n, value));
}

static const char *measure_name(const void *context, size_t i)
{
    (void)context;
    return mld_measures[i].name;
}

static const char *design_name(const void *context, size_t i)
{
    return ((const struct mld_plan *)context)->design[i].name;
}

hid_t mld_write_chunked(struct mld_results_writer *writer, hid_t group, const char *name,
                        hid_t type, int rank, const hsize_t *size, hsize_t chunk)
{
    struct mld_h5 *h5 = &writer->h5;
    hsize_t shape[2] = { chunk < size[0] ? chunk : size[0], rank > 1 ? size[1] : 0 };
    hid_t properties = mld_h5_dataset_properties(h5);
    hid_t dataset = -1;
    if (!h5->failed && !mld_h5_fails(h5, H5Pset_chunk(properties, rank, shape), "H5Pset_chunk"))
        dataset = mld_h5_dataset(h5, group, name, type, rank, size, properties);
    mld_h5_close(properties);
    return dataset;
}

void mld_write_axes(struct mld_results_writer *writer)
{
    struct mld_h5 *h5 = &writer->h5;
    writer->axes = mld_h5_group(h5, writer->file, "axes");
    mld_write_axis(writer, MLD_OVER_DESIGN,
                   mld_h5_text_column(h5, writer->axes, "design", (size_t)writer->designs,
                                      design_name, writer->plan));
    write_period_axis(writer);
    write_year_axis(writer);
    write_real_axis(writer, MLD_OVER_QUANTILE, MLD_QUANTILES, mld_quantile_levels);
    write_real_axis(writer, MLD_OVER_LEVEL, MLD_DOTATION_LEVELS, mld_dotation_levels);
    mld_write_axis(writer, MLD_OVER_MEASURE,
                   mld_h5_text_column(h5, writer->axes, "measure", (size_t)writer->n_measures,
                                      measure_name, NULL));
    mld_write_axis(writer, MLD_OVER_PATH,
                   mld_write_chunked(writer, writer->axes, "path", H5T_STD_U32LE, 1,
                                     &(hsize_t){ writer->plan->paths }, MLD_COLUMN_CHUNK));
    if (writer->trajectories)
        mld_write_axis(writer, MLD_OVER_TRAJECTORY,
                       mld_write_chunked(writer, writer->axes, "trajectory", H5T_STD_U32LE, 1,
                                         &(hsize_t){ writer->trajectories }, MLD_COLUMN_CHUNK));
}

/* Numbers first … first+n−1 of an axis. */
static void write_numbers(struct mld_results_writer *writer, enum mld_file_axis axis, hsize_t first,
                          hsize_t n, const uint32_t *number)
{
    struct mld_h5 *h5 = &writer->h5;
    hid_t dataset = writer->scale[axis].dataset, memory = H5Screate_simple(1, &n, NULL),
          file = H5Dget_space(dataset);
    if (!mld_h5_fails(h5, memory, "H5Screate_simple") && !mld_h5_fails(h5, file, "H5Dget_space") &&
        !mld_h5_fails(h5, H5Sselect_hyperslab(file, H5S_SELECT_SET, &first, NULL, &n, NULL),
                      "H5Sselect_hyperslab"))
        mld_h5_fails(h5, H5Dwrite(dataset, H5T_NATIVE_UINT32, memory, file, H5P_DEFAULT, number),
                     axis_text[axis].name);
    mld_h5_close(file);
    mld_h5_close(memory);
}

/* Some at a time: memory does not grow with the paths. */
void mld_write_path_axis(struct mld_results_writer *writer, enum mld_file_axis axis, size_t n)
{
    uint32_t number[MLD_COLUMN_HELD], crc = 0;
    if (!mld_writer_failed(writer))
        mld_h5_fails(&writer->h5, H5Dset_extent(writer->scale[axis].dataset, &(hsize_t){ n }),
                     "H5Dset_extent");
    for (size_t first = 0; first < n && !mld_writer_failed(writer); first += MLD_COLUMN_HELD) {
        size_t left = n - first, count = left < MLD_COLUMN_HELD ? left : MLD_COLUMN_HELD;
        for (size_t i = 0; i < count; i++)
            number[i] = (uint32_t)(first + i);
        write_numbers(writer, axis, first, count, number);
        crc = mld_checksum_of(crc, number, count * sizeof *number);
    }
    if (!mld_writer_failed(writer))
        mld_h5_checksum(&writer->h5, writer->scale[axis].dataset, "", crc);
}
