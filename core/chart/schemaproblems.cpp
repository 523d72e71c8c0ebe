// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/split.h"
#include "chart/rules.h"
#include "chart/schema.h"
#include "yaml/printer.h"

#include <algorithm>

namespace pk::chart {

namespace {

Value valueAt(const Value &root, const std::vector<std::string> &location)
{
    Value current = root;
    for (const std::string &key : location)
        current = childOf(current, key);
    return current;
}

std::string parameter(const SchemaFailure &failure, std::string_view name)
{
    for (const auto &[key, value] : failure.parameters) {
        if (key == name)
            return value;
    }
    return {};
}

class Collector
{
public:
    Collector(const Value &root, const SchemaNode *schema) : m_root(root), m_schema(schema) { }

    void add(const SchemaFailure &failure)
    {
        if (failure.id == "schema.unknown") {
            const std::string keys = parameter(failure, "keys");
            for (const std::string_view key : split(keys, ", "))
                unknownKey(failure, std::string(key));
            return;
        }
        // The alternatives of anyOf and oneOf would each be told as if they were the only one.
        const bool choice = failure.id == "schema.anyOf" || failure.id == "schema.oneOf" || failure.id == "schema.name";
        if (!failure.causes.empty() && !choice) {
            for (const SchemaFailure &cause : failure.causes)
                add(cause);
            return;
        }
        Problem problem = problemOf(failure, failure.location);
        if (failure.id == "schema.type")
            problem.fix = quoteFix(failure, problem.path);
        m_problems.push_back(std::move(problem));
    }

    std::vector<Problem> take() { return std::move(m_problems); }

private:
    Problem problemOf(const SchemaFailure &failure, const std::vector<std::string> &location) const
    {
        Problem problem;
        problem.severity = Problem::Severity::Error;
        problem.source = Problem::Source::Schema;
        problem.id = failure.id;
        problem.parameters = failure.parameters;
        problem.message = failure.message;
        problem.path = pathOf(location, m_root);
        return problem;
    }

    void unknownKey(const SchemaFailure &failure, const std::string &key)
    {
        std::vector<std::string> location = failure.location;
        const SchemaNode *node = m_schema ? m_schema->find(location) : nullptr;
        location.push_back(key);
        Problem problem = problemOf(failure, location);
        problem.parameters = {{"key", key}};
        problem.fix = {.path = problem.path, .yaml = {}, .remove = true, .id = "fix.remove"};
        if (node) {
            std::vector<std::string> known;
            for (const SchemaNode &property : node->properties)
                known.push_back(property.name);
            if (const std::string near = nearestKey(key, known); !near.empty()) {
                std::vector<std::string> better = failure.location;
                better.push_back(near);
                problem.parameters.emplace_back("nearest", pathOf(better, m_root));
                problem.fix = {.path = problem.path, .yaml = near, .remove = false, .id = "fix.rename"};
            } else if (const std::string elsewhere = sameNameElsewhere(valueAt(m_root, location), key);
                       !elsewhere.empty()) {
                problem.parameters.emplace_back("nearest", elsewhere);
            }
        }
        m_problems.push_back(std::move(problem));
    }

    /// A known path that ends in the unknown key, or in a key of the table under it.
    std::string sameNameElsewhere(const Value &value, const std::string &key) const
    {
        std::vector<std::string> names = {key};
        if (value.isMap()) {
            for (const auto &[inner, item] : value.asMap())
                names.push_back(inner);
        }
        for (const std::string &name : names) {
            if (const SchemaNode *found = findNamed(*m_schema, name, 0))
                return found->path;
        }
        return {};
    }

    static const SchemaNode *findNamed(const SchemaNode &node, const std::string &name, int depth)
    {
        for (const SchemaNode &property : node.properties) {
            if (depth > 0 && property.name == name)
                return &property;
            if (depth < 4) {
                if (const SchemaNode *found = findNamed(property, name, depth + 1))
                    return found;
            }
        }
        return nullptr;
    }

    /// A number or a boolean where a string is wanted only lacks quotes.
    Problem::Fix quoteFix(const SchemaFailure &failure, const std::string &path) const
    {
        const Value value = valueAt(m_root, failure.location);
        if (parameter(failure, "want") != "string" || !(value.isBool() || value.isNumber()))
            return {};
        return {.path = path, .yaml = "\"" + yaml::toYaml(value) + "\"", .remove = false, .id = "fix.quote"};
    }

    const Value &m_root;
    const SchemaNode *m_schema;
    std::vector<Problem> m_problems;
};

} // namespace

std::vector<Problem> problemsOf(const std::vector<SchemaFailure> &failures, const Value &root, const SchemaNode *schema)
{
    Collector collector(root, schema);
    for (const SchemaFailure &failure : failures)
        collector.add(failure);
    return collector.take();
}

} // namespace pk::chart
