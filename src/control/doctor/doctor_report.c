/* SPDX-License-Identifier: Apache-2.0 */
/* What was found out before a check is trusted. */
#include "control/doctor/doctor_report.h"

#include <string.h>

#include "base/cleanup.h"

static const char *const status_names[] = {
    [DOCTOR_REPORT_PASS] = "pass",
    [DOCTOR_REPORT_WARN] = "warn",
    [DOCTOR_REPORT_FAIL] = "fail",
    [DOCTOR_REPORT_SKIPPED] = "skipped",
};

static const char *const section_names[] = {
    [DOCTOR_REPORT_SECTION_CONFIGURATION] = "configuration",
    [DOCTOR_REPORT_SECTION_NETWORK] = "network",
    [DOCTOR_REPORT_SECTION_SIGN_IN] = "sign-in",
    [DOCTOR_REPORT_SECTION_SUBSCRIPTIONS] = "subscriptions",
    [DOCTOR_REPORT_SECTION_PERMISSIONS] = "permissions",
};

static const char *const verdict_names[] = {
    [DOCTOR_REPORT_READY] = "ready",
    [DOCTOR_REPORT_INCOMPLETE] = "incomplete",
    [DOCTOR_REPORT_IMPOSSIBLE] = "impossible",
};

#define SUBJECT(id, section, failure)                                \
    {                                                                \
        id, DOCTOR_REPORT_SECTION_##section, DOCTOR_REPORT_##failure \
    }

/* A wrong clock makes tokens useless, sooner or later; a missing permission
 * only makes subscriptions unknown. */
const struct doctor_report_subject
    doctor_report_subjects[DOCTOR_REPORT_EXAMINATION_COUNT] = {
        [DOCTOR_REPORT_CONFIGURATION] =
            SUBJECT("configuration", CONFIGURATION, IMPOSSIBLE),
        [DOCTOR_REPORT_DESIRED_CONTACT] =
            SUBJECT("desired-contact", CONFIGURATION, READY),
        [DOCTOR_REPORT_STORE] = SUBJECT("store", CONFIGURATION, IMPOSSIBLE),
        [DOCTOR_REPORT_CLOUD] = SUBJECT("cloud", NETWORK, IMPOSSIBLE),
        [DOCTOR_REPORT_PROXY] = SUBJECT("proxy", NETWORK, IMPOSSIBLE),
        [DOCTOR_REPORT_CA_FILE] = SUBJECT("ca-file", NETWORK, IMPOSSIBLE),
        [DOCTOR_REPORT_ARM_ENDPOINT] =
            SUBJECT("arm-endpoint", NETWORK, IMPOSSIBLE),
        [DOCTOR_REPORT_AUTHORITY] = SUBJECT("authority", NETWORK, IMPOSSIBLE),
        [DOCTOR_REPORT_CLOCK] = SUBJECT("clock", NETWORK, IMPOSSIBLE),
        [DOCTOR_REPORT_CREDENTIAL] =
            SUBJECT("credential", SIGN_IN, IMPOSSIBLE),
        [DOCTOR_REPORT_TENANT] = SUBJECT("tenant", SIGN_IN, IMPOSSIBLE),
        [DOCTOR_REPORT_CONFIGURED_TENANT] =
            SUBJECT("configured-tenant", SIGN_IN, READY),
        [DOCTOR_REPORT_IDENTITY] = SUBJECT("identity", SIGN_IN, IMPOSSIBLE),
        [DOCTOR_REPORT_TOKEN] = SUBJECT("token", SIGN_IN, IMPOSSIBLE),
        [DOCTOR_REPORT_SUBSCRIPTIONS] =
            SUBJECT("subscriptions", SUBSCRIPTIONS, INCOMPLETE),
        [DOCTOR_REPORT_SCOPE] = SUBJECT("scope", SUBSCRIPTIONS, IMPOSSIBLE),
        [DOCTOR_REPORT_COVERAGE] =
            SUBJECT("coverage", SUBSCRIPTIONS, INCOMPLETE),
        [DOCTOR_REPORT_PERMISSION_READ] =
            SUBJECT("permission-read", PERMISSIONS, INCOMPLETE),
        [DOCTOR_REPORT_PERMISSION_WRITE] =
            SUBJECT("permission-write", PERMISSIONS, READY),
        [DOCTOR_REPORT_REGISTRATION] =
            SUBJECT("registration", PERMISSIONS, READY),
        [DOCTOR_REPORT_CONTACT_READ] =
            SUBJECT("contact-read", PERMISSIONS, INCOMPLETE),
    };

static const char *const reason_names[DOCTOR_REASON_COUNT] = {
    [DOCTOR_REASON_DEPENDS] = "depends",
    [DOCTOR_REASON_INTERRUPTED] = "interrupted",
    [DOCTOR_REASON_CONFIG_NONE] = "config-none",
    [DOCTOR_REASON_CONFIG_VALID] = "config-valid",
    [DOCTOR_REASON_CONFIG_BROKEN] = "config-broken",
    [DOCTOR_REASON_CONTACT_DESIRED] = "contact-desired",
    [DOCTOR_REASON_CONTACT_NOT_DESIRED] = "contact-not-desired",
    [DOCTOR_REASON_STORE_USABLE] = "store-usable",
    [DOCTOR_REASON_STORE_ABSENT] = "store-absent",
    [DOCTOR_REASON_STORE_OFF] = "store-off",
    [DOCTOR_REASON_STORE_UNFINISHED] = "store-unfinished",
    [DOCTOR_REASON_STORE_UNUSABLE] = "store-unusable",
    [DOCTOR_REASON_CLOUD] = "cloud",
    [DOCTOR_REASON_CLOUD_UNUSABLE] = "cloud-unusable",
    [DOCTOR_REASON_PROXY_NONE] = "proxy-none",
    [DOCTOR_REASON_PROXY_LOOPBACK] = "proxy-loopback",
    [DOCTOR_REASON_PROXY_SET] = "proxy-set",
    [DOCTOR_REASON_PROXY_EXEMPTED] = "proxy-exempted",
    [DOCTOR_REASON_CA_FILE] = "ca-file",
    [DOCTOR_REASON_CA_FILE_UNREADABLE] = "ca-file-unreadable",
    [DOCTOR_REASON_CA_FILE_NONE] = "ca-file-none",
    [DOCTOR_REASON_REACHED] = "reached",
    [DOCTOR_REASON_FOREIGN] = "foreign",
    [DOCTOR_REASON_BUSY] = "busy",
    [DOCTOR_REASON_NAME_UNKNOWN] = "name-unknown",
    [DOCTOR_REASON_NOT_CONNECTED] = "not-connected",
    [DOCTOR_REASON_TLS_FAILED] = "tls-failed",
    [DOCTOR_REASON_TIMED_OUT] = "timed-out",
    [DOCTOR_REASON_BROKEN] = "broken",
    [DOCTOR_REASON_TENANT_UNKNOWN] = "tenant-unknown",
    [DOCTOR_REASON_CLOCK_RIGHT] = "clock-right",
    [DOCTOR_REASON_CLOCK_AHEAD] = "clock-ahead",
    [DOCTOR_REASON_CLOCK_BEHIND] = "clock-behind",
    [DOCTOR_REASON_CLOCK_UNTOLD] = "clock-untold",
    [DOCTOR_REASON_SIGNED_IN] = "signed-in",
    [DOCTOR_REASON_NOT_SIGNED_IN] = "not-signed-in",
    [DOCTOR_REASON_TOKEN_REFUSED] = "token-refused",
    [DOCTOR_REASON_TENANT] = "tenant",
    [DOCTOR_REASON_TENANT_UNNAMED] = "tenant-unnamed",
    [DOCTOR_REASON_TENANT_UNTOLD] = "tenant-untold",
    [DOCTOR_REASON_TENANT_AS_CONFIGURED] = "tenant-as-configured",
    [DOCTOR_REASON_TENANT_DIFFERS] = "tenant-differs",
    [DOCTOR_REASON_TENANT_FREE] = "tenant-free",
    [DOCTOR_REASON_TENANT_NO_FILE] = "tenant-no-file",
    [DOCTOR_REASON_IDENTITY] = "identity",
    [DOCTOR_REASON_IDENTITY_OPAQUE] = "identity-opaque",
    [DOCTOR_REASON_TOKEN_LASTS] = "token-lasts",
    [DOCTOR_REASON_TOKEN_ENDS_SOON] = "token-ends-soon",
    [DOCTOR_REASON_TOKEN_STATIC] = "token-static",
    [DOCTOR_REASON_TOKEN_UNTOLD] = "token-untold",
    [DOCTOR_REASON_VISIBLE] = "visible",
    [DOCTOR_REASON_NONE_VISIBLE] = "none-visible",
    [DOCTOR_REASON_NOT_LISTED] = "not-listed",
    [DOCTOR_REASON_LIST_BROKEN] = "list-broken",
    [DOCTOR_REASON_LIST_STRANGE] = "list-strange",
    [DOCTOR_REASON_SCOPE_ALL] = "scope-all",
    [DOCTOR_REASON_SCOPE_APPLIED] = "scope-applied",
    [DOCTOR_REASON_SCOPE_NOTED] = "scope-noted",
    [DOCTOR_REASON_SCOPE_EMPTY] = "scope-empty",
    [DOCTOR_REASON_SCOPE_WRONG] = "scope-wrong",
    [DOCTOR_REASON_COVERED] = "covered",
    [DOCTOR_REASON_NOT_VISIBLE] = "not-visible",
    [DOCTOR_REASON_COVERAGE_HIDDEN] = "coverage-hidden",
    [DOCTOR_REASON_COVERAGE_UNREAD] = "coverage-unread",
    [DOCTOR_REASON_ALLOWED] = "allowed",
    [DOCTOR_REASON_READ_DENIED] = "read-denied",
    [DOCTOR_REASON_WRITE_DENIED] = "write-denied",
    [DOCTOR_REASON_PERMISSIONS_UNREAD] = "permissions-unread",
    [DOCTOR_REASON_NONE_APPLICABLE] = "none-applicable",
    [DOCTOR_REASON_REGISTERED] = "registered",
    [DOCTOR_REASON_NOT_REGISTERED] = "not-registered",
    [DOCTOR_REASON_REGISTRATION_UNSEEN] = "registration-unseen",
    [DOCTOR_REASON_REGISTRATION_UNREAD] = "registration-unread",
    [DOCTOR_REASON_CONTACT_READ] = "contact-read",
    [DOCTOR_REASON_CONTACT_OLDER] = "contact-older",
    [DOCTOR_REASON_CONTACT_UNREGISTERED] = "contact-unregistered",
    [DOCTOR_REASON_CONTACT_UNREAD] = "contact-unread",
};

const char *
doctor_report_status_name(enum doctor_report_status status)
{
    return status_names[status];
}

const char *
doctor_report_section_name(enum doctor_report_section section)
{
    return section_names[section];
}

const char *
doctor_report_verdict_name(enum doctor_report_verdict verdict)
{
    return verdict_names[verdict];
}

const char *
doctor_reason_name(enum doctor_reason reason)
{
    return reason_names[reason];
}

int
doctor_report_new(struct doctor_report **ret_doctor_report, int64_t started_at,
                  struct error *err)
{
    struct arena *arena = arena_new();
    struct doctor_report *doctor_report =
        arena != NULL ? arena_allocate(arena, sizeof(*doctor_report)) : NULL;

    if (doctor_report == NULL) {
        arena_free(arena);
        return error_set_memory(err);
    }
    doctor_report->arena = arena;
    doctor_report->started_at = started_at;
    doctor_report->cloud = "";
    for (size_t i = 0; i < DOCTOR_REPORT_EXAMINATION_COUNT; i++)
        doctor_report->lines[i] = (struct doctor_report_line){
            .status = DOCTOR_REPORT_SKIPPED,
            .reason = DOCTOR_REASON_INTERRUPTED,
        };
    *ret_doctor_report = doctor_report;
    return 0;
}

/* The diagnosis lies in its own arena. */
void
doctor_report_free(struct doctor_report *doctor_report)
{
    if (doctor_report != NULL)
        arena_free(doctor_report->arena);
}

struct doctor_report_line *
doctor_report_conclude(struct doctor_report *doctor_report,
                       enum doctor_report_examination examination,
                       enum doctor_report_status status,
                       enum doctor_reason reason)
{
    struct doctor_report_line *line = &doctor_report->lines[examination];

    *line = (struct doctor_report_line){
        .status = status,
        .reason = reason,
        .failure = doctor_report_subjects[examination].failure,
    };
    return line;
}

void
doctor_report_skip(struct doctor_report *doctor_report,
                   enum doctor_report_examination examination,
                   enum doctor_report_examination because)
{
    const struct doctor_report_line *cause = &doctor_report->lines[because];

    if (cause->status == DOCTOR_REPORT_SKIPPED
        && cause->reason == DOCTOR_REASON_INTERRUPTED) {
        doctor_report_conclude(doctor_report, examination,
                               DOCTOR_REPORT_SKIPPED,
                               DOCTOR_REASON_INTERRUPTED);
        return;
    }
    if (cause->status == DOCTOR_REPORT_SKIPPED)
        because = cause->because;
    struct doctor_report_line *line =
        doctor_report_conclude(doctor_report, examination,
                               DOCTOR_REPORT_SKIPPED, DOCTOR_REASON_DEPENDS);
    line->because = because;
    doctor_report_add_text(doctor_report, line, "because",
                           doctor_report_subjects[because].id);
}

/* A line has room for all facts of its reason: the table of reasons is
 * ours. */
static void
add_fact(struct doctor_report_line *line,
         const struct doctor_report_fact *fact)
{
    if (line->fact_count < ARRAY_LENGTH(line->facts))
        line->facts[line->fact_count++] = *fact;
}

void
doctor_report_add_number(struct doctor_report_line *line, const char *name,
                         int64_t number)
{
    add_fact(line,
             &(struct doctor_report_fact){ .name = name,
                                           .kind = DOCTOR_REPORT_FACT_NUMBER,
                                           .number = number });
}

void
doctor_report_add_text(struct doctor_report *doctor_report,
                       struct doctor_report_line *line, const char *name,
                       const char *text)
{
    const struct doctor_report_fact fact = {
        .name = name,
        .kind = DOCTOR_REPORT_FACT_TEXT,
        .text = arena_copy(doctor_report->arena, text),
    };

    if (text == NULL)
        return;
    if (fact.text == NULL)
        doctor_report->failed = true;
    else
        add_fact(line, &fact);
}

void
doctor_report_add_texts(struct doctor_report *doctor_report,
                        struct doctor_report_line *line, const char *name,
                        const char *const *texts, size_t count)
{
    const char **copies =
        arena_allocate_array(doctor_report->arena, count + 1, sizeof(*copies));

    for (size_t i = 0; copies != NULL && i < count; i++) {
        copies[i] = arena_copy(doctor_report->arena, texts[i]);
        if (copies[i] == NULL)
            copies = NULL;
    }
    if (copies == NULL) {
        doctor_report->failed = true;
        return;
    }
    add_fact(line,
             &(struct doctor_report_fact){ .name = name,
                                           .kind = DOCTOR_REPORT_FACT_TEXTS,
                                           .texts = copies,
                                           .count = count });
}

void
doctor_report_add_counts(struct doctor_report *doctor_report,
                         struct doctor_report_line *line, const char *name,
                         const struct doctor_report_counts *counts)
{
    const size_t before = line->fact_count;
    int64_t *numbers = arena_allocate_array(
        doctor_report->arena, counts->count + 1, sizeof(*numbers));

    doctor_report_add_texts(doctor_report, line, name, counts->texts,
                            counts->count);
    if (numbers == NULL)
        doctor_report->failed = true;
    if (numbers == NULL || line->fact_count == before)
        return;
    for (size_t i = 0; i < counts->count; i++)
        numbers[i] = counts->numbers[i];
    line->facts[before].kind = DOCTOR_REPORT_FACT_COUNTS;
    line->facts[before].numbers = numbers;
}

const struct doctor_report_fact *
doctor_report_fact(const struct doctor_report_line *line, const char *name)
{
    for (size_t i = 0; i < line->fact_count; i++)
        if (strcmp(line->facts[i].name, name) == 0)
            return &line->facts[i];
    return NULL;
}

size_t
doctor_report_count(const struct doctor_report *doctor_report,
                    enum doctor_report_status status)
{
    size_t count = 0;

    for (size_t i = 0; i < DOCTOR_REPORT_EXAMINATION_COUNT; i++)
        if (doctor_report->lines[i].status == status)
            count++;
    return count;
}

enum doctor_report_verdict
doctor_report_verdict(const struct doctor_report *doctor_report)
{
    enum doctor_report_verdict worst = DOCTOR_REPORT_READY;

    for (size_t i = 0; i < DOCTOR_REPORT_EXAMINATION_COUNT; i++)
        if (doctor_report->lines[i].status == DOCTOR_REPORT_FAIL
            && doctor_report->lines[i].failure > worst)
            worst = doctor_report->lines[i].failure;
    return worst;
}
