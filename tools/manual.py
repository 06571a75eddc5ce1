#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the table of commands, src/cli/commands.def, into man/milliard.1: its synopsis, and the list of options of each command.

    tools/manual.py --write     what stands between the marks is replaced
    tools/manual.py --check     fails where they differ, or where a command has no such list
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "src/cli/commands.def"
MANUAL = ROOT / "man/milliard.1"
BLOCK = re.compile(r'(\.\\" of commands\.def: ([a-z]+)\n).*?(\.\\" end\n)', re.S)
TEXT = r'(NULL|"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*)'
COMMAND = re.compile(r"^COMMAND\((\w+),\s*" + TEXT, re.M)
OPTION = re.compile(r"\bOPTION\(('\w'|\w+),\s*" + TEXT + r",\s*" + TEXT + r",\s*(\w+),\s*" + TEXT)


def text(literal):
    """The text of C literals that stand one after the other."""
    return "" if literal == "NULL" else "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', literal))


def commands():
    """{name: (operands, [(letter, name, argument, use, help)])} of the table, in its order."""
    table = TABLE.read_text(encoding="utf-8")
    table = table[table.index("*/"):]
    heads = list(COMMAND.finditer(table))
    found = {}
    for head, end in zip(heads, [one.start() for one in heads[1:]] + [len(table)]):
        rows = OPTION.findall(table[head.end():end])
        if len(rows) != table[head.end():end].count("OPTION("):
            sys.exit(f"{TABLE}: an option of {head[1]} cannot be read")
        found[head[1]] = (text(head[2]), [(letter, text(name), text(argument), use, text(sentence))
                                          for letter, name, argument, use, sentence in rows])
    return found


def roff(words):
    return words.replace("--", "\\-\\-").replace("…", "\\&...")


def argument(words):
    if not words:
        return ""
    if words.startswith("["):
        return f" Ns Op = Ns Ar {words.strip('[=]')}"
    return (" Cm " if "|" in words else " Ar ") + words.replace("|", " | ").replace("=", " Ns = Ns Ar ")


def operand(words):
    """One operand of a usage: "SCENARIO", "[FILE …]", "[NAME | KEY]"."""
    name = roff(words.strip("[]"))
    return f".{'Op Ar' if words.startswith('[') else 'Ar'} {name}"


def synopsis(table):
    for name, (operands, rows) in table.items():
        lines = [".Nm", f".Cm {name}"] + [operand(one) for one in re.findall(r"\[.*?\]|[^ ]+", operands)]
        for _, option, what, use, _ in rows:
            call = f"Fl Fl {option}{argument(what)}"
            if use == "CLI_OR" and lines[-1].startswith((".Op", ".Fl")):
                lines[-1] += f" | {call}"
            else:
                lines.append(f".{'' if use == 'CLI_MUST' else 'Op '}{call}{' ...' if use == 'CLI_OFTEN' else ''}")
        yield from lines
    yield from (".Nm", ".Cm help Op Ar command", ".Nm", ".Fl Fl help | Fl Fl version")


def options(rows):
    yield ".Bl -tag -width Ds"
    for letter, name, what, _, sentence in rows:
        short = f"Fl {letter[1]} , " if letter.startswith("'") else ""
        yield f".It {short}Fl Fl {name}{argument(what)}"
        yield f"{roff(sentence[0].upper() + sentence[1:])}."
    yield ".El"


def main(task):
    table = commands()
    parts = {"synopsis": synopsis(table), **{name: options(rows) for name, (_, rows) in table.items()}}
    before = MANUAL.read_text(encoding="utf-8")
    places = [found[1] for found in BLOCK.findall(before)]
    if sorted(places) != sorted(parts):
        sys.exit(f"{MANUAL}: has places for {' '.join(places)}; the table wants {' '.join(parts)}")
    after = BLOCK.sub(lambda found: found[1] + "\n".join(parts[found[2]]) + "\n" + found[3], before)
    if task == "--write":
        MANUAL.write_text(after, encoding="utf-8")
    elif after != before:
        sys.exit(f"{MANUAL} does not say what {TABLE} does: tools/manual.py --write")


if __name__ == "__main__":
    if sys.argv[1:] not in (["--write"], ["--check"]):
        sys.exit(__doc__)
    main(sys.argv[1])
