// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "yaml/composer.h"

namespace pk::yaml {

/// The tree that go-yaml v2, JSON and encoding/json together make of one composed document. Errors with Go's words and
/// the prefixes of sigs.k8s.io/yaml.
Result<Value> decode(const RawDocument &document);

} // namespace pk::yaml
