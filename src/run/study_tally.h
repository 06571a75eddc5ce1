/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What is added up of one column of one design of a study, and the numbers it then gives. */
#ifndef MILLIARD_RUN_STUDY_TALLY_H
#define MILLIARD_RUN_STUDY_TALLY_H

#include "milliard/moments.h"
#include "milliard/study.h"

struct mld_study_tally {
    int ranks_alone; /**< 1: no mean or sd is asked for, and moments are left alone */
    size_t count;    /**< of numbers */
    struct mld_moments moments;
    struct mld_moments change; /**< of the paired differences from the base */
    double *whole;             /**< every path's number; NULL where none asks for them */
};

/** Adds n paths from path `first` on; `base`: the base's numbers of the same paths. */
void mld_study_tally_add(struct mld_study_tally *tally, uint32_t first, int n, const double *value,
                         const double *base);

/** Runs of consecutive paths from which errors of changes are had. */
enum { MLD_STUDY_SECTIONS = 32 };

/** Statistics of one column: their places among those of the study. */
struct mld_study_asked {
    int n, place[MLD_MAX_STATISTICS];
    const struct mld_statistic *statistic; /**< the study's */
};

/** Of each statistic of the study, what it is in the sections of the base. */
typedef double mld_study_sections[MLD_STUDY_SECTIONS];

/**
 * What the asked statistics are of so many paths. Gives cell[place]; NaN where undefined. `from`:
 * the base's cells; `sections` likewise, which are filled when `tally` is the base's own.
 * Fails: MLD_ERR_MEMORY.
 */
enum mld_status mld_study_tally_read(const struct mld_study_tally *tally, uint32_t paths,
                                     const struct mld_study_asked *asked, int is_base,
                                     const struct mld_study_cell *from,
                                     mld_study_sections *sections, struct mld_study_cell *cell);

#endif
