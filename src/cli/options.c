/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several commands share: inputs, messages, numbers. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/text.h"

/*
 * Line by line and piece by piece, as a terminal may show it: no memory is asked for, which may be
 * what is told.
 */
static void put_shown(FILE *out, const char *text)
{
    enum { PIECE = 64 };
    char piece[PIECE + 1], shown[10 * PIECE + 4]; /* an escape has 10 bytes at most */
    for (size_t length; *text; text += length) {
        size_t line = strcspn(text, "\n");
        length = mld_text_cut(text, line < PIECE ? line : PIECE);
        length += !length; /* a line's end, or tails without a head */
        snprintf(piece, sizeof piece, "%.*s", (int)length, text);
        fputs(*piece == '\n' ? piece : mld_text_shown(shown, sizeof shown, piece), out);
    }
}

__attribute__((format(printf, 2, 0))) static void print(FILE *out, const char *format,
                                                        va_list arguments)
{
    char start[1024];
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(start, sizeof start, format, again);
    va_end(again);
    char *text = length < (int)sizeof start ? NULL : malloc((size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, arguments);
    put_shown(out, text ? text : start);
    free(text);
}

void cli_print(FILE *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print(out, format, arguments);
    va_end(arguments);
}

void cli_complain(const char *format, ...)
{
    va_list arguments;
    fputs("milliard: ", stderr);
    va_start(arguments, format);
    print(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

void cli_print_messages(const struct mld_messages *messages)
{
    for (size_t i = 0; i < messages->count; i++)
        fprintf(stderr, "%s\n", messages->text[i]);
    if (messages->lost)
        cli_complain("%d more messages could not be kept", messages->lost);
}

void cli_print_refusal(const struct mld_results *results)
{
    if (results && mld_results_refusal(results))
        fprintf(stderr, "%s\n", mld_results_refusal(results));
}

int cli_terminal_columns(void)
{
    enum { USUAL = 80 }; /* of a terminal that does not know */
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : USUAL;
}

/* The last column stays free: a character there makes some terminals go on to the next line. */
void cli_draw_line(const char *text)
{
    fprintf(stderr, "\r%.*s\033[K", cli_terminal_columns() - 1, text);
    fflush(stderr);
}

void cli_draw_count(int done, int all, const char *what)
{
    char line[64];
    snprintf(line, sizeof line, "%d of %d %s ", done, all, what);
    cli_draw_line(line);
}

int cli_whole(const char *option, const char *text, long low, long high, long *value)
{
    char *end;
    errno = 0;
    *value = strtol(text, &end, 10);
    if (errno == 0 && end != text && *end == '\0' && *value >= low && *value <= high)
        return 1;
    cli_complain("%s %s is not a whole number in [%ld, %ld]", option, text, low, high);
    return 0;
}

int cli_take_segments(const char *text, uint32_t segments[2])
{
    char end = '\0';
    int read = sscanf(text, "%" SCNu32 "-%" SCNu32 "%c", &segments[0], &segments[1], &end);
    if (read == 1 && sscanf(text, "%*u%c", &end) < 1)
        segments[1] = segments[0];
    else if (read != 2 || strspn(text, "0123456789-") != strlen(text)) {
        cli_complain("--segments %s: two numbers are expected, such as 0-3", text);
        return 0;
    }
    return 1;
}

static int add_set(struct cli_inputs *inputs, const char *text)
{
    if (inputs->n_set == CLI_MAX_SET) {
        cli_complain("more than %d --set", CLI_MAX_SET);
        return 0;
    }
    inputs->set[inputs->n_set++] = text;
    return 1;
}

/* A number given on the command line overrides a key. */
static int add_number(struct cli_inputs *inputs, char *room, size_t size, const char *key,
                      const char *text)
{
    int length = snprintf(room, size, "%s=%s", key, text);
    if (length < 0 || (size_t)length >= size) {
        cli_complain("%s = %s is too long a number", key, text);
        return 0;
    }
    return add_set(inputs, room);
}

int cli_take_input(struct cli_inputs *inputs, int option, const char *text)
{
    switch (option) {
    case 'n': return add_number(inputs, inputs->paths, sizeof inputs->paths, "run.paths", text);
    case 's': return add_number(inputs, inputs->seed, sizeof inputs->seed, "run.seed", text);
    case 't': return cli_whole("--threads", text, 1, 1024, &inputs->threads);
    default: return add_set(inputs, text);
    }
}

const char *cli_language(const char *text)
{
    const char *set = getenv("MILLIARD_LANG");
    if (!text)
        text = set && *set ? set : "en"; /* a variable that is empty is as one that is not set */
    if (strcmp(text, "en") == 0)
        return "en";
    if (strcmp(text, "fr") == 0)
        return "fr";
    cli_complain("language '%s' is none of: en, fr", text);
    return NULL;
}

void cli_print_warnings(const struct mld_warnings *warnings, int french)
{
    for (size_t i = 0; i < warnings->count; i++) {
        const struct mld_warning *warning = &warnings->item[i];
        const char *meant = french ? warning->meant_fr : warning->meant_en;
        cli_print(stderr, french ? "%s%savertissement : %s%s%s\n" : "%s%swarning: %s%s%s\n",
                  warning->where, *warning->where ? ": " : "",
                  french ? warning->text_fr : warning->text_en, *meant ? " " : "", meant);
    }
}

int cli_load(const struct cli_inputs *inputs, struct mld_scenario **scenario,
             struct mld_plan **plan)
{
    struct mld_messages messages;
    mld_messages_init(&messages);
    *plan = NULL;
    enum mld_status status = mld_scenario_load(inputs->scenario, inputs->n_set, inputs->set,
                                               scenario, &messages);
    if (status == MLD_OK)
        status = mld_scenario_plan(*scenario, plan, &messages);
    cli_print_messages(&messages);
    if (status == MLD_OK)
        cli_print_warnings(&(*plan)->warnings, inputs->french);
    if (status != MLD_OK && messages.count == 0)
        cli_complain("%s: %s", inputs->scenario, mld_status_text(status));
    mld_messages_clear(&messages);
    return (int)status;
}

void cli_unload(struct mld_scenario *scenario, struct mld_plan *plan)
{
    if (plan)
        mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
}

enum mld_status cli_check_place(const char *path, const struct mld_file_kind *kind)
{
    struct mld_messages messages;
    mld_messages_init(&messages);
    enum mld_status status = mld_target_check(path, kind, &messages);
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    return status;
}

enum mld_status cli_write_file(const char *path, const struct mld_file_kind *kind,
                               mld_file_fill *fill, const void *context)
{
    struct mld_messages messages;
    mld_messages_init(&messages);
    enum mld_status status = mld_target_write(path, kind, fill, context, &messages);
    cli_print_messages(&messages);
    mld_messages_clear(&messages);
    return status;
}

/* ---- the options that commands share ---- */

/* 0 after a complaint. */
static int take_option(struct cli_asked *asked, int option)
{
    switch (option) {
    case 'o': asked->output = optarg; return 1;
    case 'l': asked->language = optarg; return 1;
    case 'q': asked->quiet = 1; return 1;
    default: return cli_take_input(&asked->inputs, option, optarg);
    }
}

static int is_shared(int option)
{
    return option == CLI_SET || (option > 0 && option < 128 && strchr("onstlq", option));
}

int cli_read_options(const struct cli_command *command, int argc, char **argv,
                     struct cli_asked *asked, cli_take *take, void *own, int *code)
{
    int option, took = 1;
    while (took && (option = cli_option(command, argc, argv)) != -1) {
        if (option == 'h' || option == '?') {
            *code = cli_end(command, option);
            return 0;
        }
        took = is_shared(option) ? take_option(asked, option) : take(own, option, argc, argv);
    }
    *code = MLD_ERR_USAGE;
    if (!took)
        return 0;
    asked->language = cli_language(asked->language);
    if (optind == argc - 1 && asked->language) {
        asked->inputs.scenario = argv[optind];
        return 1;
    }
    *code = cli_usage_error(command);
    return 0;
}

int cli_table_options(const struct cli_command *command, int argc, char **argv,
                      struct cli_asked *asked, int *code)
{
    static const char usual_paths[] = "20000";
    *asked = (struct cli_asked){ .output = NULL };
    if (!cli_read_options(command, argc, argv, asked, NULL, NULL, code))
        return 0;
    return *asked->inputs.paths || cli_take_input(&asked->inputs, 'n', usual_paths);
}
