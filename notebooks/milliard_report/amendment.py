# SPDX-License-Identifier: GPL-3.0-or-later
"""Ready to paste into an amendment: the appropriations as état B has them, twelve lines, a paragraph."""
import math

from . import figures, terms, worlds
from .first_page import readings
from .typography import FIXED, money_scale, number, percent, significant

PROGRAMME = 305      # of a dotation in earlier files, which do not say


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

    def total(key, of):
        return line(report.say(key), *(sum(row[k] for row in of) for k in (3, 4)))
    rows = [line(name("credits_line", *row[:3]), *row[3:]) for row in dotation]
    rows += [line(name("credits_gage", *row[:3]), *row[3:]) for row in gages]
    rows.append(total("credits_total", dotation))
    if gages:
        rows.append(total("credits_balance", dotation + gages))
    with page.block("whole"):
        page.heading(report.say("credits"))
        page.paragraph(report.say("credits_text"))
        page.table([report.say("credits_head", unit=unit), "AE", "CP"], rows)


def guaranteed(file):
    """What is guaranteed in all, mean over paths: the sum of what is newly guaranteed by year."""
    return file.series("with", "state_new_guaranteed")["mean"].sum()


def two(*words):
    """Two numbers of a line."""
    return ", ".join(words)


def as_known(report):
    """The dotation that holds at 95 % as the inputs are known, where the run drew them."""
    found = worlds.worlds_of(report)
    known = found.dotations() if found else None
    if known is None or not math.isfinite(known[0]):
        return report.say("twelve_unknown")
    return report.say("twelve_known", value=significant(known[0], "money", report.lang))


def lines(report):
    """(label, words) of the twelve, and the largest relative error of their means."""
    file, lang = report.main, report.lang
    first = terms.layers(file)[0]
    errors = []

    def money(branch, name):
        mean, error = file.stat(branch, name, "mean"), file.stat(branch, name, "mean_error")
        errors.append(abs(error / mean) if mean else 0.0)
        return significant(mean, "money", lang)

    def far(branch, name):
        value = file.quantile(branch, name, 0.95)
        return significant(value, "money", lang) if math.isfinite(value) else report.say("not_estimable")
    cost = file.of_due("net_cost")
    needed = next(row for row in file.needed().itertuples() if row.level == 0.95)
    right = report.say("twelve_right", value=significant(needed.value, "money", lang)) if math.isfinite(needed.high) else report.say("not_estimable")
    even, charged = (file.derived(name)[0] for name in ("break_even_fee", "fee_charged"))
    multipliers = [report.say(key, amount=significant(below, "money", lang)) + (f"{FIXED}: " if lang == "fr" else ": ") + significant(value, "number", lang)
                   for key, below, value, _ in figures.multipliers(report)]
    dotation = ", ".join(report.say("terms_paid_in", amount=terms.short(amount, lang), year=year) for year, amount in terms.dotations(file))
    both = readings(file) if file.has_dotation else None
    grant = file.has("with", "grant_equivalent")
    return [
        ("twelve_covered", money("with", "covered_volume")),
        ("twelve_guaranteed", two(significant(guaranteed(file), "money", lang), money("with", "peak_guaranteed"))),
        ("twelve_terms", two(terms.share(report, first), terms.ceiling(report, first), terms.years(file.parameter(first + ".term_years"), lang))),
        ("twelve_dotation", dotation or report.say("twelve_no_dotation")),
        ("twelve_losses", two(money(file.due, "payouts_due"), significant(file.derived("coverage_of_means")[0], "rate", lang))),
        ("twelve_cost", two(money(*cost), far(*cost))),
        ("twelve_cents", significant(file.stat(*file.of_due("net_cost_per_euro"), "mean"), "rate", lang)),
        ("twelve_needed", f"{right}{FIXED if lang == 'fr' else ''}; {as_known(report)}"),
        ("twelve_holds", report.say("twelve_no_dotation") if both is None else report.say(
            "twelve_both", waits=significant(both["waits"][0], "rate", lang), unpaid=significant(both["unpaid"][0], "rate", lang))),
        ("twelve_fee", two(significant(even, "rate", lang), significant(charged, "rate", lang))),
        ("twelve_multiplier", (f"{FIXED}; " if lang == "fr" else "; ").join(multipliers)),
        ("twelve_aid", two(money("with", "grant_equivalent"), significant(file.stat("with", "above_de_minimis", "mean"), "number", lang)) if grant
         else report.say("twelve_undefined")),
    ], max(errors)


def twelve_lines(page, report):
    """What an amendment needs, in twelve lines of three significant digits."""
    found, error = lines(report)
    page.heading(report.say("twelve"))
    n = number(report.main.paths, 0, report.lang)
    note = (report.say("twelve_note", error=percent(float(f"{error:.1g}"), report.lang), n=n) if math.isfinite(error)
            else report.say("twelve_note_few", n=n))
    page.table([report.say("expose_item"), report.say("value")], [[report.say(key), words] for key, words in found], note, text_columns=(1,))


def what_is_opened(report):
    """The appropriations of the first year, or that calls are crédits évaluatifs."""
    dotation, _ = budget_lines(report)
    if not dotation:
        return report.say("pasted_evaluative")
    year = [row for row in dotation if row[0] == dotation[0][0]]
    ae, cp = (terms.short(sum(row[k] for row in year), report.lang) for k in (3, 4))
    return report.say("pasted_credits", ae=ae, cp=cp, programme=dotation[0][1])


def pasted(page, report):
    """The paragraph of an exposé sommaire or of an objet."""
    file, lang = report.main, report.lang
    first, cost = terms.layers(file)[0], file.of_due("net_cost")

    def money(branch, name):
        return significant(file.stat(branch, name, "mean"), "money", lang)
    far = file.quantile(*cost, 0.95)
    gage = "".join(report.say("pasted_gage", amount=terms.short(-cp, lang), programme=programme) for _, programme, _, _, cp in budget_lines(report)[1])
    page.heading(report.say("pasted"))
    page.paragraph(report.say(
        "pasted_text", credits=what_is_opened(report), covered=money("with", "covered_volume"), quotite=terms.rate(file.parameter(first + ".quotite"), lang),
        term=terms.years(file.parameter(first + ".term_years"), lang), n=number(file.paths, 0, lang), due=money(file.due, "payouts_due"), cost=money(*cost),
        far=report.say("pasted_far", far=significant(far, "money", lang)) if math.isfinite(far) else "",
        cents=number(100 * file.stat(*file.of_due("net_cost_per_euro"), "mean"), 1, lang),
        holds=report.say("pasted_holds", waits=significant(readings(file)["waits"][0], "rate", lang)) if file.has_dotation else "", gage=gage), "paste")
    page.paragraph(report.say("pasted_law"), "note")
