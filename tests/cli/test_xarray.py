#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""
A study's file opens in xarray as one labelled data set, by h5netcdf and, where it is there, netCDF4. Exit code 77, and says so, without xarray.

    test_xarray.py PROGRAM SCENARIOS FOLDER
"""
import json
import os
import subprocess
import sys

PARTS = ("value", "error", "low", "high", "change", "change_error", "count")


def engines():
    for name in ("h5netcdf", "netCDF4"):
        try:
            __import__(name)
        except ImportError:
            continue
        yield name.lower()


def check(xarray, file, engine, told):
    with xarray.open_dataset(file, engine=engine) as data:
        assert data["value"].dims == ("mix", "fee", "statistic"), data["value"].dims
        assert list(data["mix"].values) == told["axes"][0]["points"], data["mix"].values
        assert list(data["fee"].values) == told["axes"][1]["points"], data["fee"].values
        assert list(data["unit"].values) == [one["unit"] for one in told["statistics"]]
        for variant in told["variants"]:
            place = dict(zip(("mix", "fee"), variant["point"]))
            for name, cell in variant["statistics"].items():
                for part in PARTS:
                    value = data[part].isel(place).sel(statistic=name).item()
                    assert value == cell[part] or (value != value and cell[part] is None), (name, part, value, cell[part])
        for name, cell in told["base"].items():
            assert data["base_value"].sel(statistic=name).item() == cell["value"]
        assert data.attrs["study"] in ("mix", b"mix"), data.attrs["study"]


def main(program, scenarios, folder):
    try:
        import xarray
    except ImportError:
        xarray = None
    found = list(engines()) if xarray else []
    if not found:
        print("skipped: no xarray with h5netcdf (Debian: python3-xarray python3-h5netcdf)")
        sys.exit(77)
    os.makedirs(folder, exist_ok=True)
    file = os.path.join(folder, "mix.h5")
    subprocess.run([program, "study", os.path.join(scenarios, "studies/mix.cfg"), "-n", "200", "-q", "-o", file], check=True)
    told = json.loads(subprocess.run([program, "show", file, "--json"], check=True, stdout=subprocess.PIPE).stdout)
    for engine in found:
        check(xarray, file, engine, told)
        print(f"oracle: a study's file read by {engine} | xarray {xarray.__version__} | equal | {len(told['variants'])} variants")


if __name__ == "__main__":
    main(*sys.argv[1:])
