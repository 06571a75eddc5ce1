/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "milliard/results.h"
#include "core/plain.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/target.h"
#include "milliard/draws.h"
#include "milliard/plan.h"
#include "milliard/version.h"
#include "results/driver.h"
#include "results/h5.h"
#include "results/schema.h"

/*
 * Paths of a chunk in the file, and paths of the columns held in memory: a measure is written 32 kB
 * at a time, four chunks, and a series of trajectories about 100 kB at a time.
 */
enum { COLUMN_CHUNK = 1024, COLUMN_HELD = 4096, TRAJECTORY_CHUNK = 256 };

enum axis {
    AXIS_DESIGN,
    AXIS_PATH,
    AXIS_TRAJECTORY,
    AXIS_PERIOD,
    AXIS_YEAR,
    AXIS_QUANTILE,
    AXIS_MEASURE,
    AXIS_LEVEL,
    AXIS_PARAMETER,
    AXIS_WARNING,
    AXIS_SERIES,
    AXES
};
enum { MOST_AXES = 3 /* of one dataset: design, measure, quantile */ };

static const struct axis_text {
    const char *name, *unit, *label_en, *label_fr, *doc_en, *doc_fr;
} axis_text[AXES] = {
    [AXIS_DESIGN] = { "design", "", "Design", "Montage",
                      "Name of the design, as in /paths, /series and /trajectories.",
                      "Nom du montage, comme dans /paths, /series et /trajectories." },
    [AXIS_PATH] = { "path", "1", "Path", "Trajectoire", "Number of the path, from 0.",
                    "Numéro de la trajectoire, à partir de 0." },
    [AXIS_TRAJECTORY] = { "trajectory", "1", "Path", "Trajectoire",
                          "Number of the path whose series are kept, from 0.",
                          "Numéro de la trajectoire dont les séries sont gardées, à partir de 0." },
    [AXIS_PERIOD] = { "period", "1", "Period", "Période",
                      "Number of the period, from 0; its flows are dated at its end.",
                      "Numéro de la période, à partir de 0 ; ses flux sont datés de sa fin." },
    [AXIS_YEAR] = { "year", "1", "Calendar year", "Année civile",
                    "Calendar year in which flows are dated.",
                    "Année civile de la date des flux." },
    [AXIS_QUANTILE] = { "quantile", "1", "Quantile level", "Niveau de quantile",
                        "Share of the paths below the quantile.",
                        "Part des trajectoires sous le quantile." },
    [AXIS_MEASURE] = { "measure", "", "Measure", "Mesure",
                       "Name of the measure, as in /measures and /paths.",
                       "Nom de la mesure, comme dans /measures et /paths." },
    [AXIS_LEVEL] = { "level", "1", "Confidence level", "Niveau de confiance",
                     "Share of the paths that never exhaust the dotation.",
                     "Part des trajectoires qui n'épuisent jamais la dotation." },
    [AXIS_PARAMETER] = { "parameter", "", "Parameter", "Paramètre",
                         "Dotted key of the parameter in a scenario.",
                         "Clé du paramètre dans un scénario, séparée par des points." },
    [AXIS_SERIES] = { "series", "", "Series", "Série",
                      "Name of the series, as in /series and /trajectories.",
                      "Nom de la série, comme dans /series et /trajectories." },
    [AXIS_WARNING] = { "warning", "1", "Warning", "Avertissement", "Number of the warning, from 0.",
                       "Numéro de l'avertissement, à partir de 0." },
};

struct mld_results_writer {
    struct mld_h5 h5;
    struct mld_output output;
    struct mld_target target;
    struct mld_messages *messages;
    const struct mld_plan *plan;
    int designs, n_measures, n_series;
    size_t paths;        /* appended so far */
    size_t trajectories; /* kept at most */
    size_t held;         /* most paths of the columns in memory */
    size_t flushed;      /* paths of the columns already in the file */
    double *column;      /* [design][measure][held]: paths flushed … paths-1 */
    double *transposed;
    size_t transposed_size;
    hid_t driver, file, axes;
    /* datasets by measure and series, -1 where there is none */
    hid_t *value[MLD_MAX_DESIGNS], *trajectory[MLD_MAX_DESIGNS];
    hid_t period_end, period_years;
    struct mld_scale scale[AXES];
};

/* ---- sizes ---- */

static size_t trajectories_kept(const struct mld_plan *plan)
{
    double first = plan->run.trajectories_first;
    switch (plan->run.trajectories) {
    case MLD_TRAJECTORIES_ALL: return plan->paths;
    case MLD_TRAJECTORIES_FIRST: return first < plan->paths ? (size_t)first : plan->paths;
    default: return 0;
    }
}

static uint64_t whole_chunks(uint64_t rows, uint64_t chunk)
{
    return rows < chunk ? rows : (rows + chunk - 1) / chunk * chunk;
}

/*
 * The scenario's text, columns and trajectories to the byte, and room for the rest: parameters,
 * summary, fans, HDF5's own records.
 */
uint64_t mld_results_size(const struct mld_plan *plan, const struct mld_scenario *scenario)
{
    const char *text = mld_scenario_text(scenario);
    if (!text)
        return 0;
    uint64_t bytes = ((uint64_t)1 << 21) + strlen(text);
    for (int design = 0; design < plan->n_designs; design++) {
        for (int i = 0; i < mld_measure_count(); i++)
            bytes += mld_measure_applies(&plan->design[design], plan->model.n_forms, i)
                         ? whole_chunks(plan->paths, COLUMN_CHUNK) * sizeof(double)
                         : 0;
        for (int i = 0; i < mld_series_count(); i++)
            bytes += mld_series_applies(&plan->design[design], i)
                         ? whole_chunks(trajectories_kept(plan), TRAJECTORY_CHUNK) *
                               (uint64_t)mld_series_length(&plan->model.grid, i) * sizeof(double)
                         : 0;
    }
    return bytes;
}

/* ---- failures ---- */

/* Tells the first failure, once: the disk's errno before what HDF5 made of it. */
static enum mld_status told(struct mld_results_writer *writer)
{
    if (writer->output.error)
        mld_messages_add(writer->messages, "%s: cannot write the results: %s", writer->target.path,
                         strerror(writer->output.error));
    else if (writer->h5.memory)
        mld_messages_add(writer->messages, "%s: not enough memory to write the results",
                         writer->target.path);
    else
        mld_messages_add(writer->messages, "%s: cannot write the results: %s: %s",
                         writer->target.path, writer->h5.what, writer->h5.why);
    return writer->h5.memory || writer->output.error == ENOMEM ? MLD_ERR_MEMORY : MLD_ERR_FILE;
}

static int failed(const struct mld_results_writer *writer)
{
    return writer->h5.failed || writer->output.error;
}

/* ---- labels and axes ---- */

static void describe(struct mld_h5 *h5, hid_t object, const char *unit, const char *label_en,
                     const char *label_fr, const char *doc_en, const char *doc_fr)
{
    mld_h5_text(h5, object, "unit", unit);
    mld_h5_text(h5, object, "label_en", label_en);
    mld_h5_text(h5, object, "label_fr", label_fr);
    mld_h5_text(h5, object, "long_name", doc_en);
    mld_h5_text(h5, object, "long_name_fr", doc_fr);
}

static void add_axis(struct mld_results_writer *writer, enum axis axis, hid_t dataset)
{
    const struct axis_text *text = &axis_text[axis];
    describe(&writer->h5, dataset, text->unit, text->label_en, text->label_fr, text->doc_en,
             text->doc_fr);
    mld_scale_init(&writer->h5, &writer->scale[axis], dataset, text->name);
}

static void label(struct mld_results_writer *writer, hid_t dataset, int rank, const enum axis *axis)
{
    struct mld_scale *scale[MOST_AXES];
    for (int i = 0; i < rank; i++)
        scale[i] = &writer->scale[axis[i]];
    mld_h5_label(&writer->h5, dataset, rank, scale);
}

/*
 * An axis appears in each group that uses it, as one more name of the one dataset: netCDF looks no
 * further.
 */
static void link_dataset(struct mld_results_writer *writer, hid_t dataset, hid_t group,
                         const char *name)
{
    if (!failed(writer))
        mld_h5_fails(&writer->h5, H5Olink(dataset, group, name, H5P_DEFAULT, H5P_DEFAULT), name);
}

static void link_axis(struct mld_results_writer *writer, enum axis axis, hid_t group)
{
    link_dataset(writer, writer->scale[axis].dataset, group, axis_text[axis].name);
    if (axis == AXIS_PERIOD) {
        link_dataset(writer, writer->period_end, group, "period_end");
        link_dataset(writer, writer->period_years, group, "period_years");
    }
}

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
    add_axis(writer, AXIS_PERIOD,
             mld_h5_array(h5, writer->axes, "period", H5T_STD_I32LE, H5T_NATIVE_INT32, 1, &size,
                          number));
    writer->period_end = mld_h5_text_column(h5, writer->axes, "period_end", (size_t)grid->periods,
                                            period_end_text, end);
    describe(h5, writer->period_end, "", "End of the period", "Fin de la période",
             "Last day of the period (ISO 8601), the date of its flows.",
             "Dernier jour de la période (ISO 8601), date de ses flux.");
    label(writer, writer->period_end, 1, (enum axis[]){ AXIS_PERIOD });
    writer->period_years = mld_h5_array(h5, writer->axes, "period_years", H5T_IEEE_F64LE,
                                        H5T_NATIVE_DOUBLE, 1, &size, years);
    describe(h5, writer->period_years, "years", "Years since the first closing",
             "Années depuis le premier closing",
             "Years from the first closing to the end of the period.",
             "Années du premier closing à la fin de la période.");
    label(writer, writer->period_years, 1, (enum axis[]){ AXIS_PERIOD });
}

static void write_year_axis(struct mld_results_writer *writer)
{
    const struct mld_grid *grid = &writer->plan->model.grid;
    int32_t year[MLD_MAX_YEARS + 1];
    int first = mld_grid_calendar_year(grid, 0);
    hsize_t n = (hsize_t)(mld_grid_calendar_year(grid, grid->periods - 1) - first + 1);
    for (hsize_t i = 0; i < n; i++)
        year[i] = first + (int32_t)i;
    add_axis(writer, AXIS_YEAR,
             mld_h5_array(&writer->h5, writer->axes, "year", H5T_STD_I32LE, H5T_NATIVE_INT32, 1, &n,
                          year));
}

static void write_real_axis(struct mld_results_writer *writer, enum axis axis, hsize_t n,
                            const double *value)
{
    add_axis(writer, axis,
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

/* The number of paths is known at the end only: an interrupted run has fewer. */
static void write_path_axis(struct mld_results_writer *writer, enum axis axis, size_t n)
{
    uint32_t *number = malloc((n ? n : 1) * sizeof *number);
    if (!number) {
        mld_h5_no_memory(&writer->h5);
        return;
    }
    for (size_t i = 0; i < n; i++)
        number[i] = (uint32_t)i;
    if (!failed(writer)) {
        mld_h5_fails(&writer->h5, H5Dset_extent(writer->scale[axis].dataset, &(hsize_t){ n }),
                     "H5Dset_extent");
        mld_h5_fails(&writer->h5,
                     H5Dwrite(writer->scale[axis].dataset, H5T_NATIVE_UINT32, H5S_ALL, H5S_ALL,
                              H5P_DEFAULT, number),
                     axis_text[axis].name);
    }
    free(number);
}

/* A dataset in chunks of `chunk` rows, so that an interrupted run can shorten it. */
static hid_t chunked(struct mld_results_writer *writer, hid_t group, const char *name, hid_t type,
                     int rank, const hsize_t *size, hsize_t chunk)
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

static void write_axes(struct mld_results_writer *writer)
{
    struct mld_h5 *h5 = &writer->h5;
    writer->axes = mld_h5_group(h5, writer->file, "axes");
    add_axis(writer, AXIS_DESIGN,
             mld_h5_text_column(h5, writer->axes, "design", (size_t)writer->designs, design_name,
                                writer->plan));
    write_period_axis(writer);
    write_year_axis(writer);
    write_real_axis(writer, AXIS_QUANTILE, MLD_QUANTILES, mld_quantile_levels);
    write_real_axis(writer, AXIS_LEVEL, MLD_DOTATION_LEVELS, mld_dotation_levels);
    add_axis(writer, AXIS_MEASURE,
             mld_h5_text_column(h5, writer->axes, "measure", (size_t)writer->n_measures,
                                measure_name, NULL));
    add_axis(writer, AXIS_PATH,
             chunked(writer, writer->axes, "path", H5T_STD_U32LE, 1,
                     &(hsize_t){ writer->plan->paths }, COLUMN_CHUNK));
    if (writer->trajectories)
        add_axis(writer, AXIS_TRAJECTORY,
                 chunked(writer, writer->axes, "trajectory", H5T_STD_U32LE, 1,
                         &(hsize_t){ writer->trajectories }, COLUMN_CHUNK));
}

/* ---- provenance, scenario, dictionary of measures ---- */

static void write_attributes(struct mld_results_writer *writer, const struct mld_scenario *scenario)
{
    struct mld_h5 *h5 = &writer->h5;
    const struct mld_plan *plan = writer->plan;
    char first_closing[48], fingerprint[20];
    snprintf(fingerprint, sizeof fingerprint, "%016" PRIx64, mld_scenario_fingerprint(scenario));
    snprintf(first_closing, sizeof first_closing, "%04d-%02d-%02d",
             plan->model.grid.first_closing.year, plan->model.grid.first_closing.month,
             plan->model.grid.first_closing.day);
    mld_h5_fixed_text(h5, writer->file, "format", MLD_RESULTS_KIND);
    mld_h5_integer(h5, writer->file, "format_version", MLD_RESULTS_FORMAT);
    for (int i = 0; mld_provenance_names[i]; i++) {
        char text[MLD_MACHINE];
        mld_h5_fixed_text(h5, writer->file, mld_provenance_names[i],
                          mld_provenance(mld_provenance_names[i], text));
    }
    mld_h5_integer(h5, writer->file, "model_version", MLD_MODEL_VERSION);
    mld_h5_integer(h5, writer->file, "stream_version", MLD_STREAM_VERSION);
    mld_h5_fixed_text(h5, writer->file, "name", plan->name);
    mld_h5_fixed_text(h5, writer->file, "title_en", plan->title_en);
    mld_h5_fixed_text(h5, writer->file, "title_fr", plan->title_fr);
    mld_h5_fixed_text(h5, writer->file, "fingerprint", fingerprint);
    mld_h5_integer(h5, writer->file, "seed", (int64_t)plan->model.seed);
    mld_h5_integer(h5, writer->file, "paths_asked", plan->paths);
    mld_h5_fixed_text(h5, writer->file, "currency", "EUR");
    mld_h5_integer(h5, writer->file, "periods_per_year", plan->model.grid.periods_per_year);
    mld_h5_integer(h5, writer->file, "horizon_years", plan->model.grid.horizon_years);
    mld_h5_integer(h5, writer->file, "last_period", plan->model.grid.last);
    mld_h5_fixed_text(h5, writer->file, "first_closing", first_closing);
    mld_h5_integer(h5, writer->file, "designs", plan->n_designs);
    mld_h5_integer(h5, writer->file, "has_fund", plan->fund.present != 0);
    mld_h5_integer(h5, writer->file, "has_guarantee", plan->guarantee.present != 0);
    mld_h5_integer(h5, writer->file, "has_dotation",
                   plan->guarantee.present && plan->guarantee.n_dotations > 0);
}

/* `where` loses the folders, which differ between machines. */
static const char *without_folder(const char *where)
{
    const char *slash = strrchr(where, '/');
    return slash ? slash + 1 : where;
}

/* A column of the echo is a member of struct mld_echo. */
struct echo_column {
    const struct mld_echo *row;
    size_t offset;
};

static const char *echo_text(const void *context, size_t i)
{
    const struct echo_column *column = context;
    const char *text = *(const char *const *)((const char *)&column->row[i] + column->offset);
    return text ? text : "";
}

/*
 * The table gives every cell the width of the longest: a tape kept in a scenario stays in the
 * scenario's text.
 */
static const char *echo_value(const void *context, size_t i)
{
    const char *value = echo_text(context, i);
    return strlen(value) < MLD_MAX_TEXT ? value : "(in /scenario/text)";
}

static const char *echo_where(const void *context, size_t i)
{
    return without_folder(echo_text(context, i));
}

static const char *echo_origin(const void *context, size_t i)
{
    static const char *const name[] = { "given", "default", "set", "unused" };
    return name[((const struct echo_column *)context)->row[i].origin];
}

static const char *echo_flags(const void *context, size_t i)
{
    static char words[64];
    unsigned flags = ((const struct echo_column *)context)->row[i].flags;
    words[0] = '\0';
    for (int f = 0; mld_flag_names[f].name; f++)
        if (flags & mld_flag_names[f].flag) {
            strcat(words, *words ? " " : "");
            strcat(words, mld_flag_names[f].name);
        }
    return words;
}

static void write_table(struct mld_results_writer *writer, hid_t group, const char *name,
                        enum axis axis, size_t n, int columns,
                        const struct mld_table_column *column)
{
    hid_t dataset = mld_h5_table(&writer->h5, group, name, n, columns, column);
    label(writer, dataset, 1, &axis);
    mld_h5_close(dataset);
}

static void write_parameters(struct mld_results_writer *writer, hid_t group,
                             const struct mld_scenario *scenario)
{
    size_t n;
    const struct mld_echo *echo = mld_scenario_echo(scenario, &n);
#define COLUMN(member) \
    &(struct echo_column) { echo, offsetof(struct mld_echo, member) }
    const struct mld_table_column column[] = {
        { "key", echo_text, COLUMN(key) },       { "value", echo_value, COLUMN(value) },
        { "unit", echo_text, COLUMN(unit) },     { "origin", echo_origin, COLUMN(origin) },
        { "where", echo_where, COLUMN(where) },  { "doc_en", echo_text, COLUMN(doc_en) },
        { "doc_fr", echo_text, COLUMN(doc_fr) }, { "source", echo_text, COLUMN(source) },
        { "flags", echo_flags, COLUMN(flags) },
    };
#undef COLUMN
    add_axis(writer, AXIS_PARAMETER,
             mld_h5_text_column(&writer->h5, writer->axes, "parameter", n, echo_text,
                                column[0].context));
    link_axis(writer, AXIS_PARAMETER, group);
    write_table(writer, group, "parameters", AXIS_PARAMETER, n, sizeof column / sizeof *column,
                column);
}

/* ---- warnings ---- */

/* A column is a member of struct mld_warning. */
struct warning_column {
    const struct mld_warning *item;
    size_t offset;
};

static const char *warning_text(const void *context, size_t i)
{
    const struct warning_column *column = context;
    return *(const char *const *)((const char *)&column->item[i] + column->offset);
}

static const char *warning_where(const void *context, size_t i)
{
    return without_folder(warning_text(context, i));
}

/* A run without a warning has no table of them. */
static void write_warnings(struct mld_results_writer *writer, hid_t group)
{
    const struct mld_warnings *warnings = &writer->plan->warnings;
    uint32_t number[MLD_WARNINGS * (MLD_WARNINGS_KEPT + 1)];
    if (!warnings->count)
        return;
    for (uint32_t i = 0; i < warnings->count; i++)
        number[i] = i;
#define COLUMN(member) \
    &(struct warning_column) { warnings->item, offsetof(struct mld_warning, member) }
    const struct mld_table_column column[] = {
        { "id", warning_text, COLUMN(id) },
        { "key", warning_text, COLUMN(key) },
        { "where", warning_where, COLUMN(where) },
        { "text_en", warning_text, COLUMN(text_en) },
        { "text_fr", warning_text, COLUMN(text_fr) },
        { "meant_en", warning_text, COLUMN(meant_en) },
        { "meant_fr", warning_text, COLUMN(meant_fr) },
    };
#undef COLUMN
    add_axis(writer, AXIS_WARNING,
             mld_h5_array(&writer->h5, writer->axes, "warning", H5T_STD_U32LE, H5T_NATIVE_UINT32, 1,
                          &(hsize_t){ warnings->count }, number));
    link_axis(writer, AXIS_WARNING, group);
    write_table(writer, group, "warnings", AXIS_WARNING, warnings->count,
                sizeof column / sizeof *column, column);
}

static void write_scenario(struct mld_results_writer *writer, const struct mld_scenario *scenario)
{
    struct mld_h5 *h5 = &writer->h5;
    hid_t group = mld_h5_group(h5, writer->file, "scenario");
    mld_h5_close(mld_h5_fixed_scalar(h5, group, "text", mld_scenario_text(scenario)));
    write_parameters(writer, group, scenario);
    write_warnings(writer, group);
    mld_h5_close(group);
}

static const char *measure_text(const void *context, size_t i)
{
    size_t offset = *(const size_t *)context;
    return *(const char *const *)((const char *)&mld_measures[i] + offset);
}

static const char *measure_tail(const void *context, size_t i)
{
    (void)context;
    return mld_measures[i].tail == MLD_TAIL_LOW    ? "low"
           : mld_measures[i].tail == MLD_TAIL_HIGH ? "high"
                                                   : "none";
}

static void write_dictionary(struct mld_results_writer *writer)
{
#define COLUMN(member) \
    &(size_t) { offsetof(struct mld_measure, member) }
    const struct mld_table_column column[] = {
        { "name", measure_text, COLUMN(name) },
        { "unit", measure_text, COLUMN(unit) },
        { "label_en", measure_text, COLUMN(label_en) },
        { "label_fr", measure_text, COLUMN(label_fr) },
        { "doc_en", measure_text, COLUMN(doc_en) },
        { "doc_fr", measure_text, COLUMN(doc_fr) },
        { "tail", measure_tail, NULL },
    };
#undef COLUMN
    hid_t group = mld_h5_group(&writer->h5, writer->file, "measures");
    link_axis(writer, AXIS_MEASURE, group);
    write_table(writer, group, "table", AXIS_MEASURE, (size_t)writer->n_measures,
                sizeof column / sizeof *column, column);
    mld_h5_close(group);
}

/* ---- datasets of the paths ---- */

static void describe_measure(struct mld_results_writer *writer, hid_t dataset, int i)
{
    const struct mld_measure *measure = &mld_measures[i];
    describe(&writer->h5, dataset, measure->unit, measure->label_en, measure->label_fr,
             measure->doc_en, measure->doc_fr);
}

static void describe_series(struct mld_results_writer *writer, hid_t dataset, int i)
{
    const struct mld_series *series = &mld_series[i];
    describe(&writer->h5, dataset, series->unit, series->label_en, series->label_fr, series->doc_en,
             series->doc_fr);
    if (series->axis == MLD_AXIS_PERIOD)
        mld_h5_text(&writer->h5, dataset, "coordinates", "period_end period_years");
}

static enum axis step_axis(int series)
{
    return mld_series[series].axis == MLD_AXIS_PERIOD ? AXIS_PERIOD : AXIS_YEAR;
}

static void create_columns(struct mld_results_writer *writer, hid_t parent, int design)
{
    hid_t group = mld_h5_group(&writer->h5, parent, mld_design_names[design]);
    link_axis(writer, AXIS_PATH, group);
    for (int i = 0; i < writer->n_measures; i++) {
        if (!mld_measure_applies(&writer->plan->design[design], writer->plan->model.n_forms, i))
            continue;
        writer->value[design][i] = chunked(writer, group, mld_measures[i].name, H5T_IEEE_F64LE, 1,
                                           &(hsize_t){ writer->plan->paths }, COLUMN_CHUNK);
        describe_measure(writer, writer->value[design][i], i);
        label(writer, writer->value[design][i], 1, (enum axis[]){ AXIS_PATH });
    }
    mld_h5_close(group);
}

static void create_trajectories(struct mld_results_writer *writer, hid_t parent, int design)
{
    hid_t group = mld_h5_group(&writer->h5, parent, mld_design_names[design]);
    link_axis(writer, AXIS_TRAJECTORY, group);
    link_axis(writer, AXIS_PERIOD, group);
    link_axis(writer, AXIS_YEAR, group);
    for (int i = 0; i < writer->n_series; i++) {
        if (!mld_series_applies(&writer->plan->design[design], i))
            continue;
        hsize_t size[2] = { writer->trajectories,
                            (hsize_t)mld_series_length(&writer->plan->model.grid, i) };
        writer->trajectory[design][i] = chunked(writer, group, mld_series[i].name, H5T_IEEE_F64LE,
                                                2, size, TRAJECTORY_CHUNK);
        describe_series(writer, writer->trajectory[design][i], i);
        label(writer, writer->trajectory[design][i], 2,
              (enum axis[]){ AXIS_TRAJECTORY, step_axis(i) });
    }
    mld_h5_close(group);
}

static void create_datasets(struct mld_results_writer *writer)
{
    hid_t paths = mld_h5_group(&writer->h5, writer->file, "paths");
    for (int design = 0; design < writer->designs; design++)
        create_columns(writer, paths, design);
    mld_h5_close(paths);
    if (!writer->trajectories)
        return;
    hid_t trajectories = mld_h5_group(&writer->h5, writer->file, "trajectories");
    for (int design = 0; design < writer->designs; design++)
        create_trajectories(writer, trajectories, design);
    mld_h5_close(trajectories);
}

/* ---- create ---- */

static hid_t *no_datasets(int n)
{
    hid_t *dataset = malloc((size_t)n * sizeof *dataset);
    for (int i = 0; dataset && i < n; i++)
        dataset[i] = -1;
    return dataset;
}

static struct mld_results_writer *allocate(const struct mld_plan *plan,
                                           struct mld_messages *messages)
{
    struct mld_results_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return NULL;
    writer->plan = plan;
    writer->messages = messages;
    writer->output.descriptor = writer->target.descriptor = -1;
    writer->driver = writer->file = writer->axes = writer->period_end = writer->period_years = -1;
    for (int axis = 0; axis < AXES; axis++)
        writer->scale[axis].dataset = -1;
    writer->designs = plan->n_designs;
    writer->n_measures = mld_measure_count();
    writer->n_series = mld_series_count();
    writer->trajectories = trajectories_kept(plan);
    writer->held = plan->paths < COLUMN_HELD ? plan->paths : COLUMN_HELD;
    int complete = 1;
    for (int design = 0; design < writer->designs; design++) {
        writer->value[design] = no_datasets(writer->n_measures);
        writer->trajectory[design] = no_datasets(writer->n_series);
        complete &= writer->value[design] && writer->trajectory[design];
    }
    writer->column = malloc((size_t)writer->designs * (size_t)writer->n_measures * writer->held *
                            sizeof(double));
    if (complete && writer->column)
        return writer;
    mld_results_abandon(writer);
    return NULL;
}

static void open_file(struct mld_results_writer *writer)
{
    struct mld_h5 *h5 = &writer->h5;
    hid_t access = mld_driver_access(&writer->output, &writer->driver);
    hid_t creation = H5Pcreate(H5P_FILE_CREATE);
    /*
     * The metadata of version 1.10 carries checksums: a damaged file is refused and not misread. No
     * cache of chunks: every write is of whole chunks, and goes to the file from where it is.
     */
    if (!mld_h5_fails(h5, access, "opening the file driver") &&
        !mld_h5_fails(h5, creation, "H5Pcreate") &&
        !mld_h5_fails(h5, H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110),
                      "H5Pset_libver_bounds") &&
        !mld_h5_fails(h5, H5Pset_cache(access, 0, 0, 0, 1.0), "H5Pset_cache") &&
        !mld_h5_fails(h5, H5Pset_obj_track_times(creation, 0), "H5Pset_obj_track_times") &&
        !mld_h5_fails(h5, H5Pset_attr_phase_change(creation, 64, 0), "H5Pset_attr_phase_change") &&
        !mld_h5_fails(
            h5, H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
            "H5Pset_link_creation_order")) {
        writer->file = H5Fcreate(writer->target.temporary, H5F_ACC_TRUNC, creation, access);
        mld_h5_fails(h5, writer->file, "H5Fcreate");
    }
    mld_h5_close(creation);
    mld_h5_close(access);
}

/*
 * Whether a file is one that this program wrote, sound or not: its first attribute, as HDF5 lays it
 * out from version 1.10 on (name, 8 bytes of type, 4 of a scalar space, value). HDF5 itself would
 * need memory, and trust in the file.
 */
static int is_results(int descriptor)
{
    static const char name[] = "format", kind[] = MLD_RESULTS_KIND;
    enum { HEAD = 1024, VALUE = sizeof name + 12, WHOLE = VALUE + sizeof kind - 1 };
    char head[HEAD];
    ssize_t got = pread(descriptor, head, sizeof head, 0);
    for (ssize_t i = 0; i + WHOLE <= got; i++)
        if (memcmp(head + i, name, sizeof name) == 0 &&
            memcmp(head + i + VALUE, kind, sizeof kind - 1) == 0)
            return 1;
    return 0;
}

static const struct mld_file_kind results_kind = { .other = "no results file of milliard",
                                                   .suffix = ".h5",
                                                   .start = { "\x89HDF\r\n\x1a\n" },
                                                   .holds = is_results };

enum mld_status mld_results_create(const char *path, const struct mld_plan *plan,
                                   const struct mld_scenario *scenario,
                                   struct mld_results_writer **result,
                                   struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    *result = NULL;
    mld_h5_silence();
    const char *text = mld_scenario_text(scenario);
    struct mld_results_writer *writer = text ? allocate(plan, messages) : NULL;
    if (!writer) {
        mld_messages_add(messages, "%s: not enough memory to write the results", path);
        return MLD_ERR_MEMORY;
    }
    enum mld_status status = mld_target_create(&writer->target, path, &results_kind,
                                               mld_results_size(plan, scenario), messages);
    if (!status) {
        writer->output.descriptor = writer->target.descriptor;
        open_file(writer);
        write_attributes(writer, scenario);
        write_axes(writer);
        write_scenario(writer, scenario);
        write_dictionary(writer);
        create_datasets(writer);
        if (failed(writer))
            status = told(writer);
    }
    if (status) {
        mld_results_abandon(writer);
        return status;
    }
    *result = writer;
    return MLD_OK;
}

/* ---- append ---- */

/* Writes rows first … first+rows-1 of a dataset of rows of `length` doubles. */
static void write_rows(struct mld_h5 *h5, hid_t dataset, size_t first, size_t rows, size_t length,
                       const double *value)
{
    if (h5->failed || !rows)
        return;
    hsize_t start[2] = { first, 0 }, count[2] = { rows, length };
    int rank = length ? 2 : 1;
    hid_t memory = H5Screate_simple(rank, count, NULL);
    hid_t file = H5Dget_space(dataset);
    if (!mld_h5_fails(h5, memory, "H5Screate_simple") && !mld_h5_fails(h5, file, "H5Dget_space") &&
        !mld_h5_fails(h5, H5Sselect_hyperslab(file, H5S_SELECT_SET, start, NULL, count, NULL),
                      "H5Sselect_hyperslab"))
        mld_h5_fails(h5, H5Dwrite(dataset, H5T_NATIVE_DOUBLE, memory, file, H5P_DEFAULT, value),
                     "H5Dwrite");
    mld_h5_close(file);
    mld_h5_close(memory);
}

static double *column_of(const struct mld_results_writer *writer, int design, int measure)
{
    return writer->column +
           ((size_t)design * (size_t)writer->n_measures + (size_t)measure) * writer->held;
}

static void flush_columns(struct mld_results_writer *writer)
{
    size_t rows = writer->paths - writer->flushed;
    for (int design = 0; design < writer->designs; design++)
        for (int i = 0; i < writer->n_measures; i++)
            if (writer->value[design][i] >= 0)
                write_rows(&writer->h5, writer->value[design][i], writer->flushed, rows, 0,
                           column_of(writer, design, i));
    writer->flushed = writer->paths;
}

static void append_columns(struct mld_results_writer *writer, int paths, int width,
                           double *const value[MLD_MAX_DESIGNS])
{
    for (int done = 0; done < paths;) {
        size_t held = writer->paths - writer->flushed;
        size_t room = writer->held - held;
        size_t n = (size_t)(paths - done) < room ? (size_t)(paths - done) : room;
        for (int design = 0; design < writer->designs; design++)
            for (int i = 0; i < writer->n_measures; i++)
                if (writer->value[design][i] >= 0)
                    memcpy(column_of(writer, design, i) + held,
                           value[design] + (size_t)i * (size_t)width + (size_t)done,
                           n * sizeof(double));
        writer->paths += n;
        done += (int)n;
        if (writer->paths - writer->flushed == writer->held)
            flush_columns(writer);
    }
}

/* [step][width] → [path][step], in tiles that both sides keep in the first cache. */
static void transpose(int steps, int paths, int width, const double *restrict from,
                      double *restrict to)
{
    enum { TILE = 16 };
    for (int first = 0; first < paths; first += TILE)
        for (int step = 0; step < steps; step++)
            for (int p = first; p < first + TILE && p < paths; p++)
                to[(size_t)p * (size_t)steps + (size_t)step] =
                    from[(size_t)step * (size_t)width + (size_t)p];
}

static int make_room(struct mld_results_writer *writer, size_t size)
{
    if (size <= writer->transposed_size)
        return 1;
    double *room = realloc(writer->transposed, size * sizeof *room);
    if (!room) {
        mld_h5_no_memory(&writer->h5);
        return 0;
    }
    writer->transposed = room;
    writer->transposed_size = size;
    return 1;
}

static void append_trajectories(struct mld_results_writer *writer, size_t first, int paths,
                                int width, double *const series[MLD_MAX_DESIGNS])
{
    size_t left = first < writer->trajectories ? writer->trajectories - first : 0;
    int kept = (size_t)paths < left ? paths : (int)left;
    for (int design = 0; design < writer->designs && kept; design++) {
        size_t offset = 0;
        for (int i = 0; i < writer->n_series && !failed(writer); i++) {
            int steps = mld_series_length(&writer->plan->model.grid, i);
            if (writer->trajectory[design][i] >= 0 &&
                make_room(writer, (size_t)kept * (size_t)steps)) {
                transpose(steps, kept, width, series[design] + offset * (size_t)width,
                          writer->transposed);
                write_rows(&writer->h5, writer->trajectory[design][i], first, (size_t)kept,
                           (size_t)steps, writer->transposed);
            }
            offset += (size_t)steps;
        }
    }
}

enum mld_status mld_results_append(struct mld_results_writer *writer, int paths, int width,
                                   double *const value[MLD_MAX_DESIGNS],
                                   double *const series[MLD_MAX_DESIGNS])
{
    if (failed(writer))
        return writer->h5.memory || writer->output.error == ENOMEM ? MLD_ERR_MEMORY : MLD_ERR_FILE;
    assert(paths >= 0 && writer->paths + (size_t)paths <= writer->plan->paths);
    append_trajectories(writer, writer->paths, paths, width, series);
    append_columns(writer, paths, width, value);
    return failed(writer) ? told(writer) : MLD_OK;
}

enum mld_status mld_results_column(struct mld_results_writer *writer, int design, int measure,
                                   double *column)
{
    hid_t dataset = design < writer->designs ? writer->value[design][measure] : -1;
    if (failed(writer))
        return writer->h5.memory || writer->output.error == ENOMEM ? MLD_ERR_MEMORY : MLD_ERR_FILE;
    if (dataset < 0)
        return MLD_ERR_FORMAT;
    size_t flushed = writer->flushed;
    if (flushed) {
        hsize_t start = 0, count = flushed;
        hid_t memory = H5Screate_simple(1, &count, NULL);
        hid_t file = H5Dget_space(dataset);
        mld_h5_fails(&writer->h5,
                     H5Sselect_hyperslab(file, H5S_SELECT_SET, &start, NULL, &count, NULL),
                     "H5Sselect_hyperslab");
        mld_h5_fails(&writer->h5,
                     H5Dread(dataset, H5T_NATIVE_DOUBLE, memory, file, H5P_DEFAULT, column),
                     "H5Dread");
        mld_h5_close(file);
        mld_h5_close(memory);
    }
    memcpy(column + flushed, column_of(writer, design, measure),
           (writer->paths - flushed) * sizeof(double));
    return failed(writer) ? told(writer) : MLD_OK;
}

/* ---- finish ---- */

/* An interrupted run keeps what it has: every dataset over paths is cut to it. */
static void shorten(struct mld_results_writer *writer)
{
    size_t kept = writer->paths < writer->trajectories ? writer->paths : writer->trajectories;
    for (int design = 0; design < writer->designs && !failed(writer); design++) {
        for (int i = 0; i < writer->n_measures; i++)
            if (writer->value[design][i] >= 0)
                mld_h5_fails(&writer->h5,
                             H5Dset_extent(writer->value[design][i], &(hsize_t){ writer->paths }),
                             "H5Dset_extent");
        for (int i = 0; i < writer->n_series; i++)
            if (writer->trajectory[design][i] >= 0)
                mld_h5_fails(&writer->h5,
                             H5Dset_extent(writer->trajectory[design][i],
                                           (hsize_t[]){ kept, (hsize_t)mld_series_length(
                                                                  &writer->plan->model.grid, i) }),
                             "H5Dset_extent");
    }
    write_path_axis(writer, AXIS_PATH, writer->paths);
    if (writer->trajectories)
        write_path_axis(writer, AXIS_TRAJECTORY, kept);
}

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
    describe(&writer->h5, dataset, "1", row->label_en, row->label_fr, row->doc_en, row->doc_fr);
    label(writer, dataset, 2, (enum axis[]){ AXIS_DESIGN, AXIS_MEASURE });
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
    describe(&writer->h5, dataset, "of the measure", row->label_en, row->label_fr, row->doc_en,
             row->doc_fr);
    label(writer, dataset, rank, (enum axis[]){ AXIS_DESIGN, AXIS_MEASURE, AXIS_QUANTILE });
    mld_h5_close(dataset);
}

/*
 * A group of statistics, design by design; those of a design that has none (the first, less itself)
 * count nothing.
 */
static void write_statistics(struct mld_results_writer *writer, hid_t group,
                             struct mld_statistics *const *statistics)
{
    link_axis(writer, AXIS_DESIGN, group);
    link_axis(writer, AXIS_MEASURE, group);
    link_axis(writer, AXIS_QUANTILE, group);
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

static void write_dotation(struct mld_results_writer *writer, hid_t parent,
                           const struct mld_summary *summary)
{
    const struct {
        const char *name;
        const double *value;
        const char *label_en, *label_fr, *doc_en, *doc_fr;
    } row[] = {
        { "value", summary->dotation, "Dotation needed", "Dotation nécessaire",
          "Smallest dotation in year 0 that this share of the paths never exhausts.",
          "Plus petite dotation en année 0 que cette part des trajectoires n'épuise jamais." },
        { "low", summary->dotation_low, "Dotation needed, low bound",
          "Dotation nécessaire, borne basse", "Low bound of its 95 % order-statistic interval.",
          "Borne basse de son intervalle à 95 %, par statistiques d'ordre." },
        { "high", summary->dotation_high, "Dotation needed, high bound",
          "Dotation nécessaire, borne haute", "High bound of its 95 % order-statistic interval.",
          "Borne haute de son intervalle à 95 %, par statistiques d'ordre." },
    };
    hid_t group = mld_h5_group(&writer->h5, parent, "dotation");
    link_axis(writer, AXIS_LEVEL, group);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        hid_t dataset = mld_h5_array(&writer->h5, group, row[i].name, H5T_IEEE_F64LE,
                                     H5T_NATIVE_DOUBLE, 1, &(hsize_t){ MLD_DOTATION_LEVELS },
                                     row[i].value);
        describe(&writer->h5, dataset, "EUR", row[i].label_en, row[i].label_fr, row[i].doc_en,
                 row[i].doc_fr);
        label(writer, dataset, 1, (enum axis[]){ AXIS_LEVEL });
        mld_h5_close(dataset);
    }
    mld_h5_close(group);
}

static void write_summary(struct mld_results_writer *writer, const struct mld_summary *summary)
{
    if (writer->designs > 1) {
        hid_t difference = mld_h5_group(&writer->h5, writer->file, MLD_DIFFERENCE_NAME);
        write_statistics(writer, difference, summary->difference);
        mld_h5_close(difference);
    }
    hid_t group = mld_h5_group(&writer->h5, writer->file, "summary");
    write_statistics(writer, group, summary->measure);
    if (writer->plan->guarantee.present)
        write_dotation(writer, group, summary);
    mld_h5_close(group);
}

static void write_fan(struct mld_results_writer *writer, hid_t parent, int series,
                      const struct mld_fan *fan)
{
    struct mld_h5 *h5 = &writer->h5;
    enum axis step = step_axis(series);
    hsize_t size[2] = { MLD_QUANTILES, (hsize_t)fan->length };
    hid_t group = mld_h5_group(h5, parent, mld_series[series].name);
    link_axis(writer, AXIS_QUANTILE, group);
    link_axis(writer, step, group);
    hid_t mean = mld_h5_array(h5, group, "mean", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 1, size + 1,
                              fan->mean);
    hid_t error = mld_h5_array(h5, group, "mean_error", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 1,
                               size + 1, fan->mean_error);
    hid_t quantiles = mld_h5_array(h5, group, "quantiles", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, 2,
                                   size, fan->quantile);
    describe_series(writer, mean, series);
    describe_series(writer, error, series);
    describe_series(writer, quantiles, series);
    label(writer, mean, 1, &step);
    label(writer, error, 1, &step);
    label(writer, quantiles, 2, (enum axis[]){ AXIS_QUANTILE, step });
    mld_h5_real(h5, quantiles, "rank_error", fan->rank_error);
    mld_h5_close(quantiles);
    mld_h5_close(error);
    mld_h5_close(mean);
    mld_h5_close(group);
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
    return axis_text[step_axis((int)i)].name;
}

static void write_series_table(struct mld_results_writer *writer, hid_t group)
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
    add_axis(writer, AXIS_SERIES,
             mld_h5_text_column(&writer->h5, writer->axes, "series", n, series_name, NULL));
    link_axis(writer, AXIS_SERIES, group);
    write_table(writer, group, "table", AXIS_SERIES, n, sizeof column / sizeof *column, column);
}

static void write_fans(struct mld_results_writer *writer, const struct mld_summary *summary)
{
    hid_t parent = mld_h5_group(&writer->h5, writer->file, "series");
    write_series_table(writer, parent);
    for (int design = 0; design < writer->designs; design++) {
        hid_t group = mld_h5_group(&writer->h5, parent, mld_design_names[design]);
        for (int i = 0; i < writer->n_series; i++)
            if (summary->fan[design][i].length > 0)
                write_fan(writer, group, i, &summary->fan[design][i]);
        mld_h5_close(group);
    }
    mld_h5_close(parent);
}

/* Closes everything of HDF5; after a failure the driver swallows what is still to be written. */
static void close_file(struct mld_results_writer *writer)
{
    for (int design = 0; design < writer->designs; design++) {
        for (int i = 0; writer->value[design] && i < writer->n_measures; i++)
            mld_h5_close(writer->value[design][i]);
        for (int i = 0; writer->trajectory[design] && i < writer->n_series; i++)
            mld_h5_close(writer->trajectory[design][i]);
        free(writer->value[design]);
        free(writer->trajectory[design]);
        writer->value[design] = writer->trajectory[design] = NULL;
    }
    for (int axis = 0; axis < AXES; axis++)
        mld_scale_clear(&writer->scale[axis]);
    mld_h5_close(writer->period_end);
    mld_h5_close(writer->period_years);
    mld_h5_close(writer->axes);
    if (writer->file >= 0)
        mld_h5_fails(&writer->h5, H5Fclose(writer->file), "H5Fclose");
    mld_driver_release(&writer->driver);
    writer->file = writer->axes = writer->period_end = writer->period_years = -1;
}

enum mld_status mld_results_finish(struct mld_results_writer *writer,
                                   const struct mld_summary *summary, int interrupted,
                                   char *final_path, size_t final_path_size,
                                   struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct mld_h5 *h5 = &writer->h5;
    writer->messages = messages;
    flush_columns(writer);
    shorten(writer);
    mld_h5_integer(h5, writer->file, "paths", (int64_t)writer->paths);
    mld_h5_integer(h5, writer->file, "trajectories",
                   (int64_t)(writer->paths < writer->trajectories ? writer->paths
                                                                  : writer->trajectories));
    mld_h5_integer(h5, writer->file, "interrupted", interrupted != 0);
    write_summary(writer, summary);
    write_fans(writer, summary);
    for (int axis = 0; axis < AXES; axis++)
        mld_scale_finish(h5, &writer->scale[axis]);
    close_file(writer);
    enum mld_status status = failed(writer) ? told(writer) : MLD_OK;
    if (!status)
        status = interrupted ? mld_target_commit_beside(&writer->target, "interrupted", messages)
                             : mld_target_commit(&writer->target, messages);
    if (!status && final_path)
        snprintf(final_path, final_path_size, "%s", writer->target.path);
    if (status)
        mld_target_abandon(&writer->target);
    return status;
}

void mld_results_abandon(struct mld_results_writer *writer)
{
    if (!writer)
        return;
    if (!writer->output.error)
        /* nothing more needs to reach a file that is thrown away */
        writer->output.error = ECANCELED;
    close_file(writer);
    mld_target_abandon(&writer->target);
    free(writer->column);
    free(writer->transposed);
    free(writer);
}
