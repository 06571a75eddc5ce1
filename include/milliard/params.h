/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Parameter tables. One row per key; from it follow reading and range checks with file:line,
 * the nearest known key, `milliard describe`, the documentation, the echo in the results file,
 * random valid values for property tests, and the columns of the deal tape.
 */
#ifndef MILLIARD_PARAMS_H
#define MILLIARD_PARAMS_H

#include <stddef.h>

#include "milliard/language.h"

MLD_BEGIN_DECLARATIONS

enum mld_kind {
    MLD_REAL,   /**< double at offset */
    MLD_INT,    /**< int at offset */
    MLD_BOOL,   /**< int 0/1 at offset */
    MLD_CHOICE, /**< int at offset: index in `choices`, "a|b|c" */
    MLD_TEXT,   /**< char[capacity] at offset */
    MLD_DATE,   /**< struct mld_date at offset, an ISO text in the file */
    MLD_REALS,  /**< double[capacity] at offset, int count at count_offset */
    MLD_NAMES,  /**< char[capacity][stride] at offset, int count at count_offset */
    /*
     * nested struct at offset, described by `table`; int present at count_offset, if that is not 0
     */
    MLD_GROUP,
    /* struct[capacity] of `stride` bytes at offset, int count at count_offset, each by `table` */
    MLD_LIST,
    /*
     * group whose keys are names of a domain; struct[capacity] of `stride` bytes indexed by the
     * domain's index, each by `table`; int present[capacity] at count_offset. `legal_forms` defines
     * its domain: its keys become the names, which the structs begin with, and count_offset holds
     * their number
     */
    MLD_MAP,
    /*
     * group name = number; double[capacity] at offset indexed by the domain's index; 0 if absent;
     * int present[capacity] at count_offset, if that is not 0
     */
    MLD_WEIGHTS,
    MLD_VALUE /**< of any kind; it stays in the tree */
};

/** What the names of a MAP or WEIGHTS, or a TEXT that refers to something, range over. */
enum mld_domain {
    MLD_DOMAIN_NONE,
    MLD_DOMAIN_FACTOR,
    MLD_DOMAIN_FACTOR_OR_TMO,
    MLD_DOMAIN_SECTOR,
    /* legal forms: the keys of `legal_forms` define it, in file order */
    MLD_DOMAIN_FORM,
    MLD_DOMAIN_INSTRUMENT, /**< the registry */
    MLD_DOMAIN_LAYER
};

enum mld_param_flags {
    MLD_REQUIRED = 1,  /**< no default: the scenario must give it */
    MLD_JUDGEMENT = 2, /**< starred in the model: judgement, open to change */
    MLD_TAPE = 4,      /**< may be a column of the deal tape */
    MLD_OPTIONAL = 8,  /**< a group or list that may be absent as a whole */
    /*
     * says how the run is made, or what things are called: no row of `sensitivity` varies it, nor
     * what is below
     */
    MLD_FIXED = 16,
    MLD_WHOLE = 32,  /**< a REAL that is a whole number, beyond what an int holds */
    MLD_PERIODS = 64 /**< years that are a whole number of periods */
};

/** Kinds of layers, for the rows that one of them alone has. */
enum mld_layer_kind { MLD_ON_DEALS = 1, MLD_OF_COUNTER = 2 };

/**
 * The stages of a path, in the order of the flow: a parameter moves its own and those after it,
 * none before.
 */
enum mld_stage {
    MLD_STAGE_OF_GROUP, /**< of a row: that of the group, list or map it stands in */
    MLD_STAGE_FACTORS,
    MLD_STAGE_PORTFOLIO,
    MLD_STAGE_ISSUERS,
    MLD_STAGE_LIVES,
    MLD_STAGE_COVERS,
    MLD_STAGE_GUARANTEE,
    MLD_STAGE_FUND,
    MLD_STAGE_MEASURES,
    MLD_STAGE_NONE /**< no stage: texts, and what only the run or a report reads */
};

/** Kinds of items that one MAP or LIST holds, each with rows of its own. */
struct mld_kinds {
    const char *(*name)(int i);             /**< of a kind; NULL after the last */
    const struct mld_param *(*rows)(int i); /**< what it adds to `table`; NULL: nothing */
};

struct mld_node;
struct mld_param {
    const char *key;
    enum mld_kind kind;
    /* "EUR", "1/year", "years", "1" (a fraction or count), "" for texts */
    const char *unit;
    /* closed range of numbers; of each number for REALS and WEIGHTS */
    double min, max;
    /*
     * default of a number; NaN: no default, needed in some uses only; CHOICE: index, -1 for none. A
     * REAL whose max is infinite reads "none" as +inf
     */
    double fallback;
    /* CHOICE: "first|second"; TEXT and DATE: the default text; else NULL */
    const char *choices;
    int yes_no; /**< CHOICE: 1 where false stands for its first, true for its second */
    size_t offset, count_offset, capacity, stride;
    const struct mld_param *table; /**< nested rows, ended by a row whose key is NULL */
    /*
     * MAP: the kind of an item is its name; LIST: what its first row says, a choice among the
     * kinds. NULL: all items have the same rows
     */
    const struct mld_kinds *kinds;
    /* a row of a LIST: bits of the kinds of items that alone have it; 0: all have it */
    unsigned only;
    /* LIST whose rows say so: the bits of what an item is not, by what it says */
    unsigned (*lacks)(const struct mld_node *item);
    /*
     * REAL without a default: the dotted key whose value it takes where it is left out; NULL: none
     */
    const char *inherits;
    /* REAL without a default: the key of its table that it is given instead of; NULL: none */
    const char *instead;
    enum mld_domain domain;
    unsigned flags;
    /* first that it touches; a group, list or map also by being there or by its length */
    enum mld_stage stage;
    const char *doc_en; /**< one sentence, English */
    const char *doc_fr; /**< one sentence, French, the practitioners' terms */
    /*
     * paper, article of law or section of the model; of a judgement what it rests on, in both
     * languages: see MLD_JUDGED. source_fr NULL: as source
     */
    const char *source, *source_fr;
};

/**
 * The source of a judgement, as `.source = MLD_JUDGED(…)`: why this project takes what it does,
 * where nothing was read that says so; then the section of the model that speaks of it.
 */
#define MLD_JUDGED(section, en, fr)                               \
    "judgement of this project: " en "; model, section " section, \
        .source_fr = "jugement de ce projet : " fr " ; modèle, section " section
/** The same where documents say something of it, which are named. */
#define MLD_BESIDE(section, en, fr) \
    en "; model, section " section, .source_fr = fr " ; modèle, section " section

#define MLD_PARAM_END \
    {                 \
        .key = NULL   \
    }

/** Nearest known key among the rows of a table by edit distance, or NULL when none is near. */
const char *mld_param_nearest(const struct mld_param *table, const char *key);

/** Where each resolved parameter comes from. */
enum mld_origin { MLD_GIVEN, MLD_DEFAULTED, MLD_SET, MLD_UNUSED };
struct mld_echo {
    const char *key;   /**< dotted */
    const char *value; /**< as text that the reader reads back */
    const char *unit, *doc_en, *doc_fr, *source, *source_fr;
    enum mld_origin origin;
    const char *where; /**< "file:line", "--set", or "" for a default */
    unsigned flags;    /**< of the row: MLD_JUDGEMENT … */
};

MLD_END_DECLARATIONS

#endif
