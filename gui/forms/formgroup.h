// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/fieldrow.h"

class QVBoxLayout;

namespace pk::gui {

/// Which fields a form shows.
enum class FieldFilter { All, Edited, Differs, Problems };

/// What a group's head and its line in the index say.
struct GroupNews
{
    int edited = 0; ///< Values that were edited; a field may hold several.
    int differs = 0; ///< From the deployed release.
    int problems = 0; ///< Fields with any.
    Glyph worst; ///< Null: neither error nor warning.
    QString note; ///< What the group says in a word while it is folded; may be empty.

    bool operator==(const GroupNews &) const = default;
};

/// A group of fields under a head that folds it and says how many were edited and what is wrong inside. Each row is
/// made when it is first shown.
class FormGroup : public QWidget
{
    Q_OBJECT
public:
    FormGroup(const FieldGroup &group, FormSource &source, QWidget *parent = nullptr);

    const FieldGroup &group() const { return m_group; }
    const QString &id() const { return m_group.id; }
    bool isFolded() const { return m_folded; }
    void setFolded(bool folded);
    void setWide(bool wide);
    void setHelpVisible(bool visible);
    /// True when it takes another height now, as FieldRow::refresh().
    bool refresh();
    /// Shows the rows that fit, unfolded; the group hides itself when none does. Returns how many there are. Without
    /// words and filter it is as folded as before.
    int filter(const QString &words, FieldFilter which);
    /// The row of a path, or of the nearest field above it; null when it is not in this group. Unfolds.
    FieldRow *reveal(const QString &path);
    void setMarked(const QString &path);
    /// As of the last refresh().
    const GroupNews &news() const { return m_news; }

Q_SIGNALS:
    void activated(const QString &path);
    void yamlRequested(const QString &path);
    void folded(bool folded); ///< By the person.

private:
    class Head;
    FieldRow *needRow(std::size_t index);
    void showRows();
    void readNews();
    int fieldFor(const QString &path) const;

    FieldGroup m_group;
    FormSource &m_source;
    Head *m_head;
    QWidget *m_body;
    QVBoxLayout *m_column;
    std::vector<FieldRow *> m_rows; ///< One a field; null until it was shown once.
    std::vector<bool> m_fits; ///< One a field: what the filter lets through.
    GroupNews m_news;
    bool m_folded = true;
    bool m_filtering = false;
    bool m_wide = false;
    bool m_helpVisible = true;
};

} // namespace pk::gui
