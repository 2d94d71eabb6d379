# SPDX-License-Identifier: Apache-2.0
"""Reads Prometheus' text format 0.0.4 as its description has it, strictly, and
refuses what the node exporter's textfile collector refuses. Prints each sample
as "name{label=value,...} number", sorted.

    prometheus.py FILE
"""
import re
import sys

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)')
SAMPLE = re.compile(rf"({NAME})(?:\{{(.*)\}})? ([0-9.+\-eE]+|NaN|[+-]Inf)")


def fail(number, why):
    sys.exit(f"line {number}: {why}")


def read_labels(text, number):
    labels, at = {}, 0
    while at < len(text):
        match = LABEL.match(text, at)
        if match is None:
            fail(number, f"labels: {text[at:]}")
        name, value, _ = match.groups()
        if name in labels:
            fail(number, f"the label {name} stands twice")
        labels[name] = re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), value)
        at = match.end()
    return tuple(sorted(labels.items()))


def main(path):
    with open(path, "rb") as stream:
        text = stream.read().decode("utf-8")
    if not text.endswith("\n"):
        sys.exit("the last line does not end")
    helps, types, samples, finished, last = {}, {}, {}, set(), None
    for number, line in enumerate(text.split("\n")[:-1], 1):
        comment = re.fullmatch(rf"# (HELP|TYPE) ({NAME}) (.+)", line)
        if comment is not None:
            kind, name, rest = comment.groups()
            table = helps if kind == "HELP" else types
            if name in table or any(key[0] == name for key in samples):
                fail(number, f"{kind} of {name} stands twice, or too late")
            if kind == "TYPE" and rest not in ("gauge", "counter", "untyped"):
                fail(number, f"the type {rest}")
            table[name] = rest
        else:
            match = SAMPLE.fullmatch(line)
            if match is None:
                fail(number, f"no sample, or one with a timestamp: {line}")
            name = match[1]
            if name not in types or name not in helps:
                fail(number, f"{name} has no TYPE or no HELP")
            key = (name, read_labels(match[2] or "", number))
            if key in samples:
                fail(number, f"{key} stands twice")
            samples[key] = float(match[3])
        if last is not None and name != last:
            finished.add(last)
        if name in finished:
            fail(number, f"the lines of {name} do not stand together")
        last = name
    for (name, labels), value in sorted(samples.items()):
        shown = ",".join(f"{label}={text}" for label, text in labels)
        print(f"{name}{{{shown}}} {value:.15g}")


main(sys.argv[1])
