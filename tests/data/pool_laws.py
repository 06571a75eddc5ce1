#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exact laws of the loss of finite pools over one period, by quadrature; writes pool_losses.csv. Knows nothing of the simulator.

Given the factor y and the mixing variable W, deals default independently with probability
    p = Phi((T / sqrt(W) - sqrt(rho) y) / sqrt(1 - rho)),   T = t_dof^-1(PD) and W = dof / chi2_dof (Student), T = Phi^-1(PD) and W = 1 (Gauss);
Vasicek 1987 for Gauss, and for Student the same with the threshold divided by sqrt(W) (docs/method.md, issuers). The law given (y, W) is
the convolution of the deals one by one (Andersen, Sidenius, Basu 2003) on a lattice that all losses are whole multiples of. It is
averaged over y by the trapezoid rule on [-10, 10] and over log(1/sqrt(W)), whose density is proportional to s^dof exp(-dof s^2/2)
at s = 1/sqrt(W), by the trapezoid rule too: both integrands are analytic and die faster than exponentially, so halving the steps
changes nothing above 1e-13, which the script checks. It also checks the mean, sum of PD x LGD x exposure, and with two deals
the probability that both default against the bivariate normal law of scipy and the density of the bivariate Student law.

Needs numpy and scipy:   /usr/bin/python3 tests/data/pool_laws.py > tests/data/pool_losses.csv
"""
import csv
import os
import sys

import numpy as np
from scipy import integrate, stats
from scipy.special import ndtr, ndtri, stdtr

LEVELS = (0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999)
TAILS = (0.95, 0.99)


def student_quantile(p, dof):
    """scipy's is right to ten digits; two Newton steps give the others."""
    t = stats.t.ppf(p, dof)
    for _ in range(2):
        t = t - (stdtr(dof, t) - p) / stats.t.pdf(t, dof)
    return t


def nodes(dof, finer):
    """Pairs (1/sqrt(W), weight) of the mixing variable; one pair for Gauss."""
    if dof is None:
        return [(1.0, 1.0)]
    x = np.arange(-14.0, 2.2, 0.1 / finer)
    density = np.exp(dof * x - dof * np.exp(2 * x) / 2)
    return [(float(np.exp(a)), float(w)) for a, w in zip(x, density / density.sum()) if w > 1e-19]


def law(steps, pd, rho, dof, finer=1):
    """Probability of each whole number of lattice steps lost; deal i loses steps[i] with probability pd[i]."""
    y = np.arange(-10, 10.0001, 0.1 / finer)
    weight = stats.norm.pdf(y) / stats.norm.pdf(y).sum()
    threshold = ndtri(pd) if dof is None else student_quantile(pd, dof)
    total = np.zeros(sum(steps) + 1)
    for scale, mixing in nodes(dof, finer):
        given = np.zeros((len(y), len(total)))
        given[:, 0] = weight * mixing
        reach = 0
        for step, t in zip(steps, threshold):
            p = ndtr((t * scale - np.sqrt(rho) * y) / np.sqrt(1 - rho))[:, None]
            moved = given[:, :reach + 1] * p
            given[:, :reach + 1] *= 1 - p
            given[:, step:reach + step + 1] += moved
            reach += step
        total += given.sum(axis=0)
    return total


def bivariate_t(threshold, rho, dof):
    """P(both below the threshold) of a bivariate Student law, from its density by quadrature in two dimensions."""
    def density(x, y):
        return (1 + (x * x - 2 * rho * x * y + y * y) / (dof * (1 - rho * rho))) ** (-dof / 2 - 1) / (2 * np.pi * np.sqrt(1 - rho * rho))
    return integrate.dblquad(density, -np.inf, threshold, -np.inf, threshold, epsabs=1e-11)[0]


def check_pairs():
    """Two equal deals: the probability that both default is that of the bivariate law."""
    for dof in (None, 4.0):
        both = law([1, 1], np.array([0.08, 0.08]), 0.12, dof)[2]
        shape = [[1, 0.12], [0.12, 1]]
        if dof is None:
            exact = stats.multivariate_normal([0, 0], shape).cdf([ndtri(0.08)] * 2)
            assert abs(both - exact) < 1e-7, (both, exact)
        else:
            exact = bivariate_t(student_quantile(0.08, dof), 0.12, dof)
            assert abs(both - exact) < 1e-9, (both, exact)
        print("both default, dof %s: %.10f, bivariate law %.10f" % (dof, both, exact), file=sys.stderr)


def shortfall(loss, probability, level):
    """Mean of the worst 1 - level, the atom at the quantile in part (Acerbi and Tasche 2002)."""
    distribution = np.cumsum(probability)
    at = int(np.searchsorted(distribution, level - 1e-12))
    above = float((probability[at + 1:] * loss[at + 1:]).sum())
    return (above + (distribution[at] - level) * loss[at]) / (1 - level)


def rows_of(name, exposure, pd, lgd, rho, dof, unit):
    """Lattice of `unit` M€: every exposure x LGD is a whole number of it."""
    exposure, pd, lgd = (np.array(values, dtype=float) for values in (exposure, pd, lgd))
    steps = [int(round(loss)) for loss in exposure * lgd / unit]
    assert np.allclose(np.array(steps) * unit, exposure * lgd, atol=1e-12)
    probability, finer = law(steps, pd, rho, dof), law(steps, pd, rho, dof, 2)
    assert abs(probability - finer).max() < 1e-13, abs(probability - finer).max()
    loss = np.arange(len(probability)) * unit
    mean = float((probability * loss).sum())
    assert abs(mean - (exposure * pd * lgd).sum()) < 1e-9, mean
    distribution = np.cumsum(probability)
    yield name, "mean", "-", mean
    yield name, "sd", "-", float(np.sqrt((probability * (loss - mean) ** 2).sum()))
    for level in LEVELS:
        at = int(np.searchsorted(distribution, level - 1e-12))
        yield name, "F", "%.17g" % loss[at], float(distribution[at])
    for level in TAILS:
        at = int(np.searchsorted(distribution, level - 1e-12))
        yield name, "ES%g" % (100 * level), "%.17g" % loss[at], shortfall(loss, probability, level)


def main():
    check_pairs()
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "portfolio_40.csv"), encoding="utf-8") as file:
        deals = list(csv.DictReader(line for line in file if line[0] != "#"))
    exposure, pd, lgd = ([float(deal[key]) for deal in deals] for key in ("exposure_MEUR", "PD", "LGD"))
    print("# Exact laws of the loss of pools of 100 M€ over one period, made by pool_laws.py: mean and sd in M€; F: the distribution function at the")
    print("# exact quantiles of 50 to 99.9 %; ES95, ES99: the mean of the worst 5 and 1 %, beyond that quantile. Names as in pool_payouts.csv; _t4: Student dependence with 4 degrees of freedom.")
    print("case,quantity,at,value")
    for dof, suffix in ((None, ""), (4.0, "_t4")):
        alike = (("H1_40x2.5_pd8_rho0.1_lgd100", 40, 2.5, 0.08, 0.1, 1.0), ("H2_40x2.5_pd8_rho0_lgd100", 40, 2.5, 0.08, 0.0, 1.0),
                 ("H4_40x2.5_pd8_rho0.1_lgd60", 40, 2.5, 0.08, 0.1, 0.6), ("H5_20x5_pd15_rho0.12_lgd100", 20, 5.0, 0.15, 0.12, 1.0),
                 ("H7_200x0.5_pd5_rho0.12_lgd40", 200, 0.5, 0.05, 0.12, 0.4))
        cases = [(name, [size] * n, [p] * n, [l] * n, rho, size * l) for name, n, size, p, rho, l in alike]
        cases += [("P1_hetexp_pd8_rho0.1_lgd100", exposure, [0.08] * 40, [1.0] * 40, 0.1, 0.5),
                  ("P2_hetexp_pd3_rho0.12_lgd100", exposure, pd, [1.0] * 40, 0.12, 0.5),
                  ("P3_hetexp_pd3_lgd4_rho0.12", exposure, pd, lgd, 0.12, 0.025)]
        for name, sizes, p, l, rho, unit in cases:
            for row in rows_of(name + suffix, sizes, p, l, rho, dof, unit):
                print("%s,%s,%s,%.15g" % row, flush=True)


main()
