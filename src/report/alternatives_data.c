/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What else the same public money could do, as JSON (RFC 8259) and CSV (RFC 4180). */
#include <inttypes.h>
#include <math.h>

#include "core/csv_text.h"
#include "core/plain.h"
#include "milliard/report.h"
#include "milliard/version.h"
#include "report/json_text.h"

static const char *const outcome_names[MLD_OUTCOMES] = {
    "public_cost",
    "public_cost_discounted",
    "peak_cash",
    "peak_net_dues",
    "private_calls",
    "private_calls_discounted",
    "net_irr_a",
    "loss_a",
    "carry",
    "state_loses",
    "public_cost_equity",
    "unpaid",
};
static const char *const sized_names[] = { "sized", "not_needed", "costs_nothing", "out_of_reach",
                                           "too_late" };

/* ---- JSON ---- */

static void put_number(FILE *out, const char *before, const char *name, double value)
{
    fprintf(out, "%s\"%s\": ", before, name);
    mld_json_number(out, value);
}

static void put_estimate(FILE *out, const char *before, const char *name,
                         const struct mld_estimate *estimate)
{
    fprintf(out, "%s\"%s\": {", before, name);
    put_number(out, "", "value", estimate->value);
    put_number(out, ", ", "error", estimate->error);
    fputc('}', out);
}

static void put_text(FILE *out, const char *before, const char *name, const char *text)
{
    fprintf(out, "%s\"%s\": ", before, name);
    mld_json_text(out, text);
}

static void put_form(FILE *out, int i, const struct mld_alternative *form)
{
    put_text(out, "\n      {", "form", mld_supports[i].name);
    put_text(out, ", ", "label_en", mld_supports[i].label_en);
    put_text(out, ", ", "label_fr", mld_supports[i].label_fr);
    put_text(out, ", ", "state", sized_names[form->sized]);
    if (form->sized != MLD_SIZE_NOT_NEEDED && form->sized != MLD_IS_SIZED) {
        fputc('}', out);
        return;
    }
    put_number(out, ", ", "size", form->x);
    put_number(out, ", ", "size_low", form->low);
    put_number(out, ", ", "size_high", form->high);
    fprintf(out, ", \"low_is_open\": %s, \"high_is_open\": %s", form->low_open ? "true" : "false",
            form->high_open ? "true" : "false");
    for (int k = 0; k < MLD_OUTCOMES; k++)
        put_estimate(out, ", ", outcome_names[k], &form->mean[k]);
    put_number(out, ", ", "public_cost_95", form->cost_95);
    put_number(out, ", ", "public_cost_95_low", form->cost_95_low);
    put_number(out, ", ", "public_cost_95_high", form->cost_95_high);
    put_estimate(out, ", ", "private_per_public", &form->private_per_public);
    fputc('}', out);
}

static void put_sizings(FILE *out, const struct mld_alternatives *table)
{
    int some = 0;
    fputs(",\n  \"sizings\": [", out);
    for (int s = 0; s < MLD_SIZINGS; s++) {
        if (!table->has_sizing[s])
            continue;
        put_text(out, some++ ? ",\n    {" : "\n    {", "sizing", mld_sizings[s].name);
        put_text(out, ", ", "label_en", mld_sizings[s].label_en);
        put_text(out, ", ", "label_fr", mld_sizings[s].label_fr);
        fputs(", \"forms\": [", out);
        for (int i = 0; i < MLD_SUPPORTS; i++) {
            fputs(i ? "," : "", out);
            put_form(out, i, &table->form[s][i]);
        }
        fputs("\n    ]}", out);
    }
    fputs("\n  ]", out);
}

static void put_scale(FILE *out, const struct mld_alternatives *table,
                      const struct mld_additionality *at)
{
    put_number(out, "\n    {", "pd_scale", at->pd_scale);
    put_estimate(out, ", ", "public_cost_discounted", &at->cost);
    put_estimate(out, ", ", "private_covered_discounted", &at->financing);
    fputs(", \"break_even\": [", out);
    for (int i = 0; i < table->n_compared; i++) {
        put_text(out, i ? ", {" : "{", "compared", table->compared[i].name);
        put_number(out, ", ", "cost", table->compared[i].cost);
        put_number(out, ", ", "additional", table->compared[i].additional);
        put_text(out, ", ", "source", table->compared[i].source);
        int has = at->cost.value > 0 && at->part[i].value <= 1;
        put_text(out, ", ", "state",
                 has                  ? "reached"
                 : at->cost.value > 0 ? "above_one"
                                      : "costs_nothing");
        put_number(out, ", ", "value", has ? at->part[i].value : (double)NAN);
        put_number(out, ", ", "error", has ? at->part[i].error : (double)NAN);
        fputc('}', out);
    }
    fputs("], \"cost_per_additional_euro\": [", out);
    for (int i = 0; i < MLD_ADDITIONAL_PARTS; i++) {
        put_number(out, i ? ", {" : "{", "additional_part", mld_additional_parts[i]);
        put_number(out, ", ", "cost", at->cost.value > 0 ? at->per_euro[i] : (double)NAN);
        fputc('}', out);
    }
    fputs("]}", out);
}

void mld_report_alternatives_json(FILE *out, const struct mld_alternatives *table)
{
    MLD_PLAIN_NUMBERS;
    put_text(out, "{\n  ", "scenario", table->scenario);
    put_text(out, ",\n  ", "commit", mld_build_commit());
    fprintf(out,
            ",\n  \"paths\": %" PRIu32 ",\n  \"seed\": %" PRIu64
            ",\n  \"fingerprint\": \"%016" PRIx64 "\"",
            table->paths, table->seed, table->fingerprint);
    put_number(out, ",\n  ", "admin", table->admin);
    put_number(out, ",\n  ", "reference_rate", table->reference_rate);
    put_number(out, ",\n  ", "reference_rate_equity", table->reference_rate_equity);
    fprintf(out, ",\n  \"class_b_left_out\": %s,\n  \"grants_left_out\": %s",
            table->left_out_b ? "true" : "false", table->left_out_grants ? "true" : "false");
    put_sizings(out, table);
    fputs(",\n  \"additionality\": [", out);
    for (int i = 0; i < MLD_ADDITIONAL_SCALES && table->has_private; i++) {
        fputs(i ? "," : "", out);
        put_scale(out, table, &table->additionality[i]);
    }
    fputs(table->has_private ? "\n  ]\n}\n" : "]\n}\n", out);
}

/* ---- CSV ---- */

static void put_cell(FILE *out, double value)
{
    fputc(',', out);
    mld_csv_number(out, value, '.');
}

static void put_line(FILE *out, const struct mld_alternatives *table, int sizing, int i)
{
    const struct mld_alternative *form = &table->form[sizing][i];
    fprintf(out, "%s,%s,%s", mld_sizings[sizing].name, mld_supports[i].name,
            sized_names[form->sized]);
    put_cell(out, form->x);
    put_cell(out, form->low);
    put_cell(out, form->high);
    int has = form->sized == MLD_IS_SIZED || form->sized == MLD_SIZE_NOT_NEEDED;
    for (int k = 0; k < MLD_OUTCOMES; k++) {
        put_cell(out, has ? form->mean[k].value : (double)NAN);
        put_cell(out, has ? form->mean[k].error : (double)NAN);
    }
    const double more[] = { form->cost_95, form->cost_95_low, form->cost_95_high,
                            form->private_per_public.value, form->private_per_public.error };
    for (size_t k = 0; k < sizeof more / sizeof *more; k++)
        put_cell(out, has ? more[k] : (double)NAN);
    fputc(',', out);
    mld_csv_text(out, table->scenario, MLD_QUOTES_ALWAYS);
    fprintf(out, ",%" PRIu32 ",%" PRIu64 ",%016" PRIx64 ",%s\r\n", table->paths, table->seed,
            table->fingerprint, mld_build_commit());
}

void mld_report_alternatives_csv(FILE *out, const struct mld_alternatives *table)
{
    MLD_PLAIN_NUMBERS;
    fputs("sizing,form,state,size,size_low,size_high", out);
    for (int k = 0; k < MLD_OUTCOMES; k++)
        fprintf(out, ",%s,%s_error", outcome_names[k], outcome_names[k]);
    fputs(",public_cost_95,public_cost_95_low,public_cost_95_high,private_per_public,"
          "private_per_public_error,scenario,paths,seed,fingerprint,commit\r\n",
          out);
    for (int s = 0; s < MLD_SIZINGS; s++)
        for (int i = 0; i < MLD_SUPPORTS && table->has_sizing[s]; i++)
            put_line(out, table, s, i);
}
