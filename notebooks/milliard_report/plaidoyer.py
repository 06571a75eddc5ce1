# SPDX-License-Identifier: GPL-3.0-or-later
"""The advocacy group: what the guarantee covers and what it costs the State. Chapters of the page and of the notebook, in order."""
import math

from . import alternatives, figures, texts
from .common import assumptions, drawn, measure_table, years_table
from .open import DUE
from .published import MULTIPLIERS
from .typography import decimals_for, estimate, money_scale, number, percent, quantity

PROGRAMME = 305      # of a dotation in earlier files, which do not say
CAPITAL = ("net_irr_a", "tvpi_a", "loss_a", "lowest_position_a", "net_irr_b", "tvpi_b")
EXPOSE = ("covered_volume", "private_covered", "commitment", "peak_guaranteed", "payouts_due", "payouts", "payouts_unpaid", "fees_received",
          "net_cost_due", "net_cost_due_discounted", "net_cost_due_per_euro", "net_cost", "net_cost_discounted", "net_cost_per_euro")


def capital(page, report):
    """What the guarantee changes for those who bring the capital."""
    measure_table(page, report, CAPITAL, "capital_title")


def budget(page, report):
    """Appropriations, account and national accounts, by calendar year; beside a dotation, what falls due and what is paid in a table of
    their own."""
    file = report.main
    page.heading(report.say("budget"))
    page.paragraph(report.say("budget_305" if file.has_dotation else "budget_114"))
    page.paragraph(report.say("booked_one" if file.has_fund else "booked_scheme"))
    paid = ("state_payouts", "mean") if file.has_dotation else ("state_budget", "q0.95")   # without a dotation both are one
    cost = ("state_net_cost", "mean")
    budgeted = [("state_budget", "mean"), ("state_operator_cost", "mean"), ("state_fees", "mean"), ("state_booked", "mean")]
    if not file.has_dotation or file.of_due("state_net_cost")[1] not in DUE.values():
        return years_table(page, report, [budgeted[0], paid, *budgeted[1:3], cost, budgeted[3]])
    due = [("state_dues", "mean"), paid, ("state_net_cost_due", "mean"), cost]
    years_table(page, report, budgeted, beside=due)
    page.heading(report.say("due_and_paid"))
    page.paragraph(report.say("due_and_paid_text"))
    years_table(page, report, due, beside=budgeted)


def budget_lines(report):
    """Year, programme, action, AE and CP of the dotation's rows, then of its gages in the year of the first: from the scenario, as état B has them."""
    file = report.main

    def rows(name):
        found = []
        while math.isfinite(cp := file.parameter(f"guarantee.{name}[{len(found)}].amount")):
            def of(key, otherwise):
                value = file.parameter(f"guarantee.{name}[{len(found)}].{key}")
                return value if math.isfinite(value) else otherwise
            found.append((of("year", 0), int(of("programme", PROGRAMME)), int(of("action", 0)), of("ae", cp), cp))
        return found
    dotation = [(file.year_of(year + 1 / file.periods_per_year), *rest) for year, *rest in rows("dotation")]
    gages = [(dotation[0][0], programme, 0, -ae, -cp) for _, programme, _, ae, cp in rows("gage")] if dotation else []
    return dotation, gages


def credits(page, report):
    """What Parliament opens: the lines of the dotation and of its gage."""
    dotation, gages = budget_lines(report)
    if not dotation:
        return
    worth, unit = money_scale(max(max(ae, cp) for *_, ae, cp in dotation))

    def line(what, ae, cp):
        return [what] + [number(value / worth, 2 if worth > 1 else 0, report.lang) for value in (ae, cp)]

    def name(key, year, programme, action):
        return report.say(key, year=year, programme=programme) + (report.say("credits_action", action=action) if action else "")
    rows = [line(name("credits_line", *row[:3]), *row[3:]) for row in dotation]
    rows += [line(name("credits_gage", *row[:3]), *row[3:]) for row in gages]
    rows.append(line(report.say("credits_total"), *(sum(row[k] for row in dotation) for k in (3, 4))))
    page.heading(report.say("credits"))
    page.paragraph(report.say("credits_text"))
    page.table([report.say("credits_head", unit=unit), "AE", "CP"], rows)


def provision(page, report):
    """What is set aside at each year's end, and the total of expected dues under its own name."""
    file, lang = report.main, report.lang
    frame = file.series(file.due, "provision") if file.has_guarantee else None
    if frame is None:
        return
    worth, unit = money_scale(file.stat(file.due, "payouts_due", "mean"))
    decimals = decimals_for(frame["mean_error"].max() / worth, 2, 2)

    def cell(value):
        return number(value / worth, decimals, lang) if math.isfinite(value) else report.say("not_estimable")
    page.heading(report.say("provision"))
    page.paragraph(report.say("provision_text", total=report.mean(file.due, "payouts_due")))
    page.table([report.say("year"), report.say("mean"), percent(0.95, lang)],
               [[str(year), cell(frame.at[year, "mean"]), cell(frame.at[year, "q0.95"])] for year in frame.index],
               report.say("amounts_in", unit=unit))


def published(page, report):
    """This scheme's multipliers and those of others: what each divides by what."""
    lang = report.lang
    rows = [[report.say("here"), number(value, 1, lang), report.say("covered_financing"), report.say(key, amount=report.money(below))]
            for key, below, value, _ in figures.multipliers(report)]
    for one in MULTIPLIERS:
        rows.append([report.of_pair(one.name), figures.span(one, lang), report.of_pair(one.above), report.of_pair(one.below)])
    page.table([report.say(k) for k in ("published_head", "value", "numerator", "denominator")], rows, text_columns=(2, 3))


def appropriations(report):
    """Lines of the budget: the dotations in their years, or what crédits évaluatifs are expected to be."""
    file = report.main
    if file.has_dotation:
        def exact(value):       # to the euro
            return quantity(value, "money", report.lang, scale=(1, "€"), decimals=0)
        rows = []
        for year, programme, _, ae, cp in budget_lines(report)[0]:
            amounts = [("expose_both", cp)] if ae == cp else [("expose_ae", ae), ("expose_cp", cp)]
            rows += [[report.say(key, year=year, programme=programme), exact(value), "–"] for key, value in amounts if value > 0]
        return rows
    return [[report.say("expose_budget_all"), report.mean("with", "payouts"), report.nine_in_ten("payouts")]]


def needed_lines(report):
    """Smallest dotations that hold, with the standard error that their interval stands for."""
    dotation = report.main.needed()
    return [[report.say("expose_needed", level=percent(row.level, report.lang)),
             estimate(row.value, (row.high - row.low) / (2 * figures.CI), "money", report.lang) if math.isfinite(row.high)
             else report.say("not_estimable"), "–"] for row in dotation.itertuples()]


def expose(page, report):
    """The lines an amendment needs, ready to copy."""
    file, lang = report.main, report.lang

    def of(measure, label=None):
        branch = file.due if measure in DUE.values() else "with"
        return [label or report.label(measure), report.mean(branch, measure), report.nine_in_ten(measure, branch)]
    rows = appropriations(report) + [of("operator_cost", report.say("expose_operator"))]
    rows += [of(measure) for measure in EXPOSE if (file.stat(file.due if measure in DUE.values() else "with", measure, "count") > 0
                                                   and (file.has_dotation or measure not in DUE or file.of_due(measure)[1] == measure))]
    rows += [[report.say("expose_covered"), report.derived("coverage_of_means"), "–"],
             [report.say("expose_covered_all"), report.derived("coverage_all_of_means"), "–"]]
    if file.has_dotation:
        rows.append([report.say("expose_probability"), report.mean("with", "exhausted"), "–"])
    rows += needed_lines(report)
    if file.stat("with", "fee_base", "mean") > 0:
        rows.append([report.say("expose_fee"), report.derived("break_even_fee"), "–"])
    rows += [[report.say("expose_multiplier", what=report.say(key, amount=report.money(below))), estimate(value, error, "multiple", lang), "–"]
             for key, below, value, error in figures.multipliers(report)]
    page.heading(report.say("expose"))
    page.paragraph(report.say("expose_note"))
    page.table([report.say("expose_item"), report.say("mean"), report.say("expose_range")], rows, report.provenance("band_error").split(" — ")[0])


def needs_guarantee(page, report):
    if not report.main.has_guarantee:
        page.leave_out("no_guarantee")


def limits(page, report):
    page.heading(report.say("limits"))
    page.bullets(report.say("limits_list", issuers=report.issuers()).split("|"))


def of_guarantee(part):
    """A part that is left out without a guarantee."""
    return lambda page, report: part(page, report) if report.main.has_guarantee else None


def what_else(page, report):
    """What else the same public money could do, form by form."""
    table, lang = report.alternatives, report.lang
    if table is None:
        return page.leave_out("no_alternatives") if report.main.has_fund and report.main.has_guarantee else None
    drawing, data = alternatives.figure(table.table, table.sizing["sizing"], lang)
    page.figure(report.figure("alternatives", report.say("alternatives"), report.say("alternatives_sub", sizing=texts.typeset(table.sizing["label_" + lang], lang)),
                              drawing, data, [report.say("alternatives_text")], "band_error", [table]))


CHAPTERS = {
    "losses": (needs_guarantee, drawn(lambda report: figures.losses(report) or figures.mix(report)), drawn(figures.coverage),
               of_guarantee(capital)),
    "state": (drawn(figures.account), of_guarantee(credits), of_guarantee(budget), provision, drawn(figures.outstanding)),
    "dotation": (drawn(figures.balance), drawn(figures.exhaustion), drawn(figures.needed)),
    "multiplier": (drawn(figures.multiplier), of_guarantee(published)),
    "cost": (drawn(figures.break_even), drawn(figures.cost_per_euro), what_else),
    "amendment": (of_guarantee(limits), of_guarantee(expose)),
    "judgements": (drawn(figures.tornado_net_cost), drawn(figures.tornado_dotation), assumptions),
}
COMPARES = False   # is about the first file alone
