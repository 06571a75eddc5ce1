# SPDX-License-Identifier: GPL-3.0-or-later
"""A results file of milliard as labelled tables (schema: docs/results-file.md)."""
import datetime
from functools import lru_cache

import h5py
import numpy as np
import pandas as pd

from . import texts
from .store import NotResults, Store, text

BRANCHES = ("without", "with")      # which pages show side by side
DESIGNS = (*BRANCHES, "kept")
MOST_CHANGED = 200      # characters of what --set gave
FORMATS = (1, 2)
LEVELS = (0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99)
QUANTILES = ("quantiles", "quantiles_low", "quantiles_high")
# Of earlier files, which say these only in texts of variable length: series by period, and what the pages draw.
EARLIER_PERIODS = ("calls", "distributions", "nav", "tvpi", "dpi", "cash", "net_position_a")
EARLIER_LABELS = {
    "calls": ("Appels de fonds", "Calls"), "distributions": ("Distributions", "Distributions"), "nav": ("Valeur liquidative", "Net asset value"),
    "invested": ("Investi", "Invested"), "income": ("Intérêts, coupons, dividendes", "Interest, coupons, dividends"),
    "capital": ("Remboursements et sorties", "Repayments and exits"), "state_budget": ("Budget, CP", "Budget, CP"),
    "state_operator_cost": ("Coût de l'opérateur, AE = CP", "Operator cost, AE = CP"), "state_payouts": ("Indemnités versées", "Payouts"),
    "state_fees": ("Commissions de garantie", "Guarantee fees"), "state_net_cost": ("Coût net", "Net cost"),
    "state_new_guaranteed": ("Nouveaux engagements", "Newly guaranteed"),
    "state_guaranteed": ("Encours garanti (hors bilan)", "Guaranteed amount outstanding"), "state_booked": ("Comptabilité nationale", "National accounts"),
}

# Of earlier files, which keep no ratios: the measures above and below, as mld_ratios of the program has them.
LOSSES = ["loss_default", "loss_exit", "loss_forced"]
EARLIER_RATIOS = {"break_even_fee": (["payouts_due"], ["fee_base"]), "fee_charged": (["fees_received"], ["fee_base"]),
                  "coverage_of_means": (["payouts_net"], LOSSES[:2]), "coverage_all_of_means": (["payouts_net"], LOSSES),
                  "covered_per_net_cost": (["covered_volume"], ["net_cost"]),
                  "covered_per_net_cost_due": (["covered_volume"], ["net_cost"]), "covered_per_commitment": (["covered_volume"], ["commitment"])}
# Of earlier files, in which the table of measures does not say as what each is written: those of unit 1 that are no multiple.
EARLIER_QUANTITIES = {
    **dict.fromkeys(("loss_a", "largest_issuer_share", "quota_ratio", "loan_ratio", "net_cost_per_euro", "coverage", "coverage_all", "exhausted",
                     "carry_paid"), "rate"),
    **dict.fromkeys(("deals", "defaults", "roots_a", "roots_gross", "above_de_minimis"), "number"),
}
# What the State pays, and what it would if all that is due were paid.
DUE = {"net_cost": "net_cost_due", "net_cost_discounted": "net_cost_due_discounted", "net_cost_per_euro": "net_cost_due_per_euro",
       "state_net_cost": "state_net_cost_due"}
QUANTITIES = {"money", "rate", "multiple", "number", "years"}
QUANTITY_OF_UNIT = {"EUR": "money", "years": "years", "1/year": "rate"}


def is_long_enough(paths, level):
    """Whether a quantile has an interval, by order statistics at 95 %, on so many paths: as mld_rows_is_long_enough."""
    return max(level, 1 - level) ** paths <= 0.025


def name_hash(name):
    """64-bit FNV-1a, by which milliard hashes names."""
    value = 0xcbf29ce484222325
    for byte in name:
        value = (value ^ byte) * 0x100000001b3 & 0xffffffffffffffff
    return value


def irr(flows, periods_per_year):
    """Annual rate at which flows at equal steps are worth nothing, the root nearest 0; NaN where there is none."""
    steps = np.arange(len(flows)) / periods_per_year

    def worth(growth):
        return float(np.sum(flows * np.exp(-growth * steps)))
    grid = np.linspace(-2.0, 2.0, 801)
    values = np.array([worth(growth) for growth in grid])
    roots = [i for i in range(len(grid) - 1) if values[i] > 0 >= values[i + 1]]
    if not np.isfinite(values).all() or not roots:
        return float("nan")
    low, high = min(((grid[i], grid[i + 1]) for i in roots), key=lambda ends: abs(ends[0]))
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if worth(middle) > 0 else (low, middle)
    return float(np.expm1((low + high) / 2))


class Results:
    """Attributes, measures, paths, summaries and series of one file; the file stays open while this lives."""

    def __init__(self, path, descriptor=None):
        self.path, store = path, Store(path, descriptor)
        self.store = store
        self._check_kind()

        def whole(name, low, high):
            return store.attribute(name, low, high)
        self.name = store.attribute("name")
        self.title = {lang: store.attribute("title_" + lang) for lang in ("fr", "en")}
        self.seed, self.paths, self.kept = whole("seed", 0, 1 << 53), whole("paths", 0, 1 << 32), whole("trajectories", 0, 1 << 32)
        if self.paths < 1:
            raise NotResults(f"{path}: holds no path, of which nothing can be said")
        self.interrupted = bool(whole("interrupted", 0, 1))
        self.has_fund, self.has_guarantee, self.has_dotation = (bool(whole(key, 0, 1)) for key in ("has_fund", "has_guarantee", "has_dotation"))
        self.version, self.commit = store.attribute("program_version"), store.attribute("commit")
        self.stream_version = whole("stream_version", 1, 10**9)
        # Earlier files do not name it.
        self.model_version = whole("model_version", 1, 10**9) if store.has_attribute("model_version") else "–"
        # What a run passes through to issuers: the price of cover and its fee, where it does.
        self.cover_price = None
        if store.has_attribute("cover_price"):
            with store.reading('attributes "cover_price" and "cover_fee"'):
                self.cover_price = float(store.attribute("cover_price")), float(store.attribute("cover_fee"))
        self.first_closing = store.attribute("first_closing")
        with store.reading('attribute "first_closing"'):
            self._closing = datetime.date.fromisoformat(self.first_closing)
        self.periods_per_year = whole("periods_per_year", 1, 12)
        self.periods = self.periods_per_year * whole("horizon_years", 1, 40)
        self.last_period = whole("last_period", 0, self.periods - 1)
        self.measures = store.table("measures/table", "name", "unit", "label_en", "label_fr").set_index("name")
        if not set(self.measures.get("quantity", ())) <= QUANTITIES:
            store.refuse("measures/table", "has quantities that are none")
        self.parameters = store.table("scenario/parameters", "key", "value", "flags", "origin").set_index("key")
        set_ = self.parameters[(self.parameters["origin"] == "set") & ~self.parameters.index.str.startswith(("run.", "uncertainty."))]["value"]
        changed = ", ".join(f"{key} = {value}" for key, value in set_.items())
        # A run of a scenario with other values is not that scenario's.
        self.called = f"{self.name} ({changed if len(changed) < MOST_CHANGED else changed[:MOST_CHANGED] + '…'})" if changed else self.name
        # Earlier files keep all of them.
        kept = self.parameters["value"].get("run.measures", '"all"')
        if kept != '"all"':
            which = "no measure" if kept == '"none"' else "some measures only"
            raise NotResults(f'{path}: keeps the values of paths of {which}, and pages are drawn from all: run its scenario again with '
                             f'run.measures = "all"')
        self.single = self.parameters["value"].get("run.storage") == '"single"'
        # What the scenario says and hardly means: a run without a warning has no table of them.
        self.warnings = (store.table("scenario/warnings", "text_en", "text_fr", "meant_en", "meant_fr").to_dict("records")
                         if store.has("scenario/warnings") else [])
        self.quantile_levels = store.numbers("axes/quantile", len(LEVELS))
        if tuple(self.quantile_levels) != LEVELS:
            store.refuse("its quantile levels", "are not those of this version")
        self.years = store.numbers("axes/year", None, kind=h5py.h5t.STD_I32LE)
        self.branches = BRANCHES if self.has_guarantee else BRANCHES[:1]
        # Kept, all dues paid, beside a dotation that may run out; earlier files have it not.
        whole_designs = whole("designs", 1, len(DESIGNS)) if self.format > 1 else len(self.branches)
        self.designs = DESIGNS[:whole_designs]
        self.due = self.designs[-1]            # the design in which all that is due is paid
        self.main = self.branches[-1]          # the branch a reader of one branch wants
        self._index = {name: i for i, name in enumerate(self.measures.index)}
        self._series = store.table("series/table", "name", "axis", "label_en", "label_fr").set_index("name") if store.has("series/table") else None

    def _check_kind(self):
        store = self.store
        if not store.has_attribute("format") or store.attribute("format") != "milliard results":
            raise NotResults(f"{self.path}: an HDF5 file, but not one of milliard")
        version, program = store.attribute("format_version", 0, 10**9), store.attribute("program_version")
        if version not in FORMATS:
            raise NotResults(f"{self.path}: written by milliard {program} in format {version}; this version reads formats {FORMATS[0]} to "
                             f"{FORMATS[-1]}: run its scenario again (the file keeps it in /scenario/text), or report with milliard {program}")
        self.format = version

    # ---- measures ----

    @lru_cache(maxsize=256)
    def measure(self, branch, name):
        """One value a path; None when the branch has not this measure."""
        place = f"paths/{branch}/{name}"
        kind = h5py.h5t.IEEE_F32LE if self.single else h5py.h5t.IEEE_F64LE
        return self.store.numbers(place, self.paths, kind=kind).astype(float) if self.store.has(place) else None

    def has(self, branch, name):
        return self.store.has(f"paths/{branch}/{name}") and self.stat(branch, name, "count") > 0

    def of_due(self, name):
        """The design and the name of a cost with all dues paid; of an earlier file, of the cost that was paid."""
        due = DUE[name]
        known = due in self._index or (self._series is not None and due in self._series.index)
        return (self.due, due) if known else ("with", name)

    def table(self, branch):
        """All measures of a branch: a line a path, a column a measure."""
        frame = pd.DataFrame({name: self.measure(branch, name) for name in self.measures.index if self.has(branch, name)})
        return frame.rename_axis(index="path", columns="measure")

    def stat(self, branch, name, statistic):
        """A statistic of the summary; branch may be "difference", of with less without. NaN for a measure the file has not."""
        if name not in self._index or branch not in (*self.designs, *(["difference"] if self.has_guarantee else [])):
            return float("nan")
        return float(self._column(branch, statistic)[self._index[name]])

    @lru_cache(maxsize=64)
    def _column(self, branch, statistic):
        shape = (len(self.measures), len(self.quantile_levels)) if statistic in QUANTILES else (len(self.measures),)
        kind = h5py.h5t.STD_I64LE if statistic in ("count", "undefined") else h5py.h5t.IEEE_F64LE
        if self.format == 1:    # a group a branch
            return self.store.numbers(f"summary/{branch}/{statistic}", *shape, kind=kind)
        group, design = ("difference", 1) if branch == "difference" else ("summary", DESIGNS.index(branch))
        return self.store.numbers(f"{group}/{statistic}", len(self.designs), *shape, kind=kind)[design]

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

    def quantity(self, name):
        """As what a measure is written: money, rate, years, number or multiple."""
        if "quantity" in self.measures:
            return self.measures.at[name, "quantity"]
        return QUANTITY_OF_UNIT.get(self.measures.at[name, "unit"]) or EARLIER_QUANTITIES.get(name, "multiple")

    def label(self, name, language):
        return texts.printed(self.measures.at[name, "label_" + language], language)

    def needed(self):
        """Smallest dotation never exhausted, by level, with its 95 % interval; None without a guarantee."""
        if not self.has_guarantee:
            return None
        columns = {name: self.store.numbers(place, 3) for name, place in
                   (("level", "axes/level"), *((name, "summary/dotation/" + name) for name in ("value", "low", "high")))}
        return pd.DataFrame(columns)

    # ---- series ----

    def series(self, branch, name):
        """Mean, its error and quantiles (columns q0.05 …; NaN where the paths are too few) by period_years or calendar year; None if absent."""
        place = f"series/{branch}/{name}"
        if not self.store.has(place):
            return None
        times = self.times(name)
        mean, error = (self.store.numbers(f"{place}/{what}", len(times)) for what in ("mean", "mean_error"))
        quantiles = self.store.numbers(place + "/quantiles", len(self.quantile_levels), len(times))
        frame = pd.DataFrame({"mean": mean, "mean_error": error}, index=times)
        for level, row in zip(self.quantile_levels, quantiles):
            frame[f"q{level:g}"] = row if is_long_enough(self.paths, level) else float("nan")
        return frame

    def times(self, name):
        """The steps of a series: calendar years, or ends of periods in years."""
        by_period = name in EARLIER_PERIODS if self._series is None else self._series.at[name, "axis"] == "period"
        if by_period:
            return pd.Index((np.arange(self.periods) + 1) / self.periods_per_year, name="years_since_first_closing")
        return pd.Index(self.years, name="year")

    def year_of(self, years):
        """Calendar years of dates that are ends of periods, in years since the first closing: the day before 1 January is of the year before."""
        closing = self._closing
        months = closing.month - 1 + np.rint(np.asarray(years) * self.periods_per_year).astype(int) * (12 // self.periods_per_year)
        return closing.year + months // 12 - ((months % 12 == 0) & (closing.day == 1))

    def series_label(self, name, language):
        if self._series is not None:
            words = self._series.at[name, "label_" + language]
        else:
            words = EARLIER_LABELS[name][language == "en"]
        return texts.printed(words, language)

    def series_names(self, branch):
        names = EARLIER_LABELS if self._series is None else self._series.index
        return sorted(name for name in names if self.store.has(f"series/{branch}/{name}"))

    def trajectory_table(self, branch, name):
        """A series on the paths that keep it: a line a path, a column a year; without lines when none is kept."""
        times = self.times(name)
        values = self.trajectories(branch, name)
        if values is None:
            return pd.DataFrame(columns=times)
        return pd.DataFrame(values, columns=times, index=pd.RangeIndex(len(values), name="path"))

    def trajectories(self, branch, name):
        place = f"trajectories/{branch}/{name}"
        return self.store.numbers(place, self.kept, len(self.times(name))) if self.store.has(place) else None

    # ---- scenario ----

    def parameter(self, key):
        """A number of the scenario, NaN when it gives none."""
        try:
            return float(self.parameters.at[key, "value"])
        except (KeyError, ValueError):
            return float("nan")

    def hurdle(self):
        """Rate of the hurdle account of A, that of its first preferred return, else the fund's; NaN without a fund or for a multiple."""
        value = self.parameters["value"].to_dict()
        for key in value:
            tier = key.removesuffix(".type")
            if key.startswith(("fund.tiers[", "fund.tiers.")) and value[key] == '"preferred_return"' and "A" in value.get(tier + ".to", ""):
                own = any(tier + term in value for term in (".rate", ".multiple"))
                return self.parameter(tier + ".rate" if own else "fund.hurdle")
        return self.parameter("fund.hurdle")

    def fingerprint(self):
        """Tells scenarios apart whatever they are called, as mld_scenario_fingerprint does. An earlier file says none: its parameters
        do, but for the deals of a tape."""
        if self.store.has_attribute("fingerprint"):
            return self.store.attribute("fingerprint")
        rows = self.store.rows("scenario/parameters")
        total = sum(name_hash(key) * (2 * name_hash(value) + 1) for key, value in zip(rows["key"], rows["value"]) if not key.startswith((b"run.", b"uncertainty.")))
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

    # ---- returns by group ----

    def groups(self):
        """Returns of the deals by group, of the first design: means over paths in EUR, rates a year; None in an earlier file."""
        if not self.store.has("groups/table"):
            return None
        frame = self.store.table("groups/table", "kind", "name", "label_en", "label_fr")
        n = len(frame)
        for row in ("deals", "invested", "income", "capital", "loss_default", "loss_exit", "loss_forced", "gains", "irr"):
            frame[row] = self.store.numbers(f"groups/{self.designs[0]}/{row}/mean", n)
        frame["irr_error"] = self.store.numbers(f"groups/{self.designs[0]}/irr/mean_error", n)
        levels = self.store.numbers(f"groups/{self.designs[0]}/irr/quantiles", len(LEVELS), n)
        frame["irr_median"] = levels[LEVELS.index(0.5)]
        frame["irr_of_means"] = self.store.numbers(f"groups/{self.designs[0]}/irr_of_means", n)
        return frame

    def at_year_ends(self, frame):
        """Of a series by period, the last period of each calendar year until the fund ends, indexed by year."""
        frame = frame.iloc[:self.last_period + 1]
        return frame.set_axis(pd.Index(self.year_of(frame.index), name="year")).groupby(level=0).last()

    def of_means(self, branch, name):
        """TVPI or DPI as a ratio of mean amounts, by period: beside the series, which is a mean of ratios. None without a fund."""
        frames = [self.series(branch, series) for series in ("calls", "distributions", "nav")]
        if any(frame is None for frame in frames):
            return None
        called, distributed = (frame["mean"].cumsum() for frame in frames[:2])
        return (distributed + frames[2]["mean"] if name == "tvpi" else distributed) / called.where(called > 0)

    def deal_flows(self):
        """Mean flows of all deals by period, what they bring less what they cost; NaN in an earlier file."""
        if not self.store.has("groups/table"):
            return np.full(self.periods, np.nan)
        kinds = self.store.table("groups/table", "kind")["kind"]
        return self.store.numbers(f"groups/{self.designs[0]}/flow_mean", len(kinds), self.periods)[(kinds == "instrument").to_numpy()].sum(axis=0)

    def irr_of_means(self, branch):
        """The IRR of class A's mean flows, and of those of all deals; NaN where a file does not tell."""
        position = self.series(branch, "net_position_a")
        of_a = np.full(self.periods, np.nan) if position is None else np.diff(position["mean"], prepend=0.0)
        return tuple(irr(flows, self.periods_per_year) for flows in (of_a, self.deal_flows()))

    # ---- estimates ----

    def derived(self, name):
        """A ratio with the guarantee and its error as the file keeps it, or, of an earlier file, worked out from its paths."""
        if not self.store.has("ratios"):
            return self.ratio("with", *EARLIER_RATIOS[name])
        names = list(self.store.table("ratios/table", "name")["name"])
        if name == "covered_per_net_cost_due" and name not in names:    # earlier files know what was paid alone
            name = "covered_per_net_cost"
        value, error = (self.store.numbers("ratios/" + what, len(names)) for what in ("value", "error"))
        return (float(value[names.index(name)]), float(error[names.index(name)])) if name in names else (float("nan"), float("nan"))

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


def open_results(path, descriptor=None):
    return Results(path, descriptor)
