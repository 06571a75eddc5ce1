/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bridge from gross to net: a table for people, and as CSV. */
#include "milliard/report.h"
#include "core/plain.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/csv_text.h"
#include "milliard/version.h"
#include "report/page.h"

static const char *const label[MLD_BRIDGE_STEPS][2] = {
    [MLD_BRIDGE_CONTRACTS] = { "ce que promettent les contrats", "what contracts promise" },
    [MLD_BRIDGE_DEFAULTS] = { "défauts", "defaults" },
    [MLD_BRIDGE_FORCED] = { "cessions forcées", "forced sales" },
    [MLD_BRIDGE_TIMING] = { "calendrier et trésorerie", "timing and cash" },
    [MLD_BRIDGE_MANAGEMENT] = { "frais de gestion", "management fees" },
    [MLD_BRIDGE_COSTS] = { "autres frais", "other costs" },
    [MLD_BRIDGE_LINE] = { "ligne de crédit", "credit line" },
    [MLD_BRIDGE_GRANTS] = { "subventions", "grants" },
    [MLD_BRIDGE_CLASS_B] = { "parts B", "class B" },
    [MLD_BRIDGE_GUARANTEE] = { "garantie", "guarantee" },
    [MLD_BRIDGE_CARRY] = { "carried interest et impact", "carry and impact" },
};

static void set(const struct mld_page *page, struct mld_page_table *table, int row, int column,
                enum mld_quantity quantity, const struct mld_effect *effect, int change)
{
    char text[MLD_NUMBER_SIZE];
    mld_table_set(table, row, column,
                  mld_format_estimate(text, page->french, quantity, effect->value, effect->error,
                                      1e6, change));
}

static void put_effects(const struct mld_page *page, struct mld_page_table *table, const char *name,
                        const struct mld_effect effect[MLD_BRIDGE_UNITS], int change)
{
    int row = mld_table_row(table, name);
    set(page, table, row, 1, change ? MLD_POINTS : MLD_RATE, &effect[MLD_BRIDGE_IRR], change);
    set(page, table, row, 2, MLD_MULTIPLE, &effect[MLD_BRIDGE_TVPI], change);
    set(page, table, row, 3, MLD_MONEY, &effect[MLD_BRIDGE_MONEY], change);
}

static void head(const struct mld_page *page, struct mld_page_table *table)
{
    mld_table_start(table, 4);
    mld_table_row(table, mld_say(page, "du brut au net", "from gross to net"));
    mld_table_set(table, 0, 1, mld_say(page, "TRI moyen", "mean IRR"));
    mld_table_set(table, 0, 2, mld_say(page, "multiple", "multiple"));
    mld_table_set(table, 0, 3, mld_say(page, "reçu − versé", "received − paid"));
}

static void put_table(const struct mld_page *page, struct mld_page_table *table,
                      const struct mld_bridge *bridge)
{
    head(page, table);
    for (int s = 0; s < MLD_BRIDGE_STEPS; s++) {
        const struct mld_bridge_step *step = &bridge->step[s];
        if (!step->present)
            continue;
        put_effects(page, table, label[s][!page->french], step->change, s > 0);
        if (s == MLD_BRIDGE_FORCED)
            put_effects(page, table, mld_say(page, "= brut des investissements", "= gross, deals"),
                        step->level, 0);
    }
    put_effects(page, table, mld_say(page, "= net, parts A", "= net, class A"),
                bridge->step[MLD_BRIDGE_CARRY].level, 0);
    mld_page_table(page, table);
}

static void put_notes(const struct mld_page *page, const struct mld_bridge *bridge)
{
    char left[MLD_NUMBER_SIZE];
    mld_page_gap(page);
    mld_page_paragraph(
        page, "%s",
        mld_say(page,
                "Chaque ligne est l'écart, sur les mêmes tirages, avec la ligne précédente ; les "
                "premières sont celles des investissements, à partir du calendrier celles des "
                "parts A, que le capital des parts C suit. Garantie : toutes les indemnités dues "
                "sont payées. Après ± : une erreur type.",
                "Each line is the difference, on the same draws, from the line before; the first "
                "are those of the deals, from timing on those of class A, behind which class C's "
                "capital ranks. Guarantee: all dues are paid. After ±: one standard error."));
    if (bridge->counted == bridge->paths)
        return;
    mld_format_number(left, page->french, (double)(bridge->paths - bridge->counted), 0, 0);
    mld_page_paragraph(page,
                       mld_say(page,
                               "%s trajectoires sans TRI défini à chaque étape sont "
                               "laissées de côté.",
                               "%s paths on which a step has no IRR are left out."),
                       left);
}

enum mld_status mld_report_bridge(FILE *out, const struct mld_bridge *bridge, const char *language)
{
    MLD_PLAIN_NUMBERS;
    struct mld_page page = { out, language && strcmp(language, "fr") == 0, 100 };
    struct mld_page_table *table = malloc(sizeof *table);
    char paths[MLD_NUMBER_SIZE];
    if (!table)
        return MLD_ERR_MEMORY;
    mld_format_number(paths, page.french, (double)bridge->paths, 0, 0);
    mld_page_line(&page, mld_say(&page, "Du brut au net : %s", "From gross to net: %s"),
                  bridge->scenario);
    mld_page_paragraph(&page,
                       mld_say(&page, "%s trajectoires, graine %" PRIu64 ".",
                               "%s paths, seed %" PRIu64 "."),
                       paths, bridge->seed);
    mld_page_gap(&page);
    put_table(&page, table, bridge);
    put_notes(&page, bridge);
    free(table);
    return MLD_OK;
}

/* ---- CSV ---- */

static void put_pair(FILE *out, const struct mld_effect *effect)
{
    const double value[] = { effect->value, effect->error };
    for (int i = 0; i < 2; i++) {
        fputc(',', out);
        mld_csv_number(out, value[i], '.');
    }
}

void mld_report_bridge_csv(FILE *out, const struct mld_bridge *bridge)
{
    static const char *const unit[MLD_BRIDGE_UNITS] = { "irr", "tvpi", "money" };
    MLD_PLAIN_NUMBERS;
    fputs("bridge,label_en,label_fr", out);
    for (int u = 0; u < MLD_BRIDGE_UNITS; u++)
        fprintf(out, ",%s,%s_error,%s_change,%s_change_error", unit[u], unit[u], unit[u], unit[u]);
    fputs(",scenario,branch,paths,counted,seed,fingerprint,commit\r\n", out);
    for (int s = 0; s < MLD_BRIDGE_STEPS; s++) {
        const struct mld_bridge_step *step = &bridge->step[s];
        if (!step->present)
            continue;
        mld_csv_text(out, mld_bridge_steps[s], MLD_QUOTES_ALWAYS);
        for (int french = 0; french < 2; french++) {
            fputc(',', out);
            mld_csv_text(out, label[s][!french], MLD_QUOTES_ALWAYS);
        }
        for (int u = 0; u < MLD_BRIDGE_UNITS; u++) {
            put_pair(out, &step->level[u]);
            put_pair(out, &step->change[u]);
        }
        fputc(',', out);
        mld_csv_text(out, bridge->scenario, MLD_QUOTES_ALWAYS);
        fprintf(out, ",%s,%zu,%zu,%" PRIu64 ",%016" PRIx64 ",%s\r\n",
                mld_design_names[bridge->design], bridge->paths, bridge->counted, bridge->seed,
                bridge->fingerprint, mld_build_commit());
    }
}
