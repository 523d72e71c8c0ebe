// SPDX-License-Identifier: GPL-3.0-or-later
#include "texts/tables.h"

#include <QtGlobal>

namespace pk::gui::texts {

std::span<const Sentence> releaseSentences()
{
    return {};
}

} // namespace pk::gui::texts
