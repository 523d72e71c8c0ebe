// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// The schemas of schemas (draft 4, 6, 7, 2019-09 and 2020-12), made from one table of keywords.
namespace pk::chart::schema {

/// What the value of a keyword must be.
enum class Shape : std::uint8_t {
    Any,
    Text,
    Flag,
    Number,
    Count,
    CountWithDefault,
    Positive4,
    Positive,
    Uri,
    Reference,
    Id,
    IdByReference,
    Anchor2019,
    Anchor,
    Vocabularies,
    Regex,
    Schema,
    SchemaOrFlag,
    Schemas,
    SchemaOrSchemas,
    SchemaMap,
    PatternMap,
    Strings,
    SomeStrings,
    Dependencies,
    SomeDependencies,
    StringLists,
    List,
    SomeUnique,
    Types,
};

/// Nothing for a keyword that a draft does not know.
std::optional<Shape> shapeOfKeyword(std::string_view name, int draft);

/// True when a schema holds to its metaschema for sure; false asks for a real look, which costs a hundred times as
/// much.
bool isSurelyValid(const Value &schema, int draft);

/// 4, 6, 7, 2019 or 2020 for the URL of a draft, with http or https and without a fragment; 0 for any other.
int draftOfUrl(std::string_view url);

/// "https://json-schema.org/draft/2020-12/schema"
std::string metaUrl(int draft);

/// The vocabularies of a draft ("core", "applicator", ...); none before 2019.
std::span<const std::string_view> vocabulariesOf(int draft);

/// "https://json-schema.org/draft/2020-12/vocab/": what the names of vocabularies begin with.
std::string vocabularyPrefix(int draft);

/// The metaschema, or a part of it ("…/meta/core"), at a URL; nil when there is none.
Value metaSchema(std::string_view url);

} // namespace pk::chart::schema
