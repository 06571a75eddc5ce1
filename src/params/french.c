/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "params/french.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_WORD = 32, MOST_WORDS = 8, MOST_NAMES = 3 };

/*
 * The letter of ASCII that starts `*text`, accent and case left out; 0 for anything else. The text
 * moves on.
 */
static char letter(const char **text)
{
    /* U+00C0 to U+00FF */
    static const char latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy";
    unsigned char c = (unsigned char)*(*text)++;
    if (c < 0x80)
        return isalpha(c) ? (char)tolower(c) : '\0';
    unsigned char next = (unsigned char)**text;
    while (((unsigned char)**text & 0xC0) == 0x80)
        (*text)++;
    if (c == 0xC3 && latin[next & 0x3F] != ' ')
        return latin[next & 0x3F];
    return c == 0xC5 && next == 0x93 ? 'o' : '\0'; /* œ */
}

/* The next word of `*text`, or 0. */
static int next_word(const char **text, char word[LONGEST_WORD])
{
    size_t length = 0;
    char c = '\0';
    while (**text && !c)
        c = letter(text);
    if (!c)
        return 0;
    do
        if (length + 1 < LONGEST_WORD)
            word[length++] = c;
    while (**text && (c = letter(text)));
    word[length] = '\0';
    return 1;
}

/* Short words, "de", "sur", say nothing; the mark of a plural is no part of a stem. */
static int stems_of(const char *text, char stem[MOST_WORDS][LONGEST_WORD])
{
    int n = 0;
    while (n < MOST_WORDS && next_word(&text, stem[n])) {
        size_t length = strlen(stem[n]);
        if (length > 3 && (stem[n][length - 1] == 's' || stem[n][length - 1] == 'x'))
            stem[n][length - 1] = '\0';
        n += length > 3;
    }
    return n;
}

/* Place of the first word of `text` that starts with the stem, from 0, or -1. */
static int place_of(const char *text, const char *stem)
{
    char word[LONGEST_WORD];
    for (int place = 0; next_word(&text, word); place++)
        if (!strncmp(word, stem, strlen(stem)))
            return place;
    return -1;
}

/*
 * How many of the stems a sentence holds, more for those held first: 100 a stem, less the place of
 * the first.
 */
static int score_of(const char *text, int n, char stem[MOST_WORDS][LONGEST_WORD])
{
    int held = 0, first = 99;
    for (int i = 0; i < n; i++) {
        int place = place_of(text, stem[i]);
        held += place >= 0;
        first = place >= 0 && place < first ? place : first;
    }
    return 2 * held >= n && held ? 100 * held - first : 0;
}

const char *mld_french_names(char *names, size_t size, const char *wanted, int count,
                             struct mld_candidate (*candidate)(const void *, int),
                             const void *context)
{
    char stem[MOST_WORDS][LONGEST_WORD];
    int n = stems_of(wanted, stem), best = 0, found = 0;
    for (int i = 0; i < count; i++) {
        struct mld_candidate one = candidate(context, i);
        int score = one.french ? score_of(one.french, n, stem) : 0;
        if (!score || score < best)
            continue;
        found = score > best ? 1 : found + 1;
        size_t used = score > best ? 0 : strlen(names);
        best = score;
        snprintf(names + used, size - used, "%s%s", used ? " or " : "", one.name);
    }
    return found && found <= MOST_NAMES ? names : NULL;
}
