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
    MLD_ROW_REAL(mld_subscription, amount, "amount", "EUR", 0, 1e13, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "What savers bring, before the call of the period.",
                 .doc_fr = "Ce que les épargnants apportent, avant l'appel de la période.", MODEL),
    MLD_PARAM_END
};

static const struct mld_param request_params[] = {
    MLD_ROW_REAL(mld_feeder_spec, request_mean, "mean", "1", 0, 1, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Mean part of the units that is asked back in a year.",
                 .doc_fr = "Part moyenne des parts dont le rachat est demandé dans l'année.",
                 MODEL),
    MLD_ROW_REAL(mld_feeder_spec, request_sd, "sd", "1", 0, 1, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Its standard deviation, before it is kept between 0 and 1.",
                 .doc_fr = "Son écart-type, avant d'être ramenée entre 0 et 1.", MODEL),
    MLD_ROW_REAL(mld_feeder_spec, request_load, "load", "1", 0, 1, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "How much of it comes with a bad year of the factor cycle.",
                 .doc_fr = "Combien en vient d'une mauvaise année du facteur cycle.", MODEL),
    MLD_PARAM_END
};

const struct mld_param mld_feeder_params[] = {
    MLD_ROW_REAL(mld_feeder_spec, class_a_share, "class_a_share", "1", 0, 1, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Part of class A that it commits to at the start.",
                 .doc_fr = "Part de la catégorie A à laquelle il s'engage au départ.", MODEL),
    MLD_ROW_LIST(
        mld_feeder_spec, subscription, n_subscriptions, "subscriptions", subscription_params,
        .flags = MLD_REQUIRED, .doc_en = "What savers subscribe, by year, at the value of units.",
        .doc_fr = "Ce que les épargnants souscrivent, par année, à la valeur des parts.", MODEL),
    MLD_ROW_REAL(mld_feeder_spec, cash_margin, "cash_margin", "1/year", 0, 0.1, 0,
                 .flags = MLD_JUDGEMENT, .doc_en = "What its cash earns less than the TMO.",
                 .doc_fr = "Ce que sa trésorerie rapporte de moins que le TMO.", MODEL),
    MLD_ROW_REAL(mld_feeder_spec, pocket, "pocket", "1", 0, 0.95, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Part λ of the value down to which cash serves requests.",
                 .doc_fr = "Part λ de la valeur jusqu'à laquelle la trésorerie sert les rachats.",
                 MODEL),
    MLD_ROW_REAL(mld_feeder_spec, fee, "fee", "1/year", 0, 0.1, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Cost of running it, of its value, paid after calls.",
                 .doc_fr = "Ses frais de fonctionnement, sur sa valeur, payés après les appels.",
                 MODEL),
    MLD_ROW_GROUP(0, "requests", request_params, .doc_en = "Units that savers ask back.",
                  .doc_fr = "Parts dont les épargnants demandent le rachat.", MODEL),
    MLD_ROW_REAL(mld_feeder_spec, exit_fee, "exit_fee", "1", 0, 0.5, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Kept of the value of a unit paid back; the others have it.",
                 .doc_fr = "Retenu sur la valeur d'une part rachetée, au profit des autres.",
                 MODEL),
    MLD_ROW_REAL(mld_feeder_spec, gate, "gate", "1", 0, 1, 1, .flags = MLD_JUDGEMENT,
                 .doc_en = "Most units paid back in a year, as a part of all.",
                 .doc_fr = "Parts rachetées au plus dans l'année, en part de toutes.", MODEL),
    MLD_PARAM_END
};
