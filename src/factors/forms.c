/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a legal form (model, sections 3 and 5.1). */
#include "milliard/factors.h"

#include "milliard/rating.h"
#include "params/rows.h"

#define MODEL(section) .source = "model, section " section

const struct mld_param mld_form_params[] = {
    MLD_ROW_REALS(
        mld_form, pd, n_pd, "pd", "1/year", 0, 1, .stage = MLD_STAGE_ISSUERS,
        .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "Probability of default in year 1 since investment, year 2, …; the last goes on.",
        .doc_fr = "Probabilité de défaut la 1re année après l'investissement, la 2e, … ; la "
                  "dernière se prolonge.",
        .source = MLD_BESIDE(
            "3",
            "no loss statistics of such funds were read; judged between 1.19 % in three years (ESS "
            "firms rated by the Banque de France, ESS France), 856 insolvencies of associations in "
            "2024 and 79 % of Scop and Scic, 69 % of firms alive at five years (Confédération "
            "générale des Scop et des Scic, 2024; INSEE, cohort of 2018)",
            "aucune statistique de pertes de tels fonds lue ; jugé entre 1,19 % en trois ans "
            "(entreprises de l'ESS cotées par la Banque de France, ESS France), 856 procédures "
            "d'associations en 2024 et 79 % de Scop et Scic, 69 % d'entreprises en vie à cinq ans "
            "(Confédération générale des Scop et des Scic, 2024 ; Insee, cohorte 2018)")),
    MLD_ROW_REAL(mld_form, asset_correlation, "asset_correlation", "1", 0, 0.99, 0,
                 .stage = MLD_STAGE_ISSUERS, .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Asset correlation ρ: the part of default risk that is systematic.",
                 .doc_fr = "Corrélation d'actifs ρ : la part systématique du risque de défaut.",
                 .source = MLD_BESIDE(
                     "3",
                     "Vasicek (1987) for the formula; judged beside 10.7 % for small firms and 7.5 "
                     "% for retail at a PD of 3 % (Basel Committee, June 2006, §272-273 and §330), "
                     "prudent on purpose",
                     "Vasicek (1987) pour la formule ; jugé à côté de 10,7 % pour les petites "
                     "entreprises et 7,5 % pour la clientèle de détail à une PD de 3 % (Comité de "
                     "Bâle, juin 2006, §272-273 et §330), prudents à dessein")),
    MLD_ROW_WEIGHTS(
        mld_form, weight, 0, "weights", -10, 10, MLD_DOMAIN_FACTOR,
        .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "Exposure to each named factor (0 when not named).",
        .doc_fr = "Exposition à chaque facteur nommé (0 à défaut).",
        .source = MLD_JUDGED("3",
                             "associations live with public funding, companies with the cycle, "
                             "cooperatives between the two",
                             "les associations vivent avec les financements publics, les sociétés "
                             "avec la conjoncture, les coopératives entre les deux")),
    MLD_ROW_REAL(
        mld_form, sector_weight, "sector_weight", "1", -10, 10, 0, .flags = MLD_JUDGEMENT,
        .doc_en = "Exposure to the factor of the issuer's sector.",
        .doc_fr = "Exposition au facteur du secteur de l'émetteur.",
        .source = MLD_JUDGED("3", "a sector counts about half as much as the economy as a whole",
                             "un secteur compte environ moitié moins que l'économie entière")),
    MLD_ROW_REAL(mld_form, surplus_mean, "surplus_mean", "1/year", -2, 2, 0,
                 .stage = MLD_STAGE_ISSUERS, .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Mean yearly surplus, as a fraction of the nominal.",
                 .doc_fr = "Excédent annuel moyen, en fraction du nominal.",
                 .source = MLD_JUDGED("3",
                                      "0.05 is an issuer barely above balance, 0.30 one that could "
                                      "repay in little more than three years",
                                      "0,05 est un émetteur à peine à l'équilibre, 0,30 un qui "
                                      "pourrait rembourser en un peu plus de trois ans")),
    MLD_ROW_REAL(mld_form, surplus_sd, "surplus_sd", "1/year", 0, 5, 0, .stage = MLD_STAGE_ISSUERS,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Standard deviation of the yearly surplus.",
                 .doc_fr = "Écart-type de l'excédent annuel.",
                 .source = MLD_JUDGED("3",
                                      "0.10 is a deficit in one year out of fifteen at a mean of "
                                      "0.15, 0.40 in one out of three",
                                      "0,10 est un déficit une année sur quinze pour une moyenne "
                                      "de 0,15, 0,40 une sur trois")),
    MLD_ROW_REAL(
        mld_form, performance_correlation, "performance_correlation", "1", 0, 1, 0,
        .stage = MLD_STAGE_ISSUERS, .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "Part ρ_Q of performance that is systematic.",
        .doc_fr = "Part systématique ρ_Q de la performance.",
        .source = MLD_JUDGED(
            "3",
            "0 is a surplus that knows its issuer alone, 0.4 good and bad years largely shared",
            "0 est un excédent qui ne dépend que de l'émetteur, 0,4 de bonnes et mauvaises années "
            "largement partagées")),
    MLD_ROW_CHOICE(
        mld_form, rating, "rating", MLD_RATING_CHOICES, MLD_RATING_BB_MINUS,
        .stage = MLD_STAGE_COVERS, .flags = MLD_JUDGEMENT | MLD_TAPE,
        .doc_en =
            "Credit class that sets the safe-harbour premium of the grant equivalent: AAA to AA "
            "0.4 %, A 0.55 %, BBB 0.8 %, BB 2.0 %, BB- to B+ 3.8 %, B 6.3 %, start-up 3.8 %.",
        .doc_fr =
            "Classe de crédit qui fixe la prime refuge de l'équivalent-subvention : AAA à AA 0,4 "
            "%, A 0,55 %, BBB 0,8 %, BB 2,0 %, BB- à B+ 3,8 %, B 6,3 %, jeune entreprise 3,8 %.",
        .source = "Communication 2008/C 155/02, point 3.3"),
    MLD_PARAM_END
};
