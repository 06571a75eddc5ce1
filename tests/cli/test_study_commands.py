#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""
Studies from the command line: a variant's numbers are those of its run, a study is run again from its file and exported, what is another's
is left alone, what is interrupted goes on; and runs are told with what --set changed.

    test_study_commands.py PROGRAM SCENARIOS FOLDER
"""
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time

QUOTITE = "guarantee.layers.state.quotite"
wrong = []


def compare(what, found, expected):
    if found != expected:
        wrong.append(f"{what}: {found} instead of {expected}")


class Commands:
    def __init__(self, program, scenarios, folder):
        self.program, self.scenarios, self.folder = program, scenarios, folder

    def scenario(self, name):
        return os.path.join(self.scenarios, name)

    def call(self, *words, code=0, lang="en"):
        done = subprocess.run([self.program, *words], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                              env=dict(os.environ, MILLIARD_LANG=lang))
        compare(f"exit code of {' '.join(words)} ({done.stderr.strip()})", done.returncode, code)
        return done

    def shown(self, file):
        return json.loads(self.call("show", file, "--json").stdout)


def check_a_variant_is_its_run(commands):
    """Mean and error of loss_a, as the run of the same scenario has them; the name is the scenario's with -grid."""
    scenario = commands.scenario("fpci-guaranteed.cfg")
    commands.call("grid", scenario, "--vary", f"{QUOTITE}=0.4:0.8:2", "--vary", "fund.hurdle=0.05,0.07", "--measure", "loss_a", "-n", "200", "-q")
    study = commands.shown("fpci-guaranteed-grid.h5")
    compare("axes", [axis["name"] for axis in study["axes"]], ["quotite", "hurdle"])
    compare("variants", [variant["point"] for variant in study["variants"]], [[0, 0], [0, 1], [1, 0], [1, 1]])
    commands.call("run", scenario, "--set", f"{QUOTITE}=0.8", "--set", "fund.hurdle=0.05", "-n", "200", "-q", "-o", "run.h5")
    run = commands.shown("run.h5")["measures"]["loss_a"]["with"]
    cell = study["variants"][2]["statistics"]["with.loss_a.mean"]
    compare("mean of a variant", (cell["value"], cell["error"], cell["count"]), (run["mean"], run["mean_error"], run["count"]))


def check_again(commands):
    """A study and its base, taken out of its file, give the same numbers."""
    commands.call("study", commands.scenario("studies/mix.cfg"), "-n", "64", "-q")
    with open(os.path.join(commands.folder, "fpci-reference.cfg"), "w", encoding="utf-8") as file:
        file.write(commands.call("show", "mix.h5", "--scenario").stdout)
    with open(os.path.join(commands.folder, "again.cfg"), "w", encoding="utf-8") as file:
        file.write(commands.call("show", "mix.h5", "--study").stdout)
    commands.call("study", "again.cfg", "-q", "-t", "1")
    compare("a study run again", commands.shown("again.h5"), commands.shown("mix.h5"))


def check_pieces(commands):
    """A study in two pieces, in any order, is the whole to the byte; a piece has to have a name, and is no results file."""
    study = commands.scenario("studies/fee.cfg")
    words = ("study", study, "-n", "4200", "-q", "--set", "fund.carry=0.17")
    commands.call(*words, "-o", "whole.h5")
    commands.call(*words, "--segments", "1", "-o", "late.piece", "-t", "1")
    commands.call(*words, "--segments", "0-0", "-o", "early.piece")
    commands.call("merge", "late.piece", "early.piece", "-o", "merged.h5", "-q")
    with open(os.path.join(commands.folder, "whole.h5"), "rb") as whole, open(os.path.join(commands.folder, "merged.h5"), "rb") as merged:
        compare("merged pieces are the whole", whole.read() == merged.read(), True)
    said = commands.call("merge", "late.piece", "-o", "merged.h5", code=3).stderr
    compare("a gap", "segment 0 is missing" in said, True)
    commands.call(*words, "--segments", "0", code=2)
    said = commands.call("show", "late.piece", code=5).stderr
    compare("show of a piece", "segments of a study" in said, True)


def check_questions(commands):
    """The four of scenarios/studies, each with its command, in both languages."""
    for name in ("dotation", "fee", "mix", "quotite"):
        for lang, word in (("fr", "Étude"), ("en", "Study")):
            text = commands.call("study", commands.scenario(f"studies/{name}.cfg"), "-n", "20", "-o", "question.h5", lang=lang).stdout
            compare(f"head of {name}", text.splitlines()[0], f"{word} {name}")


def check_others(commands):
    """A run's file and a study's do not replace each other, and each command says what it was given."""
    said = commands.call("grid", commands.scenario("fpci-guaranteed.cfg"), "--vary", f"{QUOTITE}=0.4,0.5", "-n", "9", "-o", "run.h5", code=4).stderr
    compare("of a run's file", "no results of a study" in said, True)
    commands.call("run", commands.scenario("fpci-guaranteed.cfg"), "-n", "9", "-q", "-o", "mix.h5", code=4)
    for words in (("compare", "mix.h5", "run.h5"), ("replay", "mix.h5", "0")):
        said = commands.call(*words, code=5).stderr
        compare(f"{words[0]} of a study", "holds the results of a study" in said, True)
    said = commands.call("show", "run.h5", "--study", code=2).stderr
    compare("show --study of a run", "no study" in said, True)
    commands.call("grid", commands.scenario("fpci-guaranteed.cfg"), code=2)
    said = commands.call("grid", commands.scenario("fpci-guaranteed.cfg"), "--vary", "fund.hurdel=0.1,0.2", code=3).stderr
    compare("an unknown key", "fund.hurdle" in said, True)
    commands.call("study", commands.scenario("fpci-guaranteed.cfg"), code=3)


def check_interrupted(commands):
    """Ctrl-C before the first variants: nothing is kept, and nothing is left."""
    before = set(os.listdir(commands.folder))
    running = subprocess.Popen([commands.program, "study", commands.scenario("studies/quotite.cfg"), "-n", "1000000", "-o", "long.h5"],
                               cwd=commands.folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8")
    time.sleep(3)
    running.send_signal(signal.SIGINT)
    said = running.communicate(timeout=600)[1]
    compare("exit code", running.returncode, 130)
    compare("what is kept", "interrupted" in said, True)
    compare("what is left", set(os.listdir(commands.folder)) - before <= {"long.h5.part"}, True)


def check_export(commands):
    """A row for each variant and statistic, after the base's; in French with commas; the workbook where the program can write one."""
    commands.call("export", "mix.h5", "--csv", "sheets", lang="fr")
    compare("sheets", sorted(os.listdir(os.path.join(commands.folder, "sheets"))), ["notes.csv", "parameters.csv", "study.csv"])
    with open(os.path.join(commands.folder, "sheets", "study.csv"), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    study = commands.shown("mix.h5")
    names = [one["name"] for one in study["statistics"]]
    compare("rows", [(row["variante"], row["statistique"]) for row in rows],
            [(str(v), name) for v in ("base", *range(len(study["variants"]))) for name in names])
    for row in rows[len(names):]:
        variant = study["variants"][int(row["variante"])]
        points = [axis["points"][i] for axis, i in zip(study["axes"], variant["point"])]
        compare("points", (row["mix"], float(row["fee"].replace(",", "."))), tuple(points))
        cell = variant["statistics"][row["statistique"]]
        for column, part in (("valeur", "value"), ("erreur type", "error"), ("écart à la base", "change"), ("erreur de l'écart", "change_error")):
            compare(f"{column} of {row['statistique']}", float(row[column].replace(",", ".")) if row[column] else None, cell[part])
    commands.call("export", "run.h5", "--csv", "sheets")
    compare("sheets of a run after", "study.csv" in os.listdir(os.path.join(commands.folder, "sheets")), False)


def check_overrides(commands):
    """What --set changed is told beside the scenario's name."""
    scenario = commands.scenario("fpci-reference.cfg")
    commands.call("run", scenario, "-n", "64", "-q", "-o", "as-it-is.h5")
    commands.call("run", scenario, "-n", "64", "-q", "--set", "fund.hurdle=0.07", "-o", "changed.h5")
    compare("overrides", commands.shown("changed.h5")["overrides"], {"fund.hurdle": "0.07"})
    compare("no overrides", commands.shown("as-it-is.h5")["overrides"], {})
    for lang, line in (("en", "Changed by --set: fund.hurdle = 0.07."), ("fr", "Changé par --set : fund.hurdle = 0.07.")):
        compare("show", line in commands.call("show", "changed.h5", lang=lang).stdout, True)
    text = commands.call("compare", "as-it-is.h5", "changed.h5").stdout
    compare("compare", "(fpci-reference; --set fund.hurdle = 0.07)" in " ".join(text.split()), True)
    compare("compare, unchanged", "(fpci-reference):" in text, True)
    commands.call("export", "changed.h5", "--csv", "changed")
    with open(os.path.join(commands.folder, "changed", "notes.csv"), encoding="utf-8") as file:
        compare("notes", "Changed by --set,fund.hurdle = 0.07" in file.read(), True)


def main(program, scenarios, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    commands = Commands(program, scenarios, folder)
    for check in (check_a_variant_is_its_run, check_again, check_pieces, check_questions, check_others, check_export, check_overrides, check_interrupted):
        check(commands)
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main(*sys.argv[1:])
