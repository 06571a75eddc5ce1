/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "params/tree.h"

#include "core/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char mld_place_of_set[] = "--set";

struct mld_node *mld_node_create(struct mld_arena *arena, enum mld_node_kind kind, const char *name,
                                 const char *file, int line)
{
    struct mld_node *node = mld_arena_take(arena, sizeof *node);
    if (!node)
        return NULL;
    *node = (struct mld_node){ .kind = kind, .file = file, .line = line };
    if (name && !(node->name = mld_arena_text(arena, name, strlen(name))))
        return NULL;
    return node;
}

void mld_node_append(struct mld_node *parent, struct mld_node *child)
{
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->count++;
}

void mld_node_remove(struct mld_node *parent, struct mld_node *child)
{
    struct mld_node **link = &parent->first, *before = NULL;
    while (*link && *link != child) {
        before = *link;
        link = &before->next;
    }
    if (!*link)
        return;
    *link = child->next;
    if (parent->last == child)
        parent->last = before;
    parent->count--;
}

struct mld_node *mld_node_copy(struct mld_arena *arena, const struct mld_node *node)
{
    struct mld_node *copy = mld_node_create(arena, node->kind, node->name, node->file, node->line);
    if (!copy)
        return NULL;
    copy->integer = node->integer;
    copy->real = node->real;
    copy->text = node->text;
    copy->length = node->length;
    for (const struct mld_node *child = node->first; child; child = child->next) {
        struct mld_node *twin = mld_node_copy(arena, child);
        if (!twin)
            return NULL;
        mld_node_append(copy, twin);
    }
    return copy;
}

int mld_node_is_number(const struct mld_node *node)
{
    return node->kind == MLD_NODE_INTEGER || node->kind == MLD_NODE_REAL;
}

double mld_node_number(const struct mld_node *node)
{
    return node->kind == MLD_NODE_REAL ? node->real : (double)node->integer;
}

static int same_name(const char *text, const char *name, size_t length)
{
    return text && strlen(text) == length && !memcmp(text, name, length);
}

const char *mld_node_item_name(const struct mld_node *item)
{
    const struct mld_node *name = item->kind == MLD_NODE_GROUP ? mld_node_child(item, "name", 4)
                                                               : NULL;
    return name && name->kind == MLD_NODE_TEXT ? name->text : NULL;
}

struct mld_node *mld_node_child(const struct mld_node *parent, const char *name, size_t length)
{
    for (struct mld_node *child = parent->first; child; child = child->next) {
        const char *known = parent->kind == MLD_NODE_LIST ? mld_node_item_name(child) : child->name;
        if (same_name(known, name, length))
            return child;
    }
    return NULL;
}

/* A list is merged by name when it has items and every one of them has a name. */
static int is_named_list(const struct mld_node *node)
{
    if (node->kind != MLD_NODE_LIST || !node->first)
        return 0;
    for (const struct mld_node *item = node->first; item; item = item->next)
        if (!mld_node_item_name(item))
            return 0;
    return 1;
}

static int merges_with(const struct mld_node *under, const struct mld_node *over)
{
    if (under->kind == MLD_NODE_GROUP && over->kind == MLD_NODE_GROUP)
        return 1;
    return is_named_list(under) && is_named_list(over);
}

/* The value of `from` takes the place of the value of `node`, whose siblings and key stay. */
static int replace(struct mld_arena *arena, struct mld_node *node, const struct mld_node *from)
{
    struct mld_node *copy = mld_node_copy(arena, from);
    if (!copy)
        return -1;
    copy->next = node->next;
    copy->name = node->name;
    *node = *copy;
    return 0;
}

int mld_node_merge(struct mld_arena *arena, struct mld_node *under, const struct mld_node *over)
{
    if (!merges_with(under, over))
        return replace(arena, under, over);
    /* what is wrong with the whole is mended where it was last changed */
    under->file = over->file;
    under->line = over->line;
    for (const struct mld_node *child = over->first; child; child = child->next) {
        const char *name = over->kind == MLD_NODE_LIST ? mld_node_item_name(child) : child->name;
        struct mld_node *match = mld_node_child(under, name, strlen(name));
        if (match) {
            if (mld_node_merge(arena, match, child))
                return -1;
            continue;
        }
        struct mld_node *copy = mld_node_copy(arena, child);
        if (!copy)
            return -1;
        mld_node_append(under, copy);
    }
    return 0;
}

int mld_path_step(const char **path, struct mld_step *step)
{
    const char *at = *path;
    if (!*at)
        return 0;
    if (*at == '[') {
        char *end;
        step->position = strtol(at + 1, &end, 10);
        if (end == at + 1 || *end != ']' || step->position < 0)
            return -1;
        at = end + 1;
        step->name = NULL;
        step->length = 0;
    } else {
        size_t length = strcspn(at, ".[");
        if (!length)
            return -1;
        *step = (struct mld_step){ .name = at, .length = length, .position = -1 };
        at += length;
    }
    if (*at == '.' && !*++at)
        return -1;
    *path = at;
    return 1;
}

struct mld_node *mld_node_at_step(const struct mld_node *parent, const struct mld_step *step)
{
    if (step->position < 0)
        return mld_node_child(parent, step->name, step->length);
    if (parent->kind != MLD_NODE_LIST && parent->kind != MLD_NODE_ARRAY)
        return NULL;
    struct mld_node *child = parent->first;
    for (long i = 0; child && i < step->position; i++)
        child = child->next;
    return child;
}

struct mld_node *mld_node_at(struct mld_node *root, const char *path, int nearest)
{
    struct mld_node *node = root;
    struct mld_step step;
    int more;
    while ((more = mld_path_step(&path, &step)) > 0) {
        struct mld_node *child = mld_node_at_step(node, &step);
        if (!child)
            return nearest ? node : NULL;
        node = child;
    }
    return more < 0 && !nearest ? NULL : node;
}

const char *mld_node_where(struct mld_arena *arena, const struct mld_node *node)
{
    if (!node->line)
        return node->file;
    return mld_arena_print(arena, "%s:%d", node->file, node->line);
}

void mld_number_text(char text[40], double value, int point)
{
    int whole = value == floor(value) && fabs(value) < 1e16;
    if (whole)
        snprintf(text, 40, "%.0f", value);
    else
        mld_digits_text(text, 6, value);
    if (point && !strpbrk(text, ".einf"))
        strcat(text, ".0");
}

/*
 * Control characters of ASCII are escaped, line ends and tabs apart: beyond it an escape is a byte
 * or a character, as the reader has it.
 */
static void write_text(FILE *file, const struct mld_node *node)
{
    fputc('"', file);
    for (size_t i = 0; i < node->length; i++) {
        char c = node->text[i];
        if (c == '"' || c == '\\')
            fprintf(file, "\\%c", c);
        else if (c == '\r')
            fputs("\\r", file);
        else if (((unsigned char)c < ' ' && c != '\n' && c != '\t') || c == 127)
            fprintf(file, "\\x%02X", (unsigned)c);
        else
            fputc(c, file);
    }
    fputc('"', file);
}

static void write_space(FILE *file, int indent)
{
    if (indent < 0) {
        fputc(' ', file);
        return;
    }
    fputc('\n', file);
    for (int i = 0; i < indent; i++)
        fputs("    ", file);
}

static void write_children(FILE *file, const struct mld_node *node, int indent)
{
    int inner = indent < 0 || node->kind == MLD_NODE_ARRAY ? -1 : indent + 1;
    for (const struct mld_node *child = node->first; child; child = child->next) {
        write_space(file, inner);
        if (node->kind == MLD_NODE_GROUP)
            fprintf(file, "%s = ", child->name);
        mld_node_write(file, child, inner);
        if (node->kind == MLD_NODE_GROUP)
            fputc(';', file);
        else if (child->next)
            fputc(',', file);
    }
    if (node->first)
        write_space(file, node->kind == MLD_NODE_ARRAY ? -1 : indent);
}

static void write_number(FILE *file, const struct mld_node *node)
{
    char text[40];
    if (node->kind == MLD_NODE_INTEGER) {
        const int wide = node->integer > 2147483647LL || node->integer < -2147483647LL;
        fprintf(file, "%lld%s", node->integer, wide ? "L" : "");
    } else {
        mld_number_text(text, node->real, 1);
        fputs(text, file);
    }
}

void mld_node_write(FILE *file, const struct mld_node *node, int indent)
{
    static const char open[] = "{([", close[] = "})]";
    switch (node->kind) {
    case MLD_NODE_INTEGER:
    case MLD_NODE_REAL: write_number(file, node); break;
    case MLD_NODE_BOOLEAN: fputs(node->integer ? "true" : "false", file); break;
    case MLD_NODE_TEXT: write_text(file, node); break;
    case MLD_NODE_GROUP:
    case MLD_NODE_LIST:
    case MLD_NODE_ARRAY:
        fputc(open[node->kind], file);
        write_children(file, node, indent);
        fputc(close[node->kind], file);
        break;
    }
}

const char *mld_node_show(struct mld_arena *arena, const struct mld_node *node)
{
    char text[40];
    switch (node->kind) {
    case MLD_NODE_GROUP: return "{ … }";
    case MLD_NODE_LIST: return "( … )";
    case MLD_NODE_ARRAY: return "[ … ]";
    case MLD_NODE_BOOLEAN: return node->integer ? "true" : "false";
    case MLD_NODE_INTEGER: return mld_arena_print(arena, "%lld", node->integer);
    case MLD_NODE_REAL:
        mld_number_text(text, node->real, 0);
        return mld_arena_text(arena, text, strlen(text));
    case MLD_NODE_TEXT:
        return node->length > 60 ? mld_arena_print(arena, "\"%.*s…\"",
                                                   (int)mld_text_cut(node->text, 40), node->text)
                                 : mld_arena_print(arena, "\"%s\"", node->text);
    }
    return "";
}
