# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page must be, measured in a browser: each check gives the faults it finds, as sentences."""
import glob
import os
import re
import subprocess

PHONE, DESK = 380, 1000
A4_WIDTH, A4_HEIGHT = 672, 1001      # the printed area, CSS pixels: A4 less the margins of 16 mm that the page asks for
SMALLEST = 8.0                       # pixels that the letters of a figure have at least, on a phone
CONTRAST = 4.5                       # WCAG 2.1, level AA, text of ordinary size

MEASURE = r"""
const box = e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
const scale = e => { const m = e.getScreenCTM(); return Math.hypot(m.a, m.b); };
const shine = c => { const p = c.match(/[\d.]+/g).slice(0, 3).map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
                     return 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2]; };
const faint = (e, colour) => ({words: e.textContent.trim().slice(0, 40), contrast: 1.05 / (shine(colour) + 0.05)});
const bare = e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
return {
  width: document.scrollingElement.scrollWidth,
  scrolling: [...document.querySelectorAll(".wide")].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText.slice(0, 60)),
  broken: [...document.querySelectorAll("th, td")].flatMap(cell => {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), words = [], range = document.createRange();
    for (let node; (node = walk.nextNode());)
      for (const found of node.data.matchAll(/[\p{L}\d.,]+/gu)) {
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        const turned = getComputedStyle(cell).writingMode !== "horizontal-tb";
        if (found[0].length <= 16 && new Set([...range.getClientRects()].map(r => Math.round(turned ? r.left : r.top))).size > 1) words.push(found[0]);
      }
    return words;
  }),
  figures: [...document.querySelectorAll("figure")].map(f => ({
    id: f.id, box: box(f.querySelector("svg")), ratio: f.querySelector("svg").viewBox.baseVal.width / f.querySelector("svg").viewBox.baseVal.height,
    label: f.querySelector("svg").getAttribute("aria-label"), caption: (f.querySelector("figcaption") || {innerText: ""}).innerText,
    heading: f.parentNode.querySelector("h2").innerText,
    texts: [...f.querySelectorAll("text")].map(t => ({words: t.textContent, box: box(t), size: parseFloat(getComputedStyle(t).fontSize) * scale(t)})),
  })),
  sections: [...document.querySelectorAll("section")].map(e => [e.querySelector("h2").innerText, e.getBoundingClientRect().height]),
  height: document.body.getBoundingClientRect().height,
  links: [...document.querySelectorAll("a")].map(a => a.getAttribute("href")),
  contrasts: [...document.querySelectorAll("body *")].filter(e => !e.closest("svg") && bare(e)).map(e => faint(e, getComputedStyle(e).color))
     .concat([...document.querySelectorAll("svg text")].map(e => faint(e, getComputedStyle(e).fill))),
  unscoped: [...document.querySelectorAll("th")].filter(e => !["row", "col"].includes(e.scope)).map(e => e.innerText),
  language: document.documentElement.lang, mains: document.querySelectorAll("main").length, titles: document.querySelectorAll("h1").length,
  heads: [...document.querySelectorAll("h1, .head")].map(e => e.textContent),
  scripts: document.querySelectorAll("script, iframe, object, embed, link, [onerror], [onload], [onclick]").length,
};
"""


def overlap(a, b):
    """Whether the letters of two texts touch. A text's box is that of its font, a sixth of it empty above and below."""
    def letters(text):
        left, top, right, bottom = text["box"]
        margin = 0.18 * min(right - left, bottom - top)
        upright = right - left < bottom - top
        return (left + (margin if upright else 0), top + (0 if upright else margin),
                right - (margin if upright else 0), bottom - (0 if upright else margin))
    p, q = letters(a), letters(b)
    return min(p[2], q[2]) - max(p[0], q[0]) > 0.5 and min(p[3], q[3]) - max(p[1], q[1]) > 0.5


def figure_faults(figure, phone):
    left, top, right, bottom = figure["box"]
    faults = []
    if right - left < 200 or bottom - top < 40:
        faults.append("no size")
    if not figure["label"] or not figure["caption"]:
        faults.append("no name for a screen reader, or no caption")
    texts = [t for t in figure["texts"] if t["words"].strip()]
    if not texts:
        faults.append("no words")
    for i, text in enumerate(texts):
        box = text["box"]
        if box[0] < left - 1 or box[1] < top - 1 or box[2] > right + 1 or box[3] > bottom + 1:
            faults.append(f"cut: {text['words']}")
        if phone and text["size"] < SMALLEST:
            faults.append(f"{text['size']:.1f} pixels: {text['words']}")
        faults += [f"overlap: {text['words']} / {other['words']}" for other in texts[i + 1:] if overlap(text, other)]
    return [f"{figure['id']}: {fault}" for fault in faults]


def measure_faults(seen, figures, lang, phone):
    """Faults of one layout, from what MEASURE gives."""
    faults = [fault for figure in seen["figures"] for fault in figure_faults(figure, phone)]
    if [f["id"] for f in seen["figures"]] != figures:
        faults.append(f"figures {[f['id'] for f in seen['figures']]}, {figures} expected")
    if seen["width"] > (PHONE if phone else DESK):
        faults.append(f"scrolls sideways: {seen['width']} pixels wide")
    faults += [f"table scrolls sideways: {words}" for words in seen["scrolling"]]
    faults += [f"broken in a table: {word}" for word in seen["broken"]]
    faults += [f"contrast {c['contrast']:.1f}: {c['words']}" for c in seen["contrasts"] if c["contrast"] < CONTRAST]
    faults += [f"head of a table without scope: {words}" for words in seen["unscoped"]]
    if (seen["language"], seen["mains"], seen["titles"], seen["scripts"]) != (lang, 1, 1, 0):
        faults.append(f"language {seen['language']}, {seen['mains']} main, {seen['titles']} h1, {seen['scripts']} that could run")
    return faults


def pages_of(pdf, path):
    """The text of each printed page."""
    with open(path, "wb") as out:
        out.write(pdf)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True).stdout.decode("utf-8")
    return text.split("\f")[:-1]


def inked(path):
    """Of each printed page, how far down its sheet the last ink is, margins left out: 1 when it is full."""
    stem = path.removesuffix(".pdf")
    subprocess.run(["pdftoppm", "-gray", "-r", "30", path, stem], check=True)
    pages = []
    for name in sorted(glob.glob(glob.escape(stem) + "-*.pgm")):
        with open(name, "rb") as picture:
            _, size, _, dots = picture.read().split(b"\n", 3)
        width, height = map(int, size.split())
        margin = round(16 / 297 * height)
        rows = [y for y in range(margin, height - margin) if min(dots[y * width:(y + 1) * width]) < 200]
        pages.append((rows[-1] - margin) / (height - 2 * margin) if rows else 0.0)
        os.remove(name)
    return pages


def print_faults(browser, path):
    """Faults of the page printed on A4: each figure whole, with its heading, on one sheet."""
    browser.size(A4_WIDTH, A4_HEIGHT, "print")
    seen = browser.run(MEASURE)
    faults = [f"too high for a sheet: {name}, {height:.0f} pixels" for name, height in seen["sections"] if height > A4_HEIGHT]
    faults += [f"too wide for a sheet: {f['id']}" for f in seen["figures"] if f["box"][2] > A4_WIDTH + 1]
    sheets = pages_of(browser.pdf(), path)
    # Margins at the top of a sheet go, hence the tenth; a figure that does not fit goes to the next sheet whole and leaves less
    # than its height empty, half a sheet at most, hence the double.
    full = seen["height"] / A4_HEIGHT
    if not 0.9 * full <= len(sheets) <= 2 * full + 1:
        faults.append(f"{len(sheets)} sheets for {full:.1f} of text and figures")

    def flat(words):
        return re.sub(r"\s+", "", words)
    for figure in seen["figures"]:
        caption = flat(figure["caption"])
        if not any(caption in flat(sheet) and any(flat(line) == flat(figure["heading"]) or flat(line) in flat(figure["heading"])
                                                  for line in sheet.splitlines() if line.strip()) for sheet in sheets):
            faults.append(f"not whole on one sheet: {figure['id']}")
    return faults


def faults(browser, path, figures, lang, scratch):
    """All faults of a page: console, network, phone, desk, paper, accessibility. Gives them, and the links of the page."""
    browser.log("browser"), browser.requests()
    browser.open(path, PHONE)
    found = ["380 pixels: " + fault for fault in measure_faults(browser.run(MEASURE), figures, lang, True)]
    browser.size(DESK)
    seen = browser.run(MEASURE)
    found += ["1000 pixels: " + fault for fault in measure_faults(seen, figures, lang, False)]
    named = browser.images()
    if len(named) != len(figures) or not all(named):
        found.append(f"a screen reader is told of {named}, {len(figures)} figures expected")
    found += ["printed: " + fault for fault in print_faults(browser, scratch)]
    found += [f"console: {entry['level']} {entry['message']}" for entry in browser.log("browser")]
    found += [f"asks for {url}" for url in browser.requests()[1:]]     # the first is the page itself
    return found, seen
