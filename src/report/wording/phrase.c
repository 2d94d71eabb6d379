/* SPDX-License-Identifier: Apache-2.0 */
/* Turns reasons into sentences. */
#include "report/wording/phrase.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/requirement/requirement.h"

/* The words for one reason. {expected} and {actual} stand for the finding's
 * arguments. NULL where there is nothing to say. */
struct words {
    const char *brief;
    const char *message;
    const char *expected;
    const char *recommendation;
};

static const struct words words_by_reason[FINDING_REASON_COUNT] = {
    [FINDING_REASON_UNREADABLE] = {
        .brief = N_("could not be read"),
        .message = N_("the security contact could not be read"),
    },
    [FINDING_REASON_NO_ALERTS] = {
        .brief = N_("no alert can arise"),
        .message = N_("no alert can arise in this subscription"),
    },
    [FINDING_REASON_NO_CONTACT] = {
        .brief = N_("no security contact"),
        .message =
            N_("no security contact exists: Azure mails the owners, and no "
               "alert below High"),
        .expected = N_("a security contact named default"),
        .recommendation = N_("create a security contact named default"),
    },
    [FINDING_REASON_UNREGISTERED] = {
        .brief = N_("Microsoft.Security is not registered"),
        .message =
            N_("no security contact exists: Microsoft.Security is not "
               "registered"),
        .expected = N_("a security contact named default"),
        .recommendation =
            N_("register Microsoft.Security, then create a security contact "
               "named default"),
    },
    [FINDING_REASON_OTHER_NAME] = {
        .brief = N_("no contact named default, only {actual}"),
        .message = N_("no security contact is named default, only {actual}"),
        .expected = N_("a security contact named default"),
        .recommendation = N_("create a security contact named default"),
    },
    [FINDING_REASON_DISABLED] = {
        .brief = N_("contact is disabled"),
        .message = N_("the security contact is disabled"),
        .expected = N_("a security contact that is enabled"),
        .recommendation = N_("enable the security contact"),
    },
    [FINDING_REASON_UNSEEN] = {
        .brief = N_("not shown by {actual}"),
        .message = N_("API version {actual} does not show this"),
    },
    [FINDING_REASON_UNRECOGNIZED] = {
        .brief = N_("level not known: {actual}"),
        .message = N_("Azure's level is not known to piket: {actual}"),
    },
    [FINDING_REASON_NO_EMAIL] = {
        .brief = N_("no address"),
        .message = N_("no e-mail address is set"),
        .expected = N_("an e-mail address"),
        .recommendation = N_("set an e-mail address"),
    },
    [FINDING_REASON_EMAIL_INVALID] = {
        .brief = N_("not a valid address: {actual}"),
        .message = N_("not a valid e-mail address: {actual}"),
        .expected = N_("valid e-mail addresses only"),
        .recommendation =
            N_("correct or remove what is not a valid e-mail address: "
               "{actual}"),
    },
    [FINDING_REASON_EMAIL_FEW] = {
        .brief = N_("too few addresses: {actual} of {expected}"),
        .message =
            N_("too few e-mail addresses are set: {actual} of {expected}"),
        .expected = N_("{expected} or more different e-mail addresses"),
        .recommendation =
            N_("raise the number of different e-mail addresses to {expected}"),
    },
    [FINDING_REASON_EMAIL_DOMAIN] = {
        .brief = N_("outside the allowed domains: {actual}"),
        .message = N_("outside the allowed domains: {actual}"),
        .expected = N_("e-mail addresses in {expected} only"),
        .recommendation =
            N_("replace what is outside the allowed domains: {actual}"),
    },
    [FINDING_REASON_NO_DOMAINS] = {
        .brief = N_("no allowed domains are configured"),
        .message = N_("no allowed domains are configured"),
    },
    [FINDING_REASON_PHONE_MISSING] = {
        .brief = N_("phone number missing"),
        .message = N_("no phone number is set"),
        .expected = N_("a phone number"),
        .recommendation = N_("set a phone number"),
    },
    [FINDING_REASON_PHONE_INVALID] = {
        .brief = N_("phone number not valid: {actual}"),
        .message = N_("the phone number is not valid: {actual}"),
        .expected = N_("a phone number of + and 7 to 15 digits"),
        .recommendation = N_("write the phone number as + and 7 to 15 digits"),
    },
    [FINDING_REASON_NO_PHONE] = {
        .brief = N_("no phone number"),
        .message = N_("no phone number is set"),
    },
    [FINDING_REASON_ALERTS_OFF] = {
        .brief = N_("alert mail is off"),
        .message = N_("no alerts are mailed"),
        .expected = N_("mail of alerts of {expected} severity"),
        .recommendation = N_("turn alert mail on, from {expected} severity"),
    },
    [FINDING_REASON_ALERTS_LEVEL] = {
        .brief = N_("alerts are mailed from {actual} only"),
        .message =
            N_("alerts are mailed from {actual} severity only, not from "
               "{expected}"),
        .expected = N_("mail of alerts of {expected} severity"),
        .recommendation =
            N_("lower the severity from which alerts are mailed to "
               "{expected}"),
    },
    [FINDING_REASON_ALERTS_NOT_EXACT] = {
        .brief = N_("alerts are mailed from {actual}, not {expected}"),
        .message =
            N_("alerts are mailed from {actual} severity, not exactly from "
               "{expected}"),
        .expected = N_("mail of alerts from {expected} severity exactly"),
        .recommendation =
            N_("set the severity from which alerts are mailed to {expected}"),
    },
    [FINDING_REASON_ROLES_OFF] = {
        .brief = N_("owners are not notified"),
        .message = N_("mail to roles is off"),
        .expected = N_("mail to the role Owner"),
        .recommendation = N_("turn mail to roles on, with Owner among them"),
    },
    [FINDING_REASON_OWNER_MISSING] = {
        .brief = N_("owners are not notified"),
        .message =
            N_("Owner is not among the roles that are mailed: {actual}"),
        .expected = N_("mail to the role Owner"),
        .recommendation = N_("add Owner to the roles that are mailed"),
    },
    [FINDING_REASON_ATTACK_PATHS_OFF] = {
        .brief = N_("attack path mail is off"),
        .message = N_("no attack paths are mailed"),
        .expected = N_("mail of attack paths of {expected} risk"),
        .recommendation = N_("turn attack path mail on, from {expected} risk"),
    },
    [FINDING_REASON_ATTACK_PATHS_LEVEL] = {
        .brief = N_("attack paths are mailed from {actual} only"),
        .message =
            N_("attack paths are mailed from {actual} risk only, not from "
               "{expected}"),
        .expected = N_("mail of attack paths of {expected} risk"),
        .recommendation =
            N_("lower the risk from which attack paths are mailed to "
               "{expected}"),
    },
    [FINDING_REASON_NOT_DESIRED] = {
        .brief = N_("lacks {expected}"),
        .message =
            N_("the configured contact is not all there: {expected} is "
               "missing"),
        .expected = "{expected}",
        .recommendation = N_("add what is missing: {expected}"),
    },
    [FINDING_REASON_NO_DESIRED] = {
        .brief = N_("no contact is configured"),
        .message = N_("no contact is configured to compare with"),
    },
};

/* What a requirement says where it is met. */
static const struct {
    const char *requirement;
    const char *message;
} met_messages[] = {
    { "contact-configured", N_("a security contact exists") },
    { "contact-enabled", N_("the security contact is enabled") },
    { "email-configured", N_("an e-mail address is set") },
    { "email-valid", N_("every e-mail address is valid") },
    { "email-count", N_("there are enough e-mail addresses") },
    { "email-domain", N_("every e-mail address is in an allowed domain") },
    { "phone-configured", N_("a phone number is set") },
    { "phone-valid", N_("the phone number is valid") },
    { "alerts-notified", N_("alerts are mailed from {actual} severity") },
    { "owner-notified", N_("owners are mailed") },
    { "attack-paths-notified",
      N_("attack paths are mailed from {actual} risk") },
    { "desired-contact", N_("the configured contact is all there") },
};

static const char *
met_message(const struct finding *finding)
{
    for (size_t i = 0; i < ARRAY_LENGTH(met_messages); i++)
        if (strcmp(met_messages[i].requirement, finding->requirement->id) == 0)
            return met_messages[i].message;
    return N_("the requirement is met");
}

/* Appends the words in the language, with the arguments in their places. */
static int
append_words(const char *words, const struct finding *finding,
             const struct language *language, struct buffer *target)
{
    const struct {
        const char *place, *value;
    } arguments[] = {
        { "{expected}", finding->expected },
        { "{actual}", finding->actual },
    };

    if (words != NULL)
        words = language_text(language, words);
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
                                           : language_text(language, "none"));
            words += length;
            break;
        }
    }
    return buffer_append(target, "", 0);
}

int
phrase_finding(const struct finding *finding, const struct language *language,
               struct buffer *target)
{
    const char *words = finding->reason == FINDING_REASON_MET
                            ? met_message(finding)
                            : words_by_reason[finding->reason].message;

    return append_words(words, finding, language, target);
}

int
phrase_brief(const struct finding *finding, const struct language *language,
             struct buffer *target)
{
    const char *words = finding->reason == FINDING_REASON_MET
                            ? met_message(finding)
                            : words_by_reason[finding->reason].brief;

    return append_words(words, finding, language, target);
}

int
phrase_expected(const struct finding *finding, const struct language *language,
                struct buffer *target)
{
    return append_words(words_by_reason[finding->reason].expected, finding,
                        language, target);
}

int
phrase_recommendation(const struct finding *finding,
                      const struct language *language, struct buffer *target)
{
    if (finding->status != FINDING_FAIL)
        return buffer_append(target, "", 0);
    return append_words(words_by_reason[finding->reason].recommendation,
                        finding, language, target);
}
