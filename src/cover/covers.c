/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The covers of a batch: allocated once, emptied, fed deal by deal, closed. A deal adds to sums
 * [cover][path][period], period contiguous, which is how its life lies; closing counts the claims
 * and turns the sums into rows [period][path], path contiguous, which is how designs read them.
 */
#include "cover/work.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/numbers.h"
#include "core/transpose.h"
#include "core/vector.h"
#include "milliard/numerics.h"

enum { SUMS = 4, ROWS = 6 };

static struct mld_covers_work *work_of(const struct mld_covers *covers) { return covers->work; }

/* Where the next array of a block begins. */
static double *carve(double **next, size_t n)
{
    double *array = *next;
    *next += n;
    return array;
}

static size_t doubles_needed(const struct mld_covers *covers, const struct mld_covers_work *work)
{
    size_t n = (size_t)covers->n, sums = n * (size_t)work->paths * (size_t)work->stride;
    size_t rows = n * (size_t)covers->periods * (size_t)covers->width;
    return SUMS * sums + ROWS * rows + n * (size_t)(3 * covers->width + work->paths) +
           4 * (size_t)work->stride + 3 * (size_t)work->issuers + 1 + (size_t)work->capacity;
}

static void carve_rows(struct mld_covers *covers, double **next)
{
    size_t row = (size_t)covers->periods * (size_t)covers->width;
    for (int c = 0; c < covers->n; c++) {
        struct mld_cover_rows *rows = &covers->rows[c];
        double **all[ROWS] = { &rows->exposure, &rows->made,         &rows->gain,
                               &rows->fee_base, &rows->covered_loss, &rows->loss_made };
        for (int k = 0; k < ROWS; k++)
            *all[k] = carve(next, row);
        rows->volume = carve(next, (size_t)covers->width);
        rows->debt_base = carve(next, (size_t)covers->width);
        rows->debt_made = carve(next, (size_t)covers->width);
    }
}

static void carve_sums(struct mld_covers *covers, struct mld_covers_work *work, double **next)
{
    size_t n = (size_t)covers->n, sums = n * (size_t)work->paths * (size_t)work->stride;
    double **all[SUMS] = { &work->exposure, &work->made, &work->gain, &work->fee_base };
    for (int k = 0; k < SUMS; k++)
        *all[k] = carve(next, sums);
    work->volume = carve(next, n * (size_t)work->paths);
    work->counted = carve(next, (size_t)work->stride);
    work->loss_made = carve(next, (size_t)work->stride);
    work->issuer_loss = carve(next, (size_t)work->issuers);
    covers->issuer_grant = carve(next, (size_t)work->issuers);
    work->discount = carve(next, (size_t)work->stride + 1);
    work->size = carve(next, (size_t)work->stride);
    work->issuer_before = carve(next, (size_t)work->issuers);
    work->share = carve(next, (size_t)work->capacity);
}

static int allocate(struct mld_covers *covers, struct mld_covers_work *work)
{
    size_t lists = (size_t)work->paths * (size_t)work->stride;
    work->memory = calloc(doubles_needed(covers, work), sizeof(double));
    work->integers = calloc(lists * (size_t)(covers->n + 1) + 1, sizeof(int));
    work->event = calloc((size_t)work->capacity + 1, sizeof *work->event);
    covers->grant = calloc((size_t)work->grant_capacity + 1, sizeof *covers->grant);
    covers->rows = calloc((size_t)covers->n + 1, sizeof *covers->rows);
    return work->memory && work->integers && work->event && covers->grant && covers->rows;
}

/* Discounting is a constant of the grid. */
static void fill_discount(struct mld_covers_work *work, double reference_rate)
{
    for (int n = 0; n <= work->stride; n++)
        work->discount[n] = mld_pow(1 + reference_rate, -(double)n / work->m) / work->m;
}

enum mld_status mld_covers_init(struct mld_covers *covers, const struct mld_grid *grid,
                                const struct mld_cover_list *list, int max_deals, int max_issuers,
                                int paths)
{
    *covers = (struct mld_covers){
        .n = list->n, .width = mld_padded(paths), .periods = grid->periods, .cover = list->cover
    };
    struct mld_covers_work *work = covers->work = calloc(1, sizeof *work);
    if (!work)
        return MLD_ERR_MEMORY;
    *work = (struct mld_covers_work){ .stride = mld_padded(grid->periods),
                                      .last = grid->last,
                                      .m = grid->periods_per_year,
                                      .paths = paths,
                                      .debt = list->debt,
                                      .issuers = paths * max_issuers,
                                      .capacity = paths * max_deals * MLD_MOST_CLAIMS *
                                                  list->overlap,
                                      .grant_capacity = paths * max_deals * list->overlap };
    if (!allocate(covers, work)) {
        mld_covers_clear(covers);
        return MLD_ERR_MEMORY;
    }
    double *next = work->memory;
    carve_rows(covers, &next);
    carve_sums(covers, work, &next);
    work->claims = work->integers;
    covers->grants = work->claims + (size_t)list->n * (size_t)paths * (size_t)work->stride;
    fill_discount(work, list->reference_rate);
    return MLD_OK;
}

void mld_covers_clear(struct mld_covers *covers)
{
    struct mld_covers_work *work = covers->work;
    if (work) {
        free(work->memory);
        free(work->integers);
        free(work->event);
        free(work);
    }
    free(covers->grant);
    free(covers->rows);
    *covers = (struct mld_covers){ 0 };
}

static void set_empty(int *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        list[i] = -1;
}

void mld_covers_reset(struct mld_covers *covers, int paths)
{
    struct mld_covers_work *work = work_of(covers);
    size_t used = (size_t)paths * (size_t)work->stride,
           whole = (size_t)work->paths * (size_t)work->stride;
    double *sums[SUMS] = { work->exposure, work->made, work->gain, work->fee_base };
    for (int c = 0; c < covers->n; c++) {
        for (int k = 0; k < SUMS; k++)
            memset(sums[k] + (size_t)c * whole, 0, used * sizeof(double));
        set_empty(work->claims + (size_t)c * whole, used);
        memset(work->volume + (size_t)c * (size_t)work->paths, 0, (size_t)paths * sizeof(double));
        memset(covers->rows[c].debt_base, 0, (size_t)covers->width * sizeof(double));
        memset(covers->rows[c].debt_made, 0, (size_t)covers->width * sizeof(double));
    }
    set_empty(covers->grants, (size_t)paths * (size_t)covers->periods);
    work->n_events = covers->n_grants = 0;
}

MLD_INLINE void add_to(int n, const double *restrict x, double *restrict sum)
{
    for (int i = 0; i < n; i++)
        sum[i] += x[i];
}

/*
 * Outstanding after t counts while the cover still runs in the next period: age n = t − t0 < term.
 */
static int covered_periods(const struct mld_cover *cover, const struct mld_deal *deal,
                           const struct mld_life *life)
{
    int periods = life->last_period - deal->period + 1;
    return periods < cover->term_periods ? periods : cover->term_periods;
}

/* A fee of t is on what is outstanding after t − 1, and the last one is of t_L. */
static void add_base(const struct mld_covers_work *work, const struct mld_deal *deal,
                     const struct mld_life *life, int periods, double *base)
{
    int charged = deal->period + periods < work->last ? deal->period + periods : work->last;
    double sum = *base;
    for (int t = deal->period; t < charged; t++)
        sum += life->outstanding[t];
    *base = sum;
}

static MLD_CLONES void add_exposure(struct mld_covers_work *work, const struct mld_cover *cover,
                                    size_t row, const struct mld_deal *deal,
                                    const struct mld_life *life)
{
    int periods = covered_periods(cover, deal, life);
    add_to(periods, life->outstanding + deal->period, work->exposure + row + deal->period);
    add_base(work, deal, life, periods, &work->fee_base[row + (size_t)deal->period]);
}

/* The same base, and the tickets, of deals of debt alone. */
static void add_debt(struct mld_covers *covers, int c, const struct mld_deal *deal,
                     const struct mld_life *life)
{
    add_base(work_of(covers), deal, life, covered_periods(&covers->cover[c], deal, life),
             &covers->rows[c].debt_base[deal->path]);
    covers->rows[c].debt_made[deal->path] += deal->amount;
}

static void add_to_cover(struct mld_covers *covers, int c, const struct mld_deal *deal,
                         const struct mld_contract *contract, const struct mld_life *life,
                         double safe_harbour)
{
    struct mld_covers_work *work = work_of(covers);
    size_t line = (size_t)c * (size_t)work->paths + (size_t)deal->path,
           row = line * (size_t)work->stride;
    work->made[row + (size_t)deal->period] += deal->amount;
    work->volume[line] += deal->amount;
    if (life->exit_period >= 0 && life->exit_proceeds > deal->amount)
        work->gain[row + (size_t)life->exit_period] += life->exit_proceeds - deal->amount;
    add_exposure(work, &covers->cover[c], row, deal, life);
    if (work->debt && mld_instruments[deal->instrument]->fixed_rate)
        add_debt(covers, c, deal, life);
    mld_covers_claim(covers, c, deal, life);
    mld_covers_grant(covers, c, deal, contract, safe_harbour);
}

void mld_covers_add(struct mld_covers *covers, const struct mld_deal *deal,
                    const struct mld_contract *contract, const struct mld_life *life,
                    double safe_harbour)
{
    for (int c = 0; life->made && c < covers->n; c++)
        if (mld_cover_takes(&covers->cover[c], deal->instrument, deal->form, deal->sector,
                            deal->amount))
            add_to_cover(covers, c, deal, contract, life, safe_harbour);
}

static void close_volume(struct mld_covers *covers, int c, int paths)
{
    const struct mld_covers_work *work = work_of(covers);
    double *volume = covers->rows[c].volume;
    memcpy(volume, work->volume + (size_t)c * (size_t)work->paths, (size_t)paths * sizeof(double));
    memset(volume + paths, 0, (size_t)(covers->width - paths) * sizeof(double));
}

/* Writes a path's counts into column `path` of the rows. */
static void put_counts(const struct mld_covers *covers, int c, int path)
{
    const struct mld_covers_work *work = work_of(covers);
    for (int t = 0; t < covers->periods; t++) {
        size_t at = (size_t)t * (size_t)covers->width + (size_t)path;
        covers->rows[c].covered_loss[at] = work->counted[t <= work->last ? t : work->last];
        covers->rows[c].loss_made[at] = t <= work->last ? work->loss_made[t] : 0;
    }
}

static void no_counts(const struct mld_covers *covers, int c, int first)
{
    for (int t = 0; t < covers->periods; t++)
        for (int p = first; p < covers->width; p++) {
            size_t at = (size_t)t * (size_t)covers->width + (size_t)p;
            covers->rows[c].covered_loss[at] = covers->rows[c].loss_made[at] = 0;
        }
}

static void close_cover(struct mld_covers *covers, int c, int paths)
{
    const struct mld_covers_work *work = work_of(covers);
    struct mld_cover_rows *rows = &covers->rows[c];
    const struct mld_shape shape = { paths, covers->periods, work->stride, covers->width };
    size_t sums = (size_t)c * (size_t)work->paths * (size_t)work->stride;
    mld_transpose(shape, work->exposure + sums, rows->exposure);
    mld_transpose(shape, work->made + sums, rows->made);
    mld_transpose(shape, work->gain + sums, rows->gain);
    mld_transpose(shape, work->fee_base + sums, rows->fee_base);
    close_volume(covers, c, paths);
    for (int p = 0; p < paths; p++) {
        mld_covers_count(covers, c, p);
        put_counts(covers, c, p);
    }
    no_counts(covers, c, paths);
}

void mld_covers_grow(struct mld_covers *covers, int t)
{
    for (int c = 0; c < covers->n; c++) {
        double *volume = covers->rows[c].volume;
        if (t == 0)
            memset(volume, 0, (size_t)covers->width * sizeof *volume);
        else
            add_to(covers->width, covers->rows[c].made + (size_t)(t - 1) * (size_t)covers->width,
                   volume);
    }
}

void mld_covers_close(struct mld_covers *covers, int paths)
{
    for (int c = 0; c < covers->n; c++)
        close_cover(covers, c, paths);
}
