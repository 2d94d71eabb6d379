/* SPDX-License-Identifier: Apache-2.0 */
/* Turns reasons into sentences. */
#include "report/phrase.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/requirement.h"

/* The words for one reason. {expected} and {actual} stand for the finding's
 * arguments. NULL where there is nothing to say. */
struct words {
    const char *brief;
    const char *message;
    const char *expected;
    const char *recommendation;
};

#define A_CONTACT "a security contact named default"
#define CREATE_CONTACT "create a security contact named default"

static const struct words words_by_reason[FINDING_REASON_COUNT] = {
    [FINDING_REASON_UNREADABLE] = { .brief = "could not be read",
                                    .message = "the security contact could "
                                               "not be read" },
    [FINDING_REASON_NO_ALERTS] = { .brief = "no alert can arise",
                                   .message = "no alert can arise in this "
                                              "subscription" },
    [FINDING_REASON_NO_CONTACT] = { .brief = "no security contact",
                                    .message = "no security contact exists: "
                                               "Azure mails the owners, for "
                                               "High alerts only",
                                    .expected = A_CONTACT,
                                    .recommendation = CREATE_CONTACT },
    [FINDING_REASON_UNREGISTERED] = { .brief = "Microsoft.Security is not "
                                               "registered",
                                      .message = "no security contact exists: "
                                                 "Microsoft.Security is not "
                                                 "registered",
                                      .expected = A_CONTACT,
                                      .recommendation =
                                          "register Microsoft.Security, "
                                          "then " CREATE_CONTACT },
    [FINDING_REASON_OTHER_NAME] = { .brief = "no contact named default, only "
                                             "{actual}",
                                    .message = "no security contact is named "
                                               "default, only {actual}",
                                    .expected = A_CONTACT,
                                    .recommendation = CREATE_CONTACT },
    [FINDING_REASON_DISABLED] = { .brief = "contact is disabled",
                                  .message =
                                      "the security contact is disabled",
                                  .expected =
                                      "a security contact that is enabled",
                                  .recommendation =
                                      "enable the security contact" },
    [FINDING_REASON_UNSEEN] = { .brief = "not shown by {actual}",
                                .message = "API version {actual} does not "
                                           "show this" },
    [FINDING_REASON_UNRECOGNIZED] = { .brief = "level not known: {actual}",
                                      .message = "Azure's level is not known "
                                                 "to piket: {actual}" },
    [FINDING_REASON_NO_EMAIL] = { .brief = "no address",
                                  .message = "no e-mail address is set",
                                  .expected = "an e-mail address",
                                  .recommendation = "set an e-mail address" },
    [FINDING_REASON_EMAIL_INVALID] = { .brief =
                                           "not a valid address: {actual}",
                                       .message = "not a valid e-mail "
                                                  "address: {actual}",
                                       .expected =
                                           "valid e-mail addresses only",
                                       .recommendation =
                                           "correct or remove what is not a "
                                           "valid e-mail "
                                           "address: {actual}" },
    [FINDING_REASON_EMAIL_FEW] = { .brief = "too few addresses: {actual} of "
                                            "{expected}",
                                   .message = "too few e-mail addresses are "
                                              "set: {actual} of {expected}",
                                   .expected = "{expected} or more different "
                                               "e-mail addresses",
                                   .recommendation =
                                       "raise the number of different e-mail "
                                       "addresses to "
                                       "{expected}" },
    [FINDING_REASON_EMAIL_DOMAIN] = { .brief = "outside the allowed domains: "
                                               "{actual}",
                                      .message = "outside the allowed "
                                                 "domains: {actual}",
                                      .expected = "e-mail addresses in "
                                                  "{expected} only",
                                      .recommendation =
                                          "replace what is outside the "
                                          "allowed domains: "
                                          "{actual}" },
    [FINDING_REASON_NO_DOMAINS] = { .brief =
                                        "no allowed domains are configured",
                                    .message =
                                        "no allowed domains are configured" },
    [FINDING_REASON_PHONE_MISSING] = { .brief = "phone number missing",
                                       .message = "no phone number is set",
                                       .expected = "a phone number",
                                       .recommendation =
                                           "set a phone number" },
    [FINDING_REASON_PHONE_INVALID] = { .brief =
                                           "phone number not valid: {actual}",
                                       .message = "the phone number is not "
                                                  "valid: {actual}",
                                       .expected = "a phone number of + and 7 "
                                                   "to 15 digits",
                                       .recommendation =
                                           "write the phone number as + and 7 "
                                           "to 15 digits" },
    [FINDING_REASON_NO_PHONE] = { .brief = "no phone number",
                                  .message = "no phone number is set" },
    [FINDING_REASON_ALERTS_OFF] = { .brief = "alert mail is off",
                                    .message = "no alerts are mailed",
                                    .expected = "mail of alerts of {expected} "
                                                "severity",
                                    .recommendation =
                                        "turn alert mail on, from {expected} "
                                        "severity" },
    [FINDING_REASON_ALERTS_LEVEL] = { .brief = "alerts are mailed from "
                                               "{actual} only",
                                      .message =
                                          "alerts are mailed from {actual} "
                                          "severity only, not from "
                                          "{expected}",
                                      .expected = "mail of alerts of "
                                                  "{expected} severity",
                                      .recommendation =
                                          "lower the severity from which "
                                          "alerts are mailed "
                                          "to {expected}" },
    [FINDING_REASON_ALERTS_NOT_EXACT] = { .brief = "alerts are mailed from "
                                                   "{actual}, not {expected}",
                                          .message =
                                              "alerts are mailed from "
                                              "{actual} severity, not exactly "
                                              "from {expected}",
                                          .expected =
                                              "mail of alerts from {expected} "
                                              "severity exactly",
                                          .recommendation =
                                              "set the severity from which "
                                              "alerts are mailed to "
                                              "{expected}" },
    [FINDING_REASON_ROLES_OFF] = { .brief = "owners are not notified",
                                   .message = "mail to roles is off",
                                   .expected = "mail to the role Owner",
                                   .recommendation = "turn mail to roles on, "
                                                     "with Owner among them" },
    [FINDING_REASON_OWNER_MISSING] = { .brief = "owners are not notified",
                                       .message =
                                           "Owner is not among the roles that "
                                           "are mailed: {actual}",
                                       .expected = "mail to the role Owner",
                                       .recommendation =
                                           "add Owner to the roles that are "
                                           "mailed" },
    [FINDING_REASON_ATTACK_PATHS_OFF] = { .brief = "attack path mail is off",
                                          .message =
                                              "no attack paths are mailed",
                                          .expected = "mail of attack paths "
                                                      "of {expected} risk",
                                          .recommendation =
                                              "turn attack path mail on, from "
                                              "{expected} risk" },
    [FINDING_REASON_ATTACK_PATHS_LEVEL] = { .brief = "attack paths are mailed "
                                                     "from {actual} only",
                                            .message =
                                                "attack paths are mailed from "
                                                "{actual} risk only, not "
                                                "from {expected}",
                                            .expected = "mail of attack paths "
                                                        "of {expected} risk",
                                            .recommendation =
                                                "lower the risk from which "
                                                "attack paths are mailed "
                                                "to {expected}" },
    [FINDING_REASON_NOT_DESIRED] = { .brief = "lacks {expected}",
                                     .message = "the configured contact is "
                                                "not all there: {expected} is "
                                                "missing",
                                     .expected = "{expected}",
                                     .recommendation =
                                         "add what is missing: {expected}" },
    [FINDING_REASON_NO_DESIRED] = { .brief = "no contact is configured",
                                    .message = "no contact is configured to "
                                               "compare with" },
};

/* What a requirement says where it is met. */
static const struct {
    const char *requirement;
    const char *message;
} met_messages[] = {
    { "contact-configured", "a security contact exists" },
    { "contact-enabled", "the security contact is enabled" },
    { "email-configured", "an e-mail address is set" },
    { "email-valid", "every e-mail address is valid" },
    { "email-count", "there are enough e-mail addresses" },
    { "email-domain", "every e-mail address is in an allowed domain" },
    { "phone-configured", "a phone number is set" },
    { "phone-valid", "the phone number is valid" },
    { "alerts-notified", "alerts are mailed from {actual} severity" },
    { "owner-notified", "owners are mailed" },
    { "attack-paths-notified", "attack paths are mailed from {actual} risk" },
    { "desired-contact", "the configured contact is all there" },
};

static const char *
met_message(const struct finding *finding)
{
    for (size_t i = 0; i < ARRAY_LENGTH(met_messages); i++)
        if (strcmp(met_messages[i].requirement, finding->requirement->id) == 0)
            return met_messages[i].message;
    return "the requirement is met";
}

/* Appends the words with the arguments in their places. */
static int
append_words(const char *words, const struct finding *finding,
             struct buffer *target)
{
    const struct {
        const char *place, *value;
    } arguments[] = {
        { "{expected}", finding->expected },
        { "{actual}", finding->actual },
    };

    while (words != NULL && *words != '\0') {
        const size_t plain = strcspn(words, "{");
        buffer_append(target, words, plain);
        words += plain;
        for (size_t i = 0; i < ARRAY_LENGTH(arguments); i++) {
            const size_t length = strlen(arguments[i].place);
            if (strncmp(words, arguments[i].place, length) != 0)
                continue;
            buffer_append_text(target, !text_is_blank(arguments[i].value)
                                           ? arguments[i].value
                                           : "none");
            words += length;
            break;
        }
    }
    return buffer_append(target, "", 0);
}

int
phrase_finding(const struct finding *finding, struct buffer *target)
{
    const char *words = finding->reason == FINDING_REASON_MET
                            ? met_message(finding)
                            : words_by_reason[finding->reason].message;

    return append_words(words, finding, target);
}

int
phrase_brief(const struct finding *finding, struct buffer *target)
{
    const char *words = finding->reason == FINDING_REASON_MET
                            ? met_message(finding)
                            : words_by_reason[finding->reason].brief;

    return append_words(words, finding, target);
}

int
phrase_expected(const struct finding *finding, struct buffer *target)
{
    return append_words(words_by_reason[finding->reason].expected, finding,
                        target);
}

int
phrase_recommendation(const struct finding *finding, struct buffer *target)
{
    if (finding->status != FINDING_FAIL)
        return buffer_append(target, "", 0);
    return append_words(words_by_reason[finding->reason].recommendation,
                        finding, target);
}
