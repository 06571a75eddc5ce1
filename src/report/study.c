/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of a study's file: of one axis a row a point and a column a statistic, of two a table
 * for each statistic, of more a list of variants, whose statistics have numbers. What is too wide
 * for a page goes on in another table below, what is too long likewise.
 */
#include "milliard/report.h"
#include "core/plain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/goal.h"
#include "report/page.h"
#include "rows/rows.h"

enum { MOST_ROWS = MLD_TABLE_MOST_ROWS - 2, MOST_MATRIX_COLUMNS = 8, LEAST_WIDTH = 14 };

struct tables {
    struct mld_page page;
    const struct mld_results *results;
    const struct mld_study_record *study;
    struct mld_page_table *table;
    double largest[MLD_MAX_STATISTICS]; /* of the absolute values of a statistic, for its unit */
};

/* ---- cells ---- */

static const struct mld_study_cell *cell_of(const struct tables *tables, size_t variant, int i)
{
    return &tables->study->cell[variant * (size_t)tables->study->n_statistics + (size_t)i];
}

static double larger(double most, double value)
{
    return isfinite(value) && fabs(value) > most ? fabs(value) : most;
}

static void find_largest(struct tables *tables)
{
    for (int i = 0; i < tables->study->n_statistics; i++) {
        tables->largest[i] = larger(0, tables->study->base[i].value);
        for (size_t v = 0; v < tables->study->n_variants; v++)
            tables->largest[i] = larger(tables->largest[i], cell_of(tables, v, i)->value);
    }
}

/* A quantile for whose interval the paths are too few. */
static int is_too_short(const struct tables *tables, const struct mld_study_cell *cell, int i)
{
    const char *measure = strchr(tables->study->statistic[i].name, '.'),
               *of = measure ? strchr(measure + 1, '.') : NULL;
    return of && of[1] == 'p' && isfinite(cell->value) && !isfinite(cell->high - cell->low);
}

/* As the tables show it. Gives `text`, or a constant. */
static const char *cell_text(const struct tables *tables, const struct mld_study_cell *cell, int i,
                             char text[MLD_NUMBER_SIZE])
{
    if (is_too_short(tables, cell, i))
        return mld_say(&tables->page, "non estimable", "not estimable");
    return mld_format_estimate(text, tables->page.french, tables->study->statistic[i].quantity,
                               cell->value, cell->error, tables->largest[i], 0);
}

static void set_cell(const struct tables *tables, int row, int column,
                     const struct mld_study_cell *cell, int i)
{
    char text[MLD_NUMBER_SIZE];
    mld_table_set(tables->table, row, column, cell_text(tables, cell, i, text));
}

/* A number has the decimals with which it was given. */
static const char *point_text(const struct tables *tables, int axis, int i,
                              char text[MLD_NUMBER_SIZE])
{
    const struct mld_record_axis *of = &tables->study->axis[axis];
    const char *label = of->label[i], *point = strchr(label, '.');
    if (!of->is_numbers || strpbrk(label, "eE"))
        return label;
    return mld_format_number(text, tables->page.french, of->number[i],
                             point ? (int)strlen(point + 1) : 0, 0);
}

static const char *label_of(const struct tables *tables, int i, char text[MLD_CELL_SIZE])
{
    const struct mld_record_statistic *statistic = &tables->study->statistic[i];
    const char *design = "";
    for (int k = 0; k < tables->study->n_statistics; k++)
        if (strcmp(tables->study->statistic[k].design, statistic->design) != 0)
            design = strcmp(statistic->design, "with") == 0
                         ? mld_say(&tables->page, ", avec garantie", ", with guarantee")
                         : mld_say(&tables->page, ", sans garantie", ", without guarantee");
    snprintf(text, MLD_CELL_SIZE, "%s%s",
             tables->page.french ? statistic->label_fr : statistic->label_en, design);
    return text;
}

/* ---- rows of variants ---- */

/* The axes of a list leave no room for more than a number. */
static const char *head_of(const struct tables *tables, int i, char text[MLD_CELL_SIZE])
{
    if (tables->study->n_axes < 2)
        return label_of(tables, i, text);
    snprintf(text, MLD_CELL_SIZE, "[%d]", i + 1);
    return text;
}

static void print_legend(const struct tables *tables)
{
    char text[MLD_CELL_SIZE];
    mld_page_gap(&tables->page);
    for (int i = 0; i < tables->study->n_statistics; i++)
        mld_page_line(&tables->page, "[%d] %s", i + 1, label_of(tables, i, text));
}

/* How many statistics from the first on a page has room for, beside the axes. */
static int fitting(const struct tables *tables, int first)
{
    char text[MLD_CELL_SIZE];
    int axes = tables->study->n_axes, n = 0;
    size_t used = 13 * (size_t)axes;
    for (int i = first; i < tables->study->n_statistics && n < MLD_TABLE_MOST_COLUMNS - axes; i++) {
        size_t width = mld_text_width(head_of(tables, i, text));
        used += 3 + (width > LEAST_WIDTH ? width : LEAST_WIDTH);
        if (n && used > (size_t)tables->page.width)
            break;
        n++;
    }
    return n;
}

static void list_head(const struct tables *tables, int first, int n)
{
    char text[MLD_CELL_SIZE];
    int axes = tables->study->n_axes;
    mld_table_start(tables->table, axes + n);
    mld_table_row(tables->table, tables->study->axis[0].name);
    for (int a = 1; a < axes; a++)
        mld_table_set(tables->table, 0, a, tables->study->axis[a].name);
    for (int i = 0; i < n; i++)
        mld_table_set(tables->table, 0, axes + i, head_of(tables, first + i, text));
}

static void list_base(const struct tables *tables, int first, int n)
{
    int row = mld_table_row(tables->table, mld_say(&tables->page, "(base)", "(base)"));
    for (int i = 0; i < n; i++)
        set_cell(tables, row, tables->study->n_axes + i, &tables->study->base[first + i],
                 first + i);
}

/* Place on an axis of a variant. */
static int place_of(const struct tables *tables, size_t variant, int axis)
{
    const struct mld_study_record *study = tables->study;
    for (int i = study->n_axes - 1; i > axis; i--)
        variant /= (size_t)study->axis[i].n;
    return (int)(variant % (size_t)study->axis[axis].n);
}

static void list_variant(const struct tables *tables, size_t variant, int first, int n)
{
    char text[MLD_NUMBER_SIZE];
    int axes = tables->study->n_axes,
        row = mld_table_row(tables->table,
                            point_text(tables, 0, place_of(tables, variant, 0), text));
    for (int a = 1; a < axes; a++)
        mld_table_set(tables->table, row, a,
                      point_text(tables, a, place_of(tables, variant, a), text));
    for (int i = 0; i < n; i++)
        set_cell(tables, row, axes + i, cell_of(tables, variant, first + i), first + i);
}

static void print_list(const struct tables *tables)
{
    const struct mld_study_record *study = tables->study;
    if (study->n_axes > 1)
        print_legend(tables);
    for (int first = 0, n; first < study->n_statistics; first += n) {
        n = fitting(tables, first);
        for (size_t from = 0; from < study->n_variants; from += MOST_ROWS) {
            list_head(tables, first, n);
            if (!from)
                list_base(tables, first, n);
            for (size_t v = from; v < study->n_variants && v < from + MOST_ROWS; v++)
                list_variant(tables, v, first, n);
            mld_page_gap(&tables->page);
            mld_page_table(&tables->page, tables->table);
        }
    }
}

/* ---- two axes ---- */

/* The axis with more points goes down the page: `down` is 0 or 1. */
struct matrix {
    int down, statistic;
    int row, column; /* where a part of it begins */
};

static void print_part(const struct tables *tables, const struct matrix *matrix)
{
    const struct mld_record_axis *down = &tables->study->axis[matrix->down],
                                 *across = &tables->study->axis[!matrix->down];
    int columns = across->n - matrix->column, rows = down->n - matrix->row;
    char text[MLD_CELL_SIZE], number[MLD_NUMBER_SIZE];
    columns = columns < MOST_MATRIX_COLUMNS ? columns : MOST_MATRIX_COLUMNS;
    rows = rows < MOST_ROWS ? rows : MOST_ROWS;
    mld_table_start(tables->table, 1 + columns);
    snprintf(text, sizeof text, "%s \\ %s", down->name, across->name);
    mld_table_row(tables->table, text);
    for (int c = 0; c < columns; c++)
        mld_table_set(tables->table, 0, 1 + c,
                      point_text(tables, !matrix->down, matrix->column + c, number));
    for (int r = 0; r < rows; r++) {
        int row = mld_table_row(tables->table,
                                point_text(tables, matrix->down, matrix->row + r, number));
        for (int c = 0; c < columns; c++) {
            int i = matrix->row + r, j = matrix->column + c, n = tables->study->axis[1].n;
            size_t variant = matrix->down ? (size_t)j * (size_t)n + (size_t)i
                                          : (size_t)i * (size_t)n + (size_t)j;
            set_cell(tables, row, 1 + c, cell_of(tables, variant, matrix->statistic),
                     matrix->statistic);
        }
    }
    mld_page_table(&tables->page, tables->table);
}

static void print_matrix(const struct tables *tables, int statistic)
{
    const struct mld_study_record *study = tables->study;
    char label[MLD_CELL_SIZE], base[MLD_NUMBER_SIZE];
    struct matrix matrix = { study->axis[1].n > study->axis[0].n, statistic, 0, 0 };
    label_of(tables, statistic, label);
    mld_page_title(&tables->page, label, label);
    mld_page_paragraph(&tables->page, mld_say(&tables->page, "Base : %s.", "Base: %s."),
                       cell_text(tables, &study->base[statistic], statistic, base));
    for (; matrix.column < study->axis[!matrix.down].n; matrix.column += MOST_MATRIX_COLUMNS)
        for (matrix.row = 0; matrix.row < study->axis[matrix.down].n; matrix.row += MOST_ROWS) {
            mld_page_gap(&tables->page);
            print_part(tables, &matrix);
        }
}

/* ---- the page ---- */

static const char *attribute(const struct tables *tables, const char *name)
{
    return mld_results_attribute(tables->results, name);
}

static void head(const struct tables *tables)
{
    const struct mld_page *page = &tables->page;
    const struct mld_study_record *study = tables->study;
    char paths[MLD_NUMBER_SIZE], variants[MLD_NUMBER_SIZE], done[MLD_NUMBER_SIZE],
        overrides[MLD_OVERRIDES_SIZE];
    mld_format_number(paths, page->french, (double)mld_results_paths(tables->results), 0, 0);
    mld_format_number(variants, page->french, (double)study->n_variants, 0, 0);
    mld_format_number(done, page->french, (double)study->n_done, 0, 0);
    mld_page_line(page, mld_say(page, "Étude %s", "Study %s"), study->name);
    mld_page_paragraph(
        page,
        mld_say(page,
                "Base : %s (%s). %s variantes de %s trajectoires, graine %s, sur les "
                "mêmes tirages.",
                "Base: %s (%s). %s variants of %s paths, seed %s, on the same "
                "draws."),
        mld_results_title(tables->results, page->french), attribute(tables, "name"), variants,
        paths, attribute(tables, "seed"));
    if (*mld_rows_overrides(tables->results, overrides))
        mld_page_paragraph(page, mld_say(page, "Changé par --set : %s.", "Changed by --set: %s."),
                           overrides);
    mld_page_paragraph(
        page,
        mld_say(page, "milliard %s, commit %.12s, version du modèle %s, des tirages %s.",
                "milliard %s, commit %.12s, version of the model %s, of the draws %s."),
        attribute(tables, "program_version"), attribute(tables, "commit"),
        attribute(tables, "model_version"), attribute(tables, "stream_version"));
    if (*attribute(tables, "interrupted") == '1')
        mld_page_paragraph(page,
                           mld_say(page, "Calcul interrompu : %s variantes sur %s.",
                                   "Interrupted: %s variants of %s."),
                           done, variants);
}

static void axes(const struct tables *tables)
{
    const struct mld_page *page = &tables->page;
    for (int i = 0; i < tables->study->n_axes; i++) {
        const struct mld_record_axis *axis = &tables->study->axis[i];
        if (*axis->keys)
            mld_page_paragraph(page, mld_say(page, "%s : %s.", "%s: %s."), axis->name, axis->keys);
    }
}

static int is_met(const struct tables *tables, const struct mld_record_goal *goal, size_t variant)
{
    return mld_goal_is_met(&goal->goal, &tables->study->base[goal->statistic],
                           cell_of(tables, variant, goal->statistic));
}

/* "quotite 0.9, fee 0.01; quotite 1, fee 0.01": the variants that reach it. */
static void name_met(const struct tables *tables, const struct mld_record_goal *goal, char *text,
                     size_t size)
{
    const struct mld_study_record *study = tables->study;
    size_t used = 0;
    *text = '\0';
    for (size_t v = 0; v < study->n_variants; v++)
        for (int a = 0; is_met(tables, goal, v) && a < study->n_axes && used < size; a++) {
            char point[MLD_NUMBER_SIZE];
            used += (size_t)snprintf(text + used, size - used, "%s%s %s",
                                     a      ? ", "
                                     : used ? mld_say(&tables->page, " ; ", "; ")
                                            : "",
                                     study->axis[a].name,
                                     point_text(tables, a, place_of(tables, v, a), point));
        }
}

/* How many variants reach a target, and which when they are few. */
static void tell_goal(const struct tables *tables, const struct mld_record_goal *goal)
{
    enum { FEW = 6 };
    const struct mld_page *page = &tables->page;
    const struct mld_study_record *study = tables->study;
    char label[MLD_CELL_SIZE], target[2 * MLD_NUMBER_SIZE], met[MLD_NUMBER_SIZE],
        all[MLD_NUMBER_SIZE], names[FEW * MLD_MAX_AXES * MLD_NUMBER_SIZE];
    size_t n = 0;
    for (size_t v = 0; v < study->n_variants; v++)
        n += (size_t)is_met(tables, goal, v);
    *names = '\0';
    if (n <= FEW)
        name_met(tables, goal, names, sizeof names);
    mld_goal_text(page, study->statistic[goal->statistic].quantity, &goal->goal, target,
                  sizeof target);
    mld_page_paragraph(page,
                       mld_say(page, "Objectif : %s %s, atteint par %s variantes sur %s%s%s.",
                               "Target: %s %s, reached by %s variants of %s%s%s."),
                       label_of(tables, goal->statistic, label), target,
                       mld_format_number(met, page->french, (double)n, 0, 0),
                       mld_format_number(all, page->french, (double)study->n_variants, 0, 0),
                       *names ? mld_say(page, " : ", ": ") : "", names);
}

static void goals(const struct tables *tables)
{
    if (tables->study->n_goals)
        mld_page_gap(&tables->page);
    for (int i = 0; i < tables->study->n_goals; i++)
        tell_goal(tables, &tables->study->goal[i]);
}

static void notes(const struct tables *tables)
{
    const struct mld_page *page = &tables->page;
    mld_page_gap(page);
    mld_page_paragraph(
        page, "%s",
        mld_say(page,
                "Après ± : une erreur type de Monte-Carlo, due au nombre de "
                "trajectoires ; l'incertitude des hypothèses n'y est pas. Les "
                "variantes ont les mêmes tirages : leurs écarts sont plus précis, et "
                "le fichier les garde avec leurs erreurs.",
                "After ±: one Monte-Carlo standard error, due to the number of "
                "paths; the uncertainty of the assumptions is not in it. Variants "
                "have the same draws: their differences are more precise, and the "
                "file keeps them with their errors."));
}

enum mld_status mld_report_study(FILE *out, const struct mld_results *results, const char *language,
                                 int width)
{
    MLD_PLAIN_NUMBERS;
    struct tables tables = { .page = { out, language && strcmp(language, "fr") == 0,
                                       width > 0 ? width : 100 },
                             .results = results,
                             .study = mld_results_study(results),
                             .table = malloc(sizeof *tables.table) };
    if (!tables.table)
        return MLD_ERR_MEMORY;
    find_largest(&tables);
    head(&tables);
    axes(&tables);
    for (int i = 0; i < tables.study->n_statistics && tables.study->n_axes == 2; i++)
        print_matrix(&tables, i);
    if (tables.study->n_axes != 2)
        print_list(&tables);
    goals(&tables);
    notes(&tables);
    free(tables.table);
    return MLD_OK;
}
