/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "milliard/status.h"

#include "core/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void mld_messages_init(struct mld_messages *messages) { *messages = (struct mld_messages){ 0 }; }

void mld_messages_clear(struct mld_messages *messages)
{
    for (size_t i = 0; i < messages->count; i++)
        free(messages->text[i]);
    free(messages->text);
    mld_messages_init(messages);
}

static int make_room(struct mld_messages *messages)
{
    if (messages->count < messages->capacity)
        return 1;
    size_t capacity = messages->capacity ? 2 * messages->capacity : 8;
    char **text = realloc(messages->text, capacity * sizeof *text);
    if (!text)
        return 0;
    messages->text = text;
    messages->capacity = capacity;
    return 1;
}

/*
 * Formatted, and as a terminal may show it: what users gave stands in it. NULL when memory is
 * short.
 */
__attribute__((format(printf, 1, 0))) static char *shown(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length >= 0 ? malloc((size_t)length + 1) : NULL, *copy = NULL;
    if (text) {
        vsnprintf(text, (size_t)length + 1, format, arguments);
        copy = mld_text_shown_copy(text);
    }
    free(text);
    return copy;
}

void mld_messages_add(struct mld_messages *messages, const char *format, ...)
{
    if (!messages)
        return;
    va_list arguments;
    va_start(arguments, format);
    char *text = shown(format, arguments);
    va_end(arguments);
    if (text && make_room(messages)) {
        messages->text[messages->count++] = text;
    } else {
        free(text);
        messages->lost++;
    }
}

const char *mld_status_text(enum mld_status status)
{
    switch (status) {
    case MLD_OK: return "success";
    case MLD_ERR_USAGE: return "wrong command line";
    case MLD_ERR_INPUT: return "the scenario or the tape has mistakes";
    case MLD_ERR_FILE: return "a file cannot be read or written";
    case MLD_ERR_FORMAT: return "not a results file that this version reads";
    case MLD_ERR_MEMORY: return "not enough memory";
    case MLD_ERR_CONSERVATION: return "money was not conserved";
    case MLD_NOT_REACHED: return "a target is not reached";
    case MLD_INTERRUPTED: return "interrupted";
    }
    return "unknown status";
}
