/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The term sheet: what was agreed, line by line, from the parameters of the run, in the words of
 * practitioners and, where they have one, under the names of ILPA (Model Limited Partnership
 * Agreement, Reporting Template).
 */
#include "export/book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "milliard/scenario.h"
#include "rows/rows.h"

enum { TERM, VALUE, UNIT, ILPA, MEANING, KEY };
enum { LABEL_SIZE = 160, ITEM_SIZE = 96 };

/**
 * One term. Of a list, `key` is within an item, whose name stands for '*' in the labels. `needs`:
 * another key of the item, without which, or at 0, the term says nothing.
 */
struct term {
    const char *key, *french, *english, *ilpa, *needs;
    int is_multiple;
};

/** Terms one after the other; of a list, item after item, each under a title of its own: titled. */
struct section {
    const char *french, *english, *list;
    int n, titled;
    const struct term *term;
};

#define TERMS(list) (int)(sizeof(list) / sizeof *(list)), 0, list
#define TITLED(list) (int)(sizeof(list) / sizeof *(list)), 1, list

/* ---- the fund ---- */

static const struct term classes[] = { { "commitment", "Engagements, parts *",
                                         "Commitments, class *", "Capital commitments", NULL, 0 },
                                       { "public_share", "dont investisseurs publics, parts *",
                                         "of which public, class *", "", "commitment", 0 } };

static const struct term fund[] = {
    { "fund.concessional.first_loss", "Premières pertes supportées par les parts B",
      "First losses borne by class B", "", "fund.classes.B.commitment", 0 },
    { "fund.concessional.cap", "Rendement plafonné des parts B", "Capped return of class B", "",
      "fund.classes.B.commitment", 0 },
    { "fund.term_years", "Durée du fonds", "Length of the fund", "Term", NULL, 0 },
    { "fund.extension_years", "Prorogation", "Extension", "Extension of the term", NULL, 0 },
    { "fund.investment_years", "Période d'investissement", "Investment period", "Investment period",
      NULL, 0 },
    { "fund.max_issuer_share", "Limite par émetteur, des engagements",
      "Limit by issuer, of commitments", "Investment limitations", NULL, 0 },
    { "fund.recycling_limit", "Trésorerie conservée, des engagements", "Cash kept, of commitments",
      "", NULL, 0 },
    { "fund.recycling.total", "Recyclage\u00a0: investi au plus, des engagements",
      "Recycling: invested at most, of commitments", "Reinvestment", NULL, 0 },
    { "fund.recycling.until_year", "Recyclage jusqu'à", "Recycling until", "Reinvestment", NULL,
      0 },
    { "fund.recallable.share", "Distributions rappelables", "Recallable distributions",
      "Recallable distributions", NULL, 0 },
    { "fund.credit_line.limit", "Ligne de crédit, plafond", "Credit line, ceiling",
      "Subscription facility", NULL, 0 },
    { "fund.credit_line.rate", "Ligne de crédit, taux", "Credit line, rate",
      "Subscription facility", NULL, 0 },
    { "fund.equalisation_rate", "Égalisation des closings suivants, intérêt",
      "Equalisation of later closings, interest", "Subsequent closing interest", NULL, 0 }
};

static const struct term closings[] = { { "date", "Closing *", "Closing *", "Closing", NULL, 0 },
                                        { "share", "Closing *, part des engagements",
                                          "Closing *, part of commitments", "Closing", NULL, 0 } };

static const struct term costs[] = {
    { "fund.management_fee", "Frais de gestion pendant l'investissement, des engagements",
      "Management fee while it invests, of commitments", "Management fee", NULL, 0 },
    { "fund.management_fee_after", "Frais de gestion ensuite, du coût net investi",
      "Management fee afterwards, of net invested cost", "Management fee", NULL, 0 },
    { "fund.running_costs", "Frais de fonctionnement, des engagements",
      "Running costs, of commitments", "Partnership expenses", NULL, 0 },
    { "fund.setup", "Frais de constitution, des engagements", "Set-up costs, of commitments",
      "Organizational expenses", NULL, 0 }
};

static const struct term fees[] = {
    { "kind", "*\u00a0: qui les reçoit", "*: who gets it", "", NULL, 0 },
    { "rate", "*\u00a0: taux", "*: rate", "", "rate", 0 },
    { "base", "*\u00a0: assiette", "*: base", "", "rate", 0 },
    { "amount", "*\u00a0: montant par an", "*: amount a year", "", "amount", 0 },
    { "minimum", "*\u00a0: au moins, par an", "*: at least, a year", "", "minimum", 0 },
    { "from_year", "*\u00a0: à partir de", "*: from", "", "from_year", 0 },
    { "to_year", "*\u00a0: jusqu'à", "*: until", "", NULL, 0 }
};

static const struct term carry[] = {
    { "fund.hurdle", "Rendement prioritaire (hurdle)", "Preferred return", "Preferred return", NULL,
      0 },
    { "fund.catch_up", "Rattrapage (catch-up)", "Catch-up", "GP catch-up", NULL, 0 },
    { "fund.carry", "Carried interest", "Carried interest", "Carried interest", NULL, 0 },
    { "fund.impact_carry.share", "Part du carried interest selon l'impact",
      "Part of the carry that depends on impact", "", NULL, 0 },
    { "fund.impact_carry.to", "À qui va ce que l'impact n'a pas acquis",
      "Who gets what impact did not earn", "", "fund.impact_carry.share", 0 },
    { "fund.claw_back", "Restitution du carried interest (claw-back), part au plus",
      "Claw-back of carry, at most", "Clawback", NULL, 0 }
};

static const struct term tiers[] = {
    { "type", "Étage *", "Tier *", "Distributions", NULL, 0 },
    { "to", "Étage *, à qui", "Tier *, to whom", "", NULL, 0 },
    { "rate", "Étage *, taux", "Tier *, rate", "Preferred return", NULL, 0 },
    { "multiple", "Étage *, multiple", "Tier *, multiple", "Preferred return", NULL, 1 },
    { "share", "Étage *, part à C", "Tier *, part to C", "GP catch-up", NULL, 0 },
    { "carry", "Étage *, carried interest", "Tier *, carry", "Carried interest", NULL, 0 },
    { "until", "Étage *, jusqu'au multiple", "Tier *, up to the multiple", "Distributions", NULL,
      1 }
};

/* ---- the guarantee ---- */

static const struct term layer[] = {
    { "covers_layer", "Contre-garantie de la couche", "Counter-guarantee of the layer", "",
      "covers_layer", 0 },
    { "share", "Part des indemnités contre-garantie", "Part of payouts counter-guaranteed", "",
      NULL, 0 },
    { "instruments", "Instruments couverts", "Instruments covered", "", NULL, 0 },
    { "legal_forms", "Formes juridiques couvertes", "Legal forms covered", "", NULL, 0 },
    { "sectors", "Secteurs couverts", "Sectors covered", "", NULL, 0 },
    { "ticket_min", "Ticket, au moins", "Ticket, at least", "", "ticket_min", 0 },
    { "ticket_max", "Ticket, au plus", "Ticket, at most", "", NULL, 0 },
    { "quotite", "Quotité", "Quotité (part of losses paid)", "", NULL, 0 },
    { "attachment", "Franchise, du financement couvert", "Retention, of the financing covered", "",
      NULL, 0 },
    { "cap_rate", "Plafond de portefeuille, du financement couvert",
      "Cap on the portfolio, of the financing covered", "", NULL, 0 },
    { "max_loss_per_issuer", "Plafond des pertes par émetteur", "Ceiling of losses by issuer", "",
      NULL, 0 },
    { "term_years", "Durée de la garantie", "Length of the guarantee", "", NULL, 0 },
    { "waiting_years", "Carence", "Waiting period", "", NULL, 0 },
    { "payout", "Indemnité", "Payout", "", NULL, 0 },
    { "claim_delay_years", "Délai d'indemnisation", "Delay of payouts", "", NULL, 0 },
    { "cover_exit_losses", "Sorties sous le coût couvertes", "Exits below cost covered", "", NULL,
      0 },
    { "net_of_gains", "Plus-values déduites des pertes", "Gains taken off losses", "", NULL, 0 },
    { "upside_share", "Part des plus-values au garant", "Part of gains to the guarantor", "", NULL,
      0 },
    { "fee_rate", "Commission, de l'encours garanti", "Fee, of the guaranteed outstanding", "",
      NULL, 0 },
    { "fee_upfront", "Commission à l'octroi, du montant garanti",
      "Upfront fee, of the guaranteed amount", "", NULL, 0 },
    { "fee_payer", "Qui paie la commission", "Who pays the fee", "", NULL, 0 },
    { "operator_cost", "Coût de l'opérateur, de l'encours garanti, en sus",
      "Operator cost, of the guaranteed outstanding, on top", "", NULL, 0 }
};

static const struct term dotation[] = { { "guarantee.dotation_yield", "Rendement de la dotation",
                                          "Yield of the dotation", "", NULL, 0 },
                                        { "guarantee.residual_to", "À qui revient le solde final",
                                          "Whose the balance left at the end is", "", NULL, 0 } };

/* ---- what is bought ---- */

static const struct term tickets[] = {
    { "thesis.volume", "Volume investi", "Volume invested", "Portfolio investments", NULL, 0 },
    { "thesis.ticket.mean", "Ticket moyen", "Mean ticket", "", NULL, 0 },
    { "thesis.ticket.sd", "Ticket, écart type", "Ticket, standard deviation", "", NULL, 0 },
    { "thesis.ticket.min", "Ticket, au moins", "Ticket, at least", "", NULL, 0 },
    { "thesis.ticket.max", "Ticket, au plus", "Ticket, at most", "", NULL, 0 }
};

static const struct term mix[] = {
    { "weight", "*", "*", "", NULL, 0 },
    { "legal_forms.association", "*\u00a0: associations", "*: associations", "", NULL, 0 },
    { "legal_forms.cooperative", "*\u00a0: coopératives", "*: cooperatives", "", NULL, 0 },
    { "legal_forms.company", "*\u00a0: sociétés", "*: companies", "", NULL, 0 }
};

static const struct section before[] = {
    { "Parts", "Classes", "fund.classes", TERMS(classes) },
    { "Fonds", "Fund", NULL, TERMS(fund) },
    { "Closings", "Closings", "fund.closings", TERMS(closings) },
    { "Frais", "Costs", NULL, TERMS(costs) },
    { "Frais, ligne par ligne", "Costs, row by row", "fund.fees", TERMS(fees) },
    { "Répartition", "Distribution", NULL, TERMS(carry) },
    { "Étages", "Tiers", "fund.tiers", TERMS(tiers) },
    { "Garantie\u00a0: ", "Guarantee: ", "guarantee.layers", TITLED(layer) }
};
static const struct section after[] = { { "Investissements", "Investments", NULL, TERMS(tickets) },
                                        { "Répartition par instrument et forme juridique",
                                          "Mix by instrument and legal form", "thesis.mix",
                                          TERMS(mix) } };

/* Names that a scenario gives to choices, and what they are called. */
static const char *const words[][3] = {
    { "none", "néant", "none" },
    { "true", "oui", "yes" },
    { "false", "non", "no" },
    { "capital", "le capital de A d'abord", "A's capital first" },
    { "hurdle", "le capital et le rendement prioritaire de A d'abord",
      "A's capital and preferred return first" },
    { "management", "la société de gestion", "the management company" },
    { "other", "d'autres", "others" },
    { "commitments", "engagements", "commitments" },
    { "commitments_without_C", "engagements hors C", "commitments without C" },
    { "called", "appelé", "what is called" },
    { "net_invested", "coût net investi", "net invested cost" },
    { "nav", "actif net", "net assets" },
    { "class_a", "parts A", "class A" },
    { "beneficiary", "un bénéficiaire", "a beneficiary" },
    { "return_of_capital", "retour du capital", "return of capital" },
    { "preferred_return", "rendement prioritaire", "preferred return" },
    { "catch_up", "rattrapage", "catch-up" },
    { "split", "partage", "split" },
    { "A_and_B", "A et B", "A and B" },
    { "final_loss", "sur perte finale", "on the final loss" },
    { "on_default", "dès le défaut", "on default" },
    { "fund", "le fonds, donc ses porteurs", "the fund, hence its investors" },
    { "issuer", "l'émetteur", "the issuer" },
    { "state", "l'État", "the State" },
    { "kept", "le fonds de garantie", "the guarantee fund" },
    { "[]", "sans limitation", "no limitation" }
};

/* ---- cells ---- */

struct terms {
    struct mld_book *book;
    struct mld_sheet *sheet;
    const struct mld_echo *echo;
    size_t n;
};

static const struct mld_echo *parameter(const struct terms *terms, const char *key)
{
    for (size_t i = 0; i < terms->n; i++)
        if (strcmp(terms->echo[i].key, key) == 0)
            return terms->echo[i].origin == MLD_UNUSED ? NULL : &terms->echo[i];
    return NULL;
}

/* A text of a scenario without its quotes, in the words of the book where it is a choice. */
static const char *word(const struct terms *terms, const char *value, char bare[MLD_MAX_TEXT])
{
    size_t length = strlen(value);
    int is_quoted = length >= 2 && value[0] == '"' && value[length - 1] == '"';
    snprintf(bare, MLD_MAX_TEXT, "%.*s", (int)length - 2 * is_quoted, value + is_quoted);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], bare) == 0)
            return mld_book_say(terms->book, words[i][1], words[i][2]);
    return bare;
}

static enum mld_style style_of(const struct mld_echo *echo, const struct term *term)
{
    return term->is_multiple                  ? MLD_STYLE_MULTIPLE
           : strcmp(echo->unit, "EUR") == 0   ? MLD_STYLE_AMOUNT
           : strcmp(echo->unit, "years") == 0 ? MLD_STYLE_YEARS
                                              : MLD_STYLE_RATE;
}

static const char *unit_of(const struct terms *terms, const struct mld_echo *echo)
{
    return strcmp(echo->unit, "1/year") == 0  ? mld_book_say(terms->book, "par an", "a year")
           : strcmp(echo->unit, "years") == 0 ? mld_book_say(terms->book, "ans", "years")
                                              : "";
}

static void put_value(const struct terms *terms, int row, const struct mld_echo *echo,
                      const struct term *term)
{
    char *end, bare[MLD_MAX_TEXT];
    double number = strtod(echo->value, &end);
    if (end != echo->value && *end == '\0') {
        mld_put_number(terms->book, terms->sheet, row, VALUE, style_of(echo, term), number);
        mld_put_text(terms->book, terms->sheet, row, UNIT, MLD_STYLE_TEXT, unit_of(terms, echo));
    } else
        mld_put_text(terms->book, terms->sheet, row, VALUE, MLD_STYLE_TEXT,
                     word(terms, echo->value, bare));
}

/* The label, with the item's name where it has a star. */
static const char *label_of(const struct terms *terms, const struct term *term, const char *item,
                            char label[LABEL_SIZE])
{
    const char *text = mld_book_say(terms->book, term->french, term->english),
               *star = strchr(text, '*');
    if (!star || !item)
        snprintf(label, LABEL_SIZE, "%s", text);
    else
        snprintf(label, LABEL_SIZE, "%.*s%s%s", (int)(star - text), text, item, star + 1);
    return label;
}

static void put_title(const struct terms *terms, const struct section *section, const char *item)
{
    char title[LABEL_SIZE];
    snprintf(title, sizeof title, "%s%s",
             mld_book_say(terms->book, section->french, section->english), item ? item : "");
    mld_put_text(terms->book, terms->sheet, terms->sheet->rows, TERM, MLD_STYLE_SECTION, title);
}

/* Whether what a term depends on is there, and neither nothing nor empty. */
static int says_something(const struct terms *terms, const char *start, const char *needs)
{
    char key[2 * ITEM_SIZE];
    snprintf(key, sizeof key, "%s%s", start, needs);
    const struct mld_echo *echo = parameter(terms, key);
    return echo && strcmp(echo->value, "\"\"") != 0 && strcmp(echo->value, "false") != 0 &&
           (strtod(echo->value, NULL) != 0 || echo->value[0] == '"');
}

/* A bound that is none, or an account of nothing, is no term. */
static int is_told(const struct terms *terms, const struct mld_echo *echo, const char *start,
                   const struct term *term)
{
    int is_bound = strcmp(echo->unit, "years") == 0 || strcmp(echo->unit, "1/year") == 0;
    return (!term->needs || says_something(terms, start, term->needs)) &&
           !(is_bound && strstr(echo->value, "none"));
}

/* Gives 1 when the term is there. */
static int put_term(const struct terms *terms, const struct section *section, const char *start,
                    const char *item, const struct term *term, int titled)
{
    char key[2 * ITEM_SIZE], label[LABEL_SIZE];
    snprintf(key, sizeof key, "%s%s", start, term->key);
    const struct mld_echo *echo = parameter(terms, key);
    if (!echo || !is_told(terms, echo, start, term))
        return 0;
    if (!titled)
        put_title(terms, section, section->titled ? item : NULL);
    int row = terms->sheet->rows;
    mld_put_text(terms->book, terms->sheet, row, TERM, MLD_STYLE_LINE,
                 label_of(terms, term, item, label));
    put_value(terms, row, echo, term);
    mld_put_text(terms->book, terms->sheet, row, ILPA, MLD_STYLE_TEXT,
                 *term->ilpa ? term->ilpa : NULL);
    mld_put_text(terms->book, terms->sheet, row, MEANING, MLD_STYLE_FOLD,
                 terms->book->french ? echo->doc_fr : echo->doc_en);
    mld_put_text(terms->book, terms->sheet, row, KEY, MLD_STYLE_TEXT, echo->key);
    return 1;
}

/* ---- sections ---- */

/* What an item is called: an instrument by its name, a place in a list counted from 1. */
static void name_item(const struct terms *terms, const char *item, char name[ITEM_SIZE])
{
    int instrument = mld_instrument_named(item + 1);
    if (item[0] == '[')
        snprintf(name, ITEM_SIZE, "%d", atoi(item + 1) + 1);
    else if (instrument >= 0)
        snprintf(name, ITEM_SIZE, "%s", mld_instrument_label(instrument, terms->book->french));
    else
        snprintf(name, ITEM_SIZE, "%s", item + 1);
}

/* ".name" or "[0]" of a key of the list, or 0. */
static int item_of(const char *key, const char *list, char item[ITEM_SIZE])
{
    size_t length = strlen(list);
    if (strncmp(key, list, length) != 0 || (key[length] != '.' && key[length] != '['))
        return 0;
    size_t n = 1 + strcspn(key + length + 1, ".");
    if (n >= ITEM_SIZE || key[length + n] == '\0')
        return 0;
    snprintf(item, ITEM_SIZE, "%.*s", (int)n, key + length);
    return 1;
}

static void put_list(const struct terms *terms, const struct section *section)
{
    char last[ITEM_SIZE] = "", item[ITEM_SIZE], start[2 * ITEM_SIZE], name[ITEM_SIZE];
    int titled = 0;
    for (size_t i = 0; i < terms->n; i++) {
        if (!item_of(terms->echo[i].key, section->list, item) || strcmp(item, last) == 0)
            continue;
        snprintf(last, sizeof last, "%s", item);
        snprintf(start, sizeof start, "%.90s%s.", section->list, item);
        name_item(terms, item, name);
        titled = titled && !section->titled;
        for (int j = 0; j < section->n; j++)
            titled |= put_term(terms, section, start, name, &section->term[j], titled);
    }
}

static void put_sections(const struct terms *terms, const struct section *section, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int titled = 0;
        if (section[i].list)
            put_list(terms, &section[i]);
        for (int j = 0; !section[i].list && j < section[i].n; j++)
            titled |= put_term(terms, &section[i], "", NULL, &section[i].term[j], titled);
    }
}

static void put_fact(const struct terms *terms, const char *label, const char *text)
{
    int row = terms->sheet->rows;
    mld_put_text(terms->book, terms->sheet, row, TERM, MLD_STYLE_LINE, label);
    mld_put_text(terms->book, terms->sheet, row, VALUE, MLD_STYLE_TEXT, text);
}

static void put_payments(const struct terms *terms, const struct mld_budget_line *line, int n)
{
    char label[LABEL_SIZE];
    for (int i = 0; i < n; i++) {
        int row = terms->sheet->rows;
        snprintf(label, sizeof label,
                 line[i].is_gage ? mld_book_say(terms->book, "Gage en %d, programme %d",
                                                "Offset in %d, programme %d")
                                 : mld_book_say(terms->book, "Dotation versée en %d, programme %d",
                                                "Dotation paid in %d, programme %d"),
                 line[i].year, line[i].programme);
        mld_put_text(terms->book, terms->sheet, row, TERM, MLD_STYLE_LINE, label);
        mld_put_number(terms->book, terms->sheet, row, VALUE, MLD_STYLE_AMOUNT, line[i].cp);
        mld_put_text(terms->book, terms->sheet, row, KEY, MLD_STYLE_TEXT,
                     line[i].is_gage ? "guarantee.gage" : "guarantee.dotation");
    }
}

static void put_dotation(const struct terms *terms)
{
    static const struct section rest = { "", "", NULL, TERMS(dotation) };
    struct mld_budget_line line[MLD_BUDGET_LINES];
    int n = mld_rows_budget(terms->book->results, line);
    if (terms->book->summary->designs <= MLD_WITH)
        return;
    mld_put_text(terms->book, terms->sheet, terms->sheet->rows, TERM, MLD_STYLE_SECTION,
                 "Dotation");
    put_payments(terms, line, n);
    if (n == 0)
        put_fact(terms, "Dotation",
                 mld_book_say(terms->book, "aucune\u00a0: crédits évaluatifs",
                              "none: crédits évaluatifs"));
    for (int j = 0; n && j < rest.n; j++)
        put_term(terms, &rest, "", NULL, &rest.term[j], 1);
    put_fact(terms, mld_book_say(terms->book, "Quand elle est vide", "When it is empty"),
             n ? mld_book_say(terms->book, "les indemnités attendent, puis restent impayées",
                              "claims wait, then stay unpaid")
               : mld_book_say(terms->book, "sans objet\u00a0: l'État paie ce qui est dû",
                              "no such case: the State pays what is due"));
}

/* Lines of the other sheets that practitioners and ILPA call otherwise. */
static void put_names(const struct terms *terms)
{
    static const char *const series[][2] = { { "calls", "Capital contributions" },
                                             { "distributions", "Distributions" },
                                             { "distributions_a", "Distributions" },
                                             { "management_fees", "Management fees" },
                                             { "invested", "Portfolio investments" },
                                             { "income", "Interest and dividend income" },
                                             { "capital", "Proceeds from investments" },
                                             { "nav", "Net asset value (NAV)" },
                                             { "cash", "Cash" } };
    int titled = 0;
    char label[MLD_LABEL_SIZE];
    for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
        if (!mld_book_fan(terms->book, MLD_WITHOUT, series[i][0]))
            continue;
        if (!titled++)
            mld_put_text(terms->book, terms->sheet, terms->sheet->rows, TERM, MLD_STYLE_SECTION,
                         mld_book_say(terms->book, "Lignes des autres feuilles",
                                      "Lines of the other sheets"));
        int row = terms->sheet->rows;
        mld_put_text(terms->book, terms->sheet, row, TERM, MLD_STYLE_LINE,
                     mld_book_series_label(terms->book, series[i][0], label));
        mld_put_text(terms->book, terms->sheet, row, ILPA, MLD_STYLE_TEXT, series[i][1]);
        mld_put_text(terms->book, terms->sheet, row, KEY, MLD_STYLE_TEXT, series[i][0]);
    }
}

void mld_sheet_terms(struct mld_book *book)
{
    static const char *const head[][2] = {
        { "terme", "term" },   { "valeur (montants en euros)", "value (amounts in euros)" },
        { "unité", "unit" },   { "nom ILPA", "ILPA name" },
        { "sens", "meaning" }, { "clé", "key" }
    };
    struct terms terms = { .book = book };
    terms.echo = mld_results_echo(book->results, &terms.n);
    terms.sheet = mld_book_sheet(book, "Termes", "Term sheet", "terms");
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        mld_put_head(book, terms.sheet, head[i][!book->french]);
    put_sections(&terms, before, sizeof before / sizeof *before);
    put_dotation(&terms);
    put_sections(&terms, after, sizeof after / sizeof *after);
    put_names(&terms);
}
