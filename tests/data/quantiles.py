#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes quantiles.csv: quantiles of Beta, Gamma and Student laws at probability Phi(v), to 18 digits.

What is written is w, where rounding has least say: the logit of a Beta variable, the logarithm of a
Gamma one of scale 1, and Student's variable itself. Needs mpmath (Debian: python3-mpmath), and some
minutes. Each is a root, at 34 digits, of the logarithm of a tail, found by halving.

    /usr/bin/python3 tests/data/quantiles.py > tests/data/quantiles.csv
"""
import csv
import sys

from mpmath import mp, mpf

mp.dps = 34
# Means and sizes that a double holds. Recoveries of the reference are near the first; then U-shaped, all but certain,
# narrow, and laws close to a Gamma one.
BETA = [(0.0625, 3.75), (0.625, 5.0), (0.140625, 4.5), (0.296875, 4.25), (0.5, 2.0), (0.75, 0.5), (0.5, 0.03125),
        (0.5, 0.000244140625), (0.015625, 0.0625), (0.96875, 0.25), (0.25, 1073741824.0),
        (2.0 ** -20, 128.0), (2.0 ** -20, 2.0 ** 22), (1 - 2.0 ** -10, 1024.0)]
GAMMA = [0.5, 1.0, 1.25, 2.0, 3.625, 15.0, 500.0]
STUDENT = [2.0, 2.5, 3.0, 4.0, 7.25, 30.0, 1000.0]
POINTS = [-8.25, -6.0, -3.719, -2.0, -1.0, -0.25, 0.0, 0.5, 1.5, 2.75, 4.0, 7.0, 8.25]


def tail(v):
    return mp.erfc(abs(mpf(v)) / mp.sqrt(2)) / 2


def root(f, low, high):
    """The root of an increasing function, by halving until 20 digits are known."""
    low, high = mpf(low), mpf(high)
    step = high - low
    while f(low) > 0:
        low, step = low - step, 2 * step
    while f(high) < 0:
        high, step = high + step, 2 * step
    while high - low > mpf(10) ** -20 * (abs(high) + mpf(10) ** -6):
        middle = (low + high) / 2
        if f(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def narrow_tail(a, b, w, side):
    """The tail of a narrow law by quadrature of the density of the logit, over twenty standard deviations."""
    scale, sd = mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b), 1 / mp.sqrt(a * b / (a + b))

    def density(x):
        return mp.exp(scale + a * x - (a + b) * mp.log1p(mp.exp(x)))
    return mp.quad(density, [w + side * i * sd for i in range(0, 21, 4)]) * side


def beta_tails(a, b, w):
    """ln of P(logit < w) and of P(logit > w), by the series of the smaller one."""
    q = 1 / (1 + mp.exp(-w))
    r = 1 / (1 + mp.exp(w))
    lower = mp.betainc(a, b, 0, q, regularized=True) if a * r > b * q else None
    if lower is None:
        upper = mp.betainc(b, a, 0, r, regularized=True)
        return mp.log(1 - upper), mp.log(upper)
    return mp.log(lower), mp.log(1 - lower)


def beta(mean, size, v):
    a, b = mpf(mean) * mpf(size), (1 - mpf(mean)) * mpf(size)
    target = mp.log(tail(v))
    side = 0 if v < 0 else 1

    def excess(w):
        if size > 100000:
            return (mp.log(narrow_tail(a, b, w, side * 2 - 1)) - target) * (1 - side * 2)
        return (beta_tails(a, b, w)[side] - target) * (1 if side == 0 else -1)
    start, width = mp.log(a / b), min(1, 10 / mp.sqrt(a * b / (a + b)))
    return root(excess, start - width, start + width)


def gamma(shape, v):
    k, target = mpf(shape), mp.log(tail(v))

    def excess(w):
        x = mp.exp(w)
        if v < 0:
            return mp.log(mp.gammainc(k, 0, x, regularized=True)) - target
        return target - mp.log(mp.gammainc(k, x, mp.inf, regularized=True))
    return root(excess, mp.log(k) - 1, mp.log(k) + 1)


def student(dof, v):
    """T = sqrt(dof) sinh(w/2) would be the formula under test: the root here is of the tail in T itself."""
    nu, target = mpf(dof), tail(v)
    if v == 0:
        return mpf(0)

    def excess(t):
        return target - mp.betainc(nu / 2, mpf(1) / 2, 0, nu / (nu + t * t), regularized=True) / 2
    return mp.sign(v) * root(excess, 0, 1)


def main():
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["law", "first", "second", "v", "value"])
    for law, rows, function in (("beta", BETA, beta), ("gamma", [(k,) for k in GAMMA], gamma),
                                ("student", [(d,) for d in STUDENT], student)):
        for row in rows:
            for v in POINTS:
                second = row[1] if len(row) > 1 else 0
                out.writerow([law, repr(row[0]), repr(second), v, mp.nstr(function(*row, v), 18)])
            print(law, row, file=sys.stderr)


main()
