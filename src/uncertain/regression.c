/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sobol's indices from the worlds themselves (model, section 15): world means are regressed on
 * orthonormal functions of what was drawn, so that the square of a coefficient, less the variance
 * of its estimate, is the part of the ignorance that its term explains. With X the terms of all
 * worlds, A = X'X and Z = X A⁻¹: coefficients are Z'y, and their errors Z'e, e the residuals, each
 * over √(1 − h) of its leverage h = x · z, so that squares have the right mean (HC2).
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/plan.h"
#include "uncertain/basis.h"
#include "uncertain/blocks.h"

const double mld_least_explained = 0.9;

enum { WORLDS_A_TERM = 3 };

struct mld_regression {
    uint32_t worlds;
    int inputs, terms;
    struct mld_index_input *input;
    struct mld_term *term;
    double *x, *z;    /* [world][term] */
    double *leverage; /* [world] */
};

/* ---- to begin with ---- */

/* A += x x' of the upper triangle. */
static void add_square(int terms, const double *restrict x, double *restrict a)
{
    for (int i = 0; i < terms; i++)
        for (int j = i; j < terms; j++)
            a[(size_t)i * (size_t)terms + (size_t)j] += x[i] * x[j];
}

static void multiply(int terms, const double *restrict x, const double *restrict inverse,
                     double *restrict z)
{
    memset(z, 0, (size_t)terms * sizeof *z);
    for (int i = 0; i < terms; i++)
        for (int j = 0; j < terms; j++)
            z[j] += x[i] * inverse[(size_t)i * (size_t)terms + (size_t)j];
}

/* A⁻¹ in the place of A, of which the upper triangle is there; 0: it has none. */
static int invert(int terms, double *a)
{
    size_t n = (size_t)terms;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            a[i * n + j] = a[j * n + i];
    gsl_matrix_view view = gsl_matrix_view_array(a, n, n);
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    int bad = gsl_linalg_cholesky_decomp1(&view.matrix);
    if (!bad)
        bad = gsl_linalg_cholesky_invert(&view.matrix);
    gsl_set_error_handler(before);
    return !bad && a[n * n - 1] == a[n * n - 1];
}

static enum mld_status solve(struct mld_regression *regression, const double *u)
{
    int terms = regression->terms;
    size_t n = (size_t)terms;
    double *a = calloc(n * n, sizeof *a);
    if (!a)
        return MLD_ERR_MEMORY;
    for (uint32_t w = 0; w < regression->worlds; w++) {
        double *x = regression->x + w * n;
        mld_basis_fill(terms, regression->term, regression->input,
                       u + (size_t)w * (size_t)regression->inputs, x);
        add_square(terms, x, a);
    }
    int good = invert(terms, a);
    for (uint32_t w = 0; w < regression->worlds && good; w++) {
        const double *x = regression->x + w * n;
        double *z = regression->z + w * n, h = 0;
        multiply(terms, x, a, z);
        for (size_t t = 0; t < n; t++)
            h += x[t] * z[t];
        regression->leverage[w] = h;
    }
    free(a);
    return good ? MLD_OK : MLD_ERR_INPUT;
}

static int allocate(struct mld_regression *regression)
{
    size_t terms = (size_t)regression->terms, worlds = regression->worlds;
    regression->input = malloc(((size_t)regression->inputs + 1) * sizeof *regression->input);
    regression->term = malloc(terms * sizeof *regression->term);
    regression->x = malloc(worlds * terms * sizeof(double));
    regression->z = malloc(worlds * terms * sizeof(double));
    regression->leverage = malloc(worlds * sizeof(double));
    return regression->input && regression->term && regression->x && regression->z &&
           regression->leverage;
}

enum mld_status mld_regression_create(uint32_t worlds, int inputs,
                                      const struct mld_index_input *input, const double *u,
                                      struct mld_regression **out)
{
    int terms = mld_regression_terms(inputs, input);
    *out = NULL;
    if (worlds < (uint32_t)(WORLDS_A_TERM * terms))
        return MLD_ERR_INPUT;
    struct mld_regression *regression = calloc(1, sizeof *regression);
    if (!regression)
        return MLD_ERR_MEMORY;
    regression->worlds = worlds;
    regression->inputs = inputs;
    regression->terms = terms;
    enum mld_status status = allocate(regression) ? MLD_OK : MLD_ERR_MEMORY;
    if (status == MLD_OK) {
        for (int j = 0; j < inputs; j++)
            regression->input[j] = input[j];
        mld_basis_terms(inputs, input, regression->term);
        status = solve(regression, u);
    }
    if (status == MLD_OK)
        *out = regression;
    else
        mld_regression_free(regression);
    return status;
}

void mld_regression_free(struct mld_regression *regression)
{
    if (!regression)
        return;
    free(regression->input);
    free(regression->term);
    free(regression->x);
    free(regression->z);
    free(regression->leverage);
    free(regression);
}

/* ---- one measure ---- */

struct fit {
    const struct mld_regression *regression;
    const double *noise;
    double *coefficient, *variance; /* [term] and that of its estimate */
    double *square;                 /* [term] scratch */
    double *residual;               /* [world] over √(1 − leverage) */
    double unexplained;             /* residual variance, less chance / n */
};

static double mean_of(size_t n, const double *value)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += value[i];
    return sum / (double)n;
}

static void add_row(int terms, double times, const double *restrict row, double *restrict sum)
{
    for (int t = 0; t < terms; t++)
        sum[t] += times * row[t];
}

static void add_variance(int terms, double times, const double *restrict row, double *restrict sum)
{
    for (int t = 0; t < terms; t++)
        sum[t] += times * row[t] * row[t];
}

static void fit_mean(struct fit *fit, const double *mean)
{
    const struct mld_regression *regression = fit->regression;
    int terms = regression->terms;
    size_t n = (size_t)terms, worlds = regression->worlds;
    double origin = mean_of(worlds, mean), left = 0;
    memset(fit->coefficient, 0, n * sizeof(double));
    memset(fit->variance, 0, n * sizeof(double));
    for (size_t w = 0; w < worlds; w++)
        add_row(terms, mean[w] - origin, regression->z + w * n, fit->coefficient);
    for (size_t w = 0; w < worlds; w++) {
        double e = mean[w] - origin;
        for (size_t t = 0; t < n; t++)
            e -= fit->coefficient[t] * regression->x[w * n + t];
        left += e * e;
        fit->residual[w] = e / sqrt(1 - regression->leverage[w]);
        add_variance(terms, fit->residual[w] * fit->residual[w], regression->z + w * n,
                     fit->variance);
    }
    fit->unexplained = left / (double)(worlds - n) - mean_of(worlds, fit->noise);
}

/* ---- indices of squares without noise ---- */

/* Which of the sums a term goes into. */
static int is_of(const struct mld_term *term, const int *block, int b, int *alone)
{
    int first = term->input[0] >= 0 ? block[term->input[0]] : -1,
        second = term->input[1] >= 0 ? block[term->input[1]] : first;
    *alone = first == b && second == b;
    return first == b || second == b;
}

static double sum_squares(const struct mld_regression *regression, const double *square)
{
    double sum = 0;
    for (int t = 1; t < regression->terms; t++)
        sum += square[t];
    return sum;
}

/* First and total of a block, as parts of `all`. */
static void fill_block(const struct mld_regression *regression, const double *square,
                       const int *block, int b, double all, double part[2])
{
    part[0] = part[1] = 0;
    for (int t = 1; t < regression->terms; t++) {
        int alone;
        if (is_of(&regression->term[t], block, b, &alone))
            part[1] += square[t] / all;
        if (alone)
            part[0] += square[t] / all;
    }
}

static void fill_kinds(const struct mld_regression *regression, const double *square, double all,
                       struct mld_indices *indices)
{
    indices->numbers = indices->choices = indices->both = 0;
    for (int t = 1; t < regression->terms; t++) {
        const struct mld_term *term = &regression->term[t];
        int first = regression->input[term->input[0]].is_choice,
            second = term->input[1] < 0 ? first : regression->input[term->input[1]].is_choice;
        double *into = first != second ? &indices->both
                       : first         ? &indices->choices
                                       : &indices->numbers;
        *into += square[t] / all;
    }
}

/*
 * A replicate: coefficients moved by the residuals of worlds drawn again. Its squares hold the
 * noise of the estimate and that of the replicate, both of which are taken off.
 */
static void replicate(struct fit *fit, const unsigned char *times, double *all)
{
    const struct mld_regression *regression = fit->regression;
    int terms = regression->terms;
    double residual = 0, noise = 0, worlds = regression->worlds;
    memcpy(fit->square, fit->coefficient, (size_t)terms * sizeof(double));
    for (uint32_t w = 0; w < regression->worlds; w++) {
        double e = fit->residual[w];
        residual += times[w] * e * e;
        noise += times[w] * fit->noise[w];
        if (times[w] != 1)
            add_row(terms, (times[w] - 1) * e, regression->z + (size_t)w * (size_t)terms,
                    fit->square);
    }
    for (int t = 0; t < terms; t++)
        fit->square[t] = fit->square[t] * fit->square[t] - 2 * fit->variance[t];
    *all = sum_squares(regression, fit->square) + (residual - noise) / worlds;
}

/* ---- intervals ---- */

struct replicates {
    double *part; /* [block][first, total][replicate] */
    unsigned char *times;
};

static void fill_replicates(struct fit *fit, const int *block, int blocks, uint64_t seed,
                            struct replicates *replicates)
{
    double all, part[2];
    for (uint32_t r = 0; r < MLD_REPLICATES; r++) {
        mld_draw_again(seed, r, fit->regression->worlds, replicates->times);
        replicate(fit, replicates->times, &all);
        for (int b = 0; b < blocks; b++) {
            fill_block(fit->regression, fit->square, block, b, all, part);
            for (int i = 0; i < 2; i++)
                replicates->part[(2 * b + i) * MLD_REPLICATES + (int)r] = part[i];
        }
    }
}

static void fill_indices(struct fit *fit, const int *block, int blocks,
                         const struct replicates *replicates, struct mld_indices *indices,
                         struct mld_index *index)
{
    const struct mld_regression *regression = fit->regression;
    for (int t = 0; t < regression->terms; t++)
        fit->square[t] = fit->coefficient[t] * fit->coefficient[t] - fit->variance[t];
    double explained = sum_squares(regression, fit->square), all = explained + fit->unexplained;
    *indices = (struct mld_indices){ .explained = explained / all, .variance = all };
    fill_kinds(regression, fit->square, all, indices);
    for (int b = 0; b < blocks; b++) {
        double part[2];
        fill_block(regression, fit->square, block, b, all, part);
        const double *own = replicates->part + 2 * b * MLD_REPLICATES;
        index[b].first = mld_replicate_interval(part[0], own);
        index[b].total = mld_replicate_interval(part[1], own + MLD_REPLICATES);
    }
}

enum mld_status mld_regression_indices(const struct mld_regression *regression, const double *mean,
                                       const double *noise, const int *block, int blocks,
                                       uint64_t seed, struct mld_indices *indices,
                                       struct mld_index *index)
{
    size_t terms = (size_t)regression->terms, worlds = regression->worlds;
    for (size_t w = 0; w < worlds; w++)
        if (!(mean[w] == mean[w] && noise[w] == noise[w]))
            return MLD_ERR_INPUT;
    double *room = malloc((3 * terms + worlds) * sizeof *room);
    struct replicates replicates = { .part = malloc((size_t)(2 * blocks + 1) * MLD_REPLICATES *
                                                    sizeof(double)),
                                     .times = malloc(worlds) };
    int has_room = room && replicates.part && replicates.times;
    if (has_room) {
        struct fit fit = { .regression = regression,
                           .noise = noise,
                           .coefficient = room,
                           .variance = room + terms,
                           .square = room + 2 * terms,
                           .residual = room + 3 * terms };
        fit_mean(&fit, mean);
        fill_replicates(&fit, block, blocks, seed, &replicates);
        fill_indices(&fit, block, blocks, &replicates, indices, index);
    }
    free(room);
    free(replicates.part);
    free(replicates.times);
    return has_room ? MLD_OK : MLD_ERR_MEMORY;
}
