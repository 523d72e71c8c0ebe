// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace pk::kube {

/// A Kubernetes quantity ("500m", "10Gi", "1.5e3"), as Kubernetes reads it: rounded up to billionths, and capped at
/// 2^63-1 units.
class Quantity
{
public:
    /// Which suffixes the text had, and print() uses.
    enum class Format { DecimalSi, BinarySi, DecimalExponent };

    Quantity() = default;
    static Quantity of(std::int64_t units, Format format = Format::DecimalSi);
    /// Code InvalidInput when `text` is not a quantity.
    static Result<Quantity> parse(std::string_view text);

    /// Whole units, rounded up away from zero as resource.Quantity.Value(): bytes, cores.
    std::int64_t value() const;
    /// Thousandths, rounded up the same way: millicores.
    std::int64_t milliValue() const;
    Format format() const { return m_format; }
    /// The canonical text: the largest suffix that leaves a whole number, no fraction.
    std::string print() const;

    bool operator==(const Quantity &other) const { return m_nano == other.m_nano; }
    auto operator<=>(const Quantity &other) const { return m_nano <=> other.m_nano; }

private:
    __extension__ using Nano = __int128;

    Nano m_nano = 0;
    Format m_format = Format::DecimalSi;
};

} // namespace pk::kube
