#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a real helm's answers into the tables of tests/data/template/functions.

usage: record.py HELM TABLE...

A table has lines of EXPRESSION TAB ANSWER; this asks HELM for all expressions again and replaces the answers. An answer
is the type of the result and the printed result as JSON, or "error: " and what follows "error calling NAME: ".
Expressions that the engine itself refuses (wrong type of an argument) are none of the functions' business: they are
named on stderr and dropped."""
import pathlib
import re
import subprocess
import sys
import tempfile


def render(helm, chart, lines):
    text = "".join(f"# @@{number} {{{{ $x := {expression} }}}}{{{{ typeOf $x }}}} {{{{ print $x | toRawJson }}}}\n"
                   if expression is not None else "#\n"
                   for number, expression in enumerate(lines))
    (chart / "templates" / "a.yaml").write_text(text + "a: b\n", encoding="utf-8")
    return subprocess.run([helm, "template", "r", str(chart)], capture_output=True, encoding="utf-8", errors="replace", check=False)


def record(helm, table, values):
    expressions = [line.split("\t")[0] for line in table.read_text(encoding="utf-8").splitlines() if line]
    answers = {}
    with tempfile.TemporaryDirectory() as folder:
        chart = pathlib.Path(folder) / "fx"
        (chart / "templates").mkdir(parents=True)
        (chart / "Chart.yaml").write_text("apiVersion: v2\nname: fx\nversion: 0.1.0\n")
        (chart / "values.yaml").write_text(values)
        left = list(expressions)
        while True:
            result = render(helm, chart, left)
            if result.returncode == 0:
                break
            place = re.search(r"a\.yaml:(\d+)", result.stderr)
            if not place:
                sys.exit(result.stderr)
            number = int(place.group(1)) - 1
            cause = re.search(r"error calling \w+: (.*)", result.stderr, re.S)
            if cause:
                text = cause.group(1).split("\n\nUse --debug flag")[0]
                answers[number] = "error: " + text.rstrip("\n").replace("\n", "\\n")
            else:
                print(f"{table.name}: dropped: {expressions[number]}: {result.stderr.strip()}", file=sys.stderr)
            left[number] = None
        for line in result.stdout.splitlines():
            found = re.match(r"# @@(\d+) (.*)", line)
            if found:
                answers[int(found.group(1))] = found.group(2)
    table.write_text("".join(f"{expressions[number]}\t{answers[number]}\n" for number in sorted(answers)), encoding="utf-8")
    return len(answers)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    for name in sys.argv[2:]:
        path = pathlib.Path(name)
        print(path.name, record(sys.argv[1], path, (path.parent / "values.yaml").read_text()))
