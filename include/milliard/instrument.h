/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Instruments (model, section 5). One file each, ended by one const descriptor;
 * src/instrument/registry.c lists them. An instrument writes its contractual life, as if the issuer
 * never defaulted and t_L never came early; src/instrument/life.c then applies default, recovery
 * and the forced sale, the same for all.
 */
#ifndef MILLIARD_INSTRUMENT_H
#define MILLIARD_INSTRUMENT_H

#include <stdint.h>

#include "milliard/language.h"
#include "milliard/issuer.h"
#include "milliard/limits.h"
#include "milliard/numerics.h"
#include "milliard/params.h"
#include "milliard/status.h"

MLD_BEGIN_DECLARATIONS

struct mld_resolution {
    char name[MLD_MAX_NAME];
    double probability, recovery_mean, recovery_sd, lag_years;
    const struct mld_quantile_table *table; /**< derived, owned by the model; NULL when sd = 0 */
    int lag_periods;                        /**< derived */
};

/** Shares and the conversion value of convertibles: lognormal value multiple. */
struct mld_value_terms {
    double growth, volatility, equity_correlation, multiple_cap;
};

#define INSTRUMENT(name, en, fr, ...) struct mld_##name##_terms __VA_ARGS__;
#include "milliard/instruments.def"
#undef INSTRUMENT

/**
 * Terms of a deal: what every instrument has, and its own. The registry's tables give offsets into
 * this struct.
 */
struct mld_terms {
    double pd_scale, liquidation_discount;
    int n_resolutions;
    struct mld_resolution resolution[MLD_MAX_RESOLUTIONS];
    union {
#define INSTRUMENT(name, en, fr, ...) struct mld_##name##_terms name;
#include "milliard/instruments.def"
#undef INSTRUMENT
    };
};

enum mld_amortisation_loan { MLD_LOAN_LINEAR, MLD_LOAN_ANNUITY };
enum mld_amortisation_bond { MLD_BOND_BULLET, MLD_BOND_LINEAR };

/**
 * What an instrument may read of a deal and of its path. Rows of years start at calendar year
 * 0.
 */
struct mld_setting {
    const struct mld_terms *terms;
    double own; /**< what the instrument's `draw` made of the deal's draws */
    /* what its fixed rate falls by, a year: part of the price of cover goes back to the issuer */
    double rate_cut;
    int m;         /**< periods per year */
    int t0, last;  /**< t0 of the deal, t_L */
    int held;      /**< periods since the first lot's date, with which the deal leaves; else 0 */
    double amount; /**< A, EUR */
    /* of the deal's draws, MLD_STREAM_INSTRUMENT */
    uint64_t seed;
    uint32_t path;
    uint64_t entity;
    /* t0 of the issuer's first deal: s and Q are the issuer's latest complete year's */
    int issuer_t0;
    const double *quality, *surplus; /**< Q(a), s(a) of the issuer, a from 1 */
    double xi;
    const double *tmo; /**< tmo[y] for y ≥ -3 */
    /* e_Y(y) = common[y] + weight * sector[y] */
    const double *value_common, *value_sector;
    double value_sector_weight;
};

/**
 * A deal's contractual life by age, the series by age (0 at n = 0 except outstanding and value =
 * A). Written by the instrument for n = 0 … end_age, nothing happening later. Series are written in
 * blocks of 8: they have room for MLD_MAX_PERIODS + 8, and what lies beyond end_age means nothing.
 */
struct mld_contract {
    double *income;      /**< interest, coupons, dividends, profit share, at age n, EUR ≥ 0 */
    double *capital;     /**< principal, premium, redemption, exit, at age n, EUR ≥ 0 */
    double *outstanding; /**< nominal alive after the flows of n (cost for shares), EUR */
    /* NAV of the living deal after the flows of n; for all but shares = outstanding */
    double *value;
    int ages; /**< last possible age, t_L - t0 */
    /* last age of the contract, ≤ ages; = ages when still alive in t_L after its flows */
    int end_age;
    int alive; /**< 1 when still alive after the flows of t_L: then sold */
    /* age of a sale of shares or redemption of cooperative shares, else -1 */
    int exit_age;
    double exit_proceeds; /**< those proceeds, before any discount */
    int exit_forced;      /**< shares: the exit falls in t_L because the holding was cut */
};

/**
 * A deal of a design, settled. Series by period t, from the deal's t0 to last_period; what lies
 * outside means nothing. They have room for MLD_MAX_PERIODS + 8, as they are written in blocks of
 * 8. Owner: the workspace.
 */
struct mld_life {
    double *income, *capital; /**< received by the fund in t, EUR */
    double *outstanding;      /**< non-defaulted nominal (cost for shares) after the flows of t */
    double *nav;              /**< value after the flows of t, defaulted claims included */
    /* 0: dated at or after its issuer's default, nothing else is set */
    int made;
    int last_period;                        /**< last period of the life, ≤ t_L */
    int default_period;                     /**< of the deal while it was alive, else -1 */
    int resolution;                         /**< index drawn, else -1 */
    double recovery_rate;                   /**< RR, else NaN */
    double defaulted_outstanding, recovery; /**< O, and RR·O before any forced-sale discount */
    /* period in which the recovery is paid or the claim sold, else -1 */
    int recovery_period;
    /* sale of shares / redemption of cooperative shares, before discount; -1 if none */
    int exit_period;
    double exit_proceeds;
    double forced_discount;         /**< EUR lost to the discount in t_L */
    double default_loss, exit_loss; /**< O − recovery; max(0, A − exit proceeds) */
};

/** FPCI quota class of an instrument (CMF L214-28 and L214-160; model, section 6). */
enum mld_quota {
    MLD_QUOTA_FULL,
    MLD_QUOTA_POCKET /**< up to 20 % of the volume */,
    MLD_QUOTA_NONE
};
/**
 * What an instrument reads of its issuer beside its default; draws that nobody reads are not made.
 */
enum mld_reads { MLD_READS_PERFORMANCE = 1 /**< Q and s */, MLD_READS_VALUE = 2 /**< ξ */ };
/** How the gross grant equivalent treats it (model, section 9). */
enum mld_grant { MLD_GRANT_DEBT, MLD_GRANT_RISK_FINANCE };

/** Most deals whose settings are made together. */
enum { MLD_DEALS_TOGETHER = 64 };

struct mld_instrument {
    const char *name, *summary_en, *summary_fr, *legal_fr, *source;
    const struct mld_param *params; /**< own rows, offsets in struct mld_terms */
    /* 1: exit losses and upside exist (shares) or redemption losses (cooperative shares) */
    int is_equity;
    int is_loan;         /**< counts in loans / volume */
    int leaves_together; /**< 1: lots of one issuer leave on the date of the first */
    enum mld_quota quota;
    enum mld_grant grant;
    /* the rate, or part of it, that is fixed beforehand, a year; NULL: none, it is no debt */
    double (*fixed_rate)(const struct mld_setting *setting);
    /* set of enum mld_reads under these terms; NULL: nothing */
    unsigned (*reads)(const struct mld_terms *terms);
    /**
     * Checks terms together, after ranges; adds messages with the article of law. Returns their
     * number.
     */
    int (*check)(const struct mld_terms *terms, const char *where, struct mld_messages *messages);
    /**
     * What the draws of n ≤ MLD_DEALS_TOGETHER deals come to, side by side: the number that `fill`
     * reads in setting->own. NULL: nothing.
     */
    void (*draw)(int n, struct mld_setting *const *setting);
    void (*fill)(const struct mld_setting *setting, struct mld_contract *contract);
};

/* the registry, NULL at the end */
extern const struct mld_instrument *const mld_instruments[MLD_INSTRUMENTS + 1];
/* pd_scale, liquidation_discount, resolutions */
extern const struct mld_param mld_common_params[];

/** Index in the registry, or -1. */
int mld_instrument_named(const char *name);
/** What several of them are called: "shares", "actions". */
const char *mld_instrument_label(int instrument, int french);

struct mld_model;
/**
 * Settings of deals from … from+n-1 of a batch, n ≤ MLD_DEALS_TOGETHER, with what they draw. What
 * concerns a deal that is not made is left alone.
 */
void mld_deals_set(const struct mld_model *model, uint32_t first,
                   const struct mld_factor_rows *rows, const struct mld_portfolio *portfolio,
                   const struct mld_issuer_outcomes *outcomes, int from, int n,
                   struct mld_setting *setting);
/** The life of a deal from its setting. Cannot fail. Source: model, sections 4 and 5. */
void mld_deal_live(const struct mld_model *model, const struct mld_deal *deal,
                   const struct mld_issuer_outcomes *outcomes, const struct mld_setting *setting,
                   struct mld_contract *contract, struct mld_life *life);
/** Both for one deal: its whole life on a path. */
void mld_deal_fill(const struct mld_model *model, uint32_t first,
                   const struct mld_factor_rows *rows, const struct mld_portfolio *portfolio,
                   const struct mld_issuer_outcomes *outcomes, int deal,
                   struct mld_contract *contract, struct mld_life *life);

MLD_END_DECLARATIONS

#endif
