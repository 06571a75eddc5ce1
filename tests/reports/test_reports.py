# SPDX-License-Identifier: GPL-3.0-or-later
"""The three pages in both languages from small runs: every figure is there in every format, the numbers are those of the
file, hostile names do no harm, and files without fund or guarantee are served too."""
import csv
import functools
import html.parser
import os
import re
import subprocess
import sys
import unittest
import warnings
import xml.etree.ElementTree as xml

import numpy as np

import small
from small import FOLDER, MILLIARD, edited, run, scenario
from milliard_report import figures, first_page
from milliard_report.__main__ import make
from milliard_report.open import NotResults, open_results
from milliard_report.page import safe_cell, write_csv
from milliard_report.readers import report_for
from milliard_report.sensitivity import EFFECTS, Sensitivity, is_sensitivity
from milliard_report.typography import estimate, number, quantity, significant

HOSTILE = '=cmd()<script>alert("x")</script>\'&$\\frac 😀{0}'
FIGURES = {
    "fonds": ["jcurve", "cash", "net_irr_a", "tvpi_a", "mix", "forms", "fees", "quota"],
    "plaidoyer": ["losses", "account", "holds", "balance", "multiplier"],
    "investisseurs": ["net_irr_a", "tvpi_a", "paired", "loss_probability", "stress", "worst_years", "gain", "fees", "drivers"],
}
# Pages of which every file is made. In English the short tests draw one page whole; of the others, chapters of tables alone.
KEPT = [(reader, "fr") for reader in FIGURES if small.LONG or reader == "fonds"]
ENGLISH = tuple(FIGURES) if small.LONG else ("fonds",)
# Elements that never have an end tag; everything else must close in order.
VOID = {"meta", "br", "hr", "img", "link", "input"}


def plain(words):
    """Without spaces that do not break: a table lets the error go under its value."""
    return words.replace("\u00a0", " ")


class Reader(html.parser.HTMLParser):
    """What a browser would make of a page: its elements, its words, and whether elements close in order."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.ids, self.open, self.broken, self.words, self.links, self.handlers, self.rows = [], [], [], [], [], [], [], []
        self.feed(page)
        self.close()
        self.text = plain("".join(self.words))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        self._attributes(attrs)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self._attributes(attrs)

    def _attributes(self, attrs):
        for key, value in attrs:
            if key == "id":
                self.ids.append(value)
            if key in ("href", "src", "xlink:href"):
                self.links.append(value)
            if key.startswith("on"):
                self.handlers.append(key)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)

    def handle_data(self, data):
        self.words.append(data)
        if {"td", "th"}.intersection(self.open):
            self.rows[-1][-1] += data


def drawn(files, reader, lang):
    return small.drawn(files, reader, lang)[0]


@functools.lru_cache(maxsize=None)
def once(reader, lang):
    """The page of the guaranteed fund and of the stress, for all tests that only read it; where it is KEPT, as it lies in its folder."""
    files = [run("guaranteed", scenario("fpci-guaranteed")), run("stress", scenario("stress-recession"))]
    return page_of(files, reader, lang, reader) if (reader, lang) in KEPT else drawn(files, reader, lang)


def figures_of(file, name):
    """Means of the data of a figure of the first page."""
    figure = getattr(first_page, name)(report_for("plaidoyer", [file], "fr"))
    small.plt.close(figure.drawing)
    return figure.data.set_index("what")["mean"]


def page_of(files, reader, lang, folder):
    with open(make(files, reader, lang, os.path.join(FOLDER, folder)), encoding="utf-8") as page:
        return page.read()


class Typography(unittest.TestCase):
    def test_numbers(self):
        self.assertEqual(number(-1234.56, 1, "fr"), "\u22121\u202f234,6")
        self.assertEqual(number(1234.56, 1, "en"), "1,234.6")
        self.assertEqual(number(-0.04, 1, "fr"), "0,0")
        self.assertEqual(quantity(1234.5e6, "money", "fr"), "1\u202f234,5\u00a0M€")
        self.assertEqual(quantity(0.0123, "rate", "fr"), "1,2\u00a0%")
        self.assertEqual(quantity(0.0123, "rate", "en", difference=True), "+1.2\u00a0pt")
        self.assertEqual(estimate(6.5912e6, 0.021e6, "money", "fr"), "6,59\u00a0±\u00a00,02\u00a0M€")
        self.assertEqual(estimate(0.01023, 0.0002, "rate", "en"), "1.02\u00a0±\u00a00.02\u00a0%")
        self.assertEqual(quantity(float("nan"), "money", "fr"), "–")
        for value, kind, words in ((1e9, "money", "1\u202f000\u00a0M€"), (73.56e6, "money", "73,6\u00a0M€"), (0.09996, "rate", "10\u00a0%"), (0.0735, "rate", "7,35\u00a0%"),
                                   (1234.5e6, "money", "1\u202f230\u00a0M€"), (0.0, "money", "0\u00a0€")):
            self.assertEqual(significant(value, kind, "fr"), words)

    def test_cells_are_no_formulas(self):
        for cell in ("=1+1", "+1", "-1", "@a"):
            self.assertEqual(safe_cell(cell), "'" + cell)
        self.assertEqual(safe_cell("1+1"), "1+1")
        self.assertEqual(safe_cell(-1.5), -1.5)


class Drawn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.guaranteed = run("guaranteed", scenario("fpci-guaranteed"))
        cls.stress = run("stress", scenario("stress-recession"))

    def check(self, page):
        read = Reader(page)
        self.assertEqual((read.broken, read.open), ([], []))
        self.assertEqual(len(read.ids), len(set(read.ids)), "an id twice")
        self.assertNotIn("script", read.tags)
        self.assertEqual(read.handlers, [])
        for link in read.links:
            self.assertFalse(":" in link or link.startswith("//"), link)   # nothing from elsewhere
        for word in ("nan", "None", "{", "}"):
            self.assertNotIn(word, " ".join(w for w in read.words if "{box-sizing" not in w).split(), word)
        return read


class Pages(Drawn):
    def test_every_figure_in_every_format(self):
        for reader, names in FIGURES.items():
            for lang in ("fr", "en") if reader in ENGLISH else ("fr",):
                with self.subTest(reader=reader, lang=lang):
                    read = self.check(once(reader, lang))
                    head = read.text[:read.text.index("±")]
                    model = open_results(self.guaranteed).model_version
                    self.assertIn({"fr": f"version du modèle {model}, des tirages", "en": f"version of the model {model}, of the draws"}[lang], head)
                    self.assertEqual("stress-recession" in head, reader == "investisseurs")   # the others are about the first file alone
                    self.assertLessEqual(set(names), set(read.ids))
                    self.assertEqual(read.tags.count("svg"), len(names))
            for name in names if (reader, "fr") in KEPT else ():
                with self.subTest(reader=reader, name=name):
                    for kind in ("svg", "pdf", "png", "csv"):
                        self.assertGreater(os.path.getsize(os.path.join(FOLDER, reader, f"{name}.{kind}")), 100)
                    words = "".join(xml.parse(os.path.join(FOLDER, reader, name + ".svg")).getroot().itertext())
                    for word in ("fpci-guaranteed", "400", "2027"):
                        self.assertIn(word, words)

    def tables(self, reader, lang, chapter):
        if lang == "fr" or reader in ENGLISH:
            return once(reader, lang)
        return small.part_of([self.guaranteed, self.stress], reader, lang, chapter)

    def test_numbers_are_those_of_the_file(self):
        file = open_results(self.guaranteed)
        for lang in ("fr", "en"):
            read = Reader(self.tables("investisseurs", lang, "overview"))
            for branch in ("without", "with", "difference"):
                for measure, kind in (("net_irr_a", "rate"), ("tvpi_a", "multiple"), ("loss_a", "rate")):
                    shown = estimate(file.stat(branch, measure, "mean"), file.stat(branch, measure, "mean_error"), kind, lang,
                                     branch == "difference")
                    self.assertTrue(plain(shown) in read.text, shown)
            read = Reader(self.tables("plaidoyer", lang, "amendment"))
            rows = [row for row in read.rows if len(row) == 2]
            self.assertEqual(len(rows), 13)      # a head and twelve lines
            for measure, design in (("covered_volume", "with"), ("payouts_due", "kept"), ("net_cost_due", "kept"), ("grant_equivalent", "with")):
                shown = plain(significant(file.stat(design, measure, "mean"), "money", lang))
                self.assertTrue(any(plain(words).startswith(shown) for _, words in rows), shown)
            shown = significant(1 - file.stat("with", "exhausted", "mean"), "rate", lang)
            self.assertTrue(plain(shown) in plain(rows[9][1]), shown)

    def test_undefined_paths_are_told(self):
        file = open_results(self.guaranteed)
        without, with_ = (np.isnan(file.measure(b, "payback_years")) for b in ("without", "with"))
        self.assertNotEqual(without.sum(), with_.sum())          # else the means would need no warning
        for lang in ("fr", "en"):
            told = report_for("fonds", [self.guaranteed], lang).undefined("payback_years")
            self.assertEqual(len(told), 1)
            for n in (without.sum(), with_.sum(), (~without & ~with_).sum()):
                self.assertIn(number(int(n), 0, lang), told[0])
            self.assertIn(plain(told[0]), Reader(once("fonds", lang)).text)

    def test_warnings_of_the_scenario_come_first(self):
        doubtful = run("doubtful", scenario("fpci-guaranteed"), 60, "guarantee.dotation[0].amount=15")
        for lang, words in (("fr", "Avertissement : guarantee.dotation[0].amount = 15 € semble donné dans une autre unité. Probablement voulu : 15000000 €, soit 15,0 M€."),
                            ("en", "Warning: guarantee.dotation[0].amount = 15 EUR looks given in another unit. Did you mean 15000000 EUR (15.0 M€)?")):
            for reader in FIGURES:
                with self.subTest(reader=reader, lang=lang):     # before all numbers, of which a head has none
                    whole = small.LONG or (reader, lang) == ("fonds", "fr")
                    text = Reader(drawn([doubtful], reader, lang) if whole else small.part_of([doubtful], reader, lang)).text
                    self.assertIn(words, text[:text.index("±")] if whole else text)
        self.assertNotIn("Avertissement", once("fonds", "fr"))

    def test_budget_and_break_even_fee(self):
        dotated, undotated = Reader(once("plaidoyer", "fr")), Reader(small.part_of([run(
            "evaluative", scenario("fpci-guaranteed"), 60, "guarantee.dotation=()")], "plaidoyer", "fr", "summary", "state"))
        self.assertIn("programme 305", dotated.text)
        self.assertIn("programme 114", undotated.text)
        scheme = run("exhausted", scenario("scheme-national-15"), 60)
        file, read = open_results(scheme), Reader(small.part_of([scheme], "plaidoyer", "fr", "state", "dotation", "amendment"))
        for results, page in ((file, read), (open_results(self.guaranteed), dotated)):
            booked = results.series("with", "state_booked")["mean"] / 1e6
            for year, value in booked.items():
                cell = next(row for row in page.rows if row[0] == str(year))[-1].replace(",", ".").replace("\u2212", "-")
                self.assertLessEqual(abs(float(cell) - value), 0.5001 * 10.0 ** -len(cell.partition(".")[2]))
        self.assertIn(["2027 : gage, programme 134", "\u221215,00", "\u221215,00"], [[plain(cell) for cell in row] for row in read.rows])
        self.assertIn(["solde, gage compris", "0,00", "0,00"], read.rows)
        two = Reader(small.part_of([run("two-payments", scenario("fpci-guaranteed"), 60, "guarantee.dotation=({year=0;amount=20e6;ae=40e6;action=4;},"
                                        "{year=1;amount=20e6;ae=0.0;})")], "plaidoyer", "fr", "amendment"))
        rows = [[plain(cell) for cell in row] for row in two.rows]
        for row in (["2027 : programme 305, action 4", "40,00", "20,00"], ["2028 : programme 305", "0,00", "20,00"], ["total, hors gage", "40,00", "40,00"]):
            self.assertIn(row, rows)
        self.assertIn("ouvre 40 M€ en autorisations d\u2019engagement et 20 M€ en crédits de paiement sur le programme 305", two.text)
        fee = file.ratio("with", ["payouts_due"], ["fee_base"])
        self.assertGreater(fee[0], 2 * file.ratio("with", ["payouts"], ["fee_base"])[0])     # most of what is due is not paid
        self.assertIn(plain(estimate(*fee, "rate", "fr")), read.text)

    def test_due_stands_beside_paid(self):
        """Beside a dotation, in a table of their own and in the unit of the table above: dues, payouts, net cost due and its 95 %, provision."""
        scheme = run("exhausted", scenario("scheme-national-15"), 100)
        file, rows = open_results(scheme), Reader(small.part_of([scheme], "plaidoyer", "fr", "state")).rows
        columns = (("with", "state_dues", "mean"), ("with", "state_payouts", "mean"), ("kept", "state_net_cost_due", "mean"), ("kept", "state_net_cost_due", "q0.95"),
                   ("kept", "provision", "mean"), ("kept", "provision", "q0.95"))
        for year in file.series("with", "state_dues").index:
            row = next(row for row in reversed(rows) if row[0] == str(year) and len(row) == 1 + len(columns))
            for cell, (design, name, what) in zip(row[1:], columns, strict=True):
                cell = cell.replace(",", ".").replace("\u2212", "-").replace("\u202f", "")
                self.assertAlmostEqual(float(cell), file.series(design, name)[what][year] / 1e6, delta=0.5001 * 10.0 ** -len(cell.partition(".")[2]))
        self.assertGreater(file.series("kept", "provision")["mean"].max(), 0)
        self.assertEqual(file.series("kept", "provision")["mean"].iloc[-1], 0)

    def test_first_page(self):
        """The terms of the scenario, three sentences of the file, and both readings of whether the dotation holds."""
        scheme = run("exhausted", scenario("scheme-national-15"), 100)
        file, text = open_results(scheme), Reader(small.part_of([scheme], "plaidoyer", "fr", "summary")).text
        for words in ("50 % des pertes, dès le premier euro, sans plafond de portefeuille", "3 M€ de pertes par émetteur", "15 M€ versés en 2027", "10 ans, carence de 0,5 an",
                      "0,5 % par an de l\u2019encours garanti, payée par les financeurs", plain(significant(file.stat("kept", "net_cost_due", "mean"), "money", "fr"))):
            self.assertTrue(words in text.replace("\u202f", " "), words)
        for share in (1 - file.stat("with", "exhausted", "mean"), 1 - file.stat("with", "payouts_unpaid", "mean") / file.stat("with", "payouts_due", "mean")):
            self.assertTrue(plain(quantity(share, "rate", "fr")) in text, share)
        flows = figures_of(scheme, "losses")
        self.assertAlmostEqual(flows["losses"] - flows["paid"] - flows["unpaid"], flows["left"], delta=1e-6 * flows["losses"])

    def test_median_of_few_exhaustions(self):
        read = Reader(small.part_of([run("exhausted-twice", scenario("fpci-guaranteed"), 300, "run.seed=2")], "plaidoyer", "fr", "dotation"))
        self.assertEqual(open_results(os.path.join(FOLDER, "exhausted-twice.h5")).stat("with", "exhaustion_years", "count"), 2)
        self.assertIn("Quand la dotation s’épuise, c’est après 10,5 ans au plus tôt ; trop peu de trajectoires l’épuisent", read.text.replace("\u202f", " "))

    def test_a_period_may_be_a_year(self):
        file = open_results(run("yearly", os.path.join(small.PROJECT, "tests", "twin", "scenarios", "short.cfg"), 60))
        self.assertEqual(list(file.series("with", "state_balance").index), list(range(2027, 2037)))
        self.assertEqual(list(file.series("with", "cash").index), list(range(1, 11)))

    def test_csv_holds_the_series_of_the_file(self):
        file = open_results(self.guaranteed)
        write_csv(figures.jcurve(report_for("fonds", [self.guaranteed], "fr")).data, os.path.join(FOLDER, "jcurve.csv"), "fr")
        with open(os.path.join(FOLDER, "jcurve.csv"), encoding="utf-8-sig", newline="") as table:
            rows = [r for r in csv.DictReader(table, delimiter=";") if r["branch"] == "with"]
        expected = file.series("with", "net_position_a")
        self.assertEqual(len(rows), len(expected))
        for row, (_, value) in zip(rows, expected.iterrows()):
            self.assertEqual(float(row["q0.5"].replace(",", ".")), value["q0.5"])

    def test_reports_are_reproducible(self):
        self.assertEqual(once("fonds", "en"), drawn([self.guaranteed, self.stress], "fonds", "en"))

    def test_hostile_names(self):
        quoted = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
        file = os.path.join(FOLDER, "hostile.cfg")
        with open(file, "w", encoding="utf-8") as out:
            out.write(f'base = "{scenario("fpci-guaranteed")}";\nname = "hostile";\ntitle: {{ fr = "{quoted}"; en = "{quoted}"; }};\n')
        result = run("hostile", file, 60)
        with edited(result) as h5:        # a name that the program itself may refuse
            h5.attrs["name"] = np.bytes_(HOSTILE.encode())
        for reader in FIGURES if small.LONG else ("investisseurs",):     # the one that names both files
            kept = reader == "investisseurs" and small.LONG     # PDF and PNG too
            page = page_of([result, self.stress], reader, "fr", "hostile") if kept else drawn([result, self.stress], reader, "fr")
            self.assertIn(HOSTILE, self.check(page).text)
        sheet = os.path.join(FOLDER, "loss_probability.csv")
        write_csv(figures.loss_probability(report_for("investisseurs", [result, self.stress], "fr")).data, sheet, "fr")
        with open(sheet, encoding="utf-8-sig", newline="") as table:
            self.assertEqual(next(csv.DictReader(table, delimiter=";"))["scenario"], "'" + HOSTILE)


@unittest.skipUnless(small.LONG, "of the long tests")
class LongPages(Drawn):
    def test_not_estimable(self):
        """No sentence, table or figure gives a quantile that the paths are too few for: 5 and 95 % take 72, 1 and 99 % 368."""
        far = {"fr": ("fois sur dix", "fois sur cent", "dans le pire cas", "trajectoire sur vingt", "fois sur vingt", "95 % ("),
               "en": ("times out of ten", "time in a hundred", "in the worst case", "path in twenty", "time in twenty", "95 % (")}
        enough = "".join(once(reader, "en") for reader in FIGURES)
        for words in ("times out of ten", "time in twenty"):
            self.assertTrue(words in enough, words)
        kinds = {"guaranteed": ("fpci-guaranteed",), "undotated": ("fpci-guaranteed", "guarantee.dotation=()"), "scheme": ("scheme-national-15",)}
        for paths, kind, lang in ((1, "guaranteed", "en"), (1, "scheme", "fr"), (50, "guaranteed", "fr"), (50, "guaranteed", "en"), (50, "undotated", "fr")):
            name, *settings = kinds[kind]
            file = run(f"few-{kind}-{paths}", scenario(name), paths, *settings)
            for reader in FIGURES:
                with self.subTest(paths=paths, kind=kind, reader=reader, lang=lang), warnings.catch_warnings():
                    warnings.simplefilter("error")
                    warnings.filterwarnings("ignore", "More than 20 figures")     # of other tests
                    read = self.check(drawn([file] + [self.stress] * (reader == "investisseurs" and paths == 1), reader, lang))
                    for words in (*far[lang], " – non est", " – not est") if reader != "investisseurs" or paths > 1 else ():
                        self.assertFalse(words in read.text, words)

    def test_no_fund_no_guarantee_no_trajectories(self):
        files = [run("scheme", scenario("scheme-national"), 40), run("reference", scenario("fpci-reference"), 200),
                 run("bare", scenario("fpci-guaranteed"), 200, 'run.trajectories="none"', 'run.storage="single"'),
                 run("undotated", scenario("fpci-guaranteed"), 200, "guarantee.dotation=()")]
        for file in files:
            for reader in FIGURES:
                with self.subTest(file=os.path.basename(file), reader=reader):
                    read = self.check(drawn([file], reader, "fr"))
                    self.assertGreater(read.tags.count("svg"), 0)


class Committee(Drawn):
    """What a committee asks first, from the file and from paths run again."""

    def story(self, words, name):
        path = os.path.join(FOLDER, name + ".json")
        subprocess.run([MILLIARD, "replay", self.guaranteed, words, "--json", "-o", path], check=True, capture_output=True)
        return path

    def test_first_paragraph_and_payback_in_one_cell(self):
        file, read = open_results(self.guaranteed), Reader(once("fonds", "fr"))
        share = file.stat("with", "payback_years", "count") / file.paths
        self.assertIn(plain(f"Elles sont remboursées sur {quantity(share, 'rate', 'fr')} des trajectoires, alors après "), read.text)
        for measure in ("net_irr_a", "loss_a", "hurdle_reached", "carry_paid"):
            self.assertIn(plain(estimate(file.stat("with", measure, "mean"), file.stat("with", measure, "mean_error"), "rate", "fr")), read.text[:read.text.index("Les termes du fonds")])
        cell = next(row for row in read.rows if plain(row[0]) == "Délai de récupération, parts A")[2]
        self.assertTrue(plain(cell).startswith(plain(quantity(share, "rate", "fr")) + " des trajectoires, alors après "), cell)
        self.assertIn("gestion 2 % des engagements par an, puis 2 % du coût net investi", read.text)
        self.assertIn("ni une promesse de rendement", once("investisseurs", "fr"))

    def test_flows_by_year_add_up(self):
        file, rows = open_results(self.guaranteed), Reader(once("fonds", "fr")).rows
        year, total = (next(row for row in rows if len(row) == 9 and row[0] == name and row[8].endswith("%")) for name in ("2027", "total"))
        frame = file.series("with", "calls")
        for row, expected in ((year, frame["mean"].iloc[:4].sum()), (total, frame["mean"].sum())):
            self.assertAlmostEqual(float(row[1].replace(",", ".")), expected / 1e6, delta=0.0501)

    def test_stories_are_those_of_the_file(self):
        paths = [self.story(words, name) for words, name in (("p95:net_irr_a", "good"), ("p5:net_irr_a", "bad"))]
        read = Reader(small.part_of([self.guaranteed, *paths], "investisseurs", "en", "risk")).text
        self.assertIn("scenarios/stress-recession.cfg and stress-subsidies.cfg", read)     # how stresses come to the page
        self.assertNotIn("scenarios/stress-recession.cfg", once("investisseurs", "en"))    # which has them
        file = open_results(self.guaranteed)
        irr = file.measure("with", "net_irr_a")
        order = np.argsort(irr, kind="stable")
        bad, good = (order[int(np.floor(level * (len(irr) - 1) + 0.5))] for level in (0.05, 0.95))
        for path in (bad, good):
            self.assertIn(plain(f"Path {number(int(path), 0, 'en')}, at rank"), read)
            self.assertIn(plain(quantity(irr[path], "rate", "en", 2)), read)
        self.assertLess(read.index(f"Path {number(int(bad), 0, 'en')},"), read.index(f"Path {number(int(good), 0, 'en')},"))
        with self.assertRaisesRegex(NotResults, "of another scenario or version"):
            report_for("investisseurs", [self.stress, paths[0]], "en")
        with self.assertRaisesRegex(NotResults, "at most one"):
            report_for("investisseurs", [self.guaranteed, *paths, *paths], "en")


class Sensitivities(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results, cls.table = small.judged()

    def test_a_table_saved_by_a_spreadsheet(self):
        """Semicolons or tabs, decimal commas, a mark of UTF-8 or Windows' encoding: the same table."""
        with open(self.table, encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        french = [[re.sub(r"^(-?[0-9]+)[.]([0-9]+(e-?[0-9]+)?)$", r"\1,\2", cell) for cell in row] for row in rows]
        as_written = Sensitivity(self.table)
        for delimiter, encoding in ((";", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-8")):
            path = os.path.join(FOLDER, "saved-again.csv")
            with open(path, "w", encoding=encoding, newline="", errors="replace") as out:
                csv.writer(out, delimiter=delimiter).writerows(french)
            self.assertTrue(is_sensitivity(path))
            read = Sensitivity(path)
            for effect in EFFECTS:
                self.assertEqual(read.changes[effect].tolist(), as_written.changes[effect].tolist(), (delimiter, effect))
            report_for("fonds", [self.results, path], "fr")

    def test_table_and_tornado(self):
        table = Sensitivity(self.table)
        self.assertEqual((table.name, table.branch, table.paths, table.seed), ("judged", "kept", 100, 2027))
        for lang in ("fr", "en"):
            files = [self.results, self.table]
            read = Reader(small.part_of(files, "fonds", lang, "judgements"))
            self.assertIn("tornado_net_irr_a", read.ids)
            self.assertIn(plain(number(table.base["break_even_pd"], 1, lang)), read.text)
            for row in (table.base, *(r for _, r in table.changes.iterrows())):
                for column, effect in ((3, "net_cost_due"), (4, "net_cost")):
                    cell = estimate(row[effect], row[effect + "_error"], "money", lang, row is not table.base, (1e6, ""))
                    self.assertIn(plain(cell), [plain(r[column]) for r in read.rows if len(r) == 6])
        ids = Reader(small.part_of([self.table, self.results], "plaidoyer", "fr", "judgements")).ids
        self.assertIn("tornado_net_cost_due", ids)
        self.assertIn("tornado_dotation_95", ids)
        self.assertIn("milliard sensitivity", Reader(small.part_of([self.results], "fonds", "fr", "judgements")).text.rpartition("Sans objet")[2])

    def test_labels_like_formulas_and_rows_without_effect(self):
        with open(self.table, encoding="utf-8", newline="") as file:
            head, base, *rows = csv.reader(file)
        for row in rows:
            row[1:3], row[4] = (["'=1+1", "'@SUM(A1)"], "'-0.02") if row[0] == "pd" else (row[1:3], "[ 0.5, 0.5 ]; 4")
            if row[0] != "pd":
                row[5:15] = ["0" if cell else "" for cell in row[5:15]]
        edited = os.path.join(FOLDER, "edited.csv")
        with open(edited, "w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([head, base, *rows])
        read = Reader(small.part_of([self.results, edited], "fonds", "fr", "judgements"))
        cells = [plain(row[0]) for row in read.rows if len(row) == 6]
        self.assertIn(plain("@SUM(A1) : \u22120,02"), cells)
        self.assertFalse([cell for cell in cells if "Plafond" in cell])
        self.assertIn(plain("Sans effet ici, à aucune des deux valeurs : Plafond des actions."), plain(read.text))
        self.assertEqual(Sensitivity(edited).still("en"), ["Cap on shares"])

    def test_what_was_applied(self):
        for words, fr, en in (("1234567", "1\u202f234\u202f567", "1,234,567"), ("\u00d7 0.5", "\u00d7\u00a00,5", "\u00d7\u00a00.5"),
                              ("-0.0000125", "\u22120,0000125", "\u22120.0000125"), ("none", "aucun", "none"), ("[ 0.5, 0.5 ]; 4", "bas\u00a0; 4", "low; 4")):
            for lang, expected in (("fr", fr), ("en", en)):
                self.assertEqual(figures.applied(report_for("fonds", [self.results], lang), {"applied": words, "end": "low"}), expected)

    def test_another_scenario_is_refused(self):
        file = os.path.join(FOLDER, "judged.cfg")
        for other in (run("judged-otherwise", file, 60, "fund.hurdle=0.061"), run("judged-reference", scenario("fpci-reference"), 60)):
            with self.assertRaisesRegex(NotResults, "parameters"):
                report_for("fonds", [other, self.table], "fr")
        report_for("fonds", [run("judged-seed", file, 60, "run.seed=5"), self.table], "fr")
        with open(self.table, encoding="utf-8") as file:
            lines = file.read().splitlines()
        cells = next(csv.reader([lines[1]]))
        moved = os.path.join(FOLDER, "moved.csv")
        with open(moved, "w", encoding="utf-8") as out:      # same parameters, another IRR: not the same program
            out.write("\n".join([lines[0], lines[1].replace(cells[5], "0.5"), *lines[2:]]) + "\n")
        with self.assertRaisesRegex(NotResults, "net_irr_a"):
            report_for("fonds", [self.results, moved], "fr")
        for end in range(2, len(lines)):
            with open(moved, "w", encoding="utf-8") as out:  # cut between lines: a judgement without its high value, or none at all
                out.write("\n".join(lines[:end]) + "\n")
            if end != 4:
                with self.assertRaisesRegex(NotResults, "cut short|make it again"):
                    report_for("fonds", [self.results, moved], "fr")
        for cut in (2, 12, 40, 100, len(lines[-1]) // 2):
            with open(moved, "w", encoding="utf-8") as out:  # in a line
                out.write("\n".join(lines)[:-cut])
            with self.assertRaisesRegex(NotResults, "cut short|make it again"):
                report_for("fonds", [self.results, moved], "fr")
        deals = os.path.join(FOLDER, "deals.cfg")
        with open(os.path.join(small.PROJECT, "scenarios", "tapes", "example-40.csv"), encoding="utf-8") as file:
            lines = file.read().splitlines()
        for name, rows in (("deals-one", lines), ("deals-other", lines[:-1])):      # files of one name, as of two folders
            with open(os.path.join(FOLDER, "deals.csv"), "w", encoding="utf-8") as out:
                out.write("\n".join(rows) + "\n")
            with open(deals, "w", encoding="utf-8") as out:
                out.write(f'base = "{scenario("tape-example")}"; name = "deals"; tape = {{ file = "deals.csv"; }}; drop = [ "sensitivity" ];\n'
                          'sensitivity = ( { name = "pd"; keys = [ "legal_forms.*.pd" ]; operation = "scale"; low = 0.5; high = 2.0; } );')
            found = run(name, deals, 60)
            if name == "deals-one":
                subprocess.run([MILLIARD, "sensitivity", deals, "-n", "60", "-q", "-o", deals + ".csv"], check=True)
                report_for("fonds", [found, deals + ".csv"], "fr")
        with self.assertRaisesRegex(NotResults, "deals"):
            report_for("fonds", [found, deals + ".csv"], "fr")
        with self.assertRaisesRegex(NotResults, "at most one"):
            report_for("fonds", [self.results, self.table, self.table], "fr")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3 + small.LONG:], verbosity=2)
