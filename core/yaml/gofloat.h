// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace pk::yaml {

/// Appends a number as Go's strconv.AppendFloat(value, 'g', -1, 64), which is what fmt's %v writes: the fewest digits
/// that read back as the same number, with an exponent below 0.0001 and from 1e+06 on; "+Inf", "-Inf", "NaN".
void appendGoFloat(std::string &out, double value);

/// As go-yaml writes a number, which has names of its own for what is none: ".inf", "-.inf", ".nan".
void appendYamlFloat(std::string &out, double value);

/// appendYamlFloat() of a float32: how keys and typed strings of YAML are made of numbers.
void appendYamlFloat32(std::string &out, double value);

/// As encoding/json writes a number: exponents are used below 1e-6 and from 1e21 on.
void appendJsonFloat(std::string &out, double value);

} // namespace pk::yaml
