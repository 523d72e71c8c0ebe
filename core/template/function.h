// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "value/value.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pk::tmpl {

/// What differs between the Helm levels inside functions; the rows that matter here of Helm's level table. chart/ fills
/// it from its own levels, so that this module knows switches and no Helm.
struct Dialect
{
    bool semverLimits = true; ///< Length limits and quoted error texts of semver 3.5.
    bool durations = true; ///< The eleven duration functions and mustToToml exist (4.3).
    bool mustToYaml = true; ///< mustToYaml exists (4.x).
};

/// Where "random" functions get their bytes: seeded in a preview, so that it does not flicker; secure on apply.
class RandomSource
{
public:
    virtual ~RandomSource() = default;
    virtual void fill(std::span<unsigned char> bytes) = 0;
    /// A template is about to be rendered from its start.
    virtual void begin(std::string_view name) { static_cast<void>(name); }
};

/// What a running function may ask of its surroundings. Lives as long as one execution, on its thread.
class CallContext
{
public:
    virtual ~CallContext() = default;

    virtual const Dialect &dialect() const = 0;
    /// Also marks the line being written as one that varies from run to run.
    virtual RandomSource &random() = 0;
    /// The wall clock; marks the line as random() does.
    virtual WallTime now() = 0;

    /// Executes the named template with `data` as dot and returns its output (Helm's include).
    virtual Result<std::string> execute(std::string_view templateName, const Value &data) = 0;
    /// Parses `text` with all defined templates visible and executes it with `data` (Helm's tpl). Definitions inside
    /// `text` are visible only to it.
    virtual Result<std::string> executeText(std::string_view text, const Value &data) = 0;

    /// Takes `bytes` from the budget of the execution before a function builds that much; an error that names the limit
    /// when there is not enough left ("{{ repeat 1e9 "x" }}").
    virtual Result<void> spend(std::uint64_t bytes) = 0;
};

/// The Go type of a parameter, by which the executor checks and converts arguments before the call, with
/// text/template's own errors ("wrong type for value; expected string; got float64").
enum class Param : std::uint8_t {
    Any, ///< interface {}: anything, also nil
    String,
    Int, ///< int
    Int64,
    Uint32,
    Float64,
    Bool,
    List, ///< []interface {}; a literal nil arrives as Value()
    Strings, ///< []string
    Map, ///< map[string]interface {}; common.Values is accepted; a literal nil arrives as Value()
    Bytes, ///< []byte
    Time, ///< time.Time
    Certificate, ///< what genCA and its like give
};

/// The body of a function. `arguments` are already counted and typed; the piped value is the last. An error becomes
/// "error calling NAME: MESSAGE" in the executor, for Go's errors and panics alike.
using FunctionBody = Result<Value> (*)(CallContext &context, std::span<const Value> arguments);

/// One callable function; tables of these are how families register.
struct Function
{
    std::string_view name;
    std::vector<Param> params; ///< The last one repeats when `variadic`.
    bool variadic = false;
    FunctionBody body = nullptr;
};

/// All functions of one dialect, by name. Sorted once, looked up by the parser; immutable afterwards.
class FunctionTable
{
public:
    /// Later families replace functions of the same name.
    void add(std::span<const Function> family);
    /// Null when there is none.
    const Function *find(std::string_view name) const;
    std::size_t size() const { return m_functions.size(); }
    auto begin() const { return m_functions.begin(); }
    auto end() const { return m_functions.end(); }

private:
    std::vector<Function> m_functions; ///< Sorted by name.
};

} // namespace pk::tmpl
