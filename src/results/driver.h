/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A file driver for HDF5 that writes to a descriptor we own and survives a full disk.
 *
 * HDF5 1.10 cannot close a file whose writes fail: H5Fclose fails for ever and the library then
 * crashes or loops at exit. This driver remembers the errno of the first write that fails and from
 * then on swallows every write, so that the file closes in order, and is then thrown away.
 *
 * It reads through the descriptor too: what was looked at before is what HDF5 reads, whatever the
 * name stands for by then, and no lock of another program's is in the way.
 */
#ifndef MILLIARD_RESULTS_DRIVER_H
#define MILLIARD_RESULTS_DRIVER_H

#include <hdf5.h>

/**
 * The descriptor of the file and the first failure of a write to it. Owner: writer or reader;
 * outlives the HDF5 file.
 */
struct mld_output {
    int descriptor; /**< open for reading, and for writing where it is written */
    int error;      /**< errno of the first call that failed; 0 while all went well */
};

/**
 * A file access property list that reads and writes through `output`; H5Pclose() it. Negative when
 * HDF5 refuses.
 * Gives the driver's identifier, which must outlive the file: H5Fclose of 1.10 reads the driver
 * once more after it has let go of it. mld_driver_release() it after H5Fclose().
 */
hid_t mld_driver_access(struct mld_output *output, hid_t *driver);
void mld_driver_release(hid_t *driver);

#endif
