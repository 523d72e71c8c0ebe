// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace pk::yaml {

/// Appends a number as Go's strconv.AppendFloat(value, format, precision, 64): `format` is one of e E f g G, precision
/// -1 means the fewest digits that read back as the same number. Infinities are "+Inf" and "-Inf", else "NaN".
void appendGoFloat(std::string &out, double value, char format, int precision);

/// appendGoFloat(out, value, 'g', -1): what fmt's %v and toYaml write. Exponents are used below 0.0001 and from 1e+06
/// on.
void appendGoFloat(std::string &out, double value);

/// As strconv.FormatFloat(value, 'g', -1, 32): how keys and typed strings of YAML are made of numbers.
void appendGoFloat32(std::string &out, double value);

/// As encoding/json writes a number: exponents are used below 1e-6 and from 1e21 on.
void appendJsonFloat(std::string &out, double value);

} // namespace pk::yaml
