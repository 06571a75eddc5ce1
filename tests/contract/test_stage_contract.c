/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every row of a parameter table says of the stages: a change of its key leaves every stage
 * before its own as it was, to the bit, and moves its own. Each key of four rich scenarios is set
 * to other values its row allows.
 */
#include "support/random_scenario.h"
#include "support/oracle.h"
#include "support/part.h"
#include "support/price.h"
#include "support/stage_bytes.h"
#include "support/usual_tiers.h"

enum { PATHS = 16, MOST_ROWS = 512, TRIES = 12 };

/* One key in so many, unless all are asked for: test_long_stage_contract.c. */
#ifndef PARTS
#define PARTS 4
#endif

/*
 * A guarantee with all there is: two layers that differ in everything, a counter-guarantee,
 * dotations.
 */
#define GUARANTEE(moral_hazard)                                                                    \
    "guarantee = { moral_hazard = " moral_hazard ";\n"                                             \
    "  dotation = ( { year = 0; amount = 3000000.0; }, { year = 3; amount = 1000000.0; } ); "      \
    "layers = (\n"                                                                                 \
    "  { name = \"state\"; instruments = [ \"shares\", \"bond\", \"convertible\" ]; ticket_min = " \
    "900000.0; ticket_max = 4000000.0;\n"                                                          \
    "    attachment = 0.01; cap_rate = 0.3; net_of_gains = true; fee_upfront = 0.005; "            \
    "upside_share = 0.1; },\n"                                                                     \
    "  { name = \"debt\"; instruments = [ \"participating_loan\", \"association_securities\", "    \
    "\"participating_securities\" ];\n"                                                            \
    "    quotite = 0.6; payout = \"on_default\"; waiting_years = 1.0; claim_delay_years = 0.5; "   \
    "term_years = 8.0; fee_rate = 0.004;\n"                                                        \
    "    fee_payer = \"issuer\"; max_loss_per_issuer = 900000.0; },\n"                             \
    "  { name = \"european\"; covers_layer = \"state\"; share = 0.5; cap_rate = 0.8; fee_rate = "  \
    "0.02; } ); };\n"
/* Second deals that are covered where the first is too small. */
#define FOLLOW_ON                                                                       \
    "thesis = { mix = { shares = { follow_on = { reserve = 0.5; after_years = 1.0; "    \
    "probability = 0.6; size = 2.0; }; }; bond = { follow_on = { reserve = 0.3; }; }; " \
    "convertible = { follow_on = { reserve = 0.5; after_years = 1.5; size = 2.0; }; }; }; };\n"
/* A stress, and a factor that nothing weighs. */
#define FACTORS(dependence)                                                                        \
    "factors = { named = ( { name = \"spare\"; persistence = 0.3; } ); dependence = \"" dependence \
    "\";\n"                                                                                        \
    "  stress = ( { year = 2; factor = \"care\"; shift = -0.5; } ); };\n"
/* Class B, an impact score, costs and a low recycling: everything of a fund is read. */
#define FUND(fees)                                                                                 \
    "fund = { classes = { A = { commitment = 89000000.0; }; B = { commitment = 10000000.0; "       \
    "public_share = 0.5; }; }; \n"                                                                 \
    "  concessional = { first_loss = true; capped_return = true; cap = 0.01; };\n"                 \
    "  grants = ( { year = 1; amount = 1000000.0; } ); reference_rate_equity = 0.06; quota_until " \
    "= 6.0;\n"                                                                                     \
    "  hurdle = 0.02; term_years = 9.0; impact_carry = { beneficiary = \"a trust\"; }; " fees      \
    " };\n"

/* Rows of fees, which rates stand for in the other worlds. */
#define FEES                                                                                       \
    "fees = ( { name = \"investing\"; kind = \"management\"; rate = 0.02; to_year = 5.0; }, "      \
    "{ name = \"after\"; kind = \"management\"; base = \"net_invested\"; rate = 0.02; minimum = "  \
    "1000.0; from_year = 5.0; }, { name = \"running\"; kind = \"other\"; rate = 0.0025; amount = " \
    "1000.0; } );"

/* Beside the portfolio. */
#define ENDOWMENT                                                                                 \
    "endowment = { horizon_years = 8; opening = 150000.0; co_funding = 0.3; pace = 0.7; "         \
    "operating_cost = 20000.0; donations = ( { year = 1; mean = 90000.0; sd = 50000.0; } ); "     \
    "grants = { mean = 12000.0; sd = 7000.0; min = 5000.0; max = 30000.0; }; pipeline = { share " \
    "= 0.2; years = 3; }; };\n"

/* Upon the fund. */
#define FEEDER                                                                                     \
    "feeder = { class_a_share = 0.3; subscriptions = ( { year = 0; amount = 15e6; }, { year = 1; " \
    "amount = 14e6; } ); cash_margin = 0.002; pocket = 0.2; fee = 0.004; requests = { mean = "     \
    "0.1; "                                                                                        \
    "sd = 0.05; load = 0.4; }; exit_fee = 0.01; gate = 0.08; };\n"
#define INDICATORS                                                                                 \
    "indicators = ( { name = \"jobs\"; label = { en = \"Jobs\"; fr = \"Emplois\"; }; unit = { en " \
    "= \"years\"; fr = \"ETP\"; }; source = \"invented\"; kind = \"yearly\"; per_meur = { mean = " \
    "10.0; sd = 8.0; }; legal_forms = [ \"association\", \"company\" ]; sectors = [ \"care\", "    \
    "\"food\", \"reuse\" ]; } );\n"

static const struct {
    const char *name, *text;
} worlds[] = {
    { "thesis", "base = \"fpci-guaranteed.cfg\";\n" FACTORS("gaussian") FOLLOW_ON FUND("")
                    GUARANTEE("1.4") ENDOWMENT INDICATORS FEEDER },
    { "thesis without moral hazard",
      "base = \"fpci-guaranteed.cfg\";\n" FACTORS("student") FUND(FEES) GUARANTEE("1.0") },
    { "tape", "base = \"tape-example.cfg\";\n" GUARANTEE("1.3") },
    { "scheme", "base = \"fpci-guaranteed.cfg\"; drop = [ \"fund\" ];\n" GUARANTEE("1.2") },
    /* of a fund that chooses its deals: other keys of it touch what is guaranteed, too */
    { "candidates",
      "base = \"fpci-reference.cfg\";\nthesis = { volume = 150e6; };\n"
      "fund = { recycling_limit = 0.5; recycling = { total = 1.2; until_year = 4.0; }; };\n" },
};
enum { CANDIDATES = 4 };
enum { WORLDS = sizeof worlds / sizeof *worlds };

static struct outcome outcome_of_world(int world, int n, const char *const *set)
{
    struct outcome outcome = outcome_of_text(worlds[world].text,
                                             PROJECT_SOURCE "/scenarios/stages.cfg", n, set);
    if (outcome.status == MLD_OK)
        price_of(outcome.plan, PATHS);
    return outcome;
}

/* ---- what became of each row ---- */

/* A row and the first stage that any of its changes moved. */
struct record {
    const struct mld_param *row;
    enum mld_stage stage, moved;
    char key[128];
};
static struct record records[MOST_ROWS];
static int n_records, n_changes;

static struct record *record_of(const char *key)
{
    const struct mld_param *row = mld_param_named(key);
    assert_non_null(row);
    for (int i = 0; i < n_records; i++)
        if (records[i].row == row)
            return &records[i];
    assert_true(n_records < MOST_ROWS);
    struct record *record = &records[n_records++];
    *record = (struct record){ .row = row, .stage = mld_param_stage(key), .moved = MLD_STAGE_NONE };
    snprintf(record->key, sizeof record->key, "%s", key);
    return record;
}

static const char *stage_name(enum mld_stage stage)
{
    static const char *const names[] = { "of its group", "factors", "portfolio", "issuers",
                                         "lives",        "covers",  "guarantee", "fund",
                                         "measures",     "none" };
    return names[stage];
}

/* One change: no stage before the row's may move. */
static void note(const char *world, const char *key, const char *what,
                 const struct stage_bytes *base, const struct mld_plan *plan)
{
    struct stage_bytes changed;
    struct record *record = record_of(key);
    stage_bytes_fill(&changed, plan, PATHS);
    enum mld_stage moved = stage_moved(base, &changed);
    stage_bytes_clear(&changed);
    n_changes++;
    if (moved < record->stage)
        fail_msg("%s: %s moves %s; its row says %s", world, what, stage_name(moved),
                 stage_name(record->stage));
    if (moved < record->moved)
        record->moved = moved;
}

/* ---- keys that one drawn value changes ---- */

/* Of each key its own, so that a new one leaves the draws of the others as they are. */
static struct dice dice_of(int world, const char *key)
{
    struct dice dice = { (uint64_t)world + 14695981039346656037u };
    for (; *key; key++)
        dice.state = (dice.state ^ (unsigned char)*key) * 1099511628211u;
    return dice;
}

static void try_key(int world, const struct stage_bytes *base, const struct mld_echo *echo,
                    const struct mld_echo *end)
{
    const struct record *record = record_of(echo->key);
    struct dice dice = dice_of(world, echo->key);
    for (int i = 0; i < TRIES && record->moved > record->stage; i++) {
        struct variant variant = { 0 };
        draw_key(&variant, echo, end, &dice);
        struct outcome outcome = outcome_of_world(world, variant.n, variant.set);
        if (variant.n && outcome.status == MLD_OK)
            note(worlds[world].name, echo->key, variant.text[0], base, outcome.plan);
        outcome_clear(&outcome);
    }
}

static int is_drawn(const struct mld_echo *echo)
{
    return echo->origin != MLD_UNUSED && (is_drawable(echo) || !strcmp(echo->key, "run.seed"));
}

/* ---- keys that hold names, texts or lists, and those that one drawn value does not change ---- */

#define TIER(type) "{ type = \"" type "\"; }"
#define TIER_TO(type, to) "{ type = \"" type "\"; to = \"" to "\"; }"
#define CAPITAL(to) TIER_TO("return_of_capital", to)

#define TWO_HURDLES                                                                        \
    "fund.tiers=( " CAPITAL("A_and_B") ", " CAPITAL(                                       \
        "C") ", { type = \"split\"; carry = 0.1; until "                                   \
             "= \"high\"; }, { type = \"preferred_return\"; to = \"A\"; name = \"high\"; " \
             "}, " TIER("split") " )"

#define RANKS "rank_correlations=( { first = \"pd\"; second = \"recovery\"; value = 0.3; } )"
#define GAGE "guarantee.gage=( { programme = 134; amount = 3000000.0; ae = 3500000.0; } )"

static const struct {
    const char *key, *set;
} others[] = {
    { "title.en", "title.en=another" },
    { "title.fr", "title.fr=un autre" },
    { "description.en", "description.en=another" },
    { "description.fr", "description.fr=une autre" },
    { "name", "name=another" },
    { "first_closing", "first_closing=2027-01-20" },
    { "run.paths", "run.paths=3000" },
    { "run.trajectories", "run.trajectories=all" },
    { "run.trajectories_first", "run.trajectories_first=7" },
    { "run.measures", "run.measures=none" },
    { "run.measures_listed", "run.measures_listed=[ \"net_irr_a\" ]" },
    { "run.storage", "run.storage=single" },
    { "run.fans", "run.fans=first" },
    { "run.precision", "run.precision=[ \"net_irr_a <= 0.1\" ]" },
    { "run.paths_at_most", "run.paths_at_most=100000" },
    { "factors.named", "factors.named=( { name = \"cycle\"; persistence = 0.6; }, { name = "
                       "\"public_funding\"; persistence = 0.7; } )" },
    { "factors.named.spare.name", "factors.named.spare.name=another" },
    { "factors.sectors",
      "factors.sectors=[ \"care\", \"education\", \"food\", \"energy\", \"reuse\", \"housing\", "
      "\"culture\", \"mobility\", \"another\" ]" },
    { "factors.stress", "factors.stress=( { year = 1; factor = \"energy\"; shift = -1.0; } )" },
    { "factors.stress.[0].factor", "factors.stress.[0].factor=food" },
    { "factors.correlations", "factors.correlations=()" },
    { "factors.correlations.[0].first", "factors.correlations.[0].first=spare" },
    { "factors.correlations.[0].second", "factors.correlations.[0].second=spare" },
    { "factors.tmo.history", "factors.tmo.history=[ 0.01, 0.02 ]" },
    { "legal_forms", "legal_forms.another={ pd = [ 0.01 ]; asset_correlation = 0.1; weights = { "
                     "cycle = 1.0; }; surplus_mean = 0.1; "
                     "surplus_sd = 0.1; performance_correlation = 0.1; }" },
    { "fund.impact_carry.beneficiary", "fund.impact_carry.beneficiary=another" },
    { "fund.impact_carry.to", "fund.impact_carry.to=beneficiary" },
    { "fund.classes.A.commitment", "fund.classes.A.commitment=88000000.0" },
    { "fund.grants", "fund.grants=()" },
    { "endowment.donations", "endowment.donations=()" },
    { "feeder.subscriptions", "feeder.subscriptions=( { year = 0; amount = 20e6; } )" },
    { "indicators", "indicators=()" },
    { "indicators.jobs.name", "indicators.jobs.name=another" },
    { "indicators.jobs.label.en", "indicators.jobs.label.en=another" },
    { "indicators.jobs.label.fr", "indicators.jobs.label.fr=un autre" },
    { "indicators.jobs.unit.en", "indicators.jobs.unit.en=another" },
    { "indicators.jobs.unit.fr", "indicators.jobs.unit.fr=une autre" },
    { "indicators.jobs.source", "indicators.jobs.source=another" },
    { "indicators.jobs.legal_forms", "indicators.jobs.legal_forms=[ \"company\" ]" },
    { "indicators.jobs.sectors", "indicators.jobs.sectors=[ \"food\" ]" },
    { "fund.cash_margin", "fund.cash_margin=0.01" },
    { "fund.recallable.until_year", "fund.recallable={ share = 0.5; until_year = 8.0; }" },
    { "fund.fees", "fund.fees.running.amount=9000.0" },
    { "fund.fees.running.name", "fund.fees.running.name=another" },
    { "fund.tiers", "fund.tiers=( " CAPITAL("A_and_B") ", " CAPITAL("C") ", " TIER("split") " )" },
    { "fund.tiers.[0].to",
      "fund.tiers=( " CAPITAL("A") ", " CAPITAL("B") ", " CAPITAL("C") ", " TIER("split") " )" },
    { "fund.tiers.[0].type", "fund.tiers=( " CAPITAL("A_and_B") ", " CAPITAL("C") ", " TIER(
                                 "catch_up") ", " TIER("split") " )" },
    { "fund.tiers.preferred_return.name", TWO_HURDLES },
    { "fund.tiers.split.until", TWO_HURDLES },
    { "instruments", "instruments.bond={ coupon = 0.01; liquidation_discount = 0.2; resolutions = "
                     "( { recovery_mean = 0.1; } ); }" },
    { "instruments.association_securities.issuer_option",
      "instruments.association_securities.issuer_option=true" },
    { "instruments.bond.resolutions",
      "instruments.bond.resolutions=( { recovery_mean = 0.1; lag_years = 1.0; } )" },
    { "instruments.bond.resolutions.[0].name", "instruments.bond.resolutions.[0].name=another" },
    { "instruments.participating_securities.variable_floor",
      "instruments.participating_securities.variable_floor=0.04" },
    { "thesis.deployment", "thesis.deployment=[ 0.5, 0.5 ]" },
    { "thesis.mix", "thesis.mix.bond={ weight = 0.10; legal_forms = { company = 1.0; }; }" },
    { "thesis.mix.bond.sectors", "thesis.mix.bond.sectors={ care = 1.0; }" },
    { "thesis.resample", "thesis.resample=run" },
    { "thesis.sectors", "thesis.sectors={ care = 0.5; food = 0.5; }" },
    { "tape.file", "tape.file=" PROJECT_SOURCE "/scenarios/tapes/example-40.csv" },
    { "tape.text", "tape.text=\"deal,issuer,instrument,legal_form,sector,date,amount\\nD,I,bond,"
                   "company,care,2027-05-01,1000000\\n\"" },
    { "guarantee.layers", "guarantee.layers=( { name = \"state\"; quotite = 0.5; } )" },
    { "guarantee.layers.debt.name", "guarantee.layers.debt.name=another" },
    { "guarantee.layers.debt.covers_layer",
      "guarantee.layers=( { name = \"state\"; quotite = 0.7; instruments = [ \"bond\" ]; }, "
      "{ name = \"debt\"; covers_layer = \"state\"; share = 0.3; } )" },
    { "guarantee.layers.state.instruments", "guarantee.layers.state.instruments=[ \"shares\" ]" },
    { "guarantee.layers.state.legal_forms",
      "guarantee.layers.state.legal_forms=[ \"association\" ]" },
    { "guarantee.layers.state.sectors", "guarantee.layers.state.sectors=[ \"care\" ]" },
    { "guarantee.layers.state.ticket_min", "guarantee.layers.state.ticket_min=1500000.0" },
    { "guarantee.layers.state.ticket_max", "guarantee.layers.state.ticket_max=1500000.0" },
    { "guarantee.dotation", "guarantee.dotation=()" },
    { "guarantee.dotation.[0].ae",
      "guarantee.dotation=( { year = 0; amount = 3000000.0; ae = 3500000.0; }, "
      "{ year = 3; amount = 1000000.0; ae = 500000.0; } )" },
    { "guarantee.gage", GAGE },
    { "guarantee.gage.[0].programme", GAGE },
    { "guarantee.gage.[0].ae", GAGE },
    { "guarantee.gage.[0].amount", GAGE },
    { "run.precision", "run.precision=[ \"net_irr_a <= 0.01\" ]" },
    { "guarantee.admin", "guarantee.admin=0.01" },
    { "guarantee.compared", "guarantee.compared=()" },
    { "guarantee.compared.grant.name", "guarantee.compared.grant.name=another" },
    { "guarantee.compared.grant.source", "guarantee.compared.grant.source=another" },
    { "sensitivity", "sensitivity=()" },
    { "sensitivity.pd.name", "sensitivity.pd.name=another" },
    { "sensitivity.pd.label.en", "sensitivity.pd.label.en=another" },
    { "sensitivity.pd.label.fr", "sensitivity.pd.label.fr=un autre" },
    { "sensitivity.pd.keys", "sensitivity.pd.keys=[ \"legal_forms.*.surplus_mean\" ]" },
    { "sensitivity.pd.operation", "sensitivity.pd.operation=add" },
    { "sensitivity.pd.low", "sensitivity.pd.low=0.7" },
    { "sensitivity.pd.high", "sensitivity.pd.high=1.7" },
    { "sensitivity.dependence.choice_low", "sensitivity.dependence.choice_low=student" },
    { "sensitivity.dependence.choice_high", "sensitivity.dependence.choice_high=gaussian" },
    { "sensitivity.pd.law", "sensitivity.pd.law=uniform" },
    { "sensitivity.dependence.probabilities", "sensitivity.dependence.probabilities=[ 0.2, 0.8 ]" },
    { "rank_correlations", RANKS },
    { "rank_correlations.[0].first", RANKS },
    { "rank_correlations.[0].second", RANKS },
    { "rank_correlations.[0].value", RANKS },
    { "uncertainty.worlds", "uncertainty.worlds=50" },
    { "uncertainty.paths_per_world", "uncertainty.paths_per_world=32" },
    { "uncertainty.method", "uncertainty.method=pick_freeze" },
};

static void try_others(int world, const struct stage_bytes *base)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct outcome outcome = outcome_of_world(world, 1, &others[i].set);
        if (outcome.status == MLD_OK)
            note(worlds[world].name, others[i].key, others[i].set, base, outcome.plan);
        outcome_clear(&outcome);
    }
}

/* The terms of each type of tier at their ends and between, in a list that holds one. */
static void try_tiers(int world)
{
    for (int type = 0; type < MLD_TIERS; type++) {
        struct stage_bytes base;
        char list[1024], set[64], key[128];
        int place = usual_text(type, list, sizeof list);
        const char *texts[] = { list, set };
        struct outcome outcome = outcome_of_world(world, 1, texts);
        assert_int_equal(outcome.status, MLD_OK);
        stage_bytes_fill(&base, outcome.plan, PATHS);
        outcome_clear(&outcome);
        for (const struct mld_param *row = mld_tiers[type]->params; row && row->key; row++)
            for (int part = 0; has_ends(row) && part <= 2; part++) {
                snprintf(set, sizeof set, "fund.tiers.[%d].%s=%g", place, row->key,
                         row->min + part * (row->max - row->min) / 2);
                snprintf(key, sizeof key, "fund.tiers.%s.%s", mld_tiers[type]->name, row->key);
                outcome = outcome_of_world(world, 2, texts);
                if (outcome.status == MLD_OK)
                    note(worlds[world].name, key, set, &base, outcome.plan);
                outcome_clear(&outcome);
            }
        stage_bytes_clear(&base);
    }
}

/* It is read where part of it is passed through, whose fee hides none of it. */
static void try_price(int world)
{
    const char *texts[] = { "guarantee.pass_through=1.0", "guarantee.pass_through_price=0.05" };
    struct stage_bytes base;
    struct outcome outcome = outcome_of_world(world, 2, texts);
    assert_int_equal(outcome.status, MLD_OK);
    stage_bytes_fill(&base, outcome.plan, PATHS);
    outcome_clear(&outcome);
    texts[1] = "guarantee.pass_through_price=0.08";
    outcome = outcome_of_world(world, 2, texts);
    assert_int_equal(outcome.status, MLD_OK);
    note(worlds[world].name, "guarantee.pass_through_price", texts[1], &base, outcome.plan);
    outcome_clear(&outcome);
    stage_bytes_clear(&base);
}

/* What a line's terms say is read where there is one. */
static void try_line(int world)
{
    static const char *const changes[][2] = {
        { "fund.credit_line.limit", "fund.credit_line.limit=0.2" },
        { "fund.credit_line.rate", "fund.credit_line.rate=0.06" },
        { "fund.credit_line.fee", "fund.credit_line.fee=0.02" },
        { "fund.credit_line.periods", "fund.credit_line.periods=2" },
    };
    const char *texts[] = {
        "fund.credit_line={ limit = 0.3; rate = 0.05; fee = 0.01; periods = 4; }", NULL
    };
    struct stage_bytes base;
    struct outcome outcome = outcome_of_world(world, 1, texts);
    assert_int_equal(outcome.status, MLD_OK);
    stage_bytes_fill(&base, outcome.plan, PATHS);
    outcome_clear(&outcome);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        texts[1] = changes[i][1];
        outcome = outcome_of_world(world, 2, texts);
        assert_int_equal(outcome.status, MLD_OK);
        note(worlds[world].name, changes[i][0], changes[i][1], &base, outcome.plan);
        outcome_clear(&outcome);
    }
    stage_bytes_clear(&base);
}

/* What closings say is read where there are several, some of whose deals wait. */
static void try_closings(int world)
{
#define CLOSINGS(first, date, second)                                                 \
    "fund.closings=( { date = \"2027-01-01\"; share = " first "; }, { date = \"" date \
    "\"; share = " second "; } )"
    static const struct {
        const char *key, *set;
    } changes[] = {
        { "fund.closings", "fund.closings=()" },
        { "fund.closings.[1].date", "fund.closings.[1].date=2028-09-01" },
        { "fund.closings.[0].share", CLOSINGS("0.08", "2028-03-01", "0.92") },
        { "fund.equalisation_rate", "fund.equalisation_rate=0.05" },
    };
    const char *texts[] = { CLOSINGS("0.1", "2028-03-01", "0.9"), NULL };
    struct stage_bytes base;
    struct outcome outcome = outcome_of_world(world, 1, texts);
    outcome_tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    stage_bytes_fill(&base, outcome.plan, PATHS);
    outcome_clear(&outcome);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        texts[1] = changes[i].set;
        outcome = outcome_of_world(world, 2, texts);
        outcome_tell(&outcome);
        assert_int_equal(outcome.status, MLD_OK);
        note(worlds[world].name, changes[i].key, changes[i].set, &base, outcome.plan);
        outcome_clear(&outcome);
    }
    stage_bytes_clear(&base);
}

/* Alike for all keys of a row, in every world: a row is tried wherever it stands, or nowhere. */
static long turn_of(const char *key)
{
    long turn = 0;
    for (const char *c = mld_param_named(key)->key; *c; c++)
        turn += *c;
    return turn;
}

static void try_world(int world)
{
    size_t n;
    struct stage_bytes base;
    struct outcome outcome = outcome_of_world(world, 0, NULL);
    outcome_tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    stage_bytes_fill(&base, outcome.plan, PATHS);
    const struct mld_echo *echo = mld_plan_echo(outcome.plan, &n);
    for (size_t i = 0; i < n; i++)
        if (is_drawn(&echo[i]) && is_taken(turn_of(echo[i].key), PARTS) &&
            (world != CANDIDATES || strstr(echo[i].key, ".recycling.")))
            try_key(world, &base, &echo[i], echo + n);
    if (world != CANDIDATES)
        try_others(world, &base);
    if (world == 0) {
        try_tiers(world);
        try_price(world);
        try_closings(world);
        try_line(world);
    }
    stage_bytes_clear(&base);
    outcome_clear(&outcome);
}

static struct record *tried(const struct mld_param *row)
{
    for (int i = 0; i < n_records; i++)
        if (records[i].row == row)
            return &records[i];
    return NULL;
}

/*
 * Every row of a table and of those below it was changed, and its own stage has moved. Returns
 * their number.
 */
static int assert_reached(const struct mld_param *table, const char *where)
{
    int rows = 0;
    for (const struct mld_param *row = table; row->key; row++) {
        const struct record *record = tried(row);
        if (row->kind != MLD_GROUP && !record && (PARTS == 1 || taken_part(PARTS) < 0))
            fail_msg("%s.%s was not changed", where, row->key);
        if (row->kind != MLD_GROUP && record && record->moved != record->stage)
            fail_msg("%s: its row says %s, the first moved is %s", record->key,
                     stage_name(record->stage), stage_name(record->moved));
        rows += (row->kind != MLD_GROUP && record) +
                (row->table ? assert_reached(row->table, row->key) : 0);
        for (int i = 0; row->kinds && row->kinds->name(i); i++)
            if (row->kinds->rows(i))
                rows += assert_reached(row->kinds->rows(i), row->kinds->name(i));
    }
    return rows;
}

static void each_row_moves_its_stage_and_none_before(void **state)
{
    (void)state;
    for (int world = 0; world < WORLDS; world++)
        try_world(world);
    int rows = assert_reached(mld_scenario_params, "scenario");
    oracle("First stage that each row touches",
           "the bytes of every stage of 16 paths, before and after a change", "exact",
           "%d rows, %d changes: no earlier stage moves, and each row's own does", rows, n_changes);
}

/* ---- columns of a tape ---- */

/* The second line is the deal that changes; the terms of its instrument are its own. */
#define TAPE(deal)                                                                      \
    "tape.text=\"deal,issuer,instrument,legal_form,sector,date,amount,pd_scale,coupon," \
    "rating\\n" deal "\\n"                                                              \
    "Z,Z,shares,company,care,2027-05-01,1000000,,,\\n\""

static const struct {
    const char *column, *set;
} columns[] = {
    { NULL, TAPE("D,I,bond,company,care,2027-05-01,1000000,3,0.05,bb") },
    { "deal", TAPE("another,I,bond,company,care,2027-05-01,1000000,3,0.05,bb") },
    { "issuer", TAPE("D,another,bond,company,care,2027-05-01,1000000,3,0.05,bb") },
    { "instrument", TAPE("D,I,convertible,company,care,2027-05-01,1000000,3,0.05,bb") },
    { "legal_form", TAPE("D,I,bond,association,care,2027-05-01,1000000,3,0.05,bb") },
    { "sector", TAPE("D,I,bond,company,food,2027-05-01,1000000,3,0.05,bb") },
    { "date", TAPE("D,I,bond,company,care,2028-05-01,1000000,3,0.05,bb") },
    { "amount", TAPE("D,I,bond,company,care,2027-05-01,900000,3,0.05,bb") },
    { "pd_scale", TAPE("D,I,bond,company,care,2027-05-01,1000000,40,0.05,bb") },
    { "coupon", TAPE("D,I,bond,company,care,2027-05-01,1000000,3,0.06,bb") },
    { "rating", TAPE("D,I,bond,company,care,2027-05-01,1000000,3,0.05,b") },
};

/* A column of every tape, or a parameter of the instrument. */
static enum mld_stage stage_of_column(const char *column)
{
    char key[128];
    for (const struct mld_param *row = mld_tape_columns; row->key; row++)
        if (!strcmp(row->key, column))
            return row->stage;
    snprintf(key, sizeof key,
             strcmp(column, "rating") ? "instruments.bond.%s" : "legal_forms.company.%s", column);
    return mld_param_stage(key);
}

static void columns_of_a_tape(void **state)
{
    (void)state;
    struct stage_bytes base, changed;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        struct outcome outcome = outcome_of_world(2, 1, &columns[i].set);
        outcome_tell(&outcome);
        assert_int_equal(outcome.status, MLD_OK);
        stage_bytes_fill(i ? &changed : &base, outcome.plan, PATHS);
        outcome_clear(&outcome);
        if (i == 0)
            continue;
        if (stage_moved(&base, &changed) != stage_of_column(columns[i].column))
            fail_msg("%s: its row says %s, the first moved is %s", columns[i].column,
                     stage_name(stage_of_column(columns[i].column)),
                     stage_name(stage_moved(&base, &changed)));
        stage_bytes_clear(&changed);
    }
    stage_bytes_clear(&base);
}

/* ---- groups that need not be there ---- */

/*
 * A fund gives lives their end. A guarantee moves nothing of the design without it: its issuers are
 * those of another.
 */
static void groups_by_being_there(void **state)
{
    (void)state;
    static const char *const group[] = { "fund", "guarantee" };
    static const enum mld_stage first[] = { MLD_STAGE_ISSUERS, MLD_STAGE_NONE };
    struct stage_bytes base;
    const char *path = PROJECT_SOURCE "/scenarios/stages.cfg";
    struct outcome with = outcome_of_text(
        "base = \"fpci-guaranteed.cfg\";\n" FUND("") GUARANTEE("1.4"), path, 0, NULL);
    assert_int_equal(with.status, MLD_OK);
    stage_bytes_fill(&base, with.plan, PATHS);
    for (int i = 0; i < 2; i++) {
        char text[4096];
        snprintf(text, sizeof text, "base = \"fpci-guaranteed.cfg\"; drop = [ \"%s\" ];\n%s",
                 group[i], i ? FUND("") : GUARANTEE("1.4"));
        struct outcome without = outcome_of_text(text, path, 0, NULL);
        outcome_tell(&without);
        assert_int_equal(without.status, MLD_OK);
        note("a fund guaranteed", group[i], group[i], &base, without.plan);
        assert_int_equal(record_of(group[i])->moved, first[i]);
        outcome_clear(&without);
    }
    stage_bytes_clear(&base);
    outcome_clear(&with);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_by_being_there), cmocka_unit_test(columns_of_a_tape),
        cmocka_unit_test(each_row_moves_its_stage_and_none_before)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
