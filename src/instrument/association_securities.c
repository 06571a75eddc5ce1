/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Association securities (titres associatifs): a coupon the law caps, repaid at the earliest after
 * seven years and once surpluses since issue exceed the nominal. Source: model, section 5.4; Code
 * monétaire et financier L213-8 ff.
 */
#include "instrument/contract.h"
#include "instrument/registry.h"
#include "instrument/terms.h"

enum { LEGAL_YEARS = 7 /* no repayment before: Code monétaire et financier L213-9 ff. */ };

/* Surpluses that reach the nominal; ten years of a tenth add up to a hair less than 1 in binary. */
#define NOMINAL (1.0 - 1e-12)

static const struct mld_param params[] = {
    TERM("coupon", association_securities.coupon, "1/year", 0.0, 0.5, 0.05, 0,
         "Annual coupon wished for, before the legal cap, fixed at issue.",
         "Coupon annuel souhaité, avant plafond légal, fixé à l'émission.",
         "Code monétaire et financier L213-13"),
    TERM("cap_margin", association_securities.cap_margin, "1/year", 0.0, 1.0, 0.055, 0,
         "Margin of the legal cap over the average yield of private bonds (TMO): at most 0.055, "
         "0.03 if repayable at the issuer's option only.",
         "Marge du plafond légal sur le taux moyen obligataire (TMO) : au plus 0,055, ou 0,03 si "
         "le remboursement est au seul gré de l'émetteur.",
         "Code monétaire et financier L213-13"),
    TERM("target_years", association_securities.target_years, "years", 0.0, 40.0, 8.0, 0,
         "Age at which the issuer means to repay; never before 7 years, and only once surpluses "
         "since issue exceed the nominal.",
         "Âge auquel l'émetteur vise de rembourser ; jamais avant 7 ans, ni avant que les "
         "excédents depuis l'émission dépassent le nominal.",
         "Code monétaire et financier L213-9 ff."),
    /* The check of the margin alone reads it. */
    TERM_BOOL(MLD_STAGE_NONE, "issuer_option", association_securities.issuer_option,
              "Whether the securities are repayable at the issuer's option only, which lowers the "
              "legal cap.",
              "Si les titres sont remboursables au seul gré de l'émetteur, ce qui abaisse le "
              "plafond légal.",
              "Code monétaire et financier L213-13"),
    MLD_PARAM_END
};

static int check(const struct mld_terms *terms, const char *where, struct mld_messages *messages)
{
    const char *name = "association_securities";
    int mistakes = mld_terms_check_common(terms, name, where, messages);
    double margin = terms->association_securities.cap_margin;
    if (margin > 0.055)
        mistakes += mld_terms_refuse(
            where, name, messages,
            "cap_margin = %g: the coupon may exceed the bond yield by at most 0.055 "
            "(Code monétaire et financier, art. L213-13)",
            margin);
    else if (margin > 0.03 && terms->association_securities.issuer_option)
        mistakes += mld_terms_refuse(where, name, messages,
                                     "cap_margin = %g: securities repayable at the issuer's option "
                                     "only may exceed the bond yield by at most 0.03 "
                                     "(Code monétaire et financier, art. L213-13)",
                                     margin);
    return mistakes;
}

/* First anniversary a ≥ max(7, target) with X(a) ≥ 1, in periods, or an age that t_L precedes. */
static int redemption_age(double target_years, const struct mld_setting *setting, int ages)
{
    const double *surplus = mld_surplus_by_anniversary(setting);
    int target = mld_first_anniversary(target_years);
    int first = target > LEGAL_YEARS ? target : LEGAL_YEARS;
    double sum = 0.0;
    for (int a = 1; a <= mld_last_anniversary(setting->m, ages); a++) {
        sum += surplus[a];
        if (a >= first && sum >= NOMINAL)
            return a * setting->m;
    }
    return ages + 1;
}

/* min(c, r(y(t0)) + cap_margin), never negative. */
static double fixed_rate(const struct mld_setting *setting)
{
    const struct mld_terms *terms = setting->terms;
    double cap = setting->tmo[setting->t0 / setting->m] + terms->association_securities.cap_margin;
    double rate = terms->association_securities.coupon < cap ? terms->association_securities.coupon
                                                             : cap;
    return rate > 0.0 ? rate : 0.0;
}

static void fill(const struct mld_setting *setting, struct mld_contract *contract)
{
    const struct mld_terms *terms = setting->terms;
    int ages = setting->last - setting->t0;
    int redemption = redemption_age(terms->association_securities.target_years, setting, ages);
    if (mld_contract_hold(setting, contract, redemption, 0.0))
        contract->capital[redemption] = setting->amount;
    double coupon = setting->amount * mld_rate_paid(setting, fixed_rate(setting));
    for (int n = setting->m; n <= contract->end_age; n += setting->m)
        contract->income[n] = coupon;
}

const struct mld_instrument mld_instrument_association_securities = {
    .name = "association_securities",
    .summary_en = "Association securities: a coupon capped by law, repaid after seven years once "
                  "surpluses exceed the nominal.",
    .summary_fr = "Titres associatifs : un coupon plafonné par la loi, remboursés après sept ans "
                  "dès que les excédents dépassent le nominal.",
    .legal_fr =
        "Code monétaire et financier, art. L213-8 et suivants ; loi n° 2014-856 du 31 juillet "
        "2014, art. 70 : pas de "
        "remboursement avant sept ans, taux plafonné à la moyenne obligataire majorée (L213-13).",
    .source = "model, section 5.4; Code monétaire et financier L213-8 ff.",
    .params = params,
    .quota = MLD_QUOTA_FULL,
    .grant = MLD_GRANT_DEBT,
    .fixed_rate = fixed_rate,
    .reads = mld_terms_read_performance,
    .check = check,
    .fill = fill
};
