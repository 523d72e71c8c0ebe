// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/gzip.h"

#include <zlib.h>

namespace pk::release {

namespace {

constexpr int gzipWindow = 15 + 16; ///< The largest window; +16 asks zlib for gzip's frame.

Bytef *bytesOf(std::string_view text)
{
    return reinterpret_cast<Bytef *>(const_cast<char *>(text.data())); // zlib reads it only.
}

} // namespace

Result<std::string> gzip(std::string_view bytes)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return Error{.code = Error::Code::Internal, .message = "zlib cannot start"};
    std::string packed(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = bytesOf(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = bytesOf(packed);
    stream.avail_out = static_cast<uInt>(packed.size());
    const int state = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (state != Z_STREAM_END)
        return Error{.code = Error::Code::Internal, .message = "zlib did not finish"};
    return packed;
}

Result<std::string> gunzip(std::string_view packed, std::size_t limit)
{
    z_stream stream{};
    if (inflateInit2(&stream, gzipWindow) != Z_OK)
        return Error{.code = Error::Code::Internal, .message = "zlib cannot start"};
    stream.next_in = bytesOf(packed);
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string bytes;
    int state = Z_OK;
    while (state == Z_OK && bytes.size() <= limit) {
        char chunk[32 * 1024];
        stream.next_out = reinterpret_cast<Bytef *>(chunk);
        stream.avail_out = sizeof chunk;
        state = inflate(&stream, Z_NO_FLUSH);
        bytes.append(chunk, sizeof chunk - stream.avail_out);
    }
    inflateEnd(&stream);
    if (bytes.size() > limit)
        return Error{.code = Error::Code::LimitExceeded, .message = "more than " + std::to_string(limit) + " bytes"};
    if (state != Z_STREAM_END)
        return Error{.code = Error::Code::InvalidInput, .message = "not a whole gzip stream"};
    return bytes;
}

} // namespace pk::release
