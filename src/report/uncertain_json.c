/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Worlds beside the scenario's own inputs, as JSON. */
#include "milliard/uncertain.h"

#include <stdio.h>

#include "milliard/plan.h"
#include "report/json_text.h"

static void put_numbers(FILE *out, const char *key, int n, const double *value)
{
    fprintf(out, ", \"%s\": ", key);
    mld_json_numbers(out, n, value);
}

static void put_inputs(FILE *out, const struct mld_uncertain *uncertain)
{
    fputs(",\n    \"inputs\": [", out);
    for (int j = 0; j < uncertain->inputs; j++) {
        const struct mld_world_input *input = &uncertain->input[j];
        fprintf(out, "%s\n      {\"name\": ", j ? "," : "");
        mld_json_text(out, input->name);
        fputs(", \"label_en\": ", out);
        mld_json_text(out, input->label_en);
        fputs(", \"label_fr\": ", out);
        mld_json_text(out, input->label_fr);
        fprintf(out, ", \"choice\": %s", input->is_choice ? "true" : "false");
        if (input->is_choice)
            mld_json_named(out, "probability_of_high", input->probability);
        fprintf(out, ", \"block\": %d, \"centred\": %s}", input->block,
                input->centred ? "true" : "false");
    }
    fputs("\n    ]", out);
}

static void put_split(FILE *out, const struct mld_split *split, int is_probability)
{
    fprintf(out, ", \"is_probability\": %s", is_probability ? "true" : "false");
    for (const struct mld_split_row *row = mld_split_rows; row->name; row++) {
        const double *value = (const double *)((const char *)split + row->offset);
        if (row->by_band)
            put_numbers(out, row->name, MLD_BAND, value);
        else
            mld_json_named(out, row->name, *value);
    }
    fputc('}', out);
}

static void put_measures(FILE *out, const struct mld_uncertain *uncertain)
{
    int any = 0;
    fputs(",\n    \"measures\": {", out);
    for (int i = 0; i < mld_measure_count(); i++) {
        int first = 1;
        for (int d = 0; d < uncertain->designs; d++) {
            if (!uncertain->measure[d][i].count)
                continue;
            if (first)
                fprintf(out, "%s\n      \"%s\": {", any++ ? "," : "", mld_measures[i].name);
            fprintf(out, "%s\n        \"%s\": ", first ? "" : ",", mld_design_names[d]);
            mld_json_statistics(out, &uncertain->measure[d][i]);
            put_split(out, &uncertain->split[d][i], uncertain->is_probability[d][i]);
            first = 0;
        }
        fputs(first ? "" : "}", out);
    }
    fputs("\n    }", out);
}

/* By judgement, in the order of the inputs. */
static void put_index_row(FILE *out, const struct mld_uncertain *uncertain,
                          const struct mld_indexed *one, const struct mld_index_row *row)
{
    double value[MLD_MAX_SENSITIVITIES] = { 0 };
    if (!row->by_input) {
        mld_json_named(out, row->name, *(const double *)((const char *)&one->of + row->offset));
        return;
    }
    for (int j = 0; j < uncertain->inputs; j++) {
        const struct mld_index *index = &one->index[uncertain->input[j].block];
        value[j] = *(const double *)((const char *)index + row->offset);
    }
    put_numbers(out, row->name, uncertain->inputs, value);
}

static void put_indices(FILE *out, const struct mld_uncertain *uncertain)
{
    int any = 0;
    fputs(",\n    \"indices\": [", out);
    for (int i = 0; i < uncertain->n_indexed; i++) {
        const struct mld_indexed *one = &uncertain->indexed[i];
        if (!one->known)
            continue;
        fprintf(out, "%s\n      {\"measure\": \"%s\", \"design\": \"%s\"", any++ ? "," : "",
                mld_measures[one->measure].name, mld_design_names[one->design]);
        for (const struct mld_index_row *row = mld_index_rows; row->name; row++)
            put_index_row(out, uncertain, one, row);
        fputc('}', out);
    }
    fputs(any ? "\n    ]" : "]", out);
}

void mld_json_uncertain(FILE *out, const struct mld_uncertain *uncertain)
{
    if (!uncertain)
        return;
    fprintf(out,
            ",\n  \"uncertain\": {\"worlds\": %u, \"paths_per_world\": %d, \"method\": \"%s\", "
            "\"terms\": %d, \"kept_means\": %.0f, \"kept_sds\": %.0f",
            uncertain->worlds, uncertain->paths_per_world,
            uncertain->method == MLD_BY_PICK_FREEZE ? "pick_freeze" : "regression",
            uncertain->terms, uncertain->kept.means, uncertain->kept.sds);
    put_numbers(out, "band_levels", MLD_BAND, mld_band_levels);
    put_inputs(out, uncertain);
    put_measures(out, uncertain);
    put_numbers(out, "dotation", MLD_DOTATION_LEVELS, uncertain->dotation);
    put_numbers(out, "dotation_low", MLD_DOTATION_LEVELS, uncertain->dotation_low);
    put_numbers(out, "dotation_high", MLD_DOTATION_LEVELS, uncertain->dotation_high);
    put_indices(out, uncertain);
    fputs("\n  }", out);
}
