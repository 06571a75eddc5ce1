/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a study: they are refused with a message, or give variants each of which is a
 * scenario.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "study/study.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In the folder of the shipped studies, so that their bases are found. */
static const char name[] = PROJECT_SOURCE "/scenarios/studies/fuzz.cfg";

/* Every variant is tried: numbers of three digits or more may ask for too many of them. */
static int asks_for_many(const char *text)
{
    const char *count = strstr(text, "count");
    for (; count; count = strstr(count + 1, "count"))
        if (strtod(count + strcspn(count, "0123456789\n"), NULL) > 99)
            return 1;
    return 0;
}

static void try_last(const struct mld_study *study)
{
    struct mld_scenario *scenario = NULL;
    assert(study->n_variants > 0 && study->n_statistics > 0);
    enum mld_status status = mld_study_variant(study, study->n_variants - 1, &scenario, NULL);
    assert(status == MLD_OK);
    mld_scenario_free(scenario);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mld_study *study = NULL;
    struct mld_messages messages;
    mld_messages_init(&messages);
    char *text = malloc(size + 1);
    memcpy(text, data, size);
    text[size] = '\0';
    if (!asks_for_many(text)) {
        enum mld_status status = mld_study_parse(text, size, name, 0, NULL, &study, &messages);
        assert(status == MLD_OK || messages.count > 0);
        if (status == MLD_OK)
            try_last(study);
    }
    free(text);
    mld_study_free(study);
    mld_messages_clear(&messages);
    return 0;
}
