/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Sheets of one path: inputs, deals and their flows as the engine drew them; the guarantor, fees,
 * the fund with its tiers, class A's return and the statement by year as live formulas.
 */
#ifndef MILLIARD_EXPORT_PATH_H
#define MILLIARD_EXPORT_PATH_H

#include "export/formula.h"
#include "milliard/replay.h"

struct mld_path_book {
    struct mld_model_book model;
    const struct mld_replay *replay;
    const struct mld_plan *plan;
    const struct mld_design_flows *flows; /**< of the design that the path is told of */
    int design, lives;
    int sheet; /**< the one whose lines are being added */
};

/** A line: formula of `words` in every period to t_L, as a column of the sheet at hand. */
void mld_path_line(struct mld_path_book *path, const char *key, const char *french,
                   const char *english, const char *words);
/** A line as a row of a table. */
struct mld_path_row {
    const char *key, *french, *english, *words;
};
/** Lines, one after the other. */
void mld_path_lines(struct mld_path_book *path, const struct mld_path_row *row, int n);
/** A line of the engine's numbers, `of` [period][path] of that width; NULL: nothing. */
void mld_path_given(struct mld_path_book *path, const char *key, const char *french,
                    const char *english, const double *of, int width);
/** An input: a cell of the sheet of inputs. */
void mld_path_input(struct mld_path_book *path, const char *key, const char *french,
                    const char *english, enum mld_style style, double value);
/** A sheet of lines, with the period, its end and its year before them. */
void mld_path_sheet(struct mld_path_book *path, const char *french, const char *english,
                    const char *file);

/** Why the fund of this plan has no formulas, in the language of the book; NULL: it has. */
const char *mld_path_fund_fault(const struct mld_path_book *path);
/** Inputs of the fund; its lines (path_fund.c). */
void mld_path_fund_inputs(struct mld_path_book *path);
void mld_path_fund(struct mld_path_book *path);
/** Inputs and lines of its tiers, from "left" to what each class gets (path_tiers.c). */
void mld_path_tier_inputs(struct mld_path_book *path);
void mld_path_tiers(struct mld_path_book *path);
/** Inputs and lines of the guarantor (path_guarantor.c). */
void mld_path_guarantor_inputs(struct mld_path_book *path);
void mld_path_guarantor(struct mld_path_book *path);
/** The statement by year, class A's return (path_statement.c). */
void mld_path_statement(struct mld_path_book *path);

#endif
