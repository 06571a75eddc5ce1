#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What does a study take, in runs of its scenario?

study_speed.py PROGRAM [--paths N] [--threads N] [--times N] [--only NAME …]: a line a study: its processor time (user and system, simulation, planning and file
included) over that of `milliard run` of its scenario, of as many paths with a file, run in turn in the same minutes; the least of N times each.
"""
import argparse
import os
import resource
import subprocess
import tempfile

STATE = "payouts exhausted payouts_unpaid net_cost dotation_needed.p95 dotation_needed.p99 dotation_needed.p99.9".split()
COVERED = [name for name in STATE if name != "net_cost"]
LAYER = "guarantee.layers[0]."
# name, scenario, what is varied, what is asked
STUDIES = [
    ("2,000 prices, the State's side", "scheme-national", [LAYER + "quotite=0.3:0.9:50", LAYER + "cap_rate=0.1:0.5:40"], STATE),
    ("2,000 prices of a fund's guarantee, without what the fund owes", "fpci-guaranteed",
     [LAYER + "quotite=0.3:0.9:50", LAYER + "cap_rate=0.1:0.5:40"], COVERED),
    ("200 prices with the fund, net IRR", "fpci-guaranteed", [LAYER + "quotite=0.3:0.9:20", LAYER + "cap_rate=0.1:0.5:10"], ["net_irr_a"]),
    ("100 funds, net IRR", "fpci-guaranteed", ["fund.management_fee=0.01:0.02:100"], ["net_irr_a"]),
]
SCENARIOS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "scenarios")


def seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(args, scenario, vary, ask, folder):
    """Least seconds of a run and of a study, in turn."""
    scenario = os.path.join(SCENARIOS, scenario + ".cfg")
    common = ["-n", str(args.paths), "-t", str(args.threads), "-q", "-o"]
    run = [args.program, "run", scenario, *common, os.path.join(folder, "run.h5")]
    study = [args.program, "grid", scenario, *common, os.path.join(folder, "study.h5")]
    for key in vary:
        study += ["--vary", key]
    for name in ask:
        study += ["--measure", name]
    pairs = [(seconds(run), seconds(study)) for _ in range(args.times)]
    return [min(column) for column in zip(*pairs)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--paths", type=int, default=100000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[""])
    args = parser.parse_args()
    for name, scenario, vary, ask in STUDIES:
        if any(part in name for part in args.only):
            with tempfile.TemporaryDirectory() as folder:
                run, study = measure(args, scenario, vary, ask, folder)
            print(f"{scenario}: {name}: {study:.2f} s, {study / run:.2f} runs of {run:.2f} s", flush=True)


if __name__ == "__main__":
    main()
