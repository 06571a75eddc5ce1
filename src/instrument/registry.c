/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry: the descriptors that instruments.def lists. */
#include "instrument/registry.h"

#include <string.h>

const struct mld_instrument *const mld_instruments[MLD_INSTRUMENTS + 1] = {
#define INSTRUMENT(name, en, fr, ...) [MLD_INDEX_##name] = &mld_instrument_##name,
#include "milliard/instruments.def"
#undef INSTRUMENT
};

int mld_instrument_named(const char *name)
{
    for (int i = 0; mld_instruments[i]; i++)
        if (strcmp(mld_instruments[i]->name, name) == 0)
            return i;
    return -1;
}

const char *mld_instrument_label(int instrument, int french)
{
    static const char *const label[MLD_INSTRUMENTS][2] = {
#define INSTRUMENT(name, en, fr, ...) { en, fr },
#include "milliard/instruments.def"
#undef INSTRUMENT
    };
    return label[instrument][french];
}
