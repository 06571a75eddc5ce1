/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Covers worked by hand: which are one, which rows a layer reads, a deal that two covers count.
 * Amounts in whole euros. */
#include "support/guarantee_bench.h"

/* Two covers are one when they agree in all that counts, and only then. */
static void covers_are_one_when_they_count_the_same(void **state)
{
    (void)state;
    const struct mld_cover same = bench_layer(0.5).cover;
    enum { CHANGES = 13 };
    for (int change = 0; change <= CHANGES; change++) {
        struct mld_cover other = same;
        int *const whole[] = { &other.waiting_periods, &other.term_periods, &other.delay_periods,
                               &other.payout,          &other.exit_losses,  &other.net_of_gains };
        unsigned char *const mask[] = { other.instrument, &other.instrument[MLD_INSTRUMENTS - 1],
                                        other.form, &other.sector[MLD_MAX_SECTORS - 1] };
        double *const amount[] = { &other.ticket_min, &other.ticket_max,
                                   &other.max_loss_per_issuer };
        if (change < 6)
            *whole[change] += 1;
        else if (change < 10)
            *mask[change - 6] = 0;
        else if (change < CHANGES)
            *amount[change - 10] = 1e6;
        assert_int_equal(mld_cover_equal(&same, &other), change == CHANGES);
        assert_int_equal(mld_cover_equal(&other, &same), change == CHANGES);
    }
}

/* A list has each cover once, whichever design and layer asks for it; counter-guarantees cover no
 * deal. */
static void layers_that_share_a_cover_share_rows(void **state)
{
    (void)state;
    struct mld_guarantee_spec first = { .n_layers = 2, .reference_rate = 0.035 },
                              second = { .n_layers = 3, .reference_rate = 0.035 };
    struct mld_cover_list list = { .n = 0 };
    first.layer[0] = bench_layer(0.5);
    first.layer[0].cover.ticket_max = 1e6;
    first.layer[1] = bench_layer(0.8);
    first.layer[1].cover.ticket_min = 2e6;
    second.layer[0] = bench_layer(0.9);
    second.layer[0].cover.ticket_min = 2e6;
    second.layer[1] = bench_layer(0);
    second.layer[1].covers = 0;
    second.layer[2] = bench_layer(0.1);
    second.layer[2].cover.ticket_max = 1.5e6;
    mld_guarantee_list_covers(&first, &list);
    assert_true(list.n == 2 && list.overlap == 1 && first.layer[0].rows == 0 &&
                first.layer[1].rows == 1);
    mld_guarantee_list_covers(&second, &list);
    assert_true(list.n == 3 && list.overlap == 2 && second.layer[0].rows == 1 &&
                second.layer[2].rows == 2);
    assert_true(list.reference_rate == 0.035);
    for (int i = 0; i < 2; i++)
        assert_true(mld_cover_equal(&list.cover[i], &first.layer[i].cover));
    assert_true(mld_cover_equal(&list.cover[2], &second.layer[2].cover));
}

/* A cover takes what its filters let through, at the ends of its tickets too. */
static void filters_of_a_cover(void **state)
{
    (void)state;
    struct mld_cover cover = bench_layer(0.5).cover;
    cover.ticket_min = 1e6;
    cover.ticket_max = 2e6;
    cover.instrument[BENCH_SHARES] = cover.form[1] = cover.sector[2] = 0;
    assert_true(mld_cover_takes(&cover, BENCH_BOND, 0, 0, 1e6) &&
                mld_cover_takes(&cover, BENCH_BOND, 0, 0, 2e6));
    assert_false(mld_cover_takes(&cover, BENCH_BOND, 0, 0, 999999) ||
                 mld_cover_takes(&cover, BENCH_BOND, 0, 0, 2000001));
    assert_false(mld_cover_takes(&cover, BENCH_SHARES, 0, 0, 1e6) ||
                 mld_cover_takes(&cover, BENCH_BOND, 1, 0, 1e6));
    assert_false(mld_cover_takes(&cover, BENCH_BOND, 0, 2, 1e6));
}

/* ---- a deal that two designs cover ---- */

enum { YEARS = 10 };

/* Half of the final loss. */
static struct mld_layer final_loss(void) { return bench_layer(0.5); }

/* Eight tenths of what is lost at once, within 800,000 an issuer, less what comes back of it. */
static struct mld_layer at_once(void)
{
    struct mld_layer layer = bench_layer(0.8);
    layer.cover.payout = MLD_ON_DEFAULT;
    layer.cover.max_loss_per_issuer = 800000;
    return layer;
}

/* A plan whose guarantee is one layer. */
static struct mld_plan *plan_of(struct mld_layer layer)
{
    struct mld_plan *plan = bench_plan(1, YEARS);
    plan->model.max_deals = plan->model.max_issuers = 1;
    plan->guarantee.n_layers = 1;
    plan->guarantee.layer[0] = layer;
    bench_derive(plan);
    return plan;
}

/* The one bond, made in 0, in default in 4, of which 400,000 come back in 6. */
static void cover_bond(struct mld_covers *covers, const struct mld_plan *plan)
{
    struct bench_deal *b = malloc(sizeof *b);
    assert_non_null(b);
    bench_deal_start(b, plan, 0, 0, BENCH_BOND, 0, 1000000, 8, 0);
    bench_default(b, 4, 400000, 6);
    mld_covers_reset(covers, 1);
    bench_cover(covers, plan, b);
    mld_covers_close(covers, 1);
    free(b);
}

/* What the rows and the design of a plan say of the bond: C(t), and the quotité of it. */
static void assert_counted(struct mld_covers *covers, const struct mld_plan *plan,
                           const double counted[YEARS])
{
    const struct mld_layer *layer = &plan->guarantee.layer[0];
    const struct mld_cover_rows *rows = &covers->rows[layer->rows];
    struct mld_guarantee_flows flows;
    assert_int_equal(mld_guarantee_init(&flows, &plan->model.grid, &plan->guarantee, 1), MLD_OK);
    mld_guarantee_price(&flows, &plan->model.grid, &plan->guarantee, covers, 1);
    assert_true(rows->volume[0] == 1000000 && flows.volume[0] == 1000000);
    assert_true(rows->made[0] == 1000000 && rows->loss_made[0] == counted[YEARS - 1]);
    for (int t = 0; t < YEARS; t++) {
        int at = t * covers->width;
        double due = layer->quotite * counted[t];
        assert_true(rows->covered_loss[at] == counted[t]);
        assert_true(rows->exposure[at] == (t < 4 ? 1000000 : 0));
        assert_true(*bench_at(&flows, flows.covered_loss, 0, t) == counted[t]);
        assert_true(*bench_at(&flows, flows.cumulated_due, 0, t) == due);
        assert_true(mld_guarantee_layer_due(&flows, 0)[at] == due);
    }
    mld_guarantee_clear(&flows);
}

static void a_deal_in_two_covers_counts_in_both(void **state)
{
    (void)state;
    struct mld_plan *first = plan_of(final_loss()), *second = plan_of(at_once());
    struct mld_cover_list list = { .n = 0 };
    struct mld_covers covers;
    mld_guarantee_list_covers(&first->guarantee, &list);
    mld_guarantee_list_covers(&second->guarantee, &list);
    assert_true(list.n == 2 && list.overlap == 2);
    assert_int_equal(mld_covers_init(&covers, &first->model.grid, &list, 1, 1, 1), MLD_OK);
    cover_bond(&covers, first);
    assert_int_equal(covers.n_grants, 2);
    assert_counted(&covers, first, (const double[YEARS]){ [6] = 6e5, 6e5, 6e5, 6e5 });
    assert_counted(&covers, second, (const double[YEARS]){ [4] = 8e5, 8e5, 6e5, 6e5, 6e5, 6e5 });
    mld_covers_clear(&covers);
    free(first);
    free(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(covers_are_one_when_they_count_the_same),
                                        cmocka_unit_test(layers_that_share_a_cover_share_rows),
                                        cmocka_unit_test(filters_of_a_cover),
                                        cmocka_unit_test(a_deal_in_two_covers_counts_in_both) };
    return cmocka_run_group_tests_name("cover", tests, NULL, NULL);
}
