/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From paths and texts to one merged tree, and what a scenario gives back of itself. */
#include "core/plain.h"
#include "core/encoding.h"
#include "milliard/draws.h"
#include "scenario/config.h"
#include "scenario/doubtful.h"
#include "core/file.h"
#include "scenario/resolve.h"
#include "scenario/scenario_internal.h"
#include "tape/tape.h"

#include <stdlib.h>
#include <string.h>

/* 1 GiB: a scenario may hold the text of a tape. */
enum { MOST_BASES = 32, LARGEST_FILE = 1 << 30 };

/* The scenarios on the way from the one asked for to its farthest base. */
struct chain {
    struct mld_scenario *scenario;
    struct mld_messages *messages;
    int is_whole; /* the text of a results file: no other file is read for it */
    int count;
    const char *path[MOST_BASES];
    struct mld_file_identity identity[MOST_BASES];
};

struct mld_scenario *mld_scenario_create(void) { return calloc(1, sizeof(struct mld_scenario)); }

void mld_scenario_free(struct mld_scenario *scenario)
{
    if (!scenario)
        return;
    mld_arena_clear(&scenario->arena);
    free(scenario->tape);
    free(scenario);
}

void mld_replace_portfolio(struct mld_node *under, const struct mld_node *over)
{
    static const char *const pair[2] = { "thesis", "tape" };
    for (int i = 0; i < 2; i++) {
        struct mld_node *inherited = mld_node_child(under, pair[1 - i], strlen(pair[1 - i]));
        if (inherited && mld_node_child(over, pair[i], strlen(pair[i])) &&
            !mld_node_child(over, pair[1 - i], strlen(pair[1 - i])))
            mld_node_remove(under, inherited);
    }
}

const char *mld_scenario_where(const void *context, const char *dotted)
{
    const struct mld_places *places = context;
    const char *where = mld_node_where(places->texts,
                                       mld_node_at(places->scenario->root, dotted, 1));
    return where ? where : "";
}

/* ---- base and drop ---- */

static enum mld_status load_file(struct chain *chain, const char *path, struct mld_node **root);

static void tell_cycle(struct chain *chain, int first)
{
    char text[4096] = "";
    for (int i = first; i < chain->count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s -> ", chain->path[i]);
    }
    mld_messages_add(chain->messages, "%s: base goes round in a circle: %s%s",
                     chain->path[chain->count - 1], text, chain->path[first]);
}

static enum mld_status drop_one(struct chain *chain, struct mld_node *under,
                                const struct mld_node *item)
{
    struct mld_node *parent = under, *node = under;
    const char *path = item->kind == MLD_NODE_TEXT ? item->text : "";
    struct mld_step step;
    int more = 0;
    while (node && (more = mld_path_step(&path, &step)) > 0) {
        parent = node;
        node = mld_node_at_step(parent, &step);
    }
    if (more < 0 || !node || node == under) {
        mld_messages_add(chain->messages, "%s:%d: drop: \"%s\" is no key of the base", item->file,
                         item->line, item->kind == MLD_NODE_TEXT ? item->text : "");
        return MLD_ERR_INPUT;
    }
    mld_node_remove(parent, node);
    return MLD_OK;
}

/* `drop` = [ "fund" ]: keys of the base that this scenario does without. */
static enum mld_status drop_keys(struct chain *chain, struct mld_node *under, struct mld_node *over)
{
    struct mld_node *drop = mld_node_child(over, "drop", 4);
    enum mld_status worst = MLD_OK;
    if (!drop)
        return MLD_OK;
    for (const struct mld_node *item = drop->first; item; item = item->next) {
        enum mld_status status = drop_one(chain, under, item);
        worst = status != MLD_OK ? status : worst;
    }
    mld_node_remove(over, drop);
    return worst;
}

/*
 * Under a name of its own a scenario is another one: what its base says of itself is not true of
 * it.
 */
static void forget_title(struct mld_node *under, const struct mld_node *over)
{
    static const char *const said[] = { "title", "description" };
    const struct mld_node *theirs = mld_node_child(under, "name", 4),
                          *own = mld_node_child(over, "name", 4);
    if (!theirs || !own || theirs->kind != MLD_NODE_TEXT || own->kind != MLD_NODE_TEXT ||
        !strcmp(theirs->text, own->text))
        return;
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        struct mld_node *node = mld_node_child(under, said[i], strlen(said[i]));
        if (node)
            mld_node_remove(under, node);
    }
}

static enum mld_status refuse_other_file(const struct mld_node *node, const char *key,
                                         struct mld_messages *messages)
{
    mld_messages_add(messages,
                     "%s:%d: %s: a results file keeps its scenario whole, and this one asks for "
                     "another file: it has been changed",
                     node->file, node->line, key);
    return MLD_ERR_FORMAT;
}

static enum mld_status lay_on_base(struct chain *chain, const char *file, struct mld_node **root)
{
    struct mld_node *over = *root, *base = mld_node_child(over, "base", 4), *under = NULL;
    struct mld_arena *arena = &chain->scenario->arena;
    if (!base)
        return MLD_OK;
    mld_node_remove(over, base);
    if (base->kind != MLD_NODE_TEXT) {
        mld_messages_add(chain->messages,
                         "%s:%d: base: the path of a scenario is expected, in quotes", base->file,
                         base->line);
        return MLD_ERR_INPUT;
    }
    if (chain->is_whole)
        return refuse_other_file(base, "base", chain->messages);
    char *path = mld_file_beside(arena, file, base->text);
    if (!path)
        return MLD_ERR_MEMORY;
    enum mld_status status = load_file(chain, path, &under);
    if (status != MLD_OK)
        return status;
    status = drop_keys(chain, under, over);
    mld_replace_portfolio(under, over);
    forget_title(under, over);
    struct mld_shorthand given = mld_shorthand_of(over);
    if (mld_node_merge(arena, under, over))
        return MLD_ERR_MEMORY;
    mld_forget_shorthand(under, given);
    under->file = over->file;
    *root = under;
    return status;
}

/* A study is asked for by its own command, and none of its keys is a scenario's. */
static int is_study(const struct mld_node *root, const char *file, struct mld_messages *messages)
{
    const struct mld_node *axes = mld_node_child(root, "axes", 4);
    if (axes)
        mld_messages_add(messages, "%s:%d: axes: a study, and no scenario: see milliard study",
                         file, axes->line);
    return axes != NULL;
}

static enum mld_status parse_on_base(struct chain *chain, const char *text, size_t length,
                                     const char *file, struct mld_node **root)
{
    enum mld_status status = mld_config_parse(&chain->scenario->arena, text, length, file, root,
                                              chain->messages);
    if (status != MLD_OK)
        return status;
    if (!(*root)->first) {
        mld_messages_add(chain->messages, "%s: the scenario is empty", file);
        return MLD_ERR_INPUT;
    }
    if (is_study(*root, file, chain->messages))
        return MLD_ERR_INPUT;
    return lay_on_base(chain, file, root);
}

/*
 * Editors of Western Europe save in Windows-1252 unless they are told not to. Other bytes are told
 * by the parser.
 */
static enum mld_status load_text(struct chain *chain, char **text, size_t *length, const char *file,
                                 struct mld_node **root)
{
    if (mld_text_to_utf8(text, length))
        return MLD_ERR_MEMORY;
    return parse_on_base(chain, *text, *length, file, root);
}

static int enter_chain(struct chain *chain, const char *path,
                       const struct mld_file_identity *identity)
{
    for (int i = 0; i < chain->count; i++)
        if (mld_file_same(&chain->identity[i], identity)) {
            tell_cycle(chain, i);
            return -1;
        }
    if (chain->count == MOST_BASES) {
        mld_messages_add(chain->messages, "%s: more than %d scenarios built upon each other", path,
                         MOST_BASES);
        return -1;
    }
    chain->path[chain->count] = path;
    chain->identity[chain->count++] = *identity;
    return 0;
}

static enum mld_status load_file(struct chain *chain, const char *path, struct mld_node **root)
{
    char *text = NULL;
    size_t length = 0;
    struct mld_file_identity identity;
    enum mld_status status = mld_file_read(path, chain->count ? MLD_FILE_REGULAR : MLD_FILE_ANY,
                                           LARGEST_FILE, &text, &length, &identity,
                                           chain->messages);
    if (status == MLD_OK)
        status = enter_chain(chain, path, &identity) ? MLD_ERR_INPUT
                                                     : load_text(chain, &text, &length, path, root);
    free(text);
    return status;
}

/* ---- load and parse ---- */

/*
 * Reads the tape now, so that a scenario holds all it depends on. A wrong `tape` group is told by
 * the reader.
 */
static enum mld_status take_tape(struct mld_scenario *scenario, int is_whole,
                                 struct mld_messages *messages)
{
    struct mld_node *file = mld_node_at(scenario->root, "tape.file", 0),
                    *text = mld_node_at(scenario->root, "tape.text", 0);
    if (!file || file->kind != MLD_NODE_TEXT || text)
        return MLD_OK;
    if (is_whole)
        return refuse_other_file(file, "tape.file", messages);
    const char *from = file->file == mld_place_of_set ? "" : file->file;
    scenario->tape_name = mld_file_beside(&scenario->arena, from, file->text);
    if (!scenario->tape_name)
        return MLD_ERR_MEMORY;
    return mld_tape_read(scenario->tape_name, &scenario->tape, &scenario->tape_length, messages);
}

static enum mld_status finish(const struct chain *chain, enum mld_status status, int n_set,
                              const char *const *set, struct mld_scenario **out)
{
    struct mld_scenario *scenario = chain->scenario;
    struct mld_messages *messages = chain->messages;
    for (int i = 0, loaded = status == MLD_OK; i < n_set && loaded; i++) {
        enum mld_status applied = mld_set_apply(scenario, set[i], messages);
        status = status == MLD_OK ? applied : status;
    }
    if (status == MLD_OK)
        status = take_tape(scenario, chain->is_whole, messages);
    if (status == MLD_OK)
        *out = scenario;
    else
        mld_scenario_free(scenario);
    return status;
}

enum mld_status mld_scenario_load(const char *path, int n_set, const char *const *set,
                                  struct mld_scenario **scenario, struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct mld_scenario *made = mld_scenario_create();
    if (!made)
        return MLD_ERR_MEMORY;
    struct chain chain = { .scenario = made, .messages = messages };
    const char *kept = mld_arena_text(&made->arena, path, strlen(path));
    enum mld_status status = kept ? load_file(&chain, kept, &made->root) : MLD_ERR_MEMORY;
    return finish(&chain, status, n_set, set, scenario);
}

static enum mld_status parse(const char *text, const char *name, int is_whole, int n_set,
                             const char *const *set, struct mld_scenario **scenario,
                             struct mld_messages *messages)
{
    struct mld_scenario *made = mld_scenario_create();
    if (!made)
        return MLD_ERR_MEMORY;
    struct chain chain = { .scenario = made, .messages = messages, .is_whole = is_whole };
    const char *kept = mld_arena_text(&made->arena, name, strlen(name));
    size_t length = strlen(text);
    char *copy = malloc(length + 1);
    if (copy)
        memcpy(copy, text, length + 1);
    enum mld_status status = kept && copy ? load_text(&chain, &copy, &length, kept, &made->root)
                                          : MLD_ERR_MEMORY;
    free(copy);
    return finish(&chain, status, n_set, set, scenario);
}

enum mld_status mld_scenario_parse(const char *text, const char *name, int n_set,
                                   const char *const *set, struct mld_scenario **scenario,
                                   struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    return parse(text, name, 0, n_set, set, scenario, messages);
}

enum mld_status mld_scenario_restore(const char *text, struct mld_scenario **scenario,
                                     struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    return parse(text, "the results file's scenario", 1, 0, NULL, scenario, messages);
}

/* ---- plan ---- */

static enum mld_status read_tape(const struct mld_scenario *scenario, struct mld_plan *plan,
                                 struct mld_messages *messages)
{
    const struct mld_node *text = mld_node_at(scenario->root, "tape.text", 0);
    struct mld_tape_text tape = { scenario->tape, scenario->tape_length, scenario->tape_name };
    if (!plan->model.has_tape)
        return MLD_OK;
    if (text)
        tape = (struct mld_tape_text){ text->text, text->length, plan->model.tape.path };
    return mld_tape_parse(&tape, plan->fund.present ? plan->fund.investment_periods : 0,
                          &plan->model, &plan->warnings, messages);
}

/* Reads, then checks whatever was read well: every mistake is told at once. */
enum mld_status mld_scenario_draft(const struct mld_scenario *scenario, struct mld_reading *reading,
                                   struct mld_messages *messages)
{
    struct mld_plan *plan = &reading->plan;
    unsigned misread = 0;
    enum mld_status read = mld_scenario_read(scenario, reading, &misread, messages), tape = MLD_OK;
    if (read == MLD_ERR_MEMORY)
        return read;
    if (read == MLD_OK && plan->model.has_tape && !plan->model.has_thesis &&
        mld_resolve_grid(plan) == MLD_OK)
        tape = read_tape(scenario, plan, messages);
    if (tape == MLD_ERR_MEMORY)
        return tape;
    if (tape != MLD_OK)
        misread |= MLD_PART_PORTFOLIO;
    const struct mld_places places = { scenario, &plan->echo->arena };
    enum mld_status resolved = mld_resolve_parts(reading, misread, mld_scenario_where, &places,
                                                 messages);
    return read != MLD_OK && resolved != MLD_ERR_MEMORY ? read : resolved;
}

/* The plan out of a reading without mistakes; the reading has none any more. */
static enum mld_status take_plan(struct mld_reading *reading, struct mld_plan **plan)
{
    *plan = malloc(sizeof **plan);
    if (!*plan)
        return MLD_ERR_MEMORY;
    **plan = reading->plan;
    reading->plan = (struct mld_plan){ 0 };
    mld_plan_list_designs(*plan);
    return MLD_OK;
}

static enum mld_status resolve_laws(const struct mld_scenario *scenario, struct mld_plan *plan,
                                    struct mld_messages *messages)
{
    const struct mld_places places = { scenario, &plan->echo->arena };
    return mld_resolve_laws(plan, mld_scenario_where, &places, messages);
}

static enum mld_status make_plan(const struct mld_scenario *scenario, struct mld_reading *reading,
                                 struct mld_plan **plan, struct mld_messages *messages)
{
    enum mld_status status = mld_scenario_draft(scenario, reading, messages);
    if (status == MLD_OK)
        status = resolve_laws(scenario, &reading->plan, messages);
    if (status == MLD_OK)
        mld_find_doubtful(scenario, reading);
    if (reading->plan.warnings.lost)
        status = MLD_ERR_MEMORY;
    if (status == MLD_OK)
        mld_echo_mark_unused(&reading->plan);
    return status == MLD_OK ? take_plan(reading, plan) : status;
}

enum mld_status mld_scenario_plan(const struct mld_scenario *scenario, struct mld_plan **plan,
                                  struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct mld_reading *reading = calloc(1, sizeof *reading);
    if (!reading)
        return MLD_ERR_MEMORY;
    enum mld_status status = make_plan(scenario, reading, plan, messages);
    mld_plan_clear(&reading->plan);
    free(reading);
    return status;
}

enum mld_status mld_scenario_sensitivities(const struct mld_scenario *scenario,
                                           struct mld_judgements **judgements,
                                           struct mld_messages *messages)
{
    MLD_PLAIN_NUMBERS;
    struct mld_reading *reading = calloc(1, sizeof *reading);
    *judgements = malloc(sizeof **judgements);
    enum mld_status status = reading && *judgements
                                 ? mld_scenario_draft(scenario, reading, messages)
                                 : MLD_ERR_MEMORY;
    if (status == MLD_OK)
        **judgements = reading->judgements;
    if (reading)
        mld_plan_clear(&reading->plan);
    free(reading);
    if (status != MLD_OK) {
        free(*judgements);
        *judgements = NULL;
    }
    return status;
}

const struct mld_echo *mld_plan_echo(const struct mld_plan *plan, size_t *n)
{
    *n = plan->echo->count;
    return plan->echo->item;
}

/* ---- fingerprint ---- */

static uint64_t fingerprint_of(const char *key, const char *value)
{
    return mld_entity_named(key) * (2 * mld_entity_named(value) + 1);
}

uint64_t mld_scenario_fingerprint(const struct mld_scenario *scenario, const struct mld_plan *plan)
{
    MLD_PLAIN_NUMBERS;
    const struct mld_node *given = mld_node_at(scenario->root, "tape.text", 0);
    const char *tape = given ? given->text : scenario->tape;
    uint64_t sum = tape ? fingerprint_of("tape.text", tape) : 0;
    for (size_t i = 0; i < plan->echo->count; i++) {
        const struct mld_echo *echo = &plan->echo->item[i];
        /*
         * Of a tape read from its file the echo says that no text was given. Worlds are beside the
         * scenario's own inputs, of which results stay what they are.
         */
        if (strncmp(echo->key, "run.", 4) != 0 && strncmp(echo->key, "uncertainty.", 12) != 0 &&
            strcmp(echo->key, "tape.text") != 0)
            sum += fingerprint_of(echo->key, echo->value);
    }
    return sum;
}

/* ---- text ---- */

/* The tree with the tape's text inside. */
static struct mld_node *self_contained(const struct mld_scenario *scenario, struct mld_arena *arena)
{
    struct mld_node *root = mld_node_copy(arena, scenario->root);
    struct mld_node *tape = root ? mld_node_child(root, "tape", 4) : NULL;
    if (!tape || !scenario->tape)
        return root;
    struct mld_node *text = mld_node_create(arena, MLD_NODE_TEXT, "text", scenario->tape_name, 0);
    if (!text)
        return NULL;
    text->text = scenario->tape;
    text->length = scenario->tape_length;
    mld_node_append(tape, text);
    return root;
}

static void write_settings(FILE *file, const struct mld_node *root)
{
    for (const struct mld_node *node = root->first; node; node = node->next) {
        fprintf(file, "%s = ", node->name);
        mld_node_write(file, node, 0);
        fputs(";\n", file);
    }
}

char *mld_scenario_text(const struct mld_scenario *scenario)
{
    MLD_PLAIN_NUMBERS;
    struct mld_arena arena = { NULL };
    char *text = NULL;
    size_t length;
    struct mld_node *root = self_contained(scenario, &arena);
    FILE *memory = root ? open_memstream(&text, &length) : NULL;
    if (memory) {
        write_settings(memory, root);
        if (fclose(memory)) {
            free(text);
            text = NULL;
        }
    }
    mld_arena_clear(&arena);
    return text;
}
