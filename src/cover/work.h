/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What the covers of a batch keep to themselves. Private to src/cover.
 *
 * mld_covers_add() adds each deal to sums [cover][path][period] and writes its claims as events;
 * mld_covers_close() counts the events path by path, and turns all into rows [period][path].
 */
#ifndef MILLIARD_COVER_WORK_H
#define MILLIARD_COVER_WORK_H

#include "milliard/cover.h"

/**
 * An amount of one issuer in a period, of a deal made in `made`; `next` links the events of that
 * period, -1 ends them.
 */
struct mld_cover_event {
    double amount;
    int issuer, made, next;
    int is_debt; /* of a deal with a fixed rate */
};

/** Issuer of an event that no ceiling bounds (gains). */
enum { MLD_NO_ISSUER = -1 };

/** What a batch adds to, before it is turned into rows. */
struct mld_covers_work {
    int stride, last, m;
    int paths, issuers; /**< capacity */
    int debt;           /**< sums of debt are wanted */
    double *discount;   /**< [n] (1+r)^(−n/m) / m, for the grant equivalent */
    /* sums [cover][path][period], EUR */
    double *exposure, *made, *gain, *fee_base;
    double *volume;              /**< [cover][path] V */
    double *counted, *loss_made; /**< [period] of the path and cover that is counted */
    /* [issuer of the batch] running sum of claims of the cover that is counted */
    double *issuer_loss;
    /* of the provision: losses counted and their sizes, [period]; sums before one, [issuer] */
    double *size, *issuer_before;
    double *share; /**< [event] loss counted of the path whose dues are allotted */
    int n_events, capacity, grant_capacity;
    struct mld_cover_event *event;
    int *claims; /**< [cover][path][period] first event, or -1 */
    void *memory, *integers;
};

/** Writes the claims of a deal: covered default, exit loss, gains taken off (claims.c). */
void mld_covers_claim(struct mld_covers *covers, int cover, const struct mld_deal *deal,
                      const struct mld_life *life);

/**
 * C(t) of one cover on one path, and its losses by date of the deal, into work->counted and
 * loss_made (count.c).
 */
void mld_covers_count(const struct mld_covers *covers, int cover, int path);

/** The running sums of the issuers of events in periods 0 … t_L, at 0 (count.c). */
void mld_covers_start_issuers(struct mld_covers_work *work, const int *first);

/** Keeps what the grant equivalent needs of a deal of debt (grant.c). */
void mld_covers_grant(struct mld_covers *covers, int cover, const struct mld_deal *deal,
                      const struct mld_contract *contract, double safe_harbour);

#endif
