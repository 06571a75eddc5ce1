/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Numerics that know no finance. Every function of a draw is made of IEEE additions,
 * multiplications, divisions and square roots in a fixed order (no fused operation, no libm), so
 * scalar and array forms give the same bits for any length, compiler and instruction set. Array
 * forms vectorise; x and y may not overlap.
 */
#ifndef MILLIARD_NUMERICS_H
#define MILLIARD_NUMERICS_H

#include <stddef.h>

#include "milliard/language.h"

MLD_BEGIN_DECLARATIONS

/**
 * Sums of money that differ by no more than this share of the amounts that made them are equal:
 * rounding decides no payment, no loss and no date. 480 periods are good to about 1e-13 of what
 * they add up, a million tickets to 1e-11; of 100 M€ it is a cent.
 */
#define MLD_TIE 1e-10

/** 1 where a sum is above another by more than rounding, both of amounts of the size of `scale`. */
static inline int mld_exceeds(double sum, double other, double scale)
{
    return sum - other > MLD_TIE * scale;
}

/** A sum of amounts of the size of `scale`, 0 where no more than their rounding is left of them. */
static inline double mld_settled(double sum, double scale)
{
    int crumb = (sum <= MLD_TIE * scale) & (sum >= -MLD_TIE * scale);
    return crumb ? 0.0 : sum;
}

/* e^x, relative error < 4e-16 on [-700, 700]; clamped outside */
double mld_exp(double x);
double mld_log(double x);   /**< ln x for normal x > 0, relative error < 4e-16 */
double mld_expm1(double x); /**< e^x − 1, relative error < 1e-15; clamped from 700 on */
double mld_log1p(double x); /**< ln(1 + x), x > −1, relative error < 1e-15 */
/** x^y, x > 0, |y ln x| < 700, relative error < 4e-16 (1 + |y ln x|). */
double mld_pow(double x, double y);
double mld_normal_cdf(double x); /**< Φ(x), relative error < 1e-13 for x > -37 */
/* Φ⁻¹(u), u in (0,1), relative error < 1e-14 (Wichura 1988, AS 241) */
double mld_normal_quantile(double u);

void mld_exp_n(int n, const double *__restrict x, double *__restrict y);
void mld_log_n(int n, const double *__restrict x, double *__restrict y);
void mld_normal_cdf_n(int n, const double *__restrict x, double *__restrict y);
void mld_normal_quantile_n(int n, const double *__restrict u, double *__restrict y);
/**
 * h[i] = -log1p(-Φ(x[i])), the cumulated hazard of one year at conditional PD Φ(x); absolute error
 * < 1e-15 + 1e-13 h.
 */
void mld_normal_hazard_n(int n, const double *__restrict x, double *__restrict h);

/**
 * A law's quantile as a function of V = Φ⁻¹(u), not of u, by cubic interpolation on equal steps:
 * smooth in V where the slope in u is unbounded. V counts up to 8.5 on each side, where a tail of
 * 1e-17 is left. Error, tested: < 1e-6, of the variable (Beta), relative to it (chi-square); < 1e-9
 * (1 + |t|) (Student); for Beta laws of sd² < 0.9998 mean (1 − mean), chi-square laws of 1 to 1000
 * degrees and Student laws of 2 to 1000. Made in some 40 µs, but up to a millisecond when a Beta
 * law is all but certain to be 0 or 1.
 */
struct mld_quantile_table;
/* Beta of that mean and sd; NULL: no memory or sd² ≥ mean(1−mean) */
struct mld_quantile_table *mld_quantile_table_beta(double mean, double sd);
struct mld_quantile_table *mld_quantile_table_chi_square(double dof); /**< chi-square */
struct mld_quantile_table *mld_quantile_table_student(double dof);    /**< Student's law */
void mld_quantile_table_free(struct mld_quantile_table *table);
double mld_quantile_table_at(const struct mld_quantile_table *table, double v);

/**
 * Lower Cholesky factor L (n×n, row-major) of a correlation matrix; returns 0, or -1 and the
 * smallest eigenvalue.
 */
int mld_cholesky(int n, const double *matrix, double *factor, double *smallest_eigenvalue);

MLD_END_DECLARATIONS

#endif
