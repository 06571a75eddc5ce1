/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What made a number: the build, and on what it runs, which may move the last bits between two
 * machines.
 */
#include "milliard/version.h"

#include <stdio.h>
#include <string.h>

#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif
#include "core/vector.h"

/* Not under sanitizers: a shift of that header is what the standard leaves undefined. */
#if defined(__x86_64__) && defined(__has_include) && !defined(MLD_SANITIZED)
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif
#endif

const char *mld_machine_libc(char text[MLD_MACHINE])
{
#ifdef __GLIBC__
    snprintf(text, MLD_MACHINE, "glibc %s", gnu_get_libc_version());
#else
    snprintf(text, MLD_MACHINE, "another than glibc");
#endif
    return text;
}

#ifdef __x86_64__

/*
 * As glibc sees them, which chooses its functions by them, and from which GLIBC_TUNABLES takes some
 * away.
 */
#ifdef CPU_FEATURE_ACTIVE
#define HAS(glibc, gcc) CPU_FEATURE_ACTIVE(glibc)
#else
#define HAS(glibc, gcc) __builtin_cpu_supports(gcc)
#endif

const char *mld_machine_processor(char text[MLD_MACHINE])
{
    const struct {
        const char *name;
        int has;
    } features[] = { { "AVX", HAS(AVX, "avx") != 0 },
                     { "AVX2", HAS(AVX2, "avx2") != 0 },
                     { "FMA", HAS(FMA, "fma") != 0 },
                     { "FMA4", HAS(FMA4, "fma4") != 0 },
                     { "AVX512F", HAS(AVX512F, "avx512f") != 0 },
                     { "AVX512DQ", HAS(AVX512DQ, "avx512dq") != 0 },
                     { "AVX512VL", HAS(AVX512VL, "avx512vl") != 0 } };
    const char *separator = ", ";
    snprintf(text, MLD_MACHINE, "x86-64");
    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        if (features[i].has) {
            strcat(strcat(text, separator), features[i].name);
            separator = " ";
        }
    return text;
}

#else

const char *mld_machine_processor(char text[MLD_MACHINE])
{
#if defined(__aarch64__)
    snprintf(text, MLD_MACHINE, "aarch64");
#else
    snprintf(text, MLD_MACHINE, "another than x86-64 and aarch64");
#endif
    return text;
}

#endif

const char *const mld_provenance_names[] = { "program_version", "commit", "compiler",  "flags",
                                             "libraries",       "libc",   "processor", NULL };

const char *mld_provenance(const char *name, char text[MLD_MACHINE])
{
    const char *const value[] = { MLD_VERSION, mld_build_commit(), mld_build_compiler(),
                                  mld_build_flags(), mld_build_libraries() };
    size_t builds = sizeof value / sizeof *value;
    for (size_t i = 0; i < builds; i++)
        if (!strcmp(name, mld_provenance_names[i]))
            return value[i];
    return !strcmp(name, "libc")        ? mld_machine_libc(text)
           : !strcmp(name, "processor") ? mld_machine_processor(text)
                                        : NULL;
}
