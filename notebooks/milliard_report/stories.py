# SPDX-License-Identifier: GPL-3.0-or-later
"""A path told as a story, from the file of `milliard replay FILE PATH --json -o STORY.json`: what was bought, what failed, what was sold, what came back."""
import json
import re

import numpy as np

from .companions import MOST, begins
from .open import NotResults, text
from .typography import number, percent, quantity

MOST_STORIES = 3
CHECKED = ("net_irr_a", "tvpi_a", "cost", "loss_default", "defaults", "payouts")      # measures that a story has to share with its file


def is_story(path):
    return re.match(rb'\s*{"tables": {\s*"provenance":', begins(path, 64)) is not None


class Story:
    """The tables that a story is told from, each a list of rows."""

    def __init__(self, path):
        self.path = path
        try:
            tables = json.loads(begins(path, MOST))["tables"]
            self.tables = {name: [dict(zip((column["name"] for column in table["columns"]), row)) for row in table["rows"]] for name, table in tables.items()}
            about = {row["what"]: text(row["program"] or row["file"]) for row in self.tables["provenance"]}
            self.number, self.seed = int(about["path"]), int(about["seed"])
            self.name = self.called = about["name"]
        except (KeyError, TypeError, ValueError, StopIteration) as error:
            raise NotResults(f"{path}: not a file of milliard replay --json, or of an earlier version: make it again ({error})") from error

    def check(self, file):
        """Refuses a path of other results: its measures are those of the file."""
        if self.number >= file.paths or self.seed != file.seed:
            raise NotResults(f"{self.path}: path {self.number} of seed {self.seed}, which {file.path} has not")
        for row in self.tables["measures"]:
            design, name = row["design"], row["measure"]
            if name in CHECKED and file.has(design, name) and row["replay"] is not None:
                kept = file.measure(design, name)[self.number]
                if not np.isclose(kept, row["replay"], rtol=1e-6, atol=0):
                    raise NotResults(f"{self.path}: {name} of path {self.number} is {row['replay']:g}, but {kept:g} in {file.path}: of another scenario or version")

    def measure(self, design, name):
        return next((row["replay"] for row in self.tables["measures"] if row["design"] == design and row["measure"] == name), None)


def rank(file, story):
    """Where the path's net IRR stands among those of all paths."""
    column = file.measure(file.main, "net_irr_a")
    defined = column[np.isfinite(column)]
    return float(np.mean(defined <= column[story.number]))


def named(report, deal):
    """An instrument and a form, in the language of the report."""
    instrument = report.main.instrument_label(deal["instrument"], report.lang)
    return instrument[:1].lower() + instrument[1:]


def sentences(report, story):
    file, lang = report.main, report.lang
    design = file.main
    deals = [deal for deal in story.tables["deals"] if deal["design"] in (design, "both") and deal["made"]]
    ledger = [row for row in story.tables["fund"] if row["design"] == design]
    money = report.three
    yield report.say("story_begin", n=number(story.number, 0, lang), rank=percent(round(rank(file, story), 2), lang),
                     irr=quantity(story.measure(design, "net_irr_a"), "rate", lang, 2), deals=number(len(deals), 0, lang), invested=money(sum(deal["amount"] for deal in deals)),
                     first=min(deal["date"] for deal in deals)[:4], last=max(deal["date"] for deal in deals)[:4])
    failed = [deal for deal in deals if deal["default_date"]]
    if failed:
        worst = max(failed, key=lambda deal: deal["default_loss"] or 0)
        yield report.say("story_defaults", n=number(len(failed), 0, lang), what=named(report, worst), year=worst["default_date"][:4], loss=money(worst["default_loss"]),
                         amount=money(worst["amount"]), all=money(sum(deal["default_loss"] or 0 for deal in failed)))
    else:
        yield report.say("story_no_default")
    sold = [deal for deal in deals if deal["instrument"] == "shares" and deal["exit_proceeds"]]
    if sold:
        best = max(sold, key=lambda deal: deal["exit_proceeds"] / deal["amount"])
        yield report.say("story_exits", n=number(len(sold), 0, lang), amount=money(best["amount"]), year=best["exit_date"][:4],
                         multiple=number(best["exit_proceeds"] / best["amount"], 1, lang))
    called = [row for row in ledger if row["call"] > 0]
    given = [row for row in ledger if row["distributed_a"] > 0]
    yield report.say("story_cash", called=money(sum(row["call"] for row in called)), last=called[-1]["date"][:4] if called else "–", first=given[0]["date"][:4] if given else "–",
                     received=money(sum(row["distributed_a"] for row in given)), multiple=number(story.measure(design, "tvpi_a"), 2, lang))
    if file.has_guarantee:
        paid = story.measure("with", "payouts")
        yield report.say("story_payouts" if paid else "story_no_payout", paid=money(paid or 0), fees=money(story.measure("with", "fees_received") or 0),
                         irr=quantity(story.measure("without", "net_irr_a"), "rate", lang, 2))


def told(page, report):
    """A paragraph a path, from the worst to the best."""
    if not report.main.has_fund:
        return
    if not report.stories:
        return page.leave_out("no_stories")
    page.heading(report.say("stories"))
    for story in sorted(report.stories, key=lambda story: rank(report.main, story)):
        page.paragraph(" ".join(sentences(report, story)))
