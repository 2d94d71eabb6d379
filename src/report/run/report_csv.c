/* SPDX-License-Identifier: Apache-2.0 */
/* A run as a table (RFC 4180): a row for each subscription, which is what
 * somebody sorts and filters; each requirement is a column.
 *
 * A spreadsheet takes a field that begins with = + - @ for a formula, and
 * runs it. Such a field gets an apostrophe in front; and so does what stands
 * behind a semicolon, with which a spreadsheet of another language separates
 * fields where commas are meant to. */
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/text.h"
#include "control/requirement/requirement_table.h"
#include "control/run/mute.h"
#include "report/wording/phrase.h"
#include "report/wording/recommendation.h"
#include "report/view/report_writers.h"

struct row {
    const struct run *run;
    const struct assessment *assessment;
    struct buffer *field; /* what is appended may be anything */
};

static void
add(struct row *row, const char *text)
{
    if (text != NULL)
        buffer_append_text(row->field, text);
}

static void
add_all(struct row *row, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_printf(row->field, "%s%s", i > 0 ? ";" : "", texts[i]);
}

static void
add_switch(struct row *row, enum contact_switch state)
{
    if (state != CONTACT_UNSEEN)
        add(row, state == CONTACT_ON ? "true" : "false");
}

static void
add_id(struct row *row)
{
    add(row, row->assessment->subscription.id);
}

static void
add_name(struct row *row)
{
    add(row, row->assessment->subscription.name);
}

static void
add_tenant(struct row *row)
{
    add(row, row->assessment->subscription.tenant_id);
}

static void
add_state(struct row *row)
{
    add(row, row->assessment->subscription.state);
}

static void
add_status(struct row *row)
{
    add(row, assessment_status_name(row->assessment->status));
}

static void
add_reach(struct row *row)
{
    add(row, reach_name(row->assessment->reach));
}

static void
add_cause(struct row *row)
{
    phrase_cause(row->assessment, NULL, row->field);
}

static int
add_sentence(const char *sentence, void *data)
{
    struct buffer *field = data;

    if (field->length > 0)
        buffer_append_text(field, "; ");
    return buffer_append_text(field, sentence);
}

static void
add_recommendations(struct row *row)
{
    if (recommendation_each(row->assessment, NULL, add_sentence, row->field)
        < 0)
        row->field->failed = true;
}

/* NULL where there is none. */
static const struct contact *
contact_of(const struct row *row)
{
    return row->assessment->reading.contact;
}

static void
add_enabled(struct row *row)
{
    if (contact_of(row) != NULL)
        add_switch(row, contact_of(row)->enabled);
}

static void
add_emails(struct row *row)
{
    if (contact_of(row) != NULL)
        add_all(row, contact_of(row)->emails, contact_of(row)->email_count);
}

static void
add_phone(struct row *row)
{
    if (contact_of(row) != NULL)
        add(row, contact_of(row)->phone);
}

static void
add_alerts(struct row *row)
{
    if (contact_of(row) != NULL)
        add(row, contact_threshold_text(&contact_of(row)->alerts));
}

static void
add_attack_paths(struct row *row)
{
    if (contact_of(row) != NULL)
        add(row, contact_threshold_text(&contact_of(row)->attack_paths));
}

static void
add_roles_notified(struct row *row)
{
    if (contact_of(row) != NULL)
        add_switch(row, contact_of(row)->roles_notified);
}

static void
add_roles(struct row *row)
{
    if (contact_of(row) != NULL)
        add_all(row, contact_of(row)->roles, contact_of(row)->role_count);
}

static void
add_others(struct row *row)
{
    const struct contact_reading *reading = &row->assessment->reading;

    for (size_t i = 0; i < reading->other_count; i++)
        buffer_printf(row->field, "%s%s", i > 0 ? ";" : "",
                      reading->others[i]->name);
}

static void
add_version(struct row *row)
{
    if (contact_of(row) != NULL)
        add(row, contact_version_name(contact_of(row)->version));
}

/* The first mute's: one is enough to ask after the rest. */
static const struct mute *
mute_of(const struct row *row)
{
    for (size_t i = 0; i < row->assessment->finding_count; i++)
        if (row->assessment->findings[i].mute != NULL)
            return row->assessment->findings[i].mute;
    return NULL;
}

static void
add_mute_reason(struct row *row)
{
    if (mute_of(row) != NULL)
        add(row, mute_of(row)->reason);
}

static void
add_mute_until(struct row *row)
{
    if (mute_of(row) != NULL)
        add(row, mute_of(row)->until);
}

/* NULL where the contacts could be read. */
static const struct contact_error *
error_of(const struct row *row)
{
    const struct contact_reading *reading = &row->assessment->reading;

    return reading->kind == CONTACT_READING_FAILED ? reading->error : NULL;
}

static void
add_error_status(struct row *row)
{
    if (error_of(row) != NULL && error_of(row)->http_status != 0)
        buffer_printf(row->field, "%d", error_of(row)->http_status);
}

static void
add_error_code(struct row *row)
{
    if (error_of(row) != NULL)
        add(row, error_of(row)->code);
}

static void
add_error_message(struct row *row)
{
    if (error_of(row) != NULL)
        add(row, error_of(row)->message);
}

static void
add_request_id(struct row *row)
{
    if (error_of(row) != NULL)
        add(row, error_of(row)->request_id);
}

static void
add_run(struct row *row)
{
    add(row, row->run->id);
}

static void
add_started(struct row *row)
{
    char text[CLOCK_TEXT_SIZE];

    add(row, clock_format(row->run->started_at, text));
}

/* Columns may be added before the requirements', and never renamed. */
static const struct {
    const char *name;
    void (*add)(struct row *row);
} columns[] = {
    { "subscription_id", add_id },
    { "subscription_name", add_name },
    { "tenant_id", add_tenant },
    { "state", add_state },
    { "status", add_status },
    { "reach", add_reach },
    { "cause", add_cause },
    { "recommendations", add_recommendations },
    { "enabled", add_enabled },
    { "emails", add_emails },
    { "phone", add_phone },
    { "alerts", add_alerts },
    { "attack_paths", add_attack_paths },
    { "roles_notified", add_roles_notified },
    { "roles", add_roles },
    { "other_contacts", add_others },
    { "api_version", add_version },
    { "mute_reason", add_mute_reason },
    { "mute_until", add_mute_until },
    { "error_http_status", add_error_status },
    { "error_code", add_error_code },
    { "error_message", add_error_message },
    { "error_request_id", add_request_id },
    { "run_id", add_run },
    { "started_at", add_started },
};

/* Whether a spreadsheet could take it for a formula: neither blanks and
 * quotation marks in front keep all of them from that, nor the wide forms of
 * East Asian keyboards. */
static bool
is_formula(const char *text)
{
    static const char *const beginnings[] = {
        "=",
        "+",
        "-",
        "@",
        "\xef\xbc\x9d",
        "\xef\xbc\x8b",
        "\xef\xbc\x8d",
        "\xef\xbc\xa0",
    };

    text += strspn(text, " \"");
    for (size_t i = 0; i < ARRAY_LENGTH(beginnings); i++)
        if (strncmp(text, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

static bool
needs_quotes(const char *text, size_t length)
{
    return strpbrk(text, "\",;") != NULL
           || (length > 0 && (text[0] == ' ' || text[length - 1] == ' '));
}

/* Appends one field: on one line, and nothing in it acts on a terminal. */
static void
append_field(struct buffer *target, const char *text)
{
    AUTOBUFFER field = BUFFER_INIT(REPORT_CEILING);
    bool begins = true; /* of a field, by whichever separator */

    if (text_append_printable(&field, text) < 0)
        target->failed = true;
    const bool quoted = needs_quotes(buffer_text(&field), field.length);
    if (quoted)
        buffer_append_byte(target, '"');
    for (const char *next = buffer_text(&field); *next != '\0'; next++) {
        if (begins && is_formula(next))
            buffer_append_byte(target, '\'');
        begins = *next == ';';
        if (*next == '"')
            buffer_append_byte(target, '"');
        buffer_append_byte(target, *next);
    }
    if (quoted)
        buffer_append_byte(target, '"');
}

static void
append_header(struct buffer *target)
{
    for (size_t i = 0; i < ARRAY_LENGTH(columns); i++)
        buffer_printf(target, "%s%s", i > 0 ? "," : "", columns[i].name);
    for (size_t i = 0; i < requirement_table_length; i++)
        buffer_printf(target, ",%s", requirement_table[i].id);
    buffer_append_text(target, "\r\n");
}

/* Every requirement has its column, so that the columns of all profiles are
 * the same; those that the profile does not judge stay empty. */
static void
append_requirements(struct buffer *target, const struct assessment *assessment)
{
    for (size_t i = 0; i < requirement_table_length; i++) {
        buffer_append_byte(target, ',');
        for (size_t j = 0; j < assessment->finding_count; j++)
            if (assessment->findings[j].requirement == &requirement_table[i])
                buffer_append_text(
                    target,
                    finding_status_name(assessment->findings[j].status));
    }
    buffer_append_text(target, "\r\n");
}

static void
append_row(struct buffer *target, struct row *row)
{
    for (size_t i = 0; i < ARRAY_LENGTH(columns); i++) {
        if (i > 0)
            buffer_append_byte(target, ',');
        buffer_clear(row->field);
        columns[i].add(row);
        if (buffer_failed(row->field))
            target->failed = true;
        append_field(target, buffer_text(row->field));
    }
    append_requirements(target, row->assessment);
}

int
report_csv_write(const struct report_view *view, struct buffer *target,
                 struct error *err)
{
    AUTOBUFFER field = BUFFER_INIT(REPORT_CEILING);
    struct row row = { .run = view->run, .field = &field };

    append_header(target);
    for (size_t i = 0; i < view->run->assessment_count; i++) {
        row.assessment = &view->run->assessments[i];
        append_row(target, &row);
    }
    return buffer_failed(target) ? error_set_memory(err) : 0;
}
