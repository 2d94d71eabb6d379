#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts a proxy between piket and the emulator that sends answers which nobody
asked for, and holds what piket says and writes against the truth:

  * every subscription is judged as it is without the proxy, or is unknown with
    a reason;
  * what is written to a subscription is its own, and is as it was planned
    without the proxy; before-images are those of the subscription;
  * nothing but what was planned differs afterwards, and a reversal brings all
    of it back.

usage: desync.py FOLDER EXTRAS SEED

EXTRAS is the number of extra answers to be sent. Each is of some kind, comes
some time after the answer before it, and meets the requests in turn. In some
rounds no answer at all repeats its request's id.
"""

import asyncio
import collections
import json
import os
import pathlib
import random
import re
import ssl
import subprocess
import sys
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import witness  # noqa: E402

BUILD = os.environ["PIKET_BUILD"]
TENANT = "7c0ffee0-0000-4000-8000-00000000abcd"
DELAYS = [None, 0, 0.001, 0.003, 0.02, 0.1]  # None: in the same segment
NEW = "new@contoso.nl"
SUBSCRIPTIONS = 60


def subscription_id(number):
    return f"{number:08d}-0000-4000-8000-000000000001"


def subscription(number):
    """Each has an address that no other one has."""
    contact = {"name": "default", "isEnabled": True,
               "emails": f"soc-{number}@contoso.nl",
               "phone": f"+31 20 123 {number:04d}",
               "notificationsByRole": {"state": "On", "roles": ["Owner"]},
               "notificationsSources": [{"sourceType": "Alert",
                                         "minimalSeverity": "High"}]}
    row = {"id": subscription_id(number), "displayName": f"Sub-{number:04d}",
           "tenantId": TENANT, "contacts": [contact]}
    kind = number % 10
    if kind == 1:
        row["contacts"] = []
    elif kind == 2:
        contact["isEnabled"] = False
    elif kind == 3:
        contact["notificationsByRole"]["state"] = "Off"
    elif kind == 4:
        row["registered"] = False
        row["contacts"] = []
    elif kind == 5:
        row["access"] = "none"
    return row


def head_of(answer):
    return answer[:answer.index(b"\r\n\r\n") + 4]


def without_id(answer):
    head = head_of(answer)
    bare = re.sub(rb"(?im)^x-ms-client-request-id:[^\r]*\r\n", b"", head)
    return bare + answer[len(head):]


def chunked(answer):
    head = head_of(answer)
    body = answer[len(head):]
    head = re.sub(rb"(?im)^content-length:[^\r]*\r\n",
                  b"Transfer-Encoding: chunked\r\n", head)
    half = len(body) // 2
    parts = [part for part in (body[:half], body[half:]) if part]
    return head + b"".join(b"%x\r\n%s\r\n" % (len(part), part)
                           for part in parts) + b"0\r\n\r\n"


def made(status, body):
    return (b"HTTP/1.1 %d x\r\nContent-Type: application/json\r\n"
            b"x-ms-request-id: r\r\nContent-Length: %d\r\n\r\n%s"
            % (status, len(body), body))


# What an extra answer is, of the one before it and an earlier one.
EXTRAS = {
    "again": lambda own, earlier: own,
    "earlier": lambda own, earlier: earlier,
    "own without an id": lambda own, earlier: without_id(own),
    "without an id": lambda own, earlier: without_id(earlier),
    "chunked": lambda own, earlier: chunked(without_id(earlier)),
    "no contact": lambda own, earlier: made(200, b'{"value":[]}'),
    "unregistered": lambda own, earlier: made(
        404, b'{"error":{"code":"SubscriptionNotRegistered","message":"x"}}'),
    "refused": lambda own, earlier: made(
        403, b'{"error":{"code":"AuthorizationFailed","message":"x"}}'),
    "token": lambda own, earlier: made(
        401, b'{"error":{"code":"InvalidAuthenticationToken",'
             b'"message":"x"}}'),
    "two": lambda own, earlier: own + without_id(earlier),
}


class Proxy:
    """Speaks TLS to both sides."""

    def __init__(self, target, ca_file, server):
        self.target = urllib.parse.urlsplit(target)
        self.client = ssl.create_default_context(cafile=ca_file)
        self.server = server
        self.rule = None    # says which extra follows an answer, or None
        self.mute = False   # no answer repeats its request's id
        self.sent = 0
        self.answers = collections.deque(maxlen=50)

    async def start(self):
        listener = await asyncio.start_server(
            self.serve, "127.0.0.1", 0, ssl=self.server)
        port = listener.sockets[0].getsockname()[1]
        self.url = f"https://127.0.0.1:{port}"

    async def read(self, reader):
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?im)^content-length: *(\d+)", head)
        return head + await reader.readexactly(
            int(length[1]) if length else 0)

    async def serve(self, reader, writer):
        upstream = None
        try:
            upstream = await asyncio.open_connection(
                self.target.hostname, self.target.port, ssl=self.client,
                limit=2 ** 22)
            while True:
                request = await self.read(reader)
                upstream[1].write(request)
                await self.answer(request, await self.read(upstream[0]),
                                  writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            if upstream:
                upstream[1].close()

    async def answer(self, request, answer, writer):
        if self.mute:
            answer = without_id(answer)
        extra = self.rule(request, answer, self) if self.rule else None
        if b"/securityContacts" in request.split(b"\r\n")[0]:
            self.answers.append(answer)
        if not extra:
            writer.write(answer)
            return
        text, delay = extra
        self.sent += 1
        if delay is None:
            writer.write(answer + text)
            return
        writer.write(answer)
        await writer.drain()
        asyncio.get_running_loop().call_later(
            delay, lambda: writer.is_closing() or writer.write(text))


class Emulator:
    def __init__(self, folder, estate):
        folder.mkdir()
        (folder / "estate.json").write_text(json.dumps(estate))
        self.ready = folder / "ready.json"
        self.log = folder / "log"
        self.process = subprocess.Popen(
            [f"{BUILD}/piket-emulator", "--estate", folder / "estate.json",
             "--listen", "127.0.0.1:0", "--identity-listen", "127.0.0.1:0",
             "--page-size", "25", "--ready-file", self.ready,
             "--log", self.log, "--latency", "2"],
            env=os.environ | {"TMPDIR": str(folder)},
            stdout=subprocess.DEVNULL)

    async def wait(self):
        while not self.ready.exists():
            assert self.process.poll() is None, "the emulator does not start"
            await asyncio.sleep(0.02)
        self.info = json.loads(self.ready.read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Bench:
    def __init__(self, folder, seed):
        self.folder = folder
        self.chance = random.Random(seed)
        self.faults = []
        self.turn = 0
        self.kinds = collections.Counter()

    def certificate(self):
        pem, key = self.folder / "proxy.pem", self.folder / "proxy.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=proxy",
             "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2",
             "-keyout", key, "-out", pem],
            check=True, capture_output=True)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(pem, key)
        return pem, context

    async def open(self, name):
        self.emulator = Emulator(self.folder / name, {
            "tenants": [{"id": TENANT, "displayName": "Contoso", "clients": [{
                "clientId": "c11e4715-0000-4000-8000-00000000abcd",
                "secret": "secret",
                "objectId": "0b1ec750-0000-4000-8000-00000000abcd"}]}],
            "subscriptions": [subscription(number) for number in
                              range(1, SUBSCRIPTIONS + 1)]})
        await self.emulator.wait()
        info = self.emulator.info
        pem, context = self.certificate()
        self.proxy = Proxy(info["url"], info["caFile"], context)
        await self.proxy.start()
        both = self.folder / "both.pem"
        both.write_bytes(pem.read_bytes()
                         + pathlib.Path(info["caFile"]).read_bytes())
        self.environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(self.folder),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "SSL_CERT_FILE": str(both), "AZURE_TENANT_ID": info["tenantId"],
            "AZURE_CLIENT_ID": info["clientId"],
            "AZURE_CLIENT_SECRET": info["clientSecret"]}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    async def piket(self, *arguments, url=None):
        """The report of a run. The proxy is asked unless url says who."""
        report = self.folder / "report.json"
        report.unlink(missing_ok=True)
        url = url or self.proxy.url
        process = await asyncio.create_subprocess_exec(
            f"{BUILD}/piket", *arguments, "--format", "json",
            "--output", str(report), "--concurrency",
            str(self.chance.choice([1, 4, 8])),
            env=self.environment | {"PIKET_ARM_ENDPOINT": url,
                                    "AZURE_AUTHORITY_HOST": url},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        words = (await process.communicate())[1].decode()
        if not report.exists():
            self.fault(f"{arguments[0]} ended with {process.returncode}",
                       words)
            return None
        return json.loads(report.read_text())

    def fault(self, what, *details):
        self.faults.append(what)
        print("WRONG:", what, *details)

    def rule(self, request, answer, proxy):
        """Every kind meets every delay, and each of the requests in turn."""
        if self.turn % self.every:
            self.turn += 1
            return None
        names = list(EXTRAS)
        name = names[(self.turn // self.every) % len(names)]
        delay = DELAYS[(self.turn // self.every // len(names)) % len(DELAYS)]
        self.turn += 1
        self.kinds[name] += 1
        earlier = self.chance.choice(proxy.answers or [answer])
        return EXTRAS[name](answer, earlier), delay

    def disturb(self, every, mute):
        self.every = every
        self.proxy.mute = mute
        self.proxy.rule = self.rule

    def judged(self, report):
        return {row["id"]: (row["status"], row["reach"], row["contact"],
                            [(one["requirement"], one["status"])
                             for one in row["findings"]])
                for row in report["subscriptions"]}

    async def check(self, truth):
        report = await self.piket("check", "--no-store")
        if report is None:
            return
        found = self.judged(report)
        for row in report["subscriptions"]:
            own = row["id"]
            if row["status"] == "unknown" and row["error"]["message"] \
                    and truth[own][0] != "unknown":
                self.unknown += 1
            elif found[own] != truth.get(own):
                self.fault(f"{own} is", found[own], "and not",
                           truth.get(own))
        if found.keys() != truth.keys() and report["run"]["complete"]:
            self.fault("the list differs, and is called complete")

    async def checks(self, extras):
        await self.open("check")
        self.unknown = 0
        truth = self.judged(await self.piket(
            "check", "--no-store", url=self.emulator.info["url"]))
        assert len(truth) == SUBSCRIPTIONS, len(truth)
        count = 0
        while self.proxy.sent < extras:
            self.disturb(every=1 + count % 3, mute=count % 2 == 1)
            await self.check(truth)
            count += 1
        print(f"check: {count} runs, {self.proxy.sent} extra answers, "
              f"{self.unknown} unknown")
        self.emulator.stop()
        return self.proxy.sent

    def state(self):
        return witness.Azure(self.emulator.ready).state()

    async def change(self, name, mute):
        """A remediation and its reversal."""
        await self.open(name)
        store = str(self.folder / f"{name}.db")
        options = ["--tenant", TENANT, "--store", store, "--apply", "--yes",
                   "--stop-after", "1000", "--verify-timeout", "10"]
        before = await asyncio.to_thread(self.state)
        self.disturb(every=1, mute=mute)
        report = await self.piket("remediate", "--email", NEW, "--phone",
                                  "+31 20 999 9999", *options)
        after = await asyncio.to_thread(self.state)
        writes = witness.sent(self.emulator.log)
        if witness.missing(writes, witness.journal(store), before):
            self.fault("written without its own before-image")
        counts = collections.Counter()
        for row in (report or {"changes": []})["changes"]:
            own = row["subscription"]["id"]
            counts[row["outcome"]] += 1
            if row["outcome"] == "fixed" and before[own] == after[own]:
                self.fault(f"{own} is called fixed")
        for write in writes:
            number = int(write["subscription"][:8])
            wanted = {f"soc-{number}@contoso.nl", NEW}
            body = write["body"]
            body = json.loads(body) if isinstance(body, str) else body
            if not set(body["properties"].get("emails", NEW)
                       .split(";")) <= wanted:
                self.fault(f"{write['subscription']} was sent", write["body"])
        repeated = [own for own, count in collections.Counter(
            write["subscription"] for write in writes).items() if count > 1]
        if repeated:
            self.fault("written twice:", repeated)
        untouched = {own for own in before} - {
            write["subscription"] for write in writes}
        for own in untouched:
            if before[own] != after[own]:
                self.fault(f"{own} changed")
        reverted = await self.piket("revert", *options)
        back = collections.Counter(
            row["outcome"] for row in (reverted or {"changes": []})["changes"])
        end = await asyncio.to_thread(self.state)
        restored = [own for own in before if before[own] != end[own]]
        if len(restored) > sum(back.values()) - back["restored"]:
            self.fault("not as before:", restored)
        print(f"{name}: {self.proxy.sent} extra answers, {len(writes)} "
              f"written; {dict(counts)}, then {dict(back)}")
        self.emulator.stop()
        return self.proxy.sent, counts


async def main(folder, extras, seed):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(folder, seed)
    sent = 0
    try:
        while sent < int(extras):
            number = sent
            for mute in (False, True):
                more, counts = await bench.change(
                    f"change-{number}-{int(mute)}", mute)
                sent += more
                if counts["fixed"] == 0:
                    bench.fault("nothing was fixed")
            sent += await bench.checks(max(150, int(extras) - sent))
            (folder / "check").rename(folder / f"check-{number}")
    finally:
        bench.emulator.stop()
    print(dict(bench.kinds))
    print(f"{sent} extra answers, {len(bench.faults)} wrong")
    return 1 if bench.faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(asyncio.run(main(*sys.argv[1:])))
