/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of an item of `indicators` (model, section 20). */
#include "milliard/indicators.h"

#include "params/rows.h"

#define MODEL .source = "model, section 20"

static const struct mld_param label_params[] = {
    MLD_ROW_TEXT(mld_indicator, label_en, "en", .stage = MLD_STAGE_NONE,
                 .flags = MLD_REQUIRED | MLD_FIXED, .doc_en = "Label in English.",
                 .doc_fr = "Libellé en anglais.", MODEL),
    MLD_ROW_TEXT(mld_indicator, label_fr, "fr", .stage = MLD_STAGE_NONE,
                 .flags = MLD_REQUIRED | MLD_FIXED, .doc_en = "Label in French.",
                 .doc_fr = "Libellé en français.", MODEL),
    MLD_PARAM_END
};

static const struct mld_param unit_params[] = {
    MLD_ROW_TEXT(mld_indicator, unit_en, "en", .stage = MLD_STAGE_NONE,
                 .flags = MLD_REQUIRED | MLD_FIXED, .doc_en = "Unit in English.",
                 .doc_fr = "Unité en anglais.", MODEL),
    MLD_ROW_TEXT(mld_indicator, unit_fr, "fr", .stage = MLD_STAGE_NONE,
                 .flags = MLD_REQUIRED | MLD_FIXED, .doc_en = "Unit in French.",
                 .doc_fr = "Unité en français.", MODEL),
    MLD_PARAM_END
};

static const struct mld_param per_meur_params[] = {
    MLD_ROW_REAL(
        mld_indicator, mean, "mean", "1", 0, 1e12, 0, .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "Mean over issuers, in units per million euros (a year, if yearly).",
        .doc_fr = "Moyenne sur les émetteurs, en unités par million d'euros (par an, si "
                  "yearly).",
        .source = MLD_JUDGED(
            "20",
            "invented unless the indicator's source says more, the method of opération Milliard "
            "(Rapport d'activité 2025, section 4.6) was not read",
            "inventé sauf si la source de l'indicateur dit plus, la méthode de l'opération "
            "Milliard (Rapport d'activité 2025, section 4.6) n'a pas été lue")),
    MLD_ROW_REAL(
        mld_indicator, sd, "sd", "1", 0, 1e12, 0, .flags = MLD_JUDGEMENT,
        .doc_en = "Standard deviation over issuers of its lognormal law.",
        .doc_fr = "Écart-type sur les émetteurs de sa loi log-normale.",
        .source = MLD_JUDGED(
            "20", "how unlike issuers are is not known, invented where it is given",
            "à quel point les émetteurs diffèrent n'est pas connu, inventé là où il est donné")),
    MLD_PARAM_END
};

const struct mld_param mld_indicator_params[] = {
    MLD_ROW_TEXT(mld_indicator, name, "name", .flags = MLD_REQUIRED | MLD_FIXED,
                 .doc_en = "Name of the indicator, by which issuers draw.",
                 .doc_fr = "Nom de l'indicateur, par lequel tirent les émetteurs.", MODEL),
    MLD_ROW_GROUP(0, "label", label_params, .flags = MLD_REQUIRED, .doc_en = "What is counted.",
                  .doc_fr = "Ce qui est compté.", MODEL),
    MLD_ROW_GROUP(0, "unit", unit_params, .flags = MLD_REQUIRED, .doc_en = "In which units.",
                  .doc_fr = "En quelles unités.", MODEL),
    MLD_ROW_GROUP(0, "per_meur", per_meur_params, .flags = MLD_REQUIRED,
                  .doc_en = "What a million euros of financing comes with.",
                  .doc_fr = "Ce qui accompagne un million d'euros de financement.", MODEL),
    MLD_ROW_CHOICE(mld_indicator, kind, "kind", "yearly|once", -1, .flags = MLD_REQUIRED,
                   .doc_en = "Counted on what is outstanding (cost, for shares) for each year "
                             "alive; or once, on the amount when invested.",
                   .doc_fr = "Compté sur l'encours (le coût, pour les actions) chaque année en vie "
                             "; ou une fois, sur le montant à l'investissement.",
                   MODEL),
    MLD_ROW_NAMES(mld_indicator, form, n_forms, "legal_forms", .domain = MLD_DOMAIN_FORM,
                  .doc_en = "Legal forms that produce it; all when none is named.",
                  .doc_fr = "Formes juridiques qui le produisent ; toutes si aucune n'est nommée.",
                  MODEL),
    MLD_ROW_NAMES(mld_indicator, sector, n_sectors, "sectors", .domain = MLD_DOMAIN_SECTOR,
                  .doc_en = "Sectors that produce it, form and sector alike; all when none is "
                            "named.",
                  .doc_fr = "Secteurs qui le produisent, forme et secteur ensemble ; tous si aucun "
                            "n'est nommé.",
                  MODEL),
    MLD_ROW_TEXT(mld_indicator, source, "source", .stage = MLD_STAGE_NONE,
                 .flags = MLD_REQUIRED | MLD_FIXED,
                 .doc_en = "Where its value per million comes from, or that it is invented.",
                 .doc_fr = "D'où vient sa valeur par million, ou qu'elle est inventée.", MODEL),
    MLD_PARAM_END
};
