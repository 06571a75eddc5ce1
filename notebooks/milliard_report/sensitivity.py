# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of `milliard sensitivity SCENARIO -o FILE.csv`: each judgement of a scenario at its low and high, on the same draws."""
import math

import pandas as pd

from .companions import begins_with, plain, read
from .open import NotResults, is_long_enough, text

# As what each is written. All are of the table's design, but for the net cost that a dotation pays.
EFFECTS = {"net_irr_a": "rate", "loss_a": "rate", "net_cost_due": "money", "net_cost": "money", "dotation_95": "money"}
NUMBERS = [name + end for name in EFFECTS for end in ("", "_error")] + ["break_even_pd", "break_even_pd_error", "break_even_pd_low",
                                                                       "break_even_pd_high"]
RUN = ["scenario", "branch", "paths", "seed", "fingerprint", "commit"]   # the same on every line
CHOICES = ("net_of_gains", "upside_share")   # of a design, no judgements: pages have a table of them
FAR = 5   # standard errors: a base so far from the file's mean is another scenario's; by chance once in a million tables


def is_sensitivity(path):
    return begins_with(path, "judgement")


def is_whole(frame):
    """Whether a table has all its cells, and after its base line a low and a high one of each judgement."""
    ends = frame[1:].groupby("judgement")["end"].agg(sorted)
    return (not frame.isna().any(axis=None) and (frame[RUN].nunique() == 1).all() and len(ends) > 0
            and all(pair == ["high", "low"] for pair in ends))


class Sensitivity:
    """`base`, a row, and `changes`, two rows a judgement ("end" low and high), the heaviest first."""

    def __init__(self, path):
        self.path = path
        try:
            frame = read(path, "sensitivity", NUMBERS)
            if not is_whole(frame):
                raise NotResults(f"{path}: cut short: make the table again")
            frame[NUMBERS] = frame[NUMBERS].apply(pd.to_numeric)
            self.base, self.changes = frame.iloc[0], frame.iloc[1:].reset_index(drop=True)
            self.name, self.branch, self.fingerprint = (text(self.base[key]) for key in ("scenario", "branch", "fingerprint"))
            self.called = self.name                 # as a results file is, in the line below a figure
            self.paths, self.seed = int(self.base["paths"]), int(self.base["seed"])
        except (KeyError, IndexError, ValueError, UnicodeDecodeError) as error:
            raise NotResults(f"{path}: not a table of milliard sensitivity, or of an earlier version: make it again ({error})") from error
        for column in ("judgement", "label_en", "label_fr", "applied"):
            self.changes[column] = self.changes[column].map(plain).map(text)

    def check(self, file):
        """Refuses a results file of another scenario: other parameters or deals, or means too far from the base to be chance."""
        if self.fingerprint != file.fingerprint():
            raise NotResults(f"{self.path}: sensitivity of {self.name}, whose parameters or deals are not those of {file.path} ({file.name})")
        for name in EFFECTS:
            base, error = self.base[name], self.base[name + "_error"]
            mean, mean_error = (file.stat("with" if name == "net_cost" else self.branch, name, what) for what in ("mean", "mean_error"))
            if abs(base - mean) > FAR * math.hypot(error, mean_error):   # false where either is undefined
                raise NotResults(f"{self.path}: the scenario's {name} is {base:g} ± {error:g}, but {mean:g} ± {mean_error:g} in {file.path}: "
                                 "another version of milliard; make both again")

    def shown(self):
        """The effects that this scenario has, and the paths are enough for."""
        return [name for name in EFFECTS if math.isfinite(self.base[name])
                and (name != "net_cost" or self.branch == "kept") and (name != "dotation_95" or is_long_enough(int(self.base["paths"]), 0.95))]

    def moves(self, pair):
        """Whether a judgement moves any effect at all: one on what the scenario does not hold moves none, to the last bit."""
        return any(row[name] != 0 for row in pair[1:] for name in self.shown() if math.isfinite(row[name]))

    def pairs(self):
        return [(name, *(rows[rows["end"] == end].iloc[0] for end in ("low", "high"))) for name, rows in self.changes.groupby("judgement", sort=False)]

    def still(self, lang):
        """Labels of the judgements that move nothing."""
        return [pair[1]["label_" + lang] or pair[0] for pair in self.pairs() if not self.moves(pair)]

    def heaviest(self, effect):
        """Judgements that move something, by the larger of their two changes: (name, low row, high row)."""
        pairs = [pair for pair in self.pairs() if self.moves(pair)]
        return sorted(pairs, key=lambda pair: -max(abs(pair[1][effect]), abs(pair[2][effect])))
