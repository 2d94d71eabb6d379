/* SPDX-License-Identifier: Apache-2.0 */
/* Judges what the caller may do with the subscriptions of the sample. */
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "engine/doctor/doctor_check.h"

enum {
    /* Named in a line; the others are counted. */
    NAMES_CEILING = 5,
    /* Of what Azure says: arm_error keeps 16 KiB, each byte may take 3. */
    MESSAGE_CEILING = 256 * 1024,
};

/* The items of a sample that are not as they should be. */
struct tally {
    int64_t missing, unread;
    const char *names[NAMES_CEILING];
    const char *ids[NAMES_CEILING];
    size_t named;
    const char *error; /* of the first that could not be read */
};

static void
tally_missing(struct tally *tally, const struct permission_sample_item *item)
{
    tally->missing++;
    if (tally->named == NAMES_CEILING)
        return;
    tally->names[tally->named] = text_is_blank(item->subscription->name)
                                     ? item->subscription->id
                                     : item->subscription->name;
    tally->ids[tally->named++] = item->subscription->id;
}

static void
tally_unread(struct tally *tally, const char *error)
{
    if (tally->unread++ == 0)
        tally->error = error;
}

static void
add_tally(const struct tally *tally, struct doctor_report *report,
          struct doctor_report_line *line)
{
    doctor_report_add_number(line, "missing", tally->missing);
    if (tally->unread > 0)
        doctor_report_add_number(line, "unread", tally->unread);
    doctor_report_add_texts(report, line, "names", tally->names, tally->named);
    doctor_report_add_texts(report, line, "ids", tally->ids, tally->named);
}

static struct doctor_report_line *
conclude_sample(const struct doctor_facts *facts, struct doctor_report *report,
                enum doctor_report_examination doctor_check,
                enum doctor_report_status status, enum doctor_reason reason)
{
    struct doctor_report_line *line =
        doctor_report_conclude(report, doctor_check, status, reason);

    doctor_report_add_number(line, "sample", (int64_t) facts->sample.count);
    return line;
}

/* An empty sample is that of disabled subscriptions only. */
static bool
is_empty(const struct doctor_facts *facts, struct doctor_report *report,
         enum doctor_report_examination doctor_check)
{
    if (facts->sample.count > 0)
        return false;
    conclude_sample(facts, report, doctor_check, DOCTOR_REPORT_PASS,
                    DOCTOR_REASON_NONE_APPLICABLE);
    return true;
}

static void
conclude_permission(const struct doctor_facts *facts,
                    struct doctor_report *report,
                    enum doctor_report_examination doctor_check,
                    const struct tally *tally)
{
    const bool reading = doctor_check == DOCTOR_REPORT_PERMISSION_READ;
    struct doctor_report_line *line;

    if (tally->missing > 0) {
        line = conclude_sample(
            facts, report, doctor_check,
            reading ? DOCTOR_REPORT_FAIL : DOCTOR_REPORT_WARN,
            reading ? DOCTOR_REASON_READ_DENIED : DOCTOR_REASON_WRITE_DENIED);
        add_tally(tally, report, line);
        doctor_check_add_grant(facts, report, line,
                               tally->missing == 1 ? tally->ids[0] : NULL);
    } else if (tally->unread > 0) {
        line = conclude_sample(facts, report, doctor_check, DOCTOR_REPORT_WARN,
                               DOCTOR_REASON_PERMISSIONS_UNREAD);
        doctor_report_add_number(line, "unread", tally->unread);
        doctor_report_add_text(report, line, "error", tally->error);
    } else {
        line = conclude_sample(facts, report, doctor_check, DOCTOR_REPORT_PASS,
                               DOCTOR_REASON_ALLOWED);
        doctor_report_add_number(line, "subscriptions",
                                 (int64_t) facts->list.count);
    }
}

/* Holds one or two actions against the sample. */
static void
doctor_check_actions(const struct doctor_facts *facts,
                     struct doctor_report *report,
                     enum doctor_report_examination doctor_check,
                     enum permission_sample_action first,
                     enum permission_sample_action second)
{
    const struct permission_sample *sample = &facts->sample;
    struct tally tally = { .named = 0 };

    if (is_empty(facts, report, doctor_check))
        return;
    for (size_t i = 0; i < sample->count; i++) {
        const struct permission_sample_item *item = &sample->items[i];
        if (item->permission_error != NULL)
            tally_unread(&tally, item->permission_error);
        else if (!item->allowed[first] || !item->allowed[second])
            tally_missing(&tally, item);
    }
    conclude_permission(facts, report, doctor_check, &tally);
}

void
doctor_check_permission_read(const struct doctor_facts *facts,
                             struct doctor_report *report)
{
    doctor_check_actions(facts, report, DOCTOR_REPORT_PERMISSION_READ,
                         PERMISSION_SAMPLE_ACTION_READ,
                         PERMISSION_SAMPLE_ACTION_READ);
}

/* Undoing a first contact deletes it. */
void
doctor_check_permission_write(const struct doctor_facts *facts,
                              struct doctor_report *report)
{
    doctor_check_actions(facts, report, DOCTOR_REPORT_PERMISSION_WRITE,
                         PERMISSION_SAMPLE_ACTION_WRITE,
                         PERMISSION_SAMPLE_ACTION_DELETE);
}

static void
conclude_registration(const struct doctor_facts *facts,
                      struct doctor_report *report, const struct tally *tally,
                      bool hidden)
{
    const enum doctor_report_examination doctor_check =
        DOCTOR_REPORT_REGISTRATION;
    struct doctor_report_line *line;

    if (tally->unread == 0) {
        conclude_sample(facts, report, doctor_check, DOCTOR_REPORT_PASS,
                        DOCTOR_REASON_REGISTERED);
        return;
    }
    line = conclude_sample(facts, report, doctor_check,
                           hidden ? DOCTOR_REPORT_PASS : DOCTOR_REPORT_WARN,
                           hidden ? DOCTOR_REASON_REGISTRATION_UNSEEN
                                  : DOCTOR_REASON_REGISTRATION_UNREAD);
    doctor_report_add_number(line, "unread", tally->unread);
    if (!hidden)
        doctor_report_add_text(report, line, "error", tally->error);
}

void
doctor_check_registration(const struct doctor_facts *facts,
                          struct doctor_report *report)
{
    const struct permission_sample *sample = &facts->sample;
    struct tally tally = { .named = 0 };
    int64_t registrable = 0;
    bool hidden = true; /* where it could not be read, roles are why */

    if (is_empty(facts, report, DOCTOR_REPORT_REGISTRATION))
        return;
    for (size_t i = 0; i < sample->count; i++) {
        const struct permission_sample_item *item = &sample->items[i];
        if (item->registration == NULL) {
            tally_unread(&tally, item->registration_error);
            hidden = hidden && item->registration_hidden;
        } else if (!permission_sample_item_registered(item)) {
            tally_missing(&tally, item);
            registrable += item->allowed[PERMISSION_SAMPLE_ACTION_REGISTER];
        }
    }
    if (tally.missing == 0) {
        conclude_registration(facts, report, &tally, hidden);
        return;
    }
    struct doctor_report_line *line =
        conclude_sample(facts, report, DOCTOR_REPORT_REGISTRATION,
                        DOCTOR_REPORT_WARN, DOCTOR_REASON_NOT_REGISTERED);
    add_tally(&tally, report, line);
    doctor_report_add_number(line, "registrable", registrable);
    doctor_report_add_text(report, line, "subscription", tally.ids[0]);
}

/* One line: what Azure sends may not look like a line of ours. */
static void
add_message(const char *message, struct doctor_report *report,
            struct doctor_report_line *line)
{
    AUTOBUFFER text = BUFFER_INIT(MESSAGE_CEILING);

    if (text_append_printable(&text, message) < 0)
        report->failed = true;
    else
        doctor_report_add_text(report, line, "error", buffer_text(&text));
}

static void
add_reading(const struct contact_reading *reading,
            struct doctor_report *report, struct doctor_report_line *line)
{
    const struct contact_error *error = reading->error;

    if (reading->kind == CONTACT_READING_FAILED) {
        if (error->http_status != 0)
            doctor_report_add_number(line, "httpStatus", error->http_status);
        doctor_report_add_text(report, line, "code", error->code);
        add_message(error->message, report, line);
        return;
    }
    doctor_report_add_text(report, line, "version",
                           contact_version_name(reading->version));
    if (reading->kind == CONTACT_READING_DONE)
        doctor_report_add_number(line, "contacts",
                                 (reading->contact != NULL ? 1 : 0)
                                     + (int64_t) reading->other_count);
}

void
doctor_check_contact_read(const struct doctor_facts *facts,
                          struct doctor_report *report)
{
    const struct doctor_facts_contact *contact = &facts->contact;
    const struct contact_reading *reading = &contact->reading;
    enum doctor_report_status status = DOCTOR_REPORT_PASS;
    enum doctor_reason reason = DOCTOR_REASON_CONTACT_READ;

    if (is_empty(facts, report, DOCTOR_REPORT_CONTACT_READ))
        return;
    if (reading->kind == CONTACT_READING_FAILED) {
        status = DOCTOR_REPORT_FAIL;
        reason = DOCTOR_REASON_CONTACT_UNREAD;
    } else if (reading->version != CONTACT_VERSION_2023_12_01) {
        status = DOCTOR_REPORT_WARN;
        reason = DOCTOR_REASON_CONTACT_OLDER;
    } else if (reading->kind == CONTACT_READING_UNREGISTERED) {
        reason = DOCTOR_REASON_CONTACT_UNREGISTERED;
    }
    struct doctor_report_line *line = doctor_report_conclude(
        report, DOCTOR_REPORT_CONTACT_READ, status, reason);
    doctor_report_add_text(report, line, "name", contact->subscription->name);
    doctor_report_add_text(report, line, "id", contact->subscription->id);
    add_reading(reading, report, line);
}
