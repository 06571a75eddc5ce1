/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of a study share. */
#ifndef MILLIARD_STUDY_STUDY_H
#define MILLIARD_STUDY_STUDY_H

#include "milliard/study.h"

/**
 * Why a plan does not have a statistic that another plan has, "the scenario has no fund"; NULL when
 * it has.
 */
const char *mld_statistic_lacking(const struct mld_statistic *statistic,
                                  const struct mld_plan *plan);

#endif
