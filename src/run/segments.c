/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/segments.h"

#include <inttypes.h>

#include "core/plain.h"
#include "run/part.h"

enum mld_status mld_segments_check(uint32_t first, uint32_t last, uint32_t paths,
                                   struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    uint32_t segments = mld_segments(paths);
    if (first <= last && last < segments)
        return MLD_OK;
    mld_messages_add(messages,
                     "segments %" PRIu32 "-%" PRIu32 ": this run has %" PRIu32 ", 0-%" PRIu32
                     ", of %d paths each",
                     first, last, segments, segments - 1, MLD_SEGMENT);
    return MLD_ERR_INPUT;
}

static enum mld_status tell_gap(uint32_t from, uint32_t to, struct mld_messages *messages)
{
    if (from == to)
        mld_messages_add(messages, "segment %" PRIu32 " is missing", from);
    else
        mld_messages_add(messages, "segments %" PRIu32 "-%" PRIu32 " are missing", from, to);
    return MLD_ERR_INPUT;
}

enum mld_status mld_segments_cover(int n, const struct mld_segment_range *range, uint32_t paths,
                                   struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    enum mld_status status = MLD_OK;
    uint32_t next = 0, segments = mld_segments(paths);
    const char *before = NULL;
    for (int i = 0; i < n; i++) {
        if (range[i].first > next)
            status = tell_gap(next, range[i].first - 1, messages);
        if (range[i].first < next) {
            mld_messages_add(messages,
                             "%s: its segments %" PRIu32 "-%" PRIu32 " overlap those of %s",
                             range[i].name, range[i].first, range[i].last, before);
            status = MLD_ERR_INPUT;
        }
        before = range[i].last + 1 > next ? range[i].name : before;
        next = range[i].last + 1 > next ? range[i].last + 1 : next;
    }
    return next < segments ? tell_gap(next, segments - 1, messages) : status;
}
