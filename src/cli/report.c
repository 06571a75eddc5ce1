/* SPDX-License-Identifier: GPL-3.0-or-later */
/* milliard report: finds a Python that can draw and hands over to the package milliard_report. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"

enum { PATH_SIZE = 4096 };

#define NEEDED "import h5py, numpy, pandas, matplotlib"

/* Whether this interpreter runs and imports what the package needs. */
static int can_draw(const char *python)
{
    pid_t child = fork();
    if (child == 0) {
        if (freopen("/dev/null", "w", stderr) && freopen("/dev/null", "w", stdout))
            execl(python, python, "-c", NEEDED, (char *)NULL);
        _exit(127);
    }
    int state = 1;
    while (child > 0 && waitpid(child, &state, 0) < 0 && errno == EINTR)
        ;
    return child > 0 && WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

/* MILLIARD_PYTHON alone when it is set; else every python3 of the PATH, then Debian's. Fills `python`, or gives 0. */
static int find_python(char *python)
{
    const char *chosen = getenv("MILLIARD_PYTHON");
    if (chosen && *chosen)
        return snprintf(python, PATH_SIZE, "%s", chosen) < PATH_SIZE && can_draw(python);
    for (const char *folder = getenv("PATH"); folder && *folder;) {
        size_t length = strcspn(folder, ":");
        if (length && snprintf(python, PATH_SIZE, "%.*s/python3", (int)length, folder) < PATH_SIZE && access(python, X_OK) == 0
            && can_draw(python))
            return 1;
        folder += length + (folder[length] == ':');
    }
    return snprintf(python, PATH_SIZE, "/usr/bin/python3") > 0 && can_draw(python);
}

/* The folder that holds the package: beside an installed program, else the source tree it was built from. */
static int find_package(char *folder)
{
    char file[PATH_SIZE + 64], self[PATH_SIZE];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length > 0) {
        self[length] = '\0';
        *strrchr(self, '/') = '\0';
        if (snprintf(folder, PATH_SIZE, "%s/%s", self, MILLIARD_PYTHON_RELATIVE) < PATH_SIZE) {
            snprintf(file, sizeof file, "%s/milliard_report/__main__.py", folder);
            if (access(file, R_OK) == 0)
                return 1;
        }
    }
    snprintf(folder, PATH_SIZE, "%s", MILLIARD_PYTHON_SOURCE);
    snprintf(file, sizeof file, "%s/milliard_report/__main__.py", folder);
    return access(file, R_OK) == 0;
}

/* Puts the package first on Python's path and becomes Python. Only returns on failure. */
static int hand_over(const char *python, const char *folder, int argc, char **argv)
{
    const char *before = getenv("PYTHONPATH");
    size_t size = strlen(folder) + (before ? strlen(before) : 0) + 2;
    char *path = malloc(size), **arguments = calloc((size_t)argc + 5, sizeof *arguments);
    if (!path || !arguments) {
        free(path);
        free(arguments);
        return MLD_ERR_MEMORY;
    }
    snprintf(path, size, "%s%s%s", folder, before && *before ? ":" : "", before ? before : "");
    setenv("PYTHONPATH", path, 1);
    setenv("PYTHONDONTWRITEBYTECODE", "1", 0);
    arguments[0] = (char *)python;
    arguments[1] = "-m";
    arguments[2] = "milliard_report";
    memcpy(arguments + 3, argv + 1, ((size_t)argc - 1) * sizeof *arguments);
    execv(python, arguments);
    cli_complain("cannot run %s: %s", python, strerror(errno));
    free(path);
    free(arguments);
    return MLD_ERR_FILE;
}

static int report(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            cli_print_help(&cli_report);
            return 0;
        }
    if (argc < 2)
        return cli_usage_error(&cli_report);
    char python[PATH_SIZE], folder[PATH_SIZE];
    if (!find_package(folder)) {
        cli_complain("the package milliard_report is neither installed nor in %s", MILLIARD_PYTHON_SOURCE);
        return MLD_ERR_FILE;
    }
    if (!find_python(python)) {
        cli_complain("no python3 imports h5py, numpy, pandas and matplotlib; on Debian:\n"
                     "  apt install python3-h5py python3-pandas python3-matplotlib\n"
                     "or name one: MILLIARD_PYTHON=/path/to/python3 milliard report …");
        return MLD_ERR_FILE;
    }
    fprintf(stderr, "milliard report: %s\n", python);
    return hand_over(python, folder, argc, argv);
}

const struct cli_command cli_report = {
    "report", "report FILE [FILE …] [SENSITIVITY.csv] --for fonds|plaidoyer|investisseurs [--lang en|fr] -o FOLDER",
    "make a page and its figures from results files",
    "The first file is the one the report is about; the others are put beside it where scenarios are compared\n"
    "(investisseurs). The table of milliard sensitivity -o FILE.csv may be among them: what each judgement moves is\n"
    "then shown too; a table of another scenario is refused.\n"
    "FOLDER gets one self-contained HTML page, and each figure as SVG, PDF, PNG and CSV. Needs Python with h5py,\n"
    "numpy, pandas and matplotlib: the first python3 that has them is used, or the one MILLIARD_PYTHON names.\n\n"
    "      --for READER    fonds (the fund's team), plaidoyer (advocacy), investisseurs (investors)\n"
    "      --lang en|fr    language (default: MILLIARD_LANG, else en)\n"
    "  -o FOLDER           where to write\n"
    "  -h, --help          this text\n",
    report
};
