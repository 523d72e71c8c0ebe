// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/schemaparts.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pk::chart::schema {

/// Which properties and items no keyword has looked at yet; only kept where unevaluated... asks.
struct Unevaluated
{
    std::set<std::string, std::less<>> properties;
    std::set<std::size_t> items;

    bool isEmpty() const { return properties.empty() && items.empty(); }
    void keepCommon(const Unevaluated &other);
    /// What is open when `value` comes to `schema`.
    static Unevaluated of(const Value &value, const Node &schema, bool asked);
};

using Failures = std::vector<SchemaFailure>;

/// A schema on the way to the one that is at work, for references that look back.
struct Frame
{
    NodePtr schema = nullptr;
    const char *keyword = nullptr; ///< The reference that led here.
    int level = 0; ///< Counts steps down into the value.
    const Frame *parent = nullptr;
};

/// What holds for a whole run, and which metaschema is at work.
struct Setting
{
    bool library603 = true;
    bool verdictOnly = false; ///< Nobody reads the failures.
    MetaContext meta = {};
    int depth = 0;
    std::size_t *steps = nullptr; ///< Of the whole run.
};

/// Validates one value against one schema.
class Validation
{
public:
    Validation(NodePtr schema, const Value &value, const Step *at, const Frame *parent, const char *keyword, int level,
        const Setting &setting);

    /// All failures at this place, in the library's order. `unevaluated` is narrowed by what was looked at.
    Failures run(Unevaluated &unevaluated);

private:
    using Parameters = std::vector<std::pair<std::string, std::string>>;

    void add(std::string id, std::string message, Parameters parameters = {}, Failures causes = {});
    void addLimit(const char *keyword, std::size_t got, std::size_t want);
    void addOne(Failures failures, const Step *at);
    static void group(Failures &all, Failures failures, const Step *at);
    bool isDecided() const { return m_setting.verdictOnly && !m_failures.empty(); }

    Failures below(NodePtr schema, const Value &value, const Step &step);
    void property(NodePtr schema, const std::string &key, const Value &value);
    void item(NodePtr schema, std::size_t index, std::size_t shownIndex);
    Failures same(NodePtr schema, const char *keyword = nullptr, bool verdictOnly = false);
    void reference(NodePtr schema, const char *keyword);
    bool goesInCircles();
    std::string wayTo(const Frame *frame) const;

    bool plainKeywords();
    bool typeFits() const;
    bool enumeration();
    void object();
    std::vector<std::string> missingOf(const std::vector<std::string> &required) const;
    void dependency(const Dependent &dependent);
    void properties(const Map &map);
    void names(const Map &map);
    void array();
    void itemSchemas();
    void contains();
    void unique();
    void string();
    void number();
    void lookingBack();
    void logic();
    void branches();
    void oneOf();
    void unevaluatedRest();

    const Node &m_schema;
    const Value &m_value;
    const Step *m_at;
    Frame m_frame;
    Setting m_setting;
    Unevaluated *m_unevaluated = nullptr;
    Failures m_failures;
};

/// Keys and indices from the root to a step.
std::vector<std::string> keysOf(const Step *step);

/// JSON's equality: numbers by value.
bool sameJson(const Value &a, const Value &b);

/// The first two of `items` that are the same JSON, as uniqueItems looks for them.
std::optional<std::pair<std::size_t, std::size_t>> firstEqual(const std::vector<Value> &items);

/// Whether `value` is a whole multiple of `unit`, in decimals as they are written.
bool isMultiple(double value, double unit);

} // namespace pk::chart::schema
