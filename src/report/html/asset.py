#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes C of the html report's style and script, with their hashes.

asset.py OUTPUT.c NAME=FILE...: the files of a name become html_asset_NAME,
one behind the other, see src/report/markup/html_asset.h. Fails where they could end
the element that they are written into, since the hash would then not be that
of what a browser reads.
"""

import base64
import hashlib
import pathlib
import re
import sys

# What ends a script or style element, or changes how a script is read.
ENDS = re.compile(r"</(script|style)|<!--|\r|\0", re.IGNORECASE)


def asset(name, text):
    if found := ENDS.search(text.decode("ascii")):
        raise SystemExit(f"{name}: may not contain {found[0]!r}")
    digest = base64.b64encode(hashlib.sha256(text).digest()).decode()
    lines = [f"static const char {name}_text[] = {{"]
    for start in range(0, len(text), 12):
        row = ", ".join(f"0x{byte:02x}" for byte in text[start:start + 12])
        lines.append(f"    {row},")
    return lines + [
        "};",
        f"const struct html_asset html_asset_{name} = {{",
        f'    {name}_text, sizeof({name}_text), "sha256-{digest}"',
        "};",
        "",
    ]


def main(output, *sources):
    lines = ["/* Made from src/report/html/. */",
             '#include "report/markup/html_asset.h"', ""]
    texts = {}
    for source in sources:
        name, path = source.split("=", 1)
        texts[name] = texts.get(name, b"") + pathlib.Path(path).read_bytes()
    for name, text in texts.items():
        lines += asset(name, text)
    pathlib.Path(output).write_text("\n".join(lines), "ascii")


main(*sys.argv[1:])
