/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cooperative shares (parts sociales): interest the law caps, paid back at nominal less losses some
 * time after it is asked for, never a gain. Source: model, section 5.2; law of 10 September 1947,
 * art. 14.
 */
#include "instrument/contract.h"
#include "instrument/registry.h"
#include "instrument/terms.h"

/* The law's margin over the mean bond yield of the three calendar years before. */
#define CAP_MARGIN 0.02

static const struct mld_param params[] = {
    TERM("rate", cooperative_shares.rate, "1/year", 0.0, 0.5, 0.02, 0,
         "Annual interest wished for, before the legal cap and what the surplus allows.",
         "Intérêt annuel souhaité aux parts sociales, avant plafond légal et dans la limite de "
         "l'excédent.",
         "loi n° 47-1775 du 10 septembre 1947, art. 14"),
    TERM("reserve_share", cooperative_shares.reserve_share, "1", 0.0, 1.0, 0.575, 0,
         "Share of surplus put into reserves before any interest; 0.575 for a SCIC.",
         "Part de l'excédent mise en réserves avant tout intérêt ; 0,575 pour une SCIC.",
         "loi n° 47-1775 du 10 septembre 1947, art. 16 et 19 nonies"),
    TERM("lock_years", cooperative_shares.lock_years, "years", 0.0, 40.0, 7.0, 0,
         "Age at which repayment is asked for.", "Âge auquel le remboursement est demandé.",
         "model, section 5.2"),
    TERM("delay_max_years", cooperative_shares.delay_max_years, "years", 0.0, 20.0, 2.0, 0,
         "Longest time from the request to the payment, uniform by whole periods from 0.",
         "Délai maximal entre la demande et le paiement, uniforme par périodes entières à partir "
         "de 0.",
         "model, section 5.2"),
    TERM("loss_absorption", cooperative_shares.loss_absorption, "1", 0.0, 5.0, 0.5, MLD_JUDGEMENT,
         "Part of the deficits since the purchase that repayment is cut by.",
         "Part des déficits cumulés depuis la souscription qui réduit le remboursement.",
         MLD_BESIDE("5.2",
                    "loi n° 47-1775 du 10 septembre 1947, art. 18: losses are taken off; half of "
                    "them is judged, reserves bearing the rest",
                    "loi n° 47-1775 du 10 septembre 1947, art. 18 : les pertes sont déduites ; la "
                    "moitié est jugée, les réserves portant le reste")),
    MLD_PARAM_END
};

static int check(const struct mld_terms *terms, const char *where, struct mld_messages *messages)
{
    return mld_terms_check_common(terms, "cooperative_shares", where, messages);
}

/* Age at the repayment: asked for at lock_years, paid after one of m·delay_max_years + 1 delays. */
static int redemption_age(const struct mld_terms *terms, int m, double u)
{
    int values = mld_nearest_periods(m, terms->cooperative_shares.delay_max_years) + 1;
    int age = mld_nearest_periods(m, terms->cooperative_shares.lock_years) + (int)(u * values);
    return age > 1 ? age : 1;
}

/* Ages at the repayment, the delay being uniform from 0. */
static void draw(int n, struct mld_setting *const *setting)
{
    double u[MLD_DEALS_TOGETHER];
    mld_settings_uniform(n, setting, 0, u);
    for (int k = 0; k < n; k++)
        setting[k]->own = redemption_age(setting[k]->terms, setting[k]->m, u[k]);
}

/*
 * min(rate, cap, max(0, (1 − reserve_share) s)), cap = mean of r over the three years before +
 * 0.02; never negative.
 */
static double interest_rate(const struct mld_terms *terms, const struct mld_setting *setting,
                            int anniversary, double surplus)
{
    int year = setting->t0 / setting->m + anniversary;
    const double *tmo = setting->tmo;
    double cap = (tmo[year - 1] + tmo[year - 2] + tmo[year - 3]) / 3.0 + CAP_MARGIN;
    double allowed = (1.0 - terms->cooperative_shares.reserve_share) * surplus;
    double rate = terms->cooperative_shares.rate < cap ? terms->cooperative_shares.rate : cap;
    rate = rate < allowed ? rate : allowed;
    return rate > 0.0 ? rate : 0.0;
}

/*
 * Nominal less losses: A clamp(1 + loss_absorption · X, 0, 1), X the surpluses of the complete
 * years.
 */
static double redemption(const struct mld_terms *terms, const struct mld_setting *setting, int age)
{
    const double *surplus = mld_surplus_by_anniversary(setting);
    double sum = 0.0;
    for (int b = 1; b <= mld_last_anniversary(setting->m, age); b++)
        sum += surplus[b];
    double share = 1.0 + terms->cooperative_shares.loss_absorption * sum;
    share = share < 0.0 ? 0.0 : share;
    return setting->amount * (share > 1.0 ? 1.0 : share);
}

static void fill(const struct mld_setting *setting, struct mld_contract *contract)
{
    const struct mld_terms *terms = setting->terms;
    int age = (int)setting->own;
    if (mld_contract_hold(setting, contract, age, 0.0)) {
        contract->exit_age = age;
        contract->exit_proceeds = redemption(terms, setting, age);
        contract->capital[age] = contract->exit_proceeds;
    }
    /* The anniversary of the repayment bears interest too: that year was held to its end. */
    const double *surplus = mld_surplus_by_anniversary(setting);
    for (int b = 1; b <= mld_last_anniversary(setting->m, contract->end_age); b++)
        contract->income[b * setting->m] = setting->amount *
                                           interest_rate(terms, setting, b, surplus[b]);
}

const struct mld_instrument mld_instrument_cooperative_shares = {
    .name = "cooperative_shares",
    .summary_en =
        "Shares of a cooperative: capped interest, paid back at nominal less losses, never a gain.",
    .summary_fr = "Parts sociales d'une coopérative : intérêt plafonné, remboursées au nominal "
                  "moins les pertes, jamais de plus-value.",
    .legal_fr = "Loi n° 47-1775 du 10 septembre 1947 portant statut de la coopération, art. 14 "
                "(intérêt d'au plus la moyenne "
                "obligataire de trois ans majorée de deux points), 16, 18 et 19 nonies.",
    .source = "model, section 5.2; loi n° 47-1775 du 10 septembre 1947",
    .params = params,
    .is_equity = 1,
    .quota = MLD_QUOTA_FULL,
    .grant = MLD_GRANT_RISK_FINANCE,
    .reads = mld_terms_read_performance,
    .check = check,
    .draw = draw,
    .fill = fill
};
