/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program without MPI: one rank, which has no crew. */
#include "run/crew.h"
#include "run/study_crew.h"

int mld_ranks_start(void) { return 0; }

enum mld_status mld_ranks_work(void) { return MLD_OK; }

void mld_ranks_end(void) {}

enum mld_status mld_crew_open(struct mld_crew **crew, const struct mld_engine *engine,
                              const char *identity, uint32_t first, uint32_t last)
{
    (void)engine, (void)identity, (void)first, (void)last;
    *crew = NULL;
    return MLD_OK;
}

void mld_crew_close(struct mld_crew *crew) { (void)crew; }

int mld_crew_has(const struct mld_crew *crew, uint32_t segment)
{
    (void)crew, (void)segment;
    return 0;
}

enum mld_status mld_crew_take(struct mld_crew *crew, uint32_t segment, struct mld_passage *passage,
                              struct mld_messages *messages)
{
    (void)crew, (void)segment, (void)passage, (void)messages;
    return MLD_OK;
}

enum mld_status mld_study_crew_open(struct mld_study_engine *engine)
{
    (void)engine;
    return MLD_OK;
}

void mld_study_crew_begin(const struct mld_study_engine *engine, unsigned from)
{
    (void)engine, (void)from;
}

enum mld_status mld_study_crew_take(struct mld_study_engine *engine, int blocks,
                                    struct mld_messages *messages)
{
    (void)engine, (void)blocks, (void)messages;
    return MLD_OK;
}

void mld_study_crew_close(struct mld_study_engine *engine, enum mld_status status)
{
    (void)engine, (void)status;
}
