// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"
#include "template/executor.h"
#include "template/origin.h"

#include <map>
#include <string>
#include <vector>

namespace pk::chart {

/// Turns the spans of rendered files into what is known about each line of the manifest.
class LineMapper
{
public:
    /// Takes the spans of one rendered file. `text` is the file before "<no value>" is taken out of it.
    void add(const std::string &path, std::string_view text, std::vector<tmpl::OutputSpan> spans);
    /// Takes what the spans refer to; the Executor may go afterwards.
    void finish(tmpl::Executor &executor);
    /// Fills lines, templates, valuePaths and pathSets of `out` for its objects.
    void map(Rendered &out) const;
    /// The template and the line of it that made the bytes from `begin` to `end` of a rendered file; line 0 when that
    /// is not known.
    SourceSpan originOf(const std::string &path, std::string_view text, std::size_t begin, std::size_t end) const;

private:
    class Sweep;
    class PathSets;
    struct FileSpans
    {
        std::vector<tmpl::OutputSpan> pieces; ///< Text and Value, in the order of the output.
        std::vector<tmpl::OutputSpan> conditions; ///< By begin, outer ones first.
    };

    std::map<std::string, FileSpans> m_files;
    tmpl::OriginTable m_origins;
    std::vector<std::string> m_templates;
    std::vector<std::uint32_t> m_templateOf; ///< Index into m_templates by OutputSpan::templateId.
};

} // namespace pk::chart
