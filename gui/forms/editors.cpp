// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/editors.h"

#include "forms/environmenteditor.h"
#include "forms/fieldstate.h"
#include "forms/liveedit.h"
#include "forms/objectlisteditor.h"
#include "forms/secreteditor.h"
#include "forms/storageeditor.h"
#include "widgets/elidedlabel.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/segmentedswitch.h"
#include "widgets/theme.h"
#include "yaml/printer.h"

#include <QSignalBlocker>

#include <cmath>
#include <limits>

namespace pk::gui {

namespace {

QHBoxLayout *rowOf(QWidget *widget)
{
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::iconGap);
    return row;
}

class SwitchEditor : public Editor
{
public:
    SwitchEditor(const FieldSpec &field, FormSource &source, QWidget *parent) : Editor(field, source, parent)
    {
        m_box = new QCheckBox(this);
        name(m_box);
        rowOf(this)->addWidget(m_box);
        connect(m_box, &QCheckBox::clicked, this,
            [this](bool on) { this->source().set(this->field().path, Value::boolean(on)); });
    }
    void refresh() override
    {
        const bool on = source().value(field().path).boolOr(false);
        m_box->setChecked(on);
        m_box->setText(on ? tr("On") : tr("Off"));
        m_box->setEnabled(source().isEditable());
    }

private:
    QCheckBox *m_box;
};

class NumberEditor : public Editor
{
public:
    NumberEditor(const FieldSpec &field, FormSource &source, QWidget *parent) : Editor(field, source, parent)
    {
        m_box = new QSpinBox(this);
        name(m_box);
        m_box->setRange(field.minimum.value_or(std::numeric_limits<int>::min()),
            field.maximum.value_or(std::numeric_limits<int>::max()));
        // Below the least number stands "Not set" where the chart leaves it open.
        m_mayBeUnset = field.minimum && source.valueIn(Origin::ChartDefault, field.path).isNil();
        if (m_mayBeUnset) {
            m_box->setMinimum(*field.minimum - 1);
            m_box->setSpecialValueText(tr("Not set"));
        }
        m_box->setKeyboardTracking(false);
        m_box->setMinimumWidth(96);
        guardWheel(m_box);
        auto *row = rowOf(this);
        row->addWidget(m_box);
        if (!field.unit.isEmpty())
            row->addWidget(helpLabel(field.unit));
        m_box->installEventFilter(this);
        connect(m_box, qOverload<int>(&QSpinBox::valueChanged), this, &NumberEditor::commit);
        connect(m_box, &QSpinBox::editingFinished, this, [this] {
            if (std::exchange(m_changed, false))
                this->source().endChange();
        });
    }
    void refresh() override
    {
        const Value value = source().value(field().path);
        const QSignalBlocker quiet(m_box);
        const std::int64_t whole = value.integerOr(0);
        const bool fits = whole == std::int64_t(int(whole)) && (!value.isNumber() || value.toDouble() == double(whole));
        const int number = m_mayBeUnset && value.isNil() ? m_box->minimum() : int(whole);
        if (fits && number != m_box->value()) // What is being typed stays.
            m_box->setValue(number);
        if (!fits)
            m_box->findChild<QLineEdit *>()->setText(QString::fromStdString(yaml::toYaml(value)).trimmed());
        m_box->setToolTip(fits ? QString() : tr("This number is none of this field: edit it in the YAML."));
        m_box->setEnabled(source().isEditable() && fits && (value.isNumber() || value.isNil()));
    }
    QWidget *problemWidget() override { return m_box; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const bool escape =
            event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape;
        if (watched != m_box || !escape)
            return Editor::eventFilter(watched, event);
        auto *edit = m_box->findChild<QLineEdit *>();
        const bool typing = edit->isModified();
        if (std::exchange(m_changed, false))
            source().cancelChange();
        else if (!typing)
            return Editor::eventFilter(watched, event);
        const QSignalBlocker quiet(m_box);
        const bool unset = m_mayBeUnset && source().value(field().path).isNil();
        // Typed digits go even where they had not become the value yet.
        edit->setText(unset ? m_box->specialValueText() : QString::number(source().value(field().path).integerOr(0)));
        refresh();
        return true;
    }

private:
    void commit(int number)
    {
        // From the focus to Enter or leaving it is one step, which Esc takes back.
        if (!std::exchange(m_changed, true))
            source().beginChange(field().path);
        if (m_mayBeUnset && number == m_box->minimum())
            source().unset(field().path);
        else
            source().set(field().path, Value::integer(number));
    }

    QSpinBox *m_box;
    bool m_mayBeUnset = false;
    bool m_changed = false; ///< Since the focus came or Enter.
};

QString choiceText(const QString &word)
{
    return word.isEmpty() ? QCoreApplication::translate("Editor", "Not set") : word;
}

class ChoiceEditor : public Editor
{
public:
    ChoiceEditor(const FieldSpec &field, FormSource &source, QWidget *parent) : Editor(field, source, parent)
    {
        auto *row = rowOf(this);
        if (field.choices.size() <= 3) {
            m_switch = new SegmentedSwitch(this);
            name(m_switch);
            for (const QString &word : field.choices)
                m_switch->addSegment(choiceText(word));
            row->addWidget(m_switch);
            connect(m_switch, &SegmentedSwitch::currentChanged, this, &ChoiceEditor::commit);
        } else {
            m_combo = new QComboBox(this);
            name(m_combo);
            for (const QString &word : field.choices)
                m_combo->addItem(choiceText(word), word);
            guardWheel(m_combo);
            row->addWidget(m_combo);
            connect(m_combo, qOverload<int>(&QComboBox::activated), this, &ChoiceEditor::commit);
        }
    }
    void refresh() override
    {
        const QString word = QString::fromStdString(source().value(field().path).stringOr());
        const int index = int(field().choices.indexOf(word));
        if (m_switch) {
            const QSignalBlocker quiet(m_switch);
            m_switch->setCurrent(index);
            m_switch->setEnabled(source().isEditable());
        } else {
            m_combo->setCurrentIndex(index);
            m_combo->setEnabled(source().isEditable());
        }
    }
    QWidget *problemWidget() override { return m_switch ? static_cast<QWidget *>(m_switch) : m_combo; }

private:
    void commit(int index)
    {
        if (index >= 0)
            source().set(field().path, Value::string(field().choices[index].toStdString()));
    }

    SegmentedSwitch *m_switch = nullptr;
    QComboBox *m_combo = nullptr;
};

class TextEditor : public Editor
{
public:
    TextEditor(const FieldSpec &field, FormSource &source, QWidget *parent) : Editor(field, source, parent)
    {
        m_edit = new QLineEdit(this);
        name(m_edit);
        auto *row = rowOf(this);
        row->addWidget(m_edit, 1);
        m_hint = helpLabel({}, this);
        m_hint->setVisible(field.kind == FieldKind::Quantity);
        row->addWidget(m_hint);
        if (field.kind != FieldKind::Text)
            m_edit->setMaximumWidth(160);
        // The chart says nothing, or an empty word, which means the same to it.
        if (const Value fallback = source.valueIn(Origin::ChartDefault, field.path);
            fallback.isNil() || fallback.stringOr("x").empty())
            m_edit->setPlaceholderText(tr("Not set"));
        if (!field.unit.isEmpty())
            row->addWidget(helpLabel(field.unit));
        m_live = new LiveEdit(
            m_edit, source, [this] { return this->field().path; }, [this](const QString &text) { commit(text); });
        connect(m_live, &LiveEdit::finished, this, &TextEditor::refresh);
    }
    void refresh() override
    {
        const Value value = source().value(field().path);
        const bool plain = value.isString() || value.isNil() || value.isNumber();
        const QString text = value.isString() ? QString::fromStdString(value.toString())
            : value.isNil()                   ? QString()
                                              : QString::fromStdString(yaml::toYaml(value));
        m_live->show(text);
        m_edit->setEnabled(source().isEditable() && plain);
        m_hint->setText(quantityHint(text));
    }
    QWidget *problemWidget() override { return m_edit; }

private:
    void commit(const QString &text)
    {
        static const QRegularExpression number(QStringLiteral("^[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?$"));
        if (field().kind == FieldKind::Decimal && number.match(text).hasMatch()) {
            source().setYaml(field().path, text); // As it is typed: 0.50 stays.
            return;
        }
        // An emptied field is the empty text where the chart says so, and absent where it says nothing.
        if (text.isEmpty() && source().valueIn(Origin::ChartDefault, field().path).isNil())
            source().unset(field().path);
        else
            source().set(field().path, Value::string(text.toStdString()));
    }

    QLineEdit *m_edit;
    LiveEdit *m_live;
    QLabel *m_hint;
};

/// Any value as the YAML of that place. Written when the focus leaves or at Ctrl+Enter; what is no YAML stays in the
/// editor, marked, and nothing is lost.
class YamlEditor : public Editor
{
public:
    YamlEditor(const FieldSpec &field, FormSource &source, QWidget *parent) : Editor(field, source, parent)
    {
        m_edit = new QPlainTextEdit(this);
        name(m_edit);
        m_edit->setFont(fonts::denseCode());
        m_edit->setTabChangesFocus(true);
        m_edit->setLineWrapMode(QPlainTextEdit::NoWrap);
        m_edit->installEventFilter(this);
        auto *row = rowOf(this);
        m_edit->setFrameShape(QFrame::NoFrame);
        row->setContentsMargins(Edge, Edge, Edge, Edge);
        row->addWidget(m_edit);
    }
    void refresh() override
    {
        if (m_edit->hasFocus() && m_edit->document()->isModified())
            return;
        const Value value = source().value(field().path);
        const QString whole = value.isNil() ? QString() : QString::fromStdString(yaml::toYaml(value));
        // A secret inside is for the text pane, which hides it and can reveal it.
        const QString text = value.isNil() ? whole : shownYaml(field().path, value);
        const bool holdsSecret = text != whole;
        m_edit->setReadOnly(holdsSecret || !source().isEditable());
        m_edit->setToolTip(holdsSecret ? tr("Holds a secret: edit it in the YAML.") : QString());
        if (m_edit->toPlainText() != text)
            m_edit->setPlainText(text);
        m_edit->document()->setModified(false);
        const int lines = std::clamp(m_edit->document()->blockCount(), 1, 10);
        m_edit->setFixedHeight(lines * QFontMetrics(m_edit->font()).lineSpacing() + 12);
    }
    QWidget *problemWidget() override { return m_edit; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const FieldProblem problem = fieldProblem(m_edit);
        painter.setPen(m_edit->hasFocus()          ? QPen(theme().accent, 2)
                : problem == FieldProblem::Error   ? QPen(theme().bad, 2)
                : problem == FieldProblem::Warning ? QPen(theme().warningFill, 2)
                                                   : QPen(theme().control, 1));
        painter.setBrush(theme().surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::buttonRadius, measure::buttonRadius);
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == m_edit && (event->type() == QEvent::FocusOut || event->type() == QEvent::FocusIn))
            update();
        if (watched == m_edit && event->type() == QEvent::FocusOut)
            commit();
        if (watched == m_edit && event->type() == QEvent::KeyPress)
            return answerKey(*static_cast<QKeyEvent *>(event)) || Editor::eventFilter(watched, event);
        return Editor::eventFilter(watched, event);
    }

private:
    bool answerKey(const QKeyEvent &key)
    {
        const bool enter = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
        if (enter && key.modifiers().testFlag(Qt::ControlModifier)) {
            commit();
            return true;
        }
        if (key.key() != Qt::Key_Escape || !m_edit->document()->isModified())
            return false;
        m_edit->document()->setModified(false);
        setFieldProblem(m_edit, FieldProblem::None);
        refresh();
        return true;
    }
    void commit()
    {
        if (!m_edit->document()->isModified())
            return;
        const bool good = source().setYaml(field().path, m_edit->toPlainText());
        setFieldProblem(m_edit, good ? FieldProblem::None : FieldProblem::Error);
        update();
        m_edit->setToolTip(good ? QString() : tr("This is not YAML. Nothing was changed."));
        if (good)
            m_edit->document()->setModified(false);
    }

    static constexpr int Edge = 4; ///< Leaves the round corners free.

    QPlainTextEdit *m_edit;
};

} // namespace

Editor::Editor(const FieldSpec &field, FormSource &source, QWidget *parent) :
    QWidget(parent), m_field(field), m_source(source)
{
}

void Editor::name(QWidget *part, const QString &suffix, const QString &what)
{
    part->setObjectName(QStringLiteral("field:") + m_field.key() + (suffix.isEmpty() ? QString() : u':' + suffix));
    part->setAccessibleName(what.isEmpty() ? m_field.label : tr("%1: %2").arg(m_field.label, what));
    part->setAccessibleDescription(m_field.help);
}

Editor *createEditor(const FieldSpec &field, FormSource &source, QWidget *parent)
{
    switch (field.kind) {
    case FieldKind::Switch:
        return new SwitchEditor(field, source, parent);
    case FieldKind::Number:
        return new NumberEditor(field, source, parent);
    case FieldKind::Choice:
        return new ChoiceEditor(field, source, parent);
    case FieldKind::Text:
    case FieldKind::Decimal:
    case FieldKind::Quantity:
        return new TextEditor(field, source, parent);
    case FieldKind::Secret:
        return new SecretEditor(field, source, parent);
    case FieldKind::StringList:
        return new StringListEditor(field, source, parent);
    case FieldKind::StringMap:
        return new StringMapEditor(field, source, parent);
    case FieldKind::ObjectList:
        return new ObjectListEditor(field, source, parent);
    case FieldKind::Environment:
        return new EnvironmentEditor(field, source, parent);
    case FieldKind::Storage:
        return new StorageEditor(field, source, parent);
    case FieldKind::Yaml:
        break;
    }
    return new YamlEditor(field, source, parent);
}

QString quantityHint(const QString &quantity)
{
    static const QRegularExpression form(QStringLiteral("^([0-9]+(?:\\.[0-9]+)?)([KMGTPE])i$"));
    const QRegularExpressionMatch match = form.match(quantity);
    if (!match.hasMatch())
        return {};
    const int power = QStringLiteral("KMGTPE").indexOf(match.captured(2)) + 1;
    const double bytes = match.captured(1).toDouble() * std::pow(1024.0, power);
    return QCoreApplication::translate("Editor", "about %1")
        .arg(QLocale().formattedDataSize(qint64(bytes), 0, QLocale::DataSizeSIFormat));
}

} // namespace pk::gui
