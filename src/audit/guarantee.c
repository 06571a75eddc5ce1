/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/guarantee.h"

#include <math.h>

#include "milliard/numerics.h"

/* One path's sums to date, and where to say what is wrong. */
struct audit {
    const struct mld_grid *grid;
    const struct mld_guarantee_spec *spec;
    const struct mld_guarantee_flows *flows;
    const struct mld_fund_flows *fund;
    struct mld_violation *violation;
    uint32_t path_number;
    int path, design;
    double tolerance;
    double quotite;             /* the largest of the layers on deals */
    double paid, owed, balance; /* to date; balance after t−1 */
    double charged, received;   /* receivables on the fund */
};

/* Place of the path in period t of a series. */
static size_t place(const struct audit *audit, int t)
{
    return (size_t)t * (size_t)audit->flows->width + (size_t)audit->path;
}

/* `excess` above the tolerance breaks the identity `what`. NaN breaks every identity. */
static void expect(struct audit *audit, int period, const char *what, double excess)
{
    if (audit->violation->what || excess <= audit->tolerance)
        return;
    *audit->violation = (struct mld_violation){ what, audit->path_number, period, audit->design,
                                                excess };
}

/* No tolerance: min(waiting + due, balance) is at most the balance, to the last bit. */
static void expect_not_negative(struct audit *audit, int period, const char *what, double amount)
{
    if (!audit->violation->what && !(amount >= 0))
        *audit->violation = (struct mld_violation){ what, audit->path_number, period, audit->design,
                                                    amount };
}

static void check_signs(struct audit *audit, int t, size_t i)
{
    const struct mld_guarantee_flows *flows = audit->flows;
    expect_not_negative(audit, t, "the balance of the guarantee fund is negative",
                        flows->balance[i]);
    expect_not_negative(audit, t, "a payout is negative", flows->payout[i]);
    expect_not_negative(audit, t, "what waits is negative", flows->waiting[i]);
    expect_not_negative(audit, t, "what is owed back is negative", flows->owed_back[i]);
    expect_not_negative(audit, t, "a guarantee fee is negative", flows->fee[i]);
    expect(audit, t, "the fund pays more fees than are charged",
           flows->fee_fund[i] - flows->fee[i]);
}

/*
 * balance = balance before + yield + dotation + fees + upside + money returned + counter-guarantee
 * − payouts.
 */
static void check_balance(struct audit *audit, int t, size_t i)
{
    const struct mld_guarantee_flows *flows = audit->flows;
    double expected = audit->balance + flows->interest[i] + flows->dotation[i] + flows->fee[i] +
                      flows->upside[i] + flows->owed_back[i] + flows->counter[i] - flows->payout[i];
    if (t > audit->grid->last)
        expected = audit->balance;
    if (audit->spec->n_dotations > 0)
        expect(audit, t, "the guarantee fund's balance does not add up",
               fabs(flows->balance[i] - expected));
    else
        expect(audit, t, "something waits although the State pays whatever is due",
               flows->waiting[i]);
    audit->balance = flows->balance[i];
}

/*
 * P(t) is bounded by q × covered losses and by the cap, and is paid, waits, or was owed back: not a
 * cent elsewhere.
 */
static void check_payouts(struct audit *audit, int t, size_t i)
{
    const struct mld_guarantee_flows *flows = audit->flows;
    audit->paid += flows->payout[i];
    audit->owed += flows->owed_back[i];
    double net = audit->paid - audit->owed;
    expect(audit, t, "payouts, money owed back and what waits do not add up to what is due",
           fabs(net + flows->waiting[i] - flows->cumulated_due[i]));
    expect(audit, t, "cumulated payouts exceed q × covered losses",
           net - audit->quotite * flows->covered_loss[i]);
    expect(audit, t, "cumulated payouts exceed the cap", net - flows->commitment[audit->path]);
}

/*
 * What the fund has paid the guarantor is at most what it was charged: the rest is the guarantor's
 * receivable.
 */
static void check_receivable(struct audit *audit, int t, size_t i)
{
    if (!audit->fund)
        return;
    const struct mld_guarantee_flows *flows = audit->flows;
    size_t at = (size_t)t * (size_t)audit->fund->width + (size_t)audit->path;
    audit->charged += flows->fee_fund[i] + flows->upside[i] + flows->owed_back[i];
    audit->received += audit->fund->paid_guarantee[at];
    expect(audit, t, "the fund pays the guarantor more than it was charged",
           audit->received - audit->charged);
}

/* Amounts of a path's scale tie within MLD_TIE of it, which the account may round a payment by. */
static double tolerance_of(const struct mld_guarantee_spec *spec, double volume)
{
    double scale = volume;
    for (int k = 0; k < spec->n_dotations; k++)
        scale += spec->dotation[k].amount;
    return 1e-6 + MLD_TIE * scale;
}

static double largest_quotite(const struct mld_guarantee_spec *spec)
{
    double largest = 0;
    for (int l = 0; l < spec->n_layers; l++)
        if (spec->layer[l].covers < 0 && spec->layer[l].quotite > largest)
            largest = spec->layer[l].quotite;
    return largest;
}

/* National accounts book the same euros at other dates: Σ booked = P(t_L) − Σ fees. */
static void check_booked(struct audit *audit)
{
    const struct mld_guarantee_flows *flows = audit->flows;
    int last = audit->grid->last;
    double difference = flows->cumulated_due[place(audit, last)];
    for (int t = 0; t <= last; t++)
        difference -= flows->fee[place(audit, t)] + flows->booked[place(audit, t)];
    expect(audit, last, "what is booked does not add up to what is due less fees",
           fabs(difference));
}

static void check_path(struct audit *audit)
{
    for (int t = 0; t < audit->grid->periods; t++) {
        size_t i = place(audit, t);
        check_signs(audit, t, i);
        check_balance(audit, t, i);
        check_payouts(audit, t, i);
        check_receivable(audit, t, i);
    }
    check_booked(audit);
}

void mld_guarantee_check(const struct mld_guarantee_flows *flows, const struct mld_grid *grid,
                         const struct mld_guarantee_spec *spec, const struct mld_fund_flows *fund,
                         uint32_t first, int paths, int design, struct mld_violation *violation)
{
    struct mld_violation found = { .what = NULL };
    double quotite = largest_quotite(spec);
    for (int p = 0; p < paths && !found.what; p++) {
        struct audit audit = { .grid = grid,
                               .spec = spec,
                               .flows = flows,
                               .fund = fund,
                               .violation = &found,
                               .path_number = first + (uint32_t)p,
                               .path = p,
                               .design = design,
                               .tolerance = tolerance_of(spec, flows->volume[p]),
                               .quotite = quotite };
        check_path(&audit);
    }
    mld_violation_keep(violation, found);
}
