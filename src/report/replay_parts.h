/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The tables of a replay, by file. Private to src/report. */
#ifndef MILLIARD_REPORT_REPLAY_PARTS_H
#define MILLIARD_REPORT_REPLAY_PARTS_H

#include "report/table.h"

enum { MLD_COLUMNS_MOST = 44 };

/** What every part reads. */
struct mld_replay_view {
    const struct mld_replay *replay;
    const struct mld_plan *plan;
    struct mld_workspace *workspace;
    struct mld_tables *tables;
    int french;
};

#define MLD_COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/**
 * The text of the report's language; both are formats of the same arguments, and checked as such.
 */
__attribute__((format_arg(2), format_arg(3))) static inline const char *mld_replay_say(
    const struct mld_replay_view *view, const char *french, const char *english)
{
    return view->french ? french : english;
}

/** A period's number and date, or two empty cells when it is negative or past the horizon. */
void mld_replay_period(const struct mld_replay_view *view, int period);
/** Whether a deal of some lives is made: its issuer alive, and the fund able to pay it. */
int mld_replay_is_made(const struct mld_lives *lives, int deal);
/** "shares-3" in a thesis, "shares-3+" of the deal that follows it; else the tape's name. */
void mld_replay_deal_name(const struct mld_replay_view *view, const struct mld_deal *deal,
                          char name[MLD_MAX_NAME]);
void mld_replay_issuer_name(const struct mld_replay_view *view, int issuer,
                            char name[MLD_MAX_NAME]);

/**
 * Lives of deals: one set for both designs, unless moral hazard tells them apart. `set` is a place
 * in the workspace's lives.
 */
int mld_replay_sets(const struct mld_replay_view *view);
const char *mld_replay_set_name(const struct mld_replay_view *view, int set);

/** replay_deals.c */
void mld_replay_deals(const struct mld_replay_view *view);
void mld_replay_issuers(const struct mld_replay_view *view);
void mld_replay_flows(const struct mld_replay_view *view);
/** replay_claims.c */
enum mld_status mld_replay_claims(const struct mld_replay_view *view);
void mld_replay_layers(const struct mld_replay_view *view);
/** replay_ledgers.c */
void mld_replay_pools(const struct mld_replay_view *view);
void mld_replay_guarantor(const struct mld_replay_view *view);
void mld_replay_fund(const struct mld_replay_view *view);
void mld_replay_waterfall(const struct mld_replay_view *view);
/** Of a fund with several closings. Fails: MEMORY. */
enum mld_status mld_replay_closings(const struct mld_replay_view *view);
/** replay_vehicles.c: those that the scenario has. */
void mld_replay_vehicles(const struct mld_replay_view *view);
/** replay_draws.c */
void mld_replay_draws(const struct mld_replay_view *view);

#endif
