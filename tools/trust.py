#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes docs/trust.md from what the tests say. scripts/trust runs everything and calls this.

    tools/trust.py [--junit FILE ... [--again HOW FILE]] [--fuzz FOLDER] [--mutations LOG]

FILE is what ctest wrote (--output-junit, with --test-output-size-passed large enough for the whole output). A line
"oracle: NAME | SOURCE | TOLERANCE | RESULT" that a test prints (tests/support/oracle.h) becomes a row of the first table; a
program that prints none is a row of the second, with the first sentence of its source. --again counts the same tests run in
another way. Each part of the page is replaced when its input is given and left as it is otherwise.
"""
import argparse
import os
import re
import sys
import xml.etree.ElementTree as tree

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAGE = os.path.join(ROOT, "docs", "trust.md")

INTRODUCTION = """# Evidence

What the program's numbers are compared with, how closely, and what came out last. Written by `tools/trust.py` from the output of
the tests, never by hand; `scripts/trust` makes it again.

An exact comparison has no false alarm. A statistical one keeps its seed, so that it says the same each time; its tolerance says how far
chance alone could move it, and the source of the test, one click away, with which probability. s.e. is a standard error.
"""

# Heading of the oracles of a program, by the first expression that its name matches. Contracts and faults have no outside reference.
INSIDE = "Properties, contracts, faults"
HEADINGS = [
    (r"^(contract|fault)_", INSIDE),
    (r"^twin", "Whole paths, by a second program"),
    (r"draws|numerics|grid", "Draws, numerics and dates"),
    (r"pool_payouts|guarantee|grant|layer", "Guarantee"),
    (r"factors|issuer|pool|vasicek|basel|recover|portfolio|plan", "Factors, defaults and losses"),
    (r"instrument|debt|shares", "Instruments"),
    (r"fund|carry|pacing", "Fund and carry"),
    (r"irr|statistics|sketch|intervals|measure|run", "Measures and their errors"),
    (r"", "Files, reports and exports"),
]
ORDER = ["Factors, defaults and losses", "Guarantee", "Instruments", "Fund and carry", "Measures and their errors",
         "Whole paths, by a second program", "Draws, numerics and dates", "Files, reports and exports"]

# What a family of tests without a C source shows.
FAMILIES = {
    "docs": "Texts and figures of the documents, made again by their script, are equal.",
    "twin": "Every shipped scenario and some made for it, against an independent program: [READINGS.md](../tests/twin/READINGS.md).",
    "reports": "Pages for the three readers, made from small runs in both languages, hold the numbers of their file.",
    "export": "Workbooks hold the numbers of their file when another program opens them.",
}


def plain(text):
    return re.sub(r"\s+", " ", text).strip()


def head_sentence(source):
    """The first sentence of the first comment of a source after its licence."""
    text = open(os.path.join(ROOT, source), encoding="utf-8").read()
    found = re.match(r"\s*/\*.*?SPDX.*?\*/\s*/\*+(.*?)\*/", text, re.S)
    comment = plain(" ".join(line.strip().lstrip("*") for line in found.group(1).split("\n"))) if found else ""
    return re.split(r"(?<=\.)\s", comment)[0].rstrip(".") + "."


def sources():
    """Name of each test and its source, relative to the root."""
    found = {}
    for folder, _, names in os.walk(os.path.join(ROOT, "tests")):
        for name in names:
            stem, suffix = os.path.splitext(name)
            if stem.startswith("test_") and suffix in (".c", ".py"):
                found[os.path.basename(folder) + "_" + stem] = os.path.relpath(os.path.join(folder, name), ROOT)
    return found


def tests(files):
    """Name → (passes, fails or was skipped; output). Of tests that ran twice, the later."""
    found = {}
    for file in files:
        if not os.path.exists(file):
            sys.exit(file + " is missing: the tests did not end")
        for case in tree.parse(file).getroot().iter("testcase"):
            failed = case.find("failure") is not None or case.get("status") == "fail"
            skipped = case.find("skipped") is not None or case.get("status") in ("notrun", "disabled")
            found[case.get("name")] = ("fails" if failed else "skipped" if skipped else "passes", case.findtext("system-out") or "")
    return found


def link(name, text, known):
    if name in known:
        return "[%s](../%s)" % (text, known[name])
    folder = "tests/" + name.split("_")[0]
    return "[%s](../%s)" % (text, folder) if os.path.isdir(os.path.join(ROOT, folder)) else text


def oracle_rows(last, known):
    """Rows by heading; the names of the programs that have some."""
    rows, programs = {}, set()
    for name, (verdict, output) in sorted(last.items()):
        heading = next(title for pattern, title in HEADINGS if re.search(pattern, name))
        for line in re.findall(r"^oracle: (.*)$", output, re.M):
            fields = [plain(field) for field in line.split("|")]
            if len(fields) != 4:
                sys.exit("%s: an oracle has four fields: %s" % (name, line))
            what, source, tolerance, result = fields
            if verdict == "fails":
                result = "**its program fails**; " + result
            columns = (link(name, what, known), source + "; " + tolerance, result) if heading == INSIDE else (link(name, what, known), source, tolerance, result)
            rows.setdefault(heading, []).append("| " + " | ".join(columns) + " |")
            programs.add(name)
    return rows, programs


def count_of(output):
    found = re.search(r"(\d+) test\(s\) run", output)
    return int(found.group(1)) if found else 1


def verdict_of(verdicts, number):
    bad = [verdict for verdict in verdicts if verdict != "passes"]
    return ("**%s**" % ", ".join("%d %s" % (bad.count(kind), kind) for kind in sorted(set(bad))) if bad else "passes") + " (%d)" % number


def other_rows(last, known, shown):
    """One row for each program without oracles, one for each family of tests without a C program."""
    rows, families = [], {}
    for name, (verdict, output) in sorted(last.items()):
        if name in shown and verdict == "passes":
            continue
        source = known.get(name, "")
        if source.endswith(".c"):
            rows.append("| %s | %s | %s |" % (link(name, name, known), head_sentence(source), verdict_of([verdict], count_of(output))))
        else:
            families.setdefault(name.split("_")[0], []).append(verdict)
    for family, verdicts in sorted(families.items()):
        rows.append("| %s | %s | %s |" % (link(family, family, known), FAMILIES.get(family, ""), verdict_of(verdicts, len(verdicts))))
    return rows


def summary(last):
    verdicts = [verdict for verdict, _ in last.values()]
    bad = ["%s (%s)" % (name, verdict) for name, (verdict, _) in sorted(last.items()) if verdict != "passes"]
    total = sum(count_of(output) for _, output in last.values())
    return "%d programs, %d tests: %s." % (len(verdicts), total, "all pass" if not bad else "all pass but **" + ", ".join(bad) + "**")


def tests_part(files, again):
    last, known = tests(files), sources()
    rows, programs = oracle_rows(last, known)
    inside = rows.pop(INSIDE, [])
    text = ["## Oracles", "", "%d references, exact or published. " % sum(map(len, rows.values())) + summary(last)]
    for how, file in again:
        text.append("The short ones again, %s: %s" % (how, summary(tests([file])) if os.path.exists(file) else "**not run**."))
    for heading in ORDER:
        if heading in rows:
            text += ["", "### " + heading, "", "| Oracle | Source | Tolerance | Last result |", "|---|---|---|---|"] + rows[heading]
    text += ["", "## " + INSIDE, "", "Tests without an outside reference: what must hold for any input. In brackets, how many.", "",
             "| Program | What it shows | Last result |", "|---|---|---|"] + inside + other_rows(last, known, programs)
    return "\n".join(text) + "\n"


def fuzzing(folder):
    rows = []
    for log in sorted(os.listdir(folder)):
        text = open(os.path.join(folder, log), encoding="utf-8", errors="replace").read() if log.endswith(".log") else ""
        runs = re.findall(r"number_of_executed_units:\s*(\d+)", text)
        seconds = re.findall(r"Done \d+ runs in (\d+) second", text)
        crashed = "SUMMARY: " in text or "deadly signal" in text
        if runs:
            rows.append("| %s | %s | %s | %s |" % (log[:-4], f"{int(runs[-1]):,}", seconds[-1] if seconds else "stopped by hand",
                                                    "**yes**" if crashed else "none"))
    return "\n".join(["## Fuzzing", "", "libFuzzer under the address and undefined-behaviour sanitizers (`scripts/fuzz`).",
                      "", "| Reader | Executions | Seconds | Crashes |", "|---|---|---|---|"] + rows) + "\n"


def mutations(log):
    rows, tally = [], {}
    for line in open(log, encoding="utf-8"):
        found = re.match(r"(.{45}) (\S+) +(.*?) \(\d+ s\)$", line.rstrip())
        if found:
            rows.append("| %s | %s | %s |" % (found.group(1).strip(), found.group(2), found.group(3)))
            tally[found.group(3).split(":")[0]] = tally.get(found.group(3).split(":")[0], 0) + 1
    said = ", ".join("%d %s" % (n, what) for what, n in sorted(tally.items()))
    return "\n".join(["## Planted faults", "", "`scripts/mutate` plants one fault at a time, and the tests have to fail: %s." % said, "",
                      "| Fault | In src/ | Result |", "|---|---|---|"] + rows) + "\n"


def parts_of_page():
    """Text of each part of the page as it is, by its place."""
    found = {}
    if os.path.exists(PAGE):
        for part in re.split(r"(?m)^(?=## )", open(PAGE, encoding="utf-8").read())[1:]:
            title = part.split("\n")[0][3:]
            place = title if title in ("Fuzzing", "Planted faults") else "Tests"
            found[place] = found.get(place, "") + part.strip() + "\n\n"
    return {place: text.strip() + "\n" for place, text in found.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--junit", nargs="+", metavar="FILE")
    parser.add_argument("--again", nargs=2, action="append", metavar=("HOW", "FILE"), default=[])
    parser.add_argument("--fuzz", metavar="FOLDER")
    parser.add_argument("--mutations", metavar="LOG")
    given = parser.parse_args()
    parts = parts_of_page()
    if given.junit:
        parts["Tests"] = tests_part(given.junit, given.again)
    if given.fuzz:
        parts["Fuzzing"] = fuzzing(given.fuzz)
    if given.mutations:
        parts["Planted faults"] = mutations(given.mutations)
    with open(PAGE, "w", encoding="utf-8") as out:
        out.write("\n".join([INTRODUCTION] + [parts[place] for place in ("Tests", "Fuzzing", "Planted faults") if place in parts]))


main()
