/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The designs of a scenario, and the lives that they read. */
#include "milliard/plan.h"

#include <string.h>

#include "milliard/measure.h"

const char *const mld_design_names[] = {
    [MLD_WITHOUT] = "without", [MLD_WITH] = "with", [MLD_KEPT] = "kept", NULL
};

/* The place of a multiple of x·PD among the model's, which are listed as they are met. */
static int hazard_level(struct mld_model *model, double multiple)
{
    int level = 0;
    while (level < model->n_hazards && model->hazard[level] != multiple)
        level++;
    if (level == model->n_hazards)
        model->hazard[model->n_hazards++] = multiple;
    return level;
}

/* moral_hazard · (1 + hazard_slope · q) of a layer (model, section 14) */
static double multiple_of(const struct mld_guarantee_spec *spec, const struct mld_layer *layer)
{
    return spec->moral_hazard * (1 + spec->hazard_slope * layer->quotite);
}

static int on_deals(const struct mld_layer *layer) { return !*layer->covers_layer; }

/*
 * The lives of the design with: those of the one without, unless behaviour tells them apart, or
 * each fund chooses its deals.
 */
static int lives_of_guarantee(struct mld_plan *plan)
{
    const struct mld_guarantee_spec *guarantee = &plan->guarantee;
    const double cut = mld_plan_rate_cut(plan);
    int hazards = 0, rates = 0;
    for (int l = 0; l < guarantee->n_layers; l++) {
        const struct mld_layer *layer = &guarantee->layer[l];
        hazards |= on_deals(layer) && multiple_of(guarantee, layer) != 1;
        rates |= on_deals(layer) && layer->quotite * cut > 0;
    }
    if (!hazards && !rates && !plan->lives[0].candidates)
        return 0;
    plan->lives[plan->n_lives].candidates = plan->lives[0].candidates;
    plan->lives[plan->n_lives].changes_hazards = hazards;
    plan->lives[plan->n_lives].cuts_rates = rates;
    return plan->n_lives++;
}

/* What each cover does to the issuers and the debt that it takes. */
static void list_behaviour(struct mld_plan *plan, struct mld_lives_spec *lives)
{
    const struct mld_guarantee_spec *guarantee = &plan->guarantee;
    const double cut = mld_plan_rate_cut(plan);
    for (int l = 0; l < guarantee->n_layers; l++) {
        const struct mld_layer *layer = &guarantee->layer[l];
        if (!on_deals(layer))
            continue;
        lives->hazard[layer->rows] = hazard_level(&plan->model, multiple_of(guarantee, layer));
        lives->rate_cut[layer->rows] = layer->quotite * cut;
    }
}

/* A dotation that runs out does not pay all that is due: what would, on the same lives. */
static void add_kept(struct mld_plan *plan, const struct mld_design *with)
{
    plan->kept = plan->guarantee;
    plan->kept.n_dotations = 0;
    memset(plan->kept.dotation, 0, sizeof plan->kept.dotation);
    plan->n_designs = 3;
    plan->design[MLD_KEPT] = *with;
    plan->design[MLD_KEPT].name = mld_design_names[MLD_KEPT];
    plan->design[MLD_KEPT].guarantee = &plan->kept;
    if (!plan->lives[with->lives].candidates)
        return;
    plan->lives[plan->n_lives] = plan->lives[with->lives];
    plan->design[MLD_KEPT].lives = plan->n_lives++;
}

void mld_plan_list_designs(struct mld_plan *plan)
{
    const struct mld_fund_spec *fund = plan->fund.present ? &plan->fund : NULL;
    const struct mld_thesis *thesis = &plan->model.thesis;
    const struct mld_feeder_spec *feeder = plan->feeder.present ? &plan->feeder : NULL;
    const struct mld_endowment_spec *endowment = plan->endowment.present ? &plan->endowment : NULL;
    double volume = plan->model.has_thesis && thesis->has_follow_on ? thesis->volume : 0;
    memset(plan->lives, 0, sizeof plan->lives);
    plan->model.n_hazards = 1;
    plan->model.hazard[0] = 1;
    plan->n_lives = plan->n_designs = 1;
    plan->lives[0].candidates = fund && fund->recycling.present;
    plan->design[MLD_WITHOUT] = (struct mld_design){ .name = mld_design_names[MLD_WITHOUT],
                                                     .fund = fund,
                                                     .feeder = feeder,
                                                     .endowment = endowment,
                                                     .indicators = plan->model.indicators.n,
                                                     .volume = volume };
    if (!plan->guarantee.present)
        return;
    int lives = lives_of_guarantee(plan);
    mld_guarantee_list_covers(&plan->guarantee, &plan->lives[lives].covers);
    list_behaviour(plan, &plan->lives[lives]);
    plan->n_designs = 2;
    plan->design[MLD_WITH] = (struct mld_design){ .name = mld_design_names[MLD_WITH],
                                                  .guarantee = &plan->guarantee,
                                                  .fund = fund,
                                                  .feeder = feeder,
                                                  .endowment = endowment,
                                                  .indicators = plan->model.indicators.n,
                                                  .lives = lives,
                                                  .volume = volume };
    if (plan->guarantee.n_dotations > 0)
        add_kept(plan, &plan->design[MLD_WITH]);
}

double mld_plan_rate_cut(const struct mld_plan *plan)
{
    const struct mld_cover_price *cover = &plan->cover_price;
    double premium = cover->known ? cover->price - cover->fee : 0;
    return premium > 0 ? plan->guarantee.pass_through * premium : 0;
}

void mld_plan_pass_through(struct mld_plan *plan, struct mld_cover_price price)
{
    plan->cover_price = price;
    mld_plan_list_designs(plan);
}

int mld_design_fully_paid(int n_designs) { return n_designs - 1; }

int mld_plan_reader(const struct mld_plan *plan, int lives)
{
    int d = 0;
    while (d < plan->n_designs - 1 && plan->design[d].lives != lives)
        d++;
    return d;
}

uint32_t mld_plan_trajectories(const struct mld_plan *plan)
{
    double first = plan->run.trajectories_first;
    switch (plan->run.trajectories) {
    case MLD_TRAJECTORIES_ALL: return plan->paths;
    case MLD_TRAJECTORIES_FIRST: return first < plan->paths ? (uint32_t)first : plan->paths;
    default: return 0;
    }
}

int mld_plan_keeps(const struct mld_plan *plan, int measure)
{
    const struct mld_run_spec *run = &plan->run;
    int listed = 0;
    for (int i = 0; i < run->n_listed; i++)
        listed |= strcmp(run->listed[i], mld_measures[measure].name) == 0;
    return run->measures == MLD_KEPT_ALL || (run->measures == MLD_KEPT_LISTED && listed);
}

double mld_plan_stored(const struct mld_plan *plan, double value)
{
    return plan->run.storage == MLD_STORED_SINGLE ? (double)(float)value : value;
}

uint32_t mld_plan_fan_paths(const struct mld_plan *plan)
{
    return plan->run.fans == MLD_FANS_FIRST && plan->paths > MLD_FANS_FIRST_PATHS
               ? MLD_FANS_FIRST_PATHS
               : plan->paths;
}

uint32_t mld_plan_group_paths(const struct mld_plan *plan)
{
    return plan->paths < MLD_FANS_FIRST_PATHS ? plan->paths : MLD_FANS_FIRST_PATHS;
}
