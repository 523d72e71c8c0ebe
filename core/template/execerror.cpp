// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/execerror.h"

#include "base/quote.h"

namespace pk::tmpl {

std::string ErrorLink::prefix() const
{
    return "template: " + file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": executing "
        + goQuote(templateName) + " at <" + context + ">: ";
}

std::vector<std::string> ExecError::chain() const
{
    static constexpr std::string_view calling = "error calling ";
    std::vector<std::string> texts;
    std::size_t begin = 0; // of a link's text, which ends where the whole ends
    for (const ErrorLink &link : links) {
        texts.push_back(text.substr(begin));
        const std::size_t message = begin + link.prefix().size();
        if (link.message.starts_with(calling)) {
            // What a function put before the inner error, or its own error, is a member of Go's chain.
            const std::size_t own = link.message.find(": ", calling.size()) + 2;
            if (own < link.message.size())
                texts.push_back(text.substr(message + own));
        }
        begin = message + link.message.size();
    }
    if (texts.empty())
        texts.push_back(text);
    return texts;
}

} // namespace pk::tmpl
