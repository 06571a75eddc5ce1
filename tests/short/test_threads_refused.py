# SPDX-License-Identifier: GPL-3.0-or-later
"""Threads that the system refuses (ulimit -u, a container's limit): the run goes on with those it has, and its file is the same.

test_threads_refused.py MILLIARD SCENARIO
"""
import os
import resource
import shutil
import subprocess
import sys
import tempfile

NOBODY = 65534


def no_process_more():
    """The limit binds no one who is root."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def run(folder, name, prepare=None):
    done = subprocess.run(["./milliard", "run", "s.cfg", "--paths", "500", "--threads", "8", "--quiet", "--output", name],
                          cwd=folder, preexec_fn=prepare, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{name}: exit {done.returncode}, {done.stderr}")
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


with tempfile.TemporaryDirectory() as place:
    os.chmod(place, 0o777)      # where everyone may read and write
    shutil.copy(sys.argv[1], os.path.join(place, "milliard"))
    shutil.copy(sys.argv[2], os.path.join(place, "s.cfg"))
    if run(place, "refused.h5", no_process_more) != run(place, "granted.h5"):
        sys.exit("a run whose threads were refused gives another file")
    if sorted(os.listdir(place)) != ["granted.h5", "milliard", "refused.h5", "s.cfg"]:
        sys.exit(f"left behind: {os.listdir(place)}")
