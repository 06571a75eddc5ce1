# SPDX-License-Identifier: GPL-3.0-or-later
"""Do two results files hold the same, bit by bit? What says on which machine they were computed aside, and checksums, which follow from the rest.

same.py FIRST SECOND: exit 1 and a line for each group, dataset or attribute that differs; of numbers, by how much at most.
"""
import sys

import h5py
import numpy as np

MACHINE = {"libc", "processor"}
CHECKSUMS = {"checksum", "checksums", "checksums/table", "checksums/checksum", "axes/checksum"}


def held(item):
    """Bytes of a dataset or of an attribute, with its type and shape; strings as they read."""
    value = np.asarray(item)
    return str(value.dtype), value.shape, value.tolist() if value.dtype.hasobject else value.tobytes()


def contents(path):
    """By name, all that a file holds."""
    found = {}

    def visit(name, item):
        """The item and all below it, under each of the names that it has."""
        if name in CHECKSUMS:
            return
        found[name] = held(item[()]) if isinstance(item, h5py.Dataset) else "group"
        for below in item if isinstance(item, h5py.Group) else ():
            visit(f"{name}/{below}".lstrip("/"), item[below])
        found.update({f"{name}@{key}": held(value) for key, value in item.attrs.items()
                      if value is not None and key not in MACHINE | CHECKSUMS and not isinstance(value, h5py.Empty)
                      and key not in ("DIMENSION_LIST", "REFERENCE_LIST")})

    with h5py.File(path, "r") as file:
        visit("", file)
    return found


def largest_move(first, second, name):
    """", by at most 2e-13 of itself" for two datasets of as many numbers; else nothing."""
    with h5py.File(first, "r") as one, h5py.File(second, "r") as other:
        pair = [file.get(name) for file in (one, other)]
        if not all(isinstance(item, h5py.Dataset) and item.dtype.kind == "f" for item in pair) or pair[0].shape != pair[1].shape:
            return ""
        before, after = (item[()] for item in pair)
    moved = (before != after) & ~(np.isnan(before) & np.isnan(after))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.abs(after - before)[moved] / np.abs(before[moved])
    return f", by at most {np.max(share):.1e} of itself" if share.size else ""


def main(first, second):
    one, other = contents(first), contents(second)
    differ = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    for name in differ:
        print(f"{second}: {name or 'the file'} differs from {first}{largest_move(first, second, name)}")
    return bool(differ)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
