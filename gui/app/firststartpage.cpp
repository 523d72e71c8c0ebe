// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/firststartpage.h"

#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"

#include <QClipboard>

namespace pk::gui {

namespace {

constexpr int ColumnWidth = 760;
constexpr int ExampleRoom = 160; ///< For what stands right of the example.

/// An icon in a tone of the current theme, painted anew with each theme.
class IconLabel : public QWidget
{
public:
    IconLabel(const QString &name, int size, Tone tone) : m_name(name), m_tone(tone) { setFixedSize(size, size); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).drawPixmap(0, 0, icons::pixmap(m_name, width(), theme().ink(m_tone), devicePixelRatioF()));
    }

private:
    QString m_name;
    Tone m_tone;
};

} // namespace

FirstStartPage::FirstStartPage(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("firstStartPage"));
    auto *outer = new QHBoxLayout(this);
    outer->setContentsMargins(measure::pageMargin, measure::pageMargin, measure::pageMargin, measure::pageMargin);
    auto *centre = new QWidget;
    centre->setMaximumWidth(ColumnWidth);
    m_column = new QVBoxLayout(centre);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(measure::stackedCardGap);
    outer->addStretch(1);
    outer->addWidget(centre, 100);
    outer->addStretch(1);

    m_column->addStretch(2);
    auto *head = new QHBoxLayout;
    head->setSpacing(16);
    head->addWidget(new IconLabel(QStringLiteral("context"), 36, Tone::Accent), 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(titleLabel(tr("No kubeconfig found")));
    auto *why =
        helpLabel(tr("Poolkeeper reaches clusters through a kubeconfig file, as kubectl and helm do. Without one "
                     "you can still edit values, see the manifests and export them."));
    why->setFont(fonts::body());
    words->addWidget(why);
    head->addLayout(words, 1);
    m_column->addLayout(head);

    auto *looked = new Card(tr("Where Poolkeeper looked"));
    m_places = new QVBoxLayout;
    m_places->setSpacing(8);
    looked->body()->addLayout(m_places);
    m_column->addWidget(looked);

    addWay(QStringLiteral("file"), tr("Open a kubeconfig file"),
        tr("Poolkeeper reads it where it is, anew each time that you choose a context."), tr("Open file…"),
        QStringLiteral("openKubeconfig"), true, &FirstStartPage::openRequested);
    addWay(QStringLiteral("copy"), tr("Paste a kubeconfig"),
        tr("From the console of your cloud or a colleague. You choose where it is saved."), tr("Paste…"),
        QStringLiteral("pasteKubeconfig"), false, &FirstStartPage::pasteRequested);
    addWay(QStringLiteral("pencil"), tr("Start without a cluster"),
        tr("Make a pool's values now and export a values file, manifests or a Helm command."), tr("New pool"),
        QStringLiteral("startWithoutCluster"), false, &FirstStartPage::newPoolRequested);

    auto *foot = new QHBoxLayout;
    foot->setSpacing(measure::iconGap);
    auto *example = helpLabel(tr("Your cloud's tool can write the file, for example"));
    auto *command = new QLabel(QStringLiteral("aws eks update-kubeconfig --name CLUSTER"));
    command->setFont(fonts::denseCode());
    command->setTextFormat(Qt::PlainText);
    command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    // One line, where the font leaves room for it beside the button at the right.
    const int line = example->fontMetrics().horizontalAdvance(example->text()) + command->sizeHint().width();
    if (line < ColumnWidth - ExampleRoom) {
        example->setWordWrap(false);
        foot->addWidget(example);
    } else {
        m_column->addWidget(example);
    }
    foot->addWidget(command);
    auto *copy = new QToolButton;
    copy->setObjectName(QStringLiteral("copyCommand"));
    copy->setAutoRaise(true);
    copy->setToolTip(tr("Copy command"));
    copy->setAccessibleName(tr("Copy command"));
    icons::bind(copy, QStringLiteral("copy"));
    connect(
        copy, &QToolButton::clicked, this, [text = command->text()] { QGuiApplication::clipboard()->setText(text); });
    foot->addWidget(copy);
    foot->addStretch();
    auto *again = new QPushButton(tr("Look again"));
    again->setObjectName(QStringLiteral("lookAgain"));
    setButtonKind(again, ButtonKind::Link);
    connect(again, &QPushButton::clicked, this, &FirstStartPage::lookAgainRequested);
    foot->addWidget(again);
    m_column->addLayout(foot);
    m_column->addStretch(3);
}

QWidget *FirstStartPage::addWay(const QString &iconName, const QString &heading, const QString &text,
    const QString &button, const QString &objectName, bool primary, void (FirstStartPage::*requested)())
{
    auto *card = new Card;
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(new IconLabel(iconName, 20, Tone::Muted));
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(strongLabel(heading));
    words->addWidget(helpLabel(text));
    row->addLayout(words, 1);
    auto *push = new QPushButton(button);
    push->setObjectName(objectName);
    push->setAccessibleDescription(text);
    setButtonKind(push, primary ? ButtonKind::Primary : ButtonKind::Secondary);
    connect(push, &QPushButton::clicked, this, requested);
    row->addWidget(push);
    card->body()->addLayout(row);
    m_column->addWidget(card);
    return card;
}

void FirstStartPage::setPlaces(const QVector<Place> &places)
{
    while (QLayoutItem *item = m_places->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Place &place : places) {
        auto *line = new QWidget;
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(measure::iconGap);
        row->addWidget(
            new GlyphLabel(place.failed ? glyph(Severity::Error) : glyph(ReleaseState::Superseded), place.found, 14));
        auto *where = new ElidedLabel(place.where, Qt::ElideMiddle);
        where->setFont(fonts::code());
        where->setFixedWidth(200);
        row->addWidget(where);
        auto *found = helpLabel(place.found);
        row->addWidget(found, 1);
        m_places->addWidget(line);
    }
}

} // namespace pk::gui
