/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to each deal and why, and every flow of it. */
#include <math.h>
#include <string.h>

#include "report/replay_parts.h"

static const struct mld_portfolio *portfolio_of(const struct mld_replay_view *view, int set)
{
    return view->workspace->lives[set].portfolio;
}

/* A deal as the replay has kept it. */
static const struct mld_deal_life *kept(const struct mld_replay_view *view, int set, int deal)
{
    return &view->workspace->lives[set].deal[deal];
}

/* ---- why ---- */

enum { WHY_SIZE = 320 };

/* The claim of a default runs to its recovery, or is sold in t_L. */
static void why_default(const struct mld_replay_view *view, const struct mld_deal *deal,
                        const struct mld_life *life, double threshold, char why[WHY_SIZE])
{
    const struct mld_resolution *resolution =
        &view->plan->model.terms[deal->terms].resolution[life->resolution];
    int sold = life->default_period + resolution->lag_periods > view->plan->model.grid.last;
    snprintf(why, WHY_SIZE,
             mld_replay_say(view,
                            "défaut : le risque cumulé de l'émetteur atteint E = %.6f ; issue « %s "
                            "», %.2f %% de l'encours recouvrés%s",
                            "default: the issuer's cumulated hazard reaches E = %.6f; resolution "
                            "\"%s\", %.2f %% of the outstanding recovered%s"),
             threshold, resolution->name, 100 * life->recovery_rate,
             !sold ? ""
                   : mld_replay_say(view, ", créance encore en cours à la fin, cédée avec décote",
                                    ", the claim still ran at the end and was sold at a discount"));
}

static const char *why_end(const struct mld_replay_view *view, const struct mld_deal_life *deal)
{
    if (deal->life.exit_period >= 0 && deal->contract.exit_forced)
        return mld_replay_say(view, "détention écourtée par la fin du fonds : cession avec décote",
                              "holding cut short by the end of the fund: sold at a discount");
    if (deal->life.exit_period >= 0)
        return mld_replay_say(view, "cession ou remboursement à la fin de la détention",
                              "sold or redeemed at the end of the holding");
    if (deal->contract.alive)
        return mld_replay_say(view, "encore en cours à la fin : cédé avec décote",
                              "still running at the end: sold at a discount");
    return mld_replay_say(view, "remboursé selon son contrat", "paid back as its contract says");
}

static void why(const struct mld_replay_view *view, const struct mld_deal *deal,
                const struct mld_deal_life *kept, const struct mld_life *life, double threshold)
{
    char text[WHY_SIZE];
    if (!life->made && kept->life.made)
        mld_tables_text(view->tables, mld_replay_say(view, "candidat écarté par le fonds",
                                                     "a candidate that the fund skipped"));
    else if (!life->made)
        mld_tables_text(view->tables,
                        mld_replay_say(view, "non réalisée : son émetteur avait déjà fait défaut",
                                       "not made: its issuer had defaulted before"));
    else if (life->default_period >= 0) {
        why_default(view, deal, life, threshold, text);
        mld_tables_text(view->tables, text);
    } else
        mld_tables_text(view->tables, why_end(view, kept));
}

/* ---- deals ---- */

static const char *layer_name(const struct mld_replay_view *view, const struct mld_deal *deal)
{
    int layer = view->plan->guarantee.present
                    ? mld_guarantee_layer_of(&view->plan->guarantee, deal->instrument, deal->form,
                                             deal->sector, deal->amount)
                    : -1;
    return layer < 0 ? "" : view->plan->guarantee.layer[layer].name;
}

static void deal_traits(const struct mld_replay_view *view, int set, int index)
{
    const struct mld_deal *deal = &portfolio_of(view, set)->deal[index];
    char name[MLD_MAX_NAME], issuer[MLD_MAX_NAME];
    mld_replay_deal_name(view, deal, name);
    mld_replay_issuer_name(view, deal->issuer, issuer);
    mld_tables_text(view->tables, name);
    mld_tables_text(view->tables, issuer);
    mld_tables_text(view->tables, mld_instruments[deal->instrument]->name);
    mld_tables_text(view->tables, view->plan->model.form[deal->form].name);
    mld_tables_text(view->tables, view->plan->model.factors.sector[deal->sector]);
    mld_tables_text(view->tables, layer_name(view, deal));
    mld_replay_period(view, deal->period);
    mld_tables_number(view->tables, deal->waits);
    mld_tables_number(view->tables, deal->amount);
}

static void no_default(const struct mld_replay_view *view)
{
    mld_replay_period(view, -1);
    mld_tables_text(view->tables, "");
    for (int i = 0; i < 3; i++)
        mld_tables_number(view->tables, (double)NAN);
    mld_replay_period(view, -1);
}

static void deal_default(const struct mld_replay_view *view, const struct mld_deal *deal,
                         const struct mld_life *life)
{
    if (!life->made || life->default_period < 0) {
        no_default(view);
        return;
    }
    mld_replay_period(view, life->default_period);
    mld_tables_text(view->tables,
                    view->plan->model.terms[deal->terms].resolution[life->resolution].name);
    mld_tables_number(view->tables, life->recovery_rate);
    mld_tables_number(view->tables, life->defaulted_outstanding);
    mld_tables_number(view->tables, life->recovery);
    mld_replay_period(view, life->recovery_period);
}

static void deal_end(const struct mld_replay_view *view, const struct mld_life *life)
{
    int exits = life->made && life->exit_period >= 0;
    mld_replay_period(view, exits ? life->exit_period : -1);
    mld_tables_number(view->tables, exits ? life->exit_proceeds : (double)NAN);
    mld_replay_period(view, life->made ? life->last_period : -1);
    mld_tables_number(view->tables, life->made ? life->default_loss : (double)NAN);
    mld_tables_number(view->tables, life->made ? life->exit_loss : (double)NAN);
    mld_tables_number(view->tables, life->made ? life->forced_discount : (double)NAN);
}

static void deal_row(const struct mld_replay_view *view, int set, int index)
{
    const struct mld_deal *deal = &portfolio_of(view, set)->deal[index];
    const struct mld_deal_life *mine = kept(view, set, index);
    struct mld_life own = mine->life, *life = &own;
    own.made = mld_replay_is_made(&view->workspace->lives[set], index);
    const struct mld_issuer_outcomes *outcomes = &view->workspace->lives[set].outcomes;
    mld_tables_text(view->tables, mld_replay_set_name(view, set));
    deal_traits(view, set, index);
    mld_tables_number(view->tables, life->made);
    mld_tables_number(view->tables, outcomes->threshold[deal->issuer]);
    mld_replay_period(view, outcomes->default_period[deal->issuer]);
    deal_default(view, deal, life);
    deal_end(view, life);
    for (int i = 0; i < view->plan->model.tape.n_notes; i++)
        mld_tables_text(view->tables, mld_tape_note(&view->plan->model.tape, deal->tape_row, i));
    why(view, deal, mine, life, outcomes->threshold[deal->issuer]);
}

void mld_replay_deals(const struct mld_replay_view *view)
{
    static const struct mld_table_column columns[] = {
        { "design", "", "design", "montage" },
        { "deal", "", "deal", "opération" },
        { "issuer", "", "issuer", "émetteur" },
        { "instrument", "", "instrument", "instrument" },
        { "legal_form", "", "legal form", "forme juridique" },
        { "sector", "", "sector", "secteur" },
        { "layer", "", "layer", "tranche" },
        { "period", "period", "period", "période" },
        { "date", "", "date", "date" },
        { "waits", "index", "periods waited", "périodes d'attente" },
        { "amount", "EUR", "amount", "montant" },
        { "made", "index", "made", "réalisée" },
        { "threshold", "1", "threshold E", "seuil E" },
        { "issuer_default_period", "period", "issuer's default", "défaut de l'émetteur" },
        { "issuer_default_date", "", "its date", "sa date" },
        { "default_period", "period", "default of the deal", "défaut de l'opération" },
        { "default_date", "", "date of default", "date du défaut" },
        { "resolution", "", "resolution", "issue" },
        { "recovery_rate", "1", "recovery rate", "taux de recouvrement" },
        { "defaulted_outstanding", "EUR", "outstanding at default", "encours au défaut" },
        { "recovery", "EUR", "recovery", "recouvrement" },
        { "recovery_period", "period", "recovered", "recouvré" },
        { "recovery_date", "", "date of recovery", "date du recouvrement" },
        { "exit_period", "period", "exit", "sortie" },
        { "exit_date", "", "date of exit", "date de sortie" },
        { "exit_proceeds", "EUR", "exit proceeds", "produit de sortie" },
        { "last_period", "period", "last", "dernière" },
        { "last_date", "", "last date", "dernière date" },
        { "default_loss", "EUR", "loss at default", "perte sur défaut" },
        { "exit_loss", "EUR", "exit loss", "perte de sortie" },
        { "forced_discount", "EUR", "forced-sale discount", "décote de cession forcée" }
    };
    static const struct mld_table_column last = { "why", "", "what happened",
                                                  "ce qui s'est passé" };
    const struct mld_tape *tape = &view->plan->model.tape;
    struct mld_table_column all[MLD_COUNT(columns) + MLD_MAX_NOTES + 1];
    int n = MLD_COUNT(columns);
    memcpy(all, columns, sizeof columns);
    for (int i = 0; i < tape->n_notes; i++, n++)
        all[n] = (struct mld_table_column){ tape->note_name[i], "", tape->note_name[i],
                                            tape->note_name[i] };
    all[n++] = last;
    mld_tables_begin(view->tables, "deals", "Deals", "Opérations", n, all);
    for (int set = 0; set < mld_replay_sets(view); set++)
        for (int d = 0; d < portfolio_of(view, set)->n_deals; d++)
            deal_row(view, set, d);
    mld_tables_end(view->tables);
}

/* ---- flows ---- */

static void flow_rows(const struct mld_replay_view *view, int set, int index)
{
    const struct mld_deal *deal = &portfolio_of(view, set)->deal[index];
    const struct mld_life *life = &kept(view, set, index)->life;
    char name[MLD_MAX_NAME];
    mld_replay_deal_name(view, deal, name);
    int made = mld_replay_is_made(&view->workspace->lives[set], index);
    for (int t = deal->period; made && t <= life->last_period; t++) {
        mld_tables_text(view->tables, mld_replay_set_name(view, set));
        mld_tables_text(view->tables, name);
        mld_replay_period(view, t);
        mld_tables_number(view->tables, t == deal->period ? deal->amount : 0);
        mld_tables_number(view->tables, life->income[t]);
        mld_tables_number(view->tables, life->capital[t]);
        mld_tables_number(view->tables, life->outstanding[t]);
        mld_tables_number(view->tables, life->nav[t]);
    }
}

void mld_replay_flows(const struct mld_replay_view *view)
{
    static const struct mld_table_column columns[] = {
        { "design", "", "design", "montage" },
        { "deal", "", "deal", "opération" },
        { "period", "period", "period", "période" },
        { "date", "", "date", "date" },
        { "invested", "EUR", "invested", "investi" },
        { "income", "EUR", "income", "revenus" },
        { "capital", "EUR", "capital", "capital" },
        { "outstanding", "EUR", "outstanding", "encours" },
        { "nav", "EUR", "value", "valeur" }
    };
    mld_tables_begin(view->tables, "flows", "Flows of each deal", "Flux de chaque opération",
                     MLD_COUNT(columns), columns);
    for (int set = 0; set < mld_replay_sets(view); set++)
        for (int d = 0; d < portfolio_of(view, set)->n_deals; d++)
            flow_rows(view, set, d);
    mld_tables_end(view->tables);
}

/* ---- issuers ---- */

/* The a-th anniversary lies in year floor(t0/m) + a; all lives share all of this. */
static void issuer_rows(const struct mld_replay_view *view, int index)
{
    const struct mld_issuer *issuer = &view->workspace->portfolio.issuer[index];
    const struct mld_issuer_outcomes *outcomes =
        &view->workspace->lives[view->plan->design[MLD_WITHOUT].lives].outcomes;
    size_t row = (size_t)index * (size_t)outcomes->stride;
    int first = mld_grid_year(&view->plan->model.grid, issuer->period);
    char name[MLD_MAX_NAME];
    mld_replay_issuer_name(view, index, name);
    for (int a = 0; first + a < view->workspace->factors.years; a++) {
        mld_tables_text(view->tables, name);
        mld_tables_number(view->tables, a);
        mld_tables_number(view->tables,
                          mld_grid_calendar_year(&view->plan->model.grid, 0) + first + a);
        mld_tables_number(view->tables, outcomes->systematic[row + (size_t)(first + a)]);
        mld_tables_number(view->tables, outcomes->quality[row + (size_t)a]);
        mld_tables_number(view->tables, outcomes->surplus[row + (size_t)a]);
    }
}

void mld_replay_issuers(const struct mld_replay_view *view)
{
    static const struct mld_table_column columns[] = {
        { "issuer", "", "issuer", "émetteur" },
        { "anniversary", "index", "anniversary", "anniversaire" },
        { "calendar_year", "year", "calendar year", "année civile" },
        { "systematic", "1", "systematic index Y", "indice systématique Y" },
        { "quality", "1", "performance Q", "performance Q" },
        { "surplus", "1", "surplus s", "excédent s" }
    };
    mld_tables_begin(view->tables, "issuers",
                     "Issuers by year (performance only where an instrument reads it)",
                     "Émetteurs par an (performance là seulement où un instrument la lit)",
                     MLD_COUNT(columns), columns);
    for (int i = 0; i < view->workspace->portfolio.n_issuers; i++)
        issuer_rows(view, i);
    mld_tables_end(view->tables);
}
