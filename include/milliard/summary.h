/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The summary of a run: statistics of every measure and design, paired differences, fans.
 * It is what the results file keeps beside the paths, and all that `milliard show` reads.
 * Units are those of the measure or series; NaN is a number that the paths do not give: an
 * undefined mean, a bound of an interval that so few paths have not.
 */
#ifndef MILLIARD_SUMMARY_H
#define MILLIARD_SUMMARY_H

#include <stddef.h>

#include "milliard/language.h"
#include "milliard/group.h"
#include "milliard/measure.h"
#include "milliard/ratio.h"

MLD_BEGIN_DECLARATIONS

/** One statistic of struct mld_statistics: a number of a measure, or one by quantile level. */
enum mld_statistic_kind { MLD_STATISTIC_COUNT, MLD_STATISTIC_REAL, MLD_STATISTIC_QUANTILES };
struct mld_statistic_row {
    const char *name;
    enum mld_statistic_kind kind;
    size_t offset; /**< in struct mld_statistics */
    const char *label_en, *label_fr, *doc_en, *doc_fr;
};
extern const struct mld_statistic_row mld_statistic_rows[]; /**< ended by a NULL name */

/** Parts of the paths in which a dotation is never exhausted: 0.95, 0.99, 0.999. */
enum { MLD_DOTATION_95, MLD_DOTATION_LEVELS = 3 };
extern const double mld_dotation_levels[MLD_DOTATION_LEVELS];

/** Mean and quantiles by step of one series. Arrays of `length`; quantile is [level][step]. */
struct mld_fan {
    int series; /**< place in mld_series */
    int length; /**< steps: periods or calendar years, mld_series_length(); 0: not in the design */
    double *mean, *mean_error, *quantile; /**< quantile NULL: of means alone */
    /* largest rank error of any of its quantiles, ≤ 0.001 (0 when exact) */
    double rank_error;
};

/** Room for a fan of so many steps, with quantiles or without. 0: no memory. */
int mld_fan_init(struct mld_fan *fan, int length, int quantiles);

/** What a group of deals is called: "shares", "association", "2028". */
struct mld_group_name {
    enum mld_group_kind kind;
    char name[MLD_MAX_NAME];
};

/** "shares", "associations", "2028": of the given language; static, or the name's own. */
const char *mld_group_label(const struct mld_group_name *name, int french);

/** Returns of the groups in one design. */
struct mld_group_returns {
    struct mld_fan *row;  /**< one by row of mld_group_rows, over groups; NULL: not in the design */
    struct mld_fan flow;  /**< [group][period], received − invested; no quantiles */
    double *irr_of_means; /**< [group]: the IRR of the mean flows; NaN: none */
};

/** Owned by the summary. */
struct mld_group_table {
    int n, periods; /**< groups, 0 in a file of an earlier version; periods of the flows */
    struct mld_group_name *name;
    /* of the first design, and of others that do not have the deals of the first */
    struct mld_group_returns design[MLD_MAX_DESIGNS];
};

/** Owned by who made or read it; mld_summary_clear() frees its arrays. */
struct mld_uncertain;
struct mld_summary {
    size_t paths; /**< simulated */
    int designs;  /**< the first of the arrays below are filled */
    /* [measure], all rows of mld_measures; count = 0 where a measure does not apply */
    struct mld_statistics *measure[MLD_MAX_DESIGNS];
    /* of the design less the first, paired; NULL for the first */
    struct mld_statistics *difference[MLD_MAX_DESIGNS];
    /* one by series of mld_series; length 0 where it does not apply */
    struct mld_fan *fan[MLD_MAX_DESIGNS];
    /*
     * Smallest dotation in year 0 never exhausted, EUR, at mld_dotation_levels, with its 95 %
     * interval; see the measure "dotation_needed".
     */
    double dotation[MLD_DOTATION_LEVELS], dotation_low[MLD_DOTATION_LEVELS],
        dotation_high[MLD_DOTATION_LEVELS];
    struct mld_group_table groups;
    int has_ratios; /**< 0: no guarantee, or a file of an earlier version */
    struct mld_estimate ratio[MLD_RATIOS];
    /* worlds beside the scenario's own inputs (uncertain.h); NULL: none. Not owned */
    const struct mld_uncertain *uncertain;
};

/** Returns of the groups of a design, or of the first where it has the same deals. */
const struct mld_group_returns *mld_summary_returns(const struct mld_summary *summary, int design);
/** Room for the names of n groups. Fails: MEMORY. */
enum mld_status mld_group_table_init(struct mld_group_table *table, int n, int periods);
/** Room for the returns of a design. Fails: MEMORY; what is there is still to be cleared. */
enum mld_status mld_group_returns_init(struct mld_group_table *table, int design);
/** Frees what it owns; one that is all zero is no mistake. */
void mld_summary_clear(struct mld_summary *summary);

MLD_END_DECLARATIONS

#endif
