#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Computes the figures of docs/seventy-millions.md and docs/soixante-dix-millions.md from runs of scenarios/scheme-national.cfg.

    tools/seventy.py build/src/cli/milliard    runs everything (some 100 runs), writes docs/data/seventy.json and both pages
    tools/seventy.py --write                   puts the tables into the pages again, from docs/data/seventy.json
    tools/seventy.py --check                   fails when a page does not hold what docs/data/seventy.json gives

Every run has the same seed and the same number of paths, so that the same build gives the same file. Nothing but the standard
library, so that any Python 3.8 or later runs it.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import inputs
from inputs import number, percent, say, sheet

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCENARIO = ROOT / "scenarios" / "scheme-national.cfg"
RESULTS = ROOT / "docs" / "data" / "seventy.json"
PAGES = {"en": ROOT / "docs" / "seventy-millions.md", "fr": ROOT / "docs" / "soixante-dix-millions.md"}
SEED, PATHS = 2027, 20000
VOLUME = 1e9
QUOTITES = (0.5, 0.7, 0.8)
DOTATIONS = (70e6, 15e6)
LEVELS = (0.95, 0.99, 0.999)
INSTRUMENTS = ("shares", "convertible", "bond", "participating_securities", "association_securities", "participating_loan",
               "cooperative_shares")
MEANS = ("payouts", "payouts_due", "payouts_unpaid", "fees_received", "operator_cost", "yield_received", "net_cost", "exhausted",
         "residual_balance", "commitment", "fee_base", "loss_default", "loss_exit", "deals", "defaults")


# ---- runs ----

def significant(value):
    """Seven digits: far more than the Monte-Carlo errors leave."""
    return value if value is None or isinstance(value, (int, str)) else float(f"{value:.7g}")


class Runner:
    """Calls milliard and keeps what the pages need of each run."""

    def __init__(self, program):
        self.program, self.count, self.about = program, 0, None

    def full(self, **keys):
        """One run of the scheme with keys overridden, as `milliard show --json` gives it. Two underscores stand for a point."""
        sets = [f"{key.replace('__', '.')}={value}" for key, value in keys.items()]
        sets.append('run.trajectories="none"')
        with tempfile.TemporaryDirectory() as folder:
            results = str(pathlib.Path(folder) / "run.h5")
            command = [self.program, "run", str(SCENARIO), "-q", "-o", results, "--seed", str(SEED), "--paths", str(PATHS)]
            for item in sets:
                command += ["--set", item]
            subprocess.run(command, check=True)
            shown = subprocess.run([self.program, "show", "--json", results], check=True, stdout=subprocess.PIPE).stdout
        self.count += 1
        print(f"{self.count:4d}  {' '.join(sets[:-1])}", file=sys.stderr, flush=True)
        return json.loads(shown)

    def scheme(self, quotite, dotation, volume=VOLUME, **keys):
        run = self.full(guarantee__layers__state__quotite=f"{quotite:g}", thesis__volume=f"{volume:.1f}",
                        **{"guarantee__dotation[0]__amount": f"{dotation:.1f}"}, **keys)
        self.about = self.about or run
        measures = run["measures"]
        mean = {name: significant(measures[name]["with"]["mean"]) for name in MEANS}
        error = {name: significant(measures[name]["with"]["mean_error"]) for name in MEANS}
        levels = [f"{level:g}" for level in run["quantile_levels"]]
        due, per_euro = measures["payouts_due"]["with"]["quantiles"], measures["net_cost_per_euro"]["with"]["quantiles"]
        when = measures["exhaustion_years"]["with"]["quantiles"]
        need = run["dotation_needed"]
        return {"quotite": quotite, "dotation": dotation, "volume": volume, "set": keys, "mean": mean, "error": error,
                "due": {level: significant(value) for level, value in zip(levels, due)},
                "net_cost_per_euro": {level: significant(value) for level, value in zip(levels, per_euro)},
                "exhausted_after": significant(when[levels.index("0.5")]) if when else None,
                "coverage": significant(run["derived"]["coverage_of_means"]["value"]),
                "needed": {f"{level:g}": [significant(need[part][i]) for part in ("value", "low", "high")] for i, level in enumerate(LEVELS)}}

    def solve(self, guess, answer, target, tolerance):
        """x > 0 at which answer(x)[0] = target, from a guess, by secants on the ratio answer/x, which hardly moves: a few runs."""
        x, last = guess, None
        for _ in range(8):
            value, run = answer(x)
            if abs(value / target - 1) < tolerance:
                return x, run
            slope = value / x if last is None or last[0] == x else (value - last[1]) / (x - last[0])
            last = (x, value)
            x += (target - value) / slope
        raise SystemExit(f"no x found for {target}: last {x}, {value}")


def pd_scaled(parameters, scale):
    """Keys that multiply the PDs of every legal form."""
    keys = {}
    for item in parameters:
        if re.fullmatch(r"legal_forms\.\w+\.pd", item["key"]):
            values = [scale * float(text) for text in re.findall(r"[\d.eE+-]+", item["value"])]
            keys[item["key"].replace(".", "__")] = "[" + ",".join(f"{value:.8f}" for value in values) + "]"
    return keys


def name(quotite, dotation):
    return f"{100 * quotite:.0f}/{dotation / 1e6:.0f}"


def compute(program):
    runner = Runner(program)
    result = {}
    result["base"] = {name(q, d): runner.scheme(q, d) for q in QUOTITES for d in DOTATIONS}
    parameters = runner.about["parameters"]
    base = {q: result["base"][name(q, DOTATIONS[0])] for q in QUOTITES}

    # Without fees or yield the dotation is exhausted exactly when the losses covered exceed dotation / quotité.
    bare = dict(guarantee__layers__state__fee_rate="0.0", guarantee__dotation_yield="0.0")
    result["bare"] = {name(q, d): runner.scheme(q, d, **bare) for q in QUOTITES for d in DOTATIONS}

    result["cap_25"] = {name(q, d): runner.scheme(q, d, guarantee__layers__state__cap_rate="0.25") for q in QUOTITES for d in DOTATIONS[:1]}
    result["cap_dotation"] = {name(q, d): runner.scheme(q, d, guarantee__layers__state__cap_rate=f"{d / (q * VOLUME):.10f}")
                              for q in QUOTITES for d in DOTATIONS}

    cases = {"pd_half": pd_scaled(parameters, 0.5), "pd_double": pd_scaled(parameters, 2.0),
             "moral_hazard": dict(guarantee__moral_hazard="1.5"), "student": dict(factors__dependence='"student"')}
    result["cases"] = {case: {name(q, d): runner.scheme(q, d, **keys) for q in QUOTITES for d in DOTATIONS[:1]} for case, keys in cases.items()}
    far = {f"{level:g}": round(base[0.5]["needed"][f"{level:g}"][0], -5) for level in LEVELS}
    result["far"] = {level: {case: runner.scheme(0.5, amount, **keys) for case, keys in [("reference", {})] + list(cases.items())}
                     for level, amount in far.items()}

    def only(kept):
        return {f"thesis__mix__{key}__weight": "1.0" if key == kept else "0.0" for key in INSTRUMENTS}
    result["alone"] = {key: runner.scheme(0.5, DOTATIONS[0], **only(key)) for key in INSTRUMENTS}

    # 15 M€ for as much financing as the sentence has for 70 M€, a smaller portfolio.
    small = VOLUME * DOTATIONS[1] / DOTATIONS[0]
    result["same_ratio"] = {name(q, DOTATIONS[1]): runner.scheme(q, DOTATIONS[1], volume=small) for q in QUOTITES}

    result["volume"] = {}
    for q in QUOTITES:
        for d in DOTATIONS:
            for level in ("0.95", "0.99"):
                def need(volume):
                    run = runner.scheme(q, d, volume=round(volume, -5))
                    return run["needed"][level][0], run
                _, run = runner.solve(VOLUME * d / base[q]["needed"][level][0], need, d, 0.004)
                result["volume"][f"{name(q, d)}/{level}"] = run

    result["pd_that_holds"] = {}
    for q in QUOTITES:
        def need_at(scale):
            run = runner.scheme(q, DOTATIONS[0], **pd_scaled(parameters, scale))
            return run["needed"]["0.95"][0], run
        scale, run = runner.solve(0.5 if q == 0.5 else 0.3, need_at, DOTATIONS[0], 0.004)
        result["pd_that_holds"][name(q, DOTATIONS[0])] = dict(run, scale=significant(scale))

    about = runner.about
    return {"scenario": about["name"], "program_version": about["program_version"], "stream_version": about["stream_version"],
            "seed": SEED, "paths": PATHS, "runs": result}


# ---- tables ----

CASES = {"reference": ("reference", "référence"), "pd_half": ("all PDs × 0.5", "toutes les PD × 0,5"), "pd_double": ("all PDs × 2", "toutes les PD × 2"),
         "moral_hazard": ("moral hazard: PDs × 1.5 once covered", "aléa moral : PD × 1,5 une fois couvert"),
         "student": ("Student dependence, 4 degrees of freedom", "dépendance de Student, 4 degrés de liberté")}
DATA, DATA_ABOUT = {}, {}


def money(value, decimals=1):
    return number(value / 1e6, decimals)


def chance(run):
    """Probability of exhaustion and its Monte-Carlo error; 0 and 1 have none to show."""
    mean, error = run["mean"]["exhausted"], run["error"]["exhausted"]
    return percent(mean, 1) if mean in (0, 1) else f"{number(100 * mean, 1)} ± {percent(error, 1)}"


def share(run, level):
    """Quantile of the losses covered, of the financing: payouts due over quotité and volume."""
    return run["due"][level] / run["quotite"] / run["volume"]


def full_net_cost(run):
    """Mean net cost if all that is due were paid: nothing else of the net cost moves with the balance."""
    mean = run["mean"]
    return mean["payouts_due"] - mean["fees_received"] + mean["operator_cost"]


def base_of(q, d=DOTATIONS[0]):
    return DATA["base"][name(q, d)]


def quotite(q):
    return percent(q, 0)


def meur(value, decimals=1):
    return number(value / 1e6, decimals, "M€")


def table_break_even():
    lines = []
    for q in QUOTITES:
        line = [quotite(q), meur(q * VOLUME, 0)]
        for d in DOTATIONS:
            line += [percent(d / (q * VOLUME), 2), percent(DATA["bare"][name(q, d)]["mean"]["exhausted"], 1)]
        lines.append(line)
    return sheet([say("quotité", "quotité"), say("guaranteed", "garanti"), say("70 M€: break-even", "70 M€ : point mort"), say("losses exceed it", "pertes au-delà"),
                  say("15 M€: break-even", "15 M€ : point mort"), say("losses exceed it", "pertes au-delà")], lines)


def table_losses():
    run = base_of(0.5)
    mean = run["mean"]
    levels = ("0.05", "0.25", "0.5", "0.75", "0.95", "0.99")
    return sheet([say("of the financing", "des financements"), say("mean", "moyenne")] + [percent(float(level), 0) for level in levels],
                 [[say("losses covered", "sinistres retenus"), percent(mean["payouts_due"] / run["quotite"] / run["volume"], 1)] + [percent(share(run, level), 1) for level in levels],
                  [say("default and exit losses, covered or not", "pertes sur défaut et de sortie, retenues ou non"), percent((mean["loss_default"] + mean["loss_exit"]) / run["volume"], 1)] + [""] * len(levels)])


def table_dotation():
    lines = []
    for d in DOTATIONS:
        for q in QUOTITES:
            run = base_of(q, d)
            mean = run["mean"]
            lines.append([meur(d, 0), quotite(q), chance(run), number(run["exhausted_after"], 1), money(mean["payouts_due"]), money(run["due"]["0.95"]), money(mean["payouts"]),
                          money(mean["payouts_unpaid"]), percent(run["coverage"], 0)])
    return sheet([say("dotation", "dotation"), say("quotité", "quotité"), say("exhausted", "épuisée"), say("after, years", "après, ans"), say("payouts due", "indemnités dues"),
                  say("due, 95 %", "dues, 95 %"), say("paid", "versées"), say("unpaid", "impayées"), say("losses borne by the guarantee", "pertes prises en charge")], lines)


def table_needed():
    lines = []
    for q in QUOTITES:
        run = base_of(q)
        line = [quotite(q)]
        for level in LEVELS:
            value, low, high = run["needed"][f"{level:g}"]
            line.append(f"{money(value)} ({money(low)}–{money(high)})")
        lines.append(line + [number(run["volume"] / run["needed"]["0.95"][0], 1)])
    return sheet([say("quotité", "quotité")] + [say(f"in {100 * level:g} % of cases, M€", f"dans {number(100 * level, 0 if level < 0.995 else 1)} % des cas, M€") for level in LEVELS] +
                 [say("financing per euro, 95 %", "financements par euro, 95 %")], lines)


def table_net_cost():
    lines = []
    for d in DOTATIONS:
        for q in QUOTITES:
            run = base_of(q, d)
            mean = run["mean"]
            per_euro = run["net_cost_per_euro"]
            lines.append([meur(d, 0), quotite(q), money(mean["fees_received"]), money(mean["operator_cost"]), money(mean["yield_received"]), money(mean["residual_balance"]),
                          f"{money(mean['net_cost'])} ± {money(run['error']['net_cost'])}", say(f"{number(100 * per_euro['0.05'], 1)} to {percent(per_euro['0.95'], 1)}", f"{number(100 * per_euro['0.05'], 1)} à {percent(per_euro['0.95'], 1)}"), money(full_net_cost(run)), percent(mean["payouts_due"] / mean["fee_base"], 2)])
    return sheet([say("dotation", "dotation"), say("quotité", "quotité"), say("fees", "commissions"), say("operator", "opérateur"), say("yield", "produits financiers"),
                  say("left at the end", "solde résiduel"), say("net cost", "coût net"), say("per euro covered, 5 to 95 %", "par euro couvert, 5 à 95 %"),
                  say("net cost, all dues paid", "coût net, tout payé"), say("break-even fee, all dues paid", "commission d'équilibre, tout payé")], lines)


def table_multipliers():
    labels = (say("expected net cost, dotation of 70 M€", "coût net attendu, dotation de 70 M€"), say("expected net cost, all that is due paid", "coût net attendu, tout le dû payé"),
              say("dotation of the sentence", "dotation de la phrase"), say("dotation that holds in 95 % of cases", "dotation qui suffit dans 95 % des cas"),
              say("largest commitment", "engagement maximal"))
    lines = [[label] for label in labels]
    for q in QUOTITES:
        run = base_of(q)
        values = (run["mean"]["net_cost"], full_net_cost(run), run["dotation"], run["needed"]["0.95"][0], run["mean"]["commitment"])
        for line, value in zip(lines, values):
            line += [money(value), number(run["volume"] / value, 1)]
    title = [say("1,000 M€ of financing covered, over…", "1 000 M€ de financements couverts, sur…")]
    for q in QUOTITES:
        title += [say(f"{quotite(q)}: M€", f"{quotite(q)} : M€"), say("multiplier", "multiplicateur")]
    return sheet(title, lines)


def table_published():
    return inputs.multipliers()


def table_volume():
    lines = []
    for d in reversed(DOTATIONS):
        for q in QUOTITES:
            line = [meur(d, 0), quotite(q)]
            for level in ("0.95", "0.99"):
                run = DATA["volume"][f"{name(q, d)}/{level}"]
                line += [money(run["volume"], 0), number(run["mean"]["deals"], 0), number(run["volume"] / d, 1)]
            lines.append(line)
    return sheet([say("dotation", "dotation"), say("quotité", "quotité"), say("financing covered at 95 %, M€", "financements couverts à 95 %, M€"), say("deals", "lignes"), say("per euro", "par euro"),
                  say("at 99 %, M€", "à 99 %, M€"), say("deals", "lignes"), say("per euro", "par euro")], lines)


def table_same_ratio():
    lines = []
    for q in QUOTITES:
        run = DATA["same_ratio"][name(q, DOTATIONS[1])]
        lines.append([quotite(q), chance(base_of(q)), chance(run), money(base_of(q)["needed"]["0.95"][0] * run["volume"] / VOLUME), money(run["needed"]["0.95"][0])])
    run = DATA["same_ratio"][name(QUOTITES[0], DOTATIONS[1])]
    return sheet([say("quotité", "quotité"), say("70 M€ for 1,000 M€: exhausted", "70 M€ pour 1 000 M€ : épuisée"),
                  say(f"15 M€ for {meur(run['volume'])}: exhausted", f"15 M€ pour {meur(run['volume'])} : épuisée"), say("needed at 95 %, by scaling, M€", "nécessaire à 95 %, règle de trois, M€"), say("needed at 95 %, run, M€", "nécessaire à 95 %, calculée, M€")], lines)


def table_pd():
    lines = []
    for q in QUOTITES:
        run = DATA["pd_that_holds"][name(q, DOTATIONS[0])]
        mean = run["mean"]
        lines.append([quotite(q), f"× {number(run['scale'], 2)}", percent(mean["defaults"] / mean["deals"], 1), percent(mean["payouts_due"] / q / run["volume"], 1), percent(share(run, "0.95"), 1),
                      percent((mean["loss_default"] + mean["loss_exit"]) / run["volume"], 1)])
    run = base_of(0.5)
    mean = run["mean"]
    lines.append([say("reference", "référence"), "× 1", percent(mean["defaults"] / mean["deals"], 1), percent(mean["payouts_due"] / run["quotite"] / run["volume"], 1), percent(share(run, "0.95"), 1),
                  percent((mean["loss_default"] + mean["loss_exit"]) / run["volume"], 1)])
    return sheet([say("quotité", "quotité"), say("PDs", "PD"), say("deals in default", "lignes en défaut"), say("losses covered, mean", "sinistres retenus, moyenne"), say("losses covered, 95 %", "sinistres retenus, 95 %"),
                  say("default and exit losses, mean", "pertes sur défaut et de sortie, moyenne")], lines)


def table_alone():
    lines = []
    for key in INSTRUMENTS:
        run = DATA["alone"][key]
        mean = run["mean"]
        lines.append([say(*inputs.NAMES[key]), percent(mean["payouts_due"] / run["quotite"] / run["volume"], 1), percent(share(run, "0.95"), 1), chance(run), money(run["needed"]["0.95"][0])])
    run = base_of(0.5)
    lines.append([say("**the mix**", "**l'ensemble**"), percent(run["mean"]["payouts_due"] / run["quotite"] / run["volume"], 1), percent(share(run, "0.95"), 1), chance(run), money(run["needed"]["0.95"][0])])
    return sheet([say("1,000 M€ of…", "1 000 M€ de…"), say("losses covered, mean", "sinistres retenus, moyenne"), say("losses covered, 95 %", "sinistres retenus, 95 %"), say("70 M€ exhausted", "70 M€ épuisés"),
                  say("dotation needed at 95 %, M€", "dotation nécessaire à 95 %, M€")], lines)


def table_capped():
    lines = []
    for q in QUOTITES:
        plain, wide = base_of(q), DATA["cap_25"][name(q, DOTATIONS[0])]
        lines.append([quotite(q), say("none", "aucun"), meur(DOTATIONS[0], 0), chance(plain), money(plain["mean"]["payouts"]), money(plain["mean"]["payouts_unpaid"]), percent(plain["coverage"], 0)])
        lines.append([quotite(q), percent(0.25, 2), meur(DOTATIONS[0], 0), chance(wide), money(wide["mean"]["payouts"]), money(wide["mean"]["payouts_unpaid"]), percent(wide["coverage"], 0)])
        for d in DOTATIONS:
            tight = DATA["cap_dotation"][name(q, d)]
            lines.append([quotite(q), percent(d / (q * VOLUME), 2), meur(d, 0), chance(tight), money(tight["mean"]["payouts"]), money(tight["mean"]["payouts_unpaid"]), percent(tight["coverage"], 0)])
    return sheet([say("quotité", "quotité"), say("cap", "plafond"), say("dotation", "dotation"), say("exhausted", "épuisée"), say("paid", "versées"), say("unpaid", "impayées"), say("losses borne by the guarantee", "pertes prises en charge")], lines)


def table_cases():
    lines = []
    for q in QUOTITES:
        for case, label in CASES.items():
            run = base_of(q) if case == "reference" else DATA["cases"][case][name(q, DOTATIONS[0])]
            lines.append([say(*label), quotite(q), money(run["mean"]["payouts_due"]), chance(run)] + [money(run["needed"][f"{level:g}"][0]) for level in LEVELS])
    return sheet([say("assumption", "hypothèse"), say("quotité", "quotité"), say("payouts due", "indemnités dues"), say("70 M€ exhausted", "70 M€ épuisés"), say("needed, 95 %", "nécessaire, 95 %"), "99 %", say("99.9 %", "99,9 %")], lines)


def mixture(runs):
    """PDs halved, as stated, doubled with weights 1/4, 1/2, 1/4."""
    return 0.25 * runs["pd_half"]["mean"]["exhausted"] + 0.5 * runs["reference"]["mean"]["exhausted"] + 0.25 * runs["pd_double"]["mean"]["exhausted"]


def table_far():
    labels = list(CASES.items())
    lines = [[say(*label)] + [percent(DATA["far"][f"{level:g}"][case]["mean"]["exhausted"], 2) for level in LEVELS] for case, label in labels]
    lines.append([say("PDs × 0.5, × 1 or × 2, weights ¼, ½, ¼", "PD × 0,5, × 1 ou × 2, poids ¼, ½, ¼")] + [percent(mixture(DATA["far"][f"{level:g}"]), 2) for level in LEVELS])
    return sheet([say("exhausted, if in truth", "épuisée, si en vérité")] + [meur(DATA["far"][f"{level:g}"]["reference"]["dotation"]) for level in LEVELS], lines)


def several(values):
    """a, b and c."""
    return ", ".join(values[:-1]) + say(" and ", " et ") + values[-1]


def table_short():
    pd = [f"× {number(DATA['pd_that_holds'][name(q, DOTATIONS[0])]['scale'], 2)}" for q in QUOTITES]
    hold = [DATA["pd_that_holds"][name(q, DOTATIONS[0])] for q in QUOTITES]
    lossy = [percent(run["mean"]["payouts_due"] / run["quotite"] / run["volume"], 1) for run in hold]
    due = [meur(base_of(q)["mean"]["payouts_due"], 0) for q in QUOTITES]
    exhausted = [percent(base_of(q)["mean"]["exhausted"], 0) for q in QUOTITES]
    needed = [meur(base_of(q)["needed"]["0.95"][0], 0) for q in QUOTITES]
    big = [meur(DATA["volume"][f"{name(q, DOTATIONS[0])}/0.95"]["volume"], 0) for q in QUOTITES]
    small = [meur(DATA["volume"][f"{name(q, DOTATIONS[1])}/0.95"]["volume"], 0) for q in QUOTITES]
    limit, limit_small = ([percent(d / (q * VOLUME), 2) for q in QUOTITES] for d in DOTATIONS)
    run = base_of(0.5)
    mean = percent(run["mean"]["payouts_due"] / run["quotite"] / run["volume"], 1)
    tail = percent(share(run, "0.95"), 1)
    double = DATA["cases"]["pd_double"][name(0.5, DOTATIONS[0])]
    half = DATA["cases"]["pd_half"][name(0.5, DOTATIONS[0])]
    lines = say([
        f"Arithmetic: fees and yield left aside, 70 M€ last for 1,000 M€ of financing as long as cumulated losses covered stay at or under {several(limit)} of it, at quotités of 50, 70 and 80 %; 15 M€, at or under {several(limit_small)}.",
        f"On the assumptions of the reference, losses covered are {mean} of the financing on average, and more than {tail} in one case out of twenty. Payouts due are {several(due)} on average; with fees of 0.5 % and a yield of 2 % a year, a dotation of 70 M€ is exhausted in {several(exhausted)} of cases. "
        f"To last in 95 % of cases it has to be {several(needed)}.",
        f"70 M€ last in 95 % of cases if probabilities of default are those of the reference {several(pd)}, hence losses covered of {several(lossy)} on average; or, at the reference's losses, for {several(big)} of financing instead of 1,000.",
        f"15 M€ last in 95 % of cases for {several(small)} of financing.",
        f"These assumptions are judgements. Halve the probabilities of default and the dotation of 70 M€ at a quotité of 50 % is exhausted in {percent(half['mean']['exhausted'], 1)} of cases; double them, in {percent(double['mean']['exhausted'], 0)}. No published figure says which is nearer the truth."],
        [
        f"Par l'arithmétique : hors commissions et produits financiers, 70 M€ suffisent pour 1 000 M€ de financements tant que les sinistres retenus cumulés n'en dépassent pas {several(limit)}, aux quotités de 50, 70 et 80 % ; 15 M€, pas {several(limit_small)}.",
        f"Sous les hypothèses de la référence, les sinistres retenus font {mean} des financements en moyenne, et plus de {tail} dans un cas sur vingt. Les indemnités dues atteignent {several(due)} en moyenne ; avec 0,5 % de commission et 2 % de produits financiers par an, une dotation de 70 M€ s'épuise dans {several(exhausted)} des cas. "
        f"Pour suffire dans 95 % des cas, il faut {several(needed)}.",
        f"70 M€ suffisent dans 95 % des cas si les probabilités de défaut sont celles de la référence {several(pd)}, soit des sinistres retenus de {several(lossy)} en moyenne ; ou bien, aux pertes de la référence, pour {several(big)} de financements au lieu de 1 000.",
        f"15 M€ suffisent, dans 95 % des cas, pour {several(small)} de financements.",
        f"Ces hypothèses sont des jugements. Que les probabilités de défaut soient moitié moindres, et la dotation de 70 M€ s'épuise, à 50 % de quotité, dans {percent(half['mean']['exhausted'], 1)} des cas ; qu'elles doublent, dans {percent(double['mean']['exhausted'], 0)}. Aucun chiffre publié ne dit laquelle des deux est la plus proche du vrai."])
    text = "\n".join(f"- {line}" for line in lines)
    return inputs.french_spacing(text) if inputs.LANG == "fr" else text


def table_about():
    text = say(f"Seed {SEED}, {number(DATA_ABOUT['paths'], 0)} paths a run, milliard {DATA_ABOUT['program_version']}, version {DATA_ABOUT['stream_version']} of the draws.",
               f"Graine {SEED}, {number(DATA_ABOUT['paths'], 0)} trajectoires par calcul, milliard {DATA_ABOUT['program_version']}, version {DATA_ABOUT['stream_version']} des tirages.")
    return text


SECTIONS = {"short": table_short, "break-even": table_break_even, "losses": table_losses, "dotation": table_dotation, "needed": table_needed, "net-cost": table_net_cost,
            "multipliers": table_multipliers, "published": table_published, "volume": table_volume, "same-ratio": table_same_ratio, "pd": table_pd, "alone": table_alone,
            "capped": table_capped, "cases": table_cases, "far": table_far, "about": table_about}
BLOCK = re.compile(r"(<!-- seventy\.py: ([a-z-]+) -->\n).*?(<!-- end -->)", re.S)


def page_with_tables(text):
    return BLOCK.sub(lambda m: f"{m.group(1)}\n{SECTIONS[m.group(2)]()}\n\n{m.group(3)}", text)


def pages(check):
    """Writes the tables into both pages, or says which page is stale."""
    global DATA, DATA_ABOUT
    DATA_ABOUT = json.loads(RESULTS.read_text(encoding="utf-8"))
    DATA = DATA_ABOUT["runs"]
    stale = 0
    for inputs.LANG, page in PAGES.items():
        old = page.read_text(encoding="utf-8")
        new = page_with_tables(old)
        if not check:
            page.write_text(new, encoding="utf-8")
        elif old != new:
            print(f"{page.relative_to(ROOT)}: its tables are not those of {RESULTS.relative_to(ROOT)}; run tools/seventy.py --write", file=sys.stderr)
            stale = 1
    return stale


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", nargs="?", help="the milliard to run")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    if arguments.program:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(compute(arguments.program), indent=1) + "\n", encoding="utf-8")
    elif not (arguments.write or arguments.check):
        parser.error("a program to run, --write or --check")
    return pages(arguments.check)


if __name__ == "__main__":
    sys.exit(main())
