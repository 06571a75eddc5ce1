# SPDX-License-Identifier: GPL-3.0-or-later
"""The advocacy group: what the guarantee covers and what it costs the State. Chapters of the page and of the notebook, in order."""
import math

import numpy as np

from . import aid, alternatives, amendment, figures, terms, texts, worlds
from .common import assumptions, drawn, measure_table, years_table
from .first_page import first_page, portfolio
from .open import DUE
from .sensitivity import CHOICES
from .typography import estimate, money_scale, number, percent, quantity

CAPITAL = ("net_irr_a", "tvpi_a", "loss_a", "lowest_position_a", "net_irr_b", "tvpi_b")


def needs_guarantee(page, report):
    if not report.main.has_guarantee:
        page.leave_out("no_guarantee")


def of_guarantee(part):
    """A part that is left out without a guarantee."""
    return lambda page, report: part(page, report) if report.main.has_guarantee else None


# ---- losses and gains ----

def gains_and_losses(page, report):
    """What each instrument brings and loses, and the attack that it invites."""
    file, lang = report.main, report.lang
    groups = file.groups()
    if groups is None:
        return
    groups = groups[groups["kind"] == "instrument"]
    worth, unit = money_scale(groups["invested"].max())

    def row(label, group):
        lost = group.loss_default + group.loss_exit + group.loss_forced
        amounts = [number(value / worth, 1, lang) for value in (group.invested, group.income, group.gains, lost)]
        return [label, *amounts, number((group.income + group.capital) / group.invested, 2, lang) if group.invested > 0 else "–"]
    total = groups[["invested", "income", "capital", "gains", "loss_default", "loss_exit", "loss_forced"]].sum()
    rows = [row(texts.typeset(group["label_" + lang], lang), group) for _, group in groups.iterrows()] + [row(report.say("total"), total)]
    page.heading(report.say("gains_and_losses"))
    page.paragraph(report.say("gains_text", multiple=number(file.stat("with", "multiple_of_cost", "mean"), 2, lang))
                   + (" " + report.say("forced_note", forced=report.money(total.loss_forced)) if total.loss_forced > 0 else ""))
    page.table([report.say("by_instrument")] + [report.say(key) for key in ("invested_head", "col_income", "gains_head", "losses_head", "multiple_head")], rows,
               report.say("group_amounts", unit=unit))


def designs(page, report):
    """What sharing gains would change, from the table of judgements."""
    table, lang = report.sensitivity, report.lang
    pairs = [pair for pair in table.pairs() if pair[0] in CHOICES] if table else []
    if not pairs:
        return page.leave_out("no_designs")
    effects = [effect for effect in ("net_cost_due", "loss_a") if effect in table.shown()]
    worth, unit = money_scale(table.base["net_cost_due"])

    def cells(row, base):
        kinds = {"net_cost_due": ("money", (worth, "")), "loss_a": ("rate", None)}
        return [estimate(table.base[e] + (0 if base else row[e]), row[e + "_error"], kinds[e][0], lang, unit=kinds[e][1]) for e in effects]
    rows = [[report.say("scenario"), *cells(table.base, True)]]
    for _, low, high in pairs:
        rows += [[report.say("applied", label=texts.typeset(row["label_" + lang], lang), value=figures.applied(report, row)), *cells(row, False)]
                 for row in (low, high) if any(row[e] != 0 for e in effects)]
    page.heading(report.say("designs"))
    page.table([report.say("designs_head"), report.say("designs_cost", unit=unit)] + [report.say("designs_loss")] * (len(effects) - 1), rows,
               report.say("designs_note", n=number(table.paths, 0, lang)))


def capital(page, report):
    """What the guarantee changes for those who bring the capital."""
    measure_table(page, report, CAPITAL, "capital_title")


# ---- budget, provisions, present values ----

def budget(page, report):
    """Appropriations, account and national accounts, by calendar year; beside them what falls due, what is paid and what is set aside."""
    file = report.main
    page.heading(report.say("state_table"))
    page.paragraph(report.say("budget_305" if file.has_dotation else "budget_114"))
    budgeted = [(name, "mean") for name in ("state_budget", "state_operator_cost", "state_fees", "state_guaranteed", "state_booked")]
    due = [("state_dues", "mean"), ("state_payouts", "mean"), ("state_net_cost_due", "mean"), ("state_net_cost_due", "q0.95"), ("provision", "mean"), ("provision", "q0.95")]
    if file.of_due("state_net_cost")[1] not in DUE.values():
        due = [("state_payouts", "mean"), ("state_net_cost", "mean"), ("state_net_cost", "q0.95")]
    years_table(page, report, budgeted, beside=due)
    if file.has_guarantee and file.series(file.due, "provision") is not None:
        page.paragraph(report.say("provision_text", total=report.mean(file.due, "payouts_due")))
    years_table(page, report, due, beside=budgeted)


def present_values(page, report):
    """The budget, what is due, what is left, and the portfolio that the guarantee covers, at the rate of reference."""
    file, lang = report.main, report.lang
    at = file.parameter("guarantee.reference_rate")
    branch, name = file.of_due("net_cost_discounted")
    rows = [("pv_budget" if file.has_dotation else "pv_budget_none", "with", "budget_discounted"), ("pv_due", branch, name)]
    if file.has_dotation:
        rows += [("pv_paid", "with", "net_cost_discounted"), ("pv_residual", "with", "residual_discounted")]
    rows = [row for row in rows if file.has(row[1], row[2])]
    if not rows or not math.isfinite(at):
        return
    worth, unit = money_scale(max(abs(file.stat(b, m, "mean")) for _, b, m in rows))
    cells = [[report.say(key), estimate(file.stat(b, m, "mean"), file.stat(b, m, "mean_error"), "money", lang, unit=(worth, "")),
              *(number(file.quantile(b, m, level) / worth, 1, lang) for level in (0.05, 0.95))] for key, b, m in rows]
    flows = file.deal_flows()
    if np.isfinite(flows).all():
        factors = (1 + at) ** (-(np.arange(file.periods) + 1) / file.periods_per_year)
        cells.append([report.say("pv_net"), number(float(np.sum(flows * factors)) / worth, 1, lang), "–", "–"])
    kept = terms.text_of(file, "guarantee.residual_to") == "kept"
    page.heading(report.say("present_values", rate=percent(at, lang)))
    page.paragraph(report.say("present_text", whom=report.say("present_to_kept" if kept else "present_to_state")))
    page.table([report.say("pv_head", unit=unit), report.say("pv_mean"), percent(0.05, lang), percent(0.95, lang)], cells, report.say("pv_note"))


# ---- dotation ----

def tranches(page, report):
    """The smallest dotation at once and in equal yearly tranches."""
    file, lang = report.main, report.lang
    needed = file.needed()
    known = {row.level: row for row in needed.itertuples() if math.isfinite(row.high)}
    if not known:
        return
    levels = [level for level in (0.95, 0.99, 0.999) if level in known]
    worth, unit = money_scale(max(known[level].value for level in levels))

    def cell(value, low, high):
        return f"{number(value / worth, 1, lang)} ({number(low / worth, 1, lang)}–{number(high / worth, 1, lang)})" if math.isfinite(low + high) else report.say("not_estimable")
    rows = [[report.say("tranche_one"), *(cell(known[level].value, known[level].low, known[level].high) for level in levels)]]
    for k in (2, 3, 4, 5):
        name = f"tranche_needed_{k}"
        if file.has("with", name):
            rows.append([report.say("tranche_of", k=k)] + [cell(*(file.quantile("with", name, level, end) for end in ("", "_low", "_high"))) if level < 0.999 else "–" for level in levels])
    page.heading(report.say("tranches"))
    page.table([report.say("tranches_head")] + [percent(level, lang) for level in levels], rows, report.say("tranches_note", unit=unit))


def fee_and_exhaustion(page, report):
    file, lang = report.main, report.lang
    if file.stat("with", "fee_base", "mean") > 0:
        page.paragraph(report.say("fee_both", even=report.derived("break_even_fee"), charged=quantity(file.derived("fee_charged")[0], "rate", lang, 2)))
    if file.has_dotation and file.stat("with", "exhausted", "mean") > 0:
        page.paragraph(report.say_known("exhausted_when", "exhausted_first", median=report.at("with", "exhaustion_years", 0.5),
                                        first=quantity(file.stat("with", "exhaustion_years", "minimum"), "years", lang)))


# ---- multipliers and what was read elsewhere ----

def benchmarks(page, report):
    """Bpifrance on the same basis, and what was read of claims and of the Sénat's recommendations."""
    file, lang = report.main, report.lang
    volume, given = file.stat("with", "covered_volume", "mean"), file.dotation()
    page.heading(report.say("benchmarks"))
    if math.isfinite(given) and given > 0:
        quotite = file.parameter(terms.layers(file)[0] + ".quotite")
        page.paragraph(report.say("same_basis_text", guaranteed=number(quotite * volume / given, 1, lang), financing=number(volume / given, 1, lang)) + " " + report.say("others_not"))
    guaranteed, due = amendment.guaranteed(file), file.stat(file.due, "payouts_due", "mean")
    page.bullets(report.say("benchmarks_list", due=report.money(due), guaranteed=report.money(guaranteed), rate=report.rate(due / guaranteed)).split("|"))


def limits(page, report):
    file = report.main
    factor = file.parameter("guarantee.moral_hazard")
    hazard = report.say("hazard_some", factor=number(factor, 2, report.lang)) if factor > 1 else report.say("hazard_none")
    page.heading(report.say("limits"))
    page.bullets(report.say("limits_list", issuers=report.issuers(), hazard=hazard).split("|"))


def tornado_of_dotation(page, report):
    """Where no worlds were drawn: they say of the dotation, too, what is known of it, and the page keeps to its sheets."""
    if not worlds.worlds_of(report):
        page.figure(figures.tornado_dotation(report))


CHAPTERS = {
    "summary": (needs_guarantee, first_page),
    "losses": (of_guarantee(gains_and_losses), of_guarantee(designs), of_guarantee(capital),
               drawn(lambda report: None if report.main.has_guarantee else figures.mix(report))),
    "state": (of_guarantee(budget), of_guarantee(present_values)),
    "dotation": (drawn(figures.balance), of_guarantee(tranches), of_guarantee(fee_and_exhaustion)),
    "judgements": (worlds.uncertain("net_cost_due", "payouts", "exhausted"), drawn(figures.tornado_net_cost), tornado_of_dotation, assumptions),
    "multiplier": (drawn(figures.multiplier), of_guarantee(benchmarks)),
    "alternatives": (alternatives.what_else, alternatives.additionality),
    "aid": (of_guarantee(aid.state_aid), of_guarantee(aid.national_accounts)),
    "amendment": (of_guarantee(amendment.twelve_lines), of_guarantee(amendment.credits), of_guarantee(amendment.pasted), of_guarantee(limits)),
}
COMPARES = False   # is about the first file alone
