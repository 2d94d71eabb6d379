#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes C of the html report's style and script, with their hashes.

asset.py OUTPUT.c NAME=FILE...: each file becomes html_asset_NAME, see
src/report/html_asset.h. Fails where a file could end the element that it is
written into, since the hash would then not be that of what a browser reads.
"""

import base64
import hashlib
import pathlib
import re
import sys

# What ends a script or style element, or changes how a script is read.
ENDS = re.compile(r"</(script|style)|<!--|\r|\0", re.IGNORECASE)


def asset(name, path):
    text = pathlib.Path(path).read_bytes()
    if found := ENDS.search(text.decode("ascii")):
        raise SystemExit(f"{path}: may not contain {found[0]!r}")
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
             '#include "report/html_asset.h"', ""]
    for source in sources:
        lines += asset(*source.split("=", 1))
    pathlib.Path(output).write_text("\n".join(lines), "ascii")


main(*sys.argv[1:])
