#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes docs/trust.md from what the tests say.

    ctest --test-dir build --output-junit junit.xml --test-output-size-passed 100000
    tools/trust.py --junit build/junit.xml [--fuzz build-fuzz] [--mutations mutate.log]

Each part of the page is replaced when its input is given and left as it is otherwise. A row of the first table is one program of
tests: what it compares with which tolerance, taken from the comment at the head of its source, and its last result.
A line "oracle: WHAT | RESULT | asked: ..." that a test prints becomes a row of the second.
"""
import argparse
import os
import re
import xml.etree.ElementTree as tree

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAGE = os.path.join(ROOT, "docs", "trust.md")

INTRODUCTION = """# Evidence

What the program's numbers are compared with, how closely, and what came out last time. Written by `tools/trust.py` from the output of
the tests: `scripts/test` passes what every change passes, `scripts/test --long` the rest; `scripts/fuzz SECONDS` and `scripts/mutate` give the last two parts.

False alarms: exact comparisons have none. Statistical tests keep their seed, so that they say the same each time; the chance that a
right program would have failed with another seed is stated in the comment of each, quoted below.
"""


def sentence(text):
    text = re.sub(r"\s+", " ", text).strip()
    return text.replace("|", "\\|")


def head_comment(source):
    """The first comments of a source after its licence, without their stars."""
    text = open(source, encoding="utf-8").read()
    found = re.match(r"\s*/\*.*?SPDX.*?\*/\s*/\*+(.*?)\*/", text, re.S)
    lines = [line.strip().lstrip("*").strip() for line in found.group(1).split("\n")] if found else []
    return sentence(" ".join(lines))


def sources():
    """Name of each program of tests and its source."""
    found = {}
    for kind in sorted(os.listdir(os.path.join(ROOT, "tests"))):
        folder = os.path.join(ROOT, "tests", kind)
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            if re.match(r"test_.*\.c$", name):
                found[kind + "_" + name[:-2]] = os.path.join(folder, name)
    return found


def folder_of(name):
    """Where a test that is no program of its own is explained."""
    folder = "tests/" + name.split("_")[0]
    known = {"docs": "Texts and figures of the documents, made again by their script and equal.", "twin": "Every shipped scenario and some made for it, against an independent program: see [READINGS.md](../tests/twin/READINGS.md)."}
    if name.split("_")[0] in known:
        return known[name.split("_")[0]]
    return "See [%s](../%s)." % (folder, folder) if os.path.isdir(os.path.join(ROOT, folder)) else "See [tests/CMakeLists.txt](../tests/CMakeLists.txt)."


def outputs(files):
    """Name of each program of tests, whether it failed, and what it printed."""
    for file in files:
        if "=" in file:
            name, path = file.split("=", 1)
            text = open(path, encoding="utf-8").read()
            yield name, "[  PASSED  ]" not in text or "[  FAILED  ]" in text, text
            continue
        for case in tree.parse(file).getroot().iter("testcase"):
            failed = case.find("failure") is not None or case.get("status") == "fail"
            yield case.get("name"), failed, case.findtext("system-out") or ""


def result_of(failed, output):
    tests = re.search(r"(\d+) test\(s\) run", output)
    count = tests.group(1) + " tests" if tests else "1 test"
    return ("**fails** (%s)" if failed else "passes (%s)") % count


def oracles(files):
    known, rows, printed = sources(), [], []
    last = {name: (failed, output) for name, failed, output in outputs(files)}    # of tests that ran twice, the later
    for name, (failed, output) in sorted(last.items()):
        result = result_of(failed, output)
        what = head_comment(known[name]) if name in known else folder_of(name)
        where = os.path.relpath(known[name], ROOT) if name in known else None
        label = "[%s](../%s)" % (name, where) if where else name
        rows.append("| %s | %s | %s |" % (label, what, result))
        for line in re.findall(r"^oracle: (.*)$", output, re.M):
            printed.append("| " + " | ".join(sentence(part) for part in line.split("|")) + " |")
    text = ["## Tests", "", "| Program | Against what, how closely | Last result |", "|---|---|---|"] + rows
    if printed:
        text += ["", "Measured:", "", "| What | Result | Asked |", "|---|---|---|"] + printed
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
    return "\n".join(["## Fuzzing", "", "libFuzzer under the address and undefined-behaviour sanitizers (`scripts/fuzz`). What an earlier run found, a writer of results files that was never freed, has a test.",
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--junit", nargs="+", metavar="FILE",
                        help="what ctest wrote, or NAME=FILE, what the program of tests NAME printed by itself")
    parser.add_argument("--fuzz")
    parser.add_argument("--mutations")
    given = parser.parse_args()
    parts = {}
    if os.path.exists(PAGE):
        for part in re.split(r"(?m)^(?=## )", open(PAGE, encoding="utf-8").read())[1:]:
            parts[part.split("\n")[0]] = part.strip() + "\n"
    for option, write, title in (("junit", oracles, "## Tests"), ("fuzz", fuzzing, "## Fuzzing"), ("mutations", mutations, "## Planted faults")):
        if getattr(given, option):
            parts[title] = write(getattr(given, option))
    ordered = [parts[title] for title in ("## Tests", "## Fuzzing", "## Planted faults") if title in parts]
    with open(PAGE, "w", encoding="utf-8") as out:
        out.write("\n".join([INTRODUCTION] + ordered))


main()
