/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The arithmetic of a guarantee on one path in one period (model, section 7): what the loops over
 * rows of a batch and the loops over whole lives (lives.c) are made of, so that both give the same
 * bits. Private to src/guarantee.
 */
#ifndef MILLIARD_GUARANTEE_LANE_H
#define MILLIARD_GUARANTEE_LANE_H

#include "core/numbers.h"
#include "core/vector.h"
#include "milliard/numerics.h"

/** Yield of a balance in a period; a bottomless purse bears none. */
MLD_INLINE double mld_lane_interest(double purse, double yield)
{
    return yield > 0 || yield < 0 ? purse * yield : 0;
}

/**
 * P(t) = q · clamp(C(t) − attachment·V, 0, cap_rate·V). Losses that recoveries or gains take back
 * to the attachment leave nothing above it.
 */
MLD_INLINE double mld_lane_owed(double q, double attachment, double cap_rate, double counted,
                                double volume)
{
    double kept = attachment * volume, cap = cap_rate * volume;
    double over = counted - kept, above = mld_exceeds(counted, kept, volume) ? over : 0;
    return q * mld_least(above, cap);
}

/**
 * What waits once P(t) has moved by `step` from `due`: negative, it is owed back. A negative step
 * first cancels what waits, and leaves no crumb of it that would wait for ever or be owed back.
 */
MLD_INLINE double mld_lane_waiting(double before, double step, double due)
{
    double waiting = before + step, settled = mld_settled(waiting, due);
    int cancels = (step < 0) & (before > 0);
    return cancels ? settled : waiting;
}

/**
 * What a purse with `money` pays of what waits, and what is left in it. A purse that rounding alone
 * keeps from what waits pays it in full and is empty, whichever of the two is above: both are made
 * of what was put in and of what is due, `scale`. A bottomless purse has no such scale, 0.
 */
MLD_INLINE double mld_lane_paid(double total, double money, double scale)
{
    return mld_exceeds(total, money, scale) ? money : total;
}
MLD_INLINE double mld_lane_left(double money, double paid, double scale)
{
    double left = money - paid;
    int spent = (paid > 0) & !mld_exceeds(money, paid, scale);
    return spent ? 0 : left;
}

/** A layer's part of the payout: what it waits for, or pro rata to it when the purse is short. */
MLD_INLINE double mld_lane_part(double waiting, double payout, double total)
{
    double pro_rata = waiting * (payout / total);
    return payout == total ? waiting : pro_rata;
}

/** Dues that receipts just meet need nothing: no crumb of the two sums. */
MLD_INLINE double mld_lane_needed(double needed, double sum, double dues)
{
    int more = (sum > needed) & mld_exceeds(sum, 0, dues);
    return more ? sum : needed;
}

#endif
