/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/goal.h"

#include <math.h>
#include <stdio.h>

const char *mld_key_value_text(const struct mld_page *page, double value,
                               char text[MLD_NUMBER_SIZE])
{
    int decimals = 0;
    while (decimals < 15 &&
           fabs(value - round(value * pow(10, decimals)) / pow(10, decimals)) > 1e-12 * fabs(value))
        decimals++;
    return mld_format_number(text, page->french, value, decimals, 0);
}

void mld_goal_text(const struct mld_page *page, enum mld_quantity quantity,
                   const struct mld_goal *goal, char *text, size_t size)
{
    char number[MLD_NUMBER_SIZE];
    int rate = quantity == MLD_RATE, shown = !goal->relative || fabs(goal->value) > 0;
    const char *unit = rate                    ? goal->relative ? "\u00a0pt" : "\u00a0%"
                       : quantity == MLD_MONEY ? "\u00a0€"
                                               : "";
    mld_key_value_text(page, (rate ? 100 : 1) * (goal->relative ? fabs(goal->value) : goal->value),
                       number);
    snprintf(text, size, "%s %s%s%s%s", goal->at_least ? "≥" : "≤", goal->relative ? "base" : "",
             goal->relative && shown ? goal->value < 0 ? " − " : " + " : "", shown ? number : "",
             shown ? unit : "");
}
