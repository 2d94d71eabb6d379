/* SPDX-License-Identifier: Apache-2.0 */
/* A run that can be shown to others. */
#include "control/mask/mask.h"

#include <stdbool.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "control/mask/mask_text.h"
#include "control/run/mute.h"
#include "control/mask/pseudonym.h"

/* Of one sentence. What is longer came from no Azure. */
enum { MASK_TEXT_CEILING = 64 * 1024 * 1024 };

struct masking {
    struct arena *arena;
    struct pseudonym_tables *tables;
    struct buffer text;
    struct mask_values run;  /* known values, of the whole run */
    struct mask_values none; /* names: only what looks like an id */
    const struct mute *mute; /* the one met last, and its mask */
    const struct mute *masked_mute;
    bool failed;
};

/* The masks of an array and of what is in it. NULL where memory ran out. */
static void *
allocate(struct masking *masking, size_t count, size_t size)
{
    void *array = arena_allocate_array(masking->arena, count + 1, size);

    if (array == NULL)
        masking->failed = true;
    return array;
}

/* The pseudonym of a whole value; NULL and "" stay. */
static const char *
mask_value(struct masking *masking, enum pseudonym_kind kind,
           const char *value)
{
    if (value == NULL || *value == '\0')
        return value;
    const char *pseudonym =
        pseudonym_of(masking->tables, kind, value, strlen(value));
    if (pseudonym == NULL)
        masking->failed = true;
    return pseudonym;
}

/* The text itself where nothing in it is hidden; NULL stays. */
static const char *
mask_text(struct masking *masking, const char *text,
          const struct mask_values *values)
{
    if (text == NULL)
        return NULL;
    buffer_clear(&masking->text);
    if (mask_text_append(&masking->text, text, masking->tables, values) < 0) {
        masking->failed = true;
        return text;
    }
    if (strcmp(buffer_text(&masking->text), text) == 0)
        return text;
    const char *masked =
        arena_copy(masking->arena, buffer_text(&masking->text));
    if (masked == NULL)
        masking->failed = true;
    return masked;
}

/* As mask_value, or as mask_text where the kind is PSEUDONYM_KIND_COUNT. */
static const char **
mask_all(struct masking *masking, const char *const *texts, size_t count,
         enum pseudonym_kind kind)
{
    const char **masked = allocate(masking, count, sizeof(*masked));

    for (size_t i = 0; masked != NULL && i < count; i++)
        masked[i] = kind == PSEUDONYM_KIND_COUNT
                        ? mask_text(masking, texts[i], &masking->run)
                        : mask_value(masking, kind, texts[i]);
    return masked;
}

static const struct contact *
mask_contact(struct masking *masking, const struct contact *contact)
{
    struct contact *masked;

    if (contact == NULL)
        return NULL;
    masked = allocate(masking, 1, sizeof(*masked));
    if (masked == NULL)
        return NULL;
    *masked = *contact;
    masked->name = mask_text(masking, contact->name, &masking->run);
    masked->emails = mask_all(masking, contact->emails, contact->email_count,
                              PSEUDONYM_ADDRESS);
    masked->phone = mask_value(masking, PSEUDONYM_PHONE, contact->phone);
    masked->alerts.text =
        mask_text(masking, contact->alerts.text, &masking->run);
    masked->attack_paths.text =
        mask_text(masking, contact->attack_paths.text, &masking->run);
    masked->roles = mask_all(masking, contact->roles, contact->role_count,
                             PSEUDONYM_KIND_COUNT);
    return masked;
}

static const struct contact_error *
mask_error(struct masking *masking, const struct contact_error *error)
{
    struct contact_error *masked;

    if (error == NULL)
        return NULL;
    masked = allocate(masking, 1, sizeof(*masked));
    if (masked == NULL)
        return NULL;
    *masked = *error;
    masked->code = mask_text(masking, error->code, &masking->run);
    masked->message = mask_text(masking, error->message, &masking->run);
    return masked;
}

static void
mask_reading(struct masking *masking, struct contact_reading *reading)
{
    const struct contact **others = allocate(masking, reading->other_count,
                                             sizeof(const struct contact *));

    for (size_t i = 0; others != NULL && i < reading->other_count; i++)
        others[i] = mask_contact(masking, reading->others[i]);
    reading->others = others;
    reading->contact = mask_contact(masking, reading->contact);
    reading->error = mask_error(masking, reading->error);
}

/* One mute covers many findings. */
static const struct mute *
mask_mute(struct masking *masking, const struct mute *mute)
{
    struct mute *masked;

    if (mute == NULL || mute == masking->mute)
        return mute == NULL ? NULL : masking->masked_mute;
    masked = allocate(masking, 1, sizeof(*masked));
    if (masked == NULL)
        return NULL;
    *masked = *mute;
    masked->subscription =
        mask_text(masking, mute->subscription, &masking->none);
    masked->reason = mask_text(masking, mute->reason, &masking->run);
    masking->mute = mute;
    masking->masked_mute = masked;
    return masked;
}

/* A number is only itself: it may look like somebody's phone number. */
static const char *
mask_argument(struct masking *masking, enum finding_reason reason,
              const char *argument, const struct mask_values *values)
{
    switch (reason) {
    case FINDING_REASON_PHONE_INVALID:
        return mask_value(masking, PSEUDONYM_PHONE, argument);
    case FINDING_REASON_EMAIL_INVALID:
    case FINDING_REASON_EMAIL_DOMAIN:
    case FINDING_REASON_NOT_DESIRED:
        return mask_text(masking, argument, values);
    case FINDING_REASON_EMAIL_FEW:
        return argument;
    default:
        return mask_text(masking, argument, &masking->run);
    }
}

static void
mask_findings(struct masking *masking, struct assessment *assessment,
              const struct mask_values *values)
{
    struct finding *findings =
        allocate(masking, assessment->finding_count, sizeof(*findings));

    for (size_t i = 0; findings != NULL && i < assessment->finding_count;
         i++) {
        struct finding *finding = &findings[i];
        *finding = assessment->findings[i];
        finding->expected =
            mask_argument(masking, finding->reason, finding->expected, values);
        finding->actual =
            mask_argument(masking, finding->reason, finding->actual, values);
        finding->mute = mask_mute(masking, finding->mute);
    }
    assessment->findings = findings;
}

static void
add_value(struct mask_value *items, size_t *count, enum pseudonym_kind kind,
          const char *text)
{
    if (text != NULL && *text != '\0')
        items[(*count)++] = (struct mask_value){ text, kind };
}

/* Findings list what the contact has, whatever it looks like. */
static void
mask_assessment(struct masking *masking, struct assessment *assessment)
{
    struct subscription *subscription = &assessment->subscription;
    const struct contact *contact = assessment->reading.contact;
    const size_t emails = contact != NULL ? contact->email_count : 0;
    AUTOFREE struct mask_value *items = calloc(emails + 1, sizeof(*items));
    struct mask_values values = { items, 0, &masking->run };

    if (items == NULL) {
        masking->failed = true;
        return;
    }
    for (size_t i = 0; i < emails; i++)
        add_value(items, &values.count, PSEUDONYM_ADDRESS, contact->emails[i]);
    if (contact != NULL)
        add_value(items, &values.count, PSEUDONYM_PHONE, contact->phone);
    subscription->id =
        mask_value(masking, PSEUDONYM_SUBSCRIPTION, subscription->id);
    subscription->name =
        mask_text(masking, subscription->name, &masking->none);
    subscription->tenant_id =
        mask_value(masking, PSEUDONYM_TENANT, subscription->tenant_id);
    subscription->state =
        mask_text(masking, subscription->state, &masking->run);
    mask_reading(masking, &assessment->reading);
    mask_findings(masking, assessment, &values);
}

static const struct profile *
mask_profile(struct masking *masking, const struct profile *profile)
{
    struct profile *masked = allocate(masking, 1, sizeof(*masked));
    struct thresholds *thresholds;

    if (masked == NULL)
        return profile;
    *masked = *profile;
    thresholds = &masked->thresholds;
    thresholds->allowed_domains =
        mask_all(masking, thresholds->allowed_domains,
                 thresholds->allowed_domain_count, PSEUDONYM_DOMAIN);
    thresholds->desired_emails =
        mask_all(masking, thresholds->desired_emails,
                 thresholds->desired_email_count, PSEUDONYM_ADDRESS);
    thresholds->desired_phone =
        mask_value(masking, PSEUDONYM_PHONE, thresholds->desired_phone);
    return masked;
}

/* The values that any sentence of the run may hold. */
static int
collect_values(struct masking *masking, const struct run *run)
{
    const struct thresholds *thresholds = &run->profile->thresholds;
    const size_t ceiling = 3 * run->tenant_count
                           + thresholds->allowed_domain_count
                           + thresholds->desired_email_count + 1;
    struct mask_value *items = allocate(masking, ceiling, sizeof(*items));
    size_t count = 0;

    if (items == NULL)
        return -1;
    /* Those that are delegated have nothing but an id. */
    for (size_t i = 0; i < run->tenant_count && !run->tenants[i].delegated;
         i++) {
        const struct run_tenant *tenant = &run->tenants[i];
        add_value(items, &count, PSEUDONYM_TENANT, tenant->id);
        add_value(items, &count, PSEUDONYM_TENANT_NAME, tenant->display_name);
        add_value(items, &count, PSEUDONYM_IDENTITY, tenant->identity);
    }
    for (size_t i = 0; i < thresholds->allowed_domain_count; i++)
        add_value(items, &count, PSEUDONYM_DOMAIN,
                  thresholds->allowed_domains[i]);
    for (size_t i = 0; i < thresholds->desired_email_count; i++)
        add_value(items, &count, PSEUDONYM_ADDRESS,
                  thresholds->desired_emails[i]);
    add_value(items, &count, PSEUDONYM_PHONE, thresholds->desired_phone);
    masking->run = (struct mask_values){ items, count, NULL };
    return 0;
}

/* Ids first, so that each is known as what it is wherever it is met. */
static void
number_ids(struct masking *masking, const struct run *run)
{
    for (size_t i = 0; i < run->tenant_count; i++)
        (void) mask_value(masking, PSEUDONYM_TENANT, run->tenants[i].id);
    for (size_t i = 0; i < run->assessment_count; i++) {
        const struct subscription *subscription =
            &run->assessments[i].subscription;
        (void) mask_value(masking, PSEUDONYM_TENANT, subscription->tenant_id);
        (void) mask_value(masking, PSEUDONYM_SUBSCRIPTION, subscription->id);
    }
}

static void
mask_tenants(struct masking *masking, struct run *masked)
{
    struct run_tenant *tenants =
        allocate(masking, masked->tenant_count, sizeof(*tenants));

    for (size_t i = 0; tenants != NULL && i < masked->tenant_count; i++) {
        struct run_tenant *tenant = &tenants[i];
        *tenant = masked->tenants[i];
        tenant->id = mask_value(masking, PSEUDONYM_TENANT, tenant->id);
        tenant->display_name =
            mask_value(masking, PSEUDONYM_TENANT_NAME, tenant->display_name);
        tenant->identity =
            mask_value(masking, PSEUDONYM_IDENTITY, tenant->identity);
        tenant->error = mask_text(masking, tenant->error, &masking->run);
    }
    masked->tenants = tenants;
}

/* masked is a copy of the run so far. */
static void
mask_everything(struct masking *masking, struct run *masked)
{
    struct assessment *assessments =
        allocate(masking, masked->assessment_count, sizeof(*assessments));

    number_ids(masking, masked);
    masked->profile = mask_profile(masking, masked->profile);
    mask_tenants(masking, masked);
    masked->limitations =
        mask_all(masking, masked->limitations, masked->limitation_count,
                 PSEUDONYM_KIND_COUNT);
    masked->errors = mask_all(masking, masked->errors, masked->error_count,
                              PSEUDONYM_KIND_COUNT);
    masked->notes = mask_all(masking, masked->notes, masked->note_count,
                             PSEUDONYM_KIND_COUNT);
    masked->coverage.detail =
        mask_text(masking, masked->coverage.detail, &masking->run);
    for (size_t i = 0; assessments != NULL && !masking->failed
                       && i < masked->assessment_count;
         i++) {
        assessments[i] = masked->assessments[i];
        mask_assessment(masking, &assessments[i]);
    }
    masked->assessments = assessments;
}

/* Returns NULL where memory ran out. */
static struct run *
copy_masked(struct masking *masking, const struct run *run)
{
    struct run *masked = NULL;

    if (run_new(&masked, run->started_at, 0, run->profile, NULL) < 0)
        return NULL;
    struct arena *arena = masked->arena;
    *masked = *run;
    masked->arena = arena;
    masking->arena = arena;
    masking->mute = NULL;
    if (masking->tables == NULL)
        masking->tables = pseudonym_tables_new(arena);
    if (masking->tables == NULL || collect_values(masking, run) < 0)
        masking->failed = true;
    else
        mask_everything(masking, masked);
    if (!masking->failed)
        return masked;
    run_free(masked);
    return NULL;
}

int
mask_run(const struct run *run, const struct run *previous,
         struct run **ret_masked, struct run **ret_previous, struct error *err)
{
    struct masking masking = { .text = BUFFER_INIT(MASK_TEXT_CEILING) };
    struct run *masked = copy_masked(&masking, run);
    struct run *masked_previous = NULL;

    if (masked != NULL && previous != NULL)
        masked_previous = copy_masked(&masking, previous);
    pseudonym_tables_free(masking.tables);
    buffer_done(&masking.text);
    if (masked == NULL || (previous != NULL && masked_previous == NULL)) {
        run_free(masked);
        return error_set_memory(err);
    }
    *ret_masked = masked;
    *ret_previous = masked_previous;
    return 0;
}
