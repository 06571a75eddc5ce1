# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the reports share: small runs, pages without their files. Called as: test.py MILLIARD FOLDER [long]."""
import contextlib
import functools
import os
import subprocess
import sys

import h5py

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(PROJECT, "notebooks"))
MILLIARD, FOLDER, LONG = sys.argv[1], sys.argv[2], "long" in sys.argv[3:4]

from milliard_report.__main__ import build    # noqa: E402
from milliard_report.page import Page          # noqa: E402
from milliard_report.readers import chapters, report_for    # noqa: E402
from milliard_report.style import plt         # noqa: E402


def scenario(name):
    return os.path.join(PROJECT, "scenarios", name + ".cfg")


@contextlib.contextmanager
def edited(file):
    """A results file to be changed as an earlier version, or whoever means harm, would leave it: without the seal that tells of changes."""
    with h5py.File(file, "r+") as h5:
        h5.attrs.pop("checksum", None)
        yield h5


@functools.lru_cache(maxsize=None)
def run(name, scenario, paths=400, *settings):
    """A results file of that name, made once: what a test changes has a name of its own."""
    target = os.path.join(FOLDER, name + ".h5")
    command = [MILLIARD, "run", scenario, "-n", str(paths), "-q", "-o", target]
    for setting in settings:
        command += ["--set", setting]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return target


def judged(paths=100):
    """A guaranteed fund with two judgements, run, and its table of sensitivity: all rows of the reference would take long."""
    file, table = os.path.join(FOLDER, "judged.cfg"), os.path.join(FOLDER, "judged.csv")
    with open(file, "w", encoding="utf-8") as out:
        out.write(f'''base = "{scenario("fpci-guaranteed")}";
name = "judged";
drop = [ "sensitivity" ];
sensitivity = (
    {{ name = "pd"; label = {{ en = "PD of all legal forms"; fr = "PD de toutes les formes juridiques"; }};
      keys = [ "legal_forms.*.pd" ]; operation = "scale"; low = 0.5; high = 2.0; }},
    {{ name = "multiple_cap"; label = {{ en = "Cap on shares"; fr = "Plafond des actions"; }};
      keys = [ "instruments.shares.multiple_cap" ]; operation = "set"; low = 2.5; high = 9.0; }} );
''')
    subprocess.run([MILLIARD, "sensitivity", file, "-n", str(paths), "-q", "-o", table], check=True)
    return run("judged", file, 4 * paths), table


def drawn(files, reader, lang):
    """A page without its files, which take most of the time, and the names of its figures."""
    return rendered(build(files, reader, lang))


def part_of(files, reader, lang, *wanted):
    """A page with some of its chapters only, for a test that reads no other; with none, its head."""
    report = report_for(reader, files, lang)
    page = Page(report, reader)
    for name in wanted:
        for part in chapters(reader)[name]:
            part(page, report)
    return rendered(page)[0]


def rendered(page):
    for figure in page.figures:
        plt.close(figure.drawing)
    return page.render(), [figure.name for figure in page.figures]
