/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The summary of a run: statistics of every measure and design, paired differences, fans.
 * It is what the results file keeps beside the paths, and all that `milliard show` reads.
 */
#ifndef MILLIARD_SUMMARY_H
#define MILLIARD_SUMMARY_H

#include "milliard/language.h"
#include "milliard/measure.h"

MLD_BEGIN_DECLARATIONS

/** Mean and quantiles by step of one series. Arrays of `length`; quantile is [level][step]. */
struct mld_fan {
    int series;
    int length;
    double *mean, *mean_error, *quantile;
    /* largest rank error of any of its quantiles, ≤ 0.001 (0 when exact) */
    double rank_error;
};

struct mld_summary {
    size_t paths;
    int designs;
    /* [measure], all rows of mld_measures; count = 0 where a measure does not apply */
    struct mld_statistics *measure[MLD_MAX_DESIGNS];
    /* of the design less the first, paired; NULL for the first */
    struct mld_statistics *difference[MLD_MAX_DESIGNS];
    /* one by series of mld_series; length 0 where it does not apply */
    struct mld_fan *fan[MLD_MAX_DESIGNS];
    /*
     * dotation: smallest in year 0 never exhausted at 95, 99, 99.9 %, with 95 % interval; see the
     * measure "dotation_needed"
     */
    double dotation[3], dotation_low[3], dotation_high[3];
};

void mld_summary_clear(struct mld_summary *summary);

MLD_END_DECLARATIONS

#endif
