/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Convertible bonds: a coupon, then the better of a premium and of a share of the equity's value.
 * Source: model, section 5.6.
 */
#include "instrument/contract.h"
#include "instrument/registry.h"
#include "instrument/terms.h"

static const struct mld_param params[] = {
    TERM("coupon", convertible.coupon, "1/year", 0.0, 0.5, 0.04, 0,
         "Annual coupon on the nominal, paid each period.",
         "Coupon annuel sur le nominal, versé chaque période.",
         "Code de commerce L228-91; model, section 5.6"),
    TERM("premium", convertible.premium, "1/year", 0.0, 0.5, 0.04, 0,
         "Yearly premium paid at maturity when the bond is not converted.",
         "Prime de non-conversion par an, versée à l'échéance.", "model, section 5.6"),
    TERM("maturity_years", convertible.maturity_years, "years", 0.1, 40.0, 6.0, 0,
         "Time to maturity.", "Durée jusqu'à l'échéance.", "model, section 5.6"),
    TERM("conversion_ratio", convertible.conversion_ratio, "1", 0.0, 10.0, 0.8, MLD_JUDGEMENT,
         "Value received on conversion, as a multiple of the nominal per unit of value multiple.",
         "Valeur reçue à la conversion, en multiple du nominal par unité de multiple de valeur.",
         MLD_BESIDE("5.6",
                    "Code de commerce L228-91; judged so that convertible bonds earn less than "
                    "shares and more than bonds",
                    "Code de commerce L228-91 ; jugé pour que les obligations convertibles "
                    "rapportent moins que les actions et plus que les obligations")),
    TERMS_OF_VALUE(convertible.value),
    MLD_PARAM_END
};

static int check(const struct mld_terms *terms, const char *where, struct mld_messages *messages)
{
    return mld_terms_check_common(terms, "convertible", where, messages);
}

/* (1 + rate)^(age/m): whole years by products, what is left by e^(x ln(1 + rate)). */
static double compounded(double rate, int m, int age)
{
    double factor = 1.0;
    for (int year = 0; year < age / m; year++)
        factor *= 1.0 + rate;
    if (age % m)
        factor *= mld_exp((double)(age % m) / m * mld_log(1.0 + rate));
    return factor;
}

/* Its age; a later lot falls due with the first. */
static int maturity_of(const struct mld_setting *setting)
{
    return mld_payment_age(setting->m, setting->terms->convertible.maturity_years) - setting->held;
}

/* Value multiples M at maturity. */
static void draw(int n, struct mld_setting *const *setting)
{
    double log_multiple[MLD_DEALS_TOGETHER] = { 0 }, multiple[MLD_DEALS_TOGETHER];
    for (int k = 0; k < n; k++)
        log_multiple[k] = mld_value_log(&setting[k]->terms->convertible.value, setting[k],
                                        maturity_of(setting[k]));
    mld_exp_n(n, log_multiple, multiple);
    for (int k = 0; k < n; k++)
        setting[k]->own = multiple[k];
}

/* A max((1+premium)^τ, κ min(M, cap)) */
static double redemption(const struct mld_terms *terms, const struct mld_setting *setting,
                         int maturity)
{
    double multiple = setting->own;
    double cap = terms->convertible.value.multiple_cap;
    double converted = terms->convertible.conversion_ratio * (multiple < cap ? multiple : cap);
    double kept = compounded(terms->convertible.premium, setting->m, maturity);
    return setting->amount * (converted > kept ? converted : kept);
}

static double fixed_rate(const struct mld_setting *setting)
{
    return setting->terms->convertible.coupon;
}

static void fill(const struct mld_setting *setting, struct mld_contract *contract)
{
    const struct mld_terms *terms = setting->terms;
    int maturity = maturity_of(setting);
    double coupon = setting->amount * (mld_rate_paid(setting, fixed_rate(setting)) / setting->m);
    if (mld_contract_hold(setting, contract, maturity, coupon))
        contract->capital[maturity] = redemption(terms, setting, maturity);
}

const struct mld_instrument mld_instrument_convertible = {
    .name = "convertible",
    .summary_en = "Convertible bonds: a coupon, and at maturity the better of a premium and of the "
                  "equity's value.",
    .summary_fr = "Obligations convertibles : un coupon, puis à l'échéance le meilleur de la prime "
                  "et de la valeur des actions.",
    .legal_fr = "Valeurs mobilières donnant accès au capital : Code de commerce, art. L228-91 et "
                "suivants ; "
                "quota des FPCI : Code monétaire et financier, art. L214-28.",
    .source = "model, section 5.6; Code de commerce L228-91 ff.",
    .params = params,
    .leaves_together = 1,
    .quota = MLD_QUOTA_FULL,
    .grant = MLD_GRANT_RISK_FINANCE,
    .fixed_rate = fixed_rate,
    .reads = mld_terms_read_value,
    .check = check,
    .draw = draw,
    .fill = fill
};
