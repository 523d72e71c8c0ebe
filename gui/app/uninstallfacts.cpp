// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/uninstallfacts.h"

#include "document/exports.h"
#include "kube/quantity.h"
#include "texts/texts.h"
#include "widgets/strings.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace pk::gui {

namespace {

using Line = UninstallFacts::Line;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pk::gui::UninstallFacts)
};

/// Objects of one name on one line: "StatefulSet, Service".
QVector<Line> byName(const std::vector<release::Object> &objects)
{
    QVector<Line> lines;
    for (const release::Object &object : objects) {
        const QString name = qs(object.name);
        const auto known =
            std::find_if(lines.begin(), lines.end(), [&name](const Line &line) { return line.detail == name; });
        if (known == lines.end())
            lines.append({qs(object.kind), name});
        else
            known->what += QStringLiteral(", ") + qs(object.kind);
    }
    return lines;
}

/// Claims that were made from the pool's template: nobody deletes them with it.
void addClaims(QVector<Line> &stays, const UninstallSource &source)
{
    int count = 0;
    qint64 bytes = 0;
    for (const auto &[id, claim] : source.claims) {
        if (!source.pool || claim.pool != source.pool->id || claim.way != pool::StorageWay::ClaimTemplate)
            continue;
        ++count;
        const auto size = kube::Quantity::parse(claim.capacity.empty() ? claim.size : claim.capacity);
        bytes += size ? qint64(size->value()) : 0;
    }
    // Who may not see claims is told of them all the same.
    if (count == 0)
        count = int(source.preview.claims.size());
    if (count == 0)
        return;
    const QString claims = Words::tr("%n claim(s)", nullptr, count);
    stays.append({bytes > 0 ? Words::tr("%1, %2").arg(claims, texts::quantity(std::to_string(bytes))) : claims,
        Words::tr("With their data and their cost, until you delete them")});
}

QString command(const UninstallSource &source)
{
    const auto quoted = [](const QString &word) { return qs(document::shellQuoted(word.toStdString())); };
    return QStringLiteral("helm uninstall %1 --namespace %2 --kube-context %3")
        .arg(quoted(source.release), quoted(source.ns), quoted(source.context));
}

} // namespace

UninstallFacts uninstallFacts(const UninstallSource &source)
{
    UninstallFacts facts;
    facts.release = source.release;
    facts.where = Words::tr("%1, namespace %2, revision %3").arg(source.cluster, source.ns).arg(source.revision);
    facts.command = command(source);
    facts.goes = byName(source.preview.goes);
    if (source.pool && source.pool->desired > 0)
        facts.goes.append({Words::tr("%n worker(s)", nullptr, source.pool->desired),
            Words::tr("Each gets %1 s to end. Runs that take longer are cut.")
                .arg(QLocale().toString(qlonglong(source.graceSeconds)))});
    facts.goes.append({Words::tr("Release history"),
        Words::tr("%n revision(s); a rollback is no longer possible", nullptr, source.revisions)});
    for (Line line : byName(source.preview.stays)) {
        line.detail = Words::tr("%1, marked to be kept").arg(line.detail);
        facts.stays.append(line);
    }
    addClaims(facts.stays, source);
    facts.stays.append({Words::tr("Ledger and your values file"), Words::tr("On this computer")});
    return facts;
}

} // namespace pk::gui
