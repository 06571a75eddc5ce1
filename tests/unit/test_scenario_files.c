/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scenarios as files: in whose encoding, of what kind, in which folder, how large, and what a
 * variant inherits of its base.
 */
#include "support/files.h"
#include "support/outcome.h"

#include <fcntl.h>
#include <sys/stat.h>

#define DATA TEST_DATA "/scenario/"
#define BASE "base = \"" DATA "base.cfg\";\n"

static char folder[FOLDER];

static struct outcome outcome_at(const char *name, const char *text)
{
    put_file(path_in(folder, name), text, strlen(text));
    return outcome_of_file(path_in(folder, name), 0, NULL);
}

static void assert_told(struct outcome outcome, enum mld_status status, const char *message)
{
    assert_int_equal(outcome.status, status);
    assert_int_equal(outcome.messages.count, 1);
    if (!strstr(outcome.messages.text[0], message))
        fail_msg("%s", outcome.messages.text[0]);
    outcome_clear(&outcome);
}

/* ---- encodings ---- */

/* As editors of Western Europe save it; the same for a base. */
static void windows_1252_is_read(void **state)
{
    (void)state;
    static const char text[] = BASE
        "name = \"ansi\";\r\ntitle = { fr = \"Fonds d'\xE9t\xE9 \xE0 100 M\x80\"; };\r\n";
    struct outcome outcome = outcome_at("ansi.cfg", text);
    assert_int_equal(outcome.status, MLD_OK);
    assert_string_equal(outcome.plan->title_fr, "Fonds d'été à 100 M€");
    outcome_clear(&outcome);
    outcome = outcome_at("variant.cfg", "base = \"ansi.cfg\";\nfund = { hurdle = 0.05; };\n");
    assert_int_equal(outcome.status, MLD_OK);
    assert_string_equal(outcome.plan->title_fr, "Fonds d'été à 100 M€");
    outcome_clear(&outcome);
    outcome = outcome_of_text(text, DATA "kept.cfg", 1,
                              (const char *const[]){ "title.en=Fund of 100 M\x80" });
    assert_int_equal(outcome.status, MLD_OK);
    assert_string_equal(outcome.plan->title_fr, "Fonds d'été à 100 M€");
    assert_string_equal(outcome.plan->title_en, "Fund of 100 M€");
    outcome_clear(&outcome);
}

static void utf_16_is_read(void **state)
{
    (void)state;
    static const char text[] = BASE "title = { en = \"Fund\"; };\n";
    char wide[2 * sizeof text] = "\xFF\xFE";
    for (size_t i = 0; i + 1 < sizeof text; i++)
        memcpy(wide + 2 + 2 * i, (char[]){ text[i], '\0' }, 2);
    put_file(path_in(folder, "wide.cfg"), wide, sizeof wide);
    struct outcome outcome = outcome_of_file(path_in(folder, "wide.cfg"), 0, NULL);
    assert_int_equal(outcome.status, MLD_OK);
    assert_string_equal(outcome.plan->title_en, "Fund");
    outcome_clear(&outcome);
}

static void other_bytes_are_told_by_their_line(void **state)
{
    (void)state;
    assert_told(outcome_at("mixed.cfg", BASE "title = { en = \"\xC3\xA9\";\n fr = \"\xE9\"; };\n"),
                MLD_ERR_INPUT, "mixed.cfg:3: neither UTF-8 nor Windows-1252: save it as UTF-8");
    assert_told(outcome_of_file(DATA "base.cfg", 1,
                                (const char *const[]){ "title.en=\xC3\xA9 \xE9" }),
                MLD_ERR_INPUT, "neither UTF-8 nor Windows-1252");
}

/* ---- kinds ---- */

static const struct {
    const char *bytes;
    size_t length;
    const char *why;
} others[] = {
    { "\x89HDF\r\n\x1a\n\0\0\0\0", 12,
      "cannot be read: it is a results file, which milliard show reads, and no text" },
    { "PK\x03\x04\x14\0\x06\0", 8,
      "cannot be read: it is a workbook or a zip file, and no text: a tape is saved as CSV" },
    { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8,
      "cannot be read: it is an old workbook, and no text: a tape is saved as CSV" },
    { "%PDF-1.7\n", 9, "cannot be read: it is a PDF, and no text" },
    { "\x1F\x8B\x08\0", 4, "cannot be read: it is compressed, and no text" },
};

/* Given as scenario, as base and as tape. */
static void files_of_other_kinds_are_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        put_file(path_in(folder, "other"), others[i].bytes, others[i].length);
        assert_told(outcome_of_file(path_in(folder, "other"), 0, NULL), MLD_ERR_FILE,
                    others[i].why);
        assert_told(outcome_at("on.cfg", "base = \"other\";\n"), MLD_ERR_FILE, others[i].why);
        assert_told(outcome_at("of.cfg", BASE "tape = { file = \"other\"; };\n"), MLD_ERR_FILE,
                    others[i].why);
    }
}

/* Nobody writes into it: were it opened as a file, the program would wait for ever. */
static void pipes_are_not_waited_for(void **state)
{
    (void)state;
    static const char *const texts[] = { "base = \"pipe\";\n",
                                         BASE "tape = { file = \"pipe\"; };\n",
                                         "base = \"/dev/zero\";\n" };
    assert_int_equal(mkfifo(path_in(folder, "pipe"), 0600), 0);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_told(outcome_at("on.cfg", texts[i]), MLD_ERR_FILE,
                    "cannot be read: it is a pipe or a device, not a file");
}

/*
 * The scenario that is asked for may come through one: milliard check <(generate) or | milliard
 * check /dev/stdin.
 */
static void a_scenario_comes_through_a_pipe(void **state)
{
    (void)state;
    int ends[2];
    char path[32];
    static const char text[] = BASE "fund = { hurdle = 0.05; };\n";
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], text, strlen(text)), (int)strlen(text));
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    struct outcome outcome = outcome_of_file(path, 0, NULL);
    close(ends[0]);
    outcome_tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    assert_true(outcome.plan->fund.hurdle == 0.05);
    outcome_clear(&outcome);
}

/* ---- size ---- */

/* A scenario that a results file keeps holds its tape, which may be large. */
static void a_scenario_with_its_tape_is_read(void **state)
{
    (void)state;
    const size_t deals = 120000;
    char *text = malloc(64 * deals + 4096), *at = text;
    at += sprintf(at, BASE "drop = [ \"fund\" ];\ntape = { file = \"x.csv\"; text = "
                           "\"deal,issuer,instrument,legal_form,sector,date,amount\n");
    for (size_t i = 0; i < deals; i++)
        at += sprintf(at, "D%zu,E%zu,shares,company,food,2027-03-01,1000000\n", i, i);
    at += sprintf(at, "\"; };\n");
    assert_true(at - text > 4 << 20);
    struct outcome outcome = outcome_at("large.cfg", text);
    free(text);
    outcome_tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    assert_int_equal(outcome.plan->model.tape.n_deals, deals);
    outcome_clear(&outcome);
}

/* ---- numbers ---- */

static void whole_numbers_are_those_written(void **state)
{
    (void)state;
    static const struct {
        const char *set;
        double seed, paths;
    } right[] = {
        { "run.seed=9007199254740991", 9007199254740991.0, 100000 },
        { "run.seed=9007199254740992.0", 9007199254740992.0, 100000 },
        { "run.seed=0x1FFFFFFFFFFFFF", 9007199254740991.0, 100000 },
        { "run.seed=90e14", 9e15, 100000 },
        { "run.seed=0", 0, 100000 },
        { "run.seed=0.00", 0, 100000 },
        { "run.seed=12345678.5e1", 123456785, 100000 },
        { "run.paths=0x3E8", 2027, 1000 },
        { "run.paths=1e3", 2027, 1000 },
        { "run.paths=4294967294L", 2027, 4294967294.0 },
        { "run.paths=+1000", 2027, 1000 },
    };
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
        struct outcome outcome = outcome_of_file(DATA "base.cfg", 1, &right[i].set);
        outcome_tell(&outcome);
        assert_int_equal(outcome.status, MLD_OK);
        assert_true(outcome.plan->run.seed == right[i].seed &&
                    outcome.plan->run.paths == right[i].paths);
        outcome_clear(&outcome);
    }
}

/* ---- elsewhere ---- */

static double volume_of(const struct outcome *outcome)
{
    double sum = 0;
    assert_int_equal(outcome->status, MLD_OK);
    for (int i = 0; i < outcome->plan->model.tape.n_deals; i++)
        sum += outcome->plan->model.tape.deal[i].amount;
    return sum;
}

/* Written out in full and kept in another folder, where another tape has the same name. */
static void a_scenario_written_out_keeps_its_tape(void **state)
{
    (void)state;
    static const char head[] = "deal,issuer,instrument,legal_form,sector,date,amount\n";
    char tape[256];
    assert_int_equal(mkdir(path_in(folder, "sub"), 0700), 0);
    snprintf(tape, sizeof tape, "%sD1,A,bond,association,care,2027-01-31,1500000\n", head);
    put_file(path_in(folder, "sub/x.csv"), tape, strlen(tape));
    snprintf(tape, sizeof tape, "%sD1,A,shares,cooperative,food,2027-01-31,9500000\n", head);
    put_file(path_in(folder, "x.csv"), tape, strlen(tape));
    struct outcome outcome = outcome_at("sub/s.cfg", BASE "tape = { file = \"x.csv\"; };\n");
    assert_true(volume_of(&outcome) == 1.5e6);
    char *text = mld_scenario_explain(outcome.scenario);
    assert_non_null(text);
    struct outcome full = outcome_at("full.cfg", text);
    free(text);
    assert_true(volume_of(&full) == 1.5e6);
    outcome_clear(&full);
    outcome_clear(&outcome);
}

/* ---- names and titles ---- */

static void a_new_name_has_no_old_title(void **state)
{
    (void)state;
    struct outcome outcome = outcome_at(
        "a.cfg", BASE "name = \"ours\";\ndescription = { fr = \"Le nôtre.\"; };\n");
    assert_int_equal(outcome.status, MLD_OK);
    assert_string_equal(outcome.plan->title_en, "");
    assert_string_equal(outcome.plan->title_fr, "");
    assert_string_equal(outcome.plan->description_en, "");
    assert_string_equal(outcome.plan->description_fr, "Le nôtre.");
    outcome_clear(&outcome);
    /* a variant without a name is its base, changed */
    outcome = outcome_at("b.cfg", BASE "fund = { hurdle = 0.05; };\n");
    assert_string_equal(outcome.plan->title_en, "FPCI of 100 M€, reference");
    outcome_clear(&outcome);
    outcome = outcome_at("c.cfg", "base = \"a.cfg\";\nname = \"ours\";\n");
    assert_string_equal(outcome.plan->description_fr, "Le nôtre.");
    outcome_clear(&outcome);
}

static int prepare(void **state)
{
    (void)state;
    make_folder(folder, "scenarios");
    return 0;
}

static int clear(void **state)
{
    (void)state;
    return remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(windows_1252_is_read, prepare, clear),
        cmocka_unit_test_setup_teardown(utf_16_is_read, prepare, clear),
        cmocka_unit_test_setup_teardown(other_bytes_are_told_by_their_line, prepare, clear),
        cmocka_unit_test_setup_teardown(files_of_other_kinds_are_named, prepare, clear),
        cmocka_unit_test_setup_teardown(pipes_are_not_waited_for, prepare, clear),
        cmocka_unit_test_setup_teardown(a_scenario_comes_through_a_pipe, prepare, clear),
        cmocka_unit_test_setup_teardown(a_scenario_with_its_tape_is_read, prepare, clear),
        cmocka_unit_test(whole_numbers_are_those_written),
        cmocka_unit_test_setup_teardown(a_scenario_written_out_keeps_its_tape, prepare, clear),
        cmocka_unit_test_setup_teardown(a_new_name_has_no_old_title, prepare, clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
