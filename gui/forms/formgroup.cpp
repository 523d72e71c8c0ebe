// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/formgroup.h"

#include "widgets/icons.h"
#include "widgets/measures.h"

namespace pk::gui {

/// The bar that folds and unfolds: chevron, title, worst glyph, "2 edited".
class FormGroup::Head : public QAbstractButton
{
public:
    Head(const FieldGroup &group, QWidget *parent) : QAbstractButton(parent)
    {
        setText(group.title);
        setObjectName(QStringLiteral("group:") + group.id);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    void setNews(bool folded, int edited, Glyph worst)
    {
        if (m_told && folded == m_folded && edited == m_edited && worst == m_worst)
            return;
        m_told = true;
        m_folded = folded;
        m_edited = edited;
        m_worst = worst;
        m_note = edited > 0 ? QCoreApplication::translate("FormGroup", "%n edited", nullptr, edited) : QString();
        setAccessibleName(
            QStringList{text(), m_note}.filter(QRegularExpression(QStringLiteral("\\S"))).join(QStringLiteral(", ")));
        setAccessibleDescription(folded ? QCoreApplication::translate("FormGroup", "folded") : QString());
        update();
    }
    QSize sizeHint() const override { return {200, measure::height(measure::groupHead, fontMetrics())}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &colors = theme();
        painter.fillRect(rect(), underMouse() ? colors.hover : colors.sunken);
        painter.setPen(colors.border);
        painter.drawLine(rect().topLeft(), rect().topRight());
        painter.drawLine(rect().bottomLeft(), rect().bottomRight());
        const int top = (height() - 16) / 2;
        painter.drawPixmap(14, top,
            icons::pixmap(m_folded ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down"), 16, colors.muted,
                devicePixelRatioF()));
        painter.setFont(fonts::strong());
        painter.setPen(colors.text);
        painter.drawText(rect().adjusted(36, 0, -16, 0), Qt::AlignVCenter, text());
        painter.setFont(fonts::small());
        painter.setPen(colors.edited);
        painter.drawText(rect().adjusted(36, 0, -16, 0), Qt::AlignVCenter | Qt::AlignRight, m_note);
        const int noteWidth = m_note.isEmpty() ? 0 : QFontMetrics(painter.font()).horizontalAdvance(m_note) + 8;
        if (!m_worst.isNull())
            paintGlyph(&painter, QRectF(width() - 16 - noteWidth - 16, top, 16, 16), m_worst);
        if (hasFocus()) {
            painter.setPen(QPen(colors.accent, 2));
            painter.drawRect(rect().adjusted(1, 1, -1, -1));
        }
    }

private:
    bool m_told = false;
    bool m_folded = true;
    int m_edited = 0;
    Glyph m_worst;
    QString m_note;
};

FormGroup::FormGroup(const FieldGroup &group, FormSource &source, QWidget *parent) :
    QWidget(parent), m_group(group), m_source(source)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_head = new Head(group, this);
    column->addWidget(m_head);
    m_body = new QWidget(this);
    m_column = new QVBoxLayout(m_body);
    m_column->setContentsMargins(0, 4, 0, 8);
    m_column->setSpacing(0);
    m_body->hide();
    column->addWidget(m_body);
    connect(m_head, &QAbstractButton::clicked, this, [this] { setFolded(!isFolded()); });
    refresh();
}

void FormGroup::needRows()
{
    if (!m_rows.empty())
        return;
    for (const FieldSpec &field : m_group.fields) {
        auto *row = new FieldRow(field, m_source, m_body);
        connect(row, &FieldRow::activated, this, &FormGroup::activated);
        m_column->addWidget(row);
        m_rows.push_back(row);
    }
}

void FormGroup::setFolded(bool folded)
{
    if (!folded)
        needRows();
    m_body->setVisible(!folded);
    refresh();
}

void FormGroup::refresh()
{
    Glyph worst;
    for (const FieldSpec &field : m_group.fields) {
        const auto problems = m_source.problems(field.path);
        if (problems.empty() || problems.front().severity == Problem::Severity::Hint)
            continue;
        if (problems.front().severity == Problem::Severity::Error)
            worst = glyph(Severity::Error);
        else if (worst.isNull())
            worst = glyph(Severity::Warning);
    }
    m_head->setNews(isFolded(), editedCount(), worst);
    // Rows of a folded group are brought up to date when they are shown.
    if (!isFolded()) {
        for (FieldRow *row : m_rows)
            row->refresh();
    }
}

int FormGroup::editedCount() const
{
    return int(std::count_if(m_group.fields.begin(), m_group.fields.end(),
        [this](const FieldSpec &field) { return m_source.origin(field.path) == Origin::Edited; }));
}

int FormGroup::problemCount() const
{
    int count = 0;
    for (const FieldSpec &field : m_group.fields)
        count += int(m_source.problems(field.path).size());
    return count;
}

int FormGroup::filter(const QString &text, bool editedOnly, bool problemsOnly)
{
    const bool filtering = !text.isEmpty() || editedOnly || problemsOnly;
    if (filtering)
        needRows();
    int shown = 0;
    for (FieldRow *row : m_rows) {
        const bool fits = (text.isEmpty() || row->matches(text)) && (!editedOnly || row->isEdited())
            && (!problemsOnly || row->problemCount() > 0);
        row->setVisible(fits);
        shown += fits;
    }
    if (filtering) {
        m_body->setVisible(shown > 0);
        refresh();
    }
    setVisible(!filtering || shown > 0);
    return shown;
}

const FieldSpec *FormGroup::fieldFor(const QString &path) const
{
    const auto parsed = yaml::Path::parse(path.toStdString());
    if (!parsed)
        return nullptr;
    const FieldSpec *best = nullptr;
    for (const FieldSpec &field : m_group.fields) {
        const bool storage =
            field.kind == FieldKind::Storage && path.startsWith(QLatin1String("storageVolumeClaimTemplateSpec"));
        if ((storage || parsed->startsWith(field.path)) && (!best || field.path.size() > best->path.size()))
            best = &field;
    }
    return best;
}

FieldRow *FormGroup::reveal(const QString &path)
{
    const FieldSpec *field = fieldFor(path);
    if (!field)
        return nullptr;
    setFolded(false);
    const auto row = std::find_if(
        m_rows.begin(), m_rows.end(), [field](FieldRow *candidate) { return candidate->field().path == field->path; });
    return row == m_rows.end() ? nullptr : *row;
}

void FormGroup::setMarked(const QString &path)
{
    const FieldSpec *field = path.isEmpty() ? nullptr : fieldFor(path);
    for (FieldRow *row : m_rows)
        row->setMarked(field && row->field().path == field->path);
}

} // namespace pk::gui
