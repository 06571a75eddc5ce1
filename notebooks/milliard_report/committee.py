# SPDX-License-Identifier: GPL-3.0-or-later
"""What a committee or a data room asks first: a conclusion, the terms, the mix and the tickets, flows by year, assumptions with their sources, what this is not."""
import math

from . import terms, texts
from .typography import FIXED, number, percent, quantity

LITTLE_CARRY = 0.1      # of paths, below which a carry motivates nobody


def conclusion(page, report):
    """The figures of class A in a paragraph, as it would be said."""
    file, lang = report.main, report.lang
    if not file.has_fund or not file.has(file.main, "net_irr_a"):
        return
    branch = file.main
    share = file.stat(branch, "payback_years", "count") / file.paths if "payback_years" in file.measures.index else math.nan
    values = {"branch": report.say(branch), "irr": report.mean(branch, "net_irr_a"), "low": report.at(branch, "net_irr_a", 0.05), "high": report.at(branch, "net_irr_a", 0.95),
              "multiple": report.mean(branch, "tvpi_a"), "loss": report.mean(branch, "loss_a")}
    sentences = [report.say_known("conclusion", "conclusion_mean", **values)]
    if file.has(branch, "below_tmo_a"):
        sentences.append(report.say("conclusion_tmo", below=report.mean(branch, "below_tmo_a")))
    if math.isfinite(share):
        sentences.append(report.say("conclusion_payback", share=report.rate(share), years=report.mean(branch, "payback_years")))
    if file.has(branch, "hurdle_reached"):
        reached = file.stat(branch, "hurdle_reached", "mean")
        key = "conclusion_hurdle_seldom" if reached < LITTLE_CARRY else "conclusion_hurdle"
        sentences.append(report.say(key, reached=report.mean(branch, "hurdle_reached"), paid=report.mean(branch, "carry_paid")))
    if file.has_guarantee:
        sentences.append(report.say("conclusion_guarantee", irr=report.mean("difference", "net_irr_a", True), loss=report.mean("difference", "loss_a", True)))
    page.paragraph(" ".join(sentences), "lead")


def amount_or_rate(report, key):
    value = report.main.parameter(key)
    return terms.rate(value, report.lang) if math.isfinite(value) else "–"


def fees_in_words(report):
    """The rows of fees, or the three rates that stand for them."""
    file, lang = report.main, report.lang
    rows = sorted({key[:key.index("].") + 1] if "]." in key else key.rpartition(".")[0] for key in file.parameters.index if key.startswith("fund.fees") and key.endswith(".base")})
    if not rows:
        return report.say("fund_fees", during=amount_or_rate(report, "fund.management_fee"), after=amount_or_rate(report, "fund.management_fee_after"),
                          running=amount_or_rate(report, "fund.running_costs"), setup=amount_or_rate(report, "fund.setup"))
    parts = []
    for row in rows:
        amount, rate = file.parameter(row + ".amount"), file.parameter(row + ".rate")
        words = [terms.rate(rate, lang) + " " + report.say("fee_of_" + terms.text_of(file, row + ".base"))] if rate > 0 else []
        words += [terms.short(amount, lang)] if amount > 0 else []
        name = terms.text_of(file, row + ".name") or row.rpartition(".")[2]
        parts.append(f"{name} {' + '.join(words)}")
    return ", ".join(parts)


def terms_of_fund(page, report):
    """The terms of the fund, then of its guarantee."""
    file, lang = report.main, report.lang
    if not file.has_fund:
        return
    classes = [report.say("fund_class", name=name, amount=terms.short(file.parameter(f"fund.classes.{name}.commitment"), lang))
               for name in "ABC" if file.parameter(f"fund.classes.{name}.commitment") > 0]
    hurdle = file.hurdle()
    pairs = [("fund_size", ", ".join(classes)),
             ("fund_length", report.say("fund_years", term=terms.years(file.parameter("fund.term_years"), lang), more=terms.years(file.parameter("fund.extension_years"), lang),
                                        investing=terms.years(file.parameter("fund.investment_years"), lang))),
             ("fund_costs", fees_in_words(report)),
             ("fund_carry", report.say("fund_hurdle", hurdle=terms.rate(hurdle, lang) if math.isfinite(hurdle) else "–", carry=amount_or_rate(report, "fund.carry"),
                                       catch_up=amount_or_rate(report, "fund.catch_up"), impact=amount_or_rate(report, "fund.impact_carry.share"))),
             ("fund_recycling", report.say("fund_kept", share=amount_or_rate(report, "fund.recycling_limit"))),
             ("fund_issuer", amount_or_rate(report, "fund.max_issuer_share"))]
    page.terms(report.say("fund_terms"), [(report.say(key), words) for key, words in pairs])
    if file.has_guarantee:
        page.terms(report.say("guarantee_terms"), terms.guarantee(report))


def mix_and_tickets(page, report):
    """What is to be bought: weights by instrument, forms, tickets, pace."""
    file, lang = report.main, report.lang
    names = [name for name in file.instruments() if math.isfinite(file.parameter(f"thesis.mix.{name}.weight"))]
    if not names:
        return
    rows = []
    for name in names:
        forms = [(texts.legal_form(form, lang).lower(), file.parameter(f"thesis.mix.{name}.legal_forms.{form}")) for form in file.legal_forms()]
        rows.append([file.instrument_label(name, lang), terms.rate(file.parameter(f"thesis.mix.{name}.weight"), lang),
                     ", ".join(f"{label} {terms.rate(share, lang)}" for label, share in forms if share > 0)])
    page.heading(report.say("mix_and_tickets"))
    low, mean, high = (terms.short(file.parameter(f"thesis.ticket.{end}"), lang) for end in ("min", "mean", "max"))
    page.paragraph(report.say("tickets", volume=terms.short(file.parameter("thesis.volume"), lang), deals=report.mean("without", "deals"), low=low, mean=mean, high=high))
    page.table([report.say("by_instrument"), report.say("weight"), report.say("forms_head")], rows, text_columns=(2,))


FLOWS = ("calls", "distributions")


def flows_by_year(page, report):
    """Calls, distributions, what is invested and comes back, value, by calendar year."""
    file, lang = report.main, report.lang
    frames = {name: file.series(file.main, name) for name in (*FLOWS, "invested", "income", "capital", "nav")}
    if not file.has_fund or any(frame is None for frame in frames.values()):
        return
    years = frames["invested"].index
    columns = {}
    for name, frame in frames.items():
        if name in FLOWS:
            columns[name] = frame["mean"].groupby(file.year_of(frame.index)).sum()
        elif name == "nav":
            columns[name] = file.at_year_ends(frame)["mean"]
        else:
            columns[name] = frame["mean"]
    commitments = sum(file.parameter(f"fund.classes.{name}.commitment") for name in "ABC" if file.parameter(f"fund.classes.{name}.commitment") > 0)
    last = file.year_of((file.last_period + 1) / file.periods_per_year)
    rows, position = [], 0.0
    for year in (year for year in years if year <= last):
        position += columns["distributions"].get(year, 0) - columns["calls"].get(year, 0)
        cells = [columns[name].get(year, 0) / 1e6 for name in frames]
        rows.append([str(year), *(number(cell, 1, lang) for cell in cells), number(position / 1e6, 1, lang), percent(round(columns["calls"].get(year, 0) / commitments, 3), lang)])
    rows.append([report.say("total"), *(number(columns[name].sum() / 1e6, 1, lang) if name != "nav" else "" for name in frames), "", percent(round(columns["calls"].sum() / commitments, 3), lang)])
    page.heading(report.say("flows_by_year"))
    page.table([report.say("year"), *(report.say("flow_" + name) for name in frames), report.say("position"), report.say("drawn")], rows,
               report.say("flows_note", branch=report.say(file.main)))


def assumptions_with_sources(page, report):
    """Each judgement that the scenario states: its value, where it is written and whose it is."""
    file, lang = report.main, report.lang
    rows = file.parameters
    judged = rows[rows["flags"].str.contains("judgement") & (rows["origin"] != "unused") & (rows["origin"] != "default")]
    groups = {}
    for key, row in judged.iterrows():
        groups.setdefault((row["doc_" + lang], row["value"], row["unit"]), []).append((key, row["where"], row.get("source_fr" if lang == "fr" else "source", row["source"])))
    page.heading(report.say("sources"))
    page.paragraph(report.say("sources_text"))
    page.table([report.say("sources_what"), report.say("value"), report.say("sources_where")],
               [[of_what(report, found) + texts.typeset(doc, lang).rstrip("."), shown(report, value, unit), source_of(report, found)] for (doc, value, unit), found in groups.items()],
               text_columns=(1, 2))


def of_what(report, found):
    """The forms, instruments or factors whose key is one of these, before what it means."""
    file, lang, names = report.main, report.lang, []
    for key, _, _ in found:
        part = key.split(".")
        if part[0] == "legal_forms":
            names.append(texts.legal_form(part[1], lang).lower())
        elif part[0] == "instruments" and part[1] in file.instruments():
            names.append(file.instrument_label(part[1], lang).lower())
        elif key.startswith(("thesis.mix.", "factors.named.")) and len(part) > 3:
            names.append(file.instrument_label(part[2], lang).lower() if part[2] in file.instruments() else part[2])
    names = list(dict.fromkeys(names))
    return ", ".join(names) + (FIXED if lang == "fr" else "") + ": " if names else ""


def shown(report, value, unit):
    """A value of the scenario with its unit; a list by its numbers."""
    lang = report.lang
    if value.startswith("["):
        between = "\u202f; " if lang == "fr" else ", "
        return between.join(shown(report, part.strip(), unit) for part in value.strip("[] ").split(","))
    try:
        number_of = float(value)
    except ValueError:
        word = value.strip('"')
        return report.say("choice_" + word) if "choice_" + word in texts.TEXTS else word
    if unit == "EUR":
        return terms.short(number_of, lang)
    if unit == "1/year":
        return terms.rate(number_of, lang)
    return quantity(number_of, "years", lang) if unit == "years" else f"{number_of:g}".replace(".", "," if lang == "fr" else ".")


def source_of(report, found):
    """Where a judgement is written, and its source but for the section of the model, which earlier files have alone."""
    where = found[0][1]
    between = "\u202f; " if report.lang == "fr" else "; "
    own = between.join(texts.typeset(part.strip(), report.lang) for part in found[0][2].split(";") if not part.strip().lower().startswith(("model", "modèle")))
    return (own + " — " if own else "") + (where or report.say("sources_scenario"))


def disclaimer(page, report):
    page.heading(report.say("disclaimer"))
    page.paragraph(report.say("disclaimer_text"), "note")
