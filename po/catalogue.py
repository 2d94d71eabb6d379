#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the table of a language's sentences from its po file.

catalogue.py NAME.po OUTPUT.c: fails where a translation does not agree with
its sentence's conversions (%s) or places ({actual}), since what is printed
would then be wrong, or read what was not given.
"""

import pathlib
import re
import struct
import subprocess
import sys
import tempfile

# How src/report/language/language.c chooses between the forms.
PLURAL_RULE = "nplurals=2; plural=(n != 1);"


def read_catalogue(path):
    """The pairs of a compiled catalogue: gettext's manual, section 10.3."""
    data = pathlib.Path(path).read_bytes()
    magic, _, count, messages, texts = struct.unpack_from("<5I", data)
    if magic != 0x950412DE:
        raise SystemExit(f"{path}: not a little-endian catalogue")

    def string(table, index):
        length, offset = struct.unpack_from("<2I", data, table + 8 * index)
        return data[offset:offset + length].split(b"\0")

    return [(string(messages, i), string(texts, i)) for i in range(count)]


def check(message, text):
    """Places may stand in another order, but must be the same, also within
    brackets: src/report/wording/sentence.h has their forms."""
    place = rb"\{([A-Za-z]+[;!]?)(\|[^{}|]*\|[^{}|]*)?\}"

    def places(of):
        return sorted((name, words != b"")
                      for name, words in re.findall(place, of))

    def brackets(of):
        return sorted(map(places, re.findall(rb"\[([^\[\]]*)\]", of)))

    def loose(of):
        rest = re.sub(rb"\[([^\[\]]*)\]", rb"\1", re.sub(place, b"", of))
        return sorted(re.findall(rb"[][{}]", rest))

    for of in places, brackets, loose:
        if of(message) != of(text):
            raise SystemExit(f"not the same places: {message!r}: {text!r}")
    for byte in text:
        if byte < 0x20 and byte != 0x0A:
            raise SystemExit(f"a control character: {text!r}")


def literal(text):
    if text is None:
        return "NULL"
    # Three octal digits end an escape whatever follows.
    return '"' + "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\?'
        else f"\\{byte:03o}" for byte in text) + '"'


def main(source, output):
    name = pathlib.Path(source).stem
    with tempfile.NamedTemporaryFile(suffix=".mo") as compiled:
        subprocess.run(["msgfmt", "--check-format", "--check-domain",
                        "--endianness=little",
                        f"--output-file={compiled.name}", source], check=True)
        pairs = read_catalogue(compiled.name)
    rows = []
    for messages, texts in pairs:
        if messages == [b""]:
            if PLURAL_RULE.encode() not in texts[0]:
                raise SystemExit(f"{source}: Plural-Forms is not that of "
                                 f"src/report/language/language.c: {PLURAL_RULE}")
            continue
        for message, text in zip(messages, texts):
            check(message, text)
        rows.append((messages[0], texts[0],
                     texts[1] if len(texts) > 1 else None))
    rows.sort()
    lines = [
        f"/* Made from po/{name}.po. */",
        '#include "report/language/language_catalogue.h"',
        "",
        f"const struct language_entry language_{name}_entries[] = {{",
        *("    { " + ", ".join(map(literal, row)) + " }," for row in rows),
        # A table may not be empty; the count does not include this.
        "    { NULL, NULL, NULL },",
        "};",
        "",
        f"const size_t language_{name}_entry_count = {len(rows)};",
    ]
    pathlib.Path(output).write_text("\n".join(lines) + "\n", "ascii")


main(*sys.argv[1:])
