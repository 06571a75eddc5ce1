# SPDX-License-Identifier: GPL-3.0-or-later
"""The vehicles beside the fund, and what its deals come with: what each brings in, pays out and risks; in words what is not known."""
import re

import numpy as np
import pandas as pd

from . import style, texts
from .figures import fans, joined
from .style import SMALL
from .typography import estimate, number, percent, quantity

CITIZENS = ("feeder_irr", "feeder_loss", "feeder_pooled_irr", "feeder_pooled_loss", "feeder_subscribed", "feeder_paid_out", "feeder_final", "feeder_exit_fees",
            "feeder_fees", "feeder_interest", "feeder_calls", "feeder_unmet", "feeder_defaults", "feeder_defaulted", "feeder_requested",
            "feeder_served_in_year", "feeder_left_waiting", "feeder_years_served", "feeder_pocket_year", "feeder_pocket_most")
ENDOWMENT = ("endowment_received", "endowment_cost", "endowment_cost_unpaid", "endowment_granted", "endowment_partners", "endowment_projects",
             "endowment_balance", "endowment_exhausted", "endowment_exhausted_by", "endowment_in_time", "endowment_to_supply", "endowment_part_needed",
             "endowment_out_of_reach")
YES_OR_NO = {"feeder_loss", "feeder_pooled_loss", "feeder_defaulted", "endowment_exhausted", "endowment_out_of_reach"}   # of which the mean says it all
REQUESTS = ("feeder_requested_units", "feeder_served_units", "feeder_waiting_units", "feeder_waiting_eur", "feeder_pocket")
GRANTS = ("endowment_received", "endowment_granted", "endowment_projects", "endowment_balance")
PARTS = (0.05, 0.1, 0.25, 0.5, 1.0)     # of what could be additional; none is an estimate


def design(report):
    """The one a reader is told of: with the guarantee, where there is one."""
    return report.main.main


def has(report, measure, branch=None):
    return measure in report.main.measures.index and report.main.stat(branch or design(report), measure, "count") > 0


# ---- one page for all ----

def three(page, report):
    """What each vehicle brings in, pays out and risks, side by side."""
    say, branch = report.say, design(report)

    def mean(measure):
        return report.mean(branch, measure)

    def money(*measures):
        return report.money(sum(report.main.stat(branch, measure, "mean") for measure in measures))
    rows = []
    if has(report, "net_irr_a"):
        rows.append([say("vehicles_fund"), say("vehicles_fund_in", amount=money("paid_in")), say("vehicles_fund_out", amount=money("distributed_a")),
                     say("vehicles_fund_risk", irr=mean("net_irr_a"), loss=mean("loss_a"))])
    if has(report, "feeder_subscribed"):
        rows.append([say("vehicles_feeder"), say("vehicles_feeder_in", amount=money("feeder_subscribed")),
                     say("vehicles_feeder_out", early=money("feeder_paid_out"), end=money("feeder_final")),
                     say("vehicles_feeder_risk", irr=mean("feeder_irr"), loss=mean("feeder_loss"), served=mean("feeder_served_in_year"))])
    if has(report, "endowment_received"):
        rows.append([say("vehicles_endowment"), say("vehicles_endowment_in", amount=money("endowment_received")),
                     say("vehicles_endowment_out", amount=money("endowment_granted"), n=mean("endowment_projects")),
                     say("vehicles_endowment_risk", gone=mean("endowment_exhausted"))])
    if not any(has(report, measure) for measure in ("feeder_subscribed", "endowment_received")):
        return
    page.heading(say("vehicles_three"))
    page.paragraph(say("vehicles_three_text"))
    page.table([""] + [say(key) for key in ("vehicles_in", "vehicles_out", "vehicles_risk")], rows, text_columns=(1, 2, 3))


# ---- tables ----

def measures_of(page, report, names, label=None):
    """Mean and its error, and nine cases in ten, of the design that is told."""
    branch, rows = design(report), []
    for name in names:
        if not has(report, name, branch):
            continue
        spread = "" if name in YES_OR_NO else report.nine_in_ten(name, branch)
        rows.append([label(name) if label else report.label(name), report.mean(branch, name), spread])
    page.table(["", report.say("mean"), report.say("vehicles_nine")], rows)


def by_year(page, report, names, label=None):
    """Means of series by calendar year, while the last of them is known; amounts in thousands or millions, each column its own."""
    frames = {name: report.main.series(design(report), name) for name in names}
    if any(frame is None for frame in frames.values()):
        return
    last = frames[names[-1]]["mean"]
    years = [year for year in last.index if np.isfinite(last[year])]

    def cell(name, year):
        value = frames[name].at[year, "mean"]
        if unit(report, name) != "EUR":
            return number(value, 1 if abs(value) < 1000 else 0, report.lang)
        return quantity(value, "money", report.lang)
    page.table([report.say("vehicles_year")] + [label(name) if label else report.series_label(name) for name in names],
               [[str(year)] + [cell(name, year) for name in names] for year in years])


def unit(report, series):
    return "EUR" if report.main._series is None else report.main._series.at[series, "unit"]


# ---- the citizens' fund ----

def unit_value(report):
    frames = fans(report, report.main.branches, ["feeder_unit"])
    if not frames:
        return None
    frames = {branch: frame.dropna(subset=["q0.5"]) for (branch, _), frame in frames.items()}
    figure, ((axes,),) = style.panels(height=2.8)
    axes.axhline(1, color="#374151", linewidth=0.7, zorder=0.5)
    for branch, frame in frames.items():
        style.fan(axes, frame, branch, band=branch == design(report))
    ends = {branch: frame["q0.5"].iloc[-1] for branch, frame in frames.items()}
    for branch, frame in frames.items():
        up = len(ends) == 1 or ends[branch] == max(ends.values())
        style.name_line(axes, frame.index[-1], ends[branch], report.say(branch) if len(ends) > 1 else report.say("median"), branch, xytext=(5, 5 if up else -5))
    style.tick_numbers(axes.yaxis, report.lang)
    style.tick_numbers(axes.xaxis, report.lang, most=7)
    axes.set_xlim(0, frames[design(report)].index[-1])
    axes.set_xlabel(report.say("years_axis"), fontsize=SMALL)
    return report.figure("feeder_unit", report.say("vehicles_unit"), report.say("vehicles_unit_sub"), figure, joined(frames), [report.say("vehicles_unit_text")],
                         "band_fan", also=report.say("dotted") if len(frames) > 1 else "")


def citizens(page, report):
    if not has(report, "feeder_subscribed"):
        return
    branch = design(report)
    page.heading(report.say("vehicles_feeder"))
    page.paragraph(report.say("vehicles_feeder_text"))
    measures_of(page, report, CITIZENS)
    low, high = (report.at(branch, "feeder_pocket_year", level) for level in (0.95, 0.99))
    pocket = report.say_known("vehicles_pocket", low=low, high=high)
    page.paragraph(pocket or report.say("vehicles_pocket_few"))
    page.figure(unit_value(report))
    by_year(page, report, REQUESTS)
    page.paragraph(report.say("vehicles_feeder_unknown"), "note")


# ---- the fonds de dotation ----

def endowment(page, report):
    if not has(report, "endowment_received"):
        return
    page.heading(report.say("vehicles_endowment"))
    page.paragraph(report.say("vehicles_endowment_text"))
    measures_of(page, report, ENDOWMENT)
    by_year(page, report, GRANTS)
    page.paragraph(report.say("vehicles_endowment_unknown"), "note")


# ---- what deals come with ----

def indicators_of(report):
    """Name → label with its unit, of the scenario's indicators, in their order."""
    value = report.main.parameters["value"].to_dict()
    names = dict.fromkeys(key.split(".")[1] for key in value if key.startswith("indicators.") and key.count(".") > 1)

    def said(name, what):
        return texts.printed(value.get(f"indicators.{name}.{what}.{report.lang}", "").strip('"'), report.lang)
    return {name: f"{said(name, 'label')} ({said(name, 'unit')})" for name in names}


def totals(page, report, labels):
    def label(measure):
        k = int(re.match(r"indicator_(\d+)", measure).group(1))
        end = "lost" if measure.endswith("_lost") else "per_million" if measure.endswith("_per_million") else None
        return labels[k - 1] + (" " + report.say("vehicles_" + end) if end else "")
    measures_of(page, report, [f"indicator_{k}{end}" for k in range(1, len(labels) + 1) for end in ("", "_lost", "_per_million")], label)


def by_group(page, report, labels):
    file, branch, rows = report.main, design(report), []
    groups = [(key, file.instrument_label(key, report.lang)) for key in file.instruments()]
    groups += [(f"form_{i}", form) for i, form in enumerate(forms(report), 1)]
    for key, words in groups:
        names = [f"indicator_{k}_{key}" for k in range(1, len(labels) + 1)]
        if any(has(report, name, branch) and file.stat(branch, name, "maximum") > 0 for name in names):
            rows.append([words] + [report.mean(branch, name) for name in names])
    page.table([report.say("vehicles_group")] + labels, rows)


def forms(report):
    """What the legal forms are called, in the order of the scenario: the measures of losses say it."""
    known = {"association": ("associations", "associations"), "cooperative": ("coopératives", "cooperatives"), "company": ("sociétés", "companies")}
    return [texts.pick(known[name], report.lang) if name in known else name for name in report.main.legal_forms()]


def per_public_euro(page, report, labels):
    """Over the mean public cost where all that is due is paid; nothing where there is none."""
    file = report.main
    branch = file.due if file.has_guarantee else design(report)
    name = next((name for name in ("public_cost", "net_cost_due") if has(report, name, branch)), None)
    cost = file.stat(branch, name, "mean") if name else np.nan
    if not cost > 0:
        page.paragraph(report.say("vehicles_no_public"), "note")
        return
    rows = [[percent(part, report.lang)] + [number(part * file.stat(branch, f"indicator_{k}", "mean") / (cost / 1e6), 1, report.lang)
                                            for k in range(1, len(labels) + 1)] for part in PARTS]
    page.table([report.say("vehicles_additional")] + labels, rows)
    page.paragraph(report.say("vehicles_additional_text", cost=report.money(cost)))


def value_created(page, report):
    labels = list(indicators_of(report).values())
    if not labels or not has(report, "indicator_1"):
        return
    page.heading(report.say("vehicles_value"))
    page.paragraph(report.say("vehicles_value_text"))
    totals(page, report, labels)
    by_group(page, report, labels)
    by_year(page, report, [f"indicator_{k}_by_year" for k in range(1, len(labels) + 1)], lambda name: labels[int(name.split("_")[1]) - 1])
    per_public_euro(page, report, labels)
    page.paragraph(report.say("vehicles_value_unknown"), "note")


CHAPTER = (three, citizens, endowment, value_created)
