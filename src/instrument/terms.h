/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Rows and checks that the instruments share. Private to src/instrument.
 */
#ifndef MILLIARD_INSTRUMENT_TERMS_H
#define MILLIARD_INSTRUMENT_TERMS_H

#include <math.h>

#include "milliard/instrument.h"

/**
 * One number of an instrument's terms; every one of them may be a column of the deal tape. The last
 * argument is its source, of a judgement MLD_JUDGED or MLD_BESIDE.
 */
#define TERM(key_, member, unit_, min_, max_, default_, flags_, en, fr, ...)                 \
    TERM_FROM(MLD_STAGE_OF_GROUP, key_, member, unit_, min_, max_, default_, flags_, en, fr, \
              __VA_ARGS__)
/** The same of a number that touches a stage before lives. */
#define TERM_FROM(stage_, key_, member, unit_, min_, max_, default_, flags_, en, fr, ...) \
    {                                                                                     \
        .key = (key_), .kind = MLD_REAL, .unit = (unit_), .min = (min_), .max = (max_),   \
        .fallback = (default_), .offset = offsetof(struct mld_terms, member),             \
        .flags = (flags_) | MLD_TAPE, .stage = (stage_), .doc_en = (en), .doc_fr = (fr),  \
        .source = __VA_ARGS__                                                             \
    }

/** One choice among names, the first being the default. */
#define TERM_CHOICE(key_, member, choices_, en, fr, source_)                             \
    {                                                                                    \
        .key = (key_), .kind = MLD_CHOICE, .unit = "", .choices = (choices_),            \
        .offset = offsetof(struct mld_terms, member), .flags = MLD_TAPE, .doc_en = (en), \
        .doc_fr = (fr), .source = (source_)                                              \
    }

/** One yes or no, no by default. */
#define TERM_BOOL(stage_, key_, member, en, fr, source_)                                    \
    {                                                                                       \
        .key = (key_), .kind = MLD_BOOL, .unit = "", .min = 0.0, .max = 1.0,                \
        .offset = offsetof(struct mld_terms, member), .flags = MLD_TAPE, .stage = (stage_), \
        .doc_en = (en), .doc_fr = (fr), .source = (source_)                                 \
    }

/* What the rows of a value rest on. */
#define SOURCE_OF_GROWTH                                                                  \
    MLD_BESIDE("5.1",                                                                     \
               "judged so that shares, the riskiest, earn the most, below what net IRRs " \
               "of 6.9 % (impact funds, Cambridge Associates and GIIN, 2015) and 11.3 % " \
               "(French private equity, France Invest and EY, end of 2024) imply",        \
               "jugé pour que les actions, plus risquées, rapportent le plus, sous ce " \
               "que supposent des TRI nets de 6,9 % (fonds à impact, Cambridge "         \
               "Associates et GIIN, 2015) et 11,3 % (capital-investissement français, "  \
               "France Invest et EY, fin 2024)")
#define SOURCE_OF_VOLATILITY                                                                \
    MLD_BESIDE("5.1",                                                                       \
               "judged such that the capital lost lies between 13.4 % (American growth "    \
               "equity) and 35.4 % (venture), deals of 1992-2008 (Cambridge Associates)",   \
               "jugé pour que le capital perdu soit entre 13,4 % (capital-développement " \
               "américain) et 35,4 % (capital-risque), opérations de 1992-2008 "          \
               "(Cambridge Associates)")
#define SOURCE_OF_EQUITY_CORRELATION                                                     \
    MLD_JUDGED("5.1", "0.1 is a firm on its own, 0.4 values that move with the economy", \
               "0,1 est une entreprise à part, 0,4 des valeurs qui suivent l'économie")
#define SOURCE_OF_MULTIPLE_CAP                                                              \
    MLD_BESIDE("5.1",                                                                       \
               "loi n° 2014-856 du 31 juillet 2014, art. 1: limited profit; its level "    \
               "is judged, from 2.5 to none",                                               \
               "loi n° 2014-856 du 31 juillet 2014, art. 1 : lucrativité limitée ; son " \
               "niveau est jugé, de 2,5 à aucun")

/**
 * The rows of the lognormal value multiple (model, section 5.1), the same for shares and
 * convertibles.
 */
#define TERMS_OF_VALUE(member)                                                                    \
    TERM("growth", member.growth, "1/year", -0.5, 1.0, 0.098, MLD_JUDGEMENT,                      \
         "Logarithm of the expected value multiple, by year: E M = exp(growth x years).",         \
         "Logarithme du multiple de valeur espéré, par an : E M = exp(croissance x années).",     \
         SOURCE_OF_GROWTH),                                                                       \
        TERM("volatility", member.volatility, "1/year", 0.0, 2.0, 0.25, MLD_JUDGEMENT,            \
             "Volatility of the value of the issuer's equity.",                                   \
             "Volatilité de la valeur des fonds propres de l'émetteur.", SOURCE_OF_VOLATILITY),   \
        TERM("equity_correlation", member.equity_correlation, "1", 0.0, 1.0, 0.25, MLD_JUDGEMENT, \
             "Part of the variance of value that comes from the systematic factors.",             \
             "Part de la variance de la valeur qui vient des facteurs systématiques.",            \
             SOURCE_OF_EQUITY_CORRELATION),                                                       \
        TERM("multiple_cap", member.multiple_cap, "1", 1.0, HUGE_VAL, HUGE_VAL, MLD_JUDGEMENT,    \
             "Highest value multiple, limited profit-making; none by default.",                   \
             "Multiple de valeur maximal, lucrativité limitée ; aucun par défaut.",               \
             SOURCE_OF_MULTIPLE_CAP)

/**
 * Checks resolutions: probabilities sum to 1, recovery spreads a Beta law allows. Returns the
 * number of messages.
 */
int mld_terms_check_common(const struct mld_terms *terms, const char *instrument, const char *where,
                           struct mld_messages *messages);

/** Adds "where: instrument: text" and returns 1, so that checks can be summed. */
int mld_terms_refuse(const char *where, const char *instrument, struct mld_messages *messages,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

/** Reads of an instrument whose terms do not change them: performance, or value. */
unsigned mld_terms_read_performance(const struct mld_terms *terms);
unsigned mld_terms_read_value(const struct mld_terms *terms);

#endif
