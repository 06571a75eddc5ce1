/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Functions of the draws of a world that are orthonormal under their law: the first and second
 * Legendre polynomial of a number's u, the contrast of a choice's, and all products of two firsts.
 */
#ifndef MILLIARD_UNCERTAIN_BASIS_H
#define MILLIARD_UNCERTAIN_BASIS_H

#include "milliard/uncertain.h"

/** The inputs of a term, −1 for none: a constant has none, a product two. */
struct mld_term {
    int input[2];
    int degree; /**< of the first: 1 or 2 */
};

/** Gives term [mld_regression_terms()], the constant first. */
void mld_basis_terms(int inputs, const struct mld_index_input *input, struct mld_term *term);
/** The terms of one world, of u [input]. Gives x [terms]. */
void mld_basis_fill(int terms, const struct mld_term *term, const struct mld_index_input *input,
                    const double *u, double *x);

#endif
