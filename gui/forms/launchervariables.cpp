// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/launchervariables.h"

#include <QCoreApplication>

#include <algorithm>

namespace pk::gui {

namespace {

struct Known
{
    const char *name;
    const char *meaning;
};

constexpr Known known[] = {
    {"SPACELIFT_DEBUG", QT_TRANSLATE_NOOP("LauncherVariables", "Prints the exact commands. true or false.")},
    {"SPACELIFT_DEFAULT_ANSIBLE_RUNNER_IMAGE",
        QT_TRANSLATE_NOOP("LauncherVariables", "Image of Ansible runs whose stack names none.")},
    {"SPACELIFT_DEFAULT_RUNNER_IMAGE", QT_TRANSLATE_NOOP("LauncherVariables", "Image of runs whose stack names none.")},
    {"SPACELIFT_DOCKER_CONFIG_DIR",
        QT_TRANSLATE_NOOP("LauncherVariables",
            "Folder with a Docker configuration: logins for private registries of runner images.")},
    {"SPACELIFT_LAUNCHER_DISK_USAGE_THRESHOLD",
        QT_TRANSLATE_NOOP(
            "LauncherVariables", "The launcher ends itself at this disk use. Unset: when the disk is full.")},
    {"SPACELIFT_LAUNCHER_LOGS_TIMEOUT",
        QT_TRANSLATE_NOOP("LauncherVariables",
            "Ends a run that has printed nothing for this long. Default 7m. Written as 90s, 7m, 1h10m.")},
    {"SPACELIFT_LAUNCHER_RUN_INITIALIZATION_POLICY",
        QT_TRANSLATE_NOOP("LauncherVariables",
            "Path of a policy that judges each run before it starts. The launcher does not start with a broken one.")},
    {"SPACELIFT_LAUNCHER_RUN_TIMEOUT",
        QT_TRANSLATE_NOOP(
            "LauncherVariables", "The longest that a run may take. Default 70m. Written as 90s, 7m, 1h10m.")},
    {"SPACELIFT_MASK_ENVS",
        QT_TRANSLATE_NOOP("LauncherVariables", "Names of variables, with commas between, whose values logs hide.")},
    {"SPACELIFT_METADATA_",
        QT_TRANSLATE_NOOP("LauncherVariables", "A tag of the worker that Spacelift shows; its name follows.")},
    {"SPACELIFT_POOL_PRIVATE_KEY",
        QT_TRANSLATE_NOOP("LauncherVariables", "The pool's private key: base64 of the PEM file. From a Secret.")},
    {"SPACELIFT_PRIVATEVCS_MAPPING_BASE_ENDPOINT_",
        QT_TRANSLATE_NOOP("LauncherVariables", "Address of a private version control system; its number follows.")},
    {"SPACELIFT_PRIVATEVCS_MAPPING_NAME_",
        QT_TRANSLATE_NOOP("LauncherVariables", "Name of a private version control system; its number follows.")},
    {"SPACELIFT_RUN_LOGS_ON_STANDARD_OUTPUT_ENABLED",
        QT_TRANSLATE_NOOP(
            "LauncherVariables", "Writes the logs of runs to the log of the launcher, too. true or false.")},
    {"SPACELIFT_SENSITIVE_OUTPUT_UPLOAD_ENABLED",
        QT_TRANSLATE_NOOP(
            "LauncherVariables", "Uploads sensitive outputs; stacks that depend on them need it. true or false.")},
    {"SPACELIFT_TOKEN", QT_TRANSLATE_NOOP("LauncherVariables", "The pool's token. From a Secret.")},
    {"SPACELIFT_WHITELIST_ENVS",
        QT_TRANSLATE_NOOP("LauncherVariables",
            "Names of variables, with commas between, that runs get from the launcher. ro_ or wo_ before a name: only "
            "runs that read or that write.")},
    {"SPACELIFT_WORKER_COMMS_PROTOCOL",
        QT_TRANSLATE_NOOP("LauncherVariables", "How the launcher talks to Spacelift: poll or mqtt.")},
    {"SPACELIFT_WORKER_COMMS_URL",
        QT_TRANSLATE_NOOP("LauncherVariables", "Where the launcher polls, for example https://app.spacelift.io.")},
    {"SPACELIFT_WORKER_EXTRA_MOUNTS",
        QT_TRANSLATE_NOOP("LauncherVariables",
            "Mounts of all runs, /from:/to with commas between. /from is a path in the dind container.")},
    {"SPACELIFT_WORKER_NETWORK",
        QT_TRANSLATE_NOOP(
            "LauncherVariables", "Docker network of runs. Default bridge; host is the network of the pod.")},
    {"SPACELIFT_WORKER_RO_EXTRA_MOUNTS",
        QT_TRANSLATE_NOOP("LauncherVariables", "Mounts of runs that only read, /from:/to with commas between.")},
    {"SPACELIFT_WORKER_RUNTIME", QT_TRANSLATE_NOOP("LauncherVariables", "Docker runtime of runs.")},
    {"SPACELIFT_WORKER_WO_EXTRA_MOUNTS",
        QT_TRANSLATE_NOOP("LauncherVariables", "Mounts of runs that write, /from:/to with commas between.")},
};

} // namespace

const QVector<LauncherVariable> &launcherVariables()
{
    static const QVector<LauncherVariable> all = [] {
        QVector<LauncherVariable> list;
        for (const Known &variable : known)
            list.append({QString::fromLatin1(variable.name),
                QCoreApplication::translate("LauncherVariables", variable.meaning)});
        return list;
    }();
    return all;
}

QString meaningOfVariable(const QString &name)
{
    const auto &all = launcherVariables();
    const auto found = std::find_if(all.begin(), all.end(), [&name](const LauncherVariable &variable) {
        return variable.name.endsWith(u'_') ? name.startsWith(variable.name) : name == variable.name;
    });
    return found == all.end() ? QString() : found->meaning;
}

} // namespace pk::gui
