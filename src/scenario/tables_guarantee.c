/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of `guarantee` (model, section 7). */
#include "scenario/tables.h"

#include "params/tree.h"

#include <string.h>

#define MODEL .source = "model, section 7"

/* What an item says of `covers_layer` makes it a counter-guarantee or a layer on deals. */
static unsigned lacks(const struct mld_node *item)
{
    const struct mld_node *covers = item->kind == MLD_NODE_GROUP
                                        ? mld_node_child(item, "covers_layer",
                                                         strlen("covers_layer"))
                                        : NULL;
    int counter = covers && covers->kind == MLD_NODE_TEXT && *covers->text;
    return counter ? MLD_ON_DEALS : MLD_OF_COUNTER;
}

static const struct mld_param layer_params[] = {
    MLD_ROW_TEXT(mld_layer, name, "name", .stage = MLD_STAGE_NONE,
                 .flags = MLD_REQUIRED | MLD_FIXED, .doc_en = "Name of the layer.",
                 .doc_fr = "Nom de la tranche.", MODEL),
    MLD_ROW_TEXT(mld_layer, covers_layer, "covers_layer", .domain = MLD_DOMAIN_LAYER,
                 .doc_en = "Counter-guarantee: the layer it pays back; none for a layer on deals.",
                 .doc_fr = "Contre-garantie : la tranche qu'elle rembourse ; vide pour une tranche "
                           "sur les dossiers.",
                 MODEL),
    MLD_ROW_NAMES(mld_layer, instrument, n_instruments, "instruments",
                  .domain = MLD_DOMAIN_INSTRUMENT, .only = MLD_ON_DEALS,
                  .doc_en = "Instruments covered; all when none is named.",
                  .doc_fr = "Instruments couverts ; tous si aucun n'est nommé.", MODEL),
    MLD_ROW_NAMES(mld_layer, form, n_forms, "legal_forms", .domain = MLD_DOMAIN_FORM,
                  .only = MLD_ON_DEALS, .doc_en = "Legal forms covered; all when none is named.",
                  .doc_fr = "Formes juridiques couvertes ; toutes si aucune n'est nommée.", MODEL),
    MLD_ROW_NAMES(mld_layer, sector, n_sectors, "sectors", .domain = MLD_DOMAIN_SECTOR,
                  .only = MLD_ON_DEALS, .doc_en = "Sectors covered; all when none is named.",
                  .doc_fr = "Secteurs couverts ; tous si aucun n'est nommé.", MODEL),
    MLD_ROW_REAL(mld_layer, cover.ticket_min, "ticket_min", "EUR", 0, 1e13, 0, .only = MLD_ON_DEALS,
                 .doc_en = "Smallest ticket covered.", .doc_fr = "Plus petit ticket couvert.",
                 MODEL),
    MLD_ROW_REAL(mld_layer, cover.ticket_max, "ticket_max", "EUR", 0, INFINITY, INFINITY,
                 .only = MLD_ON_DEALS, .doc_en = "Largest ticket covered; \"none\" for no limit.",
                 .doc_fr = "Plus grand ticket couvert ; « none » sans limite.", MODEL),
    MLD_ROW_REAL(mld_layer, quotite, "quotite", "1", 0, 1, NAN, .stage = MLD_STAGE_GUARANTEE,
                 .only = MLD_ON_DEALS, .doc_en = "Part q of the covered loss that is paid.",
                 .doc_fr = "Quotité q : part de la perte couverte qui est indemnisée.", MODEL),
    MLD_ROW_REAL(mld_layer, attachment, "attachment", "1", 0, 1, 0, .stage = MLD_STAGE_GUARANTEE,
                 .only = MLD_ON_DEALS,
                 .doc_en = "Losses kept by the fund first, as a fraction of the covered volume.",
                 .doc_fr = "Premières pertes gardées par le fonds, en fraction du volume couvert.",
                 MODEL),
    MLD_ROW_REAL(mld_layer, cap_rate, "cap_rate", "1", 0, 1, 1, .stage = MLD_STAGE_GUARANTEE,
                 .doc_en = "Losses covered beyond the attachment, as a fraction of the covered "
                           "volume; of a counter-guarantee: payouts it shares in.",
                 .doc_fr = "Pertes couvertes au-delà de la franchise, en fraction du volume "
                           "couvert ; d'une contre-garantie : indemnités qu'elle partage.",
                 MODEL),
    MLD_ROW_REAL(mld_layer, cover.max_loss_per_issuer, "max_loss_per_issuer", "EUR", 0, INFINITY,
                 INFINITY, .stage = MLD_STAGE_COVERS, .only = MLD_ON_DEALS,
                 .doc_en = "Largest covered loss on one issuer; \"none\" for no limit.",
                 .doc_fr = "Perte couverte maximale sur un émetteur ; « none » sans limite.",
                 MODEL),
    MLD_ROW_REAL(
        mld_layer, waiting_years, "waiting_years", "years", 0, MLD_MAX_YEARS, 0,
        .stage = MLD_STAGE_COVERS, .only = MLD_ON_DEALS,
        .doc_en = "Age of the deal from which a default is covered.",
        .doc_fr = "Délai de carence : âge du dossier à partir duquel un défaut est couvert.",
        MODEL),
    MLD_ROW_REAL(
        mld_layer, term_years, "term_years", "years", 0, MLD_MAX_YEARS, MLD_MAX_YEARS,
        .stage = MLD_STAGE_COVERS, .only = MLD_ON_DEALS,
        .doc_en = "Age of the deal up to which a loss is covered.",
        .doc_fr = "Durée de la garantie : âge du dossier jusqu'auquel une perte est couverte.",
        MODEL),
    MLD_ROW_REAL(
        mld_layer, claim_delay_years, "claim_delay_years", "years", 0, MLD_MAX_YEARS, 0,
        .stage = MLD_STAGE_COVERS, .only = MLD_ON_DEALS,
        .doc_en = "Time from a default or an exit before which the loss does not count.",
        .doc_fr = "Délai après un défaut ou une sortie avant lequel la perte ne compte pas.",
        MODEL),
    MLD_ROW_CHOICE(mld_layer, cover.payout, "payout", "final_loss|on_default", MLD_FINAL_LOSS,
                   .stage = MLD_STAGE_COVERS, .only = MLD_ON_DEALS,
                   .doc_en = "Whether the final loss is paid, or the outstanding at default and "
                             "the recovery taken off later.",
                   .doc_fr = "Indemnisation de la perte finale, ou de l'encours au défaut dont le "
                             "recouvrement est déduit ensuite.",
                   MODEL),
    MLD_ROW_BOOL(
        mld_layer, cover.exit_losses, "cover_exit_losses", 0, .stage = MLD_STAGE_COVERS,
        .only = MLD_ON_DEALS,
        .doc_en = "Shares sold, or cooperative shares redeemed, below cost are covered losses.",
        .doc_fr = "Les actions cédées, ou parts sociales remboursées, sous leur coût sont des "
                  "pertes couvertes.",
        MODEL),
    MLD_ROW_BOOL(
        mld_layer, cover.net_of_gains, "net_of_gains", 0, .stage = MLD_STAGE_COVERS,
        .only = MLD_ON_DEALS, .doc_en = "Gains on covered shares are taken off the covered losses.",
        .doc_fr = "Les plus-values sur actions couvertes sont déduites des pertes couvertes.",
        MODEL),
    MLD_ROW_REAL(
        mld_layer, fee_rate, "fee_rate", "1/year", 0, 0.2, 0, .stage = MLD_STAGE_GUARANTEE,
        .doc_en =
            "Fee on the guaranteed outstanding; of a counter-guarantee: part of what it pays.",
        .doc_fr =
            "Commission sur l'encours garanti ; d'une contre-garantie : part de ce qu'elle verse.",
        MODEL),
    MLD_ROW_REAL(mld_layer, fee_upfront, "fee_upfront", "1", 0, 0.2, 0,
                 .stage = MLD_STAGE_GUARANTEE, .only = MLD_ON_DEALS,
                 .doc_en = "Fee on the guaranteed amount, when the deal is made.",
                 .doc_fr = "Commission initiale sur le montant garanti.", MODEL),
    MLD_ROW_CHOICE(mld_layer, fee_payer, "fee_payer", "fund|issuer", MLD_FEE_BY_FUND,
                   .stage = MLD_STAGE_GUARANTEE, .only = MLD_ON_DEALS,
                   .doc_en = "Who pays the fees.", .doc_fr = "Qui paie les commissions.", MODEL),
    MLD_ROW_REAL(mld_layer, upside_share, "upside_share", "1", 0, 1, 0,
                 .stage = MLD_STAGE_GUARANTEE, .only = MLD_ON_DEALS,
                 .doc_en = "Part of gains on covered shares given to the guarantor.",
                 .doc_fr = "Part des plus-values sur actions couvertes rendue au garant.", MODEL),
    MLD_ROW_REAL(mld_layer, operator_cost, "operator_cost", "1/year", 0, 0.1, 0,
                 .stage = MLD_STAGE_GUARANTEE, .only = MLD_ON_DEALS,
                 .doc_en = "Cost of the operator on the guaranteed outstanding, paid by the State.",
                 .doc_fr = "Coût de l'opérateur sur l'encours garanti, payé par l'État.", MODEL),
    MLD_ROW_REAL(mld_layer, share, "share", "1", 0, 1, NAN, .stage = MLD_STAGE_GUARANTEE,
                 .only = MLD_OF_COUNTER,
                 .doc_en = "Of a counter-guarantee: part of the payouts it pays back.",
                 .doc_fr = "D'une contre-garantie : part des indemnités qu'elle rembourse.", MODEL),
    MLD_PARAM_END
};

static const struct mld_param dotation_params[] = {
    MLD_ROW_INT(mld_dotation, year, "year", "years", 0, MLD_MAX_YEARS - 1, 0, .flags = MLD_REQUIRED,
                .doc_en = "Year of the payment, counted from 0.",
                .doc_fr = "Année du versement, comptée à partir de 0.", MODEL),
    MLD_ROW_REAL(mld_dotation, amount, "amount", "EUR", 0, 1e13, 0, .flags = MLD_REQUIRED,
                 .doc_en = "Amount paid into the guarantee fund.",
                 .doc_fr = "Montant versé au fonds de garantie.", MODEL),
    MLD_ROW_REAL(mld_dotation, ae, "ae", "EUR", 0, 1e13, NAN, .stage = MLD_STAGE_MEASURES,
                 .doc_en = "What may be committed in that year (AE); the amount where it is left "
                           "out. AE to date are never below the amounts to date (CP), and the two "
                           "are equal in the end.",
                 .doc_fr = "Autorisations d'engagement (AE) de cette année ; à défaut, le montant. "
                           "Leur cumul n'est jamais inférieur à celui des montants (CP), et les "
                           "deux sont égaux à la fin.",
                 .source = "model, section 12; LOLF (loi organique 2001-692), article 8"),
    MLD_ROW_INT(mld_dotation, programme, "programme", "", 100, 999, MLD_PROGRAMME,
                .stage = MLD_STAGE_NONE, .flags = MLD_FIXED,
                .doc_en = "Programme of the budget that pays.",
                .doc_fr = "Programme du budget qui verse.", .source = "model, section 12"),
    MLD_ROW_INT(mld_dotation, action, "action", "", 0, 99, 0, .stage = MLD_STAGE_NONE,
                .flags = MLD_FIXED, .doc_en = "Action of the programme; 0: not given.",
                .doc_fr = "Action du programme ; 0 : non précisée.", .source = "model, section 12"),
    MLD_PARAM_END
};

static const struct mld_param gage_params[] = {
    MLD_ROW_INT(mld_gage, programme, "programme", "", 100, 999, 0, .flags = MLD_REQUIRED,
                .doc_en = "Programme that the amount is taken from.",
                .doc_fr = "Programme sur lequel le montant est prélevé.",
                .source = "model, section 12"),
    MLD_ROW_REAL(mld_gage, amount, "amount", "EUR", 0, 1e13, 0, .flags = MLD_REQUIRED,
                 .doc_en = "Payment appropriations (CP) taken from it.",
                 .doc_fr = "Crédits de paiement (CP) prélevés.", .source = "model, section 12"),
    MLD_ROW_REAL(mld_gage, ae, "ae", "EUR", 0, 1e13, NAN,
                 .doc_en = "Commitment appropriations (AE) taken from it; the amount where left "
                           "out.",
                 .doc_fr = "Autorisations d'engagement (AE) prélevées ; à défaut, le montant.",
                 .source = "model, section 12"),
    MLD_PARAM_END
};

static const struct mld_param compared_params[] = {
    MLD_ROW_TEXT(mld_compared, name, "name", .flags = MLD_REQUIRED | MLD_FIXED,
                 .doc_en = "Name of another use of public money.",
                 .doc_fr = "Nom d'un autre emploi d'argent public.", .source = "model, section 13"),
    MLD_ROW_REAL(mld_compared, cost, "cost", "1", 0, 100, 1, .flags = MLD_REQUIRED,
                 .doc_en = "What a euro of private financing costs it, in public euros.",
                 .doc_fr = "Ce que lui coûte un euro de financement privé, en euros publics.",
                 .source = "model, section 13"),
    MLD_ROW_REAL(
        mld_compared, additional, "additional", "1", 0, 1, 1, .flags = MLD_JUDGEMENT,
        .doc_en = "Part of that financing that would not have come without it.",
        .doc_fr = "Part de ce financement qui ne serait pas venue sans lui.",
        .source = MLD_BESIDE(
            "13",
            "said by the source of the row; 1, all of it additional, is what favours that use most",
            "dit par la source de la ligne ; 1, tout est additionnel, est ce qui favorise le plus "
            "cet emploi")),
    MLD_ROW_TEXT(mld_compared, source, "source", .flags = MLD_FIXED,
                 .doc_en = "Where cost and additionality come from.",
                 .doc_fr = "D'où viennent coût et additionnalité.", .source = "model, section 13"),
    MLD_PARAM_END
};

const struct mld_param mld_guarantee_params[] = {
    MLD_ROW_LIST(mld_guarantee_spec, layer, n_layers, "layers", layer_params, .flags = MLD_REQUIRED,
                 .lacks = lacks, .doc_en = "Layers on deals and counter-guarantees.",
                 .doc_fr = "Couches sur les dossiers et contre-garanties.", MODEL),
    MLD_ROW_LIST(
        mld_guarantee_spec, dotation, n_dotations, "dotation", dotation_params,
        .stage = MLD_STAGE_GUARANTEE,
        .doc_en = "Payments into the guarantee fund; without any the State pays what is due.",
        .doc_fr = "Versements au fonds de garantie ; sans aucun, l'État paie ce qui est dû.",
        MODEL),
    MLD_ROW_LIST(mld_guarantee_spec, gage, n_gages, "gage", gage_params, .stage = MLD_STAGE_NONE,
                 .flags = MLD_FIXED,
                 .doc_en = "What the finance act of the first payment takes from other programmes "
                           "to offset it; it enters the table of the budget alone.",
                 .doc_fr = "Gage : ce que la loi de finances du premier versement retire à "
                           "d'autres programmes ; il n'entre qu'au tableau du budget.",
                 .source = "model, section 12; LOLF, article 47"),
    MLD_ROW_CHOICE(
        mld_guarantee_spec, residual_to, "residual_to", "state|kept", MLD_RESIDUAL_STATE,
        .stage = MLD_STAGE_MEASURES,
        .doc_en = "Whose the balance left at the end is: given back to the budget, whose "
                  "present value it lowers, or kept, a public asset beside it.",
        .doc_fr = "À qui revient le solde final : rendu au budget, dont il réduit la "
                  "valeur actuelle, ou conservé, actif public indiqué à côté.",
        .source = "model, section 12"),
    MLD_ROW_REAL(mld_guarantee_spec, dotation_yield, "dotation_yield", "1/year", -0.02, 0.2, 0,
                 .stage = MLD_STAGE_GUARANTEE, .flags = MLD_JUDGEMENT,
                 .doc_en = "Yield of the guarantee fund's balance.",
                 .doc_fr = "Rendement du solde du fonds de garantie.",
                 .source = MLD_BESIDE("7",
                                      "judged between 0, an idle account, and 3 %, near the TMO of "
                                      "2023 and 2024 (Journal officiel)",
                                      "jugé entre 0, un compte dormant, et 3 %, proche du TMO de "
                                      "2023 et 2024 (Journal officiel)")),
    MLD_ROW_REAL(
        mld_guarantee_spec, moral_hazard, "moral_hazard", "1", 0, 10, 1, .flags = MLD_JUDGEMENT,
        .doc_en = "Multiple of the PD of covered issuers in the branch with the guarantee.",
        .doc_fr =
            "Multiple de la PD des émetteurs couverts dans la branche avec garantie (aléa moral).",
        .source = MLD_BESIDE("7",
                             "Lelarge, Sraer and Thesmar: French loan guarantees have raised "
                             "defaults; by how much is judged, from nothing to a half",
                             "Lelarge, Sraer et Thesmar : des garanties de prêts françaises ont "
                             "accru les défauts ; de combien est jugé, de rien à la moitié")),
    MLD_ROW_REAL(
        mld_guarantee_spec, hazard_slope, "hazard_slope", "1", 0, 10, 0, .flags = MLD_JUDGEMENT,
        .doc_en = "Moral hazard that grows with what is guaranteed: the multiple of the PD "
                  "is moral_hazard × (1 + hazard_slope × quotite).",
        .doc_fr = "Aléa moral qui croît avec la quotité : le multiple de la PD est "
                  "moral_hazard × (1 + hazard_slope × quotité).",
        .source = MLD_BESIDE(
            "14",
            "Lelarge, Sraer and Thesmar find more defaults among guaranteed firms; how they grow "
            "with the quotité was not read, hence 0",
            "Lelarge, Sraer et Thesmar trouvent plus de défauts chez les entreprises garanties ; "
            "comment ils croissent avec la quotité n'a pas été lu, d'où 0")),
    MLD_ROW_REAL(
        mld_guarantee_spec, pass_through, "pass_through", "1", 0, 1, 0, .stage = MLD_STAGE_LIVES,
        .flags = MLD_JUDGEMENT,
        .doc_en = "Part of the price of cover, above its fee, that issuers of covered debt "
                  "get back: their fixed rates fall by as much.",
        .doc_fr = "Part du prix de la garantie, au-delà de la commission, rendue aux "
                  "émetteurs de dette couverte : leur taux fixe baisse d'autant.",
        .source = MLD_JUDGED("14",
                             "0 leaves the advantage with investors, whether issuers would get a "
                             "part of it nobody has told",
                             "0 laisse l'avantage aux investisseurs, si les émetteurs en auraient "
                             "une part, nul ne l'a dit")),
    MLD_ROW_REAL(
        mld_guarantee_spec, pass_through_price, "pass_through_price", "1/year", 0, 1, NAN,
        .stage = MLD_STAGE_LIVES, .flags = MLD_JUDGEMENT,
        .doc_en = "That price, a year per euro guaranteed; left out, it is what covered "
                  "debt costs on average, found by a first pass over the same paths.",
        .doc_fr = "Ce prix, par an et par euro garanti ; sans lui, ce que la dette "
                  "couverte coûte en moyenne, par un premier passage sur les mêmes "
                  "trajectoires.",
        .source = MLD_JUDGED("14", "left out, what covered debt costs its guarantor on average",
                             "à défaut, ce que la dette couverte coûte en moyenne à son garant")),
    MLD_ROW_REAL(
        mld_guarantee_spec, reference_rate, "reference_rate", "1/year", 0, 0.2, 0.035,
        .stage = MLD_STAGE_COVERS, .flags = MLD_JUDGEMENT,
        .doc_en = "Rate that discounts the net cost and the grant equivalent.",
        .doc_fr = "Taux d'actualisation du coût net et de l'équivalent-subvention.",
        .source = MLD_BESIDE(
            "9", "judged a little above the TMO of 2023 and 2024, 3.1 to 3.4 % (Journal officiel)",
            "jugé un peu au-dessus du TMO de 2023 et 2024, 3,1 à 3,4 % (Journal officiel)")),
    MLD_ROW_CHOICE(mld_guarantee_spec, de_minimis, "de_minimis", "general|sgei", 0,
                   .stage = MLD_STAGE_GUARANTEE,
                   .doc_en = "Ceiling of small aid: general, 300,000 EUR over three years, or "
                             "services of general economic interest, 750,000 EUR.",
                   .doc_fr = "Plafond de minimis : général, 300 000 € sur trois ans, ou services "
                             "d'intérêt économique général, 750 000 €.",
                   .source = "Regulations (EU) 2023/2831 and 2023/2832"),
    MLD_ROW_REAL(
        mld_guarantee_spec, admin, "admin", "1/year", 0, 0.1, NAN, .stage = MLD_STAGE_NONE,
        .flags = MLD_JUDGEMENT,
        .doc_en = "Cost of administering the alternatives to the guarantee, on public money "
                  "outstanding; as much as the operator's when it is left out.",
        .doc_fr = "Coût de gestion des autres formes que la garantie, sur l'argent public "
                  "engagé ; celui de l'opérateur s'il n'est pas donné.",
        .source = MLD_JUDGED(
            "13",
            "what grants or loans cost their operator, as much as the guarantee when not given",
            "ce que subventions ou prêts coûtent à leur opérateur, autant que la garantie à "
            "défaut")),
    MLD_ROW_LIST(
        mld_guarantee_spec, compared, n_compared, "compared", compared_params,
        .stage = MLD_STAGE_NONE,
        .doc_en = "Other uses of public money beside which the break-even additionality is "
                  "put; without any, a grant of a euro for a euro.",
        .doc_fr = "Autres emplois d'argent public auxquels se mesure l'additionnalité "
                  "d'équilibre ; sans aucun, une subvention d'un euro pour un euro.",
        .source = "model, section 13"),
    MLD_PARAM_END
};
