// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/apierror.h"
#include "kube/retry.h"

#include <QTest>

using namespace pk;
using namespace pk::kube;

namespace {
QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}
} // namespace

class TestApiError : public QObject
{
    Q_OBJECT

private slots:
    void meaning_data();
    void meaning();
    void conflictOfManagers();
    void otherBodies_data();
    void otherBodies();
    void retries_data();
    void retries();
};

void TestApiError::meaning_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *name, int status, const char *fields, const char *code, const char *id) {
        QTest::newRow(name) << status << QByteArray(fields) << QString::fromUtf8(code) << QString::fromUtf8(id);
    };
    const auto denied = nameOf(Error::Code::Denied), invalid = nameOf(Error::Code::InvalidInput),
               unavailable = nameOf(Error::Code::Unavailable), conflict = nameOf(Error::Code::Conflict);
    row("unauthorized", 401, R"("reason":"Unauthorized","message":"Unauthorized")", denied, "kube.unauthorized");
    row("forbidden", 403, R"("reason":"Forbidden","message":"pods is forbidden: User \"jo\" cannot list")", denied,
        "kube.forbidden");
    row("anonymous", 403, R"("reason":"Forbidden","message":"forbidden: User \"system:anonymous\" cannot get path")",
        denied, "kube.anonymous");
    row("not found", 404, R"("reason":"NotFound","message":"pods \"x\" not found")", nameOf(Error::Code::NotFound),
        "kube.not-found");
    row("already exists", 409, R"("reason":"AlreadyExists","message":"x")", nameOf(Error::Code::AlreadyExists),
        "kube.exists");
    row("modified meanwhile", 409, R"("reason":"Conflict","message":"the object has been modified")", conflict,
        "kube.conflict");
    row("expired", 410, R"-("reason":"Expired","message":"too old resource version: 1 (387)")-", conflict,
        "kube.expired");
    row("invalid", 422, R"("reason":"Invalid","message":"spec: Forbidden")", invalid, "kube.invalid");
    row("unknown field of an apply", 500,
        R"("message":"failed to create typed patch object (ns/x; apps/v1, Kind=StatefulSet): .spec.foo: field not declared in schema")",
        invalid, "kube.not-accepted");
    row("strict decoding", 400, R"("reason":"BadRequest","message":"strict decoding error: unknown field \"spec.x\"")",
        invalid, "kube.not-accepted");
    row("bad request", 400, R"("reason":"BadRequest","message":"a container name must be specified")", invalid,
        "kube.refused");
    row("too many", 429, R"("reason":"TooManyRequests","message":"slow down")", unavailable, "kube.busy");
    row("timeout", 504, R"("reason":"Timeout","message":"x")", nameOf(Error::Code::Timeout), "kube.timeout");
    row("internal", 500, R"("reason":"InternalError","message":"x")", unavailable, "kube.server");
    row("unavailable", 503, R"("reason":"ServiceUnavailable","message":"x")", unavailable, "kube.server");
}

void TestApiError::meaning()
{
    QFETCH(int, status);
    QFETCH(QByteArray, fields);
    QFETCH(QString, code);
    QFETCH(QString, id);
    const std::string body = (R"({"kind":"Status","apiVersion":"v1","status":"Failure",)" + fields + "}").toStdString();
    const Error error = toError(parseApiError(status, {{"Content-Type", "application/json"}}, body));
    QCOMPARE(QString::fromUtf8(nameOf(error.code)), code);
    QCOMPARE(text(error.id), id);
    QVERIFY(!error.message.empty());
}

void TestApiError::conflictOfManagers()
{
    const ApiError error = parseApiError(409, {{"Audit-Id", "abc"}},
        R"({"kind":"Status","reason":"Conflict","message":"Apply failed with 2 conflicts","details":{"causes":[)"
        R"({"reason":"FieldManagerConflict","message":"conflict with \"helm\" using apps/v1 at 2026-01-01T00:00:00Z","field":".spec.replicas"},)"
        R"({"reason":"FieldManagerConflict","message":"conflict with \"kubectl-edit\"","field":".data.k"}]},"code":409})");
    QVERIFY(error.isConflictOfManagers());
    QCOMPARE(error.causes.size(), std::size_t(2));
    QCOMPARE(text(error.causes[0].manager), u"helm"_qs);
    QCOMPARE(text(error.causes[0].field), u".spec.replicas"_qs);
    QCOMPARE(text(error.causes[1].manager), u"kubectl-edit"_qs);
    QCOMPARE(text(error.auditId), u"abc"_qs);
    QCOMPARE(text(toError(error).id), u"kube.field-conflict"_qs);
}

void TestApiError::otherBodies_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    QTest::newRow("text") << QByteArray("text/plain; charset=utf-8") << QByteArray("404 page not found\n")
                          << u"404 page not found\n"_qs;
    QTest::newRow("binary") << QByteArray("application/octet-stream") << QByteArray("\x01\x02")
                            << u"HTTP status 404"_qs;
    QTest::newRow("broken JSON") << QByteArray("application/json") << QByteArray("{\"kind\":\"Sta")
                                 << u"HTTP status 404"_qs;
    QTest::newRow("a kind of its own") << QByteArray("application/json") << QByteArray("{\"kind\":\"Pod\"}")
                                       << u"HTTP status 404"_qs;
    QTest::newRow("fields of wrong types")
        << QByteArray("application/json")
        << QByteArray(R"({"kind":"Status","message":7,"reason":[],"details":{"causes":{}}})") << u"HTTP status 404"_qs;
    QTest::newRow("escapes") << QByteArray("text/html") << QByteArray("\x1b[2Jgone") << u"gone"_qs;
}

void TestApiError::otherBodies()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, message);
    const ApiError error = parseApiError(404, {{"content-type", type.toStdString()}}, body.toStdString());
    QCOMPARE(text(error.message), message);
    QCOMPARE(text(toError(error).id), u"kube.not-found"_qs);
    QCOMPARE(parseApiError(400, {}, "Client sent an HTTP request to an HTTPS server.\n").message,
        std::string("Client sent an HTTP request to an HTTPS server.\n"));
    QVERIFY(parseApiError(500, {{"Content-Type", "text/plain"}}, std::string(100000, 'x')).message.size() < 2100);
}

void TestApiError::retries_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("retryAfter"); // -1: none
    QTest::addColumn<QString>("errorId");
    QTest::addColumn<int>("tries");
    QTest::addColumn<int>("delay"); // -1: no more tries
    QTest::newRow("429 with a time") << u"POST"_qs << 429 << 2 << QString() << 1 << 2000;
    QTest::newRow("429 without") << u"GET"_qs << 429 << -1 << QString() << 1 << -1;
    QTest::newRow("503 with a time") << u"PATCH"_qs << 503 << 1 << QString() << 2 << 1000;
    QTest::newRow("third try was the last") << u"GET"_qs << 503 << 1 << QString() << 3 << -1;
    QTest::newRow("too long for a person") << u"GET"_qs << 429 << 600 << QString() << 1 << -1;
    QTest::newRow("403 with a time") << u"GET"_qs << 403 << 1 << QString() << 1 << -1;
    QTest::newRow("GET on a lost connection") << u"GET"_qs << 0 << -1 << u"http.broken"_qs << 1 << 1000;
    QTest::newRow("POST on a lost connection") << u"POST"_qs << 0 << -1 << u"http.broken"_qs << 1 << -1;
    QTest::newRow("wrong certificate") << u"GET"_qs << 0 << -1 << u"http.certificate"_qs << 1 << -1;
}

void TestApiError::retries()
{
    QFETCH(QString, method);
    QFETCH(int, status);
    QFETCH(int, retryAfter);
    QFETCH(QString, errorId);
    QFETCH(int, tries);
    QFETCH(int, delay);
    FailedTry failed{.method = method.toStdString(), .tries = tries};
    failed.apiError.status = status;
    if (retryAfter >= 0)
        failed.apiError.retryAfterSeconds = retryAfter;
    failed.error.id = errorId.toStdString();
    const auto wait = retryDelay(failed, 0);
    QCOMPARE(wait ? int(wait->count()) : -1, delay);
    if (wait)
        QVERIFY(*retryDelay(failed, 0.99) > *wait);
    failed.apiError.message = "failed to create typed patch object (x)";
    QVERIFY(status != 503 || !retryDelay(failed, 0));
}

QTEST_GUILESS_MAIN(TestApiError)
#include "tst_apierror.moc"
