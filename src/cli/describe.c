/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * milliard describe: what a key, a group of keys, an instrument, a way to pay, a design, a tier, a
 * measure or a study means, from their tables.
 */
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

static const char *text_of(const char *english, const char *french, const char *language)
{
    return strcmp(language, "fr") == 0 && french ? french : english ? english : "";
}

static const char *kind_of(const struct mld_param *row)
{
    switch (row->kind) {
    case MLD_REAL: return "number";
    case MLD_INT: return "whole number";
    case MLD_BOOL: return "true or false";
    case MLD_CHOICE: return "choice";
    case MLD_TEXT: return "text";
    case MLD_DATE: return "date";
    case MLD_REALS: return "list of numbers";
    case MLD_NAMES: return "list of names";
    case MLD_GROUP: return "group";
    case MLD_LIST: return "list of groups";
    case MLD_MAP: return "group by name";
    case MLD_WEIGHTS: return "weights by name";
    case MLD_VALUE: return "value";
    }
    return "";
}

static void print_row(const char *prefix, const struct mld_param *row, const char *language)
{
    int number = row->kind == MLD_REAL || row->kind == MLD_INT;
    printf("%s%s%s  (%s", prefix, *prefix ? "." : "", row->key, kind_of(row));
    if (row->unit && *row->unit)
        printf(", %s", row->unit);
    if (number || row->kind == MLD_REALS || row->kind == MLD_WEIGHTS)
        printf(", in [%g, %g]", row->min, row->max);
    if (row->flags & MLD_REQUIRED)
        printf(", required");
    else if (row->inherits)
        printf(", default %s", row->inherits);
    else if (number && row->fallback >= row->min) /* neither NaN nor a mark of what is left out */
        printf(", default %g", row->fallback);
    else if (row->choices && *row->choices)
        printf(", %s", row->choices);
    printf(")%s\n    %s\n", row->flags & MLD_JUDGEMENT ? " *" : "",
           text_of(row->doc_en, row->doc_fr, language));
    if (row->source && *row->source)
        printf("    %s\n",
               text_of(row->source, row->source_fr ? row->source_fr : row->source, language));
}

static void print_table(const char *prefix, const struct mld_param *table, const char *language)
{
    for (const struct mld_param *row = table; row && row->key; row++)
        print_row(prefix, row, language);
}

/* The rows that a kind of item adds. */
static void print_kind(const char *group, const char *kind, const struct mld_param *table,
                       const char *language)
{
    char prefix[128];
    snprintf(prefix, sizeof prefix, "%s.%s", group, kind);
    print_table(prefix, table, language);
}

static void print_instrument(const struct mld_instrument *instrument, const char *language)
{
    printf("%s: %s\n%s\n%s\n\n", instrument->name,
           text_of(instrument->summary_en, instrument->summary_fr, language),
           instrument->legal_fr ? instrument->legal_fr : "",
           instrument->source ? instrument->source : "");
    char prefix[128];
    snprintf(prefix, sizeof prefix, "instruments.%s", instrument->name);
    print_table(prefix, mld_common_params, language);
    print_table(prefix, instrument->params, language);
}

/* What a column of a tape may be, beside the parameters of the instruments. */
static void print_columns(const char *language)
{
    const struct mld_param *further[] = { mld_param_named("legal_forms")->table,
                                          mld_param_named("instruments.*.resolutions")->table };
    printf("\n%s\n", text_of("Columns of the file, in any order:",
                             "Colonnes du fichier, dans n'importe quel ordre\u00a0:", language));
    print_table("", mld_tape_columns, language);
    printf("\n%s\n",
           text_of("Further ones, which override the scenario for the deals that fill them in; a "
                   "deal that gives its recovery then has one\n"
                   "resolution, and a rating is its issuer's:",
                   "Autres colonnes, qui remplacent le scénario pour les dossiers qui les "
                   "remplissent ; un dossier qui donne son recouvrement\n"
                   "a alors une seule issue, et la note (rating) est celle de son émetteur\u00a0:",
                   language));
    for (int i = 0; i < 2; i++)
        for (const struct mld_param *row = further[i]; row->key; row++)
            if (row->flags & MLD_TAPE)
                print_row("", row, language);
    printf("\n%s\n", text_of("Any parameter of an instrument may be one too (milliard describe "
                             "bond). A column whose name begins with # is your own.",
                             "Tout paramètre d'un instrument peut aussi en être une (milliard "
                             "describe bond). Une colonne dont le nom commence par # est la vôtre.",
                             language));
}

/* ---- names that are values of a key ---- */

struct term {
    const char *name, *summary_en, *summary_fr, *source;
    const char *group; /* whose items it is a kind of, and the rows it adds to them; or NULL */
    const struct mld_param *params;
};

#define TERM_OF(row)                                                                    \
    .name = (row).name, .summary_en = (row).summary_en, .summary_fr = (row).summary_fr, \
    .source = (row).source

static struct term payout(int i) { return (struct term){ TERM_OF(mld_payouts[i]) }; }
static struct term design(int i) { return (struct term){ TERM_OF(mld_layer_designs[i]) }; }
static struct term tier(int i)
{
    const struct mld_tier_descriptor *row = mld_tiers[i];
    return row ? (struct term){ TERM_OF(*row), .group = "fund.tiers", .params = row->params }
               : (struct term){ .name = NULL };
}

static const struct {
    const char *title, *title_fr;
    struct term (*at)(int i);
} registries[] = {
    { "Ways a guarantee layer pays (guarantee.layers.payout)",
      "Façons dont une tranche de garantie indemnise (guarantee.layers.payout)", payout },
    { "Designs of guarantee layers, by their quotite, attachment and cap_rate",
      "Formes de tranches de garantie, selon leurs quotite, attachment et cap_rate", design },
    { "Tiers of the waterfall (fund.tiers.type)", "Étages de la cascade (fund.tiers.type)", tier },
};
enum { REGISTRIES = sizeof registries / sizeof *registries };

static int describe_term(const char *what, const char *language)
{
    for (int k = 0; k < REGISTRIES; k++)
        for (int i = 0; registries[k].at(i).name; i++) {
            struct term term = registries[k].at(i);
            if (strcmp(term.name, what) == 0) {
                printf("%s: %s\n%s\n", term.name,
                       text_of(term.summary_en, term.summary_fr, language), term.source);
                if (term.params) {
                    printf("\n");
                    print_kind(term.group, term.name, term.params, language);
                }
                return 1;
            }
        }
    return 0;
}

/* ---- measures and studies ---- */

static void print_statistics(const struct mld_measure *measure, const char *language)
{
    static const struct {
        const char *before, *after, *en, *fr;
    } forms[] = {
        { "", "", "its mean, in the last design: with the guarantee when there is one",
          "sa moyenne, dans la dernière variante\u00a0: avec la garantie s'il y en a une" },
        { "without.", ".p05", "its 5 % quantile without guarantee",
          "son quantile à 5 % sans garantie" },
        { "", ".p99.9", "its 99.9 % quantile", "son quantile à 99,9 %" },
        { "", ".sd", "its standard deviation", "son écart-type" },
        { "", ".shortfall", "the mean of its worst 5 %",
          "la moyenne de ses 5 % les plus défavorables" },
    };
    size_t n = sizeof forms / sizeof *forms - (measure->tail == MLD_TAIL_NONE);
    printf("%s\n", text_of("As a statistic, [design.]measure[.mean|.sd|.pNN|.shortfall]:",
                           "Comme statistique, [variante.]mesure[.mean|.sd|.pNN|.shortfall]\u00a0:",
                           language));
    for (size_t i = 0; i < n; i++)
        printf("    %s%s%s: %s\n", forms[i].before, measure->name, forms[i].after,
               text_of(forms[i].en, forms[i].fr, language));
}

static int describe_measure(const char *what, const char *language)
{
    int i = mld_measure_named(what);
    if (i < 0)
        return 0;
    const struct mld_measure *measure = &mld_measures[i];
    printf("%s: %s  (%s)\n    %s\n\n", measure->name,
           text_of(measure->label_en, measure->label_fr, language), measure->unit,
           text_of(measure->doc_en, measure->doc_fr, language));
    print_statistics(measure, language);
    return 1;
}

/* Every key of a study file, level by level. */
static void print_all(const char *prefix, const struct mld_param *table, const char *language)
{
    char below[128];
    for (const struct mld_param *row = table; row && row->key; row++) {
        print_row(prefix, row, language);
        snprintf(below, sizeof below, "%.80s%s%.40s", prefix, *prefix ? "." : "", row->key);
        print_all(below, row->table, language);
    }
}

static int describe_study(const char *what, const char *language)
{
    if (strcmp(what, "study") != 0)
        return 0;
    print_all("", mld_study_params, language);
    printf("\n");
    print_statistics(&mld_measures[mld_measure_named("net_irr_a")], language);
    return 1;
}

static int describe_one(const char *what, const char *language)
{
    int instrument = mld_instrument_named(what);
    if (instrument >= 0) {
        print_instrument(mld_instruments[instrument], language);
        return MLD_OK;
    }
    if (describe_term(what, language) || describe_measure(what, language) ||
        describe_study(what, language))
        return MLD_OK;
    const struct mld_param *row = mld_param_named(what);
    if (!row) {
        char meant[256];
        const char *near = mld_describable_nearest(meant, sizeof meant, what);
        cli_complain("no instrument, tier, design and no key '%s'%s%s%s", what,
                     near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
        return MLD_ERR_USAGE;
    }
    const char *dot = strrchr(what, '.');
    char prefix[256] = "";
    if (dot)
        snprintf(prefix, sizeof prefix, "%.*s", (int)(dot - what), what);
    print_row(prefix, row, language);
    if (row->table)
        print_table(what, row->table, language);
    for (int i = 0; row->kind == MLD_LIST && row->kinds && row->kinds->name(i); i++)
        print_kind(what, row->kinds->name(i), row->kinds->rows(i), language);
    if (strcmp(what, "tape") == 0)
        print_columns(language);
    return MLD_OK;
}

static void print_overview(const char *language)
{
    printf("%s\n", text_of("Instruments (milliard describe NAME):",
                           "Instruments (milliard describe NOM)\u00a0:", language));
    for (int i = 0; mld_instruments[i]; i++)
        printf("  %-26s %s\n", mld_instruments[i]->name,
               text_of(mld_instruments[i]->summary_en, mld_instruments[i]->summary_fr, language));
    for (int k = 0; k < REGISTRIES; k++) {
        printf("\n%s%s\n", text_of(registries[k].title, registries[k].title_fr, language),
               text_of(":", "\u00a0:", language));
        for (int i = 0; registries[k].at(i).name; i++) {
            struct term term = registries[k].at(i);
            printf("  %-26s %s\n", term.name, text_of(term.summary_en, term.summary_fr, language));
        }
    }
    printf("\n%s\n\n",
           text_of("Keys of a scenario (milliard describe KEY; * marks a judgement):",
                   "Clés d'un scénario (milliard describe CLÉ\u00a0; * signale un jugement)\u00a0:",
                   language));
    print_table("", mld_scenario_params, language);
    printf("\n%s\n", text_of("Keys of a study: milliard describe study. A measure and its "
                             "statistics: milliard describe net_irr_a.",
                             "Clés d'une étude\u00a0: milliard describe study. Une mesure et ses "
                             "statistiques\u00a0: milliard describe net_irr_a.",
                             language));
}

/* A scenario written out in full: scenarios/explained.cfg is made so. */
static int write_out(const char *path)
{
    struct cli_inputs inputs = { .scenario = path };
    struct mld_scenario *scenario = NULL;
    struct mld_plan *plan = NULL;
    int status = cli_load(&inputs, &scenario, &plan);
    char *text = status == MLD_OK ? mld_scenario_explain(scenario) : NULL;
    if (text && isatty(STDOUT_FILENO))
        cli_print(stdout, "%s", text);
    else if (text)
        fputs(text, stdout);
    else if (status == MLD_OK)
        status = MLD_ERR_MEMORY;
    free(text);
    cli_unload(scenario, plan);
    return status;
}

int cli_describe(const struct cli_command *command, int argc, char **argv)
{
    const char *language = NULL, *scenario = NULL;
    int option;
    while ((option = cli_option(command, argc, argv)) != -1)
        switch (option) {
        case 'l': language = optarg; break;
        case 's': scenario = optarg; break;
        default: return cli_end(command, option);
        }
    language = cli_language(language);
    if (optind < argc - 1 || !language)
        return cli_usage_error(command);
    if (scenario)
        return optind == argc ? write_out(scenario) : cli_usage_error(command);
    if (optind == argc) {
        print_overview(language);
        return MLD_OK;
    }
    return describe_one(argv[optind], language);
}
