#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the twin with `milliard replay`: random paths of a results file, every number that a replay exports.

    against_replay.py MILLIARD RUN.h5 --paths 300      exit status 1 if anything differs, or is missing

The twin takes the exported draws, periods of default and recovery rates as given and computes all the rest: 1e-9
relative. What is given is checked apart: each draw against the twin's own at its address, each recovery rate
against scipy's Beta quantile, each period of default against the hazard that the twin cumulates.
"""
import argparse
import functools
import gc
import json
import math
import os
import random
import subprocess
import sys

import h5py
import libconf
import numpy
from scipy.special import ndtri

import milliard_twin as twin

# Relative to the number, or to SMALL times the money at stake (the ticket of a deal; a fund's commitments, a scheme's
# volume; 1 where it is no money) if the number is smaller: a balance or a sum that falls to nearly nothing keeps the
# roundings, some 1e-16 each, of what it is made of. A millionth of a euro on 100 M€, far less on a ticket.
RELATIVE, SMALL = 1e-9, 1e-5
NORMAL = 2e-14          # relative, of normal draws: the program's quantile is good to 1e-14, scipy's to about as much
UNITS = 'bought served units waiting requested in_year due'.split()     # of a feeder, a euro each at first, and held to the same
INTERPOLATED = 1e-6     # absolute: the program interpolates quantiles of Beta and chi-square laws
HAZARD = 1e-9           # absolute: how near its threshold a cumulated hazard may be taken for either side of it

STREAMS = ['', 'factor', 'sector', 'mixing', 'portfolio', 'issuer', 'performance', 'instrument', 'impact', 'follow_on', 'candidate', 'endowment', 'world',
           'bootstrap', 'indicator', 'feeder']

# What an export holds and is not compared: the first says who made the file and the program; `why` is a sentence made of
# the other columns; the last two are names. Nor are a tape's own columns, whose names begin with #.
NOT_COMPARED = ['provenance', 'deals.why', 'measures.label', 'measures.unit']


class Missing(Exception):
    """What the export or the twin should hold, and does not."""


class Interpolated(float):
    """A number of the twin that the program interpolates, hence compared at INTERPOLATED."""


class ExportedDraws(twin.Draws):
    """The draws of an export, and none but these."""
    def __init__(self, rows, path):
        self.rows, self.path = rows, path

    def of_run(self):
        return ExportedDraws(self.rows, twin.PATH_OF_RUN)

    def both(self, stream, entity, index):
        try:
            return self.rows[stream, entity, self.path, index]
        except KeyError:
            raise Missing('the export has no draw of stream %s, entity %016x, path %d, index %d' % (
                STREAMS[stream], entity, self.path, index)) from None

    def uniform(self, stream, entity, index):
        return self.both(stream, entity, index)[0]

    def normal(self, stream, entity, index):
        return self.both(stream, entity, index)[1]


class Export:
    """The tables of one replayed path."""
    def __init__(self, milliard, file_name, number):
        self.number = number
        replay = subprocess.run([milliard, 'replay', file_name, str(number), '--json', '--draws'], capture_output=True)
        if replay.returncode != 0:
            raise Missing(replay.stderr.decode('utf-8'))
        self.tables = json.loads(replay.stdout)['tables']

    def rows(self, table):
        names = [column['name'] for column in self.tables[table]['columns']]
        return [dict(zip(names, row)) for row in self.tables[table]['rows']]

    def draws(self):
        """{(stream, entity, path, index): (uniform, normal, name of the entity)}."""
        return {(STREAMS.index(stream), int(entity, 16), path, index): (uniform, normal, name)
                for stream, name, entity, path, index, uniform, normal in self.tables['draws']['rows']}

    def given(self):
        """Periods of default by branch and issuer, recovery rates by branch and deal, the impact score."""
        defaults, rates = {}, {}
        for row in self.rows('deals'):
            for branch in ('without', 'with') if row['design'] == 'both' else (row['design'],):
                defaults[branch, row['issuer']] = row['issuer_default_period']
                rates[branch, row['deal']] = row['recovery_rate']
        return defaults, rates, self.rows('fund')[0]['impact_score'] if 'fund' in self.tables else None


# ---------------------------------------------------------------------------------------------------------------------
# The tables of an export as the twin gives them: for each row its key, the money at stake, its values by column

def sets(path):
    """(the export's word, the twin's branch) of what branches may share; kept has the lives of with."""
    if path.skipped:        # each fund chooses its deals
        return [(branch, branch) for branch in path.lives]
    if 'with' in path.lives and not twin.changes_lives(path.scenario):
        return [('both', 'without')]
    return [(branch, branch) for branch in path.lives if branch != 'kept']


def factors(path):
    f, scenario = path.factors, path.scenario
    row = lambda year, kind, name, level, innovation=None: (
        (year, kind, name), 1.0, dict(calendar_year=scenario.last_day[0].year + year, level=level, innovation=innovation))
    for year, rate in f.tmo.items():
        yield row(year, 'rate', 'tmo', rate)
    for year in range(scenario.years):
        for name in scenario.names:
            yield row(year, 'factor', name, f.F[name][year], f.drawn[name][year])
        for name in scenario.factors.sectors:
            yield row(year, 'sector', name, f.F[name][year], f.e[name][year])
        for name, form in scenario.forms.items():
            yield row(year, 'legal_form', name, f.named_part(name, f.F, year) / form.norm,
                      f.named_part(name, f.e, year) / form.innovation_norm)
        yield row(year, 'mixing', 'W', Interpolated(f.W[year]))


def issuers(path):
    """Performance is known where its draw is: of no issuer whose instruments do not read it."""
    def known(answer, a):
        try:
            return answer(a)
        except Missing:
            return None
    for issuer in path.issuers['without'].values():
        first = issuer.t0 // path.scenario.m
        for a in range(path.scenario.years - first):
            yield (issuer.name, a), 1.0, dict(
                calendar_year=path.scenario.last_day[0].year + first + a,
                systematic=path.factors.index(issuer.form, issuer.sector, first + a),
                quality=known(issuer.Q, a), surplus=known(issuer.s, a))


def default_period(issuer):
    """The twin's own period of default, or the export's where the hazard cumulated at the earlier is on the threshold."""
    own, theirs = issuer.own_default, issuer.default
    if own == theirs:
        return own
    earlier = min(t for t in (own, theirs) if t is not None)
    near = abs(issuer.cumulated.get(earlier, math.inf) - issuer.threshold) <= HAZARD
    return theirs if near else own


def deals(path):
    for word, branch in sets(path):
        for life in path.lives[branch]:
            deal, lost = life.deal, life.default is not None
            layer = next((layer.name for layer in path.scenario.layers if twin.covers(layer, deal)), '')
            when = lambda condition, value: value if condition else None
            yield (word, deal.name), deal.amount, dict(
                issuer=deal.issuer, instrument=deal.instrument, legal_form=deal.form, sector=deal.sector, layer=layer,
                period=deal.t0, waits=deal.waits, amount=deal.amount, made=int(life.made), threshold=life.issuer.threshold,
                issuer_default_period=default_period(life.issuer), default_period=life.default,
                resolution=life.resolution or '', recovery_rate=Interpolated(life.own_recovery_rate) if lost else None,
                defaulted_outstanding=when(lost, life.O), recovery=when(lost, life.recovery),
                recovery_period=life.recovery_period, exit_period=life.exit_period, exit_proceeds=life.exit_proceeds,
                last_period=life.end, default_loss=when(life.made, life.loss_default),
                exit_loss=when(life.made, life.loss_exit), forced_discount=when(life.made, life.loss_forced))


def flows(path):
    for word, branch in sets(path):
        for life in path.lives[branch]:
            for t in range(life.deal.t0, life.end + 1) if life.made else ():
                yield (word, life.deal.name, t), life.deal.amount, dict(
                    invested=life.deal.amount if t == life.deal.t0 else 0.0, income=life.income[t],
                    capital=life.capital[t], outstanding=life.outstanding[t], nav=life.nav[t])


def pools(path):
    for word, branch in sets(path):
        lives = [life for life in path.lives[branch] if life.made]
        total = {name: [0.0] * path.scenario.periods for name in ('invested', 'income', 'capital', 'outstanding', 'nav')}
        for life in lives:
            total['invested'][life.deal.t0] += life.deal.amount
            for name in ('income', 'capital', 'outstanding', 'nav'):
                twin.add_to(total[name], getattr(life, name))
        for t in range(path.scenario.last + 1):
            yield (word, t), path.stake, {name: series[t] for name, series in total.items()}


def claims(path):
    for cover in path.guarantee.covers:
        for claim, counted in cover.within_ceilings():
            yield (cover.layer.name, claim.deal.name, claim.kind), claim.deal.amount, dict(
                issuer=claim.deal.issuer, event_period=claim.event, period=claim.period, amount=claim.amount, counted=counted)


def layers(path):
    for cover in path.guarantee.covers:
        for t in range(path.scenario.last + 1):
            yield (cover.layer.name, t), path.stake, dict(
                covered_loss=cover.covered[t], attachment=cover.layer.attachment * cover.volume,
                cap=cover.layer.cap_rate * cover.volume, quotite=cover.layer.quotite, cumulated_due=cover.cumulated[t],
                due=cover.due[t])


def guarantor(path):
    named = dict(covered_loss='covered', cumulated_due='cumulated', fee_base='base')
    for t in range(path.scenario.last + 1):
        yield (t,), path.stake, {name: getattr(path.guarantee, named.get(name, name))[t] for name in (
            'interest dotation fee fee_fund upside owed_back counter due payout waiting balance covered_loss '
            'cumulated_due fee_base guaranteed new_guaranteed operator_cost').split()}


FUND_COLUMNS = dict(
    management_charged='management', other_charged='other', guarantee_charged='guarantee_cost', guarantee_fee='guarantee_fee',
    management_paid='paid_management', other_paid='paid_other', guarantee_paid='paid_guarantee', costs_waiting='cost_waiting',
    distributed_a='A', distributed_b='B', distributed_c='C', nav_deals='nav',
    **{name: name for name in ('management_waiting other_waiting guarantee_waiting invested income capital payout call carry '
                               'beneficiary impact_to_a set_aside aside_used cash outstanding interest recalled clawed').split()})


def fund(path):
    for branch, ledger in path.fund.items():
        for t in range(path.scenario.last + 1):
            values = {name: getattr(ledger, column)[t] for name, column in FUND_COLUMNS.items()}
            if ledger.lends:
                values.update(borrowed=ledger.borrowed[t], repaid=ledger.repaid[t], line_charged=ledger.line_cost[t], line_balance=ledger.balance[t])
            if path.scenario.fund.grants:
                values.update(granted=path.scenario.fund.grant[t], unspent=ledger.unspent[t])
            yield (branch, t), path.stake, dict(values, impact_score=Interpolated(path.own_score))


def waterfall(path):
    for branch, ledger in path.fund.items():
        for t in range(path.scenario.last + 1):
            for rank, (tier, paid) in enumerate(zip(path.scenario.fund.tiers, ledger.tiers[t]), 1):
                to = 'all' if tier['type'] in ('catch_up', 'split') else tier['to']
                yield (branch, t, rank), path.stake, dict(tier=tier['type'], to=to, paid=paid)


def closings(path):
    rows, committed = path.scenario.fund.closings, path.scenario.fund.commitment
    for branch, ledger in path.fund.items():
        for k in range(1, len(rows)):
            for c in (c for c in 'ABC' if committed[c] > 0):
                capital, interest = ledger.equalised(c, k)
                yield (branch, k + 1, c), path.stake, dict(
                    period=rows[k][0], admitted=rows[k][1] * committed[c], part=rows[k][1] / sum(share for _, share in rows[:k + 1]),
                    capital=capital, interest=interest)


def measures(path):
    for branch, values in path.measures.items():
        for name, value in values.items():
            yield (branch, name), path.stake, dict(file=value, replay=value)


def endowment(path):
    flows = path.endowment
    for y in range(path.scenario.endowment.horizon_years):
        yield (y,), flows.stake, {name: getattr(flows, name)[y] for name in 'received cost cost_unpaid granted projects balance'.split()}


def feeder(path):
    for branch, flows in path.feeders.items():
        for t in range(path.scenario.last + 1):
            yield (branch, t), flows.stake, {name: getattr(flows, name)[t] for name in flows.PERIODS}


def feeder_years(path):
    for branch, flows in path.feeders.items():
        for y in range(path.scenario.last // path.scenario.m):
            yield (branch, y), flows.stake, dict(calendar_year=path.scenario.last_day[(y + 1) * path.scenario.m - 1].year, **{name: getattr(flows, name)[y] for name in flows.YEARS})


def indicators(path):
    scenario = path.scenario
    for word, branch in sets(path):
        for item, created in zip(scenario.indicators, path.created[branch]):
            made, lost = (twin.by_year(scenario, series, sum) for series in (created.made, created.lost))
            for year, values in enumerate(zip(made, lost)):
                yield (word, item.name, scenario.last_day[0].year + year), 1.0, dict(zip(('made', 'lost'), values))


# The columns that name a row, and the rows.
TABLES = dict(
    factors=('year kind name', factors), issuers=('issuer anniversary', issuers), deals=('design deal', deals),
    flows=('design deal period', flows), pools=('design period', pools), claims=('layer deal kind', claims),
    layers=('layer period', layers), guarantor=('period', guarantor), fund=('design period', fund),
    waterfall=('design period rank', waterfall), closings=('design closing class', closings), measures=('design measure', measures),
    feeder=('design period', feeder), feeder_years=('design year', feeder_years), endowment=('year', endowment), indicators=('design indicator calendar_year', indicators))


# ---------------------------------------------------------------------------------------------------------------------
# Comparing

@functools.lru_cache(maxsize=None)
def entity_of(scenario, stream, name):
    """The entity that an export calls by a name."""
    if stream in (twin.MIXING, twin.IMPACT):
        return 0
    if stream in (twin.FACTOR, twin.SECTOR):
        return twin.entity_named(name)
    if stream == twin.FEEDER or name == 'donations' and stream == twin.ENDOWMENT:
        return twin.entity_named(name)
    if stream == twin.INDICATOR:
        issuer, item = name.rsplit(':', 1)
        return twin.entity_joined(entity_of(scenario, twin.ISSUER, issuer), twin.entity_named(item))
    if stream == twin.ENDOWMENT:
        return twin.entity_slot(*(kind(word) for kind, word in zip((str, int), name.split('-'))))
    if scenario.tape:
        return twin.entity_named(('issuer:' if stream in (twin.ISSUER, twin.PERFORMANCE) else 'deal:') + name)
    if name.endswith('+'):
        return twin.entity_following(entity_of(scenario, stream, name[:-1]))
    instrument, slot = name.rsplit('-', 1)
    return twin.entity_slot(instrument, int(slot))


class Comparison:
    """Differences met, and the largest of those that are let pass."""
    def __init__(self):
        self.compared, self.differences = 0, []
        self.largest, self.interpolated, self.normal = (0.0, 'none'), 0.0, 0.0

    def value(self, where, ours, theirs, money=1.0):
        """Numbers as near as asked, texts equal; NaN and null are both undefined."""
        self.compared += 1
        if isinstance(ours, float) and math.isnan(ours):
            ours = None
        if ours == theirs:
            return
        if ours is None or theirs is None or isinstance(ours, str):
            return self.differ(where, ours, theirs)
        gap = abs(ours - theirs)
        if isinstance(ours, Interpolated):
            self.interpolated = max(self.interpolated, gap)
            within = gap <= INTERPOLATED
        else:
            gap /= max(abs(ours), abs(theirs), SMALL * money)
            self.largest = max(self.largest, (gap, '.'.join(where[1:3])))
            within = gap <= RELATIVE
        if not within:
            self.differ(where, ours, theirs)

    def differ(self, where, ours, theirs):
        self.differences.append('path %s, %s.%s, %s: twin %r, replay %r' % (*where, ours, theirs))

    def table(self, export, name, keys, ours, days):
        """Each row of a table, each column; dates are those of the periods beside them."""
        columns = {column['name']: (at, column['unit']) for at, column in enumerate(export.tables[name]['columns'])}
        key_at = [columns.pop(key)[0] for key in keys]
        unit_at = columns['unit'][0] if name == 'measures' else None
        columns = {column: found for column, found in columns.items() if name + '.' + column not in NOT_COMPARED and column[0] != '#'}
        ours = {key: (money, values) for key, money, values in ours}
        for _, values in list(ours.values())[:1]:
            if not set(values) <= set(columns):
                raise Missing('the export has no column %s of %s' % (sorted(set(values) - set(columns)), name))
        for row in export.tables[name]['rows']:
            key = tuple(row[at] for at in key_at)
            money, values = ours.pop(key, (0.0, None))
            if values is None:
                self.differ((export.number, name, 'row', key), 'none', 'a row')
                continue
            for column, (at, unit) in columns.items():
                if column in values:
                    euros = unit == 'EUR' or name.startswith('feeder') and column in UNITS or (unit_at is not None and row[unit_at] == 'EUR')
                    where = (export.number, name, key[1] if name == 'measures' else column, key)
                    self.value(where, values[column], row[at], money if euros else 1.0)
                elif column.endswith('date'):
                    period = values.get(column[:-len('date')] + 'period', key[keys.index('period')] if 'period' in keys else None)
                    self.value((export.number, name, column, key), '' if period is None else days[period], row[at])
                else:
                    raise Missing('the twin has no column %s.%s' % (name, column))
        for key in ours:
            self.differ((export.number, name, 'row', key), 'a row', 'none')

    def draws(self, export, scenario):
        """Each exported draw is that of its address: uniforms to the bit, normals as near as two quantiles are."""
        rows, seed = export.draws(), scenario.seed
        stream, entity, path, index = numpy.array(list(rows), dtype=numpy.uint64).T
        words = twin.philox((stream << numpy.uint64(24) | index // 2, path, entity & twin.MASK, entity >> numpy.uint64(32)),
                            (seed & twin.MASK, seed >> 32))
        low, high = numpy.where(index % 2 == 0, words[:2], words[2:])
        u = ((high << numpy.uint64(32) | low) >> numpy.uint64(12)) * 2.0 ** -52 + 2.0 ** -53
        normals = ndtri(u)
        for key, ours, z, (uniform, normal, name) in zip(rows, u, normals, rows.values()):
            where = (export.number, 'draws', STREAMS[key[0]], '%016x, path %d, index %d' % key[1:])
            self.compared += 1
            if ours != uniform or entity_of(scenario, key[0], name) != key[1]:
                self.differ(where, '%r of %s' % (ours, name), uniform)
            if normal is not None:
                self.normal = max(self.normal, abs(z / normal - 1))
                if abs(z / normal - 1) > NORMAL:
                    self.differ(where, z, normal)

    def series(self, kept, number, path):
        """Every period or year of the trajectories that the file keeps of a path."""
        for branch in path.lives:
            ours = twin.series(path, branch)
            if set(kept[branch]) != set(ours):
                raise Missing('series of one side only: %s' % sorted(set(kept[branch]) ^ set(ours)))
            for name, (unit, rows) in kept[branch].items():
                money = path.stake if unit == 'EUR' or name.startswith('feeder_') and 'units' in name else 1.0
                for step, theirs in enumerate(rows[number].tolist()):
                    where = (number, 'series', name, (branch, step))
                    self.value(where, ours[name][step], None if math.isnan(theirs) else theirs, money)

    def path(self, scenario, export):
        """The twin's path of an export, compared with all its tables."""
        path = twin.Path(scenario, export.number, ExportedDraws(export.draws(), export.number), *export.given())
        path.stake = scenario.fund.commitments if scenario.fund else sum(deal.amount for deal in path.deals)
        self.draws(export, scenario)
        days = [str(day) for day in scenario.last_day]
        absent = ([] if path.fund else ['fund', 'waterfall']) + ([] if path.guarantee else ['claims', 'layers', 'guarantor'])
        absent += [] if path.fund and len(scenario.fund.closings) > 1 else ['closings']
        absent += [] if path.feeders else ['feeder', 'feeder_years']
        absent += [] if path.endowment else ['endowment']
        absent += [] if scenario.indicators else ['indicators']
        names = [name for name in TABLES if name not in absent]
        if set(export.tables) != set(names) | {'provenance', 'draws'}:
            raise Missing('tables of one side only: %s' % sorted(set(export.tables) ^ set(names)))
        for name in names:
            keys, rows = TABLES[name]
            self.table(export, name, keys.split(), rows(path), days)
        return path


def trajectories(file):
    """{branch: {name: (unit, a row of periods or years for each of the first paths)}}; how many paths."""
    kept = {branch: {name: (data.attrs['unit'], data[...]) for name, data in group.items() if name not in file['axes']}
            for branch, group in file['trajectories'].items() if branch not in file['axes']}
    return kept, len(file['axes/trajectory'])


def part_of(numbers, parts):
    """As tests/support/part.h: runs of as many consecutive commits as there are parts compare them all."""
    said = os.environ.get('MILLIARD_PART', '0')
    if parts == 1 or said == 'all':
        return numbers
    print('part %d of %d (MILLIARD_PART)' % (int(said) % parts, parts))
    return numbers[int(said) % parts::parts]


def compare(options):
    """Compares the paths, prints what differs and a line for docs/trust.md; True if nothing does."""
    comparison, deals_met, defaults, on_threshold = Comparison(), 0, 0, 0
    with h5py.File(options.file, 'r') as file:
        scenario = twin.Scenario(options.file, tree=libconf.loads(file['scenario/text'][()].decode('utf-8')))
        scenario.seed, name = int(file.attrs['seed']), file.attrs['name'].decode('utf-8')
        if 'cover_price' in file.attrs:
            scenario.cover_price = float(file.attrs['cover_price']), float(file.attrs['cover_fee'])
        kept, traced = trajectories(file)
        numbers = part_of(random.Random(1).sample(range(len(file['axes/path'])), options.paths), options.parts)
    for number in numbers:
        path = comparison.path(scenario, Export(options.milliard, options.file, number))
        if number < traced:
            comparison.series(kept, number, path)
        deals_met += len(path.deals)
        for _, branch in sets(path):
            defaults += sum(life.default is not None for life in path.lives[branch])
            on_threshold += sum(issuer.own_default != issuer.default for issuer in path.issuers[branch].values())
    for difference in comparison.differences[:20]:
        print(difference)
    print('oracle: %s, %d paths | independent program, tests/twin/milliard_twin.py | 1e-9 relative given draws, default periods '
          'and interpolated quantiles; recovery 1e-6; default period equal | %s; largest %.1e (%s), recovery %.1e, normal '
          'draws %.1e, %d defaults on the threshold; %s numbers of %s deals, %s defaults' % (
              name, len(numbers),
              '%d DIFFERENCES' % len(comparison.differences) if comparison.differences else 'no difference',
              *comparison.largest, comparison.interpolated, comparison.normal, on_threshold,
              *('{:,}'.format(n) for n in (comparison.compared, deals_met, defaults))))
    return comparison.compared > 0 and not comparison.differences


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    gc.disable()        # a path is some hundred thousand small objects without a cycle: searching them took a third of the time
    parser.add_argument('milliard')
    parser.add_argument('file')
    parser.add_argument('--parts', type=int, default=1, help='into how many they are cut; MILLIARD_PART says which is compared, or all')
    parser.add_argument('--paths', type=int, default=10, help='how many, chosen at random, always the same')
    try:
        sys.exit(0 if compare(parser.parse_args()) else 1)
    except Missing as missing:
        sys.exit(str(missing))


if __name__ == '__main__':
    main()
