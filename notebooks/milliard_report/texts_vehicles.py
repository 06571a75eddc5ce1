# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts of the other vehicles and of value created, French then English; part of the catalogue of texts.py."""

TEXTS = {
    "fonds_vehicles": ("Les autres véhicules, et la valeur créée|Le fonds citoyen lit les avenirs du fonds, le fonds de dotation vit à côté. Tout ce qui les décrit est "
                       "un jugement : rien n'en a été lu que ce que le scénario cite.",
                       "The other vehicles, and value created|The citizens' fund reads the futures of the fund, the fonds de dotation lives beside it. All that describes "
                       "them is a judgement: nothing was read of them but what the scenario quotes."),
    "vehicles_three": ("Trois véhicules : ce que chacun reçoit, verse et risque", "Three vehicles: what each brings in, pays out and risks"),
    "vehicles_three_text": (
        "Moyennes sur les mêmes avenirs. Les lignes ne s'ajoutent pas : le fonds citoyen verse au FPCI ce que les épargnants lui confient, et n'en est qu'un souscripteur ; "
        "le fonds de dotation donne, et ne récupère rien.",
        "Means over the same futures. Lines do not add up: the citizens' fund pays to the FPCI what savers entrust to it, and is but one of its investors; the fonds de "
        "dotation gives, and gets nothing back."),
    "vehicles_in": ("reçoit", "brings in"), "vehicles_out": ("verse", "pays out"), "vehicles_risk": ("risque", "risks"),
    "vehicles_fund": ("FPCI", "FPCI"), "vehicles_feeder": ("Fonds citoyen", "Citizens' fund"), "vehicles_endowment": ("Fonds de dotation", "Fonds de dotation"),
    "vehicles_fund_in": ("{amount} d'appels de fonds", "{amount} of calls"),
    "vehicles_fund_out": ("{amount} aux parts A", "{amount} to class A"),
    "vehicles_fund_risk": ("TRI net des parts A {irr} ; elles perdent dans {loss} des cas", "net IRR of class A {irr}; it loses in {loss} of cases"),
    "vehicles_feeder_in": ("{amount} souscrits par des épargnants", "{amount} subscribed by savers"),
    "vehicles_feeder_out": ("{early} sur demande, {end} à la fin", "{early} on request, {end} at the end"),
    "vehicles_feeder_risk": ("TRI d'un épargnant {irr} ; il perd dans {loss} des cas ; {served} des demandes servies dans leur année",
                             "IRR of a saver {irr}, who loses in {loss} of cases; {served} of requests served in their year"),
    "vehicles_endowment_in": ("{amount} de dotation initiale et de dons", "{amount} of opening and donations"),
    "vehicles_endowment_out": ("{amount} de subventions, à {n} projets ; rien n'en revient", "{amount} of grants, to {n} projects; nothing comes back"),
    "vehicles_endowment_risk": ("pas de rendement ; épuisé dans {gone} des cas", "no return; exhausted in {gone} of cases"),
    "vehicles_nine": ("5 % – 95 %", "5% – 95%"), "vehicles_year": ("année", "year"),
    # the citizens' fund
    "vehicles_feeder_text": (
        "Il détient une part de la catégorie A et une poche de trésorerie, qui paie d'abord les appels, puis les rachats. Une part vaut sa part de la valeur liquidative des "
        "parts A et de la poche : une valeur calculée, à laquelle rien ne dit qu'on les vendrait.",
        "It holds a part of class A and a pocket of cash, which pays calls first, then requests. A unit is worth its part of class A's net asset value and of the pocket: a "
        "value that is calculated, at which nothing says that they could be sold."),
    "vehicles_pocket": ("Pour payer les appels et les rachats d'une année, il faut au début de celle-ci une poche d'au plus {low} de la valeur dans 95 % des années, de {high} dans 99 %.",
                        "To pay the calls and requests of a year it takes, at its start, a pocket of at most {low} of the value in 95% of years, of {high} in 99%."),
    "vehicles_pocket_few": ("Les trajectoires sont trop peu nombreuses pour dire quelle poche sert 99 % des années.", "The paths are too few to say which pocket serves 99% of years."),
    "vehicles_unit": ("Valeur d'une part du fonds citoyen", "Value of a unit of the citizens' fund"),
    "vehicles_unit_sub": ("Valeur d'une part souscrite 1 € au départ, €", "Value of a unit subscribed at 1 EUR at the start, EUR"),
    "vehicles_unit_text": ("Un épargnant qui sort reçoit cette valeur moins les frais de sortie, s'il y a de quoi le payer ; si elle est trop haute, ceux qui restent le paient.",
                           "A saver who leaves gets this value less the exit fee, if there is cash to pay it; if it is too high, those who stay pay for it."),
    "vehicles_feeder_unknown": (
        "Ce qu'on ne sait pas : ce que les épargnants souscriront et redemanderont, et s'ils le feront ensemble quand les parts baissent ou quand d'autres attendent ; les "
        "règles que l'AMF accepterait ; les frais d'un tel fonds. Rien ne garantit à un épargnant son capital ni sa date de sortie.",
        "What is not known: what savers will subscribe and ask back, and whether they will do so together when units fall or when others wait; the rules that the AMF would "
        "accept; the costs of such a fund. Nothing guarantees a saver's capital, nor the date of the exit."),
    # the fonds de dotation
    "vehicles_endowment_text": (
        "Il donne de petites subventions à des projets jusqu'à épuisement. Son lien avec le fonds est demandé à l'endroit : non combien de projets aidés deviendront des "
        "investissements, mais quelle part d'entre eux devrait atteindre 500 000 € à temps pour en fournir une part donnée.",
        "It gives small grants to projects until nothing is left. Its link to the fund is asked the honest way round: not how many helped projects will become deals, but which "
        "part of them would have to reach 500,000 EUR in time to supply a given part of the deals."),
    "vehicles_endowment_unknown": (
        "Ce qu'on ne sait pas : les dons à venir, qui sont tirés sans lien avec la conjoncture ; ce que deviennent les projets aidés, dont aucun suivi n'a été lu ; s'ils "
        "auraient grandi sans aide.",
        "What is not known: donations to come, which are drawn without a link to the economy; what becomes of helped projects, of which no record was read; whether they would "
        "have grown without help."),
    # value created
    "vehicles_value": ("Ce qui accompagne le financement", "What comes with the financing"),
    "vehicles_value_text": (
        "Chaque indicateur est une valeur par million d'euros, que le scénario donne avec sa source, multipliée par l'encours et les années en vie, ou comptée une fois. Un "
        "émetteur en défaut ne produit plus.",
        "Each indicator is a value per million euros, which the scenario gives with its source, times what is outstanding and the years alive, or counted once. An issuer in "
        "default produces no more."),
    "vehicles_lost": ("perdu aux défauts", "lost to defaults"), "vehicles_per_million": ("par million investi", "per million invested"),
    "vehicles_group": ("groupe", "group"),
    "vehicles_additional": ("part additionnelle, si", "additional part, if"),
    "vehicles_additional_text": (
        "Par million d'euros de coût public, de {cost} en moyenne quand tout ce qui est dû est payé, selon la part de ce qui accompagne le financement qui n'aurait pas eu lieu "
        "sans lui. Aucune de ces parts n'est une estimation.",
        "Per million euros of public cost, {cost} on average where all that is due is paid, by the part of what comes with the financing that would not have come without. None of "
        "these parts is an estimate."),
    "vehicles_no_public": ("Sans coût public, rien n'est rapporté à l'euro public.", "Without a public cost nothing is told per public euro."),
    "vehicles_value_unknown": (
        "Ce qu'on ne sait pas : ce qui aurait eu lieu sans le financement. Ce qui l'accompagne n'en est pas l'effet, et la valeur par million d'un émetteur à l'autre est un "
        "jugement.",
        "What is not known: what would have come without the financing. What comes with it is no effect of it, and the value per million from one issuer to another is a "
        "judgement."),
}
