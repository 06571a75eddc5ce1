# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the fund's financial team."""
from . import figures
from .common import assumptions, measure_table

KEY = ("net_irr_a", "tvpi_a", "loss_a", "payback_years", "lowest_position_a", "gross_irr", "multiple_of_cost", "paid_in", "cost", "deals",
       "defaults", "loss_default", "loss_exit", "loss_forced", "management_fees", "other_costs", "guarantee_costs", "carry")


def build(page, report):
    if not report.main.has_fund:
        page.leave_out("no_fund")
    measure_table(page, report, KEY)
    for draw in (figures.jcurve, figures.cash, figures.irr, figures.tvpi, figures.mix, figures.forms, figures.fees, figures.quota):
        page.figure(draw(report))
    assumptions(page, report)
