/* SPDX-License-Identifier: Apache-2.0 */
/* Turns the lines of a diagnosis into sentences. */
#include "report/phrase_diagnosis.h"

#include "report/sentence.h"

struct phrase {
    const char *sentence;
    const char *advice;  /* or NULL */
    const char *command; /* or NULL */
};

#define CHECK_PROXY                                                    \
    "see whether a proxy or a sign-in page of the network answers in " \
    "Azure's place (HTTPS_PROXY, NO_PROXY), and check --arm-endpoint " \
    "and --authority-host"

#define GRANT(role)                                                  \
    "az role assignment create --assignee {assignee} --role \"" role \
    "\" --scope {scope}"

/* See sentence_append for braces and brackets. */
static const struct phrase phrases[DIAGNOSIS_REASON_COUNT] = {
    [DIAGNOSIS_REASON_DEPENDS] = { "because {because} fails", NULL, NULL },
    [DIAGNOSIS_REASON_INTERRUPTED] = { "interrupted before it was known", NULL,
                                       NULL },

    [DIAGNOSIS_REASON_CONFIG_NONE] = { "no piket.yaml here; profile "
                                       "{profile}",
                                       NULL, NULL },
    [DIAGNOSIS_REASON_CONFIG_VALID] = { "{file} ({origin}); profile "
                                        "{profile}",
                                        NULL, NULL },
    [DIAGNOSIS_REASON_CONFIG_BROKEN] = { "{error}",
                                         "mend the file, or give another "
                                         "one "
                                         "with --config",
                                         NULL },
    [DIAGNOSIS_REASON_CONTACT_DESIRED] = { "{file} names {emails}", NULL,
                                           NULL },
    [DIAGNOSIS_REASON_CONTACT_NOT_DESIRED] = { "the configuration names "
                                               "no "
                                               "contact that "
                                               "subscriptions "
                                               "should have: "
                                               "a check works without, a "
                                               "remediation has nothing "
                                               "to "
                                               "write",
                                               "add contact: with emails: "
                                               "to "
                                               "piket.yaml",
                                               NULL },

    [DIAGNOSIS_REASON_CLOUD] = { "{cloud}: {endpoint}, sign-in at "
                                 "{authority}",
                                 NULL, NULL },
    [DIAGNOSIS_REASON_CLOUD_UNUSABLE] = { "{error}",
                                          "correct the option or variable",
                                          NULL },
    [DIAGNOSIS_REASON_PROXY_NONE] = { "none is set (HTTPS_PROXY)", NULL,
                                      NULL },
    [DIAGNOSIS_REASON_PROXY_LOOPBACK] = { "{proxy} is set, but {endpoint} "
                                          "is "
                                          "this machine and is reached "
                                          "without "
                                          "it",
                                          NULL, NULL },
    [DIAGNOSIS_REASON_PROXY_SET] = { "{proxy}", NULL, NULL },
    [DIAGNOSIS_REASON_PROXY_EXEMPTED] = { "{proxy}, but for what NO_PROXY "
                                          "lists: {exempted}",
                                          NULL, NULL },
    [DIAGNOSIS_REASON_CA_FILE] = { "{file} ({origin})", NULL, NULL },
    [DIAGNOSIS_REASON_CA_FILE_UNREADABLE] = { "{file} ({origin}): {error}",
                                              "give a PEM file with "
                                              "--ca-file "
                                              "or SSL_CERT_FILE, or "
                                              "install "
                                              "ca-certificates",
                                              NULL },
    [DIAGNOSIS_REASON_CA_FILE_NONE] = { "this system has no file of "
                                        "certificates to trust",
                                        "install ca-certificates, or give "
                                        "a "
                                        "PEM file with --ca-file",
                                        "apt-get install "
                                        "ca-certificates" },

    [DIAGNOSIS_REASON_REACHED] = { "{host} answers, TLS verified (HTTP "
                                   "{httpStatus}[, {milliseconds} "
                                   "ms])",
                                   NULL, NULL },
    [DIAGNOSIS_REASON_FOREIGN] = { "{host} is answered by something that "
                                   "is "
                                   "not Azure: {error}",
                                   CHECK_PROXY, NULL },
    [DIAGNOSIS_REASON_BUSY] = { "{host} answers, but cannot serve now: "
                                "{error}",
                                "try again later", NULL },
    [DIAGNOSIS_REASON_NAME_UNKNOWN] = { "no address for {host}: {error}",
                                        "check the name, DNS, and the "
                                        "proxy "
                                        "settings (HTTPS_PROXY)",
                                        NULL },
    [DIAGNOSIS_REASON_NOT_CONNECTED] = { "no connection to {host}: "
                                         "{error}",
                                         "open the firewall to {host} "
                                         "port "
                                         "443, or set HTTPS_PROXY",
                                         NULL },
    [DIAGNOSIS_REASON_TLS_FAILED] = { "no secure connection to {host}: "
                                      "{error}",
                                      "if a proxy of your own inspects "
                                      "TLS, "
                                      "give its CA with --ca-file or "
                                      "SSL_CERT_FILE",
                                      NULL },
    [DIAGNOSIS_REASON_TIMED_OUT] = { "{host} did not answer in time: "
                                     "{error}",
                                     "a firewall may drop what goes to "
                                     "{host}: open port 443, set "
                                     "HTTPS_PROXY, or allow more with "
                                     "--timeout",
                                     NULL },
    [DIAGNOSIS_REASON_BROKEN] = { "{host} did not answer properly: "
                                  "{error}",
                                  CHECK_PROXY, NULL },
    [DIAGNOSIS_REASON_TENANT_UNKNOWN] = { "{host} knows no tenant "
                                          "{tenant}",
                                          "check --tenant, "
                                          "AZURE_TENANT_ID "
                                          "and --cloud",
                                          NULL },
    [DIAGNOSIS_REASON_CLOCK_RIGHT] = { "within {seconds} {seconds|second|"
                                       "seconds} of Azure's",
                                       NULL, NULL },
    [DIAGNOSIS_REASON_CLOCK_AHEAD] = { "this machine is {seconds} seconds "
                                       "ahead of Azure; from 300 on, "
                                       "tokens are refused",
                                       "set the clock, and keep it by NTP",
                                       "timedatectl set-ntp true" },
    [DIAGNOSIS_REASON_CLOCK_BEHIND] = { "this machine is {seconds} "
                                        "seconds "
                                        "behind Azure; from 300 on, "
                                        "tokens "
                                        "are refused",
                                        "set the clock, and keep it by "
                                        "NTP",
                                        "timedatectl set-ntp true" },
    [DIAGNOSIS_REASON_CLOCK_UNTOLD] = { "the answer carries no date to "
                                        "compare with",
                                        "a proxy may have taken it away; "
                                        "compare the clock yourself",
                                        NULL },

    [DIAGNOSIS_REASON_SIGNED_IN] = { "{credential}[\nnot used: "
                                     "{passedOver;}]",
                                     NULL, NULL },
    [DIAGNOSIS_REASON_NOT_SIGNED_IN] = { "nobody is signed in\n{error}",
                                         "mend what the credential says, "
                                         "or "
                                         "sign in another way (az login)",
                                         NULL },
    [DIAGNOSIS_REASON_TOKEN_REFUSED] = { "{credential} gave a token, but "
                                         "Azure refused it: {error}[\nnot "
                                         "used: {passedOver;}]",
                                         "sign in again; check that "
                                         "--cloud "
                                         "and --tenant are those of the "
                                         "sign-in",
                                         NULL },
    [DIAGNOSIS_REASON_TENANT] = { "{name} ({tenant})", NULL, NULL },
    [DIAGNOSIS_REASON_TENANT_UNNAMED] = { "{tenant}", NULL, NULL },
    [DIAGNOSIS_REASON_TENANT_UNTOLD] = { "the token does not say which "
                                         "tenant "
                                         "it is of",
                                         NULL, NULL },
    [DIAGNOSIS_REASON_TENANT_AS_CONFIGURED] = { "the one that {file} is "
                                                "for",
                                                NULL, NULL },
    [DIAGNOSIS_REASON_TENANT_DIFFERS] = { "{file} is for tenant "
                                          "{configured}, "
                                          "but this is {tenant}: nothing "
                                          "would be written to it",
                                          "sign in to the other tenant, "
                                          "or "
                                          "give another file with "
                                          "--config",
                                          NULL },
    [DIAGNOSIS_REASON_TENANT_FREE] = { "{file} names no tenant: writing "
                                       "needs "
                                       "--tenant",
                                       NULL, NULL },
    [DIAGNOSIS_REASON_TENANT_NO_FILE] = { "no file that could name one: "
                                          "writing needs --tenant",
                                          NULL, NULL },
    [DIAGNOSIS_REASON_IDENTITY] = { "{name}[, object {objectId}][, "
                                    "application {applicationId}]; from "
                                    "the token, unverified",
                                    NULL, NULL },
    [DIAGNOSIS_REASON_IDENTITY_OPAQUE] = { "the token of {credential} "
                                           "does "
                                           "not say whose it is",
                                           NULL, NULL },
    [DIAGNOSIS_REASON_TOKEN_LASTS] = { "{minutes} "
                                       "{minutes|minute|minutes} "
                                       "left (until {expiresAt}); it is "
                                       "renewed in time",
                                       NULL, NULL },
    [DIAGNOSIS_REASON_TOKEN_ENDS_SOON] = { "only {minutes} "
                                           "{minutes|minute|minutes} left "
                                           "(until {expiresAt})",
                                           "sign in again before a long "
                                           "check; a token that was given "
                                           "in "
                                           "AZURE_ACCESS_TOKEN is never "
                                           "renewed",
                                           NULL },
    [DIAGNOSIS_REASON_TOKEN_STATIC] = { "{minutes} "
                                        "{minutes|minute|minutes} "
                                        "left (until {expiresAt}); it is "
                                        "never renewed",
                                        NULL, NULL },
    [DIAGNOSIS_REASON_TOKEN_UNTOLD] = { "the token does not say until "
                                        "when it "
                                        "lasts",
                                        NULL, NULL },

    [DIAGNOSIS_REASON_VISIBLE] = { "{subscriptions} visible: "
                                   "{byState}[\nby "
                                   "tenant: {byTenant;}]",
                                   NULL, NULL },
    [DIAGNOSIS_REASON_NONE_VISIBLE] = { "Azure shows this identity no "
                                        "subscription: it has no role on "
                                        "any, "
                                        "or the tenant is another one",
                                        "give it Security Reader on the "
                                        "root "
                                        "management group, or check "
                                        "--tenant and --cloud; a new "
                                        "assignment takes some minutes",
                                        NULL },
    [DIAGNOSIS_REASON_NOT_LISTED] = { "subscriptions could not be listed: "
                                      "{error}",
                                      "sign in as somebody who may list "
                                      "subscriptions: Security Reader on "
                                      "the root management group is "
                                      "enough",
                                      NULL },
    [DIAGNOSIS_REASON_LIST_BROKEN] = { "the list broke off after "
                                       "{subscriptions}: {error}",
                                       "run piket doctor again; if it "
                                       "stays, "
                                       "see what -vv shows",
                                       NULL },
    [DIAGNOSIS_REASON_LIST_STRANGE] = { "{subscriptions} visible[: "
                                        "{byState}], but {strange} more "
                                        "have "
                                        "no "
                                        "usable id, or stand there twice "
                                        "in "
                                        "different states[\nby tenant: "
                                        "{byTenant;}]",
                                        "run piket doctor again; if it "
                                        "stays, "
                                        "report it to Microsoft",
                                        NULL },
    [DIAGNOSIS_REASON_SCOPE_ALL] = { "everything that is visible is "
                                     "checked",
                                     NULL, NULL },
    [DIAGNOSIS_REASON_SCOPE_APPLIED] = { "{subscriptions} in scope, "
                                         "{leftOut} "
                                         "left out",
                                         NULL, NULL },
    [DIAGNOSIS_REASON_SCOPE_NOTED] = { "{subscriptions} in scope, "
                                       "{leftOut} "
                                       "left out\n{notes;}",
                                       "correct the scope, on the command "
                                       "line or in the configuration",
                                       NULL },
    [DIAGNOSIS_REASON_SCOPE_EMPTY] = { "nothing is left to check: all "
                                       "{leftOut} visible subscriptions "
                                       "are "
                                       "left out",
                                       "exclude less, on the command line "
                                       "or "
                                       "in the configuration",
                                       NULL },
    [DIAGNOSIS_REASON_SCOPE_WRONG] = { "{error}",
                                       "correct the scope, on the command "
                                       "line or in the configuration",
                                       NULL },

    [DIAGNOSIS_REASON_COVERED] = { "all {expected} that there are, by the "
                                   "management groups, are visible",
                                   NULL, NULL },
    [DIAGNOSIS_REASON_NOT_VISIBLE] = { "{missing} of the {expected} that "
                                       "there are cannot be seen: {names}",
                                       "give the identity Security Reader "
                                       "on them, best on the root "
                                       "management group; a new "
                                       "assignment takes some minutes",
                                       GRANT("Security Reader") },
    [DIAGNOSIS_REASON_COVERAGE_HIDDEN] = { "subscriptions may be missing "
                                           "unnoticed: the root "
                                           "management group "
                                           "cannot be read[: {error}]",
                                           "to be certain, give the "
                                           "identity Management Group "
                                           "Reader on the root "
                                           "management group, or keep a "
                                           "list for piket check --expect",
                                           "[" GRANT("Management Group "
                                                     "Reader") "]" },
    [DIAGNOSIS_REASON_COVERAGE_UNREAD] = { "subscriptions may be missing "
                                           "unnoticed: which there are "
                                           "could not be "
                                           "found out[: {error}]",
                                           "run piket doctor again, or "
                                           "name the tenant with --tenant",
                                           NULL },

    [DIAGNOSIS_REASON_ALLOWED] = { "allowed on all {sample} asked, of "
                                   "{subscriptions} visible",
                                   NULL, NULL },
    [DIAGNOSIS_REASON_READ_DENIED] = { "Microsoft.Security/"
                                       "securityContacts/"
                                       "read is missing on {missing} of "
                                       "{sample} asked: {names}[; "
                                       "{unread} "
                                       "could not be asked]",
                                       "Security Reader is enough (Reader "
                                       "is, "
                                       "too), best on the root "
                                       "management group; a new "
                                       "assignment "
                                       "takes some minutes",
                                       GRANT("Security Reader") },
    [DIAGNOSIS_REASON_WRITE_DENIED] = { "a check works, a remediation "
                                        "will "
                                        "not: writing or deleting "
                                        "security "
                                        "contacts is missing on {missing} "
                                        "of "
                                        "{sample} asked: {names}[; "
                                        "{unread} could not be asked]",
                                        "to let it remediate, Security "
                                        "Admin "
                                        "is enough",
                                        GRANT("Security Admin") },
    [DIAGNOSIS_REASON_PERMISSIONS_UNREAD] = { "the permissions on "
                                              "{unread} of "
                                              "{sample} could not be "
                                              "read: "
                                              "{error}",
                                              "see contact-read for "
                                              "whether a "
                                              "contact can be read all "
                                              "the "
                                              "same",
                                              NULL },
    [DIAGNOSIS_REASON_NONE_APPLICABLE] = { "nothing to ask: every "
                                           "subscription in scope is "
                                           "disabled, deleted or "
                                           "only for Entra ID",
                                           NULL, NULL },
    [DIAGNOSIS_REASON_REGISTERED] = { "Microsoft.Security is registered "
                                      "on "
                                      "all {sample} asked",
                                      NULL, NULL },
    [DIAGNOSIS_REASON_NOT_REGISTERED] = { "Microsoft.Security is not "
                                          "registered on {missing} of "
                                          "{sample} asked: "
                                          "{names}; a check calls these "
                                          "non-compliant[; {unread} could "
                                          "not "
                                          "be "
                                          "asked]",
                                          "register it; the identity may "
                                          "do "
                                          "so on {registrable} of the "
                                          "{missing}",
                                          "az provider register "
                                          "--namespace "
                                          "Microsoft.Security "
                                          "--subscription "
                                          "{subscription}" },
    [DIAGNOSIS_REASON_REGISTRATION_UNSEEN] = { "hidden on {unread} of "
                                               "{sample}: it takes "
                                               "Reader; a "
                                               "check does not "
                                               "need it",
                                               NULL, NULL },
    [DIAGNOSIS_REASON_REGISTRATION_UNREAD] = { "could not be read on "
                                               "{unread} "
                                               "of {sample}: {error}",
                                               "run piket doctor again; a "
                                               "check does not need it",
                                               NULL },
    [DIAGNOSIS_REASON_CONTACT_READ] = { "{name}: {contacts} "
                                        "{contacts|contact|contacts}, API "
                                        "version "
                                        "{version}",
                                        NULL, NULL },
    [DIAGNOSIS_REASON_CONTACT_OLDER] = { "{name}: answered no newer than "
                                         "API "
                                         "version {version}, which shows "
                                         "neither whether a contact is "
                                         "enabled nor attack path "
                                         "notifications",
                                         "nothing to do: the report lists "
                                         "what cannot be judged",
                                         NULL },
    [DIAGNOSIS_REASON_CONTACT_UNREGISTERED] = { "{name}: "
                                                "Microsoft.Security "
                                                "is not registered, API "
                                                "version {version}",
                                                NULL, NULL },
    [DIAGNOSIS_REASON_CONTACT_UNREAD] = { "{name}: [HTTP {httpStatus} "
                                          "]{code}: {error}",
                                          "see permission-read above; a "
                                          "deny "
                                          "assignment or a policy may "
                                          "forbid "
                                          "it, too",
                                          NULL },
};

int
phrase_diagnosis(const struct diagnosis_line *line, struct buffer *target)
{
    return sentence_append(phrases[line->reason].sentence, line, target);
}

int
phrase_diagnosis_advice(const struct diagnosis_line *line,
                        struct buffer *target)
{
    const struct diagnosis_fact *advice = diagnosis_fact(line, "advice");

    if (line->status != DIAGNOSIS_WARN && line->status != DIAGNOSIS_FAIL)
        return 0;
    if (advice != NULL)
        return buffer_append_text(target, advice->text);
    if (phrases[line->reason].advice == NULL)
        return 0;
    return sentence_append(phrases[line->reason].advice, line, target);
}

int
phrase_diagnosis_command(const struct diagnosis_line *line,
                         struct buffer *target)
{
    if (line->status != DIAGNOSIS_WARN && line->status != DIAGNOSIS_FAIL)
        return 0;
    if (phrases[line->reason].command == NULL)
        return 0;
    return sentence_append(phrases[line->reason].command, line, target);
}
