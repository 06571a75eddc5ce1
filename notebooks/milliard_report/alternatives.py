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
from .texts import typeset
from .typography import estimate, number, percent, quantity, significant

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


def what_else(page, report):
    """What else the same public money could do, form by form, and both answers."""
    alternatives, lang = report.alternatives, report.lang
    if alternatives is None:
        return page.leave_out("no_alternatives") if report.main.has_fund and report.main.has_guarantee else None
    sizing, errors = alternatives.sizing, []
    page.heading(report.say("alternatives"))
    page.paragraph(report.say("alternatives_sub", sizing=typeset(sizing["label_" + lang], lang)) + ". " + report.say("alternatives_text"))

    def cell(form, name, kind):
        value, error = form[name]["value"], form[name]["error"]
        if value and error is not None:
            errors.append(error / (1e6 if kind == "money" else 0.01 if kind == "rate" else 1))
        return significant(None if value is None else value / 1e6 if kind == "money" else value, "rate" if kind == "rate" else "number", lang)
    columns = (("public_cost_discounted", "money"), ("peak_cash", "money"), ("net_irr_a", "rate"), ("loss_a", "rate"), ("private_calls", "money"), ("private_per_public", "number"))
    rows = [[typeset(form["label_" + lang], lang), *(cell(form, *column) for column in columns)] for form in sizing["forms"] if form["state"] in ("sized", "not_needed")]
    heads = ("head", "pv", "cash", "irr", "loss", "private", "ratio")
    page.table([report.say("alternatives_" + head) for head in heads], rows, report.say("alternatives_note", n=number(alternatives.paths, 0, lang), error=number(max(errors), 2, lang)))
    if answers := both_answers(report, {form["form"]: form for form in sizing["forms"]}):
        page.paragraph(answers)


def both_answers(report, forms):
    """What speaks against the guarantee and for it, beside a first loss of the same cost, in the figures of the file."""
    if not {"guarantee", "first_loss_capital"} <= set(forms) or forms["first_loss_capital"]["size"] is None:
        return None
    values = {f"{name}_{end}": significant(forms[form][name]["value"], kind, report.lang) for form, end in (("guarantee", "g"), ("first_loss_capital", "f"))
              for name, kind in (("loss_a", "rate"), ("private_calls", "money"), ("peak_cash", "money"), ("peak_net_dues", "money"))}
    return report.say("alternatives_answers", **values)


def additionality(page, report):
    """The smallest part that has to be additional, by probabilities of default and by what it is compared with; never a part that is."""
    lang = report.lang
    found = report.alternatives.table.get("additionality") if report.alternatives else None
    if not found:
        return

    def share(one):
        if one["state"] == "reached":
            return estimate(one["value"], one["error"], "rate", lang)
        return report.say("additionality_none" if one["state"] == "costs_nothing" else "additionality_beyond")
    compared = [one["compared"] for one in found[0]["break_even"]]
    by = [{one["compared"]: one for one in level["break_even"]} for level in found]
    rows = [[report.say("additionality_row", source=text(by[0][name]["source"]), cost=number(by[0][name]["cost"], 2, lang)), *(share(level[name]) for level in by)] for name in compared]
    for one in found[0]["cost_per_additional_euro"]:
        part = one["additional_part"]
        costs = [next(other["cost"] for other in level["cost_per_additional_euro"] if other["additional_part"] == part) for level in found]
        rows.append([report.say("additional_cost", part=percent(part, lang)), *("–" if cost is None else quantity(cost, "multiple", lang) + " €" for cost in costs)])
    page.heading(report.say("additionality"))
    page.paragraph(report.say("additionality_text"))
    page.table([report.say("additionality_head"), *(report.say("additionality_pd", scale=number(level["pd_scale"], 1 if level["pd_scale"] % 1 else 0, lang)) for level in found)], rows)
