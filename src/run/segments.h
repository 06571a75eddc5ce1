/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Which segments pieces hold, of a run or of a study, and what is wrong with that. */
#ifndef MILLIARD_RUN_SEGMENTS_H
#define MILLIARD_RUN_SEGMENTS_H

#include <stdint.h>

#include "milliard/status.h"

/** Segments from first to last, and the name of the file that is to hold them. */
struct mld_segment_range {
    const char *name;
    uint32_t first, last;
};

/** Whether a run of so many paths has the segments asked for. Fails: INPUT, with a message. */
enum mld_status mld_segments_check(uint32_t first, uint32_t last, uint32_t paths,
                                   struct mld_messages *messages);
/**
 * Whether n ranges, in the order of their first segments, hold each segment of so many paths once.
 * Fails: INPUT, with a message for each gap and each overlap.
 */
enum mld_status mld_segments_cover(int n, const struct mld_segment_range *range, uint32_t paths,
                                   struct mld_messages *messages);

#endif
