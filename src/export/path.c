/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets of one path run again: what all of them share, its deals and their flows. */
#include "export/path.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INPUT_LABEL, INPUT_VALUE, INPUT_KEY };
enum { LEAD = 3 }; /* period, end, year */

static struct mld_book *book_of(struct mld_path_book *path) { return path->model.book; }

/* ---- inputs and lines ---- */

void mld_path_input(struct mld_path_book *path, const char *key, const char *french,
                    const char *english, enum mld_style style, double value)
{
    struct mld_model_book *model = &path->model;
    struct mld_sheet *sheet = &model->book->sheet[model->inputs];
    struct mld_model_input *input = &model->input[model->n_inputs++];
    snprintf(input->key, sizeof input->key, "%s", key);
    input->row = sheet->rows;
    input->value = value;
    mld_put_text(model->book, sheet, input->row, INPUT_LABEL, MLD_STYLE_LINE,
                 mld_book_say(model->book, french, english));
    mld_put_number(model->book, sheet, input->row, INPUT_VALUE, style, value);
    mld_put_text(model->book, sheet, input->row, INPUT_KEY, MLD_STYLE_TEXT, key);
}

static struct mld_model_line *new_line(struct mld_path_book *path, const char *key,
                                       const char *french, const char *english)
{
    struct mld_model_book *model = &path->model;
    struct mld_sheet *sheet = &model->book->sheet[path->sheet];
    double *value = calloc((size_t)model->periods, sizeof *value);
    if (!value) {
        model->book->no_memory = 1;
        return NULL;
    }
    struct mld_model_line *line = &model->line[model->n_lines++];
    snprintf(line->key, sizeof line->key, "%s", key);
    line->sheet = path->sheet;
    line->column = sheet->columns;
    line->value = value;
    mld_put_head(model->book, sheet, mld_book_say(model->book, french, english));
    return line;
}

void mld_path_line(struct mld_path_book *path, const char *key, const char *french,
                   const char *english, const char *words)
{
    struct mld_model_book *model = &path->model;
    struct mld_model_line *line = new_line(path, key, french, english);
    if (line && !(line->words = mld_clean_copy(words)))
        model->book->no_memory = 1;
}

void mld_path_lines(struct mld_path_book *path, const struct mld_path_row *row, int n)
{
    for (int i = 0; i < n; i++)
        mld_path_line(path, row[i].key, row[i].french, row[i].english, row[i].words);
}

void mld_path_given(struct mld_path_book *path, const char *key, const char *french,
                    const char *english, const double *of, int width)
{
    struct mld_model_book *model = &path->model;
    struct mld_model_line *line = new_line(path, key, french, english);
    for (int t = 0; line && t < model->periods; t++) {
        line->value[t] = of ? of[(size_t)t * (size_t)width] : 0;
        mld_put_number(model->book, &model->book->sheet[path->sheet], t + 1, line->column,
                       MLD_STYLE_THOUSANDS, line->value[t]);
    }
}

void mld_path_sheet(struct mld_path_book *path, const char *french, const char *english,
                    const char *file)
{
    struct mld_book *book = book_of(path);
    struct mld_sheet *sheet = mld_book_sheet(book, french, english, file);
    path->sheet = book->n_sheets - 1;
    sheet->frozen_columns = LEAD;
    mld_put_head(book, sheet, mld_book_say(book, "période", "period"));
    mld_put_head(book, sheet, mld_book_say(book, "fin", "end"));
    mld_put_head(book, sheet, mld_book_say(book, "année", "year"));
    for (int t = 0; t < path->model.periods; t++) {
        struct mld_date end = mld_grid_period_end(book->grid, t);
        mld_put_number(book, sheet, t + 1, 0, MLD_STYLE_WHOLE, t);
        mld_put_date(book, sheet, t + 1, 1, end);
        mld_put_number(book, sheet, t + 1, 2, MLD_STYLE_YEAR, end.year);
    }
}

/* ---- deals ---- */

static int is_made(const struct mld_lives *lives, int deal)
{
    return lives->deal[deal].life.made && (!lives->chosen || lives->chosen[deal]);
}

static void deal_name(const struct mld_path_book *path, const struct mld_deal *deal,
                      char name[MLD_MAX_NAME])
{
    if (deal->tape_row >= 0)
        snprintf(name, MLD_MAX_NAME, "%s", path->plan->model.tape.deal[deal->tape_row].name);
    else
        snprintf(name, MLD_MAX_NAME, "%s-%d%s", mld_instruments[deal->instrument]->name,
                 deal->issuer, deal->lot > 0 ? "+" : "");
}

static void put_period(struct mld_path_book *path, struct mld_sheet *sheet, int row, int column,
                       int t)
{
    if (t >= 0)
        mld_put_date(book_of(path), sheet, row, column,
                     mld_grid_period_end(book_of(path)->grid, t));
}

static void put_deal(struct mld_path_book *path, struct mld_sheet *sheet, int index)
{
    const struct mld_lives *lives = &path->replay->workspace->lives[path->lives];
    const struct mld_deal *deal = &lives->portfolio->deal[index];
    const struct mld_life *life = &lives->deal[index].life;
    struct mld_book *book = book_of(path);
    int row = sheet->rows;
    char name[MLD_MAX_NAME];
    deal_name(path, deal, name);
    mld_put_text(book, sheet, row, 0, MLD_STYLE_TEXT, name);
    mld_put_text(book, sheet, row, 1, MLD_STYLE_TEXT, mld_instruments[deal->instrument]->name);
    mld_put_text(book, sheet, row, 2, MLD_STYLE_TEXT, path->plan->model.form[deal->form].name);
    mld_put_text(book, sheet, row, 3, MLD_STYLE_TEXT,
                 path->plan->model.factors.sector[deal->sector]);
    put_period(path, sheet, row, 4, deal->period);
    mld_put_number(book, sheet, row, 5, MLD_STYLE_MONEY, deal->amount);
    put_period(path, sheet, row, 6, life->default_period);
    mld_put_number(book, sheet, row, 7, MLD_STYLE_MONEY, life->default_loss);
    put_period(path, sheet, row, 8, life->exit_period);
    mld_put_number(book, sheet, row, 9, MLD_STYLE_MONEY,
                   life->exit_period >= 0 ? life->exit_proceeds : (double)NAN);
    mld_put_number(book, sheet, row, 10, MLD_STYLE_MONEY, life->exit_loss);
    mld_put_number(book, sheet, row, 11, MLD_STYLE_MONEY, life->forced_discount);
}

static void put_total(struct mld_book *book, struct mld_sheet *sheet, int column, double total)
{
    char letters[8], formula[48];
    int last = sheet->rows - 1;
    mld_column_letters(column, letters);
    snprintf(formula, sizeof formula, "SUM(%s2:%s%d)", letters, letters, last);
    mld_put_formula(book, sheet, last, column, MLD_STYLE_TOTAL, total, formula);
}

static void put_deals(struct mld_path_book *path)
{
    static const char *const head[][2] = { { "dossier", "deal" },
                                           { "instrument", "instrument" },
                                           { "forme juridique", "legal form" },
                                           { "secteur", "sector" },
                                           { "fin de sa période", "end of its period" },
                                           { "montant", "amount" },
                                           { "défaut", "default" },
                                           { "perte sur défaut", "loss on default" },
                                           { "sortie", "exit" },
                                           { "produit de sortie", "exit proceeds" },
                                           { "perte de sortie", "exit loss" },
                                           { "décote de cession forcée", "forced-sale discount" } };
    const struct mld_lives *lives = &path->replay->workspace->lives[path->lives];
    struct mld_book *book = book_of(path);
    struct mld_sheet *sheet = mld_book_sheet(book, "Traj. dossiers", "Path deals", "path-deals");
    double total[4] = { 0 };
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        mld_put_head(book, sheet, head[i][!book->french]);
    for (int d = 0; d < lives->portfolio->n_deals; d++) {
        const struct mld_life *life = &lives->deal[d].life;
        if (!is_made(lives, d))
            continue;
        put_deal(path, sheet, d);
        total[0] += lives->portfolio->deal[d].amount;
        total[1] += life->default_loss;
        total[2] += life->exit_loss;
        total[3] += life->forced_discount;
    }
    mld_put_text(book, sheet, sheet->rows, 0, MLD_STYLE_STRONG, "total");
    static const int column[] = { 5, 7, 10, 11 };
    for (int i = 0; i < 4; i++)
        put_total(book, sheet, column[i], total[i]);
}

/* ---- flows ---- */

enum { FLOW_DEAL, FLOW_PERIOD, FLOW_INVESTED, FLOW_INCOME, FLOW_CAPITAL, FLOW_COST, FLOW_NAV };

static void put_flows_of(struct mld_path_book *path, struct mld_sheet *sheet, int index)
{
    const struct mld_lives *lives = &path->replay->workspace->lives[path->lives];
    const struct mld_deal *deal = &lives->portfolio->deal[index];
    const struct mld_life *life = &lives->deal[index].life;
    struct mld_book *book = book_of(path);
    char name[MLD_MAX_NAME];
    deal_name(path, deal, name);
    for (int t = deal->period; t <= life->last_period; t++) {
        int row = sheet->rows;
        mld_put_text(book, sheet, row, FLOW_DEAL, MLD_STYLE_TEXT, name);
        mld_put_number(book, sheet, row, FLOW_PERIOD, MLD_STYLE_WHOLE, t);
        mld_put_number(book, sheet, row, FLOW_INVESTED, MLD_STYLE_FLOW,
                       t == deal->period ? deal->amount : 0);
        mld_put_number(book, sheet, row, FLOW_INCOME, MLD_STYLE_FLOW, life->income[t]);
        mld_put_number(book, sheet, row, FLOW_CAPITAL, MLD_STYLE_FLOW, life->capital[t]);
        mld_put_number(book, sheet, row, FLOW_COST, MLD_STYLE_FLOW, life->outstanding[t]);
        mld_put_number(book, sheet, row, FLOW_NAV, MLD_STYLE_FLOW, life->nav[t]);
    }
}

static int put_flows(struct mld_path_book *path)
{
    static const char *const head[][2] = {
        { "dossier", "deal" },     { "période", "period" },
        { "investi", "invested" }, { "revenus", "income" },
        { "capital", "capital" },  { "encours ou coût", "outstanding or cost" },
        { "valeur", "value" }
    };
    const struct mld_lives *lives = &path->replay->workspace->lives[path->lives];
    struct mld_book *book = book_of(path);
    struct mld_sheet *sheet = mld_book_sheet(book, "Traj. flux", "Path flows", "path-flows");
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        mld_put_head(book, sheet, head[i][!book->french]);
    for (int d = 0; d < lives->portfolio->n_deals; d++)
        if (is_made(lives, d))
            put_flows_of(path, sheet, d);
    return book->n_sheets - 1;
}

/* A line of the fund that adds up the flows of all deals in a period. */
static void sum_of_flows(struct mld_path_book *path, int flows, const char *key, const char *french,
                         const char *english, int column, const double *of)
{
    struct mld_book *book = book_of(path);
    struct mld_model_line *line = new_line(path, key, french, english);
    const struct mld_sheet *from = &book->sheet[flows];
    char letters[8], formula[256];
    mld_column_letters(column, letters);
    for (int t = 0; line && t < path->model.periods; t++) {
        line->value[t] = of[(size_t)t * (size_t)path->replay->workspace->width];
        snprintf(formula, sizeof formula, "SUMIFS('%s'!$%s$2:$%s$%d,'%s'!$B$2:$B$%d,$A%d)",
                 from->name, letters, letters, from->rows, from->name, from->rows, t + 2);
        mld_put_formula(book, &book->sheet[path->sheet], t + 1, line->column, MLD_STYLE_THOUSANDS,
                        line->value[t], formula);
    }
}

static void put_pools(struct mld_path_book *path, int flows)
{
    const struct mld_pools *pools = &path->replay->workspace->lives[path->lives].pools;
    sum_of_flows(path, flows, "invested", "investi", "invested", FLOW_INVESTED, pools->invested);
    sum_of_flows(path, flows, "income", "revenus", "income", FLOW_INCOME, pools->income);
    sum_of_flows(path, flows, "capital", "remboursements et sorties", "repayments and exits",
                 FLOW_CAPITAL, pools->capital);
    sum_of_flows(path, flows, "cost", "encours ou coût", "outstanding or cost", FLOW_COST,
                 pools->outstanding);
    sum_of_flows(path, flows, "value", "valeur des opérations", "value of deals", FLOW_NAV,
                 pools->nav);
}

/* ---- all of it ---- */

static void begin_inputs(struct mld_path_book *path)
{
    struct mld_book *book = book_of(path);
    struct mld_sheet *sheet = mld_book_sheet(book, "Traj. hypothèses", "Path inputs",
                                             "path-inputs");
    char text[64];
    path->model.inputs = book->n_sheets - 1;
    mld_put_head(book, sheet, mld_book_say(book, "hypothèse", "input"));
    mld_put_head(book, sheet, mld_book_say(book, "valeur", "value"));
    mld_put_head(book, sheet, mld_book_say(book, "nom dans les formules", "name in formulas"));
    snprintf(text, sizeof text, mld_book_say(book, "trajectoire %u, %s", "path %u, %s"),
             (unsigned)path->replay->path, mld_branch_text(book, path->design));
    mld_put_text(book, sheet, sheet->rows, 0, MLD_STYLE_SECTION, text);
    mld_path_input(path, "m", "périodes par an", "periods a year", MLD_STYLE_WHOLE,
                   book->grid->periods_per_year);
    mld_path_input(path, "last", "dernière période", "last period", MLD_STYLE_WHOLE,
                   book->grid->last);
}

static void put_sheets(struct mld_path_book *path)
{
    begin_inputs(path);
    if (path->design != MLD_WITHOUT)
        mld_path_guarantor_inputs(path);
    if (path->plan->fund.present)
        mld_path_fund_inputs(path);
    put_deals(path);
    int flows = put_flows(path);
    if (path->design != MLD_WITHOUT)
        mld_path_guarantor(path);
    mld_path_sheet(path, "Traj. fonds", "Path fund", "path-fund");
    put_pools(path, flows);
    if (path->plan->fund.present)
        mld_path_fund(path);
    mld_model_work_out(&path->model);
    if (!book_of(path)->no_memory)
        mld_path_statement(path);
}

enum mld_status mld_sheets_path(struct mld_book *book, const struct mld_replay *replay)
{
    struct mld_path_book *path = calloc(1, sizeof *path);
    if (!path)
        return MLD_ERR_MEMORY;
    int design = replay->plan->n_designs > MLD_WITH ? MLD_WITH : MLD_WITHOUT;
    path->model.book = book;
    path->model.periods = book->grid->last + 1;
    path->replay = replay;
    path->plan = replay->plan;
    path->design = design;
    path->flows = &replay->workspace->design[design];
    path->lives = replay->plan->design[design].lives;
    put_sheets(path);
    mld_model_clear(&path->model);
    free(path);
    return book->no_memory ? MLD_ERR_MEMORY : MLD_OK;
}
