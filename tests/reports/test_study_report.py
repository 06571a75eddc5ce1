#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""
The page of a study: a figure in four kinds and a table for each statistic, in both languages, names that want to do harm shown and not
obeyed; a run's file and a damaged one refused.

    test_study_report.py PROGRAM FOLDER
"""
import csv
import filecmp
import os
import shutil
import subprocess
import sys

import h5py

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "notebooks"))

from milliard_report.__main__ import main as report    # noqa: E402

QUOTITE = "guarantee.layers.state.quotite"
HARM = "<script>alert(1)</script> $x^2$"
STUDY = """name = "harm"; base = "%s/scenarios/fpci-guaranteed.cfg"; paths = 40; statistics = [ "loss_a" ]; until = [ "loss_a <= base + 0.02" ];
axes = ( { name = "what"; points = ( { label = "%s"; set = ( ); },
                                     { label = "=1+1"; set = ( { key = "fund.carry"; value = 0.1; } ); } ); } );
"""
wrong = []


def compare(what, found, expected):
    if found != expected:
        wrong.append(f"{what}: {found} instead of {expected}")


def call(program, *words, code=0):
    done = subprocess.run([program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                          env=dict(os.environ, MILLIARD_PYTHON=sys.executable))
    compare(f"exit code of {' '.join(words)} ({done.stderr})", done.returncode, code)
    return done.stderr


def page_of(file, folder, lang):
    """By the package in this process: the command starts another Python each time."""
    compare(f"exit code for {folder}", report([file, "--for", "etude", "--lang", lang, "-o", folder]), 0)
    with open(os.path.join(folder, "etude.html"), encoding="utf-8") as page:
        return page.read()


def same_files(one, other):
    names = sorted(os.listdir(one))
    return names == sorted(os.listdir(other)) and filecmp.cmpfiles(one, other, names, shallow=False)[0] == names


def check(program, name, vary, statistics, words):
    """`words`: what each language's page says."""
    axes = [word for one in vary for word in ("--vary", one)]
    measures = [word for one in statistics for word in ("--measure", one)]
    call(program, "grid", f"{ROOT}/scenarios/fpci-guaranteed.cfg", *axes, *measures, "-n", "60", "-q", "-o", name + ".h5")
    for lang in ("fr", "en"):
        folder = f"{name}-{lang}"
        text = page_of(name + ".h5", folder, lang)
        compare(f"figures of {folder}", text.count("<figure "), len(statistics))
        compare(f"files of {folder}", sorted({file.rsplit(".", 1)[1] for file in os.listdir(folder)}), ["csv", "html", "pdf", "png", "svg"])
        compare(f"{words[lang]} in {folder}", words[lang] in text, True)


def check_table(folder):
    """The data of a figure, as a spreadsheet reads it."""
    with open(os.path.join(folder, "study-with-loss-a-mean.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    compare("points", [row["quotite"] for row in rows], ["0.5", "0.7", "0.9"])
    for row in rows:
        value, low, high = (float(row["with.loss_a.mean." + part]) for part in ("value", "low", "high"))
        compare("interval", low <= value <= high, True)


def check_harm(program):
    with open("harm.cfg", "w", encoding="utf-8") as file:
        file.write(STUDY % (ROOT, HARM))
    call(program, "study", "harm.cfg", "-q")
    call(program, "report", "harm.h5", "--for", "etude", "-l", "en", "-o", "by-command")
    text = page_of("harm.h5", "harm", "en")
    compare("by the command", same_files("by-command", "harm"), True)
    compare("the target", "reached by 2 variants of 2" in text, True)
    compare("no script", "<script" in text, False)
    compare("its name is shown", "&lt;script&gt;" in text, True)
    with open(os.path.join("harm", "study-with-loss-a-mean.csv"), encoding="utf-8", newline="") as file:
        compare("no formula", [row["what"] for row in csv.DictReader(file)][1], "'=1+1")


def check_refused(program):
    call(program, "run", f"{ROOT}/scenarios/fpci-guaranteed.cfg", "-n", "20", "-q", "-o", "run.h5")
    compare("a run", "no study" in call(program, "report", "run.h5", "--for", "etude", "-o", "none", code=5), True)
    said = call(program, "report", "one.h5", "--for", "fonds", "-o", "none", code=5)
    compare("a study for the fund's team", "holds the results of a study" in said, True)
    shutil.copy("one.h5", "changed.h5")
    with h5py.File("changed.h5", "r+") as file:
        file["value"][0, 0] = 0.5
    for words in (["report", "changed.h5", "--for", "etude", "-o", "none"], ["show", "changed.h5"]):
        compare(words[0], "/value was changed after the run" in call(program, *words, code=5), True)
    package = [sys.executable, f"{ROOT}/notebooks/milliard_report/__main__.py", "changed.h5", "--for", "etude", "-o", "none"]
    done = subprocess.run(package, stderr=subprocess.PIPE, encoding="utf-8", env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1"))
    compare("the package by itself", ("/value was changed after the run" in done.stderr, done.returncode), (True, 5))
    compare("nothing is made", os.path.exists("none"), False)


def main(program, folder):
    program = os.path.abspath(program)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    os.chdir(folder)
    check(program, "one", [f"{QUOTITE}=0.5:0.9:3"], ["loss_a", "net_irr_a.p05"], {"fr": "bande\u00a0: intervalle", "en": "95\u00a0% Monte-Carlo interval"})
    check_table("one-en")
    check(program, "two", [f"{QUOTITE}=0.5:0.9:3", "fund.management_fee=0.01,0.015,0.02"], ["payouts"],
          {"fr": "lignes de niveau", "en": "colours and contours"})
    check(program, "three", [f"{QUOTITE}=0.5:0.9:3", "fund.carry=0.1,0.2", 'guarantee.layers.state.payout="on_default","final_loss"'], ["loss_a"],
          {"fr": "on_default", "en": "on_default"})
    check_harm(program)
    check_refused(program)
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main(*sys.argv[1:])
