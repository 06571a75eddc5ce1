/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Statistics lie in the file by statistic, over designs and over the measures that the file knows;
 * here by design and by measure that this version knows. measures/table gives the names between the
 * two: what the file has more stays there, what it has less counts no path. Format 1 has a group
 * for each design and for the difference, without an axis of designs.
 */
#include "results/read.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "results/schema.h"

static void read_dictionary(struct mld_results *results)
{
    struct mld_text_table table = mld_read_table(results, "measures/table");
    mld_read_column(results, &table, "name", &results->measure);
    mld_table_close(&table);
    if (!results->status && results->measure.width > MLD_MAX_NAME)
        mld_read_refuse(results, "measures/table", "has names that are too long");
}

/* ---- statistics ---- */

static void no_statistics(struct mld_statistics *statistics, int n)
{
    for (int i = 0; i < n; i++) {
        struct mld_statistics *s = &statistics[i];
        s->mean = s->mean_error = s->sd = s->sd_error = s->shortfall = s->shortfall_error =
            s->minimum = s->maximum = NAN;
        for (int q = 0; q < MLD_QUANTILES; q++)
            s->quantile[q] = s->quantile_low[q] = s->quantile_high[q] = NAN;
    }
}

/*
 * Measures this version does not know are left in the file; those the file does not know have no
 * statistics.
 */
static void scatter(const struct mld_results *results, const struct mld_statistic_row *row,
                    const void *value, struct mld_statistics *statistics)
{
    for (size_t i = 0; i < results->measure.n; i++) {
        int measure = mld_measure_named(mld_cell(&results->measure, i));
        if (measure < 0)
            continue;
        char *to = (char *)&statistics[measure] + row->offset;
        if (row->kind == MLD_STATISTIC_COUNT)
            *(size_t *)to = (size_t)((const int64_t *)value)[i];
        else if (row->kind == MLD_STATISTIC_REAL)
            memcpy(to, (const double *)value + i, sizeof(double));
        else
            memcpy(to, (const double *)value + i * MLD_QUANTILES, MLD_QUANTILES * sizeof(double));
    }
}

static void check_counts(struct mld_results *results, const char *path, size_t n, size_t most,
                         const int64_t *count)
{
    for (size_t i = 0; i < n && !results->status; i++)
        if (count[i] < 0 || (uint64_t)count[i] > most)
            mld_read_refuse(results, path, "counts more paths than there are");
}

/*
 * Where a statistic of a kind lies: format 1 has a group a design, format 2 one dataset for all
 * designs.
 */
struct statistics_place {
    const char *group;
    int designs;
    size_t most; /* paths that it may count */
};

static void read_statistic(struct mld_results *results, struct statistics_place place,
                           const struct mld_statistic_row *row, void *buffer,
                           struct mld_statistics *const *statistics)
{
    char path[96];
    int of_designs = place.designs > 0,
        rank = (row->kind == MLD_STATISTIC_QUANTILES ? 2 : 1) + of_designs;
    size_t rows = of_designs ? (size_t)place.designs : 1,
           width = row->kind == MLD_STATISTIC_QUANTILES ? MLD_QUANTILES : 1;
    hsize_t size[3] = { (hsize_t)place.designs, results->measure.n, MLD_QUANTILES };
    snprintf(path, sizeof path, "%s/%s", place.group, row->name);
    if (row->kind == MLD_STATISTIC_COUNT) {
        mld_read_numbers(results, path, H5T_STD_I64LE, H5T_NATIVE_INT64, rank, size + !of_designs,
                         buffer);
        if (!results->status)
            check_counts(results, path, rows * results->measure.n, place.most, buffer);
    } else {
        mld_read_reals(results, path, rank, size + !of_designs, buffer);
    }
    for (size_t i = 0; i < rows && !results->status; i++)
        if (statistics[i])
            scatter(results, row, (const double *)buffer + i * width * results->measure.n,
                    statistics[i]);
}

/* Storage for the statistics of one design. */
static struct mld_statistics *new_statistics(struct mld_results *results)
{
    int n = mld_measure_count();
    struct mld_statistics *statistics = calloc((size_t)n, sizeof *statistics);
    if (!statistics)
        mld_read_no_memory(results);
    else
        no_statistics(statistics, n);
    return statistics;
}

static void read_statistics(struct mld_results *results, struct statistics_place place,
                            struct mld_statistics *const *statistics)
{
    size_t rows = place.designs > 0 ? (size_t)place.designs : 1;
    void *buffer = results->status
                       ? NULL
                       : malloc((rows * results->measure.n + 1) * MLD_QUANTILES * sizeof(double));
    if (!buffer && !results->status)
        mld_read_no_memory(results);
    for (const struct mld_statistic_row *row = mld_statistic_rows; row->name && !results->status;
         row++)
        read_statistic(results, place, row, buffer, statistics);
    free(buffer);
}

void mld_read_statistics(struct mld_results *results, const char *group, int designs, size_t most,
                         struct mld_statistics *const *statistics)
{
    read_statistics(results, (struct statistics_place){ group, designs, most }, statistics);
}

/* ---- the summary ---- */

static void check_levels(struct mld_results *results)
{
    double level[MLD_QUANTILES], dotation[MLD_DOTATION_LEVELS];
    mld_read_reals(results, "axes/quantile", 1, &(hsize_t){ MLD_QUANTILES }, level);
    mld_read_reals(results, "axes/level", 1, &(hsize_t){ MLD_DOTATION_LEVELS }, dotation);
    if (!results->status && (memcmp(level, mld_quantile_levels, sizeof level) != 0 ||
                             memcmp(dotation, mld_dotation_levels, sizeof dotation) != 0))
        mld_read_refuse(results, "its quantile levels", "are not those of this version");
}

/* Format 1 knows the designs by name. */
static void read_summary_1(struct mld_results *results)
{
    struct mld_summary *summary = &results->summary;
    for (int design = 0; design < summary->designs; design++) {
        char group[64];
        snprintf(group, sizeof group, "summary/%s", mld_design_names[design]);
        read_statistics(results, (struct statistics_place){ group, 0, results->paths },
                        &summary->measure[design]);
    }
    if (summary->designs > 1)
        read_statistics(
            results, (struct statistics_place){ "summary/" MLD_DIFFERENCE_NAME, 0, results->paths },
            &summary->difference[MLD_WITH]);
}

static void read_summary_2(struct mld_results *results)
{
    struct mld_summary *summary = &results->summary;
    mld_read_statistics(results, "summary", summary->designs, results->paths, summary->measure);
    if (summary->designs > 1)
        mld_read_statistics(results, MLD_DIFFERENCE_NAME, summary->designs, results->paths,
                            summary->difference);
}

void mld_read_summary(struct mld_results *results)
{
    struct mld_summary *summary = &results->summary;
    check_levels(results);
    read_dictionary(results);
    for (int design = 0; design < summary->designs && !results->status; design++) {
        summary->measure[design] = new_statistics(results);
        summary->difference[design] = design ? new_statistics(results) : NULL;
    }
    if (results->format == 1)
        read_summary_1(results);
    else
        read_summary_2(results);
    for (int design = 0; design < summary->designs; design++)
        mld_read_fans(results, design);
    if (results->status || !mld_read_number_of(results, "has_guarantee"))
        return;
    hsize_t size = MLD_DOTATION_LEVELS;
    mld_read_reals(results, "summary/dotation/value", 1, &size, summary->dotation);
    mld_read_reals(results, "summary/dotation/low", 1, &size, summary->dotation_low);
    mld_read_reals(results, "summary/dotation/high", 1, &size, summary->dotation_high);
}
