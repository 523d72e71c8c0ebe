// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <curl/curl.h>
#include <openssl/crypto.h>

#include <cstring>
#include <memory>

namespace pk::http {

// One owner frees all that curl lends. CURL and CURLM are both void to a C++ compiler, hence one type for each.
struct EasyFree
{
    void operator()(CURL *handle) const { curl_easy_cleanup(handle); }
};
struct MultiFree
{
    void operator()(CURLM *handle) const { curl_multi_cleanup(handle); }
};
struct UrlFree
{
    void operator()(CURLU *url) const { curl_url_cleanup(url); }
};
struct ListFree
{
    void operator()(curl_slist *list) const
    {
        for (const curl_slist *line = list; line; line = line->next)
            OPENSSL_cleanse(line->data, std::strlen(line->data)); // Tokens stand in header lines.
        curl_slist_free_all(list);
    }
};

using CurlEasy = std::unique_ptr<CURL, EasyFree>;
using CurlMulti = std::unique_ptr<CURLM, MultiFree>;
using CurlUrl = std::unique_ptr<CURLU, UrlFree>;
using CurlList = std::unique_ptr<curl_slist, ListFree>;

} // namespace pk::http
