#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""
Help and bash completion say what src/cli/commands.def does: every command, every option, every argument.

    test_commands.py PROGRAM FOLDER
"""
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import manual  # noqa: E402

COMPLETION = """
source "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_milliard && printf '%s\\n' "${COMPREPLY[@]}"
"""
IN_FRENCH = ("check",)
FILES = ("deals.csv", "fund.cfg", "fund.h5", "fund.xlsx")
wrong = []


def compare(what, found, expected):
    if found != expected:
        wrong.append(f"{what}: {found} instead of {expected}")


def output(*words):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")


def completed(program, *words):
    """What the completion proposes for the last word."""
    return output("bash", "-c", COMPLETION, "bash", ROOT / "completions/milliard.bash", program, *words).split()


def names(rows):
    """-o --output … of a command's rows, in order, as the help has them."""
    for letter, name, *_ in rows + [("'h'", "help")]:
        if letter.startswith("'"):
            yield "-" + letter[1]
        yield "--" + name


def written(name, argument):
    """As one types it: an argument that may be left out goes with its name, --uncertain[=WORLDS]."""
    return f"--{name}{argument}" if argument.startswith("[=") else f"--{name} {argument}".rstrip()


def check_help(program, command, operands, rows):
    text = output(program, command, "--help")
    compare(f"help {command}", output(program, "help", command), text)
    usage = text.splitlines()[0]
    compare(f"usage of {command}", usage.startswith(f"Usage: milliard {command} {operands[:-1]}"), True)
    for letter, name, argument, _, sentence in rows:
        start = (f"-{letter[1]}, " if letter.startswith("'") else "    ") + written(name, argument)
        compare(f"{command} --{name} in its help", f"\n  {start} " in text.replace(f"{start}\n", f"{start} \n"), True)
        compare(f"sentence of {command} --{name}", f" {sentence}\n" in text, True)
        compare(f"{command} --{name} in its usage", written(name, argument) in usage, True)


def check_french(program, command, operands, rows, must):
    """In French as a whole or not at all, wherever --lang stands; options are the same."""
    english, french = output(program, command, "--help"), output(program, command, "--help", "--lang", "fr")
    compare(f"{command} --lang fr --help", output(program, command, "-l", "fr", "--help"), french)
    compare(f"{command} --help, MILLIARD_LANG", output("env", "MILLIARD_LANG=fr", program, command, "--help"), french)
    compare(f"help {command}, MILLIARD_LANG", output("env", "MILLIARD_LANG=fr", program, "help", command), french)
    compare(f"{command} --help --lang en", output("env", "MILLIARD_LANG=fr", program, command, "--help", "--lang=en"), english)
    compare(f"the help of {command} in French", french.startswith("Usage : milliard"), must or french != english)
    compare(f"operands of {command} in French", operands[:-1] in french.splitlines()[0], True)
    for letter, name, argument, _, sentence in rows:
        compare(f"{command} --{name} in French", f"--{written(name, argument)[2:]} " in french.replace("\n", " \n"), True)
        compare(f"sentence of {command} --{name} in French", f" {sentence}\n" in french, french == english)


def expected_for(argument):
    """What an argument may be, in a folder that holds FILES."""
    if "|" in argument:
        return sorted(argument.split("|"))
    if argument == "FILE":
        return sorted(FILES + ("sub",))
    if argument == "FOLDER":
        return ["sub"]
    ending = "." + argument.split(".")[-1]
    return sorted([one for one in FILES if "." in argument and one.endswith(ending)] + ["sub"]) if "." in argument else []


def check_completion(program, command, operands, rows):
    compare(f"options of {command}", completed(program, command, "-"), list(names(rows)))
    for letter, name, argument, *_ in rows:
        if argument and not argument.startswith("[="):      # the next word is not this one's
            for option in [f"--{name}"] + [f"-{letter[1]}"] * letter.startswith("'"):
                compare(f"{command} {option}", sorted(completed(program, command, option, "")), expected_for(argument))
    found = set(completed(program, command, ""))
    for word, name in (("SCENARIO", "fund.cfg"), ("FILE", "fund.h5"), (".csv", "deals.csv"), ("NAME", "bond")):
        compare(f"operands of {command}: {name}", name in found, word in operands)


def main(program, folder):
    table = manual.commands()
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(os.path.join(folder, "sub"))
    os.chdir(folder)
    for name in FILES:
        open(name, "w").close()
    compare("commands", completed(program, ""), list(table) + ["help", "--help", "--version"])
    compare("help", completed(program, "help", ""), list(table))
    for command, (operands, rows) in table.items():
        check_help(program, command, operands, rows)
        if any(name == "lang" for _, name, *_ in rows):
            check_french(program, command, operands, rows, command in IN_FRENCH)
        check_completion(program, command, operands, rows)
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main(*sys.argv[1:])
