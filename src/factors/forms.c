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
        MODEL("3")),
    MLD_ROW_REAL(mld_form, asset_correlation, "asset_correlation", "1", 0, 0.99, 0,
                 .stage = MLD_STAGE_ISSUERS, .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Asset correlation ρ: the part of default risk that is systematic.",
                 .doc_fr = "Corrélation d'actifs ρ : la part systématique du risque de défaut.",
                 .source = "Vasicek (1987); model, section 3"),
    MLD_ROW_WEIGHTS(mld_form, weight, 0, "weights", -10, 10, MLD_DOMAIN_FACTOR,
                    .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                    .doc_en = "Exposure to each named factor (0 when not named).",
                    .doc_fr = "Exposition à chaque facteur nommé (0 à défaut).", MODEL("3")),
    MLD_ROW_REAL(mld_form, sector_weight, "sector_weight", "1", -10, 10, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Exposure to the factor of the issuer's sector.",
                 .doc_fr = "Exposition au facteur du secteur de l'émetteur.", MODEL("3")),
    MLD_ROW_REAL(mld_form, surplus_mean, "surplus_mean", "1/year", -2, 2, 0,
                 .stage = MLD_STAGE_ISSUERS, .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Mean yearly surplus, as a fraction of the nominal.",
                 .doc_fr = "Excédent annuel moyen, en fraction du nominal.", MODEL("3")),
    MLD_ROW_REAL(mld_form, surplus_sd, "surplus_sd", "1/year", 0, 5, 0, .stage = MLD_STAGE_ISSUERS,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Standard deviation of the yearly surplus.",
                 .doc_fr = "Écart-type de l'excédent annuel.", MODEL("3")),
    MLD_ROW_REAL(mld_form, performance_correlation, "performance_correlation", "1", 0, 1, 0,
                 .stage = MLD_STAGE_ISSUERS, .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Part ρ_Q of performance that is systematic.",
                 .doc_fr = "Part systématique ρ_Q de la performance.", MODEL("3")),
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
