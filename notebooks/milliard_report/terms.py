# SPDX-License-Identifier: GPL-3.0-or-later
"""The terms of a scenario in words, from its parameters: what is covered, by whom, how long, what it costs and what happens when nothing is left."""
import math
import re

from . import texts
from .typography import FIXED, money_scale, number, percent


def text_of(file, key, otherwise=""):
    """A text of the scenario, without its quotes."""
    return file.parameters["value"].get(key, otherwise).strip('"')


def list_of(file, key):
    """The names of a list of the scenario, of which an empty one means all."""
    return re.findall(r'"([^"]*)"', file.parameters["value"].get(key, ""))


def is_on(file, key):
    return file.parameters["value"].get(key) == "true"


def layers(file):
    """Beginnings of the keys of the layers: those that cover deals, then counter-guarantees."""
    found = [key.removesuffix(".name") for key in file.parameters.index if re.fullmatch(r"guarantee\.layers[.\[][^.]*\.name", key)]
    return sorted(found, key=lambda layer: bool(text_of(file, layer + ".covers_layer")))


def dotations(file):
    """(calendar year, amount) of each row of the dotation."""
    rows = []
    while math.isfinite(amount := file.parameter(f"guarantee.dotation[{len(rows)}].amount")):
        rows.append((file.year_of(file.parameter(f"guarantee.dotation[{len(rows)}].year") + 1 / file.periods_per_year), amount))
    return rows


def short(value, lang):
    """Money with no more decimals than it needs."""
    worth, sign = money_scale(value)
    return number(value / worth, next(d for d in (0, 1, 2, 3) if d == 3 or abs(round(value / worth, d) * worth - value) < 1e-9 * abs(value)), lang) + FIXED + sign


def years(value, lang):
    return number(value, 0 if value == int(value) else 1, lang) + FIXED + {"fr": "an" if value < 2 else "ans", "en": "year" if value == 1 else "years"}[lang]


def rate(value, lang):
    return percent(float(f"{value:.6g}"), lang)


def who(report, layer):
    """Instruments, legal forms, sectors and tickets that a layer covers."""
    file, lang = report.main, report.lang
    instruments = [file.instrument_label(name, lang).lower() for name in list_of(file, layer + ".instruments")]
    forms = [texts.legal_form(name, lang).lower() for name in list_of(file, layer + ".legal_forms")]
    parts = [", ".join(instruments) or report.say("terms_all_instruments"), ", ".join(forms) or report.say("terms_all_forms")]
    parts += [", ".join(list_of(file, layer + ".sectors"))] if list_of(file, layer + ".sectors") else []
    for key, end in (("terms_ticket_min", ".ticket_min"), ("terms_ticket_max", ".ticket_max")):
        value = file.parameter(layer + end)
        parts += [report.say(key, amount=short(value, lang))] if math.isfinite(value) and value > 0 else []
    return f"{FIXED}; ".join(parts) if lang == "fr" else "; ".join(parts)


def share(report, layer):
    """Quotité, and from which losses on, up to which."""
    file, lang = report.main, report.lang
    attachment, cap = (file.parameter(layer + end) for end in (".attachment", ".cap_rate"))
    words = [report.say("terms_share", quotite=rate(file.parameter(layer + ".quotite"), lang))]
    words.append(report.say("terms_beyond", attachment=rate(attachment, lang)) if attachment > 0 else report.say("terms_first_euro"))
    words.append(report.say("terms_cap", cap=rate(cap, lang)) if cap < 1 else report.say("terms_no_cap"))
    return ", ".join(words)


def ceiling(report, layer):
    value = report.main.parameter(layer + ".max_loss_per_issuer")
    return report.say("terms_per_issuer", amount=short(value, report.lang)) if math.isfinite(value) else report.say("terms_no_ceiling")


def length(report, layer):
    file, lang = report.main, report.lang
    return report.say("terms_length", term=years(file.parameter(layer + ".term_years"), lang), waiting=years(file.parameter(layer + ".waiting_years"), lang),
                      delay=years(file.parameter(layer + ".claim_delay_years"), lang),
                      counted=report.say("terms_on_default" if text_of(file, layer + ".payout") == "on_default" else "terms_final_loss"))


def losses(report, layer):
    """Which losses count, and what the State gets of gains."""
    file, lang = report.main, report.lang
    words = report.say("terms_with_exits" if is_on(file, layer + ".cover_exit_losses") else "terms_defaults_only")
    upside = file.parameter(layer + ".upside_share")
    if is_on(file, layer + ".net_of_gains"):
        return words + ", " + report.say("terms_net_of_gains")
    return words + ", " + (report.say("terms_upside", share=rate(upside, lang)) if upside > 0 else report.say("terms_no_gains"))


def fee(report, layer):
    """What is charged, who pays it, and who pays it in the end."""
    file, lang = report.main, report.lang
    upfront, yearly = (file.parameter(layer + end) for end in (".fee_upfront", ".fee_rate"))
    payer = "issuer" if text_of(file, layer + ".fee_payer") == "issuer" else "fund" if file.has_fund else "lenders"
    words = report.say("terms_fee", rate=rate(yearly, lang), payer=report.say("terms_by_" + payer))
    return (report.say("terms_fee_upfront", rate=rate(upfront, lang)) + " + " if upfront > 0 else "") + words


def dotation(report):
    file, lang = report.main, report.lang
    rows = dotations(file)
    if not rows:
        return report.say("terms_no_dotation")
    words = ", ".join(report.say("terms_paid_in", amount=short(amount, lang), year=year) for year, amount in rows)
    return words + ", " + report.say("terms_yield", rate=rate(file.parameter("guarantee.dotation_yield"), lang))


def when_empty(report):
    file = report.main
    if not file.has_dotation:
        return report.say("terms_never_empty")
    return report.say("terms_empty") + " " + report.say("terms_residual_kept" if text_of(file, "guarantee.residual_to") == "kept" else "terms_residual_state")


def guarantee(report):
    """(label, words) of the terms, for the layer that comes first; the others in a line each."""
    file, lang = report.main, report.lang
    first, *others = layers(file)
    pairs = [("terms_who", who(report, first)), ("terms_quotite", share(report, first)), ("terms_ceiling", ceiling(report, first)),
             ("terms_time", length(report, first)), ("terms_losses", losses(report, first)), ("terms_charge", fee(report, first)),
             ("terms_dotation", dotation(report)), ("terms_when_empty", when_empty(report)),
             ("terms_operator", report.say("terms_operator_cost", rate=rate(file.parameter(first + ".operator_cost"), lang)))]
    for layer in others:
        counter = text_of(file, layer + ".covers_layer")
        words = (report.say("terms_counter", share=rate(file.parameter(layer + ".share"), lang), layer=counter) if counter
                 else f"{who(report, layer)}, {share(report, layer)}")
        pairs.append(("terms_other", f"{text_of(file, layer + '.name')}{FIXED if lang == 'fr' else ''}: {words}"))
    return [(report.say(key), words) for key, words in pairs]
