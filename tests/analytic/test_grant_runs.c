/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gross grant equivalents of whole runs against EU Notice 2008/C 155/02 worked by hand, to the
 * cent: premium that the notice asks less premium paid, on what is guaranteed at the start of each
 * year, discounted from its end. Losses do not change it.
 */
#include "support/near.h"
#include "support/oracle.h"
#include "support/run_case.h"
#include "support/small_world.h"

/* `own`: the rating that the tape gives the issuer, or "" for that of its legal form. */
static void grant(const char *name, const char *rating, const char *own, const char *layer,
                  const char *instrument, const char *terms, double expected)
{
    static char text[8192];
    snprintf(text, sizeof text,
             SMALL_WORLD "guarantee = { reference_rate = 0.03; layers = ( { name = \"state\"; "
                         "quotite = 0.8; %s } ); };\n"
                         "instruments = { %s = { %s" SMALL_RESOLUTION "}; };\n"
                         "tape = { file = \"\"; text = "
                         "\"deal,issuer,instrument,legal_form,sector,date,amount,rating\\nd,i,%s,"
                         "company,all,2028-06-01,1000000,%s\\n\"; };\n",
             8, 64, 0.05, 0.1, rating, layer, instrument, terms, 0.2, instrument, own);
    struct run_case run = run_case_of_text(text);
    run_case_run(&run, 0, 0);
    const struct mld_statistics *found = run_case_statistics(&run, MLD_WITH, "grant_equivalent");
    const struct mld_statistics *defaults = run_case_statistics(&run, MLD_WITH, "defaults");
    assert_int_equal(found->count, run.paths);
    assert_true(defaults->mean > 0);
    assert_near(found->minimum, expected, 0.005);
    assert_near(found->maximum, expected, 0.005);
    oracle(name, "EU Notice 2008/C 155/02, section 4.2, by hand", "half a cent, on every path",
           "%.2f EUR, expected %.2f", found->mean, expected);
    run_case_end(&run);
}

static void grants_by_hand(void **state)
{
    (void)state;
    grant("Gross grant equivalent: 1 M€ over 5 years, linear, 80 %, premium 3.8 % due, 1 % paid, "
          "discounted at 3 %",
          "rating = \"bb_minus\";", "", "fee_rate = 0.01;", "participating_loan",
          "rate = 0.04; maturity_years = 5.0; grace_years = 0.0; amortisation = \"linear\"; "
          "profit_share = 0.0;",
          62763.73);
    grant("Gross grant equivalent: the same in one repayment, 2 % due, nothing paid",
          "rating = \"bb\";", "", "", "bond",
          "coupon = 0.05; maturity_years = 5.0; amortisation = \"bullet\";", 73275.31);
    grant("Gross grant equivalent: 2 % due by the issuer's rating on the tape, 3.8 % by its legal "
          "form's",
          "rating = \"bb_minus\";", "bb", "", "bond",
          "coupon = 0.05; maturity_years = 5.0; amortisation = \"bullet\";", 73275.31);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(grants_by_hand) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
