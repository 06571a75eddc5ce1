/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * The quantile of a law as a function of V = Φ⁻¹(u), followed from the tail to the centre
 * (private).
 *
 * Let w be the logit of a Beta variable, or the logarithm of a Gamma one, g its density and h = (ln
 * g)' = d ln g/dw. The quantile w(v) of probability Φ(v) solves dw/dv = y = φ(v)/g(w). With q the
 * variable itself, this is a system of polynomials, h being linear in q:
 *     w' = y      y' = −y (v + y h)      q' = q (1 − q) y (Beta) or q y (Gamma)
 * whose power series follows term by term from products of series: no distribution function is ever
 * computed, and one series stands for dozens of points. Errors of the tail's probability do not
 * grow on the way to the centre: relative to Φ(v) they fade. The walk can therefore start from the
 * first terms of the tail's asymptotic series. Source: Steinbrecher and Shaw 2008, Quantile
 * mechanics; the walk inwards and the variables are ours.
 */
#ifndef MILLIARD_CORE_QUANTILE_WALK_H
#define MILLIARD_CORE_QUANTILE_WALK_H

enum { MLD_WALK_ORDER = 12 };

/** A law seen from its lower tail; w is counted from `origin`, that of the mean. */
struct mld_law {
    int gamma;         /* a Gamma law of scale 1, not a Beta one */
    double side;       /* −1: a Gamma law seen from its upper tail, w being −ln q */
    double mean, rest; /* Beta: a/(a+b) and b/(a+b) */
    double size;       /* Beta: a + b; Gamma: its shape */
    double origin;     /* w of the mean */
    double log_peak;   /* ln g there */
};

/**
 * Beta law of that mean, rest = 1 − mean and size a + b. Its upper tail is the lower one with mean
 * and rest exchanged.
 */
struct mld_law mld_law_beta(double mean, double rest, double size);
/** Gamma law of that shape; side −1: from its upper tail. */
struct mld_law mld_law_gamma(double shape, double side);

/**
 * Series of w − origin and of y = dw/dv about v, good to one part in 1e12 of y on [v, v + length].
 */
struct mld_walk {
    const struct mld_law *law;
    double v, length;
    double w[MLD_WALK_ORDER + 1], y[MLD_WALK_ORDER + 1];
};

/**
 * Starts at v ≤ −10, where the tail's probability is wrong by less than one part in a thousand: of
 * one in 1e9 at v + 1.5.
 */
void mld_walk_start(struct mld_walk *walk, const struct mld_law *law, double v);
/** On to the next v; 0, and nothing done, at v = 0, where every walk ends. */
int mld_walk_next(struct mld_walk *walk);
/** The variable's w at v + x, origin included, and dw/dv. */
double mld_walk_at(const struct mld_walk *walk, double x);
double mld_walk_slope(const struct mld_walk *walk, double x);

#endif
