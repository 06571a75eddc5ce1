/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Performance of issuers, and what recovery and value draw of their own; only where it is read.
 * Source: model, sections 3 to 5.
 */
#include <math.h>

#include "core/vector.h"
#include "issuer/issuer.h"
#include "milliard/draws.h"
#include "milliard/numerics.h"

MLD_INLINE int reads(const struct mld_issuer_chunk *chunk, int i, enum mld_reads what)
{
    return (chunk->issuer[i].reads & (unsigned)what) != 0;
}

MLD_INLINE void fill_nan(int n, double *restrict x)
{
    for (int i = 0; i < n; i++)
        x[i] = (double)NAN;
}

/* Both rows of an issuer, as those that nobody reads. */
MLD_INLINE void leave(int stride, double *restrict quality, double *restrict surplus)
{
    fill_nan(stride, quality);
    fill_nan(stride, surplus);
}

/*
 * Q(a) = √ρ_Q Y(year of a) + √(1−ρ_Q) ε(a), s(a) = μ + σ Q(a), a = 1 … years; the a-th anniversary,
 * period t0 + a m, lies in calendar year floor(t0/m) + a.
 */
MLD_INLINE void perform(const struct mld_issuer_chunk *chunk, int i, const double *restrict normal,
                        struct mld_issuer_outcomes *outcomes)
{
    const struct mld_issuer *issuer = &chunk->issuer[i];
    const struct mld_form *form = &chunk->model->form[issuer->form];
    size_t row = (size_t)(chunk->row + i) * (size_t)outcomes->stride;
    int year = mld_grid_year(&chunk->model->grid, issuer->period),
        years = chunk->rows->years - 1 - year;
    const double *restrict systematic = outcomes->systematic + row + year;
    double *restrict quality = outcomes->quality + row, *restrict surplus = outcomes->surplus + row;
    double common = chunk->common[issuer->form], own = chunk->own[issuer->form];
    leave(outcomes->stride, quality, surplus);
    for (int a = 1; a <= years; a++) {
        double q = common * systematic[a] + own * normal[a];
        quality[a] = q;
        surplus[a] = form->surplus_mean + form->surplus_sd * q;
    }
}

/* The issuers of a chunk whose performance is read; others have none. Gives their number. */
static MLD_CLONES int choose(const struct mld_issuer_chunk *chunk,
                             struct mld_issuer_outcomes *outcomes)
{
    int n = 0;
    size_t stride = (size_t)outcomes->stride, row = (size_t)chunk->row * stride;
    for (int i = 0; i < chunk->n; i++, row += stride)
        if (reads(chunk, i, MLD_READS_PERFORMANCE))
            outcomes->chosen[n++] = i;
        else
            leave(outcomes->stride, outcomes->quality + row, outcomes->surplus + row);
    return n;
}

static MLD_CLONES void perform_chosen(const struct mld_issuer_chunk *chunk, int n,
                                      struct mld_issuer_outcomes *outcomes)
{
    for (int k = 0; k < n; k++)
        perform(chunk, outcomes->chosen[k], outcomes->normal + k * outcomes->drawn, outcomes);
}

void mld_issuers_perform(const struct mld_issuer_chunk *chunk, struct mld_issuer_outcomes *outcomes)
{
    int n = choose(chunk, outcomes), drawn = outcomes->drawn;
    mld_issuers_address(chunk, n, outcomes->chosen, outcomes);
    mld_draws_uniform_rows(chunk->model->seed, MLD_STREAM_PERFORMANCE, n, outcomes->draw_path,
                           outcomes->draw_entity, 0, drawn, outcomes->uniform);
    mld_normal_quantile_n(n * drawn, outcomes->uniform, outcomes->normal);
    perform_chosen(chunk, n, outcomes);
}

void mld_issuers_characterise(const struct mld_issuer_chunk *chunk,
                              struct mld_issuer_outcomes *outcomes)
{
    int n = 0, never = chunk->model->grid.periods;
    const int *default_period = outcomes->default_period + chunk->row;
    double *zeta = outcomes->zeta + chunk->row, *xi = outcomes->xi + chunk->row;
    fill_nan(chunk->n, zeta);
    fill_nan(chunk->n, xi);
    for (int i = 0; i < chunk->n; i++)
        if (default_period[i] < never || reads(chunk, i, MLD_READS_VALUE))
            outcomes->chosen[n++] = i;
    mld_issuers_address(chunk, n, outcomes->chosen, outcomes);
    mld_draws_uniform_rows(chunk->model->seed, MLD_STREAM_ISSUER, n, outcomes->draw_path,
                           outcomes->draw_entity, MLD_DRAW_ZETA, 2, outcomes->uniform);
    mld_normal_quantile_n(2 * n, outcomes->uniform, outcomes->normal);
    for (int k = 0; k < n; k++) {
        int i = outcomes->chosen[k];
        if (default_period[i] < never)
            zeta[i] = outcomes->normal[2 * k];
        if (reads(chunk, i, MLD_READS_VALUE))
            xi[i] = outcomes->normal[2 * k + 1];
    }
}
