# SPDX-License-Identifier: GPL-3.0-or-later
"""Uncertain inputs, where a run had worlds: every interval twice, and which assumption to find data for first."""
import numpy as np
import pandas as pd

from . import style, texts
from .open import DESIGNS, LEVELS
from .style import COLOUR, INK, SMALL
from .typography import estimate, money_scale, number, percent, quantity

LEAST_EXPLAINED = 0.9       # as mld_least_explained of src/uncertain/regression.c
FEWEST_EVENTS = 20          # as MLD_FEWEST_EVENTS
BAND = 5                    # levels of what a mean could be: 5, 25, 50, 75, 95 %
DOTATIONS = (0.95, 0.99, 0.999)
MOST = 8                    # judgements of a figure


class Worlds:
    """The group /uncertain of a file."""

    def __init__(self, file):
        self.file, store = file, file.store
        self.table = store.table("uncertain/table", "name", "label_en", "label_fr")
        for label in ("label_en", "label_fr"):
            self.table[label] = self.table[label].where(self.table[label] != "", self.table["name"])
        self.inputs = len(self.table)
        self.u = store.numbers("uncertain/u", None, self.inputs)
        self.centred, self.block = (store.numbers("uncertain/" + name, self.inputs) for name in ("centred", "block"))
        self.count, self.paths_per_world = len(self.u), store.attribute("paths_per_world", 2, 4096)

    def of(self, name, branch, measure, width=None):
        """A number of a measure, or as many as `width`."""
        shape = (len(self.file.designs), len(self.file.measures)) + ((width,) if width else ())
        return self.file.store.numbers("uncertain/" + name, *shape)[DESIGNS.index(branch), self.file.measures.index.get_loc(measure)]

    def stat(self, branch, measure, statistic):
        return float(self.of("summary/" + statistic, branch, measure))

    def quantile(self, branch, measure, level):
        return float(self.of("summary/quantiles", branch, measure, len(LEVELS))[LEVELS.index(level)])

    def has_band(self, branch, measure):
        """Of a probability only where a world has events enough for its frequency to say something."""
        mean = self.stat(branch, measure, "mean")
        return not self.of("is_probability", branch, measure) or min(mean, 1 - mean) * self.paths_per_world >= FEWEST_EVENTS

    def indices(self, measure):
        """First-order and total indices of a measure by judgement, largest first, and the part explained; None where they are not known."""
        store = self.file.store
        if not store.has("uncertain/indices/table"):
            return None
        rows = list(store.table("uncertain/indices/table", "design", "measure")["measure"])
        if measure not in rows:
            return None
        i, shape = rows.index(measure), (len(rows), self.inputs)
        frame = self.table.assign(**{name: store.numbers("uncertain/indices/" + name, *shape)[i] for name in ("first", "first_low", "first_high", "total")})
        # judgements that rank correlations tie together have one index, and one row
        frame = frame.groupby(self.block, sort=False).agg({name: " + ".join if name.startswith(("name", "label")) else "first" for name in frame})
        frame.attrs["explained"] = float(store.numbers("uncertain/indices/explained", len(rows))[i])
        return None if frame["first"].isna().any() else frame.sort_values("first", ascending=False, kind="stable").reset_index(drop=True)

    def dotations(self):
        return self.file.store.numbers("uncertain/dotation/value", len(DOTATIONS)) if self.file.store.has("uncertain/dotation/value") else None


def worlds_of(report):
    return Worlds(report.main) if report.main.store.has("uncertain/u") else None


def design_of(report, measure):
    """The first design with the guarantee that has a measure, else the one without: that of its indices."""
    designs = report.main.designs
    return next((d for d in (*designs[1:], designs[0]) if measure in report.main.measures.index and report.main.stat(d, measure, "count") > 0), None)


# ---- the table ----

def share(report, found, branch, measure):
    value, low, high = (float(found.of(name, branch, measure)) for name in ("share", "share_low", "share_high"))
    if not np.isfinite(value):
        return "–"
    ends = [quantity(end, "rate", report.lang, 0) for end in (low, high)]
    return report.say("worlds_below", high=ends[1]) if low <= 0 else " – ".join(ends)


def ends(report, low, high, kind):
    scale = money_scale(max(abs(low), abs(high))) if kind == "money" else None
    return f"{quantity(low, kind, report.lang, scale=scale)} – {quantity(high, kind, report.lang, scale=scale)}" if np.isfinite(low + high) else "–"


def twice(page, report, found, measures):
    file, rows = report.main, []
    for measure in measures:
        branch = design_of(report, measure)
        if branch is None:
            continue
        kind, is_probability = report.kind(measure), found.of("is_probability", branch, measure)
        spreads = ["–" if is_probability else ends(report, of(branch, measure, 0.05), of(branch, measure, 0.95), kind) for of in (file.quantile, found.quantile)]
        means = [estimate(of(branch, measure, "mean"), of(branch, measure, "mean_error"), kind, report.lang) for of in (file.stat, found.stat)]
        rows.append([report.label(measure), means[0], spreads[0], means[1], spreads[1], share(report, found, branch, measure)])
    heads = [report.say(key) for key in ("worlds_measure", "worlds_right", "worlds_spread", "worlds_known", "worlds_spread", "worlds_share")]
    page.table(heads, rows)
    dotations(page, report, found)


def dotations(page, report, found):
    known = found.dotations()
    if known is None:
        return
    needed = report.main.store.numbers("summary/dotation/value", len(DOTATIONS))
    rows = [[report.say("worlds_dotation", level=percent(level, report.lang)), report.three(right),
             report.three(value) if np.isfinite(value) else report.say("worlds_untestable")] for level, right, value in zip(DOTATIONS, needed, known)]
    page.table(["", report.say("worlds_right"), report.say("worlds_known")], rows)


# ---- figures ----

def intervals(report, found, measure):
    """One result and its mean, each twice: dark if the inputs are right, light as they are known."""
    file, branch, lang = report.main, design_of(report, measure), report.lang
    if branch is None or not found.has_band(branch, measure) or found.of("is_probability", branch, measure):
        return None
    mean, error = (file.stat(branch, measure, what) for what in ("mean", "mean_error"))
    band = found.of("band", branch, measure, BAND)
    rows = pd.DataFrame([(report.say("worlds_one_right"), file.quantile(branch, measure, 0.05), mean, file.quantile(branch, measure, 0.95)),
                         (report.say("worlds_one_known"), found.quantile(branch, measure, 0.05), found.stat(branch, measure, "mean"), found.quantile(branch, measure, 0.95)),
                         (report.say("worlds_mean_right"), mean - 1.96 * error, mean, mean + 1.96 * error),
                         (report.say("worlds_mean_known"), band[0], band[2], band[-1])], columns=["row", "low", "middle", "high"])
    if not np.isfinite(rows[["low", "middle", "high"]].to_numpy()).all():
        return None
    kind, colour = report.kind(measure), COLOUR[branch]
    worth, unit = money_scale(rows[["low", "high"]].abs().to_numpy().max()) if kind == "money" else (0.01, "%") if kind == "rate" else (1, "")
    figure, ((axes,),) = style.panels(height=1.9)
    y = np.array([3.1, 2.3, 1.1, 0.3])
    axes.barh(y, rows["high"] - rows["low"], left=rows["low"], height=0.56, color=[colour, style.lighter(colour)] * 2)
    axes.plot(rows["middle"], y, linestyle="", marker="|", markersize=11, color=INK["neutral"])
    style.name_rows(axes, y, rows["row"], 1.7, 2)
    axes.use_sticky_edges = False
    axes.margins(x=0.05)
    style.tick_numbers(axes.xaxis, lang, worth, most=6)
    said = {key: quantity(value, kind, lang) for key, value in (("low", rows["low"][0]), ("high", rows["high"][0]), ("wide_low", rows["low"][1]),
                                                                ("wide_high", rows["high"][1]), ("band_low", rows["low"][3]), ("band_high", rows["high"][3]))}
    label = report.label(measure)
    text = report.say("worlds_intervals_text", measure=label, right=estimate(mean, error, kind, lang), **said)
    return report.figure("worlds_intervals_" + measure, report.say("worlds_intervals", measure=label), report.say("worlds_intervals_sub", unit=unit), figure, rows, [text], "band_worlds")


def which(report, found, measure):
    """The judgements that most of the ignorance comes from."""
    frame, lang = found.indices(measure), report.lang
    if frame is None or not (frame["first_low"] > 0).any():
        return None
    shown = frame[frame["first_low"] > 0].head(MOST)
    names = [texts.typeset(label, lang) for label in shown["label_" + lang]]
    colour = COLOUR[design_of(report, measure)]
    y = np.arange(len(shown))[::-1]
    figure, ((axes,),) = style.panels(height=0.6 + 0.3 * len(shown))
    axes.barh(y, shown["total"], color=style.lighter(colour), height=0.6)
    axes.barh(y, shown["first"], color=colour, height=0.6)
    style.whiskers(axes, y, shown["first_low"], shown["first_high"], horizontal=True)
    for position, first, high in zip(y, shown["first"], np.maximum(shown["first_high"], shown["total"])):
        axes.annotate(quantity(first, "rate", lang, 0), (high, position), xytext=(4, 0), textcoords="offset points", va="center", fontsize=SMALL, color=INK["neutral"])
    style.name_rows(axes, y, names, 1.9, 2)
    axes.set_xlim(0, 1.15 * max(shown["first_high"].max(), shown["total"].max()))
    style.tick_numbers(axes.xaxis, lang, 0.01, "\u00a0%", most=5)
    top, label = shown.iloc[0], report.label(measure)
    text = [report.say("worlds_which_text", label=names[0], measure=label, **{key: quantity(top[name], "rate", lang, 0)
                                                                            for key, name in (("first", "first"), ("low", "first_low"), ("high", "first_high"))})]
    if frame.attrs["explained"] < LEAST_EXPLAINED:
        text.append(report.say("worlds_warning", explained=quantity(frame.attrs["explained"], "rate", lang, 0)))
    return report.figure("worlds_which_" + measure, report.say("worlds_which"), report.say("worlds_which_sub", measure=label), figure, shown, text, "band_worlds_which")


# ---- the part of a chapter ----

def uncertain(*measures):
    """A part of a chapter: these measures twice; of the first that the file has, both intervals and which judgement they hang upon."""
    def part(page, report):
        found = worlds_of(report)
        known = [measure for measure in measures if design_of(report, measure)]
        if found is None or not known:
            return
        page.heading(report.say("worlds_title"))
        page.paragraph(report.say("worlds_intro", worlds=number(found.count, 0, report.lang), n=number(found.paths_per_world, 0, report.lang),
                                  inputs=number(found.inputs, 0, report.lang)))
        off = int((found.centred != 1).sum())
        if off:
            page.paragraph(report.say("worlds_centre", n=number(off, 0, report.lang)), "note")
        twice(page, report, found, known)
        page.figure(intervals(report, found, known[0]))
        if not page.figure(which(report, found, known[0])):
            page.paragraph(report.say("worlds_few"), "note")
    return part
