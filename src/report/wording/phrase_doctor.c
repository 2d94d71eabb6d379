/* SPDX-License-Identifier: Apache-2.0 */
/* Turns the lines of a diagnosis into sentences. */
#include "report/wording/phrase_doctor.h"

#include "report/wording/sentence.h"

struct phrase {
    const char *sentence;
    const char *advice;  /* or NULL */
    const char *command; /* or NULL */
};

#define CHECK_PROXY                                                       \
    N_("see whether a proxy or a sign-in page of the network answers in " \
       "Azure's place (HTTPS_PROXY, NO_PROXY), and check --arm-endpoint " \
       "and --authority-host")

#define GRANT(role)                                                  \
    "az role assignment create --assignee {assignee} --role \"" role \
    "\" --scope {scope}"

/* See sentence_append for braces and brackets. What holds no word is not
 * marked, nor are commands. */
static const struct phrase phrases[DOCTOR_REASON_COUNT] = {
    [DOCTOR_REASON_DEPENDS] = {
        .sentence = N_("because {because} fails"),
    },
    [DOCTOR_REASON_INTERRUPTED] = {
        .sentence = N_("interrupted before it was known"),
    },

    [DOCTOR_REASON_CONFIG_NONE] = {
        .sentence = N_("no piket.yaml here; profile {profile}"),
    },
    [DOCTOR_REASON_CONFIG_VALID] = {
        .sentence = N_("{file} ({origin!}); profile {profile}"),
    },
    [DOCTOR_REASON_CONFIG_BROKEN] = {
        .sentence = "{error}",
        .advice = N_("mend the file, or give another one with --config"),
    },
    [DOCTOR_REASON_CONTACT_DESIRED] = {
        .sentence = N_("{file} names {emails}"),
    },
    [DOCTOR_REASON_CONTACT_NOT_DESIRED] = {
        .sentence =
            N_("the configuration names no contact that subscriptions "
               "should have: a check works without, a remediation has nothing "
               "to write"),
        .advice = N_("add contact: with emails: to piket.yaml"),
    },
    [DOCTOR_REASON_STORE_USABLE] = {
        .sentence = "{file}",
    },
    [DOCTOR_REASON_STORE_ABSENT] = {
        .sentence = N_("{file} is not there yet: the first check makes it"),
    },
    [DOCTOR_REASON_STORE_OFF] = {
        .sentence =
            N_("--no-store: no run is kept, and nothing can be changed"),
    },
    [DOCTOR_REASON_STORE_UNFINISHED] = {
        .sentence =
            N_("{file}: {changes} {changes|change was|changes were} begun, "
               "and the end is not known: piket was killed, or is still at "
               "it"),
        .advice =
            N_("run piket remediate --apply, or revert --apply: before "
               "anything else it finds that out, by reading"),
    },
    [DOCTOR_REASON_STORE_UNUSABLE] = {
        .sentence = "{error}",
    },

    [DOCTOR_REASON_CLOUD] = {
        .sentence = N_("{cloud}: {endpoint}, sign-in at {authority}"),
    },
    [DOCTOR_REASON_CLOUD_UNUSABLE] = {
        .sentence = "{error}",
        .advice = N_("correct the option or variable"),
    },
    [DOCTOR_REASON_PROXY_NONE] = {
        .sentence = N_("none is set (HTTPS_PROXY)"),
    },
    [DOCTOR_REASON_PROXY_LOOPBACK] = {
        .sentence =
            N_("{proxy} is set, but {endpoint} is this machine and is "
               "reached without it"),
    },
    [DOCTOR_REASON_PROXY_SET] = {
        .sentence = "{proxy}",
    },
    [DOCTOR_REASON_PROXY_EXEMPTED] = {
        .sentence = N_("{proxy}, but for what NO_PROXY lists: {exempted}"),
    },
    [DOCTOR_REASON_CA_FILE] = {
        .sentence = "{file} ({origin!})",
    },
    [DOCTOR_REASON_CA_FILE_UNREADABLE] = {
        .sentence = "{file} ({origin!}): {error}",
        .advice =
            N_("give a PEM file with --ca-file or SSL_CERT_FILE, or "
               "install ca-certificates"),
    },
    [DOCTOR_REASON_CA_FILE_NONE] = {
        .sentence = N_("this system has no file of certificates to trust"),
        .advice =
            N_("install ca-certificates, or give a PEM file with --ca-file"),
        .command = "apt-get install ca-certificates",
    },

    [DOCTOR_REASON_REACHED] = {
        .sentence =
            N_("{host} answers, TLS verified (HTTP {httpStatus}[, "
               "{milliseconds} ms])"),
    },
    [DOCTOR_REASON_FOREIGN] = {
        .sentence =
            N_("{host} is answered by something that is not Azure: {error}"),
        .advice = CHECK_PROXY,
    },
    [DOCTOR_REASON_BUSY] = {
        .sentence = N_("{host} answers, but cannot serve now: {error}"),
        .advice = N_("try again later"),
    },
    [DOCTOR_REASON_NAME_UNKNOWN] = {
        .sentence = N_("no address for {host}: {error}"),
        .advice =
            N_("check the name, DNS, and the proxy settings (HTTPS_PROXY)"),
    },
    [DOCTOR_REASON_NOT_CONNECTED] = {
        .sentence = N_("no connection to {host}: {error}"),
        .advice =
            N_("open the firewall to {host} port 443, or set HTTPS_PROXY"),
    },
    [DOCTOR_REASON_TLS_FAILED] = {
        .sentence = N_("no secure connection to {host}: {error}"),
        .advice =
            N_("if a proxy of your own inspects TLS, give its CA with "
               "--ca-file or SSL_CERT_FILE"),
    },
    [DOCTOR_REASON_TIMED_OUT] = {
        .sentence = N_("{host} did not answer in time: {error}"),
        .advice =
            N_("a firewall may drop what goes to {host}: open port 443, "
               "set HTTPS_PROXY, or allow more with --timeout"),
    },
    [DOCTOR_REASON_BROKEN] = {
        .sentence = N_("{host} did not answer properly: {error}"),
        .advice = CHECK_PROXY,
    },
    [DOCTOR_REASON_TENANT_UNKNOWN] = {
        .sentence = N_("{host} knows no tenant {tenant}"),
        .advice = N_("check --tenant, AZURE_TENANT_ID and --cloud"),
    },
    [DOCTOR_REASON_CLOCK_RIGHT] = {
        .sentence = N_("within {seconds} {seconds|second|seconds} of Azure's"),
    },
    [DOCTOR_REASON_CLOCK_AHEAD] = {
        .sentence =
            N_("this machine is {seconds} seconds ahead of Azure; from 300 "
               "on, tokens may be refused"),
        .advice = N_("set the clock, and keep it by NTP"),
        .command = "timedatectl set-ntp true",
    },
    [DOCTOR_REASON_CLOCK_BEHIND] = {
        .sentence =
            N_("this machine is {seconds} seconds behind Azure; from 300 "
               "on, tokens may be refused"),
        .advice = N_("set the clock, and keep it by NTP"),
        .command = "timedatectl set-ntp true",
    },
    [DOCTOR_REASON_CLOCK_UNTOLD] = {
        .sentence = N_("the answer carries no date to compare with"),
        .advice =
            N_("a proxy may have taken it away; compare the clock yourself"),
    },

    [DOCTOR_REASON_SIGNED_IN] = {
        .sentence = N_("{credential}[\npassed over:\n{passedOver;}]"),
    },
    [DOCTOR_REASON_NOT_SIGNED_IN] = {
        .sentence = N_("nobody is signed in\n{error}"),
        .advice =
            N_("mend what the credential says, or sign in another way (az "
               "login)"),
    },
    [DOCTOR_REASON_TOKEN_REFUSED] = {
        .sentence =
            N_("{credential} gave a token, but Azure refused it: "
               "{error}[\npassed over:\n{passedOver;}]"),
        .advice =
            N_("sign in again; check that --cloud and --tenant are those "
               "of the sign-in"),
    },
    [DOCTOR_REASON_TENANT] = {
        .sentence = "{name} ({tenant})",
    },
    [DOCTOR_REASON_TENANT_UNNAMED] = {
        .sentence = "{tenant}",
    },
    [DOCTOR_REASON_TENANT_UNTOLD] = {
        .sentence = N_("the token does not say which tenant it is of"),
    },
    [DOCTOR_REASON_TENANT_AS_CONFIGURED] = {
        .sentence = N_("the one that {file} is for"),
    },
    [DOCTOR_REASON_TENANT_DIFFERS] = {
        .sentence =
            N_("{file} is for tenant {configured}, but this is {tenant}: "
               "nothing would be written to it"),
        .advice =
            N_("sign in to the other tenant, or give another file with "
               "--config"),
    },
    [DOCTOR_REASON_TENANT_FREE] = {
        .sentence = N_("{file} names no tenant: writing needs --tenant"),
    },
    [DOCTOR_REASON_TENANT_NO_FILE] = {
        .sentence = N_("no file that could name one: writing needs --tenant"),
    },
    [DOCTOR_REASON_IDENTITY] = {
        .sentence =
            N_("{name}[, object {objectId}][, application "
               "{applicationId}]; from the token, unverified"),
    },
    [DOCTOR_REASON_IDENTITY_OPAQUE] = {
        .sentence = N_("the token of {credential} does not say whose it is"),
    },
    [DOCTOR_REASON_TOKEN_LASTS] = {
        .sentence =
            N_("{minutes} {minutes|minute|minutes} left (until "
               "{expiresAt}); it is renewed in time"),
    },
    [DOCTOR_REASON_TOKEN_ENDS_SOON] = {
        .sentence =
            N_("only {minutes} {minutes|minute|minutes} left (until "
               "{expiresAt})"),
        .advice =
            N_("sign in again before a long check; a token that was given "
               "in AZURE_ACCESS_TOKEN is never renewed"),
    },
    [DOCTOR_REASON_TOKEN_STATIC] = {
        .sentence =
            N_("{minutes} {minutes|minute|minutes} left (until "
               "{expiresAt}); it is never renewed"),
    },
    [DOCTOR_REASON_TOKEN_UNTOLD] = {
        .sentence = N_("the token does not say until when it lasts"),
    },

    [DOCTOR_REASON_VISIBLE] = {
        .sentence =
            N_("{subscriptions} visible: {byState}[\nby tenant: "
               "{byTenant;}]"),
    },
    [DOCTOR_REASON_NONE_VISIBLE] = {
        .sentence =
            N_("Azure shows this identity no subscription: it has no role "
               "on any, or the tenant is another one"),
        .advice =
            N_("give it Security Reader on the root management group, or "
               "check --tenant and --cloud; a new assignment takes some "
               "minutes"),
    },
    [DOCTOR_REASON_NOT_LISTED] = {
        .sentence = N_("subscriptions could not be listed: {error}"),
        .advice =
            N_("sign in as somebody who may list subscriptions: Security "
               "Reader on the root management group is enough"),
    },
    [DOCTOR_REASON_LIST_BROKEN] = {
        .sentence = N_("the list broke off after {subscriptions}: {error}"),
        .advice =
            N_("run piket doctor again; if it stays, see what -vv shows"),
    },
    [DOCTOR_REASON_LIST_STRANGE] = {
        .sentence =
            N_("{subscriptions} visible[: {byState}], but {strange} more "
               "have no usable id, or stand there twice in different "
               "states[\nby tenant: {byTenant;}]"),
        .advice =
            N_("run piket doctor again; if it stays, report it to "
               "Microsoft"),
    },
    [DOCTOR_REASON_SCOPE_ALL] = {
        .sentence = N_("everything that is visible is checked"),
    },
    [DOCTOR_REASON_SCOPE_APPLIED] = {
        .sentence = N_("{subscriptions} in scope, {leftOut} left out"),
    },
    [DOCTOR_REASON_SCOPE_NOTED] = {
        .sentence =
            N_("{subscriptions} in scope, {leftOut} left out\n{notes;}"),
        .advice =
            N_("correct the scope, on the command line or in the "
               "configuration"),
    },
    [DOCTOR_REASON_SCOPE_EMPTY] = {
        .sentence =
            N_("nothing is left to check: all {leftOut} visible "
               "subscriptions are left out"),
        .advice =
            N_("exclude less, on the command line or in the configuration"),
    },
    [DOCTOR_REASON_SCOPE_WRONG] = {
        .sentence = "{error}",
        .advice =
            N_("correct the scope, on the command line or in the "
               "configuration"),
    },
    [DOCTOR_REASON_COVERED] = {
        .sentence =
            N_("all {expected} that there are, by the management groups, "
               "are visible"),
    },
    [DOCTOR_REASON_NOT_VISIBLE] = {
        .sentence =
            N_("{missing} of the {expected} that there are cannot be seen: "
               "{names}"),
        .advice =
            N_("give the identity Security Reader on them, best on the "
               "root management group; a new assignment takes some minutes"),
        .command = GRANT("Security Reader"),
    },
    [DOCTOR_REASON_COVERAGE_HIDDEN] = {
        .sentence =
            N_("subscriptions may be missing unnoticed: the root "
               "management group cannot be read[: {error}]"),
        .advice =
            N_("to be certain, give the identity Management Group Reader "
               "on the root management group, or keep a list for piket check "
               "--expect"),
        .command = GRANT("Management Group Reader"),
    },
    [DOCTOR_REASON_COVERAGE_UNREAD] = {
        .sentence =
            N_("subscriptions may be missing unnoticed: which there are "
               "could not be found out[: {error}]"),
        .advice =
            N_("run piket doctor again, or name the tenant with --tenant"),
    },

    [DOCTOR_REASON_ALLOWED] = {
        .sentence =
            N_("allowed on all {sample} asked, of {subscriptions} visible"),
    },
    [DOCTOR_REASON_READ_DENIED] = {
        .sentence =
            N_("Microsoft.Security/securityContacts/read is missing on "
               "{missing} of {sample} asked: {names}[; {unread} could not be "
               "asked]"),
        .advice =
            N_("Security Reader is enough (Reader is, too), best on the "
               "root management group; a new assignment takes some minutes"),
        .command = GRANT("Security Reader"),
    },
    [DOCTOR_REASON_WRITE_DENIED] = {
        .sentence =
            N_("a check works, a remediation will not: writing or deleting "
               "security contacts is missing on {missing} of {sample} asked: "
               "{names}[; {unread} could not be asked]"),
        .advice = N_("to let it remediate, Security Admin is enough"),
        .command = GRANT("Security Admin"),
    },
    [DOCTOR_REASON_PERMISSIONS_UNREAD] = {
        .sentence =
            N_("the permissions on {unread} of {sample} could not be read: "
               "{error}"),
        .advice =
            N_("see contact-read for whether a contact can be read all the "
               "same"),
    },
    [DOCTOR_REASON_NONE_APPLICABLE] = {
        .sentence =
            N_("nothing to ask: every subscription in scope is disabled, "
               "deleted or only for Entra ID"),
    },
    [DOCTOR_REASON_REGISTERED] = {
        .sentence =
            N_("Microsoft.Security is registered on all {sample} asked"),
    },
    [DOCTOR_REASON_NOT_REGISTERED] = {
        .sentence =
            N_("Microsoft.Security is not registered on {missing} of "
               "{sample} asked: {names}; a check calls these non-compliant[; "
               "{unread} could not be asked]"),
        .advice =
            N_("register it; the identity may do so on {registrable} of "
               "the {missing}"),
        .command =
            "az provider register --namespace Microsoft.Security "
            "--subscription {subscription}",
    },
    [DOCTOR_REASON_REGISTRATION_UNSEEN] = {
        .sentence =
            N_("hidden on {unread} of {sample}: it takes Reader; a check "
               "does not need it"),
    },
    [DOCTOR_REASON_REGISTRATION_UNREAD] = {
        .sentence = N_("could not be read on {unread} of {sample}: {error}"),
        .advice = N_("run piket doctor again; a check does not need it"),
    },
    [DOCTOR_REASON_CONTACT_READ] = {
        .sentence =
            N_("{name}: {contacts} {contacts|contact|contacts}, API "
               "version {version}"),
    },
    [DOCTOR_REASON_CONTACT_OLDER] = {
        .sentence =
            N_("{name}: answered no newer than API version {version}, "
               "which shows neither whether a contact is enabled nor attack "
               "path notifications"),
        .advice = N_("nothing to do: the report lists what cannot be judged"),
    },
    [DOCTOR_REASON_CONTACT_UNREGISTERED] = {
        .sentence =
            N_("{name}: Microsoft.Security is not registered, API version "
               "{version}"),
    },
    [DOCTOR_REASON_CONTACT_UNREAD] = {
        .sentence = "{name}: [HTTP {httpStatus} ]{code}: {error}",
        .advice =
            N_("Security Reader is enough to read it, see permission-read "
               "above; a deny assignment may forbid it all the same"),
    },
};

int
phrase_doctor(const struct doctor_report_line *line,
              const struct language *language, struct buffer *target)
{
    return sentence_append(phrases[line->reason].sentence, line, language,
                           target);
}

int
phrase_doctor_advice(const struct doctor_report_line *line,
                     const struct language *language, struct buffer *target)
{
    const struct doctor_report_fact *advice =
        doctor_report_fact(line, "advice");

    if (line->status != DOCTOR_REPORT_WARN
        && line->status != DOCTOR_REPORT_FAIL)
        return 0;
    if (advice != NULL)
        return buffer_append_text(target, advice->text);
    if (phrases[line->reason].advice == NULL)
        return 0;
    return sentence_append(phrases[line->reason].advice, line, language,
                           target);
}

int
phrase_doctor_command(const struct doctor_report_line *line,
                      struct buffer *target)
{
    if (line->status != DOCTOR_REPORT_WARN
        && line->status != DOCTOR_REPORT_FAIL)
        return 0;
    if (phrases[line->reason].command == NULL)
        return 0;
    return sentence_append(phrases[line->reason].command, line, NULL, target);
}
