# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page of every kind of scenario, for each reader, in both languages, in headless Chromium. Skipped (77) without the browser."""
import os
import sys
import unittest

import browser
if browser.missing():
    print(f"skipped: no headless browser (Debian: apt-get install {browser.missing()})")
    sys.exit(77)

import pages
from small import FOLDER, PROJECT, drawn, run, scenario
from milliard_report.readers import READERS

TWIN = os.path.join(PROJECT, "tests", "twin", "scenarios")
SCENARIOS = {"fpci-reference": 3000, "fpci-guaranteed": 3000, "fpci-guaranteed-counter-guaranteed": 3000, "fpci-guaranteed-first-losses": 500,
             "stress-recession": 3000, "scheme-national": 1000, "scheme-national-15": 1000, "tape-example": 3000,
             "fpci-carry": 1000, "fpci-reglement-60": 1000, "concession": 3000, "layers": 1000, "no-dotation": 1000, "short": 1000}


class EveryPage(unittest.TestCase):
    def test_every_page(self):
        with browser.Browser(os.path.join(FOLDER, "browser")) as chromium:
            count = 0
            for name, paths in SCENARIOS.items():
                file = scenario(name)
                results = run(name, file if os.path.exists(file) else os.path.join(TWIN, name + ".cfg"), paths)
                for reader in READERS:
                    for lang in ("fr", "en"):
                        with self.subTest(scenario=name, reader=reader, lang=lang):
                            page, figures = drawn([results], reader, lang)
                            path = os.path.join(FOLDER, f"{name}-{reader}-{lang}.html")
                            with open(path, "w", encoding="utf-8", newline="\n") as out:
                                out.write(page)
                            self.assertEqual(pages.faults(chromium, path, figures, lang, os.path.join(FOLDER, "printed.pdf"))[0], [])
                            count += 1
        print(f"{count} pages without a fault")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
