/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results files when things go wrong: a folder that cannot be written, a full disk at every moment,
 * a kill, files that are truncated, damaged, foreign, of another version or hostile. What was there
 * before stays whole, nothing is left behind, nothing crashes.
 */
#include "support/oracle.h"
#include "support/part.h"
#include "support/results_fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* more than one chunk, so that a run appends, and flushes when it finishes */
enum { PATHS = 1300 };

/* How many moments and places are tried; test_long_results_fault tries more. */
#ifndef MOMENTS
enum { MOMENTS = 8, KILLS = 8, HEAD = 64, ELSEWHERE = 37, EVERY_OTHER = 0, KILL_PARTS = 1 };
#endif

static struct fixture fixture;

static int load(void **state)
{
    (void)state;
    signal(SIGXFSZ, SIG_IGN); /* as a shell that meets a quota: an errno instead of a death */
    fixture_load(&fixture, "fpci-guaranteed.cfg", 3,
                 (const char *const[]){ "run.paths=1300", "run.trajectories_first=20",
                                        "first_closing=\"2027-02-10\"" });
    return 0;
}

static int clear(void **state)
{
    (void)state;
    fixture_clear(&fixture);
    return 0;
}

static enum mld_status write_at(const char *path)
{
    mld_messages_clear(&fixture.messages);
    return write_made_up(&fixture, path, PATHS, 256, 256, 0, NULL);
}

static enum mld_status open_at(const char *path)
{
    struct mld_results *results;
    mld_messages_clear(&fixture.messages);
    enum mld_status status = mld_results_open(path, &results, &fixture.messages);
    assert_true((status == MLD_OK) == (results != NULL));
    assert_true(status == MLD_OK || fixture.messages.count == 1);
    mld_results_close(results);
    return status;
}

static void assert_told(const char *part)
{
    if (!strstr(fixture_message(&fixture), part))
        fail_msg("'%s' is not in '%s'", part, fixture_message(&fixture));
}

/* A child that must end with this status; a crash or a hang fails the test. */
static void in_child(int expected, int (*work)(const void *), const void *context)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        alarm(1200); /* a hang, on a busy machine under a sanitizer too */
        signal(SIGALRM, SIG_DFL);
        int code = work(context);
        H5close(); /* as HDF5 does when a program ends, where 1.10 crashed */
        _exit(code);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFEXITED(status))
        fail_msg("died of signal %d", WTERMSIG(status));
    assert_int_equal(WEXITSTATUS(status), expected);
}

/* ---- writing ---- */

static void test_places_that_cannot_be(void **state)
{
    (void)state;
    const char *scenario = fixture_path(&fixture, "mine.cfg");
    const struct contents mine = { "name = \"mine\";\n", 15 };
    put_file(scenario, mine.bytes, mine.n);
    assert_int_equal(write_at(fixture_path(&fixture, "nowhere/run.h5")), MLD_ERR_FILE);
    assert_told("No such file or directory");
    assert_int_equal(write_at(fixture.folder), MLD_ERR_FILE);
    assert_told("a folder");
    /* not a device, which a failing test would destroy */
    const char *fifo = fixture_path(&fixture, "pipe.h5");
    assert_int_equal(mkfifo(fifo, 0666), 0);
    assert_int_equal(write_at(fifo), MLD_ERR_FILE);
    assert_told("a device");
    assert_int_equal(write_at(fixture_path(&fixture, "")), MLD_ERR_FILE);
    assert_int_equal(write_at(scenario), MLD_ERR_FILE);
    assert_told("left as it is");
    assert_same_file(scenario, &mine);
    assert_nothing_left(fixture.folder);
}

static int write_as_nobody(const void *path)
{
    if (geteuid() == 0 && seteuid(65534) != 0)
        return 99;
    return (int)write_at(path);
}

static void test_read_only_folder(void **state)
{
    (void)state;
    const char *folder = fixture_path(&fixture, "locked"),
               *path = fixture_path(&fixture, "locked/run.h5");
    assert_int_equal(mkdir(folder, 0755), 0);
    assert_int_equal(write_at(path), MLD_OK);
    struct contents before = get_file(path);
    assert_int_equal(chmod(folder, 0555), 0);
    in_child(MLD_ERR_FILE, write_as_nobody, path);
    assert_int_equal(chmod(folder, 0755), 0);
    assert_same_file(path, &before);
    free(before.bytes);
}

struct limited {
    const char *path;
    size_t bytes;
};

static int write_limited(const void *context)
{
    const struct limited *limited = context;
    struct rlimit limit = { limited->bytes, limited->bytes };
    setrlimit(RLIMIT_FSIZE, &limit);
    enum mld_status status = write_at(limited->path);
    return status == MLD_ERR_FILE && !strstr(fixture_message(&fixture), "File too large")
               ? 98
               : (int)status;
}

/*
 * The disk fills up at MOMENTS equal steps of the file: at creation, in a block, at the end, at the
 * last byte.
 */
static void test_full_disk(void **state)
{
    (void)state;
    const char *path = fixture_path(&fixture, "full.h5");
    assert_int_equal(write_at(path), MLD_OK);
    struct contents before = get_file(path);
    for (size_t i = 0; i <= MOMENTS; i++) {
        in_child(MLD_ERR_FILE, write_limited,
                 &(struct limited){ path, i < MOMENTS ? before.n * i / MOMENTS : before.n - 1 });
        assert_nothing_left(fixture.folder);
        assert_same_file(path, &before);
    }
    /* HDF5 needs a little more on the way */
    in_child(MLD_OK, write_limited, &(struct limited){ path, 2 * before.n });
    free(before.bytes);
}

/* After a failure the same program can write again: nothing of HDF5 stays broken. */
static int fail_then_write(const void *context)
{
    const struct limited *limited = context;
    struct rlimit before, limit;
    getrlimit(RLIMIT_FSIZE, &before);
    limit = before;
    limit.rlim_cur = limited->bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
    if (write_at(limited->path) != MLD_ERR_FILE)
        return 97;
    setrlimit(RLIMIT_FSIZE, &before);
    enum mld_status status = write_at(limited->path);
    return status ? (int)status : (int)open_at(limited->path);
}

static void test_write_after_failure(void **state)
{
    (void)state;
    in_child(MLD_OK, fail_then_write,
             &(struct limited){ fixture_path(&fixture, "again.h5"), 900000 });
}

static void test_not_enough_disk(void **state)
{
    (void)state;
    struct mld_results_writer *writer;
    uint32_t paths = fixture.plan->paths;
    fixture.plan->paths = 4000000000u;
    fixture.plan->run.trajectories = MLD_TRAJECTORIES_ALL; /* some 40 TB */
    mld_messages_clear(&fixture.messages);
    assert_int_equal(mld_results_create(fixture_path(&fixture, "huge.h5"), fixture.plan,
                                        fixture.scenario, &writer, &fixture.messages),
                     MLD_ERR_FILE);
    assert_null(writer);
    assert_told("not enough free disk");
    assert_nothing_left(fixture.folder);
    fixture.plan->paths = paths;
    fixture.plan->run.trajectories = MLD_TRAJECTORIES_FIRST;
}

static void die_while_writing(const char *path)
{
    struct mld_results_writer *writer;
    mld_results_create(path, fixture.plan, fixture.scenario, &writer, &fixture.messages);
    append_made_up(&fixture, writer, 0, 256, 256);
    kill(getpid(), SIGKILL);
}

static void test_killed(void **state)
{
    (void)state;
    const char *path = fixture_path(&fixture, "killed.h5");
    assert_int_equal(write_at(path), MLD_OK);
    struct contents before = get_file(path);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        die_while_writing(path);
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
    assert_same_file(path, &before);
    assert_int_equal(leftovers(fixture.folder, NULL), 1);
    assert_int_equal(write_at(path), MLD_OK); /* and cleans up after the dead */
    assert_nothing_left(fixture.folder);
    free(before.bytes);
}

/*
 * The steps of the program that touch the disk, counted (--wrap); it is killed before step number
 * `killing`.
 */
ssize_t __real_pwrite(int descriptor, const void *bytes, size_t n, off_t at);
int __real_ftruncate(int descriptor, off_t length);
int __real_fsync(int descriptor);
int __real_rename(const char *from, const char *to);
int __real_renameat2(int from_folder, const char *from, int to_folder, const char *to,
                     unsigned flags);
int __real_link(const char *from, const char *to);
ssize_t __wrap_pwrite(int descriptor, const void *bytes, size_t n, off_t at);
int __wrap_ftruncate(int descriptor, off_t length);
int __wrap_fsync(int descriptor);
int __wrap_rename(const char *from, const char *to);
int __wrap_renameat2(int from_folder, const char *from, int to_folder, const char *to,
                     unsigned flags);
int __wrap_link(const char *from, const char *to);

static long disk_steps, killing = -1;

static void disk_step(void)
{
    if (disk_steps++ == killing)
        kill(getpid(), SIGKILL);
}

ssize_t __wrap_pwrite(int descriptor, const void *bytes, size_t n, off_t at)
{
    disk_step();
    return __real_pwrite(descriptor, bytes, n, at);
}

int __wrap_ftruncate(int descriptor, off_t length)
{
    disk_step();
    return __real_ftruncate(descriptor, length);
}
int __wrap_fsync(int descriptor)
{
    disk_step();
    return __real_fsync(descriptor);
}

/*
 * Names that cannot be given: none; that of the target; any. Without steps: as where a file system
 * has none of renameat2 and link.
 */
static enum { GIVEN, NOT_TO_TARGET, NOT_AT_ALL } naming;
static const char *naming_target;
static int naming_without_steps;

static int named(const char *to)
{
    disk_step();
    if (naming == GIVEN || (naming == NOT_TO_TARGET && strcmp(to, naming_target) != 0))
        return 1;
    errno = EBUSY;
    return 0;
}

int __wrap_rename(const char *from, const char *to)
{
    return named(to) ? __real_rename(from, to) : -1;
}

int __wrap_renameat2(int from_folder, const char *from, int to_folder, const char *to,
                     unsigned flags)
{
    if (naming_without_steps) {
        errno = EINVAL;
        return -1;
    }
    return named(to) ? __real_renameat2(from_folder, from, to_folder, to, flags) : -1;
}

int __wrap_link(const char *from, const char *to)
{
    if (naming_without_steps > 1) {
        errno = EPERM;
        return -1;
    }
    return named(to) ? __real_link(from, to) : -1;
}

/*
 * All that the file holds, whether or not its end is cut to length: as it closes, HDF5 writes a
 * superblock, its first 48 bytes, before it cuts off the free space at the end, and another after.
 */
static int holds(const char *path, const struct contents *all)
{
    enum { SUPERBLOCK = 48 };
    struct contents found = get_file(path);
    int same = found.n >= all->n &&
               memcmp(found.bytes + SUPERBLOCK, all->bytes + SUPERBLOCK, all->n - SUPERBLOCK) == 0;
    free(found.bytes);
    return same;
}

/*
 * Killed before the k-th write, sync or renaming of a file: the target is the old file or the new
 * one, whole; what is left under a temporary name is refused, unless it holds all of the new file;
 * and the next run cleans it up.
 */
static void test_killed_at_any_moment(void **state)
{
    (void)state;
    const char *path = fixture_path(&fixture, "moment.h5");
    char left[ENTRY];
    made_up_shift = 1;
    assert_int_equal(write_at(path), MLD_OK);
    struct contents after = get_file(path);
    made_up_shift = 0;
    assert_int_equal(write_at(path), MLD_OK);
    struct contents before = get_file(path);
    disk_steps = 0;
    assert_int_equal(write_at(path), MLD_OK);
    long total = disk_steps, stride = total > KILLS ? total / KILLS : 1, tried = 0, renamed = 0;
    assert_true(total > 10);
    say_part("Steps of writing before which it is killed", KILL_PARTS);
    for (long k = 0; k < total; k++) {
        int is_last = k + 4 >= total; /* the sync and the renaming are among them */
        if (!is_last && (k % stride != 0 || !is_taken(k / stride, KILL_PARTS)))
            continue;
        fflush(NULL);
        pid_t child = fork();
        if (child == 0) {
            made_up_shift = 1;
            disk_steps = 0;
            killing = k;
            write_at(path);
            _exit(0);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        int is_new = is_same_file(path, &after);
        if (!is_new && !is_same_file(path, &before))
            fail_msg(
                "killed before step %ld of %ld, the target is neither the old file nor the new one",
                k, total);
        if (leftovers(fixture.folder, left) && open_at(left) == MLD_OK && !holds(left, &after))
            fail_msg("killed before step %ld of %ld, half a file can be read", k, total);
        renamed += is_new;
        tried++;
        assert_int_equal(write_at(path), MLD_OK);
        assert_nothing_left(fixture.folder);
    }
    assert_true(renamed > 0 && renamed < tried);
    free(before.bytes);
    free(after.bytes);
    oracle("Killed at any moment", "SIGKILL before a write, a sync or the renaming",
           "the old file or the new one, to the byte", "%ld of %ld steps of writing a file", tried,
           total);
}

static enum mld_status finish_all(struct mld_results_writer *writer)
{
    for (size_t first = 0; first < PATHS; first += 256)
        append_made_up(&fixture, writer, first, PATHS - first < 256 ? (int)(PATHS - first) : 256,
                       256);
    summarise_made_up(&fixture, PATHS);
    enum mld_status status = mld_results_finish(writer, &fixture.summary, 0, NULL, 0,
                                                &fixture.messages);
    mld_results_abandon(writer);
    return status;
}

/* The temporary file of a process that still writes is not a leftover. */
static void test_living_neighbour(void **state)
{
    (void)state;
    const char *path = fixture_path(&fixture, "shared.h5");
    int ready[2], done[2], status;
    char byte = 0;
    assert_true(pipe(ready) == 0 && pipe(done) == 0);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct mld_results_writer *writer;
        mld_results_create(path, fixture.plan, fixture.scenario, &writer, &fixture.messages);
        if (write(ready[1], &byte, 1) != 1 || read(done[0], &byte, 1) != 1)
            _exit(1);
        _exit((int)finish_all(writer));
    }
    close(ready[1]); /* so that a child that dies ends the read below */
    close(done[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(write_at(path), MLD_OK);
    assert_int_equal(leftovers(fixture.folder, NULL), 1);
    assert_int_equal(write(done[1], &byte, 1), 1);
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == MLD_OK);
    assert_nothing_left(fixture.folder);
    assert_int_equal(open_at(path), MLD_OK);
}

/* Of leftovers, only what a dead process left and nobody holds is removed. */
static void test_leftovers(void **state)
{
    (void)state;
    char held[256], alive[256];
    int dead = 4194304; /* above the largest number of a process in Linux */
    snprintf(held, sizeof held, "%s/.left.h5.%d.tmp", fixture.folder, dead);
    snprintf(alive, sizeof alive, "%s/.left.h5.%d.tmp", fixture.folder, (int)getppid());
    put_file(held, "x", 1);
    put_file(alive, "x", 1);
    /* as a writer in another container, whose process has no number here */
    int descriptor = open(held, O_RDWR);
    assert_int_equal(flock(descriptor, LOCK_EX), 0);
    assert_int_equal(write_at(fixture_path(&fixture, "left.h5")), MLD_OK);
    assert_int_equal(leftovers(fixture.folder, NULL), 2);
    close(descriptor);
    assert_int_equal(write_at(fixture_path(&fixture, "other.h5")), MLD_OK);
    assert_int_equal(leftovers(fixture.folder, NULL), 2); /* of another target */
    assert_int_equal(write_at(fixture_path(&fixture, "left.h5")), MLD_OK);
    assert_int_equal(leftovers(fixture.folder, NULL), 1);
    assert_int_equal(access(alive, F_OK), 0);
    assert_int_equal(unlink(alive), 0);
}

/* Whole results under the name of a message that says so. */
static void assert_kept(const char *name)
{
    const char *kept = fixture_path(&fixture, name);
    assert_told(kept);
    if (open_at(kept) != MLD_OK)
        fail_msg("%s", fixture_message(&fixture));
    assert_nothing_left(fixture.folder);
    remove(kept);
}

static void test_target_becomes_a_folder(void **state)
{
    (void)state;
    const char *path = fixture_path(&fixture, "late.h5");
    struct mld_results_writer *writer;
    assert_int_equal(mld_results_create(path, fixture.plan, fixture.scenario, &writer,
                                        &fixture.messages),
                     MLD_OK);
    assert_int_equal(mkdir(path, 0755), 0);
    assert_int_equal(finish_all(writer), MLD_ERR_FILE);
    assert_told("Is a directory");
    assert_nothing_left(fixture.folder);
    assert_kept("late.kept.h5");
}

/* ---- what is another's ---- */

static void make_foreign_hdf5(const char *path)
{
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(file >= 0);
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    H5Tset_size(type, 16);
    hid_t attribute = H5Acreate2(file, "format", type, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(attribute, type, "somebody's own  ");
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
    H5Fclose(file);
}

/*
 * Files of others at the place of results: a text, an HDF5 file of another program, a file cut
 * within its first bytes.
 */
enum { OTHERS = 3 };
static void put_others(const char *path, int i)
{
    if (i == 0)
        put_file(path, "year,amount\n2027,12\n", 20);
    else if (i == 1)
        make_foreign_hdf5(path);
    else
        put_file(path, "\x89HDF\r\n", 6);
}

/*
 * At the start: refused. What this program wrote is replaced, damaged or not, and so is an empty
 * file.
 */
static void test_only_own_files_are_replaced(void **state)
{
    (void)state;
    const char *path = fixture_path(&fixture, "whose.h5");
    for (int i = 0; i < OTHERS; i++) {
        put_others(path, i);
        struct contents before = get_file(path);
        assert_int_equal(write_at(path), MLD_ERR_FILE);
        assert_told("left as it is");
        assert_same_file(path, &before);
        free(before.bytes);
    }
    put_file(path, "", 0);
    assert_int_equal(write_at(path), MLD_OK);
    assert_int_equal(write_at(path), MLD_OK);
    assert_int_equal(truncate(path, 50000), 0);
    assert_int_equal(write_at(path), MLD_OK);
    assert_int_equal(open_at(path), MLD_OK);
    assert_nothing_left(fixture.folder);
    remove(path);
}

/*
 * A file that comes to the place during the run, or in the place of results that were there, stays,
 * and so do the new results.
 */
static void test_file_appears(void **state)
{
    (void)state;
    char path[256];
    snprintf(path, sizeof path, "%s/late.h5", fixture.folder);
    for (int i = 0; i < OTHERS * 6; i++) {
        struct mld_results_writer *writer;
        if (!EVERY_OTHER && i % OTHERS != i / OTHERS % OTHERS)
            continue; /* each way once, each kind of file twice */
        naming_without_steps = i / OTHERS / 2;
        remove(path);
        if (i / OTHERS % 2)
            assert_int_equal(write_at(path), MLD_OK);
        mld_messages_clear(&fixture.messages);
        assert_int_equal(mld_results_create(path, fixture.plan, fixture.scenario, &writer,
                                            &fixture.messages),
                         MLD_OK);
        put_others(path, i % OTHERS);
        struct contents before = get_file(path);
        assert_int_equal(finish_all(writer), MLD_ERR_FILE);
        assert_same_file(path, &before);
        assert_kept("late.kept.h5");
        free(before.bytes);
    }
    naming_without_steps = 0;
    remove(path);
    oracle("A file that appears", "a file of another's making at the target during a run",
           "it stays, and the results beside it",
           "%d kinds of file, with and without renameat2 and links", OTHERS);
}

/*
 * The last renaming fails: the results are kept under another name, at worst under the one they
 * were written under, from which no later run takes them away.
 */
static void test_renaming_fails(void **state)
{
    (void)state;
    const char *path = fixture_path(&fixture, "last.h5");
    char left[ENTRY];
    for (int exists = 0; exists < 2; exists++) {
        naming_target = path;
        naming = NOT_TO_TARGET;
        assert_int_equal(write_at(path), MLD_ERR_FILE);
        assert_told("busy");
        assert_kept("last.kept.h5");
        naming = NOT_AT_ALL;
        assert_int_equal(write_at(path), MLD_ERR_FILE);
        assert_int_equal(leftovers(fixture.folder, left), 1);
        assert_told(left);
        naming = GIVEN;
        assert_int_equal(write_at(path), MLD_OK);
        assert_int_equal(open_at(left), MLD_OK);
        assert_int_equal(leftovers(fixture.folder, NULL), 1);
        remove(left);
    }
    remove(path);
    oracle("A last renaming that fails", "rename, renameat2 and link made to fail",
           "exit code 4, the results kept and named", "with and without results at the target");
}

static enum mld_status interrupt_at(const char *path, char *final_path)
{
    mld_messages_clear(&fixture.messages);
    return write_made_up(&fixture, path, 256, 256, 256, 1, final_path);
}

/*
 * Results of an interrupted run replace nothing: neither what is at the target nor what is where
 * such results usually go.
 */
static void test_interruption_replaces_nothing(void **state)
{
    (void)state;
    const char *path = fixture_path(&fixture, "part.h5"),
               *beside = fixture_path(&fixture, "part.interrupted.h5");
    const char *second = fixture_path(&fixture, "part.interrupted-2.h5");
    char final_path[4096];
    for (int without = 0; without < 3; without++) {
        naming_without_steps = without;
        assert_int_equal(interrupt_at(path, final_path), MLD_OK);
        assert_string_equal(final_path, path);
        struct contents first = get_file(path);
        put_others(beside, 0);
        struct contents mine = get_file(beside);
        assert_int_equal(interrupt_at(path, final_path), MLD_OK);
        assert_string_equal(final_path, second);
        assert_int_equal(open_at(final_path), MLD_OK);
        assert_same_file(path, &first);
        assert_same_file(beside, &mine);
        free(first.bytes);
        free(mine.bytes);
        remove(path);
        remove(beside);
        remove(second);
    }
    naming_without_steps = 0;
    assert_nothing_left(fixture.folder);
}

/*
 * The longest names a folder takes, of one byte and of three bytes a character: their hidden names
 * and those of interrupted results are not longer.
 */
static void test_long_names(void **state)
{
    (void)state;
    char name[256] = "", path[512], final_path[4096];
    for (int wide = 0; wide < 2; wide++) {
        for (int i = 0; i < 252; i += wide ? 3 : 1)
            strcpy(name + i, wide ? "\u20ac" : "x");
        strcpy(name + 252, ".h5");
        snprintf(path, sizeof path, "%s/%s", fixture.folder, name);
        assert_int_equal(write_at(path), MLD_OK);
        assert_int_equal(write_at(path), MLD_OK);
        assert_int_equal(interrupt_at(path, final_path), MLD_OK);
        assert_non_null(strstr(final_path, ".interrupted.h5"));
        assert_int_equal(open_at(final_path), MLD_OK);
        remove(final_path);
        remove(path);
        strcpy(name, "");
    }
    memset(name, 'x', 255);
    snprintf(path, sizeof path, "%s/%sx", fixture.folder, name);
    assert_int_equal(write_at(path), MLD_ERR_FILE); /* told before the run, not after it */
    assert_told("File name too long");
    assert_nothing_left(fixture.folder);
}

/* ---- reading ---- */

static void test_no_file(void **state)
{
    (void)state;
    assert_int_equal(open_at(fixture_path(&fixture, "absent.h5")), MLD_ERR_FILE);
    assert_told("No such file");
    assert_int_equal(open_at(fixture.folder), MLD_ERR_FILE);
    put_file(fixture_path(&fixture, "empty.h5"), "", 0);
    assert_int_equal(open_at(fixture_path(&fixture, "empty.h5")), MLD_ERR_FORMAT);
    put_file(fixture_path(&fixture, "text.h5"), "deal,issuer\n", 12);
    assert_int_equal(open_at(fixture_path(&fixture, "text.h5")), MLD_ERR_FORMAT);
    assert_told("not HDF5");
}

static void test_truncated(void **state)
{
    (void)state;
    const char *path = fixture_path(&fixture, "whole.h5"), *cut = fixture_path(&fixture, "cut.h5");
    assert_int_equal(write_at(path), MLD_OK);
    struct contents whole = get_file(path);
    for (size_t length = 0; length < whole.n; length += length < 4096 ? 61 : whole.n / 211) {
        put_file(cut, whole.bytes, length);
        assert_int_equal(open_at(cut), MLD_ERR_FORMAT);
    }
    put_file(cut, whole.bytes, whole.n - 1);
    assert_int_equal(open_at(cut), MLD_ERR_FORMAT);
    assert_told("truncated or damaged: truncated file"); /* the reason is HDF5's */
    free(whole.bytes);
}

static void turn_byte(FILE *file, size_t at, int value)
{
    fseek(file, (long)at, SEEK_SET);
    fputc(value, file);
    fflush(file);
}

struct damage {
    const char *path, *bytes;
    size_t from, to, step;
};

/* Turns one byte after the other, each turned back: refused, or, in numbers, not noticed. */
static int open_damaged(const void *context)
{
    const struct damage *damage = context;
    FILE *file = fopen(damage->path, "r+b");
    int code = file ? 0 : 97;
    for (size_t at = damage->from; at < damage->to && code == 0; at += damage->step) {
        turn_byte(file, at, damage->bytes[at] ^ 0xff);
        enum mld_status status = open_at(damage->path);
        if (status != MLD_OK && status != MLD_ERR_FORMAT)
            code = (int)status;
        turn_byte(file, at, damage->bytes[at]);
    }
    if (file)
        fclose(file);
    return code;
}

/*
 * A byte turned upside down anywhere: never a crash or a hang. A child for some dozens of bytes:
 * what HDF5 keeps of one damaged file must not hurt the next either.
 */
static void test_damaged(void **state)
{
    (void)state;
    enum { EACH = 32 };
    const char *path = fixture_path(&fixture, "sound.h5"),
               *damaged = fixture_path(&fixture, "damaged.h5");
    assert_int_equal(write_at(path), MLD_OK);
    struct contents sound = get_file(path);
    size_t n = sound.n, step = n / ELSEWHERE;
    put_file(damaged, sound.bytes, n);
    for (size_t from = 0; from < HEAD; from += EACH)
        in_child(0, open_damaged, &(struct damage){ damaged, sound.bytes, from, from + EACH, 1 });
    for (size_t from = 0; from < n; from += EACH * step)
        in_child(0, open_damaged,
                 &(struct damage){ damaged, sound.bytes, from,
                                   from + EACH * step < n ? from + EACH * step : n, step });
    assert_int_equal(open_at(damaged), MLD_OK);
    free(sound.bytes);
    oracle("Damaged results file", "a byte turned upside down",
           "refused or not noticed; no crash, no hang", "%d bytes at the head, %d elsewhere",
           (int)HEAD, (int)ELSEWHERE);
}

/* ---- files made to deceive ---- */

static void set_integer(hid_t object, const char *name, long long value)
{
    hid_t space = H5Screate(H5S_SCALAR);
    H5Adelete(object, name);
    hid_t attribute = H5Acreate2(object, name, H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(H5Awrite(attribute, H5T_NATIVE_LLONG, &value) >= 0);
    H5Aclose(attribute);
    H5Sclose(space);
}

/* As an earlier version wrote it, or whoever means harm: without the seal that tells of changes. */
static hid_t open_unsealed(const char *path)
{
    hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    assert_true(file >= 0);
    if (H5Aexists(file, "checksum") > 0)
        assert_true(H5Adelete(file, "checksum") >= 0);
    return file;
}

static void put_array(hid_t file, const char *path, hid_t type, int rank, const hsize_t *size,
                      int chunked)
{
    hid_t space = H5Screate_simple(rank, size, NULL), properties = H5Pcreate(H5P_DATASET_CREATE);
    if (chunked) /* and nothing stored; else zeros */
        H5Pset_chunk(properties, rank, (hsize_t[]){ 1, 1 });
    else
        H5Pset_alloc_time(properties, H5D_ALLOC_TIME_EARLY);
    H5Ldelete(file, path, H5P_DEFAULT);
    hid_t dataset = H5Dcreate2(file, path, type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    assert_true(dataset >= 0);
    H5Dclose(dataset);
    H5Pclose(properties);
    H5Sclose(space);
}

static void newer(hid_t file) { set_integer(file, "format_version", MLD_RESULTS_FORMAT + 1); }
static void older(hid_t file) { set_integer(file, "format_version", MLD_RESULTS_OLDEST - 1); }
static void foreign(hid_t file) { H5Adelete(file, "format"); }
static void no_seed(hid_t file) { H5Adelete(file, "seed"); }
static void absurd_grid(hid_t file) { set_integer(file, "horizon_years", 1000000000); }
static void absurd_months(hid_t file) { set_integer(file, "periods_per_year", 7); }
static void absurd_paths(hid_t file) { set_integer(file, "paths", 4000000000); }
static void negative_paths(hid_t file) { set_integer(file, "paths", -1); }
static void no_statistic(hid_t file) { H5Ldelete(file, "summary/mean", H5P_DEFAULT); }
static void no_column(hid_t file) { H5Ldelete(file, "paths/with/tvpi_a", H5P_DEFAULT); }
static void no_scenario(hid_t file) { H5Ldelete(file, "scenario", H5P_DEFAULT); }

static void no_bytes(hid_t file) /* of the right shape, but nothing stored */
{
    put_array(file, "paths/with/tvpi_a", H5T_IEEE_F64LE, 1, &(hsize_t){ PATHS }, 1);
}

static void absurd_column(hid_t file) /* 32 GB promised by a few bytes */
{
    set_integer(file, "paths", 4000000000);
    put_array(file, "paths/with/tvpi_a", H5T_IEEE_F64LE, 1, &(hsize_t){ 4000000000 }, 1);
}

static void other_type(hid_t file)
{
    put_array(file, "paths/with/tvpi_a", H5T_STD_I32LE, 1, &(hsize_t){ PATHS }, 0);
}
static void other_shape(hid_t file)
{
    put_array(file, "summary/quantiles", H5T_IEEE_F64LE, 2, (hsize_t[]){ 3, 3 }, 0);
}
static void other_table(hid_t file)
{
    put_array(file, "measures/table", H5T_IEEE_F64LE, 1, &(hsize_t){ 4 }, 0);
}

static void absurd_text(hid_t file)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, (size_t)1 << 31);
    put_array(file, "scenario/text", type, 1, &(hsize_t){ 1 }, 1);
    H5Tclose(type);
}

static void soft_link(hid_t file)
{
    H5Ldelete(file, "paths/with/tvpi_a", H5P_DEFAULT);
    H5Lcreate_soft("/paths/with/tvpi", file, "paths/with/tvpi_a", H5P_DEFAULT, H5P_DEFAULT);
}

static void external_link(hid_t file)
{
    H5Ldelete(file, "paths/with/tvpi_a", H5P_DEFAULT);
    H5Lcreate_external(fixture_path(&fixture, "victim.h5"), "/paths/with/tvpi_a", file,
                       "paths/with/tvpi_a", H5P_DEFAULT, H5P_DEFAULT);
}

static void external_storage(hid_t file)
{
    hid_t space = H5Screate_simple(1, &(hsize_t){ PATHS }, NULL),
          properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_external(properties, "/etc/passwd", 0, PATHS * sizeof(double));
    H5Ldelete(file, "paths/with/tvpi_a", H5P_DEFAULT);
    H5Dclose(H5Dcreate2(file, "paths/with/tvpi_a", H5T_IEEE_F64LE, space, H5P_DEFAULT, properties,
                        H5P_DEFAULT));
    H5Pclose(properties);
    H5Sclose(space);
}

/* A dataset of PATHS numbers at tvpi_a's place, or another, made with these properties. */
static void put_made(hid_t file, const char *path, hid_t properties)
{
    int chunked = H5Pget_layout(properties) == H5D_CHUNKED;
    hid_t space = H5Screate_simple(1, &(hsize_t){ PATHS },
                                   chunked ? &(hsize_t){ H5S_UNLIMITED } : NULL);
    double value[PATHS] = { 0 };
    H5Ldelete(file, path, H5P_DEFAULT);
    hid_t dataset = H5Dcreate2(file, path, H5T_IEEE_F64LE, space, H5P_DEFAULT, properties,
                               H5P_DEFAULT);
    assert_true(dataset >= 0);
    if (H5Pget_layout(properties) != H5D_VIRTUAL)
        assert_true(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) >=
                    0);
    H5Dclose(dataset);
    H5Sclose(space);
    H5Pclose(properties);
}

static void virtual_numbers(hid_t file)
{
    hid_t space = H5Screate_simple(1, &(hsize_t){ PATHS }, NULL),
          properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_virtual(properties, space, fixture_path(&fixture, "victim.h5"), "/paths/with/tvpi_a",
                   space);
    put_made(file, "paths/with/tvpi_a", properties);
    H5Sclose(space);
}

static void packed(hid_t file)
{
    hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(properties, 1, &(hsize_t){ PATHS });
    H5Pset_shuffle(properties);
    put_made(file, "paths/with/tvpi_a", properties);
}

/* of a file that need not be large: its bytes may be a hole */
static void large_chunk(hid_t file)
{
    hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(properties, 1, &(hsize_t){ 1 << 20 });
    put_made(file, "paths/with/tvpi_a", properties);
}

/*
 * What milliard itself does not read, a reader in another language may: the whole file is looked
 * at.
 */
static void packed_axis(hid_t file)
{
    hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(properties, 1, &(hsize_t){ PATHS });
    H5Pset_deflate(properties, 9);
    put_made(file, "axes/path", properties);
}

static void link_beside(hid_t file)
{
    assert_true(H5Lcreate_external(fixture_path(&fixture, "victim.h5"), "/paths", file, "axes/more",
                                   H5P_DEFAULT, H5P_DEFAULT) >= 0);
}

static void named_type(hid_t file)
{
    hid_t type = H5Tcopy(H5T_IEEE_F64LE);
    H5Tcommit2(file, "axes/kind", type, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Tclose(type);
}

static void endless_groups(hid_t file)
{
    char name[8192] = "deep";
    while (strlen(name) < 4000)
        strcat(name, "/down");
    hid_t links = H5Pcreate(H5P_LINK_CREATE);
    H5Pset_create_intermediate_group(links, 1);
    H5Gclose(H5Gcreate2(file, name, links, H5P_DEFAULT, H5P_DEFAULT));
    H5Pclose(links);
}

/* a text of variable length, which HDF5 1.10 reads without a check */
static void long_name(hid_t file)
{
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    const char *text = "x";
    H5Tset_size(type, H5T_VARIABLE);
    H5Adelete(file, "name");
    hid_t attribute = H5Acreate2(file, "name", type, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(attribute, type, &text);
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
}

/* The series of a path, as a file has them before some were added. */
static hid_t without_series(const char *path, const char *const *name)
{
    hid_t file = open_unsealed(path);
    for (; *name; name++)
        assert_true(H5Ldelete(file, *name, H5P_DEFAULT) >= 0);
    return file;
}

static enum mld_status replay_at(const char *path, struct mld_replay *counts)
{
    struct mld_results *results;
    struct mld_replay *replay = NULL;
    mld_messages_clear(&fixture.messages);
    enum mld_status status = mld_results_open(path, &results, &fixture.messages);
    if (status)
        fail_msg("%s", fixture_message(&fixture));
    status = mld_replay_create(results, 1, &replay, &fixture.messages);
    if (replay)
        *counts = *replay;
    mld_replay_free(replay);
    mld_results_close(results);
    return status;
}

/*
 * What an earlier version did not write is not compared, and counted; what is there is, undefined
 * or of another shape too.
 */
static void test_replay_of_an_earlier_file(void **state)
{
    (void)state;
    struct fixture earlier;
    struct mld_replay all, some;
    struct mld_run_options options = { .threads = 1 };
    struct mld_run_result result;
    const double undefined = (double)NAN;
    fixture_load(&earlier, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=3" });
    const char *path = fixture_path(&earlier, "run.h5");
    assert_int_equal(mld_run(earlier.plan, earlier.scenario, &options, path, &earlier.summary,
                             &result, &earlier.messages),
                     MLD_OK);
    assert_int_equal(replay_at(path, &all), MLD_OK);
    assert_int_equal(all.absent, 0);
    H5Fclose(without_series(path, (const char *const[]){ "trajectories/without/distributions_a",
                                                         "trajectories/with/distributions_a",
                                                         "trajectories/with/nav", NULL }));
    assert_int_equal(replay_at(path, &some), MLD_OK);
    assert_int_equal(some.absent, 3);
    assert_int_equal(some.series, all.series - 3);
    assert_int_equal(some.measures, all.measures);

    hid_t file = without_series(path, (const char *const[]){ "trajectories/with/tvpi", NULL });
    put_array(file, "trajectories/with/tvpi", H5T_IEEE_F64LE, 1, &(hsize_t){ 12 }, 0);
    H5Fclose(file);
    assert_int_equal(replay_at(path, &some), MLD_ERR_FORMAT);
    assert_non_null(strstr(fixture.messages.text[0], "tvpi"));
    file = without_series(path, (const char *const[]){ "trajectories/with/tvpi", NULL });
    hid_t dataset = H5Dopen2(file, "trajectories/with/cash", H5P_DEFAULT),
          space = H5Dget_space(dataset);
    H5Sselect_hyperslab(space, H5S_SELECT_SET, (hsize_t[]){ 1, 0 }, NULL, (hsize_t[]){ 1, 1 },
                        NULL);
    hid_t memory = H5Screate_simple(1, &(hsize_t){ 1 }, NULL);
    assert_true(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, &undefined) >= 0);
    H5Sclose(memory);
    H5Sclose(space);
    H5Dclose(dataset);
    H5Fclose(file);
    assert_int_equal(replay_at(path, &some), MLD_ERR_FORMAT);
    assert_non_null(strstr(fixture.messages.text[0], "cash, step 0: the file says nan"));
    fixture_clear(&earlier);
}

static void set_text(hid_t file, const char *name, const char *text)
{
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    H5Tset_size(type, strlen(text));
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    H5Adelete(file, name);
    hid_t attribute = H5Acreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(H5Awrite(attribute, type, text) >= 0);
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
}

/* A number of path 1 a few bits off, as another machine or version may have it. */
static void shift_one_number(const char *path)
{
    hid_t file = open_unsealed(path), dataset = H5Dopen2(file, "paths/with/net_cost", H5P_DEFAULT);
    double column[3];
    assert_true(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, column) >= 0);
    column[1] *= 1 + 4e-12;
    assert_true(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, column) >= 0);
    H5Dclose(dataset);
    H5Fclose(file);
}

/* A scenario that no version reads, in the place of the file's own. */
static void refused_scenario(hid_t file)
{
    hid_t dataset = H5Dopen2(file, "scenario/text", H5P_DEFAULT), type = H5Dget_type(dataset);
    char *text = calloc(H5Tget_size(type), 1);
    assert_non_null(text);
    strcpy(text, "name = \"x\";\nnonsense = 1;\n");
    assert_true(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text) >= 0);
    free(text);
    H5Tclose(type);
    H5Dclose(dataset);
    H5Adelete(file, "model_version");
}

static void as_made_here(hid_t file) { (void)file; }
static void other_processor(hid_t file) { set_text(file, "processor", "x86-64, of another kind"); }
static void other_flags(hid_t file)
{
    set_text(file, "flags", "Debug -O0");
    set_text(file, "libc", "glibc 1.0");
}
static void first_model(hid_t file)
{
    H5Adelete(file, "model_version");
    H5Adelete(file, "libc");
    H5Adelete(file, "processor");
}

static const struct {
    void (*change)(hid_t);
    enum mld_status status;
    const char *told[3], *not_told;
} why[] = {
    { as_made_here,
      MLD_ERR_FORMAT,
      { "by 4.0e-12 of their size", "have been changed since it was made" },
      "in the file" },
    { other_processor,
      MLD_ERR_FORMAT,
      { "another build or machine", "processor \"x86-64, of another kind\" in the file" },
      "libc" },
    { other_flags,
      MLD_ERR_FORMAT,
      { "another build or machine", "flags \"Debug -O0\" in the file",
        "libc \"glibc 1.0\" in the file" },
      "processor" },
    { first_model,
      MLD_ERR_FORMAT,
      { "the file is of version 1 of the model", "milliard show FILE --scenario",
        "milliard run again.cfg" },
      "another build" },
    { refused_scenario,
      MLD_ERR_INPUT,
      { "nonsense", "the file is of version 1 of the model" },
      "another build" },
};

/*
 * A replay that differs says why: another version of the model or of the draws, another build or
 * machine, or a change by hand.
 */
static void test_why_a_replay_differs(void **state)
{
    (void)state;
    struct fixture run;
    struct mld_replay replayed;
    struct mld_run_options options = { .threads = 1 };
    struct mld_run_result result;
    fixture_load(&run, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=3" });
    const char *path = fixture_path(&run, "run.h5");
    assert_int_equal(mld_run(run.plan, run.scenario, &options, path, &run.summary, &result,
                             &run.messages),
                     MLD_OK);
    shift_one_number(path);
    struct contents made = get_file(path);
    for (size_t i = 0; i < sizeof why / sizeof *why; i++) {
        char all[8192] = "";
        put_file(path, made.bytes, made.n);
        hid_t file = open_unsealed(path);
        why[i].change(file);
        H5Fclose(file);
        assert_int_equal(replay_at(path, &replayed), why[i].status);
        for (size_t k = 0; k < fixture.messages.count; k++)
            snprintf(all + strlen(all), sizeof all - strlen(all), "%s\n", fixture.messages.text[k]);
        for (int k = 0; k < 3 && why[i].told[k]; k++)
            if (!strstr(all, why[i].told[k]))
                fail_msg("'%s' is not in '%s'", why[i].told[k], all);
        if (strstr(all, why[i].not_told))
            fail_msg("'%s' is in '%s'", why[i].not_told, all);
    }
    free(made.bytes);
    fixture_clear(&run);
}

static void test_deceitful(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        void (*change)(hid_t);
        const char *told;
    } deceit[] = {
        { "newer", newer, "newer than format" },
        { "older", older, "run its scenario again" },
        { "foreign", foreign, "not one of milliard" },
        { "no seed", no_seed, "\"seed\"" },
        { "absurd grid", absurd_grid, "\"horizon_years\"" },
        { "absurd months", absurd_months, "time grid" },
        { "absurd paths", absurd_paths, "paths/" },
        { "negative paths", negative_paths, "\"paths\"" },
        { "no statistic", no_statistic, "summary/mean" },
        { "no column", no_column, "paths/with/tvpi_a" },
        { "no scenario", no_scenario, "scenario/text" },
        { "no bytes", no_bytes, "paths/with/tvpi_a" },
        { "absurd column", absurd_column, "paths/" },
        { "other type", other_type, "paths/with/tvpi_a" },
        { "other shape", other_shape, "summary/quantiles" },
        { "other table", other_table, "measures/table" },
        { "absurd text", absurd_text, "scenario/text" },
        { "soft link", soft_link, "paths/with/tvpi_a" },
        { "external link", external_link, "paths/with/tvpi_a" },
        { "external storage", external_storage, "paths/with/tvpi_a" },
        { "long name", long_name, "\"name\"" },
        { "virtual", virtual_numbers, "paths/with/tvpi_a has its numbers in other datasets" },
        { "packed", packed, "paths/with/tvpi_a is packed with a filter" },
        { "large chunk", large_chunk, "paths/with/tvpi_a has chunks larger" },
        { "packed axis", packed_axis, "axes/path is packed with a filter" },
        { "link beside", link_beside, "axes/more is a link" },
        { "named type", named_type, "axes/kind is neither" },
        { "endless groups", endless_groups, "deep/down/down/down/down is deeper" },
    };
    char path[256]; /* of its own: the deceits name files too */
    snprintf(path, sizeof path, "%s/deceit.h5", fixture.folder);
    assert_int_equal(write_at(path), MLD_OK);
    struct contents sound = get_file(path);
    /* a sound file that another must not read */
    put_file(fixture_path(&fixture, "victim.h5"), sound.bytes, sound.n);
    for (size_t i = 0; i < sizeof deceit / sizeof *deceit; i++) {
        print_message("%s\n", deceit[i].name);
        put_file(path, sound.bytes, sound.n);
        hid_t file = open_unsealed(path);
        assert_true(file >= 0);
        deceit[i].change(file);
        H5Fclose(file);
        assert_int_equal(open_at(path), MLD_ERR_FORMAT);
        assert_told(deceit[i].told);
        assert_told(path);
    }
    free(sound.bytes);
}

/*
 * A results file that another program has open for writing, or that died so; HDF5 sets a flag and
 * takes a lock.
 */
static void test_open_elsewhere(void **state)
{
    (void)state;
    const char *path = fixture_path(&fixture, "elsewhere.h5");
    assert_int_equal(write_at(path), MLD_OK);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        open_unsealed(path);
        kill(getpid(), SIGKILL);
    }
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(open_at(path), MLD_ERR_FORMAT);
    assert_told("open for writing in another program");
    assert_told("h5clear -s");
    assert_int_equal(write_at(path), MLD_OK);
    /* a lock alone says nothing of the file: a backup takes one */
    int descriptor = open(path, O_RDWR);
    assert_int_equal(flock(descriptor, LOCK_EX), 0);
    assert_int_equal(open_at(path), MLD_OK);
    close(descriptor);
}

/* A pipe is told at once, and not waited for. */
static void test_pipe(void **state)
{
    (void)state;
    const char *pipe = fixture_path(&fixture, "read.pipe");
    assert_int_equal(mkfifo(pipe, 0666), 0);
    assert_int_equal(open_at(pipe), MLD_ERR_FILE);
    assert_told("is not a file");
}

/*
 * Nothing of a file makes a terminal or a page obey: controls of eight bits too, marks that turn
 * the direction, no UTF-8.
 */
static void test_texts_that_are_obeyed(void **state)
{
    (void)state;
    static const struct {
        const char *kept, *shown;
    } text[] = {
        { "\x1b[31mred", "?[31mred" },
        { "a\xc2\x9b"
          "31mb",
          "a??31mb" },
        { "\xe2\x80\xae"
          "txet",
          "???txet" },
        { "\x9b"
          "31m",
          "?31m" },
        { "\xe2\x81\xa6x", "???x" },
        { "cut \xe2\x80", "cut ??" },
        { "\xc1\x9b", "??" },
        { "d\xc3\xa9j\xc3\xa0 1\xe2\x80\xaf"
          "234 \xe2\x82\xac",
          "d\xc3\xa9j\xc3\xa0 1\xe2\x80\xaf"
          "234 \xe2\x82\xac" },
    };
    const char *path = fixture_path(&fixture, "texts.h5");
    assert_int_equal(write_at(path), MLD_OK);
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        struct mld_results *results;
        hid_t file = open_unsealed(path);
        set_text(file, "title_en", text[i].kept);
        H5Fclose(file);
        assert_int_equal(mld_results_open(path, &results, &fixture.messages), MLD_OK);
        assert_string_equal(mld_results_attribute(results, "title_en"), text[i].shown);
        mld_results_close(results);
    }
}

static void put_scenario(hid_t file, const char *text)
{
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    H5Tset_size(type, strlen(text));
    H5Ldelete(file, "scenario/text", H5P_DEFAULT);
    hid_t dataset = H5Dcreate2(file, "scenario/text", type, space, H5P_DEFAULT, H5P_DEFAULT,
                               H5P_DEFAULT);
    assert_true(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text) >= 0);
    H5Dclose(dataset);
    H5Sclose(space);
    H5Tclose(type);
}

static void other_seed(hid_t file) { set_integer(file, "seed", 4); }
static void other_draws(hid_t file) { set_integer(file, "stream_version", 9); }
static void other_closing(hid_t file) { set_text(file, "first_closing", "2027-02-11"); }
static void other_paths_asked(hid_t file) { set_integer(file, "paths_asked", 1301); }
static void other_base(hid_t file) { put_scenario(file, "base = \"/etc/passwd\";"); }
static void other_tape(hid_t file) { put_scenario(file, "tape: { file = \"/etc/passwd\"; };"); }

/*
 * A replay of another run than the file says it is of; no other file is read for it, nor a line of
 * one printed.
 */
static void test_replay_of_a_changed_file(void **state)
{
    (void)state;
    static const struct {
        void (*change)(hid_t);
        const char *told;
    } changed[] = {
        { other_seed, "seed: the file says 4, the scenario inside it 2027" },
        { other_draws, "the file has version 9 of the draws" },
        { other_closing, "day of the first closing: the file says 11" },
        { other_paths_asked, "paths asked: the file says 1301" },
        { other_base, "base: a results file keeps its scenario whole" },
        { other_tape, "tape.file: a results file keeps its scenario whole" },
    };
    const char *path = fixture_path(&fixture, "changed.h5");
    assert_int_equal(write_at(path), MLD_OK);
    struct contents sound = get_file(path);
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++) {
        struct mld_replay none;
        put_file(path, sound.bytes, sound.n);
        hid_t file = open_unsealed(path);
        changed[i].change(file);
        H5Fclose(file);
        assert_int_equal(replay_at(path, &none), MLD_ERR_FORMAT);
        assert_int_equal(fixture.messages.count, 1);
        assert_told(changed[i].told);
        assert_null(strstr(fixture_message(&fixture), "root:"));
    }
    free(sound.bytes);
}

/* ---- changes that nobody means as harm ---- */

/* Adds 1 to the first number, or to the first byte of a text or table. */
static void edit(hid_t file, const char *path)
{
    hid_t dataset = H5Dopen2(file, path, H5P_DEFAULT), type = H5Dget_type(dataset),
          space = H5Dget_space(dataset);
    assert_true(dataset >= 0);
    size_t bytes = H5Tget_size(type) * (size_t)H5Sget_simple_extent_npoints(space);
    unsigned char *value = malloc(bytes);
    assert_true(value && H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) >= 0);
    if (H5Tget_class(type) == H5T_FLOAT)
        *(double *)(void *)value = isnan(*(double *)(void *)value) ? 1
                                                                   : *(double *)(void *)value + 1;
    else
        value[0]++;
    assert_true(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) >= 0);
    free(value);
    H5Sclose(space);
    H5Tclose(type);
    H5Dclose(dataset);
}

static void edit_mean(hid_t file) { edit(file, "summary/mean"); }
static void edit_count(hid_t file) { edit(file, "summary/count"); }
static void edit_dotation(hid_t file) { edit(file, "summary/dotation/value"); }
static void edit_fan(hid_t file) { edit(file, "series/with/nav/quantiles"); }
static void edit_text(hid_t file) { edit(file, "scenario/text"); }
static void edit_parameters(hid_t file) { edit(file, "scenario/parameters"); }
static void edit_measures(hid_t file) { edit(file, "measures/table"); }
static void edit_checksums(hid_t file) { edit(file, "checksums/table"); }
static void edit_seed(hid_t file) { set_integer(file, "seed", 2028); }
static void edit_title(hid_t file) { set_text(file, "title_fr", "Un autre"); }
static void edit_closing(hid_t file) { set_text(file, "first_closing", "2027-02-11"); }
static void edit_paths(hid_t file) { set_integer(file, "paths", PATHS - 1); }

static void edit_rank_error(hid_t file)
{
    hid_t dataset = H5Dopen2(file, "series/with/nav/quantiles", H5P_DEFAULT);
    hid_t attribute = H5Aopen(dataset, "rank_error", H5P_DEFAULT);
    assert_true(dataset >= 0);
    assert_true(attribute >= 0);
    assert_true(H5Awrite(attribute, H5T_NATIVE_DOUBLE, &(double){ 0.5 }) >= 0);
    H5Aclose(attribute);
    H5Dclose(dataset);
}

static void lose_series(hid_t file) { H5Ldelete(file, "series/with/nav", H5P_DEFAULT); }
static void lose_axis(hid_t file) { H5Ldelete(file, "axes/path", H5P_DEFAULT); }

/* Numbers, texts or facts of the run that are not those written: told, and where. */
static void test_changed_since(void **state)
{
    (void)state;
    static const char changed[] = "was changed after the run", missing[] = "is missing";
    static const struct {
        const char *place, *told;
        void (*change)(hid_t);
    } edits[] = {
        { "since.h5: /summary/mean", changed, edit_mean },
        { "summary/count", changed, edit_count },
        { "summary/dotation/value", changed, edit_dotation },
        { "series/with/nav/quantiles", changed, edit_fan },
        { "series/with/nav/quantiles@rank_error", changed, edit_rank_error },
        { "scenario/text", changed, edit_text },
        { "scenario/parameters", changed, edit_parameters },
        { "measures/table", changed, edit_measures },
        { "what its root says of the run", changed, edit_checksums },
        { "what its root says of the run", changed, edit_seed },
        { "what its root says of the run", changed, edit_title },
        { "what its root says of the run", changed, edit_closing },
        { "what its root says of the run", changed, edit_paths },
        { "series/with/nav", missing, lose_series },
        { "axes/path", missing, lose_axis },
    };
    char path[256];
    snprintf(path, sizeof path, "%s/since.h5", fixture.folder);
    assert_int_equal(write_at(path), MLD_OK);
    struct contents sound = get_file(path);
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        put_file(path, sound.bytes, sound.n);
        hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
        edits[i].change(file);
        H5Fclose(file);
        assert_int_equal(open_at(path), MLD_ERR_FORMAT);
        assert_told(edits[i].place);
        assert_told(edits[i].told);
    }
    free(sound.bytes);
}

/* Paths are compared when they are read, and what is wrong is asked for then. */
static void test_paths_changed_since(void **state)
{
    (void)state;
    const char *path = fixture_path(&fixture, "paths.h5");
    struct mld_results *results;
    double column[PATHS];
    assert_int_equal(write_at(path), MLD_OK);
    hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    edit(file, "paths/with/tvpi_a");
    edit(file, "trajectories/with/nav");
    H5Fclose(file);
    mld_messages_clear(&fixture.messages);
    assert_int_equal(mld_results_open(path, &results, &fixture.messages), MLD_OK);
    assert_int_equal(mld_results_measure(results, 0, "tvpi_a", column), MLD_OK);
    assert_int_equal(mld_results_measure(results, 1, "none", column), MLD_ERR_FORMAT);
    assert_null(mld_results_refusal(results));
    assert_int_equal(mld_results_measure(results, 1, "tvpi_a", column), MLD_ERR_FORMAT);
    assert_string_equal(strstr(mld_results_refusal(results), "paths.h5: "),
                        "paths.h5: /paths/with/tvpi_a was changed after the run");
    assert_int_equal(mld_results_measure(results, 0, "tvpi_a", column), MLD_OK);
    mld_results_close(results);
}

/* What designs share is in the file once, under two names, and is refused under both. */
static void test_shared_once(void **state)
{
    (void)state;
    static const struct {
        const char *without, *with;
        unsigned names;
    } places[] = { { "paths/without/cost", "paths/with/cost", 3 },
                   { "trajectories/without/income", "trajectories/with/income", 3 },
                   { "paths/without/tvpi_a", "paths/with/tvpi_a", 1 } };
    const char *path = fixture_path(&fixture, "shared.h5");
    assert_int_equal(write_at(path), MLD_OK);
    hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        H5O_info_t without, with;
        assert_true(H5Oget_info_by_name(file, places[i].without, &without, H5P_DEFAULT) >= 0);
        assert_true(H5Oget_info_by_name(file, places[i].with, &with, H5P_DEFAULT) >= 0);
        assert_int_equal(without.rc, places[i].names);
        assert_int_equal(without.addr == with.addr, places[i].names > 1);
    }
    edit(file, "paths/with/cost");
    H5Fclose(file);
    for (int design = 0; design < 2; design++) {
        struct mld_results *results;
        double column[PATHS];
        assert_int_equal(mld_results_open(path, &results, &fixture.messages), MLD_OK);
        assert_int_equal(mld_results_measure(results, design, "cost", column), MLD_ERR_FORMAT);
        assert_non_null(strstr(mld_results_refusal(results), "was changed after the run"));
        mld_results_close(results);
    }
}

/* The last path of a series, of which the first was changed: its checksum is of them all. */
static void test_series_changed_since(void **state)
{
    (void)state;
    const char *path = fixture_path(&fixture, "paths.h5");
    struct mld_results *results;
    double value[MLD_MAX_PERIODS];
    int series = mld_series_named("nav");
    assert_int_equal(mld_results_open(path, &results, &fixture.messages), MLD_OK);
    size_t last = mld_results_trajectories(results) - 1;
    assert_int_equal(mld_results_trajectory(results, 0, series, last, value), MLD_OK);
    assert_int_equal(mld_results_trajectory(results, 1, series, last, value), MLD_ERR_FORMAT);
    assert_string_equal(strstr(mld_results_refusal(results), "paths.h5: "),
                        "paths.h5: /trajectories/with/nav was changed after the run");
    mld_results_close(results);
}

/* What somebody adds is nobody's of ours, and no fault. */
static void test_notes_added(void **state)
{
    (void)state;
    const char *path = fixture_path(&fixture, "notes.h5"), *note = "seen";
    assert_int_equal(write_at(path), MLD_OK);
    hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT), type = H5Tcopy(H5T_C_S1),
          space = H5Screate(H5S_SCALAR);
    H5Tset_size(type, H5T_VARIABLE);
    hid_t attribute = H5Acreate2(file, "note", type, space, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(H5Awrite(attribute, type, &note) >= 0);
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
    put_array(file, "axes/mine", H5T_IEEE_F64LE, 1, &(hsize_t){ 3 }, 0);
    H5Fclose(file);
    assert_int_equal(open_at(path), MLD_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places_that_cannot_be),
        cmocka_unit_test(test_read_only_folder),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_write_after_failure),
        cmocka_unit_test(test_not_enough_disk),
        cmocka_unit_test(test_killed),
        cmocka_unit_test(test_killed_at_any_moment),
        cmocka_unit_test(test_living_neighbour),
        cmocka_unit_test(test_leftovers),
        cmocka_unit_test(test_target_becomes_a_folder),
        cmocka_unit_test(test_only_own_files_are_replaced),
        cmocka_unit_test(test_file_appears),
        cmocka_unit_test(test_renaming_fails),
        cmocka_unit_test(test_interruption_replaces_nothing),
        cmocka_unit_test(test_long_names),
        cmocka_unit_test(test_no_file),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_deceitful),
        cmocka_unit_test(test_replay_of_an_earlier_file),
        cmocka_unit_test(test_open_elsewhere),
        cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_texts_that_are_obeyed),
        cmocka_unit_test(test_replay_of_a_changed_file),
        cmocka_unit_test(test_why_a_replay_differs),
        cmocka_unit_test(test_changed_since),
        cmocka_unit_test(test_paths_changed_since),
        cmocka_unit_test(test_shared_once),
        cmocka_unit_test(test_series_changed_since),
        cmocka_unit_test(test_notes_added),
    };
    return cmocka_run_group_tests(tests, load, clear);
}
