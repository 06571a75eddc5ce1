/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What is measured (model, section 9): per-path measures and series, each one row of a table with
 * name, unit and texts in English and French; then statistics over paths with their Monte-Carlo
 * errors.
 */
#ifndef MILLIARD_MEASURE_H
#define MILLIARD_MEASURE_H

#include "milliard/language.h"
#include "milliard/design.h"
#include "milliard/nav.h"
#include "milliard/quantity.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

enum mld_tail { MLD_TAIL_LOW, MLD_TAIL_HIGH, MLD_TAIL_NONE };

/** Which designs have a measure or series. */
enum mld_scope {
    MLD_SCOPE_FUND = 1,           /**< with a fund */
    MLD_SCOPE_GUARANTEE = 2,      /**< with a guarantee */
    MLD_SCOPE_PORTFOLIO = 4,      /**< all */
    MLD_SCOPE_CLASS_B = 8,        /**< with a concessional class */
    MLD_SCOPE_FORM = 16,          /**< the scenario has that many legal forms */
    MLD_SCOPE_OWED = 32,          /**< any; where there is a fund, what it owes is read */
    MLD_SCOPE_DUE = 64,           /**< no dotation may leave something of what is due unpaid */
    MLD_SCOPE_INVESTOR = 128,     /**< the State holds a part of some class */
    MLD_SCOPE_PUBLIC = 256,       /**< the State holds a part of some class, or gives grants */
    MLD_SCOPE_PRIVATE = 512,      /**< the scenario says what part of class A is public */
    MLD_SCOPE_EQUITY = 1024,      /**< the fund has a reference rate of equity */
    MLD_SCOPE_PASSED = 2048,      /**< with a guarantee that passes part of its price through */
    MLD_SCOPE_FOLLOWED = 4096,    /**< a part of the volume is kept for second deals */
    MLD_SCOPE_BENEFICIARY = 8192, /**< the impact share goes to a named beneficiary */
    MLD_SCOPE_CLOSINGS = 16384,   /**< the fund has several closings */
    MLD_SCOPE_CLOSING = 32768,    /**< so many of them */
    MLD_SCOPE_LINE = 65536,       /**< the fund has a credit line */
    MLD_SCOPE_RECYCLED = 131072,  /**< the fund chooses its deals */
    MLD_SCOPE_ENDOWMENT = 262144, /**< an endowment stands beside the portfolio */
    MLD_SCOPE_WAITING = 524288,   /**< deals may wait for money to come */
    /* the scenario has an indicator; shifted by k: k + 1 of them */
    MLD_SCOPE_INDICATOR = 1048576,
    MLD_SCOPE_FEEDER = 67108864 /**< a feeder stands upon the fund */
};
/** Any of them. */
#define MLD_SCOPE_INDICATORS (MLD_SCOPE_INDICATOR * ((1U << MLD_MAX_INDICATORS) - 1U))

/** Where the values of a batch are gathered from. One design. */
struct mld_measure_input {
    const struct mld_design *design;
    int n_forms, paths;
    const unsigned char *wanted; /**< [measure] 1: filled; NULL: all */
    const struct mld_pools *pools;
    const struct mld_fund_flows *fund;           /**< NULL without a fund */
    const struct mld_guarantee_flows *guarantee; /**< NULL without a guarantee */
    const struct mld_holdings *holdings;         /**< read with a fund, by series and by limits */
    const struct mld_fund_flows *without_line;   /**< NULL without a credit line */
    const struct mld_nav *nav;                   /**< read with a fund, by series */
    const struct mld_feeder *feeder;             /**< read with a feeder */
    const struct mld_endowment *endowment;       /**< read with an endowment */
    const struct mld_indicators *indicators;     /**< read with indicators */
    /* TMO after its floor, [path][year + 3] as in mld_factor_rows; NULL: what is of it is NaN */
    const double *tmo;
    int tmo_stride;
};

struct mld_measure_view;
struct mld_measure {
    const char *name;           /**< "net_irr_a" */
    const char *unit;           /**< "1/year", "1", "EUR", "years" */
    enum mld_quantity quantity; /**< how it is written; MLD_POINTS is for differences */
    unsigned scope;             /**< which designs have it */
    enum mld_tail tail;         /**< which tail the shortfall takes */
    int argument;               /**< class, instrument or form of a family of rows */
    /* one value a path */
    void (*fill)(const struct mld_measure_view *view, int argument, double *__restrict value);
    const char *label_en, *label_fr, *doc_en, *doc_fr;
};
extern const struct mld_measure mld_measures[]; /**< ended by a NULL name */
int mld_measure_count(void);
int mld_measure_named(const char *name); /**< index, or -1 */
/** Whether one of the measures wanted ([measure]; NULL: all) reads what a fund holds. */
int mld_measures_read_holdings(const unsigned char *wanted);
/** Whether one of the measures wanted is of that scope. */
int mld_measures_read(const unsigned char *wanted, unsigned scope);
/** "money", "rate", "points", "multiple", "number" or "years". */
const char *mld_quantity_name(enum mld_quantity quantity);
/** The place in the scenario of the legal form that the measure is about, or -1. */
int mld_measure_form(int measure);
/** Place in the scenario of the indicator that a measure, or a series, is about, or -1. */
int mld_measure_indicator(int measure);
int mld_series_indicator(int series);
/**
 * What a legal form is called: "associations" …; its own name when it is none of the reference
 * scenarios'.
 */
const char *mld_form_label(const char *name, int french);
enum { MLD_LABEL_SIZE = 256 };
/** The label, with the legal form `form` (NULL: its number) in the row of one. Gives `text`. */
const char *mld_measure_label(int measure, const char *form, int french, char text[MLD_LABEL_SIZE]);
/** 1 if a design has the measure, in a scenario of so many legal forms. */
int mld_measure_applies(const struct mld_design *design, int n_forms, int measure);

/**
 * 1 if a design has the very values of `first`, another of the same plan, in a measure or series of
 * that scope: both read the same lives, and it comes from these alone.
 */
int mld_design_shares(const struct mld_design *design, const struct mld_design *first,
                      unsigned scope);

enum mld_axis { MLD_AXIS_PERIOD, MLD_AXIS_YEAR };
struct mld_series {
    const char *name, *unit;
    unsigned scope;
    enum mld_axis axis;
    /* [step][path] */
    void (*fill)(const struct mld_measure_view *view, double *__restrict value);
    const char *label_en, *label_fr, *doc_en, *doc_fr;
};
extern const struct mld_series mld_series[]; /**< ended by a NULL name */
int mld_series_count(void);
int mld_series_named(const char *name); /**< index, or -1 */
int mld_series_applies(const struct mld_design *design, int series);
int mld_series_length(const struct mld_grid *grid, int series); /**< T, or H for years */

/**
 * The measures wanted of a batch: value[measure * width + path]. Undefined numbers are NaN; the
 * others are left as they are. All series, unless series_value is NULL: series_value[(offset of
 * series + step) * width + path]; offsets by mld_series_offset().
 */
struct mld_measures_workspace;
struct mld_measures_workspace *mld_measures_create(const struct mld_grid *grid, int paths);
void mld_measures_free(struct mld_measures_workspace *workspace);
void mld_measures_fill(struct mld_measures_workspace *workspace,
                       const struct mld_measure_input *input, int width, double *value,
                       double *series_value);
/* in steps, over all series rows */
int mld_series_offset(const struct mld_grid *grid, int series);
int mld_series_total(const struct mld_grid *grid);

/**
 * Annual effective IRR of flows at `time_years` (ascending; flows of one date count together).
 * Given: n ≤ MLD_MAX_PERIODS. Flows below 4 ε times the sum of absolute flows are dust of
 * subtractions and count as 0.
 * Gives: of the roots at which the present value falls as the rate rises (of all if it falls at
 * none) the one nearest 0 in ln(1+r); *roots = number of distinct roots in (−1, ∞), two within some
 * 1e-6 counting as one. −1 when something was paid in and nothing comes back; NaN when nothing was
 * paid in or there is no root (*roots = 0).
 * Source: Descartes' rule of signs, its form on running sums (Norstrøm 1972), Rolle's theorem
 * (src/measure/irr.c).
 */
double mld_irr(int n, const double *time_years, const double *flow, int *roots);
/** The same for flows at equal steps of 1/m year. */
double mld_irr_periodic(int n, int m, const double *flow, int *roots);

enum { MLD_QUANTILES = 9 };
extern const double mld_quantile_levels[MLD_QUANTILES]; /**< 0.01 … 0.99 */
/** Places in it of the levels that reports show. */
enum { MLD_QUANTILE_5 = 1, MLD_QUANTILE_50 = 4, MLD_QUANTILE_95 = 7 };

/** Statistics of one measure over paths; NaN values are left out and counted. */
struct mld_statistics {
    size_t count, undefined;
    double mean, mean_error, sd, sd_error;
    /* 95 % order-statistic interval; NaN bound: not estimable */
    double quantile[MLD_QUANTILES], quantile_low[MLD_QUANTILES], quantile_high[MLD_QUANTILES];
    double shortfall, shortfall_error; /**< mean of the worst 5 % */
    double minimum, maximum;
};

/**
 * Paths of a segment, the unit in which sums are folded and a run is saved, cut and merged; the
 * last one of a run may be shorter. A column is read a segment at a time.
 */
enum { MLD_SEGMENT = 4096, MLD_COLUMN_PIECE = MLD_SEGMENT };

/** A column of n < 2³² values, one a path, read in path order, piece by piece, several times. */
struct mld_column {
    size_t n;
    /**
     * Gives values first … first + count − 1; `first` is a multiple of MLD_COLUMN_PIECE. The same
     * ones each time. MLD_OK, or what failed.
     */
    enum mld_status (*read)(const void *context, size_t first, size_t count, double *value);
    const void *context; /**< the caller's, and as long-lived as the column */
};
/** The column that n values in memory are. */
struct mld_column mld_column_in_memory(size_t n, const double *value);
/** The paired differences pair[0] − pair[1] of two columns of one length, the caller's. */
struct mld_column mld_column_difference(const struct mld_column pair[2]);

/**
 * Fills from a column; type 7 quantiles. Exact, to the bit what sorting would give. It is read two
 * or three times as a rule, more often where values differ in their last bits only. Memory: 4 MB at
 * most and, for the shortfall, a tenth of the column.
 * MLD_OK, MLD_ERR_MEMORY or the status of the column's read: all
 * numbers are NaN then.
 */
enum mld_status mld_column_statistics(const struct mld_column *column, enum mld_tail tail,
                                      struct mld_statistics *out);
/** The same for values in memory. */
enum mld_status mld_statistics_fill(size_t n, const double *value, enum mld_tail tail,
                                    struct mld_statistics *out);

/**
 * Type 7 quantiles at n_levels levels with their 95 % order-statistic intervals (NaN bound: not
 * estimable); NaN values left out. Read and fails as mld_column_statistics().
 */
enum mld_status mld_column_quantiles(const struct mld_column *column, int n_levels,
                                     const double *level, double *quantile, double *low,
                                     double *high);
/** The same for values in memory. */
enum mld_status mld_quantiles_fill(size_t n, const double *value, int n_levels, const double *level,
                                   double *quantile, double *low, double *high);

MLD_END_DECLARATIONS

#endif
