# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the reports share: small runs, pages without their files. Called as: test.py MILLIARD FOLDER."""
import os
import subprocess
import sys

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(PROJECT, "notebooks"))
MILLIARD, FOLDER = sys.argv[1], sys.argv[2]

from milliard_report.__main__ import build    # noqa: E402
from milliard_report.style import plt         # noqa: E402


def scenario(name):
    return os.path.join(PROJECT, "scenarios", name + ".cfg")


def run(name, scenario, paths=400, *settings):
    target = os.path.join(FOLDER, name + ".h5")
    command = [MILLIARD, "run", scenario, "-n", str(paths), "-q", "-o", target]
    for setting in settings:
        command += ["--set", setting]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return target


def drawn(files, reader, lang):
    """A page without its files, which take most of the time, and the names of its figures."""
    page = build(files, reader, lang)
    for figure in page.figures:
        plt.close(figure.drawing)
    return page.render(), [figure.name for figure in page.figures]
