// SPDX-License-Identifier: GPL-3.0-or-later
#include "texts/tables.h"

namespace pk::gui::texts {

namespace {

#define T(text) QT_TRANSLATE_NOOP("texts", text)

/// Why a chart cannot be rendered, for people who do not know its templates: what is the matter, then what to do.
/// Helm's own words and the line stand beside it.
constexpr Sentence sentences[] = {
    {"render.nil-value", T("{value} is not set, and the template wants {field} of it. Set {value}.{field}.")},
    {"render.nil",
        T("The template wants {field} of {value}, and there is nothing. The chart does not reckon with these values.")},
    {"render.no-map",
        T("{value} is a {kind}, and the template wants {field} of it. Write a map with {field} in it there.")},
    {"render.no-field",
        T("The template wants {field} of {value}, which has no such thing. It may be made for another Helm, or "
          "misspelt.")},
    {"render.no-list", T("{value} is a {kind}, and the template goes through it item by item. Write a list there.")},
    {"render.no-items",
        T("The template goes through {value} item by item, but that is no list. The chart does not reckon with these "
          "values.")},
    {"render.not-set", T("{value} is not set, and the template needs a {want} there. Set it.")},
    {"render.type-value", T("{value} is a {got}, and the template needs a {want}. Write one there.")},
    {"render.type",
        T("The template needs a {want} and has a {got}: {value}. The chart does not reckon with these values.")},
    {"render.nothing",
        T("The template needs a {want} here, and there is nothing. One of the values that this line reads is not "
          "set.")},
    {"render.literal",
        T("The template needs a {want} and has {value} written there. That is a mistake of the chart, not of your "
          "values.")},
    {"render.no-template",
        T("The chart wants its template {name}, which does not exist. A subchart that has it is missing, or the name "
          "is "
          "misspelt.")},
    {"render.compare",
        T("The template compares values of different kinds: {context}. Numbers of values files are floats; text needs "
          "quotes.")},
    {"render.index-range", T("The template wants an item that the list does not have: {context}.")},
    {"render.index-nil", T("The template looks into a value that is not set: {context}. Set it.")},
    {"render.index",
        T("The template looks for a key or an item where there can be none: {context}. A value there is of another "
          "kind "
          "than the chart expects.")},
    {"render.arguments",
        T("The template gives {name} too few or too many values. That is a mistake of the chart, not of your values.")},
    {"render.text",
        T("A value that the chart takes for a template cannot be read: {reason}. It is used by {context}.")},
    {"render.call", T("{name} failed in the template: {reason}. Look at the values that this line reads.")},
    {"render.template", T("The template failed: {reason}. Look at the values that this line reads.")},
    {"render.refused", T("The chart refuses these values: {reason}")},
    {"render.function",
        T("This Helm has no function {name}. The chart is made for another version, or the name is misspelt.")},
    {"render.parse", T("The template cannot be read: {reason}. That is a mistake of the chart, not of your values.")},
    {"render.yaml",
        T("What the template makes of these values is no YAML, from line {line} on: {text}. A value may need quotes, "
          "or "
          "another indentation.")},
    {"render.no-object",
        T("What the template makes is a {kind}, and no object with a kind. A value may have been put in the wrong "
          "place.")},
    {"render.head",
        T("{field} of an object is a {got}, which Kubernetes does not take there. If it is one of your values, put it "
          "in "
          "quotes.")},
    {"render.dependencies",
        T("The chart needs other charts that are not in its folder: {missing}. helm dependency build fetches them.")},
    {"render.library", T("This is a {type} chart: it has templates for other charts and cannot be installed itself.")},
    {"render.subchart", T("{name} holds the values of a subchart and must be a map.")},
    {"render.schema", T("The values do not fit to the chart's schema. Helm says: {message}")},
    {"render.kube-version", T("The chart wants Kubernetes {want}; this is {got}.")},
    {"template.limit.steps",
        T("The chart needs more steps than are allowed for a preview. A loop over a very large number may be the "
          "cause.")},
    {"template.limit.time",
        T("The chart takes longer than is allowed. A loop over a very large number may be the cause.")},
    {"template.limit.bytes",
        T("The chart makes more text than is allowed. A value that is repeated or doubled may be the cause.")},
    {"template.limit.tree",
        T("A value that the chart makes holds itself, or has more levels than are allowed. That is a mistake of the "
          "chart.")},
    {"template.limit.depth",
        T("The templates call each other without an end, or deeper than is allowed. That is a mistake of the chart.")},
};

#undef T

} // namespace

std::span<const Sentence> renderSentences()
{
    return sentences;
}

} // namespace pk::gui::texts
