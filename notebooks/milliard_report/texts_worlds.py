# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts of uncertain inputs, French then English; part of the catalogue of texts.py."""

TEXTS = {
    "worlds_title": ("Si les hypothèses sont justes, et telles qu'on les connaît", "If the inputs are right, and as the inputs are known"),
    "worlds_intro": (
        "Dans chacun de {worlds} mondes de {n} trajectoires, les {inputs} jugements du scénario sont tirés ensemble entre leur bas et leur haut. "
        "« Si justes » est le scénario lui-même, sur autant de trajectoires ; l'ignorance est la part de la variance d'un résultat que de meilleures données "
        "supprimeraient, le reste est du hasard.",
        "In each of {worlds} worlds of {n} paths, the {inputs} judgements of the scenario are drawn together between their low and high. “If right” is the "
        "scenario itself, on as many paths; ignorance is the part of the variance of one result that better data would take away, the rest is chance."),
    "worlds_centre": ("Le centre des jugements n'est pas le scénario : pour {n} d'entre eux, la moyenne de ce qui est tiré n'est pas ce qu'il dit.",
                      "The centre of the judgements is not the scenario: of {n} of them the mean of what is drawn is not what it says."),
    "worlds_measure": ("moyenne ± erreur type", "mean ± standard error"),
    "worlds_right": ("si justes", "if right"),
    "worlds_known": ("telles que connues", "as known"),
    "worlds_spread": ("5 % – 95 %", "5% – 95%"),
    "worlds_share": ("ignorance", "ignorance"),
    "worlds_below": ("sous {high}", "below {high}"),
    "worlds_dotation": ("Dotation qui suffit dans {level} des cas", "Dotation that is enough in {level} of cases"),
    "worlds_untestable": ("aucune donnée ne l'éprouve", "no data can test it"),
    # the two intervals
    "worlds_intervals": ("{measure} : si les hypothèses sont justes, et telles qu'on les connaît", "{measure}: if the inputs are right, and as they are known"),
    "worlds_intervals_sub": ("Un résultat et sa moyenne, {unit} ; foncé : si les hypothèses sont justes ; clair : telles qu'on les connaît",
                             "One result and its mean, {unit}; dark: if the inputs are right; light: as the inputs are known"),
    "worlds_one_right": ("un résultat, si justes", "one result, if right"),
    "worlds_one_known": ("un résultat, telles que connues", "one result, as known"),
    "worlds_mean_right": ("la moyenne, si justes", "the mean, if right"),
    "worlds_mean_known": ("la moyenne, telles que connues", "the mean, as known"),
    "band_worlds": ("barre : 5 % à 95 % ; de la moyenne, son intervalle de Monte-Carlo, puis ce qu'elle pourrait être",
                    "bar: 5% to 95%; of the mean, its Monte-Carlo interval, then what it could be"),
    "worlds_intervals_text": (
        "{measure} : si les hypothèses sont justes, {right} en moyenne, et neuf résultats sur dix entre {low} et {high}. Telles qu'on les connaît, de {wide_low} à {wide_high}, "
        "et la moyenne elle-même pourrait être de {band_low} à {band_high}.",
        "{measure}: if the inputs are right, {right} on average, and nine results in ten between {low} and {high}. As they are known, from {wide_low} to {wide_high}, and the "
        "mean itself could be from {band_low} to {band_high}."),
    # which assumption
    "worlds_which": ("Pour quelle hypothèse aller chercher des données d'abord ?", "Which assumption should we go and find data for first?"),
    "worlds_which_sub": ("{measure} : part de l'ignorance qui disparaîtrait si le jugement était connu ; clair : avec les autres",
                         "{measure}: part of the ignorance that would go if the judgement were known; light: together with others"),
    "band_worlds_which": ("trait fin : intervalle à 95 %", "thin line: 95% interval"),
    "worlds_which_text": ("{label} : la connaître ôterait {first} de l'ignorance ({low} à {high}) sur « {measure} ».",
                          "{label}: knowing it would take away {first} of the ignorance ({low} to {high}) about “{measure}”."),
    "worlds_warning": ("La régression n'explique que {explained} de l'ignorance : ces parts n'en sont pas tout.",
                       "The regression explains only {explained} of the ignorance: these parts are not all of it."),
    "worlds_few": ("Trop peu de mondes pour dire de quel jugement vient l'ignorance.", "Too few worlds to say which judgement the ignorance comes from."),
}
