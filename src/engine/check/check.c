/* SPDX-License-Identifier: Apache-2.0 */
/* One run: the check of each tenant. */
#include "engine/check/check.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "engine/inventory/scope_filter.h"
#include "engine/check/tenant_reconcile.h"
#include "engine/check/tenant_check.h"

enum { CHECK_MESSAGE_CEILING = 64 * 1024 };

/* One of the tenants. */
struct member {
    struct check *check;
    struct session *session;
    struct tenant_check *tenant; /* NULL before check_run */
    struct error loss;           /* why it cannot be read at all */
};

struct check {
    struct member *members;
    size_t count;
    struct loop *loop;
    struct run *run;
    struct tenant_check_options options;      /* of every tenant's check */
    struct tenant_reconcile tenant_reconcile; /* of those that are not lost */
    const struct subscription_set *expected;  /* a user's list, or NULL */
    const char *expected_file;
    check_progress *progress;
    void *progress_data;
    bool settled;
    bool interrupted;
    bool looping;         /* in check_run's loop_run */
    struct error failure; /* of our own, or of the scope */
};

static bool
is_lost(const struct member *member)
{
    return member->loss.message != NULL;
}

/* Sums up what each tenant's check says. */
static size_t
total(const struct check *check,
      size_t (*number)(const struct tenant_check *tenant))
{
    size_t sum = 0;

    for (size_t i = 0; i < check->count; i++)
        if (check->members[i].tenant != NULL)
            sum += number(check->members[i].tenant);
    return sum;
}

/* A stop outside of our own loop_run would end somebody else's. */
static void
stop(const struct check *check)
{
    if (check->looping)
        loop_stop(check->loop);
}

static void
stop_if_done(const struct check *check)
{
    for (size_t i = 0; i < check->count; i++)
        if (!is_lost(&check->members[i])
            && !tenant_check_done(check->members[i].tenant))
            return;
    stop(check);
}

static void
tenant_changed(void *data)
{
    struct check *check = ((struct member *) data)->check;

    if (check->progress != NULL)
        check->progress(total(check, tenant_check_judged),
                        total(check, tenant_check_found),
                        check->progress_data);
    if (check->settled)
        stop_if_done(check);
}

static void
check_fail(struct check *check, struct error *err)
{
    if (check->failure.message == NULL)
        error_move(&check->failure, err);
    check_interrupt(check);
}

static void
tenant_failed(struct error *err, void *data)
{
    check_fail(((struct member *) data)->check, err);
}

/* Tells those that are lost from the others. */
static void
gather(struct check *check)
{
    struct tenant_reconcile *tenant_reconcile = &check->tenant_reconcile;

    tenant_reconcile->count = tenant_reconcile->lost = 0;
    for (size_t i = 0; i < check->count; i++) {
        if (is_lost(&check->members[i]))
            tenant_reconcile->lost++;
        else
            tenant_reconcile->checks[tenant_reconcile->count++] =
                check->members[i].tenant;
    }
}

/* One tenant may be asked for by its id and by a domain of its own, which is
 * known only once both are signed in to: all that is its own would count
 * twice. */
static int
each_once(const struct check *check, struct error *err)
{
    for (size_t i = 1; i < check->count; i++)
        for (size_t j = 0; j < i; j++) {
            const struct member *member = &check->members[i];
            const struct member *before = &check->members[j];
            if (is_lost(member) || is_lost(before)
                || *tenant_check_id(member->tenant) == '\0'
                || !text_equal_ignoring_case(tenant_check_id(member->tenant),
                                             tenant_check_id(before->tenant)))
                continue;
            error_set(err, "--tenant: '%s' and '%s' are the same tenant, %s",
                      session_tenant(before->session),
                      session_tenant(member->session),
                      tenant_check_id(member->tenant));
            return error_advise(err, "give each tenant once");
        }
    return 0;
}

/* Once every tenant is certain, or lost, they are settled together. */
static void
settle_if_certain(struct check *check)
{
    AUTOERROR err = ERROR_INIT;

    for (size_t i = 0; i < check->count; i++)
        if (!is_lost(&check->members[i])
            && !tenant_check_certain(check->members[i].tenant))
            return;
    gather(check);
    check->settled = true;
    if (each_once(check, &err) < 0
        || tenant_reconcile_make(&check->tenant_reconcile, &err) < 0)
        check_fail(check, &err);
    else
        stop_if_done(check);
}

static void
tenant_certain(void *data)
{
    settle_if_certain(((struct member *) data)->check);
}

/* Why it is lost: that nobody could sign in says more than what came of
 * it. */
static void
tenant_lost(struct error *err, void *data)
{
    struct member *member = data;
    const struct error *sign_in = session_sign_in_error(member->session);

    if (sign_in == NULL) {
        error_move(&member->loss, err);
    } else {
        error_set(&member->loss, "%s", error_message(sign_in));
        if (sign_in->advice != NULL)
            error_advise(&member->loss, "%s", sign_in->advice);
    }
    settle_if_certain(member->check);
}

int
check_new(struct check **ret_check, struct session *const *sessions,
          size_t count, struct loop *loop, struct run *run,
          unsigned concurrency, struct error *err)
{
    struct check *check = calloc(1, sizeof(*check));

    if (check == NULL)
        return error_set_memory(err);
    check->loop = loop;
    check->run = run;
    check->members = calloc(count, sizeof(*check->members));
    check->tenant_reconcile.checks =
        calloc(count, sizeof(struct tenant_check *));
    if (check->members == NULL || check->tenant_reconcile.checks == NULL) {
        check_free(check);
        return error_set_memory(err);
    }
    check->count = count;
    for (size_t i = 0; i < count; i++)
        check->members[i] =
            (struct member){ .check = check, .session = sessions[i] };
    check->options = (struct tenant_check_options){
        .run = run,
        .scope = &scope_filter_everything,
        .concurrency = concurrency,
        .changed = tenant_changed,
        .certain = tenant_certain,
        .lost = tenant_lost,
        .failed = tenant_failed,
    };
    *ret_check = check;
    return 0;
}

void
check_free(struct check *check)
{
    if (check == NULL)
        return;
    /* After a failure of our own, answers may still be on their way here. */
    check_interrupt(check);
    for (size_t i = 0; i < check->count; i++) {
        tenant_check_free(check->members[i].tenant);
        error_done(&check->members[i].loss);
    }
    free(check->members);
    free(check->tenant_reconcile.checks);
    error_done(&check->failure);
    free(check);
}

void
check_set_progress(struct check *check, check_progress *progress, void *data)
{
    check->progress = progress;
    check->progress_data = data;
}

void
check_set_scope(struct check *check, const struct scope *scope)
{
    check->options.scope = scope;
}

void
check_set_mutes(struct check *check, struct mute_index *mutes)
{
    check->options.mutes = mutes;
}

void
check_keep_images(struct check *check)
{
    check->options.images = true;
}

void
check_set_expected(struct check *check,
                   const struct subscription_set *expected, const char *file)
{
    check->expected = expected;
    check->expected_file = file;
}

/* What a tenant is called before it is signed in to. */
static const char *
name_of(const struct member *member)
{
    const char *tenant = session_tenant(member->session);

    return tenant != NULL ? tenant : "";
}

/* Every tenant is lost: one with its own words, several line by line. */
static int
explain_loss(const struct check *check, struct error *err)
{
    AUTOBUFFER message = BUFFER_INIT(CHECK_MESSAGE_CEILING);
    const struct error *first = &check->members[0].loss;

    if (check->count == 1) {
        error_set(err, "%s", error_message(first));
    } else {
        for (size_t i = 0; i < check->count; i++)
            buffer_printf(&message, "%stenant %s: %s", i > 0 ? "\n" : "",
                          name_of(&check->members[i]),
                          error_message(&check->members[i].loss));
        error_set(err, "%s", buffer_text(&message));
    }
    if (first->advice != NULL)
        error_advise(err, "%s", first->advice);
    return -1;
}

/* Whether there is nothing to report, with the reason. */
static int
check_result(const struct check *check, struct error *err)
{
    size_t lost = 0;

    if (check->failure.message != NULL) {
        error_set(err, "%s", error_message(&check->failure));
        if (check->failure.advice != NULL)
            error_advise(err, "%s", check->failure.advice);
        return -1;
    }
    for (size_t i = 0; i < check->count; i++)
        lost += is_lost(&check->members[i]);
    return lost == check->count ? explain_loss(check, err) : 0;
}

/* Enters a tenant that could not be read. */
static int
collect_lost(struct run *run, const struct member *member, struct error *err)
{
    const struct error *loss = &member->loss;
    const struct run_tenant tenant = {
        .id = arena_copy(run->arena, name_of(member)),
        .credential = session_credential(member->session),
        .error = arena_printf(run->arena, "%s%s%s", error_message(loss),
                              loss->advice != NULL ? "; " : "",
                              loss->advice != NULL ? loss->advice : ""),
    };

    run->complete = false;
    return tenant.id != NULL && tenant.error != NULL
               ? run_add_tenant(run, &tenant, err)
               : error_set_memory(err);
}

static int
collect(struct check *check, struct error *err)
{
    struct run *run = check->run;

    run->interrupted = check->interrupted;
    run->assessments =
        arena_allocate_array(run->arena, total(check, tenant_check_found) + 1,
                             sizeof(*run->assessments));
    if (run->assessments == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < check->count; i++) {
        const struct member *member = &check->members[i];
        const struct http_statistics statistics =
            http_client_statistics(arm_client(session_arm(member->session)));
        run->requests += statistics.requests;
        run->retries += statistics.retries;
        if ((is_lost(member) ? collect_lost(run, member, err)
                             : tenant_check_collect(member->tenant, err))
            < 0)
            return -1;
    }
    gather(check); /* perhaps an interrupt came before */
    run->coverage = tenant_reconcile_coverage(&check->tenant_reconcile);
    run_sort(run);
    return run_add_delegated(run, err);
}

int
check_run(struct check *check, struct error *err)
{
    check->run->complete = true;
    for (size_t i = 0; i < check->count; i++) {
        struct member *member = &check->members[i];
        check->options.data = member;
        if (tenant_check_new(&member->tenant, member->session, &check->options,
                             err)
            < 0)
            return -1;
    }
    if (check->expected != NULL
        && tenant_check_expect(check->members[0].tenant, check->expected,
                               check->expected_file, err)
               < 0)
        return -1;
    for (size_t i = 0; i < check->count; i++)
        if (tenant_check_start(check->members[i].tenant, err) < 0)
            return -1;
    check->looping = true;
    const int result = loop_run(check->loop, err);
    check->looping = false;
    if (result < 0 || check_result(check, err) < 0)
        return -1;
    return collect(check, err);
}

void
check_interrupt(struct check *check)
{
    if (check->interrupted)
        return;
    check->interrupted = true;
    for (size_t i = 0; i < check->count; i++) {
        if (check->members[i].tenant != NULL)
            tenant_check_interrupt(check->members[i].tenant);
        http_client_cancel(arm_client(session_arm(check->members[i].session)));
    }
    stop(check);
}
