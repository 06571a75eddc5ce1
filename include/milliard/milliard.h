/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The whole public face of libmilliard, in the order of the flow. */
#ifndef MILLIARD_H
#define MILLIARD_H

#include "milliard/version.h"
#include "milliard/status.h"
#include "milliard/warning.h"
#include "milliard/limits.h"
#include "milliard/grid.h"
#include "milliard/params.h"
#include "milliard/numerics.h"
#include "milliard/draws.h"
#include "milliard/factors.h"
#include "milliard/portfolio.h"
#include "milliard/rating.h"
#include "milliard/issuer.h"
#include "milliard/instrument.h"
#include "milliard/model.h"
#include "milliard/pools.h"
#include "milliard/cover.h"
#include "milliard/lives.h"
#include "milliard/guarantee.h"
#include "milliard/fund.h"
#include "milliard/design.h"
#include "milliard/violation.h"
#include "milliard/measure.h"
#include "milliard/plan.h"
#include "milliard/scenario.h"
#include "milliard/simulate.h"
#include "milliard/summary.h"
#include "milliard/results.h"
#include "milliard/replay.h"
#include "milliard/run.h"
#include "milliard/sensitivity.h"
#include "milliard/report.h"
#include "milliard/export.h"

#endif
