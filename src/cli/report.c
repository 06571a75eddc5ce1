/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard report: finds a Python that can draw and hands over to the package milliard_report. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"

enum { PATH_SIZE = 4096 };

#define FIRST_FILE "milliard_report/__main__.py"

/*
 * Isolated (-I): neither the working folder, nor PYTHONPATH and its kin, nor a folder of the user
 * has a say in which modules are meant.
 */
#define ISOLATED "-I"
#define NO_BYTECODE "-B"
#define NEEDED                                          \
    "import os, sys, h5py, numpy, pandas, matplotlib; " \
    "sys.stdout.buffer.write(os.fsencode(sys.executable))"

/*
 * In the child: from the root folder, since matplotlib and wrappers such as pyenv's obey files of
 * the working one.
 */
static void probe(const char *python, int output)
{
    if (freopen("/dev/null", "w", stderr) && dup2(output, STDOUT_FILENO) >= 0 && chdir("/") == 0)
        execl(python, python, ISOLATED, NO_BYTECODE, "-c", NEEDED, (char *)NULL);
    _exit(127);
}

/* All that arrives, as a text; "" when it is longer than the room. */
static void receive(int input, char *text)
{
    size_t length = 0;
    ssize_t got = 1;
    while (got > 0 && length < PATH_SIZE) {
        got = read(input, text + length, PATH_SIZE - length);
        if (got < 0 && errno == EINTR)
            got = 1;
        else if (got > 0)
            length += (size_t)got;
    }
    text[length < PATH_SIZE ? length : 0] = '\0';
}

/*
 * Whether this interpreter, named from the root, imports what the package needs. It is replaced by
 * the one it stands for.
 */
static int can_draw(char *python)
{
    int pipes[2], state = 1;
    if (pipe(pipes) != 0)
        return 0;
    pid_t child = fork();
    if (child == 0)
        probe(python, pipes[1]);
    close(pipes[1]);
    char found[PATH_SIZE];
    receive(pipes[0], found);
    close(pipes[0]);
    while (child > 0 && waitpid(child, &state, 0) < 0 && errno == EINTR)
        ;
    if (child <= 0 || !WIFEXITED(state) || WEXITSTATUS(state) != 0 || *found != '/')
        return 0;
    strcpy(python, found);
    return 1;
}

/*
 * The first `name` of the PATH that can draw. A folder that is named from the working folder is
 * none of those meant.
 */
static int search_path(const char *name, char *python)
{
    for (const char *folder = getenv("PATH"); folder && *folder;) {
        size_t length = strcspn(folder, ":");
        if (*folder == '/' &&
            snprintf(python, PATH_SIZE, "%.*s/%s", (int)length, folder, name) < PATH_SIZE &&
            access(python, X_OK) == 0 && can_draw(python))
            return 1;
        folder += length + (folder[length] == ':');
    }
    return 0;
}

/* As it is called from the working folder. */
static int is_named(const char *path, char *python)
{
    char here[PATH_SIZE] = "";
    if (*path != '/' && !getcwd(here, sizeof here))
        return 0;
    return snprintf(python, PATH_SIZE, "%s%s%s", here, *here ? "/" : "", path) < PATH_SIZE &&
           can_draw(python);
}

/*
 * MILLIARD_PYTHON alone when it is set; else every python3 of the PATH, then Debian's. Fills
 * `python`, or gives 0.
 */
static int find_python(char *python)
{
    const char *chosen = getenv("MILLIARD_PYTHON");
    if (chosen && *chosen)
        return strchr(chosen, '/') ? is_named(chosen, python) : search_path(chosen, python);
    return search_path("python3", python) || is_named("/usr/bin/python3", python);
}

/*
 * The package's first file: beside an installed program, else in the source tree it was built from.
 */
static int find_package(char *file)
{
    char self[PATH_SIZE];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length > 0) {
        self[length] = '\0';
        *strrchr(self, '/') = '\0';
        if (snprintf(file, PATH_SIZE, "%s/" MILLIARD_PYTHON_RELATIVE "/%s", self, FIRST_FILE) <
                PATH_SIZE &&
            access(file, R_OK) == 0)
            return 1;
    }
    snprintf(file, PATH_SIZE, MILLIARD_PYTHON_SOURCE "/%s", FIRST_FILE);
    return access(file, R_OK) == 0;
}

struct asked {
    const char *reader, *language, *folder;
    int n;
    char *const *file;
};

/* ---- the files ---- */

/*
 * Checked as `show` does, and kept open: Python reads this very file, whatever its name stands for
 * by then. A table of another command is Python's to check, and "table" here.
 */
static enum mld_status check_file(const char *path, int of_study, FILE *descriptors,
                                  struct mld_messages *messages)
{
    struct mld_results *results;
    if (!of_study && !mld_results_begins(path)) {
        fputs("table,", descriptors);
        return MLD_OK;
    }
    enum mld_status status = of_study ? mld_results_open_any(path, &results, messages)
                                      : mld_results_open(path, &results, messages);
    if (status != MLD_OK)
        return status;
    if (of_study && !mld_results_study(results)) {
        mld_messages_add(messages, "%s: holds the results of a run, and no study", path);
        mld_results_close(results);
        return MLD_ERR_FORMAT;
    }
    if (mld_results_paths(results) == 0) {
        mld_messages_add(messages, "%s: holds no path, of which nothing can be said", path);
        mld_results_close(results);
        return MLD_ERR_FORMAT;
    }
    /* which outlives this program, as the first does not */
    int descriptor = dup(mld_results_descriptor(results));
    mld_results_close(results);
    if (descriptor < 0) {
        mld_messages_add(messages, "%s: cannot be kept open: %s", path, strerror(errno));
        return MLD_ERR_FILE;
    }
    fprintf(descriptors, "%d,", descriptor);
    return MLD_OK;
}

/*
 * The descriptors of all files, each with a comma after it: free() it. NULL, and the status, when
 * one is refused.
 */
static char *check_files(const struct asked *asked, enum mld_status *status)
{
    char *text = NULL;
    size_t length;
    struct mld_messages messages;
    mld_messages_init(&messages);
    FILE *descriptors = open_memstream(&text, &length);
    int of_study = strcmp(asked->reader, "etude") == 0;
    *status = descriptors ? MLD_OK : MLD_ERR_MEMORY;
    for (int i = 0; i < asked->n && *status == MLD_OK; i++)
        *status = check_file(asked->file[i], of_study, descriptors, &messages);
    if (descriptors && fclose(descriptors) != 0 && *status == MLD_OK)
        *status = MLD_ERR_MEMORY;
    cli_print_messages(&messages);
    if (*status != MLD_OK && messages.count == 0)
        cli_complain("%s", mld_status_text(*status));
    mld_messages_clear(&messages);
    if (*status == MLD_OK)
        return text;
    free(text);
    return NULL;
}

/* ---- Python ---- */

/*
 * Becomes Python, which runs that file and looks for the package nowhere else. Only returns on
 * failure.
 */
static enum mld_status hand_over(const char *python, const char *file, const struct asked *asked,
                                 const char *descriptors)
{
    const char *const first[] = { python,        ISOLATED,      NO_BYTECODE,
                                  "-Wignore",    file,          "--for",
                                  asked->reader, "--lang",      asked->language,
                                  "-o",          asked->folder, "--descriptors",
                                  descriptors,   "--" };
    const size_t n = sizeof first / sizeof *first;
    const char **arguments = calloc(n + (size_t)asked->n + 1, sizeof *arguments);
    if (!arguments) {
        cli_complain("%s", mld_status_text(MLD_ERR_MEMORY));
        return MLD_ERR_MEMORY;
    }
    memcpy(arguments, first, sizeof first);
    for (int i = 0; i < asked->n; i++)
        arguments[n + (size_t)i] = asked->file[i];
    setenv("MATPLOTLIBRC", "/dev/null", 1); /* a page has one look, whoever makes it */
    execv(python, (char *const *)arguments);
    cli_complain("cannot run %s: %s", python, strerror(errno));
    free(arguments);
    return MLD_ERR_FILE;
}

static int make(const struct asked *asked)
{
    char python[PATH_SIZE], file[PATH_SIZE];
    enum mld_status status;
    if (!find_package(file)) {
        cli_complain("the package milliard_report is neither installed nor in %s",
                     MILLIARD_PYTHON_SOURCE);
        return MLD_ERR_FILE;
    }
    if (!find_python(python)) {
        cli_complain("no python3 imports h5py, numpy, pandas and matplotlib; on Debian:\n"
                     "  apt install python3-h5py python3-pandas python3-matplotlib\n"
                     "or name one: MILLIARD_PYTHON=/path/to/python3 milliard report …");
        return MLD_ERR_FILE;
    }
    fprintf(stderr, "milliard report: %s\n", python);
    char *descriptors = check_files(asked, &status);
    if (descriptors)
        status = hand_over(python, file, asked, descriptors);
    free(descriptors);
    return (int)status;
}

int cli_report(const struct cli_command *command, int argc, char **argv)
{
    struct asked asked = { .reader = NULL };
    int option;
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case CLI_FOR: asked.reader = optarg; break;
        case 'l': asked.language = optarg; break;
        case 'o': asked.folder = optarg; break;
        default: return cli_end(command, option);
        }
    asked.language = cli_language(asked.language);
    asked.n = argc - optind;
    asked.file = argv + optind;
    if (!asked.language || !asked.reader || !asked.folder || asked.n < 1)
        return cli_usage_error(command);
    return make(&asked);
}
