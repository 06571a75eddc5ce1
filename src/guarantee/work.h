/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What the guarantee keeps between the deals of a batch. Private to src/guarantee.
 *
 * mld_guarantee_add() adds each covered deal to rows [path][layer][period] and writes its claims as events;
 * mld_guarantee_close() then treats one path after the other: claims → C(t) and P(t) → dues → account.
 */
#ifndef MILLIARD_GUARANTEE_WORK_H
#define MILLIARD_GUARANTEE_WORK_H

#include "milliard/guarantee.h"
#include "milliard/plan.h"

/** An amount of one issuer in a period, of a deal made in `made`; `next` links the events of that period, -1 ends them. */
struct mld_guarantee_event { double amount; int issuer, made, next; };

/** Issuer of an event that no ceiling bounds (gains). */
enum { MLD_NO_ISSUER = -1 };

/** A layer's accounts on one path, to date. */
struct mld_layer_account {
    double due;       /**< P(t) */
    double waiting;   /**< due and not yet paid */
    double paid;      /**< payouts made */
    double returned;  /**< owed back and upside, as charged */
    double received;  /**< counter-guarantee layers: paid back to date, net of the fee */
};

struct mld_guarantee_work {
    int layers, stride, last;
    int issuers;                      /**< capacity, issuers of a batch */
    double yield;                     /**< (1+y)^(1/m) − 1, of a period */
    double *discount;                 /**< [n] (1+r)^(−n/m) / m, for the grant equivalent */
    double *dotation;                 /**< [period] */
    /* rows [path][layer][period], EUR */
    double *exposure;                 /**< outstanding after t that the layer still covers in t+1, before q */
    double *made;                     /**< tickets covered from t on */
    double *gain;                     /**< gains on covered shares sold in t */
    double *fee_base;                 /**< of the deals made in t: Σ over later periods of the outstanding that bears a fee, before q */
    double *volume;                   /**< [path][layer] V */
    /* events */
    int n_events, capacity;
    struct mld_guarantee_event *event;
    int *claims;                      /**< [path][layer][period] first event, or -1 */
    int *grants;                      /**< [path][period] likewise: grant equivalents by date of the deal */
    double *issuer_loss;              /**< [layer][issuer of the batch] running sum of claims */
    double *issuer_grant;             /**< [issuer of the batch] running sum over three years */
    /* one path, in close */
    double *covered_loss, *cumulated_due; /**< [layer][period] C and P of a layer */
    double *loss_made;                /**< [layer][period] covered losses of the deals made in t, within each issuer's ceiling */
    struct mld_layer_account account[MLD_MAX_LAYERS];
    void *memory, *integers;
};

static inline size_t mld_layer_row(const struct mld_guarantee_work *work, int path, int layer)
{
    return ((size_t)path * (size_t)work->layers + (size_t)layer) * (size_t)work->stride;
}

/** 1 for a layer on deals, 0 for a counter-guarantee. */
static inline int mld_layer_on_deals(const struct mld_layer *layer)
{
    return layer->covers < 0;
}

/** Puts an event at the head of a list. */
void mld_guarantee_event_add(struct mld_guarantee_work *work, int *head, int issuer, int made, double amount);

/** Writes the claims of a deal: covered default, exit loss, gains taken off (claims.c). */
void mld_guarantee_claim(struct mld_guarantee_work *work, const struct mld_layer *layer, int index,
                         const struct mld_deal *deal, const struct mld_life *life);

/** C(t) and P(t) of one layer on one path, into work->covered_loss and work->cumulated_due (payout.c). */
void mld_guarantee_count(struct mld_guarantee_work *work, const struct mld_layer *layer, int index, int path);

/** What a counter-guarantee has to have paid back, net of its fee, given the accounts to date (counter.c). */
double mld_counter_entitled(const struct mld_layer *layer, const struct mld_layer_account *covered, double volume);

/**
 * Moves every counter-guarantee to what it owes, into *purse; returns the sum received, negative when the guarantor
 * gives money back, which it does as far as *purse goes (counter.c).
 */
double mld_counter_move(struct mld_guarantee_work *work, const struct mld_plan *plan, int path, double *purse);

/** Runs the guarantee fund, or the State's purse, over one path (account.c). */
void mld_guarantee_run_account(struct mld_guarantee_flows *flows, const struct mld_plan *plan, int path);

/** Smallest dotation in year 0 that the path, closed, never exhausts; its accounts are used as scratch (needed.c). */
double mld_guarantee_needed(const struct mld_guarantee_flows *flows, const struct mld_plan *plan, int path);

/** Adds a deal's gross grant equivalent, if it has one (grant.c). */
void mld_guarantee_grant(struct mld_guarantee_flows *flows, const struct mld_plan *plan, const struct mld_layer *layer,
                         const struct mld_deal *deal, const struct mld_contract *contract);

/** Issuers whose grants over any three years exceed the ceiling, on one path (grant.c). */
double mld_guarantee_above_ceiling(struct mld_guarantee_work *work, const struct mld_plan *plan, int path);

#endif
