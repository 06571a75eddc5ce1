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
                 .doc_fr = "Moyenne des dons reçus.",
                 .source = MLD_JUDGED("20", "nothing is known of donations to come, invented",
                                      "rien n'est connu des dons à venir, inventé")),
    MLD_ROW_REAL(mld_donation, sd, "sd", "EUR", 0, 1e13, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Standard deviation of their lognormal law.",
                 .doc_fr = "Écart-type de leur loi log-normale.",
                 .source = MLD_JUDGED("20", "invented, a large donor more or less",
                                      "inventé, un grand donateur de plus ou de moins")),
    MLD_PARAM_END
};

static const struct mld_param grant_params[] = {
    MLD_ROW_REAL(
        mld_endowment_spec, grant_mean, "mean", "EUR", 1, 1e13, 0,
        .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "Mean grant to a project, partners' part included, before bounds apply.",
        .doc_fr = "Subvention moyenne d'un projet, part des partenaires comprise, avant "
                  "application des bornes.",
        .source = MLD_BESIDE("20",
                             "judged near the middle of 5,000 to 30,000 € a project (opération "
                             "Milliard, Rapport d'activité 2025, sections 6.1 to 6.3)",
                             "jugé près du milieu de 5 000 à 30 000 € par projet (opération "
                             "Milliard, Rapport d'activité 2025, sections 6.1 à 6.3)")),
    MLD_ROW_REAL(mld_endowment_spec, grant_sd, "sd", "EUR", 0, 1e13, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Standard deviation of its lognormal law before bounds apply.",
                 .doc_fr = "Écart-type de sa loi log-normale, avant application des bornes.",
                 .source = MLD_JUDGED(
                     "20", "such that most grants lie within the bounds told",
                     "tel que la plupart des subventions tiennent dans les bornes annoncées")),
    MLD_ROW_REAL(mld_endowment_spec, grant_min, "min", "EUR", 1, 1e13, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Smallest grant; less than that is carried over.",
                 .doc_fr = "Subvention la plus petite ; moins que cela est reporté.",
                 .source = MLD_BESIDE("20",
                                      "grants of 5,000 € a project at least (opération Milliard, "
                                      "Rapport d'activité 2025, sections 6.1 to 6.3)",
                                      "subventions d'au moins 5 000 € par projet (opération "
                                      "Milliard, Rapport d'activité 2025, sections 6.1 à 6.3)")),
    MLD_ROW_REAL(mld_endowment_spec, grant_max, "max", "EUR", 1, 1e13, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT, .doc_en = "Largest grant.",
                 .doc_fr = "Subvention la plus grande.",
                 .source = MLD_BESIDE("20",
                                      "grants of 30,000 € a project at most (opération Milliard, "
                                      "Rapport d'activité 2025, sections 6.1 to 6.3)",
                                      "subventions d'au plus 30 000 € par projet (opération "
                                      "Milliard, Rapport d'activité 2025, sections 6.1 à 6.3)")),
    MLD_PARAM_END
};

static const struct mld_param pipeline_params[] = {
    MLD_ROW_REAL(
        mld_endowment_spec, pipeline_share, "share", "1", 0, 1, 0.1, .flags = MLD_JUDGEMENT,
        .doc_en = "Part of the deals that helped projects would have to supply.",
        .doc_fr = "Part des investissements que les projets aidés auraient à fournir.",
        .source = MLD_JUDGED(
            "20", "a question put to the model: what became of helped projects is not known",
            "une question posée au modèle : ce que sont devenus les projets aidés n'est pas "
            "connu")),
    MLD_ROW_INT(mld_endowment_spec, pipeline_years, "years", "years", 0, MLD_MAX_YEARS, 3,
                .flags = MLD_JUDGEMENT,
                .doc_en = "Years a helped project has to reach 500,000 EUR.",
                .doc_fr = "Années dont dispose un projet aidé pour atteindre 500 000 EUR.",
                .source = MLD_JUDGED("20",
                                     "a question put to the model: of no helped project is it "
                                     "known that it grew to a ticket of the fund",
                                     "une question posée au modèle : d'aucun projet aidé on ne "
                                     "sait qu'il a grandi jusqu'à un ticket du fonds")),
    MLD_PARAM_END
};

const struct mld_param mld_endowment_params[] = {
    MLD_ROW_INT(mld_endowment_spec, horizon_years, "horizon_years", "years", 1, MLD_MAX_YEARS, 1,
                .flags = MLD_REQUIRED,
                .doc_en = "Years it is followed from the first closing, at most those simulated.",
                .doc_fr = "Années suivies depuis le premier closing, au plus celles simulées.",
                MODEL),
    MLD_ROW_REAL(
        mld_endowment_spec, opening, "opening", "EUR", 0, 1e13, 0,
        .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "What it holds at the start of its first year.",
        .doc_fr = "Ce qu'il détient au début de sa première année.",
        .source = MLD_BESIDE("20",
                             "judged beside a first co-financing of 180,000 € with ACTED "
                             "(opération Milliard, Rapport d'activité 2025, sections 6.1 to 6.3)",
                             "jugé à côté d'un premier cofinancement de 180 000 € avec ACTED "
                             "(opération Milliard, Rapport d'activité 2025, sections 6.1 à 6.3)")),
    MLD_ROW_LIST(mld_endowment_spec, donation, n_donations, "donations", donation_params,
                 .flags = MLD_OPTIONAL,
                 .doc_en = "Donations by year; none in a year that is not listed.",
                 .doc_fr = "Dons par année ; aucun une année qui n'est pas citée.", MODEL),
    MLD_ROW_REAL(
        mld_endowment_spec, operating_cost, "operating_cost", "EUR", 0, 1e13, 0,
        .flags = MLD_JUDGEMENT, .doc_en = "Its cost a year, paid before any grant.",
        .doc_fr = "Son coût annuel, payé avant toute subvention.",
        .source = MLD_JUDGED(
            "20", "about half a post, no account of a fonds de dotation like it was found",
            "environ un demi-poste, aucun compte d'un fonds de dotation semblable n'a été trouvé")),
    MLD_ROW_REAL(
        mld_endowment_spec, co_funding, "co_funding", "1", 0, 0.95, 0, .flags = MLD_JUDGEMENT,
        .doc_en = "Part of each grant that partners pay beside it.",
        .doc_fr = "Part de chaque subvention que des partenaires versent à ses côtés.",
        .source = MLD_BESIDE(
            "20",
            "judged beside a first co-financing with ACTED (opération Milliard, Rapport d'activité "
            "2025, sections 6.1 to 6.3), whether partners go on is not known",
            "jugé à côté d'un premier cofinancement avec ACTED (opération Milliard, Rapport "
            "d'activité 2025, sections 6.1 à 6.3), si des partenaires continuent n'est pas connu")),
    MLD_ROW_REAL(mld_endowment_spec, pace, "pace", "1", 0, 1, 1, .flags = MLD_JUDGEMENT,
                 .doc_en = "Part of the balance that the grants of a year may take.",
                 .doc_fr = "Part du solde que les subventions d'une année peuvent prendre.",
                 .source = MLD_JUDGED(
                     "20",
                     "the fund may be consumed, a part of it kept for the next year is prudence",
                     "le fonds est consomptible, en garder une part pour l'année suivante est une "
                     "prudence")),
    MLD_ROW_GROUP(0, "grants", grant_params, .flags = MLD_REQUIRED,
                  .doc_en = "What a project gets.", .doc_fr = "Ce que reçoit un projet.", MODEL),
    MLD_ROW_GROUP(0, "pipeline", pipeline_params, .doc_en = "What would link it to the fund.",
                  .doc_fr = "Ce qui le relierait au fonds.", MODEL),
    MLD_PARAM_END
};
