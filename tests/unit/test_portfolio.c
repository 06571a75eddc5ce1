/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Portfolios against section 6 of the model: tickets by hand, their sums and bounds, laws of the
 * draws, tapes.
 */
#include "support/oracle.h"
#include "support/plans.h"

#include <gsl/gsl_cdf.h>

#include "milliard/draws.h"

enum { M = 4, FORMS = 3, SECTORS = 8 };

static struct mld_portfolio filled(const struct mld_plan *plan, uint32_t first, int paths)
{
    struct mld_portfolio portfolio;
    assert_int_equal(mld_portfolio_init(&portfolio, &plan->model, paths), MLD_OK);
    mld_portfolio_fill(&plan->model, first, paths, &portfolio);
    return portfolio;
}

/** Number of deals of `instrument` among those from `deal` on, `n` at most. */
static int run_of(const struct mld_deal *deal, int n, int instrument)
{
    int count = 0;
    while (count < n && deal[count].instrument == instrument)
        count++;
    return count;
}

/* ---- tickets ---- */

/**
 * The tickets of a slot written with scalar draws alone; a lognormal of mean M and log-sd s is M
 * e^(s z − s²/2).
 */
static double ticket_by_hand(const struct mld_plan *plan, uint32_t path, int instrument,
                             uint32_t slot)
{
    const struct mld_thesis *thesis = &plan->model.thesis;
    uint64_t entity = mld_entity_slot(mld_instruments[instrument]->name, slot);
    double sd = sqrt(log1p(0.6 * 0.6)), ticket;
    uint32_t index = MLD_DRAW_TICKET;
    do
        ticket = 2e6 * exp(sd * mld_draw_normal(plan->model.seed, MLD_STREAM_PORTFOLIO, path,
                                                entity, index++) -
                           0.5 * sd * sd);
    while (ticket < thesis->ticket_min || ticket > thesis->ticket_max);
    return ticket;
}

/** exp() of the C library is not mld_exp(): a few units of the last place. */
static int nearly(double a, double b) { return fabs(a - b) < 1e-12 * b; }

/**
 * One instrument of one path: every ticket but the last is the slot's own draw; the last is exactly
 * the volume less the sum of the others, and is either a cut draw or a draw with a remainder below
 * the minimum on top.
 */
static void check_tickets(const struct mld_plan *plan, uint32_t path, int instrument,
                          const struct mld_deal *deal, int n)
{
    const struct mld_thesis *thesis = &plan->model.thesis;
    double sum = 0, volume = thesis->mix[instrument].weight * thesis->volume;
    assert_true(n > 0);
    for (int slot = 0; slot < n; slot++) {
        double drawn = ticket_by_hand(plan, path, instrument, (uint32_t)slot);
        assert_true(deal[slot].entity ==
                    mld_entity_slot(mld_instruments[instrument]->name, (uint32_t)slot));
        if (slot < n - 1) {
            assert_true(nearly(deal[slot].amount, drawn));
            assert_true(deal[slot].amount >= thesis->ticket_min &&
                        deal[slot].amount <= thesis->ticket_max);
            sum += deal[slot].amount;
        } else {
            assert_true(deal[slot].amount == volume - sum);
            assert_true(deal[slot].amount < drawn + thesis->ticket_min);
            assert_true(deal[slot].amount >= thesis->ticket_min);
        }
    }
}

/** All tickets of `paths` paths; returns how many are above the maximum. */
static int check_paths(const struct mld_plan *plan, uint32_t first, int paths)
{
    struct mld_portfolio portfolio = filled(plan, first, paths);
    int above = 0;
    for (int p = 0; p < paths; p++) {
        const struct mld_deal *deal = portfolio.deal + portfolio.first_deal[p],
                              *end = portfolio.deal + portfolio.first_deal[p + 1];
        assert_true(end - deal <= mld_thesis_max_deals(&plan->model.thesis));
        for (int i = 0; i < MLD_INSTRUMENTS; i++) {
            int n = run_of(deal, (int)(end - deal), i);
            if (!plan->model.thesis.has_mix[i])
                continue;
            check_tickets(plan, first + (uint32_t)p, i, deal, n);
            above += deal[n - 1].amount > plan->model.thesis.ticket_max;
            deal += n;
        }
        assert_true(deal == end);
    }
    mld_portfolio_clear(&portfolio);
    return above;
}

static void tickets_are_drawn_until_the_volume_is_reached(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with("");
    /*
     * A remainder added to a large ticket takes it above the maximum now and then; that it happens
     * is what is seen here.
     */
    assert_true(check_paths(plan, 7, 100) > 0);
    release_plan(plan);
}

/** 7 % of draws are inside these bounds: some tickets take a hundred of them. */
static void tickets_are_redrawn_until_inside(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with(
        "thesis = { ticket = { min = 1900000.0; max = 2100000.0; }; };");
    check_paths(plan, 0, 20);
    release_plan(plan);
}

static void a_lone_small_ticket_is_kept(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with("thesis = { volume = 4000000.0; };");
    struct mld_portfolio portfolio = filled(plan, 0, 50);
    const int bond = 2;
    double volume = plan->model.thesis.mix[bond].weight * 4e6;
    assert_true(volume < plan->model.thesis.ticket_min);
    int bonds = 0;
    for (int d = 0; d < portfolio.n_deals; d++)
        if (portfolio.deal[d].instrument == bond) {
            assert_true(portfolio.deal[d].amount == volume);
            bonds++;
        }
    assert_int_equal(bonds, 50);
    mld_portfolio_clear(&portfolio);
    release_plan(plan);
}

/** sd = 0: 40 tickets of 2.5 M€ to the cent, whatever the roundings of 2.5e6 × n. */
static void constant_tickets_fit_exactly(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with(
        "drop = [ \"fund\" ]; thesis = { volume = 100000000.0;"
        " ticket = { mean = 2500000.0; sd = 0.0; min = 2500000.0; max = 2500000.0; }; };");
    struct mld_portfolio portfolio = filled(plan, 0, 3);
    for (int p = 0; p < 3; p++)
        for (int i = 0, d = portfolio.first_deal[p]; i < MLD_INSTRUMENTS; i++) {
            int n = run_of(portfolio.deal + d, portfolio.n_deals - d, i);
            /* 12, 8 and 4.8 tickets …: the remainder below 2.5 M€ joins the last. */
            assert_int_equal(n, (int)floor(plan->model.thesis.mix[i].weight * 40 + 1e-6));
            for (int k = 0; k < n - 1; k++)
                assert_true(portfolio.deal[d + k].amount == 2.5e6);
            d += n;
        }
    mld_portfolio_clear(&portfolio);
    release_plan(plan);
}

/**
 * No draw falls between bounds that are equal, so each ticket takes all its draws and is clamped:
 * the loop ends.
 */
static void redraws_are_bounded(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with("thesis = { volume = 10000000.0; };");
    plan->model.thesis.ticket_min = plan->model.thesis.ticket_max = 1e6;
    struct mld_portfolio portfolio = filled(plan, 0, 1);
    assert_int_equal(run_of(portfolio.deal, portfolio.n_deals, 0), 3);
    assert_true(portfolio.deal[0].amount == 1e6 && portfolio.deal[1].amount == 1e6);
    mld_portfolio_clear(&portfolio);
    release_plan(plan);
}

static void the_bound_on_deals_is_one_small_ticket_after_another(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with("");
    /* 24.6, 12.3, 8.2, 12.3, 9.84, 8.2 and 6.56 M€ by tickets of 0.5 M€ at least. */
    assert_int_equal(mld_thesis_max_deals(&plan->model.thesis), 50 + 25 + 17 + 25 + 20 + 17 + 14);
    assert_true(mld_thesis_max_deals(&plan->model.thesis) <= plan->model.max_deals);
    plan->model.thesis.ticket_min = 1e-9;
    assert_int_equal(mld_thesis_max_deals(&plan->model.thesis), INT32_MAX);
    release_plan(plan);
}

/* ---- laws ---- */

/**
 * Pearson's statistic is below its quantile at 1 − 1e-5: that is each call's rate of false alarm,
 * with a fixed seed.
 */
static void check_frequencies(int n, const double *weight, const long *count)
{
    double total = 0, statistic = 0;
    int cells = 0;
    for (int i = 0; i < n; i++)
        total += (double)count[i];
    for (int i = 0; i < n; i++) {
        if (weight[i] > 0) {
            double expected = total * weight[i], gap = (double)count[i] - expected;
            statistic += gap * gap / expected;
            cells++;
        } else {
            assert_int_equal(count[i], 0);
        }
    }
    assert_true(statistic < gsl_cdf_chisq_Qinv(1e-5, cells - 1));
}

static void traits_have_the_weights_of_the_thesis(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with(
        "thesis = { mix = { bond = { sectors = { food = 0.75; energy = 0.25; }; }; }; };");
    struct mld_portfolio portfolio = filled(plan, 0, 500);
    const int bond = 2, loan = 5;
    long year[5] = { 0 }, quarter[M] = { 0 }, bond_form[FORMS] = { 0 }, loan_form[FORMS] = { 0 };
    long sector[SECTORS] = { 0 }, bond_sector[SECTORS] = { 0 }, both[M * 5] = { 0 };
    for (int d = 0; d < portfolio.n_deals; d++) {
        const struct mld_deal *deal = &portfolio.deal[d];
        assert_in_range(deal->period, 0, 5 * M - 1);
        year[deal->period / M]++;
        quarter[deal->period % M]++;
        both[deal->period]++;
        if (deal->instrument == bond)
            bond_form[deal->form]++, bond_sector[deal->sector]++;
        else
            sector[deal->sector]++;
        if (deal->instrument == loan)
            loan_form[deal->form]++;
    }
    const double years[5] = { 0.15, 0.25, 0.25, 0.2, 0.15 },
                 quarters[M] = { 0.25, 0.25, 0.25, 0.25 };
    const double bond_forms[FORMS] = { 0.3, 0.3, 0.4 }, loan_forms[FORMS] = { 0.3, 0.5, 0.2 };
    const double equal[SECTORS] = { 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125 };
    const double bond_sectors[SECTORS] = { 0, 0, 0.75, 0.25, 0, 0, 0, 0 };
    double periods[M * 5];
    for (int t = 0; t < M * 5; t++)
        periods[t] = years[t / M] / M;
    check_frequencies(5, years, year);
    check_frequencies(M, quarters, quarter);
    check_frequencies(M * 5, periods, both);
    check_frequencies(FORMS, bond_forms, bond_form);
    check_frequencies(FORMS, loan_forms, loan_form);
    check_frequencies(SECTORS, equal, sector);
    check_frequencies(SECTORS, bond_sectors, bond_sector);
    mld_portfolio_clear(&portfolio);
    release_plan(plan);
}

/** First index whose cumulated weight is above u, the cumulated weights added up here. */
static int pick_by_hand(int n, const double *weight, double u)
{
    double sum = 0;
    int i = 0;
    for (; i < n - 1; i++)
        if ((sum += weight[i]) > u)
            break;
    return i;
}

static double uniform(const struct mld_plan *plan, uint32_t path, uint64_t entity,
                      enum mld_portfolio_index index)
{
    return mld_draw_uniform(plan->model.seed, MLD_STREAM_PORTFOLIO, path, entity, index);
}

static void traits_come_from_draws_of_their_own(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with("");
    struct mld_portfolio portfolio = filled(plan, 40, 20);
    const double years[5] = { 0.15, 0.25, 0.25, 0.2, 0.15 };
    for (int d = 0; d < portfolio.n_deals; d++) {
        const struct mld_deal *deal = &portfolio.deal[d];
        uint32_t path = 40 + (uint32_t)deal->path;
        int year = pick_by_hand(5, years, uniform(plan, path, deal->entity, MLD_DRAW_YEAR));
        assert_int_equal(deal->period, M * year + (int)floor(M * uniform(plan, path, deal->entity,
                                                                         MLD_DRAW_PERIOD)));
        assert_int_equal(deal->form,
                         pick_by_hand(FORMS, plan->model.thesis.mix[deal->instrument].form,
                                      uniform(plan, path, deal->entity, MLD_DRAW_FORM)));
        assert_int_equal(deal->sector,
                         (int)floor(SECTORS * uniform(plan, path, deal->entity, MLD_DRAW_SECTOR)));
    }
    mld_portfolio_clear(&portfolio);
    release_plan(plan);
}

/**
 * Φ((ln x − μ)/s), the law of a ticket before truncation; shifted by s it is the law weighted by
 * size.
 */
static double below(double x, double shift)
{
    double s = sqrt(log1p(0.6 * 0.6)), mu = log(2e6) - s * s / 2;
    return gsl_cdf_ugaussian_P((log(x) - mu) / s - shift * s);
}

/**
 * First tickets of 12.3 M€ or more are neither cut nor added to: a sample of the truncated
 * lognormal, of which mean and deciles are compared. Mean within 4 standard errors (6.3e-5),
 * deciles by Pearson's statistic (1e-5).
 */
static void tickets_are_a_truncated_lognormal(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with("");
    struct mld_portfolio portfolio = filled(plan, 0, 4000);
    double low = 0.5e6, high = 5e6, mass = below(high, 0) - below(low, 0), sum = 0, squares = 0;
    long decile[10] = { 0 };
    int n = 0;
    for (int p = 0; p < 4000; p++)
        for (int i = 0, d = portfolio.first_deal[p]; i < 4; i++) {
            double amount = portfolio.deal[d].amount;
            d += run_of(portfolio.deal + d, portfolio.n_deals - d, i);
            if (i == 2)
                continue;
            int cell = (int)(10 * (below(amount, 0) - below(low, 0)) / mass);
            decile[cell < 9 ? cell : 9]++;
            sum += amount;
            squares += amount * amount;
            n++;
        }
    double mean = sum / n, sd = sqrt(squares / n - mean * mean), tenth[10];
    double errors = (mean - 2e6 * (below(high, 1) - below(low, 1)) / mass) / (sd / sqrt(n));
    assert_true(fabs(errors) < 4);
    oracle("Mean ticket of a thesis, its deciles below", "truncated lognormal law",
           "4 s.e.; χ² below its 1 − 1e-5 quantile", "%.1f s.e., %d tickets", errors, n);
    for (int i = 0; i < 10; i++)
        tenth[i] = 0.1;
    check_frequencies(10, tenth, decile);
    mld_portfolio_clear(&portfolio);
    release_plan(plan);
}

/* ---- issuers, batches, runs, tapes ---- */

static void every_deal_of_a_thesis_is_its_own_issuer(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with("");
    struct mld_portfolio portfolio = filled(plan, 0, 6);
    const unsigned reads[MLD_INSTRUMENTS] = {
        MLD_READS_VALUE,       MLD_READS_VALUE,       0,
        MLD_READS_PERFORMANCE, MLD_READS_PERFORMANCE, MLD_READS_PERFORMANCE,
        MLD_READS_PERFORMANCE
    };
    assert_int_equal(portfolio.n_deals, portfolio.n_issuers);
    for (int p = 0; p < 6; p++)
        for (int d = portfolio.first_deal[p]; d < portfolio.first_deal[p + 1]; d++) {
            const struct mld_deal *deal = &portfolio.deal[d];
            const struct mld_issuer *issuer = &portfolio.issuer[d];
            assert_true(deal->path == p && issuer->path == p && deal->issuer == d &&
                        deal->tape_row == -1);
            assert_true(deal->form == issuer->form && deal->sector == issuer->sector &&
                        deal->period == issuer->period);
            assert_true(deal->terms == deal->instrument && issuer->terms == deal->terms &&
                        deal->entity == issuer->entity);
            assert_int_equal(issuer->reads, reads[deal->instrument]);
        }
    assert_int_equal(portfolio.first_issuer[6], portfolio.n_issuers);
    mld_portfolio_clear(&portfolio);
    release_plan(plan);
}

static int same_deal(const struct mld_deal *a, const struct mld_deal *b)
{
    return a->instrument == b->instrument && a->form == b->form && a->sector == b->sector &&
           a->period == b->period && a->terms == b->terms && a->tape_row == b->tape_row &&
           a->entity == b->entity && same_bits(&a->amount, &b->amount, sizeof a->amount);
}

/** Path p of `part` is path p + from of `whole`. */
static void check_same(const struct mld_portfolio *whole, int from,
                       const struct mld_portfolio *part, int paths)
{
    for (int p = 0; p < paths; p++) {
        int a = whole->first_deal[from + p], b = part->first_deal[p],
            n = part->first_deal[p + 1] - b;
        assert_int_equal(whole->first_deal[from + p + 1] - a, n);
        for (int d = 0; d < n; d++) {
            assert_true(same_deal(&whole->deal[a + d], &part->deal[b + d]));
            assert_int_equal(whole->deal[a + d].issuer - whole->first_issuer[from + p],
                             part->deal[b + d].issuer - part->first_issuer[p]);
            assert_int_equal(part->deal[b + d].path, p);
        }
    }
}

static void check_batches(const struct mld_plan *plan)
{
    struct mld_portfolio whole = filled(plan, 0, 64);
    const int size[] = { 1, 5, 64 };
    for (int k = 0; k < 3; k++) {
        struct mld_portfolio part;
        assert_int_equal(mld_portfolio_init(&part, &plan->model, size[k]), MLD_OK);
        for (int from = 0; from < 64; from += size[k]) {
            int paths = 64 - from < size[k] ? 64 - from : size[k];
            mld_portfolio_fill(&plan->model, (uint32_t)from, paths, &part);
            check_same(&whole, from, &part, paths);
        }
        mld_portfolio_clear(&part);
    }
    mld_portfolio_clear(&whole);
}

/** Also with a portfolio of some four hundred deals, above the number drawn together. */
static void any_batch_gives_the_same_bits(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with(""),
                    *large = plan_with("drop = [ \"fund\" ]; thesis = { volume = 800000000.0; };");
    check_batches(plan);
    check_batches(large);
    release_plan(plan);
    release_plan(large);
}

static void a_run_may_have_one_portfolio(void **state)
{
    (void)state;
    struct mld_plan *by_path = plan_with(""),
                    *by_run = plan_with("thesis = { resample = \"run\"; };");
    struct mld_portfolio drawn = filled(by_path, MLD_PATH_OF_RUN, 1), fixed = filled(by_run, 20, 3),
                         later = filled(by_run, 90, 2);
    for (int p = 0; p < 3; p++) {
        assert_int_equal(fixed.first_deal[p + 1] - fixed.first_deal[p], drawn.n_deals);
        for (int d = 0; d < drawn.n_deals; d++) {
            const struct mld_deal *deal = &fixed.deal[fixed.first_deal[p] + d];
            assert_true(same_deal(&drawn.deal[d], deal));
            assert_true(deal->path == p && deal->issuer == fixed.first_issuer[p] + d);
            assert_true(fixed.issuer[deal->issuer].path == p &&
                        fixed.issuer[deal->issuer].entity == deal->entity);
        }
    }
    check_same(&fixed, 0, &later, 2);
    check_batches(by_run);
    mld_portfolio_clear(&drawn);
    mld_portfolio_clear(&fixed);
    mld_portfolio_clear(&later);
    release_plan(by_path);
    release_plan(by_run);
}

/** Four deals of two issuers: the second issuer has shares, then a bond. */
static void lay_tape(struct mld_plan *plan)
{
    static const struct mld_tape_deal deal[4] = { { .name = "a",
                                                    .instrument = 3,
                                                    .form = 1,
                                                    .sector = 2,
                                                    .period = 1,
                                                    .issuer = 0,
                                                    .terms = 3,
                                                    .amount = 1e6,
                                                    .entity = 11 },
                                                  { .name = "b",
                                                    .instrument = 0,
                                                    .form = 2,
                                                    .sector = 0,
                                                    .period = 2,
                                                    .issuer = 1,
                                                    .terms = 0,
                                                    .amount = 2e6,
                                                    .entity = 12 },
                                                  { .name = "c",
                                                    .instrument = 2,
                                                    .form = 2,
                                                    .sector = 0,
                                                    .period = 9,
                                                    .issuer = 1,
                                                    .terms = 2,
                                                    .amount = 3e6,
                                                    .entity = 13 },
                                                  { .name = "d",
                                                    .instrument = 3,
                                                    .form = 1,
                                                    .sector = 2,
                                                    .period = 4,
                                                    .issuer = 0,
                                                    .terms = 3,
                                                    .amount = 4e6,
                                                    .entity = 14 } };
    static const struct mld_tape_issuer issuer[2] = {
        { .name = "x", .form = 1, .sector = 2, .first_period = 1, .terms = 3, .entity = 21 },
        { .name = "y", .form = 2, .sector = 0, .first_period = 2, .terms = 0, .entity = 22 }
    };
    plan->model.has_thesis = 0;
    plan->model.has_tape = 1;
    plan->model.tape.n_deals = plan->model.max_deals = 4;
    plan->model.tape.n_issuers = plan->model.max_issuers = 2;
    plan->model.tape.deal = malloc(sizeof deal);
    plan->model.tape.issuer = malloc(sizeof issuer);
    assert_true(plan->model.tape.deal && plan->model.tape.issuer);
    memcpy(plan->model.tape.deal, deal, sizeof deal);
    memcpy(plan->model.tape.issuer, issuer, sizeof issuer);
}

static void a_tape_is_laid_out_in_its_order(void **state)
{
    (void)state;
    struct mld_plan *plan = plan_with("");
    lay_tape(plan);
    struct mld_portfolio portfolio = filled(plan, 5, 3);
    assert_int_equal(portfolio.n_deals, 12);
    assert_int_equal(portfolio.n_issuers, 6);
    for (int p = 0; p < 3; p++) {
        const struct mld_issuer *issuer = portfolio.issuer + portfolio.first_issuer[p];
        for (int d = 0; d < 4; d++) {
            const struct mld_deal *deal = &portfolio.deal[portfolio.first_deal[p] + d];
            const struct mld_tape_deal *row = &plan->model.tape.deal[d];
            assert_true(deal->path == p && deal->tape_row == d &&
                        deal->issuer == portfolio.first_issuer[p] + row->issuer);
            assert_true(deal->instrument == row->instrument && deal->form == row->form &&
                        deal->sector == row->sector);
            assert_true(deal->period == row->period && deal->terms == row->terms);
            assert_true(deal->amount == row->amount && deal->entity == row->entity);
        }
        assert_true(issuer[0].path == p && issuer[0].period == 1 && issuer[0].terms == 3 &&
                    issuer[0].entity == 21);
        assert_true(issuer[1].form == 2 && issuer[1].sector == 0 && issuer[1].period == 2 &&
                    issuer[1].entity == 22);
        assert_int_equal(issuer[0].reads, MLD_READS_PERFORMANCE);
        assert_int_equal(issuer[1].reads, MLD_READS_VALUE);
    }
    check_batches(plan);
    mld_portfolio_clear(&portfolio);
    release_plan(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tickets_are_drawn_until_the_volume_is_reached),
        cmocka_unit_test(tickets_are_redrawn_until_inside),
        cmocka_unit_test(a_lone_small_ticket_is_kept),
        cmocka_unit_test(constant_tickets_fit_exactly),
        cmocka_unit_test(redraws_are_bounded),
        cmocka_unit_test(the_bound_on_deals_is_one_small_ticket_after_another),
        cmocka_unit_test(traits_have_the_weights_of_the_thesis),
        cmocka_unit_test(traits_come_from_draws_of_their_own),
        cmocka_unit_test(tickets_are_a_truncated_lognormal),
        cmocka_unit_test(every_deal_of_a_thesis_is_its_own_issuer),
        cmocka_unit_test(any_batch_gives_the_same_bits),
        cmocka_unit_test(a_run_may_have_one_portfolio),
        cmocka_unit_test(a_tape_is_laid_out_in_its_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
