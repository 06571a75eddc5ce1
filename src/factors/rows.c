/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Storage of the rows of years of a batch, and what its draws need once. Source: model, section 2.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/model.h"
#include "milliard/numerics.h"

static int round_up(int n, int multiple) { return (n + multiple - 1) / multiple * multiple; }

/* The rows lie one after the other in one block of memory; `next` is where the free part starts. */
static double *take(double **next, size_t doubles)
{
    double *part = *next;
    *next += doubles;
    return part;
}

static void lay_rows(struct mld_factor_rows *rows, const struct mld_model *model, int paths,
                     double *next)
{
    size_t row = (size_t)paths * (size_t)rows->stride, factors = (size_t)model->factors.n_factors;
    size_t sectors = (size_t)model->factors.n_sectors, forms = (size_t)model->n_forms;
    rows->named = take(&next, row * factors);
    rows->innovation = take(&next, row * factors);
    rows->sector = take(&next, row * sectors);
    rows->sector_innovation = take(&next, row * sectors);
    rows->index = take(&next, row * forms);
    rows->value_innovation = take(&next, row * forms);
    rows->tmo = take(&next, row);
    rows->mixing = take(&next, row);
}

static size_t rows_size(const struct mld_model *model, int paths, int stride)
{
    int rows = 2 * model->factors.n_factors + 2 * model->factors.n_sectors + 2 * model->n_forms + 2;
    return (size_t)paths * (size_t)stride * (size_t)rows;
}

/* Draws by path: every factor and the TMO, every sector, and one row of the mixture. */
static size_t draws_of(const struct mld_model *model, int paths)
{
    int draws = model->factors.n_factors + 1 + model->factors.n_sectors + 1;
    return (size_t)paths * (size_t)draws;
}

/* e^(−κ), and σ sqrt((1−e^(−2κ))/(2κ)); κ > 0 in every model. */
static void set_tmo(struct mld_factor_rows *rows, const struct mld_tmo *tmo)
{
    double kappa = tmo->reversion;
    rows->tmo_decay = mld_exp(-kappa);
    rows->tmo_step = tmo->volatility * sqrt(-mld_expm1(-2.0 * kappa) / (2.0 * kappa));
}

enum mld_status mld_factor_rows_init(struct mld_factor_rows *rows, const struct mld_model *model,
                                     int paths)
{
    memset(rows, 0, sizeof *rows);
    rows->years = model->grid.horizon_years;
    rows->stride = round_up(rows->years + 3, 8);
    rows->drawn = round_up(rows->years, 2);
    size_t draws = draws_of(model, paths), doubles = draws * (size_t)rows->drawn;
    rows->memory = calloc(rows_size(model, paths, rows->stride) + 2 * doubles, sizeof(double));
    rows->draw_entity = malloc(draws * sizeof *rows->draw_entity);
    rows->draw_path = malloc(draws * sizeof *rows->draw_path);
    if (!rows->memory || !rows->draw_entity || !rows->draw_path) {
        mld_factor_rows_clear(rows);
        return MLD_ERR_MEMORY;
    }
    rows->uniform = rows->memory;
    rows->normal = rows->uniform + doubles;
    lay_rows(rows, model, paths, rows->normal + doubles);
    set_tmo(rows, &model->factors.tmo);
    return MLD_OK;
}

void mld_factor_rows_clear(struct mld_factor_rows *rows)
{
    free(rows->memory);
    free(rows->draw_entity);
    free(rows->draw_path);
    memset(rows, 0, sizeof *rows);
}
