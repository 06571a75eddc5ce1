/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fund of each form of public money (model, section 13). */
#include <string.h>

#include "milliard/alternatives.h"

const struct mld_support_row mld_supports[MLD_SUPPORTS] = {
    { "guarantee", "Guarantee", "Garantie" },
    { "first_loss_capital", "First loss, A's capital first",
      "Première perte, capital de A d'abord" },
    { "first_loss_hurdle", "First loss, A's hurdle first",
      "Première perte, rendement de A d'abord" },
    { "pari_passu", "Pari passu", "Au même rang" },
    { "grant", "Grant", "Subvention" },
    { "nothing", "Nothing", "Rien" },
};

const struct mld_sizing_row mld_sizings[MLD_SIZINGS] = {
    { "net_cost_due", "Same present value as the net cost due",
      "Même valeur actuelle que le coût net dû" },
    { "budget", "Same present value as the budget of the dotation",
      "Même valeur actuelle que le budget de la dotation" },
    { "money", "Same money put up as the dotation", "Même somme mise que la dotation" },
    { "net_cost_due_bare", "Same present value as the net cost due, without any administration",
      "Même valeur actuelle que le coût net dû, sans aucun coût de gestion" },
    { "budget_bare", "Same present value as the budget of the dotation, without any administration",
      "Même valeur actuelle que le budget de la dotation, sans aucun coût de gestion" },
};

/* Tiers to A serve A and B; those to B alone go with the class that had them. */
static void serve_both(struct mld_fund_spec *fund)
{
    int n = 0;
    for (int i = 0; i < fund->n_tiers; i++)
        if (fund->tier[i].to != MLD_TO_B) {
            fund->tier[n] = fund->tier[i];
            if (fund->tier[n].to == MLD_TO_A)
                fund->tier[n].to = MLD_TO_A_AND_B;
            n++;
        }
    memset(&fund->tier[n], 0, (size_t)(fund->n_tiers - n) * sizeof *fund->tier);
    fund->n_tiers = n;
}

/* Without class B and grants, all of it private. */
static void start(const struct mld_plan *plan, struct mld_fund_spec *fund)
{
    struct mld_share_class *class = fund->share_class;
    *fund = plan->fund;
    class[MLD_CLASS_A].commitment = fund->size - class[MLD_CLASS_C].commitment;
    class[MLD_CLASS_B] = (struct mld_share_class){ 0, 0 };
    class[MLD_CLASS_A].public_share = class[MLD_CLASS_C].public_share = 0;
    fund->commitments = fund->size;
    fund->n_grants = 0;
    memset(fund->grant, 0, sizeof fund->grant);
    fund->first_loss = MLD_FIRST_LOSS_NONE;
    fund->capped_return = 0;
    fund->cap = 0;
    serve_both(fund);
}

/* Capital back and no more, after A's capital or its hurdle. */
static void take_first_losses(struct mld_fund_spec *fund, double x, int first_loss)
{
    fund->share_class[MLD_CLASS_A].commitment -= x;
    fund->share_class[MLD_CLASS_B] = (struct mld_share_class){ x, 1 };
    fund->capped_return = 1;
    fund->first_loss = first_loss;
    if (first_loss == MLD_FIRST_LOSS_HURDLE)
        mld_put_hurdle_first(fund);
}

static void give(const struct mld_guarantee_spec *guarantee, struct mld_fund_spec *fund, double x,
                 int rows)
{
    fund->share_class[MLD_CLASS_A].commitment -= x;
    fund->commitments -= x;
    fund->n_grants = 1;
    fund->grant[0] = (struct mld_fund_grant){ 0, x };
    if (!rows)
        return;
    fund->n_grants = guarantee->n_dotations;
    for (int i = 0; i < guarantee->n_dotations; i++)
        fund->grant[i] = (struct mld_fund_grant){ guarantee->dotation[i].year,
                                                  guarantee->dotation[i].amount };
}

void mld_support_fund(const struct mld_plan *plan, enum mld_support form, double x, int rows,
                      struct mld_fund_spec *fund)
{
    start(plan, fund);
    if (form == MLD_SUPPORT_CAPITAL)
        take_first_losses(fund, x, MLD_FIRST_LOSS_CAPITAL);
    else if (form == MLD_SUPPORT_HURDLE)
        take_first_losses(fund, x, MLD_FIRST_LOSS_HURDLE);
    else if (form == MLD_SUPPORT_PARI_PASSU)
        fund->share_class[MLD_CLASS_A].public_share = x / fund->share_class[MLD_CLASS_A].commitment;
    else if (form == MLD_SUPPORT_GRANT)
        give(&plan->guarantee, fund, x, rows);
}
