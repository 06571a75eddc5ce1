# SPDX-License-Identifier: GPL-3.0-or-later
"""`milliard report` when things go wrong around it: other files, a full disk, an interruption, what is in the way."""
import copy
import functools
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import unittest
import unittest.mock

import numpy as np

from small import FOLDER, MILLIARD, edited, run, scenario
from milliard_report.page import Page
from milliard_report.readers import chapters, report_for


@functools.lru_cache(maxsize=None)
def drawn(name, *settings):
    """The chapters with the first figures: the page by the command has all."""
    report = report_for("fonds", [run(name, scenario("fpci-guaranteed"), 60, *settings)], "fr")
    page = Page(report, "fonds")
    for part in (*chapters("fonds")["cash"], *chapters("fonds")["terms"]):
        part(page, report)
    return page


def page_of(name, *settings):
    """A page of the team's, drawn once: each test chooses figures of its own."""
    page = copy.copy(drawn(name, *settings))
    page.figures = list(page.figures)
    return page


def contents(folder):
    """Every file of a folder, hidden ones too."""
    found = {}
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as file:
            found[name] = file.read()
    return found


class Command(unittest.TestCase):
    def test_not_a_results_file(self):
        bad = os.path.join(FOLDER, "bad.h5")
        with open(bad, "w") as out:
            out.write("no")
        command = [MILLIARD, "report", bad, "--for", "fonds", "-o", os.path.join(FOLDER, "bad")]
        done = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(done.returncode, 5)
        self.assertIn("bad.h5", done.stderr)

    def test_names_are_shown(self):
        """What a terminal would obey in a name is told by an escape; a no-break space is no such thing."""
        done = self.report(os.path.join(FOLDER, "no\x1b[2J\x9b\u202eé\u00a0.h5"), "bad")
        self.assertEqual(done.returncode, 4)
        self.assertIn("no\\x1b[2J\\x9b\\u202eé\u00a0.h5: No such file", done.stderr)

    def test_another_format(self):
        file = run("later", scenario("fpci-guaranteed"), 20)
        with edited(file) as h5:
            h5.attrs["format_version"] = 3
            h5.attrs["program_version"] = np.bytes_("9.9")
        done = self.report(file, "later")
        self.assertEqual(done.returncode, 5)
        self.assertIn("later.h5: written by milliard 9.9 in format 3, newer than format 2 that this version reads", done.stderr)
        with edited(file) as h5:
            h5.attrs["format_version"] = 2
            del h5["summary"]
        done = self.report(file, "later")
        self.assertEqual((done.returncode, f"{file}: damaged" in done.stderr), (5, True))
        done = self.report(os.path.join(FOLDER, "nowhere.h5"), "later")
        self.assertEqual((done.returncode, "nowhere.h5: No such file" in done.stderr), (4, True))
        self.assertFalse(os.path.exists(os.path.join(FOLDER, "later")))

    def report(self, file, folder, reader="fonds", **options):
        command = [MILLIARD, "report", file, "--for", reader, "--lang", "fr", "-o", os.path.join(FOLDER, folder)]
        return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "MILLIARD_PYTHON": sys.executable}, **options)

    def test_a_report_is_whole_or_what_was_there_stays(self):
        short, shortly = run("plain", scenario("fpci-reference"), 20), os.path.join(FOLDER, "by-command")    # a short page: it has no guarantee
        done = self.report(short, shortly, "plaidoyer")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(sys.executable, done.stderr)     # says which interpreter
        before = contents(shortly)
        self.assertIn("plaidoyer.html", before)
        full = self.report(short, shortly, "plaidoyer", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (16000, 16000)))
        self.assertEqual((full.returncode, full.stderr.splitlines()[1:]), (4, [f"milliard report: {shortly}: File too large"]))
        self.assertEqual(contents(shortly), before)
        lost = self.report(short, os.path.join(short, "folder"), "plaidoyer")       # where no folder can be
        self.assertEqual((lost.returncode, len(lost.stderr.splitlines())), (4, 2))

        first, page, folder = page_of("small"), page_of("other", "run.seed=7"), os.path.join(FOLDER, "whole")
        first.figures, page.figures = first.figures[:2], page.figures[:2]
        first.save(folder)
        before = contents(folder)
        for size in (2000, 16000, 26000):    # as a full disk, which fills in a drawing, a PDF among them, or in a table
            usual = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
            try:
                with self.assertRaisesRegex(OSError, "File too large"):
                    page.save(folder)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, usual)
            self.assertEqual(contents(folder), before)

        other = run("other", scenario("fpci-guaranteed"), 60, "run.seed=7")
        command = [MILLIARD, "report", other, "--for", "fonds", "--lang", "fr", "-o", folder]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "MILLIARD_PYTHON": sys.executable}) as stopped:
            while stopped.poll() is None and not any(name.startswith(".milliard-") for name in os.listdir(folder)):
                time.sleep(0.02)
            stopped.send_signal(signal.SIGINT)
            words = stopped.stderr.read()
        self.assertEqual((stopped.returncode, words.splitlines()[1:]), (130, ["milliard report: interrupted"]))
        self.assertEqual(contents(folder), before)

        page.save(folder)
        after = contents(folder)
        self.assertEqual(after.keys(), before.keys())
        self.assertFalse([name for name in after if after[name] == before[name]])

    def test_a_language_of_the_environment(self):
        for lang in ("de", "fr_FR"):
            done = subprocess.run([MILLIARD, "report", "x.h5", "--for", "fonds", "-o", FOLDER], capture_output=True, text=True,
                                  env={**os.environ, "MILLIARD_PYTHON": sys.executable, "MILLIARD_LANG": lang})
            self.assertEqual((done.returncode, done.stderr.splitlines()[0]), (2, f"milliard: language '{lang}' is none of: en, fr"))

    def test_files_of_others_stay(self):
        """A table of such a name is somebody's: it is told, and nothing is written."""
        file, folder = run("small", scenario("fpci-guaranteed"), 60), os.path.join(FOLDER, "of-others")
        for name in ("cash.csv", "fonds.html"):
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, name), "w", encoding="ascii") as out:
                out.write("<!DOCTYPE html>\nmine\n")
            before = contents(folder)
            with self.assertRaisesRegex(FileExistsError, "exists and is of no report") as told:
                page_of("small").save(folder)
            self.assertEqual(told.exception.filename, os.path.join(folder, name))
            if name == "cash.csv":
                done = self.report(file, folder)
                self.assertEqual((done.returncode, len(done.stderr.splitlines())), (4, 2))
                self.assertIn(f"{os.path.join(folder, name)}: exists and is of no report", done.stderr)
            self.assertEqual(contents(folder), before)
            os.remove(os.path.join(folder, name))

    def test_what_a_user_changes_is_the_users(self):
        """A file that the page lists, and a user has written over since, is told and left; one that a user links to from the page too."""
        page, folder = page_of("small"), os.path.join(FOLDER, "of-the-user")
        first, second = page.figures[:2]
        page.figures = [first, second]
        page.save(folder)
        mine = os.path.join(folder, f"{second.name}.csv")
        with open(mine, "w", encoding="ascii") as out:
            out.write("mine")
        with self.assertRaises(FileExistsError):
            page.save(folder)
        os.remove(mine)
        with open(os.path.join(folder, "fonds.html"), "a", encoding="ascii") as out:
            out.write('<a href="budget.csv">')
        with open(os.path.join(folder, "budget.csv"), "w", encoding="ascii") as out:
            out.write("mine")
        page.figures = [first]
        page.save(folder)
        with open(os.path.join(folder, "budget.csv"), encoding="ascii") as file:
            self.assertEqual(file.read(), "mine")
        self.assertFalse([name for name in os.listdir(folder) if name.startswith(second.name)])

    def test_figures_of_another_run_go(self):
        """Those that the page linked to and the new one has not; what another page links to, and what is of others, stays."""
        page, folder = page_of("small"), os.path.join(FOLDER, "over-another")
        first, second = page.figures[:2]
        target = os.path.join(folder, "fonds.html")

        def save(*shown):
            page.figures = list(shown)
            page.save(folder)
            return set(os.listdir(folder))

        def files(figure):
            return {f"{figure.name}.{kind}" for kind in ("svg", "pdf", "png", "csv")}
        self.assertEqual(save(first, second), {"fonds.html"} | files(first) | files(second))
        os.chmod(target, 0o640)
        for name in ("note.csv", second.name + ".txt"):
            open(os.path.join(folder, name), "w", encoding="ascii").close()
        kept = {"fonds.html", "note.csv", second.name + ".txt"} | files(first)
        self.assertEqual(save(first), kept)
        self.assertEqual(os.stat(target).st_mode & 0o777, 0o640)
        shutil.copy(target, os.path.join(folder, "plaidoyer.html"))
        self.assertEqual(save(), kept | {"plaidoyer.html"})

    def test_interrupted_between_files(self):
        """Ctrl-C once the first file is in place waits for the last."""
        page, folder, place = page_of("small"), os.path.join(FOLDER, "between"), os.replace
        page.figures = page.figures[:1]

        def interrupt(*names):
            place(*names)
            signal.raise_signal(signal.SIGINT)
        with unittest.mock.patch("os.replace", interrupt), self.assertRaises(KeyboardInterrupt):
            page.save(folder)
        self.assertEqual(set(os.listdir(folder)), {"fonds.html", *(f"{page.figures[0].name}.{kind}" for kind in ("svg", "pdf", "png", "csv"))})
        self.assertIs(signal.getsignal(signal.SIGINT), signal.default_int_handler)

    def test_cut_short_and_made_again(self):
        """What a first report leaves when the machine goes down between its files is no obstacle to the next."""
        page, folder, place = page_of("small"), os.path.join(FOLDER, "cut-short"), os.replace
        page.figures = page.figures[:1]

        def go_down(*names):
            place(*names)
            raise OSError("gone")
        with unittest.mock.patch("os.replace", go_down), self.assertRaises(OSError):
            page.save(folder)
        self.assertEqual(len(os.listdir(folder)), 1)
        page.save(folder)
        self.assertEqual(len(os.listdir(folder)), 5)

    def test_nothing_of_the_working_folder_runs(self):
        """Whatever is called as a module, an interpreter or a style there, or in folders that the environment adds to Python's own."""
        file, trap = run("plain", scenario("fpci-reference"), 20), os.path.join(FOLDER, "trap")
        witness, site = os.path.join(FOLDER, "trapped"), os.path.join(trap, f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages")
        for folder in ("numpy", "milliard_report", "bin", site):
            os.makedirs(os.path.join(trap, folder))
        modules = ("calendar", "runpy", "h5py", "open", "page", "sitecustomize", "usercustomize", "numpy/__init__", "milliard_report/__init__",
                   "milliard_report/__main__", f"{site}/usercustomize", f"{site}/h5py")
        for name in modules:
            with open(os.path.join(trap, name + ".py"), "w", encoding="ascii") as out:
                out.write(f"open({witness!r}, 'a').write({name!r} + '\\n')\n")
        for name in ("python3", "bin/python3"):
            with open(os.path.join(trap, name), "w", encoding="ascii") as out:
                out.write(f"#!/bin/sh\necho {name} >> {witness}\n")
            os.chmod(os.path.join(trap, name), 0o755)
        with open(os.path.join(trap, "matplotlibrc"), "wb") as out:
            out.write(b"font.size: 40\naxes.facecolor: red\n\xff")
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MILLIARD"))}
        led = {**plain, "PYTHONPATH": f"{trap}:", "PYTHONSTARTUP": os.path.join(trap, "calendar.py"), "PYTHONUSERBASE": trap, "PYTHONHOME": trap,
               "PYTHONINSPECT": "1", "PATH": f"::.:bin:{plain['PATH']}"}
        command = [MILLIARD, "report", file, "--for", "plaidoyer", "-o"]     # a short page: it has no guarantee
        expected = subprocess.run([*command, "away"], capture_output=True, text=True, cwd=FOLDER, env=plain)
        self.assertEqual(expected.returncode, 0, expected.stderr)
        for place, environment in ((trap, plain), (trap, led), (trap, {**led, "MILLIARD_PYTHON": "python3"})):
            done = subprocess.run([*command, "made"], capture_output=True, text=True, cwd=place, env=environment)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "made/plaidoyer.html\n", expected.stderr))
            self.assertEqual(contents(os.path.join(trap, "made")), contents(os.path.join(FOLDER, "away")))
            self.assertFalse(os.path.exists(witness), "a file of the working folder was run")

    def test_says_what_to_install(self):
        environment = {**os.environ, "MILLIARD_PYTHON": "/nowhere/python3"}
        done = subprocess.run([MILLIARD, "report", "x.h5", "--for", "fonds", "-o", FOLDER], capture_output=True, text=True, env=environment)
        self.assertEqual(done.returncode, 4)
        self.assertIn("python3-matplotlib", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
