/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario/ranks.h"

#include <string.h>

/* sin x = x − x³/3! + x⁵/5! …; of |x| ≤ π/6 the tenth term is below 1e-22. */
static double sine(double x)
{
    double term = x, sum = x;
    for (int n = 1; n < 10; n++) {
        term *= -x * x / ((2 * n) * (2 * n + 1));
        sum += term;
    }
    return sum;
}

double mld_ranks_pearson(double rank)
{
    static const double PI = 3.14159265358979323846;
    return 2 * sine(PI * rank / 6);
}

static int place_of(int n, const char *const *name, const char *wanted)
{
    for (int i = 0; i < n; i++)
        if (!strcmp(name[i], wanted))
            return i;
    return -1;
}

void mld_ranks_matrix(const struct mld_judgements *judgements, int n, const char *const *name,
                      double *matrix)
{
    memset(matrix, 0, (size_t)n * (size_t)n * sizeof *matrix);
    for (int i = 0; i < n; i++)
        matrix[i * n + i] = 1;
    for (int c = 0; c < judgements->n_correlations; c++) {
        const struct mld_rank_correlation *pair = &judgements->correlation[c];
        int a = place_of(n, name, pair->first), b = place_of(n, name, pair->second);
        if (a >= 0 && b >= 0)
            matrix[a * n + b] = matrix[b * n + a] = mld_ranks_pearson(pair->value);
    }
}
