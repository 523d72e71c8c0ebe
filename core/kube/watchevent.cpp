// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/watchevent.h"

#include <simdjson.h>

#include <algorithm>
#include <array>

namespace pk::kube {

namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::array<std::pair<std::string_view, WatchEvent::Type>, 5> types = {{{"ADDED", WatchEvent::Type::Added},
    {"MODIFIED", WatchEvent::Type::Modified}, {"DELETED", WatchEvent::Type::Deleted},
    {"BOOKMARK", WatchEvent::Type::Bookmark}, {"ERROR", WatchEvent::Type::Error}}};

Error notAnEvent(std::string_view reason)
{
    return {.code = Error::Code::Unavailable,
        .message = "not an event of a watch: " + std::string(reason),
        .id = "kube.watch-event"};
}

/// Fills the key from the metadata; false when there is none that names anything.
bool fillKey(ObjectKey &key, simdjson::simdjson_result<ondemand::value> metadata)
{
    ondemand::object fields;
    if (metadata.get_object().get(fields) != simdjson::SUCCESS)
        return false;
    for (auto field : fields) {
        std::string_view name, text;
        if (field.unescaped_key().get(name) != simdjson::SUCCESS)
            return false;
        std::string *target = name == "name" ? &key.name
            : name == "namespace"            ? &key.nameSpace
            : name == "uid"                  ? &key.uid
            : name == "resourceVersion"      ? &key.resourceVersion
                                             : nullptr;
        if (!target)
            continue;
        if (field.value().get_string().get(text) != simdjson::SUCCESS)
            return false;
        *target = text;
    }
    return true;
}

} // namespace

struct WatchEventReader::Parser
{
    ondemand::parser parser;
};

WatchEventReader::WatchEventReader() : m_parser(std::make_unique<Parser>()) { }
WatchEventReader::~WatchEventReader() = default;

Result<WatchEvent> WatchEventReader::read(std::string_view line)
{
    WatchEvent event;
    ondemand::document document;
    std::string_view type;
    const simdjson::padded_string_view padded(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING);
    if (m_parser->parser.iterate(padded).get(document) != simdjson::SUCCESS
        || document.find_field_unordered("type").get_string().get(type) != simdjson::SUCCESS)
        return notAnEvent("no type");
    const auto known = std::ranges::find(types, type, [](const auto &entry) { return entry.first; });
    if (known == types.end())
        return notAnEvent("unknown type");
    event.type = known->second;
    ondemand::object object;
    if (document.find_field_unordered("object").get_object().get(object) != simdjson::SUCCESS
        || object.raw_json().get(event.object) != simdjson::SUCCESS)
        return notAnEvent("no object");
    if (event.type == WatchEvent::Type::Error)
        return event;
    document.rewind();
    if (!fillKey(event.key, document.find_field_unordered("object").find_field_unordered("metadata")))
        return notAnEvent("no metadata");
    return event;
}

Result<ObjectKey> WatchEventReader::readKey(std::string_view object)
{
    ObjectKey key;
    ondemand::document document;
    const simdjson::padded_string_view padded(object.data(), object.size(), object.size() + simdjson::SIMDJSON_PADDING);
    if (m_parser->parser.iterate(padded).get(document) != simdjson::SUCCESS
        || !fillKey(key, document.find_field_unordered("metadata")))
        return notAnEvent("no metadata");
    return key;
}

} // namespace pk::kube
