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
"$1" run "$2" -n 500 --precision 'net_irr_a <= 0.0001' --at-most 400 -q -o none.h5 2>said
[ $? -eq 3 ] || fail "a limit below the first paths is a mistake"
