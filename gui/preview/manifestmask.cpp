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
        QStringLiteral("(TOKEN|SECRET|PASSWORD|PASSWD|PRIVATE_?KEY|ACCESS_?KEY|API_?KEY|CREDENTIALS)"),
        QRegularExpression::CaseInsensitiveOption);
    return words.match(QString::fromUtf8(variable)).hasMatch();
}

bool isSecretText(const QByteArray &text)
{
    return text.contains("PRIVATE KEY-----")
        || looksSecret(std::string_view(text.constData(), std::size_t(text.size())));
}

/// Where the value of a line begins, behind "key: " and "- "; -1: the line has no key.
qsizetype valueStart(const QByteArray &raw)
{
    const qsizetype colon = raw.indexOf(": ");
    return colon >= 0 ? colon + 2 : raw.endsWith(':') ? raw.size() : -1;
}

/// The key of a line, without dash and quotes.
QByteArray keyOf(const QByteArray &raw)
{
    QByteArray key = raw.left(raw.indexOf(':')).trimmed();
    if (key.startsWith("- "))
        key = key.mid(2).trimmed();
    return key.replace('"', "").replace('\'', "");
}

/// Lines of one value: the first is `first`, further ones are indented more than the key, or empty.
qsizetype lastOfValue(const QList<QByteArray> &lines, qsizetype first)
{
    const QByteArray trimmed = lines[first].trimmed();
    const int keyIndent = indentOf(lines[first]) + (trimmed.startsWith("- ") ? 2 : 0);
    qsizetype last = first;
    for (qsizetype i = first + 1; i < lines.size(); ++i) {
        if (lines[i].trimmed().isEmpty())
            continue;
        if (indentOf(lines[i]) <= keyIndent)
            break;
        last = i;
    }
    return last;
}

/// Finds the secrets of one manifest. Values that go over several lines are secrets as a whole: a PEM text has its
/// key in the middle, and wrapped base64 is known only when it is put together again.
class Finder
{
public:
    Finder(const QByteArray &kind, const QByteArray &text) : m_isSecret(kind == "Secret"), m_raw(text.split('\n'))
    {
        for (const QByteArray &raw : std::as_const(m_raw)) {
            Line line;
            line.text = raw;
            m_lines.append(line);
        }
    }

    QList<Line> find()
    {
        QByteArray variable; // of the list item that the line belongs to
        qsizetype pendingValue = -1; // "- value:" whose name comes behind it
        for (qsizetype i = 0; i < m_raw.size(); ++i) {
            const QByteArray trimmed = m_raw[i].trimmed();
            if (trimmed.isEmpty() || trimmed.startsWith('#'))
                continue;
            const int indent = indentOf(m_raw[i]);
            if (m_isSecret && indent == 0)
                m_inData = trimmed.startsWith("data:") || trimmed.startsWith("stringData:");
            if (trimmed.startsWith("- ")) {
                variable.clear();
                pendingValue = -1;
            }
            const QByteArray key = keyOf(m_raw[i]);
            const qsizetype value = valueStart(m_raw[i]);
            if (key == "name" && value >= 0)
                variable = m_raw[i].mid(value).trimmed().replace('"', "").replace('\'', "");
            if (m_inData && (indent > 0 || value < m_raw[i].size())) {
                if (indent > 0 || !m_raw[i].mid(std::max<qsizetype>(value, 0)).trimmed().isEmpty())
                    i = hide(i, key);
            } else if (key == "value" && value >= 0) {
                if (namesSecret(variable))
                    i = hide(i, variable);
                else if (variable.isEmpty())
                    pendingValue = i;
                else
                    i = hideByContent(i, key);
            } else if (key == "name" && pendingValue >= 0) {
                if (namesSecret(variable))
                    hide(pendingValue, variable);
                else
                    hideByContent(pendingValue, "value");
                pendingValue = -1;
            } else if (m_isSecret && key.endsWith("last-applied-configuration")) {
                i = hide(i, key); // a copy of the whole Secret
            } else {
                i = hideByContent(i, key);
            }
        }
        return m_lines;
    }

private:
    /// Hides the value that begins in a line; gives its last line.
    qsizetype hide(qsizetype first, const QByteArray &name)
    {
        const qsizetype last = lastOfValue(m_raw, first);
        for (qsizetype i = first; i <= last; ++i) {
            const qsizetype start = i == first ? valueStart(m_raw[i]) : -1;
            Line &line = m_lines[i];
            line.label = start >= 0 ? m_raw[i].left(start) : m_raw[i].left(indentOf(m_raw[i]));
            line.secret = m_raw[i].mid(line.label.size()).trimmed();
            if (start >= 0 && start == m_raw[i].size())
                line.secret.clear();
            line.name = line.secret.isEmpty() || line.secret == "\"\"" || line.secret == "''" ? QByteArray() : name;
        }
        return last;
    }

    /// Hides the value of a line when it is a secret by what it says, in one line or put together from several.
    qsizetype hideByContent(qsizetype first, const QByteArray &key)
    {
        const QByteArray trimmed = m_raw[first].trimmed();
        const bool block = trimmed.endsWith('|') || trimmed.endsWith("|-") || trimmed.endsWith("|+")
            || trimmed.endsWith('>') || trimmed.endsWith(">-") || trimmed.endsWith(">+");
        const qsizetype value = valueStart(m_raw[first]);
        const bool quoted =
            value >= 0 && value < m_raw[first].size() && (m_raw[first][value] == '"' || m_raw[first][value] == '\'');
        if (block || quoted) {
            const qsizetype last = lastOfValue(m_raw, first);
            QByteArray lines;
            QByteArray joined;
            for (qsizetype i = block ? first + 1 : first; i <= last; ++i) {
                const QByteArray part = i == first ? m_raw[i].mid(value) : m_raw[i].trimmed();
                lines += part + '\n';
                joined += part;
            }
            joined.replace('"', "").replace('\'', "");
            if (last > first && (isSecretText(lines) || isSecretText(joined)))
                return hide(first, key);
        }
        if (isSecretText(m_raw[first]) || (value >= 0 && isSecretText(m_raw[first].mid(value).trimmed()))) {
            Line &line = m_lines[first];
            line.label = value < 0 || value == m_raw[first].size() ? m_raw[first].left(indentOf(m_raw[first]))
                                                                   : m_raw[first].left(value);
            line.name = key.isEmpty() ? QByteArray("line") : key;
            line.secret = m_raw[first].mid(line.label.size());
        }
        return first;
    }

    bool m_isSecret;
    bool m_inData = false; ///< Below `data:` or `stringData:` of a Secret.
    QList<QByteArray> m_raw;
    QList<Line> m_lines;
};

QList<Line> readLines(const QByteArray &kind, const QByteArray &text)
{
    return Finder(kind, text).find();
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
    MaskedPair pair{masked(oldLines, oldSecrets, newSecrets, both), masked(newLines, newSecrets, oldSecrets, both)};
    // "differs" on both sides would look equal to the line comparison.
    pair.before.replace("(hidden, differs)", "(hidden, before)");
    return pair;
}

} // namespace pk::gui
