/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What kind of number a measure is. Program, results file, workbook and pages choose unit, sign and
 * decimals by it, and by nothing else.
 */
#ifndef MILLIARD_QUANTITY_H
#define MILLIARD_QUANTITY_H

enum mld_quantity {
    MLD_MONEY,    /**< EUR, shown in €, k€ or M€ */
    MLD_RATE,     /**< a fraction, a probability, a yearly rate: shown in % */
    MLD_POINTS,   /**< a difference of fractions, in percentage points */
    MLD_MULTIPLE, /**< one amount over another: 1.35 */
    MLD_NUMBER,   /**< a count or another plain number */
    MLD_YEARS
};

#endif
