/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mistakes of a scenario: each line of the tables is one mistake and the exact message it must
 * give. The texts are laid on tests/data/scenario/base.cfg; the messages name files without their
 * folder.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/files.h"
#include "support/outcome.h"

#define DATA TEST_DATA "/scenario/"
enum { MOST_SETS = 4 };

/* `text` as the file variant.cfg beside base.cfg; its line 1 names the base. */
static struct outcome parse(const char *text)
{
    char whole[4096];
    snprintf(whole, sizeof whole, "base = \"base.cfg\";\n%s", text);
    return outcome_of_text(whole, DATA "variant.cfg", 0, NULL);
}

/* A message without the folders of the test data. */
static const char *plain(const char *message, char *out, size_t size)
{
    size_t used = 0, folder = strlen(DATA);
    while (*message && used + 1 < size) {
        if (!strncmp(message, DATA, folder))
            message += folder;
        else
            out[used++] = *message++;
    }
    out[used] = '\0';
    return out;
}

/* A message whose {instruments} and {tiers} are the names of each list. */
static const char *expected(const char *message, char out[2048])
{
    static const char instruments[] =
#define INSTRUMENT(name, ...) ", " #name
#include "milliard/instruments.def"
#undef INSTRUMENT
        ;
    static const char tiers[] =
#define TIER(name) "|" #name
#include "milliard/tiers.def"
#undef TIER
        ;
    const char *mark = strchr(message, '{'), *names = NULL;
    if (mark && !strncmp(mark, "{instruments}", 13))
        names = instruments + 2;
    else if (mark && !strncmp(mark, "{tiers}", 7))
        names = tiers + 1;
    if (!names)
        return message;
    snprintf(out, 2048, "%.*s%s%s", (int)(mark - message), message, names, strchr(mark, '}') + 1);
    return out;
}

/* 1 after telling the difference, so that one run shows every wrong line of a table. */
static int differs(const struct outcome *outcome, const char *what, const char *wanted)
{
    char text[2048], whole[2048];
    const char *message = expected(wanted, whole);
    if (outcome->messages.count == 1 &&
        !strcmp(plain(outcome->messages.text[0], text, sizeof text), message))
        return 0;
    fprintf(stderr, "%s\n  expected: %s\n", what, message);
    for (size_t i = 0; i < outcome->messages.count; i++)
        fprintf(stderr, "  got:      %s\n", plain(outcome->messages.text[i], text, sizeof text));
    return 1;
}

/* ---- one mistake, one message ---- */

/* What returns the capital, then these tiers. */
#define TIERS(rest)                                                               \
    "fund.tiers=( { type = \"return_of_capital\"; to = \"A_and_B\"; }, { type = " \
    "\"return_of_capital\"; to = \"C\"; }, " rest " )"

static const struct {
    const char *set, *message;
} overrides[] = {
    /* ranges, with the guess of a percentage */
    { "fund.management_fee=2",
      "--set: fund.management_fee = 2 is outside [0, 0.1] per year; did you mean 0.02?" },
    { "fund.management_fee=0.2", "--set: fund.management_fee = 0.2 is outside [0, 0.1] per year" },
    { "fund.carry=20", "--set: fund.carry = 20 is outside [0, 0.99]; did you mean 0.2?" },
    { "legal_forms.company.pd[1]=3",
      "--set: legal_forms.company.pd[1] = 3 is outside [0, 1] per year; did you mean 0.03?" },
    { "thesis.volume=-5", "--set: thesis.volume = -5 is outside [1, 10000000000000] EUR" },
    { "fund.reserve_years=11", "--set: fund.reserve_years = 11 is outside [0, 10] years" },
    { "instruments.shares.multiple_cap=0.5",
      "--set: instruments.shares.multiple_cap = 0.5 is below 1" },
    /* unknown keys and names, with the nearest known one */
    { "fund.hurdel=0.06", "--set: fund.hurdel is unknown; did you mean hurdle?" },
    { "instruments.bond.coupn=0.1",
      "--set: instruments.bond.coupn is unknown; did you mean coupon?" },
    { "instruments.bonds.coupon=0.1",
      "--set: instruments.bonds: no such instrument; did you mean bond?" },
    { "fund.xyzzy=1", "--set: fund.xyzzy is unknown" },
    { "legal_forms.company.weights.cycl=1",
      "--set: legal_forms.company.weights.cycl: no such factor; did you mean cycle?" },
    { "thesis.mix.bond.legal_forms.associaton=0.1",
      "--set: thesis.mix.bond.legal_forms.associaton: no such legal form; did you mean "
      "association?" },
    { "thesis.sectors.foood=1", "--set: thesis.sectors.foood: no such sector; did you mean food?" },
    { "instruments.participating_loan.resolutions.plam.lag_years=1",
      "--set: instruments.participating_loan.resolutions.plam.lag_years: there is no such item; "
      "did you mean plan?" },
    /* French words, by the French sentences of the tables */
    { "fund.frais_gestion=0.02", "--set: fund.frais_gestion is unknown; did you mean "
                                 "management_fee or management_fee_after?" },
    { "fund.frais_de_constitution=0.02",
      "--set: fund.frais_de_constitution is unknown; did you mean setup?" },
    { "fund.prorogation=2", "--set: fund.prorogation is unknown; did you mean extension_years?" },
    { "fund.taux_prioritaire=0.02",
      "--set: fund.taux_prioritaire is unknown; did you mean hurdle?" },
    { "thesis.montant=8e7", "--set: thesis.montant is unknown; did you mean volume?" },
    { "thesis.mix.actions.weight=0.1", "--set: thesis.mix.actions: no such instrument; did you "
                                       "mean shares? There are: {instruments}" },
    { "thesis.mix.obligations.weight=0.1",
      "--set: thesis.mix.obligations: no such instrument; did you mean convertible or bond? There "
      "are: {instruments}" },
    { "thesis.mix.prets_participatifs.weight=0.1",
      "--set: thesis.mix.prets_participatifs: no such instrument; did you mean participating_loan? "
      "There are: {instruments}" },
    { "thesis.mix.patates.weight=0.1",
      "--set: thesis.mix.patates: no such instrument; there are: {instruments}" },
    /* types */
    { "fund.hurdle=six", "--set: fund.hurdle = \"six\": a number is expected" },
    { "fund.hurdle=true", "--set: fund.hurdle = true: a number is expected" },
    { "horizon_years=12.5", "--set: horizon_years = 12.5: a whole number is expected" },
    { "run.paths=1000.5", "--set: run.paths = 1000.5: a whole number is expected" },
    { "run=3", "--set: run = 3: a group, { … }, is expected" },
    { "factors.stress=3",
      "--set: factors.stress = 3: a list of groups, ( { … }, { … } ), is expected" },
    { "thesis.deployment=1", "--set: thesis.deployment = 1: numbers in [ ] are expected" },
    { "factors.sectors=food", "--set: factors.sectors = \"food\": texts in [ ] are expected" },
    { "instruments.association_securities.issuer_option=1",
      "--set: instruments.association_securities.issuer_option = 1: true or false is expected" },
    { "factors.dependence=gausian",
      "--set: factors.dependence = \"gausian\": one of \"gaussian|student\" is expected" },
    { "first_closing=2027-02-30",
      "--set: first_closing = \"2027-02-30\": a date such as \"2027-01-31\" is expected" },
    { "name=a b", "--set: name = \"a b\": a name starts with a letter and holds letters without "
                  "accents, digits, _ and -" },
    /* whole numbers that a double or an int holds as others */
    { "run.seed=9007199254740993",
      "--set: run.seed = 9007199254740993 is outside [0, 9007199254740992]" },
    { "run.seed=9.007199254740993e15",
      "--set: run.seed = 9.007199254740993e15 is outside [0, 9007199254740992]" },
    { "run.seed=4503599627370497.5",
      "--set: run.seed = 4503599627370497.5: a whole number is expected" },
    { "run.seed=0x20000000000001",
      "--set: run.seed = 0x20000000000001 is outside [0, 9007199254740992]" },
    { "run.paths=0x1000003E8", "--set: run.paths = 4294968296 is outside [1, 4294967294]" },
    { "run.paths=4294968296L", "--set: run.paths = 4294968296 is outside [1, 4294967294]" },
    { "run.paths=1000.00000000000000001",
      "--set: run.paths = 1000.00000000000000001: a whole number is expected" },
    { "horizon_years=12.00000000000000001",
      "--set: horizon_years = 12.00000000000000001: a whole number is expected" },
    /* numbers as people type them */
    { "fund.hurdle=0,05",
      "--set: fund.hurdle = \"0,05\": a number is expected; did you mean 0.05?" },
    { "fund.hurdle=5 %", "--set: fund.hurdle = \"5 %\": a number is expected; did you mean 0.05?" },
    { "fund.hurdle=\"5,5%\"",
      "--set: fund.hurdle = \"5,5%\": a number is expected; did you mean 0.055?" },
    { "thesis.volume=80 000 000",
      "--set: thesis.volume = \"80 000 000\": a number is expected; did you mean 80000000?" },
    { "thesis.volume=80M",
      "--set: thesis.volume = \"80M\": a number is expected; did you mean 80000000?" },
    { "thesis.volume=80 patates", "--set: thesis.volume = \"80 patates\": a number is expected" },
    { "run.seed=1e400", "--set: run.seed is not a finite number" },
    { "fund.hurdle=none", "--set: fund.hurdle = \"none\": a number is expected" },
    /* --set itself */
    { "fund.hurdle", "--set: \"fund.hurdle\": key=value is expected" },
    { "fund..hurdle=1", "--set: fund..hurdle: is no dotted key" },
    { "fund.hurdle.x=1", "--set: fund.hurdle.x: goes on below a single value" },
    { "thesis.deployment[7]=0.1", "--set: thesis.deployment[7]: there is no such item" },
    { "factors.stress.*.year=1", "--set: factors.stress.*.year: matches no key" },
    { "base=other.cfg", "--set: base is unknown" },
    /* the grid */
    { "periods_per_year=3", "--set: periods_per_year = 3: 1, 2, 4 or 12 is expected" },
    { "horizon_years=8",
      "base.cfg:80: fund.term_years + extension_years = 12 years goes beyond horizon_years = 8" },
    { "fund.term_years=9.9",
      "--set: fund.term_years = 9.9 is no whole number of periods of 1/4 year" },
    { "fund.investment_years=11",
      "--set: fund.investment_years = 11 is longer than term_years = 10" },
    /* factors and forms */
    { "factors.correlations[1].second=tma",
      "--set: factors.correlations[1].second = \"tma\": no such factor; did you mean tmo?" },
    { "factors.correlations[1].second=cycle",
      "base.cfg:15: factors.correlations[1]: a factor's correlation with itself is 1" },
    { "factors.correlations[1].second=public_funding",
      "base.cfg:15: factors.correlations[1]: cycle and public_funding are given twice" },
    { "factors.correlations[0].value=0.9999",
      "base.cfg:14: factors.correlations: the matrix is not positive definite; its smallest "
      "eigenvalue is -0.0197058" },
    { "factors.stress=({year=12;factor=\"cycle\";shift=-1.0;})",
      "--set: factors.stress[0].year = 12 is not before horizon_years = 12" },
    { "factors.stress=({year=1;factor=\"cicle\";shift=-1.0;})",
      "--set: factors.stress[0].factor = \"cicle\": no such factor; did you mean cycle?" },
    { "factors.sectors=[\"food\",\"food\"]",
      "--set: factors.sectors[1] = \"food\" is given twice" },
    { "legal_forms.company.pd=[]", "--set: legal_forms.company.pd: at least one year is needed" },
    /* weights */
    { "thesis.deployment=[0.5,0.4]", "--set: thesis.deployment adds up to 0.9 instead of 1" },
    { "thesis.deployment=[0.5,0.1,0.1,0.1,0.1,0.1]",
      "--set: thesis.deployment has 6 years; the investment period has 5" },
    { "thesis.mix.bond.weight=0.2",
      "base.cfg:68: thesis.mix adds up to 1.1 instead of 1: shares 0.3 (base.cfg:69), "
      "convertible 0.15 (base.cfg:70), bond 0.2 (--set), participating_securities 0.15 "
      "(base.cfg:72), association_securities 0.12 (base.cfg:73), "
      "participating_loan 0.1 (base.cfg:74), cooperative_shares 0.08 (base.cfg:75)" },
    { "thesis.mix.bond.legal_forms.company=0.3",
      "base.cfg:71: thesis.mix.bond.legal_forms adds up to 0.9 instead of 1: "
      "association 0.3 (base.cfg:71), cooperative 0.3 (base.cfg:71), company 0.3 (--set)" },
    { "thesis.mix.bond.sectors.food=0.5",
      "--set: thesis.mix.bond.sectors adds up to 0.5 instead of 1: food 0.5 (--set)" },
    { "thesis.sectors={food=0.5;care=0.6;}",
      "--set: thesis.sectors adds up to 1.1 instead of 1: care 0.6 (--set), food 0.5 (--set)" },
    { "thesis.ticket.min=6e6", "--set: thesis.ticket.min = 6000000 is above max = 5000000 EUR" },
    { "thesis.ticket={mean=1e9;sd=1.0;min=100000;max=200000;}",
      "--set: thesis.ticket: only 0 % of tickets of mean 1000000000 and sd 1 lie in [min, max]" },
    { "thesis.ticket.min=1", "--set: thesis.ticket.min = 1 EUR lets a path hold 82000007 deals; at "
                             "most 1000000 are simulated" },
    /* law */
    { "instruments.association_securities.cap_margin=0.06",
      "--set: instruments.association_securities.cap_margin = 0.06: the coupon may exceed the bond "
      "yield by at most 0.055 "
      "(Code monétaire et financier, art. L213-13)" },
    { "instruments.association_securities.issuer_option=true",
      "base.cfg:52: instruments.association_securities.cap_margin = 0.055: securities repayable at "
      "the issuer's option only may exceed "
      "the bond yield by at most 0.03 (Code monétaire et financier, art. L213-13)" },
    { "fund.classes.C.commitment=900000",
      "--set: fund.classes.C.commitment = 900000 EUR is below 1 % of the commitments of 99900000 "
      "EUR (CGI, art. 150-0 A, II, 8)" },
    { "instruments.participating_securities.variable_base=0.41",
      "--set: instruments.participating_securities.variable_base = 0.41: the variable part may "
      "bear on at most 0.40 of the nominal "
      "(Code de commerce, art. R228-49)" },
    { "instruments.participating_securities.call_from_years=6",
      "--set: instruments.participating_securities.call_from_years = 6: the issuer may not repay "
      "before 7 years (Code de commerce, art. L228-36)" },
    { "instruments.shares.holding_min=11",
      "--set: instruments.shares.holding_min = 11 is above holding_max = 10" },
    /* resolutions */
    { "instruments.bond.resolutions.liquidation.recovery_sd=0.48",
      "base.cfg:46: instruments.bond: resolution \"liquidation\": recovery_sd = 0.48 is too large "
      "for recovery_mean = 0.3: sd^2 must be below mean x (1 - mean)" },
    { "instruments.bond.resolutions.liquidation.probability=0.9",
      "base.cfg:46: instruments.bond: the probabilities of resolutions sum to 0.9; they must sum "
      "to 1" },
    /* the fund */
    { "thesis.volume=90000000", "--set: thesis.volume of 90000000 EUR, costs of 11750000 EUR and "
                                "guarantee fees of up to 0 EUR in the investment period exceed "
                                "the commitments of 100000000 EUR by 1750000 EUR" },
    { "fund.catch_up=0.1",
      "--set: fund.catch_up = 0.1 must be above carry = 0.2, else C never catches up" },
    /* a term of a type that has it not; one misspelt; one of no type; ranges */
    { TIERS("{ type = \"preferred_return\"; to = \"A\"; carry = 0.1; }, { type = \"split\"; }"),
      "--set: fund.tiers[2].carry: preferred_return has no such term" },
    { TIERS("{ type = \"split\"; cary = 0.1; }"),
      "--set: fund.tiers[2].cary is unknown; did you mean carry?" },
    { TIERS("{ type = \"splitt\"; carry = 0.1; }"),
      "--set: fund.tiers[2].type = \"splitt\": one of "
      "\"{tiers}\" is expected" },
    { TIERS("{ type = \"split\"; carry = 20; }"),
      "--set: fund.tiers[2].carry = 20 is outside [0, 0.99]; did you mean 0.2?" },
    { TIERS("{ type = \"catch_up\"; share = 0.1; }, { type = \"split\"; }"),
      "--set: fund.tiers[2].share = 0.1 must be above carry = 0.2, else C never catches up" },
    { TIERS("{ type = \"catch_up\"; share = 0.5; carry = 0.6; }, { type = \"split\"; }"),
      "--set: fund.tiers[2].share = 0.5 must be above carry = 0.6, else C never catches up" },
    /* what is said twice, or cannot be */
    { TIERS("{ type = \"preferred_return\"; to = \"A_and_B\"; rate = 0.05; multiple = 1.2; }, "
            "{ type = \"split\"; }"),
      "--set: fund.tiers[2].multiple and rate are both given; leave one of them out" },
    { TIERS("{ type = \"preferred_return\"; to = \"A\"; rate = 0.05; }, "
            "{ type = \"preferred_return\"; to = \"A\"; rate = 0.05; }, { type = \"split\"; }"),
      "--set: fund.tiers[3] repeats an earlier tier" },
    { TIERS("{ type = \"preferred_return\"; to = \"A\"; rate = 0.01; }, "
            "{ type = \"preferred_return\"; to = \"A\"; rate = 0.02; }, "
            "{ type = \"preferred_return\"; to = \"A\"; rate = 0.03; }, "
            "{ type = \"preferred_return\"; to = \"A\"; rate = 0.04; }, "
            "{ type = \"preferred_return\"; to = \"A\"; rate = 0.05; }, { type = \"split\"; }"),
      "--set: fund.tiers: class A has 5 different hurdles; at most 4" },
    { TIERS("{ type = \"split\"; carry = 0.1; until = \"high\"; }, { type = \"split\"; }"),
      "--set: fund.tiers[2].until = \"high\": no preferred_return to A has that name" },
    { TIERS("{ type = \"preferred_return\"; to = \"A\"; name = \"high\"; }, "
            "{ type = \"split\"; until = \"high\"; }, { type = \"split\"; }"),
      "--set: fund.tiers[3].until = \"high\": fund.tiers[2], of that name, comes first, and leaves "
      "this one nothing to split" },
    { TIERS("{ type = \"split\"; carry = 0.1; }, { type = \"split\"; }"),
      "--set: fund.tiers[2]: a split without `until` takes all that is left; only the last tier "
      "does" },
    /* rows of fees */
    { "fund.fees=( { name = \"one\"; rate = 0.02; } )", "--set: fund.fees.one.kind is missing" },
    { "fund.fees=( { name = \"one\"; kind = \"manager\"; } )",
      "--set: fund.fees.one.kind = \"manager\": one of \"management|other\" is expected" },
    { "fund.fees=( { name = \"one\"; kind = \"other\"; minimum = 5000.0; } )",
      "--set: fund.fees.one.minimum = 5000 EUR is of a rate, and rate is 0; did you mean amount?" },
    { "fund.fees=( { name = \"one\"; kind = \"other\"; amount = 5000.0; from_year = 3; to_year = "
      "3; "
      "} )",
      "--set: fund.fees.one.to_year = 3 must be after from_year = 3" },
    { "fund.fees=( { name = \"one\"; kind = \"other\"; amount = 5000.0; from_year = 12; } )",
      "--set: fund.fees.one.from_year = 12: the fund ends after 12 years" },
    { "fund.fees=( { name = \"one\"; kind = \"management\"; rate = 0.03; minimum = 4e6; }, "
      "{ name = \"two\"; kind = \"other\"; amount = 1e6; from_year = 2; } )",
      "base.cfg:64: thesis.volume of 82000000 EUR, costs of 23500000 EUR and guarantee fees of up "
      "to 0 EUR in the investment period exceed the commitments of 100000000 EUR by 5500000 EUR" },
    { "fund.impact_carry.score_sd=0.46",
      "--set: fund.impact_carry.score_sd = 0.46 is too large for score_mean = 0.7: sd^2 must be "
      "below mean x (1 - mean)" },
    { "fund.impact_carry.to=beneficiary", "base.cfg:85: fund.impact_carry.beneficiary is missing" },
    { "fund.concessional.capped_return=true", "--set: fund.concessional.cap is missing" },
    { "fund.tiers[2].to=B", "base.cfg:86: fund.tiers: return_of_capital to C is missing" },
};

static void one_override_one_message(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof overrides / sizeof overrides[0]; i++) {
        struct outcome outcome = outcome_of_file(DATA "base.cfg", 1, &overrides[i].set);
        wrong += differs(&outcome, overrides[i].set, overrides[i].message) ||
                 outcome.status != MLD_ERR_INPUT;
        outcome_clear(&outcome);
    }
    assert_int_equal(wrong, 0);
}

#define NUMBER "a number has digits, a decimal point and nothing else"
#define LAYER "quotite = 0.5; fee_rate = 0.005; "

static const struct {
    const char *text, *message;
} variants[] = {
    { "fund = { hurdle = 6; };",
      "variant.cfg:2: fund.hurdle = 6 is outside [0, 0.5] per year; did you mean 0.06?" },
    { "run = { seed = 99999999999999999999; };",
      "variant.cfg:2: run.seed = 1e+20 is outside [0, 9007199254740992]" },
    { "horizon_years = 4000000000;",
      "variant.cfg:2: horizon_years = 4000000000 is outside [1, 40] years" },
    { "thesis = { deployment = [ 1, \"a\" ]; };",
      "variant.cfg:2: the values of one [ ] are all numbers or all texts" },
    { "horizons = 3;", "variant.cfg:2: horizons is unknown" },
    /* numbers, dates and texts as people type them */
    { "fund = { hurdle = 0,05; };",
      "variant.cfg:2: hurdle = 0,05: " NUMBER "; did you mean 0.05?" },
    { "fund = { hurdle = 5 %; };", "variant.cfg:2: hurdle = 5 %: " NUMBER "; did you mean 0.05?" },
    { "fund = { hurdle = 5,25\u00a0%; };",
      "variant.cfg:2: hurdle = 5,25\u00a0%: " NUMBER "; did you mean 0.0525?" },
    { "thesis = { volume = 80 000 000; };",
      "variant.cfg:2: volume = 80 000 000: " NUMBER "; did you mean 80000000?" },
    { "thesis = { volume = 80\u202f000\u202f000,50 €; };",
      "variant.cfg:2: volume = 80\u202f000\u202f000,50 €: " NUMBER "; did you mean 80000000.5?" },
    { "thesis = { volume = 80'000'000; };",
      "variant.cfg:2: volume = 80'000'000: " NUMBER "; did you mean 80000000?" },
    { "thesis = { volume = 80_000_000; };",
      "variant.cfg:2: volume = 80_000_000: " NUMBER "; did you mean 80000000?" },
    { "thesis = { volume = 80.000.000,50; };",
      "variant.cfg:2: volume = 80.000.000,50: " NUMBER "; did you mean 80000000.5?" },
    { "thesis = { volume = 80,000,000.50; };",
      "variant.cfg:2: volume = 80,000,000.50: " NUMBER "; did you mean 80000000.5?" },
    { "thesis = { volume = 80M; };",
      "variant.cfg:2: volume = 80M: " NUMBER "; did you mean 80000000?" },
    { "thesis = { volume = 1,2 Md€; };",
      "variant.cfg:2: volume = 1,2 Md€: " NUMBER "; did you mean 1200000000?" },
    { "thesis = { volume = 500k€; };",
      "variant.cfg:2: volume = 500k€: " NUMBER "; did you mean 500000?" },
    /* 1500, or 1.5? */
    { "thesis = { volume = 1,500; };", "variant.cfg:2: volume = 1,500: " NUMBER },
    { "thesis = { volume = 80 00 000; };", "variant.cfg:2: volume = 80 00 000: " NUMBER },
    { "thesis = { volume = 80.; ticket = { mean = 1.5.2; }; };",
      "variant.cfg:2: mean = 1.5.2: " NUMBER },
    { "thesis = {\n volume = 1x;\n};", "variant.cfg:3: volume = 1x: " NUMBER },
    { "run = { seed = 0xFFFFFFFFFFFFFFFFFF; };",
      "variant.cfg:2: seed = 0xFFFFFFFFFFFFFFFFFF: too large a number" },
    { "run = { seed = 99999999999999999999L; };",
      "variant.cfg:2: seed = 99999999999999999999L: too large a number" },
    { "thesis = { deployment = [ 0.5, 500 000 ]; };",
      "variant.cfg:2: deployment = 500 000: " NUMBER "; did you mean 500000?" },
    { "first_closing = 2027-01-31;", "variant.cfg:2: first_closing = 2027-01-31: a date is a text, "
                                     "in quotes, such as \"2027-01-31\"" },
    { "first_closing = 31/01/2027;", "variant.cfg:2: first_closing = 31/01/2027: a date is a text, "
                                     "in quotes, such as \"2027-01-31\"" },
    { "factors = { dependence = student; };",
      "variant.cfg:2: dependence = student: a text has quotes, \"…\"; without them stand numbers, "
      "true and false" },
    { "name = 'x';", "variant.cfg:2: a text has straight double quotes, \"…\"" },
    { "name = “x”;", "variant.cfg:2: a text has straight quotes, \"…\", not “" },
    { "title = { fr = « x »; };", "variant.cfg:2: a text has straight quotes, \"…\", not «" },
    { "title = { fr = \"x; };\n", "variant.cfg:2: this text, \"…, is not closed" },
    { "fund = {\n hurdle = 0.05;\n", "variant.cfg:2: this { is not closed" },
    { "fund = { hurdle = 0.05; };\n};", "variant.cfg:3: } closes nothing" },
    { "factors = { sectors = [ \"food\";\n};", "variant.cfg:3: } closes the [ of line 2" },
    { "/* title = 3;", "variant.cfg:2: this comment, /* …, is not closed" },
    /* bytes */
    { "\ntitle = { fr = \"\xC3\xA9t\xE9\"; };",
      "variant.cfg:3: neither UTF-8 nor Windows-1252: save it as UTF-8" },
    { "\ntitle = { fr = \"\\xe9t\\xe9\"; };", "variant.cfg:3: a text whose bytes are no UTF-8: "
                                              "write its characters as they are, not as \\x…" },
    /* weights of a base that were not meant */
    { "thesis = { mix = { bond = { weight = 0.38; }; }; };",
      "variant.cfg:2: thesis.mix adds up to 1.28 instead of 1: shares 0.3 (base.cfg:69), "
      "convertible 0.15 (base.cfg:70), bond 0.38 (variant.cfg:2), "
      "participating_securities 0.15 (base.cfg:72), association_securities 0.12 (base.cfg:73), "
      "participating_loan 0.1 (base.cfg:74), "
      "cooperative_shares 0.08 (base.cfg:75); what the base gives and is not meant here is dropped "
      "with drop = [ \"thesis.mix.shares\", "
      "\"thesis.mix.convertible\", \"thesis.mix.participating_securities\", "
      "\"thesis.mix.association_securities\", "
      "\"thesis.mix.participating_loan\", \"thesis.mix.cooperative_shares\" ]" },
    { "\n\nlegal_forms = { company = { pd = \"high\"; }; };",
      "variant.cfg:4: legal_forms.company.pd = \"high\": numbers in [ ] are expected" },
    { "drop = [ \"founds\" ];", "variant.cfg:2: drop: \"founds\" is no key of the base" },
    { "drop = [ \"thesis\" ];", "variant.cfg: thesis: a thesis or a tape is missing" },
    { "drop = [ \"fund.hurdle\" ];", "base.cfg:79: fund.hurdle is missing" },
    { "guarantee = {};", "variant.cfg:2: guarantee.layers is missing" },
    { "guarantee = { layers = (); };",
      "variant.cfg:2: guarantee.layers: at least one layer on deals is needed" },
    { "guarantee = { layers = ( { name = \"a\"; } ); };",
      "variant.cfg:2: guarantee.layers.a.quotite is missing" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER "share = 0.5; } ); };",
      "variant.cfg:2: guarantee.layers.a.share: a layer on deals has no such term" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER
      "}, { name = \"c\"; covers_layer = \"a\"; share = 0.8; quotite = 0.3; } ); };",
      "variant.cfg:2: guarantee.layers.c.quotite: a counter-guarantee has no such term" },
    { "guarantee = { layers = ( { " LAYER " } ); };",
      "variant.cfg:2: guarantee.layers[0].name is missing" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER "}, { name = \"b\"; " LAYER "} ); };",
      "variant.cfg:2: guarantee.layers.b and a can cover one and the same deal" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER "}, { name = \"a\"; " LAYER
      "instruments = [ \"bond\" ]; } ); };",
      "variant.cfg:2: guarantee.layers.a is given twice" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER
      "ticket_max = 2e6; }, { name = \"b\"; " LAYER "ticket_min = 2e6; } ); };",
      "variant.cfg:2: guarantee.layers.b and a can cover one and the same deal" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER "instruments = [ \"bonds\" ]; } ); };",
      "variant.cfg:2: guarantee.layers.a.instruments[0] = \"bonds\": no such instrument; did you "
      "mean bond?" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER "legal_forms = [ \"mutual\" ]; } ); };",
      "variant.cfg:2: guarantee.layers.a.legal_forms[0] = \"mutual\": no such legal form" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER
      "}, { name = \"c\"; covers_layer = \"b\"; share = 0.8; } ); };",
      "variant.cfg:2: guarantee.layers.c.covers_layer = \"b\": no such layer" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER
      "}, { name = \"c\"; covers_layer = \"a\"; } ); };",
      "variant.cfg:2: guarantee.layers.c.share is missing" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER
      "}, { name = \"c\"; covers_layer = \"a\"; share = 0.8; }, "
      "{ name = \"d\"; covers_layer = \"c\"; share = 0.8; } ); };",
      "variant.cfg:2: guarantee.layers.d.covers_layer = \"c\": a counter-guarantee covers a layer "
      "on deals" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER
      "} ); dotation = ( { year = 12; amount = 1e6; } ); };",
      "variant.cfg:2: guarantee.dotation[0].year = 12 is after the last year, 11" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER "} ); dotation = (\n"
      "{ year = 0; amount = 20e6; ae = 10e6; },\n{ year = 1; amount = 20e6; ae = 30e6; } ); };",
      "variant.cfg:3: guarantee.dotation[0].ae: in year 0 AE add up to 10000000 EUR and CP to "
      "20000000 EUR; what is paid must have been committed (LOLF, article 8): give the year more "
      "ae" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER "} ); dotation = (\n"
      "{ year = 0; amount = 20e6; ae = 40e6; },\n{ year = 1; amount = 20e6; } ); };",
      "variant.cfg:4: guarantee.dotation[1].amount: by year 1 AE add up to 60000000 EUR and CP to "
      "40000000 EUR; in the end the two must be equal" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER
      "} ); dotation = ( { year = 0; amount = 1e6; ae = -1.0; } ); };",
      "variant.cfg:2: guarantee.dotation[0].ae = -1 is outside [0, 10000000000000] EUR" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER
      "} );\ngage = ( { programme = 134; amount = 1e6; } ); };",
      "variant.cfg:3: guarantee.gage[0].programme = 134: a gage offsets a dotation, and there is "
      "none; without one the State pays what is due, in crédits évaluatifs" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER
      "gage = ( { programme = 134; amount = 1e6; } ); } ); };",
      "variant.cfg:2: guarantee.layers.a.gage is unknown" },
    { "guarantee = { layers = ( { name = \"a\"; " LAYER
      "}, { name = \"c\"; covers_layer = \"a\"; share = 0.8; }, "
      "{ name = \"d\"; covers_layer = \"a\"; share = 0.3; } ); };",
      "variant.cfg:2: guarantee.layers.a: its counter-guarantees pay back 1.1 of what it pays; at "
      "most 1" },
    { "thesis = { resample = \"run\"; };\ntape = { file = \"none.csv\"; text = \"\"; };",
      "variant.cfg:3: tape: give a thesis or a tape, not both" },
    { "tape = { file = \"none.csv\"; };", "none.csv: cannot be read: No such file or directory" },
    { "sensitivity = ( { name = \"x\"; keys = [ \"fund.hurdel\" ]; } );",
      "variant.cfg:2: sensitivity.x.keys[0] = \"fund.hurdel\": no such key" },
    { "sensitivity = ( { name = \"x\"; keys = [ \"fund.hurdle\", \"fund.carry\", \"fund.setup\" ]; "
      "choice_low = \"1; 2\"; } );",
      "variant.cfg:2: sensitivity.x.choice_low has 2 values for 3 keys" },
    { "sensitivity = ( { name = \"x\"; keys = []; } );",
      "variant.cfg:2: sensitivity.x.keys: at least one key is needed" },
    { "fund = { tiers = ( { type = \"return_of_capital\"; to = \"A_and_B\"; }, { type = "
      "\"return_of_capital\"; to = \"C\"; } ); };",
      "variant.cfg:2: fund.tiers: the last tier is split, which takes all that is left" },
    { "fund = { tiers = ( { type = \"return_of_capital\"; }, { type = \"return_of_capital\"; to = "
      "\"C\"; }, "
      "{ type = \"return_of_capital\"; to = \"A_and_B\"; }, { type = \"split\"; } ); };",
      "variant.cfg:2: fund.tiers[0].to is missing" },
};

static void one_variant_one_message(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++) {
        struct outcome outcome = parse(variants[i].text);
        wrong += differs(&outcome, variants[i].text, variants[i].message);
        outcome_clear(&outcome);
    }
    assert_int_equal(wrong, 0);
}

static const struct {
    const char *file;
    enum mld_status status;
    const char *message;
} files[] = {
    { "bad/study.cfg", MLD_ERR_INPUT,
      "bad/study.cfg:4: axes: a study, and no scenario: see milliard study" },
    { "bad/empty.cfg", MLD_ERR_INPUT, "bad/empty.cfg: the scenario is empty" },
    { "bad/comment.cfg", MLD_ERR_INPUT, "bad/comment.cfg: the scenario is empty" },
    { "bad/nul.cfg", MLD_ERR_INPUT, "bad/nul.cfg:2: a NUL byte: this is no text file" },
    { "bad/include.cfg", MLD_ERR_INPUT,
      "bad/include.cfg:2: @include is not read here; name the scenario it builds upon with base = "
      "\"file.cfg\"" },
    { "bad/twice.cfg", MLD_ERR_INPUT,
      "bad/twice.cfg:2: this key is given twice in the same group" },
    { "bad/open.cfg", MLD_ERR_INPUT, "bad/open.cfg:2: this { is not closed" },
    { "bad/lost.cfg", MLD_ERR_FILE, "bad/nowhere.cfg: cannot be read: No such file or directory" },
    { "bad/circle-a.cfg", MLD_ERR_INPUT,
      "bad/circle-b.cfg: base goes round in a circle: bad/circle-a.cfg -> bad/circle-b.cfg -> "
      "bad/circle-a.cfg" },
    { "bad", MLD_ERR_FILE, "bad: cannot be read: it is a folder" },
    { "none.cfg", MLD_ERR_FILE, "none.cfg: cannot be read: No such file or directory" },
};

static void one_file_one_message(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[4096];
        snprintf(path, sizeof path, DATA "%s", files[i].file);
        struct outcome outcome = outcome_of_file(path, 0, NULL);
        wrong += differs(&outcome, files[i].file, files[i].message) ||
                 outcome.status != files[i].status;
        outcome_clear(&outcome);
    }
    assert_int_equal(wrong, 0);
}

/* Every mistake is told, whatever part of the scenario it is in. */
static void every_mistake_is_told(void **state)
{
    (void)state;
    const char *const set[MOST_SETS] = { "fund.hurdle=6", "thesis.deployment=[0.5]", "fund.cary=1",
                                         "factors.correlations[0].value=0.9999" };
    struct outcome outcome = outcome_of_file(DATA "base.cfg", MOST_SETS, set);
    /* the thesis hangs on the fund, which was misread */
    assert_int_equal(outcome.messages.count, 3);
    outcome_clear(&outcome);
    outcome = parse("legal_forms = { company = { pd = 3; }; };\nfund = { catch_up = 0.1; setup = "
                    "1; };\ninstruments = { bond = { couppon = 1; }; };");
    assert_int_equal(outcome.messages.count, 3);
    outcome_clear(&outcome);
}

/* ---- what must pass ---- */

static const char *const accepted[] = { "thesis.deployment=[0.333333333,0.333333333,0.333333334]",
                                        "thesis.deployment=[1]",
                                        "thesis.deployment=[0,1,0]",
                                        "fund.hurdle=0",
                                        "run.paths=1000",
                                        "run.seed=9007199254740992",
                                        "fund.term_years=10",
                                        "instruments.shares.multiple_cap=none",
                                        "first_closing=2028-02-29",
                                        "fund.tiers=()",
                                        "factors.dependence=student",
                                        "legal_forms.*.asset_correlation=0.05",
                                        "instruments.*.pd_scale=2",
                                        "thesis.sectors={food=0.5;care=0.5;}" };

static void what_is_right_passes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++) {
        struct outcome outcome = outcome_of_file(DATA "base.cfg", 1, &accepted[i]);
        if (outcome.status != MLD_OK)
            fprintf(stderr, "%s: %s\n", accepted[i],
                    outcome.messages.count ? outcome.messages.text[0] : "");
        assert_int_equal(outcome.status, MLD_OK);
        outcome_clear(&outcome);
    }
}

/* libconfig 1.5 alone reads 5000000000 as 705032704 and 10 as 0.0. */
static void integers_are_numbers(void **state)
{
    (void)state;
    struct outcome outcome = parse("thesis = { volume = 80000000; ticket = { max = 5000000000; }; "
                                   "};\nfund = { term_years = 10; };");
    assert_int_equal(outcome.status, MLD_OK);
    assert_true(outcome.plan->model.thesis.ticket_max == 5e9);
    assert_true(outcome.plan->model.thesis.volume == 8e7);
    assert_true(outcome.plan->fund.term_years == 10);
    outcome_clear(&outcome);
}

/* What is nearer wins: a tape given on the command line takes the place of the thesis. */
static void tape_replaces_thesis(void **state)
{
    (void)state;
    const char *const sets[] = { "tape.file=" PROJECT_SOURCE "/scenarios/tapes/example-40.csv",
                                 "tape={file=\"" PROJECT_SOURCE
                                 "/scenarios/tapes/example-40.csv\";}" };
    for (int i = 0; i < 2; i++) {
        struct outcome outcome = outcome_of_file(DATA "base.cfg", 1, &sets[i]);
        assert_int_equal(outcome.status, MLD_OK);
        assert_false(outcome.plan->model.has_thesis);
        assert_int_equal(outcome.plan->model.tape.n_deals, 40);
        outcome_clear(&outcome);
    }
}

static uint64_t fingerprint_with_tape(const char *tape)
{
    char set[512];
    snprintf(set, sizeof set,
             "tape.text=\"deal,issuer,instrument,legal_form,sector,date,amount\\n%s\\n\"", tape);
    struct outcome outcome = outcome_of_file(
        DATA "base.cfg", 2, (const char *const[]){ "tape.file=\"deals.csv\"", set });
    outcome_tell(&outcome);
    assert_int_equal(outcome.status, MLD_OK);
    uint64_t fingerprint = mld_scenario_fingerprint(outcome.scenario, outcome.plan);
    outcome_clear(&outcome);
    return fingerprint;
}

/*
 * Scenarios are told apart by their deals too, under one name of file; the text that a run keeps is
 * the scenario itself.
 */
static void fingerprint_is_of_the_deals(void **state)
{
    (void)state;
    uint64_t one = fingerprint_with_tape("D1,Alpha,bond,company,food,2027-03-01,1000000");
    assert_true(one == fingerprint_with_tape("D1,Alpha,bond,company,food,2027-03-01,1000000"));
    assert_true(one != fingerprint_with_tape("D1,Alpha,bond,company,food,2027-03-01,1000001"));
    const char *const set[] = { "tape.file=" PROJECT_SOURCE "/scenarios/tapes/example-40.csv" };
    struct outcome outcome = outcome_of_file(DATA "base.cfg", 1, set);
    struct outcome again = outcome_of_its_text(outcome.scenario, "kept");
    assert_int_equal(again.status, MLD_OK);
    assert_true(mld_scenario_fingerprint(outcome.scenario, outcome.plan) ==
                mld_scenario_fingerprint(again.scenario, again.plan));
    outcome_clear(&outcome);
    outcome_clear(&again);
}

/* Editors of other systems end lines with CR LF and put a byte-order mark first. */
static void other_line_ends_are_read(void **state)
{
    (void)state;
    struct outcome outcome = outcome_of_text(
        "\xEF\xBB\xBF"
        "base = \"base.cfg\";\r\nfund = {\r\n hurdle = 0.05;\r\n};\r\n",
        DATA "variant.cfg", 0, NULL);
    assert_int_equal(outcome.status, MLD_OK);
    assert_true(outcome.plan->fund.hurdle == 0.05);
    outcome_clear(&outcome);
}

static void lists_merge_by_name_and_replace_whole(void **state)
{
    (void)state;
    struct outcome outcome = parse(
        "instruments = { participating_loan = { resolutions = ( { name = \"plan\"; lag_years = 5; "
        "} ); }; };\n"
        "factors = { correlations = ( { first = \"cycle\"; second = \"tmo\"; value = 0.1; } ); };\n"
        "legal_forms = { company = { pd = [ 0.01 ]; }; };");
    assert_int_equal(outcome.status, MLD_OK);
    const struct mld_terms *loan = &outcome.plan->model.instrument_terms[5];
    assert_int_equal(loan->n_resolutions, 2);
    assert_true(loan->resolution[0].lag_years == 5 && loan->resolution[0].recovery_mean == 0.6);
    assert_int_equal(outcome.plan->model.factors.n_correlations, 1);
    assert_int_equal(outcome.plan->model.form[2].n_pd, 1);
    outcome_clear(&outcome);
}

static void dropped_keys_are_gone(void **state)
{
    (void)state;
    struct outcome outcome = parse(
        "drop = [ \"fund\", \"instruments.participating_loan.resolutions.plan\" ];\n"
        "instruments = { participating_loan = { resolutions = ( { name = \"liquidation\"; "
        "probability = 1; } ); }; };");
    assert_int_equal(outcome.status, MLD_OK);
    assert_false(outcome.plan->fund.present);
    assert_int_equal(outcome.plan->model.instrument_terms[5].n_resolutions, 1);
    assert_int_equal(outcome.plan->model.grid.last, 47);
    outcome_clear(&outcome);
}

/* ---- sensitivity ---- */

static struct outcome varied(const struct mld_sensitivity *row, int high)
{
    struct outcome base = outcome_of_file(DATA "base.cfg", 0, NULL);
    assert_int_equal(base.status, MLD_OK);
    struct outcome outcome = outcome_of_judgement(base.scenario, row, high);
    outcome_clear(&base);
    return outcome;
}

static void sensitivities_set_scale_and_add(void **state)
{
    (void)state;
    struct mld_sensitivity scale = { .name = "pd",
                                     .n_keys = 1,
                                     .key = { "legal_forms.*.pd" },
                                     .operation = MLD_SENSITIVITY_SCALE,
                                     .low = 0.5,
                                     .high = 2 };
    struct outcome outcome = varied(&scale, 1);
    assert_int_equal(outcome.status, MLD_OK);
    assert_true(outcome.plan->model.form[0].pd[0] == 2 * 0.0195 &&
                outcome.plan->model.form[2].pd[5] == 2 * 0.024);
    outcome_clear(&outcome);

    struct mld_sensitivity add = { .name = "recovery",
                                   .n_keys = 2,
                                   .operation = MLD_SENSITIVITY_ADD,
                                   .low = -0.1,
                                   .high = 0.1,
                                   .key = {
                                       "instruments.bond.resolutions.*.recovery_mean",
                                       "instruments.convertible.resolutions.*.recovery_mean" } };
    outcome = varied(&add, 0);
    assert_int_equal(outcome.status, MLD_OK);
    assert_true(outcome.plan->model.instrument_terms[1].resolution[0].recovery_mean == 0.3 - 0.1);
    outcome_clear(&outcome);

    struct mld_sensitivity choice = { .name = "law",
                                      .n_keys = 2,
                                      .key = { "factors.dependence", "fund.investment_years" },
                                      .operation = MLD_SENSITIVITY_SET,
                                      .choice_low = "gaussian; 5",
                                      .choice_high = "student; 6" };
    outcome = varied(&choice, 1);
    assert_int_equal(outcome.status, MLD_OK);
    assert_int_equal(outcome.plan->model.factors.dependence, MLD_STUDENT);
    assert_true(outcome.plan->fund.investment_years == 6);
    outcome_clear(&outcome);

    struct mld_sensitivity absent = { .name = "default",
                                      .n_keys = 1,
                                      .key = { "fund.concessional.capped_return" },
                                      .operation = MLD_SENSITIVITY_SCALE,
                                      .high = 2 };
    outcome = varied(&absent, 1);
    assert_false(differs(&outcome, absent.name,
                         "sensitivity.default, high: fund.concessional.capped_return = 0: true or "
                         "false is expected"));
    outcome_clear(&outcome);
    struct mld_sensitivity lost = { .name = "lost",
                                    .n_keys = 1,
                                    .key = { "legal_forms.*.*.*.pd" },
                                    .operation = MLD_SENSITIVITY_SCALE,
                                    .high = 2 };
    outcome = varied(&lost, 1);
    assert_false(differs(&outcome, lost.name,
                         "sensitivity.lost, high: legal_forms.*.*.*.pd: matches no key"));
    outcome_clear(&outcome);
}

/* ---- text and echo ---- */

/*
 * Two plans of one content: all that was read, and the thresholds. Pointers to tables differ and
 * are put aside.
 */
static void forget_tables(struct mld_plan *plan)
{
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        for (int r = 0; r < MLD_MAX_RESOLUTIONS; r++)
            plan->model.instrument_terms[i].resolution[r].table = NULL;
    plan->fund.score_table = NULL;
}

static void assert_same_plan(struct mld_plan *a, struct mld_plan *b)
{
    forget_tables(a);
    forget_tables(b);
    assert_memory_equal(a, b, offsetof(struct mld_plan, model.terms));
    assert_memory_equal(&a->model.thesis, &b->model.thesis, sizeof a->model.thesis);
    assert_memory_equal(&a->fund, &b->fund, sizeof a->fund);
    assert_memory_equal(&a->guarantee, &b->guarantee, sizeof a->guarantee);
    size_t thresholds = (size_t)a->model.n_terms * (size_t)a->model.n_forms *
                        (size_t)a->model.n_hazards * (size_t)a->model.threshold_stride;
    assert_memory_equal(a->model.threshold, b->model.threshold,
                        thresholds * sizeof *a->model.threshold);
}

static void assert_same_judgements(const struct mld_scenario *a, const struct mld_scenario *b)
{
    struct mld_judgements *one, *other;
    assert_int_equal(mld_scenario_sensitivities(a, &one, NULL), MLD_OK);
    assert_int_equal(mld_scenario_sensitivities(b, &other, NULL), MLD_OK);
    assert_memory_equal(one, other, sizeof *one);
    free(one);
    free(other);
}

static void text_gives_the_same_plan(void **state)
{
    (void)state;
    glob_t found;
    assert_int_equal(glob(PROJECT_SOURCE "/scenarios/*.cfg", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct outcome outcome = outcome_of_file(found.gl_pathv[i], 0, NULL);
        assert_int_equal(outcome.status, MLD_OK);
        char *text = mld_scenario_text(outcome.scenario);
        struct outcome again = outcome_of_text(text, "elsewhere/kept", 0, NULL);
        char *once_more = mld_scenario_text(again.scenario);
        assert_int_equal(again.status, MLD_OK);
        assert_same_plan(again.plan, outcome.plan);
        assert_same_judgements(again.scenario, outcome.scenario);
        assert_string_equal(once_more, text);
        free(once_more);
        free(text);
        outcome_clear(&outcome);
        outcome_clear(&again);
    }
    globfree(&found);
}

/*
 * Every value of the echo, given by --set, gives the same plan: values and defaults are what was
 * read.
 */
/* A text that a terminal would obey is written with escapes, and reads back the same. */
static void control_characters_are_written_as_escapes(void **state)
{
    (void)state;
    static const char title[] = "é\x1B[2J\t\x7F";
    char text[256];
    snprintf(text, sizeof text, "title = { en = \"%s\"; fr = \"x\"; };", title);
    struct outcome first = parse(text);
    assert_int_equal(first.status, MLD_OK);
    assert_string_equal(first.plan->title_en, title);
    char *written = mld_scenario_text(first.scenario);
    assert_non_null(strstr(written, "\"é\\x1B[2J\t\\x7F\""));
    struct outcome second = outcome_of_text(written, "results.h5", 0, NULL);
    assert_int_equal(second.status, MLD_OK);
    assert_string_equal(second.plan->title_en, title);
    free(written);
    outcome_clear(&first);
    outcome_clear(&second);
}

static void echo_reads_back(void **state)
{
    (void)state;
    enum { MOST = 1000 };
    static char text[MOST][512];
    const char *set[MOST];
    size_t n;
    struct outcome outcome = outcome_of_file(PROJECT_SOURCE "/scenarios/fpci-guaranteed-capped.cfg",
                                             0, NULL);
    assert_int_equal(outcome.status, MLD_OK);
    const struct mld_echo *echo = mld_plan_echo(outcome.plan, &n);
    assert_in_range(n, 200, MOST);
    for (size_t i = 0; i < n; i++) {
        snprintf(text[i], sizeof text[i], "%s=%s", echo[i].key, echo[i].value);
        set[i] = text[i];
        assert_non_null(mld_param_named(echo[i].key));
        assert_non_null(echo[i].doc_en);
        assert_non_null(echo[i].doc_fr);
    }
    struct outcome again = outcome_of_file(PROJECT_SOURCE "/scenarios/fpci-guaranteed-capped.cfg",
                                           (int)n, set);
    outcome_tell(&again);
    assert_int_equal(again.status, MLD_OK);
    assert_same_plan(again.plan, outcome.plan);
    assert_same_judgements(again.scenario, outcome.scenario);
    outcome_clear(&outcome);
    outcome_clear(&again);
}

static const struct {
    const char *key;
    enum mld_origin origin;
    const char *value, *where;
} echoed[] = {
    { "fund.hurdle", MLD_GIVEN, "0.06", "base.cfg:84" },
    { "fund.carry", MLD_SET, "0.1", "--set" },
    { "guarantee.de_minimis", MLD_DEFAULTED, "\"general\"", "" },
    { "guarantee.layers.a.quotite", MLD_GIVEN, "0.5", "variant.cfg:2" },
    { "guarantee.layers.a.max_loss_per_issuer", MLD_DEFAULTED, "\"none\"", "" },
    { "guarantee.layers.c.attachment", MLD_UNUSED, "0.0", "" },
    { "guarantee.layers.c.cap_rate", MLD_DEFAULTED, "1.0", "" },
    { "guarantee.dotation_yield", MLD_UNUSED, "0.0", "" },
    { "factors.dof", MLD_UNUSED, "4.0", "" },
    { "instruments.bond.coupon", MLD_UNUSED, "0.065", "base.cfg:46" },
    { "thesis.mix.bond.weight", MLD_UNUSED, "0", "--set" },
    { "legal_forms.association.pd", MLD_GIVEN, "[ 0.0195, 0.0195, 0.0195, 0.015, 0.015, 0.012 ]",
      "base.cfg:25" },
    { "fund.impact_carry.score_mean", MLD_GIVEN, "0.7", "base.cfg:85" },
    { "fund.impact_carry.beneficiary", MLD_UNUSED, "\"\"", "" },
    { "fund.concessional.first_loss", MLD_UNUSED, "\"none\"", "" },
};

static void echo_tells_where_values_come_from(void **state)
{
    (void)state;
    const char *const set[] = { "fund.carry=0.1", "thesis.mix.bond.weight=0",
                                "thesis.mix.shares.weight=0.4" };
    struct outcome outcome = outcome_of_text(
        "base = \"base.cfg\";\nguarantee = { layers = ( { name = \"a\"; quotite = 0.5; }, "
        "{ name = \"c\"; covers_layer = \"a\"; share = 0.5; } ); };",
        DATA "variant.cfg", 3, set);
    assert_int_equal(outcome.status, MLD_OK);
    size_t n;
    char where[512];
    const struct mld_echo *echo = mld_plan_echo(outcome.plan, &n);
    for (size_t e = 0; e < sizeof echoed / sizeof echoed[0]; e++) {
        size_t i = 0;
        while (i < n && strcmp(echo[i].key, echoed[e].key))
            i++;
        if (i == n)
            fprintf(stderr, "%s\n", echoed[e].key);
        assert_true(i < n);
        assert_string_equal(echo[i].value, echoed[e].value);
        if (echo[i].origin != echoed[e].origin)
            fprintf(stderr, "%s\n", echoed[e].key);
        assert_int_equal(echo[i].origin, echoed[e].origin);
        assert_string_equal(plain(echo[i].where, where, sizeof where), echoed[e].where);
    }
    outcome_clear(&outcome);
}

/* "hurdle" parts A from B in any list that pays both; one that pays B alone earlier is refused. */
static void hurdle_before_b(void **state)
{
    (void)state;
    const char *const set[] = { "fund.concessional.first_loss=hurdle",
                                "fund.tiers=({type=\"return_of_capital\"; to=\"A\";}, "
                                "{type=\"return_of_capital\"; to=\"B\";}, "
                                "{type=\"preferred_return\"; to=\"A_and_B\";}, "
                                "{type=\"return_of_capital\"; to=\"C\";}, {type=\"split\";})" };
    static const int to[] = { MLD_TO_A, MLD_TO_A, MLD_TO_B, MLD_TO_B };
    struct outcome outcome = outcome_of_file(DATA "base.cfg", 1, set);
    assert_int_equal(outcome.status, MLD_OK);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(outcome.plan->fund.tier[i].to, to[i]);
        assert_int_equal(outcome.plan->fund.tier[i].type,
                         i % 2 ? MLD_TIER_preferred_return : MLD_TIER_return_of_capital);
    }
    outcome_clear(&outcome);
    outcome = outcome_of_file(DATA "base.cfg", 2, set);
    assert_false(differs(&outcome, "hurdle",
                         "--set: fund.concessional.first_loss = \"hurdle\": fund.tiers[1] pays B "
                         "before a tier that pays A its capital or preferred return; list those of "
                         "A first"));
    outcome_clear(&outcome);
    const char *old = "fund.concessional.first_loss=true";
    outcome = outcome_of_file(DATA "base.cfg", 1, &old);
    assert_int_equal(outcome.plan->fund.first_loss, MLD_FIRST_LOSS_CAPITAL);
    outcome_clear(&outcome);
}

/* A key of the fund that stands for terms of tiers is read as far as one leaves its term out. */
static void terms_of_tiers_make_the_funds_idle(void **state)
{
    (void)state;
    static const char *const sets[][2] = {
        { TIERS("{ type = \"preferred_return\"; to = \"A_and_B\"; rate = 0.05; }, "
                "{ type = \"catch_up\"; carry = 0.1; }, { type = \"split\"; carry = 0.3; }"),
          "" },
        { TIERS("{ type = \"preferred_return\"; to = \"A_and_B\"; }, "
                "{ type = \"catch_up\"; share = 0.9; carry = 0.1; }, { type = \"split\"; }"),
          "fund.catch_up" },
        { TIERS("{ type = \"split\"; }"), "fund.hurdle fund.catch_up" },
        { "fund.hurdle=0.06", "" },
    };
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct outcome outcome = outcome_of_text("base = \"base.cfg\";", DATA "variant.cfg", 1,
                                                 &sets[i][0]);
        outcome_tell(&outcome);
        assert_int_equal(outcome.status, MLD_OK);
        size_t n;
        const struct mld_echo *echo = mld_plan_echo(outcome.plan, &n);
        for (size_t e = 0; e < n; e++)
            if (strstr("fund.hurdle fund.catch_up fund.carry", echo[e].key))
                assert_int_equal(echo[e].origin == MLD_UNUSED,
                                 strstr(sets[i][1], echo[e].key) != NULL);
        outcome_clear(&outcome);
    }
}

/*
 * A list laid upon a scenario replaces the keys that stand for terms which all its tiers give, and
 * the rates that stand for rows of fees; what is given after it, or beside it, must not say
 * otherwise.
 */
static void lists_replace_what_stands_for_them(void **state)
{
    (void)state;
    static const char of_their_own[] =
        "fund = { tiers = ( { type = \"return_of_capital\"; to = \"A_and_B\"; }, { type = "
        "\"preferred_return\"; to = \"A_and_B\"; multiple = 1.25; }, { type = "
        "\"return_of_capital\"; to = \"C\"; }, { type = \"split\"; carry = 0.1; } );%s };\n"
        "base = \"base.cfg\";";
    static const struct {
        const char *beside, *set, *message;
    } cases[] = {
        { "", NULL, NULL },
        { " carry = 0.1;", NULL, NULL },
        { "",
          "fund.tiers.[1]={ type = \"preferred_return\"; to = \"A\"; rate = 0.01; name = \"one\"; "
          "}",
          NULL },
        { " carry = 0.2;", NULL,
          "variant.cfg:1: fund.carry = 0.2: fund.tiers[3] has terms of its own that say otherwise, "
          "and no tier leaves them out; leave one of the two out" },
        { " fees = ( { name = \"all\"; kind = \"management\"; rate = 0.02; } );", NULL, NULL },
        { " fees = ( { name = \"all\"; kind = \"management\"; rate = 0.02; } );",
          "fund.running_costs=0.002",
          "--set: fund.running_costs and fund.fees are both given; leave one of the two out" },
        { " fees = ( { name = \"all\"; kind = \"other\"; rate = 0.02; } ); management_fee = 0.01;",
          NULL,
          "variant.cfg:1: fund.management_fee and fund.fees are both given; leave one of the two "
          "out" },
        { " fees = ();", NULL, NULL },
        { "", "fund.hurdle=0.05",
          "--set: fund.hurdle = 0.05: fund.tiers[1] has terms of its own that say otherwise, and "
          "no tier leaves them out; leave one of the two out" },
        { "", "fund.tiers.[3]={ type = \"split\"; }", "variant.cfg:1: fund.carry is missing" },
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        snprintf(text, sizeof text, of_their_own, cases[i].beside);
        struct outcome outcome = outcome_of_text(text, DATA "variant.cfg", cases[i].set != NULL,
                                                 &cases[i].set);
        if (cases[i].message)
            wrong += differs(&outcome, cases[i].beside, cases[i].message);
        else
            outcome_tell(&outcome);
        assert_int_equal(outcome.status, cases[i].message ? MLD_ERR_INPUT : MLD_OK);
        outcome_clear(&outcome);
    }
    assert_int_equal(wrong, 0);
}

/* ---- the tables themselves ---- */

static void check_table(const struct mld_param *table, const char *name, int *wrong)
{
    for (const struct mld_param *row = table; row->key; row++) {
        int number = row->kind == MLD_REAL || row->kind == MLD_INT;
        int right = row->doc_en && row->doc_fr && row->unit && (row->min <= row->max || !number) &&
                    (!number || row->flags & MLD_REQUIRED || isnan(row->fallback) ||
                     (row->fallback >= row->min && row->fallback <= row->max)) &&
                    (row->kind != MLD_LIST || (row->capacity && row->stride && row->table)) &&
                    (row->kind != MLD_CHOICE || row->choices);
        if (!right)
            fprintf(stderr, "row %s of %s\n", row->key, name);
        *wrong += !right;
        if (row->table && row->table != mld_common_params)
            check_table(row->table, row->key, wrong);
        for (int i = 0; row->kinds && row->kinds->name(i); i++)
            if (row->kinds->rows(i))
                check_table(row->kinds->rows(i), row->kinds->name(i), wrong);
    }
}

static void every_row_is_whole(void **state)
{
    (void)state;
    int wrong = 0;
    check_table(mld_scenario_params, "the scenario", &wrong);
    check_table(mld_common_params, "every instrument", &wrong);
    check_table(mld_tape_columns, "the tape", &wrong);
    assert_int_equal(wrong, 0);
}

/* ---- scenarios/explained.cfg ---- */

#define EXPLAINED PROJECT_SOURCE "/scenarios/explained.cfg"

/*
 * A row whose text, unit, range or default has changed: write the file anew, see
 * docs/developing.md.
 */
static void explained_is_what_the_tables_say(void **state)
{
    (void)state;
    struct outcome outcome = outcome_of_file(EXPLAINED, 0, NULL);
    assert_int_equal(outcome.status, MLD_OK);
    char *written = mld_scenario_explain(outcome.scenario), *kept = get_file(EXPLAINED).bytes;
    assert_non_null(written);
    assert_string_equal(written, kept);
    free(written);
    free(kept);
    outcome_clear(&outcome);
}

/* Writing a scenario out in full changes nothing of its plan. */
static void written_out_is_the_same_plan(void **state)
{
    (void)state;
    struct outcome outcome = outcome_of_file(PROJECT_SOURCE "/scenarios/scheme-national.cfg", 0,
                                             NULL);
    assert_int_equal(outcome.status, MLD_OK);
    char *written = mld_scenario_explain(outcome.scenario);
    struct outcome again = outcome_of_text(written, "written", 0, NULL);
    assert_int_equal(again.status, MLD_OK);
    assert_same_plan(again.plan, outcome.plan);
    assert_same_judgements(again.scenario, outcome.scenario);
    free(written);
    outcome_clear(&outcome);
    outcome_clear(&again);
}

static int stands_in(const char *text, const char *key)
{
    char wanted[MLD_MAX_NAME + 4];
    snprintf(wanted, sizeof wanted, " %s = ", key);
    if (strstr(text, wanted))
        return 1;
    *wanted = '\n';
    return strstr(text, wanted) != NULL;
}

static int missing_keys(const struct mld_param *table, const char *text)
{
    int missing = 0;
    for (const struct mld_param *row = table; row->key; row++) {
        if (!stands_in(text, row->key)) {
            fprintf(stderr, "%s does not stand in explained.cfg\n", row->key);
            missing++;
        }
        if (row->table)
            missing += missing_keys(row->table, text);
        for (int i = 0; row->kinds && row->kinds->name(i); i++)
            if (row->kinds->rows(i))
                missing += missing_keys(row->kinds->rows(i), text);
    }
    return missing;
}

static void every_key_is_explained(void **state)
{
    (void)state;
    char *text = get_file(EXPLAINED).bytes;
    int missing = missing_keys(mld_scenario_params, text);
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        missing += !stands_in(text, mld_instruments[i]->name);
    assert_int_equal(missing, 0);
    free(text);
}

static void rows_are_found_by_dotted_key(void **state)
{
    (void)state;
    static const char *const known[] = {
        "fund.hurdle",
        "instruments.bond.coupon",
        "instruments.*.liquidation_discount",
        "instruments.*.growth",
        "instruments.participating_loan.resolutions.plan.lag_years",
        "instruments.bond.resolutions[0].probability",
        "factors.stress[0].shift",
        "legal_forms.company.pd",
        "legal_forms.*.pd",
        "legal_forms.company.weights.cycle",
        "thesis.mix.bond.weight",
        "fund.classes.A.commitment",
        "guarantee.layers.state.quotite",
        "guarantee.dotation[0].amount",
        "fund.tiers[3].carry",
        "fund.tiers.*.rate",
        "fund.tiers.split.carry",
        "name",
        "thesis.deployment[2]"
    };
    static const char *const unknown[] = { "",
                                           "fund.hurdel",
                                           "fund.hurdle.x",
                                           "instruments.bonds.coupon",
                                           "instruments.bond.growth",
                                           "fund.",
                                           ".fund",
                                           "factors.stress.shift",
                                           "fund.tiers.split.rate",
                                           "nothing" };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const struct mld_param *row = mld_param_named(known[i]);
        if (!row)
            fprintf(stderr, "%s\n", known[i]);
        assert_non_null(row);
    }
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        assert_null(mld_param_named(unknown[i]));
    assert_string_equal(mld_param_named("instruments.bond.coupon")->key, "coupon");
    assert_string_equal(mld_param_nearest(mld_scenario_params, "factor"), "factors");
    assert_null(mld_param_nearest(mld_scenario_params, "zzz"));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(one_override_one_message),
                                        cmocka_unit_test(one_variant_one_message),
                                        cmocka_unit_test(one_file_one_message),
                                        cmocka_unit_test(every_mistake_is_told),
                                        cmocka_unit_test(what_is_right_passes),
                                        cmocka_unit_test(integers_are_numbers),
                                        cmocka_unit_test(tape_replaces_thesis),
                                        cmocka_unit_test(fingerprint_is_of_the_deals),
                                        cmocka_unit_test(other_line_ends_are_read),
                                        cmocka_unit_test(lists_merge_by_name_and_replace_whole),
                                        cmocka_unit_test(dropped_keys_are_gone),
                                        cmocka_unit_test(sensitivities_set_scale_and_add),
                                        cmocka_unit_test(text_gives_the_same_plan),
                                        cmocka_unit_test(control_characters_are_written_as_escapes),
                                        cmocka_unit_test(echo_reads_back),
                                        cmocka_unit_test(echo_tells_where_values_come_from),
                                        cmocka_unit_test(hurdle_before_b),
                                        cmocka_unit_test(terms_of_tiers_make_the_funds_idle),
                                        cmocka_unit_test(lists_replace_what_stands_for_them),
                                        cmocka_unit_test(every_row_is_whole),
                                        cmocka_unit_test(rows_are_found_by_dotted_key),
                                        cmocka_unit_test(explained_is_what_the_tables_say),
                                        cmocka_unit_test(written_out_is_the_same_plan),
                                        cmocka_unit_test(every_key_is_explained) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
