# SPDX-License-Identifier: GPL-3.0-or-later
"""The one visual language of all figures.

Without the guarantee is amber, with it blue, their difference deep purple: apart for every kind of colour blindness
(the first two are of Okabe and Ito's palette), and apart in grey, where they are light, middle and dark.
What has no branch is grey. Lines carry their names; bars start at zero; bands say what they are.
"""
import contextlib
import functools
import os
import warnings

import matplotlib

if "inline" not in os.environ.get("MPLBACKEND", ""):   # a notebook has its own
    matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .typography import number

COLOUR = {"without": "#E69F00", "with": "#0072B2", "difference": "#4B1D52", "neutral": "#9AA3B2"}
COLOUR["kept"] = COLOUR["with"]
INK = {"without": "#8A5A00", "with": "#00507D", "difference": "#4B1D52", "neutral": "#374151"}   # the same, for text
INK["kept"] = INK["with"]
GREYS = ("#7B8494", "#AEB5C1", "#D9DDE4")
WIDTH = 5.4     # inches: on a phone 380 pixels wide, the smallest labels are still 8 pixels high
SMALL = 8.5     # points, of the smallest labels

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


SLIDE = (SMALL * 13.333 / 24, SMALL * 7.5 / 24)     # inches: magnified to a slide of 13.333 by 7.5, the smallest letters are of 24 points
_size = {"width": WIDTH, "height": None}


@contextlib.contextmanager
def slide():
    """What is drawn meanwhile is a slide, 16:9, whatever height it asks for."""
    _size.update(width=SLIDE[0], height=SLIDE[1])
    try:
        yield
    finally:
        _size.update(width=WIDTH, height=None)


def panels(rows=1, columns=1, height=2.5, **options):
    """A drawing of `height` inches; its title and its provenance come on top of them."""
    figure, axes = plt.subplots(rows, columns, figsize=(_size["width"], height), layout="constrained", squeeze=False, **options)
    return figure, axes


@functools.lru_cache(maxsize=8192)     # the same words come under every figure of a page
def width_of(words, size, weight="normal"):
    """Inches that a line of text takes."""
    return text_to_path.get_text_width_height_descent(words, FontProperties(family="DejaVu Sans", size=size, weight=weight), False)[0] / 72


def _fill(words, size, width):
    """Words in lines no wider than `width`; a word wider than that is cut."""
    lines = [""]
    for word in words.split(" "):
        longer = lines[-1] + " " + word if lines[-1] else word
        if width_of(longer, size) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if lines[-1] and width_of(lines[-1] + letter, size) > width:
                lines.append("")
            lines[-1] += letter
    return lines


@functools.lru_cache(maxsize=1024)
def wrap(words, size, width, most=3):
    """Lines of even length, no wider than `width` inches, no more than `most`: what is left out shows as an ellipsis."""
    lines = _fill(words, size, width)
    if len(lines) > most:
        return "\n".join(lines[:most - 1] + [lines[most - 1][:-1] + "\N{HORIZONTAL ELLIPSIS}"])
    longest = max(width_of(word, size) for word in words.split(" "))
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        even = _fill(words, size, max(share * width, min(longest, width)))
        if len(even) == len(lines):
            return "\n".join(even)
    return "\n".join(lines)


def dress(figure, title, subtitle, footer):
    """Title, unit and provenance: a figure cut out of its page still says all it must. Gives the inches they take above and below."""
    height, room = figure.get_figheight(), _size["width"] - 0.13
    small = SMALL if _size["height"] else 7
    if _size["height"]:
        footer = footer.split(" — ")[0]
    title, subtitle, footer = wrap(title, 12, room, 2), wrap(subtitle, SMALL, room), wrap(footer, small, room, 8)
    titles, subtitles, lines = (words.count("\n") + 1 for words in (title, subtitle, footer))
    top, bottom = 0.09 + 0.19 * titles + 0.17 * subtitles, 0.10 + 0.13 * lines
    figure.set_figheight(height := _size["height"] or height + top + bottom)
    figure.get_layout_engine().set(rect=(0, bottom / height, 1, 1 - (top + bottom) / height), h_pad=0.05, w_pad=0.04)
    figure.text(0.012, 1 - 0.07 / height, title, fontsize=11, fontweight="bold", va="top", color="#111827", gid="title")
    figure.text(0.012, 1 - (0.10 + 0.19 * titles) / height, subtitle, fontsize=SMALL, va="top", color="#374151", linespacing=1.25, gid="subtitle")
    figure.text(0.012, 0.05 / height, footer, fontsize=small, va="bottom", color="#6B7280", linespacing=1.3, gid="footer")
    figure.draw_without_rendering()         # places everything once, not anew in each format
    figure.set_layout_engine(None)
    return top, bottom


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
    """5–95 % band, 25–75 % darker, median line; without band, dotted lines at 5 and 95 %. What the paths are too few for is left out."""
    x, colour = frame.index.to_numpy(), COLOUR[branch]
    for low, high, alpha in (("q0.05", "q0.95", 0.18), ("q0.25", "q0.75", 0.28)):
        if band and frame[low].notna().any():
            axes.fill_between(x, frame[low], frame[high], color=colour, alpha=alpha, linewidth=0)
    if not band:
        for edge in ("q0.05", "q0.95"):
            axes.plot(x, frame[edge], color=colour, linewidth=1.1, linestyle=(0, (2, 1.5)))
    axes.plot(x, frame["q0.5"], color=colour, linewidth=1.8, solid_capstyle="round")


def name_rows(axes, y, labels, width=1.7, most=2):
    """Names of horizontal rows, `most` lines at most."""
    axes.set_yticks(y, [wrap(label, SMALL, width, most) for label in labels], fontsize=SMALL)
    axes.tick_params(axis="y", length=0)


def zero_line(axes):
    axes.axhline(0, color="#374151", linewidth=0.7, zorder=0.5)


def whiskers(axes, position, low, high, horizontal=False, colour="#111827", width=1.1, zorder=3):
    """Lines from low to high, without ends, where both are known."""
    position, low, high = (np.atleast_1d(np.asarray(values, float)) for values in (position, low, high))
    known = np.isfinite(low) & np.isfinite(high)
    (axes.hlines if horizontal else axes.vlines)(position[known], low[known], high[known], color=colour, linewidth=width, zorder=zorder)


def name_line(axes, x, y, words, branch, **options):
    axes.annotate(words, (x, y), color=INK[branch], fontsize=SMALL, fontweight="bold",
                  **{"xytext": (4, 0), "textcoords": "offset points", "va": "center", "annotation_clip": False, **options})
