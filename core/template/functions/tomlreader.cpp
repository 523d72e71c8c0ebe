// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/civil.h"
#include "template/functions/support.h"
#include "template/functions/timeobject.h"
#include "template/functions/toml.h"

#include <ctime>

// In one translation unit only: the header takes seconds to compile.
#include <toml++/toml.h>

namespace pk::tmpl::sprig {

namespace {

Civil civilOf(const toml::date &date)
{
    Civil civil;
    civil.year = date.year;
    civil.month = date.month;
    civil.day = date.day;
    return civil;
}

/// Times without an offset are told in zones of the library's own, whose names say what was left out.
Value timeValue(const toml::date &date, const toml::time &time, std::optional<int> offsetMinutes, const char *missing)
{
    Civil civil = civilOf(date);
    civil.hour = time.hour;
    civil.minute = time.minute;
    civil.second = time.second;
    std::shared_ptr<const Zone> zone = Zone::utc();
    if (!offsetMinutes)
        zone = Zone::fixed(missing, Zone::local()->at(std::time(nullptr)).offset);
    else if (*offsetMinutes != 0)
        zone = Zone::fixed("", *offsetMinutes * 60);
    return TimeObject::make({zone->toUnix(unixFromCivil(civil)), static_cast<std::int32_t>(time.nanosecond), zone});
}

Value converted(const toml::node &node)
{
    if (const auto *const table = node.as_table()) {
        std::vector<Map::Entry> entries;
        for (const auto &[key, value] : *table)
            entries.push_back({std::string(key.str()), converted(value)});
        return Value::of(Map::fromEntries(std::move(entries)));
    }
    if (const auto *const array = node.as_array()) {
        std::vector<Value> items;
        for (const toml::node &item : *array)
            items.push_back(converted(item));
        return Value::list(std::move(items));
    }
    if (const auto *const text = node.as_string())
        return Value::string(text->get());
    if (const auto *const integer = node.as_integer())
        return Value::integer(integer->get());
    if (const auto *const number = node.as_floating_point())
        return Value::number(number->get());
    if (const auto *const boolean = node.as_boolean())
        return Value::boolean(boolean->get());
    if (const auto *const date = node.as_date())
        return timeValue(date->get(), {}, {}, "date-local");
    if (const auto *const time = node.as_time())
        return timeValue(toml::date{0, 1, 1}, time->get(), {}, "time-local");
    if (const auto *const both = node.as_date_time()) {
        const toml::date_time &moment = both->get();
        return timeValue(moment.date, moment.time,
            moment.offset ? std::optional<int>(moment.offset->minutes) : std::nullopt, "datetime-local");
    }
    return {};
}

} // namespace

Result<Value> fromToml(std::string_view text)
{
    try {
        return converted(toml::parse(text));
    } catch (const toml::parse_error &error) {
        return failure(
            "toml: line " + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
    }
}

} // namespace pk::tmpl::sprig
