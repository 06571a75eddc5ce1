#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One run as glibc finds the processor, one as on a processor without fused operations, AVX2 and AVX-512 (glibc's
# elementary functions then give other bits), and paths of the first replayed there. Both hold the same, bit by bit.
# compare.sh MILLIARD SCENARIO RESULTS PATHS [OPTIONS]
set -eu
milliard=$1 scenario=$2 results=$3 paths=$4
shift 4
plain="env GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX512F,-AVX512VL"
"$milliard" run "$scenario" --paths "$paths" --quiet --output "$results" "$@"
$plain "$milliard" run "$scenario" --paths "$paths" --quiet --output "$results.plain" "$@"
"$(dirname "$0")/../../tools/same" "$results" "$results.plain"
for path in 0 7 $((paths - 1)); do
    $plain "$milliard" replay "$results" "$path" >/dev/null
done
rm "$results" "$results.plain"
