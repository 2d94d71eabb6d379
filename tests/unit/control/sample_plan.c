/* SPDX-License-Identifier: Apache-2.0 */
/* A plan with something of everything, made by plan_make. */
#include "unit/control/sample_plan.h"

#include "base/cleanup.h"
#include "unit/unit.h"

#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"
#define HIGH                       \
    {                              \
        CONTACT_LEVEL_HIGH, "High" \
    }
#define OFF                     \
    {                           \
        CONTACT_LEVEL_OFF, NULL \
    }
#define EMAILS(array_) .emails = (array_), .email_count = ARRAY_LENGTH(array_)
#define ROLES(array_) .roles = (array_), .role_count = ARRAY_LENGTH(array_)
#define NOTIFIED .roles_notified = CONTACT_ON, ROLES(owner)

enum { SAMPLE_PLAN_ABSENT = 23 }; /* subscriptions without a contact */

const char *const sample_plan_tenants[] = { TENANT };

static const char *const owner[] = { "Owner" };
static const char *const contributor[] = { "Contributor", "Admin" };
static const char *const both[] = { "soc@contoso.nl", "piket@contoso.nl" };
static const char *const mixed[] = { "soc contoso.nl", "Beheer@contoso.nl",
                                     "jan@mailbox.example" };
static const char *const hostile[] = { "\033[2J@contoso.nl",
                                       "=cmd|' /C calc'!A0@contoso.nl" };
static const char *const domains[] = { "contoso.nl", "*.contoso.nl" };

static const struct profile profile = {
    .name = "baseline-nl",
    .title = "Baseline Veilige Cloud: security contacts are configured",
    .requirements = { "contact-configured", "contact-enabled",
                      "email-configured", "email-valid", "email-domain",
                      "phone-configured", "alerts-notified", "owner-notified",
                      NULL },
    .thresholds = { .alerts_of = CONTACT_LEVEL_HIGH,
                    .attack_paths_of = CONTACT_LEVEL_HIGH,
                    .min_emails = 2,
                    .allowed_domains = domains,
                    .allowed_domain_count = ARRAY_LENGTH(domains),
                    .desired_emails = both,
                    .desired_email_count = ARRAY_LENGTH(both),
                    .desired_phone = "+31 20 123 4567" },
};

static const struct contact perfect = { .name = "default",
                                        .enabled = CONTACT_ON,
                                        EMAILS(both),
                                        .phone = "+31 20 123 4567",
                                        .alerts = HIGH,
                                        .attack_paths = OFF,
                                        NOTIFIED };
static const struct contact disabled = { .name = "default",
                                         .enabled = CONTACT_OFF,
                                         EMAILS(both),
                                         .phone = "+31 20 123 4567",
                                         .alerts = HIGH,
                                         .attack_paths = OFF,
                                         NOTIFIED };
static const struct contact phoneless = { .name = "default",
                                          .enabled = CONTACT_ON,
                                          EMAILS(both),
                                          .alerts = HIGH,
                                          .attack_paths = OFF,
                                          NOTIFIED };
static const struct contact mistaken = { .name = "default",
                                         .enabled = CONTACT_ON,
                                         EMAILS(mixed),
                                         .phone = "+31 20 765 4321",
                                         .alerts = HIGH,
                                         .attack_paths = HIGH,
                                         .roles_notified = CONTACT_OFF,
                                         ROLES(contributor) };
static const struct contact attacker = { .name = "default",
                                         .enabled = CONTACT_ON,
                                         EMAILS(hostile),
                                         .phone = "\033]0;x\a",
                                         .alerts = OFF,
                                         .attack_paths = OFF,
                                         NOTIFIED };
static const struct contact old = { .name = "default",
                                    .version = CONTACT_VERSION_2020_01_01,
                                    EMAILS(both),
                                    .phone = "+31 20 123 4567",
                                    .alerts = OFF,
                                    NOTIFIED };
static const struct contact unheard_of = {
    .name = "default",
    .enabled = CONTACT_ON,
    EMAILS(both),
    .alerts = { CONTACT_LEVEL_UNRECOGNIZED, "Dire\n" },
    NOTIFIED
};
static const struct contact ancient = { .name = "default1",
                                        .version = CONTACT_VERSION_2017_08_01,
                                        EMAILS(both),
                                        .alerts = HIGH };
static const struct contact *const others[] = { &ancient };

static const struct contact_error refused = {
    403, "AuthorizationFailed",
    "The client 'piket-audit' does not have authorization", "0f1e2d3c"
};

/* Not all of it UTF-8, as a kept image may be. */
static const char bytes[] =
    "{\"value\":[{\"name\":\"default\",\"x\":\"\xff\"}]}";
static const char none[] = "{\"value\":[]}";
static const struct contact_snapshot image = { CONTACT_VERSION_2023_12_01,
                                               bytes, sizeof(bytes) - 1 };
static const struct contact_snapshot image_2020 = { CONTACT_VERSION_2020_01_01,
                                                    bytes, sizeof(bytes) - 1 };
static const struct contact_snapshot image_none = { CONTACT_VERSION_2023_12_01,
                                                    none, sizeof(none) - 1 };

static const struct {
    const char *name, *state, *tenant;
    struct contact_reading reading;
} rows[] = {
    { "Zorg-Prod-01",
      "Enabled",
      TENANT,
      { .contact = &disabled, .image = &image } },
    { "Zorg-Prod-02",
      "Enabled",
      TENANT,
      { .contact = &disabled, .image = &image } },
    { "Kennisnet",
      "Enabled",
      TENANT,
      { .contact = &phoneless, .image = &image } },
    { "Archief",
      "Enabled",
      TENANT,
      { .contact = &mistaken, .image = &image } },
    { "\033[31mevil\nname",
      "Enabled",
      TENANT,
      { .contact = &attacker, .image = &image } },
    { "Oud",
      "Enabled",
      TENANT,
      { .contact = &old,
        .version = CONTACT_VERSION_2020_01_01,
        .image = &image_2020 } },
    { "Nieuw", "Enabled", TENANT, { .kind = CONTACT_READING_UNREGISTERED } },
    { "Andersnamig",
      "Enabled",
      TENANT,
      { .others = others, .other_count = 1, .image = &image_none } },
    { "Goed-01", "Enabled", TENANT, { .contact = &perfect, .image = &image } },
    { "Uit", "Disabled", TENANT, { .kind = CONTACT_READING_DONE } },
    { "Infra-Hub",
      "Enabled",
      TENANT,
      { .kind = CONTACT_READING_FAILED, .error = &refused } },
    { "Infra-Hub-2",
      "Enabled",
      TENANT,
      { .kind = CONTACT_READING_FAILED, .error = &refused } },
    { "Gewaarschuwd",
      "Warned",
      TENANT,
      { .contact = &disabled, .image = &image } },
    { "Van-een-ander",
      "Enabled",
      "99999999-0000-4000-8000-000000000009",
      { .contact = &disabled, .image = &image } },
    { "Oeroud",
      "Enabled",
      TENANT,
      { .contact = &ancient,
        .version = CONTACT_VERSION_2017_08_01,
        .image = &image } },
    { "Onbekende-drempel",
      "Enabled",
      TENANT,
      { .contact = &unheard_of, .image = &image } },
};

static void
add(struct run *run, const char *name, const char *state, const char *tenant,
    const struct contact_reading *reading)
{
    AUTOERROR err = ERROR_INIT;
    const struct subscription subscription = {
        .id = arena_printf(run->arena, "%08zx-0000-4000-8000-00000000%04zx",
                           0x4b2f0c1e + 7919 * run->assessment_count,
                           run->assessment_count),
        .name = name,
        .tenant_id = tenant,
        .state = state,
    };

    if (assessment_make(&subscription, reading, run->profile, run->arena,
                        &run->assessments[run->assessment_count++], &err)
        < 0)
        fail_msg("%s", error_message(&err));
}

struct run *
sample_plan_run(void)
{
    const struct contact_reading absent = { .image = &image_none };
    AUTOERROR err = ERROR_INIT;
    struct run *run;

    if (run_new(&run, 1795338847000, 0x3f9a, &profile, &err) < 0)
        fail_msg("%s", error_message(&err));
    run->cloud = "AzureCloud";
    run->config = "piket.yaml";
    run->complete = true;
    run->assessments = arena_allocate_array(
        run->arena, ARRAY_LENGTH(rows) + SAMPLE_PLAN_ABSENT,
        sizeof(*run->assessments));
    assert_non_null(run->assessments);
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        add(run, rows[i].name, rows[i].state, rows[i].tenant,
            &rows[i].reading);
    for (size_t i = 0; i < SAMPLE_PLAN_ABSENT; i++)
        add(run, arena_printf(run->arena, "Data-Lab-%02zu", i + 1), "Enabled",
            TENANT, &absent);
    run_sort(run);
    return run;
}

static void
give_bodies(struct plan *plan)
{
    for (size_t i = 0; i < plan->change_count; i++)
        if (plan->changes[i].after != NULL)
            plan->changes[i].body = "{\"properties\":{\"isEnabled\":true}}";
}

struct plan *
sample_plan(const struct run *run)
{
    const struct desired_contact desired = { .emails = both,
                                             .email_count = 2,
                                             .phone = "+31 20 123 4567" };
    const struct plan_options options = {
        .desired = &desired,
        .register_provider = true,
        .tenants = sample_plan_tenants,
        .tenant_count = 1,
        .now = 1795338850000,
        .unique = 0x77aa,
    };
    AUTOERROR err = ERROR_INIT;
    struct plan *plan;

    if (plan_make(&plan, run, &options, &err) < 0)
        fail_msg("%s", error_message(&err));
    give_bodies(plan);
    return plan;
}

static void
add_reversal(struct plan *plan, const char *id, const char *name,
             const struct contact *present, const struct contact *restored)
{
    const struct subscription subscription = { id, name, TENANT, "Enabled",
                                               NULL };
    const struct contact_reading reading = { .contact = present,
                                             .image = &image };
    AUTOERROR err = ERROR_INIT;

    if (plan_add_reversal(plan, &subscription, &reading, restored, 17, &err)
        < 0)
        fail_msg("%s", error_message(&err));
}

struct plan *
sample_plan_reversal(const struct run *run)
{
    const struct plan_obstacle conflict = {
        .subscription = { "4b2f0c1e-0000-4000-8000-000000000004", "Archief",
                          TENANT, "Enabled", NULL },
        .reason = PLAN_OBSTACLE_CONFLICT,
    };
    AUTOERROR err = ERROR_INIT;
    struct plan *plan;

    if (plan_new(&plan, PLAN_REVERSAL, 1795338860000, 0x88bb, &err) < 0
        || plan_add_obstacle(plan, &conflict, &err) < 0)
        fail_msg("%s", error_message(&err));
    plan->cloud = run->cloud;
    plan->profile = run->profile->name;
    plan->reverts = "2026-11-22T09:14:10Z-77aa";
    plan->complete = true;
    plan->subscriptions = 4;
    add_reversal(plan, "4b2f0c1e-0000-4000-8000-000000000001", "Zorg-Prod-01",
                 &perfect, &disabled);
    add_reversal(plan, "4b2f0c1e-0000-4000-8000-000000000002", "Data-Lab-01",
                 &perfect, NULL);
    add_reversal(plan, "4b2f0c1e-0000-4000-8000-000000000003", "Kennisnet",
                 &perfect, &phoneless);
    plan_sort(plan);
    give_bodies(plan);
    return plan;
}
