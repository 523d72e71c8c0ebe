// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"
#include "template/executor.h"

#include <map>
#include <string>
#include <vector>

namespace pk::chart {

/// Turns the spans of rendered files into what is known about each line of the manifest.
class LineMapper
{
public:
    /// Takes the spans of one rendered file, before "<no value>" is taken out of its text.
    void add(const std::string &path, const tmpl::Rendered &rendered);
    /// Reads what the spans refer to; the Executor may go afterwards.
    void finish(const tmpl::Executor &executor);
    /// Fills lines, templates and valuePaths of `out` for its objects.
    void map(Rendered &out) const;
    /// The template and the line of it that made the bytes from `begin` to `end` of a rendered file; line 0 when that
    /// is not known.
    SourceSpan originOf(const std::string &path, std::string_view text, std::size_t begin, std::size_t end) const;

private:
    class Sweep;
    struct Origin
    {
        std::vector<std::uint32_t> paths;
        bool varies = false;
    };
    struct FileSpans
    {
        std::vector<tmpl::OutputSpan> pieces; ///< Text and Value, in the order of the output.
        std::vector<tmpl::OutputSpan> conditions; ///< By begin, outer ones first.
    };

    void addPaths(const tmpl::OutputSpan &span, LineOrigin &line) const;

    std::map<std::string, FileSpans> m_files;
    std::vector<Origin> m_origins; ///< By OriginId; empty where nothing refers to it.
    std::vector<std::string> m_templates;
    std::vector<std::string> m_paths;
};

} // namespace pk::chart
