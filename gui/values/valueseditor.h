// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/codeview.h"
#include "yaml/reader.h"

namespace pk::gui {

/// The person's own values file as text. What is typed is told as it happens; undo and redo are the document's, since
/// they go over form and text alike.
class ValuesEditor : public CodeView
{
    Q_OBJECT
public:
    explicit ValuesEditor(QWidget *parent = nullptr);

    /// Makes a change of the document visible without telling it back. Offsets are bytes.
    void applyEdit(std::size_t offset, std::size_t length, const std::string &replacement);
    /// The whole text, when the document was replaced.
    void showText(const std::string &text);
    /// Bytes of the text that must not be read over a shoulder: painted over, but where the caret is.
    void setSecrets(const std::vector<yaml::Span> &spans);
    int caretOffset() const;
    void setCaretOffset(int offset);
    int lineOfOffset(int offset) const;

Q_SIGNALS:
    /// The person replaced `removed` bytes at `offset` by `inserted`.
    void edited(int offset, int removed, const QByteArray &inserted);
    void undoRequested();
    void redoRequested();
    void fixesRequested(); ///< Alt+Enter
    /// The caret went to another line or offset by keyboard or mouse, or was clicked where it stands.
    void caretMoved(int offset);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;
    void applyLook() override;

private:
    void coverSecrets();

    enum { SecretIndicator = 20 };
    std::vector<yaml::Span> m_secrets;
    bool m_quiet = false; ///< A change that the document already knows is being shown.
};

} // namespace pk::gui
