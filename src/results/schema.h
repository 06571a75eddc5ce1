/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What writer and reader share of the layout of a results file (docs/results-file.md).
 */
#ifndef MILLIARD_RESULTS_SCHEMA_H
#define MILLIARD_RESULTS_SCHEMA_H

#include <stddef.h>

/** Root attribute "format": of a run's file, and of a study's. */
#define MLD_RESULTS_KIND "milliard results"
#define MLD_STUDY_KIND "milliard study"

extern const unsigned char mld_hdf5_signature[8];

/** Group of the paired differences with the first design. */
#define MLD_DIFFERENCE_NAME "difference"

/** Flags of a parameter as the words of the table of parameters. */
struct mld_flag_name {
    unsigned flag;
    const char *name;
};
extern const struct mld_flag_name mld_flag_names[]; /**< ended by a NULL name */

/** Members of struct mld_study_cell, as arrays of a study's file and of its base. */
struct mld_cell_part {
    const char *name, *base; /**< "value", "base_value" */
    size_t offset;
    const char *doc_en, *doc_fr;
};
enum { MLD_CELL_PARTS = 7 };
extern const struct mld_cell_part mld_cell_parts[MLD_CELL_PARTS];

#endif
