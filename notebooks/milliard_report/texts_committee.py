# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts of what a committee or a data room asks first, French then English."""

TEXTS = {
    "conclusion": ("En moyenne, les parts A rapportent {irr} net par an ({branch}), de {low} à {high} neuf fois sur dix, pour un multiple de {multiple} ; elles perdent de l'argent sur {loss} des trajectoires.",
                   "On average class A returns {irr} net a year ({branch}), {low} to {high} nine times out of ten, for a multiple of {multiple}; it loses money on {loss} of the paths."),
    "conclusion_mean": ("En moyenne, les parts A rapportent {irr} net par an ({branch}), pour un multiple de {multiple} ; elles perdent de l'argent sur {loss} des trajectoires.",
                        "On average class A returns {irr} net a year ({branch}), for a multiple of {multiple}; it loses money on {loss} of the paths."),
    "conclusion_tmo": ("Elles font moins que le TMO sur {below} des trajectoires.", "It returns less than the TMO on {below} of the paths."),
    "conclusion_payback": ("Elles sont remboursées sur {share} des trajectoires, alors après {years}.", "It is paid back on {share} of the paths, then after {years}."),
    "conclusion_hurdle": ("Le rendement prioritaire est atteint sur {reached} des trajectoires et du carried interest versé sur {paid}.", "The preferred return is reached on {reached} of the paths and carry paid on {paid}."),
    "conclusion_hurdle_seldom": ("Le rendement prioritaire n'est atteint que sur {reached} des trajectoires et du carried interest versé sur {paid} : à ce niveau il ne motive presque personne.",
                                 "The preferred return is reached on {reached} of the paths only and carry paid on {paid}: at that level it motivates hardly anybody."),
    "conclusion_guarantee": ("La garantie y est pour {irr} de TRI et {loss} de probabilité de perte, sur les mêmes tirages.", "The guarantee accounts for {irr} of IRR and {loss} of probability of loss, on the same draws."),
    "payback_cell": ("{share} des trajectoires, alors après {years}", "{share} of paths, then after {years}"),
    # terms
    "fund_terms": ("Les termes du fonds", "The terms of the fund"), "guarantee_terms": ("Les termes de la garantie", "The terms of the guarantee"),
    "fund_size": ("Engagements", "Commitments"), "fund_class": ("{amount} de parts {name}", "{amount} of class {name}"),
    "fund_length": ("Durée", "Length"), "fund_years": ("{term}, prolongeables de {more} ; investissement sur {investing}", "{term}, and {more} of extension; investment over {investing}"),
    "fund_costs": ("Frais", "Costs"),
    "fund_fees": ("gestion {during} des engagements par an, puis {after} du coût net investi ; fonctionnement {running} par an ; constitution {setup}",
                  "management {during} of commitments a year, then {after} of net invested cost; running costs {running} a year; set-up {setup}"),
    "fee_of_commitments": ("des engagements", "of commitments"), "fee_of_commitments_without_C": ("des engagements hors C", "of commitments without C"), "fee_of_called": ("de l'appelé", "of what is called"),
    "fee_of_net_invested": ("du coût net investi", "of net invested cost"), "fee_of_nav": ("de l'actif net", "of net assets"),
    "fund_carry": ("Rendement prioritaire et carried interest", "Preferred return and carry"),
    "fund_hurdle": ("{hurdle} par an, rattrapage {catch_up}, carried interest {carry}, dont {impact} selon l'impact", "{hurdle} a year, catch-up {catch_up}, carry {carry}, {impact} of it by impact"),
    "fund_recycling": ("Trésorerie conservée", "Cash kept"), "fund_kept": ("{share} des engagements pendant l'investissement", "{share} of commitments while it invests"),
    "fund_issuer": ("Limite par émetteur", "Limit by issuer"),
    "mix_and_tickets": ("Composition et tickets", "Mix and tickets"),
    "tickets": ("{volume} à investir en {deals} dossiers ; tickets de {low} à {high}, {mean} avant troncature.", "{volume} to invest in {deals} deals; tickets from {low} to {high}, {mean} before truncation."),
    "weight": ("poids", "weight"), "forms_head": ("formes juridiques", "legal forms"),
    "flows_by_year": ("Les flux, année par année", "Flows, year by year"), "position": ("position", "position"), "drawn": ("appelé, %", "called, %"),
    "flow_calls": ("appels", "calls"), "flow_distributions": ("distribué", "distributed"), "flow_invested": ("investi", "invested"), "flow_income": ("revenus", "income"),
    "flow_capital": ("capital", "capital"), "flow_nav": ("valeur", "value"),
    "flows_note": ("Moyennes, M€ ; capital : remboursements et sorties ; valeur en fin d'année ; position : distributions moins appels, toutes parts ; appelé : des engagements ; {branch}", "Means, M€; capital: repayments and exits; value at year's end; position: distributions less calls, all classes; called: of commitments; {branch}"),
    # sources and disclaimer
    "sources": ("Les jugements du scénario", "The judgements of the scenario"),
    "sources_text": ("Chaque ligne est un jugement que le scénario pose, à remplacer par qui a mieux. La source dit ce qui a été lu, ou pourquoi les scénarios de ce projet retiennent ce qu'ils retiennent faute d'avoir rien lu ; qui écrit une autre valeur, à l'endroit indiqué, a la sienne. Les termes de la garantie (quotité, "
                     "plafonds, commission, carence, coût de l'opérateur) sont des choix de montage, à négocier.",
                     "Each line is a judgement that the scenario makes, to be replaced by whoever has better. The source tells what was read, or why the scenarios of this project take what they do where nothing was; whoever writes another value, at the place told, has another. The terms of the guarantee "
                     "(quotité, caps, fee, waiting period, operator cost) are choices of design, to be negotiated."),
    "sources_what": ("hypothèse", "assumption"), "sources_where": ("source, et endroit du scénario", "source, and place in the scenario"), "sources_scenario": ("scénario", "scenario"),
    "disclaimer": ("Ce que ce document n'est pas", "What this document is not"),
    "disclaimer_text": ("Ce document est le résultat d'une simulation, non une offre de souscription, un conseil en investissement ni une promesse de rendement. Les performances simulées ne préjugent pas de celles d'un fonds ; un investissement en capital "
                        "non coté peut être perdu en entier et n'est pas liquide. Les règles de droit et de fiscalité citées sont à vérifier avec un conseil avant tout usage.",
                        "This document is the result of a simulation, not an offer, investment advice or a promise of return. Simulated performance says nothing certain of that of a fund; an investment in unlisted equity may be lost entirely and is not liquid. "
                        "Rules of law and tax that are quoted are to be checked with counsel before any use."),
    # stories
    "stories": ("Trois histoires du même fonds", "Three histories of the same fund"),
    "story_begin": ("Trajectoire {n}, au rang {rank} des TRI nets ({irr}). Le fonds fait {deals} investissements, {invested}, de {first} à {last}.",
                    "Path {n}, at rank {rank} of net IRRs ({irr}). The fund makes {deals} deals, {invested}, from {first} to {last}."),
    "story_defaults": ("{n} font défaut ; le plus lourd, {what}, {amount} investis, tombe en {year} et coûte {loss} sur {all} en tout.", "{n} default; the heaviest, {what}, {amount} invested, falls in {year} and costs {loss} of {all} in all."),
    "story_no_default": ("Aucun ne fait défaut.", "None defaults."),
    "story_exits": ("Sur {n} sorties d'actions, la meilleure rend en {year} {multiple} fois {amount}.", "Of {n} sales of shares, the best gives back {multiple} times {amount} in {year}."),
    "story_cash": ("Les appels, {called}, cessent en {last} ; la première distribution est de {first} ; les parts A reçoivent {received}, {multiple} fois leur mise.",
                   "Calls, {called}, end in {last}; the first distribution is of {first}; class A gets {received}, {multiple} times what it paid."),
    "story_payouts": ("L'État verse {paid} d'indemnités et reçoit {fees} ; sans garantie le TRI serait de {irr}.", "The State pays {paid} and gets {fees}; without the guarantee the IRR would be {irr}."),
    "story_no_payout": ("L'État ne verse rien et reçoit {fees} ; sans garantie le TRI serait de {irr}.", "The State pays nothing and gets {fees}; without the guarantee the IRR would be {irr}."),
    "no_stories": ("trois trajectoires racontées : donner aussi les fichiers de milliard replay FICHIER p5:net_irr_a --json -o MAUVAISE.json, et de même median et p95",
                   "three paths told as stories: give the files of milliard replay FILE p5:net_irr_a --json -o BAD.json, and likewise median and p95"),
}
