/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario/config.h"

#include <ctype.h>
#include <errno.h>
#include <libconfig.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/*
 * libconfig 1.5 wraps an integer beyond 32 bits (5000000000 becomes 705032704) and refuses an array that mixes
 * 1 and 0.5. Before it reads a text, such integers are given the decimal point that their author meant, in place
 * and without moving a line. The same pass finds what libconfig would swallow: NUL bytes and @include.
 */
enum { MOST_SETTINGS = 20000 };     /* libconfig looks for each new key among all of its group */

struct scan {
    const char *text; size_t length, at;
    char *out; size_t used;
    int line, brackets, settings;
    const char *refused; int refused_line;
};

static char ahead(const struct scan *scan, size_t offset)
{
    return scan->at + offset < scan->length ? scan->text[scan->at + offset] : '\0';
}

static void copy(struct scan *scan, size_t count)
{
    for (size_t i = 0; i < count && scan->at < scan->length; i++) {
        char c = scan->text[scan->at++];
        if (c == '\n')
            scan->line++;
        scan->out[scan->used++] = c;
    }
}

static void refuse(struct scan *scan, const char *why)
{
    if (!scan->refused) {
        scan->refused = why;
        scan->refused_line = scan->line;
    }
}

static void copy_comment(struct scan *scan)
{
    if (ahead(scan, 0) == '/' && ahead(scan, 1) == '*') {
        copy(scan, 2);
        while (scan->at < scan->length && !(ahead(scan, 0) == '*' && ahead(scan, 1) == '/'))
            copy(scan, 1);
        copy(scan, 2);
        return;
    }
    while (scan->at < scan->length && ahead(scan, 0) != '\n')
        copy(scan, 1);
}

static void copy_string(struct scan *scan)
{
    copy(scan, 1);
    while (scan->at < scan->length && ahead(scan, 0) != '"') {
        if (ahead(scan, 0) == '\\' && ahead(scan, 1) == 'x' && ahead(scan, 2) == '0' && ahead(scan, 3) == '0')
            refuse(scan, "\\x00 in a text");
        copy(scan, ahead(scan, 0) == '\\' ? 2 : 1);
    }
    copy(scan, 1);
}

static int is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '*';
}

static void copy_word(struct scan *scan)
{
    while (is_word(ahead(scan, 0)))
        copy(scan, 1);
}

/* Length of the number that starts here, its sign included. */
static size_t number_length(const struct scan *scan)
{
    size_t n = 1;
    for (;; n++) {
        char c = ahead(scan, n), before = ahead(scan, n - 1);
        int sign = (c == '+' || c == '-') && (before == 'e' || before == 'E');
        if (!isalnum((unsigned char)c) && c != '.' && !sign)
            return n;
    }
}

static int needs_point(const struct scan *scan, size_t length)
{
    size_t digits = 0;
    for (size_t i = 0; i < length; i++)
        digits += isdigit((unsigned char)ahead(scan, i)) != 0;
    int signs = ahead(scan, 0) == '-' || ahead(scan, 0) == '+';
    if (digits + (size_t)signs != length || !digits)
        return 0;
    if (scan->brackets)
        return 1;
    errno = 0;
    long long value = strtoll(scan->text + scan->at, NULL, 10);
    return errno || value > INT_MAX || value < INT_MIN;
}

static void copy_number(struct scan *scan)
{
    size_t length = number_length(scan);
    int point = needs_point(scan, length);
    copy(scan, length);
    if (point) {
        memcpy(scan->out + scan->used, ".0", 2);
        scan->used += 2;
    }
}

static void copy_token(struct scan *scan)
{
    char c = ahead(scan, 0), next = ahead(scan, 1);
    if (c == '#' || (c == '/' && (next == '/' || next == '*')))
        copy_comment(scan);
    else if (c == '"')
        copy_string(scan);
    else if (isdigit((unsigned char)c) || ((c == '-' || c == '+' || c == '.') && (isdigit((unsigned char)next) || next == '.')))
        copy_number(scan);
    else if (is_word(c))
        copy_word(scan);
    else {
        if (c == '@')
            refuse(scan, "@include is not read here; name the scenario it builds upon with base = \"file.cfg\"");
        scan->brackets += (c == '[') - (c == ']');
        if ((c == '=' || c == ':') && ++scan->settings == MOST_SETTINGS)
            refuse(scan, "more than 20000 settings: this is no scenario");
        copy(scan, 1);
    }
}

/* Text for libconfig, on the heap: at worst each digit becomes three characters. */
static char *prepare(const char *text, size_t length, struct scan *scan)
{
    *scan = (struct scan){ .text = text, .length = length, .line = 1 };
    if (length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3))
        scan->at = 3;                   /* the byte-order mark some editors put first */
    scan->out = malloc(3 * length + 1);
    if (!scan->out)
        return NULL;
    while (scan->at < length)
        copy_token(scan);
    scan->out[scan->used] = '\0';
    return scan->out;
}

static int line_of(const char *text, const char *at)
{
    int line = 1;
    for (; text < at; text++)
        line += *text == '\n';
    return line;
}

static enum mld_node_kind kind_of(const config_setting_t *setting)
{
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_GROUP: return MLD_NODE_GROUP;
    case CONFIG_TYPE_LIST: return MLD_NODE_LIST;
    case CONFIG_TYPE_ARRAY: return MLD_NODE_ARRAY;
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64: return MLD_NODE_INTEGER;
    case CONFIG_TYPE_FLOAT: return MLD_NODE_REAL;
    case CONFIG_TYPE_BOOL: return MLD_NODE_BOOLEAN;
    default: return MLD_NODE_TEXT;
    }
}

static struct mld_node *convert(struct mld_arena *arena, const config_setting_t *setting, const char *file);

static int convert_children(struct mld_arena *arena, const config_setting_t *setting, const char *file, struct mld_node *node)
{
    const int count = config_setting_length(setting);
    for (int i = 0; i < count; i++) {
        struct mld_node *child = convert(arena, config_setting_get_elem(setting, (unsigned)i), file);
        if (!child)
            return -1;
        mld_node_append(node, child);
    }
    return 0;
}

static struct mld_node *convert(struct mld_arena *arena, const config_setting_t *setting, const char *file)
{
    int line = (int)config_setting_source_line(setting);
    struct mld_node *node = mld_node_create(arena, kind_of(setting), config_setting_name(setting), file, line);
    if (!node)
        return NULL;
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_INT: node->integer = config_setting_get_int(setting); break;
    case CONFIG_TYPE_INT64: node->integer = config_setting_get_int64(setting); break;
    case CONFIG_TYPE_FLOAT: node->real = config_setting_get_float(setting); break;
    case CONFIG_TYPE_BOOL: node->integer = config_setting_get_bool(setting); break;
    case CONFIG_TYPE_STRING:
        node->length = strlen(config_setting_get_string(setting));
        if (!(node->text = mld_arena_text(arena, config_setting_get_string(setting), node->length)))
            return NULL;
        break;
    default:
        if (convert_children(arena, setting, file, node))
            return NULL;
    }
    return node;
}

/* libconfig's words for an error, made plain where they are not. */
static const char *plain_error(const char *error)
{
    if (!error)
        return "cannot be read";
    if (strstr(error, "duplicate setting"))
        return "this key is given twice in the same group";
    if (strstr(error, "mismatched element type"))
        return "the values of one [ ] are all numbers or all texts";
    if (strstr(error, "memory exhausted"))
        return "brackets within brackets within brackets, too many deep";
    if (strstr(error, "syntax error"))
        return "syntax error here or just before: each setting reads key = value; and each { ( [ \" is closed";
    return error;
}

enum mld_status mld_config_parse(struct mld_arena *arena, const char *text, size_t length, const char *file,
                                 struct mld_node **root, struct mld_messages *messages)
{
    const char *nul = memchr(text, '\0', length);
    if (nul) {
        mld_messages_add(messages, "%s:%d: a NUL byte: this is no text file", file, line_of(text, nul));
        return MLD_ERR_INPUT;
    }
    struct scan scan;
    char *ready = prepare(text, length, &scan);
    if (!ready)
        return MLD_ERR_MEMORY;
    if (scan.refused) {
        mld_messages_add(messages, "%s:%d: %s", file, scan.refused_line, scan.refused);
        free(ready);
        return MLD_ERR_INPUT;
    }
    enum mld_status status = MLD_OK;
    config_t config;
    config_init(&config);
    if (config_read_string(&config, ready) != CONFIG_TRUE) {
        mld_messages_add(messages, "%s:%d: %s", file, config_error_line(&config), plain_error(config_error_text(&config)));
        status = MLD_ERR_INPUT;
    } else if (!(*root = convert(arena, config_root_setting(&config), file))) {
        status = MLD_ERR_MEMORY;
    }
    config_destroy(&config);
    free(ready);
    return status;
}

static struct mld_node *text_value(struct mld_arena *arena, const char *text, const char *file)
{
    struct mld_node *node = mld_node_create(arena, MLD_NODE_TEXT, NULL, file, 0);
    if (!node || !(node->text = mld_arena_text(arena, text, strlen(text))))
        return NULL;
    node->length = strlen(text);
    return node;
}

static void forget_lines(struct mld_node *node)
{
    node->line = 0;
    for (struct mld_node *child = node->first; child; child = child->next)
        forget_lines(child);
}

enum mld_status mld_config_value(struct mld_arena *arena, const char *text, const char *file, struct mld_node **value)
{
    char *setting = mld_arena_print(arena, "value = %s;", text);
    struct mld_node *root = NULL;
    if (!setting)
        return MLD_ERR_MEMORY;
    enum mld_status status = mld_config_parse(arena, setting, strlen(setting), file, &root, NULL);
    if (status == MLD_ERR_MEMORY)
        return status;
    *value = status == MLD_OK && root->count == 1 ? root->first : text_value(arena, text, file);
    if (!*value)
        return MLD_ERR_MEMORY;
    forget_lines(*value);
    return MLD_OK;
}
