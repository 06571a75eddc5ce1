# SPDX-License-Identifier: GPL-3.0-or-later
"""What several pages share."""
from . import figures, texts
from .open import DUE
from .sensitivity import EFFECTS
from .typography import decimals_for, estimate, money_scale, number, percent, quantity

OF_DUE = (*DUE.values(), "provision")           # series of the design in which all that is due is paid
STOCKS = ("provision", "state_guaranteed")      # which years do not add up

FEW_DEALS = 3   # on average, below which the IRR of a group says little


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
    rows, notes = [], []
    for name in names:
        if name not in file.measures.index:
            continue
        shown = [b for b in file.branches if file.stat(b, name, "count") > 0]
        if not shown or all(file.stat(b, name, "maximum") == 0 == file.stat(b, name, "minimum") for b in shown):
            continue
        row = [report.label(name)] + [report.cell(b, name) if b in shown else "–" for b in file.branches]
        if len(file.branches) == 2:
            row.append(report.mean("difference", name, True) if len(shown) == 2 else "–")
        rows.append(row)
        notes += report.undefined(name)
    if not rows:
        return
    page.heading(report.say(title))
    heads = [report.say(b) for b in file.branches] if len(file.branches) == 2 else [report.say("mean")]
    if len(file.branches) == 2:
        heads.append(report.say("difference"))
    page.table([""] + heads, rows, classes={1: "without", 2: "with"} if len(file.branches) == 2 else None)
    for note in notes:
        page.paragraph(note, "note")


def years_table(page, report, series, beside=()):
    """Flows by calendar year, one unit for all and for the table `beside` it; both have (name, "mean" or a quantile, left out when the
    paths are too few)."""
    def known(series):
        return [(name, column, frame) for name, column in series
                if (frame := report.main.series(report.main.due if name in OF_DUE else "with", name)) is not None and frame[column].notna().any()]
    columns = known(series)
    if not columns:
        return
    worth, unit = money_scale(max(frame[column].abs().max() for _, column, frame in columns + known(beside)))
    error = max(frame["mean_error"].max() for _, _, frame in columns)
    decimals = decimals_for(error / worth, 2, 2) if worth > 1 else 0

    def cell(value):
        return number(value / worth, decimals, report.lang)
    rows = [[str(year)] + [cell(frame.at[year, column]) for _, column, frame in columns] for year in columns[0][2].index]
    rows.append([report.say("total")] + [cell(frame["mean"].sum()) if column == "mean" and name not in STOCKS else "" for name, column, frame in columns])
    heads = [report.series_label(name) if column == "mean" else percent(float(column[1:]), report.lang) for name, column, _ in columns]
    caption = "means_in" if all(column == "mean" for _, column, _ in columns) else "means_and_95_in"
    page.table([report.say("year")] + heads, rows, report.say(caption, unit=unit, error=quantity(error, "money", report.lang, scale=(worth, unit), decimals=decimals + 1)))


def returns_by_group(page, report):
    """Where the return comes from: by instrument, legal form and year of investment."""
    groups, lang = report.main.groups(), report.lang
    if groups is None:
        return
    worth, unit = money_scale(groups["invested"].max())
    decimals = decimals_for(groups["irr_error"].max() / 0.01, 1, 2)

    def rate(value):
        return quantity(value, "rate", lang, decimals=decimals)

    def amount(value):
        return number(value / worth, 1, lang)

    def row(group):
        few = " *" if group.deals < FEW_DEALS else ""
        losses = group.loss_default + group.loss_exit + group.loss_forced
        multiple = (group.income + group.capital) / group.invested if group.invested > 0 else float("nan")
        return [texts.typeset(group["label_" + lang], lang) + few, number(group.deals, 1, lang), amount(group.invested), number(multiple, 2, lang),
                rate(group.irr_median), rate(group.irr_of_means), amount(losses), amount(group.gains)]
    page.heading(report.say("returns_by_group"))
    page.paragraph(report.say("returns_by_group_text"))
    heads = [report.say(key) for key in ("deals_made", "invested_head", "multiple_head", "median_irr", "irr_of_means", "losses_head", "gains_head")]
    for kind in ("instrument", "form", "year"):
        rows = [row(group) for _, group in groups[groups["kind"] == kind].iterrows()]
        page.table([report.say("by_" + kind)] + heads, rows, report.say("group_amounts", unit=unit) if kind == "instrument" else "")
    if (groups["deals"] < FEW_DEALS).any():
        page.paragraph(report.say("few_deals"), "note")


def both_kinds_of_irr(page, report):
    """The mean of IRRs beside the IRR of mean flows, of class A and of the deals."""
    file, lang = report.main, report.lang
    if not file.has_fund:
        return
    of_a, of_deals = file.irr_of_means(file.main)

    def rate(value, measure):
        error = file.stat(file.main, measure, "mean_error")
        return quantity(value, "rate", lang, decimals=decimals_for(error / 0.01, 1, 2))
    if all(file.has(file.main, m) for m in ("net_irr_a", "gross_irr")) and of_a == of_a and of_deals == of_deals:
        page.paragraph(report.say("both_irr", a=report.mean(file.main, "net_irr_a"), a_means=rate(of_a, "net_irr_a"),
                                  deals=report.mean(file.main, "gross_irr"), deals_means=rate(of_deals, "gross_irr"), branch=report.say(file.main)))


VALUE_PARTS = ("", "_a", "_b", "_c", "_beneficiary")


def value_by_class(page, report):
    """What each class is worth at each year's end, at value and after discounts, and ratios both ways."""
    file = report.main
    kinds = {start: {part: file.at_year_ends(frame) for part in VALUE_PARTS if (frame := file.series(file.main, start + part)) is not None}
             for start in ("nav", "nav_sold")}
    if "_a" not in kinds["nav"]:
        return
    worth, unit = money_scale(kinds["nav"][""]["mean"].max())
    page.heading(report.say("value_by_class"))
    page.paragraph(report.say("value_by_class_text"))
    for start, frames in kinds.items():
        rows = [[str(year)] + [number(frame.at[year, "mean"] / worth, 1, report.lang) for frame in frames.values()] for year in frames[""].index]
        page.table([report.say("year")] + [report.say("part" + part) for part in frames], rows,
                   report.say(start + "_note", unit=unit, branch=report.say(file.main)))
    ratios = [file.at_year_ends(frame) for name in ("tvpi", "dpi")
              for frame in (file.series(file.main, name)["mean"], file.of_means(file.main, name))]
    page.table([report.say(key) for key in ("year", "tvpi_mean", "tvpi_of_means", "dpi_mean", "dpi_of_means")],
               [[str(year)] + [number(ratio.at[year], 3, report.lang) for ratio in ratios] for year in ratios[0].index],
               report.say("ratios_note"))


FLAGS = ("quota_missed", "issuer_limit_passed", "loans_limit_passed")
FEW_RUN_OUT = 0.05      # as in src/report/years.c


def flags(page, report):
    """Limits that are not kept on some path, with their article."""
    file = report.main
    for name in FLAGS:
        if file.has(file.main, name) and file.stat(file.main, name, "mean") > 0:
            page.paragraph(report.say("flagged", share=report.mean(file.main, name), what=report.say(name)), "note")
    if file.has(file.main, "ran_out") and file.stat(file.main, "ran_out", "mean") > FEW_RUN_OUT:
        page.paragraph(report.say("list_runs_out", share=report.mean(file.main, "ran_out")), "note")


def limits_by_year(page, report):
    """Quota by date, largest issuer and loans at each year's end, then what is not kept."""
    file, lang = report.main, report.lang
    frames = [file.series(file.main, name) for name in ("quota_by_date", "largest_issuer_by_year", "loans_by_year")]
    if any(frame is None for frame in frames):
        return
    given = file.parameter("fund.quota_until")
    until = given if given == given else file.parameter("fund.investment_years") + 1
    ends = file.at_year_ends(file.series(file.main, "nav").reset_index().set_index("years_since_first_closing", drop=False))
    rows = []
    for year, end in ends["years_since_first_closing"].items():
        due = end <= until + 1e-9
        rows.append([str(year)] + [quantity(frame.at[year, column] if due or frame is not frames[0] else float("nan"), "rate", lang)
                                   for frame, columns in zip(frames, (("q0.5", "q0.05"), ("mean", "q0.95"), ("mean", "q0.95"))) for column in columns])
    page.heading(report.say("limits_by_year"))
    page.table([report.say(key) for key in ("year", "quota_median", "level_5", "issuer_mean", "level_95", "loans_mean", "level_95")], rows,
               report.say("limits_note", branch=report.say(file.main)))
    flags(page, report)


def of_bridge(page, report):
    """From gross to net: the waterfall, then its steps in IRR, multiple and euros."""
    table, lang = report.bridge, report.lang
    if not report.main.has_fund:
        return
    if not page.figure(figures.bridge(report)):
        return page.leave_out("no_bridge")
    worth, unit = money_scale(table.steps["money"].abs().max())

    def cells(row, change):
        end = "_change" if change else ""
        return [estimate(row[name + end], row[f"{name}{end}_error"], kind, lang, change, (worth, "") if kind == "money" else None)
                for name, kind in (("irr", "rate"), ("tvpi", "multiple"), ("money", "money"))]
    rows = []
    for i, (_, step) in enumerate(table.steps.iterrows()):
        rows.append([texts.typeset(step["label_" + lang], lang)] + cells(step, i > 0))
        if step["bridge"] == table.gross["bridge"]:
            rows.append([report.say("bridge_gross")] + cells(step, False))
    rows.append([report.say("bridge_net")] + cells(table.net, False))
    page.table([report.say(key) for key in ("bridge_step", "bridge_irr", "multiple_head")] + [report.say("bridge_money", unit=unit)], rows,
               report.say("bridge_note", n=number(table.paths, 0, lang), seed=table.seed, branch=report.say(table.branch)))
    if table.counted < table.paths:
        page.paragraph(report.say("bridge_left", n=number(table.paths - table.counted, 0, lang)), "note")


def of_sensitivity(page, report):
    """The table of milliard sensitivity in full, and how far all probabilities of default may rise."""
    table = report.sensitivity
    if table is None:
        return page.leave_out("no_sensitivity")
    lang = report.lang
    units = {name: (0.01, "%") if EFFECTS[name] == "rate" else money_scale(table.base[name]) for name in table.shown()}

    def cells(row, difference):
        return [estimate(row[name], row[name + "_error"], EFFECTS[name], lang, difference, (worth, "")) for name, (worth, _) in units.items()]
    rows = [[report.say("scenario")] + cells(table.base, False)]
    for name, low, high in table.heaviest(next(iter(units))):
        label = texts.typeset(low["label_" + lang] or name, lang)
        rows += [[report.say("applied", label=words, value=figures.applied(report, row))] + cells(row, True)
                 for words, row in ((label, low), ("…", high))]
    page.heading(report.say("sensitivity"))
    if even := figures.break_even_pd(report):
        page.paragraph(even)
    page.table([report.say("judgement")] + [f"{figures.effect_label(report, name)}, {unit}" for name, (_, unit) in units.items()],
               rows, report.say("sensitivity_note", n=number(table.paths, 0, lang), seed=table.seed, branch=report.say(table.branch)))
    if still := table.still(lang):
        page.paragraph(report.say("still", labels=(f"{figures.FIXED}; " if lang == "fr" else "; ").join(texts.typeset(label, lang) for label in still)))


def assumptions(page, report):
    """How much of the scenario is judgement."""
    flags = report.main.parameters["flags"]
    used = report.main.parameters["origin"] != "unused"
    judged = int((flags.str.contains("judgement") & used).sum())
    page.heading(report.say("assumptions_title"))
    page.paragraph(report.say("assumptions", n=number(judged, 0, report.lang), all=number(int(used.sum()), 0, report.lang)))
