// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/ocireference.h"

#include "base/quote.h"
#include "base/split.h"
#include "repo/weburl.h"
#include "template/functions/semver.h"

#include <algorithm>

namespace pk::repo {

namespace {

Error invalid(const std::string &why)
{
    return {.code = Error::Code::InvalidInput, .message = "invalid reference: " + why};
}

bool isLowerOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// Runs of letters and digits between "." "_" "__" or dashes.
bool isPathPart(std::string_view part)
{
    if (part.empty() || !isLowerOrDigit(part.front()) || !isLowerOrDigit(part.back()))
        return false;
    for (std::size_t i = 0; i < part.size();) {
        if (isLowerOrDigit(part[i])) {
            ++i;
            continue;
        }
        const std::size_t end = std::min(part.find_first_not_of(part[i], i), part.size());
        const std::size_t length = end - i;
        const bool fine = part[i] == '-' || (part[i] == '_' && length <= 2) || (part[i] == '.' && length == 1);
        if (!fine || !isLowerOrDigit(part[end]))
            return false;
        i = end;
    }
    return true;
}

bool isRepository(std::string_view text)
{
    return std::ranges::all_of(split(text, "/"), isPathPart);
}

bool isTag(std::string_view text)
{
    const auto word = [](char c) { return isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !text.empty() && text.size() <= 128 && word(text.front())
        && std::ranges::all_of(text, [word](char c) { return word(c) || c == '.' || c == '-'; });
}

} // namespace

Result<OciReference> OciReference::parse(std::string_view text, bool strict)
{
    OciReference out;
    std::string raw(isOci(text) ? text.substr(ociScheme.size()) : text);
    if (const auto at = raw.rfind('@'); at != raw.npos) {
        out.digest = raw.substr(at + 1);
        raw.resize(at);
    }
    const auto slash = raw.find('/');
    if (slash == raw.npos)
        return invalid("missing registry or repository");
    out.registry = raw.substr(0, slash);
    out.repository = raw.substr(slash + 1);
    if (const auto colon = out.repository.find(':'); colon != out.repository.npos) {
        out.tag = out.repository.substr(colon + 1);
        out.repository.resize(colon);
        if (!strict)
            std::ranges::replace(out.tag, '+', '_');
    }
    const auto url = WebUrl::parse("dummy://" + out.registry);
    if (!url || url->host.empty() || url->host != out.registry)
        return invalid("invalid registry " + goQuote(out.registry));
    if (!isRepository(out.repository))
        return invalid("invalid repository " + goQuote(out.repository));
    if (!out.tag.empty() && !isTag(out.tag))
        return invalid("invalid tag " + goQuote(out.tag));
    return out;
}

std::string OciReference::toString() const
{
    const std::string path = registry + "/" + repository;
    return tag.empty() ? path + "@" + digest : path + ":" + tag;
}

std::vector<std::string> versionsOfTags(const std::vector<std::string> &tags)
{
    std::vector<tmpl::Version> versions;
    for (std::string tag : tags) {
        std::ranges::replace(tag, '_', '+');
        if (auto version = tmpl::Version::parseStrict(tag))
            versions.push_back(*std::move(version));
    }
    std::ranges::stable_sort(versions, [](const auto &a, const auto &b) { return a.compare(b) > 0; });
    std::vector<std::string> out;
    for (const tmpl::Version &version : versions)
        out.push_back(version.toString());
    return out;
}

Result<std::string> chooseTag(const std::vector<std::string> &versions, const std::string &wanted)
{
    if (!wanted.empty() && std::ranges::find(versions, wanted) != versions.end())
        return wanted;
    const auto constraint = tmpl::Constraint::parse(wanted.empty() ? "*" : wanted);
    if (!constraint)
        return constraint.error();
    for (const std::string &text : versions) {
        if (const auto version = tmpl::Version::parse(text); version && constraint->accepts(*version))
            return text;
    }
    return Error{.code = Error::Code::NotFound,
        .message = "could not locate a version matching provided version string " + wanted};
}

} // namespace pk::repo
