// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/formgroup.h"

#include "forms/fieldstate.h"
#include "forms/groupnote.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/strings.h"

namespace pk::gui {

/// The bar that folds and unfolds: chevron, title, note while folded, worst glyph, "2 edited".
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
    void setNews(bool folded, const GroupNews &news)
    {
        if (m_told && folded == m_folded && news == m_news)
            return;
        m_told = true;
        m_folded = folded;
        m_news = news;
        m_worst = news.worst;
        m_note = folded ? news.note : QString();
        m_edited =
            news.edited > 0 ? QCoreApplication::translate("FormGroup", "%n edited", nullptr, news.edited) : QString();
        QStringList words = {text(), m_edited, m_note};
        if (!m_worst.isNull()) {
            words.append(stateWord(m_worst == glyph(Severity::Error) ? Severity::Error : Severity::Warning));
            setToolTip(words.last());
        } else {
            setToolTip({});
        }
        setAccessibleName(withoutEmpty(words).join(QStringLiteral(", ")));
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
        const int titleEnd = 36 + QFontMetrics(painter.font()).horizontalAdvance(text()) + 16;

        painter.setFont(fonts::small());
        const QFontMetrics small(painter.font());
        int right = width() - 16;
        const auto drawWords = [&](const QString &words, const QColor &ink) {
            if (words.isEmpty())
                return;
            const QString fitting = small.elidedText(words, Qt::ElideMiddle, right - titleEnd);
            painter.setPen(ink);
            painter.drawText(
                QRect(titleEnd, 0, right - titleEnd, height()), Qt::AlignVCenter | Qt::AlignRight, fitting);
            right -= small.horizontalAdvance(fitting) + 10;
        };
        drawWords(m_edited, colors.edited);
        if (!m_worst.isNull()) {
            paintGlyph(&painter, QRectF(right - 16, top, 16, 16), m_worst);
            right -= 26;
        }
        drawWords(m_note, colors.muted);
        if (hasFocus()) {
            painter.setPen(QPen(colors.accent, 2));
            painter.drawRect(rect().adjusted(1, 1, -1, -1));
        }
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            click();
        else
            QAbstractButton::keyPressEvent(event);
    }

private:
    bool m_told = false;
    bool m_folded = true;
    GroupNews m_news;
    Glyph m_worst;
    QString m_note;
    QString m_edited;
};

FormGroup::FormGroup(const FieldGroup &group, FormSource &source, QWidget *parent) :
    QWidget(parent), m_group(group), m_source(source), m_rows(group.fields.size(), nullptr),
    m_fits(group.fields.size(), true)
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
    connect(m_head, &QAbstractButton::clicked, this, [this] {
        setFolded(!isFolded());
        Q_EMIT folded(isFolded());
    });
    refresh();
}

FieldRow *FormGroup::needRow(std::size_t index)
{
    if (m_rows[index])
        return m_rows[index];
    auto *row = new FieldRow(m_group.fields[index], m_source, m_body);
    row->setWide(m_wide);
    row->setHelpVisible(m_helpVisible);
    connect(row, &FieldRow::activated, this, &FormGroup::activated);
    connect(row, &FieldRow::yamlRequested, this, &FormGroup::yamlRequested);
    // Behind the rows that stand before it in the group; Tab follows.
    const auto place = std::count_if(
        m_rows.begin(), m_rows.begin() + std::ptrdiff_t(index), [](const FieldRow *other) { return other != nullptr; });
    m_column->insertWidget(int(place), row);
    m_rows[index] = row;
    return row;
}

void FormGroup::showRows()
{
    const bool open = m_filtering || !m_folded;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (open && m_fits[i] && !m_rows[i])
            needRow(i)->show();
        else if (m_rows[i])
            m_rows[i]->setVisible(m_fits[i]);
    }
    m_body->setVisible(open);
    m_head->setNews(!open, m_news);
}

void FormGroup::setFolded(bool folded)
{
    m_folded = folded;
    showRows();
    refresh();
}

void FormGroup::setWide(bool wide)
{
    m_wide = wide;
    for (FieldRow *row : m_rows) {
        if (row)
            row->setWide(wide);
    }
}

void FormGroup::setHelpVisible(bool visible)
{
    m_helpVisible = visible;
    for (FieldRow *row : m_rows) {
        if (row)
            row->setHelpVisible(visible);
    }
}

void FormGroup::readNews()
{
    m_news = {};
    for (const FieldSpec &field : m_group.fields) {
        for (const yaml::Path &path : field.paths())
            m_news.edited += m_source.editsBelow(path);
        m_news.differs += differsFromDeployed(field, m_source);
        const auto problems = problemsOf(field, m_source);
        m_news.problems += !problems.empty();
        if (problems.empty() || problems.front().severity == Problem::Severity::Hint)
            continue;
        if (problems.front().severity == Problem::Severity::Error)
            m_news.worst = glyph(Severity::Error);
        else if (m_news.worst.isNull())
            m_news.worst = glyph(Severity::Warning);
    }
    m_news.note = groupNote(m_group.id, m_source);
}

bool FormGroup::refresh()
{
    readNews();
    const bool open = m_filtering || !m_folded;
    m_head->setNews(!open, m_news);
    bool moves = false;
    if (!open)
        return false; // Rows of a folded group are brought up to date when they are shown.
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i] && m_fits[i])
            moves = m_rows[i]->refresh() || moves;
    }
    if (moves) {
        m_column->activate();
        layout()->activate();
    }
    return moves;
}

int FormGroup::filter(const QString &words, FieldFilter which)
{
    m_filtering = !words.isEmpty() || which != FieldFilter::All;
    int shown = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const FieldSpec &field = m_group.fields[i];
        bool fits = words.isEmpty() || matches(field, m_source, words);
        switch (which) {
        case FieldFilter::All:
            break;
        case FieldFilter::Edited:
            fits = fits && originOf(field, m_source) == Origin::Edited;
            break;
        case FieldFilter::Differs:
            fits = fits && differsFromDeployed(field, m_source);
            break;
        case FieldFilter::Problems:
            fits = fits && !problemsOf(field, m_source).empty();
            break;
        }
        m_fits[i] = fits;
        shown += fits;
    }
    showRows();
    refresh();
    setVisible(!m_filtering || shown > 0);
    return shown;
}

int FormGroup::fieldFor(const QString &path) const
{
    const auto parsed = yaml::Path::parse(path.toStdString());
    if (!parsed)
        return -1;
    int best = -1;
    std::size_t most = 0;
    for (std::size_t i = 0; i < m_group.fields.size(); ++i) {
        const std::size_t covered = m_group.fields[i].covers(*parsed);
        if (covered > most) {
            most = covered;
            best = int(i);
        }
    }
    return best;
}

FieldRow *FormGroup::reveal(const QString &path)
{
    const int field = fieldFor(path);
    if (field < 0)
        return nullptr;
    if (m_folded && !m_filtering)
        setFolded(false);
    m_fits[std::size_t(field)] = true; // It is wanted, whatever the filter says.
    FieldRow *row = needRow(std::size_t(field));
    setVisible(true);
    showRows();
    row->refresh();
    return row;
}

void FormGroup::setMarked(const QString &path)
{
    const int field = path.isEmpty() ? -1 : fieldFor(path);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i])
            m_rows[i]->setMarked(int(i) == field);
    }
}

} // namespace pk::gui
