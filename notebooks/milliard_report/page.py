# SPDX-License-Identifier: GPL-3.0-or-later
"""One self-contained page: everything that comes from a file is escaped here, and nothing is fetched from anywhere."""
import contextlib
import errno
import html
import io
import os
import re
import shutil
import signal
import tempfile
import zlib

from . import style

CSS = """
:root{--ink:#111827;--soft:#4b5563;--line:#d1d5db;--without:#8a5a00;--with:#00507d}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:46rem;font:16px/1.5 "DejaVu Sans",Verdana,sans-serif;color:var(--ink);background:#fff;overflow-wrap:anywhere}
h1{font-size:1.55rem;line-height:1.2;margin:.4rem 0}h2{font-size:1.15rem;line-height:1.3;margin:2rem 0 .4rem;border-top:2px solid var(--ink);padding-top:.6rem}
p{margin:.5rem 0}.kind{color:var(--soft);margin:0;letter-spacing:.03em}.head,.note,.files,caption,figcaption{color:var(--soft);font-size:.82rem}
figure{margin:1rem 0}figure svg{display:block;width:100%;height:auto}figure svg *{stroke-linejoin:round;stroke-linecap:butt}.unit{font-size:.92rem}figcaption{margin-top:.4rem}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.86rem;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
th,td{padding:.3rem .5rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}thead th{font-weight:600;hyphens:auto}
tbody th{font-weight:400;text-align:left;overflow-wrap:anywhere;min-width:calc(var(--word)*1ch + 1rem)}th.t,td.t,thead th:first-child{text-align:left}caption{text-align:left;padding:.3rem 0}
td{white-space:nowrap}td.w{white-space:normal}td.t{white-space:normal}thead td.t{white-space:normal}
.terms{columns:2;column-gap:1.2rem;margin:.5rem 0;padding:.6rem .8rem;border:1px solid var(--ink);font-size:.82rem}
.terms div{break-inside:avoid;padding-bottom:.25rem}dt{font-weight:600}dd{margin:0}.lead{font-size:1.05rem}.banner{border:2px solid #9f1239;padding:.5rem .7rem;color:#9f1239;font-weight:600}.paste{border-left:3px solid var(--line);padding-left:.8rem}.dense .e{display:block}th.without{color:var(--without)}th.with{color:var(--with)}
a{color:var(--with)}footer{margin-top:2rem;border-top:1px solid var(--line)}
@media (max-width:520px){.terms{columns:1}body{padding:.7rem;font-size:15px}h1{font-size:1.25rem}ul{padding-left:1.2rem}
figure svg{width:calc(100% + 1rem);margin:0 -.5rem}table{font-size:.7rem}th,td{padding:.25rem .15rem}td{white-space:normal}.e{display:block}
tbody th{min-width:calc(var(--word)*.92ch + .3rem)}.many thead th{writing-mode:vertical-rl;transform:rotate(180deg);text-align:left;vertical-align:bottom;max-height:9rem}}
@media print{@page{size:A4;margin:16mm}body{max-width:none;padding:0;font-size:10.5pt}h2{break-after:avoid}
section,figure,tr{break-inside:avoid}figure{margin:.4rem 0}figure svg{max-height:9.5cm}.files{display:none}.wide{overflow:visible}a{color:inherit;text-decoration:none}
.plaidoyer{font-size:8.4pt;line-height:1.34}.plaidoyer h1{font-size:13pt;margin:0}.plaidoyer h2{font-size:10.5pt;margin:.55rem 0 .15rem;padding-top:.2rem;border-top-width:1px}
.plaidoyer p,.plaidoyer ul{margin:.2rem 0}.plaidoyer figure{margin:.1rem 0}.plaidoyer figcaption,.plaidoyer .note,.plaidoyer .head,.plaidoyer caption{font-size:7pt;line-height:1.25;margin:0}
.plaidoyer thead,.plaidoyer tbody tr:nth-child(-n+4),.plaidoyer caption{break-after:avoid}.plaidoyer th,.plaidoyer td{padding:.08rem .35rem}.plaidoyer table{font-size:8pt}.plaidoyer .e{display:inline}.plaidoyer figure svg{max-height:11.2cm;max-width:72%;margin:0 auto}
.plaidoyer .unit{font-size:8pt;margin:0}.whole{break-inside:avoid}.first{break-after:page}.first figure svg{max-width:64%}.first h2{margin:.35rem 0 0}.first .terms{font-size:7.8pt;line-height:1.25;padding:.2rem .5rem;margin:.2rem 0}.first .terms div{padding-bottom:.05rem}
.first ul{font-size:8.4pt;padding-left:1.1rem}.terms dt{display:inline}.terms dd{display:inline}.terms dt::after{content:" · "}}
"""

LONG_CELL = 26      # characters, above which a cell may be broken between words
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
KINDS = ("svg", "pdf", "png", "csv")    # files of a figure
SLIDE, SLIDE_KINDS = "-slide", ("svg", "png")      # of a slide


def escape(words):
    return html.escape(str(words), quote=True)


FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def safe_cell(value):
    """A text no spreadsheet takes for a formula: the starts are those of src/core/csv_text.c."""
    if isinstance(value, str) and value[:1] in FORMULA_STARTS:
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


def inline_svg(figure):
    """The drawing as an element of the page, its identifiers its own; title, unit and provenance are the page's to write."""
    name, buffer = figure.name, io.StringIO()
    for words in figure.drawing.texts:
        words.set_visible(False)
    figure.drawing.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    for words in figure.drawing.texts:
        words.set_visible(True)
    whole = buffer.getvalue()
    svg = whole[whole.index("<svg"):]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r"<style type=\"text/css\">.*?</style>", "", svg, flags=re.S)
    svg = re.sub(r"<!--.*?-->\n?", "", svg, flags=re.S)
    svg = re.sub(r'(?<= )id="', f'id="{name}-', svg)
    svg = re.sub(r'(href="#|url\(#)', lambda m: m.group(1) + name + "-", svg)
    svg = re.sub(r"font: (.*?)'DejaVu Sans'", r"font: \1'DejaVu Sans', Verdana", svg)
    top, bottom = (72 * inches for inches in figure.margins)
    frame = re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', svg)
    width, height = float(frame.group(1)), float(frame.group(2))
    label = escape(figure.title + ", " + figure.subtitle)
    return re.sub(r"<svg [^>]*>", f'<svg xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://www.w3.org/2000/svg" version="1.1" role="img" '
                  f'aria-label="{label}" viewBox="0 {top:g} {width:g} {height - top - bottom:g}">', svg, count=1)


def start(lang):
    """How each page starts, by which it is known again."""
    return (f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n<title>')


FILES = "milliard-files"                   # the list of a page's files, each with the sum of its bytes


def sum_of(path):
    with open(path, "rb") as file:
        return f"{zlib.crc32(file.read()):08x}"


def files_of(path):
    """The name of a page of ours and of its files: those that it lists, as it left them; those that it links to, where an earlier version
    listed none. None when it is not there, or another's."""
    if not os.path.isfile(path):
        return set()
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        words = file.read()
    if not words.startswith((start("fr"), start("en"))):
        return set()
    listed, folder = re.search(rf'<meta name="{FILES}" content="([^"]*)">', words), os.path.dirname(path)
    name = rf'([\w-]+\.(?:{"|".join(KINDS)}))'
    if not listed:
        return {os.path.basename(path), *re.findall(rf'<a href="{name}">', words)}
    theirs = re.findall(rf"{name}:([0-9a-f]{{8}})", listed.group(1))
    return {os.path.basename(path), *(file for file, of in theirs if not os.path.isfile(os.path.join(folder, file))
                                      or sum_of(os.path.join(folder, file)) == of)}


def draw(drawing, path, **options):
    """In memory first: on a full disk the makers of PDF files leave by other ways than the disk's own words."""
    buffer = io.BytesIO()
    drawing.savefig(buffer, format=path.rsplit(".", 1)[1], **options)
    with open(path, "wb") as out:
        out.write(buffer.getbuffer())


def write_slide(drawing, stem):
    """A slide of 13.333 by 7.5 inches: letters as pictures of 1920 by 1080 pixels, and as a drawing of that size."""
    draw(drawing, stem + ".png", dpi=1920 / drawing.get_figwidth(), metadata={"Software": None})
    draw(drawing, stem + ".svg", metadata={"Date": None, "Creator": None})
    style.plt.close(drawing)
    with open(stem + ".svg", encoding="utf-8") as file:
        words = file.read()
    with open(stem + ".svg", "w", encoding="utf-8", newline="\n") as file:
        file.write(re.sub(r'width="[^"]*" height="[^"]*"', 'width="13.333in" height="7.5in"', words, count=1))


@contextlib.contextmanager
def signals_wait():
    """What would interrupt comes after. By handlers rather than masks: a thread of a library may take a signal that this one masks."""
    arrived, before = [], {}
    with contextlib.suppress(ValueError):       # of another thread than the main one, which they do not interrupt
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not None:
                before[number] = signal.signal(number, lambda caught, _: arrived.append(caught))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in sorted(set(arrived)):
            signal.raise_signal(number)


class Page:
    """Sections in order; `save` writes the page and, for each figure, SVG, PDF, PNG and CSV."""

    def __init__(self, report, reader):
        self.report, self.reader, self.parts, self.figures, self.missing, self.slides = report, reader, [], [], [], {}

    def heading(self, words):
        self.parts.append(f"<h2>{escape(words)}</h2>")

    def paragraph(self, words, kind=""):
        self.parts.append(f'<p{" class=" + chr(34) + kind + chr(34) if kind else ""}>{escape(words)}</p>')

    @contextlib.contextmanager
    def block(self, kind):
        """What is written meanwhile is laid out as one."""
        self.parts.append(f'<div class="{kind}">')
        yield
        self.parts.append("</div>")

    def terms(self, title, pairs):
        """A box of terms: (label, words)."""
        self.heading(title)
        self.parts.append('<dl class="terms">' + "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(words)}</dd></div>" for label, words in pairs) + "</dl>")

    def bullets(self, items):
        self.parts.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>")

    def table(self, head, rows, caption="", text_columns=(), classes=None):
        def cell(i, words, tag, scope=""):
            marks = " ".join(filter(None, ("t" if i in text_columns else "w" if tag == "td" and len(words) > LONG_CELL else "", (classes or {}).get(i, "") if scope == "col" else "")))
            return (f"<{tag}" + (f' scope="{scope}"' if scope else "") + (f' class="{marks}"' if marks else "") + ">"
                    + re.sub("\u00a0(±.*)", r' <span class="e">\1</span>', escape(words)) + f"</{tag}>")   # a phone puts the error under the value

        def line(row):
            return cell(0, row[0], "th", "row") + "".join(cell(i, words, "td") for i, words in enumerate(row[1:], 1))
        heads = "".join(cell(i, words, "th", "col") if words else "<td></td>" for i, words in enumerate(head))
        # On a phone, the heads of many columns stand upright; wherever they are shown, errors of more stand under their values.
        kind = "many dense" if len(head) > 5 else "many" if len(head) > 4 else ""
        many = f' class="{kind}"' if kind else ""
        # Names of rows are broken between words, a word only when it is longer than any of ours.
        word = min(16, max((len(part) for row in rows for part in row[0].split()), default=0))
        self.parts.append(f'<div class="wide"><table{many} style="--word:{word}">' + (f"<caption>{escape(caption)}</caption>" if caption else "")
                          + f"<thead><tr>{heads}</tr></thead><tbody>" + "".join(f"<tr>{line(row)}</tr>" for row in rows)
                          + "</tbody></table></div>")

    def figure(self, figure, slide=None):
        """Adds a figure, or nothing for None; what draws it draws a slide too."""
        if figure is None:
            return False
        self.figures.append(figure)
        if slide:
            self.slides[figure.name + SLIDE] = slide
        self.parts.append(f"<section><h2>{escape(figure.title)}</h2>")
        for sentence in figure.text:
            self.paragraph(sentence)
        links = ", ".join(f'<a href="{figure.name}.{kind}">{kind.upper()}</a>' for kind in KINDS)
        self.parts.append(f'<figure id="{figure.name}"><p class="unit">{escape(figure.subtitle)}</p>{inline_svg(figure)}'
                          f'<figcaption>{escape(figure.footer)}</figcaption></figure>'
                          f'<p class="files">{escape(self.report.say("files"))}{links}</p>{self.slide_links(figure) if slide else ""}</section>')
        return True

    def slide_links(self, figure):
        links = ", ".join(f'<a href="{figure.name}{SLIDE}.{kind}">{kind.upper()}</a>' for kind in SLIDE_KINDS)
        return f'<p class="files">{escape(self.report.say("slides"))}{links}</p>'

    def leave_out(self, key, **values):
        self.missing.append(self.report.say(key, **values))

    def names(self, page):
        """Of all files that it writes."""
        return {page, *(f"{figure.name}.{kind}" for figure in self.figures for kind in KINDS), *(f"{name}.{kind}" for name in self.slides for kind in SLIDE_KINDS)}

    def render(self, files=()):
        """The page, with its list of `files`: (name, sum)."""
        report = self.report
        head = [f'<p class="kind">{escape(report.say("for_" + self.reader))}</p>', f"<h1>{escape(report.title)}</h1>"]
        for kind, sentence in report.about():
            head.append(f'<p class="note"><strong>{escape(sentence)}</strong></p>' if kind == "warning" else f'<p class="{kind}">{escape(sentence)}</p>')
        foot = [f'<p class="note">{escape(report.say("not_shown", what=what))}</p>' for what in self.missing]
        title = escape(f"{report.say('for_' + self.reader)} — {report.title}")
        listed = " ".join(f"{name}:{of}" for name, of in files)
        return (f'{start(report.lang)}{title}</title>\n<meta name="{FILES}" content="{listed}">\n<style>{CSS}</style>\n</head>\n<body class="{self.reader}">\n<main>\n'
                + "\n".join(head + self.parts) + "\n</main>\n<footer>" + "\n".join(foot) + "</footer>\n</body>\n</html>\n")

    def save(self, folder):
        """Everything is written beside, then moved, the page last: whatever goes wrong, a good report is not half replaced. A first page goes
        first, so that what is cut short is known again. Files that no page of ours lists as it left them are not replaced; figures that only the
        page before listed are removed."""
        os.makedirs(folder, exist_ok=True)
        page = f"{self.reader}.html"
        before = files_of(os.path.join(folder, page))
        others = set().union(*(files_of(os.path.join(folder, name)) for name in os.listdir(folder) if name.endswith(".html") and name != page))
        for name in sorted(self.names(page) - before - others):
            if os.path.lexists(os.path.join(folder, name)):
                raise FileExistsError(errno.EEXIST, "exists and is of no report: it is left as it is, choose another folder", os.path.join(folder, name))
        with tempfile.TemporaryDirectory(prefix=".milliard-", dir=folder) as beside:
            for figure in self.figures:
                stem = os.path.join(beside, figure.name)
                draw(figure.drawing, stem + ".svg", metadata={"Date": None, "Creator": None})
                draw(figure.drawing, stem + ".pdf", metadata={"CreationDate": None, "Producer": None, "Creator": None})
                draw(figure.drawing, stem + ".png", dpi=180, metadata={"Software": None})
                write_csv(figure.data, stem + ".csv", self.report.lang)
                style.plt.close(figure.drawing)
            for name, figure in self.slides.items():
                with style.slide():
                    drawing = figure(self.report).drawing
                write_slide(drawing, os.path.join(beside, name))
            with open(os.path.join(beside, page), "w", encoding="utf-8", errors="replace", newline="\n") as out:
                out.write(self.render([(name, sum_of(os.path.join(beside, name))) for name in sorted(os.listdir(beside)) if name != page]))
            written = sorted(os.listdir(beside), key=lambda name: (name == page) == bool(before))
            with signals_wait():
                for name in written:
                    if name in before | others and os.path.exists(os.path.join(folder, name)):
                        shutil.copymode(os.path.join(folder, name), os.path.join(beside, name))
                    os.replace(os.path.join(beside, name), os.path.join(folder, name))
                for name in before - others - set(written):
                    with contextlib.suppress(FileNotFoundError):
                        os.remove(os.path.join(folder, name))
        return os.path.join(folder, page)
