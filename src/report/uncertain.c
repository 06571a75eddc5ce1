/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Worlds beside the scenario's own inputs: every number twice, what of the spread is chance, what
 * the mean could be, and which judgement the ignorance comes from.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "milliard/uncertain.h"
#include "report/sections.h"
#include "rows/rows.h"

enum { RIGHT = 1, KNOWN, LAST, COLUMNS };
enum { TOLD = 5, TEXT = 2 * MLD_NUMBER_SIZE + 8, LONG_TEXT = 1024 };

static const char *percent(const struct mld_report *report, char *text, double part)
{
    return mld_format(text, report->page.french, MLD_RATE, part, 0.01, 1, 0);
}

/* "2.1 … 4.5 %", or "–" where there is nothing to tell. */
static const char *range(const struct mld_report *report, char text[TEXT],
                         enum mld_quantity quantity, const double end[2], double error)
{
    char low[MLD_NUMBER_SIZE], high[MLD_NUMBER_SIZE];
    double largest = fabs(end[0]) > fabs(end[1]) ? fabs(end[0]) : fabs(end[1]);
    if (!(end[0] == end[0] && end[1] == end[1]))
        return "–";
    mld_format(low, report->page.french, quantity, end[0], error, largest, 0);
    mld_format(high, report->page.french, quantity, end[1], error, largest, 0);
    snprintf(text, TEXT, "%s … %s", low, high);
    return text;
}

/* ---- numbers twice ---- */

static void set_mean(const struct mld_report *report, int row, int column,
                     enum mld_quantity quantity, const struct mld_statistics *of)
{
    char text[TEXT];
    mld_table_set(report->table, row, column,
                  mld_format_estimate(text, report->page.french, quantity, of->mean, of->mean_error,
                                      fabs(of->mean), 0));
}

static void set_spread(const struct mld_report *report, int row, int column,
                       enum mld_quantity quantity, const struct mld_statistics *of)
{
    char text[TEXT];
    const double end[2] = { of->quantile[MLD_QUANTILE_5], of->quantile[MLD_QUANTILE_95] };
    mld_table_set(report->table, row, column, range(report, text, quantity, end, of->mean_error));
}

/* "26 % (24–28)", or "below x %" where nothing is known to be ignorance. */
static void set_share(const struct mld_report *report, int row, const struct mld_split *split)
{
    char text[TEXT], low[MLD_NUMBER_SIZE], high[MLD_NUMBER_SIZE];
    const struct mld_between *share = &split->share;
    percent(report, high, share->high > 0.01 ? share->high : 0.01);
    if (!(share->value == share->value))
        snprintf(text, sizeof text, "–");
    else if (share->low <= 0)
        snprintf(text, sizeof text, mld_say(&report->page, "sous %s", "below %s"), high);
    else
        snprintf(text, sizeof text, "%s … %s", percent(report, low, share->low), high);
    mld_table_set(report->table, row, LAST, text);
}

/* Of a probability only where a world has events enough for its own frequency to say something. */
static int has_band(const struct mld_uncertain *uncertain, const struct mld_indexed *one)
{
    double mean = uncertain->measure[one->design][one->measure].mean,
           events = uncertain->paths_per_world * (mean < 0.5 ? mean : 1 - mean);
    return !uncertain->is_probability[one->design][one->measure] || events >= MLD_FEWEST_EVENTS;
}

static void put_mean(const struct mld_report *report, const struct mld_uncertain *uncertain,
                     const struct mld_indexed *one, int row)
{
    char text[TEXT];
    enum mld_quantity quantity = mld_measures[one->measure].quantity;
    const struct mld_split *split = &uncertain->split[one->design][one->measure];
    const double end[2] = { split->band[0], split->band[MLD_BAND - 1] };
    set_mean(report, row, RIGHT, quantity, &report->summary->measure[one->design][one->measure]);
    set_mean(report, row, KNOWN, quantity, &uncertain->measure[one->design][one->measure]);
    mld_table_set(report->table, row, LAST,
                  has_band(uncertain, one) ? range(report, text, quantity, end, split->mean_error)
                                           : "–");
}

static void put_spread(const struct mld_report *report, const struct mld_uncertain *uncertain,
                       const struct mld_indexed *one, int row)
{
    enum mld_quantity quantity = mld_measures[one->measure].quantity;
    if (uncertain->is_probability[one->design][one->measure]) {
        mld_table_set(report->table, row, RIGHT, "–");
        mld_table_set(report->table, row, KNOWN, "–");
    } else {
        set_spread(report, row, RIGHT, quantity,
                   &report->summary->measure[one->design][one->measure]);
        set_spread(report, row, KNOWN, quantity, &uncertain->measure[one->design][one->measure]);
    }
    set_share(report, row, &uncertain->split[one->design][one->measure]);
}

/* The measures that have indices, each a row of a table whose last column is `last`. */
static void put_measures(const struct mld_report *report, const struct mld_uncertain *uncertain,
                         const char *what, const char *last,
                         void put(const struct mld_report *, const struct mld_uncertain *,
                                  const struct mld_indexed *, int))
{
    const struct mld_page *page = &report->page;
    struct mld_page_table *table = report->table;
    mld_table_start(table, COLUMNS);
    mld_table_row(table, what);
    mld_table_set(table, 0, RIGHT, mld_say(page, "si justes", "if right"));
    mld_table_set(table, 0, KNOWN, mld_say(page, "telles que connues", "as known"));
    mld_table_set(table, 0, LAST, last);
    for (int i = 0; i < uncertain->n_indexed; i++) {
        const struct mld_indexed *one = &uncertain->indexed[i];
        if (uncertain->measure[one->design][one->measure].count)
            put(report, uncertain, one,
                mld_table_row(table,
                              mld_rows_label(mld_measures[one->measure].name, page->french)));
    }
    mld_page_table(page, table);
    mld_page_gap(page);
}

/* Means, then spreads: side by side they would be wider than a page. */
static void put_twice(const struct mld_report *report, const struct mld_uncertain *uncertain)
{
    const struct mld_page *page = &report->page;
    put_measures(report, uncertain, mld_say(page, "moyenne ± erreur type", "mean ± standard error"),
                 mld_say(page, "la moyenne pourrait être", "what the mean could be"), put_mean);
    put_measures(report, uncertain,
                 mld_say(page, "5 à 95\u00a0% des trajectoires", "5 to 95\u00a0% of paths"),
                 mld_say(page, "part d'ignorance", "share of ignorance"), put_spread);
}

static void put_dotations(const struct mld_report *report, const struct mld_uncertain *uncertain)
{
    const struct mld_page *page = &report->page;
    const struct mld_summary *summary = report->summary;
    char text[TEXT];
    if (!report->has_guarantee)
        return;
    mld_table_start(report->table, 3);
    mld_table_row(report->table, mld_say(page, "dotation nécessaire", "dotation needed"));
    mld_table_set(report->table, 0, 1, mld_say(page, "si justes", "if right"));
    mld_table_set(report->table, 0, 2, mld_say(page, "telles que connues", "as known"));
    for (int i = 0; i < MLD_DOTATION_LEVELS; i++) {
        char number[MLD_NUMBER_SIZE], level[MLD_NUMBER_SIZE + 8];
        mld_format_level(number, page->french, mld_dotation_levels[i]);
        snprintf(level, sizeof level, "%s\u00a0%%", number);
        int row = mld_table_row(report->table, level);
        double error = (uncertain->dotation_high[i] - uncertain->dotation_low[i]) / 4;
        mld_table_set(report->table, row, 1,
                      mld_format(text, page->french, MLD_MONEY, summary->dotation[i],
                                 (summary->dotation_high[i] - summary->dotation_low[i]) / 4,
                                 summary->dotation[i], 0));
        mld_table_set(report->table, row, 2,
                      uncertain->dotation[i] == uncertain->dotation[i]
                          ? mld_format(text, page->french, MLD_MONEY, uncertain->dotation[i], error,
                                       uncertain->dotation[i], 0)
                          : mld_say(page, "aucune donnée ne peut l'éprouver",
                                    "no data can test it"));
    }
    mld_page_table(page, report->table);
    mld_page_gap(page);
}

/* ---- which judgement ---- */

static const char *label_of(const struct mld_report *report, const struct mld_world_input *input)
{
    const char *label = report->page.french ? input->label_fr : input->label_en;
    return *label ? label : input->name;
}

/* The judgement of the largest index not told yet, or −1. */
static int next_of(const struct mld_uncertain *uncertain, const struct mld_indexed *one,
                   const unsigned char *told)
{
    int best = -1;
    for (int j = 0; j < uncertain->inputs; j++) {
        double first = one->index[uncertain->input[j].block].first.value;
        if (!told[j] && (best < 0 || first > one->index[uncertain->input[best].block].first.value))
            best = j;
    }
    return best;
}

/* "PD", or "PD + cap" of judgements that rank correlations tie together. */
static void add_labels(const struct mld_report *report, const struct mld_uncertain *uncertain,
                       int block, char *text)
{
    int n = 0;
    for (int j = 0; j < uncertain->inputs; j++) {
        size_t used = strlen(text);
        if (uncertain->input[j].block == block)
            snprintf(text + used, LONG_TEXT - used, "%s%s", n++ ? " + " : "",
                     label_of(report, &uncertain->input[j]));
    }
}

/* Adds "PD 37 % (36 % to 39 %)"; 0 when what is left is not above nothing. */
static int add_index(const struct mld_report *report, const struct mld_uncertain *uncertain,
                     const struct mld_indexed *one, unsigned char *told, char *text)
{
    int j = next_of(uncertain, one, told);
    char value[MLD_NUMBER_SIZE], low[MLD_NUMBER_SIZE], high[MLD_NUMBER_SIZE];
    if (j < 0 || !(one->index[uncertain->input[j].block].first.low > 0))
        return 0;
    const struct mld_index *index = &one->index[uncertain->input[j].block];
    if (*text)
        snprintf(text + strlen(text), LONG_TEXT - strlen(text), ", ");
    add_labels(report, uncertain, uncertain->input[j].block, text);
    size_t used = strlen(text);
    snprintf(text + used, LONG_TEXT - used,
             mld_say(&report->page, " %s (de %s à %s)", " %s (%s to %s)"),
             percent(report, value, index->first.value), percent(report, low, index->first.low),
             percent(report, high, index->first.high));
    for (int k = 0; k < uncertain->inputs; k++)
        told[k] |= uncertain->input[k].block == uncertain->input[j].block;
    return 1;
}

static void put_indices(const struct mld_report *report, const struct mld_uncertain *uncertain,
                        const struct mld_indexed *one)
{
    const struct mld_page *page = &report->page;
    unsigned char told[MLD_MAX_SENSITIVITIES] = { 0 };
    char text[LONG_TEXT] = "", explained[MLD_NUMBER_SIZE];
    int n = 0;
    while (one->known && n < TOLD && add_index(report, uncertain, one, told, text))
        n++;
    if (!n)
        return;
    mld_page_paragraph(page, mld_say(page, "%s : %s.", "%s: %s."),
                       mld_rows_label(mld_measures[one->measure].name, page->french), text);
    if (uncertain->method == MLD_BY_REGRESSION && one->of.explained < mld_least_explained)
        mld_page_paragraph(
            page,
            mld_say(
                page,
                "Attention : la régression n'explique que %s de cette ignorance ; ces indices "
                "n'en sont pas tout, uncertainty.method = \"pick_freeze\" les trouve sans elle.",
                "Warning: the regression explains only %s of this ignorance; these indices are "
                "not all of it, and uncertainty.method = \"pick_freeze\" finds them without."),
            percent(report, explained, one->of.explained));
}

static int any_known(const struct mld_uncertain *uncertain)
{
    for (int i = 0; i < uncertain->n_indexed; i++)
        if (uncertain->indexed[i].known)
            return 1;
    return 0;
}

static void put_all_indices(const struct mld_report *report, const struct mld_uncertain *uncertain)
{
    const struct mld_page *page = &report->page;
    if (!any_known(uncertain)) {
        mld_page_paragraph(
            page,
            mld_say(page,
                    "Trop peu de mondes pour dire de quel jugement vient l'ignorance : il en faut "
                    "au moins %d.",
                    "Too few worlds to say which judgement the ignorance comes from: at least %d "
                    "are needed."),
            3 * uncertain->terms);
        return;
    }
    mld_page_paragraph(page, "%s",
                       mld_say(page,
                               "Pour quelle hypothèse aller chercher des données d'abord ? Part de "
                               "l'ignorance qui disparaîtrait si le jugement était connu :",
                               "Which assumption should we go and find data for first? Part of the "
                               "ignorance that would go if the judgement were known:"));
    for (int i = 0; i < uncertain->n_indexed; i++)
        put_indices(report, uncertain, &uncertain->indexed[i]);
}

/* How much of the variance of one result is chance, inputs, choice of a model. */
static void tell_kinds(const struct mld_report *report, const struct mld_uncertain *uncertain)
{
    const struct mld_indexed *one = &uncertain->indexed[0];
    char chance[MLD_NUMBER_SIZE], numbers[MLD_NUMBER_SIZE], choices[MLD_NUMBER_SIZE];
    if (!uncertain->n_indexed || !one->known || uncertain->method != MLD_BY_REGRESSION)
        return;
    double share = uncertain->split[one->design][one->measure].share.value;
    if (!(share > 0))
        return;
    percent(report, chance, 1 - share);
    percent(report, numbers, share * one->of.numbers);
    percent(report, choices, share * one->of.choices);
    mld_page_paragraph(
        &report->page,
        mld_say(&report->page,
                "De la variance d'un résultat (%s) : hasard %s, hypothèses chiffrées %s, choix "
                "(de modèle, de rythme) %s.",
                "Of the variance of one result (%s): chance %s, inputs that are numbers %s, "
                "choices (of a model, of a pace) %s."),
        mld_rows_label(mld_measures[one->measure].name, report->page.french), chance, numbers,
        choices);
}

/* ---- notes ---- */

/* Of which probabilities nothing is told of what they could be, and why. */
static void tell_refused(const struct mld_report *report, const struct mld_uncertain *uncertain)
{
    char text[LONG_TEXT] = "";
    for (int i = 0; i < uncertain->n_indexed; i++) {
        const struct mld_indexed *one = &uncertain->indexed[i];
        size_t used = strlen(text);
        if (uncertain->measure[one->design][one->measure].count && !has_band(uncertain, one))
            snprintf(text + used, sizeof text - used, "%s%s", used ? ", " : "",
                     mld_rows_label(mld_measures[one->measure].name, report->page.french));
    }
    if (*text)
        mld_page_paragraph(
            &report->page,
            mld_say(&report->page,
                    "Ce que la moyenne pourrait être n'est pas dit de : %s. Une probabilité "
                    "demande au moins %d événements attendus par monde.",
                    "What the mean could be is not told of: %s. A probability takes at least %d "
                    "expected events a world."),
            text, MLD_FEWEST_EVENTS);
}

static void tell_centre(const struct mld_report *report, const struct mld_uncertain *uncertain)
{
    char text[LONG_TEXT] = "";
    const char *many = "";
    for (int j = 0; j < uncertain->inputs; j++) {
        size_t used = strlen(text);
        const char *label = label_of(report, &uncertain->input[j]);
        if (uncertain->input[j].centred)
            continue;
        if (used + strlen(label) + 8 > LONG_TEXT / 2)
            many = " …";
        else
            snprintf(text + used, sizeof text - used, "%s%s", used ? ", " : "", label);
    }
    if (*text)
        mld_page_paragraph(&report->page,
                           mld_say(&report->page,
                                   "Le centre des jugements n'est pas le scénario : la moyenne de "
                                   "ce qui est tiré n'est pas ce qu'il dit de %s%s.",
                                   "The centre of the judgements is not the scenario: the mean of "
                                   "what is drawn is not what it says of %s%s."),
                           text, many);
}

static void tell_kept(const struct mld_report *report, const struct mld_uncertain *uncertain)
{
    const struct mld_page *page = &report->page;
    char means[MLD_NUMBER_SIZE], sds[MLD_NUMBER_SIZE];
    if (uncertain->kept.means == 0 && uncertain->kept.sds == 0)
        return;
    mld_page_paragraph(
        page,
        mld_say(page,
                "Recouvrements tirés hors de [0,02 ; 0,98] et ramenés au bord : %s ; écarts-types "
                "abaissés pour leur moyenne : %s.",
                "Mean recoveries drawn outside [0.02, 0.98] and kept at its edge: %s; standard "
                "deviations lowered for their mean: %s."),
        mld_format_number(means, page->french, uncertain->kept.means, 0, 0),
        mld_format_number(sds, page->french, uncertain->kept.sds, 0, 0));
}

void mld_section_uncertain(const struct mld_report *report)
{
    const struct mld_page *page = &report->page;
    const struct mld_uncertain *uncertain = report->summary->uncertain;
    char worlds[MLD_NUMBER_SIZE];
    if (!uncertain)
        return;
    mld_page_title(page, "Si les hypothèses sont justes, et telles qu'on les connaît",
                   "If the inputs are right, and as the inputs are known");
    put_twice(report, uncertain);
    put_dotations(report, uncertain);
    mld_page_paragraph(
        page,
        mld_say(page,
                "%s mondes de %d trajectoires : dans chacun, les %d jugements du scénario sont "
                "tirés ensemble entre leur bas et leur haut. À gauche le scénario lui-même, sur "
                "autant de trajectoires ; la part d'ignorance est celle de la variance d'un "
                "résultat que de meilleures données supprimeraient, le reste est du hasard.",
                "%s worlds of %d paths: in each, the %d judgements of the scenario are drawn "
                "together between their low and high. To the left the scenario itself, on as many "
                "paths; the share of ignorance is the part of the variance of one result that "
                "better data would take away, the rest is chance."),
        mld_format_number(worlds, page->french, uncertain->worlds, 0, 0),
        uncertain->paths_per_world, uncertain->inputs);
    tell_centre(report, uncertain);
    tell_kept(report, uncertain);
    tell_refused(report, uncertain);
    if (uncertain->inputs == 0)
        return;
    tell_kinds(report, uncertain);
    put_all_indices(report, uncertain);
}
