/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run needs: its memory is allocated, looked at, and given back. */
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "run/engine.h"
#include "run/threads.h"

enum { READING = 1 << 16, LONG_READING = 7 << 18, SORTED_WHOLE = 32768 };

/* Bytes that malloc holds. */
static double allocated(void)
{
    struct mallinfo2 info = mallinfo2();
    return (double)info.uordblks + (double)info.hblkhd;
}

/* Bytes of the process in memory, program and libraries too; 0 where the system does not tell. */
static double resident(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long pages = 0;
    int read = file ? fscanf(file, "%*s %ld", &pages) : 0;
    if (file)
        fclose(file);
    return read == 1 ? (double)pages * (double)sysconf(_SC_PAGESIZE) : 0;
}

/*
 * The plan with room for as many deals as a path is likely to hold: memory for the most that it can
 * hold is asked for, but what no deal fills is never touched. A portfolio that is drawn once is
 * known.
 */
static enum mld_status likely_plan(const struct mld_plan *plan, struct mld_plan *likely)
{
    struct mld_portfolio portfolio;
    enum mld_status status = mld_portfolio_init(&portfolio, &plan->model, 1);
    if (status != MLD_OK)
        return status;
    double deals = portfolio.fixed_deals ? portfolio.fixed_deals
                                         : mld_thesis_likely_deals(&plan->model.thesis);
    mld_portfolio_clear(&portfolio);
    *likely = *plan;
    deals += 4 * sqrt(deals); /* the most of a batch: tickets vary by less than their mean */
    if (deals < likely->model.max_deals && deals < likely->model.max_issuers) {
        int lots = likely->model.max_deals > likely->model.max_issuers ? 2 : 1;
        likely->model.max_issuers = (int)deals;
        likely->model.max_deals = lots * (int)deals;
    }
    return MLD_OK;
}

/* What a thread that summarises a column holds: all of a short one; of others the worst 5 %. */
static double reading_bytes(double paths)
{
    double values = paths <= SORTED_WHOLE ? 2 * paths : 0.1 * paths;
    return values * sizeof(double) + (paths <= SORTED_WHOLE ? READING : LONG_READING);
}

enum mld_status mld_run_needs(const struct mld_plan *plan, const struct mld_scenario *scenario,
                              int threads, struct mld_needs *needs)
{
    struct mld_run_options options = { .threads = threads, .batch = mld_engine_batch(plan, 0) };
    struct mld_plan likely;
    struct mld_engine engine = { 0 };
    uint32_t last = mld_segments(plan->paths) - 1;
    needs->disk = (double)mld_results_size(plan, scenario);
    double before = allocated(), held = resident();
    enum mld_status status = needs->disk > 0 ? likely_plan(plan, &likely) : MLD_ERR_MEMORY;
    if (status != MLD_OK)
        return status;
    threads = mld_threads_asked(threads);
    status = mld_engine_open(&engine, &likely, &options, threads);
    if (status == MLD_OK)
        status = mld_engine_count(&engine, 0, last);
    needs->passing = status == MLD_OK ? (double)mld_part_size(&engine.layout, 0, last) : 0;
    needs->memory = held + allocated() - before + threads * reading_bytes(plan->paths);
    mld_engine_close(&engine);
    return status;
}
