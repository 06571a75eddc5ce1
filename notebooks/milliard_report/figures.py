# SPDX-License-Identifier: GPL-3.0-or-later
"""One short function per figure. Each takes a Report and gives a Figure: drawing, data, sentences; or None when the
file has not what it shows. Every number in a sentence is computed here from the file, and only here."""
import re
import string
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from . import sensitivity, style, texts
from .open import is_long_enough
from .style import COLOUR, GREYS, INK, SMALL
from .typography import FIXED, decimals_for, estimate, money_scale, number, percent, quantity, significant

WHISKER, VALUE = 0.24, 0.08   # of a row: how far below the middle of a bar its interval is drawn, how far above its value
CI = 1.959964   # half-width of a 95 % interval, in standard errors
LOSSES = ("loss_default", "loss_exit", "loss_forced")
BPIFRANCE = (20.0, 30.0)   # financing per euro of dotation: 10 to 15 guaranteed, doubled by banks (hearing at the Assemblée nationale, about 2015)
HEAP = 0.0025   # width of the heap of net IRR that a catch-up makes above the hurdle


@dataclass
class Figure:
    name: str
    title: str
    subtitle: str       # what is drawn, and its unit
    footer: str         # where it comes from, and what its bands mean
    drawing: object
    margins: tuple      # inches that title and unit take above, provenance below
    data: pd.DataFrame
    text: list = field(default_factory=list)


class Report:
    """The files a report is made from, its language, and the ways both are put into words."""

    def __init__(self, files, lang, sensitivity=None, left_out=(), bridge=None, alternatives=None, stories=()):
        self.files, self.lang, self.main, self.sensitivity, self.bridge = files, lang, files[0], sensitivity, bridge
        self.alternatives, self.stories = alternatives, stories
        self.left_out = left_out   # names of files that this reader is not shown

    @property
    def title(self):
        titles = self.main.title
        return texts.printed(titles[self.lang] or titles["en"] or titles["fr"] or self.main.name, self.lang)

    def say(self, key, **values):
        return texts.say(self.lang, key, **values)

    def say_known(self, *keys, **values):
        """The first of some texts, the fullest first, that says nothing not estimable; None when all would."""
        for key in keys:
            names = {name for _, name, _, _ in string.Formatter().parse(texts.pick(texts.TEXTS[key], self.lang))}
            if not any(values.get(name) == self.say("not_estimable") for name in names):
                return self.say(key, **values)
        return None

    def known(self, value, kind):
        """A quantile with its unit, or that the paths are too few for it."""
        return quantity(value, kind, self.lang) if np.isfinite(value) else self.say("not_estimable")

    def label(self, measure):
        return self.main.label(measure, self.lang)

    def about(self):
        """Where the numbers come from, file by file, and how to read them: pairs (kind, sentence)."""
        for f in self.files:
            yield "head", self.say("head" if f.has_fund else "head_scheme", name=f.called, paths=number(f.paths, 0, self.lang), seed=f.seed, date=texts.date(f.first_closing, self.lang),
                                   version=f.version, commit=f.commit, model=f.model_version, stream=f.stream_version)
            for key, when in (("interrupted", f.interrupted), ("few_paths", f.paths < 1000)):
                if when:
                    yield "warning", self.say(key)
            for warning in f.warnings:
                yield "warning", self.say("warning", words=" ".join(filter(None, (warning["text_" + self.lang], warning["meant_" + self.lang]))))
        yield "note", self.say("error_note")

    def series_label(self, series):
        return self.main.series_label(series, self.lang)

    def undefined(self, measure):
        """What the means of a measure leave out, when some paths have no value: a sentence, or nothing."""
        file = self.main
        left = {b: int(file.stat(b, measure, "undefined")) for b in file.branches if file.stat(b, measure, "count") > 0}
        if not any(left.values()):
            return []
        count = {b: number(n, 0, self.lang) for b, n in left.items()}
        both = file.stat("difference", measure, "count") if len(left) == 2 else file.paths
        if len(left) == 2 and both < file.paths - min(left.values()):
            return [self.say("undefined_pair", label=self.label(measure), without=count["without"], with_=count["with"],
                             both=number(both, 0, self.lang))]
        return [self.say("undefined", label=self.label(measure), n=next(iter(count.values())))]

    def kind(self, measure):
        return self.main.quantity(measure)

    def of_pair(self, pair):
        """The text of a pair in the report's language, or that its source does not say."""
        return texts.typeset(texts.pick(pair, self.lang), self.lang) or self.say("not_stated")

    def mean(self, branch, measure, difference=False, file=None):
        """Mean ± standard error of a measure, with its unit; of the main file unless another is given."""
        file = file or self.main
        return estimate(file.stat(branch, measure, "mean"), file.stat(branch, measure, "mean_error"), self.kind(measure), self.lang, difference)

    def cell(self, branch, measure):
        """A mean in a table; of the payback, the share of paths that have one before it, in the same cell."""
        if measure != "payback_years":
            return self.mean(branch, measure)
        share = self.main.stat(branch, measure, "count") / self.main.paths
        return self.say("payback_cell", share=self.rate(share), years=self.mean(branch, measure))

    def issuers(self):
        """What issuers gain by the guarantee, in a sentence."""
        price, lang = self.main.cover_price, self.lang
        if price is None:
            return self.say("issuers_nothing")
        return self.say("issuers_gain", price=quantity(price[0], "rate", lang), fee=quantity(price[1], "rate", lang),
                        gain=self.mean(self.main.due, "interest_spared"))

    def at(self, branch, measure, level):
        """A quantile of the main file, or that the paths are too few for it."""
        return self.known(self.main.quantile(branch, measure, level), self.kind(measure))

    def nine_in_ten(self, measure, branch="with"):
        """From the 5 % to the 95 % quantile, with the guarantee."""
        ends = [self.at(branch, measure, level) for level in (0.05, 0.95)]
        return self.say("not_estimable") if self.say("not_estimable") in ends else " – ".join(ends)

    def derived(self, name, kind="rate"):
        """Ratio of means ± standard error, with the guarantee; one path has none."""
        value, error = self.main.derived(name)
        return estimate(value, error, kind, self.lang) if np.isfinite(value) else self.say("not_estimable")

    def money(self, value):
        return quantity(value, "money", self.lang)

    def three(self, value):
        """An amount to three significant digits, or that the paths are too few for it."""
        return significant(value, "money", self.lang) if np.isfinite(value) else self.say("not_estimable")

    def rate(self, value, decimals=1):
        return quantity(value, "rate", self.lang, decimals)

    def provenance(self, band, files=None, also="", paths=None):
        """Scenario, paths, seed and what the band means, drawn from the fewest `paths`: the foot of every figure."""
        if not is_long_enough(paths or min(f.paths for f in files or [self.main]), 0.05) and band + "_few" in texts.TEXTS:
            band += "_few"
        who = [" · ".join((f.called, self.say("paths", n=number(f.paths, 0, self.lang)), self.say("seed", seed=f.seed)))
               for f in (files or [self.main])]
        between = "\u202f; " if self.lang == "fr" else "; "
        return between.join(who) + " — " + self.say(band) + (between + also if also else "")

    def branch_of(self, file, branch):
        """The branch, after the scenario's name where several are compared; a long name is cut, never the branch."""
        return (style.wrap(file.called, SMALL, 1.3, 1) + " · " if len(self.files) > 1 else "") + self.say(branch)

    def figure(self, name, title, subtitle, drawing, data, text, band, files=None, also="", paths=None):
        footer = self.provenance(band, files, also, paths)
        margins = style.dress(drawing, title, subtitle, footer)
        return Figure(name, title, subtitle, footer, drawing, margins, data, [sentence for sentence in text if sentence])


def joined(frames):
    """Tables of several branches under one another, the branch in the first column."""
    return pd.concat([frame.reset_index().assign(branch=branch) for branch, frame in frames.items()], ignore_index=True)


def spread(file, branch, measure):
    """Mean, its error, and quantiles of a measure, as one row of data."""
    row = {"branch": branch, "measure": measure, "mean": file.stat(branch, measure, "mean"),
           "mean_error": file.stat(branch, measure, "mean_error")}
    row.update({f"q{level:g}": file.quantile(branch, measure, level) for level in file.quantile_levels})
    return row


def quantiles(columns, levels):
    """Of each column of paths: an array of level × column, NaN where they are too few."""
    return np.array([[np.quantile(c, level) if is_long_enough(len(c), level) else np.nan for c in columns] for level in levels])


def mean_and_error(column):
    """Of one value a path; one path has no error."""
    return column.mean(), column.std(ddof=1) / np.sqrt(len(column)) if len(column) > 1 else np.nan


def scale_of(*frames):
    """The unit for means and, where they are known, nine cases out of ten."""
    return money_scale(np.nanmax([f[["mean", "q0.05", "q0.95"]].abs().max().max() for f in frames]))


# ---- fans ----

def fans(report, branches, names):
    """Series to be drawn as fans, by branch and name; None when one is missing, or the paths are too few for a median."""
    frames = {(b, n): report.main.series(b, n) for b in branches for n in names}
    known = all(frame is not None for frame in frames.values()) and is_long_enough(report.main.paths, 0.5)
    return frames if known else None


def jcurve(report):
    frames = fans(report, report.main.branches, ["net_position_a"])
    if not frames:
        return None
    frames = {branch: frame for (branch, _), frame in frames.items()}
    worth, unit = scale_of(*frames.values())
    figure, ((axes,),) = style.panels(height=2.8)
    style.zero_line(axes)
    for branch, frame in frames.items():
        style.fan(axes, frame, branch, band=branch == report.main.main)
    ends = {b: f["q0.5"].iloc[-1] for b, f in frames.items()}
    for branch, frame in frames.items():
        up = len(ends) == 1 or ends[branch] == max(ends.values())
        style.name_line(axes, frame.index[-1], ends[branch], report.say(branch) if len(ends) > 1 else report.say("median"), branch,
                        xytext=(5, 5 if up else -5))
    style.tick_numbers(axes.yaxis, report.lang, worth)
    style.tick_numbers(axes.xaxis, report.lang, most=7)
    axes.set_xlim(0, frames[report.main.main].index[-1])
    axes.set_xlabel(report.say("years_axis"), fontsize=SMALL)
    branch = report.main.main
    last = frames[branch].iloc[-1]
    text = [report.say_known("jcurve_text", "jcurve_text_median", low=report.money(frames[branch]["mean"].min()),
                             branch=report.say(branch), end=report.known(last["q0.5"], "money"), end5=report.known(last["q0.05"], "money"),
                             end95=report.known(last["q0.95"], "money"))]
    steps = np.diff(frames[branch]["q0.5"])
    if len(steps) > 1 and steps[-1] > 2 * max(steps[-2], 0):
        text.append(report.say("jcurve_end"))
    if "payback_years" in report.main.measures.index:
        share = report.main.stat(branch, "payback_years", "count") / report.main.paths
        text.append(report.say("payback_text", share=report.rate(share), branch=report.say(branch)))
    return report.figure("jcurve", report.say("jcurve"), report.say("jcurve_sub", unit=unit), figure, joined(frames), text, "band_fan",
                         also=report.say("dotted") if len(frames) > 1 and is_long_enough(report.main.paths, 0.05) else "")


def cash(report):
    branch = report.main.main
    names = ["calls", "distributions", "nav", "invested", "income", "capital"]
    frames = fans(report, [branch], names)
    if not frames:
        return None
    frames = {name: frame for (_, name), frame in frames.items()}
    worth, unit = scale_of(*frames.values())
    figure, grid = style.panels(2, 3, height=3.6)
    for axes, (name, frame) in zip(grid.flat, frames.items()):
        style.fan(axes, frame, branch)
        axes.set_title(style.wrap(report.series_label(name), SMALL, 1.5, 2), fontsize=SMALL, loc="left")
        axes.set_ylim(bottom=min(0, frame["q0.05"].min()))
        style.tick_numbers(axes.yaxis, report.lang, worth, most=4)
        axes.xaxis.set_major_locator(style.MaxNLocator(nbins=4, integer=True))
    text = [report.say("cash_text", paid_in=report.mean(branch, "paid_in"), cost=report.mean(branch, "cost"), branch=report.say(branch))]
    data = pd.concat([f.reset_index().rename(columns={f.index.name: "time"}).assign(series=n) for n, f in frames.items()])
    return report.figure("cash", report.say("cash"), report.say("cash_sub", unit=unit, branch=report.say(branch)), figure, data,
                         text, "band_fan")


def year_axis(axes, most=6):
    axes.xaxis.set_major_locator(style.MaxNLocator(nbins=most, integer=True))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")


def balance(report):
    frames = fans(report, ["with"], ["state_balance"])
    if not frames or not report.main.has_dotation:
        return None
    frame = frames["with", "state_balance"]
    worth, unit = scale_of(frame)
    figure, ((axes,),) = style.panels(height=1.7)
    style.fan(axes, frame, "with")
    axes.set_ylim(bottom=0)
    style.tick_numbers(axes.yaxis, report.lang, worth)
    axes.set_xlim(frame.index[0], frame.index[-1])
    axes.xaxis.set_major_locator(style.MaxNLocator(nbins=7, integer=True))
    style.name_line(axes, frame.index[-1], frame["q0.5"].iloc[-1], report.say("median"), "with")
    text = [report.say("balance_text", given=report.money(report.main.dotation()), exhausted=report.mean("with", "exhausted"),
                       residual=report.mean("with", "residual_balance"))]
    return report.figure("balance", report.say("balance"), report.say("balance_sub", unit=unit), figure, frame.reset_index(), text, "band_fan")


# ---- distributions ----

def classes(columns, zero=None, bins=48, frame=(0.002, 0.998)):
    """Edges of equal classes that hold nearly all values of all columns, `zero` among them, and the largest share left out of a column."""
    values = np.concatenate(columns)
    low, high = np.quantile(values, frame if frame[0] * len(values) >= 1 else (0, 1))   # of few values none is left out
    if not high > low:
        low, high = low - 0.5 * (abs(low) or 1) * 0.1, high + 0.5 * (abs(high) or 1) * 0.1
    edges = np.linspace(low, high, bins + 1)
    if zero is not None and low < zero < high:     # a hair below: what is zero but for rounding is not on the side of losses
        edges = zero - 1e-9 + (edges[1] - edges[0]) * (np.arange(bins + 2) - np.ceil((zero - low) / (edges[1] - edges[0])))
    return edges, max(float(np.mean((c < edges[0]) | (c > edges[-1]))) for c in columns)


def distribution(report, name, title, subtitle, columns, worth=1.0, suffix="", medians=None, names=None, text=(), zero=None, also=""):
    """Outlined histograms, one per branch, each named at its median and with the interval of that median."""
    columns = {b: c[np.isfinite(c)] for b, c in columns.items()}
    columns = {b: c for b, c in columns.items() if len(c)}
    if not columns:
        return None
    edges, outside = classes(list(columns.values()), zero)
    figure, ((axes,),) = style.panels(height=2.4)
    data = pd.DataFrame({"from": edges[:-1], "to": edges[1:]})
    order = sorted(columns, key=lambda b: np.median(columns[b]))
    decimals = 2 if all(abs(np.median(c)) < 10 * worth for c in columns.values()) else 1
    for branch, column in columns.items():
        share = np.histogram(column, edges)[0] / len(column)
        data["share_" + branch] = share
        axes.stairs(share, edges, color=COLOUR[branch], fill=True, alpha=0.22, linewidth=0)
        axes.stairs(share, edges, color=COLOUR[branch], linewidth=1.6)
    top = axes.get_ylim()[1]
    lines = 1 + max((names or {}).get(b, " ").count("\n") + 1 if (names or {}).get(b, " ") else 0 for b in columns)
    room = 1 + 0.1 * lines
    low, high = edges[0] - 0.04 * (edges[-1] - edges[0]), edges[-1] + 0.04 * (edges[-1] - edges[0])
    for branch, column in columns.items():
        median, estimable = float(np.median(column)), is_long_enough(len(column), 0.5)
        if medians and branch in medians:
            axes.axvspan(*medians[branch], color=COLOUR[branch], alpha=0.35, linewidth=0)
        if estimable:
            axes.axvline(median, ymax=0.98, color=INK[branch], linewidth=1.1)
        left = len(order) > 1 and branch == order[0]
        words = (names or {}).get(branch, report.say(branch) if branch != "neutral" else "")
        if estimable:
            words = (words + "\n" if words else "") + report.say("median") + FIXED + number(median / worth, decimals, report.lang) + suffix
        style.name_line(axes, median, top * (room - 0.01), words, branch, xytext=(-5 if left else 5, 0), ha="right" if left else "left", va="top")
        wide = (max(style.width_of(line, SMALL, "bold") for line in words.split("\n")) + 0.12) / (style.WIDTH - 0.85)
        if left:       # the frame grows until the name is inside
            low = min(low, (median - wide * high) / (1 - wide))
        else:
            high = max(high, (median - wide * low) / (1 - wide))
    if zero is not None and edges[0] < zero < edges[-1]:
        axes.axvline(zero, color="#9CA3AF", linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)
    axes.set_xlim(low, high)
    axes.set_ylim(0, top * room)
    style.tick_numbers(axes.yaxis, report.lang, 0.01, FIXED + "%", most=4)
    style.tick_numbers(axes.xaxis, report.lang, worth, suffix)
    axes.set_ylabel(report.say("share_paths"), fontsize=SMALL)
    text = list(text)
    if outside > 0:
        text.append(report.say("outside", share=percent(float(f"{outside:.1g}"), report.lang)))
    return report.figure(name, title, subtitle, figure, data, text, "band_hist", also=also)


def _interval(file, branch, measure):
    low, high = (file.quantile(branch, measure, 0.5, bound) for bound in ("_low", "_high"))
    return (low, high) if np.isfinite(low + high) else None


def measure_distribution(report, measure, zero=None):
    """Distribution of a measure in each branch, and its means in words."""
    file = report.main
    branches = [b for b in file.branches if file.has(b, measure)]
    if not branches:
        return None
    kind = report.kind(measure)
    worth, suffix = {"rate": (0.01, FIXED + "%"), "money": (1e6, FIXED + "M€")}.get(kind, (1.0, ""))
    same = len(branches) == 2 and np.array_equal(*(file.measure(b, measure) for b in branches), equal_nan=True)
    if len(branches) == 2 and not same:
        text = [report.say("dist_text", label=report.label(measure), without=report.mean("without", measure),
                           with_=report.mean("with", measure), difference=report.mean("difference", measure, True))]
    else:
        branches = branches[-1:]
        text = [report.say_known("dist_text_one", "dist_text_mean", label=report.label(measure), value=report.mean(branches[0], measure),
                                 low=report.at(branches[0], measure, 0.05), high=report.at(branches[0], measure, 0.95))]
    text += report.undefined(measure)
    medians = {"neutral" if same else b: i for b in branches if (i := _interval(file, b, measure))}
    unit = {"rate": "%", "money": "M€"}.get(kind, "×")
    return distribution(report, measure, report.label(measure), report.say("dist_sub", unit=unit),
                        {"neutral" if same else b: file.measure(b, measure) for b in branches}, worth, suffix, medians, text=text, zero=zero)


def irr(report):
    figure = measure_distribution(report, "net_irr_a" if report.main.has_fund else "gross_irr", 0.0)
    hurdle = report.main.hurdle()
    if figure and report.main.has_fund and report.main.parameter("fund.catch_up") > 0 and np.isfinite(hurdle):
        rate = report.main.measure(report.main.main, "net_irr_a")
        share = float(np.mean((rate >= hurdle - 1e-9) & (rate < hurdle + HEAP)))
        if share >= 0.01:
            figure.text.append(report.say("hurdle_text", hurdle=percent(hurdle, report.lang), share=report.rate(share),
                                          heap=number(100 * HEAP, 2, report.lang), branch=report.say(report.main.main)))
    return figure


def tvpi(report):
    figure = measure_distribution(report, "tvpi_a" if report.main.has_fund else "multiple_of_cost", 1.0)
    if figure and report.main.has_fund:
        share = float(np.mean(np.abs(report.main.measure(report.main.main, "tvpi_a") - 1) < 1e-9))
        if share >= 0.005 and report.main.has(report.main.main, "tvpi_b"):
            figure.text.append(report.say("first_loss_text", share=report.rate(share), branch=report.say(report.main.main)))
    return figure


def paired(report):
    file = report.main
    if len(file.branches) < 2 or not file.has("with", "net_irr_a"):
        return None
    gain = file.measure("with", "net_irr_a") - file.measure("without", "net_irr_a")
    finite = gain[np.isfinite(gain)]
    text = [report.say("paired_text", mean=report.mean("difference", "net_irr_a", True),
                       share=report.rate(float(np.mean(finite < -1e-9))))]
    interval = _interval(file, "difference", "net_irr_a")
    return distribution(report, "paired", report.say("paired"), report.say("paired_sub"), {"difference": gain}, 0.01, FIXED + "pt",
                        {"difference": interval} if interval else None, {"difference": ""}, text, zero=0.0)


# ---- bars ----

def bars(axes, labels, means, low, high, colours, lang, worth, values=None, names=1.7):
    """Horizontal bars from zero, the value written where the bar ends, a thin line from low to high below it; names `names` inches wide at most."""
    y = np.arange(len(labels))[::-1]
    axes.barh(y, means, color=colours, height=0.62)
    style.whiskers(axes, y - (WHISKER if values else 0), low, high, horizontal=True)
    axes.axvline(0, color="#374151", linewidth=0.7)
    axes.spines["left"].set_visible(False)
    style.name_rows(axes, y, labels, names)
    ends = np.concatenate([means, low, high])
    ends = ends[np.isfinite(ends)]      # one path has no error, few have no far quantile
    reach = max(0, *ends), min(0, *ends)
    width = (reach[0] - reach[1]) or 1
    for position, mean, word in zip(y, means, values or []):
        axes.annotate(word, (max(mean, 0), position + VALUE), xytext=(4, 0), textcoords="offset points", va="center", fontsize=SMALL, color="#111827")
    axes.set_xlim(reach[1] - 0.02 * width if reach[1] < 0 else 0, reach[0] + (0.24 if values else 0.05) * width)
    style.tick_numbers(axes.xaxis, lang, worth, most=5)


def mix(report):
    file, lang = report.main, report.lang
    names = file.instruments()
    if not names:
        return None
    labels = [file.instrument_label(n, lang) for n in names]
    cost = np.array([file.stat("without", "cost_" + n, "mean") for n in names])
    rates = {n: {} for n in names}
    for n in names:
        for loss in LOSSES:
            rates[n][loss] = file.ratio("without", [f"{loss}_{n}"], ["cost_" + n])
        rates[n]["all"] = file.ratio("without", [f"{loss}_{n}" for loss in LOSSES], ["cost_" + n])
        total, paid = file.total("without", [f"{loss}_{n}" for loss in LOSSES]), file.measure("without", "cost_" + n)
        rates[n]["spread"] = quantiles([total[paid > 0] / paid[paid > 0]], (0.05, 0.95))[:, 0]
    worth, unit = money_scale(cost.max())
    figure, ((left, right),) = style.panels(1, 2, height=3.1, sharey=True)
    bars(left, labels, cost, *(np.array([file.quantile("without", "cost_" + n, q) for n in names]) for q in (0.05, 0.95)),
         COLOUR["neutral"], lang, worth, [number(c / worth, 1, lang) for c in cost])
    whole = np.nan_to_num([rates[n]["all"][0] for n in names])      # of the parts drawn below
    bars(right, labels, whole, *(np.array([rates[n]["spread"][i] for n in names]) for i in (0, 1)), "none", lang, 0.01,
         [number(100 * rates[n]["all"][0], 1, lang) for n in names])
    y, start = np.arange(len(names))[::-1], np.zeros(len(names))
    for loss, grey in zip(LOSSES, GREYS):
        part = np.array([rates[n][loss][0] for n in names])
        right.barh(y, part, left=start, color=grey, height=0.62, label=report.say(loss), zorder=2)
        start += part
    right.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False, fontsize=SMALL, handlelength=1, columnspacing=0.8,
                 handletextpad=0.4)
    all_losses = file.total("without", LOSSES)
    worst = max(names, key=lambda n: rates[n]["all"][0])
    text = [report.say("mix_text", cost=report.mean("without", "cost"), losses=estimate(*mean_and_error(all_losses), "money", lang),
                       rate=estimate(*file.ratio("without", LOSSES, ["cost"]), "rate", lang),
                       worst=file.instrument_label(worst, lang), worst_rate=estimate(*rates[worst]["all"], "rate", lang))] if file.paths > 1 else []
    data = pd.DataFrame([{"instrument": n, "label": label, "cost": c, "loss_rate": rates[n]["all"][0], "loss_rate_error": rates[n]["all"][1],
                          **{"rate_" + loss: rates[n][loss][0] for loss in LOSSES}, "loss_rate_q0.05": rates[n]["spread"][0],
                          "loss_rate_q0.95": rates[n]["spread"][1]} for n, label, c in zip(names, labels, cost)])
    return report.figure("mix", report.say("mix"), report.say("mix_sub", unit=unit), figure, data, text, "band_spread")


def forms(report):
    file, lang = report.main, report.lang
    pairs = [(texts.legal_form(name, lang), f"loss_form_{i + 1}") for i, name in enumerate(file.legal_forms())
             if f"loss_form_{i + 1}" in file.measures.index and file.stat("without", f"loss_form_{i + 1}", "maximum") > 0]
    if not pairs:
        return None
    rows = [spread(file, "without", m) | {"form": label} for label, m in pairs]
    data = pd.DataFrame(rows)
    worth, unit = scale_of(data)
    figure, ((axes,),) = style.panels(height=0.7 + 0.45 * len(pairs))
    bars(axes, [p[0] for p in pairs], data["mean"].to_numpy(), data["q0.05"].to_numpy(), data["q0.95"].to_numpy(), COLOUR["neutral"], lang,
         worth, [number(v / worth, 1, lang) for v in data["mean"]])
    text = [report.say_known("forms_text", "forms_text_mean", form=label, mean=report.mean("without", m), high=report.at("without", m, 0.95))
            for label, m in pairs]
    return report.figure("forms", report.say("forms"), report.say("forms_sub", unit=unit), figure, data, text, "band_spread")


def fees(report):
    file, lang = report.main, report.lang
    names = [m for m in ("management_fees", "other_costs", "guarantee_costs", "carry", "beneficiary")
             if m in file.measures.index and any(file.stat(b, m, "maximum") > 0 for b in file.branches)]
    if not file.has_fund or not names:
        return None
    rows = [spread(file, b, m) for m in names for b in file.branches]
    data = pd.DataFrame(rows)
    worth, unit = money_scale(data["mean"].max())
    labels = [report.label(r["measure"]) + (" · " + report.say(r["branch"]) if len(file.branches) > 1 else "") for r in rows]
    figure, ((axes,),) = style.panels(height=0.6 + 0.38 * len(rows))
    bars(axes, labels, data["mean"].to_numpy(), data["q0.05"].to_numpy(), data["q0.95"].to_numpy(), [COLOUR[r["branch"]] for r in rows],
         lang, worth, [quantity(v, "money", lang) for v in data["mean"]], names=2.3)
    carry = file.measure(file.main, "carry")
    text = [report.say("fees_text", management=report.mean(file.main, "management_fees"), carry=report.mean(file.main, "carry"),
                       share=report.rate(float(np.mean(carry > 0))), branch=report.say(file.main))]
    return report.figure("fees", report.say("fees"), report.say("fees_sub", unit=unit), figure, data, text, "band_spread")


def quota(report):
    file, lang = report.main, report.lang
    limit = file.parameter("fund.max_issuer_share")
    rules = [("quota_ratio", 0.5, 1), ("largest_issuer_share", limit, -1), ("loan_ratio", 0.1, -1)]
    if not all(file.has("without", m) for m, _, _ in rules) or not np.isfinite(limit):
        return None
    data = pd.DataFrame([spread(file, "without", m) | {"limit": bound} for m, bound, _ in rules])
    figure, ((axes,),) = style.panels(height=1.8)
    bars(axes, [report.label(m) for m, _, _ in rules], data["mean"].to_numpy(), data["q0.05"].to_numpy(), data["q0.95"].to_numpy(),
         COLOUR["neutral"], lang, 0.01)
    for y, (measure, bound, way) in zip((2, 1, 0), rules):
        axes.vlines(bound, y - 0.42, y + 0.42, color="#111827", linewidth=1.6, linestyle=(0, (2, 1)))
        value = file.stat("without", measure, "mean")
        words = report.say("at_least" if way > 0 else "at_most", limit=percent(bound, lang))
        axes.annotate(report.rate(value) + " · " + words, (max(value, bound, file.quantile("without", measure, 0.95)), y), xytext=(5, 0),
                      textcoords="offset points", va="center", fontsize=SMALL)
    axes.set_xlim(0, 1.7)
    axes.set_xticks(np.arange(0, 1.01, 0.2))
    axes.spines["bottom"].set_bounds(0, 1)
    held = [float(np.mean(way * (file.measure("without", m) - bound) >= -1e-9)) for m, bound, way in rules]
    text = [report.say("quota_text", quota=report.rate(held[0]), issuer=report.rate(held[1]), loans=report.rate(held[2]))]
    return report.figure("quota", report.say("quota"), report.say("quota_sub"), figure, data, text, "band_spread")


def multipliers(report):
    """(key of the text, denominator, multiplier, its error) for the three denominators."""
    file = report.main
    volume = file.stat("with", "covered_volume", "mean")
    rows = []
    cost = file.stat(*file.of_due("net_cost"), "mean")
    rows.append(("per_net_cost", cost, *file.derived("covered_per_net_cost_due")))
    given = file.dotation()
    if np.isfinite(given):
        rows.append(("per_dotation", given, volume / given, file.stat("with", "covered_volume", "mean_error") / given))
    else:
        due = file.quantile("with", "payouts_due", 0.95)
        bounds = [file.quantile("with", "payouts_due", 0.95, b) for b in ("_low", "_high")]
        rows.append(("per_due95", due, volume / due, volume / due ** 2 * (bounds[1] - bounds[0]) / (2 * CI)))
    commitment = file.stat("with", "commitment", "mean")
    rows.append(("per_commitment", commitment, *file.derived("covered_per_commitment")))
    return [row for row in rows if row[1] > 0 and np.isfinite(row[2])]


def multiplier(report):
    """Three denominators, never one; beside them what was published on the same basis, financing over dotation."""
    file, lang = report.main, report.lang
    if not file.has_guarantee:
        return None
    ours = multipliers(report)
    labels = [report.say(key, amount=report.money(below)) for key, below, _, _ in ours]
    means, low, high = ([r[2] for r in ours], [r[2] - CI * r[3] for r in ours], [r[2] + CI * r[3] for r in ours])
    colours, words = [COLOUR["with"]] * len(ours), [number(v, 1, lang) for v in means]
    by = {key: value for key, _, value, _ in ours}
    if "per_dotation" in by:
        labels.append(report.say("bpifrance_basis"))
        means, low, high = means + [BPIFRANCE[0]], low + [BPIFRANCE[0]], high + [BPIFRANCE[1]]
        colours, words = colours + [GREYS[1]], words + ["–".join(number(v, 0, lang) for v in BPIFRANCE)]
    figure, ((axes,),) = style.panels(height=0.5 + 0.3 * len(labels))
    bars(axes, labels, np.array(means), np.array(low), np.array(high), colours, lang, 1.0, words, names=2.3)
    second = "dotation" if "per_dotation" in by else "due95"
    text = []
    if len(ours) == 3:
        text.append(report.say("multiplier_text", volume=report.money(file.stat("with", "covered_volume", "mean")),
                               cost=number(by["per_net_cost"], 1, lang), second=number(by["per_" + second], 1, lang),
                               second_name=report.say("second_" + second), commitment=number(by["per_commitment"], 1, lang)))
        if abs(by["per_net_cost"] - by.get("per_dotation", 0)) < 0.2 * by["per_net_cost"]:
            text.append(report.say("multiplier_coincidence"))
    elif {"per_net_cost", "per_commitment"} == set(by) and np.isnan(file.quantile("with", "payouts_due", 0.95)):
        text.append(report.say("multiplier_text_two", volume=report.money(file.stat("with", "covered_volume", "mean")),
                               cost=number(by["per_net_cost"], 1, lang), commitment=number(by["per_commitment"], 1, lang)))
    data = pd.DataFrame({"what": labels, "multiplier": means, "low": low, "high": high})
    return report.figure("multiplier", report.say("multiplier"), report.say("multiplier_sub"), figure, data, text, "band_error")


# ---- investors ----

def loss_probability(report):
    rows, labels = [], []
    for file in report.files:
        for branch in file.branches:
            if file.has(branch, "loss_a"):
                rows.append({"scenario": file.called, "branch": branch, "probability": file.stat(branch, "loss_a", "mean"),
                             "error": file.stat(branch, "loss_a", "mean_error")})
                labels.append(report.branch_of(file, branch))
    if not rows:
        return None
    data = pd.DataFrame(rows)
    p, error = data["probability"].to_numpy(), data["error"].to_numpy()
    figure, ((axes,),) = style.panels(height=0.5 + 0.36 * len(rows))
    bars(axes, labels, p, p - CI * error, p + CI * error, [COLOUR[r["branch"]] for r in rows], report.lang, 0.01,
         [report.rate(v, min(2, decimals_for(100 * e, 1))) for v, e in zip(p, error)],
         names=2.5)
    main = report.main
    if len(main.branches) == 2:
        text = [report.say("loss_text", without=report.mean("without", "loss_a"), with_=report.mean("with", "loss_a"))]
    else:
        text = [report.say("loss_text_one", value=report.mean("without", "loss_a"))]
    return report.figure("loss_probability", report.say("loss_probability"), report.say("loss_sub"), figure, data, text, "band_error",
                         report.files)


def stress(report):
    """Net IRR of class A in each file and branch: median, middle half, nine cases out of ten."""
    files = [f for f in report.files if f.has("without", "net_irr_a")]
    if len(files) < 2:
        return None
    rows = [spread(f, b, "net_irr_a") | {"scenario": f.called} for f in files for b in f.branches]
    data = pd.DataFrame(rows)
    figure, ((axes,),) = style.panels(height=0.6 + 0.34 * len(rows))
    y = np.arange(len(rows))[::-1]
    for position, row in zip(y, rows):
        colour = COLOUR[row["branch"]]
        style.whiskers(axes, position, row["q0.05"], row["q0.95"], True, colour, 1.4, 2)
        style.whiskers(axes, position, row["q0.25"], row["q0.75"], True, colour, 5, 2)
        axes.plot(row["q0.5"], position, "o", color="white", markeredgecolor=INK[row["branch"]], markersize=5)
        reach = [row[q] for q in ("q0.95", "q0.75", "q0.5") if np.isfinite(row[q])]
        axes.annotate(report.known(row["q0.5"], "rate"), (reach[0] if reach else 0, position), xytext=(5, 0), textcoords="offset points", va="center",
                      fontsize=SMALL)
    axes.axvline(0, color="#374151", linewidth=0.7, zorder=0)
    style.name_rows(axes, y, [report.branch_of(f, b) for f in files for b in f.branches], 2.5)
    axes.margins(x=0.12)
    style.tick_numbers(axes.xaxis, report.lang, 0.01)
    text = []
    for f in files:
        keys = ("stress_text", "stress_text_median") if len(f.branches) == 2 else ("stress_text_one", "stress_text_one_median")
        without, with_, low = (report.known(f.quantile(branch, "net_irr_a", level), "rate")
                               for branch, level in (("without", 0.5), (f.main, 0.5), (f.main, 0.05)))
        text.append(report.say_known(*keys, "stress_text_none", name=f.called, without=without, with_=with_, low=low))
    return report.figure("stress", report.say("stress"), report.say("stress_sub"), figure, data, text, "band_points", files)


def worst_years(report):
    """Yearly flows of class A on the trajectories kept: the differences of its cumulated position."""
    file, lang = report.main, report.lang
    flows = {}
    for branch in file.branches:
        position = file.trajectories(branch, "net_position_a")
        if position is None or position.shape[0] < 20:
            return None
        m = file.periods_per_year
        ends = position[:, m - 1::m]
        flows[branch] = np.diff(np.column_stack([np.zeros(len(ends)), ends]), axis=1)
    q = {b: quantiles(f.T, (0.05, 0.25, 0.5, 0.75, 0.95)) for b, f in flows.items()}
    worth, unit = money_scale(max(np.nanmax(np.abs(v)) for v in q.values()))
    figure, ((axes,),) = style.panels(height=2.5)
    style.zero_line(axes)
    for i, (branch, v) in enumerate(q.items()):
        x = np.arange(1, v.shape[1] + 1) + (0.28 * (i - 0.5) if len(q) > 1 else 0)
        style.whiskers(axes, x, v[0], v[4], False, COLOUR[branch], 1.3, 2)
        style.whiskers(axes, x, v[1], v[3], False, COLOUR[branch], 4, 2)
        axes.plot(x, v[2], "o", color="white", markeredgecolor=INK[branch], markersize=4)
        axes.text(0.01, 0.97 - 0.08 * i, report.say(branch), color=INK[branch], fontweight="bold", fontsize=SMALL, va="top",
                  transform=axes.transAxes)
    axes.set_xticks(np.arange(1, v.shape[1] + 1))
    axes.set_xlabel(report.say("year_axis"), fontsize=SMALL)
    style.tick_numbers(axes.yaxis, lang, worth)
    main = q[file.main]
    worst = int(np.argmin(main[2]))
    ordinal = str(worst + 1) + ("r" if worst == 0 and lang == "fr" else "")
    text = [report.say_known("worst_years_text", "worst_years_text_median", year=ordinal, median=report.money(main[2, worst]),
                             low=report.known(main[0, worst], "money"), branch=report.say(file.main))]
    data = joined({b: pd.DataFrame(v.T, columns=["q0.05", "q0.25", "q0.5", "q0.75", "q0.95"],
                                   index=pd.Index(np.arange(1, v.shape[1] + 1), name="year")) for b, v in q.items()})
    kept = next(iter(flows.values())).shape[0]
    return report.figure("worst_years", report.say("worst_years"), report.say("worst_years_sub", unit=unit), figure, data, text, "band_points",
                         paths=kept, also=report.say("trajectories_kept", n=number(kept, 0, lang), all=number(file.paths, 0, lang)))


def gain(report):
    file, lang = report.main, report.lang
    if len(file.branches) < 2 or not file.has_fund:
        return None
    names = [m for m in ("distributed_a", "distributed_b", "capital_c", "carry", "beneficiary", "management_fees", "other_costs",
                         "guarantee_costs", "paid_in") if m in file.measures.index and (file.stat("difference", m, "maximum") != 0
                                                                             or file.stat("difference", m, "minimum") != 0)
             and np.isfinite(file.stat("difference", m, "mean"))]
    if not names:
        return None
    data = pd.DataFrame([spread(file, "difference", m) for m in names])
    worth, unit = money_scale(data["mean"].abs().max())
    mean, error = data["mean"].to_numpy(), data["mean_error"].to_numpy()
    figure, ((axes,),) = style.panels(height=0.6 + 0.38 * len(names))
    bars(axes, [report.label(m) for m in names], mean, mean - CI * error, mean + CI * error, COLOUR["difference"], lang, worth,
         [quantity(v, "money", lang, difference=True) for v in mean])
    text = [report.say("gain_text", payouts=report.mean("with", "payouts"), a=report.mean("difference", "distributed_a", True),
                       calls=report.mean("difference", "paid_in", True), guarantor=report.mean("with", "guarantee_costs"),
                       carry=report.mean("difference", "carry", True), issuers=report.issuers())]
    return report.figure("gain", report.say("gain"), report.say("gain_sub", unit=unit), figure, data, text, "band_error")


def drivers(report):
    """Losses by instrument on the worst 5 % of paths against all: what those paths have in common."""
    file, lang = report.main, report.lang
    measure = "tvpi_a" if file.has_fund else "multiple_of_cost"
    ranking, names = file.measure("without", measure), file.instruments()
    if ranking is None or not names:
        return None
    n = max(2, int(round(0.05 * file.paths)))
    if file.paths < n:
        return None
    worst = np.argsort(np.where(np.isnan(ranking), np.inf, ranking), kind="stable")[:n]
    rows = []
    for name in names:
        column = file.total("without", [f"{loss}_{name}" for loss in LOSSES])
        rows.append({"instrument": name, "label": file.instrument_label(name, lang), "mean": column.mean(),
                     "mean_error": column.std(ddof=1) / np.sqrt(len(column)), "worst_mean": column[worst].mean(),
                     "worst_error": column[worst].std(ddof=1) / np.sqrt(n)})
    rows.sort(key=lambda r: r["worst_mean"] - r["mean"], reverse=True)
    data = pd.DataFrame(rows)
    worth, unit = money_scale(data["worst_mean"].max())
    figure, ((axes,),) = style.panels(height=0.7 + 0.4 * len(rows))
    y = np.arange(len(rows))[::-1]
    axes.hlines(y, data["mean"], data["worst_mean"], color=GREYS[2], linewidth=3, zorder=1)
    for key, error, colour in (("mean", "mean_error", COLOUR["neutral"]), ("worst_mean", "worst_error", COLOUR["difference"])):
        axes.hlines(y, data[key] - CI * data[error], data[key] + CI * data[error], color="#111827", linewidth=1.1, zorder=3)
        axes.plot(data[key], y, "o", color=colour, markersize=7, zorder=2)
    # One below its dot and one above: the two may be next to each other.
    axes.annotate(report.say("drivers_all"), (data["mean"][0], y[0]), xytext=(0, -9), textcoords="offset points", ha="center", va="top",
                  fontsize=SMALL, fontweight="bold", color=INK["neutral"])
    axes.annotate(report.say("drivers_worst"), (data["worst_mean"][0], y[0]), xytext=(0, 9), textcoords="offset points", ha="center", fontsize=SMALL,
                  fontweight="bold", color=INK["difference"])
    style.name_rows(axes, y, data["label"])
    axes.set_xlim(0, 1.08 * float((data["worst_mean"] + CI * data["worst_error"]).max()))
    axes.set_ylim(-0.5, len(rows) - 0.2)
    style.tick_numbers(axes.xaxis, lang, worth)
    defaults, losses_ = file.measure("without", "defaults"), file.total("without", LOSSES)

    def both(column, chosen, kind):
        part = column[chosen]
        return estimate(part.mean(), part.std(ddof=1) / np.sqrt(len(part)), kind, lang)
    everyone = np.arange(file.paths)
    text = [report.say("drivers_text", n=number(n, 0, lang), measure=report.label(measure), worst_defaults=both(defaults, worst, "number"),
                       defaults=both(defaults, everyone, "number"), losses=both(losses_, everyone, "money"),
                       worst_losses=both(losses_, worst, "money"), instrument=rows[0]["label"],
                       more=quantity(rows[0]["worst_mean"] - rows[0]["mean"], "money", lang, difference=True))]
    return report.figure("drivers", report.say("drivers"), report.say("drivers_sub", unit=unit), figure, data, text, "band_error")


# ---- from gross to net ----

def basis_points(value, error, lang, difference):
    """A rate, or a difference of two, in basis points with its standard error: to a tenth at most."""
    decimals = min(1, decimals_for(1e4 * error, 1))
    return number(1e4 * value, decimals, lang, difference) + f"{FIXED}±{FIXED}" + number(1e4 * error, decimals, lang)


def bridge_rows(report):
    """The bars of the bridge, top to bottom: label, where each starts and ends, its error, the step it is (None of a level)."""
    table, rows = report.bridge, []
    for _, step in table.steps.iterrows():
        first = step["bridge"] == table.steps["bridge"].iloc[0]
        rows.append({"label": texts.typeset(step["label_" + report.lang], report.lang), "step": step["bridge"], "end": step["irr"],
                     "start": 0.0 if first else step["irr"] - step["irr_change"],
                     "error": step["irr_error"] if first else step["irr_change_error"], "is_level": first})
        if step["bridge"] == table.gross["bridge"]:
            rows.append({"label": report.say("bridge_gross"), "step": "gross", "start": 0.0, "end": step["irr"], "error": step["irr_error"], "is_level": True})
    rows.append({"label": report.say("bridge_net"), "step": "net", "start": 0.0, "end": table.net["irr"], "error": table.net["irr_error"], "is_level": True})
    return pd.DataFrame(rows)


def bridge_colour(row):
    """Levels are dark; a step down is light, one up is middle; the guarantee has its colour."""
    if row["is_level"]:
        return INK["neutral"]
    return COLOUR["with"] if row["step"] == "guarantee" else GREYS[0] if row["end"] >= row["start"] else GREYS[1]


def bridge(report):
    """The waterfall of mean IRRs, from what contracts promise to what class A gets."""
    table, lang = report.bridge, report.lang
    if table is None or not np.isfinite(table.steps["irr"]).all():
        return None
    rows = bridge_rows(report)
    start, end, error = (1e4 * rows[key].to_numpy() for key in ("start", "end", "error"))
    y = np.arange(len(rows))[::-1]
    figure, ((axes,),) = style.panels(height=0.5 + 0.33 * len(rows))
    axes.barh(y, end - start, left=start, color=[bridge_colour(row) for _, row in rows.iterrows()], height=0.62)
    axes.vlines(end[:-1], y[1:] - 0.31, y[:-1] + 0.31, color=INK["neutral"], linewidth=0.6)
    style.whiskers(axes, y, end - CI * error, end + CI * error, horizontal=True)
    for position, low, high, e, (_, row) in zip(y, np.minimum(start, end), np.maximum(start, end), error, rows.iterrows()):
        words = basis_points(row["end"] - row["start"], row["error"], lang, not row["is_level"])
        axes.annotate(words, (high + CI * e, position), xytext=(4, 0), textcoords="offset points", va="center", fontsize=SMALL,
                      fontweight="bold" if row["is_level"] else "normal", color=INK["neutral"])
    axes.axvline(0, color="#374151", linewidth=0.9)
    style.name_rows(axes, y, rows["label"], 1.9, 2)
    lowest, highest = min(0, (end - CI * error).min()), max(0, (end + CI * error).max())
    axes.set_xlim(lowest - 0.02 * (highest - lowest), highest + 0.3 * (highest - lowest))
    style.tick_numbers(axes.xaxis, lang, most=6)
    steps = rows[~rows["is_level"]]
    heaviest = steps.loc[(steps["end"] - steps["start"]).abs().idxmax()]
    text = [report.say("bridge_text", contracts=basis_points(table.steps["irr"].iloc[0], table.steps["irr_error"].iloc[0], lang, False),
                       gross=basis_points(table.gross["irr"], table.gross["irr_error"], lang, False),
                       net=basis_points(table.net["irr"], table.net["irr_error"], lang, False), label=heaviest["label"],
                       change=basis_points(heaviest["end"] - heaviest["start"], heaviest["error"], lang, True))]
    return report.figure("bridge", report.say("bridge"), report.say("bridge_sub"), figure, rows, text, "band_error", [table])


# ---- judgements ----

UNITS_SHOWN = ("EUR", "1/year", "years")
MOST_JUDGEMENTS = 9


def applied(report, row):
    """What was applied to a judgement, as the language writes it: × 0,5, +0,15, 1 500 000, gaussienne; low ; 4 where each key has its own."""
    unit = unit_of(report, row["judgement"]) if "judgement" in row else ""
    return (f"{FIXED}; " if report.lang == "fr" else "; ").join(applied_one(report, words.strip(" "), row["end"], unit) for words in row["applied"].split(";"))


def unit_of(report, name):
    """Of the first key that a judgement sets: EUR, years or rate; "" for a pure number, and for what it adds or multiplies."""
    file = report.main
    keys = re.findall(r'"([^"]*)"', file.parameters["value"].get(f"sensitivity.{name}.keys", ""))
    if not keys or '"set"' != file.parameters["value"].get(f"sensitivity.{name}.operation", '"set"'):
        return ""
    pattern = re.compile(re.escape(keys[0]).replace(r"\*", "[^.]*") + r"(\[0\])?$")
    units = [unit for key, unit in file.parameters["unit"].items() if pattern.match(key)]
    ends = [file.parameter(f"sensitivity.{name}.{end}") for end in ("low", "high")]
    if units and units[0] == "1" and all(np.isfinite(v) and abs(v) < 1 for v in ends):
        return "1/year"
    return units[0] if units else ""


def applied_one(report, words, end, unit=""):
    if words.startswith("["):   # a list is told by its end
        return report.say("end_" + end)
    sign = next((s for s in ("\u00d7 ", "+", "-") if words.startswith(s)), "")
    try:
        value = float(words[len(sign):])
    except ValueError:
        return report.say("choice_" + words) if "choice_" + words in texts.TEXTS else words
    worth, end = (1, "")
    if not sign and unit in UNITS_SHOWN:
        worth, end = money_scale(value) if unit == "EUR" else (0.01, "%") if unit == "1/year" else (1, report.say("years_short"))
    value /= worth
    decimals = next(d for d in range(16) if d == 15 or abs(round(value, d) - value) <= 1e-12 * abs(value))
    return sign.replace("-", "\u2212").replace(" ", FIXED) + number(value, decimals, report.lang) + (FIXED + end if end else "")


def effect_label(report, effect):
    return report.say("needed_95") if effect == "dotation_95" else report.label(effect)


def tornado(report, effect):
    """What each judgement moves, low above high; the scenario is the line at zero."""
    table, lang = report.sensitivity, report.lang
    if table is None or effect not in table.shown():
        return None
    kind = sensitivity.EFFECTS[effect]
    pairs = [pair for pair in table.heaviest(effect) if pair[0] not in sensitivity.CHOICES]
    if not pairs:
        return None
    shown = pairs[:MOST_JUDGEMENTS]
    rows = pd.DataFrame([row for _, low, high in shown for row in (low, high)])
    value, error = rows[effect].to_numpy(), rows[effect + "_error"].fillna(0).to_numpy()
    worth, unit = money_scale(np.abs(value).max()) if kind == "money" else (0.01, "points")
    figure, ((axes,),) = style.panels(height=0.6 + 0.38 * len(shown))
    middle = np.arange(len(shown))[::-1]
    y = np.column_stack([middle + 0.19, middle - 0.19]).ravel()
    colours = [COLOUR[table.branch] if end == "high" else style.lighter(COLOUR[table.branch]) for end in rows["end"]]
    axes.barh(y, value, color=colours, height=0.36)
    style.whiskers(axes, y, value - CI * error, value + CI * error, horizontal=True)
    for position, change, e, (_, row) in zip(y, value, error, rows.iterrows()):
        right = change >= 0
        axes.annotate(applied(report, row), (change + (CI * e if right else -CI * e), position), xytext=(4 if right else -4, 0),
                      textcoords="offset points", ha="left" if right else "right", va="center", fontsize=SMALL, color=INK["neutral"])
    axes.axvline(0, color="#374151", linewidth=0.9)
    labels = [low["label_" + lang] or name for name, low, _ in shown]
    style.name_rows(axes, middle, [texts.typeset(label, lang) for label in labels], 1.9, 3)
    axes.margins(x=0.2)
    style.tick_numbers(axes.xaxis, lang, worth, most=5)
    base = estimate(table.base[effect], table.base[effect + "_error"], kind, lang)
    ends = [estimate(row[effect], row[effect + "_error"], kind, lang, True) for row in shown[0][1:]]
    text = [report.say("tornado_text", effect=effect_label(report, effect), base=base, label=labels[0], low=applied(report, shown[0][1]),
                       high=applied(report, shown[0][2]), low_change=ends[0], high_change=ends[1])]
    if len(pairs) > len(shown):
        most = max(abs(row[effect]) for row in pairs[len(shown)][1:])
        text.append(report.say("tornado_rest", n=len(pairs) - len(shown), most=quantity(most, kind, lang, 2 if kind == "rate" else None, kind == "rate").lstrip("+")))
    data = rows[["judgement", "label_" + lang, "end", "applied", effect, effect + "_error"]]
    return report.figure("tornado_" + effect, report.say("tornado", effect=effect_label(report, effect)), report.say(
        "tornado_sub", unit=unit, base=base, branch=report.say(table.branch)), figure, data, text, "band_error", [table])


def tornado_irr(report):
    """Of class A's IRR; without a fund, of the net cost."""
    return tornado(report, "net_irr_a") or tornado_net_cost(report)


def tornado_net_cost(report):
    """With all dues paid: what a dotation that runs out leaves unpaid is no saving, and would turn signs around."""
    return tornado(report, "net_cost_due")


def tornado_dotation(report):
    return tornado(report, "dotation_95")


def break_even_pd(report):
    """How far all probabilities of default may rise: a sentence."""
    base, lang = report.sensitivity.base, report.lang
    if not np.isfinite(base["net_irr_a"]):
        return None
    if np.isfinite(base["break_even_pd"]):
        return report.say("even_pd", value=estimate(base["break_even_pd"], base["break_even_pd_error"], "multiple", lang))
    return report.say("no_even_pd", low=number(base["break_even_pd_low"], 2, lang), high=number(base["break_even_pd_high"], 2, lang))
