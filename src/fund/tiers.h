/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The descriptors of tiers.def, one by file. Private to src/fund. */
#ifndef MILLIARD_FUND_TIERS_H
#define MILLIARD_FUND_TIERS_H

#include "fund/accounts.h"

#define TIER(name) extern const struct mld_tier_descriptor mld_tier_##name;
#include "milliard/tiers.def"
#undef TIER

#endif
