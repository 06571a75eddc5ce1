# SPDX-License-Identifier: GPL-3.0-or-later
"""The page that says it all of a guarantee: its terms, three figures, three sentences, what none of them shows."""
import math

import numpy as np
import pandas as pd

from . import style, terms
from .figures import CI, LOSSES, mean_and_error, quantiles
from .open import is_long_enough
from .style import COLOUR, GREYS, INK, SMALL
from .typography import FIXED, money_scale, number, percent

PARTS = ("income", "gains", *LOSSES)


def portfolio(file):
    """Income, gains and losses of all deals and what was invested, means over paths; None of an earlier file."""
    groups = file.groups()
    return None if groups is None else groups.loc[groups["kind"] == "instrument", ["invested", *PARTS]].sum()


def loss_columns(file):
    """Path by path: all losses, what the guarantee pays of them, what of its dues stays unpaid, what investors bear beside these."""
    every, paid = file.total("with", LOSSES), file.measure("with", "payouts_net")
    unpaid = file.measure("with", "payouts_unpaid") if file.has_dotation else None
    if unpaid is None or unpaid.mean() < 0.001 * every.mean():
        return {"losses": every, "paid": paid, "left": every - paid}
    return {"losses": every, "paid": paid, "unpaid": unpaid, "left": every - paid - unpaid}


def signed_bars(axes, rows, lang, worth):
    """Bars from zero to the right and to the left, the value where the bar ends; what a bar is made of inside it."""
    y = np.arange(len(rows))[::-1]
    for at, row in zip(y, rows):
        start = 0.0
        for value, colour in row["parts"]:
            axes.barh(at, value, left=start, color=colour, height=0.6)
            start += value
        right = start >= 0
        axes.annotate(number(start / worth, 1 if worth > 1 else 0, lang, True), (start, at + 0.05), xytext=(4 if right else -4, 0), textcoords="offset points",
                      ha="left" if right else "right", va="center", fontsize=SMALL, color="#111827")
        if row["ends"] is not None:
            style.whiskers(axes, at - 0.24, *row["ends"], horizontal=True)
    axes.axvline(0, color="#374151", linewidth=0.7)
    axes.spines["left"].set_visible(False)
    style.name_rows(axes, y, [row["label"] for row in rows], 1.9)
    ends = [sum(value for value, _ in row["parts"]) for row in rows]
    ends += [end for row in rows if row["ends"] is not None for end in row["ends"] if math.isfinite(end)]
    width = (max(0, *ends) - min(0, *ends)) or 1
    axes.set_xlim(min(0, *ends) - 0.13 * width, max(0, *ends) + 0.13 * width)
    style.tick_numbers(axes.xaxis, lang, worth, most=5)


def losses(report):
    """What the portfolio gains and loses, and who bears the losses."""
    file, lang = report.main, report.lang
    if not file.has_guarantee:
        return None
    flows, columns = portfolio(file), loss_columns(file)
    means = {key: column.mean() for key, column in columns.items()}
    ends = {key: tuple(-quantiles([column], (0.95, 0.05))[:, 0]) for key, column in columns.items()}
    kinds = [(-file.stat("with", loss, "mean"), grey) for loss, grey in zip(LOSSES, GREYS)]
    rows = []
    if flows is not None:
        rows.append({"label": report.say("bears_gains"), "parts": [(flows["income"], GREYS[1]), (flows["gains"], GREYS[0])], "ends": None})
    rows.append({"label": report.say("bears_losses"), "parts": kinds, "ends": ends["losses"]})
    colours = {"paid": COLOUR["with"], "unpaid": style.lighter(COLOUR["with"]), "left": COLOUR["neutral"]}
    rows += [{"label": report.say("bears_" + key), "parts": [(-means[key], colours[key])], "ends": ends[key]} for key in columns if key != "losses"]
    worth, unit = money_scale(max(means["losses"], 0 if flows is None else flows["income"] + flows["gains"]))
    figure, ((axes,),) = style.panels(height=0.35 + 0.27 * len(rows))
    signed_bars(axes, rows, lang, worth)
    data = pd.DataFrame([{"what": key, "mean": means[key], "mean_error": mean_and_error(column)[1], **dict(zip(("q0.05", "q0.95"), -np.array(ends[key])[::-1]))}
                         for key, column in columns.items()] + ([] if flows is None else [{"what": part, "mean": flows[part]} for part in PARTS]))
    return report.figure("losses", report.say("losses"), report.say("losses_sub", unit=unit), figure, data, [], "band_spread")


def residual(report):
    """What of the dotation comes back to the State at the end, on average; nothing where it is kept."""
    file = report.main
    kept = terms.text_of(file, "guarantee.residual_to") == "kept"
    return 0.0 if kept or not file.has_dotation else np.nan_to_num(file.stat("with", "residual_balance", "mean"))


def account(report):
    """The State year by year, as its budget shows it: dotation or payouts, operator, what comes back; beside it what falls due."""
    file, lang = report.main, report.lang
    if not file.has_guarantee:
        return None
    branch, name = file.of_due("state_net_cost")
    budget, operator, due = file.series("with", "state_budget"), file.series("with", "state_operator_cost"), file.series(branch, name)
    if any(frame is None for frame in (budget, operator, due)):
        return None
    years, back = budget.index.to_numpy(), residual(report)
    worth, unit = money_scale(max((budget["mean"] + operator["mean"]).max(), due["mean"].max()))
    figure, ((axes,),) = style.panels(height=1.45)
    axes.bar(years, budget["mean"], color=COLOUR["with"], width=0.72, label=report.say("account_dotation" if file.has_dotation else "account_payouts"))
    axes.bar(years, operator["mean"], bottom=budget["mean"], color=GREYS[0], width=0.72, label=report.say("account_operator"))
    if back > 0:
        axes.bar(years[-1], -back, color=style.lighter(COLOUR["with"]), width=0.72, label=report.say("account_back"))
    axes.plot(years, due["mean"], "o-", color=INK["difference"], markersize=3, linewidth=1, label=report.say("account_due"))
    style.whiskers(axes, years, due["q0.05"], due["q0.95"], colour=INK["difference"])
    heavy = (budget["mean"] + operator["mean"]).idxmax()
    top = budget.at[heavy, "mean"] + operator.at[heavy, "mean"]
    if file.has_dotation:   # else the heaviest year is one among others, and a sentence tells it
        axes.annotate(number(top / worth, 1, lang), (heavy, top), xytext=(0, 2), textcoords="offset points", ha="center", fontsize=SMALL)
    style.zero_line(axes)
    axes.spines["bottom"].set_visible(False)
    axes.set_ylim(top=1.14 * max(top, np.nanmax(due[["mean", "q0.95"]].to_numpy())))
    axes.legend(loc="upper right", frameon=False, ncols=2, columnspacing=1, fontsize=SMALL, handlelength=1.2, labelspacing=0.25, borderaxespad=0.1)
    axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    axes.set_xticks(years[::max(1, round(len(years) / 8))])
    style.tick_numbers(axes.yaxis, lang, worth, most=4)
    data = pd.DataFrame({"year": years, "budget": budget["mean"].to_numpy(), "operator": operator["mean"].to_numpy(), "net_cost_due": due["mean"].to_numpy(),
                         "net_cost_due_error": due["mean_error"].to_numpy(), "q0.05": due["q0.05"].to_numpy(), "q0.95": due["q0.95"].to_numpy()})
    data.loc[data.index[-1], "residual"] = back
    return report.figure("account", report.say("account"), report.say("account_sub", unit=unit), figure, data, [], "band_due")


def readings(file):
    """Probability that the dotation holds and its error: no due ever waits, and every due is paid in the end."""
    waits = file.measure("with", "exhausted") > 0
    unpaid = file.measure("with", "payouts_unpaid") > 1e-6
    return {key: (1 - column.mean(), mean_and_error(column.astype(float))[1]) for key, column in (("waits", waits), ("unpaid", unpaid))}


def paid_share(file):
    """What is paid of all that is due, ratio of means."""
    due = file.stat("with", "payouts_due", "mean")
    return 1 - file.stat("with", "payouts_unpaid", "mean") / due if due > 0 else math.nan


def holds(report):
    """How likely a dotation is to hold, by its size if it is paid in the first year; that of the scenario, both ways."""
    file, lang = report.main, report.lang
    column = file.measure("with", "dotation_needed") if file.has_guarantee else None
    if column is None or not is_long_enough(file.paths, 0.5):
        return None
    size = np.sort(column)
    given = file.dotation()
    reach = max(size[int(0.995 * (len(size) - 1))], 0 if math.isnan(given) else 1.15 * given) or 1.0
    x = np.linspace(0, reach, 200)
    p = np.searchsorted(size, x, side="right") / len(size)
    worth, unit = money_scale(reach)
    figure, ((axes,),) = style.panels(height=1.5)
    error = CI * np.sqrt(p * (1 - p) / max(1, len(size) - 1))
    axes.fill_between(x, p - error, np.minimum(1, p + error), color=COLOUR["with"], alpha=0.25, linewidth=0)
    axes.plot(x, p, color=COLOUR["with"], linewidth=1.8)
    for row in file.needed().itertuples():
        if row.level in (0.95, 0.99) and math.isfinite(row.high) and 0 < row.value < reach:
            axes.plot([row.value] * 2, [0, row.level], color="#9CA3AF", linewidth=0.8, linestyle=(0, (3, 2)), zorder=0)
            axes.plot(row.value, row.level, "o", color=COLOUR["with"], markersize=4)
            left = row.level == 0.95
            axes.annotate(number(row.value / worth, 1, lang) + FIXED + unit + "\n" + percent(row.level, lang), (row.value, 0.04), xytext=(-3 if left else 3, 0),
                          textcoords="offset points", fontsize=SMALL, va="bottom", ha="right" if left else "left", linespacing=1.1)
    if math.isfinite(given):
        both = readings(file)
        axes.plot([given] * 2, [0, 1], color=INK["neutral"], linewidth=1)
        for key, marker in (("waits", "o"), ("unpaid", "D")):
            axes.plot(given, both[key][0], marker, color=INK["neutral"], markersize=5, markerfacecolor="white" if key == "unpaid" else INK["neutral"])
        words = "\n".join([report.say("holds_given", amount=terms.short(given, lang))]
                          + [report.say("holds_" + key, p=report.rate(both[key][0])) for key in both]
                          + [report.say("holds_paid", p=report.rate(paid_share(file)))])
        left = given > 0.5 * reach
        axes.annotate(words, (given, 0.62), xytext=(-6 if left else 6, 0), textcoords="offset points", ha="right" if left else "left", va="center",
                      fontsize=SMALL, fontweight="bold", color=INK["neutral"], bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1})
    axes.set_xlim(0, reach)
    axes.set_ylim(0, 1.04)
    style.tick_numbers(axes.xaxis, lang, worth, most=7)
    style.tick_numbers(axes.yaxis, lang, 0.01, FIXED + "%", most=4)
    return report.figure("holds", report.say("holds"), report.say("holds_sub", unit=unit), figure, pd.DataFrame({"dotation": x, "probability": p}), [], "band_holds")


def sentence_of_losses(report):
    file = report.main
    flows, due = portfolio(file), file.stat(file.due, "payouts_due", "mean")
    lost = file.total("with", LOSSES).mean()
    gains = "first_no_gains" if all(file.stat("with", m, "mean") == 0 for m in ("upside_received",)) and not terms.is_on(
        file, terms.layers(file)[0] + ".net_of_gains") else "first_gains"
    values = {"volume": report.three(file.stat("with", "covered_volume", "mean")), "lost": report.three(lost), "due": report.three(due),
              "multiple": number(file.stat("with", "multiple_of_cost", "mean"), 2, report.lang), "gains": report.say(gains)}
    if flows is None:
        return report.say("first_losses_alone", **values)
    return report.say("first_losses", income=report.three(flows["income"]), gained=report.three(flows["gains"]), **values)


def sentence_of_cost(report):
    file, lang = report.main, report.lang
    branch, name = file.of_due("net_cost")
    values = {"cost": report.three(file.stat(branch, name, "mean")), "far": report.three(file.quantile(branch, name, 0.95)),
              "cents": number(100 * file.stat(*file.of_due("net_cost_per_euro"), "mean"), 1, lang), "paid": report.three(file.stat("with", "net_cost", "mean"))}
    budget, operator = file.series("with", "state_budget")["mean"], file.series("with", "state_operator_cost")["mean"]
    heavy = (budget + operator).idxmax()
    key = "first_cost" if file.has_dotation else "first_cost_evaluative"
    return report.say_known(key, key + "_mean", year=heavy, heaviest=report.three(budget[heavy] + operator[heavy]), **values)


def sentence_of_dotation(report):
    file = report.main
    needed = {row.level: row for row in file.needed().itertuples()}
    far = {f"needed{100 * level:.0f}": report.three(needed[level].value if math.isfinite(needed[level].high) else math.nan) for level in (0.95, 0.99)}
    if not file.has_dotation:
        return report.say_known("first_no_dotation", "first_no_dotation_95", "first_no_dotation_none", **far)
    both = readings(file)
    return report.say_known("first_dotation", "first_dotation_95", "first_dotation_none", given=terms.short(file.dotation(), report.lang),
                            waits=report.rate(both["waits"][0]), unpaid=report.rate(both["unpaid"][0]), share=report.rate(paid_share(file)), **far)


def first_page(page, report):
    """Everything on one sheet."""
    if not report.main.has_guarantee:
        return
    with page.block("first"):
        page.terms(report.say("terms"), terms.guarantee(report))
        page.bullets([sentence(report) for sentence in (sentence_of_losses, sentence_of_cost, sentence_of_dotation)])
        for draw in (losses, account, holds):
            page.figure(draw(report), slide=draw)
        page.heading(report.say("first_not_shown"))
        page.paragraph(report.say("first_not_shown_text"))
