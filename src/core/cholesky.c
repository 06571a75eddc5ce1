/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cholesky factor of a correlation matrix, and the smallest eigenvalue when it has none. */
#include "milliard/numerics.h"

#include <float.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

/** Smallest eigenvalue of a symmetric matrix, which is destroyed; NaN without memory. */
static double smallest_eigenvalue_of(int n, double *matrix)
{
    gsl_eigen_symm_workspace *workspace = gsl_eigen_symm_alloc((size_t)n);
    gsl_vector *values = gsl_vector_alloc((size_t)n);
    double smallest = NAN;
    if (workspace && values) {
        gsl_matrix_view view = gsl_matrix_view_array(matrix, (size_t)n, (size_t)n);
        gsl_eigen_symm(&view.matrix, values, workspace);
        smallest = gsl_vector_min(values);
    }
    if (workspace)
        gsl_eigen_symm_free(workspace);
    gsl_vector_free(values);
    return smallest;
}

int mld_cholesky(int n, const double *matrix, double *factor, double *smallest_eigenvalue)
{
    size_t size = (size_t)n * (size_t)n * sizeof *factor;
    memcpy(factor, matrix, size);
    *smallest_eigenvalue = smallest_eigenvalue_of(n, factor);
    memcpy(factor, matrix, size);
    /* Rounding moves the eigenvalues of a matrix of trace n by some n ε: below that, zero cannot be told apart. */
    if (!(*smallest_eigenvalue > 4.0 * n * DBL_EPSILON))
        return -1;
    gsl_matrix_view view = gsl_matrix_view_array(factor, (size_t)n, (size_t)n);
    gsl_linalg_cholesky_decomp1(&view.matrix);
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++)
            factor[i * n + j] = 0.0;
    return 0;
}
