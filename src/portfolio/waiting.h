/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Deals that wait for a closing. Private to src/portfolio. Source: model, section 16. */
#ifndef MILLIARD_PORTFOLIO_WAITING_H
#define MILLIARD_PORTFOLIO_WAITING_H

#include "milliard/model.h"

/**
 * Dates the deals of a batch of which all are in the investment period, and their issuers, by the
 * room of the model. Cannot fail.
 */
void mld_portfolio_wait(const struct mld_model *model, int paths, struct mld_portfolio *portfolio);

#endif
