# SPDX-License-Identifier: GPL-3.0-or-later
"""A results file as numbers, texts and tables, of which nothing is believed unread: the same refusals as `milliard show`.

What HDF5 can do and milliard never does is refused before a byte is read, wherever in the file it is: links that lead elsewhere, bytes in
another file, numbers of other datasets, filters, large chunks (as src/results/audit.c). Types and shapes are those asked for. Texts of
variable length and references are never read: HDF5 1.10 checks nothing in them. What was changed since the program wrote it is refused by its
checksum (docs/results-file.md), which is compared as it is read.
"""
import contextlib
import io
import os
import re
import stat
import sys
import weakref
import zlib

import h5py
import numpy as np
import pandas as pd
from h5py import h5a, h5d, h5g, h5l, h5o, h5s, h5t

SIGNATURE = b"\x89HDF\r\n\x1a\n"
MOST_CHUNK_BYTES, MOST_DEPTH, MOST_ROWS, MOST_TEXT_BYTES = 1 << 22, 4, 1 << 16, 1 << 26
FAULTS = (OSError, KeyError, ValueError, TypeError, RuntimeError, OverflowError)   # of h5py, where a file is damaged


class NotResults(Exception):
    """The file is not a results file this package reads."""


def text(value):
    """A text of a file, without what a page or a terminal obeys rather than shows: controls, marks that turn the direction of reading."""
    value = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", "\N{REPLACEMENT CHARACTER}", value)


def opened(path, descriptor):
    """The file open for reading: as another has opened and checked it, or by its name, without waiting for a pipe."""
    if descriptor is None:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    stream = io.FileIO(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        stream.close()
        raise NotResults(f"{path}: is not a file")
    return stream


def is_fixed_text(kind):
    return isinstance(kind, h5t.TypeStringID) and not kind.is_variable_str()


def layout_fault(dataset):
    """What is wrong with how a dataset is stored, or None; a virtual one is not even asked for its size, which opens other files."""
    properties = dataset.get_create_plist()
    layout = properties.get_layout()
    if layout not in (h5d.COMPACT, h5d.CONTIGUOUS, h5d.CHUNKED):
        return "has its numbers in other datasets"
    if properties.get_nfilters():
        return "is packed with a filter, which milliard never does"
    if properties.get_external_count():
        return "has its bytes in another file"
    size = dataset.get_type().get_size()
    if layout == h5d.CHUNKED and size * np.prod(properties.get_chunk(), dtype=float) > MOST_CHUNK_BYTES:
        return "has chunks larger than milliard writes"
    if dataset.get_storage_size() < size * dataset.get_space().get_simple_extent_npoints():
        return "has not the type, shape or size it should have"
    return None


class Store:
    """A results file, open as long as this lives. Every place of it is a dataset by its path; what is not as asked raises NotResults."""

    def __init__(self, path, descriptor=None):
        self.path = path
        self.stream = opened(path, descriptor)
        weakref.finalize(self, self.stream.close)
        head = os.pread(self.stream.fileno(), 12, 0)
        if head[:8] != SIGNATURE:
            raise NotResults(f"{path}: not a results file of milliard")
        if len(head) == 12 and head[8] >= 3 and head[11] & 5:     # version and flags of the superblock
            raise NotResults(f"{path}: is open for writing in another program, or was when that program died: close it there; when none has it "
                             f'open any more, "h5clear -s {path}" frees it (Debian: hdf5-tools)')
        try:
            self.file = h5py.File(self.stream, "r").id
            self.root = h5g.open(self.file, b"/")
        except FAULTS as error:
            raise NotResults(f"{path}: truncated or damaged") from error
        with self.reading("its groups"):
            found = self.root.links.visit(self._fault, info=True)
        if found:
            self.refuse(*found)
        self.checksums = None       # of places; an earlier file has none
        with self.reading("its checksums"):
            self.checksums = self._checksums()

    def _fault(self, name, info):
        """The first link or object that milliard never writes, and why; an exception would not come back through HDF5."""
        place = text(name)
        if info.type != h5l.TYPE_HARD:
            return place, "is a link that leads elsewhere"
        if place.count("/") >= MOST_DEPTH:
            return place, "is deeper than milliard writes"
        try:
            kind = h5o.get_info(self.file, name).type
            fault = layout_fault(h5d.open(self.file, name)) if kind == h5o.TYPE_DATASET else None
        except FAULTS:
            return place, "cannot be opened"
        if kind not in (h5o.TYPE_DATASET, h5o.TYPE_GROUP):
            return place, "is neither a group nor a dataset"
        return (place, fault) if fault else None

    def _checksums(self):
        """Of each place, after their seal has been compared: the checksum of the root's texts and whole numbers and of these."""
        if sys.byteorder != "little" or not self.has_attribute("checksum"):
            return None
        rows = self.table("checksums/table", "place", "crc32")
        names = []
        h5a.iterate(self.file, names.append)
        lines = [line for name in sorted(names) if name != b"checksum" for line in self._line(name)]
        lines += [f"{place}={crc}".encode() for place, crc in zip(rows["place"], rows["crc32"])]
        if f"{zlib.crc32(b''.join(line + bytes([10]) for line in lines)):08x}" != self.attribute("checksum"):
            self.refuse_changed("what its root says of the run")
        for place in rows["place"]:
            if not self.has(place.split("@")[0]):
                self.refuse(place, "is missing")
        return dict(zip(rows["place"], rows["crc32"]))

    def _line(self, name):
        """An attribute of the root as its seal takes it, if it does."""
        found = h5a.open(self.file, name)
        kind = found.get_type()
        if found.get_space().get_simple_extent_type() != h5s.SCALAR:
            return
        if is_fixed_text(kind):
            value = np.empty((), kind.dtype)
            found.read(value)
            yield name + b"=" + value.tobytes().split(b"\0")[0]
        elif isinstance(kind, h5t.TypeIntegerID) and kind.get_size() <= 8:
            value = np.empty((), np.int64)
            found.read(value)
            yield name + b"=%d" % value

    def _compare(self, place, value):
        """The value of a place, which is refused where its checksum is another."""
        if self.checksums is not None and self.checksums.get(place) != f"{zlib.crc32(value.tobytes()):08x}":
            self.refuse_changed("/" + place)
        return value

    def refuse(self, place, why):
        raise NotResults(f"{self.path}: damaged, or not a results file of milliard: {place} {why}")

    def refuse_changed(self, place):
        raise NotResults(f"{self.path}: {place} was changed after the run")

    @contextlib.contextmanager
    def reading(self, place):
        try:
            yield
        except FAULTS:
            self.refuse(place, "cannot be read")

    # ---- attributes of the root ----

    def attribute(self, name, low=None, high=None):
        """A text, or a whole number in a range, of the root."""
        with self.reading(f'attribute "{name}"'):
            found = h5a.open(self.file, name.encode()) if h5a.exists(self.file, name.encode()) else None
            kind = found and found.get_type()
            right = found and found.get_space().get_simple_extent_type() == h5s.SCALAR and (
                is_fixed_text(kind) if low is None else isinstance(kind, h5t.TypeIntegerID) and kind.get_size() <= 8)
            value = np.empty((), kind.dtype if low is None else np.int64) if right else None
            if right:
                found.read(value)
        if not right or (low is not None and not low <= value <= high):
            self.refuse(f'attribute "{name}"', "is missing or out of range")
        return text(value[()]) if low is None else int(value)

    def has_attribute(self, name):
        return h5a.exists(self.file, name.encode())

    # ---- datasets ----

    def has(self, place):
        """Whether there is a dataset or a group of that path; of the groups above it too."""
        parts = place.split("/")
        return all(self.root.links.exists("/".join(parts[:n + 1]).encode()) for n in range(len(parts)))

    def _open(self, place):
        with self.reading(place):
            if self.has(place):
                dataset = h5d.open(self.file, place.encode())
                fault = layout_fault(dataset)
                if not fault:
                    return dataset
                self.refuse(place, fault)
        return self.refuse(place, "is missing")

    def numbers(self, place, *shape, kind=h5t.IEEE_F64LE):
        """Numbers of that type and shape, in which None is any length."""
        dataset = self._open(place)
        with self.reading(place):
            size = dataset.get_space().get_simple_extent_dims()
            if not dataset.get_type().equal(kind) or len(size) != len(shape) or any(n not in (None, m) for n, m in zip(shape, size)):
                self.refuse(place, "has not the type, shape or size it should have")
            value = np.empty(size, kind.dtype)
            if value.size:
                dataset.read(h5s.ALL, h5s.ALL, value)
        return self._compare(place, value)

    def rows(self, place):
        """A table of texts as its bytes: a structured array."""
        dataset = self._open(place)
        with self.reading(place):
            kind, size = dataset.get_type(), dataset.get_space().get_simple_extent_dims()
            if (not isinstance(kind, h5t.TypeCompoundID) or len(size) != 1 or size[0] > MOST_ROWS or size[0] * kind.get_size() > MOST_TEXT_BYTES
                    or not all(is_fixed_text(kind.get_member_type(i)) for i in range(kind.get_nmembers()))):
                self.refuse(place, "is not the table it should be")
            value = np.empty(size, kind.dtype)
            if value.size:
                dataset.read(h5s.ALL, h5s.ALL, value)
        return self._compare(place, value)

    def table(self, place, *columns):
        rows = self.rows(place)
        if not set(columns) <= set(rows.dtype.names):
            self.refuse(place, "has not the columns it should have")
        return pd.DataFrame({name: [text(v) for v in rows[name]] for name in rows.dtype.names})
