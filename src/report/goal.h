/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Targets and values of keys as texts of a page. */
#ifndef MILLIARD_REPORT_GOAL_H
#define MILLIARD_REPORT_GOAL_H

#include "milliard/report.h"
#include "report/page.h"

/** A value of a key, as one would type it but for the marks of the language. Gives `text`. */
const char *mld_key_value_text(const struct mld_page *page, double value,
                               char text[MLD_NUMBER_SIZE]);
/** "≤ 20.05 %", "≥ base + 0.5 pt": as exactly as it was typed; the statistic's quantity. */
void mld_goal_text(const struct mld_page *page, enum mld_quantity quantity,
                   const struct mld_goal *goal, char *text, size_t size);

#endif
