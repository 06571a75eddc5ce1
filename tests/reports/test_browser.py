# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages opened in headless Chromium: on a phone, on a desk, printed; with names that want to do harm. Skipped (77) without the browser."""
import os
import struct
import subprocess
import sys
import unittest

import browser
if browser.missing():
    print(f"skipped: no headless browser (Debian: apt-get install {browser.missing()})")
    sys.exit(77)

import numpy as np
import pages
from small import FOLDER, MILLIARD, drawn, edited, rendered, run, scenario
from milliard_report import style
from milliard_report.__main__ import build, make
from milliard_report.page import Page, write_slide
from milliard_report.readers import report_for

HOSTILE = '=cmd()|<script>alert(1)</script>"\'&$\\frac 😀{0}<img src=x onerror=alert(2)>'
LONG = "W" * 300


def renamed(file, name, target):
    """A copy of a results file whose scenario has another name and title."""
    with open(file, "rb") as source, open(target, "wb") as out:
        out.write(source.read())
    with edited(target) as h5:
        for key in ("name", "title_fr", "title_en"):
            h5.attrs[key] = np.bytes_(name.encode())
    return target


class InBrowser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.guaranteed, cls.recession = (run(name, scenario(name), 300) for name in ("fpci-guaranteed", "stress-recession"))
        cls.browser = browser.Browser(os.path.join(FOLDER, "browser"))
        cls.addClassCleanup(cls.browser.close)

    def faults(self, path, figures, lang):
        return pages.faults(self.browser, path, figures, lang, os.path.join(FOLDER, "printed.pdf"))

    def written(self, page, name):
        path = os.path.join(FOLDER, name)
        with open(path, "w", encoding="utf-8", newline="\n") as out:
            out.write(page)
        return path

    def test_pages(self):
        page, figures = drawn([self.guaranteed], "fonds", "fr")
        self.assertGreater(len(figures), 7)
        self.assertEqual(self.faults(self.written(page, "page.html"), figures, "fr")[0], [])

    def test_plaidoyer_on_paper(self):
        """With all that it can show, seven sheets at most, none mostly white, the first of them alone saying it all; its slides are readable."""
        judgements, forms = (os.path.join(FOLDER, name) for name in ("judgements.csv", "forms.json"))
        for command, out in (("sensitivity", judgements), ("alternatives", forms)):
            subprocess.run([MILLIARD, command, scenario("fpci-guaranteed"), "-q", "-n", "100", "-o", out], check=True)
        for files, lang in (([self.guaranteed, judgements, forms], "fr"), ([run("scheme-national", scenario("scheme-national"), 100)], "en")):
            page = build(files, "plaidoyer", lang)
            slides = page.slides
            words, figures = rendered(page)
            self.assertEqual(self.faults(self.written(words, "plaidoyer.html"), figures, lang)[0], [])
            printed = os.path.join(FOLDER, "printed.pdf")
            sheets, inked = pages.pages_of(self.browser.pdf(), printed), pages.inked(printed)
            self.assertLessEqual(len(sheets), 7)
            self.assertGreater(min(inked), 0.4, inked)
            self.assertEqual([name for name in ("gagne et perd, et qui porte" if lang == "fr" else "gains and loses, and who", "2027", "95 %", "tient" if lang == "fr" else "holds")
                              if name not in sheets[0].replace("\u00a0", " ")], [])
        name, figure = next(iter(slides.items()))
        stem = os.path.join(FOLDER, name)
        with style.slide():
            drawing = figure(page.report).drawing
        smallest = min(words.get_fontsize() for words in drawing.findobj(style.matplotlib.text.Text) if words.get_text().strip())
        self.assertGreaterEqual(smallest * 13.333 / drawing.get_figwidth(), 23.9)
        write_slide(drawing, stem)
        with open(stem + ".png", "rb") as picture:
            self.assertEqual(struct.unpack(">II", picture.read(24)[16:]), (1920, 1080))

    def test_a_table_of_many_estimates(self):
        """Six columns of estimates with as many decimals as 20,000 paths give, as of sensitivities, fit a page of 1000 pixels."""
        page = Page(report_for("fonds", [self.guaranteed], "fr"), "fonds")
        value = "\u22123,178\u00a0±\u00a00,009"
        page.table(["jugement"] + ["coût net dû, M€"] * 5, [["probabilités de défaut : × 2"] + [value] * 5] * 3, "Écarts")
        self.assertEqual(self.faults(self.written(rendered(page)[0], "estimates.html"), [], "fr")[0], [])

    def test_hostile_names(self):
        files = [renamed(self.guaranteed, HOSTILE, os.path.join(FOLDER, "hostile.h5")),
                 renamed(self.recession, LONG, os.path.join(FOLDER, "long.h5"))]
        folder = os.path.join(FOLDER, "hostile")
        path = make(files, "investisseurs", "fr", folder)
        figures = ["net_irr_a", "tvpi_a", "paired", "loss_probability", "stress", "worst_years", "gain", "fees", "drivers"]
        found, seen = self.faults(path, figures, "fr")
        self.assertEqual(found, [])
        self.assertEqual(seen["heads"][0], HOSTILE)                      # shown as text, letter by letter
        self.assertIn(HOSTILE, seen["heads"][1])
        self.assertIn(LONG, seen["heads"][2])
        self.assertEqual(len(seen["links"]), 4 * len(figures))
        for link in seen["links"]:
            self.assertGreater(os.path.getsize(os.path.join(folder, link)), 100, link)

    def test_faults_are_seen(self):
        """A page with one fault of each kind: every check finds its own."""
        svg = ('<svg viewBox="0 0 400 100" width="100%" role="img"><text x="10" y="50" font-size="9">one</text>'
               '<text x="15" y="50" font-size="9">two</text><text x="395" y="90" font-size="4">beyond</text></svg>')
        page = ('<!DOCTYPE html><html lang="en"><head><meta name="viewport" content="width=device-width">'
                '<style>@page{size:A4;margin:16mm}</style></head><body><main><h1>x</h1><script>console.error("loud")</script>'
                '<p style="color:#aaa">pale</p><div style="width:2000px">wide</div><div class="wide" style="overflow-x:auto;width:90px">'
                '<table><tr><th>unscoped_and_long_word</th><td style="min-width:0;max-width:20px;overflow-wrap:anywhere">broken</td></tr></table></div>'
                f'<section><h2>tall</h2><figure id="f">{svg}<figcaption>c</figcaption></figure><div style="height:1500px"></div></section>'
                '<img src="http://127.0.0.1:9/x.png"></main></body></html>')
        found = "\n".join(self.faults(self.written(page, "faulty.html"), ["f", "g"], "fr")[0])
        for fault in ("console: SEVERE", "loud", "asks for http://127.0.0.1:9/x.png", "scrolls sideways: ", "table scrolls sideways: unscoped",
                      "contrast 2.3: pale", "without scope: unscoped", "broken in a table: broken", "overlap: one / two", "cut: beyond", "pixels: beyond", "['f', 'g'] expected",
                      "no name for a screen reader", "language en", "1 that could run", "too high for a sheet: tall", "a screen reader is told of"):
            self.assertIn(fault, found)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
