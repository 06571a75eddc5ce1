#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the committed reports: results/make.sh [MILLIARD [PATHS]]. Seed 2027, 20,000 paths unless told otherwise, at least 17,000.
# The pages and the figures that README.md shows are kept here; all figures and their data are written beside the
# results, in build-results/.
set -eu
cd "$(dirname "$0")/.."
milliard=${1:-build/src/cli/milliard} paths=${2:-20000} seed=2027
work=build-results
mkdir -p "$work"

run() { "$milliard" run "scenarios/$1.cfg" -n "$paths" --seed "$seed" -q -o "$work/$1.h5" >/dev/null; }
report() { # scenario, reader, other files …
    scenario=$1 reader=$2; shift 2
    mkdir -p "results/$scenario"
    for lang in fr en; do
        "$milliard" report "$work/$scenario.h5" "$@" --for "$reader" --lang "$lang" -o "$work/$scenario-$reader-$lang" >/dev/null
        # What the page links to is not kept: the links go with it.
        sed 's|<p class="files">[^<]*\(<a [^>]*>[A-Z]*</a>[, ]*\)*</p>||g' "$work/$scenario-$reader-$lang/$reader.html" \
            > "results/$scenario/$reader.$lang.html"
    done
}
figure() { cp "$work/$1-$2-en/$3.png" "results/$1/$3.png"; }

# With worlds in which the judgements are others, 64 paths each: four times as many paths as the other runs.
"$milliard" run scenarios/fpci-guaranteed.cfg --uncertain=$((paths / 16)) --seed "$seed" -q -o "$work/fpci-guaranteed.h5" >/dev/null
for scenario in stress-recession stress-subsidies scheme-national trois-vehicules; do run "$scenario"; done
"$milliard" sensitivity scenarios/fpci-guaranteed.cfg -n "$paths" --seed "$seed" -q -o "$work/fpci-guaranteed.csv"
"$milliard" sensitivity scenarios/scheme-national.cfg -n "$paths" --seed "$seed" -q -o "$work/scheme-national.csv"
"$milliard" alternatives scenarios/fpci-guaranteed.cfg -n "$paths" --seed "$seed" -q -o "$work/forms.json"
"$milliard" bridge scenarios/fpci-guaranteed.cfg -n "$paths" --seed "$seed" -q -o "$work/bridge.csv"
for rank in p5 median p95; do "$milliard" replay "$work/fpci-guaranteed.h5" "$rank:net_irr_a" --json -o "$work/$rank.json" 2>/dev/null; done
stories="$work/p5.json $work/median.json $work/p95.json"
report fpci-guaranteed fonds "$work/fpci-guaranteed.csv" "$work/bridge.csv" $stories
report fpci-guaranteed plaidoyer "$work/fpci-guaranteed.csv" "$work/forms.json"
report fpci-guaranteed investisseurs "$work/bridge.csv" $stories "$work/stress-recession.h5" "$work/stress-subsidies.h5"
report trois-vehicules fonds
report scheme-national plaidoyer "$work/scheme-national.csv"
figure fpci-guaranteed fonds jcurve
figure fpci-guaranteed investisseurs net_irr_a
figure fpci-guaranteed investisseurs stress
figure fpci-guaranteed plaidoyer account
figure scheme-national plaidoyer balance
figure scheme-national plaidoyer multiplier
