// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/search.h"

#include "base/ascii.h"
#include "template/functions/semver.h"

#include <algorithm>
#include <optional>
#include <set>

namespace pk::repo {

namespace {

/// The texts that are looked at, the most telling first.
std::vector<std::string> fieldsOf(const std::string &repository, const chart::Metadata &metadata)
{
    std::string keywords;
    for (const std::string &keyword : metadata.keywords)
        keywords += (keywords.empty() ? "" : " ") + keyword;
    return {ascii::toLower(metadata.name), ascii::toLower(repository + "/" + metadata.name),
        ascii::toLower(metadata.description), ascii::toLower(keywords)};
}

struct Hit
{
    int score = 0;
    Match match;
    tmpl::Version version;
};

/// In which field the words stand; nothing when in none.
std::optional<int> scoreOf(const std::string &words, const std::vector<std::string> &fields)
{
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].find(words) != std::string::npos)
            return static_cast<int>(i);
    }
    return std::nullopt;
}

} // namespace

Result<std::vector<Match>> search(const std::vector<NamedIndex> &indexes, const Query &query)
{
    const std::string text = !query.constraint.empty() ? query.constraint : query.devel ? ">0.0.0-0" : ">0.0.0";
    const auto constraint = tmpl::Constraint::parse(text);
    if (!constraint)
        return constraint.error().wrapped("an invalid version/constraint format: ");
    const std::string words = ascii::toLower(query.words);
    std::vector<Hit> hits;
    for (const auto &[repository, index] : indexes) {
        for (const auto &[name, versions] : index->entries()) {
            for (const ChartVersion &version : versions) {
                const auto score = words.empty() ? 0 : scoreOf(words, fieldsOf(repository, version.metadata));
                const auto number = tmpl::Version::parse(version.metadata.version);
                if (score && number)
                    hits.push_back({*score, {repository + "/" + name, index, &version}, *number});
            }
        }
    }
    std::ranges::stable_sort(hits, [](const Hit &a, const Hit &b) {
        if (a.score != b.score)
            return a.score < b.score;
        return a.match.name != b.match.name ? a.match.name < b.match.name : a.version.compare(b.version) > 0;
    });
    std::vector<Match> out;
    std::set<std::string> seen;
    for (Hit &hit : hits) {
        if (constraint->accepts(hit.version) && (query.allVersions || seen.insert(hit.match.name).second))
            out.push_back(std::move(hit.match));
    }
    return out;
}

} // namespace pk::repo
