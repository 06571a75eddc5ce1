# SPDX-License-Identifier: GPL-3.0-or-later
"""The fund's financial team: chapters of the page and of the notebook, in order."""
from . import committee, figures, stories, vehicles, worlds
from .common import (assumptions, both_kinds_of_irr, drawn, limits_by_year, measure_table, needs_fund, of_bridge, of_sensitivity, returns_by_group,
                     value_by_class)

KEY = ("net_irr_a", "tvpi_a", "tmo_pme_a", "loss_a", "hurdle_reached", "below_tmo_a", "payback_years", "lowest_position_a", "gross_irr", "multiple_of_cost", "paid_in", "cost", "follow_on_cost",
       "invested_share", "deals", "defaults", "loss_default", "loss_exit", "loss_forced", "management_fees", "other_costs", "guarantee_costs", "carry")


def key_figures(page, report):
    measure_table(page, report, KEY)


CHAPTERS = {
    "overview": (needs_fund, committee.conclusion, committee.terms_of_fund, committee.mix_and_tickets, key_figures, both_kinds_of_irr),
    "cash": (drawn(figures.jcurve), committee.flows_by_year, drawn(figures.cash), stories.told),
    "returns": (drawn(figures.irr), drawn(figures.tvpi), returns_by_group, of_bridge, value_by_class),
    "losses": (drawn(figures.mix), drawn(figures.forms)),
    "terms": (drawn(figures.fees), drawn(figures.quota), limits_by_year),
    "vehicles": vehicles.CHAPTER,
    "judgements": (worlds.uncertain("net_irr_a", "tvpi_a", "loss_a"), drawn(figures.tornado_irr), of_sensitivity, assumptions,
                   committee.assumptions_with_sources, committee.disclaimer),
}
COMPARES = False   # is about the first file alone
