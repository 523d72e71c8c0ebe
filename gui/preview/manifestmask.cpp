// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/manifestmask.h"

#include "base/encoding.h"
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
    Finder(const QByteArray &kind, const QByteArray &text, const SecretWords &words) :
        m_isSecret(kind == "Secret"), m_words(words), m_raw(text.split('\n'))
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
            if (trimmed.isEmpty())
                continue;
            if (trimmed.startsWith('#')) {
                hideLine(i, "comment");
                continue;
            }
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
        hideLine(first, key);
        return first;
    }

    bool isSecret(const QByteArray &text) const
    {
        return isSecretText(text) || m_words.isIn({text.constData(), std::size_t(text.size())});
    }

    /// Hides what is behind the key of one line, or all of it, when it holds a secret.
    void hideLine(qsizetype at, const QByteArray &key)
    {
        const QByteArray &raw = m_raw[at];
        const qsizetype value = valueStart(raw);
        if (!isSecret(raw) && (value < 0 || !isSecret(raw.mid(value).trimmed())))
            return;
        const bool keyStays = value >= 0 && value < raw.size() && !isSecret(raw.left(value));
        Line &line = m_lines[at];
        line.label = keyStays ? raw.left(value) : raw.left(indentOf(raw));
        line.name = key.isEmpty() || !keyStays ? QByteArray("line") : key;
        line.secret = raw.mid(line.label.size());
    }

    bool m_isSecret;
    const SecretWords &m_words;
    bool m_inData = false; ///< Below `data:` or `stringData:` of a Secret.
    QList<QByteArray> m_raw;
    QList<Line> m_lines;
};

QList<Line> readLines(const QByteArray &kind, const QByteArray &text, const SecretWords &words)
{
    return Finder(kind, text, words).find();
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

MaskedPair maskSecrets(
    const QByteArray &kind, const QByteArray &before, const QByteArray &after, const SecretWords &words)
{
    const QList<Line> oldLines = readLines(kind, before, words);
    const QList<Line> newLines = readLines(kind, after, words);
    const auto oldSecrets = secretsOf(oldLines);
    const auto newSecrets = secretsOf(newLines);
    const bool both = !before.isEmpty() && !after.isEmpty();
    MaskedPair pair{masked(oldLines, oldSecrets, newSecrets, both), masked(newLines, newSecrets, oldSecrets, both)};
    // "differs" on both sides would look equal to the line comparison.
    pair.before.replace("(hidden, differs)", "(hidden, before)");
    return pair;
}

void collectSecrets(const QByteArray &kind, const QByteArray &manifest, SecretWords &words)
{
    constexpr std::size_t Ordinary = 8; // Shorter ones are ports, users and switches.
    const auto secrets = secretsOf(readLines(kind, manifest, {}));
    for (auto secret = secrets.cbegin(); secret != secrets.cend(); ++secret) {
        std::string text = secret.value().trimmed().toStdString();
        if (text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
            text = text.substr(1, text.size() - 2);
        std::string decoded;
        std::size_t badAt = 0;
        if (kind == "Secret" && base64Decode(text, decoded, badAt))
            text = decoded;
        if (text.size() >= Ordinary && text.front() != '/')
            words.add(text);
    }
}

} // namespace pk::gui
