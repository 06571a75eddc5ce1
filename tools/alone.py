#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each instrument of the reference earns when it is all that the fund buys, before any cost.

    tools/alone.py build/src/cli/milliard    runs the reference seven times (the whole volume in one instrument, 12-year
                                             fund, forced sale included), writes docs/data/alone.json and the tables of
                                             docs/inputs.md and docs/inputs.fr.md

The rate is the IRR of mean flows: the yearly means of `milliard export --csv`, income + capital − invested. Nothing but
the standard library, so that any Python 3.8 or later runs it.
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import inputs

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCENARIO = ROOT / "scenarios" / "fpci-reference.cfg"
SEED, PATHS = 2027, 100000
LINES = {"invested": "Invested", "income": "Interest, coupons, dividends", "capital": "Repayments and exits"}


def yearly_means(folder):
    """The three mean flows of a CSV export, by calendar year."""
    with open(folder / "flows-by-year.csv", encoding="utf-8-sig", newline="") as file:
        rows = {(row[0], row[1], row[2]): row[4:] for row in csv.reader(file) if len(row) > 4}
    nil = [0.0] * len(rows["Invested", "without guarantee", "mean"])        # a line of zeros is left out
    return {key: [float(cell) for cell in rows.get((label, "without guarantee", "mean"), nil)] for key, label in LINES.items()}


def run_alone(program, instrument, instruments):
    """Mean flows of the reference with all of its volume in one instrument."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        command = [program, "run", str(SCENARIO), "-q", "-o", str(folder / "run.h5"), "--seed", str(SEED), "--paths", str(PATHS),
                   "--set", 'run.trajectories="none"']
        for other in instruments:
            command += ["--set", f"thesis.mix.{other}.weight={float(other == instrument)}"]
        subprocess.run(command, check=True)
        subprocess.run([program, "export", str(folder / "run.h5"), "--csv", str(folder / "csv")], check=True)
        return yearly_means(folder / "csv")


def rate(flows):
    """IRR of mean flows; seven digits, far more than the Monte-Carlo errors leave."""
    net = [income + capital - invested for invested, income, capital in zip(*(flows[key] for key in LINES))]
    return float(f"{inputs.yield_of(list(enumerate(net))):.7g}")


def main(program):
    instruments = list(inputs.read_scenario(SCENARIO)["thesis"]["mix"])
    found = {instrument: rate(run_alone(program, instrument, instruments)) for instrument in instruments}
    (ROOT / "docs" / "data" / "alone.json").write_text(json.dumps({"paths": PATHS, "seed": SEED, "irr": found}, indent=1) + "\n",
                                                       encoding="utf-8")
    for instrument, value in found.items():
        print(f"{instrument:26s} {100 * value:6.2f} %")
    subprocess.run([sys.executable, str(ROOT / "tools" / "inputs.py"), "--write"], check=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
