/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A workbook is a zip archive (APPNOTE.TXT 6.3, 4.3.7), and says what it is in one of its files,
 * docProps/core.xml.
 */
#include "export/workbook.h"

#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define PROPERTIES "docProps/core.xml"

enum {
    HEAD = 30,
    NAME = sizeof PROPERTIES - 1,
    MOST_FILES = 1000,
    PACKED = 4096,
    UNPACKED = 16384
};

/* Two or four bytes, the lowest first. */
static size_t number_at(const unsigned char *bytes, int n)
{
    size_t number = 0;
    while (n-- > 0)
        number = number << 8 | bytes[n];
    return number;
}

static int unpack(unsigned char *packed, size_t size, char *text)
{
    z_stream stream = { .next_in = packed,
                        .avail_in = (uInt)size,
                        .next_out = (unsigned char *)text,
                        .avail_out = UNPACKED - 1 };
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return 0;
    int result = inflate(&stream, Z_FINISH);
    text[stream.total_out] = '\0';
    inflateEnd(&stream);
    return result == Z_STREAM_END;
}

static int says_so(int descriptor, off_t at, size_t size)
{
    unsigned char packed[PACKED];
    char text[UNPACKED];
    return size <= sizeof packed && pread(descriptor, packed, size, at) == (ssize_t)size &&
           unpack(packed, size, text) &&
           strstr(text, "<dc:description>" MLD_WORKBOOK_COMMENT "</dc:description>") &&
           strstr(text, "\"dcterms:W3CDTF\">" MLD_WORKBOOK_TIME_TEXT "</dcterms:modified>");
}

static int is_workbook(int descriptor)
{
    off_t at = 0;
    for (int i = 0; i < MOST_FILES; i++) {
        unsigned char head[HEAD + NAME];
        if (pread(descriptor, head, sizeof head, at) != (ssize_t)sizeof head ||
            memcmp(head, "PK\3\4", 4) != 0)
            return 0;
        size_t packed = number_at(head + 18, 4), name = number_at(head + 26, 2),
               extra = number_at(head + 28, 2);
        at += (off_t)(HEAD + name + extra);
        if (name == NAME && memcmp(head + HEAD, PROPERTIES, NAME) == 0)
            return says_so(descriptor, at, packed);
        at += (off_t)packed;
    }
    return 0;
}

const struct mld_file_kind mld_workbook_kind = { .other = "no workbook as milliard wrote it",
                                                 .suffix = ".xlsx",
                                                 .start = { "PK\3\4" },
                                                 .holds = is_workbook };
