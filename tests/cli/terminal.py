#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A person at a terminal: terminal.py EARLY ANSWER COMMAND...

Types EARLY before the command starts, and ANSWER once it asks for 'yes'. Ends
as the command does; all that it showed is in asked.txt."""
import os
import pty
import sys

early, answer, command = sys.argv[1], sys.argv[2], sys.argv[3:]
go, let_go = os.pipe()
child, terminal = pty.fork()
if child == 0:
    os.read(go, 1)
    os.environ["TERM"] = "dumb"
    os.execv(command[0], command)


def read():
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


shown = b""
os.write(terminal, early.encode())
# The terminal shows what is typed as soon as it has taken it.
while early and len(shown) < len(early):
    shown += read()
os.write(let_go, b"x")
shown, asked = b"", False
while piece := read():
    shown += piece
    if b"Only 'yes'" in shown and shown.endswith(b":\r\n") and not asked:
        asked = True
        os.write(terminal, answer.encode())
with open("asked.txt", "wb") as file:
    file.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
