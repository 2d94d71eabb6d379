/* SPDX-License-Identifier: Apache-2.0 */
/* How many requests ARM and the provider allow. */
#include "arm/budget.h"

#include "arm/arm_error.h"
#include "base/clock.h"
#include "estate/estate.h"
#include "server/world.h"

enum {
    /* ARM's documented bucket per tenant or subscription and principal. */
    ARM_BUCKET = 250,
    ARM_REFILL = 25,
    /* The provider's window is not documented; a minute is a guess. */
    PROVIDER_WINDOW = 60
};

static void
refuse_reads(struct exchange *exchange)
{
    const unsigned wait = bucket_wait(&exchange->world->reads);

    exchange_add_header(exchange, "Retry-After", "%u", wait);
    arm_refuse(exchange, 429, "SubscriptionRequestsThrottled",
               "Number of 'read' requests for subscription '%s' actor '%s' "
               "exceeded. Please try again after '%u' seconds after "
               "additional tokens are available. Refer to "
               "https://aka.ms/arm-throttling for additional information.",
               exchange->parameters[0] != NULL ? exchange->parameters[0] : "",
               exchange->token != NULL ? exchange->token_hash : "", wait);
}

bool
budget_pass(struct exchange *exchange, const struct arm_rule *rule)
{
    struct world *world = exchange->world;
    const int64_t now = clock_monotonic();

    if (rule->scope == ARM_OPEN || rule->operation != ARM_READ)
        return true;
    if (world->reads.rate > 0.0 && !bucket_take(&world->reads, now)) {
        refuse_reads(exchange);
        return false;
    }
    if (rule->scope == ARM_PROVIDER)
        return true;
    if (world->tenant_reads.capacity < 1.0)
        bucket_init(&world->tenant_reads, ARM_BUCKET, ARM_REFILL, now);
    (void) bucket_take(&world->tenant_reads, now);
    exchange_add_header(exchange,
                        rule->scope == ARM_TENANT
                            ? "x-ms-ratelimit-remaining-tenant-reads"
                            : "x-ms-ratelimit-remaining-subscription-reads",
                        "%u", (unsigned) world->tenant_reads.level);
    return true;
}

bool
budget_pass_provider(struct exchange *exchange, bool write, const char *action)
{
    const uint64_t budget = exchange->world->contact_budget;
    struct bucket *bucket = write ? &exchange->subscription->writes
                                  : &exchange->subscription->reads;
    const uint64_t capacity = write ? (budget + 2) / 3 : budget;
    const int64_t now = clock_monotonic();

    if (budget == 0)
        return true;
    if (bucket->capacity < 1.0)
        bucket_init(bucket, (double) capacity,
                    (double) capacity / PROVIDER_WINDOW, now);
    const bool passed = bucket_take(bucket, now);
    exchange_add_header(
        exchange, "x-ms-ratelimit-remaining-subscription-resource-requests",
        "%u", (unsigned) bucket->level);
    if (passed)
        return true;
    const unsigned wait = bucket_wait(bucket);
    exchange_add_header(exchange, "Retry-After", "%u", wait);
    exchange_add_header(exchange, "Connection", "close");
    arm_refuse(exchange, 429, "ResourceRequestsThrottled",
               "Number of requests for action '%s' exceeded the limit of "
               "'%llu' for time interval '00:01:00'. Please try again after "
               "'%u' seconds.",
               action, (unsigned long long) capacity, wait);
    return false;
}
