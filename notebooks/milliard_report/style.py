# SPDX-License-Identifier: GPL-3.0-or-later
"""The one visual language of all figures.

Without the guarantee is amber, with it blue, their difference deep purple: apart for every kind of colour blindness
(the first two are of Okabe and Ito's palette), and apart in grey, where they are light, middle and dark.
What has no branch is grey. Lines carry their names; bars start at zero; bands say what they are.
"""
import textwrap
import warnings

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .typography import number

COLOUR = {"without": "#E69F00", "with": "#0072B2", "difference": "#4B1D52", "neutral": "#9AA3B2"}
INK = {"without": "#8A5A00", "with": "#00507D", "difference": "#4B1D52", "neutral": "#374151"}   # the same, for text
GREYS = ("#7B8494", "#AEB5C1", "#D9DDE4")
WIDTH = 5.4
TITLE_HEIGHT = 0.25   # inches that a page, which has its own headings, leaves out

# Texts of scenarios are data: a $ in one is no mathematics. Verdana and DejaVu Sans have the same widths,
# so that SVG texts keep their places on a machine without the latter.
matplotlib.rcParams.update({
    "font.family": "DejaVu Sans", "font.size": 9, "text.parse_math": False, "svg.fonttype": "none", "svg.hashsalt": "milliard",
    "pdf.fonttype": 42, "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": "#6B7280",
    "axes.labelcolor": "#374151", "xtick.color": "#374151", "ytick.color": "#374151", "axes.linewidth": 0.7,
    "axes.grid": False, "axes.unicode_minus": True, "figure.dpi": 100, "hatch.linewidth": 0.5,
})
warnings.filterwarnings("ignore", message="Glyph .* missing from current font")
warnings.filterwarnings("ignore", message=".*constrained_layout.*|.*tight_layout.*")


def lighter(colour):
    """Half way to white: one of a pair, in the same colour."""
    return tuple((1 + part) / 2 for part in matplotlib.colors.to_rgb(colour))


def panels(rows=1, columns=1, height=3.3, **options):
    """A figure with room for its title above and its provenance below."""
    figure, axes = plt.subplots(rows, columns, figsize=(WIDTH, height), layout="constrained", squeeze=False, **options)
    return figure, axes


def dress(figure, title, subtitle, footer):
    """Title, unit and provenance: a figure cut out of its page still says all it must."""
    height = figure.get_figheight()
    subtitle = textwrap.fill(subtitle, 80)
    lines = footer.count("\n") + 1
    subtitles = subtitle.count("\n") + 1
    top, bottom = (0.36 + 0.17 * subtitles) / height, (0.10 + 0.13 * lines) / height
    figure.get_layout_engine().set(rect=(0, bottom, 1, 1 - top - bottom), h_pad=0.05, w_pad=0.04)
    figure.text(0.012, 1 - 0.07 / height, title, fontsize=11, fontweight="bold", va="top", color="#111827", gid="title")
    figure.text(0.012, 1 - 0.29 / height, subtitle, fontsize=8.5, va="top", color="#374151", linespacing=1.25)
    figure.text(0.012, 0.05 / height, footer, fontsize=7, va="bottom", color="#6B7280", linespacing=1.3)


def tick_numbers(axis, lang, worth=1.0, suffix="", most=6):
    """Ticks in the language's typography, with just the decimals that tell neighbours apart."""
    axis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]))

    def label(value, _):
        ticks = axis.get_majorticklocs() / worth
        gap = abs(ticks[1] - ticks[0]) if len(ticks) > 1 else 1
        decimals = next((d for d in range(5) if abs(round(gap, d) - gap) < 1e-9 * max(1, gap)), 4)
        return number(value / worth, decimals, lang) + suffix
    axis.set_major_formatter(FuncFormatter(label))


def fan(axes, frame, branch, band=True):
    """5–95 % band, 25–75 % darker, median line; without band, dotted lines at 5 and 95 %."""
    x, colour = frame.index.to_numpy(), COLOUR[branch]
    if not band:
        for edge in ("q0.05", "q0.95"):
            axes.plot(x, frame[edge], color=colour, linewidth=1.1, linestyle=(0, (2, 1.5)))
    else:
        axes.fill_between(x, frame["q0.05"], frame["q0.95"], color=colour, alpha=0.18, linewidth=0)
        axes.fill_between(x, frame["q0.25"], frame["q0.75"], color=colour, alpha=0.28, linewidth=0)
    axes.plot(x, frame["q0.5"], color=colour, linewidth=1.8, solid_capstyle="round")


def zero_line(axes):
    axes.axhline(0, color="#374151", linewidth=0.7, zorder=0.5)


def whiskers(axes, position, low, high, horizontal=False, colour="#111827"):
    """Thin lines from low to high, without ends."""
    (axes.hlines if horizontal else axes.vlines)(position, low, high, color=colour, linewidth=1.1, zorder=3)


def name_line(axes, x, y, words, branch, **options):
    axes.annotate(words, (x, y), color=INK[branch], fontsize=8.5, fontweight="bold",
                  **{"xytext": (4, 0), "textcoords": "offset points", "va": "center", "annotation_clip": False, **options})
