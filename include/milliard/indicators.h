/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Value created (model, section 20): what issuers are expected to produce per million euros
 * invested in them, by indicators of a scenario: jobs, people served … An indicator is in units of
 * its own. What is counted comes with the financing; nothing says that it would not have come
 * without. It is added up of the lives of deals, and touches no flow.
 */
#ifndef MILLIARD_INDICATORS_H
#define MILLIARD_INDICATORS_H

#include <stdint.h>

#include "milliard/language.h"
#include "milliard/limits.h"
#include "milliard/params.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

enum mld_indicator_kind {
    MLD_INDICATOR_YEARLY, /**< × outstanding (cost, for shares) × years alive */
    MLD_INDICATOR_ONCE    /**< × amount at t₀, in its period */
};

struct mld_indicator {
    char name[MLD_MAX_NAME], label_en[256], label_fr[256], unit_en[MLD_MAX_NAME],
        unit_fr[MLD_MAX_NAME], source[MLD_MAX_TEXT];
    int kind;                               /**< enum mld_indicator_kind */
    double mean, sd;                        /**< per million EUR; lognormal by issuer */
    char form[MLD_MAX_FORMS][MLD_MAX_NAME]; /**< all when none is named */
    char sector[MLD_MAX_SECTORS][MLD_MAX_NAME];
    int n_forms, n_sectors;
    /* derived */
    double log_sd;
    uint64_t entity;
    unsigned char takes_form[MLD_MAX_FORMS], takes_sector[MLD_MAX_SECTORS]; /**< both must match */
};

struct mld_indicators_spec {
    int n;
    struct mld_indicator item[MLD_MAX_INDICATORS];
};

/** Rows of an item of `indicators`; offsets in struct mld_indicator. */
extern const struct mld_param mld_indicator_params[];
/** Derived fields but for the masks. */
void mld_indicator_prepare(struct mld_indicator *indicator);

/** What an indicator comes to, of one path, in units of the indicator. */
struct mld_indicator_sums {
    double made[MLD_MAX_YEARS + 1]; /**< by calendar year, from period 0's */
    double lost[MLD_MAX_YEARS + 1]; /**< not produced, from a default until the deal's end */
    double by_instrument[MLD_INSTRUMENTS], by_form[MLD_MAX_FORMS]; /**< made */
};

/** The indicators of a batch. */
struct mld_indicators {
    int n, paths, years;
    struct mld_indicator_sums *sums; /**< [path][indicator] */
    int year[MLD_MAX_PERIODS];       /**< calendar year of a period, from period 0's */
};

struct mld_deal;
struct mld_life;
struct mld_contract;
struct mld_model;
/**
 * Storage for up to `paths` paths of a model. Fails: MLD_ERR_MEMORY, and then holds nothing.
 */
enum mld_status mld_indicators_init(struct mld_indicators *indicators,
                                    const struct mld_model *model, int paths);
void mld_indicators_clear(struct mld_indicators *indicators);
/** Empties the sums of `paths` paths. */
void mld_indicators_reset(struct mld_indicators *indicators, int paths);
/**
 * Adds one settled deal of an issuer (its entity; `path`: its number) with its contract; nothing if
 * it was not made. One draw an issuer and indicator, stream INDICATOR: lots of one issuer share it.
 * Cannot fail.
 */
void mld_indicators_add(struct mld_indicators *indicators, const struct mld_model *model,
                        const struct mld_deal *deal, uint64_t issuer, uint32_t path,
                        const struct mld_contract *contract, const struct mld_life *life);

static inline const struct mld_indicator_sums *mld_indicator_of(
    const struct mld_indicators *indicators, int path, int indicator)
{
    return &indicators->sums[(size_t)path * (size_t)indicators->n + (size_t)indicator];
}

MLD_END_DECLARATIONS

#endif
