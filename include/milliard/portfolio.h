/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Portfolio (model, section 6): the deals of each path and their issuers, from a thesis or a tape.
 */
#ifndef MILLIARD_PORTFOLIO_H
#define MILLIARD_PORTFOLIO_H

#include <stddef.h>
#include <stdint.h>

#include "milliard/language.h"
#include "milliard/limits.h"
#include "milliard/status.h"
#include "milliard/tape.h"

MLD_BEGIN_DECLARATIONS

enum mld_resample { MLD_RESAMPLE_PATH, MLD_RESAMPLE_RUN };

/** A second deal with an issuer that is held (model, section 16). */
struct mld_follow_on {
    double reserve;     /**< part of the instrument's volume kept for second deals, in (0, 1) */
    double after_years; /**< from the first deal to the second */
    double probability; /**< that one is made, once it can be */
    double size;        /**< of the first deal's amount; NaN: reserve / (1 − reserve) */
    /* derived */
    int periods;     /**< after_years in whole periods */
    double multiple; /**< size, whichever way it is given */
};

struct mld_mix {
    double weight;
    struct mld_follow_on follow_on;
    int has_follow_on;
    double form[MLD_MAX_FORMS];
    double sector[MLD_MAX_SECTORS];
    int has_sector[MLD_MAX_SECTORS];
};

struct mld_thesis {
    double volume; /**< EUR */
    int of_all;    /**< derived: it was not given, and is of all that the fund may invest */
    int resample;
    /* weights of the years of the investment period */
    int n_deployment;
    double deployment[MLD_MAX_YEARS];
    double ticket_mean, ticket_sd, ticket_min, ticket_max; /**< EUR; lognormal before truncation */
    struct mld_mix mix[MLD_INSTRUMENTS];
    int has_mix[MLD_INSTRUMENTS];
    /* default sector weights, equal if none is given */
    double sector[MLD_MAX_SECTORS];
    int has_sector[MLD_MAX_SECTORS];
    /* derived */
    double ticket_log_mean, ticket_log_sd; /**< of the lognormal before truncation */
    double year_cumulative[MLD_MAX_YEARS]; /**< cumulated, last = 1 */
    double form_cumulative[MLD_INSTRUMENTS][MLD_MAX_FORMS],
        sector_cumulative[MLD_INSTRUMENTS][MLD_MAX_SECTORS];
    int max_deals;     /**< most first deals one path can hold, each with an issuer of its own */
    int has_follow_on; /**< 1: some instrument has second deals */
    int investment_periods; /**< in which they are made */
};

/**
 * Most draws of one ticket; the last is clamped to [ticket_min, ticket_max] instead of being drawn
 * again. A plan has 1 % of the lognormal inside the bounds at least, so the clamp has probability <
 * 0.99^4096 < 2e-18.
 */
#define MLD_TICKET_DRAWS 4096

/** What first deals of an instrument add up to, and what is kept for second ones; EUR. */
double mld_thesis_volume(const struct mld_thesis *thesis, int instrument);
double mld_thesis_reserve(const struct mld_thesis *thesis, int instrument);

/**
 * Most first deals one path can hold: the sum over instruments of ceil(volume / ticket_min), 1 at
 * least for each instrument of the mix. Gives INT_MAX when it is above. Reads volume, mix, has_mix,
 * ticket_min. Source: model, section 6.
 */
int mld_thesis_max_deals(const struct mld_thesis *thesis);
/**
 * Mean number of first deals of a path, and some: the volume of each instrument by the mean of
 * tickets within their bounds.
 */
double mld_thesis_likely_deals(const struct mld_thesis *thesis);

/** A deal of a path. */
struct mld_deal {
    int path;   /**< in the batch, from 0 */
    int issuer; /**< index in the batch's issuers */
    int instrument, form, sector;
    int period;    /**< t0 */
    int terms;     /**< index in plan->model.terms */
    int tape_row;  /**< index in plan->model.tape.deal, or -1 in a thesis */
    int16_t lot;   /**< 1: it follows the first deal of its issuer, that of a thesis; else 0 */
    int16_t waits; /**< periods before t0 in which it waits for a closing */
    /* periods since the first lot's date, with which it leaves; 0 where it leaves on its own */
    int held;
    double amount;   /**< A > 0, EUR */
    uint64_t entity; /**< for MLD_STREAM_INSTRUMENT */
};

struct mld_issuer {
    int path, form, sector;
    int period;     /**< t0 of its first deal */
    int terms;      /**< of its first deal: x and the row of plan->model.threshold */
    unsigned reads; /**< what its deals read of it beside default: set of enum mld_reads */
    uint64_t entity;
};

/**
 * Deals and issuers of a batch, path after path; deals of path p are first_deal[p] …
 * first_deal[p+1]-1. Within a path: thesis, by instrument of the registry, then slot, each deal its
 * own issuer; tape, the file's order.
 */
struct mld_portfolio {
    int n_deals, n_issuers, capacity; /**< capacity: deals, and issuers, that a batch may hold */
    struct mld_deal *deal;
    struct mld_issuer *issuer;
    int *first_deal, *first_issuer; /**< paths + 1 entries each */
    /* [path]: deals that wait for a closing, by how many periods together; 0 with one closing */
    int *waited, *periods_waited;
    /*
     * private: the one portfolio of a tape or of resample = "run"; else slots of a thesis and
     * scratch of their draws
     */
    int fixed_deals, fixed_issuers;
    struct mld_deal *fixed_deal;
    struct mld_issuer *fixed_issuer;
    /* slots whose tickets are drawn ahead, a path; paths drawn together */
    int slots, group;
    /* of each instrument: its first entity in slot_entity; slots drawn ahead */
    int slot_first[MLD_INSTRUMENTS], ahead[MLD_INSTRUMENTS];
    unsigned slot_reads[MLD_INSTRUMENTS];
    uint64_t *slot_entity, *draw_entity;
    uint32_t *draw_path;
    double *uniform, *scratch, *ticket;
};

struct mld_model;
/**
 * Storage for up to `paths` paths of a resolved model. Fails: MLD_ERR_MEMORY, and then holds
 * nothing.
 */
enum mld_status mld_portfolio_init(struct mld_portfolio *portfolio, const struct mld_model *model,
                                   int paths);
void mld_portfolio_clear(struct mld_portfolio *portfolio);

/**
 * Draws (thesis) or lays out (tape) the deals of paths first … first+paths-1, each path with the
 * same bits in any batch. A thesis draws tickets slot by slot, so each instrument's sum to weight ×
 * volume; the last is what the others leave, or is added to the one before when it is below
 * ticket_min (the sum may exceed ticket_max). With several closings deals wait for money. Cannot
 * fail.
 * Source: model, sections 6 and 16.
 */
void mld_portfolio_fill(const struct mld_model *model, uint32_t first, int paths,
                        struct mld_portfolio *portfolio);

MLD_END_DECLARATIONS

#endif
