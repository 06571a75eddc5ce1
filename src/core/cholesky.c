/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cholesky factor of a correlation matrix, in a fixed order, since every factor of a path goes
 * through it; and the smallest eigenvalue, which only decides whether there is one and is told when
 * there is none, by GSL.
 */
#include "milliard/numerics.h"

#include <float.h>
#include <gsl/gsl_eigen.h>
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

/** Rows of L from top to bottom: L_jj² = a_jj − Σ L_jk², L_ij L_jj = a_ij − Σ L_ik L_jk, k < j. */
static void factorise(int n, const double *matrix, double *factor)
{
    memset(factor, 0, (size_t)n * (size_t)n * sizeof *factor);
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) {
            double left = matrix[i * n + j];
            for (int k = 0; k < j; k++)
                left -= factor[i * n + k] * factor[j * n + k];
            factor[i * n + j] = i == j ? sqrt(left) : left / factor[j * n + j];
        }
}

int mld_cholesky(int n, const double *matrix, double *factor, double *smallest_eigenvalue)
{
    memcpy(factor, matrix, (size_t)n * (size_t)n * sizeof *factor);
    *smallest_eigenvalue = smallest_eigenvalue_of(n, factor);
    /*
     * Rounding moves the eigenvalues of a matrix of trace n by some n ε: below that, zero cannot be
     * told apart.
     */
    if (!(*smallest_eigenvalue > 4.0 * n * DBL_EPSILON))
        return -1;
    factorise(n, matrix, factor);
    return 0;
}
