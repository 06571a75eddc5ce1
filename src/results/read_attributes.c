/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Root attributes, kept as texts in the order of the table below, whole numbers too:
 * mld_results_attribute() gives any of them by name, and whoever needs a number takes it from
 * there, in a range that has been checked.
 */
#include "results/read.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/plain.h"
#include "results/schema.h"

/*
 * Root attributes: texts, and integers with their range. All are required but those that say what a
 * file without them means.
 */
static const struct attribute_row {
    const char *name;
    int is_text;
    double low, high;
    const char *absent;
} attribute_rows[] = {
    { "program_version", 1, 0, 0, NULL },
    { "commit", 1, 0, 0, NULL },
    { "compiler", 1, 0, 0, NULL },
    { "flags", 1, 0, 0, NULL },
    { "libraries", 1, 0, 0, NULL },
    { "libc", 1, 0, 0, "unknown" },
    { "processor", 1, 0, 0, "unknown" },
    { "name", 1, 0, 0, NULL },
    { "title_en", 1, 0, 0, NULL },
    { "title_fr", 1, 0, 0, NULL },
    { "currency", 1, 0, 0, NULL },
    { "first_closing", 1, 0, 0, NULL },
    { "format_version", 0, 1, 1e9, NULL },
    { "model_version", 0, 1, 1e9, "1" },
    { "stream_version", 0, 1, 1e9, NULL },
    { "seed", 0, 0, 9007199254740992.0, NULL },
    { "paths", 0, 0, 4294967294.0, NULL },
    { "paths_asked", 0, 1, 4294967294.0, NULL },
    { "trajectories", 0, 0, 4294967294.0, NULL },
    { "interrupted", 0, 0, 1, NULL },
    { "periods_per_year", 0, 1, 12, NULL },
    { "horizon_years", 0, 1, MLD_MAX_YEARS, NULL },
    { "last_period", 0, 0, MLD_MAX_PERIODS - 1, NULL },
    { "has_fund", 0, 0, 1, NULL },
    { "has_guarantee", 0, 0, 1, NULL },
    { "has_dotation", 0, 0, 1, NULL },
    { "study", 1, 0, 0, "" },
    { "cover_price", 1, 0, 0, "" },
    { "cover_fee", 1, 0, 0, "" },
    { "fingerprint", 1, 0, 0, "" },
};
static_assert(sizeof attribute_rows / sizeof *attribute_rows == MLD_ATTRIBUTES,
              "read.h has room for each");

static int is_taken(struct mld_results *results, const char *format, int *is_study)
{
    *is_study = format && strcmp(format, MLD_STUDY_KIND) == 0;
    if (*is_study && !results->takes_studies)
        mld_messages_add(results->messages,
                         "%s: holds the results of a study, where those of a run are expected: "
                         "milliard show, export and report read them",
                         results->path);
    else if (!*is_study && (!format || strcmp(format, MLD_RESULTS_KIND) != 0))
        mld_messages_add(results->messages, "%s: an HDF5 file, but not one of milliard",
                         results->path);
    else
        return 1;
    return 0;
}

enum mld_status mld_read_kind(struct mld_results *results, int *is_study)
{
    char *format = mld_read_text_attribute(results, "format");
    char *version = mld_read_text_attribute(results, "program_version");
    int64_t number = 0;
    enum mld_status status = MLD_ERR_FORMAT;
    if (results->status)
        status = results->status;
    else if (!is_taken(results, format, is_study))
        status = MLD_ERR_FORMAT;
    else if (!mld_read_integer_attribute(results->file, "format_version", &number))
        mld_messages_add(results->messages, "%s: damaged: the version of its format cannot be read",
                         results->path);
    else if (number < MLD_RESULTS_OLDEST)
        mld_messages_add(results->messages,
                         "%s: written by milliard %s in format %" PRId64
                         "; this version reads formats from %d on: run its scenario again "
                         "(the file keeps it in /scenario/text), or read it with milliard %s",
                         results->path, version ? version : "?", number, MLD_RESULTS_OLDEST,
                         version ? version : "?");
    else if (number > MLD_RESULTS_FORMAT)
        mld_messages_add(results->messages,
                         "%s: written by milliard %s in format %" PRId64
                         ", newer than format %d that this version reads: "
                         "read it with milliard %s or later",
                         results->path, version ? version : "?", number, MLD_RESULTS_FORMAT,
                         version ? version : "?");
    else
        status = MLD_OK;
    results->format = (int)number;
    free(version);
    free(format);
    return status;
}

static void read_attribute(struct mld_results *results, int i)
{
    const struct attribute_row *row = &attribute_rows[i];
    char what[96], text[32];
    int64_t number;
    snprintf(what, sizeof what, "attribute \"%s\"", row->name);
    if (row->absent && H5Aexists(results->file, row->name) == 0) {
        results->attribute[i] = strdup(row->absent);
        if (!results->attribute[i])
            mld_read_no_memory(results);
    } else if (row->is_text) {
        results->attribute[i] = mld_read_text_attribute(results, row->name);
    } else if (mld_read_integer_attribute(results->file, row->name, &number) &&
               (double)number >= row->low && (double)number <= row->high) {
        snprintf(text, sizeof text, "%" PRId64, number);
        results->attribute[i] = strdup(text);
        if (!results->attribute[i])
            mld_read_no_memory(results);
    }
    if (!results->attribute[i])
        mld_read_refuse(results, what, "is missing or out of range");
}

int64_t mld_read_number_of(const struct mld_results *results, const char *name)
{
    return strtoll(mld_results_attribute(results, name), NULL, 10);
}

/*
 * Designs that this version knows: without a guarantee, with it where there is one, and with all
 * its dues paid where it has a dotation, which earlier files have not. Format 1 does not count
 * them.
 */
static int designs_of(struct mld_results *results)
{
    int guarantee = mld_read_number_of(results, "has_guarantee") != 0,
        dotation = guarantee && mld_read_number_of(results, "has_dotation");
    int64_t designs = 1 + guarantee;
    if (results->format > 1 && !(mld_read_integer_attribute(results->file, "designs", &designs) &&
                                 designs >= 1 + guarantee && designs <= 1 + guarantee + dotation)) {
        mld_read_refuse(results, "attribute \"designs\"",
                        "is not the number of designs of such a scenario");
        return 1 + guarantee;
    }
    return (int)designs;
}

/* A number, or nothing. */
static int price_of(const struct mld_results *results, const char *name, double *number)
{
    MLD_PLAIN_NUMBERS;
    const char *text = mld_results_attribute(results, name);
    char *end = NULL;
    *number = strtod(text, &end);
    return *text && !*end && isfinite(*number);
}

/* Both numbers of a price, or neither. */
static void check_price(struct mld_results *results)
{
    struct mld_cover_price price;
    int said = *mld_results_attribute(results, "cover_price") ||
               *mld_results_attribute(results, "cover_fee");
    if (said && !mld_results_cover_price(results, &price))
        mld_read_refuse(results, "attributes \"cover_price\" and \"cover_fee\"",
                        "are no two numbers");
}

void mld_read_attributes(struct mld_results *results)
{
    for (int i = 0; i < (int)MLD_ATTRIBUTES && !results->status; i++)
        read_attribute(results, i);
    if (results->status)
        return;
    struct mld_grid *grid = &results->grid;
    grid->periods_per_year = (int)mld_read_number_of(results, "periods_per_year");
    grid->horizon_years = (int)mld_read_number_of(results, "horizon_years");
    grid->periods = grid->periods_per_year * grid->horizon_years;
    grid->last = (int)mld_read_number_of(results, "last_period");
    results->paths = (size_t)mld_read_number_of(results, "paths");
    results->trajectories = (size_t)mld_read_number_of(results, "trajectories");
    int m = grid->periods_per_year;
    if ((m != 1 && m != 2 && m != 4 && m != 12) || grid->last >= grid->periods ||
        mld_date_parse(mld_results_attribute(results, "first_closing"), &grid->first_closing) != 0)
        mld_read_refuse(results, "its time grid", "is not one of milliard");
    results->summary.paths = results->paths;
    results->summary.designs = designs_of(results);
    check_price(results);
}

/* ---- asked of an open file ---- */

const char *mld_results_attribute(const struct mld_results *results, const char *name)
{
    for (int i = 0; i < (int)MLD_ATTRIBUTES; i++)
        if (strcmp(attribute_rows[i].name, name) == 0)
            return results->attribute[i];
    return NULL;
}

int mld_results_cover_price(const struct mld_results *results, struct mld_cover_price *price)
{
    *price = (struct mld_cover_price){ 0 };
    price->known = price_of(results, "cover_price", &price->price) &&
                   price_of(results, "cover_fee", &price->fee);
    return price->known;
}

const char *mld_results_title(const struct mld_results *results, int french)
{
    const char *const title[] = { mld_results_attribute(results, french ? "title_fr" : "title_en"),
                                  mld_results_attribute(results,
                                                        french ? "title_en" : "title_fr") };
    return *title[0] ? title[0] : *title[1] ? title[1] : mld_results_attribute(results, "name");
}
