// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/surprises.h"

#include "document/scalarsurprises.h"
#include "yaml/path.h"
#include "yaml/resolve.h"
#include "yaml/textedit.h"

#include <algorithm>

namespace pk::document {

namespace {

using yaml::Node;
using yaml::Style;
using Severity = Problem::Severity;

class Walker
{
public:
    Walker(std::string_view text, const std::vector<SecretPlace> &secrets) : m_text(text), m_secrets(secrets) { }

    /// `first`: of the only document whose values have paths.
    void run(const Node &root, const Wanted &wanted, bool first)
    {
        m_hasPaths = first;
        walk(root, wanted, false);
    }

    std::vector<Problem> take() { return std::move(m_problems); }

private:
    struct Entry
    {
        std::string key;
        std::size_t index = 0;
        bool named = false; ///< False of complex keys and of null, which Helm refuses.
    };

    void walk(const Node &node, const Wanted &wanted, bool inFlow)
    {
        inFlow = inFlow || node.style == Style::Flow;
        if (node.isMapping())
            mapping(node, wanted, inFlow);
        else if (node.isSequence())
            sequence(node, wanted, inFlow);
        else if (node.isScalar())
            scalar(node, {}, wanted, inFlow);
    }

    void mapping(const Node &node, const Wanted &wanted, bool inFlow)
    {
        std::vector<Entry> entries(node.size());
        for (std::size_t i = 0; i < node.size(); ++i) {
            entries[i].index = i;
            entries[i].named = yaml::keyOf(node.key(i), entries[i].key);
        }
        for (const Entry &entry : entries) {
            m_path.emplace_back(entry.key);
            const Node &value = node.valueAt(entry.index);
            key(node.key(entry.index), entry, value, inFlow);
            const Wanted below = wanted.entry(entry.key);
            if (value.isScalar())
                scalar(value, entry.key, below, inFlow);
            else
                walk(value, below, inFlow);
            m_path.pop_back();
        }
        duplicates(node, std::move(entries));
    }

    void sequence(const Node &node, const Wanted &wanted, bool inFlow)
    {
        const Wanted below = wanted.item();
        const bool holdsMaps = std::ranges::any_of(node.children, &Node::isMapping);
        for (std::size_t i = 0; i < node.size(); ++i) {
            const Node &item = node.valueAt(i);
            m_path.emplace_back(i);
            if (holdsMaps && item.isScalar() && item.style == Style::Plain)
                itemWithoutSpace(item);
            walk(item, below, inFlow);
            m_path.pop_back();
        }
    }

    /// YAML 1.1 reads words and numbers in keys as well: `y:` is "true", `0x10:` is "16".
    void key(const Node &key, const Entry &entry, const Node &value, bool inFlow)
    {
        if (!entry.named || key.style != Style::Plain || !key.tag.empty())
            return;
        if (entry.key != key.value) {
            const bool word = entry.key == "true" || entry.key == "false";
            Problem problem = problemOf(Severity::Warning, word ? "yaml.key-word" : "yaml.key-number", key);
            problem.parameters = {{"written", key.value}, {"read", entry.key}};
            add(std::move(problem), {.yaml = inQuotes(key.value), .id = "fix.quote-key"});
        } else if (std::optional<Problem> odd = oddCharacters(m_text, key)) {
            add(*std::move(odd), {});
        } else if (const auto colon = key.value.find(':'); inFlow && colon != std::string::npos && colon > 0
                   && value.isEmptyPlain() && key.value.find("://") == std::string::npos) {
            // {a:1} is a key "a:1" with nothing behind it.
            Problem problem = problemOf(Severity::Warning, "yaml.no-space", key);
            problem.parameters = {{"key", key.value.substr(0, colon)}};
            add(std::move(problem), {});
        }
    }

    /// `- name:x` among maps is a text, and no map.
    void itemWithoutSpace(const Node &item)
    {
        const auto colon = item.value.find(':');
        if (colon == std::string::npos || colon == 0 || item.value.find("://") != std::string::npos)
            return;
        Problem problem = problemOf(Severity::Warning, "yaml.no-space", item);
        problem.parameters = {{"key", item.value.substr(0, colon)}};
        add(std::move(problem), {});
    }

    void scalar(const Node &node, std::string_view key, const Wanted &wanted, bool inFlow)
    {
        std::optional<Problem> problem = surpriseOf(
            {.text = m_text, .node = node, .key = key, .wanted = wanted, .inFlow = inFlow, .secret = isSecret(node)});
        if (problem) {
            Problem::Fix fix = problem->fix;
            add(*std::move(problem), std::move(fix));
        }
    }

    /// Of equal keys the last one counts; nothing of the others is kept.
    void duplicates(const Node &node, std::vector<Entry> entries)
    {
        std::erase_if(entries, [&node](const Entry &entry) {
            const Node &key = node.key(entry.index);
            return !entry.named || (key.style == Style::Plain && key.value == "<<"); // Merges all count.
        });
        std::ranges::stable_sort(entries, {}, &Entry::key);
        for (std::size_t i = 1; i < entries.size(); ++i) {
            if (entries[i].key != entries[i - 1].key)
                continue;
            std::size_t last = i;
            while (last + 1 < entries.size() && entries[last + 1].key == entries[i].key)
                ++last;
            Problem problem = problemOf(Severity::Warning, "yaml.duplicate", node.key(entries[i - 1].index));
            problem.parameters = {
                {"key", entries[i].key}, {"line", std::to_string(node.key(entries[last].index).line)}};
            // Its path would be that of the one that counts.
            m_problems.push_back(std::move(problem));
        }
    }

    void add(Problem problem, Problem::Fix fix)
    {
        if (m_hasPaths) {
            problem.path = yaml::Path(m_path).toString();
            problem.fix = std::move(fix);
            if (!problem.fix.id.empty())
                problem.fix.path = problem.path;
        } else {
            problem.fix = {};
        }
        m_problems.push_back(std::move(problem));
    }

    bool isSecret(const Node &node) const
    {
        const auto next = std::ranges::upper_bound(
            m_secrets, node.span.begin, {}, [](const SecretPlace &place) { return place.span.begin; });
        const bool inOne = next != m_secrets.begin() && std::prev(next)->span.end > node.span.begin;
        // An anchor stands before the span of a secret.
        return inOne || (next != m_secrets.end() && next->span.begin < node.span.end);
    }

    std::string_view m_text;
    const std::vector<SecretPlace> &m_secrets;
    bool m_hasPaths = true;
    std::vector<yaml::Step> m_path;
    std::vector<Problem> m_problems;
};

/// `number` stands in `text`, and is no part of another word.
bool holdsNumber(std::string_view text, std::string_view number)
{
    const auto isPart = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '.'; };
    for (std::size_t at = 0; (at = text.find(number, at)) != std::string_view::npos; ++at) {
        const std::size_t end = at + number.size();
        if ((at == 0 || !isPart(text[at - 1])) && (end == text.size() || !isPart(text[end])))
            return true;
    }
    return false;
}

std::string parameter(const Problem &problem, std::string_view name)
{
    const auto found =
        std::ranges::find(problem.parameters, name, [](const auto &pair) -> const std::string & { return pair.first; });
    return found == problem.parameters.end() ? std::string() : found->second;
}

bool isUnknownKey(const Problem &problem)
{
    return problem.id == "schema.unknown" || problem.id == "rule.unknown-key";
}

} // namespace

std::vector<Problem> findSurprises(
    std::string_view text, const yaml::Stream &nodes, const Wishes &wishes, const std::vector<SecretPlace> &secrets)
{
    Walker walker(text, secrets);
    const Wanted wanted(wishes);
    for (const yaml::Document &document : nodes)
        walker.run(document.root, wanted, &document == &nodes.front());
    return walker.take();
}

void addSurprises(
    std::vector<Problem> &problems, std::vector<Problem> surprises, const std::vector<std::string_view> &rendered)
{
    for (Problem &surprise : surprises) {
        if (surprise.id == "yaml.exponent") {
            const std::string printed = parameter(surprise, "printed");
            if (std::ranges::none_of(rendered, [&](std::string_view text) { return holdsNumber(text, printed); }))
                continue;
            surprise.parameters.pop_back(); // It may be a secret's, and has done its work.
        }
        const bool isKey = surprise.fix.id == "fix.quote-key";
        const auto known = std::ranges::find_if(problems, [&surprise, isKey](const Problem &problem) {
            if (surprise.path.empty() || problem.path != surprise.path || problem.source == Problem::Source::Yaml)
                return false;
            return problem.severity == Problem::Severity::Error || (isKey && isUnknownKey(problem));
        });
        if (known == problems.end()) {
            problems.push_back(std::move(surprise));
        } else if (isKey && isUnknownKey(*known)) {
            surprise.severity = known->severity;
            *known = std::move(surprise);
        }
    }
}

void quoteAsWritten(std::vector<Problem> &problems, const yaml::Stream &nodes)
{
    for (Problem &problem : problems) {
        if (problem.fix.id != "fix.quote" || nodes.empty())
            continue;
        const auto path = yaml::Path::parse(problem.fix.path);
        const Node *node = path ? yaml::find(nodes.front().root, *path) : nullptr;
        if (node && node->isScalar() && node->style == Style::Plain && node->tag.empty() && !node->value.empty())
            problem.fix.yaml = inQuotes(node->value);
    }
}

} // namespace pk::document
