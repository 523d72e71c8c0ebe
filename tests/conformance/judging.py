# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs helm and poolkeeper on the same arguments and says how their answers differ. Shared by compare and mutate."""

import difflib
import hashlib
import json
import os
import pathlib
import re
import resource
import subprocess
import time

LEVELS = {"4.3": "PK_HELM4", "4.1": "PK_HELM41", "3": "PK_HELM3"}

# Verdicts in which nobody can see a difference; the others are in capitals, but for "random": helm's answer changes its
# number of lines from run to run, or it ends without an answer (no memory, no end), so that there is nothing to compare with.
GOOD = ("equal", "equal, random lines masked", "same failure", "random", "no answer")


def charts_below(folder):
    """Folders with a Chart.yaml that are in no other chart, sorted."""
    found = []
    for path, folders, files in os.walk(folder):
        if "Chart.yaml" in files:
            found.append(pathlib.Path(path))
            folders[:] = []
        folders.sort()
    return sorted(found)


def run(command, limit=60, memory=4 << 30):
    """(exit code, stdout, stderr) of a program without a home, a cluster and a time zone, and with bounds."""
    environment = dict(os.environ, HOME="/nonexistent", TZ="UTC", GOGC="off", GOMAXPROCS="1")  # half the CPU time
    environment.pop("KUBECONFIG", None)
    try:
        done = subprocess.run(command, capture_output=True, timeout=limit, env=environment, check=False,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)))
    except subprocess.TimeoutExpired:
        return 124, b"", b"Error: timeout"
    return done.returncode, done.stdout, done.stderr


class Helm:
    """A real helm whose answers may be kept in a folder: over a corpus that does not change, only ours runs again."""

    def __init__(self, level, cache=None):
        self.program = os.environ[LEVELS[level]]
        self.cache = pathlib.Path(cache) / level if cache else None
        if self.cache:
            self.cache.mkdir(parents=True, exist_ok=True)

    def answer(self, arguments, turn=0):
        """What helm says, the first (0), second (1) or third (2) time that it is asked."""
        if not self.cache:
            return run([self.program, *arguments])
        key = hashlib.sha256(json.dumps([self.program, arguments, turn]).encode()).hexdigest()
        base = self.cache / key
        if base.exists():
            return int(base.read_text()), base.with_suffix(".out").read_bytes(), base.with_suffix(".err").read_bytes()
        code, out, err = run([self.program, *arguments])
        base.with_suffix(".out").write_bytes(out)
        base.with_suffix(".err").write_bytes(err)
        base.write_text(str(code))
        return code, out, err


def error_text(stderr):
    """What stands behind `Error: `, without log lines and without our line with the place."""
    text = stderr.decode("utf-8", "replace")
    at = text.find("Error: ")
    if at < 0:
        return text
    text = text[at:]
    return re.split(r"\nat [^\n]*:\d+:\d+\n", text)[0].rstrip("\n")


PEM = rb"(-----BEGIN [A-Z ]+-----)([A-Za-z0-9+/=\s]+)(?=-----END)"


def equal_but_random(first, second, ours):
    """Whether ours differs from helm's first run only in lines that helm itself cannot repeat; None: no such shape.

    Of such a line, what stands before the first changing word must still be ours. A PEM block counts as one line: the
    length of a random number decides how its text is broken.
    """
    a, b, c = (re.sub(PEM, lambda block: block[1] + re.sub(rb"\s+", b"", block[2]), text).split(b"\n")
               for text in (first, second, ours))
    if len(a) != len(b):
        return None
    if len(a) != len(c):
        return False
    for x, y, z in zip(a, b, c):
        stable = re.sub(rb"[0-9A-Za-z+/=]*$", b"", os.path.commonprefix([x, y]))
        if x != z and (x == y or not z.startswith(stable)):
            return False
    return True


def sorted_failures(text):
    """Schema failures come in any order: compared as a set of lines."""
    return sorted(text.split("\n")) if "meet the specifications" in text else text


def same_failure(first, again, ours):
    """Whether ours are helm's words; where helm cannot repeat them (the keys of a map), in any order."""
    first, again, ours = (error_text(answer[2]) for answer in (first, again, ours))
    if sorted_failures(first) != sorted_failures(again):
        first, again, ours = (sorted(re.split(r"[\s,]+", text)) for text in (first, again, ours))
        return ours in (first, again)
    return sorted_failures(ours) == sorted_failures(first)


def judge(helm, again, ours):
    """The verdict on our answer, given two of helm's."""
    if helm[0] not in (0, 1):
        return "no answer"
    if helm[0] == 0 and ours[0] == 0:
        if helm[1] == ours[1]:
            return "equal"
        if helm[1] != again[1]:
            same = equal_but_random(helm[1], again[1], ours[1])
            return "random" if same is None else "equal, random lines masked" if same else "DIFFERS"
        return "DIFFERS"
    if helm[0] != 0 and ours[0] != 0:
        return "same failure" if same_failure(helm, again, ours) else "FAILS IN OTHER WORDS"
    return "FAILS ALONE" if ours[0] != 0 else "HELM FAILS ALONE"


def difference(helm, ours):
    """The first lines of a difference, for a person."""
    if helm[0] == 0 and ours[0] == 0:
        a, b = helm[1].decode("utf-8", "replace"), ours[1].decode("utf-8", "replace")
    else:
        a, b = error_text(helm[2]), error_text(ours[2])
    lines = list(difflib.unified_diff(a.split("\n"), b.split("\n"), "helm", "ours", lineterm="", n=1))
    return "\n".join(line[:400] for line in lines[:24])


def ask_both(helm, program, level, arguments):
    """(verdict, helm's answer, ours). helm is asked again where once leaves a doubt, and once more in another second."""
    ours = run([program, *arguments, "--compat", level])
    first = helm.answer(arguments)
    if first[0] == 0:
        settled = ours[0] != 0 or ours[1] == first[1]
    else:
        settled = ours[0] == 0 or error_text(ours[2]) == error_text(first[2])
    again = first if settled else helm.answer(arguments, 1)
    verdict = judge(first, again, ours)
    if verdict == "DIFFERS":
        time.sleep(1.1)  # a chart may show the time: both answers may be of the same second
        verdict = judge(first, helm.answer(arguments, 2), ours)
    return verdict, first, ours


def summary(counts):
    """What helm accepts and refuses, and how much of it is the same, from counts of verdicts."""
    def total(*verdicts):
        return sum(counts.get(verdict, 0) for verdict in verdicts)

    equal, refused_too = ("equal", "equal, random lines masked"), ("same failure", "FAILS IN OTHER WORDS")
    return {"accepted": total(*equal, "random", "DIFFERS", "FAILS ALONE"), "equal": total(*equal),
            "uncomparable": total("random"), "refused": total(*refused_too, "HELM FAILS ALONE"),
            "refused_too": total(*refused_too), "same_words": total("same failure"), "verdicts": counts}


def write_counts(file, levels):
    """Merges {level: {kind: counts of verdicts}} into a JSON file {"levels": {level: {kind: summary}}}."""
    file.parent.mkdir(parents=True, exist_ok=True)
    known = json.loads(file.read_text()) if file.exists() else {"levels": {}}
    for level, kinds in levels.items():
        known["levels"].setdefault(level, {}).update({kind: summary(of) for kind, of in kinds.items() if of})
    file.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
