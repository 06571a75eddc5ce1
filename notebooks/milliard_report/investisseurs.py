# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of those who bring the capital."""
from . import figures
from .common import assumptions, measure_table

KEY = ("net_irr_a", "tvpi_a", "loss_a", "payback_years", "lowest_position_a", "net_irr_b", "tvpi_b", "gross_irr", "multiple_of_cost", "paid_in",
       "distributed_a", "management_fees", "other_costs", "guarantee_costs", "carry")


def build(page, report):
    if not report.main.has_fund:
        page.leave_out("no_fund")
    measure_table(page, report, KEY)
    for draw in (figures.irr, figures.tvpi, figures.paired, figures.loss_probability):
        page.figure(draw(report))
    if not page.figure(figures.stress(report)):
        page.leave_out("one_file")
    if not page.figure(figures.worst_years(report)) and report.main.has_fund:
        page.leave_out("no_trajectories")
    for draw in (figures.gain, figures.fees, figures.drivers):
        page.figure(draw(report))
    assumptions(page, report)
