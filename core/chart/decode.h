// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "value/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace pk::chart {

/// Reads fields of a Go struct out of a tree, as encoding/json behind sigs.k8s.io/yaml does: a number or a boolean
/// where a string is wanted is written as text, null leaves a field alone, and the first field of a wrong type is the
/// error.
class Decoder
{
public:
    /// `type` is Go's name of the struct, for errors.
    explicit Decoder(std::string type) : m_type(std::move(type)) { }

    void string(const Value &tree, std::string_view key, std::string &out);
    void boolean(const Value &tree, std::string_view key, bool &out);
    void strings(const Value &tree, std::string_view key, std::vector<std::string> &out);
    /// A list of anything, or nil.
    Value list(const Value &tree, std::string_view key);
    /// A map[string]string, or nil.
    Value stringMap(const Value &tree, std::string_view key);
    /// Takes over the failure of the decoder of a nested struct.
    void take(const Decoder &nested);

    Result<void> result() const;

private:
    /// Null when the key is absent or null.
    const Value *member(const Value &tree, std::string_view key);
    void fail(const Value &value, std::string_view key, std::string_view wanted);

    std::string m_type;
    std::string m_error;
};

/// What sigs.k8s.io/yaml makes of a scalar for a field of type string; false when it is none.
bool scalarText(const Value &value, std::string &out);

} // namespace pk::chart
