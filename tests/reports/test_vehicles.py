#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""
The other vehicles and what deals come with, on the page of the fund: numbers are those that the program tells as JSON; nothing of it where a scenario has none.

    test_vehicles.py PROGRAM FOLDER
"""
import html
import json
import re
import subprocess
import unittest

import small
from small import MILLIARD
from milliard_report.typography import estimate, number


def plain(words):
    return html.unescape(words).replace("\u00a0", " ").strip()


def tables_of(page):
    """Of each table its rows, head first: lists of texts."""
    return [[[plain(re.sub(r"<[^>]*>", "", cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, flags=re.S)]
             for row in re.findall(r"<tr>.*?</tr>", table, flags=re.S)] for table in re.findall(r"<table.*?</table>", page, flags=re.S)]


def row_of(page, label):
    return next((row for table in tables_of(page) for row in table if row and row[0] == label), None)


class Vehicles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results = small.run("vehicles", small.scenario("trois-vehicules"), 300)
        cls.told = json.loads(subprocess.run([MILLIARD, "show", "--json", cls.results], check=True, capture_output=True).stdout)
        cls.page = small.part_of([cls.results], "fonds", "en", "vehicles")

    def mean(self, measure, kind, design="with"):
        told = self.told["measures"][measure][design]
        return plain(estimate(told["mean"], told["mean_error"], kind, "en"))

    def test_measures_are_those_of_the_file(self):
        for label, measure, kind in (("IRR of a saver of year 0", "feeder_irr", "rate"), ("Paid to savers on request", "feeder_paid_out", "money"),
                                     ("Requests served in their year", "feeder_served_in_year", "rate"), ("Projects helped", "endowment_projects", "number"),
                                     ("Part of helped projects that would have to reach 500,000 EUR", "endowment_part_needed", "rate"),
                                     ("Jobs (full-time years)", "indicator_1", "number"), ("Places opened (places) per million invested", "indicator_2_per_million", "number")):
            row = row_of(self.page, label)
            self.assertIsNotNone(row, label)
            self.assertEqual(row[1], self.mean(measure, kind), label)

    def test_three_vehicles_side_by_side(self):
        rows = [row for table in tables_of(self.page) for row in table if table[0][1:] == ["brings in", "pays out", "risks"]]
        self.assertEqual([row[0] for row in rows[1:]], ["FPCI", "Citizens' fund", "Fonds de dotation"])
        self.assertIn(self.mean("feeder_irr", "rate"), rows[2][3])
        self.assertIn("no return", rows[3][3])

    def test_groups_add_up(self):
        told = self.told["measures"]
        for k in (1, 2):
            whole = told[f"indicator_{k}"]["with"]["mean"]
            by_instrument = sum(told[name]["with"]["mean"] for name in told if re.fullmatch(rf"indicator_{k}_[a-z_]+", name) and "form" not in name
                                and not name.endswith(("_lost", "_per_million")))
            by_form = sum(told[name]["with"]["mean"] for name in told if re.fullmatch(rf"indicator_{k}_form_\d", name))
            by_year = sum(self.told["series"][f"indicator_{k}_by_year"]["without"]["mean"])
            for part in (by_instrument, by_form, by_year):
                self.assertAlmostEqual(part / whole, 1, 9)

    def test_per_public_euro(self):
        cost = self.told["measures"]["net_cost_due"]["kept"]["mean"]
        jobs = self.told["measures"]["indicator_1"]["kept"]["mean"]
        self.assertEqual(row_of(self.page, "25 %")[1], number(0.25 * jobs / (cost / 1e6), 1, "en"))
        self.assertIn("None of these parts is an estimate", self.page)

    def test_what_is_not_known_is_said(self):
        for lang, words in (("en", "What is not known"), ("fr", "Ce qu’on ne sait pas")):
            self.assertEqual(small.part_of([self.results], "fonds", lang, "vehicles").count(words), 3)

    def test_nothing_without_them(self):
        self.assertEqual(tables_of(small.part_of([small.run("alone", small.scenario("fpci-reference"), 100)], "fonds", "en", "vehicles")), [])


if __name__ == "__main__":
    unittest.main(argv=["test_vehicles"], verbosity=2)
