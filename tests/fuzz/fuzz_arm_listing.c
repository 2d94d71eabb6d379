/* SPDX-License-Identifier: Apache-2.0 */
/* Any answers (arm_feed.h) to what lists: subscriptions, tenants, management
 * groups, what is below one, permissions, contacts. A listing ends once,
 * follows no link to another host, and gives on only what may go into a path:
 * UUIDs, each subscription's once. */
#include "arm_feed.h"
#include "azure/contact/contact_reader.h"
#include "azure/resource/management_group.h"
#include "azure/resource/management_group_list.h"
#include "azure/resource/permission.h"
#include "azure/resource/subscription_list.h"
#include "azure/resource/tenant_list.h"
#include "base/cleanup.h"
#include "fuzz.h"

enum { SEEN_CEILING = 256 };

/* What a listing gave so far. */
struct seen {
    const char *bytes; /* the input */
    size_t length;
    const char *ids[SEEN_CEILING]; /* in the arena */
    size_t count;
    unsigned ends;
};

static void
end(const struct arm_error *error, void *data)
{
    struct seen *seen = data;

    seen->ends++;
    if (error != NULL)
        arm_feed_check_error(error);
}

static void
subscriptions_end(const struct arm_error *error, size_t strange, void *data)
{
    (void) strange;
    end(error, data);
}

static int
take_subscription(const struct subscription *subscription, void *data,
                  struct error *err)
{
    struct seen *seen = data;

    (void) err;
    fuzz_expect(text_is_uuid(subscription->id)
                && strpbrk(subscription->id, "ABCDEF") == NULL);
    fuzz_expect(*subscription->tenant_id == '\0'
                || text_is_uuid(subscription->tenant_id));
    fuzz_expect(fuzz_is_utf8(subscription->name, strlen(subscription->name)));
    for (size_t i = 0; i < seen->count; i++)
        fuzz_expect(strcmp(seen->ids[i], subscription->id) != 0);
    if (seen->count < SEEN_CEILING)
        seen->ids[seen->count++] = subscription->id;
    return 0;
}

static int
take_tenant(const struct tenant *tenant, void *data, struct error *err)
{
    (void) data;
    (void) err;
    fuzz_expect(text_is_uuid(tenant->id));
    return 0;
}

static int
take_descendant(const char *id, const char *name, void *data,
                struct error *err)
{
    (void) data;
    (void) err;
    fuzz_expect(text_is_uuid(id) && fuzz_is_utf8(name, strlen(name)));
    return 0;
}

static int
take_group(const char *id, const char *name, void *data, struct error *err)
{
    (void) data;
    (void) err;
    fuzz_expect(id != NULL && fuzz_is_utf8(name, strlen(name)));
    return 0;
}

/* Nothing is allowed that no answer names, as it is or by a star. */
static void
take_permission(const bool *allowed, const struct arm_error *error, void *data)
{
    const struct seen *seen = data;
    AUTOFREE char *text = strndup(seen->bytes, seen->length);

    fuzz_expect(text != NULL);
    if (allowed[0] && memchr(seen->bytes, '\\', seen->length) == NULL)
        fuzz_expect(memchr(seen->bytes, '*', seen->length) != NULL
                    || memchr(seen->bytes, '\0', seen->length) != NULL
                    || strcasestr(text, "Microsoft.Security/read") != NULL);
    end(error, data);
}

static void
take_contacts(const struct contact_reading *reading, void *data)
{
    struct seen *seen = data;

    seen->ends++;
    if (reading->kind == CONTACT_READING_FAILED)
        fuzz_expect(reading->error != NULL && reading->error->code != NULL
                    && reading->error->message != NULL);
    else if (reading->kind == CONTACT_READING_DONE)
        fuzz_expect(reading->image != NULL);
}

static int
start(unsigned which, struct arm *arm, struct arena *arena,
      struct contact_reader *reader, struct seen *seen)
{
    static const char *const actions[] = { "Microsoft.Security/read" };

    switch (which) {
    case 0:
        return subscription_list(arm, arena, take_subscription,
                                 subscriptions_end, seen, NULL);
    case 1:
        return tenant_list(arm, take_tenant, end, seen, NULL);
    case 2:
        return management_group_list(arm, "mg", take_descendant, end, seen,
                                     NULL);
    case 3:
        return management_group_list_read(arm, take_group, end, seen, NULL);
    case 4:
        return permission_read(arm, ARM_FEED_SUBSCRIPTION, actions, 1,
                               take_permission, seen, NULL);
    default:
        return contact_reader_read(reader, ARM_FEED_SUBSCRIPTION, arena,
                                   take_contacts, seen, NULL);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    for (unsigned which = 0; which < 6; which++) {
        struct seen seen = { .bytes = (const char *) bytes, .length = length };
        struct arena *arena = arena_new();
        struct arm *arm = arm_feed_open(bytes, length);
        struct contact_reader *reader = NULL;
        fuzz_expect(contact_reader_new(&reader, arm, NULL) == 0);
        contact_reader_keep_images(reader);
        fuzz_expect(start(which, arm, arena, reader, &seen) == 0);
        arm_feed_run();
        fuzz_expect(seen.ends == 1);
        contact_reader_free(reader);
        arm_free(arm);
        arena_free(arena);
    }
    return 0;
}
