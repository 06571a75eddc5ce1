# SPDX-License-Identifier: GPL-3.0-or-later
"""The three readers, and what each gets. Pages and notebooks both go through here."""
from . import fonds, investisseurs, plaidoyer
from .figures import Report
from .open import NotResults, open_results
from .sensitivity import Sensitivity, is_sensitivity

READERS = {"fonds": fonds, "plaidoyer": plaidoyer, "investisseurs": investisseurs}


def chapters(reader):
    """Name → parts, functions of a page and a report, in the order in which they are read."""
    return READERS[reader].CHAPTERS


def report_for(reader, paths, lang, descriptors=None):
    """The report of results files, and of the table of milliard sensitivity that may be among them. A file that has a descriptor is open
    already, and checked."""
    descriptors = descriptors or [None] * len(paths)
    tables = [path for path, descriptor in zip(paths, descriptors) if descriptor is None and is_sensitivity(path)]
    files = [open_results(path, descriptor) for path, descriptor in zip(paths, descriptors) if path not in tables]
    if not files or len(tables) > 1:
        raise NotResults("at least one results file is needed, and at most one table of milliard sensitivity")
    table = Sensitivity(tables[0]) if tables else None
    if table:
        table.check(files[0])
    shown = files if READERS[reader].COMPARES else files[:1]
    return Report(shown, lang, table, [f.name for f in files[len(shown):]])
