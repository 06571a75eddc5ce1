/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Version of the library, how this build was made, and on what it runs. */
#ifndef MILLIARD_VERSION_H
#define MILLIARD_VERSION_H

#include "milliard/language.h"

MLD_BEGIN_DECLARATIONS

#define MLD_VERSION "0.1.0"

/**
 * Version of the model: raised when a reading of it changes, so that the same scenario and draws
 * give other numbers (docs/results-file.md tells what each changed). Files without it are of
 * version 1.
 */
#define MLD_MODEL_VERSION 2

/* git commit, with "-dirty" when the tree had changes; "unknown" outside git */
const char *mld_build_commit(void);
const char *mld_build_compiler(void); /**< "GNU 12.2.0" */
/* flags of the compiler, but those that name places or warnings */
const char *mld_build_flags(void);
/* "GSL 2.7.1, HDF5 1.10.8, libconfig 1.5, Random123 1.14.0" */
const char *mld_build_libraries(void);

/** Room for what mld_machine_* write. */
enum { MLD_MACHINE = 128 };
/**
 * The C library that runs, whose elementary functions reach some numbers in their last bits: "glibc
 * 2.36".
 */
const char *mld_machine_libc(char text[MLD_MACHINE]);
/**
 * The processor, and those of its features for which a C library or a compiler has functions of
 * their own: "x86-64, AVX AVX2 FMA".
 */
const char *mld_machine_processor(char text[MLD_MACHINE]);

/**
 * What a results file says of the program that made it and of the machine, by the name of its root
 * attribute: "program_version", "commit", "compiler", "flags", "libraries", "libc", "processor",
 * then NULL.
 */
extern const char *const mld_provenance_names[];
/**
 * The same of this program, as it runs; `text` is room that the answer may use. NULL for any other
 * name.
 */
const char *mld_provenance(const char *name, char text[MLD_MACHINE]);

MLD_END_DECLARATIONS

#endif
