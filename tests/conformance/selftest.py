#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""That the judges of this folder see differences, and only differences."""

import importlib.machinery
import importlib.util
import pathlib
import random
import sys
import unittest

import judging

sys.dont_write_bytecode = True


def script(name):
    """A script of this folder as a module."""
    path = str(pathlib.Path(__file__).with_name(name))
    loader = importlib.machinery.SourceFileLoader(name, path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


def says(text, code=0):
    return (0, text.encode(), b"") if code == 0 else (1, b"", ("Error: " + text).encode())


class Judging(unittest.TestCase):
    def verdict(self, helm, again, ours):
        return judging.judge(helm, again, ours)

    def test_equal_bytes(self):
        self.assertEqual(self.verdict(says("a: 1\n"), says("a: 1\n"), says("a: 1\n")), "equal")
        self.assertEqual(self.verdict(says("a: 1\n"), says("a: 1\n"), says("a: 2\n")), "DIFFERS")

    def test_random_words_are_masked_where_helm_varies(self):
        helm, again = says("p: Xa1\nq: 1\n"), says("p: Zb2\nq: 1\n")
        self.assertEqual(self.verdict(helm, again, says("p: c3\nq: 1\n")), "equal, random lines masked")
        self.assertEqual(self.verdict(helm, again, says("p: c3\nq: 2\n")), "DIFFERS")
        self.assertEqual(self.verdict(helm, again, says("r: c3\nq: 1\n")), "DIFFERS", "what stands before the word")
        self.assertEqual(self.verdict(helm, again, says("p: c3\n")), "DIFFERS", "a line is missing")

    def test_keys_break_their_lines_where_they_like(self):
        def key(body):
            return says(f"k: |\n  -----BEGIN RSA PRIVATE KEY-----\n  {body}\n  -----END RSA PRIVATE KEY-----\n")

        self.assertEqual(self.verdict(key("aa\n  b"), key("cc"), key("dd\n  ee\n  f")), "equal, random lines masked")

    def test_what_changes_its_length_cannot_be_compared(self):
        self.assertEqual(self.verdict(says("a\n"), says("a\nb\n"), says("c\n")), "random")

    def test_failures(self):
        self.assertEqual(self.verdict(says("x", 1), says("x", 1), says("x", 1)), "same failure")
        self.assertEqual(self.verdict(says("x", 1), says("x", 1), says("y", 1)), "FAILS IN OTHER WORDS")
        self.assertEqual(self.verdict(says("x"), says("x"), says("x", 1)), "FAILS ALONE")
        self.assertEqual(self.verdict(says("x", 1), says("x", 1), says("x")), "HELM FAILS ALONE")

    def test_what_helm_does_not_end_cannot_be_compared(self):
        self.assertEqual(self.verdict((124, b"", b""), (124, b"", b""), says("too many steps", 1)), "no answer")
        self.assertEqual(self.verdict((2, b"", b"fatal error"), (2, b"", b""), says("a: 1\n")), "no answer")

    def test_a_failure_that_lists_keys_of_a_map_may_list_them_in_any_order(self):
        helm, again = says("not one of a, b, c", 1), says("not one of c, a, b", 1)
        self.assertEqual(self.verdict(helm, again, says("not one of a, c, b", 1)), "same failure")
        self.assertEqual(self.verdict(helm, again, says("not one of a, c, d", 1)), "FAILS IN OTHER WORDS")
        self.assertEqual(self.verdict(helm, helm, says("not one of a, c, b", 1)), "FAILS IN OTHER WORDS")

    def test_the_time_of_day_is_no_difference(self):
        class Helm:
            def answer(self, _, turn=0):
                return says(f"at: {[3, 3, 4][turn]} --compat 3\n" if self.ticks else "at: 3 --compat 3\n")

        helm = Helm()
        helm.ticks = True
        self.assertEqual(judging.ask_both(helm, "echo", "3", ["at:", "5"])[0], "equal, random lines masked")
        self.assertEqual(judging.ask_both(helm, "echo", "3", ["of:", "5"])[0], "DIFFERS")
        helm.ticks = False
        self.assertEqual(judging.ask_both(helm, "echo", "3", ["at:", "5"])[0], "DIFFERS")

    def test_summary(self):
        of = judging.summary({"equal": 3, "DIFFERS": 1, "random": 1, "same failure": 2, "HELM FAILS ALONE": 1})
        self.assertEqual((of["accepted"], of["equal"], of["refused"], of["refused_too"]), (5, 3, 3, 2))


YAML = unittest.skipUnless(importlib.util.find_spec("yaml"), "no PyYAML (python3-yaml)")


@YAML
class Ranges(unittest.TestCase):
    def test_ranges_of_dependencies(self):
        in_range = script("fill").in_range
        for wanted, version, inside in [
                ("2.x.x", "2.31.0", True), ("2.x.x", "3.0.0", False), ("^1.2", "1.9.0", True), ("^1.2", "2.0.0", False),
                ("~1.2.3", "1.2.9", True), ("~1.2.3", "1.3.0", False), ("^0.2.1", "0.3.0", False),
                (">=1.0.0 <2", "1.5.0", True), (">=1.0.0 <2", "2.0.0", False), ("1.0 - 2.0", "1.7.0", True),
                ("1.2.3 || 4.x", "4.1.0", True), ("1.2.3", "1.2.3", True), ("1.2.3", "1.2.4", False), ("*", "9.9.9", True),
                ("", "0.1.0", True), ("0.57.*", "0.57.3", True), ("1.0.0", "no version", False)]:
            self.assertEqual(in_range(wanted, version), inside, f"{wanted} {version}")


@YAML
class Mutations(unittest.TestCase):
    def test_a_case_can_be_had_again(self):
        mutate = script("mutate")
        defaults = {"a": True, "b": {"c": "x", "d": [1, {"e": 2}]}, "f": None}
        made = [mutate.tree_of(mutate.changes_for(defaults, random.Random(str(seed)))) for seed in range(200)]
        again = [mutate.tree_of(mutate.changes_for(defaults, random.Random(str(seed)))) for seed in range(200)]
        self.assertEqual(made, again)
        self.assertGreater(len({repr(tree) for tree in made}), 150)
        self.assertEqual(defaults, {"a": True, "b": {"c": "x", "d": [1, {"e": 2}]}, "f": None})


if __name__ == "__main__":
    unittest.main()
