# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers as each language writes them, without any locale: 1 234,5 M€ in French, 1,234.5 M€ in English."""
import math

NARROW, FIXED, MINUS = "\u202f", "\u00a0", "\u2212"

def number(value, decimals, lang, sign=False):
    if value is None or not math.isfinite(value):
        return "–"
    whole = f"{abs(value):,.{decimals}f}"
    zero = not any(c in "123456789" for c in whole)
    if lang == "fr":
        whole = whole.replace(",", NARROW).replace(".", ",")
    return (MINUS if value < 0 and not zero else "+" if sign and not zero else "") + whole


def money_scale(largest):
    """Worth and sign of the unit that suits the largest amount shown."""
    largest = abs(largest) if math.isfinite(largest) else 0
    return (1e6, "M€") if largest >= 1e6 else (1e3, "k€") if largest >= 1e3 else (1.0, "€")


def _unit(kind, lang, scale, difference):
    if kind == "money":
        return scale
    if kind == "rate":
        return 0.01, "pt" if difference else "%"
    if kind == "years":
        return 1, {"fr": "ans", "en": "years"}[lang]
    return 1, ""


def decimals_for(error, default, most=4):
    """As many decimals as show one figure of the error."""
    if not math.isfinite(error) or error <= 0:
        return default
    return int(min(most, max(0, -math.floor(math.log10(error * 1.05)))))


def quantity(value, kind, lang, decimals=None, difference=False, scale=None):
    """A value with its unit."""
    if value is None or not math.isfinite(value):
        return "–"
    worth, sign = _unit(kind, lang, money_scale(value) if kind == "money" and scale is None else scale, difference)
    if decimals is None:
        decimals = {"money": 1 if worth > 1e3 else 0, "rate": 1, "years": 1, "number": 1, "multiple": 2}[kind]
    return number(value / worth, decimals, lang, difference) + (FIXED + sign if sign else "")


def significant(value, kind, lang, digits=3):
    """A value to three significant digits, with its unit: what is pasted elsewhere."""
    if value is None or not math.isfinite(value):
        return "–"
    worth, sign = _unit(kind, lang, money_scale(value) if kind == "money" else None, False)
    rounded = float(f"{value / worth:.{digits}g}")
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(rounded)))) if rounded else 0
    return number(rounded, next((d for d in range(decimals) if round(rounded, d) == rounded), decimals), lang) + (FIXED + sign if sign else "")


def estimate(value, error, kind, lang, difference=False, unit=None):
    """A value with its standard error: 6,59 ± 0,02 M€. `unit` is (worth, sign) when a column has one for all its cells."""
    if value is None or not math.isfinite(value):
        return "–"
    worth, sign = unit or _unit(kind, lang, money_scale(value) if kind == "money" else None, difference)
    default = {"money": 1 if worth > 1e3 else 0, "rate": 1, "years": 1, "number": 1, "multiple": 2}[kind]
    if not math.isfinite(error) or error <= 1e-7 * abs(value):   # a constant, summed with rounding
        return number(value / worth, default, lang, difference) + (FIXED + sign if sign else "")
    decimals = decimals_for(error / worth, default)
    return (number(value / worth, decimals, lang, difference) + FIXED + "±" + FIXED + number(error / worth, decimals, lang)
            + (FIXED + sign if sign else ""))


def percent(level, lang):
    """A probability level as its shortest percentage: 99.9 → 99,9 %."""
    digits = f"{100 * level:.6g}"
    return (digits.replace(".", ",") if lang == "fr" else digits) + FIXED + "%"
