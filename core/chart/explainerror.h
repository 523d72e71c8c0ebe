// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"
#include "template/execerror.h"

namespace pk::chart {

/// What a person who does not know Go's templates is told of a failed rendering: sets the id ("render.nil-value", a
/// sentence of gui/texts) and the parameters of `error.error`, and the value that it is about. Helm's message stays as
/// it is. `exec` is the chain of a failed execution, else null; `values` are the computed ones, as far as they are
/// known. A limit keeps its own id ("template.limit.time").
void explainError(RenderError &error, const tmpl::ExecError *exec, const Value &values);

} // namespace pk::chart
