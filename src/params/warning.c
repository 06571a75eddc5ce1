/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "milliard/warning.h"

#include "core/plain.h"
#include "core/format.h"
#include "params/tree.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct mld_warning_kind mld_warning_kinds[MLD_WARNINGS] = {
    [MLD_WARN_UNIT] = { "unit", "{k} = {n1} EUR looks given in another unit.",
                        "{k} = {n1}\u00a0€ semble donné dans une autre unité.",
                        "Did you mean {n2} EUR ({m2})?",
                        "Probablement voulu\u00a0: {n2}\u00a0€, soit {m2}." },
    [MLD_WARN_TICKETS] = { "tickets",
                           "{k} = {n1} EUR is outside [min, max] = [{n2}, {n3}] EUR: tickets come "
                           "from one tail of their law, and none is near that mean.",
                           "{k} = {n1}\u00a0€ est hors de [min, max] = [{n2}, {n3}]\u00a0€\u00a0: "
                           "les tickets viennent d'une queue de leur loi, et aucun n'approche "
                           "cette moyenne.",
                           "Did you mean a mean between the two?",
                           "Probablement voulu\u00a0: une moyenne entre les deux." },
    [MLD_WARN_UNUSED_COMMITMENTS] = { "unused_commitments",
                                      "{k}: the volume of {m1} is {s2} of the commitments of {m3}: "
                                      "most of them are never invested.",
                                      "{k}\u00a0: le volume de {m1} fait {s2} des engagements de "
                                      "{m3}\u00a0: la plus grande part n'est jamais investie.",
                                      "Did you mean smaller commitments, or a volume of up to {n4} "
                                      "EUR ({m4})?",
                                      "Probablement voulu\u00a0: des engagements plus petits, ou "
                                      "un volume allant jusqu'à {n4}\u00a0€ ({m4})." },
    [MLD_WARN_CANDIDATES] = { "candidates",
                              "{k}: the candidates, {m1}, are no more than the commitments bear "
                              "once, {m2}: the list runs out, and what comes back buys nothing.",
                              "{k}\u00a0: les candidats, {m1}, ne dépassent pas ce que les "
                              "engagements portent une fois, {m2}\u00a0: la liste s'épuise, et ce "
                              "qui revient n'achète rien.",
                              "Did you mean candidates of {n3} EUR ({m3})?",
                              "Probablement voulu\u00a0: des candidats pour {n3}\u00a0€ ({m3})." },
    [MLD_WARN_QUOTA] = { "quota",
                         "{k}: {s1} of the volume counts for the quota of an FPCI, which asks for "
                         "{s2} (CMF, art. L214-28).",
                         "{k}\u00a0: {s1} du volume compte pour le quota d'un FPCI, qui en demande "
                         "{s2} (CMF, art. L214-28).",
                         "Did you mean more shares, cooperative shares, convertibles or titres?",
                         "Probablement voulu\u00a0: davantage d'actions, de parts sociales, "
                         "d'obligations convertibles ou de titres." },
    [MLD_WARN_LOANS] = { "loans",
                         "{k}: loans take {s1} of the volume, where an FPCI may lend {s2} (CMF, "
                         "art. L214-160, decree 2016-1587; to be checked).",
                         "{k}\u00a0: les prêts font {s1} du volume, quand un FPCI peut en prêter "
                         "{s2} (CMF, art. L214-160, décret 2016-1587\u00a0; à vérifier).",
                         "Did you mean fewer loans, or bonds?",
                         "Probablement voulu\u00a0: moins de prêts, ou des obligations." },
    [MLD_WARN_LARGE_ISSUER] = { "large_issuer",
                                "{k} \"{t1}\" takes {m2}, which is {s3} of the commitments and "
                                "above fund.max_issuer_share = {s4} (rules of the fund; legal "
                                "ratio to be checked).",
                                "{k} «\u00a0{t1}\u00a0» reçoit {m2}, soit {s3} des engagements et "
                                "plus que fund.max_issuer_share = {s4} (règlement du fonds\u00a0; "
                                "ratio légal à vérifier).",
                                "Did you mean several issuers, or a higher fund.max_issuer_share?",
                                "Probablement voulu\u00a0: plusieurs émetteurs, ou "
                                "fund.max_issuer_share plus haut." },
    [MLD_WARN_LARGE_TICKET] = { "large_ticket",
                                "{k} = {n1} EUR is {s2} of the commitments, which is above "
                                "fund.max_issuer_share = {s3} (rules of the fund; legal ratio to "
                                "be checked).",
                                "{k} = {n1}\u00a0€ fait {s2} des engagements, soit plus que "
                                "fund.max_issuer_share = {s3} (règlement du fonds\u00a0; ratio "
                                "légal à vérifier).",
                                "Did you mean {n4} EUR ({m4}) at most?",
                                "Probablement voulu\u00a0: {n4}\u00a0€ au plus, soit {m4}." },
    [MLD_WARN_SIMILAR_ISSUERS] = { "similar_issuers",
                                   "{k}: \"{t1}\" and \"{t2}\" are two issuers, whose names differ "
                                   "by case, accents, spaces or punctuation only.",
                                   "{k}\u00a0: «\u00a0{t1}\u00a0» et «\u00a0{t2}\u00a0» sont deux "
                                   "émetteurs, dont les noms ne diffèrent que par la casse, les "
                                   "accents, les espaces ou la ponctuation.",
                                   "Did you mean one issuer, whose deals default together?",
                                   "Probablement voulu\u00a0: un seul émetteur, dont les dossiers "
                                   "font défaut ensemble." },
    [MLD_WARN_PUBLIC_SHARE] = { "public_share",
                                "{k} is not given: the private financing covered is left out.",
                                "{k} n'est pas donné\u00a0: le financement privé couvert n'est pas "
                                "indiqué.",
                                "Give the part of class A that public investors hold, 0 when they "
                                "hold none.",
                                "À donner\u00a0: la part des parts A détenue par des investisseurs "
                                "publics, 0 s'ils n'en détiennent pas." },
    [MLD_WARN_BORROWING] = { "borrowing",
                             "{k}: up to {m1} are borrowed, {s2} of the commitments: the limit "
                             "that law sets an FPCI (CMF, art. L214-159 and R214-204 ff.; to be "
                             "checked) is not.",
                             "{k}\u00a0: jusqu'à {m1} sont empruntés, {s2} des engagements\u00a0: "
                             "la limite d'emprunt d'un FPCI (CMF, art. L214-159 et R214-204 et "
                             "suivants\u00a0; à vérifier) n'est pas contrôlée.",
                             "Check it with the règlement of the fund.",
                             "À vérifier avec le règlement du fonds." },
    [MLD_WARN_WAITING] = { "waiting",
                           "{k}: on {s1} of paths a deal waits for a later closing or grant, {n2} "
                           "years on average.",
                           "{k}\u00a0: sur {s1} des trajectoires, une opération attend un closing "
                           "ou une subvention à venir, {n2} an en moyenne.",
                           "Did you mean more at the first closing, or a slower deployment?",
                           "Probablement voulu\u00a0: davantage au premier closing, ou un "
                           "déploiement plus lent." },
    [MLD_WARN_SENSITIVITY] = { "sensitivity", "{k}: this judgement cannot be run ({t1}).",
                               "{k}\u00a0: ce jugement ne peut pas être calculé "
                               "(«\u00a0{t1}\u00a0»).",
                               "Change its low and high, or its keys.",
                               "À changer\u00a0: ses valeurs basse et haute, ou ses clés." },
};

/* ---- texts ---- */

static void put_value(FILE *out, int french, char as, const struct mld_warning_value *value)
{
    char text[MLD_NUMBER_SIZE] = "";
    switch (as) {
    case 'n': mld_number_text(text, value->number, 0); break;
    case 'm': mld_format(text, french, MLD_MONEY, value->number, NAN, value->number, 0); break;
    case 's': mld_format(text, french, MLD_RATE, value->number, NAN, 0, 0); break;
    default: break;
    }
    fputs(as == 't' ? value->text : text, out);
}

/* Writes a text of a kind with its key and values in their places. */
static void put_text(FILE *out, int french, const char *template, const char *key,
                     const struct mld_warning_value *value)
{
    for (const char *at = template; *at; at++) {
        if (*at != '{')
            fputc(*at, out);
        else if (at[1] == 'k')
            fputs(key, out), at += 2;
        else
            put_value(out, french, at[1], &value[at[2] - '1']), at += 3;
    }
}

/* On the heap, or NULL. */
static char *text_of(int french, const char *template, const char *key,
                     const struct mld_warning_value *value)
{
    char *text = NULL;
    size_t length;
    FILE *memory = open_memstream(&text, &length);
    if (!memory)
        return NULL;
    put_text(memory, french, template, key, value);
    if (fclose(memory)) {
        free(text);
        return NULL;
    }
    return text;
}

/* ---- the list ---- */

static void clear_one(struct mld_warning *warning)
{
    char *const owned[] = { warning->key,     warning->where,    warning->text_en,
                            warning->text_fr, warning->meant_en, warning->meant_fr };
    for (size_t i = 0; i < sizeof owned / sizeof owned[0]; i++)
        free(owned[i]);
}

void mld_warnings_clear(struct mld_warnings *warnings)
{
    for (size_t i = 0; i < warnings->count; i++)
        clear_one(&warnings->item[i]);
    free(warnings->item);
    *warnings = (struct mld_warnings){ 0 };
}

static struct mld_warning *next(struct mld_warnings *warnings)
{
    if (warnings->count == warnings->capacity) {
        size_t capacity = warnings->capacity ? 2 * warnings->capacity : 8;
        struct mld_warning *item = realloc(warnings->item, capacity * sizeof *item);
        if (!item)
            return NULL;
        warnings->item = item;
        warnings->capacity = capacity;
    }
    return &warnings->item[warnings->count];
}

static void add(struct mld_warnings *warnings, const struct mld_warning_kind *kind,
                const char *where, const char *key, const struct mld_warning_value *value)
{
    struct mld_warning *kept = next(warnings);
    if (!kept) {
        warnings->lost++;
        return;
    }
    *kept = (struct mld_warning){ .id = kind->id,
                                  .key = strdup(key),
                                  .where = strdup(where ? where : ""),
                                  .text_en = text_of(0, kind->text_en, key, value),
                                  .text_fr = text_of(1, kind->text_fr, key, value),
                                  .meant_en = text_of(0, kind->meant_en, key, value),
                                  .meant_fr = text_of(1, kind->meant_fr, key, value) };
    if (kept->key && kept->where && kept->text_en && kept->text_fr && kept->meant_en &&
        kept->meant_fr) {
        warnings->count++;
        return;
    }
    clear_one(kept);
    warnings->lost++;
}

/* What stands for all those of a kind that are not kept one by one, said anew with each. */
static void tell_more(struct mld_warnings *warnings, enum mld_warning_id kind)
{
    static const char more_en[] = "And {n1} more like those before.",
                      more_fr[] = "Et {n1} de plus, semblables aux précédents.";
    const struct mld_warning_kind row = { mld_warning_kinds[kind].id, more_en, more_fr, "", "" };
    struct mld_warning_value beyond = { .number = (double)(warnings->found[kind] -
                                                           MLD_WARNINGS_KEPT) };
    for (size_t i = warnings->count; i-- > 0 && warnings->found[kind] > MLD_WARNINGS_KEPT + 1;)
        if (warnings->item[i].id == row.id) {
            clear_one(&warnings->item[i]);
            warnings->count--;
            memmove(&warnings->item[i], &warnings->item[i + 1],
                    (warnings->count - i) * sizeof *warnings->item);
            break;
        }
    add(warnings, &row, NULL, "", &beyond);
}

void mld_warn(struct mld_warnings *warnings, enum mld_warning_id kind, const char *where,
              const char *key, const struct mld_warning_value *value)
{
    MLD_PLAIN_NUMBERS;
    if (++warnings->found[kind] <= MLD_WARNINGS_KEPT)
        add(warnings, &mld_warning_kinds[kind], where, key, value);
    else
        tell_more(warnings, kind);
}
