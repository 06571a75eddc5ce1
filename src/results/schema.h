/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What writer and reader share of the layout of a results file (docs/results-file.md).
 */
#ifndef MILLIARD_RESULTS_SCHEMA_H
#define MILLIARD_RESULTS_SCHEMA_H

#define MLD_RESULTS_KIND "milliard results" /**< root attribute "format" */

extern const unsigned char mld_hdf5_signature[8];

/** Group of the paired differences with the first design. */
#define MLD_DIFFERENCE_NAME "difference"

/** Flags of a parameter as the words of the table of parameters. */
struct mld_flag_name {
    unsigned flag;
    const char *name;
};
extern const struct mld_flag_name mld_flag_names[]; /**< ended by a NULL name */

#endif
