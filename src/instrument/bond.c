/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plain bonds (obligations): a coupon each period, repaid at maturity or in equal parts. Source:
 * model, section 5.6.
 */
#include "core/vector.h"
#include "instrument/contract.h"
#include "instrument/registry.h"
#include "instrument/terms.h"

static const struct mld_param params[] = {
    TERM("coupon", bond.coupon, "1/year", 0.0, 0.5, 0.065, 0,
         "Annual coupon on the outstanding nominal, paid each period.",
         "Coupon annuel sur l'encours nominal, versé chaque période.",
         "Code de commerce L228-38; model, section 5.6"),
    TERM("maturity_years", bond.maturity_years, "years", 0.1, 40.0, 6.0, 0, "Time to maturity.",
         "Durée jusqu'à l'échéance.", "model, section 5.6"),
    TERM_CHOICE("amortisation", bond.amortisation, "bullet|linear",
                "Repayment: at maturity (bullet) or in equal parts each period (linear).",
                "Remboursement : in fine (bullet) ou par parts égales chaque période (linear).",
                "model, section 5.6"),
    MLD_PARAM_END
};

static int check(const struct mld_terms *terms, const char *where, struct mld_messages *messages)
{
    return mld_terms_check_common(terms, "bond", where, messages);
}

/* Outstanding of equal parts: A (maturity − n) / maturity. */
static MLD_CLONES void fill_linear(double amount, int maturity, int end,
                                   double *restrict outstanding)
{
    double part = amount / maturity;
    for (int n = 1; n <= end; n++)
        outstanding[n] = part * (maturity - n);
}

static double fixed_rate(const struct mld_setting *setting) { return setting->terms->bond.coupon; }

static void fill(const struct mld_setting *setting, struct mld_contract *contract)
{
    const struct mld_terms *terms = setting->terms;
    int maturity = mld_payment_age(setting->m, terms->bond.maturity_years);
    double rate = mld_rate_paid(setting, fixed_rate(setting)) / setting->m;
    int in_time = mld_contract_hold(setting, contract, maturity, setting->amount * rate);
    if (terms->bond.amortisation == MLD_BOND_LINEAR) {
        fill_linear(setting->amount, maturity, contract->end_age, contract->outstanding);
        mld_contract_pay_debt(contract, rate);
    } else if (in_time) {
        contract->capital[maturity] = setting->amount;
    }
}

const struct mld_instrument mld_instrument_bond = {
    .name = "bond",
    .summary_en = "Plain bonds: a coupon each period, repaid at maturity or in equal parts.",
    .summary_fr = "Obligations simples : un coupon à chaque période, remboursées in fine ou par "
                  "parts égales.",
    .legal_fr = "Obligations : Code de commerce, art. L228-38 et suivants ; obligations des "
                "associations : Code monétaire "
                "et financier, art. L213-8 et suivants ; poche de 20 % des FPCI : art. L214-28.",
    .source = "model, section 5.6; Code de commerce L228-38 ff.",
    .params = params,
    .quota = MLD_QUOTA_POCKET,
    .grant = MLD_GRANT_DEBT,
    .fixed_rate = fixed_rate,
    .check = check,
    .fill = fill
};
