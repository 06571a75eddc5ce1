#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Derives the figures of docs/inputs.md from scenarios/data/*.csv and the reference scenario.

    tools/inputs.py                  prints every table, in English
    tools/inputs.py --lang fr        the same in French
    tools/inputs.py --write          puts the tables into docs/inputs.md and docs/inputs.fr.md
    tools/inputs.py --check          fails when a page does not hold what is computed here

Nothing but the standard library, so that any Python 3.8 or later runs it.
"""
import argparse
import csv
import json
import math
import pathlib
import re
import sys
from statistics import NormalDist

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "notebooks"))
from milliard_report import published  # noqa: E402

DATA = ROOT / "scenarios" / "data"
NORMAL = NormalDist()
LANG = "en"


# ---- reading ----

def table(name):
    """Rows of a data file as dictionaries, comment lines left out."""
    lines = (line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return list(csv.DictReader(lines))


def find(rows, column, text, value):
    """The number in `value` of the only row whose `column` is `text`."""
    (row,) = [row for row in rows if row[column] == text]
    return float(row[value])


TOKEN = re.compile(r'\s+|#[^\n]*|//[^\n]*|("(?:[^"\\]|\\.)*")|([{}()\[\]=:;,])|([^\s{}()\[\]=:;,"#]+)')


def read_scenario(path):
    """A libconfig file as dictionaries and lists: just enough of the format for the shipped scenarios."""
    text = path.read_text(encoding="utf-8")
    tokens = [m.group(1) or m.group(2) or m.group(3) for m in TOKEN.finditer(text) if m.lastindex]
    position = 0

    def take():
        nonlocal position
        position += 1
        return tokens[position - 1]

    def group(end):
        nonlocal position
        result = {}
        while position < len(tokens) and tokens[position] != end:
            key = take()
            take()                                             # = or :
            result[key] = value()
            while position < len(tokens) and tokens[position] in ";,":
                position += 1
        position += 1
        return result

    def sequence(end):
        nonlocal position
        result = []
        while tokens[position] != end:
            result.append(value())
            if tokens[position] == ",":
                position += 1
        position += 1
        return result

    def value():
        word = take()
        if word == "{":
            return group("}")
        if word in "([":
            return sequence({"(": ")", "[": "]"}[word])
        if word.startswith('"'):
            return word[1:-1]
        return {"true": True, "false": False}[word] if word in ("true", "false") else float(word)

    return group(None)


# ---- printing ----

def say(english, french):
    return french if LANG == "fr" else english


def number(value, decimals=2, unit=""):
    text = f"{value:,.{decimals}f}".replace("-", "\u2212")
    if LANG == "fr":
        text = text.replace(",", "\u202f").replace(".", ",")
    return (text + ("\u00a0" if LANG == "fr" else " ") + unit) if unit else text


def percent(fraction, decimals=2):
    return number(100 * fraction, decimals, "%")


def french_spacing(text):
    for plain, typeset in (("'", "\u2019"), (" :", "\u00a0:"), (" ;", "\u202f;"), ("« ", "«\u00a0"), (" »", "\u00a0»"), (" M€", "\u00a0M€")):
        text = text.replace(plain, typeset)
    return text


def sheet(title, rows):
    """A Markdown table: first column left, the others right."""
    lines = ["| " + " | ".join(title) + " |", "|---|" + "---:|" * (len(title) - 1)]
    text = "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])
    return french_spacing(text) if LANG == "fr" else text


# ---- TMO ----

def autoregression(series):
    """Least squares of x(t) = c + a x(t-1) + e: a, its standard error, residual sd (n - 2), long run c / (1 - a)."""
    x, y = series[:-1], series[1:]
    n, mean_x, mean_y = len(x), sum(x) / len(x), sum(y) / len(y)
    sxx = sum((u - mean_x) ** 2 for u in x)
    a = sum((u - mean_x) * (v - mean_y) for u, v in zip(x, y)) / sxx
    c = mean_y - a * mean_x
    residual = math.sqrt(sum((v - c - a * u) ** 2 for u, v in zip(x, y)) / (n - 2))
    return a, residual / math.sqrt(sxx), residual, c / (1 - a)


def continuous(a, residual, step):
    """Reversion and volatility a year of r' = L + (r - L) e^(-k step) + sigma sqrt((1 - e^(-2 k step)) / 2k) e."""
    kappa = -math.log(a) / step
    return kappa, residual * math.sqrt(2 * kappa / (1 - a * a))


def tmo_rows():
    return [(int(row["year"]), row["period"], float(row["tmo_percent"])) for row in table("tmo.csv")]


def tmo_fit():
    rows = tmo_rows()
    reference = SCENARIO["factors"]["tmo"]
    lines = []
    for first, label in ((2012, "2012–2023"), (2001, "2001–2023")):
        series = [value for year, period, value in rows if period != "mean" and year >= first]
        a, error, residual, long_run = autoregression(series)
        kappa, sigma = continuous(a, residual, 0.5)
        lines.append([say(f"{label}, {len(series)} half-years", f"{label}, {len(series)} semestres"), number(a, 3), number(error, 3),
                      number(residual, 2), number(kappa, 2), number(sigma, 2), number(long_run, 2), number(sum(series) / len(series), 2)])
    a = math.exp(-reference["reversion"] / 2)
    sigma = 100 * reference["volatility"]
    residual = sigma * math.sqrt((1 - a * a) / (2 * reference["reversion"]))
    lines.append([say("**reference**", "**référence**"), number(a, 3), "", number(residual, 2), number(reference["reversion"], 2),
                  number(sigma, 2), number(100 * reference["long_run"], 2), ""])
    return sheet([say("", ""), say("coefficient, half-year", "coefficient semestriel"), say("its error", "son erreur"),
                  say("residual, points", "résidu, points"), say("κ a year", "κ annuel"), say("σ, points a year", "σ, points par an"),
                  say("long run, %", "long terme, %"), say("mean, %", "moyenne, %")], lines)


def tmo_levels():
    rows, reference = tmo_rows(), SCENARIO["factors"]["tmo"]
    by_year = {}
    for year, _, value in rows:
        by_year.setdefault(year, []).append(value)
    mean = {year: sum(values) / len(values) for year, values in by_year.items()}
    cap = sum(mean[year] for year in (2022, 2023, 2024)) / 3 + 2
    spread = 100 * reference["volatility"] / math.sqrt(2 * reference["reversion"])
    return sheet([say("", ""), "%"], [
        [say("mean of 2023", "moyenne de 2023"), number(mean[2023], 3)],
        [say("mean of 2024", "moyenne de 2024"), number(mean[2024], 3)],
        [say("reference, history of the two years before", "référence, historique des deux années précédentes"),
         " ; ".join(number(100 * value) for value in reference["history"])],
        [say("reference, start", "référence, départ"), number(100 * reference["start"])],
        [say("cap on cooperative shares for meetings of 2025, recomputed", "plafond des parts sociales pour les assemblées de 2025, recalculé"), number(cap)],
        [say("standard deviation in the long run under the reference, points", "écart type de long terme sous la référence, points"), number(spread)]])


# ---- default ----

def survival():
    lines = []
    french = {"Scop and Scic, all": "Scop et Scic, ensemble", "Scop and Scic, transfers of sound firms": "Scop et Scic, transmissions d'entreprises saines",
              "Scop and Scic, conversions of associations or cooperatives": "Scop et Scic, transformations d'associations ou de coopératives",
              "Scop and Scic, created from scratch": "Scop et Scic, créations ex nihilo",
              "INSEE, firms created in 2018": "Insee, entreprises créées en 2018",
              "INSEE, all firms, as quoted by the Confédération générale des Scop": "Insee, ensemble des entreprises, cité par la CG Scop"}
    for row in table("survival.csv"):
        alive, years = float(row["alive_percent"]) / 100, float(row["years"])
        lines.append([say(row["who"], french[row["who"]]), row["year"], percent(alive, 1), percent(1 - alive ** (1 / years), 2),
                      percent(-math.log(alive) / years, 2)])
    return sheet([say("", ""), say("year", "année"), say("alive at five years", "en vie à cinq ans"),
                  say("lost a year, 1 − S^(1/5)", "perte annuelle, 1 − S^(1/5)"), say("hazard, −ln S / 5", "intensité, −ln S / 5")], lines)


def other_proxies():
    insolvencies, rated = table("insolvencies.csv"), table("rated-firms.csv")
    employers = find(insolvencies, "what", "associations that employ staff", "number")
    lines = []
    for row in insolvencies[:3]:
        count = float(row["number"])
        label = {"2024": say("insolvencies of associations, 2024, by employer", "défaillances d'associations, 2024, rapportées aux employeurs")}.get(
            row["year"], say(row["what"] + ", by employer", "moyenne annuelle depuis 2018" + (" hors Covid-19" if "outside" in row["what"] else "") + ", rapportée aux employeurs"))
        lines.append([label, f"{number(count, 0)} / {number(employers, 0)}", percent(count / employers, 2)])
    for row in rated:
        rate, years = float(row["default_percent"]) / 100, float(row["years"])
        label = say(row["who"], "entreprises de l'ESS cotées par la Banque de France" if "social" in row["who"] else "ensemble des entreprises cotées")
        lines.append([label, say(f"{percent(rate)} in {years:.0f} years", f"{percent(rate)} en {years:.0f} ans"), percent(1 - (1 - rate) ** (1 / years), 2)])
    return sheet([say("", ""), say("read", "lu"), say("a year", "par an")], lines)


def pd_curve(form, scale=1.0, years=12):
    """Annual PDs, the last one going on."""
    given = SCENARIO["legal_forms"][form]["pd"]
    return [scale * given[min(year, len(given) - 1)] for year in range(years)]


def cumulated(curve, years):
    """Probability of default within `years`, whole or not: hazards add up inside a year."""
    whole = int(years)
    alive = math.prod(1 - p for p in curve[:whole])
    return 1 - alive * (1 - curve[whole]) ** (years - whole) if years > whole else 1 - alive


def reference_pd():
    names = {"association": "association", "cooperative": say("cooperative", "coopérative"), "company": say("company", "société")}
    lines = []
    for form, label in names.items():
        curve = pd_curve(form)
        lines.append([label, percent(curve[0]), percent(curve[3]), percent(curve[-1])] + [percent(cumulated(curve, n), 1) for n in (3, 5, 10)])
    scale = SCENARIO["instruments"]["shares"]["pd_scale"]
    curve = pd_curve("company", scale)
    lines.append([say(f"company, shares (× {scale:g})", f"société, actions (× {number(scale, 1)})"), percent(curve[0]), percent(curve[3]), percent(curve[-1])] +
                 [percent(cumulated(curve, n), 1) for n in (3, 5, 10)])
    return sheet([say("reference", "référence"), say("years 1–3", "années 1–3"), say("years 4–5", "années 4–5"), say("from year 6", "dès l'année 6"),
                  say("within 3 years", "à 3 ans"), say("within 5", "à 5 ans"), say("within 10", "à 10 ans")], lines)


# ---- correlation ----

def basel(row, pd):
    low, high, decay, size, turnover = (float(row[key]) for key in ("low", "high", "decay", "size_adjustment", "turnover_meur"))
    weight = (1 - math.exp(-decay * pd)) / (1 - math.exp(-decay))
    return low * weight + high * (1 - weight) - size * (1 - (turnover - 5) / 45)


def correlations():
    rows = table("basel-correlation.csv")
    lines = []
    for form, label in (("association", "association"), ("cooperative", say("cooperative", "coopérative")), ("company", say("company", "société"))):
        pd = pd_curve(form)[3]
        lines.append([label, percent(pd, 1)] + [percent(basel(row, pd), 1) for row in rows] +
                     [percent(SCENARIO["legal_forms"][form]["asset_correlation"], 1)])
    return sheet([say("", ""), "PD", say("Basel, small firm, 5 M€", "Bâle, PME, 5 M€"), say("Basel, small firm, 20 M€", "Bâle, PME, 20 M€"),
                  say("Basel, other retail", "Bâle, autre clientèle de détail"), say("reference ρ", "ρ de référence")], lines)


def stationary(first, second):
    """Cov(F_k, F_l) of two named factors (docs/method.md, section 3)."""
    named = {item["name"]: item["persistence"] for item in SCENARIO["factors"]["named"]}
    if first == second:
        return 1.0
    given = {frozenset((item["first"], item["second"])): item["value"] for item in SCENARIO["factors"]["correlations"]}
    f, g = named[first], named[second]
    return given.get(frozenset((first, second)), 0.0) * math.sqrt((1 - f * f) * (1 - g * g)) / (1 - f * g)


def pair_correlation(one, two, same_sector):
    """Correlation of the assets of two issuers of forms `one` and `two`, in the long run."""
    forms = SCENARIO["legal_forms"]

    def product(a, b, sector):
        common = sum(u * v * stationary(k, l) for k, u in forms[a]["weights"].items() for l, v in forms[b]["weights"].items())
        return common + (forms[a]["sector_weight"] * forms[b]["sector_weight"] if sector else 0.0)

    scale = math.sqrt(product(one, one, True) * product(two, two, True))
    return math.sqrt(forms[one]["asset_correlation"] * forms[two]["asset_correlation"]) * product(one, two, same_sector) / scale


def pairs():
    names = {"association": "association", "cooperative": say("cooperative", "coopérative"), "company": say("company", "société")}
    lines = []
    forms = list(names)
    for i, one in enumerate(forms):
        for two in forms[i:]:
            lines.append([f"{names[one]} – {names[two]}", percent(pair_correlation(one, two, True), 1), percent(pair_correlation(one, two, False), 1)])
    return sheet([say("assets of two issuers", "actifs de deux émetteurs"), say("same sector", "même secteur"), say("different sectors", "secteurs différents")], lines)


# ---- recovery ----

def beta(mean, sd):
    """Parameters of the Beta law of that mean and standard deviation."""
    total = mean * (1 - mean) / (sd * sd) - 1
    return mean * total, (1 - mean) * total


NAMES = {"shares": ("shares", "actions"), "convertible": ("convertible bonds", "obligations convertibles"), "bond": ("bonds", "obligations"),
         "participating_securities": ("titres participatifs", "titres participatifs"),
         "association_securities": ("titres associatifs", "titres associatifs"),
         "participating_loan": ("participating loans", "prêts participatifs"), "cooperative_shares": ("cooperative shares", "parts sociales")}


def recoveries():
    lines = []
    for key, names in NAMES.items():
        for resolution in SCENARIO["instruments"][key]["resolutions"]:
            mean, sd = resolution["recovery_mean"], resolution["recovery_sd"]
            a, b = beta(mean, sd) if sd else (math.nan, math.nan)
            way = {"liquidation": "liquidation", "plan": say("plan", "plan de continuation")}[resolution["name"]]
            lines.append([f"{say(*names)}, {way}", percent(resolution["probability"], 0), percent(mean, 0), percent(sd, 0),
                          number(a, 3) if sd else "—", number(b, 3) if sd else "—"])
    return sheet([say("reference", "référence"), say("probability", "probabilité"), say("mean", "moyenne"), say("sd", "écart type"), "α", "β"], lines)


def recovery_proxies():
    french = {"subordinated claims, foundation IRB (1 - LGD)": "créances subordonnées, approche NI fondation (1 − LGD)",
              "European mezzanine, Moody's 2011": "mezzanine européenne, Moody's 2011", "European second-lien loans, Moody's 2011": "prêts de second rang, Moody's 2011",
              "European mezzanine, Standard & Poor's 2012": "mezzanine européenne, Standard & Poor's 2012",
              "European second-lien loans, Standard & Poor's 2012": "prêts de second rang, Standard & Poor's 2012"}
    lines = [[say(row["what"], french[row["what"]]), percent(float(row["recovery_percent"]) / 100, 0)] for row in table("recoveries.csv")]
    loan = SCENARIO["instruments"]["participating_loan"]["resolutions"]
    lines.append([say("reference, participating loan, mean of both ways", "référence, prêt participatif, moyenne des deux issues"),
                  percent(sum(item["probability"] * item["recovery_mean"] for item in loan), 1)])
    return sheet([say("", ""), say("recovery", "recouvrement")], lines)


# ---- shares ----

def lognormal_shortfall(mean, sd, level):
    """E max(0, level - M) and P(M < level), ln M normal of that mean and sd."""
    d = (math.log(level) - mean) / sd
    below = NORMAL.cdf(d)
    return level * below - math.exp(mean + sd * sd / 2) * NORMAL.cdf(d - sd), below


def shares_at(age):
    """What a share of the reference held `age` years is worth: among living issuers, then with default. Deterministic PDs."""
    terms = SCENARIO["instruments"]["shares"]
    drift, sd = (terms["growth"] - terms["volatility"] ** 2 / 2) * age, terms["volatility"] * math.sqrt(age)
    expected = math.exp(terms["growth"] * age)
    over = expected - terms["multiple_cap"] + lognormal_shortfall(drift, sd, terms["multiple_cap"])[0]   # E max(0, M - cap)
    capped = expected - over
    shortfall, below = lognormal_shortfall(drift, sd, 1.0)
    dead = cumulated(pd_curve("company", terms["pd_scale"]), age)
    recovery = terms["resolutions"][0]["recovery_mean"]
    return {"expected": expected, "capped": capped, "below": below, "shortfall": shortfall, "dead": dead,
            "all": (1 - dead) * capped + dead * recovery, "all_below": (1 - dead) * below + dead,
            "all_loss": (1 - dead) * shortfall + dead * (1 - recovery)}


def shares():
    age = SCENARIO["instruments"]["shares"]["holding_mean"]
    found = shares_at(age)
    losses = table("losses-elsewhere.csv")

    def elsewhere(what):
        return find(losses, "what", what, "value")

    return sheet([say(f"reference, held {age:g} years", f"référence, détention {number(age, 1)} ans"), say("reference", "référence"), say("elsewhere", "ailleurs")], [
        [say("mean multiple, living issuer, before the cap", "multiple moyen, émetteur en vie, avant plafond"), number(found["expected"]), ""],
        [say("mean multiple, living issuer, capped", "multiple moyen, émetteur en vie, plafonné"), number(found["capped"]), ""],
        [say("issuer defaulted before", "émetteur défaillant avant"), percent(found["dead"], 1), ""],
        [say("mean multiple, defaults included", "multiple moyen, défauts compris"), number(found["all"]), ""],
        [say("that multiple as a rate a year", "ce multiple en taux annuel"), percent(found["all"] ** (1 / age) - 1, 1), ""],
        [say("deals below cost", "lignes sous leur coût"), percent(found["all_below"], 0),
         f"{number(elsewhere('venture deals realised below cost, low'), 0)}–{number(elsewhere('venture deals realised below cost, high'), 0, '%')} "
         + say("(venture)", "(capital-risque)")],
        [say("capital lost, share of cost", "capital perdu, part du coût"), percent(found["all_loss"], 1),
         f"{number(elsewhere('American growth equity, capital loss ratio'), 1, '%')} " + say("(growth)", "(développement)") + " – "
         + f"{number(elsewhere('American venture capital, capital loss ratio'), 1, '%')} " + say("(venture)", "(capital-risque)")]])


# ---- debt ----

def yield_of(flows):
    """Annual effective rate at which dated flows (years, amount) are worth nothing: bisection."""
    low, high = -0.99, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(amount / (1 + middle) ** time for time, amount in flows) > 0 else (low, middle)
    return (low + high) / 2


def bullet(coupon, years, final, m=4):
    return [(0, -1.0)] + [(n / m, coupon / m) for n in range(1, int(years * m) + 1)] + [(years, final)]


def clamped_normal(mean, sd, low, high):
    """E clamp(mean + sd Q, low, high), Q standard normal."""
    a, b = (low - mean) / sd, (high - mean) / sd
    return low * NORMAL.cdf(a) + high * (1 - NORMAL.cdf(b)) + mean * (NORMAL.cdf(b) - NORMAL.cdf(a)) + sd * (NORMAL.pdf(a) - NORMAL.pdf(b))


def loan_flows(terms, m=4):
    periods, grace = int(terms["maturity_years"] * m), int(terms["grace_years"] * m)
    outstanding, flows = 1.0, [(0, -1.0)]
    for n in range(1, periods + 1):
        principal = 1 / (periods - grace) if n > grace else 0.0
        flows.append((n / m, terms["rate"] / m * outstanding + principal))
        outstanding -= principal
    return flows


def average_life(terms, m=4):
    periods, grace = int(terms["maturity_years"] * m), int(terms["grace_years"] * m)
    return sum(n / m for n in range(grace + 1, periods + 1)) / (periods - grace)


def debt():
    i = SCENARIO["instruments"]
    part, loan, surplus = i["participating_securities"], i["participating_loan"], SCENARIO["legal_forms"]["cooperative"]
    variable = clamped_normal(part["variable_mean"], part["variable_slope"], part["variable_floor"], part["variable_cap"])
    coupon = (1 - part["variable_base"]) * part["fixed_rate"] + part["variable_base"] * variable
    mean, sd = surplus["surplus_mean"], surplus["surplus_sd"]
    profit = mean * NORMAL.cdf(mean / sd) + sd * NORMAL.pdf(mean / sd)                     # E max(0, s)
    conv = i["convertible"]
    association, shares_ = i["association_securities"], i["cooperative_shares"]
    enough = 1 - NORMAL.cdf((shares_["rate"] / (1 - shares_["reserve_share"]) - mean) / sd)
    target = association["target_years"]
    form = SCENARIO["legal_forms"]["association"]
    repaid = 1 - NORMAL.cdf((1 - form["surplus_mean"] * target) / (form["surplus_sd"] * math.sqrt(target)))
    return sheet([say("reference", "référence"), ""], [
        [say("bonds: yield of the coupon, annual effective", "obligations : rendement du coupon, actuariel"), percent(yield_of(bullet(i["bond"]["coupon"], i["bond"]["maturity_years"], 1.0)))],
        [say("convertible bonds: yield of coupon and premium", "obligations convertibles : rendement du coupon et de la prime"),
         percent(yield_of(bullet(conv["coupon"], conv["maturity_years"], (1 + conv["premium"]) ** conv["maturity_years"])))],
        [say("titres participatifs: mean rate of the variable part", "titres participatifs : taux moyen de la partie variable"), percent(variable)],
        [say("titres participatifs: mean coupon on the nominal", "titres participatifs : coupon moyen sur le nominal"), percent(coupon)],
        [say("titres associatifs: coupon", "titres associatifs : coupon"), percent(association["coupon"])],
        [say("titres associatifs: TMO below which the legal cap would bind", "titres associatifs : TMO sous lequel le plafond légal mordrait"), percent(association["coupon"] - association["cap_margin"])],
        [say(f"titres associatifs: surpluses reach the nominal at {target:g} years, systematic part left aside", f"titres associatifs : excédents égaux au nominal à {number(target, 0)} ans, hors part systématique"), percent(repaid, 0)],
        [say("participating loans: yield of interest", "prêts participatifs : rendement des intérêts"), percent(yield_of(loan_flows(loan)))],
        [say("participating loans: profit share, mean a year of the ticket", "prêts participatifs : intéressement moyen, par an, sur le ticket"), percent(loan["profit_share"] * profit)],
        [say("participating loans: average life, years", "prêts participatifs : durée de vie moyenne, années"), number(average_life(loan), 2)],
        [say("cooperative shares: years in which the surplus pays the full rate", "parts sociales : années où l'excédent paie le taux entier"), percent(enough, 0)],
        [say("cooperative shares: lowest legal cap (TMO at its floor)", "parts sociales : plafond légal le plus bas (TMO au plancher)"), percent(SCENARIO["factors"]["tmo"]["floor"] + 0.02)]])


# ---- tickets, volume, costs ----

def truncated_lognormal_mean(ticket):
    """Mean of a lognormal of that mean and sd before truncation, kept inside [min, max]."""
    variance = math.log(1 + (ticket["sd"] / ticket["mean"]) ** 2)
    mu, sd = math.log(ticket["mean"]) - variance / 2, math.sqrt(variance)
    low, high = (math.log(ticket["min"]) - mu) / sd, (math.log(ticket["max"]) - mu) / sd
    inside = NORMAL.cdf(high) - NORMAL.cdf(low)
    return ticket["mean"] * (NORMAL.cdf(high - sd) - NORMAL.cdf(low - sd)) / inside, inside


def portfolio():
    thesis, fund = SCENARIO["thesis"], SCENARIO["fund"]
    mean, inside = truncated_lognormal_mean(thesis["ticket"])
    commitments = sum(item["commitment"] for item in fund["classes"].values())
    years = fund["investment_years"]
    costs = commitments * (fund["setup"] + years * (fund["management_fee"] + fund["running_costs"]))
    form_share = {}
    for item in thesis["mix"].values():
        for form, weight in item["legal_forms"].items():
            form_share[form] = form_share.get(form, 0.0) + item["weight"] * weight
    return sheet([say("reference", "référence"), ""], [
        [say("mean ticket once truncated, M€", "ticket moyen une fois tronqué, M€"), number(mean / 1e6)],
        [say("tickets inside the bounds before truncation", "tickets dans les bornes avant troncature"), percent(inside, 1)],
        [say("deals, about: volume / mean ticket", "lignes, environ : volume / ticket moyen"), number(thesis["volume"] / mean, 0)],
        [say("volume by form: associations", "volume par forme : associations"), percent(form_share["association"], 1)],
        [say("volume by form: cooperatives", "volume par forme : coopératives"), percent(form_share["cooperative"], 1)],
        [say("volume by form: companies", "volume par forme : sociétés"), percent(form_share["company"], 1)],
        [say(f"costs of the {years:g} years of investment, M€", f"frais des {number(years, 0)} années d'investissement, M€"), number(costs / 1e6)],
        [say("left of the commitments, M€", "reste des engagements, M€"), number((commitments - costs) / 1e6)],
        [say("volume of the thesis, M€", "volume de la thèse, M€"), number(thesis["volume"] / 1e6)],
        [say("margin for later calls, M€", "marge pour les appels suivants, M€"), number((commitments - costs - thesis["volume"]) / 1e6)]])


# ---- losses and the guarantee ----

def life(key):
    """Years at risk of a deal held to its end, about."""
    terms = SCENARIO["instruments"][key]
    if key == "shares":
        return terms["holding_mean"]
    if key in ("convertible", "bond"):
        return terms["maturity_years"]
    if key == "participating_securities":   # called at `call_from`, else each later year with probability `call_next`
        return terms["call_from_years"] + (1 - terms["call_first"]) / terms["call_next"]
    if key == "association_securities":
        return terms["target_years"]
    if key == "participating_loan":
        return average_life(terms)
    return terms["lock_years"] + terms["delay_max_years"] / 2


def first_order_losses():
    lines, total_default, total_exit = [], 0.0, 0.0
    for key, names in NAMES.items():
        terms, mix = SCENARIO["instruments"][key], SCENARIO["thesis"]["mix"][key]
        weight = sum(mix["legal_forms"].values())
        years = life(key)
        dead = sum(share / weight * cumulated(pd_curve(form, terms["pd_scale"], 20), years) for form, share in mix["legal_forms"].items())
        kept = sum(item["probability"] * item["recovery_mean"] for item in terms["resolutions"])
        exit_loss = (1 - dead) * shares_at(years)["shortfall"] if key == "shares" else 0.0
        default_loss = dead * (1 - kept)
        total_default += mix["weight"] * default_loss
        total_exit += mix["weight"] * exit_loss
        lines.append([say(*names), percent(mix["weight"], 0), number(years, 1), percent(dead, 1), percent(default_loss, 1), percent(exit_loss, 1)])
    lines.append([say("**the mix**", "**l'ensemble**"), percent(1.0, 0), "", "", percent(total_default, 1), percent(total_exit, 1)])
    return sheet([say("first order", "premier ordre"), say("mix", "part"), say("years at risk", "années exposées"), say("defaulted", "en défaut"),
                  say("default loss, of cost", "perte sur défaut, du coût"), say("loss on exit, of cost", "perte à la sortie, du coût")], lines)


def alone():
    """docs/data/alone.json, which tools/alone.py writes, in the order of the returns."""
    found = json.loads((ROOT / "docs" / "data" / "alone.json").read_text(encoding="utf-8"))["irr"]
    lines = []
    for key in sorted(found, key=found.get, reverse=True):
        terms, forms = SCENARIO["instruments"][key], SCENARIO["thesis"]["mix"][key]["legal_forms"]
        dead = sum(share / sum(forms.values()) * cumulated(pd_curve(form, terms["pd_scale"], 20), life(key)) for form, share in forms.items())
        kept = sum(item["probability"] * item["recovery_mean"] for item in terms["resolutions"])
        lines.append([say(*NAMES[key]), percent(found[key], 1), percent(dead, 0), percent(kept, 0), percent(terms["liquidation_discount"], 0)])
    return sheet([say("all of the volume in", "tout le volume en"), say("IRR of mean flows, before any cost", "TRI des flux moyens, avant tout frais"),
                  say("defaulted, first order", "en défaut, premier ordre"), say("mean recovery", "recouvrement moyen"),
                  say("discount of a forced sale", "décote de cession forcée")], lines)


def break_even():
    volume, dotation = 1000.0, 70.0
    lines = []
    for quotite in (0.5, 0.7, 0.8):
        lines.append([percent(quotite, 0), percent(dotation / (quotite * volume), 2), number(volume * quotite, 0, "M€"), percent(15.0 / (quotite * volume), 2)])
    return sheet([say("quotité", "quotité"), say("losses that 70 M€ cover, of 1,000 M€", "pertes que couvrent 70 M€, sur 1 000 M€"),
                  say("guaranteed", "garanti"), say("losses that 15 M€ cover, of 1,000 M€", "pertes que couvrent 15 M€, sur 1 000 M€")], lines)


def multipliers():
    lines = [[row["scheme"], number(float(row["multiplier"]), 1), row["numerator"], row["denominator"], row["sure"]] for row in table("multipliers.csv")]
    french = {
        "social-economy guarantee, amendment to the finance bill for 2026": "garantie ESS, amendement au PLF 2026", "COSME, ex ante, at most": "COSME, ex ante, au plus",
        "Convergence, private financing only": "Convergence, financements privés seuls", "relance loans": "prêts participatifs Relance",
        "financing that 70 M EUR can generate, more than 1000 M EUR": "financements que 70 M€ « peuvent générer », plus de 1 000 M€", "guarantees, 70 M EUR": "garanties, 70 M€",
        "all investment": "tout l'investissement", "guarantee of the Union": "garantie de l'Union", "amount guaranteed": "encours garanti", "dotation": "dotation",
        "financing": "financements", "budget of the Union": "budget de l'Union", "other financing, public and private": "autres financements, publics et privés",
        "concessional capital": "capital concessionnel", "private financing": "financements privés", "loans": "prêts",
        "guarantee of the State, 30 % of the loans": "garantie de l'État, 30 % des prêts", "capital invested": "capital investi",
        "capital guaranteed or lent by the State": "capital garanti ou prêté par l'État", "financing of the projects": "financement des projets",
        "public investment": "investissement public", "read": "lu", "computed": "calculé", "check": "à vérifier"}
    if LANG == "fr":
        lines = [[french.get(cell, cell) for cell in line] for line in lines]
    else:
        lines = [[cell.replace(" M EUR", " M€").replace("check", "to be checked") for cell in line] for line in lines]
    return sheet([say("scheme", "dispositif"), say("multiplier", "multiplicateur"), say("what", "quoi"), say("divided by", "divisé par"), say("sure", "sûreté")], lines)


def schemes():
    french = {"Groeifaciliteit, Netherlands": "Groeifaciliteit, Pays-Bas", "Beteiligungsgarantien, Germany": "Beteiligungsgarantien, Allemagne",
              "relance loans, France 2021": "prêts Relance, France 2021", "InvestEU, micro and social": "InvestEU, micro et social",
              "Enterprise Finance Guarantee, UK": "Enterprise Finance Guarantee, Royaume-Uni",
              "ceiling of State aid without notification": "plafond des aides d'État sans notification", "equity": "fonds propres", "loans": "prêts", "all": "tout"}

    def span(low, high):
        if low and high and float(low) != float(high):
            return f"{number(float(low), 2).rstrip('0').rstrip('.,')}–{number(float(high), 2).rstrip('0').rstrip('.,')}"
        return f"{'≤ ' if not low and high else ''}{number(float(high or low), 2).rstrip('0').rstrip('.,')}" if high or low else "—"

    lines = []
    for row in table("guarantees-elsewhere.csv"):
        cells = [row["scheme"], row["covers"]]
        lines.append([say(cell, french.get(cell, cell)) for cell in cells] + [span(row["quotite_low_percent"], row["quotite_high_percent"]),
                     span(row["cap_percent"], row["cap_percent"]), span(row["fee_low_percent"], row["fee_high_percent"])])
    layer = read_scenario(ROOT / "scenarios" / "fpci-guaranteed.cfg")["guarantee"]["layers"][0]
    lines.append([say("**reference, `fpci-guaranteed`**", "**référence, `fpci-guaranteed`**"), say("all", "tout"), number(100 * layer["quotite"], 0),
                  number(100 * layer["cap_rate"], 0), number(100 * layer["fee_rate"], 2)])
    return sheet([say("scheme", "dispositif"), say("covers", "couvre"), say("quotité, %", "quotité, %"), say("cap, %", "plafond, %"), say("fee, % a year", "commission, % par an")], lines)


SECTIONS = {"tmo-fit": tmo_fit, "tmo-levels": tmo_levels, "survival": survival, "other-proxies": other_proxies, "reference-pd": reference_pd,
            "correlations": correlations, "pairs": pairs, "recovery-proxies": recovery_proxies, "recoveries": recoveries, "shares": shares, "debt": debt,
            "portfolio": portfolio, "losses": first_order_losses, "alone": alone, "break-even": break_even, "schemes": schemes, "multipliers": multipliers}
BLOCK = re.compile(r"(<!-- inputs\.py: ([a-z-]+) -->\n).*?(<!-- end -->)", re.S)


def unsourced_multipliers():
    """Names of the multipliers that the program prints, src/report/published.def, of which the data have none of that value."""
    known = [float(row["multiplier"]) for row in table("multipliers.csv")]
    return [one.name[1] for one in published.MULTIPLIERS if not any(one.low <= value <= one.high for value in known)]


def page_with_tables(text):
    return BLOCK.sub(lambda m: f"{m.group(1)}\n{SECTIONS[m.group(2)]()}\n\n{m.group(3)}", text)


def main():
    global LANG, SCENARIO
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", choices=("en", "fr"), default="en")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    SCENARIO = read_scenario(ROOT / "scenarios" / "fpci-reference.cfg")
    if not (arguments.write or arguments.check):
        LANG = arguments.lang
        for name, section in SECTIONS.items():
            print(f"## {name}\n\n{section()}\n")
        return 0
    stale = 0
    for LANG, page in (("en", ROOT / "docs" / "inputs.md"), ("fr", ROOT / "docs" / "inputs.fr.md")):
        if not page.exists():
            continue
        old = page.read_text(encoding="utf-8")
        new = page_with_tables(old)
        if arguments.write:
            page.write_text(new, encoding="utf-8")
        elif old != new:
            print(f"{page.relative_to(ROOT)}: its tables are not what the data give; run tools/inputs.py --write", file=sys.stderr)
            stale = 1
    for name in unsourced_multipliers():
        print(f"src/report/published.def: the multiplier of {name} is not in scenarios/data/multipliers.csv", file=sys.stderr)
        stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
