/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lognormal value multiple of an issuer's equity (model, section 5.1), which shares and
 * convertibles read. Its systematic part adds up e_Y of the year of each period, 1/m a period:
 *   S(n) = Σ_{u=t0+1..t0+n} e_Y(y(u)) / m,   v(n) = Var S(n) = Σ_years (periods in it / m)².
 */
#include "instrument/contract.h"

#include <math.h>

#include "core/vector.h"

static double innovation(const struct mld_setting *setting, int year)
{
    return setting->value_common[year] + setting->value_sector_weight * setting->value_sector[year];
}

double mld_value_log(const struct mld_value_terms *terms, const struct mld_setting *setting,
                     int age)
{
    int m = setting->m, end = setting->t0 + age;
    double sum = 0.0, variance = 0.0, step = 1.0 / m;
    for (int t = setting->t0 + 1, next; t <= end; t = next) {
        int year = t / m;
        next = (year + 1) * m <= end ? (year + 1) * m : end + 1;
        double part = (next - t) * step;
        sum += innovation(setting, year) * part;
        variance += part * part;
    }
    double rho = terms->equity_correlation, sigma = terms->volatility, years = age * step;
    /* ln M = g τ − ½σ²(ρ v + (1−ρ) τ) + σ(√ρ S + √(1−ρ) √τ ξ) */
    return terms->growth * years - 0.5 * sigma * sigma * (rho * variance + (1.0 - rho) * years) +
           sigma * (sqrt(rho) * sum + sqrt((1.0 - rho) * years) * setting->xi);
}

/*
 * Within a calendar year S is a straight line in the number k of its periods since the start of the
 * year's part and v a parabola, so that the whole logarithm is a n + b n² + c + d k + e k², with
 * constants by year.
 */
struct year_part {
    double a, b, c, d, e;
};

/*
 * Periods of a year's part in whole fours, so that the loop within has no remainder: what is
 * written beyond the part is overwritten by the next year's, or is padding.
 */
MLD_INLINE void fill_part(struct year_part part, int first, int count,
                          double *restrict log_multiple)
{
    for (int done = 0; done < count; done += 4) {
        double n0 = first + done, k0 = done, *restrict out = log_multiple + first + done;
        for (int j = 1; j <= 4; j++) {
            double n = n0 + j, k = k0 + j;
            out[j] = n * (part.a + part.b * n) + (part.c + k * (part.d + part.e * k));
        }
    }
}

MLD_CLONES void mld_value_logs(const struct mld_value_terms *terms,
                               const struct mld_setting *setting, int exit, double *log_multiple)
{
    int m = setting->m, t0 = setting->t0, end = t0 + exit;
    double step = 1.0 / m, rho = terms->equity_correlation, sigma = terms->volatility;
    double half_variance = 0.5 * sigma * sigma, systematic = sigma * sqrt(rho), hold = exit * step;
    /* Idiosyncratic: + σ√(1−ρ) √(N/m) ξ (n/N)  −  ½σ² (1−ρ)(N/m)(n/N)². */
    struct year_part part = { .a = terms->growth * step +
                                   sigma * sqrt((1.0 - rho) * hold) * setting->xi / exit,
                              .b = -half_variance * (1.0 - rho) * step / exit,
                              .e = -half_variance * rho * step * step };
    for (int k = 1; k <= MLD_BLOCK; k++)
        log_multiple[exit + k] = 0.0;
    for (int t = t0 + 1, next; t <= end; t = next) {
        int year = t / m;
        next = (year + 1) * m <= end ? (year + 1) * m : end + 1;
        int count = next - t;
        part.d = systematic * innovation(setting, year) * step;
        fill_part(part, t - 1 - t0, count, log_multiple);
        part.c += count * (part.d + part.e * count);
    }
}
