// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "preview/objectdiff.h"

#include <QWidget>

class QCheckBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QSpinBox;
class QVBoxLayout;

namespace pk::gui {

/// What the review shows; built from the plan, the consequences and the permissions.
struct ReviewState
{
    struct Fact
    {
        QString name;
        QString value;
    };
    struct Item
    {
        Glyph glyph;
        QString what;
        QString detail;
        QString rule = {}; ///< What would mend it, to be copied; empty: nothing.
    };

    QString title; ///< "Review upgrade of prod-eu"
    QString subtitle; ///< "4 edits. Nothing has been sent yet."
    QVector<Fact> facts; ///< Cluster and user first
    QVector<Item> consequences; ///< Most severe first
    QVector<Item> permissions; ///< Only what is missing
    QVector<Item> granted; ///< The others, behind "Show all"
    QString permissionsNote; ///< "11 of 12"
    QString differencesTitle; ///< "Differences to revision 14"
    QVector<PreviewObject> objects;
    bool compared = true;
    QString confirmText; ///< "Upgrade prod-eu"
    QString blockedBecause; ///< Set: the last button is disabled for this reason
    bool danger = false; ///< Something is deleted or replaced: the button is red and its text says so
    bool checking = false; ///< The server is still being asked
};

/// What the person chose in the review.
struct ReviewOptions
{
    bool wait = true;
    int timeoutMinutes = 5;
    bool createNamespace = false;
};

/// The page before an install or upgrade (UI.md 7, picture 07). Focus starts on the heading, so that Enter does nothing
/// by accident; Ctrl+Enter presses the last button.
class ReviewPage : public QWidget
{
    Q_OBJECT
public:
    explicit ReviewPage(QWidget *parent = nullptr);

    void setState(const ReviewState &state);
    const ReviewState &state() const { return m_state; }
    ReviewOptions options() const;
    void setOptions(const ReviewOptions &options, bool namespaceExists);

Q_SIGNALS:
    void backRequested();
    void copyCommandRequested();
    void confirmed();

protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void fill(QVBoxLayout *column, const QVector<ReviewState::Item> &items, const QString &none);
    void showPermissions();
    QWidget *makeLeft();
    QWidget *makeRight();
    QLayout *makeFoot();

    ReviewState m_state;
    QScrollArea *m_left;
    QLabel *m_title;
    QLabel *m_subtitle;
    QGridLayout *m_facts;
    QVBoxLayout *m_consequences;
    QVBoxLayout *m_permissions;
    QLabel *m_permissionsNote;
    QPushButton *m_showAll;
    bool m_allShown = false;
    QCheckBox *m_wait;
    QSpinBox *m_timeout;
    QCheckBox *m_createNamespace;
    QLabel *m_differences;
    ObjectDiff *m_diff;
    class GlyphLabel *m_blocked;
    QLabel *m_sentence;
    QPushButton *m_confirm;
};

} // namespace pk::gui
