/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "milliard/grid.h"
#include "milliard/numerics.h"

#define NARROW_SPACE "\u202f" /* between groups of digits */
#define HARD_SPACE "\u00a0"   /* before a unit */
#define MINUS "\u2212"
#define NOTHING "\u2013"

struct mld_money_unit mld_money_unit(double largest)
{
    /* 999 950 € would round to 1 000,0 k€. */
    if (largest >= 999950)
        return (struct mld_money_unit){ 1e6, "M€" };
    if (largest >= 999.5)
        return (struct mld_money_unit){ 1e3, "k€" };
    return (struct mld_money_unit){ 1, "€" };
}

int mld_decimals(double error, int fallback, int most)
{
    if (!(error > 0) || isinf(error))
        return fallback < most ? fallback : most;
    const double log10_e = 0.43429448190325182765;
    int decimals = (int)ceil(-log10_e * mld_log(error) - 1e-9);
    return decimals < 0 ? 0 : decimals < most ? decimals : most;
}

static void append(char *text, const char *more)
{
    size_t length = strlen(text);
    snprintf(text + length, MLD_NUMBER_SIZE - length, "%s", more);
}

/* The whole part, digit by digit, with a separator where three, six … digits are left. */
static void append_groups(char *text, const char *digits, size_t n, const char *separator)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            append(text, separator);
        append(text, (char[]){ digits[i], '\0' });
    }
}

static int is_zero(const char *digits) { return strspn(digits, "0.,") == strlen(digits); }

const char *mld_format_number(char *text, int french, double value, int decimals, int plus)
{
    char digits[64];
    text[0] = '\0';
    if (isnan(value)) {
        append(text, NOTHING);
        return text;
    }
    if (!(fabs(value) < 1e15)) {
        append(text, value < 0 ? MINUS "∞" : "∞");
        return text;
    }
    snprintf(digits, sizeof digits, "%.*f", decimals, fabs(value));
    if (!is_zero(digits))
        append(text, value < 0 ? MINUS : plus ? "+" : "");
    size_t whole = strspn(digits, "0123456789");
    append_groups(text, digits, whole, french ? NARROW_SPACE : ",");
    if (digits[whole]) {
        append(text, french ? "," : ".");
        append(text, digits + whole + 1);
    }
    return text;
}

/*
 * How a quantity is shown: value / worth, decimals when the error does not say, most decimals,
 * sign.
 */
struct display {
    double worth;
    int fallback, most;
    const char *sign;
};

const char *mld_format_level(char *text, int french, double level)
{
    snprintf(text, MLD_NUMBER_SIZE, "%.6g", 100 * level);
    char *point = strchr(text, '.');
    if (french && point)
        *point = ',';
    return text;
}

static struct display display_of(int french, enum mld_quantity quantity, double largest)
{
    struct mld_money_unit money = mld_money_unit(fabs(largest));
    switch (quantity) {
    case MLD_MONEY:
        return (struct display){ money.worth, money.worth > 1 ? 1 : 0, money.worth > 1 ? 4 : 0,
                                 money.sign };
    case MLD_RATE: return (struct display){ 0.01, 1, 3, "%" };
    case MLD_POINTS: return (struct display){ 0.01, 2, 4, "pt" };
    case MLD_MULTIPLE: return (struct display){ 1, 2, 4, "" };
    case MLD_YEARS: return (struct display){ 1, 1, 3, french ? "ans" : "years" };
    default: return (struct display){ 1, 1, 3, "" };
    }
}

static void append_unit(char *text, const char *sign)
{
    if (*sign) {
        append(text, HARD_SPACE);
        append(text, sign);
    }
}

/* Below this share of the value an error is rounding, and the value a constant of the scenario. */
static double real_error(double value, double error)
{
    return error > 1e-6 * fabs(value) ? error : 0;
}

const char *mld_format(char *text, int french, enum mld_quantity quantity, double value,
                       double error, double largest, int plus)
{
    struct display display = display_of(french, quantity, largest);
    mld_format_number(text, french, value / display.worth,
                      mld_decimals(real_error(value, error) / display.worth, display.fallback,
                                   display.most),
                      plus);
    if (!isnan(value))
        append_unit(text, display.sign);
    return text;
}

const char *mld_format_estimate(char *text, int french, enum mld_quantity quantity, double value,
                                double error, double largest, int plus)
{
    if (isnan(value) || !(real_error(value, error) > 0))
        return mld_format(text, french, quantity, value, error, largest, plus);
    struct display display = display_of(french, quantity, largest);
    int decimals = mld_decimals(error / display.worth, display.fallback, display.most);
    char number[MLD_NUMBER_SIZE];
    mld_format_number(number, 0, error / display.worth, decimals, 0);
    if (is_zero(number))
        return mld_format(text, french, quantity, value, error, largest, plus);
    mld_format_number(text, french, value / display.worth, decimals, plus);
    append(text, HARD_SPACE "±" HARD_SPACE);
    append(text, mld_format_number(number, french, error / display.worth, decimals, 0));
    append_unit(text, display.sign);
    return text;
}

const char *mld_format_date(char *text, int french, const char *iso)
{
    static const char *const month[2][12] = {
        { "January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December" },
        { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre" }
    };
    struct mld_date date;
    if (mld_date_parse(iso, &date) != 0)
        snprintf(text, MLD_NUMBER_SIZE, "%s", iso);
    else
        snprintf(text, MLD_NUMBER_SIZE, "%d%s" HARD_SPACE "%s" HARD_SPACE "%d", date.day,
                 french && date.day == 1 ? "er" : "", month[french != 0][date.month - 1],
                 date.year);
    return text;
}

size_t mld_text_width(const char *text)
{
    size_t width = 0;
    for (; *text; text++)
        width += ((unsigned char)*text & 0xc0) != 0x80;
    return width;
}
