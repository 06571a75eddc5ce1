/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Terms of the fund, worked by hand: tests/data/fund/terms.csv. Each case becomes one test here,
 * run through the real fund and its audit.
 */
#include "support/examples.h"
#include "support/fund_case.h"
#include "support/oracle.h"

#include <math.h>

#include "milliard/measure.h"

static double furthest;
static long compared;

static void near_eur(const struct line *line, const char *key, double actual)
{
    const char *text = find(line, key);
    if (!text)
        return;
    double expected = strtod(text, NULL);
    compared++;
    widen(&furthest, actual - expected);
    if (!(fabs(actual - expected) <= 1e-6))
        fail_msg("terms.csv:%d: %s is %.9f", line->number, key, actual);
}

/* TMO of each year of a case, after the three before the first. */
static double tmo[3 + MLD_MAX_YEARS];
static int has_tmo;

static void read_tmo(const struct line *line)
{
    const char *text = find(line, "tmo");
    has_tmo = text != NULL;
    for (int y = 3; has_tmo && y < 3 + MLD_MAX_YEARS && *text; y++) {
        tmo[y] = strtod(text, NULL);
        text += strcspn(text, ";");
        text += *text == ';';
    }
}

static struct mld_plan *read_fund(const struct line *line)
{
    struct mld_plan *plan = fund_plan(1, (int)number(line, "years", 0),
                                      (int)number(line, "investment", 0), number(line, "a", 0),
                                      number(line, "b", 0), number(line, "c", 0));
    struct mld_fund_spec *fund = &plan->fund;
    fund->capped_return = find(line, "cap") != NULL;
    fund->cap = number(line, "cap", 0);
    read_tmo(line);
    fund->setup = number(line, "setup", 0);
    fund->reserve_years = number(line, "reserve", 0);
    fund->recycling_limit = number(line, "recycling", 0);
    fund->cash_rate = number(line, "cash_rate", 0);
    fund->cash_margin = number(line, "cash_margin", NAN);
    fund->claw_back = number(line, "claw_back", 0);
    fund->recallable_share = number(line, "recall", 0);
    fund->recallable_until = number(line, "recall_until", 0);
    fund->impact_share = number(line, "impact", 0);
    fund->score_mean = number(line, "score", 1);
    return plan;
}

static int place_named(const char *name, const char *(*at)(int))
{
    for (int i = 0; at(i); i++)
        if (!strcmp(at(i), name))
            return i;
    fail_msg("%s is unknown", name);
    return -1;
}

static const char *type_at(int i) { return mld_tiers[i] ? mld_tiers[i]->name : NULL; }
static const char *to_at(int i) { return mld_tier_to_names[i]; }

static void read_text(const struct line *line, const char *key, char text[MLD_MAX_NAME])
{
    const char *given = find(line, key);
    snprintf(text, MLD_MAX_NAME, "%s", given ? given : "");
}

/* The first line of a case that names a tier replaces the usual ones. */
static void read_tier(const struct line *line, struct mld_fund_spec *fund, int *listed)
{
    const char *to = find(line, "to");
    struct mld_tier tier = mld_tier_of(place_named(line->cell[1], type_at),
                                       to ? place_named(to, to_at) : MLD_TO_C);
    tier.rate = number(line, "rate", NAN);
    tier.multiple = number(line, "multiple", NAN);
    tier.share = number(line, "share", NAN);
    tier.carry = number(line, "carry", NAN);
    read_text(line, "name", tier.name);
    read_text(line, "until", tier.until);
    fund->n_tiers = *listed ? fund->n_tiers : 0;
    fund->tier[fund->n_tiers++] = tier;
    *listed = 1;
}

static int kind_of(const char *text, const char *const *name)
{
    int i = 0;
    while (name[i] && strcmp(name[i], text))
        i++;
    assert_non_null(name[i]);
    return i;
}

static void read_fee(const struct line *line, struct mld_fund_spec *fund)
{
    static const char *const kinds[] = { "management", "other", NULL };
    static const char *const bases[] = { "commitments", "commitments_without_C",
                                         "called",      "net_invested",
                                         "nav",         NULL };
    const char *base = find(line, "base");
    struct mld_fund_fee *fee = &fund->fee[fund->n_fees++];
    *fee = (struct mld_fund_fee){ .kind = kind_of(find(line, "kind"), kinds),
                                  .base = base ? kind_of(base, bases) : 0,
                                  .rate = number(line, "rate", 0),
                                  .amount = number(line, "amount", 0),
                                  .minimum = number(line, "minimum", 0),
                                  .from_year = number(line, "from", 0),
                                  .to_year = number(line, "to", INFINITY) };
}

static void read_flow(const struct line *line, const struct fund_case *fund)
{
    int t = atoi(line->cell[1]);
    *cell(fund, fund->flows.invested, t, 0) = number(line, "invested", 0);
    *cell(fund, fund->flows.income, t, 0) = number(line, "income", 0);
    *cell(fund, fund->flows.capital, t, 0) = number(line, "capital", 0);
    *cell(fund, fund->flows.outstanding, t, 0) = number(line, "outstanding", 0);
    *cell(fund, fund->flows.nav_deals, t, 0) = number(line, "nav", 0);
}

static void expect(const struct line *line, const struct fund_case *fund)
{
    const struct mld_fund_flows *flows = &fund->flows;
    int t = atoi(line->cell[1]);
    char key[16];
    near_eur(line, "call", *cell(fund, flows->call, t, 0));
    near_eur(line, "a", *cell(fund, flows->distribution[MLD_CLASS_A], t, 0));
    near_eur(line, "b", *cell(fund, flows->distribution[MLD_CLASS_B], t, 0));
    near_eur(line, "c", *cell(fund, flows->distribution[MLD_CLASS_C], t, 0));
    near_eur(line, "carry", *cell(fund, flows->carry, t, 0));
    near_eur(line, "aside", *cell(fund, flows->set_aside, t, 0));
    near_eur(line, "management", *cell(fund, flows->management_fee, t, 0));
    near_eur(line, "other", *cell(fund, flows->other_cost, t, 0));
    near_eur(line, "cash", *cell(fund, flows->cash, t, 0));
    near_eur(line, "interest", *cell(fund, flows->interest, t, 0));
    near_eur(line, "clawed", *cell(fund, flows->clawed, t, 0));
    near_eur(line, "recalled", *cell(fund, flows->recalled, t, 0));
    for (int i = 0; i < fund->plan->fund.n_tiers; i++) {
        snprintf(key, sizeof key, "tier%d", i);
        near_eur(line, key, tier_paid(fund, i, t, 0));
    }
}

/* Measures of the fund alone, by name. */
static void expect_total(const struct line *line, const struct fund_case *fund)
{
    const struct mld_plan *plan = fund->plan;
    const struct mld_fund_flows *flows = &fund->flows;
    const struct mld_design design = { .name = "without", .fund = &plan->fund };
    struct mld_pools pools = { .invested = flows->invested,
                               .income = flows->income,
                               .capital = flows->capital };
    unsigned char *wanted = calloc((size_t)mld_measure_count(), 1);
    double *value = calloc((size_t)mld_measure_count() * (size_t)flows->width, sizeof *value);
    struct mld_measures_workspace *workspace = mld_measures_create(&plan->model.grid, flows->width);
    assert_true(wanted && value && workspace);
    for (int i = 2; i < line->n_cells; i++) {
        char name[MLD_MAX_NAME];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(line->cell[i], "="), line->cell[i]);
        int measure = mld_measure_named(name);
        assert_true(measure >= 0 && mld_measure_applies(&design, 0, measure));
        memset(wanted, 0, (size_t)mld_measure_count());
        wanted[measure] = 1;
        const struct mld_measure_input input = { .design = &design,
                                                 .paths = 1,
                                                 .wanted = wanted,
                                                 .pools = &pools,
                                                 .fund = flows,
                                                 .tmo = has_tmo ? tmo : NULL };
        mld_measures_fill(workspace, &input, flows->width, value, NULL);
        near_eur(line, name, value[(size_t)measure * (size_t)flows->width]);
    }
    mld_measures_free(workspace);
    free(value);
    free(wanted);
}

/* What a line says of the fund, before anything is run. */
static int reads_terms(const struct line *line, struct mld_plan **plan, int *listed)
{
    if (!strcmp(line->cell[0], "fund"))
        *plan = read_fund(line);
    else if (!strcmp(line->cell[0], "tier"))
        read_tier(line, &(*plan)->fund, listed);
    else if (!strcmp(line->cell[0], "fee"))
        read_fee(line, &(*plan)->fund);
    else
        return 0;
    return 1;
}

static void run_example(void **state)
{
    const struct example *example = *state;
    struct fund_case fund;
    struct mld_plan *plan = NULL;
    int run = 0, opened = 0, listed = 0;
    for (int i = 1; i < example->n_lines; i++) {
        const struct line *line = &example->line[i];
        if (reads_terms(line, &plan, &listed))
            continue;
        if (!opened)
            case_open(&fund, plan, 1);
        opened = 1;
        fund.flows.tmo = tmo;
        if (!strcmp(line->cell[0], "flow")) {
            read_flow(line, &fund);
            continue;
        }
        if (!run)
            case_run(&fund);
        run = 1;
        if (!strcmp(line->cell[0], "total"))
            expect_total(line, &fund);
        else
            expect(line, &fund);
    }
    assert_true(run);
    case_close(&fund);
}

static int tell(void **state)
{
    (void)state;
    oracle("Terms of a fund, worked by hand: two hurdles, a carry that rises, a hurdle as a "
           "multiple, rows of fees, a benchmark, interest, claw-back, distributions called again",
           "[terms.csv](../tests/data/fund/terms.csv)", "1e-6 EUR",
           "%d examples, %ld amounts, largest deviation %.0e EUR", n_examples, compared, furthest);
    return 0;
}

int main(void)
{
    static struct CMUnitTest tests[MAX_CASES];
    load_examples(TEST_DATA "/fund/terms.csv");
    if (n_examples < 20) {
        fprintf(stderr, "terms.csv: only %d examples were read\n", n_examples);
        return 1;
    }
    for (int i = 0; i < n_examples; i++)
        tests[i] = (struct CMUnitTest){ .name = examples[i].name,
                                        .test_func = run_example,
                                        .initial_state = &examples[i] };
    return _cmocka_run_group_tests("terms of a fund", tests, (size_t)n_examples, NULL, tell);
}
