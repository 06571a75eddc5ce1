/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Worked examples kept as data: a file of cases, each a few lines of cells. Commas separate, quotes
 * protect, # begins a comment. A line is its kind, a name or period, and key=value cells.
 */
#ifndef TEST_SUPPORT_EXAMPLES_H
#define TEST_SUPPORT_EXAMPLES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MAX_CASES = 100, MAX_LINES = 64, MAX_CELLS = 16, LINE_LENGTH = 1024 };

struct line {
    char text[LINE_LENGTH];
    char *cell[MAX_CELLS];
    int n_cells, number;
};
struct example {
    char name[64];
    struct line line[MAX_LINES];
    int n_lines;
};

static struct example examples[MAX_CASES];
static int n_examples;

static inline void split(struct line *line)
{
    char *c = line->text;
    for (line->n_cells = 0; line->n_cells < MAX_CELLS;) {
        int quoted = *c == '"';
        c += quoted;
        line->cell[line->n_cells++] = c;
        c += quoted ? strcspn(c, "\"") : strcspn(c, ",\r\n");
        if (quoted && *c)
            *c++ = '\0';
        int more = *c == ',';
        *c++ = '\0';
        if (!more)
            return;
    }
}

/** Reads the cases of a file into `examples`. */
static inline void load_examples(const char *path)
{
    FILE *file = fopen(path, "r");
    struct line line = { .number = 0 };
    while (file && fgets(line.text, sizeof line.text, file)) {
        line.number++;
        if (line.text[0] == '#' || line.text[0] == '\n')
            continue;
        struct example *example = &examples[n_examples ? n_examples - 1 : 0];
        if (strncmp(line.text, "case,", 5) == 0)
            example = &examples[n_examples++];
        struct line *kept = &example->line[example->n_lines++];
        *kept = line;
        split(kept);
        if (strcmp(kept->cell[0], "case") == 0)
            snprintf(example->name, sizeof example->name, "%s", kept->cell[1]);
    }
    if (file)
        fclose(file);
}

/** Text after "key=" in a line, or NULL. */
static inline const char *find(const struct line *line, const char *key)
{
    size_t length = strlen(key);
    for (int i = 2; i < line->n_cells; i++)
        if (strncmp(line->cell[i], key, length) == 0 && line->cell[i][length] == '=')
            return line->cell[i] + length + 1;
    return NULL;
}

static inline double number(const struct line *line, const char *key, double fallback)
{
    const char *text = find(line, key);
    return text ? strtod(text, NULL) : fallback;
}

#endif
