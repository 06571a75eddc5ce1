/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Fixed capacities of a plan. A scenario above one of them is refused with the figure;
 * they keep every specification a plain struct that owns no memory.
 */
#ifndef MILLIARD_LIMITS_H
#define MILLIARD_LIMITS_H

#include "milliard/language.h"

MLD_BEGIN_DECLARATIONS

/** Places of the instruments in the registry, and their number. */
enum mld_instrument_index {
#define INSTRUMENT(name, en, fr, ...) MLD_INDEX_##name,
#include "milliard/instruments.def"
#undef INSTRUMENT
    MLD_INSTRUMENTS
};

enum {
    MLD_MAX_NAME = 64,     /**< bytes of a name, with its final NUL */
    MLD_MAX_TEXT = 4096,   /**< bytes of a free text */
    MLD_MAX_YEARS = 40,    /**< horizon in years */
    MLD_MAX_PERIODS = 480, /**< horizon in periods, 40 years of months */
    MLD_MAX_FACTORS = 8,   /**< named factors, the TMO not counted */
    MLD_MAX_SECTORS = 32,
    MLD_MAX_FORMS = 8, /**< legal forms */
    MLD_MAX_STRESS = 64,
    MLD_MAX_RESOLUTIONS = 6, /**< resolutions of a default, by instrument */
    MLD_MAX_DEALS = 1000000, /**< deals of a path, drawn or read from a tape */
    MLD_MAX_NOTES = 64,      /**< columns of a tape that are the user's own */
    MLD_MAX_LAWS = 10000,    /**< different laws of recovery, each a table of some 20 kB */
    MLD_MAX_LAYERS = 8,
    MLD_MAX_DOTATIONS = 40, /**< rows of the dotation, and grants of a fund */
    MLD_MAX_GAGES = 8,
    MLD_MAX_FEES = 16,
    MLD_MAX_TIERS = 16,
    MLD_MAX_HURDLES = 4,    /**< different ones that a class of a fund has */
    MLD_MAX_CLOSINGS = 6,   /**< dates on which investors are admitted to a fund */
    MLD_MAX_INDICATORS = 6, /**< of what issuers produce */
    MLD_MAX_COMPARED = 8,   /**< other uses of public money */
    MLD_MAX_SENSITIVITIES = 64,
    MLD_MAX_DESIGNS = 6, /**< designs of a run */
    MLD_MAX_COVERS = 16, /**< covers of the designs that read the same lives */
    MLD_CLASSES = 3      /**< A, B, C */
};

MLD_END_DECLARATIONS

#endif
