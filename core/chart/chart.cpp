// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/chart.h"

#include "base/encoding.h"
#include "base/inputerror.h"
#include "chart/chartparts.h"
#include "chart/values.h"
#include "yaml/reader.h"

#include <map>

namespace pk::chart {

namespace {

/// Sorts files into the parts of a chart; charts/ into `subcharts`, by their folder's or archive's name.
class Loader
{
public:
    Loader(std::vector<ChartFile> files, const Levels &levels) : m_files(std::move(files)), m_levels(levels) { }

    Result<ChartPtr> load()
    {
        if (const auto done = readMetadata(); !done)
            return done.error();
        for (ChartFile &file : m_files) {
            if (const auto done = place(file); !done)
                return done.error();
        }
        if (!m_hasMetadata)
            return inputError("Chart.yaml file is missing");
        sanitize(m_chart->metadata);
        if (const auto valid = validateMetadata(m_chart->metadata, m_levels); !valid)
            return valid.error();
        if (const auto done = loadSubcharts(); !done)
            return done.error();
        return ChartPtr(m_chart);
    }

private:
    Result<void> readMetadata()
    {
        for (const ChartFile &file : m_files) {
            if (file.name != "Chart.yaml")
                continue;
            const auto tree = toStruct(file.data, "chart.Metadata");
            if (!tree)
                return tree.error().wrapped("cannot load Chart.yaml: ");
            auto metadata = parseMetadata(*tree);
            if (!metadata)
                return metadata.error().message.starts_with("validation: ")
                    ? metadata.error()
                    : metadata.error().wrapped("cannot load Chart.yaml: ");
            m_hasMetadata = true;
            m_chart->metadata = *std::move(metadata);
            m_chart->metadataTree = *tree;
            if (m_chart->metadata.apiVersion.empty())
                m_chart->metadata.apiVersion = "v1";
        }
        return {};
    }

    Result<void> place(ChartFile &file)
    {
        const std::string &name = file.name;
        if (name == "Chart.yaml")
            return {};
        if (name == "Chart.lock" || name == "requirements.lock")
            return readLock(file);
        if (name == "values.yaml")
            return readValues(file);
        if (name == "values.schema.json") {
            m_chart->schema = std::move(file.data);
            m_chart->hasSchema = true;
        } else if (name == "requirements.yaml") {
            return readRequirements(file);
        } else if (name.starts_with("templates/")) {
            m_chart->templates.push_back(std::move(file));
        } else if (name.starts_with("charts/") && !name.ends_with(".prov")) {
            const std::string inner = name.substr(7);
            m_subcharts[inner.substr(0, inner.find('/'))].push_back({inner, std::move(file.data)});
        } else {
            m_chart->files.push_back(std::move(file));
        }
        return {};
    }

    Result<void> readLock(ChartFile &file)
    {
        auto tree = yaml::toMap(file.data);
        if (!tree)
            return tree.error().wrapped("cannot load " + file.name + ": ");
        m_chart->lock = *std::move(tree);
        if (file.name == "requirements.lock" && m_chart->metadata.apiVersion == "v1")
            m_chart->files.push_back(std::move(file));
        return {};
    }

    Result<void> readValues(ChartFile &file)
    {
        auto tree = parseValues(file.data, m_levels);
        if (!tree)
            return tree.error().wrapped("cannot load values.yaml: ");
        m_chart->values = *std::move(tree);
        m_chart->valuesText = std::move(file.data);
        m_chart->hasValues = true;
        return {};
    }

    Result<void> readRequirements(ChartFile &file)
    {
        const auto tree = yaml::toMap(file.data);
        Result<void> read = tree ? readDependencies(*tree, m_chart->metadata) : Result<void>(tree.error());
        if (!read)
            return read.error().wrapped("cannot load requirements.yaml: ");
        if (m_chart->metadata.apiVersion == "v1")
            m_chart->files.push_back(std::move(file));
        return {};
    }

    Result<void> loadSubcharts()
    {
        for (auto &[name, files] : m_subcharts) {
            if (name.starts_with('_') || name.starts_with('.'))
                continue;
            const std::string &parent = m_chart->metadata.name;
            Result<ChartPtr> loaded = ChartPtr();
            if (name.ends_with(".tgz")) {
                if (files.front().name != name)
                    return inputError("error unpacking subchart tar in " + parent + ": expected " + name + ", got "
                        + files.front().name);
                loaded = loadArchive(files.front().data, m_levels);
            } else {
                std::vector<ChartFile> inner;
                for (ChartFile &file : files) {
                    const auto slash = file.name.find('/');
                    if (slash != std::string::npos)
                        inner.push_back({file.name.substr(slash + 1), std::move(file.data)});
                }
                loaded = loadFiles(std::move(inner), m_levels);
            }
            if (!loaded)
                return loaded.error().wrapped("error unpacking subchart " + name + " in " + parent + ": ");
            m_chart->dependencies.push_back(*loaded);
        }
        return {};
    }

    std::vector<ChartFile> m_files;
    const Levels &m_levels;
    std::shared_ptr<Chart> m_chart = std::make_shared<Chart>();
    bool m_hasMetadata = false;
    std::map<std::string, std::vector<ChartFile>> m_subcharts;
};

/// The text behind base64; empty when it is none.
std::string decoded(const Value &value)
{
    std::string out;
    std::size_t badAt = 0;
    if (!value.isString() || !base64Decode(value.toString(), out, badAt))
        return {};
    return out;
}

std::vector<ChartFile> recordFiles(const Value &list)
{
    std::vector<ChartFile> out;
    if (list.isList()) {
        for (const Value &item : list.asList().items)
            out.push_back({item.get("name").stringOr(), decoded(item.get("data"))});
    }
    return out;
}

} // namespace

std::vector<const ChartFile *> Chart::crds() const
{
    std::vector<const ChartFile *> out;
    for (const ChartFile &file : files) {
        const std::string_view name = file.name;
        const bool manifest = name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json");
        if (name.starts_with("crds/") && manifest)
            out.push_back(&file);
    }
    return out;
}

const ChartFile *Chart::findFile(std::string_view name) const
{
    for (const ChartFile &file : files) {
        if (file.name == name)
            return &file;
    }
    return nullptr;
}

Result<ChartPtr> loadFiles(std::vector<ChartFile> files, const Levels &levels)
{
    return Loader(std::move(files), levels).load();
}

Result<ChartPtr> loadRecord(const Value &record, const Levels &levels)
{
    auto metadata = parseMetadata(record.get("metadata"));
    if (!metadata)
        return metadata.error();
    auto chart = std::make_shared<Chart>();
    chart->metadata = *std::move(metadata);
    chart->metadataTree = record.get("metadata");
    if (const auto valid = validateMetadata(chart->metadata, levels); !valid)
        return valid.error();
    chart->templates = recordFiles(record.get("templates"));
    chart->files = recordFiles(record.get("files"));
    chart->values = record.get("values");
    chart->hasValues = chart->values.isMap();
    chart->schema = decoded(record.get("schema"));
    chart->hasSchema = !chart->schema.empty();
    chart->lock = record.get("lock");
    return ChartPtr(chart);
}

} // namespace pk::chart
