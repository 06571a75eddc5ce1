/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which deals a cover takes, and which covers are one. */
#include "milliard/cover.h"

#include <string.h>

int mld_cover_takes(const struct mld_cover *cover, int instrument, int form, int sector,
                    double amount)
{
    return cover->instrument[instrument] && cover->form[form] && cover->sector[sector] &&
           amount >= cover->ticket_min && amount <= cover->ticket_max;
}

static int masks_equal(const struct mld_cover *a, const struct mld_cover *b)
{
    return memcmp(a->instrument, b->instrument, sizeof a->instrument) == 0 &&
           memcmp(a->form, b->form, sizeof a->form) == 0 &&
           memcmp(a->sector, b->sector, sizeof a->sector) == 0;
}

int mld_cover_equal(const struct mld_cover *a, const struct mld_cover *b)
{
    return masks_equal(a, b) && a->ticket_min == b->ticket_min && a->ticket_max == b->ticket_max &&
           a->waiting_periods == b->waiting_periods && a->term_periods == b->term_periods &&
           a->delay_periods == b->delay_periods && a->payout == b->payout &&
           a->exit_losses == b->exit_losses && a->net_of_gains == b->net_of_gains &&
           a->max_loss_per_issuer == b->max_loss_per_issuer;
}
