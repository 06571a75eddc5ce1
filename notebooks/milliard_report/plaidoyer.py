# SPDX-License-Identifier: GPL-3.0-or-later
"""The advocacy group: what the guarantee covers and what it costs the State. Chapters of the page and of the notebook, in order."""
from . import figures, texts
from .common import assumptions, drawn
from .typography import estimate, number, quantity


def published(page, report):
    lang = report.lang
    rows = []
    for name, value, above, below in texts.PUBLISHED:
        words = "–".join(number(v, 1 if v % 1 else 0, lang) for v in (value if isinstance(value, tuple) else (value,)))
        rows.append([texts.typeset(texts.pick(name, lang), lang), words, texts.typeset(texts.pick(above, lang), lang), texts.typeset(texts.pick(below, lang), lang)])
    page.table([report.say(k) for k in ("published_head", "value", "numerator", "denominator")], rows, text_columns=(2, 3))


def expose(page, report):
    """The lines an amendment needs, ready to copy."""
    file, lang = report.main, report.lang

    def line(measure, label=None):
        rows.append([label or report.label(measure), report.mean("with", measure),
                     " – ".join(report.at("with", measure, level) for level in (0.05, 0.95))])
    rows = []
    budget = file.series("with", "state_budget")
    if budget is not None and file.has_dotation:
        rows += [[report.say("expose_budget", year=year), report.money(value), "–"] for year, value in budget["mean"].items() if value > 0]
    line("operator_cost", report.say("expose_operator"))
    for measure in ("covered_volume", "private_covered", "commitment", "peak_guaranteed", "payouts", "fees_received", "net_cost", "net_cost_discounted",
                    "net_cost_per_euro"):
        if file.stat("with", measure, "count") > 0:
            line(measure)
    if file.has_dotation:
        rows.append([report.say("expose_probability"), report.mean("with", "exhausted"), "–"])
    if file.stat("with", "fee_base", "mean") > 0:
        rows.append([report.say("expose_fee"), estimate(*file.ratio("with", ["payouts"], ["fee_base"]), "rate", lang), "–"])
    for key, below, value, error in figures.multipliers(report):
        rows.append([report.say("expose_multiplier", what=report.say(key, amount=report.money(below))), estimate(value, error, "multiple", lang), "–"])
    page.heading(report.say("expose"))
    page.paragraph(report.say("expose_note"))
    page.table([report.say("expose_item"), report.say("mean"), report.say("expose_range")], rows, report.provenance("band_error").split(" — ")[0])


def needs_guarantee(page, report):
    if not report.main.has_guarantee:
        page.leave_out("no_guarantee")


def limits(page, report):
    page.heading(report.say("limits"))
    page.bullets(report.say("limits_list").split("|"))


def of_guarantee(part):
    """A part that is left out without a guarantee."""
    return lambda page, report: part(page, report) if report.main.has_guarantee else None


CHAPTERS = {
    "losses": (needs_guarantee, drawn(lambda report: figures.losses(report) or figures.mix(report)), drawn(figures.coverage)),
    "state": (drawn(figures.account), drawn(figures.outstanding)),
    "dotation": (drawn(figures.balance), drawn(figures.needed)),
    "multiplier": (drawn(figures.multiplier), of_guarantee(published)),
    "cost": (drawn(figures.break_even), drawn(figures.cost_per_euro)),
    "amendment": (of_guarantee(limits), of_guarantee(expose)),
    "judgements": (assumptions,),
}
