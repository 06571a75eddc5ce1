/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Lines of a model whose cells are live formulas: each is written once, with the keys of the lines
 * and inputs that it reads, and gives for every period both the formula of a workbook and its
 * number.
 */
#ifndef MILLIARD_EXPORT_FORMULA_H
#define MILLIARD_EXPORT_FORMULA_H

#include "export/book.h"

enum {
    MLD_FORMULA_SIZE = 8192, /* what a cell of a workbook holds */
    MLD_KEY_SIZE = 24,
    MLD_MODEL_LINES = 384,
    MLD_MODEL_INPUTS = 256
};

/**
 * A line: a column of a sheet, a row a period below the head. Owned: value, [period]; words, its
 * formula, NULL where its numbers are given.
 */
struct mld_model_line {
    char key[MLD_KEY_SIZE];
    int sheet, column;
    double *value;
    char *words;
};
/** An input: one cell of the first sheet of the model. */
struct mld_model_input {
    char key[MLD_KEY_SIZE];
    int row;
    double value;
};

struct mld_model_book {
    struct mld_book *book;
    int inputs; /**< the sheet of inputs, whose values stand in column B */
    int periods;
    int n_inputs, n_lines;
    struct mld_model_input input[MLD_MODEL_INPUTS];
    struct mld_model_line line[MLD_MODEL_LINES];
};

/**
 * Works out all lines that have a formula, period by period in their order, and puts their cells: a
 * line reads any line of the period before, and lines before it of its own. In its words, @key is a
 * line in the same period, @key' in the one before, 0 in the first, @period the number of the
 * period, #key an input; else + - * / ^ = < > <= >=, parentheses, MIN, MAX, IF, AND and numbers, as
 * in a spreadsheet. Keys that the model has not are ours to avoid: an assertion.
 */
void mld_model_work_out(struct mld_model_book *model);
/** Frees what the lines own. */
void mld_model_clear(struct mld_model_book *model);
/** "$B$7" of an input, with its sheet; "F9" of a line in a period, with its sheet if another. */
void mld_input_place(const struct mld_model_book *model, const char *key, char *text, size_t size);
void mld_line_place(const struct mld_model_book *model, int sheet, const char *key, int t,
                    char *text, size_t size);
/** The line of a key, or NULL. */
const struct mld_model_line *mld_model_line(const struct mld_model_book *model, const char *key);
/** "A", "Z", "AA" … of a column from 0. Gives `text`. */
const char *mld_column_letters(int column, char text[8]);

#endif
