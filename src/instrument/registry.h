/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The descriptors of instruments.def, one by file. Private to src/instrument. */
#ifndef MILLIARD_INSTRUMENT_REGISTRY_H
#define MILLIARD_INSTRUMENT_REGISTRY_H

#include "milliard/instrument.h"

#define INSTRUMENT(name, en, fr, ...) extern const struct mld_instrument mld_instrument_##name;
#include "milliard/instruments.def"
#undef INSTRUMENT

#endif
