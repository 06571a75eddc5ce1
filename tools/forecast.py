#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far is what `milliard check` says of memory and disk from what a run takes?

forecast.py PROGRAM SCENARIO … [--paths N] [--threads N] [--deals N] [--off SHARE]: a line a scenario, of what was said and of what a run took: memory at its
peak, the results file, and its part. With --deals the deals of the scenario's tape are repeated until there are so many. Exit 1 when one of them is off by more than SHARE (0.2).
"""
import argparse
import csv
import os
import re
import subprocess
import sys
import tempfile
import time

SMALL = 8e6  # bytes: what is below it is HDF5's own records, and the program


def said(program, scenario, asked):
    text = subprocess.run([program, "check", scenario, *asked], check=True, capture_output=True, text=True).stdout
    return [1e6 * float(number) for number in re.search(r"memory\s+about (\d+) MB\n\s+disk\s+about (\d+) MB, and (\d+) MB", text).groups()]


def taken(program, scenario, asked):
    """Bytes of memory at the peak, of the file, of the part when it was largest."""
    with tempfile.TemporaryDirectory() as folder:
        output, part = os.path.join(folder, "run.h5"), 0
        run = subprocess.Popen([program, "run", scenario, *asked, "-q", "-o", output], stdout=subprocess.DEVNULL)
        while True:
            done, status, usage = os.wait4(run.pid, os.WNOHANG)
            if done:
                break
            try:
                part = max(part, os.stat(output + ".part").st_size)
            except FileNotFoundError:
                pass
            time.sleep(0.002)
        if status:
            sys.exit(f"{scenario}: the run failed")
        return [1024 * usage.ru_maxrss, os.stat(output).st_size, part]


def lengthen(scenario, deals, folder):
    """A scenario in `folder` on the tape of another, repeated, of the same volume."""
    tape = re.search(r'file\s*=\s*"(.*)"', open(scenario, encoding="utf-8").read()).group(1)
    head, *rows = csv.reader(open(os.path.join(os.path.dirname(scenario), tape), encoding="utf-8"))
    amount, times = head.index("amount"), -(-deals // len(rows))
    with open(os.path.join(folder, "tape.csv"), "w", encoding="utf-8", newline="") as file:
        write = csv.writer(file).writerow
        write(head)
        for i in range(deals):
            row = list(rows[i % len(rows)])
            row[:2] = [f"{name}-{i // len(rows)}" for name in row[:2]]
            row[amount] = repr(float(row[amount]) / times)
            write(row)
    longer = os.path.join(folder, "longer.cfg")
    with open(longer, "w", encoding="utf-8") as file:
        file.write(f'base = "{os.path.abspath(scenario)}";\nname = "longer";\ntape = {{ file = "tape.csv"; }};\n')
    return longer


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("scenario", nargs="+")
    parser.add_argument("--paths", default="20000")
    parser.add_argument("--threads", default="2")
    parser.add_argument("--deals", type=int)
    parser.add_argument("--off", type=float, default=0.2)
    options = parser.parse_args()
    asked, worst = ["-n", options.paths, "-t", options.threads], 0
    folder = tempfile.TemporaryDirectory()
    for scenario in options.scenario:
        if options.deals:
            scenario = lengthen(scenario, options.deals, folder.name)
        words = [f"{os.path.basename(scenario):28}"]
        for what, before, after in zip(("memory", "file", "part"), said(options.program, scenario, asked), taken(options.program, scenario, asked)):
            off = abs(before - after) / max(after, SMALL)
            worst = max(worst, off)
            words.append(f"{what} {before / 1e6:.0f} said, {after / 1e6:.0f} MB taken ({(before - after) / max(after, SMALL):+.0%})")
        print("; ".join(words), flush=True)
    return worst > options.off


if __name__ == "__main__":
    sys.exit(main())
