/* SPDX-License-Identifier: Apache-2.0 */
/* An estate of any size, with the faults of configuration that real ones
 * have. Everything follows from the seed. */
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "estate/estate.h"
#include "estate/estate_client.h"

/* Vigna's splitmix64, public domain. */
struct dice {
    uint64_t state;
};

static uint64_t
dice_roll(struct dice *dice)
{
    uint64_t value = dice->state += 0x9e3779b97f4a7c15U;

    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
}

static size_t
dice_below(struct dice *dice, size_t bound)
{
    return (size_t) (dice_roll(dice) % bound);
}

static const char *
dice_uuid(struct dice *dice, struct arena *arena)
{
    const uint64_t high = dice_roll(dice);
    const uint64_t low = dice_roll(dice);

    return arena_printf(
        arena, "%08x-%04x-4%03x-%04x-%012llx", (unsigned) (high >> 32),
        (unsigned) (high >> 16) & 0xffff, (unsigned) high & 0xfff,
        ((unsigned) (low >> 48) & 0x3fff) | 0x8000,
        (unsigned long long) (low & 0xffffffffffffU));
}

static const char *const domains[] = {
    "Zorg",      "Data",        "Infra",        "Kennisnet",
    "Onderwijs", "Financiën",   "Belasting",    "Vergunning",
    "Archief",   "Burgerzaken", "Werkplek",     "Identiteit",
    "Netwerk",   "Analyse",     "Geo",          "Sociaal Domein",
    "Subsidie",  "Loket",       "Café-Portaal", "Waterschap",
};
static const char *const purposes[] = { "Prod", "Acc",     "Test",
                                        "Dev",  "Hub",     "Lab",
                                        "DR",   "Sandbox", "Platform" };
static const char *const mailboxes[] = { "soc", "piket", "security", "csirt",
                                         "beheer" };
static const char *const phones[] = { "+31 20 123 4567", "+31-30-7654321",
                                      "+31 (70) 555 0199" };

static const struct {
    const char *id;
    const char *name;
    const char *parent;
} groups[] = {
    { "mg-contoso", "Contoso", NULL },
    { "mg-production", "Productie", "mg-contoso" },
    { "mg-development", "Ontwikkeling", "mg-contoso" },
    { "mg-zorg", "Zorg", "mg-production" },
    { "mg-sandbox", "Sandbox", "mg-contoso" },
};

/* What a kind of subscription is made of; each starts as compliant. */
struct draft {
    struct dice *dice;
    struct subscription *subscription;
    struct contact *contact;
    bool without; /* a contact */
};

static void
make_compliant(struct draft *draft)
{
    static const enum contact_severity severities[] = {
        SEVERITY_HIGH, SEVERITY_HIGH, SEVERITY_MEDIUM, SEVERITY_LOW
    };

    draft->contact->severity = severities[dice_below(draft->dice, 4)];
}

static void
make_without_contact(struct draft *draft)
{
    draft->without = true;
}

static void
make_disabled(struct draft *draft)
{
    draft->contact->enabled = false;
}

static void
make_without_address(struct draft *draft)
{
    contact_set_text(&draft->contact->emails,
                     dice_below(draft->dice, 2) == 0 ? NULL : "");
}

static void
make_nobody(struct draft *draft)
{
    contact_set_text(&draft->contact->emails, "");
    draft->contact->by_role = SWITCH_OFF;
    draft->contact->role_count = 0;
}

static void
make_without_phone(struct draft *draft)
{
    contact_set_text(&draft->contact->phone,
                     dice_below(draft->dice, 2) == 0 ? NULL : "");
}

static void
make_alerts_off(struct draft *draft)
{
    draft->contact->alerts = SWITCH_OFF;
    draft->contact->severity = SEVERITY_NONE;
}

static void
make_owners_off(struct draft *draft)
{
    draft->contact->by_role = SWITCH_OFF;
    draft->contact->role_count = 0;
}

static void
make_owner_listed_but_off(struct draft *draft)
{
    draft->contact->by_role = SWITCH_OFF;
}

static void
make_other_role(struct draft *draft)
{
    draft->contact->roles[0] = ROLE_CONTRIBUTOR;
}

static void
make_commas(struct draft *draft)
{
    contact_set_text(&draft->contact->emails,
                     "soc@contoso.nl, piket@contoso.nl");
}

static void
make_bad_address(struct draft *draft)
{
    static const char *const addresses[] = { "soc@contoso", "soc contoso.nl",
                                             "piket@contoso.nl;beheer@",
                                             "soc@@contoso.nl" };

    contact_set_text(&draft->contact->emails,
                     addresses[dice_below(draft->dice, 4)]);
}

static void
make_unregistered(struct draft *draft)
{
    draft->subscription->registration = REGISTRATION_NOT_REGISTERED;
    draft->without = true;
}

static void
make_switched_off(struct draft *draft)
{
    draft->subscription->state = STATE_DISABLED;
}

static void
make_access_to_entra(struct draft *draft)
{
    draft->subscription->quota_id = "AAD_2015-09-01";
    draft->without = true;
}

static void
make_other_name(struct draft *draft)
{
    contact_set_text(&draft->contact->name, "default1");
}

static void
make_attack_paths_only(struct draft *draft)
{
    draft->contact->attack_paths = true;
    draft->contact->risk = RISK_CRITICAL;
    draft->contact->alerts = SWITCH_OFF;
    draft->contact->severity = SEVERITY_NONE;
}

/* All of them can be read: what cannot is a fault, and faults are asked for
 * by --faults. */
static const struct kind {
    unsigned weight;
    void (*make)(struct draft *draft);
} kinds[] = {
    { 340, make_compliant },
    { 200, make_without_contact },
    { 40, make_disabled },
    { 50, make_without_address },
    { 20, make_nobody },
    { 90, make_without_phone },
    { 40, make_alerts_off },
    { 30, make_owners_off },
    { 30, make_owner_listed_but_off },
    { 10, make_other_role },
    { 30, make_commas },
    { 20, make_bad_address },
    { 25, make_unregistered },
    { 15, make_switched_off },
    { 10, make_access_to_entra },
    { 10, make_other_name },
    { 10, make_attack_paths_only },
};

static const struct kind *
choose_kind(struct dice *dice)
{
    size_t total = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        total += kinds[i].weight;
    size_t drawn = dice_below(dice, total);
    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++) {
        if (drawn < kinds[i].weight)
            return &kinds[i];
        drawn -= kinds[i].weight;
    }
    return &kinds[0];
}

/* A contact that baseline-nl passes. */
static struct contact *
compliant_contact(struct dice *dice)
{
    struct contact *contact = contact_new("default");
    char emails[128];

    if (contact == NULL)
        return NULL;
    const char *first = mailboxes[dice_below(dice, ARRAY_LENGTH(mailboxes))];
    const char *second = mailboxes[dice_below(dice, ARRAY_LENGTH(mailboxes))];
    if (first == second)
        snprintf(emails, sizeof(emails), "%s@contoso.nl", first);
    else
        snprintf(emails, sizeof(emails), "%s@contoso.nl;%s@contoso.nl", first,
                 second);
    const char *phone = phones[dice_below(dice, ARRAY_LENGTH(phones))];
    contact->alerts = SWITCH_ON;
    contact->severity = SEVERITY_HIGH;
    contact->attack_paths = dice_below(dice, 3) == 0;
    contact->risk = (enum contact_risk) dice_below(dice, 4);
    contact->by_role = SWITCH_ON;
    contact->roles[contact->role_count++] = ROLE_OWNER;
    if (contact_set_text(&contact->emails, emails) < 0
        || contact_set_text(&contact->phone, phone) < 0) {
        contact_free(contact);
        return NULL;
    }
    return contact;
}

/* Mostly unique; now and then the plain name, so that names occur twice. */
static const char *
invent_name(struct dice *dice, size_t number, struct arena *arena)
{
    const char *domain = domains[dice_below(dice, ARRAY_LENGTH(domains))];
    const char *purpose = purposes[dice_below(dice, ARRAY_LENGTH(purposes))];

    if (dice_below(dice, 50) == 0)
        return arena_printf(arena, "%s-%s", domain, purpose);
    return arena_printf(arena, "%s-%s-%02zu", domain, purpose, number + 1);
}

static int
make_subscription(struct estate *estate, size_t number, struct dice *dice)
{
    struct subscription *subscription = &estate->subscriptions[number];

    /* One statement per throw: initializers have no order. */
    const char *id = dice_uuid(dice, estate->arena);
    const char *name = invent_name(dice, number, estate->arena);
    const size_t group = 1 + dice_below(dice, ARRAY_LENGTH(groups) - 1);
    const bool paid = dice_below(dice, 4) != 0;
    struct contact *contact = compliant_contact(dice);
    if (id == NULL || name == NULL || contact == NULL) {
        contact_free(contact);
        return -1;
    }
    *subscription = (struct subscription){
        .id = id,
        .name = name,
        .tenant = &estate->tenants[0],
        .quota_id = "EnterpriseAgreement_2014-09-01",
        .spending_limit = "Off",
        .group = estate->groups[group].id,
        .paid = paid,
    };
    random_uuid(subscription->contacts.etag);
    struct draft draft = { dice, subscription, contact, false };
    choose_kind(dice)->make(&draft);
    if (draft.without) {
        contact_free(draft.contact);
        return 0;
    }
    return contacts_add(&subscription->contacts, draft.contact);
}

static int
make_tenant(struct estate *estate, struct error *err)
{
    estate->tenants[0] = (struct tenant){
        .id = "7c0ffee0-0000-4000-8000-00000000abcd",
        .name = "Contoso",
        .domain = "contoso.onmicrosoft.com",
        .country = "NL",
        .client_count = 1,
    };
    struct client *client = arena_allocate(estate->arena, sizeof(*client));
    if (client == NULL)
        return error_set_memory(err);
    *client = (struct client){
        .id = "c11e4715-0000-4000-8000-00000000abcd",
        /* What a form must encode is in it. */
        .secret = "Qw8~piket+geheim&/=%2F.only-local",
        .object_id = "0b1ec750-0000-4000-8000-00000000abcd",
        .name = "piket-audit",
        .assignment = ASSIGNMENT_SYSTEM,
        .tenant = &estate->tenants[0],
    };
    estate->tenants[0].clients = client;
    if (estate_client_federate(estate, client) < 0)
        return error_set_memory(err);
    for (size_t i = 0; i < ARRAY_LENGTH(groups); i++)
        estate->groups[i] = (struct group){ .id = groups[i].id,
                                            .name = groups[i].name,
                                            .parent = groups[i].parent,
                                            .tenant = estate->tenants[0].id };
    return 0;
}

struct estate *
estate_generate(uint64_t count, uint64_t seed, struct error *err)
{
    struct dice dice = { seed };
    struct estate *estate = estate_new();

    if (estate == NULL) {
        error_set_memory(err);
        return NULL;
    }
    if (estate_reserve(estate, 1, ARRAY_LENGTH(groups), (size_t) count, err)
            < 0
        || make_tenant(estate, err) < 0) {
        estate_free(estate);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        if (make_subscription(estate, i, &dice) < 0) {
            error_set_memory(err);
            estate_free(estate);
            return NULL;
        }
    if (estate_index(estate, err) < 0) {
        estate_free(estate);
        return NULL;
    }
    return estate;
}
