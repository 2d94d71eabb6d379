/* SPDX-License-Identifier: Apache-2.0 */
/* What this Azure holds: tenants, management groups, subscriptions and their
 * contacts. Texts live in the estate's arena unless said otherwise; ids are
 * in lower case. */
#ifndef EMULATOR_ESTATE_H
#define EMULATOR_ESTATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "contact/contact.h"
#include "estate/federated_credential.h"
#include "server/bucket.h"

enum {
    ESTATE_SUBSCRIPTIONS_MAXIMUM = 1000 * 1000,
    ESTATE_FILE_MAXIMUM = 1024 * 1024 * 1024
};

/* Each in the order of its words in estate_words.c. */
enum subscription_state {
    STATE_ENABLED,
    STATE_WARNED,
    STATE_PAST_DUE,
    STATE_DISABLED,
    STATE_DELETED
};
enum access { ACCESS_WRITE, ACCESS_READ, ACCESS_NONE };
enum lock { LOCK_NONE, LOCK_CAN_NOT_DELETE, LOCK_READ_ONLY };
enum registration {
    REGISTRATION_REGISTERED,
    REGISTRATION_NOT_REGISTERED,
    REGISTRATION_REGISTERING
};

/* Whether the machine that the emulator stands for may sign in as a client:
 * by its own identity, or by one of those that are assigned to it. */
enum identity_assignment {
    ASSIGNMENT_NONE,
    ASSIGNMENT_SYSTEM,
    ASSIGNMENT_USER
};

/* Certificates that are trusted without being registered. */
struct trusted_subject {
    const char *name;      /* the subject's CN */
    const char *authority; /* who issued it; PEM */
};

/* An application that may sign in: with its one secret, the key of one of
 * its certificates, or a token of an issuer that it trusts. */
struct client {
    const char *id;
    const char *secret;
    const char *object_id;
    const char *name;
    const char *resource_id; /* of a managed identity; NULL is none */
    enum identity_assignment assignment;
    const struct tenant *tenant;
    const char **certificates; /* PEM */
    size_t certificate_count;
    struct trusted_subject *trusted;
    size_t trusted_count;
    struct federated_credential *federated;
    size_t federated_count;
};

struct tenant {
    const char *id;
    const char *name;
    const char *domain;
    const char *country;
    enum access root_access; /* to its root group */
    struct client *clients;
    size_t client_count;
};

/* id is the group's name: the tail of its resource id. The root group of a
 * tenant has the tenant's id, and need not be in the file. */
struct group {
    const char *id;
    const char *name;
    const char *parent; /* the id of another group; NULL is the root group */
    const char *tenant; /* id */
    enum access access; /* of whoever asks */
};

/* A role of whoever asks: what it allows, and what of that it does not. */
struct role {
    const char **actions; /* each ends with NULL */
    const char **not_actions;
};

/* Writes that a fault holds back until they may be seen. */
struct pending {
    bool waiting;
    struct contacts contacts;
    int64_t due; /* on the monotonic clock, in milliseconds */
    uint64_t reads_left;
};

struct subscription {
    const char *id;
    const char *name;
    const struct tenant *tenant;
    const char **managers; /* ids of the tenants that it is delegated to, by
                              Azure Lighthouse; ends with NULL, or is NULL */
    const char *quota_id;
    const char *spending_limit;
    const char *group; /* the id of its management group; NULL is the root */
    enum subscription_state state;
    enum access access;
    enum lock lock;
    enum registration registration;
    struct role *roles; /* instead of access; NULL: access says it all */
    size_t role_count;
    bool unlisted;      /* left out of GET /subscriptions */
    bool policy_denied; /* Azure Policy refuses writes of contacts */
    bool paid;          /* Defender's plans are Standard, not Free */
    uint64_t registration_reads_left;
    struct contacts contacts;
    struct pending pending;
    struct bucket reads;  /* the provider's own budget; filled at the first */
    struct bucket writes; /* request, when the clock is known */
};

enum list_shape { LIST_SHAPE_ARRAY, LIST_SHAPE_VALUE };

struct estate {
    struct arena *arena;
    struct tenant *tenants; /* the first is that of the ready file */
    size_t tenant_count;
    struct group *groups;
    size_t group_count;
    struct subscription *subscriptions;
    size_t subscription_count;
    const char *location;      /* of Microsoft.Security */
    const char **api_versions; /* of contacts; ends with NULL; NULL is all */
    uint64_t page_size;
    uint64_t put_status_2017;    /* of a creating PUT: 200 or 201 */
    uint64_t registration_reads; /* that still say Registering */
    enum list_shape list_shape_2020;
    uint32_t *index; /* by subscription id; 1 based, 0 is free */
    size_t index_size;
};

/* An estate without anything in it, with the defaults of the file format.
 * NULL where memory runs out. */
struct estate *estate_new(void);
void estate_free(struct estate *estate);

/* Makes room for tenants and the others, zeroed, in one step each. */
int estate_reserve(struct estate *estate, size_t tenants, size_t groups,
                   size_t subscriptions, struct error *err);

/* To be called once all subscriptions have their ids; an id that occurs
 * twice is an error. */
int estate_index(struct estate *estate, struct error *err);

/* Reads the file format of docs/emulator.md. */
struct estate *estate_read(const char *path, struct error *err);

/* Writes the same; contacts as they are now. */
int estate_write(const struct estate *estate, struct buffer *target);

/* Makes count subscriptions; the same seed makes the same estate. */
struct estate *estate_generate(uint64_t count, uint64_t seed,
                               struct error *err);

/* All without regard to case; NULL where there is none. */
struct subscription *estate_find_subscription(const struct estate *estate,
                                              const char *id);
const struct tenant *estate_find_tenant(const struct estate *estate,
                                        const char *id_or_domain);
const struct client *tenant_find_client(const struct tenant *tenant,
                                        const char *id);
const struct group *estate_find_group(const struct estate *estate,
                                      const char *id);

/* Whether who signed in to the tenant of this id can see the subscription:
 * its own tenant, or one that it is delegated to. */
bool subscription_is_for(const struct subscription *subscription,
                         const char *tenant);

/* Whether contacts may be read with this API version here. */
bool estate_has_api_version(const struct estate *estate, const char *version);

/* The words of the enums, each ending with NULL. */
extern const char *const estate_states[];
extern const char *const estate_accesses[];
extern const char *const estate_assignments[];
extern const char *const estate_locks[];
extern const char *const estate_registrations[];
extern const char *const estate_list_shapes[];

#endif
