/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands of the program when memory is short: one allocation fails, of each place of the
 * program that asks for one, as a caller two calls up distinguishes them, the first that no command
 * before has met, one in three of these a run, and some MORE of each command, spread evenly; every
 * one, a part of them a run, in test_long_memory_fault. Each time the exit code is that of memory,
 * nothing crashes, no temporary file stays, and a good file in the target's place is what it was,
 * byte for byte. Leaks show under the address sanitizer (scripts/test --long). A run of few paths,
 * on one thread, so that allocations come in the same order each time.
 */
#include "support/results_fixture.h"

#include <execinfo.h>
#include <fcntl.h>
#include <getopt.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "support/oracle.h"
#include "support/part.h"
#include "support/short_memory.h"
#include "support/small_scenario.h"

/* Spread evenly over a command's allocations, beside those of new places. */
enum { MORE = 8 };
/* Of the long test, prime, so that no step between runs keeps to some of them. */
enum { PARTS = 29 };
/* Of the places that are new, a run takes one in three. */
enum { THIRDS = 3 };
enum { MOST_ARGUMENTS = 16 };

static char folder[FOLDER], scenario[128], run_file[128];
static const char axes[] = "guarantee.layers.state.quotite=0.3,0.5",
                  more_axes[] = "fund.management_fee=0.01:0.02:2";

/* ---- one command ---- */

struct call {
    const char *command;
    const char *argument[MOST_ARGUMENTS];
};

/* What commands end with when memory is there. */
static int usual_code = MLD_OK;

/* Runs a command with both output streams thrown away; returns its exit code. */
static int execute(const struct call *call)
{
    const struct cli_command *command = cli_command_named(call->command);
    char *argv[MOST_ARGUMENTS + 2] = { (char *)command->name };
    int argc = 1, kept[2], nowhere = open("/dev/null", O_WRONLY);
    while (call->argument[argc - 1]) {
        argv[argc] = (char *)call->argument[argc - 1];
        argc++;
    }
    fflush(NULL);
    for (int i = 0; i < 2; i++) {
        kept[i] = dup(i + 1);
        dup2(nowhere, i + 1);
    }
    optind = 0; /* getopt starts anew */
    int code = command->run(command, argc, argv);
    short_memory_failing = -1;
    fflush(NULL);
    for (int i = 0; i < 2; i++) {
        dup2(kept[i], i + 1);
        close(kept[i]);
    }
    close(nowhere);
    return code;
}

/* ---- which allocations fail ---- */

/* Places are told apart by who asks, and who called them: three calls above the one that notes. */
enum { PLACES = 4096, CALLS = 4 };
static uint64_t place[PLACES];
static long fresh[PLACES]; /* of the command at hand: its allocations at new places, in order */
static int n_places, n_fresh;

static void note_place(void)
{
    void *call[CALLS];
    uint64_t hash = 0;
    int n = backtrace(call, CALLS);
    for (int i = 0; i < n; i++)
        hash = (hash ^ (uintptr_t)call[i]) * 0x100000001b3u;
    for (int i = 0; i < n_places; i++)
        if (place[i] == hash)
            return;
    assert_true(n_places < PLACES);
    place[n_places++] = hash;
    fresh[n_fresh++] = short_memory_calls;
}

static long allocations_of(const struct call *call)
{
    short_memory_from(-1);
    n_fresh = 0;
    short_memory_asked = note_place;
    assert_int_equal(execute(call), usual_code);
    short_memory_asked = NULL;
    return short_memory_calls;
}

/* Whether allocation k of `total` fails in its turn; the last one always does. */
static int is_chosen(long k, long total, int with_fresh)
{
#ifdef LONG
    (void)with_fresh;
    return is_taken(k, PARTS) || k == total - 1;
#else
    for (int i = 0; with_fresh && i < n_fresh; i++)
        if (fresh[i] == k && is_taken(i, THIRDS))
            return 1;
    return k % (total / MORE + 1) == 0 || k == total - 1;
#endif
}

/*
 * `output`, if any, is what the command writes: kept whole, and never made by a command that fails.
 */
static void fail_each(const char *name, const struct call *call, const char *output)
{
    if (output)
        remove(output);
    long total = allocations_of(call), tried = 0;
    if (total == 0)
        /* a shared library, whose calls the linker does not hand over */
        skip();
    char left[ENTRY];
    for (int exists = 1; exists >= 0; exists--) {
        struct contents before = { NULL, 0 };
        if (output && exists)
            before = get_file(output);
        else if (output)
            remove(output);
        else if (!exists)
            break;
        for (long k = 0; k < total; k++) {
            if (!is_chosen(k, total, exists))
                continue;
            short_memory_from(k);
            int code = execute(call);
            if (code != MLD_ERR_MEMORY)
                fail_msg("%s: allocation %ld of %ld failed, and the exit code was %d", name, k,
                         total, code);
            if (leftovers(folder, left))
                fail_msg("%s: allocation %ld of %ld failed, and %s is left", name, k, total, left);
            if (output && !is_same_file(output, &before))
                fail_msg("%s: allocation %ld of %ld failed, and %s is no longer what it was", name,
                         k, total, output);
            tried += exists;
        }
        free(before.bytes);
    }
    assert_int_equal(execute(call), usual_code); /* and all is well again */
    oracle(name, "malloc, calloc, realloc, aligned_alloc and strdup made to fail",
           "exit code 6, files whole", "%ld of %ld allocations failed one at a time", tried, total);
}

/* ---- the commands: of each in commands.def there is <name>_in_short_memory ---- */

#define OPTION(...)
#define COMMAND(name, ...) static void name##_in_short_memory(void **state);
#include "cli/commands.def"
#undef COMMAND

static int prepare(void **state)
{
    (void)state;
    make_folder(folder, "memory");
    snprintf(scenario, sizeof scenario, "%s/small.cfg", folder);
    snprintf(run_file, sizeof run_file, "%s/run.h5", folder);
    /* test_scenario_fault has the tables of Beta laws */
    assert_true(write_small_scenario(scenario));
    const struct call run = { "run", { scenario, "-q", "-t", "1", "-o", run_file } };
    assert_int_equal(execute(&run), MLD_OK);
    return 0;
}

static int clear(void **state)
{
    (void)state;
    return remove_folder(folder);
}

/* A feeder upon the fund, and what its deals come with. */
#define VEHICLES                                                                       \
    "feeder={ class_a_share = 0.1; subscriptions = ( { year = 0; amount = 10e6; } ); " \
    "requests = { mean = 0.1; sd = 0.1; }; }"
#define INDICATORS                                                                                 \
    "indicators=( { name = \"a\"; label = { en = \"A\"; fr = \"A\"; }; unit = { en = \"x\"; fr = " \
    "\"x\"; }; source = \"-\"; kind = \"once\"; per_meur = { mean = 1.0; sd = 1.0; }; } )"

static void run_in_short_memory(void **state)
{
    (void)state;
    const char *output = path_in(folder, "made.h5");
    fail_each("Memory short: run",
              &(struct call){ "run", { scenario, "-q", "-t", "1", "-o", output } }, output);
    fail_each("Memory short: run and show",
              &(struct call){ "run", { scenario, "-t", "1", "-o", output } }, NULL);
    fail_each("Memory short: run of worlds",
              &(struct call){ "run",
                              { scenario, "-q", "-t", "1", "--set",
                                "uncertainty={ worlds = 40; paths_per_world = 2; }", "-o",
                                output } },
              output);
    fail_each("Memory short: run of the other vehicles",
              &(struct call){ "run",
                              { scenario, "-q", "-t", "1", "--set", VEHICLES, "--set", INDICATORS,
                                "-o", output } },
              output);
    fail_each("Memory short: run of candidates",
              &(struct call){ "run",
                              { scenario, "-q", "-t", "1", "--set",
                                "fund.recycling={ total = 1.0; }", "-o", output } },
              output);
}

/* Of a piece that is the whole run: made once, with all the memory there is. */
static void merge_in_short_memory(void **state)
{
    (void)state;
    const char *piece = path_in(folder, "piece.part");
    char kept[FOLDER + 32];
    snprintf(kept, sizeof kept, "%s", piece);
    const struct call cut = { "run", { scenario, "-q", "-t", "1", "--segments", "0", "-o", kept } };
    assert_int_equal(execute(&cut), MLD_OK);
    const char *output = path_in(folder, "merged.h5");
    fail_each("Memory short: merge",
              &(struct call){ "merge", { kept, "-q", "-t", "1", "-o", output } }, output);
}

static void check_in_short_memory(void **state)
{
    (void)state;
    fail_each("Memory short: check", &(struct call){ "check", { scenario, "-t", "1" } }, NULL);
    fail_each("Memory short: check of worlds",
              &(struct call){ "check",
                              { scenario, "-t", "1", "--set",
                                "uncertainty={ worlds = 40; paths_per_world = 2; }" } },
              NULL);
    fail_each("Memory short: check of a precision",
              &(struct call){ "check",
                              { scenario, "-t", "1", "--set",
                                "run.precision=[ \"payouts <= 1e6\", \"payouts.p95 <= 1e6\" ]" } },
              NULL);
}

/* Makes the file of a run with worlds. */
static void make_worlds(char file[FOLDER + 32])
{
    snprintf(file, FOLDER + 32, "%s", path_in(folder, "worlds.h5"));
    const struct call made = { "run",
                               { scenario, "-q", "-t", "1", "--set",
                                 "uncertainty={ worlds = 40; paths_per_world = 2; }", "-o",
                                 file } };
    assert_int_equal(execute(&made), MLD_OK);
}

static void show_in_short_memory(void **state)
{
    char worlds[FOLDER + 32];
    (void)state;
    make_worlds(worlds);
    fail_each("Memory short: show of worlds", &(struct call){ "show", { worlds } }, NULL);
    fail_each("Memory short: show", &(struct call){ "show", { run_file, "-l", "fr" } }, NULL);
    fail_each("Memory short: show --json", &(struct call){ "show", { run_file, "--json" } }, NULL);
    const char *study = path_in(folder, "shown.h5");
    char kept[FOLDER + 32];
    snprintf(kept, sizeof kept, "%s", study);
    const struct call made = { "grid", { scenario, "--vary", axes, "-q", "-t", "1", "-o", kept } };
    assert_int_equal(execute(&made), MLD_OK);
    fail_each("Memory short: show of a study", &(struct call){ "show", { kept, "--json" } }, NULL);
}

static void compare_in_short_memory(void **state)
{
    (void)state;
    fail_each("Memory short: compare", &(struct call){ "compare", { run_file, run_file } }, NULL);
}

static void replay_in_short_memory(void **state)
{
    (void)state;
    static const char closings[] =
        "fund.closings=( { date = \"2027-01-01\"; share = 0.5; }, { date "
        "= \"2029-01-15\"; share = 0.5; } )",
                      line[] = "fund.credit_line={ limit = 0.3; rate = 0.05; periods = 4; }";
    char run[FOLDER + 32];
    snprintf(run, sizeof run, "%s", path_in(folder, "terms.h5"));
    const struct call made = {
        "run", { scenario, "-q", "-t", "1", "--set", closings, "--set", line, "-o", run }
    };
    assert_int_equal(execute(&made), MLD_OK);
    const char *output = path_in(folder, "replay.json");
    fail_each("Memory short: replay",
              &(struct call){ "replay", { run, "3", "--json", "--draws", "-o", output } }, output);
}

static void sensitivity_in_short_memory(void **state)
{
    (void)state;
    const char *output = path_in(folder, "sensitivity.csv");
    fail_each("Memory short: sensitivity",
              &(struct call){ "sensitivity", { scenario, "-t", "1", "-n", "12", "-o", output } },
              output);
}

static void alternatives_in_short_memory(void **state)
{
    (void)state;
    const char *output = path_in(folder, "alternatives.csv");
    fail_each("Memory short: alternatives",
              &(struct call){ "alternatives", { scenario, "-t1", "-n12", "-o", output } }, output);
}

static void bridge_in_short_memory(void **state)
{
    (void)state;
    const char *output = path_in(folder, "bridge.csv");
    fail_each("Memory short: bridge",
              &(struct call){ "bridge", { scenario, "-t", "1", "-n", "12", "-o", output } },
              output);
}

static void solve_in_short_memory(void **state)
{
    (void)state;
    const char *output = path_in(folder, "solve.csv");
    fail_each("Memory short: solve",
              &(struct call){ "solve",
                              { scenario, "-t1", "-n12", "--vary", "guarantee.layers.state.quotite",
                                "--between", "0", "1", "--until", "payouts >= base",
                                "--tolerance=0.02", "-o", output } },
              output);
}

static void frontier_in_short_memory(void **state)
{
    (void)state;
    const char *output = path_in(folder, "frontier.h5");
    fail_each("Memory short: frontier",
              &(struct call){ "frontier",
                              { scenario, "-t1", "-n12", "-l", "fr", "--vary",
                                "guarantee.moral_hazard=1:1.1", "--minimise", "payouts",
                                "--subject-to", "fees_received >= 0,1", "-o", output } },
              output);
}

/* A table of another command beside the results. */
static void export_of_a_table_in_short_memory(const char *book)
{
    char table[FOLDER + 32];
    snprintf(table, sizeof table, "%s", path_in(folder, "gross-to-net.csv"));
    const struct call made = { "bridge", { scenario, "-t", "1", "-n", "12", "-o", table } };
    assert_int_equal(execute(&made), MLD_OK);
    fail_each("Memory short: export of a table",
              &(struct call){ "export", { run_file, table, "--xlsx", book } }, book);
}

static void export_in_short_memory(void **state)
{
    (void)state;
    char study[FOLDER + 32], worlds[FOLDER + 32];
    make_worlds(worlds);
    fail_each("Memory short: export of worlds",
              &(struct call){ "export", { worlds, "--csv", path_in(folder, "of-worlds") } }, NULL);
    snprintf(study, sizeof study, "%s", path_in(folder, "exported.h5"));
    const struct call made = { "grid", { scenario, "--vary", axes, "-q", "-t", "1", "-o", study } };
    assert_int_equal(execute(&made), MLD_OK);
    const char *table = path_in(folder, "table");
    fail_each("Memory short: export of a study",
              &(struct call){ "export", { study, "--csv", table } }, NULL);
    const char *output = path_in(folder, "book.xlsx"), *sheets = path_in(folder, "sheets");
    fail_each("Memory short: export --xlsx",
              &(struct call){ "export", { run_file, "--xlsx", output } }, output);
    export_of_a_table_in_short_memory(output);
    fail_each("Memory short: export --xlsx --path",
              &(struct call){ "export",
                              { run_file, "--xlsx", output, "--path", "median:net_irr_a" } },
              output);
    fail_each("Memory short: export --csv",
              &(struct call){ "export", { run_file, "--csv", sheets } }, NULL);
    assert_nothing_left(sheets);
}

static void grid_in_short_memory(void **state)
{
    (void)state;
    const char *output = path_in(folder, "grid.h5");
    fail_each("Memory short: grid",
              &(struct call){ "grid",
                              { scenario, "--vary", axes, "--vary", more_axes, "-q", "-t", "1",
                                "-n", "12", "-o", output } },
              output);
    fail_each("Memory short: grid and show",
              &(struct call){ "grid", { scenario, "--vary", axes, "-t", "1", "-o", output } },
              NULL);
}

/* The study that a quick question leaves. */
static void study_in_short_memory(void **state)
{
    (void)state;
    const char *file = path_in(folder, "study.cfg");
    char study[FOLDER + 32];
    snprintf(study, sizeof study, "%s", file);
    FILE *written = fopen(study, "w");
    assert_non_null(written);
    fputs("name = \"study\"; base = \"small.cfg\"; paths = 12;\n"
          "axes = ( { name = \"state\"; points = ( { label = \"as it is\"; set = ( ); } ); } );\n",
          written);
    assert_int_equal(fclose(written), 0);
    const char *output = path_in(folder, "study.h5");
    fail_each("Memory short: study",
              &(struct call){ "study", { study, "-q", "-t", "1", "-o", output } }, output);
    char kept[FOLDER + 32], merged[FOLDER + 32];
    snprintf(kept, sizeof kept, "%s", path_in(folder, "study.piece"));
    snprintf(merged, sizeof merged, "%s", path_in(folder, "study-merged.h5"));
    const struct call cut = { "study", { study, "-q", "-t", "1", "--segments", "0", "-o", kept } };
    fail_each("Memory short: piece of a study", &cut, kept);
    assert_int_equal(execute(&cut), MLD_OK);
    fail_each("Memory short: merge of a study",
              &(struct call){ "merge", { kept, "-q", "-t", "1", "-o", merged } }, merged);
    remove(kept);
}

static void describe_in_short_memory(void **state)
{
    (void)state;
    fail_each("Memory short: describe", &(struct call){ "describe", { "--scenario", scenario } },
              NULL);
}

/* Up to where Python takes over: what is found says that it is another, which there is not. */
static void report_in_short_memory(void **state)
{
    (void)state;
    const char *python = path_in(folder, "python3");
    FILE *file = fopen(python, "w");
    assert_non_null(file);
    fputs("#!/bin/sh\nprintf /nowhere/python3\n", file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(python, S_IRWXU), 0);
    assert_int_equal(setenv("MILLIARD_PYTHON", python, 1), 0);
    usual_code = MLD_ERR_FILE;
    fail_each("Memory short: report",
              &(struct call){ "report", { run_file, run_file, "--for", "fonds", "-o", folder } },
              NULL);
    usual_code = MLD_OK;
}

int main(void)
{
#ifdef LONG
    say_part("Allocations that fail", PARTS);
#else
    say_part("Places of which an allocation fails", THIRDS);
#endif
    const struct CMUnitTest tests[] = {
#define COMMAND(name, ...) cmocka_unit_test(name##_in_short_memory),
#include "cli/commands.def"
    };
    return cmocka_run_group_tests(tests, prepare, clear);
}
