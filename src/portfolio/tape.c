/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario/file.h"
#include "scenario/resolve.h"
#include "milliard/scenario.h"

enum mld_status mld_tape_parse(const char *text, size_t length, const char *name, struct mld_plan *plan, struct mld_messages *messages)
{
    (void)text; (void)length; (void)plan;
    mld_messages_add(messages, "%s: tapes are not read yet", name);
    return MLD_ERR_INPUT;
}
