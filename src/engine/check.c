/* SPDX-License-Identifier: Apache-2.0 */
/* One run: the check of each tenant. */
#include "engine/check.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "engine/selection.h"
#include "engine/tenant_check.h"

struct check {
    struct session *session;
    struct loop *loop;
    struct run *run;
    struct tenant_check_options options; /* of every tenant's check */
    struct tenant_check *tenant;         /* NULL before check_run */
    check_progress *progress;
    void *progress_data;
    bool interrupted;
    struct error failure; /* of our own, or of the scope */
};

static void
tenant_changed(void *data)
{
    struct check *check = data;

    if (check->progress != NULL)
        check->progress(tenant_check_judged(check->tenant),
                        tenant_check_found(check->tenant),
                        check->progress_data);
    if (tenant_check_done(check->tenant))
        loop_stop(check->loop);
}

static void
tenant_failed(struct error *err, void *data)
{
    struct check *check = data;

    if (check->failure.message == NULL)
        error_move(&check->failure, err);
    check_interrupt(check);
}

int
check_new(struct check **ret_check, struct session *session, struct loop *loop,
          struct run *run, unsigned concurrency, struct error *err)
{
    struct check *check = calloc(1, sizeof(*check));

    if (check == NULL)
        return error_set_memory(err);
    check->session = session;
    check->loop = loop;
    check->run = run;
    check->options = (struct tenant_check_options){
        .run = run,
        .scope = &selection_everything,
        .concurrency = concurrency,
        .changed = tenant_changed,
        .failed = tenant_failed,
        .data = check,
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
    tenant_check_free(check->tenant);
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
check_set_expected(struct check *check,
                   const struct subscription_set *expected, const char *file)
{
    check->options.expected = expected;
    check->options.expected_file = file;
}

/* Why there is nothing to report: NULL where there is something. */
static const struct error *
find_failure(const struct check *check)
{
    const struct error *sign_in = session_sign_in_error(check->session);

    if (sign_in != NULL && !tenant_check_saw_any(check->tenant))
        return sign_in;
    return check->failure.message != NULL ? &check->failure : NULL;
}

static int
collect(struct check *check, struct error *err)
{
    struct run *run = check->run;
    const struct http_statistics statistics =
        http_client_statistics(arm_client(session_arm(check->session)));

    run->interrupted = check->interrupted;
    run->requests = statistics.requests;
    run->retries = statistics.retries;
    run->assessments =
        arena_allocate_array(run->arena, tenant_check_found(check->tenant) + 1,
                             sizeof(*run->assessments));
    if (run->assessments == NULL)
        return error_set_memory(err);
    if (tenant_check_collect(check->tenant, err) < 0
        || run_add_delegated(run, err) < 0)
        return -1;
    run_sort(run);
    return 0;
}

int
check_run(struct check *check, struct error *err)
{
    check->run->complete = true;
    if (tenant_check_new(&check->tenant, check->session, &check->options, err)
            < 0
        || tenant_check_start(check->tenant, err) < 0
        || loop_run(check->loop, err) < 0)
        return -1;
    const struct error *failure = find_failure(check);
    if (failure != NULL) {
        error_set(err, "%s", error_message(failure));
        if (failure->advice != NULL)
            error_advise(err, "%s", failure->advice);
        return -1;
    }
    return collect(check, err);
}

void
check_interrupt(struct check *check)
{
    if (check->interrupted)
        return;
    check->interrupted = true;
    if (check->tenant != NULL)
        tenant_check_interrupt(check->tenant);
    http_client_cancel(arm_client(session_arm(check->session)));
    loop_stop(check->loop);
}
