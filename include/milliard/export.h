/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * Exports: a results file as an Excel workbook, or as a folder of CSV files with the same sheets.
 * Everything comes from the file. Labels and number formats are French ("fr") or English (anything
 * else), whatever the locale.
 */
#ifndef MILLIARD_EXPORT_H
#define MILLIARD_EXPORT_H

#include "milliard/language.h"
#include "milliard/replay.h"
#include "milliard/results.h"

MLD_BEGIN_DECLARATIONS

/** 1 when the program was built with libxlsxwriter. */
int mld_export_has_xlsx(void);

/**
 * Writes a workbook: notes, summary, charts, term sheet, flows by year and by period, the State's
 * account, dotation, statistics, parameters, deals of the tape. Written beside `path`, then
 * renamed; equal results give equal bytes. Totals, balances, differences and checks of the accounts
 * are formulas, with their values; texts never are. Signals that end a program wait meanwhile.
 * Fails: FILE (no libxlsxwriter: the message says what to install; folder, disk; `path` exists and
 * is no workbook that this function has written, unchanged), MEMORY.
 */
enum mld_status mld_export_xlsx(const struct mld_results *results, const char *path,
                                const char *language, struct mld_messages *messages);
/** In which amounts are shown. */
enum mld_export_unit { MLD_IN_EUR, MLD_IN_THOUSANDS, MLD_IN_MILLIONS };
/** What a workbook has beside the results. The caller's. */
struct mld_export_more {
    enum mld_export_unit unit;       /**< cells hold euros; number formats show them so */
    const struct mld_replay *replay; /**< a path of these results, or NULL */
    int n_tables;
    char *const *table; /**< CSV files of milliard sensitivity, bridge, alternatives */
};
/**
 * The same with more. Of a path run again: its inputs, deals and flows; fees, calls, tiers, class
 * A's return and the State's account as formulas that give what the engine gave, to the cent. A
 * table has a sheet of its own.
 * Fails: as above; INPUT (a table that is none, or of another scenario, seed or build).
 */
enum mld_status mld_export_xlsx_more(const struct mld_results *results,
                                     const struct mld_export_more *more, const char *path,
                                     const char *language, struct mld_messages *messages);
/** Whether a workbook can be written there, before anything is. Fails: FILE, as above. */
enum mld_status mld_export_xlsx_check(const char *path, struct mld_messages *messages);

/**
 * The same sheets as CSV files (RFC 4180, UTF-8, decimal points, numbers that read back exactly, an
 * undefined number is an empty cell) in `folder`, made when it is missing. A text that a
 * spreadsheet would run as a formula begins with '. Only files that start with the head of their
 * sheet, in French or English, are replaced; those of them that these results have no sheet for are
 * removed once all others are in place. All are written before the first is put in its place, and
 * signals wait.
 * Fails: FILE (folder, disk; before anything is written when a file of such a name is another's),
 * MEMORY.
 */
enum mld_status mld_export_csv(const struct mld_results *results, const char *folder,
                               const char *language, struct mld_messages *messages);

MLD_END_DECLARATIONS

#endif
