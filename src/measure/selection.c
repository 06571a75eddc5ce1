/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/selection.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/vector.h"
#include "measure/key.h"
#include "measure/sort.h"

/* So few numbers are sorted: of a shorter column all, in its first read. */
enum { FEW = 32768 };

/* Keys are read by 16 bits, then 8 at a time, from the first at which those of a bin differ. */
enum { ROOT_SHIFT = 48, ROOT_DIGITS = 1 << 16, DIGIT_BITS = 8, DIGITS = 1 << DIGIT_BITS };

/* The numbers whose keys begin alike. */
struct bin {
    uint64_t key, end;   /* the least key that they can have, and the first beyond */
    size_t start, count; /* rank of the first; how many */
    size_t place;        /* of the first among the gathered */
    uint32_t table;      /* where they are counted; 0 when all have the key */
};

/* What is counted of the numbers with one digit; after the read, where it leads. */
struct entry {
    uint64_t first, differ; /* a key, 0 for none, and the bits at which any other differs from it */
    uint32_t count;
    uint32_t table; /* of the bin that they are; 0 when it is not wanted, or known */
};

struct table {
    int shift; /* of the digit */
    struct entry entry[DIGITS];
};

enum stage { COUNT, GATHER, DONE };

struct mld_selection {
    enum stage stage;
    int level;                   /* so many digits lead to a table */
    size_t count;                /* of numbers */
    size_t *rank, n_ranks;       /* wanted; in order, without the tail's, after the first read */
    size_t tail;                 /* how many; 0: none */
    int largest;                 /* of the tail */
    struct bin *bin, *spare_bin; /* those that hold a wanted rank, ascending */
    size_t n_bins;
    struct bin beyond;   /* the numbers of the tail beyond the bin at its edge */
    struct entry *root;  /* of the first digit; NULL when all is gathered at once */
    struct table *table; /* the first stands for none: nothing leads on from it */
    uint32_t n_tables;   /* the first aside */
    double *gathered;    /* and as many spare */
    size_t n_gathered;
};

/* ---- a read ---- */

MLD_INLINE void count_key(struct entry *entry, uint64_t key)
{
    if (entry->first == 0)
        entry->first = key;
    entry->differ |= key ^ entry->first;
    entry->count++;
}

static void count_root(struct mld_selection *selection, size_t n, const double *value)
{
    struct entry *root = selection->root;
    for (size_t i = 0; i < n; i++) {
        uint64_t key = mld_key_of(value[i]);
        count_key(&root[key >> ROOT_SHIFT], key);
    }
}

MLD_INLINE unsigned digit_of(const struct table *table, uint64_t key)
{
    return (unsigned)(key >> table->shift) & (DIGITS - 1);
}

/* The table that the leading digits of a key, `level` of them, lead to. */
MLD_INLINE uint32_t table_of(const struct entry *root, const struct table *table, int level,
                             uint64_t key)
{
    uint32_t at = root[key >> ROOT_SHIFT].table;
    for (int i = 1; i < level; i++)
        at = table[at].entry[digit_of(&table[at], key)].table;
    return at;
}

/* Those that are not wanted are counted too, for nothing: faster than to branch. */
static void count_digits(struct mld_selection *selection, size_t n, const double *value)
{
    const int level = selection->level;
    const struct entry *root = selection->root;
    struct table *table = selection->table;
    for (size_t i = 0; i < n; i++) {
        uint64_t key = mld_key_of(value[i]);
        struct table *mine = &table[table_of(root, table, level, key)];
        count_key(&mine->entry[digit_of(mine, key)], key);
    }
}

/* The numbers of the tail and of the bins. */
static void gather(struct mld_selection *selection, size_t n, const double *value)
{
    const int level = selection->level;
    const uint64_t first = selection->beyond.key, span = selection->beyond.end - first;
    const struct entry *root = selection->root;
    const struct table *table = selection->table;
    double *gathered = selection->gathered;
    size_t count = selection->n_gathered;
    for (size_t i = 0; i < n; i++) {
        uint64_t key = mld_key_of(value[i]);
        if (key - first < span || table_of(root, table, level, key) != 0)
            gathered[count++] = value[i];
    }
    selection->n_gathered = count;
}

static void gather_all(struct mld_selection *selection, size_t n, const double *value)
{
    memcpy(selection->gathered + selection->n_gathered, value, n * sizeof *value);
    selection->n_gathered += n;
}

void mld_selection_feed(struct mld_selection *selection, size_t n, const double *value)
{
    if (selection->stage == DONE)
        return;
    selection->count += selection->level == 0 ? n : 0;
    if (selection->stage == COUNT && selection->level == 0)
        count_root(selection, n, value);
    else if (selection->stage == COUNT)
        count_digits(selection, n, value);
    else if (selection->level == 0)
        gather_all(selection, n, value);
    else
        gather(selection, n, value);
}

/* ---- after a read ---- */

/* How many of the last bits differ. */
static int differing_bits(uint64_t differ)
{
    int bits = 0;
    for (; differ; differ >>= 1)
        bits++;
    return bits;
}

/* The bin of the numbers that were counted together. */
static struct bin bin_of(const struct entry *entry, size_t start)
{
    uint64_t width = UINT64_C(1) << differing_bits(entry->differ);
    uint64_t key = entry->first & ~(width - 1);
    return (struct bin){ .key = key, .end = key + width, .start = start, .count = entry->count };
}

/* The first wanted rank, from number r on, that is not below `end`. */
static size_t skip_ranks(const struct mld_selection *selection, size_t r, size_t end)
{
    while (r < selection->n_ranks && selection->rank[r] < end)
        r++;
    return r;
}

/*
 * Adds the bins inside a parent that hold a wanted rank, of number r or after; entries of digits
 * lead to them from now on. Gives the number of the first rank after the parent.
 */
static size_t add_children(struct mld_selection *selection, const struct bin *parent, size_t r,
                           struct entry *entry)
{
    size_t end = parent->start + parent->count;
    for (size_t start = parent->start; start < end; start += entry++->count) {
        size_t next = skip_ranks(selection, r, start + entry->count);
        if (next > r) {
            struct bin child = bin_of(entry, start);
            child.table = entry->differ ? ++selection->n_tables : 0;
            entry->table = child.table;
            selection->bin[selection->n_bins++] = child;
        }
        r = next;
    }
    return r;
}

/* The bins inside a parent that hold a wanted rank; itself when its numbers are all the same. */
static size_t refine_bin(struct mld_selection *selection, const struct bin *parent, size_t r)
{
    if (selection->level == 0)
        return add_children(selection, parent, r, selection->root);
    if (parent->table != 0)
        return add_children(selection, parent, r, selection->table[parent->table].entry);
    selection->bin[selection->n_bins++] = *parent;
    return skip_ranks(selection, r, parent->start + parent->count);
}

/* From the bins to those inside them, told apart by one more digit. */
static void refine(struct mld_selection *selection)
{
    size_t parents = selection->n_bins, r = 0;
    struct bin *parent = selection->bin;
    selection->bin = selection->spare_bin;
    selection->spare_bin = parent;
    selection->n_bins = 0;
    for (size_t b = 0; b < parents; b++)
        r = refine_bin(selection, &parent[b], r);
    selection->level++;
}

/* How many numbers of the bins are still to be told apart. */
static size_t unknown(const struct mld_selection *selection)
{
    size_t sum = 0;
    for (size_t b = 0; b < selection->n_bins; b++)
        sum += selection->bin[b].table ? selection->bin[b].count : 0;
    return sum;
}

/* Tables of the bins that were found since there were `before`, with nothing counted. */
static enum mld_status add_tables(struct mld_selection *selection, uint32_t before)
{
    struct table *table = realloc(selection->table,
                                  ((size_t)selection->n_tables + 1) * sizeof *table);
    if (!table)
        return MLD_ERR_MEMORY;
    memset(table + before + 1, 0, (selection->n_tables - before) * sizeof *table);
    selection->table = table;
    for (size_t b = 0; b < selection->n_bins; b++) {
        const struct bin *bin = &selection->bin[b];
        int bits = differing_bits(bin->end - bin->key - 1);
        table[bin->table].shift = bits > DIGIT_BITS ? bits - DIGIT_BITS : 0;
    }
    return MLD_OK;
}

/* The first bin, or the last, is at the edge of the tail. */
static struct bin bin_beyond(const struct mld_selection *selection)
{
    const struct bin *low = &selection->bin[0], *high = &selection->bin[selection->n_bins - 1];
    size_t end = high->start + high->count;
    if (selection->tail == 0)
        return (struct bin){ 0 };
    return selection->largest
               ? (struct bin){ .key = high->end, .start = end, .count = selection->count - end }
               : (struct bin){ .end = low->key, .count = low->start };
}

/* Room for the numbers that the next read gathers, and where those of each bin come to stand. */
static enum mld_status prepare_gathering(struct mld_selection *selection)
{
    struct bin *beyond = &selection->beyond;
    *beyond = bin_beyond(selection);
    size_t room = selection->largest ? 0 : beyond->count;
    for (size_t b = 0; b < selection->n_bins; b++) {
        selection->bin[b].place = room;
        room += selection->bin[b].table ? selection->bin[b].count : 0;
    }
    beyond->place = selection->largest ? room : 0;
    room += selection->largest ? beyond->count : 0;
    selection->stage = room > 0 ? GATHER : DONE;
    selection->gathered = room > 0 ? malloc(2 * room * sizeof(double)) : NULL;
    return room > 0 && !selection->gathered ? MLD_ERR_MEMORY : MLD_OK;
}

static int compare_ranks(const void *first, const void *second)
{
    size_t a = *(const size_t *)first, b = *(const size_t *)second;
    return (a > b) - (a < b);
}

/* After the first read: the wanted ranks in order, but those that the tail will have. */
static void arrange_ranks(struct mld_selection *selection)
{
    size_t kept = 0, *rank = selection->rank;
    size_t low = selection->largest ? 0 : selection->tail;
    size_t high = selection->count - (selection->largest ? selection->tail : 0);
    qsort(rank, selection->n_ranks, sizeof *rank, compare_ranks);
    for (size_t r = 0; r < selection->n_ranks; r++)
        if (rank[r] >= low && rank[r] < high)
            rank[kept++] = rank[r];
    selection->n_ranks = kept;
    selection->bin[0].count = selection->count;
}

enum mld_status mld_selection_turn(struct mld_selection *selection)
{
    uint32_t tables = selection->n_tables;
    if (selection->stage == DONE)
        return MLD_OK;
    if (selection->level == 0)
        arrange_ranks(selection);
    if (selection->stage == COUNT) {
        refine(selection);
        return unknown(selection) > FEW ? add_tables(selection, tables)
                                        : prepare_gathering(selection);
    }
    mld_sort(selection->n_gathered, selection->gathered,
             selection->gathered + selection->n_gathered);
    selection->stage = DONE;
    return MLD_OK;
}

int mld_selection_is_done(const struct mld_selection *selection)
{
    return selection->stage == DONE;
}

/* ---- what is asked ---- */

void mld_selection_want(struct mld_selection *selection, size_t rank)
{
    selection->rank[selection->n_ranks++] = rank;
}

void mld_selection_want_tail(struct mld_selection *selection, size_t tail, int largest)
{
    selection->tail = tail;
    selection->largest = largest;
    mld_selection_want(selection, largest ? selection->count - 1 - tail : tail);
}

double mld_selection_at(const struct mld_selection *selection, size_t rank)
{
    const struct bin *beyond = &selection->beyond, *bin = selection->bin;
    if (rank - beyond->start < beyond->count)
        return selection->gathered[beyond->place + (rank - beyond->start)];
    while (rank >= bin->start + bin->count)
        bin++;
    return bin->table ? selection->gathered[bin->place + (rank - bin->start)]
                      : mld_value_of(bin->key);
}

/* ---- storage ---- */

/* Where the numbers of a column of n values go in the first read. */
static int allocate(struct mld_selection *selection, size_t n, size_t ranks)
{
    selection->rank = malloc(ranks * sizeof *selection->rank);
    selection->bin = calloc(ranks, sizeof *selection->bin);
    selection->spare_bin = calloc(ranks, sizeof *selection->bin);
    if (n <= FEW)
        selection->gathered = malloc(2 * (n > 0 ? n : 1) * sizeof(double));
    else {
        selection->root = calloc(ROOT_DIGITS, sizeof *selection->root);
        selection->table = calloc(1, sizeof *selection->table);
    }
    return selection->rank && selection->bin && selection->spare_bin &&
           (n <= FEW ? selection->gathered != NULL : selection->root && selection->table);
}

struct mld_selection *mld_selection_create(size_t n, size_t ranks)
{
    struct mld_selection *selection = calloc(1, sizeof *selection);
    if (!selection)
        return NULL;
    selection->stage = n <= FEW ? GATHER : COUNT;
    selection->n_bins = 1;
    if (allocate(selection, n, ranks)) {
        selection->bin[0].table = n <= FEW;
        return selection;
    }
    mld_selection_free(selection);
    return NULL;
}

void mld_selection_free(struct mld_selection *selection)
{
    if (!selection)
        return;
    free(selection->rank);
    free(selection->bin);
    free(selection->spare_bin);
    free(selection->root);
    free(selection->table);
    free(selection->gathered);
    free(selection);
}
