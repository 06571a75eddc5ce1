/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "params/range.h"

#include "params/tree.h"

#include <math.h>
#include <string.h>

static const char *unit_words(const char *unit)
{
    if (!strcmp(unit, "1/year"))
        return " per year";
    return !strcmp(unit, "EUR") ? " EUR" : !strcmp(unit, "years") ? " years" : "";
}

/* A rate typed as a percentage: 2 where 0.02 is meant. */
static int is_percent(const struct mld_param *row, double value)
{
    return (!strcmp(row->unit, "1") || !strcmp(row->unit, "1/year")) && row->max <= 10 &&
           row->min > -1 && value >= 1 && value > row->max && value / 100 >= row->min &&
           value / 100 <= row->max;
}

/* Millions of euros where euros are meant: 0.5 for 500000. */
static int is_million(const struct mld_param *row, double value)
{
    return !strcmp(row->unit, "EUR") && value > 0 && value < row->min && value * 1e6 <= row->max;
}

int mld_range_problem(const struct mld_param *row, double value, char *why, size_t size)
{
    char shown[40], low[40], high[40], guess[60] = "", guessed[40] = "";
    if (value >= row->min && value <= row->max)
        return 0;
    mld_number_text(low, row->min, 0);
    mld_number_text(high, row->max, 0);
    mld_number_text(shown, value, 0);
    if (is_million(row, value))
        mld_number_text(guessed, value * 1e6, 0);
    else if (is_percent(row, value)) /* 0.014 of 1.4, not the double nearest to 1.4/100 */
        snprintf(guessed, sizeof guessed, "%.12g", value / 100);
    if (*guessed)
        snprintf(guess, sizeof guess, "; did you mean %s?", guessed);
    if (isinf(row->max))
        snprintf(why, size, " = %s is below %s%s", shown, low, unit_words(row->unit));
    else
        snprintf(why, size, " = %s is outside [%s, %s]%s%s", shown, low, high,
                 unit_words(row->unit), guess);
    return 1;
}

const char *mld_choice_word(const char *choices, int index, size_t *length)
{
    for (const char *at = index >= 0 ? choices : NULL; at;
         at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
        if (index-- == 0) {
            *length = strcspn(at, "|");
            return at;
        }
    return NULL;
}

int mld_choice_index(const char *choices, const char *text)
{
    size_t length;
    const char *word;
    for (int i = 0; (word = mld_choice_word(choices, i, &length)); i++)
        if (strlen(text) == length && !memcmp(text, word, length))
            return i;
    return -1;
}

const char *mld_default_text(const struct mld_param *row, char text[MLD_DEFAULT])
{
    size_t length;
    const char *word;
    switch (row->kind) {
    case MLD_BOOL: return row->fallback != 0 ? "true" : "false";
    case MLD_CHOICE:
        word = mld_choice_word(row->choices, (int)row->fallback, &length);
        if (!word)
            return NULL;
        snprintf(text, MLD_DEFAULT, "\"%.*s\"", (int)length, word);
        return text;
    case MLD_TEXT:
    case MLD_DATE:
        snprintf(text, MLD_DEFAULT, "\"%s\"", row->choices ? row->choices : "");
        return text;
    case MLD_REALS:
    case MLD_NAMES: return "[]";
    case MLD_LIST: return "()";
    default:
        if (isinf(row->fallback))
            return "\"none\"";
        mld_number_text(text, row->fallback, row->kind == MLD_REAL);
        return text;
    }
}
