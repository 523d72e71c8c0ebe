// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pk::tmpl::sprig {

/// A time zone as the system's zoneinfo files describe it (RFC 8536), looked up by Go's rules. Immutable.
class Zone
{
public:
    /// What holds at one moment, and from when until when.
    struct Period
    {
        std::string abbreviation;
        int offset = 0; ///< Seconds east of UTC.
        std::int64_t begin = std::numeric_limits<std::int64_t>::min(); ///< Unix seconds.
        std::int64_t end = std::numeric_limits<std::int64_t>::max();
    };

    static std::shared_ptr<const Zone> utc();
    /// The zone of the machine: TZ, else /etc/localtime, else UTC. Read once.
    static std::shared_ptr<const Zone> local();
    static std::shared_ptr<const Zone> fixed(std::string name, int offset);
    /// "Europe/Berlin"; "" and "UTC" are UTC, "Local" the machine's. Null when there is none of that name.
    static std::shared_ptr<const Zone> load(std::string_view name);

    Period at(std::int64_t unixSeconds) const;
    /// The offset that an abbreviation stands for here, preferably at that moment.
    std::optional<int> offsetOf(std::string_view abbreviation, std::int64_t unixSeconds) const;
    /// The moment at which clocks here show what clocks in UTC show at `wallSeconds`.
    std::int64_t toUnix(std::int64_t wallSeconds) const;

    const std::string &name() const { return m_name; }

private:
    struct Type
    {
        int offset = 0;
        bool daylight = false;
        std::string abbreviation;
    };
    struct Transition
    {
        std::int64_t when = 0;
        std::size_t type = 0;
    };

    static std::shared_ptr<Zone> parse(std::string name, std::string_view file);
    static std::shared_ptr<Zone> readFile(std::string name, const std::string &path);
    std::size_t firstType() const;
    Period periodOf(std::size_t type) const;

    std::string m_name;
    std::vector<Type> m_types;
    std::vector<Transition> m_transitions;
    std::string m_rule; ///< POSIX TZ for what comes behind the last transition.
};

} // namespace pk::tmpl::sprig
