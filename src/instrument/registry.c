/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry. A new instrument is one file, one line below, one line in CMake and one scenario. */
#include "instrument/registry.h"

#include <string.h>

const struct mld_instrument *const mld_instruments[MLD_INSTRUMENTS + 1] = {
    &mld_instrument_shares,
    &mld_instrument_convertible,
    &mld_instrument_bond,
    &mld_instrument_participating_securities,
    &mld_instrument_association_securities,
    &mld_instrument_participating_loan,
    &mld_instrument_cooperative_shares,
    NULL
};

int mld_instrument_named(const char *name)
{
    for (int i = 0; mld_instruments[i]; i++)
        if (strcmp(mld_instruments[i]->name, name) == 0)
            return i;
    return -1;
}
