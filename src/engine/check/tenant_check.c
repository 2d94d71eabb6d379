/* SPDX-License-Identifier: Apache-2.0 */
/* The check of one tenant that is signed in to. */
#include "engine/check/tenant_check.h"

#include <stdlib.h>
#include <string.h>

#include "azure/resource/subscription_list.h"
#include "base/cleanup.h"
#include "engine/check/contact_scan.h"
#include "engine/inventory/expected_subscriptions.h"
#include "engine/inventory/scope_filter.h"
#include "engine/session/signed_in_tenant.h"

struct tenant_check {
    struct tenant_check_options options;
    struct session *session;
    struct expected_subscriptions *expected_subscriptions;
    struct scope_filter scope_filter;
    struct contact_scan *contact_scan;

    const struct subscription **listed; /* each in the run's arena */
    size_t listed_count, listed_capacity;
    struct signed_in_tenant signed_in_tenant;
    size_t excluded, other_tenants;
    bool listing; /* pages may still come */
    bool whole;   /* the list was read to its end, and understood */
    bool settled; /* which subscriptions are in scope, and which missing */
    bool stopped; /* interrupted, or failed */
};

static void
fail(struct tenant_check *check, struct error *err)
{
    check->stopped = true;
    contact_scan_interrupt(check->contact_scan);
    check->options.failed(err, check->options.data);
}

static void
contact_scan_changed(void *data)
{
    const struct tenant_check *check = data;

    check->options.changed(check->options.data);
}

static void
contact_scan_failed(struct error *err, void *data)
{
    fail(data, err);
}

static void groups_changed(struct error *err, void *data);

int
tenant_check_new(struct tenant_check **ret_check, struct session *session,
                 const struct tenant_check_options *options, struct error *err)
{
    struct tenant_check *check = calloc(1, sizeof(*check));

    if (check == NULL)
        return error_set_memory(err);
    check->options = *options;
    check->session = session;
    const struct contact_scan_options contact_scan = {
        .arm = session_arm(session),
        .run = options->run,
        .mutes = options->mutes,
        .concurrency = options->concurrency,
        .images = options->images,
        .changed = contact_scan_changed,
        .failed = contact_scan_failed,
        .data = check,
    };
    if (expected_subscriptions_new(&check->expected_subscriptions,
                                   options->run->arena, groups_changed, check,
                                   err)
            < 0
        || contact_scan_new(&check->contact_scan, &contact_scan, err) < 0) {
        tenant_check_free(check);
        return -1;
    }
    check->scope_filter =
        (struct scope_filter){ options->scope, check->expected_subscriptions };
    *ret_check = check;
    return 0;
}

void
tenant_check_free(struct tenant_check *check)
{
    if (check == NULL)
        return;
    contact_scan_free(check->contact_scan);
    expected_subscriptions_free(check->expected_subscriptions);
    free(check->listed);
    signed_in_tenant_done(&check->signed_in_tenant);
    free(check);
}

/* Counts what is not in scope, and remembers it for the mutes. */
static void
leave_out(struct tenant_check *check, const struct subscription *subscription,
          size_t *count)
{
    (*count)++;
    if (check->options.mutes != NULL)
        mute_index_see(check->options.mutes, subscription);
}

bool
tenant_check_owns(const struct tenant_check *check,
                  const struct subscription *subscription)
{
    return signed_in_tenant_takes(&check->signed_in_tenant, subscription);
}

bool
tenant_check_selects(const struct tenant_check *check,
                     const struct subscription *subscription)
{
    return scope_filter_takes(&check->scope_filter, subscription);
}

int
tenant_check_adopt(struct tenant_check *check,
                   const struct subscription *subscription, struct error *err)
{
    if (tenant_check_selects(check, subscription))
        return contact_scan_take(check->contact_scan, subscription, err);
    leave_out(check, subscription, &check->excluded);
    return 0;
}

void
tenant_check_leave_out(struct tenant_check *check,
                       const struct subscription *subscription)
{
    leave_out(check, subscription, &check->other_tenants);
}

/* Has the subscription read where it is in scope. Who takes what this tenant
 * does not own, if anybody, is not certain before all is listed. */
static int
decide(struct tenant_check *check, const struct subscription *subscription,
       struct error *err)
{
    return tenant_check_owns(check, subscription)
               ? tenant_check_adopt(check, subscription, err)
               : 0;
}

/* With ARM's first answer there is a token, which says which root group to
 * ask. */
static int
begin_coverage(struct tenant_check *check, const struct subscription *first,
               struct error *err)
{
    if (signed_in_tenant_learn(&check->signed_in_tenant, check->session, first,
                               check->options.run, err)
            < 0
        || expected_subscriptions_set_tenant(check->expected_subscriptions,
                                             check->signed_in_tenant.id, err)
               < 0)
        return -1;
    return scope_filter_only_groups(&check->scope_filter)
               ? 0
               : expected_subscriptions_ask_root(check->expected_subscriptions,
                                                 session_arm(check->session),
                                                 err);
}

static int
append_listed(struct tenant_check *check,
              const struct subscription *subscription, struct error *err)
{
    struct subscription *kept =
        arena_allocate(check->options.run->arena, sizeof(*kept));

    if (check->listed_count == check->listed_capacity) {
        const size_t capacity =
            check->listed_capacity == 0 ? 256 : 2 * check->listed_capacity;
        const struct subscription **grown = reallocarray(
            check->listed, capacity, sizeof(struct subscription *));
        if (grown == NULL)
            return error_set_memory(err);
        check->listed = grown;
        check->listed_capacity = capacity;
    }
    if (kept == NULL)
        return error_set_memory(err);
    *kept = *subscription;
    check->listed[check->listed_count++] = kept;
    return 0;
}

static int
subscription_found(const struct subscription *subscription, void *data,
                   struct error *err)
{
    struct tenant_check *check = data;

    if (append_listed(check, subscription, err) < 0
        || (!check->signed_in_tenant.known
            && begin_coverage(check, subscription, err) < 0))
        return -1;
    if (!scope_filter_defers(&check->scope_filter)
        && decide(check, check->listed[check->listed_count - 1], err) < 0)
        return -1;
    check->options.changed(check->options.data);
    return 0;
}

/* Decides on all that is listed, where that had to wait. */
static int
decide_deferred(struct tenant_check *check, struct error *err)
{
    if (!scope_filter_defers(&check->scope_filter))
        return 0;
    for (size_t i = 0; i < check->listed_count; i++)
        if (decide(check, check->listed[i], err) < 0)
            return -1;
    return 0;
}

/* What is expected and not listed: unknown where it is in scope. */
static int
take_missing(struct tenant_check *check, struct error *err)
{
    struct expected_subscriptions_missing missing;
    size_t index = 0;

    while (expected_subscriptions_next_missing(check->expected_subscriptions,
                                               &index, &missing)) {
        if (!scope_filter_takes(&check->scope_filter, &missing.subscription)) {
            leave_out(check, &missing.subscription, &check->excluded);
            continue;
        }
        expected_subscriptions_include(check->expected_subscriptions,
                                       missing.subscription.id);
        if (contact_scan_take_unread(check->contact_scan,
                                     &missing.subscription, missing.error, err)
            < 0)
            return -1;
    }
    return 0;
}

int
tenant_check_settle(struct tenant_check *check, struct error *err)
{
    if (decide_deferred(check, err) < 0
        || (check->whole && take_missing(check, err) < 0))
        return -1;
    check->settled = true;
    return 0;
}

bool
tenant_check_certain(const struct tenant_check *check)
{
    return !check->listing
           && !expected_subscriptions_pending(check->expected_subscriptions);
}

static void
tell_if_certain(struct tenant_check *check)
{
    if (!check->stopped && !check->settled && tenant_check_certain(check))
        check->options.certain(check->options.data);
}

static void
groups_changed(struct error *err, void *data)
{
    struct tenant_check *check = data;

    if (check->stopped)
        return;
    if (err != NULL)
        fail(check, err);
    else
        tell_if_certain(check);
}

/* Why the listing ended early, as a run error; as this tenant's loss where
 * not even a first page came. */
static int
listing_broke_off(struct tenant_check *check, const struct arm_error *error,
                  struct error *err)
{
    AUTOERROR reason = ERROR_INIT;

    if (check->stopped)
        return 0;
    arm_error_to_error(error, &reason);
    if (error->http_status != 0 && error->origin == ARM_ORIGIN_FOREIGN)
        error_advise(&reason, "see whether a proxy answers in Azure's place, "
                              "and check --arm-endpoint");
    if (error->http_status == 403 || error->http_status == 401)
        error_advise(&reason, "sign in as somebody who may list "
                              "subscriptions: Security Reader on the root "
                              "management group is enough");
    if (check->listed_count == 0) {
        error_move(err, &reason);
        return error_wrap(err, "list subscriptions");
    }
    error_wrap(&reason, "the list of subscriptions broke off after %zu",
               check->listed_count);
    return run_add_error(check->options.run, error_message(&reason), err);
}

static int
note_strange(struct tenant_check *check, size_t strange, struct error *err)
{
    AUTOERROR sentence = ERROR_INIT;

    error_set(&sentence,
              "%zu of the subscriptions listed have no usable id, or "
              "stand there twice in different states",
              strange);
    return run_add_error(check->options.run, error_message(&sentence), err);
}

static void
listing_finished(const struct arm_error *error, size_t strange, void *data)
{
    struct tenant_check *check = data;
    AUTOERROR err = ERROR_INIT;
    int result = 0;

    check->listing = false;
    check->whole = error == NULL && strange == 0;
    if (!check->whole)
        check->options.run->complete = false;
    if (error != NULL)
        result = listing_broke_off(check, error, &err);
    if (result < 0 && check->listed_count == 0) {
        check->stopped = true;
        check->options.lost(&err, check->options.data);
        return;
    }
    if (result == 0 && strange > 0)
        result = note_strange(check, strange, &err);
    if (result == 0 && !check->signed_in_tenant.known && !check->stopped)
        result = begin_coverage(check, NULL, &err);
    if (result < 0)
        fail(check, &err);
    else
        tell_if_certain(check);
}

int
tenant_check_start(struct tenant_check *check, struct error *err)
{
    struct arm *arm = session_arm(check->session);

    check->listing = true;
    if (expected_subscriptions_ask_groups(check->expected_subscriptions, arm,
                                          &check->options.scope->groups, err)
        < 0)
        return -1;
    return subscription_list(arm, check->options.run->arena,
                             subscription_found, listing_finished, check, err);
}

bool
tenant_check_whole(const struct tenant_check *check)
{
    return check->whole;
}

const struct subscription *const *
tenant_check_listed(const struct tenant_check *check, size_t *ret_count)
{
    *ret_count = check->listed_count;
    return check->listed;
}

const char *
tenant_check_id(const struct tenant_check *check)
{
    return check->signed_in_tenant.id != NULL ? check->signed_in_tenant.id
                                              : "";
}

int
tenant_check_expect(struct tenant_check *check,
                    const struct subscription_set *list, const char *file,
                    struct error *err)
{
    return expected_subscriptions_add_list(check->expected_subscriptions, list,
                                           file, err);
}

void
tenant_check_sort(struct tenant_check *check)
{
    expected_subscriptions_sort(check->expected_subscriptions);
}

void
tenant_check_doubt_list(struct tenant_check *check)
{
    expected_subscriptions_doubt_list(check->expected_subscriptions);
}

void
tenant_check_see(struct tenant_check *check, const struct subscription *seen)
{
    expected_subscriptions_see(check->expected_subscriptions, seen);
}

void
tenant_check_count(struct tenant_check *check, const char *id)
{
    expected_subscriptions_include(check->expected_subscriptions, id);
}

bool
tenant_check_next_missing(const struct tenant_check *check, size_t *index,
                          struct expected_subscriptions_missing *ret_missing)
{
    return expected_subscriptions_next_missing(check->expected_subscriptions,
                                               index, ret_missing);
}

int
tenant_check_verify(const struct tenant_check *check,
                    const struct subscription *const *known, size_t count,
                    struct error *err)
{
    return scope_filter_verify(&check->scope_filter, known, count,
                               check->options.run, err);
}

bool
tenant_check_done(const struct tenant_check *check)
{
    return check->settled && contact_scan_idle(check->contact_scan);
}

size_t
tenant_check_found(const struct tenant_check *check)
{
    /* Until it is certain what is in scope, all may be. */
    return check->settled || !scope_filter_defers(&check->scope_filter)
               ? contact_scan_taken(check->contact_scan)
               : check->listed_count;
}

size_t
tenant_check_judged(const struct tenant_check *check)
{
    return contact_scan_judged(check->contact_scan);
}

void
tenant_check_interrupt(struct tenant_check *check)
{
    check->stopped = true;
    contact_scan_interrupt(check->contact_scan);
}

struct coverage
tenant_check_coverage(const struct tenant_check *check)
{
    struct coverage unknown = { .reason = COVERAGE_REASON_LIST_INCOMPLETE };

    if (check->whole && check->settled)
        return expected_subscriptions_coverage(check->expected_subscriptions);
    if (check->whole)
        expected_subscriptions_why_unknown(check->expected_subscriptions,
                                           &unknown);
    return unknown;
}

int
tenant_check_collect(struct tenant_check *check, struct error *err)
{
    struct run *run = check->options.run;

    /* Interrupted before it was certain: all that was listed is unknown. */
    if (!check->settled && scope_filter_defers(&check->scope_filter)) {
        expected_subscriptions_sort(check->expected_subscriptions);
        if (decide_deferred(check, err) < 0)
            return -1;
    }
    run->excluded += check->excluded;
    run->other_tenants += check->other_tenants;
    if (session_describe(check->session, check->signed_in_tenant.id, run, err)
        < 0)
        return -1;
    return contact_scan_collect(check->contact_scan, err);
}
