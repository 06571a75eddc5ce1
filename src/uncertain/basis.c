/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "uncertain/basis.h"

#include <math.h>

int mld_regression_terms(int inputs, const struct mld_index_input *input)
{
    int terms = 1 + inputs * (inputs - 1) / 2;
    for (int j = 0; j < inputs; j++)
        terms += input[j].is_choice ? 1 : 2;
    return terms;
}

void mld_basis_terms(int inputs, const struct mld_index_input *input, struct mld_term *term)
{
    *term++ = (struct mld_term){ { -1, -1 }, 0 };
    for (int j = 0; j < inputs; j++)
        for (int degree = 1; degree <= (input[j].is_choice ? 1 : 2); degree++)
            *term++ = (struct mld_term){ { j, -1 }, degree };
    for (int j = 0; j < inputs; j++)
        for (int i = 0; i < j; i++)
            *term++ = (struct mld_term){ { i, j }, 1 };
}

/*
 * √12 (u − 1/2) and √5 (6 u² − 6 u + 1); of a choice whose second has the probability p,
 * (1 − p) / √(p (1 − p)) where it is drawn, −p / √(p (1 − p)) else; 0 of one that is no choice.
 */
static double function_of(const struct mld_index_input *input, int degree, double u)
{
    if (degree == 2)
        return sqrt(5.0) * (6 * u * u - 6 * u + 1);
    if (!input->is_choice)
        return sqrt(12.0) * (u - 0.5);
    double p = input->probability, scale = sqrt(p * (1 - p));
    return scale > 0 ? ((u >= 1 - p) - p) / scale : 0;
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
