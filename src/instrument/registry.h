/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The descriptors that registry.c lists, one by file. Private to src/instrument. */
#ifndef MILLIARD_INSTRUMENT_REGISTRY_H
#define MILLIARD_INSTRUMENT_REGISTRY_H

#include "milliard/instrument.h"

extern const struct mld_instrument mld_instrument_shares, mld_instrument_convertible, mld_instrument_bond,
    mld_instrument_participating_securities, mld_instrument_association_securities,
    mld_instrument_participating_loan, mld_instrument_cooperative_shares;

#endif
