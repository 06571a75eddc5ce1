#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens what `milliard export` writes with other programs: the zip and XML parsers of Python, and LibreOffice when asked.

check_workbook.py MILLIARD SCENARIO FOLDER [SOFFICE]

Every part is well-formed XML, no cell is a formula, whatever the scenario is called; the numbers of the workbook are those of
the CSV files, and both those of `milliard show --json`; charts draw numbers that are there; two exports are equal.
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
SHEETS = {"en": {"Summary": "summary", "Flows by year": "flows-by-year", "Fund by period": "fund-by-period",
                 "State account": "state-by-year", "Dotation and multiplier": "dotation", "Statistics": "statistics",
                 "Parameters": "parameters", "Tape": "tape", "Notes": "notes"},
          "fr": {"Synthèse": "summary", "Flux par an": "flows-by-year", "Fonds par période": "fund-by-period",
                 "Compte de l’État": "state-by-year", "Dotation et multiplicateur": "dotation", "Statistiques": "statistics",
                 "Paramètres": "parameters", "Portefeuille": "tape", "Notes": "notes"}}
FORMS = {"en": ("Losses, associations", "Losses, cooperatives", "Losses, companies"),
         "fr": ("Pertes, associations", "Pertes, coopératives", "Pertes, sociétés")}
# A workbook holds 16 significant digits.
DIGITS = 1e-15


def check(condition, what):
    if not condition:
        sys.exit(f"check_workbook: {what}")


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
    """{sheet: {(row, column): text or number}} and the charts' ranges."""
    with zipfile.ZipFile(path) as archive:
        check(archive.testzip() is None, f"{path} is damaged")
        part = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    shared = ["".join(t.text or "" for t in item.iter(MAIN + "t")) for item in part["xl/sharedStrings.xml"]]
    target = {r.get("Id"): r.get("Target") for r in part["xl/_rels/workbook.xml.rels"]}
    sheets = {}
    for sheet in part["xl/workbook.xml"].iter(MAIN + "sheet"):
        root, cells = part["xl/" + target[sheet.get(RELATION)]], {}
        check(not list(root.iter(MAIN + "f")), f"a formula in {sheet.get('name')}")
        for cell in root.iter(MAIN + "c"):
            value = cell.find(MAIN + "v")
            if value is not None:
                cells[place(cell.get("r"))] = shared[int(value.text)] if cell.get("t") == "s" else float(value.text)
        sheets[sheet.get("name")] = cells
    ranges = [f.text for name, root in part.items() if name.startswith("xl/charts/") for f in root.iter(CHART + "f")]
    return sheets, ranges


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


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
        check(same(float(in_csv), in_workbook, DIGITS), f"{where}: {in_csv} and {in_workbook}")


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


def check_years(cells, summary, labels):
    """Means by year: as in the file, or the sum over the periods of the year; and cash changes by the sum of the lines."""
    year = {cells[0, j]: j for i, j in list(cells) if i == 0 and re.fullmatch(r"\d{4}", str(cells[0, j]))}
    row_of = {(cells[i, 0], cells[i, 1]): i for i, j in list(cells) if j == 2 and cells[i, 2] == labels["mean"]}
    for name, suffix in (("calls", " (+)"), ("distributions", " (−)"), ("management_fees", " (−)"), ("capital", " (+)")):
        series = summary["series"][name]
        row = row_of[series["label_" + labels["language"]] + suffix, labels["without"]]
        for text, column in year.items():
            mean = series["without"]["mean"]
            expected = (math.fsum(m for m, end in zip(mean, summary["period_ends"]) if end[:4] == text)
                        if series["axis"] == "period" else mean[summary["years"].index(int(text))])
            check(abs(cells[row, column] - expected) < 1e-3, f"{name} of {text}: {cells[row, column]}, not {expected}")   # of a euro
    cash = row_of[summary["series"]["cash"]["label_" + labels["language"]], labels["without"]]
    before = 0
    for text, column in sorted(year.items()):
        check(abs(before + cells[cash - 1, column] - cells[cash, column]) < 1e-3, f"cash of {text}")
        before = cells[cash, column]


def check_charts(sheets, ranges):
    check(len(ranges) >= 4, "charts draw nothing")
    for reference in ranges:
        sheet, first, last = re.fullmatch(r"'?(.*?)'?!(\$[A-Z]+\$\d+):(\$[A-Z]+\$\d+)", reference).groups()
        check(place(first) in sheets[sheet] and place(last) in sheets[sheet], f"a chart draws {reference}, which is empty")


def check_with_libreoffice(soffice, workbook, folder, names):
    out = os.path.join(folder, "libreoffice")
    shutil.rmtree(out, ignore_errors=True)
    # Comma, quotes, UTF-8, from line 1, values as they are, every sheet in its file.
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    subprocess.run([soffice, "--headless", f"-env:UserInstallation=file://{out}/profile", "--convert-to", options, "--outdir", out,
                    workbook], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=200)
    stem = os.path.splitext(os.path.basename(workbook))[0]
    found = 0
    for sheet, name in names.items():
        ours = os.path.join(folder, "en", name + ".csv")
        if not os.path.exists(ours):
            continue
        for mine, theirs in zip(read_csv(ours), read_csv(os.path.join(out, f"{stem}-{sheet}.csv"))):
            for a, b in zip(mine, theirs):
                if re.fullmatch(r"-?\d+(\.\d+)?(e[-+]\d+)?", a):
                    value = float(b[:-1]) / 100 if b.endswith("%") else float(b)
                    # It writes 15 digits, and 20 decimals at most.
                    check(same(float(a), value, 1e-14) or abs(float(a) - value) < 1e-20, f"LibreOffice, {sheet}: {a} and {b}")
                    found += 1
    check(found > 1000, f"LibreOffice gave {found} numbers")
    titles = [row[1] for row in read_csv(os.path.join(out, f"{stem}-Notes.csv")) if row[0] == "Title"]
    check(titles == [HOSTILE["en"]], f"LibreOffice reads the title as {titles}")


def main(milliard, scenario, folder, soffice=None):
    os.makedirs(folder, exist_ok=True)
    results = os.path.join(folder, "run.h5")
    titles = [argument for language, text in HOSTILE.items() for argument in ("--set", f'title.{language}="{text}"')]
    subprocess.run([milliard, "run", "-q", "-n", "400", *titles, "-o", results, scenario], check=True)
    summary = json.loads(subprocess.run([milliard, "show", "--json", results], check=True, capture_output=True).stdout)
    for language, names in SHEETS.items():
        workbook, tables = os.path.join(folder, language + ".xlsx"), os.path.join(folder, language)
        shutil.rmtree(tables, ignore_errors=True)
        for path in (workbook, workbook + ".again.xlsx"):
            subprocess.run([milliard, "export", results, "--xlsx", path, "--csv", tables, "--lang", language], check=True)
        with open(workbook, "rb") as one, open(workbook + ".again.xlsx", "rb") as two:
            check(one.read() == two.read(), "two exports differ")
        sheets, ranges = read_workbook(workbook)
        check_sheets(sheets, tables, names)
        check_charts(sheets, ranges)
        by_file = {file: sheets.get(name) for name, file in names.items()}
        check(HOSTILE[language] in by_file["notes"].values(), "the title is not in the notes as it was given")
        french = language == "fr"
        branches = ({"without": "sans garantie", "with": "avec garantie", "difference": "différence"} if french else
                    {"without": "without guarantee", "with": "with guarantee", "difference": "difference"})
        check_statistics(by_file["statistics"], summary, branches, language)
        forms = {cells for (i, j), cells in by_file["statistics"].items() if j == 0 and by_file["statistics"][i, 1].startswith("loss_form_")}
        check(forms == set(FORMS[language]), f"losses by legal form are called {forms}")
        if by_file["fund-by-period"]:
            check_years(by_file["flows-by-year"], summary,
                        {"mean": "moyenne" if french else "mean", "without": branches["without"], "language": language})
    if soffice:
        check_with_libreoffice(soffice, os.path.join(folder, "en.xlsx"), folder, SHEETS["en"])


if __name__ == "__main__":
    main(*sys.argv[1:])
