// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/explainerror.h"

#include "base/unicode.h"
#include "chart/explainvalue.h"
#include "yaml/printer.h"

#include <algorithm>
#include <array>

namespace pk::chart {

namespace {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// What stands between `before` and the next `behind`; to the end when there is none. Empty without `before`.
std::string between(std::string_view text, std::string_view before, std::string_view behind)
{
    const std::size_t begin = text.find(before);
    if (begin == std::string_view::npos)
        return {};
    const std::string_view rest = text.substr(begin + before.size());
    return std::string(behind.empty() ? rest : rest.substr(0, rest.find(behind)));
}

bool holds(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

void tell(RenderError &error, const char *id, Parameters parameters)
{
    error.error.id = id;
    error.error.parameters = std::move(parameters);
}

/// One failure of an execution: the innermost link and the values around it.
class Execution
{
public:
    Execution(RenderError &error, const tmpl::ExecError &exec, const Value &values) :
        m_error(error), m_exec(exec), m_link(exec.links.back()), m_what(m_link.message), m_values(values)
    {
    }

    void explain()
    {
        const bool told = field() || range() || type() || missingTemplate() || comparison() || index() || arguments()
            || text() || call();
        if (!told)
            tell(m_error, "render.template", {{"reason", m_link.message}});
    }

private:
    /// Names the value in the sentence, and as the one that a person may change when it is one of theirs.
    ValueAt valueAt(std::string_view field) const { return failingValue(m_exec, field, m_values); }

    bool field()
    {
        if (m_what.starts_with("nil pointer evaluating ")) {
            const std::string name = m_what.substr(m_what.rfind('.') + 1);
            const ValueAt at = valueAt(name);
            m_error.valuePath = at.path;
            tell(m_error, at.path.empty() ? "render.nil" : "render.nil-value", {{"field", name}, {"value", at.shown}});
            return true;
        }
        if (!m_what.starts_with("can't evaluate field "))
            return false;
        const std::string name = between(m_what, "can't evaluate field ", " in type ");
        const ValueAt at = valueAt(name);
        m_error.valuePath = at.path;
        if (at.path.empty())
            tell(m_error, "render.no-field", {{"field", name}, {"value", at.shown}});
        else
            tell(m_error, "render.no-map", {{"field", name}, {"value", at.shown}, {"kind", kindName(at.value)}});
        return true;
    }

    bool range()
    {
        if (!m_what.starts_with("range can't iterate over "))
            return false;
        const ValueAt at = valueAt({});
        m_error.valuePath = at.path;
        if (at.path.empty())
            tell(m_error, "render.no-items", {{"value", at.shown}});
        else
            tell(m_error, "render.no-list", {{"value", at.shown}, {"kind", kindName(at.value)}});
        return true;
    }

    bool type()
    {
        const bool wrong = m_what.starts_with("wrong type for value; expected ");
        if (!wrong && !m_what.starts_with("invalid value; expected ") && !m_what.starts_with("cannot assign nil to "))
            return literal();
        const std::string want =
            kindOfGoType(wrong ? between(m_what, "expected ", "; got ")
                               : m_what.substr(m_what.rfind(m_what.starts_with("invalid") ? "expected " : "to ")
                                   + (m_what.starts_with("invalid") ? 9 : 3)));
        const ValueAt at = valueAt({});
        m_error.valuePath = at.path;
        if (at.path.empty() && !wrong)
            tell(m_error, "render.nothing", {{"want", want}});
        else if (at.path.empty())
            tell(m_error, "render.type",
                {{"value", at.shown}, {"want", want}, {"got", kindOfGoType(between(m_what, "; got ", {}))}});
        else if (at.value.isNil())
            tell(m_error, "render.not-set", {{"value", at.shown}, {"want", want}});
        else
            mistyped(at, want);
        return true;
    }

    void mistyped(const ValueAt &at, const std::string &want)
    {
        tell(m_error, "render.type-value", {{"value", at.shown}, {"want", want}, {"got", kindName(at.value)}});
        if (want == "string" && (at.value.isNumber() || at.value.isBool()))
            m_error.fix = {.path = at.path, .yaml = "\"" + yaml::toYaml(at.value) + "\"", .id = "fix.quote"};
    }

    /// A literal of the template itself.
    bool literal()
    {
        if (!m_what.starts_with("expected ") || !holds(m_what, "; found "))
            return false;
        tell(m_error, "render.literal",
            {{"value", between(m_what, "; found ", {})}, {"want", kindOfGoType(between(m_what, "expected ", ";"))}});
        return true;
    }

    bool missingTemplate()
    {
        if (holds(m_what, "no template \"")) {
            tell(m_error, "render.no-template", {{"name", between(m_what, "no template \"", "\"")}});
            return true;
        }
        if (!m_what.starts_with("template \"") || !m_what.ends_with(" not defined"))
            return false;
        tell(m_error, "render.no-template", {{"name", between(m_what, "template \"", "\"")}});
        return true;
    }

    bool comparison()
    {
        static constexpr std::array<std::string_view, 3> words = {
            "incompatible types for comparison", "invalid type for comparison", "non-comparable type"};
        if (std::ranges::none_of(words, [this](std::string_view word) { return holds(m_what, word); }))
            return false;
        tell(m_error, "render.compare", {{"context", m_link.context}});
        return true;
    }

    bool index()
    {
        if (!m_what.starts_with("error calling index: ") && !m_what.starts_with("error calling slice: "))
            return false;
        const bool range = holds(m_what, "out of range");
        const bool nil = holds(m_what, "of untyped nil") || holds(m_what, "of nil pointer");
        tell(m_error,
            range     ? "render.index-range"
                : nil ? "render.index-nil"
                      : "render.index",
            {{"context", m_link.context}});
        return true;
    }

    bool arguments()
    {
        if (!m_what.starts_with("wrong number of args for "))
            return false;
        tell(m_error, "render.arguments", {{"name", between(m_what, "wrong number of args for ", ":")}});
        return true;
    }

    /// tpl takes a value for a template.
    bool text()
    {
        if (!holds(m_what, "cannot parse template \""))
            return false;
        tell(m_error, "render.text", {{"context", m_link.context}, {"reason", m_what.substr(m_what.rfind(": ") + 2)}});
        return true;
    }

    bool call()
    {
        if (!m_what.starts_with("error calling "))
            return false;
        const std::string name = between(m_what, "error calling ", ":");
        tell(m_error, "render.call", {{"name", name}, {"reason", between(m_what, name + ": ", {})}});
        return true;
    }

    RenderError &m_error;
    const tmpl::ExecError &m_exec;
    const tmpl::ErrorLink &m_link;
    const std::string &m_what;
    const Value &m_values;
};

void explainTemplate(RenderError &error, const tmpl::ExecError *exec, const Value &values)
{
    const std::string &message = error.error.message;
    if (message.starts_with("execution error at (")) {
        tell(error, "render.refused", {{"reason", between(message, "): ", {})}});
    } else if (exec) {
        if (!exec->links.empty())
            Execution(error, *exec, values).explain();
    } else if (message.ends_with(" not defined") && holds(message, "): function \"")) {
        tell(error, "render.function", {{"name", between(message, "): function \"", "\"")}});
    } else {
        tell(error, "render.parse", {{"reason", between(message, "): ", {})}});
    }
}

void explainManifest(RenderError &error)
{
    const std::string &message = error.error.message;
    const Parameters where = {
        {"line", std::to_string(error.rendered.line)}, {"text", std::string(trimSpace(error.renderedLine))}};
    if (holds(message, "Go struct field")) {
        // "SimpleHead.kind", ".metadata.annotations"
        const std::string field = between(message, "Go struct field ", " of type");
        tell(error, "render.head",
            {{"field", field.substr(field.find('.') + 1)},
                {"got", kindOfGoType(between(message, "cannot unmarshal ", " "))}, where[0]});
    } else if (holds(message, "into Go value of type")) {
        tell(error, "render.no-object", {{"kind", kindOfGoType(between(message, "cannot unmarshal ", " "))}, where[0]});
    } else {
        tell(error, "render.yaml", where);
    }
}

void explainDependencies(RenderError &error)
{
    const std::string &message = error.error.message;
    if (const std::string missing = between(message, "missing in charts/ directory: ", {}); !missing.empty())
        tell(error, "render.dependencies", {{"missing", missing}});
    else if (message.ends_with(" charts are not installable"))
        tell(error, "render.library", {{"type", message.substr(0, message.find(' '))}});
}

void explainKubeVersion(RenderError &error)
{
    const std::string &message = error.error.message;
    tell(error, "render.kube-version",
        {{"want", between(message, "requires kubeVersion: ", " which is")},
            {"got", between(message, "with Kubernetes ", {})}});
}

} // namespace

void explainError(RenderError &error, const tmpl::ExecError *exec, const Value &values)
{
    if (error.error.code == Error::Code::LimitExceeded && !error.error.id.empty())
        return;
    switch (error.stage) {
    case RenderError::Stage::Dependencies:
        return explainDependencies(error);
    case RenderError::Stage::Values:
        if (const std::string name = between(error.error.message, "type mismatch on ", ":"); !name.empty()) {
            tell(error, "render.subchart", {{"name", name}});
            error.valuePath = name;
        }
        return;
    case RenderError::Stage::Schema:
        return tell(error, "render.schema", {});
    case RenderError::Stage::KubeVersion:
        return explainKubeVersion(error);
    case RenderError::Stage::Template:
        return explainTemplate(error, exec, values);
    case RenderError::Stage::Manifest:
        return explainManifest(error);
    case RenderError::Stage::Cancelled:
        return;
    }
}

} // namespace pk::chart
