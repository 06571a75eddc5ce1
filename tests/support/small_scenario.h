/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * A scenario that is quick to plan and run: few deals, two judgements, and constants instead of
 * Beta laws, whose tables take most of the time of a plan.
 */
#ifndef TEST_SUPPORT_SMALL_SCENARIO_H
#define TEST_SUPPORT_SMALL_SCENARIO_H

#include <stdio.h>
#include <string.h>

#include "milliard/instrument.h"

/** Writes it; returns 0 when that fails. */
static inline int write_small_scenario(const char *path)
{
    FILE *file = fopen(path, "w");
    if (!file)
        return 0;
    fprintf(file,
            "base = \"%s/scenarios/fpci-guaranteed.cfg\";\nname = \"small\";\ndrop = [ "
            "\"sensitivity\" ];\n"
            "run = { paths = 12; trajectories_first = 4; };\nthesis = { volume = 8000000.0;\n"
            "mix = { shares = { follow_on = { reserve = 0.5; }; }; }; };\n"
            "sensitivity = ( { name = \"pd\"; label = { en = \"Default probabilities\"; fr = "
            "\"Probabilités de défaut\"; };\n"
            "                  keys = [ \"legal_forms.*.pd\" ]; operation = \"scale\"; low = 0.5; "
            "high = 2.0; },\n"
            "                { name = \"hurdle\"; keys = [ \"fund.hurdle\" ]; low = 0.05; high = "
            "0.07; } );\n"
            "fund = { impact_carry = { score_sd = 0.0; }; };\ninstruments = {\n",
            PROJECT_SOURCE);
    for (int i = 0; mld_instruments[i]; i++)
        fprintf(file,
                "%s = { resolutions = ( { name = \"liquidation\"; recovery_sd = 0.0; }%s ); };\n",
                mld_instruments[i]->name,
                strcmp(mld_instruments[i]->name, "participating_loan")
                    ? ""
                    : ", { name = \"plan\"; recovery_sd = 0.0; }");
    fputs("};\n", file);
    return fclose(file) == 0;
}

#endif
