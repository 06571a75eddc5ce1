/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results files: what is written is read back, bit for bit, and twice the same run is twice the
 * same bytes.
 */
#define _GNU_SOURCE /* memmem */
#include "support/results_fixture.h"

static void same_bits(double a, double b)
{
    if (isnan(a) && isnan(b))
        return;
    assert_memory_equal(&a, &b, sizeof a);
}

/* Whose values a design has: what it shares is the first one's. */
static int owner(const struct fixture *fixture, int design, unsigned scope)
{
    const struct mld_design *designs = fixture->plan->design;
    return mld_design_shares(&designs[design], designs, scope) ? 0 : design;
}

static void check_columns(const struct fixture *fixture, const struct mld_results *results,
                          size_t n)
{
    double *column = malloc((n + 1) * sizeof(double));
    for (int design = 0; design < fixture->plan->n_designs; design++)
        for (int i = 0; i < mld_measure_count(); i++) {
            enum mld_status status = mld_results_measure(results, design, mld_measures[i].name,
                                                         column);
            if (!mld_measure_applies(&fixture->plan->design[design], fixture->plan->model.n_forms,
                                     i)) {
                assert_int_equal(status, MLD_ERR_FORMAT);
                continue;
            }
            assert_int_equal(status, MLD_OK);
            uint32_t row = made_up_measure(i);
            for (size_t p = 0; p < n; p++)
                same_bits(column[p],
                          made_up(owner(fixture, design, mld_measures[i].scope), row, p));
        }
    free(column);
}

static void check_statistics(const struct mld_statistics *a, const struct mld_statistics *b)
{
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->undefined, b->undefined);
    same_bits(a->mean, b->mean);
    same_bits(a->mean_error, b->mean_error);
    same_bits(a->sd, b->sd);
    same_bits(a->sd_error, b->sd_error);
    same_bits(a->shortfall, b->shortfall);
    same_bits(a->shortfall_error, b->shortfall_error);
    same_bits(a->minimum, b->minimum);
    same_bits(a->maximum, b->maximum);
    for (int q = 0; q < MLD_QUANTILES; q++) {
        same_bits(a->quantile[q], b->quantile[q]);
        same_bits(a->quantile_low[q], b->quantile_low[q]);
        same_bits(a->quantile_high[q], b->quantile_high[q]);
    }
}

static void check_fan(const struct mld_fan *a, const struct mld_fan *b)
{
    assert_int_equal(a->length, b->length);
    same_bits(a->rank_error, b->rank_error);
    for (int t = 0; t < a->length; t++) {
        same_bits(a->mean[t], b->mean[t]);
        same_bits(a->mean_error[t], b->mean_error[t]);
    }
    for (int i = 0; i < a->length * MLD_QUANTILES; i++)
        same_bits(a->quantile[i], b->quantile[i]);
}

static void check_summary(const struct fixture *fixture, const struct mld_results *results)
{
    const struct mld_summary *written = &fixture->summary, *read = mld_results_summary(results);
    assert_int_equal(read->paths, written->paths);
    assert_int_equal(read->designs, written->designs);
    for (int design = 0; design < read->designs; design++) {
        for (int i = 0; i < mld_measure_count(); i++)
            check_statistics(&written->measure[design][i], &read->measure[design][i]);
        for (int i = 0; i < mld_series_count(); i++)
            check_fan(&written->fan[design][i], &read->fan[design][i]);
    }
    for (int i = 0; i < mld_measure_count() && read->designs == 2; i++)
        check_statistics(&written->difference[MLD_WITH][i], &read->difference[MLD_WITH][i]);
    for (int level = 0; level < 3; level++) {
        same_bits(read->dotation[level], written->dotation[level]);
        same_bits(read->dotation_low[level], written->dotation_low[level]);
        same_bits(read->dotation_high[level], written->dotation_high[level]);
    }
    assert_int_equal(read->has_ratios, written->has_ratios);
    for (int i = 0; i < MLD_RATIOS; i++) {
        same_bits(read->ratio[i].value, written->ratio[i].value);
        same_bits(read->ratio[i].error, written->ratio[i].error);
    }
}

static void check_texts(const struct fixture *fixture, const struct mld_results *results)
{
    char seed[32];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)fixture->plan->model.seed);
    assert_string_equal(mld_results_attribute(results, "name"), fixture->plan->name);
    assert_string_equal(mld_results_attribute(results, "title_fr"), fixture->plan->title_fr);
    assert_string_equal(mld_results_attribute(results, "seed"), seed);
    assert_string_equal(mld_results_attribute(results, "currency"), "EUR");
    assert_null(mld_results_attribute(results, "hostname"));
    char *text = mld_scenario_text(fixture->scenario);
    assert_string_equal(mld_results_scenario_text(results), text);
    free(text);
    size_t n, m;
    const struct mld_echo *read = mld_results_echo(results, &n);
    const struct mld_echo *written = mld_plan_echo(fixture->plan, &m);
    assert_int_equal(n, m);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(read[i].key, written[i].key);
        assert_string_equal(read[i].value, written[i].value);
        assert_string_equal(read[i].doc_fr, written[i].doc_fr);
        assert_string_equal(read[i].source, written[i].source ? written[i].source : "");
        assert_string_equal(read[i].source_fr, written[i].source_fr ? written[i].source_fr : "");
        assert_int_equal(read[i].origin, written[i].origin);
        assert_int_equal(read[i].flags, written[i].flags);
        assert_null(strchr(read[i].where, '/'));
    }
    assert_int_equal(mld_results_grid(results)->periods, fixture->plan->model.grid.periods);
    assert_int_equal(mld_results_grid(results)->last, fixture->plan->model.grid.last);
}

static void check_trajectories(const struct fixture *fixture, const struct mld_results *results)
{
    double value[MLD_MAX_PERIODS];
    uint32_t row[MLD_MAX_PERIODS];
    for (int design = 0; design < fixture->plan->n_designs; design++)
        for (int i = 0; i < mld_series_count(); i++) {
            for (int t = 0; t < mld_series_length(&fixture->plan->model.grid, i); t++)
                row[t] = made_up_step(i, t);
            for (size_t path = 0; path < mld_results_trajectories(results); path++) {
                enum mld_status status = mld_results_trajectory(results, design, i, path, value);
                if (!mld_series_applies(&fixture->plan->design[design], i)) {
                    assert_int_equal(status, MLD_ERR_FORMAT);
                    break;
                }
                assert_int_equal(status, MLD_OK);
                for (int t = 0; t < mld_series_length(&fixture->plan->model.grid, i); t++)
                    same_bits(value[t],
                              made_up(owner(fixture, design, mld_series[i].scope), row[t], path));
            }
        }
}

static void round_trip(const char *file, int n_set, const char *const *set, size_t n, int block,
                       int width, size_t trajectories)
{
    struct fixture fixture;
    fixture_load(&fixture, file, n_set, set);
    char final_path[4096];
    const char *path = fixture_path(&fixture, "run.h5");
    assert_int_equal(write_made_up(&fixture, path, n, block, width, 0, final_path), MLD_OK);
    assert_string_equal(final_path, path);
    struct mld_results *results;
    assert_int_equal(mld_results_open(path, &results, &fixture.messages), MLD_OK);
    assert_int_equal(mld_results_paths(results), n);
    assert_string_equal(mld_results_attribute(results, "interrupted"), "0");
    check_columns(&fixture, results, n);
    check_summary(&fixture, results);
    check_texts(&fixture, results);
    assert_int_equal(mld_results_trajectories(results), trajectories);
    check_trajectories(&fixture, results);
    mld_results_close(results);
    fixture_clear(&fixture);
}

static void test_round_trip(void **state)
{
    (void)state;
    /* More than two chunks of 4096, the last one short; blocks of 256, the last one short. */
    round_trip("fpci-guaranteed.cfg", 2,
               (const char *const[]){ "run.paths=9001", "run.trajectories_first=200" }, 9001, 256,
               256, 200);
}

static void test_one_path(void **state)
{
    (void)state;
    round_trip("fpci-reference.cfg", 1, (const char *const[]){ "run.paths=1" }, 1, 256, 256, 1);
}

static void test_odd_blocks(void **state)
{
    (void)state;
    /* Blocks that fit no chunk, wider than what they hold. */
    round_trip("fpci-guaranteed.cfg", 2,
               (const char *const[]){ "run.paths=650", "run.trajectories=\"all\"" }, 650, 300, 304,
               650);
}

static void test_abandoned_while_writing(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_load(&fixture, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=5000" });
    struct mld_results_writer *writer;
    const char *path = fixture_path(&fixture, "run.h5");
    assert_int_equal(mld_results_create(path, fixture.plan, fixture.scenario, &writer,
                                        &fixture.messages),
                     MLD_OK);
    for (size_t done = 0; done < 17 * 250; done += 250)
        assert_int_equal(append_made_up(&fixture, writer, done, 250, 256), MLD_OK);
    mld_results_abandon(writer);
    assert_int_equal(access(path, F_OK), -1);
    fixture_clear(&fixture);
}

/* Also with other blocks: the file does not know how its paths came. */
static void test_same_bytes(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_load(&fixture, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=6000" });
    const char *first = fixture_path(&fixture, "first.h5"),
               *second = fixture_path(&fixture, "second.h5");
    assert_int_equal(write_made_up(&fixture, first, 6000, 256, 256, 0, NULL), MLD_OK);
    sleep(1); /* a time stamp in the file would now differ */
    assert_int_equal(write_made_up(&fixture, second, 6000, 256, 256, 0, NULL), MLD_OK);
    struct contents bytes = get_file(first);
    assert_same_file(second, &bytes);
    assert_null(memmem(bytes.bytes, bytes.n, fixture.folder, strlen(fixture.folder)));
    assert_null(memmem(bytes.bytes, bytes.n, PROJECT_SOURCE, strlen(PROJECT_SOURCE)));
    free(bytes.bytes);
    fixture_clear(&fixture);
}

static void test_interrupted(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_load(&fixture, "fpci-guaranteed.cfg", 1, (const char *const[]){ "run.paths=6000" });
    const char *path = fixture_path(&fixture, "run.h5");
    char final_path[4096];
    struct mld_results *results;
    assert_int_equal(write_made_up(&fixture, path, 512, 256, 256, 1, final_path), MLD_OK);
    assert_string_equal(final_path, path); /* nothing was there */
    assert_int_equal(mld_results_open(path, &results, &fixture.messages), MLD_OK);
    assert_string_equal(mld_results_attribute(results, "interrupted"), "1");
    assert_string_equal(mld_results_attribute(results, "paths_asked"), "6000");
    assert_int_equal(mld_results_paths(results), 512);
    check_columns(&fixture, results, 512);
    mld_results_close(results);
    assert_int_equal(write_made_up(&fixture, path, 5000, 256, 256, 1, final_path), MLD_OK);
    assert_string_equal(final_path, fixture_path(&fixture, "run.interrupted.h5"));
    assert_int_equal(mld_results_open(final_path, &results, &fixture.messages), MLD_OK);
    check_columns(&fixture, results, 5000);
    check_summary(&fixture, results);
    mld_results_close(results);
    fixture_clear(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_one_path),
        cmocka_unit_test(test_odd_blocks), cmocka_unit_test(test_abandoned_while_writing),
        cmocka_unit_test(test_same_bytes), cmocka_unit_test(test_interrupted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
