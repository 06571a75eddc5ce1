/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lives of a path's deals pooled by instrument, legal form and year of investment. */
#include "milliard/group.h"

#include <stdlib.h>
#include <string.h>

#include "core/numbers.h"
#include "core/vector.h"
#include "milliard/model.h"

const char *const mld_group_kinds[MLD_GROUP_KINDS] = { "instrument", "form", "year" };

/* ---- the list ---- */

static void put(struct mld_group_list *list, enum mld_group_kind kind, int key, int *place)
{
    *place = list->n;
    list->group[list->n++] = (struct mld_group){ kind, key };
}

static int calendar_year(const struct mld_grid *grid, int period)
{
    return mld_grid_calendar_year(grid, period) - mld_grid_calendar_year(grid, 0);
}

/* The year of a deal, and of the second deal that may follow it; `mix` is NULL on a tape. */
static void mark_year(const struct mld_model *model, const struct mld_mix *mix, int period,
                      struct mld_group_list *list)
{
    int second = mix ? period + mix->follow_on.periods : 0;
    second = second > model->last_inflow ? second : model->last_inflow;
    list->of_year[calendar_year(&model->grid, period)] = 0;
    if (mix && mix->has_follow_on && second < model->thesis.investment_periods)
        list->of_year[calendar_year(&model->grid, second)] = 0;
}

/* Those of a deal that may wait until more money has come. */
static void mark_years(const struct mld_model *model, const struct mld_mix *mix, int period,
                       struct mld_group_list *list)
{
    mark_year(model, mix, period, list);
    for (int t = period + 1; t <= model->last_inflow; t++)
        if (model->room[t] > model->room[t - 1])
            mark_year(model, mix, t, list);
}

/* What a thesis may draw: forms and instruments of its mix, periods of years with a weight. */
static void mark_thesis(const struct mld_model *model, struct mld_group_list *list)
{
    const struct mld_thesis *thesis = &model->thesis;
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        if (thesis->has_mix[i] && thesis->mix[i].weight > 0) {
            list->of_instrument[i] = 0;
            for (int f = 0; f < model->n_forms; f++)
                if (thesis->mix[i].form[f] > 0)
                    list->of_form[f] = 0;
        }
    for (int t = 0; t <= model->grid.last; t++) {
        int year = mld_grid_year(&model->grid, t);
        for (int i = 0; i < MLD_INSTRUMENTS; i++)
            if (thesis->has_mix[i] && thesis->mix[i].weight > 0 && year < thesis->n_deployment &&
                thesis->deployment[year] > 0)
                mark_years(model, &thesis->mix[i], t, list);
    }
}

static void mark_tape(const struct mld_model *model, struct mld_group_list *list)
{
    for (int d = 0; d < model->tape.n_deals; d++) {
        const struct mld_tape_deal *deal = &model->tape.deal[d];
        list->of_instrument[deal->instrument] = 0;
        list->of_form[deal->form] = 0;
        mark_years(model, NULL, deal->period, list);
    }
}

/* Each marked place becomes a group, of the key that its place stands for. */
static void put_marked(struct mld_group_list *list, enum mld_group_kind kind, int first, int n,
                       int *place)
{
    for (int i = 0; i < n; i++)
        if (place[i] == 0)
            put(list, kind, first + i, &place[i]);
}

void mld_groups_list(const struct mld_model *model, struct mld_group_list *list)
{
    list->n = 0;
    memset(list->of_instrument, -1, sizeof list->of_instrument);
    memset(list->of_form, -1, sizeof list->of_form);
    memset(list->of_year, -1, sizeof list->of_year);
    if (model->has_thesis)
        mark_thesis(model, list);
    if (model->has_tape)
        mark_tape(model, list);
    put_marked(list, MLD_GROUP_INSTRUMENT, 0, MLD_INSTRUMENTS, list->of_instrument);
    put_marked(list, MLD_GROUP_FORM, 0, MLD_MAX_FORMS, list->of_form);
    put_marked(list, MLD_GROUP_YEAR, mld_grid_calendar_year(&model->grid, 0), MLD_MAX_YEARS + 1,
               list->of_year);
}

/* ---- the deals of a batch ---- */

enum mld_status mld_groups_init(struct mld_groups *groups, const struct mld_model *model, int paths)
{
    *groups = (struct mld_groups){ .n = model->groups.n,
                                   .paths = paths,
                                   .periods = model->grid.periods,
                                   .stride = mld_padded(model->grid.periods),
                                   .periods_per_year = model->grid.periods_per_year,
                                   .list = &model->groups };
    size_t n = (size_t)paths * (size_t)groups->n;
    for (int t = 0; t < groups->periods; t++)
        groups->year[t] = calendar_year(&model->grid, t);
    groups->flow = calloc(n * (size_t)groups->stride + 1, sizeof(double));
    groups->total = calloc(n * MLD_GROUP_TOTALS + 1, sizeof(double));
    groups->roots = calloc((size_t)mld_padded(paths), sizeof *groups->roots);
    if (groups->flow && groups->total && groups->roots)
        return MLD_OK;
    mld_groups_clear(groups);
    return MLD_ERR_MEMORY;
}

void mld_groups_clear(struct mld_groups *groups)
{
    free(groups->flow);
    free(groups->total);
    free(groups->roots);
    *groups = (struct mld_groups){ 0 };
}

void mld_groups_reset(struct mld_groups *groups, int paths)
{
    size_t n = (size_t)paths * (size_t)groups->n;
    memset(groups->flow, 0, n * (size_t)groups->stride * sizeof(double));
    memset(groups->total, 0, n * MLD_GROUP_TOTALS * sizeof(double));
}

enum { LANES = 8 };

/*
 * What a deal receives from its period on, added to each of its groups. Gives what of it is income,
 * summed in lanes, in one order for all processors.
 */
MLD_CLONES
static double add_flows(int n, const double *restrict income, const double *restrict capital,
                        double *restrict by_instrument, double *restrict by_form,
                        double *restrict by_year)
{
    double lane[LANES] = { 0 };
    for (int i = 0; i < n; i++) {
        double received = income[i] + capital[i];
        by_instrument[i] += received;
        by_form[i] += received;
        by_year[i] += received;
    }
    for (int i = 0; i + LANES <= n; i += LANES)
        for (int k = 0; k < LANES; k++)
            lane[k] += income[i + k];
    for (int i = n / LANES * LANES; i < n; i++)
        lane[i % LANES] += income[i];
    return ((lane[0] + lane[4]) + (lane[1] + lane[5])) +
           ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

void mld_groups_add(struct mld_groups *groups, const struct mld_deal *deal,
                    const struct mld_life *life)
{
    if (!life->made)
        return;
    const struct mld_group_list *list = groups->list;
    int t0 = deal->period;
    int mine[MLD_GROUP_KINDS] = { list->of_instrument[deal->instrument], list->of_form[deal->form],
                                  list->of_year[groups->year[t0]] };
    double *flow[MLD_GROUP_KINDS], *total[MLD_GROUP_KINDS];
    for (int k = 0; k < MLD_GROUP_KINDS; k++) {
        size_t group = (size_t)deal->path * (size_t)groups->n + (size_t)mine[k];
        flow[k] = groups->flow + group * (size_t)groups->stride + t0;
        total[k] = groups->total + group * MLD_GROUP_TOTALS;
        flow[k][0] -= deal->amount;
    }
    double income = add_flows(life->last_period - t0 + 1, life->income + t0, life->capital + t0,
                              flow[MLD_GROUP_INSTRUMENT], flow[MLD_GROUP_FORM],
                              flow[MLD_GROUP_YEAR]);
    for (int k = 0; k < MLD_GROUP_KINDS; k++) {
        total[k][MLD_GROUP_DEALS]++;
        total[k][MLD_GROUP_INVESTED] += deal->amount;
        total[k][MLD_GROUP_INCOME] += income;
        total[k][MLD_GROUP_LOSS_DEFAULT] += life->default_loss;
        total[k][MLD_GROUP_LOSS_EXIT] += life->exit_loss;
        total[k][MLD_GROUP_LOSS_FORCED] += life->forced_discount;
    }
}
