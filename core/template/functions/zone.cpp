// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/zone.h"

#include "base/files.h"
#include "template/functions/zonerule.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace pk::tmpl::sprig {

namespace {

/// Big-endian numbers of a zoneinfo file; reading past the end leaves `ok` false.
class Reader
{
public:
    explicit Reader(std::string_view bytes) : m_rest(bytes) { }

    std::int64_t number(std::size_t size)
    {
        const std::string_view bytes = take(size);
        std::int64_t value = bytes.empty() || bytes[0] >= 0 ? 0 : -1;
        for (char byte : bytes)
            value =
                static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << 8) | static_cast<unsigned char>(byte);
        return value;
    }

    std::string_view take(std::size_t size)
    {
        if (size > m_rest.size()) {
            ok = false;
            return {};
        }
        const std::string_view taken = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return taken;
    }

    std::string_view rest() const { return m_rest; }
    bool ok = true;

private:
    std::string_view m_rest;
};

/// The six counts behind the magic of a block.
struct Counts
{
    std::size_t utcMarks = 0;
    std::size_t standardMarks = 0;
    std::size_t leaps = 0;
    std::size_t transitions = 0;
    std::size_t types = 0;
    std::size_t characters = 0;

    std::size_t bodySize(std::size_t timeSize) const
    {
        return transitions * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standardMarks
            + utcMarks;
    }
};

bool readHeader(Reader &reader, char &version, Counts &counts)
{
    if (reader.take(4) != "TZif")
        return false;
    const std::string_view versionByte = reader.take(1);
    reader.take(15);
    std::size_t *const fields[] = {
        &counts.utcMarks, &counts.standardMarks, &counts.leaps, &counts.transitions, &counts.types, &counts.characters};
    for (std::size_t *field : fields)
        *field = static_cast<std::size_t>(reader.number(4));
    if (!reader.ok)
        return false;
    version = versionByte[0];
    return true;
}

} // namespace

std::shared_ptr<Zone> Zone::parse(std::string name, std::string_view file)
{
    Reader reader(file);
    char version = 0;
    Counts counts;
    if (!readHeader(reader, version, counts))
        return nullptr;
    std::size_t timeSize = 4;
    if (version >= '2') {
        // The old block is for readers of 32 bits; the same follows in 64.
        reader.take(counts.bodySize(timeSize));
        timeSize = 8;
        if (!readHeader(reader, version, counts))
            return nullptr;
    }
    if (counts.types == 0 || counts.bodySize(timeSize) > reader.rest().size())
        return nullptr;
    auto zone = std::make_shared<Zone>();
    zone->m_name = std::move(name);
    zone->m_transitions.resize(counts.transitions);
    for (Transition &transition : zone->m_transitions)
        transition.when = reader.number(timeSize);
    for (Transition &transition : zone->m_transitions)
        transition.type = std::min(static_cast<std::size_t>(reader.number(1) & 0xFF), counts.types - 1);
    zone->m_types.resize(counts.types);
    std::vector<std::size_t> names;
    for (Type &type : zone->m_types) {
        type.offset = static_cast<int>(reader.number(4));
        type.daylight = reader.number(1) != 0;
        names.push_back(static_cast<std::size_t>(reader.number(1) & 0xFF));
    }
    const std::string_view characters = reader.take(counts.characters);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string_view from = characters.substr(std::min(names[i], characters.size()));
        zone->m_types[i].abbreviation = from.substr(0, from.find('\0'));
    }
    reader.take(counts.leaps * (timeSize + 4) + counts.standardMarks + counts.utcMarks);
    const std::string_view footer = reader.rest();
    if (version >= '2' && footer.size() > 2 && footer.front() == '\n' && footer.back() == '\n')
        zone->m_rule = footer.substr(1, footer.size() - 2);
    return zone;
}

std::shared_ptr<Zone> Zone::readFile(std::string name, const std::string &path)
{
    const auto bytes = pk::readFile(path);
    return bytes ? parse(std::move(name), *bytes) : nullptr;
}

std::shared_ptr<const Zone> Zone::fixed(std::string name, int offset)
{
    auto zone = std::make_shared<Zone>();
    zone->m_types.push_back({offset, false, name});
    zone->m_name = std::move(name);
    return zone;
}

std::shared_ptr<const Zone> Zone::utc()
{
    static const std::shared_ptr<const Zone> zone = fixed("UTC", 0);
    return zone;
}

std::shared_ptr<const Zone> Zone::local()
{
    static const std::shared_ptr<const Zone> zone = [] {
        const char *const variable = std::getenv("TZ");
        std::string_view name = variable ? variable : "";
        if (name.starts_with(':'))
            name.remove_prefix(1);
        std::shared_ptr<const Zone> found;
        if (!variable)
            found = readFile("Local", "/etc/localtime");
        else if (name.starts_with('/'))
            found = readFile("Local", std::string(name));
        else if (!name.empty() && name != "UTC" && name != "Local")
            found = load(name);
        return found ? found : fixed("UTC", 0); // the same, but not that of UTC() itself
    }();
    return zone;
}

std::shared_ptr<const Zone> Zone::load(std::string_view name)
{
    if (name.empty() || name == "UTC")
        return utc();
    if (name == "Local")
        return local();
    if (name.find("..") != name.npos || name.front() == '/' || name.find('\\') != name.npos)
        return nullptr;
    return readFile(std::string(name), "/usr/share/zoneinfo/" + std::string(name));
}

std::size_t Zone::firstType() const
{
    const bool firstIsUsed = std::any_of(
        m_transitions.begin(), m_transitions.end(), [](const Transition &transition) { return transition.type == 0; });
    if (!firstIsUsed)
        return 0;
    if (!m_transitions.empty() && m_types[m_transitions[0].type].daylight) {
        for (std::size_t i = m_transitions[0].type; i-- > 0;) {
            if (!m_types[i].daylight)
                return i;
        }
    }
    const auto standard = std::find_if(m_types.begin(), m_types.end(), [](const Type &type) { return !type.daylight; });
    return standard == m_types.end() ? 0 : static_cast<std::size_t>(standard - m_types.begin());
}

Zone::Period Zone::periodOf(std::size_t type) const
{
    Period period;
    period.abbreviation = m_types[type].abbreviation;
    period.offset = m_types[type].offset;
    return period;
}

Zone::Period Zone::at(std::int64_t unixSeconds) const
{
    const auto next = std::upper_bound(m_transitions.begin(), m_transitions.end(), unixSeconds,
        [](std::int64_t when, const Transition &transition) { return when < transition.when; });
    if (next == m_transitions.end() && !m_rule.empty()) {
        const std::int64_t last =
            m_transitions.empty() ? std::numeric_limits<std::int64_t>::min() : m_transitions.back().when;
        if (const std::optional<Period> period = periodByRule(m_rule, last, unixSeconds))
            return *period;
    }
    Period period = periodOf(next == m_transitions.begin() ? firstType() : std::prev(next)->type);
    if (next != m_transitions.begin())
        period.begin = std::prev(next)->when;
    if (next != m_transitions.end())
        period.end = next->when;
    return period;
}

std::optional<int> Zone::offsetOf(std::string_view abbreviation, std::int64_t unixSeconds) const
{
    for (const Type &type : m_types) {
        if (type.abbreviation == abbreviation && at(unixSeconds - type.offset).abbreviation == abbreviation)
            return at(unixSeconds - type.offset).offset;
    }
    for (const Type &type : m_types) {
        if (type.abbreviation == abbreviation)
            return type.offset;
    }
    return {};
}

std::int64_t Zone::toUnix(std::int64_t wallSeconds) const
{
    // The zone at the wall's time read as UTC is right unless a transition is near; then the result tells.
    const Period guess = at(wallSeconds);
    if (guess.offset == 0)
        return wallSeconds;
    const std::int64_t moment = wallSeconds - guess.offset;
    if (moment >= guess.begin && moment < guess.end)
        return moment;
    return wallSeconds - at(moment).offset;
}

} // namespace pk::tmpl::sprig
