#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`milliard export` when things go wrong: a full disk, a folder that is read-only, missing, or in the place of the file, a file
that is something else, an interruption.

check_faults.py MILLIARD SCENARIO

Each is told in one line that names the place and the reason, with exit code 4; what was at the place is still there, whole, and
nothing is left behind. Exit code 0, or 1 with what is wrong.
"""
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile

NOBODY = 65534


def check(condition, what):
    if not condition:
        sys.exit(f"check_faults: {what}")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def temporaries(folder):
    return [name for _, _, files in os.walk(folder) for name in files if name.endswith(".tmp")]


def as_nobody():
    """The real user too: of a process with two of them the leak checker of a sanitized build can say nothing."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def limited(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def fails(program, arguments, said, prepare=None):
    """One line on the standard error, which says `said`."""
    done = subprocess.run([*program, *arguments], capture_output=True, text=True, preexec_fn=prepare)
    check(done.returncode == 4 and not done.stdout, f"{arguments}: exit code {done.returncode}, {done.stdout}{done.stderr}")
    check(done.stderr.count("\n") == 1 and said in done.stderr, f"{arguments}: {done.stderr!r} is not one line with '{said}'")


def full_disk(export, folder):
    """Before the first byte, in the middle, at the end."""
    workbook, tables = os.path.join(folder, "full.xlsx"), os.path.join(folder, "full")
    subprocess.run([*export, "--xlsx", workbook, "--csv", tables], check=True)
    whole = read(workbook)
    with zipfile.ZipFile(workbook) as archive:
        sheets = max(part.file_size for part in archive.infolist())   # each goes through a temporary file, larger than the workbook
    for limit in (0, len(whole) // 2, sheets // 2, sheets - 1):
        fails(export, ["--xlsx", workbook], "File too large", limited(limit))
        check(read(workbook) == whole, "a workbook was damaged by a full disk")
    largest = max(os.path.getsize(os.path.join(tables, name)) for name in os.listdir(tables))
    before = {name: read(os.path.join(tables, name)) for name in os.listdir(tables)}
    for limit in (0, largest // 2, largest - 1):
        fails(export, ["--csv", tables], "File too large", limited(limit))
        fails(export, ["--csv", tables, "--lang", "fr"], "File too large", limited(limit))
        fails(export, ["--csv", os.path.join(folder, "none")], "File too large", limited(limit))
    check(before == {name: read(os.path.join(tables, name)) for name in os.listdir(tables)}, "a full disk left tables of two exports")
    check(not os.path.exists(os.path.join(folder, "none")), "a full disk left some tables of an export")


def places(export, folder):
    locked, other = os.path.join(folder, "locked"), os.path.join(folder, "precious.cfg")
    os.mkdir(locked, 0o555)
    with open(other, "w", encoding="ascii") as file:
        file.write("name = \"precious\";\n")
    fails(export, ["--xlsx", os.path.join(locked, "out.xlsx")], "Permission denied", as_nobody)
    fails(export, ["--csv", locked], "Permission denied", as_nobody)
    fails(export, ["--csv", os.path.join(locked, "tables")], "Permission denied", as_nobody)
    fails(export, ["--xlsx", os.path.join(folder, "nowhere", "out.xlsx")], "No such file or directory")
    fails(export, ["--csv", os.path.join(folder, "nowhere", "tables")], "No such file or directory")
    fails(export, ["--xlsx", locked], "is not a file")
    fails(export, ["--xlsx", locked + "/"], "not a name for a file")
    fails(export, ["--xlsx", "/dev/null"], "is not a file")
    fails(export, ["--xlsx", other], "left as it is")
    fails(export, ["--csv", other], "Not a directory")
    check(read(other) == b"name = \"precious\";\n", "a scenario was written over")
    os.chmod(locked, 0o755)


def workbooks_of_others(export, folder):
    """What a spreadsheet has made or saved, and any other archive, stays; what this program wrote is written again."""
    ours, other = os.path.join(folder, "ours.xlsx"), os.path.join(folder, "other.xlsx")
    subprocess.run([*export, "--xlsx", ours], check=True)
    whole = read(ours)
    subprocess.run([*export, "--xlsx", ours], check=True)
    check(read(ours) == whole, "a workbook written again is another one")
    with zipfile.ZipFile(ours) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    saved = parts["docProps/core.xml"].replace(b"2000-01-01T00:00:00Z</dcterms:modified>", b"2027-03-01T09:30:00Z</dcterms:modified>")
    check(saved != parts["docProps/core.xml"], "a workbook has no time to tell it by")
    for change in ({"docProps/core.xml": saved}, {"docProps/core.xml": b"<x/>"}, {"docProps/core.xml": None}):
        with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in {**parts, **change}.items():
                if part is not None:
                    archive.writestr(name, part)
        before = read(other)
        fails(export, ["--xlsx", other], "left as it is")
        check(read(other) == before, "a workbook of somebody was written over")
    for cut in (4, 29, 200, len(whole) // 2):
        with open(other, "wb") as file:
            file.write(whole[:cut])
        fails(export, ["--xlsx", other], "left as it is")


def interruptions(export, folder):
    """Whenever it comes: the workbook is the old one or the new one, and of the tables there are all or none."""
    tables, sizes = os.path.join(folder, "interrupted"), set()
    for milliseconds in range(20, 320, 15):
        with subprocess.Popen([*export, "--csv", tables]) as running:
            try:
                running.wait(milliseconds / 1000)
            except subprocess.TimeoutExpired:
                running.send_signal(signal.SIGTERM)
            check(running.wait(60) in (0, -signal.SIGTERM), f"interrupted: exit code {running.returncode}")
        sizes.add(len(os.listdir(tables)) if os.path.exists(tables) else 0)
        shutil.rmtree(tables, ignore_errors=True)
    check(len(sizes - {0}) <= 1, f"an interruption left {sorted(sizes)} tables")
    workbook = os.path.join(folder, "interrupted.xlsx")
    subprocess.run([*export, "--xlsx", workbook], check=True)
    whole = read(workbook)
    for milliseconds in range(20, 200, 30):
        with subprocess.Popen([*export, "--xlsx", workbook]) as running:
            try:
                running.wait(milliseconds / 1000)
            except subprocess.TimeoutExpired:
                running.send_signal(signal.SIGINT)
            check(running.wait(60) in (0, -signal.SIGINT), f"interrupted: exit code {running.returncode}")
        check(read(workbook) == whole, "a workbook was damaged by an interruption")
        check(not temporaries(folder), f"an interruption left {temporaries(folder)}")


def main(milliard, scenario):
    folder = tempfile.mkdtemp(prefix="milliard-export-")
    try:
        os.chmod(folder, 0o755)
        program = shutil.copy(milliard, folder)   # where anybody may run it
        results = os.path.join(folder, "run.h5")
        subprocess.run([program, "run", "-q", "-n", "200", "-o", results, scenario], check=True)
        export = [program, "export", results]
        full_disk(export, folder)
        places(export, folder)
        workbooks_of_others(export, folder)
        interruptions(export, folder)
        check(not temporaries(folder), f"{temporaries(folder)} are left")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
