/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * What a scenario needs beside its deals and its fund, as short as it can be: one factor, one
 * sector, one legal form.
 */
#ifndef TEST_SUPPORT_SMALL_WORLD_H
#define TEST_SUPPORT_SMALL_WORLD_H

/**
 * Given: years, paths (integers) the form's one-year PD and asset correlation, other lines of the
 * form. The first period starts on 2027-01-01.
 */
#define SMALL_WORLD                                                                                \
    "name = \"test\"; periods_per_year = 1; horizon_years = %d; first_closing = \"2027-01-01\";\n" \
    "run = { paths = %d; seed = 20270101; trajectories = \"none\"; };\n"                           \
    "factors = { named = ( { name = \"cycle\"; persistence = 0.0; } ); sectors = [ \"all\" ]; "    \
    "sector_persistence = 0.0;\n"                                                                  \
    "  tmo = { start = 0.03; long_run = 0.03; reversion = 0.15; volatility = 0.0; floor = 0.0; "   \
    "}; };\n"                                                                                      \
    "legal_forms = { company = { pd = [ %.17g ]; asset_correlation = %.17g; weights = { cycle = "  \
    "1.0; };"                                                                                      \
    " sector_weight = 0.0; surplus_mean = 0.1; surplus_sd = 0.1; performance_correlation = 0.0; "  \
    "%s }; };\n"

/** Default losses of an instrument: a constant recovery at once. Given: the recovery. */
#define SMALL_RESOLUTION                                                                          \
    " pd_scale = 1.0; liquidation_discount = 0.0; resolutions = ( { name = \"all\"; probability " \
    "= 1.0;"                                                                                      \
    " recovery_mean = %.17g; recovery_sd = 0.0; lag_years = 0.0; } ); "

/**
 * A fund without costs: 99 M€ of A and 1 M€ of C. Given: its term and years of investment, hurdle,
 * carry, and other lines.
 */
#define SMALL_FUND                                                                             \
    "fund = { term_years = %d; investment_years = %d; hurdle = %.17g; carry = %.17g; %s"       \
    " classes = { A = { commitment = 99e6; }; C = { commitment = 1e6; }; }; management_fee = " \
    "0.0; management_fee_after = 0.0; };\n"

#endif
