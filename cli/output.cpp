// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"

#include "base/files.h"
#include "chart/gotext.h"
#include "chart/rendererrors.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace pk::cli {

namespace {

constexpr std::string_view sourceMark = "# Source: ";

std::string document(const std::string &path, const std::string &text)
{
    return "---\n" + std::string(sourceMark) + path + "\n" + text + "\n";
}

bool isShown(const chart::Hook &hook, const TemplateOptions &options)
{
    return !options.skipTests || std::ranges::find(hook.events, "test") == hook.events.end();
}

/// As helm does before it writes a file: an error tells the step that failed.
Result<void> makeFolders(const std::filesystem::path &folder)
{
    struct stat found = {};
    if (::stat(folder.c_str(), &found) != 0 && errno != ENOENT)
        return systemError("stat", folder.string());
    std::filesystem::path made;
    for (const std::filesystem::path &part : folder) {
        made /= part;
        if (::stat(made.c_str(), &found) != 0 && ::mkdir(made.c_str(), 0755) != 0 && errno != EEXIST)
            return systemError("mkdir", made.string());
    }
    return {};
}

/// Writes documents into files below a folder, several of one template one after another.
class FolderWriter
{
public:
    explicit FolderWriter(std::string folder) : m_folder(std::move(folder)) { }

    /// `append` adds to what is there.
    Result<void> write(const std::string &name, const std::string &text, bool append)
    {
        const std::string path = m_folder + "/" + name;
        if (const auto made = makeFolders(std::filesystem::path(path).lexically_normal().parent_path()); !made)
            return made;
        const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | (append ? O_APPEND : O_TRUNC), 0666);
        if (file < 0)
            return systemError("open", path);
        const std::string all = document(name, text);
        const bool written = ::write(file, all.data(), all.size()) == static_cast<ssize_t>(all.size());
        const Error error = written ? Error() : systemError("write", path);
        ::close(file);
        if (!written)
            return error;
        m_told += "wrote " + path + "\n";
        return {};
    }

    bool exists(const std::string &name) const { return ::access((m_folder + "/" + name).c_str(), F_OK) == 0; }
    const std::string &told() const { return m_told; }

private:
    std::string m_folder;
    std::string m_told;
};

/// What helm adds to an error of the manifests' own files, though not of the hooks'.
Error withHint(Error error, bool debug)
{
    if (!debug)
        error.message += "\n\nUse --debug flag to render out invalid YAML";
    return error;
}

Error notInChart(const std::string &pattern)
{
    return {.code = Error::Code::NotFound, .message = "could not find template " + pattern + " in chart"};
}

Result<std::string> writeFolder(
    const chart::Rendered &rendered, const TemplateOptions &options, const std::string &releaseName)
{
    FolderWriter crds(options.outputDir);
    FolderWriter files(options.useReleaseName ? options.outputDir + "/" + releaseName : options.outputDir);
    std::set<std::string> seen;
    if (options.includeCrds) {
        for (const auto &[path, text] : rendered.crds) {
            if (const auto done = crds.write(path, text, !seen.insert(path).second); !done)
                return withHint(done.error(), options.debug);
        }
    }
    for (const chart::ManifestObject &object : rendered.objects) {
        if (const auto done = files.write(object.source, object.text, !seen.insert(object.source).second); !done)
            return withHint(done.error(), options.debug);
    }
    for (const chart::Hook &hook : rendered.hooks) {
        if (options.noHooks || !isShown(hook, options))
            continue;
        if (const auto done = files.write(hook.path, hook.manifest, files.exists(hook.path)); !done)
            return done.error();
    }
    if (!options.showOnly.empty()) // helm looks for them in what it has not written, which is nothing
        return notInChart(options.showOnly.front());
    return crds.told() + files.told() + "\n";
}

/// The template that a document says it comes from, without the chart's name; empty when it says none.
std::string_view templateOf(std::string_view manifest)
{
    for (auto at = manifest.find(sourceMark); at != std::string_view::npos; at = manifest.find(sourceMark, at + 1)) {
        std::string_view path = manifest.substr(at + sourceMark.size());
        path = path.substr(0, path.find('\n'));
        const auto slash = path.find('/');
        if (slash != std::string_view::npos && slash > 0 && slash + 1 < path.size())
            return path.substr(slash + 1);
    }
    return {};
}

Result<std::string> showOnly(
    const std::string &manifests, const std::vector<std::string> &patterns, const chart::Levels &levels)
{
    const auto documents = chart::splitDocuments(manifests, levels);
    std::string out;
    for (const std::string &pattern : patterns) {
        bool missing = true;
        for (const std::string_view shown : documents) {
            const std::string_view path = templateOf(shown);
            if (path.empty() || !chart::globMatch(pattern, path))
                continue;
            missing = false;
            out += "---\n" + std::string(shown) + "\n";
        }
        if (missing)
            return notInChart(pattern);
    }
    return out;
}

/// What is shown with --debug of a rendering that is not YAML.
std::string rawFiles(const chart::Rendered &rendered)
{
    std::string out;
    for (const auto &[path, text] : rendered.files) {
        if (!trimSpace(text).empty())
            out += document(path, text);
    }
    return out;
}

} // namespace

Result<std::string> printRendered(const chart::Rendered &rendered, const TemplateOptions &options,
    const std::string &releaseName, const chart::Levels &levels)
{
    if (!options.outputDir.empty() && !rendered.error)
        return writeFolder(rendered, options, releaseName);
    std::string manifests;
    if (rendered.error) {
        manifests = rawFiles(rendered);
    } else {
        if (options.includeCrds) {
            for (const auto &[path, text] : rendered.crds)
                manifests += document(path, text);
        }
        manifests += rendered.manifest;
    }
    std::string out(trimSpace(manifests));
    out += '\n';
    for (const chart::Hook &hook : rendered.hooks) {
        if (!options.noHooks && isShown(hook, options))
            out += document(hook.path, hook.manifest);
    }
    if (options.showOnly.empty())
        return out;
    return showOnly(out, options.showOnly, levels);
}

std::string describePlace(const chart::RenderError &error)
{
    const auto place = [](const std::string &file, const SourceSpan &at, const std::string &line) {
        return "at " + file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + "\n"
            + chart::excerpt(line, at);
    };
    std::string out;
    if (error.at.isKnown() && !error.at.file.empty())
        out += place(error.at.file, error.at, error.sourceLine);
    if (error.rendered.isKnown())
        out += place("rendered " + error.rendered.file, error.rendered, error.renderedLine);
    return out;
}

} // namespace pk::cli
