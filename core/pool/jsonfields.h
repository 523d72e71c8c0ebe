// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/pool's decoders: simdjson stays inside.
#include "base/timestamp.h"
#include "pool/facts.h"

#include <simdjson.h>

namespace pk::pool::json {

using Field = simdjson::ondemand::value;

/// The thread's parser; a document lives until the next call on the same thread.
simdjson::error_code parse(std::string_view text, simdjson::ondemand::document &document);

/// Calls visit(key, value) for each field; a value of another type has none. What visit leaves unread is skipped.
template <class Object, class Visit> bool eachFieldOf(Object &object, Visit &&visit)
{
    for (auto entry : object) {
        simdjson::ondemand::field field;
        if (std::move(entry).get(field))
            return false;
        std::string_view key;
        if (field.unescaped_key().get(key))
            return false;
        // The key's bytes live in the parser's buffer until the document ends.
        visit(key, field.value());
    }
    return true;
}

template <class Visit> bool eachField(Field value, Visit &&visit)
{
    simdjson::ondemand::object object;
    return !value.get_object().get(object) && eachFieldOf(object, visit);
}

/// False when the text is no JSON object, or breaks off.
template <class Visit> bool eachRootField(std::string_view text, Visit &&visit)
{
    simdjson::ondemand::document document;
    simdjson::ondemand::object object;
    return !parse(text, document) && !document.get_object().get(object) && eachFieldOf(object, visit);
}

/// At most maxItems items.
template <class Visit> void eachItem(Field value, Visit &&visit)
{
    simdjson::ondemand::array array;
    if (value.get_array().get(array))
        return;
    std::size_t count = 0;
    for (auto entry : array) {
        Field item;
        if (entry.get(item))
            return;
        if (count++ < maxItems)
            visit(item);
    }
}

// Each leaves its target alone when the value has another type.
void readText(Field value, std::string &text);
void readBool(Field value, bool &flag);
void readInteger(Field value, std::int64_t &number);
void readInteger(Field value, int &number);
void readTime(Field value, std::optional<WallTime> &time);
void readStringMap(Field value, StringMap &map);
void readTextAt(Field value, std::string_view key, std::string &text); ///< value.key
/// A quantity: a string, or a number as some writers have it.
void readQuantity(Field value, std::string &text);

void readMeta(Field value, ObjectFacts &meta);
void readConditions(Field value, std::vector<ConditionFacts> &conditions);
void readVolumes(Field value, std::vector<VolumeFacts> &volumes);
/// Containers of a pod spec; `kind` is what those without restartPolicy Always are.
void readContainers(Field value, ContainerFacts::Kind kind, std::vector<ContainerFacts> &containers);
void readClaimSpec(Field value, ClaimFacts &claim);
void readClaimStatus(Field value, ClaimFacts &claim);

} // namespace pk::pool::json
