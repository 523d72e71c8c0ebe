// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "texts/sentences.h"

#include <span>

/// What marks a sentence for translation; Qt's own word for it, which these files do not include: they are the command
/// line's too.
#ifndef QT_TRANSLATE_NOOP
#define QT_TRANSLATE_NOOP(context, text) text
#endif

/// The tables behind sentences.h, one for each part of core.
namespace pk::gui::texts {

std::span<const Sentence> clusterSentences();
std::span<const Sentence> valueSentences();
std::span<const Sentence> renderSentences();
std::span<const Sentence> releaseSentences();
std::span<const Sentence> connectionSentences();

} // namespace pk::gui::texts
