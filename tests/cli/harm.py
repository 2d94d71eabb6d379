#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Harms `piket remediate --apply` at many points, and holds what it leaves
behind against what Azure was sent:

  * every write has its before-image in the journal, as it stood before;
  * the next remediation settles all, and fixes all;
  * nothing is left unfinished, and the database is whole.

usage: harm.py kill|full|starve FOLDER POINTS SEED

  kill    SIGKILL, at named steps of the first change, then at calls at random
  full    from a call on, at random, the disk is full
  starve  an allocation, at random, finds no memory

PIKET_BUILD names the build. A point at which something does not hold is
printed as it can be tried again by hand.
"""

import concurrent.futures
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import witness  # noqa: E402

BUILD = os.environ["PIKET_BUILD"]
FAULT = f"{BUILD}/tests/fault"
TENANT = "7c0ffee0-0000-4000-8000-00000000abcd"
CONTACT = {"isEnabled": True, "emails": "old@contoso.nl",
           "phone": "+31 10 765 4321",
           "notificationsByRole": {"state": "On", "roles": ["Owner"]},
           "notificationsSources": [{"sourceType": "Alert",
                                     "minimalSeverity": "High"}]}
# One without a contact, one that is off, one without an address.
BEFORE = {
    "00000000-0000-4000-8000-000000000001": None,
    "00000000-0000-4000-8000-000000000002": CONTACT | {"isEnabled": False},
    "00000000-0000-4000-8000-000000000003": CONTACT | {"emails": ""},
}

# The requests about contacts are: three reads of the check, and of the first
# change the re-read, the write, and the read-back. From one on, the calls.
REREAD, WRITE, READ_BACK, NEXT = 4, 5, 6, 7
STEPS = {
    "before the journal": (REREAD, "file", 1, "before"),
    "in the journal": (REREAD, "file", 1, "half"),
    "journalled, not yet durable": (REREAD, "file", 2, "before"),
    "after the journal": (WRITE, "network", 1, "before"),
    "in the request": (WRITE, "network", 1, "half"),
    "after the request": (WRITE, "network", 1, "after"),
    "before its answer is read": (WRITE, "network", 2, "before"),
    "before the read-back": (READ_BACK, "network", 1, "before"),
    "during the read-back": (READ_BACK, "network", 1, "after"),
    "before the result": (READ_BACK, "file", 1, "before"),
    "in the result": (READ_BACK, "file", 1, "half"),
    "after the result": (NEXT, "network", 1, "before"),
}


def kill(request, calls, number, when):
    """The environment in which piket is harmed at this point."""
    return {"LD_PRELOAD": f"{FAULT}/kill_at.so",
            "PIKET_KILL_REQUEST": str(request), "PIKET_KILL_CALLS": calls,
            "PIKET_KILL_AT": str(number), "PIKET_KILL_WHEN": when}


def kill_points(count, dice):
    """The named steps, then as many at random as are left."""
    for name, step in STEPS.items():
        yield name, kill(*step)
    for _ in range(count - len(STEPS)):
        when = dice.choice(("before", "half", "after"))
        if dice.random() < 0.4:  # anywhere, the making of the store included
            yield "anywhere", kill(0, "all", dice.randint(1, 220), when)
        else:
            yield "among the changes", kill(
                dice.randint(REREAD, 12),
                dice.choice(("file", "network", "all")),
                dice.randint(1, 12), when)


def full_points(count, dice):
    for _ in range(count):
        request, most = dice.choice(((0, 120), (REREAD, 40), (NEXT, 30)))
        yield "full", kill(request, "file", dice.randint(1, most), "full")


def starve_points(count, dice):
    for _ in range(count):
        yield "starved", {"LD_PRELOAD": f"{FAULT}/fail_allocation.so",
                          "PIKET_FAIL_ALLOCATION": str(dice.randint(1, 1500))}


HARMS = {"kill": kill_points, "full": full_points, "starve": starve_points}


class Bench:
    """An emulator, and piket beside it."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True)
        estate = folder / "estate.json"
        estate.write_text(json.dumps({
            "tenants": [{"id": TENANT, "displayName": "Contoso", "clients": [{
                "clientId": "c11e4715-0000-4000-8000-00000000abcd",
                "secret": "secret",
                "objectId": "0b1ec750-0000-4000-8000-00000000abcd"}]}],
            "subscriptions": [{"id": one, "displayName": f"Sub-{one[-1]}",
                               "tenantId": TENANT} for one in BEFORE]}))
        ready = folder / "ready.json"
        self.log = folder / "log"
        self.emulator = subprocess.Popen(
            [f"{BUILD}/piket-emulator", "--listen", "127.0.0.1:0",
             "--identity-listen", "127.0.0.1:0", "--estate", str(estate),
             "--ready-file", str(ready), "--log", str(self.log),
             "--contact-budget", "0"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=os.environ | {"TMPDIR": str(folder)})
        while not ready.exists() or not ready.stat().st_size:
            assert self.emulator.poll() is None, "the emulator ended"
            time.sleep(0.02)
        self.azure = witness.Azure(ready)
        known = self.azure.ready
        self.environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(folder),
            "XDG_STATE_HOME": str(folder / "state"),
            "PIKET_ARM_ENDPOINT": known["url"],
            "AZURE_AUTHORITY_HOST": known["url"],
            "AZURE_TENANT_ID": known["tenantId"],
            "AZURE_CLIENT_ID": known["clientId"],
            "AZURE_CLIENT_SECRET": known["clientSecret"],
            "SSL_CERT_FILE": known["caFile"],
            "AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:1"}
        self.store = str(folder / "state" / "piket" / "piket.db")

    def close(self):
        self.emulator.terminate()
        self.emulator.wait()

    def reset(self):
        """Azure as it was before, and no store."""
        shutil.rmtree(self.folder / "state", ignore_errors=True)
        for subscription, properties in BEFORE.items():
            self.azure.put(subscription, properties)
        return self.azure.state()

    def remediate(self, **variables):
        return subprocess.run(
            [f"{BUILD}/piket", "remediate", "--apply", "--yes", "--tenant",
             TENANT, "--email", "soc@contoso.nl", "--phone",
             "+31 20 123 4567", "--verify-timeout", "5"],
            env=self.environment | variables, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)

    def check(self):
        return subprocess.run(
            [f"{BUILD}/piket", "check"], env=self.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=60)

    def journalled(self, start, before):
        lost = witness.missing(witness.sent(self.log, start),
                               witness.journal(self.store), before)
        assert not lost, f"not in the journal: {lost}"

    def trial(self, variables):
        """Returns whether it came to harm."""
        before = self.reset()
        start = self.log.stat().st_size
        first = self.remediate(**variables)
        # Of its own accord it ends with a status and says why.
        assert first.returncode in (0, 2, 3, 64, -signal.SIGKILL), (
            first.returncode, first.stdout)
        assert first.returncode in (0, -signal.SIGKILL) or first.stdout
        self.journalled(start, before)
        second = self.remediate()
        assert second.returncode == 0, second.stdout
        # A write whose process was killed may have been logged only now.
        self.journalled(start, before)
        changes = witness.journal(self.store)
        pending = [row["id"] for row in changes
                   if row["outcome"] == "pending"]
        assert not pending, f"unfinished: {pending}"
        last = self.check()
        assert last.returncode == 0, last.stdout
        return first.returncode != 0


def work(folder, share):
    """Returns how many came to harm, and what did not hold."""
    bench = Bench(folder)
    harmed, failures = 0, []
    try:
        for name, variables in share:
            try:
                harmed += bench.trial(variables)
            except AssertionError as failure:
                failures.append(f"{name} {variables}: {failure}")
    finally:
        bench.close()
    return harmed, failures


def main(harm, folder, count, seed):
    trials = list(HARMS[harm](int(count), random.Random(int(seed))))
    workers = 2
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        parts = [pool.submit(work, pathlib.Path(folder) / f"bench{i}",
                             trials[i::workers]) for i in range(workers)]
    harmed = sum(part.result()[0] for part in parts)
    failures = [one for part in parts for one in part.result()[1]]
    print(*failures, sep="\n")
    print(f"{len(trials)} points, {harmed} of them harmed it")
    # Most points lie within the run; else nothing was proved.
    return 1 if failures or harmed < len(trials) * 0.6 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
