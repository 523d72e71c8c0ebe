// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/valuesdocument.h"

#include <QString>

namespace pk::gui {

/// What a step of undo did, in words: "Quote SPACELIFT_DEBUG". `tree` knows the names of list items, as the document
/// has them now. Never says a value.
QString stepWords(const document::StepName &step, const Value &tree);

/// How a person calls the value at a path: the name of the list item that it belongs to, else its last key.
QString nameOfValue(const std::string &path, const Value &tree);

} // namespace pk::gui
