// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include "yaml/json.h"

#include <cstdio>
#include <cstdlib>

namespace pk::fuzz {

std::vector<std::string_view> parts(std::string_view text, std::size_t count)
{
    std::vector<std::string_view> found(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t end = i + 1 < count ? text.find('\xFF') : std::string_view::npos;
        found[i] = text.substr(0, end);
        if (end == std::string_view::npos)
            break;
        text.remove_prefix(end + 1);
    }
    return found;
}

std::size_t takeChoice(std::string_view &text, std::size_t limit)
{
    if (text.empty())
        return 0;
    const std::size_t choice = static_cast<unsigned char>(text.front()) % limit;
    text.remove_prefix(1);
    return choice;
}

void broken(std::string_view what, std::string_view first, std::string_view second)
{
    std::fprintf(stderr, "BROKEN: %.*s\n--- first\n%.*s\n--- second\n%.*s\n---\n", static_cast<int>(what.size()),
        what.data(), static_cast<int>(first.size()), first.data(), static_cast<int>(second.size()), second.data());
    std::abort();
}

std::string show(const Value &value)
{
    return yaml::toJson(value, yaml::HtmlEscape::Off);
}

std::size_t sizeOf(const Value &value, std::size_t limit)
{
    std::size_t count = 1;
    if (value.isList()) {
        for (const Value &item : value.asList().items) {
            if (count >= limit)
                break;
            count += sizeOf(item, limit - count);
        }
    } else if (value.isMap()) {
        for (const Map::Entry &entry : value.asMap()) {
            if (count >= limit)
                break;
            count += sizeOf(entry.value, limit - count);
        }
    }
    return count;
}

} // namespace pk::fuzz
