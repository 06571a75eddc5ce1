/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terms of a fund that are to be looked at again (model, section 16). */
#include "scenario/doubtful.h"

#include <math.h>

/* Paths whose portfolios are looked at, and how many of them may wait. */
enum { PATHS = 1024, BATCH = 64 };
static const double few = 0.05;

struct waits {
    int paths, waiting; /* looked at; with a deal that waits */
    long deals, periods;
};

static void count(const struct mld_portfolio *portfolio, int paths, struct waits *waits)
{
    waits->paths += paths;
    for (int p = 0; p < paths; p++) {
        waits->waiting += portfolio->waited[p] > 0;
        waits->deals += portfolio->waited[p];
        waits->periods += portfolio->periods_waited[p];
    }
}

/* The portfolios of the first paths; one where all are the same. */
static enum mld_status look(const struct mld_plan *plan, struct waits *waits)
{
    const struct mld_model *model = &plan->model;
    int same = model->has_tape || model->thesis.resample == MLD_RESAMPLE_RUN,
        most = same                  ? 1
               : plan->paths < PATHS ? (int)plan->paths
                                     : PATHS,
        batch = most < BATCH ? most : BATCH;
    struct mld_portfolio portfolio;
    enum mld_status status = mld_portfolio_init(&portfolio, model, batch);
    for (int p = 0; p < most && status == MLD_OK; p += batch) {
        int n = most - p < batch ? most - p : batch;
        mld_portfolio_fill(model, (uint32_t)p, n, &portfolio);
        count(&portfolio, n, waits);
    }
    if (status == MLD_OK)
        mld_portfolio_clear(&portfolio);
    return status;
}

void mld_doubt_closings(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    struct waits waits = { 0 };
    const struct mld_places places = { scenario, &plan->echo->arena };
    const char *key = plan->fund.n_closings > 1 ? "fund.closings" : "fund.grants";
    if (!plan->model.waiting_periods)
        return;
    if (look(plan, &waits) != MLD_OK) {
        plan->warnings.lost++;
        return;
    }
    if (waits.waiting <= few * waits.paths)
        return;
    double years = (double)waits.periods / (double)waits.deals / plan->model.grid.periods_per_year;
    mld_warn(&plan->warnings, MLD_WARN_WAITING, mld_scenario_where(&places, key), key,
             (struct mld_warning_value[]){ { .number = (double)waits.waiting / waits.paths },
                                           { .number = round(100 * years) / 100 } });
}

/* From nothing drawn, a need K is borrowed whole up to K = limit (U − K). */
void mld_doubt_credit_line(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    const struct mld_places places = { scenario, &plan->echo->arena };
    double limit = plan->fund.credit_line.limit, part = limit / (1 + limit);
    static const char key[] = "fund.credit_line.limit";
    if (limit > 0)
        mld_warn(&plan->warnings, MLD_WARN_BORROWING, mld_scenario_where(&places, key), key,
                 (struct mld_warning_value[]){ { .number = part * plan->fund.commitments },
                                               { .number = part } });
}
