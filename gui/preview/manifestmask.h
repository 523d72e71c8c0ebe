// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace pk::gui {

/// Two manifests of one object without their secrets: values of `data` and `stringData` of a Secret, values of
/// environment variables whose names say so, and everything that is a secret by content become "(hidden, equal)" or
/// "(hidden, differs)"; "(hidden)" where there is only one side. Lines keep their numbers.
struct MaskedPair
{
    QByteArray before;
    QByteArray after;
};
MaskedPair maskSecrets(const QByteArray &kind, const QByteArray &before, const QByteArray &after);

} // namespace pk::gui
