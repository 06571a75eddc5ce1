/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Participating loans (prêts participatifs): interest only, then principal, and a share of the
 * issuer's surplus.
 * Source: model, section 5.5; Code monétaire et financier L313-13 ff.
 */
#include "core/vector.h"
#include "instrument/contract.h"
#include "instrument/registry.h"
#include "instrument/terms.h"

#define LAW "Code monétaire et financier L313-13 ff."

static const struct mld_param params[] = {
    TERM("rate", participating_loan.rate, "1/year", 0.0, 0.5, 0.04, 0,
         "Annual interest on the outstanding principal, paid each period.",
         "Intérêt annuel sur le capital restant dû, versé chaque période.", LAW),
    TERM("maturity_years", participating_loan.maturity_years, "years", 0.1, 40.0, 7.0, 0,
         "Time to maturity, grace included.", "Durée jusqu'à l'échéance, différé compris.", LAW),
    TERM("grace_years", participating_loan.grace_years, "years", 0.0, 40.0, 2.0, 0,
         "Years of interest only, before the first principal.",
         "Différé d'amortissement : années d'intérêts seuls, avant le premier remboursement.", LAW),
    TERM("profit_share", participating_loan.profit_share, "1", 0.0, 1.0, 0.05, 0,
         "Share of a year's surplus paid on anniversaries, beside interest.",
         "Part de l'excédent de l'exercice versée aux anniversaires, en plus de l'intérêt.", LAW),
    TERM_CHOICE("amortisation", participating_loan.amortisation, "linear|annuity",
                "Repayment after grace: equal principal (linear) or equal payments (annuity).",
                "Remboursement après le différé : capital constant (linear) ou échéances "
                "constantes (annuity).",
                "model, section 5.5"),
    MLD_PARAM_END
};

static int check(const struct mld_terms *terms, const char *where, struct mld_messages *messages)
{
    int mistakes = mld_terms_check_common(terms, "participating_loan", where, messages);
    if (terms->participating_loan.grace_years >= terms->participating_loan.maturity_years)
        mistakes += mld_terms_refuse(where, "participating_loan", messages,
                                     "grace_years = %g must be below maturity_years = %g",
                                     terms->participating_loan.grace_years,
                                     terms->participating_loan.maturity_years);
    return mistakes;
}

/* Outstanding from the end of grace: A (K − k) / K after k of the K payments. */
static MLD_CLONES void fill_linear(double amount, int grace, int maturity, int end,
                                   double *restrict outstanding)
{
    double part = amount / (maturity - grace);
    for (int n = grace + 1; n <= end; n++)
        outstanding[n] = part * (maturity - n);
}

/*
 * Equal payments: after k of them the principal repaid is A s(k) / s(K), s(k) = ((1+i)^k − 1) / i,
 * the final value of k payments of 1. Written s(k) = s(k−1)(1+i) + 1, which at i = 0 is s(k) = k:
 * no rate needs a special case.
 */
static void fill_annuity(double amount, double rate, int grace, int maturity, int end,
                         double *restrict outstanding)
{
    double total = 0.0, sum = 0.0;
    for (int k = grace; k < maturity; k++)
        total = total * (1.0 + rate) + 1.0;
    for (int n = grace + 1; n <= end; n++) {
        sum = sum * (1.0 + rate) + 1.0;
        outstanding[n] = amount * (1.0 - sum / total);
    }
}

/* profit_share max(0, s) A on anniversaries, that of the maturity included. */
static void add_profit_share(double share, const struct mld_setting *setting,
                             struct mld_contract *contract)
{
    const double *surplus = mld_surplus_by_anniversary(setting);
    for (int b = 1; b <= mld_last_anniversary(setting->m, contract->end_age); b++)
        contract->income[b * setting->m] += share * setting->amount *
                                            (surplus[b] > 0.0 ? surplus[b] : 0.0);
}

static double fixed_rate(const struct mld_setting *setting)
{
    return setting->terms->participating_loan.rate;
}

static void fill(const struct mld_setting *setting, struct mld_contract *contract)
{
    const struct mld_terms *terms = setting->terms;
    double rate = mld_rate_paid(setting, fixed_rate(setting)) / setting->m;
    int maturity = mld_payment_age(setting->m, terms->participating_loan.maturity_years);
    int grace = mld_nearest_periods(setting->m, terms->participating_loan.grace_years);
    mld_contract_hold(setting, contract, maturity, 0.0);
    if (terms->participating_loan.amortisation == MLD_LOAN_ANNUITY)
        fill_annuity(setting->amount, rate, grace, maturity, contract->end_age,
                     contract->outstanding);
    else
        fill_linear(setting->amount, grace, maturity, contract->end_age, contract->outstanding);
    mld_contract_pay_debt(contract, rate);
    add_profit_share(terms->participating_loan.profit_share, setting, contract);
}

const struct mld_instrument mld_instrument_participating_loan = {
    .name = "participating_loan",
    .summary_en =
        "Participating loans: interest only, then principal, and a share of the issuer's surplus.",
    .summary_fr = "Prêts participatifs : intérêts seuls, puis amortissement, et une part de "
                  "l'excédent de l'émetteur.",
    .legal_fr = "Code monétaire et financier, art. L313-13 à L313-17 : créance de dernier rang, "
                "intérêt majorable selon le "
                "résultat ; prêts des FPCI dans la limite de 10 %.",
    .source = "model, section 5.5; Code monétaire et financier L313-13 ff.",
    .params = params,
    .is_loan = 1,
    .quota = MLD_QUOTA_NONE,
    .grant = MLD_GRANT_DEBT,
    .fixed_rate = fixed_rate,
    .reads = mld_terms_read_performance,
    .check = check,
    .fill = fill
};
