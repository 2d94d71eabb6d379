#!/usr/bin/env python3
"""Works out by itself what piket check must say of an estate.

verdicts.py ESTATE PROFILE REPORT compares the estate file that the emulator
wrote with piket's JSON report: the subscriptions, each one's status and
reach, each finding's status. It prints what differs and ends with 1.

It shares no code with piket and follows docs and standards, not the
implementation: one row per requirement below, written down twice on purpose.
"""

import json
import re
import sys

ALERTS = ["Low", "Medium", "High"]
RISKS = ["Low", "Medium", "High", "Critical"]

BASE = ["email-configured", "email-valid", "contact-enabled",
        "alerts-notified", "owner-notified"]
PROFILES = {
    "baseline-nl": {"requirements": BASE + ["contact-configured",
                                            "phone-configured"]},
    "conformity": {"requirements": ["email-configured"]},
    "cis-2.0": {"requirements": BASE, "exact": True},
    "cis-3.0": {"requirements": BASE, "exact": True},
    "cis-5.0": {"requirements": BASE + ["attack-paths-notified"],
                "risk": "Critical"},
    "strict": {"requirements": BASE + [
        "contact-configured", "phone-configured", "phone-valid",
        "email-count", "email-domain", "attack-paths-notified",
        "desired-contact"],
        "alerts": "Low", "risk": "Low", "emails": 2},
}


def emails_of(contact):
    parts = re.split("[;,]", contact.get("emails") or "")
    return [part.strip() for part in parts if part.strip()]


def level_of(contact, source, member):
    for entry in contact.get("notificationsSources") or []:
        if entry["sourceType"].lower() == source.lower():
            return entry[member]
    return None


def mailed(level, demanded, levels, exact=False):
    """Whether what is demanded is mailed from this threshold on."""
    if level is None:
        return False
    if exact:
        return level == demanded
    return levels.index(level) <= levels.index(demanded)


def notified_roles(contact):
    by_role = contact.get("notificationsByRole") or {}
    on = (by_role.get("state") or "Off").lower() == "on"
    return by_role.get("roles") or [] if on else []


def valid_email(address):
    return re.fullmatch(r"[^@\s\"<>()\[\],;:]+@([^@.\s_]+\.)+[^@.\s_]{2,}",
                        address) is not None


def judge(contact, profile):
    """The statuses of the profile's findings for a contact that exists."""
    emails = emails_of(contact)
    phone = (contact.get("phone") or "").strip()
    bare = re.sub(r"[ .()-]", "", phone)
    alerts = level_of(contact, "Alert", "minimalSeverity")
    paths = level_of(contact, "AttackPath", "minimalRiskLevel")
    met = {
        "contact-configured": True,
        "contact-enabled": contact.get("isEnabled") is not False,
        "email-configured": len(emails) > 0,
        "email-valid": all(map(valid_email, emails)) if emails else None,
        "email-count": len(emails) >= profile.get("emails", 1),
        "email-domain": None,
        "phone-configured": phone != "",
        "phone-valid":
            re.fullmatch(r"\+[0-9]{7,15}", bare) is not None
            if phone else None,
        "alerts-notified": mailed(alerts, profile.get("alerts", "High"),
                                  ALERTS, profile.get("exact", False)),
        "owner-notified": "owner" in [role.lower() for role
                                      in notified_roles(contact)],
        "attack-paths-notified": mailed(paths, profile.get("risk", "High"),
                                        RISKS),
        "desired-contact": None,
    }
    words = {True: "pass", False: "fail", None: "not-applicable"}
    return {name: words[met[name]] for name in profile["requirements"]}


def reach_of(contact):
    if contact.get("isEnabled") is False:
        return "nobody"
    if level_of(contact, "Alert", "minimalSeverity") is None:
        return "nobody"
    if any(map(valid_email, emails_of(contact))):
        return "contact"
    return "owners" if notified_roles(contact) else "nobody"


def expect(subscription, profile):
    """(status, reach, findings or None where any would do)"""
    if (subscription["state"] in ("Disabled", "Deleted")
            or (subscription.get("quotaId") or "").startswith("AAD_")):
        return "not-applicable", None, None
    if subscription["access"] == "none":
        return "unknown", "unknown", None
    contact = next((c for c in subscription["contacts"]
                    if c.get("name", "").lower() == "default"), None)
    if not subscription["registered"]:
        return "non-compliant", "owners", None
    if contact is None:
        # What Azure does with contacts of other names is not documented.
        others = len(subscription["contacts"]) > 0
        return "non-compliant", "unknown" if others else "owners", None
    findings = judge(contact, profile)
    status = "non-compliant" if "fail" in findings.values() else "compliant"
    return status, reach_of(contact), findings


def main():
    estate_path, profile_name, report_path = sys.argv[1:]
    with open(estate_path, encoding="utf-8") as stream:
        estate = json.load(stream)
    with open(report_path, encoding="utf-8") as stream:
        report = json.load(stream)
    wrong = []
    reported = {s["id"]: s for s in report["subscriptions"]}
    listed = [s for s in estate["subscriptions"] if s.get("listed", True)]
    if len(reported) != len(listed):
        wrong.append(f"{len(reported)} subscriptions instead of "
                     f"{len(listed)}")
    for subscription in listed:
        got = reported.get(subscription["id"])
        name = subscription["displayName"]
        if got is None:
            wrong.append(f"{name}: missing")
            continue
        status, reach, findings = expect(subscription, PROFILES[profile_name])
        if got["status"] != status:
            wrong.append(f"{name}: status {got['status']}, not {status}")
        if got["reach"] != reach:
            wrong.append(f"{name}: reach {got['reach']}, not {reach}")
        for finding in got["findings"]:
            requirement = finding["requirement"]
            if requirement not in PROFILES[profile_name]["requirements"]:
                wrong.append(f"{name}: {requirement} is not of the profile")
            elif findings and finding["status"] != findings[requirement]:
                wrong.append(f"{name}: {requirement} {finding['status']}, "
                             f"not {findings[requirement]}")
        if len(got["findings"]) != len(PROFILES[profile_name]
                                       ["requirements"]):
            wrong.append(f"{name}: {len(got['findings'])} findings")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
