/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Participating securities (titres participatifs): a fixed coupon, a coupon on the issuer's
 * performance, no maturity, and an option of the issuer to call from the seventh year. Source:
 * model, section 5.3; Code de commerce L228-36.
 */
#include "instrument/contract.h"
#include "instrument/registry.h"
#include "instrument/terms.h"

#define LAW "Code de commerce L228-36"

static const struct mld_param params[] = {
    TERM("fixed_rate", participating_securities.fixed_rate, "1/year", 0.0, 0.5, 0.04, 0,
         "Fixed part of the remuneration, on the part of the nominal the variable part does not "
         "take.",
         "Partie fixe de la rémunération, sur la part du nominal que la partie variable ne prend "
         "pas.",
         LAW),
    TERM("variable_base", participating_securities.variable_base, "1", 0.0, 1.0, 0.40, 0,
         "Share of the nominal on which the variable part is paid; the law allows at most 0.40.",
         "Assiette de la partie variable, en part du nominal ; la loi admet au plus 0,40.",
         "Code de commerce R228-49"),
    TERM("variable_mean", participating_securities.variable_mean, "1/year", -1.0, 1.0, 0.02, 0,
         "Variable rate of a year of average performance.",
         "Taux variable d'une année de performance moyenne.", LAW "; model, section 5.3"),
    TERM("variable_slope", participating_securities.variable_slope, "1/year", -1.0, 1.0, 0.02, 0,
         "Change of the variable rate for one standard deviation of performance.",
         "Variation du taux variable pour un écart-type de performance.",
         LAW "; model, section 5.3"),
    TERM("variable_floor", participating_securities.variable_floor, "1/year", 0.0, 1.0, 0.0, 0,
         "Lowest variable rate.", "Taux variable minimal.", LAW "; model, section 5.3"),
    TERM("variable_cap", participating_securities.variable_cap, "1/year", 0.0, 1.0, 0.05, 0,
         "Highest variable rate.", "Taux variable maximal.", LAW "; model, section 5.3"),
    TERM("step_up", participating_securities.step_up, "1/year", 0.0, 0.1, 0.0, 0,
         "Rise of the fixed rate for each year after the first call date.",
         "Hausse du taux fixe pour chaque année au-delà de la première date de rachat.",
         "model, section 5.3"),
    TERM("call_from_years", participating_securities.call_from_years, "years", 0.0, 40.0, 7.0, 0,
         "Age from which the issuer may repay; the law asks for at least 7 years.",
         "Âge à partir duquel l'émetteur peut rembourser ; la loi exige au moins 7 ans.", LAW),
    TERM("call_first", participating_securities.call_first, "1", 0.0, 1.0, 0.5, MLD_JUDGEMENT,
         "Probability that the issuer repays at the first anniversary it may.",
         "Probabilité que l'émetteur rembourse au premier anniversaire possible.",
         MLD_BESIDE("5.3",
                    "judged such that a holder waits about nine years, as ESFIN (La Jaune et la "
                    "Rouge, 2016), seven of them by law (Code de commerce L228-36)",
                    "jugé pour que le porteur attende environ neuf ans, comme l'ESFIN (La Jaune et "
                    "la Rouge, 2016), dont sept imposés par la loi (Code de commerce L228-36)")),
    TERM("call_next", participating_securities.call_next, "1", 0.0, 1.0, 0.25, MLD_JUDGEMENT,
         "The same at each later anniversary.", "La même à chaque anniversaire suivant.",
         MLD_BESIDE("5.3",
                    "judged with the first: two years more on average, so nine in all, as ESFIN "
                    "(La Jaune et la Rouge, 2016)",
                    "jugé avec le premier : deux ans de plus en moyenne, donc neuf en tout, comme "
                    "l'ESFIN (La Jaune et la Rouge, 2016)")),
    TERM("call_premium", participating_securities.call_premium, "1", 0.0, 1.0, 0.0, 0,
         "Premium over the nominal when the issuer repays.",
         "Prime sur le nominal quand l'émetteur rembourse.", LAW "; model, section 5.3"),
    MLD_PARAM_END
};

static int check(const struct mld_terms *terms, const char *where, struct mld_messages *messages)
{
    const char *name = "participating_securities";
    int mistakes = mld_terms_check_common(terms, name, where, messages);
    if (terms->participating_securities.variable_base > 0.40)
        mistakes += mld_terms_refuse(where, name, messages,
                                     "variable_base = %g: the variable part may bear on at most "
                                     "0.40 of the nominal (Code de commerce, art. R228-49)",
                                     terms->participating_securities.variable_base);
    if (terms->participating_securities.call_from_years < 7.0)
        mistakes += mld_terms_refuse(where, name, messages,
                                     "call_from_years = %g: the issuer may not repay before 7 "
                                     "years (Code de commerce, art. L228-36)",
                                     terms->participating_securities.call_from_years);
    if (terms->participating_securities.variable_floor >
        terms->participating_securities.variable_cap)
        mistakes += mld_terms_refuse(where, name, messages,
                                     "variable_floor = %g is above variable_cap = %g",
                                     terms->participating_securities.variable_floor,
                                     terms->participating_securities.variable_cap);
    return mistakes;
}

/* Deals that nobody has called yet. */
struct waiting {
    int n;
    struct mld_setting *setting[MLD_DEALS_TOGETHER];
};

/* First anniversary at which the issuer may call. */
static int first_call(const struct mld_setting *setting)
{
    int first = mld_first_anniversary(setting->terms->participating_securities.call_from_years);
    return first > 1 ? first : 1;
}

/* The uniform of anniversary a decides on a alone. Keeps those that may be called later. */
static void call(struct waiting *waiting, int a)
{
    double u[MLD_DEALS_TOGETHER];
    int left = 0;
    mld_settings_uniform(waiting->n, waiting->setting, (uint32_t)a, u);
    for (int k = 0; k < waiting->n; k++) {
        struct mld_setting *setting = waiting->setting[k];
        int first = first_call(setting);
        double probability = a < first    ? 0.0
                             : a == first ? setting->terms->participating_securities.call_first
                                          : setting->terms->participating_securities.call_next;
        if (u[k] < probability)
            setting->own = a * setting->m;
        else if ((a + 1) * setting->m <= setting->last - setting->t0)
            waiting->setting[left++] = setting;
    }
    waiting->n = left;
}

/* Ages at which the issuers call, or ones that t_L precedes. */
static void draw(int n, struct mld_setting *const *setting)
{
    struct waiting waiting = { 0 };
    int a = MLD_MAX_YEARS;
    for (int k = 0; k < n; k++) {
        int first = first_call(setting[k]), ages = setting[k]->last - setting[k]->t0;
        setting[k]->own = ages + 1;
        a = first < a ? first : a;
        if (first * setting[k]->m <= ages)
            waiting.setting[waiting.n++] = setting[k];
    }
    for (; waiting.n > 0; a++)
        call(&waiting, a);
}

/* The lowest that the fixed part (1−b)(f + step_up …) of the coupon is. */
static double fixed_rate(const struct mld_setting *setting)
{
    const struct mld_terms *terms = setting->terms;
    return (1.0 - terms->participating_securities.variable_base) *
           terms->participating_securities.fixed_rate;
}

/*
 * A [(1−b)(f + step_up max(0, a − call_from)) + b clamp(v₀ + v₁ Q, v_min, v_max)], the first term
 * being what is fixed
 */
static double coupon(const struct mld_setting *setting, int a, double quality)
{
    const struct mld_terms *terms = setting->terms;
    double late = a - terms->participating_securities.call_from_years;
    double fixed = terms->participating_securities.fixed_rate +
                   terms->participating_securities.step_up * (late > 0.0 ? late : 0.0);
    double variable = terms->participating_securities.variable_mean +
                      terms->participating_securities.variable_slope * quality;
    double low = terms->participating_securities.variable_floor,
           high = terms->participating_securities.variable_cap;
    variable = variable < low ? low : variable;
    variable = variable > high ? high : variable;
    double base = terms->participating_securities.variable_base;
    return setting->amount * (mld_rate_paid(setting, (1.0 - base) * fixed) + base * variable);
}

static void fill(const struct mld_setting *setting, struct mld_contract *contract)
{
    const struct mld_terms *terms = setting->terms;
    int call = (int)setting->own;
    if (mld_contract_hold(setting, contract, call, 0.0))
        contract->capital[call] = setting->amount *
                                  (1.0 + terms->participating_securities.call_premium);
    const double *quality = mld_quality_by_anniversary(setting);
    for (int a = 1; a <= mld_last_anniversary(setting->m, contract->end_age); a++)
        contract->income[a * setting->m] = coupon(setting, a, quality[a]);
}

const struct mld_instrument mld_instrument_participating_securities = {
    .name = "participating_securities",
    .summary_en = "Participating securities of a cooperative: a fixed and a variable coupon, no "
                  "maturity, a call from the seventh year.",
    .summary_fr = "Titres participatifs d'une coopérative : rémunération fixe et variable, sans "
                  "échéance, rachat possible dès la septième année.",
    .legal_fr = "Code de commerce, art. L228-36 et L228-37, R228-49 et suivants : remboursables à "
                "la liquidation, ou à "
                "l'initiative de la société après sept ans ; assiette de la partie variable d'au "
                "plus 40 % du nominal.",
    .source = "model, section 5.3; Code de commerce L228-36, R228-49 ff.",
    .params = params,
    .quota = MLD_QUOTA_FULL,
    .grant = MLD_GRANT_DEBT,
    .fixed_rate = fixed_rate,
    .reads = mld_terms_read_performance,
    .check = check,
    .draw = draw,
    .fill = fill
};
