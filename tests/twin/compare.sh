#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A run of a scenario, some of its paths replayed, and recomputed by the twin.
# compare.sh MILLIARD PYTHON SCENARIO RESULTS PATHS COMPARED [PARTS]
set -eu
if [ -z "$2" ]; then
    echo "skipped: no python3 has numpy, scipy, libconf and h5py (Debian: python3-scipy python3-libconf python3-h5py)"
    exit 77
fi
"$1" run "$3" --paths "$5" --threads 1 --quiet --output "$4"
"$2" "$(dirname "$0")/against_replay.py" "$1" "$4" --paths "$6" --parts "${7:-1}"
rm "$4"
