/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Designs: what is done with the lives of a batch. A design is a guarantee, or none, and a fund, or
 * none, under a name; it says which lives it reads. One that differs in its price alone reads the
 * same lives as another.
 */
#ifndef MILLIARD_DESIGN_H
#define MILLIARD_DESIGN_H

#include "milliard/language.h"
#include "milliard/endowment.h"
#include "milliard/feeder.h"
#include "milliard/fund.h"
#include "milliard/guarantee.h"

MLD_BEGIN_DECLARATIONS

struct mld_design {
    const char *name;                           /**< "without", "with", "kept" */
    const struct mld_guarantee_spec *guarantee; /**< NULL: none */
    const struct mld_fund_spec *fund;           /**< NULL: a scheme */
    const struct mld_feeder_spec *feeder;       /**< NULL: none upon the fund */
    const struct mld_endowment_spec *endowment; /**< NULL: none beside the portfolio */
    int indicators;                             /**< number of those of the model */
    int lives;                                  /**< place in the plan's list */
    /* of a thesis that keeps part of it for second deals, EUR; 0: there are none */
    double volume;
};

/**
 * Places of the designs of a scenario: without its guarantee; with it, where there is one, paid
 * from its dotation; kept, where it has a dotation: the same guarantee without one, which pays
 * every due in its period.
 */
enum mld_design_place { MLD_WITHOUT, MLD_WITH, MLD_KEPT };
/** Their names, by place; NULL at the end. */
extern const char *const mld_design_names[];

MLD_END_DECLARATIONS

#endif
