# SPDX-License-Identifier: GPL-3.0-or-later
"""A results file of milliard as labelled tables (schema: docs/results-file.md)."""
import re
from functools import lru_cache

import h5py
import numpy as np
import pandas as pd

from . import texts

BRANCHES = ("without", "with")
FORMAT = 1                                  # of the files this package reads: docs/results-file.md
SIGNATURE = b"\x89HDF\r\n\x1a\n"
NEEDED = ("measures/table", "scenario/parameters", "axes/quantile", "axes/year", "axes/period_years", "paths/without", "summary/without", "series/without")


class NotResults(Exception):
    """The file is not a results file this package reads."""


def text(value):
    """A text of the file, whichever way HDF5 keeps it, without control characters."""
    value = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", "\N{REPLACEMENT CHARACTER}", value)


def table(dataset):
    return pd.DataFrame({name: [text(v) for v in dataset[name]] for name in dataset.dtype.names})


def is_long_enough(paths, level):
    """Whether a quantile has an interval, by order statistics at 95 %, on so many paths: as mld_report_is_long_enough."""
    return max(level, 1 - level) ** paths <= 0.025


def name_hash(name):
    """64-bit FNV-1a, by which milliard hashes names."""
    value = 0xcbf29ce484222325
    for byte in name:
        value = (value ^ byte) * 0x100000001b3 & 0xffffffffffffffff
    return value


class Results:
    """Attributes, measures, paths, summaries and series of one file; the file stays open while this lives."""

    def __init__(self, path):
        self.path = path
        with open(path, "rb") as file:         # a file that cannot be read is told by its name
            if file.read(len(SIGNATURE)) != SIGNATURE:
                raise NotResults(f"{path}: not a results file of milliard")
        try:
            self.file = h5py.File(path, "r")
        except OSError as error:
            raise NotResults(f"{path}: truncated or damaged") from error
        attributes = self.file.attrs
        if text(attributes.get("format", b"")) != "milliard results":
            raise NotResults(f"{path}: an HDF5 file, but not one of milliard")
        version, program = int(attributes.get("format_version", 0)), text(attributes.get("program_version", b"?"))
        if version != FORMAT:
            raise NotResults(f"{path}: written by milliard {program} in format {version}; this version reads format {FORMAT}: run its scenario "
                             f"again (the file keeps it in /scenario/text), or report with milliard {program}")
        missing = [place for place in NEEDED if place not in self.file]
        if missing:
            raise NotResults(f"{path}: damaged: no /{missing[0]}")
        self.name = text(attributes["name"])
        self.title = {"fr": text(attributes["title_fr"]), "en": text(attributes["title_en"])}
        self.seed, self.paths = int(attributes["seed"]), int(attributes["paths"])
        self.interrupted = bool(attributes["interrupted"])
        self.has_fund, self.has_guarantee, self.has_dotation = (
            bool(attributes[key]) for key in ("has_fund", "has_guarantee", "has_dotation"))
        self.version, self.commit = text(attributes["program_version"]), text(attributes["commit"])
        self.stream_version = int(attributes["stream_version"])
        self.first_closing = text(attributes["first_closing"])
        self.periods_per_year = int(attributes["periods_per_year"])
        self.measures = table(self.file["measures/table"]).set_index("name")
        self.parameters = table(self.file["scenario/parameters"]).set_index("key")
        # What the scenario says and hardly means: a run without a warning has no table of them.
        self.warnings = table(self.file["scenario/warnings"]).to_dict("records") if "scenario/warnings" in self.file else []
        self.quantile_levels = self.file["axes/quantile"][:]
        self.branches = BRANCHES if self.has_guarantee else BRANCHES[:1]
        self.main = self.branches[-1]          # the branch a reader of one branch wants
        self._index = {name: i for i, name in enumerate(self.measures.index)}

    # ---- measures ----

    @lru_cache(maxsize=256)
    def measure(self, branch, name):
        """One value a path; None when the branch has not this measure."""
        place = f"paths/{branch}/{name}"
        return self.file[place][:] if place in self.file else None

    def has(self, branch, name):
        return f"paths/{branch}/{name}" in self.file and self.stat(branch, name, "count") > 0

    def table(self, branch):
        """All measures of a branch: a line a path, a column a measure."""
        frame = pd.DataFrame({name: self.measure(branch, name) for name in self.measures.index if self.has(branch, name)})
        return frame.rename_axis(index="path", columns="measure")

    def stat(self, branch, name, statistic):
        """A statistic of /summary; branch may be "difference". NaN for a measure the file has not."""
        if name not in self._index or f"summary/{branch}" not in self.file:
            return float("nan")
        return float(self._column(branch, statistic)[self._index[name]])

    @lru_cache(maxsize=64)
    def _column(self, branch, statistic):
        return self.file[f"summary/{branch}/{statistic}"][:]

    def quantile(self, branch, name, level, bound=""):
        """A quantile of /summary at `level`, NaN where the paths are too few for it; bound "_low" or "_high" gives its 95 % interval."""
        q = int(np.argmin(np.abs(self.quantile_levels - level)))
        value, low, high = (float(self._column(branch, "quantiles" + end)[self._index[name], q]) for end in ("", "_low", "_high"))
        if bound:
            return low if bound == "_low" else high
        lowest, highest = (self.stat(branch, name, end) for end in ("minimum", "maximum"))
        # The same on every path, but for roundings: a constant of the scenario. As mld_report_is_estimable.
        constant = self.paths > 1 and self.stat(branch, name, "undefined") == 0 and highest - lowest <= 1e-9 * abs(highest)
        return value if constant or np.isfinite(low + high) else float("nan")

    def label(self, name, language):
        return texts.printed(self.measures.at[name, "label_" + language], language)

    def needed(self):
        """Smallest dotation never exhausted, by level, with its 95 % interval; None without a guarantee."""
        if "summary/dotation" not in self.file:
            return None
        columns = {name: self.file["summary/dotation/" + name][:] for name in ("value", "low", "high")}
        return pd.DataFrame({"level": self.file["axes/level"][:], **columns})

    # ---- series ----

    def series(self, branch, name):
        """Mean, its error and quantiles (columns q0.05 …; NaN where the paths are too few) by period_years or calendar year; None if absent."""
        place = f"series/{branch}/{name}"
        if place not in self.file:
            return None
        group = self.file[place]
        quantiles = group["quantiles"][:]
        n = quantiles.shape[1]
        yearly = group["mean"].dims[0][0].name == "/axes/year"   # lengths do not tell: a period may be a year
        index = self.file["axes/year"][:] if yearly else self.file["axes/period_years"][:n]
        frame = pd.DataFrame({"mean": group["mean"][:], "mean_error": group["mean_error"][:]},
                             index=pd.Index(index, name="year" if yearly else "years_since_first_closing"))
        for level, row in zip(self.quantile_levels, quantiles):
            frame[f"q{level:g}"] = row if is_long_enough(self.paths, level) else float("nan")
        return frame

    def year_of(self, years):
        """Calendar years of dates that are ends of periods, in years since the first closing."""
        ends = np.array([int(text(end)[:4]) for end in self.file["axes/period_end"][:]])
        return ends[np.rint(np.asarray(years) * self.periods_per_year).astype(int) - 1]

    def series_label(self, name, language):
        return texts.printed(text(self.file[f"series/{self.main}/{name}/mean"].attrs["label_" + language]), language)

    def series_names(self, branch):
        return sorted(self.file[f"series/{branch}"])

    def trajectory_table(self, branch, name):
        """A series on the paths that keep it: a line a path, a column a year; without lines when none is kept."""
        times = self.series(branch, name).index
        values = self.trajectories(branch, name)
        if values is None:
            return pd.DataFrame(columns=times)
        return pd.DataFrame(values, columns=times, index=pd.Index(self.file["axes/trajectory"][:], name="path"))

    def trajectories(self, branch, name):
        place = f"trajectories/{branch}/{name}"
        return self.file[place][:] if place in self.file else None

    # ---- scenario ----

    def parameter(self, key):
        """A number of the scenario, NaN when it gives none."""
        try:
            return float(self.parameters.at[key, "value"])
        except (KeyError, ValueError):
            return float("nan")

    def fingerprint(self):
        """Tells scenarios apart whatever they are called, as mld_scenario_fingerprint does. An earlier file says none: its parameters
        do, but for the deals of a tape."""
        if "fingerprint" in self.file.attrs:
            return text(self.file.attrs["fingerprint"])
        rows = self.file["scenario/parameters"]
        total = sum(name_hash(key) * (2 * name_hash(value) + 1) for key, value in zip(rows["key"], rows["value"]) if not key.startswith(b"run."))
        return f"{total & 0xffffffffffffffff:016x}"

    def dotation(self):
        """The dotations of the scenario, summed."""
        values = [float(v) for k, v in self.parameters["value"].items()
                  if k.startswith("guarantee.dotation") and k.endswith(".amount")]
        return sum(values) if values else float("nan")

    def instruments(self):
        """Those in which something was invested, in the registry's order."""
        names = [m[len("cost_"):] for m in self.measures.index if m.startswith("cost_")]
        return [n for n in names if self.stat("without", "cost_" + n, "maximum") > 0]

    def instrument_label(self, name, language):
        """"Pertes sur défaut, titres participatifs" → "Titres participatifs"."""
        label = self.label("loss_default_" + name, language).split(", ", 1)[-1]
        return label[:1].upper() + label[1:]

    def legal_forms(self):
        """Names in the order of the scenario, which is that of loss_form_1, loss_form_2 …"""
        names = []
        for key in self.parameters.index:
            if key.startswith("legal_forms."):
                name = key.split(".")[1].split("[")[0]
                if name not in names:
                    names.append(name)
        return names

    # ---- estimates ----

    def total(self, branch, names):
        """Sum of measures, path by path."""
        return np.sum([self.measure(branch, name) for name in names], axis=0)

    def ratio(self, branch, over, under):
        """Ratio of means and its standard error by linearisation: sd(y − r x) / (sqrt(n) |mean x|)."""
        y, x = self.total(branch, over), self.total(branch, under)
        mean = x.mean()
        if mean == 0 or len(x) < 2:
            return float("nan"), float("nan")
        r = y.mean() / mean
        return r, float(np.sqrt(np.sum((y - r * x) ** 2) / (len(x) - 1) / len(x)) / abs(mean))


def open_results(path):
    return Results(path)
