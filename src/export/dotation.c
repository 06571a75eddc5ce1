/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the guarantee asks for and what it covers: dotation, break-even fee, coverage, multiplier
 * with its three denominators.
 */
#include "export/book.h"

#include <math.h>
#include <stdio.h>

#include "rows/rows.h"

enum { VALUE = 1, DENOMINATOR = 5 }; /* columns */

struct item {
    const char *french, *english;
    enum mld_style style;
    double value, error, low, high;
};

static void put_item(struct mld_book *book, struct mld_sheet *sheet, struct item item)
{
    int row = sheet->rows;
    if (isnan(item.value) && isnan(item.low))
        return;
    mld_put_text(book, sheet, row, 0, MLD_STYLE_LINE,
                 mld_book_say(book, item.french, item.english));
    mld_put_number(book, sheet, row, VALUE, item.style, item.value);
    mld_put_number(book, sheet, row, 2, mld_error_style(item.style), item.error);
    mld_put_number(book, sheet, row, 3, item.style, item.low);
    mld_put_number(book, sheet, row, 4, item.style, item.high);
}

static void put_estimate(struct mld_book *book, struct mld_sheet *sheet, const char *french,
                         const char *english, enum mld_style style, double value, double error)
{
    put_item(book, sheet, (struct item){ french, english, style, value, error, NAN, NAN });
}

static const struct mld_statistics *with(const struct mld_book *book, const char *measure)
{
    const struct mld_statistics *s = mld_rows_state_statistics(book->summary, measure);
    return s && s->count ? s : NULL;
}

static double mean_with(const struct mld_book *book, const char *measure)
{
    const struct mld_statistics *s = with(book, measure);
    return s ? s->mean : (double)NAN;
}

/* With too few paths for so far a quantile no more is known than its lower bound. */
static void put_needed(struct mld_book *book, struct mld_sheet *sheet, int i)
{
    const struct mld_summary *summary = book->summary;
    char french[80], english[80], level[MLD_NUMBER_SIZE];
    snprintf(french, sizeof french, "Dotation versée d'emblée qui tient dans %s\u00a0%% des cas",
             mld_format_level(level, 1, mld_dotation_levels[i]));
    snprintf(english, sizeof english, "Dotation in year 0 never exhausted in %s%% of cases",
             mld_format_level(level, 0, mld_dotation_levels[i]));
    put_item(book, sheet,
             (struct item){ french, english, MLD_STYLE_MONEY,
                            isnan(summary->dotation_high[i]) ? (double)NAN : summary->dotation[i],
                            NAN, summary->dotation_low[i], summary->dotation_high[i] });
}

static void put_dotation(struct mld_book *book, struct mld_sheet *sheet, double given, int count)
{
    const struct mld_statistics *exhausted = with(book, "exhausted"),
                                *when = with(book, "exhaustion_years");
    mld_put_text(book, sheet, sheet->rows, 0, MLD_STYLE_SECTION, "Dotation");
    if (count)
        put_estimate(book, sheet, "Dotation du scénario", "Dotation of the scenario",
                     MLD_STYLE_MONEY, given, NAN);
    if (exhausted && count)
        put_estimate(book, sheet, "Probabilité que la dotation s'épuise",
                     "Probability that the dotation is exhausted", MLD_STYLE_RATE, exhausted->mean,
                     exhausted->mean_error);
    if (when && count)
        put_estimate(book, sheet, "Quand elle s'épuise, après (années, médiane)",
                     "When it is, after (years, median)", MLD_STYLE_YEARS,
                     mld_rows_is_estimable(when, MLD_QUANTILE_50) ? when->quantile[MLD_QUANTILE_50]
                                                                  : (double)NAN,
                     NAN);
    for (int i = 0; i < MLD_DOTATION_LEVELS; i++)
        put_needed(book, sheet, i);
}

/* Fees and coverages; the multipliers of the table are live formulas below. */
static enum mld_status put_ratios(struct mld_book *book, struct mld_sheet *sheet)
{
    static const enum mld_ratio_id shown[] = { MLD_RATIO_FEE_EVEN, MLD_RATIO_FEE_CHARGED,
                                               MLD_RATIO_COVERAGE, MLD_RATIO_COVERAGE_ALL };
    mld_put_text(book, sheet, sheet->rows, 0, MLD_STYLE_SECTION,
                 mld_book_say(book, "Commission et couverture", "Fee and coverage"));
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        const struct mld_ratio *row = &mld_ratios[shown[i]];
        struct mld_estimate estimate;
        enum mld_status status = mld_rows_ratio(book->results, shown[i], &estimate);
        if (status)
            return status;
        put_estimate(book, sheet, row->label_fr, row->label_en, MLD_STYLE_RATE, estimate.value,
                     estimate.error);
    }
    return MLD_OK;
}

/* Each is the financing covered, in the row `above`, over its own denominator. */
static void put_multiplier(struct mld_book *book, struct mld_sheet *sheet, int above,
                           const char *french, const char *english, double denominator)
{
    int row = sheet->rows;
    char formula[48];
    if (!(denominator > 0))
        return;
    snprintf(formula, sizeof formula, "B%d/F%d", above + 1, row + 1);
    mld_put_text(book, sheet, row, 0, MLD_STYLE_LINE, mld_book_say(book, french, english));
    mld_put_formula(book, sheet, row, VALUE, MLD_STYLE_MULTIPLE,
                    mean_with(book, "covered_volume") / denominator, formula);
    mld_put_number(book, sheet, row, DENOMINATOR, MLD_STYLE_MONEY, denominator);
}

enum mld_status mld_sheet_dotation(struct mld_book *book)
{
    const struct mld_statistics *due = with(book, "payouts_due");
    int count;
    double given = mld_rows_parameters(book->results, "guarantee.dotation", ".amount", &count);
    if (book->summary->designs <= MLD_WITH)
        return MLD_OK;
    struct mld_sheet *sheet = mld_book_sheet(book, "Dotation et multiplicateur",
                                             "Dotation and multiplier", "dotation");
    mld_put_head(book, sheet, mld_book_say(book, "grandeur", "quantity"));
    mld_put_head(book, sheet, mld_book_say(book, "valeur", "value"));
    mld_put_head(book, sheet, mld_book_say(book, "erreur type", "standard error"));
    mld_put_head(book, sheet,
                 mld_book_say(book, "intervalle à 95\u00a0%, bas", "95% interval, low"));
    mld_put_head(book, sheet,
                 mld_book_say(book, "intervalle à 95\u00a0%, haut", "95% interval, high"));
    mld_put_head(book, sheet, mld_book_say(book, "dénominateur", "denominator"));
    put_dotation(book, sheet, given, count);
    enum mld_status status = put_ratios(book, sheet);
    mld_put_text(book, sheet, sheet->rows, 0, MLD_STYLE_SECTION,
                 mld_book_say(book, "Multiplicateur\u00a0: financement couvert, par euro de…",
                              "Multiplier: financing covered, per euro of…"));
    int above = sheet->rows;
    put_estimate(book, sheet, "Financement couvert, moyenne", "Financing covered, mean",
                 MLD_STYLE_MONEY, mean_with(book, "covered_volume"), NAN);
    put_multiplier(book, sheet, above, "coût net dû, attendu", "expected net cost due",
                   mean_with(book, "net_cost_due"));
    if (count)
        put_multiplier(book, sheet, above, "coût net payé, attendu", "expected net cost paid",
                       mean_with(book, "net_cost"));
    if (count)
        put_multiplier(book, sheet, above, "dotation", "dotation", given);
    else
        put_multiplier(book, sheet, above, "indemnités dues, quantile à 95\u00a0%",
                       "payouts due, 95% quantile",
                       due && mld_rows_is_estimable(due, MLD_QUANTILE_95)
                           ? due->quantile[MLD_QUANTILE_95]
                           : (double)NAN);
    put_multiplier(book, sheet, above, "engagement maximal", "largest commitment",
                   mean_with(book, "commitment"));
    return status;
}
