# SPDX-License-Identifier: GPL-3.0-or-later
"""Files made to deceive: what `milliard show` refuses neither `milliard report` nor a notebook believes, and nothing ends in a traceback."""
import os
import shutil
import subprocess
import sys
import unittest

import h5py
import numpy as np

from small import FOLDER, LONG, MILLIARD, edited, run, scenario
from milliard_report.__main__ import main
from milliard_report.open import NotResults, open_results

COLUMN, MEAN, SECRET = "paths/with/net_irr_a", "summary/mean", os.path.join(FOLDER, "secret")
DECEITS = {}


def deceit(change):
    DECEITS[change.__name__] = change
    return change


def instead(file, place, **options):
    """Another dataset at the place of one, of the same shape and zeros, unless told otherwise."""
    shape = options.pop("shape", file[place].shape)
    del file[place]
    return file.create_dataset(place, **{"shape": shape, "dtype": "f8", "data": None if "external" in options else np.zeros(shape), **options})


@deceit
def bytes_of_another_file(file):
    instead(file, COLUMN, external=[(SECRET, 0, h5py.h5f.UNLIMITED)])


@deceit
def bytes_of_another_file_beside(file):
    instead(file, "trajectories/with/nav", external=[(SECRET, 0, h5py.h5f.UNLIMITED)])


@deceit
def an_axis_of_another_file(file):
    instead(file, "axes/year", dtype="i4", external=[(SECRET, 0, h5py.h5f.UNLIMITED)])


@deceit
def link_to_another_file(file):
    del file[COLUMN]
    file[COLUMN] = h5py.ExternalLink(os.path.join(FOLDER, "sound.h5"), "/" + COLUMN)


@deceit
def groups_of_another_file(file):
    del file["paths"]
    file["paths"] = h5py.ExternalLink(os.path.join(FOLDER, "sound.h5"), "/paths")


@deceit
def soft_link(file):
    del file[COLUMN]
    file[COLUMN] = h5py.SoftLink("/paths/with/tvpi_a")


@deceit
def link_to_nothing(file):
    file["axes/more"] = h5py.SoftLink("/nowhere")


@deceit
def virtual(file):
    layout = h5py.VirtualLayout(file[COLUMN].shape, "f8")
    layout[:] = h5py.VirtualSource(os.path.join(FOLDER, "sound.h5"), COLUMN, file[COLUMN].shape)
    del file[COLUMN]
    file.create_virtual_dataset(COLUMN, layout)


@deceit
def packed(file):
    instead(file, COLUMN, compression="gzip")


@deceit
def large_chunk(file):
    instead(file, COLUMN, chunks=(1 << 20,), maxshape=(None,))


@deceit
def single_precision(file):
    instead(file, MEAN, dtype="f4")


@deceit
def a_column_in_single_precision(file):
    instead(file, COLUMN, dtype="f4")


@deceit
def whole_numbers(file):
    instead(file, "series/with/nav/mean", dtype="i8")


@deceit
def fewer_paths_in_a_column(file):
    instead(file, COLUMN, shape=(3,))


@deceit
def fewer_measures(file):
    instead(file, MEAN, shape=(3,))


@deceit
def other_steps(file):
    instead(file, "series/with/nav/quantiles", shape=(9, 3))


@deceit
def no_bytes(file):
    del file[COLUMN]
    file.create_dataset(COLUMN, shape=(20,), dtype="f8", chunks=(20,))


@deceit
def texts_of_any_length(file):
    rows = file["measures/table"][:]
    del file["measures/table"]
    file.create_dataset("measures/table", shape=rows.shape, dtype=[(name, h5py.string_dtype()) for name in rows.dtype.names])


@deceit
def no_table(file):
    instead(file, "measures/table", shape=(20,))


@deceit
def no_columns(file):
    rows = file["scenario/parameters"][:]
    del file["scenario/parameters"]
    file["scenario/parameters"] = rows[["doc_en", "doc_fr"]].copy()


@deceit
def name_of_any_length(file):
    file.attrs["name"] = "x"


@deceit
def no_name(file):
    del file.attrs["name"]


@deceit
def names(file):
    file.attrs["name"] = np.array([b"x", b"y"])


@deceit
def no_paths(file):
    file.attrs["paths"] = 0


@deceit
def fewer_paths(file):
    file.attrs["paths"] = -1


@deceit
def absurd_paths(file):
    file.attrs["paths"] = 4_000_000_000


@deceit
def absurd_grid(file):
    file.attrs["horizon_years"] = 1_000_000


@deceit
def no_day(file):
    file.attrs["first_closing"] = np.bytes_("2027-02-30")


@deceit
def no_summary(file):
    del file["summary"]


@deceit
def named_type(file):
    file["axes/kind"] = np.dtype("f8")


@deceit
def endless_groups(file):
    file.create_group("/".join(["deep"] * 2000))


class Deceit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sound = run("sound", scenario("fpci-guaranteed"), 20)
        with open(SECRET, "wb") as out:
            out.write(b"a secret " * 4096)

    def changed(self, change, name):
        file = os.path.join(FOLDER, name + ".h5")
        shutil.copy(self.sound, file)
        with edited(file) as h5:
            change(h5)
        return file

    def command(self, *words):
        return subprocess.run([MILLIARD, *words], capture_output=True, text=True, env={**os.environ, "MILLIARD_PYTHON": sys.executable})

    def test_each_reader_refuses(self):
        """The program and the package on their own, as a notebook has it."""
        self.assertEqual(self.command("show", self.sound).returncode, 0)
        open_results(self.sound)
        for name, change in DECEITS.items():
            with self.subTest(name):
                file = self.changed(change, name)
                shown = self.command("show", file)
                self.assertEqual((shown.returncode, len(shown.stderr.splitlines())), (5, 1), shown.stderr)
                with self.assertRaises(NotResults) as told:
                    reads = open_results(file)
                    for branch in reads.branches:      # what is read when it is drawn
                        reads.table(branch)
                        for measure in reads.measures.index:
                            reads.stat(branch, measure, "mean")
                        for series in reads.series_names(branch):
                            reads.trajectory_table(branch, series), reads.series(branch, series)
                self.assertIn(file, str(told.exception))

    def test_changed_after_the_run(self):
        """An edit is refused by its place, in every command that reads it; of a file of an earlier version it is not known."""
        def mean(h5):
            h5[MEAN][1, 3] = 1.35
        def column(h5):
            h5[COLUMN][0] += 0.5
        def seed(h5):
            h5.attrs.modify("seed", np.int64(7))
        every = [("show",), ("show", "--json"), ("export", "--csv", os.path.join(FOLDER, "since")), ("replay",)]
        for change, place, commands, read in (
                (mean, "/" + MEAN, every, lambda file: file.stat("with", "tvpi_a", "mean")),
                (column, "/" + COLUMN, [("replay",), ("compare", self.sound)], lambda file: file.measure("with", COLUMN.split("/")[-1])),
                (seed, "what its root says of the run", every, lambda file: file)):
            with self.subTest(place):
                file = os.path.join(FOLDER, f"since-{change.__name__}.h5")
                shutil.copy(self.sound, file)
                with h5py.File(file, "r+") as h5:
                    change(h5)
                said = f"{file}: {place} was changed after the run"
                with self.assertRaises(NotResults) as told:
                    read(open_results(file))
                self.assertEqual(str(told.exception), said)
                for command in commands:
                    done = self.command(*command, file, *(["0"] if command[0] == "replay" else []))
                    self.assertEqual((done.returncode, done.stderr.splitlines()[-1]), (5, said), command)
                with edited(file):
                    pass
                read(open_results(file))

    def test_the_command_says_what_show_says(self):
        for name in ("bytes_of_another_file", "texts_of_any_length", "no_paths"):
            file, folder = self.changed(DECEITS[name], name), os.path.join(FOLDER, "none")
            done = self.command("report", file, "--for", "fonds", "-o", folder)
            self.assertEqual((done.returncode, done.stderr.splitlines()[1:]), (5, self.command("show", file).stderr.splitlines()))
            self.assertFalse(os.path.exists(folder))

    def test_no_traceback(self):
        """Numbers that no run gives, of the right shape: a page, or one line. A reader for each; the long test takes all."""
        def everywhere(value, *groups):
            def change(file):
                for group in groups:
                    file[group].visititems(lambda _, data: data.write_direct(np.full(data.shape, value)) if isinstance(data, h5py.Dataset)
                                           and data.dtype == "f8" and data.size and not h5py.h5ds.is_scale(data.id) else None)
            return change
        readers = ("plaidoyer", "investisseurs")
        for name, change, of_short in (("infinite", everywhere(np.inf, "paths", "summary", "series", "trajectories"), readers[:1]),
                                       ("undefined", everywhere(np.nan, "paths", "summary", "series", "trajectories"), readers[1:]),
                                       ("enormous", everywhere(1e308, "summary", "series"), readers[:1])):
            for reader in readers if LONG else of_short:
                with self.subTest(name, reader=reader):
                    file = self.changed(change, name)
                    self.assertIn(main([file, "--for", reader, "-o", os.path.join(FOLDER, name + reader)]), (0, 5))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3 + LONG:], verbosity=2)
