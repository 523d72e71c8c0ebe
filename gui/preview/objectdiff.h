// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "preview/diffbar.h"
#include "preview/secretwords.h"
#include "widgets/difflines.h"
#include "widgets/glyphs.h"

#include <QVector>
#include <QWidget>

namespace pk::gui {

class DiffPanes;
class ObjectList;

/// One object of a release, before and after.
struct PreviewObject
{
    QString key; ///< Stays the same from one rendering to the next.
    QString kind;
    QString name;
    QByteArray before; ///< Empty: it did not exist, or there is no baseline.
    QByteArray after; ///< Empty: it goes.
    ChangeState state = ChangeState::Unchanged;
    int firstLine = 0; ///< Line of `after` in the whole manifest, from 1; 0: it does not stand there.
    QVector<int> varyingBefore =
        {}; ///< Lines of `before`, from 1, that differ with each rendering, as far as is known.
    QVector<int> varyingAfter = {}; ///< The same of `after`.
};

/// A list of objects above the text or the difference of the chosen one, or of all (UI.md 6.4). Without a baseline it
/// shows the rendered text alone. Secrets are masked here, so that no caller can forget it.
class ObjectDiff : public QWidget
{
    Q_OBJECT
public:
    explicit ObjectDiff(QWidget *parent = nullptr);

    /// Words that are masked wherever they stand, beside what is a secret by its place or content; before setObjects().
    void setSecrets(const SecretWords &words) { m_secrets = words; }
    /// `compared`: against `before`; else only `after` counts. Keeps the chosen object, the scroll position and what
    /// was unfolded, when the object is still there. Changed objects stand first, then Helm's order.
    void setObjects(const QVector<PreviewObject> &objects, bool compared);
    /// What the two sides are called: "Revision 6", "Your edit".
    void setSideNames(const QString &before, const QString &after);
    void setDimmed(bool dimmed);
    /// Side by side may be chosen although the room is too small: whoever hears roomWanted() makes it wider.
    void setMayGrow(bool may);
    static constexpr int SidesFrom = 900; ///< Two texts beside each other need this width.
    /// Chooses the object and shows the lines of the whole manifest, from 1.
    void showManifestLines(int first, int last);
    /// Chooses the object, or all for an empty key, and goes to the first change; false when it is not there.
    bool showObject(const QString &key);
    void showNextChange(int direction);
    QString currentKey() const;
    /// What is shown, without secrets: the whole of the objects after the change.
    QString shownText() const;
    /// What is in the text below the list, without secrets; a difference has signs.
    QString currentText() const;
    /// The controls. They stand in a row of their own, unless the caller puts them into a head.
    DiffBar *bar() { return m_bar; }

Q_SIGNALS:
    /// A line of the whole manifest was clicked.
    void manifestLineClicked(int line);
    /// Side by side was chosen, and this width is needed for it.
    void roomWanted(int width);
    /// The menu's Save.
    void saveRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Shown
    {
        PreviewObject object; ///< Masked.
        QVector<DiffLine> lines;
    };
    void mask(QVector<PreviewObject> &objects) const;
    void makeLines();
    void fillList();
    void chooseOne();
    void showText(const QString &key);
    void updateBar();
    void onLineClicked(int line);
    QVector<DiffLine> joined(QVector<int> *starts) const;

    SecretWords m_secrets;
    QVector<Shown> m_shown; ///< In Helm's order.
    bool m_compared = false;
    bool m_ignoreLabels = false;
    bool m_mayGrow = false;
    ObjectList *m_list;
    DiffPanes *m_text;
    DiffBar *m_bar;
};

} // namespace pk::gui
