/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The sections of a report, one function each, in the order in which they are read. */
#ifndef MILLIARD_REPORT_SECTIONS_H
#define MILLIARD_REPORT_SECTIONS_H

#include "milliard/results.h"
#include "core/format.h"
#include "report/page.h"

/** What the sections read. */
struct mld_report {
    struct mld_page page;
    const struct mld_results *results;
    const struct mld_summary *summary;
    struct mld_page_table *table; /**< scratch for one table */
    int has_fund, has_guarantee, has_dotation;
};

void mld_section_head(const struct mld_report *report);
/** What the scenario says and hardly means, if there is any. */
void mld_section_warnings(const struct mld_report *report);
/** Investors, fund, portfolio: one branch, or both and their paired difference. */
void mld_section_means(const struct mld_report *report);
/** Returns by instrument, legal form and year of investment, and both kinds of IRR of class A. */
void mld_section_returns(const struct mld_report *report);
/** The fund at each year's end: ratios, values of classes, limits and which are not kept. */
void mld_section_years(const struct mld_report *report);
/** 5 %, median, 95 % of what varies most. */
void mld_section_spread(const struct mld_report *report);
/** Who gets what the guarantee adds. */
void mld_section_gain(const struct mld_report *report);
/** The State: totals, account by calendar year, fee, dotation, multiplier, aid. */
enum mld_status mld_section_state(const struct mld_report *report);
/** The feeder, if there is one, in the design with the guarantee, if there is one. */
void mld_section_feeder(const struct mld_report *report);
/** The endowment, if there is one. */
void mld_section_endowment(const struct mld_report *report);
/** Indicators, if there are any. */
void mld_section_indicators(const struct mld_report *report);
/** Worlds beside the scenario's own inputs, where the run had some. */
void mld_section_uncertain(const struct mld_report *report);
void mld_section_notes(const struct mld_report *report);

/** "not estimable", said of a quantile for which the paths are too few. */
const char *mld_report_too_short(const struct mld_report *report);
/**
 * A quantile of mld_quantile_levels as reports show it, or that it is not estimable. Gives `text`,
 * or a constant.
 */
const char *mld_report_quantile(const struct mld_report *report, char *text,
                                enum mld_quantity quantity, const struct mld_statistics *statistics,
                                int quantile, double error, double largest);

#endif
