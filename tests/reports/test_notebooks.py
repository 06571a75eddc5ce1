# SPDX-License-Identifier: GPL-3.0-or-later
"""The three notebooks run unattended on small runs of every kind, and show what the pages show. `long`: every notebook on
every kind of file in both languages; else one kind and language each, which between them meet every kind but one."""
import functools
import json
import os
import sys
import unittest
import unittest.mock

try:
    import ipykernel  # noqa: F401
    import nbformat
    from nbclient import NotebookClient
except ImportError as error:
    print(f"skipped: {error} (Debian: python3-nbclient python3-ipykernel)")
    sys.exit(77)

import small
from small import FOLDER, PROJECT
from milliard_report.__main__ import build
from milliard_report.style import plt

NOTEBOOKS, LONG = os.path.join(PROJECT, "notebooks"), "long" in sys.argv[3:]
READERS, LANGUAGES = ("fonds", "plaidoyer", "investisseurs"), ("fr", "en")
KINDS = ("fpci-reference", "judged", "scheme-national", "tape-example")   # no guarantee, one and a table of sensitivity, no fund, a tape
SHORT = (("fonds", "judged", "fr"), ("plaidoyer", "scheme-national", "en"), ("investisseurs", "tape-example", "fr"))
TOLD = """import json, numpy
print("TOLD" + json.dumps({name: bool(numpy.isfinite(figure.data.select_dtypes("number").to_numpy()).any()
    and any(numpy.isfinite(axes.dataLim.get_points()).all() and axes.dataLim.width > 0 and axes.dataLim.height > 0 for axes in figure.drawing.axes))
    for name, figure in report.figures.items()}))"""


@functools.lru_cache(maxsize=None)
def run(name):
    return small.run(name, small.scenario(name), 120)


@functools.lru_cache(maxsize=None)
def judged():
    return small.judged(60)


def executed(reader, files, lang):
    """The notebook with its outputs, and a last cell that says of each figure whether something is drawn on it."""
    os.environ.update(MILLIARD_FILE=os.pathsep.join(files), MILLIARD_LANG=lang, PYTHONDONTWRITEBYTECODE="1", IPYTHONDIR=os.path.join(FOLDER, "ipython"),
                      PYDEVD_DISABLE_FILE_VALIDATION="1")
    book = nbformat.read(os.path.join(NOTEBOOKS, reader + ".ipynb"), 4)
    book.cells.append(nbformat.v4.new_code_cell(TOLD))
    NotebookClient(book, kernel_name="python3", timeout=600, resources={"metadata": {"path": NOTEBOOKS}}).execute()   # raises what a cell raises
    return book


class Notebooks(unittest.TestCase):
    def check(self, reader, kind, lang):
        files = [*judged()] if kind == "judged" else [run(kind)]
        if reader == "investisseurs":
            files.append(run("stress-recession"))
        book = executed(reader, files, lang)
        outputs = [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]
        drawn = json.loads(next(o.text for o in outputs if o.output_type == "stream" and o.text.startswith("TOLD"))[4:])
        with unittest.mock.patch("milliard_report.page.inline_svg", lambda figure: ""):    # names and sentences are enough
            page = build(files, reader, lang)
        for figure in page.figures:
            plt.close(figure.drawing)
        self.assertEqual(list(drawn), [figure.name for figure in page.figures])      # all that the page shows, in its order
        self.assertGreater(len(drawn), 0)
        self.assertEqual([name for name, something in drawn.items() if not something], [], "empty figures")
        pictures = [o for o in outputs if o.output_type == "display_data" and "alt" in o.metadata.get("image/png", {})]
        self.assertEqual(len(pictures), len(drawn))
        words = "".join(o.data.get("text/html", "") for o in outputs if o.output_type == "display_data")
        for figure in page.figures:
            for sentence in figure.text:
                self.assertIn(sentence.replace("'", "&#x27;"), words)
        self.assertFalse(any(o.output_type == "stream" and o.name == "stderr" for o in outputs), "warnings")

    def test_run_on_any_results_file(self):
        cases = [(r, k, l) for r in READERS for k in KINDS for l in LANGUAGES] if LONG else SHORT
        for reader, kind, lang in cases:
            with self.subTest(reader=reader, kind=kind, lang=lang):
                self.check(reader, kind, lang)

    def test_committed_without_outputs(self):
        for reader in READERS:
            for cell in nbformat.read(os.path.join(NOTEBOOKS, reader + ".ipynb"), 4).cells:
                if cell.cell_type == "code":
                    self.assertEqual((cell.outputs, cell.execution_count), ([], None))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
