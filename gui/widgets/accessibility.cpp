// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/accessibility.h"

#include "widgets/diskbar.h"
#include "widgets/metricstrip.h"
#include "widgets/segmentbutton.h"
#include "widgets/segmentedswitch.h"
#include "widgets/timeline.h"
#include "widgets/workermap.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QVarLengthArray>

#include <cmath>

namespace pk::gui {
namespace {

/// A widget with another role than Qt would guess.
class RoleInterface : public QAccessibleWidget
{
public:
    using QAccessibleWidget::QAccessibleWidget;
};

class SegmentInterface : public QAccessibleWidget
{
public:
    explicit SegmentInterface(SegmentButton *button) :
        QAccessibleWidget(button, QAccessible::RadioButton), m_button(button)
    {
    }
    QAccessible::State state() const override
    {
        QAccessible::State result = QAccessibleWidget::state();
        result.checkable = true;
        result.checked = m_button->isChecked();
        return result;
    }
    QStringList actionNames() const override { return {toggleAction()}; }
    void doAction(const QString &name) override
    {
        if (name == toggleAction())
            m_button->click();
    }

private:
    SegmentButton *m_button;
};

/// A bar: value in per cent and the sentence.
class BarInterface : public QAccessibleWidget, public QAccessibleValueInterface
{
public:
    explicit BarInterface(QWidget *bar) : QAccessibleWidget(bar, QAccessible::ProgressBar) { }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QString text(QAccessible::Text what) const override
    {
        if (what == QAccessible::Value) {
            if (const auto *disk = qobject_cast<DiskBar *>(widget()))
                return diskBarSentence(disk->data());
        }
        return QAccessibleWidget::text(what);
    }
    QVariant currentValue() const override
    {
        if (const auto *disk = qobject_cast<DiskBar *>(widget()))
            return disk->data().used ? QVariant(int(std::lround(*disk->data().used * 100))) : QVariant();
        if (const auto *line = qobject_cast<ProgressLine *>(widget()))
            return int(std::lround(line->progress() * 100));
        return {};
    }
    void setCurrentValue(const QVariant &) override { }
    QVariant maximumValue() const override { return 100; }
    QVariant minimumValue() const override { return 0; }
    QVariant minimumStepSize() const override { return 1; }
};

class MapInterface;

/// One square of the map.
class MapCell : public QAccessibleInterface, public QAccessibleTableCellInterface
{
public:
    MapCell(WorkerMap *map, int index) : m_map(map), m_index(index) { }
    bool isValid() const override { return m_map && m_index < m_map->workers().size(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_map); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QRect rect() const override
    {
        const QRect cell = m_map->cellRect(m_index);
        return {m_map->mapToGlobal(cell.topLeft()), cell.size()};
    }
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QAccessible::State state() const override
    {
        QAccessible::State result;
        result.focusable = true;
        result.selectable = true;
        result.selected = m_index == m_map->current();
        result.focused = result.selected && m_map->hasFocus();
        return result;
    }
    QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Name && isValid() ? m_map->workers()[m_index].sentence : QString();
    }
    void setText(QAccessible::Text, const QString &) override { }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface *>(this) : nullptr;
    }

    bool isSelected() const override { return m_index == m_map->current(); }
    QList<QAccessibleInterface *> columnHeaderCells() const override { return {}; }
    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_index % m_map->columns(); }
    int rowIndex() const override { return m_index / m_map->columns(); }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface *table() const override { return parent(); }
    int index() const { return m_index; }

private:
    QPointer<WorkerMap> m_map;
    int m_index;
};

class MapInterface : public QAccessibleWidget, public QAccessibleTableInterface
{
public:
    explicit MapInterface(WorkerMap *map) : QAccessibleWidget(map, QAccessible::Table), m_map(map) { }
    ~MapInterface() override
    {
        for (const QAccessible::Id id : m_cells)
            QAccessible::deleteAccessibleInterface(id);
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TableInterface)
            return static_cast<QAccessibleTableInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    int childCount() const override { return int(m_map->workers().size()); }
    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        while (m_cells.size() <= index)
            m_cells.append(QAccessible::registerAccessibleInterface(new MapCell(m_map, int(m_cells.size()))));
        return QAccessible::accessibleInterface(m_cells[index]);
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        return child && child->role() == QAccessible::Cell ? static_cast<const MapCell *>(child)->index() : -1;
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        return child(m_map->indexAt(m_map->mapFromGlobal(QPoint(x, y))));
    }
    QAccessibleInterface *focusChild() const override { return m_map->hasFocus() ? child(m_map->current()) : nullptr; }

    QAccessibleInterface *caption() const override { return nullptr; }
    QAccessibleInterface *summary() const override { return nullptr; }
    QAccessibleInterface *cellAt(int row, int column) const override { return child(row * m_map->columns() + column); }
    int selectedCellCount() const override { return m_map->current() >= 0 ? 1 : 0; }
    QList<QAccessibleInterface *> selectedCells() const override
    {
        QAccessibleInterface *cell = child(m_map->current());
        return cell ? QList{cell} : QList<QAccessibleInterface *>();
    }
    QString columnDescription(int) const override { return {}; }
    QString rowDescription(int) const override { return {}; }
    int selectedColumnCount() const override { return 0; }
    int selectedRowCount() const override { return 0; }
    int columnCount() const override { return m_map->columns(); }
    int rowCount() const override { return m_map->rows(); }
    QList<int> selectedColumns() const override { return {}; }
    QList<int> selectedRows() const override { return {}; }
    bool isColumnSelected(int) const override { return false; }
    bool isRowSelected(int) const override { return false; }
    bool selectRow(int) override { return false; }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override { return false; }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent *) override { }

private:
    WorkerMap *m_map;
    mutable QVector<QAccessible::Id> m_cells;
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    if (auto *segment = qobject_cast<SegmentButton *>(object))
        return new SegmentInterface(segment);
    if (auto *segmented = qobject_cast<SegmentedSwitch *>(object))
        return new RoleInterface(segmented, QAccessible::Grouping);
    if (auto *map = qobject_cast<WorkerMap *>(object))
        return new MapInterface(map);
    if (qobject_cast<DiskBar *>(object) || qobject_cast<ProgressLine *>(object))
        return new BarInterface(static_cast<QWidget *>(object));
    if (auto *strip = qobject_cast<MetricStrip *>(object))
        return new RoleInterface(strip, QAccessible::List);
    if (auto *line = qobject_cast<TimeLine *>(object))
        return new RoleInterface(line, QAccessible::Graphic);
    return nullptr;
}

} // namespace

void installAccessibility()
{
    // The same function twice would be asked twice; Qt keeps a list.
    QAccessible::removeFactory(make);
    QAccessible::installFactory(make);
}

} // namespace pk::gui
