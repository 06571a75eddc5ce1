# SPDX-License-Identifier: GPL-3.0-or-later
"""The three readers, and what each gets. Pages and notebooks both go through here."""
from . import fonds, investisseurs, plaidoyer
from .alternatives import Alternatives, is_alternatives
from .bridge import Bridge, is_bridge
from .figures import Report
from .open import NotResults, open_results
from .sensitivity import Sensitivity, is_sensitivity
from .stories import MOST_STORIES, Story, is_story

READERS = {"fonds": fonds, "plaidoyer": plaidoyer, "investisseurs": investisseurs}


def chapters(reader):
    """Name → parts, functions of a page and a report, in the order in which they are read."""
    return READERS[reader].CHAPTERS


def report_for(reader, paths, lang, descriptors=None):
    """The report of results files, and of the tables of milliard sensitivity, bridge and alternatives that may be among them. A file that has a
    descriptor is open already, and checked."""
    descriptors = descriptors or [None] * len(paths)
    tables = {kind: [path for path, descriptor in zip(paths, descriptors) if descriptor is None and is_kind(path)]
              for kind, is_kind in ((Sensitivity, is_sensitivity), (Bridge, is_bridge), (Alternatives, is_alternatives), (Story, is_story))}
    files = [open_results(path, descriptor) for path, descriptor in zip(paths, descriptors) if not any(path in found for found in tables.values())]
    told = tables.pop(Story)
    if not files or any(len(found) > 1 for found in tables.values()) or len(told) > MOST_STORIES:
        raise NotResults("at least one results file is needed, and at most one table of milliard sensitivity, one of milliard bridge, one of milliard alternatives and "
                         f"{MOST_STORIES} files of milliard replay --json")
    sensitivity, bridge, others = (kind(found[0]) if found else None for kind, found in tables.items())
    stories = [Story(path) for path in told]
    for table in filter(None, (sensitivity, bridge, others, *stories)):
        table.check(files[0])
    shown = files if READERS[reader].COMPARES else files[:1]
    return Report(shown, lang, sensitivity, [f.name for f in files[len(shown):]], bridge, others, stories)
