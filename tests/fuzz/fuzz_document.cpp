// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/exports.h"
#include "document/secrets.h"
#include "document/treedifference.h"
#include "document/valuesdocument.h"
#include "fuzz/fuzz.h"
#include "yaml/linediff.h"

using namespace pk;
using fuzz::holds;

namespace {

/// All paths of a tree, up to a number.
void collect(const Value &tree, const yaml::Path &at, std::vector<yaml::Path> &paths)
{
    if (paths.size() > 60)
        return;
    paths.push_back(at);
    if (tree.isMap()) {
        for (const Map::Entry &entry : tree.asMap())
            collect(entry.value, at.child(entry.key), paths);
    } else if (tree.isList()) {
        for (std::size_t i = 0; i < tree.asList().items.size(); ++i)
            collect(tree.asList().items[i], at.child(i), paths);
    }
}

/// One byte of the script chooses where, one what, one a value.
class Script
{
public:
    explicit Script(std::string_view bytes) : m_bytes(bytes) { }
    bool atEnd() const { return m_bytes.empty(); }
    std::size_t choose(std::size_t limit) { return fuzz::takeChoice(m_bytes, limit); }
    std::string text()
    {
        const std::size_t length = std::min<std::size_t>(choose(24), m_bytes.size());
        std::string taken(m_bytes.substr(0, length));
        m_bytes.remove_prefix(length);
        return taken;
    }
    Value value()
    {
        switch (choose(8)) {
        case 0:
            return {};
        case 1:
            return Value::boolean(true);
        case 2:
            return Value::number(static_cast<double>(choose(200)));
        case 3:
            return Value::list({Value::string(text()), Value::number(1)});
        case 4:
            return Value::map({{text(), Value::string(text())}});
        case 5:
            return Value::map();
        case 6:
            return Value::string("first\nsecond\n");
        default:
            return Value::string(text());
        }
    }

private:
    std::string_view m_bytes;
};

/// Nothing but the value at `path` is another one: not its neighbours, and not the text outside of the edit.
void checkEdit(const std::string &before, const Value &oldTree, const document::ValuesDocument &values,
    const yaml::TextEdit &edit, const yaml::Path &path)
{
    const std::string &after = values.text();
    holds(edit.applied(before) == after, "the edit that is told is the edit that was made", before, after);
    holds(edit.inverse(before).applied(after) == before, "its inverse takes it back", before, after);
    holds(values.isReadable(), "an edit leaves a readable text", before, after);
    for (const document::Difference &difference : document::differences(oldTree, values.tree())) {
        holds(difference.path.startsWith(path) || path.startsWith(difference.path),
            "an edit of " + path.toString() + " changes no other value, not " + difference.path.toString(), before,
            after);
    }
}

void change(document::ValuesDocument &values, Script &script)
{
    std::vector<yaml::Path> paths;
    collect(values.tree(), {}, paths);
    yaml::Path path = paths[script.choose(paths.size())];
    const std::string before = values.text();
    const bool wasReadable = values.isReadable();
    const Value oldTree = values.tree().deepCopy();
    Result<yaml::TextEdit> edit = yaml::TextEdit{};
    switch (script.choose(6)) {
    case 0:
        path = path.child(script.text());
        [[fallthrough]];
    case 1: {
        const Value wanted = path.isRoot() ? Value::map({{script.text(), script.value()}}) : script.value();
        edit = values.set(path, wanted);
        if (edit && wasReadable)
            holds(document::valueAt(values.tree(), path).sameContent(wanted), "what was set is there", values.text(),
                fuzz::show(wanted));
        break;
    }
    case 2:
        edit = values.setYaml(path.isRoot() ? path.child("a") : path, script.text());
        break;
    case 3:
        edit = values.remove(path);
        break;
    default: {
        const std::size_t offset = script.choose(256) % (before.size() + 1);
        const std::size_t removed = script.choose(5) % (before.size() - offset + 1);
        values.type(offset, removed, script.text());
        return;
    }
    }
    if (edit && wasReadable)
        checkEdit(before, oldTree, values, *edit, path);
    holds(wasReadable || !edit, "a text that cannot be read is not edited by values", before);
    if (!edit)
        holds(values.text() == before, "a refused edit changes nothing", before, values.text());
}

void checkHistory(document::ValuesDocument &values, const std::string &original)
{
    const std::string last = values.text();
    while (values.canUndo())
        (void)values.undo();
    holds(values.text() == original, "undoing all gives the text that there was", original, values.text());
    while (values.canRedo())
        (void)values.redo();
    holds(values.text() == last, "redoing all gives the last text", last, values.text());
}

/// Secrets lie in the text, in order, and are gone from what is stored.
void checkSecrets(const std::string &text)
{
    std::size_t last = 0;
    for (const document::SecretPlace &place : document::findSecrets(text)) {
        holds(place.span.begin >= last && place.span.begin <= place.span.end && place.span.end <= text.size(),
            "secrets stand in order", text);
        last = place.span.end;
    }
    const std::string hidden = document::withoutSecrets(text);
    for (const document::SecretPlace &place : document::findSecrets(hidden))
        holds(document::isHiddenMark(place.value), "no secret is left", text, hidden);
    (void)document::helmCommand(
        {.release = "r", .ns = "n", .chart = "c", .valuesFile = "v", .context = "", .valuesText = text});
}

/// The lines of a difference are the lines of the two texts.
void checkDifference(const std::string &before, const std::string &after)
{
    for (const yaml::Hunk &hunk : yaml::diffLines(before, after)) {
        int oldLines = 0;
        int newLines = 0;
        for (const yaml::DiffLine &line : hunk.lines) {
            oldLines += line.kind != yaml::DiffLine::Kind::Added;
            newLines += line.kind != yaml::DiffLine::Kind::Removed;
            for (const yaml::Span &span : line.changed)
                holds(span.begin <= span.end && span.end <= line.text.size(), "a mark lies in its line", before, after);
        }
        holds(oldLines == hunk.oldCount && newLines == hunk.newCount, "a hunk counts its lines", before, after);
    }
}

} // namespace

/// A values text, and a script of edits.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto both = fuzz::parts(fuzz::textOf(data, size), 2);
    const std::string original(both[0]);
    document::ValuesDocument values(original);
    if (fuzz::sizeOf(values.tree(), 2000) >= 2000)
        return 0;
    Script script(both[1]);
    for (int steps = 0; !script.atEnd() && steps < 12; ++steps)
        change(values, script);
    checkHistory(values, original);
    checkSecrets(original);
    checkDifference(original, values.text());
    for (std::size_t offset = 0; offset <= values.text().size(); offset += 7)
        (void)values.spanOf(values.pathAt(offset));
    return 0;
}
