#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A short run of a scenario, some of its paths recomputed by the twin.
# compare.sh MILLIARD PYTHON SCENARIO RESULTS
set -eu
if [ -z "$2" ]; then
    echo "skipped: no python3 has numpy, scipy, libconf and h5py (Debian: python3-scipy python3-libconf python3-h5py)"
    exit 77
fi
"$1" run "$3" --paths 16 --threads 1 --quiet --output "$4"
"$2" "$(dirname "$0")/milliard_twin.py" --compare "$4" --path 12 --paths 3
