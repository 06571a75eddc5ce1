/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judgements of `sensitivity` that cannot be run. */
#include "scenario/doubtful.h"

#include <string.h>

/* The first reason, without the row it may begin with. */
static void warn_judgement(const struct mld_scenario *scenario, struct mld_plan *plan,
                           const struct mld_sensitivity *row, const char *end,
                           const struct mld_messages *told)
{
    char key[MLD_KEY];
    const struct mld_places places = { scenario, &plan->echo->arena };
    const char *where = mld_scenario_where(&places,
                                           mld_check_key(key, "sensitivity.%s", row->name)),
               *reason = told->count ? told->text[0] : "";
    mld_check_key(key, "sensitivity.%s, %s", row->name, end);
    if (!strncmp(reason, key, strlen(key)))
        reason += strlen(key) + strspn(reason + strlen(key), ": ");
    mld_warn(&plan->warnings, MLD_WARN_SENSITIVITY, where, key,
             &(struct mld_warning_value){ .text = reason });
}

void mld_doubt_judgements(const struct mld_scenario *scenario,
                          const struct mld_judgements *judgements, struct mld_plan *plan)
{
    for (int i = 0; i < judgements->count; i++)
        for (int high = 0; high < 2; high++) {
            struct mld_messages told;
            mld_messages_init(&told);
            enum mld_status status = mld_judgement_try(scenario, plan, &judgements->row[i], high,
                                                       &told);
            if (status == MLD_ERR_INPUT)
                warn_judgement(scenario, plan, &judgements->row[i], high ? "high" : "low", &told);
            plan->warnings.lost |= status == MLD_ERR_MEMORY || told.lost;
            mld_messages_clear(&told);
        }
}
