/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of a scenario, in the order it is read: names are declared before what refers to them.
 */
#include "scenario/resolve.h"
#include "scenario/tables.h"

#define MODEL(section) .source = "model, section " section

static const struct mld_param title_params[] = {
    MLD_ROW_TEXT(mld_plan, title_en, "en", .doc_en = "Title in English.",
                 .doc_fr = "Titre en anglais."),
    MLD_ROW_TEXT(mld_plan, title_fr, "fr", .doc_en = "Title in French.",
                 .doc_fr = "Titre en français."),
    MLD_PARAM_END
};

static const struct mld_param description_params[] = {
    MLD_ROW_TEXT(mld_plan, description_en, "en", .doc_en = "What the scenario shows, in English.",
                 .doc_fr = "Ce que montre le scénario, en anglais."),
    MLD_ROW_TEXT(mld_plan, description_fr, "fr", .doc_en = "What the scenario shows, in French.",
                 .doc_fr = "Ce que montre le scénario, en français."),
    MLD_PARAM_END
};

static const struct mld_param run_params[] = {
    MLD_ROW_REAL(mld_run_spec, paths, "paths", "1", 1, 4294967294.0, 100000, .flags = MLD_WHOLE,
                 .doc_en = "Number of simulated paths, a whole number.",
                 .doc_fr = "Nombre de trajectoires simulées, un entier.", MODEL("1")),
    MLD_ROW_REAL(
        mld_run_spec, seed, "seed", "1", 0, 9007199254740992.0, 1, .stage = MLD_STAGE_FACTORS,
        .flags = MLD_WHOLE,
        .doc_en = "Seed of all draws, a whole number: the same seed gives the same results.",
        .doc_fr =
            "Graine de tous les tirages, un entier : la même graine donne les mêmes résultats.",
        MODEL("10")),
    MLD_ROW_CHOICE(
        mld_run_spec, trajectories, "trajectories", "none|first|all", MLD_TRAJECTORIES_FIRST,
        .doc_en = "Which paths keep their series by period in the results file.",
        .doc_fr =
            "Trajectoires dont les séries par période sont gardées dans le fichier de résultats."),
    MLD_ROW_REAL(
        mld_run_spec, trajectories_first, "trajectories_first", "1", 0, 4294967294.0, 1000,
        .flags = MLD_WHOLE, .doc_en = "Number of first paths kept when trajectories is \"first\".",
        .doc_fr = "Nombre de premières trajectoires gardées quand trajectories vaut \"first\"."),
    MLD_ROW_CHOICE(mld_run_spec, measures, "measures", "all|none|listed", MLD_KEPT_ALL,
                   .doc_en = "Measures whose value on every path is kept in the results file; "
                             "statistics are of all paths whatever it keeps.",
                   .doc_fr = "Mesures dont la valeur par trajectoire est gardée dans le fichier de "
                             "résultats ; les statistiques portent toujours sur toutes les "
                             "trajectoires."),
    MLD_ROW_NAMES(mld_run_spec, listed, n_listed, "measures_listed",
                  .doc_en = "Names of the measures kept when measures is \"listed\".",
                  .doc_fr = "Noms des mesures gardées quand measures vaut \"listed\"."),
    MLD_ROW_CHOICE(mld_run_spec, storage, "storage", "double|single", MLD_STORED_DOUBLE,
                   .doc_en = "Precision in which the values of paths are kept: double, or single, "
                             "half as long and good to 6e-8 of each; statistics are of doubles.",
                   .doc_fr = "Précision dans laquelle les valeurs par trajectoire sont gardées : "
                             "double, ou simple (single), deux fois moins longue, à 6e-8 près de "
                             "chacune ; les statistiques sont prises en double précision."),
    MLD_ROW_CHOICE(mld_run_spec, fans, "fans", "all|first", MLD_FANS_ALL,
                   .doc_en = "Paths of which fans by period are made: all, or the first 65,536, "
                             "whose quantiles are known to 0.2 % in rank.",
                   .doc_fr = "Trajectoires dont sont faits les éventails par période : toutes, ou "
                             "les 65 536 premières, dont les quantiles sont connus à 0,2 % près "
                             "en rang."),
    MLD_ROW_NAMES(mld_run_spec, precision, n_precisions, "precision",
                  .doc_en = "Standard errors that are asked for, as \"net_irr_a <= 0.0002\": a run "
                            "doubles the number of paths until all are met; other commands do not.",
                  .doc_fr = "Erreurs types demandées, comme \"net_irr_a <= 0.0002\" : un calcul "
                            "double le nombre de trajectoires jusqu'à les atteindre toutes ; les "
                            "autres commandes ne le font pas.",
                  MODEL("19")),
    MLD_ROW_REAL(mld_run_spec, paths_at_most, "paths_at_most", "1", 1, 4294967294.0, 10000000,
                 .flags = MLD_WHOLE,
                 .doc_en = "Number of paths beyond which precision gives up, a whole number.",
                 .doc_fr = "Nombre de trajectoires au-delà duquel precision renonce, un entier.",
                 MODEL("19")),
    MLD_PARAM_END
};

static const struct mld_param factor_params[] = {
    MLD_ROW_TEXT(mld_factor, name, "name", .flags = MLD_REQUIRED | MLD_FIXED,
                 .doc_en = "Name of the factor.", .doc_fr = "Nom du facteur.", MODEL("2")),
    MLD_ROW_REAL(mld_factor, persistence, "persistence", "1", 0, 0.99, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Autocorrelation φ of the factor from one year to the next.",
                 .doc_fr = "Autocorrélation φ du facteur d'une année sur l'autre.",
                 .source = MLD_JUDGED("2",
                                      "half of the reference is a shock gone within two years, 1.2 "
                                      "times it budgets voted for several",
                                      "la moitié de la référence est un choc dissipé en deux ans, "
                                      "1,2 fois des budgets votés pour plusieurs années")),
    MLD_PARAM_END
};

static const struct mld_param correlation_params[] = {
    MLD_ROW_TEXT(mld_correlation, first, "first", .flags = MLD_REQUIRED,
                 .domain = MLD_DOMAIN_FACTOR_OR_TMO, .doc_en = "A named factor, or \"tmo\".",
                 .doc_fr = "Un facteur nommé, ou « tmo ».", MODEL("2")),
    MLD_ROW_TEXT(mld_correlation, second, "second", .flags = MLD_REQUIRED,
                 .domain = MLD_DOMAIN_FACTOR_OR_TMO, .doc_en = "Another named factor, or \"tmo\".",
                 .doc_fr = "Un autre facteur nommé, ou « tmo ».", MODEL("2")),
    MLD_ROW_REAL(
        mld_correlation, value, "value", "1", -1, 1, 0, .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "Correlation of their yearly innovations; pairs not listed have 0.",
        .doc_fr = "Corrélation de leurs innovations annuelles ; 0 pour les paires non listées.",
        .source = MLD_JUDGED("2",
                             "a bad year for the economy weighs on public budgets and on rates, "
                             "far from one for one",
                             "une mauvaise année de l'économie pèse sur les budgets publics et sur "
                             "les taux, loin d'un pour un")),
    MLD_PARAM_END
};

static const struct mld_param stress_params[] = {
    MLD_ROW_INT(mld_stress, year, "year", "years", 0, MLD_MAX_YEARS - 1, 0, .flags = MLD_REQUIRED,
                .doc_en = "Year of the stress, counted from 0.",
                .doc_fr = "Année du choc, comptée à partir de 0.", MODEL("2")),
    MLD_ROW_TEXT(mld_stress, factor, "factor", .flags = MLD_REQUIRED, .domain = MLD_DOMAIN_FACTOR,
                 .doc_en = "The named factor or sector that is hit.",
                 .doc_fr = "Facteur nommé ou secteur touché.", MODEL("2")),
    MLD_ROW_REAL(
        mld_stress, shift, "shift", "1", -10, 10, 0, .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "Standard deviations added to the factor in that year; it does not propagate.",
        .doc_fr = "Écarts-types ajoutés au facteur cette année-là ; le choc ne se propage pas.",
        .source = MLD_JUDGED("2",
                             "a question put to the model, no forecast: a factor lies below -2 in "
                             "one year out of 44",
                             "une question posée au modèle, non une prévision : un facteur passe "
                             "sous -2 une année sur 44")),
    MLD_ROW_REAL(mld_stress, value_shift, "value_shift", "1", -10, 10, 0, .flags = MLD_JUDGEMENT,
                 .doc_en = "Standard deviations added to the factor's innovation where share "
                           "values read it, nowhere else.",
                 .doc_fr = "Écarts-types ajoutés à l'innovation du facteur là où la valeur des "
                           "actions la lit, nulle part ailleurs.",
                 .source = MLD_JUDGED(
                     "2", "a question put to the model, no forecast: a fall of share values alone",
                     "une question posée au modèle, non une prévision : une baisse de la valeur "
                     "des actions seule")),
    MLD_PARAM_END
};

static const struct mld_param tmo_params[] = {
    MLD_ROW_REAL(
        mld_tmo, start, "start", "1/year", -0.05, 0.25, 0, .flags = MLD_REQUIRED,
        .doc_en = "TMO (average yield of French private bonds) of the first year.",
        .doc_fr = "TMO (taux moyen de rendement des obligations privées) de la première année.",
        MODEL("2")),
    MLD_ROW_REAL(
        mld_tmo, long_run, "long_run", "1/year", -0.05, 0.25, 0,
        .flags = MLD_REQUIRED | MLD_JUDGEMENT, .doc_en = "Level L the TMO reverts to.",
        .doc_fr = "Niveau de long terme L vers lequel revient le TMO.",
        .source = MLD_BESIDE("2",
                             "judged: rates stay near those of 2023 and 2024, 3.1 to 3.4 % "
                             "(Journal officiel, notices of the TMO), though these notices fit to "
                             "1.4 % over 2012-2023 and 2.0 % over 2001-2023",
                             "jugé : des taux proches de ceux de 2023 et 2024, 3,1 à 3,4 % "
                             "(Journal officiel, avis sur le TMO), alors que ces avis s'ajustent à "
                             "1,4 % sur 2012-2023 et 2,0 % sur 2001-2023")),
    MLD_ROW_REAL(mld_tmo, reversion, "reversion", "1/year", 0.0001, 10, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT, .doc_en = "Speed κ of that reversion.",
                 .doc_fr = "Vitesse κ de ce retour.",
                 .source = MLD_BESIDE("2",
                                      "Journal officiel, notices of the TMO: their fit gives 0.24 "
                                      "over 2012-2023 and 0.12 over 2001-2023",
                                      "Journal officiel, avis sur le TMO : leur ajustement donne "
                                      "0,24 sur 2012-2023 et 0,12 sur 2001-2023")),
    MLD_ROW_REAL(mld_tmo, volatility, "volatility", "1/year", 0, 0.1, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT, .doc_en = "Annual volatility σ of the TMO.",
                 .doc_fr = "Volatilité annuelle σ du TMO.",
                 .source = MLD_BESIDE("2",
                                      "Journal officiel, notices of the TMO: their fit gives 0.76 "
                                      "point over 2012-2023 and 0.62 over 2001-2023",
                                      "Journal officiel, avis sur le TMO : leur ajustement donne "
                                      "0,76 point sur 2012-2023 et 0,62 sur 2001-2023")),
    MLD_ROW_REAL(mld_tmo, floor, "floor", "1/year", -0.05, 0.25, 0,
                 .doc_en = "Lowest TMO that any term of a deal reads.",
                 .doc_fr = "Plancher du TMO lu par les clauses des titres.", MODEL("2")),
    MLD_ROW_REALS(
        mld_tmo, history, n_history, "history", "1/year", -0.05, 0.25,
        .doc_en = "TMO of the year before the first, then of the one before that; \"start\" when "
                  "not given.",
        .doc_fr =
            "TMO de l'année précédant la première, puis de celle d'avant ; « start » à défaut.",
        MODEL("2")),
    MLD_PARAM_END
};

static const struct mld_param factors_params[] = {
    MLD_ROW_LIST(mld_factors_spec, factor, n_factors, "named", factor_params, .flags = MLD_REQUIRED,
                 .doc_en = "Systematic factors: what hits many issuers at once.",
                 .doc_fr = "Facteurs systématiques : ce qui touche beaucoup d'émetteurs à la fois.",
                 MODEL("2")),
    MLD_ROW_NAMES(mld_factors_spec, sector, n_sectors, "sectors", .flags = MLD_REQUIRED | MLD_FIXED,
                  .doc_en = "Sectors; each has a factor of its own.",
                  .doc_fr = "Secteurs ; chacun a son propre facteur.", MODEL("2")),
    MLD_ROW_REAL(mld_factors_spec, sector_persistence, "sector_persistence", "1", 0, 0.99, 0.5,
                 .flags = MLD_JUDGEMENT, .doc_en = "Autocorrelation φ of every sector's factor.",
                 .doc_fr = "Autocorrélation φ du facteur de chaque secteur.",
                 .source = MLD_JUDGED("2",
                                      "as of the other factors, between a shock gone within two "
                                      "years and budgets voted for several",
                                      "comme des autres facteurs, entre un choc dissipé en deux "
                                      "ans et des budgets votés pour plusieurs années")),
    MLD_ROW_LIST(
        mld_factors_spec, correlation, n_correlations, "correlations", correlation_params,
        .doc_en = "Correlations of the yearly innovations of named factors and of the TMO.",
        .doc_fr = "Corrélations des innovations annuelles des facteurs nommés et du TMO.",
        MODEL("2")),
    MLD_ROW_GROUP(offsetof(struct mld_factors_spec, tmo), "tmo", tmo_params, .flags = MLD_REQUIRED,
                  .doc_en = "The TMO, to which the law ties several caps.",
                  .doc_fr = "Le TMO, auquel la loi rattache plusieurs plafonds.", MODEL("2")),
    MLD_ROW_LIST(mld_factors_spec, stress, n_stress, "stress", stress_params,
                 .doc_en = "Stresses laid upon the factors.",
                 .doc_fr = "Chocs ajoutés aux facteurs.", MODEL("2")),
    MLD_ROW_CHOICE(mld_factors_spec, dependence, "dependence", "gaussian|student", MLD_GAUSSIAN,
                   .flags = MLD_JUDGEMENT, .doc_en = "Law that ties defaults together.",
                   .doc_fr = "Loi qui lie les défauts entre eux.",
                   .source = MLD_BESIDE(
                       "3",
                       "Gaussian as in the Basel formula (Basel Committee, June 2006, §272); that "
                       "defaults have no heavier tail together is judged, no data read can tell",
                       "gaussienne comme dans la formule de Bâle (Comité de Bâle, juin 2006, §272) "
                       "; que les défauts n'aient pas ensemble de queue plus lourde est jugé, "
                       "aucune donnée lue ne le dit")),
    MLD_ROW_REAL(
        mld_factors_spec, dof, "dof", "1", 2, 1000, 4, .flags = MLD_JUDGEMENT,
        .doc_en = "Degrees of freedom ν of the Student dependence.",
        .doc_fr = "Degrés de liberté ν de la dépendance de Student.",
        .source = MLD_JUDGED("3",
                             "4 makes defaults of many issuers in one year far more frequent, "
                             "above 30 the law is nearly Gaussian",
                             "4 rend bien plus fréquents les défauts de nombreux émetteurs la même "
                             "année, au-delà de 30 la loi est presque gaussienne")),
    MLD_PARAM_END
};

static const struct mld_param ticket_params[] = {
    MLD_ROW_REAL(
        mld_thesis, ticket_mean, "mean", "EUR", 1, 1e12, 0, .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "Mean of the lognormal law of tickets, before it is cut to [min, max].",
        .doc_fr = "Moyenne de la loi lognormale des tickets, avant troncature à [min, max].",
        .source = MLD_BESIDE(
            "6",
            "judged beside a mean need of 2.75 M€ (Grand Recueil 2024) and the tickets of IDES, "
            "0.1 to 1.5 M€, NovESS, 1 to 5, and Impact Coopératif, 1 to 10 (their pages)",
            "jugé à côté d'un besoin moyen de 2,75 M€ (Grand Recueil 2024) et des tickets d'IDES, "
            "0,1 à 1,5 M€, NovESS, 1 à 5, et Impact Coopératif, 1 à 10 (leurs pages)")),
    MLD_ROW_REAL(
        mld_thesis, ticket_sd, "sd", "EUR", 0, 1e12, 0, .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "Its standard deviation, before truncation.",
        .doc_fr = "Son écart-type, avant troncature.",
        .source = MLD_JUDGED(
            "6", "the needs of the Grand Recueil 2024 are very uneven, by how much was not found",
            "les besoins du Grand Recueil 2024 sont très inégaux, de combien n'a pas été trouvé")),
    MLD_ROW_REAL(mld_thesis, ticket_min, "min", "EUR", 1, 1e12, 0, .flags = MLD_REQUIRED,
                 .doc_en = "Smallest ticket.", .doc_fr = "Plus petit ticket.", MODEL("6")),
    MLD_ROW_REAL(mld_thesis, ticket_max, "max", "EUR", 1, 1e12, 0, .flags = MLD_REQUIRED,
                 .doc_en = "Largest ticket.", .doc_fr = "Plus grand ticket.", MODEL("6")),
    MLD_PARAM_END
};

static const struct mld_param follow_on_params[] = {
    MLD_ROW_REAL(mld_follow_on, reserve, "reserve", "1", 0.01, 0.9, 0,
                 .flags = MLD_REQUIRED | MLD_JUDGEMENT,
                 .doc_en = "Part of the instrument's volume that is kept for second deals.",
                 .doc_fr = "Part du volume de l'instrument gardée pour les réinvestissements.",
                 .source = MLD_JUDGED(
                     "16", "what a fund keeps for second deals is its manager's to say",
                     "ce qu'un fonds garde pour réinvestir est à dire par son gestionnaire")),
    MLD_ROW_REAL(
        mld_follow_on, after_years, "after_years", "years", 0, 40, 2, .stage = MLD_STAGE_ISSUERS,
        .flags = MLD_JUDGEMENT,
        .doc_en = "Time from a deal to the second one, within the investment period.",
        .doc_fr = "Délai entre un dossier et le second, dans la période "
                  "d'investissement.",
        .source = MLD_JUDGED(
            "16", "time for a first plan to be carried out, before the investment period ends",
            "le temps qu'un premier plan soit mené, avant la fin de la période d'investissement")),
    MLD_ROW_REAL(
        mld_follow_on, probability, "probability", "1", 0, 1, 1, .stage = MLD_STAGE_ISSUERS,
        .flags = MLD_JUDGEMENT,
        .doc_en = "Probability that a deal still held, of an issuer alive, is followed.",
        .doc_fr = "Probabilité qu'un dossier encore en portefeuille, d'un émetteur "
                  "vivant, soit suivi d'un second.",
        .source = MLD_JUDGED(
            "16", "1 takes every issuer that can be followed, a manager knows how many are",
            "1 suit tous les émetteurs qui peuvent l'être, un gestionnaire sait combien le sont")),
    MLD_ROW_REAL(
        mld_follow_on, size, "size", "1", 0.01, 10, NAN, .stage = MLD_STAGE_ISSUERS,
        .flags = MLD_JUDGEMENT,
        .doc_en = "Amount of the second deal over the first's, cut to what is left of the "
                  "reserve; reserve / (1 - reserve) when not given.",
        .doc_fr = "Montant du second dossier rapporté au premier, ramené à ce qui reste de "
                  "la réserve ; reserve / (1 - reserve) à défaut.",
        .source = MLD_JUDGED("16", "left out, as much as the reserve allows when all are followed",
                             "à défaut, autant que la réserve permet si tous sont suivis")),
    MLD_PARAM_END
};

static const struct mld_param mix_params[] = {
    MLD_ROW_REAL(
        mld_mix, weight, "weight", "1", 0, 1, 0, .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "Part of the volume in this instrument; the parts add up to 1.",
        .doc_fr = "Part du volume dans cet instrument ; la somme des parts vaut 1.",
        .source = MLD_JUDGED("6",
                             "the mix is the manager's thesis, and the Grand Recueil 2024 counts "
                             "needs by form, not by instrument",
                             "la répartition est la thèse du gestionnaire, et le Grand Recueil "
                             "2024 compte les besoins par forme, non par instrument")),
    MLD_ROW_WEIGHTS(
        mld_mix, form, 0, "legal_forms", 0, 1, MLD_DOMAIN_FORM,
        .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "Probabilities of the legal forms of its issuers; they add up to 1.",
        .doc_fr = "Probabilités des formes juridiques de ses émetteurs ; leur somme vaut 1.",
        .source = MLD_BESIDE("6",
                             "judged beside 60 % of associations, 24 % of cooperatives and 11 % of "
                             "companies by number (Grand Recueil 2024)",
                             "jugé à côté de 60 % d'associations, 24 % de coopératives et 11 % de "
                             "sociétés en nombre (Grand Recueil 2024)")),
    MLD_ROW_WEIGHTS(
        mld_mix, sector, offsetof(struct mld_mix, has_sector), "sectors", 0, 1, MLD_DOMAIN_SECTOR,
        .flags = MLD_OPTIONAL | MLD_JUDGEMENT,
        .doc_en =
            "Probabilities of the sectors of its issuers; those of thesis.sectors when not given.",
        .doc_fr = "Probabilités des secteurs de ses émetteurs ; celles de thesis.sectors à défaut.",
        .source = MLD_JUDGED(
            "6",
            "sectors alike when not given: how the deals of an instrument divide was not found",
            "secteurs égaux à défaut : comment se répartissent les dossiers d'un instrument n'a "
            "pas été trouvé")),
    MLD_ROW_GROUP(offsetof(struct mld_mix, follow_on), "follow_on", follow_on_params,
                  .count_offset = offsetof(struct mld_mix, has_follow_on), .flags = MLD_OPTIONAL,
                  .doc_en = "Second deals with issuers that are held, out of a part of the volume.",
                  .doc_fr = "Réinvestissements auprès d'émetteurs en portefeuille, sur une part du "
                            "volume.",
                  MODEL("16")),
    MLD_PARAM_END
};

static const struct mld_param thesis_params[] = {
    MLD_ROW_REAL(
        mld_thesis, volume, "volume", "EUR", 1, 1e13, NAN,
        .doc_en = "Amount invested in deals, over the whole investment period; with "
                  "fund.recycling that of the candidates, total × (commitments + grants) when not "
                  "given.",
        .doc_fr = "Montant investi dans les dossiers, sur toute la période d'investissement ; avec "
                  "fund.recycling celui des candidats, total × (engagements + subventions) à "
                  "défaut.",
        MODEL("6, 16")),
    MLD_ROW_CHOICE(
        mld_thesis, resample, "resample", "path|run", MLD_RESAMPLE_PATH, .flags = MLD_FIXED,
        .doc_en =
            "\"path\": each path draws its own portfolio; \"run\": one portfolio for all paths.",
        .doc_fr = "« path » : chaque trajectoire tire son portefeuille ; « run » : un seul "
                  "portefeuille pour toutes.",
        MODEL("6")),
    MLD_ROW_REALS(
        mld_thesis, deployment, n_deployment, "deployment", "1", 0, 1,
        .flags = MLD_REQUIRED | MLD_JUDGEMENT,
        .doc_en = "Weights of the years of the investment period; they add up to 1.",
        .doc_fr = "Poids des années de la période d'investissement ; leur somme vaut 1.",
        .source = MLD_JUDGED(
            "6", "five years, four for a manager who finds deals fast, six for one who does not",
            "cinq ans, quatre pour un gestionnaire qui trouve vite ses dossiers, six sinon")),
    MLD_ROW_GROUP(0, "ticket", ticket_params, .flags = MLD_REQUIRED,
                  .doc_en = "Law of the size of a deal.",
                  .doc_fr = "Loi de la taille d'un dossier.", MODEL("6")),
    MLD_ROW_WEIGHTS(
        mld_thesis, sector, offsetof(struct mld_thesis, has_sector), "sectors", 0, 1,
        MLD_DOMAIN_SECTOR, .flags = MLD_OPTIONAL | MLD_JUDGEMENT,
        .doc_en = "Probabilities of the sectors for every instrument; equal when not given.",
        .doc_fr = "Probabilités des secteurs pour tous les instruments ; égales à défaut.",
        .source = MLD_JUDGED("6",
                             "sectors alike when not given: how the needs of the Grand Recueil "
                             "2024 divide by sector was not found",
                             "secteurs égaux à défaut : comment les besoins du Grand Recueil 2024 "
                             "se répartissent par secteur n'a pas été trouvé")),
    { .key = "mix",
      .kind = MLD_MAP,
      .unit = "",
      .offset = offsetof(struct mld_thesis, mix),
      .count_offset = offsetof(struct mld_thesis, has_mix),
      .capacity = MLD_INSTRUMENTS,
      .stride = sizeof(struct mld_mix),
      .table = mix_params,
      .domain = MLD_DOMAIN_INSTRUMENT,
      .flags = MLD_REQUIRED,
      .doc_en = "The instruments the volume goes to.",
      .doc_fr = "Les instruments entre lesquels le volume est réparti.",
      MODEL("6") },
    MLD_PARAM_END
};

static const struct mld_param tape_params[] = {
    MLD_ROW_TEXT(
        mld_tape, path, "file", .flags = MLD_REQUIRED,
        .doc_en =
            "CSV file of the deals; a relative path starts at the folder of the scenario file.",
        .doc_fr =
            "Fichier CSV des dossiers ; un chemin relatif part du dossier du fichier de scénario.",
        MODEL("6")),
    { .key = "text",
      .kind = MLD_TEXT,
      .unit = "",
      .doc_en = "The CSV text itself, as results files keep it; the file is then not read.",
      .doc_fr = "Le texte CSV lui-même, tel que le gardent les fichiers de résultats ; le fichier "
                "n'est alors pas lu.",
      MODEL("6") },
    MLD_PARAM_END
};

static const struct mld_param label_params[] = {
    MLD_ROW_TEXT(mld_sensitivity, label_en, "en", .doc_en = "Label in English.",
                 .doc_fr = "Libellé en anglais."),
    MLD_ROW_TEXT(mld_sensitivity, label_fr, "fr", .doc_en = "Label in French.",
                 .doc_fr = "Libellé en français."),
    MLD_PARAM_END
};

static const struct mld_param sensitivity_params[] = {
    MLD_ROW_TEXT(mld_sensitivity, name, "name", .flags = MLD_REQUIRED, .doc_en = "Name of the row.",
                 .doc_fr = "Nom de la ligne."),
    MLD_ROW_GROUP(0, "label", label_params, .doc_en = "What is varied.",
                  .doc_fr = "Ce que l'on fait varier."),
    MLD_ROW_NAMES(mld_sensitivity, key, n_keys, "keys", .flags = MLD_REQUIRED,
                  .doc_en = "Dotted keys that vary together; * stands for any name.",
                  .doc_fr = "Clés pointées qui varient ensemble ; * vaut pour tout nom."),
    MLD_ROW_CHOICE(mld_sensitivity, operation, "operation", "set|scale|add", MLD_SENSITIVITY_SET,
                   .doc_en = "The value is replaced, multiplied or added to.",
                   .doc_fr = "La valeur est remplacée, multipliée ou augmentée."),
    MLD_ROW_REAL(mld_sensitivity, low, "low", "", -1e15, 1e15, NAN,
                 .doc_en = "Low value, multiple or addition.",
                 .doc_fr = "Valeur, multiple ou ajout bas."),
    MLD_ROW_REAL(mld_sensitivity, high, "high", "", -1e15, 1e15, NAN,
                 .doc_en = "High value, multiple or addition.",
                 .doc_fr = "Valeur, multiple ou ajout haut."),
    MLD_ROW_TEXT(mld_sensitivity, choice_low, "choice_low",
                 .doc_en = "Low value that is no number, as written right of \"=\"; one for each "
                           "key, with ; between.",
                 .doc_fr = "Valeur basse qui n'est pas un nombre, telle qu'écrite à droite de « = "
                           "» ; une par clé, séparées par ;."),
    MLD_ROW_TEXT(mld_sensitivity, choice_high, "choice_high",
                 .doc_en = "High value that is no number, likewise.",
                 .doc_fr = "Valeur haute qui n'est pas un nombre, de même."),
    MLD_ROW_CHOICE(mld_sensitivity, law, "law", "two_piece|uniform|log_uniform|triangular|fixed",
                   MLD_LAW_USUAL, .flags = MLD_OPTIONAL,
                   .doc_en = "How it is drawn between low and high where inputs are uncertain; "
                             "left out: half of the mass on each side of the scenario's value.",
                   .doc_fr = "Comment elle est tirée entre bas et haut quand les hypothèses sont "
                             "incertaines ; sans rien dire : moitié de la masse de chaque côté de "
                             "la valeur du scénario.",
                   MODEL("15")),
    MLD_ROW_REALS(
        mld_sensitivity, probability, n_probabilities, "probabilities", "1", 0, 1,
        .flags = MLD_OPTIONAL,
        .doc_en = "Of values that are no numbers: probability of the low, then of the "
                  "high; left out: one half each.",
        .doc_fr = "De valeurs qui ne sont pas des nombres : probabilité de la basse, puis "
                  "de la haute ; sans rien dire : une moitié chacune.",
        MODEL("15")),
    MLD_PARAM_END
};

static const struct mld_param rank_correlation_params[] = {
    MLD_ROW_TEXT(mld_rank_correlation, first, "first", .flags = MLD_REQUIRED,
                 .doc_en = "Name of a row of sensitivity.",
                 .doc_fr = "Nom d'une ligne de sensitivity.", MODEL("15")),
    MLD_ROW_TEXT(mld_rank_correlation, second, "second", .flags = MLD_REQUIRED,
                 .doc_en = "Name of another.", .doc_fr = "Nom d'une autre.", MODEL("15")),
    MLD_ROW_REAL(mld_rank_correlation, value, "value", "1", -1, 1, 0, .flags = MLD_REQUIRED,
                 .doc_en = "Spearman's correlation of ranks; pairs not listed have 0.",
                 .doc_fr = "Corrélation des rangs, de Spearman ; 0 pour les paires non listées.",
                 MODEL("15")),
    MLD_PARAM_END
};

static const struct mld_param uncertainty_params[] = {
    MLD_ROW_REAL(mld_uncertainty, worlds, "worlds", "1", 40, 4294967294.0, NAN, .flags = MLD_WHOLE,
                 .doc_en = "Number of worlds, joint draws of the judgements; left out: run.paths "
                           "over paths_per_world.",
                 .doc_fr = "Nombre de mondes, tirages conjoints des jugements ; sans rien dire : "
                           "run.paths divisé par paths_per_world.",
                 MODEL("15")),
    MLD_ROW_INT(mld_uncertainty, paths_per_world, "paths_per_world", "1", 2, 4096, 64,
                .doc_en = "Paths of each world, whose means are the less noisy.",
                .doc_fr = "Trajectoires de chaque monde, dont les moyennes sont d'autant moins "
                          "bruitées.",
                MODEL("15")),
    MLD_ROW_CHOICE(mld_uncertainty, method, "method", "regression|pick_freeze", MLD_BY_REGRESSION,
                   .doc_en = "How indices are found: from the worlds themselves, or from more "
                             "worlds, one set for each judgement and two.",
                   .doc_fr = "Comment les indices sont trouvés : à partir des mondes eux-mêmes, ou "
                             "d'autres mondes, un jeu par jugement et deux de plus.",
                   MODEL("15")),
    MLD_PARAM_END
};

static const char *instrument_name(int i)
{
    return mld_instruments[i] ? mld_instruments[i]->name : NULL;
}
static const struct mld_param *instrument_rows(int i) { return mld_instruments[i]->params; }
static const struct mld_kinds instruments = { instrument_name, instrument_rows };

const struct mld_param mld_scenario_params[] = {
    MLD_ROW_TEXT(mld_plan, name, "name", .stage = MLD_STAGE_NONE, .flags = MLD_REQUIRED | MLD_FIXED,
                 .doc_en = "Name of the scenario: letters, digits, - and _.",
                 .doc_fr = "Nom du scénario : lettres, chiffres, - et _."),
    MLD_ROW_GROUP(0, "title", title_params, .stage = MLD_STAGE_NONE, .flags = MLD_FIXED,
                  .doc_en = "Title in both languages.", .doc_fr = "Titre dans les deux langues."),
    MLD_ROW_GROUP(0, "description", description_params, .stage = MLD_STAGE_NONE, .flags = MLD_FIXED,
                  .doc_en = "Description in both languages.",
                  .doc_fr = "Description dans les deux langues."),
    MLD_ROW_INT(mld_plan, model.grid.periods_per_year, "periods_per_year", "1/year", 1, 12, 4,
                .stage = MLD_STAGE_PORTFOLIO, .flags = MLD_FIXED,
                .doc_en = "Periods in a year: 1, 2, 4 or 12.",
                .doc_fr = "Nombre de périodes par an : 1, 2, 4 ou 12.", MODEL("1")),
    MLD_ROW_INT(mld_plan, model.grid.horizon_years, "horizon_years", "years", 1, MLD_MAX_YEARS, 12,
                .stage = MLD_STAGE_FACTORS, .flags = MLD_REQUIRED | MLD_FIXED,
                .doc_en = "Years simulated.", .doc_fr = "Nombre d'années simulées.", MODEL("1")),
    { .key = "first_closing",
      .kind = MLD_DATE,
      .unit = "",
      .choices = "2027-01-01",
      .offset = offsetof(struct mld_plan, model.grid.first_closing),
      .stage = MLD_STAGE_PORTFOLIO,
      .flags = MLD_FIXED,
      .doc_en = "Date of the start of the first period.",
      .doc_fr = "Date du début de la première période.",
      MODEL("1") },
    MLD_ROW_GROUP(offsetof(struct mld_plan, run), "run", run_params, .stage = MLD_STAGE_NONE,
                  .flags = MLD_FIXED, .doc_en = "Size of the run.", .doc_fr = "Taille du calcul."),
    MLD_ROW_GROUP(offsetof(struct mld_plan, model.factors), "factors", factors_params,
                  .stage = MLD_STAGE_FACTORS, .flags = MLD_REQUIRED,
                  .doc_en = "Systematic factors, sectors and the TMO.",
                  .doc_fr = "Facteurs systématiques, secteurs et TMO.", MODEL("2")),
    { .key = "legal_forms",
      .kind = MLD_MAP,
      .unit = "",
      .offset = offsetof(struct mld_plan, model.form),
      .count_offset = offsetof(struct mld_plan, model.n_forms),
      .capacity = MLD_MAX_FORMS,
      .stride = sizeof(struct mld_form),
      .table = mld_form_params,
      .domain = MLD_DOMAIN_FORM,
      .stage = MLD_STAGE_FACTORS,
      .flags = MLD_REQUIRED,
      .doc_en = "Legal forms of issuers; the keys are their names.",
      .doc_fr = "Formes juridiques des émetteurs ; les clés sont leurs noms.",
      MODEL("3") },
    MLD_ROW_REAL(
        mld_plan, model.recovery_correlation, "recovery_correlation", "1", 0, 0.99, 0,
        .stage = MLD_STAGE_LIVES, .flags = MLD_JUDGEMENT,
        .doc_en = "Part ρ_R of recoveries that is systematic.",
        .doc_fr = "Part systématique ρ_R des recouvrements.",
        .source = MLD_JUDGED(
            "4", "0 is a recovery that knows its issuer alone, 0.3 one that falls with the economy",
            "0 est un recouvrement qui ne dépend que de son émetteur, 0,3 un qui baisse avec "
            "l'économie")),
    { .key = "instruments",
      .kind = MLD_MAP,
      .unit = "",
      .offset = offsetof(struct mld_plan, model.instrument_terms),
      .count_offset = offsetof(struct mld_plan, model.has_instrument),
      .capacity = MLD_INSTRUMENTS,
      .stride = sizeof(struct mld_terms),
      .table = mld_common_params,
      .kinds = &instruments,
      .domain = MLD_DOMAIN_INSTRUMENT,
      .stage = MLD_STAGE_LIVES,
      .flags = MLD_REQUIRED,
      .doc_en = "Terms of each instrument.",
      .doc_fr = "Clauses de chaque instrument.",
      MODEL("5") },
    MLD_ROW_GROUP(
        offsetof(struct mld_plan, model.thesis), "thesis", thesis_params,
        .count_offset = offsetof(struct mld_plan, model.has_thesis), .stage = MLD_STAGE_PORTFOLIO,
        .flags = MLD_OPTIONAL,
        .doc_en = "What the portfolio will be, when nothing is bought yet; or give a tape.",
        .doc_fr =
            "Ce que sera le portefeuille, quand rien n'est acheté ; sinon donner une bande (tape).",
        MODEL("6")),
    MLD_ROW_GROUP(offsetof(struct mld_plan, model.tape), "tape", tape_params,
                  .count_offset = offsetof(struct mld_plan, model.has_tape),
                  .stage = MLD_STAGE_PORTFOLIO, .flags = MLD_OPTIONAL | MLD_FIXED,
                  .doc_en = "The deals themselves, from a CSV file, instead of a thesis.",
                  .doc_fr = "Les dossiers eux-mêmes, lus dans un fichier CSV, au lieu d'une thèse.",
                  MODEL("6")),
    MLD_ROW_GROUP(offsetof(struct mld_plan, fund), "fund", mld_fund_params,
                  .count_offset = offsetof(struct mld_plan, fund) +
                                  offsetof(struct mld_fund_spec, present),
                  .stage = MLD_STAGE_ISSUERS, .flags = MLD_OPTIONAL,
                  .doc_en = "The fund; without it the run is a guarantee scheme.",
                  .doc_fr = "Le fonds ; sans lui le calcul est celui d'un dispositif de garantie.",
                  MODEL("8")),
    MLD_ROW_GROUP(offsetof(struct mld_plan, guarantee), "guarantee", mld_guarantee_params,
                  .count_offset = offsetof(struct mld_plan, guarantee) +
                                  offsetof(struct mld_guarantee_spec, present),
                  .stage = MLD_STAGE_ISSUERS, .flags = MLD_OPTIONAL,
                  .doc_en = "The public guarantee; without it there is one branch.",
                  .doc_fr = "La garantie publique ; sans elle il n'y a qu'une branche.",
                  MODEL("7")),
    MLD_ROW_LIST(mld_plan, model.indicators.item, model.indicators.n, "indicators",
                 mld_indicator_params, .stage = MLD_STAGE_LIVES, .flags = MLD_OPTIONAL,
                 .doc_en = "What issuers are expected to produce per million euros invested; "
                           "nothing says that it is additional.",
                 .doc_fr = "Ce que les émetteurs devraient produire par million d'euros investi ; "
                           "rien ne dit que ce soit additionnel.",
                 MODEL("20")),
    MLD_ROW_GROUP(
        offsetof(struct mld_plan, feeder), "feeder", mld_feeder_params,
        .count_offset = offsetof(struct mld_plan, feeder) +
                        offsetof(struct mld_feeder_spec, present),
        .stage = MLD_STAGE_MEASURES, .flags = MLD_OPTIONAL,
        .doc_en = "The citizens' fund upon class A, being defined; every input of it is a "
                  "judgement.",
        .doc_fr = "Le fonds citoyen sur la catégorie A, en cours de définition ; chacune "
                  "de ses données est un jugement.",
        MODEL("20")),
    MLD_ROW_GROUP(offsetof(struct mld_plan, endowment), "endowment", mld_endowment_params,
                  .count_offset = offsetof(struct mld_plan, endowment) +
                                  offsetof(struct mld_endowment_spec, present),
                  .stage = MLD_STAGE_MEASURES, .flags = MLD_OPTIONAL,
                  .doc_en = "The consumable fonds de dotation beside the portfolio; every input of "
                            "it is a judgement.",
                  .doc_fr = "Le fonds de dotation consomptible à côté du portefeuille ; chacune de "
                            "ses données est un jugement.",
                  MODEL("20")),
    MLD_ROW_LIST(mld_reading, judgements.row, judgements.count, "sensitivity", sensitivity_params,
                 .stage = MLD_STAGE_NONE, .flags = MLD_FIXED,
                 .doc_en = "Low and high of the judgements, for the sensitivity table.",
                 .doc_fr = "Bas et haut des jugements, pour la table de sensibilité.", MODEL("11")),
    MLD_ROW_LIST(mld_reading, judgements.correlation, judgements.n_correlations,
                 "rank_correlations", rank_correlation_params, .stage = MLD_STAGE_NONE,
                 .flags = MLD_OPTIONAL | MLD_FIXED,
                 .doc_en = "Judgements that are drawn together: correlations of their ranks.",
                 .doc_fr = "Jugements tirés ensemble : corrélations de leurs rangs.", MODEL("15")),
    MLD_ROW_GROUP(offsetof(struct mld_plan, uncertainty), "uncertainty", uncertainty_params,
                  .count_offset = offsetof(struct mld_plan, uncertainty) +
                                  offsetof(struct mld_uncertainty, present),
                  .stage = MLD_STAGE_NONE, .flags = MLD_OPTIONAL | MLD_FIXED,
                  .doc_en = "The run is made of worlds, too, in each of which the judgements are "
                            "other ones.",
                  .doc_fr = "Le calcul est aussi fait de mondes, dans chacun desquels les "
                            "jugements sont autres.",
                  MODEL("15")),
    MLD_PARAM_END
};
