/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every instrument has: rows of default and recovery, and their checks. Source: model,
 * sections 3 to 5.
 */
#include "instrument/terms.h"

#include <stdarg.h>
#include <stdio.h>

static const struct mld_param resolution_params[] = {
    { .key = "name",
      .kind = MLD_TEXT,
      .unit = "",
      .choices = "liquidation",
      .capacity = MLD_MAX_NAME,
      .stage = MLD_STAGE_NONE,
      .offset = offsetof(struct mld_resolution, name),
      .flags = MLD_FIXED,
      .doc_en = "Name of this way a default ends.",
      .doc_fr = "Nom de cette issue d'une défaillance.",
      .source = "model, section 4" },
    { .key = "probability",
      .kind = MLD_REAL,
      .unit = "1",
      .min = 0.0,
      .max = 1.0,
      .fallback = 1.0,
      .offset = offsetof(struct mld_resolution, probability),
      .flags = MLD_JUDGEMENT,
      .doc_en = "Probability of this resolution once in default; those of an instrument sum to 1.",
      .doc_fr =
          "Probabilité de cette issue une fois en défaut ; celles d'un instrument font 1 en tout.",
      .source = MLD_JUDGED(
          "4", "one participating loan in three under a continuation plan, all else by liquidation",
          "un prêt participatif sur trois en plan de continuation, tout le reste en liquidation") },
    { .key = "recovery_mean",
      .kind = MLD_REAL,
      .unit = "1",
      .min = 0.0,
      .max = 1.0,
      .flags = MLD_REQUIRED | MLD_JUDGEMENT | MLD_TAPE,
      .offset = offsetof(struct mld_resolution, recovery_mean),
      .doc_en = "Mean share of the outstanding nominal that is recovered.",
      .doc_fr = "Part moyenne de l'encours nominal qui est recouvrée.",
      .source = MLD_BESIDE("4",
                           "judged beside 25 % on subordinated claims (Basel Committee, June 2006, "
                           "§288) and 30 to 35 % on European mezzanine (Standard & Poor's, 2012, "
                           "and Moody's, 2011), less for lower ranks",
                           "jugé à côté de 25 % sur les créances subordonnées (Comité de Bâle, "
                           "juin 2006, §288) et 30 à 35 % sur la mezzanine européenne (Standard & "
                           "Poor's, 2012, et Moody's, 2011), moins pour les rangs inférieurs") },
    { .key = "recovery_sd",
      .kind = MLD_REAL,
      .unit = "1",
      .min = 0.0,
      .max = 0.5,
      .fallback = 0.0,
      .offset = offsetof(struct mld_resolution, recovery_sd),
      .flags = MLD_JUDGEMENT | MLD_TAPE,
      .doc_en = "Standard deviation of that share, a Beta law; 0: a constant.",
      .doc_fr = "Écart-type de cette part, de loi Bêta ; 0 : une constante.",
      .source = MLD_JUDGED(
          "4", "two claims alike may get nothing or half, the less so the lower their rank",
          "deux créances semblables peuvent toucher rien ou la moitié, d'autant moins que leur "
          "rang est bas") },
    { .key = "lag_years",
      .kind = MLD_REAL,
      .unit = "years",
      .min = 0.0,
      .max = 40.0,
      .fallback = 2.0,
      .offset = offsetof(struct mld_resolution, lag_years),
      .flags = MLD_JUDGEMENT | MLD_TAPE,
      .doc_en = "Time from default to the payment of the recovery, in one sum.",
      .doc_fr = "Délai entre la défaillance et le versement du recouvrement, en une fois.",
      .source = MLD_JUDGED("4", "two years for a liquidation, six for a continuation plan",
                           "deux ans pour une liquidation, six pour un plan de continuation") },
    MLD_PARAM_END
};

const struct mld_param mld_common_params[] = {
    TERM_FROM(
        MLD_STAGE_ISSUERS, "pd_scale", pd_scale, "1", 0.0, 100.0, 1.0, MLD_JUDGEMENT,
        "Multiple of the legal form's annual default probability, for issuers of this instrument.",
        "Multiple de la probabilité annuelle de défaillance de la forme juridique, pour les "
        "émetteurs de cet instrument.",
        MLD_JUDGED("3", "above 1 for shares: what equity finances is taken to be the riskier",
                   "plus de 1 pour les actions : ce que financent des fonds propres est tenu pour "
                   "plus risqué")),
    TERM("liquidation_discount", liquidation_discount, "1", 0.0, 1.0, 0.0,
         MLD_REQUIRED | MLD_JUDGEMENT,
         "Discount of a sale forced by the end of the fund, on the nominal (on the value, for "
         "shares). Without a fund nothing is forced.",
         "Décote d'une vente forcée par la fin du fonds, sur le nominal (sur la valeur, pour les "
         "actions). Sans fonds, aucune vente n'est forcée.",
         MLD_JUDGED(
             "4",
             "half of the reference is a buyer found in time, 1.5 times it a sale of all at once",
             "la moitié de la référence est un acheteur trouvé à temps, 1,5 fois une vente de tout "
             "à la fois")),
    { .key = "resolutions",
      .kind = MLD_LIST,
      .unit = "",
      .offset = offsetof(struct mld_terms, resolution),
      .count_offset = offsetof(struct mld_terms, n_resolutions),
      .capacity = MLD_MAX_RESOLUTIONS,
      .stride = sizeof(struct mld_resolution),
      .table = resolution_params,
      .flags = MLD_REQUIRED,
      .doc_en = "Ways a default ends, of which one is drawn, independently of everything.",
      .doc_fr = "Issues possibles d'une défaillance, dont une est tirée, indépendamment de tout.",
      .source = "model, section 4" },
    MLD_PARAM_END
};

int mld_terms_refuse(const char *where, const char *instrument, struct mld_messages *messages,
                     const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    mld_messages_add(messages, "%s%s%s: %s", where ? where : "", where ? ": " : "", instrument,
                     text);
    return 1;
}

/* A Beta law of mean p has a variance below p (1 - p), that of the two-point law on 0 and 1. */
static int check_recovery(const struct mld_resolution *resolution, const char *instrument,
                          const char *where, struct mld_messages *messages)
{
    double mean = resolution->recovery_mean, sd = resolution->recovery_sd;
    if (sd == 0.0 || sd * sd < mean * (1.0 - mean))
        return 0;
    return mld_terms_refuse(
        where, instrument, messages,
        "resolution \"%s\": recovery_sd = %g is too large for recovery_mean = %g: "
        "sd^2 must be below mean x (1 - mean)",
        resolution->name, sd, mean);
}

int mld_terms_check_common(const struct mld_terms *terms, const char *instrument, const char *where,
                           struct mld_messages *messages)
{
    int mistakes = 0;
    double sum = 0.0;
    for (int i = 0; i < terms->n_resolutions; i++) {
        sum += terms->resolution[i].probability;
        mistakes += check_recovery(&terms->resolution[i], instrument, where, messages);
    }
    /* One part in a billion lets thirds be written with as many digits as a person types. */
    if (fabs(sum - 1.0) > 1e-9)
        mistakes += mld_terms_refuse(
            where, instrument, messages,
            "the probabilities of resolutions sum to %.12g; they must sum to 1", sum);
    return mistakes;
}

unsigned mld_terms_read_performance(const struct mld_terms *terms)
{
    (void)terms;
    return MLD_READS_PERFORMANCE;
}

unsigned mld_terms_read_value(const struct mld_terms *terms)
{
    (void)terms;
    return MLD_READS_VALUE;
}
