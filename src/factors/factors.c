/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Systematic factors of a batch of paths: all draws first, in runs of rows, then short loops over
 * years.
 * Source: model, section 2.
 */
#include <math.h>
#include <stddef.h>

#include "milliard/draws.h"
#include "milliard/numerics.h"
#include "milliard/model.h"

/*
 * Standard normals of the batch, rows of `drawn` years: [path][factor, TMO], [path][sector],
 * [path].
 */
struct normals {
    const double *factors, *sectors, *mixture;
};

/* A row of years, the `row`-th of `each` that a path has. */
static double *row_of(const struct mld_factor_rows *rows, double *matrix, int each, int path,
                      int row)
{
    return matrix + ((size_t)path * (size_t)each + (size_t)row) * (size_t)rows->stride;
}

/*
 * Uniforms of `each` entities a path, one row of years each; returns where the next run of rows
 * starts.
 */
static double *draw_rows(const struct mld_model *model, struct mld_factor_rows *rows,
                         enum mld_stream stream, uint32_t first, int paths, int each,
                         const uint64_t *entity, double *uniform)
{
    int n = 0;
    for (int p = 0; p < paths; p++)
        for (int k = 0; k < each; k++, n++) {
            rows->draw_path[n] = first + (uint32_t)p;
            rows->draw_entity[n] = entity[k];
        }
    mld_draws_uniform_rows(model->seed, stream, n, rows->draw_path, rows->draw_entity, 0,
                           rows->drawn, uniform);
    return uniform + (size_t)n * (size_t)rows->drawn;
}

static struct normals draw(const struct mld_model *model, uint32_t first, int paths,
                           struct mld_factor_rows *rows)
{
    const struct mld_factors_spec *spec = &model->factors;
    const uint64_t mixture = 0;
    double *sectors = draw_rows(model, rows, MLD_STREAM_FACTOR, first, paths, spec->n_factors + 1,
                                spec->entity, rows->uniform);
    double *mixing = draw_rows(model, rows, MLD_STREAM_SECTOR, first, paths, spec->n_sectors,
                               spec->sector_entity, sectors);
    double *end = mixing;
    if (spec->dependence == MLD_STUDENT)
        end = draw_rows(model, rows, MLD_STREAM_MIXING, first, paths, 1, &mixture, mixing);
    mld_normal_quantile_n((int)(end - rows->uniform), rows->uniform, rows->normal);
    return (struct normals){ .factors = rows->normal,
                             .sectors = rows->normal + (sectors - rows->uniform),
                             .mixture = rows->normal + (mixing - rows->uniform) };
}

/* e(y) = Σ_j L_ij z_j(y), z_j in rows of `drawn` years. */
static void correlate(int years, int drawn, int terms, const double *restrict lower,
                      const double *restrict z, double *restrict e)
{
    for (int y = 0; y < years; y++)
        e[y] = lower[0] * z[y];
    for (int j = 1; j < terms; j++)
        for (int y = 0; y < years; y++)
            e[y] += lower[j] * z[j * drawn + y];
}

/* F(0) = e(0); F(y) = φ F(y−1) + sqrt(1−φ²) e(y). */
static void recur(int years, double persistence, const double *restrict e, double *restrict factor)
{
    double fresh = sqrt(1.0 - persistence * persistence), level = e[0];
    factor[0] = level;
    for (int y = 1; y < years; y++) {
        level = persistence * level + fresh * e[y];
        factor[y] = level;
    }
}

/* Named factors; the TMO's innovations come last in R and go to `tmo`. */
static void fill_named(const struct mld_factors_spec *spec, struct mld_factor_rows *rows, int path,
                       const double *z, double *tmo)
{
    int n = spec->n_factors, width = n + 1;
    const double *own = z + (size_t)path * (size_t)width * (size_t)rows->drawn;
    for (int k = 0; k < n; k++) {
        double *e = row_of(rows, rows->innovation, n, path, k);
        correlate(rows->years, rows->drawn, k + 1, spec->cholesky + k * width, own, e);
        recur(rows->years, spec->factor[k].persistence, e, row_of(rows, rows->named, n, path, k));
    }
    correlate(rows->years, rows->drawn, width, spec->cholesky + n * width, own, tmo);
}

static void copy(int years, const double *restrict from, double *restrict to)
{
    for (int y = 0; y < years; y++)
        to[y] = from[y];
}

static void fill_sectors(const struct mld_factors_spec *spec, struct mld_factor_rows *rows,
                         int path, const double *z)
{
    int n = spec->n_sectors;
    const double *own = z + (size_t)path * (size_t)n * (size_t)rows->drawn;
    for (int s = 0; s < n; s++) {
        double *e = row_of(rows, rows->sector_innovation, n, path, s);
        copy(rows->years, own + s * rows->drawn, e);
        recur(rows->years, spec->sector_persistence, e, row_of(rows, rows->sector, n, path, s));
    }
}

/*
 * r(0) = start; r(y) = L + (r(y−1) − L) e^(−κ) + σ sqrt((1−e^(−2κ))/(2κ)) e(y); what is kept is
 * max(r, floor).
 */
static void fill_tmo(const struct mld_tmo *tmo, struct mld_factor_rows *rows, int path,
                     const double *e)
{
    double *row = row_of(rows, rows->tmo, 1, path, 0);
    double rate = tmo->start, floor = tmo->floor;
    double before = tmo->n_history > 0 ? tmo->history[0] : rate;
    double oldest = tmo->n_history > 1 ? tmo->history[1] : before;
    row[2] = before > floor ? before : floor;
    row[1] = oldest > floor ? oldest : floor;
    row[0] = row[1];
    row[3] = rate > floor ? rate : floor;
    for (int y = 1; y < rows->years; y++) {
        rate = tmo->long_run + (rate - tmo->long_run) * rows->tmo_decay + rows->tmo_step * e[y];
        row[3 + y] = rate > floor ? rate : floor;
    }
}

/* W(y) = ν / χ²_ν, the chi-square by its quantile at a standard normal. */
static void fill_mixing(const struct mld_model *model, struct mld_factor_rows *rows, int path,
                        const double *z)
{
    double *row = row_of(rows, rows->mixing, 1, path, 0);
    for (int y = 0; y < rows->years; y++)
        row[y] = model->factors.dependence == MLD_STUDENT
                     ? model->factors.dof /
                           mld_quantile_table_at(model->mixing_table, z[path * rows->drawn + y])
                     : 1.0;
}

/* Shifts are added once the recursions have run, so they do not propagate. */
static void stress(const struct mld_factors_spec *spec, struct mld_factor_rows *rows, int path)
{
    for (int i = 0; i < spec->n_stress; i++) {
        const struct mld_stress *one = &spec->stress[i];
        int sector = one->index - spec->n_factors;
        if (sector < 0) {
            row_of(rows, rows->named, spec->n_factors, path, one->index)[one->year] += one->shift;
        } else {
            row_of(rows, rows->sector, spec->n_sectors, path, sector)[one->year] += one->shift;
            row_of(rows, rows->sector_innovation, spec->n_sectors, path,
                   sector)[one->year] += one->value_shift;
        }
    }
}

/* sum[y] = Σ_k (w_k / norm) term_k[y], term_k in rows of `stride`. */
static void weigh(int years, int stride, int terms, const double *restrict weight, double norm,
                  const double *restrict term, double *restrict sum)
{
    for (int y = 0; y < years; y++)
        sum[y] = 0.0;
    for (int k = 0; k < terms; k++) {
        double scaled = weight[k] / norm;
        for (int y = 0; y < years; y++)
            sum[y] += scaled * term[k * stride + y];
    }
}

/*
 * What the legal forms make of the named factors: their part of Y, and of the innovation that share
 * values read.
 */
static void fill_forms(const struct mld_model *model, struct mld_factor_rows *rows, int path)
{
    const struct mld_factors_spec *spec = &model->factors;
    int n = spec->n_factors;
    for (int g = 0; g < model->n_forms; g++) {
        const struct mld_form *form = &model->form[g];
        double *value = row_of(rows, rows->value_innovation, model->n_forms, path, g);
        weigh(rows->years, rows->stride, n, form->weight, form->norm,
              row_of(rows, rows->named, n, path, 0),
              row_of(rows, rows->index, model->n_forms, path, g));
        weigh(rows->years, rows->stride, n, form->weight, form->innovation_norm,
              row_of(rows, rows->innovation, n, path, 0), value);
        for (int i = 0; i < spec->n_stress; i++)
            if (spec->stress[i].index < n)
                value[spec->stress[i].year] += form->weight[spec->stress[i].index] *
                                               spec->stress[i].value_shift / form->innovation_norm;
    }
}

void mld_factors_fill(const struct mld_model *model, uint32_t first, int paths,
                      struct mld_factor_rows *rows)
{
    double tmo[MLD_MAX_YEARS];
    struct normals z = draw(model, first, paths, rows);
    for (int p = 0; p < paths; p++) {
        fill_named(&model->factors, rows, p, z.factors, tmo);
        fill_sectors(&model->factors, rows, p, z.sectors);
        stress(&model->factors, rows, p);
        fill_forms(model, rows, p);
        fill_tmo(&model->factors.tmo, rows, p, tmo);
        fill_mixing(model, rows, p, z.mixture);
    }
}
