/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan without a mistake says and hardly means: the warnings that need the plan as a whole. */
#include "scenario/resolve.h"
#include "scenario/scenario_internal.h"

#include "milliard/plan.h"

#include <stdlib.h>
#include <string.h>

/* ---- amounts in another unit ---- */

/* Nobody invests, commits or grants less than that: it is millions, as a note to investors has them. */
static const double least_amount = 1000;

static int is_in_millions(double amount)
{
    return amount > 0 && amount < least_amount;
}

static void warn_unit(struct mld_plan *plan, const char *where, const char *key, double amount, double factor)
{
    const struct mld_warning_value value[] = { { .number = amount }, { .number = amount * factor } };
    mld_warn(&plan->warnings, MLD_WARN_UNIT, where, key, value);
}

/* Every amount of the scenario, by the unit of its row. */
static void find_millions(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    for (size_t i = 0; i < scenario->n_echo; i++) {
        const struct mld_echo *echo = &scenario->echo[i];
        double amount = strtod(echo->value, NULL);
        if (echo->origin != MLD_DEFAULTED && !strcmp(echo->unit, "EUR") && is_in_millions(amount))
            warn_unit(plan, echo->where, echo->key, amount, 1e6);
    }
}

/* ---- judgements that cannot be run ---- */

/* The first reason, without the row it may begin with. */
static void warn_judgement(const struct mld_scenario *scenario, struct mld_plan *plan, const struct mld_sensitivity *row, const char *end,
                           const struct mld_messages *told)
{
    char key[MLD_KEY];
    const char *where = mld_scenario_where(scenario, mld_check_key(key, "sensitivity.%s", row->name)), *reason = told->count ? told->text[0] : "";
    mld_check_key(key, "sensitivity.%s, %s", row->name, end);
    if (!strncmp(reason, key, strlen(key)))
        reason += strlen(key) + strspn(reason + strlen(key), ": ");
    mld_warn(&plan->warnings, MLD_WARN_SENSITIVITY, where, key, &(struct mld_warning_value){ .text = reason });
}

static void find_judgements(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    for (int i = 0; i < plan->n_sensitivities; i++)
        for (int high = 0; high < 2; high++) {
            struct mld_messages told;
            mld_messages_init(&told);
            enum mld_status status = mld_judgement_try(scenario, plan, &plan->sensitivity[i], high, &told);
            if (status == MLD_ERR_INPUT)
                warn_judgement(scenario, plan, &plan->sensitivity[i], high ? "high" : "low", &told);
            plan->warnings.lost |= status == MLD_ERR_MEMORY || told.lost;
            mld_messages_clear(&told);
        }
}

void mld_find_doubtful(const struct mld_scenario *scenario, struct mld_plan *plan)
{
    find_millions(scenario, plan);
    find_judgements(scenario, plan);
}
