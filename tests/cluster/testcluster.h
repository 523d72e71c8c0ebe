// SPDX-License-Identifier: GPL-3.0-or-later

/// What tests with the label "cluster" use: the shared cluster that ctest started, the real kubectl and helms, and a
/// namespace of their own. `./dev test` sets the environment; without it PK_NEEDS_CLUSTER() skips the whole program.
#pragma once

#include <QFileInfo>
#include <QList>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

/// First line of initTestCase(): skips all when no cluster runs.
#define PK_NEEDS_CLUSTER()                                                                                             \
    do {                                                                                                               \
        if (!QFileInfo::exists(qEnvironmentVariable("KUBECONFIG")) || qEnvironmentVariableIsEmpty("PK_KUBECTL"))       \
            QSKIP("LEFT OUT: no test cluster; ./dev test starts one");                                                 \
    } while (false)

namespace pk::test {

/// What a program answered.
struct Answer
{
    int exitCode = -1; ///< -1: it could not be started, or took longer than a minute
    QByteArray out;
    QByteArray errors;
};

/// Arguments of a program as UTF-8, so that literals need no decoration.
using Arguments = QList<QByteArray>;

/// Runs the program that an environment variable names and waits for it.
inline Answer runNamed(const char *variable, const Arguments &arguments, const QByteArray &input = {})
{
    QStringList list;
    for (const QByteArray &argument : arguments)
        list.append(QString::fromUtf8(argument));
    QProcess process;
    process.start(qEnvironmentVariable(variable), list);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {-1, process.readAllStandardOutput(), process.readAllStandardError() + process.errorString().toUtf8()};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

/// The real kubectl, as admin; @p input is for `-f -`.
inline Answer kubectl(const Arguments &arguments, const QByteArray &input = {})
{
    return runNamed("PK_KUBECTL", arguments, input);
}

/// The real helm of generation 4 or 3.
inline Answer helm(int generation, const Arguments &arguments)
{
    return runNamed(generation == 3 ? "PK_HELM3" : "PK_HELM4", arguments);
}

/// tests/cluster/cluster, for example {"pressure", node, "on"}.
inline Answer cluster(const Arguments &arguments)
{
    return runNamed("PK_CLUSTER", arguments);
}

/// A namespace that lasts as long as this object. Its removal is asked for, not waited for.
class OwnNamespace
{
public:
    OwnNamespace() : m_name("test-" + QByteArray::number(QRandomGenerator::global()->generate(), 16))
    {
        m_made = kubectl({"create", "namespace", m_name}).exitCode == 0;
    }
    ~OwnNamespace() { kubectl({"delete", "namespace", m_name, "--wait=false"}); }
    Q_DISABLE_COPY_MOVE(OwnNamespace)

    const QByteArray &name() const { return m_name; }
    bool isMade() const { return m_made; }

private:
    QByteArray m_name;
    bool m_made = false;
};

} // namespace pk::test
