/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quantities that several rows of the tables share, and the loop over the tables. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/irr.h"
#include "measure/view.h"
#include "milliard/numerics.h"

struct mld_measures_workspace {
    struct mld_measure_view view;
    int *offset;         /* of each series, in steps */
    double *memory;
};

int mld_measure_count(void)
{
    int count = 0;
    while (mld_measures[count].name)
        count++;
    return count;
}

int mld_series_count(void)
{
    int count = 0;
    while (mld_series[count].name)
        count++;
    return count;
}

int mld_measure_named(const char *name)
{
    for (int i = 0; mld_measures[i].name; i++)
        if (strcmp(mld_measures[i].name, name) == 0)
            return i;
    return -1;
}

int mld_series_named(const char *name)
{
    for (int i = 0; mld_series[i].name; i++)
        if (strcmp(mld_series[i].name, name) == 0)
            return i;
    return -1;
}

int mld_measure_form(int measure)
{
    return mld_measures[measure].scope & MLD_SCOPE_FORM ? mld_measures[measure].argument : -1;
}

const char *mld_form_label(const char *name, int french)
{
    static const struct { const char *name, *french, *english; } form[] = {
        { "association", "associations", "associations" }, { "cooperative", "coopératives", "cooperatives" },
        { "company", "sociétés", "companies" } };
    for (size_t i = 0; i < sizeof form / sizeof *form; i++)
        if (strcmp(form[i].name, name) == 0)
            return french ? form[i].french : form[i].english;
    return name;
}

/* "Losses, legal form 1" is "Losses, associations" when the first form is. */
const char *mld_measure_label(int measure, const char *form, int french, char text[MLD_LABEL_SIZE])
{
    const char *label = french ? mld_measures[measure].label_fr : mld_measures[measure].label_en;
    if (form)
        snprintf(text, MLD_LABEL_SIZE, "%.*s, %s", (int)strcspn(label, ","), label, mld_form_label(form, french));
    else
        snprintf(text, MLD_LABEL_SIZE, "%s", label);
    return text;
}

static int scope_applies(const struct mld_plan *plan, unsigned scope, int argument, enum mld_branch branch)
{
    if (branch == MLD_WITH && !plan->guarantee.present)
        return 0;
    if ((scope & MLD_SCOPE_FUND) && !plan->fund.present)
        return 0;
    if ((scope & MLD_SCOPE_GUARANTEE) && branch != MLD_WITH)
        return 0;
    if ((scope & MLD_SCOPE_CLASS_B) && !(plan->fund.share_class[MLD_CLASS_B].commitment > 0))
        return 0;
    if ((scope & MLD_SCOPE_FORM) && argument >= plan->n_forms)
        return 0;
    return 1;
}

int mld_measure_applies(const struct mld_plan *plan, int measure, enum mld_branch branch)
{
    return scope_applies(plan, mld_measures[measure].scope, mld_measures[measure].argument, branch);
}

int mld_series_applies(const struct mld_plan *plan, int series, enum mld_branch branch)
{
    return scope_applies(plan, mld_series[series].scope, 0, branch);
}

static int calendar_years(const struct mld_plan *plan)
{
    return mld_grid_calendar_year(&plan->grid, plan->grid.periods - 1) - mld_grid_calendar_year(&plan->grid, 0) + 1;
}

int mld_series_length(const struct mld_plan *plan, int series)
{
    return mld_series[series].axis == MLD_AXIS_PERIOD ? plan->grid.periods : calendar_years(plan);
}

int mld_series_offset(const struct mld_plan *plan, int series)
{
    int offset = 0;
    for (int i = 0; i < series; i++)
        offset += mld_series_length(plan, i);
    return offset;
}

int mld_series_total(const struct mld_plan *plan)
{
    return mld_series_offset(plan, mld_series_count());
}

/* One block of memory, cut into the arrays of the view. */
static double *cut(double **next, size_t count)
{
    double *start = *next;
    *next += count;
    return start;
}

struct mld_measures_workspace *mld_measures_create(const struct mld_plan *plan, int paths)
{
    size_t row = (size_t)paths, table = row * (size_t)plan->grid.periods;
    struct mld_measures_workspace *workspace = calloc(1, sizeof *workspace);
    if (!workspace)
        return NULL;
    struct mld_measure_view *view = &workspace->view;
    workspace->memory = calloc(4 * table + 13 * row, sizeof(double));
    workspace->offset = calloc((size_t)mld_series_count() + 1, sizeof(int));
    view->roots = calloc(row, sizeof(int));
    if (!workspace->memory || !workspace->offset || !view->roots) {
        mld_measures_free(workspace);
        return NULL;
    }
    double *next = workspace->memory;
    view->net = cut(&next, table);
    view->paid_in = cut(&next, table);
    view->distributed = cut(&next, table);
    view->cost = cut(&next, row);
    for (int k = 0; k < MLD_CLASSES; k++) {
        view->class_paid_in[k] = cut(&next, row);
        view->class_received[k] = cut(&next, row);
        view->irr[k] = cut(&next, row);
    }
    view->irr_gross = cut(&next, row);
    view->roots_a = cut(&next, row);
    view->roots_gross = cut(&next, row);
    view->plan = plan;
    view->periods = plan->grid.periods;
    view->years = calendar_years(plan);
    for (int i = 0; i < mld_series_count(); i++)
        workspace->offset[i] = mld_series_offset(plan, i);
    return workspace;
}

void mld_measures_free(struct mld_measures_workspace *workspace)
{
    if (!workspace)
        return;
    free(workspace->view.roots);
    free(workspace->offset);
    free(workspace->memory);
    free(workspace);
}

/* Cost and gross IRR: investments and proceeds, no payouts, no fees. */
static void share_portfolio(struct mld_measure_view *view)
{
    const struct mld_pools *pools = view->pools;
    for (int p = 0; p < view->paths; p++) {
        const double *invested = pools->invested + (size_t)p * (size_t)pools->stride;
        const double *income = pools->income + (size_t)p * (size_t)pools->stride;
        const double *capital = pools->capital + (size_t)p * (size_t)pools->stride;
        double cost = 0;
        for (int t = 0; t < view->periods; t++) {
            cost += invested[t];
            view->net[(size_t)t * (size_t)view->width + (size_t)p] = income[t] + capital[t] - invested[t];
        }
        view->cost[p] = cost;
    }
    mld_irr_batch(view->periods, view->width, view->paths, view->plan->grid.periods_per_year, view->net,
                  view->irr_gross, view->roots);
    for (int p = 0; p < view->paths; p++)
        view->roots_gross[p] = view->roots[p];
}

static void add_row(int n, double *restrict total, const double *restrict row)
{
    for (int p = 0; p < n; p++)
        total[p] += row[p];
}

static void net_row(int n, double share, const double *restrict call, const double *restrict received,
                    double *restrict net, double *restrict paid_total, double *restrict received_total)
{
    for (int p = 0; p < n; p++) {
        net[p] = received[p] - share * call[p];
        paid_total[p] += share * call[p];
        received_total[p] += received[p];
    }
}

/* What each class pays in and receives, and its net IRR. Calls are pro rata to commitments. */
static void share_class(struct mld_measure_view *view, int class)
{
    const struct mld_fund_spec *fund = &view->plan->fund;
    double share = fund->share_class[class].commitment / fund->commitments;
    memset(view->class_paid_in[class], 0, (size_t)view->width * sizeof(double));
    memset(view->class_received[class], 0, (size_t)view->width * sizeof(double));
    for (int t = 0; t < view->periods; t++) {
        size_t at = (size_t)t * (size_t)view->width;
        net_row(view->width, share, view->fund->call + at, view->fund->distribution[class] + at, view->net + at,
                view->class_paid_in[class], view->class_received[class]);
    }
    if (!(fund->share_class[class].commitment > 0))
        return;
    mld_irr_batch(view->periods, view->width, view->paths, view->plan->grid.periods_per_year, view->net,
                  view->irr[class], view->roots);
    if (class == MLD_CLASS_A)
        for (int p = 0; p < view->paths; p++)
            view->roots_a[p] = view->roots[p];
}

static void share_fund(struct mld_measure_view *view)
{
    size_t row = (size_t)view->width;
    for (int class = 0; class < MLD_CLASSES; class++)
        share_class(view, class);
    for (int t = 0; t < view->periods; t++) {
        size_t at = (size_t)t * row;
        if (t > 0) {
            memcpy(view->paid_in + at, view->paid_in + at - row, row * sizeof(double));
            memcpy(view->distributed + at, view->distributed + at - row, row * sizeof(double));
        } else {
            memset(view->paid_in, 0, row * sizeof(double));
            memset(view->distributed, 0, row * sizeof(double));
        }
        add_row(view->width, view->paid_in + at, view->fund->call + at);
        for (int class = 0; class < MLD_CLASSES; class++)
            add_row(view->width, view->distributed + at, view->fund->distribution[class] + at);
        add_row(view->width, view->distributed + at, view->fund->beneficiary + at);
    }
}

double mld_lost_receivable(const struct mld_measure_view *view, int path)
{
    if (!view->fund)
        return 0;
    double owed = 0, charged = 0;
    for (int t = 0; t < view->periods; t++) {
        size_t at = (size_t)t * (size_t)view->width + (size_t)path;
        owed += view->fund->guarantee_cost[at] - view->fund->paid_guarantee[at];
        charged += view->fund->guarantee_cost[at];
    }
    return mld_exceeds(owed, 0, charged) ? owed : 0;
}

void mld_measures_fill(struct mld_measures_workspace *workspace, const struct mld_measure_input *input, int width,
                       double *value, double *series_value)
{
    struct mld_measure_view *view = &workspace->view;
    view->pools = input->pools;
    view->fund = input->fund;
    view->guarantee = input->guarantee;
    view->paths = input->paths;
    view->width = width;
    share_portfolio(view);
    if (view->fund)
        share_fund(view);
    for (int i = 0; mld_series[i].name; i++)
        if (mld_series_applies(view->plan, i, input->branch))
            mld_series[i].fill(view, series_value + (size_t)workspace->offset[i] * (size_t)width);
    for (int i = 0; mld_measures[i].name; i++)
        if (mld_measure_applies(view->plan, i, input->branch))
            mld_measures[i].fill(view, mld_measures[i].argument, value + (size_t)i * (size_t)width);
}
