#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that every line of the bundled chart's templates is held by a value file.

Deletes each line of each template in turn, renders the chart with every value file, and expects at least one output to
change. A line that nobody misses is either dead or untested.

usage: templatelines.py RENDERER CHART VALUES_FOLDER
RENDERER is a program that takes helm's "template" arguments: helm itself, or poolkeeper.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile


def render(renderer, chart, values):
    """What a person would see: exit code, manifests and NOTES, errors."""
    command = [renderer, "template", "release", str(chart), "-n", "ns", "-f", str(values)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def render_notes(renderer, chart, values):
    """NOTES.txt is not printed by "template", so it is rendered under the name of a manifest."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "spacelift-worker"
        shutil.copytree(chart, copy)
        notes = (copy / "templates" / "NOTES.txt").read_text()
        for template in (copy / "templates").glob("*.yaml"):
            template.unlink()
        text = '{{- define "notes" -}}\n' + notes + '{{- end -}}\nnotes: {{ include "notes" . | toJson }}\n'
        (copy / "templates" / "notes.yaml").write_text(text)
        return render(renderer, copy, values)


def is_comment(lines, index):
    """Inside a template comment, or a YAML comment: words, not behaviour."""
    text = "".join(lines[: index + 1])
    inside = text.rfind("{{/*") > text.rfind("*/}}") or "*/}}" in lines[index] and "define" not in lines[index]
    return inside or not lines[index].strip()


def main():
    renderer, chart, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    values = sorted(folder.glob("*.yaml"))
    templates = sorted((chart / "templates").iterdir())
    expected = {}
    for draw in (render, render_notes):
        expected[draw] = [draw(renderer, chart, value) for value in values]
    deleted, unmissed = 0, []
    with tempfile.TemporaryDirectory() as scratch:
        copy = pathlib.Path(scratch) / "spacelift-worker"
        shutil.copytree(chart, copy)
        for template in templates:
            draw = render_notes if template.name == "NOTES.txt" else render
            lines = template.read_text().splitlines(keepends=True)
            for index, line in enumerate(lines):
                if is_comment(lines, index):
                    continue
                (copy / "templates" / template.name).write_text("".join(lines[:index] + lines[index + 1 :]))
                deleted += 1
                missed = any(draw(renderer, copy, value) != want for value, want in zip(values, expected[draw]))
                if not missed:
                    unmissed.append(f"{template.name}:{index + 1}: {line.strip()}")
            (copy / "templates" / template.name).write_text("".join(lines))
    for place in unmissed:
        print(f"nobody misses {place}")
    print(f"{deleted} lines deleted one at a time, {len(unmissed)} not missed by {len(values)} value files")
    return 1 if unmissed or deleted == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
