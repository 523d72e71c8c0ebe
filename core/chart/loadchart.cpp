// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"
#include "base/inputerror.h"
#include "base/quote.h"
#include "chart/chart.h"
#include "chart/chartparts.h"
#include "chart/decode.h"
#include "yaml/reader.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

namespace pk::chart {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view builtinPrefix = "builtin:";
constexpr int maxDepth = 200; ///< A symbolic link to a folder above would lead down for ever.

/// Collects the files of a folder in the order of their names, links followed, ignored ones left out.
class Walker
{
public:
    Walker(const IgnoreRules &rules, const Levels &levels) : m_rules(rules), m_levels(levels) { }

    Result<void> walk(const std::string &folder, const std::string &relative, int depth)
    {
        if (depth > maxDepth)
            return inputError("chart folder " + folder + " is nested too deeply");
        std::vector<std::string> names;
        std::error_code error;
        for (const auto &entry : fs::directory_iterator(folder, error))
            names.push_back(entry.path().filename().string());
        if (error)
            return inputError("open " + folder + ": " + systemWords(error.value()));
        std::ranges::sort(names);
        for (const std::string &name : names) {
            const std::string inner = relative.empty() ? name : relative + "/" + name;
            if (const auto done = visit(folder + "/" + name, inner, name, depth); !done)
                return done;
        }
        return {};
    }

    std::vector<ChartFile> takeFiles() { return std::move(m_files); }

private:
    Result<void> visit(const std::string &path, const std::string &relative, const std::string &name, int depth)
    {
        struct stat info = {};
        if (::stat(path.c_str(), &info) != 0) {
            struct stat link = {};
            if (errno == ELOOP)
                return systemError("open", path);
            if (::lstat(path.c_str(), &link) == 0 && S_ISLNK(link.st_mode))
                return systemError(
                    "lstat", (fs::path(path).parent_path() / fs::read_symlink(path)).lexically_normal().string())
                    .wrapped("error evaluating symlink " + path + ": ");
            return systemError("lstat", path);
        }
        const bool folder = S_ISDIR(info.st_mode);
        if (m_rules.ignores(relative, folder))
            return {};
        if (folder)
            return walk(path, relative, depth + 1);
        if (!S_ISREG(info.st_mode))
            return inputError("cannot load irregular file " + path + " as it has file mode type bits set");
        return read(path, relative, name, static_cast<std::size_t>(info.st_size));
    }

    Result<void> read(const std::string &path, const std::string &relative, const std::string &name, std::size_t size)
    {
        if (m_levels.limitEachFile && size > maxFileSize)
            return inputError(
                "chart file " + goQuote(name) + " is larger than the maximum file size " + std::to_string(maxFileSize));
        m_total += size;
        if (!m_levels.limitEachFile && m_total > maxChartSize)
            return inputError("error reading " + relative + ": chart exceeds maximum decompressed size of "
                + std::to_string(maxChartSize) + " bytes");
        auto data = readFile(path);
        if (!data)
            return data.error().wrapped("error reading " + relative + ": ");
        trimMark(*data);
        m_files.push_back({relative, *std::move(data)});
        return {};
    }

    const IgnoreRules &m_rules;
    const Levels &m_levels;
    std::vector<ChartFile> m_files;
    std::size_t m_total = 0;
};

/// Helm 4's first look at Chart.yaml, which chooses a loader by its apiVersion.
Result<void> checkApiVersion(std::string_view chartYaml)
{
    const auto tree = toStruct(chartYaml, "loader.chartBase");
    if (!tree)
        return tree.error().wrapped("cannot load Chart.yaml: ");
    std::string version;
    Decoder in("chartBase");
    in.string(*tree, "apiVersion", version);
    if (const auto read = in.result(); !read)
        return read.error().wrapped("cannot load Chart.yaml: ");
    if (version == "v3")
        return inputError("invalid chart apiVersion");
    if (!version.empty() && version != "v1" && version != "v2")
        return inputError("unsupported chart version");
    return {};
}

bool isGzip(std::string_view bytes)
{
    return bytes.starts_with("\x1F\x8B\x08");
}

/// The kinds of content that Go's http.DetectContentType tells in practice for a file that is no archive.
std::string contentType(std::string_view bytes)
{
    if (bytes.starts_with("PK\x03\x04"))
        return "application/zip";
    const std::string_view head = bytes.substr(0, 512);
    const bool binary = std::ranges::any_of(head, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x08 || byte == 0x0B || (byte >= 0x0E && byte <= 0x1A) || (byte >= 0x1C && byte <= 0x1F);
    });
    // helm looks at 512 bytes of which those behind the end of a short file are zero.
    return binary || head.size() < 512 ? "application/octet-stream" : "text/plain; charset=utf-8";
}

Result<ChartPtr> loadArchiveFile(const std::string &path, const Levels &levels)
{
    const auto bytes = readFile(path);
    if (!bytes)
        return bytes.error();
    if (!isGzip(*bytes)) {
        const std::string shown = fs::absolute(path).lexically_normal().string();
        if (path.ends_with(".yml") || path.ends_with(".yaml"))
            return inputError("file '" + shown + "' seems to be a YAML file, but expected a gzipped archive");
        return inputError(
            "file '" + shown + "' does not appear to be a gzipped archive; got '" + contentType(*bytes) + "'");
    }
    auto files = unpackArchive(*bytes, levels);
    if (!files)
        return levels.hideArchiveCause ? inputError("unable to load chart archive") : files.error();
    if (levels.checkApiVersion) {
        const auto chartYaml = std::ranges::find(*files, "Chart.yaml", &ChartFile::name);
        if (chartYaml == files->end())
            return inputError("unable to detect chart version, no Chart.yaml found");
        if (const auto known = checkApiVersion(chartYaml->data); !known)
            return known.error();
    }
    return loadFiles(*std::move(files), levels);
}

} // namespace

void trimMark(std::string &text)
{
    if (text.starts_with(byteOrderMark))
        text.erase(0, byteOrderMark.size());
}

Result<ChartPtr> loadFolder(const std::string &path, const Levels &levels)
{
    const std::string top = fs::absolute(path).lexically_normal().string();
    const std::string folder = top.size() > 1 && top.ends_with('/') ? top.substr(0, top.size() - 1) : top;
    if (levels.checkApiVersion) {
        const auto chartYaml = readFile(folder + "/Chart.yaml");
        if (!chartYaml)
            return chartYaml.error().wrapped("unable to detect chart at " + folder + "/Chart.yaml: ");
        if (const auto known = checkApiVersion(*chartYaml); !known)
            return known.error();
    }
    std::string ignoreText;
    if (auto text = readFile(folder + "/.helmignore"); text)
        ignoreText = *std::move(text);
    const auto rules = IgnoreRules::parse(ignoreText);
    if (!rules)
        return rules.error();
    Walker walker(*rules, levels);
    if (const auto done = walker.walk(folder, {}, 0); !done)
        return done.error();
    return loadFiles(walker.takeFiles(), levels);
}

Result<ChartPtr> loadArchive(std::string_view bytes, const Levels &levels)
{
    auto files = unpackArchive(bytes, levels);
    if (!files)
        return files.error();
    return loadFiles(*std::move(files), levels);
}

Result<ChartPtr> loadChart(const std::string &path, const Levels &levels)
{
    if (path.starts_with(builtinPrefix))
        return loadBuiltin(std::string_view(path).substr(builtinPrefix.size()), levels);
    struct stat info = {};
    if (::stat(path.c_str(), &info) != 0)
        return systemError("stat", path);
    return S_ISDIR(info.st_mode) ? loadFolder(path, levels) : loadArchiveFile(path, levels);
}

} // namespace pk::chart
