// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "preview/secretwords.h"

#include <QByteArray>

namespace pk::gui {

/// Two manifests of one object without their secrets: values of `data` and `stringData` of a Secret, values of
/// environment variables whose names say so, and everything that is a secret by content become "(hidden, equal)" or
/// "(hidden, differs)"; "(hidden)" where there is only one side. So does every line that holds one of `words`. Lines
/// keep their numbers.
struct MaskedPair
{
    QByteArray before;
    QByteArray after;
};
MaskedPair maskSecrets(
    const QByteArray &kind, const QByteArray &before, const QByteArray &after, const SecretWords &words = {});

/// Adds what stands at secret places of a manifest (data of a Secret, variables whose names say so), since another
/// object of the release may repeat it. What has fewer than eight characters, or is a path, is an ordinary word.
void collectSecrets(const QByteArray &kind, const QByteArray &manifest, SecretWords &words);

} // namespace pk::gui
