# SPDX-License-Identifier: GPL-3.0-or-later
"""What several pages share."""
from .typography import number


def drawn(draw, otherwise=None):
    """A figure as a part of a chapter; `otherwise` says what is missing when the file has not what it shows."""
    def part(page, report):
        if not page.figure(draw(report)) and otherwise:
            page.leave_out(otherwise)
    return part


def needs_fund(page, report):
    if not report.main.has_fund:
        page.leave_out("no_fund")


def measure_table(page, report, names, title="key_figures"):
    """Means with their errors: without, with, difference; a measure that is nothing everywhere is left out."""
    file = report.main
    rows = []
    for name in names:
        if name not in file.measures.index:
            continue
        shown = [b for b in file.branches if file.stat(b, name, "count") > 0]
        if not shown or all(file.stat(b, name, "maximum") == 0 == file.stat(b, name, "minimum") for b in shown):
            continue
        row = [report.label(name)] + [report.mean(b, name) if b in shown else "–" for b in file.branches]
        if len(file.branches) == 2:
            row.append(report.mean("difference", name, True) if len(shown) == 2 else "–")
        rows.append(row)
    if not rows:
        return
    page.heading(report.say(title))
    heads = [report.say(b) for b in file.branches] if len(file.branches) == 2 else [report.say("mean")]
    if len(file.branches) == 2:
        heads.append(report.say("difference"))
    page.table([""] + heads, rows, classes={1: "without", 2: "with"} if len(file.branches) == 2 else None)


def assumptions(page, report):
    """How much of the scenario is judgement."""
    flags = report.main.parameters["flags"]
    used = report.main.parameters["origin"] != "unused"
    judged = int((flags.str.contains("judgement") & used).sum())
    page.heading(report.say("assumptions_title"))
    page.paragraph(report.say("assumptions", n=number(judged, 0, report.lang), all=number(int(used.sum()), 0, report.lang)))
