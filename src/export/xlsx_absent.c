/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In the place of xlsx.c when libxlsxwriter was not there at build time. */
#include "milliard/export.h"

int mld_export_has_xlsx(void) { return 0; }

enum mld_status mld_export_xlsx_check(const char *path, struct mld_messages *messages)
{
    mld_messages_add(messages,
                     "%s: this milliard was built without libxlsxwriter: install it (Debian: "
                     "libxlsxwriter-dev) and build "
                     "again, or use --csv",
                     path);
    return MLD_ERR_FILE;
}

enum mld_status mld_export_xlsx(const struct mld_results *results, const char *path,
                                const char *language, struct mld_messages *messages)
{
    (void)results;
    (void)language;
    return mld_export_xlsx_check(path, messages);
}

enum mld_status mld_export_xlsx_more(const struct mld_results *results,
                                     const struct mld_export_more *more, const char *path,
                                     const char *language, struct mld_messages *messages)
{
    (void)results;
    (void)more;
    (void)language;
    return mld_export_xlsx_check(path, messages);
}
