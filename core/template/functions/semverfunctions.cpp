// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/families.h"
#include "template/functions/semver.h"
#include "template/functions/support.h"
#include "template/gotype.h"

#include <limits>

namespace pk::tmpl {

using namespace sprig;

namespace {

/// What `semver` gives: *semver.Version with its methods.
class VersionObject final : public Object, public GoType
{
public:
    VersionObject(Version version, bool pointer) : m_version(std::move(version)), m_pointer(pointer) { }

    std::string typeName() const override { return m_pointer ? "*semver.Version" : "semver.Version"; }
    std::string print() const override { return m_version.toString(); }
    Value toTree() const override { return Value::string(m_version.toString()); }
    bool call(
        std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const override;
    bool equals(const Object &other) const override;

    std::string kindName() const override { return m_pointer ? "ptr" : "struct"; }
    std::optional<std::string> text() const override { return print(); }
    std::vector<Field> fields() const override
    {
        return {{"major", Value::unsignedInteger(m_version.major)}, {"minor", Value::unsignedInteger(m_version.minor)},
            {"patch", Value::unsignedInteger(m_version.patch)}, {"pre", Value::string(m_version.prerelease)},
            {"metadata", Value::string(m_version.metadata)}, {"original", Value::string(m_version.original)}};
    }
    Value copied() const override { return Value::of(Ref<Object>(new VersionObject(Version(), m_pointer))); }

    const Version &version() const { return m_version; }

private:
    bool compareWith(std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const;
    bool part(std::string_view name, Value &result) const;
    bool increment(std::string_view name, Value &result, std::string &error) const;
    bool change(std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const;

    Version m_version;
    bool m_pointer;
};

bool VersionObject::equals(const Object &other) const
{
    const auto *const version = dynamic_cast<const VersionObject *>(&other);
    return version && version->m_pointer == m_pointer && version->m_version.original == m_version.original
        && version->m_version.toString() == m_version.toString();
}

bool VersionObject::compareWith(
    std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const
{
    const bool known = name == "Compare" || name == "Equal" || name == "LessThan" || name == "LessThanEqual"
        || name == "GreaterThan" || name == "GreaterThanEqual";
    // Those have a pointer receiver, and what IncMajor gives is no pointer.
    if (!known || !m_pointer)
        return false;
    const auto *const other = arguments.size() == 1 && arguments[0].isObject()
        ? dynamic_cast<const VersionObject *>(&arguments[0].asObject())
        : nullptr;
    if (!other) {
        error = arguments.size() == 1
            ? "wrong type for value; expected *semver.Version; got " + arguments[0].typeName()
            : "wrong number of args for " + std::string(name) + ": want 1 got " + std::to_string(arguments.size());
        return true;
    }
    const int order = m_version.compare(other->m_version);
    if (name == "Compare")
        result = intValue(order);
    else if (name == "Equal")
        result = Value::boolean(order == 0);
    else if (name.starts_with("Less"))
        result = Value::boolean(order < 0 || (order == 0 && name.ends_with("Equal")));
    else
        result = Value::boolean(order > 0 || (order == 0 && name.ends_with("Equal")));
    return true;
}

bool VersionObject::increment(std::string_view name, Value &result, std::string &error) const
{
    Version next = m_version;
    std::uint64_t *part = nullptr;
    if (name == "IncMajor") {
        part = &next.major;
        next.minor = next.patch = 0;
    } else if (name == "IncMinor") {
        part = &next.minor;
        next.patch = 0;
    } else if (name == "IncPatch") {
        part = &next.patch;
    } else {
        return false;
    }
    // The release of a prerelease is its own next patch.
    if (name != "IncPatch" || next.prerelease.empty()) {
        if (*part == std::numeric_limits<std::uint64_t>::max()) {
            const std::string_view kind = name == "IncMajor" ? "major" : name == "IncMinor" ? "minor" : "patch";
            error = std::string(kind) + " version increment would overflow uint64";
            return true;
        }
        ++*part;
    }
    next.prerelease.clear();
    next.metadata.clear();
    next.original = (m_version.original.starts_with('v') ? "v" : "") + next.toString();
    result = Value::of(Ref<Object>(new VersionObject(std::move(next), false)));
    return true;
}

/// SetPrerelease and SetMetadata.
bool VersionObject::change(
    std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const
{
    const bool prerelease = name == "SetPrerelease";
    if ((!prerelease && name != "SetMetadata") || arguments.size() != 1 || !arguments[0].isString())
        return false;
    Version next = m_version;
    (prerelease ? next.prerelease : next.metadata) = arguments[0].toString();
    const Result<Version> checked =
        Version::parse("0.0.0" + (prerelease ? '-' + next.prerelease : '+' + next.metadata));
    if (!arguments[0].toString().empty() && !checked) {
        error = prerelease ? "invalid prerelease string" : "invalid metadata string";
        return true;
    }
    next.original = (m_version.original.starts_with('v') ? "v" : "") + next.toString();
    result = Value::of(Ref<Object>(new VersionObject(std::move(next), false)));
    return true;
}

bool VersionObject::part(std::string_view name, Value &result) const
{
    if (name == "Major")
        result = Value::unsignedInteger(m_version.major);
    else if (name == "Minor")
        result = Value::unsignedInteger(m_version.minor);
    else if (name == "Patch")
        result = Value::unsignedInteger(m_version.patch);
    else if (name == "Prerelease")
        result = Value::string(m_version.prerelease);
    else if (name == "Metadata")
        result = Value::string(m_version.metadata);
    else if (name == "Original" && m_pointer)
        result = Value::string(m_version.original);
    else if (name == "String")
        result = Value::string(m_version.toString());
    else if (name == "MarshalText")
        result = Value::bytes(m_version.toString());
    else
        return false;
    return true;
}

bool VersionObject::call(
    std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const
{
    if (!part(name, result) && !increment(name, result, error))
        return compareWith(name, arguments, result, error) || change(name, arguments, result, error);
    if (!arguments.empty())
        error = "wrong number of args for " + std::string(name) + ": want 0 got " + std::to_string(arguments.size());
    return true;
}

Result<Value> semver(CallContext &context, Arguments a)
{
    Result<Version> version = Version::parse(a[0].toString(), context.dialect().semverLimits);
    if (!version)
        return version.error();
    return Value::of(Ref<Object>(new VersionObject(std::move(*version), true)));
}

Result<Value> semverCompare(CallContext &context, Arguments a)
{
    const bool limits = context.dialect().semverLimits;
    const Result<Constraint> constraint = Constraint::parse(a[0].toString(), limits);
    if (!constraint)
        return constraint.error();
    const Result<Version> version = Version::parse(a[1].toString(), limits);
    if (!version)
        return version.error();
    return Value::boolean(constraint->accepts(*version));
}

} // namespace

std::span<const Function> semverFunctions()
{
    static const Function family[] = {
        {"semver", {Param::String}, false, semver},
        {"semverCompare", {Param::String, Param::String}, false, semverCompare},
    };
    return family;
}

} // namespace pk::tmpl
