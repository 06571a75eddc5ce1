#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second, independent milliard: the model recomputed one path and one deal at a time.

Written from the text of the model, not from the C program, so that a mistake in one of them shows as a difference.
It aims at being read: plain floats, lists and dictionaries, no vector but where a library wants one. The comment
"model N" names the section of the model that a function states. Ambiguous points: READINGS.md.

    milliard_twin.py SCENARIO --path 7 --detail     one path, every deal, claim and line of the fund's ledger
    milliard_twin.py SCENARIO --paths 2000          means over paths 0 … 1999 with their standard errors

against_replay.py compares it with the C program, number by number.
"""
import argparse
import collections
import copy
import csv
import datetime
import io
import json
import math
import os
import unicodedata

import libconf
import numpy
from scipy.optimize import brentq
from scipy.special import betaincinv, ndtr, ndtri
from scipy.stats import chi2, t as student_t

# ---------------------------------------------------------------------------------------------------------------------
# Scenario: libconfig text, merged with the scenario it names as `base`

DEFAULTS = {
    'scenario': dict(periods_per_year=4, first_closing='2027-01-01', recovery_correlation=0.0),
    'factors': dict(correlations=(), sector_persistence=0.5, dependence='gaussian', dof=4.0, stress=()),
    'tmo': dict(floor=0.0, history=[]),
    'form': dict(weights={}, sector_weight=0.0, rating='bb_minus'),
    'resolution': dict(probability=1.0, recovery_sd=0.0, lag_years=2.0),
    'instrument': dict(pd_scale=1.0),
    'shares': dict(growth=0.098, volatility=0.25, equity_correlation=0.25, multiple_cap=math.inf, holding_mean=6.5,
                   holding_sigma=0.35, holding_min=3.0, holding_max=10.0, dividend_rate=0.0),
    'convertible': dict(coupon=0.04, premium=0.04, maturity_years=6.0, conversion_ratio=0.8, growth=0.098, volatility=0.25,
                        equity_correlation=0.25, multiple_cap=math.inf),
    'bond': dict(coupon=0.065, maturity_years=6.0, amortisation='bullet'),
    'participating_securities': dict(fixed_rate=0.04, variable_base=0.4, variable_mean=0.02, variable_slope=0.02,
                                     variable_floor=0.0, variable_cap=0.05, step_up=0.0, call_from_years=7.0,
                                     call_first=0.5, call_next=0.25, call_premium=0.0),
    'association_securities': dict(coupon=0.05, cap_margin=0.055, target_years=8.0, issuer_option=False),
    'participating_loan': dict(rate=0.04, maturity_years=7.0, grace_years=2.0, profit_share=0.05, amortisation='linear'),
    'cooperative_shares': dict(rate=0.02, reserve_share=0.575, lock_years=7.0, delay_max_years=2.0, loss_absorption=0.5),
    'layer': dict(covers_layer='', instruments=[], legal_forms=[], sectors=[], ticket_min=0.0, ticket_max=math.inf,
                  attachment=0.0, cap_rate=1.0, max_loss_per_issuer=math.inf, waiting_years=0.0, term_years=40.0,
                  claim_delay_years=0.0, payout='final_loss', cover_exit_losses=False, net_of_gains=False, fee_rate=0.0,
                  fee_upfront=0.0, fee_payer='fund', upside_share=0.0, operator_cost=0.0),
    'guarantee': dict(layers=(), dotation=(), dotation_yield=0.0, moral_hazard=1.0, hazard_slope=0.0, pass_through=0.0,
                      pass_through_price=math.nan, reference_rate=0.035,
                      de_minimis='general'),
    'fund': dict(extension_years=0.0, setup=0.0, running_costs=0.0, recycling_limit=0.0, reserve_years=1.0, catch_up=1.0, quota_until=math.nan,
                 max_issuer_share=0.1, recycling=None, fees=(), management_fee=0.0, management_fee_after=0.0, cash_rate=0.0, cash_margin=math.nan,
                 claw_back=0.0, recallable={}, closings=(), equalisation_rate=0.0, credit_line={},
                 concessional={}, impact_carry={}, grants=(), grants_to_carry=False, reference_rate_equity=math.nan,
                 tiers=({'type': 'return_of_capital', 'to': 'A_and_B'}, {'type': 'preferred_return', 'to': 'A_and_B'},
                        {'type': 'return_of_capital', 'to': 'C'}, {'type': 'catch_up'}, {'type': 'split'})),
    'concessional': dict(first_loss='none', capped_return=False, cap=math.nan),
    'fee': dict(rate=0.0, amount=0.0, minimum=0.0, from_year=0.0, to_year=math.inf),
    'credit_line': dict(limit=0.0, rate=0.0, fee=0.0, periods=4),
    'recallable': dict(share=0.0, until_year=math.nan),
    'endowment': dict(donations=(), operating_cost=0.0, co_funding=0.0, pace=1.0, pipeline={}),
    'donation': dict(sd=0.0),
    'grants': dict(sd=0.0),
    'pipeline': dict(share=0.1, years=3),
    'feeder': dict(cash_margin=0.0, pocket=0.0, fee=0.0, requests={}, exit_fee=0.0, gate=1.0),
    'requests': dict(mean=0.0, sd=0.0, load=0.0),
    'indicator': dict(legal_forms=[], sectors=[]),
    'impact_carry': dict(share=0.0, score_mean=1.0, score_sd=0.0, to='class_a'),
}

INSTRUMENTS = ['shares', 'convertible', 'bond', 'participating_securities', 'association_securities',
               'participating_loan', 'cooperative_shares']

ON_COMMITMENTS = ('commitments', 'commitments_without_C')

SAFE_HARBOUR = dict(aaa_aa=0.004, a=0.0055, bbb=0.008, bb=0.02, bb_minus=0.038, b=0.063, start_up=0.038)
DE_MINIMIS = dict(general=300000.0, sgei=750000.0)


def read_scenario(path):
    """The tree of a scenario file laid over the trees it is based on."""
    with io.open(path, encoding='utf-8') as file:
        tree = libconf.load(file, includedir=os.path.dirname(path) or '.')
    if 'base' in tree:
        base = read_scenario(os.path.join(os.path.dirname(path), tree.pop('base')))
        for key in tree.pop('drop', []):
            drop_key(base, key.split('.'))
        tree = merged(base, tree)
    return tree


def drop_key(group, path):
    """Takes a dotted key out of a tree; items of a list are called by their names."""
    for key in path[:-2]:
        group = group[key]
    if len(path) > 1 and isinstance(group[path[-2]], tuple):
        group[path[-2]] = tuple(item for item in group[path[-2]] if item['name'] != path[-1])
    else:
        (group[path[-2]] if len(path) > 1 else group).pop(path[-1])


def merged(old, new):
    """Groups key by key; lists whose items all bear a name, by name; anything else is replaced whole."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: merged(old[key], new[key]) if key in old and key in new else new.get(key, old.get(key))
                for key in list(old) + [key for key in new if key not in old]}
    named = lambda items: len(items) > 0 and all(isinstance(item, dict) and 'name' in item for item in items)
    if isinstance(old, tuple) and isinstance(new, tuple) and named(old) and named(new):
        late = {item['name']: item for item in new}
        early = [item['name'] for item in old]
        return tuple([merged(item, late[item['name']]) if item['name'] in late else item for item in old]
                     + [item for item in new if item['name'] not in early])
    return new


class Group:
    """A group of a scenario, read as attributes, with the defaults of its kind underneath."""
    def __init__(self, tree, *kinds):
        for kind in kinds:
            self.__dict__.update(DEFAULTS[kind])
        self.__dict__.update(tree)


def remembered(method):
    """Keeps what a method has answered for as long as its object lives."""
    def answer(self, *arguments):
        kept = self.__dict__.setdefault('kept_' + method.__name__, {})
        if arguments not in kept:
            kept[arguments] = method(self, *arguments)
        return kept[arguments]
    return answer


def nearest(x):
    """The whole number nearest to x ≥ 0, halves upwards."""
    return int(math.floor(x + 0.5))


class Scenario:
    """A scenario resolved: what no path changes."""
    def __init__(self, path, overrides=(), tree=None):
        tree = read_scenario(path) if tree is None else tree
        for override in overrides:
            set_key(tree, *override.split('=', 1))
        self.tree, self.folder = tree, os.path.dirname(path)
        top = Group(tree, 'scenario')
        self.m = top.periods_per_year
        self.periods = self.m * top.horizon_years
        self.years = top.horizon_years
        self.first_closing = datetime.date.fromisoformat(top.first_closing)
        self.last_day = [self.end_of(t) for t in range(self.periods)]
        self.calendar_years = self.last_day[-1].year - self.last_day[0].year + 1
        self.seed = int(tree.get('run', {}).get('seed', 1))
        self.recovery_correlation = top.recovery_correlation
        self.factors = Group(tree['factors'], 'factors')
        self.factors.tmo = Group(self.factors.tmo, 'tmo')
        self.prepare_factors()
        self.forms = {name: Group(form, 'form') for name, form in tree['legal_forms'].items()}
        for form in self.forms.values():
            self.prepare_form(form)
        self.terms = {name: Group(terms, 'instrument', name) for name, terms in tree['instruments'].items()}
        for terms in self.terms.values():
            terms.resolutions = [Group(resolution, 'resolution') for resolution in terms.resolutions]
        self.fund = Group(tree['fund'], 'fund') if 'fund' in tree else None
        self.last = self.periods - 1
        if self.fund:
            self.prepare_fund()
        self.guarantee = Group(tree['guarantee'], 'guarantee') if 'guarantee' in tree else None
        self.cover_price = 0.0, 0.0          # price and fee that are passed through (model 14)
        self.layers = [Group(layer, 'layer') for layer in self.guarantee.layers] if self.guarantee else []
        self.thesis = Group(tree['thesis']) if 'thesis' in tree and 'tape' not in tree else None
        if self.thesis and 'volume' not in tree['thesis']:      # a list of candidates
            self.thesis.volume = self.fund.recycling['total'] * self.fund.size
        self.tape = read_tape(self, tree['tape']) if 'tape' in tree else []
        self.endowment = Group(tree['endowment'], 'endowment') if 'endowment' in tree else None
        if self.endowment:
            self.endowment.donations = [Group(row, 'donation') for row in self.endowment.donations]
            self.endowment.grants = Group(self.endowment.grants, 'grants')
            self.endowment.pipeline = Group(self.endowment.pipeline, 'pipeline')
        self.feeder = Group(tree['feeder'], 'feeder') if 'feeder' in tree else None
        if self.feeder:
            self.feeder.requests = Group(self.feeder.requests, 'requests')
        self.indicators = [Group(item, 'indicator') for item in tree.get('indicators', ())]
        made = [deal.t0 // self.m for deal in self.tape] or [y for y, weight in enumerate(self.thesis.deployment if self.thesis else ()) if weight > 0]
        self.deal_years = self.fund.investment_years if self.fund else max(made, default=-1) + 1
        if not self.fund:       # nothing is forced
            for terms in [*self.terms.values(), *(deal.terms for deal in self.tape)]:
                terms.liquidation_discount = 0.0

    def end_of(self, t):
        """The last day of a period."""
        day = self.first_closing
        months = day.month - 1 + (t + 1) * (12 // self.m)
        return datetime.date(day.year + months // 12, months % 12 + 1, day.day) - datetime.timedelta(days=1)

    def prepare_factors(self):
        f = self.factors
        self.names = [factor['name'] for factor in f.named]
        self.persistence = {factor['name']: factor['persistence'] for factor in f.named}
        order = self.names + ['tmo']
        self.correlation = {(k, l): 1.0 if k == l else 0.0 for k in order for l in order}
        for pair in f.correlations:
            self.correlation[pair['first'], pair['second']] = pair['value']
            self.correlation[pair['second'], pair['first']] = pair['value']
        self.cholesky = numpy.linalg.cholesky([[self.correlation[k, l] for l in order] for k in order])

    def prepare_form(self, form):
        """Standard deviations of the bracket of section 3: of the factors' stationary law, and of their innovations."""
        variance = innovation = form.sector_weight ** 2
        for k in self.names:
            for l in self.names:
                product = form.weights.get(k, 0.0) * form.weights.get(l, 0.0) * self.correlation[k, l]
                phi, psi = self.persistence[k], self.persistence[l]
                variance += product * math.sqrt((1 - phi * phi) * (1 - psi * psi)) / (1 - phi * psi)
                innovation += product
        form.norm = math.sqrt(variance)
        form.innovation_norm = math.sqrt(innovation)

    def prepare_fund(self):
        f = self.fund
        f.commitment = {c: float(f.classes[c]['commitment']) if c in f.classes else 0.0 for c in 'ABC'}
        f.commitments = sum(f.commitment.values())
        f.grant = [sum(float(row['amount']) for row in f.grants if t == row['year'] * self.m) for t in range(self.periods)]
        f.size = f.commitments + sum(f.grant)
        f.public = {c: f.classes.get(c, {}).get('public_share', math.nan if c == 'A' else 0.0) for c in 'ABC'}
        f.public_shares = any(f.commitment[c] * f.public[c] > 0 for c in 'ABC')
        f.public_money = f.public_shares or any(f.grant)
        f.concessional = Group(f.concessional, 'concessional')
        f.concessional.first_loss = {True: 'capital', False: 'none'}.get(f.concessional.first_loss, f.concessional.first_loss)
        if f.concessional.first_loss == 'hurdle':
            end = 1 + max(i for i, tier in enumerate(f.tiers) if tier.get('to') in ('A', 'A_and_B'))
            both = [tier for tier in f.tiers[:end] if tier['to'] == 'A_and_B']
            f.tiers = tuple([dict(tier, to='A') if tier in both else tier for tier in f.tiers[:end]]
                            + [dict(tier, to='B') for tier in both] + list(f.tiers[end:]))
        f.impact = Group(f.impact_carry, 'impact_carry')
        f.investment_periods = nearest(self.m * f.investment_years)
        self.last = nearest(self.m * (f.term_years + f.extension_years)) - 1
        f.line = Group(f.credit_line, 'credit_line')
        f.recallable = Group(f.recallable, 'recallable')
        f.recall_periods = nearest(self.m * (f.investment_years if math.isnan(f.recallable.until_year) else f.recallable.until_year))
        f.closings = [(period_of(self, str(row['date'])), row['share']) for row in f.closings] or [(0, 1.0)]
        rows = f.fees or (
            dict(kind='management', base='commitments', rate=f.management_fee, to_year=f.investment_years),
            dict(kind='management', base='net_invested', rate=f.management_fee_after, from_year=f.investment_years),
            dict(kind='other', base='commitments', rate=f.running_costs))
        f.fee_rows = [Group(row, 'fee') for row in rows]
        for row in f.fee_rows:
            row.first, row.end = nearest(self.m * row.from_year), nearest(self.m * min(row.to_year, self.years))

    def admitted(self, t):
        """Commitments of those whom closings up to t have admitted."""
        closings = self.fund.closings
        return self.fund.commitments * (1.0 if t >= closings[-1][0] else sum(share for period, share in closings if period <= t))

    def last_inflow(self):
        """The last period of the investment period in which a closing or a grant brings money; a fund that chooses its deals waits for no grant."""
        f = self.fund
        if not f:
            return 0
        grants = [t for t in range(f.investment_periods) if f.grant[t] and not f.recycling]
        return max([f.closings[-1][0], *grants])

    def fee(self, row, base):
        """What a row costs a period."""
        return (max(row.rate * base, row.minimum) + row.amount) / self.m

    def on_commitments(self, row, t):
        """What a row on commitments has charged up to t: as if all those admitted by then had come at t = 0."""
        if t < 0:
            return 0.0
        f = self.fund
        base = self.admitted(t) + f.size - f.commitments
        if row.base == 'commitments_without_C':
            base -= f.commitment['C'] * self.admitted(t) / f.commitments
        return self.fee(row, base) * max(0, min(t + 1, row.end) - row.first)

    def known_costs(self, t):
        """What is known beforehand that the fund will have been charged up to t."""
        return self.fund.setup * self.fund.size + sum(
            self.on_commitments(row, t) for row in self.fund.fee_rows if row.base in ON_COMMITMENTS)


def set_key(tree, dotted, value):
    """Puts a value, written as in a scenario file, at a dotted key: fund.hurdle=0.05, guarantee.layers.state.quotite=0.7."""
    *path, last = dotted.split('.')
    for key in path:
        tree = tree.setdefault(key, {}) if isinstance(tree, dict) else next(item for item in tree if item['name'] == key)
    try:
        tree[last] = libconf.loads('x = %s;' % value)['x']
    except libconf.ConfigParseError:
        tree[last] = value


# ---------------------------------------------------------------------------------------------------------------------
# Draws: include/milliard/draws.h

FACTOR, SECTOR, MIXING, PORTFOLIO, ISSUER, PERFORMANCE, INSTRUMENT, IMPACT, FOLLOW_ON, CANDIDATE, ENDOWMENT = range(1, 12)
INDICATOR, FEEDER = 14, 15
DRAW_YEAR, DRAW_PERIOD, DRAW_FORM, DRAW_SECTOR, DRAW_TICKET = range(5)
DRAW_DEFAULT, DRAW_RESOLUTION, DRAW_ZETA, DRAW_XI = range(4)
PATH_OF_RUN = 2 ** 32 - 1
MASK = 2 ** 32 - 1


def philox(counter, key):
    """Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011): four words from a counter of four and a key of two."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        low, high = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (high >> 32) ^ c1 ^ k0, high & MASK, (low >> 32) ^ c3 ^ k1, low & MASK
        k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
    return c0, c1, c2, c3


def entity_named(name, state=0xCBF29CE484222325):
    """FNV-1a, 64 bits."""
    for byte in name.encode('utf-8') if isinstance(name, str) else name:
        state = ((state ^ byte) * 0x100000001B3) % 2 ** 64
    return state


def entity_slot(name, slot):
    """The name's hash with the slot mixed in: FNV-1a goes on over the slot's four bytes, low byte first."""
    return entity_named(slot.to_bytes(4, 'little'), entity_named(name))


def entity_following(entity):
    """That of the deal that follows one: its hash goes on over "+"."""
    return entity_named('+', entity)


def entity_joined(entity, other):
    """That of two together: the hash of the first goes on over the second's bytes, low byte first."""
    return entity_named(other.to_bytes(8, 'little'), entity)


class Draws:
    """The draws of one path, by address."""
    def __init__(self, seed, path):
        self.key, self.seed, self.path = (seed & MASK, seed >> 32), seed, path

    def of_run(self):
        """Those of the one portfolio of all paths."""
        return Draws(self.seed, PATH_OF_RUN)

    def uniform(self, stream, entity, index):
        words = philox((stream << 24 | index // 2, self.path, entity & MASK, entity >> 32), self.key)
        low, high = words[:2] if index % 2 == 0 else words[2:]
        return ((high << 32 | low) >> 12) * 2.0 ** -52 + 2.0 ** -53

    def normal(self, stream, entity, index):
        return float(ndtri(self.uniform(stream, entity, index)))

    def exponential(self, stream, entity, index):
        return -math.log(self.uniform(stream, entity, index))


def pick(weights, u):
    """First index whose cumulated weight, as a share of the total, exceeds u."""
    total, cumulated = sum(weights), 0.0
    for index, weight in enumerate(weights):
        cumulated += weight / total
        if cumulated > u:
            return index
    return max(index for index, weight in enumerate(weights) if weight > 0)


def beta_quantile(probability, mean, sd):
    """Quantile of the Beta law of that mean and standard deviation; a constant if sd = 0."""
    if sd == 0:
        return mean
    size = mean * (1 - mean) / sd ** 2 - 1
    return float(betaincinv(mean * size, (1 - mean) * size, probability))


# ---------------------------------------------------------------------------------------------------------------------
# Factors (model 2)

class Factors:
    """F and e by factor and year, the TMO, and what issuers read of them."""
    def __init__(self, scenario, draws):
        self.scenario, spec, years = scenario, scenario.factors, range(scenario.years)
        order = scenario.names + ['tmo']
        raw = {k: [draws.normal(FACTOR, entity_named(k), y) for y in years] for k in order}
        self.e = {k: [sum(scenario.cholesky[i][j] * raw[l][y] for j, l in enumerate(order[:i + 1])) for y in years]
                  for i, k in enumerate(order)}
        for s in spec.sectors:
            self.e[s] = [draws.normal(SECTOR, entity_named(s), y) for y in years]
        self.F = {k: self.autoregression(self.e[k], scenario.persistence[k]) for k in scenario.names}
        self.F.update({s: self.autoregression(self.e[s], spec.sector_persistence) for s in spec.sectors})
        self.drawn = {k: list(self.e[k]) for k in order}      # what a stress does not move
        self.tmo = self.rates(spec.tmo, self.e['tmo'])
        self.W = [1.0 for y in years]
        if spec.dependence == 'student':
            self.W = [spec.dof / float(chi2.ppf(draws.uniform(MIXING, 0, y), spec.dof)) for y in years]
        for stress in spec.stress:
            if stress['year'] < scenario.years:
                self.F[stress['factor']][stress['year']] += stress.get('shift', 0.0)
                self.e[stress['factor']][stress['year']] += stress.get('value_shift', 0.0)

    @staticmethod
    def autoregression(e, phi):
        F = [e[0]]
        for innovation in e[1:]:
            F.append(phi * F[-1] + math.sqrt(1 - phi * phi) * innovation)
        return F

    @staticmethod
    def rates(tmo, e):
        """r(y) by year, floored at every use; the history at −1 and −2."""
        decay = math.exp(-tmo.reversion)
        spread = tmo.volatility * (math.sqrt((1 - decay * decay) / (2 * tmo.reversion)) if tmo.reversion > 0 else 1.0)
        r = [tmo.start]
        for y in range(1, len(e)):
            r.append(tmo.long_run + (r[-1] - tmo.long_run) * decay + spread * e[y])
        rates = dict(enumerate(r))
        for i in range(3):      # where the history stops its oldest rate goes on
            rates[-1 - i] = tmo.history[i] if i < len(tmo.history) else rates[-i]
        return {y: max(value, tmo.floor) for y, value in rates.items()}

    def named_part(self, form, rows, year):
        """What the named factors give to the bracket of section 3."""
        weights = self.scenario.forms[form].weights
        return sum(weights.get(k, 0.0) * rows[k][year] for k in self.scenario.names)

    @remembered
    def index(self, form, sector, year):
        """Y(y) of an issuer (model 3)."""
        g = self.scenario.forms[form]
        return (self.named_part(form, self.F, year) + g.sector_weight * self.F[sector][year]) / g.norm

    @remembered
    def value_innovation(self, form, sector, year):
        """e_Y(y), the innovation of Y's index scaled to unit variance (model 5.1)."""
        g = self.scenario.forms[form]
        return (self.named_part(form, self.e, year) + g.sector_weight * self.e[sector][year]) / g.innovation_norm


# ---------------------------------------------------------------------------------------------------------------------
# Portfolio (model 6)

class Deal:
    """A deal: instrument, form, sector, period t0, amount A, terms, issuer; then all that happens to it."""
    waits = 0       # periods before t0, for a closing

    def __init__(self, **fields):
        self.__dict__.update(fields)


def thesis_deals(scenario, draws):
    """The deals a path draws from the thesis, instruments in the order of the registry."""
    thesis, deals = scenario.thesis, []
    if not thesis:
        return deals
    if thesis.__dict__.get('resample', 'path') == 'run':
        draws = draws.of_run()
    total = sum(mix.get('weight', 0.0) for mix in thesis.mix.values())
    for name in INSTRUMENTS:
        mix = thesis.mix.get(name, {})
        if mix.get('weight', 0.0) > 0:
            volume = thesis.volume * mix['weight'] / total * (1 - mix.get('follow_on', {}).get('reserve', 0.0))
            for slot, amount in enumerate(tickets(scenario, name, volume, draws)):
                deals.append(thesis_deal(scenario, name, mix, slot, amount, draws))
    return deals


def tickets(scenario, name, volume, draws):
    """Tickets of one instrument: the last is cut to fit, or joins the one before if it falls below the smallest."""
    law, amounts, left = Group(scenario.thesis.ticket), [], volume
    sigma = math.sqrt(math.log1p((law.sd / law.mean) ** 2))
    mu = math.log(law.mean) - sigma * sigma / 2
    while left > 0:
        entity, index = entity_slot(name, len(amounts)), DRAW_TICKET
        while True:
            amount = math.exp(mu + sigma * draws.normal(PORTFOLIO, entity, index))
            if law.min <= amount <= law.max:
                break
            index += 1
        if amount < left:
            amounts.append(amount)
        elif left < law.min and amounts:
            amounts[-1] += left
        else:
            amounts.append(left)
        left -= amount
    return amounts


def thesis_deal(scenario, name, mix, slot, amount, draws):
    thesis, entity = scenario.thesis, entity_slot(name, slot)
    uniform = lambda index: draws.uniform(PORTFOLIO, entity, index)
    forms, sectors = list(scenario.forms), scenario.factors.sectors
    weights = mix.get('sectors') or thesis.__dict__.get('sectors') or {s: 1.0 for s in sectors}
    year = pick(thesis.deployment, uniform(DRAW_YEAR))
    form = forms[pick([mix['legal_forms'].get(g, 0.0) for g in forms], uniform(DRAW_FORM))]
    sector = sectors[pick([weights.get(s, 0.0) for s in sectors], uniform(DRAW_SECTOR))]
    t0 = scenario.m * year + int(math.floor(uniform(DRAW_PERIOD) * scenario.m))
    own = '%s-%d' % (name, slot)
    return Deal(name=own, instrument=name, form=form, sector=sector, t0=t0, amount=amount, terms=scenario.terms[name],
                entity=entity, issuer=own, issuer_entity=entity, rating=scenario.forms[form].rating, held=0, follows=None)


def wait_for_closings(scenario, deals):
    """Deals dated when there is money for them (model 16): each in turn, by its own period, then in order of the list; and how long each waits."""
    f, last = scenario.fund, scenario.last_inflow()
    if not last:
        return deals, []
    cost, dated, waits = 0.0, [], []
    room = lambda t: scenario.admitted(t) + sum(f.grant[:t + 1]) - scenario.known_costs(t)
    order = sorted(range(len(deals)), key=lambda i: deals[i].t0)
    for i in order:
        deal = copy.copy(deals[i])
        cost += deal.amount
        fits = (t for t in range(deal.t0, f.investment_periods) if t >= last or cost <= room(t))
        t0 = next(fits, max(deal.t0, last))
        deal.t0, deal.waits = t0, t0 - deal.t0
        if deal.waits > 0:
            waits.append(deal.waits)
        dated.append((i, deal))
    return [deal for _, deal in sorted(dated, key=lambda item: item[0])], waits


def second_deals(scenario, deals, issuers, draws):
    """The deals that follow others of a thesis, by date, then in the order of those (model 16)."""
    total = sum(mix.get('weight', 0.0) for mix in scenario.thesis.mix.values()) if scenario.thesis else 0.0
    end = scenario.fund.investment_periods if scenario.fund else len(scenario.thesis.deployment) * scenario.m if scenario.thesis else 0
    followed = []
    last_inflow = scenario.last_inflow()
    for deal in deals if scenario.thesis else ():
        terms, issuer = scenario.thesis.mix[deal.instrument].get('follow_on'), issuers[deal.issuer]
        if not terms:
            continue
        n = max(nearest(scenario.m * terms.get('after_years', 2.0)), last_inflow - deal.t0)
        if deal.t0 + n < end and not (issuer.default is not None and issuer.default <= deal.t0 + n) and (
                draws.uniform(FOLLOW_ON, deal.entity, 0) < terms.get('probability', 1.0)):
            over = Contract(scenario, deal, issuer, draws).end
            if over is None or over > n:
                followed.append((deal.t0 + n, len(followed), deal, terms))
    left = {name: scenario.thesis.volume * mix.get('weight', 0.0) / total * mix['follow_on']['reserve']
            for name, mix in scenario.thesis.mix.items() if 'follow_on' in mix} if scenario.thesis else {}
    reserve, seconds = dict(left), []
    for t, _, deal, terms in sorted(followed, key=lambda item: item[:2]):
        name = deal.instrument
        if left[name] <= 1e-9 * reserve[name]:
            continue
        amount = min(deal.amount * terms.get('size', terms['reserve'] / (1 - terms['reserve'])), left[name])
        left[name] -= amount
        together = name in ('shares', 'convertible')      # leave with the first lot
        seconds.append(Deal(**dict(deal.__dict__, name=deal.name + '+', t0=t, waits=0, amount=amount, follows=deal,
                                   held=t - deal.t0 if together else 0,
                                   entity=deal.entity if together else entity_following(deal.entity))))
    return seconds


NAMES = ('deal', 'issuer', 'instrument', 'legal_form', 'sector', 'date', 'amount', 'rating')


def plain(name):
    """A name as names are compared: NFC, nothing that hides, one space for spaces of any kind, none at the ends."""
    shown = (' ' if c.isspace() else c for c in unicodedata.normalize('NFC', name) if unicodedata.category(c) != 'Cf')
    return ' '.join(''.join(shown).split())


def own_resolution(terms, row, number):
    """The one resolution of a deal that gives its recovery; cells left empty are the scenario's only one's, or the defaults."""
    given = {key: number(row[key]) for key in ('recovery_mean', 'recovery_sd', 'lag_years') if key in row}
    if given:
        only = terms.resolutions[0].__dict__ if len(terms.resolutions) == 1 else {'name': 'tape'}
        terms.resolutions = [Group({**only, 'probability': 1.0, **given}, 'resolution')]


def read_tape(scenario, tape):
    """The deals of a CSV file; a column that is a parameter of the instrument overrides the scenario for that deal."""
    text = tape.get('text')
    if text is None:
        with io.open(os.path.join(scenario.folder, tape['file']), encoding='utf-8-sig') as file:
            text = file.read()
    text = text.lstrip('\ufeff')
    separator = ';' if ';' in text.splitlines()[0] else ','
    number = lambda cell: float(cell.replace(' ', '').replace(',', '.'))
    deals = []
    for row in csv.DictReader(io.StringIO(text), delimiter=separator):
        row = {key.strip(): cell.strip() for key, cell in row.items() if key and cell and cell.strip()}
        terms = Group(scenario.terms[row['instrument']].__dict__)
        for key, cell in row.items():
            if key not in NAMES and key not in ('recovery_mean', 'recovery_sd', 'lag_years') and key[0] != '#':
                terms.__dict__[key] = cell if isinstance(getattr(terms, key), str) else number(cell)
        own_resolution(terms, row, number)
        row['deal'], issuer = plain(row['deal']), plain(row.get('issuer', row['deal']))
        deals.append(Deal(name=row['deal'], instrument=row['instrument'], form=row['legal_form'], sector=row['sector'],
                          t0=period_of(scenario, row['date']), amount=number(row['amount']), terms=terms,
                          entity=entity_named('deal:' + row['deal']), issuer=issuer,
                          issuer_entity=entity_named('issuer:' + issuer), rating=row.get('rating'), held=0, follows=None))
    ratings = {deal.issuer: deal.rating for deal in deals if deal.rating}
    for deal in deals:
        deal.rating = ratings.get(deal.issuer, scenario.forms[deal.form].rating)
    return deals


def period_of(scenario, date):
    """The period that contains a date, ISO or day/month/year: whole steps of 12/m months since the first closing."""
    year, month, day = (int(part) for part in (reversed(date.split('/')) if '/' in date else date.split('-')))
    start = scenario.first_closing
    months = 12 * (year - start.year) + month - start.month - (1 if day < start.day else 0)
    return months // (12 // scenario.m)


# ---------------------------------------------------------------------------------------------------------------------
# Issuers (model 3)

class Issuer:
    """One issuer of a path and branch: period of default (None if never), Q and s by year."""
    def __init__(self, scenario, factors, draws, deals, hazard):
        first = min(deals, key=lambda deal: deal.t0)
        self.name, self.t0, self.form, self.sector, self.entity = (
            first.issuer, first.t0, first.form, first.sector, first.issuer_entity)
        self.scenario, self.factors, self.draws = scenario, factors, draws
        self.resolution = draws.uniform(ISSUER, self.entity, DRAW_RESOLUTION)
        self.zeta = draws.normal(ISSUER, self.entity, DRAW_ZETA)
        self.xi = draws.normal(ISSUER, self.entity, DRAW_XI)
        self.threshold = draws.exponential(ISSUER, self.entity, DRAW_DEFAULT)
        self.default = self.default_period(first.terms.pd_scale, *hazard)

    def default_period(self, x, multiple, from_period):
        """The first period up to t_L whose cumulated hazard reaches the threshold; PDs are multiplied after a period."""
        m, g, hazard, cumulated = self.scenario.m, self.scenario.forms[self.form], {}, 0.0
        self.cumulated = {}
        for t in range(self.t0 + 1, self.scenario.last + 1):
            a, year = (t - self.t0 - 1) // m, t // m
            scale = multiple if t > from_period else 1.0
            if (a, year, scale) not in hazard:
                pd = min(x * scale * g.pd[min(a, len(g.pd) - 1)], 0.9999)
                hazard[a, year, scale] = -math.log1p(-self.conditional_pd(pd, year, g.asset_correlation)) / m
            cumulated += hazard[a, year, scale]
            self.cumulated[t] = cumulated
            if cumulated >= self.threshold:
                return t
        return None

    def conditional_pd(self, pd, year, rho):
        """Vasicek's conditional PD, of Student's dependence when W is drawn."""
        spec = self.scenario.factors
        if spec.dependence == 'student':
            barrier = float(student_t.ppf(pd, spec.dof)) / math.sqrt(self.factors.W[year])
        else:
            barrier = float(ndtri(pd))
        Y = self.factors.index(self.form, self.sector, year)
        return float(ndtr((barrier - math.sqrt(rho) * Y) / math.sqrt(1 - rho)))

    @remembered
    def Q(self, a):
        """Performance of year a (only where an instrument reads it is there a draw)."""
        rho = self.scenario.forms[self.form].performance_correlation
        Y = self.factors.index(self.form, self.sector, self.t0 // self.scenario.m + a)
        return math.sqrt(rho) * Y + math.sqrt(1 - rho) * self.draws.normal(PERFORMANCE, self.entity, a)

    def s(self, a):
        """Surplus of year a, a fraction of the nominal."""
        g = self.scenario.forms[self.form]
        return g.surplus_mean + g.surplus_sd * self.Q(a)


# ---------------------------------------------------------------------------------------------------------------------
# Instruments (model 5): the contract, as if the issuer never defaulted

class Contract:
    """Flows by age n = 0 … ages as the terms write them, cut at t_L."""
    def __init__(self, scenario, deal, issuer, draws, cut=0.0):
        self.scenario, self.deal, self.issuer, self.terms, self.A = scenario, deal, issuer, deal.terms, deal.amount
        self.paid = lambda rate: max(0.0, rate - cut)        # of a fixed rate, what is paid (model 14)
        self.fixed_rate = None                               # before that; None: no debt
        self.m, self.t0 = scenario.m, deal.t0
        self.ages = scenario.last - deal.t0
        self.income = [0.0] * (self.ages + 1)
        self.capital = [0.0] * (self.ages + 1)
        self.outstanding = [self.A] * (self.ages + 1)
        self.value = None             # NAV where it is not the outstanding nominal
        self.end = None               # age of the last contractual flow; None: still alive after t_L's
        self.exit_age = None          # sale of shares, redemption of cooperative shares
        self.exit_proceeds = None     # before any forced-sale discount
        self.exit_forced = False
        self.uniform = lambda index: draws.uniform(INSTRUMENT, deal.entity, index)
        self.normal = lambda index: draws.normal(INSTRUMENT, deal.entity, index)
        getattr(self, deal.instrument)()

    def anniversaries(self):
        """(a, n) of the deal's anniversaries up to t_L."""
        return [(a, a * self.m) for a in range(1, self.ages // self.m + 1)]

    def issuer_year(self, b):
        """The issuer's latest complete year at the deal's anniversary b."""
        return (self.t0 + b * self.m - self.issuer.t0) // self.m

    def s(self, b):
        return self.issuer.s(self.issuer_year(b))

    def Q(self, b):
        return self.issuer.Q(self.issuer_year(b))

    def X(self, b):
        return sum(self.s(year) for year in range(1, b + 1))

    def close(self, n):
        """The contract ends at age n: nothing outstanding, nothing paid after."""
        self.end = n
        for k in range(n, self.ages + 1):
            self.outstanding[k] = 0.0
        for k in range(n + 1, self.ages + 1):
            self.income[k] = 0.0

    def multiple(self, n, N):
        """min(M, multiple_cap) at age n, seen on the way to age N (n = N: the law of the exit itself)."""
        v, m, tau = self.terms, self.m, n / self.m
        rho, sigma = v.equity_correlation, v.volatility
        S, periods = 0.0, collections.Counter()
        for u in range(self.t0 + 1, self.t0 + n + 1):
            S += self.issuer.factors.value_innovation(self.deal.form, self.deal.sector, u // m) / m
            periods[u // m] += 1
        variance = sum((count / m) ** 2 for count in periods.values())
        way = math.sqrt(N / m) * (n / N) if N > 0 else 0.0
        log_multiple = (v.growth * tau - 0.5 * sigma ** 2 * (rho * variance + (1 - rho) * way ** 2)
                        + sigma * (math.sqrt(rho) * S + math.sqrt(1 - rho) * way * self.issuer.xi))
        return min(math.exp(log_multiple), v.multiple_cap)

    def shares(self):
        v = self.terms
        median = v.holding_mean * math.exp(-v.holding_sigma ** 2 / 2)
        holding = median * math.exp(v.holding_sigma * self.normal(0))
        asked = nearest(self.m * min(max(holding, v.holding_min), v.holding_max))
        asked = max(asked, 1) - self.deal.held
        N = min(asked, self.ages)
        for a, n in self.anniversaries():
            self.income[n] = v.dividend_rate * self.A if v.dividend_rate > 0 and self.s(a) > 0 else 0.0
        self.value = [self.A * self.multiple(n, N) if n < N else 0.0 for n in range(self.ages + 1)]
        self.exit_age, self.exit_forced = N, asked > self.ages
        self.exit_proceeds = self.A * self.multiple(N, N)
        self.capital[N] = self.exit_proceeds * (1 - v.liquidation_discount if self.exit_forced else 1.0)
        self.close(N)

    def cooperative_shares(self):
        v, tmo = self.terms, self.issuer.factors.tmo
        for a, n in self.anniversaries():
            y = (self.t0 + n) // self.m
            cap = (tmo[y - 1] + tmo[y - 2] + tmo[y - 3]) / 3 + 0.02
            self.income[n] = self.A * min(v.rate, cap, max(0.0, (1 - v.reserve_share) * self.s(a)))
        choices = nearest(self.m * v.delay_max_years) + 1
        n = nearest(self.m * v.lock_years) + int(math.floor(self.uniform(0) * choices))
        if n <= self.ages:
            self.exit_age = n
            self.exit_proceeds = self.A * min(max(1 + v.loss_absorption * self.X(n // self.m), 0.0), 1.0)
            self.capital[n] = self.exit_proceeds
            self.close(n)

    def participating_securities(self):
        v, eligible = self.terms, 0
        self.fixed_rate = (1 - v.variable_base) * v.fixed_rate
        for a, n in self.anniversaries():
            variable = min(max(v.variable_mean + v.variable_slope * self.Q(a), v.variable_floor), v.variable_cap)
            fixed = v.fixed_rate + v.step_up * max(0.0, a - v.call_from_years)
            self.income[n] = self.A * (self.paid((1 - v.variable_base) * fixed) + v.variable_base * variable)
            if a >= v.call_from_years:
                eligible += 1
                if self.uniform(a) < (v.call_first if eligible == 1 else v.call_next):
                    self.capital[n] = self.A * (1 + v.call_premium)
                    return self.close(n)

    def association_securities(self):
        v = self.terms
        self.fixed_rate = rate = min(v.coupon, self.issuer.factors.tmo[self.t0 // self.m] + v.cap_margin)
        for a, n in self.anniversaries():
            self.income[n] = self.A * self.paid(rate)
            if a >= max(7, v.target_years) and self.X(a) >= 1:
                self.capital[n] = self.A
                return self.close(n)

    def debt(self, rate, maturity, grace, style):
        """Simple interest on what is outstanding before the period's principal."""
        self.fixed_rate = rate
        i, count, left = self.paid(rate) / self.m, maturity - grace, self.A
        for n in range(1, min(maturity, self.ages) + 1):
            self.income[n] = i * left
            if n == maturity:
                principal = left
            elif style == 'bullet' or n <= grace:
                principal = 0.0
            elif style == 'annuity' and i > 0:
                principal = self.A * i / (1 - (1 + i) ** -count) - i * left
            else:
                principal = self.A / count
            left -= principal
            self.capital[n], self.outstanding[n] = principal, left
        if maturity <= self.ages:
            self.close(maturity)

    def participating_loan(self):
        v = self.terms
        maturity = nearest(self.m * v.maturity_years)
        self.debt(v.rate, maturity, nearest(self.m * v.grace_years), v.amortisation)
        for a, n in self.anniversaries():
            if n <= maturity:
                self.income[n] += v.profit_share * max(0.0, self.s(a)) * self.A

    def bond(self):
        self.debt(self.terms.coupon, nearest(self.m * self.terms.maturity_years), 0, self.terms.amortisation)

    def convertible(self):
        v = self.terms
        maturity = nearest(self.m * v.maturity_years) - self.deal.held
        self.debt(v.coupon, maturity, 0, 'bullet')
        if maturity <= self.ages:
            converted = v.conversion_ratio * self.multiple(maturity, maturity)
            self.capital[maturity] = self.A * max((1 + v.premium) ** (maturity / self.m), converted)


class Life:
    """A deal of one branch, settled: default, recovery and the forced sale laid over its contract (model 4 and 5)."""
    def __init__(self, scenario, contract, issuer, recovery_rate=None):
        deal, last, size = contract.deal, scenario.last, scenario.periods
        self.deal, self.contract, self.issuer, t0, terms = deal, contract, issuer, deal.t0, deal.terms
        self.income, self.capital, self.outstanding, self.nav = ([0.0] * size for _ in range(4))
        self.default = self.recovery_period = self.exit_period = self.exit_proceeds = self.end = None
        self.resolution, self.recovery_rate = None, recovery_rate      # a rate that is given is not computed
        self.O = self.recovery = self.loss_default = self.loss_exit = self.loss_forced = 0.0
        self.made = issuer.default is None or issuer.default > t0
        if not self.made:
            return
        self.end = end = last if contract.end is None else t0 + contract.end
        stop = end
        if issuer.default is not None and issuer.default <= end:
            self.default = issuer.default
            stop = self.default - 1
        for t in range(t0, stop + 1):
            n = t - t0
            self.income[t], self.capital[t] = contract.income[n], contract.capital[n]
            self.outstanding[t] = contract.outstanding[n]
            self.nav[t] = contract.value[n] if contract.value else contract.outstanding[n]
        if self.default is not None:
            self.settle_default(scenario, issuer, terms)
        elif contract.end is None:
            self.sell(last, self.outstanding[last], terms)
            self.outstanding[last] = self.nav[last] = 0.0
        elif contract.exit_age is not None:
            self.exit_period, self.exit_proceeds = end, contract.exit_proceeds
            self.loss_exit = max(0.0, deal.amount - contract.exit_proceeds)
            if contract.exit_forced:
                self.loss_forced = terms.liquidation_discount * contract.exit_proceeds

    def settle_default(self, scenario, issuer, terms):
        t, m = self.default, scenario.m
        self.O = self.contract.outstanding[t - 1 - self.deal.t0]
        resolutions = terms.resolutions
        drawn = resolutions[pick([r.probability for r in resolutions], issuer.resolution)]
        Y = issuer.factors.index(issuer.form, issuer.sector, t // m)
        rho = scenario.recovery_correlation
        V = math.sqrt(rho) * Y + math.sqrt(1 - rho) * issuer.zeta
        self.resolution = getattr(drawn, 'name', 'liquidation')
        self.own_recovery_rate = beta_quantile(ndtr(V), drawn.recovery_mean, drawn.recovery_sd)
        if self.recovery_rate is None:
            self.recovery_rate = self.own_recovery_rate
        self.recovery = self.recovery_rate * self.O
        self.loss_default = self.O - self.recovery
        due = t + nearest(m * drawn.lag_years)
        self.recovery_period = self.end = min(due, scenario.last)
        for u in range(t, self.recovery_period):
            self.nav[u] = self.O * drawn.recovery_mean
        if due <= scenario.last:
            self.capital[due] += self.recovery
        else:
            self.sell(scenario.last, self.recovery, terms)

    def sell(self, t, value, terms):
        self.loss_forced = terms.liquidation_discount * value
        self.capital[t] += value - self.loss_forced


# ---------------------------------------------------------------------------------------------------------------------
# Guarantee (model 7)

def covers(layer, deal):
    inside = lambda names, name: not names or name in names
    return (not layer.covers_layer and inside(layer.instruments, deal.instrument)
            and inside(layer.legal_forms, deal.form) and inside(layer.sectors, deal.sector)
            and layer.ticket_min <= deal.amount <= layer.ticket_max)


def is_debt(deal):
    """Deals with a fixed rate."""
    return deal.instrument not in ('shares', 'cooperative_shares')


Claim = collections.namedtuple('Claim', 'kind deal event period amount')


class Cover:
    """One layer on deals over a path: its claims, and what each period owes."""
    def __init__(self, scenario, layer, lives):
        self.scenario, self.layer, m = scenario, layer, scenario.m
        self.lives = [life for life in lives if life.made and covers(layer, life.deal)]
        self.volume = sum(life.deal.amount for life in self.lives)
        self.grows = scenario.fund is not None and bool(scenario.fund.recycling)
        self.waiting_age, self.term = nearest(m * layer.waiting_years), nearest(m * layer.term_years)
        self.delay = nearest(m * layer.claim_delay_years)
        size = scenario.periods
        self.fee, self.base, self.guaranteed, self.new_guaranteed, self.upside, self.due = ([0.0] * size for _ in range(6))
        self.claims = []        # of losses and of gains, in the order of deals
        for life in self.lives:
            self.charge(life)
            self.claim(life)
        self.count()
        self.paid, self.returned = [0.0] * size, [0.0] * size
        self.waits = 0.0

    def charge(self, life):
        """Fees and upside of one deal."""
        layer, deal, m = self.layer, life.deal, self.scenario.m
        self.fee[deal.t0] += layer.fee_upfront * layer.quotite * deal.amount
        self.new_guaranteed[deal.t0] += layer.quotite * deal.amount
        for t in range(deal.t0 + 1, min(self.scenario.last, deal.t0 + self.term) + 1):
            base = layer.quotite * life.outstanding[t - 1]
            self.base[t] += base
            self.guaranteed[t - 1] += base
            self.fee[t] += layer.fee_rate / m * base
        if life.exit_period is not None and deal.instrument == 'shares':
            self.upside[life.exit_period] += layer.upside_share * max(0.0, life.exit_proceeds - deal.amount)

    def claim(self, life):
        """What the layer counts of a deal, and when; nothing counts after t_L."""
        layer, deal, last = self.layer, life.deal, self.scenario.last
        add = lambda kind, event, period, amount: self.claims.append(Claim(kind, deal, event, min(period, last), amount))
        if life.default is not None and self.waiting_age <= life.default - deal.t0 <= self.term:
            known = max(life.recovery_period, life.default + self.delay)
            if layer.payout == 'final_loss':
                add('final_loss', life.default, known, life.loss_default)
            else:
                add('outstanding', life.default, life.default + self.delay, life.O)
                add('recovery', life.default, known, -life.recovery)
        if life.exit_period is not None and life.exit_period - deal.t0 <= self.term:
            counted = life.exit_period + self.delay
            if layer.cover_exit_losses and life.loss_exit > 0:
                add('exit_loss', life.exit_period, counted, life.loss_exit)
            if layer.net_of_gains and deal.instrument == 'shares' and life.exit_proceeds > deal.amount:
                add('gain', life.exit_period, counted, deal.amount - life.exit_proceeds)

    def volume_at(self, t):
        """The volume whose losses a guarantee bears in the period after t: of a fund that chooses its deals, what is made up to t."""
        return sum(life.deal.amount for life in self.lives if life.deal.t0 <= t) if self.grows else self.volume

    def losses(self):
        """The claims that the issuer's ceiling bounds."""
        return [claim for claim in self.claims if claim.kind != 'gain']

    def count(self):
        """C(t), P(t) and what is due: P(t) = q clamp(C(t) − attachment V, 0, cap_rate V)."""
        layer, size = self.layer, self.scenario.periods
        self.covered, self.cumulated = [0.0] * size, [0.0] * size
        before = counted = 0.0
        for t in range(size):
            by_issuer = collections.defaultdict(float)
            for claim in self.losses():
                if claim.period <= t:
                    by_issuer[claim.deal.issuer] += claim.amount
            C = sum(min(loss, layer.max_loss_per_issuer) for loss in by_issuer.values())
            C += sum(claim.amount for claim in self.claims if claim.kind == 'gain' and claim.period <= t)
            C = max(0.0, C)
            V = self.volume_at(t - 1)
            P = layer.quotite * min(max(C - layer.attachment * V, 0.0), layer.cap_rate * V)
            if self.grows:
                P, counted = max(P, before - layer.quotite * max(0.0, counted - C)), C
            self.covered[t], self.cumulated[t], self.due[t] = C, P, P - before
            before = P

    def within_ceilings(self):
        """(claim, what the running sum of its issuer takes of it), by period."""
        running, ceiling = collections.defaultdict(float), self.layer.max_loss_per_issuer
        for claim in sorted(self.claims, key=lambda claim: claim.period):
            counted = claim.amount
            if claim.kind != 'gain':
                before = running[claim.deal.issuer]
                running[claim.deal.issuer] = before + claim.amount
                counted = min(before + claim.amount, ceiling) - min(before, ceiling)
            yield claim, counted

    def booked(self, t0):
        """Part of P(t_L) of the deals made in t0, in proportion to covered losses, less the fees they are charged."""
        layer, m = self.layer, self.scenario.m
        by_issuer = collections.defaultdict(float)
        for claim in self.losses():
            by_issuer[claim.deal.issuer] += claim.amount
        share = {issuer: min(1.0, layer.max_loss_per_issuer / loss) if loss > 0 else 1.0 for issuer, loss in by_issuer.items()}
        covered = [(claim.deal.t0, claim.amount * share[claim.deal.issuer]) for claim in self.losses()]
        due, losses = self.cumulated[self.scenario.last], sum(amount for _, amount in covered)
        payouts = due * sum(amount for made, amount in covered if made == t0) / losses if due > 0 else 0.0
        fees = 0.0
        for life in self.lives:
            if life.deal.t0 == t0:
                fees += layer.fee_upfront * layer.quotite * life.deal.amount
                fees += sum(layer.fee_rate / m * layer.quotite * life.outstanding[t - 1]
                            for t in range(t0 + 1, min(self.scenario.last, t0 + self.term) + 1))
        return payouts - fees

    def counted_in(self, u):
        """[(deal, loss counted in u)]: the ceiling bears on an issuer's claims of u in proportion; gains left out."""
        ceiling, found = self.layer.max_loss_per_issuer, []
        for issuer in {claim.deal.issuer for claim in self.losses() if claim.period == u}:
            own = [claim for claim in self.losses() if claim.deal.issuer == issuer and claim.period <= u]
            now = [claim for claim in own if claim.period == u]
            a = sum(claim.amount for claim in own if claim.period < u)
            b = a + sum(claim.amount for claim in now)
            part = 1.0 if max(a, b) <= ceiling else (min(b, ceiling) - min(a, ceiling)) / (b - a) if a != b else 0.0
            found += [(claim.deal, part * claim.amount) for claim in now]
        return found

    def net_paid(self, u, never_short, has_fund):
        """Payouts up to u less the money returned (owed back, and the share of gains of a guarantee fund); all dues, in a fund never short."""
        if u < 0:
            return 0.0
        net = self.cumulated[u] if never_short else sum(self.paid[:u + 1]) - sum(self.returned[:u + 1])
        return net - sum(self.upside[:u + 1]) if has_fund or never_short else net


class Guarantee:
    """The layers together, and the guarantee fund that pays them."""
    def __init__(self, scenario, lives, kept=False):
        self.scenario, spec = scenario, scenario.guarantee
        dotation = [] if kept else spec.dotation        # kept: every due is paid in its period (model 12)
        self.covers = [Cover(scenario, layer, lives) for layer in scenario.layers if not layer.covers_layer]
        self.counters = [layer for layer in scenario.layers if layer.covers_layer]
        size, m = scenario.periods, scenario.m
        series = ('payout due owed_back fee fee_fund upside operator_cost counter dotation interest balance waiting '
                  'cost covered cumulated base guaranteed new_guaranteed').split()
        for name in series:
            setattr(self, name, [0.0] * size)
        for grant in dotation:
            if grant['year'] * m < size:
                self.dotation[grant['year'] * m] += grant['amount']
        self.has_dotation = len(dotation) > 0
        self.volume = sum(cover.volume for cover in self.covers)
        balance, growth, owed_by_counter = 0.0, (1 + spec.dotation_yield) ** (1 / m), 0.0
        for t in range(scenario.last + 1):
            self.charge(t)
            owed_by_counter += self.counter_guarantee(t)
            if self.has_dotation:
                self.interest[t] = balance * (growth - 1)
                balance += self.interest[t] + self.dotation[t] + self.fee[t]
            self.counter[t] = max(owed_by_counter, -balance) if self.has_dotation else owed_by_counter
            owed_by_counter -= self.counter[t]
            balance += self.counter[t] + self.upside[t] + self.owed_back[t] if self.has_dotation else 0.0
            asked = sum(cover.waits for cover in self.covers)
            share = 1.0 if not self.has_dotation or asked <= balance else balance / asked
            for cover in self.covers:
                cover.paid[t] = cover.waits * share
                cover.waits -= cover.paid[t]
                self.payout[t] += cover.paid[t]
            if self.has_dotation:
                balance = max(0.0, balance - self.payout[t]) if share < 1.0 else balance - self.payout[t]
                self.balance[t] = balance
            self.waiting[t] = sum(cover.waits for cover in self.covers)
        late = owed_by_counter + self.counter_guarantee(scenario.last + 1)  # for the payouts of t_L: no period is later
        late = max(late, -balance) if self.has_dotation else late
        self.counter[scenario.last] += late
        if self.has_dotation:
            self.balance[scenario.last] += late
        for t in range(scenario.last + 1, size):            # a horizon longer than the fund
            self.balance[t], self.waiting[t] = self.balance[scenario.last], self.waiting[scenario.last]

    def charge(self, t):
        """What period t owes: dues join what waits; a negative due cancels what waits, the rest is owed back."""
        for cover in self.covers:
            layer, due = cover.layer, cover.due[t]
            back = max(0.0, -due - cover.waits)
            cover.waits = max(0.0, cover.waits + due)
            cover.returned[t] = back
            self.due[t] += due
            self.owed_back[t] += back
            self.fee[t] += cover.fee[t]
            self.fee_fund[t] += cover.fee[t] if layer.fee_payer == 'fund' else 0.0
            self.upside[t] += cover.upside[t]
            self.base[t] += cover.base[t]
            self.guaranteed[t] += cover.guaranteed[t]
            self.new_guaranteed[t] += cover.new_guaranteed[t]
            self.operator_cost[t] += layer.operator_cost / self.scenario.m * cover.base[t]
            self.covered[t] += cover.covered[t]
            self.cumulated[t] += cover.cumulated[t]
        self.cost[t] = self.fee_fund[t] + self.upside[t] + self.owed_back[t]

    def counter_guarantee(self, t, never_short=False):
        """Received in t for what was paid up to t − 1, net of the counter-guarantor's fee."""
        paid_back = lambda u: sum(
            layer.share * (1 - layer.fee_rate) * min(max(0.0, cover.net_paid(u, never_short, self.has_dotation)),
                                                      layer.cap_rate * cover.volume_at(u))
            for layer in self.counters for cover in self.covers if cover.layer.name == layer.covers_layer)
        return paid_back(t - 1) - paid_back(t - 2)

    def provision(self):
        """After each period, the dues to come on deals made by then (model 12)."""
        size = self.scenario.periods
        losses = [[loss for cover in self.covers for loss in cover.counted_in(u)] for u in range(size)]

        def part(u, t):
            whole, dust = sum(x for _, x in losses[u]), 1e-10 * sum(abs(x) for _, x in losses[u])
            return self.due[u] * sum(x for deal, x in losses[u] if deal.t0 <= t) / whole if abs(whole) > dust else 0.0
        return [sum(part(u, t) for u in range(t + 1, size)) for t in range(size)]

    def debt(self):
        """Dues allotted to covered debt, Σ q·outstanding/m of its fee base, the fees that the fund pays on it (model 14)."""
        due = base = fees = 0.0
        for u in range(self.scenario.periods):
            losses = [loss for cover in self.covers for loss in cover.counted_in(u)]
            whole, dust = sum(x for _, x in losses), 1e-10 * sum(abs(x) for _, x in losses)
            if abs(whole) > dust:
                due += self.due[u] * sum(x for deal, x in losses if is_debt(deal)) / whole
        for cover in self.covers:
            layer, last = cover.layer, self.scenario.last
            for life in cover.lives:
                if is_debt(life.deal):
                    end = min(last, life.deal.t0 + cover.term)
                    own = sum(layer.quotite * life.outstanding[t - 1] for t in range(life.deal.t0 + 1, end + 1)) / self.scenario.m
                    base += own
                    if layer.fee_payer == 'fund':
                        fees += layer.fee_rate * own + layer.fee_upfront * layer.quotite * life.deal.amount
        return due, base, fees

    def dotation_needed(self, years=1):
        """Smallest dotation, the same in each of so many years from year 0, that pays every due in its period: its receipts are
        those of a fund never short (model 9 and 12)."""
        m, spec, need, running, paid = self.scenario.m, self.scenario.guarantee, 0.0, 0.0, 0.0
        for t in range(self.scenario.last + 1):
            if t % m == 0 and t // m < years:
                paid += (1 + spec.dotation_yield) ** (-(t // m))
            net = self.due[t] - self.fee[t] - self.upside[t] - self.counter_guarantee(t, never_short=True)
            running += net * (1 + spec.dotation_yield) ** (-t / m)
            need = max(need, running / paid)
        return need


def grant_equivalent(scenario, layer, contract):
    """Gross grant equivalent of one covered deal (model 9), or None where the notice gives no method."""
    deal, m = contract.deal, scenario.m
    debts = ('bond', 'participating_loan', 'participating_securities', 'association_securities')
    if deal.instrument not in debts or layer.attachment != 0 or layer.cap_rate != 1 or layer.quotite > 0.8:
        return None
    term, r = nearest(m * layer.term_years), scenario.guarantee.reference_rate
    ages = range(1, min(term, contract.ages if contract.end is None else contract.end) + 1)
    guaranteed_years = sum(contract.outstanding[n - 1] for n in ages) / m
    paid = layer.fee_rate + (layer.fee_upfront * deal.amount / guaranteed_years if guaranteed_years else 0.0)
    spread = SAFE_HARBOUR[deal.rating] - paid
    return sum(layer.quotite * contract.outstanding[n - 1] * spread / m / (1 + r) ** (n / m) for n in ages)


# ---------------------------------------------------------------------------------------------------------------------
# Fund (model 8)

class Waterfall:
    """Accounts of the classes and the tiers that fill them."""
    def __init__(self, scenario, score):
        self.fund, self.m = scenario.fund, scenario.m
        self.date_of_c = min(5 * scenario.m - 1, scenario.last)
        self.c_share = 1 - self.fund.impact.share + self.fund.impact.share * score
        zero = lambda: {c: 0.0 for c in 'ABC'}
        self.paid_in, self.capital = zero(), zero()
        self.hurdles = {c: self.hurdles_of(c) for c in 'ABC'}       # {class: {(rate, multiple): place}}
        self.accounts = {c: [0.0] * len(self.hurdles[c]) for c in 'ABC'}
        self.profit = self.carry_due = self.allotted = 0.0
        self.aside = {'capital': 0.0, 'carry': 0.0}

    def sold(self, t, free, score):
        """What each would get if `free` and what waits for C were shared out after t, C paid whatever the date; nothing of the path changes."""
        copy = Waterfall.__new__(Waterfall)
        for name, value in vars(self).items():
            setattr(copy, name, dict(value) if isinstance(value, dict) else value)
        copy.accounts = {c: list(values) for c, values in self.accounts.items()}
        copy.date_of_c = t
        copy.c_share = 1 - self.fund.impact.share + self.fund.impact.share * score
        copy.allotted -= copy.use(min(max(0.0, -free), sum(copy.aside.values())), copy.aside)
        return copy.distribute(t, max(0.0, free))

    def start(self, call):
        """A new period: the hurdle accounts grow, calls join them."""
        f = self.fund
        for c in 'ABC':
            part = call * f.commitment[c] / f.commitments
            for (rate, multiple), i in self.hurdles[c].items():
                self.accounts[c][i] = self.accounts[c][i] * (1 + rate) ** (1 / self.m) + multiple * part
            self.capital[c] += part
            self.paid_in[c] += part

    def hurdle(self, tier):
        """Rate and multiple of a preferred return: it has one of the two."""
        return (0.0, tier['multiple']) if 'multiple' in tier else (self.term(tier, 'rate', 'hurdle'), 1.0)

    def hurdles_of(self, c):
        """The hurdles of a class, the first first: those of the preferred returns that it gets; a capped B has its cap alone."""
        if c == 'B' and self.fund.concessional.capped_return:
            return {(self.fund.concessional.cap, 1.0): 0}
        own = [self.hurdle(tier) for tier in self.fund.tiers
               if tier['type'] == 'preferred_return' and c in ('AB' if tier['to'] == 'A_and_B' else tier['to'])]
        return {hurdle: i for i, hurdle in enumerate(dict.fromkeys(own or [self.hurdle({})]))}

    def account(self, c, tier=None):
        """What a class still lacks of a tier's hurdle, or of its first."""
        return self.accounts[c][self.hurdles[c].get(self.hurdle(tier), 0) if tier else 0]

    def term(self, tier, name, key):
        """A tier's own term, or that of the fund, which has it only where a tier leaves it out."""
        return tier[name] if name in tier else getattr(self.fund, key, math.nan)

    def distribute(self, t, amount):
        """Runs the tiers; gives what each class and beneficiary receives in t."""
        self.got = {'A': 0.0, 'B': 0.0, 'C': 0.0, 'carry': 0.0, 'impact_to_a': 0.0, 'beneficiary': 0.0, 'aside_used': 0.0}
        left, waited = amount, dict(self.aside)
        self.by_tier = []
        for tier in self.fund.tiers:
            self.tier = tier
            used = getattr(self, tier['type'])(tier.get('to'), left)
            left = left - used if left - used > 1e-12 * amount else 0.0
            self.by_tier.append(used)
        self.got['undistributed'] = left
        self.allotted += amount - left
        if any(self.fund.grant) and not self.fund.grants_to_carry:
            self.hold_carry(self.aside['carry'] - waited['carry'])
        if t == self.date_of_c:
            self.got['aside_used'] = self.serve(waited)
        if t >= self.date_of_c:
            self.release()
        return self.got

    def hold_carry(self, carry):
        """Of the carry of t C gets no more than its share of what was distributed beyond calls and grants; A the rest."""
        most = max(self.term(tier, 'carry', 'carry') for tier in self.fund.tiers if tier['type'] in ('catch_up', 'split'))
        gain = max(0.0, self.allotted - self.gains_less)
        rest = carry - min(carry, max(0.0, most * gain - (self.carry_due - carry)))
        self.aside['carry'] -= rest
        self.carry_due -= rest
        self.pay('A', rest)

    def use(self, need, waited):
        """What waits for C meets a need of others: its carry first, then its capital, neither of them given to it then."""
        carry = min(need, waited['carry'])
        capital = min(need - carry, waited['capital'])
        self.aside['carry'] -= carry
        self.carry_due -= carry
        self.profit -= carry
        self.aside['capital'] -= capital
        self.capital['C'] += capital
        return carry + capital

    def serve(self, waited):
        """At its date what waited for C goes to A and B as far as their tiers still owe them something."""
        total = left = sum(waited.values())
        for i, tier in enumerate(self.fund.tiers):
            if tier['type'] in ('return_of_capital', 'preferred_return') and tier['to'] != 'C':
                self.tier = tier
                used = getattr(self, tier['type'])(tier['to'], left)
                left -= used
                self.by_tier[i] += used
        return self.use(total - left, waited)

    def release(self):
        """C is paid its capital and its carry, after the impact share."""
        got, carry = self.got, self.aside['carry']
        got['carry'] = carry * self.c_share
        got['C'] = self.aside['capital'] + got['carry']
        rest = carry - got['carry']
        if self.fund.impact.to == 'class_a':
            got['impact_to_a'] = rest
            got['A'] += rest
        else:
            got['beneficiary'] = rest
        self.aside = {'capital': 0.0, 'carry': 0.0}

    def pay(self, c, amount):
        self.got[c] += amount
        if c != 'C':
            self.accounts[c] = [account - amount for account in self.accounts[c]]

    def claims(self, to, owed, left):
        """Pays A and B what they are owed, pro rata, or A before B where B bears the first losses."""
        owed = {c: max(0.0, owed(c)) for c in ('AB' if to == 'A_and_B' else to)}
        total = sum(owed.values())
        if total <= left:
            return owed
        if self.fund.concessional.first_loss != 'none' and len(owed) == 2:
            first = min(owed['A'], left)
            return {'A': first, 'B': left - first}
        return {c: left * amount / total for c, amount in owed.items()}

    def return_of_capital(self, to, left):
        if to == 'C':
            used = min(left, self.capital['C'])
            self.capital['C'] -= used
            self.aside['capital'] += used
            return used
        capped = lambda c: c == 'B' and self.fund.concessional.capped_return
        paid = self.claims(to, lambda c: min(self.capital[c], self.account(c)) if capped(c) else self.capital[c], left)
        for c, amount in paid.items():
            self.capital[c] -= amount
            self.pay(c, amount)
        return sum(paid.values())

    def preferred_return(self, to, left):
        paid = self.claims(to, lambda c: self.account(c, self.tier) - self.capital[c], left)
        for c, amount in paid.items():
            self.pay(c, amount)
            self.profit += amount
        return sum(paid.values())

    def catch_up(self, to, left):
        g, k = self.term(self.tier, 'share', 'catch_up'), self.term(self.tier, 'carry', 'carry')
        if g <= k:
            return 0.0
        used = min(left, max(0.0, (k * self.profit - self.carry_due) / (g - k)))
        self.share(used, g)
        return used

    def split(self, to, left):
        """All that is left, or what it takes until A's account of a named hurdle is 0."""
        k, amount = self.term(self.tier, 'carry', 'carry'), left
        if 'until' in self.tier:
            end = next(tier for tier in self.fund.tiers if tier.get('name') == self.tier['until'])
            lacks, paid_in = max(0.0, self.account('A', end)), self.paid_in['A'] + self.paid_in['B']
            b = self.paid_in['B'] / paid_in if paid_in > 0 else 0.0
            amount = lacks / ((1 - k) * (1 - b))
            if self.fund.concessional.capped_return:        # what B may not have is A's
                amount = min(amount, (lacks + max(0.0, self.account('B'))) / (1 - k))
            amount = min(left, amount)
        self.share(amount, k)
        return amount

    def share(self, amount, to_c):
        """to_c of an amount to C, the rest to A and B pro rata to paid-in; a capped B stops when its account is 0."""
        self.profit += amount
        self.carry_due += to_c * amount
        self.aside['carry'] += to_c * amount
        rest, paid_in = amount - to_c * amount, self.paid_in['A'] + self.paid_in['B']
        b = rest * self.paid_in['B'] / paid_in if paid_in > 0 else 0.0
        if self.fund.concessional.capped_return:
            b = min(b, max(0.0, self.account('B')))
        self.pay('B', b)
        self.pay('A', rest - b)


def add_to(sums, terms):
    """Adds a series to another, in place."""
    for t, term in enumerate(terms):
        sums[t] += term


class Fund:
    """The fund's ledger, period by period."""
    def __init__(self, scenario, lives, guarantee, score, tmo, lends=True):
        f, m, size = scenario.fund, scenario.m, scenario.periods
        self.scenario, self.score, self.tmo = scenario, score, tmo
        self.lends = lends and f.line.limit > 0
        columns = ('invested income capital proceeds nav outstanding payout call management other guarantee_cost guarantee_fee '
                   'cost_paid paid_management paid_other paid_guarantee cost_waiting management_waiting other_waiting '
                   'guarantee_waiting A B C carry impact_to_a beneficiary cash set_aside unspent aside_used interest recalled clawed '
                   'borrowed repaid balance line_cost uncalled called').split()
        for name in columns:
            setattr(self, name, [0.0] * size)
        self.columns = columns
        self.tiers, self.values = [], []
        self.nav_sold = [0.0] * size
        for life in lives:
            if life.made:
                add_to(self.nav_sold, [value * (1 - life.deal.terms.liquidation_discount) for value in life.nav])
                self.invested[life.deal.t0] += life.deal.amount
                for name in ('income', 'capital', 'nav', 'outstanding'):
                    add_to(getattr(self, name), getattr(life, name))
        self.proceeds = [income + capital for income, capital in zip(self.income, self.capital)]
        if guarantee:
            self.payout, self.guarantee_cost, self.guarantee_fee = guarantee.payout, guarantee.cost, guarantee.fee_fund
        self.promised = self.promises()
        self.waterfall, self.owed = Waterfall(scenario, score), {'guarantee': 0.0, 'other': 0.0, 'management': 0.0}
        self.free = self.given = 0.0
        for t in range(scenario.last + 1):
            self.period(t)
        self.give_back(scenario.last)
        self.lost_by_guarantor = self.owed['guarantee']
        self.paid_in = self.waterfall.paid_in
        self.hurdle_a = self.waterfall.account('A')

    def promises(self):
        """What tickets and known costs to come need, after each period, of what is there then: another cost waits rather than take it."""
        scenario, f = self.scenario, self.scenario.fund
        promised = [0.0] * scenario.periods
        if not f.recycling and (scenario.last_inflow() or self.lends):
            for t in range(f.investment_periods - 2, -1, -1):
                comes = scenario.admitted(t + 1) - scenario.admitted(t) + f.grant[t + 1]
                needs = self.invested[t + 1] + scenario.known_costs(t + 1) - scenario.known_costs(t)
                promised[t] = max(0.0, promised[t + 1] + needs - comes)
        return promised

    def before(self, name, t):
        return getattr(self, name)[t - 1] if t else 0.0

    def base(self, row, t):
        """What a row that is not on commitments is a rate of: as it was after t − 1."""
        if t == 0:
            return 0.0
        if row.base == 'nav':
            nav = max(0.0, self.nav[t - 1] + self.cash[t - 1] - self.cost_waiting[t - 1] - self.balance[t - 1])
            return min(nav, self.scenario.fund.size) if t < self.scenario.fund.investment_periods else nav
        return self.outstanding[t - 1] if row.base == 'net_invested' else self.called[t - 1]

    def line_costs(self, t):
        """Interest and the fee on what could be drawn, both after t − 1; (with, without the fee)."""
        line, balance = self.scenario.fund.line, self.before('balance', t)
        if not self.lends or t == 0:
            return 0.0, 0.0
        interest = line.rate * balance / self.scenario.m
        undrawn = max(0.0, line.limit * (self.uncalled[t - 1] - balance) - balance)
        return interest + line.fee * undrawn / self.scenario.m, interest

    def earned(self, t):
        """Interest of t on the cash of its start."""
        f = self.scenario.fund
        rate = f.cash_rate if math.isnan(f.cash_margin) else max(0.0, self.tmo[t // self.scenario.m] - f.cash_margin)
        return rate / self.scenario.m * self.before('cash', t)

    def charge(self, t):
        scenario, f = self.scenario, self.scenario.fund
        for row in f.fee_rows:
            charged = self.management if row.kind == 'management' else self.other
            if row.base in ON_COMMITMENTS:
                charged[t] += scenario.on_commitments(row, t) - scenario.on_commitments(row, t - 1)
            elif row.first <= t < row.end:
                charged[t] += scenario.fee(row, self.base(row, t))
        full, interest = self.line_costs(t)
        self.line_cost[t] = full if t < f.investment_periods else interest
        self.other[t] += self.line_cost[t] + (f.setup * f.size if t == 0 else 0.0)
        for kind, cost in (('guarantee', self.guarantee_cost), ('other', self.other), ('management', self.management)):
            self.owed[kind] += cost[t]

    def meet(self, lack, callable_):
        """A need that cash does not meet: grants, then what waits for C, then a call; what each gives."""
        granted = min(lack, self.given)
        used = self.waterfall.use(lack - granted, self.waterfall.aside)
        self.given -= granted
        self.waterfall.allotted -= used
        return granted, used, min(lack - granted - used, callable_)

    def period(self, t):
        scenario, f, m = self.scenario, self.scenario.fund, self.scenario.m
        newly = scenario.admitted(t) - (scenario.admitted(t - 1) if t else 0.0)
        self.interest[t] = self.earned(t)
        self.charge(t)
        uncalled, balance, called = self.before('uncalled', t) + newly, self.before('balance', t), self.before('called', t)
        available = self.free + self.interest[t] + self.proceeds[t] + self.payout[t]
        self.given += f.grant[t]
        if t >= min(f.investment_periods, scenario.last):
            available, self.given = available + self.given, 0.0
        callable_ = max(0.0, uncalled - balance) if self.lends else uncalled
        after = available - self.invested[t]
        there = after + callable_ + self.given + sum(self.waterfall.aside.values()) - self.promised[t]
        costs = min(sum(self.owed.values()), max(0.0, there))
        granted, used, call = self.meet(max(0.0, costs - after), callable_)
        available = after + granted + used + call
        if self.lends and t + f.line.periods <= scenario.last:
            room = f.line.limit * (uncalled - call - balance) - balance
            self.borrowed[t] = min(max(0.0, room), call)
            call -= self.borrowed[t]
        for kind in ('guarantee', 'other', 'management'):
            paid = min(self.owed[kind], max(0.0, available))
            getattr(self, 'paid_' + kind)[t] = paid
            self.owed[kind] -= paid
            getattr(self, kind + '_waiting')[t] = self.owed[kind]
            available -= paid
            self.cost_paid[t] += paid
        self.cost_waiting[t] = sum(self.owed.values())
        if self.lends:
            available, more, called_back = self.repay(t, available, balance + self.borrowed[t])
            used, call = used + more, call + called_back
        self.call[t], self.called[t] = call, called + call
        self.balance[t] = balance + self.borrowed[t] - self.repaid[t]
        if t == scenario.last:
            keep = 0.0
        elif t < f.investment_periods:
            keep = f.recycling_limit * f.size
        else:
            keep = f.reserve_years * m * (self.management[t] + self.other[t] + self.guarantee_fee[t])
        self.share_out(t, available, max(0.0, available - keep), used)
        self.uncalled[t] = uncalled - call + self.recalled[t]

    def repay(self, t, available, balance):
        """Cash left repays the line, the oldest borrowing first; what is still owed of t − d falls due."""
        cash = min(balance, max(0.0, available))
        fallen = sum(self.borrowed[:t - self.scenario.fund.line.periods + 1]) if t >= self.scenario.fund.line.periods else 0.0
        due = max(0.0, fallen - sum(self.repaid[:t]) - cash)
        granted, used, call = self.meet(due, math.inf)
        self.repaid[t] = cash + due
        return available - cash, used, call

    def share_out(self, t, available, amount, used):
        f, waterfall = self.scenario.fund, self.waterfall
        waterfall.start(self.call[t])
        capital = waterfall.capital['A'] + waterfall.capital['B']
        waterfall.gains_less = self.called[t] + sum(f.grant[:t + 1])
        got = waterfall.distribute(t, amount)
        for name in ('A', 'B', 'C', 'carry', 'impact_to_a', 'beneficiary'):
            getattr(self, name)[t] = got[name]
        if t < min(f.recall_periods, self.scenario.last):
            back = capital - waterfall.capital['A'] - waterfall.capital['B'] + got['C'] - got['carry']
            self.recalled[t] = f.recallable.share * back
        self.aside_used[t] = used + got['aside_used']
        self.tiers.append(waterfall.by_tier)
        self.free = available - amount + got['undistributed']
        self.set_aside[t] = sum(waterfall.aside.values())
        self.unspent[t] = self.given
        self.cash[t] = self.free + self.set_aside[t] + self.given
        spare = self.free + self.given - self.cost_waiting[t] - self.balance[t]
        self.values.append([waterfall.sold(t, deals + spare, f.impact.score_mean) for deals in (self.nav[t], self.nav_sold[t])])

    def give_back(self, t):
        """At t_L C pays back what it had of carry beyond its part of the gain, or while A and B lack their hurdle (model 16)."""
        f, waterfall, carry = self.scenario.fund, self.waterfall, sum(self.carry)
        if f.claw_back == 0:
            return
        gain = sum(sum(series) for series in (self.A, self.B, self.C, self.beneficiary)) - sum(self.call)
        gain -= 0.0 if f.grants_to_carry else sum(f.grant[:t + 1])
        most = max(waterfall.term(tier, 'carry', 'carry') for tier in f.tiers if tier['type'] in ('catch_up', 'split'))
        lacks = {c: max(0.0, waterfall.account(c)) for c in 'AB'}
        paid = min(f.claw_back * carry, max(carry - most * waterfall.c_share * max(0.0, gain), sum(lacks.values()), 0.0))
        weights = lacks if sum(lacks.values()) > 0 else {c: waterfall.paid_in[c] for c in 'AB'}
        self.clawed[t] = paid
        self.C[t] -= paid
        self.carry[t] -= paid
        for c in 'AB' if paid > 0 else '':
            part = paid * weights[c] / sum(weights.values())
            getattr(self, c)[t] += part
            waterfall.accounts[c] = [account - part for account in waterfall.accounts[c]]

    def room(self, t):
        """What may be invested in t so that the costs of the investment period can be paid (model 16, recycling)."""
        scenario, f, left = self.scenario, self.scenario.fund, self.scenario.fund.investment_periods - t
        money = (self.before('cash', t) - self.before('set_aside', t) + self.interest[t] + self.proceeds[t] + self.payout[t] + f.grant[t]
                 + self.before('uncalled', t) + scenario.admitted(t) - (scenario.admitted(t - 1) if t else 0.0)
                 - self.before('balance', t) - self.before('cost_waiting', t))
        costs = f.setup * f.size if t == 0 else 0.0
        for row in f.fee_rows:
            if row.base in ON_COMMITMENTS:
                costs += scenario.on_commitments(row, f.investment_periods - 1) - scenario.on_commitments(row, t - 1)
            else:
                periods = max(0, min(row.end, f.investment_periods) - max(row.first, t))
                costs += periods * scenario.fee(row, self.base(row, t))
        return (money - costs - left * (self.guarantee_fee[t] + self.line_costs(t)[0])
                - (self.guarantee_cost[t] - self.guarantee_fee[t]))

    def equalised(self, c, k):
        """What the newcomers of closing k pay to a class's earlier members: (capital, interest)."""
        closings, f = self.scenario.fund.closings, self.scenario.fund
        t_k = closings[k][0]
        part, share = closings[k][1] / sum(share for _, share in closings[:k + 1]), f.commitment[c] / f.commitments
        net = [share * self.call[t] - getattr(self, c)[t] for t in range(t_k)]
        capital = part * sum(net)
        interest = part * sum(f.equalisation_rate * (t_k - t) / self.scenario.m * amount for t, amount in enumerate(net))
        together = max(0.0, capital + interest)
        capital = min(max(0.0, capital), together)
        return capital, together - capital


# ---------------------------------------------------------------------------------------------------------------------
# The other vehicles, and value created (model 20)

def lognormal(mean, sd, z):
    """The value of a lognormal law of that mean and standard deviation at a standard normal."""
    variance = math.log1p((sd / mean) ** 2) if mean > 0 else 0.0
    return mean * math.exp(math.sqrt(variance) * z - variance / 2)


class Endowment:
    """The fonds de dotation of a path, year by year: donations, cost, then grants of a part of what is left."""
    def __init__(self, scenario, draws):
        spec = self.spec = scenario.endowment
        self.scenario, balance = scenario, 0.0
        self.received, self.cost, self.cost_unpaid, self.granted, self.projects, self.balance = ([] for _ in range(6))
        self.exhausted, self.stake = None, 0.0
        own = 1 - spec.co_funding       # its part of a grant
        for y in range(spec.horizon_years):
            z = lambda: draws.normal(ENDOWMENT, entity_named('donations'), y)
            received = (spec.opening if y == 0 else 0.0) + sum(
                lognormal(row.mean, row.sd, z() if row.sd > 0 else 0.0) for row in spec.donations if row.year == y)
            balance += received
            self.stake += received
            cost = spec.operating_cost if reaches(balance, spec.operating_cost) else balance
            balance = 0.0 if reaches(cost, balance) else balance - cost
            if self.exhausted is None and (spec.operating_cost > cost or not reaches(balance, own * spec.grants.min)):
                self.exhausted = y
            to_share, projects = spec.pace * balance, 0
            left = to_share
            while left > 0 and reaches(left, own * spec.grants.min):
                grant = own * self.grant(draws.uniform(ENDOWMENT, entity_slot('grants', y), projects))
                left -= min(grant, left)
                left = 0.0 if left <= 1e-10 * to_share else left
                projects += 1
            balance -= to_share - left
            for series, value in ((self.received, received), (self.cost, cost), (self.cost_unpaid, spec.operating_cost - cost),
                                  (self.granted, to_share - left), (self.projects, projects), (self.balance, balance)):
                series.append(value)

    def grant(self, u):
        """A lognormal grant, truncated to its bounds, by its quantile."""
        law = self.spec.grants
        if law.sd == 0:
            return min(max(law.mean, law.min), law.max)
        sigma = math.sqrt(math.log1p((law.sd / law.mean) ** 2))
        mu = math.log(law.mean) - sigma * sigma / 2
        low, high = (float(ndtr((math.log(bound) - mu) / sigma)) for bound in (law.min, law.max))
        return min(max(math.exp(mu + sigma * float(ndtri(low + u * (high - low)))), law.min), law.max)

    def partners(self, y):
        return self.granted[y] * self.spec.co_funding / (1 - self.spec.co_funding)

    def measures(self, deals):
        spec = self.spec
        in_time = sum(self.projects[y] for y in range(spec.horizon_years) if y + spec.pipeline.years < self.scenario.deal_years)
        to_supply, none = spec.pipeline.share * deals, self.exhausted is None
        return dict(
            endowment_received=sum(self.received), endowment_cost=sum(self.cost), endowment_cost_unpaid=sum(self.cost_unpaid),
            endowment_granted=sum(self.granted), endowment_partners=sum(self.partners(y) for y in range(spec.horizon_years)),
            endowment_projects=sum(self.projects), endowment_balance=self.balance[-1], endowment_exhausted=float(not none),
            endowment_exhausted_by=math.nan if none else self.exhausted + 1, endowment_in_time=in_time,
            endowment_to_supply=to_supply, endowment_part_needed=to_supply / in_time if in_time else math.nan,
            endowment_out_of_reach=float(to_supply > in_time))

    def series(self):
        years = self.spec.horizon_years
        own = dict(received=self.received, cost=self.cost, granted=self.granted, projects=self.projects, balance=self.balance,
                   partners=[self.partners(y) for y in range(years)])
        after = self.scenario.calendar_years - years
        return {'endowment_' + name: series + [math.nan if name == 'balance' else 0.0] * after for name, series in own.items()}


def reaches(money, amount):
    """Whether it is as much as that, but for rounding."""
    return money >= amount * (1 - 1e-10)


class Feeder:
    """The citizens' fund upon class A of one path and branch, period by period."""
    PERIODS = 'subscribed bought interest received called paid fees served paid_out final cash units waiting value'.split()
    YEARS = 'requested in_year due needed'.split()

    def __init__(self, scenario, fund, factors, draws):
        self.scenario, self.spec, self.fund, self.factors, self.draws = scenario, scenario.feeder, fund, factors, draws
        self.m, self.size = scenario.m, scenario.last + 1
        for name in self.PERIODS:
            setattr(self, name, [0.0] * self.size)
        for name in self.YEARS:
            setattr(self, name, [math.nan if name == 'needed' else 0.0] * (scenario.last // self.m + 1))
        self.stake = sum(row['amount'] for row in self.spec.subscriptions) + self.spec.class_a_share * scenario.fund.commitment['A']
        self.exit_fees, self.owed, self.charged = 0.0, 0.0, []
        self.dues = [0.0] * self.size       # what the gate lets through, paid in full
        self.price = [0.0] * self.size      # a unit's value after the period, before the exit fee
        of_a = scenario.fund.commitment['A'] / scenario.fund.commitments
        self.calls = [self.spec.class_a_share * of_a * call for call in fund.call]
        for t in range(self.size):
            self.period(t)
        for y in range(len(self.needed)):
            self.needed[y] = self.pocket_needed(y)

    def part(self, t):
        """Its part of class A after the calls up to t: what it paid of what was called of it."""
        called = sum(self.called[:t + 1])
        return self.spec.class_a_share * (sum(self.paid[:t + 1]) / called if called > 0 else 1.0)

    def met(self, t):
        """Whether the call of t is paid, but for rounding."""
        return self.called[t] - self.paid[t] <= 1e-10 * sum(self.called)

    def period(self, t):
        m, spec, last = self.m, self.spec, self.scenario.last
        before = lambda name: getattr(self, name)[t - 1] if t else 0.0
        cash, units, waiting, value = (before(name) for name in ('cash', 'units', 'waiting', 'value'))
        if t % m == 0:
            amount = sum(row['amount'] for row in spec.subscriptions if row['year'] == t // m)
            unit = value / units if units > 0 else 1.0
            if amount > 0 and unit > 0:
                self.subscribed[t], self.bought[t] = amount, amount / unit
        units += self.bought[t]
        self.interest[t] = max(0.0, self.factors.tmo[t // m] - spec.cash_margin) / m * cash
        self.received[t] = self.part(t - 1) * self.fund.A[t]
        self.called[t] = self.calls[t]
        cash += self.subscribed[t] + self.interest[t] + self.received[t]
        self.paid[t] = self.called[t] if reaches(cash, self.called[t]) else cash
        cash = max(0.0, cash - self.paid[t])
        self.charged.append(spec.fee / m * value)
        self.owed += self.charged[t]
        self.fees[t] = min(cash, self.owed)
        cash, self.owed = cash - self.fees[t], self.owed - self.fees[t]
        value = max(0.0, self.part(t) * self.fund.values[t][0]['A'] + cash - self.owed)
        if t == last:
            self.final[t] = self.value[t] = cash if units > 0 else 0.0      # without units it is nobody's
            self.price[t] = cash / units if units > 0 else math.nan
            self.cash[t], self.units[t], self.waiting[t] = cash - self.final[t], units, waiting
            return
        self.price[t] = value / units if units > 0 else math.nan
        if t % m == m - 1 and units > 0:
            served, waiting = self.serve(t, cash, units, waiting, value)
            out = served * self.price[t]
            self.served[t], self.paid_out[t] = served, out * (1 - spec.exit_fee)
            self.exit_fees += out * spec.exit_fee
            units, cash, value = units - served, max(0.0, cash - self.paid_out[t]), value - self.paid_out[t]
        self.cash[t], self.units[t], self.waiting[t], self.value[t] = cash, units, waiting, value

    def serve(self, t, cash, units, waiting, value):
        """Requests of the year join those that wait, which are served first; units paid back, and those that still wait."""
        spec, law, y = self.spec, self.spec.requests, t // self.m
        rate = law.mean
        if law.sd > 0:
            cycle = self.factors.F['cycle'][y] if law.load > 0 else 0.0
            z = self.draws.normal(FEEDER, entity_named('requests'), y)
            rate += law.sd * (math.sqrt(1 - law.load ** 2) * z - law.load * cycle)
        self.requested[y] = min(max(rate, 0.0), 1.0) * (units - waiting)
        asked = waiting + self.requested[y]
        due = self.due[y] = min(asked, spec.gate * units)
        price = self.price[t] * (1 - spec.exit_fee)
        self.dues[t] = due * price
        if price == 0:
            return 0.0, asked
        there = max(0.0, (cash - spec.pocket * value) / (1 - spec.pocket))
        served = due if reaches(there, due * price) else there / price
        self.in_year[y] = max(0.0, served - waiting)
        return served, asked - served

    def pocket_needed(self, y):
        """The part of the value at the start of a year that has to be cash, so that its calls and what the gate lets through are paid."""
        start, end = y * self.m, (y + 1) * self.m
        if y == 0 or end > self.scenario.last or self.value[start - 1] <= 1e-10 * self.stake:
            return math.nan
        lacks, most = 0.0, 0.0
        for t in range(start, end):
            lacks += self.called[t] + self.dues[t] + self.charged[t] - self.subscribed[t] - self.interest[t] - self.received[t]
            most = max(most, lacks)
        return most / self.value[start - 1]

    def measures(self, number):
        m, last = self.m, self.scenario.last
        unit, early = self.price[last], self.bought[0] > 0      # the saver of year 0, if there is one
        flows = [paid + final - subscribed for paid, final, subscribed in zip(self.paid_out, self.final, self.subscribed)]
        defaults = sum(not self.met(t) for t in range(self.size))
        in_full = [y for y in range(len(self.due)) if (y + 1) * m - 1 < last]
        needed = [self.needed[y] for y in in_full[1:]]
        known = [value for value in needed if not math.isnan(value)]
        served = [y for y in in_full if reaches(self.served[(y + 1) * m - 1], self.due[y]) and all(
            self.met(t) for t in range(y * m, (y + 1) * m))]
        return dict(
            feeder_irr=unit ** (m / last) - 1 if early else math.nan, feeder_loss=float(unit < 1 - 1e-10) if early and unit >= 0 else math.nan,
            feeder_pooled_irr=irr(flows, m)[0], feeder_pooled_loss=float(sum(flows) < -1e-10 * sum(self.subscribed)),
            feeder_subscribed=sum(self.subscribed), feeder_paid_out=sum(self.paid_out), feeder_final=sum(self.final),
            feeder_exit_fees=self.exit_fees, feeder_fees=sum(self.fees), feeder_interest=sum(self.interest), feeder_calls=sum(self.paid),
            feeder_unmet=sum(self.called) - sum(self.paid), feeder_defaults=defaults, feeder_defaulted=float(defaults > 0),
            feeder_requested=sum(self.requested) / sum(self.bought),
            feeder_served_in_year=sum(self.in_year) / sum(self.requested) if sum(self.requested) > 0 else math.nan,
            feeder_left_waiting=self.waiting[last] * unit if self.waiting[last] > 0 else 0.0, feeder_years_served=len(served) / len(in_full),
            feeder_pocket_year=needed[number % len(needed)] if needed else math.nan, feeder_pocket_most=max(known, default=math.nan))

    def series(self):
        m, scenario, out = self.m, self.scenario, {}
        whole = lambda series, after: list(series) + [after] * (scenario.periods - len(series))

        def years(series, none=0.0):
            """Each year's value, in the calendar year in which it ends."""
            rows = [none] * scenario.calendar_years
            for y, value in enumerate(series):
                rows[scenario.last_day[ends[y]].year - scenario.last_day[0].year] = value
            return rows
        ends = [min((y + 1) * m, self.size) - 1 for y in range(len(self.due))]
        stock = lambda series: by_year(scenario, whole(series, 0.0), lambda values: values[-1])
        worth = lambda units, price: units * price if units > 0 else 0.0
        out['feeder_value'], out['feeder_cash'], out['feeder_units'] = (whole(series, 0.0) for series in (self.value, self.cash, self.units))
        out['feeder_unit'] = whole([value / units if units > 0 else math.nan for value, units in zip(self.value, self.units)], math.nan)
        for name, series in (('subscribed', self.subscribed), ('interest', self.interest), ('received', self.received), ('calls', self.paid),
                             ('unmet', [called - paid for called, paid in zip(self.called, self.paid)]), ('fees', self.fees),
                             ('paid_out', self.paid_out), ('final', self.final)):
            out['feeder_%s_by_year' % name] = by_year(scenario, whole(series, 0.0), sum)
        waiting = self.waiting[:-1] + [0.0]     # at the end all are paid
        out['feeder_pocket'], out['feeder_waiting_units'] = stock(self.cash), stock(waiting)
        out['feeder_waiting_eur'] = years([worth(waiting[t], self.price[t]) for t in ends])
        out['feeder_requested_units'], out['feeder_served_units'] = years(self.requested), years([self.served[t] for t in ends])
        out['feeder_requested_eur'] = years([worth(units, self.price[t]) for units, t in zip(self.requested, ends)])
        out['feeder_needed'] = years(self.needed, math.nan)
        return out


class Created:
    """What an indicator comes to, of one path and branch: made and lost by period, by instrument and by form."""
    def __init__(self, scenario, item, lives, draws):
        self.made, self.lost = [0.0] * scenario.periods, [0.0] * scenario.periods
        self.instrument, self.form, per_euro = collections.Counter(), collections.Counter(), {}
        for life in lives:
            deal, issuer = life.deal, life.issuer
            if not life.made or item.legal_forms and deal.form not in item.legal_forms or item.sectors and deal.sector not in item.sectors:
                continue
            if issuer.name not in per_euro:
                z = draws.normal(INDICATOR, entity_joined(issuer.entity, entity_named(item.name)), 0)
                per_euro[issuer.name] = lognormal(item.per_meur['mean'], item.per_meur.get('sd', 0.0), z) / 1e6
            rate, produced = per_euro[issuer.name], 0.0
            if item.kind == 'once':
                self.made[deal.t0] += rate * deal.amount
                produced = rate * deal.amount
            else:
                contract = life.contract
                for n in range(1, (contract.ages if contract.end is None else contract.end) + 1):
                    amount = rate / scenario.m * contract.outstanding[n - 1]
                    if life.default is not None and deal.t0 + n >= life.default:
                        self.lost[deal.t0 + n] += amount
                    else:
                        self.made[deal.t0 + n] += amount
                        produced += amount
            self.instrument[deal.instrument] += produced
            self.form[deal.form] += produced


def value_created(path, branch):
    """The measures of value created, and its series by calendar year."""
    scenario, out, series = path.scenario, {}, {}
    invested = sum(life.deal.amount for life in path.lives[branch] if life.made)
    for i, created in enumerate(path.created[branch], 1):
        word = 'indicator_%d' % i
        out[word], out[word + '_lost'] = sum(created.made), sum(created.lost)
        out[word + '_per_million'] = sum(created.made) / (invested / 1e6) if invested else math.nan
        out.update({'%s_form_%d' % (word, n): created.form[form] for n, form in enumerate(scenario.forms, 1)})
        out.update({'%s_%s' % (word, name): created.instrument[name] for name in INSTRUMENTS})
        series[word + '_by_year'] = by_year(scenario, created.made, sum)
        series[word + '_lost_by_year'] = by_year(scenario, created.lost, sum)
    return out, series


# ---------------------------------------------------------------------------------------------------------------------
# Measures (model 9)

def irr(flows, m):
    """Annual effective rate of flows dated (t+1)/m years: (the rate kept, number of roots); NaN and −1 as the model says."""
    if not any(flow < 0 for flow in flows):
        return math.nan, 0
    if not any(flow > 0 for flow in flows):
        return -1.0, 0
    dust = 4 * numpy.finfo(float).eps * math.fsum(map(abs, flows))      # what subtractions leave
    dated = [(float(t + 1) / m, flow) for t, flow in enumerate(flows) if abs(flow) > dust]
    first, last = dated[0][0], dated[-1][0]
    # Times a positive number, so that neither end overflows: in money of the first date where x > 0, of the last else.
    value = lambda x: math.fsum(flow * math.exp(-x * (time - (first if x > 0 else last))) for time, flow in dated)
    signs = sum((a[1] < 0) != (b[1] < 0) for a, b in zip(dated, dated[1:]))
    if signs == 1:
        low, high = -1.0, 1.0
        while value(low) * value(0.0) > 0 and value(high) * value(0.0) > 0:
            low, high = 2 * low, 2 * high
        brackets = [(low, 0.0) if value(low) * value(0.0) <= 0 else (0.0, high)]
    else:
        # 0, often a root, lies between two points. Beyond 8 roots are far apart; amounts that differ by less than
        # the dust, e^34, bring none beyond 34 for a period.
        near, far = numpy.linspace(-8.0, 8.0, 6400), 8.0 * (1 + 34.0 * m / 8.0) ** numpy.linspace(0, 1, 801)[1:]
        grid = numpy.concatenate((-far[::-1], near, far))
        times, amounts = numpy.array([d[0] for d in dated]), numpy.array([d[1] for d in dated])
        start = numpy.where(grid > 0, first, last)
        values = numpy.exp(-grid[:, None] * (times[None, :] - start[:, None])) @ amounts
        brackets = [(grid[i], grid[i + 1]) for i in range(len(grid) - 1) if (values[i] < 0) != (values[i + 1] < 0)]
    roots = [brentq(value, a, b, xtol=1e-15, rtol=1e-15, maxiter=500) for a, b in brackets]
    falls = [x for x, (a, b) in zip(roots, brackets) if value(a) > value(b)]      # x = ln(1+r)
    return (math.expm1(min(falls or roots, key=abs)), len(roots)) if roots else (math.nan, 0)


QUOTA_FULL = ('shares', 'cooperative_shares', 'participating_securities', 'association_securities', 'convertible')


def measures(path, branch):
    """Every measure of one path and branch, by name."""
    guarantee, fund = path.guarantees.get(branch), path.fund.get(branch)
    out = portfolio_measures(path.scenario, [life for life in path.lives[branch] if life.made])
    if branch in path.skipped:
        skipped = lambda name=None: sum(deal.amount for deal in path.skipped[branch] if name in (None, deal.instrument))
        out['skipped'], out['ran_out'] = skipped(), float(not path.skipped[branch])
        out.update({'skipped_' + name: skipped(name) for name in INSTRUMENTS})
    if fund:
        out.update(fund_measures(path.scenario, fund))
        out.update(closing_measures(path.scenario, fund))
        if path.scenario.last_inflow():
            out['waits'] = float(bool(path.waits))
            out['waiting_years'] = sum(path.waits) / len(path.waits) / path.scenario.m if path.waits else math.nan
        out.update(line_measures(path.scenario, fund, path.without_line.get(branch)))
        out.update(investor_measures(path.scenario, fund, path.factors.tmo, out['net_irr_a']))
        out.update(limit_measures(path.scenario, [life for life in path.lives[branch] if life.made], fund))
    if guarantee:
        out.update(guarantee_measures(path.scenario, guarantee, fund, out))
    if fund:
        out.update(public_measures(path.scenario, guarantee, fund, out))
    if path.endowment:
        out.update(path.endowment.measures(out['deals']))
    out.update(value_created(path, branch)[0])
    if path.feeders:
        out.update(path.feeders[branch].measures(path.number))
    return out


def public_flows(scenario, fund):
    """What each period costs the State as investor, and what it pays on its shares."""
    f = scenario.fund
    held = {c: 0.0 if math.isnan(f.public[c]) else f.public[c] for c in 'ABC'}
    paid = [sum(held[c] * f.commitment[c] / f.commitments for c in 'ABC') * call for call in fund.call]
    return paid, [paid[t] - sum(held[c] * getattr(fund, c)[t] for c in 'ABC') for t in range(scenario.periods)]


def public_measures(scenario, guarantee, fund, others):
    """The State as investor and donor (model 13)."""
    f, out = scenario.fund, {}
    rate = scenario.guarantee.reference_rate if scenario.guarantee else DEFAULTS['guarantee']['reference_rate']
    paid, net = public_flows(scenario, fund)
    worth = lambda flows, r: sum(flows[t] / (1 + r) ** ((t + 1) / scenario.m) for t in range(scenario.periods))
    if f.public_shares:
        out['investor_cost'], out['investor_cost_discounted'] = sum(net), worth(net, rate)
        if not math.isnan(f.reference_rate_equity):
            out['investor_cost_equity'] = worth(net, f.reference_rate_equity)
        out['investor_peak'] = max(0.0, max(sum(net[:t + 1]) for t in range(len(net))))
        out['investor_loss'] = float(sum(net) > 1e-10 * sum(paid))
    if f.public_money and not (guarantee and guarantee.has_dotation):
        out['public_cost'] = sum(net) + sum(f.grant) + others.get('net_cost', 0.0)
        out['public_cost_discounted'] = worth(net, rate) + worth(f.grant, rate) + others.get('net_cost_discounted', 0.0)
    return out


def portfolio_measures(scenario, lives):
    """Deals, their losses, the quotas (model 6 and 9)."""
    flows, by_issuer, by_instrument = [0.0] * scenario.periods, collections.Counter(), collections.Counter()
    for life in lives:
        flows[life.deal.t0] -= life.deal.amount
        by_issuer[life.deal.issuer] += life.deal.amount
        by_instrument[life.deal.instrument] += life.deal.amount
        for t in range(scenario.periods):
            flows[t] += life.income[t] + life.capital[t]
    cost = sum(life.deal.amount for life in lives)
    losses = lambda kind, some: sum(getattr(life, kind) for life in some)
    out = {'deals': len(lives), 'defaults': sum(life.default is not None for life in lives)}
    out['gross_irr'], out['roots_gross'] = irr(flows, scenario.m)
    out['cost'] = cost
    if scenario.thesis and any('follow_on' in mix and mix.get('weight', 0.0) > 0 for mix in scenario.thesis.mix.values()):
        out['follow_on_cost'] = sum(life.deal.amount for life in lives if life.deal.follows)
        out['invested_share'] = cost / scenario.thesis.volume
    out['multiple_of_cost'] = (sum(flows) + cost) / cost if cost else math.nan
    for kind in ('default', 'exit', 'forced'):
        out['loss_' + kind] = losses('loss_' + kind, lives)
    largest = max(by_issuer.values(), default=0.0)
    reference = scenario.fund.size if scenario.fund else cost
    out['largest_issuer_share'] = largest / reference if reference else math.nan
    full = sum(by_instrument[name] for name in QUOTA_FULL)
    out['quota_ratio'] = (full + min(by_instrument['bond'], 0.20 * cost)) / cost if cost else math.nan
    out['loan_ratio'] = by_instrument['participating_loan'] / cost if cost else math.nan
    for name in INSTRUMENTS:
        mine = [life for life in lives if life.deal.instrument == name]
        out['cost_' + name] = by_instrument[name]
        for kind in ('default', 'exit', 'forced'):
            out['loss_%s_%s' % (kind, name)] = losses('loss_' + kind, mine)
    for number, name in enumerate(scenario.forms, 1):
        mine = [life for life in lives if life.deal.form == name]
        out['loss_form_%d' % number] = sum(losses('loss_' + kind, mine) for kind in ('default', 'exit', 'forced'))
    return out


def limits(scenario, lives, fund):
    """At each calendar year's end (its last period, quota by date, largest issuer, loans; model 6, 18)."""
    two_years, cost, out = 2 * scenario.m, sum(life.deal.amount for life in lives), []
    for end in by_year(scenario, range(scenario.periods), max):
        held = [life for life in lives if life.deal.t0 <= end < life.end]
        counted = [life for life in lives if life.deal.t0 <= end < life.end + two_years]
        amount = lambda some, names: sum(life.deal.amount for life in some if life.deal.instrument in names)
        capital = 0.0
        for c in 'ABC':
            left, share = 0.0, scenario.fund.commitment[c] / scenario.fund.commitments
            for t in range(end + 1):
                left = max(0.0, left + share * fund.call[t] - getattr(fund, c)[t])
            capital += left
        whole = capital - sum(fund.cost_paid[:end + 1])
        by_issuer = collections.Counter()
        for life in held:
            by_issuer[life.deal.issuer] += life.deal.amount
        quota = math.nan
        if end < scenario.last and whole > 1e-10 * capital:
            quota = (amount(counted, QUOTA_FULL) + min(amount(counted, ['bond']), 0.2 * whole)) / whole
        out.append((end, quota, max(by_issuer.values(), default=0.0) / scenario.fund.size,
                    amount(held, ['participating_loan']) / cost if cost else 0.0))
    return out


def limit_measures(scenario, lives, fund):
    """Whether limits are kept: the quota from the end of the second full year to `quota_until`, the others always."""
    f, m, rows = scenario.fund, scenario.m, limits(scenario, lives, fund)
    until = f.investment_years + 1 if math.isnan(f.quota_until) else f.quota_until
    second = 1 if rows[0][0] + 1 >= m else 2
    due = [quota for end, quota, _, _ in rows[second:] if end + 1 <= nearest(until * m) and not math.isnan(quota)]
    return {'quota_by_date_lowest': min(due, default=math.nan),
            'quota_missed': float(min(due) < 0.5 - 1e-10) if due else math.nan,
            'issuer_limit_passed': float(any(issuer > f.max_issuer_share + 1e-10 for _, _, issuer, _ in rows)),
            'loans_limit_passed': float(any(loans > 0.1 + 1e-10 for _, _, _, loans in rows))}


def investor_measures(scenario, fund, tmo, rate):
    """Hurdle, TMO and what is back by a date (model 16); interest, claw-back and what may be called again beside them."""
    m, last, called = scenario.m, scenario.last, sum(fund.call)
    out = {'hurdle_reached': float(fund.hurdle_a <= 1e-9 * called) if called > 0 else math.nan}
    years = last // m + 1
    out['below_tmo_a'] = math.nan if math.isnan(rate) else float(rate < sum(tmo[y] for y in range(years)) / years - 1e-9)
    grown = lambda t: math.prod(1 + tmo[u // m] / m for u in range(t + 1, last + 1))
    share = scenario.fund.commitment['A'] / scenario.fund.commitments
    paid = sum(share * fund.call[t] * grown(t) for t in range(last + 1))
    out['tmo_pme_a'] = sum(fund.A[t] * grown(t) for t in range(last + 1)) / paid if paid > 0 else math.nan
    for n in (5, 8, 10):
        end = min(n * m - 1, last) + 1
        back = sum(sum(series[:end]) for series in (fund.A, fund.B, fund.C, fund.beneficiary))
        out['dpi_%d' % n] = back / sum(fund.call[:end]) if sum(fund.call[:end]) > 0 else math.nan
    recalled = sum(fund.recalled)
    return dict(out, cash_interest=sum(fund.interest), claw_back=sum(fund.clawed), recallable=recalled, paid_in_net=called - recalled)


def closing_measures(scenario, fund):
    """Class A by the closing that admitted its members (model 16): what newcomers pay is paid in, what comes back no longer is."""
    closings, m = scenario.fund.closings, scenario.m
    if len(closings) < 2:
        return {}
    out, made_even = {}, {k: fund.equalised('A', k) for k in range(1, len(closings))}
    of_class = scenario.fund.commitment['A'] / scenario.fund.commitments
    for n, (first, share) in enumerate(closings):
        there = lambda t: sum(other for period, other in closings if period <= t)
        calls = [of_class * fund.call[t] * share / there(t) if t >= first else 0.0 for t in range(scenario.periods)]
        back = [fund.A[t] * share / there(t) if t >= first else 0.0 for t in range(scenario.periods)]
        paid, received, flows = sum(calls), sum(back), [b - c for b, c in zip(back, calls)]
        for k, (capital, interest) in made_even.items():
            if k == n:
                paid += capital + interest
                flows[closings[k][0]] -= capital + interest
            elif k > n:
                part = share / sum(other for _, other in closings[:k])
                paid -= part * capital
                received += part * interest
                flows[closings[k][0]] += part * (capital + interest)
        out['net_irr_a_closing_%d' % (n + 1)] = irr(flows, m)[0]
        out['tvpi_a_closing_%d' % (n + 1)] = received / paid if paid > 0 else math.nan
    all_of = [fund.equalised(c, k) for c in 'ABC' for k in made_even]
    return dict(out, equalised=sum(pair[0] for pair in all_of), equalisation_interest=sum(pair[1] for pair in all_of))


def line_measures(scenario, fund, without):
    if not fund.lends:
        return {}
    out = dict(borrowed=sum(fund.borrowed), borrowed_at_most=max(fund.balance), line_costs=sum(fund.line_cost))
    if without and not scenario.fund.recycling:
        share = scenario.fund.commitment['A'] / scenario.fund.commitments
        out['net_irr_a_without_line'] = irr([got - share * call for got, call in zip(without.A, without.call)], scenario.m)[0]
    return out


def fund_measures(scenario, fund):
    m, last, out = scenario.m, scenario.last, {}
    called = sum(fund.call)
    for c in 'ABC':
        if scenario.fund.commitment[c] == 0:
            continue
        share = scenario.fund.commitment[c] / scenario.fund.commitments
        received = getattr(fund, c)
        flows = [received[t] - share * fund.call[t] for t in range(scenario.periods)]
        rate, roots = irr(flows, m)
        out['net_irr_' + c.lower()] = rate
        out['tvpi_' + c.lower()] = sum(received) / (share * called) if called > 0 else math.nan
        if c == 'A':
            position = [sum(flows[:t + 1]) for t in range(len(flows))]
            first = next((t for t in range(len(flows)) if fund.call[t] > 0), None)
            back = next((t for t in range(len(flows)) if first is not None and t > first and position[t] >= -1e-10 * called), None)
            out['roots_a'] = roots
            out['payback_years'] = math.nan if back is None else (back + 1) / m
            out['lowest_position_a'] = min(position)
            out['loss_a'] = float(out['tvpi_a'] < 1 - 1e-10)
        if c in 'AB':
            out['distributed_' + c.lower()] = sum(received)
    out['paid_in'] = called
    distributed = sum(fund.A) + sum(fund.B) + sum(fund.C) + sum(fund.beneficiary)
    out['dpi'] = distributed / called if called else math.nan
    nav = fund.nav[last] + fund.cash[last] - fund.cost_waiting[last] - fund.balance[last]
    out['rvpi'] = nav / called if called else math.nan
    out['tvpi'] = (distributed + nav) / called if called else math.nan
    out['carry'] = sum(fund.carry)
    out['carry_paid'] = float(out['carry'] > 0)
    out['capital_c'] = sum(fund.C) - sum(fund.carry)
    out['beneficiary'] = sum(fund.beneficiary)
    out['management_fees'] = sum(fund.paid_management)
    out['other_costs'] = sum(fund.paid_other)
    out['guarantee_costs'] = sum(fund.paid_guarantee)
    out['unpaid_costs'] = fund.cost_waiting[last]
    return out


def state_net_cost(scenario, guarantee, fund):
    """What each period costs the State; what the fund never pays of its debts is lost in t_L."""
    net = [guarantee.payout[t] - guarantee.owed_back[t] - guarantee.fee[t] - guarantee.upside[t]
           + guarantee.operator_cost[t] - guarantee.counter[t] for t in range(scenario.periods)]
    net[scenario.last] += fund.lost_by_guarantor if fund else 0.0
    return net


def guarantee_measures(scenario, guarantee, fund, losses):
    m, last, spec, out = scenario.m, scenario.last, scenario.guarantee, {}
    total = lambda name: sum(getattr(guarantee, name))
    ratio = lambda a, b: a / b if b > 0 else math.nan
    lost = fund.lost_by_guarantor if fund else 0.0
    out['payouts'] = total('payout')
    out['payouts_due'] = guarantee.cumulated[last]
    out['payouts_unpaid'] = guarantee.waiting[last]
    out['fees_received'], out['upside_received'], out['returned'] = total('fee'), total('upside'), total('owed_back')
    out['lost_receivable'] = lost
    out['operator_cost'], out['counter_received'] = total('operator_cost'), total('counter')
    out['yield_received'] = total('interest')
    net = state_net_cost(scenario, guarantee, fund)
    out['net_cost'] = sum(net)
    out['net_cost_discounted'] = sum(net[t] / (1 + spec.reference_rate) ** ((t + 1) / m) for t in range(len(net)))
    if not guarantee.has_dotation:
        out['net_cost_due'], out['net_cost_due_discounted'] = out['net_cost'], out['net_cost_discounted']
        out['net_cost_due_per_euro'] = ratio(out['net_cost'], guarantee.volume)
    out['covered_volume'] = guarantee.volume
    out['net_cost_per_euro'] = ratio(out['net_cost'], guarantee.volume)
    if fund:
        classes = scenario.fund.classes
        public = sum(share['commitment'] * share.get('public_share', 0.0) for share in classes.values()) + sum(scenario.fund.grant)
        if 'public_share' in classes['A']:
            out['private_covered'] = guarantee.volume * (1 - public / scenario.fund.size)
    out['commitment'] = sum(c.layer.quotite * min(c.layer.cap_rate, 1 - c.layer.attachment) * c.volume
                            for c in guarantee.covers)
    out['peak_guaranteed'] = max(guarantee.guaranteed)
    out['fee_base'] = total('base') / m
    out['payouts_net'] = out['payouts'] - out['returned']
    out['coverage'] = ratio(out['payouts_net'], losses['loss_default'] + losses['loss_exit'])
    out['coverage_all'] = ratio(out['payouts_net'], sum(losses['loss_' + kind] for kind in ('default', 'exit', 'forced')))
    late = [t for t in range(last + 1) if guarantee.waiting[t] > 0]
    out['exhausted'] = float(bool(late))
    out['exhaustion_years'] = (late[0] + 1) / m if late else math.nan
    out['residual_balance'] = guarantee.balance[last]
    out['dotation_needed'] = guarantee.dotation_needed()
    for years in (2, 3, 4, 5):
        out['tranche_needed_%d' % years] = guarantee.dotation_needed(years)
    worth = lambda t: (1 + spec.reference_rate) ** (-(t + 1) / m)
    out['residual_discounted'] = guarantee.balance[last] * worth(last)
    out['budget_discounted'] = out['net_cost_discounted']
    if guarantee.has_dotation:
        out['budget_discounted'] = sum((guarantee.dotation[t] + guarantee.operator_cost[t]) * worth(t)
                                       for t in range(last + 1))
        if getattr(scenario.guarantee, 'residual_to', 'state') == 'state':
            out['budget_discounted'] -= out['residual_discounted']
    grants = [(life.deal, grant_equivalent(scenario, c.layer, life.contract)) for c in guarantee.covers for life in c.lives]
    grants = [(deal, grant) for deal, grant in grants if grant is not None]
    out['grant_equivalent'] = sum(grant for deal, grant in grants) if grants else math.nan
    above = set()
    for last_deal, grant in grants:
        three_years = sum(g for deal, g in grants if deal.issuer == last_deal.issuer
                          and 0 <= last_deal.t0 - deal.t0 < 3 * m)
        if three_years > DE_MINIMIS[spec.de_minimis]:
            above.add(last_deal.issuer)
    out['above_de_minimis'] = len(above) if grants else math.nan
    return out


def series(path, branch):
    """The series of one path and branch, by name: by period, or by calendar year."""
    scenario, lives = path.scenario, [life for life in path.lives[branch] if life.made]
    fund, guarantee = path.fund.get(branch), path.guarantees.get(branch)
    size, out = scenario.periods, {}
    running = lambda flows: [sum(flows[:t + 1]) for t in range(size)]
    over = lambda amounts, calls: [a / c if c > 0 else math.nan for a, c in zip(amounts, calls)]
    yearly = lambda flows: by_year(scenario, flows, sum)
    at_end = lambda stock: by_year(scenario, stock, lambda values: values[-1])
    total = lambda name: [sum(getattr(life, name)[t] for life in lives) for t in range(size)]
    if fund:
        out['calls'], out['cash'] = fund.call, fund.cash
        out['distributions'] = [sum(parts) for parts in zip(fund.A, fund.B, fund.C, fund.beneficiary)]
        spare = [fund.cash[t] - fund.cost_waiting[t] - fund.balance[t] for t in range(size)]
        out['nav'], out['nav_sold'] = ([deals + more for deals, more in zip(values, spare)] for values in (fund.nav, fund.nav_sold))
        of_classes = {'a': 'A', 'c': 'C'} | ({'b': 'B'} if scenario.fund.commitment.get('B', 0) > 0 else {})
        if scenario.fund.impact.to != 'class_a':
            of_classes['beneficiary'] = 'beneficiary'
        for letter, name in of_classes.items():
            for which, word in enumerate(('nav_', 'nav_sold_')):
                out[word + letter] = [value[which][name] for value in fund.values] + [0.0] * (size - len(fund.values))
        _, out['quota_by_date'], out['largest_issuer_by_year'], out['loans_by_year'] = zip(*limits(scenario, lives, fund))
        paid_in, distributed = running(fund.call), running(out['distributions'])
        out['dpi'] = over(distributed, paid_in)
        out['tvpi'] = over([d + n for d, n in zip(distributed, out['nav'])], paid_in)
        share = scenario.fund.commitment['A'] / scenario.fund.commitments
        out['net_position_a'] = running([got - share * call for got, call in zip(fund.A, fund.call)])
        out['management_fees'], out['other_costs'] = yearly(fund.paid_management), yearly(fund.paid_other)
        out['guarantee_costs'] = yearly(fund.paid_guarantee)
        if fund.lends:
            out['borrowed'], out['repaid'] = yearly(fund.borrowed), yearly(fund.repaid)
        out['distributions_a'], out['distributions_c'] = yearly(fund.A), yearly(fund.C)
        if scenario.fund.commitment.get('B', 0) > 0:
            out['distributions_b'] = yearly(fund.B)
        out['distributions_beneficiary'] = yearly(fund.beneficiary)
    out['invested'] = yearly([sum(life.deal.amount for life in lives if life.deal.t0 == t) for t in range(size)])
    out['income'], out['capital'] = yearly(total('income')), yearly(total('capital'))
    if guarantee:
        g = guarantee
        out['state_budget'] = yearly(g.dotation if g.has_dotation else g.payout)
        out['state_commitments'] = out['state_budget'] if not g.has_dotation else yearly(
            [sum(row.get('ae', row['amount']) for row in scenario.guarantee.dotation if row['year'] * scenario.m == t) for t in range(size)])
        out['state_operator_cost'], out['state_payouts'], out['state_fees'] = yearly(g.operator_cost), yearly(g.payout), yearly(g.fee)
        out['state_other_receipts'] = yearly([sum(parts) for parts in zip(g.upside, g.owed_back, g.counter)])
        out['state_interest'] = yearly(g.interest)
        if fund:
            out['state_lost_receivable'] = yearly([fund.lost_by_guarantor if t == scenario.last else 0.0 for t in range(size)])
        out['state_net_cost'] = yearly(state_net_cost(scenario, g, fund))
        out['state_dues'] = yearly(g.due)
        if not g.has_dotation:
            out['state_net_cost_due'] = out['state_net_cost']
            out['provision'] = at_end(g.provision())
        out['state_new_guaranteed'] = yearly(g.new_guaranteed)
        out['state_guaranteed'], out['state_balance'] = at_end(g.guaranteed), at_end(g.balance)
        out['state_waiting'] = at_end(g.waiting)
        out['state_booked'] = yearly([paid - fee for paid, fee in zip(g.payout, g.fee)] if fund else
                                     [sum(c.booked(t) for c in g.covers) for t in range(size)])
    if fund and scenario.fund.public_money:
        paid, net = public_flows(scenario, fund)
        if scenario.fund.public_shares:
            out['investor_cost'] = yearly(net)
        out['grants'] = yearly(scenario.fund.grant)
        if not (guarantee and guarantee.has_dotation):
            cost = state_net_cost(scenario, guarantee, fund) if guarantee else [0.0] * size
            out['public_cost'] = yearly([sum(parts) for parts in zip(cost, net, scenario.fund.grant)])
    if path.endowment:
        out.update(path.endowment.series())
    out.update(value_created(path, branch)[1])
    if path.feeders:
        out.update(path.feeders[branch].series())
    return out


def by_year(scenario, values, gather):
    """Values by period gathered by the calendar year of the period's last day."""
    years = {}
    for t, value in enumerate(values):
        years.setdefault(scenario.last_day[t].year, []).append(value)
    return [gather(years[year]) for year in sorted(years)]


# ---------------------------------------------------------------------------------------------------------------------
# One path through every stage, in the order of the model

class Path:
    """All of one path. What is given, draws, periods of default (by branch and issuer), recovery rates (by branch and deal)
    or the impact score, is taken as it is; the rest is drawn and computed."""
    def __init__(self, scenario, number, draws=None, defaults={}, recovery_rates={}, score=None):
        self.scenario, self.number = scenario, number
        draws = draws or Draws(scenario.seed, number)
        self.factors = Factors(scenario, draws)
        self.deals, self.waits = wait_for_closings(scenario, thesis_deals(scenario, draws) + scenario.tape)
        self.without_line = {}
        self.lives, self.issuers, self.fund, self.guarantees, self.skipped = {}, {}, {}, {}, {}
        if scenario.fund:
            impact = scenario.fund.impact
            self.own_score = impact.score_mean
            if impact.score_sd > 0:
                self.own_score = beta_quantile(draws.uniform(IMPACT, 0, 0), impact.score_mean, impact.score_sd)
            self.score = self.own_score if score is None else score
        branches = ['without'] + (['with'] if scenario.guarantee else [])
        if scenario.guarantee and scenario.guarantee.dotation:
            branches.append('kept')
        for branch in branches:
            self.live(branch, draws, defaults, recovery_rates)
            if scenario.fund and scenario.fund.recycling:
                self.choose(branch, draws)
            if branch != 'without':
                self.guarantees[branch] = Guarantee(scenario, self.lives[branch], branch == 'kept')
            if scenario.fund:
                terms = self.lives[branch], self.guarantees.get(branch), self.score, self.factors.tmo
                self.fund[branch] = Fund(scenario, *terms)
                if scenario.fund.line.limit > 0:
                    self.without_line[branch] = Fund(scenario, *terms, lends=False)
        self.guarantee = self.guarantees.get('with')
        self.endowment = Endowment(scenario, draws) if scenario.endowment else None
        self.feeders = {branch: Feeder(scenario, fund, self.factors, draws) for branch, fund in self.fund.items() if scenario.feeder}
        self.created = {branch: [Created(scenario, item, lives, draws) for item in scenario.indicators] for branch, lives in self.lives.items()}
        self.measures = {branch: measures(self, branch) for branch in self.lives}
        for branch in self.guarantees if scenario.guarantee and scenario.guarantee.pass_through > 0 else ():
            own = self.measures[branch]
            own['interest_spared'], own['rates_at_zero'] = self.spared(branch, draws)
            own['debt_dues'], own['debt_fee_base'], own['debt_fees'] = self.guarantees[branch].debt()

    def choose(self, branch, draws):
        """Recycling that invests again (model 16): candidates in their order, each made if the fund can pay it; the others leave."""
        scenario, f, terms, made = self.scenario, self.scenario.fund, self.scenario.fund.recycling, []
        self.lives[branch] = lives = [copy.copy(life) for life in self.lives[branch]]
        end, invested = nearest(scenario.m * terms.get('until_year', f.investment_years)), 0.0
        order = lambda life: (life.deal.follows is not None, 0.0 if life.deal.follows or not scenario.thesis else
                              draws.uniform(CANDIDATE, life.deal.entity, 0))
        self.skipped[branch] = []
        for t in range(end):
            now = sorted((life for life in lives if life.made and life.deal.t0 == t), key=order)
            if not now:
                continue
            guarantee = Guarantee(scenario, made, branch == 'kept') if branch != 'without' else None
            room = Fund(scenario, made, guarantee, self.score, self.factors.tmo).room(t)
            for life in now:
                if life.deal.follows and life.deal.follows.name not in [other.deal.name for other in made]:
                    continue
                layer = next((layer for layer in scenario.layers if covers(layer, life.deal)), None) if branch != 'without' else None
                fee = layer.fee_upfront * layer.quotite if layer and layer.fee_payer == 'fund' else 0.0
                cost = life.deal.amount * (1 + fee)
                if cost > room + 1e-10 * f.size or invested + life.deal.amount > terms['total'] * f.size + 1e-10 * f.size:
                    continue
                room, invested = room - cost, invested + life.deal.amount
                made.append(life)
        names = {life.deal.name for life in made}
        for life in lives:
            there = life.made and (not life.deal.follows or life.deal.follows.name in names)
            if there and life.deal.name not in names:
                self.skipped[branch].append(life.deal)
            if life.deal.name not in names:     # it leaves no trace
                life.made = False
                life.default = life.recovery_period = life.exit_period = life.exit_proceeds = life.end = life.resolution = None

    def live(self, branch, draws, defaults, recovery_rates):
        """The issuers and the settled deals of a branch; those of the other branch where nothing tells them apart."""
        same = 'with' if branch == 'kept' else 'without' if branch == 'with' and not changes_lives(self.scenario) else None
        if same and not (self.scenario.fund and self.scenario.fund.recycling):
            self.lives[branch], self.issuers[branch] = self.lives[same], self.issuers[same]
            return
        by_issuer = collections.defaultdict(list)
        for deal in self.deals:
            by_issuer[deal.issuer].append(deal)
        issuers, lives = {}, []

        def found(name, deals):
            """An issuer, with the default that is given."""
            issuers[name] = Issuer(self.scenario, self.factors, draws, deals, self.hazard(deals, branch))
            issuers[name].own_default = issuers[name].default
            issuers[name].default = defaults.get((branch, name), issuers[name].default)
        for name, deals in by_issuer.items():
            found(name, deals)
        seconds = second_deals(self.scenario, self.deals, issuers, draws)
        for deal in seconds:        # the first deal covered may be the second
            found(deal.issuer, [deal.follows, deal])
        for deal in self.deals + seconds:
            contract = Contract(self.scenario, deal, issuers[deal.issuer], draws, self.cut(deal, branch))
            lives.append(Life(self.scenario, contract, issuers[deal.issuer], recovery_rates.get((branch, deal.name))))
        self.lives[branch], self.issuers[branch] = lives, issuers

    def cut(self, deal, branch):
        """What the fixed rate of a deal falls by (model 14)."""
        return 0.0 if branch == 'without' else sum(rate_cut(self.scenario, layer) for layer in self.scenario.layers if covers(layer, deal))

    def spared(self, branch, draws):
        """Interest that issuers pay less than at their full rates, and deals whose rate has come down to 0."""
        sum_of, at_zero = 0.0, 0
        for life in self.lives[branch]:
            cut, contract = self.cut(life.deal, branch), life.contract
            if life.made and cut > 0 and is_debt(life.deal):
                full = Contract(self.scenario, life.deal, life.issuer, draws)
                end = life.end if life.default is None else life.default - 1
                sum_of += sum(full.income[:end - life.deal.t0 + 1]) - sum(contract.income[:end - life.deal.t0 + 1])
                at_zero += contract.fixed_rate < cut
        return sum_of, at_zero

    def hazard(self, deals, branch):
        """The multiple of the issuer's PDs, and the period after which it holds: that of its first covered deal (model 14)."""
        if branch != 'without':
            for deal in sorted(deals, key=lambda deal: deal.t0):
                for layer in self.scenario.layers:
                    if covers(layer, deal):
                        return pd_multiple(self.scenario, layer), deal.t0
        return 1.0, 0


def pd_multiple(scenario, layer):
    return scenario.guarantee.moral_hazard * (1 + scenario.guarantee.hazard_slope * layer.quotite)


def changes_lives(scenario):
    """Whether the guarantee changes what becomes of issuers."""
    return any(pd_multiple(scenario, layer) != 1 or rate_cut(scenario, layer) > 0
               for layer in scenario.layers if not layer.covers_layer)


def rate_cut(scenario, layer):
    """What fixed rates of debt under a layer fall by; the price and the fee are means over paths, which a results file tells."""
    price, fee = scenario.cover_price
    return scenario.guarantee.pass_through * layer.quotite * max(0.0, price - fee)


# ---------------------------------------------------------------------------------------------------------------------
# Output

def euros(x):
    return '%14.2f' % x


def print_detail(path):
    """Every deal with its flows, every claim, the fund's ledger."""
    print('TMO', ' '.join('%d: %.5f' % item for item in sorted(path.factors.tmo.items())))
    for branch, lives in path.lives.items():
        print('\n== branch', branch)
        for life in lives:
            d = life.deal
            print('\n%s %s %s t0=%d A=%.2f%s' % (d.name, d.form, d.sector, d.t0, d.amount, '' if life.made else ' NOT MADE'))
            if life.default is not None:
                print('  default t=%d O=%.2f %s RR=%.9f recovery %.2f in t=%d' % (
                    life.default, life.O, life.resolution, life.recovery_rate, life.recovery, life.recovery_period))
            if life.exit_period is not None:
                print('  exit t=%d proceeds %.2f' % (life.exit_period, life.exit_proceeds))
            if life.loss_forced:
                print('  forced-sale discount %.2f' % life.loss_forced)
            flows = ['%d: %.2f+%.2f' % (t, life.income[t], life.capital[t]) for t in range(path.scenario.periods)
                     if life.income[t] or life.capital[t]]
            print('  income+capital', ' | '.join(flows))
        if branch == 'with':
            for cover in path.guarantee.covers:
                print('\nlayer', cover.layer.name, 'V=%.2f' % cover.volume)
                for claim, counted in cover.within_ceilings():
                    print('  t=%d %s %s %.2f, within the ceiling %.2f' % (
                        claim.period, claim.deal.name, claim.kind, claim.amount, counted))
            g = path.guarantee
            print('  t' + ''.join('%15s' % name for name in ('due', 'payout', 'owed_back', 'fee', 'balance', 'waiting')))
            for t in range(path.scenario.last + 1):
                print('%3d' % t + ''.join(' ' + euros(getattr(g, name)[t])
                                          for name in ('due', 'payout', 'owed_back', 'fee', 'balance', 'waiting')))
        if branch in path.fund:
            fund = path.fund[branch]
            print('\n  t' + ''.join('%16s' % name for name in fund.columns))
            for t in range(path.scenario.last + 1):
                print('%3d' % t + ''.join('  ' + euros(getattr(fund, name)[t]) for name in fund.columns))


def print_means(scenario, first, paths):
    """A plain Monte Carlo: the mean of every measure, its standard error, and how many values were undefined."""
    sums = {}
    for number in range(first, first + paths):
        for branch, values in Path(scenario, number).measures.items():
            for name, value in values.items():
                entry = sums.setdefault((branch, name), [0, 0.0, 0.0, 0])
                if math.isnan(value):
                    entry[3] += 1
                else:
                    entry[0], entry[1], entry[2] = entry[0] + 1, entry[1] + value, entry[2] + value * value
    for (branch, name), (count, total, squares, undefined) in sums.items():
        mean = total / count if count else math.nan
        variance = max(0.0, squares - total * mean) / (count - 1) if count > 1 else math.nan
        print('%-8s %-40s %18.8g ± %-12.4g%s' % (branch, name, mean, math.sqrt(variance / count) if count > 1 else math.nan,
                                                 ' (%d undefined)' % undefined if undefined else ''))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('scenario')
    parser.add_argument('--path', type=int, default=0, help='first path')
    parser.add_argument('--paths', type=int, default=1)
    parser.add_argument('--seed', type=int)
    parser.add_argument('--set', action='append', default=[], metavar='KEY=VALUE')
    parser.add_argument('--json', action='store_true')
    parser.add_argument('--detail', action='store_true')
    options = parser.parse_args()
    scenario = Scenario(options.scenario, options.set)
    if options.seed is not None:
        scenario.seed = options.seed
    if options.json:
        paths = [Path(scenario, n) for n in range(options.path, options.path + options.paths)]
        print(json.dumps([dict(path=p.number, **p.measures) for p in paths], indent=1))
    elif options.paths > 1:
        print_means(scenario, options.path, options.paths)
    else:
        path = Path(scenario, options.path)
        if options.detail:
            print_detail(path)
        for branch, values in path.measures.items():
            for name, value in values.items():
                print('%-8s %-40s %.12g' % (branch, name, value))


if __name__ == '__main__':
    main()
