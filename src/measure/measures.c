/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measures of a path (model, section 9): one row each, with the function that fills it. Adding a
 * measure is adding a row; the results file, `show`, the notebooks and the spreadsheet follow.
 */
#include <math.h>

#include "measure/closings.h"
#include "measure/endowment.h"
#include "measure/feeder.h"
#include "measure/indicators.h"
#include "measure/investor.h"
#include "measure/public.h"
#include "measure/quotas.h"
#include "measure/view.h"
#include "milliard/numerics.h"

#define EACH_PATH(view) for (int p = 0; p < (view)->paths; p++)

/* Place of a path in period t of a series [period][path]. */
static size_t place(const struct mld_measure_view *view, int t, int path)
{
    return (size_t)t * (size_t)view->width + (size_t)path;
}

/* Sum over periods of one path. */
static double path_sum(const struct mld_measure_view *view, const double *series, int path)
{
    double sum = 0;
    for (int t = 0; t < view->periods; t++)
        sum += series[place(view, t, path)];
    return sum;
}

/* Sums over periods of every path. */
static void sum_periods(const struct mld_measure_view *view, const double *restrict series,
                        double *restrict value)
{
    for (int p = 0; p < view->paths; p++)
        value[p] = 0;
    for (int t = 0; t < view->periods; t++)
        for (int p = 0; p < view->paths; p++)
            value[p] += series[(size_t)t * (size_t)view->width + (size_t)p];
}

static double ratio(double part, double whole) { return whole > 0 ? part / whole : NAN; }

/* ---- the investors ---- */

static void fill_net_irr(const struct mld_measure_view *view, int class, double *restrict value)
{
    EACH_PATH(view)
        value[p] = mld_settled(view->irr[class][p], 1);
}

static void fill_gross_irr(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = mld_settled(view->irr_gross[p], 1);
}

static void fill_roots(const struct mld_measure_view *view, int gross, double *restrict value)
{
    EACH_PATH(view)
        value[p] = gross ? view->roots_gross[p] : view->roots_a[p];
}

static void fill_class_multiple(const struct mld_measure_view *view, int class,
                                double *restrict value)
{
    EACH_PATH(view)
        value[p] = ratio(view->class_received[class][p], view->class_paid_in[class][p]);
}

static void fill_loss_a(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    EACH_PATH(view) {
        double paid_in = view->class_paid_in[MLD_CLASS_A][p];
        double received = view->class_received[MLD_CLASS_A][p];
        value[p] = paid_in > 0 ? mld_exceeds(paid_in, received, paid_in) : (double)NAN;
    }
}

static unsigned shared_by(const struct mld_measure *measure)
{
    if (measure->fill == fill_net_irr)
        return (unsigned)MLD_SHARED_IRR << measure->argument;
    if (measure->fill == fill_class_multiple)
        return (unsigned)MLD_SHARED_CLASS << measure->argument;
    if (measure->fill == fill_loss_a)
        return (unsigned)MLD_SHARED_CLASS << MLD_CLASS_A;
    if (measure->fill == mld_fill_below_tmo)
        return (unsigned)MLD_SHARED_IRR << MLD_CLASS_A;
    if (measure->fill == fill_gross_irr)
        return MLD_SHARED_GROSS;
    if (measure->fill == mld_fill_feeder || measure->fill == mld_fill_endowment ||
        measure->fill == mld_fill_indicator)
        return 0;
    if (measure->fill == fill_roots)
        return measure->argument ? MLD_SHARED_GROSS : (unsigned)MLD_SHARED_IRR << MLD_CLASS_A;
    const unsigned alone = MLD_SCOPE_GUARANTEE | MLD_SCOPE_OWED | MLD_SCOPE_PASSED;
    return measure->scope & ~alone ? MLD_SHARED_REST : 0;
}

unsigned mld_measure_shared(const unsigned char *wanted)
{
    unsigned shared = 0;
    for (int i = 0; mld_measures[i].name; i++)
        if (!wanted || wanted[i])
            shared |= shared_by(&mld_measures[i]);
    return shared;
}

int mld_measures_read_holdings(const unsigned char *wanted)
{
    int reads = 0;
    for (int i = 0; mld_measures[i].name; i++)
        if (mld_measures[i].fill == mld_fill_limit || mld_measures[i].fill == mld_fill_lowest_quota)
            reads |= !wanted || wanted[i];
    return reads;
}

int mld_measures_read(const unsigned char *wanted, unsigned scope)
{
    int reads = 0;
    for (int i = 0; mld_measures[i].name; i++)
        if (mld_measures[i].scope & scope)
            reads |= !wanted || wanted[i];
    return reads;
}

static double nav_at(const struct mld_measure_view *view, size_t at)
{
    return view->fund->nav_deals[at] + view->fund->cash[at] - view->fund->debt[at];
}

static void fill_final(const struct mld_measure_view *view, int which, double *restrict value)
{
    size_t last = (size_t)view->grid->last * (size_t)view->width;
    EACH_PATH(view) {
        size_t at = last + (size_t)p;
        double distributed = which == 2 ? 0 : view->distributed[at];
        double left = which == 1 ? 0 : nav_at(view, at);
        value[p] = ratio(distributed + left, view->paid_in[at]);
    }
}

/*
 * A's cumulated position, period after period: its lowest value, and when it is back at 0 after the
 * first call.
 */
static void walk_position(const struct mld_measure_view *view, int path, double *lowest,
                          double *payback_years)
{
    const struct mld_fund_spec *fund = view->fund_spec;
    double share = fund->share_class[MLD_CLASS_A].commitment / fund->commitments;
    double position = 0, called = 0;
    *lowest = 0;
    *payback_years = NAN;
    for (int t = 0; t <= view->grid->last; t++) {
        size_t at = (size_t)t * (size_t)view->width + (size_t)path;
        double call = share * view->fund->call[at];
        position += view->fund->distribution[MLD_CLASS_A][at] - call;
        called += call;
        if (position < *lowest)
            *lowest = position;
        if (called > 0 && !mld_exceeds(0, position, called) && isnan(*payback_years))
            *payback_years = (double)(t + 1) / view->grid->periods_per_year;
    }
}

static void fill_lowest_position(const struct mld_measure_view *view, int unused,
                                 double *restrict value)
{
    (void)unused;
    double payback;
    EACH_PATH(view)
        walk_position(view, p, &value[p], &payback);
}

static void fill_payback(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    double lowest;
    EACH_PATH(view)
        walk_position(view, p, &lowest, &value[p]);
}

/* ---- who gets what ---- */

enum fund_total {
    TOTAL_CALLS,
    TOTAL_A,
    TOTAL_B,
    TOTAL_C,
    TOTAL_BENEFICIARY,
    TOTAL_MANAGEMENT,
    TOTAL_OTHER,
    TOTAL_GUARANTEE,
    TOTAL_INTEREST,
    TOTAL_CLAWED,
    TOTAL_RECALLED
};

static const double *total_of(const struct mld_fund_flows *fund, int which)
{
    switch (which) {
    case TOTAL_CALLS: return fund->call;
    case TOTAL_A: return fund->distribution[MLD_CLASS_A];
    case TOTAL_B: return fund->distribution[MLD_CLASS_B];
    case TOTAL_C: return fund->distribution[MLD_CLASS_C];
    case TOTAL_BENEFICIARY: return fund->beneficiary;
    case TOTAL_MANAGEMENT: return fund->paid_management;
    case TOTAL_OTHER: return fund->paid_other;
    case TOTAL_INTEREST: return fund->interest;
    case TOTAL_CLAWED: return fund->clawed;
    case TOTAL_RECALLED: return fund->recalled;
    default: return fund->paid_guarantee;
    }
}

static void fill_total(const struct mld_measure_view *view, int which, double *restrict value)
{
    sum_periods(view, total_of(view->fund, which), value);
}

/* All that the fund has called to t_L: the size of its sums. */
static double called(const struct mld_measure_view *view, int path)
{
    return view->paid_in[(size_t)view->grid->last * (size_t)view->width + (size_t)path];
}

/* A crumb that the tiers before leave to the split is no carry. */
static void fill_carry(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    sum_periods(view, view->fund->carry, value);
    EACH_PATH(view)
        value[p] = mld_settled(value[p], called(view, p));
}

static void fill_carry_paid(const struct mld_measure_view *view, int unused, double *restrict value)
{
    fill_carry(view, unused, value);
    EACH_PATH(view)
        value[p] = value[p] > 0 ? 1 : 0;
}

static void fill_capital_c(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    sum_periods(view, view->fund->carry, value);
    const double *received = view->class_received[MLD_CLASS_C];
    EACH_PATH(view)
        value[p] = mld_settled(received[p] - value[p], called(view, p));
}

static void fill_unpaid_costs(const struct mld_measure_view *view, int unused,
                              double *restrict value)
{
    (void)unused;
    const double *waiting = view->fund->cost_waiting +
                            (size_t)view->grid->last * (size_t)view->width;
    EACH_PATH(view)
        value[p] = mld_settled(waiting[p], called(view, p));
}

/* ---- the portfolio ---- */

static void fill_cost(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = view->cost[p];
}

static void fill_multiple_of_cost(const struct mld_measure_view *view, int unused,
                                  double *restrict value)
{
    (void)unused;
    const struct mld_pools *pools = view->pools;
    EACH_PATH(view) {
        double proceeds = path_sum(view, pools->income, p) + path_sum(view, pools->capital, p);
        value[p] = ratio(proceeds, view->cost[p]);
    }
}

static void fill_invested_share(const struct mld_measure_view *view, int unused,
                                double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = ratio(view->cost[p], view->volume);
}

/* argument: an instrument, or MLD_INSTRUMENTS for all */
static void fill_skipped(const struct mld_measure_view *view, int instrument,
                         double *restrict value)
{
    EACH_PATH(view) {
        const double *skipped = view->pools->skipped_by_instrument + (size_t)p * MLD_INSTRUMENTS;
        value[p] = 0;
        for (int i = 0; i < MLD_INSTRUMENTS; i++)
            value[p] += i == instrument || instrument == MLD_INSTRUMENTS ? skipped[i] : 0;
    }
}

static void fill_ran_out(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = view->pools->ran_out[p];
}

static void fill_second_cost(const struct mld_measure_view *view, int unused,
                             double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = view->pools->second_cost[p];
}

static double loss_of_instrument(const struct mld_pools *pools, int path, int instrument, int kind)
{
    return pools
        ->loss_by_instrument[((size_t)path * MLD_INSTRUMENTS + (size_t)instrument) * MLD_LOSSES +
                             (size_t)kind];
}

static double loss_of_kind(const struct mld_pools *pools, int path, int kind)
{
    double loss = 0;
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        loss += loss_of_instrument(pools, path, i, kind);
    return loss;
}

static void fill_loss(const struct mld_measure_view *view, int kind, double *restrict value)
{
    EACH_PATH(view)
        value[p] = loss_of_kind(view->pools, p, kind);
}

/* argument = instrument * MLD_LOSSES + kind */
static void fill_loss_of_instrument(const struct mld_measure_view *view, int argument,
                                    double *restrict value)
{
    EACH_PATH(view)
        value[p] = loss_of_instrument(view->pools, p, argument / MLD_LOSSES, argument % MLD_LOSSES);
}

static void fill_cost_of_instrument(const struct mld_measure_view *view, int instrument,
                                    double *restrict value)
{
    EACH_PATH(view)
        value[p] =
            view->pools->cost_by_instrument[(size_t)p * MLD_INSTRUMENTS + (size_t)instrument];
}

static void fill_loss_of_form(const struct mld_measure_view *view, int form, double *restrict value)
{
    EACH_PATH(view) {
        const double *loss = view->pools->loss_by_form +
                             ((size_t)p * MLD_MAX_FORMS + (size_t)form) * MLD_LOSSES;
        value[p] = loss[MLD_LOSS_DEFAULT] + loss[MLD_LOSS_EXIT] + loss[MLD_LOSS_FORCED];
    }
}

static void fill_deals(const struct mld_measure_view *view, int defaults, double *restrict value)
{
    EACH_PATH(view)
        value[p] = defaults ? view->pools->defaults[p] : view->pools->deals[p];
}

/* Largest issuer over commitments, or over the volume without a fund. */
static void fill_largest_issuer(const struct mld_measure_view *view, int unused,
                                double *restrict value)
{
    (void)unused;
    EACH_PATH(view) {
        double whole = view->fund_spec ? view->fund_spec->size : view->cost[p];
        value[p] = ratio(view->pools->largest_issuer[p], whole);
    }
}

/* FPCI quota (CMF L214-28): full classes, and plain bonds up to 20 % of the volume. */
static void fill_quota(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    EACH_PATH(view) {
        const double *cost = view->pools->quota_cost + (size_t)p * 3;
        value[p] = ratio(mld_quota_counts(cost[MLD_QUOTA_FULL], cost[MLD_QUOTA_POCKET],
                                          view->cost[p]),
                         view->cost[p]);
    }
}

static void fill_loans(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = ratio(view->pools->loan_cost[p], view->cost[p]);
}

/* ---- the guarantor ---- */

enum state_total {
    STATE_PAYOUTS,
    STATE_DUE,
    STATE_FEES,
    STATE_UPSIDE,
    STATE_RETURNED,
    STATE_OPERATOR,
    STATE_COUNTER,
    STATE_INTEREST,
    STATE_FEE_BASE
};

static const double *state_of(const struct mld_guarantee_totals *total, int which)
{
    switch (which) {
    case STATE_PAYOUTS: return total->payout;
    case STATE_DUE: return total->due;
    case STATE_FEES: return total->fee;
    case STATE_UPSIDE: return total->upside;
    case STATE_RETURNED: return total->owed_back;
    case STATE_OPERATOR: return total->operator_cost;
    case STATE_COUNTER: return total->counter;
    case STATE_INTEREST: return total->interest;
    default: return total->fee_base;
    }
}

static void fill_state_total(const struct mld_measure_view *view, int which, double *restrict value)
{
    const double *total = state_of(&view->guarantee->total, which);
    EACH_PATH(view)
        value[p] = total[p];
}

/* Σ q × outstanding / m: the denominator of the break-even fee. */
static void fill_fee_base(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = view->guarantee->total.fee_base[p] / view->grid->periods_per_year;
}

/* After t_L. */
static const double *last_row(const struct mld_measure_view *view, const double *series)
{
    return series + (size_t)view->grid->last * (size_t)view->guarantee->stride;
}

static void fill_unpaid(const struct mld_measure_view *view, int unused, double *restrict value)
{
    const double *waiting = last_row(view, view->guarantee->waiting);
    (void)unused;
    EACH_PATH(view)
        value[p] = waiting[p];
}

static void fill_lost_receivable(const struct mld_measure_view *view, int unused,
                                 double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = mld_lost_receivable(view, p);
}

/*
 * Net cost = payouts − fees, upside and money returned + operator cost − counter-guarantee + lost
 * receivables, which count at t_L.
 */
double mld_net_cost(const struct mld_measure_view *view, int path, int discounted)
{
    const struct mld_guarantee_totals *total = &view->guarantee->total;
    double lost = mld_lost_receivable(view, path);
    return discounted ? total->cost_discounted[path] + total->discount * lost
                      : total->cost[path] + lost;
}

static void fill_net_cost(const struct mld_measure_view *view, int discounted,
                          double *restrict value)
{
    EACH_PATH(view)
        value[p] = mld_net_cost(view, p, discounted);
}

static void fill_net_cost_per_euro(const struct mld_measure_view *view, int unused,
                                   double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = ratio(mld_net_cost(view, p, 0), view->guarantee->volume[p]);
}

static void fill_covered_volume(const struct mld_measure_view *view, int unused,
                                double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = view->guarantee->volume[p];
}

/* Private financing covered = V × (1 − public part of commitments and grants). */
static void fill_private_covered(const struct mld_measure_view *view, int unused,
                                 double *restrict value)
{
    (void)unused;
    double part = mld_fund_private_part(view->fund_spec);
    EACH_PATH(view)
        value[p] = view->guarantee->volume[p] * part;
}

static void fill_commitment(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = view->guarantee->commitment[p];
}

/* Payouts less what is returned when a loss turns out smaller. */
static double net_payouts(const struct mld_measure_view *view, int path)
{
    const struct mld_guarantee_totals *total = &view->guarantee->total;
    return total->payout[path] - total->owed_back[path];
}

static void fill_net_payouts(const struct mld_measure_view *view, int unused,
                             double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = net_payouts(view, p);
}

/*
 * Coverage: payouts less money returned over default and exit losses; with `all`, over forced-sale
 * discounts too.
 */
static void fill_coverage(const struct mld_measure_view *view, int all, double *restrict value)
{
    EACH_PATH(view) {
        double loss = loss_of_kind(view->pools, p, MLD_LOSS_DEFAULT) +
                      loss_of_kind(view->pools, p, MLD_LOSS_EXIT);
        if (all)
            loss += loss_of_kind(view->pools, p, MLD_LOSS_FORCED);
        value[p] = ratio(net_payouts(view, p), loss);
    }
}

static void fill_exhausted(const struct mld_measure_view *view, int date, double *restrict value)
{
    const double *exhausted = view->guarantee->total.exhausted;
    EACH_PATH(view) {
        int never = exhausted[p] == 0;
        if (date)
            value[p] = never ? (double)NAN : exhausted[p] / view->grid->periods_per_year;
        else
            value[p] = never ? 0 : 1;
    }
}

static void fill_balance(const struct mld_measure_view *view, int unused, double *restrict value)
{
    const double *balance = last_row(view, view->guarantee->balance);
    (void)unused;
    EACH_PATH(view)
        value[p] = balance[p];
}

static void fill_dotation_needed(const struct mld_measure_view *view, int unused,
                                 double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = view->guarantee->dotation_needed[p];
}

static void fill_tranche_needed(const struct mld_measure_view *view, int years,
                                double *restrict value)
{
    const double *needed = view->guarantee->tranche_needed[years - MLD_FIRST_TRANCHE];
    EACH_PATH(view)
        value[p] = needed[p];
}

/* Of the balance after t_L, which the budget gets back. */
static double residual_discounted(const struct mld_measure_view *view, int path)
{
    return view->guarantee->total.discount * last_row(view, view->guarantee->balance)[path];
}

static void fill_residual_discounted(const struct mld_measure_view *view, int unused,
                                     double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = residual_discounted(view, p);
}

/*
 * With a dotation Σ (dotation + operator cost), less the residual balance where it goes back to the
 * budget, each discounted; without one the net cost is the budget's.
 */
static void fill_budget(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    int has_dotation = view->guarantee_spec->n_dotations > 0,
        given_back = view->guarantee_spec->residual_to == MLD_RESIDUAL_STATE;
    EACH_PATH(view)
        value[p] = has_dotation ? view->guarantee->total.budget_discounted[p] -
                                      (given_back ? residual_discounted(view, p) : 0)
                                : mld_net_cost(view, p, 1);
}

static void fill_peak_guaranteed(const struct mld_measure_view *view, int unused,
                                 double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = view->guarantee->total.peak[p];
}

static void fill_grant(const struct mld_measure_view *view, int unused, double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = view->guarantee->grant[p];
}

static void fill_above_de_minimis(const struct mld_measure_view *view, int unused,
                                  double *restrict value)
{
    (void)unused;
    EACH_PATH(view)
        value[p] = view->guarantee->above_de_minimis[p];
}

/* ---- what goes back to issuers ---- */

enum { DEBT_DUES, DEBT_BASE, DEBT_FEES, INTEREST_SPARED, RATES_AT_ZERO };

static void fill_passed(const struct mld_measure_view *view, int which, double *restrict value)
{
    const double *const of[] = { [DEBT_DUES] = view->guarantee->debt_due,
                                 [DEBT_BASE] = view->guarantee->debt_base,
                                 [DEBT_FEES] = view->guarantee->debt_fee,
                                 [INTEREST_SPARED] = view->pools->interest_spared,
                                 [RATES_AT_ZERO] = view->pools->rates_at_zero };
    EACH_PATH(view)
        value[p] = of[which][p];
}

#define FUND MLD_SCOPE_FUND
#define STATE MLD_SCOPE_GUARANTEE
#define DEALS MLD_SCOPE_PORTFOLIO
#define OWED MLD_SCOPE_OWED
#define RECYCLED (MLD_SCOPE_FUND | MLD_SCOPE_PORTFOLIO | MLD_SCOPE_RECYCLED)
#define FOLLOWED (MLD_SCOPE_PORTFOLIO | MLD_SCOPE_FOLLOWED)
#define INVESTOR (MLD_SCOPE_FUND | MLD_SCOPE_INVESTOR)
#define CLOSINGS (MLD_SCOPE_FUND | MLD_SCOPE_CLOSINGS)
#define CLOSING (CLOSINGS | MLD_SCOPE_CLOSING)
#define PUBLIC (MLD_SCOPE_FUND | MLD_SCOPE_PUBLIC | MLD_SCOPE_OWED | MLD_SCOPE_DUE)
#define FEEDER (MLD_SCOPE_FUND | MLD_SCOPE_FEEDER)
#define ENDOWMENT (MLD_SCOPE_PORTFOLIO | MLD_SCOPE_ENDOWMENT)
#define PASSED (MLD_SCOPE_GUARANTEE | MLD_SCOPE_PASSED)
#define DUE (MLD_SCOPE_GUARANTEE | MLD_SCOPE_OWED | MLD_SCOPE_DUE)

#define LOSS_ROWS(i, key, en, fr)                                                   \
    { "cost_" key,                                                                  \
      "EUR",                                                                        \
      MLD_MONEY,                                                                    \
      DEALS,                                                                        \
      MLD_TAIL_NONE,                                                                \
      i,                                                                            \
      fill_cost_of_instrument,                                                      \
      "Invested in " en,                                                            \
      "Investi en " fr,                                                             \
      "Cost of the deals made in " en ".",                                          \
      "Coût des investissements réalisés en " fr "." },                             \
        { "loss_default_" key,                                                      \
          "EUR",                                                                    \
          MLD_MONEY,                                                                \
          DEALS,                                                                    \
          MLD_TAIL_HIGH,                                                            \
          (i)*MLD_LOSSES + MLD_LOSS_DEFAULT,                                        \
          fill_loss_of_instrument,                                                  \
          "Default losses, " en,                                                    \
          "Pertes sur défaut, " fr,                                                 \
          "Outstanding at default less recovery, " en ".",                          \
          "Encours au défaut moins recouvrement, " fr "." },                        \
        { "loss_exit_" key,                                                         \
          "EUR",                                                                    \
          MLD_MONEY,                                                                \
          DEALS,                                                                    \
          MLD_TAIL_HIGH,                                                            \
          (i)*MLD_LOSSES + MLD_LOSS_EXIT,                                           \
          fill_loss_of_instrument,                                                  \
          "Exit losses, " en,                                                       \
          "Pertes de sortie, " fr,                                                  \
          "Cost less exit proceeds before any discount, where positive, " en ".",   \
          "Coût moins produit de sortie avant décote, s'il est positif, " fr "." }, \
    {                                                                               \
        "loss_forced_" key, "EUR", MLD_MONEY, DEALS, MLD_TAIL_HIGH,                 \
            (i)*MLD_LOSSES + MLD_LOSS_FORCED, fill_loss_of_instrument,              \
            "Forced-sale discounts, " en, "Décotes de cession forcée, " fr,         \
            "Lost to discounts of sales at the end, " en ".",                       \
            "Perdu en décotes de cession à l'échéance du fonds, " fr "."            \
    }

#define FORM_ROW(i, n)                                                                        \
    {                                                                                         \
        "loss_form_" n, "EUR", MLD_MONEY, DEALS | MLD_SCOPE_FORM, MLD_TAIL_HIGH, i,           \
            fill_loss_of_form, "Losses, legal form " n, "Pertes, forme juridique " n,         \
            "Default, exit and forced-sale losses of issuers of the scenario's legal form "   \
            "number " n ".",                                                                  \
            "Pertes sur défaut, de sortie et de cession forcée des émetteurs de la forme " \
            "juridique numéro " n " du scénario."                                            \
    }

#define DPI_ROW(n, text)                                                                     \
    {                                                                                        \
        "dpi_" text, "1", MLD_MULTIPLE, FUND, MLD_TAIL_LOW, n, mld_fill_dpi_by,              \
            "DPI after " text " years", "DPI à " text " ans",                                \
            "Distributions over paid-in capital after " text " years, or at the end of the " \
            "fund if that is earlier, whole fund.",                                          \
            "Distributions rapportées au capital appelé après " text                         \
            " ans, ou à la fin du fonds si elle vient avant, fonds entier."                 \
    }

#define TRANCHE_ROW(k, n)                                                                         \
    {                                                                                             \
        "tranche_needed_" n, "EUR", MLD_MONEY, STATE, MLD_TAIL_HIGH, k, fill_tranche_needed,      \
            "Tranche needed in each of " n " years", "Tranche annuelle nécessaire sur " n " ans", \
            "Smallest dotation, the same in each of " n " years from year 0, that this path "     \
            "never exhausts.",                                                                    \
            "Plus petite dotation, la même chacune des " n " premières années, que cette "      \
            "trajectoire n'épuise jamais."                                                       \
    }

#define CLOSING_IRR(k, n)                                                                         \
    {                                                                                             \
        "net_irr_a_closing_" n, "1/year", MLD_RATE, CLOSING, MLD_TAIL_LOW, k,                     \
            mld_fill_closing_irr, "Net IRR, class A, closing " n, "TRI net, parts A, closing " n, \
            "Net IRR of those whom this closing admits to class A, what newcomers pay "           \
            "earlier members included.",                                                          \
            "TRI net de ceux que ce closing admet aux parts A, versements entre eux et "          \
            "les autres compris."                                                                 \
    }
#define CLOSING_MULTIPLE(k, n)                                                          \
    {                                                                                   \
        "tvpi_a_closing_" n, "1", MLD_MULTIPLE, CLOSING, MLD_TAIL_LOW, k,               \
            mld_fill_closing_multiple, "Multiple (TVPI), class A, closing " n,          \
            "Multiple (TVPI), parts A, closing " n,                                     \
            "What they receive over what they pay in, less what came back at later "    \
            "closings; interest counts as paid and as received.",                       \
            "Ce qu'ils reçoivent sur ce qu'ils versent, moins ce qui leur en revient " \
            "ensuite ; les intérêts comptent comme versés et comme reçus."          \
    }
#define CLOSING_ROWS(k, n) CLOSING_IRR(k, n), CLOSING_MULTIPLE(k, n)

/* Of indicator k, from 0, whose number is n: its name, label and unit are the scenario's. */
#define OF_INDICATOR(k) (MLD_SCOPE_PORTFOLIO | (unsigned)MLD_SCOPE_INDICATOR << (k))
#define INDICATOR_ROW(k, key, what, forms, tail, en, fr, doc_en, doc_fr)                        \
    {                                                                                           \
        key, "1", MLD_NUMBER, OF_INDICATOR(k) | (forms), tail, (k)*MLD_INDICATOR_STEP + (what), \
            mld_fill_indicator, en, fr, doc_en, doc_fr                                          \
    }
#define INDICATOR_INSTRUMENT(k, n, instrument, en, fr)                                \
    INDICATOR_ROW(k, "indicator_" n "_" #instrument,                                  \
                  MLD_INDICATOR_INSTRUMENT + MLD_INDEX_##instrument, 0, MLD_TAIL_LOW, \
                  "Indicator " n ", " en, "Indicateur " n ", " fr,                    \
                  "What comes with the deals in " en ".",                             \
                  "Ce qui accompagne les investissements en " fr ".")
#define INDICATOR_FORM(k, n, form, f)                                                           \
    INDICATOR_ROW(k, "indicator_" n "_form_" f, MLD_INDICATOR_FORM + (form), MLD_SCOPE_FORM,    \
                  MLD_TAIL_LOW, "Indicator " n ", legal form " f,                               \
                  "Indicateur " n ", forme juridique " f,                                       \
                  "What comes with the deals of issuers of the scenario's legal form number " f \
                  ".",                                                                          \
                  "Ce qui accompagne les investissements dans les émetteurs de la forme "      \
                  "juridique numéro " f " du scénario.")
#define INDICATOR_ROWS(k, n)                                                                       \
    INDICATOR_ROW(k, "indicator_" n, MLD_INDICATOR_MADE, 0, MLD_TAIL_LOW, "Indicator " n,          \
                  "Indicateur " n,                                                                 \
                  "What comes with the financing until deals end or issuers default, in units of " \
                  "the scenario's indicator number " n "; nothing says that it is additional.",    \
                  "Ce qui accompagne le financement jusqu'à la fin des investissements ou au "    \
                  "défaut des émetteurs, dans l'unité de l'indicateur numéro " n                   \
                  " du scénario ; rien ne dit que ce soit additionnel."),                          \
        INDICATOR_ROW(k, "indicator_" n "_lost", MLD_INDICATOR_LOST, 0, MLD_TAIL_HIGH,             \
                      "Indicator " n " lost to defaults", "Indicateur " n " perdu aux défauts",    \
                      "What deals in default would have come with until the date on which they "   \
                      "would have ended.",                                                         \
                      "Ce qui aurait accompagné les investissements en défaut jusqu'à la date " \
                      "où ils auraient pris fin."),                                                \
        INDICATOR_ROW(k, "indicator_" n "_per_million", MLD_INDICATOR_PER_MILLION, 0,              \
                      MLD_TAIL_LOW, "Indicator " n " per million invested",                        \
                      "Indicateur " n " par million investi",                                      \
                      "Over the cost of all deals made, those that produce none of it too.",       \
                      "Rapporté au coût de tous les investissements, ceux qui n'en produisent "  \
                      "pas compris."),                                                             \
        INDICATOR_FORM(k, n, 0, "1"), INDICATOR_FORM(k, n, 1, "2"), INDICATOR_FORM(k, n, 2, "3"),  \
        INDICATOR_FORM(k, n, 3, "4"), INDICATOR_FORM(k, n, 4, "5"), INDICATOR_FORM(k, n, 5, "6"),  \
        INDICATOR_FORM(k, n, 6, "7"), INDICATOR_FORM(k, n, 7, "8")

const struct mld_measure mld_measures[] = {
    { "net_irr_a", "1/year", MLD_RATE, FUND, MLD_TAIL_LOW, MLD_CLASS_A, fill_net_irr,
      "Net IRR, class A", "TRI net, parts A",
      "Annual effective rate of class A's dated calls and distributions; −1 when nothing comes "
      "back.",
      "Taux annuel effectif des appels et distributions datés des parts A ; −1 quand rien ne "
      "revient." },
    { "net_irr_b", "1/year", MLD_RATE, FUND | MLD_SCOPE_CLASS_B, MLD_TAIL_LOW, MLD_CLASS_B,
      fill_net_irr, "Net IRR, class B", "TRI net, parts B",
      "The same for the concessional class B.", "Le même pour les parts B, concessionnelles." },
    { "net_irr_c", "1/year", MLD_RATE, FUND, MLD_TAIL_LOW, MLD_CLASS_C, fill_net_irr,
      "Net IRR, class C", "TRI net, parts C",
      "The same for the carry class C, capital and carry together.",
      "Le même pour les parts C (carried interest), capital et carried interest réunis." },
    { "gross_irr", "1/year", MLD_RATE, DEALS, MLD_TAIL_LOW, 0, fill_gross_irr,
      "Gross IRR of the deals", "TRI brut des investissements",
      "Annual effective rate of investments and proceeds, without payouts of the guarantee and "
      "without fees.",
      "Taux annuel effectif des investissements et de leurs produits, hors indemnités de garantie "
      "et hors frais." },
    { "roots_a", "1", MLD_NUMBER, FUND, MLD_TAIL_NONE, 0, fill_roots, "Roots of A's IRR",
      "Racines du TRI des parts A",
      "Number of rates that solve A's net IRR; of those at which the present value falls as the "
      "rate rises the one nearest 0 is kept.",
      "Nombre de taux qui annulent la valeur actuelle des flux des parts A ; est retenu le plus "
      "proche de 0 de ceux où elle baisse quand le taux monte." },
    { "roots_gross", "1", MLD_NUMBER, DEALS, MLD_TAIL_NONE, 1, fill_roots, "Roots of the gross IRR",
      "Racines du TRI brut", "Number of rates that solve the gross IRR.",
      "Nombre de taux qui annulent la valeur actuelle des flux bruts." },
    { "tvpi", "1", MLD_MULTIPLE, FUND, MLD_TAIL_LOW, 0, fill_final, "TVPI of the fund",
      "TVPI du fonds",
      "Distributions and net asset value at the end over paid-in capital, whole fund.",
      "Distributions et valeur liquidative finales rapportées au capital appelé, fonds entier." },
    { "dpi", "1", MLD_MULTIPLE, FUND, MLD_TAIL_LOW, 1, fill_final, "DPI of the fund",
      "DPI du fonds", "Distributions at the end over paid-in capital, whole fund.",
      "Distributions finales rapportées au capital appelé, fonds entier." },
    DPI_ROW(5, "5"),
    DPI_ROW(8, "8"),
    DPI_ROW(10, "10"),
    { "rvpi", "1", MLD_MULTIPLE, FUND, MLD_TAIL_LOW, 2, fill_final, "RVPI of the fund",
      "RVPI du fonds", "Net asset value at the end over paid-in capital, whole fund.",
      "Valeur liquidative finale rapportée au capital appelé, fonds entier." },
    { "tvpi_a", "1", MLD_MULTIPLE, FUND, MLD_TAIL_LOW, MLD_CLASS_A, fill_class_multiple,
      "Multiple (TVPI), class A", "Multiple (TVPI), parts A",
      "What class A receives over what it pays in.",
      "Ce que reçoivent les parts A rapporté à ce qu'elles versent." },
    { "tvpi_b", "1", MLD_MULTIPLE, FUND | MLD_SCOPE_CLASS_B, MLD_TAIL_LOW, MLD_CLASS_B,
      fill_class_multiple, "Multiple (TVPI), class B", "Multiple (TVPI), parts B",
      "What class B receives over what it pays in.",
      "Ce que reçoivent les parts B rapporté à ce qu'elles versent." },
    { "tvpi_c", "1", MLD_MULTIPLE, FUND, MLD_TAIL_LOW, MLD_CLASS_C, fill_class_multiple,
      "Multiple (TVPI), class C", "Multiple (TVPI), parts C",
      "What class C receives over what it pays in, carry included.",
      "Ce que reçoivent les parts C rapporté à ce qu'elles versent, carried interest compris." },
    { "loss_a", "1", MLD_RATE, FUND, MLD_TAIL_NONE, 0, fill_loss_a, "Probability of loss, class A",
      "Probabilité de perte, parts A",
      "1 when class A's multiple is below 1; its mean is the probability of loss.",
      "1 quand le multiple des parts A est inférieur à 1 ; sa moyenne est la probabilité de "
      "perte." },
    { "hurdle_reached", "1", MLD_RATE, FUND, MLD_TAIL_NONE, 0, mld_fill_hurdle_reached,
      "Hurdle reached, class A", "Rendement prioritaire atteint, parts A",
      "1 when class A's hurdle account is paid off at the end; its mean is a probability.",
      "1 quand le compte de rendement prioritaire des parts A est soldé à la fin ; sa moyenne est "
      "une probabilité." },
    { "below_tmo_a", "1", MLD_RATE, FUND, MLD_TAIL_NONE, 0, mld_fill_below_tmo,
      "Net IRR below the TMO, class A", "TRI net sous le TMO, parts A",
      "1 when class A's net IRR is below the mean TMO of the years of the fund; its mean is a "
      "probability.",
      "1 quand le TRI net des parts A est inférieur au TMO moyen des années du fonds ; sa moyenne "
      "est une probabilité." },
    { "tmo_pme_a", "1", MLD_MULTIPLE, FUND, MLD_TAIL_LOW, 0, mld_fill_tmo_pme, "TMO-PME, class A",
      "PME sur TMO, parts A",
      "What class A receives over what it pays in, each grown to the end at the TMO: above 1 the "
      "fund did better than bonds.",
      "Ce que reçoivent les parts A rapporté à ce qu'elles versent, chaque flux capitalisé au TMO "
      "jusqu'à la fin : au-dessus de 1 le fonds a fait mieux que des obligations." },
    { "payback_years", "years", MLD_YEARS, FUND, MLD_TAIL_NONE, 0, fill_payback, "Payback, class A",
      "Délai de récupération, parts A",
      "First date at which A's cumulated position is at least 0 after its first call; undefined "
      "when it never is.",
      "Première date où la position cumulée des parts A redevient positive ou nulle après le "
      "premier appel ; indéfinie sinon." },
    { "lowest_position_a", "EUR", MLD_MONEY, FUND, MLD_TAIL_LOW, 0, fill_lowest_position,
      "Lowest position, class A", "Position la plus basse, parts A",
      "Lowest cumulated net position of class A, the bottom of the J-curve (negative).",
      "Plus bas de la position nette cumulée des parts A, le creux de la courbe en J (négatif)." },
    { "paid_in", "EUR", MLD_MONEY, FUND, MLD_TAIL_NONE, TOTAL_CALLS, fill_total, "Capital called",
      "Capital appelé", "Calls on all classes.", "Appels de fonds, toutes parts." },
    { "distributed_a", "EUR", MLD_MONEY, FUND, MLD_TAIL_LOW, TOTAL_A, fill_total,
      "Distributed to class A", "Distribué aux parts A", "All that class A receives.",
      "Tout ce que reçoivent les parts A." },
    { "distributed_b", "EUR", MLD_MONEY, FUND | MLD_SCOPE_CLASS_B, MLD_TAIL_LOW, TOTAL_B,
      fill_total, "Distributed to class B", "Distribué aux parts B", "All that class B receives.",
      "Tout ce que reçoivent les parts B." },
    { "capital_c", "EUR", MLD_MONEY, FUND, MLD_TAIL_LOW, 0, fill_capital_c,
      "Capital returned to class C", "Capital rendu aux parts C",
      "What class C receives beside carry.",
      "Ce que reçoivent les parts C hors carried interest." },
    { "carry", "EUR", MLD_MONEY, FUND, MLD_TAIL_NONE, 0, fill_carry, "Carried interest",
      "Carried interest", "Carry paid to class C, after its impact share.",
      "Carried interest versé aux parts C, après la part d'impact." },
    { "carry_paid", "1", MLD_RATE, FUND, MLD_TAIL_NONE, 0, fill_carry_paid, "Carry is paid",
      "Carried interest versé", "1 when class C receives carry; its mean is a probability.",
      "1 quand les parts C reçoivent un carried interest ; sa moyenne est une probabilité." },
    { "beneficiary", "EUR", MLD_MONEY, FUND, MLD_TAIL_NONE, TOTAL_BENEFICIARY, fill_total,
      "Impact share to a beneficiary", "Part d'impact versée à un tiers",
      "Carry forgone that goes to the named beneficiary.",
      "Carried interest non acquis, versé au bénéficiaire désigné." },
    { "management_fees", "EUR", MLD_MONEY, FUND, MLD_TAIL_HIGH, TOTAL_MANAGEMENT, fill_total,
      "Management fees", "Frais de gestion", "Management fees paid.", "Frais de gestion payés." },
    { "other_costs", "EUR", MLD_MONEY, FUND, MLD_TAIL_HIGH, TOTAL_OTHER, fill_total,
      "Set-up and running costs", "Frais de constitution et de fonctionnement",
      "Set-up and running costs paid.", "Frais de constitution et de fonctionnement payés." },
    { "cash_interest", "EUR", MLD_MONEY, FUND, MLD_TAIL_NONE, TOTAL_INTEREST, fill_total,
      "Interest on cash", "Intérêts de la trésorerie", "What the fund's cash earns.",
      "Ce que rapporte la trésorerie du fonds." },
    { "claw_back", "EUR", MLD_MONEY, FUND, MLD_TAIL_NONE, TOTAL_CLAWED, fill_total,
      "Carry paid back", "Carried interest restitué",
      "Carry that class C pays back to A and B at the end (claw-back); carry is told net of it.",
      "Carried interest que C restitue à A et B à la fin (clawback) ; le carried interest en est "
      "net." },
    { "recallable", "EUR", MLD_MONEY, FUND, MLD_TAIL_NONE, TOTAL_RECALLED, fill_total,
      "Distributions that may be called again", "Distributions rappelables",
      "Part of the capital distributed that adds to what is uncalled.",
      "Part du capital distribué qui s'ajoute au non appelé." },
    { "paid_in_net", "EUR", MLD_MONEY, FUND, MLD_TAIL_NONE, 0, mld_fill_paid_in_net,
      "Capital called, net of what may be called again",
      "Capital appelé, net des distributions rappelables",
      "Calls on all classes less the distributions that may be called again.",
      "Appels de fonds, toutes parts, moins les distributions rappelables." },
    { "guarantee_costs", "EUR", MLD_MONEY, FUND, MLD_TAIL_HIGH, TOTAL_GUARANTEE, fill_total,
      "Paid to the guarantor", "Versé au garant",
      "Fees, share of gains and money returned that the fund pays to the guarantor.",
      "Commissions, part des plus-values et restitutions versées par le fonds au garant." },
    { "unpaid_costs", "EUR", MLD_MONEY, FUND, MLD_TAIL_HIGH, 0, fill_unpaid_costs,
      "Costs never paid", "Frais jamais payés", "Costs that still wait after the last period.",
      "Frais encore en attente après la dernière période." },
    { "cost", "EUR", MLD_MONEY, DEALS, MLD_TAIL_NONE, 0, fill_cost, "Invested", "Investi",
      "Cost of the deals made.", "Coût des investissements réalisés." },
    { "skipped", "EUR", MLD_MONEY, RECYCLED, MLD_TAIL_NONE, MLD_INSTRUMENTS, fill_skipped,
      "Candidates skipped", "Candidats écartés",
      "Cost of the candidates of the list that the fund could not pay, or that came too late.",
      "Coût des candidats de la liste que le fonds ne pouvait payer, ou venus trop tard." },
    { "ran_out", "1", MLD_RATE, RECYCLED, MLD_TAIL_NONE, 0, fill_ran_out,
      "The list of candidates runs out", "La liste de candidats s'épuise",
      "1 where every candidate of the list is made: a longer list would be invested further.",
      "1 où tous les candidats de la liste sont réalisés : une liste plus longue serait investie "
      "davantage." },
#define INSTRUMENT(name, en, fr, ...)                                                             \
    { "skipped_" #name,                                                                           \
      "EUR",                                                                                      \
      MLD_MONEY,                                                                                  \
      RECYCLED,                                                                                   \
      MLD_TAIL_NONE,                                                                              \
      MLD_INDEX_##name,                                                                           \
      fill_skipped,                                                                               \
      "Candidates skipped, " en,                                                                  \
      "Candidats écartés, " fr,                                                                   \
      "Cost of the candidates of the list that the fund could not pay or that came too late, " en \
      ".",                                                                                        \
      "Coût des candidats de la liste que le fonds ne pouvait payer ou venus trop tard, " fr      \
      "." },
#include "milliard/instruments.def"
#undef INSTRUMENT
    { "follow_on_cost", "EUR", MLD_MONEY, FOLLOWED, MLD_TAIL_NONE, 0, fill_second_cost,
      "Of it, second deals", "Dont réinvestissements",
      "Cost of the deals that follow others, with issuers that are held.",
      "Coût des investissements qui en suivent d'autres, auprès d'émetteurs en portefeuille." },
    { "invested_share", "1", MLD_RATE, FOLLOWED, MLD_TAIL_LOW, 0, fill_invested_share,
      "Invested over volume", "Investi rapporté au volume",
      "Cost of the deals made over the volume of the thesis, of which a part is kept for second "
      "deals.",
      "Coût des investissements réalisés rapporté au volume de la thèse, dont une part est gardée "
      "pour les réinvestissements." },
    { "multiple_of_cost", "1", MLD_MULTIPLE, DEALS, MLD_TAIL_LOW, 0, fill_multiple_of_cost,
      "Multiple of cost", "Multiple du coût",
      "Proceeds of the deals over their cost, before fees and without payouts.",
      "Produits des investissements rapportés à leur coût, avant frais et hors indemnités." },
    { "deals", "1", MLD_NUMBER, DEALS, MLD_TAIL_NONE, 0, fill_deals, "Deals made",
      "Investissements réalisés", "Number of deals made.", "Nombre d'investissements réalisés." },
    { "defaults", "1", MLD_NUMBER, DEALS, MLD_TAIL_HIGH, 1, fill_deals, "Deals in default",
      "Investissements en défaut", "Number of deals whose issuer defaulted while they were alive.",
      "Nombre d'investissements dont l'émetteur a fait défaut en cours de vie." },
    { "loss_default", "EUR", MLD_MONEY, DEALS, MLD_TAIL_HIGH, MLD_LOSS_DEFAULT, fill_loss,
      "Default losses", "Pertes sur défaut", "Outstanding at default less recovery, undiscounted.",
      "Encours au défaut moins recouvrement, sans actualisation." },
    { "loss_exit", "EUR", MLD_MONEY, DEALS, MLD_TAIL_HIGH, MLD_LOSS_EXIT, fill_loss, "Exit losses",
      "Pertes de sortie", "Cost less exit proceeds before any discount, where positive.",
      "Coût moins produit de sortie avant décote, s'il est positif." },
    { "loss_forced", "EUR", MLD_MONEY, DEALS, MLD_TAIL_HIGH, MLD_LOSS_FORCED, fill_loss,
      "Forced-sale discounts", "Décotes de cession forcée",
      "Lost to the discounts of sales in the last period.",
      "Perdu en décotes lors des cessions de la dernière période." },
    { "largest_issuer_share", "1", MLD_RATE, DEALS, MLD_TAIL_HIGH, 0, fill_largest_issuer,
      "Largest issuer", "Premier émetteur",
      "Cost of the largest issuer over commitments (over the volume without a fund).",
      "Coût du premier émetteur rapporté aux engagements (au volume sans fonds)." },
    { "quota_ratio", "1", MLD_RATE, DEALS, MLD_TAIL_LOW, 0, fill_quota, "FPCI quota by volume",
      "Quota FPCI par volume", "Eligible cost over volume: at least 50 % is asked (CMF L214-28).",
      "Coût éligible rapporté au volume : 50 % au moins sont exigés (CMF L214-28)." },
    { "loan_ratio", "1", MLD_RATE, DEALS, MLD_TAIL_HIGH, 0, fill_loans, "Loans over volume",
      "Prêts rapportés au volume", "Cost of participating loans over volume, to hold against 10 %.",
      "Coût des prêts participatifs rapporté au volume, à comparer à 10 %." },
    { "quota_by_date_lowest", "1", MLD_RATE, FUND, MLD_TAIL_LOW, 0, mld_fill_lowest_quota,
      "FPCI quota by date, lowest", "Quota FPCI à date, au plus bas",
      "Lowest quota by date at the ends of the years in which it is due.",
      "Quota à date le plus bas aux fins des années où il est dû." },
    { "quota_missed", "1", MLD_RATE, FUND, MLD_TAIL_NONE, MLD_LIMIT_QUOTA, mld_fill_limit,
      "Quota by date below 50 %, probability", "Quota à date sous 50 %, probabilité",
      "1 where the quota by date is below 50 % at the end of a year in which it is due (CMF "
      "L214-28 "
      "and L214-160; dates to be checked).",
      "1 si le quota à date est sous 50 % à la fin d'une année où il est dû (CMF L214-28 et "
      "L214-160 ; dates à vérifier)." },
    { "issuer_limit_passed", "1", MLD_RATE, FUND, MLD_TAIL_NONE, MLD_LIMIT_ISSUER, mld_fill_limit,
      "Largest issuer above its limit, probability",
      "Premier émetteur au-dessus de sa limite, probabilité",
      "1 where the cost held of one issuer passes max_issuer_share of the commitments at a year's "
      "end (limit of the fund's rules, legal ratio to be checked).",
      "1 si le coût détenu sur un émetteur dépasse max_issuer_share des engagements à une fin "
      "d'année (limite du règlement, ratio légal à vérifier)." },
    { "loans_limit_passed", "1", MLD_RATE, FUND, MLD_TAIL_NONE, MLD_LIMIT_LOANS, mld_fill_limit,
      "Loans above 10 % of the volume, probability",
      "Prêts au-dessus de 10 % du volume, probabilité",
      "1 where the cost of loans held passes 10 % of the volume at a year's end (CMF L214-160 and "
      "decree 2016-1587, to be checked).",
      "1 si le coût des prêts détenus dépasse 10 % du volume à une fin d'année (CMF L214-160 et "
      "décret 2016-1587, à vérifier)." },
#define INSTRUMENT(name, en, fr, ...) LOSS_ROWS(MLD_INDEX_##name, #name, en, fr),
#include "milliard/instruments.def"
#undef INSTRUMENT
    FORM_ROW(0, "1"),
    FORM_ROW(1, "2"),
    FORM_ROW(2, "3"),
    FORM_ROW(3, "4"),
    FORM_ROW(4, "5"),
    FORM_ROW(5, "6"),
    FORM_ROW(6, "7"),
    FORM_ROW(7, "8"),
    { "payouts", "EUR", MLD_MONEY, STATE, MLD_TAIL_HIGH, STATE_PAYOUTS, fill_state_total, "Payouts",
      "Indemnités versées", "Paid by the guarantor.", "Versées par le garant." },
    { "payouts_net", "EUR", MLD_MONEY, STATE, MLD_TAIL_HIGH, 0, fill_net_payouts,
      "Payouts less money returned", "Indemnités nettes des restitutions",
      "Payouts less what is returned when a loss turns out smaller.",
      "Indemnités moins ce qui est restitué quand la perte se réduit." },
    { "payouts_due", "EUR", MLD_MONEY, STATE, MLD_TAIL_HIGH, STATE_DUE, fill_state_total,
      "Payouts due", "Indemnités dues", "Cumulated payout due at the end, paid or not.",
      "Indemnité cumulée due à la fin, payée ou non." },
    { "payouts_unpaid", "EUR", MLD_MONEY, STATE, MLD_TAIL_HIGH, 0, fill_unpaid, "Payouts unpaid",
      "Indemnités impayées", "Due and not paid for want of a balance.",
      "Dues et non payées faute de solde." },
    { "fees_received", "EUR", MLD_MONEY, STATE, MLD_TAIL_LOW, STATE_FEES, fill_state_total,
      "Guarantee fees", "Commissions de garantie",
      "Annual and upfront fees charged by the guarantor.",
      "Commissions annuelles et initiales facturées par le garant." },
    { "upside_received", "EUR", MLD_MONEY, STATE, MLD_TAIL_NONE, STATE_UPSIDE, fill_state_total,
      "Share of gains to the guarantor", "Part des plus-values au garant",
      "Share of gains on covered shares given to the guarantor.",
      "Part des plus-values sur actions couvertes remise au garant." },
    { "returned", "EUR", MLD_MONEY, STATE, MLD_TAIL_NONE, STATE_RETURNED, fill_state_total,
      "Money returned to the guarantor", "Restitutions au garant",
      "Payouts owed back when the loss turns out smaller.",
      "Indemnités restituées quand la perte se réduit." },
    { "lost_receivable", "EUR", MLD_MONEY, STATE | OWED, MLD_TAIL_HIGH, 0, fill_lost_receivable,
      "Receivable lost by the guarantor", "Créance perdue par le garant",
      "Charged to the fund and never paid.", "Facturé au fonds et jamais payé." },
    { "operator_cost", "EUR", MLD_MONEY, STATE, MLD_TAIL_HIGH, STATE_OPERATOR, fill_state_total,
      "Operator cost", "Coût de l'opérateur",
      "Paid by the State to the operator, beside the dotation.",
      "Payé par l'État à l'opérateur, hors dotation." },
    { "counter_received", "EUR", MLD_MONEY, STATE, MLD_TAIL_NONE, STATE_COUNTER, fill_state_total,
      "Counter-guarantee received", "Contre-garantie reçue",
      "Received from counter-guarantors, net of their fee.",
      "Reçu des contre-garants, net de leur commission." },
    { "yield_received", "EUR", MLD_MONEY, STATE, MLD_TAIL_NONE, STATE_INTEREST, fill_state_total,
      "Yield of the guarantee fund", "Produits financiers du fonds de garantie",
      "Credited to the balance; no part of the net cost.", "Crédités au solde ; hors coût net." },
    { "net_cost", "EUR", MLD_MONEY, STATE | OWED, MLD_TAIL_HIGH, 0, fill_net_cost,
      "Net cost paid by the State", "Coût net payé par l'État",
      "Payouts less fees, share of gains and money returned, plus operator cost, less "
      "counter-guarantee, plus receivables lost; undiscounted, without yield.",
      "Indemnités moins commissions, part des plus-values et restitutions, plus coût de "
      "l'opérateur, moins contre-garantie, plus créances perdues ; non actualisé, hors produits "
      "financiers." },
    { "net_cost_discounted", "EUR", MLD_MONEY, STATE | OWED, MLD_TAIL_HIGH, 1, fill_net_cost,
      "Net cost paid, discounted", "Coût net payé, actualisé",
      "The same, discounted at the reference rate to the first closing.",
      "Le même, actualisé au taux de référence au premier closing." },
    { "net_cost_per_euro", "1", MLD_RATE, STATE | OWED, MLD_TAIL_HIGH, 0, fill_net_cost_per_euro,
      "Net cost paid per euro covered", "Coût net payé par euro couvert",
      "Net cost paid over covered volume.", "Coût net payé rapporté au volume couvert." },
    { "net_cost_due", "EUR", MLD_MONEY, DUE, MLD_TAIL_HIGH, 0, fill_net_cost,
      "Net cost due by the State", "Coût net dû par l'État",
      "All that is due, paid in its period whether the dotation would suffice or not, less fees, "
      "share of gains and counter-guarantee, plus operator cost and receivables lost; "
      "undiscounted.",
      "Toutes les indemnités dues, payées dans leur période que la dotation y suffise ou non, "
      "moins commissions, part des plus-values et contre-garantie, plus coût de l'opérateur et "
      "créances perdues ; non actualisé." },
    { "net_cost_due_discounted", "EUR", MLD_MONEY, DUE, MLD_TAIL_HIGH, 1, fill_net_cost,
      "Net cost due, discounted", "Coût net dû, actualisé",
      "The same, discounted at the reference rate to the first closing.",
      "Le même, actualisé au taux de référence au premier closing." },
    { "net_cost_due_per_euro", "1", MLD_RATE, DUE, MLD_TAIL_HIGH, 0, fill_net_cost_per_euro,
      "Net cost due per euro covered", "Coût net dû par euro couvert",
      "Net cost due over covered volume.", "Coût net dû rapporté au volume couvert." },
    { "budget_discounted", "EUR", MLD_MONEY, STATE | OWED, MLD_TAIL_HIGH, 0, fill_budget,
      "Present value of the budget", "Valeur actuelle du budget",
      "Dotations and operator cost, each discounted at the reference rate from the end of its "
      "period, less the residual balance unless it is kept; without a dotation, the net cost.",
      "Dotations et coût de l'opérateur, actualisés au taux de référence à la fin de leur période, "
      "moins le solde résiduel s'il n'est pas conservé ; sans dotation, le coût net." },
    { "covered_volume", "EUR", MLD_MONEY, STATE, MLD_TAIL_NONE, 0, fill_covered_volume,
      "Financing covered", "Financement couvert",
      "Covered volume once all is invested. It is not financing made possible.",
      "Volume couvert une fois tout investi. Ce n'est pas du financement rendu possible." },
    { "private_covered", "EUR", MLD_MONEY, STATE | FUND | MLD_SCOPE_PRIVATE, MLD_TAIL_NONE, 0,
      fill_private_covered, "Private financing covered", "Financement privé couvert",
      "Covered volume times the private part of commitments and grants.",
      "Volume couvert multiplié par la part privée des engagements et subventions." },
    { "commitment", "EUR", MLD_MONEY, STATE, MLD_TAIL_NONE, 0, fill_commitment,
      "Largest commitment", "Engagement maximal",
      "q·min(cap rate, 1 − attachment)·V: the most the guarantor can owe.",
      "q·min(plafond, 1 − franchise)·V : le plus que le garant puisse devoir." },
    { "peak_guaranteed", "EUR", MLD_MONEY, STATE, MLD_TAIL_HIGH, 0, fill_peak_guaranteed,
      "Peak guaranteed amount", "Pic de l'encours garanti",
      "Largest q × outstanding over time (off-balance-sheet commitment).",
      "Plus haut de q × encours (engagement hors bilan)." },
    { "fee_base", "EUR", MLD_MONEY, STATE, MLD_TAIL_NONE, 0, fill_fee_base, "Fee base",
      "Assiette des commissions", "Σ q × outstanding / m over periods: euro-years guaranteed.",
      "Σ q × encours / m sur les périodes : euros-années garantis." },
    { "coverage", "1", MLD_RATE, STATE, MLD_TAIL_LOW, 0, fill_coverage, "Losses covered",
      "Pertes couvertes",
      "Payouts less money returned over default and exit losses; undefined on a path without loss.",
      "Indemnités nettes des restitutions, rapportées aux pertes sur défaut et de sortie ; "
      "indéfini sans perte." },
    { "coverage_all", "1", MLD_RATE, STATE, MLD_TAIL_LOW, 1, fill_coverage,
      "Losses covered, forced sales included", "Pertes couvertes, cessions forcées comprises",
      "Payouts less money returned over all losses, forced-sale discounts included.",
      "Indemnités nettes des restitutions, rapportées à toutes les pertes, décotes de cession "
      "forcée comprises." },
    { "exhausted", "1", MLD_RATE, STATE, MLD_TAIL_NONE, 0, fill_exhausted, "Dotation exhausted",
      "Dotation épuisée",
      "1 when a due payout is not paid in full in its period; its mean is a probability.",
      "1 quand une indemnité due n'est pas payée en entier dans sa période ; sa moyenne est une "
      "probabilité." },
    { "exhaustion_years", "years", MLD_YEARS, STATE, MLD_TAIL_NONE, 1, fill_exhausted,
      "Date of exhaustion", "Date d'épuisement",
      "Years from the first closing to exhaustion; undefined when it never happens.",
      "Années du premier closing à l'épuisement ; indéfini s'il n'a pas lieu." },
    { "residual_balance", "EUR", MLD_MONEY, STATE, MLD_TAIL_LOW, 0, fill_balance,
      "Residual balance", "Solde résiduel", "Balance of the guarantee fund after the last period.",
      "Solde du fonds de garantie après la dernière période." },
    { "residual_discounted", "EUR", MLD_MONEY, STATE, MLD_TAIL_LOW, 0, fill_residual_discounted,
      "Residual balance, discounted", "Solde résiduel actualisé",
      "The same, discounted at the reference rate: what the budget gets back or, kept, a public "
      "asset.",
      "Le même, actualisé au taux de référence : ce qui revient au budget ou, conservé, un actif "
      "public." },
    TRANCHE_ROW(2, "2"),
    TRANCHE_ROW(3, "3"),
    TRANCHE_ROW(4, "4"),
    TRANCHE_ROW(5, "5"),
    { "dotation_needed", "EUR", MLD_MONEY, STATE, MLD_TAIL_HIGH, 0, fill_dotation_needed,
      "Dotation needed", "Dotation nécessaire",
      "Smallest dotation in year 0 that this path never exhausts.",
      "Plus petite dotation versée d'emblée que cette trajectoire n'épuise jamais." },
    { "grant_equivalent", "EUR", MLD_MONEY, STATE, MLD_TAIL_NONE, 0, fill_grant,
      "Gross grant equivalent", "Équivalent-subvention brut",
      "Sum over eligible loans, bonds and titres of pari passu layers (Notice 2008/C 155/02); "
      "undefined where the law gives none.",
      "Somme sur les prêts, obligations et titres éligibles des tranches pari passu (communication "
      "2008/C 155/02) ; indéfini quand le droit n'en donne pas." },
    { "above_de_minimis", "1", MLD_NUMBER, STATE, MLD_TAIL_HIGH, 0, fill_above_de_minimis,
      "Issuers above de minimis", "Émetteurs au-dessus de minimis",
      "Issuers whose grant equivalents over three years exceed the de minimis ceiling; undefined "
      "like the grant equivalent.",
      "Émetteurs dont les équivalents-subvention sur trois ans dépassent le plafond de minimis ; "
      "indéfini comme l'équivalent-subvention." },
    { "investor_cost", "EUR", MLD_MONEY, INVESTOR, MLD_TAIL_HIGH, MLD_INVESTOR_COST,
      mld_fill_investor, "Cost of the State's shares", "Coût des parts de l'État",
      "Calls that the State pays on its shares less what they give back; negative when it gains.",
      "Appels que l'État verse sur ses parts moins ce qu'elles rendent ; négatif s'il y gagne." },
    { "investor_cost_discounted", "EUR", MLD_MONEY, INVESTOR, MLD_TAIL_HIGH,
      MLD_INVESTOR_DISCOUNTED, mld_fill_investor, "Cost of the State's shares, discounted",
      "Coût des parts de l'État, actualisé",
      "The same, discounted at the reference rate to the first closing: no value of the holding.",
      "Le même, actualisé au taux de référence au premier closing : ce n'est pas la valeur des "
      "parts." },
    { "investor_cost_equity", "EUR", MLD_MONEY, INVESTOR | MLD_SCOPE_EQUITY, MLD_TAIL_HIGH,
      MLD_INVESTOR_EQUITY, mld_fill_investor, "Cost of the State's shares, at the rate of equity",
      "Coût des parts de l'État, au taux des fonds propres",
      "The same, discounted at the scenario's reference rate of equity.",
      "Le même, actualisé au taux de référence des fonds propres du scénario." },
    { "investor_peak", "EUR", MLD_MONEY, INVESTOR, MLD_TAIL_HIGH, MLD_INVESTOR_PEAK,
      mld_fill_investor, "State's shares, most paid in", "Parts de l'État, versement maximal",
      "Largest sum that the State has paid on its shares and not yet got back.",
      "Plus grande somme que l'État ait versée sur ses parts et pas encore reprise." },
    { "investor_loss", "1", MLD_RATE, INVESTOR, MLD_TAIL_NONE, MLD_INVESTOR_LOSS, mld_fill_investor,
      "Probability that the State loses on its shares",
      "Probabilité que l'État perde sur ses parts",
      "1 when its shares give back less than it paid; its mean is a probability.",
      "1 quand ses parts rendent moins qu'il n'a versé ; sa moyenne est une probabilité." },
    { "public_cost", "EUR", MLD_MONEY, PUBLIC, MLD_TAIL_HIGH, 0, mld_fill_public_cost,
      "Total public cost", "Coût public total",
      "Net cost of the guarantee, every due paid, cost of the State's shares and grants.",
      "Coût net de la garantie, toutes indemnités payées, coût des parts de l'État et "
      "subventions." },
    { "public_cost_discounted", "EUR", MLD_MONEY, PUBLIC, MLD_TAIL_HIGH, 1, mld_fill_public_cost,
      "Total public cost, discounted", "Coût public total, actualisé",
      "The same, discounted at the reference rate to the first closing.",
      "Le même, actualisé au taux de référence au premier closing." },
    { "interest_spared", "EUR", MLD_MONEY, PASSED, MLD_TAIL_NONE, INTEREST_SPARED, fill_passed,
      "Interest spared by issuers", "Intérêts épargnés par les émetteurs",
      "What issuers of covered debt pay less interest than at their full rates: the fund loses as "
      "much.",
      "Ce que les émetteurs de dette couverte paient d'intérêts en moins qu'à leur plein taux : le "
      "fonds perd autant." },
    { "rates_at_zero", "1", MLD_NUMBER, PASSED, MLD_TAIL_HIGH, RATES_AT_ZERO, fill_passed,
      "Rates down to 0", "Taux tombés à 0",
      "Deals of covered debt whose fixed rate would have fallen below 0.",
      "Dossiers de dette couverte dont le taux fixe serait tombé sous 0." },
    { "debt_dues", "EUR", MLD_MONEY, PASSED, MLD_TAIL_HIGH, DEBT_DUES, fill_passed,
      "Payouts due on debt", "Indemnités dues sur la dette",
      "What of the payouts due is allotted to covered debt, period by period, as its losses are to "
      "all losses counted.",
      "Part des indemnités dues allouée à la dette couverte, période par période, à proportion de "
      "ses sinistres retenus." },
    { "debt_fee_base", "EUR", MLD_MONEY, PASSED, MLD_TAIL_NONE, DEBT_BASE, fill_passed,
      "Fee base of debt", "Assiette des commissions sur la dette",
      "Σ q × outstanding / m of covered debt: euro-years guaranteed.",
      "Σ q × encours / m de la dette couverte : euros-années garantis." },
    { "debt_fees", "EUR", MLD_MONEY, PASSED, MLD_TAIL_NONE, DEBT_FEES, fill_passed, "Fees on debt",
      "Commissions sur la dette", "Annual and upfront fees that the fund pays on covered debt.",
      "Commissions annuelles et initiales payées par le fonds sur la dette couverte." },
    CLOSING_ROWS(0, "1"),
    CLOSING_ROWS(1, "2"),
    CLOSING_ROWS(2, "3"),
    CLOSING_ROWS(3, "4"),
    CLOSING_ROWS(4, "5"),
    CLOSING_ROWS(5, "6"),
    { "equalised", "EUR", MLD_MONEY, CLOSINGS, MLD_TAIL_NONE, 0, mld_fill_equalised,
      "Paid back by newcomers", "Rendu par les nouveaux souscripteurs",
      "What newcomers of later closings pay to earlier members for calls less distributions before "
      "them, all classes, interest apart.",
      "Ce que les souscripteurs des closings suivants versent aux précédents pour les appels moins "
      "les distributions d'avant eux, toutes parts, hors intérêts." },
    { "equalisation_interest", "EUR", MLD_MONEY, CLOSINGS, MLD_TAIL_NONE, 1, mld_fill_equalised,
      "Interest paid by newcomers", "Intérêts versés par les nouveaux souscripteurs",
      "The interest in what they pay.", "Les intérêts compris dans ces versements." },
    { "waits", "1", MLD_RATE, DEALS | MLD_SCOPE_WAITING, MLD_TAIL_NONE, 0, mld_fill_waits,
      "Deals wait for money to come", "Des opérations attendent l'argent à venir",
      "1 when a deal is put off until a closing or grant brings the money; the mean is the share "
      "of "
      "paths.",
      "1 quand une opération est reportée jusqu'à ce qu'un closing ou une subvention apporte "
      "l'argent ; la moyenne est la part des trajectoires." },
    { "waiting_years", "years", MLD_YEARS, DEALS | MLD_SCOPE_WAITING, MLD_TAIL_HIGH, 0,
      mld_fill_waiting, "Wait for money to come", "Attente de l'argent à venir",
      "Mean wait of the deals that wait; undefined where none does.",
      "Attente moyenne des opérations qui attendent ; indéfinie quand aucune n'attend." },
    { "net_irr_a_without_line", "1/year", MLD_RATE, FUND | MLD_SCOPE_LINE, MLD_TAIL_LOW,
      MLD_LINE_WITHOUT, mld_fill_irr_without_line, "Net IRR, class A, nothing borrowed",
      "TRI net, parts A, sans emprunt",
      "The net IRR of class A had nothing been borrowed: the same deals and guarantee, no line.",
      "TRI net des parts A si rien n'avait été emprunté : mêmes opérations et garantie, sans "
      "ligne." },
    { "borrowed", "EUR", MLD_MONEY, FUND | MLD_SCOPE_LINE, MLD_TAIL_HIGH, MLD_LINE_BORROWED,
      mld_fill_line, "Borrowed", "Emprunté", "All that is drawn on the credit line.",
      "Tous les tirages sur la ligne de crédit." },
    { "borrowed_at_most", "EUR", MLD_MONEY, FUND | MLD_SCOPE_LINE, MLD_TAIL_HIGH, MLD_LINE_PEAK,
      mld_fill_line, "Borrowed at most", "Emprunt au plus haut",
      "Largest balance of the credit line after a period.",
      "Encours le plus élevé de la ligne de crédit après une période." },
    { "line_costs", "EUR", MLD_MONEY, FUND | MLD_SCOPE_LINE, MLD_TAIL_HIGH, MLD_LINE_COSTS,
      mld_fill_line, "Costs of the credit line", "Coûts de la ligne de crédit",
      "Interest and fees charged by the bank, part of the other costs.",
      "Intérêts et commissions dus à la banque, compris dans les autres frais." },
    { "endowment_received", "EUR", MLD_MONEY, ENDOWMENT, MLD_TAIL_LOW, MLD_ENDOWMENT_RECEIVED,
      mld_fill_endowment, "Received by the endowment", "Reçu par le fonds de dotation",
      "Its opening and the donations.", "Sa dotation initiale et les dons." },
    { "endowment_cost", "EUR", MLD_MONEY, ENDOWMENT, MLD_TAIL_NONE, MLD_ENDOWMENT_COST,
      mld_fill_endowment, "Cost of the endowment", "Coût du fonds de dotation",
      "Its operating cost, as far as its balance pays it.",
      "Son coût de fonctionnement, autant que son solde le paie." },
    { "endowment_cost_unpaid", "EUR", MLD_MONEY, ENDOWMENT, MLD_TAIL_HIGH,
      MLD_ENDOWMENT_COST_UNPAID, mld_fill_endowment, "Cost of the endowment left unpaid",
      "Coût du fonds de dotation resté impayé", "What its balance did not reach for.",
      "Ce que son solde n'a pas permis de payer." },
    { "endowment_granted", "EUR", MLD_MONEY, ENDOWMENT, MLD_TAIL_LOW, MLD_ENDOWMENT_GRANTED,
      mld_fill_endowment, "Grants of the endowment", "Subventions du fonds de dotation",
      "Granted to projects of its own money; nothing of it comes back.",
      "Versé aux projets sur ses propres moyens ; rien n'en revient." },
    { "endowment_partners", "EUR", MLD_MONEY, ENDOWMENT, MLD_TAIL_LOW, MLD_ENDOWMENT_PARTNERS,
      mld_fill_endowment, "Partners' part of grants", "Part des partenaires dans les subventions",
      "Paid by partners in the same grants.",
      "Versé par des partenaires dans les mêmes subventions." },
    { "endowment_projects", "1", MLD_NUMBER, ENDOWMENT, MLD_TAIL_LOW, MLD_ENDOWMENT_PROJECTS,
      mld_fill_endowment, "Projects helped", "Projets aidés", "Number of grants.",
      "Nombre de subventions." },
    { "endowment_balance", "EUR", MLD_MONEY, ENDOWMENT, MLD_TAIL_LOW, MLD_ENDOWMENT_BALANCE,
      mld_fill_endowment, "Balance of the endowment at the end", "Solde final du fonds de dotation",
      "What is left after its last year.", "Ce qui reste après sa dernière année." },
    { "endowment_exhausted", "1", MLD_RATE, ENDOWMENT, MLD_TAIL_NONE, MLD_ENDOWMENT_EXHAUSTED,
      mld_fill_endowment, "Probability that the endowment is exhausted",
      "Probabilité que le fonds de dotation soit épuisé",
      "Share of paths with a year whose cost is not paid in full, or that leaves less than the "
      "smallest grant takes.",
      "Part des trajectoires où, une année, le coût n'est pas payé en entier ou le reste ne suffit "
      "pas à la plus petite subvention." },
    { "endowment_exhausted_by", "years", MLD_YEARS, ENDOWMENT, MLD_TAIL_LOW,
      MLD_ENDOWMENT_EXHAUSTED_BY, mld_fill_endowment, "Year of exhaustion of the endowment",
      "Année d'épuisement du fonds de dotation",
      "Years from the first closing to the end of the first such year; undefined where there is "
      "none.",
      "Années du premier closing à la fin de la première de ces années ; non défini s'il n'y en a "
      "pas." },
    { "endowment_in_time", "1", MLD_NUMBER, ENDOWMENT, MLD_TAIL_LOW, MLD_ENDOWMENT_IN_TIME,
      mld_fill_endowment, "Projects helped in time for the fund",
      "Projets aidés à temps pour le fonds",
      "Grants made early enough to leave the years of endowment.pipeline before the last year in "
      "which deals are made.",
      "Subventions versées assez tôt pour laisser les années de endowment.pipeline avant la "
      "dernière année où des investissements sont réalisés." },
    { "endowment_to_supply", "1", MLD_NUMBER, ENDOWMENT, MLD_TAIL_HIGH, MLD_ENDOWMENT_TO_SUPPLY,
      mld_fill_endowment, "Deals that helped projects are to supply",
      "Investissements à fournir par les projets aidés",
      "endowment.pipeline.share of the deals made.",
      "endowment.pipeline.share des investissements réalisés." },
    { "endowment_part_needed", "1", MLD_RATE, ENDOWMENT, MLD_TAIL_HIGH, MLD_ENDOWMENT_PART_NEEDED,
      mld_fill_endowment, "Part of helped projects that would have to reach 500,000 EUR",
      "Part des projets aidés qui devrait atteindre 500 000 EUR",
      "Deals to supply over projects helped in time: what it would take, not what will be; above 1 "
      "there are too few projects.",
      "Investissements à fournir rapportés aux projets aidés à temps : ce qu'il y faudrait, non ce "
      "qui sera ; au-delà de 1, trop peu de projets." },
    { "endowment_out_of_reach", "1", MLD_RATE, ENDOWMENT, MLD_TAIL_NONE, MLD_ENDOWMENT_OUT_OF_REACH,
      mld_fill_endowment, "Probability that helped projects are too few for it",
      "Probabilité que les projets aidés n'y suffisent pas",
      "Share of paths with fewer projects helped in time than deals to supply.",
      "Part des trajectoires où les projets aidés à temps sont moins nombreux que les "
      "investissements à fournir." },
    INDICATOR_ROWS(0, "1"),
    INDICATOR_ROWS(1, "2"),
    INDICATOR_ROWS(2, "3"),
    INDICATOR_ROWS(3, "4"),
    INDICATOR_ROWS(4, "5"),
    INDICATOR_ROWS(5, "6"),
#define INSTRUMENT(name, en, fr, ...)                                                           \
    INDICATOR_INSTRUMENT(0, "1", name, en, fr), INDICATOR_INSTRUMENT(1, "2", name, en, fr),     \
        INDICATOR_INSTRUMENT(2, "3", name, en, fr), INDICATOR_INSTRUMENT(3, "4", name, en, fr), \
        INDICATOR_INSTRUMENT(4, "5", name, en, fr), INDICATOR_INSTRUMENT(5, "6", name, en, fr),
#include "milliard/instruments.def"
#undef INSTRUMENT
    { "feeder_irr", "1/year", MLD_RATE, FEEDER, MLD_TAIL_LOW, MLD_SAVER_IRR, mld_fill_feeder,
      "IRR of a saver of year 0", "TRI d'un épargnant de l'année 0",
      "Annual effective rate of a unit bought in the first period and kept to the end, no exit fee "
      "paid.",
      "Taux annuel effectif d'une part achetée à la première période et gardée jusqu'à la fin, "
      "sans frais de sortie." },
    { "feeder_loss", "1", MLD_RATE, FEEDER, MLD_TAIL_NONE, MLD_SAVER_LOSS, mld_fill_feeder,
      "Probability that this saver loses", "Probabilité que cet épargnant perde",
      "Share of paths on which such a unit brings back less than it cost.",
      "Part des trajectoires où une telle part rapporte moins qu'elle n'a coûté." },
    { "feeder_pooled_irr", "1/year", MLD_RATE, FEEDER, MLD_TAIL_LOW, MLD_SAVERS_IRR,
      mld_fill_feeder, "IRR of all savers together", "TRI de l'ensemble des épargnants",
      "Annual effective rate of all subscriptions, requests paid and the final payment.",
      "Taux annuel effectif de toutes les souscriptions, des rachats payés et du versement "
      "final." },
    { "feeder_pooled_loss", "1", MLD_RATE, FEEDER, MLD_TAIL_NONE, MLD_SAVERS_LOSS, mld_fill_feeder,
      "Probability that savers lose together", "Probabilité que l'ensemble des épargnants perde",
      "Share of paths on which all of them get back less than they paid in.",
      "Part des trajectoires où tous ensemble reçoivent moins qu'ils n'ont versé." },
    { "feeder_subscribed", "EUR", MLD_MONEY, FEEDER, MLD_TAIL_NONE, MLD_FEEDER_ALL_IN,
      mld_fill_feeder, "Subscribed by savers", "Souscrit par les épargnants",
      "Paid in by savers; nobody subscribes to a unit that is worth nothing.",
      "Versé par les épargnants ; nul ne souscrit une part qui ne vaut plus rien." },
    { "feeder_paid_out", "EUR", MLD_MONEY, FEEDER, MLD_TAIL_NONE, MLD_FEEDER_ALL_OUT,
      mld_fill_feeder, "Paid to savers on request", "Versé aux épargnants sur demande",
      "For units paid back at years' ends, less the exit fee.",
      "Pour les parts rachetées en fin d'année, moins les frais de sortie." },
    { "feeder_final", "EUR", MLD_MONEY, FEEDER, MLD_TAIL_LOW, MLD_FEEDER_ALL_FINAL, mld_fill_feeder,
      "Paid to savers at the end", "Versé aux épargnants à la fin",
      "To all units left when the fund ends, those that wait too.",
      "À toutes les parts restantes à la fin du fonds, y compris celles qui attendent." },
    { "feeder_exit_fees", "EUR", MLD_MONEY, FEEDER, MLD_TAIL_NONE, MLD_FEEDER_KEPT, mld_fill_feeder,
      "Exit fees", "Frais de sortie", "Kept from units paid back; the others have it.",
      "Retenus sur les parts rachetées, au profit des autres." },
    { "feeder_fees", "EUR", MLD_MONEY, FEEDER, MLD_TAIL_NONE, MLD_FEEDER_ALL_FEES, mld_fill_feeder,
      "Costs of the feeder", "Frais du fonds citoyen", "Costs of running it that were paid.",
      "Frais de fonctionnement payés." },
    { "feeder_interest", "EUR", MLD_MONEY, FEEDER, MLD_TAIL_LOW, MLD_FEEDER_EARNED, mld_fill_feeder,
      "Interest on the pocket", "Intérêts de la poche", "Earned on its cash.",
      "Produits de sa trésorerie." },
    { "feeder_calls", "EUR", MLD_MONEY, FEEDER, MLD_TAIL_NONE, MLD_FEEDER_ALL_PAID, mld_fill_feeder,
      "Calls paid by the feeder", "Appels payés par le fonds citoyen",
      "Paid of its part of the calls on class A.",
      "Payé de sa part des appels de la catégorie A." },
    { "feeder_unmet", "EUR", MLD_MONEY, FEEDER, MLD_TAIL_HIGH, MLD_FEEDER_UNMET, mld_fill_feeder,
      "Calls not met", "Appels non honorés",
      "Of its part of the calls, what its cash did not reach for; others are taken to pay it, and "
      "to have what it buys.",
      "De sa part des appels, ce que sa trésorerie n'a pas permis de payer ; d'autres sont réputés "
      "le payer et avoir ce qu'il achète." },
    { "feeder_defaults", "1", MLD_NUMBER, FEEDER, MLD_TAIL_HIGH, MLD_FEEDER_DEFAULTS,
      mld_fill_feeder, "Calls on which the feeder defaults",
      "Appels sur lesquels le fonds citoyen fait défaut",
      "Number of periods whose call is not paid in full.",
      "Nombre de périodes dont l'appel n'est pas payé en entier." },
    { "feeder_defaulted", "1", MLD_RATE, FEEDER, MLD_TAIL_NONE, MLD_FEEDER_DEFAULTED,
      mld_fill_feeder, "Probability of such a default", "Probabilité d'un tel défaut",
      "Share of paths with one.", "Part des trajectoires qui en comptent un." },
    { "feeder_requested", "1", MLD_RATE, FEEDER, MLD_TAIL_NONE, MLD_FEEDER_ASKED, mld_fill_feeder,
      "Units asked back, of all bought",
      "Parts dont le rachat est demandé, sur toutes celles achetées", "All years together.",
      "Toutes années réunies." },
    { "feeder_served_in_year", "1", MLD_RATE, FEEDER, MLD_TAIL_LOW, MLD_FEEDER_IN_TIME,
      mld_fill_feeder, "Requests served in their year", "Demandes servies dans leur année",
      "Part of the units asked back that is paid at the end of that year; undefined where none is "
      "asked.",
      "Part des parts demandées qui est payée à la fin de l'année ; non défini si aucune ne "
      "l'est." },
    { "feeder_left_waiting", "EUR", MLD_MONEY, FEEDER, MLD_TAIL_HIGH, MLD_FEEDER_LEFT,
      mld_fill_feeder, "Still waiting at the end", "En attente jusqu'à la fin",
      "Paid in the end to units that were asked back before and waited until then.",
      "Versé à la fin aux parts dont le rachat avait été demandé et qui ont attendu jusque-là." },
    { "feeder_years_served", "1", MLD_RATE, FEEDER, MLD_TAIL_LOW, MLD_FEEDER_YEARS_SERVED,
      mld_fill_feeder, "Years served", "Années servies",
      "Part of its years in which calls, and all that the gate lets through, are paid in full.",
      "Part de ses années où les appels, et tout ce que le plafond laisse passer, sont payés en "
      "entier." },
    { "feeder_pocket_year", "1", MLD_RATE, FEEDER, MLD_TAIL_HIGH, MLD_FEEDER_OF_A_YEAR,
      mld_fill_feeder, "Pocket that a year takes", "Poche qu'une année demande",
      "Part of the value held as cash at the start of a year that pays its calls and what the gate "
      "lets through; one year of each path, in turn, so that its quantiles are those of all years.",
      "Part de la valeur détenue en trésorerie au début d'une année qui paie ses appels et ce que "
      "le plafond laisse passer ; une année par trajectoire, à tour de rôle, de sorte que ses "
      "quantiles sont ceux de toutes les années." },
    { "feeder_pocket_most", "1", MLD_RATE, FEEDER, MLD_TAIL_HIGH, MLD_FEEDER_AT_MOST,
      mld_fill_feeder, "Pocket that the hardest year takes",
      "Poche que demande l'année la plus dure",
      "The same, of the year of the path that takes most.",
      "De même, de l'année de la trajectoire qui demande le plus." },
    { NULL, NULL, MLD_NUMBER, 0, MLD_TAIL_NONE, 0, NULL, NULL, NULL, NULL, NULL }
};

const char *mld_quantity_name(enum mld_quantity quantity)
{
    static const char *const name[] = {
        [MLD_MONEY] = "money",       [MLD_RATE] = "rate",     [MLD_POINTS] = "points",
        [MLD_MULTIPLE] = "multiple", [MLD_NUMBER] = "number", [MLD_YEARS] = "years",
    };
    return name[quantity];
}
