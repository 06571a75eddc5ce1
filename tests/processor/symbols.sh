#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# No number of a path or of a results file goes through libm or GSL, whose last bits depend on the processor: functions
# that IEEE makes exact (sqrt, floor, fmax …) aside. What src/rows, src/report and src/export make of a file for a text or a
# workbook may; GSL gives the eigenvalue that refuses a matrix, the ranks of order statistics, whole numbers, and the solution
# of the normal equations of indices, whose last digits their intervals are far from reaching.
# symbols.sh OBJECTS …
set -eu
names='(exp|exp2|exp10|expm1|log|log2|log10|log1p|pow|cbrt|hypot|fma|sin|cos|tan|sincos|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|erf|erfc|lgamma|tgamma)[fl]?'
found=0
for object; do
    case $object in
    */rows/* | */report/* | */export/*) continue ;;
    */core/cholesky.c.o) allowed='gsl_(eigen_symm|matrix_view_array|vector_)' ;;
    */uncertain/regression.c.o) allowed='gsl_(linalg_cholesky|matrix_view_array|set_error_handler)' ;;
    */measure/statistics.c.o) allowed='gsl_cdf_binomial_P' ;;
    *) allowed='^$' ;;
    esac
    symbols=$(nm --undefined-only --format=posix "$object" | cut -d' ' -f1 |
        grep -E "^_?($names|gsl_.*|_ZGV.*)(@.*)?$" | grep -Ev "$allowed" || true)
    if [ -n "$symbols" ]; then
        echo "$object: calls" $symbols
        found=1
    fi
done
exit $found
