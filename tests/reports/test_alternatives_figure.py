#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""
The figure of alternatives, for each sizing in both languages: it draws what the file says, and every form of it.

    test_alternatives_figure.py PROGRAM FOLDER
"""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "notebooks"))

from milliard_report import alternatives    # noqa: E402
from milliard_report.open import NotResults    # noqa: E402
from milliard_report.readers import report_for    # noqa: E402


def check_origin(program, folder, path):
    """A page takes the file beside a run of the same scenario and seed, and no other."""
    run = os.path.join(folder, "run.h5")
    for seed, words in ((2027, None), (1, "seed")):
        subprocess.run([program, "run", os.path.join(ROOT, "scenarios", "fpci-guaranteed.cfg"), "-q", "-n", "60", "-o", run, "--set", f"run.seed={seed}"],
                       check=True)
        try:
            report = report_for("plaidoyer", [run, path], "fr")
            assert words is None and report.alternatives.sizing["sizing"] == "net_cost_due"
        except NotResults as error:
            assert words and words in str(error), error


def main(program, folder):
    path = os.path.join(folder, "forms.json")
    subprocess.run([program, "alternatives", os.path.join(ROOT, "scenarios", "fpci-guaranteed.cfg"), "-q", "-n", "200", "-o", path], check=True)
    table = alternatives.read(path)
    drawn = 0
    for one in table["sizings"]:
        for lang in ("fr", "en"):
            drawing, data = alternatives.figure(table, one["sizing"], lang)
            shown = {label.get_text() for axes in drawing.axes for label in axes.get_yticklabels()}
            for form in one["forms"]:
                row = data[data["form"] == form["form"]].iloc[0]
                assert row["loss_a"] == form["loss_a"]["value"], form["form"]
                assert any(form["label_" + lang].split(",")[0] in text.replace("\n", " ") for text in shown), (form["form"], shown)
            picture = os.path.join(folder, f"{one['sizing']}-{lang}.png")
            drawing.savefig(picture)
            assert os.path.getsize(picture) > 10_000
            drawn += 1
    check_origin(program, folder, path)
    assert drawn == 10 and alternatives.figure(table, "none", "fr") is None
    print(f"{drawn} figures of alternatives draw every form with its numbers")


if __name__ == "__main__":
    main(*sys.argv[1:3])
