/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Series by period or calendar year (model, section 9): one row each, with the function that fills
 * it.
 */
#include <math.h>
#include <string.h>

#include "measure/endowment.h"
#include "measure/feeder.h"
#include "measure/indicators.h"
#include "measure/quotas.h"
#include "measure/view.h"

static int year_of(const struct mld_measure_view *view, int period)
{
    return mld_grid_calendar_year(view->grid, period) - mld_grid_calendar_year(view->grid, 0);
}

/* ---- by period, from the fund ---- */

static void copy(const struct mld_measure_view *view, const double *restrict series,
                 double *restrict value)
{
    memcpy(value, series, (size_t)view->periods * (size_t)view->width * sizeof(double));
}

static void fill_calls(const struct mld_measure_view *view, double *restrict value)
{
    copy(view, view->fund->call, value);
}

static void fill_cash(const struct mld_measure_view *view, double *restrict value)
{
    copy(view, view->fund->cash, value);
}

static void subtract_row(int n, const double *restrict now, const double *restrict before,
                         double *restrict value)
{
    for (int p = 0; p < n; p++)
        value[p] = now[p] - before[p];
}

static void fill_distributions(const struct mld_measure_view *view, double *restrict value)
{
    size_t row = (size_t)view->width;
    memcpy(value, view->distributed, row * sizeof(double));
    for (int t = 1; t < view->periods; t++)
        subtract_row(view->width, view->distributed + (size_t)t * row,
                     view->distributed + (size_t)(t - 1) * row, value + (size_t)t * row);
}

static void nav_rows(int n, const double *restrict deals, const double *restrict cash,
                     const double *restrict waiting, double *restrict value)
{
    for (int p = 0; p < n; p++)
        value[p] = deals[p] + cash[p] - waiting[p];
}

static void fill_nav(const struct mld_measure_view *view, double *restrict value)
{
    nav_rows(view->periods * view->width, view->fund->nav_deals, view->fund->cash, view->fund->debt,
             value);
}

static void tvpi_rows(int n, const double *restrict deals, const double *restrict cash,
                      const double *restrict waiting, const double *restrict distributed,
                      const double *restrict paid_in, double *restrict value)
{
    for (int p = 0; p < n; p++) {
        double worth = distributed[p] + deals[p] + cash[p] - waiting[p];
        value[p] = paid_in[p] > 0 ? worth / paid_in[p] : NAN;
    }
}

static void fill_tvpi(const struct mld_measure_view *view, double *restrict value)
{
    tvpi_rows(view->periods * view->width, view->fund->nav_deals, view->fund->cash,
              view->fund->debt, view->distributed, view->paid_in, value);
}

static void dpi_rows(int n, const double *restrict distributed, const double *restrict paid_in,
                     double *restrict value)
{
    for (int p = 0; p < n; p++)
        value[p] = paid_in[p] > 0 ? distributed[p] / paid_in[p] : NAN;
}

static void fill_dpi(const struct mld_measure_view *view, double *restrict value)
{
    dpi_rows(view->periods * view->width, view->distributed, view->paid_in, value);
}

static void position_row(int n, double share, const double *restrict call,
                         const double *restrict received, const double *restrict before,
                         double *restrict value)
{
    for (int p = 0; p < n; p++)
        value[p] = before[p] + received[p] - share * call[p];
}

/* A's cumulated net position: the J-curve. */
static void fill_position_a(const struct mld_measure_view *view, double *restrict value)
{
    const struct mld_fund_spec *fund = view->fund_spec;
    double share = fund->share_class[MLD_CLASS_A].commitment / fund->commitments;
    size_t row = (size_t)view->width;
    for (int p = 0; p < view->width; p++)
        value[p] = view->fund->distribution[MLD_CLASS_A][p] - share * view->fund->call[p];
    for (int t = 1; t < view->periods; t++) {
        size_t at = (size_t)t * row;
        position_row(view->width, share, view->fund->call + at,
                     view->fund->distribution[MLD_CLASS_A] + at, value + at - row, value + at);
    }
}

/* What the tiers would pay, after the period's flows. */
#define NAV_ROW(name, series)                                                     \
    static void name(const struct mld_measure_view *view, double *restrict value) \
    {                                                                             \
        copy(view, view->nav->series, value);                                     \
    }
NAV_ROW(fill_nav_a, part[MLD_NAV_AT_VALUE][MLD_CLASS_A])
NAV_ROW(fill_nav_b, part[MLD_NAV_AT_VALUE][MLD_CLASS_B])
NAV_ROW(fill_nav_c, part[MLD_NAV_AT_VALUE][MLD_CLASS_C])
NAV_ROW(fill_nav_beneficiary, part[MLD_NAV_AT_VALUE][MLD_NAV_BENEFICIARY])
NAV_ROW(fill_nav_sold, whole[MLD_NAV_DISCOUNTED])
NAV_ROW(fill_nav_sold_a, part[MLD_NAV_DISCOUNTED][MLD_CLASS_A])
NAV_ROW(fill_nav_sold_b, part[MLD_NAV_DISCOUNTED][MLD_CLASS_B])
NAV_ROW(fill_nav_sold_c, part[MLD_NAV_DISCOUNTED][MLD_CLASS_C])
NAV_ROW(fill_nav_sold_beneficiary, part[MLD_NAV_DISCOUNTED][MLD_NAV_BENEFICIARY])

/* ---- by calendar year ---- */

static void clear(const struct mld_measure_view *view, double *restrict value)
{
    memset(value, 0, (size_t)view->years * (size_t)view->width * sizeof(double));
}

/* Yearly sums of a series. */
static void sum_years(const struct mld_measure_view *view, const double *restrict series,
                      double *restrict value)
{
    size_t row = (size_t)view->width;
    clear(view, value);
    for (int t = 0; t < view->periods; t++) {
        double *year = value + (size_t)year_of(view, t) * row;
        for (size_t p = 0; p < row; p++)
            year[p] += series[(size_t)t * row + p];
    }
}

/* The same times `sign`, added to what the years hold. */
static void by_year(const struct mld_measure_view *view, const double *restrict series, double sign,
                    double *restrict value)
{
    for (int t = 0; t < view->periods; t++) {
        double *year = value + (size_t)year_of(view, t) * (size_t)view->width;
        for (int p = 0; p < view->paths; p++)
            year[p] += sign * series[(size_t)t * (size_t)view->width + (size_t)p];
    }
}

/* The value at the end of each calendar year of a stock. */
static void at_year_end(const struct mld_measure_view *view, const double *restrict series,
                        double *restrict value)
{
    clear(view, value);
    for (int t = 0; t < view->periods; t++) {
        double *year = value + (size_t)year_of(view, t) * (size_t)view->width;
        for (int p = 0; p < view->paths; p++)
            year[p] = series[(size_t)t * (size_t)view->width + (size_t)p];
    }
}

#define POOL_YEAR(name, field)                                                    \
    static void name(const struct mld_measure_view *view, double *restrict value) \
    {                                                                             \
        clear(view, value);                                                       \
        by_year(view, view->pools->field, 1, value);                              \
    }
POOL_YEAR(fill_invested, invested)
POOL_YEAR(fill_income, income)
POOL_YEAR(fill_capital, capital)

#define FUND_YEAR(name, field)                                                    \
    static void name(const struct mld_measure_view *view, double *restrict value) \
    {                                                                             \
        sum_years(view, view->fund->field, value);                                \
    }
FUND_YEAR(fill_management, paid_management)
FUND_YEAR(fill_other, paid_other)
FUND_YEAR(fill_guarantor, paid_guarantee)
FUND_YEAR(fill_borrowed, borrowed)
FUND_YEAR(fill_repaid, repaid)
FUND_YEAR(fill_to_a, distribution[MLD_CLASS_A])
FUND_YEAR(fill_to_b, distribution[MLD_CLASS_B])
FUND_YEAR(fill_to_c, distribution[MLD_CLASS_C])
FUND_YEAR(fill_to_beneficiary, beneficiary)

#define STATE_YEAR(name, field)                                                   \
    static void name(const struct mld_measure_view *view, double *restrict value) \
    {                                                                             \
        clear(view, value);                                                       \
        by_year(view, view->guarantee->field, 1, value);                          \
    }
STATE_YEAR(fill_state_payouts, payout)
STATE_YEAR(fill_state_dues, due)
STATE_YEAR(fill_state_fees, fee)
STATE_YEAR(fill_state_operator, operator_cost)
STATE_YEAR(fill_state_new, new_guaranteed)
STATE_YEAR(fill_state_interest, interest)

/* Credits of the budget, CP: the dotation in its year, or the payouts (programme 114). */
static void fill_state_budget(const struct mld_measure_view *view, double *restrict value)
{
    const struct mld_guarantee_flows *flows = view->guarantee;
    clear(view, value);
    by_year(view, view->guarantee_spec->n_dotations > 0 ? flows->dotation : flows->payout, 1,
            value);
}

/* AE: those of the dotation in their years, or the payouts. */
static void fill_state_commitments(const struct mld_measure_view *view, double *restrict value)
{
    const struct mld_guarantee_spec *spec = view->guarantee_spec;
    if (spec->n_dotations == 0) {
        fill_state_budget(view, value);
        return;
    }
    clear(view, value);
    for (int k = 0; k < spec->n_dotations; k++) {
        int period = spec->dotation[k].year * view->grid->periods_per_year;
        double *year = value + (size_t)year_of(view, period) * (size_t)view->width;
        for (int p = 0; p < view->paths; p++)
            year[p] += spec->dotation[k].ae;
    }
}

static void fill_state_other(const struct mld_measure_view *view, double *restrict value)
{
    const struct mld_guarantee_flows *flows = view->guarantee;
    clear(view, value);
    by_year(view, flows->upside, 1, value);
    by_year(view, flows->owed_back, 1, value);
    by_year(view, flows->counter, 1, value);
}

/* In the year of t_L. */
static void add_lost(const struct mld_measure_view *view, double *restrict value)
{
    double *year = value + (size_t)year_of(view, view->grid->last) * (size_t)view->width;
    for (int p = 0; p < view->paths; p++)
        year[p] += mld_lost_receivable(view, p);
}

static void fill_state_lost(const struct mld_measure_view *view, double *restrict value)
{
    clear(view, value);
    add_lost(view, value);
}

static void fill_state_net(const struct mld_measure_view *view, double *restrict value)
{
    const struct mld_guarantee_flows *flows = view->guarantee;
    clear(view, value);
    by_year(view, flows->payout, 1, value);
    by_year(view, flows->fee, -1, value);
    by_year(view, flows->upside, -1, value);
    by_year(view, flows->owed_back, -1, value);
    by_year(view, flows->operator_cost, 1, value);
    by_year(view, flows->counter, -1, value);
    add_lost(view, value);
}

/*
 * National accounts: a scheme books its guarantees when granted; those of one fund are recorded
 * when called, less fees as they come.
 */
static void fill_state_booked(const struct mld_measure_view *view, double *restrict value)
{
    const struct mld_guarantee_flows *flows = view->guarantee;
    clear(view, value);
    if (!view->fund_spec) {
        by_year(view, flows->booked, 1, value);
        return;
    }
    by_year(view, flows->payout, 1, value);
    by_year(view, flows->fee, -1, value);
}

static void fill_state_guaranteed(const struct mld_measure_view *view, double *restrict value)
{
    at_year_end(view, view->guarantee->guaranteed, value);
}

static void fill_state_balance(const struct mld_measure_view *view, double *restrict value)
{
    at_year_end(view, view->guarantee->balance, value);
}

static void fill_provision(const struct mld_measure_view *view, double *restrict value)
{
    at_year_end(view, view->guarantee->provision, value);
}

static void fill_state_waiting(const struct mld_measure_view *view, double *restrict value)
{
    at_year_end(view, view->guarantee->waiting, value);
}

/* Calls on the State's shares less what they give back. */
static void add_investor(const struct mld_measure_view *view, double *restrict value)
{
    const struct mld_fund_spec *fund = view->fund_spec;
    double share = 0;
    for (int k = 0; k < MLD_CLASSES; k++) {
        double held = mld_public_share(&fund->share_class[k]);
        share += held * fund->share_class[k].commitment / fund->commitments;
        by_year(view, view->fund->distribution[k], -held, value);
    }
    by_year(view, view->fund->call, share, value);
}

static void add_grants(const struct mld_measure_view *view, double *restrict value)
{
    for (int t = 0; t <= view->grid->last; t++) {
        double *year = value + (size_t)year_of(view, t) * (size_t)view->width,
               amount = mld_fund_granted_in(view->grid, view->fund_spec, t);
        for (int p = 0; p < view->paths; p++)
            year[p] += amount;
    }
}

static void fill_investor(const struct mld_measure_view *view, double *restrict value)
{
    clear(view, value);
    add_investor(view, value);
}

static void fill_grants(const struct mld_measure_view *view, double *restrict value)
{
    clear(view, value);
    add_grants(view, value);
}

static void fill_public_cost(const struct mld_measure_view *view, double *restrict value)
{
    if (view->guarantee)
        fill_state_net(view, value);
    else
        clear(view, value);
    add_investor(view, value);
    add_grants(view, value);
}

#define FUND MLD_SCOPE_FUND
#define STATE MLD_SCOPE_GUARANTEE
#define DUE (MLD_SCOPE_GUARANTEE | MLD_SCOPE_DUE)
#define DEALS MLD_SCOPE_PORTFOLIO
#define FEEDER (MLD_SCOPE_FUND | MLD_SCOPE_FEEDER)
#define ENDOWMENT (MLD_SCOPE_PORTFOLIO | MLD_SCOPE_ENDOWMENT)
#define PERIOD MLD_AXIS_PERIOD
#define YEAR MLD_AXIS_YEAR

/* Of indicator k, from 0, whose number is n. */
#define INDICATOR_SERIES(k)                                                                     \
    static void fill_indicator_##k(const struct mld_measure_view *view, double *restrict value) \
    {                                                                                           \
        mld_fill_indicator_made(view, k, value);                                                \
    }                                                                                           \
    static void fill_indicator_lost_##k(const struct mld_measure_view *view,                    \
                                        double *restrict value)                                 \
    {                                                                                           \
        mld_fill_indicator_lost(view, k, value);                                                \
    }
INDICATOR_SERIES(0)
INDICATOR_SERIES(1)
INDICATOR_SERIES(2)
INDICATOR_SERIES(3)
INDICATOR_SERIES(4)
INDICATOR_SERIES(5)
#define INDICATOR_ROWS(k, n)                                                                       \
    { "indicator_" n "_by_year",                                                                   \
      "1",                                                                                         \
      DEALS | (unsigned)MLD_SCOPE_INDICATOR << (k),                                                \
      YEAR,                                                                                        \
      fill_indicator_##k,                                                                          \
      "Indicator " n,                                                                              \
      "Indicateur " n,                                                                             \
      "What comes with the financing in the calendar year, in units of the scenario's indicator.", \
      "Ce qui accompagne le financement dans l'année civile, dans l'unité de l'indicateur du "   \
      "scénario." },                                                                               \
    {                                                                                              \
        "indicator_" n "_lost_by_year", "1", DEALS | (unsigned)MLD_SCOPE_INDICATOR << (k), YEAR,   \
            fill_indicator_lost_##k, "Indicator " n " lost to defaults",                           \
            "Indicateur " n " perdu aux défauts",                                                  \
            "What deals in default would have come with in the calendar year.",                    \
            "Ce qui aurait accompagné, dans l'année civile, les investissements en défaut."     \
    }

const struct mld_series mld_series[] = {
    { "calls", "EUR", FUND, PERIOD, fill_calls, "Calls", "Appels de fonds",
      "Calls on all classes in the period.", "Appels de fonds de la période, toutes parts." },
    { "distributions", "EUR", FUND, PERIOD, fill_distributions, "Distributions", "Distributions",
      "Distributions to all classes and beneficiaries in the period.",
      "Distributions de la période, toutes parts et bénéficiaires." },
    { "nav", "EUR", FUND, PERIOD, fill_nav, "Net asset value", "Valeur liquidative",
      "Deals and cash less waiting costs, after the period's flows.",
      "Investissements et trésorerie moins frais en attente, après les flux de la période." },
    { "tvpi", "1", FUND, PERIOD, fill_tvpi, "TVPI", "TVPI",
      "Distributions to date and net asset value over paid-in capital.",
      "Distributions cumulées et valeur liquidative rapportées au capital appelé." },
    { "dpi", "1", FUND, PERIOD, fill_dpi, "DPI", "DPI",
      "Distributions to date over paid-in capital.",
      "Distributions cumulées rapportées au capital appelé." },
    { "cash", "EUR", FUND, PERIOD, fill_cash, "Cash", "Trésorerie",
      "Cash after the period's flows, what is set aside for C included.",
      "Trésorerie après les flux de la période, réserve des parts C comprise." },
    { "net_position_a", "EUR", FUND, PERIOD, fill_position_a,
      "Cumulated position of class A (J-curve)", "Position cumulée des parts A (courbe en J)",
      "Distributions received less calls paid by class A to date.",
      "Distributions reçues moins appels versés par les parts A à date." },
    { "invested", "EUR", DEALS, YEAR, fill_invested, "Invested", "Investi",
      "Tickets paid in the calendar year.", "Tickets versés dans l'année civile." },
    { "income", "EUR", DEALS, YEAR, fill_income, "Interest, coupons, dividends",
      "Intérêts, coupons, dividendes", "Income received from deals in the calendar year.",
      "Revenus des investissements perçus dans l'année civile." },
    { "capital", "EUR", DEALS, YEAR, fill_capital, "Repayments and exits",
      "Remboursements et sorties",
      "Principal, redemptions, exits, recoveries and forced sales received in the calendar year.",
      "Remboursements, rachats, sorties, recouvrements et cessions forcées perçus dans l'année "
      "civile." },
    { "management_fees", "EUR", FUND, YEAR, fill_management, "Management fees", "Frais de gestion",
      "Management fees paid in the calendar year.", "Frais de gestion payés dans l'année civile." },
    { "other_costs", "EUR", FUND, YEAR, fill_other, "Set-up and running costs",
      "Frais de constitution et de fonctionnement",
      "Set-up and running costs paid in the calendar year.",
      "Frais de constitution et de fonctionnement payés dans l'année civile." },
    { "guarantee_costs", "EUR", FUND, YEAR, fill_guarantor, "Paid to the guarantor",
      "Versé au garant", "Paid by the fund to the guarantor in the calendar year.",
      "Versé par le fonds au garant dans l'année civile." },
    { "borrowed", "EUR", FUND | MLD_SCOPE_LINE, YEAR, fill_borrowed, "Borrowed", "Emprunté",
      "Drawn on the credit line in the calendar year.",
      "Tiré sur la ligne de crédit dans l'année civile." },
    { "repaid", "EUR", FUND | MLD_SCOPE_LINE, YEAR, fill_repaid, "Repaid", "Remboursé à la banque",
      "Repaid to the bank in the calendar year.", "Remboursé à la banque dans l'année civile." },
    { "state_budget", "EUR", STATE, YEAR, fill_state_budget, "Budget, CP", "Budget, CP",
      "Payment appropriations: with a dotation, the dotation in its year; without, the payouts "
      "(programme 114). Operator cost apart.",
      "Crédits de paiement : avec dotation, la dotation de l'année ; sans, les indemnités "
      "(programme 114). Hors coût de l'opérateur." },
    { "state_operator_cost", "EUR", STATE, YEAR, fill_state_operator, "Operator cost, AE = CP",
      "Coût de l'opérateur, AE = CP", "Paid by the State beside the dotation in the calendar year.",
      "Payé par l'État hors dotation dans l'année civile." },
    { "state_payouts", "EUR", STATE, YEAR, fill_state_payouts, "Payouts", "Indemnités versées",
      "Paid by the guarantor in the calendar year.", "Versées par le garant dans l'année civile." },
    { "state_fees", "EUR", STATE, YEAR, fill_state_fees, "Guarantee fees",
      "Commissions de garantie", "Fees charged by the guarantor in the calendar year.",
      "Commissions facturées par le garant dans l'année civile." },
    { "state_net_cost", "EUR", STATE, YEAR, fill_state_net, "Net cost paid", "Coût net payé",
      "Payouts less receipts, plus operator cost and receivables lost, in the calendar year.",
      "Indemnités moins recettes, plus coût de l'opérateur et créances perdues, dans l'année "
      "civile." },
    { "state_new_guaranteed", "EUR", STATE, YEAR, fill_state_new, "Newly guaranteed",
      "Nouveaux engagements", "q × tickets of deals covered in the calendar year.",
      "q × tickets couverts dans l'année civile." },
    { "state_guaranteed", "EUR", STATE, YEAR, fill_state_guaranteed,
      "Guaranteed amount outstanding", "Encours garanti (hors bilan)",
      "q × outstanding of covered deals at the end of the calendar year.",
      "q × encours des investissements couverts à la fin de l'année civile." },
    { "state_balance", "EUR", STATE, YEAR, fill_state_balance, "Balance of the guarantee fund",
      "Solde du fonds de garantie", "Balance at the end of the calendar year.",
      "Solde à la fin de l'année civile." },
    { "state_waiting", "EUR", STATE, YEAR, fill_state_waiting, "Payouts waiting",
      "Indemnités en attente", "Due and unpaid at the end of the calendar year.",
      "Dues et impayées à la fin de l'année civile." },
    { "state_booked", "EUR", STATE, YEAR, fill_state_booked, "National accounts",
      "Comptabilité nationale",
      "Without a fund, payouts due less fees of the deals made in the calendar year, whenever they "
      "fall: the mean is what a scheme "
      "of standardised guarantees books when it grants them. With a fund, payouts less fees of the "
      "year.",
      "Sans fonds, indemnités dues moins commissions des investissements de l'année civile, quelle "
      "que soit leur date : la moyenne est ce "
      "qu'un dispositif de garanties standardisées comptabilise à l'octroi. Avec un fonds, "
      "indemnités moins commissions de l'année." },
    { "distributions_a", "EUR", FUND, YEAR, fill_to_a, "Distributions to class A",
      "Distributions aux parts A",
      "Paid to class A in the calendar year, its part of the impact share included.",
      "Versées aux parts A dans l'année civile, part du carried interest reversée selon l'impact "
      "comprise." },
    { "distributions_b", "EUR", FUND | MLD_SCOPE_CLASS_B, YEAR, fill_to_b,
      "Distributions to class B", "Distributions aux parts B",
      "Paid to the concessional class B in the calendar year.",
      "Versées aux parts B, concessionnelles, dans l'année civile." },
    { "distributions_c", "EUR", FUND, YEAR, fill_to_c, "Distributions to class C",
      "Distributions aux parts C", "Capital and carry paid to class C in the calendar year.",
      "Capital et carried interest versés aux parts C dans l'année civile." },
    { "distributions_beneficiary", "EUR", FUND, YEAR, fill_to_beneficiary,
      "Impact share to a beneficiary", "Part d'impact versée à un bénéficiaire",
      "Paid to the beneficiary named by the scenario in the calendar year.",
      "Versée dans l'année civile au bénéficiaire que nomme le scénario." },
    { "state_other_receipts", "EUR", STATE, YEAR, fill_state_other,
      "Gains shared, money returned, counter-guarantee",
      "Plus-values partagées, restitutions, contre-garantie",
      "Charged or received in the calendar year beside the fees; the counter-guarantee is net of "
      "its own fee.",
      "Facturé ou reçu dans l'année civile en plus des commissions ; la contre-garantie est nette "
      "de sa commission." },
    { "state_interest", "EUR", STATE, YEAR, fill_state_interest, "Yield of the guarantee fund",
      "Produits financiers du fonds de garantie",
      "Credited to the balance in the calendar year; no part of the net cost.",
      "Portés au solde dans l'année civile ; hors du coût net." },
    { "state_lost_receivable", "EUR", STATE | FUND, YEAR, fill_state_lost, "Receivables lost",
      "Créances perdues",
      "What the fund still owes at its end, charged in the net cost of that year.",
      "Ce que le fonds doit encore à sa fin, porté au coût net de cette année." },
    { "state_dues", "EUR", STATE, YEAR, fill_state_dues, "Payouts due", "Indemnités dues",
      "What falls due in the calendar year, paid or not, less what is owed back.",
      "Ce qui devient dû dans l'année civile, payé ou non, moins les restitutions." },
    { "state_net_cost_due", "EUR", DUE, YEAR, fill_state_net, "Net cost due", "Coût net dû",
      "All that falls due in the calendar year less receipts, plus operator cost and receivables "
      "lost.",
      "Tout ce qui devient dû dans l'année civile moins les recettes, plus le coût de l'opérateur "
      "et les créances perdues." },
    { "provision", "EUR", DUE, YEAR, fill_provision, "Provision for dues to come",
      "Provision pour indemnités à venir",
      "What falls due after the end of the calendar year on deals made by then: each due shared "
      "among deals in proportion to the losses counted in its period.",
      "Ce qui devient dû après la fin de l'année civile sur les investissements déjà faits : "
      "chaque indemnité est répartie entre eux selon les pertes comptées dans sa période." },
    { "investor_cost", "EUR", FUND | MLD_SCOPE_INVESTOR, YEAR, fill_investor,
      "Cost of the State's shares", "Coût des parts de l'État",
      "Calls that the State pays on its shares in the calendar year less what they give back.",
      "Appels versés par l'État sur ses parts dans l'année civile, moins ce qu'elles rendent." },
    { "grants", "EUR", FUND | MLD_SCOPE_PUBLIC, YEAR, fill_grants, "Grants to the fund",
      "Subventions au fonds", "Given by the State to the fund in the calendar year.",
      "Données par l'État au fonds dans l'année civile." },
    { "public_cost", "EUR", FUND | MLD_SCOPE_PUBLIC | MLD_SCOPE_DUE, YEAR, fill_public_cost,
      "Total public cost", "Coût public total",
      "Net cost of the guarantee, every due paid, cost of the State's shares and grants, in the "
      "calendar year.",
      "Coût net de la garantie, toutes indemnités payées, coût des parts de l'État et subventions, "
      "dans l'année civile." },
    { "state_commitments", "EUR", STATE, YEAR, fill_state_commitments, "Budget, AE", "Budget, AE",
      "Commitment appropriations: with a dotation, what may be committed in the year; without, the "
      "payouts (programme 114). Operator cost apart.",
      "Autorisations d'engagement : avec dotation, celles de l'année ; sans, les indemnités "
      "(programme 114). Hors coût de l'opérateur." },
    { "nav_a", "EUR", FUND, PERIOD, fill_nav_a, "Net asset value of class A",
      "Valeur liquidative des parts A",
      "What the tiers would pay class A if deals were sold at their value after the period's flows "
      "and all were paid then, at the mean impact score.",
      "Ce que les étages verseraient aux parts A si les investissements étaient cédés à leur "
      "valeur après les flux de la période et tout versé alors, à la note d'impact moyenne." },
    { "nav_b", "EUR", FUND | MLD_SCOPE_CLASS_B, PERIOD, fill_nav_b, "Net asset value of class B",
      "Valeur liquidative des parts B", "The same for the concessional class B.",
      "De même pour les parts B, concessionnelles." },
    { "nav_c", "EUR", FUND, PERIOD, fill_nav_c, "Net asset value of class C",
      "Valeur liquidative des parts C",
      "The same for class C, whatever the date before which it is not paid.",
      "De même pour les parts C, quelle que soit la date avant laquelle elles ne sont pas "
      "versées." },
    { "nav_beneficiary", "EUR", FUND | MLD_SCOPE_BENEFICIARY, PERIOD, fill_nav_beneficiary,
      "Net asset value due to the beneficiary", "Part du bénéficiaire dans la valeur liquidative",
      "The same for the beneficiary of the impact share.",
      "De même pour le bénéficiaire de la part d'impact." },
    { "nav_sold", "EUR", FUND, PERIOD, fill_nav_sold, "Net asset value after discounts",
      "Valeur liquidative après décotes",
      "Net asset value with each deal at its value less the discount of a forced sale.",
      "Valeur liquidative, chaque investissement à sa valeur moins la décote d'une cession "
      "forcée." },
    { "nav_sold_a", "EUR", FUND, PERIOD, fill_nav_sold_a, "After discounts, class A",
      "Après décotes, parts A", "What the tiers would pay class A of the value after discounts.",
      "Ce que les étages verseraient aux parts A de la valeur après décotes." },
    { "nav_sold_b", "EUR", FUND | MLD_SCOPE_CLASS_B, PERIOD, fill_nav_sold_b,
      "After discounts, class B", "Après décotes, parts B",
      "What the tiers would pay class B of the value after discounts.",
      "Ce que les étages verseraient aux parts B de la valeur après décotes." },
    { "nav_sold_c", "EUR", FUND, PERIOD, fill_nav_sold_c, "After discounts, class C",
      "Après décotes, parts C", "What the tiers would pay class C of the value after discounts.",
      "Ce que les étages verseraient aux parts C de la valeur après décotes." },
    { "nav_sold_beneficiary", "EUR", FUND | MLD_SCOPE_BENEFICIARY, PERIOD,
      fill_nav_sold_beneficiary, "After discounts, beneficiary", "Après décotes, bénéficiaire",
      "What the tiers would pay the beneficiary of the value after discounts.",
      "Ce que les étages verseraient au bénéficiaire de la valeur après décotes." },
    { "quota_by_date", "1", FUND, YEAR, mld_fill_quota_by_date, "FPCI quota by date",
      "Quota FPCI à date",
      "Cost of deals that count, held or ended less than two years ago, over what is paid in less "
      "costs and capital distributed, at the end of the calendar year.",
      "Coût des investissements éligibles, détenus ou terminés depuis moins de deux ans, rapporté "
      "au capital appelé moins frais et capital distribué, à la fin de l'année civile." },
    { "largest_issuer_by_year", "1", FUND, YEAR, mld_fill_issuer_by_year,
      "Largest issuer over commitments", "Premier émetteur rapporté aux engagements",
      "Cost held of the issuer of which most is held over the commitments, at the end of the "
      "calendar year.",
      "Coût détenu sur l'émetteur le plus lourd rapporté aux engagements, à la fin de l'année "
      "civile." },
    { "loans_by_year", "1", FUND, YEAR, mld_fill_loans_by_year, "Loans over volume",
      "Prêts rapportés au volume",
      "Cost of loans held over the cost of all deals, at the end of the calendar year.",
      "Coût des prêts détenus rapporté au coût de tous les investissements, à la fin de l'année "
      "civile." },
    { "endowment_received", "EUR", ENDOWMENT, YEAR, mld_fill_endowment_received,
      "Received by the endowment", "Reçu par le fonds de dotation",
      "Donations of the year that begins in the calendar year, and its opening in the first.",
      "Dons de l'année qui commence dans l'année civile, et la dotation initiale la première." },
    { "endowment_cost", "EUR", ENDOWMENT, YEAR, mld_fill_endowment_cost, "Cost of the endowment",
      "Coût du fonds de dotation", "Its operating cost, as far as its balance pays it.",
      "Son coût de fonctionnement, autant que son solde le paie." },
    { "endowment_granted", "EUR", ENDOWMENT, YEAR, mld_fill_endowment_granted,
      "Grants of the endowment", "Subventions du fonds de dotation",
      "Granted to projects of its own money; partners' part apart.",
      "Versé aux projets sur ses propres moyens ; part des partenaires non comprise." },
    { "endowment_partners", "EUR", ENDOWMENT, YEAR, mld_fill_endowment_partners,
      "Partners' part of grants", "Part des partenaires dans les subventions",
      "Paid by partners in the same grants.",
      "Versé par des partenaires dans les mêmes subventions." },
    { "endowment_projects", "1", ENDOWMENT, YEAR, mld_fill_endowment_projects, "Projects helped",
      "Projets aidés", "Number of grants in the year.", "Nombre de subventions de l'année." },
    { "endowment_balance", "EUR", ENDOWMENT, YEAR, mld_fill_endowment_balance,
      "Balance of the endowment", "Solde du fonds de dotation",
      "What is left at the end of the year; undefined once it is followed no longer.",
      "Ce qui reste à la fin de l'année ; non défini quand il n'est plus suivi." },
    INDICATOR_ROWS(0, "1"),
    INDICATOR_ROWS(1, "2"),
    INDICATOR_ROWS(2, "3"),
    INDICATOR_ROWS(3, "4"),
    INDICATOR_ROWS(4, "5"),
    INDICATOR_ROWS(5, "6"),
    { "feeder_value", "EUR", FEEDER, PERIOD, mld_fill_feeder_value, "Value of the feeder",
      "Valeur du fonds citoyen",
      "Its part of class A's net asset value and its cash, less costs owed.",
      "Sa part de la valeur liquidative des parts A et sa trésorerie, moins les frais dus." },
    { "feeder_cash", "EUR", FEEDER, PERIOD, mld_fill_feeder_cash, "Pocket of the feeder",
      "Poche du fonds citoyen", "Its cash after the period's flows.",
      "Sa trésorerie après les flux de la période." },
    { "feeder_units", "1", FEEDER, PERIOD, mld_fill_feeder_units, "Units of the feeder",
      "Parts du fonds citoyen", "Units after the period; in the last one those that are paid then.",
      "Parts après la période ; à la dernière, celles qui sont alors payées." },
    { "feeder_unit", "EUR", FEEDER, PERIOD, mld_fill_feeder_unit, "Value of a unit",
      "Valeur d'une part", "Value over units, 1 at first.",
      "Valeur rapportée aux parts, 1 au départ." },
    { "feeder_subscribed_by_year", "EUR", FEEDER, YEAR, mld_fill_feeder_subscribed,
      "Subscribed by savers", "Souscrit par les épargnants",
      "Paid in by savers in the calendar year.", "Versé par les épargnants dans l'année civile." },
    { "feeder_interest_by_year", "EUR", FEEDER, YEAR, mld_fill_feeder_interest,
      "Interest on the pocket", "Intérêts de la poche", "Earned on its cash in the calendar year.",
      "Produits de sa trésorerie dans l'année civile." },
    { "feeder_received_by_year", "EUR", FEEDER, YEAR, mld_fill_feeder_received,
      "Distributions received", "Distributions reçues",
      "Its part of class A's distributions in the calendar year.",
      "Sa part des distributions aux parts A dans l'année civile." },
    { "feeder_calls_by_year", "EUR", FEEDER, YEAR, mld_fill_feeder_paid, "Calls paid by the feeder",
      "Appels payés par le fonds citoyen",
      "Paid of its part of the calls on class A in the calendar year.",
      "Payé de sa part des appels de la catégorie A dans l'année civile." },
    { "feeder_unmet_by_year", "EUR", FEEDER, YEAR, mld_fill_feeder_unmet, "Calls not met",
      "Appels non honorés", "What its cash did not reach for in the calendar year.",
      "Ce que sa trésorerie n'a pas permis de payer dans l'année civile." },
    { "feeder_fees_by_year", "EUR", FEEDER, YEAR, mld_fill_feeder_fees, "Costs of the feeder",
      "Frais du fonds citoyen", "Costs of running it paid in the calendar year.",
      "Frais de fonctionnement payés dans l'année civile." },
    { "feeder_paid_out_by_year", "EUR", FEEDER, YEAR, mld_fill_feeder_paid_out,
      "Paid to savers on request", "Versé aux épargnants sur demande",
      "For units paid back in the calendar year.",
      "Pour les parts rachetées dans l'année civile." },
    { "feeder_final_by_year", "EUR", FEEDER, YEAR, mld_fill_feeder_final,
      "Paid to savers at the end", "Versé aux épargnants à la fin",
      "To all units left, in the calendar year in which the fund ends.",
      "À toutes les parts restantes, dans l'année civile où le fonds finit." },
    { "feeder_pocket", "EUR", FEEDER, YEAR, mld_fill_feeder_pocket, "Pocket at the end of the year",
      "Poche en fin d'année", "Its cash at the end of the calendar year.",
      "Sa trésorerie à la fin de l'année civile." },
    { "feeder_requested_units", "1", FEEDER, YEAR, mld_fill_feeder_requested, "Units asked back",
      "Parts dont le rachat est demandé", "In the calendar year.", "Dans l'année civile." },
    { "feeder_requested_eur", "EUR", FEEDER, YEAR, mld_fill_feeder_requested_eur,
      "Asked back, at its value", "Rachats demandés, en valeur",
      "Units asked back in the calendar year, at the value of its end.",
      "Parts dont le rachat est demandé dans l'année civile, à leur valeur de fin d'année." },
    { "feeder_served_units", "1", FEEDER, YEAR, mld_fill_feeder_served, "Units paid back",
      "Parts rachetées", "In the calendar year.", "Dans l'année civile." },
    { "feeder_waiting_units", "1", FEEDER, YEAR, mld_fill_feeder_waiting, "Units that wait",
      "Parts en attente", "At the end of the calendar year.", "À la fin de l'année civile." },
    { "feeder_waiting_eur", "EUR", FEEDER, YEAR, mld_fill_feeder_waiting_eur,
      "Units that wait, at their value", "Parts en attente, en valeur",
      "At the end of the calendar year.", "À la fin de l'année civile." },
    { "feeder_needed", "1", FEEDER, YEAR, mld_fill_feeder_needed, "Pocket that the year takes",
      "Poche que l'année demande",
      "Cash that would have paid the year's calls and what the gate lets through, over the value "
      "at its start; undefined before there is any.",
      "Trésorerie qui aurait payé les appels de l'année et ce que le plafond laisse passer, "
      "rapportée à la valeur de son début ; non défini tant qu'il n'y en a pas." },
    { NULL, NULL, 0, PERIOD, NULL, NULL, NULL, NULL, NULL }
};
