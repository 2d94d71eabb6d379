#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads SARIF, JUnit, OCSF and OSCAL as their readers do, and compares them
with the JSON report of the same estate.

reports_security.py FOLDER: report.json, report.sarif, report.junit,
report.ocsf and report.oscal of it. Knows nothing of piket but the formats.

reports_security.py estate: writes an estate in which everything that others
may name is named like a command to the agent of a pipeline.

reports_security.py commands FOLDER: reads every file below it as those agents
read a log, and fails on a command; what is in a format with escapes is then
read by its reader, which has to find the very names."""

import html.parser
import json
import pathlib
import re
import sys
import uuid
import xml.etree.ElementTree
from collections import Counter

SEVERITIES = {"low": "note", "medium": "warning", "high": "error"}


def same(what, actual, expected):
    if actual != expected:
        sys.exit(f"{what}: {actual!r}, but JSON says {expected!r}")


def findings_of(report):
    return {(s["id"], f["requirement"]): (s, f)
            for s in report["subscriptions"] for f in s["findings"]}


def statuses(findings, *wanted):
    return {key for key, (_, f) in findings.items() if f["status"] in wanted}


def check_sarif(log, report, findings):
    run, = log["runs"]
    rules = [r["id"] for r in run["tool"]["driver"]["rules"]]
    seen, prints = {}, set()
    for result in run["results"]:
        rule = result["ruleId"]
        same("index of the rule", rules[result["ruleIndex"]], rule)
        key = result["properties"]["subscriptionId"], rule
        same("a result twice", key in seen, False)
        seen[key] = result
        _, finding = findings[key]
        same("level", result["level"], SEVERITIES[finding["severity"]])
        same("suppressed", "suppressions" in result,
             finding["status"] == "muted")
        if finding["status"] == "muted":
            suppression, = result["suppressions"]
            same("justification", suppression["justification"],
                 finding["mute"]["reason"])
        location, = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        same("location", bool(re.fullmatch(r"[A-Za-z0-9._~%/:-]+", uri)),
             True)
        same("region", set(location["physicalLocation"]["region"]),
             {"startLine", "startColumn", "endLine", "endColumn"})
        prints.add(result["partialFingerprints"]["primaryLocationLineHash"])
    same("results", set(seen), statuses(findings, "fail", "muted"))
    same("fingerprints", len(prints), len(seen))
    invocation, = run["invocations"]
    same("successful", invocation["executionSuccessful"],
         report["summary"]["status"] != "unknown")
    kinds = Counter(n["descriptor"]["id"]
                    for n in invocation["toolExecutionNotifications"])
    same("unreadable", kinds["subscription-unknown"],
         sum(s["error"] is not None for s in report["subscriptions"]))


def check_junit(root, report, findings):
    whole, *suites = root.findall("testsuite")
    same("suites", [s.find("properties/property[@name='subscriptionId']")
                    .get("value") for s in suites],
         [s["id"] for s in report["subscriptions"]])
    expected = Counter(f["status"] for _, f in findings.values())
    problems = len(whole.findall("testcase/error"))
    same("tests", int(root.get("tests")), len(findings) + 1)
    same("failures", int(root.get("failures")), expected["fail"])
    same("errors", int(root.get("errors")), expected["unknown"] + problems)
    same("skipped", int(root.get("skipped")),
         expected["muted"] + expected["not-applicable"])
    for total, element in (("failures", "failure"), ("errors", "error"),
                           ("skipped", "skipped")):
        for suite in [whole, *suites]:
            same(total, int(suite.get(total)),
                 len(suite.findall(f"testcase/{element}")))
    cases = [(c.get("classname"), c.get("name"))
             for c in root.iter("testcase")]
    same("names that differ", len(set(cases)), len(cases))


def check_ocsf(events, report, findings):
    run, *events = events
    same("the run's event", run["metadata"]["event_code"], "run-complete")
    seen = {(e["cloud"]["account"]["uid"], e["metadata"]["event_code"]): e
            for e in events}
    same("events", len(events), len(findings))
    same("what they are about", set(seen), set(findings))
    outcomes = {"pass": 1, "fail": 3, "muted": 3, "unknown": 2,
                "not-applicable": None}
    for key, event in seen.items():
        subscription, finding = findings[key]
        same("class", (event["class_uid"], event["type_uid"]), (2003, 200301))
        same("account", event["cloud"]["account"]["type_id"], 13)
        same("name", event["cloud"]["account"]["name"], subscription["name"])
        same("outcome", event["compliance"].get("status_id"),
             outcomes[finding["status"]])
        same("suppressed", event["status_id"] == 3,
             finding["status"] == "muted")
        same("remediation", "remediation" in event
             or finding["status"] not in ("fail", "muted"), True)
        if event["time"] < 10 ** 12:
            sys.exit(f"{event['time']} is not in milliseconds")
    uids = {e["finding_info"]["uid"] for e in [run, *events]}
    same("ids of findings", len(uids), len(events) + 1)
    same("ids of events", len({e["metadata"]["uid"] for e in [run, *events]}),
         len(events) + 1)


def references(tree, names):
    """The values of members with such a name, at any depth."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key in names and isinstance(value, str):
                yield value
            yield from references(value, names)
    elif isinstance(tree, list):
        for value in tree:
            yield from references(value, names)


def check_oscal(document, report, findings):
    results = document["assessment-results"]
    result, = results["results"]
    defined = list(references(document, {"uuid"}))
    same("ids that differ", len(set(defined)), len(defined))
    for text in defined:
        same("version of the UUID", uuid.UUID(text).version, 5)
    used = set(references(document, {
        "subject-uuid", "observation-uuid", "risk-uuid", "actor-uuid",
        "component-uuid"}))
    used |= {h[1:] for h in references(document, {"href"}) if h[0] == "#"}
    same("ids that lead nowhere", used - set(defined), set())
    same("inventory",
         [next(p["value"] for p in i["props"] if p["name"] == "asset-id")
          for i in result["local-definitions"].get("inventory-items", [])],
         [s["id"] for s in report["subscriptions"]])
    same("observations", len(result["observations"]), len(findings) + 1)
    risks = Counter(r["status"] for r in result.get("risks", []))
    same("open risks", risks["open"], len(statuses(findings, "fail")))
    same("accepted risks", risks["deviation-approved"],
         len(statuses(findings, "muted")))
    for finding in result["findings"]:
        seen = {f["status"] for (_, requirement), (_, f) in findings.items()
                if requirement == finding["target"]["target-id"]}
        status = finding["target"]["status"]
        if seen:
            same("state of " + finding["title"], status["state"],
                 "not-satisfied" if seen & {"fail", "unknown", "muted"}
                 else "satisfied")
            same("reason of " + finding["title"], status["reason"] == "other",
                 "fail" not in seen and ("unknown" in seen or
                                         seen == {"not-applicable"}))


# Commands, and what is near to one; the rest of a name tells it apart.
NAMES = [
    "##vso[task.setvariable variable=PATH]/tmp/evil",
    "Zorg ##vso[task.complete result=Failed;]done",
    "##VSO[task.logissue type=error]upper",
    "##Vso##vSo[task.uploadfile]/etc/shadow",
    "##[add-mask]a", "###[error]three", "Data##[set-env name=A]within",
    "##[##[group]twice", "a.b|c;##[stop-commands]d,e\"##[x]f",
    "##teamcity[buildStatus status='FAILURE']", "##TeamCity[x]",
    "::set-env name=LD_PRELOAD::/tmp/evil.so", "   ::stop-commands::blanks",
    ":::error file=a::three", "\u00a0\u3000::add-mask::wide",
    "\u2003\u205f\u1680::warning::wider", "::add-mask::a,b\"c\"",
    "\t\n\v ::debug::broken", "\u0085::notice::next",
    "\u2028::group::separated", "\r::endgroup::returned",
    "\x1b[1m::set-output name=a::coloured", "\x1b[0m##vso[a.b]coloured",
    "--- folded", "+++ unfolded", "~~~ muffled", "---", "#", "##", ":", "::",
    "#vso[task.debug]half", "##vso", "vso[task.debug]rest", "[error]rest",
    " wrapped" * 8 + " ::set-env name=WRAPPED::" + "x" * 40,
    "cut" * 12 + "##vso[task.debug]" + "x" * 300,
    "cut" * 12 + "#" * 60 + "[error]",
]
# These are none, and stay whole in every format.
HARMLESS = ["C## and F#", "std::vector", "a -- b --- c", "## Heading",
            "# #vso", "ratio 1:2::3", "##other[x]"]

TENANT = "7c0ffee0-0000-4000-8000-00000000abcd"


def subscription(number, name):
    address = f'"{name}"@contoso.nl'
    contact = {
        "name": "default", "isEnabled": number % 4 != 0,
        "emails": f"soc@contoso.nl;{address};{name}", "phone": name,
        "notificationsByRole": {"state": "On", "roles": ["Owner"]},
        "notificationsSources": [{"sourceType": "Alert",
                                  "minimalSeverity": "High"}]}
    # Sent as it is: with words that the service itself would refuse.
    odd = {"name": "default", "properties": {
        **contact, "notificationsByRole": {"state": name, "roles": [name]},
        "notificationsSources": [{"sourceType": "Alert",
                                  "minimalSeverity": name}]}}
    # A resource of this name would be another one below it.
    own = {**contact, "name": name.replace("/", "_")}
    contacts = [[contact, own],
                [{"name": "default", "raw": odd}], []][number % 3]
    return {"id": f"00000000-0000-4000-8000-{number:012}",
            "displayName": name, "managementGroup": "mg-1",
            "quotaId": name, "contacts": contacts}


def write_estate():
    names = NAMES + HARMLESS
    json.dump({
        "tenants": [{
            "id": TENANT, "displayName": NAMES[0],
            "defaultDomain": NAMES[11], "clients": [{
                "clientId": "c11e4715-0000-4000-8000-00000000abcd",
                "secret": "secret", "displayName": NAMES[0],
                "objectId": "0b1ec750-0000-4000-8000-00000000abcd"}]}],
        "managementGroups": [{"id": f"mg-{i}", "displayName": name}
                             for i, name in enumerate(names)],
        "subscriptions": [subscription(i, name)
                          for i, name in enumerate(names)],
    }, sys.stdout)


def commands_in(data):
    """As the agents read it: actions/runner ActionCommand.cs, and
    azure-pipelines-agent Command.cs; lines are those of .NET's ReadLine,
    blanks those of its TrimStart. Control sequences are left out, too, as who
    looks at a terminal may do before."""
    text = re.sub(r"\x1b\[[0-?]*[@-~]", "", data.decode())
    for line in re.split(r"\r\n|\r|\n", text):
        if (re.search(r"##(vso|teamcity)?\[", line, re.IGNORECASE)
                or line.lstrip().startswith("::")
                or re.match(r"---|\+\+\+|~~~", line)):
            yield line


class Page(html.parser.HTMLParser):
    """The texts of an html report, and the data of its script."""

    def __init__(self, text):
        super().__init__()
        self.texts, self.data, self.inside = [], "", False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.inside = ("type", "application/json") in attrs
        self.texts += [value or "" for _, value in attrs]

    def handle_data(self, data):
        if self.inside:
            self.data += data
        else:
            self.texts.append(data)


def texts_of(tree):
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, (dict, list)):
        for value in tree.values() if isinstance(tree, dict) else tree:
            yield from texts_of(value)


def parse(path, data):
    """The texts in it, by the reader of its format; None where the format has
    no escapes."""
    kind = path.suffix[1:]
    if kind in ("json", "sarif", "oscal"):
        return list(texts_of(json.loads(data)))
    if kind in ("jsonl", "ocsf"):
        return list(texts_of([json.loads(line)
                              for line in data.decode().splitlines()]))
    if kind == "junit":
        root = xml.etree.ElementTree.fromstring(data)
        return [text for element in root.iter()
                for text in [element.text or "", *element.attrib.values()]]
    if kind == "html":
        page = Page(data.decode())
        return page.texts + list(texts_of(json.loads(page.data)))
    return None


def check_commands(folder):
    count = 0
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        for line in commands_in(data):
            sys.exit(f"{path.name}: a command: {line!r}")
        texts = parse(path, data)
        whole = path.name.startswith("all.")
        for name in NAMES + HARMLESS if whole and texts is not None else []:
            if name.isprintable() and len(name) < 200 and not any(
                    name in text for text in texts):
                sys.exit(f"{path.name}: {name!r} is not in it")
        for name in HARMLESS if whole and texts is None else []:
            if name not in data.decode():
                sys.exit(f"{path.name}: {name!r} is not whole in it")
        count += 1
    print(count, "files")


def main():
    if sys.argv[1] == "estate":
        write_estate()
        return
    if sys.argv[1] == "commands":
        check_commands(pathlib.Path(sys.argv[2]))
        return
    folder = pathlib.Path(sys.argv[1])
    report = json.loads((folder / "report.json").read_bytes())
    findings = findings_of(report)
    check_sarif(json.loads((folder / "report.sarif").read_bytes()), report,
                findings)
    check_junit(xml.etree.ElementTree.parse(folder / "report.junit")
                .getroot(), report, findings)
    lines = (folder / "report.ocsf").read_text("ascii").splitlines()
    check_ocsf([json.loads(line) for line in lines], report, findings)
    check_oscal(json.loads((folder / "report.oscal").read_bytes()), report,
                findings)


main()
