/* SPDX-License-Identifier: Apache-2.0 */
/* What was found out before a check is trusted. */
#include "control/diagnosis.h"

#include <string.h>

#include "base/cleanup.h"

static const char *const status_names[] = {
    [DIAGNOSIS_PASS] = "pass",
    [DIAGNOSIS_WARN] = "warn",
    [DIAGNOSIS_FAIL] = "fail",
    [DIAGNOSIS_SKIPPED] = "skipped",
};

static const char *const section_names[] = {
    [DIAGNOSIS_SECTION_CONFIGURATION] = "configuration",
    [DIAGNOSIS_SECTION_NETWORK] = "network",
    [DIAGNOSIS_SECTION_SIGN_IN] = "sign-in",
    [DIAGNOSIS_SECTION_SUBSCRIPTIONS] = "subscriptions",
    [DIAGNOSIS_SECTION_PERMISSIONS] = "permissions",
};

static const char *const verdict_names[] = {
    [DIAGNOSIS_READY] = "ready",
    [DIAGNOSIS_INCOMPLETE] = "incomplete",
    [DIAGNOSIS_IMPOSSIBLE] = "impossible",
};

#define SUBJECT(id, section, failure)                        \
    {                                                        \
        id, DIAGNOSIS_SECTION_##section, DIAGNOSIS_##failure \
    }

/* A wrong clock makes tokens useless, sooner or later; a missing permission
 * only makes subscriptions unknown. */
const struct diagnosis_subject
    diagnosis_subjects[DIAGNOSIS_EXAMINATION_COUNT] = {
        [DIAGNOSIS_CONFIGURATION] =
            SUBJECT("configuration", CONFIGURATION, IMPOSSIBLE),
        [DIAGNOSIS_DESIRED_CONTACT] =
            SUBJECT("desired-contact", CONFIGURATION, READY),
        [DIAGNOSIS_STORE] = SUBJECT("store", CONFIGURATION, IMPOSSIBLE),
        [DIAGNOSIS_CLOUD] = SUBJECT("cloud", NETWORK, IMPOSSIBLE),
        [DIAGNOSIS_PROXY] = SUBJECT("proxy", NETWORK, IMPOSSIBLE),
        [DIAGNOSIS_CA_FILE] = SUBJECT("ca-file", NETWORK, IMPOSSIBLE),
        [DIAGNOSIS_ARM_ENDPOINT] =
            SUBJECT("arm-endpoint", NETWORK, IMPOSSIBLE),
        [DIAGNOSIS_AUTHORITY] = SUBJECT("authority", NETWORK, IMPOSSIBLE),
        [DIAGNOSIS_CLOCK] = SUBJECT("clock", NETWORK, IMPOSSIBLE),
        [DIAGNOSIS_CREDENTIAL] = SUBJECT("credential", SIGN_IN, IMPOSSIBLE),
        [DIAGNOSIS_TENANT] = SUBJECT("tenant", SIGN_IN, IMPOSSIBLE),
        [DIAGNOSIS_CONFIGURED_TENANT] =
            SUBJECT("configured-tenant", SIGN_IN, READY),
        [DIAGNOSIS_IDENTITY] = SUBJECT("identity", SIGN_IN, IMPOSSIBLE),
        [DIAGNOSIS_TOKEN] = SUBJECT("token", SIGN_IN, IMPOSSIBLE),
        [DIAGNOSIS_SUBSCRIPTIONS] =
            SUBJECT("subscriptions", SUBSCRIPTIONS, INCOMPLETE),
        [DIAGNOSIS_SCOPE] = SUBJECT("scope", SUBSCRIPTIONS, IMPOSSIBLE),
        [DIAGNOSIS_COVERAGE] = SUBJECT("coverage", SUBSCRIPTIONS, INCOMPLETE),
        [DIAGNOSIS_PERMISSION_READ] =
            SUBJECT("permission-read", PERMISSIONS, INCOMPLETE),
        [DIAGNOSIS_PERMISSION_WRITE] =
            SUBJECT("permission-write", PERMISSIONS, READY),
        [DIAGNOSIS_REGISTRATION] = SUBJECT("registration", PERMISSIONS, READY),
        [DIAGNOSIS_CONTACT_READ] =
            SUBJECT("contact-read", PERMISSIONS, INCOMPLETE),
    };

static const char *const reason_names[DIAGNOSIS_REASON_COUNT] = {
    [DIAGNOSIS_REASON_DEPENDS] = "depends",
    [DIAGNOSIS_REASON_INTERRUPTED] = "interrupted",
    [DIAGNOSIS_REASON_CONFIG_NONE] = "config-none",
    [DIAGNOSIS_REASON_CONFIG_VALID] = "config-valid",
    [DIAGNOSIS_REASON_CONFIG_BROKEN] = "config-broken",
    [DIAGNOSIS_REASON_CONTACT_DESIRED] = "contact-desired",
    [DIAGNOSIS_REASON_CONTACT_NOT_DESIRED] = "contact-not-desired",
    [DIAGNOSIS_REASON_STORE_USABLE] = "store-usable",
    [DIAGNOSIS_REASON_STORE_ABSENT] = "store-absent",
    [DIAGNOSIS_REASON_STORE_OFF] = "store-off",
    [DIAGNOSIS_REASON_STORE_UNFINISHED] = "store-unfinished",
    [DIAGNOSIS_REASON_STORE_UNUSABLE] = "store-unusable",
    [DIAGNOSIS_REASON_CLOUD] = "cloud",
    [DIAGNOSIS_REASON_CLOUD_UNUSABLE] = "cloud-unusable",
    [DIAGNOSIS_REASON_PROXY_NONE] = "proxy-none",
    [DIAGNOSIS_REASON_PROXY_LOOPBACK] = "proxy-loopback",
    [DIAGNOSIS_REASON_PROXY_SET] = "proxy-set",
    [DIAGNOSIS_REASON_PROXY_EXEMPTED] = "proxy-exempted",
    [DIAGNOSIS_REASON_CA_FILE] = "ca-file",
    [DIAGNOSIS_REASON_CA_FILE_UNREADABLE] = "ca-file-unreadable",
    [DIAGNOSIS_REASON_CA_FILE_NONE] = "ca-file-none",
    [DIAGNOSIS_REASON_REACHED] = "reached",
    [DIAGNOSIS_REASON_FOREIGN] = "foreign",
    [DIAGNOSIS_REASON_BUSY] = "busy",
    [DIAGNOSIS_REASON_NAME_UNKNOWN] = "name-unknown",
    [DIAGNOSIS_REASON_NOT_CONNECTED] = "not-connected",
    [DIAGNOSIS_REASON_TLS_FAILED] = "tls-failed",
    [DIAGNOSIS_REASON_TIMED_OUT] = "timed-out",
    [DIAGNOSIS_REASON_BROKEN] = "broken",
    [DIAGNOSIS_REASON_TENANT_UNKNOWN] = "tenant-unknown",
    [DIAGNOSIS_REASON_CLOCK_RIGHT] = "clock-right",
    [DIAGNOSIS_REASON_CLOCK_AHEAD] = "clock-ahead",
    [DIAGNOSIS_REASON_CLOCK_BEHIND] = "clock-behind",
    [DIAGNOSIS_REASON_CLOCK_UNTOLD] = "clock-untold",
    [DIAGNOSIS_REASON_SIGNED_IN] = "signed-in",
    [DIAGNOSIS_REASON_NOT_SIGNED_IN] = "not-signed-in",
    [DIAGNOSIS_REASON_TOKEN_REFUSED] = "token-refused",
    [DIAGNOSIS_REASON_TENANT] = "tenant",
    [DIAGNOSIS_REASON_TENANT_UNNAMED] = "tenant-unnamed",
    [DIAGNOSIS_REASON_TENANT_UNTOLD] = "tenant-untold",
    [DIAGNOSIS_REASON_TENANT_AS_CONFIGURED] = "tenant-as-configured",
    [DIAGNOSIS_REASON_TENANT_DIFFERS] = "tenant-differs",
    [DIAGNOSIS_REASON_TENANT_FREE] = "tenant-free",
    [DIAGNOSIS_REASON_TENANT_NO_FILE] = "tenant-no-file",
    [DIAGNOSIS_REASON_IDENTITY] = "identity",
    [DIAGNOSIS_REASON_IDENTITY_OPAQUE] = "identity-opaque",
    [DIAGNOSIS_REASON_TOKEN_LASTS] = "token-lasts",
    [DIAGNOSIS_REASON_TOKEN_ENDS_SOON] = "token-ends-soon",
    [DIAGNOSIS_REASON_TOKEN_STATIC] = "token-static",
    [DIAGNOSIS_REASON_TOKEN_UNTOLD] = "token-untold",
    [DIAGNOSIS_REASON_VISIBLE] = "visible",
    [DIAGNOSIS_REASON_NONE_VISIBLE] = "none-visible",
    [DIAGNOSIS_REASON_NOT_LISTED] = "not-listed",
    [DIAGNOSIS_REASON_LIST_BROKEN] = "list-broken",
    [DIAGNOSIS_REASON_LIST_STRANGE] = "list-strange",
    [DIAGNOSIS_REASON_SCOPE_ALL] = "scope-all",
    [DIAGNOSIS_REASON_SCOPE_APPLIED] = "scope-applied",
    [DIAGNOSIS_REASON_SCOPE_NOTED] = "scope-noted",
    [DIAGNOSIS_REASON_SCOPE_EMPTY] = "scope-empty",
    [DIAGNOSIS_REASON_SCOPE_WRONG] = "scope-wrong",
    [DIAGNOSIS_REASON_COVERED] = "covered",
    [DIAGNOSIS_REASON_NOT_VISIBLE] = "not-visible",
    [DIAGNOSIS_REASON_COVERAGE_HIDDEN] = "coverage-hidden",
    [DIAGNOSIS_REASON_COVERAGE_UNREAD] = "coverage-unread",
    [DIAGNOSIS_REASON_ALLOWED] = "allowed",
    [DIAGNOSIS_REASON_READ_DENIED] = "read-denied",
    [DIAGNOSIS_REASON_WRITE_DENIED] = "write-denied",
    [DIAGNOSIS_REASON_PERMISSIONS_UNREAD] = "permissions-unread",
    [DIAGNOSIS_REASON_NONE_APPLICABLE] = "none-applicable",
    [DIAGNOSIS_REASON_REGISTERED] = "registered",
    [DIAGNOSIS_REASON_NOT_REGISTERED] = "not-registered",
    [DIAGNOSIS_REASON_REGISTRATION_UNSEEN] = "registration-unseen",
    [DIAGNOSIS_REASON_REGISTRATION_UNREAD] = "registration-unread",
    [DIAGNOSIS_REASON_CONTACT_READ] = "contact-read",
    [DIAGNOSIS_REASON_CONTACT_OLDER] = "contact-older",
    [DIAGNOSIS_REASON_CONTACT_UNREGISTERED] = "contact-unregistered",
    [DIAGNOSIS_REASON_CONTACT_UNREAD] = "contact-unread",
};

const char *
diagnosis_status_name(enum diagnosis_status status)
{
    return status_names[status];
}

const char *
diagnosis_section_name(enum diagnosis_section section)
{
    return section_names[section];
}

const char *
diagnosis_verdict_name(enum diagnosis_verdict verdict)
{
    return verdict_names[verdict];
}

const char *
diagnosis_reason_name(enum diagnosis_reason reason)
{
    return reason_names[reason];
}

int
diagnosis_new(struct diagnosis **ret_diagnosis, int64_t started_at,
              struct error *err)
{
    struct arena *arena = arena_new();
    struct diagnosis *diagnosis =
        arena != NULL ? arena_allocate(arena, sizeof(*diagnosis)) : NULL;

    if (diagnosis == NULL) {
        arena_free(arena);
        return error_set_memory(err);
    }
    diagnosis->arena = arena;
    diagnosis->started_at = started_at;
    diagnosis->cloud = "";
    for (size_t i = 0; i < DIAGNOSIS_EXAMINATION_COUNT; i++)
        diagnosis->lines[i] = (struct diagnosis_line){
            .status = DIAGNOSIS_SKIPPED,
            .reason = DIAGNOSIS_REASON_INTERRUPTED,
        };
    *ret_diagnosis = diagnosis;
    return 0;
}

/* The diagnosis lies in its own arena. */
void
diagnosis_free(struct diagnosis *diagnosis)
{
    if (diagnosis != NULL)
        arena_free(diagnosis->arena);
}

struct diagnosis_line *
diagnosis_conclude(struct diagnosis *diagnosis,
                   enum diagnosis_examination examination,
                   enum diagnosis_status status, enum diagnosis_reason reason)
{
    struct diagnosis_line *line = &diagnosis->lines[examination];

    *line = (struct diagnosis_line){
        .status = status,
        .reason = reason,
        .failure = diagnosis_subjects[examination].failure,
    };
    return line;
}

void
diagnosis_skip(struct diagnosis *diagnosis,
               enum diagnosis_examination examination,
               enum diagnosis_examination because)
{
    const struct diagnosis_line *cause = &diagnosis->lines[because];

    if (cause->status == DIAGNOSIS_SKIPPED
        && cause->reason == DIAGNOSIS_REASON_INTERRUPTED) {
        diagnosis_conclude(diagnosis, examination, DIAGNOSIS_SKIPPED,
                           DIAGNOSIS_REASON_INTERRUPTED);
        return;
    }
    if (cause->status == DIAGNOSIS_SKIPPED)
        because = cause->because;
    struct diagnosis_line *line = diagnosis_conclude(
        diagnosis, examination, DIAGNOSIS_SKIPPED, DIAGNOSIS_REASON_DEPENDS);
    line->because = because;
    diagnosis_add_text(diagnosis, line, "because",
                       diagnosis_subjects[because].id);
}

/* A line has room for all facts of its reason: the table of reasons is
 * ours. */
static void
add_fact(struct diagnosis_line *line, const struct diagnosis_fact *fact)
{
    if (line->fact_count < ARRAY_LENGTH(line->facts))
        line->facts[line->fact_count++] = *fact;
}

void
diagnosis_add_number(struct diagnosis_line *line, const char *name,
                     int64_t number)
{
    add_fact(line, &(struct diagnosis_fact){ .name = name,
                                             .kind = DIAGNOSIS_FACT_NUMBER,
                                             .number = number });
}

void
diagnosis_add_text(struct diagnosis *diagnosis, struct diagnosis_line *line,
                   const char *name, const char *text)
{
    const struct diagnosis_fact fact = {
        .name = name,
        .kind = DIAGNOSIS_FACT_TEXT,
        .text = arena_copy(diagnosis->arena, text),
    };

    if (text == NULL)
        return;
    if (fact.text == NULL)
        diagnosis->failed = true;
    else
        add_fact(line, &fact);
}

void
diagnosis_add_texts(struct diagnosis *diagnosis, struct diagnosis_line *line,
                    const char *name, const char *const *texts, size_t count)
{
    const char **copies =
        arena_allocate_array(diagnosis->arena, count + 1, sizeof(*copies));

    for (size_t i = 0; copies != NULL && i < count; i++) {
        copies[i] = arena_copy(diagnosis->arena, texts[i]);
        if (copies[i] == NULL)
            copies = NULL;
    }
    if (copies == NULL) {
        diagnosis->failed = true;
        return;
    }
    add_fact(line, &(struct diagnosis_fact){ .name = name,
                                             .kind = DIAGNOSIS_FACT_TEXTS,
                                             .texts = copies,
                                             .count = count });
}

void
diagnosis_add_counts(struct diagnosis *diagnosis, struct diagnosis_line *line,
                     const char *name, const struct diagnosis_counts *counts)
{
    const size_t before = line->fact_count;
    int64_t *numbers = arena_allocate_array(
        diagnosis->arena, counts->count + 1, sizeof(*numbers));

    diagnosis_add_texts(diagnosis, line, name, counts->texts, counts->count);
    if (numbers == NULL)
        diagnosis->failed = true;
    if (numbers == NULL || line->fact_count == before)
        return;
    for (size_t i = 0; i < counts->count; i++)
        numbers[i] = counts->numbers[i];
    line->facts[before].kind = DIAGNOSIS_FACT_COUNTS;
    line->facts[before].numbers = numbers;
}

const struct diagnosis_fact *
diagnosis_fact(const struct diagnosis_line *line, const char *name)
{
    for (size_t i = 0; i < line->fact_count; i++)
        if (strcmp(line->facts[i].name, name) == 0)
            return &line->facts[i];
    return NULL;
}

size_t
diagnosis_count(const struct diagnosis *diagnosis,
                enum diagnosis_status status)
{
    size_t count = 0;

    for (size_t i = 0; i < DIAGNOSIS_EXAMINATION_COUNT; i++)
        if (diagnosis->lines[i].status == status)
            count++;
    return count;
}

enum diagnosis_verdict
diagnosis_verdict(const struct diagnosis *diagnosis)
{
    enum diagnosis_verdict worst = DIAGNOSIS_READY;

    for (size_t i = 0; i < DIAGNOSIS_EXAMINATION_COUNT; i++)
        if (diagnosis->lines[i].status == DIAGNOSIS_FAIL
            && diagnosis->lines[i].failure > worst)
            worst = diagnosis->lines[i].failure;
    return worst;
}
