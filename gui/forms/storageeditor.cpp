// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/storageeditor.h"

#include "forms/liveedit.h"
#include "forms/valuewords.h"
#include "widgets/elidedlabel.h"
#include "widgets/measures.h"
#include "widgets/segmentedswitch.h"

namespace pk::gui {

namespace {

const yaml::Path StorageVolume{"storageVolume"};
const yaml::Path ClaimTemplateSpec{"storageVolumeClaimTemplateSpec"};
const yaml::Path UseStatefulSet{"useStatefulSet"};
constexpr const char *DefaultSize = "100Gi";

Value newClaimSpec(const Value &old)
{
    if (old.isMap() && !old.asMap().isEmpty())
        return old.deepCopy();
    return Value::map({{"accessModes", Value::list({Value::string("ReadWriteOnce")})},
        {"resources", Value::map({{"requests", Value::map({{"storage", Value::string(DefaultSize)}})}})}});
}

} // namespace

StorageEditor::StorageEditor(const FieldSpec &field, FormSource &source, QWidget *parent) :
    Editor(field, source, parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_ways = new SegmentedSwitch({tr("Node disk"), tr("Ephemeral volume"), tr("Claim template")}, this);
    name(m_ways, QStringLiteral("way"), tr("Way"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_ways);
    row->addStretch();
    column->addLayout(row);
    m_explained = helpLabel({});
    column->addWidget(m_explained);

    m_details = new QWidget(this);
    auto *grid = new QGridLayout(m_details);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(measure::labelGap);
    grid->setVerticalSpacing(8);
    m_size = new QLineEdit(this);
    name(m_size, QStringLiteral("size"), tr("Size"));
    m_size->setMaximumWidth(160);
    m_sizeLabel = new QLabel(tr("Size"));
    m_sizeLabel->setBuddy(m_size);
    m_sizeHint = helpLabel({});
    m_class = new QLineEdit(this);
    name(m_class, QStringLiteral("class"), tr("Storage class"));
    m_class->setPlaceholderText(tr("The cluster's default"));
    m_classLabel = new QLabel(tr("Class"));
    m_classLabel->setBuddy(m_class);
    m_mode = new QComboBox(this);
    name(m_mode, QStringLiteral("mode"), tr("Access mode"));
    m_mode->addItems(
        {QStringLiteral("ReadWriteOnce"), QStringLiteral("ReadWriteOncePod"), QStringLiteral("ReadWriteMany")});
    m_modeLabel = new QLabel(tr("Access"));
    m_modeLabel->setBuddy(m_mode);
    grid->addWidget(m_sizeLabel, 0, 0);
    grid->addWidget(m_size, 0, 1);
    grid->addWidget(m_sizeHint, 0, 2);
    grid->addWidget(m_classLabel, 1, 0);
    grid->addWidget(m_class, 1, 1, 1, 2);
    grid->addWidget(m_modeLabel, 2, 0);
    grid->addWidget(m_mode, 2, 1);
    grid->setColumnStretch(2, 1);
    column->addWidget(m_details);

    connect(m_ways, &SegmentedSwitch::currentChanged, this, &StorageEditor::choose);
    guardWheel(m_mode);
    const auto live = [this](QLineEdit *edit, void (StorageEditor::*commit)()) {
        auto *typing = new LiveEdit(
            edit, this->source(), [this] { return this->field().path; },
            [this, commit](const QString &) { (this->*commit)(); });
        connect(typing, &LiveEdit::finished, this, &StorageEditor::refresh);
        return typing;
    };
    m_liveSize = live(m_size, &StorageEditor::commitSize);
    m_liveClass = live(m_class, &StorageEditor::commitClass);
    connect(m_mode, qOverload<int>(&QComboBox::activated), this, &StorageEditor::commitMode);
}

StorageEditor::Way StorageEditor::wayOf(const Value &storageVolume, const Value &claimTemplate)
{
    if (claimTemplate.isMap() && !claimTemplate.asMap().isEmpty())
        return ClaimTemplate;
    if (!storageVolume.isMap() || storageVolume.asMap().isEmpty() || storageVolume.get("emptyDir").isMap())
        return NodeDisk;
    return storageVolume.get("ephemeral").isMap() ? Ephemeral : OtherSource;
}

StorageEditor::Way StorageEditor::currentWay() const
{
    return wayOf(source().value(StorageVolume), source().value(ClaimTemplateSpec));
}

yaml::Path StorageEditor::specPath(Way way) const
{
    return way == ClaimTemplate ? ClaimTemplateSpec
                                : StorageVolume.child("ephemeral").child("volumeClaimTemplate").child("spec");
}

QWidget *StorageEditor::problemWidget()
{
    return m_size;
}

void StorageEditor::refresh()
{
    const Way way = currentWay();
    {
        const QSignalBlocker quiet(m_ways);
        m_ways->setCurrent(way == OtherSource ? -1 : way);
        m_ways->setEnabled(source().isEditable());
    }
    static const char *const explained[] = {
        QT_TR_NOOP(
            "emptyDir on the disk of the node. A node that runs low evicts its workers, and their runs are lost."),
        QT_TR_NOOP(
            "A volume that is made with the worker and removed with it. It does not count against the node's disk."),
        QT_TR_NOOP(
            "A claim per worker that stays when the worker goes. Needs a StatefulSet; left-over claims are yours."),
        QT_TR_NOOP("Another kind of volume. Edit storageVolume in the YAML.")};
    m_explained->setText(tr(explained[way]));
    const bool claims = way == Ephemeral || way == ClaimTemplate;
    m_details->setVisible(way != OtherSource);
    for (QWidget *part : {static_cast<QWidget *>(m_class), static_cast<QWidget *>(m_classLabel),
             static_cast<QWidget *>(m_mode), static_cast<QWidget *>(m_modeLabel)})
        part->setVisible(claims);
    m_sizeLabel->setText(claims ? tr("Size") : tr("Size limit"));
    m_size->setPlaceholderText(claims ? QString() : tr("None"));
    const Value spec = source().value(specPath(way));
    const QString size =
        QString::fromStdString(claims ? spec.at({"resources", "requests", "storage"}).stringOr()
                                      : source().value(StorageVolume).at({"emptyDir", "sizeLimit"}).stringOr());
    m_liveSize->show(size);
    m_sizeHint->setText(quantityHint(size));
    const QString className = QString::fromStdString(spec.get("storageClassName").stringOr());
    m_liveClass->show(className);
    const Value modes = spec.get("accessModes");
    m_mode->setCurrentText(modes.isList() && !modes.asList().items.empty()
            ? QString::fromStdString(modes.asList().items.front().stringOr())
            : QString());
    m_details->setEnabled(source().isEditable());
}

void StorageEditor::choose(int chosen)
{
    const Way old = currentWay();
    const Value spec = source().value(specPath(old));
    source().beginChange(StorageVolume);
    switch (chosen) {
    case NodeDisk:
        source().unset(ClaimTemplateSpec);
        source().unset(StorageVolume);
        break;
    case Ephemeral:
        source().set(StorageVolume,
            Value::map(
                {{"ephemeral", Value::map({{"volumeClaimTemplate", Value::map({{"spec", newClaimSpec(spec)}})}})}}));
        source().unset(ClaimTemplateSpec);
        break;
    case ClaimTemplate:
        // The chart refuses claim templates on a Deployment.
        source().set(UseStatefulSet, Value::boolean(true));
        source().set(ClaimTemplateSpec, newClaimSpec(spec));
        source().unset(StorageVolume);
        break;
    default:
        break;
    }
    source().endChange();
}

void StorageEditor::commitSize()
{
    const Way way = currentWay();
    const QString size = m_size->text().trimmed();
    if (way == NodeDisk) {
        if (size.isEmpty())
            source().unset(StorageVolume);
        else
            source().set(StorageVolume.child("emptyDir").child("sizeLimit"), asValue(size));
    } else {
        source().set(specPath(way).child("resources").child("requests").child("storage"), asValue(size));
    }
}

void StorageEditor::commitClass()
{
    const yaml::Path path = specPath(currentWay()).child("storageClassName");
    if (m_class->text().isEmpty())
        source().unset(path);
    else
        source().set(path, asValue(m_class->text()));
}

void StorageEditor::commitMode(int index)
{
    source().set(specPath(currentWay()).child("accessModes"), Value::list({asValue(m_mode->itemText(index))}));
}

} // namespace pk::gui
