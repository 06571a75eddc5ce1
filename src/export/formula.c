/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over a formula writes it with the cells of its period, another works out its number. */
#include "export/formula.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *mld_column_letters(int column, char text[8])
{
    char reversed[8];
    int n = 0;
    for (int left = column + 1; left > 0; left = (left - 1) / 26)
        reversed[n++] = (char)('A' + (left - 1) % 26);
    for (int i = 0; i < n; i++)
        text[i] = reversed[n - 1 - i];
    text[n] = '\0';
    return text;
}

const struct mld_model_line *mld_model_line(const struct mld_model_book *model, const char *key)
{
    for (int i = 0; i < model->n_lines; i++)
        if (strcmp(model->line[i].key, key) == 0)
            return &model->line[i];
    return NULL;
}

static const struct mld_model_input *input_of(const struct mld_model_book *model, const char *key)
{
    for (int i = 0; i < model->n_inputs; i++)
        if (strcmp(model->input[i].key, key) == 0)
            return &model->input[i];
    return NULL;
}

void mld_input_place(const struct mld_model_book *model, const char *key, char *text, size_t size)
{
    const struct mld_model_input *input = input_of(model, key);
    assert(input);
    snprintf(text, size, "'%s'!$B$%d", model->book->sheet[model->inputs].name, input->row + 1);
}

void mld_line_place(const struct mld_model_book *model, int sheet, const char *key, int t,
                    char *text, size_t size)
{
    const struct mld_model_line *line = mld_model_line(model, key);
    char letters[8];
    if (strcmp(key, "period") == 0) {
        snprintf(text, size, "$A%d", t + 2);
        return;
    }
    assert(line);
    mld_column_letters(line->column, letters);
    if (line->sheet == sheet)
        snprintf(text, size, "%s%d", letters, t + 2);
    else
        snprintf(text, size, "'%s'!%s%d", model->book->sheet[line->sheet].name, letters, t + 2);
}

/* A key as it stands in a formula: its letters, and whether it is of the period before. */
struct name {
    char key[MLD_KEY_SIZE];
    int before;
};

static const char *read_name(const char *words, struct name *name)
{
    size_t n = 0;
    for (; isalnum((unsigned char)*words) || *words == '_'; words++)
        if (n + 1 < sizeof name->key)
            name->key[n++] = *words;
    name->key[n] = '\0';
    name->before = *words == '\'';
    return words + name->before;
}

/* ---- as a workbook has it ---- */

static void expand(const struct mld_model_book *model, int sheet, int t, const char *words,
                   char text[MLD_FORMULA_SIZE])
{
    char place[96];
    size_t length = 0;
    while (*words) {
        struct name name;
        char kind = *words;
        if (kind != '@' && kind != '#') {
            snprintf(place, sizeof place, "%c", *words++);
        } else {
            words = read_name(words + 1, &name);
            if (kind == '#')
                mld_input_place(model, name.key, place, sizeof place);
            else if (name.before && t == 0)
                snprintf(place, sizeof place, "0");
            else
                mld_line_place(model, sheet, name.key, t - name.before, place, sizeof place);
        }
        size_t n = strlen(place);
        assert(length + n < MLD_FORMULA_SIZE);
        memcpy(text + length, place, n);
        length += n;
    }
    text[length] = '\0';
}

/* ---- its number ---- */

struct reader {
    const struct mld_model_book *model;
    int t;
    const char *at;
};

static double expression(struct reader *reader);

static double value_of(struct reader *reader, char kind)
{
    struct name name;
    reader->at = read_name(reader->at, &name);
    if (kind == '#')
        return input_of(reader->model, name.key)->value;
    int t = reader->t - name.before;
    if (strcmp(name.key, "period") == 0)
        return t;
    return t < 0 ? 0 : mld_model_line(reader->model, name.key)->value[t];
}

/* Of MIN, MAX, AND, IF: what their arguments, read one after the other, come to. */
static double call(struct reader *reader, const char *name)
{
    double argument[8];
    int n = 0;
    do {
        reader->at++; /* "(" or "," */
        argument[n++] = expression(reader);
    } while (*reader->at == ',');
    reader->at++;
    if (strcmp(name, "IF") == 0)
        return argument[0] != 0 ? argument[1] : argument[2];
    double result = argument[0];
    for (int i = 1; i < n; i++)
        result = strcmp(name, "MIN") == 0   ? argument[i] < result ? argument[i] : result
                 : strcmp(name, "MAX") == 0 ? argument[i] > result ? argument[i] : result
                                            : result != 0 && argument[i] != 0;
    return result;
}

static double operand(struct reader *reader)
{
    char name[8], *end;
    if (*reader->at == '@' || *reader->at == '#') {
        char kind = *reader->at++;
        return value_of(reader, kind);
    }
    if (*reader->at == '(') {
        reader->at++;
        double inside = expression(reader);
        reader->at++;
        return inside;
    }
    if (*reader->at == '-') {
        reader->at++;
        return -operand(reader);
    }
    size_t n = 0;
    while (isupper((unsigned char)*reader->at) && n + 1 < sizeof name)
        name[n++] = *reader->at++;
    name[n] = '\0';
    if (n)
        return call(reader, name);
    double number = strtod(reader->at, &end);
    assert(end > reader->at);
    reader->at = end;
    return number;
}

static double power(struct reader *reader)
{
    double base = operand(reader);
    if (*reader->at != '^')
        return base;
    reader->at++;
    return pow(base, operand(reader));
}

static double product(struct reader *reader)
{
    double result = power(reader);
    while (*reader->at == '*' || *reader->at == '/') {
        char sign = *reader->at++;
        double next = power(reader);
        result = sign == '*' ? result * next : result / next;
    }
    return result;
}

static double sum(struct reader *reader)
{
    double result = product(reader);
    while (*reader->at == '+' || *reader->at == '-') {
        char sign = *reader->at++;
        double next = product(reader);
        result = sign == '+' ? result + next : result - next;
    }
    return result;
}

static double expression(struct reader *reader)
{
    double left = sum(reader);
    char sign = *reader->at;
    if (sign != '<' && sign != '>' && sign != '=')
        return left;
    reader->at++;
    int or_equal = sign != '=' && *reader->at == '=';
    reader->at += or_equal;
    double right = sum(reader);
    return (sign == '<' && left < right) || (sign == '>' && left > right) ||
           ((sign == '=' || or_equal) && left == right);
}

static double work_out(const struct mld_model_book *model, int t, const char *words)
{
    struct reader reader = { model, t, words };
    double value = expression(&reader);
    assert(*reader.at == '\0');
    return value;
}

void mld_model_work_out(struct mld_model_book *model)
{
    char text[MLD_FORMULA_SIZE];
    for (int t = 0; t < model->periods && !model->book->no_memory; t++)
        for (int i = 0; i < model->n_lines; i++) {
            struct mld_model_line *line = &model->line[i];
            if (!line->words)
                continue;
            line->value[t] = work_out(model, t, line->words);
            expand(model, line->sheet, t, line->words, text);
            mld_put_formula(model->book, &model->book->sheet[line->sheet], t + 1, line->column,
                            MLD_STYLE_THOUSANDS, line->value[t], text);
        }
}

void mld_model_clear(struct mld_model_book *model)
{
    for (int i = 0; i < model->n_lines; i++) {
        free(model->line[i].value);
        free(model->line[i].words);
    }
}
