/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Performance of issuers, and what recovery and value draw of their own; only where it is read.
 * Source: model, sections 3 to 5.
 */
#include <math.h>

#include "issuer/issuer.h"
#include "milliard/draws.h"
#include "milliard/numerics.h"

static int reads(const struct mld_issuer_chunk *chunk, int i, enum mld_reads what)
{
    return (chunk->issuer[i].reads & (unsigned)what) != 0;
}

static void fill_nan(int n, double *restrict x)
{
    for (int i = 0; i < n; i++)
        x[i] = (double)NAN;
}

/*
 * Q(a) = √ρ_Q Y(year of a) + √(1−ρ_Q) ε(a), s(a) = μ + σ Q(a), a = 1 … years; rows point at a = 0,
 * Y at the year of t0.
 */
static void fill_rows(int years, const struct mld_form *form, const double *restrict systematic,
                      const double *restrict own, double *restrict quality,
                      double *restrict surplus)
{
    double common = sqrt(form->performance_correlation),
           rest = sqrt(1.0 - form->performance_correlation);
    for (int a = 1; a <= years; a++) {
        double q = common * systematic[a] + rest * own[a];
        quality[a] = q;
        surplus[a] = form->surplus_mean + form->surplus_sd * q;
    }
}

/* Both rows of an issuer from anniversary `from` up to before `to` are read by nobody. */
static void leave(int i, int from, int to, struct mld_issuer_outcomes *outcomes)
{
    size_t row = (size_t)i * (size_t)outcomes->stride;
    fill_nan(to - from, outcomes->quality + row + from);
    fill_nan(to - from, outcomes->surplus + row + from);
}

/* The a-th anniversary, period t0 + a m, lies in calendar year floor(t0/m) + a. */
static void perform(const struct mld_issuer_chunk *chunk, int i, const double *own,
                    struct mld_issuer_outcomes *outcomes)
{
    const struct mld_issuer *issuer = &chunk->issuer[i];
    size_t row = (size_t)i * (size_t)outcomes->stride;
    int year = mld_grid_year(&chunk->model->grid, issuer->period),
        last = chunk->rows->years - 1 - year;
    fill_rows(last, &chunk->model->form[issuer->form], outcomes->systematic + row + year, own,
              outcomes->quality + row, outcomes->surplus + row);
    leave(i, 0, 1, outcomes);
    leave(i, last + 1, outcomes->stride, outcomes);
}

void mld_issuers_perform(const struct mld_issuer_chunk *chunk, struct mld_issuer_outcomes *outcomes)
{
    int n = 0, drawn = outcomes->drawn;
    for (int i = chunk->from; i < chunk->from + chunk->n; i++)
        if (reads(chunk, i, MLD_READS_PERFORMANCE))
            outcomes->chosen[n++] = i;
        else
            leave(i, 0, outcomes->stride, outcomes);
    mld_issuers_address(chunk, n, outcomes->chosen, outcomes);
    mld_draws_uniform_rows(chunk->model->seed, MLD_STREAM_PERFORMANCE, n, outcomes->draw_path,
                           outcomes->draw_entity, 0, drawn, outcomes->uniform);
    mld_normal_quantile_n(n * drawn, outcomes->uniform, outcomes->normal);
    for (int k = 0; k < n; k++)
        perform(chunk, outcomes->chosen[k], outcomes->normal + k * drawn, outcomes);
}

void mld_issuers_characterise(const struct mld_issuer_chunk *chunk,
                              struct mld_issuer_outcomes *outcomes)
{
    int n = 0, never = chunk->model->grid.periods;
    fill_nan(chunk->n, outcomes->zeta + chunk->from);
    fill_nan(chunk->n, outcomes->xi + chunk->from);
    for (int i = chunk->from; i < chunk->from + chunk->n; i++)
        if (outcomes->default_period[i] < never || reads(chunk, i, MLD_READS_VALUE))
            outcomes->chosen[n++] = i;
    mld_issuers_address(chunk, n, outcomes->chosen, outcomes);
    mld_draws_uniform_rows(chunk->model->seed, MLD_STREAM_ISSUER, n, outcomes->draw_path,
                           outcomes->draw_entity, MLD_DRAW_ZETA, 2, outcomes->uniform);
    mld_normal_quantile_n(2 * n, outcomes->uniform, outcomes->normal);
    for (int k = 0; k < n; k++) {
        int i = outcomes->chosen[k];
        if (outcomes->default_period[i] < never)
            outcomes->zeta[i] = outcomes->normal[2 * k];
        if (reads(chunk, i, MLD_READS_VALUE))
            outcomes->xi[i] = outcomes->normal[2 * k + 1];
    }
}
