# SPDX-License-Identifier: GPL-3.0-or-later
"""The command: milliard report FILE [FILE …] --for READER --lang fr|en -o FOLDER, which runs this file."""
import argparse
import os
import signal
import sys
import traceback
import unicodedata


def load_package():
    """The package that this file is of, by its place: were its folder searched for modules, any file there could pass for one."""
    from importlib.util import module_from_spec, spec_from_file_location
    folder = os.path.dirname(os.path.abspath(__file__))
    spec = spec_from_file_location("milliard_report", os.path.join(folder, "__init__.py"))
    sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[spec.name])
    return spec.name


HERE = None
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)    # while libraries load nothing is to be put right
    __package__ = __package__ or load_package()
    HERE = os.open(".", os.O_PATH)
    os.chdir("/")                                   # a library may obey a file of the working folder: matplotlib does

from . import study
from .open import NotResults
from .page import Page
from .readers import READERS, chapters, report_for

if HERE is not None:
    os.fchdir(HERE)
    os.close(HERE)

LANGUAGES = ("en", "fr")
STUDY = "etude"     # is no reader: what the file is of


def build(paths, reader, lang, descriptors=None):
    """The page of one reader, or of a study, drawn but not yet written."""
    if reader == STUDY:
        page = Page(study.report_of(paths, lang, descriptors), reader)
        study.fill(page, page.report)
        return page
    report = report_for(reader, paths, lang, descriptors)
    page = Page(report, reader)
    if report.left_out:
        page.leave_out("other_files", names=", ".join(report.left_out))
    for parts in chapters(reader).values():
        for part in parts:
            part(page, report)
    return page


def make(paths, reader, lang, folder):
    """Writes one report; gives the path of its page."""
    return build(paths, reader, lang).save(folder)


def descriptors_of(words):
    """One a file, with a comma after it: open and checked; "table" for what can only be one of milliard sensitivity, bridge or alternatives."""
    return [None if word == "table" else int(word) for word in words.split(",")[:-1]]


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="milliard report", description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--for", dest="reader", choices=(*READERS, STUDY), required=True)
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("-o", dest="folder", required=True, metavar="FOLDER")
    parser.add_argument("--descriptors", type=descriptors_of, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    try:
        return report(options)
    except KeyboardInterrupt:
        print("milliard report: interrupted", file=sys.stderr)
        return 130


def report(options):
    """The exit status, as man milliard tells them."""
    try:
        page = build(options.files, options.reader, options.lang, options.descriptors)
    except NotResults as error:
        return complain(str(error), 5)
    except MemoryError:
        return complain(f"{', '.join(options.files)}: not enough memory to draw it", 6)
    except OSError as error:
        return complain(f"{error.filename}: {error.strerror}", 4) if error.filename else complain(f"damaged: {error}", 5)
    except Exception as error:      # numbers that no run gives: what a library makes of them is no use to who gave the file
        return complain(f"{', '.join(options.files)}: cannot be drawn ({where(error)}): damaged, or a defect of milliard: please report it", 5)
    try:
        print(page.save(options.folder))
    except FileExistsError as error:
        return complain(f"{error.filename}: {error.strerror}", 4)
    except OSError as error:
        return complain(f"{options.folder}: {error.strerror or error}", 4)
    return 0


def where(error):
    """An error that nobody foresaw, and the line of this package that met it."""
    frame = [f for f in traceback.extract_tb(error.__traceback__) if os.path.basename(os.path.dirname(f.filename)) == "milliard_report"][-1]
    return f"{type(error).__name__}: {error}, {os.path.basename(frame.filename)}:{frame.lineno}"


def complain(words, status):
    """A message in one line: control characters of the names it quotes are shown, never sent to the terminal."""
    line = "".join(c if c.isprintable() or unicodedata.category(c) == "Zs" else ascii(c)[1:-1] for c in words)
    print(f"milliard report: {line}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
