/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Second deals with issuers that are held (model, section 16): the portfolio that lives make of
 * first deals, once it is known when issuers default and contracts end. Private to src/lives.
 */
#ifndef MILLIARD_LIVES_FOLLOW_ON_H
#define MILLIARD_LIVES_FOLLOW_ON_H

#include "milliard/lives.h"
#include "milliard/model.h"

/**
 * Storage for up to `paths` paths of a model with second deals. Fails: MLD_ERR_MEMORY; what there
 * is then is cleared by mld_follow_ons_clear().
 */
enum mld_status mld_follow_ons_init(struct mld_follow_ons **follow_ons,
                                    const struct mld_model *model, int paths);
void mld_follow_ons_clear(struct mld_follow_ons *follow_ons);

/** Before the first path of a batch whose first deals are `first_deals`, which outlive it. */
void mld_follow_ons_start(struct mld_follow_ons *follow_ons,
                          const struct mld_portfolio *first_deals);
/**
 * Adds the deals of paths from … to-1, in order: of each path its first deals as they stood, then
 * the second ones, in order of date, then of the deals they follow. A deal is followed when, after
 * its time, it is still held and its issuer alive, within the investment period, and its uniform is
 * below the probability; what passes the reserve of its instrument is cut. Given the outcomes of
 * the issuers of these paths. Cannot fail. Source: model, section 16.
 */
void mld_follow_ons_decide(struct mld_follow_ons *follow_ons, const struct mld_model *model,
                           uint32_t first, const int paths[2], const struct mld_factor_rows *rows,
                           const struct mld_issuer_outcomes *outcomes);
/** The deals of the batch, of paths decided so far. */
const struct mld_portfolio *mld_follow_ons_portfolio(const struct mld_follow_ons *follow_ons);

#endif
