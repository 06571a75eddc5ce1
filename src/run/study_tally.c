/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/study_tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/numbers.h"

/* ---- paths come ---- */

enum { PIECE = 256 };

static void count_numbers(struct mld_study_tally *tally, int n, const double *value)
{
    for (int i = 0; i < n; i++)
        tally->count += value[i] == value[i];
}

static void add_piece(struct mld_study_tally *tally, int n, const double *value, const double *base)
{
    double number[PIECE], change[PIECE];
    size_t numbers = 0, changes = 0;
    for (int i = 0; i < n; i++) {
        number[numbers] = value[i];
        numbers += value[i] == value[i];
        double step = value[i] - base[i];
        change[changes] = step;
        changes += step == step;
    }
    mld_moments_add(&tally->moments, numbers, number);
    mld_moments_add(&tally->change, changes, change);
}

void mld_study_tally_add(struct mld_study_tally *tally, uint32_t first, int n, const double *value,
                         const double *base)
{
    if (tally->whole)
        memcpy(tally->whole + first, value, (size_t)n * sizeof *value);
    count_numbers(tally, n, value);
    for (int i = 0; i < n && !tally->ranks_alone; i += PIECE)
        add_piece(tally, n - i < PIECE ? n - i : PIECE, value + i, base + i);
}

/* ---- what they give ---- */

static struct mld_study_cell undefined(void)
{
    const double none = (double)NAN;
    return (struct mld_study_cell){ none, none, none, none, none, none, 0 };
}

static struct mld_statistics moments_of(const struct mld_moments *moments)
{
    struct mld_statistics out = {
        .mean = (double)NAN, .mean_error = (double)NAN, .sd = (double)NAN, .sd_error = (double)NAN
    };
    mld_moments_fill(moments, &out);
    return out;
}

static void fill_mean(const struct mld_study_tally *tally, struct mld_study_cell *cell)
{
    struct mld_statistics all = moments_of(&tally->moments), change = moments_of(&tally->change);
    cell->value = all.mean;
    cell->error = all.mean_error;
    cell->low = all.mean - MLD_HALF_INTERVAL * all.mean_error;
    cell->high = all.mean + MLD_HALF_INTERVAL * all.mean_error;
    cell->change = change.mean;
    cell->change_error = change.mean_error;
}

static void fill_sd(const struct mld_study_tally *tally, struct mld_study_cell *cell)
{
    struct mld_statistics all = moments_of(&tally->moments);
    cell->value = all.sd;
    cell->error = all.sd_error;
    cell->low = all.sd - MLD_HALF_INTERVAL * all.sd_error;
    cell->high = all.sd + MLD_HALF_INTERVAL * all.sd_error;
}

/* ---- of all paths' numbers ---- */

static int needs_whole(const struct mld_statistic *statistic)
{
    return statistic->of == MLD_OF_QUANTILE || statistic->of == MLD_OF_SHORTFALL;
}

static enum mld_status fill_shortfall(size_t n, const double *value, enum mld_tail tail,
                                      struct mld_study_cell *cell)
{
    struct mld_statistics all;
    enum mld_status status = mld_statistics_fill(n, value, tail, &all);
    *cell = (struct mld_study_cell){ .value = all.shortfall,
                                     .error = all.shortfall_error,
                                     .low = all.shortfall - MLD_HALF_INTERVAL * all.shortfall_error,
                                     .high = all.shortfall +
                                             MLD_HALF_INTERVAL * all.shortfall_error };
    return status;
}

/* Levels of the quantiles asked for, in their order. */
static int levels_of(const struct mld_study_asked *asked, double level[MLD_MAX_STATISTICS])
{
    int n = 0;
    for (int i = 0; i < asked->n; i++) {
        const struct mld_statistic *statistic = &asked->statistic[asked->place[i]];
        if (statistic->of == MLD_OF_QUANTILE)
            level[n++] = statistic->level;
    }
    return n;
}

/* Quantiles and shortfalls of n numbers; the others are left alone. */
static enum mld_status fill_whole(size_t n, const double *value,
                                  const struct mld_study_asked *asked, struct mld_study_cell *cell)
{
    double level[MLD_MAX_STATISTICS], quantile[MLD_MAX_STATISTICS], low[MLD_MAX_STATISTICS],
        high[MLD_MAX_STATISTICS];
    int levels = levels_of(asked, level), k = 0;
    enum mld_status status = levels
                                 ? mld_quantiles_fill(n, value, levels, level, quantile, low, high)
                                 : MLD_OK;
    for (int i = 0; i < asked->n && status == MLD_OK; i++) {
        const struct mld_statistic *statistic = &asked->statistic[asked->place[i]];
        struct mld_study_cell *mine = &cell[asked->place[i]];
        if (statistic->of == MLD_OF_QUANTILE) {
            *mine = (struct mld_study_cell){ .value = quantile[k],
                                             .error = (high[k] - low[k]) / (2 * MLD_HALF_INTERVAL),
                                             .low = low[k],
                                             .high = high[k] };
            k++;
        } else if (statistic->of == MLD_OF_SHORTFALL)
            status = fill_shortfall(n, value, mld_measures[statistic->measure].tail, mine);
    }
    return status;
}

/* Sections shorter than this say nothing of a quantile. */
enum { SHORTEST = 60 };

/* The statistics of each section, or what they differ by from those of the base. */
static enum mld_status fill_sections(size_t paths, const double *value,
                                     const struct mld_study_asked *asked, int is_base,
                                     mld_study_sections *sections, struct mld_moments *moments)
{
    struct mld_study_cell cell[MLD_MAX_STATISTICS];
    size_t length = paths / MLD_STUDY_SECTIONS;
    enum mld_status status = MLD_OK;
    for (size_t s = 0; s < MLD_STUDY_SECTIONS && length >= SHORTEST && !status; s++) {
        status = fill_whole(length, value + s * length, asked, cell);
        for (int i = 0; i < asked->n && !status; i++) {
            int place = asked->place[i];
            if (!needs_whole(&asked->statistic[place]))
                continue;
            if (is_base)
                sections[place][s] = cell[place].value;
            double change = cell[place].value - sections[place][s];
            mld_moments_add(&moments[i], change == change, &change);
        }
    }
    return status;
}

/*
 * The changes of quantiles and shortfalls; their errors from the changes in sections, taken as
 * independent.
 */
static enum mld_status fill_changes(const struct mld_study_tally *tally, uint32_t paths,
                                    const struct mld_study_asked *asked, int is_base,
                                    const struct mld_study_cell *from, mld_study_sections *sections,
                                    struct mld_study_cell *cell)
{
    struct mld_moments *moments = calloc((size_t)asked->n, sizeof *moments);
    enum mld_status status = moments ? fill_sections(paths, tally->whole, asked, is_base, sections,
                                                     moments)
                                     : MLD_ERR_MEMORY;
    for (int i = 0; i < asked->n && status == MLD_OK; i++) {
        int place = asked->place[i];
        if (!needs_whole(&asked->statistic[place]))
            continue;
        cell[place].change = is_base ? 0 : cell[place].value - from[place].value;
        cell[place].change_error = moments_of(&moments[i]).mean_error;
    }
    free(moments);
    return status;
}

/* ---- a column ---- */

static void fill_moments(const struct mld_study_tally *tally, const struct mld_statistic *statistic,
                         struct mld_study_cell *cell)
{
    if (statistic->of == MLD_OF_MEAN)
        fill_mean(tally, cell);
    else if (statistic->of == MLD_OF_SD)
        fill_sd(tally, cell);
}

enum mld_status mld_study_tally_read(const struct mld_study_tally *tally, uint32_t paths,
                                     const struct mld_study_asked *asked, int is_base,
                                     const struct mld_study_cell *from,
                                     mld_study_sections *sections, struct mld_study_cell *cell)
{
    enum mld_status status = MLD_OK;
    for (int i = 0; i < asked->n; i++) {
        cell[asked->place[i]] = undefined();
        fill_moments(tally, &asked->statistic[asked->place[i]], &cell[asked->place[i]]);
    }
    if (tally->whole)
        status = fill_whole(paths, tally->whole, asked, cell);
    if (tally->whole && status == MLD_OK)
        status = fill_changes(tally, paths, asked, is_base, from, sections, cell);
    for (int i = 0; i < asked->n; i++)
        cell[asked->place[i]].count = (double)tally->count;
    return status;
}
