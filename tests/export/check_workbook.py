#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens what `milliard export` writes with other programs: the zip and XML parsers of Python, and LibreOffice when asked.

check_workbook.py MILLIARD SCENARIO FOLDER [SOFFICE]

Every part is well-formed XML; the only formulas are totals, balances, differences, multipliers and checks of other cells, whatever
the scenario is called, they give the numbers stored beside them, and every check gives 0; the numbers of the workbook are those of
the CSV files, and both those of `milliard show --json`; charts draw numbers that are there; two exports are equal. LibreOffice
works out all formulas anew, without the numbers stored beside them, and shows the French workbook as a French reader expects it.
Exit code 0, or 1 with what is wrong.
"""
import csv
import json
import math
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
HOSTILE = {"en": "=HYPERLINK(0) <script>alert(1)</script> & 😀", "fr": "@SUM(1,2) ]]> 'é' +1"}
SHEETS = {"en": {"Summary": "summary", "Term sheet": "terms", "Returns": "returns", "Flows by year": "flows-by-year", "Fund by period": "fund-by-period",
                 "Value by class": "value-by-class", "Other vehicles": "other-vehicles",
                 "State account": "state-by-year", "Dotation and multiplier": "dotation", "Statistics": "statistics",
                 "Uncertain inputs": "uncertain-inputs", "Indices": "indices",
                 "Parameters": "parameters", "Tape": "tape", "Notes": "notes"},
          "fr": {"Synthèse": "summary", "Termes": "terms", "Rendements": "returns", "Flux par an": "flows-by-year", "Fonds par période": "fund-by-period",
                 "Valeur par part": "value-by-class", "Autres véhicules": "other-vehicles",
                 "Compte de l’État": "state-by-year", "Dotation et multiplicateur": "dotation", "Statistiques": "statistics",
                 "Hypothèses incertaines": "uncertain-inputs", "Indices": "indices",
                 "Paramètres": "parameters", "Portefeuille": "tape", "Notes": "notes"}}
FORMS = {"en": ("Losses, associations", "Losses, cooperatives", "Losses, companies"),
         "fr": ("Pertes, associations", "Pertes, coopératives", "Pertes, sociétés")}
# A workbook holds 16 significant digits.
DIGITS = 1e-15


def check(condition, what):
    if not condition:
        sys.exit(f"check_workbook: {what}")


# What a formula of ours may be: sums, differences and quotients of cells, kept to some decimals.
CELL = r"[A-Z]{1,2}[1-9][0-9]*"
TERMS = rf"(?:SUM\({CELL}:{CELL}\)|SUBTOTAL\(9,{CELL}:{CELL}\)|-?{CELL}(?:[-+]{CELL})*|(?:{CELL}|\({CELL}\+{CELL}\))/{CELL})"
FORMULA = re.compile(rf"{TERMS}|ROUND\({TERMS},[24]\)")
WITH_FORMULAS = {"returns", "flows-by-year", "other-vehicles", "state-by-year", "dotation", "tape"}
CHECKS = re.compile(r"(Check|Contrôle) .*\((0 expected|0 attendu)\)")
# Sums of less than a hundred numbers, each known to 16 digits.
SUM_DIGITS = 1e-13


def same(a, b, tolerance):
    return abs(a - b) <= tolerance * max(abs(a), abs(b))


def place(reference):
    """(row, column) from 0 of "B7"."""
    letters, digits = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", reference).groups()
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    return int(digits) - 1, column - 1


def read_workbook(path):
    """{sheet: {(row, column): text or number}}, {sheet: {(row, column): formula}} and the charts' ranges."""
    with zipfile.ZipFile(path) as archive:
        check(archive.testzip() is None, f"{path} is damaged")
        part = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    shared = ["".join(t.text or "" for t in item.iter(MAIN + "t")) for item in part["xl/sharedStrings.xml"]]
    target = {r.get("Id"): r.get("Target") for r in part["xl/_rels/workbook.xml.rels"]}
    sheets, formulas = {}, {}
    for sheet in part["xl/workbook.xml"].iter(MAIN + "sheet"):
        root, cells = part["xl/" + target[sheet.get(RELATION)]], {}
        formulas[sheet.get("name")] = {place(cell.get("r")): cell.find(MAIN + "f").text for cell in root.iter(MAIN + "c")
                                       if cell.find(MAIN + "f") is not None}
        for cell in root.iter(MAIN + "c"):
            value = cell.find(MAIN + "v")
            if value is not None:
                cells[place(cell.get("r"))] = shared[int(value.text)] if cell.get("t") == "s" else float(value.text)
        sheets[sheet.get("name")] = cells
    ranges = [f.text for name, root in part.items() if name.startswith("xl/charts/") for f in root.iter(CHART + "f")]
    return sheets, formulas, ranges


def evaluate(formula, cells):
    """The value of a formula of ours, by Python."""
    def number(reference):
        return cells.get(place(reference), 0)

    def total(match):
        (top, left), (bottom, right) = place(match[1]), place(match[2])
        return repr(math.fsum(cells.get((i, j), 0) for i in range(top, bottom + 1) for j in range(left, right + 1)))
    check(FORMULA.fullmatch(formula), f"{formula} is no formula of ours")
    text = re.sub(rf"(?:SUM\(|SUBTOTAL\(9,)({CELL}):({CELL})\)", total, formula)
    text = re.sub(CELL, lambda match: f"({number(match[0])!r})", text)
    return eval(text, {"__builtins__": {}, "ROUND": round})   # numbers and + - / ( ) only: it has passed FORMULA


def check_formulas(sheets, formulas, names):
    """Formulas where they belong, giving what is stored; checks give 0, and there are some."""
    zeros = 0
    for sheet, of in formulas.items():
        check(not of or names.get(sheet) in WITH_FORMULAS, f"a formula in {sheet}")
        cells = sheets[sheet]
        for (row, column), formula in of.items():
            size = max((abs(v) for (i, j), v in cells.items() if not isinstance(v, str) and (i == row or j == column)), default=0)
            value, stored = evaluate(formula, cells), cells[row, column]
            # A sum kept to four decimals may fall on either side of a half.
            check(abs(value - stored) <= SUM_DIGITS * size + (1.01e-4 if "ROUND" in formula else 0),
                  f"{sheet}: {formula} gives {value}, not {stored}")
            if CHECKS.fullmatch(str(cells.get((row, 0)))):
                check(stored == 0 and value == 0, f"{sheet}: {cells[row, 0]} in column {column} is {stored}")
                zeros += 1
    return zeros


def read_csv(path):
    """Rows of a CSV file; one that begins with a byte-order mark is in French: semicolons."""
    with open(path, encoding="utf-8", newline="") as file:
        french = file.read(1) == "\ufeff"
        file.seek(3 if french else 0)
        return list(csv.reader(file, delimiter=";" if french else ","))


def check_cell(where, in_csv, in_workbook):
    if in_workbook is None or in_workbook == "":
        check(in_csv == "", f"{where}: '{in_csv}' is not in the workbook")
    elif isinstance(in_workbook, str):
        text = in_csv[1:] if in_csv[:2] in ("'=", "'+", "'-", "'@") else in_csv
        check(text == in_workbook, f"{where}: '{in_csv}' and '{in_workbook}'")
        check(in_csv[:1] not in ("=", "+", "-", "@"), f"{where}: '{in_csv}' would be a formula")
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", in_csv):
        check(in_workbook > 36000, f"{where}: {in_csv} and day {in_workbook}")   # after 1998, in days since 1900
    else:
        check(same(float(in_csv.replace(",", ".")), in_workbook, DIGITS), f"{where}: {in_csv} and {in_workbook}")


def check_sheets(sheets, folder, names):
    for sheet, cells in sheets.items():
        if sheet not in names:
            check(sheet in ("Charts", "Graphiques"), f"a sheet {sheet}")
            continue
        rows = read_csv(os.path.join(folder, names[sheet] + ".csv"))
        check(max(row for row, _ in cells) == len(rows) - 1, f"rows of {sheet}")
        for i, row in enumerate(rows):
            check(len(row) == len(rows[0]), f"{sheet}, row {i}: {len(row)} columns")
            for j, text in enumerate(row):
                check_cell(f"{sheet}, row {i}, column {j}", text, cells.get((i, j)))


def check_statistics(cells, summary, branches, language):
    """Labels, with the names of the scenario's legal forms, and every mean, error, extreme and quantile of `show --json`, in the row of its measure and branch."""
    row_of = {(cells.get((i, 1)), cells.get((i, 2))): i for i, j in list(cells) if j == 0}
    keys = ("count", "undefined", "mean", "mean_error", "sd", "sd_error", "shortfall", "shortfall_error", "minimum", "maximum")
    found = 0
    for measure, of in summary["measures"].items():
        for branch, label in branches.items():
            if not of.get(branch) or (measure, label) not in row_of:
                check(not of.get(branch) or not of[branch]["count"], f"{measure} {branch} is missing")
                continue
            row = row_of[measure, label]
            check(cells[row, 0] == of["label_" + language], f"{measure} is called {cells[row, 0]}")
            for column, value in enumerate([of[branch][key] for key in keys] + list(of[branch]["quantiles"]), start=4):
                check((value is None) == ((row, column) not in cells), f"{measure} {branch}, column {column}: {value}")
                check(value is None or same(value, cells[row, column], DIGITS), f"{measure} {branch}, column {column}: {value}")
                found += value is not None
    check(found > 500, f"only {found} numbers compared")


def check_terms(cells, parameters):
    """The terms that investors and the State agree upon are there, and are the parameters."""
    values = {parameters[i, 0]: parameters.get((i, 1)) for i, j in list(parameters) if j == 0 and i and parameters[i, 3] not in ("unused", "sans effet")}
    told = {cells[i, 5]: cells.get((i, 1)) for i, j in list(cells) if j == 5 and i}
    wanted = [key for key in values if re.fullmatch(r"fund\.(carry|hurdle|term_years|classes\.A\.commitment)|thesis\.(volume|ticket\.mean|mix\.bond\.weight)|"
                                                    r"guarantee\.(layers\.[^.]*\.(quotite|cap_rate|term_years|waiting_years|fee_rate)|dotation_yield)", key)]
    for key in wanted:
        check(key in told, f"{key} is no term")
        check(told[key] == values[key], f"the term {key} is {told[key]}, not {values[key]}")
    paid = [values[key] for key in values if re.fullmatch(r"guarantee\.dotation\[\d\]\.amount", key)]
    check(sum(paid) == sum(value for (i, j), value in cells.items() if j == 1 and cells.get((i, 5)) == "guarantee.dotation"), "the dotation is no term")
    return len(wanted)


def check_units(milliard, results, folder, sheets):
    """In thousands the cells hold the same euros; the units beside them say k€."""
    workbook = os.path.join(folder, "fr-keur.xlsx")
    subprocess.run([milliard, "export", results, "--xlsx", workbook, "--unit", "keur", "--lang", "fr"], check=True)
    shown = read_workbook(workbook)[0]
    for sheet, cells in sheets.items():
        for place_of, value in cells.items():
            expected = "k€" if value == "€" and sheet not in ("Paramètres", "Portefeuille") else value
            check(shown[sheet].get(place_of) == expected, f"{sheet}: {value} is {shown[sheet].get(place_of)} in k€")
    check("k€" in shown["Synthèse"].values(), "no unit of the summary is k€")
    check(subprocess.run([milliard, "export", results, "--xlsx", workbook, "--unit", "kg"], capture_output=True).returncode == 2, "a unit that is none")


def check_years(cells, summary, labels):
    """Means by year: as in the file, or the sum over the periods of the year."""
    year = {f"{cells[0, j]:.0f}": j for i, j in list(cells) if i == 0 and not isinstance(cells[0, j], str)}
    row_of = {(cells[i, 0], cells[i, 1]): i for i, j in list(cells) if j == 2 and cells[i, 2] == labels["mean"]}
    for name in ("calls", "distributions", "distributions_a", "management_fees", "capital"):
        series = summary["series"][name]
        row = row_of[series["label_" + labels["language"]], labels["without"]]
        for text, column in year.items():
            mean = series["without"]["mean"]
            expected = (math.fsum(m for m, end in zip(mean, summary["period_ends"]) if end[:4] == text)
                        if series["axis"] == "period" else mean[summary["years"].index(int(text))])
            check(abs(cells[row, column] - expected) < 1e-3, f"{name} of {text}: {cells[row, column]}, not {expected}")   # of a euro


# Worlds of one judgement, which few of them tell apart, in the book of the reference alone.
WORLDS = ("--set", "uncertainty.paths_per_world=8", "--set",
          'sensitivity=( { name = "pd"; keys = [ "legal_forms.*.pd" ]; operation = "scale"; low = 0.5; high = 2.0; } )')


def check_worlds(sheets, summary):
    """Each measure as the inputs are known, and its index, as `show --json` has them."""
    known, index = sheets["Uncertain inputs"], sheets["Indices"]
    row_of = {(known[i, 1], known[i, 2]): i for i, j in known if j == 0 and i}
    of = summary["uncertain"]["measures"]["net_irr_a"]["without"]
    row = row_of["net_irr_a", "without guarantee"]
    for column, value in ((10, of["mean"]), (11, of["mean_error"]), (13, of["quantiles"][1]), (16, of["share"]), (19, of["band"][0])):
        check(same(value, known[row, column], DIGITS), f"net_irr_a, column {column}: {value}")
    check(len(row_of) == sum(len(designs) for designs in summary["uncertain"]["measures"].values()), f"{len(row_of)} rows of uncertain inputs")
    first = summary["uncertain"]["indices"][0]
    check(index[1, 1] == first["measure"] and index[1, 5] == "pd", f"{index[1, 1]}, {index[1, 5]} come first")
    check(same(index[1, 6], first["first"][0], DIGITS), f"index {index[1, 6]}")


def check_short_run(milliard, scenario, folder):
    """Of 30 paths, 5 % and 95 % are not known: their cells are empty, and no chart draws them."""
    results, workbook = os.path.join(folder, "short.h5"), os.path.join(folder, "short.xlsx")
    subprocess.run([milliard, "run", "-q", "-n", "30", "-o", results, scenario], check=True)
    subprocess.run([milliard, "export", results, "--xlsx", workbook, "--lang", "en"], check=True)
    sheets, _, ranges = read_workbook(workbook)
    check_charts(sheets, ranges)
    check(not {"5%", "95%"} & set(sheets["Flows by year"].values()), "quantiles by year of 30 paths")
    head = {j: text for (i, j), text in sheets["Fund by period"].items() if i == 0}
    for (i, j) in sheets["Fund by period"]:
        check(i == 0 or not str(head[j]).endswith((", 5%", ", 95%")), f"a number in the column {head[j]}, of 30 paths")
    money = {i: text for (i, j), text in sheets["Summary"].items() if j == 0}
    unsure = [i for i, text in money.items() if text in ("Net IRR, class A", "Default losses")]
    head = {j: text for (i, j), text in sheets["Summary"].items() if i == 0}
    check(len(unsure) == 2, "lines of the summary")
    for i in unsure:
        for j, text in head.items():
            check(not text.endswith(": 5%") or "difference" in text or (i, j) not in sheets["Summary"], f"{money[i]}, {text}, of 30 paths")


def check_charts(sheets, ranges):
    check(len(ranges) >= 4, "charts draw nothing")
    for reference in ranges:
        sheet, first, last = re.fullmatch(r"'?(.*?)'?!(\$[A-Z]+\$\d+):(\$[A-Z]+\$\d+)", reference).groups()
        check(place(first) in sheets[sheet] and place(last) in sheets[sheet], f"a chart draws {reference}, which is empty")


PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def without_stored_numbers(workbook, copy):
    """A copy in which each formula is stored with the number 12345: what another program shows is then its own."""
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>12345</v>", source.read(name)))


def sheets_by_libreoffice(soffice, workbook, out, names, as_shown):
    """{sheet: rows}: each sheet in its CSV file, by a French LibreOffice that works all formulas out."""
    shutil.rmtree(out, ignore_errors=True)
    profile = os.path.join(os.path.dirname(out), "profile")
    os.makedirs(os.path.join(profile, "user"), exist_ok=True)
    if not os.path.exists(os.path.join(profile, "user", "registrymodifications.xcu")):
        with open(os.path.join(profile, "user", "registrymodifications.xcu"), "w", encoding="utf-8") as file:
            file.write(PROFILE)
    # Comma, quotes, UTF-8, from line 1, no text quoted without need, values as they are or as shown, every sheet in its file.
    options = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,{'true' if as_shown else 'false'},false,false,-1"
    subprocess.run([soffice, "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", options, "--outdir", out, workbook],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=250)
    stem = os.path.splitext(os.path.basename(workbook))[0]
    files = {sheet: os.path.join(out, f"{stem}-{sheet}.csv") for sheet in names}
    return {sheet: read_csv(file) for sheet, file in files.items() if os.path.exists(file)}


def french_number(text):
    """The number that a French reader sees, how many decimals it shows, and what it is worth: 0.01 in percent."""
    digits = re.sub("[\u00a0\u202f€%+ kM]", "", text)
    if digits == "–":
        return 0.0, 0, 1
    worth = 0.01 if "%" in text else 1e3 if "k€" in text else 1e6 if "M€" in text else 1
    return float(digits.replace(",", ".")) * worth, len(digits.partition(",")[2]) if "E" not in digits else 4, worth


def check_values(theirs, sheets, formulas):
    """LibreOffice finds the numbers of the workbook, those of the formulas by itself."""
    found = worked_out = 0
    for sheet, rows in theirs.items():
        for (i, j), value in sheets[sheet].items():
            text = rows[i][j]
            if isinstance(value, str) or re.fullmatch(r"\d\d/\d\d/\d{4}|\d{4}-\d\d-\d\d", text):
                continue
            number = french_number(text)[0]
            if (i, j) in formulas[sheet]:
                size = max(abs(v) for (row, _), v in sheets[sheet].items() if row == i and not isinstance(v, str))
                check(abs(number - value) <= 1e-13 * size + 1.01e-4, f"LibreOffice, {sheet}: {formulas[sheet][i, j]} is {text}, not {value}")
                worked_out += 1
            # It writes 15 digits, and 20 decimals at most.
            check((i, j) in formulas[sheet] or same(number, value, 1e-14) or abs(number - value) < 1e-20, f"LibreOffice, {sheet}: {value} and {text}")
            found += 1
    check(found > 1000 and worked_out > 300, f"LibreOffice gave {found} numbers, {worked_out} by formulas")
    print(f"oracle: Numbers and formulas of a workbook | LibreOffice, formulas worked out anew | 1e-14, formulas 1e-13 and 0.0001 € | "
          f"{found} numbers equal, {worked_out} of them by formulas")


def check_shown(theirs, sheets):
    """A French reader sees 1 234,5 and 31/12/2027, and to the last decimal shown it is the number."""
    commas = spaces = dates = 0
    for sheet, rows in theirs.items():
        for (i, j), value in sheets[sheet].items():
            text = rows[i][j]
            if isinstance(value, str):
                continue
            if re.fullmatch(r"\d\d/\d\d/\d{4}", text):
                dates += 1
                continue
            check(re.fullmatch("[-+]?[0-9]+(,[0-9]+)?(E[-+][0-9]+)?|[-+]?[0-9]{1,3}([\u00a0\u202f][0-9]{3})*(,[0-9]+)?([\u00a0 ][kM]?[€%])?|–", text),
                  f"LibreOffice, {sheet}: {value} is shown as {text}")
            number, decimals, worth = french_number(text)
            check(abs(number - value) <= 0.51 * worth * 10.0 ** -decimals, f"LibreOffice, {sheet}: {value} is shown as {text}")
            commas += "," in text
            spaces += bool(re.search("[\u00a0\u202f][0-9]{3}", text))
    check(commas > 100 and spaces > 100 and dates > 40, f"{commas} decimal commas, {spaces} grouped numbers, {dates} dates are shown")


def check_with_libreoffice(soffice, folder, books):
    copy, out = os.path.join(folder, "without-stored.xlsx"), os.path.join(folder, "libreoffice")
    without_stored_numbers(os.path.join(folder, "en.xlsx"), copy)
    sheets, formulas = books["en"]
    theirs = sheets_by_libreoffice(soffice, copy, out, SHEETS["en"], as_shown=False)
    check(len(theirs) == len(sheets) - 1, f"LibreOffice found {len(theirs)} sheets")   # of charts it writes no file of ours
    check_values(theirs, sheets, formulas)
    titles = [row[1] for row in theirs["Notes"] if row[0] == "Title"]
    check(titles == [HOSTILE["en"]], f"LibreOffice reads the title as {titles}")
    for name in ("fr", "fr-keur"):
        shown = sheets_by_libreoffice(soffice, os.path.join(folder, name + ".xlsx"), out, SHEETS["fr"], as_shown=True)
        check_shown(shown, books["fr"][0])
        size = next(row[1] for row in shown["Termes"] if row[5] == "fund.classes.A.commitment")
        check(size.replace("\u202f", "\u00a0").replace(" ", "\u00a0") == {"fr": "99,00\u00a0M€", "fr-keur": "99\u00a0000,0\u00a0k€"}[name], f"{name}: class A is shown as {size}")


def main(milliard, scenario, folder, soffice=None):
    os.makedirs(folder, exist_ok=True)
    results = os.path.join(folder, "run.h5")
    titles = [argument for language, text in HOSTILE.items() for argument in ("--set", f'title.{language}="{text}"')]
    worlds = WORLDS if scenario.endswith("fpci-reference.cfg") else ()
    subprocess.run([milliard, "run", "-q", "-n", "400", *titles, *worlds, "-o", results, scenario], check=True)
    summary = json.loads(subprocess.run([milliard, "show", "--json", results], check=True, capture_output=True).stdout)
    books = {}
    for language, names in SHEETS.items():
        workbook, tables = os.path.join(folder, language + ".xlsx"), os.path.join(folder, language)
        shutil.rmtree(tables, ignore_errors=True)
        for path in (workbook, workbook + ".again.xlsx"):
            subprocess.run([milliard, "export", results, "--xlsx", path, "--csv", tables, "--lang", language], check=True)
        with open(workbook, "rb") as one, open(workbook + ".again.xlsx", "rb") as two:
            check(one.read() == two.read(), "two exports differ")
        sheets, formulas, ranges = read_workbook(workbook)
        books[language] = sheets, formulas
        if worlds and language == "en":
            check_worlds(sheets, summary)
        if language == "fr":
            check_units(milliard, results, folder, sheets)
        zeros = check_formulas(sheets, formulas, names)
        check(zeros >= 20 or "cash" not in summary["series"], f"{zeros} checks")
        check_sheets(sheets, tables, names)
        check_charts(sheets, ranges)
        by_file = {file: sheets.get(name) for name, file in names.items()}
        check(check_terms(by_file["terms"], by_file["parameters"]) >= 4, "few terms")
        check(HOSTILE[language] in by_file["notes"].values(), "the title is not in the notes as it was given")
        french = language == "fr"
        branches = ({"without": "sans garantie", "with": "avec garantie", "difference": "différence"} if french else
                    {"without": "without guarantee", "with": "with guarantee", "difference": "difference"})
        check_statistics(by_file["statistics"], summary, branches, language)
        forms = {cells for (i, j), cells in by_file["statistics"].items() if j == 0 and by_file["statistics"][i, 1].startswith("loss_form_")}
        check(forms == set(FORMS[language]), f"losses by legal form are called {forms}")
        told = [text for file in ("notes", "flows-by-year") for text in (by_file[file] or {}).values() if "fférence, avec" in str(text) or "fference, with" in str(text)]
        check(len(summary["designs"]) > 1 or not told, f"one design, and {told[:1]}")
        if by_file["fund-by-period"]:
            check_years(by_file["flows-by-year"], summary,
                        {"mean": "moyenne" if french else "mean", "without": branches["without"], "language": language})
    if scenario.endswith("tape-example.cfg"):
        check_short_run(milliard, scenario, folder)
    if soffice:
        check_with_libreoffice(soffice, folder, books)


if __name__ == "__main__":
    main(*sys.argv[1:])
