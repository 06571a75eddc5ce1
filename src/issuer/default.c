/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Default of issuers. Source: model, section 3.
 *
 *   p(a,y) = Φ( (Φ⁻¹(min(x PD_a, 0.9999)) − √ρ Y(y)) / √(1−ρ) ),  h(t) = −log1p(−p(a(t), y(t)))/m,
 *   a(t) = floor((t − t0 − 1)/m);  default in the first period t > t0 with Σ h ≥ E, E = −ln u.
 *
 * With k the number of calendar years since that of t0 + 1, a calendar year first holds `before` =
 * (t0 + 1) mod m periods of age k − 1, then the others of age k. Ages of equal threshold have equal
 * hazards, so a calendar year takes one hazard, and one more where the threshold changes. Most
 * issuers never default: a bound of their hazards says so without computing them.
 */
#include "core/vector.h"
#include "issuer/issuer.h"
#include "milliard/draws.h"
#include "milliard/numerics.h"

/* Above what a row of hazards near 0 may be off by: they are rounded to 1e-16. */
#define NEXT_TO_NOTHING 1e-12

/* Bounds are computed by so many at once. */
enum { VECTOR = 8 };

/* Its PDs change after its life has begun: hazards are those of two rows of thresholds. */
MLD_INLINE int is_late(const struct mld_issuer_chunk *chunk, int i)
{
    return chunk->hazard && chunk->hazard[i].level > 0 &&
           chunk->hazard[i].from > chunk->issuer[i].period;
}

MLD_INLINE void expose(const struct mld_issuer_chunk *chunk,
                       const struct mld_issuer_outcomes *outcomes, int i, int level,
                       struct mld_exposure *exposure)
{
    const struct mld_model *model = chunk->model;
    const struct mld_issuer *issuer = &chunk->issuer[i];
    int begin = issuer->period + 1, year = mld_grid_year(&model->grid, begin);
    size_t row = ((size_t)issuer->terms * (size_t)model->n_forms + (size_t)issuer->form) *
                     (size_t)model->n_hazards +
                 (size_t)level;
    size_t stride = (size_t)model->threshold_stride;
    exposure->threshold = model->threshold + row * stride;
    exposure->worst = outcomes->worst + row * (size_t)outcomes->bounds;
    exposure->sure = outcomes->sure + row * (size_t)outcomes->bounds;
    exposure->change = outcomes->change + row * stride;
    exposure->changes = outcomes->changes[row];
    exposure->before = begin - year * model->grid.periods_per_year;
    exposure->year = year;
    exposure->years = begin <= model->grid.last ? chunk->last_year - year + 1 : 0;
}

/*
 * (threshold − √ρ Y)/√(1−ρ), the threshold over √W; loading and spread are √ρ/√(1−ρ) and 1/√(1−ρ).
 */
MLD_INLINE double argument_of(double loading, double spread, double threshold, double scale,
                              double systematic)
{
    return spread * (threshold * scale) - loading * systematic;
}

/*
 * Arguments of Φ of one issuer: by calendar year at the age it ends with, then at the ages before
 * changes. Returns their number.
 */
MLD_INLINE int gather(const struct mld_issuer_chunk *chunk,
                      const struct mld_issuer_outcomes *outcomes, int i,
                      const struct mld_exposure *exposure, double *restrict argument)
{
    const struct mld_issuer *issuer = &chunk->issuer[i];
    double loading = chunk->loading[issuer->form], spread = chunk->spread[issuer->form];
    const double *systematic = outcomes->systematic +
                               (size_t)(chunk->row + i) * (size_t)outcomes->stride + exposure->year;
    const double *scale = outcomes->mixing_scale + (size_t)issuer->path * (size_t)outcomes->stride +
                          exposure->year;
    const double *threshold = exposure->threshold;
    int n = exposure->years;
    for (int k = 0; k < n; k++)
        argument[k] = argument_of(loading, spread, threshold[k], scale[k], systematic[k]);
    for (int c = 0;
         exposure->before > 0 && c < exposure->changes && exposure->change[c] < exposure->years;
         c++, n++) {
        int k = exposure->change[c];
        argument[n] = argument_of(loading, spread, threshold[k - 1], scale[k], systematic[k]);
    }
    return n;
}

/* VECTOR sums, so that no addition waits for the one before; n is a multiple of it. */
MLD_INLINE double sum_of(int n, const float *restrict x)
{
    float sum[VECTOR] = { 0 };
    for (int block = 0; block < n; block += VECTOR)
        for (int j = 0; j < VECTOR; j++)
            sum[j] += x[block + j];
    return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}

/*
 * Bounds of the hazards of n calendar years, from the exposure's first on, in whole vectors: those
 * beyond t_L are 0, or nearly.
 */
MLD_INLINE void fill_bounds(const struct mld_issuer_chunk *chunk,
                            const struct mld_issuer_outcomes *outcomes, int i,
                            const struct mld_exposure *exposure, int n, float *restrict most)
{
    const struct mld_issuer *issuer = &chunk->issuer[i];
    const size_t stride = (size_t)outcomes->stride, year = (size_t)exposure->year;
    const double loading = chunk->loading[issuer->form], spread = chunk->spread[issuer->form];
    const double *restrict worst = exposure->worst, *restrict beyond = chunk->beyond + year,
                           *restrict scale = outcomes->mixing_scale +
                                             (size_t)issuer->path * stride + year,
                           *restrict systematic = outcomes->systematic +
                                                  (size_t)(chunk->row + i) * stride + year;
    for (int k = 0; k < n; k++)
        most[k] = (float)(argument_of(loading, spread, worst[k], scale[k], systematic[k]) +
                          beyond[k]);
    for (int k = 0; k < n; k++)
        most[k] = mld_normal_hazard_above_inline(most[k]);
}

/*
 * Calendar years by whose end the issuer is in default for sure, at most those of the exposure: its
 * hazards are at least the bounds over MLD_MOST_ABOVE, where no threshold changes.
 */
MLD_INLINE int years_needed(const struct mld_exposure *exposure, int m, const float *most,
                            double goal)
{
    double sum = -exposure->before * (double)most[0] * exposure->sure[0] / m;
    for (int k = 0; k < exposure->years; k++) {
        sum += (double)most[k] * exposure->sure[k];
        if (sum > goal + NEXT_TO_NOTHING)
            return k + 1;
    }
    return exposure->years;
}

/*
 * First period of a calendar year by whose end `sum` plus its hazards reaches `goal`: `before` at
 * `early`, then at `late`.
 */
static int period_of(int from, int before, int m, double early, double late, double sum,
                     double goal)
{
    for (int j = from; j < m; j++) {
        sum += j < before ? early : late;
        if (sum >= goal)
            return j;
    }
    /*
     * Adding up period by period and by year round apart: the year reaches the goal, so its last
     * period does.
     */
    return m - 1;
}

/*
 * Period of default, or T. Hazards are annual, in the order of gather(); the goal is m E, so that
 * none is divided by m.
 */
static int default_period(const struct mld_grid *grid, const struct mld_exposure *exposure,
                          const double *hazard, double goal)
{
    int m = grid->periods_per_year, before = exposure->before, changes = 0;
    double sum = 0.0;
    for (int k = 0; k < exposure->years; k++) {
        int changed = before > 0 && changes < exposure->changes && exposure->change[changes] == k;
        double late = hazard[k], early = changed ? hazard[exposure->years + changes++] : late;
        int from = k == 0 ? before : 0;
        double year = (before - from) * early + (m - before) * late;
        if (sum + year >= goal) {
            int period = (exposure->year + k) * m +
                         period_of(from, before, m, early, late, sum, goal);
            return period <= grid->last ? period : grid->periods;
        }
        sum += year;
    }
    return grid->periods;
}

/* ---- hazards that change within a life ---- */

/* Hazards by period of the grid, annual, from those of gather(). */
static void spread_hazards(int m, const struct mld_exposure *exposure, const double *hazard,
                           double *by_period)
{
    int changes = 0;
    for (int k = 0; k < exposure->years; k++) {
        int changed = exposure->before > 0 && changes < exposure->changes &&
                      exposure->change[changes] == k;
        double late = hazard[k], early = changed ? hazard[exposure->years + changes++] : late;
        for (int j = 0; j < m; j++)
            by_period[(exposure->year + k) * m + j] = j < exposure->before ? early : late;
    }
}

/*
 * Period of default, or T, of an issuer whose first covered deal is not its first: its hazards are
 * those without the guarantee up to that deal's period.
 */
static int late_default_period(const struct mld_issuer_chunk *chunk,
                               const struct mld_issuer_outcomes *outcomes, int i, double goal)
{
    const struct mld_grid *grid = &chunk->model->grid;
    const int level[2] = { 0, chunk->hazard[i].level };
    double argument[2 * MLD_MAX_YEARS], hazard[2 * MLD_MAX_YEARS], by_period[2][MLD_MAX_PERIODS],
        sum = 0.0;
    for (int raised = 0; raised < 2; raised++) {
        struct mld_exposure exposure;
        expose(chunk, outcomes, i, level[raised], &exposure);
        int n = gather(chunk, outcomes, i, &exposure, argument);
        mld_normal_hazard_n(n, argument, hazard);
        spread_hazards(grid->periods_per_year, &exposure, hazard, by_period[raised]);
    }
    for (int t = chunk->issuer[i].period + 1; t <= grid->last; t++) {
        sum += by_period[t > chunk->hazard[i].from][t];
        if (sum >= goal)
            return t;
    }
    return grid->periods;
}

/* ---- all of a chunk ---- */

/* E = −ln u at MLD_DRAW_DEFAULT; the uniform of the resolution comes with it. */
static void draw_thresholds(const struct mld_issuer_chunk *chunk,
                            struct mld_issuer_outcomes *outcomes)
{
    double *threshold = outcomes->threshold + chunk->row,
           *resolution = outcomes->resolution + chunk->row;
    for (int i = 0; i < chunk->n; i++)
        outcomes->chosen[i] = i;
    mld_issuers_address(chunk, chunk->n, outcomes->chosen, outcomes);
    mld_draws_uniform_rows(chunk->model->seed, MLD_STREAM_ISSUER, chunk->n, outcomes->draw_path,
                           outcomes->draw_entity, MLD_DRAW_DEFAULT, 2, outcomes->uniform);
    for (int i = 0; i < chunk->n; i++) {
        outcomes->normal[i] = outcomes->uniform[2 * i + MLD_DRAW_DEFAULT];
        resolution[i] = outcomes->uniform[2 * i + MLD_DRAW_RESOLUTION];
    }
    mld_log_n(chunk->n, outcomes->normal, threshold);
    for (int i = 0; i < chunk->n; i++)
        threshold[i] = -threshold[i];
}

/* Collects the arguments of the hazards of those issuers that may default. Returns their number. */
static MLD_CLONES int gather_chunk(const struct mld_issuer_chunk *chunk,
                                   struct mld_issuer_outcomes *outcomes)
{
    float most[MLD_MAX_YEARS + VECTOR];
    int total = 0, m = chunk->model->grid.periods_per_year;
    for (int i = 0; i < chunk->n; i++) {
        struct mld_exposure *exposure = &outcomes->exposure[i];
        expose(chunk, outcomes, i, chunk->hazard ? chunk->hazard[i].level : 0, exposure);
        int n = (exposure->years + VECTOR - 1) / VECTOR * VECTOR;
        double goal = outcomes->threshold[chunk->row + i];
        exposure->start = -1;
        if (n == 0 || is_late(chunk, i))
            continue;
        fill_bounds(chunk, outcomes, i, exposure, n, most);
        if (sum_of(n, most) + NEXT_TO_NOTHING < goal)
            continue;
        exposure->start = total;
        exposure->years = years_needed(exposure, m, most, goal);
        total += gather(chunk, outcomes, i, exposure, outcomes->argument + total);
    }
    return total;
}

void mld_issuers_default(const struct mld_issuer_chunk *chunk, struct mld_issuer_outcomes *outcomes)
{
    const struct mld_grid *grid = &chunk->model->grid;
    draw_thresholds(chunk, outcomes);
    int total = gather_chunk(chunk, outcomes);
    mld_normal_hazard_n(total, outcomes->argument, outcomes->hazard);
    for (int i = 0; i < chunk->n; i++) {
        const struct mld_exposure *exposure = &outcomes->exposure[i];
        double goal = grid->periods_per_year * outcomes->threshold[chunk->row + i];
        outcomes->default_period[chunk->row + i] =
            is_late(chunk, i) ? late_default_period(chunk, outcomes, i, goal)
            : exposure->start < 0
                ? grid->periods
                : default_period(grid, exposure, outcomes->hazard + exposure->start, goal);
    }
}
