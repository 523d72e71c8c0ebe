// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/preview.h"

#include "yaml/linediff.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace pk::document {

namespace {

using chart::LineOrigin;
using chart::ManifestObject;

constexpr std::uint32_t OtherSeed = 19'700'101;
/// Changes every part of a date that a template may print, the day of the week too.
constexpr std::chrono::seconds OtherTime =
    std::chrono::hours(400 * 24 + 13) + std::chrono::minutes(17) + std::chrono::seconds(11);

std::span<LineOrigin> linesOf(chart::Rendered &rendered, const ManifestObject &object)
{
    const auto first = static_cast<std::size_t>(object.line - 1);
    const auto count = static_cast<std::size_t>(std::ranges::count(object.text, '\n')) + 1;
    if (object.line < 1 || first >= rendered.lines.size())
        return {};
    return std::span(rendered.lines).subspan(first, std::min(count, rendered.lines.size() - first));
}

/// Objects of a rendering by file and kind, in its order: their names may vary.
std::map<std::pair<std::string_view, std::string_view>, std::vector<const ManifestObject *>> byPlace(
    const chart::Rendered &rendered)
{
    std::map<std::pair<std::string_view, std::string_view>, std::vector<const ManifestObject *>> objects;
    for (const ManifestObject &object : rendered.objects)
        objects[{object.source, object.kind}].push_back(&object);
    return objects;
}

/// `differs` has an entry for each line. Of a value of several lines those vary that do differ; a line that stands
/// alone is believed to vary although chance gave it the same twice.
void narrow(std::span<LineOrigin> lines, const std::vector<bool> &differs)
{
    for (std::size_t begin = 0; begin < lines.size();) {
        std::size_t end = begin + 1;
        const auto sameValue = [&](const LineOrigin &line) {
            return line.varies && lines[begin].varies && line.file == lines[begin].file
                && line.templateLine == lines[begin].templateLine;
        };
        while (end < lines.size() && sameValue(lines[end]))
            ++end;
        bool any = false;
        for (std::size_t i = begin; i < end; ++i)
            any = any || differs[i];
        for (std::size_t i = begin; i < end && any; ++i)
            lines[i].varies = differs[i];
        begin = end;
    }
}

} // namespace

void PreviewRandom::begin(std::string_view name)
{
    m_name = std::hash<std::string_view>()(name);
    m_fresh = true;
}

void PreviewRandom::fill(std::span<unsigned char> bytes)
{
    if (m_fresh)
        m_engine.seed(m_seed ^ static_cast<std::uint32_t>(m_name));
    m_fresh = false;
    m_asked = true;
    for (unsigned char &byte : bytes)
        byte = static_cast<unsigned char>(m_engine());
}

void markVarying(Inspection &inspection, chart::Renderer &renderer, chart::RenderRequest request)
{
    chart::Rendered &rendered = inspection.rendered;
    if (rendered.lines.empty())
        return;
    PreviewRandom random(OtherSeed);
    const PreviewClock clock((request.clock ? request.clock->now() : Clock().now()) + OtherTime);
    request.values = inspection.user;
    request.keepGoing = true;
    request.recordSpans = false;
    request.random = &random;
    request.clock = &clock;
    const chart::Rendered other = renderer.render(request);
    if (other.objects.empty())
        return;
    auto known = byPlace(other);
    for (const auto &[place, objects] : byPlace(rendered)) {
        const auto &partners = known[place];
        for (std::size_t i = 0; i < objects.size(); ++i) {
            const std::span<LineOrigin> lines = linesOf(rendered, *objects[i]);
            std::vector<bool> differs(lines.size(), i >= partners.size());
            const std::string_view text = i < partners.size() ? std::string_view(partners[i]->text) : objects[i]->text;
            for (const yaml::Hunk &hunk : yaml::diffLines(objects[i]->text, text, 0)) {
                for (const yaml::DiffLine &line : hunk.lines) {
                    const auto at = static_cast<std::size_t>(line.oldLine - 1);
                    if (line.kind == yaml::DiffLine::Kind::Removed && at < differs.size())
                        differs[at] = true;
                }
            }
            narrow(lines, differs);
        }
    }
}

} // namespace pk::document
