/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows from the table of commands: look-up, usage, help, and what getopt knows. */
#include "cli/commands.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

#define HELP                                    \
    {                                           \
        'h', "help", NULL, CLI_MAY, "this text" \
    }

#define OPTION(...) { __VA_ARGS__ },
#define COMMAND(name, operands, summary, about, ...)                                               \
    { #name,     operands, summary, about, (const struct cli_option[]){ __VA_ARGS__ HELP, { 0 } }, \
      cli_##name },
const struct cli_command cli_commands[] = {
#include "cli/commands.def"
    { 0 }
};
#undef COMMAND
#undef OPTION

const struct cli_command *cli_command_named(const char *name)
{
    for (const struct cli_command *command = cli_commands; command->name; command++)
        if (strcmp(name, command->name) == 0)
            return command;
    return NULL;
}

/* ---- what getopt knows ---- */

enum { MOST_OPTIONS = 16 };

static int is_letter(int letter) { return letter < CLI_SET; }

/* "[=N]": may be left out, and else stands right behind the name. */
static int is_optional(const char *argument) { return *argument == '['; }

static int argument_of(const struct cli_option *row)
{
    return !row->argument               ? no_argument
           : is_optional(row->argument) ? optional_argument
                                        : required_argument;
}

static const char *before_argument(const struct cli_option *row)
{
    return row->argument && !is_optional(row->argument) ? " " : "";
}

/* The language that a line with --help asks for, before or behind it. */
static int is_in_french(int argc, char **argv, const char *letters, const struct option *names)
{
    const char *language = NULL;
    int option;
    optind = 0; /* of the GNU C library: from the first word anew */
    opterr = 0; /* what is no option is no matter for a help */
    while ((option = getopt_long(argc, argv, letters, names, NULL)) != -1)
        if (option == 'l')
            language = optarg;
    language = cli_language(language);
    return language && strcmp(language, "fr") == 0;
}

int cli_option(const struct cli_command *command, int argc, char **argv)
{
    struct option names[MOST_OPTIONS + 1] = { { 0 } };
    char letters[2 * MOST_OPTIONS + 1] = "", *end = letters;
    for (int i = 0; i < MOST_OPTIONS && command->options[i].name; i++) {
        const struct cli_option *row = &command->options[i];
        names[i] =
            (struct option){ .name = row->name, .has_arg = argument_of(row), .val = row->letter };
        if (is_letter(row->letter))
            *end++ = (char)row->letter;
        if (is_letter(row->letter) && row->argument)
            *end++ = ':';
    }
    *end = '\0';
    int option = getopt_long(argc, argv, letters, names, NULL);
    if (option == 'h')
        cli_print_help(command, is_in_french(argc, argv, letters, names));
    return option;
}

int cli_end(const struct cli_command *command, int option)
{
    return option == 'h' ? MLD_OK : (int)cli_usage_error(command);
}

/* ---- usage and help ---- */

/* Bytes; the longest has some 200. */
enum { USAGE = 512 };

__attribute__((format(printf, 2, 3))) static void append(char *text, const char *format, ...)
{
    size_t length = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + length, USAGE - length, format, arguments);
    va_end(arguments);
}

/* One option of a usage: an alternative goes into the brackets of what it stands beside. */
static void append_option(char *usage, const struct cli_option *row)
{
    size_t length = strlen(usage);
    int within = row->use == CLI_OR && usage[length - 1] == ']';
    int alone = row->use == CLI_MAY || row->use == CLI_OFTEN;
    if (within)
        usage[length - 1] = '\0';
    append(usage, "%s%s--%s", row->use == CLI_OR ? " | " : " ", alone ? "[" : "", row->name);
    if (row->argument)
        append(usage, "%s%s", before_argument(row), row->argument);
    append(usage, "%s%s", row->use == CLI_OFTEN ? " …" : "", alone || within ? "]" : "");
}

static const char *usage_of(const struct cli_command *command, char *usage)
{
    snprintf(usage, USAGE, "%s %s", command->name, command->operands);
    for (const struct cli_option *row = command->options; row->name; row++)
        if (row->letter != 'h')
            append_option(usage, row);
    return usage;
}

/* The sentence in French, or NULL. */
static const char *in_french(const char *sentence)
{
    static const char *const pairs[][2] = {
#define FRENCH(english, french) { english, french },
#include "cli/help_french.def"
#undef FRENCH
        { "", "" }
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strcmp(pairs[i][0], sentence) == 0)
            return pairs[i][1];
    return NULL;
}

static int has_french(const struct cli_command *command)
{
    int has = in_french(command->summary) && in_french(command->about);
    for (const struct cli_option *row = command->options; row->name; row++)
        has = has && in_french(row->help);
    return has;
}

/* "  -o, --output FILE      sentence": on a line of its own when the name leaves no room. */
static void print_option(const struct cli_option *row, const char *help)
{
    enum { ROOM = 23 };
    char name[64], letter[] = "    ";
    if (is_letter(row->letter))
        snprintf(letter, sizeof letter, "-%c, ", row->letter);
    snprintf(name, sizeof name, "%s--%s%s%s", letter, row->name, before_argument(row),
             row->argument ? row->argument : "");
    if (strlen(name) >= ROOM)
        printf("  %s\n  %-*s%s\n", name, ROOM, "", help);
    else
        printf("  %-*s%s\n", ROOM, name, help);
}

void cli_print_help(const struct cli_command *command, int french)
{
    char usage[USAGE];
    french = french && has_french(command);
    printf(french ? "Usage : milliard %s\n\n%s\n\n%s" : "Usage: milliard %s\n\n%s\n\n%s",
           usage_of(command, usage), french ? in_french(command->summary) : command->summary,
           french ? in_french(command->about) : command->about);
    for (const struct cli_option *row = command->options; row->name; row++)
        print_option(row, french ? in_french(row->help) : row->help);
}

int cli_usage_error(const struct cli_command *command)
{
    char usage[USAGE];
    cli_complain("usage: milliard %s; see milliard %s --help", usage_of(command, usage),
                 command->name);
    return MLD_ERR_USAGE;
}
