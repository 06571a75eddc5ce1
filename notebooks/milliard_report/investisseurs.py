# SPDX-License-Identifier: GPL-3.0-or-later
"""Those who bring the capital: chapters of the page and of the notebook, in order."""
from . import figures
from .common import assumptions, drawn, measure_table, needs_fund

KEY = ("net_irr_a", "tvpi_a", "loss_a", "payback_years", "lowest_position_a", "net_irr_b", "tvpi_b", "gross_irr", "multiple_of_cost", "paid_in",
       "distributed_a", "management_fees", "other_costs", "guarantee_costs", "carry")


def key_figures(page, report):
    measure_table(page, report, KEY)


def worst_years(page, report):
    if not page.figure(figures.worst_years(report)) and report.main.has_fund:
        page.leave_out("no_trajectories")


CHAPTERS = {
    "overview": (needs_fund, key_figures),
    "returns": (drawn(figures.irr), drawn(figures.tvpi), drawn(figures.paired)),
    "risk": (drawn(figures.loss_probability), drawn(figures.stress, "one_file"), worst_years),
    "gain": (drawn(figures.gain), drawn(figures.fees)),
    "drivers": (drawn(figures.drivers),),
    "judgements": (assumptions,),
}
COMPARES = True   # uses every file it is given, not the first alone
