/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The waterfall (model, section 8): whole-fund, without claw-back, one function and one row of
 * mld_tiers per type. Each tier takes from `left` and books what it pays to A and B, and what it
 * gives to C.
 */
#include "fund/accounts.h"

#include <string.h>

#include "core/vector.h"

/*
 * H(t) = H(t−1)·(1+h)^(1/m) + call; capital(t) = capital(t−1) + call. What the tiers pay is taken
 * off later.
 */
MLD_CLONES
static void accrue(int n, double share, double growth, const double *restrict call,
                   double *restrict hurdle, double *restrict capital)
{
    for (int i = 0; i < n; i++) {
        hurdle[i] = hurdle[i] * growth + share * call[i];
        capital[i] += share * call[i];
    }
}

MLD_CLONES
static void add_share(int n, double share, const double *restrict call, double *restrict capital)
{
    for (int i = 0; i < n; i++)
        capital[i] += share * call[i];
}

void mld_fund_accrue(int t, struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_rates *rates = flows->rates;
    const double *call = mld_fund_row(flows, flows->call, t);
    int n = flows->width;
    accrue(n, rates->share[MLD_CLASS_A], rates->growth_a, call, accounts->hurdle_a,
           accounts->capital_a);
    accrue(n, rates->share[MLD_CLASS_B], rates->growth_b, call, accounts->hurdle_b,
           accounts->capital_b);
    add_share(n, rates->share[MLD_CLASS_C], call, accounts->capital_c);
}

/* How a tier treats A and B: factors of 0 or 1 and choices that no path changes. */
struct two_classes {
    double a, b; /* 1 when the tier pays the class */
    /* pro rata to what is due; or, under first_loss, A in full before B */
    double pro_rata, a_first;
    int capped; /* capped_return: B gets at most its account */
};

static struct two_classes two_classes(const struct mld_fund_spec *fund, const struct mld_tier *tier)
{
    return (struct two_classes){
        .a = tier->to == MLD_TO_A || tier->to == MLD_TO_A_AND_B ? 1.0 : 0.0,
        .b = tier->to == MLD_TO_B || tier->to == MLD_TO_A_AND_B ? 1.0 : 0.0,
        .pro_rata = fund->first_loss ? 0.0 : 1.0,
        .a_first = fund->first_loss ? 1.0 : 0.0,
        .capped = fund->capped_return,
    };
}

/*
 * What B gets of `paid` when A and B are due `due_a` and `due_b`, at least `paid` together. A gets
 * the rest, so that nothing is lost to rounding. The two ways are weighted by 0 and 1, which is
 * exact: gcc 12 does not vectorise a choice between a division and something else.
 */
static inline double part_of_b(double paid, double due_a, double due_b, struct two_classes classes)
{
    double due = due_a + due_b;
    double pro_rata = paid / (due > 0.0 ? due : 1.0) * due_b;
    double after_a = mld_positive(paid - due_a);
    return classes.pro_rata * pro_rata + classes.a_first * after_a;
}

/* Capital called and not yet returned, of A and B. */
MLD_CLONES
static void return_capital(int n, struct two_classes classes,
                           const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double due_a = classes.a * mld_positive(at.capital_a[i]);
        double owed_b = mld_positive(at.capital_b[i]);
        double due_b = classes.b *
                       (classes.capped ? mld_least(owed_b, mld_positive(at.hurdle_b[i])) : owed_b);
        double paid = mld_least(at.left[i], due_a + due_b);
        double b = part_of_b(paid, due_a, due_b, classes);
        double a = paid - b;
        at.left[i] -= paid;
        at.capital_a[i] -= a;
        at.capital_b[i] -= b;
        at.hurdle_a[i] -= a;
        at.hurdle_b[i] -= b;
        at.to_a[i] += a;
        at.to_b[i] += b;
    }
}

MLD_CLONES
static void return_capital_of_c(int n, double *restrict left, double *restrict capital_c,
                                double *restrict c_capital)
{
    for (int i = 0; i < n; i++) {
        double paid = mld_least(left[i], mld_positive(capital_c[i]));
        left[i] -= paid;
        capital_c[i] -= paid;
        c_capital[i] += paid;
    }
}

static void pay_return_of_capital(const struct mld_fund_spec *fund,
                                  const struct mld_fund_rates *rates, const struct mld_tier *tier,
                                  int n, const struct mld_fund_accounts *accounts)
{
    (void)rates;
    if (tier->to == MLD_TO_C)
        return_capital_of_c(n, accounts->left, accounts->capital_c, accounts->c_capital);
    else
        return_capital(n, two_classes(fund, tier), accounts);
}

/* The yield that a class is still due is max(0, hurdle account − capital not returned). */
MLD_CLONES
static void pay_yield(int n, struct two_classes classes, const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_accounts at = *accounts;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double due_a = classes.a * mld_positive(at.hurdle_a[i] - at.capital_a[i]);
        double due_b = classes.b * mld_positive(at.hurdle_b[i] - at.capital_b[i]);
        double paid = mld_least(at.left[i], due_a + due_b);
        double b = part_of_b(paid, due_a, due_b, classes);
        double a = paid - b;
        at.left[i] -= paid;
        at.hurdle_a[i] -= a;
        at.hurdle_b[i] -= b;
        at.profit[i] += paid;
        at.to_a[i] += a;
        at.to_b[i] += b;
    }
}

static void pay_preferred_return(const struct mld_fund_spec *fund,
                                 const struct mld_fund_rates *rates, const struct mld_tier *tier,
                                 int n, const struct mld_fund_accounts *accounts)
{
    (void)rates;
    pay_yield(n, two_classes(fund, tier), accounts);
}

/*
 * C gets `part_c` of an amount, B its part of the rest (pro rata to paid-in, within its cap), A all
 * else. The amount is all that is left; or, to catch up, at most the x after which C has the share
 * k of the profit:
 *     carry + g x = k (profit + x), so x = (k profit − carry) / (g − k), with g = part_c > k.
 */
struct profit_terms {
    /* C's part of the amount; of the profit that it catches up with */
    double part_c, k;
    double paid_in_b;     /* of what A and B paid in */
    int catch_up, capped; /* 1: no more than catches up; 1: B gets at most its account */
};

MLD_CLONES
static void share_profit(int n, struct profit_terms terms, const struct mld_fund_accounts *accounts)
{
    const struct mld_fund_accounts at = *accounts;
    const double part_c = terms.part_c, k = terms.k, paid_in_b = terms.paid_in_b;
    const int catch_up = terms.catch_up, capped = terms.capped;
    MLD_INDEPENDENT
    for (int i = 0; i < n; i++) {
        double due = mld_positive((k * at.profit[i] - at.carry[i]) / (part_c - k));
        double paid = catch_up ? mld_least(at.left[i], due) : at.left[i];
        double c = part_c * paid;
        double pro_rata = paid_in_b * (paid - c);
        double b = capped ? mld_least(pro_rata, mld_positive(at.hurdle_b[i])) : pro_rata;
        double a = paid - c - b;
        at.left[i] -= paid;
        at.hurdle_a[i] -= a;
        at.hurdle_b[i] -= b;
        at.profit[i] += paid;
        at.carry[i] += c;
        at.to_a[i] += a;
        at.to_b[i] += b;
        at.c_carry[i] += c;
    }
}

/*
 * With g ≤ k C would never catch up: the tier is empty, which is how g = 0 stands for a hard
 * hurdle.
 */
static void pay_catch_up(const struct mld_fund_spec *fund, const struct mld_fund_rates *rates,
                         const struct mld_tier *tier, int n,
                         const struct mld_fund_accounts *accounts)
{
    (void)tier;
    const struct profit_terms terms = { .part_c = fund->catch_up,
                                        .k = fund->carry,
                                        .paid_in_b = rates->paid_in_b,
                                        .catch_up = 1,
                                        .capped = fund->capped_return };
    if (fund->catch_up > fund->carry)
        share_profit(n, terms, accounts);
}

static void pay_split(const struct mld_fund_spec *fund, const struct mld_fund_rates *rates,
                      const struct mld_tier *tier, int n, const struct mld_fund_accounts *accounts)
{
    (void)tier;
    const struct profit_terms terms = { .part_c = fund->carry,
                                        .paid_in_b = rates->paid_in_b,
                                        .capped = fund->capped_return };
    share_profit(n, terms, accounts);
}

const struct mld_tier_descriptor mld_tiers[] = {
    [MLD_TIER_RETURN_OF_CAPITAL] = {
        .name = "return_of_capital",
        .summary_en = "Pays back the capital called and not yet returned; between A and B pro "
                      "rata to what is owed to each, or A first when B takes the first losses.",
        .summary_fr = "Rembourse le capital appelé et non encore rendu ; entre A et B au prorata "
                      "de ce qui est dû à chacune, ou à A d'abord lorsque B supporte les "
                      "premières pertes.",
        .source = "Model, section 8; Code général des impôts, art. 150-0 A, II, 8: carry units "
                  "are paid after the others' contributions are repaid.",
        .pays = 1U << MLD_TO_A | 1U << MLD_TO_B | 1U << MLD_TO_A_AND_B | 1U << MLD_TO_C,
        .settles = MLD_SETTLES_CAPITAL,
        .pay = pay_return_of_capital,
    },
    [MLD_TIER_PREFERRED_RETURN] = {
        .name = "preferred_return",
        .summary_en = "Pays A and B the yield of the hurdle: their hurdle account, compounded, "
                      "less the capital not yet returned.",
        .summary_fr = "Verse à A et B le rendement prioritaire : leur compte de rendement, "
                      "capitalisé, moins le capital non encore rendu.",
        .source = "Model, section 8.",
        .pays = 1U << MLD_TO_A | 1U << MLD_TO_B | 1U << MLD_TO_A_AND_B,
        .settles = MLD_SETTLES_YIELD,
        .pay = pay_preferred_return,
    },
    [MLD_TIER_CATCH_UP] = {
        .name = "catch_up",
        .summary_en = "Pays the carry units a larger share until they hold the agreed part of all "
                      "profit; empty when that share does not exceed the agreed part (hard "
                      "hurdle).",
        .summary_fr = "Verse aux parts de carried interest une part majorée jusqu'à ce qu'elles "
                      "détiennent la fraction convenue de tout le profit (rattrapage) ; sans "
                      "effet si cette part n'excède pas la fraction convenue.",
        .source = "Model, section 8; Code général des impôts, art. 150-0 A, II, 8: not before "
                  "five years.",
        .pay = pay_catch_up,
    },
    [MLD_TIER_SPLIT] = {
        .name = "split",
        .summary_en = "Shares what remains: the agreed part to the carry units, the rest to A and "
                      "B pro rata to what they paid in.",
        .summary_fr = "Partage le solde : la fraction convenue aux parts de carried interest, le "
                      "reste à A et B au prorata de leurs versements.",
        .source = "Model, section 8; Code général des impôts, art. 150-0 A, II, 8: not before "
                  "five years.",
        .pay = pay_split,
    },
    { .name = NULL }
};

const char *const mld_tier_to_names[] = {
    [MLD_TO_A] = "A", [MLD_TO_B] = "B", [MLD_TO_A_AND_B] = "A_and_B", [MLD_TO_C] = "C", NULL
};

/* Row of one tier and period of the trace. */
static double *traced(const struct mld_grid *grid, struct mld_fund_flows *flows, int tier, int t)
{
    return mld_fund_row(flows, flows->tier_paid, tier * grid->periods + t);
}

static void add_difference(int n, const double *restrict before, const double *restrict after,
                           double *restrict paid)
{
    for (int i = 0; i < n; i++)
        paid[i] += before[i] - after[i];
}

void mld_fund_run_tier(const struct mld_grid *grid, const struct mld_fund_spec *spec, int tier,
                       int t, struct mld_fund_flows *flows,
                       const struct mld_fund_accounts *accounts)
{
    const struct mld_tier *row = &spec->tier[tier];
    if (flows->tier_paid)
        memcpy(accounts->before, accounts->left, (size_t)flows->width * sizeof(double));
    mld_tiers[row->type].pay(spec, flows->rates, row, flows->width, accounts);
    if (flows->tier_paid)
        add_difference(flows->width, accounts->before, accounts->left,
                       traced(grid, flows, tier, t));
}

/* A list of tiers that does not end in a split may leave something: it stays in the cash. */
MLD_CLONES
static void return_to_cash(int n, const double *restrict left, double *restrict cash)
{
    for (int i = 0; i < n; i++)
        cash[i] += left[i];
}

void mld_fund_waterfall(const struct mld_grid *grid, const struct mld_fund_spec *spec, int t,
                        struct mld_fund_flows *flows, const struct mld_fund_accounts *accounts)
{
    size_t row = (size_t)flows->width * sizeof(double);
    memset(accounts->to_a, 0, row);
    memset(accounts->to_b, 0, row);
    memset(accounts->c_capital, 0, row);
    memset(accounts->c_carry, 0, row);
    for (int i = 0; i < spec->n_tiers; i++) {
        if (flows->tier_paid)
            memset(traced(grid, flows, i, t), 0, row);
        mld_fund_run_tier(grid, spec, i, t, flows, accounts);
    }
    return_to_cash(flows->width, accounts->left, accounts->cash);
    if (t == mld_fund_date_of_c(grid, spec))
        mld_fund_serve(grid, spec, t, flows, accounts);
}
