/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "uncertain/basis.h"

#include <math.h>

/* Functions of one input alone: none of a choice that is always the same. */
static int functions_of(const struct mld_index_input *input)
{
    return !input->is_choice ? 2 : input->probability > 0 && input->probability < 1;
}

int mld_regression_terms(int inputs, const struct mld_index_input *input)
{
    int terms = 1, varying = 0;
    for (int j = 0; j < inputs; j++) {
        int own = functions_of(&input[j]);
        terms += own + (own > 0 ? varying : 0);
        varying += own > 0;
    }
    return terms;
}

void mld_basis_terms(int inputs, const struct mld_index_input *input, struct mld_term *term)
{
    *term++ = (struct mld_term){ { -1, -1 }, 0 };
    for (int j = 0; j < inputs; j++)
        for (int degree = 1; degree <= functions_of(&input[j]); degree++)
            *term++ = (struct mld_term){ { j, -1 }, degree };
    for (int j = 0; j < inputs; j++)
        for (int i = 0; i < j; i++)
            if (functions_of(&input[i]) && functions_of(&input[j]))
                *term++ = (struct mld_term){ { i, j }, 1 };
}

/*
 * √12 (u − 1/2) and √5 (6 u² − 6 u + 1); of a choice whose second has the probability p,
 * (1 − p) / √(p (1 − p)) where it is drawn, −p / √(p (1 − p)) else.
 */
static double function_of(const struct mld_index_input *input, int degree, double u)
{
    if (degree == 2)
        return sqrt(5.0) * (6 * u * u - 6 * u + 1);
    if (!input->is_choice)
        return sqrt(12.0) * (u - 0.5);
    double p = input->probability;
    return ((u >= 1 - p) - p) / sqrt(p * (1 - p));
}

void mld_basis_fill(int terms, const struct mld_term *term, const struct mld_index_input *input,
                    const double *u, double *x)
{
    for (int t = 0; t < terms; t++) {
        int first = term[t].input[0], second = term[t].input[1];
        x[t] = first < 0 ? 1 : function_of(&input[first], term[t].degree, u[first]);
        if (second >= 0)
            x[t] *= function_of(&input[second], 1, u[second]);
    }
}
