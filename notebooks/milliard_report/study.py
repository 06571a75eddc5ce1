# SPDX-License-Identifier: GPL-3.0-or-later
"""A study's file and its page: for each statistic a figure, a curve with its 95 % band over one axis of numbers, a heat map with contours over
two, points otherwise, and the numbers as a table (docs/results-file.md, "The file of a study")."""
import itertools

import numpy as np
import pandas as pd
from h5py import h5t

from . import style, texts
from .figures import Report
from .open import FORMATS, NotResults
from .store import Store
from .typography import estimate, money_scale, number

PARTS = ("value", "error", "low", "high")
MOST_LINES, MOST_ROWS, MOST_COLUMNS, MOST_AXES, MOST_VARIANTS = 8, 60, 7, 12, 1_000_000
TARGET = "#D81B60"    # of lines: seen on every colour of a map, and beside the curves
QUANTITIES = {"money", "rate", "points", "multiple", "number", "years"}


class Axis:
    def __init__(self, name, labels, numeric):
        self.name, self.labels = name, labels
        self.numbers = np.array([float(label) for label in labels]) if numeric else None

    def text(self, i, lang):
        """As it was given, with a decimal comma in French."""
        if self.numbers is None:
            return self.labels[i]
        decimals = len(self.labels[i].partition(".")[2])
        return self.labels[i] if "e" in self.labels[i] else number(self.numbers[i], decimals, lang)


class Study:
    """What a page needs of a study's file; refuses what `milliard show` refuses."""

    def __init__(self, path, descriptor=None):
        self.path, self.store = path, Store(path, descriptor)
        store = self.store
        if not store.has_attribute("format") or store.attribute("format") != "milliard study":
            raise NotResults(f"{path}: not the file of a study")
        if store.attribute("format_version", 0, 10**9) not in FORMATS:
            raise NotResults(f"{path}: of another format: its study can be run again (the file keeps it in /study/text)")
        self.study, self.name = store.attribute("study"), store.attribute("name")
        self.title = {lang: f"{self.study} — {store.attribute('title_' + lang) or self.name}" for lang in ("fr", "en")}
        self.seed, self.paths = store.attribute("seed", 0, 1 << 53), store.attribute("paths", 0, 1 << 32)
        self.interrupted = bool(store.attribute("interrupted", 0, 1))
        self.version, self.commit, self.first_closing = (store.attribute(key) for key in ("program_version", "commit", "first_closing"))
        self.model_version, self.stream_version = (store.attribute(key, 1, 10**9) for key in ("model_version", "stream_version"))
        self.warnings = (store.table("scenario/warnings", "text_en", "text_fr", "meant_en", "meant_fr").to_dict("records")
                         if store.has("scenario/warnings") else [])
        parameters = store.table("scenario/parameters", "key", "value", "origin")
        self.has_fund = bool(parameters["key"].str.startswith("fund.").any())
        base = called(self.name, parameters)
        self.called = base if self.study == self.name else f"{self.study} ({base})"
        self.statistics = store.table("study/statistics", "name", "design", "unit", "quantity", "label_en", "label_fr").to_dict("records")
        if not self.statistics or not {one["quantity"] for one in self.statistics} <= QUANTITIES:
            store.refuse("study/statistics", "is not the table it should be")
        self.axes = [self._axis(i, row) for i, row in enumerate(store.table("study/axes", "name", "kind").to_dict("records"))]
        shape = [len(axis.labels) for axis in self.axes]
        if not 1 <= len(shape) <= MOST_AXES or np.prod(shape, dtype=float) > MOST_VARIANTS:
            store.refuse("study/axes", "is not the table it should be")
        self.cells = {part: store.numbers(part, *shape, len(self.statistics)) for part in PARTS}
        self.base = {part: store.numbers("base_" + part, len(self.statistics)) for part in PARTS}
        self.goals = self._goals() if store.has("study/until") else []
        self.done = store.numbers("done", *shape, kind=h5t.STD_U8LE)

    def _goals(self):
        """(statistic, at least or at most, where it lies), of those that are a number; NaN beside a base that is none."""
        names, goals = [one["name"] for one in self.statistics], []
        for row in self.store.table("study/until", "statistic", "comparison", "from", "value").to_dict("records"):
            try:
                s = names.index(row["statistic"])
                value = float(row["value"]) + (self.base["value"][s] if row["from"] == "base" else 0)
            except ValueError:
                self.store.refuse("study/until", "has a target that is none")
            goals.append((s, row["comparison"] == ">=", value))
        return goals

    def targets(self, s):
        """Of a statistic: (at least, value)."""
        return [(least, value) for of, least, value in self.goals if of == s and np.isfinite(value)]

    def _axis(self, i, row):
        labels = list(self.store.table(f"study/axis_{i}", "label")["label"])
        try:
            return Axis(row["name"], labels, row["kind"] == "numbers")
        except ValueError:
            return self.store.refuse(f"study/axis_{i}", "has a point that is no number")

    def label(self, s, lang):
        """With its design where the statistics are of several."""
        one = self.statistics[s]
        words = texts.printed(one["label_" + lang], lang)
        several = len({other["design"] for other in self.statistics}) > 1
        return f"{words}, {texts.say(lang, one['design'])}" if several and one["design"] in ("with", "without") else words

    def frame(self, s):
        """A statistic as a table: a column for each axis, then its numbers."""
        points = itertools.product(*(axis.labels if axis.numbers is None else axis.numbers for axis in self.axes))
        frame = pd.DataFrame(list(points), columns=[axis.name for axis in self.axes])
        for part in PARTS:
            frame[f"{self.statistics[s]['name']}.{part}"] = self.cells[part][..., s].ravel()
        return frame


def called(name, parameters):
    """A scenario with what --set changed of it."""
    changed = parameters[(parameters["origin"] == "set") & ~parameters["key"].str.startswith(("run.", "uncertainty."))]
    return ", ".join([name, *(f"{key} = {value}" for key, value in zip(changed["key"], changed["value"]))])[:200]


# ---- drawing ----

def scale_of(study, s):
    """What one of the unit is worth, and its sign."""
    kind, values = study.statistics[s]["quantity"], np.append(study.cells["value"][..., s].ravel(), study.base["value"][s])
    if kind == "money":
        return money_scale(np.nanmax(np.abs(values)) if np.isfinite(values).any() else 0)
    return (0.01, "%") if kind in ("rate", "points") else (1.0, "")


def lines_of(study, s):
    """Curves over the last axis of numbers, one for each combination of the others: (name, place in the cells)."""
    along = max(i for i, axis in enumerate(study.axes) if axis.numbers is not None)
    others = [range(len(axis.labels)) if i != along else (slice(None),) for i, axis in enumerate(study.axes)]
    return along, list(itertools.product(*others))


def name_of(study, place, lang):
    return ", ".join(f"{axis.name} {axis.text(i, lang)}" for axis, i in zip(study.axes, place) if not isinstance(i, slice))


def curves(report, s):
    """Value by the axis of numbers, with its 95 % band; the base is a dotted line."""
    study, (worth, unit) = report.main, scale_of(report.main, s)
    along, places = lines_of(study, s)
    if len(places) > MOST_LINES:
        return None
    drawing, panels = style.panels(height=2.6 + 0.16 * len(places) * (len(places) > 1))
    axes, x = panels[0][0], study.axes[along].numbers
    order = np.argsort(x)
    colours = [style.COLOUR["with"]] if len(places) == 1 else style.plt.cm.viridis(np.linspace(0, 0.85, len(places)))
    for colour, place in zip(colours, places):
        value, low, high = (study.cells[part][(*place, s)][order] / worth for part in ("value", "low", "high"))
        axes.fill_between(x[order], low, high, color=colour, alpha=0.2, linewidth=0)
        axes.plot(x[order], value, color=colour, linewidth=1.6, marker="o", markersize=2.5, label=name_of(study, place, report.lang))
    if np.isfinite(study.base["value"][s]):
        axes.axhline(study.base["value"][s] / worth, color="#374151", linewidth=0.9, linestyle=(0, (2, 1.5)))
    for _, value in study.targets(s):
        axes.axhline(value / worth, color=TARGET, linewidth=1.2)
    if len(places) > 1:
        axes.legend(fontsize=style.SMALL - 1, frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.22), ncols=2)
    axes.set_xlabel(study.axes[along].name)
    style.tick_numbers(axes.xaxis, report.lang)
    style.tick_numbers(axes.yaxis, report.lang, suffix=f"\u00a0{unit}" if unit else "")
    return finish(report, s, drawing, "study_curve")


def heat_map(report, s):
    """Two axes of numbers: colours, and contours with their values."""
    study, (worth, unit) = report.main, scale_of(report.main, s)
    (first, second), values = study.axes, study.cells["value"][..., s] / worth
    if min(values.shape) < 2 or not np.isfinite(values).any():
        return None
    rows, columns = np.argsort(first.numbers), np.argsort(second.numbers)
    x, y, z = second.numbers[columns], first.numbers[rows], values[np.ix_(rows, columns)]
    drawing, panels = style.panels(height=3.2)
    axes = panels[0][0]
    mesh = axes.pcolormesh(x, y, z, cmap="cividis", shading="nearest")
    if np.nanmax(z) > np.nanmin(z):
        lines = axes.contour(x, y, z, levels=5, colors="white", linewidths=0.9)
        axes.clabel(lines, fontsize=style.SMALL, fmt=lambda level: number(level, 1, report.lang))
    for _, value in study.targets(s):
        if np.nanmin(z) < value / worth < np.nanmax(z):
            axes.contour(x, y, z, levels=[value / worth], colors=[TARGET], linewidths=2.2)
    bar = drawing.colorbar(mesh, ax=axes)
    style.tick_numbers(bar.ax.yaxis, report.lang, suffix=f"\u00a0{unit}" if unit else "")
    axes.set_xlabel(second.name)
    axes.set_ylabel(first.name)
    style.tick_numbers(axes.xaxis, report.lang)
    style.tick_numbers(axes.yaxis, report.lang)
    return finish(report, s, drawing, "study_map")


def points(report, s):
    """Points that are no numbers: a row each, with its interval."""
    study, (worth, unit) = report.main, scale_of(report.main, s)
    places = list(itertools.product(*(range(len(axis.labels)) for axis in study.axes)))
    if len(places) > MOST_ROWS // 2:
        return None
    drawing, panels = style.panels(height=0.8 + 0.3 * len(places))
    axes, y = panels[0][0], -np.arange(len(places))
    value, low, high = (study.cells[part][..., s].ravel() / worth for part in ("value", "low", "high"))
    style.whiskers(axes, y, low, high, horizontal=True)
    axes.plot(value, y, "o", color=style.COLOUR["with"], markersize=5)
    if np.isfinite(study.base["value"][s]):
        axes.axvline(study.base["value"][s] / worth, color="#374151", linewidth=0.9, linestyle=(0, (2, 1.5)))
    for _, value in study.targets(s):
        axes.axvline(value / worth, color=TARGET, linewidth=1.2)
    style.name_rows(axes, y, [", ".join(axis.text(i, report.lang) for axis, i in zip(study.axes, place)) for place in places])
    style.tick_numbers(axes.xaxis, report.lang, suffix=f"\u00a0{unit}" if unit else "")
    return finish(report, s, drawing, "study_points")


def finish(report, s, drawing, band):
    study, title = report.main, report.main.label(s, report.lang)
    base = estimate(study.base["value"][s], study.base["error"][s], study.statistics[s]["quantity"], report.lang)
    name = "study-" + "".join(c if c.isalnum() else "-" for c in study.statistics[s]["name"])
    said = [report.say("study_base" if band == "study_map" else "study_dotted", base=base)]
    for least, value in study.targets(s):
        met = study.cells["value"][..., s] >= value if least else study.cells["value"][..., s] <= value
        said.append(report.say("study_target", target=("≥\u00a0" if least else "≤\u00a0") + target_of(study, s, value, report.lang),
                               met=number(met.sum(), 0, report.lang), all=number(met.size, 0, report.lang)))
    return report.figure(name, title, {"fr": " ; ", "en": "; "}[report.lang].join(said), drawing, study.frame(s), [], band)


def target_of(study, s, value, lang):
    """With the decimals that it has, two where they are many."""
    worth, unit = scale_of(study, s)
    decimals = next((n for n in range(4) if abs(round(value / worth, n) - value / worth) < 1e-9), 2)
    return number(value / worth, decimals, lang) + (f"\u00a0{unit}" if unit else "")


def figure_of(report, s):
    study = report.main
    numeric = [axis for axis in study.axes if axis.numbers is not None]
    if len(study.axes) == 2 and len(numeric) == 2 and (drawn := heat_map(report, s)):
        return drawn
    return curves(report, s) if numeric else points(report, s)


# ---- the page ----

def table_of(page, report, s):
    """The last axis, or the shorter of two, goes across; of more than two there is none."""
    study, lang = report.main, report.lang
    kind, scale = study.statistics[s]["quantity"], scale_of(study, s) if study.statistics[s]["quantity"] == "money" else None

    def cell(place):
        return estimate(study.cells["value"][(*place, s)], study.cells["error"][(*place, s)], kind, lang, False, scale)
    down = study.axes[0]
    across = range(len(study.axes[1].labels)) if len(study.axes) == 2 else (None,)
    if len(study.axes) > 2 or len(down.labels) > MOST_ROWS or len(across) > MOST_COLUMNS:
        return
    head = [down.name] + [report.say("value") if i is None else f"{study.axes[1].name} {study.axes[1].text(i, lang)}" for i in across]
    page.table(head, [[down.text(i, lang)] + [cell((i,) if j is None else (i, j)) for j in across] for i in range(len(down.labels))])


def fill(page, report):
    """A figure and a table for each statistic."""
    for s in range(len(report.main.statistics)):
        if not page.figure(figure_of(report, s)):
            page.leave_out("study_too_many", label=report.main.label(s, report.lang))
        table_of(page, report, s)


def report_of(paths, lang, descriptors=None):
    if len(paths) != 1:
        raise NotResults("one file of a study is expected")
    return Report([Study(paths[0], (descriptors or [None])[0])], lang)
