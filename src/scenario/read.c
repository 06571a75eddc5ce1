/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the tree of a scenario to the read fields of a plan, and its judgements. */
#include "scenario/resolve.h"
#include "scenario/scenario_internal.h"

#include <stdlib.h>
#include <string.h>

/* The part of the scenario a dotted key belongs to. */
static unsigned part_of(const char *dotted)
{
    static const struct {
        const char *key;
        unsigned part;
    } parts[] = {
        { "periods_per_year", MLD_PART_GRID },   { "horizon_years", MLD_PART_GRID },
        { "factors", MLD_PART_FACTORS },         { "legal_forms", MLD_PART_FORMS },
        { "instruments", MLD_PART_INSTRUMENTS }, { "thesis", MLD_PART_PORTFOLIO },
        { "tape", MLD_PART_PORTFOLIO },          { "fund", MLD_PART_FUND },
        { "guarantee", MLD_PART_GUARANTEE },     { "endowment", MLD_PART_ENDOWMENT },
        { "feeder", MLD_PART_FEEDER },           { "indicators", MLD_PART_INDICATORS },
        { "sensitivity", MLD_PART_SENSITIVITY }, { "rank_correlations", MLD_PART_SENSITIVITY }
    };
    size_t length = strcspn(dotted, ".[");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strlen(parts[i].key) == length && !memcmp(parts[i].key, dotted, length))
            return parts[i].part;
    return 0;
}

/* ---- names of a domain, as far as the plan is read ---- */

static int domain_size(const void *context, enum mld_domain domain)
{
    const struct mld_plan *plan = context;
    switch (domain) {
    case MLD_DOMAIN_FACTOR: return plan->model.factors.n_factors;
    case MLD_DOMAIN_SECTOR: return plan->model.factors.n_sectors;
    case MLD_DOMAIN_FORM: return plan->model.n_forms;
    case MLD_DOMAIN_INSTRUMENT: return MLD_INSTRUMENTS;
    default: return 0;
    }
}

static const char *domain_name(const void *context, enum mld_domain domain, int i)
{
    const struct mld_plan *plan = context;
    switch (domain) {
    case MLD_DOMAIN_FACTOR: return plan->model.factors.factor[i].name;
    case MLD_DOMAIN_SECTOR: return plan->model.factors.sector[i];
    case MLD_DOMAIN_FORM: return plan->model.form[i].name;
    case MLD_DOMAIN_INSTRUMENT: return mld_instruments[i]->name;
    default: return "";
    }
}

static const char *domain_french(const void *context, enum mld_domain domain, int i)
{
    (void)context;
    return domain == MLD_DOMAIN_INSTRUMENT ? mld_instruments[i]->summary_fr : "";
}

enum mld_status mld_scenario_read(const struct mld_scenario *scenario, struct mld_reading *reading,
                                  unsigned *misread, struct mld_messages *messages)
{
    reading->plan.echo = calloc(1, sizeof *reading->plan.echo);
    if (!reading->plan.echo)
        return MLD_ERR_MEMORY;
    struct mld_read_spec spec = { .root = scenario->root,
                                  .table = mld_scenario_params,
                                  .into = (char *)reading,
                                  .domains = { &reading->plan, domain_size, domain_name,
                                               domain_french },
                                  .part_of = part_of,
                                  .echo = reading->plan.echo,
                                  .messages = messages };
    return mld_params_read(&spec, misread);
}
