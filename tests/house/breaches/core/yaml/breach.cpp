// SPDX-License-Identifier: GPL-3.0-or-later
// Never compiled: what tests/house/borders must object to.
#include "chart/chart.h"

#include <QString>

#include <re2/re2.h>
