# SPDX-License-Identifier: GPL-3.0-or-later
"""What else the same public money could do, from the file of `milliard alternatives -o FILE.json`: for a sizing, class A's probability of loss,
cash that leaves the budget at its peak and private money, form by form. At equal present value these are what differs."""
import json
import re

import numpy as np
import pandas as pd

from . import style
from .companions import MOST, begins, check_origin
from .figures import CI, bars
from .open import NotResults, text
from .style import COLOUR
from .typography import estimate

# What is drawn of each form: name in the file, kind, and what it is called.
SHOWN = (("loss_a", "rate", {"fr": "Probabilité de perte des parts A", "en": "Probability of loss of class A"}),
         ("peak_cash", "money", {"fr": "Trésorerie de l'État au pic", "en": "Cash out of the budget at its peak"}),
         ("private_calls", "money", {"fr": "Appels privés", "en": "Private calls"}))


def read(path):
    """The table as the program wrote it."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def is_alternatives(path):
    return re.match(rb'\s*{\s*"scenario":', begins(path, 64)) is not None


class Alternatives:
    """The file beside a results file: of the same scenario, seed and version."""

    def __init__(self, path):
        self.path = path
        try:
            self.table = json.loads(begins(path, MOST))
            self.name, self.fingerprint, self.commit = (text(self.table[key]) for key in ("scenario", "fingerprint", "commit"))
            self.called = self.name
            self.paths, self.seed = int(self.table["paths"]), int(self.table["seed"])
            self.sizing = self.table["sizings"][0]
            self.data = frame(self.table, self.sizing["sizing"])
            if not len(self.data) or not np.isfinite(self.data[[name for name, _, _ in SHOWN]].to_numpy(float)).all():
                raise ValueError("no form has a size")
        except (KeyError, IndexError, TypeError, ValueError, StopIteration) as error:
            raise NotResults(f"{path}: not a file of milliard alternatives, or of an earlier version: make it again ({error})") from error

    def check(self, file):
        check_origin(self, "alternatives", file)


def frame(table, sizing):
    """One row a form that has a size: its label in both languages, and each number shown with its error."""
    forms = next(one["forms"] for one in table["sizings"] if one["sizing"] == sizing)
    return pd.DataFrame([dict(form=form["form"], fr=form["label_fr"], en=form["label_en"], size=form["size"],
                              **{name + part: form[name][key] for name, _, _ in SHOWN for part, key in (("", "value"), ("_error", "error"))})
                         for form in forms if form["state"] in ("sized", "not_needed")])


def figure(table, sizing, lang):
    """The drawing of a sizing and its data, or None where the table has not the sizing."""
    if sizing not in [one["sizing"] for one in table["sizings"]]:
        return None
    data = frame(table, sizing)
    drawing, panels = style.panels(len(SHOWN), 1, height=0.6 + 1.9 * len(SHOWN))
    colours = [COLOUR["with"] if form == "guarantee" else COLOUR["neutral"] for form in data["form"]]
    for axes, (name, kind, label) in zip(panels[:, 0], SHOWN):
        value, error = data[name].to_numpy(float), data[name + "_error"].to_numpy(float)
        band = CI * np.nan_to_num(error)
        bars(axes, list(data[lang]), value, value - band, value + band, colours, lang, 0.01 if kind == "rate" else 1e6,
             [estimate(v, e, kind, lang) for v, e in zip(value, error)], names=1.9)
        axes.set_xlim(right=1.2 * axes.get_xlim()[1])      # errors of a thousandth take room
        axes.set_title(label[lang], fontsize=9, loc="left")
    return drawing, data
