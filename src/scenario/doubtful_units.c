/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Amounts that nobody means, whose author wrote millions or thousands of euros: the units of notes
 * to investors and of spreadsheets. Each is held against the least that such an amount can be, a
 * volume also against the commitments that it is to use, a ticket against the volume, a deal of a
 * tape against the others.
 */
#include "scenario/doubtful.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *start, *end;
    double least;
} scales[] = {
    { "thesis.volume", "", 1e5 },
    { "thesis.ticket.mean", "", 1e4 },
    { "thesis.ticket.max", "", 1e4 },
    { "fund.classes.A.", "commitment", 1e6 },
    { "guarantee.dotation", "amount", 1e5 },
    { "guarantee.layers.", "ticket_max", 1e4 },
    { "guarantee.layers.", "max_loss_per_issuer", 1e4 },
    { "", "", 1e3 },
};

/*
 * Times apart that two volumes, or two deals of one tape, hardly are: less than the thousand
 * between two units.
 */
static const double apart = 300;

static int ends(const char *key, const char *end)
{
    size_t length = strlen(key), tail = strlen(end);
    return length >= tail && !strcmp(key + length - tail, end);
}

static double least_of(const char *key)
{
    size_t i = 0;
    while (strncmp(key, scales[i].start, strlen(scales[i].start)) || !ends(key, scales[i].end))
        i++;
    return scales[i].least;
}

/* The volume is no use of such commitments, or none at all. */
int mld_is_small_volume(const struct mld_plan *plan, double volume)
{
    return volume < least_of("thesis.volume") ||
           (plan->fund.present && volume * apart < plan->fund.size);
}

/* How many times one amount is another, or that the one. */
static double times_apart(double a, double b) { return a < b ? b / a : a / b; }

/* A thousand or a million, up or down: the one after which the amount is nearest to another. */
static double factor_towards(double amount, double other)
{
    double thousand = amount < other ? 1e3 : 1e-3, million = thousand * thousand;
    return times_apart(amount * million, other) < times_apart(amount * thousand, other) ? million
                                                                                        : thousand;
}

/* Millions below a thousand, unless that makes more than `most`; thousands above. */
static double factor_up(double amount, double most)
{
    return amount < 1e3 && amount * 1e6 <= most ? 1e6 : 1e3;
}

static void warn_unit(struct mld_plan *plan, const char *where, const char *key, double amount,
                      double factor)
{
    mld_warn(&plan->warnings, MLD_WARN_UNIT, where, key,
             (struct mld_warning_value[]){ { .number = amount }, { .number = amount * factor } });
}

/* ---- the scenario ---- */

static double likely_volume(const struct mld_plan *plan)
{
    double volume = plan->model.has_thesis ? plan->model.thesis.volume : INFINITY;
    return mld_is_small_volume(plan, volume) ? volume * factor_up(volume, INFINITY) : volume;
}

static void doubt_amount(struct mld_plan *plan, const struct mld_echo *echo)
{
    double amount = strtod(echo->value, NULL), volume = likely_volume(plan);
    int is_volume = !strcmp(echo->key, "thesis.volume");
    if (amount > 0 &&
        (amount < least_of(echo->key) || (is_volume && mld_is_small_volume(plan, amount))))
        warn_unit(plan, echo->where, echo->key, amount,
                  factor_up(amount, strstr(echo->key, "ticket") ? volume : INFINITY));
    else if (!strcmp(echo->key, "thesis.ticket.mean") && amount > volume)
        warn_unit(plan, echo->where, echo->key, amount, factor_towards(amount, volume));
}

/* Every amount of the scenario, by the unit of its row. */
static void doubt_scenario(struct mld_plan *plan)
{
    for (size_t i = 0; i < plan->echo->count; i++)
        if (plan->echo->item[i].origin != MLD_DEFAULTED && !strcmp(plan->echo->item[i].unit, "EUR"))
            doubt_amount(plan, &plan->echo->item[i]);
}

/* ---- the tape ---- */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* 0 without memory. */
static double median_amount(const struct mld_tape *tape)
{
    double *amount = malloc((size_t)tape->n_deals * sizeof *amount);
    if (!amount)
        return 0;
    for (int i = 0; i < tape->n_deals; i++)
        amount[i] = tape->deal[i].amount;
    qsort(amount, (size_t)tape->n_deals, sizeof *amount, ascending);
    double median = amount[tape->n_deals / 2];
    free(amount);
    return median;
}

static void doubt_tape(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    const struct mld_tape *tape = &plan->model.tape;
    double median = median_amount(tape), least = least_of("");
    int all_small = mld_is_small_volume(plan, mld_plan_volume(plan));
    if (!(median > 0))
        plan->warnings.lost++;
    for (int i = 0; i < tape->n_deals; i++) {
        double amount = tape->deal[i].amount;
        char where[MLD_MAX_TEXT + 16];
        mld_tape_where(scenario, plan, tape->deal[i].line, where, sizeof where);
        if (!all_small && median >= least &&
            (amount < least || amount * apart < median || amount > median * apart))
            warn_unit(plan, where, "amount", amount, factor_towards(amount, median));
        else if (all_small || amount < least)
            warn_unit(plan, where, "amount", amount, factor_up(amount, INFINITY));
    }
}

void mld_doubt_units(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    doubt_scenario(plan);
    if (plan->model.has_tape && plan->model.tape.n_deals)
        doubt_tape(scenario, plan);
}
