// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ascii.h"
#include "base/gopath.h"
#include "base/inputerror.h"
#include "chart/chartparts.h"
#include "chart/gotext.h"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace pk::chart {

namespace {

constexpr std::size_t blockSize = 512;
/// Headers, padding and extended names come on top of the files.
constexpr std::size_t maxTarSize = maxChartSize + (16U << 20U);

Error tooLarge()
{
    return inputError("decompressed chart is larger than the maximum size " + std::to_string(maxChartSize));
}

/// Inflates all members of a gzip stream, up to the limit.
Result<std::string> gunzip(std::string_view bytes)
{
    constexpr std::size_t headerSize = 10;
    if (bytes.size() < headerSize)
        return inputError(bytes.empty() ? "EOF" : "unexpected EOF");
    z_stream stream = {};
    if (inflateInit2(&stream, 15 + 16) != Z_OK)
        return inputError("gzip: invalid header");
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string out;
    std::string buffer(1U << 16U, '\0');
    int status = Z_OK;
    while (true) {
        stream.next_out = reinterpret_cast<Bytef *>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        status = inflate(&stream, Z_NO_FLUSH);
        out.append(buffer, 0, buffer.size() - stream.avail_out);
        if (out.size() > maxTarSize || (status != Z_OK && status != Z_STREAM_END))
            break;
        if (status == Z_STREAM_END) {
            if (stream.avail_in == 0)
                break;
            inflateReset(&stream); // Another member follows.
        }
    }
    inflateEnd(&stream);
    if (out.size() > maxTarSize)
        return tooLarge();
    if (status == Z_STREAM_END)
        return out;
    if (status == Z_BUF_ERROR)
        return inputError("unexpected EOF");
    return inputError(out.empty() ? "gzip: invalid header" : "flate: corrupt input");
}

/// A number field: octal digits, or base 256 when the top bit is set.
bool readNumber(std::string_view field, std::uint64_t &number)
{
    number = 0;
    if (!field.empty() && (static_cast<unsigned char>(field.front()) & 0x80U)) {
        for (std::size_t i = 0; i < field.size(); ++i) {
            const auto byte = static_cast<unsigned char>(field[i]);
            if (number >> 55U)
                return false;
            number = (number << 8U) | (i == 0 ? byte & 0x7FU : byte);
        }
        return true;
    }
    field = field.substr(0, field.find('\0'));
    while (field.starts_with(' '))
        field.remove_prefix(1);
    while (field.ends_with(' '))
        field.remove_suffix(1);
    if (field.empty())
        return true;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), number, 8);
    return error == std::errc{} && end == field.data() + field.size();
}

bool checksumFits(std::string_view header)
{
    std::uint64_t wanted = 0;
    if (!readNumber(header.substr(148, 8), wanted))
        return false;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < blockSize; ++i)
        sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(header[i]);
    return sum == wanted;
}

std::string_view textField(std::string_view field)
{
    return field.substr(0, field.find('\0'));
}

/// The value of `key` in the records of a pax header; empty when it is not there.
std::string paxValue(std::string_view records, std::string_view key)
{
    std::string found;
    while (!records.empty()) {
        std::size_t length = 0;
        const auto [end, error] = std::from_chars(records.data(), records.data() + records.size(), length);
        if (error != std::errc{} || length == 0 || length > records.size())
            break;
        std::string_view record = records.substr(0, length);
        records.remove_prefix(length);
        record.remove_prefix(std::min(record.size(), static_cast<std::size_t>(end - record.data()) + 1));
        if (record.ends_with('\n'))
            record.remove_suffix(1);
        const auto equals = record.find('=');
        if (equals != std::string_view::npos && record.substr(0, equals) == key)
            found = record.substr(equals + 1);
    }
    return found;
}

/// Walks the entries of a tar in memory: ustar, GNU long names and pax paths.
class TarReader
{
public:
    struct Entry
    {
        std::string name;
        char type = 0;
        std::string_view data;
    };

    explicit TarReader(std::string_view tar) : m_rest(tar) { }

    /// False at the end.
    Result<bool> next(Entry &entry)
    {
        std::string longName;
        while (true) {
            if (m_rest.empty() || isZero(m_rest.substr(0, blockSize)))
                return false;
            if (m_rest.size() < blockSize)
                return inputError("unexpected EOF");
            const std::string_view header = m_rest.substr(0, blockSize);
            std::uint64_t size = 0;
            if (!checksumFits(header) || !readNumber(header.substr(124, 12), size))
                return inputError("archive/tar: invalid tar header");
            m_rest.remove_prefix(blockSize);
            const char type = header[156];
            const bool hasData = type != '1' && type != '2' && type != '5';
            if (!hasData)
                size = 0;
            if (size > m_rest.size())
                return inputError("unexpected EOF");
            const std::string_view data = m_rest.substr(0, size);
            m_rest.remove_prefix(
                std::min<std::uint64_t>(m_rest.size(), (size + blockSize - 1) / blockSize * blockSize));
            if (type == 'x') {
                longName = paxValue(data, "path");
                continue;
            }
            if (type == 'L') {
                longName = textField(data);
                continue;
            }
            if (type == 'K' || type == 'g')
                continue;
            entry = {longName.empty() ? headerName(header) : longName, type, data};
            return true;
        }
    }

private:
    static bool isZero(std::string_view block) { return block.find_first_not_of('\0') == std::string_view::npos; }

    static std::string headerName(std::string_view header)
    {
        std::string name(textField(header.substr(0, 100)));
        const std::string_view prefix = textField(header.substr(345, 155));
        const bool ustar = header.substr(257, 6) == std::string_view("ustar\0", 6);
        return ustar && !prefix.empty() ? std::string(prefix) + "/" + name : name;
    }

    std::string_view m_rest;
};

/// The path below the archive's top folder, checked as Helm checks it.
Result<std::string> innerPath(const std::string &name)
{
    std::string path = name;
    std::ranges::replace(path, '\\', '/');
    const auto slash = path.find('/');
    const std::string top = path.substr(0, slash);
    std::string inner = slash == std::string::npos ? "" : path.substr(slash + 1);
    if (inner.starts_with('/'))
        return inputError("chart illegally contains absolute paths");
    inner = pathClean(inner);
    if (inner == ".")
        return inputError("chart illegally contains content outside the base directory: " + goQuote(name));
    if (inner.starts_with(".."))
        return inputError("chart illegally references parent directory");
    if (ascii::isLetter(inner[0]) && inner.size() > 2 && inner[1] == ':' && inner[2] == '/')
        return inputError("chart contains illegally named files");
    if (top == "Chart.yaml")
        return inputError("chart yaml not in base directory");
    return inner;
}

} // namespace

Result<std::vector<ChartFile>> unpackArchive(std::string_view bytes, const Levels &levels)
{
    const auto tar = gunzip(bytes);
    if (!tar)
        return tar.error();
    std::vector<ChartFile> files;
    std::size_t remaining = maxChartSize;
    TarReader reader(*tar);
    while (true) {
        TarReader::Entry entry;
        const auto more = reader.next(entry);
        if (!more)
            return more.error();
        if (!*more)
            break;
        if (entry.type == '5' || entry.name.ends_with('/'))
            continue;
        auto name = innerPath(entry.name);
        if (!name)
            return name.error();
        if (entry.data.size() >= remaining)
            return tooLarge();
        if (levels.limitEachFile && entry.data.size() > maxFileSize)
            return inputError("decompressed chart file " + goQuote(entry.name)
                + " is larger than the maximum file size " + std::to_string(maxFileSize));
        remaining -= entry.data.size();
        std::string data(entry.data);
        trimMark(data);
        files.push_back({*std::move(name), std::move(data)});
    }
    if (files.empty())
        return inputError("no files in chart archive");
    return files;
}

} // namespace pk::chart
