# SPDX-License-Identifier: GPL-3.0-or-later
"""The three readers, and what each gets. Pages and notebooks both go through here."""
from . import fonds, investisseurs, plaidoyer
from .figures import Report
from .open import open_results

READERS = {"fonds": fonds, "plaidoyer": plaidoyer, "investisseurs": investisseurs}


def chapters(reader):
    """Name → parts, functions of a page and a report, in the order in which they are read."""
    return READERS[reader].CHAPTERS


def compares(reader):
    """Whether the reader is shown every file, or the first alone."""
    return getattr(READERS[reader], "COMPARES", False)


def report_for(reader, paths, lang):
    files = [open_results(path) for path in paths]
    return Report(files if compares(reader) else files[:1], lang)
