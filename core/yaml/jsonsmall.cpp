// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/json.h"
#include "yaml/jsonparser.h"

namespace pk::yaml {

Result<Value> parseJson(std::string_view text)
{
    return parseJsonCarefully(text);
}

} // namespace pk::yaml
