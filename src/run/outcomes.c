/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a form of public money comes to on a path (model, section 13), from the flows of its fund
 * and guarantee. A public class costs its calls less its distributions; a grant costs itself; both
 * cost `admin` a year of what is outstanding of them at the start of each period.
 */
#include <math.h>

#include "milliard/numerics.h"
#include "run/trials.h"

/* What a fund's terms come to. */
struct terms {
    const struct mld_grid *grid;
    const struct mld_fund_spec *fund;
    const struct mld_fund_flows *flows;
    double held[MLD_CLASSES], of_call[MLD_CLASSES]; /* the State's part; the class's of a call */
    double admin;                                   /* a period */
    double factor, equity;                          /* of a period */
};

/* One path's sums. */
struct sums {
    double cost, pv, bare, equity; /* equity: without administration */
    double position, peak, private, private_pv;
    double paid, back;
    double capital[MLD_CLASSES]; /* called and not yet returned */
    double invested;
};

static struct terms terms_of(const struct mld_plan *plan, const struct mld_trial *trial,
                             const struct mld_fund_flows *flows)
{
    double m = plan->model.grid.periods_per_year;
    const struct mld_fund_spec *fund = &trial->fund;
    struct terms terms = { .grid = &plan->model.grid,
                           .fund = fund,
                           .flows = flows,
                           .admin = isnan(trial->admin) ? 0 : trial->admin / m,
                           .factor = mld_pow(1 + fund->reference_rate, -1 / m),
                           .equity = isnan(fund->reference_rate_equity)
                                         ? (double)NAN
                                         : mld_pow(1 + fund->reference_rate_equity, -1 / m) };
    for (int k = 0; k < MLD_CLASSES; k++) {
        terms.held[k] = mld_public_share(&fund->share_class[k]);
        terms.of_call[k] = fund->share_class[k].commitment / fund->commitments;
    }
    return terms;
}

/*
 * Public money outstanding after the period before: the State's part of capital not yet returned;
 * of grants what is unspent, and of what is spent the part of its investments that is still there.
 */
static double outstanding(const struct terms *terms, const struct sums *sums, int t, size_t before)
{
    double money = 0;
    for (int k = 0; k < MLD_CLASSES; k++)
        money += terms->held[k] * sums->capital[k];
    if (t == 0 || !terms->fund->n_grants)
        return money;
    double unspent = terms->flows->unspent[before],
           spent = mld_fund_granted_by(terms->grid, terms->fund, t - 1) - unspent;
    return money + unspent +
           (sums->invested > 0 ? spent * terms->flows->outstanding[before] / sums->invested : 0);
}

/* Calls and distributions of t, by whom they are. */
static double net_of_period(const struct terms *terms, struct sums *sums, double worth, size_t at)
{
    double net = 0, call = terms->flows->call[at];
    for (int k = 0; k < MLD_CLASSES; k++) {
        double paid = terms->of_call[k] * call, back = terms->flows->distribution[k][at],
               left = sums->capital[k] + paid - back;
        sums->capital[k] = left > 0 ? left : 0;
        sums->paid += terms->held[k] * paid;
        sums->back += terms->held[k] * back;
        net += terms->held[k] * (paid - back);
        double private = k == MLD_CLASS_C ? 0 : (1 - terms->held[k]) * paid;
        sums->private += private;
        sums->private_pv += worth * private;
    }
    sums->invested += terms->flows->invested[at];
    return net;
}

static struct sums walk(const struct terms *terms, int path)
{
    struct sums sums = { 0 };
    double worth = 1, worth_equity = 1;
    size_t width = (size_t)terms->flows->width, at = (size_t)path;
    for (int t = 0; t <= terms->grid->last; t++, at += width) {
        worth *= terms->factor;
        worth_equity *= terms->equity;
        double admin = terms->admin * outstanding(terms, &sums, t, at - width),
               granted = mld_fund_granted_in(terms->grid, terms->fund, t),
               net = granted + net_of_period(terms, &sums, worth, at);
        sums.paid += granted;
        sums.cost += net + admin;
        sums.pv += worth * (net + admin);
        sums.bare += worth * net;
        sums.equity += worth_equity * net;
        sums.position += net + admin;
        sums.peak = sums.position > sums.peak ? sums.position : sums.peak;
    }
    return sums;
}

/* ---- the guarantee ---- */

/* Peak of cumulated dues less receipts, the operator's cost aside. */
static double peak_dues(const struct mld_guarantee_flows *flows, int last, int path)
{
    double position = 0, peak = 0;
    for (int t = 0; t <= last; t++) {
        size_t at = (size_t)t * (size_t)flows->stride + (size_t)path;
        position += flows->due[at] - flows->fee[at] - flows->upside[at] - flows->counter[at];
        peak = position > peak ? position : peak;
    }
    return peak;
}

/* Σ of a flow of the guarantee, discounted. */
static double discounted(const struct mld_guarantee_flows *flows, const double *series, int last,
                         int path)
{
    double sum = 0, worth = 1;
    for (int t = 0; t <= last; t++) {
        worth *= flows->total.factor;
        sum += worth * series[(size_t)t * (size_t)flows->stride + (size_t)path];
    }
    return sum;
}

/* What leaves the budget for it: dotation and operator, or without a dotation dues on balance. */
static double guarantee_peak(const struct mld_plan *plan, const struct mld_guarantee_flows *flows,
                             int path)
{
    double peak = 0;
    for (int i = 0; i < plan->guarantee.n_dotations; i++)
        peak += plan->guarantee.dotation[i].amount;
    return plan->guarantee.n_dotations ? peak : peak_dues(flows, plan->model.grid.last, path);
}

/* Adds the guarantee to what the State's part of the fund costs. */
static void take_guarantee(const struct mld_plan *plan, const struct mld_trial *trial,
                           const struct mld_guarantee_flows *flows,
                           const double *const read[MLD_TRIAL_READS], int path, struct sums *sums)
{
    int counted = isnan(trial->admin);
    double operator_cost = flows->total.operator_cost[path],
           cost = read[MLD_READ_NET_COST][path] - operator_cost, pv = read[MLD_READ_BUDGET][path],
           bare = pv - discounted(flows, flows->operator_cost, plan->model.grid.last, path);
    sums->cost += counted ? cost + operator_cost : cost;
    sums->pv += counted ? pv : bare;
    sums->bare += bare;
    sums->paid += cost;
    sums->peak += guarantee_peak(plan, flows, path) + (counted ? operator_cost : 0);
}

/* Tickets of the deals that the guarantee covers, discounted. */
static double financing(const struct mld_plan *plan, const struct mld_guarantee_spec *spec,
                        const struct mld_covers *covers, double factor, int path)
{
    double sum = 0;
    for (int l = 0; l < spec->n_layers; l++) {
        double worth = 1;
        for (int t = 0; t <= plan->model.grid.last && spec->layer[l].covers < 0; t++) {
            const double *made = covers->rows[spec->layer[l].rows].made;
            worth *= factor;
            sum += worth * made[(size_t)t * (size_t)covers->width + (size_t)path];
        }
    }
    return sum;
}

/* ---- a batch ---- */

static void put(double *column, size_t path, double value)
{
    if (column)
        column[path] = value;
}

const char *const mld_trial_reads[MLD_TRIAL_READS] = { "net_cost", "budget_discounted", "net_irr_a",
                                                       "loss_a", "carry" };

static void put_measures(const struct mld_trial *trial, const double *const read[MLD_TRIAL_READS],
                         int path, size_t to)
{
    put(trial->column[MLD_OUT_IRR], to, read[MLD_READ_IRR][path]);
    put(trial->column[MLD_OUT_LOSS], to, read[MLD_READ_LOSS][path]);
    put(trial->column[MLD_OUT_CARRY], to, read[MLD_READ_CARRY][path]);
}

/* Measures of the batch. */
static void find_measures(const struct mld_trial *trial, const struct mld_workspace *workspace,
                          const double *read[MLD_TRIAL_READS])
{
    for (int i = 0; i < MLD_TRIAL_READS; i++)
        read[i] = workspace->design[trial->place].value +
                  (size_t)mld_measure_named(mld_trial_reads[i]) * (size_t)workspace->width;
}

void mld_outcomes_fill(const struct mld_plan *plan, const struct mld_trial *trial,
                       const struct mld_workspace *workspace, uint32_t first, int paths)
{
    const struct mld_design *design = &plan->design[trial->place];
    const struct mld_design_flows *flows = &workspace->design[trial->place];
    const struct terms terms = terms_of(plan, trial, &flows->fund);
    const double *read[MLD_TRIAL_READS];
    find_measures(trial, workspace, read);
    for (int p = 0; p < paths; p++) {
        size_t to = first + (size_t)p;
        struct sums sums = walk(&terms, p);
        if (design->guarantee)
            take_guarantee(plan, trial, &flows->guarantee, read, p, &sums);
        put(trial->bare, to, sums.bare);
        put(trial->column[MLD_OUT_PV], to, sums.pv);
        if (trial->financing)
            trial->financing[to] = financing(
                plan, design->guarantee, &workspace->lives[design->lives].covers, terms.factor, p);
        if (!trial->full)
            continue;
        const double none = (double)NAN;
        put(trial->column[MLD_OUT_COST], to, sums.cost);
        put(trial->column[MLD_OUT_PEAK], to, sums.peak);
        put(trial->column[MLD_OUT_PEAK_DUES], to,
            design->guarantee ? peak_dues(&flows->guarantee, terms.grid->last, p) : none);
        put(trial->column[MLD_OUT_PRIVATE], to, sums.private);
        put(trial->column[MLD_OUT_PRIVATE_PV], to, sums.private_pv);
        put(trial->column[MLD_OUT_LOSES], to,
            (double)mld_exceeds(sums.paid, sums.back, fabs(sums.paid)));
        put(trial->column[MLD_OUT_EQUITY], to, design->guarantee ? none : sums.equity);
        put(trial->column[MLD_OUT_UNPAID], to,
            design->guarantee ? (double)(flows->guarantee.total.exhausted[p] > 0) : none);
        put_measures(trial, read, p, to);
    }
}
