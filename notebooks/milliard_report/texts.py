# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue: every text of the reports, French then English. Labels of measures and series are not here:
they come from the results file. Braces are filled from the file; spaces before ; : ! ? % are made unbreakable by `say`."""
import re

from . import texts_committee, texts_state, texts_vehicles, texts_worlds

TEXTS = {
    # provenance and bands
    "paths": ("{n} trajectoires", "{n} paths"),
    "seed": ("graine {seed}", "seed {seed}"),
    "band_fan": ("bande claire : 5 % à 95 % des trajectoires, foncée : 25 % à 75 %, trait : médiane",
                 "light band: 5% to 95% of paths, dark: 25% to 75%, line: median"),
    "band_fan_few": ("bande : 25 % à 75 % des trajectoires, trait : médiane ; 5 % et 95 % : non estimables",
                     "band: 25% to 75% of paths, line: median; 5% and 95%: not estimable"),
    "dotted": ("pointillé : 5 % et 95 % sans garantie", "dotted: 5% and 95% without the guarantee"),
    "band_spread": ("barre : moyenne ; trait fin : 5 % à 95 % des trajectoires", "bar: mean; thin line: 5% to 95% of paths"),
    "band_spread_few": ("barre : moyenne ; 5 % à 95 % des trajectoires : non estimables", "bar: mean; 5% to 95% of paths: not estimable"),
    "band_error": ("trait fin : intervalle de Monte-Carlo à 95 %", "thin line: 95% Monte-Carlo interval"),
    "band_hist": ("bande verticale : intervalle de Monte-Carlo à 95 % de la médiane",
                  "vertical band: 95% Monte-Carlo interval of the median"),
    "band_points": ("point : médiane ; trait épais : 25 % à 75 %, fin : 5 % à 95 % des trajectoires",
                    "dot: median; thick line: 25% to 75%, thin: 5% to 95% of paths"),
    "band_points_few": ("point : médiane ; trait : 25 % à 75 % des trajectoires ; 5 % et 95 % : non estimables",
                        "dot: median; line: 25% to 75% of paths; 5% and 95%: not estimable"),
    "without": ("sans garantie", "without guarantee"), "with": ("avec garantie", "with guarantee"),
    "kept": ("garantie payée en entier", "guarantee paid in full"),
    "difference": ("écart (avec − sans)", "difference (with − without)"),
    "mean": ("moyenne", "mean"), "median": ("médiane", "median"),
    "years_axis": ("années depuis le premier closing", "years since the first closing"),
    "year_axis": ("année depuis le premier closing", "year since the first closing"),
    "share_paths": ("part des trajectoires", "share of paths"),
    # returns by group
    "returns_by_group": ("D'où vient le rendement", "Where the return comes from"),
    "returns_by_group_text": (
        "Flux cumulés des investissements, avant frais du fonds et hors indemnités, sans garantie. Le TRI médian est pris sur les trajectoires, "
        "où −100 % compte quand rien ne revient ; le TRI des flux moyens et le multiple sont ceux d'un portefeuille moyen.",
        "Pooled flows of the deals, before costs of the fund and without payouts, without a guarantee. The median IRR is over paths, −100% counting "
        "where nothing comes back; IRR of mean flows and multiple are those of a mean portfolio."),
    "by_instrument": ("par instrument", "by instrument"), "by_form": ("par forme juridique", "by legal form"),
    "by_year": ("par année", "by year"),
    "deals_made": ("nb", "deals"), "invested_head": ("investi", "invested"), "multiple_head": ("multiple", "multiple"),
    "median_irr": ("TRI médian", "median IRR"), "irr_of_means": ("TRI des flux moyens", "IRR of mean flows"),
    "losses_head": ("pertes", "losses"), "gains_head": ("gains", "gains"),
    "group_amounts": ("Moyennes par trajectoire ; montants en {unit}.", "Means over paths; amounts in {unit}."),
    "few_deals": ("* Moins de trois investissements par trajectoire : le TRI d'un groupe aussi petit dit peu.",
                  "* Fewer than three deals a path: the IRR of so small a group says little."),
    # page
    "for_fonds": ("Rapport à l'équipe du fonds", "Report to the fund's team"),
    "for_plaidoyer": ("Note de plaidoyer", "Advocacy note"),
    "for_etude": ("Étude", "Study"),
    "study_dotted": ("pointillé : la base, {base}", "dotted: the base, {base}"),
    "study_target": ("trait rose : objectif {target}, atteint par {met} variantes sur {all}", "pink line: target {target}, reached by {met} variants of {all}"),
    "study_base": ("base : {base}", "base: {base}"),
    "study_curve": ("bande : intervalle de Monte-Carlo à 95 %", "band: 95% Monte-Carlo interval"),
    "study_map": ("couleurs et lignes de niveau : la statistique", "colours and contours: the statistic"),
    "study_points": ("point : la statistique ; trait : intervalle de Monte-Carlo à 95 %", "dot: the statistic; line: 95% Monte-Carlo interval"),
    "study_too_many": ("la figure de {label} : trop de courbes pour une page ; milliard export en donne la table",
                       "the figure of {label}: too many curves for a page; milliard export gives the table"),
    "for_investisseurs": ("Rapport aux investisseurs", "Report to investors"),
    "head": ("Scénario {name}, {paths} trajectoires, graine {seed}, premier closing le {date}. milliard {version}, révision {commit}, "
             "version du modèle {model}, des tirages {stream}.",
             "Scenario {name}, {paths} paths, seed {seed}, first closing on {date}. milliard {version}, commit {commit}, "
             "version of the model {model}, of the draws {stream}."),
    "head_scheme": ("Scénario {name}, {paths} trajectoires, graine {seed}, début le {date}. milliard {version}, révision {commit}, version du modèle {model}, des tirages {stream}.",
                    "Scenario {name}, {paths} paths, seed {seed}, starting on {date}. milliard {version}, commit {commit}, version of the model {model}, of the draws {stream}."),
    "interrupted": ("Calcul interrompu : moins de trajectoires que demandé.", "Interrupted run: fewer paths than asked for."),
    "warning": ("Avertissement : {words}", "Warning: {words}"),
    "few_paths": ("Moins de 1 000 trajectoires : les quantiles extrêmes sont très incertains ; ceux qui ne sont pas estimables ne sont pas montrés.",
                  "Fewer than 1,000 paths: extreme quantiles are very uncertain; those that are not estimable are not shown."),
    "error_note": ("Après ± : une erreur type de Monte-Carlo, due au nombre de trajectoires. L'incertitude des hypothèses n'y est pas ; "
                   "elle est plus grande. Montants en euros courants.",
                   "After ±: one Monte-Carlo standard error, due to the number of paths. The uncertainty of the assumptions is not in it, "
                   "and is larger. Amounts in current euros."),
    "files": ("Fichiers de cette figure : ", "Files of this figure: "),
    "not_shown": ("Sans objet pour ce fichier : {what}.", "Not applicable to this file: {what}."),
    "no_fund": ("ce qui suppose un fonds (TRI net, parts A, appels, carried interest)",
                "what needs a fund (net IRR, class A, calls, carry)"),
    "no_guarantee": ("ce qui suppose une garantie", "what needs a guarantee"),
    "no_trajectories": ("les flux annuels des parts A : le fichier ne garde aucune trajectoire (run.trajectories = \"none\")",
                        "the yearly flows of class A: the file keeps no trajectory (run.trajectories = \"none\")"),
    "other_files": ("les autres fichiers donnés ({names}) : ce rapport porte sur le premier seul",
                    "the other files given ({names}): this report is about the first alone"),
    "one_file": ("les chocs (récession, baisse des subventions), faute de leurs fichiers : copier scenarios/stress-recession.cfg et stress-subsidies.cfg, y mettre ce scénario pour base, "
                 "les simuler avec la même graine, et donner leurs résultats à milliard report après ceux-ci",
                 "stresses (recession, fall of subsidies), whose files were not given: copy scenarios/stress-recession.cfg and stress-subsidies.cfg, make this scenario their base, "
                 "run them with the same seed, and give their results to milliard report after these"),
    "assumptions_title": ("Hypothèses de jugement", "Judgements"),
    "assumptions": ("{n} des {all} paramètres du scénario sont des jugements, ouverts à qui a de meilleurs chiffres. "
                    "Tous sont dans le fichier de résultats avec leur source.",
                    "{n} of the scenario's {all} parameters are judgements, open to whoever has better figures. "
                    "All are in the results file, with their sources."),
    "key_figures": ("Chiffres clés", "Key figures"),
    # fonds
    "jcurve": ("La courbe en J", "The J-curve"),
    "jcurve_sub": ("Position cumulée des parts A, {unit}", "Cumulated position of class A, {unit}"),
    "jcurve_text": ("La position cumulée des parts A descend en moyenne jusqu'à {low} ({branch}) ; elle finit à {end} en médiane, "
                    "entre {end5} et {end95} neuf fois sur dix.",
                    "The cumulated position of class A goes down to {low} on average ({branch}); it ends at {end} in the median, "
                    "between {end5} and {end95} nine times out of ten."),
    "jcurve_text_median": ("La position cumulée des parts A descend en moyenne jusqu'à {low} ({branch}) ; elle finit à {end} en médiane. Les trajectoires sont "
                           "trop peu nombreuses pour dire entre quelles bornes.",
                           "The cumulated position of class A goes down to {low} on average ({branch}); it ends at {end} in the median. The paths are too few to "
                           "tell between which bounds."),
    "jcurve_end": ("La marche de la fin est la liquidation : ce qui reste est vendu, la réserve est distribuée.",
                   "The last step is the liquidation: what is left is sold, and the reserve distributed."),
    "payback_text": ("Les parts A sont remboursées sur {share} des trajectoires ({branch}).",
                     "Class A is paid back on {share} of the paths ({branch})."),
    "cash": ("Appels, flux et valeur", "Calls, flows and value"),
    "cash_sub": ("{branch}, {unit} ; en haut par période, en années depuis le premier closing ; en bas par année civile",
                 "{branch}, {unit}; first row by period, over years since the first closing; second row by calendar year"),
    "cash_text": ("Le fonds appelle {paid_in} et investit {cost} en moyenne ({branch}).",
                  "The fund calls {paid_in} and invests {cost} on average ({branch})."),
    "dist_sub": ("Distribution sur les trajectoires, {unit}", "Distribution over paths, {unit}"),
    "dist_text": ("{label} : {without} sans garantie, {with_} avec ; écart sur les mêmes tirages : {difference}.",
                  "{label}: {without} without the guarantee, {with_} with it; difference on the same draws: {difference}."),
    "dist_text_one": ("{label} : {value} en moyenne, {low} à {high} neuf fois sur dix.",
                      "{label}: {value} on average, {low} to {high} nine times out of ten."),
    "dist_text_mean": ("{label} : {value} en moyenne. Les trajectoires sont trop peu nombreuses pour en dire la dispersion.",
                       "{label}: {value} on average. The paths are too few to tell its spread."),
    "hurdle_text": ("Le pic juste au-dessus de {hurdle} n'est pas un artefact : ce taux atteint, le rattrapage va aux parts C, et les parts A "
                    "finissent dans les {heap} pt qui suivent sur {share} des trajectoires ({branch}).",
                    "The peak just above {hurdle} is no artefact: once that rate is reached the catch-up goes to class C, and class A ends "
                    "within the next {heap} pt on {share} of the paths ({branch})."),
    "first_loss_text": ("Sur {share} des trajectoires, les parts A retrouvent exactement leur mise : les premières pertes sont pour les parts B "
                        "({branch}).",
                        "On {share} of the paths class A gets back exactly what it paid in: first losses are for class B ({branch})."),
    "outside": ("Les valeurs les plus extrêmes, {share} des trajectoires au plus, dépassent les bords du graphique ; tous les chiffres les comptent.",
                "The most extreme values, {share} of the paths at most, lie beyond the edges of the chart; every figure counts them."),
    "not_estimable": ("non estimable", "not estimable"),
    "undefined": ("{label} : indéfini sur {n} trajectoires, laissées de côté.", "{label}: undefined on {n} paths, which are left out."),
    "undefined_pair": ("{label} : indéfini sur {without} trajectoires sans garantie et sur {with_} avec. Chaque moyenne ne porte que sur les autres, "
                       "et l'écart sur les {both} où les deux sont définis : il n'est pas la différence des deux moyennes.",
                       "{label}: undefined on {without} paths without the guarantee and on {with_} with it. Each mean is over the others only, "
                       "and the difference over the {both} where both are defined: it is not the difference of the two means."),
    "total": ("total", "total"), "year": ("année", "year"), "means": ("moyennes ± erreur type", "means ± standard error"),
    "means_in": ("Moyennes, {unit} ; erreur type d'au plus {error} par année", "Means, {unit}; standard error of {error} a year at most"),
    "means_and_95_in": ("Moyennes, {unit} ; erreur type d'au plus {error} par année. 95 % : dépassé une fois sur vingt",
                        "Means, {unit}; standard error of {error} a year at most. 95%: exceeded one time in twenty"),
    "scenario": ("scénario", "scenario"),
    "mix": ("Montants investis et pertes, par instrument", "Amounts invested and losses, by instrument"),
    "mix_sub": ("À gauche : investi, {unit}. À droite : pertes rapportées à l'investi, %",
                "Left: invested, {unit}. Right: losses over invested, %"),
    "mix_text": ("Sur {cost} investis, {losses} de pertes en moyenne, toutes natures comprises, soit {rate} du coût. "
                 "La perte rapportée au coût est la plus forte pour : {worst} ({worst_rate}).",
                 "Of {cost} invested, {losses} are lost on average, all kinds of losses included, or {rate} of the cost. "
                 "Losses over cost are largest for: {worst} ({worst_rate})."),
    "loss_default": ("défaut", "default"), "loss_exit": ("sortie", "exit"), "loss_forced": ("cession forcée", "forced sale"),
    "forms": ("Pertes par forme juridique", "Losses by legal form"),
    "forms_sub": ("Pertes sur toute la durée, avant garantie, {unit}", "Losses over the whole life, before the guarantee, {unit}"),
    "forms_text": ("{form} : {mean} de pertes en moyenne, {high} dans le pire cas sur vingt.",
                   "{form}: {mean} lost on average, {high} in the worst case out of twenty."),
    "forms_text_mean": ("{form} : {mean} de pertes en moyenne ; le pire cas sur vingt n'est pas estimable.",
                        "{form}: {mean} lost on average; the worst case out of twenty is not estimable."),
    "fees": ("Carried interest et frais", "Carry and costs"),
    "fees_sub": ("Sur toute la durée, {unit}", "Over the whole life, {unit}"),
    "fees_text": ("Frais de gestion : {management} en moyenne ; carried interest : {carry}, versé sur {share} des trajectoires ({branch}).",
                  "Management fees: {management} on average; carry: {carry}, paid on {share} of the paths ({branch})."),
    "quota": ("Quota et concentration", "Quota and concentration"),
    "quota_sub": ("En % de l'investi (quota, prêts) ou des engagements (premier émetteur)",
                  "% of the volume (quota, loans) or of the commitments (largest issuer)"),
    "at_least": ("au moins {limit}", "at least {limit}"), "at_most": ("au plus {limit}", "at most {limit}"),
    "quota_text": ("Le quota est tenu sur {quota} des trajectoires, la limite par émetteur sur {issuer}, celle des prêts sur {loans}.",
                   "The quota holds on {quota} of the paths, the limit per issuer on {issuer}, that of loans on {loans}."),
    # chapters of the notebooks: a title, then how to read what follows
    "nothing_here": ("ce chapitre", "this chapter"),
    "fonds_overview": ("Vue d'ensemble|Chaque ligne est une moyenne sur toutes les trajectoires, c'est-à-dire sur autant d'histoires possibles du même fonds. "
                       "Avec une garantie, les deux colonnes viennent des mêmes tirages : l'écart est mesuré histoire par histoire.",
                       "Overview|Each line is a mean over all paths, that is over as many possible histories of the same fund. "
                       "With a guarantee both columns come from the same draws: the difference is measured history by history."),
    "fonds_cash": ("Trésorerie|La position cumulée est tout ce que les parts A ont reçu moins tout ce qu'elles ont versé : elle descend avec les appels et "
                   "remonte avec les distributions. La largeur des bandes est l'incertitude sur le fonds, non celle du calcul.",
                   "Cash|The cumulated position is all that class A has received less all it has paid: it goes down with calls and up with distributions. "
                   "The width of the bands is the uncertainty of the fund, not that of the computation."),
    "fonds_returns": ("Rendement|Une moyenne dit peu ici : la forme de la distribution montre combien d'histoires finissent sous zéro, ou sous le capital versé.",
                      "Return|A mean says little here: the shape of the distribution shows how many histories end below zero, or below what was paid in."),
    "fonds_losses": ("Composition et pertes|Les pertes sont comptées avant toute garantie : défauts (encours moins recouvrement), sorties sous le coût, décotes "
                     "de ce qui est vendu le dernier jour.",
                     "Mix and losses|Losses are counted before any guarantee: defaults (outstanding less recovery), exits below cost, discounts of "
                     "what is sold on the last day."),
    "fonds_terms": ("Frais, carried interest et ratios|Le quota, la limite par émetteur et celle des prêts sont rapportés, non imposés : une trajectoire peut "
                    "s'en écarter, et il faut le voir.",
                    "Fees, carry and ratios|The quota, the limit per issuer and that of loans are reported, not enforced: a path may break them, and that has "
                    "to be seen."),
    "fonds_judgements": ("Jugements|L'erreur de Monte-Carlo diminue avec le nombre de trajectoires ; l'incertitude des hypothèses, non. Chaque jugement est porté à "
                         "sa valeur basse puis haute, les autres restant en place.",
                         "Judgements|The Monte-Carlo error falls with the number of paths; the uncertainty of the assumptions does not. Each judgement is taken to "
                         "its low value then to its high one, the others staying in place."),
    "plaidoyer_state": ("Le compte de l'État|Le budget, le fonds de garantie et la comptabilité nationale n'enregistrent pas la même chose la même année. Les points "
                        "sont les mauvaises années : une sur cent fait pire.",
                        "The State's account|The budget, the guarantee fund and national accounts do not record the same thing in the same year. Dots are the bad "
                        "years: one in a hundred is worse."),
    "plaidoyer_dotation": ("La dotation|Elle est épuisée quand une indemnité due n'est pas payée en entier. La dotation nécessaire est celle, versée d'emblée, qui ne "
                           "l'est jamais dans la part indiquée des trajectoires.",
                           "The dotation|It is exhausted when a payout due is not paid in full. The dotation needed is the one, in year 0, that never is in the given "
                           "share of paths."),
    "plaidoyer_multiplier": ("Le multiplicateur|Un même dispositif donne trois chiffres selon ce par quoi l'on divise. Aucun ne dit ce qui n'aurait pas été investi "
                             "sans garantie.",
                             "The multiplier|One scheme gives three figures, as it is divided by one thing or another. None tells what would not have been invested "
                             "without the guarantee."),
    "plaidoyer_amendment": ("Pour l'amendement|Ce que les chiffres ne disent pas va avec ce qu'ils disent.",
                            "For the amendment|What the figures do not say goes with what they say."),
    "plaidoyer_judgements": ("Jugements|Donner la table de milliard sensitivity pour voir ce que chaque hypothèse déplace dans le coût pour l'État.",
                             "Judgements|Give the table of milliard sensitivity to see what each assumption moves in the cost to the State."),
    "investisseurs_overview": ("Vue d'ensemble|Le TRI et le multiple sont nets de tous frais et du carried interest. Sans et avec garantie sont calculés sur les "
                               "mêmes tirages.",
                               "Overview|IRR and multiple are net of all fees and carry. Without and with the guarantee are computed on the same draws."),
    "investisseurs_returns": ("Rendement|L'écart est celui de chaque trajectoire avec elle-même : il est bien plus sûr que la différence de deux moyennes.",
                              "Return|The difference is that of each path with itself: it is far surer than the difference of two means."),
    "investisseurs_risk": ("Risque|Perdre, c'est recevoir moins que ce qui a été versé. Les scénarios de crise changent les tirages, non le fonds.",
                           "Risk|To lose is to receive less than was paid in. Stress scenarios change the draws, not the fund."),
    "investisseurs_gain": ("À qui va le gain|La garantie apporte une somme au fonds : les barres disent qui la reçoit, frais et garant compris.",
                           "Who gets the gain|The guarantee brings a sum to the fund: the bars tell who gets it, fees and guarantor included."),
    "investisseurs_drivers": ("Les pires trajectoires|On compare les pertes des 5 % de trajectoires au plus bas multiple à celles de toutes : ce qui grossit le plus "
                              "est ce qui les explique.",
                              "The worst paths|The losses of the 5% of paths with the lowest multiple are compared with those of all: what grows most explains them."),
    "investisseurs_judgements": ("Jugements|Donner la table de milliard sensitivity pour voir ce que chaque hypothèse déplace dans le TRI.",
                                 "Judgements|Give the table of milliard sensitivity to see what each assumption moves in the IRR."),
    # judgements
    "tornado": ("Ce que chaque jugement déplace : {effect}", "What each judgement moves: {effect}"),
    "tornado_sub": ("Écart au scénario ({base}, {branch}), {unit} ; clair : valeur basse du jugement, foncé : haute",
                    "Difference from the scenario ({base}, {branch}), {unit}; light: low value of the judgement, dark: high"),
    "tornado_text": ("{effect} : {base} dans le scénario. Le jugement qui pèse le plus : {label}, de {low} ({low_change}) à {high} ({high_change}).",
                     "{effect}: {base} in the scenario. The judgement that weighs most: {label}, from {low} ({low_change}) to {high} ({high_change})."),
    "tornado_rest": ("Les {n} autres déplacent chacun {most} au plus.", "The {n} others move it by {most} at most each."),
    "sensitivity": ("Sensibilité aux jugements", "Sensitivity to the judgements"),
    "still": ("Sans effet ici, à aucune des deux valeurs : {labels}.", "Without effect here, at either value: {labels}."),
    "judgement": ("jugement : valeur", "judgement: value"), "applied": ("{label} : {value}", "{label}: {value}"),
    "sensitivity_note": ("Écarts au scénario (en points pour les %), un seul jugement changé à la fois ; {n} trajectoires, graine {seed}, mêmes tirages partout ; {branch}",
                         "Differences from the scenario (in points for %), one judgement changed at a time; {n} paths, seed {seed}, the same draws throughout; {branch}"),
    "needed_95": ("Dotation nécessaire, 95 %", "Dotation needed, 95%"),
    "even_pd": ("Point mort : toutes les probabilités de défaut multipliées par {value}, la médiane du multiple (TVPI) des parts A vaut 1.",
                "Break-even: with all default probabilities multiplied by {value}, the median multiple (TVPI) of class A is 1."),
    "no_even_pd": ("Aucun multiple des probabilités de défaut entre {low} et {high} ne ramène à 1 la médiane du multiple (TVPI) des parts A.",
                   "No multiple of the default probabilities between {low} and {high} brings the median multiple (TVPI) of class A to 1."),
    "end_low": ("bas", "low"), "end_high": ("haut", "high"),
    "choice_none": ("aucun", "none"), "choice_false": ("non", "no"), "choice_true": ("oui", "yes"), "choice_gaussian": ("gaussienne", "Gaussian"), "choice_student": ("Student", "Student"),
    "no_sensitivity": ("la sensibilité aux jugements : donner aussi la table de milliard sensitivity SCÉNARIO -o FICHIER.csv",
                       "the sensitivity to the judgements: give the table of milliard sensitivity SCENARIO -o FILE.csv too"),
    # the fund year by year
    "both_irr": ("TRI moyen et TRI des flux moyens : parts A {a} et {a_means}, investissements {deals} et {deals_means} ({branch}). Le premier est la moyenne des TRI des trajectoires, "
                 "le second le TRI de leurs flux moyens, où une grande perte pèse ce qu'elle coûte.",
                 "Mean IRR and IRR of mean flows: class A {a} and {a_means}, deals {deals} and {deals_means} ({branch}). The first is the mean of the paths' IRRs, the second the IRR "
                 "of their mean flows, where a large loss weighs what it costs."),
    "value_by_class": ("Valeur par part, fin d'année", "Value by class, end of year"),
    "value_by_class_text": ("Ce que les étages verseraient à chaque part si les investissements étaient cédés à leur valeur et tout versé alors, à la note d'impact moyenne, parts C quelle que soit "
                            "la date ; puis de même, chaque investissement cédé avec la décote d'une cession forcée.",
                            "What the tiers would pay each class if deals were sold at their value and all were paid then, at the mean impact score, class C whatever the date; then the same with "
                            "each deal sold at the discount of a forced sale."),
    "nav_note": ("À leur valeur : moyennes, {unit} ; {branch}", "At their value: means, {unit}; {branch}"),
    "nav_sold_note": ("Cédés avec décote : moyennes, {unit} ; {branch}", "Sold at a discount: means, {unit}; {branch}"),
    "part": ("fonds", "fund"), "part_a": ("parts A", "class A"), "part_b": ("parts B", "class B"), "part_c": ("parts C", "class C"), "part_beneficiary": ("bénéficiaire", "beneficiary"),
    "tvpi_mean": ("TVPI moyen", "mean TVPI"), "tvpi_of_means": ("TVPI des moyennes", "TVPI of means"),
    "dpi_mean": ("DPI moyen", "mean DPI"), "dpi_of_means": ("DPI des moyennes", "DPI of means"),
    "ratios_note": ("Moyen : moyenne des rapports de chaque trajectoire ; des moyennes : rapport des montants moyens", "Mean: mean of the ratios of the paths; of means: ratio of the mean amounts"),
    "limits_by_year": ("Quota, premier émetteur et prêts, fin d'année", "Quota, largest issuer and loans, end of year"),
    "quota_median": ("quota à date, médiane", "quota by date, median"), "issuer_mean": ("premier émetteur, moyenne", "largest issuer, mean"),
    "loans_mean": ("prêts, moyenne", "loans, mean"), "level_5": ("5 %", "5%"), "level_95": ("95 %", "95%"),
    "limits_note": ("Quota à date : éligibles détenus ou terminés depuis moins de deux ans, sur capital appelé moins frais et capital distribué, tant qu'il est dû ; premier émetteur, des engagements ; prêts, "
                    "de l'investi ; {branch}",
                    "Quota by date: eligible deals held or ended less than two years ago, over paid-in less costs and capital distributed, as long as it is due; largest issuer, of commitments; loans, of the "
                    "volume; {branch}"),
    "flagged": ("Limite non tenue sur {share} des trajectoires : {what}.", "Limit not kept on {share} of the paths: {what}."),
    "quota_missed": ("le quota à date est sous 50 % à la fin d'une année où il est dû (Code monétaire et financier, art. L214-28 et L214-160 ; dates et ordonnance 2024-662 à vérifier)",
                     "the quota by date is below 50% at the end of a year in which it is due (Code monétaire et financier, art. L214-28 and L214-160; dates and ordinance 2024-662 to be checked)"),
    "issuer_limit_passed": ("un émetteur dépasse la limite du règlement (fund.max_issuer_share) à une fin d'année ; ratio légal à vérifier",
                            "an issuer passes the limit of the fund's rules (fund.max_issuer_share) at a year's end; legal ratio to be checked"),
    "loans_limit_passed": ("les prêts dépassent 10 % de l'investi à une fin d'année (Code monétaire et financier, art. L214-160, décret 2016-1587 ; à vérifier)",
                           "loans pass 10% of the volume at a year's end (Code monétaire et financier, art. L214-160, decree 2016-1587; to be checked)"),
    "list_runs_out": ("La liste des candidats s'épuise sur {share} des trajectoires : tout en est réalisé, et davantage aurait pu l'être.",
                      "The list of candidates runs out on {share} of the paths: all of it is made, and more might have been."),
    # what else
    "alternatives": ("Ce que le même argent public ferait autrement", "What else the same public money could do"),
    "alternatives_sub": ("Formes de soutien, chacune dimensionnée : {sizing}", "Forms of support, each sized: {sizing}"),
    "alternatives_text": ("Les formes sont comparées sur les mêmes tirages, toutes indemnités payées ; à coût égal, ce qui les distingue est le risque des parts A, la trésorerie de l'État et l'argent privé appelé.",
                          "Forms are compared on the same draws, every due paid; at equal cost, what tells them apart is the risk of class A, the State's cash and the private money called."),
    "no_alternatives": ("les autres formes de soutien : donner aussi le fichier de milliard alternatives SCÉNARIO -o FICHIER.json",
                        "other forms of support: give the file of milliard alternatives SCENARIO -o FILE.json too"),
    # from gross to net
    "bridge": ("Du brut au net", "From gross to net"),
    "bridge_sub": ("TRI moyen, en points de base (100 points de base = 1 %) ± erreur type ; chaque pas est l'écart, sur les mêmes tirages, avec le précédent",
                   "Mean IRR, in basis points (100 basis points = 1%) ± standard error; each step is the difference, on the same draws, from the one before"),
    "bridge_gross": ("= brut des investissements", "= gross, of the deals"), "bridge_net": ("= net, parts A", "= net, class A"),
    "bridge_text": ("Les contrats promettent {contracts} points de base, les investissements rendent {gross} et les parts A reçoivent {net} ; le pas le plus lourd : {label}, {change}.",
                    "Contracts promise {contracts} basis points, the deals return {gross} and class A gets {net}; the heaviest step: {label}, {change}."),
    "bridge_step": ("pas", "step"), "bridge_irr": ("TRI moyen", "mean IRR"), "bridge_money": ("reçu − versé, {unit}", "received − paid, {unit}"),
    "bridge_note": ("Écart de chaque pas avec le précédent, une erreur type après ± ; investissements jusqu'au brut, puis parts A, que le capital des parts C suit ; garantie : toutes "
                    "les indemnités dues sont payées ; {n} trajectoires, graine {seed} ; {branch}",
                    "Difference of each step from the one before, one standard error after ±; deals down to gross, then class A, behind which class C's capital ranks; guarantee: all "
                    "dues are paid; {n} paths, seed {seed}; {branch}"),
    "bridge_left": ("{n} trajectoires sur lesquelles un pas n'a pas de TRI sont laissées de côté.", "{n} paths on which a step has no IRR are left out."),
    "no_bridge": ("le passage du brut au net : donner aussi la table de milliard bridge SCÉNARIO -o FICHIER.csv",
                  "from gross to net: give the table of milliard bridge SCENARIO -o FILE.csv too"),
    # plaidoyer
    "coverage_all": ("de toutes\nles pertes", "of all\nlosses"),
    "capital_title": ("Ce que la garantie change pour qui apporte le capital", "What the guarantee changes for those who bring the capital"),
    "budget": ("Budget et comptabilité nationale, année par année", "Budget and national accounts, year by year"),
    "budget_305": ("Avec une dotation, les crédits de paiement sont la dotation, l'année de son versement ; "
                   "les indemnités sont ensuite des flux du fonds de garantie et n'entrent plus au budget. Le coût de "
                   "l'opérateur s'y ajoute.",
                   "With a dotation, payment appropriations are the dotation in the year it is paid; "
                   "payouts are then flows of the guarantee fund, no longer of the budget. The operator's cost comes on top."),
    "budget_114": ("Sans dotation, les autorisations d'engagement et les crédits de paiement (AE = CP) d'une année sont les indemnités de l'année, "
                   "sur le programme 114, en crédits évaluatifs : l'État paie ce qui est dû. Le coût de l'opérateur s'y ajoute.",
                   "Without a dotation, commitment and payment appropriations (AE = CP) of a year are the year's payouts, on programme 114, as "
                   "crédits évaluatifs: the State pays whatever is due. The operator's cost comes on top."),
    "credits": ("Les crédits demandés", "The appropriations asked for"),
    "credits_head": ("dotation, {unit}", "dotation, {unit}"), "credits_total": ("total, hors gage", "total, without the gage"),
    "credits_line": ("{year} : programme {programme}", "{year}: programme {programme}"), "credits_action": (", action {action}", ", action {action}"),
    "credits_gage": ("{year} : gage, programme {programme}", "{year}: gage, programme {programme}"),
    "credits_text": ("Au sens de l'état B : les autorisations d'engagement (AE) sont la limite de ce qui peut être engagé, les crédits de paiement (CP) "
                     "celle de ce qui peut être payé dans l'année pour couvrir les engagements (loi organique du 1er août 2001, LOLF, article 8).",
                     "In the sense of état B: commitment appropriations (AE) are the limit of what may be committed, payment appropriations (CP) that of "
                     "what may be paid in the year to cover commitments (organic law of 1 August 2001, LOLF, article 8)."),
    "provision": ("La provision à la fin de chaque année", "The provision at each year's end"),
    "provision_text": ("La provision est ce qui deviendra dû après la fin de l'année sur les investissements déjà faits, chaque indemnité étant "
                       "répartie entre eux selon les pertes comptées dans sa période. Le total des indemnités attendues, toutes années et tous "
                       "investissements, est de {total}.",
                       "The provision is what falls due after the end of the year on deals made by then, each due being shared among deals in "
                       "proportion to the losses counted in its period. The total of expected dues, of all years and deals, is {total}."),
    "balance": ("Le solde de la dotation", "The balance of the dotation"),
    "balance_sub": ("Solde du fonds de garantie en fin d'année, {unit}", "Balance of the guarantee fund at the end of the year, {unit}"),
    "balance_text": ("Dotation : {given}. Probabilité d'épuisement : {exhausted}. Solde résiduel : {residual} en moyenne.",
                     "Dotation: {given}. Probability of exhaustion: {exhausted}. Residual balance: {residual} on average."),
    "multiplier": ("Un multiplicateur, trois dénominateurs", "One multiplier, three denominators"),
    "multiplier_sub": ("Euros de financement couvert par euro du dénominateur ; en gris, publié sur la même base", "Euros of financing covered per euro of the denominator; in grey, published on the same basis"),
    "per_net_cost": ("coût net dû, attendu ({amount})", "expected net cost due ({amount})"),
    "per_dotation": ("dotation ({amount})", "dotation ({amount})"),
    "per_due95": ("indemnités dues, 95 % ({amount})", "payouts due, 95% ({amount})"),
    "per_commitment": ("engagement maximal ({amount})", "largest commitment ({amount})"),
    "multiplier_text": ("Le financement couvert, {volume}, vaut {cost} fois le coût net attendu, {second} fois {second_name} et "
                        "{commitment} fois l'engagement maximal : un même dispositif, trois chiffres.",
                        "The financing covered, {volume}, is {cost} times the expected net cost, {second} times {second_name} and "
                        "{commitment} times the largest commitment: one scheme, three figures."),
    "multiplier_text_two": ("Le financement couvert, {volume}, vaut {cost} fois le coût net attendu et {commitment} fois l'engagement maximal. Le quantile à 95 % des "
                            "indemnités dues n'est pas estimable.",
                            "The financing covered, {volume}, is {cost} times the expected net cost and {commitment} times the largest commitment. The 95% quantile of "
                            "payouts due is not estimable."),
    "second_dotation": ("la dotation", "the dotation"),
    "second_due95": ("le quantile à 95 % des indemnités dues", "the 95% quantile of payouts due"),
    "not_stated": ("non précisé", "not stated"),
    "limits": ("Ce que ces chiffres ne montrent pas", "What these figures do not show"),
    "issuers_nothing": ("La garantie ne change aucune condition des investissements : les émetteurs n'y gagnent rien.",
                        "The guarantee changes no term of a deal: issuers gain nothing by it."),
    "issuers_gain": ("Une part du prix de la garantie est rendue aux émetteurs de dette couverte : elle coûte {price} par an et par euro garanti au "
                     "garant, le fonds en paie {fee} ; leurs taux fixes baissent, et ils y gagnent {gain} d'intérêts, que le fonds perd.",
                     "Part of the price of cover goes back to issuers of covered debt: it costs the guarantor {price} a year per euro guaranteed, of "
                     "which the fund pays {fee}; their fixed rates fall, and they gain {gain} of interest, which the fund loses."),
    "expose_item": ("poste", "item"),
    # investisseurs
    "paired": ("Ce que la garantie change au TRI, tirage par tirage", "What the guarantee changes in the IRR, draw by draw"),
    "paired_sub": ("TRI net des parts A, avec − sans sur les mêmes tirages, points", "Net IRR of class A, with − without on the same draws, points"),
    "paired_text": ("La garantie change le TRI net de {mean} en moyenne ; elle en enlève sur {share} des trajectoires, car sa commission "
                    "est payée même quand rien n'est perdu.",
                    "The guarantee changes net IRR by {mean} on average; it takes some away on {share} of the paths, as its fee is paid even when "
                    "nothing is lost."),
    "loss_probability": ("La probabilité de perdre", "The probability of losing money"),
    "loss_sub": ("Multiple des parts A sous 1, % des trajectoires", "Multiple of class A below 1, % of paths"),
    "loss_text": ("Les parts A perdent de l'argent sur {without} des trajectoires sans garantie, {with_} avec.",
                  "Class A loses money on {without} of the paths without the guarantee, {with_} with it."),
    "loss_text_one": ("Les parts A perdent de l'argent sur {value} des trajectoires.", "Class A loses money on {value} of the paths."),
    "stress": ("Les scénarios côte à côte", "Scenarios side by side"),
    "stress_sub": ("TRI net des parts A, % par an", "Net IRR of class A, % a year"),
    "stress_text": ("{name} : TRI net médian {without} sans garantie, {with_} avec ; une trajectoire sur vingt fait moins que {low} avec.",
                    "{name}: median net IRR {without} without the guarantee, {with_} with it; one path in twenty does worse than {low} with it."),
    "stress_text_one": ("{name} : TRI net médian {without} ; une trajectoire sur vingt fait moins que {low}.",
                        "{name}: median net IRR {without}; one path in twenty does worse than {low}."),
    "stress_text_median": ("{name} : TRI net médian {without} sans garantie, {with_} avec.", "{name}: median net IRR {without} without the guarantee, {with_} with it."),
    "stress_text_one_median": ("{name} : TRI net médian {without}.", "{name}: median net IRR {without}."),
    "stress_text_none": ("{name} : TRI net médian non estimable.", "{name}: median net IRR not estimable."),
    "worst_years": ("Les mauvaises années", "The bad years"),
    "worst_years_sub": ("Flux annuel net des parts A, {unit} ; depuis le premier closing", "Yearly net flow of class A, {unit}; since the first closing"),
    "worst_years_text": ("L'année la plus exigeante est la {year}e : flux médian {median}, {low} une fois sur vingt ({branch}).",
                         "The most demanding year is year {year}: median flow {median}, {low} one time in twenty ({branch})."),
    "worst_years_text_median": ("L'année la plus exigeante est la {year}e : flux médian {median} ({branch}).",
                                "The most demanding year is year {year}: median flow {median} ({branch})."),
    "trajectories_kept": ("{n} trajectoires gardées sur {all}", "{n} trajectories kept of {all}"),
    "gain": ("À qui va ce que la garantie apporte", "Who gets what the guarantee adds"),
    "gain_sub": ("Avec − sans, moyenne, {unit}", "With − without, mean, {unit}"),
    "gain_text": ("La garantie verse {payouts} au fonds en moyenne. Les parts A reçoivent {a}, les appels de fonds changent de {calls}, le fonds verse "
                  "{guarantor} au garant, le carried interest change de {carry}. "
                  "{issuers}",
                  "The guarantee pays {payouts} to the fund on average. Class A gets {a}, calls change by {calls}, the fund pays {guarantor} to the "
                  "guarantor, carry changes by {carry}. "
                  "{issuers}"),
    "drivers": ("D'où viennent les 5 % les plus défavorables", "What drives the worst 5%"),
    "drivers_sub": ("Pertes moyennes par instrument, {unit}, avant garantie", "Mean losses by instrument, {unit}, before the guarantee"),
    "drivers_all": ("toutes les trajectoires", "all paths"),
    "drivers_worst": ("5 % défavorables", "worst 5%"),
    "drivers_text": ("Sur les {n} trajectoires les plus basses par « {measure} », {worst_defaults} investissements font défaut contre {defaults} en moyenne, "
                     "et les pertes montent de {losses} à {worst_losses}. L'instrument qui s'alourdit le plus : {instrument} "
                     "({more}).",
                     "On the {n} paths with the lowest {measure}, {worst_defaults} deals default against {defaults} on average, "
                     "and losses rise from {losses} to {worst_losses}. The instrument that grows most: {instrument} ({more})."),
    **texts_state.TEXTS,
    **texts_vehicles.TEXTS,
    **texts_worlds.TEXTS,
    **texts_committee.TEXTS,
}

LEGAL_FORMS = {"association": ("Associations", "Associations"), "cooperative": ("Coopératives", "Cooperatives"),
               "company": ("Sociétés", "Companies")}

MONTHS_FR = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def pick(pair, lang):
    return pair[0] if lang == "fr" else pair[1]


def printed(words, lang):
    """Words of a file as they are printed: apostrophes between letters are curved and, in French, "1 000 M€" and "parts A" do not break."""
    words = re.sub(r"(?<=[^\W\d_])'(?=[^\W\d_])", "’", words)
    if lang != "fr":
        return words
    words = re.sub(r"(?<=\d) (?=\d{3}\b)", "\u202f", words)
    words = re.sub(r"(?<=\d) (?=M€|k€|€|%)", "\u00a0", words)
    return re.sub(r"\bparts ([A-Z])\b", "parts\u00a0\\1", words)


def typeset(words, lang):
    """French spaces before double punctuation and inside guillemets; in English only that of a percentage, as numbers have it."""
    if lang != "fr":
        return printed(re.sub(r"(?<=\d)%", "\u00a0%", words), lang)
    words = re.sub(r" (?=[;!?])", "\u202f", words)
    words = re.sub(r" (?=[:%»±€])", "\u00a0", words)
    return printed(re.sub(r"« ", "«\u00a0", words), lang)


def say(lang, key, **values):
    """A text of the catalogue, typeset, then filled: what comes from the file is left as it is."""
    return typeset(pick(TEXTS[key], lang), lang).format(**values)


def legal_form(name, lang):
    return pick(LEGAL_FORMS[name], lang) if name in LEGAL_FORMS else name


def date(iso, lang):
    try:
        year, month, day = (int(part) for part in iso.split("-"))
        if lang == "fr":
            return f"{'1er' if day == 1 else day} {MONTHS_FR[month - 1]} {year}"
        return f"{day} {MONTHS_EN[month - 1]} {year}"
    except (ValueError, IndexError):
        return iso
