/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Version of the library, and how this build was made. */
#ifndef MILLIARD_VERSION_H
#define MILLIARD_VERSION_H

#define MLD_VERSION "0.1.0"

const char *mld_build_commit(void);      /**< git commit, with "-dirty" when the tree had changes; "unknown" outside git */
const char *mld_build_compiler(void);    /**< "GNU 12.2.0" */
const char *mld_build_flags(void);       /**< flags that decide numbers */
const char *mld_build_libraries(void);   /**< "GSL 2.7.1, HDF5 1.10.8, libconfig 1.5, Random123 1.14.0" */

#endif
