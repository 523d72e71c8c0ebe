// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quote.h"
#include "chart/schemametas.h"
#include "chart/schemaparts.h"
#include "chart/schematext.h"

#include <algorithm>

namespace pk::chart::schema {

namespace {

/// The compiled metaschemas of one thread: their patterns remember what they compiled.
class Metas
{
public:
    NodePtr of(const Dialect &dialect)
    {
        for (const auto &[known, node] : m_dialects) {
            if (known == dialect)
                return node;
        }
        const NodePtr node = dialect.vocabularies ? combined(dialect) : compiled(metaUrl(dialect.draft));
        m_dialects.emplace_back(dialect, node);
        return node;
    }

private:
    NodePtr compiled(const std::string &url)
    {
        const auto node = m_compiler.compile(url);
        return node ? *node : nullptr;
    }

    /// One that asks for the parts that a metaschema of somebody's own names.
    NodePtr combined(const Dialect &dialect)
    {
        auto owned = std::make_unique<Node>();
        Node &out = *owned;
        out.place = "urn:mem:metaschema";
        out.draft = dialect.draft;
        out.resource = &out;
        const std::string base = metaUrl(dialect.draft).substr(0, metaUrl(dialect.draft).size() - 6);
        for (const std::string &name : *dialect.vocabularies)
            out.allOf.push_back(compiled(base + "meta/" + name));
        if (dialect.draft >= 2020) {
            out.dynamicAnchor = "meta";
            out.dynamicAnchors["meta"] = &out;
        }
        m_combined.push_back(std::move(owned));
        return &out;
    }

    static Result<Value> nothing(const std::string & /*url*/)
    {
        return Error{.code = Error::Code::NotFound, .message = "no such metaschema"};
    }

    Documents m_documents{nothing, {}};
    Compiler m_compiler{m_documents, true};
    std::vector<std::unique_ptr<Node>> m_combined;
    std::vector<std::pair<Dialect, NodePtr>> m_dialects;
};

} // namespace

NodePtr metaSchemaOf(const Dialect &dialect)
{
    thread_local Metas metas;
    return metas.of(dialect);
}

Result<void> checkAgainstMetaSchema(const Document &document, const Place &place, const Value &schema, bool library603)
{
    const Dialect &dialect = document.around(place.pointer).dialect;
    if (document.resources.size() == 1 && !dialect.vocabularies && isSurelyValid(schema, dialect.draft))
        return {};
    const NodePtr meta = metaSchemaOf(dialect);
    const std::vector<SchemaFailure> failures = validate(meta, schema, library603, {meta, &document});
    if (failures.empty())
        return {};
    std::string told = describeFailures(failures);
    told.erase(told.find_last_not_of('\n') + 1);
    return Error{.code = Error::Code::InvalidInput,
        .message = goQuote(place.text()) + " is not valid against metaschema: jsonschema validation failed with "
            + quoted(meta->place) + "\n" + told};
}

} // namespace pk::chart::schema
