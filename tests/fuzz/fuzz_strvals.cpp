// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/strvals.h"
#include "chart/values.h"
#include "fuzz/fuzz.h"

using namespace pk;

/// One argument of the --set family a line; its first byte says which and at which level.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view text = fuzz::textOf(data, size);
    const Value values =
        Value::map({{"a", Value::list({Value::string("x")})}, {"b", Value::map({{"c", Value::boolean(true)}})}});
    const chart::FileReader reader = [](const std::string &path) -> Result<std::string> {
        if (path.empty())
            return Error{Error::Code::NotFound, "open : no such file or directory"};
        return "content of " + path;
    };
    while (!text.empty()) {
        const std::size_t choice = fuzz::takeChoice(text, 10);
        const chart::Levels &levels = choice < 5 ? chart::levels43() : chart::levels3();
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        Result<void> done;
        switch (choice % 5) {
        case 0:
            done = chart::setValues(line, values, levels);
            break;
        case 1:
            done = chart::setStringValues(line, values, levels);
            break;
        case 2:
            done = chart::setJsonValues(line, values, levels);
            break;
        case 3:
            done = chart::setFileValues(line, values, levels, reader);
            break;
        default:
            done = chart::setLiteralValue(line, values, levels);
            break;
        }
        fuzz::holds(done.ok() || !done.error().message.empty(), "a refusal has words", line);
        if (fuzz::sizeOf(values, 200'000) >= 200'000)
            break;
    }
    (void)values.deepCopy();
    return 0;
}
