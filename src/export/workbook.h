/* SPDX-License-Identifier: GPL-3.0-or-later */
/** By what a workbook of this program is known again, so that no other is replaced. */
#ifndef MILLIARD_EXPORT_WORKBOOK_H
#define MILLIARD_EXPORT_WORKBOOK_H

#include "core/place.h"

/**
 * Its comment, and the time at which it says it was made, in every workbook, so that equal results
 * give equal bytes.
 */
#define MLD_WORKBOOK_COMMENT "milliard export --xlsx"
#define MLD_WORKBOOK_TIME 946684800
#define MLD_WORKBOOK_TIME_TEXT "2000-01-01T00:00:00Z"

/**
 * A workbook as this program wrote it: one that a spreadsheet has saved since has a time of its
 * own, and somebody's work in it.
 */
extern const struct mld_file_kind mld_workbook_kind;

#endif
