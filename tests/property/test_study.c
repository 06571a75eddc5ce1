/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The law of studies (model, section 19): every statistic of every variant is, to the last bit,
 * that of a run of its scenario, whichever stages its keys touch; threads and groups change
 * nothing.
 */
#include <unistd.h>

#include "support/study_case.h"

enum { VARIES = 3, ASKS = 12 };

struct question {
    const char *set; /* of the base; NULL: nothing */
    const char *scenario, *vary[VARIES + 1], *ask[ASKS + 1];
};

#define STATE "guarantee.layers.state."
#define OF_STATE                                                                    \
    "payouts", "exhausted", "payouts_unpaid.sd", "net_cost", "net_cost.p95",        \
        "dotation_needed.p99", "grant_equivalent", "net_cost_discounted.shortfall", \
        "residual_balance.p05"
#define OF_FUND "net_irr_a", "net_irr_a.p05", "loss_a", "without.net_irr_a.sd", "tvpi_a.p50"

/* Prices alone; the fund alone; both; what comes before; a study of each scenario. */
static const struct question questions[] = {
    { NULL,
      "fpci-guaranteed",
      { STATE "quotite=0.2:0.8:3", STATE "cap_rate=0.1,0.3" },
      { OF_STATE } },
    { NULL, "fpci-guaranteed", { "fund.hurdle=0.02:0.06:3" }, { OF_FUND, "net_cost" } },
    { NULL,
      "fpci-guaranteed",
      { STATE "fee_rate=0,0.02", "fund.management_fee=0.01,0.02", STATE "attachment=0,0.05" },
      { OF_FUND, "net_cost", "fees_received" } },
    { NULL,
      "fpci-guaranteed",
      { "legal_forms.*.pd=[0.02,0.03,0.03],[0.05,0.05,0.04]", STATE "quotite=0.4,0.7" },
      { OF_FUND, "payouts.p99" } },
    { NULL,
      "fpci-guaranteed",
      { "guarantee.moral_hazard=1,1.2", STATE "waiting_years=0,1" },
      { OF_FUND } },
    { NULL,
      "fpci-guaranteed",
      { "guarantee.hazard_slope=0,0.8", STATE "quotite=0.4,0.7", STATE "cap_rate=0.1,0.3" },
      { OF_FUND, "payouts.p99", "loss_default.p90" } },
    { NULL,
      "scheme-national",
      { STATE "attachment=0,0.02", "guarantee.hazard_slope=0.5,1,1.5" },
      { OF_STATE } },
    { NULL,
      "fpci-guaranteed",
      { "guarantee.pass_through=0,0.5", STATE "quotite=0.4,0.8", "fund.hurdle=0.04,0.06" },
      { OF_FUND, "payouts.p99" } },
    { "guarantee.pass_through=0.2",
      "fpci-guaranteed",
      { "guarantee.pass_through=0.5,1", STATE "fee_rate=0,0.02" },
      { OF_FUND, "kept.interest_spared.p90", "debt_dues.p95", "kept.debt_fees" } },
    { NULL,
      "fpci-reference",
      { "fund.impact_carry.share=0,0.5", "fund.carry=0.1,0.2" },
      { "net_irr_a" } },
    { NULL, "scheme-national", { STATE "quotite=0.3:0.7:3" }, { OF_STATE } },
    /* a list of candidates that is as long as what may be invested, chosen by each fund */
    { NULL,
      "fpci-reglement-60",
      { "fund.recycling.total=0.8,1" },
      { "net_irr_a", "cost.p05", "skipped", "ran_out" } },
    { "fund.recycling={ total = 1.0; }",
      "fpci-guaranteed",
      { STATE "fee_rate=0,0.02" },
      { "net_irr_a", "without.cost.p05", "cost", "payouts.p95" } },
    /* a grant that comes later dates them too */
    { "fund.grants=( { year = 3; amount = 17e6; } )",
      "fpci-reference",
      { "fund.classes.A.commitment=80e6,82e6" },
      { "net_irr_a", "cost.p05" } },
    /* a line is of the fund alone */
    { "fund.credit_line={ limit = 0.4; rate = 0.05; periods = 4; }",
      "fpci-reference",
      { "fund.credit_line.rate=0.03,0.06" },
      { "net_irr_a", "net_irr_a_without_line", "line_costs.p95" } },
    /* what one variant earns, pays back or calls again is no other's */
    { NULL,
      "fpci-carry",
      { "fund.cash_margin=0.005,0.2", "fund.claw_back=1,0" },
      { "net_irr_a", "cash_interest", "claw_back.p95" } },
    { NULL,
      "fpci-reference",
      { "fund.recallable={ share = 0.5; },{ share = 0.0; }",
        "fund.credit_line={ limit = 0.3; rate = 0.05; periods = 2; },{ limit = 0.3; rate = 0.05; "
        "periods = 9; },{ limit = 0.0; rate = 0.0; periods = 4; }" },
      { "net_irr_a", "paid_in_net.p05", "tvpi_a.p50" } },
    /* several closings date the deals by commitments and costs */
    { "fund.closings=( { date = \"2027-01-01\"; share = 0.2; }, { date = \"2028-05-01\"; share = "
      "0.8; } )",
      "fpci-reference",
      { "fund.management_fee=0.01,0.02", "fund.equalisation_rate=0,0.1" },
      { "net_irr_a", "net_irr_a_closing_2", "waiting_years", "gross_irr.p50" } },
};

static struct mld_study *study_of(const struct question *question, const char *paths)
{
    char path[4096];
    const char *set[] = { paths, question->set };
    int n_vary = 0, n_ask = 0;
    struct mld_messages messages;
    struct mld_scenario *scenario = NULL;
    struct mld_study *study = NULL;
    mld_messages_init(&messages);
    snprintf(path, sizeof path, PROJECT_SOURCE "/scenarios/%s.cfg", question->scenario);
    while (question->vary[n_vary])
        n_vary++;
    while (question->ask[n_ask])
        n_ask++;
    enum mld_status status = mld_scenario_load(path, 1 + (question->set != NULL), set, &scenario,
                                               &messages);
    if (status == MLD_OK)
        status = mld_study_quick(scenario, n_vary, question->vary, n_ask, question->ask, &study,
                                 &messages);
    if (status != MLD_OK)
        fail_msg("%s: %s", question->vary[0], messages.count ? messages.text[0] : "?");
    mld_messages_clear(&messages);
    return study;
}

/* ---- a variant is a run ---- */

static void a_variant_is_a_run(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        struct mld_study *study = study_of(&questions[i], "run.paths=400");
        struct mld_study_result result = run_study(study, 2, 0);
        for (int v = 0; v < study->n_variants; v++)
            check_variant(study, &result, v);
        mld_study_result_clear(&result);
        mld_study_free(study);
    }
}

/* A block: another mix, a list of tiers, a layer. */
static void a_block_is_a_run(void **state)
{
    static const char *const files[] = { "mix", "dotation" };
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char path[4096];
        const char *set[] = { "run.paths=150" };
        struct mld_study *study = NULL;
        struct mld_messages messages;
        mld_messages_init(&messages);
        snprintf(path, sizeof path, PROJECT_SOURCE "/scenarios/studies/%s.cfg", files[i]);
        assert_int_equal(mld_study_load(path, 1, set, &study, &messages), MLD_OK);
        struct mld_study_result result = run_study(study, 2, 0);
        for (int v = 0; v < study->n_variants; v += 3)
            check_variant(study, &result, v);
        mld_study_result_clear(&result);
        mld_study_free(study);
        mld_messages_clear(&messages);
    }
}

/* ---- what is shared is nobody's business ---- */

static void assert_same_results(const struct mld_study *study, const struct mld_study_result *a,
                                const struct mld_study_result *b)
{
    size_t cell = sizeof *a->cell * (size_t)study->n_statistics;
    assert_memory_equal(a->base, b->base, cell);
    assert_memory_equal(a->cell, b->cell, cell * (size_t)study->n_variants);
}

static void threads_and_groups_change_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        struct mld_study *study = study_of(&questions[i], "run.paths=300");
        struct mld_study_result one = run_study(study, 1, 0), many = run_study(study, 3, 0),
                                narrow = run_study(study, 2, 1);
        assert_same_results(study, &one, &many);
        assert_same_results(study, &one, &narrow);
        mld_study_result_clear(&one);
        mld_study_result_clear(&many);
        mld_study_result_clear(&narrow);
        mld_study_free(study);
    }
}

/* ---- a study that is interrupted ---- */

struct interruption {
    volatile sig_atomic_t stop;
    int waves, most; /* so many waves, then it is asked to stop */
};

static void count_wave(void *context, double done, double all)
{
    struct interruption *interruption = context;
    assert_true(done <= all);
    interruption->stop = ++interruption->waves >= interruption->most;
}

static enum mld_status go_on(const struct mld_study *study, const char *part, int waves,
                             struct mld_study_result *result, struct mld_messages *messages)
{
    struct interruption interruption = { .most = waves };
    const struct mld_study_options options = { .threads = 2,
                                               .part = part,
                                               .stop = &interruption.stop,
                                               .progress = count_wave,
                                               .context = &interruption,
                                               .budget = 3 * 8 * 6000 };
    mld_messages_init(messages);
    return mld_study_run(study, &options, result, messages);
}

/* Three variants a group: with the base in the first, and with one of its own. */
static const struct question interrupted[] = {
    { NULL, "fpci-guaranteed", { STATE "quotite=0.2:0.8:7" }, { "payouts.p95", "net_irr_a" } },
    { NULL,
      "fpci-guaranteed",
      { "guarantee.moral_hazard=1,1.2", STATE "cap_rate=0.1,0.3" },
      { "payouts.p95", "net_irr_a" } },
};

static void an_interrupted_study_ends_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof interrupted / sizeof *interrupted; i++) {
        char part[] = "/tmp/milliard_study_XXXXXX";
        struct mld_study *study = study_of(&interrupted[i], "run.paths=6000");
        struct mld_study_result whole = run_study(study, 2, 3 * 8 * 6000), cut;
        struct mld_messages messages;
        enum mld_status status = MLD_INTERRUPTED;
        int pieces = 0;
        close(mkstemp(part));
        remove(part);
        for (; status == MLD_INTERRUPTED; pieces++) {
            if (pieces)
                mld_study_result_clear(&cut);
            status = go_on(study, part, 1 + pieces % 2, &cut, &messages);
            mld_messages_clear(&messages);
        }
        assert_int_equal(status, MLD_OK);
        assert_true(pieces > 3);
        assert_int_equal(access(part, F_OK), -1);
        assert_same_results(study, &whole, &cut);
        mld_study_result_clear(&whole);
        mld_study_result_clear(&cut);
        mld_study_free(study);
    }
}

static void expect_refused(const struct mld_study *study, const char *part,
                           enum mld_status expected, const char *words)
{
    struct mld_study_result result;
    struct mld_messages messages;
    assert_int_equal(go_on(study, part, 1, &result, &messages), expected);
    if (!strstr(messages.text[0], words))
        fail_msg("%s", messages.text[0]);
    mld_messages_clear(&messages);
    mld_study_result_clear(&result);
}

/* Another study's part is refused, and so is one that was changed. */
static void a_part_is_of_its_study(void **state)
{
    char part[] = "/tmp/milliard_study_XXXXXX";
    struct mld_study *mine = study_of(&interrupted[0], "run.paths=6000"),
                     *other = study_of(&interrupted[1], "run.paths=6000");
    struct mld_study_result result;
    struct mld_messages messages;
    (void)state;
    close(mkstemp(part));
    remove(part);
    assert_int_equal(go_on(mine, part, 1, &result, &messages), MLD_INTERRUPTED);
    mld_messages_clear(&messages);
    mld_study_result_clear(&result);
    expect_refused(other, part, MLD_ERR_INPUT, "is of another study: \"    { name = ");
    FILE *file = fopen(part, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, -100, SEEK_END), 0);
    fputc('?', file);
    assert_int_equal(fclose(file), 0);
    expect_refused(mine, part, MLD_ERR_FORMAT, "is damaged");
    remove(part);
    mld_study_free(mine);
    mld_study_free(other);
}

/* ---- changes from the base ---- */

/* What is not varied does not change, to the last bit; what is does, and its error is paired. */
static void the_base_is_where_it_is(void **state)
{
    const struct question question = { NULL,
                                       "fpci-guaranteed",
                                       { STATE "quotite=0.25,0.5" },
                                       { "net_irr_a", "net_irr_a.p05", "without.net_irr_a" } };
    struct mld_study *study = study_of(&question, "run.paths=4000");
    struct mld_study_result result = run_study(study, 2, 0);
    const struct mld_study_cell *low = result.cell, *same = result.cell + 3;
    (void)state;
    for (int s = 0; s < 3; s++) {
        assert_true(same[s].change == 0 && same[s].change_error == 0);
        assert_memory_equal(&same[s].value, &result.base[s].value, sizeof(double));
    }
    assert_true(low[0].change < 0 && low[1].change < 0);
    assert_true(low[0].change_error < 0.5 * low[0].error);
    assert_true(low[2].change == 0 && low[2].change_error == 0);
    mld_study_result_clear(&result);
    mld_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_variant_is_a_run),
        cmocka_unit_test(a_block_is_a_run),
        cmocka_unit_test(threads_and_groups_change_nothing),
        cmocka_unit_test(an_interrupted_study_ends_the_same),
        cmocka_unit_test(a_part_is_of_its_study),
        cmocka_unit_test(the_base_is_where_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
