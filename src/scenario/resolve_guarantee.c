/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guarantee layers (model, section 7). */
#include "scenario/resolve.h"

#include "params/names.h"

#include <math.h>
#include <string.h>

#include "milliard/numerics.h"

/* ---- filters ---- */

static const char *instrument_name(const void *context, int i)
{
    (void)context;
    return mld_instruments[i]->name;
}
const char *mld_form_at(const void *plan, int i)
{
    return ((const struct mld_plan *)plan)->model.form[i].name;
}
const char *mld_sector_at(const void *plan, int i)
{
    return ((const struct mld_plan *)plan)->model.factors.sector[i];
}
static const char *layer_name(const void *plan, int i)
{
    return ((const struct mld_plan *)plan)->guarantee.layer[i].name;
}

static int index_of(const char *name, int count, const char *(*name_at)(const void *, int),
                    const void *context)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(name, name_at(context, i)))
            return i;
    return -1;
}

/* An empty list covers all. */
void mld_resolve_filter(struct mld_check *check, const char *of, const struct mld_filter *filter)
{
    char key[MLD_KEY];
    memset(filter->mask, filter->n_names == 0, (size_t)filter->count);
    for (int i = 0; i < filter->n_names; i++) {
        const char *name = filter->name[i];
        int index = index_of(name, filter->count, filter->name_at, check->plan);
        if (index >= 0) {
            filter->mask[index] = 1;
            continue;
        }
        const char *nearest = mld_name_nearest(name, filter->count, filter->name_at, check->plan);
        mld_check_fail(check, mld_check_key(key, "%s.%s[%d]", of, filter->key, i),
                       " = \"%s\": no such %s%s%s%s", name, filter->what,
                       nearest ? "; did you mean " : "", nearest ? nearest : "",
                       nearest ? "?" : "");
    }
}

static void resolve_filters(struct mld_check *check, struct mld_layer *layer)
{
    const struct mld_filter filters[] = {
        { "instruments", "instrument", layer->n_instruments, layer->instrument, MLD_INSTRUMENTS,
          instrument_name, layer->cover.instrument },
        { "legal_forms", "legal form", layer->n_forms, layer->form, check->plan->model.n_forms,
          mld_form_at, layer->cover.form },
        { "sectors", "sector", layer->n_sectors, layer->sector,
          check->plan->model.factors.n_sectors, mld_sector_at, layer->cover.sector }
    };
    char key[MLD_KEY], of[MLD_KEY];
    mld_check_key(of, "guarantee.layers.%s", layer->name);
    for (int i = 0; i < 3; i++)
        mld_resolve_filter(check, of, &filters[i]);
    if (layer->cover.ticket_min > layer->cover.ticket_max)
        mld_check_fail(check, mld_check_key(key, "guarantee.layers.%s.ticket_min", layer->name),
                       " = %.15g is above ticket_max = %.15g EUR", layer->cover.ticket_min,
                       layer->cover.ticket_max);
}

static int masks_meet(int n, const unsigned char *a, const unsigned char *b)
{
    for (int i = 0; i < n; i++)
        if (a[i] && b[i])
            return 1;
    return 0;
}

/* Two layers that cover one deal are refused. */
static void check_overlap(struct mld_check *check, const struct mld_layer *a,
                          const struct mld_layer *b)
{
    const struct mld_plan *plan = check->plan;
    char key[MLD_KEY];
    if (masks_meet(MLD_INSTRUMENTS, a->cover.instrument, b->cover.instrument) &&
        masks_meet(plan->model.n_forms, a->cover.form, b->cover.form) &&
        masks_meet(plan->model.factors.n_sectors, a->cover.sector, b->cover.sector) &&
        fmax(a->cover.ticket_min, b->cover.ticket_min) <=
            fmin(a->cover.ticket_max, b->cover.ticket_max))
        mld_check_fail(check, mld_check_key(key, "guarantee.layers.%s", b->name),
                       " and %s can cover one and the same deal", a->name);
}

/* ---- layers ---- */

static void resolve_counter(struct mld_check *check, struct mld_layer *layer)
{
    struct mld_guarantee_spec *guarantee = &check->plan->guarantee;
    char key[MLD_KEY];
    layer->covers = index_of(layer->covers_layer, guarantee->n_layers, layer_name, check->plan);
    if (layer->covers < 0) {
        const char *nearest = mld_name_nearest(layer->covers_layer, guarantee->n_layers, layer_name,
                                               check->plan);
        mld_check_fail(check, mld_check_key(key, "guarantee.layers.%s.covers_layer", layer->name),
                       " = \"%s\": no such layer%s%s%s", layer->covers_layer,
                       nearest ? "; did you mean " : "", nearest ? nearest : "",
                       nearest ? "?" : "");
    } else if (*guarantee->layer[layer->covers].covers_layer)
        mld_check_fail(check, mld_check_key(key, "guarantee.layers.%s.covers_layer", layer->name),
                       " = \"%s\": a counter-guarantee covers a layer on deals",
                       layer->covers_layer);
    if (isnan(layer->share))
        mld_check_fail(check, mld_check_key(key, "guarantee.layers.%s.share", layer->name),
                       " is missing");
    layer->quotite = 0;
}

/*
 * Counter-guarantees of one layer share its payouts: together they pay back no more than was paid.
 */
static void check_shares(struct mld_check *check, int layer)
{
    const struct mld_guarantee_spec *guarantee = &check->plan->guarantee;
    double sum = 0;
    char key[MLD_KEY];
    for (int i = 0; i < guarantee->n_layers; i++)
        if (*guarantee->layer[i].covers_layer && guarantee->layer[i].covers == layer &&
            guarantee->layer[i].share > 0)
            sum += guarantee->layer[i].share;
    if (sum > 1 + 1e-9)
        mld_check_fail(check,
                       mld_check_key(key, "guarantee.layers.%s", guarantee->layer[layer].name),
                       ": its counter-guarantees pay back %g of what it pays; at most 1", sum);
}

static void resolve_layer(struct mld_check *check, struct mld_layer *layer)
{
    const struct mld_grid *grid = &check->plan->model.grid;
    char key[MLD_KEY];
    layer->cover.waiting_periods = mld_grid_periods(grid, layer->waiting_years);
    layer->cover.term_periods = mld_grid_periods(grid, layer->term_years);
    layer->cover.delay_periods = mld_grid_periods(grid, layer->claim_delay_years);
    if (*layer->covers_layer) {
        resolve_counter(check, layer);
        return;
    }
    layer->covers = -1;
    layer->share = 0;
    resolve_filters(check, layer);
    if (isnan(layer->quotite))
        mld_check_fail(check, mld_check_key(key, "guarantee.layers.%s.quotite", layer->name),
                       " is missing");
    if (layer->waiting_years > layer->term_years)
        mld_check_fail(check, mld_check_key(key, "guarantee.layers.%s.waiting_years", layer->name),
                       " = %g is above term_years = %g", layer->waiting_years, layer->term_years);
}

/* ---- the budget ---- */

/* AE and CP of the rows up to a year. */
struct credits {
    double ae, cp;
};

static struct credits credits_to(const struct mld_guarantee_spec *guarantee, int year)
{
    struct credits sum = { 0, 0 };
    for (int i = 0; i < guarantee->n_dotations; i++)
        if (guarantee->dotation[i].year <= year) {
            sum.ae += guarantee->dotation[i].ae;
            sum.cp += guarantee->dotation[i].amount;
        }
    return sum;
}

/* The last row of a year, by its `ae` or, where it has none, its amount. */
static const char *row_of(const struct mld_check *check, int year, char key[MLD_KEY])
{
    const struct mld_guarantee_spec *guarantee = &check->plan->guarantee;
    int row = 0;
    for (int i = 0; i < guarantee->n_dotations; i++)
        row = guarantee->dotation[i].year == year ? i : row;
    mld_check_key(key, "guarantee.dotation[%d].ae", row);
    return mld_echo_of(check->plan, key) ? key
                                         : mld_check_key(key, "guarantee.dotation[%d].amount", row);
}

/* The year must be one of the grid; what may be committed is what is paid where it is left out. */
static void resolve_rows(struct mld_check *check)
{
    struct mld_guarantee_spec *guarantee = &check->plan->guarantee;
    const struct mld_grid *grid = &check->plan->model.grid;
    char key[MLD_KEY];
    for (int i = 0; i < guarantee->n_dotations; i++) {
        struct mld_dotation *row = &guarantee->dotation[i];
        row->ae = isnan(row->ae) ? row->amount : row->ae;
        if (row->year > mld_grid_year(grid, grid->last))
            mld_check_fail(check, mld_check_key(key, "guarantee.dotation[%d].year", i),
                           " = %d is after the last year, %d", row->year,
                           mld_grid_year(grid, grid->last));
    }
}

/*
 * Payments (CP) cover what was committed (AE), this year or before, and in the end all of it is
 * paid. Source: LOLF, article 8.
 */
static void check_credits(struct mld_check *check)
{
    const struct mld_guarantee_spec *guarantee = &check->plan->guarantee;
    struct credits all = credits_to(guarantee, MLD_MAX_YEARS);
    char key[MLD_KEY];
    int last = 0;
    for (int i = 0; i < guarantee->n_dotations; i++)
        last = guarantee->dotation[i].year > last ? guarantee->dotation[i].year : last;
    for (int year = 0; year <= last; year++) {
        struct credits to = credits_to(guarantee, year);
        if (mld_exceeds(to.cp, to.ae, all.cp)) {
            mld_check_fail(check, row_of(check, year, key),
                           ": in year %d AE add up to %.15g EUR and CP to %.15g EUR; what is paid "
                           "must have been committed (LOLF, article 8): give the year more ae",
                           year, to.ae, to.cp);
            return;
        }
    }
    if (mld_exceeds(all.ae, all.cp, all.ae))
        mld_check_fail(check, row_of(check, last, key),
                       ": by year %d AE add up to %.15g EUR and CP to %.15g EUR; in the end the "
                       "two must be equal",
                       last, all.ae, all.cp);
}

static void resolve_dotation(struct mld_check *check)
{
    struct mld_guarantee_spec *guarantee = &check->plan->guarantee;
    resolve_rows(check);
    check_credits(check);
    for (int i = 0; i < guarantee->n_gages; i++)
        if (isnan(guarantee->gage[i].ae))
            guarantee->gage[i].ae = guarantee->gage[i].amount;
    if (guarantee->n_gages > 0 && guarantee->n_dotations == 0)
        mld_check_fail(check, "guarantee.gage[0].programme",
                       " = %d: a gage offsets a dotation, and there is none; without one the "
                       "State pays what is due, in crédits évaluatifs",
                       guarantee->gage[0].programme);
}

void mld_resolve_guarantee(struct mld_check *check)
{
    struct mld_guarantee_spec *guarantee = &check->plan->guarantee;
    int on_deals = 0;
    if (!guarantee->present)
        return;
    for (int i = 0; i < guarantee->n_layers; i++) {
        resolve_layer(check, &guarantee->layer[i]);
        on_deals += guarantee->layer[i].covers < 0 && !*guarantee->layer[i].covers_layer;
    }
    if (!on_deals)
        mld_check_fail(check, "guarantee.layers", ": at least one layer on deals is needed");
    for (int i = 0; i < guarantee->n_layers; i++)
        check_shares(check, i);
    for (int i = 0; i < guarantee->n_layers; i++)
        for (int j = 0; j < i; j++)
            if (!*guarantee->layer[i].covers_layer && !*guarantee->layer[j].covers_layer)
                check_overlap(check, &guarantee->layer[j], &guarantee->layer[i]);
    resolve_dotation(check);
}
