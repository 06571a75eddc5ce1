# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts of the page that pleads for a guarantee, French then English."""

TEXTS = {
    # terms
    "terms": ("Les termes", "The terms"),
    "terms_who": ("Qui et quoi", "Who and what"), "terms_quotite": ("Quotité", "Quotité"), "terms_ceiling": ("Plafond", "Ceiling"),
    "terms_time": ("Durée et carence", "Length and waiting"), "terms_losses": ("Pertes et plus-values", "Losses and gains"),
    "terms_charge": ("Commission", "Fee"), "terms_dotation": ("Dotation", "Dotation"), "terms_when_empty": ("Quand elle est vide", "When it is empty"),
    "terms_operator": ("Opérateur", "Operator"), "terms_other": ("Autre couche", "Another layer"),
    "terms_all_instruments": ("tous les instruments", "all instruments"), "terms_all_forms": ("associations, coopératives et sociétés de l'ESS", "associations, cooperatives and companies of the ESS"),
    "terms_ticket_min": ("ticket d'au moins {amount}", "ticket of {amount} at least"), "terms_ticket_max": ("ticket d'au plus {amount}", "ticket of {amount} at most"),
    "terms_share": ("{quotite} des pertes", "{quotite} of losses"), "terms_first_euro": ("dès le premier euro", "from the first euro"),
    "terms_beyond": ("au-delà de {attachment} du financement", "beyond {attachment} of the financing"),
    "terms_cap": ("jusqu'à {cap} du financement", "up to {cap} of the financing"), "terms_no_cap": ("sans plafond de portefeuille", "without a cap on the portfolio"),
    "terms_per_issuer": ("{amount} de pertes par émetteur", "{amount} of losses an issuer"), "terms_no_ceiling": ("aucun par émetteur", "none by issuer"),
    "terms_length": ("{term}, carence de {waiting} ; indemnité {counted}, après {delay}", "{term}, waiting {waiting}; payout {counted}, after {delay}"),
    "terms_final_loss": ("sur perte finale", "on the final loss"), "terms_on_default": ("dès le défaut", "on default"),
    "terms_with_exits": ("défauts et sorties sous le coût", "defaults and exits below cost"), "terms_defaults_only": ("défauts seuls", "defaults alone"),
    "terms_no_gains": ("aucune part des plus-values à l'État", "no share of gains to the State"),
    "terms_net_of_gains": ("plus-values déduites des pertes", "gains taken off losses"), "terms_upside": ("{share} des plus-values à l'État", "{share} of gains to the State"),
    "terms_fee": ("{rate} par an de l'encours garanti, payée par {payer}", "{rate} a year of the guaranteed outstanding, paid by {payer}"),
    "terms_fee_upfront": ("{rate} à l'octroi", "{rate} upfront"),
    "terms_by_fund": ("le fonds, donc par ses porteurs", "the fund, hence by its investors"), "terms_by_lenders": ("les financeurs", "those who finance"),
    "terms_by_issuer": ("l'émetteur", "the issuer"),
    "terms_paid_in": ("{amount} versés en {year}", "{amount} paid in {year}"), "terms_yield": ("placée à {rate}", "earning {rate}"),
    "terms_no_dotation": ("aucune : crédits évaluatifs", "none: crédits évaluatifs"), "terms_never_empty": ("sans objet : l'État paie ce qui est dû", "no such case: the State pays what is due"),
    "terms_empty": ("les indemnités attendent, puis restent impayées ;", "claims wait, then stay unpaid;"),
    "terms_residual_state": ("le solde final revient à l'État", "what is left at the end goes back to the State"),
    "terms_residual_kept": ("le solde final reste au fonds de garantie", "what is left at the end stays with the guarantee fund"),
    "terms_operator_cost": ("{rate} par an de l'encours garanti, à la charge de l'État, en sus", "{rate} a year of the guaranteed outstanding, paid by the State on top"),
    "terms_counter": ("contre-garantie de {share} des indemnités de la couche {layer}", "counter-guarantees {share} of the payouts of layer {layer}"),
    # first page
    "plaidoyer_summary": ("L'essentiel|Tout ce qui suit détaille cette page.", "In short|All that follows is the detail of this page."),
    "losses": ("Ce que le portefeuille gagne et perd, et qui porte les pertes", "What the portfolio gains and loses, and who bears the losses"),
    "losses_sub": ("Sur toute la durée, {unit} ; gains : revenus (clair) et plus-values ; pertes : défaut, sortie, cession forcée, du foncé au clair",
                   "Over the whole life, {unit}; gains: income (light) and capital gains; losses: default, exit, forced sale, from dark to light"),
    "bears_gains": ("revenus et plus-values", "income and gains"), "bears_losses": ("pertes", "losses"),
    "bears_paid": ("dont payées par l'État", "of which paid by the State"), "bears_unpaid": ("dont dues et impayées", "of which due and unpaid"),
    "bears_left": ("dont aux investisseurs", "of which with investors"),
    "account": ("L'État, année par année, comme le budget le montre", "The State, year by year, as the budget shows it"),
    "account_sub": ("{unit} par année civile", "{unit} by calendar year"),
    "account_dotation": ("dotation, CP", "dotation, CP"), "account_payouts": ("indemnités, CP", "payouts, CP"), "account_operator": ("coût de l'opérateur", "operator cost"),
    "account_back": ("solde rendu", "balance given back"), "account_due": ("coût net dû", "net cost due"),
    "band_due": ("barre : moyenne ; trait fin : coût net dû, 5 % à 95 % des trajectoires", "bar: mean; thin line: net cost due, 5% to 95% of paths"),
    "band_due_few": ("barre et point : moyenne", "bar and dot: mean"),
    "holds": ("Quelle dotation tient, et dans quelle part des cas", "Which dotation holds, and in which share of cases"),
    "holds_sub": ("Probabilité qu'aucune indemnité n'attende, selon la dotation versée la première année, {unit}",
                  "Probability that no claim has to wait, by the dotation paid in the first year, {unit}"),
    "holds_given": ("scénario : {amount}", "scenario: {amount}"),
    "holds_waits": ("aucune n'attend : {p}", "no claim waits: {p}"), "holds_paid": ("part payée du dû : {p}", "share of dues paid: {p}"), "holds_unpaid": ("toutes payées à la fin : {p}", "all paid in the end: {p}"),
    "band_holds": ("bande : intervalle de Monte-Carlo à 95 %, si les hypothèses sont justes", "band: 95% Monte-Carlo interval, if the assumptions are right"),
    "first_losses": ("Sur {volume} couverts, le portefeuille rapporte {income} de revenus et {gained} de plus-values et perd {lost} (multiple {multiple}) ; l'État doit {due} de ces pertes {gains}.",
                     "On {volume} covered, the portfolio yields {income} of income and {gained} of gains and loses {lost} (multiple {multiple}); the State owes {due} of these losses {gains}."),
    "first_losses_alone": ("Sur {volume} couverts, le portefeuille perd {lost} (multiple {multiple}) ; l'État doit {due} de ces pertes {gains}.",
                           "On {volume} covered, the portfolio loses {lost} (multiple {multiple}); the State owes {due} of these losses {gains}."),
    "first_no_gains": ("et ne reçoit rien des gains", "and gets nothing of the gains"), "first_gains": ("et a part aux gains", "and has a share of the gains"),
    "first_cost": ("Tout ce qui est dû étant payé, le coût net est de {cost} en moyenne, de {far} une fois sur vingt, soit {cents} centimes par euro couvert ; limité par la dotation, "
                   "{paid}. L'année la plus lourde du budget est {year} : {heaviest}.",
                   "With all dues paid, the net cost is {cost} on average, {far} one time in twenty, or {cents} cents per euro covered; bounded by the dotation, {paid}. The "
                   "budget's heaviest year is {year}: {heaviest}."),
    "first_cost_mean": ("Tout ce qui est dû étant payé, le coût net est de {cost} en moyenne, soit {cents} centimes par euro couvert ; limité par la dotation, {paid}. L'année la plus "
                        "lourde du budget est {year} : {heaviest}.",
                        "With all dues paid, the net cost is {cost} on average, or {cents} cents per euro covered; bounded by the dotation, {paid}. The budget's heaviest "
                        "year is {year}: {heaviest}."),
    "first_cost_evaluative": ("Le coût net est de {cost} en moyenne, de {far} une fois sur vingt, soit {cents} centimes par euro couvert. L'année la plus lourde du budget est {year} : {heaviest}.",
                              "The net cost is {cost} on average, {far} one time in twenty, or {cents} cents per euro covered. The budget's heaviest year is {year}: {heaviest}."),
    "first_cost_evaluative_mean": ("Le coût net est de {cost} en moyenne, soit {cents} centimes par euro couvert. L'année la plus lourde du budget est {year} : {heaviest}.",
                                   "The net cost is {cost} on average, or {cents} cents per euro covered. The budget's heaviest year is {year}: {heaviest}."),
    "first_dotation": ("Une dotation de {given} tient dans {waits} des cas, si l'on veut qu'aucune indemnité n'attende ; toutes finissent payées dans {unpaid} des cas, et {share} des sommes dues sont payées."
                 " Pour 95 % des cas il faut {needed95}, pour 99 % {needed99}.",
                 "A dotation of {given} holds in {waits} of cases if no claim is to wait; all are paid in the end in {unpaid} of cases, and {share} of what is due is paid. It takes {needed95} for 95% of cases, {needed99} for 99%."),
    "first_dotation_95": ("Une dotation de {given} tient dans {waits} des cas, si l'on veut qu'aucune indemnité n'attende ; toutes finissent payées dans {unpaid} des cas, et {share} des sommes dues sont payées."
                 " Pour 95 % des cas il faut {needed95}.",
                 "A dotation of {given} holds in {waits} of cases if no claim is to wait; all are paid in the end in {unpaid} of cases, and {share} of what is due is paid. It takes {needed95} for 95% of cases."),
    "first_dotation_none": ("Une dotation de {given} tient dans {waits} des cas, si l'on veut qu'aucune indemnité n'attende ; toutes finissent payées dans {unpaid} des cas, et {share} des sommes dues sont payées."
                 "",
                 "A dotation of {given} holds in {waits} of cases if no claim is to wait; all are paid in the end in {unpaid} of cases, and {share} of what is due is paid."),
    "first_no_dotation": ("Sans dotation, l'État paie ce qui est dû ; une dotation qui ne s'épuise pas dans 95 % des cas serait de {needed95}, de {needed99} dans 99 %.",
                          "Without a dotation the State pays what is due; one that is not exhausted in 95% of cases would be {needed95}, {needed99} in 99%."),
    "first_no_dotation_95": ("Sans dotation, l'État paie ce qui est dû ; une dotation qui ne s'épuise pas dans 95 % des cas serait de {needed95}.",
                             "Without a dotation the State pays what is due; one that is not exhausted in 95% of cases would be {needed95}."),
    "first_no_dotation_none": ("Sans dotation, l'État paie ce qui est dû.", "Without a dotation the State pays what is due."),
    "first_not_shown": ("Ce que cette page ne montre pas", "What this page does not show"),
    "first_not_shown_text": ("Ce qui aurait été investi sans la garantie : le financement couvert n'est pas le financement rendu possible. Si les probabilités de défaut sont justes : aucune sinistralité de fonds propres "
                             "de l'ESS française n'a été lue. Ce que la garantie changerait aux comportements.",
                             "What would have been invested without the guarantee: financing covered is not financing made possible. Whether probabilities of default are right: no claim rate of French "
                             "social-economy equity was read. What the guarantee would change in behaviour."),
    # losses and gains
    "plaidoyer_losses": ("Pertes et gains|Un portefeuille gagne et perd ; la garantie porte une part des pertes.", "Losses and gains|A portfolio gains and loses; the guarantee bears part of the losses."),
    "gains_and_losses": ("Pertes et gains du portefeuille, par instrument", "Losses and gains of the portfolio, by instrument"),
    "gains_text": ("« Vous mutualisez les pertes d'un portefeuille qui gagne » : le multiple du coût est de {multiple}, pertes et gains compris. Trois réponses, chacune avec son prix ci-dessous : "
                   "déduire les plus-values des pertes, rendre à l'État une part des plus-values, ou assumer que la commission ne paie pas la garantie.",
                   "“You socialise the losses of a winning portfolio”: the multiple of cost is {multiple}, losses and gains included. Three answers, each with its price below: to take gains off "
                   "losses, to give the State a share of gains, or to own that the fee does not pay for the guarantee."),
    "designs": ("Partager les gains : ce que cela change au coût net dû", "Sharing gains: what it changes in the net cost due"),
    "designs_head": ("montage", "design"), "designs_cost": ("coût net dû, {unit}", "net cost due, {unit}"), "designs_loss": ("probabilité de perte des parts A", "probability of loss of class A"),
    "designs_note": ("{n} trajectoires, mêmes tirages ; le financement et les comportements ne changent pas", "{n} paths, same draws; financing and behaviour unchanged"),
    "no_designs": ("le prix des montages qui partagent les gains : donner aussi la table de milliard sensitivity",
                   "the price of designs that share gains: give the table of milliard sensitivity too"),
    "forced_note": ("{forced} de ces pertes sont des décotes de cession forcée, que la garantie ne couvre pas.", "{forced} of these losses are forced-sale discounts, which the guarantee does not cover."),
    # present values
    "present_values": ("Valeurs actuelles à {rate} par an", "Present values at {rate} a year"),
    "present_text": ("Chaque flux est actualisé à sa date, la dotation comprise, et le solde final revient à {whom}. Aucune de ces valeurs n'est un prix de marché : le taux est sans prime de risque.",
                     "Each flow is discounted at its date, the dotation included, and the final balance goes to {whom}. These values are no market prices: the rate has no risk premium."),
    "present_to_state": ("l'État", "the State"), "present_to_kept": ("au fonds de garantie, qui le garde", "the guarantee fund, which keeps it"),
    "pv_budget": ("Budget : dotation et opérateur, moins le solde rendu", "Budget: dotation and operator, less the balance given back"),
    "pv_budget_none": ("Budget : indemnités et opérateur, moins les recettes", "Budget: payouts and operator, less receipts"),
    "pv_due": ("Coût net dû", "Net cost due"), "pv_paid": ("Coût net payé, limité par la dotation", "Net cost paid, bounded by the dotation"), "pv_residual": ("Solde final de la dotation", "Final balance of the dotation"),
    "pv_net": ("Portefeuille : gains moins pertes, avant garantie", "Portfolio: gains less losses, before the guarantee"),
    "pv_head": ("valeur actuelle, {unit}", "present value, {unit}"), "pv_mean": ("moyenne", "mean"),
    "pv_note": ("Le budget compte la dotation, que le solde final ne rend qu'en partie ; le coût net dû ne la compte pas. Portefeuille : flux moyens", "The budget counts the dotation, of which the final balance gives back a part; the net cost due does not. Portfolio: mean flows"),
    "state_table": ("Budget, coût et provision, année par année", "Budget, cost and provision, year by year"),
        # dotation
    "col_income": ("revenus", "income"),
    "bpifrance_basis": ("Bpifrance vers 2015, financement / dotation", "Bpifrance around 2015, financing / dotation"),
    "multiplier_coincidence": ("Que le coût net dû soit proche de la dotation est une coïncidence : l'un dépend des pertes, l'autre d'un choix.",
                               "That the net cost due is close to the dotation is a coincidence: one depends on losses, the other is a choice."),
    "alternatives_note": ("Moyennes, montants en M€ ; VA : valeur actuelle ; erreurs types d'au plus {error}, en M€, points ou € ; {n} trajectoires", "Means, amounts in M€; PV: present value; standard errors of {error} at most, in M€, points or €; {n} paths"),
    "value": ("valeur", "value"),
    "years_short": ("ans", "years"),
    "tranches": ("En une fois, ou par tranches annuelles", "At once, or in yearly tranches"),
    "tranches_head": ("versée", "paid"), "tranche_one": ("en une fois, la première année", "at once, in the first year"), "tranche_of": ("en {k} tranches égales, par an", "in {k} equal tranches, a year"),
    "tranches_note": ("Plus petit montant, {unit}, qui ne s'épuise pas, intervalle de Monte-Carlo à 95 % ; si les hypothèses sont justes", "Smallest amount, {unit}, that is not exhausted, 95% Monte-Carlo interval; if the assumptions are right"),
    "fee_both": ("Commission d'équilibre, qui paierait tout ce qui est dû à comportement inchangé : {even} par an de l'encours garanti ; facturée : {charged}.",
                 "Break-even fee, which would pay all that is due with behaviour unchanged: {even} a year of the guaranteed outstanding; charged: {charged}."),
    "exhausted_when": ("Quand la dotation s'épuise, c'est après {median} en médiane, {first} au plus tôt.", "When the dotation is exhausted, it is after {median} in the median, {first} at the earliest."),
    "exhausted_first": ("Quand la dotation s'épuise, c'est après {first} au plus tôt ; trop peu de trajectoires l'épuisent pour dire quand en médiane.",
                        "When the dotation is exhausted, it is after {first} at the earliest; too few paths exhaust it to tell when in the median."),
    # multipliers and benchmarks
    "same_basis_text": ("Bpifrance disait vers 2015 garantir 10 à 15 € par euro de dotation, doublés par le financement bancaire à une quotité de 50 % (audition, Assemblée nationale). Montant garanti pour "
                        "montant garanti, ce dispositif est à {guaranteed} ; financement pour financement, à {financing}, à comparer à 20–30.",
                        "Bpifrance said around 2015 that it guaranteed 10 to 15 € per euro of dotation, doubled by bank financing at a quotité of 50% (hearing, Assemblée nationale). Amount guaranteed for "
                        "amount guaranteed, this scheme is at {guaranteed}; financing for financing, at {financing}, to be compared with 20–30."),
    "others_not": ("Les autres multiplicateurs publiés ne sont pas sur cette base et ne sont pas tracés à côté.", "Other published multipliers are not on this basis and are not drawn beside it."),
    "benchmarks": ("Ce qui a été lu ailleurs", "What was read elsewhere"),
    "benchmarks_list": (
        "Fonds nationaux de garantie de Bpifrance : résultats de −104,5, −107,8, −56,4, −86,8, −164,6, −80,9 et −46,3 M€ de 2016 à 2022, hors fonds de réserve et de mutualisation ; le rapport ajoute que ce déficit "
        "structurel ne révèle pas en lui-même d'écueil de gestion (Sénat, rapport r22-876). Prêts bancaires, quotités de 40 à 70 %, 4 Md€ garantis en 2022 (L'Agefi, juillet 2023) : la perte annuelle "
        "moyenne, 92 M€, en fait 2,3 %, quotient de notre fait, d'une année de pertes par une année d'octrois.|"
        "Ici, sur fonds propres et quasi-fonds propres : {due} dus pour {guaranteed} garantis, soit {rate} sur toute la durée. Les périmètres diffèrent : prêts amortissables d'un côté, actions et titres de dernier rang de l'autre.|"
        "Fonds de cohésion sociale (FGIE, FGIF, FGAP) : les rapports de 2014 et 2016 ont un chapitre sur les taux de sinistre de garanties de prêts ; leurs chiffres n'ont pas été lus. Aucune sinistralité de fonds "
        "propres de l'ESS française n'a été lue.|"
        "Sénat, r22-876 : la recommandation 2 demande de comparer les garanties aux subventions et aux crédits d'impôt, ce que fait le tableau des formes de soutien ; la recommandation 5, de recentrer ce financement sur le "
        "programme 134 : une dotation sur un autre programme s'en écarte.",
        "National guarantee funds of Bpifrance: results of −104.5, −107.8, −56.4, −86.8, −164.6, −80.9 and −46.3 M€ in 2016 to 2022, reserve and mutualisation funds left out; the report adds that this structural deficit "
        "reveals no failing in itself (Sénat, report r22-876). Bank loans, quotités of 40 to 70%, 4 bn€ guaranteed in 2022 (L'Agefi, July 2023): the mean yearly loss, 92 M€, "
        "is 2.3% of them, a quotient of ours, of a year's losses by a year's grants.|"
        "Here, on equity and quasi-equity: {due} due for {guaranteed} guaranteed, or {rate} over the whole life. Perimeters differ: amortising loans there, shares and last-rank securities here.|"
        "Fonds de cohésion sociale (FGIE, FGIF, FGAP): the reports of 2014 and 2016 have a chapter on claim rates of loan guarantees; their figures were not read. No claim rate of French social-economy equity was read.|"
        "Sénat, r22-876: recommendation 2 asks to compare guarantees with subsidies and tax credits, which the table of forms of support does; recommendation 5, to bring this financing back to programme 134: a dotation on "
        "another programme departs from it."),
    # alternatives
    "alternatives_head": ("forme", "form"), "alternatives_pv": ("VA du coût public", "PV of public cost"), 
    "alternatives_irr": ("TRI net moyen, parts A", "mean net IRR, class A"), "alternatives_loss": ("P(perte), parts A", "P(loss), class A"), "alternatives_cash": ("trésorerie au pic", "cash at its peak"),
    "alternatives_private": ("appels privés", "private calls"), "alternatives_ratio": ("€ privé par € public", "private € per public €"),
    "alternatives_answers": ("Face à une première perte de l'État de même coût, qui rend d'abord le capital des parts A : leur probabilité de perte est de {loss_a_g} avec la garantie et de {loss_a_f} avec la première perte ; l'argent privé appelé, de "
                             "{private_calls_g} et de {private_calls_f} ; la trésorerie de l'État au pic, de {peak_cash_g} dotation comprise, {peak_net_dues_g} pour ce qui est dû seul, et de {peak_cash_f}. Le rendement moyen est presque le même par "
                             "construction.",
                             "Beside a first loss of the same cost taken by the State, which returns class A's capital first: their probability of loss is {loss_a_g} with the guarantee and {loss_a_f} with the first loss; private money called, "
                             "{private_calls_g} and {private_calls_f}; the State's cash at its peak, {peak_cash_g} with the dotation, {peak_net_dues_g} for dues alone, and {peak_cash_f}. Mean returns are nearly the same by construction."),
    "additionality": ("Additionnalité d'équilibre, α*", "Break-even additionality, α*"),
    "additionality_text": ("α* est la plus petite part du financement privé couvert qui doit être additionnelle pour que la garantie ne coûte pas plus, par euro additionnel, que la forme comparée. Rien ici ne dit ce que vaut α.",
                           "α* is the smallest part of the private financing covered that has to be additional for the guarantee to cost no more per additional euro than the form compared. Nothing here tells what α is."),
    "additionality_head": ("comparée à", "compared with"), "additionality_pd": ("PD × {scale}", "PD × {scale}"), "additionality_beyond": ("au-delà de 100 %", "above 100%"), "additionality_none": ("coût ≤ 0", "cost ≤ 0"),
    "additionality_row": ("{source} : {cost} € par €", "{source}: {cost} € per €"), "additional_cost": ("coût par euro additionnel si α = {part}", "cost per additional euro if α = {part}"),
    # aid and accounts
    "plaidoyer_alternatives": ("Autres formes, additionnalité|Ce que le même argent public ferait autrement.", "Other forms, additionality|What else the same public money could do."),
    "plaidoyer_aid": ("Aides d'État et comptabilité nationale|Ce que ces règles demandent est à vérifier avec qui les applique.", "State aid and national accounts|What these rules ask is to be checked with those who apply them."),
    "aid": ("Aides d'État", "State aid"),
    "aid_banner": ("Hors des règles, en l'état : {faults}. Une notification serait nécessaire, ou d'autres termes.", "Outside the rules as it stands: {faults}. A notification would be needed, or other terms."),
    "aid_fault_quotite": ("quotité de {quotite}, au-dessus de 80 %", "quotité of {quotite}, above 80%"),
    "aid_fault_cap": ("pertes du portefeuille couvertes jusqu'à {cap}, au-dessus de 25 % (financement des risques)", "portfolio losses covered up to {cap}, above 25% (risk finance)"),
    "aid_fault_fee": ("commission de {charged} sous l'équilibre ({even})", "fee of {charged} below break-even ({even})"),
    "aid_fault_deminimis": ("{n} émetteurs en moyenne au-dessus du plafond de minimis", "{n} issuers on average above the de minimis ceiling"),
    "aid_text": ("L'équivalent-subvention brut est de {grant} sur {debt} de prêts, obligations et titres couverts pari passu (communication 2008/C 155/02) ; il est compté chez les émetteurs par la méthode, mais {issuers} "
                 "Sans répercussion, l'avantage reste à l'investisseur : les lignes directrices cherchent le bénéficiaire à trois niveaux, investisseur, intermédiaire, entreprise.",
                 "The gross grant equivalent is {grant} on {debt} of loans, bonds and titres covered pari passu (notice 2008/C 155/02); the method counts it with issuers, but {issuers} Without pass-through the advantage "
                 "stays with the investor: the guidelines look for the beneficiary at three levels, investor, intermediary, company."),
    "aid_no_grant": ("L'équivalent-subvention brut n'est pas défini pour ce montage : la méthode des primes refuges ne vaut que pour une couverture pari passu de dettes, à 80 % au plus.",
                     "The gross grant equivalent is not defined for this design: the method of safe-harbour premiums holds for pari passu cover of debt, at 80% at most."),
    "aid_issuers_nothing": ("ici aucun terme ne change pour eux.", "here no term changes for them."), "aid_issuers_gain": ("une part du prix leur est rendue.", "part of the price goes back to them."),
    "aid_rules": (
        "De minimis : 300 000 € sur trois ans (règlement 2023/2831), 750 000 € pour un service d'intérêt économique général (2023/2832) ; le calcul simplifié ne vaut que pour des prêts.|"
        "Financement des risques (RGEC, art. 21, à vérifier) : garantie de 80 % au plus, pertes du portefeuille portées à 25 % au plus, entreprises et montants éligibles limités. Actions, convertibles et parts sociales en relèvent, ou d'une notification.|"
        "L'agrément ESUS n'est pas simulé : qui est éligible est à préciser dans le texte.",
        "De minimis: 300,000 € over three years (regulation 2023/2831), 750,000 € for a service of general economic interest (2023/2832); the shortcut holds for loans only.|"
        "Risk finance (GBER, art. 21, to be checked): guarantee of 80% at most, portfolio losses borne up to 25% at most, eligible companies and amounts limited. Shares, convertibles and cooperative shares fall under it, or under a notification.|"
        "Approval as ESUS is not simulated: who is eligible is for the text to say."),
    "accounts": ("Comptabilité nationale : une question pour l'Insee", "National accounts: a question for the statistical office"),
    "accounts_text": ("Est-ce un dispositif de garanties standardisées, ou une garantie ponctuelle ? Standardisées (nombreuses, semblables, avec une sinistralité statistique), la perte attendue, moins les commissions attendues, est "
                      "enregistrée à l'octroi, de {start} à {end}. Ponctuelle, rien ne l'est avant l'appel : le même total, {total}, s'étale alors sur les années où il tombe, au plus {peak} en {year}. Le scénario retient {chosen}. La réponse "
                      "appartient à l'Insee. Dans les comptes de l'État, l'engagement est hors bilan, mais la provision qui lui répond ne l'est pas.",
                      "Is this a scheme of standardised guarantees, or a one-off guarantee? Standardised (many, alike, with usable statistics), the expected loss less expected fees is booked when granted, from {start} to {end}. One-off, nothing is "
                      "booked before the call: the same total, {total}, is then spread over the years in which it falls, {peak} at most in {year}. The scenario takes {chosen}. The answer is the statistical office's. In the State's accounts the "
                      "commitment is off balance sheet, but the provision that answers to it is not."),
    "accounts_standard": ("la première lecture", "the first reading"), "accounts_one": ("la seconde", "the second"),
    # ready to paste
    "twelve": ("Douze lignes", "Twelve lines"),
    "twelve_note_few": ("Trois chiffres significatifs ; l'erreur de simulation n'est pas estimable ({n} trajectoire). L'incertitude des hypothèses n'y est pas non plus.",
                        "Three significant digits; the simulation's error is not estimable ({n} path). The uncertainty of the assumptions is not in it either."),
    "twelve_note": ("Trois chiffres significatifs ; l'erreur de simulation est d'au plus {error} de chaque moyenne ({n} trajectoires). L'incertitude des hypothèses est plus grande et n'y est pas.",
                    "Three significant digits; the simulation's error is at most {error} of each mean ({n} paths). The uncertainty of the assumptions is larger and is not in it."),
    "twelve_covered": ("Financement couvert", "Financing covered"), "twelve_guaranteed": ("Garanti, et encours au plus haut", "Guaranteed, and outstanding at its peak"),
    "twelve_terms": ("Quotité, plafond, durée", "Quotité, ceiling, length"), "twelve_dotation": ("Dotation et années", "Dotation and years"),
    "twelve_losses": ("Pertes attendues à la charge de l'État", "Expected losses borne by the State"), "twelve_cost": ("Coût net dû, moyenne et 95 %", "Net cost due, mean and 95%"),
    "twelve_cents": ("Coût net dû par euro couvert", "Net cost due per euro covered"), "twelve_needed": ("Dotation qui tient à 95 %", "Dotation that holds at 95%"),
    "twelve_holds": ("Probabilité que la dotation tienne", "Probability that the dotation holds"), "twelve_fee": ("Commission d'équilibre, et facturée", "Break-even fee, and fee charged"),
    "twelve_multiplier": ("Financement couvert rapporté à", "Financing covered over"), "twelve_aid": ("Équivalent-subvention brut, émetteurs au-dessus de minimis", "Gross grant equivalent, issuers above de minimis"),
    "twelve_right": ("{value} si les hypothèses sont justes", "{value} if the assumptions are right"), "twelve_unknown": ("telles qu'elles sont connues : non calculée ici", "as they are known: not computed here"),
    "twelve_known": ("{value} telles qu'elles sont connues", "{value} as they are known"),
    "twelve_both": ("{waits} (aucune indemnité n'attend), {unpaid} (toutes finissent payées)", "{waits} (no claim waits), {unpaid} (all are paid in the end)"),
    "twelve_no_dotation": ("sans objet : crédits évaluatifs", "no such case: crédits évaluatifs"), "twelve_undefined": ("non défini pour ce montage", "not defined for this design"),
    "pasted": ("Exposé sommaire (Assemblée) ou objet (Sénat)", "Exposé sommaire (Assemblée) or objet (Sénat)"),
    "pasted_text": ("Le présent amendement {credits} pour garantir des apports en fonds propres et quasi-fonds propres aux associations, coopératives et sociétés de l'économie sociale et solidaire. {covered} de financement seraient couverts, "
                    "à hauteur de {quotite} des pertes, pendant {term}. Selon une simulation de {n} trajectoires, l'État devrait {due} d'indemnités en moyenne ; son coût net, commissions déduites, serait de {cost} en moyenne{far}, soit {cents} "
                    "centimes par euro couvert. {holds}Le financement couvert n'est pas le financement rendu possible, et les probabilités de défaut sont des approximations : la sinistralité du dispositif devra être publiée chaque année."
                    "{gage}",
                    "This amendment {credits} to guarantee equity and quasi-equity brought to associations, cooperatives and companies of the social economy. {covered} of financing would be covered, for {quotite} of losses, over {term}. In a "
                    "simulation of {n} paths, the State would owe {due} of payouts on average; its net cost, fees taken off, would be {cost} on average{far}, or {cents} cents per euro covered. {holds}Financing covered is not financing made "
                    "possible, and probabilities of default are proxies: the claims of the scheme are to be published every year.{gage}"),
    "pasted_credits": ("ouvre {ae} en autorisations d'engagement et {cp} en crédits de paiement sur le programme {programme}", "opens {ae} of commitment appropriations and {cp} of payment appropriations on programme {programme}"),
    "pasted_evaluative": ("autorise l'État à accorder sa garantie, dont les appels relèvent des crédits évaluatifs du programme 114,", "authorises a guarantee of the State, the calls of which fall on the crédits évaluatifs of programme 114,"),
    "pasted_far": (" et de {far} dans un cas sur vingt", " and {far} in one case out of twenty"),
    "pasted_holds": ("La dotation tiendrait dans {waits} des cas. ", "The dotation would hold in {waits} of cases. "),
    "pasted_gage": (" Il est gagé par une minoration de {amount} sur le programme {programme}.", " It is offset by {amount} less on programme {programme}."),
    "pasted_law": ("Une garantie de l'État relève d'un article de loi de finances (LOLF, art. 34-II-5°). Un montant de 70 M€ annoncé par un amendement se cite « selon l'amendement II-289 rectifié bis ».",
                   "A guarantee of the State needs an article of a finance act (LOLF, art. 34-II-5°). The 70 M€ that an amendment announced are quoted “according to amendment II-289 rect. bis”."),
    "slides": ("Diapositive 16:9 : ", "16:9 slide: "),
    "credits_balance": ("solde, gage compris", "balance, with the gage"),
    "limits_list": (
        "Le financement couvert n'est pas le financement rendu possible : rien ici ne dit ce qui aurait été investi sans garantie.|"
        "{issuers}|"
        "Les effets sociaux, l'emploi, les recettes fiscales et l'effet contracyclique ne sont pas comptés.|"
        "Aucune sinistralité de fonds propres et quasi-fonds propres de l'ESS française n'a été lue ; celles des garanties de prêts du Fonds de cohésion sociale existent. Les probabilités de défaut sont des approximations, dites "
        "telles dans le scénario.|"
        "Aléa moral : l'étude française des garanties de prêts trouve que l'excès de défaillances croît avec la taille du dispositif (Lelarge, Sraer et Thesmar) ; ici {hazard}. Les financeurs peuvent aussi apporter leurs dossiers les plus risqués.|"
        "Les dispositifs existants (Fonds de cohésion sociale, InvestEU, garanties de fonds propres de Bpifrance) ne sont pas simulés ; un même financement pourrait y prétendre.|"
        "Les opérations sont couvertes dès la première année ; le décret et, hors des règles, la notification viennent avant : un départ plus tardif décale chaque année d'autant.|"
        "L'erreur de Monte-Carlo ne dit rien de l'incertitude des hypothèses, qui est plus grande.",
        "Financing covered is not financing made possible: nothing here tells what would have been invested without a guarantee.|"
        "{issuers}|"
        "Social effects, employment, tax receipts and counter-cyclical effects are not counted.|"
        "No claim rate of French social-economy equity and quasi-equity was read; those of the loan guarantees of the Fonds de cohésion sociale exist. Probabilities of default are proxies, and the scenario says so.|"
        "Moral hazard: the French study of loan guarantees finds that excess failures grow with the size of a scheme (Lelarge, Sraer and Thesmar); here {hazard}. Those who finance may also bring their riskiest deals.|"
        "Existing schemes (Fonds de cohésion sociale, InvestEU, equity guarantees of Bpifrance) are not simulated; the same financing might claim them.|"
        "Deals are covered from the first year; the decree and, outside the rules, the notification come before: a later start moves every year by as much.|"
        "The Monte-Carlo error says nothing of the uncertainty of the assumptions, which is larger."),
    "hazard_none": ("il n'y en a aucun", "there is none"), "hazard_some": ("les PD des émetteurs couverts sont multipliées par {factor}", "PDs of covered issuers are multiplied by {factor}"),
}
