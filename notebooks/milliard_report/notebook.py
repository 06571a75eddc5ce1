# SPDX-License-Identifier: GPL-3.0-or-later
"""The chapters of a page in a notebook: the same figures, tables and sentences, one chapter a cell."""
import contextlib
import html
import io

import pandas as pd
from IPython.display import HTML, Image, display

from . import style
from .readers import chapters, report_for


class Notebook:
    """What the parts of a chapter write on, as they write on a page. `file` is the results file, `figures` what was drawn, by name."""

    def __init__(self, reader, paths, lang):
        self.report, self.reader = report_for(reader, paths, lang), reader
        self.file, self.figures = self.report.main, {}
        self._line("h2", self.report.title)
        for kind, sentence in self.report.about():
            self._line("strong" if kind == "warning" else "p", sentence)
        if self.report.left_out:
            self.leave_out("other_files", names=", ".join(self.report.left_out))

    def show(self, chapter):
        """A chapter: what it is about, then its parts."""
        title, *explanation = self.report.say(f"{self.reader}_{chapter}").split("|")
        self._line("h2", title)
        for sentence in explanation:
            self._line("p", sentence)
        self.written = False
        for part in chapters(self.reader)[chapter]:
            part(self, self.report)
        if not self.written:
            self.leave_out("nothing_here")

    # ---- as a page ----

    def heading(self, words):
        self._line("h3", words)

    def paragraph(self, words, kind=""):
        self._line("small" if kind else "p", words)

    @contextlib.contextmanager
    def block(self, kind):
        yield

    def terms(self, title, pairs):
        self.heading(title)
        self.table(["", ""], [list(pair) for pair in pairs])

    def bullets(self, items):
        self._show(HTML("<ul>" + "".join(f"<li>{html.escape(item)}</li>" for item in items) + "</ul>"))

    def table(self, head, rows, caption="", text_columns=(), classes=None):
        with pd.option_context("display.max_colwidth", None):
            self._show(HTML(pd.DataFrame(rows, columns=head).to_html(index=False, border=0)))
        if caption:
            self._line("small", caption)

    def figure(self, figure, slide=None):
        if figure is None:
            return False
        self.figures[figure.name] = figure
        picture = io.BytesIO()
        figure.drawing.savefig(picture, format="png", dpi=150)
        style.plt.close(figure.drawing)
        self._show(Image(data=picture.getvalue(), width=int(120 * style.WIDTH), alt=figure.title))
        for sentence in figure.text:
            self.paragraph(sentence)
        return True

    def leave_out(self, key, **values):
        self._line("small", self.report.say("not_shown", what=self.report.say(key, **values)))

    def _line(self, tag, words):
        self._show(HTML(f"<{tag}>{html.escape(words)}</{tag}>"))

    def _show(self, what):
        self.written = True
        display(what)
