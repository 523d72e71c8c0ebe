// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/objectdiff.h"

#include "preview/diffpanes.h"
#include "preview/labellines.h"
#include "preview/manifestmask.h"
#include "preview/objectlines.h"
#include "preview/objectlist.h"
#include "widgets/card.h"
#include "widgets/gripsplitter.h"

namespace pk::gui {

namespace {

QPair<int, int> countOf(const QVector<DiffLine> &lines)
{
    QPair<int, int> counts{0, 0};
    for (const DiffLine &line : lines) {
        counts.first += line.kind == DiffLine::Kind::Added;
        counts.second += line.kind == DiffLine::Kind::Removed;
    }
    return counts;
}

} // namespace

ObjectDiff::ObjectDiff(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_bar = new DiffBar;
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 2, 8, 2);
    head->addStretch();
    head->addWidget(m_bar);
    column->addLayout(head);
    auto *split = new GripSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    m_list = new ObjectList;
    m_list->setObjectName(QStringLiteral("objectList"));
    m_list->setAccessibleName(tr("Objects"));
    m_text = new DiffPanes;
    split->addWidget(m_list);
    split->addWidget(m_text);
    setFocusProxy(m_text);
    split->setStretchFactor(1, 1);
    column->addWidget(split, 1);

    connect(m_list, &ObjectList::chosen, this, &ObjectDiff::showText);
    connect(m_text, &DiffPanes::newLineClicked, this, &ObjectDiff::onLineClicked);
    connect(m_bar, &DiffBar::stepRequested, this, &ObjectDiff::showNextChange);
    connect(m_bar, &DiffBar::saveRequested, this, &ObjectDiff::saveRequested);
    connect(m_bar, &DiffBar::copyRequested, this, [this] { QGuiApplication::clipboard()->setText(currentText()); });
    connect(m_bar, &DiffBar::optionsChanged, this, [this] {
        if (m_ignoreLabels != m_bar->options().ignoreLabels) {
            makeLines();
            fillList();
        }
        if (m_bar->options().sideBySide && width() < SidesFrom)
            Q_EMIT roomWanted(SidesFrom);
        showText(currentKey());
    });
    updateBar();
}

QString ObjectDiff::currentKey() const
{
    return m_list->currentKey();
}

void ObjectDiff::mask(QVector<PreviewObject> &objects) const
{
    SecretWords words = m_secrets;
    for (const PreviewObject &object : objects) {
        collectSecrets(object.kind.toUtf8(), object.after, words);
        if (m_compared)
            collectSecrets(object.kind.toUtf8(), object.before, words);
    }
    for (PreviewObject &object : objects) {
        const MaskedPair masked =
            maskSecrets(object.kind.toUtf8(), m_compared ? object.before : QByteArray(), object.after, words);
        object.before = masked.before;
        object.after = masked.after;
    }
}

void ObjectDiff::setObjects(const QVector<PreviewObject> &objects, bool compared)
{
    m_compared = compared;
    QVector<PreviewObject> masked = objects;
    mask(masked);
    m_shown.clear();
    for (PreviewObject &object : masked)
        m_shown.append({std::move(object), {}});
    makeLines();
    fillList();
    if (!m_list->hasChosen())
        chooseOne();
    showText(currentKey());
}

void ObjectDiff::makeLines()
{
    m_ignoreLabels = m_bar->options().ignoreLabels;
    for (Shown &one : m_shown) {
        if (!m_compared)
            one.lines = plainLines(one.object.after);
        else
            one.lines = comparedLines(one.object.before, one.object.after);
        for (DiffLine &line : one.lines) {
            line.varies = line.kind == DiffLine::Kind::Removed ? one.object.varyingBefore.contains(line.oldNumber)
                                                               : one.object.varyingAfter.contains(line.newNumber);
        }
        if (m_compared && m_ignoreLabels)
            one.lines = withoutLabelChanges(one.lines);
    }
}

void ObjectDiff::fillList()
{
    QVector<ObjectList::Row> rows;
    ObjectList::Row all;
    all.kind = tr("All objects");
    for (const Shown &one : std::as_const(m_shown)) {
        const auto [added, removed] = m_compared ? countOf(one.lines) : QPair(0, 0);
        const int varying = int(one.object.varyingAfter.size());
        rows.append({one.object.key, one.object.kind, one.object.name, one.object.state, added, removed, varying});
        all.added += added;
        all.removed += removed;
        all.varying += varying;
        all.state = std::max(all.state, one.object.state);
    }
    if (m_compared)
        std::stable_partition(rows.begin(), rows.end(), [](const ObjectList::Row &row) {
            return row.added + row.removed > 0 || row.state != ChangeState::Unchanged;
        });
    if (rows.size() > 1)
        rows.append(all);
    m_list->setRows(rows, m_compared);
}

void ObjectDiff::chooseOne()
{
    // What is worst for the workers is looked at first; else the workload, which comes last in Helm's order.
    const Shown *next = nullptr;
    for (const Shown &one : std::as_const(m_shown)) {
        const bool changed = m_compared && !changeStarts(one.lines).isEmpty();
        if (changed && (!next || one.object.state > next->object.state))
            next = &one;
    }
    if (!next && !m_shown.isEmpty())
        next = &m_shown.last();
    if (next)
        m_list->choose(next->object.key);
}

QVector<DiffLine> ObjectDiff::joined(QVector<int> *starts) const
{
    JoinedLines all;
    for (const Shown &one : m_shown)
        all.append(one.lines);
    if (starts)
        *starts = all.starts();
    return all.lines();
}

void ObjectDiff::showText(const QString &key)
{
    DiffOptions options = m_bar->options();
    options.sideBySide = options.sideBySide && width() >= SidesFrom;
    m_text->setOptions(options);
    const auto one =
        std::find_if(m_shown.cbegin(), m_shown.cend(), [&key](const Shown &shown) { return shown.object.key == key; });
    if (!m_list->hasChosen())
        m_text->setLines({}, {}, m_compared);
    else
        m_text->setLines(one != m_shown.cend() ? one->lines : joined(nullptr), key, m_compared);
    updateBar();
}

void ObjectDiff::updateBar()
{
    m_bar->setChanges(m_compared, m_text->currentChange(), m_compared ? m_text->changeCount() : 0);
}

void ObjectDiff::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_bar->setRoomForSides(m_mayGrow || width() >= SidesFrom);
    if ((m_bar->options().sideBySide && width() >= SidesFrom) != m_text->isSideBySide())
        showText(currentKey());
}

void ObjectDiff::setMayGrow(bool may)
{
    m_mayGrow = may;
    m_bar->setRoomForSides(m_mayGrow || width() >= SidesFrom);
}

void ObjectDiff::setSideNames(const QString &before, const QString &after)
{
    m_text->setSideNames(before, after);
}

void ObjectDiff::setDimmed(bool dimmed)
{
    m_text->setDimmed(dimmed);
}

void ObjectDiff::onLineClicked(int line)
{
    if (line < 1 || m_shown.isEmpty())
        return;
    QVector<int> starts;
    const QString key = currentKey();
    if (key.isEmpty())
        joined(&starts);
    // The last object that begins at or before the line; of one object there is only that one.
    for (qsizetype i = m_shown.size() - 1; i >= 0; --i) {
        const PreviewObject &object = m_shown[i].object;
        const int start = key.isEmpty() ? starts[i] : 1;
        if ((!key.isEmpty() && object.key != key) || start > line)
            continue;
        if (object.firstLine > 0)
            Q_EMIT manifestLineClicked(object.firstLine + line - start);
        return;
    }
}

void ObjectDiff::showManifestLines(int first, int last)
{
    // Of the objects that stand in the manifest the last one that begins before the line.
    const PreviewObject *found = nullptr;
    for (const Shown &one : std::as_const(m_shown)) {
        const PreviewObject &object = one.object;
        const bool before = object.firstLine > 0 && object.firstLine <= first && !object.after.isEmpty();
        if (before && (!found || object.firstLine > found->firstLine))
            found = &object;
    }
    if (!found)
        return;
    const int start = found->firstLine;
    m_list->choose(found->key);
    m_text->showNewLines(first - start + 1, last - start + 1);
}

bool ObjectDiff::showObject(const QString &key)
{
    if (!m_list->choose(key))
        return false;
    m_text->showChange(0);
    updateBar();
    return true;
}

void ObjectDiff::showNextChange(int direction)
{
    const int changes = m_text->changeCount();
    if (changes == 0)
        return;
    m_text->showChange((m_text->currentChange() + direction + changes) % changes);
    updateBar();
}

QString ObjectDiff::shownText() const
{
    QStringList texts;
    for (const Shown &one : m_shown) {
        if (!one.object.after.isEmpty())
            texts.append(QString::fromUtf8(one.object.after));
    }
    return texts.join(QStringLiteral("\n---\n"));
}

QString ObjectDiff::currentText() const
{
    const QString key = currentKey();
    const auto one =
        std::find_if(m_shown.cbegin(), m_shown.cend(), [&key](const Shown &shown) { return shown.object.key == key; });
    return QString::fromUtf8(textOf(one != m_shown.cend() ? one->lines : joined(nullptr), m_compared));
}

} // namespace pk::gui
