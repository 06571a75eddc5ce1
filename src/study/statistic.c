/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The grammar of a number of a run, "[design.]measure[.mean|.sd|.pNN|.shortfall]": read from the
 * left, each part up to the next point, but for the level of a quantile, which may hold one.
 */
#include "milliard/study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/plain.h"
#include "milliard/measure.h"
#include "params/french.h"
#include "params/names.h"
#include "study/study.h"

enum { MOST_DIGITS = 6 }; /* of a level after its point */

struct reading {
    const char *text, *place;
    const struct mld_plan *plan;
    struct mld_statistic *statistic;
    int design_is_given;
    struct mld_messages *messages;
};

static enum mld_status refuse(const struct reading *reading, const char *what, const char *name,
                              const char *nearest)
{
    mld_messages_add(reading->messages, "%s: \"%s\": %s%s%s%s%s%s", reading->place, reading->text,
                     what, *name ? " " : "", name, nearest ? "; did you mean " : "",
                     nearest ? nearest : "", nearest ? "?" : "");
    return MLD_ERR_INPUT;
}

/* The part that starts `*at`, which moves behind its point; "" when nothing is left. */
static void take_part(const char **at, char part[MLD_MAX_NAME])
{
    size_t length = strcspn(*at, "."), kept = length < MLD_MAX_NAME ? length : MLD_MAX_NAME - 1;
    memcpy(part, *at, kept);
    part[kept] = '\0';
    *at += length + ((*at)[length] == '.');
}

/* ---- the design ---- */

static const char *design_at(const void *context, int i)
{
    return ((const struct mld_plan *)context)->design[i].name;
}

static int design_named(const struct mld_plan *plan, const char *name)
{
    for (int i = 0; i < plan->n_designs; i++)
        if (!strcmp(plan->design[i].name, name))
            return i;
    return -1;
}

static int is_design_of_some(const char *name)
{
    for (int i = 0; mld_design_names[i]; i++)
        if (!strcmp(mld_design_names[i], name))
            return 1;
    return 0;
}

/* That with the guarantee, where there is one. */
static int usual_design(const struct mld_plan *plan)
{
    return plan->n_designs > MLD_WITH ? MLD_WITH : MLD_WITHOUT;
}

/* Takes a design from the front of `*at`, where one stands. */
static enum mld_status read_design(struct reading *reading, const char **at)
{
    const struct mld_plan *plan = reading->plan;
    const char *next = *at;
    char first[MLD_MAX_NAME], second[MLD_MAX_NAME];
    take_part(&next, first);
    int design = design_named(plan, first);
    reading->statistic->design = design < 0 ? usual_design(plan) : design;
    reading->design_is_given = design >= 0;
    if (design >= 0) {
        *at = next;
        return MLD_OK;
    }
    if (is_design_of_some(first))
        return refuse(reading,
                      plan->guarantee.present
                          ? "the guarantee has no dotation to run out, so with pays all that is "
                            "due, and there is no design"
                          : "the scenario has no guarantee, and no design",
                      first, NULL);
    take_part(&next, second);
    if (mld_measure_named(first) >= 0 || mld_measure_named(second) < 0)
        return MLD_OK;
    return refuse(reading, "no such design:", first,
                  mld_name_nearest(first, plan->n_designs, design_at, plan));
}

/* ---- the measure ---- */

static const char *measure_at(const void *context, int i)
{
    return ((const struct mld_measure *)context)[i].name;
}

static struct mld_candidate candidate_at(const void *context, int i)
{
    const struct mld_measure *measure = &((const struct mld_measure *)context)[i];
    return (struct mld_candidate){ measure->name, measure->label_fr };
}

static enum mld_status refuse_measure(const struct reading *reading, const char *name)
{
    char french[3 * MLD_MAX_NAME];
    int count = mld_measure_count();
    const char *meant = mld_name_nearest(name, count, measure_at, mld_measures);
    if (!meant)
        meant = mld_french_names(french, sizeof french, name, count, candidate_at, mld_measures);
    return *name ? refuse(reading, "no such measure:", name, meant)
                 : refuse(reading, "a measure is expected", "", NULL);
}

/* Why a design does not have a measure that others have. */
static const char *lacking(const struct mld_plan *plan, const struct mld_design *design,
                           unsigned scope)
{
    if (scope & MLD_SCOPE_FUND && !design->fund)
        return "the scenario has no fund";
    if (scope & MLD_SCOPE_GUARANTEE && !design->guarantee)
        return plan->guarantee.present ? "the design has no guarantee"
                                       : "the scenario has no guarantee";
    if (scope & MLD_SCOPE_DUE && design->guarantee && design->guarantee->n_dotations > 0)
        return "the design pays from a dotation, which may run out; ask it of kept";
    if (scope & MLD_SCOPE_PASSED && !(design->guarantee->pass_through > 0))
        return "the guarantee has no pass_through";
    if (scope & MLD_SCOPE_RECYCLED)
        return "the fund has no recycling";
    if (scope & MLD_SCOPE_FOLLOWED)
        return "no instrument of the thesis has a follow_on";
    if (scope & MLD_SCOPE_CLOSINGS && !(design->fund && design->fund->n_closings > 1))
        return "the fund has one closing";
    if (scope & MLD_SCOPE_INDICATORS)
        return "the scenario has fewer indicators";
    if (scope & MLD_SCOPE_FEEDER)
        return "the scenario has no feeder";
    if (scope & MLD_SCOPE_ENDOWMENT)
        return "the scenario has no endowment";
    if (scope & MLD_SCOPE_WAITING && !(design->fund && mld_fund_grows(design->fund)))
        return "the fund has one closing and no later grant";
    if (scope & MLD_SCOPE_LINE)
        return "the fund has no credit line";
    if (scope & MLD_SCOPE_CLOSING)
        return "the fund has fewer closings";
    if (scope & MLD_SCOPE_CLASS_B)
        return "the fund has no class B";
    if (scope & MLD_SCOPE_PRIVATE)
        return "the scenario does not say fund.classes.A.public_share";
    if (scope & MLD_SCOPE_EQUITY && isnan(design->fund->reference_rate_equity))
        return "the scenario gives no fund.reference_rate_equity";
    if (scope & (MLD_SCOPE_INVESTOR | MLD_SCOPE_PUBLIC))
        return "the fund has no public money";
    return "the scenario has fewer legal forms";
}

const char *mld_statistic_lacking(const struct mld_statistic *statistic,
                                  const struct mld_plan *plan)
{
    if (statistic->design >= plan->n_designs)
        return plan->guarantee.present ? "the guarantee has no dotation, and no design kept"
                                       : "the scenario has no guarantee";
    const struct mld_design *design = &plan->design[statistic->design];
    return mld_measure_applies(design, plan->model.n_forms, statistic->measure)
               ? NULL
               : lacking(plan, design, mld_measures[statistic->measure].scope);
}

/* What is measured where all is paid alone is asked of the design that pays it. */
static void choose_design(const struct reading *reading)
{
    const struct mld_plan *plan = reading->plan;
    struct mld_statistic *statistic = reading->statistic;
    if (!reading->design_is_given && mld_measures[statistic->measure].scope & MLD_SCOPE_DUE)
        statistic->design = mld_design_fully_paid(plan->n_designs);
}

static enum mld_status read_measure(const struct reading *reading, const char **at)
{
    char name[MLD_MAX_NAME];
    take_part(at, name);
    reading->statistic->measure = mld_measure_named(name);
    if (reading->statistic->measure < 0)
        return refuse_measure(reading, name);
    choose_design(reading);
    const char *why = mld_statistic_lacking(reading->statistic, reading->plan);
    return why ? refuse(reading, why, "", NULL) : MLD_OK;
}

/* ---- what is asked of it ---- */

/* The level of "5", 0.05, and its name, "p05"; of "99.90", 0.999 and "p99.9". 0, or -1: none. */
static int read_level(const char *text, double *level, char name[16])
{
    static const char digits[] = "0123456789";
    size_t whole = strspn(text, digits);
    const char *fraction = text + whole + (text[whole] == '.');
    size_t rest = strspn(fraction, digits);
    if (whole < 1 || whole > 2 || rest > MOST_DIGITS || fraction[rest] ||
        (fraction > text + whole && !rest))
        return -1;
    while (rest && fraction[rest - 1] == '0')
        rest--;
    char decimal[16];
    snprintf(decimal, sizeof decimal, "0.%s%.*s%.*s", whole == 1 ? "0" : "", (int)whole, text,
             (int)rest, fraction);
    snprintf(name, 16, "p%.2s%s%.*s", decimal + 2, rest ? "." : "", (int)rest, fraction);
    *level = strtod(decimal, NULL);
    return *level > 0 ? 0 : -1;
}

static enum mld_status read_quantile(const struct reading *reading, const char *digits,
                                     char name[16])
{
    reading->statistic->of = MLD_OF_QUANTILE;
    if (!read_level(digits, &reading->statistic->level, name))
        return MLD_OK;
    return refuse(reading,
                  "the level of a quantile is a percentage between 0 and 100, as in p05 "
                  "or p99.9",
                  "", NULL);
}

static const char *const moments[] = { [MLD_OF_MEAN] = "mean",
                                       [MLD_OF_SD] = "sd",
                                       [MLD_OF_QUANTILE] = "p05",
                                       [MLD_OF_SHORTFALL] = "shortfall" };
enum { MOMENTS = sizeof moments / sizeof *moments };

static const char *moment_at(const void *context, int i)
{
    (void)context;
    return moments[i];
}

static enum mld_status read_moment(const struct reading *reading, const char *rest, char name[16])
{
    struct mld_statistic *statistic = reading->statistic;
    if (*rest == 'p' && strspn(rest + 1, "0123456789"))
        return read_quantile(reading, rest + 1, name);
    for (int i = 0; i < MOMENTS; i++)
        if (i != MLD_OF_QUANTILE && !strcmp(moments[i], *rest ? rest : "mean")) {
            statistic->of = (enum mld_statistic_of)i;
            snprintf(name, 16, "%s", moments[i]);
            if (i == MLD_OF_SHORTFALL && mld_measures[statistic->measure].tail == MLD_TAIL_NONE)
                return refuse(reading, "the measure has no worst end, and no shortfall", "", NULL);
            return MLD_OK;
        }
    return refuse(reading, "mean, sd, shortfall or a quantile such as p05 is expected, not", rest,
                  mld_name_nearest(rest, MOMENTS, moment_at, NULL));
}

enum mld_status mld_statistic_read(const char *text, const struct mld_plan *plan, const char *place,
                                   struct mld_statistic *statistic, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct reading reading = {
        .text = text, .place = place, .plan = plan, .statistic = statistic, .messages = messages
    };
    const char *at = text;
    char moment[16];
    *statistic = (struct mld_statistic){ .level = 0 };
    enum mld_status status = read_design(&reading, &at);
    if (status == MLD_OK)
        status = read_measure(&reading, &at);
    if (status == MLD_OK)
        status = read_moment(&reading, at, moment);
    if (status == MLD_OK)
        snprintf(statistic->name, sizeof statistic->name, "%s.%s.%s",
                 plan->design[statistic->design].name, mld_measures[statistic->measure].name,
                 moment);
    return status;
}
