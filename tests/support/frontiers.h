/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What `frontier` finds beside every point of a grid of mixes (model, section 19). */
#ifndef TEST_SUPPORT_FRONTIERS_H
#define TEST_SUPPORT_FRONTIERS_H

#include "milliard/frontier.h"
#include "params/tree.h"
#include "support/solving.h"

static inline struct mld_frontier_table frontier(const char *scenario_name, int n_set,
                                                 const char *const *set,
                                                 const struct mld_frontier_question *question,
                                                 int threads)
{
    const struct mld_frontier_options options = { .threads = threads };
    struct mld_frontier_table table;
    struct mld_messages messages;
    struct mld_scenario *scenario = load(scenario_name, n_set, set);
    mld_messages_init(&messages);
    if (mld_frontier(scenario, question, &options, &table, &messages) != MLD_OK)
        fail_msg("%s: %s", question->objective, messages.count ? messages.text[0] : "?");
    mld_messages_clear(&messages);
    mld_scenario_free(scenario);
    return table;
}

/* ---- every mix ---- */

/** All mixes of three instruments in steps; the last one is what the others leave. */
struct mixes {
    int n;
    double value[6000][3];
};

static inline void fill_mixes(struct mixes *mixes, double sum, int steps)
{
    mixes->n = 0;
    for (int i = 0; i <= steps; i++)
        for (int k = 0; k <= steps - i; k++) {
            double *value = mixes->value[mixes->n++];
            value[0] = sum * i / steps;
            value[1] = sum * k / steps;
            value[2] = sum - value[0] - value[1];
            value[2] = value[2] > 1e-9 ? value[2] : 0;
        }
}

/** The cells of every mix, for free(): [mix][statistic], those of the table. */
static inline struct mld_study_cell *simulate_mixes(const char *scenario_name, const char *paths,
                                                    const struct mld_frontier_table *table,
                                                    const struct mixes *mixes)
{
    const char *keys[3], *statistic[1 + MLD_MAX_CONSTRAINTS];
    for (int i = 0; i < 3; i++)
        keys[i] = table->keys[i];
    for (int s = 0; s < table->n_statistics; s++)
        statistic[s] = table->statistic[s].name;
    const struct mld_study_points points = {
        .name = "mix", .n_keys = 3, .n = mixes->n, .keys = keys, .value = mixes->value[0]
    };
    struct mld_study_refusals refusals = { .at = calloc((size_t)mixes->n, 1) };
    const struct mld_study_options options = { .threads = 2, .no_base = 1 };
    struct mld_study *study = NULL;
    struct mld_study_result result = { 0 };
    assert_int_equal(mld_study_of_points(load(scenario_name, 1, &paths), &points,
                                         table->n_statistics, statistic, &refusals, &study, NULL),
                     MLD_OK);
    assert_int_equal(refusals.n, 0);
    assert_int_equal(mld_study_run(study, &options, &result, NULL), MLD_OK);
    struct mld_study_cell *cell = result.cell;
    result.cell = NULL;
    mld_study_result_clear(&result);
    mld_study_free(study);
    free(refusals.at);
    return cell;
}

/** The best objective, the smallest, of the mixes whose constraint is met; NaN: none is. */
static inline double best_of(const struct mld_frontier_table *table, int level, int n,
                             const struct mld_study_cell *cell, double *error)
{
    double best = (double)NAN;
    for (int i = 0; i < n; i++) {
        const struct mld_study_cell *mine = cell + i * table->n_statistics;
        double value = mine[table->of[0]].value, off = table->constraint[0].at_least
                                                           ? table->best[level].level - value
                                                           : value - table->best[level].level;
        double goal = (table->minimise ? 1 : -1) * mine[0].value;
        if (off <= 0 && !(goal >= best)) {
            best = goal;
            *error = mine[0].error;
        }
    }
    return best;
}

/** As good, at every level, as the best of the grid, within a part of its error. */
static inline void assert_best(const char *scenario_name, const char *paths,
                               const struct mld_frontier_question *question, int steps, double part)
{
    struct mld_frontier_table table = frontier(scenario_name, 1, &paths, question, 2);
    struct mixes *mixes = calloc(1, sizeof *mixes);
    fill_mixes(mixes, table.sum, steps);
    struct mld_study_cell *cell = simulate_mixes(scenario_name, paths, &table, mixes);
    for (int i = 0; i < table.n_levels; i++) {
        const struct mld_frontier_best *best = &table.best[i];
        double error = 0, grid = best_of(&table, i, mixes->n, cell, &error),
               found = (table.minimise ? 1 : -1) *
                       table.cell[best->point * table.n_statistics].value;
        assert_true(best->feasible || isnan(grid));
        if (!isnan(grid) && found > grid + part * error)
            fail_msg("level %g: %.9g is found, %.9g is the grid's best, with an error of %.3g",
                     best->level, found, grid, error);
    }
    free(cell);
    free(mixes);
    mld_frontier_clear(&table);
}

#define SHARES "thesis.mix.shares.weight"
#define BOND "thesis.mix.bond.weight"
#define CONVERTIBLE "thesis.mix.convertible.weight"

/** The three instruments of which the tests try every mix. */
static const struct mld_frontier_question of_irr = {
    3,           { { SHARES, 0, 0.55 }, { BOND, 0, 0.55 }, { CONVERTIBLE, 0, 0.55 } },
    "net_irr_a", 0,
    1,           { "loss_a <= 0.25:0.35:3" },
};
static const struct mld_frontier_question of_cost = {
    3,
    { { SHARES, 0, 0.55 }, { BOND, 0, 0.55 }, { CONVERTIBLE, 0, 0.55 } },
    "net_cost_due",
    1,
    1,
    { "net_irr_a >= 0.022,0.026,0.03" },
};

#endif
