# SPDX-License-Identifier: GPL-3.0-or-later
# worlds.sh PROGRAM SCENARIO: what a run with worlds says before them, and when they are interrupted.
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder" || exit 1

fail()
{
    echo "$1" >&2
    exit 1
}

"$1" run "$2" -n 2560 --segments 0-0 -q -o worlds.h5.part || fail "the piece failed"
"$1" run "$2" --uncertain=40 -o worlds.h5 2>said
[ $? -eq 3 ] || fail "a part of another run is refused"
grep -q 'holds 1 segments of another run' said || fail "it is not said: $(cat said)"
grep -q 'judgements drawn' said && fail "it is said after the worlds were begun"
[ -e worlds.h5.part ] || fail "what was refused is gone"
rm worlds.h5.part
"$1" run "$2" --uncertain=4000 -o worlds.h5 2>said &
program=$!
until grep -q 'judgements drawn' said; do kill -0 $program || fail "it ended: $(cat said)"; sleep 0.1; done
sleep 1
kill -TERM $program
wait $program
[ $? -eq 130 ] || fail "an interrupted run has exit code 130"
grep -q 'interrupted' said && grep -q 'kept' said || fail "what is lost is not said: $(cat said)"
[ ! -e worlds.h5 ] && [ ! -e worlds.h5.part ] || fail "something is left"
"$1" run "$2" --uncertain=40 -q -o worlds.h5 || fail "the run failed"
"$1" run "$2" --uncertain=40 -q --resume -o worlds.h5 2>said || fail "what is finished is taken up"
grep -q 'is finished, nothing is left to do' said || fail "it is not said: $(cat said)"
for language in en fr; do
    "$1" show worlds.h5 --lang $language | sed -n '/^If the inputs are right/,$p; /^Si les hypothèses sont justes/,$p' >said
    [ -s said ] || fail "worlds are not shown in $language"
    width=$(LC_ALL=C.UTF-8 wc -L <said)
    [ "$width" -le 100 ] || fail "worlds are shown $width columns wide in $language"
done
