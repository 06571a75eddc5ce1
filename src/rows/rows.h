/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What texts and workbooks show of a results file: which measures, in which order, and the numbers
 * worked out from several. A row whose measure the file has not is not shown; its label, and what
 * quantity it is, are the measure's own.
 */
#ifndef MILLIARD_ROWS_ROWS_H
#define MILLIARD_ROWS_ROWS_H

#include "milliard/results.h"
#include "core/format.h"

/** Names of measures, ended by NULL. */
extern const char *const mld_rows_investors[];
extern const char *const mld_rows_fund[];
extern const char *const mld_rows_public[];
extern const char *const mld_rows_portfolio[];
extern const char *const mld_rows_spread[];
extern const char *const mld_rows_gain[];
extern const char *const mld_rows_state[];
extern const char *const mld_rows_portfolio_state[];
extern const char *const mld_rows_endowment[];
extern const char *const mld_rows_feeder[];

/** Statistics of a measure in a branch, or NULL when the file has none. */
const struct mld_statistics *mld_rows_statistics(const struct mld_summary *summary, int branch,
                                                 const char *measure);
/**
 * Statistics of a measure of the State: with the guarantee or, where that has it not, with all
 * that is due paid; NULL when the file has none.
 */
const struct mld_statistics *mld_rows_state_statistics(const struct mld_summary *summary,
                                                       const char *measure);
/** The paired difference with − without, or NULL. */
const struct mld_statistics *mld_rows_difference(const struct mld_summary *summary,
                                                 const char *measure);
/**
 * 1 when there are no statistics, or all is 0: nothing of the kind in this scenario, and no row for
 * it.
 */
int mld_rows_is_nothing(const struct mld_statistics *statistics);
/**
 * 1 when both bounds of the interval of a quantile exist whatever the law: level^n and (1 −
 * level)^n are 2.5 % at most.
 */
int mld_rows_is_long_enough(size_t paths, double level);
/**
 * 1 when a quantile of mld_quantile_levels has both bounds of its interval, or all values are one;
 * 0 when the paths are too few for it.
 */
int mld_rows_is_estimable(const struct mld_statistics *statistics, int quantile);
/**
 * The measure's label, with the name its legal form has in the file, if it is about one, and what
 * the file calls its indicator. Gives `text`.
 */
const char *mld_rows_label_in(const struct mld_results *results, int measure, int french,
                              char text[MLD_LABEL_SIZE]);
/** The same of a series. */
const char *mld_rows_series_label_in(const struct mld_results *results, int series, int french,
                                     char text[MLD_LABEL_SIZE]);
/** What the file calls indicator k, its unit after it; NULL: it has fewer. Gives `text`. */
const char *mld_rows_indicator(const struct mld_results *results, int k, int french,
                               char text[MLD_LABEL_SIZE]);
/**
 * Mean public cost, EUR, where every due is paid: of guarantee, shares and grants, or of a scheme's
 * guarantee; NaN: there is none. Gives its design.
 */
double mld_rows_public_cost(const struct mld_summary *summary, int *design);
/** The measure's label; for those that are about no legal form and no indicator. */
const char *mld_rows_label(const char *measure, int french);
/** What the measure is, for how it is written. */
enum mld_quantity mld_rows_quantity(const char *measure);
/** What a difference of such quantities is: rates differ by points. */
enum mld_quantity mld_rows_difference_of(enum mld_quantity quantity);

/**
 * A ratio of the file, or of a file of an earlier version, which keeps none, worked out from its
 * paths; NaN when it has not the measures.
 * Fails: as mld_results_measure().
 */
enum mld_status mld_rows_ratio(const struct mld_results *results, enum mld_ratio_id ratio,
                               struct mld_estimate *estimate);

/**
 * What --set changed of the scenario that the file names, "fund.hurdle = 0.07, …"; "" when nothing
 * was, keys of `run` aside. What does not fit is told by "…". Gives `text`.
 */
enum { MLD_OVERRIDES_SIZE = 512 };
const char *mld_rows_overrides(const struct mld_results *results, char text[MLD_OVERRIDES_SIZE]);
/** Whether a parameter is one of these. */
int mld_rows_is_override(const struct mld_echo *echo);

/** Sum of the numbers of the parameters whose key starts and ends so, and how many there are. */
double mld_rows_parameters(const struct mld_results *results, const char *start, const char *end,
                           int *count);

/**
 * A line of the budget in the sense of a finance act's état B: what a programme may commit (AE) and
 * pay (CP) in a calendar year, EUR; of a gage both are below 0.
 * Source: loi organique 2001-692 relative aux lois de finances (LOLF), articles 8 and 47.
 */
struct mld_budget_line {
    int year, programme, action; /**< action 0: not given */
    int is_gage;
    double ae, cp;
};
enum { MLD_BUDGET_LINES = MLD_MAX_DOTATIONS + MLD_MAX_GAGES };
/**
 * Those of the dotation, in the order of the scenario, then its gages, in the year of the first of
 * them; none without a dotation. Gives how many.
 */
int mld_rows_budget(const struct mld_results *results,
                    struct mld_budget_line line[MLD_BUDGET_LINES]);
/** The one programme of all rows of the dotation; 0: they have several. */
int mld_rows_programme(const struct mld_results *results);

#endif
