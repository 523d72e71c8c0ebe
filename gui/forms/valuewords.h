// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "yaml/printer.h"

#include <QString>

namespace pk::gui {

/// A value as a cell of a list shows it: a string as it is, anything else as YAML; nothing for nil.
inline QString asWords(const Value &value)
{
    if (value.isNil())
        return {};
    return QString::fromStdString(value.isString() ? value.toString() : yaml::toYaml(value)).trimmed();
}

/// What somebody typed, as a string of the values.
inline Value asValue(const QString &words)
{
    return Value::string(words.toStdString());
}

} // namespace pk::gui
