/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A replayed path: where it comes from, its factors, its measures beside the file's; the other
 * tables have files of their own.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/draws.h"
#include "core/plain.h"
#include "milliard/version.h"
#include "report/replay_parts.h"

void mld_replay_period(const struct mld_replay_view *view, int period)
{
    char text[48] = "";
    int known = period >= 0 && period < view->plan->model.grid.periods;
    if (known) {
        struct mld_date date = mld_grid_period_end(&view->plan->model.grid, period);
        snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
    }
    mld_tables_number(view->tables, known ? (double)period : (double)NAN);
    mld_tables_text(view->tables, text);
}

/*
 * In a thesis first deals of one instrument stand together, in the order of their slots, each with
 * an issuer of the same index.
 */
static void name_of_thesis(const struct mld_replay_view *view, int issuer, int lot,
                           char name[MLD_MAX_NAME])
{
    const struct mld_deal *deal = view->workspace->portfolio.deal;
    int first = issuer;
    while (first > 0 && deal[first - 1].instrument == deal[issuer].instrument)
        first--;
    snprintf(name, MLD_MAX_NAME, "%s-%d%s", mld_instruments[deal[issuer].instrument]->name,
             issuer - first, lot > 0 ? "+" : "");
}

void mld_replay_deal_name(const struct mld_replay_view *view, const struct mld_deal *deal,
                          char name[MLD_MAX_NAME])
{
    if (deal->tape_row >= 0)
        snprintf(name, MLD_MAX_NAME, "%s", view->plan->model.tape.deal[deal->tape_row].name);
    else
        name_of_thesis(view, deal->issuer, deal->lot, name);
}

void mld_replay_issuer_name(const struct mld_replay_view *view, int issuer, char name[MLD_MAX_NAME])
{
    if (view->plan->model.has_tape)
        snprintf(name, MLD_MAX_NAME, "%s", view->plan->model.tape.issuer[issuer].name);
    else
        name_of_thesis(view, issuer, 0, name);
}

int mld_replay_is_made(const struct mld_lives *lives, int deal)
{
    return lives->deal[deal].life.made && (!lives->chosen || lives->chosen[deal]);
}

int mld_replay_sets(const struct mld_replay_view *view) { return view->plan->n_lives; }

const char *mld_replay_set_name(const struct mld_replay_view *view, int set)
{
    if (mld_replay_sets(view) == 1 && view->plan->n_designs > 1)
        return "both";
    return mld_design_names[set];
}

/* ---- provenance ---- */

static void say_text(const struct mld_replay_view *view, const char *what, const char *file,
                     const char *program)
{
    mld_tables_text(view->tables, what);
    mld_tables_text(view->tables, file);
    mld_tables_text(view->tables, program);
}

static void say_attribute(const struct mld_replay_view *view, const char *name, const char *program)
{
    say_text(view, name, mld_results_attribute(view->replay->results, name), program);
}

static void say_verdict(const struct mld_replay_view *view)
{
    char text[240];
    const struct mld_replay *replay = view->replay;
    int branches = view->plan->n_designs, length;
    length = snprintf(
        text, sizeof text,
        mld_replay_say(view,
                       "%d mesures et %d séries de %d montage(s) égales au fichier, bit pour bit",
                       "%d measures and %d series of %d design(s) equal to the file, bit for bit"),
        replay->measures, replay->series, branches);
    if (replay->absent)
        snprintf(text + length, sizeof text - (size_t)length,
                 mld_results_keeps_all(replay->results)
                     ? mld_replay_say(view, " ; %d autres n'y sont pas, d'une version antérieure",
                                      "; %d others are not in it, of an earlier version")
                     : mld_replay_say(view, " ; %d autres n'y sont pas gardées (run.measures)",
                                      "; %d others are not kept in it (run.measures)"),
                 replay->absent);
    say_text(view, "verdict", "", text);
}

static void provenance(const struct mld_replay_view *view)
{
    static const struct mld_table_column columns[] = {
        { "what", "", "", "" },
        { "file", "", "results file", "fichier de résultats" },
        { "program", "", "this replay", "ce rejeu" }
    };
    char path[32], model[32], stream[32], seed[32], machine[MLD_MACHINE];
    snprintf(path, sizeof path, "%u", (unsigned)view->replay->path);
    snprintf(model, sizeof model, "%d", MLD_MODEL_VERSION);
    snprintf(stream, sizeof stream, "%d", MLD_STREAM_VERSION);
    snprintf(seed, sizeof seed, "%" PRIu64, view->plan->model.seed);
    mld_tables_begin(view->tables, "provenance", "Provenance", "Provenance", MLD_COUNT(columns),
                     columns);
    say_attribute(view, "name", view->plan->name);
    say_attribute(view, view->french ? "title_fr" : "title_en",
                  view->french ? view->plan->title_fr : view->plan->title_en);
    for (int i = 0; mld_provenance_names[i]; i++)
        say_attribute(view, mld_provenance_names[i],
                      mld_provenance(mld_provenance_names[i], machine));
    say_attribute(view, "model_version", model);
    say_attribute(view, "stream_version", stream);
    say_attribute(view, "seed", seed);
    say_attribute(view, "paths", "");
    say_attribute(view, "interrupted", "");
    say_attribute(view, "first_closing", "");
    say_text(view, "path", "", path);
    say_verdict(view);
    mld_tables_end(view->tables);
}

/* ---- factors ---- */

static void factor_row(const struct mld_replay_view *view, int year, const char *kind,
                       const char *name, double level, double innovation)
{
    const struct mld_grid *grid = &view->plan->model.grid;
    mld_tables_number(view->tables, year);
    mld_tables_number(view->tables, mld_grid_calendar_year(grid, 0) + year);
    mld_tables_text(view->tables, kind);
    mld_tables_text(view->tables, name);
    mld_tables_number(view->tables, level);
    mld_tables_number(view->tables, innovation);
}

/* One of `n` rows of path 0 at a year. */
static double at(const struct mld_replay_view *view, const double *rows, int row, int year)
{
    return rows[(size_t)row * (size_t)view->workspace->factors.stride + (size_t)year];
}

static void factors_of_year(const struct mld_replay_view *view, int year)
{
    const struct mld_factor_rows *rows = &view->workspace->factors;
    const struct mld_factors_spec *spec = &view->plan->model.factors;
    for (int k = 0; k < spec->n_factors; k++)
        factor_row(view, year, "factor", spec->factor[k].name, at(view, rows->named, k, year),
                   at(view, rows->innovation, k, year));
    for (int s = 0; s < spec->n_sectors; s++)
        factor_row(view, year, "sector", spec->sector[s], at(view, rows->sector, s, year),
                   at(view, rows->sector_innovation, s, year));
    for (int g = 0; g < view->plan->model.n_forms; g++)
        factor_row(view, year, "legal_form", view->plan->model.form[g].name,
                   at(view, rows->index, g, year), at(view, rows->value_innovation, g, year));
    factor_row(view, year, "rate", "tmo", rows->tmo[3 + year], (double)NAN);
    factor_row(view, year, "mixing", "W", rows->mixing[year], (double)NAN);
}

static void factors(const struct mld_replay_view *view)
{
    static const struct mld_table_column columns[] = {
        { "year", "year", "year", "an" },
        { "calendar_year", "year", "calendar year", "année civile" },
        { "kind", "", "kind", "nature" },
        { "name", "", "name", "nom" },
        { "level", "1", "level F", "niveau F" },
        { "innovation", "1", "innovation e", "innovation e" }
    };
    mld_tables_begin(view->tables, "factors",
                     "Systematic factors by year (a legal form: its part of Y from the named "
                     "factors; W: mixture)",
                     "Facteurs systématiques par an (forme juridique : part de Y due aux facteurs "
                     "nommés ; W : mélange)",
                     MLD_COUNT(columns), columns);
    for (int before = 3; before > 0; before--)
        factor_row(view, -before, "rate", "tmo", view->workspace->factors.tmo[3 - before],
                   (double)NAN);
    for (int year = 0; year < view->workspace->factors.years; year++)
        factors_of_year(view, year);
    mld_tables_end(view->tables);
}

/* ---- measures ---- */

static void measures(const struct mld_replay_view *view)
{
    static const struct mld_table_column columns[] = { { "design", "", "design", "montage" },
                                                       { "measure", "", "measure", "mesure" },
                                                       { "label", "", "meaning", "sens" },
                                                       { "unit", "", "unit", "unité" },
                                                       { "file", "1", "in the file",
                                                         "dans le fichier" },
                                                       { "replay", "1", "replayed", "rejouée" } };
    char label[MLD_LABEL_SIZE];
    mld_tables_begin(view->tables, "measures", "Measures, in the file and replayed",
                     "Mesures, dans le fichier et rejouées", MLD_COUNT(columns), columns);
    for (int branch = 0; branch < view->plan->n_designs; branch++)
        for (int i = 0; i < mld_measure_count(); i++) {
            if (!mld_measure_applies(&view->plan->design[branch], view->plan->model.n_forms, i))
                continue;
            mld_tables_text(view->tables, mld_design_names[branch]);
            mld_tables_text(view->tables, mld_measures[i].name);
            int form = mld_measure_form(i);
            mld_tables_text(view->tables,
                            mld_measure_label(i,
                                              form < 0 ? NULL : view->plan->model.form[form].name,
                                              view->french, label));
            mld_tables_text(view->tables, mld_measures[i].unit);
            mld_tables_number(view->tables, view->replay->kept[branch][i]);
            mld_tables_number(
                view->tables,
                view->workspace->design[branch].value[(size_t)i * (size_t)view->workspace->width]);
        }
    mld_tables_end(view->tables);
}

/* ---- the whole ---- */

static enum mld_status put_tables(const struct mld_replay_view *view, int draws)
{
    enum mld_status status = MLD_OK;
    provenance(view);
    factors(view);
    mld_replay_issuers(view);
    mld_replay_deals(view);
    mld_replay_flows(view);
    mld_replay_pools(view);
    if (view->plan->guarantee.present) {
        status = mld_replay_claims(view);
        mld_replay_layers(view);
        mld_replay_guarantor(view);
    }
    if (view->plan->fund.present) {
        mld_replay_fund(view);
        mld_replay_waterfall(view);
        if (status == MLD_OK && view->plan->fund.n_closings > 1)
            status = mld_replay_closings(view);
    }
    mld_replay_vehicles(view);
    measures(view);
    if (draws)
        mld_replay_draws(view);
    return status;
}

enum mld_status mld_report_replay(FILE *out, const struct mld_replay *replay,
                                  enum mld_layout layout, const char *language, int draws)
{
    MLD_PLAIN_NUMBERS;
    struct mld_tables tables;
    struct mld_replay_view view = { .replay = replay,
                                    .plan = replay->plan,
                                    .workspace = replay->workspace,
                                    .tables = &tables,
                                    .french = strcmp(language, "fr") == 0 };
    mld_tables_open(&tables, out, layout, view.french);
    enum mld_status status = put_tables(&view, draws), closed = mld_tables_close(&tables);
    return status == MLD_OK ? closed : status;
}
