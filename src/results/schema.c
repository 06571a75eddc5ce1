/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results/schema.h"

#include "milliard/params.h"

const unsigned char mld_hdf5_signature[8] = { 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n' };

const struct mld_flag_name mld_flag_names[] = { { MLD_REQUIRED, "required" },
                                                { MLD_JUDGEMENT, "judgement" },
                                                { MLD_TAPE, "tape" },
                                                { MLD_OPTIONAL, "optional" },
                                                { MLD_FIXED, "fixed" },
                                                { MLD_WHOLE, "whole" },
                                                { 0, NULL } };
