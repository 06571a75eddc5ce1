/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several results files side by side, each against the first. */
#include "milliard/report.h"
#include "core/plain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/page.h"
#include "rows/rows.h"

/* a label, a mean of the first, a mean and a difference of each other */
enum { MOST_FILES = MLD_TABLE_MOST_COLUMNS / 2 };

struct comparison {
    struct mld_page page;
    struct mld_results *const *results;
    int n, branch;
    struct mld_page_table *table;
    double *first, *other; /* columns of the first file and of another */
    enum mld_status status;
};

/* The same draws: then path p is the same economy in both. */
static int same_draws(const struct mld_results *a, const struct mld_results *b)
{
    static const char *const must_agree[] = { "seed", "stream_version", "paths" };
    for (size_t i = 0; i < sizeof must_agree / sizeof *must_agree; i++)
        if (strcmp(mld_results_attribute(a, must_agree[i]),
                   mld_results_attribute(b, must_agree[i])) != 0)
            return 0;
    return 1;
}

static const struct mld_statistics *statistics_of(const struct comparison *comparison, int file,
                                                  const char *measure)
{
    return mld_rows_statistics(mld_results_summary(comparison->results[file]), comparison->branch,
                               measure);
}

/* Mean and standard error of other − first over the paths on which both are defined. */
static struct mld_estimate paired(size_t n, const double *first, const double *other)
{
    double sum = 0, squares = 0;
    size_t count = 0;
    for (size_t p = 0; p < n; p++)
        if (!isnan(first[p]) && !isnan(other[p])) {
            sum += other[p] - first[p];
            count++;
        }
    double mean = sum / (double)count;
    for (size_t p = 0; p < n; p++)
        if (!isnan(first[p]) && !isnan(other[p]))
            squares += (other[p] - first[p] - mean) * (other[p] - first[p] - mean);
    if (count < 2)
        return (struct mld_estimate){ count ? mean : (double)NAN, NAN };
    return (struct mld_estimate){ mean, sqrt(squares / ((double)count - 1) / (double)count) };
}

/* Of independent draws, or where a file keeps no value by path. */
static int unpaired(const struct comparison *comparison, int file, const char *measure)
{
    const struct mld_results *a = comparison->results[0], *b = comparison->results[file];
    int branch = comparison->branch;
    return !same_draws(a, b) ||
           (!mld_results_keeps_all(a) && !mld_results_has_measure(a, branch, measure)) ||
           (!mld_results_keeps_all(b) && !mld_results_has_measure(b, branch, measure));
}

static struct mld_estimate difference(struct comparison *comparison, int file, const char *measure)
{
    const struct mld_results *a = comparison->results[0], *b = comparison->results[file];
    int branch = comparison->branch;
    if (unpaired(comparison, file, measure)) {
        const struct mld_statistics *x = statistics_of(comparison, 0, measure),
                                    *y = statistics_of(comparison, file, measure);
        return (struct mld_estimate){ y->mean - x->mean, hypot(x->mean_error, y->mean_error) };
    }
    enum mld_status status = mld_results_measure(a, branch, measure, comparison->first);
    if (!status)
        status = mld_results_measure(b, branch, measure, comparison->other);
    if (status) {
        comparison->status = status;
        return (struct mld_estimate){ NAN, NAN };
    }
    return paired(mld_results_paths(a), comparison->first, comparison->other);
}

static void compare_row(struct comparison *comparison, const char *measure)
{
    char text[MLD_NUMBER_SIZE];
    int french = comparison->page.french, present = 0;
    double largest = 0;
    for (int i = 0; i < comparison->n; i++) {
        const struct mld_statistics *statistics = statistics_of(comparison, i, measure);
        present += statistics != NULL;
        if (statistics && fabs(statistics->mean) > largest)
            largest = fabs(statistics->mean);
    }
    if (!present)
        return;
    int row = mld_table_row(comparison->table, mld_rows_label(measure, french));
    for (int i = 0; i < comparison->n; i++) {
        const struct mld_statistics *statistics = statistics_of(comparison, i, measure);
        if (!statistics)
            continue;
        mld_table_set(comparison->table, row, i ? 2 * i : 1,
                      mld_format_estimate(text, french, mld_rows_quantity(measure),
                                          statistics->mean, statistics->mean_error, largest, 0));
        if (i == 0 || !statistics_of(comparison, 0, measure))
            continue;
        struct mld_estimate change = difference(comparison, i, measure);
        mld_table_set(comparison->table, row, 2 * i + 1,
                      mld_format_estimate(text, french,
                                          mld_rows_difference_of(mld_rows_quantity(measure)),
                                          change.value, change.error, largest, 1));
    }
}

static void start_table(struct comparison *comparison, const char *french, const char *english)
{
    const struct mld_page *page = &comparison->page;
    char head[64];
    mld_table_start(comparison->table, 2 * comparison->n);
    mld_table_row(comparison->table, mld_say(page, french, english));
    for (int i = 0; i < comparison->n; i++) {
        snprintf(head, sizeof head, "[%d]", i + 1);
        mld_table_set(comparison->table, 0, i ? 2 * i : 1, head);
        snprintf(head, sizeof head, "[%d] − [1]", i + 1);
        if (i)
            mld_table_set(comparison->table, 0, 2 * i + 1, head);
    }
}

static void end_table(struct comparison *comparison)
{
    if (comparison->table->rows > 1)
        fputc('\n', comparison->page.out);
    mld_page_table(&comparison->page, comparison->table);
}

static void compare_rows(struct comparison *comparison, const char *french, const char *english,
                         const char *const *rows)
{
    start_table(comparison, french, english);
    for (; *rows; rows++)
        compare_row(comparison, *rows);
    end_table(comparison);
}

static void compare_branch(struct comparison *comparison)
{
    const struct mld_page *page = &comparison->page;
    int present = 0;
    for (int i = 0; i < comparison->n; i++)
        present += mld_results_summary(comparison->results[i])->designs > comparison->branch;
    if (!present)
        return;
    static const char *const title[][2] = {
        [MLD_WITHOUT] = { "Sans garantie", "Without guarantee" },
        [MLD_WITH] = { "Avec garantie", "With guarantee" },
        [MLD_KEPT] = { "Garantie payée en entier", "Guarantee paid in full" }
    };
    mld_page_title(page, title[comparison->branch][0], title[comparison->branch][1]);
    compare_rows(comparison, "investisseurs", "investors", mld_rows_investors);
    compare_rows(comparison, "fonds", "fund", mld_rows_fund);
    compare_rows(comparison, "État investisseur et donateur", "State as investor and donor",
                 mld_rows_public);
    compare_rows(comparison, "investissements et pertes", "deals and losses", mld_rows_portfolio);
    compare_rows(comparison, "État garant", "State as guarantor", mld_rows_state);
}

/* ---- the dotation and the multipliers ---- */

/*
 * A number of each file that is no mean over paths: its error is told where it is known, that of a
 * difference of the same draws is not.
 */
static void compare_numbers(struct comparison *comparison, const char *label,
                            enum mld_quantity quantity, const struct mld_estimate *of)
{
    char text[MLD_NUMBER_SIZE];
    int french = comparison->page.french, present = 0;
    double largest = 0;
    for (int i = 0; i < comparison->n; i++) {
        present += isfinite(of[i].value);
        largest = fabs(of[i].value) > largest ? fabs(of[i].value) : largest;
    }
    if (!present)
        return;
    int row = mld_table_row(comparison->table, label);
    for (int i = 0; i < comparison->n; i++) {
        if (isfinite(of[i].value))
            mld_table_set(comparison->table, row, i ? 2 * i : 1,
                          mld_format_estimate(text, french, quantity, of[i].value, of[i].error,
                                              largest, 0));
        if (i && isfinite(of[0].value) && isfinite(of[i].value))
            mld_table_set(comparison->table, row, 2 * i + 1,
                          mld_format(text, french, mld_rows_difference_of(quantity),
                                     of[i].value - of[0].value, NAN, largest, 1));
    }
}

/* Dotations in year 0 that are never exhausted in so many cases, where the paths can tell. */
static void compare_dotations(struct comparison *comparison)
{
    const struct mld_page *page = &comparison->page;
    for (int level = 0; level < MLD_DOTATION_LEVELS; level++) {
        struct mld_estimate of[MOST_FILES];
        char label[96], number[MLD_NUMBER_SIZE];
        for (int i = 0; i < comparison->n; i++) {
            const struct mld_summary *summary = mld_results_summary(comparison->results[i]);
            int is_known = summary->designs > MLD_WITH && isfinite(summary->dotation_high[level]);
            of[i] = (struct mld_estimate){ is_known ? summary->dotation[level] : (double)NAN, NAN };
        }
        snprintf(label, sizeof label,
                 mld_say(page, "Dotation qui tient dans %s\u00a0%% des cas",
                         "Dotation that holds in %s %% of cases"),
                 mld_format_level(number, page->french, mld_dotation_levels[level]));
        compare_numbers(comparison, label, MLD_MONEY, of);
    }
}

/* Gives the dotation of a file, EUR, or NaN. */
static double dotation_of(const struct mld_results *results)
{
    int count;
    double given = mld_rows_parameters(results, "guarantee.dotation", ".amount", &count);
    return count && mld_results_summary(results)->designs > MLD_WITH ? given : (double)NAN;
}

/* Financing covered over what it costs the State, and the fee that would pay for it. */
static void compare_ratios(struct comparison *comparison)
{
    static const struct {
        enum mld_ratio_id ratio;
        enum mld_quantity quantity;
        const char *french, *english;
    } rows[] = {
        { MLD_RATIO_PER_NET_COST_DUE, MLD_MULTIPLE, "Financement couvert par euro de coût net dû",
          "Financing covered per euro of net cost due" },
        { MLD_RATIO_PER_NET_COST, MLD_MULTIPLE, "Financement couvert par euro de coût net payé",
          "Financing covered per euro of net cost paid" },
        { MLD_RATIO_PER_COMMITMENT, MLD_MULTIPLE,
          "Financement couvert par euro d'engagement maximal",
          "Financing covered per euro of largest commitment" },
        { MLD_RATIO_FEE_EVEN, MLD_RATE, "Commission d'équilibre, par an",
          "Break-even fee, a year" },
        { MLD_RATIO_FEE_CHARGED, MLD_RATE, "Commission facturée, par an", "Fee charged, a year" }
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct mld_estimate of[MOST_FILES];
        for (int i = 0; i < comparison->n; i++) {
            of[i] = (struct mld_estimate){ NAN, NAN };
            enum mld_status status = mld_rows_ratio(comparison->results[i], rows[r].ratio, &of[i]);
            comparison->status = comparison->status ? comparison->status : status;
        }
        compare_numbers(comparison, mld_say(&comparison->page, rows[r].french, rows[r].english),
                        rows[r].quantity, of);
    }
}

static void compare_per_dotation(struct comparison *comparison)
{
    struct mld_estimate of[MOST_FILES], given[MOST_FILES];
    for (int i = 0; i < comparison->n; i++) {
        const struct mld_statistics *covered = mld_rows_state_statistics(
            mld_results_summary(comparison->results[i]), "covered_volume");
        given[i] = (struct mld_estimate){ dotation_of(comparison->results[i]), NAN };
        of[i] = (struct mld_estimate){ covered ? covered->mean / given[i].value : (double)NAN,
                                       NAN };
    }
    compare_numbers(comparison, "Dotation", MLD_MONEY, given);
    compare_numbers(comparison,
                    mld_say(&comparison->page, "Financement couvert par euro de dotation",
                            "Financing covered per euro of dotation"),
                    MLD_MULTIPLE, of);
}

/* What no design alone tells: how far the dotation goes, what covers what. */
static void compare_state(struct comparison *comparison)
{
    int present = 0;
    for (int i = 0; i < comparison->n; i++)
        present += mld_results_summary(comparison->results[i])->designs > MLD_WITH;
    if (!present)
        return;
    comparison->branch = MLD_WITH;
    mld_page_title(&comparison->page, "Dotation et multiplicateurs", "Dotation and multipliers");
    start_table(comparison, "État", "State");
    compare_row(comparison, "exhausted");
    compare_row(comparison, "exhaustion_years");
    compare_per_dotation(comparison);
    compare_dotations(comparison);
    compare_ratios(comparison);
    end_table(comparison);
}

/* How the differences of a file from the first come about. */
static const char *pairing(const struct comparison *comparison, int file)
{
    const struct mld_page *page = &comparison->page;
    const struct mld_results *a = comparison->results[0], *b = comparison->results[file];
    if (!same_draws(a, b))
        return mld_say(
            page, "tirages différents, écarts de moyennes indépendantes ; leurs erreurs s'ajoutent",
            "other draws, differences of independent means; their errors add up");
    if (mld_results_keeps_all(a) && mld_results_keeps_all(b))
        return mld_say(page, "mêmes tirages, écarts appariés trajectoire par trajectoire",
                       "same draws, differences paired path by path");
    return mld_say(page,
                   "mêmes tirages, écarts appariés là où les deux fichiers gardent les valeurs par "
                   "trajectoire (run.measures) ; ailleurs comme de moyennes indépendantes, aux "
                   "erreurs trop grandes",
                   "same draws, differences paired where both files keep the values of paths "
                   "(run.measures); elsewhere as of independent means, with errors too large");
}

static void head(const struct comparison *comparison)
{
    const struct mld_page *page = &comparison->page;
    for (int i = 0; i < comparison->n; i++) {
        const struct mld_results *results = comparison->results[i];
        char paths[MLD_NUMBER_SIZE], overrides[MLD_OVERRIDES_SIZE];
        mld_rows_overrides(results, overrides);
        mld_format_number(paths, page->french, (double)mld_results_paths(results), 0, 0);
        mld_page_paragraph(
            page,
            mld_say(page,
                    "[%d] %s (%s%s%s) : %s trajectoires, graine %s, milliard %s, commit %.12s.%s",
                    "[%d] %s (%s%s%s): %s paths, seed %s, milliard %s, commit %.12s.%s"),
            i + 1, mld_results_title(results, page->french), mld_results_attribute(results, "name"),
            *overrides ? mld_say(page, " ; --set ", "; --set ") : "", overrides, paths,
            mld_results_attribute(results, "seed"),
            mld_results_attribute(results, "program_version"),
            mld_results_attribute(results, "commit"),
            *mld_results_attribute(results, "interrupted") == '1'
                ? mld_say(page, " Interrompu.", " Interrupted.")
                : "");
    }
    for (int i = 1; i < comparison->n; i++)
        mld_page_paragraph(page, mld_say(page, "[%d] − [1] : %s.", "[%d] − [1]: %s."), i + 1,
                           pairing(comparison, i));
    for (int i = 1; i < comparison->n; i++) {
        const char *first = mld_results_attribute(comparison->results[0], "model_version");
        const char *other = mld_results_attribute(comparison->results[i], "model_version");
        if (strcmp(first, other) != 0)
            mld_page_paragraph(page,
                               mld_say(page,
                                       "[%d] est de la version %s du modèle, [1] de la version %s "
                                       ": les écarts tiennent aussi au modèle.",
                                       "[%d] is of version %s of the model, [1] of version %s: "
                                       "differences are those of the model too."),
                               i + 1, other, first);
    }
}

enum mld_status mld_report_compare(FILE *out, struct mld_results *const results[], int n,
                                   const char *language)
{
    MLD_PLAIN_NUMBERS;
    struct comparison comparison = { .page = { out, language && strcmp(language, "fr") == 0, 100 },
                                     .results = results,
                                     .n = n < MOST_FILES ? n : MOST_FILES };
    size_t paths = n > 0 ? mld_results_paths(results[0]) : 0;
    comparison.table = malloc(sizeof *comparison.table);
    comparison.first = malloc((paths + 1) * sizeof(double));
    comparison.other = malloc((paths + 1) * sizeof(double));
    if (!comparison.table || !comparison.first || !comparison.other) {
        comparison.status = MLD_ERR_MEMORY;
    } else {
        head(&comparison);
        for (comparison.branch = 0; comparison.branch < MLD_MAX_DESIGNS; comparison.branch++)
            compare_branch(&comparison);
        compare_state(&comparison);
    }
    free(comparison.other);
    free(comparison.first);
    free(comparison.table);
    return comparison.status;
}
