#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An independent witness of what piket changed: reads the emulator through
ARM's API, its log, and piket's journal, with nothing of piket's.

  state READY FILE        writes all contacts of all subscriptions to FILE
  same FILE FILE          whether two such files are equal as JSON
  journal STORE           prints the journalled changes, as JSON
  seal STORE              makes the digests of a journal that was edited anew
  age STORE MILLISECONDS  makes the journalled changes older, as if piket had
                          recorded them so
  downgrade STORE         makes it one of before there were digests
  reseal BACKUP           makes the digests of a backup's lines anew
  sent LOG [FROM]         prints the writes in the log, as JSON, from a line on
  journalled LOG STORE STATE
                          whether each write in the log was journalled with its
                          body, and with what STATE says was there before
"""

import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import shutil
import sqlite3
import ssl
import sys
import tempfile
import urllib.parse

CONTACTS = "/providers/Microsoft.Security/securityContacts"
VERSION = "api-version=2023-12-01-preview"


class Azure:
    """ARM, as the emulator plays it."""

    def __init__(self, ready):
        self.ready = json.loads(pathlib.Path(ready).read_text())
        url = urllib.parse.urlsplit(self.ready["url"])
        context = ssl.create_default_context(cafile=self.ready["caFile"])
        self.connection = http.client.HTTPSConnection(
            url.hostname, url.port, context=context, timeout=30)
        form = urllib.parse.urlencode({
            "grant_type": "client_credentials",
            "client_id": self.ready["clientId"],
            "client_secret": self.ready["clientSecret"],
            "scope": "https://management.azure.com//.default"})
        status, answer = self.send(
            "POST", f"/{self.ready['tenantId']}/oauth2/v2.0/token", form,
            {"Content-Type": "application/x-www-form-urlencoded"})
        assert status == 200, answer
        self.token = json.loads(answer)["access_token"]

    def send(self, method, path, body=None, headers=None):
        self.connection.request(method, path, body, headers or {})
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def arm(self, method, path, body=None):
        headers = {"Authorization": f"Bearer {self.token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body)
        return self.send(method, path, body, headers)

    def get(self, path):
        status, answer = self.arm("GET", path)
        assert status == 200, (path, status, answer)
        return json.loads(answer)

    def subscriptions(self):
        path = "/subscriptions?api-version=2022-12-01"
        while path:
            page = self.get(path)
            yield from (row["subscriptionId"] for row in page["value"])
            link = page.get("nextLink")
            path = link and link[len(self.ready["url"]):]

    def contacts(self, subscription):
        """Properties by name; None where the provider is not registered."""
        status, answer = self.arm(
            "GET", f"/subscriptions/{subscription}{CONTACTS}?{VERSION}")
        if status == 404:
            return None
        if status != 200:
            return {"error": status}
        return {row["name"]: row["properties"]
                for row in json.loads(answer)["value"]}

    def put(self, subscription, properties):
        path = f"/subscriptions/{subscription}{CONTACTS}/default?{VERSION}"
        # An empty phone does not clear one: from nothing, all is as sent.
        self.arm("DELETE", path)
        if properties is not None:
            status, answer = self.arm("PUT", path, {"properties": properties})
            assert status in (200, 201), answer

    def state(self):
        return {one: self.contacts(one) for one in self.subscriptions()}


def digest_of(kind, values):
    """SHA-256 over a kind and values, each with its own kind and length."""
    digest = hashlib.sha256()
    for value in (kind, *values):
        if value is None:
            digest.update(b"n" + bytes(8))
        elif isinstance(value, int):
            digest.update(b"i" + value.to_bytes(8, "big", signed=True))
        else:
            letter = b"t" if isinstance(value, str) else b"b"
            raw = value.encode() if isinstance(value, str) else value
            digest.update(letter + len(raw).to_bytes(8, "big") + raw)
    return digest.digest()


def seal(store):
    """Makes the counts and digests of the journal, as if piket had written
    it so; the digest is the last column of each table."""
    with contextlib.closing(sqlite3.connect(store)) as database:
        database.execute("UPDATE ledger SET rows = (SELECT count(*) FROM "
                         "operation) WHERE noun = 'operation'")
        database.execute("UPDATE operation SET changes = (SELECT count(*) FROM "
                         "change WHERE change.operation = operation.id)")
        database.execute("UPDATE change SET residues = (SELECT count(*) FROM "
                         "residue WHERE residue.change = change.id)")
        for table, key in (("ledger", "noun"), ("operation", "number"),
                           ("change", "id")):
            for *values, _ in database.execute(
                    f"SELECT * FROM {table}").fetchall():
                database.execute(
                    f"UPDATE {table} SET digest = ? WHERE {key} = ?",
                    (digest_of(table, values), values[0]))
        database.commit()


def age(store, milliseconds):
    with contextlib.closing(sqlite3.connect(store)) as database:
        database.execute("UPDATE change SET journalled_at = journalled_at - ?",
                         (int(milliseconds),))
        database.commit()
    seal(store)


PROOFS = {"run": ["assessments", "digest"], "assessment": ["digest"],
          "operation": ["changes", "digest"], "change": ["residues", "digest"],
          "residue": ["digest"],
          "test": ["targets", "addresses", "confirmations", "digest"],
          "test_target": ["digest"], "test_address": ["digest"],
          "test_confirmation": ["digest"]}


def downgrade(store):
    with contextlib.closing(sqlite3.connect(store)) as database:
        for table, columns in PROOFS.items():
            for column in columns:
                database.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        database.execute("DROP TABLE ledger")
        database.execute("PRAGMA user_version = 2")
        database.commit()


def reseal(path):
    lines, before = [], ""
    for line in pathlib.Path(path).read_text().splitlines():
        tree = json.loads(line)
        tree.pop("sha256", None)
        plain = json.dumps(tree, sort_keys=True, separators=(",", ":"))
        before = hashlib.sha256((before + plain).encode()).hexdigest()
        lines.append(json.dumps(tree | {"sha256": before},
                                separators=(",", ":")) + "\n")
    pathlib.Path(path).write_text("".join(lines))


def journal(store):
    """The changes, oldest first, as the database's own file has them: a copy
    is read, so that nothing is recovered or tidied in the original."""
    if not os.path.exists(store):
        return []
    with tempfile.TemporaryDirectory() as folder:
        for end in ("", "-wal"):
            if os.path.exists(store + end):
                shutil.copy(store + end, os.path.join(folder, "copy" + end))
        path = os.path.join(folder, "copy")
        with contextlib.closing(sqlite3.connect(path)) as database:
            database.row_factory = sqlite3.Row
            tables = [row[0] for row in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'")]
            if "change" not in tables:
                return []
            assert database.execute("PRAGMA integrity_check"
                                    ).fetchone()[0] == "ok"
            return [dict(row) for row in database.execute(
                "SELECT * FROM change ORDER BY id")]


def sent(log, start=0):
    """The writes of contacts that reached the emulator."""
    rows = []
    with open(log, "rb") as file:
        file.seek(start)
        for line in file:
            row = json.loads(line)
            if row["method"] in ("PUT", "DELETE") and CONTACTS in row["path"]:
                rows.append({"method": row["method"],
                             "subscription": row["path"].split("/")[2],
                             "body": row.get("body"),
                             "status": row["status"]})
    return rows


def properties_of(image):
    """Of the contact named default in what a listing answered."""
    document = json.loads(image)
    rows = document["value"] if isinstance(document, dict) else document
    return next((row["properties"] for row in rows
                 if row["name"] == "default"), None)


def as_json(body):
    return json.loads(body) if isinstance(body, str) and body else body or None


def missing(writes, changes, state):
    """The writes that no journalled change explains."""
    lost = []
    for write in writes:
        before = (state.get(write["subscription"]) or {}).get("default")
        if not any(
                change["subscription"] == write["subscription"]
                and change["before"] is not None
                and properties_of(change["before"]) == before
                and as_json(change["body"]) == as_json(write["body"])
                for change in changes):
            lost.append(write)
    return lost


def printable(row):
    return {key: value.decode("utf-8", "replace")
            if isinstance(value, bytes) else value
            for key, value in row.items()}


def main(verb, *arguments):
    if verb == "state":
        ready, target = arguments
        pathlib.Path(target).write_text(json.dumps(Azure(ready).state()))
    elif verb == "same":
        left, right = (json.loads(pathlib.Path(one).read_text())
                       for one in arguments)
        different = [one for one in sorted(left.keys() | right.keys())
                     if left.get(one) != right.get(one)]
        for one in different:
            print(one, left.get(one), right.get(one), sep="\n  ")
        return 1 if different else 0
    elif verb == "journal":
        print(json.dumps([printable(row) for row in journal(*arguments)]))
    elif verb in ("age", "downgrade", "reseal", "seal"):
        globals()[verb](*arguments)
    elif verb == "sent":
        print(json.dumps(sent(arguments[0], *map(int, arguments[1:]))))
    elif verb == "journalled":
        log, store, state = arguments
        lost = missing(sent(log), journal(store),
                       json.loads(pathlib.Path(state).read_text()))
        print(json.dumps(lost))
        return 1 if lost else 0
    else:
        sys.exit(__doc__)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
