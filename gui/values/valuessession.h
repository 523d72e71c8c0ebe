// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/draftstore.h"
#include "document/textfile.h"
#include "document/treedifference.h"
#include "document/valuesdocument.h"
#include "forms/formsource.h"
#include "preview/consequences.h"
#include "preview/renderworker.h"
#include "values/draftwriter.h"

#include <QTime>
#include <QTimer>

namespace pk::gui {

/// The release that the values are compared with.
struct Deployed
{
    int revision = 0; ///< 0: not installed.
    Value config = {}; ///< The person's values of that revision.
    std::string manifest = {};
    std::optional<WallTime> when = {}; ///< It was deployed.
};

/// One set of values being edited: the document, its chart, the file it came from, the draft that survives a crash,
/// what it renders to, and what applying it would do. The form, the editor and the preview all look at this.
class ValuesSession : public FormSource
{
    Q_OBJECT
public:
    /// Borrows `drafts`. `draft` says what this is about; its text is not taken over (see restore()).
    ValuesSession(
        chart::ChartPtr chart, document::DraftStore &drafts, document::Draft draft, QObject *parent = nullptr);

    const document::ValuesDocument &document() const { return m_document; }
    const chart::ChartPtr &chart() const { return m_chart; }
    const document::Draft &about() const { return m_draft; }
    void setRelease(const QString &name, const QString &ns);
    /// The draft was installed: the person's text and file stay what is edited.
    void setInstalled(const QString &context, const QString &ns);
    void setContext(const QString &context) { m_draft.context = context.toStdString(); }

    // --- Files
    /// The file's name for a head: "values-prod-eu.yaml", or "Untitled".
    QString fileName() const;
    Result<void> open(const QString &path);
    /// Conflict when another program changed the file, unless `overwrite`.
    Result<void> save(bool overwrite = false);
    Result<void> saveAs(const QString &path);
    /// The text of a deployed release as the saved state of a pool that has no file here.
    void setBase(const std::string &text);
    /// Puts a draft's text over the saved state.
    void restore(const document::Draft &draft);
    void import(const std::string &text);
    /// Sets each value of another file in this one, as one step: what it does not name stays, with all comments.
    Result<void> addFrom(const std::string &text);
    void discardEdits();
    bool isModified() const { return m_document.isModified(); }
    /// Has the draft written without waiting for the next pause in typing; it is, even when the session ends now.
    void saveDraft();
    void forgetDraft();
    /// When the draft was last written, by the clock on the wall; invalid when there is none.
    QTime draftSaved() const { return m_draftSaved; }

    // --- Edits of the text
    void type(int offset, int removed, const QByteArray &inserted);
    void undo();
    void redo();
    /// Goes up with whatever may have changed the text.
    quint64 editsMade() const { return m_editsMade; }
    bool canUndo() const { return m_document.canUndo(); }
    bool canRedo() const { return m_document.canRedo(); }
    /// Several values as one step; an empty text removes the value.
    void applyChanges(const std::vector<std::pair<std::string, std::string>> &pathsAndYaml);

    // --- What is known
    /// The cluster that it is rendered for; null: none, or not known yet. Renders anew.
    void setCluster(const release::ClusterFactsPtr &cluster);
    void setDeployed(const Deployed &deployed);
    const Deployed &deployed() const { return m_deployed; }
    const std::shared_ptr<const RenderOutcome> &outcome() const { return m_outcome; }
    /// What `valuesText` of this release would be rendered from.
    RenderJob jobFor(const std::string &valuesText) const;
    /// The newest text is not rendered yet.
    bool isWaiting() const { return m_waiting; }
    /// How long ago the edit was made that lastGood() shows.
    std::chrono::milliseconds shownAge() const;
    /// Words that stand at secret places of the text, the saved one or the deployed release.
    const SecretWords &secrets() const { return m_secrets; }
    /// A text of others without those words.
    QString hidden(const QString &text) const;
    /// What Helm itself says of a problem, where sentence() says it otherwise; else empty.
    QString words(const Problem &problem) const;
    /// Everything that is wrong: of the text, the schema, the rendering and the rules, with places; errors first, then
    /// by line.
    const std::vector<Problem> &allProblems() const { return m_problems; }
    int errorCount() const;
    /// Where the text differs from the saved one; what was added or removed whole is one of them.
    const std::vector<document::Difference> &edits() const { return m_edits; }
    int editCount() const { return m_editCount; }
    const QVector<ConsequenceLine> &consequences() const { return m_consequences; }
    const std::vector<release::ObjectChange> &changes() const { return m_changes; }
    /// The last outcome without an error; what a broken template leaves on the screen.
    const std::shared_ptr<const RenderOutcome> &lastGood() const { return m_lastGood; }

    // --- FormSource
    Value value(const yaml::Path &path) const override;
    Origin origin(const yaml::Path &path) const override;
    Value valueIn(Origin layer, const yaml::Path &path) const override;
    QString deployedName() const override;
    bool hasFile() const override { return !m_file.path.empty(); }
    int editsBelow(const yaml::Path &path) const override;
    std::vector<Problem> problems(const yaml::Path &path) const override;
    QString sentence(const Problem &problem) const override;
    QString fixLabel(const Problem &problem) const override;
    bool isEditable() const override { return m_document.isReadable(); }
    void set(const yaml::Path &path, const Value &value) override;
    bool setYaml(const yaml::Path &path, const QString &yaml) override;
    void beginChange(const yaml::Path &path) override;
    void endChange() override { m_document.endStep(); }
    void cancelChange() override;
    void insert(const yaml::Path &path, const Value &value) override;
    void unset(const yaml::Path &path) override;
    void resetToFile(const yaml::Path &path) override;
    /// Asks for it with fixOffered(): a person sees first what it changes.
    void applyFix(const Problem &problem) override;
    /// Changes the text, as one step with a name of its own.
    void makeFix(const Problem &problem);
    /// The text as makeFix() would leave it.
    std::string fixedText(const Problem &problem) const;

Q_SIGNALS:
    /// The form wants a fix to be shown and applied.
    void fixOffered(const pk::Problem &problem);
    /// The document made this change by itself; an editor that shows the text follows.
    void textEdited(const pk::yaml::TextEdit &edit);
    void textReplaced();
    /// A new outcome, or new problems.
    void rendered();
    /// The schema or chart is known: forms can be built.
    void chartReady();
    void stateChanged(); ///< File, modified, undo, draft.
    void refused(const QString &why); ///< An edit that could not be made.

private:
    void take(Result<yaml::TextEdit> edit);
    void afterEdit();
    void submit();
    void readDeployed();
    void knowSecrets();
    void onDraftWritten(const std::optional<pk::Error> &failed);
    void onRendered(const std::shared_ptr<const RenderOutcome> &outcome);
    void placeProblems();
    void compare();

    chart::ChartPtr m_chart;
    DraftWriter m_drafts;
    document::Draft m_draft;
    document::ValuesDocument m_document;
    document::TextFile m_file;
    Deployed m_deployed;
    release::ClusterFactsPtr m_cluster;
    RenderWorker m_renderer;
    std::shared_ptr<const RenderOutcome> m_outcome;
    std::shared_ptr<const RenderOutcome> m_lastGood;
    std::vector<Problem> m_problems;
    std::vector<std::pair<yaml::Path, std::size_t>> m_problemPaths; ///< Of those with a path; parsed once per outcome.
    std::vector<release::Object> m_before;
    WallTime m_instant = Clock().now(); ///< The time in all previews of this session.
    std::optional<std::pair<int, std::string>> m_compared; ///< Revision and manifest that m_changes are about.
    std::vector<release::ObjectChange> m_changes;
    QVector<ConsequenceLine> m_consequences;
    SecretWords m_secrets;
    SecretWords m_kept; ///< Those of the saved text, the release and the chart.
    std::optional<std::string> m_keptFor; ///< The saved text that they are of.
    bool m_waiting = false;
    std::chrono::steady_clock::time_point m_submitted{};
    std::chrono::steady_clock::time_point m_shown{}; ///< When the text of m_lastGood was submitted.
    std::vector<document::Difference> m_edits;
    int m_editCount = 0;
    bool m_formBuilt = false;
    quint64 m_editsMade = 0;
    QTimer m_draftTimer;
    QTime m_draftSaved;
};

} // namespace pk::gui
