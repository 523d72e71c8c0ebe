// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "texts/texts.h"

#include <span>

/// The tables behind texts.h, one for each part of core.
namespace pk::gui::texts {

std::span<const Sentence> clusterSentences();
std::span<const Sentence> valueSentences();
std::span<const Sentence> releaseSentences();
std::span<const Sentence> connectionSentences();

} // namespace pk::gui::texts
