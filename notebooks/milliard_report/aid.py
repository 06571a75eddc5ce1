# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rules on State aid and national accounts would ask: faults first, and questions left to those who answer them."""
import math

from . import terms
from .typography import number, quantity

MOST_QUOTITE, MOST_CAP = 0.8, 0.25      # notice 2008/C 155/02; GBER art. 21, to be checked


def faults(report):
    """What of the terms stands outside the rules, in words."""
    file, lang = report.main, report.lang
    found = []
    first = terms.layers(file)[0]
    quotite, cap = (file.parameter(first + end) for end in (".quotite", ".cap_rate"))
    if quotite > MOST_QUOTITE:
        found.append(report.say("aid_fault_quotite", quotite=terms.rate(quotite, lang)))
    if cap > MOST_CAP:
        found.append(report.say("aid_fault_cap", cap=terms.rate(cap, lang)))
    even, charged = (file.derived(name)[0] for name in ("break_even_fee", "fee_charged"))
    if math.isfinite(even) and charged < even:
        found.append(report.say("aid_fault_fee", charged=quantity(charged, "rate", lang, 2), even=quantity(even, "rate", lang, 2)))
    above = file.stat("with", "above_de_minimis", "mean")
    if file.has("with", "grant_equivalent") and above > 0:
        found.append(report.say("aid_fault_deminimis", n=number(above, 1, lang)))
    return found


def state_aid(page, report):
    file, lang = report.main, report.lang
    page.heading(report.say("aid"))
    if found := faults(report):
        page.paragraph(report.say("aid_banner", faults=(" ; " if lang == "fr" else "; ").join(found).replace(" ;", "\u202f;")), "banner")
    if file.has("with", "grant_equivalent"):
        debt = sum(file.stat("without", "cost_" + name, "mean") for name in ("bond", "participating_loan", "participating_securities", "association_securities")
                   if "cost_" + name in file.measures.index)
        page.paragraph(report.say("aid_text", grant=report.mean("with", "grant_equivalent"), debt=report.money(debt),
                                  issuers=report.say("aid_issuers_nothing" if file.cover_price is None else "aid_issuers_gain")))
    else:
        page.paragraph(report.say("aid_no_grant"))
    page.bullets(report.say("aid_rules").split("|"))


def national_accounts(page, report):
    """Both readings of the same guarantee, as a question."""
    file = report.main
    dues, fees, granted = (file.series("with", name) for name in ("state_dues", "state_fees", "state_new_guaranteed"))
    if any(frame is None for frame in (dues, fees, granted)):
        return
    called = dues["mean"] - fees["mean"]
    years = granted.index[granted["mean"] > 0]
    page.heading(report.say("accounts"))
    page.paragraph(report.say("accounts_text", total=report.money(called.sum()), start=years.min(), end=years.max(), peak=report.money(called.max()), year=called.idxmax(),
                              chosen=report.say("accounts_one" if file.has_fund else "accounts_standard")))
