#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sheets of a path in a workbook, worked out anew by LibreOffice: to the cent what the engine gave.

check_path.py MILLIARD SOFFICE FOLDER SCENARIO RANK:MEASURE [SCENARIO RANK:MEASURE …]

Every formula is stored with the number 12345, so that what LibreOffice shows is its own. Calls, distributions, cash, payouts, fees and the
balance of the guarantee fund are those of `milliard replay` period by period; class A's net IRR and the State's net cost are the measures of the
path. Exit code 0, or 1 with what is wrong.
"""
import csv
import json
import os
import subprocess
import sys

from check_workbook import check, french_number, read_workbook, sheets_by_libreoffice, without_stored_numbers

CENT = 0.005
FUND = {"calls": "call", "distributed to class A": "distributed_a", "distributed to class B": "distributed_b", "distributed to class C": "distributed_c", "cash": "cash",
        "management fee": "management_charged", "set-up and running costs": "other_charged", "invested": "invested", "value of deals": "nav_deals"}
GUARANTOR = {"payouts": "payout", "fees": "fee", "balance": "balance", "operator cost": "operator_cost", "dues": "due"}
SHEETS = ("Path inputs", "Path deals", "Path flows", "Path guarantor", "Path fund", "Path statement")


def replayed(milliard, results, path):
    """Tables of `milliard replay`, each a list of rows by name of column, of the design that a workbook tells of."""
    told = json.loads(subprocess.run([milliard, "replay", results, path, "--json"], check=True, capture_output=True, text=True).stdout)["tables"]
    return {name: [dict(zip((column["name"] for column in table["columns"]), row)) for row in table["rows"]] for name, table in told.items()}


def columns_of(rows):
    return {head: j for j, head in enumerate(rows[0])}


def check_lines(sheet, rows, lines, ledger):
    """Columns of a sheet against columns of a ledger, period by period."""
    heads, compared = columns_of(rows), 0
    for head, name in lines.items():
        if head not in heads or name not in ledger[0]:
            continue
        for t, row in enumerate(ledger):
            if t + 1 >= len(rows):
                break
            shown, expected = french_number(rows[t + 1][heads[head]])[0], row[name]
            check(abs(shown - expected) < CENT, f"{sheet}, {head}, period {t}: {shown}, not {expected}")
            compared += 1
    return compared


def cell_of(rows, label):
    found = [row for row in rows if row[0] == label]
    check(len(found) == 1, f"the statement has {len(found)} lines {label}")
    return found[0]


def check_results(rows, measures, guaranteed):
    """Returns and costs of the statement against the measures of the path."""
    compared = 0
    for label, measure, tolerance in (("Net IRR, equal periods, as the engine", "net_irr_a", 1e-9), ("multiple (TVPI)", "tvpi_a", 1e-9),
                                      ("net cost", "net_cost", CENT), ("net cost, discounted", "net_cost_discounted", CENT), ("payouts", "payouts", CENT)):
        if measure not in measures or measures[measure] is None or not any(row[0] == label for row in rows):
            continue
        shown = french_number(cell_of(rows, label)[2])[0]
        check(abs(shown - measures[measure]) < tolerance, f"{label}: {shown}, not {measures[measure]}")
        compared += 1
    if any(row[0].startswith("Net IRR by dates") for row in rows):
        both = [french_number(cell_of(rows, label)[2])[0] for label in ("Net IRR by dates (XIRR, days/365)", "Net IRR of the engine")]
        check(abs(both[0] - both[1]) < 0.002, f"XIRR is {both[0]}, the engine's IRR {both[1]}")
    check(not guaranteed or compared >= 2, f"{compared} results compared")
    return compared


def check_scenario(milliard, soffice, folder, scenario, path):
    name = os.path.splitext(os.path.basename(scenario))[0]
    results, workbook = os.path.join(folder, name + ".h5"), os.path.join(folder, name + ".xlsx")
    subprocess.run([milliard, "run", "-q", "-n", "300", "-o", results, scenario], check=True)
    subprocess.run([milliard, "export", results, "--xlsx", workbook, "--path", path, "--lang", "en"], check=True)
    sheets, formulas, _ = read_workbook(workbook)
    copy = os.path.join(folder, name + "-emptied.xlsx")
    without_stored_numbers(workbook, copy)
    theirs = sheets_by_libreoffice(soffice, copy, os.path.join(folder, name), SHEETS, as_shown=False)
    live = sum(len(formulas[sheet]) for sheet in SHEETS if sheet in formulas)
    for sheet, rows in theirs.items():
        check(not any("Err:" in cell or cell.startswith("#") for row in rows for cell in row), f"{name}, {sheet}: LibreOffice shows an error")
    told = replayed(milliard, results, path)
    guaranteed, fund = "Path guarantor" in theirs, "Path statement" in theirs and "drawdowns" in [row[0] for row in theirs["Path statement"]]
    compared = 0
    if fund:
        ledger = [row for row in told["fund"] if row["design"] == ("with" if guaranteed else "without")]
        compared += check_lines("Path fund", theirs["Path fund"], FUND, ledger)
        heads = columns_of(theirs["Path fund"])
        check_head = next((head for head in heads if head.startswith("check")), None)
        if check_head:
            for row in theirs["Path fund"][1:]:
                check(abs(french_number(row[heads[check_head]])[0]) < CENT, f"{name}: {check_head}: {row[heads[check_head]]}")
    if guaranteed:
        compared += check_lines("Path guarantor", theirs["Path guarantor"], GUARANTOR, told["guarantor"])
    measures = {row["measure"]: row["replay"] for row in told["measures"] if row["design"] == ("with" if guaranteed else "without")}
    compared += check_results(theirs["Path statement"], measures, guaranteed)
    check(compared > 100, f"{name}: only {compared} numbers compared")
    print(f"oracle: Path {path} of {name} in a workbook | the engine's own path; LibreOffice works out {live} formulas | 0.005 €, IRR 1e-9 | {compared} numbers equal")


def check_refusals(milliard, folder, scenario):
    """What names no path is refused, and the replay takes the same names."""
    results = os.path.join(folder, os.path.splitext(os.path.basename(scenario))[0] + ".h5")
    for words in ("300", "middle:net_irr_a", "median:nothing", "-1"):
        for command in (["export", results, "--xlsx", os.path.join(folder, "refused.xlsx"), f"--path={words}"], ["replay", results, "--", words]):
            done = subprocess.run([milliard, *command], capture_output=True, text=True)
            check(done.returncode == 2 and done.stderr and not os.path.exists(os.path.join(folder, "refused.xlsx")), f"{command}: {done.returncode}, {done.stderr}")
    csv = subprocess.run([milliard, "export", results, "--csv", folder, "--path", "1"], capture_output=True, text=True)
    check(csv.returncode == 2, "--path without --xlsx")


def check_tables(milliard, folder, scenario):
    """A table of another command is a sheet with its numbers; one of another seed, or none at all, is refused and nothing is written."""
    results = os.path.join(folder, os.path.splitext(os.path.basename(scenario))[0] + ".h5")
    table, other, workbook = (os.path.join(folder, name) for name in ("bridge.csv", "other.csv", "tables.xlsx"))
    for out, seed in ((table, "2027"), (other, "5")):
        subprocess.run([milliard, "bridge", scenario, "-q", "-n", "60", "-s", seed, "-o", out], check=True)
    subprocess.run([milliard, "export", results, table, "--xlsx", workbook, "--lang", "en"], check=True)
    sheet = read_workbook(workbook)[0]["Gross to net"]
    with open(table, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    heads = {sheet[0, j]: j for i, j in sheet if i == 0}
    for i, row in enumerate(rows, 1):
        check(sheet[i, heads["label"]] == row["label_en"], f"row {i} is called {sheet[i, heads['label']]}")
        check(abs(sheet[i, heads["irr"]] - float(row["irr"])) < 1e-14, f"irr of row {i}")
    check(not {"fingerprint", "seed", "label_fr"} & set(heads), "what is not of the table is in its sheet")
    os.remove(workbook)
    for wrong in (other, scenario):
        done = subprocess.run([milliard, "export", results, wrong, "--xlsx", workbook], capture_output=True, text=True)
        check(done.returncode == 3 and done.stderr and not os.path.exists(workbook), f"{wrong}: {done.returncode} {done.stderr}")


def main(milliard, soffice, folder, *cases):
    os.makedirs(folder, exist_ok=True)
    for scenario, path in zip(cases[::2], cases[1::2]):
        check_scenario(milliard, soffice, folder, scenario, path)
    check_refusals(milliard, folder, cases[0])
    if cases[1] == "best:net_irr_a":
        check_tables(milliard, folder, cases[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
