/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best that keys can do under constraints: tables for people, and as JSON (RFC 8259). */
#include "milliard/report.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/plain.h"
#include "milliard/version.h"
#include "report/goal.h"
#include "report/json_text.h"
#include "report/page.h"

enum { HOW_LONG = 256 };

/* ---- texts ---- */

/* What tells a key from the others: the instrument of a weight, else its last word. */
static void short_key(const struct mld_frontier_table *table, int i, char *text, size_t size)
{
    const char *keys = table->keys[i], *dot = strrchr(keys, '.');
    if (!table->is_weight[i] || !dot) {
        snprintf(text, size, "%s", dot ? dot + 1 : keys);
        return;
    }
    const char *start = dot;
    while (start > keys && start[-1] != '.')
        start--;
    snprintf(text, size, "%.*s", (int)(dot - start), start);
}

static const struct mld_study_cell *cells_of(const struct mld_frontier_table *table, int point)
{
    return table->cell + (size_t)point * (size_t)table->n_statistics;
}

static double value_of(const struct mld_frontier_table *table, int point, int key)
{
    return table->value[(size_t)point * (size_t)table->n_keys + (size_t)key];
}

static struct mld_goal goal_at(const struct mld_frontier_table *table, int constraint, int level)
{
    struct mld_goal goal = table->constraint[constraint];
    if (constraint == table->levelled)
        goal.value = table->best[level].level;
    return goal;
}

/* "loss_a ≤ 20 %", or "scenario". */
static enum mld_quantity quantity_of_goal(const struct mld_goal *goal)
{
    return mld_measures[goal->statistic.measure].quantity;
}

static void level_text(const struct mld_page *page, const struct mld_frontier_table *table,
                       int level, char *text, size_t size)
{
    if (table->levelled < 0) {
        snprintf(text, size, "solution");
        return;
    }
    struct mld_goal at = goal_at(table, table->levelled, level);
    mld_goal_text(page, quantity_of_goal(&at), &at, text, size);
}

static enum mld_quantity quantity_of(const struct mld_frontier_table *table, int statistic)
{
    return mld_measures[table->statistic[statistic].measure].quantity;
}

static void set_cell(const struct mld_page *page, struct mld_page_table *out, int row, int column,
                     const struct mld_frontier_table *table, int statistic,
                     const struct mld_study_cell *cell)
{
    char text[MLD_NUMBER_SIZE];
    mld_table_set(out, row, column,
                  mld_format_estimate(text, page->french, quantity_of(table, statistic),
                                      cell->value, cell->error, cell->value, 0));
}

/* ---- the head ---- */

static void tell_constraints(const struct mld_page *page, const struct mld_frontier_table *table,
                             char *text, size_t size)
{
    size_t used = 0;
    *text = '\0';
    for (int c = 0; c < table->n_constraints && used < size; c++) {
        char goal[2 * MLD_NUMBER_SIZE];
        mld_goal_text(page, quantity_of_goal(&table->constraint[c]), &table->constraint[c], goal,
                      sizeof goal);
        used += (size_t)snprintf(
            text + used, size - used, "%s%s %s", c ? ", " : "", table->constraint[c].statistic.name,
            c == table->levelled ? mld_say(page, "(plusieurs niveaux)", "(several levels)") : goal);
    }
    if (!table->n_constraints)
        snprintf(text, size, "%s", mld_say(page, "aucune", "none"));
}

static void head(const struct mld_page *page, const struct mld_frontier_table *table)
{
    char paths[MLD_NUMBER_SIZE], constraints[4 * HOW_LONG], label[MLD_LABEL_SIZE];
    const struct mld_statistic *objective = &table->statistic[0];
    mld_format_number(paths, page->french, (double)table->paths, 0, 0);
    tell_constraints(page, table, constraints, sizeof constraints);
    mld_page_line(page,
                  table->minimise ? mld_say(page, "%s : le plus petit %s", "%s: the smallest %s")
                                  : mld_say(page, "%s : le plus grand %s", "%s: the largest %s"),
                  table->scenario, objective->name);
    mld_page_paragraph(page,
                       mld_say(page,
                               "Objectif : %s. Contraintes : %s. %s trajectoires, graine %" PRIu64
                               ", les mêmes tirages partout.",
                               "Objective: %s. Constraints: %s. %s paths, seed %" PRIu64
                               ", the same draws throughout."),
                       mld_measure_label(objective->measure, NULL, page->french, label),
                       constraints, paths, table->seed);
    mld_page_paragraph(page,
                       mld_say(page,
                               "Optimiseur : %s, après un balayage de %d points ; %d essayés, %d "
                               "au plus.",
                               "Optimiser: %s, after a scan of %d points; %d tried, at most %d."),
                       table->optimiser, table->scanned, table->n_points, table->most);
    mld_page_gap(page);
}

/* ---- the tables ---- */

static void print_points(const struct mld_page *page, struct mld_page_table *out,
                         const struct mld_frontier_table *table)
{
    char text[MLD_CELL_SIZE];
    mld_table_start(out, 1 + table->n_keys);
    level_text(page, table, 0, text, sizeof text);
    mld_table_row(out,
                  table->levelled < 0 ? "" : table->constraint[table->levelled].statistic.name);
    for (int k = 0; k < table->n_keys; k++) {
        short_key(table, k, text, sizeof text);
        mld_table_set(out, 0, 1 + k, text);
    }
    for (int i = 0; i < table->n_levels; i++) {
        level_text(page, table, i, text, sizeof text);
        int row = mld_table_row(out, text);
        for (int k = 0; k < table->n_keys; k++) {
            char number[MLD_NUMBER_SIZE];
            mld_table_set(out, row, 1 + k,
                          mld_key_value_text(page, value_of(table, table->best[i].point, k),
                                             number));
        }
    }
    mld_page_table(page, out);
    mld_page_gap(page);
}

/* Objective, then each other statistic, on the paths searched; then all of them on the others. */
static void set_statistics(const struct mld_page *page, struct mld_page_table *out, int row,
                           const struct mld_frontier_table *table, int from,
                           const struct mld_study_cell *cells)
{
    for (int s = 0; s < table->n_statistics; s++)
        set_cell(page, out, row, from + s, table, s, &cells[s]);
}

static void name_statistics(const struct mld_page *page, struct mld_page_table *out,
                            const struct mld_frontier_table *table, int again)
{
    int n = table->n_statistics;
    for (int s = 0; s < (again ? 2 : 1) * n; s++) {
        char text[MLD_CELL_SIZE];
        snprintf(text, sizeof text, "%s%s", table->statistic[s % n].name,
                 s < n ? "" : mld_say(page, ", ailleurs", ", again"));
        mld_table_set(out, 0, 1 + s, text);
    }
}

static void print_statistics(const struct mld_page *page, struct mld_page_table *out,
                             const struct mld_frontier_table *table)
{
    char text[MLD_CELL_SIZE];
    int again = table->n_again > 0;
    mld_table_start(out, 1 + (again ? 2 : 1) * table->n_statistics);
    mld_table_row(out, "");
    name_statistics(page, out, table, again);
    int row = mld_table_row(out, mld_say(page, "scénario", "scenario"));
    set_statistics(page, out, row, table, 1, table->base);
    for (int i = 0; i < table->n_levels; i++) {
        const struct mld_frontier_best *best = &table->best[i];
        level_text(page, table, i, text, sizeof text);
        row = mld_table_row(out, text);
        set_statistics(page, out, row, table, 1, cells_of(table, best->point));
        if (again && best->feasible)
            set_statistics(page, out, row, table, 1 + table->n_statistics, best->again);
    }
    mld_page_table(page, out);
    mld_page_gap(page);
}

/* ---- what is to be known of it ---- */

/* What holds a level: constraints whose target is within error, keys at a bound. */
static void list_bounds(const struct mld_page *page, const struct mld_frontier_table *table,
                        int level, char *text, size_t size)
{
    const struct mld_frontier_best *best = &table->best[level];
    size_t used = 0;
    *text = '\0';
    for (int c = 0; c < table->n_constraints && used < size; c++)
        if (best->binding & 1u << c)
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? ", " : "",
                                     table->constraint[c].statistic.name);
    for (int k = 0; k < table->n_keys && used < size; k++) {
        char name[MLD_CELL_SIZE];
        double value = value_of(table, best->point, k);
        int low = value <= table->from[k], high = value >= table->to[k];
        short_key(table, k, name, sizeof name);
        if (low || high)
            used += (size_t)snprintf(text + used, size - used, "%s%s %s", used ? ", " : "", name,
                                     low ? mld_say(page, "au plus bas", "at its least")
                                         : mld_say(page, "au plus haut", "at its most"));
    }
    if (!used)
        snprintf(text, size, "%s", mld_say(page, "rien", "nothing"));
}

static void tell_level(const struct mld_page *page, const struct mld_frontier_table *table, int i)
{
    const struct mld_frontier_best *best = &table->best[i];
    char level[MLD_CELL_SIZE], bounds[4 * HOW_LONG];
    level_text(page, table, i, level, sizeof level);
    list_bounds(page, table, i, bounds, sizeof bounds);
    if (!best->feasible) {
        mld_page_paragraph(page,
                           mld_say(page,
                                   "%s : aucun point essayé ne satisfait les contraintes ; celui "
                                   "qui s'en approche le plus est montré.",
                                   "%s: no point tried meets the constraints; the one nearest to "
                                   "them is shown."),
                           level);
        return;
    }
    mld_page_paragraph(page, mld_say(page, "%s : ce qui limite : %s.", "%s: what binds: %s."),
                       level, bounds);
    if (best->missed)
        mld_page_paragraph(
            page,
            mld_say(page,
                    "%s : sur les autres tirages une contrainte est manquée, au-delà de l'erreur : "
                    "demander plus de trajectoires, ou une marge.",
                    "%s: on the other draws a constraint is missed, beyond error: ask for more "
                    "paths, or for a margin."),
            level);
    if (best->worse)
        mld_page_paragraph(
            page,
            mld_say(page,
                    "%s : non monotone au-delà de l'erreur, un niveau plus strict fait mieux sur "
                    "les autres tirages : la recherche n'a pas trouvé le meilleur.",
                    "%s: not monotone within error, a stricter level does better on the other "
                    "draws: the search has not found the best."),
            level);
}

static void tell_search(const struct mld_page *page, const struct mld_frontier_table *table)
{
    if (table->interrupted)
        mld_page_paragraph(page, "%s",
                           mld_say(page,
                                   "Interrompu : le meilleur des points essayés jusque-là, sans "
                                   "seconde évaluation.",
                                   "Interrupted: the best of the points tried so far, without a "
                                   "second evaluation."));
    if (table->n_again)
        mld_page_paragraph(
            page,
            mld_say(page,
                    "Ailleurs : les mêmes points sur d'autres tirages, graine %" PRIu64
                    ", dont la recherche n'a rien vu ; ces chiffres-là sont à citer.",
                    "Again: the same points on other draws, seed %" PRIu64
                    ", of which the search has seen nothing; these are the figures to quote."),
            table->seed_again);
    if (table->refused)
        mld_page_paragraph(page,
                           mld_say(page, "Refusés par les règles du scénario : %d points ; %s",
                                   "Refused by the scenario's rules: %d points; %s"),
                           table->refused, table->why);
    if (table->undefined)
        mld_page_paragraph(page,
                           mld_say(page, "Statistique non définie : %d points.",
                                   "A statistic is not defined: %d points."),
                           table->undefined);
}

enum mld_status mld_report_frontier(FILE *out, const struct mld_frontier_table *table,
                                    const char *language)
{
    MLD_PLAIN_NUMBERS;
    struct mld_page page = { out, language && strcmp(language, "fr") == 0, 100 };
    struct mld_page_table *cells = malloc(sizeof *cells);
    if (!cells)
        return MLD_ERR_MEMORY;
    head(&page, table);
    print_points(&page, cells, table);
    print_statistics(&page, cells, table);
    free(cells);
    for (int i = 0; i < table->n_levels; i++)
        tell_level(&page, table, i);
    tell_search(&page, table);
    return MLD_OK;
}

/* ---- JSON ---- */

static void put_number(FILE *out, const char *before, const char *name, double value)
{
    fprintf(out, "%s\"%s\": ", before, name);
    mld_json_number(out, value);
}

static void put_cells(FILE *out, const char *name, const struct mld_frontier_table *table,
                      const struct mld_study_cell *cell)
{
    fprintf(out, "\"%s\": {", name);
    for (int s = 0; s < table->n_statistics; s++) {
        fputs(s ? ", " : "", out);
        mld_json_text(out, table->statistic[s].name);
        put_number(out, ": {", "value", cell[s].value);
        put_number(out, ", ", "error", cell[s].error);
        fputc('}', out);
    }
    fputc('}', out);
}

static void put_point(FILE *out, const struct mld_frontier_table *table, int point)
{
    fputs("\"point\": {", out);
    for (int k = 0; k < table->n_keys; k++) {
        fputs(k ? ", " : "", out);
        mld_json_text(out, table->keys[k]);
        fputs(": ", out);
        mld_json_number(out, value_of(table, point, k));
    }
    fputs("}, ", out);
    put_cells(out, "statistics", table, cells_of(table, point));
}

static void put_best(FILE *out, const struct mld_frontier_table *table, int level)
{
    const struct mld_frontier_best *best = &table->best[level];
    put_number(out, "{", "level", best->level);
    fprintf(out, ", \"feasible\": %s, \"binding\": [", best->feasible ? "true" : "false");
    for (int c = 0, n = 0; c < table->n_constraints; c++)
        if (best->binding & 1u << c) {
            fputs(n++ ? ", " : "", out);
            mld_json_text(out, table->constraint[c].statistic.name);
        }
    fputs("], ", out);
    put_point(out, table, best->point);
    if (table->n_again && best->feasible) {
        fputs(", ", out);
        put_cells(out, "again", table, best->again);
        fprintf(out, ", \"missed_again\": %s, \"not_monotone\": %s",
                best->missed ? "true" : "false", best->worse ? "true" : "false");
    }
    fputc('}', out);
}

static void put_constraint(FILE *out, const struct mld_frontier_table *table, int c)
{
    const struct mld_goal *goal = &table->constraint[c];
    fputs("{\"statistic\": ", out);
    mld_json_text(out, goal->statistic.name);
    fprintf(out, ", \"comparison\": \"%s\", \"from_base\": %s",
            goal->at_least ? ">=" : "<=", goal->relative ? "true" : "false");
    put_number(out, ", ", "target", c == table->levelled ? (double)NAN : goal->value);
    fputc('}', out);
}

static void put_head(FILE *out, const struct mld_frontier_table *table)
{
    fputs("{\n  \"scenario\": ", out);
    mld_json_text(out, table->scenario);
    fprintf(out,
            ",\n  \"paths\": %" PRIu32 ",\n  \"seed\": %" PRIu64
            ",\n  \"fingerprint\": \"%016" PRIx64 "\",\n  \"commit\": ",
            table->paths, table->seed, table->fingerprint);
    mld_json_text(out, mld_build_commit());
    fputs(",\n  \"optimiser\": ", out);
    mld_json_text(out, table->optimiser);
    fprintf(out,
            ",\n  \"points_tried\": %d,\n  \"points_at_most\": %d,\n  \"refused\": %d,\n"
            "  \"undefined\": %d,\n  \"interrupted\": %s,\n  \"seed_again\": ",
            table->n_points, table->most, table->refused, table->undefined,
            table->interrupted ? "true" : "false");
    if (table->n_again)
        fprintf(out, "%" PRIu64, table->seed_again);
    else
        fputs("null", out);
    fprintf(out, ",\n  \"%s\": ", table->minimise ? "minimise" : "maximise");
    mld_json_text(out, table->statistic[0].name);
}

void mld_report_frontier_json(FILE *out, const struct mld_frontier_table *table)
{
    MLD_PLAIN_NUMBERS;
    put_head(out, table);
    fputs(",\n  \"subject_to\": [", out);
    for (int c = 0; c < table->n_constraints; c++) {
        fputs(c ? ", " : "", out);
        put_constraint(out, table, c);
    }
    fputs("],\n  ", out);
    put_cells(out, "base", table, table->base);
    fputs(",\n  \"levels\": [", out);
    for (int i = 0; i < table->n_levels; i++) {
        fputs(i ? ",\n    " : "\n    ", out);
        put_best(out, table, i);
    }
    fputs("\n  ]\n}\n", out);
}
