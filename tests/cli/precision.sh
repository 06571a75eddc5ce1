# SPDX-License-Identifier: GPL-3.0-or-later
# precision.sh PROGRAM SCENARIO: what a run with --precision leaves.
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder" || exit 1

fail()
{
    echo "$1" >&2
    exit 1
}

"$1" run "$2" -n 500 --set fund.hurdle=0.05 --precision 'net_irr_a <= 0.0008' -q -o found.h5 || fail "the run failed"
"$1" run "$2" -n 2000 --set fund.hurdle=0.05 -q -o plain.h5 || fail "the plain run failed"
cmp found.h5 plain.h5 || fail "not the file of a run with as many paths"
"$1" run "$2" -n 500 --precision 'net_irr_a <= 0.0001' --at-most 700 -q -o short.h5 2>said
[ $? -eq 8 ] || fail "what is not met has exit code 8"
grep -q 'with 700 paths, NOT within 0.0001' said || fail "what is not met is not said: $(cat said)"
"$1" show short.h5 >/dev/null || fail "the results are not kept"
"$1" run "$2" -n 500 --set fund.hurdle=0.05 --set 'run.precision=["net_irr_a <= 0.0008"]' -q -o said.h5 || fail "the run that its scenario asks for failed"
"$1" show said.h5 --json >said.json || fail "not shown"
grep -q '"paths": 2000' said.json || fail "run.precision does not double the paths"
"$1" check "$2" -n 500 --set fund.hurdle=0.05 --set 'run.precision=["net_irr_a <= 0.0008"]' >said || fail "check failed"
grep -q 'forecast .*a run of 2000$' said || fail "check forecasts another number: $(cat said)"
"$1" check "$2" -n 500 --set 'run.precision=["net_irr_a <= 1e-6"]' --set run.paths_at_most=600 | grep -q 'NOT met with 600 paths' || fail "check does not say what will not be met"
"$1" check "$2" --set 'run.precision=["net_ir_a <= 0.1"]' >/dev/null 2>said
[ $? -eq 3 ] || fail "check lets a precision pass that is none"
grep -q -e '--set: run.precision: .*net_irr_a' said || fail "the place is not said: $(cat said)"
"$1" run "$2" -n 500 --set 'run.precision=["net_irr_a <= 0.1"]' --segments 0-0 -q -o piece.h5 2>said
[ $? -eq 2 ] || fail "a piece of a run whose number of paths is not known is refused"
"$1" run "$2" -n 500 --precision 'net_irr_a <= 0.0001' --at-most 400 -q -o none.h5 2>said
[ $? -eq 3 ] || fail "a limit below the first paths is a mistake"
