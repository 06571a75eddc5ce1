#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""
Uncertain inputs on the pages of all readers: the numbers of `show --json`, both intervals, and which judgement.

    test_worlds_figure.py PROGRAM FOLDER
"""
import json
import os
import subprocess
import unittest

import small
from small import FOLDER, MILLIARD
from milliard_report import worlds
from milliard_report.readers import report_for
from milliard_report.style import plt


class Uncertain(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        small.judged(16)
        scenario = os.path.join(FOLDER, "judged.cfg")
        cls.results = small.run("worlds", scenario, 480, "uncertainty.paths_per_world=8")
        cls.plain = small.run("plain", scenario, 480)
        shown = subprocess.run([MILLIARD, "show", "--json", cls.results], check=True, capture_output=True).stdout
        cls.found = json.loads(shown)["uncertain"]

    def test_numbers_are_those_of_the_file(self):
        report = report_for("fonds", [self.results], "en")
        read = worlds.worlds_of(report)
        self.assertEqual((read.count, read.paths_per_world, read.inputs), (60, 8, 2))
        shown = self.found["measures"]["net_irr_a"]["with"]
        self.assertEqual(read.stat("with", "net_irr_a", "mean"), shown["mean"])
        self.assertEqual(read.quantile("with", "net_irr_a", 0.05), shown["quantiles"][1])
        self.assertEqual(float(read.of("share", "with", "net_irr_a")), shown["share"])
        index = next(one for one in self.found["indices"] if one["measure"] == "net_irr_a")
        frame = read.indices("net_irr_a").set_index("name")
        self.assertEqual([frame.at[one["name"], "first"] for one in self.found["inputs"]], index["first"])

    def test_both_intervals_are_drawn(self):
        report = report_for("fonds", [self.results], "fr")
        figure = worlds.intervals(report, worlds.worlds_of(report), "net_irr_a")
        bars = figure.drawing.axes[0].patches
        self.assertEqual(len(bars), 4)
        for bar, (_, row) in zip(bars, figure.data.iterrows(), strict=True):
            self.assertAlmostEqual(bar.get_x(), row["low"], 9)
            self.assertAlmostEqual(bar.get_width(), row["high"] - row["low"], 9)
        self.assertNotEqual(bars[0].get_facecolor(), bars[1].get_facecolor())
        plt.close(figure.drawing)

    def test_the_largest_comes_first_and_is_said(self):
        report = report_for("plaidoyer", [self.results], "en")
        figure = worlds.which(report, worlds.worlds_of(report), "net_cost_due")
        self.assertEqual(figure.data["name"].iloc[0], "pd")
        self.assertIn("PD of all legal forms", figure.text[0])
        plt.close(figure.drawing)

    def test_every_reader_has_it(self):
        for reader in ("fonds", "plaidoyer", "investisseurs"):
            for lang, title in (("fr", "telles qu’on les connaît"), ("en", "as the inputs are known")):
                self.assertIn(title, small.part_of([self.results], reader, lang, "judgements"))
        self.assertNotIn("as the inputs are known", small.part_of([self.plain], "fonds", "en", "judgements"))


if __name__ == "__main__":
    unittest.main(argv=["test_worlds_figure"], verbosity=2)
