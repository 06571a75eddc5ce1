# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of other commands that a page takes beside a results file: read as texts, as the program or a spreadsheet wrote them."""
import io
import os
import re
import stat

import pandas as pd

from .open import NotResults
from .page import FORMULA_STARTS

MOST = 1 << 24   # bytes: no table is longer


def begins(path, length):
    """The first bytes of a regular file; a pipe is not waited for."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        return file.read(length) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""


def begins_with(path, word):
    """Whether a table's first head is that word, as milliard wrote it or as a spreadsheet saves it again."""
    return re.match(rb'(\xef\xbb\xbf)?"?%s"?[,;\t]' % word.encode(), begins(path, 32)) is not None


def read(path, command, numbers):
    """The cells as texts. Spreadsheets save semicolons or tabs for commas, then decimal commas, and Windows' own encoding."""
    whole = begins(path, MOST + 1)
    if len(whole) > MOST:
        raise NotResults(f"{path}: not a table of milliard {command}: larger than {MOST >> 20} MiB")
    try:
        words = whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = whole.decode("cp1252")
    separator = re.search(r"[,;\t]", words).group()
    frame = pd.read_csv(io.StringIO(words), sep=separator, dtype=str, keep_default_na=False)
    if separator != ",":
        frame[numbers] = frame[numbers].apply(lambda column: column.str.replace("\u00a0", "").str.replace("\u202f", "").str.replace(",", "."))
    return frame


def plain(cell):
    """A text as it was before it was kept from being a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_STARTS else cell


def check_origin(table, command, file):
    """Refuses a results file of another scenario, seed or version than the table: other parameters or deals, draws, or program."""
    if table.fingerprint != file.fingerprint():
        raise NotResults(f"{table.path}: {command} of {table.name}, whose parameters or deals are not those of {file.path} ({file.name})")
    if table.seed != file.seed:
        raise NotResults(f"{table.path}: {command} of seed {table.seed}, but {file.path} is of seed {file.seed}: make both of one seed")
    if table.commit != file.commit:
        raise NotResults(f"{table.path}: made by another version of milliard than {file.path} (commits {table.commit} and {file.commit}); make both again")
