/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What somebody meant who asks for a name that there is not: one that differs by case, accents or
 * spaces only; else the nearest by edits; else those that its French words mean.
 */
#include "scenario/tables.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "milliard/plan.h"
#include "milliard/scenario.h"
#include "params/french.h"
#include "params/names.h"

/* Of the scenario there are some 300 keys, the longest of 60 bytes. */
enum { MOST = 512, LONGEST = 96 };

struct entry {
    char path[LONGEST]; /* dotted; as `describe` takes it */
    const char *name;   /* the last part of it */
    const char *french; /* what it means */
};

struct list {
    int n;
    struct entry entry[MOST];
};

static void add(struct list *list, const char *prefix, const char *name, const char *french)
{
    if (list->n == MOST)
        return;
    struct entry *entry = &list->entry[list->n++];
    snprintf(entry->path, sizeof entry->path, "%s%s%s", prefix, *prefix ? "." : "", name);
    entry->name = name;
    entry->french = french;
}

static void add_rows(struct list *list, const char *prefix, const struct mld_param *rows);

/* Items of a map or list are `*`, but for those of a kind, which have keys of their own. */
static void add_items(struct list *list, const char *path, const struct mld_param *row)
{
    char item[LONGEST];
    for (int i = 0; row->kinds && row->kinds->name(i); i++) {
        snprintf(item, sizeof item, "%.60s.%.30s", path, row->kinds->name(i));
        add_rows(list, item, row->kinds->rows(i));
    }
    snprintf(item, sizeof item, "%.90s%s", path, row->kind == MLD_GROUP ? "" : ".*");
    add_rows(list, item, row->table);
}

static void add_rows(struct list *list, const char *prefix, const struct mld_param *rows)
{
    for (; rows && rows->key; rows++) {
        add(list, prefix, rows->key, rows->doc_fr);
        char path[LONGEST];
        snprintf(path, sizeof path, "%s", list->entry[list->n - 1].path);
        add_items(list, path, rows);
    }
}

static void fill(struct list *list)
{
    list->n = 0;
    for (int i = 0; i < MLD_INSTRUMENTS; i++)
        add(list, "", mld_instruments[i]->name, mld_instruments[i]->summary_fr);
    for (int i = 0; mld_payouts[i].name; i++)
        add(list, "", mld_payouts[i].name, mld_payouts[i].summary_fr);
    for (int i = 0; mld_layer_designs[i].name; i++)
        add(list, "", mld_layer_designs[i].name, mld_layer_designs[i].summary_fr);
    for (int i = 0; mld_tiers[i]; i++)
        add(list, "", mld_tiers[i]->name, mld_tiers[i]->summary_fr);
    add_rows(list, "", mld_scenario_params);
}

static uint64_t likeness(const char *text)
{
    char plain[4 * LONGEST];
    return mld_name_plain(plain, sizeof plain, text) < 0 ? 0 : mld_name_likeness(plain);
}

static const struct entry *alike(const struct list *list, const char *what)
{
    uint64_t wanted = likeness(what);
    for (int i = 0; wanted && i < list->n; i++)
        if (likeness(list->entry[i].name) == wanted || likeness(list->entry[i].path) == wanted)
            return &list->entry[i];
    return NULL;
}

/* A dotted name is compared with whole paths, another with their last parts. */
static const struct entry *nearest(const struct list *list, const char *what)
{
    const struct entry *found = NULL;
    int whole = strchr(what, '.') != NULL, best = 0;
    for (int i = 0; i < list->n; i++) {
        const struct entry *entry = &list->entry[i];
        const char *name = whole ? entry->path : entry->name;
        int edits = mld_name_distance(what, name);
        if (3 * edits <= (int)strlen(what) && (!found || edits < best)) {
            best = edits;
            found = entry;
        }
    }
    return found;
}

static struct mld_candidate candidate(const void *list, int i)
{
    const struct entry *entry = &((const struct list *)list)->entry[i];
    return (struct mld_candidate){ entry->path, entry->french };
}

const char *mld_describable_nearest(char *meant, size_t size, const char *what)
{
    struct list list;
    fill(&list);
    const struct entry *found = alike(&list, what);
    if (!found)
        found = nearest(&list, what);
    if (!found)
        return mld_french_names(meant, size, what, list.n, candidate, &list);
    snprintf(meant, size, "%s", found->path);
    return meant;
}
