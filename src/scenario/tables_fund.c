/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of `fund` (model, section 8). */
#include "scenario/tables.h"

#define MODEL .source = "model, section 8"

#define COMMITMENT                                                             \
    MLD_ROW_REAL(mld_share_class, commitment, "commitment", "EUR", 0, 1e13, 0, \
                 .flags = MLD_REQUIRED, .doc_en = "Commitments of the class.", \
                 .doc_fr = "Engagements de souscription de la catégorie.", MODEL)

/* Nobody is taken to be private of whom it is not said. */
static const struct mld_param ordinary_params[] = {
    COMMITMENT,
    MLD_ROW_REAL(mld_share_class, public_share, "public_share", "1", 0, 1, NAN,
                 .stage = MLD_STAGE_MEASURES, .flags = MLD_JUDGEMENT,
                 .doc_en = "Part of them held by public investors: what the State pays of the "
                           "calls and gets of the distributions; private financing is not spoken "
                           "of without it.",
                 .doc_fr = "Part détenue par des investisseurs publics : ce que l'État verse des "
                           "appels et reçoit des distributions ; sans elle il n'est pas question "
                           "de financement privé.",
                 .source = MLD_JUDGED(
                     "8", "nobody has subscribed yet: 0 says that all of the class is private",
                     "personne n'a encore souscrit : 0 dit que toute la catégorie est privée")),
    MLD_PARAM_END
};

static const struct mld_param other_params[] = {
    COMMITMENT,
    MLD_ROW_REAL(mld_share_class, public_share, "public_share", "1", 0, 1, 0,
                 .stage = MLD_STAGE_MEASURES, .flags = MLD_JUDGEMENT,
                 .doc_en = "Part of them held by public investors: what the State pays of the "
                           "calls and gets of the distributions.",
                 .doc_fr = "Part détenue par des investisseurs publics : ce que l'État verse des "
                           "appels et reçoit des distributions.",
                 .source = MLD_JUDGED(
                     "8",
                     "the managers' own units and quasi-equity are taken to be private unless told",
                     "les parts des gestionnaires et les quasi-fonds propres sont tenus pour "
                     "privés sauf mention")),
    MLD_PARAM_END
};

#define CLASS(letter, name_, rows, flags_, en, fr)                                         \
    MLD_ROW_GROUP(sizeof(struct mld_share_class) * (letter), name_, rows, .flags = flags_, \
                  .doc_en = en, .doc_fr = fr, MODEL)

static const struct mld_param class_params[] = {
    CLASS(MLD_CLASS_A, "A", ordinary_params, MLD_REQUIRED, "Ordinary shares.", "Parts ordinaires."),
    CLASS(MLD_CLASS_B, "B", other_params, MLD_OPTIONAL, "Concessional shares.",
          "Parts concessionnelles."),
    { .key = "C",
      .kind = MLD_GROUP,
      .unit = "",
      .offset = sizeof(struct mld_share_class) * MLD_CLASS_C,
      .table = other_params,
      .flags = MLD_REQUIRED,
      .doc_en = "Carry shares, at least 1 % of the commitments.",
      .doc_fr = "Parts de carried interest, au moins 1 % des engagements.",
      .source = "CGI, art. 150-0 A, II, 8" },
    MLD_PARAM_END
};

static const struct mld_param concessional_params[] = {
    MLD_ROW_CHOICE(
        mld_fund_spec, first_loss, "first_loss", "none|capital|hurdle", MLD_FIRST_LOSS_NONE,
        .yes_no = 1,
        .doc_en = "What of A is paid before B's capital: its capital (also true), then A's "
                  "preferred return before B's; or its preferred return too.",
        .doc_fr =
            "Ce que A reçoit avant le capital de B : son capital (aussi true), puis le "
            "rendement prioritaire de A avant celui de B ; ou son rendement prioritaire aussi.",
        .source = "model, sections 8 and 13"),
    MLD_ROW_BOOL(mld_fund_spec, capped_return, "capped_return", 0,
                 .doc_en = "B's return is limited to cap.",
                 .doc_fr = "Le rendement de B est limité à cap.", MODEL),
    MLD_ROW_REAL(mld_fund_spec, cap, "cap", "1/year", 0, 1, NAN,
                 .doc_en = "Yearly rate of B's account when its return is capped.",
                 .doc_fr = "Taux annuel du compte de B quand son rendement est plafonné.", MODEL),
    MLD_PARAM_END
};

static const struct mld_param grant_params[] = {
    MLD_ROW_INT(
        mld_fund_grant, year, "year", "years", 0, MLD_MAX_YEARS - 1, 0, .flags = MLD_REQUIRED,
        .doc_en = "Year in whose first period it is paid, from 0.",
        .doc_fr = "Année dont la première période voit le versement, comptée à partir de 0.",
        .source = "model, section 13"),
    MLD_ROW_REAL(mld_fund_grant, amount, "amount", "EUR", 0, 1e13, 0, .flags = MLD_REQUIRED,
                 .doc_en = "Given by the State to the fund, which gives nothing for it.",
                 .doc_fr = "Donné par l'État au fonds, sans contrepartie.",
                 .source = "model, section 13"),
    MLD_PARAM_END
};

#define TERMS .source = "model, section 16"

static const struct mld_param fee_params[] = {
    MLD_ROW_TEXT(mld_fund_fee, name, "name", .stage = MLD_STAGE_NONE,
                 .flags = MLD_REQUIRED | MLD_FIXED, .doc_en = "Name of the row.",
                 .doc_fr = "Nom de la ligne.", TERMS),
    MLD_ROW_CHOICE(mld_fund_fee, kind, "kind", "management|other", -1, .flags = MLD_REQUIRED,
                   .doc_en = "Whether the management company gets it, or others do.",
                   .doc_fr = "Si la société de gestion le reçoit, ou d'autres.", TERMS),
    MLD_ROW_CHOICE(
        mld_fund_fee, base, "base", "commitments|commitments_without_C|called|net_invested|nav",
        MLD_BASE_COMMITMENTS,
        .doc_en = "What the rate is of: commitments and grants, or what was called, is invested or "
                  "is the NAV after the period before.",
        .doc_fr = "Assiette du taux : engagements et subventions, ou ce qui est appelé, investi ou "
                  "l'actif net après la période précédente.",
        TERMS),
    MLD_ROW_REAL(mld_fund_fee, rate, "rate", "1/year", 0, 0.1, 0,
                 .doc_en = "Rate on the base, VAT included.", .doc_fr = "Taux sur l'assiette, TTC.",
                 TERMS),
    MLD_ROW_REAL(mld_fund_fee, amount, "amount", "EUR", 0, 1e13, 0,
                 .doc_en = "Amount a year beside it, VAT included.",
                 .doc_fr = "Montant par an en plus, TTC.", TERMS),
    MLD_ROW_REAL(mld_fund_fee, minimum, "minimum", "EUR", 0, 1e13, 0,
                 .doc_en = "Least that the rate on the base gives a year.",
                 .doc_fr = "Minimum par an du taux sur l'assiette.", TERMS),
    MLD_ROW_REAL(mld_fund_fee, from_year, "from_year", "years", 0, MLD_MAX_YEARS, 0,
                 .doc_en = "From when on, since the first closing.",
                 .doc_fr = "À partir de quand, depuis le premier closing.", TERMS),
    MLD_ROW_REAL(mld_fund_fee, to_year, "to_year", "years", 0, INFINITY, INFINITY,
                 .doc_en = "Until when, not included; none: until the end of the fund.",
                 .doc_fr = "Jusqu'à quand, exclu ; none : jusqu'à la fin du fonds.", TERMS),
    MLD_PARAM_END
};

static const struct mld_param recallable_params[] = {
    MLD_ROW_REAL(mld_fund_spec, recallable_share, "share", "1", 0, 1, 0,
                 .doc_en = "Part of the capital distributed that may be called again.",
                 .doc_fr = "Part du capital distribué qui peut être rappelée.", TERMS),
    MLD_ROW_REAL(mld_fund_spec, recallable_until, "until_year", "years", 0, MLD_MAX_YEARS, NAN,
                 .inherits = "fund.investment_years",
                 .doc_en = "Of what is distributed until then, not included.",
                 .doc_fr = "De ce qui est distribué jusque-là, exclu.", TERMS),
    MLD_PARAM_END
};

static const struct mld_param impact_params[] = {
    MLD_ROW_REAL(mld_fund_spec, impact_share, "share", "1", 0, 1, 0,
                 .doc_en = "Part χ of the carry that depends on the impact score.",
                 .doc_fr = "Part χ du carried interest qui dépend de la note d'impact.", MODEL),
    MLD_ROW_REAL(mld_fund_spec, score_mean, "score_mean", "1", 0, 1, 1, .flags = MLD_JUDGEMENT,
                 .doc_en = "Mean of the impact score (Beta law).",
                 .doc_fr = "Moyenne de la note d'impact (loi bêta).",
                 .source = MLD_JUDGED(
                     "8",
                     "half of the carry is tied to impact at Citizen Capital II (unquote.com "
                     "3003358), what scores it had is not told",
                     "la moitié du carried interest dépend de l'impact chez Citizen Capital II "
                     "(unquote.com 3003358), les notes obtenues ne sont pas dites")),
    MLD_ROW_REAL(mld_fund_spec, score_sd, "score_sd", "1", 0, 0.5, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Standard deviation of the impact score.",
                 .doc_fr = "Écart-type de la note d'impact.",
                 .source = MLD_JUDGED(
                     "8", "about a mean of 0.7, scores from a half to nine tenths in most funds",
                     "autour d'une moyenne de 0,7, des notes d'une moitié à neuf dixièmes pour la "
                     "plupart des fonds")),
    MLD_ROW_CHOICE(mld_fund_spec, impact_to, "to", "class_a|beneficiary", 0,
                   .doc_en = "Who gets the carry that impact did not earn.",
                   .doc_fr = "À qui va le carried interest non acquis par l'impact.", MODEL),
    MLD_ROW_TEXT(mld_fund_spec, impact_beneficiary, "beneficiary", .stage = MLD_STAGE_NONE,
                 .flags = MLD_FIXED, .doc_en = "Name of that beneficiary.",
                 .doc_fr = "Nom de ce bénéficiaire.", MODEL),
    MLD_PARAM_END
};

static const struct mld_param closing_params[] = {
    { .key = "date",
      .kind = MLD_DATE,
      .unit = "",
      .choices = "",
      .offset = offsetof(struct mld_closing, date),
      .flags = MLD_REQUIRED | MLD_FIXED,
      .doc_en = "Date of the closing, within the investment period; the first is in the first "
                "period.",
      .doc_fr = "Date du closing, dans la période d'investissement ; le premier est dans la "
                "première période.",
      .source = "model, section 16" },
    MLD_ROW_REAL(mld_closing, share, "share", "1", 0, 1, 0, .flags = MLD_REQUIRED,
                 .doc_en = "Part of the commitments of every class that it admits; shares add up "
                           "to 1.",
                 .doc_fr = "Part des engagements de chaque catégorie qu'il admet ; les parts "
                           "font 1 ensemble.",
                 .source = "model, section 16"),
    MLD_PARAM_END
};

#define LINE .source = "model, section 16"

static const struct mld_param line_params[] = {
    MLD_ROW_REAL(mld_fund_spec, credit_line.limit, "limit", "1", 0, 1, 0, .flags = MLD_REQUIRED,
                 .doc_en = "Most that is drawn, as a fraction of what may still be called.",
                 .doc_fr = "Encours tiré au plus, en fraction de ce qui peut encore être appelé.",
                 LINE),
    MLD_ROW_REAL(mld_fund_spec, credit_line.rate, "rate", "1/year", 0, 0.5, 0,
                 .flags = MLD_REQUIRED, .doc_en = "Interest on what is drawn.",
                 .doc_fr = "Intérêt sur ce qui est tiré.", LINE),
    MLD_ROW_REAL(mld_fund_spec, credit_line.fee, "fee", "1/year", 0, 0.1, 0,
                 .doc_en = "Fee on what could be drawn and is not, in the investment period.",
                 .doc_fr = "Commission de non-utilisation, pendant la période d'investissement.",
                 LINE),
    MLD_ROW_INT(mld_fund_spec, credit_line.periods, "periods", "periods", 1, MLD_MAX_PERIODS, 1,
                .flags = MLD_REQUIRED, .doc_en = "After so many what is borrowed falls due.",
                .doc_fr = "Nombre de périodes après lequel un tirage est exigible.", LINE),
    MLD_PARAM_END
};

/* "|return_of_capital|…": a bar before each name. */
static const char tier_types[] =
#define TIER(name) "|" #name
#include "milliard/tiers.def"
#undef TIER
    ;

static const char *tier_name(int i) { return mld_tiers[i] ? mld_tiers[i]->name : NULL; }
static const struct mld_param *tier_rows(int i) { return mld_tiers[i]->params; }
static const struct mld_kinds tiers = { tier_name, tier_rows };

static const struct mld_param tier_params[] = {
    MLD_ROW_CHOICE(mld_tier, type, "type", tier_types + 1, 0, .flags = MLD_REQUIRED,
                   .doc_en = "What the tier pays.", .doc_fr = "Ce que paie l'étage.", MODEL),
    MLD_ROW_CHOICE(mld_tier, to, "to", "A|B|A_and_B|C", -1,
                   .doc_en = "Whom it pays, for return_of_capital and preferred_return.",
                   .doc_fr = "Qui il paie, pour return_of_capital et preferred_return.", MODEL),
    MLD_PARAM_END
};

static const struct mld_param recycling_params[] = {
    MLD_ROW_REAL(mld_recycling, total, "total", "1", 0.01, 10, 0, .stage = MLD_STAGE_FUND,
                 .flags = MLD_REQUIRED,
                 .doc_en = "Most that is invested, as a fraction of commitments and grants.",
                 .doc_fr = "Total investi au plus, en fraction des engagements et des subventions.",
                 .source = "model, section 16"),
    MLD_ROW_REAL(mld_recycling, until_year, "until_year", "years", 0.08, MLD_MAX_YEARS, NAN,
                 .stage = MLD_STAGE_FUND,
                 .doc_en = "From when on no candidate is made; the end of the investment period "
                           "when not given.",
                 .doc_fr = "À partir de quand aucun candidat n'est réalisé ; la fin de la période "
                           "d'investissement à défaut.",
                 .source = "model, section 16"),
    MLD_PARAM_END
};

const struct mld_param mld_fund_params[] = {
    MLD_ROW_REAL(mld_fund_spec, term_years, "term_years", "years", 1, MLD_MAX_YEARS, 0,
                 .flags = MLD_REQUIRED | MLD_PERIODS, .doc_en = "Contractual life of the fund.",
                 .doc_fr = "Durée de vie statutaire du fonds.", MODEL),
    MLD_ROW_REAL(mld_fund_spec, extension_years, "extension_years", "years", 0, MLD_MAX_YEARS, 0,
                 .flags = MLD_PERIODS, .doc_en = "Extension, always used.",
                 .doc_fr = "Prorogation, toujours utilisée.", MODEL),
    MLD_ROW_REAL(mld_fund_spec, investment_years, "investment_years", "years", 0.08, MLD_MAX_YEARS,
                 0, .flags = MLD_REQUIRED | MLD_PERIODS,
                 .doc_en = "Length of the investment period.",
                 .doc_fr = "Durée de la période d'investissement.", MODEL),
    MLD_ROW_GROUP(offsetof(struct mld_fund_spec, share_class), "classes", class_params,
                  .stage = MLD_STAGE_FUND, .flags = MLD_REQUIRED,
                  .doc_en = "Classes of shares and their commitments.",
                  .doc_fr = "Catégories de parts et leurs engagements.", MODEL),
    MLD_ROW_GROUP(0, "concessional", concessional_params, .stage = MLD_STAGE_FUND,
                  .doc_en = "Terms of class B.", .doc_fr = "Conditions de la catégorie B.", MODEL),
    MLD_ROW_REAL(mld_fund_spec, setup, "setup", "1", 0, 0.1, 0, .stage = MLD_STAGE_FUND,
                 .doc_en = "Set-up costs, as a fraction of commitments, VAT included.",
                 .doc_fr = "Frais de constitution, en fraction des engagements, TTC.", MODEL),
    MLD_ROW_REAL(
        mld_fund_spec, management_fee, "management_fee", "1/year", 0, 0.1, NAN,
        .stage = MLD_STAGE_FUND,
        .doc_en = "Management fee on commitments during the investment period, VAT included; "
                  "without a list of fees.",
        .doc_fr = "Frais de gestion (commission de la société de gestion) sur les engagements "
                  "pendant la période d'investissement, TTC ; à défaut d'une liste fees.",
        .source = "model, sections 8 and 16"),
    MLD_ROW_REAL(mld_fund_spec, management_fee_after, "management_fee_after", "1/year", 0, 0.1, NAN,
                 .stage = MLD_STAGE_FUND,
                 .doc_en = "Management fee on net invested cost afterwards; without a list of "
                           "fees.",
                 .doc_fr = "Frais de gestion sur le coût net investi ensuite ; à défaut d'une "
                           "liste fees.",
                 .source = "model, sections 8 and 16"),
    MLD_ROW_REAL(mld_fund_spec, running_costs, "running_costs", "1/year", 0, 0.1, NAN,
                 .stage = MLD_STAGE_FUND,
                 .doc_en = "Running costs on commitments, to the end; without a list of fees, 0 "
                           "when not given.",
                 .doc_fr = "Frais de fonctionnement sur les engagements, jusqu'à la fin ; à défaut "
                           "d'une liste fees, 0 s'ils ne sont pas donnés.",
                 .source = "model, sections 8 and 16"),
    MLD_ROW_LIST(mld_fund_spec, fee, n_fees, "fees", fee_params, .stage = MLD_STAGE_FUND,
                 .doc_en = "Fees and costs of the fund, row by row, instead of management_fee, "
                           "management_fee_after and running_costs.",
                 .doc_fr = "Frais et coûts du fonds, ligne à ligne, au lieu de management_fee, "
                           "management_fee_after et running_costs.",
                 .source = "model, section 16"),
    MLD_ROW_REAL(
        mld_fund_spec, recycling_limit, "recycling_limit", "1", 0, 1, 0, .stage = MLD_STAGE_FUND,
        .flags = MLD_JUDGEMENT,
        .doc_en =
            "Cash the fund may keep during the investment period, as a fraction of commitments.",
        .doc_fr = "Trésorerie que le fonds peut garder pendant la période d'investissement, en "
                  "fraction des engagements.",
        .source = MLD_JUDGED("8",
                             "a limit is usual (Goodwin, 2025: 63 % of funds cap what they invest "
                             "in all), its level is the règlement's",
                             "une limite est usuelle (Goodwin, 2025 : 63 % des fonds plafonnent "
                             "leur total investi), son niveau est celui du règlement")),
    MLD_ROW_REAL(mld_fund_spec, reserve_years, "reserve_years", "years", 0, 10, 1,
                 .stage = MLD_STAGE_FUND, .doc_en = "Years of costs kept in cash afterwards.",
                 .doc_fr = "Années de frais gardées en trésorerie ensuite.", MODEL),
    MLD_ROW_REAL(
        mld_fund_spec, cash_rate, "cash_rate", "1/year", 0, 0.2, 0, .stage = MLD_STAGE_FUND,
        .flags = MLD_JUDGEMENT, .doc_en = "Interest on the fund's cash.",
        .doc_fr = "Intérêts sur la trésorerie du fonds.",
        .source = MLD_JUDGED(
            "16", "0: what cash earns depends on what the règlement lets it be placed in",
            "0 : ce que rapporte la trésorerie dépend des placements que permet le règlement")),
    MLD_ROW_REAL(
        mld_fund_spec, cash_margin, "cash_margin", "1/year", 0, 0.2, NAN, .stage = MLD_STAGE_FUND,
        .flags = MLD_JUDGEMENT, .instead = "cash_rate",
        .doc_en = "Instead of cash_rate: cash earns the TMO less that, 0 at least.",
        .doc_fr = "Au lieu de cash_rate : la trésorerie rapporte le TMO diminué de cela, 0 "
                  "au moins.",
        .source = MLD_JUDGED(
            "16",
            "short placements earn less than long bonds, by how much depends on the règlement",
            "des placements courts rapportent moins que des obligations, de combien dépend du "
            "règlement")),
    MLD_ROW_REAL(
        mld_fund_spec, claw_back, "claw_back", "1", 0, 1, 0, .stage = MLD_STAGE_FUND,
        .doc_en = "Part of its carry that C pays back at most when the fund ends, where it "
                  "had more than its share, or A and B lack their hurdle.",
        .doc_fr = "Part de son carried interest que C restitue au plus à la fin du fonds "
                  "(clawback), si elle a eu plus que sa part ou s'il manque à A et B du "
                  "rendement prioritaire.",
        TERMS),
    MLD_ROW_GROUP(0, "recallable", recallable_params, .stage = MLD_STAGE_FUND,
                  .doc_en = "Distributions that may be called again.",
                  .doc_fr = "Distributions rappelables.", TERMS),
    MLD_ROW_REAL(
        mld_fund_spec, max_issuer_share, "max_issuer_share", "1", 0, 1, 0.10,
        .stage = MLD_STAGE_NONE,
        .doc_en = "Largest part of commitments in one issuer, to which the run is compared.",
        .doc_fr =
            "Part maximale des engagements sur un émetteur, à laquelle le calcul est comparé.",
        .source = "model, section 6"),
    MLD_ROW_REAL(
        mld_fund_spec, quota_until, "quota_until", "years", 0, MLD_MAX_YEARS, NAN,
        .stage = MLD_STAGE_MEASURES,
        .doc_en = "Years from the first closing until which the quota by date is due, from "
                  "the end of the second full year on; left out, a year more than "
                  "investment_years.",
        .doc_fr = "Années depuis le premier closing jusqu'auxquelles le quota à date est "
                  "dû, dès la fin du deuxième exercice plein ; non donné, un an de plus "
                  "que investment_years.",
        .source = "model, section 18; Code monétaire et financier, art. L214-28 and "
                  "L214-160; dates to be checked"),
    MLD_ROW_REAL(mld_fund_spec, hurdle, "hurdle", "1/year", 0, 0.5, NAN, .stage = MLD_STAGE_FUND,
                 .doc_en = "Preferred return of A and B, compounded, of tiers that give none of "
                           "their own.",
                 .doc_fr = "Rendement prioritaire de A et B, capitalisé, des étages qui n'en "
                           "donnent pas.",
                 .source = "model, sections 8 and 16"),
    MLD_ROW_REAL(mld_fund_spec, catch_up, "catch_up", "1", 0, 1, 1, .stage = MLD_STAGE_FUND,
                 .doc_en = "Share g of the catch-up tier that goes to C; 1 is a full catch-up.",
                 .doc_fr = "Part g du rattrapage qui va à C ; 1 pour un rattrapage total.", MODEL),
    MLD_ROW_REAL(mld_fund_spec, carry, "carry", "1", 0, 0.99, NAN, .stage = MLD_STAGE_FUND,
                 .doc_en = "Share k of the profit that goes to C, of tiers that give none of "
                           "their own.",
                 .doc_fr = "Part k du profit qui va à C, des étages qui n'en donnent pas.",
                 .source = "CGI, art. 150-0 A, II, 8; model, sections 8 and 16"),
    MLD_ROW_GROUP(0, "impact_carry", impact_params, .stage = MLD_STAGE_FUND,
                  .doc_en = "Carry that depends on the impact reached.",
                  .doc_fr = "Carried interest lié à l'impact atteint.", MODEL),
    { .key = "tiers",
      .kind = MLD_LIST,
      .unit = "",
      .offset = offsetof(struct mld_fund_spec, tier),
      .count_offset = offsetof(struct mld_fund_spec, n_tiers),
      .capacity = MLD_MAX_TIERS, /* the room beyond is for B's, parted from A's */
      .stride = sizeof(struct mld_tier),
      .table = tier_params,
      .kinds = &tiers,
      .stage = MLD_STAGE_FUND,
      .doc_en = "The waterfall, tier after tier.",
      .doc_fr = "La cascade de distribution, étage par étage.",
      .source = "model, sections 8 and 16" },
    MLD_ROW_LIST(mld_fund_spec, grant, n_grants, "grants", grant_params, .stage = MLD_STAGE_FUND,
                 .doc_en = "Grants of the State, spent before anything is called.",
                 .doc_fr = "Subventions de l'État, dépensées avant tout appel de fonds.",
                 .source = "model, section 13"),
    MLD_ROW_GROUP(offsetof(struct mld_fund_spec, recycling), "recycling", recycling_params,
                  .count_offset = offsetof(struct mld_fund_spec, recycling) +
                                  offsetof(struct mld_recycling, present),
                  .stage = MLD_STAGE_LIVES, .flags = MLD_OPTIONAL,
                  .doc_en = "The portfolio is a list of candidates, of which those are made that "
                            "cash, payouts, grants and commitments can pay, in order of date.",
                  .doc_fr = "Le portefeuille est une liste de candidats, dont sont réalisés, par "
                            "ordre de date, ceux que trésorerie, indemnités, subventions et "
                            "engagements peuvent payer.",
                  .source = "model, section 16"),
    MLD_ROW_BOOL(mld_fund_spec, grants_to_carry, "grants_to_carry", 0, .stage = MLD_STAGE_FUND,
                 .doc_en = "Grants count as profit of which C has its share.",
                 .doc_fr = "Les subventions comptent comme un profit dont C a sa part.",
                 .source = "model, section 13"),
    MLD_ROW_LIST(mld_fund_spec, closing, n_closings, "closings", closing_params,
                 .stage = MLD_STAGE_PORTFOLIO,
                 .doc_en = "Dates on which investors are admitted; none: all of them at the first "
                           "closing.",
                 .doc_fr = "Dates auxquelles les souscripteurs sont admis ; sans elles, tous au "
                           "premier closing.",
                 .source = "model, section 16"),
    MLD_ROW_GROUP(0, "credit_line", line_params, .stage = MLD_STAGE_FUND, .flags = MLD_OPTIONAL,
                  .doc_en = "A bank lends in the place of calls; the legal limit on borrowing is "
                            "to be checked.",
                  .doc_fr = "Une banque prête à la place des appels ; la limite légale d'emprunt "
                            "est à vérifier.",
                  .source = "model, section 16; Code monétaire et financier, to be checked"),
    MLD_ROW_REAL(mld_fund_spec, equalisation_rate, "equalisation_rate", "1/year", 0, 0.5, 0,
                 .stage = MLD_STAGE_MEASURES,
                 .doc_en = "Simple interest that newcomers of a later closing pay to earlier "
                           "members.",
                 .doc_fr = "Intérêt simple que les souscripteurs d'un closing ultérieur versent "
                           "aux précédents (égalisation).",
                 .source = "model, section 16"),
    MLD_ROW_REAL(
        mld_fund_spec, reference_rate_equity, "reference_rate_equity", "1/year", 0, 0.5, NAN,
        .stage = MLD_STAGE_MEASURES, .flags = MLD_JUDGEMENT,
        .doc_en = "Rate that discounts the State's shares as an investor in equity would, beside "
                  "the reference rate.",
        .doc_fr = "Actualisation des parts de l'État comme le ferait un investisseur en fonds "
                  "propres, à côté de celle de référence.",
        .source = MLD_BESIDE(
            "13",
            "judged beside net IRRs of 11.3 % (French private equity, France Invest and EY, end of "
            "2024) and 6.9 % (impact funds, Cambridge Associates and GIIN, 2015)",
            "jugé à côté de TRI nets de 11,3 % (capital-investissement français, France Invest et "
            "EY, fin 2024) et 6,9 % (fonds à impact, Cambridge Associates et GIIN, 2015)")),
    MLD_PARAM_END
};
