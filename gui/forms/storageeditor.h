// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/editors.h"

class QComboBox;
class QFormLayout;
class QLineEdit;

namespace pk::gui {

class LiveEdit;
class SegmentedSwitch;

/// The three ways to hold a worker's data, over the keys storageVolume, storageVolumeClaimTemplateSpec and
/// useStatefulSet: the node's disk (emptyDir), an ephemeral volume per worker, a claim template. Other volume sources
/// are shown as such and edited as YAML.
class StorageEditor : public Editor
{
    Q_OBJECT
public:
    enum Way { NodeDisk, Ephemeral, ClaimTemplate, OtherSource };

    StorageEditor(const FieldSpec &field, FormSource &source, QWidget *parent);

    void refresh() override;
    QWidget *problemWidget() override;

    /// Which way the values choose. Pure.
    static Way wayOf(const Value &storageVolume, const Value &claimTemplate);

private:
    Way currentWay() const;
    /// Where the claim's spec stands for the current way.
    yaml::Path specPath(Way way) const;
    void choose(int way);
    void commitSize();
    void commitClass();
    void commitMode(int index);

    SegmentedSwitch *m_ways;
    QLabel *m_explained;
    QWidget *m_details;
    QLineEdit *m_size;
    LiveEdit *m_liveSize;
    QLabel *m_sizeLabel;
    QLabel *m_sizeHint;
    QLineEdit *m_class;
    LiveEdit *m_liveClass;
    QLabel *m_classLabel;
    QComboBox *m_mode;
    QLabel *m_modeLabel;
};

} // namespace pk::gui
