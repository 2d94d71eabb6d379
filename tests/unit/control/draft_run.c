/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of made-up contacts, for what is drafted from them. */
#include "unit/control/draft_run.h"
#include "unit/unit.h"

struct run *
draft_run_new(const struct profile *profile, size_t room)
{
    struct run *run;

    assert_int_equal(run_new(&run, 0, 0, profile, NULL), 0);
    run->complete = true;
    run->tenants = arena_allocate(run->arena, sizeof(*run->tenants));
    assert_non_null(run->tenants);
    run->tenants[0].id = DRAFT_TENANT;
    run->tenant_count = 1;
    run->assessments =
        arena_allocate_array(run->arena, room + 1, sizeof(*run->assessments));
    assert_non_null(run->assessments);
    return run;
}

void
draft_run_add(struct run *run, const char *state,
              const struct contact_reading *reading)
{
    struct assessment *assessment = &run->assessments[run->assessment_count++];

    assessment->subscription = (struct subscription){
        .id = "00000000-0000-4000-8000-000000000001",
        .name = "Zorg",
        .tenant_id = DRAFT_TENANT,
        .state = state,
    };
    assessment->reading = *reading;
}

void
draft_run_add_contact(struct run *run, const struct contact *contact)
{
    struct contact *copy = arena_allocate(run->arena, sizeof(*copy));
    const struct contact_reading reading = { .kind = CONTACT_READING_DONE,
                                             .contact = copy };

    assert_non_null(copy);
    *copy = *contact;
    draft_run_add(run, "Enabled", &reading);
}

void
draft_run_add_email(struct run *run, const char *email)
{
    const char **emails = arena_allocate(run->arena, sizeof(*emails));
    const struct contact contact = {
        .name = "default",
        .enabled = CONTACT_ON,
        .emails = emails,
        .email_count = 1,
    };

    assert_non_null(emails);
    emails[0] = arena_copy(run->arena, email);
    assert_non_null(emails[0]);
    draft_run_add_contact(run, &contact);
}
