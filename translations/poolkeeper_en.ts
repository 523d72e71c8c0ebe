<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>FormGroup</name>
    <message numerus="yes">
        <source>%n edited</source>
        <translation>
            <numerusform>%n edited</numerusform>
            <numerusform>%n edited</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupNote</name>
    <message numerus="yes">
        <source>%n variable(s)</source>
        <translation>
            <numerusform>%n variable</numerusform>
            <numerusform>%n variables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worker(s)</source>
        <translation>
            <numerusform>%n worker</numerusform>
            <numerusform>%n workers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ObjectList</name>
    <message numerus="yes">
        <source>%n line(s) differ with each rendering</source>
        <translation>
            <numerusform>%n line differs with each rendering</numerusform>
            <numerusform>%n lines differ with each rendering</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pk::gui::DiffView</name>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pk::gui::EnvironmentEditor</name>
    <message numerus="yes">
        <source>%n variable(s), %1 built in hidden</source>
        <translation>
            <numerusform>%n variable, %1 built in hidden</numerusform>
            <numerusform>%n variables, %1 built in hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n variable(s)</source>
        <translation>
            <numerusform>%n variable</numerusform>
            <numerusform>%n variables</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pk::gui::MainWindow</name>
    <message numerus="yes">
        <source>%n draft(s) could not be read and were put aside.</source>
        <translation>
            <numerusform>%n draft could not be read and was put aside.</numerusform>
            <numerusform>%n drafts could not be read and were put aside.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pk::gui::ProblemStrip</name>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hint(s)</source>
        <translation>
            <numerusform>%n hint</numerusform>
            <numerusform>%n hints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, and %n more</source>
        <translation>
            <numerusform>%1, and %n more</numerusform>
            <numerusform>%1, and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pk::gui::ReleaseFlow</name>
    <message numerus="yes">
        <source>%n edit(s). Nothing has been sent yet.</source>
        <translation>
            <numerusform>%n edit. Nothing has been sent yet.</numerusform>
            <numerusform>%n edits. Nothing has been sent yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Server dry run of %n object(s)</source>
        <translation>
            <numerusform>Server dry run of %n object</numerusform>
            <numerusform>Server dry run of %n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) in values</source>
        <translation>
            <numerusform>%n error in values</numerusform>
            <numerusform>%n errors in values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pk::gui::UninstallFacts</name>
    <message numerus="yes">
        <source>%n claim(s)</source>
        <translation>
            <numerusform>%n claim</numerusform>
            <numerusform>%n claims</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worker(s)</source>
        <translation>
            <numerusform>%n worker</numerusform>
            <numerusform>%n workers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n revision(s); a rollback is no longer possible</source>
        <translation>
            <numerusform>%n revision; a rollback is no longer possible</numerusform>
            <numerusform>%n revisions; a rollback is no longer possible</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pk::gui::ValuesFiles</name>
    <message numerus="yes">
        <source>%n value(s) added. Ctrl+Z takes them back.</source>
        <translation>
            <numerusform>%n value added. Ctrl+Z takes it back.</numerusform>
            <numerusform>%n values added. Ctrl+Z takes them back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pk::gui::ValuesHead</name>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>%n edit</numerusform>
            <numerusform>%n edits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pk::gui::WorkerPanel</name>
    <message numerus="yes">
        <source>%n restart(s)</source>
        <translation>
            <numerusform>%n restart</numerusform>
            <numerusform>%n restarts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>texts</name>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
</TS>
