/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Factors and legal forms (model, sections 2, 3 and 5.1). */
#include "scenario/resolve.h"

#include "milliard/draws.h"
#include "params/names.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *factor_name(const void *context, int i)
{
    const struct mld_factors_spec *factors = context;
    return i < factors->n_factors ? factors->factor[i].name : "tmo";
}

/* Index of a named factor, n_factors for the TMO, or -1. */
static int factor_index(const struct mld_factors_spec *factors, const char *name)
{
    for (int i = 0; i <= factors->n_factors; i++)
        if (!strcmp(factor_name(factors, i), name))
            return i;
    return -1;
}

static void tell_unknown(struct mld_check *check, const char *key, const char *name,
                         const char *nearest)
{
    mld_check_fail(check, key, " = \"%s\": no such factor%s%s%s", name,
                   nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
}

static void check_names(struct mld_check *check)
{
    const struct mld_factors_spec *factors = &check->plan->model.factors;
    char key[MLD_KEY];
    for (int i = 0; i < factors->n_factors; i++)
        if (!strcmp(factors->factor[i].name, "tmo"))
            mld_check_fail(check, mld_check_key(key, "factors.named.tmo"),
                           ": the TMO is always there; another name is expected");
    for (int s = 0; s < factors->n_sectors; s++)
        if (factor_index(factors, factors->sector[s]) >= 0)
            mld_check_fail(check, mld_check_key(key, "factors.sectors[%d]", s),
                           " = \"%s\" is a factor's name too", factors->sector[s]);
    if (!factors->n_factors)
        mld_check_fail(check, "factors.named", ": at least one factor is needed");
    if (!factors->n_sectors)
        mld_check_fail(check, "factors.sectors", ": at least one sector is needed");
}

static void set_correlation(struct mld_check *check, int i)
{
    struct mld_factors_spec *factors = &check->plan->model.factors;
    const struct mld_correlation *pair = &factors->correlation[i];
    int n = factors->n_factors + 1, a = factor_index(factors, pair->first),
        b = factor_index(factors, pair->second);
    char key[MLD_KEY];
    if (a < 0)
        tell_unknown(check, mld_check_key(key, "factors.correlations[%d].first", i), pair->first,
                     mld_name_nearest(pair->first, n, factor_name, factors));
    if (b < 0)
        tell_unknown(check, mld_check_key(key, "factors.correlations[%d].second", i), pair->second,
                     mld_name_nearest(pair->second, n, factor_name, factors));
    if (a < 0 || b < 0)
        return;
    if (a == b)
        mld_check_fail(check, mld_check_key(key, "factors.correlations[%d]", i),
                       ": a factor's correlation with itself is 1");
    else if (factors->matrix[a * n + b] != 0)
        mld_check_fail(check, mld_check_key(key, "factors.correlations[%d]", i),
                       ": %s and %s are given twice", pair->first, pair->second);
    else
        factors->matrix[a * n + b] = factors->matrix[b * n + a] = pair->value;
}

/* R over the named factors and the TMO, and its Cholesky factor. */
static void resolve_matrix(struct mld_check *check)
{
    struct mld_factors_spec *factors = &check->plan->model.factors;
    int n = factors->n_factors + 1, before = check->mistakes;
    double smallest = 0;
    memset(factors->matrix, 0, sizeof factors->matrix);
    for (int i = 0; i < n; i++)
        factors->matrix[i * n + i] = 1;
    for (int i = 0; i < factors->n_correlations; i++)
        set_correlation(check, i);
    if (check->mistakes == before && mld_cholesky(n, factors->matrix, factors->cholesky, &smallest))
        mld_check_fail(check, "factors.correlations",
                       ": the matrix is not positive definite; its smallest eigenvalue is %.6g",
                       smallest);
}

static int sector_index(const struct mld_factors_spec *factors, const char *name)
{
    for (int s = 0; s < factors->n_sectors; s++)
        if (!strcmp(factors->sector[s], name))
            return s;
    return -1;
}

static const char *stressable_name(const void *context, int i)
{
    const struct mld_factors_spec *factors = context;
    return i < factors->n_factors ? factors->factor[i].name
                                  : factors->sector[i - factors->n_factors];
}

/* Index of a stress: a named factor, or n_factors + sector. */
static void resolve_stress(struct mld_check *check, int i)
{
    struct mld_factors_spec *factors = &check->plan->model.factors;
    struct mld_stress *stress = &factors->stress[i];
    int factor = factor_index(factors, stress->factor),
        sector = sector_index(factors, stress->factor);
    char key[MLD_KEY];
    if (factor == factors->n_factors)
        mld_check_fail(check, mld_check_key(key, "factors.stress[%d].factor", i),
                       " = \"tmo\": named factors and sectors are stressed");
    else if (factor < 0 && sector < 0)
        tell_unknown(check, mld_check_key(key, "factors.stress[%d].factor", i), stress->factor,
                     mld_name_nearest(stress->factor, factors->n_factors + factors->n_sectors,
                                      stressable_name, factors));
    else
        stress->index = factor >= 0 ? factor : factors->n_factors + sector;
    if (stress->year >= check->plan->model.grid.horizon_years)
        mld_check_fail(check, mld_check_key(key, "factors.stress[%d].year", i),
                       " = %d is not before horizon_years = %d", stress->year,
                       check->plan->model.grid.horizon_years);
}

void mld_resolve_factors(struct mld_check *check)
{
    struct mld_plan *plan = check->plan;
    struct mld_factors_spec *factors = &plan->model.factors;
    check_names(check);
    resolve_matrix(check);
    for (int i = 0; i < factors->n_stress; i++)
        resolve_stress(check, i);
    for (int i = 0; i <= factors->n_factors; i++)
        factors->entity[i] = mld_entity_named(factor_name(factors, i));
    for (int s = 0; s < factors->n_sectors; s++)
        factors->sector_entity[s] = mld_entity_named(factors->sector[s]);
    for (int i = factors->tmo.n_history; i < 2; i++)
        factors->tmo.history[i] = i ? factors->tmo.history[i - 1] : factors->tmo.start;
    factors->tmo.n_history = 2;
    if (factors->dependence == MLD_STUDENT) {
        plan->model.mixing_table = mld_quantile_table_chi_square(factors->dof);
        check->no_memory |= !plan->model.mixing_table;
    }
}

/* Cov(F_k, F_l) = R_kl sqrt((1-φ_k²)(1-φ_l²)) / (1 - φ_k φ_l), the stationary covariance. */
static double stationary_covariance(const struct mld_factors_spec *factors, int k, int l)
{
    double a = factors->factor[k].persistence, b = factors->factor[l].persistence;
    return factors->matrix[k * (factors->n_factors + 1) + l] * sqrt((1 - a * a) * (1 - b * b)) /
           (1 - a * b);
}

static void resolve_form(struct mld_check *check, struct mld_form *form)
{
    const struct mld_factors_spec *factors = &check->plan->model.factors;
    double norm = form->sector_weight * form->sector_weight, innovation = norm;
    char key[MLD_KEY];
    for (int k = 0; k < factors->n_factors; k++)
        for (int l = 0; l < factors->n_factors; l++) {
            double weights = form->weight[k] * form->weight[l];
            norm += weights * stationary_covariance(factors, k, l);
            innovation += weights * factors->matrix[k * (factors->n_factors + 1) + l];
        }
    if (!(norm > 0) || !(innovation > 0))
        mld_check_fail(check, mld_check_key(key, "legal_forms.%s.weights", form->name),
                       ": at least one weight must differ from 0");
    form->norm = sqrt(norm);                  /* n of Y = [Σ w_k F_k + w_s F_s] / n */
    form->innovation_norm = sqrt(innovation); /* (w'Rw + w_s²)^½ */
    if (!form->n_pd)
        mld_check_fail(check, mld_check_key(key, "legal_forms.%s.pd", form->name),
                       ": at least one year is needed");
}

void mld_resolve_forms(struct mld_check *check)
{
    if (!check->plan->model.n_forms)
        mld_check_fail(check, "legal_forms", ": at least one legal form is needed");
    for (int i = 0; i < check->plan->model.n_forms; i++)
        resolve_form(check, &check->plan->model.form[i]);
}
