/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What writer and reader share of the layout of a results file (docs/results-file.md).
 */
#ifndef MILLIARD_RESULTS_SCHEMA_H
#define MILLIARD_RESULTS_SCHEMA_H

#include <stddef.h>

#include "milliard/measure.h"

#define MLD_RESULTS_KIND "milliard results" /**< root attribute "format" */

extern const unsigned char mld_hdf5_signature[8];

/** Group of the paired differences with the first design. */
#define MLD_DIFFERENCE_NAME "difference"

/**
 * One statistic of struct mld_statistics: a dataset over measures, or over measures and quantile
 * levels.
 */
enum mld_statistic_kind { MLD_STATISTIC_COUNT, MLD_STATISTIC_REAL, MLD_STATISTIC_QUANTILES };
struct mld_statistic_row {
    const char *name;
    enum mld_statistic_kind kind;
    size_t offset; /**< in struct mld_statistics */
    const char *label_en, *label_fr, *doc_en, *doc_fr;
};
extern const struct mld_statistic_row mld_statistic_rows[]; /**< ended by a NULL name */

/** Flags of a parameter as the words of the table of parameters. */
struct mld_flag_name {
    unsigned flag;
    const char *name;
};
extern const struct mld_flag_name mld_flag_names[]; /**< ended by a NULL name */

enum { MLD_DOTATION_LEVELS = 3 };
extern const double mld_dotation_levels[MLD_DOTATION_LEVELS]; /**< 0.95, 0.99, 0.999 */

#endif
