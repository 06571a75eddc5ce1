/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What covers promise to the designs that price them, over random portfolios, lives and layers:
 * rows depend on the deals added and on the ceilings alone, not on how often they are counted, who
 * reads them, what else is counted, or what an earlier batch left. All to the last bit.
 */
#include "support/random_case.h"
#include "support/same_covers.h"

enum { CASES = 400, PATHS = 3 };

/* ---- bits ---- */

/* Every number that a guarantee gives, undefined ones included. */
static void assert_same_flows(int number, const struct mld_guarantee_flows *a,
                              const struct mld_guarantee_flows *b, int periods)
{
    struct bench_series x[BENCH_SERIES], y[BENCH_SERIES];
    const double *const one[] = { a->volume, a->commitment, a->grant, a->above_de_minimis,
                                  a->dotation_needed };
    const double *const other[] = { b->volume, b->commitment, b->grant, b->above_de_minimis,
                                    b->dotation_needed };
    bench_series(a, x);
    bench_series(b, y);
    for (int k = 0; k < BENCH_SERIES; k++)
        if (memcmp(x[k].values, y[k].values, (size_t)(periods * a->width) * sizeof(double)))
            fail_msg("case %d: %s differs", number, x[k].name);
    for (size_t k = 0; k < sizeof one / sizeof *one; k++)
        if (memcmp(one[k], other[k], PATHS * sizeof(double)))
            fail_msg("case %d: number %zu of a path differs", number, k);
}

/* ---- runs ---- */

/* The deals of a case on the first paths: all, all but the first, all but the first two … */
static void add_paths(struct bench_run *run, struct random_case *c, int paths)
{
    for (int path = 0; path < paths; path++)
        for (int i = path < c->n ? path : c->n - 1; i < c->n; i++) {
            c->deal[i].deal.path = path;
            c->deal[i].deal.issuer = c->deal[i].deal.issuer % BENCH_DEALS + path * BENCH_DEALS;
            bench_add(run, &c->deal[i]);
        }
}

static void run(struct bench_run *run, struct random_case *c)
{
    bench_open(run, c->plan, PATHS);
    add_paths(run, c, PATHS);
    bench_close(run);
}

/* ---- properties ---- */

static void counted_again_is_counted_the_same(void **state)
{
    (void)state;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct bench_run once, again;
        run(&once, c);
        run(&again, c);
        for (int k = 0; k < 2; k++) {
            bench_close(&again);
            assert_same_covers(number, &once.covers, &again.covers);
            assert_same_flows(number, &once.flows, &again.flows, c->plan->model.grid.periods);
        }
        bench_clear(&once);
        bench_clear(&again);
        free_case(c);
    }
}

/* Another ceiling in each cover, sometimes none; those of layers on deals follow. */
static void change_ceilings(struct bench_run *run)
{
    for (int k = 0; k < run->list.n; k++)
        run->list.cover[k].max_loss_per_issuer = below(4) ? between(5e4, 2e6) : HUGE_VAL;
    for (int l = 0; l < run->plan->guarantee.n_layers; l++) {
        struct mld_layer *layer = &run->plan->guarantee.layer[l];
        if (layer->covers < 0)
            layer->cover.max_loss_per_issuer = run->list.cover[layer->rows].max_loss_per_issuer;
    }
}

static int any_covered_loss_differs(const struct mld_covers *covers, const double *kept)
{
    size_t n = (size_t)(covers->periods * covers->width);
    int differs = 0;
    for (int i = 0; i < covers->n; i++)
        differs |= memcmp(covers->rows[i].covered_loss, kept + (size_t)i * n, n * sizeof *kept);
    return differs != 0;
}

/* Counted with one ceiling and then with another is counted with the other from the first. */
static void a_ceiling_may_change_once_deals_are_added(void **state)
{
    (void)state;
    int moved = 0;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct bench_run changed, fresh;
        run(&changed, c);
        size_t n = (size_t)(changed.covers.periods * changed.covers.width);
        double *kept = malloc((size_t)changed.covers.n * n * sizeof *kept);
        assert_non_null(kept);
        for (int i = 0; i < changed.covers.n; i++)
            memcpy(kept + (size_t)i * n, changed.covers.rows[i].covered_loss, n * sizeof *kept);
        change_ceilings(&changed);
        bench_close(&changed);
        run(&fresh, c);
        assert_same_covers(number, &changed.covers, &fresh.covers);
        assert_same_flows(number, &changed.flows, &fresh.flows, c->plan->model.grid.periods);
        moved += any_covered_loss_differs(&changed.covers, kept);
        free(kept);
        bench_clear(&changed);
        bench_clear(&fresh);
        free_case(c);
    }
    assert_true(moved > CASES / 4); /* ceilings do bind: the property is not empty */
}

/*
 * The price of every layer on deals drawn anew, and with it counter-guarantees and dotations; what
 * is covered stays.
 */
static void draw_price(struct mld_guarantee_spec *spec)
{
    struct mld_guarantee_spec other = { .n_layers = 0 };
    draw_layers(&other);
    for (int l = 0; l < spec->n_layers; l++) {
        struct mld_layer *layer = &spec->layer[l], drawn;
        if (layer->covers >= 0) {
            draw_counter(layer, layer->covers);
            continue;
        }
        draw_layer(&drawn);
        drawn.cover = layer->cover;
        *layer = drawn;
    }
    memcpy(spec->dotation, other.dotation, sizeof spec->dotation);
    spec->n_dotations = other.n_dotations;
    spec->dotation_yield = other.dotation_yield;
    spec->de_minimis = below(2);
}

/* A case's own design and a second one, on one list of covers. */
struct pair {
    struct bench_run both;
    struct mld_guarantee_spec second;
    struct mld_guarantee_flows flows;
};

static void open_pair(struct pair *pair, struct random_case *c,
                      const struct mld_guarantee_spec *second)
{
    struct mld_plan *plan = c->plan;
    pair->second = *second;
    pair->both = (struct bench_run){ .plan = plan, .paths = PATHS };
    mld_guarantee_list_covers(&plan->guarantee, &pair->both.list);
    mld_guarantee_list_covers(&pair->second, &pair->both.list);
    assert_int_equal(pair->both.list.overlap, 2);
    assert_int_equal(mld_covers_init(&pair->both.covers, &plan->model.grid, &pair->both.list,
                                     plan->model.max_deals, plan->model.max_issuers, PATHS),
                     MLD_OK);
    assert_int_equal(
        mld_guarantee_init(&pair->both.flows, &plan->model.grid, &plan->guarantee, PATHS), MLD_OK);
    assert_int_equal(mld_guarantee_init(&pair->flows, &plan->model.grid, &pair->second, PATHS),
                     MLD_OK);
    mld_covers_reset(&pair->both.covers, PATHS);
    add_paths(&pair->both, c, PATHS);
    mld_covers_close(&pair->both.covers, PATHS);
}

static void clear_pair(struct pair *pair)
{
    bench_clear(&pair->both);
    mld_guarantee_clear(&pair->flows);
}

/*
 * Each design of a pair gives what it gives alone, whatever was priced before it, and leaves the
 * rows as they are.
 */
static void assert_each_as_alone(int number, struct random_case *c,
                                 const struct mld_guarantee_spec *second)
{
    struct pair *pair = calloc(1, sizeof *pair);
    assert_non_null(pair);
    open_pair(pair, c, second);
    const struct mld_grid *grid = &c->plan->model.grid;
    struct mld_guarantee_spec first = c->plan->guarantee;
    struct bench_run alone;
    for (int k = 0; k < 2; k++) {
        mld_guarantee_price(&pair->both.flows, grid, &first, &pair->both.covers, PATHS);
        mld_guarantee_price(&pair->flows, grid, &pair->second, &pair->both.covers, PATHS);
    }
    for (int k = 0; k < 2; k++) {
        const struct mld_guarantee_spec *shared = k ? &pair->second : &first;
        c->plan->guarantee = *shared;
        run(&alone, c);
        assert_same_flows(number, &alone.flows, k ? &pair->flows : &pair->both.flows,
                          grid->periods);
        for (int l = 0; l < shared->n_layers; l++)
            if (shared->layer[l].covers < 0)
                assert_same_cover(number, &alone.covers, c->plan->guarantee.layer[l].rows,
                                  &pair->both.covers, shared->layer[l].rows);
        bench_clear(&alone);
        c->plan->guarantee = first;
    }
    clear_pair(pair);
    free(pair);
}

/* Designs that differ in their price alone read the same rows. */
static void a_price_moves_no_row(void **state)
{
    (void)state;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct mld_guarantee_spec dearer = c->plan->guarantee;
        struct mld_cover_list list = { .n = 0 };
        draw_price(&dearer);
        mld_guarantee_list_covers(&c->plan->guarantee, &list);
        int n = list.n;
        mld_guarantee_list_covers(&dearer, &list);
        assert_int_equal(list.n, n);
        for (int l = 0; l < dearer.n_layers; l++)
            if (dearer.layer[l].covers < 0)
                assert_int_equal(dearer.layer[l].rows, c->plan->guarantee.layer[l].rows);
        assert_each_as_alone(number, c, &dearer);
        free_case(c);
    }
}

/* Designs that cover otherwise count a deal twice, each for itself. */
static void a_cover_moves_no_other(void **state)
{
    (void)state;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number), *other = calloc(1, sizeof *other);
        assert_non_null(other);
        other->plan = bench_plan(c->plan->model.grid.periods_per_year, 12);
        draw_layers(&other->plan->guarantee);
        bench_derive(other->plan);
        assert_each_as_alone(number, c, &other->plan->guarantee);
        free_case(other);
        free_case(c);
    }
}

/* A short batch after a full one: as in fresh storage, and zeros beyond. */
static void a_batch_leaves_nothing_to_the_next(void **state)
{
    (void)state;
    enum { MOST_PATHS = 11 };
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct bench_run used, fresh;
        bench_open(&used, c->plan, MOST_PATHS);
        add_paths(&used, c, MOST_PATHS);
        bench_close(&used);
        bench_open(&fresh, c->plan, MOST_PATHS);
        used.paths = fresh.paths = PATHS;
        mld_covers_reset(&used.covers, PATHS);
        add_paths(&used, c, PATHS);
        bench_close(&used);
        add_paths(&fresh, c, PATHS);
        bench_close(&fresh);
        assert_same_covers(number, &used.covers, &fresh.covers);
        assert_same_flows(number, &used.flows, &fresh.flows, c->plan->model.grid.periods);
        for (int t = 0; t < c->plan->model.grid.periods; t++)
            for (int path = PATHS; path < used.covers.width; path++)
                assert_true(used.covers.rows[0].covered_loss[t * used.covers.width + path] == 0 &&
                            used.covers.rows[0].exposure[t * used.covers.width + path] == 0);
        bench_clear(&used);
        bench_clear(&fresh);
        free_case(c);
    }
}

/* ---- the provision, from the deals ---- */

/* What one deal claims in u and before it, and of a layer's ceiling what is left to it. */
struct claimed {
    double before, in;
};

/* Losses claimed by an issuer's deals, or by one deal alone, of those a layer covers. */
static struct claimed claimed(const struct random_case *c, const struct mld_layer *layer, int first,
                              int issuer, int alone, int u)
{
    struct claimed sum = { 0, 0 };
    for (int i = first; i < c->n; i++) {
        const struct bench_deal *b = &c->deal[i];
        struct mld_claim claim[MLD_MOST_CLAIMS];
        if (!b->life.made || (alone >= 0 ? i != alone : b->deal.issuer % BENCH_DEALS != issuer) ||
            !mld_cover_takes(&layer->cover, b->deal.instrument, b->deal.form, b->deal.sector,
                             b->deal.amount))
            continue;
        int n = mld_cover_claims(&layer->cover, &b->deal, &b->life, c->plan->model.grid.last,
                                 claim);
        for (int k = 0; k < n; k++) {
            int gain = b->life.default_period < 0 && claim[k].amount < 0;
            sum.before += !gain && claim[k].period < u ? claim[k].amount : 0;
            sum.in += !gain && claim[k].period == u ? claim[k].amount : 0;
        }
    }
    return sum;
}

/* The loss of deal i counted in u under a layer. */
static double counted_in(const struct random_case *c, const struct mld_layer *layer, int first,
                         int i, int u)
{
    int issuer = c->deal[i].deal.issuer % BENCH_DEALS;
    struct claimed all = claimed(c, layer, first, issuer, -1, u),
                   own = claimed(c, layer, first, issuer, i, u);
    double ceiling = layer->cover.max_loss_per_issuer, after = all.before + all.in;
    double step = fmin(after, ceiling) - fmin(all.before, ceiling);
    if (own.in == 0 || fmax(all.before, after) <= ceiling)
        return own.in;
    return all.in == 0 ? 0 : own.in / all.in * step;
}

/* The part of the losses counted in u that deals made by t have; `size` of the terms. */
static double part_made(const struct random_case *c, int first, int t, int u, double *size)
{
    double made = 0, all = 0, sizes = 0;
    for (int l = 0; l < c->plan->guarantee.n_layers; l++)
        for (int i = first; i < c->n && c->plan->guarantee.layer[l].covers < 0; i++) {
            double loss = counted_in(c, &c->plan->guarantee.layer[l], first, i, u);
            all += loss;
            sizes += fabs(loss);
            made += c->deal[i].deal.period <= t ? loss : 0;
        }
    *size = fabs(all) > 1e-10 * sizes ? sizes / fabs(all) : 0;
    return *size > 0 ? made / all : 0;
}

/* Each due to come, shared among the deals whose losses make it, deal by deal. */
static void the_provision_is_that_of_the_deals(void **state)
{
    (void)state;
    double provided = 0;
    for (int number = 0; number < CASES; number++) {
        struct random_case *c = draw_case(number);
        struct bench_run priced;
        c->plan->guarantee.n_dotations = 0;
        run(&priced, c);
        for (int p = 0; p < PATHS; p++)
            for (int t = 0; t < c->plan->model.grid.periods; t++) {
                double expected = 0, scale = 0, size;
                for (int u = t + 1; u <= c->plan->model.grid.last; u++) {
                    double due = *bench_at(&priced.flows, priced.flows.due, p, u);
                    expected += due * part_made(c, p < c->n ? p : c->n - 1, t, u, &size);
                    scale += fabs(due) * size;
                }
                double found = *bench_at(&priced.flows, priced.flows.provision, p, t);
                provided += fabs(found);
                if (!(fabs(found - expected) <= 1e-9 * scale))
                    fail_msg("case %d, path %d, period %d: %.9g, not %.9g", number, p, t, found,
                             expected);
            }
        bench_clear(&priced);
        free_case(c);
    }
    assert_true(provided > 1e6);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_provision_is_that_of_the_deals),
                                        cmocka_unit_test(counted_again_is_counted_the_same),
                                        cmocka_unit_test(a_ceiling_may_change_once_deals_are_added),
                                        cmocka_unit_test(a_price_moves_no_row),
                                        cmocka_unit_test(a_cover_moves_no_other),
                                        cmocka_unit_test(a_batch_leaves_nothing_to_the_next) };
    return cmocka_run_group_tests_name("cover properties", tests, NULL, NULL);
}
