/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reports from files of made-up values: every language and scenario prints, JSON is JSON and reads
 * back to the last bit, paired differences are paired, and what the file has not does not appear.
 */
#define _GNU_SOURCE /* open_memstream, memmem */
#include "support/results_fixture.h"

#include <ctype.h>

#include "rows/rows.h"

struct reported {
    struct fixture fixture;
    struct mld_results *results;
    char *text;
    size_t length;
};

static void start(struct reported *reported, const char *file, int n_set, const char *const *set)
{
    memset(reported, 0, sizeof *reported);
    reported->results = made_up_results(&reported->fixture, file, n_set, set);
}

static void stop(struct reported *reported)
{
    free(reported->text);
    mld_results_close(reported->results);
    fixture_clear(&reported->fixture);
}

static void show(struct reported *reported, const char *language)
{
    free(reported->text);
    FILE *out = open_memstream(&reported->text, &reported->length);
    assert_int_equal(mld_report_show(out, reported->results, language, 0), MLD_OK);
    fclose(out);
}

static void json(struct reported *reported)
{
    free(reported->text);
    FILE *out = open_memstream(&reported->text, &reported->length);
    assert_int_equal(mld_report_json(out, reported->results), MLD_OK);
    fclose(out);
}

/* Sentences may be broken anywhere: how wide a number is decides. */
static void join_lines(struct reported *reported)
{
    for (char *c = reported->text; *c; c++)
        *c = *c == '\n' ? ' ' : *c;
}

static void assert_has(const struct reported *reported, const char *part)
{
    if (!strstr(reported->text, part))
        fail_msg("'%s' is missing", part);
}

static void assert_has_not(const struct reported *reported, const char *part)
{
    if (strstr(reported->text, part))
        fail_msg("'%s' should not be there", part);
}

static void test_show_guaranteed(void **state)
{
    (void)state;
    struct reported reported;
    start(&reported, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=700" });
    show(&reported, "fr");
    assert_has(&reported, "Compte de l'État par année civile");
    assert_has(&reported, "2027");
    assert_has(&reported, "les émetteurs n'y gagnent rien");
    assert_has(&reported, "Financement couvert n'est pas financement rendu possible");
    assert_has(&reported, "programme 305");
    assert_has(&reported, "enregistrée quand elle est"); /* one fund: a one-off guarantee */
    assert_has(&reported, "Coût net dû par l'État");
    assert_has(&reported, "Coût payé sur la dotation, coût dû");
    assert_has(&reported, "K\u00a0: Comptabilité");
    assert_has(&reported, "99,9\u00a0%");
    /* less money returned, as the pages and workbooks say */
    assert_has(&reported, "Indemnités nettes rapportées aux pertes");
    assert_has_not(&reported, " nan");
    assert_has_not(&reported, "NaN");
    show(&reported, "en");
    assert_has(&reported, "issuers gain nothing by it");
    assert_has(&reported, "Break-even fee");
    assert_has(&reported, "Net payouts over default");
    assert_has(&reported, "not financing made possible");
    assert_has_not(&reported, "garantie");
    stop(&reported);
}

static void test_show_without_guarantee(void **state)
{
    (void)state;
    struct reported reported;
    start(&reported, "fpci-reference.cfg", 1, (const char *const[]){ "run.paths=300" });
    show(&reported, "en");
    assert_has(&reported, "Net IRR, class A");
    assert_has_not(&reported, "Multiplier");
    assert_has_not(&reported, "with guarantee");
    assert_has_not(&reported, "class B"); /* the scenario has none */
    stop(&reported);
}

static void test_show_scheme(void **state)
{
    (void)state;
    struct reported reported;
    start(&reported, "scheme-national.cfg", 1, (const char *const[]){ "run.paths=300" });
    show(&reported, "en");
    assert_has(&reported, "The State as guarantor");
    assert_has(&reported, "booked when it grants them");
    assert_has_not(&reported, "Investors");
    /* without a fund it is never called private */
    assert_has_not(&reported, "Private financing covered");
    stop(&reported);
}

static void test_show_without_dotation(void **state)
{
    (void)state;
    struct reported reported;
    start(&reported, "fpci-guaranteed.cfg", 2,
          (const char *const[]){ "run.paths=300", "guarantee.dotation=()" });
    show(&reported, "fr");
    assert_has(&reported, "programme 114");
    assert_has_not(&reported, "programme 305");
    stop(&reported);
}

static void test_title(void **state)
{
    static const struct {
        const char *en, *fr, *expected;
    } given[] = { { "title.en=One", "title.fr=Un", "One\n" },
                  { "title.en=\"\"", "title.fr=Un", "Un\n" },
                  { "title.en=\"\"", "title.fr=\"\"", "fpci-reference\n" } };
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct reported reported;
        start(&reported, "fpci-reference.cfg", 3,
              (const char *const[]){ "run.paths=60", given[i].en, given[i].fr });
        show(&reported, "en");
        assert_memory_equal(reported.text, given[i].expected, strlen(given[i].expected));
        stop(&reported);
    }
}

/* What the scenario hardly means stands before what follows from it, in the file's own words. */
static void test_warnings_are_shown(void **state)
{
    (void)state;
    struct reported reported;
    start(&reported, "fpci-guaranteed.cfg", 2,
          (const char *const[]){ "run.paths=60", "guarantee.dotation[0].amount=15" });
    size_t n;
    const struct mld_warning *warning = mld_results_warnings(reported.results, &n);
    assert_int_equal(n, 1);
    assert_string_equal(warning->id, "unit");
    assert_string_equal(warning->where, "--set");
    show(&reported, "en");
    assert_has(&reported, "Warning\n");
    assert_has(&reported, "--set: guarantee.dotation[0].amount = 15 EUR looks given");
    assert_true(strstr(reported.text, "looks given") < strstr(reported.text, "Investors"));
    show(&reported, "fr");
    assert_has(&reported, "Avertissement\n");
    assert_has(&reported, "soit 15,0\u00a0M€.");
    json(&reported);
    assert_has(&reported, "{\"id\": \"unit\", \"key\": \"guarantee.dotation[0].amount\", "
                          "\"where\": \"--set\", \"text_en\": ");
    stop(&reported);

    start(&reported, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=60" });
    mld_results_warnings(reported.results, &n);
    assert_int_equal(n, 0);
    show(&reported, "en");
    assert_has_not(&reported, "Warning");
    json(&reported);
    assert_has(&reported, "\"warnings\": [],");
    stop(&reported);
}

/*
 * Made-up values are undefined on the same paths of both branches; then one branch, and the
 * difference, miss two more.
 */
static void test_undefined_paths(void **state)
{
    (void)state;
    struct reported reported;
    start(&reported, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=1000" });
    const struct mld_summary *summary = mld_results_summary(reported.results);
    int measure = mld_measure_named("payback_years");
    struct mld_statistics *with = &summary->measure[MLD_WITH][measure],
                          *difference = &summary->difference[MLD_WITH][measure];
    char same[128], apart[160], both[64];
    snprintf(same, sizeof same, "Payback, class A: undefined on %zu paths, which are left out.",
             with->undefined);
    snprintf(apart, sizeof apart,
             "Payback, class A: undefined on %zu paths without the guarantee and on %zu with it.",
             with->undefined, with->undefined + 2);
    show(&reported, "en");
    assert_has(&reported, same);
    with->undefined += 2;
    difference->undefined = with->undefined; /* the fixture makes up no counts of differences */
    difference->count = 1000 - with->undefined;
    snprintf(both, sizeof both, "the %zu where both are defined", difference->count);
    show(&reported, "en");
    join_lines(&reported);
    assert_has(&reported, apart);
    assert_has(&reported, both);
    stop(&reported);
}

/* N paths are one piece. */
static enum mld_status piece_of(const void *results, const char *name, size_t first, size_t count,
                                double *value)
{
    assert_int_equal(first, 0);
    if (mld_results_has_measure(results, MLD_WITH, name))
        return mld_results_measure(results, MLD_WITH, name, value);
    for (size_t p = 0; p < count; p++)
        value[p] = NAN;
    return MLD_OK;
}

/*
 * The error of a ratio of means against the jackknife (Quenouille, Tukey): both are right to a
 * relative 1/n, n = 2000.
 */
static void test_ratio(void **state)
{
    (void)state;
    enum { N = 2000 };
    struct reported reported;
    made_up_shift = 9e6; /* positive numbers */
    start(&reported, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=2000" });
    made_up_shift = 0;
    const struct mld_ratio row = { .over = { "payouts" }, .under = { "loss_default" } },
                           none = { .over = { "no_such" }, .under = { "loss_default" } };
    struct mld_estimate ratio;
    assert_int_equal(mld_ratio_fill(&row, N, piece_of, reported.results, &ratio), MLD_OK);
    double y[N], x[N], over = 0, under = 0, squares = 0;
    int n = 0;
    assert_int_equal(mld_results_measure(reported.results, MLD_WITH, "payouts", y), MLD_OK);
    assert_int_equal(mld_results_measure(reported.results, MLD_WITH, "loss_default", x), MLD_OK);
    for (int i = 0; i < N; i++)
        if (!isnan(y[i]) && !isnan(x[i])) {
            over += y[n] = y[i];
            under += x[n++] = x[i];
        }
    for (int i = 0; i < n; i++) {
        double without = (over - y[i]) / (under - x[i]) - over / under;
        squares += without * without;
    }
    /* another order of summation */
    assert_true(fabs(ratio.value - over / under) < 1e-12 * fabs(over / under));
    assert_true(fabs(ratio.error / sqrt(squares * (n - 1) / n) - 1) < 2.0 / n);
    assert_int_equal(mld_ratio_fill(&none, N, piece_of, reported.results, &ratio), MLD_OK);
    assert_true(isnan(ratio.value));
    stop(&reported);
}

/* ---- a reader of JSON (RFC 8259) that says whether a text is JSON, and finds numbers ---- */

static const char *skip_blank(const char *s)
{
    while (*s == ' ' || *s == '\n')
        s++;
    return s;
}

static const char *value_end(const char *s);

static const char *text_end(const char *s)
{
    if (*s++ != '"')
        return NULL;
    for (; *s != '"'; s++) {
        if ((unsigned char)*s < 0x20)
            return NULL;
        if (*s == '\\' && !*++s)
            return NULL;
    }
    return s + 1;
}

static const char *number_end(const char *s)
{
    s += *s == '-';
    if (!isdigit((unsigned char)*s) || (*s == '0' && isdigit((unsigned char)s[1])))
        return NULL;
    while (isdigit((unsigned char)*s))
        s++;
    if (*s == '.') {
        if (!isdigit((unsigned char)*++s))
            return NULL;
        while (isdigit((unsigned char)*s))
            s++;
    }
    if (*s == 'e' || *s == 'E') {
        s++;
        s += *s == '+' || *s == '-';
        if (!isdigit((unsigned char)*s))
            return NULL;
        while (isdigit((unsigned char)*s))
            s++;
    }
    return s;
}

static const char *members_end(const char *s, char close, int named)
{
    s = skip_blank(s);
    if (*s == close)
        return s + 1;
    for (;;) {
        if (named) {
            s = text_end(skip_blank(s));
            if (!s || *(s = skip_blank(s)) != ':')
                return NULL;
            s++;
        }
        s = value_end(skip_blank(s));
        if (!s)
            return NULL;
        s = skip_blank(s);
        if (*s == close)
            return s + 1;
        if (*s++ != ',')
            return NULL;
    }
}

static const char *value_end(const char *s)
{
    if (*s == '{')
        return members_end(s + 1, '}', 1);
    if (*s == '[')
        return members_end(s + 1, ']', 0);
    if (*s == '"')
        return text_end(s);
    static const char *const word[] = { "null", "true", "false" };
    for (int i = 0; i < 3; i++)
        if (strncmp(s, word[i], strlen(word[i])) == 0)
            return s + strlen(word[i]);
    return number_end(s);
}

static double number_after(const char *text, const char *const *key, int n)
{
    for (int i = 0; i < n; i++) {
        char quoted[96];
        snprintf(quoted, sizeof quoted, "\"%s\": ", key[i]);
        text = strstr(text, quoted);
        assert_non_null(text);
        text += strlen(quoted);
    }
    return strncmp(text, "null", 4) == 0 ? (double)NAN : strtod(text, NULL);
}

static void check_json(const char *file, const char *set)
{
    struct reported reported;
    start(&reported, file, 1, &set);
    json(&reported);
    const char *end = value_end(reported.text);
    assert_non_null(end);
    assert_string_equal(end, "\n");
    const struct mld_summary *summary = mld_results_summary(reported.results);
    double mean = number_after(
        reported.text, (const char *const[]){ "measures", "gross_irr", "without", "mean" }, 4);
    assert_memory_equal(&mean, &summary->measure[MLD_WITHOUT][mld_measure_named("gross_irr")].mean,
                        sizeof mean);
    assert_has(&reported, "null"); /* made-up values have NaN bounds */
    struct mld_estimate fee;       /* on what is due, paid or not */
    assert_int_equal(mld_rows_ratio(reported.results, MLD_RATIO_FEE_EVEN, &fee), MLD_OK);
    if (summary->designs > 1) {
        double even = number_after(
            reported.text, (const char *const[]){ "derived", "break_even_fee", "value" }, 3);
        assert_memory_equal(&even, &fee.value, sizeof even);
    }
    stop(&reported);
}

static void test_json(void **state)
{
    (void)state;
    check_json("fpci-guaranteed.cfg", "run.paths=40");
    check_json("fpci-reference.cfg", "run.paths=1");
    check_json("scheme-national.cfg", "run.paths=40");
}

/* How often a part stands in what was reported. */
static int count_of(const struct reported *reported, const char *part)
{
    int count = 0;
    for (const char *at = reported->text; (at = strstr(at, part)) != NULL; at += strlen(part))
        count++;
    return count;
}

/*
 * A quantile whose interval has an open end is printed as not estimable, its sample value is not:
 * with 40 paths 5 and 95 % (0.95^40 > 2.5 %), the median is. With 2,000 only the dotation at 99.9
 * %, of which the file says no upper bound.
 */
static void test_far_quantiles(void **state)
{
    (void)state;
    struct reported reported;
    start(&reported, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=40" });
    const struct mld_statistics *tvpi = mld_rows_statistics(mld_results_summary(reported.results),
                                                            MLD_WITHOUT, "tvpi");
    assert_true(isnan(tvpi->quantile_low[1]) && isnan(tvpi->quantile_high[7]) &&
                !isnan(tvpi->quantile_high[4]));
    assert_true(!mld_rows_is_estimable(tvpi, 1) && mld_rows_is_estimable(tvpi, 4) &&
                !mld_rows_is_estimable(tvpi, 7));
    show(&reported, "en");
    assert_true(count_of(&reported, "not estimable") > 40);
    assert_has(&reported, "at least");
    show(&reported, "fr");
    assert_true(count_of(&reported, "non estimable") > 40);
    join_lines(&reported);
    assert_has_not(&reported, "neuf cas sur");
    assert_has(&reported, "5\u00a0% à 95\u00a0%, ");
    assert_has(&reported, "au moins");
    json(&reported);
    assert_has(&reported, "\"quantiles_low\": [null, null, ");
    assert_has(&reported, ", null, null]");
    stop(&reported);

    start(&reported, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=2000" });
    show(&reported, "en");
    assert_int_equal(count_of(&reported, "not estimable"), 1);
    assert_int_equal(count_of(&reported, "at least"), 1);
    join_lines(&reported);
    assert_has(&reported, "in nine cases out of");
    stop(&reported);
}

/* Of few paths that exhaust the dotation the median is no more estimable than of few paths. */
static void test_median_of_few_exhaustions(void **state)
{
    (void)state;
    struct reported reported;
    start(&reported, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=300" });
    struct mld_statistics *years = &mld_results_summary(reported.results)
                                        ->measure[MLD_WITH][mld_measure_named("exhaustion_years")];
    show(&reported, "en");
    assert_has(&reported, "(median)");
    years->quantile_low[4] = years->quantile_high[4] = (double)NAN;
    years->maximum = years->minimum; /* one path: no constant of the scenario */
    show(&reported, "en");
    assert_has_not(&reported, "(median)");
    assert_has(&reported, "median not");
    show(&reported, "fr");
    assert_has(&reported, "médiane non");
    stop(&reported);
}

/* ---- sensitivity ---- */

static void make_sensitivity(struct mld_sensitivity_table *table, struct mld_sensitivity_row *row)
{
    *table = (struct mld_sensitivity_table){
        .scenario = "made-up",
        .paths = 20000,
        .seed = 7,
        .fingerprint = 255,
        .design = MLD_WITHOUT,
        .n_rows = 1,
        .row = row,
        .base = { { 0.05, 0.0002 }, { 0.2, 0.003 }, { NAN, NAN }, { NAN, NAN }, { NAN, NAN } },
        .break_even_pd = { 2.5, 0.01 },
        .break_even_low = 0.1,
        .break_even_high = 10
    };
    *row = (struct mld_sensitivity_row){
        .name = "pd",
        .label_en = "PDs, \"all\" forms",
        .label_fr = "PD, toutes formes",
        .low = "× 0.5",
        .high = "× 2",
        .change = { { { 0.01, 0.0001 }, { -0.1, 0.002 }, { NAN, NAN }, { NAN, NAN }, { NAN, NAN } },
                    { { -0.02, 0.0001 },
                      { 0.3, 0.002 },
                      { NAN, NAN },
                      { NAN, NAN },
                      { NAN, NAN } } }
    };
}

static void test_sensitivity(void **state)
{
    (void)state;
    struct mld_sensitivity_table table;
    struct mld_sensitivity_row row;
    struct reported reported = { 0 };
    make_sensitivity(&table, &row);
    FILE *out = open_memstream(&reported.text, &reported.length);
    assert_int_equal(mld_report_sensitivity(out, &table, "fr"), MLD_OK);
    fclose(out);
    assert_has(&reported, "PD, toutes formes");
    assert_has(&reported, "×\u00a00,5 ");
    assert_has(&reported, "−2,00\u00a0±\u00a00,01\u00a0pt");
    assert_has_not(&reported, "coût net"); /* undefined without a guarantee: no column */
    free(reported.text);
    out = open_memstream(&reported.text, &reported.length);
    mld_report_sensitivity_csv(out, &table);
    fclose(out);
    char expected[2048];
    snprintf(expected, sizeof expected,
             "judgement,label_en,label_fr,end,applied,net_irr_a,net_irr_a_error,loss_a,loss_a_"
             "error,net_cost_due,net_cost_due_error,net_cost,net_cost_error,dotation_95,dotation_"
             "95_error,"
             "break_even_pd,break_even_pd_error,break_even_pd_low,break_even_pd_high,scenario,"
             "branch,paths,seed,fingerprint,commit\r\n"
             "\"base\",\"scenario\",\"scénario\",\"base\",\"\",0.05,0."
             "0002,0.2,0.003,,,,,,,"
             "2.5,0.01,0.1,10,\"made-up\",without,20000,7,00000000000000ff,%s\r\n"
             "\"pd\",\"PDs, \"\"all\"\" forms\",\"PD, toutes formes\",\"low\",\"× "
             "0.5\",0.01,0.0001,-0.1,0.002,,,,,,,"
             ",,,,\"made-up\",without,20000,7,00000000000000ff,%s\r\n"
             "\"pd\",\"PDs, \"\"all\"\" forms\",\"PD, toutes formes\",\"high\",\"× "
             "2\",-0.02,0.0001,0.3,0.002,,,,,,,"
             ",,,,\"made-up\",without,20000,7,00000000000000ff,%s\r\n",
             mld_build_commit(), mld_build_commit(), mld_build_commit());
    assert_string_equal(reported.text, expected);
    free(reported.text);
}

/* What was applied, in the words and numbers of the language. */
static void test_applied(void **state)
{
    (void)state;
    static const struct {
        const char *kept, *french, *english;
    } of[] = { { "× 0.5", "×\u00a00,5 ", "×\u00a00.5 " },
               { "1234567", " 1\u202f234\u202f567 ", " 1,234,567 " },
               { "-0.15", " −0,15 ", " −0.15 " },
               { "+0.0000125", " +0,0000125 ", " +0.0000125 " },
               { "none", " aucun ", " none " },
               { "gaussian", " gaussienne ", " Gaussian " },
               { "[ 0.2125, 0.3125 ]", " bas ", " low " },
               { "2028-01-01", " 2028-01-01 ", " 2028-01-01 " } };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        for (int french = 0; french < 2; french++) {
            struct mld_sensitivity_table table;
            struct mld_sensitivity_row row;
            struct reported reported = { 0 };
            make_sensitivity(&table, &row);
            snprintf(row.low, sizeof row.low, "%s", of[i].kept);
            FILE *out = open_memstream(&reported.text, &reported.length);
            assert_int_equal(mld_report_sensitivity(out, &table, french ? "fr" : "en"), MLD_OK);
            fclose(out);
            assert_has(&reported, french ? of[i].french : of[i].english);
            free(reported.text);
        }
}

static char *sensitivity_text(const struct mld_sensitivity_table *table, const char *language)
{
    struct reported reported = { 0 };
    FILE *out = open_memstream(&reported.text, &reported.length);
    assert_int_equal(mld_report_sensitivity(out, table, language), MLD_OK);
    fclose(out);
    return reported.text;
}

/* A row that gives each key a value of its own tells them all, on the screen as in the table. */
static void test_applied_to_several_keys(void **state)
{
    (void)state;
    struct mld_sensitivity_table table;
    struct mld_sensitivity_row row;
    struct reported reported = { 0 };
    make_sensitivity(&table, &row);
    snprintf(row.low, sizeof row.low, "[ 0.25, 0.75 ]; 2");
    snprintf(row.high, sizeof row.high, "0.5; student ;none");
    reported.text = sensitivity_text(&table, "fr");
    assert_has(&reported, " bas\u00a0; 2 ");
    assert_has(&reported, " 0,5\u00a0; Student\u00a0; aucun ");
    free(reported.text);
    reported.text = sensitivity_text(&table, "en");
    assert_has(&reported, " low; 2 ");
    assert_has(&reported, " 0.5; Student; none ");
    free(reported.text);
}

/*
 * Judgements on what the scenario does not hold are one sentence, with or without a label, not
 * lines of zeros.
 */
static void test_judgements_without_effect(void **state)
{
    (void)state;
    struct mld_sensitivity_table table;
    struct mld_sensitivity_row row[3];
    struct reported reported = { 0 };
    make_sensitivity(&table, &row[0]);
    row[1] = (struct mld_sensitivity_row){ .name = "tmo",
                                           .label_en = "Long-run TMO",
                                           .label_fr = "TMO de long terme",
                                           .low = "0.02",
                                           .high = "0.04" };
    row[2] = (struct mld_sensitivity_row){ .name = "unlabelled", .low = "1", .high = "2" };
    for (int end = 0; end < 2; end++)
        row[2].change[end][MLD_EFFECT_NET_COST] = row[2].change[end][MLD_EFFECT_DOTATION] =
            (struct mld_effect){ NAN, NAN };
    table.n_rows = 3;
    reported.text = sensitivity_text(&table, "fr");
    assert_has(
        &reported,
        "\nSans effet ici, à aucune des deux valeurs : TMO de long terme\u00a0; unlabelled.\n");
    assert_has_not(&reported, "0,04");
    free(reported.text);
    reported.text = sensitivity_text(&table, "en");
    assert_has(&reported, "\nWithout effect here, at either value: Long-run TMO; unlabelled.\n");
    free(reported.text);
    row[2].change[1][MLD_EFFECT_LOSS].value = 1e-300;
    reported.text = sensitivity_text(&table, "en");
    assert_has(&reported, "at either value: Long-run TMO.");
    free(reported.text);
}

/* More labels than a paragraph holds are counted, and no character is cut. */
static void test_many_judgements_without_effect(void **state)
{
    (void)state;
    enum { ROWS = MLD_MAX_SENSITIVITIES };
    struct mld_sensitivity_table table;
    struct mld_sensitivity_row *row = calloc(ROWS, sizeof *row);
    struct reported reported = { 0 };
    assert_non_null(row);
    make_sensitivity(&table, row);
    table.n_rows = ROWS;
    for (int i = 1; i < ROWS; i++)
        for (int k = 0; k < 79; k++)
            strcat(row[i].label_fr, "é");
    reported.text = sensitivity_text(&table, "fr");
    assert_has(&reported, "é\u00a0; et ");
    assert_has(&reported, "de plus.\n");
    free(reported.text);
    free(row);
}

/* No cell of the table is a formula to a spreadsheet, whatever a scenario calls its judgements. */
static void test_sensitivity_has_no_formula(void **state)
{
    (void)state;
    struct mld_sensitivity_table table;
    struct mld_sensitivity_row row;
    struct reported reported = { 0 };
    make_sensitivity(&table, &row);
    snprintf(row.label_en, sizeof row.label_en, "=HYPERLINK(\"http://example.org\",\"open\")");
    snprintf(row.label_fr, sizeof row.label_fr, "@SUM(A1:A9)");
    snprintf(row.low, sizeof row.low, "-0.02");
    snprintf(row.high, sizeof row.high, "+0.02");
    FILE *out = open_memstream(&reported.text, &reported.length);
    mld_report_sensitivity_csv(out, &table);
    fclose(out);
    assert_has(&reported, "\r\n\"pd\",\"'=HYPERLINK(\"\"http://"
                          "example.org\"\",\"\"open\"\")\",\"'@SUM(A1:A9)\",\"low\",\"'-0.02\",");
    assert_has(&reported, "\"high\",\"'+0.02\",-0.02,");
    free(reported.text);
}

/*
 * Of 95 % in 71 paths the largest may be less, one time in 38; of 72, one in 40: then it has an
 * interval.
 */
static void test_dotation_of_few_paths(void **state)
{
    (void)state;
    for (size_t paths = 71; paths < 73; paths++) {
        struct mld_sensitivity_table table;
        struct mld_sensitivity_row row;
        struct reported reported = { 0 };
        make_sensitivity(&table, &row);
        table.base[MLD_EFFECT_DOTATION] = (struct mld_effect){ 1e7, 1e5 };
        table.paths = paths;
        FILE *out = open_memstream(&reported.text, &reported.length);
        assert_int_equal(mld_report_sensitivity(out, &table, "en"), MLD_OK);
        fclose(out);
        assert_int_equal(strstr(reported.text, "dotation 95") != NULL, paths == 72);
        free(reported.text);
    }
}

/* ---- compare ---- */

static char *compare(struct mld_results *const results[], int n, const char *language)
{
    static char *text;
    static size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_int_equal(mld_report_compare(out, results, n, language), MLD_OK);
    fclose(out);
    return text;
}

/* Whether the first line with `label` ends with `part`. */
static int row_ends(const char *text, const char *label, const char *part)
{
    const char *row = strstr(text, label);
    size_t length = row ? strcspn(row, "\n") : 0, ending = strlen(part);
    return length >= ending && strncmp(row + length - ending, part, ending) == 0;
}

static void test_compare(void **state)
{
    (void)state;
    struct reported a, same, other;
    start(&a, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=500" });
    made_up_shift = 3e6;
    start(&same, "fpci-guaranteed.cfg", 2,
          (const char *const[]){ "run.paths=500", "fund.hurdle=0.05" });
    made_up_shift = 0;
    start(&other, "fpci-guaranteed.cfg", 2, (const char *const[]){ "run.paths=500", "run.seed=3" });
    char *text = compare((struct mld_results *const[]){ a.results, same.results }, 2, "en");
    assert_non_null(strstr(text, "same draws, differences paired"));
    /*
     * Path by path the difference is the same, so that it has no error: unpaired it would have one
     * of thousands of euros.
     */
    assert_true(row_ends(text, "Carried interest", "+3.0\u00a0M€"));
    free(text);
    text = compare((struct mld_results *const[]){ a.results, other.results }, 2, "fr");
    assert_non_null(strstr(text, "tirages différents"));
    assert_null(strstr(text, "appariés"));
    free(text);
    text = compare((struct mld_results *const[]){ a.results, a.results, a.results, a.results,
                                                  a.results, a.results, a.results, same.results },
                   8, "en");
    assert_non_null(strstr(text, "[8] − [1]"));
    free(text);
    stop(&a);
    stop(&same);
    stop(&other);
}

/* What is no measure of a design: how far a dotation goes, what is covered by a euro of it. */
static void test_compare_state(void **state)
{
    (void)state;
    struct reported a, twice, none;
    start(&a, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=500" });
    start(&twice, "fpci-guaranteed.cfg", 2,
          (const char *const[]){ "run.paths=500",
                                 "guarantee.dotation=({year=0;amount=30000000.0;})" });
    start(&none, "fpci-reference.cfg", 1, (const char *const[]){ "run.paths=500" });
    char *text = compare((struct mld_results *const[]){ a.results, twice.results }, 2, "en");
    const char *part = strstr(text, "Dotation and multipliers");
    assert_non_null(part);
    assert_non_null(strstr(part, "Dotation exhausted"));
    assert_non_null(strstr(part, "+15.0\u00a0M€"));
    assert_non_null(strstr(part, "Dotation that holds in 95 % of cases"));
    assert_non_null(strstr(part, "Financing covered per euro of net cost due"));
    free(text);
    text = compare((struct mld_results *const[]){ none.results, a.results }, 2, "fr");
    part = strstr(text, "Dotation et multiplicateurs");
    assert_true(part && row_ends(part, "Financement couvert par euro de dotation", "  "));
    free(text);
    text = compare((struct mld_results *const[]){ none.results, none.results }, 2, "fr");
    assert_null(strstr(text, "Dotation et multiplicateurs"));
    free(text);
    stop(&a);
    stop(&twice);
    stop(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_show_guaranteed),
        cmocka_unit_test(test_show_without_guarantee),
        cmocka_unit_test(test_show_scheme),
        cmocka_unit_test(test_show_without_dotation),
        cmocka_unit_test(test_title),
        cmocka_unit_test(test_warnings_are_shown),
        cmocka_unit_test(test_undefined_paths),
        cmocka_unit_test(test_ratio),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_far_quantiles),
        cmocka_unit_test(test_median_of_few_exhaustions),
        cmocka_unit_test(test_sensitivity),
        cmocka_unit_test(test_applied),
        cmocka_unit_test(test_applied_to_several_keys),
        cmocka_unit_test(test_judgements_without_effect),
        cmocka_unit_test(test_many_judgements_without_effect),
        cmocka_unit_test(test_sensitivity_has_no_formula),
        cmocka_unit_test(test_dotation_of_few_paths),
        cmocka_unit_test(test_compare),
        cmocka_unit_test(test_compare_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
