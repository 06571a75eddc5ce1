/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deal tapes: what a spreadsheet saves is read, and each mistake gives the exact message of its
 * line of the tables. The tape is given inside the scenario (tape.text), upon
 * tests/data/scenario/base.cfg.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/draws.h"
#include "milliard/rating.h"
#include "support/outcome.h"

#define DATA TEST_DATA "/scenario/"
#define HEADER "deal,issuer,instrument,legal_form,sector,date,amount"
#define GOOD "D1,Alpha,bond,company,food,2027-03-01,1000000\n"
#define NBSP "\xC2\xA0"
#define NNBSP "\xE2\x80\xAF"

/* The plan of a tape of `length` bytes, handed to the parser as the program would. */
static struct outcome read_bytes(const char *text, size_t length)
{
    char path[] = "/tmp/milliard-tape-XXXXXX", scenario[512];
    int descriptor = mkstemp(path);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    fclose(file);
    snprintf(scenario, sizeof scenario, "base = \"base.cfg\";\ntape = { file = \"%s\"; };", path);
    struct outcome outcome = outcome_of_text(scenario, DATA "variant.cfg", 0, NULL);
    remove(path);
    /* the path, which no expected message knows */
    for (size_t i = 0; i < outcome.messages.count; i++) {
        char *found = strstr(outcome.messages.text[i], path);
        if (found)
            memmove(found, found + strlen(path), strlen(found + strlen(path)) + 1);
    }
    return outcome;
}

static struct outcome read_tape(const char *text) { return read_bytes(text, strlen(text)); }

static void tell(const struct outcome *outcome)
{
    for (size_t i = 0; i < outcome->messages.count; i++)
        fprintf(stderr, "  got:      %s\n", outcome->messages.text[i]);
}

/* ---- mistakes ---- */

static const struct {
    const char *tape, *message;
} wrong_rows[] = {
    { "D1,Alpha,bonds,company,food,2027-03-01,1000000",
      ":2:10: instrument = \"bonds\": no such instrument; did you mean bond?" },
    { "D1,Alpha,,company,food,2027-03-01,1000000", ":2:10: instrument is empty" },
    { "D1,Alpha,bond,compagny,food,2027-03-01,1000000",
      ":2:15: legal_form = \"compagny\": no such legal_form; did you mean company?" },
    { "D1,Alpha,bond,company,xyz,2027-03-01,1000000", ":2:23: sector = \"xyz\": no such sector" },
    { ",Alpha,bond,company,food,2027-03-01,1000000", ":2:1: deal is empty" },
    { "D1,,bond,company,food,2027-03-01,1000000", ":2:4: issuer is empty" },
    { "D1,\"Al\tpha\",bond,company,food,2027-03-01,1000000",
      ":2:4: issuer holds a control character" },
    { "D1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,bond,company,food,"
      "2027-03-01,1000000",
      ":2:4: issuer is 68 bytes long; at most 63 are kept" },
    /* dates */
    { "D1,Alpha,bond,company,food,2026-12-31,1000000",
      ":2:28: date = 2026-12-31 is before the first closing, 2027-01-01" },
    { "D1,Alpha,bond,company,food,2032-01-01,1000000",
      ":2:28: date = 2032-01-01 is after the investment period, which ends on 2031-12-31" },
    { "D1,Alpha,bond,company,food,2027-02-29,1000000",
      ":2:28: date = \"2027-02-29\": a date such as 2027-01-31 or 31/01/2027 is expected" },
    { "D1,Alpha,bond,company,food,3/1/2027,1000000",
      ":2:28: date = \"3/1/2027\": a date such as 2027-01-31 or 31/01/2027 is expected" },
    { "D1,Alpha,bond,company,food,,1000000",
      ":2:28: date = \"\": a date such as 2027-01-31 or 31/01/2027 is expected" },
    /* cut between characters, controls shown */
    { "D1,Alpha,bond,company,food,xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxéé,"
      "1000000",
      ":2:28: date = \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\": a date "
      "such as 2027-01-31 or 31/01/2027 is expected" },
    { "D1,Alpha,\x1B[31mbond,company,food,2027-03-01,1000000",
      ":2:10: instrument = \"\\x1B[31mbond\": no such instrument" },
    { "D1,Alpha,bond,company,food,2027-03-01,1\xC2\x9B"
      "000",
      ":2:39: amount = \"1\\u009B000\": a number is expected" },
    /* amounts */
    { "D1,Alpha,bond,company,food,2027-03-01,", ":2:39: amount is empty" },
    { "D1,Alpha,bond,company,food,2027-03-01,-5",
      ":2:39: amount = -5 is outside [1, 1000000000000] EUR" },
    { "D1,Alpha,bond,company,food,2027-03-01,0",
      ":2:39: amount = 0 is outside [1, 1000000000000] EUR" },
    { "D1,Alpha,bond,company,food,2027-03-01,\"0,5\"",
      ":2:39: amount = 0.5 is outside [1, 1000000000000] EUR; did you mean 500000?" },
    { "D1,Alpha,bond,company,food,2027-03-01,nan",
      ":2:39: amount = \"nan\": a number is expected" },
    { "D1,Alpha,bond,company,food,2027-03-01,inf",
      ":2:39: amount = \"inf\": a number is expected" },
    { "D1,Alpha,bond,company,food,2027-03-01,1e999",
      ":2:39: amount = \"1e999\": a number is expected" },
    { "D1,Alpha,bond,company,food,2027-03-01,0x10",
      ":2:39: amount = \"0x10\": a number is expected" },
    { "D1,Alpha,bond,company,food,2027-03-01,1 50 000",
      ":2:39: amount = \"1 50 000\": a number is expected" },
    { "D1,Alpha,bond,company,food,2027-03-01,\"1,500\"",
      ":2:39: amount = \"1,500\": thousands or decimals? Write 1500 or 1500.00, without a mark "
      "between thousands" },
    { "D1,Alpha,bond,company,food,2027-03-01,\"1,500,000.00\"",
      ":2:39: amount = \"1,500,000.00\": one decimal point or comma at most; spaces may part "
      "thousands" },
    /* shape */
    { "D1,Alpha,bond,company,food,2027-03-01",
      ":2:1: 6 cells, where the first row has 7: amount is missing" },
    { "D1", ":2:1: 1 cell, where the first row has 7: issuer is missing" },
    { "D1,Alpha,bond,company,food,2027-03-01,1000000,1",
      ":2:47: 8 cells, where the first row has 7" },
    { "D1,\"Alpha,bond,company,food,2027-03-01,1000000",
      ":2:4: a quote is not closed on its line" },
    { "D1,\"Alpha,bond,company,food,2027-03-01,1000000\nD2,\"Beta\",bond,company,food,2027-03-01,"
      "1000000\n",
      ":2:4: a quote is not closed on its line" }, /* nor on another: what follows is a row */
    { "D1,\"Al\npha\",bonds,company,food,2027-03-01,1000000",
      ":3:6: instrument = \"bonds\": no such instrument; did you mean bond?" },
    { "D1,\"Al\"pha,bond,company,food,2027-03-01,1000000", ":2:8: text follows a closing quote" },
    { "É1,Été,bonds,company,food,2027-03-01,1000000",
      ":2:8: instrument = \"bonds\": no such instrument; did you mean bond?" },
    /* across rows */
    { GOOD "D1,Beta,bond,company,food,2027-03-01,1000000",
      ":3:1: deal \"D1\" is already on line 2" },
    { GOOD "D2,Alpha,bond,association,food,2027-03-01,1000000",
      ":3:15: legal_form = \"association\": issuer \"Alpha\" is \"company\" in an earlier row" },
    { GOOD "D2,Alpha,bond,company,care,2027-03-01,1000000",
      ":3:23: sector = \"care\": issuer \"Alpha\" is in \"food\" in an earlier row" },
    { "", ":2:1: the tape has no deal" },
    { GOOD "D2,Beta,bond,company,food,2027-03-01,90000000",
      NULL /* the commitments do not cover it: told by the plan, with the scenario's place */ },
};

static void one_row_one_message(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof wrong_rows / sizeof wrong_rows[0]; i++) {
        char text[1024];
        snprintf(text, sizeof text, HEADER "\n%s\n", wrong_rows[i].tape);
        struct outcome outcome = read_tape(text);
        const char *message = wrong_rows[i].message;
        if (outcome.status != MLD_ERR_INPUT || outcome.messages.count != 1 ||
            (message && strcmp(outcome.messages.text[0], message))) {
            fprintf(stderr, "%s\n  expected: %s\n", wrong_rows[i].tape,
                    message ? message : "one message");
            tell(&outcome);
            wrong++;
        }
        outcome_clear(&outcome);
    }
    assert_int_equal(wrong, 0);
}

static const struct {
    const char *text;
    size_t length;
    const char *message;
} wrong_tapes[] = {
#define TAPE(text, message)            \
    {                                  \
        text, sizeof text - 1, message \
    }
    TAPE("", ":1:1: the tape is empty"),
    TAPE("\n\r\n ; ; \n", ":3:1: the tape is empty"),
    TAPE(HEADER ",amout\n" GOOD, ":1:54: column amout is unknown; did you mean amount?"),
    TAPE(HEADER ",comment\n" GOOD,
         ":1:54: column comment is unknown; a column of your own is named #comment"),
    TAPE(HEADER ",recovry_mean\n" GOOD,
         ":1:54: column recovry_mean is unknown; did you mean recovery_mean?"),
    TAPE(HEADER ",ratng\n" GOOD, ":1:54: column ratng is unknown; did you mean rating?"),
    TAPE(HEADER ",#a,#a\n" GOOD, ":1:57: column #a is given twice"),
    TAPE(HEADER ",#aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n" GOOD,
         ":1:54: the name of a column is 65 bytes long; at most 63 are kept"),
    /* the resolution of a deal, and the credit class of its issuer */
    TAPE(HEADER ",recovery_mean\nD1,A,bond,company,food,2027-03-01,1e6,45\n",
         ":2:39: recovery_mean = 45 is outside [0, 1]; did you mean 0.45?"),
    TAPE(HEADER ",recovery_mean,recovery_sd\nD1,A,bond,company,food,2027-03-01,1e6,0.9,0.4\n",
         ":2: bond: resolution \"liquidation\": recovery_sd = 0.4 is too large for recovery_mean = "
         "0.9: sd^2 must be below mean x (1 - mean)"),
    TAPE(HEADER
         ",recovery_mean,lag_years\nD1,A,participating_loan,company,food,2027-03-01,1e6,,3\n",
         ":2:54: lag_years without recovery_mean: the deal's own resolution takes the place of the "
         "2 of participating_loan"),
    TAPE(HEADER ",rating\nD1,A,bond,company,food,2027-03-01,1e6,bbb+\n",
         ":2:39: rating = \"bbb+\": one of \"aaa_aa|a|bbb|bb|bb_minus|b|start_up\" is expected"),
    TAPE(HEADER ",rating\nD1,A,bond,company,food,2027-03-01,1e6,\nD2,A,bond,company,food,2027-03-"
                "01,1e6,bb\nD3,A,bond,company,food,2027-03-01,1e6,b\n",
         ":4:39: rating = \"b\": issuer \"A\" is \"bb\" on line 3"),
    TAPE("deal,issuer,instrument,legal_form,sector,date\nD1,A,bond,company,food,2027-03-01\n",
         ":1:1: column amount is missing"),
    TAPE(HEADER ",date\nD1,A,bond,company,food,2027-03-01,1,2\n",
         ":1:54: column date is given twice"),
    TAPE(HEADER ",cupon\nD1,A,bond,company,food,2027-03-01,1,2\n",
         ":1:54: column cupon is unknown; did you mean coupon?"),
    TAPE(HEADER ",coupon\nD1,A,bond,company,food,2027-03-01,1e6,7\n",
         ":2:39: coupon = 7 is outside [0, 0.5] per year; did you mean 0.07?"),
    TAPE(HEADER ",coupon\nD1,A,bond,company,food,2027-03-01,1e6,7 %\n",
         ":2:39: coupon = \"7 %\": fractions are expected: 0.05 for 5 %"),
    TAPE(HEADER ",coupon\nD1,A,shares,company,food,2027-03-01,1e6,0.07\n",
         ":2:41: coupon is no parameter of shares"),
    TAPE(HEADER ",amortisation\nD1,A,bond,company,food,2027-03-01,1e6,annuity\n",
         ":2:39: amortisation = \"annuity\": one of \"bullet|linear\" is expected"),
    TAPE(HEADER ",cap_margin\nD1,A,association_securities,association,food,2027-03-01,1e6,0.06\n",
         ":2: association_securities: cap_margin = 0.06: the coupon may exceed the bond yield by "
         "at most 0.055 "
         "(Code monétaire et financier, art. L213-13)"),
    TAPE(HEADER ",\nD1,A,bond,company,food,2027-03-01,1e6,x\n",
         ":2:39: a value stands in a column without a name"),
    TAPE(HEADER "\nD1,A\0,bond,company,food,2027-03-01,1e6\n",
         ":2:5: a NUL byte: this is no text file (a spreadsheet saves as CSV UTF-8)"),
    /* neither UTF-8 nor Windows-1252: both at once, and a byte that means nothing in the latter */
    TAPE(HEADER "\nD1,\xC9t\xC3\xA9,bond,company,food,2027-03-01,1e6\n",
         ":2:4: no UTF-8: save the spreadsheet as CSV UTF-8"),
    TAPE(HEADER "\nD1,\xC9t\x81,bond,company,food,2027-03-01,1e6\n",
         ":2:4: no UTF-8: save the spreadsheet as CSV UTF-8"),
    /* most of it UTF-8: Greek, one byte of which is lost */
    TAPE(HEADER "\nD1,\xCE\xB1\xCE\xB2\xCE,bond,company,food,2027-03-01,1e6\n",
         ":2:6: no UTF-8: save the spreadsheet as CSV UTF-8"),
    /*
     * "Société" saved as CSV (Macintosh) and as CSV (MS-DOS): SociŽtŽ and Soci‚t‚ in Windows-1252
     */
    TAPE(HEADER "\nD1,Soci\x8Et\x8E,bond,company,food,2027-03-01,1e6\n",
         ":2:8: no UTF-8: save the spreadsheet as CSV UTF-8"),
    TAPE(HEADER "\nD1,Soci\x82t\x82,bond,company,food,2027-03-01,1e6\n",
         ":2:8: no UTF-8: save the spreadsheet as CSV UTF-8"),
    /* UTF-16 that ends within a character, and half a pair */
    TAPE("\xFF\xFE"
         "d\0e",
         ":1:4: a NUL byte: this is no text file (a spreadsheet saves as CSV UTF-8)"),
    TAPE("\xFF\xFE"
         "\x3D\xD8"
         "ee",
         ":1:1: no UTF-8: save the spreadsheet as CSV UTF-8"),
    TAPE("\xFF\xFE", ":1:1: the tape is empty"),
};

static void one_tape_one_message(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof wrong_tapes / sizeof wrong_tapes[0]; i++) {
        struct outcome outcome = read_bytes(wrong_tapes[i].text, wrong_tapes[i].length);
        if (outcome.messages.count != 1 ||
            strcmp(outcome.messages.text[0], wrong_tapes[i].message)) {
            fprintf(stderr, "%s\n  expected: %s\n", wrong_tapes[i].text, wrong_tapes[i].message);
            tell(&outcome);
            wrong++;
        }
        assert_int_equal(outcome.status, MLD_ERR_INPUT);
        outcome_clear(&outcome);
    }
    assert_int_equal(wrong, 0);
}

/* Fifty mistakes are told, the others counted. */
static void many_mistakes_are_counted(void **state)
{
    (void)state;
    char text[8192] = HEADER "\n";
    for (int i = 0; i < 70; i++)
        strcat(text, "D,A,bond,company,food,2027-03-01,x\n");
    struct outcome outcome = read_tape(text);
    assert_int_equal(outcome.messages.count, 51);
    assert_string_equal(outcome.messages.text[49], ":51:34: amount = \"x\": a number is expected");
    assert_string_equal(outcome.messages.text[50], ": and 20 more mistakes");
    outcome_clear(&outcome);
}

/* ---- what is read ---- */

/* The same two deals as different programs save them. */
static const char *const spellings[] = {
    HEADER ",coupon\nD1,Énergie,bond,company,food,2027-03-31,1500000.5,0.065\nD2,B,shares,company,"
           "care,2027-04-01,1000,\n",
    "\xEF\xBB\xBF" HEADER ",coupon\r\nD1,Énergie,bond,company,food,2027-03-31,1500000.5,0."
    "065\r\nD2,B,shares,company,care,2027-04-01,1000,\r\n",
    "deal;issuer;instrument;legal_form;sector;date;amount;coupon\nD1;Énergie;bond;company;food;31/"
    "03/2027;1 500 000,50;0,065\nD2;B;shares;company;care;01/04/2027;1 000;\n;;;;;;;\n\n",
    "deal;issuer;instrument;legal_form;sector;date;amount;coupon\nD1;Énergie;bond;company;food;31/"
    "03/2027;1" NBSP "500" NBSP "000,50;0,065\nD2;B;shares;company;care;01/04/2027;1" NNBSP
    "000,00" NNBSP "€;",
    "sep=;\r\ndeal;issuer;instrument;legal_form;sector;date;amount;coupon\r\"D1\";\"Énergie\";"
    "\"bond\";\"company\";\"food\";\"31/03/2027\";\"1500000,5\";\"0,065\"\rD2 ; "
    "B;shares;company;care;01/04/2027;1000;\r",
    /* Windows-1252, as spreadsheets of Western Europe save by default: É, no-break spaces, € */
    "deal;issuer;instrument;legal_form;sector;date;amount;coupon\r\nD1;\xC9nergie;bond;company;"
    "food;31/03/2027;1\xA0"
    "500\xA0"
    "000,50;0,065\r\nD2;B;shares;company;care;01/04/2027;1\xA0"
    "000,00\xA0\x80;\r\n",
    "coupon\tamount\tdate\tsector\tlegal_form\tinstrument\tissuer\tdeal\n0.065\t1500000.5\t2027-03-"
    "31\tfood\tcompany\tbond\tÉnergie\tD1\n\t1e3\t2027-04-01\tcare\tcompany\tshares\tB\tD2\n",
};

static void every_spelling_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        struct outcome outcome = read_tape(spellings[i]);
        tell(&outcome);
        assert_int_equal(outcome.status, MLD_OK);
        const struct mld_tape *tape = &outcome.plan->model.tape;
        assert_int_equal(tape->n_deals, 2);
        assert_string_equal(tape->deal[0].name, "D1");
        assert_string_equal(tape->deal[0].issuer_name, "Énergie");
        assert_string_equal(tape->deal[1].issuer_name, "B");
        assert_true(tape->deal[0].amount == 1500000.5 && tape->deal[1].amount == 1000);
        assert_int_equal(tape->deal[0].period, 0);
        assert_int_equal(tape->deal[1].period, 1);
        /* 0.065 is the scenario's coupon: nothing is overridden */
        assert_int_equal(outcome.plan->model.n_terms, MLD_INSTRUMENTS);
        outcome_clear(&outcome);
    }
}

/*
 * Bytes of a name in a file that is Windows-1252 as a whole, and the name: a few of them are UTF-8
 * by chance (E9 A0 BB is U+983B, C9 BB U+027B), which decides nothing. The no-break spaces inside
 * guillemets are spaces of the name.
 */
static const struct {
    const char *bytes, *name;
} by_chance[] = {
    { "\xAB\xA0Solidarit\xE9\xA0\xBB", "« Solidarité »" },
    { "\xABSOLIDARIT\xC9\xBB", "«SOLIDARITÉ»" },
    { "\xAB\xA0L\xC0\xA0\xBB et \xAB\xA0"
      "CAF\xC9\xA0\xBB",
      "« LÀ » et « CAFÉ »" },
    { "Caf\xE9\x96Th\xE9\xA0\xBB", "Café–Thé »" },
    { "C\x9Cur d\x92\xC9t\xE9, 5 \x80", "Cœur d’Été, 5 €" },
};

static void few_bytes_decide_no_encoding(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof by_chance / sizeof by_chance[0]; i++) {
        char text[512];
        snprintf(text, sizeof text, HEADER "\nD1,\"%s\",bond,company,food,2027-03-01,1000000\n",
                 by_chance[i].bytes);
        struct outcome outcome = read_tape(text);
        tell(&outcome);
        assert_int_equal(outcome.status, MLD_OK);
        assert_string_equal(outcome.plan->model.tape.deal[0].issuer_name, by_chance[i].name);
        outcome_clear(&outcome);
    }
}

/*
 * "Unicode text" of a spreadsheet: UTF-16 of either order, tabs between cells; a character of two
 * units.
 */
static void unicode_text_is_read(void **state)
{
    (void)state;
    static const char text[] = "deal\tissuer\tinstrument\tlegal_form\tsector\tdate\tamount\r\nD1\t@"
                               " P%\tbond\tcompany\tfood\t31/03/2027\t1500000,5\r\n";
    for (int big = 0; big < 2; big++) {
        char bytes[4 * sizeof text];
        size_t used = 0;
        const char *mark = big ? "\xFE\xFF" : "\xFF\xFE", *cote = big ? "\0\xC9" : "\xC9\0",
                   *fox = big ? "\xD8\x3E\xDD\x8A" : "\x3E\xD8\x8A\xDD";
        memcpy(bytes, mark, 2);
        used = 2;
        for (const char *c = text; *c; c++) {
            const char plain[2] = { big ? '\0' : *c, big ? *c : '\0' };
            size_t length = *c == '%' ? 4 : 2;
            memcpy(bytes + used, *c == '%' ? fox : *c == '@' ? cote : plain, length);
            used += length;
        }
        struct outcome outcome = read_bytes(bytes, used);
        tell(&outcome);
        assert_int_equal(outcome.status, MLD_OK);
        assert_string_equal(outcome.plan->model.tape.deal[0].issuer_name, "É P\xF0\x9F\xA6\x8A");
        assert_true(outcome.plan->model.tape.deal[0].amount == 1500000.5);
        outcome_clear(&outcome);
    }
}

/* What a spreadsheet leaves out: the separators of empty cells at the end of a row. */
static void short_rows_are_read(void **state)
{
    (void)state;
    struct outcome outcome = read_tape(
        "deal;issuer;instrument;legal_form;sector;date;amount;coupon;maturity_years;pd_scale\r\n"
        "D1;A;bond;company;food;31/03/2027;1500000,00;0,07;5;1,5\r\nD2;B;shares;company;food;31/03/"
        "2027;2000000,00\r\n"
        "D3;C;bond;company;food;31/03/2027;1000000,00;0,07\r\nD4;D;bond;company;food;31/03/"
        "2027;1000000,00;;\r\n");
    tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    const struct mld_plan *plan = outcome.plan;
    assert_int_equal(plan->model.tape.n_deals, 4);
    assert_int_equal(plan->model.tape.deal[1].terms, mld_instrument_named("shares"));
    assert_true(plan->model.terms[plan->model.tape.deal[0].terms].pd_scale == 1.5);
    assert_true(plan->model.terms[plan->model.tape.deal[2].terms].bond.coupon == 0.07 &&
                plan->model.terms[plan->model.tape.deal[2].terms].pd_scale == 1);
    assert_int_equal(plan->model.tape.deal[3].terms, mld_instrument_named("bond"));
    outcome_clear(&outcome);
}

/* Line breaks within quotes are spaces, in the head too; lines are counted on. */
static void line_breaks_are_spaces(void **state)
{
    (void)state;
    static const char *const break_[] = { "\n", "\r\n", "\r" };
    for (size_t i = 0; i < sizeof break_ / sizeof break_[0]; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "\"deal\",issuer,instrument,legal_form,sector,date,\"amount%s\"%sD1,\"Coop%sdu "
                 "Port\" ,bond,company,food,2027-03-01,\"1000%s000\"%s"
                 "D2,B,bond,company,food,2027-03-01,1%s",
                 break_[i], break_[i], break_[i], break_[i], break_[i], break_[i]);
        struct outcome outcome = read_tape(text);
        tell(&outcome);
        assert_int_equal(outcome.status, MLD_OK);
        assert_string_equal(outcome.plan->model.tape.deal[0].issuer_name, "Coop du Port");
        assert_true(outcome.plan->model.tape.deal[0].amount == 1000000);
        assert_int_equal(outcome.plan->model.tape.deal[1].line, 6);
        outcome_clear(&outcome);
    }
}

static void quotes_hold_separators(void **state)
{
    (void)state;
    struct outcome outcome = read_tape(
        HEADER "\nD1,\"Pain, \"\"Miel\"\" et fils\",bond,company,food,2027-03-01,1000000\n");
    assert_int_equal(outcome.status, MLD_OK);
    assert_string_equal(outcome.plan->model.tape.deal[0].issuer_name, "Pain, \"Miel\" et fils");
    outcome_clear(&outcome);
}

static void issuers_are_gathered(void **state)
{
    (void)state;
    struct outcome outcome = read_tape(HEADER
                                       ",pd_scale\n"
                                       "D1,Alpha,bond,company,food,2029-03-01,1000000,\n"
                                       "D2,Beta,bond,company,food,2028-03-01,1000000,1.5\n"
                                       "D3,Alpha,shares,company,food,2028-03-01,1000000,\n"
                                       "D4,Gamma,bond,company,food,2028-03-01,1000000,\"1,5\"\n");
    tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    const struct mld_plan *plan = outcome.plan;
    assert_int_equal(plan->model.tape.n_issuers, 3);
    assert_int_equal(plan->model.max_deals, 4);
    assert_int_equal(plan->model.max_issuers, 3);
    /* of D3, the earlier deal */
    assert_int_equal(plan->model.tape.issuer[0].first_period, 4);
    assert_int_equal(plan->model.tape.issuer[0].terms, mld_instrument_named("shares"));
    assert_int_equal(plan->model.tape.deal[2].issuer, 0);
    assert_true(plan->model.tape.deal[0].entity == mld_entity_named("deal:D1"));
    assert_true(plan->model.tape.issuer[0].entity == mld_entity_named("issuer:Alpha"));
    /* equal overrides share one entry */
    assert_int_equal(plan->model.n_terms, MLD_INSTRUMENTS + 1);
    assert_int_equal(plan->model.tape.deal[1].terms, MLD_INSTRUMENTS);
    assert_int_equal(plan->model.tape.deal[3].terms, MLD_INSTRUMENTS);
    assert_true(plan->model.terms[MLD_INSTRUMENTS].pd_scale == 1.5);
    assert_true(plan->model.terms[MLD_INSTRUMENTS].resolution[0].lag_periods == 8);
    outcome_clear(&outcome);
}

/*
 * Names that are the same in plain form are one issuer, whose draws are those of that form: spaces
 * of any kind, accents composed or apart, what shows nothing. So are names of deals, of the
 * scenario's sectors, and of columns.
 */
static const char *const same_names[] = {
    "Coop Été",
    "Coop" NBSP "Été",
    "Coop  Été",
    " Coop" NNBSP " Été" NBSP,
    "Coop E\xCC\x81te\xCC\x81",
    "Coop Été\xE2\x80\x8B",
    "\xEF\xBB\xBF"
    "Coop Été",
    "Co\xC2\xAD"
    "op\xE2\x80\x89\xC3\x89te\xCC\x81",
    "Coop\xE2\x80\xA8Été",
    "\xE2\x80\xAB"
    "Coop\xE3\x80\x80"
    "Ét\xE2\x81\xA0é",
    "\"Coop\nÉté\"",
};

static void names_are_compared_in_plain_form(void **state)
{
    (void)state;
    enum { NAMES = sizeof same_names / sizeof same_names[0] };
    char text[4096] = "\xE2\x80\x8B"
                      "deal,issuer" NBSP ",instrument,legal_form,sector,date,amount\n";
    for (size_t i = 0; i < NAMES; i++)
        sprintf(text + strlen(text),
                "D%zu,%s,bond\xE2\x80\x8B,company," NBSP "food,2027-03-01,1000000\n", i,
                same_names[i]);
    struct outcome outcome = read_tape(text);
    tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    const struct mld_tape *tape = &outcome.plan->model.tape;
    assert_int_equal(tape->n_issuers, 1);
    assert_int_equal(tape->n_deals, NAMES);
    assert_string_equal(tape->issuer[0].name, "Coop Été");
    assert_true(tape->issuer[0].entity == mld_entity_named("issuer:Coop Été"));
    assert_int_equal(outcome.plan->warnings.found[MLD_WARN_SIMILAR_ISSUERS], 0);
    outcome_clear(&outcome);
    outcome = read_tape(HEADER "\nD 1,A,bond,company,food,2027-03-01,1e6\nD" NBSP
                               "1,B,bond,company,food,2027-03-01,1e6\n");
    assert_int_equal(outcome.messages.count, 1);
    assert_string_equal(outcome.messages.text[0], ":3:1: deal \"D 1\" is already on line 2");
    outcome_clear(&outcome);
}

/* Names that look alike are two issuers, and a warning; those that differ by more are not told. */
static const struct {
    const char *one, *other;
    int alike;
} alike[] = {
    { "Alpha", "alpha", 1 },
    { "Coop Été", "Coop Ete", 1 },
    { "COOP ÉTÉ", "Coop Été", 1 },
    { "Coop Été", "CoopÉté", 1 },
    { "L'Été", "L’Été", 1 },
    { "Saint-Denis", "Saint Denis", 1 },
    { "S.A.S. Miel", "SAS Miel", 1 },
    { "Le Cœur", "Le Coeur", 1 },
    { "« Pain »", "Pain", 1 },
    { "Straße", "STRASSE", 1 },
    { "ﬁl", "fil", 1 },
    { "Alpha", "Alphb", 0 },
    { "Alpha 1", "Alpha 2", 0 },
    { "Projet 1.1", "Projet 11", 0 },
    { "A+", "A", 0 },
    { "-", "!", 0 },
};

static void names_that_look_alike_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof alike / sizeof alike[0]; i++) {
        char text[1024], expected[256];
        snprintf(text, sizeof text,
                 HEADER "\nD1,%s,bond,company,food,2027-03-01,1000000\nD2,%s,bond,company,food,"
                        "2027-03-01,1000000\n",
                 alike[i].one, alike[i].other);
        struct outcome outcome = read_tape(text);
        tell(&outcome);
        assert_int_equal(outcome.status, MLD_OK);
        assert_int_equal(outcome.plan->model.tape.n_issuers, 2);
        assert_int_equal(outcome.plan->warnings.found[MLD_WARN_SIMILAR_ISSUERS], alike[i].alike);
        if (alike[i].alike) {
            const struct mld_warning *warning = &outcome.plan->warnings.item[0];
            snprintf(expected, sizeof expected, "\"%s\" and \"%s\"", alike[i].one, alike[i].other);
            assert_non_null(strstr(warning->text_en, expected));
            assert_non_null(strstr(warning->where, ":3:4"));
        }
        outcome_clear(&outcome);
    }
}

/*
 * What a deal gives of its recovery is one resolution of its own; its empty cells are the
 * scenario's, or the keys' defaults.
 */
static void deals_have_a_resolution(void **state)
{
    (void)state;
    struct outcome outcome = read_tape(
        HEADER ",recovery_mean,recovery_sd,lag_years\n"
               "D1,A,participating_loan,company,food,2027-03-01,1000000,0.4,0.1,3\n"
               "D2,B,participating_loan,company,food,2027-03-01,1000000,0.4\n"
               "D3,C,bond,company,food,2027-03-01,1000000,0.4\n"
               "D4,D,bond,company,food,2027-03-01,1000000,,,1\n"
               "D5,E,bond,company,food,2027-03-01,1000000\n"
               "D6,F,participating_loan,company,food,2027-03-01,1000000,\"0,4\",\"0,1\",3\n"
               "D7,G,participating_loan,company,food,2027-03-01,1000000\n");
    tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    const struct mld_plan *plan = outcome.plan;
    const struct mld_tape_deal *deal = plan->model.tape.deal;
    const struct mld_terms *own = &plan->model.terms[mld_instrument_named("bond")],
                           *loan = &plan->model.terms[mld_instrument_named("participating_loan")];
    static const struct {
        double mean, sd, lag;
    } right[4] = { { 0.4, 0.1, 3 }, { 0.4, 0, 2 }, { 0.4, -1, -1 }, { -1, -1, 1 } };
    for (int d = 0; d < 4; d++) {
        const struct mld_terms *terms = &plan->model.terms[deal[d].terms];
        const struct mld_resolution *r = &terms->resolution[0], *scenario = &own->resolution[0];
        assert_int_equal(terms->n_resolutions, 1);
        assert_true(r->probability == 1);
        assert_true(r->recovery_mean ==
                    (right[d].mean < 0 ? scenario->recovery_mean : right[d].mean));
        assert_true(r->recovery_sd == (right[d].sd < 0 ? scenario->recovery_sd : right[d].sd));
        assert_true(r->lag_years == (right[d].lag < 0 ? scenario->lag_years : right[d].lag));
        assert_int_equal(r->lag_periods, (int)(r->lag_years * plan->model.grid.periods_per_year));
        assert_true((r->table != NULL) == (r->recovery_sd > 0));
    }
    assert_int_equal(own->n_resolutions, 1);
    assert_int_equal(loan->n_resolutions, 2);
    assert_int_equal(deal[4].terms, mld_instrument_named("bond"));
    assert_int_equal(deal[5].terms, deal[0].terms);
    assert_int_equal(deal[6].terms, mld_instrument_named("participating_loan"));
    outcome_clear(&outcome);
}

/*
 * As many laws of recovery as a bank's file has, each made once; more than can be are told before
 * any is made.
 */
static void laws_of_recovery_are_many(void **state)
{
    (void)state;
    static const struct {
        int deals, laws;
    } kinds[] = { { 600, 300 }, { MLD_MAX_LAWS + 1, MLD_MAX_LAWS + 1 } };
    for (size_t k = 0; k < 2; k++) {
        char *text = malloc(80 * (size_t)kinds[k].deals + 200);
        assert_non_null(text);
        size_t used = (size_t)sprintf(text, HEADER ",recovery_mean,recovery_sd\n");
        for (int i = 0; i < kinds[k].deals; i++)
            used += (size_t)sprintf(text + used,
                                    "D%d,I%d,bond,company,food,2027-03-01,1000,0.%06d,0.1\n", i, i,
                                    200000 + i % kinds[k].laws);
        struct outcome outcome = read_bytes(text, used);
        if (k == 0) {
            assert_int_equal(outcome.status, MLD_OK);
            /* of the scenario: 5, and the score's (test_plan.c) */
            assert_int_equal(outcome.plan->model.n_tables, 300 + 6);
            const struct mld_plan *plan = outcome.plan;
            assert_ptr_equal(
                plan->model.terms[plan->model.tape.deal[7].terms].resolution[0].table,
                plan->model.terms[plan->model.tape.deal[307].terms].resolution[0].table);
        } else {
            assert_int_equal(outcome.status, MLD_ERR_INPUT);
            assert_int_equal(outcome.messages.count, 1);
            assert_non_null(strstr(outcome.messages.text[0],
                                   "different laws of recovery; at most 10000 can be: round "
                                   "recovery_mean and recovery_sd"));
        }
        outcome_clear(&outcome);
        free(text);
    }
}

/* A rating is its issuer's, whichever of its deals gives it; without one it is the legal form's. */
static void ratings_are_the_issuers(void **state)
{
    (void)state;
    struct outcome outcome = read_tape(HEADER ",rating\nD1,A,bond,company,food,2027-03-01,1000000,"
                                              "\nD2,B,bond,company,food,2027-03-01,1000000\n"
                                              "D3,A,bond,company,food,2027-06-01,1000000,bb\nD4,A,"
                                              "bond,company,food,2027-06-01,1000000, bb" NBSP
                                              "\nD5,C,bond,company,food,2027-06-01,1000000,a\n");
    tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    const struct mld_plan *plan = outcome.plan;
    const struct mld_tape_issuer *issuer = plan->model.tape.issuer;
    assert_int_equal(issuer[0].rating, MLD_RATING_BB);
    assert_int_equal(issuer[1].rating, plan->model.form[issuer[1].form].rating);
    assert_int_equal(issuer[2].rating, MLD_RATING_A);
    assert_int_equal(plan->model.n_terms, MLD_INSTRUMENTS);
    outcome_clear(&outcome);
}

/* Columns whose name begins with # are the user's own: any text, of any deal. */
static void own_columns_are_kept(void **state)
{
    (void)state;
    struct outcome outcome = read_tape(
        "#id;deal;issuer;instrument;legal_form;sector;date;amount;#" NBSP "Comment, 2\n"
        "7;D1;A;bond;company;food;2027-03-01;1000000;\"à\nrevoir; "
        "=1+1\"\n;D2;B;bond;company;food;2027-03-01;1000000\n");
    tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    const struct mld_tape *tape = &outcome.plan->model.tape;
    assert_int_equal(tape->n_notes, 2);
    assert_string_equal(tape->note_name[0], "#id");
    assert_string_equal(tape->note_name[1], "# Comment, 2");
    assert_string_equal(mld_tape_note(tape, 0, 0), "7");
    assert_string_equal(mld_tape_note(tape, 0, 1), "à revoir; =1+1");
    assert_string_equal(mld_tape_note(tape, 1, 0), "");
    assert_string_equal(mld_tape_note(tape, 1, 1), "");
    outcome_clear(&outcome);
}

/*
 * The scenario kept in a results file holds the tape: it gives the same deals when the file is
 * gone.
 */
static void text_holds_the_tape(void **state)
{
    (void)state;
    struct outcome outcome = read_tape(
        HEADER "\r\nD1,\"Pain, \"\"Miel\"\" \\ fils\",bond,company,food,2027-03-01,1000000\r\n");
    assert_int_equal(outcome.status, MLD_OK);
    struct outcome again = outcome_of_its_text(outcome.scenario, "results.h5");
    tell(&again);
    assert_int_equal(again.status, MLD_OK);
    assert_memory_equal(again.plan->model.tape.deal, outcome.plan->model.tape.deal,
                        sizeof *outcome.plan->model.tape.deal);
    char *text[2] = { mld_scenario_text(outcome.scenario), mld_scenario_text(again.scenario) };
    assert_string_equal(text[1], text[0]);
    free(text[0]);
    free(text[1]);
    outcome_clear(&outcome);
    outcome_clear(&again);
}

/*
 * Time grows as the tape does: 200,000 deals of as many issuers, each with terms of its own one
 * time in ten.
 */
static void long_tapes_are_read(void **state)
{
    (void)state;
    enum { DEALS = 200000 };
    char *text = malloc(80 * DEALS);
    assert_non_null(text);
    size_t used = (size_t)sprintf(text, HEADER ",coupon\n");
    for (int i = 0; i < DEALS; i++)
        used += (size_t)sprintf(text + used, "D%d,I%d,bond,company,food,2027-03-01,100,%s%.0d\n", i,
                                i, i % 10 ? "" : "0.0", i % 10 ? 0 : i + 1);
    struct outcome outcome = read_bytes(text, used);
    tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    assert_int_equal(outcome.plan->model.tape.n_issuers, DEALS);
    outcome_clear(&outcome);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(one_row_one_message),
                                        cmocka_unit_test(one_tape_one_message),
                                        cmocka_unit_test(many_mistakes_are_counted),
                                        cmocka_unit_test(every_spelling_is_read),
                                        cmocka_unit_test(few_bytes_decide_no_encoding),
                                        cmocka_unit_test(unicode_text_is_read),
                                        cmocka_unit_test(short_rows_are_read),
                                        cmocka_unit_test(line_breaks_are_spaces),
                                        cmocka_unit_test(quotes_hold_separators),
                                        cmocka_unit_test(issuers_are_gathered),
                                        cmocka_unit_test(names_are_compared_in_plain_form),
                                        cmocka_unit_test(names_that_look_alike_are_told),
                                        cmocka_unit_test(deals_have_a_resolution),
                                        cmocka_unit_test(laws_of_recovery_are_many),
                                        cmocka_unit_test(ratings_are_the_issuers),
                                        cmocka_unit_test(own_columns_are_kept),
                                        cmocka_unit_test(text_holds_the_tape),
                                        cmocka_unit_test(long_tapes_are_read) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
