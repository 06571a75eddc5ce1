# SPDX-License-Identifier: GPL-3.0-or-later
"""Those who bring the capital: chapters of the page and of the notebook, in order."""
from . import committee, figures, stories, worlds
from .common import assumptions, both_kinds_of_irr, drawn, flags, measure_table, needs_fund, of_bridge, returns_by_group, value_by_class

KEY = ("net_irr_a", "tvpi_a", "tmo_pme_a", "loss_a", "hurdle_reached", "below_tmo_a", "payback_years", "lowest_position_a", "net_irr_b", "tvpi_b", "gross_irr", "multiple_of_cost", "paid_in",
       "distributed_a", "management_fees", "other_costs", "guarantee_costs", "carry")
SIDE_BY_SIDE = ("net_irr_a", "tvpi_a", "loss_a")


def key_figures(page, report):
    measure_table(page, report, KEY)


def worst_years(page, report):
    if not page.figure(figures.worst_years(report)) and report.main.has_fund:
        page.leave_out("no_trajectories")


def scenarios(page, report):
    """The figures of all files side by side."""
    rows = [[f.called + " · " + report.say(b)] + [report.mean(b, m, file=f) if f.has(b, m) else "–" for m in SIDE_BY_SIDE]
            for f in report.files for b in f.branches]
    if len(report.files) > 1 and report.main.has_fund:
        page.table([report.say("scenario")] + [report.label(m) for m in SIDE_BY_SIDE], rows, report.say("means"))


CHAPTERS = {
    "overview": (needs_fund, committee.conclusion, committee.terms_of_fund, committee.mix_and_tickets, key_figures, both_kinds_of_irr, flags),
    "returns": (drawn(figures.irr), drawn(figures.tvpi), drawn(figures.paired), returns_by_group, of_bridge, value_by_class),
    "risk": (drawn(figures.loss_probability), drawn(figures.stress, "one_file"), scenarios, worst_years, committee.flows_by_year, stories.told),
    "gain": (drawn(figures.gain), drawn(figures.fees)),
    "drivers": (drawn(figures.drivers),),
    "judgements": (worlds.uncertain("net_irr_a", "loss_a", "tvpi_a"), drawn(figures.tornado_irr), assumptions, committee.disclaimer),
}
COMPARES = True   # uses every file it is given, not the first alone
