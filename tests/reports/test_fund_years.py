#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""
The fund year by year on the pages: value by class, both kinds of ratio and of IRR, limits. The program tells the same numbers as JSON.

    test_fund_years.py PROGRAM FOLDER
"""
import json
import re
import subprocess
import unittest

import small
from small import MILLIARD
from milliard_report.open import open_results
from milliard_report.typography import number


def rows_of(page, head, skipped=0):
    """The body of the table whose first cells are that head, after some that have it too: a list of lists of texts."""
    for table in re.findall(r"<table.*?</table>", page, flags=re.S):
        rows = [[re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, flags=re.S)]
                for row in re.findall(r"<tr>.*?</tr>", table, flags=re.S)]
        if rows and rows[0][:len(head)] == head:
            if not skipped:
                return rows[1:]
            skipped -= 1
    return None


class FundYears(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results = small.run("years", small.scenario("fpci-guaranteed"), 200, "fund.max_issuer_share=0.04")
        cls.told = json.loads(subprocess.run([MILLIARD, "show", "--json", cls.results], check=True, capture_output=True).stdout)
        cls.file = open_results(cls.results)

    def test_means_of_ratios_and_ratios_of_means(self):
        for design in ("without", "with"):
            for name in ("tvpi", "dpi"):
                theirs = self.told["series"][name][design]["ratio_of_means"]
                ours = self.file.of_means(design, name)
                self.assertEqual(len(theirs), len(ours))
                for one, other in zip(theirs, ours):
                    self.assertAlmostEqual(one, other, 12)
        self.assertNotEqual(self.told["series"]["tvpi"]["with"]["ratio_of_means"][0], self.told["series"]["tvpi"]["with"]["mean"][0])

    def test_irr_of_mean_flows(self):
        for design in ("without", "with"):
            for ours, key in zip(self.file.irr_of_means(design), ("irr_of_means_a", "irr_of_means_deals")):
                self.assertAlmostEqual(ours, self.told["returns"][design][key], 9)

    def test_values_add_up_on_the_page(self):
        page = small.part_of([self.results], "investisseurs", "en", "returns")
        ends = [end[:4] for end in self.told["period_ends"]]
        for skipped, start in enumerate(("nav", "nav_sold")):      # at value, then after the discounts of a forced sale
            rows = rows_of(page, ["year", "fund", "class A", "class C"], skipped)
            for row in rows:
                last = len(ends) - 1 - ends[::-1].index(row[0])
                for cell, name in zip(row[1:], (start, start + "_a", start + "_c"), strict=True):
                    self.assertEqual(cell, number(self.told["series"][name]["with"]["mean"][last] / 1e6, 1, "en"))
                self.assertAlmostEqual(float(row[1]), float(row[2]) + float(row[3]), delta=0.11)
            self.assertEqual(len(rows), 12)

    def test_limits_and_what_is_not_kept(self):
        page = small.part_of([self.results], "fonds", "fr", "terms")
        rows = rows_of(page, ["année", "quota à date, médiane"])
        self.assertEqual([row[1] == "–" for row in rows], [year > 2032 for year in range(2027, 2039)])
        self.assertIn("un émetteur dépasse la limite", page)
        self.assertNotIn("le quota à date est sous", page)
        kept = small.run("kept", small.scenario("fpci-reference"), 60)
        self.assertNotIn("Limit not kept", small.part_of([kept], "investisseurs", "en", "overview"))


if __name__ == "__main__":
    unittest.main(argv=["test_fund_years"], verbosity=2)
