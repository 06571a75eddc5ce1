/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Issuers of a batch, chunk by chunk: systematic index, default, performance, recovery and value.
 * Source: model, section 3.
 */
#include <math.h>

#include "core/vector.h"
#include "issuer/issuer.h"

void mld_issuers_address(const struct mld_issuer_chunk *chunk, int n, const int *index,
                         struct mld_issuer_outcomes *outcomes)
{
    for (int i = 0; i < n; i++) {
        const struct mld_issuer *issuer = &chunk->issuer[index[i]];
        outcomes->draw_path[i] = chunk->first + (uint32_t)issuer->path;
        outcomes->draw_entity[i] = issuer->entity;
    }
}

/* x + weight y in whole vectors of 8: a loop of known length has no remainder. */
MLD_INLINE void add_weighted(size_t n, const double *restrict x, double weight,
                             const double *restrict y, double *restrict sum)
{
    for (size_t block = 0; block < n; block += 8)
        for (size_t i = block; i < block + 8; i++)
            sum[i] = x[i] + weight * y[i];
}

/* Y(y) = [Σ_k w_gk F_k(y) + w_gs F_s(y)] / n; whole rows, 0 after the last year. */
static MLD_CLONES void fill_systematic(const struct mld_issuer_chunk *chunk,
                                       struct mld_issuer_outcomes *outcomes)
{
    const struct mld_model *model = chunk->model;
    const struct mld_factor_rows *rows = chunk->rows;
    const size_t stride = (size_t)rows->stride, width = (size_t)outcomes->stride;
    for (int i = 0; i < chunk->n; i++) {
        const struct mld_issuer *issuer = &chunk->issuer[i];
        size_t path = (size_t)issuer->path;
        const double *index = rows->index +
                              (path * (size_t)model->n_forms + (size_t)issuer->form) * stride;
        const double *sector = rows->sector +
                               (path * (size_t)model->factors.n_sectors + (size_t)issuer->sector) *
                                   stride;
        add_weighted(width, index, chunk->sector_weight[issuer->form], sector,
                     outcomes->systematic + (size_t)(chunk->row + i) * width);
    }
}

/* 1/√W(y), by which a Student dependence scales thresholds. */
static void fill_mixing_scale(const struct mld_factor_rows *rows, int from, int to,
                              struct mld_issuer_outcomes *outcomes)
{
    for (int p = from; p < to; p++)
        for (int y = 0; y < rows->years; y++)
            outcomes->mixing_scale[p * outcomes->stride + y] =
                1.0 / sqrt(rows->mixing[p * rows->stride + y]);
}

static void fill_loadings(struct mld_issuer_chunk *chunk)
{
    for (int g = 0; g < chunk->model->n_forms; g++) {
        const struct mld_form *form = &chunk->model->form[g];
        double correlation = form->asset_correlation;
        chunk->spread[g] = 1.0 / sqrt(1.0 - correlation);
        chunk->loading[g] = sqrt(correlation) * chunk->spread[g];
        chunk->sector_weight[g] = form->sector_weight / form->norm;
        chunk->common[g] = sqrt(form->performance_correlation);
        chunk->own[g] = sqrt(1.0 - form->performance_correlation);
    }
}

void mld_issuers_fill(const struct mld_model *model, uint32_t first, int from, int to,
                      const struct mld_factor_rows *rows, const struct mld_portfolio *portfolio,
                      const struct mld_hazard *hazard, struct mld_issuer_outcomes *outcomes)
{
    struct mld_issuer_chunk chunk = { .model = model,
                                      .rows = rows,
                                      .first = first,
                                      .last_year = mld_grid_year(&model->grid, model->grid.last) };
    fill_loadings(&chunk);
    for (int y = 0; y < MLD_MAX_YEARS + 8; y++)
        chunk.beyond[y] = y <= chunk.last_year ? 0.0 : -HUGE_VAL;
    if (model->factors.dependence == MLD_STUDENT)
        fill_mixing_scale(rows, from, to, outcomes);
    int end = portfolio->first_issuer[to];
    outcomes->first = portfolio->first_issuer[from];
    for (int i = outcomes->first; i < end; i += MLD_ISSUERS_TOGETHER) {
        chunk.issuer = portfolio->issuer + i;
        chunk.hazard = hazard ? hazard + i : NULL;
        chunk.row = i - outcomes->first;
        chunk.n = end - i < MLD_ISSUERS_TOGETHER ? end - i : MLD_ISSUERS_TOGETHER;
        fill_systematic(&chunk, outcomes);
        mld_issuers_default(&chunk, outcomes);
        mld_issuers_perform(&chunk, outcomes);
        mld_issuers_characterise(&chunk, outcomes);
    }
}
