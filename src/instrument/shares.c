/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shares (actions): bought at t0, held for a random time, sold at a lognormal multiple. Source:
 * model, section 5.1.
 */
#include "core/vector.h"
#include "instrument/contract.h"
#include "instrument/registry.h"
#include "instrument/terms.h"

static const struct mld_param params[] = {
    TERMS_OF_VALUE(shares.value),
    TERM("holding_mean", shares.holding_mean, "years", 0.1, 40.0, 6.5, MLD_JUDGEMENT,
         "Mean of the lognormal holding period, before its clamp.",
         "Moyenne de la durée de détention, lognormale, avant bornes.",
         MLD_JUDGED("5.1", "5 years is as fast as the fund invests, 9 nearly all of its life",
                    "5 ans est aussi vite que le fonds investit, 9 presque toute sa durée")),
    TERM("holding_sigma", shares.holding_sigma, "1", 0.0, 3.0, 0.35, MLD_JUDGEMENT,
         "Standard deviation of the logarithm of the holding period.",
         "Écart-type du logarithme de la durée de détention.",
         MLD_JUDGED("5.1", "two exits in three between 0.7 and 1.4 times the median",
                    "deux sorties sur trois entre 0,7 et 1,4 fois la médiane")),
    TERM("holding_min", shares.holding_min, "years", 0.0, 40.0, 3.0, MLD_JUDGEMENT,
         "Shortest holding period.", "Durée de détention minimale.",
         MLD_JUDGED("5.1", "no exit before a first plan is carried out",
                    "aucune sortie avant qu'un premier plan soit mené")),
    TERM("holding_max", shares.holding_max, "years", 0.0, 40.0, 10.0, MLD_JUDGEMENT,
         "Longest holding period.", "Durée de détention maximale.",
         MLD_JUDGED("5.1", "the term of the fund, before its extensions",
                    "la durée du fonds, avant prorogation")),
    TERM_FROM(
        MLD_STAGE_PORTFOLIO, "dividend_rate", shares.dividend_rate, "1/year", 0.0, 0.5, 0.0,
        MLD_JUDGEMENT, "Dividend on anniversaries of years in surplus, as a fraction of cost.",
        "Dividende aux anniversaires des exercices excédentaires, en part du prix de revient.",
        MLD_BESIDE("5.1",
                   "loi n° 2014-856 du 31 juillet 2014, art. 1: at least half of the profit is "
                   "kept, hence little or nothing",
                   "loi n° 2014-856 du 31 juillet 2014, art. 1 : au moins la moitié des bénéfices "
                   "est conservée, d'où peu ou rien")),
    MLD_PARAM_END
};

static int check(const struct mld_terms *terms, const char *where, struct mld_messages *messages)
{
    int mistakes = mld_terms_check_common(terms, "shares", where, messages);
    if (terms->shares.holding_min > terms->shares.holding_max)
        mistakes += mld_terms_refuse(where, "shares", messages,
                                     "holding_min = %g is above holding_max = %g",
                                     terms->shares.holding_min, terms->shares.holding_max);
    return mistakes;
}

/*
 * Ages at the sale: h = median e^(sd z) = mean e^(sd z − sd²/2), clamped, to the nearest period;
 * a sale needs one period at least. A later lot is sold with the first.
 */
static void draw(int n, struct mld_setting *const *setting)
{
    double u[MLD_DEALS_TOGETHER], z[MLD_DEALS_TOGETHER], factor[MLD_DEALS_TOGETHER];
    mld_settings_uniform(n, setting, 0, u);
    mld_normal_quantile_n(n, u, z);
    for (int k = 0; k < n; k++) {
        double sd = setting[k]->terms->shares.holding_sigma;
        z[k] = sd * z[k] - 0.5 * sd * sd;
    }
    mld_exp_n(n, z, factor);
    for (int k = 0; k < n; k++) {
        const struct mld_terms *terms = setting[k]->terms;
        double years = terms->shares.holding_mean * factor[k];
        years = years < terms->shares.holding_min ? terms->shares.holding_min : years;
        years = years > terms->shares.holding_max ? terms->shares.holding_max : years;
        setting[k]->own = mld_payment_age(setting[k]->m, years) - setting[k]->held;
    }
}

static MLD_CLONES void scale_capped(int count, double amount, double cap,
                                    const double *restrict multiple, double *restrict value)
{
    for (int n = 0; n < count; n++)
        value[n] = amount * (multiple[n] < cap ? multiple[n] : cap);
}

/*
 * Value at ages 1 … exit, that of the exit being its proceeds; bought and sold in t_L, it is the
 * cost.
 */
static double fill_value(const struct mld_value_terms *terms, const struct mld_setting *setting,
                         int exit, double *value)
{
    double log_multiple[MLD_MAX_PERIODS + 1 + MLD_BLOCK], multiple[MLD_MAX_PERIODS + 1 + MLD_BLOCK];
    if (exit == 0)
        return setting->amount;
    mld_value_logs(terms, setting, exit, log_multiple);
    mld_exp_n((exit + MLD_BLOCK - 1) / MLD_BLOCK * MLD_BLOCK, log_multiple + 1, multiple + 1);
    scale_capped(exit, setting->amount, terms->multiple_cap, multiple + 1, value + 1);
    return value[exit];
}

/*
 * Dividends are paid while the shares are held, the anniversary of the exit included: that year was
 * held to its end.
 */
static void fill_dividends(double dividend, const struct mld_setting *setting, int exit,
                           double *income)
{
    const double *surplus = mld_surplus_by_anniversary(setting);
    for (int b = 1; b <= mld_last_anniversary(setting->m, exit); b++)
        income[b * setting->m] = surplus[b] > 0.0 ? dividend : 0.0;
}

static void fill(const struct mld_setting *setting, struct mld_contract *contract)
{
    const struct mld_terms *terms = setting->terms;
    int wished = (int)setting->own, ages = setting->last - setting->t0;
    int exit = wished < ages ? wished : ages;
    mld_contract_hold(setting, contract, exit, 0.0);
    if (terms->shares.dividend_rate > 0.0)
        fill_dividends(terms->shares.dividend_rate * setting->amount, setting, exit,
                       contract->income);
    contract->exit_age = exit;
    contract->exit_proceeds = fill_value(&terms->shares.value, setting, exit, contract->value);
    contract->exit_forced = wished > ages;
    contract->capital[exit] = contract->exit_proceeds;
    contract->value[exit] = 0.0;
}

/* Surpluses decide about dividends only. */
static unsigned reads(const struct mld_terms *terms)
{
    return MLD_READS_VALUE | (terms->shares.dividend_rate > 0.0 ? MLD_READS_PERFORMANCE : 0U);
}

const struct mld_instrument mld_instrument_shares = {
    .name = "shares",
    .summary_en = "Shares of a company, sold after some years at a random multiple of their cost.",
    .summary_fr = "Actions d'une société, cédées après quelques années à un multiple aléatoire de "
                  "leur prix de revient.",
    .legal_fr = "Actions de sociétés de l'économie sociale et solidaire : loi n° 2014-856 du 31 "
                "juillet 2014, art. 1 ; "
                "quota des FPCI : Code monétaire et financier, art. L214-28.",
    .source = "model, section 5.1; Code monétaire et financier L214-28",
    .params = params,
    .is_equity = 1,
    .leaves_together = 1,
    .quota = MLD_QUOTA_FULL,
    .grant = MLD_GRANT_RISK_FINANCE,
    .reads = reads,
    .check = check,
    .draw = draw,
    .fill = fill
};
