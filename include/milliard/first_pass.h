/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The first pass: what covered debt costs its guarantor, over the paths of a run, before the run
 * itself. Needed where a guarantee passes part of its price through to issuers (model, section 14):
 *   price = mean dues of the design that pays all, allotted to covered debt
 *           / mean Σ q·outstanding/m of its fee base,
 *   fee = mean of the fees that the fund pays on it / the same,
 * at full rates. pass_through_price gives the first; the second is the fee_rate where it is one for
 * all that is covered, and none is paid upfront: with both nothing is simulated.
 */
#ifndef MILLIARD_FIRST_PASS_H
#define MILLIARD_FIRST_PASS_H

#include <signal.h>

#include "milliard/language.h"
#include "milliard/plan.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

struct mld_first_pass_options {
    int threads;                       /**< 0: as many as the machine has */
    const volatile sig_atomic_t *stop; /**< non-zero asks to stop; may be NULL */
    /* after each wave of batches, with the paths done and all of them; may be NULL */
    void (*progress)(void *context, uint32_t done, uint32_t paths);
    void *context;
};

/** 1 while a plan waits for its price; 0 for one that needs none, or has it. */
int mld_first_pass_needed(const struct mld_plan *plan);
/**
 * Gives a plan its price, from its paths 0 … paths − 1, whatever it had before; one that needs none
 * is left alone. The same bits for any number of threads. It costs what a run of so many paths
 * without a file costs.
 * Fails: MLD_INTERRUPTED, MLD_ERR_MEMORY, MLD_ERR_CONSERVATION, with no price.
 */
enum mld_status mld_first_pass(struct mld_plan *plan, uint32_t paths,
                               const struct mld_first_pass_options *options,
                               struct mld_messages *messages);

MLD_END_DECLARATIONS

#endif
