/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The typed reader. Each kind of row has one short function that asks for the type first, converts
 * once, checks the range, and records the value for the echo.
 */
#include "params/reader.h"

#include "milliard/grid.h"
#include "milliard/limits.h"
#include "params/french.h"
#include "params/guess.h"
#include "params/names.h"
#include "params/range.h"
#include "params/rows.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    const struct mld_read_spec *spec;
    struct mld_arena *arena; /* of the echo */
    unsigned misread;
    int mistakes, no_memory;
};

static void read_group(struct reader *reader, const struct mld_node *node, struct mld_rows rows,
                       char *base, const char *dotted);

/* ---- messages ---- */

/* One mistake, told as "place: key = value <the rest>". */
static void mistake(struct reader *reader, const struct mld_node *node, const char *dotted,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));
static void mistake(struct reader *reader, const struct mld_node *node, const char *dotted,
                    const char *format, ...)
{
    char rest[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(rest, sizeof rest, format, arguments);
    va_end(arguments);
    const char *where = mld_node_where(reader->arena, node);
    mld_messages_add(reader->spec->messages, "%s: %s%s", where ? where : "", dotted, rest);
    reader->misread |= reader->spec->part_of(dotted);
    reader->mistakes++;
}

static const char *show(struct reader *reader, const struct mld_node *node)
{
    const char *text = mld_node_show(reader->arena, node);
    return text ? text : "?";
}

static char *join(struct reader *reader, const char *dotted, const char *key)
{
    char *joined = mld_arena_print(reader->arena, "%s%s%s", dotted, *dotted ? "." : "", key);
    reader->no_memory |= !joined;
    return joined ? joined : "";
}

static void out_of_range(struct reader *reader, const struct mld_node *node,
                         const struct mld_param *row, const char *dotted, double value)
{
    char why[200];
    mld_range_problem(row, value, why, sizeof why);
    mistake(reader, node, dotted, "%s", why);
}

/* ---- the echo ---- */

static struct mld_echo *next_echo(struct mld_echoes *all)
{
    if (all->count == all->capacity) {
        size_t capacity = all->capacity ? 2 * all->capacity : 256;
        struct mld_echo *larger = realloc(all->item, capacity * sizeof *larger);
        if (!larger)
            return NULL;
        all->item = larger;
        all->capacity = capacity;
    }
    return &all->item[all->count++];
}

void mld_echoes_clear(struct mld_echoes *all)
{
    mld_arena_clear(&all->arena);
    free(all->item);
    *all = (struct mld_echoes){ 0 };
}

/* `node` NULL for a default, whose text is `value`. */
static void record(struct reader *reader, const struct mld_node *node, const struct mld_param *row,
                   const char *dotted, const char *value)
{
    struct mld_echo *echo = next_echo(reader->spec->echo);
    const char *where = node ? mld_node_where(reader->arena, node) : "";
    const char *kept = value ? mld_arena_text(reader->arena, value, strlen(value)) : NULL;
    if (!echo || !where || !kept) {
        reader->no_memory = 1;
        return;
    }
    *echo = (struct mld_echo){ .key = dotted,
                               .value = kept,
                               .unit = row->unit,
                               .doc_en = row->doc_en,
                               .doc_fr = row->doc_fr,
                               .source = row->source,
                               .source_fr = row->source_fr ? row->source_fr : row->source,
                               .origin = !node                            ? MLD_DEFAULTED
                                         : node->file == mld_place_of_set ? MLD_SET
                                                                          : MLD_GIVEN,
                               .where = where,
                               .flags = row->flags };
}

/* A node's value on one line, as the reader reads it back. */
static const char *one_line(struct reader *reader, const struct mld_node *node)
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    if (!memory) {
        reader->no_memory = 1;
        return NULL;
    }
    mld_node_write(memory, node, -1);
    const char *kept = fclose(memory) ? NULL : mld_arena_text(reader->arena, text, length);
    free(text);
    reader->no_memory |= !kept;
    return kept;
}

static void record_given(struct reader *reader, const struct mld_node *node,
                         const struct mld_param *row, const char *dotted)
{
    const char *value = one_line(reader, node);
    if (value)
        record(reader, node, row, dotted, value);
}

/* ---- scalars ---- */

static int is_none(const struct mld_node *node, const struct mld_param *row)
{
    return isinf(row->max) && node->kind == MLD_NODE_TEXT && !strcmp(node->text, "none");
}

/* The finite number of a node within the row's range; 0 after a message. */
static int take_number(struct reader *reader, const struct mld_node *node,
                       const struct mld_param *row, const char *dotted, double *value)
{
    if (is_none(node, row)) {
        *value = INFINITY;
        return 1;
    }
    if (!mld_node_is_number(node)) {
        char guess[40];
        int guessed = node->kind == MLD_NODE_TEXT &&
                      mld_typed_guess(node->text, node->length, guess);
        mistake(reader, node, dotted, " = %s: a number is expected%s%s%s", show(reader, node),
                guessed ? "; did you mean " : "", guessed ? guess : "", guessed ? "?" : "");
        return 0;
    }
    double number = mld_node_number(node);
    if (!isfinite(number)) {
        mistake(reader, node, dotted, " is not a finite number");
        return 0;
    }
    if (number < row->min || number > row->max) {
        out_of_range(reader, node, row, dotted, number);
        return 0;
    }
    *value = number;
    return 1;
}

/* The same for a whole number, which is the one written: beyond 2^53 a double is another. */
static int take_whole(struct reader *reader, const struct mld_node *node,
                      const struct mld_param *row, const char *dotted, double *value)
{
    double number;
    if (!take_number(reader, node, row, dotted, &number))
        return 0;
    int as_written = number == floor(number) &&
                     (!node->text || mld_is_written(node->text, node->length, number));
    if (as_written)
        *value = number;
    else if (node->text && number == row->max)
        mistake(reader, node, dotted, " = %s is outside [%.15g, %.16g]", node->text, row->min,
                row->max);
    else
        mistake(reader, node, dotted, " = %s: a whole number is expected",
                node->text ? node->text : show(reader, node));
    return as_written;
}

static void read_real(struct reader *reader, const struct mld_node *node,
                      const struct mld_param *row, char *at, const char *dotted)
{
    (row->flags & MLD_WHOLE ? take_whole : take_number)(reader, node, row, dotted, (double *)at);
}

static void read_int(struct reader *reader, const struct mld_node *node,
                     const struct mld_param *row, char *at, const char *dotted)
{
    double value;
    if (take_whole(reader, node, row, dotted, &value))
        *(int *)at = (int)value;
}

static void read_bool(struct reader *reader, const struct mld_node *node,
                      const struct mld_param *row, char *at, const char *dotted)
{
    (void)row;
    if (node->kind != MLD_NODE_BOOLEAN)
        mistake(reader, node, dotted, " = %s: true or false is expected", show(reader, node));
    else
        *(int *)at = (int)node->integer;
}

static void read_choice(struct reader *reader, const struct mld_node *node,
                        const struct mld_param *row, char *at, const char *dotted)
{
    int index = node->kind == MLD_NODE_TEXT ? mld_choice_index(row->choices, node->text) : -1;
    if (row->yes_no && node->kind == MLD_NODE_BOOLEAN)
        index = (int)node->integer;
    if (index < 0)
        mistake(reader, node, dotted, " = %s: one of \"%s\" is expected", show(reader, node),
                row->choices);
    else
        *(int *)at = index;
}

/* Names become keys of dotted paths and of weights, so they are words. */
static int is_identifier(const char *text)
{
    if (!isalpha((unsigned char)*text))
        return 0;
    for (; *text; text++)
        if (!isalnum((unsigned char)*text) && *text != '_' && *text != '-')
            return 0;
    return 1;
}

static int take_text(struct reader *reader, const struct mld_node *node, const char *dotted,
                     size_t capacity, char *at)
{
    if (node->kind != MLD_NODE_TEXT) {
        mistake(reader, node, dotted, " = %s: a text in quotes is expected", show(reader, node));
        return 0;
    }
    if (node->length >= capacity) {
        mistake(reader, node, dotted, " is %zu bytes long; at most %zu are kept", node->length,
                capacity - 1);
        return 0;
    }
    memcpy(at, node->text, node->length + 1);
    return 1;
}

static int take_name(struct reader *reader, const struct mld_node *node, const char *dotted,
                     size_t capacity, char *at)
{
    if (!take_text(reader, node, dotted, capacity, at))
        return 0;
    if (is_identifier(at))
        return 1;
    mistake(reader, node, dotted,
            " = %s: a name starts with a letter and holds letters without accents, digits, _ and -",
            show(reader, node));
    return 0;
}

static void read_text(struct reader *reader, const struct mld_node *node,
                      const struct mld_param *row, char *at, const char *dotted)
{
    if (!row->capacity) { /* a text of any length that stays in the tree */
        if (node->kind != MLD_NODE_TEXT)
            mistake(reader, node, dotted, " = %s: a text in quotes is expected",
                    show(reader, node));
    } else if (!strcmp(row->key, "name")) {
        take_name(reader, node, dotted, row->capacity, at);
    } else {
        take_text(reader, node, dotted, row->capacity, at);
    }
}

static void read_date(struct reader *reader, const struct mld_node *node,
                      const struct mld_param *row, char *at, const char *dotted)
{
    (void)row;
    if (node->kind != MLD_NODE_TEXT || mld_date_parse(node->text, (struct mld_date *)at))
        mistake(reader, node, dotted, " = %s: a date such as \"2027-01-31\" is expected",
                show(reader, node));
}

/* ---- several values ---- */

static int *count_of(const struct mld_param *row, char *base)
{
    return (int *)(base + row->count_offset);
}

static int fits(struct reader *reader, const struct mld_node *node, const struct mld_param *row,
                const char *dotted)
{
    if ((size_t)node->count <= row->capacity)
        return 1;
    mistake(reader, node, dotted, " has %d items; at most %zu are read", node->count,
            row->capacity);
    return 0;
}

/* "a.b[2]", or "a.b.name" for an item that has a name. */
static char *item_key(struct reader *reader, const struct mld_node *item, const char *dotted, int i)
{
    const char *name = mld_node_item_name(item);
    char *key = name ? join(reader, dotted, name)
                     : mld_arena_print(reader->arena, "%s[%d]", dotted, i);
    reader->no_memory |= !key;
    return key ? key : "";
}

static int is_array(struct reader *reader, const struct mld_node *node, const char *dotted,
                    const char *what)
{
    if (node->kind == MLD_NODE_ARRAY || node->kind == MLD_NODE_LIST)
        return 1;
    mistake(reader, node, dotted, " = %s: %s are expected", show(reader, node), what);
    return 0;
}

static void read_reals(struct reader *reader, const struct mld_node *node,
                       const struct mld_param *row, char *base, const char *dotted)
{
    if (!is_array(reader, node, dotted, "numbers in [ ]") || !fits(reader, node, row, dotted))
        return;
    double *at = (double *)(base + row->offset);
    int i = 0;
    for (const struct mld_node *item = node->first; item; item = item->next, i++)
        take_number(reader, item, row, item_key(reader, item, dotted, i), &at[i]);
    *count_of(row, base) = i;
}

static int repeats(const char *names, size_t stride, int count)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(names + (size_t)i * stride, names + (size_t)count * stride))
            return 1;
    return 0;
}

static void read_names(struct reader *reader, const struct mld_node *node,
                       const struct mld_param *row, char *base, const char *dotted)
{
    if (!is_array(reader, node, dotted, "texts in [ ]") || !fits(reader, node, row, dotted))
        return;
    char *at = base + row->offset;
    int i = 0;
    for (const struct mld_node *item = node->first; item; item = item->next, i++) {
        const char *key = item_key(reader, item, dotted, i);
        char *name = at + (size_t)i * row->stride;
        int taken = row->stride == MLD_MAX_NAME ? take_name(reader, item, key, row->stride, name)
                                                : take_text(reader, item, key, row->stride, name);
        if (taken && repeats(at, row->stride, i))
            mistake(reader, item, key, " = %s is given twice", show(reader, item));
    }
    *count_of(row, base) = i;
}

static void read_list(struct reader *reader, const struct mld_node *node,
                      const struct mld_param *row, char *base, const char *dotted)
{
    if (node->kind != MLD_NODE_LIST && !(node->kind == MLD_NODE_ARRAY && !node->count)) {
        mistake(reader, node, dotted, " = %s: a list of groups, ( { … }, { … } ), is expected",
                show(reader, node));
        return;
    }
    if (!fits(reader, node, row, dotted))
        return;
    int i = 0;
    for (const struct mld_node *item = node->first; item; item = item->next, i++) {
        const char *key = item_key(reader, item, dotted, i), *name = mld_node_item_name(item);
        if (name && mld_node_child(node, name, strlen(name)) != item)
            mistake(reader, item, key, " is given twice");
        read_group(reader, item, mld_rows_of_item(row, item),
                   base + row->offset + (size_t)i * row->stride, key);
    }
    *count_of(row, base) = i;
}

/* ---- names of a domain ---- */

/* The names of one domain. */
struct names {
    const struct mld_domains *domains;
    enum mld_domain domain;
    int count;
};

static struct names names_of(const struct reader *reader, enum mld_domain domain)
{
    const struct mld_domains *domains = &reader->spec->domains;
    return (struct names){ domains, domain, domains->size(domains->context, domain) };
}

static const char *name_at(const void *context, int i)
{
    const struct names *names = context;
    return names->domains->name(names->domains->context, names->domain, i);
}

static struct mld_candidate candidate_at(const void *context, int i)
{
    const struct names *names = context;
    return (struct mld_candidate){
        name_at(names, i), names->domains->french(names->domains->context, names->domain, i)
    };
}

static const char *domain_word(enum mld_domain domain)
{
    switch (domain) {
    case MLD_DOMAIN_FACTOR: return "factor";
    case MLD_DOMAIN_SECTOR: return "sector";
    case MLD_DOMAIN_FORM: return "legal form";
    default: return "instrument";
    }
}

/* "a, b". Owned by the echo's arena. */
static const char *list_names(struct reader *reader, const struct names *names)
{
    const char *list = "";
    for (int i = 0; i < names->count && list; i++)
        list = mld_arena_print(reader->arena, "%s%s%s", list, i ? ", " : "", name_at(names, i));
    reader->no_memory |= !list;
    return list ? list : "";
}

/* With the nearest name; else with those that its French word means, and all that there are. */
static void tell_no_such(struct reader *reader, const struct mld_node *child,
                         const struct mld_param *row, const char *key, const struct names *names)
{
    char found[3 * MLD_MAX_NAME];
    const char *meant = mld_name_nearest(child->name, names->count, name_at, names),
               *list = meant ? "" : list_names(reader, names);
    if (!meant && row->domain == MLD_DOMAIN_INSTRUMENT)
        meant = mld_french_names(found, sizeof found, child->name, names->count, candidate_at,
                                 names);
    mistake(reader, child, key, ": no such %s%s%s%s%s%s", domain_word(row->domain),
            meant ? "; did you mean " : "", meant ? meant : "", meant ? "?" : "",
            !*list  ? ""
            : meant ? " There are: "
                    : "; there are: ",
            list);
}

/* A MAP over legal forms defines them as it goes. */
static int defines(const struct mld_param *row)
{
    return row->kind == MLD_MAP && row->domain == MLD_DOMAIN_FORM;
}

static int define(const char *name, const struct mld_param *row, char *base)
{
    int index = (*count_of(row, base))++;
    snprintf(base + row->offset + (size_t)index * row->stride, MLD_MAX_NAME, "%s", name);
    return index;
}

/* Index of a key in its domain; -1 after a message. */
static int index_of(struct reader *reader, const struct mld_node *child,
                    const struct mld_param *row, const char *key)
{
    struct names names = names_of(reader, row->domain);
    for (int i = 0; i < names.count; i++)
        if (!strcmp(child->name, name_at(&names, i)))
            return i;
    tell_no_such(reader, child, row, key, &names);
    return -1;
}

static int is_group(struct reader *reader, const struct mld_node *node, const char *dotted)
{
    if (node->kind == MLD_NODE_GROUP)
        return 1;
    mistake(reader, node, dotted, " = %s: a group, { … }, is expected", show(reader, node));
    return 0;
}

static void read_map(struct reader *reader, const struct mld_node *node,
                     const struct mld_param *row, char *base, const char *dotted)
{
    if (!is_group(reader, node, dotted) || (defines(row) && !fits(reader, node, row, dotted)))
        return;
    for (const struct mld_node *child = node->first; child; child = child->next) {
        const char *key = join(reader, dotted, child->name);
        int index = defines(row) ? define(child->name, row, base)
                                 : index_of(reader, child, row, key);
        if (index < 0)
            continue;
        if (!defines(row))
            count_of(row, base)[index] = 1;
        read_group(reader, child, mld_rows_of(row, child->name),
                   base + row->offset + (size_t)index * row->stride, key);
    }
}

static void read_weights(struct reader *reader, const struct mld_node *node,
                         const struct mld_param *row, char *base, const char *dotted)
{
    if (!is_group(reader, node, dotted))
        return;
    double *at = (double *)(base + row->offset);
    for (const struct mld_node *child = node->first; child; child = child->next) {
        const char *key = join(reader, dotted, child->name);
        int index = index_of(reader, child, row, key);
        if (index < 0 || !take_number(reader, child, row, key, &at[index]))
            continue;
        if (row->count_offset)
            count_of(row, base)[index] = 1;
        record_given(reader, child, row, key);
    }
}

/* ---- defaults ---- */

static void store_default(const struct mld_param *row, char *at)
{
    switch (row->kind) {
    case MLD_REAL: *(double *)at = row->fallback; break;
    case MLD_INT:
    case MLD_BOOL:
    case MLD_CHOICE: *(int *)at = (int)row->fallback; break;
    case MLD_TEXT:
        if (row->choices && row->capacity)
            snprintf(at, row->capacity, "%s", row->choices);
        break;
    case MLD_DATE: mld_date_parse(row->choices, (struct mld_date *)at); break;
    default: break; /* empty lists, arrays and weights: the bytes read into are zero */
    }
}

/* A group that was not given: its rows take their defaults, unless it may be absent as a whole. */
static void default_row(struct reader *reader, const struct mld_node *parent,
                        const struct mld_param *row, char *base, const char *dotted)
{
    char number[MLD_DEFAULT];
    if (row->flags & MLD_REQUIRED) {
        mistake(reader, parent, dotted, " is missing");
        return;
    }
    if (row->kind == MLD_GROUP) {
        struct mld_node none = *parent;
        none.first = none.last = NULL;
        none.count = 0;
        if (!(row->flags & MLD_OPTIONAL))
            read_group(reader, &none, (struct mld_rows){ .table = row->table }, base + row->offset,
                       dotted);
        return;
    }
    store_default(row, base + row->offset);
    const char *text = row->flags & MLD_OPTIONAL || isnan(row->fallback)
                           ? NULL
                           : mld_default_text(row, number);
    if (text)
        record(reader, NULL, row, dotted, text);
}

/* ---- groups ---- */

static void read_row(struct reader *reader, const struct mld_node *node,
                     const struct mld_param *row, char *base, const char *dotted)
{
    char *at = base + row->offset;
    switch (row->kind) {
    case MLD_REAL: read_real(reader, node, row, at, dotted); break;
    case MLD_INT: read_int(reader, node, row, at, dotted); break;
    case MLD_BOOL: read_bool(reader, node, row, at, dotted); break;
    case MLD_CHOICE: read_choice(reader, node, row, at, dotted); break;
    case MLD_TEXT: read_text(reader, node, row, at, dotted); break;
    case MLD_DATE: read_date(reader, node, row, at, dotted); break;
    case MLD_REALS: read_reals(reader, node, row, base, dotted); break;
    case MLD_NAMES: read_names(reader, node, row, base, dotted); break;
    case MLD_LIST: read_list(reader, node, row, base, dotted); return;
    case MLD_MAP: read_map(reader, node, row, base, dotted); return;
    case MLD_WEIGHTS: read_weights(reader, node, row, base, dotted); return;
    case MLD_VALUE: return;
    case MLD_GROUP:
        if (row->count_offset)
            *count_of(row, base) = 1;
        read_group(reader, node, (struct mld_rows){ .table = row->table }, at, dotted);
        return;
    }
    if (row->capacity || row->kind != MLD_TEXT)
        record_given(reader, node, row, dotted);
    else /* a tape's text is too long to echo */
        record(reader, node, row, dotted, "\"\"");
}

static void read_rows(struct reader *reader, const struct mld_node *node,
                      const struct mld_param *table, char *base, const char *dotted)
{
    for (const struct mld_param *row = table; row && row->key; row++) {
        const struct mld_node *child = mld_node_child(node, row->key, strlen(row->key));
        const char *key = join(reader, dotted, row->key);
        if (child)
            read_row(reader, child, row, base, key);
        else
            default_row(reader, node, row, base, key);
    }
}

static int rows_count(const struct mld_param *table)
{
    int n = 0;
    while (table && table[n].key)
        n++;
    return n;
}

static struct mld_candidate row_candidate(const void *context, int i)
{
    const struct mld_rows *rows = context;
    int n = rows_count(rows->table);
    const struct mld_param *row = i < n ? &rows->table[i] : &rows->own[i - n];
    return (struct mld_candidate){ row->key, row->doc_fr };
}

/* A term of other kinds only; an item whose kind is none is told of that alone. */
static void refuse_of_kind(struct reader *reader, const struct mld_node *child,
                           struct mld_rows rows, const char *dotted)
{
    if (mld_kind_named(rows.kinds, rows.kind) >= 0)
        mistake(reader, child, join(reader, dotted, child->name), ": %s has no such term",
                rows.kind);
}

static void refuse_unknown(struct reader *reader, const struct mld_node *child,
                           struct mld_rows rows, const char *dotted)
{
    const struct mld_param *row = mld_row_named(rows, child->name, strlen(child->name));
    if (row && row->only & rows.lacks)
        mistake(reader, child, join(reader, dotted, child->name), ": %s has no such term",
                row->only & MLD_ON_DEALS ? "a counter-guarantee" : "a layer on deals");
    if (row)
        return;
    if (rows.kinds && mld_row_of_any(rows.kinds, child->name, strlen(child->name))) {
        refuse_of_kind(reader, child, rows, dotted);
        return;
    }
    const char *nearest = mld_param_nearest(rows.table, child->name);
    const char *own = rows.own ? mld_param_nearest(rows.own, child->name) : NULL;
    if (own &&
        (!nearest || mld_name_distance(own, child->name) < mld_name_distance(nearest, child->name)))
        nearest = own;
    char names[3 * MLD_MAX_NAME];
    if (!nearest)
        nearest = mld_french_names(names, sizeof names, child->name,
                                   rows_count(rows.table) + rows_count(rows.own), row_candidate,
                                   &rows);
    mistake(reader, child, join(reader, dotted, child->name), " is unknown%s%s%s",
            nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
}

static void read_group(struct reader *reader, const struct mld_node *node, struct mld_rows rows,
                       char *base, const char *dotted)
{
    if (!is_group(reader, node, dotted))
        return;
    for (const struct mld_node *child = node->first; child; child = child->next)
        refuse_unknown(reader, child, rows, dotted);
    read_rows(reader, node, rows.table, base, dotted);
    read_rows(reader, node, rows.own, base, dotted);
}

enum mld_status mld_params_read(const struct mld_read_spec *spec, unsigned *misread)
{
    struct reader reader = { .spec = spec, .arena = &spec->echo->arena };
    mld_arena_clear(reader.arena);
    spec->echo->count = 0;
    read_group(&reader, spec->root, (struct mld_rows){ .table = spec->table }, spec->into, "");
    *misread = reader.misread;
    if (reader.no_memory)
        return MLD_ERR_MEMORY;
    return reader.mistakes ? MLD_ERR_INPUT : MLD_OK;
}
