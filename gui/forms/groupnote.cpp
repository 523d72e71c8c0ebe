// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/groupnote.h"

#include "forms/storageeditor.h"
#include "widgets/strings.h"

#include <QCoreApplication>

namespace pk::gui {

namespace {

struct GroupNote
{
    Q_DECLARE_TR_FUNCTIONS(GroupNote)
};

QString credentialsNote(const FormSource &source)
{
    const Value variables = source.value({"launcher", "extraEnv"});
    if (variables.isList()) {
        for (const Value &variable : variables.asList().items) {
            const std::string name = variable.at({"valueFrom", "secretKeyRef", "name"}).stringOr();
            if (variable.get("name").stringOr() == "SPACELIFT_TOKEN" && !name.empty())
                return GroupNote::tr("from Secret %1").arg(qs(name));
        }
    }
    const Value sources = source.value({"launcher", "envFrom"});
    if (sources.isList()) {
        for (const Value &one : sources.asList().items) {
            const std::string name = one.at({"secretRef", "name"}).stringOr();
            if (!name.empty())
                return GroupNote::tr("from Secret %1").arg(qs(name));
        }
    }
    const Value create = source.value({"credentials", "create"});
    return create.isBool() && create.boolOr(false) ? GroupNote::tr("in the Secret of the chart") : QString();
}

QString variablesNote(const FormSource &source, const char *container)
{
    const Value variables = source.value({container, "extraEnv"});
    const int count = variables.isList() ? int(variables.asList().items.size()) : 0;
    return count > 0 ? GroupNote::tr("%n variable(s)", nullptr, count) : QString();
}

QString storageNote(const FormSource &source)
{
    const Value volume = source.value({"storageVolume"});
    const Value claim = source.value({"storageVolumeClaimTemplateSpec"});
    if (volume.isNil() && claim.isNil())
        return {};
    const auto size = [](const Value &spec) { return qs(spec.at({"resources", "requests", "storage"}).stringOr()); };
    switch (StorageEditor::wayOf(volume, claim)) {
    case StorageEditor::NodeDisk:
        return GroupNote::tr("on the node's disk");
    case StorageEditor::Ephemeral:
        return GroupNote::tr("ephemeral volumes of %1")
            .arg(size(volume.at({"ephemeral", "volumeClaimTemplate", "spec"})));
    case StorageEditor::ClaimTemplate:
        return GroupNote::tr("claims of %1").arg(size(claim));
    case StorageEditor::OtherSource:
        break;
    }
    return {};
}

} // namespace

QString groupNote(const QString &groupId, const FormSource &source)
{
    if (groupId == QLatin1String("general")) {
        const Value workers = source.value({"replicaCount"});
        return workers.isNumber() ? GroupNote::tr("%n worker(s)", nullptr, int(workers.integerOr(0))) : QString();
    }
    if (groupId == QLatin1String("credentials"))
        return credentialsNote(source);
    if (groupId == QLatin1String("launcher") || groupId == QLatin1String("dind"))
        return variablesNote(source, groupId == QLatin1String("dind") ? "dind" : "launcher");
    return groupId == QLatin1String("storage") ? storageNote(source) : QString();
}

} // namespace pk::gui
