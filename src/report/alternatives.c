/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What else the same public money could do: tables for people. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/plain.h"
#include "milliard/report.h"
#include "report/page.h"

struct view {
    struct mld_page page;
    struct mld_page_table *cells;
    const struct mld_alternatives *table;
};

/* ---- cells ---- */

static void set(const struct view *view, int row, int column, enum mld_quantity quantity,
                struct mld_estimate estimate)
{
    char text[MLD_NUMBER_SIZE];
    if (!isnan(estimate.value))
        mld_table_set(view->cells, row, column,
                      mld_format_estimate(text, view->page.french, quantity, estimate.value,
                                          estimate.error, estimate.value, 0));
}

static void set_text(const struct view *view, int row, int column, const char *french,
                     const char *english)
{
    mld_table_set(view->cells, row, column, mld_say(&view->page, french, english));
}

static const char *label_of(const struct view *view, int form)
{
    return mld_say(&view->page, mld_supports[form].label_fr, mld_supports[form].label_en);
}

/* A size with its interval, or why there is none. */
static void set_size(const struct view *view, int row, const struct mld_alternative *form)
{
    char text[MLD_NUMBER_SIZE], low[MLD_NUMBER_SIZE], high[MLD_NUMBER_SIZE],
        interval[2 * MLD_NUMBER_SIZE + 16];
    double error = (form->high - form->low) / 4;
    switch (form->sized) {
    case MLD_SIZE_NOT_NEEDED: mld_table_set(view->cells, row, 1, "–"); return;
    case MLD_COSTS_NOTHING: set_text(view, row, 1, "coût nul", "no cost"); return;
    case MLD_COSTS_TOO_LITTLE: set_text(view, row, 1, "hors d'atteinte", "out of reach"); return;
    case MLD_COMES_TOO_LATE: set_text(view, row, 1, "trop tard", "too late"); return;
    default: break;
    }
    mld_table_set(view->cells, row, 1,
                  mld_format(text, view->page.french, MLD_MONEY, form->x, error, form->x, 0));
    if (!(form->high > form->low))
        return;
    mld_format(low, view->page.french, MLD_MONEY, form->low, error, form->x, 0);
    mld_format(high, view->page.french, MLD_MONEY, form->high, error, form->x, 0);
    snprintf(interval, sizeof interval, "%s%s – %s%s", form->low_open ? "≤ " : "", low,
             form->high_open ? "≥ " : "", high);
    mld_table_set(view->cells, row, 2, interval);
}

static int is_there(const struct mld_alternative *form)
{
    return form->sized == MLD_IS_SIZED || form->sized == MLD_SIZE_NOT_NEEDED;
}

/* ---- what it costs ---- */

static void set_cost_95(const struct view *view, int row, const struct mld_alternative *form)
{
    char text[MLD_NUMBER_SIZE];
    double error = (form->cost_95_high - form->cost_95_low) / 4;
    if (isnan(form->cost_95_low) || isnan(form->cost_95_high))
        set_text(view, row, 4, "non estimable", "not estimable");
    else
        mld_table_set(view->cells, row, 4,
                      mld_format(text, view->page.french, MLD_MONEY, form->cost_95, error,
                                 form->cost_95, 0));
}

static void costs(const struct view *view, int sizing)
{
    static const char *const heads[][2] = {
        { "taille", "size" },
        { "intervalle", "interval" },
        { "coût public", "public cost" },
        { "95\u00a0%", "95\u00a0%" },
        { "valeur actuelle", "PV" },
        { "trésorerie au pic", "peak cash" },
    };
    mld_table_start(view->cells, 7);
    mld_table_row(view->cells, mld_say(&view->page, "ce qu'elle coûte", "what it costs"));
    for (int i = 0; i < 6; i++)
        set_text(view, 0, i + 1, heads[i][0], heads[i][1]);
    for (int i = 0; i < MLD_SUPPORTS; i++) {
        const struct mld_alternative *form = &view->table->form[sizing][i];
        int row = mld_table_row(view->cells, label_of(view, i));
        set_size(view, row, form);
        if (!is_there(form))
            continue;
        set(view, row, 3, MLD_MONEY, form->mean[MLD_OUT_COST]);
        set_cost_95(view, row, form);
        set(view, row, 5, MLD_MONEY, form->mean[MLD_OUT_PV]);
        set(view, row, 6, MLD_MONEY, form->mean[MLD_OUT_PEAK]);
    }
    mld_page_table(&view->page, view->cells);
}

/* ---- what it gives ---- */

static void set_per_public(const struct view *view, int row, const struct mld_alternative *form)
{
    if (isnan(form->private_per_public.value))
        set_text(view, row, 2, "coût nul à l'erreur près", "cost within error of 0");
    else
        set(view, row, 2, MLD_MULTIPLE, form->private_per_public);
}

static void gives(const struct view *view, int sizing)
{
    static const char *const heads[][2] = {
        { "appels privés", "private calls" },
        { "€ privés par € public", "private € per public €" },
        { "TRI de A", "IRR of A" },
        { "P(perte) de A", "P(loss) of A" },
        { "P(l'État perd)", "P(the State loses)" },
        { "carried interest", "carry" },
    };
    static const enum mld_outcome outcome[] = { MLD_OUT_IRR, MLD_OUT_LOSS, MLD_OUT_LOSES,
                                                MLD_OUT_CARRY };
    static const enum mld_quantity quantity[] = { MLD_RATE, MLD_RATE, MLD_RATE, MLD_MONEY };
    mld_table_start(view->cells, 7);
    mld_table_row(view->cells, mld_say(&view->page, "ce qu'elle donne", "what it gives"));
    for (int i = 0; i < 6; i++)
        set_text(view, 0, i + 1, heads[i][0], heads[i][1]);
    for (int i = 0; i < MLD_SUPPORTS; i++) {
        const struct mld_alternative *form = &view->table->form[sizing][i];
        if (!is_there(form))
            continue;
        int row = mld_table_row(view->cells, label_of(view, i));
        set(view, row, 1, MLD_MONEY, form->mean[MLD_OUT_PRIVATE]);
        set_per_public(view, row, form);
        for (int k = 0; k < 4; k++)
            set(view, row, 3 + k, quantity[k], form->mean[outcome[k]]);
    }
    mld_page_table(&view->page, view->cells);
}

static void say_guarantee(const struct view *view, int sizing)
{
    char peak[MLD_NUMBER_SIZE], unpaid[MLD_NUMBER_SIZE];
    const struct mld_alternative *form = &view->table->form[sizing][MLD_SUPPORT_GUARANTEE];
    const struct mld_estimate *dues = &form->mean[MLD_OUT_PEAK_DUES],
                              *share = &form->mean[MLD_OUT_UNPAID];
    mld_format_estimate(peak, view->page.french, MLD_MONEY, dues->value, dues->error, dues->value,
                        0);
    mld_format_estimate(unpaid, view->page.french, MLD_RATE, share->value, share->error,
                        share->value, 0);
    mld_page_paragraph(&view->page,
                       mld_say(&view->page,
                               "Garantie : pic moyen des indemnités dues moins les recettes, %s.",
                               "Guarantee: mean peak of dues less receipts, %s."),
                       peak);
    if (sizing == MLD_SIZED_BUDGET || sizing == MLD_SIZED_BUDGET_BARE)
        mld_page_paragraph(
            &view->page,
            mld_say(
                &view->page,
                "Ici la garantie paie sur sa dotation : sur %s des trajectoires une indemnité "
                "due n'est pas payée en entier.",
                "Here the guarantee pays from its dotation: on %s of paths something due is not "
                "paid in full."),
            unpaid);
}

static void section(const struct view *view, int sizing)
{
    mld_page_title(&view->page, mld_sizings[sizing].label_fr, mld_sizings[sizing].label_en);
    costs(view, sizing);
    mld_page_gap(&view->page);
    gives(view, sizing);
    mld_page_gap(&view->page);
    say_guarantee(view, sizing);
}

/* ---- additionality ---- */

/* α*, or what there is to say instead. */
static void set_part(const struct view *view, int row, int column, double cost,
                     const struct mld_estimate *part)
{
    if (cost <= 0)
        set_text(view, row, column, "coût nul ou négatif", "no cost");
    else if (part->value > 1)
        set_text(view, row, column, "plus de 100\u00a0%", "above 100\u00a0%");
    else
        set(view, row, column, MLD_RATE, *part);
}

static void put_scale(const struct view *view, const struct mld_additionality *at)
{
    char label[64], number[MLD_NUMBER_SIZE];
    int column = 1;
    snprintf(label, sizeof label, mld_say(&view->page, "PD × %s", "PDs × %s"),
             mld_format_number(number, view->page.french, at->pd_scale, at->pd_scale < 1, 0));
    int row = mld_table_row(view->cells, label);
    set(view, row, column++, MLD_MONEY, at->cost);
    set(view, row, column++, MLD_MONEY, at->financing);
    for (int i = 0; i < view->table->n_compared; i++)
        set_part(view, row, column++, at->cost.value, &at->part[i]);
    for (int i = 0; i < MLD_ADDITIONAL_PARTS; i++) {
        if (at->cost.value > 0)
            set(view, row, column, MLD_MULTIPLE,
                (struct mld_estimate){ at->per_euro[i],
                                       at->per_euro[i] * at->cost.error / at->cost.value });
        column++;
    }
}

static void additionality_table(const struct view *view)
{
    char head[MLD_CELL_SIZE], number[MLD_NUMBER_SIZE];
    const struct mld_alternatives *table = view->table;
    int column = 3;
    mld_table_start(view->cells, 3 + table->n_compared + MLD_ADDITIONAL_PARTS);
    mld_table_row(view->cells, "");
    set_text(view, 0, 1, "VA du coût public", "PV of public cost");
    set_text(view, 0, 2, "VA du financement privé", "PV of private financing");
    for (int i = 0; i < table->n_compared; i++) {
        snprintf(head, sizeof head, "α* (%.60s)", table->compared[i].name);
        mld_table_set(view->cells, 0, column++, head);
    }
    for (int i = 0; i < MLD_ADDITIONAL_PARTS; i++) {
        snprintf(head, sizeof head,
                 mld_say(&view->page, "€ si α = %s\u00a0%%", "€ if α = %s\u00a0%%"),
                 mld_format_level(number, view->page.french, mld_additional_parts[i]));
        mld_table_set(view->cells, 0, column++, head);
    }
    for (int i = 0; i < MLD_ADDITIONAL_SCALES; i++)
        put_scale(view, &table->additionality[i]);
    mld_page_table(&view->page, view->cells);
}

static void say_compared(const struct view *view)
{
    for (int i = 0; i < view->table->n_compared; i++) {
        const struct mld_compared *compared = &view->table->compared[i];
        char cost[MLD_NUMBER_SIZE], part[MLD_NUMBER_SIZE];
        mld_format_number(cost, view->page.french, compared->cost, compared->cost < 1 ? 2 : 0, 0);
        mld_format(part, view->page.french, MLD_RATE, compared->additional, (double)NAN, 0, 0);
        mld_page_paragraph(
            &view->page,
            mld_say(&view->page, "%s : coûte %s € par euro, additionnel pour %s (α₀)%s%s.",
                    "%s: costs €%s a euro, additional for %s of it (α₀)%s%s."),
            compared->name, cost, part, *compared->source ? " ; " : "", compared->source);
    }
}

static void additionality(const struct view *view)
{
    const struct mld_page *page = &view->page;
    mld_page_title(page, "Additionnalité d'équilibre", "Break-even additionality");
    if (!view->table->has_private) {
        mld_page_paragraph(
            page, "%s",
            mld_say(page,
                    "fund.classes.A.public_share n'est pas donné : il n'est pas question de "
                    "financement privé. Donner la part des parts A détenue par des investisseurs "
                    "publics.",
                    "fund.classes.A.public_share is not given: private financing is not spoken of. "
                    "Give the part of class A that public investors hold."));
        return;
    }
    additionality_table(view);
    mld_page_gap(page);
    mld_page_paragraph(
        page, "%s",
        mld_say(
            page,
            "α* : plus petite part du financement privé couvert qui doit être additionnelle pour "
            "que la garantie, toutes indemnités payées, ne coûte pas plus par euro additionnel "
            "que l'emploi comparé. À droite, coût public d'un euro additionnel si cette part est "
            "α. Rien ici ne dit ce qu'elle est.",
            "α*: the smallest part of the private financing covered that must be additional for "
            "the guarantee, every due paid, to cost no more per additional euro than the use "
            "compared. On the right, the public cost of an additional euro if that part is α. "
            "Nothing here says what it is."));
    say_compared(view);
}

/* ---- the page ---- */

static void head(const struct view *view)
{
    const struct mld_page *page = &view->page;
    const struct mld_alternatives *table = view->table;
    char paths[MLD_NUMBER_SIZE], rate[MLD_NUMBER_SIZE], admin[MLD_NUMBER_SIZE];
    mld_format_number(paths, page->french, (double)table->paths, 0, 0);
    mld_format(rate, page->french, MLD_RATE, table->reference_rate, 1e-3, 0, 0);
    mld_format(admin, page->french, MLD_RATE, table->admin, 1e-4, 0, 0);
    mld_page_line(page,
                  mld_say(page, "%s : ce que le même argent public ferait d'autre",
                          "%s: what else the same public money could do"),
                  table->scenario);
    mld_page_paragraph(
        page,
        mld_say(page,
                "%s trajectoires, graine %" PRIu64
                ", les mêmes tirages partout. Valeurs actuelles au "
                "taux de %s ; gestion des autres formes : %s par an de l'argent public engagé. "
                "Moyennes ± erreur type ; taille\u00a0: celles dont l'écart moyen apparié est à "
                "moins de "
                "1,96 de son erreur.",
                "%s paths, seed %" PRIu64 ", the same draws throughout. Present values at %s; "
                "administration of the other forms: %s a year of public money outstanding. Means ± "
                "standard error; sizes: those whose mean paired difference is within 1.96 of its "
                "error."),
        paths, table->seed, rate, admin);
    if (table->left_out_b || table->left_out_grants)
        mld_page_paragraph(
            page, "%s",
            mld_say(page,
                    "Les parts B et les subventions du scénario sont laissées de côté : leurs "
                    "engagements sont ici des parts A.",
                    "Class B and grants of the scenario are left out: here their commitments are "
                    "class A's."));
}

static void tell(const struct view *view)
{
    mld_page_paragraph(
        &view->page, "%s",
        mld_say(
            &view->page,
            "À valeur actuelle égale, garantie, première perte et subvention donnent presque le "
            "même rendement moyen par construction, et des parts au même rang n'y changent rien : "
            "ce qui diffère est la probabilité de perte, la trésorerie au pic et l'argent privé. "
            "La part privée des parts A a le TRI et la probabilité de perte des parts A. Une "
            "valeur actuelle à un taux sans risque n'est pas la valeur de ce qui est détenu ou "
            "garanti.",
            "At equal present value guarantee, first loss and grant give nearly the same mean "
            "return by construction, and shares pari passu leave it as it is: what differs is "
            "the probability of loss, cash at its peak and private money. The private part of A "
            "has A's own IRR and probability of loss. A present value at a riskless rate is not "
            "the value of what is held or guaranteed."));
}

enum mld_status mld_report_alternatives(FILE *out, const struct mld_alternatives *table,
                                        const char *language)
{
    MLD_PLAIN_NUMBERS;
    struct view view = { .page = { out, language && strcmp(language, "fr") == 0, 100 },
                         .cells = malloc(sizeof *view.cells),
                         .table = table };
    if (!view.cells)
        return MLD_ERR_MEMORY;
    head(&view);
    for (int i = 0; i < MLD_SIZINGS; i++)
        if (table->has_sizing[i])
            section(&view, i);
    mld_page_gap(&view.page);
    tell(&view);
    additionality(&view);
    free(view.cells);
    return MLD_OK;
}
