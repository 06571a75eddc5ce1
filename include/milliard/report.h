/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Reports: what a results file says, printed for people or as JSON. Everything comes from the file,
 * nothing from memory. Texts and numbers are French ("fr") or English (anything else), whatever the
 * locale; UTF-8.
 */
#ifndef MILLIARD_REPORT_H
#define MILLIARD_REPORT_H

#include <stdio.h>

#include "milliard/language.h"
#include "milliard/alternatives.h"
#include "milliard/replay.h"
#include "milliard/results.h"
#include "milliard/bridge.h"
#include "milliard/sensitivity.h"
#include "milliard/frontier.h"
#include "milliard/solve.h"

MLD_BEGIN_DECLARATIONS

/**
 * The summary: investors, portfolio, and with a guarantee both designs side by side with paired
 * differences, then the State's account. Each mean with its Monte-Carlo standard error. `width`:
 * columns of a line of prose, 0: 100.
 * Fails: MEMORY, or the status of a column that cannot be read.
 */
enum mld_status mld_report_show(FILE *out, const struct mld_results *results, const char *language,
                                int width);

/**
 * All that the file says but the paths and trajectories, as one JSON object; NaN and infinities are
 * null.
 */
enum mld_status mld_report_json(FILE *out, const struct mld_results *results);

/**
 * A study's file: what was varied, then its statistics, each with its error: of one axis a row a
 * point, of two a table for each statistic, of more a list. Fails: MEMORY, and prints nothing.
 */
enum mld_status mld_report_study(FILE *out, const struct mld_results *results, const char *language,
                                 int width);
/** All that such a file says, as one JSON object; NaN and infinities are null. */
enum mld_status mld_report_study_json(FILE *out, const struct mld_results *results);

/**
 * Several files side by side. Where the first and another share seed, stream version and number of
 * paths their draws are the same, and differences are computed path by path (paired); else their
 * errors add up. The report says which.
 */
enum mld_status mld_report_compare(FILE *out, struct mld_results *const results[], int n,
                                   const char *language);

/** How tables are written: aligned, RFC 4180, or RFC 8259. */
enum mld_layout { MLD_LAYOUT_TEXT, MLD_LAYOUT_CSV, MLD_LAYOUT_JSON };
/**
 * A path in full, as tables one after the other: where it comes from, factors, deals and what
 * happened to each and why, every flow, claims, the ledgers of guarantor and fund, the waterfall
 * tier by tier, measures beside the file's; `draws`: the raw draws too. CSV and JSON have full
 * precision. Fails: MEMORY.
 */
enum mld_status mld_report_replay(FILE *out, const struct mld_replay *replay,
                                  enum mld_layout layout, const char *language, int draws);

/**
 * The judgements of a scenario and what each moves, largest first. Fails: MEMORY, and prints
 * nothing.
 */
enum mld_status mld_report_sensitivity(FILE *out, const struct mld_sensitivity_table *table,
                                       const char *language);
/**
 * The same as CSV (RFC 4180, UTF-8, decimal points; an undefined number is an empty cell), one line
 * a judgement and end. The first line is the scenario itself, with the break-even multiple of PDs;
 * every line says which scenario, design, paths, seed, fingerprint and build it comes from, so that
 * `milliard report` can tell whether it goes with a results file.
 */
void mld_report_sensitivity_csv(FILE *out, const struct mld_sensitivity_table *table);

/** The bridge from gross to net, step by step. Fails: MEMORY, and prints nothing. */
enum mld_status mld_report_bridge(FILE *out, const struct mld_bridge *bridge, const char *language);
/** The same as CSV: one line a step, with its level and its change, and where it comes from. */
void mld_report_bridge_csv(FILE *out, const struct mld_bridge *bridge);

/**
 * Where a statistic reaches a target: base, ends and crossings, and what is to be known of them.
 * Given: a table with one value tried at least. Fails: MEMORY, and prints nothing.
 */
enum mld_status mld_report_solve(FILE *out, const struct mld_solve_table *table,
                                 const char *language);
/**
 * The same as CSV, likewise: one line `base`, one a `solution`, one a value `tried`; each says from
 * which scenario, paths, seed, fingerprint and build it comes.
 */
void mld_report_solve_csv(FILE *out, const struct mld_solve_table *table);

/**
 * The best that keys can do: the point of each level, its statistics on the draws searched and on
 * others, what binds. Given: a table with one point tried at least. Fails: MEMORY, and prints
 * nothing.
 */
enum mld_status mld_report_frontier(FILE *out, const struct mld_frontier_table *table,
                                    const char *language);
/** The same as JSON (RFC 8259); an undefined number is null. */
void mld_report_frontier_json(FILE *out, const struct mld_frontier_table *table);

/**
 * What else the same public money could do: for each sizing, what each form costs and what it
 * gives; then the break-even additionality. Fails: MEMORY, and prints nothing.
 */
enum mld_status mld_report_alternatives(FILE *out, const struct mld_alternatives *table,
                                        const char *language);
/** All of it as one JSON object; NaN and infinities are null. */
void mld_report_alternatives_json(FILE *out, const struct mld_alternatives *table);
/** The forms as CSV, likewise: one line a sizing and form; each says where it comes from. */
void mld_report_alternatives_csv(FILE *out, const struct mld_alternatives *table);

MLD_END_DECLARATIONS

#endif
