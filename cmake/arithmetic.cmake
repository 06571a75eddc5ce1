# SPDX-License-Identifier: GPL-3.0-or-later
# Flags that give up IEEE arithmetic are refused here, before a file is compiled: src/core/arithmetic.h sees them too, but
# clang's parts of -ffast-math leave no trace there, and those of the linker (gcc's crtfastmath.o) neither.
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
string(CONCAT given "${CMAKE_C_FLAGS} ${CMAKE_C_FLAGS_${build_type}} ${CMAKE_EXE_LINKER_FLAGS} ${CMAKE_SHARED_LINKER_FLAGS}")
set(refused "-ffast-math|-Ofast|-funsafe-math-optimizations|-ffinite-math-only|-fassociative-math|-freciprocal-math|-fno-signed-zeros\
|-fno-honor-nans|-fno-honor-infinities|-ffp-model=fast|-fapprox-func|-fsingle-precision-constant|-mdaz-ftz|-mfpmath=387|-mrecip[^ ]*")
if(" ${given} " MATCHES " (${refused}) ")
    message(FATAL_ERROR "${CMAKE_MATCH_1}: milliard needs IEEE arithmetic, and would give wrong numbers without a word")
endif()
