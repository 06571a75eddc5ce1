/* SPDX-License-Identifier: GPL-3.0-or-later */
/** From read fields to a plan: one function per part of it, each adding its mistakes. */
#ifndef MILLIARD_SCENARIO_RESOLVE_H
#define MILLIARD_SCENARIO_RESOLVE_H

#include "milliard/plan.h"
#include "milliard/scenario.h"
#include "milliard/status.h"

#include <stddef.h>

/** Parts of a scenario: one that was misread is not checked further, nor what depends on it. */
enum mld_part {
    MLD_PART_GRID = 1,
    MLD_PART_FACTORS = 2,
    MLD_PART_FORMS = 4,
    MLD_PART_INSTRUMENTS = 8,
    MLD_PART_PORTFOLIO = 16,
    MLD_PART_FUND = 32,
    MLD_PART_GUARANTEE = 64,
    MLD_PART_SENSITIVITY = 128,
    MLD_PART_ENDOWMENT = 256,
    MLD_PART_INDICATORS = 512,
    MLD_PART_FEEDER = 1024
};

/** All that a scenario says: what a plan is made of, and what is to be varied. */
struct mld_reading {
    struct mld_plan plan;
    struct mld_judgements judgements;
};

struct mld_check {
    struct mld_plan *plan;
    const struct mld_judgements *judgements;
    const char *(*where)(const void *, const char *);
    const void *context;
    struct mld_messages *messages;
    unsigned misread; /**< parts, bits of enum mld_part */
    int mistakes, no_memory;
};

/**
 * Computes every derived field of a plan whose read fields are set, but for the tables of laws, and
 * checks what rows alone cannot: correlation matrix, weights, legal caps across terms, volume
 * against commitments, layers, tiers, judgements. Of a plan of which some parts were misread the
 * others are checked, so that every mistake is told at once. `where` gives "file:line" of a dotted
 * key for messages. Fails: INPUT, one message per mistake, or MEMORY.
 */
enum mld_status mld_resolve_parts(struct mld_reading *reading, unsigned misread,
                                  const char *(*where)(const void *, const char *),
                                  const void *context, struct mld_messages *messages);
/**
 * Tables of recoveries and scores, thresholds of default: most of the time of planning, for a plan
 * without a mistake. Fails: INPUT (too many laws), MEMORY.
 */
enum mld_status mld_resolve_laws(struct mld_plan *plan,
                                 const char *(*where)(const void *, const char *),
                                 const void *context, struct mld_messages *messages);

/** Adds "file:line: key<rest>". */
void mld_check_fail(struct mld_check *check, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** Adds a warning at the place of `key`; `value` as for mld_warn(). */
void mld_check_warn(struct mld_check *check, enum mld_warning_id kind, const char *key,
                    const struct mld_warning_value *value);
/** What a plan's echo says of a key, or NULL. */
const struct mld_echo *mld_echo_of(const struct mld_plan *plan, const char *key);
/** A key made of parts: mld_check_key(key, "a.%s.b", name). */
enum { MLD_KEY = 256 };
const char *mld_check_key(char key[MLD_KEY], const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * 1 if n weights ≥ 0 add up to 1 within one part in a billion, as thirds typed by hand do; then
 * their sum is made exact.
 */
int mld_weights_normalise(int n, double *weight, double *sum);
/** Cumulated weights; entries from the last positive one on are 1. */
void mld_weights_cumulate(int n, const double *weight, double *cumulative, int capacity);

/**
 * Grid only: needs the read fields of grid and fund. The tape parser needs its result. Tells
 * nothing.
 */
enum mld_status mld_resolve_grid(struct mld_plan *plan);

void mld_resolve_sensitivities(struct mld_check *check);
/** Laws and rank correlations of judgements; worlds, and the paths that they are. */
void mld_resolve_uncertainty(struct mld_check *check);
void mld_resolve_factors(struct mld_check *check);
void mld_resolve_forms(struct mld_check *check);
void mld_resolve_thesis(struct mld_check *check);
void mld_resolve_tape(struct mld_check *check);
void mld_resolve_terms(struct mld_check *check);
void mld_resolve_tables(struct mld_check *check);
void mld_resolve_thresholds(struct mld_check *check);
void mld_resolve_fund(struct mld_check *check);
/** Dates and shares of the closings. */
void mld_resolve_closings(struct mld_check *check);
/** What each period has room for, of a plan whose fund is resolved. */
void mld_plan_make_room(struct mld_plan *plan);
/** The waterfall of section 8. */
void mld_use_default_tiers(struct mld_fund_spec *fund);
/** Terms that tiers leave out take the fund's, which stand for them. */
void mld_resolve_tiers(struct mld_fund_spec *fund);
/** Keys that stand for terms of tiers: one is needed and missing, or says otherwise than all. */
void mld_check_shorthand(struct mld_check *check);
/** Rows of fees, or the rates that stand for three of them. */
void mld_resolve_fees(struct mld_check *check);
/** Most that a fund's own costs come to while it invests: an amount, a part of the volume. */
struct mld_costs {
    double fixed, of_volume;
};
struct mld_costs mld_costs_while_investing(const struct mld_fund_spec *fund);
/** Dotted key of a term of a tier: by the tier's name, where it has one, else by its place. */
const char *mld_tier_key(const struct mld_plan *plan, char key[MLD_KEY], int i, const char *term);
/** The list of tiers. */
void mld_check_tiers(struct mld_check *check);
void mld_resolve_guarantee(struct mld_check *check);
/** A list of names of legal forms or sectors as a mask; an empty one takes all. */
struct mld_filter {
    const char *key, *what; /**< "legal_forms", "legal form" */
    int n_names;
    char (*name)[MLD_MAX_NAME];
    int count;
    const char *(*name_at)(const void *plan, int);
    unsigned char *mask;
};
/** The name of a legal form, or of a sector, of a plan. */
const char *mld_form_at(const void *plan, int i);
const char *mld_sector_at(const void *plan, int i);
/** Fills the mask of what is filtered at the dotted key `of`, and adds what is unknown. */
void mld_resolve_filter(struct mld_check *check, const char *of, const struct mld_filter *filter);
/** Indicators, of forms and sectors that are resolved. */
void mld_resolve_indicators(struct mld_check *check);
/** The feeder, upon a fund that is resolved. */
void mld_resolve_feeder(struct mld_check *check);
/** The endowment, beside a portfolio that is resolved. */
void mld_resolve_endowment(struct mld_check *check);
/**
 * Volume and costs of the investment period against the commitments; needs fund, portfolio and
 * guarantee.
 */
void mld_resolve_commitments(struct mld_check *check);

/** EUR invested, before anything is recycled. */
double mld_plan_volume(const struct mld_plan *plan);
/**
 * Largest volume that the commitments of the fund bear, with the costs and guarantee fees of the
 * investment period.
 */
double mld_plan_volume_borne(const struct mld_plan *plan);

#endif
