// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/surprises.h"

namespace pk::document {

/// What a chart wants at one place of its values: the kind by its schema, else by its default.
class Wanted
{
public:
    enum class Kind { Unknown, Text, Number, Bool, List, Map };

    /// Nothing is known.
    Wanted() = default;
    explicit Wanted(const Wishes &wishes);

    Wanted entry(std::string_view key) const;
    /// An item of the list here: lists of defaults are replaced as a whole, so only the schema knows of it.
    Wanted item() const;

    Kind kind() const;
    /// There is a default that null would take away.
    bool hasDefault() const { return isFilled(m_own) || isFilled(m_sub); }

private:
    static bool isFilled(const Value &value);

    const chart::Chart *m_root = nullptr; ///< At the root only.
    const chart::SchemaNode *m_schema = nullptr;
    Value m_own; ///< The chart's default.
    Value m_sub; ///< That of the subchart whose values these are.
};

} // namespace pk::document
