// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/facts.h"

namespace pk::pool {

namespace {

std::string lookUp(const StringMap &map, std::string_view key)
{
    const auto found = map.find(key);
    return found == map.end() ? std::string() : found->second;
}

} // namespace

std::string ObjectFacts::label(std::string_view key) const
{
    return lookUp(labels, key);
}

std::string ObjectFacts::annotation(std::string_view key) const
{
    return lookUp(annotations, key);
}

const ConditionFacts *findCondition(const std::vector<ConditionFacts> &conditions, std::string_view type)
{
    for (const ConditionFacts &condition : conditions) {
        if (condition.type == type)
            return &condition;
    }
    return nullptr;
}

} // namespace pk::pool
