/* SPDX-License-Identifier: Apache-2.0 */
/* Why a subscription has its status, in one line. */
#include <stdint.h>

#include "control/value/subscription.h"
#include "report/wording/phrase.h"
#include "report/wording/phrase_error.h"

/* More would not fit a line, and the first are the worst. */
enum { LINE_PARTS = 4 };

/* A line of parts, of which each reason gives one. */
struct line {
    struct buffer *target;
    const struct language *language;
    uint64_t said; /* one bit for each reason */
    size_t parts;  /* also of those that found no room */
};

_Static_assert(FINDING_REASON_COUNT <= 64, "a reason needs its bit");

static void
append(struct line *line, const char *message)
{
    buffer_append_text(line->target, language_text(line->language, message));
}

/* Whether the part is to be written now. */
static bool
say_once(struct line *line, enum finding_reason reason)
{
    const uint64_t bit = UINT64_C(1) << reason;

    if ((line->said & bit) != 0)
        return false;
    line->said |= bit;
    if (line->parts++ >= LINE_PARTS)
        return false;
    if (line->parts > 1)
        buffer_append_text(line->target, "; ");
    return true;
}

static void
say(struct line *line, const struct finding *finding)
{
    if (say_once(line, finding->reason))
        phrase_brief(finding, line->language, line->target);
}

static void
say_reason(struct line *line, enum finding_reason reason)
{
    const struct finding finding = { .reason = reason };

    say(line, &finding);
}

/* The steps of reach_of, in words. */
static void
say_why_nobody(struct line *line, const struct contact *contact)
{
    if (contact->enabled == CONTACT_OFF) {
        say_reason(line, FINDING_REASON_DISABLED);
    } else if (contact->alerts.level == CONTACT_LEVEL_OFF) {
        say_reason(line, FINDING_REASON_ALERTS_OFF);
    } else if (contact->alerts.level == CONTACT_LEVEL_CRITICAL) {
        const struct finding finding = { .reason = FINDING_REASON_ALERTS_LEVEL,
                                         .actual = contact_level_name(
                                             contact->alerts.level) };
        say(line, &finding);
    } else {
        if (contact->email_count == 0)
            say_reason(line, FINDING_REASON_NO_EMAIL);
        else if (say_once(line, FINDING_REASON_NO_EMAIL))
            append(line, N_("no valid address"));
        say_reason(line, FINDING_REASON_ROLES_OFF);
        /* It says the same. */
        line->said |= UINT64_C(1) << FINDING_REASON_OWNER_MISSING;
    }
}

static void
say_findings(struct line *line, const struct assessment *assessment,
             enum finding_status status)
{
    for (size_t i = 0; i < assessment->finding_count; i++)
        if (assessment->findings[i].status == status)
            say(line, &assessment->findings[i]);
}

static void
say_addresses(struct line *line, const struct contact *contact)
{
    for (size_t i = 0; i < contact->email_count; i++) {
        if (i > 0)
            buffer_append_text(line->target, ", ");
        buffer_append_text(line->target, contact->emails[i]);
    }
}

/* What the one cause of a subscription without a contact is. */
static void
say_absence(struct line *line, const struct assessment *assessment,
            enum finding_reason reason)
{
    for (size_t i = 0; i < assessment->finding_count; i++)
        if (assessment->findings[i].reason == reason)
            say(line, &assessment->findings[i]);
    if (line->parts == 0)
        say_reason(line, reason);
}

static void
say_not_applicable(struct line *line, const struct subscription *subscription)
{
    switch (subscription_state(subscription)) {
    case SUBSCRIPTION_STATE_DISABLED:
        append(line, N_("subscription is disabled"));
        break;
    case SUBSCRIPTION_STATE_DELETED:
        append(line, N_("subscription is deleted"));
        break;
    default:
        append(line, N_("gives access to Entra ID only"));
        break;
    }
}

int
phrase_cause(const struct assessment *assessment,
             const struct language *language, struct buffer *target)
{
    static const enum finding_status shown[] = {
        [ASSESSMENT_COMPLIANT] = FINDING_FAIL,
        [ASSESSMENT_MUTED] = FINDING_MUTED,
        [ASSESSMENT_NON_COMPLIANT] = FINDING_FAIL,
        [ASSESSMENT_UNKNOWN] = FINDING_UNKNOWN,
    };
    const struct contact_reading *reading = &assessment->reading;
    struct line line = { .target = target, .language = language };

    if (assessment->status == ASSESSMENT_NOT_APPLICABLE) {
        say_not_applicable(&line, &assessment->subscription);
    } else if (reading->kind == CONTACT_READING_FAILED) {
        phrase_error_append(reading->error, language, target);
    } else if (assessment_absence(reading) != FINDING_REASON_MET) {
        say_absence(&line, assessment, assessment_absence(reading));
    } else {
        if (assessment->reach == REACH_NOBODY)
            say_why_nobody(&line, reading->contact);
        say_findings(&line, assessment, shown[assessment->status]);
        if (line.parts == 0)
            say_addresses(&line, reading->contact);
        if (line.parts > LINE_PARTS)
            buffer_printf(target,
                          language_plural(language, "; %zu more", "; %zu more",
                                          line.parts - LINE_PARTS),
                          line.parts - LINE_PARTS);
    }
    return buffer_append(target, "", 0);
}
