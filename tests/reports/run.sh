#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh MILLIARD TEST FOLDER [long]: runs a test with the first python3 that imports what the reports need, or skips it (77).
set -eu
milliard=$1 test=$2 folder=$3
shift 3
for python in ${MILLIARD_PYTHON:-} "$(command -v python3 || true)" /usr/bin/python3; do
    if [ -n "$python" ] && "$python" -c "import h5py, numpy, pandas, matplotlib" 2>/dev/null; then
        rm -rf "$folder"
        mkdir -p "$folder"
        exec "$python" -B "$test" "$milliard" "$folder" "$@"
    fi
done
echo "skipped: no python3 imports h5py, numpy, pandas and matplotlib (Debian: python3-h5py python3-pandas python3-matplotlib)"
exit 77
