#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A server of answers without end, on 127.0.0.1, for tests/cli/ends.bats:

  endless.py FILE     writes its port to FILE, and serves until it is ended;
                      what it was asked for is in FILE.log, one case a line

The first folder of a request's path, or the first label of the host of a
CONNECT, names the case. Each is without end for whoever reads it, and has one
here all the same: whatever runs, runs for LIFE seconds at most.
"""

import gzip
import itertools
import pathlib
import socketserver
import sys
import threading
import time

LIFE = 100
CHUNK = 64 * 1024
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
TOKEN = b'{"access_token":"a.b.c","expires_on":"4000000000"}'


class Bits:
    """A deflate block with fixed codes (RFC 1951, 3.2.6), not the last."""

    def __init__(self):
        self.bits = [0, 1, 0]

    def number(self, value, width):
        self.bits += [value >> i & 1 for i in range(width)]

    def code(self, value, width):
        self.bits += [value >> i & 1 for i in reversed(range(width))]

    def literal(self, byte):
        self.code(*(0x30 + byte, 8) if byte < 144 else (0x100 + byte, 9))

    def repeat(self, distance):
        """258 bytes again, from 5 to 16 bytes ago."""
        base, code, extra = next(row for row in (
            (13, 7, 2), (9, 6, 2), (7, 5, 1), (5, 4, 1)) if distance >= row[0])
        self.code(0xc5, 8)
        self.code(code, 5)
        self.number(distance - base, extra)

    def bytes(self):
        whole = len(self.bits) // 8 * 8
        return bytes(sum(bit << i for i, bit in enumerate(self.bits[at:at + 8]))
                     for at in range(0, whole, 8))


GZIP = bytes.fromhex("1f8b0800000000000003")


def pack(start, again):
    """Packs start and endless repetitions of again, as such a pair."""
    bits = Bits()
    for byte in start + again:
        bits.literal(byte)
    length = -(-len(bits.bits) // 8)
    before = len(bits.bits)
    for _ in range(32):
        bits.repeat(len(again))
    period = (len(bits.bits) - before) // 32
    return (GZIP + bits.bytes()[:length],
            bits.bytes()[length:length + period])


def nothing(layers):
    """Some kilobytes that are unpacked for hours, and come to no byte: at the
    end of all layers stand blocks of a length of 0."""
    pair = GZIP, bytes.fromhex("000000ffff")
    for _ in range(layers - 1):
        pair = pack(*pair)
    return pair[0] + pair[1] * (CHUNK // len(pair[1]))


def bomb():
    return gzip.compress(bytes(64 << 20))


def packed(headers, body=None):
    data = gzip.compress(TOKEN) if body is None else body
    return [OK + headers + b"Content-Length: %d\r\n\r\n" % len(data) + data]


def forever(start, piece, pause=0):
    yield start
    while True:
        yield piece
        time.sleep(pause)


def times(piece):
    return piece * (CHUNK // len(piece))


# What each case sends, as pieces.
CASES = {
    # Encodings.
    "gzip-five-times": lambda: packed(
        b"Content-Encoding: gzip, gzip, gzip, gzip, gzip\r\n", nothing(5)),
    "gzip-in-four-headers": lambda: packed(
        b"Content-Encoding: gzip\r\n" * 4, nothing(4)),
    "gzip-by-other-names": lambda: packed(
        b"Content-Encoding: gzip\r\ncontent-encoding:x-gzip,GZIP\r\n", nothing(3)),
    "gzip-before-the-answer": lambda: [
        b"HTTP/1.1 103 Early Hints\r\nContent-Encoding: gzip\r\n\r\n"
        + packed(b"Content-Encoding: gzip\r\n")[0]],
    "transfer-gzip": lambda: [
        OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"],
    "brotli": lambda: packed(b"Content-Encoding: br\r\n"),
    "gzip-bomb": lambda: packed(b"Content-Encoding: gzip\r\n", bomb()),
    # Headers.
    "informational": lambda: forever(
        b"", times(b"HTTP/1.1 103 Early Hints\r\n\r\n")),
    "continue": lambda: forever(b"", times(b"HTTP/1.1 100 Continue\r\n\r\n")),
    "headers": lambda: forever(OK, times(b"X-More: of it\r\n")),
    "header-line": lambda: forever(OK + b"X-More: ", times(b"x")),
    # Bodies.
    "trickle": lambda: forever(
        OK + b"Content-Length: 999999\r\n\r\n", b" ", 0.2),
    "body": lambda: forever(OK + b"\r\n", times(b" ")),
    "extension": lambda: forever(CHUNKED + b"1;x=", times(b"x")),
    "trailers": lambda: forever(CHUNKED + b"0\r\n", times(b"X-More: it\r\n")),
    "silence": lambda: forever(b"", b"", 0.2),
    # Answers to CONNECT.
    "proxy-body": lambda: forever(
        b"HTTP/1.1 407 No\r\nContent-Length: 999999999999\r\n\r\n",
        times(b" ")),
    "proxy-chunks": lambda: forever(
        b"HTTP/1.1 407 No\r\nTransfer-Encoding: chunked\r\n\r\n",
        times(b"1\r\nx\r\n")),
    "proxy-headers": lambda: forever(
        b"HTTP/1.1 407 No\r\n", times(b"X-More: of it\r\n")),
    "proxy-informational": lambda: forever(
        b"", times(b"HTTP/1.1 100 Continue\r\n\r\n")),
    "proxy-trickle": lambda: forever(
        b"HTTP/1.1 200 OK\r\n", b"X-More: of it\r\n", 0.2),
    "handshake-trickle": lambda: itertools.chain(
        [b"HTTP/1.1 200 OK\r\n\r\n"],
        forever(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc", b"\0", 0.2)),
}

class Handler(socketserver.StreamRequestHandler):
    timeout = LIFE

    def handle(self):
        line = self.rfile.readline(CHUNK).decode("ascii")
        while self.rfile.readline(CHUNK).strip():
            pass
        _, target, _ = line.split(" ")
        case = target.strip("/").split("/")[0].split(".")[0]
        end = time.monotonic() + LIFE
        with open(sys.argv[1] + ".log", "a", encoding="ascii") as log:
            print(case, file=log)
        try:
            for piece in CASES[case]():
                self.connection.sendall(piece)
                if time.monotonic() > end:
                    return
            self.connection.recv(1)
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64


def main():
    server = Server(("127.0.0.1", 0), Handler)
    path = pathlib.Path(sys.argv[1])
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(str(server.server_address[1]))
    unfinished.rename(path)
    threading.Timer(LIFE * 3, server.shutdown).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
