// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "base/problem.h"
#include "pool/eviction.h"
#include "pool/states.h"
#include "texts/sentences.h"

#include <QString>
#include <QStringList>

/// The sentences of the window: core tells an id and parameters, here stands what a person reads (DESIGN.md 2). Also
/// how times, ages, quantities and untrusted words are written (UI.md 8).
namespace pk::gui::texts {

/// The translated sentence of an id, filled. Empty when there is none.
QString fill(std::string_view id, const Parameters &parameters);
/// True when an id has a sentence; a test asks for every id that core can give.
bool has(std::string_view id);
/// All ids that have a sentence, sorted.
std::vector<std::string> ids();

/// "4 of 5 workers are ready. Worker 3 was evicted because its node ran out of disk."
QString sentence(const pool::News &news);
/// The sentence of a problem; Helm's own words where it has no id of ours.
QString sentence(const Problem &problem);
/// "Quote it"; empty when the problem has no fix.
QString fixLabel(const Problem &problem);
/// What failed: the sentence of the id, else the words of whoever failed.
QString sentence(const Error &error);
/// "Node disk", "Size limit", ... for tables.
QString causeWord(const pool::EvictionMessage &what);

/// kubectl's way: "5h24m".
QString age(std::chrono::nanoseconds age);
/// "1 min 12 s"; never negative.
QString duration(std::chrono::nanoseconds duration);
/// Relative under an hour ("2 min ago"), today with the clock, else "Friday, 16:12" or "11 Nov, 03:40". Local time.
QString moment(WallTime time, WallTime now);
/// As a part of a sentence: "2 min ago", "5 hours ago", "3 days ago".
QString longAgo(WallTime time, WallTime now);
/// Where events are compared: "Today, 14:30:41", "Friday, 16:12:55", "11 Nov, 03:40". Local time.
QString momentToSecond(WallTime time, WallTime now);
/// "14:31:07", local time.
QString clock(WallTime time);
/// With date, seconds and zone: for tooltips and panels.
QString fullTime(WallTime time);
/// A Kubernetes quantity for people: "9.8 GiB"; what cannot be read stays as it is.
QString quantity(const std::string &text);
/// Text from a cluster or a file, made harmless: control and bidirectional characters away, cut at `most` characters.
QString clean(const std::string &text, int most = 600);

} // namespace pk::gui::texts
