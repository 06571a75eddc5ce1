/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every instrument of the registry promises, whatever its terms: one suite, run over all of
 * them with each number of their tables at its default, at its low end and at its high end, on
 * grids and dates of every kind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "instrument_world.h"

/* Those of published files, in the order in which these hold them: a new one comes after. */
static const char *const expected_order[] = { "shares",
                                              "convertible",
                                              "bond",
                                              "participating_securities",
                                              "association_securities",
                                              "participating_loan",
                                              "cooperative_shares" };

static void registry_is_in_order(void **state)
{
    (void)state;
    for (int i = 0; i < (int)(sizeof expected_order / sizeof *expected_order); i++)
        assert_string_equal(mld_instruments[i]->name, expected_order[i]);
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        assert_non_null(mld_instruments[i]);
        assert_int_equal(mld_instrument_named(mld_instruments[i]->name), i);
    }
    assert_null(mld_instruments[MLD_INSTRUMENTS]);
    assert_int_equal(mld_instrument_named("warrant"), -1);
    assert_int_equal(mld_instrument_named(""), -1);
}

/* ---- tables ---- */

static void tables_are_complete(void **state)
{
    (void)state;
    for (const struct mld_param *row = mld_common_params; row->key; row++) {
        assert_row(row, sizeof(struct mld_terms));
        assert_true(row->kind == MLD_LIST || (row->flags & MLD_TAPE));
    }
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        const struct mld_instrument *instrument = mld_instruments[i];
        assert_documented(instrument->name, instrument->summary_en, instrument->summary_fr,
                          instrument->source);
        assert_true(is_text(instrument->legal_fr));
        for (const struct mld_param *row = instrument->params; row->key; row++) {
            assert_row(row, sizeof(struct mld_terms));
            assert_true(row->flags & MLD_TAPE);
            assert_int_equal(appears(mld_common_params, row->key), 0);
        }
    }
}

static void rows_do_not_overlap(void **state)
{
    (void)state;
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        assert_rows_apart(mld_instruments[i]->params);
}

static void defaults_are_accepted(void **state)
{
    (void)state;
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        struct mld_terms terms;
        world_default_terms(i, 4, &terms);
        assert_int_equal(mld_instruments[i]->check(&terms, NULL, NULL), 0);
    }
}

/* ---- contracts ---- */

static void assert_contract(const struct mld_contract *c, double amount, int ages, const char *what)
{
    assert_int_equal(c->ages, ages);
    assert_true(c->end_age >= 0 && c->end_age <= ages);
    assert_true(!c->alive || c->end_age == ages);
    assert_true(c->exit_age == -1 || c->exit_age == c->end_age);
    assert_true(c->exit_age >= 0 || (c->exit_proceeds == 0 && !c->exit_forced));
    assert_true(c->exit_age < 0 || c->capital[c->exit_age] == c->exit_proceeds);
    assert_true(!c->exit_forced || c->exit_age == ages);
    double held = amount;
    for (int n = 0; n <= ages; n++) {
        if (!isfinite(c->income[n]) || !isfinite(c->capital[n]) || !isfinite(c->outstanding[n]) ||
            !isfinite(c->value[n]))
            fail_msg("%s: not finite at age %d", what, n);
        if (c->income[n] < 0 || c->capital[n] < 0 || c->outstanding[n] < 0 || c->value[n] < 0)
            fail_msg("%s: negative at age %d", what, n);
        if (c->outstanding[n] > held)
            fail_msg("%s: the outstanding grows at age %d", what, n);
        if (n > 0 && n < ages && (n < c->end_age) != (c->outstanding[n] > 0) && !c->alive)
            fail_msg("%s: the outstanding and the end of the contract disagree at age %d", what, n);
        held = c->outstanding[n];
    }
    if (ages > 0)
        assert_true(c->income[0] == 0 && c->capital[0] == 0 && c->outstanding[0] == amount &&
                    c->value[0] == amount);
    assert_true(c->alive == (c->outstanding[ages] > 0));
}

/*
 * The life that follows: nothing outside [t0, last], nothing after the end but the recovery, sums
 * that add up.
 */
static void assert_life(const struct world *w, const struct mld_deal *deal, const char *what)
{
    const struct mld_life *life = &w->life;
    int last = w->plan.model.grid.last;
    assert_true(life->last_period >= deal->period && life->last_period <= last);
    for (int t = 0; t < w->plan.model.grid.periods; t++)
        for (int i = 4; i < 8; i++) {
            if (!isfinite(w->series[i][t]) || w->series[i][t] < 0)
                fail_msg("%s: not a positive number in period %d", what, t);
            if ((t < deal->period || t > life->last_period) && w->series[i][t] != 0)
                fail_msg("%s: something outside its life, in period %d", what, t);
        }
    assert_true(life->outstanding[last] == 0 && life->nav[last] == 0);
    if (life->default_period < 0) {
        assert_true(life->default_loss == 0 && life->recovery_period == -1 &&
                    life->resolution == -1);
        return;
    }
    for (int t = life->default_period; t <= last; t++) {
        assert_true(life->income[t] == 0 && life->outstanding[t] == 0);
        assert_true(t == life->recovery_period || life->capital[t] == 0);
        assert_true(t < life->recovery_period || life->nav[t] == 0);
    }
    assert_true(life->exit_period == -1 && life->exit_loss == 0);
    assert_true(life->defaulted_outstanding <= deal->amount && life->defaulted_outstanding > 0);
    assert_true(fabs(life->recovery + life->default_loss - life->defaulted_outstanding) <= 1e-9);
    assert_true(life->capital[life->recovery_period] == life->recovery - life->forced_discount);
}

/*
 * Income and capital of a ticket of k times the amount are k times as large: exactly for a power of
 * 2, else to rounding.
 */
static void assert_linear(struct world *w, struct mld_deal *deal, const char *what)
{
    static double once[4][WORLD_ROOM];
    int ages = w->plan.model.grid.last - deal->period;
    double amount = deal->amount;
    for (int i = 0; i < 4; i++)
        memcpy(once[i], w->series[i], sizeof once[i]);
    for (int k = 2; k <= 3; k++) {
        deal->amount = k * amount;
        world_fill(w, 0);
        for (int i = 0; i < 4; i++)
            for (int n = 0; n <= ages; n++)
                if (fabs(w->series[i][n] - k * once[i][n]) >
                    (k == 2 ? 0 : 1e-14 * k * amount + 1e-14 * once[i][n] * k))
                    fail_msg("%s: not proportional to the ticket at age %d", what, n);
    }
    deal->amount = amount;
}

static void try_one(int instrument, const struct mld_terms *terms, int m, int t0, int defaults,
                    const char *what)
{
    struct world *w = world_create(m, 12);
    w->terms[instrument] = *terms;
    for (int a = 0; a < WORLD_YEARS; a++) {
        w->quality[a] = 3 * sin(a + m);
        w->surplus[a] = 0.15 + 0.6 * sin(2 * a + t0);
        w->row[0][a] = 0.03 * sin(a);
        w->row[1][a] = 2 * cos(a + t0);
    }
    w->xi[0] = 1.2;
    int last = w->plan.model.grid.last;
    t0 = t0 < 0 ? last : t0 < last ? t0 : last;
    struct mld_deal *deal = world_deal(w, 0, instrument, t0, 750000);
    world_fill(w, 0);
    assert_int_equal(w->life.made, 1);
    assert_contract(&w->contract, 750000, last - t0, what);
    assert_life(w, deal, what);
    for (int d = t0 + 1; defaults && d <= last; d += 1 + d / 4) {
        w->default_period[0] = d;
        world_fill(w, 0);
        assert_true(w->life.default_period == d || w->contract.end_age < d - t0);
        assert_life(w, deal, what);
    }
    w->default_period[0] = w->plan.model.grid.periods;
    world_fill(w, 0);
    assert_linear(w, deal, what);
    free(w);
}

static void try_dates(int instrument, const struct mld_terms *terms, const char *what)
{
    static const int per_year[] = { 1, 2, 4, 12 }, t0[] = { 0, 3, 10, -1 };
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
            try_one(instrument, terms, per_year[i], t0[j], j < 3, what);
}

/* A number with no upper bound is tried at its absence of bound too: the row's own end. */
static void every_term_at_both_ends(void **state)
{
    (void)state;
    char what[128];
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        struct mld_terms terms;
        world_default_terms(i, 4, &terms);
        try_dates(i, &terms, mld_instruments[i]->name);
        for (const struct mld_param *row = mld_instruments[i]->params; row->key; row++) {
            for (int e = 0; e < 2; e++) {
                world_default_terms(i, 4, &terms);
                row_set(row, &terms, row_end(row, e));
                snprintf(what, sizeof what, "%s.%s = %g", mld_instruments[i]->name, row->key,
                         row_end(row, e));
                try_dates(i, &terms, what);
            }
        }
    }
}

static void common_terms_at_both_ends(void **state)
{
    (void)state;
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        for (int e = 0; e < 16; e++) {
            struct mld_terms terms;
            world_default_terms(i, 4, &terms);
            terms.liquidation_discount = e & 1;
            terms.pd_scale = e & 2 ? 100 : 0;
            terms.resolution[0].recovery_mean = e & 4 ? 1 : 0;
            terms.resolution[0].lag_periods = e & 8 ? 480 : 0;
            try_dates(i, &terms, mld_instruments[i]->name);
        }
}

/*
 * What an instrument does not say it reads is not drawn, and holds anything: it must change
 * nothing.
 */
static void unread_draws_do_not_matter(void **state)
{
    (void)state;
    static double once[4][WORLD_ROOM];
    for (int i = 0; i < MLD_INSTRUMENTS; i++) {
        struct world *w = world_create(4, 12);
        unsigned reads = mld_instruments[i]->reads ? mld_instruments[i]->reads(&w->terms[i]) : 0U;
        world_deal(w, 0, i, 3, 1e6);
        world_fill(w, 0);
        for (int k = 0; k < 4; k++)
            memcpy(once[k], w->series[4 + k], sizeof once[k]);
        for (int a = 0; a < WORLD_YEARS && !(reads & MLD_READS_PERFORMANCE); a++)
            w->quality[a] = w->surplus[a] = (double)NAN;
        if (!(reads & MLD_READS_VALUE))
            w->xi[0] = (double)NAN;
        world_fill(w, 0);
        for (int k = 0; k < 4; k++)
            assert_memory_equal(once[k], w->series[4 + k], sizeof once[k]);
        free(w);
    }
}

/*
 * Nominal is conserved: what a debt without premium pays back, forced sale aside, is what was lent.
 */
static void debt_pays_back_its_nominal(void **state)
{
    (void)state;
    static const int debts[] = { BOND, PARTICIPATING_LOAN, ASSOCIATION_SECURITIES,
                                 PARTICIPATING_SECURITIES };
    for (int i = 0; i < 4; i++)
        for (int choice = 0; choice < 2; choice++) {
            struct world *w = world_create(4, 12);
            w->terms[BOND].bond.amortisation = choice;
            w->terms[PARTICIPATING_LOAN].participating_loan.amortisation = choice;
            for (int t0 = 0; t0 < 47; t0++) {
                world_deal(w, 0, debts[i], t0, 1e6);
                world_fill(w, 0);
                double back = w->life.forced_discount;
                for (int t = 0; t < 48; t++)
                    back += w->life.capital[t];
                assert_true(fabs(back - 1e6) < 1e-6); /* forty roundings of a million: 1e-9 each */
            }
            free(w);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registry_is_in_order),       cmocka_unit_test(tables_are_complete),
        cmocka_unit_test(rows_do_not_overlap),        cmocka_unit_test(defaults_are_accepted),
        cmocka_unit_test(every_term_at_both_ends),    cmocka_unit_test(common_terms_at_both_ends),
        cmocka_unit_test(unread_draws_do_not_matter), cmocka_unit_test(debt_pays_back_its_nominal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
