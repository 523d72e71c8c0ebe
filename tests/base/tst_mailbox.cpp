// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mailbox.h"

#include <QtTest>

#include <condition_variable>
#include <thread>

using namespace pk;

class TestMailbox : public QObject
{
    Q_OBJECT

private slots:
    void ringsOncePerFilling();
    void takesNothingWhenClosed();
    void keepsTheOrderOfEachSender();
};

void TestMailbox::ringsOncePerFilling()
{
    int rings = 0;
    Mailbox<int> box([&] { ++rings; });
    QVERIFY(box.send(1));
    QVERIFY(box.send(2));
    QCOMPARE(rings, 1);
    QCOMPARE(box.takeAll(), (std::vector<int>{1, 2}));
    QVERIFY(box.takeAll().empty());
    QVERIFY(box.send(3));
    QCOMPARE(rings, 2);
}

void TestMailbox::takesNothingWhenClosed()
{
    int rings = 0;
    Mailbox<int> box([&] { ++rings; });
    box.send(1);
    box.close();
    QVERIFY(!box.send(2));
    QVERIFY(box.takeAll().empty());
    QCOMPARE(rings, 1);
}

void TestMailbox::keepsTheOrderOfEachSender()
{
    constexpr int count = 20000;
    std::mutex mutex;
    std::condition_variable bell;
    bool rung = false;
    Mailbox<std::pair<int, int>> box([&] {
        const std::lock_guard lock(mutex);
        rung = true;
        bell.notify_one();
    });
    const auto sendAll = [&](int sender) {
        for (int i = 0; i < count; ++i)
            box.send({sender, i});
    };
    std::thread first(sendAll, 0);
    std::thread second(sendAll, 1);
    int next[2] = {0, 0};
    bool ordered = true;
    while (next[0] + next[1] < 2 * count) {
        {
            std::unique_lock lock(mutex);
            if (!bell.wait_for(lock, std::chrono::seconds(20), [&] { return rung; }))
                break; // a lost bell
            rung = false;
        }
        for (const auto &[sender, number] : box.takeAll())
            ordered = ordered && number == next[sender]++;
    }
    first.join();
    second.join();
    QVERIFY(ordered);
    QCOMPARE(next[0] + next[1], 2 * count);
}

QTEST_APPLESS_MAIN(TestMailbox)
#include "tst_mailbox.moc"
