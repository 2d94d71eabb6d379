/* SPDX-License-Identifier: Apache-2.0 */
/* What a plan says of a subscription, in words. */
#include "report/wording/phrase_plan.h"

#include <string.h>

#include "report/wording/phrase_error.h"

/* {argument} stands for the obstacle's. advice is NULL where there is nothing
 * to do. */
struct words {
    const char *message;
    const char *advice;
};

static const struct words words_by_reason[PLAN_OBSTACLE_COUNT] = {
    [PLAN_OBSTACLE_UNREADABLE] = { N_("could not be read"),
                                   N_("see why: piket doctor") },
    [PLAN_OBSTACLE_UNKNOWN] = { N_("{argument} could not be judged"),
                                N_("see why: piket check") },
    [PLAN_OBSTACLE_NO_EMAIL] = { N_("an address is needed, none is given"),
                                 N_("give addresses: --email") },
    [PLAN_OBSTACLE_EMAIL_FEW] = { N_("{argument} addresses are demanded, "
                                     "fewer are given"),
                                  N_("give more addresses: --email") },
    [PLAN_OBSTACLE_EMAIL_DOMAIN] = { N_("{argument} is outside "
                                        "allowed_domains"),
                                     N_("give an address inside "
                                        "allowed_domains: --email") },
    [PLAN_OBSTACLE_NO_PHONE] = { N_("a phone number is needed, none is "
                                    "given"),
                                 N_("give a phone number: --phone") },
    [PLAN_OBSTACLE_UNREGISTERED] = { N_("Microsoft.Security is not "
                                        "registered"),
                                     N_("add --register-provider to register "
                                        "Microsoft.Security") },
    [PLAN_OBSTACLE_READ_ONLY] = { N_("its state is {argument}: Azure allows "
                                     "no writing"),
                                  N_("have the billing owner enable the "
                                     "subscription, or leave it out: "
                                     "--exclude") },
    [PLAN_OBSTACLE_VERSION] = { N_("piket writes nothing through "
                                   "{argument}"),
                                N_("set the contact in the portal") },
    [PLAN_OBSTACLE_TENANT] = { N_("tenant {argument} is not named"),
                               N_("name the tenant: --tenant, or tenant: in "
                                  "piket.yaml") },
    [PLAN_OBSTACLE_CONTRADICTION] = { N_("what is given would fail "
                                         "{argument}"),
                                      N_("see what it demands: piket "
                                         "explain") },
    [PLAN_OBSTACLE_CONFLICT] = { N_("changed by others since"),
                                 N_("compare it with piket history, and set "
                                    "it by hand") },
    [PLAN_OBSTACLE_NOT_UNDONE] = { N_("Microsoft.Security stays "
                                      "registered"),
                                   NULL },
    [PLAN_OBSTACLE_GONE] = { N_("no longer listed"),
                             N_("see whether the identity still has a role "
                                "on it: piket doctor") },
};

static int
append(const char *message, const char *argument,
       const struct language *language, struct buffer *target)
{
    static const char place[] = "{argument}";
    const char *words = language_text(language, message);
    const char *found = strstr(words, place);

    if (found == NULL)
        return buffer_append_text(target, words);
    buffer_append(target, words, (size_t) (found - words));
    buffer_append_text(target, argument != NULL ? argument : "?");
    return buffer_append_text(target, found + sizeof(place) - 1);
}

int
phrase_obstacle(const struct plan_obstacle *obstacle,
                const struct language *language, struct buffer *target)
{
    if (obstacle->error != NULL)
        return phrase_error_append(obstacle->error, language, target);
    return append(words_by_reason[obstacle->reason].message,
                  obstacle->argument, language, target);
}

const char *
phrase_obstacle_advice(const struct plan_obstacle *obstacle)
{
    const struct phrase_error *row =
        obstacle->error != NULL ? phrase_error_of(obstacle->error) : NULL;

    return row != NULL ? row->advice
                       : words_by_reason[obstacle->reason].advice;
}

int
phrase_drop(enum plan_drop_reason reason, const struct language *language,
            struct buffer *target)
{
    static const char *const words[] = {
        [PLAN_DROP_INVALID] = N_("not a valid address"),
        [PLAN_DROP_DOMAIN] = N_("outside allowed_domains"),
        [PLAN_DROP_REMOVED] = "--remove-email",
        [PLAN_DROP_REPLACED] = "--replace-emails",
    };

    return buffer_append_text(target, language_text(language, words[reason]));
}

int
phrase_caution(enum plan_caution caution, const struct language *language,
               struct buffer *target)
{
    const char *words = "";

    switch (caution) {
    case PLAN_CAUTION_PHONE:
        words = N_("a phone number that is set can be replaced, but Azure "
                   "clears none: piket revert cannot take it out again");
        break;
    case PLAN_CAUTION_REGISTRATION:
        words = N_("registering Microsoft.Security turns on Defender for "
                   "Cloud's free layer; piket revert does not undo that");
        break;
    case PLAN_CAUTION_NO_CONTACT:
        words = N_("without a contact Azure mails the owners, and no alert "
                   "below High: that is advised against");
        break;
    case PLAN_CAUTION_OTHERS:
        words = N_("contacts of other names than default stay as they are");
        break;
    }
    return buffer_append_text(target, language_text(language, words));
}
