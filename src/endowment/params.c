/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of `endowment` (model, section 20). */
#include "milliard/endowment.h"

#include "params/rows.h"

#define MODEL .source = "model, section 20"

static const struct mld_param donation_params[] = {
    MLD_ROW_INT(mld_donation, year, "year", "years", 0, MLD_MAX_YEARS - 1, 0, .flags = MLD_REQUIRED,
                .doc_en = "Year of the donations, from 0.",
                .doc_fr = "Année des dons, comptée à partir de 0.", MODEL),
    MLD_ROW_REAL(mld_donation, mean, "mean", "EUR", 0, 1e13, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT, .doc_en = "Mean of the donations received.",
                 .doc_fr = "Moyenne des dons reçus.", MODEL),
    MLD_ROW_REAL(mld_donation, sd, "sd", "EUR", 0, 1e13, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Standard deviation of their lognormal law.",
                 .doc_fr = "Écart-type de leur loi log-normale.", MODEL),
    MLD_PARAM_END
};

static const struct mld_param grant_params[] = {
    MLD_ROW_REAL(mld_endowment_spec, grant_mean, "mean", "EUR", 1, 1e13, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Mean grant to a project, partners' part included, before bounds apply.",
                 .doc_fr = "Subvention moyenne d'un projet, part des partenaires comprise, avant "
                           "application des bornes.",
                 MODEL),
    MLD_ROW_REAL(mld_endowment_spec, grant_sd, "sd", "EUR", 0, 1e13, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Standard deviation of its lognormal law before bounds apply.",
                 .doc_fr = "Écart-type de sa loi log-normale, avant application des bornes.",
                 MODEL),
    MLD_ROW_REAL(mld_endowment_spec, grant_min, "min", "EUR", 1, 1e13, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Smallest grant; less than that is carried over.",
                 .doc_fr = "Subvention la plus petite ; moins que cela est reporté.", MODEL),
    MLD_ROW_REAL(mld_endowment_spec, grant_max, "max", "EUR", 1, 1e13, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT, .doc_en = "Largest grant.",
                 .doc_fr = "Subvention la plus grande.", MODEL),
    MLD_PARAM_END
};

static const struct mld_param pipeline_params[] = {
    MLD_ROW_REAL(
        mld_endowment_spec, pipeline_share, "share", "1", 0, 1, 0.1, .flags = MLD_JUDGEMENT,
        .doc_en = "Part of the deals that helped projects would have to supply.",
        .doc_fr = "Part des investissements que les projets aidés auraient à fournir.", MODEL),
    MLD_ROW_INT(mld_endowment_spec, pipeline_years, "years", "years", 0, MLD_MAX_YEARS, 3,
                .flags = MLD_JUDGEMENT,
                .doc_en = "Years a helped project has to reach 500,000 EUR.",
                .doc_fr = "Années dont dispose un projet aidé pour atteindre 500 000 EUR.", MODEL),
    MLD_PARAM_END
};

const struct mld_param mld_endowment_params[] = {
    MLD_ROW_INT(mld_endowment_spec, horizon_years, "horizon_years", "years", 1, MLD_MAX_YEARS, 1,
                .flags = MLD_REQUIRED,
                .doc_en = "Years it is followed from the first closing, at most those simulated.",
                .doc_fr = "Années suivies depuis le premier closing, au plus celles simulées.",
                MODEL),
    MLD_ROW_REAL(mld_endowment_spec, opening, "opening", "EUR", 0, 1e13, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "What it holds at the start of its first year.",
                 .doc_fr = "Ce qu'il détient au début de sa première année.", MODEL),
    MLD_ROW_LIST(mld_endowment_spec, donation, n_donations, "donations", donation_params,
                 .flags = MLD_OPTIONAL,
                 .doc_en = "Donations by year; none in a year that is not listed.",
                 .doc_fr = "Dons par année ; aucun une année qui n'est pas citée.", MODEL),
    MLD_ROW_REAL(mld_endowment_spec, operating_cost, "operating_cost", "EUR", 0, 1e13, 0,
                 .flags = MLD_JUDGEMENT, .doc_en = "Its cost a year, paid before any grant.",
                 .doc_fr = "Son coût annuel, payé avant toute subvention.", MODEL),
    MLD_ROW_REAL(
        mld_endowment_spec, co_funding, "co_funding", "1", 0, 0.95, 0, .flags = MLD_JUDGEMENT,
        .doc_en = "Part of each grant that partners pay beside it.",
        .doc_fr = "Part de chaque subvention que des partenaires versent à ses côtés.", MODEL),
    MLD_ROW_REAL(mld_endowment_spec, pace, "pace", "1", 0, 1, 1, .flags = MLD_JUDGEMENT,
                 .doc_en = "Part of the balance that the grants of a year may take.",
                 .doc_fr = "Part du solde que les subventions d'une année peuvent prendre.", MODEL),
    MLD_ROW_GROUP(0, "grants", grant_params, .flags = MLD_REQUIRED,
                  .doc_en = "What a project gets.", .doc_fr = "Ce que reçoit un projet.", MODEL),
    MLD_ROW_GROUP(0, "pipeline", pipeline_params, .doc_en = "What would link it to the fund.",
                  .doc_fr = "Ce qui le relierait au fonds.", MODEL),
    MLD_PARAM_END
};
