/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What the fills of instruments share: the shape of a contract by age. Private to src/instrument.
 * Nothing here can fail or allocates; loops run over ages, contiguous.
 */
#ifndef MILLIARD_INSTRUMENT_CONTRACT_H
#define MILLIARD_INSTRUMENT_CONTRACT_H

#include "milliard/instrument.h"

/**
 * Numbers handled at once by the loops over ages; rows of scratch are padded to a multiple of it.
 */
enum { MLD_BLOCK = 8 };

/** Whole periods nearest to `years` ≥ 0, halves up. */
static inline int mld_nearest_periods(int m, double years) { return (int)(years * m + 0.5); }

/** The same for a date of payment, which comes one period after the investment at the earliest. */
static inline int mld_payment_age(int m, double years)
{
    int age = mld_nearest_periods(m, years);
    return age > 1 ? age : 1;
}

/**
 * What is paid of a fixed rate: what it falls by under a cover is taken off, down to 0. Source:
 * model, section 14.
 */
static inline double mld_rate_paid(const struct mld_setting *setting, double rate)
{
    double paid = rate - setting->rate_cut;
    return paid > 0.0 ? paid : 0.0;
}

/** First whole year at or after `years`. */
static inline int mld_first_anniversary(double years)
{
    int floor = (int)years;
    return years > floor ? floor + 1 : floor;
}

/** Last anniversary at or before an age in periods. */
static inline int mld_last_anniversary(int m, int age) { return age / m; }

/**
 * The issuer's rows by the deal's own anniversary b = 1, 2, …: at age b m the issuer's latest
 * complete year is j = floor((t0 + b m - issuer_t0) / m) = b + floor((t0 - issuer_t0) / m).
 */
static inline const double *mld_surplus_by_anniversary(const struct mld_setting *setting)
{
    return setting->surplus + (setting->t0 - setting->issuer_t0) / setting->m;
}

static inline const double *mld_quality_by_anniversary(const struct mld_setting *setting)
{
    return setting->quality + (setting->t0 - setting->issuer_t0) / setting->m;
}

/**
 * A contract that holds its whole amount until `age`, or t_L if that is sooner, with one income
 * each period from the first and nothing paid back yet; its value is its nominal. Instruments write
 * on it what is theirs.
 * Gives 1 when the contract ends in time, 0 when it is alive after t_L.
 */
int mld_contract_hold(const struct mld_setting *setting, struct mld_contract *contract, int age,
                      double income);

/**
 * From the outstanding: rate_per_period on what it was before the period's principal, the principal
 * it falls by, its value.
 */
void mld_contract_pay_debt(struct mld_contract *contract, double rate_per_period);

/** Uniform `index` of n deals. */
void mld_settings_uniform(int n, struct mld_setting *const *setting, uint32_t index, double *u);

/**
 * Logarithm of the value multiple of the issuer's equity at age n ≥ 0:
 * ln M = g τ − ½σ²(ρ v + (1−ρ) τ) + σ(√ρ S + √(1−ρ) √τ ξ). Source: model, section 5.1.
 */
double mld_value_log(const struct mld_value_terms *terms, const struct mld_setting *setting,
                     int age);

/**
 * Logarithms of the value multiple at ages 1 … exit ≥ 1, the idiosyncratic part growing in a
 * straight line from 0 to its value at `exit`: log_multiple[n], n from 1. Whole blocks are written,
 * the last one padded with any finite numbers: room for exit + MLD_BLOCK more. Source: model,
 * section 5.1.
 */
void mld_value_logs(const struct mld_value_terms *terms, const struct mld_setting *setting,
                    int exit, double *log_multiple);

#endif
