/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program itself when things go wrong around it: a full output, a reader that leaves, closed
 * streams, no terminal, a full disk and a read-only folder for every file it writes, Ctrl-C. Each
 * time the exit code is the one `milliard --help` tells, a good file in the target's place stays
 * what it was, and nothing half-written is left beside it.
 */
#define _GNU_SOURCE /* pseudo-terminals */

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "core/signals.h"
#include "core/vector.h"
#include "milliard/status.h"
#include "support/files.h"
#include "support/oracle.h"
#include "support/small_scenario.h"

enum { MOST_ARGUMENTS = 12, TEXT = 65536 };

/* Which of them interrupt a run, and the shortest of long names; the long test takes all. */
#ifdef LONG
#define INTERRUPTING mld_ending_signals
enum { SHORTEST_NAME = 239 };
#else
#define INTERRUPTING ((const int[]){ SIGINT, SIGHUP, SIGXCPU, 0 })
enum { SHORTEST_NAME = 255 };
#endif

static char folder[FOLDER], run_file[128], scenario[128];

/* ---- one call of the program ---- */

/*
 * How it is called: where its outputs go (-1: closed), the largest file it may write (0: any), as
 * nobody.
 */
struct way {
    int out, err;
    rlim_t largest;
    int as_nobody;
    const int *ignored; /* signals, ended by 0; or NULL */
};

/* As from a terminal, whatever started the tests: nothing is ignored but what the call says. */
static void set_signals(const int *ignored)
{
    for (const int *one = mld_ending_signals; *one; one++)
        signal(*one, SIG_DFL);
    for (; ignored && *ignored; ignored++)
        signal(*ignored, SIG_IGN);
}

static pid_t start(const struct way *way, const char *const *argument)
{
    const char *argv[MOST_ARGUMENTS + 2] = { MILLIARD };
    for (int i = 0; argument[i]; i++)
        argv[i + 1] = argument[i];
    fflush(NULL);
    pid_t child = fork();
    if (child != 0)
        return child;
    int streams[3] = { open("/dev/null", O_RDONLY), way->out, way->err };
    for (int i = 0; i < 3; i++)
        if (streams[i] < 0)
            close(i);
        else
            dup2(streams[i], i);
    for (int i = 3; i < 64; i++)
        close(i);
    if (way->largest) {
        struct rlimit limit = { way->largest, way->largest };
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    if (way->as_nobody && geteuid() == 0 && setuid(65534) != 0)
        _exit(99);
    setsid(); /* no terminal */
    set_signals(way->ignored);
    alarm(300);
    execv(MILLIARD, (char *const *)(uintptr_t)argv);
    _exit(98);
}

static int finish(pid_t child, struct rusage *usage)
{
    int status;
    struct rusage ignored;
    assert_int_equal(wait4(child, &status, 0, usage ? usage : &ignored), child);
    if (!WIFEXITED(status))
        fail_msg("died of signal %d", WTERMSIG(status));
    return WEXITSTATUS(status);
}

static int nowhere(void)
{
    static int descriptor = -1;
    if (descriptor < 0)
        descriptor = open("/dev/null", O_WRONLY);
    return descriptor;
}

#define ARGUMENTS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static int call(const char *const *argument)
{
    return finish(start(&(struct way){ nowhere(), nowhere(), 0, 0, NULL }, argument), NULL);
}

/* What a call prints on its standard error. */
static int call_told(const struct way *way, const char *const *argument, char told[TEXT])
{
    char path[128];
    snprintf(path, sizeof path, "%s/told", folder);
    int descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0666);
    struct way mine = *way;
    mine.err = descriptor;
    int code = finish(start(&mine, argument), NULL);
    ssize_t n = pread(descriptor, told, TEXT - 1, 0);
    told[n > 0 ? n : 0] = '\0';
    close(descriptor);
    remove(path);
    return code;
}

static int prepare(void **state)
{
    (void)state;
    make_folder(folder, "program");
    chmod(folder, 0755);
    snprintf(scenario, sizeof scenario, "%s/small.cfg", folder);
    assert_true(write_small_scenario(scenario));
    snprintf(run_file, sizeof run_file, "%s/run.h5", folder);
    assert_int_equal(call(ARGUMENTS("run", scenario, "-q", "-n", "20", "-t", "1", "-o", run_file)),
                     MLD_OK);
    return 0;
}

static int clear(void **state)
{
    (void)state;
    return remove_folder(folder);
}

/*
 * A long run, once its temporary file is there, and, when it is asked for, holds the first wave of
 * paths.
 */
static pid_t start_long(const struct way *way, const char *output, int with_paths)
{
    /* bytes; texts and tables take less, a wave of paths more */
    enum { EMPTY = 1 << 20 };
    struct stat status;
    char temporary[ENTRY];
    pid_t child = start(way, ARGUMENTS("run", scenario, "-q", "-n", "300000", "-t", "1", "--set",
                                       "run.trajectories=none", "-o", output));
    for (int tries = 0; tries < 6000; tries++) {
        if (leftovers(folder, temporary) &&
            (!with_paths || (stat(temporary, &status) == 0 && status.st_size > EMPTY)))
            break;
        poll(NULL, 0, 10);
    }
    return child;
}

/* What --resume would go on with, if the run came that far. */
static void remove_part(const char *output)
{
    char part[ENTRY];
    snprintf(part, sizeof part, "%s.part", output);
    remove(part);
}

/* ---- streams ---- */

/* Commands that print: few lines, or more than any buffer holds. */
enum { PRINTS = 7 };
static const char *const *printing(int i)
{
    static const char *commands[PRINTS][5] = { { "show", run_file },
                                               { "show", run_file, "--json" },
                                               { "replay", run_file, "3" },
                                               { "replay", run_file, "3", "--json" },
                                               { "describe" },
                                               { "describe", "--scenario", scenario },
                                               { "--help" } };
    return commands[i];
}

/* A device that is always full: every command says so. */
static void full_output(void **state)
{
    (void)state;
    char told[TEXT];
    int full = open("/dev/full", O_WRONLY);
    if (full < 0)
        skip();
    for (int i = 0; i < PRINTS; i++) {
        int code = call_told(&(struct way){ full, nowhere(), 0, 0, NULL }, printing(i), told);
        if (code != MLD_ERR_FILE || !strstr(told, "cannot write to the standard output"))
            fail_msg("%s %s: exit code %d, '%s'", printing(i)[0],
                     printing(i)[1] ? printing(i)[1] : "", code, told);
    }
    close(full);
    oracle("Full output", "/dev/full", "exit code 4 and a word on it", "%d commands", PRINTS);
}

/*
 * As `milliard show run.h5 | head -1`: the reader leaves before, or after the first bytes; no
 * error, no signal.
 */
static void reader_leaves(void **state)
{
    (void)state;
    for (int i = 0; i < PRINTS; i++)
        for (int reads = 0; reads < 2; reads++) {
            int ends[2];
            char byte;
            assert_int_equal(pipe(ends), 0);
            if (!reads)
                close(ends[0]);
            pid_t child = start(&(struct way){ ends[1], nowhere(), 0, 0, NULL }, printing(i));
            close(ends[1]);
            if (reads) {
                assert_int_equal(read(ends[0], &byte, 1), 1);
                close(ends[0]);
            }
            int code = finish(child, NULL);
            if (code != MLD_OK)
                fail_msg("%s: exit code %d after its reader left", printing(i)[0], code);
        }
    oracle("Reader that leaves", "a pipe closed before and after its first byte", "exit code 0",
           "%d commands", PRINTS);
}

/* Closed streams: what is printed goes into no file opened later. */
static void closed_streams(void **state)
{
    (void)state;
    static const char *const names[] = { "replay.csv", "sensitivity.csv", "again.h5" };
    const char *output[3];
    for (int i = 0; i < 3; i++)
        output[i] = path_in(folder, names[i]);
    for (int i = 0; i < 3; i++) {
        const char *const replayed[] = { "replay", run_file, "3", "--csv", "-o", output[0], NULL };
        const char *const varied[] = { "sensitivity", scenario, "-q", "-t",      "1",
                                       "-n",          "8",      "-o", output[1], NULL };
        const char *const run[] = { "run", scenario, "-n", "20", "-t", "1", "-o", output[2], NULL };
        const char *const *argument = i == 0 ? replayed : i == 1 ? varied : run;
        assert_int_equal(call(argument), MLD_OK);
        struct contents good = get_file(output[i]);
        for (int closed = 1; closed < 4; closed++) {
            remove(output[i]);
            int code = finish(start(&(struct way){ closed & 1 ? -1 : nowhere(),
                                                   closed & 2 ? -1 : nowhere(), 0, 0, NULL },
                                    argument),
                              NULL);
            /* a summary that nobody can read is an error */
            assert_true(code == MLD_OK || code == MLD_ERR_FILE);
            assert_same_file(output[i], &good);
        }
        free(good.bytes);
        remove(output[i]);
    }
    /*
     * The file being written never takes the number of a closed stream, where a library might
     * print.
     */
    pid_t child = start_long(&(struct way){ -1, -1, 0, 0, NULL }, path_in(folder, "streams.h5"), 0);
    for (int stream = 1; stream < 3; stream++) {
        char link[64], target[256];
        snprintf(link, sizeof link, "/proc/%d/fd/%d", (int)child, stream);
        ssize_t n = readlink(link, target, sizeof target - 1);
        target[n > 0 ? n : 0] = '\0';
        if (strstr(target, ".tmp"))
            fail_msg("stream %d of the program is %s", stream, target);
    }
    kill(child, SIGINT);
    finish(child, NULL);
    remove(path_in(folder, "streams.h5"));
    remove_part(path_in(folder, "streams.h5"));
    oracle("Closed streams", "standard output, standard error or both closed", "exact",
           "replay, sensitivity and run write the same bytes");
}

/* Without a terminal there is no bar of progress: nothing but whole lines. */
static void no_terminal(void **state)
{
    (void)state;
    char told[TEXT];
    assert_int_equal(
        call_told(&(struct way){ nowhere(), nowhere(), 0, 0, NULL },
                  ARGUMENTS("run", scenario, "-n", "3000", "-o", path_in(folder, "bar.h5")), told),
        MLD_OK);
    assert_null(strchr(told, '\r'));
    assert_null(strchr(told, '\033'));
    assert_non_null(strstr(told, "3000 paths in "));
    remove(path_in(folder, "bar.h5"));
}

/* ---- files ---- */

/* Each command that writes a file, into `output`; the last gives a folder of files. */
enum { WRITES = 5 };
static void writing(int i, const char *output, const char *argument[MOST_ARGUMENTS])
{
    const char *const commands[WRITES][MOST_ARGUMENTS] = {
        { "run", scenario, "-q", "-n", "20", "-t", "1", "-o", output },
        { "replay", run_file, "3", "--json", "-o", output },
        { "sensitivity", scenario, "-q", "-t", "1", "-n", "8", "-o", output },
        { "export", run_file, "--xlsx", output },
        { "export", run_file, "--csv", output }
    };
    memcpy(argument, commands[i], sizeof commands[i]);
}

static const char *const written[WRITES] = { "kept.h5", "kept.json", "kept.csv", "kept.xlsx",
                                             "sheets" };

/*
 * The disk fills up near the start, in the middle and just before the end of each file. Not before
 * 1,024 bytes: the limit bounds shared memory too, of which clang's OpenMP takes that much when it
 * starts, and it dies without it.
 */
enum { OPENMP_SHARED = 1024 };

static void full_disk(void **state)
{
    (void)state;
    int tried = 0;
    for (int i = 0; i < WRITES; i++) {
        const char *argument[MOST_ARGUMENTS], *output = path_in(folder, written[i]);
        const char *file = i < WRITES - 1 ? output : path_in(folder, "sheets/summary.csv");
        char told[TEXT];
        writing(i, output, argument);
        assert_int_equal(call(argument), MLD_OK);
        struct contents before = get_file(file);
        assert_true(before.n > OPENMP_SHARED + 1);
        const rlim_t limit[] = { OPENMP_SHARED, (OPENMP_SHARED + before.n) / 2, before.n - 1 };
        for (size_t k = 0; k < sizeof limit / sizeof *limit; k++) {
            struct way way = { nowhere(), nowhere(), limit[k], 0, NULL };
            int code = i == 3 || i == 4 ? finish(start(&way, argument), NULL)
                                        : call_told(&way, argument, told);
            if (code != MLD_ERR_FILE)
                fail_msg("%s, %zu bytes of %zu: exit code %d", written[i], (size_t)limit[k],
                         before.n, code);
            assert_same_file(file, &before);
            assert_nothing_left(folder);
            tried++;
        }
        if (i == WRITES - 1)
            assert_nothing_left(output);
        free(before.bytes);
    }
    oracle("Full disk", "a limit on the size of a file, in the middle of each",
           "exit code 4, files whole", "%d ways to write, %d limits", WRITES, tried);
}

/*
 * A folder that cannot be written, no folder, and a pipe where a file should be: as a device, it
 * must not be replaced.
 */
static void places_that_cannot_be(void **state)
{
    (void)state;
    char locked[128], path[256], fifo[128];
    snprintf(fifo, sizeof fifo, "%s/fifo", folder);
    assert_int_equal(mkfifo(fifo, 0666), 0);
    snprintf(locked, sizeof locked, "%s/locked", folder);
    assert_int_equal(mkdir(locked, 0555), 0);
    for (int i = 0; i < WRITES; i++) {
        const char *argument[MOST_ARGUMENTS];
        snprintf(path, sizeof path, "%s/%s", locked, written[i]);
        writing(i, path, argument);
        int code = finish(start(&(struct way){ nowhere(), nowhere(), 0, 1, NULL }, argument), NULL);
        if (code != MLD_ERR_FILE)
            fail_msg("%s in a folder that is read-only: exit code %d", written[i], code);
        assert_true(access(path, F_OK) != 0);
        writing(i, fifo, argument);
        assert_int_equal(call(argument), MLD_ERR_FILE);
        struct stat pipe_status;
        assert_true(stat(fifo, &pipe_status) == 0 && S_ISFIFO(pipe_status.st_mode));
        snprintf(path, sizeof path, "%s/nowhere/%s", folder, written[i]);
        writing(i, path, argument);
        assert_int_equal(call(argument), MLD_ERR_FILE);
    }
    assert_int_equal(rmdir(locked), 0);
    remove(fifo);
    oracle("Places that cannot be written", "a read-only folder, no folder, a pipe", "exit code 4",
           "%d ways to write", WRITES);
}

/*
 * What is at the place is not of the command's making: it stays, and that is told before the first
 * of any number of paths.
 */
static void files_of_others(void **state)
{
    (void)state;
    char told[TEXT];
    const char *place[] = { path_in(folder, "other.h5"), path_in(folder, "other.cfg"),
                            path_in(folder, "other.csv") };
    assert_int_equal(call(ARGUMENTS("run", scenario, "-q", "-n", "20", "-o", place[0])), MLD_OK);
    put_file(place[1], "name = \"other\";\n", 16);
    put_file(place[2], "deal,issuer\n", 12);
    for (int k = 0; k < 3; k++) {
        struct contents before = get_file(place[k]);
        for (int i = k == 0; i < WRITES - 1; i++) {
            const char *argument[MOST_ARGUMENTS];
            writing(i, place[k], argument);
            if (i == 2)
                argument[6] = "10000000";
            int code = call_told(&(struct way){ nowhere(), nowhere(), 0, 0, NULL }, argument, told);
            if (code != MLD_ERR_FILE || !strstr(told, place[k]) || !strstr(told, "left as it is"))
                fail_msg("%s over %s: exit code %d, '%s'", argument[0], place[k], code, told);
            assert_same_file(place[k], &before);
        }
        free(before.bytes);
        remove(place[k]);
    }
    assert_nothing_left(folder);
    oracle("Files of others",
           "a results file, a scenario and a table where a file of another kind should be",
           "exit code 4, files whole", "%d ways to write", WRITES - 1);
}

/*
 * A command may write its own output again, in any language and layout, and a file that only some
 * may read stays so.
 */
static void own_files_again(void **state)
{
    (void)state;
    static const char *const layout[] = { "--lang=fr", "--json", "--csv", "--lang=en" };
    const char *output = path_in(folder, "replay");
    put_file(output, "", 0);
    for (int i = 0; i < 4; i++)
        assert_int_equal(call(ARGUMENTS("replay", run_file, "3", layout[i], "-o", output)), MLD_OK);
    remove(output);
    for (int i = 0; i < WRITES; i++) {
        const char *argument[MOST_ARGUMENTS], *place = path_in(folder, written[i]);
        const char *file = i < WRITES - 1 ? place : path_in(folder, "sheets/notes.csv");
        struct stat status;
        writing(i, place, argument);
        assert_int_equal(call(argument), MLD_OK);
        assert_int_equal(chmod(file, 0640), 0);
        assert_int_equal(call(argument), MLD_OK);
        assert_int_equal(stat(file, &status), 0);
        assert_int_equal(status.st_mode & 0777, 0640);
    }
}

/*
 * A name as long as its folder allows is one for every command; one byte more is told before any
 * work.
 */
static void long_names(void **state)
{
    (void)state;
    static const char *const suffix[WRITES] = { ".h5", ".json", ".csv", ".xlsx", "" };
    for (int i = 0; i < WRITES - 1; i++)
        for (int length = SHORTEST_NAME; length <= 256; length += length < 255 ? 8 : 1) {
            const char *argument[MOST_ARGUMENTS];
            char output[512];
            snprintf(output, sizeof output, "%s/%0*d%s", folder, length - (int)strlen(suffix[i]), 0,
                     suffix[i]);
            writing(i, output, argument);
            assert_int_equal(call(argument), length <= 255 ? MLD_OK : MLD_ERR_FILE);
            assert_int_equal(access(output, F_OK) == 0, length <= 255);
            remove(output);
        }
    assert_nothing_left(folder);
}

/*
 * What a killed command left of a file goes when the same file is written again, whatever command
 * it was.
 */
static void leftovers_of_the_dead(void **state)
{
    (void)state;
    enum { DEAD = 4194304 }; /* above the largest number of a process in Linux */
    for (int i = 0; i < WRITES; i++) {
        const char *argument[MOST_ARGUMENTS], *output = path_in(folder, written[i]);
        char left[256];
        writing(i, output, argument);
        assert_int_equal(call(argument), MLD_OK);
        if (i < WRITES - 1)
            snprintf(left, sizeof left, "%s/.%s.%d.tmp", folder, written[i], DEAD);
        else
            snprintf(left, sizeof left, "%s/.notes.csv.%d.tmp", output, DEAD);
        put_file(left, "x", 1);
        assert_int_equal(call(argument), MLD_OK);
        assert_true(access(left, F_OK) != 0);
    }
}

/*
 * A table that cannot be written is told before all runs: on the screen, which it comes after,
 * there is nothing.
 */
static void no_place_no_runs(void **state)
{
    (void)state;
    const char *screen = path_in(folder, "screen");
    int descriptor = open(screen, O_RDWR | O_CREAT | O_TRUNC, 0666);
    struct way way = { descriptor, nowhere(), 0, 0, NULL };
    assert_int_equal(finish(start(&way, ARGUMENTS("sensitivity", scenario, "-n", "8", "-o",
                                                  path_in(folder, "nowhere/x.csv"))),
                            NULL),
                     MLD_ERR_FILE);
    assert_int_equal(lseek(descriptor, 0, SEEK_END), 0);
    close(descriptor);
    remove(screen);
}

/* ---- Ctrl-C ---- */

/*
 * A long run that is interrupted keeps what it has, beside what was there before; the paths kept
 * can be read. However often it is told: an impatient Ctrl-C costs no paths.
 */
static void interrupted(void **state)
{
    (void)state;
    const char *output = path_in(folder, "long.h5"), *kept = path_in(folder, "long.interrupted.h5");
    int tried = 0;
    assert_int_equal(call(ARGUMENTS("run", scenario, "-q", "-n", "20", "-t", "1", "-o", output)),
                     MLD_OK);
    struct contents before = get_file(output);
    for (const int *one = INTERRUPTING; *one; one++, tried++) {
        pid_t child = start_long(&(struct way){ nowhere(), nowhere(), 0, 0, NULL }, output, 1);
        for (int times = 0; times < 3; times++) {
            kill(child, *one);
            poll(NULL, 0, 5);
        }
        assert_int_equal(finish(child, NULL), MLD_INTERRUPTED);
        assert_same_file(output, &before);
        remove_part(output);
        assert_nothing_left(folder);
        assert_int_equal(call(ARGUMENTS("show", kept)), MLD_OK);
        remove(kept);
    }
    remove(output);
    free(before.bytes);
    oracle("Interruption", "each signal that ends a program, three times in the middle of a run",
           "exit code 130", "%d signals: the file before is whole, the paths kept are read", tried);
}

/* A tape that takes a while to read, so that there is a time before the first paths. */
static void put_long_tape(const char *tape, const char *deals, long n)
{
    FILE *file = fopen(tape, "w");
    assert_non_null(file);
    fputs("deal,issuer,instrument,legal_form,sector,date,amount\n", file);
    for (long i = 0; i < n; i++)
        fprintf(file, "D%ld,Issuer %ld,bond,company,food,2027-03-01,%ld\n", i, i,
                100000 + i % 1000);
    assert_int_equal(fclose(file), 0);
    file = fopen(deals, "w");
    assert_non_null(file);
    fprintf(file,
            "base = \"%s/scenarios/tape-example.cfg\";\nname = \"endless\";\ntape = { file = "
            "\"%s\"; };\n",
            PROJECT_SOURCE, tape);
    assert_int_equal(fclose(file), 0);
}

/*
 * Interrupted before the first paths: one line, and no file. When the signal comes before the
 * program is there, it dies of it.
 */
static void interrupted_at_once(void **state)
{
    (void)state;
    char tape[128], deals[128], told[TEXT] = "";
    const char *output = path_in(folder, "none.h5"), *screen = path_in(folder, "screen");
    snprintf(tape, sizeof tape, "%s/long.csv", folder);
    snprintf(deals, sizeof deals, "%s/long.cfg", folder);
    put_long_tape(tape, deals, 40000);
    for (int wait = 5; !*told && wait < 2000; wait += 20) {
        int descriptor = open(screen, O_RDWR | O_CREAT | O_TRUNC, 0666), status;
        pid_t child = start(&(struct way){ descriptor, descriptor, 0, 0, NULL },
                            ARGUMENTS("run", deals, "-n", "9", "-t", "1", "-o", output));
        poll(NULL, 0, wait);
        kill(child, SIGINT);
        assert_int_equal(waitpid(child, &status, 0), child);
        ssize_t n = pread(descriptor, told, TEXT - 1, 0);
        told[n > 0 ? n : 0] = '\0';
        close(descriptor);
        assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGINT && !*told
                                        : WEXITSTATUS(status) == MLD_INTERRUPTED);
        assert_true(access(output, F_OK) != 0);
    }
    assert_string_equal(told, "milliard: interrupted before the first paths: nothing is kept\n");
    assert_nothing_left(folder);
    remove(screen);
    remove(tape);
    remove(deals);
}

/*
 * A signal that was ignored when the program started stays so: under nohup, after `trap '' INT`. In
 * the background of a script a shell has the two of the keyboard ignored: one that somebody sends
 * counts.
 */
static void ignored_signals(void **state)
{
    (void)state;
    static const struct {
        int ignored[4], sent, code;
    } cases[] = { { { SIGHUP, 0 }, SIGHUP, MLD_OK },
                  { { SIGINT, 0 }, SIGINT, MLD_OK },
                  { { SIGTERM, 0 }, SIGTERM, MLD_OK },
                  { { SIGHUP, SIGINT, SIGQUIT, 0 }, SIGINT, MLD_OK },
                  { { SIGINT, SIGQUIT, 0 }, SIGINT, MLD_INTERRUPTED },
                  { { SIGINT, SIGQUIT, 0 }, SIGHUP, MLD_INTERRUPTED } };
    const char *output = path_in(folder, "ignored.h5");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pid_t child = start(&(struct way){ nowhere(), nowhere(), 0, 0, cases[i].ignored },
                            ARGUMENTS("run", scenario, "-q", "-n", "9000", "-t", "1", "--set",
                                      "run.trajectories=none", "-o", output));
        for (int tries = 0; !leftovers(folder, NULL) && tries < 6000; tries++)
            poll(NULL, 0, 1);
        kill(child, cases[i].sent);
        int code = finish(child, NULL);
        if (code != cases[i].code)
            fail_msg("case %zu: exit code %d", i, code);
        remove(output);
        remove_part(output);
    }
    assert_nothing_left(folder);
}

/* ---- a terminal ---- */

/* What a run shows on a terminal of so many columns; 0: one that does not know. */
static size_t show_on_terminal(unsigned short columns, char *shown, size_t size)
{
    struct winsize window = { .ws_row = 24, .ws_col = columns };
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0)
        skip();
    int other = open(ptsname(terminal), O_RDWR | O_NOCTTY);
    assert_int_equal(ioctl(terminal, TIOCSWINSZ, &window), 0);
    pid_t child = start(&(struct way){ nowhere(), other, 0, 0, NULL },
                        ARGUMENTS("run", scenario, "-n", "9000", "-t", "1", "--set",
                                  "run.trajectories=none", "-o", path_in(folder, "wide.h5")));
    close(other);
    size_t length = 0;
    for (ssize_t n = 1; n > 0 && length<size - 1; length += n> 0 ? (size_t)n : 0)
        n = read(terminal, shown + length, size - 1 - length);
    shown[length] = '\0';
    assert_int_equal(finish(child, NULL), MLD_OK);
    close(terminal);
    remove(path_in(folder, "wide.h5"));
    return length;
}

/*
 * The bar is one line, rewritten: never as wide as the terminal, where it would go on to the next
 * line and stay there.
 */
static void narrow_terminal(void **state)
{
    (void)state;
    static const unsigned short columns[] = { 120, 50, 4, 0 };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        char shown[TEXT];
        int bars = 0;
        show_on_terminal(columns[i], shown, sizeof shown);
        for (char *line = strtok(shown, "\r"); line; line = strtok(NULL, "\r")) {
            char *end = strstr(line, "\033[K");
            if (!end)
                continue; /* what is told at the end, not drawn over */
            bars++;
            if (end - line >= (columns[i] ? columns[i] : 80))
                fail_msg("%d columns: '%.*s'", columns[i], (int)(end - line), line);
            assert_true(columns[i] != 120 || end == line ||
                        (strchr(line, '[') && strstr(line, "] ") && strstr(line, "s left")));
        }
        assert_true(bars > 2);
    }
}

#ifdef LONG
/* ---- a tape of 200 MB: refused at its 1,000,001st deal, in bounded memory ---- */

static void endless_tape(void **state)
{
    (void)state;
    char told[TEXT], tape[128], deals[128];
    struct rusage usage;
    snprintf(tape, sizeof tape, "%s/endless.csv", folder);
    snprintf(deals, sizeof deals, "%s/endless.cfg", folder);
    put_long_tape(tape, deals, 3500000); /* 200 MB */
    assert_int_equal(call_told(&(struct way){ nowhere(), nowhere(), 0, 0, NULL },
                               ARGUMENTS("check", deals), told),
                     MLD_ERR_INPUT);
    assert_non_null(strstr(told, "endless.csv:1000002:1: more than 1000000 deals"));
    assert_int_equal(
        finish(start(&(struct way){ nowhere(), nowhere(), 0, 0, NULL }, ARGUMENTS("check", deals)),
               &usage),
        MLD_ERR_INPUT);
    /*
     * The text, 256 MiB with the room it grows into, and a million deals of some 220 bytes: 1 GiB
     * leaves room for both.
     */
    assert_true(usage.ru_maxrss < 1L << 20);
    remove(tape);
    remove(deals);
    oracle("A tape of 200 MB", "generated, 3.5 million deals", "below 1 GiB",
           "refused at line 1000002 with %ld MB", usage.ru_maxrss / 1024);
}
#endif

/* ---- what check says a run needs ---- */

/* The number on the line of `what` that check prints. */
static double forecast(const char *path, const char *paths, const char *what)
{
    char command[512], line[256];
    double said = 0;
    snprintf(command, sizeof command, "%s check %s -n %s -t 2", MILLIARD, path, paths);
    FILE *out = popen(command, "r");
    assert_non_null(out);
    while (fgets(line, sizeof line, out))
        if (strstr(line, what) && strstr(line, "about "))
            said = strtod(strstr(line, "about ") + strlen("about "), NULL);
    assert_int_equal(pclose(out), 0);
    return said;
}

/*
 * Memory: said and taken may differ by what an allocator, huge pages and threads that get fewer
 * batches make of it, a fifth and 16 MB. Disk: 2 MiB for tables and records, of which the file
 * fills half or so.
 */
static void forecasts(void **state)
{
    static const struct {
        const char *file, *paths;
    } run[] = {
        { PROJECT_SOURCE "/scenarios/fpci-reference.cfg", "2000" }, /* columns and workspaces */
        /* ten thousand deals at most, some 760 */
        { PROJECT_SOURCE "/scenarios/scheme-national.cfg", "600" },
        { PROJECT_SOURCE "/scenarios/tape-example.cfg", "600" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof run / sizeof run[0]; i++) {
        struct rusage usage;
        struct stat file;
        char kept[128];
        snprintf(kept, sizeof kept, "%s/forecast.h5", folder);
        assert_int_equal(finish(start(&(struct way){ nowhere(), nowhere(), 0, 0, NULL },
                                      ARGUMENTS("run", run[i].file, "-n", run[i].paths, "-t", "2",
                                                "-q", "-o", kept)),
                                &usage),
                         0);
        assert_int_equal(stat(kept, &file), 0);
        double memory = forecast(run[i].file, run[i].paths, "memory"),
               taken = (double)usage.ru_maxrss * 1024 / 1e6;
        double disk = forecast(run[i].file, run[i].paths, "disk"),
               left = (double)file.st_size / 1e6;
#ifdef MLD_SANITIZED
        taken = memory; /* sanitizers take memory of their own */
#endif
        if (memory < 0.8 * taken - 16 || memory > 1.2 * taken + 16 || disk < left - 1 ||
            disk > left + 3)
            fail_msg("%s: %.0f MB of memory said, %.0f taken; %.0f MB of disk said, %.1f taken",
                     run[i].file, memory, taken, disk, left);
        remove(kept);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#ifdef LONG
        cmocka_unit_test(endless_tape),
#endif
        cmocka_unit_test(full_output),         cmocka_unit_test(reader_leaves),
        cmocka_unit_test(closed_streams),      cmocka_unit_test(no_terminal),
        cmocka_unit_test(full_disk),           cmocka_unit_test(places_that_cannot_be),
        cmocka_unit_test(files_of_others),     cmocka_unit_test(own_files_again),
        cmocka_unit_test(long_names),          cmocka_unit_test(leftovers_of_the_dead),
        cmocka_unit_test(no_place_no_runs),    cmocka_unit_test(interrupted),
        cmocka_unit_test(interrupted_at_once), cmocka_unit_test(forecasts),
        cmocka_unit_test(ignored_signals),     cmocka_unit_test(narrow_terminal),
    };
    return cmocka_run_group_tests(tests, prepare, clear);
}
