/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The parameter tables of a scenario that have a file of their own. */
#ifndef MILLIARD_SCENARIO_TABLES_H
#define MILLIARD_SCENARIO_TABLES_H

#include "milliard/scenario.h"
#include "params/rows.h"

extern const struct mld_param mld_fund_params[];      /**< offsets in struct mld_fund_spec */
extern const struct mld_param mld_guarantee_params[]; /**< offsets in struct mld_guarantee_spec */

#endif
