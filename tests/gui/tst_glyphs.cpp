// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/glyphs.h"
#include "widgets/icons.h"

#include <QPainter>
#include <QTest>
#include <QtMath>

using namespace pk::gui;

class TestGlyphs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void distinctInGrey_data();
    void distinctInGrey();
    void staysInItsSquare_data();
    void staysInItsSquare();
    void everyStateHasShapeAndWord();
    void openRingTurns();
    void aKeptPictureIsWhatIsDrawn_data();
    void aKeptPictureIsWhatIsDrawn();
    void iconsTakeColours();
    void unknownIconIsNull();
};

namespace {

constexpr auto lastShape = GlyphShape::InfoDisc;

/// One ink for all shapes: what is left when colour is taken away.
QImage grey(GlyphShape shape, int size, const QColor &ink, const QColor &paper, double turn = 0)
{
    QImage image(size, size, QImage::Format_RGB32);
    image.fill(paper);
    QPainter painter(&image);
    paintGlyph(&painter, QRectF(0, 0, size, size), shape, ink, paper, turn);
    painter.end();
    return image.convertToFormat(QImage::Format_Grayscale8);
}

/// Sum of differences over all pixels, in pixels that go from paper to ink (255).
double distance(const QImage &a, const QImage &b)
{
    double sum = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            sum += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y)));
    }
    return sum / 255;
}

} // namespace

void TestGlyphs::distinctInGrey_data()
{
    QTest::addColumn<int>("shape");
    for (int shape = 1; shape <= int(lastShape); ++shape)
        QTest::addRow("shape %d", shape) << shape;
}

void TestGlyphs::distinctInGrey()
{
    QFETCH(int, shape);
    for (int other = shape + 1; other <= int(lastShape); ++other) {
        const double apart = distance(
            grey(GlyphShape(shape), 12, Qt::black, Qt::white), grey(GlyphShape(other), 12, Qt::black, Qt::white));
        QVERIFY2(apart >= 6,
            qPrintable(QStringLiteral("shapes %1 and %2 differ by %3 pixels of 144").arg(shape).arg(other).arg(apart)));
    }
}

void TestGlyphs::staysInItsSquare_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {12, 14, 16, 20, 24})
        QTest::addRow("%d px", size) << size;
}

void TestGlyphs::staysInItsSquare()
{
    QFETCH(int, size);
    for (int shape = 1; shape <= int(lastShape); ++shape) {
        const int margin = 8;
        QImage image(size + 2 * margin, size + 2 * margin, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintGlyph(&painter, QRectF(margin, margin, size, size), GlyphShape(shape), Qt::black, Qt::white);
        painter.end();
        double outside = 0, inside = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const bool within = x >= margin && y >= margin && x < margin + size && y < margin + size;
                (within ? inside : outside) += (255 - qGray(image.pixel(x, y))) / 255.0;
            }
        }
        QVERIFY2(outside < 1.5, qPrintable(QStringLiteral("shape %1: %2 pixels outside").arg(shape).arg(outside)));
        QVERIFY2(inside > size * 0.5, qPrintable(QStringLiteral("shape %1 is nearly empty").arg(shape)));
    }
}

void TestGlyphs::everyStateHasShapeAndWord()
{
    const auto check = [](auto last) {
        using State = decltype(last);
        for (int i = 0; i <= int(last); ++i) {
            QVERIFY(!glyph(State(i)).isNull());
            QVERIFY(!stateWord(State(i)).isEmpty());
        }
    };
    check(WorkerState::Unknown);
    check(SpaceliftState::Drained);
    check(ContainerState::None);
    check(VolumeState::LeftOver);
    check(NodeState::Unknown);
    check(ReleaseState::Draft);
    check(ChangeState::Refused);
    check(Severity::Hint);
}

void TestGlyphs::openRingTurns()
{
    QVERIFY(distance(grey(GlyphShape::OpenRing, 20, Qt::black, Qt::white),
                grey(GlyphShape::OpenRing, 20, Qt::black, Qt::white, 90))
        > 5);
    QCOMPARE(distance(grey(GlyphShape::TickDisc, 20, Qt::black, Qt::white),
                 grey(GlyphShape::TickDisc, 20, Qt::black, Qt::white, 90)),
        0.0);
}

void TestGlyphs::aKeptPictureIsWhatIsDrawn_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<double>("ratio");
    for (const int size : {12, 14, 16, 24})
        for (const double ratio : {1.0, 1.25, 2.0})
            QTest::addRow("%d at %g", size, ratio) << size << ratio;
}

/// Tables paint a glyph from the picture that was made for the first row; a whole turn has it drawn instead.
void TestGlyphs::aKeptPictureIsWhatIsDrawn()
{
    QFETCH(int, size);
    QFETCH(double, ratio);
    const auto painted = [&](GlyphShape shape, double turn) {
        QImage image(qCeil((size + 7) * ratio), qCeil((size + 7) * ratio), QImage::Format_RGB32);
        image.setDevicePixelRatio(ratio);
        image.fill(QColor(0xf1, 0xf3, 0xf6));
        QPainter painter(&image);
        paintGlyph(&painter, QRectF(3, 4, size, size), shape, QColor(0xc0, 0x2b, 0x37), Qt::white, turn);
        painter.end();
        return image;
    };
    for (int shape = 1; shape <= int(lastShape); ++shape) {
        for (int again = 0; again < 2; ++again) {
            const QImage kept = painted(GlyphShape(shape), 0), drawn = painted(GlyphShape(shape), 360);
            int most = 0;
            for (int y = 0; y < kept.height(); ++y) {
                for (int x = 0; x < kept.width(); ++x) {
                    const QRgb a = kept.pixel(x, y), b = drawn.pixel(x, y);
                    most = std::max({most, std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)),
                        std::abs(qBlue(a) - qBlue(b))});
                }
            }
            // An edge on the border of a pixel may fall to either side; nobody sees an eighth of one.
            QVERIFY2(most <= 32, qPrintable(QStringLiteral("shape %1 differs by %2").arg(shape).arg(most)));
        }
    }
}

void TestGlyphs::iconsTakeColours()
{
    QVERIFY(icons::names().size() >= 40);
    for (const QString &name : icons::names()) {
        const QImage image = icons::pixmap(name, 16, QColor(255, 0, 0), 1).toImage();
        double red = 0, other = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor color = image.pixelColor(x, y);
                red += color.alphaF() * color.redF();
                other += color.alphaF() * (color.greenF() + color.blueF());
            }
        }
        QVERIFY2(red > 3, qPrintable(name));
        QVERIFY2(other < 0.5, qPrintable(name));
    }
}

void TestGlyphs::unknownIconIsNull()
{
    QVERIFY(icons::pixmap(QStringLiteral("no such icon"), 16, Qt::black, 1).isNull());
}

QTEST_MAIN(TestGlyphs)
#include "tst_glyphs.moc"
