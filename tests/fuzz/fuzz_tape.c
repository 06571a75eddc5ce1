/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes, of any encoding, as a deal tape of the example's scenario: refused with a message, or
 * deals that lie in their ranges.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/encoding.h"
#include "milliard/rating.h"
#include "milliard/scenario.h"
#include "tape/tape.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct mld_scenario *scenario;
static struct mld_plan *plan;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    enum mld_status status = mld_scenario_load(PROJECT_SOURCE "/scenarios/tape-example.cfg", 0,
                                               NULL, &scenario, NULL);
    if (!status)
        status = mld_scenario_plan(scenario, &plan, NULL);
    if (status)
        abort();
    return 0;
}

static void check(const struct mld_plan *read)
{
    for (int i = 0; i < read->model.tape.n_deals; i++) {
        const struct mld_tape_deal *deal = &read->model.tape.deal[i];
        assert(deal->amount >= 1 && deal->period >= 0 && deal->period <= read->model.grid.last);
        assert(deal->terms >= 0 && deal->terms < read->model.n_terms && deal->issuer >= 0 &&
               deal->issuer < read->model.tape.n_issuers);
        const struct mld_tape_issuer *issuer = &read->model.tape.issuer[deal->issuer];
        assert(issuer->first_period <= deal->period && issuer->rating >= 0 &&
               issuer->rating < MLD_RATINGS);
        for (int n = 0; n < read->model.tape.n_notes; n++)
            assert(strlen(mld_tape_note(&read->model.tape, i, n)) < MLD_MAX_TEXT);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mld_messages messages;
    mld_messages_init(&messages);
    struct mld_plan *read = malloc(sizeof *read);
    *read = *plan;
    read->model.n_terms = 0;
    read->model.terms = NULL;
    read->model.tape = (struct mld_tape){ 0 };
    read->warnings = (struct mld_warnings){ 0 };
    char *text = malloc(size + 1);
    size_t length = size;
    memcpy(text, data, size);
    text[size] = '\0';
    int converted = mld_text_to_utf8(&text, &length);
    assert(converted == 0 && text[length] == '\0');
    const struct mld_fund_spec *fund = &read->fund;
    enum mld_status status = mld_tape_parse(&(struct mld_tape_text){ text, length, "tape.csv" },
                                            fund->present ? fund->investment_periods : 0,
                                            &read->model, &read->warnings, &messages);
    free(text);
    assert(status == MLD_OK || messages.count > 0);
    if (status == MLD_OK)
        check(read);
    free(read->model.terms);
    mld_tape_clear(&read->model.tape);
    mld_warnings_clear(&read->warnings);
    free(read);
    mld_messages_clear(&messages);
    return 0;
}
