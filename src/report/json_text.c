/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/json_text.h"

#include <math.h>

#include "core/encoding.h"
#include "core/text.h"
#include "milliard/report.h"

/*
 * Control characters, those beyond ASCII too, are escaped: a JSON text may be read on a terminal.
 */
static void put_character(FILE *out, const char *text, size_t length)
{
    int32_t c = length ? mld_utf8_character(text, length) : 0xFFFD;
    if (c == '"' || c == '\\')
        fprintf(out, "\\%c", (int)c);
    else if (!length || (c <= 0xFFFF && mld_is_control(c)))
        fprintf(out, "\\u%04x", (unsigned)c);
    else
        fwrite(text, 1, length, out);
}

void mld_json_text(FILE *out, const char *text)
{
    fputc('"', out);
    while (*text) {
        size_t length = mld_utf8_length(text, 4); /* which stops at the final NUL, no tail */
        put_character(out, text, length);
        text += length ? length : 1;
    }
    fputc('"', out);
}

/* 17 digits are enough to read back the same double. */
void mld_json_number(FILE *out, double value)
{
    if (isfinite(value))
        fprintf(out, "%.17g", value);
    else
        fputs("null", out);
}

void mld_json_numbers(FILE *out, int n, const double *value)
{
    fputc('[', out);
    for (int i = 0; i < n; i++) {
        fputs(i ? ", " : "", out);
        mld_json_number(out, value[i]);
    }
    fputc(']', out);
}

void mld_json_named(FILE *out, const char *key, double value)
{
    fprintf(out, ", \"%s\": ", key);
    mld_json_number(out, value);
}

void mld_json_statistics(FILE *out, const struct mld_statistics *s)
{
    fprintf(out, "{\"count\": %zu, \"undefined\": %zu", s->count, s->undefined);
    mld_json_named(out, "mean", s->mean);
    mld_json_named(out, "mean_error", s->mean_error);
    mld_json_named(out, "sd", s->sd);
    mld_json_named(out, "sd_error", s->sd_error);
    mld_json_named(out, "minimum", s->minimum);
    mld_json_named(out, "maximum", s->maximum);
    mld_json_named(out, "shortfall", s->shortfall);
    mld_json_named(out, "shortfall_error", s->shortfall_error);
    fputs(", \"quantiles\": ", out);
    mld_json_numbers(out, MLD_QUANTILES, s->quantile);
    fputs(", \"quantiles_low\": ", out);
    mld_json_numbers(out, MLD_QUANTILES, s->quantile_low);
    fputs(", \"quantiles_high\": ", out);
    mld_json_numbers(out, MLD_QUANTILES, s->quantile_high);
}
