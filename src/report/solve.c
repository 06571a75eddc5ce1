/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a statistic reaches a target: a table for people, and as CSV. */
#include "milliard/report.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/csv_text.h"
#include "core/plain.h"
#include "milliard/version.h"
#include "report/goal.h"
#include "report/page.h"

enum { VALUE = 1, STATISTIC, TARGET, LOW, HIGH, COLUMNS };

/* ---- numbers ---- */

static void set_value(const struct mld_page *page, struct mld_page_table *out, int row, int column,
                      double value)
{
    char text[MLD_NUMBER_SIZE];
    mld_table_set(out, row, column, mld_key_value_text(page, value, text));
}

static enum mld_quantity quantity_of(const struct mld_solve_table *table)
{
    return mld_measures[table->goal.statistic.measure].quantity;
}

static void set_statistic(const struct mld_page *page, struct mld_page_table *out, int row,
                          const struct mld_solve_table *table, const struct mld_study_cell *cell)
{
    char text[MLD_NUMBER_SIZE];
    mld_table_set(out, row, STATISTIC,
                  mld_format_estimate(text, page->french, quantity_of(table), cell->value,
                                      cell->error, table->base.value, 0));
    mld_table_set(out, row, TARGET,
                  mld_goal_is_met(&table->goal, &table->base, cell)
                      ? mld_say(page, "atteinte", "reached")
                      : mld_say(page, "non", "no"));
}

/* ---- the table ---- */

static void head(const struct mld_page *page, const struct mld_solve_table *table)
{
    char paths[MLD_NUMBER_SIZE], goal[2 * MLD_NUMBER_SIZE], label[MLD_LABEL_SIZE];
    mld_format_number(paths, page->french, (double)table->paths, 0, 0);
    mld_goal_text(page, mld_measures[table->goal.statistic.measure].quantity, &table->goal, goal,
                  sizeof goal);
    mld_page_line(page, mld_say(page, "%s : quelle valeur de %s", "%s: which value of %s"),
                  table->scenario, table->keys);
    mld_page_paragraph(page,
                       mld_say(page,
                               "Cible : %s %s (%s). %s trajectoires, graine %" PRIu64
                               ", les mêmes tirages partout. Valeurs essayées : %d, tours : %d.",
                               "Target: %s %s (%s). %s paths, seed %" PRIu64
                               ", the same draws throughout. Values tried: %d, rounds: %d."),
                       table->goal.statistic.name, goal,
                       mld_measure_label(table->goal.statistic.measure, NULL, page->french, label),
                       paths, table->seed, table->n_points, table->rounds);
    fputc('\n', page->out);
}

static void add_end(const struct mld_page *page, struct mld_page_table *out,
                    const struct mld_solve_table *table, int i, const char *label)
{
    int row = mld_table_row(out, label);
    set_value(page, out, row, VALUE, table->point[i].at);
    set_statistic(page, out, row, table, &table->point[i].cell);
}

static void add_crossing(const struct mld_page *page, struct mld_page_table *out,
                         const struct mld_solve_table *table, const struct mld_crossing *crossing)
{
    int row = mld_table_row(out, crossing->met > crossing->unmet
                                     ? mld_say(page, "à partir de", "from … up")
                                     : mld_say(page, "jusqu'à", "up to"));
    set_value(page, out, row, VALUE, crossing->met);
    set_statistic(page, out, row, table, &crossing->cell);
    set_value(page, out, row, LOW, crossing->low);
    set_value(page, out, row, HIGH, crossing->high);
}

static void print_table(const struct mld_page *page, struct mld_page_table *out,
                        const struct mld_solve_table *table)
{
    mld_table_start(out, COLUMNS);
    mld_table_row(out, "");
    mld_table_set(out, 0, VALUE, mld_say(page, "valeur", "value"));
    mld_table_set(out, 0, STATISTIC, table->goal.statistic.name);
    mld_table_set(out, 0, TARGET, mld_say(page, "cible", "target"));
    mld_table_set(out, 0, LOW, mld_say(page, "intervalle : de", "interval: from"));
    mld_table_set(out, 0, HIGH, mld_say(page, "à", "to"));
    int row = mld_table_row(out, mld_say(page, "scénario", "scenario"));
    set_statistic(page, out, row, table, &table->base);
    add_end(page, out, table, 0, mld_say(page, "borne basse", "lower end"));
    for (int i = 0; i < table->n_crossings; i++)
        add_crossing(page, out, table, &table->crossing[i]);
    add_end(page, out, table, table->n_points - 1, mld_say(page, "borne haute", "upper end"));
    mld_page_table(page, out);
}

/* ---- what is to be known of it ---- */

static void tell_none(const struct mld_page *page, const struct mld_solve_table *table)
{
    int met = mld_goal_is_met(&table->goal, &table->base, &table->point[0].cell);
    mld_page_paragraph(
        page, "%s",
        met ? mld_say(page,
                      "La cible est atteinte sur tout l'intervalle : aucune valeur essayée ne "
                      "la manque.",
                      "The target is reached over the whole range: no value that was tried misses "
                      "it.")
            : mld_say(page,
                      "La cible n'est atteinte nulle part : aucune valeur essayée n'y arrive.",
                      "The target is reached nowhere: no value that was tried attains it."));
}

static void tell_crossings(const struct mld_page *page, const struct mld_solve_table *table)
{
    char text[MLD_NUMBER_SIZE];
    int again = 0, open = 0;
    for (int i = 0; i < table->n_crossings; i++) {
        again += table->crossing[i].again;
        open |= table->crossing[i].low_open || table->crossing[i].high_open;
    }
    if (again)
        mld_page_paragraph(
            page, "%s",
            mld_say(page,
                    "La cible est franchie plusieurs fois dans un même intervalle : à "
                    "l'erreur près, c'est un seul franchissement.",
                    "The target is crossed several times within one interval: within "
                    "error these are one crossing."));
    if (open)
        mld_page_paragraph(
            page, "%s",
            mld_say(page,
                    "Un intervalle va jusqu'à une borne : il continue peut-être "
                    "au-delà.",
                    "An interval reaches an end of the range: it may go on beyond."));
    if (table->more)
        mld_page_paragraph(
            page, mld_say(page, "Et %d franchissements de plus.", "And %d more crossings."),
            table->more);
    mld_page_paragraph(
        page,
        mld_say(
            page,
            "Valeur : la plus proche du franchissement, à %s près, dont la simulation atteint la "
            "cible. Intervalle : les valeurs dont la statistique est à moins de 1,96 de son "
            "erreur de la cible%s.",
            "Value: the one nearest the crossing, to %s, of which a run reaches the target. "
            "Interval: values whose statistic lies within 1.96 of its error of the target%s."),
        mld_key_value_text(page, table->tolerance, text),
        table->goal.relative
            ? mld_say(page, " (erreur appariée à la base)", " (the error paired with the base)")
            : "");
}

static void tell(const struct mld_page *page, const struct mld_solve_table *table)
{
    char text[MLD_NUMBER_SIZE];
    mld_page_gap(page);
    if (table->interrupted)
        mld_page_paragraph(page, "%s",
                           mld_say(page, "Interrompu : connu moins finement que demandé.",
                                   "Interrupted: known less finely than asked for."));
    if (!table->n_crossings)
        tell_none(page, table);
    else
        tell_crossings(page, table);
    if (!isnan(table->turn))
        mld_page_paragraph(
            page,
            mld_say(page,
                    "La statistique n'est pas monotone, au-delà de son erreur : elle "
                    "change de sens vers %s. Deux franchissements entre deux valeurs "
                    "voisines du premier balayage resteraient inaperçus.",
                    "The statistic is not monotone, beyond its error: it turns about "
                    "%s. Two crossings between neighbouring values of the first scan "
                    "would go unseen."),
            mld_key_value_text(page, table->turn, text));
    if (table->undefined)
        mld_page_paragraph(page,
                           mld_say(page, "Statistique non définie à %d des %d valeurs essayées.",
                                   "The statistic is not defined at %d of the %d values tried."),
                           table->undefined, table->n_points);
}

enum mld_status mld_report_solve(FILE *out, const struct mld_solve_table *table,
                                 const char *language)
{
    MLD_PLAIN_NUMBERS;
    struct mld_page page = { out, language && strcmp(language, "fr") == 0, 100 };
    struct mld_page_table *cells = malloc(sizeof *cells);
    if (!cells)
        return MLD_ERR_MEMORY;
    head(&page, table);
    print_table(&page, cells, table);
    free(cells);
    tell(&page, table);
    return MLD_OK;
}

/* ---- CSV ---- */

static void put_number(FILE *out, double value)
{
    fputc(',', out);
    mld_csv_number(out, value, '.');
}

/* `around`: not met, low and high; NULL: empty. */
static void put_line(FILE *out, const struct mld_solve_table *table, const char *row, double at,
                     const struct mld_study_cell *cell, const double around[3])
{
    const struct mld_goal *goal = &table->goal;
    mld_csv_text(out, row, MLD_QUOTES_ALWAYS);
    fputc(',', out);
    mld_csv_text(out, table->keys, MLD_QUOTES_ALWAYS);
    put_number(out, at);
    fputc(',', out);
    mld_csv_text(out, goal->statistic.name, MLD_QUOTES_ALWAYS);
    const double number[] = { cell->value, cell->error, cell->change, cell->change_error };
    for (int i = 0; i < 4; i++)
        put_number(out, number[i]);
    fprintf(out, ",%s,%s%s", goal->at_least ? ">=" : "<=", goal->relative ? "base" : "",
            goal->relative && goal->value >= 0 ? "+" : "");
    mld_csv_number(out, goal->value, '.');
    fprintf(out, ",%d", mld_goal_is_met(goal, &table->base, cell));
    for (int i = 0; i < 3; i++)
        put_number(out, around ? around[i] : (double)NAN);
    fputc(',', out);
    mld_csv_text(out, table->scenario, MLD_QUOTES_ALWAYS);
    fprintf(out, ",%" PRIu32 ",%" PRIu64 ",%016" PRIx64 ",%s\r\n", table->paths, table->seed,
            table->fingerprint, mld_build_commit());
}

void mld_report_solve_csv(FILE *out, const struct mld_solve_table *table)
{
    MLD_PLAIN_NUMBERS;
    fputs("row,keys,value,statistic,statistic_value,statistic_error,change,change_error,comparison,"
          "target,reached,not_reached_at,low,high,scenario,paths,seed,fingerprint,commit\r\n",
          out);
    put_line(out, table, "base", (double)NAN, &table->base, NULL);
    for (int i = 0; i < table->n_crossings; i++) {
        const struct mld_crossing *crossing = &table->crossing[i];
        put_line(out, table, "solution", crossing->met, &crossing->cell,
                 (double[]){ crossing->unmet, crossing->low, crossing->high });
    }
    for (int i = 0; i < table->n_points; i++)
        put_line(out, table, "tried", table->point[i].at, &table->point[i].cell, NULL);
}
