# SPDX-License-Identifier: GPL-3.0-or-later
"""Memory that stays short from the k-th allocation on, the libraries' own included: whatever k, each command ends with exit 6 and one
line, or has done all of its work; no temporary file, no half-written one, and what was there stays as it was.

test_memory_stays_short.py MILLIARD SHIM SCENARIO FOLDER [POINTS]: at POINTS places (24) spread over the allocations of each command.
"""
import os
import shutil
import subprocess
import sys

MILLIARD, SHIM, SCENARIO, FOLDER = (os.path.abspath(path) for path in sys.argv[1:5])
POINTS = int(sys.argv[5]) if len(sys.argv) > 5 else 24


def run(command, **settings):
    environment = {**os.environ, "LD_PRELOAD": SHIM, "OMP_NUM_THREADS": "1", **settings}
    return subprocess.run([MILLIARD, *command], cwd=FOLDER, env=environment, capture_output=True, timeout=300)


def read(name):
    with open(os.path.join(FOLDER, name), "rb") as file:
        return file.read()


def contents():
    return {os.path.join(at, name)[len(FOLDER):]: os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(FOLDER) for name in names}


def places(count):
    """The first ones, where the libraries start, and then evenly."""
    return sorted({*range(0, min(6, count)), *(count * i // POINTS for i in range(POINTS)), count - 1})


def sweep(name, command):
    done = run(command, MILLIARD_SHORT_COUNT="1")
    assert done.returncode == 0, (name, done.returncode, done.stderr)
    count = int(done.stderr.split(b"allocations ")[-1])
    kept, before = read("good.h5"), contents()
    for k in places(count):
        done = run(command, MILLIARD_SHORT_FROM=str(k))
        lines = done.stderr.decode("utf-8", "replace").splitlines()
        whole = done.returncode == 0
        assert whole or (done.returncode == 6 and len(lines) == 1), f"{name}, from {k} of {count}: exit {done.returncode}, {lines}"
        after = contents()
        assert set(after) == set(before), f"{name}, from {k} of {count}: left {set(after) ^ set(before)}"
        assert read("good.h5") == kept, f"{name}, from {k} of {count}: good.h5 has changed"
    print(f"{name}: {len(places(count))} places among {count} allocations: 1 passed", flush=True)


shutil.rmtree(FOLDER, ignore_errors=True)
os.makedirs(FOLDER)
made = run(["run", SCENARIO, "-n", "40", "-q", "-o", "good.h5"])
assert made.returncode == 0, made.stderr
sweep("run", ["run", SCENARIO, "-n", "40", "-t", "1", "-q", "-o", "other.h5"])
sweep("show", ["show", "good.h5"])
sweep("export --csv", ["export", "good.h5", "--csv", "sheets"])
sweep("export --xlsx", ["export", "good.h5", "--xlsx", "book.xlsx"])
