// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/function.h"

#include <span>

namespace pk::tmpl {

/// All functions that Helm adds to Go's templates, except those that need a chart or a cluster (include, tpl, required,
/// fail, lookup, getHostByName), as `dialect` has them. Pure: what varies (time, random bytes) comes from the
/// CallContext of each call.
FunctionTable standardFunctions(const Dialect &dialect);

// The families, each in the file of its name. Valid for the life of the program.
std::span<const Function> stringFunctions();
std::span<const Function> casingFunctions();
std::span<const Function> listFunctions();
std::span<const Function> dictFunctions();
std::span<const Function> numberFunctions();
std::span<const Function> logicFunctions();
std::span<const Function> typeFunctions();
std::span<const Function> encodingFunctions();
std::span<const Function> documentFunctions();
std::span<const Function> regexFunctions();
std::span<const Function> digestFunctions();
std::span<const Function> certificateFunctions();
std::span<const Function> randomFunctions();
std::span<const Function> dateFunctions();
std::span<const Function> durationFunctions();
std::span<const Function> semverFunctions();
std::span<const Function> urlFunctions();
std::span<const Function> pathFunctions();

} // namespace pk::tmpl
