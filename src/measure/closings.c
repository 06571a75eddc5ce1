/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The members of class A by the closing that admitted them. Each pays and receives its part of what
 * the class does, from its closing on; newcomers pay earlier members, which adds up to nothing.
 */
#include "measure/closings.h"

#include <math.h>
#include <string.h>

#include "measure/irr.h"

/* What members of one closing pay in and receive, to date. */
struct member {
    double *paid, *received;
};

static double *row_of(const struct mld_measure_view *view, double *series, int t)
{
    return series + (size_t)t * (size_t)view->width;
}

/* Of calls and distributions of the class, in proportion to commitments. */
static void add_part(int n, double of_call, double part, const double *restrict call,
                     const double *restrict distribution, double *restrict net,
                     const struct member *member)
{
    double *restrict paid = member->paid, *restrict received = member->received;
    for (int p = 0; p < n; p++) {
        net[p] = part * distribution[p] - of_call * call[p];
        paid[p] += of_call * call[p];
        received[p] += part * distribution[p];
    }
}

static void pay_earlier(const struct mld_measure_view *view, double *restrict net,
                        const struct member *member)
{
    for (int p = 0; p < view->paths; p++) {
        double all = view->principal[p] + view->interest[p];
        net[p] -= all;
        member->paid[p] += all;
    }
}

/* Capital that comes back is no longer paid in; interest is received. */
static void be_paid(const struct mld_measure_view *view, double part, double *restrict net,
                    const struct member *member)
{
    for (int p = 0; p < view->paths; p++) {
        net[p] += part * (view->principal[p] + view->interest[p]);
        member->paid[p] -= part * view->principal[p];
        member->received[p] += part * view->interest[p];
    }
}

static void walk_part(const struct mld_measure_view *view, int closing, const struct member *member)
{
    const struct mld_fund_spec *fund = view->fund_spec;
    double of_class = fund->share_class[MLD_CLASS_A].commitment / fund->commitments;
    for (int t = 0; t < view->periods; t++) {
        double part = t < fund->closing[closing].period
                          ? 0
                          : fund->closing[closing].share / mld_fund_admitted(fund, t);
        add_part(view->paths, part * of_class, part, row_of(view, view->fund->call, t),
                 row_of(view, view->fund->distribution[MLD_CLASS_A], t), row_of(view, view->net, t),
                 member);
    }
}

/* Fills the net flows of the members of a closing, and what they pay and receive. */
static void walk(const struct mld_measure_view *view, int closing, const struct member *member)
{
    const struct mld_fund_spec *fund = view->fund_spec;
    memset(member->paid, 0, (size_t)view->width * sizeof(double));
    memset(member->received, 0, (size_t)view->width * sizeof(double));
    walk_part(view, closing, member);
    for (int k = closing > 0 ? closing : 1; k < fund->n_closings; k++) {
        int t = fund->closing[k].period;
        mld_fund_equalise(view->fund, view->grid, fund, MLD_CLASS_A, k, view->principal,
                          view->interest);
        if (k == closing)
            pay_earlier(view, row_of(view, view->net, t), member);
        else
            be_paid(view, fund->closing[closing].share / mld_fund_admitted(fund, t - 1),
                    row_of(view, view->net, t), member);
    }
}

void mld_fill_closing_irr(const struct mld_measure_view *view, int closing, double *restrict value)
{
    walk(view, closing, &(struct member){ view->member_paid, view->member_received });
    mld_irr_batch(view->periods, view->width, view->paths, view->grid->periods_per_year, view->net,
                  value, view->roots);
}

void mld_fill_closing_multiple(const struct mld_measure_view *view, int closing,
                               double *restrict value)
{
    walk(view, closing, &(struct member){ view->member_paid, view->member_received });
    for (int p = 0; p < view->paths; p++)
        value[p] = view->member_paid[p] > 0 ? view->member_received[p] / view->member_paid[p]
                                            : (double)NAN;
}

void mld_fill_equalised(const struct mld_measure_view *view, int interest, double *restrict value)
{
    const double *paid = interest ? view->interest : view->principal;
    memset(value, 0, (size_t)view->paths * sizeof *value);
    for (int k = 1; k < view->fund_spec->n_closings; k++)
        for (int class = 0; class < MLD_CLASSES; class ++) {
            mld_fund_equalise(view->fund, view->grid, view->fund_spec, class, k, view->principal,
                              view->interest);
            for (int p = 0; p < view->paths; p++)
                value[p] += paid[p];
        }
}

void mld_fill_waits(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    for (int p = 0; p < view->paths; p++)
        value[p] = view->pools->waited[p] > 0;
}

void mld_fill_waiting(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    for (int p = 0; p < view->paths; p++)
        value[p] = view->pools->waited[p] > 0
                       ? (double)view->pools->periods_waited[p] / view->pools->waited[p] /
                             view->grid->periods_per_year
                       : (double)NAN;
}

/* ---- the credit line ---- */

void mld_fill_line(const struct mld_measure_view *view, int which, double *restrict value)
{
    const struct mld_fund_flows *fund = view->fund;
    for (int p = 0; p < view->paths; p++) {
        double borrowed = 0, repaid = 0, peak = 0, costs = 0;
        for (int t = 0; t < view->periods; t++) {
            size_t at = (size_t)t * (size_t)view->width + (size_t)p;
            borrowed += fund->borrowed[at];
            repaid += fund->repaid[at];
            costs += fund->line_cost[at];
            peak = borrowed - repaid > peak ? borrowed - repaid : peak;
        }
        value[p] = which == MLD_LINE_BORROWED ? borrowed : which == MLD_LINE_PEAK ? peak : costs;
    }
}

void mld_fill_irr_without_line(const struct mld_measure_view *view, int unused,
                               double *restrict value)
{
    const struct mld_fund_flows *fund = view->without_line;
    double share = view->fund_spec->share_class[MLD_CLASS_A].commitment /
                   view->fund_spec->commitments;
    (void)unused;
    for (int t = 0; t < view->periods; t++)
        for (int p = 0; p < view->paths; p++) {
            size_t at = (size_t)t * (size_t)view->width + (size_t)p;
            view->net[at] = fund ? fund->distribution[MLD_CLASS_A][at] - share * fund->call[at] : 0;
        }
    mld_irr_batch(view->periods, view->width, view->paths, view->grid->periods_per_year, view->net,
                  value, view->roots);
}
