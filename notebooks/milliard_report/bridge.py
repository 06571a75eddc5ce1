# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of `milliard bridge SCENARIO -o FILE.csv`: from gross to net step by step, on the same draws."""
import math

import pandas as pd

from .companions import begins_with, check_origin, plain, read
from .open import NotResults, text

UNITS = ("irr", "tvpi", "money")
NUMBERS = [unit + end for unit in UNITS for end in ("", "_error", "_change", "_change_error")]
RUN = ["scenario", "branch", "paths", "counted", "seed", "fingerprint", "commit"]   # the same on every line
FIRST, LAST = "contracts", "carry"
GROSS = "forced_sale"   # the last step of the deals: the gross return
FAR = 5                 # standard errors, as of a table of sensitivity


def is_bridge(path):
    return begins_with(path, "bridge")


def is_whole(frame):
    """Whether a table has its first and last steps, each step once, and one run on every line."""
    steps = list(frame["bridge"])
    return (not frame.isna().any(axis=None) and (frame[RUN].nunique() == 1).all() and len(set(steps)) == len(steps)
            and steps[0] == FIRST and steps[-1] == LAST and GROSS in steps)


class Bridge:
    """`steps`, a row each in their order: level and change, in IRR, multiple and euros, each with its error."""

    def __init__(self, path):
        self.path = path
        try:
            frame = read(path, "bridge", NUMBERS)
            if not is_whole(frame):
                raise NotResults(f"{path}: cut short, or of another version of milliard: make the table again")
            frame[NUMBERS] = frame[NUMBERS].apply(pd.to_numeric)
            first = frame.iloc[0]
            self.name, self.branch, self.fingerprint, self.commit = (text(first[key]) for key in ("scenario", "branch", "fingerprint", "commit"))
            self.called = self.name                 # as a results file is, in the line below a figure
            self.paths, self.counted, self.seed = (int(first[key]) for key in ("paths", "counted", "seed"))
        except (KeyError, IndexError, ValueError, UnicodeDecodeError) as error:
            raise NotResults(f"{path}: not a table of milliard bridge, or of an earlier version: make it again ({error})") from error
        for column in ("label_en", "label_fr"):
            frame[column] = frame[column].map(plain).map(text)
        self.steps = frame

    @property
    def net(self):
        return self.steps.iloc[-1]

    @property
    def gross(self):
        return self.steps[self.steps["bridge"] == GROSS].iloc[0]

    def check(self, file):
        """Refuses a results file of another scenario, seed or version: parameters or deals, draws, or a net return too far to be chance."""
        check_origin(self, "bridge", file)
        mean, error = (file.stat(self.branch, "net_irr_a", what) for what in ("mean", "mean_error"))
        if abs(self.net["irr"] - mean) > FAR * math.hypot(self.net["irr_error"], error):   # false where either is undefined
            raise NotResults(f"{self.path}: ends at a net IRR of {self.net['irr']:g}, but {file.path} has {mean:g} ± {error:g}; make both again")
