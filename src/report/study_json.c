/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study's file as JSON (RFC 8259): axes, statistics, the base, a line a variant. */
#include "milliard/report.h"
#include "core/plain.h"

#include "report/json_text.h"

static void put_attributes(FILE *out, const struct mld_results *results)
{
    static const char *const text[] = { "study",           "name",   "title_en", "title_fr",
                                        "program_version", "commit", "compiler", "flags",
                                        "libraries",       "libc",   "processor" };
    static const char *const number[] = { "format_version", "model_version", "stream_version",
                                          "seed",           "paths",         "paths_asked",
                                          "interrupted" };
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        fprintf(out, "%s\n  \"%s\": ", i ? "," : "", text[i]);
        mld_json_text(out, mld_results_attribute(results, text[i]));
    }
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        fprintf(out, ",\n  \"%s\": %s", number[i], mld_results_attribute(results, number[i]));
}

static void put_member(FILE *out, const char *before, const char *name, const char *text)
{
    fprintf(out, "%s\"%s\": ", before, name);
    mld_json_text(out, text);
}

static void put_axis(FILE *out, const struct mld_record_axis *axis)
{
    put_member(out, "{", "name", axis->name);
    put_member(out, ", ", "keys", axis->keys);
    fputs(", \"points\": [", out);
    for (int i = 0; i < axis->n; i++) {
        fputs(i ? ", " : "", out);
        if (axis->is_numbers)
            mld_json_number(out, axis->number[i]);
        else
            mld_json_text(out, axis->label[i]);
    }
    fputs("]}", out);
}

static void put_statistic(FILE *out, const struct mld_record_statistic *statistic)
{
    put_member(out, "{", "name", statistic->name);
    put_member(out, ", ", "design", statistic->design);
    put_member(out, ", ", "unit", statistic->unit);
    put_member(out, ", ", "quantity", mld_quantity_name(statistic->quantity));
    put_member(out, ", ", "label_en", statistic->label_en);
    put_member(out, ", ", "label_fr", statistic->label_fr);
    fputc('}', out);
}

static void put_number(FILE *out, const char *before, const char *name, double value)
{
    fprintf(out, "%s\"%s\": ", before, name);
    mld_json_number(out, value);
}

static void put_cell(FILE *out, const struct mld_study_cell *cell)
{
    put_number(out, "{", "value", cell->value);
    put_number(out, ", ", "error", cell->error);
    put_number(out, ", ", "low", cell->low);
    put_number(out, ", ", "high", cell->high);
    put_number(out, ", ", "change", cell->change);
    put_number(out, ", ", "change_error", cell->change_error);
    put_number(out, ", ", "count", cell->count);
    fputc('}', out);
}

static void put_cells(FILE *out, const struct mld_study_record *study,
                      const struct mld_study_cell *cell)
{
    fputc('{', out);
    for (int i = 0; i < study->n_statistics; i++) {
        fputs(i ? ", " : "", out);
        mld_json_text(out, study->statistic[i].name);
        fputs(": ", out);
        put_cell(out, &cell[i]);
    }
    fputc('}', out);
}

static void put_goal(FILE *out, const struct mld_study_record *study,
                     const struct mld_record_goal *goal)
{
    put_member(out, "{", "statistic", study->statistic[goal->statistic].name);
    put_member(out, ", ", "comparison", goal->goal.at_least ? ">=" : "<=");
    fprintf(out, ", \"from_base\": %s", goal->goal.relative ? "true" : "false");
    put_number(out, ", ", "value", goal->goal.value);
    fputs(", \"reached_by\": [", out);
    const char *comma = "";
    for (size_t v = 0; v < study->n_variants; v++)
        if (mld_goal_is_met(
                &goal->goal, &study->base[goal->statistic],
                &study->cell[v * (size_t)study->n_statistics + (size_t)goal->statistic])) {
            fprintf(out, "%s%zu", comma, v);
            comma = ", ";
        }
    fputs("]}", out);
}

/* The places of a variant on the axes, then what was found there. */
static void put_variant(FILE *out, const struct mld_study_record *study, size_t variant)
{
    size_t rest = variant, after = study->n_variants;
    fputs("{\"point\": [", out);
    for (int i = 0; i < study->n_axes; i++) {
        after /= (size_t)study->axis[i].n;
        fprintf(out, "%s%zu", i ? ", " : "", rest / after);
        rest %= after;
    }
    fprintf(out, "], \"done\": %s, \"statistics\": ", study->done[variant] ? "true" : "false");
    put_cells(out, study, &study->cell[variant * (size_t)study->n_statistics]);
    fputc('}', out);
}

enum mld_status mld_report_study_json(FILE *out, const struct mld_results *results)
{
    MLD_PLAIN_NUMBERS;
    const struct mld_study_record *study = mld_results_study(results);
    fputc('{', out);
    put_attributes(out, results);
    fputs(",\n  \"axes\": [", out);
    for (int i = 0; i < study->n_axes; i++) {
        fputs(i ? ",\n    " : "\n    ", out);
        put_axis(out, &study->axis[i]);
    }
    fputs("\n  ],\n  \"statistics\": [", out);
    for (int i = 0; i < study->n_statistics; i++) {
        fputs(i ? ",\n    " : "\n    ", out);
        put_statistic(out, &study->statistic[i]);
    }
    fputs("\n  ],\n  \"until\": [", out);
    for (int i = 0; i < study->n_goals; i++) {
        fputs(i ? ",\n    " : "\n    ", out);
        put_goal(out, study, &study->goal[i]);
    }
    fputs("\n  ],\n  \"base\": ", out);
    put_cells(out, study, study->base);
    fputs(",\n  \"variants\": [", out);
    for (size_t i = 0; i < study->n_variants; i++) {
        fputs(i ? ",\n    " : "\n    ", out);
        put_variant(out, study, i);
    }
    fputs("\n  ]\n}\n", out);
    return MLD_OK;
}
