/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the numbers come from: parameters with their sources, deals of the tape, notes on the run.
 */
#include "export/book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/scenario.h"
#include "rows/rows.h"

static const char *origin_text(const struct mld_book *book, enum mld_origin origin)
{
    switch (origin) {
    case MLD_GIVEN: return mld_book_say(book, "donné", "given");
    case MLD_DEFAULTED: return mld_book_say(book, "par défaut", "default");
    case MLD_SET: return mld_book_say(book, "ligne de commande", "--set");
    default: return mld_book_say(book, "sans effet", "unused");
    }
}

/*
 * A value that is one number is a number, so that it can be reckoned with; as written otherwise,
 * without quotes around.
 */
static void put_value(struct mld_book *book, struct mld_sheet *sheet, int row, int column,
                      const char *text)
{
    char *end, bare[MLD_MAX_TEXT];
    double number = strtod(text, &end);
    size_t length = strlen(text);
    int is_quoted = length >= 2 && length < sizeof bare && text[0] == '"' &&
                    strchr(text + 1, '"') == text + length - 1;
    /* A spreadsheet keeps 15 digits: a longer seed stays a text. */
    int is_number = end != text && *end == '\0' && strspn(text, "+-.0123456789eE") == length &&
                    strcspn(text, ".eE") <= 15;
    if (is_number)
        mld_put_number(book, sheet, row, column, MLD_STYLE_NUMBER, number);
    snprintf(bare, sizeof bare, "%.*s", is_quoted ? (int)length - 2 : 0, text + is_quoted);
    if (!is_number)
        mld_put_text(book, sheet, row, column, MLD_STYLE_FOLD, is_quoted ? bare : text);
}

void mld_sheet_parameters(struct mld_book *book)
{
    static const char *const head[][2] = { { "clé", "key" },
                                           { "valeur", "value" },
                                           { "unité", "unit" },
                                           { "origine", "origin" },
                                           { "jugement", "judgement" },
                                           { "sens", "meaning" },
                                           { "source", "source" },
                                           { "où", "where" } };
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
        mld_put_text(book, sheet, row, 2, MLD_STYLE_TEXT,
                     strcmp(echo[i].unit, "EUR") == 0 ? "€" : mld_plain_unit(book, echo[i].unit));
        mld_put_text(book, sheet, row, 3, MLD_STYLE_TEXT, origin_text(book, echo[i].origin));
        mld_put_text(book, sheet, row, 4, MLD_STYLE_TEXT,
                     echo[i].flags & MLD_JUDGEMENT ? mld_book_say(book, "oui", "yes") : "");
        mld_put_text(book, sheet, row, 5, MLD_STYLE_FOLD,
                     book->french ? echo[i].doc_fr : echo[i].doc_en);
        mld_put_text(book, sheet, row, 6, MLD_STYLE_FOLD,
                     book->french ? echo[i].source_fr : echo[i].source);
        mld_put_text(book, sheet, row, 7, MLD_STYLE_TEXT, echo[i].where);
    }
}

/* ---- tape ---- */

static void put_deal(struct mld_book *book, struct mld_sheet *sheet, const struct mld_plan *plan,
                     int index)
{
    const struct mld_tape_deal *deal = &plan->model.tape.deal[index];
    int row = sheet->rows;
    mld_put_text(book, sheet, row, 0, MLD_STYLE_TEXT, deal->name);
    mld_put_text(book, sheet, row, 1, MLD_STYLE_TEXT, deal->issuer_name);
    mld_put_text(book, sheet, row, 2, MLD_STYLE_TEXT, mld_instruments[deal->instrument]->name);
    mld_put_text(book, sheet, row, 3, MLD_STYLE_TEXT, plan->model.form[deal->form].name);
    if (deal->sector >= 0 && deal->sector < plan->model.factors.n_sectors)
        mld_put_text(book, sheet, row, 4, MLD_STYLE_TEXT, plan->model.factors.sector[deal->sector]);
    mld_put_date(book, sheet, row, 5, mld_grid_period_end(&plan->model.grid, deal->period));
    mld_put_number(book, sheet, row, 6, MLD_STYLE_MONEY, deal->amount);
    for (int i = 0; i < plan->model.tape.n_notes; i++)
        mld_put_text(book, sheet, row, 7 + i, MLD_STYLE_TEXT,
                     mld_tape_note(&plan->model.tape, index, i));
}

/* Of the rows that a filter shows: 9 is the sum. */
static void put_tape_total(struct mld_book *book, struct mld_sheet *sheet,
                           const struct mld_plan *plan)
{
    char formula[48];
    double total = 0;
    int row = sheet->rows;
    for (int i = 0; i < plan->model.tape.n_deals; i++)
        total += plan->model.tape.deal[i].amount;
    snprintf(formula, sizeof formula, "SUBTOTAL(9,G2:G%d)", row);
    mld_put_text(book, sheet, row, 0, MLD_STYLE_STRONG, "Total");
    mld_put_formula(book, sheet, row, 6, MLD_STYLE_TOTAL, total, formula);
}

static void put_tape(struct mld_book *book, const struct mld_plan *plan)
{
    static const char *const head[][2] = {
        { "dossier", "deal" },          { "émetteur", "issuer" },
        { "instrument", "instrument" }, { "forme juridique", "legal form" },
        { "secteur", "sector" },        { "fin de sa période", "end of its period" },
        { "montant", "amount" }
    };
    struct mld_sheet *sheet = mld_book_sheet(book, "Portefeuille", "Tape", "tape");
    sheet->filter = 1;
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        mld_put_head(book, sheet, head[i][!book->french]);
    for (int i = 0; i < plan->model.tape.n_notes; i++)
        mld_put_head(book, sheet, plan->model.tape.note_name[i]);
    for (int i = 0; i < plan->model.tape.n_deals; i++)
        put_deal(book, sheet, plan, i);
    put_tape_total(book, sheet, plan);
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

/*
 * The results file holds the tape inside the text of its scenario, which is read again only for
 * that.
 */
enum mld_status mld_sheet_tape(struct mld_book *book, struct mld_messages *messages)
{
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    if (!has_tape(book->results))
        return MLD_OK;
    enum mld_status status = mld_scenario_restore(mld_results_scenario_text(book->results),
                                                  &scenario, messages);
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

static void put_note(struct mld_book *book, struct mld_sheet *sheet, const char *what,
                     const char *text)
{
    int row = sheet->rows;
    mld_put_text(book, sheet, row, 0, MLD_STYLE_STRONG, what);
    mld_put_text(book, sheet, row, 1, MLD_STYLE_WRAP, text);
}

static const char *parameter_text(const struct mld_book *book, const char *key)
{
    size_t n;
    const struct mld_echo *echo = mld_results_echo(book->results, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(echo[i].key, key) == 0)
            return echo[i].value;
    return NULL;
}

static void put_run(struct mld_book *book, struct mld_sheet *sheet)
{
    enum kind { TEXT, VALUE, DATE };
    static const struct {
        const char *french, *english, *attribute;
        enum kind kind;
    } run[] = { { "Trajectoires", "Paths", "paths", VALUE },
                { "Trajectoires demandées", "Paths asked for", "paths_asked", VALUE },
                { "Graine", "Seed", "seed", VALUE },
                { "Premier closing", "First closing", "first_closing", DATE },
                { "Périodes par an", "Periods a year", "periods_per_year", VALUE },
                { "Version de milliard", "Version of milliard", "program_version", TEXT },
                { "Version du code source", "Commit", "commit", TEXT },
                { "Version du modèle", "Version of the model", "model_version", VALUE },
                { "Version des tirages", "Version of the draws", "stream_version", VALUE },
                { "Compilateur", "Compiler", "compiler", TEXT },
                { "Options de compilation", "Flags of the compiler", "flags", TEXT },
                { "Bibliothèques", "Libraries", "libraries", TEXT },
                { "Bibliothèque C", "C library", "libc", TEXT },
                { "Processeur", "Processor", "processor", TEXT } };
    char overrides[MLD_OVERRIDES_SIZE];
    const char *description = parameter_text(book,
                                             book->french ? "description.fr" : "description.en");
    put_note(book, sheet, mld_book_say(book, "Titre", "Title"),
             mld_results_title(book->results, book->french));
    put_note(book, sheet, mld_book_say(book, "Scénario", "Scenario"),
             mld_results_attribute(book->results, "name"));
    if (*mld_rows_overrides(book->results, overrides))
        put_note(book, sheet, mld_book_say(book, "Changé par --set", "Changed by --set"),
                 overrides);
    if (description && strcmp(description, "\"\"") != 0) {
        mld_put_text(book, sheet, sheet->rows, 0, MLD_STYLE_STRONG,
                     mld_book_say(book, "Description", "Description"));
        put_value(book, sheet, sheet->rows - 1, 1, description);
    }
    for (size_t i = 0; i < sizeof run / sizeof *run; i++) {
        const char *text = mld_results_attribute(book->results, run[i].attribute),
                   *what = mld_book_say(book, run[i].french, run[i].english);
        if (run[i].kind == TEXT) {
            put_note(book, sheet, what, text);
            continue;
        }
        int row = sheet->rows;
        mld_put_text(book, sheet, row, 0, MLD_STYLE_STRONG, what);
        if (run[i].kind == DATE)
            mld_put_date(book, sheet, row, 1, book->grid->first_closing);
        else
            put_value(book, sheet, row, 1, text);
    }
}

/* What the scenario says and hardly means, after the run it may explain. */
static void put_warnings(struct mld_book *book, struct mld_sheet *sheet)
{
    size_t n;
    const struct mld_warning *warning = mld_results_warnings(book->results, &n);
    for (size_t i = 0; i < n; i++) {
        char text[MLD_MAX_TEXT];
        snprintf(text, sizeof text, "%s%s%s %s", warning[i].where,
                 *warning[i].where ? mld_book_say(book, "\u00a0: ", ": ") : "",
                 mld_book_say(book, warning[i].text_fr, warning[i].text_en),
                 mld_book_say(book, warning[i].meant_fr, warning[i].meant_en));
        put_note(book, sheet, i ? "" : mld_book_say(book, "Avertissements", "Warnings"), text);
    }
}

/* What the sheets are, those that this file has. */
static void put_contents(struct mld_book *book, struct mld_sheet *sheet)
{
    static const struct {
        const char *series, *french, *english;
    } of[] = { { NULL,
                 "Synthèse\u00a0: mesures, avec leurs erreurs. Termes\u00a0: fonds, parts, frais, "
                 "carried interest, garantie, dotation, tickets. Flux par an\u00a0: ressources, "
                 "emplois, trésorerie, valeur liquidative.",
                 "Summary: measures, with their errors. Term sheet: fund, classes, costs, carry, "
                 "guarantee, dotation, tickets. Flows by year: sources, uses, cash, net asset "
                 "value." },
               { "state_payouts",
                 "Compte de l'État\u00a0: budget, coût net, fonds de garantie, hors bilan. "
                 "Dotation et multiplicateur.",
                 "State account: budget, net cost, guarantee fund, off balance sheet. Dotation and "
                 "multiplier." },
               { "feeder_pocket",
                 "Autres véhicules\u00a0: compte du fonds citoyen, année par année.",
                 "Other vehicles: account of the citizens' fund, year by year." },
               { "endowment_received",
                 "Autres véhicules\u00a0: compte du fonds de dotation, année par année.",
                 "Other vehicles: account of the endowment, year by year." },
               { "indicator_1_by_year",
                 "Autres véhicules\u00a0: ce qui accompagne le financement, année par année.",
                 "Other vehicles: what comes with the financing, year by year." },
               { NULL,
                 "Statistiques\u00a0: tous les quantiles de toutes les mesures. Paramètres\u00a0: "
                 "les hypothèses et leurs sources.",
                 "Statistics: every quantile of every measure. Parameters: the assumptions and "
                 "their sources." } };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (!of[i].series || mld_book_fan(book, MLD_WITH, of[i].series) ||
            mld_book_fan(book, MLD_WITHOUT, of[i].series))
            put_note(book, sheet, i ? "" : mld_book_say(book, "Feuilles", "Sheets"),
                     mld_book_say(book, of[i].french, of[i].english));
}

/* What of the price of cover goes back to issuers, where some of it does. */
static void put_price(struct mld_book *book, struct mld_sheet *sheet)
{
    struct mld_cover_price cover;
    char text[512];
    if (!mld_results_cover_price(book->results, &cover))
        return;
    snprintf(text, sizeof text,
             mld_book_say(book,
                          "Une part du prix de la garantie est rendue aux émetteurs de dette "
                          "couverte\u00a0: ce prix est de %.6f par an et par euro garanti, et le "
                          "fonds en paie %.6f. Ce qu'ils y gagnent est dans les statistiques.",
                          "Part of the price of cover goes back to issuers of covered debt: the "
                          "price is %.6f a year per euro guaranteed, and the fund pays %.6f of it. "
                          "What they gain is in the statistics."),
             cover.price, cover.fee);
    put_note(book, sheet, mld_book_say(book, "Taux des émetteurs", "Rates of issuers"), text);
}

static void put_both_designs(struct mld_book *book, struct mld_sheet *sheet)
{
    put_note(book, sheet, mld_book_say(book, "Sans et avec", "Without and with"),
             mld_book_say(book,
                          "Les montages suivent les mêmes tirages. Une différence est avec − "
                          "sans, trajectoire par trajectoire\u00a0; celle de "
                          "deux taux est en points.",
                          "The designs follow the same draws. A difference is with − without, "
                          "path by path; that of two rates is in percentage points."));
    if (book->summary->designs > MLD_KEPT)
        put_note(book, sheet, mld_book_say(book, "Toutes indemnités payées", "All dues paid"),
                 mld_book_say(book,
                              "La même garantie sans dotation\u00a0: chaque indemnité due est "
                              "payée dans sa période. Les chiffres des investisseurs qui "
                              "accompagnent un coût net dû sont ceux de ce montage.",
                              "The same guarantee without a dotation: every due is paid in its "
                              "period. Figures of investors that stand beside a net cost "
                              "due are those of this design."));
}

/* Of a study: which it is, what its numbers are. */
void mld_sheet_study_notes(struct mld_book *book)
{
    const struct mld_study_record *study = mld_results_study(book->results);
    struct mld_sheet *sheet = mld_book_sheet(book, "Notes", "Notes", "notes");
    mld_put_head(book, sheet, mld_book_say(book, "sujet", "subject"));
    mld_put_head(book, sheet, mld_book_say(book, "texte", "text"));
    put_note(book, sheet, mld_book_say(book, "Étude", "Study"), study->name);
    put_run(book, sheet);
    put_warnings(book, sheet);
    if (study->n_done < study->n_variants)
        put_note(book, sheet, mld_book_say(book, "Interrompu", "Interrupted"),
                 mld_book_say(book,
                              "Le calcul a été arrêté avant la fin\u00a0: des variantes manquent.",
                              "The study was stopped before its end: some variants are missing."));
    put_note(book, sheet, mld_book_say(book, "Variantes", "Variants"),
             mld_book_say(book,
                          "Une ligne par variante et statistique\u00a0; la base d'abord, sans "
                          "valeur sur les axes. Toutes suivent les mêmes tirages\u00a0: un écart à "
                          "la base est plus précis que les deux nombres. Une case vide\u00a0: "
                          "indéfini.",
                          "A row for each variant and statistic; the base first, without a value "
                          "on the axes. All follow the same draws: a difference from the base is "
                          "more precise than both numbers. An empty cell: undefined."));
}

void mld_sheet_notes(struct mld_book *book)
{
    static const struct {
        const char *what[2], *text[2];
    } note[] = {
        { { "Erreur type", "Standard error" },
          { "Erreur de Monte-Carlo, due au nombre de trajectoires (ce que les rapports écrivent "
            "après ±)\u00a0; elle diminue quand on en "
            "ajoute. L'incertitude des hypothèses n'y est pas.",
            "Monte-Carlo error, due to the number of paths (what reports write after ±); it "
            "shrinks as paths are added. The uncertainty of "
            "the assumptions is not in it." } },
        { { "Années", "Years" },
          { "Années civiles. Les moyennes des flux s'ajoutent de période en période\u00a0; leurs "
            "quantiles et leurs erreurs ne s'ajoutent pas\u00a0: ceux "
            "des appels et des distributions, conservés par période, sont donnés par période. Les "
            "autres flux sont conservés par année, avec "
            "les leurs. Trésorerie, valeur liquidative, TVPI, DPI, RVPI, encours et solde sont "
            "ceux de la fin de l'année.",
            "Calendar years. Means of flows add up over the periods of a year; their quantiles and "
            "errors do not: those of calls and "
            "distributions, kept by period, are given by period. Other flows are kept by year, "
            "with theirs. Cash, net asset value, TVPI, DPI, RVPI, outstanding and balance are "
            "those of the end of the year." } },
        { { "Quantiles", "Quantiles" },
          { "Ceux de chaque ligne et de chaque année séparément\u00a0: 5\u00a0% d'une colonne "
            "n'est pas une trajectoire, et ne s'additionne pas. Une case vide\u00a0: "
            "indéfini, ou trop peu de trajectoires pour l'estimer.",
            "Those of each line and year on its own: the 5% of a column is no path, and does not "
            "add up. An empty cell: undefined, or "
            "too few paths to estimate it." } },
        { { "Signes", "Signs" },
          { "Ressources et emplois sont positifs\u00a0; les emplois se retranchent des ressources. "
            "Un tiret est une moyenne nulle.",
            "Sources and uses are positive; uses are taken from sources. A dash is a mean of "
            "nil." } },
        { { "Totaux et contrôles", "Totals and checks" },
          { "Totaux, soldes d'ouverture, différences, multiplicateurs et contrôles sont des "
            "formules sur les moyennes. Trésorerie\u00a0: ouverture + ressources − "
            "emplois − clôture. Parts\u00a0: somme des parts − distributions. Coût net\u00a0: "
            "indemnités + opérateur − recettes + créances perdues − coût net. Solde\u00a0: "
            "ouverture + dotation + recettes + produits financiers − indemnités − clôture.",
            "Totals, opening balances, differences, multipliers and checks are formulas on the "
            "means. Cash: opening + sources − uses − closing. Classes: "
            "sum of the classes − distributions. Net cost: payouts + operator − receipts + "
            "receivables lost − net cost. Balance: opening + dotation + receipts + yield − "
            "payouts − closing." } },
        { { "Financement couvert", "Financing covered" },
          { "Financement couvert n'est pas financement rendu possible\u00a0: rien ici ne dit ce "
            "qui aurait été investi sans garantie.",
            "Financing covered is not financing made possible: nothing here tells what would have "
            "been invested without a guarantee." } }
    };
    const char *interrupted = mld_results_attribute(book->results, "interrupted");
    struct mld_sheet *sheet = mld_book_sheet(book, "Notes", "Notes", "notes");
    mld_put_head(book, sheet, mld_book_say(book, "sujet", "subject"));
    mld_put_head(book, sheet, mld_book_say(book, "texte", "text"));
    put_run(book, sheet);
    put_warnings(book, sheet);
    put_contents(book, sheet);
    if (interrupted && *interrupted == '1')
        put_note(
            book, sheet, mld_book_say(book, "Interrompu", "Interrupted"),
            mld_book_say(
                book,
                "Le calcul a été arrêté avant la fin\u00a0: moins de trajectoires que demandé.",
                "The run was stopped before its end: fewer paths than asked for."));
    if (book->summary->designs > 1)
        put_both_designs(book, sheet);
    put_price(book, sheet);
    for (size_t i = 0; i < sizeof note / sizeof *note; i++)
        put_note(book, sheet, note[i].what[!book->french], note[i].text[!book->french]);
    int booked = mld_series_named("state_booked");
    if (mld_book_fan(book, MLD_WITH, "state_booked"))
        put_note(book, sheet, mld_book_say(book, "Comptabilité nationale", "National accounts"),
                 book->french ? mld_series[booked].doc_fr : mld_series[booked].doc_en);
}
