/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sensitivity of a scenario: a table for people, and as CSV. */
#include "milliard/report.h"
#include "core/plain.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/csv_text.h"
#include "milliard/version.h"
#include "report/page.h"
#include "rows/rows.h"

/* One row an effect: what it is called, and as what it and its change are shown. */
static const struct effect_row {
    const char *name, *french, *english;
    enum mld_quantity quantity, change;
} effects[MLD_EFFECTS] = {
    [MLD_EFFECT_IRR] = { "net_irr_a", "TRI net A", "net IRR A", MLD_RATE, MLD_POINTS },
    [MLD_EFFECT_LOSS] = { "loss_a", "P(perte A)", "P(loss A)", MLD_RATE, MLD_POINTS },
    [MLD_EFFECT_NET_COST_DUE] = { "net_cost_due", "coût net dû", "net cost due", MLD_MONEY,
                                  MLD_MONEY },
    [MLD_EFFECT_NET_COST] = { "net_cost", "coût net payé", "net cost paid", MLD_MONEY, MLD_MONEY },
    [MLD_EFFECT_DOTATION] = { "dotation_95", "dotation 95\u00a0%", "dotation 95\u00a0%", MLD_MONEY,
                              MLD_MONEY },
};

/* What the scenario has, and the paths are enough for. */
static int shown(const struct mld_sensitivity_table *table, int effect)
{
    return !isnan(table->base[effect].value) &&
           (effect != MLD_EFFECT_NET_COST || table->design == MLD_KEPT) &&
           (effect != MLD_EFFECT_DOTATION ||
            mld_rows_is_long_enough(table->paths, mld_dotation_levels[MLD_DOTATION_95]));
}

static void head(const struct mld_page *page, const struct mld_sensitivity_table *table)
{
    char text[MLD_NUMBER_SIZE];
    mld_format_number(text, page->french, (double)table->paths, 0, 0);
    mld_page_line(page, mld_say(page, "Sensibilité de %s", "Sensitivity of %s"), table->scenario);
    mld_page_paragraph(
        page,
        mld_say(page,
                "%s trajectoires, graine %" PRIu64
                ", les mêmes tirages partout ; %s. Chaque ligne change un seul jugement.",
                "%s paths, seed %" PRIu64
                ", the same draws throughout; %s. Each line changes one judgement alone."),
        text, table->seed,
        table->design == MLD_KEPT
            ? mld_say(page,
                      "avec la garantie, toutes indemnités dues payées (le coût net payé, sur la "
                      "dotation)",
                      "with the guarantee, all dues paid (net cost paid: from the dotation)")
        : table->design == MLD_WITH ? mld_say(page, "avec la garantie", "with the guarantee")
                                    : mld_say(page, "sans garantie", "without guarantee"));
    fputc('\n', page->out);
}

static void set_effects(const struct mld_page *page, struct mld_page_table *out, int row,
                        const struct mld_sensitivity_table *table, const struct mld_effect *value,
                        int change)
{
    char text[MLD_NUMBER_SIZE];
    for (int effect = 0, column = 2; effect < MLD_EFFECTS; effect++) {
        if (!shown(table, effect))
            continue;
        mld_table_set(out, row, column++,
                      mld_format_estimate(text, page->french,
                                          change ? effects[effect].change
                                                 : effects[effect].quantity,
                                          value[effect].value, value[effect].error,
                                          table->base[effect].value, change));
    }
}

/*
 * What was applied to a key, as the language writes it: × 0,5, +0,15, 1 500 000, gaussienne; a list
 * is low or high.
 */
static const char *applied_one(const struct mld_page *page, const char *text, int high,
                               char out[2 * MLD_NUMBER_SIZE])
{
    static const struct {
        const char *name, *french, *english;
    } word[] = { { "none", "aucun", "none" },
                 { "gaussian", "gaussienne", "Gaussian" },
                 { "student", "Student", "Student" },
                 { "false", "non", "no" },
                 { "true", "oui", "yes" } };
    static const char *const mark[] = { "\u00d7 ", "+", "-", "" }, *const shown_mark[] = {
        "\u00d7\u00a0", "+", "\u2212", ""
    };
    char number[MLD_NUMBER_SIZE], *end;
    int m = 0, decimals = 0;
    if (*text == '[')
        return high ? mld_say(page, "haut", "high") : mld_say(page, "bas", "low");
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (strcmp(text, word[i].name) == 0)
            return mld_say(page, word[i].french, word[i].english);
    while (strncmp(text, mark[m], strlen(mark[m])) != 0)
        m++;
    const char *digits = text + strlen(mark[m]);
    double value = strtod(digits, &end);
    if (end == digits || *end || !(fabs(value) < 1e15))
        return text;
    while (decimals < 15 &&
           fabs(value - round(value * pow(10, decimals)) / pow(10, decimals)) > 1e-12 * fabs(value))
        decimals++;
    snprintf(out, 2 * MLD_NUMBER_SIZE, "%s%s", shown_mark[m],
             mld_format_number(number, page->french, value, decimals, 0));
    return out;
}

/* The same for every key, where a row gives each a value of its own: low; 4. */
static const char *applied(const struct mld_page *page, const char *text, int high,
                           char out[MLD_CELL_SIZE])
{
    char values[MLD_APPLIED], one[2 * MLD_NUMBER_SIZE];
    size_t used = 0;
    snprintf(values, sizeof values, "%s", text);
    *out = '\0';
    for (char *rest = values, *value; used < MLD_CELL_SIZE && (value = strsep(&rest, ";"));) {
        value += strspn(value, " ");
        for (size_t length = strlen(value); length > 0 && value[length - 1] == ' '; length--)
            value[length - 1] = '\0';
        used += (size_t)snprintf(out + used, MLD_CELL_SIZE - used, "%s%s",
                                 used ? mld_say(page, "\u00a0; ", "; ") : "",
                                 applied_one(page, value, high, one));
    }
    return out;
}

/*
 * Judgements that this scenario does not read, to the last bit: of an instrument that is not held,
 * say.
 */
static int moves_something(const struct mld_sensitivity_row *row)
{
    for (int end = 0; end < 2; end++)
        for (int effect = 0; effect < MLD_EFFECTS; effect++)
            if (row->change[end][effect].value != 0 && !isnan(row->change[end][effect].value))
                return 1;
    return 0;
}

static const char *label_of(const struct mld_page *page, const struct mld_sensitivity_row *row)
{
    const char *label = page->french ? row->label_fr : row->label_en;
    return *label ? label : row->name;
}

static void print_head(const struct mld_page *page, struct mld_page_table *out,
                       const struct mld_sensitivity_table *table)
{
    int columns = 2;
    for (int effect = 0; effect < MLD_EFFECTS; effect++)
        columns += shown(table, effect);
    mld_table_start(out, columns);
    mld_table_row(out, mld_say(page, "jugement", "judgement"));
    mld_table_set(out, 0, 1, mld_say(page, "valeur", "value"));
    for (int effect = 0, column = 2; effect < MLD_EFFECTS; effect++)
        if (shown(table, effect))
            mld_table_set(out, 0, column++,
                          mld_say(page, effects[effect].french, effects[effect].english));
    set_effects(page, out, mld_table_row(out, mld_say(page, "scénario", "scenario")), table,
                table->base, 0);
}

static void print_table(const struct mld_page *page, struct mld_page_table *out,
                        const struct mld_sensitivity_table *table)
{
    print_head(page, out, table);
    for (int i = 0; i < table->n_rows; i++)
        for (int end = 0; end < 2 && moves_something(&table->row[i]); end++) {
            const struct mld_sensitivity_row *judgement = &table->row[i];
            char text[MLD_CELL_SIZE];
            int row = mld_table_row(out, end ? "" : label_of(page, judgement));
            mld_table_set(out, row, 1,
                          applied(page, end ? judgement->high : judgement->low, end, text));
            set_effects(page, out, row, table, judgement->change[end], 1);
        }
    mld_page_table(page, out);
}

/* Labels of the rows that move nothing, as many as a paragraph holds; gives how many there are. */
static int list_still(FILE *out, const struct mld_page *page,
                      const struct mld_sensitivity_table *table)
{
    enum { ROOM = 3000 };
    int n = 0, more = 0;
    for (int i = 0; i < table->n_rows; i++)
        if (moves_something(&table->row[i]))
            continue;
        else if (ftell(out) < ROOM)
            fprintf(out, "%s%s", n++ ? mld_say(page, "\u00a0; ", "; ") : "",
                    label_of(page, &table->row[i]));
        else
            more++;
    if (more)
        fprintf(out, mld_say(page, "\u00a0; et %d de plus", "; and %d more"), more);
    return n;
}

/* Rows of zeros are one sentence: a scenario inherits judgements on what it does not hold. */
static enum mld_status print_still(const struct mld_page *page,
                                   const struct mld_sensitivity_table *table)
{
    char *labels = NULL;
    size_t length;
    FILE *memory = open_memstream(&labels, &length);
    if (!memory)
        return MLD_ERR_MEMORY;
    int n = list_still(memory, page, table), failed = fclose(memory) != 0;
    if (!failed && n) {
        mld_page_gap(page);
        mld_page_paragraph(page,
                           mld_say(page, "Sans effet ici, à aucune des deux valeurs : %s.",
                                   "Without effect here, at either value: %s."),
                           labels);
    }
    free(labels);
    return failed ? MLD_ERR_MEMORY : MLD_OK;
}

static void break_even(const struct mld_page *page, const struct mld_sensitivity_table *table)
{
    char value[MLD_NUMBER_SIZE], low[MLD_NUMBER_SIZE], high[MLD_NUMBER_SIZE];
    if (isnan(table->base[MLD_EFFECT_IRR].value))
        return;
    fputc('\n', page->out);
    mld_format_number(low, page->french, table->break_even_low, 2, 0);
    mld_format_number(high, page->french, table->break_even_high, 2, 0);
    if (isnan(table->break_even_pd.value))
        mld_page_paragraph(page,
                           mld_say(page,
                                   "Aucun multiple des probabilités de défaut entre %s et %s ne "
                                   "ramène à 1 la médiane du TVPI des parts A.",
                                   "No multiple of the default probabilities between %s and %s "
                                   "brings the median TVPI of class A to 1."),
                           low, high);
    else
        mld_page_paragraph(page,
                           mld_say(page,
                                   "Point mort : toutes les probabilités de défaut multipliées par "
                                   "%s, la médiane du TVPI des parts A vaut 1.",
                                   "Break-even: with all default probabilities multiplied by %s, "
                                   "the median TVPI of class A is 1."),
                           mld_format_estimate(value, page->french, MLD_MULTIPLE,
                                               table->break_even_pd.value,
                                               table->break_even_pd.error, 0, 0));
}

enum mld_status mld_report_sensitivity(FILE *out, const struct mld_sensitivity_table *table,
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
    if (print_still(&page, table) != MLD_OK)
        return MLD_ERR_MEMORY;
    break_even(&page, table);
    mld_page_paragraph(
        &page, "%s",
        mld_say(&page,
                "Après ± : une erreur type de Monte-Carlo, d'écarts appariés pour les changements.",
                "After ±: one Monte-Carlo standard error, of paired differences for the changes."));
    return MLD_OK;
}

static void put_number(FILE *out, double value)
{
    fputc(',', out);
    mld_csv_number(out, value, '.');
}

/* A line: effects, the break-even of the scenario's own line alone, and where it all comes from. */
static void put_line(FILE *out, const struct mld_sensitivity_table *table,
                     const char *const text[5], const struct mld_effect *effect)
{
    for (int i = 0; i < 5; i++) {
        if (i)
            fputc(',', out);
        mld_csv_text(out, text[i], MLD_QUOTES_ALWAYS);
    }
    for (int i = 0; i < MLD_EFFECTS; i++) {
        put_number(out, effect[i].value);
        put_number(out, effect[i].error);
    }
    const double even[] = { table->break_even_pd.value, table->break_even_pd.error,
                            table->break_even_low, table->break_even_high };
    for (int i = 0; i < 4; i++)
        put_number(out, effect == table->base ? even[i] : (double)NAN);
    fputc(',', out);
    mld_csv_text(out, table->scenario, MLD_QUOTES_ALWAYS);
    fprintf(out, ",%s,%zu,%" PRIu64 ",%016" PRIx64 ",%s\r\n", mld_design_names[table->design],
            table->paths, table->seed, table->fingerprint, mld_build_commit());
}

void mld_report_sensitivity_csv(FILE *out, const struct mld_sensitivity_table *table)
{
    MLD_PLAIN_NUMBERS;
    fputs("judgement,label_en,label_fr,end,applied", out);
    for (int i = 0; i < MLD_EFFECTS; i++)
        fprintf(out, ",%s,%s_error", effects[i].name, effects[i].name);
    fputs(",break_even_pd,break_even_pd_error,break_even_pd_low,break_even_pd_high,scenario,branch,"
          "paths,seed,fingerprint,commit\r\n",
          out);
    put_line(out, table, (const char *const[]){ "base", "scenario", "scénario", "base", "" },
             table->base);
    for (int i = 0; i < table->n_rows; i++)
        for (int high = 0; high < 2; high++) {
            const struct mld_sensitivity_row *row = &table->row[i];
            put_line(out, table,
                     (const char *const[]){ row->name, row->label_en, row->label_fr,
                                            high ? "high" : "low", high ? row->high : row->low },
                     row->change[high]);
        }
}
