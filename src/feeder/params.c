/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of `feeder` (model, section 20). */
#include "milliard/feeder.h"

#include "params/rows.h"

#define MODEL .source = "model, section 20"

static const struct mld_param subscription_params[] = {
    MLD_ROW_INT(mld_subscription, year, "year", "years", 0, MLD_MAX_YEARS - 1, 0,
                .flags = MLD_REQUIRED, .doc_en = "Year in whose first period it is paid, from 0.",
                .doc_fr = "Année dont la première période voit le versement, comptée à partir de "
                          "0.",
                MODEL),
    MLD_ROW_REAL(
        mld_subscription, amount, "amount", "EUR", 0, 1e13, 0,
        .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "What savers bring, before the call of the period.",
        .doc_fr = "Ce que les épargnants apportent, avant l'appel de la période.",
        .source = MLD_JUDGED(
            "20", "invented, a little more than the fund commits to, so that some cash is left",
            "inventé, un peu plus que l'engagement du fonds, pour qu'il reste de la trésorerie")),
    MLD_PARAM_END
};

static const struct mld_param request_params[] = {
    MLD_ROW_REAL(mld_feeder_spec, request_mean, "mean", "1", 0, 1, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Mean part of the units that is asked back in a year.",
                 .doc_fr = "Part moyenne des parts dont le rachat est demandé dans l'année.",
                 .source = MLD_JUDGED(
                     "20", "no record of what savers of such a fund ask back was found, invented",
                     "aucun relevé des rachats demandés par les épargnants d'un tel fonds n'a été "
                     "trouvé, inventé")),
    MLD_ROW_REAL(
        mld_feeder_spec, request_sd, "sd", "1", 0, 1, 0, .flags = MLD_JUDGEMENT,
        .doc_en = "Its standard deviation, before it is kept between 0 and 1.",
        .doc_fr = "Son écart-type, avant d'être ramenée entre 0 et 1.",
        .source = MLD_JUDGED("20", "invented, years differ by nearly as much as the mean",
                             "inventé, les années diffèrent de presque autant que la moyenne")),
    MLD_ROW_REAL(mld_feeder_spec, request_load, "load", "1", 0, 1, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "How much of it comes with a bad year of the factor cycle.",
                 .doc_fr = "Combien en vient d'une mauvaise année du facteur cycle.",
                 .source = MLD_JUDGED(
                     "20", "invented, savers are taken to ask more in a bad year of the economy",
                     "inventé, les épargnants sont supposés demander plus lors d'une mauvaise "
                     "année de l'économie")),
    MLD_PARAM_END
};

const struct mld_param mld_feeder_params[] = {
    MLD_ROW_REAL(mld_feeder_spec, class_a_share, "class_a_share", "1", 0, 1, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Part of class A that it commits to at the start.",
                 .doc_fr = "Part de la catégorie A à laquelle il s'engage au départ.",
                 .source = MLD_JUDGED(
                     "20",
                     "invented: a citizens' fund is being defined (opération Milliard, Rapport "
                     "d'activité 2025, sections 6.1 to 6.3), its size is not told",
                     "inventé : un fonds citoyen est en cours de définition (opération Milliard, "
                     "Rapport d'activité 2025, sections 6.1 à 6.3), sa taille n'est pas dite")),
    MLD_ROW_LIST(
        mld_feeder_spec, subscription, n_subscriptions, "subscriptions", subscription_params,
        .flags = MLD_REQUIRED, .doc_en = "What savers subscribe, by year, at the value of units.",
        .doc_fr = "Ce que les épargnants souscrivent, par année, à la valeur des parts.", MODEL),
    MLD_ROW_REAL(mld_feeder_spec, cash_margin, "cash_margin", "1/year", 0, 0.1, 0,
                 .flags = MLD_JUDGEMENT, .doc_en = "What its cash earns less than the TMO.",
                 .doc_fr = "Ce que sa trésorerie rapporte de moins que le TMO.",
                 .source = MLD_JUDGED(
                     "20", "invented, short placements earn less than bonds",
                     "inventé, des placements courts rapportent moins que des obligations")),
    MLD_ROW_REAL(
        mld_feeder_spec, pocket, "pocket", "1", 0, 0.95, 0, .flags = MLD_JUDGEMENT,
        .doc_en = "Part λ of the value down to which cash serves requests.",
        .doc_fr = "Part λ de la valeur jusqu'à laquelle la trésorerie sert les rachats.",
        .source = MLD_JUDGED("20", "invented, what has to stay in cash for calls to come",
                             "inventé, ce qui doit rester en trésorerie pour les appels à venir")),
    MLD_ROW_REAL(mld_feeder_spec, fee, "fee", "1/year", 0, 0.1, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Cost of running it, of its value, paid after calls.",
                 .doc_fr = "Ses frais de fonctionnement, sur sa valeur, payés après les appels.",
                 .source = MLD_JUDGED(
                     "20", "invented, a feeder has costs of its own beside the fund's",
                     "inventé, un fonds nourricier a ses propres frais à côté de ceux du fonds")),
    MLD_ROW_GROUP(0, "requests", request_params, .doc_en = "Units that savers ask back.",
                  .doc_fr = "Parts dont les épargnants demandent le rachat.", MODEL),
    MLD_ROW_REAL(mld_feeder_spec, exit_fee, "exit_fee", "1", 0, 0.5, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Kept of the value of a unit paid back; the others have it.",
                 .doc_fr = "Retenu sur la valeur d'une part rachetée, au profit des autres.",
                 .source = MLD_JUDGED("20", "invented, what who leaves pays to who stays",
                                      "inventé, ce que qui part verse à qui reste")),
    MLD_ROW_REAL(mld_feeder_spec, gate, "gate", "1", 0, 1, 1, .flags = MLD_JUDGEMENT,
                 .doc_en = "Most units paid back in a year, as a part of all.",
                 .doc_fr = "Parts rachetées au plus dans l'année, en part de toutes.",
                 .source = MLD_JUDGED(
                     "20", "invented, what cash and distributions of a year can bear",
                     "inventé, ce que trésorerie et distributions d'une année peuvent porter")),
    MLD_PARAM_END
};
