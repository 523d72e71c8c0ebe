// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/secreteditor.h"

#include "widgets/asking.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/theme.h"

namespace pk::gui {

namespace {

constexpr int ShownFor = 20'000; ///< Milliseconds.
constexpr int Tick = 250;
constexpr int Dots = 24;
constexpr int LineHeight = 3;
constexpr qint64 LargestFile = 64 * 1024; ///< Tokens and keys have a few thousand bytes.

} // namespace

SecretEditor::SecretEditor(const FieldSpec &field, FormSource &source, QWidget *parent) : Editor(field, source, parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, LineHeight);
    row->setSpacing(measure::iconGap);
    m_edit = new QLineEdit(this);
    name(m_edit);
    m_reveal = new QPushButton(tr("Reveal"), this);
    name(m_reveal, QStringLiteral("reveal"), tr("Reveal"));
    m_replace = new QPushButton(tr("Replace…"), this);
    name(m_replace, QStringLiteral("replace"), tr("Replace"));
    m_file = new QPushButton(tr("From a file…"), this);
    name(m_file, QStringLiteral("file"), tr("Read from a file"));
    setButtonKind(m_file, ButtonKind::Link);
    row->addWidget(m_edit, 1);
    row->addWidget(m_reveal);
    row->addWidget(m_replace);
    row->addWidget(m_file);
    m_tick.setInterval(Tick);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (m_since.elapsed() >= ShownFor)
            hideSecret();
        update();
    });
    connect(m_reveal, &QPushButton::clicked, this, [this] { m_shown ? hideSecret() : showSecret(); });
    connect(m_replace, &QPushButton::clicked, this, &SecretEditor::beginReplacing);
    connect(m_file, &QPushButton::clicked, this, [this] {
        askOpenPath(this, tr("Read %1").arg(this->field().label), {}, tr("All files (*)"),
            [this](const QString &path) { readFile(path); });
    });
    connect(m_edit, &QLineEdit::editingFinished, this, &SecretEditor::finishReplacing);
    m_edit->installEventFilter(this);
    m_edit->setAcceptDrops(true);
}

QWidget *SecretEditor::problemWidget()
{
    return m_edit;
}

void SecretEditor::refresh()
{
    if (m_replacing)
        return;
    const QString secret = QString::fromStdString(source().value(field().path).stringOr());
    m_edit->setReadOnly(true);
    m_edit->setEchoMode(QLineEdit::Normal);
    m_edit->setText(secret.isEmpty() ? QString() : m_shown ? secret : QString(Dots, QChar(0x2022)));
    m_edit->setCursorPosition(0);
    m_edit->setPlaceholderText(tr("Not set"));
    m_reveal->setText(m_shown ? tr("Hide") : tr("Reveal"));
    m_reveal->setEnabled(!secret.isEmpty());
    m_replace->setText(secret.isEmpty() ? tr("Enter…") : tr("Replace…"));
    m_replace->setEnabled(source().isEditable());
    m_file->setVisible(false);
    m_reveal->setVisible(true);
}

void SecretEditor::showSecret()
{
    m_shown = true;
    m_since.start();
    m_tick.start();
    refresh();
    m_edit->setFocus();
    update();
}

void SecretEditor::hideSecret()
{
    m_shown = false;
    m_tick.stop();
    refresh();
    update();
}

void SecretEditor::beginReplacing()
{
    hideSecret();
    m_replacing = true;
    m_edit->clear();
    m_edit->setReadOnly(false);
    m_edit->setEchoMode(QLineEdit::Password);
    m_edit->setPlaceholderText(tr("Type, paste or drop it"));
    m_reveal->hide();
    m_file->show();
    m_edit->setFocus();
}

void SecretEditor::finishReplacing()
{
    if (!m_replacing || m_file->hasFocus())
        return; // On the way to the file.
    const QByteArray typed = m_edit->text().toUtf8();
    m_replacing = false;
    replace(typed);
}

void SecretEditor::readFile(const QString &path)
{
    QFile file(path);
    m_replacing = false;
    if (file.open(QIODevice::ReadOnly) && file.size() <= LargestFile)
        replace(file.readAll());
    else
        refresh();
}

void SecretEditor::replace(const QByteArray &content)
{
    m_replacing = false;
    // Pasted from a terminal, it comes with line ends at both sides.
    QByteArray secret = content.trimmed();
    if (secret.startsWith("-----BEGIN "))
        secret = field().wrapsPem ? (secret + '\n').toBase64() : secret + '\n';
    if (!secret.isEmpty())
        source().set(field().path, Value::string(secret.toStdString()));
    refresh();
}

bool SecretEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_edit)
        return Editor::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::FocusOut:
        if (m_shown)
            hideSecret();
        break;
    case QEvent::KeyPress:
        if (m_replacing && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
            m_replacing = false;
            refresh();
            return true;
        }
        break;
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto *drag = static_cast<QDragMoveEvent *>(event);
        const QMimeData *dropped = drag->mimeData();
        drag->setAccepted(source().isEditable() && (dropped->hasText() || dropped->hasUrls()));
        if (drag->isAccepted())
            drag->acceptProposedAction();
        return true;
    }
    case QEvent::Drop: {
        const QMimeData *dropped = static_cast<QDropEvent *>(event)->mimeData();
        if (!dropped->urls().isEmpty() && dropped->urls().front().isLocalFile())
            readFile(dropped->urls().front().toLocalFile());
        else
            replace(dropped->text().toUtf8());
        return true;
    }
    default:
        break;
    }
    return Editor::eventFilter(watched, event);
}

void SecretEditor::paintEvent(QPaintEvent *)
{
    if (!m_shown)
        return;
    // What is left of the time, under the field.
    const double left = std::clamp(1.0 - double(m_since.elapsed()) / ShownFor, 0.0, 1.0);
    QPainter(this).fillRect(
        QRectF(m_edit->x() + 4, height() - LineHeight + 1, (m_edit->width() - 8) * left, LineHeight - 1),
        theme().accent);
}

} // namespace pk::gui
