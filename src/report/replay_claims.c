/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Claims: what each layer counts of each deal, what the ceiling of an issuer lets through, what
 * P(t) makes of it.
 */
#include <stdlib.h>

#include "report/replay_parts.h"

/* One claim, `order`-th as found; `counted`: what the issuer's ceiling lets through of it. */
struct claim_line {
    int layer, deal, is_default, second, event, order;
    struct mld_claim claim;
    double counted;
};

/* By layer, then by period, then as found. */
static int compare_lines(const void *a, const void *b)
{
    const struct claim_line *first = a, *second = b;
    if (first->layer != second->layer)
        return first->layer < second->layer ? -1 : 1;
    if (first->claim.period != second->claim.period)
        return first->claim.period < second->claim.period ? -1 : 1;
    return (first->order > second->order) - (first->order < second->order);
}

/* Lives of the design with, and the deals that live. */
static const struct mld_lives *lives_of(const struct mld_replay_view *view)
{
    return &view->workspace->lives[view->plan->design[MLD_WITH].lives];
}

static const struct mld_portfolio *portfolio_of(const struct mld_replay_view *view)
{
    return lives_of(view)->portfolio;
}

/* Claims of one deal of the design with, appended at lines[n]; returns how many. */
static int claims_of(const struct mld_replay_view *view, int index, int n, struct claim_line *lines)
{
    const struct mld_deal *deal = &portfolio_of(view)->deal[index];
    struct mld_claim claim[MLD_MOST_CLAIMS];
    const struct mld_guarantee_spec *guarantee = &view->plan->guarantee;
    const struct mld_life *life = &lives_of(view)->deal[index].life;
    int layer = mld_guarantee_layer_of(guarantee, deal->instrument, deal->form, deal->sector,
                                       deal->amount);
    if (layer < 0 || !mld_replay_is_made(lives_of(view), index))
        return 0;
    int found = mld_cover_claims(&guarantee->layer[layer].cover, deal, life,
                                 view->plan->model.grid.last, claim);
    int is_default = life->default_period >= 0;
    for (int i = 0; i < found; i++)
        lines[n + i] = (struct claim_line){ .layer = layer,
                                            .deal = index,
                                            .is_default = is_default,
                                            .second = i,
                                            .order = n + i,
                                            .event = is_default ? life->default_period
                                                                : life->exit_period,
                                            .claim = claim[i] };
    return found;
}

static int is_gain(const struct claim_line *line)
{
    return !line->is_default && line->claim.amount < 0;
}

static double least(double a, double b) { return a < b ? a : b; }

/*
 * The running sum of an issuer is bounded by the layer's ceiling; gains are no loss of an issuer,
 * and unbounded.
 */
static void count_lines(const struct mld_replay_view *view, int n, struct claim_line *lines,
                        double *sum)
{
    const struct mld_portfolio *portfolio = portfolio_of(view);
    for (int i = 0; i < n; i++) {
        double *issuer = sum + (size_t)lines[i].layer * (size_t)portfolio->n_issuers +
                         (size_t)portfolio->deal[lines[i].deal].issuer;
        double ceiling = view->plan->guarantee.layer[lines[i].layer].cover.max_loss_per_issuer,
               before = least(*issuer, ceiling);
        lines[i].counted = lines[i].claim.amount;
        if (is_gain(&lines[i]))
            continue;
        *issuer += lines[i].claim.amount;
        lines[i].counted = least(*issuer, ceiling) - before;
    }
}

static const char *kind_of(const struct mld_replay_view *view, const struct claim_line *line)
{
    int on_default = view->plan->guarantee.layer[line->layer].cover.payout == MLD_ON_DEFAULT;
    if (!line->is_default)
        return is_gain(line) ? "gain" : "exit_loss";
    return !on_default ? "final_loss" : line->second ? "recovery" : "outstanding";
}

static void put_line(const struct mld_replay_view *view, const struct claim_line *line)
{
    char deal[MLD_MAX_NAME], issuer[MLD_MAX_NAME];
    const struct mld_deal *of = &portfolio_of(view)->deal[line->deal];
    mld_replay_deal_name(view, of, deal);
    mld_replay_issuer_name(view, of->issuer, issuer);
    mld_tables_text(view->tables, view->plan->guarantee.layer[line->layer].name);
    mld_tables_text(view->tables, deal);
    mld_tables_text(view->tables, issuer);
    mld_tables_text(view->tables, kind_of(view, line));
    mld_replay_period(view, line->event);
    mld_replay_period(view, line->claim.period);
    mld_tables_number(view->tables, line->claim.amount);
    mld_tables_number(view->tables, line->counted);
}

static void put_lines(const struct mld_replay_view *view, int n, const struct claim_line *lines)
{
    static const struct mld_table_column columns[] = {
        { "layer", "", "layer", "tranche" },
        { "deal", "", "deal", "opération" },
        { "issuer", "", "issuer", "émetteur" },
        { "kind", "", "kind", "nature" },
        { "event_period", "period", "event", "événement" },
        { "event_date", "", "its date", "sa date" },
        { "period", "period", "counted", "compté" },
        { "date", "", "date", "date" },
        { "amount", "EUR", "claim", "perte déclarée" },
        { "counted", "EUR", "within the issuer's ceiling", "dans le plafond de l'émetteur" }
    };
    mld_tables_begin(view->tables, "claims", "Claims on the guarantee (design with)",
                     "Pertes déclarées à la garantie (montage avec)", MLD_COUNT(columns), columns);
    for (int i = 0; i < n; i++)
        put_line(view, &lines[i]);
    mld_tables_end(view->tables);
}

enum mld_status mld_replay_claims(const struct mld_replay_view *view)
{
    const struct mld_portfolio *portfolio = portfolio_of(view);
    size_t layers = (size_t)view->plan->guarantee.n_layers;
    struct claim_line *lines = calloc((size_t)portfolio->n_deals * MLD_MOST_CLAIMS + 1,
                                      sizeof *lines);
    double *sum = calloc(layers * (size_t)portfolio->n_issuers + 1, sizeof *sum);
    int n = 0;
    enum mld_status status = lines && sum ? MLD_OK : MLD_ERR_MEMORY;
    for (int d = 0; status == MLD_OK && d < portfolio->n_deals; d++)
        n += claims_of(view, d, n, lines);
    if (status == MLD_OK) {
        qsort(lines, (size_t)n, sizeof *lines, compare_lines);
        count_lines(view, n, lines, sum);
        put_lines(view, n, lines);
    }
    free(lines);
    free(sum);
    return status;
}

/* ---- layers ---- */

static void layer_rows(const struct mld_replay_view *view, int index)
{
    const struct mld_layer *layer = &view->plan->guarantee.layer[index];
    const struct mld_design *with = &view->plan->design[MLD_WITH];
    const struct mld_cover_rows *rows =
        &view->workspace->lives[with->lives].covers.rows[layer->rows];
    const double *due = mld_guarantee_layer_due(&view->workspace->design[MLD_WITH].guarantee,
                                                index);
    size_t width = (size_t)view->workspace->width;
    for (int t = 0; t <= view->plan->model.grid.last; t++) {
        mld_tables_text(view->tables, layer->name);
        mld_replay_period(view, t);
        mld_tables_number(view->tables, rows->covered_loss[(size_t)t * width]);
        mld_tables_number(view->tables, layer->attachment * rows->volume[0]);
        mld_tables_number(view->tables, layer->cap_rate * rows->volume[0]);
        mld_tables_number(view->tables, layer->quotite);
        double now = due[(size_t)t * width];
        mld_tables_number(view->tables, now);
        mld_tables_number(view->tables, now - (t > 0 ? due[(size_t)(t - 1) * width] : 0));
    }
}

void mld_replay_layers(const struct mld_replay_view *view)
{
    static const struct mld_table_column columns[] = {
        { "layer", "", "layer", "tranche" },
        { "period", "period", "period", "période" },
        { "date", "", "date", "date" },
        { "covered_loss", "EUR", "losses counted C(t)", "pertes comptées C(t)" },
        { "attachment", "EUR", "kept by the fund", "franchise" },
        { "cap", "EUR", "cap", "plafond" },
        { "quotite", "1", "quotité", "quotité" },
        { "cumulated_due", "EUR", "payout due to date P(t)", "indemnisation due cumulée P(t)" },
        { "due", "EUR", "due", "dû" }
    };
    mld_tables_begin(view->tables, "layers", "Layers: P(t) = quotité × clamp(C(t) − kept, 0, cap)",
                     "Tranches : P(t) = quotité × borné(C(t) − franchise, 0, plafond)",
                     MLD_COUNT(columns), columns);
    for (int l = 0; l < view->plan->guarantee.n_layers; l++)
        if (view->plan->guarantee.layer[l].covers < 0)
            layer_rows(view, l);
    mld_tables_end(view->tables);
}
