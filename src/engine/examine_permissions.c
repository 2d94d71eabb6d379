/* SPDX-License-Identifier: Apache-2.0 */
/* Judges what the caller may do with the subscriptions of the sample. */
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "engine/examination.h"

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
tally_missing(struct tally *tally, const struct sample_item *item)
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
add_tally(const struct tally *tally, struct diagnosis *diagnosis,
          struct diagnosis_line *line)
{
    diagnosis_add_number(line, "missing", tally->missing);
    if (tally->unread > 0)
        diagnosis_add_number(line, "unread", tally->unread);
    diagnosis_add_texts(diagnosis, line, "names", tally->names, tally->named);
    diagnosis_add_texts(diagnosis, line, "ids", tally->ids, tally->named);
}

static struct diagnosis_line *
conclude_sample(const struct evidence *evidence, struct diagnosis *diagnosis,
                enum diagnosis_examination examination,
                enum diagnosis_status status, enum diagnosis_reason reason)
{
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, examination, status, reason);

    diagnosis_add_number(line, "sample", (int64_t) evidence->sample.count);
    return line;
}

/* An empty sample is that of disabled subscriptions only. */
static bool
is_empty(const struct evidence *evidence, struct diagnosis *diagnosis,
         enum diagnosis_examination examination)
{
    if (evidence->sample.count > 0)
        return false;
    conclude_sample(evidence, diagnosis, examination, DIAGNOSIS_PASS,
                    DIAGNOSIS_REASON_NONE_APPLICABLE);
    return true;
}

static void
conclude_permission(const struct evidence *evidence,
                    struct diagnosis *diagnosis,
                    enum diagnosis_examination examination,
                    const struct tally *tally)
{
    const bool reading = examination == DIAGNOSIS_PERMISSION_READ;
    struct diagnosis_line *line;

    if (tally->missing > 0) {
        line = conclude_sample(evidence, diagnosis, examination,
                               reading ? DIAGNOSIS_FAIL : DIAGNOSIS_WARN,
                               reading ? DIAGNOSIS_REASON_READ_DENIED
                                       : DIAGNOSIS_REASON_WRITE_DENIED);
        add_tally(tally, diagnosis, line);
        examination_add_grant(evidence, diagnosis, line,
                              tally->missing == 1 ? tally->ids[0] : NULL);
    } else if (tally->unread > 0) {
        line =
            conclude_sample(evidence, diagnosis, examination, DIAGNOSIS_WARN,
                            DIAGNOSIS_REASON_PERMISSIONS_UNREAD);
        diagnosis_add_number(line, "unread", tally->unread);
        diagnosis_add_text(diagnosis, line, "error", tally->error);
    } else {
        line = conclude_sample(evidence, diagnosis, examination,
                               DIAGNOSIS_PASS, DIAGNOSIS_REASON_ALLOWED);
        diagnosis_add_number(line, "subscriptions",
                             (int64_t) evidence->list.count);
    }
}

/* Holds one or two actions against the sample. */
static void
examine_actions(const struct evidence *evidence, struct diagnosis *diagnosis,
                enum diagnosis_examination examination,
                enum sample_action first, enum sample_action second)
{
    const struct sample *sample = &evidence->sample;
    struct tally tally = { .named = 0 };

    if (is_empty(evidence, diagnosis, examination))
        return;
    for (size_t i = 0; i < sample->count; i++) {
        const struct sample_item *item = &sample->items[i];
        if (item->permission_error != NULL)
            tally_unread(&tally, item->permission_error);
        else if (!item->allowed[first] || !item->allowed[second])
            tally_missing(&tally, item);
    }
    conclude_permission(evidence, diagnosis, examination, &tally);
}

void
examine_permission_read(const struct evidence *evidence,
                        struct diagnosis *diagnosis)
{
    examine_actions(evidence, diagnosis, DIAGNOSIS_PERMISSION_READ,
                    SAMPLE_ACTION_READ, SAMPLE_ACTION_READ);
}

/* Undoing a first contact deletes it. */
void
examine_permission_write(const struct evidence *evidence,
                         struct diagnosis *diagnosis)
{
    examine_actions(evidence, diagnosis, DIAGNOSIS_PERMISSION_WRITE,
                    SAMPLE_ACTION_WRITE, SAMPLE_ACTION_DELETE);
}

static void
conclude_registration(const struct evidence *evidence,
                      struct diagnosis *diagnosis, const struct tally *tally,
                      bool hidden)
{
    const enum diagnosis_examination examination = DIAGNOSIS_REGISTRATION;
    struct diagnosis_line *line;

    if (tally->unread == 0) {
        conclude_sample(evidence, diagnosis, examination, DIAGNOSIS_PASS,
                        DIAGNOSIS_REASON_REGISTERED);
        return;
    }
    line = conclude_sample(evidence, diagnosis, examination,
                           hidden ? DIAGNOSIS_PASS : DIAGNOSIS_WARN,
                           hidden ? DIAGNOSIS_REASON_REGISTRATION_UNSEEN
                                  : DIAGNOSIS_REASON_REGISTRATION_UNREAD);
    diagnosis_add_number(line, "unread", tally->unread);
    if (!hidden)
        diagnosis_add_text(diagnosis, line, "error", tally->error);
}

void
examine_registration(const struct evidence *evidence,
                     struct diagnosis *diagnosis)
{
    const struct sample *sample = &evidence->sample;
    struct tally tally = { .named = 0 };
    int64_t registrable = 0;
    bool hidden = true; /* where it could not be read, roles are why */

    if (is_empty(evidence, diagnosis, DIAGNOSIS_REGISTRATION))
        return;
    for (size_t i = 0; i < sample->count; i++) {
        const struct sample_item *item = &sample->items[i];
        if (item->registration == NULL) {
            tally_unread(&tally, item->registration_error);
            hidden = hidden && item->registration_hidden;
        } else if (!sample_item_registered(item)) {
            tally_missing(&tally, item);
            registrable += item->allowed[SAMPLE_ACTION_REGISTER];
        }
    }
    if (tally.missing == 0) {
        conclude_registration(evidence, diagnosis, &tally, hidden);
        return;
    }
    struct diagnosis_line *line =
        conclude_sample(evidence, diagnosis, DIAGNOSIS_REGISTRATION,
                        DIAGNOSIS_WARN, DIAGNOSIS_REASON_NOT_REGISTERED);
    add_tally(&tally, diagnosis, line);
    diagnosis_add_number(line, "registrable", registrable);
    diagnosis_add_text(diagnosis, line, "subscription", tally.ids[0]);
}

/* One line: what Azure sends may not look like a line of ours. */
static void
add_message(const char *message, struct diagnosis *diagnosis,
            struct diagnosis_line *line)
{
    AUTOBUFFER text = BUFFER_INIT(MESSAGE_CEILING);

    if (text_append_printable(&text, message) < 0)
        diagnosis->failed = true;
    else
        diagnosis_add_text(diagnosis, line, "error", buffer_text(&text));
}

static void
add_reading(const struct contact_reading *reading, struct diagnosis *diagnosis,
            struct diagnosis_line *line)
{
    const struct contact_error *error = reading->error;

    if (reading->kind == CONTACT_READING_FAILED) {
        if (error->http_status != 0)
            diagnosis_add_number(line, "httpStatus", error->http_status);
        diagnosis_add_text(diagnosis, line, "code", error->code);
        add_message(error->message, diagnosis, line);
        return;
    }
    diagnosis_add_text(diagnosis, line, "version",
                       contact_version_name(reading->version));
    if (reading->kind == CONTACT_READING_DONE)
        diagnosis_add_number(line, "contacts",
                             (reading->contact != NULL ? 1 : 0)
                                 + (int64_t) reading->other_count);
}

void
examine_contact_read(const struct evidence *evidence,
                     struct diagnosis *diagnosis)
{
    const struct evidence_contact *contact = &evidence->contact;
    const struct contact_reading *reading = &contact->reading;
    enum diagnosis_status status = DIAGNOSIS_PASS;
    enum diagnosis_reason reason = DIAGNOSIS_REASON_CONTACT_READ;

    if (is_empty(evidence, diagnosis, DIAGNOSIS_CONTACT_READ))
        return;
    if (reading->kind == CONTACT_READING_FAILED) {
        status = DIAGNOSIS_FAIL;
        reason = DIAGNOSIS_REASON_CONTACT_UNREAD;
    } else if (reading->version != CONTACT_VERSION_2023_12_01) {
        status = DIAGNOSIS_WARN;
        reason = DIAGNOSIS_REASON_CONTACT_OLDER;
    } else if (reading->kind == CONTACT_READING_UNREGISTERED) {
        reason = DIAGNOSIS_REASON_CONTACT_UNREGISTERED;
    }
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_CONTACT_READ, status, reason);
    diagnosis_add_text(diagnosis, line, "name", contact->subscription->name);
    diagnosis_add_text(diagnosis, line, "id", contact->subscription->id);
    add_reading(reading, diagnosis, line);
}
