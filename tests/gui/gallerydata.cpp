// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/gallery.h"

#include <cmath>

using namespace Qt::StringLiterals;
using namespace pk::gui;

namespace gallery {

CellModel::CellModel(const QStringList &heads, const QVector<QVector<Cell>> &rows, QObject *parent) :
    QAbstractTableModel(parent), m_heads(heads), m_rows(rows)
{
}

int CellModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int CellModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_heads.size());
}

QVariant CellModel::data(const QModelIndex &index, int role) const
{
    const Cell &cell = m_rows[index.row()][index.column()];
    if (role == CellRole)
        return QVariant::fromValue(cell);
    if (role == Qt::AccessibleTextRole)
        return cell.plainText();
    return {};
}

QVariant CellModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole)
        return m_heads[section];
    if (role == Qt::TextAlignmentRole && !m_rows.isEmpty() && m_rows[0][section].right)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVector<QVector<Cell>> workerRows()
{
    struct Row
    {
        WorkerState state;
        const char *name, *word, *pod, *node, *volume, *left, *age, *image, *eviction, *cause;
        double used;
        Tone tone;
    };
    const Row rows[] = {
        {WorkerState::Ready, "Worker 0", "Ready, busy", "prod-eu-spacelift-worker-0", "runners-a-4kq7",
            "Volume 22.1 GiB", "28.5 GiB left", "5h24m", "b770e1d", "11 Nov", "Node inodes", 0.61, Tone::Neutral},
        {WorkerState::Ready, "Worker 1", "Ready, busy", "prod-eu-spacelift-worker-1", "runners-a-9tzx",
            "Volume 41.7 GiB", "3.8 GiB left, 25 min", "5h25m", "b770e1d", "Friday", "Pod limit", 0.86, Tone::Warning},
        {WorkerState::Ready, "Worker 2", "Ready, idle", "prod-eu-spacelift-worker-2", "runners-b-m2vd",
            "Volume 14.9 GiB", "42.3 GiB left", "4h10m", "9f3c21a", "Today, 10:01", "Node disk", 0.47, Tone::Neutral},
        {WorkerState::Evicted, "Worker 3", "Evicted 2 min ago", "prod-eu-spacelift-worker-3", "Pending, no node fits",
            "", "", "2m3s", "", "2 min ago", "Node disk", -1, Tone::Neutral},
        {WorkerState::Ready, "Worker 4", "Ready, busy", "prod-eu-spacelift-worker-4", "runners-a-4kq7",
            "Volume 17.6 GiB", "28.5 GiB left", "5h29m", "9f3c21a", "9 Nov", "Node disk", 0.61, Tone::Neutral},
    };
    QVector<QVector<Cell>> result;
    for (const Row &row : rows) {
        const auto text = [](const char *words) { return QString::fromUtf8(words); };
        const bool evicted = row.state == WorkerState::Evicted;
        DiskBarData bar;
        if (evicted) {
            bar.placeholder = u"No volume before the pod has a node"_s;
        } else {
            bar.used = row.used;
            bar.threshold = 0.9;
            bar.tone = row.tone;
            bar.left = text(row.volume);
            bar.right = text(row.left);
            bar.rightTone = row.tone == Tone::Neutral ? Tone::Muted : row.tone;
        }
        const Glyph square = glyph(evicted ? ContainerState::Waiting : ContainerState::Running);
        Cell pod = Cell::mono(text(row.pod), text(row.node));
        pod.secondTone = evicted ? Tone::Warning : Tone::Muted;
        Cell image = Cell::mono(text(row.image), text(row.image) == u"b770e1d"_s ? u"Older image"_s : QString());
        image.secondTone = Tone::Warning;
        Cell name =
            Cell::withGlyph(glyph(row.state), text(row.name), text(row.word), evicted ? Tone::Bad : Tone::Muted);
        name.leadingSize = 18;
        result.append({name, pod, Cell::ofSquares({square, square}, {u"launcher: Running"_s, u"dind: Running"_s}),
            Cell::number(u"0"_s), Cell::ofBar(bar), Cell::number(text(row.age)),
            evicted ? Cell::muted(u"None yet"_s) : image, Cell::twoLines(text(row.eviction), text(row.cause))});
    }
    return result;
}

QVector<QVector<Cell>> denseRows()
{
    QVector<QVector<Cell>> result;
    for (int i = 0; i < 8; ++i) {
        const bool failing = i == 0;
        DiskBarData bar;
        bar.oneLine = true;
        bar.used = failing ? 0.4 : 0.9 - i * 0.05;
        bar.threshold = 0.9;
        bar.tone = !failing && i < 3 ? Tone::Warning : Tone::Neutral;
        bar.right = u"%1 GiB left"_s.arg(3.8 * (i + 1));
        Cell name = Cell::withGlyph(glyph(failing   ? WorkerState::Failing
                                            : i < 3 ? WorkerState::NearEviction
                                                    : WorkerState::Ready),
            QString::number(188 - i * 13));
        name.leadingSize = 14;
        Cell state = Cell::plain(failing ? u"Image cannot be pulled"_s
                : i < 3                  ? u"Full in about 11 min"_s
                                         : u"Ready, idle"_s,
            failing     ? Tone::Bad
                : i < 3 ? Tone::Warning
                        : Tone::Neutral);
        Cell chip =
            Cell::ofChip({i % 2 ? u"edited"_s : u"default"_s, i % 2 ? Tone::Edited : Tone::Neutral, {}, i % 2 == 0});
        result.append({Cell::check(i % 3 == 0), name, state, Cell::mono(u"runners-d-2lkf"_s),
            Cell::ofSquares(
                {glyph(failing ? ContainerState::Failed : ContainerState::Running), glyph(ContainerState::Running)},
                {}),
            Cell::number(QString::number(i)), Cell::ofBar(bar), chip});
        if (i == 6) {
            for (Cell &cell : result.last())
                cell.stale = true;
        }
    }
    return result;
}

QVector<QPointF> series(double from, double to, double first, double last, double dip)
{
    QVector<QPointF> points;
    for (int i = 0; i <= 60; ++i) {
        const double share = i / 60.0;
        double use = first + (last - first) * share + 0.006 * std::sin(i * 1.3);
        if (dip > 0 && share > dip)
            use = std::max(0.35, use - (share - dip) * 3);
        points.append({from + (to - from) * share, use});
    }
    return points;
}

TimeLineData timeLine()
{
    constexpr double end = 1764945000, hour = 3600;
    TimeLineData data;
    data.from = end - 6 * hour;
    data.to = end + 400;
    data.now = end + 180;
    data.nodes = {
        {u"runners-b-x8wn"_s, series(data.from, data.now, 0.55, 0.95, 0.97), 0.9, Tone::Bad, {{end - 1100, end + 100}},
            u"72 %"_s, Tone::Neutral},
        {u"runners-a-9tzx"_s, series(data.from, data.now, 0.5, 0.87), 0.9, Tone::Warning, {}, u"86 %"_s, Tone::Warning},
        {u"runners-a-4kq7"_s, series(data.from, data.now, 0.5, 0.6), 0.9, Tone::Info, {}, u"61 %"_s, Tone::Neutral},
        {u"runners-b-m2vd"_s, series(data.from, data.now, 0.7, 0.9, 0.3), 0.9, Tone::Info, {{end - 17000, end - 15000}},
            u"47 %"_s, Tone::Neutral},
    };
    using Phase = TimeLineData::Phase;
    for (int i = 0; i < 5; ++i) {
        TimeLineData::WorkerLane lane{u"Worker %1"_s.arg(i), {}};
        lane.spans << TimeLineData::WorkerSpan{{data.from, end - 19800}, Phase::Ready}
                   << TimeLineData::WorkerSpan{{end - 19800, end - 19650}, Phase::Starting};
        if (i == 2)
            lane.spans << TimeLineData::WorkerSpan{{end - 19650, end - 16600}, Phase::Ready}
                       << TimeLineData::WorkerSpan{{end - 16200, end - 15300}, Phase::Waiting}
                       << TimeLineData::WorkerSpan{{end - 15300, end - 15000}, Phase::Starting}
                       << TimeLineData::WorkerSpan{{end - 15000, data.now}, Phase::Ready};
        else if (i == 3)
            lane.spans << TimeLineData::WorkerSpan{{end - 19650, end - 700}, Phase::Ready}
                       << TimeLineData::WorkerSpan{{end - 300, data.now}, Phase::Waiting};
        else
            lane.spans << TimeLineData::WorkerSpan{{end - 19650, data.now}, Phase::Ready};
        data.workers << lane;
    }
    const Glyph evicted = glyph(WorkerState::Evicted);
    data.marks = {{0, false, end - 600, evicted, 9, {}}, {3, false, end - 16400, evicted, 8, {}},
        {2, true, end - 16400, evicted, 8, {}}, {3, true, end - 600, evicted, 9, {}},
        {4, true, end - 8200, {GlyphShape::Loop, Tone::Info}, -1, {}}};
    data.upgrades = {{end - 19800, u"Revision 14"_s}};
    return data;
}

QVector<DiffLine> diffLines()
{
    QVector<DiffLine> lines;
    int before = 1, after = 1;
    const auto add = [&](char sign, const char *text) {
        DiffLine line;
        line.text = text;
        line.kind = sign == '+' ? DiffLine::Kind::Added : sign == '-' ? DiffLine::Kind::Removed : DiffLine::Kind::Same;
        line.oldNumber = sign == '+' ? 0 : before++;
        line.newNumber = sign == '-' ? 0 : after++;
        lines.append(line);
    };
    const auto same = [&](int count) {
        for (int i = 0; i < count; ++i)
            add(' ', "  hidden: line");
    };
    same(9);
    add(' ', "spec:");
    add('-', "  replicas: 5");
    add('+', "  replicas: 6");
    add(' ', "  serviceName: \"prod-eu-spacelift-worker\"");
    same(24);
    add(' ', "            - name: SPACELIFT_LAUNCHER_RUN_TIMEOUT");
    add(' ', "              value: 70m");
    add('+', "            - name: SPACELIFT_DEBUG");
    add('+', "              value: true");
    add(' ', "          resources:");
    add(' ', "            requests:");
    same(41);
    add(' ', "      volumes:");
    add(' ', "        - name: launcher-storage");
    for (const char *line : {"          emptyDir: {}"})
        add('-', line);
    for (const char *line : {"          ephemeral:", "            volumeClaimTemplate:", "              spec:",
             "                accessModes:", "                  - ReadWriteOnce",
             "                resources:", "                  requests:", "                    storage: 100Gi",
             "                storageClassName: gp3"})
        add('+', line);
    return lines;
}

QByteArray valuesText()
{
    return "# Pool for the EU production stacks.\n# One worker runs one run at a time.\nuseStatefulSet: true\n"
           "replicaCount: 6   # one more for spring\n\n# 70 min run timeout plus the preStop hooks.\n"
           "terminationGracePeriodSeconds: 30\n\ncredentials:\n  create: false\n\nlauncher:\n  extraEnv:\n"
           "    - name: SPACELIFT_TOKEN\n      valueFrom:\n        secretKeyRef:\n          name: prod-eu-credentials\n"
           "          key: token\n    - name: SPACELIFT_POOL_PRIVATE_KEY\n      valueFrom:\n        secretKeyRef:\n"
           "          name: prod-eu-credentials\n          key: privateKey\n    - name: "
           "SPACELIFT_LAUNCHER_RUN_TIMEOUT\n"
           "      value: 70m\n    - name: SPACELIFT_DEBUG\n      value: true\n  nodeSelector: &pool\n"
           "    poolkeeper: \"yes\"\n    text: |\n      block\n  tolerations: []\n";
}

} // namespace gallery
