/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "params/names.h"

#include <string.h>

enum { LONGEST = 63 };

static int least(int a, int b) { return a < b ? a : b; }

/* Optimal string alignment: Levenshtein's rows, and a swap of two neighbours counts one. */
int mld_name_distance(const char *a, const char *b)
{
    int rows[3][LONGEST + 1];
    int n = (int)strnlen(a, LONGEST), m = (int)strnlen(b, LONGEST);
    for (int j = 0; j <= m; j++)
        rows[0][j] = j;
    for (int i = 1; i <= n; i++) {
        int *row = rows[i % 3], *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= m; j++) {
            int best = least(least(before[j] + 1, row[j - 1] + 1),
                             before[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = least(best, earlier[j - 2] + 1);
            row[j] = best;
        }
    }
    return rows[n % 3][m];
}

const char *mld_name_nearest(const char *name, int count, const char *(*name_at)(const void *, int),
                             const void *context)
{
    const char *nearest = NULL;
    int best = (least((int)strlen(name), 30) + 1) / 3;
    for (int i = 0; i < count; i++) {
        int distance = mld_name_distance(name, name_at(context, i));
        if (distance <= best && (!nearest || distance < best)) {
            best = distance;
            nearest = name_at(context, i);
        }
    }
    return nearest;
}
