// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "preview/liveobjects.h"
#include "preview/renderworker.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QStackedWidget;

namespace pk::gui {

class Band;
class FailureView;
class ObjectDiff;
class OriginLine;
class SegmentedSwitch;
class TemplateView;
class ValuesSession;

/// What the values render to, compared with a baseline (UI.md 6.4). What is broken leaves the last good preview,
/// dimmed, under a band that says why.
class PreviewPane : public QWidget
{
    Q_OBJECT
public:
    enum Baseline { Rendered, Defaults, Saved, Revision, Live };

    explicit PreviewPane(QWidget *parent = nullptr);

    void setSession(ValuesSession *session);
    /// The cluster that Live asks; borrowed until it is set again. Null: none, and `reason` says why.
    void setCluster(release::ClusterApi *api, const QString &reason);
    void setBaseline(int baseline);
    void stepBaseline(int direction);
    int baseline() const;
    /// Brings everything up to date with the session.
    void refresh();
    ObjectDiff *objects() { return m_diff; }
    /// Scrolls to what the value makes; nothing happens when that is not shown.
    void showValue(const QString &path);
    /// Chooses the object of a consequence, compared with what is deployed.
    void showConsequence(const QString &objectKey);
    /// The line of a template or of the values that the rendering failed at.
    void goToError();
    bool hasError() const;

Q_SIGNALS:
    /// A line was clicked that was made from this value.
    void valueChosen(const QString &path);
    /// The values' own line, from 1, is where the error stands.
    void valuesLineWanted(int line);
    void said(const QString &sentence);
    void saveRequested(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateSwitch();
    void updateBand();
    void showFailure();
    void updateAge();
    void askBaseline();
    void askLive();
    void showObjects();
    void showLive();
    void onManifestLine(int line);
    void showTemplate(const std::string &name, const SourceSpan &at, const QString &sentence);
    QString sideName() const;
    bool isBroken() const;

    QPointer<ValuesSession> m_session;
    RenderWorker m_renderer; ///< Of the baselines that are rendered.
    release::ClusterFactsPtr m_askedCluster; ///< That m_outcome is rendered for.
    std::string m_askedText; ///< What m_outcome is of, or will be; with name and namespace of the release.
    std::shared_ptr<const RenderOutcome> m_outcome;
    release::ClusterApi *m_api = nullptr;
    QString m_noCluster;
    LiveObjects m_live;
    std::string m_liveAsked; ///< The manifest that m_live was last asked about.
    QTimer m_liveDelay;
    QTimer m_waiting; ///< First 100 ms, then each half second while a rendering is awaited.
    SegmentedSwitch *m_switch;
    QLabel *m_age;
    Band *m_band;
    FailureView *m_failure; ///< Under the band.
    QAction *m_goToError;
    QAction *m_askAgain;
    QAction *m_defaulted;
    QStackedWidget *m_stack;
    ObjectDiff *m_diff;
    TemplateView *m_template;
    bool m_templateFailed = false; ///< It shows where it failed, and goes when that is mended.
    OriginLine *m_origin; ///< Of the line that was clicked.
    std::shared_ptr<const RenderOutcome> m_originOf; ///< Lines of another rendering are not the same.
};

} // namespace pk::gui
