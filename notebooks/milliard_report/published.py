# SPDX-License-Identifier: GPL-3.0-or-later
"""Multipliers published elsewhere: the table that the program prints too, installed beside this file or in the source tree."""
import ast
import pathlib
import re
from typing import NamedTuple

HERE = pathlib.Path(__file__).resolve().parent
PLACES = (HERE / "published.def", HERE.parent.parent / "src/report/published.def")


class Multiplier(NamedTuple):
    """Texts are (French, English), "" where the publisher does not say what is divided by what."""
    name: tuple
    low: float
    high: float
    above: tuple
    below: tuple


def read():
    table = next(place for place in PLACES if place.exists()).read_text(encoding="utf-8")
    rows = (ast.literal_eval("(" + row + ")") for row in re.findall(r'^MULTIPLIER\((".*?")\)$', table, re.M | re.S))
    return tuple(Multiplier(row[:2], *row[2:4], row[4:6], row[6:8]) for row in rows)


MULTIPLIERS = read()
