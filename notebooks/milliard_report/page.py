# SPDX-License-Identifier: GPL-3.0-or-later
"""One self-contained page: everything that comes from a file is escaped here, and nothing is fetched from anywhere."""
import html
import io
import os
import re

from . import style, texts
from .typography import number

CSS = """
:root{--ink:#111827;--soft:#4b5563;--line:#d1d5db;--without:#8a5a00;--with:#00507d}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:46rem;font:16px/1.5 "DejaVu Sans",Verdana,sans-serif;color:var(--ink);background:#fff;overflow-wrap:anywhere}
h1{font-size:1.55rem;line-height:1.2;margin:.4rem 0}h2{font-size:1.15rem;margin:2rem 0 .4rem;border-top:2px solid var(--ink);padding-top:.6rem}
p{margin:.5rem 0}.kind{color:var(--soft);margin:0;letter-spacing:.03em}.head,.note,.files,caption{color:var(--soft);font-size:.82rem}
figure{margin:1rem 0}figure svg{display:block;width:100%;height:auto}figure svg *{stroke-linejoin:round;stroke-linecap:butt}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.86rem;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .5rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}th{font-weight:600;overflow-wrap:normal;hyphens:auto}
th:first-child,td:first-child{text-align:left;overflow-wrap:normal}th.t,td.t{text-align:left}caption{text-align:left;padding:.3rem 0}
td{white-space:nowrap}td:first-child,td.t{white-space:normal}th.without{color:var(--without)}th.with{color:var(--with)}
a{color:var(--with)}footer{margin-top:2rem;border-top:1px solid var(--line)}
@media (max-width:520px){body{padding:.7rem;font-size:15px}h1{font-size:1.25rem}table{font-size:.74rem}th,td{padding:.25rem .3rem}}
@media print{@page{size:A4;margin:16mm}body{max-width:none;padding:0;font-size:10.5pt}h2{break-after:avoid}
section,figure,tr{break-inside:avoid}figure{margin:.4rem 0}figure svg{max-height:9.5cm}.files{display:none}.wide{overflow:visible}a{color:inherit;text-decoration:none}}
"""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def escape(words):
    return html.escape(str(words), quote=True)


def safe_cell(value):
    """A text no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def write_csv(frame, path, lang):
    """As a spreadsheet of the language reads it: semicolons and decimal commas in French."""
    frame = frame.copy()
    for column in frame.columns:
        if frame[column].dtype == object:
            frame[column] = frame[column].map(safe_cell)
    options = {"sep": ";", "decimal": ",", "encoding": "utf-8-sig"} if lang == "fr" else {"encoding": "utf-8"}
    frame.to_csv(path, index=False, lineterminator="\n", **options)


def inline_svg(drawing, name, label):
    """The figure as an element of the page, its identifiers its own."""
    buffer = io.StringIO()
    drawing.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    whole = buffer.getvalue()
    svg = whole[whole.index("<svg"):]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r"<style type=\"text/css\">.*?</style>", "", svg, flags=re.S)
    svg = re.sub(r"<!--.*?-->\n?", "", svg, flags=re.S)
    svg = re.sub(r'(?<= )id="', f'id="{name}-', svg)
    svg = re.sub(r'(href="#|url\(#)', lambda m: m.group(1) + name + "-", svg)
    svg = re.sub(r"font: (.*?)'DejaVu Sans'", r"font: \1'DejaVu Sans', Verdana", svg)
    svg = re.sub(r'<svg ([^>]*?)width="[^"]*"', r"<svg \1", svg, count=1)
    svg = re.sub(r'<svg ([^>]*?)height="[^"]*"', r"<svg \1", svg, count=1)
    top = 72 * style.TITLE_HEIGHT
    svg = re.sub(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', lambda m: f'viewBox="0 {top:g} {m.group(1)} {float(m.group(2)) - top:g}"', svg, count=1)
    svg = re.sub(rf'<g id="{name}-title">.*?</g>', "", svg, count=1, flags=re.S)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1)


class Page:
    """Sections in order; `save` writes the page and, for each figure, SVG, PDF, PNG and CSV."""

    def __init__(self, report, reader):
        self.report, self.reader, self.parts, self.figures, self.missing = report, reader, [], [], []

    def heading(self, words):
        self.parts.append(f"<h2>{escape(words)}</h2>")

    def paragraph(self, words, kind=""):
        self.parts.append(f'<p{" class=" + chr(34) + kind + chr(34) if kind else ""}>{escape(words)}</p>')

    def bullets(self, items):
        self.parts.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>")

    def table(self, head, rows, caption="", text_columns=(), classes=None):
        def cells(row, tag):
            marks = [" ".join(filter(None, ("t" if i in text_columns else "", (classes or {}).get(i, "") if tag == "th" else "")))
                     for i in range(len(row))]
            return "".join(f'<{tag}{" class=" + chr(34) + m + chr(34) if m else ""}>{escape(c)}</{tag}>' for c, m in zip(row, marks))
        self.parts.append('<div class="wide"><table>' + (f"<caption>{escape(caption)}</caption>" if caption else "")
                          + f"<thead><tr>{cells(head, 'th')}</tr></thead><tbody>"
                          + "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows) + "</tbody></table></div>")

    def figure(self, figure):
        """Adds a figure, or nothing for None."""
        if figure is None:
            return False
        self.figures.append(figure)
        self.parts.append(f"<section><h2>{escape(figure.title)}</h2>")
        for sentence in figure.text:
            self.paragraph(sentence)
        links = ", ".join(f'<a href="{figure.name}.{kind}">{kind.upper()}</a>' for kind in ("svg", "pdf", "png", "csv"))
        svg = inline_svg(figure.drawing, figure.name, figure.title + ". " + " ".join(figure.text))
        self.parts.append(f'<figure id="{figure.name}">{svg}</figure><p class="files">{escape(self.report.say("files"))}{links}</p></section>')
        return True

    def leave_out(self, key, **values):
        self.missing.append(self.report.say(key, **values))

    def render(self):
        report, file = self.report, self.report.main
        head = [f'<p class="kind">{escape(report.say("for_" + self.reader))}</p>', f"<h1>{escape(file.title[report.lang] or file.name)}</h1>"]
        for f in report.files:
            head.append('<p class="head">' + escape(report.say(
                "head", name=f.name, paths=number(f.paths, 0, report.lang), seed=f.seed, date=texts.date(f.first_closing, report.lang),
                version=f.version, commit=f.commit, stream=f.stream_version)) + "</p>")
            head += [f'<p class="note"><strong>{escape(report.say(key))}</strong></p>'
                     for key, when in (("interrupted", f.interrupted), ("few_paths", f.paths < 1000)) if when]
        head.append(f'<p class="note">{escape(report.say("error_note"))}</p>')
        foot = [f'<p class="note">{escape(report.say("not_shown", what=what))}</p>' for what in self.missing]
        title = escape(f"{report.say('for_' + self.reader)} — {file.title[report.lang] or file.name}")
        return (f'<!DOCTYPE html>\n<html lang="{report.lang}">\n<head>\n<meta charset="utf-8">\n'
                f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
                f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n<title>{title}</title>\n<style>{CSS}</style>\n</head>\n<body>\n'
                + "\n".join(head + self.parts) + "\n<footer>" + "\n".join(foot) + "</footer>\n</body>\n</html>\n")

    def save(self, folder):
        os.makedirs(folder, exist_ok=True)
        for figure in self.figures:
            stem = os.path.join(folder, figure.name)
            figure.drawing.savefig(stem + ".svg", metadata={"Date": None, "Creator": None})
            figure.drawing.savefig(stem + ".pdf", metadata={"CreationDate": None, "Producer": None, "Creator": None})
            figure.drawing.savefig(stem + ".png", dpi=180, metadata={"Software": None})
            write_csv(figure.data, stem + ".csv", self.report.lang)
            style.plt.close(figure.drawing)
        target = os.path.join(folder, f"{self.reader}.html")
        with open(target, "w", encoding="utf-8", errors="replace", newline="\n") as out:
            out.write(self.render())
        return target
