/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/csv_text.h"

#include "core/text.h"

#include <math.h>
#include <string.h>

int mld_csv_is_formula(const char *text)
{
    static const char *const starts[] = { "=",  "+",      "-",      "@",      "\t",    "\r",
                                          "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20" };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (!strncmp(text, starts[i], strlen(starts[i])))
            return 1;
    return 0;
}

void mld_csv_text(FILE *out, const char *text, enum mld_csv_quotes quotes)
{
    const char *quote = quotes == MLD_QUOTES_ALWAYS || strpbrk(text, ",;\"\r\n") ? "\"" : "";
    fprintf(out, "%s%s", quote, mld_csv_is_formula(text) ? "'" : "");
    for (; *text; text++) {
        fputs(*text == '"' ? "\"" : "", out);
        fputc(*text, out);
    }
    fputs(quote, out);
}

void mld_csv_number(FILE *out, double value, char decimal)
{
    char digits[MLD_DIGITS_SIZE];
    if (!isfinite(value))
        return;
    mld_digits_text(digits, 15, value);
    char *point = strchr(digits, '.');
    if (point)
        *point = decimal;
    fputs(digits, out);
}
