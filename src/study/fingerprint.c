/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tells studies of one base apart. */
#include <string.h>

#include "core/checksum.h"
#include "milliard/study.h"
#include "params/tree.h"

/* Bytes with their number, so that two texts are not taken for another two. */
static void add(uint32_t *sum, const void *bytes, size_t n)
{
    *sum = mld_checksum_of(mld_checksum_of(*sum, &n, sizeof n), bytes, n);
}

static void add_text(uint32_t *sum, const char *text) { add(sum, text, text ? strlen(text) : 0); }

static void add_node(uint32_t *sum, const struct mld_node *node)
{
    int kind = (int)node->kind;
    add(sum, &kind, sizeof kind);
    add_text(sum, node->name);
    add(sum, &node->integer, sizeof node->integer);
    add(sum, &node->real, sizeof node->real);
    add(sum, node->text, node->text ? node->length : 0);
    for (const struct mld_node *child = node->first; child; child = child->next)
        add_node(sum, child);
    add(sum, &node->count, sizeof node->count);
}

static void add_axis(uint32_t *sum, const struct mld_study_axis *axis)
{
    add_text(sum, axis->name);
    for (int p = 0; p < axis->n; p++)
        for (int c = 0; c < axis->point[p].n_changes; c++) {
            add(sum, &p, sizeof p);
            add_text(sum, axis->point[p].change[c].key);
            add_node(sum, axis->point[p].change[c].value);
        }
    add(sum, &axis->n, sizeof axis->n);
}

uint32_t mld_study_fingerprint(const struct mld_study *study)
{
    uint32_t sum = 0;
    for (int a = 0; a < study->n_axes; a++)
        add_axis(&sum, &study->axis[a]);
    for (int s = 0; s < study->n_statistics; s++)
        add_text(&sum, study->statistic[s].name);
    return sum;
}
