/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/study_group.h"

#include <stdlib.h>
#include <string.h>

#include "core/checksum.h"

/* ---- columns ---- */

static int column_of(struct mld_study_columns *columns, const struct mld_statistic *statistic)
{
    int i = 0;
    while (i < columns->n && (columns->column[i].place != statistic->design ||
                              columns->column[i].measure != statistic->measure))
        i++;
    if (i == columns->n)
        columns->column[columns->n++] = (struct mld_study_column){ statistic->design,
                                                                   statistic->measure, 0, 0 };
    return i;
}

enum mld_status mld_study_columns_init(struct mld_study_columns *columns,
                                       const struct mld_study *study)
{
    *columns = (struct mld_study_columns){ 0 };
    for (int d = 0; d < MLD_MAX_DESIGNS; d++) {
        columns->wanted[d] = calloc((size_t)mld_measure_count(), 1);
        if (!columns->wanted[d]) {
            mld_study_columns_clear(columns);
            return MLD_ERR_MEMORY;
        }
    }
    for (int s = 0; s < study->n_statistics; s++) {
        const struct mld_statistic *statistic = &study->statistic[s];
        int c = columns->of[s] = column_of(columns, statistic);
        int whole = statistic->of == MLD_OF_QUANTILE || statistic->of == MLD_OF_SHORTFALL;
        columns->column[c].whole |= whole;
        columns->column[c].mean |= !whole;
        columns->wanted[statistic->design][statistic->measure] = 1;
    }
    return MLD_OK;
}

void mld_study_columns_clear(struct mld_study_columns *columns)
{
    for (int d = 0; d < MLD_MAX_DESIGNS; d++)
        free(columns->wanted[d]);
    *columns = (struct mld_study_columns){ 0 };
}

static int is_read(const struct mld_study_columns *columns, int place)
{
    for (int c = 0; c < columns->n; c++)
        if (columns->column[c].place == place)
            return 1;
    return 0;
}

/* ---- what a group owns ---- */

/* Bytes of a spec that several entries may read, once. */
struct spec {
    uint32_t checksum;
    size_t size;
    void *bytes;
};

struct store {
    int n_plans, room;
    struct mld_plan **plan; /* the model's, and those whose laws a spec points to */
    struct spec *spec;      /* a table of `room`, a power of 2, by checksum */
};

static int plan_room(struct store *store, int variants)
{
    store->room = 16;
    while (store->room < 16 * variants)
        store->room *= 2;
    store->plan = calloc((size_t)variants, sizeof *store->plan);
    store->spec = calloc((size_t)store->room, sizeof *store->spec);
    return store->plan && store->spec;
}

/* The place of these bytes, or the empty one for them. */
static struct spec *find(const struct store *store, const void *bytes, size_t size,
                         uint32_t checksum)
{
    uint32_t mask = (uint32_t)store->room - 1, at = checksum & mask;
    for (; store->spec[at].bytes; at = (at + 1) & mask)
        if (store->spec[at].checksum == checksum && store->spec[at].size == size &&
            !memcmp(store->spec[at].bytes, bytes, size))
            break;
    return &store->spec[at];
}

/* A copy of a spec, the same for equal ones. NULL: no memory. */
static const void *keep(struct store *store, const void *bytes, size_t size)
{
    uint32_t checksum = mld_checksum_of(0, bytes, size);
    struct spec *spec = find(store, bytes, size, checksum);
    if (!spec->bytes) {
        spec->bytes = malloc(size);
        if (!spec->bytes)
            return NULL;
        memcpy(spec->bytes, bytes, size);
        spec->checksum = checksum;
        spec->size = size;
    }
    return spec->bytes;
}

static void free_plan(struct mld_plan *plan)
{
    mld_plan_clear(plan);
    free(plan);
}

void mld_study_group_clear(struct mld_study_group *group)
{
    struct store *store = group->store;
    for (int i = 0; store && i < store->n_plans; i++)
        free_plan(store->plan[i]);
    for (int i = 0; store && store->spec && i < store->room; i++)
        free(store->spec[i].bytes);
    if (store) {
        free(store->plan);
        free(store->spec);
    }
    free(store);
    free(group->variant);
    free(group->entry_of);
    free(group->entry);
    *group = (struct mld_study_group){ 0 };
}

/* ---- entries ---- */

/* The same law of the score among those of the group's model; NULL when it has it not. */
static const struct mld_quantile_table *same_law(const struct mld_plan *mine,
                                                 const struct mld_plan *plan)
{
    const struct mld_model *model = &plan->model;
    for (int i = 0; i < model->n_tables; i++)
        if (model->table[i].quantile == plan->fund.score_table)
            for (int k = 0; k < mine->model.n_tables; k++)
                if (mine->model.table[k].mean == model->table[i].mean &&
                    mine->model.table[k].sd == model->table[i].sd)
                    return mine->model.table[k].quantile;
    return NULL;
}

/* Whether a plan has to last as long as its specs: its score has a law of its own. */
static int lend_law(const struct mld_study_group *group, struct mld_plan *plan)
{
    const struct mld_quantile_table *law = plan->fund.score_table;
    if (!law || plan == group->plan)
        return 0;
    law = same_law(group->plan, plan);
    if (law)
        plan->fund.score_table = law;
    return !law;
}

/* Whether a measure of that place has a scope among these. */
static int reads(const struct mld_study_columns *columns, int place, unsigned scope)
{
    for (int c = 0; c < columns->n; c++)
        if (columns->column[c].place == place &&
            mld_measures[columns->column[c].measure].scope & scope)
            return 1;
    return 0;
}

/* *spec: a copy of it that lasts; NULL stays. Gives 0 without memory. */
static int keep_spec(struct store *store, const void **spec, size_t size)
{
    if (!*spec)
        return 1;
    *spec = keep(store, *spec, size);
    return *spec != NULL;
}

/* The design of a plan upon the group's lives, without what no measure reads. */
static int make_design(struct mld_study_group *group, const struct mld_study_columns *columns,
                       const struct mld_plan *plan, int place, struct mld_design *design)
{
    const unsigned of_fund = MLD_SCOPE_FUND | MLD_SCOPE_CLASS_B | MLD_SCOPE_OWED;
    *design = plan->design[place];
    /* a fund that chooses its deals decides what is guaranteed */
    if (!reads(columns, place, of_fund) && !(design->fund && design->fund->recycling.present))
        design->fund = NULL;
    if (!reads(columns, place, MLD_SCOPE_FEEDER))
        design->feeder = NULL;
    if (!reads(columns, place, MLD_SCOPE_ENDOWMENT))
        design->endowment = NULL;
    const void *guarantee = design->guarantee, *fund = design->fund, *feeder = design->feeder,
               *endowment = design->endowment;
    int kept = keep_spec(group->store, &guarantee, sizeof *design->guarantee) &&
               keep_spec(group->store, &fund, sizeof *design->fund) &&
               keep_spec(group->store, &feeder, sizeof *design->feeder) &&
               keep_spec(group->store, &endowment, sizeof *design->endowment);
    design->guarantee = guarantee;
    design->fund = fund;
    design->feeder = feeder;
    design->endowment = endowment;
    return kept;
}

/* Its entry, a new one unless there is one like it. */
static int enter(struct mld_study_group *group, int place, const struct mld_design *design)
{
    for (int i = group->n_entries - 1; i >= 0; i--) {
        const struct mld_study_entry *entry = &group->entry[i];
        if (entry->place == place && entry->design.guarantee == design->guarantee &&
            entry->design.fund == design->fund && entry->design.feeder == design->feeder &&
            entry->design.endowment == design->endowment)
            return i;
    }
    group->entry[group->n_entries] = (struct mld_study_entry){ place, *design };
    return group->n_entries++;
}

static enum mld_status add_entries(struct mld_study_group *group,
                                   const struct mld_study_columns *columns,
                                   const struct mld_plan *plan)
{
    int *entry = group->entry_of[group->n_variants];
    for (int place = 0; place < MLD_MAX_DESIGNS; place++) {
        struct mld_design design;
        entry[place] = -1;
        if (place >= plan->n_designs || !is_read(columns, place))
            continue;
        if (!make_design(group, columns, plan, place, &design))
            return MLD_ERR_MEMORY;
        entry[place] = enter(group, place, &design);
    }
    return MLD_OK;
}

static enum mld_status plan_of(const struct mld_study_walk *walk, int variant,
                               struct mld_plan **plan, struct mld_messages *messages)
{
    struct mld_scenario *scenario = NULL;
    enum mld_status status = variant == MLD_STUDY_BASE
                                 ? MLD_OK
                                 : mld_study_variant(walk->study, variant, &scenario, messages);
    if (status == MLD_OK)
        status = mld_scenario_plan(scenario ? scenario : walk->study->base, plan, messages);
    if (status == MLD_OK)
        status = mld_first_pass(*plan, (*plan)->paths, walk->first, messages);
    mld_scenario_free(scenario);
    return status;
}

/* Whether the guarantee changes what issuers do as that of the group's plan does. */
static int behaves_alike(const struct mld_plan *a, const struct mld_plan *b)
{
    const struct mld_model *one = &a->model, *other = &b->model;
    int alike = a->n_lives == b->n_lives && one->n_hazards == other->n_hazards &&
                !memcmp(one->hazard, other->hazard, sizeof one->hazard) &&
                (a->guarantee.pass_through > 0) == (b->guarantee.pass_through > 0);
    for (int i = 0; alike && i < a->n_lives; i++)
        alike = !memcmp(a->lives[i].hazard, b->lives[i].hazard, sizeof a->lives[i].hazard) &&
                !memcmp(a->lives[i].rate_cut, b->lives[i].rate_cut, sizeof a->lives[i].rate_cut);
    return alike;
}

/*
 * Whether it can be priced upon what the group's model gives: as many layers, the same designs,
 * the same lives.
 */
static int fits(const struct mld_study_group *group, const struct mld_plan *plan)
{
    return plan->n_designs == group->plan->n_designs &&
           plan->guarantee.n_layers == group->plan->guarantee.n_layers &&
           behaves_alike(group->plan, plan);
}

/* Adds a variant; *fitted: 0 when it is none of the group's, which happens to none of the first. */
static enum mld_status add(struct mld_study_group *group, const struct mld_study_walk *walk,
                           const struct mld_study_columns *columns, int variant, int *fitted,
                           struct mld_messages *messages)
{
    struct store *store = group->store;
    struct mld_plan *plan = NULL;
    enum mld_status status = plan_of(walk, variant, &plan, messages);
    if (status != MLD_OK) {
        if (plan)
            free_plan(plan);
        return status;
    }
    int first = !group->plan;
    group->plan = first ? plan : group->plan;
    *fitted = fits(group, plan);
    int kept = first || (*fitted && lend_law(group, plan));
    if (kept)
        store->plan[store->n_plans++] = plan;
    if (*fitted) {
        status = add_entries(group, columns, plan);
        group->variant[group->n_variants++] = variant;
    }
    if (!kept)
        free_plan(plan);
    return status;
}

static enum mld_status open_group(struct mld_study_group *group, int variants)
{
    size_t n = (size_t)variants;
    *group = (struct mld_study_group){ 0 };
    struct store *store = group->store = calloc(1, sizeof *store);
    group->variant = malloc(n * sizeof *group->variant);
    group->entry_of = malloc(n * sizeof *group->entry_of);
    group->entry = malloc(n * MLD_MAX_DESIGNS * sizeof *group->entry);
    return store && group->variant && group->entry_of && group->entry && plan_room(store, variants)
               ? MLD_OK
               : MLD_ERR_MEMORY;
}

enum mld_status mld_study_group_base(const struct mld_study_walk *walk,
                                     const struct mld_study_columns *columns,
                                     struct mld_study_group *group, struct mld_messages *messages)
{
    int fitted;
    enum mld_status status = open_group(group, 1);
    return status ? status : add(group, walk, columns, MLD_STUDY_BASE, &fitted, messages);
}

/* ---- which variants ---- */

static int is_early(const struct mld_study_point *point)
{
    return point->stage <= MLD_STAGE_COVERS;
}

/* Points of an axis that leave the losses alone. */
static int late_points(const struct mld_study_axis *axis)
{
    int late = 0;
    for (int i = 0; i < axis->n; i++)
        late += !is_early(&axis->point[i]);
    return late;
}

/* Choices of losses on an axis: all of its late points together, and each of the others. */
static int choices(const struct mld_study_walk *walk, int axis)
{
    return walk->study->axis[axis].n - walk->late[axis] + (walk->late[axis] > 0);
}

/* The choice on an axis at a place of all axes together, which goes on to the next axis. */
static int choice_at(const struct mld_study_walk *walk, int axis, int *place)
{
    int n = choices(walk, axis), choice = *place % n;
    *place /= n;
    return choice;
}

/* The choice 0 is that of the late points, where an axis has any. */
static int is_late_choice(const struct mld_study_walk *walk, int axis, int choice)
{
    return choice == 0 && walk->late[axis] > 0;
}

/* The i-th point of an axis that is late, or that is not. */
static int point_of(const struct mld_study_walk *walk, int a, int early, int i)
{
    const struct mld_study_axis *axis = &walk->study->axis[a];
    int p = 0;
    if (walk->late[a] == 0 || walk->late[a] == axis->n)
        return i;
    while (is_early(&axis->point[p]) != early || i-- > 0)
        p++;
    return p;
}

/* How many variants have the losses at a place. */
static int count_late(const struct mld_study_walk *walk, int early)
{
    int n = 1;
    for (int a = walk->study->n_axes - 1; a >= 0; a--)
        n *= is_late_choice(walk, a, choice_at(walk, a, &early)) ? walk->late[a] : 1;
    return n;
}

/* The variant at a place of losses, and one of those that have them. */
static int variant_at(const struct mld_study_walk *walk, int early, int late)
{
    int variant = 0, stride = 1;
    for (int a = walk->study->n_axes - 1; a >= 0; a--) {
        int choice = choice_at(walk, a, &early), point;
        if (is_late_choice(walk, a, choice)) {
            point = point_of(walk, a, 0, late % walk->late[a]);
            late /= walk->late[a];
        } else
            point = point_of(walk, a, 1, choice - (walk->late[a] > 0));
        variant += stride * point;
        stride *= walk->study->axis[a].n;
    }
    return variant;
}

void mld_study_walk_start(struct mld_study_walk *walk, const struct mld_study *study,
                          const struct mld_first_pass_options *first)
{
    *walk = (struct mld_study_walk){ .study = study, .first = first, .early = 1 };
    for (int a = 0; a < study->n_axes; a++) {
        walk->late[a] = late_points(&study->axis[a]);
        walk->early *= choices(walk, a);
        walk->based |= walk->late[a] == 0;
    }
}

enum mld_status mld_study_group_next(struct mld_study_walk *walk,
                                     const struct mld_study_columns *columns, int most,
                                     struct mld_study_group *group, struct mld_messages *messages)
{
    int late = count_late(walk, walk->at_early), left = late - walk->at_late,
        n = left < most ? left : most, fitted = 1;
    enum mld_status status = open_group(group, n + 1);
    if (status == MLD_OK && !walk->based)
        status = add(group, walk, columns, MLD_STUDY_BASE, &fitted, messages);
    walk->based = 1;
    for (int i = 0; status == MLD_OK && fitted && i < n; i++) {
        int variant = variant_at(walk, walk->at_early, walk->at_late);
        status = add(group, walk, columns, variant, &fitted, messages);
        walk->at_late += fitted;
    }
    if (walk->at_late == late) {
        walk->at_late = 0;
        walk->at_early++;
    }
    return status;
}
