# SPDX-License-Identifier: GPL-3.0-or-later
"""A results file of format 1, kept as milliard 0.1.0 wrote it (24 paths of fpci-guaranteed), is read by every command that
reads results: the numbers told are those that lie in the file."""
import csv
import glob
import json
import lzma
import os
import subprocess
import sys
import unittest

import h5py
import numpy as np

from small import FOLDER, MILLIARD, PROJECT, run, scenario
from milliard_report.open import open_results

FILE = os.path.join(FOLDER, "format-1.h5")
with lzma.open(os.path.join(PROJECT, "tests", "data", "results-format-1.xz")) as packed, open(FILE, "wb") as out:
    out.write(packed.read())


def told(*command):
    environment = {**os.environ, "MILLIARD_PYTHON": sys.executable}
    done = subprocess.run([MILLIARD, *command], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, (command, done.returncode, done.stderr)
    return done.stdout


class Format1(unittest.TestCase):
    def test_show_tells_its_numbers(self):
        shown = json.loads(told("show", FILE, "--json"))
        with h5py.File(FILE) as file:
            names = [row[0].decode() for row in file["measures/table"][:]]
            for group in ("without", "with", "difference"):
                means = dict(zip(names, file[f"summary/{group}/mean"][:]))
                seen = [name for name, of in shown["measures"].items() if of.get(group)]
                self.assertGreater(len(seen), 40)
                for name in seen:
                    mean = shown["measures"][name][group]["mean"]
                    self.assertTrue(mean == means[name] or (mean is None and np.isnan(means[name])), (group, name))
        self.assertEqual((shown["format_version"], shown["designs"]), (1, ["without", "with"]))
        self.assertIn("fpci", told("show", FILE).lower())

    def test_it_is_compared_with_one_of_today(self):
        self.assertIn("format-1", told("compare", FILE, run("today", scenario("fpci-guaranteed"), 24)))

    def test_it_is_exported(self):
        folder = os.path.join(FOLDER, "sheets")
        told("export", FILE, "--csv", folder)
        with open(os.path.join(folder, "statistics.csv"), newline="", encoding="utf-8-sig") as sheet:
            self.assertGreater(len(list(csv.reader(sheet))), 100)

    def test_pages_are_made_of_it(self):
        folder = os.path.join(FOLDER, "pages")
        told("report", FILE, "--for", "investisseurs", "-o", folder)
        self.assertTrue(glob.glob(os.path.join(folder, "**", "*.html"), recursive=True))
        file = open_results(FILE)
        with h5py.File(FILE) as h5:
            place = [row[0].decode() for row in h5["measures/table"][:]].index("tvpi_a")
            for design in ("without", "with", "difference"):
                self.assertEqual(file.stat(design, "tvpi_a", "mean"), h5[f"summary/{design}/mean"][place])


unittest.main(argv=sys.argv[:1])
