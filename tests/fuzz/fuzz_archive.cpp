// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/chart.h"
#include "fuzz/fuzz.h"

#include <zlib.h>

#include <cstdio>

using namespace pk;
using fuzz::holds;

namespace {

constexpr std::size_t block = 512;

/// Without a right checksum no mutation of a header would get any further.
void mendChecksums(std::string &tar)
{
    for (std::size_t at = 0; at + block <= tar.size();) {
        unsigned sum = 0;
        for (std::size_t i = 0; i < block; ++i)
            sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(tar[at + i]);
        char text[9];
        std::snprintf(text, sizeof text, "%06o", sum);
        tar.replace(at + 148, 8, std::string(text, 6) + '\0' + ' ');
        const std::size_t size = std::strtoul(tar.substr(at + 124, 11).c_str(), nullptr, 8);
        at += block + (std::min(size, tar.size()) + block - 1) / block * block;
    }
}

std::string gzipped(const std::string &bytes)
{
    z_stream stream = {};
    if (deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        std::abort();
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        std::abort();
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

void load(std::string_view bytes, const chart::Levels &levels)
{
    const Result<chart::ChartPtr> loaded = chart::loadArchive(bytes, levels);
    if (!loaded)
        return;
    for (const auto *files : {&(*loaded)->templates, &(*loaded)->files}) {
        for (const chart::ChartFile &file : *files) {
            holds(!file.name.starts_with('/'), "no file of a chart has an absolute path", file.name);
            holds(file.name != ".." && !file.name.starts_with("../") && file.name.find("/../") == std::string::npos
                    && !file.name.ends_with("/.."),
                "no file of a chart leads out of it", file.name);
        }
    }
}

} // namespace

/// The first byte says whether the rest is a .tgz, or a tar to be packed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view bytes = fuzz::textOf(data, size);
    const std::size_t choice = fuzz::takeChoice(bytes, 4);
    const chart::Levels &levels = choice & 1U ? chart::levels3() : chart::levels43();
    if (choice < 2) {
        load(bytes, levels);
    } else {
        std::string tar(bytes);
        mendChecksums(tar);
        load(gzipped(tar), levels);
    }
    return 0;
}
