// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/maskedpair.h"

#include "document/secrets.h"

#include <map>

namespace pk::document {

namespace {

using Places = std::vector<SecretPlace>;

std::map<std::string, std::string> byPath(const Places &places)
{
    std::map<std::string, std::string> values;
    for (const SecretPlace &place : places)
        values[place.path] += place.value + '\n';
    return values;
}

std::string masked(
    const std::string &text, const Places &places, const Places &others, const char *differs, const SecretWords &words)
{
    const auto own = byPath(places);
    const auto other = byPath(others);
    std::string made;
    std::size_t at = 0;
    for (const SecretPlace &place : places) {
        made.append(text, at, place.span.begin - at);
        const auto known = other.find(place.path);
        made += known == other.end() || place.path.empty() ? "(hidden)"
            : known->second == own.at(place.path)          ? "(hidden, equal)"
                                                           : differs;
        at = place.span.end;
    }
    return words.hidden(made.append(text, at));
}

} // namespace

MaskedTexts maskTexts(const std::string &before, const std::string &after, const SecretWords &words)
{
    const Places old = findSecrets(before);
    const Places now = findSecrets(after);
    return {masked(before, old, now, "(hidden, before)", words), masked(after, now, old, "(hidden, after)", words)};
}

} // namespace pk::document
