/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What commands that simulate share: the line of progress, and where they write by themselves. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

void cli_draw_progress(const struct timespec *start, double done, double paths)
{
    enum { LONGEST = 30 };
    double elapsed = seconds_since(start), share = done / paths;
    double rate = elapsed > 0 ? done / elapsed : 0;
    char numbers[128], bar[LONGEST + 1] = "", line[256];
    int taken = snprintf(numbers, sizeof numbers, "%3.0f %%  %.0f paths/s  %.0f s left",
                         100 * share, rate, rate > 0 ? (paths - done) / rate : 0);
    int room = cli_terminal_columns() - taken - (int)sizeof "[]  ";
    int length = room < 0 ? 0 : room < LONGEST ? room : LONGEST;
    memset(bar, '.', (size_t)length);
    memset(bar, '#', (size_t)(share * length));
    snprintf(line, sizeof line, "[%s] %s ", bar, numbers);
    cli_draw_line(line);
}

void cli_usual_output(const char *file, const char *suffix, char *output, size_t size)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash ? slash + 1 : file;
    size_t length = strlen(name);
    if (length > 4 && strcmp(name + length - 4, ".cfg") == 0)
        length -= 4;
    snprintf(output, size, "%.*s%s.h5", (int)length, name, suffix);
}
