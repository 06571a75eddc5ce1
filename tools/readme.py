#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the summary of a results file into README.md and README.fr.md, so that the sample shown there is always a real output.

    tools/readme.py build/src/cli/milliard fpci-reference.h5

The text between the marks <!-- summary --> and <!-- end --> is replaced.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"(<!-- summary -->\n).*?(<!-- end -->)", re.S)


def main(program, results):
    for language, name in (("en", "README.md"), ("fr", "README.fr.md")):
        shown = subprocess.run([program, "show", results, "--lang", language], check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")
        page = ROOT / name
        text, count = BLOCK.subn(lambda m: f"{m.group(1)}```text\n{shown.rstrip()}\n```\n{m.group(2)}", page.read_text(encoding="utf-8"))
        if count != 1:
            sys.exit(f"{name}: one place for the summary is expected, {count} found")
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
