/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Storage of the outcomes of a batch's issuers. Source: model, section 3. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/vector.h"
#include "issuer/issuer.h"

static int round_up(int n, int multiple) { return (n + multiple - 1) / multiple * multiple; }

static int allocate_outcomes(struct mld_issuer_outcomes *outcomes, size_t issuers)
{
    /* Whole vectors read a little beyond a row of `systematic`. */
    size_t row = issuers * (size_t)outcomes->stride + 8;
    outcomes->default_period = malloc(issuers * sizeof *outcomes->default_period);
    outcomes->threshold = malloc(issuers * sizeof *outcomes->threshold);
    outcomes->resolution = malloc(issuers * sizeof *outcomes->resolution);
    outcomes->zeta = malloc(issuers * sizeof *outcomes->zeta);
    outcomes->xi = malloc(issuers * sizeof *outcomes->xi);
    outcomes->quality = malloc(row * sizeof *outcomes->quality);
    outcomes->surplus = malloc(row * sizeof *outcomes->surplus);
    outcomes->systematic = calloc(row, sizeof *outcomes->systematic);
    return outcomes->default_period && outcomes->threshold && outcomes->resolution &&
           outcomes->zeta && outcomes->xi && outcomes->quality && outcomes->surplus &&
           outcomes->systematic;
}

/*
 * By issuer of a chunk: two draws or a row of anniversaries; two hazards a year at most, of the
 * ages before and after.
 */
static int allocate_scratch(struct mld_issuer_outcomes *outcomes, int years)
{
    const size_t n = MLD_ISSUERS_TOGETHER;
    size_t draws = n * (size_t)(outcomes->drawn > 2 ? outcomes->drawn : 2),
           hazards = 2 * n * (size_t)years;
    outcomes->uniform = malloc(draws * sizeof *outcomes->uniform);
    outcomes->normal = malloc(draws * sizeof *outcomes->normal);
    outcomes->argument = malloc(hazards * sizeof *outcomes->argument);
    outcomes->hazard = malloc(hazards * sizeof *outcomes->hazard);
    outcomes->exposure = malloc(n * sizeof *outcomes->exposure);
    outcomes->chosen = malloc(n * sizeof *outcomes->chosen);
    outcomes->draw_path = malloc(n * sizeof *outcomes->draw_path);
    outcomes->draw_entity = malloc(n * sizeof *outcomes->draw_entity);
    return outcomes->uniform && outcomes->normal && outcomes->argument && outcomes->hazard &&
           outcomes->exposure && outcomes->chosen && outcomes->draw_path && outcomes->draw_entity;
}

/*
 * Ages at which a row of thresholds differs from the age before: elsewhere a calendar year needs
 * one hazard only.
 */
static void find_changes(struct mld_issuer_outcomes *outcomes, const struct mld_model *model,
                         int rows)
{
    int stride = model->threshold_stride;
    for (int row = 0; row < rows; row++) {
        const double *threshold = model->threshold + (size_t)row * (size_t)stride;
        unsigned char *change = outcomes->change + (size_t)row * (size_t)stride;
        outcomes->changes[row] = 0;
        for (int a = 1; a < stride; a++)
            if (threshold[a] != threshold[a - 1])
                change[outcomes->changes[row]++] = (unsigned char)a;
    }
}

/*
 * By age in years of each row of thresholds: the higher one of the ages a − 1 and a, which a
 * calendar year may hold; and what of its bound the year's hazard is at least, 0 where they differ.
 */
static void fill_bounds(struct mld_issuer_outcomes *outcomes, const struct mld_model *model,
                        int rows)
{
    int ages = model->threshold_stride;
    for (int row = 0; row < rows; row++) {
        const double *threshold = model->threshold + (size_t)row * (size_t)ages;
        double *worst = outcomes->worst + (size_t)row * (size_t)outcomes->bounds,
               *sure = outcomes->sure + (size_t)row * (size_t)outcomes->bounds;
        for (int a = 0; a < ages; a++) {
            double before = threshold[a > 0 ? a - 1 : 0];
            worst[a] = threshold[a] > before ? threshold[a] : before;
            sure[a] = threshold[a] == before ? 1.0 / MLD_HAZARD_MOST_ABOVE : 0.0;
        }
    }
}

/* 1/√W(y) = 1 until the mixture of a Student dependence says otherwise. */
static int allocate_years(struct mld_issuer_outcomes *outcomes, const struct mld_model *model,
                          int paths)
{
    size_t rows = (size_t)model->n_terms * (size_t)model->n_forms * (size_t)model->n_hazards,
           scales = (size_t)paths * (size_t)outcomes->stride + 8;
    outcomes->changes = malloc(rows);
    outcomes->change = malloc(rows * (size_t)model->threshold_stride);
    outcomes->mixing_scale = malloc(scales * sizeof *outcomes->mixing_scale);
    outcomes->bounds = outcomes->stride + 8;
    outcomes->worst = calloc(rows * (size_t)outcomes->bounds, sizeof *outcomes->worst);
    outcomes->sure = calloc(rows * (size_t)outcomes->bounds, sizeof *outcomes->sure);
    if (!outcomes->changes || !outcomes->change || !outcomes->mixing_scale || !outcomes->worst ||
        !outcomes->sure)
        return 0;
    fill_bounds(outcomes, model, (int)rows);
    find_changes(outcomes, model, (int)rows);
    for (size_t i = 0; i < scales; i++)
        outcomes->mixing_scale[i] = 1.0;
    return 1;
}

enum mld_status mld_issuer_outcomes_init(struct mld_issuer_outcomes *outcomes,
                                         const struct mld_model *model, int issuers, int paths)
{
    memset(outcomes, 0, sizeof *outcomes);
    int years = model->grid.horizon_years;
    outcomes->stride = round_up(years, 8);
    outcomes->drawn = round_up(years, 2);
    if (allocate_outcomes(outcomes, (size_t)issuers) && allocate_scratch(outcomes, years) &&
        allocate_years(outcomes, model, paths))
        return MLD_OK;
    mld_issuer_outcomes_clear(outcomes);
    return MLD_ERR_MEMORY;
}

void mld_issuer_outcomes_clear(struct mld_issuer_outcomes *outcomes)
{
    free(outcomes->default_period);
    free(outcomes->threshold);
    free(outcomes->resolution);
    free(outcomes->zeta);
    free(outcomes->xi);
    free(outcomes->quality);
    free(outcomes->surplus);
    free(outcomes->systematic);
    free(outcomes->uniform);
    free(outcomes->normal);
    free(outcomes->argument);
    free(outcomes->hazard);
    free(outcomes->exposure);
    free(outcomes->chosen);
    free(outcomes->draw_path);
    free(outcomes->draw_entity);
    free(outcomes->changes);
    free(outcomes->change);
    free(outcomes->mixing_scale);
    free(outcomes->worst);
    free(outcomes->sure);
    memset(outcomes, 0, sizeof *outcomes);
}
