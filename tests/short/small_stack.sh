#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command that computes or draws, where the system gives a stack of 64 kB. small_stack.sh MILLIARD SCENARIO FOLDER
set -eu
milliard=$1 scenario=$2 folder=$3
rm -rf "$folder"
mkdir -p "$folder"
ulimit -s 64
"$milliard" run "$scenario" --paths 3000 --quiet --output "$folder/small.h5"
"$milliard" show "$folder/small.h5"
"$milliard" replay "$folder/small.h5" 7
"$milliard" export "$folder/small.h5" --csv "$folder/tables"
"$milliard" sensitivity "$scenario" --paths 100 --quiet --output "$folder/small.csv"
