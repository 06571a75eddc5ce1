/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Study files and quick questions: what they read as, each mistake with its exact message, and the
 * scenario of a variant, which is that of the base with the same values set.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/study.h"
#include "support/outcome.h"
#include "support/rows.h"

#define FOLDER PROJECT_SOURCE "/scenarios/studies/"
#define BASE "name = \"t\"; base = \"../fpci-guaranteed.cfg\"; paths = 64;\n"
#define AXES(text) BASE "axes = (\n" text " );\n"

static struct mld_study *study;
static struct mld_messages messages;

static enum mld_status parse(const char *text)
{
    return mld_study_parse(text, strlen(text), FOLDER "t.cfg", 0, NULL, &study, &messages);
}

static void print_messages(void)
{
    for (size_t i = 0; i < messages.count; i++)
        print_error("%s\n", messages.text[i]);
}

static int clear(void **state)
{
    (void)state;
    mld_study_free(study);
    study = NULL;
    mld_messages_clear(&messages);
    return 0;
}

static void reads(const char *text)
{
    clear(NULL);
    enum mld_status status = parse(text);
    print_messages();
    assert_int_equal(status, MLD_OK);
    assert_int_equal(messages.count, 0);
}

/* n messages; each is FOLDER and the text, or the text alone when it starts otherwise. */
static void tells(enum mld_status status, int n, const char *const *expected)
{
    if (status != MLD_ERR_INPUT || messages.count != (size_t)n)
        print_messages();
    assert_int_equal(status, MLD_ERR_INPUT);
    assert_int_equal(messages.count, n);
    for (int i = 0; i < n; i++) {
        char text[1024], *at = text;
        snprintf(text, sizeof text, "%s", messages.text[i]);
        for (char *found; (found = strstr(at, FOLDER)); at = found)
            memmove(found, found + strlen(FOLDER), strlen(found + strlen(FOLDER)) + 1);
        assert_string_equal(text, expected[i]);
    }
}

#define REFUSED(text, ...)                                                       \
    do {                                                                         \
        const char *const expected[] = { __VA_ARGS__ };                          \
        clear(NULL);                                                             \
        tells(parse(text), (int)(sizeof expected / sizeof *expected), expected); \
    } while (0)

static enum mld_status ask(const char *base, int n, const char *const *vary, int n_statistics,
                           const char *const *statistic)
{
    struct mld_scenario *scenario = NULL;
    clear(NULL);
    assert_int_equal(mld_scenario_load(base, 0, NULL, &scenario, &messages), MLD_OK);
    enum mld_status status = mld_study_quick(scenario, n, vary, n_statistics, statistic, &study,
                                             &messages);
    if (status != MLD_OK)
        mld_scenario_free(scenario);
    return status;
}

#define GUARANTEED PROJECT_SOURCE "/scenarios/fpci-guaranteed.cfg"
#define QUICK_REFUSED(vary, ...)                                                            \
    do {                                                                                    \
        const char *const expected[] = { __VA_ARGS__ }, *const one = vary;                  \
        tells(ask(GUARANTEED, 1, &one, 0, NULL), (int)(sizeof expected / sizeof *expected), \
              expected);                                                                    \
    } while (0)

/* ---- what is read ---- */

static void is_point(int axis, int point, const char *label, double number)
{
    const struct mld_study_point *found = &study->axis[axis].point[point];
    assert_string_equal(found->label, label);
    assert_true(isnan(number) ? isnan(found->number) : found->number == number);
}

static void test_grid(void **state)
{
    (void)state;
    reads(AXES("{ key = \"guarantee.layers.state.quotite\"; from = 0.1; to = 0.9; count = 9; },"
               "{ name = \"size\"; key = \"thesis.ticket.mean\"; from = 1000000; to = 4000000.0; "
               "  count = 3; scale = \"log\"; }"));
    assert_int_equal(study->n_variants, 27);
    assert_string_equal(study->axis[0].name, "quotite");
    assert_int_equal(study->axis[0].point[0].stage, MLD_STAGE_GUARANTEE);
    is_point(0, 2, "0.3", 0.3);
    is_point(0, 8, "0.9", 0.9);
    assert_string_equal(study->axis[1].name, "size");
    assert_int_equal(study->axis[1].point[0].stage, MLD_STAGE_PORTFOLIO);
    is_point(1, 1, "2000000", 2e6);
    assert_int_equal(study->plan->paths, 64);
    assert_true(study->plan->run.seed == 2027);
}

static void test_values(void **state)
{
    (void)state;
    reads(AXES("{ keys = [ \"instruments.shares.multiple_cap\", "
               "\"instruments.convertible.multiple_cap\" ]; values = ( 2.5, \"none\" ); },"
               "{ key = \"guarantee.layers\"; name = \"layers\"; values = ("
               "  ( { name = \"one\"; quotite = 0.5; payout = \"final_loss\"; } ) ); }"));
    assert_int_equal(study->n_variants, 2);
    is_point(0, 0, "2.5", 2.5);
    is_point(0, 1, "none", NAN);
    assert_int_equal(study->axis[0].point[1].n_changes, 2);
    is_point(1, 0, "( { name = \"one\"; quotite = 0.5; payout = \"final_loss\"; } )", NAN);
    assert_true(study->axis[1].point[0].stage <= MLD_STAGE_LIVES);
}

static void test_points(void **state)
{
    (void)state;
    reads(AXES("{ name = \"deal\"; points = ( { label = \"as it is\"; set = ( ); },"
               "  { label = \"dearer\"; set = ( { key = \"fund.hurdle\"; value = 0.07; },"
               "    { key = \"guarantee.layers.state.fee_rate\"; value = 0.01; } ); },"
               "  { label = \"7\"; set = ( { key = \"fund.hurdle\"; value = 0.07; } ); } ); }"));
    assert_int_equal(study->axis[0].point[0].n_changes, 0);
    assert_int_equal(study->axis[0].point[1].n_changes, 2);
    is_point(0, 1, "dearer", NAN);
    is_point(0, 2, "7", 0.07);
    assert_int_equal(study->axis[0].point[1].stage, MLD_STAGE_GUARANTEE);
}

static void test_statistics(void **state)
{
    (void)state;
    reads(BASE "statistics = [ \"net_irr_a.p5\", \"without.loss_a\" ];"
               "axes = ( { key = \"fund.hurdle\"; values = [ 0.05 ]; } );");
    assert_int_equal(study->n_statistics, 2);
    assert_string_equal(study->statistic[0].name, "with.net_irr_a.p05");
    assert_string_equal(study->statistic[1].name, "without.loss_a.mean");
    reads(AXES("{ key = \"fund.hurdle\"; values = [ 0.05 ]; }"));
    assert_int_equal(study->n_statistics, 8);
}

/* What is looked for is asked for, once; it is told again as it was read. */
static void test_until(void **state)
{
    (void)state;
    static const char axes[] = "axes = ( { key = \"fund.hurdle\"; values = [ 0.05 ]; } );";
    char text[512];
    snprintf(text, sizeof text, "%s%s%s", BASE,
             "statistics = [ \"net_irr_a\" ];\n"
             "until = [ \"net_irr_a >= base - 0.1\", \"without.loss_a<=0.25\" ];\n",
             axes);
    reads(text);
    assert_int_equal(study->n_statistics, 2);
    assert_string_equal(study->statistic[1].name, "without.loss_a.mean");
    assert_int_equal(study->n_goals, 2);
    assert_true(study->goal[0].at_least && study->goal[0].relative);
    assert_true(study->goal[0].value == -0.1 && study->goal[1].value == 0.25);
    char *told = mld_study_text(study);
    assert_non_null(strstr(told, "until = [ \"with.net_irr_a.mean >= base - 0.1"));
    assert_non_null(strstr(told, "\"without.loss_a.mean <= 0.25\" ];"));
    free(told);
    snprintf(text, sizeof text, "%suntil = [ \"loss_a < 1\", \"los_a <= 1\" ];%s", BASE, axes);
    clear(NULL);
    assert_int_not_equal(
        mld_study_parse(text, strlen(text), FOLDER "t.cfg", 0, NULL, &study, &messages), MLD_OK);
    assert_int_equal(messages.count, 2);
    assert_non_null(strstr(messages.text[0],
                           "t.cfg:2: until[0]: \"loss_a < 1\": a statistic, <= "));
    assert_non_null(strstr(messages.text[1], "t.cfg:2: until[1]: \"los_a\""));
}

/* The last axis varies fastest. */
static void test_places(void **state)
{
    char name[64];
    (void)state;
    reads(AXES("{ key = \"fund.hurdle\"; values = [ 0.05, 0.06 ]; },"
               "{ key = \"fund.carry\"; values = [ 0.1, 0.15, 0.2 ]; }"));
    assert_int_equal(mld_study_place(study, 4, 0), 1);
    assert_int_equal(mld_study_place(study, 4, 1), 1);
    assert_string_equal(mld_study_variant_name(study, 2, name, sizeof name),
                        "hurdle = 0.05, carry = 0.2");
    assert_string_equal(mld_study_variant_name(study, 2, name, 9), "hurdle =");
}

static void test_paths_and_seed(void **state)
{
    static const char *const set[] = { "run.seed=5" };
    const char text[] = "name = \"t\"; base = \"../fpci-reference.cfg\"; paths = 32; seed = 9;"
                        "axes = ( { key = \"fund.hurdle\"; values = [ 0.05 ]; } );";
    (void)state;
    clear(NULL);
    assert_int_equal(mld_study_parse(text, strlen(text), FOLDER "t.cfg", 1, set, &study, &messages),
                     MLD_OK);
    assert_int_equal(study->plan->paths, 32);
    assert_true(study->plan->run.seed == 5);
}

/* What a block holds may touch an earlier stage than its being there does. */
static void test_stages(void **state)
{
    (void)state;
    assert_int_equal(mld_key_stage("instruments.bond.coupon"), MLD_STAGE_LIVES);
    assert_true(mld_key_stage("instruments.bond") <= mld_param_stage("instruments.bond.pd_scale"));
    assert_true(mld_param_stage("instruments.bond.pd_scale") < MLD_STAGE_LIVES);
    assert_int_equal(mld_key_stage("guarantee.layers[0]"), mld_param_stage("guarantee.layers"));
}

static void documented(const struct mld_param *rows)
{
    for (; rows && rows->key; rows++) {
        assert_documented(rows->key, rows->doc_en, rows->doc_fr, rows->source);
        assert_non_null(rows->unit);
        documented(rows->table);
    }
}

static void test_keys_are_documented(void **state)
{
    (void)state;
    documented(mld_study_params);
}

/* ---- quick questions ---- */

static void test_quick(void **state)
{
    (void)state;
    static const char *const vary[] = { "instruments.bond.coupon=0.04:0.06:3",
                                        "instruments.convertible.coupon=0.05,0.06",
                                        "thesis.deployment=[0.5,0.5],[0.25,0.75]" };
    static const char *const measures[] = { "loss_a" };
    assert_int_equal(ask(GUARANTEED, 3, vary, 1, measures), MLD_OK);
    assert_int_equal(study->n_variants, 12);
    assert_string_equal(study->name, "fpci-guaranteed");
    assert_string_equal(study->axis[0].name, "coupon");
    assert_string_equal(study->axis[1].name, "instruments_convertible_coupon");
    is_point(0, 1, "0.05", 0.05);
    is_point(2, 1, "[ 0.25, 0.75 ]", NAN);
    assert_int_equal(study->n_statistics, 1);
}

static void test_quick_mistakes(void **state)
{
    (void)state;
    QUICK_REFUSED("fund.hurdle", "--vary: \"fund.hurdle\": key=from:to:count or key=value,value is "
                                 "expected");
    QUICK_REFUSED("fund.hurdle=0.05:0.07", "--vary: fund.hurdle=0.05:0.07: from:to:count is "
                                           "expected, count from 2 to 10000");
    QUICK_REFUSED("fund.hurdle=0.05:0.07:1", "--vary: fund.hurdle=0.05:0.07:1: from:to:count is "
                                             "expected, count from 2 to 10000");
    QUICK_REFUSED("fund.hurdel=0.05", "--vary: fund.hurdel: no such key; did you mean "
                                      "fund.hurdle?");
    QUICK_REFUSED("run.paths=5", "--vary: run.paths: says how the run is made or what things are "
                                 "called: it is not varied");
    QUICK_REFUSED("fund.hurdle=0.06,0.06", "--vary: fund.hurdle: 0.06 is given twice");
    static const char *const vary[] = { "fund.carry=0.1,0.2" }, *const measures[] = { "net_ir_a" };
    static const char *const expected[] = {
        "--measure: \"net_ir_a\": no such measure: net_ir_a; did you mean net_irr_a?"
    };
    tells(ask(GUARANTEED, 1, vary, 1, measures), 1, expected);
}

/* ---- mistakes of a file ---- */

static void test_rows_are_checked(void **state)
{
    (void)state;
    REFUSED("base = \"../fpci-guaranteed.cfg\"; path = 10; paths = 0.5;\n"
            "axes = ( { key = \"fund.hurdle\"; valeurs = [ 1 ]; count = 1; scale = \"cubic\"; } );",
            "t.cfg:1: path is unknown; did you mean paths?", "t.cfg: name is missing",
            "t.cfg:1: paths = 0.5 is outside [1, 4294967294]",
            "t.cfg:2: axes[0].valeurs is unknown; did you mean values?",
            "t.cfg:2: axes[0].count = 1 is outside [2, 10000]",
            "t.cfg:2: axes[0].scale = \"cubic\": one of \"linear|log\" is expected");
    REFUSED("name = \"t\"; fund = { hurdle = 0.05; };",
            "t.cfg: a scenario, and no study: it has no "
            "axes");
    REFUSED(BASE "axes = ( );", "t.cfg:2: axes: at least one is expected");
}

#define HURDLE "key = \"fund.hurdle\"; "
static void test_one_way_to_give_points(void **state)
{
    (void)state;
    REFUSED(AXES("{ " HURDLE "}"),
            "t.cfg:3: axes[0]: one of values, points, or from, to and count is expected");
    REFUSED(AXES("{ " HURDLE "values = [ 0.05 ]; from = 0.05; to = 0.07; count = 3; }"),
            "t.cfg:3: axes[0]: one of values, points, or from, to and count is expected");
    REFUSED(AXES("{ " HURDLE "from = 0.05; count = 3; }"),
            "t.cfg:3: axes[0]: from, to and count go together");
    REFUSED(AXES("{ " HURDLE "values = [ 0.05 ]; scale = \"log\"; }"),
            "t.cfg:3: axes[0].scale: goes with from, to and count");
    REFUSED(AXES("{ " HURDLE "keys = [ \"fund.carry\" ]; values = [ 0.05 ]; }"),
            "t.cfg:3: axes[0]: key or keys is expected, not both");
    REFUSED(AXES("{ values = [ 0.05 ]; }"), "t.cfg:3: axes[0].key is missing");
    REFUSED(AXES("{ " HURDLE "points = ( { label = \"a\"; set = ( ); } ); }"),
            "t.cfg:3: axes[0]: each of its points says which keys it sets",
            "t.cfg:3: axes[0].name is missing");
    REFUSED(AXES("{ " HURDLE "values = 0.05; }"),
            "t.cfg:3: axes[0].values: values in [ ] or ( ) are expected");
    REFUSED(AXES("{ " HURDLE "values = [ ]; }"),
            "t.cfg:3: axes[0] has 0 points; 1 to 10000 are read");
    REFUSED(AXES("{ " HURDLE "from = 0.0; to = 0.07; count = 3; scale = \"log\"; }"),
            "t.cfg:3: axes[0]: steps of one ratio go between numbers above 0");
    REFUSED(
        AXES("{ name = \"p\"; points = ( { label = \"a\"; set = ( { key = \"fund.hurdel\"; value "
             "= 1; }, { key = \"fund.carry\"; } ); }, { set = ( ); } ); }"),
        "t.cfg:3: axes.p.points[0].set[1].value is missing",
        "t.cfg:3: axes.p.points[1].label is missing");
}

static void test_keys(void **state)
{
    (void)state;
    REFUSED(AXES("{ name = \"h\"; key = \"fund.hurdel\"; values = [ 0.05 ]; },\n"
                 "{ key = \"horizon_years\"; values = [ 10 ]; },\n"
                 "{ name = \"p\"; points = (\n{ label = \"a\"; set = (\n"
                 "{ key = \"quotité\"; value = 0.5; } ); } ); }"),
            "t.cfg:3: axes.h: fund.hurdel: no such key; did you mean fund.hurdle?",
            "t.cfg:4: axes[1]: horizon_years: says how the run is made or what things are called: "
            "it is not varied",
            "t.cfg:7: axes.p: quotité: no such key; did you mean guarantee.layers.*.quotite?");
}

static void test_collisions(void **state)
{
    (void)state;
    REFUSED(
        AXES("{ name = \"a\"; key = \"guarantee.layers.*.quotite\"; values = [ 0.5 ]; },\n"
             "{ name = \"b\"; key = \"guarantee.layers.state.quotite\"; values = [ 0.6 ]; },\n"
             "{ name = \"c\"; key = \"guarantee.layers[0]\"; values = ( { name = \"x\"; } ); },\n"
             "{ name = \"d\"; key = \"fund.hurdle\"; values = [ 0.5 ]; }"),
        "t.cfg:4: axis b varies guarantee.layers.state.quotite, which collides with "
        "guarantee.layers.*.quotite of axis a",
        "t.cfg:5: axis c varies guarantee.layers[0], which collides with "
        "guarantee.layers.*.quotite of axis a",
        "t.cfg:5: axis c varies guarantee.layers[0], which collides with "
        "guarantee.layers.state.quotite of axis b");
    REFUSED(AXES("{ keys = [ \"legal_forms.*.pd\", \"legal_forms.company.pd\" ]; "
                 "values = ( [ 0.01 ] ); }"),
            "t.cfg:3: axis pd sets legal_forms.company.pd, which collides with legal_forms.*.pd of "
            "the same axis");
    REFUSED(AXES("{ key = \"fund.hurdle\"; values = [ 0.05 ]; },\n"
                 "{ name = \"hurdle\"; key = \"fund.carry\"; values = [ 0.1 ]; }"),
            "t.cfg:4: two axes are called hurdle: give one of them a name");
    /* other items of the same list do not collide, whether by name or by place */
    reads("name = \"t\"; base = \"../fpci-guaranteed-counter-guaranteed.cfg\"; paths = 8; axes = ("
          "{ name = \"a\"; key = \"guarantee.layers[0].fee_rate\"; values = [ 0.005 ]; },"
          "{ name = \"b\"; key = \"guarantee.layers[1].fee_rate\"; values = [ 0.006 ]; } );");
}

static void test_too_many(void **state)
{
    (void)state;
    REFUSED(AXES("{ key = \"fund.hurdle\"; from = 0.0; to = 0.1; count = 1001; },"
                 "{ key = \"fund.carry\"; from = 0.0; to = 0.1; count = 1000; }"),
            "t.cfg:3: the axes make 1.001e+06 variants; at most 1000000");
}

static void test_repeated(void **state)
{
    (void)state;
    REFUSED(AXES("{ " HURDLE "values = [ 0.05, 0.06, 0.050, 0.05 ]; }"),
            "t.cfg:3: axes[0]: 0.05 is given twice");
    REFUSED(BASE "statistics = [ \"tvpi.p5\",\n\"with.tvpi.p05\", \"tvpi_b\" ];\n"
                 "axes = ( { " HURDLE "values = [ 0.05 ]; } );",
            "t.cfg:3: statistics[1]: \"with.tvpi.p05\": with.tvpi.p05 is asked for twice",
            "t.cfg:3: statistics[2]: \"tvpi_b\": the fund has no class B");
}

static void test_base(void **state)
{
    (void)state;
    clear(NULL);
    assert_int_equal(parse("name = \"t\"; base = \"none.cfg\"; axes = ( { " HURDLE
                           "values = [ 0.05 ]; } );"),
                     MLD_ERR_FILE);
    assert_int_equal(messages.count, 1);
}

/* ---- variants that are refused ---- */

static void test_variants_refused(void **state)
{
    (void)state;
    REFUSED(
        AXES("{ " HURDLE "values = [ 0.05, 2.0 ]; },\n"
             "{ key = \"fund.carry\"; values = [ 0.1, 0.2 ]; },\n"
             "{ name = \"mix\"; points = ( { label = \"all\"; set = ( { key = \"thesis.mix\";\n"
             "  value = { bond = { weight = 0.5; legal_forms = { company = 1.0; }; }; }; } ); },"
             "  { label = \"as it is\"; set = ( ); } ); }"),
        "variant hurdle = 0.05, carry = 0.1, mix = all (and 1 more): t.cfg:6: thesis.mix "
        "adds up to 0.5 instead of 1: bond 0.5 (t.cfg:6)",
        "variant hurdle = 2, carry = 0.1, mix = all (and 3 more): t.cfg:3: fund.hurdle = 2 is "
        "outside [0, 0.5] per year; did you mean 0.02?");
}

/* What a variant has and the base has not, or the other way round. */
static void test_other_shapes(void **state)
{
    (void)state;
    REFUSED("name = \"t\"; base = \"../fpci-reference.cfg\"; axes = (\n"
            "{ name = \"g\"; points = ( { label = \"yes\"; set = ( { key = \"guarantee.layers\"; "
            "value = ( { name = \"a\"; quotite = 0.5; payout = \"final_loss\"; } ); },"
            "{ key = \"guarantee.dotation\"; value = ( { year = 0; amount = 1000000.0; } ); } ); } "
            "); } );",
            "variant g = yes: a fund or a guarantee where the scenario has none, so other results");
    REFUSED("name = \"t\"; base = \"../fpci-reference.cfg\"; statistics = [ \"tvpi\" ]; axes = (\n"
            "{ name = \"f\"; points = ( { label = \"four\"; set = ( { key = \"legal_forms.four\"; "
            "value = { pd = [ 0.01 ]; asset_correlation = 0.1; surplus_mean = 0.1; surplus_sd = "
            "0.1; performance_correlation = 0.1; weights = { cycle = 1.0; }; }; } ); } ); } );",
            "variant f = four: other names of factors, sectors or legal forms than the scenario's, "
            "so other draws");
}

/* ---- the scenario of a variant ---- */

static uint64_t fingerprint(const struct mld_scenario *scenario)
{
    struct mld_plan *plan = NULL;
    assert_int_equal(mld_scenario_plan(scenario, &plan, &messages), MLD_OK);
    uint64_t print = mld_scenario_fingerprint(scenario, plan);
    mld_plan_clear(plan);
    free(plan);
    return print;
}

/* The same values set by hand make the same scenario, but for its judgements. */
static void is_as_set(int variant, int n_set, const char *const *set)
{
    struct mld_scenario *varied = NULL, *by_hand = NULL;
    assert_int_equal(mld_study_variant(study, variant, &varied, &messages), MLD_OK);
    assert_int_equal(mld_scenario_parse("base = \"../fpci-guaranteed.cfg\"; drop = [ "
                                        "\"sensitivity\" ];",
                                        FOLDER "by-hand.cfg", n_set, set, &by_hand, &messages),
                     MLD_OK);
    assert_int_equal(fingerprint(varied), fingerprint(by_hand));
    mld_scenario_free(varied);
    mld_scenario_free(by_hand);
}

#define LAYER_BY_HAND "guarantee.layers=({name=\"n\";quotite=0.25;payout=\"final_loss\";})"
static void test_variants(void **state)
{
    (void)state;
    static const char *const first[] = { "legal_forms.association.pd=[0.01]",
                                         "legal_forms.cooperative.pd=[0.01]",
                                         "legal_forms.company.pd=[0.01]", "fund.hurdle=0.05" };
    static const char *const last[] = { "fund.hurdle=0.07", LAYER_BY_HAND, "fund.carry=0.1" };
    reads(AXES("{ name = \"what\"; points = ("
               "  { label = \"pd\"; set = ( { key = \"legal_forms.*.pd\"; value = [ 0.01 ]; } ); },"
               "  { label = \"layer\"; set = ( { key = \"guarantee.layers\"; value = ( { name = "
               "\"n\"; quotite = 0.25; payout = \"final_loss\"; } ); }, { key = \"fund.carry\"; "
               "value = 0.1; } ); } ); },"
               "{ " HURDLE "from = 0.05; to = 0.07; count = 5; }"));
    is_as_set(0, 4, first);
    is_as_set(9, 3, last);
}

/* What was freed holds something else from now on. */
static void write_over_freed(void)
{
    char *block[64];
    for (size_t i = 0; i < sizeof block / sizeof *block; i++)
        if ((block[i] = malloc(16384)))
            memset(block[i], 'x', 16384);
    for (size_t i = 0; i < sizeof block / sizeof *block; i++)
        free(block[i]);
}

/* A variant outlives its study. */
static void test_variant_is_its_own(void **state)
{
    (void)state;
    struct mld_scenario *varied = NULL;
    reads(AXES("{ key = \"guarantee.layers\"; name = \"l\"; values = ( ( { name = \"n\"; quotite = "
               "0.25; payout = \"final_loss\"; } ) ); }"));
    assert_int_equal(mld_study_variant(study, 0, &varied, &messages), MLD_OK);
    clear(NULL);
    write_over_freed();
    char *text = mld_scenario_text(varied);
    assert_non_null(strstr(text, "payout = \"final_loss\""));
    assert_non_null(strstr(text, "quotite = 0.25"));
    free(text);
    mld_scenario_free(varied);
}

static void test_shipped(void **state)
{
    (void)state;
    glob_t found;
    assert_int_equal(glob(FOLDER "*.cfg", 0, NULL, &found), 0);
    assert_true(found.gl_pathc >= 4);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        clear(NULL);
        enum mld_status status = mld_study_load(found.gl_pathv[i], 0, NULL, &study, &messages);
        print_messages();
        assert_int_equal(status, MLD_OK);
        assert_true(study->n_variants > 1 && study->n_statistics > 0);
    }
    globfree(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_grid, clear),
        cmocka_unit_test_teardown(test_values, clear),
        cmocka_unit_test_teardown(test_points, clear),
        cmocka_unit_test_teardown(test_statistics, clear),
        cmocka_unit_test_teardown(test_until, clear),
        cmocka_unit_test_teardown(test_places, clear),
        cmocka_unit_test_teardown(test_paths_and_seed, clear),
        cmocka_unit_test(test_stages),
        cmocka_unit_test(test_keys_are_documented),
        cmocka_unit_test_teardown(test_quick, clear),
        cmocka_unit_test_teardown(test_quick_mistakes, clear),
        cmocka_unit_test_teardown(test_rows_are_checked, clear),
        cmocka_unit_test_teardown(test_one_way_to_give_points, clear),
        cmocka_unit_test_teardown(test_keys, clear),
        cmocka_unit_test_teardown(test_collisions, clear),
        cmocka_unit_test_teardown(test_too_many, clear),
        cmocka_unit_test_teardown(test_repeated, clear),
        cmocka_unit_test_teardown(test_base, clear),
        cmocka_unit_test_teardown(test_variants_refused, clear),
        cmocka_unit_test_teardown(test_other_shapes, clear),
        cmocka_unit_test_teardown(test_variants, clear),
        cmocka_unit_test_teardown(test_variant_is_its_own, clear),
        cmocka_unit_test_teardown(test_shipped, clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
