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
 * issuers never default: a bound of their hazards, from a table, says so without computing them.
 */
#include "issuer/issuer.h"
#include "milliard/draws.h"
#include "milliard/numerics.h"

static struct mld_exposure exposure_of(const struct mld_issuer_chunk *chunk,
                                       const struct mld_issuer_outcomes *outcomes, int i)
{
    const struct mld_model *model = chunk->model;
    const struct mld_issuer *issuer = &chunk->issuer[i];
    int begin = issuer->period + 1;
    int year = mld_grid_year(&model->grid, begin);
    int moral = chunk->hazard_scale && chunk->hazard_scale[i] != 1.0;
    size_t row = ((size_t)issuer->terms * (size_t)model->n_forms + (size_t)issuer->form) * 2 +
                 (size_t)moral;
    size_t stride = (size_t)model->threshold_stride;
    return (struct mld_exposure){ .threshold = model->threshold + row * stride,
                                  .change = outcomes->change + row * stride,
                                  .changes = outcomes->changes[row],
                                  .before = begin - year * model->grid.periods_per_year,
                                  .year = year,
                                  .years = begin <= model->grid.last ? chunk->last_year - year + 1
                                                                     : 0 };
}

/*
 * (threshold − √ρ Y)/√(1−ρ), the threshold over √W; loading and spread are √ρ/√(1−ρ) and 1/√(1−ρ).
 */
static double argument_of(double loading, double spread, double threshold, double scale,
                          double systematic)
{
    return spread * (threshold * scale) - loading * systematic;
}

static void fill_arguments(int years, double loading, double spread,
                           const double *restrict threshold, const double *restrict scale,
                           const double *restrict systematic, double *restrict argument)
{
    for (int k = 0; k < years; k++)
        argument[k] = argument_of(loading, spread, threshold[k], scale[k], systematic[k]);
}

/*
 * Arguments of Φ of one issuer: by calendar year at the age it ends with, then at the ages before
 * changes. Returns their number.
 */
static int gather(const struct mld_issuer_chunk *chunk, const struct mld_issuer_outcomes *outcomes,
                  int i, const struct mld_exposure *exposure, double *argument)
{
    const struct mld_issuer *issuer = &chunk->issuer[i];
    double loading = chunk->loading[issuer->form], spread = chunk->spread[issuer->form];
    const double *systematic = outcomes->systematic + (size_t)i * (size_t)outcomes->stride +
                               exposure->year;
    const double *scale = outcomes->mixing_scale + (size_t)issuer->path * (size_t)outcomes->stride +
                          exposure->year;
    int n = exposure->years;
    fill_arguments(n, loading, spread, exposure->threshold, scale, systematic, argument);
    for (int c = 0;
         exposure->before > 0 && c < exposure->changes && exposure->change[c] < exposure->years;
         c++, n++) {
        int k = exposure->change[c];
        argument[n] = argument_of(loading, spread, exposure->threshold[k - 1], scale[k],
                                  systematic[k]);
    }
    return n;
}

static void fill_ceilings(int n, const double *restrict argument, const double *restrict table,
                          double *restrict ceiling)
{
    for (int i = 0; i < n; i++) {
        double interval = (argument[i] - MLD_CEILING_LOW) * MLD_CEILING_STEPS;
        interval = interval > 0.0 ? interval : 0.0;
        interval = interval < MLD_CEILINGS ? interval : MLD_CEILINGS;
        ceiling[i] = table[(int)interval + 1];
    }
}

/*
 * 1 if the hazards of all periods, bounded one by one, stay below the goal m E; n arguments in the
 * order of gather().
 */
static int never_reaches(const struct mld_exposure *exposure, int m, int n, const double *argument,
                         const double *table, double goal)
{
    double ceiling[2 * MLD_MAX_YEARS], years = 0.0, changed = 0.0;
    int before = exposure->before;
    fill_ceilings(n, argument, table, ceiling);
    for (int k = 0; k < exposure->years; k++)
        years += ceiling[k];
    for (int c = 0; c < n - exposure->years; c++)
        changed += ceiling[exposure->years + c] - ceiling[exposure->change[c]];
    return n == 0 || m * years - before * (ceiling[0] - changed) < goal;
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

/* E = −ln u at MLD_DRAW_DEFAULT; the uniform of the resolution comes with it. */
static void draw_thresholds(const struct mld_issuer_chunk *chunk,
                            struct mld_issuer_outcomes *outcomes)
{
    double *threshold = outcomes->threshold + chunk->from,
           *resolution = outcomes->resolution + chunk->from;
    for (int i = 0; i < chunk->n; i++)
        outcomes->chosen[i] = chunk->from + i;
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
static int gather_chunk(const struct mld_issuer_chunk *chunk, struct mld_issuer_outcomes *outcomes)
{
    int m = chunk->model->grid.periods_per_year, total = 0;
    for (int i = 0; i < chunk->n; i++) {
        struct mld_exposure *exposure = &outcomes->exposure[i];
        double *argument = outcomes->argument + total,
               goal = m * outcomes->threshold[chunk->from + i];
        *exposure = exposure_of(chunk, outcomes, chunk->from + i);
        int n = gather(chunk, outcomes, chunk->from + i, exposure, argument);
        int never = never_reaches(exposure, m, n, argument, outcomes->ceiling, goal);
        exposure->start = never ? -1 : total;
        total += never ? 0 : n;
    }
    return total;
}

void mld_issuers_default(const struct mld_issuer_chunk *chunk, struct mld_issuer_outcomes *outcomes)
{
    const struct mld_grid *grid = &chunk->model->grid;
    draw_thresholds(chunk, outcomes);
    int total = gather_chunk(chunk, outcomes);
    mld_normal_hazard_n(total, outcomes->argument, outcomes->hazard);
    for (int i = chunk->from; i < chunk->from + chunk->n; i++) {
        const struct mld_exposure *exposure = &outcomes->exposure[i - chunk->from];
        outcomes->default_period[i] =
            exposure->start < 0 ? grid->periods
                                : default_period(grid, exposure, outcomes->hazard + exposure->start,
                                                 grid->periods_per_year * outcomes->threshold[i]);
    }
}
