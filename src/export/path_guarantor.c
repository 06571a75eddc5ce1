/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The guarantor on one path (model, section 7): dues, what is owed back and gains come from covers;
 * yield, fees, payouts, what waits, the balance and the State's net cost are formulas.
 */
#include "export/path.h"

#include <stddef.h>
#include <string.h>

static int layers_on_deals(const struct mld_guarantee_spec *spec)
{
    int n = 0;
    for (int i = 0; i < spec->n_layers; i++)
        n += spec->layer[i].covers_layer[0] == '\0';
    return n;
}

/* Whether fees are one rate of one base: one layer on deals, nothing upfront. */
static int has_one_rate(const struct mld_guarantee_spec *spec)
{
    return layers_on_deals(spec) == 1 && spec->layer[0].covers_layer[0] == '\0' &&
           spec->layer[0].fee_upfront == 0;
}

void mld_path_guarantor_inputs(struct mld_path_book *path)
{
    const struct mld_guarantee_spec *spec = &path->plan->guarantee;
    mld_path_input(path, "fee_rate", "commission, par an de l'encours garanti",
                   "fee, a year of the guaranteed outstanding", MLD_STYLE_RATE,
                   spec->layer[0].fee_rate);
    mld_path_input(path, "operator_cost", "coût de l'opérateur, par an de l'encours garanti",
                   "operator cost, a year of the guaranteed outstanding", MLD_STYLE_RATE,
                   spec->layer[0].operator_cost);
    mld_path_input(path, "yield", "rendement du fonds de garantie, par an",
                   "yield of the guarantee fund, a year", MLD_STYLE_RATE,
                   spec->n_dotations ? spec->dotation_yield : 0);
    mld_path_input(path, "reference_rate", "taux d'actualisation, par an", "discount rate, a year",
                   MLD_STYLE_RATE, spec->reference_rate);
}

static void put_charges(struct mld_path_book *path, const struct mld_guarantee_flows *flows)
{
    int one = has_one_rate(&path->plan->guarantee), w = flows->width;
    mld_path_given(path, "fee_base", "assiette : encours garanti en début de période",
                   "base: guaranteed outstanding at the start", flows->fee_base, w);
    if (one) {
        mld_path_line(path, "fee", "commissions", "fees", "#fee_rate/#m*@fee_base");
        mld_path_line(path, "operator", "coût de l'opérateur", "operator cost",
                      "#operator_cost/#m*@fee_base");
    } else {
        mld_path_given(path, "fee", "commissions", "fees", flows->fee, w);
        mld_path_given(path, "operator", "coût de l'opérateur", "operator cost",
                       flows->operator_cost, w);
    }
    mld_path_given(path, "fee_fund", "dont payées par le fonds", "of which paid by the fund",
                   flows->fee_fund, w);
    mld_path_given(path, "upside", "part des plus-values", "share of gains", flows->upside, w);
    mld_path_given(path, "owed_back", "à restituer par le fonds", "owed back by the fund",
                   flows->owed_back, w);
    mld_path_given(path, "counter", "contre-garantie reçue", "counter-guarantee received",
                   flows->counter, w);
}

void mld_path_guarantor(struct mld_path_book *path)
{
    const struct mld_guarantee_spec *spec = &path->plan->guarantee;
    const struct mld_guarantee_flows *flows = &path->flows->guarantee;
    int w = flows->width;
    mld_path_sheet(path, "Traj. garant", "Path guarantor", "path-guarantor");
    mld_path_given(path, "dotation", "dotation", "dotation", flows->dotation, w);
    put_charges(path, flows);
    mld_path_given(path, "due", "indemnités dues", "dues", flows->due, w);
    if (spec->n_dotations == 0)
        mld_path_line(path, "payout", "indemnités versées", "payouts", "@due+@owed_back");
    else if (layers_on_deals(spec) < spec->n_layers) {
        mld_path_given(path, "payout", "indemnités versées", "payouts", flows->payout, w);
        mld_path_given(path, "balance", "solde du fonds de garantie", "balance", flows->balance, w);
    } else {
        mld_path_line(path, "interest_g", "produits financiers", "yield",
                      "@balance'*((1+#yield)^(1/#m)-1)");
        mld_path_line(path, "claims", "dû et en attente", "due and waiting",
                      "@waiting_g'+@due+@owed_back");
        mld_path_line(path, "purse", "disponible", "available",
                      "@balance'+@interest_g+@dotation+@fee+@counter+@owed_back+@upside");
        mld_path_line(path, "payout", "indemnités versées", "payouts",
                      "MIN(@claims,MAX(0,@purse))");
        mld_path_line(path, "waiting_g", "en attente", "waiting", "@claims-@payout");
        mld_path_line(path, "balance", "solde du fonds de garantie", "balance", "@purse-@payout");
    }
    mld_path_line(path, "net_cost", "coût net pour l'État", "net cost to the State",
                  "@payout-@fee-@upside-@owed_back+@operator-@counter");
    mld_path_line(path, "net_cost_pv", "coût net actualisé", "net cost, discounted",
                  "@net_cost/(1+#reference_rate)^((@period+1)/#m)");
}
