/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quantities that several rows of the tables share, and the loop over the tables. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/closings.h"
#include "measure/indicators.h"
#include "measure/irr.h"
#include "measure/view.h"
#include "milliard/numerics.h"

struct mld_measures_workspace {
    struct mld_measure_view view;
    int *offset; /* of each series, in steps */
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
    /* what results files have called so since their first format */
    if (strcmp(name, "quota_by_volume") == 0)
        name = "quota_ratio";
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

/* The legal form that a row of that scope and argument is about. */
static int form_of(unsigned scope, int argument)
{
    return scope & MLD_SCOPE_INDICATORS ? argument % MLD_INDICATOR_STEP - MLD_INDICATOR_FORM
                                        : argument;
}

int mld_measure_form(int measure)
{
    unsigned scope = mld_measures[measure].scope;
    return scope & MLD_SCOPE_FORM ? form_of(scope, mld_measures[measure].argument) : -1;
}

static int indicator_of(unsigned scope)
{
    for (int k = 0; k < MLD_MAX_INDICATORS; k++)
        if (scope & (unsigned)MLD_SCOPE_INDICATOR << k)
            return k;
    return -1;
}

int mld_measure_indicator(int measure) { return indicator_of(mld_measures[measure].scope); }
int mld_series_indicator(int series) { return indicator_of(mld_series[series].scope); }

const char *mld_form_label(const char *name, int french)
{
    static const struct {
        const char *name, *french, *english;
    } form[] = { { "association", "associations", "associations" },
                 { "cooperative", "coopératives", "cooperatives" },
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
        snprintf(text, MLD_LABEL_SIZE, "%.*s, %s", (int)strcspn(label, ","), label,
                 mld_form_label(form, french));
    else
        snprintf(text, MLD_LABEL_SIZE, "%s", label);
    return text;
}

/* What a fund's scenario says of public money. */
static int public_applies(const struct mld_fund_spec *fund, unsigned scope)
{
    double granted = 0, money = mld_fund_public_money(fund);
    for (int i = 0; i < fund->n_grants; i++)
        granted += fund->grant[i].amount;
    return !((scope & MLD_SCOPE_INVESTOR && !(money > granted)) ||
             (scope & MLD_SCOPE_PUBLIC && !(money > 0)) ||
             (scope & MLD_SCOPE_PRIVATE && isnan(mld_fund_private_part(fund))) ||
             (scope & MLD_SCOPE_EQUITY && isnan(fund->reference_rate_equity)));
}

static int scope_applies(const struct mld_design *design, int n_forms, unsigned scope, int argument)
{
    if ((scope & MLD_SCOPE_FUND) && !design->fund)
        return 0;
    if ((scope & MLD_SCOPE_GUARANTEE) && !design->guarantee)
        return 0;
    if ((scope & MLD_SCOPE_DUE) && design->guarantee && design->guarantee->n_dotations > 0)
        return 0;
    if (design->fund && !public_applies(design->fund, scope))
        return 0;
    if ((scope & MLD_SCOPE_PASSED) && !(design->guarantee->pass_through > 0))
        return 0;
    if ((scope & MLD_SCOPE_RECYCLED) && !(design->fund && design->fund->recycling.present))
        return 0;
    if ((scope & MLD_SCOPE_FOLLOWED) && !(design->volume > 0))
        return 0;
    if ((scope & MLD_SCOPE_BENEFICIARY) &&
        !(design->fund && design->fund->impact_to == MLD_IMPACT_TO_BENEFICIARY))
        return 0;
    if ((scope & MLD_SCOPE_ENDOWMENT) && !design->endowment)
        return 0;
    if ((scope & MLD_SCOPE_FEEDER) && !(design->fund && design->feeder))
        return 0;
    if ((scope & MLD_SCOPE_CLASS_B) &&
        !(design->fund && design->fund->share_class[MLD_CLASS_B].commitment > 0))
        return 0;
    if ((scope & MLD_SCOPE_CLOSINGS) && !(design->fund && design->fund->n_closings > 1))
        return 0;
    if ((scope & MLD_SCOPE_WAITING) && !(design->fund && mld_fund_grows(design->fund)))
        return 0;
    if ((scope & MLD_SCOPE_LINE) &&
        !(design->fund->credit_line.limit > 0 &&
          !(argument == MLD_LINE_WITHOUT && design->fund->recycling.present)))
        return 0;
    if ((scope & MLD_SCOPE_CLOSING) && argument >= design->fund->n_closings)
        return 0;
    for (int k = 0; k < MLD_MAX_INDICATORS; k++)
        if ((scope & (unsigned)MLD_SCOPE_INDICATOR << k) && design->indicators <= k)
            return 0;
    return !(scope & MLD_SCOPE_FORM) || form_of(scope, argument) < n_forms;
}

int mld_measure_applies(const struct mld_design *design, int n_forms, int measure)
{
    return scope_applies(design, n_forms, mld_measures[measure].scope,
                         mld_measures[measure].argument);
}

int mld_design_shares(const struct mld_design *design, const struct mld_design *first,
                      unsigned scope)
{
    const unsigned own = MLD_SCOPE_FUND | MLD_SCOPE_GUARANTEE | MLD_SCOPE_CLASS_B;
    return design != first && !(scope & own) && design->lives == first->lives;
}

int mld_series_applies(const struct mld_design *design, int series)
{
    return scope_applies(design, 0, mld_series[series].scope, 0);
}

static int calendar_years(const struct mld_grid *grid)
{
    return mld_grid_calendar_year(grid, grid->periods - 1) - mld_grid_calendar_year(grid, 0) + 1;
}

int mld_series_length(const struct mld_grid *grid, int series)
{
    return mld_series[series].axis == MLD_AXIS_PERIOD ? grid->periods : calendar_years(grid);
}

int mld_series_offset(const struct mld_grid *grid, int series)
{
    int offset = 0;
    for (int i = 0; i < series; i++)
        offset += mld_series_length(grid, i);
    return offset;
}

int mld_series_total(const struct mld_grid *grid)
{
    return mld_series_offset(grid, mld_series_count());
}

/* One block of memory, cut into the arrays of the view. */
static double *cut(double **next, size_t count)
{
    double *start = *next;
    *next += count;
    return start;
}

struct mld_measures_workspace *mld_measures_create(const struct mld_grid *grid, int paths)
{
    size_t row = (size_t)paths, table = row * (size_t)grid->periods;
    struct mld_measures_workspace *workspace = calloc(1, sizeof *workspace);
    if (!workspace)
        return NULL;
    struct mld_measure_view *view = &workspace->view;
    workspace->memory = calloc(4 * table + (17 + MLD_CLASSES + 1) * row, sizeof(double));
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
    view->followed = cut(&next, (MLD_CLASSES + 1) * row);
    view->roots_a = cut(&next, row);
    view->roots_gross = cut(&next, row);
    view->principal = cut(&next, row);
    view->interest = cut(&next, row);
    view->member_paid = cut(&next, row);
    view->member_received = cut(&next, row);
    view->grid = grid;
    view->periods = grid->periods;
    view->years = calendar_years(grid);
    for (int i = 0; i < mld_series_count(); i++)
        workspace->offset[i] = mld_series_offset(grid, i);
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

static void net_of_deals(int n, const double *restrict invested, const double *restrict income,
                         const double *restrict capital, double *restrict net,
                         double *restrict cost)
{
    for (int p = 0; p < n; p++) {
        cost[p] += invested[p];
        net[p] = income[p] + capital[p] - invested[p];
    }
}

/* Cost and, where asked, the gross IRR: investments and proceeds, no payouts, no fees. */
static void share_portfolio(struct mld_measure_view *view, unsigned shared)
{
    memset(view->cost, 0, (size_t)view->width * sizeof(double));
    for (int t = 0; t < view->periods; t++) {
        size_t at = (size_t)t * (size_t)view->width;
        net_of_deals(view->width, view->pools->invested + at, view->pools->income + at,
                     view->pools->capital + at, view->net + at, view->cost);
    }
    if (!(shared & MLD_SHARED_GROSS))
        return;
    mld_irr_batch(view->periods, view->width, view->paths, view->grid->periods_per_year, view->net,
                  view->irr_gross, view->roots);
    for (int p = 0; p < view->paths; p++)
        view->roots_gross[p] = view->roots[p];
}

static void add_row(int n, double *restrict total, const double *restrict row)
{
    for (int p = 0; p < n; p++)
        total[p] += row[p];
}

static void net_row(int n, double share, const double *restrict call,
                    const double *restrict received, double *restrict net,
                    double *restrict paid_total, double *restrict received_total)
{
    for (int p = 0; p < n; p++) {
        net[p] = received[p] - share * call[p];
        paid_total[p] += share * call[p];
        received_total[p] += received[p];
    }
}

/*
 * What a class pays in and receives, and its net IRR where asked. Calls are pro rata to
 * commitments.
 */
static void share_class(struct mld_measure_view *view, int class, unsigned shared)
{
    const struct mld_fund_spec *fund = view->fund_spec;
    double share = fund->share_class[class].commitment / fund->commitments;
    unsigned irr = (unsigned)MLD_SHARED_IRR << class, flows = (unsigned)MLD_SHARED_CLASS << class;
    if (!(shared & (irr | flows | MLD_SHARED_REST)))
        return;
    memset(view->class_paid_in[class], 0, (size_t)view->width * sizeof(double));
    memset(view->class_received[class], 0, (size_t)view->width * sizeof(double));
    for (int t = 0; t < view->periods; t++) {
        size_t at = (size_t)t * (size_t)view->width;
        net_row(view->width, share, view->fund->call + at, view->fund->distribution[class] + at,
                view->net + at, view->class_paid_in[class], view->class_received[class]);
    }
    if (!(fund->share_class[class].commitment > 0) || !(shared & irr))
        return;
    mld_irr_batch(view->periods, view->width, view->paths, view->grid->periods_per_year, view->net,
                  view->irr[class], view->roots);
    if (class == MLD_CLASS_A)
        for (int p = 0; p < view->paths; p++)
            view->roots_a[p] = view->roots[p];
}

static void share_fund(struct mld_measure_view *view, unsigned shared)
{
    size_t row = (size_t)view->width;
    for (int class = 0; class < MLD_CLASSES; class ++)
        share_class(view, class, shared);
    for (int t = 0; t < view->periods && shared & MLD_SHARED_REST; t++) {
        size_t at = (size_t)t * row;
        if (t > 0) {
            memcpy(view->paid_in + at, view->paid_in + at - row, row * sizeof(double));
            memcpy(view->distributed + at, view->distributed + at - row, row * sizeof(double));
        } else {
            memset(view->paid_in, 0, row * sizeof(double));
            memset(view->distributed, 0, row * sizeof(double));
        }
        add_row(view->width, view->paid_in + at, view->fund->call + at);
        for (int class = 0; class < MLD_CLASSES; class ++)
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

void mld_measures_fill(struct mld_measures_workspace *workspace,
                       const struct mld_measure_input *input, int width, double *value,
                       double *series_value)
{
    struct mld_measure_view *view = &workspace->view;
    view->fund_spec = input->design->fund;
    view->volume = input->design->volume;
    view->guarantee_spec = input->design->guarantee;
    view->pools = input->pools;
    view->fund = input->fund;
    view->without_line = input->without_line;
    view->guarantee = input->guarantee;
    view->holdings = input->holdings;
    view->nav = input->nav;
    view->feeder_spec = input->design->feeder;
    view->feeder = input->feeder;
    view->endowment_spec = input->design->endowment;
    view->endowment = input->endowment;
    view->indicators = input->indicators;
    view->tmo = input->tmo;
    view->tmo_stride = input->tmo_stride;
    view->paths = input->paths;
    view->width = width;
    unsigned shared = mld_measure_shared(input->wanted) | (series_value ? MLD_SHARED_REST : 0);
    if (shared & (MLD_SHARED_GROSS | MLD_SHARED_REST))
        share_portfolio(view, shared);
    if (view->fund && shared)
        share_fund(view, shared);
    for (int i = 0; series_value && mld_series[i].name; i++)
        if (mld_series_applies(input->design, i))
            mld_series[i].fill(view, series_value + (size_t)workspace->offset[i] * (size_t)width);
    for (int i = 0; mld_measures[i].name; i++)
        if ((!input->wanted || input->wanted[i]) &&
            mld_measure_applies(input->design, input->n_forms, i))
            mld_measures[i].fill(view, mld_measures[i].argument, value + (size_t)i * (size_t)width);
}
