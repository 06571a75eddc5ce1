/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the numbers come from: parameters with their sources, deals of the tape, notes on the run. */
#include "export/book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/scenario.h"
#include "results/schema.h"

static const char *origin_text(const struct mld_book *book, enum mld_origin origin)
{
    switch (origin) {
    case MLD_GIVEN: return mld_book_say(book, "donné", "given");
    case MLD_DEFAULTED: return mld_book_say(book, "par défaut", "default");
    case MLD_SET: return mld_book_say(book, "ligne de commande", "--set");
    default: return mld_book_say(book, "sans effet", "unused");
    }
}

/* A value that is one number is a number, so that it can be reckoned with; as written otherwise. */
static void put_value(struct mld_book *book, struct mld_sheet *sheet, int row, int column, const char *text)
{
    char *end;
    double number = strtod(text, &end);
    int is_number = end != text && *end == '\0' && strspn(text, "+-.0123456789eE") == strlen(text);
    if (is_number)
        mld_put_number(book, sheet, row, column, MLD_STYLE_NUMBER, number);
    else
        mld_put_text(book, sheet, row, column, MLD_STYLE_TEXT, text);
}

void mld_sheet_parameters(struct mld_book *book)
{
    static const char *const head[][2] = { { "clé", "key" }, { "valeur", "value" }, { "unité", "unit" }, { "origine", "origin" },
                                           { "jugement", "judgement" }, { "sens", "meaning" }, { "source", "source" }, { "où", "where" } };
    struct mld_sheet *sheet = mld_book_sheet(book, "Paramètres", "Parameters", "parameters");
    size_t n;
    const struct mld_echo *echo = mld_results_echo(book->results, &n);
    sheet->filter = 1;
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        mld_put_head(book, sheet, head[i][!book->french]);
    for (size_t i = 0; i < n; i++) {
        int row = sheet->rows;
        mld_put_text(book, sheet, row, 0, MLD_STYLE_TEXT, echo[i].key);
        put_value(book, sheet, row, 1, echo[i].value);
        mld_put_text(book, sheet, row, 2, MLD_STYLE_TEXT, echo[i].unit);
        mld_put_text(book, sheet, row, 3, MLD_STYLE_TEXT, origin_text(book, echo[i].origin));
        mld_put_text(book, sheet, row, 4, MLD_STYLE_TEXT, echo[i].flags & MLD_JUDGEMENT ? mld_book_say(book, "oui", "yes") : "");
        mld_put_text(book, sheet, row, 5, MLD_STYLE_WRAP, book->french ? echo[i].doc_fr : echo[i].doc_en);
        mld_put_text(book, sheet, row, 6, MLD_STYLE_WRAP, echo[i].source);
        mld_put_text(book, sheet, row, 7, MLD_STYLE_TEXT, echo[i].where);
    }
}

/* ---- tape ---- */

static void put_deal(struct mld_book *book, struct mld_sheet *sheet, const struct mld_plan *plan, const struct mld_tape_deal *deal)
{
    int row = sheet->rows;
    mld_put_text(book, sheet, row, 0, MLD_STYLE_TEXT, deal->name);
    mld_put_text(book, sheet, row, 1, MLD_STYLE_TEXT, deal->issuer_name);
    mld_put_text(book, sheet, row, 2, MLD_STYLE_TEXT, mld_instruments[deal->instrument]->name);
    mld_put_text(book, sheet, row, 3, MLD_STYLE_TEXT, plan->form[deal->form].name);
    if (deal->sector >= 0 && deal->sector < plan->factors.n_sectors)
        mld_put_text(book, sheet, row, 4, MLD_STYLE_TEXT, plan->factors.sector[deal->sector]);
    mld_put_date(book, sheet, row, 5, mld_grid_period_end(&plan->grid, deal->period));
    mld_put_number(book, sheet, row, 6, MLD_STYLE_MONEY, deal->amount);
}

static void put_tape(struct mld_book *book, const struct mld_plan *plan)
{
    static const char *const head[][2] = { { "dossier", "deal" }, { "émetteur", "issuer" }, { "instrument", "instrument" },
                                           { "forme juridique", "legal form" }, { "secteur", "sector" },
                                           { "fin de sa période", "end of its period" }, { "montant", "amount" } };
    struct mld_sheet *sheet = mld_book_sheet(book, "Portefeuille", "Tape", "tape");
    sheet->filter = 1;
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        mld_put_head(book, sheet, head[i][!book->french]);
    for (int i = 0; i < plan->tape.n_deals; i++)
        put_deal(book, sheet, plan, &plan->tape.deal[i]);
}

static int has_tape(const struct mld_results *results)
{
    size_t n;
    const struct mld_echo *echo = mld_results_echo(results, &n);
    for (size_t i = 0; i < n; i++)
        if (strncmp(echo[i].key, "tape.", 5) == 0)
            return 1;
    return 0;
}

/* The results file holds the tape inside the text of its scenario, which is read again only for that. */
enum mld_status mld_sheet_tape(struct mld_book *book, struct mld_messages *messages)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    if (!has_tape(book->results))
        return MLD_OK;
    enum mld_status status = mld_scenario_parse(mld_results_scenario_text(book->results),
                                                mld_results_attribute(book->results, "name"), 0, NULL, &scenario, messages);
    if (!status)
        status = mld_scenario_plan(scenario, &plan, messages);
    if (!status)
        put_tape(book, plan);
    if (plan)
        mld_plan_clear(plan);
    free(plan);
    mld_scenario_free(scenario);
    return status;
}

/* ---- notes ---- */

static void put_note(struct mld_book *book, struct mld_sheet *sheet, const char *what, const char *text)
{
    int row = sheet->rows;
    mld_put_text(book, sheet, row, 0, MLD_STYLE_STRONG, what);
    mld_put_text(book, sheet, row, 1, MLD_STYLE_WRAP, text);
}

static void put_run(struct mld_book *book, struct mld_sheet *sheet)
{
    static const struct { const char *french, *english, *attribute; } row[] = {
        { "Scénario", "Scenario", "name" }, { "Titre", "Title", NULL }, { "Trajectoires", "Paths", "paths" },
        { "Trajectoires demandées", "Paths asked for", "paths_asked" }, { "Graine", "Seed", "seed" },
        { "Premier closing", "First closing", "first_closing" }, { "Périodes par an", "Periods a year", "periods_per_year" },
        { "Version de milliard", "Version of milliard", "program_version" }, { "Version du code source", "Commit", "commit" },
        { "Version des tirages", "Version of the draws", "stream_version" }, { "Compilateur", "Compiler", "compiler" },
        { "Bibliothèques", "Libraries", "libraries" } };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        put_note(book, sheet, mld_book_say(book, row[i].french, row[i].english),
                 mld_results_attribute(book->results, row[i].attribute ? row[i].attribute : book->french ? "title_fr" : "title_en"));
}

void mld_sheet_notes(struct mld_book *book)
{
    static const struct { const char *what[2], *text[2]; } note[] = {
        { { "Erreur type", "Standard error" },
          { "Erreur de Monte-Carlo, due au nombre de trajectoires (ce que les rapports écrivent après ±)\u00a0; elle diminue quand on en "
            "ajoute. L'incertitude des hypothèses n'y est pas.",
            "Monte-Carlo error, due to the number of paths (what reports write after ±); it shrinks as paths are added. The uncertainty of "
            "the assumptions is not in it." } },
        { { "Sans et avec", "Without and with" },
          { "Les deux branches suivent les mêmes tirages. Une différence est avec − sans, trajectoire par trajectoire\u00a0; celle de deux taux est "
            "en points.",
            "Both branches follow the same draws. A difference is with − without, path by path; that of two rates is in percentage points." } },
        { { "Années", "Years" },
          { "Années civiles. Les moyennes des flux s'ajoutent de période en période\u00a0; leurs quantiles et leurs erreurs ne s'ajoutent pas et ne sont "
            "donnés que par période. Trésorerie, valeur liquidative, TVPI, DPI, encours et solde sont ceux de la fin de l'année.",
            "Calendar years. Means of flows add up over the periods of a year; their quantiles and errors do not, and are given by period "
            "only. Cash, net asset value, TVPI, DPI, outstanding and balance are those of the end of the year." } },
        { { "Quantiles", "Quantiles" },
          { "Ceux de chaque ligne et de chaque année séparément\u00a0: 5\u00a0% d'une colonne n'est pas une trajectoire, et ne s'additionne pas.",
            "Those of each line and year on its own: the 5% of a column is no path, and does not add up." } },
        { { "Signes", "Signs" },
          { "Tous les montants sont positifs\u00a0; (+) et (−) disent ce que la ligne ajoute à la trésorerie du fonds ou lui retire.",
            "All amounts are positive; (+) and (−) tell whether a line adds to the fund's cash or takes from it." } },
        { { "Financement couvert", "Financing covered" },
          { "Financement couvert n'est pas financement rendu possible\u00a0: rien ici ne dit ce qui aurait été investi sans garantie.",
            "Financing covered is not financing made possible: nothing here tells what would have been invested without a guarantee." } } };
    const char *interrupted = mld_results_attribute(book->results, "interrupted");
    struct mld_sheet *sheet = mld_book_sheet(book, "Notes", "Notes", "notes");
    mld_put_head(book, sheet, mld_book_say(book, "sujet", "subject"));
    mld_put_head(book, sheet, mld_book_say(book, "texte", "text"));
    put_run(book, sheet);
    if (interrupted && *interrupted == '1')
        put_note(book, sheet, mld_book_say(book, "Interrompu", "Interrupted"),
                 mld_book_say(book, "Le calcul a été arrêté avant la fin\u00a0: moins de trajectoires que demandé.",
                              "The run was stopped before its end: fewer paths than asked for."));
    for (size_t i = 0; i < sizeof note / sizeof *note; i++)
        put_note(book, sheet, note[i].what[!book->french], note[i].text[!book->french]);
}
