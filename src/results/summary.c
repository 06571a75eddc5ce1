/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "milliard/summary.h"

#include <stdlib.h>

void mld_summary_clear(struct mld_summary *summary)
{
    for (int design = 0; design < MLD_MAX_DESIGNS; design++) {
        for (int i = 0; summary->fan[design] && i < mld_series_count(); i++) {
            free(summary->fan[design][i].mean);
            free(summary->fan[design][i].mean_error);
            free(summary->fan[design][i].quantile);
        }
        free(summary->fan[design]);
        free(summary->measure[design]);
        free(summary->difference[design]);
    }
    *summary = (struct mld_summary){ 0 };
}
