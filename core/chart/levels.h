// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "template/function.h"

#include <string>
#include <string_view>

namespace pk::chart {

/// Which Helm's words an error is told in, where only words differ.
enum class Wording { Helm3, Helm41, Helm43 };

/// What differs visibly between the versions of Helm that Poolkeeper equals: one switch for each row of the table of
/// the Helm specification that concerns charts, values and manifests. The three presets are the only combinations that
/// a real helm shows; tests may mix.
struct Levels
{
    std::string name; ///< "4.3", "4.1" or "3".
    bool splitAtLineStartsOnly =
        true; ///< 4.3: a `---` at a line start separates, and documents keep their last newlines.
    bool dropNullDefaults = true; ///< 4.3: nulls in a chart's own defaults are removed before values meet them.
    std::string kubeVersion = "v1.37.0"; ///< Offline .Capabilities.KubeVersion.
    bool newestApiList = true; ///< Offline API list of Kubernetes 1.37 libraries (not 4.1).
    bool cutKubeVersionSuffix = false; ///< 3: "v1.31.2-gke.5" becomes "v1.31.2" everywhere.
    bool chartIsStruct = false; ///< 3: .Chart is a Go struct, an unknown field an error.
    bool chartutilTypes = false; ///< 3: type names begin with chartutil. and releaseutil.
    bool blockErrors = true; ///< 4.x: execution errors in indented blocks.
    bool mergeDocuments = true; ///< 4.x: all YAML documents of a values file count, merged in order.
    bool setJsonObject = true; ///< 4.x: --set-json takes one whole object.
    bool ignoreOpenIndex = true; ///< 4.x: --set 'a[=1' does nothing; 3: an error.
    bool webhooksInOrder = true; ///< 4.x: the two webhook configurations have a fixed place in the kind order.
    bool nestedPerAlias = true; ///< 4.x: a nested chart of an aliased chart is rendered once for each alias.
    bool emptyLinesFail = false; ///< 4.1: .Files.Lines of an empty file is an error.
    bool schemaLibrary603 = true; ///< jsonschema 6.0.3 (4.1: 6.0.2).
    bool limitEachFile = false; ///< 3, 4.1: 5 MiB for each file of a chart, and no total for folders.
    bool checkApiVersion = true; ///< 4.x: a Chart.yaml with another apiVersion than v1 and v2 is refused.
    bool hideArchiveCause = true; ///< 4.x: a bad archive is told without its cause.
    Wording wording = Wording::Helm43;
    tmpl::Dialect dialect = {};
};

/// Helm 4.3.1, the level when nobody asks for another.
const Levels &levels43();
/// Helm 3.22.0.
const Levels &levels3();
/// Helm 4.1.4.
const Levels &levels41();

/// The preset of "4.3", "4.1" or "3".
Result<Levels> parseLevels(std::string_view text);

} // namespace pk::chart
