// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "values/previewpane.h"
#include "values/problemstrip.h"
#include "values/valuessession.h"

#include <QPointer>
#include <QWidget>

class QSettings;

namespace pk::gui {

class FixPopover;
class FormView;
class GripSplitter;
class UndoBar;
class ValuesEditor;
class ValuesFiles;
class ValuesHead;
class YamlPane;

/// Form, YAML and preview side by side over one session, problems and consequences below (UI.md 6, pictures 03, 04).
/// What is chosen in one pane is marked in the others.
class ValuesTab : public QWidget
{
    Q_OBJECT
public:
    explicit ValuesTab(QWidget *parent = nullptr);

    /// Shows `session`, which the caller owns and which must live as long as it is shown; null shows nothing.
    void setSession(ValuesSession *session);
    ValuesSession *session() const { return m_session; }
    /// Where it is kept which groups of a chart's form are unfolded; borrowed. Without it nothing is kept.
    void setSettings(QSettings *settings) { m_settings = settings; }
    /// The cluster that the preview compares with; borrowed until another is set. Null: none, `reason` is the tooltip.
    void setCluster(release::ClusterApi *api, const QString &reason = {}) { m_preview->setCluster(api, reason); }

    /// What the preview is compared with.
    enum Baseline {
        Rendered = PreviewPane::Rendered,
        Defaults = PreviewPane::Defaults,
        Saved = PreviewPane::Saved,
        Revision = PreviewPane::Revision,
        Live = PreviewPane::Live
    };
    void setBaseline(int baseline) { m_preview->setBaseline(baseline); }
    enum Pane { FormPane, TextPane, RenderedPane };
    void togglePane(int pane);
    void focusNextPane(int direction);
    void stepProblem(int direction) { m_strip->step(direction); }
    void stepChange(int direction);
    /// From the field that has the focus to its line, or from the line to its field.
    void jump();
    void showInYaml(const QString &path);
    void findField();
    /// The fixes of the problem that is selected, with what they change; Enter applies.
    void offerFixes();
    /// That of one pane: the others fold where there is no room for them.
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void save();
    void saveAs();
    void exportValues();
    void exportManifests();
    void copyHelmCommand();

Q_SIGNALS:
    /// A note for the undo bar or a failure, in a sentence.
    void said(const QString &sentence);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void addKeys();
    void connectPanes();
    void connectSession();
    void showForm();
    void keepFormState();
    std::vector<std::string> keysWithoutField() const;
    void showRendered();
    void showStrip();
    void showState();
    void offerUndo(const QString &sentence);
    void fold();
    void foldStrip(bool folded);
    /// Gives the preview this width at the cost of the other panes.
    void widenPreview(int preview);

    /// Marks a value in all panes; `origin` is where it was chosen and does not move.
    void mark(const QString &path, const QWidget *origin);
    void onCaret(const QString &path, int line);
    void onField(const QString &path);
    void chooseProblem(int index);
    void offerFixesOf(const std::vector<int> &problems, const QRect &place);
    void offerFormFix(const Problem &problem);
    std::vector<int> fixesInLine(int line) const;

    QPointer<ValuesSession> m_session;
    ValuesFiles *m_files;
    ValuesHead *m_head;
    QVector<bool> m_wanted{true, true, true}; ///< Panes that the person has not folded.
    UndoBar *m_undoBar;
    quint64 m_offeredAt = 0; ///< ValuesSession::editsMade() when the undo bar was shown.
    GripSplitter *m_split;
    GripSplitter *m_rows; ///< Panes over the strip.
    QVector<QWidget *> m_panes;
    FormView *m_form = nullptr;
    QSettings *m_settings = nullptr;
    std::vector<std::string> m_unknownKeys; ///< Shown under "Everything else".
    chart::SchemaNode m_schema; ///< What the form was made from.
    QWidget *m_formHost;
    YamlPane *m_yaml;
    PreviewPane *m_preview;
    ProblemStrip *m_strip;
    FixPopover *m_popover;
    QString m_marked; ///< The value that is marked in all panes.
};

} // namespace pk::gui
