/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Deals drawn from a thesis. Private to src/portfolio. Source: model, section 6. */
#ifndef MILLIARD_PORTFOLIO_THESIS_H
#define MILLIARD_PORTFOLIO_THESIS_H

#include "milliard/model.h"

/**
 * Allocates and fills what draws need: entities of slots, scratch. Returns 0 when memory is short.
 */
int mld_thesis_prepare(struct mld_portfolio *portfolio, const struct mld_model *model);

/** Draws the deals and issuers of paths first … first+paths-1. */
void mld_thesis_fill(const struct mld_model *model, uint32_t first, int paths,
                     struct mld_portfolio *portfolio);

/** What an instrument under some terms reads of its issuer: set of enum mld_reads. */
static inline unsigned mld_reads_of(const struct mld_model *model, int instrument, int terms)
{
    return mld_instruments[instrument]->reads
               ? mld_instruments[instrument]->reads(&model->terms[terms])
               : 0U;
}

#endif
