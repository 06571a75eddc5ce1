/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * An account by calendar year: means of series of the file, and the totals, balances and checks
 * that follow from them as formulas of the workbook, so that a reader can follow them cell by cell.
 * Then the spread of each line on its own.
 */
#ifndef MILLIARD_EXPORT_YEARS_H
#define MILLIARD_EXPORT_YEARS_H

#include "export/book.h"

enum mld_year_kind {
    MLD_YEAR_TITLE, /**< of the rows below it */
    MLD_YEAR_FLOW,  /**< adds up over periods and years */
    MLD_YEAR_STOCK, /**< of the year's last period */
    MLD_YEAR_CHECK  /**< 0 in every year, to the cent */
};

/**
 * What a row takes of another one, in the same year or the one before; the last of a list has the
 * sign 0.
 */
struct mld_year_term {
    int row, sign, years_before;
};

enum { MLD_YEAR_TERMS = 10, MLD_YEAR_ROWS = 48, MLD_YEAR_COLUMNS = MLD_MAX_YEARS + 1 };

struct mld_year_row {
    enum mld_year_kind kind;
    const char *series;           /**< of the file; NULL: worked out from the terms */
    const char *french, *english; /**< NULL: the label of the series */
    /* a series without which the row means nothing, or NULL */
    const char *needs;
    enum mld_style style; /**< of a row that is worked out */
    struct mld_year_term term[MLD_YEAR_TERMS];
    int over; /**< the row that what is worked out is divided by, above it; 0: none */
};

/** The difference between branches comes after them. Caller's storage. */
struct mld_years {
    struct mld_book *book;
    struct mld_sheet *sheet;
    int n_rows;
    const struct mld_year_row *row;
    int place[MLD_MAX_DESIGNS + 1][MLD_YEAR_ROWS];  /**< in the sheet; 0: not there */
    int high_place[MLD_MAX_DESIGNS][MLD_YEAR_ROWS]; /**< of the 95 % quantile */
    double value[MLD_MAX_DESIGNS + 1][MLD_YEAR_ROWS][MLD_YEAR_COLUMNS];
};

/** The head of the sheet that was added last. `row` outlives `years`. */
void mld_years_begin(struct mld_years *years, struct mld_book *book, struct mld_sheet *sheet,
                     int n_rows, const struct mld_year_row *row);
void mld_years_means(struct mld_years *years, int branch);
/** with − without, where they differ. */
void mld_years_differences(struct mld_years *years);
/** Standard error and quantiles of each series. */
void mld_years_spread(struct mld_years *years, int branch);
/** A chart of years of that sheet, to which mld_years_draw() adds rows. */
struct mld_chart *mld_years_chart(const struct mld_years *years, const char *french,
                                  const char *english);
void mld_years_draw(struct mld_chart *chart, const char *name, int place, unsigned colour);

#endif
