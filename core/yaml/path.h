// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <compare>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pk::yaml {

/// One step into a tree: the key of a map or the index of a list.
using Step = std::variant<std::string, std::size_t>;

/// Where a value stands in a tree. Its text form is `launcher.extraEnv[3].value`; a key that holds anything but
/// letters, digits, `_`, `-`, `/` is written as JSON in brackets: `nodeSelector["kubernetes.io/os"]`. The root is "".
class Path
{
public:
    Path() = default;
    Path(std::initializer_list<Step> steps) : m_steps(steps) { }
    explicit Path(std::vector<Step> steps) : m_steps(std::move(steps)) { }
    /// The text form; refused with InvalidInput when it is none.
    static Result<Path> parse(std::string_view text);

    std::string toString() const;
    const std::vector<Step> &steps() const { return m_steps; }
    bool isRoot() const { return m_steps.empty(); }
    std::size_t size() const { return m_steps.size(); }
    /// Not of the root.
    Path parent() const { return Path(std::vector<Step>(m_steps.begin(), m_steps.end() - 1)); }
    const Step &last() const { return m_steps.back(); }
    Path child(Step step) const;
    /// True of a path below `ancestor`, and of `ancestor` itself.
    bool startsWith(const Path &ancestor) const;

    auto operator<=>(const Path &) const = default;

private:
    std::vector<Step> m_steps;
};

} // namespace pk::yaml
