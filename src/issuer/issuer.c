/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Issuers of a batch, chunk by chunk: systematic index, default, performance, recovery and value.
 * Source: model, section 3.
 */
#include <math.h>

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

static void add_sector(int years, double weight, const double *restrict index,
                       const double *restrict sector, double *restrict systematic)
{
    for (int y = 0; y < years; y++)
        systematic[y] = index[y] + weight * sector[y];
}

/* Y(y) = [Σ_k w_gk F_k(y) + w_gs F_s(y)] / n */
static void fill_systematic(const struct mld_issuer_chunk *chunk,
                            struct mld_issuer_outcomes *outcomes)
{
    const struct mld_model *model = chunk->model;
    const struct mld_factor_rows *rows = chunk->rows;
    for (int i = chunk->from; i < chunk->from + chunk->n; i++) {
        const struct mld_issuer *issuer = &chunk->issuer[i];
        const struct mld_form *form = &model->form[issuer->form];
        size_t path = (size_t)issuer->path, stride = (size_t)rows->stride;
        const double *index = rows->index +
                              (path * (size_t)model->n_forms + (size_t)issuer->form) * stride;
        const double *sector = rows->sector +
                               (path * (size_t)model->factors.n_sectors + (size_t)issuer->sector) *
                                   stride;
        add_sector(rows->years, form->sector_weight / form->norm, index, sector,
                   outcomes->systematic + (size_t)i * (size_t)outcomes->stride);
    }
}

/* 1/√W(y), by which a Student dependence scales thresholds. */
static void fill_mixing_scale(const struct mld_factor_rows *rows, int paths,
                              struct mld_issuer_outcomes *outcomes)
{
    for (int p = 0; p < paths; p++)
        for (int y = 0; y < rows->years; y++)
            outcomes->mixing_scale[p * outcomes->stride + y] =
                1.0 / sqrt(rows->mixing[p * rows->stride + y]);
}

static void fill_loadings(struct mld_issuer_chunk *chunk)
{
    for (int g = 0; g < chunk->model->n_forms; g++) {
        double correlation = chunk->model->form[g].asset_correlation;
        chunk->spread[g] = 1.0 / sqrt(1.0 - correlation);
        chunk->loading[g] = sqrt(correlation) * chunk->spread[g];
    }
}

void mld_issuers_fill(const struct mld_model *model, uint32_t first, int paths,
                      const struct mld_factor_rows *rows, const struct mld_portfolio *portfolio,
                      const double *hazard_scale, struct mld_issuer_outcomes *outcomes)
{
    struct mld_issuer_chunk chunk = { .model = model,
                                      .rows = rows,
                                      .issuer = portfolio->issuer,
                                      .hazard_scale = hazard_scale,
                                      .first = first,
                                      .last_year = mld_grid_year(&model->grid, model->grid.last) };
    fill_loadings(&chunk);
    if (model->factors.dependence == MLD_STUDENT)
        fill_mixing_scale(rows, paths, outcomes);
    for (int from = 0; from < portfolio->n_issuers; from += MLD_ISSUERS_TOGETHER) {
        int left = portfolio->n_issuers - from;
        chunk.from = from;
        chunk.n = left < MLD_ISSUERS_TOGETHER ? left : MLD_ISSUERS_TOGETHER;
        fill_systematic(&chunk, outcomes);
        mld_issuers_default(&chunk, outcomes);
        mld_issuers_perform(&chunk, outcomes);
        mld_issuers_characterise(&chunk, outcomes);
    }
}
