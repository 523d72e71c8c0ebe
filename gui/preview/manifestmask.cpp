// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/manifestmask.h"

#include "base/redacted.h"

#include <QHash>
#include <QList>
#include <QRegularExpression>

namespace pk::gui {

namespace {

/// One line of a text with the secret that it holds, if any.
struct Line
{
    QByteArray text;
    QByteArray label; ///< What stays in front of the secret: "  token: "
    QByteArray name; ///< Tells the secret from the others of the object; empty: the line holds none.
    QByteArray secret;
};

int indentOf(const QByteArray &line)
{
    int indent = 0;
    while (indent < line.size() && line[indent] == ' ')
        ++indent;
    return indent;
}

bool namesSecret(const QByteArray &variable)
{
    static const QRegularExpression words(
        QStringLiteral("(TOKEN|SECRET|PASSWORD|PRIVATE_KEY|ACCESS_KEY|API_KEY|CREDENTIALS)"),
        QRegularExpression::CaseInsensitiveOption);
    return words.match(QString::fromUtf8(variable)).hasMatch();
}

QList<Line> readLines(const QByteArray &kind, const QByteArray &text)
{
    QList<Line> lines;
    bool inData = false; ///< Below `data:` or `stringData:` of a Secret.
    QByteArray key;
    QByteArray variable; ///< The last `name:` of a list item, for the `value:` behind it.
    for (const QByteArray &raw : text.split('\n')) {
        Line line;
        line.text = raw;
        const QByteArray trimmed = raw.trimmed();
        const int indent = indentOf(raw);
        if (kind == "Secret" && indent == 0 && !trimmed.isEmpty())
            inData = trimmed == "data:" || trimmed == "stringData:";
        const int colon = int(raw.indexOf(": "));
        if (inData && indent > 0 && !trimmed.startsWith('#')) {
            if (indent == 2 && raw.contains(':')) {
                const int end = int(raw.indexOf(':'));
                key = raw.mid(2, end - 2);
                line.label = raw.left(end + 1) + ' ';
                line.secret = raw.mid(end + 1).trimmed();
            } else {
                // A further line of a block text.
                line.label = raw.left(indent);
                line.secret = trimmed;
            }
            line.name = key;
        } else if (trimmed.startsWith("- name: ")) {
            variable = trimmed.mid(8).replace('"', "");
        } else if (trimmed.startsWith("value: ") && namesSecret(variable)) {
            line.label = raw.left(colon + 2);
            line.name = variable;
            line.secret = raw.mid(colon + 2).trimmed();
        } else if (looksSecret(std::string_view(raw.constData(), std::size_t(raw.size())))) {
            line.label = colon < 0 ? raw.left(indent) : raw.left(colon + 2);
            line.name = line.label.trimmed();
            line.secret = raw.mid(line.label.size());
        }
        if (line.secret.isEmpty() || line.secret == "\"\"")
            line.name.clear();
        lines.append(line);
    }
    return lines;
}

/// All of a secret's lines together, by name.
QHash<QByteArray, QByteArray> secretsOf(const QList<Line> &lines)
{
    QHash<QByteArray, QByteArray> secrets;
    for (const Line &line : lines) {
        if (!line.name.isEmpty())
            secrets[line.name] += line.secret + '\n';
    }
    return secrets;
}

QByteArray masked(const QList<Line> &lines, const QHash<QByteArray, QByteArray> &own,
    const QHash<QByteArray, QByteArray> &other, bool compared)
{
    QByteArray text;
    for (const Line &line : lines) {
        if (line.name.isEmpty())
            text += line.text;
        else if (!compared || !other.contains(line.name))
            text += line.label + "(hidden)";
        else
            text += line.label + (own[line.name] == other[line.name] ? "(hidden, equal)" : "(hidden, differs)");
        text += '\n';
    }
    text.chop(1);
    return text;
}

} // namespace

MaskedPair maskSecrets(const QByteArray &kind, const QByteArray &before, const QByteArray &after)
{
    const QList<Line> oldLines = readLines(kind, before);
    const QList<Line> newLines = readLines(kind, after);
    const auto oldSecrets = secretsOf(oldLines);
    const auto newSecrets = secretsOf(newLines);
    const bool both = !before.isEmpty() && !after.isEmpty();
    MaskedPair pair {masked(oldLines, oldSecrets, newSecrets, both), masked(newLines, newSecrets, oldSecrets, both)};
    // "differs" on both sides would look equal to the line comparison.
    pair.before.replace("(hidden, differs)", "(hidden, before)");
    return pair;
}

} // namespace pk::gui
