/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ratios of means. A ratio is two lists of measures; each list is summed path by path, paths on
 * which either sum is undefined are left out, and what remains is ȳ / x̄.
 */
#include "milliard/ratio.h"

#include <math.h>
#include <string.h>

const struct mld_ratio mld_ratios[MLD_RATIOS] = {
    [MLD_RATIO_FEE_EVEN] = { "break_even_fee",
                             "1/year",
                             { "payouts_due" },
                             { "fee_base" },
                             "Break-even fee on payouts due, a year of the guaranteed outstanding",
                             "Commission d'équilibre sur indemnités dues, par an de l'encours "
                             "garanti" },
    [MLD_RATIO_FEE_CHARGED] = { "fee_charged",
                                "1/year",
                                { "fees_received" },
                                { "fee_base" },
                                "Fee charged on average, a year of the guaranteed outstanding",
                                "Commission facturée en moyenne, par an de l'encours garanti" },
    [MLD_RATIO_COVERAGE] = { "coverage_of_means",
                             "1",
                             { "payouts_net" },
                             { "loss_default", "loss_exit" },
                             "Net payouts over default and exit losses, ratio of means",
                             "Indemnités nettes sur pertes de défaut et de sortie, rapport des "
                             "moyennes" },
    [MLD_RATIO_COVERAGE_ALL] = { "coverage_all_of_means",
                                 "1",
                                 { "payouts_net" },
                                 { "loss_default", "loss_exit", "loss_forced" },
                                 "Net payouts over all losses, ratio of means",
                                 "Indemnités nettes sur toutes les pertes, rapport des moyennes" },
    [MLD_RATIO_PER_NET_COST_DUE] = { "covered_per_net_cost_due",
                                     "1",
                                     { "covered_volume" },
                                     { "net_cost_due" },
                                     "Financing covered per euro of expected net cost due by the "
                                     "State",
                                     "Financement couvert par euro de coût net dû attendu pour "
                                     "l'État" },
    [MLD_RATIO_PER_NET_COST] = { "covered_per_net_cost",
                                 "1",
                                 { "covered_volume" },
                                 { "net_cost" },
                                 "Financing covered per euro of expected net cost paid by the "
                                 "State",
                                 "Financement couvert par euro de coût net payé attendu pour "
                                 "l'État" },
    [MLD_RATIO_PER_COMMITMENT] = { "covered_per_commitment",
                                   "1",
                                   { "covered_volume" },
                                   { "commitment" },
                                   "Financing covered per euro of largest commitment",
                                   "Financement couvert par euro d'engagement maximal" },
};

/* The two sums of a piece of the paths. */
struct piece {
    size_t n;
    double y[MLD_COLUMN_PIECE], x[MLD_COLUMN_PIECE], column[MLD_COLUMN_PIECE];
};

struct source {
    const struct mld_ratio *ratio;
    mld_piece_of *piece_of;
    const void *context;
};

static enum mld_status add_measures(const struct source *source, const char *const *name,
                                    size_t first, struct piece *piece, double *sum)
{
    memset(sum, 0, piece->n * sizeof *sum);
    for (; *name; name++) {
        enum mld_status status = source->piece_of(source->context, *name, first, piece->n,
                                                  piece->column);
        if (status)
            return status;
        for (size_t p = 0; p < piece->n; p++)
            sum[p] += piece->column[p];
    }
    return MLD_OK;
}

/* Keeps the pairs of which both are defined. */
static void keep_defined(struct piece *piece)
{
    size_t kept = 0;
    for (size_t i = 0; i < piece->n; i++)
        if (!isnan(piece->y[i]) && !isnan(piece->x[i])) {
            piece->y[kept] = piece->y[i];
            piece->x[kept++] = piece->x[i];
        }
    piece->n = kept;
}

static enum mld_status read_piece(const struct source *source, size_t paths, size_t first,
                                  struct piece *piece)
{
    piece->n = paths - first < MLD_COLUMN_PIECE ? paths - first : MLD_COLUMN_PIECE;
    enum mld_status status = add_measures(source, source->ratio->over, first, piece, piece->y);
    if (!status)
        status = add_measures(source, source->ratio->under, first, piece, piece->x);
    if (!status)
        keep_defined(piece);
    return status;
}

/* Over the paths on which both are defined. */
struct sums {
    double n, y, x, squares;
};

static enum mld_status add_up(const struct source *source, size_t paths, struct piece *piece,
                              struct sums *sums)
{
    enum mld_status status = MLD_OK;
    for (size_t first = 0; !status && first < paths; first += MLD_COLUMN_PIECE) {
        status = read_piece(source, paths, first, piece);
        for (size_t i = 0; !status && i < piece->n; i++) {
            sums->y += piece->y[i];
            sums->x += piece->x[i];
        }
        sums->n += status ? 0 : (double)piece->n;
    }
    return status;
}

/* Σ (y − r x)²; the mean of what is squared is 0. */
static enum mld_status add_squares(const struct source *source, size_t paths, double ratio,
                                   struct piece *piece, struct sums *sums)
{
    enum mld_status status = MLD_OK;
    for (size_t first = 0; !status && first < paths; first += MLD_COLUMN_PIECE) {
        status = read_piece(source, paths, first, piece);
        for (size_t i = 0; !status && i < piece->n; i++) {
            double residual = piece->y[i] - ratio * piece->x[i];
            sums->squares += residual * residual;
        }
    }
    return status;
}

/* r = ȳ/x̄; error = sd(y − r x) / (|x̄| √n) */
enum mld_status mld_ratio_fill(const struct mld_ratio *ratio, size_t paths, mld_piece_of *piece_of,
                               const void *context, struct mld_estimate *estimate)
{
    const struct source source = { ratio, piece_of, context };
    struct piece piece;
    struct sums sums = { 0 };
    *estimate = (struct mld_estimate){ NAN, NAN };
    enum mld_status status = add_up(&source, paths, &piece, &sums);
    if (status || sums.n < 2 || sums.x / sums.n == 0)
        return status;
    double mean = sums.x / sums.n, value = sums.y / sums.n / mean;
    status = add_squares(&source, paths, value, &piece, &sums);
    if (!status)
        *estimate = (struct mld_estimate){ value, sqrt(sums.squares / (sums.n - 1) / sums.n) /
                                                      fabs(mean) };
    return status;
}
