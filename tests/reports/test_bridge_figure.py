#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""
The bridge from gross to net on the pages of the fund and of investors: its bars, its table, and what a table of something else is told.

    test_bridge_figure.py PROGRAM FOLDER
"""
import csv
import os
import subprocess
import unittest

import small
from small import FOLDER, MILLIARD
from milliard_report import figures
from milliard_report.bridge import Bridge
from milliard_report.open import NotResults
from milliard_report.readers import report_for
from milliard_report.style import plt


def table_of(scenario, paths, *more):
    path = os.path.join(FOLDER, "bridge.csv")
    subprocess.run([MILLIARD, "bridge", scenario, "-n", str(paths), "-q", "-o", path, *more], check=True)
    return path


def edited(table, name, change):
    """The table with its lines changed."""
    path = os.path.join(FOLDER, name)
    with open(table, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with open(path, "w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(change(rows))
    return path


class Bridges(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scenario = small.scenario("fpci-guaranteed")
        cls.results, cls.table = small.run("guaranteed", scenario, 200), table_of(scenario, 200)

    def test_bars_are_the_table(self):
        """Each step begins where the one before ended, the last bar is the net, and every bar bears its number."""
        for reader, lang in (("fonds", "fr"), ("investisseurs", "en")):
            report = report_for(reader, [self.results, self.table], lang)
            figure = figures.bridge(report)
            rows, steps = figure.data, report.bridge.steps
            self.assertEqual(len(rows), len(steps) + 2)
            changes = rows[~rows["is_level"]]
            self.assertEqual(len(changes), len(steps) - 1)
            for (_, row), (_, step) in zip(changes.iterrows(), steps.iloc[1:].iterrows()):
                self.assertEqual((row["step"], row["end"]), (step["bridge"], step["irr"]))
                self.assertAlmostEqual(row["end"] - row["start"], step["irr_change"], 12)
            self.assertEqual(list(changes["start"].iloc[1:].round(12)), list(changes["end"].iloc[:-1].round(12)))
            mean = report.main.stat(report.bridge.branch, "net_irr_a", "mean")
            self.assertAlmostEqual(rows["end"].iloc[-1], mean, 9)
            axes = figure.drawing.axes[0]
            for bar, (_, row) in zip(axes.patches, rows.iterrows(), strict=True):
                self.assertAlmostEqual(bar.get_width(), 1e4 * (row["end"] - row["start"]), 6)
            words = [note.get_text() for note in axes.texts]
            self.assertEqual(len(words), len(rows))
            self.assertTrue(all("±" in one for one in words))
            plt.close(figure.drawing)

    def test_pages_have_it_or_say_how(self):
        page = small.part_of([self.results, self.table], "fonds", "en", "returns")
        self.assertIn('<figure id="bridge">', page)
        self.assertIn("management fees", page)
        page = small.part_of([self.results], "investisseurs", "fr", "returns")
        self.assertIn("milliard bridge", page)

    def refused(self, path, *words):
        with self.assertRaises(NotResults) as caught:
            report_for("fonds", [self.results, path], "en")
        for word in words:
            self.assertIn(word, str(caught.exception))

    def test_what_is_not_of_this_run(self):
        other = small.run("other", small.scenario("fpci-guaranteed"), 60, "run.seed=1")
        with self.assertRaises(NotResults) as caught:
            report_for("fonds", [other, self.table], "en")
        self.assertIn("seed", str(caught.exception))
        with self.assertRaises(NotResults) as caught:
            report_for("fonds", [small.run("reference", small.scenario("fpci-reference"), 60), self.table], "en")
        self.assertIn("parameters or deals", str(caught.exception))

        def set_all(column, value):
            return lambda rows: [rows[0]] + [[value if head == column else cell for head, cell in zip(rows[0], row)] for row in rows[1:]]
        self.refused(edited(self.table, "commit.csv", set_all("commit", "0000000")), "another version")
        self.refused(edited(self.table, "net.csv", set_all("irr", "0.5")), "net IRR")
        self.refused(edited(self.table, "short.csv", lambda rows: rows[:-1]), "cut short")
        self.refused(edited(self.table, "text.csv", set_all("irr", "x")), "make it again")
        with self.assertRaises(NotResults):
            report_for("fonds", [self.results, self.table, self.table], "en")

    def test_a_spreadsheet_may_have_saved_it(self):
        def french(rows):
            return [[cell.replace(".", ",") if cell.lstrip("-")[:1].isdigit() else cell for cell in row] for row in rows]
        path = edited(self.table, "french.csv", french)
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        with open(path, "w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out, delimiter=";").writerows(rows)
        self.assertEqual(list(Bridge(path).steps["irr"]), list(Bridge(self.table).steps["irr"]))


if __name__ == "__main__":
    unittest.main(argv=["test_bridge_figure"], verbosity=2)
