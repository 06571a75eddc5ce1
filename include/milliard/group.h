/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Groups of deals (model, section 18): those of one instrument, of one legal form, of one calendar
 * year of investment; and, for the paths of a batch, the flows of the deals of each pooled. A deal
 * is in one group of each kind, so that each kind adds up to the portfolio. Payouts are not in it.
 */
#ifndef MILLIARD_GROUP_H
#define MILLIARD_GROUP_H

#include "milliard/language.h"
#include "milliard/limits.h"
#include "milliard/quantity.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

enum mld_group_kind { MLD_GROUP_INSTRUMENT, MLD_GROUP_FORM, MLD_GROUP_YEAR, MLD_GROUP_KINDS };
extern const char *const mld_group_kinds[MLD_GROUP_KINDS]; /**< "instrument", "form", "year" */

struct mld_group {
    enum mld_group_kind kind;
    int key; /**< place of the instrument or form in the model; the calendar year */
};

enum { MLD_MAX_GROUPS = MLD_INSTRUMENTS + MLD_MAX_FORMS + MLD_MAX_YEARS + 1 };

/** The groups that deals of a model may be in: kind by kind, in ascending order of key. */
struct mld_group_list {
    int n;
    struct mld_group group[MLD_MAX_GROUPS];
    /* place of the group of an instrument, form, calendar year from period 0's; -1: none */
    int of_instrument[MLD_INSTRUMENTS], of_form[MLD_MAX_FORMS], of_year[MLD_MAX_YEARS + 1];
};

struct mld_deal;
struct mld_life;
struct mld_model;
/** Lists the groups of a model whose portfolio is resolved. */
void mld_groups_list(const struct mld_model *model, struct mld_group_list *list);

/** What is added up of the deals of a group beside their flows; EUR but for DEALS. */
enum mld_group_total {
    MLD_GROUP_DEALS,    /**< deals made */
    MLD_GROUP_INVESTED, /**< their cost */
    MLD_GROUP_INCOME,   /**< coupons, interest, dividends, profit shares */
    MLD_GROUP_LOSS_DEFAULT,
    MLD_GROUP_LOSS_EXIT,
    MLD_GROUP_LOSS_FORCED,
    MLD_GROUP_TOTALS
};

/** The deals of a batch, pooled by group. */
struct mld_groups {
    int n, paths, periods, stride, periods_per_year; /**< groups; room for so many paths */
    double *flow;  /**< [path][group][period], `stride` wide: received − invested */
    double *total; /**< [path][group][MLD_GROUP_TOTALS] */
    int *roots;    /* scratch, [path] */
    const struct mld_group_list *list;
    int year[MLD_MAX_PERIODS]; /**< calendar year of a period, from period 0's */
};

/**
 * Storage for up to `paths` paths of a model, which lasts as long. Fails: MLD_ERR_MEMORY, and then
 * holds nothing.
 */
enum mld_status mld_groups_init(struct mld_groups *groups, const struct mld_model *model,
                                int paths);
void mld_groups_clear(struct mld_groups *groups);
/** Empties the groups of `paths` paths. */
void mld_groups_reset(struct mld_groups *groups, int paths);
/** Adds one settled deal (nothing if it was not made). Cannot fail. */
void mld_groups_add(struct mld_groups *groups, const struct mld_deal *deal,
                    const struct mld_life *life);

/** What is measured of a group on a path: one row each, as of a measure. */
struct mld_group_row {
    const char *name, *unit; /**< "irr", "1/year" */
    enum mld_quantity quantity;
    /* value[group][path], `width` wide; flow[group][period][path] */
    void (*fill)(const struct mld_groups *groups, int paths, int width, const double *flow,
                 double *value);
    const char *label_en, *label_fr, *doc_en, *doc_fr;
};
extern const struct mld_group_row mld_group_rows[]; /**< ended by a NULL name */
/** Rows that have quantiles over paths, the first ones: the IRR. Of the others means are told. */
enum { MLD_GROUP_FANNED = 1 };
int mld_group_row_count(void);
int mld_group_row_named(const char *name); /**< index, or -1 */

/** Rows of `width` numbers that mld_groups_fill() writes. */
int mld_group_steps(int groups, int periods);
/**
 * value: [row][group][path], then [group][period][path], the flows; `width` wide, a multiple of 8.
 * The IRR of a group without a deal is NaN.
 */
void mld_groups_fill(const struct mld_groups *groups, int paths, int width, double *value);

MLD_END_DECLARATIONS

#endif
