// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "values/problemstrip.h"
#include "values/valuessession.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;
class QSplitter;
class QToolButton;

namespace pk::gui {

class Band;
class Chip;
struct CodeProblem;
class FormView;
class ObjectDiff;
class SegmentedSwitch;
class ValuesEditor;

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

    /// What the preview is compared with.
    enum Baseline { Rendered, Defaults, Saved, Revision };
    void setBaseline(int baseline);
    enum Pane { FormPane, YamlPane, PreviewPane };
    void togglePane(int pane);
    void focusNextPane(int direction);
    void stepProblem(int direction) { m_strip->step(direction); }
    void stepChange(int direction);
    /// From the field that has the focus to its line, or from the line to its field.
    void jump();
    void showInYaml(const QString &path);
    void findField();

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
    QWidget *makeHead();
    QWidget *makeYamlPane();
    QWidget *makePreviewPane();
    void showForm();
    std::vector<std::string> keysWithoutField() const;
    void showRendered();
    void showState();
    void showPreview();
    void showEditorProblems();
    void placeSquiggle(CodeProblem &problem, const SourceSpan &at) const;
    void askBaseline();
    void fold();
    void markField(const QString &path, QWidget *origin);
    void markLine(int manifestLine);
    void chooseProblem(int index);
    void applyFix(int index);
    void tellSaved(const Result<void> &saved);
    void exportText(const std::string &text, unsigned mode);

    QPointer<ValuesSession> m_session;
    RenderWorker m_baselineRenderer;
    std::shared_ptr<const RenderOutcome> m_baselineOutcome;
    QVector<QToolButton *> m_paneButtons;
    QVector<bool> m_wanted{true, true, true}; ///< Panes that the person has not folded.
    QLabel *m_status;
    QPushButton *m_save;
    QToolButton *m_export;
    QToolButton *m_undo;
    QToolButton *m_redo;
    QSplitter *m_split;
    QVector<QWidget *> m_panes;
    FormView *m_form = nullptr;
    std::vector<std::string> m_unknownKeys; ///< Shown under "Everything else".
    std::optional<chart::SchemaNode> m_schema; ///< Of the chart, as the form was made from it.
    QWidget *m_formHost;
    QLabel *m_fileName;
    Chip *m_edited;
    ValuesEditor *m_editor;
    SegmentedSwitch *m_baseline;
    Band *m_error;
    ObjectDiff *m_diff;
    ProblemStrip *m_strip;
};

} // namespace pk::gui
