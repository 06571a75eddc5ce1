/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario/config.h"

#include "core/encoding.h"
#include "scenario/scan.h"

#include <libconfig.h>
#include <string.h>

/* What is left to take of a text that libconfig has read. */
struct conversion {
    struct mld_arena *arena;
    const char *file;
    const struct mld_token *number;
};

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

static struct mld_node *convert(struct conversion *conversion, const config_setting_t *setting);

static int convert_children(struct conversion *conversion, const config_setting_t *setting,
                            struct mld_node *node)
{
    const int count = config_setting_length(setting);
    for (int i = 0; i < count; i++) {
        struct mld_node *child = convert(conversion, config_setting_get_elem(setting, (unsigned)i));
        if (!child)
            return -1;
        mld_node_append(node, child);
    }
    return 0;
}

static int keep_text(struct mld_arena *arena, struct mld_node *node, const char *text,
                     size_t length)
{
    node->text = mld_arena_text(arena, text, length);
    node->length = length;
    return node->text ? 0 : -1;
}

/* Numbers come in the order in which the scan has met them. */
static int convert_number(struct conversion *conversion, const config_setting_t *setting,
                          struct mld_node *node)
{
    const struct mld_token *token = conversion->number++;
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_INT: node->integer = config_setting_get_int(setting); break;
    case CONFIG_TYPE_INT64: node->integer = config_setting_get_int64(setting); break;
    default: node->real = config_setting_get_float(setting); break;
    }
    return keep_text(conversion->arena, node, token->text, token->length);
}

static int convert_value(struct conversion *conversion, const config_setting_t *setting,
                         struct mld_node *node)
{
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
    case CONFIG_TYPE_FLOAT: return convert_number(conversion, setting, node);
    case CONFIG_TYPE_BOOL: node->integer = config_setting_get_bool(setting); return 0;
    case CONFIG_TYPE_STRING: {
        const char *text = config_setting_get_string(setting);
        return keep_text(conversion->arena, node, text, strlen(text));
    }
    default: return convert_children(conversion, setting, node);
    }
}

static struct mld_node *convert(struct conversion *conversion, const config_setting_t *setting)
{
    int line = (int)config_setting_source_line(setting);
    struct mld_node *node = mld_node_create(conversion->arena, kind_of(setting),
                                            config_setting_name(setting), conversion->file, line);
    return node && !convert_value(conversion, setting, node) ? node : NULL;
}

/* The first text that escapes such as \xe9 have made none of UTF-8, or NULL. */
static const struct mld_node *not_utf8(const struct mld_node *node)
{
    if (node->kind == MLD_NODE_TEXT)
        return mld_utf8_check(node->text, node->length) < node->length ? node : NULL;
    const struct mld_node *found = NULL;
    for (const struct mld_node *child = node->first; child && !found; child = child->next)
        found = not_utf8(child);
    return found;
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
        return "syntax error here or just before: each setting reads key = value; and each { ( [ "
               "\" is closed";
    return error;
}

/* Reads what the scan has made ready. */
static enum mld_status read_ready(struct mld_arena *arena, const struct mld_scan *scan,
                                  const char *file, struct mld_node **root,
                                  struct mld_messages *messages)
{
    enum mld_status status = MLD_OK;
    struct conversion conversion = { .arena = arena, .file = file, .number = scan->number };
    const struct mld_node *wrong;
    config_t config;
    config_init(&config);
    if (config_read_string(&config, scan->ready) != CONFIG_TRUE) {
        mld_messages_add(messages, "%s:%d: %s", file, config_error_line(&config),
                         plain_error(config_error_text(&config)));
        status = MLD_ERR_INPUT;
    } else if (!(*root = convert(&conversion, config_root_setting(&config)))) {
        status = MLD_ERR_MEMORY;
    } else if ((wrong = not_utf8(*root))) {
        mld_messages_add(
            messages,
            "%s:%d: a text whose bytes are no UTF-8: write its characters as they are, not as \\x…",
            file, wrong->line);
        status = MLD_ERR_INPUT;
    }
    config_destroy(&config);
    return status;
}

static int tell_unreadable(const char *text, size_t length, const char *file,
                           struct mld_messages *messages)
{
    const char *nul = memchr(text, '\0', length);
    size_t utf8 = mld_utf8_check(text, length);
    if (nul)
        mld_messages_add(messages, "%s:%d: a NUL byte: this is no text file", file,
                         line_of(text, nul));
    else if (utf8 < length)
        mld_messages_add(messages, "%s:%d: neither UTF-8 nor Windows-1252: save it as UTF-8", file,
                         line_of(text, text + utf8));
    return nul || utf8 < length;
}

enum mld_status mld_config_parse(struct mld_arena *arena, const char *text, size_t length,
                                 const char *file, struct mld_node **root,
                                 struct mld_messages *messages)
{
    struct mld_scan scan;
    if (tell_unreadable(text, length, file, messages))
        return MLD_ERR_INPUT;
    enum mld_status status = MLD_ERR_MEMORY;
    if (!mld_scan(&scan, text, length)) {
        if (*scan.why)
            mld_messages_add(messages, "%s:%d: %s", file, scan.line, scan.why);
        status = *scan.why ? MLD_ERR_INPUT : read_ready(arena, &scan, file, root, messages);
    }
    mld_scan_clear(&scan);
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

enum mld_status mld_config_value(struct mld_arena *arena, const char *text, const char *file,
                                 struct mld_node **value)
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
