/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a file says of itself stands at its root, as attributes: texts of fixed length and integers
 * of 64 bits, which read_attributes.c reads back row by row. First what it is and in which version
 * of the format, then who made it (provenance), of which scenario, and the run with its time grid.
 * Paths, trajectories and whether the run was interrupted are known at its end and added then.
 */
#include "results/write.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/plain.h"
#include "milliard/draws.h"
#include "milliard/plan.h"
#include "milliard/version.h"
#include "results/schema.h"

/* Texts of 17 digits, so that whoever runs a path again has every bit of them. */
static void write_price(struct mld_results_writer *writer)
{
    MLD_PLAIN_NUMBERS;
    char price[40], fee[40];
    snprintf(price, sizeof price, "%.17g", writer->plan->cover_price.price);
    snprintf(fee, sizeof fee, "%.17g", writer->plan->cover_price.fee);
    mld_h5_fixed_text(&writer->h5, writer->file, "cover_price", price);
    mld_h5_fixed_text(&writer->h5, writer->file, "cover_fee", fee);
}

void mld_write_attributes(struct mld_results_writer *writer, const char *kind,
                          const struct mld_scenario *scenario)
{
    struct mld_h5 *h5 = &writer->h5;
    const struct mld_plan *plan = writer->plan;
    char first_closing[48], fingerprint[20];
    snprintf(fingerprint, sizeof fingerprint, "%016" PRIx64,
             mld_scenario_fingerprint(scenario, plan));
    snprintf(first_closing, sizeof first_closing, "%04d-%02d-%02d",
             plan->model.grid.first_closing.year, plan->model.grid.first_closing.month,
             plan->model.grid.first_closing.day);
    mld_h5_fixed_text(h5, writer->file, "format", kind);
    mld_h5_integer(h5, writer->file, "format_version", MLD_RESULTS_FORMAT);
    for (int i = 0; mld_provenance_names[i]; i++) {
        char text[MLD_MACHINE];
        mld_h5_fixed_text(h5, writer->file, mld_provenance_names[i],
                          mld_provenance(mld_provenance_names[i], text));
    }
    mld_h5_integer(h5, writer->file, "model_version", MLD_MODEL_VERSION);
    mld_h5_integer(h5, writer->file, "stream_version", MLD_STREAM_VERSION);
    mld_h5_fixed_text(h5, writer->file, "name", plan->name);
    mld_h5_fixed_text(h5, writer->file, "title_en", plan->title_en);
    mld_h5_fixed_text(h5, writer->file, "title_fr", plan->title_fr);
    mld_h5_fixed_text(h5, writer->file, "fingerprint", fingerprint);
    mld_h5_integer(h5, writer->file, "seed", (int64_t)plan->model.seed);
    mld_h5_integer(h5, writer->file, "paths_asked", plan->paths);
    mld_h5_fixed_text(h5, writer->file, "currency", "EUR");
    mld_h5_integer(h5, writer->file, "periods_per_year", plan->model.grid.periods_per_year);
    mld_h5_integer(h5, writer->file, "horizon_years", plan->model.grid.horizon_years);
    mld_h5_integer(h5, writer->file, "last_period", plan->model.grid.last);
    mld_h5_fixed_text(h5, writer->file, "first_closing", first_closing);
    mld_h5_integer(h5, writer->file, "designs", plan->n_designs);
    mld_h5_integer(h5, writer->file, "has_fund", plan->fund.present != 0);
    mld_h5_integer(h5, writer->file, "has_guarantee", plan->guarantee.present != 0);
    mld_h5_integer(h5, writer->file, "has_dotation",
                   plan->guarantee.present && plan->guarantee.n_dotations > 0);
    if (plan->cover_price.known)
        write_price(writer);
}
