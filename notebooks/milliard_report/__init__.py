# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports of milliard's results files for three readers, in French and English.

    milliard report FILE [FILE …] --for fonds|plaidoyer|investisseurs --lang fr|en -o FOLDER

open      a results file as labelled tables           typography  numbers and texts as each language writes them
style     the one visual language of the figures      texts       the catalogue, French and English
figures   one short function per figure               page        escaped, self-contained HTML; SVG, PDF, PNG, CSV
published one table of multipliers, which the program prints too
fonds, plaidoyer, investisseurs   what each reader gets, in chapters                         readers     finds them
"""
