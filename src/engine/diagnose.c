/* SPDX-License-Identifier: Apache-2.0 */
/* Finds out what a check would use, and what it would lack. */
#include "engine/diagnose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "azure/contact_reader.h"
#include "azure/subscription_list.h"
#include "azure/tenant_list.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "engine/evidence.h"
#include "engine/examination.h"
#include "engine/selection.h"
#include "engine/tenancy.h"
#include "identity/authority.h"
#include "identity/variable.h"

struct diagnose {
    struct loop *loop;
    struct diagnosis *diagnosis;
    struct evidence evidence;
    struct session *session;
    struct http_client *probes; /* without a token */
    struct expectation *expectation;
    struct selection selection;
    struct contact_reader *reader;
    struct tenancy tenancy;
    bool settled;         /* the sample was drawn */
    bool interrupted;     /* nothing more is taken down */
    struct error failure; /* of our own: memory */
};

static void sample_known(void *data);

int
diagnose_new(struct diagnose **ret_diagnose, struct loop *loop,
             const struct diagnose_options *options,
             struct diagnosis *diagnosis, struct error *err)
{
    struct diagnose *diagnose = calloc(1, sizeof(*diagnose));

    if (diagnose == NULL)
        return error_set_memory(err);
    diagnose->loop = loop;
    diagnose->diagnosis = diagnosis;
    diagnose->evidence.options = options;
    diagnosis->cloud = options->session->cloud->name;
    if (run_new(&diagnose->evidence.run, diagnosis->started_at, 0,
                profile_default(), err)
        < 0) {
        diagnose_free(diagnose);
        return -1;
    }
    *ret_diagnose = diagnose;
    return 0;
}

void
diagnose_free(struct diagnose *diagnose)
{
    if (diagnose == NULL)
        return;
    struct evidence *evidence = &diagnose->evidence;
    diagnose_interrupt(diagnose);
    contact_reader_free(diagnose->reader);
    expectation_free(diagnose->expectation);
    tenancy_done(&diagnose->tenancy);
    http_client_free(diagnose->probes);
    session_close(diagnose->session);
    sample_done(&evidence->sample);
    probe_done(&evidence->arm);
    probe_done(&evidence->authority);
    error_done(&evidence->session_error);
    error_done(&evidence->list.error);
    error_done(&evidence->scope.error);
    free(evidence->authority_tenant);
    free(evidence->list.items);
    run_free(evidence->run);
    error_done(&diagnose->failure);
    free(diagnose);
}

static void
give_up(struct diagnose *diagnose, struct error *err)
{
    if (diagnose->failure.message == NULL)
        error_move(&diagnose->failure, err);
    diagnose_interrupt(diagnose);
}

static void
contact_known(const struct contact_reading *reading, void *data)
{
    struct diagnose *diagnose = data;

    if (diagnose->interrupted)
        return;
    diagnose->evidence.contact.reading = *reading;
    diagnose->evidence.contact.done = true;
}

/* The item whose contact is most likely to be readable: it is the reading
 * that is tried, not the permission once more. NULL for an empty sample. */
static const struct sample_item *
choose_item(const struct sample *sample)
{
    const struct sample_item *chosen = NULL;
    int best = -1;

    for (size_t i = 0; i < sample->count; i++) {
        const struct sample_item *item = &sample->items[i];
        const int worth = (item->allowed[SAMPLE_ACTION_READ] ? 2 : 0)
                          + (sample_item_registered(item) ? 1 : 0);
        if (worth > best) {
            best = worth;
            chosen = item;
        }
    }
    return chosen;
}

static void
sample_known(void *data)
{
    struct diagnose *diagnose = data;
    struct evidence *evidence = &diagnose->evidence;
    const struct sample_item *item = choose_item(&evidence->sample);
    AUTOERROR err = ERROR_INIT;

    if (evidence->sample.failure.message != NULL) {
        give_up(diagnose, &evidence->sample.failure);
        return;
    }
    if (item == NULL)
        return;
    evidence->contact.asked = true;
    evidence->contact.subscription = item->subscription;
    if (contact_reader_new(&diagnose->reader, session_arm(diagnose->session),
                           &err)
            < 0
        || contact_reader_read(diagnose->reader, item->subscription->id,
                               evidence->run->arena, contact_known, diagnose,
                               &err)
               < 0)
        give_up(diagnose, &err);
}

/* Holds the scope against all subscriptions that there are, whether they can
 * be seen or not. */
static int
verify_scope(struct diagnose *diagnose, struct error *err)
{
    const struct evidence_list *list = &diagnose->evidence.list;
    struct expectation_missing missing;
    size_t count = list->count, index = 0;

    while (expectation_next_missing(diagnose->expectation, &index, &missing))
        count++;
    AUTOFREE struct subscription *unseen = calloc(count + 1, sizeof(*unseen));
    AUTOFREE const struct subscription **known =
        calloc(count + 1, sizeof(*known));
    if (unseen == NULL || known == NULL)
        return error_set_memory(err);
    index = 0;
    for (size_t i = 0; i < count; i++) {
        if (i < list->count) {
            known[i] = list->items[i];
            continue;
        }
        expectation_next_missing(diagnose->expectation, &index, &missing);
        unseen[i] = missing.subscription;
        known[i] = &unseen[i];
    }
    return count > 0 ? selection_verify(&diagnose->selection, known, count,
                                        diagnose->evidence.run, err)
                     : 0;
}

/* What the scope names wrongly is a line of its own; the sample is then
 * taken of all that is visible. */
static void
apply_scope(struct diagnose *diagnose, const struct subscription **taken,
            size_t *ret_count)
{
    struct evidence *evidence = &diagnose->evidence;
    const struct evidence_list *list = &evidence->list;
    struct error *error = &evidence->scope.error;
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++)
        expectation_see(diagnose->expectation, list->items[i]);
    const bool wrong =
        error->message != NULL || verify_scope(diagnose, error) < 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct subscription *listed = list->items[i];
        if (!tenancy_takes(&diagnose->tenancy, listed)
            || (!wrong && !selection_takes(&diagnose->selection, listed))) {
            evidence->scope.left_out++;
            continue;
        }
        expectation_include(diagnose->expectation, listed->id);
        if (subscription_applicable(listed))
            taken[count++] = listed;
    }
    evidence->scope.done = true;
    *ret_count = count;
}

/* What is expected, and was not listed. */
static void
find_missing(struct diagnose *diagnose)
{
    struct evidence *evidence = &diagnose->evidence;
    struct evidence_coverage *coverage = &evidence->coverage;
    struct expectation_missing missing;
    size_t index = 0;

    while (expectation_next_missing(diagnose->expectation, &index, &missing)) {
        if (evidence->scope.error.message == NULL
            && !selection_takes(&diagnose->selection, &missing.subscription))
            continue;
        expectation_include(diagnose->expectation, missing.subscription.id);
        if (coverage->named < EVIDENCE_NAMES_CEILING)
            coverage->missing[coverage->named++] = missing.subscription;
    }
    coverage->coverage = expectation_coverage(diagnose->expectation);
    coverage->done = true;
}

static bool
is_everything_listed(const struct diagnose *diagnose)
{
    const struct evidence *evidence = &diagnose->evidence;

    return evidence->list.done && !evidence->list.failed
           && !expectation_pending(diagnose->expectation);
}

/* Once the list is there, the token or the list say which tenant it is. */
static int
ask_root(struct diagnose *diagnose, struct error *err)
{
    const struct evidence_list *list = &diagnose->evidence.list;

    if (diagnose->tenancy.known || !list->done || list->failed)
        return 0;
    if (tenancy_learn(&diagnose->tenancy, diagnose->session,
                      list->count > 0 ? list->items[0] : NULL,
                      diagnose->evidence.run, err)
        < 0)
        return -1;
    if (selection_only_groups(&diagnose->selection))
        return 0;
    if (diagnose->tenancy.id != NULL
        && expectation_set_tenant(diagnose->expectation, diagnose->tenancy.id,
                                  err)
               < 0)
        return -1;
    return expectation_ask_root(diagnose->expectation,
                                session_arm(diagnose->session), err);
}

/* Once subscriptions and management groups are listed. */
static void
settle(struct diagnose *diagnose)
{
    struct evidence *evidence = &diagnose->evidence;
    AUTOERROR err = ERROR_INIT;
    size_t count;

    if (diagnose->interrupted || diagnose->settled)
        return;
    if (ask_root(diagnose, &err) < 0) {
        give_up(diagnose, &err);
        return;
    }
    if (!is_everything_listed(diagnose))
        return;
    diagnose->settled = true;
    AUTOFREE const struct subscription **taken =
        calloc(evidence->list.count + 1, sizeof(*taken));
    if (taken == NULL) {
        error_set_memory(&err);
        give_up(diagnose, &err);
        return;
    }
    expectation_sort(diagnose->expectation);
    apply_scope(diagnose, taken, &count);
    find_missing(diagnose);
    evidence->sample.done = sample_known;
    evidence->sample.data = diagnose;
    if (sample_start(&evidence->sample, taken, count,
                     evidence->options->sample, &err)
        < 0)
        give_up(diagnose, &err);
}

static void
groups_read(struct error *err, void *data)
{
    struct diagnose *diagnose = data;

    if (diagnose->interrupted)
        return;
    if (err != NULL && diagnose->evidence.scope.error.message == NULL)
        error_move(&diagnose->evidence.scope.error, err);
    settle(diagnose);
}

static int
subscription_found(const struct subscription *subscription, void *data,
                   struct error *err)
{
    struct diagnose *diagnose = data;
    struct evidence_list *list = &diagnose->evidence.list;
    struct subscription *copy =
        arena_allocate(diagnose->evidence.run->arena, sizeof(*copy));

    if (copy == NULL)
        return error_set_memory(err);
    if (list->count == list->capacity) {
        const size_t capacity = list->capacity == 0 ? 256 : 2 * list->capacity;
        struct subscription **grown =
            reallocarray(list->items, capacity, sizeof(struct subscription *));
        if (grown == NULL)
            return error_set_memory(err);
        list->items = grown;
        list->capacity = capacity;
    }
    *copy = *subscription;
    list->items[list->count++] = copy;
    return 0;
}

static void
list_ended(const struct arm_error *error, size_t strange, void *data)
{
    struct diagnose *diagnose = data;
    struct evidence_list *list = &diagnose->evidence.list;

    if (diagnose->interrupted)
        return;
    list->done = true;
    list->strange = strange;
    if (error != NULL) {
        list->failed = true;
        list->http_status = error->http_status;
        arm_error_to_error(error, &list->error);
    }
    settle(diagnose);
}

/* Only names are wanted, and they are no more than a nicety. */
static int
tenant_found(const struct tenant *tenant, void *data, struct error *err)
{
    struct diagnose *diagnose = data;
    struct evidence *evidence = &diagnose->evidence;
    AUTOFREE char *own = session_claim(diagnose->session, "tid");

    (void) err;
    if (text_equal_ignoring_case(own, tenant->id)) {
        evidence->tenant_name = arena_copy(evidence->run->arena, tenant->name);
        evidence->tenant_domain =
            arena_copy(evidence->run->arena, tenant->domain);
    }
    return 0;
}

static void
tenants_ended(const struct arm_error *error, void *data)
{
    (void) error;
    (void) data;
}

/* Without a token, beside the signing in. */
static int
start_probes(struct diagnose *diagnose, struct error *err)
{
    struct evidence *evidence = &diagnose->evidence;
    const struct session_options *session = evidence->options->session;
    const char *tenant = session->tenant != NULL
                             ? session->tenant
                             : variable_get("AZURE_TENANT_ID");
    struct http_client_options http = HTTP_CLIENT_OPTIONS_INIT;
    AUTOFREE char *arm = NULL;

    http.concurrency = 2;
    http.try_timeout = session->try_timeout;
    http.retries = 1;
    http.ca_file = session->ca_file;
    http.own_connections = true;
    if (!authority_valid_tenant(tenant))
        tenant = "organizations";
    evidence->authority_tenant = strdup(tenant);
    AUTOFREE char *authority = authority_discovery_url(
        session_authority(diagnose->session), tenant, err);
    if (authority == NULL)
        return -1;
    if (evidence->authority_tenant == NULL
        || asprintf(&arm, "%s/subscriptions?api-version=2022-12-01",
                    arm_endpoint(session_arm(diagnose->session)))
               < 0) {
        arm = NULL;
        return error_set_memory(err);
    }
    if (http_client_new(&diagnose->probes, diagnose->loop, &http, err) < 0
        || probe_send(&evidence->arm, PROBE_ARM, diagnose->probes, arm, err)
               < 0)
        return -1;
    return probe_send(&evidence->authority, PROBE_AUTHORITY, diagnose->probes,
                      authority, err);
}

static int
start(struct diagnose *diagnose, struct error *err)
{
    struct evidence *evidence = &diagnose->evidence;
    struct arm *arm = session_arm(diagnose->session);

    sample_init(&evidence->sample, arm, evidence->run->arena);
    diagnose->selection.scope = evidence->options->scope != NULL
                                    ? evidence->options->scope
                                    : &selection_everything;
    if (start_probes(diagnose, err) < 0
        || expectation_new(&diagnose->expectation, evidence->run->arena,
                           groups_read, diagnose, err)
               < 0
        || expectation_ask_groups(diagnose->expectation, arm,
                                  &diagnose->selection.scope->groups, err)
               < 0
        || subscription_list(arm, evidence->run->arena, subscription_found,
                             list_ended, diagnose, err)
               < 0)
        return -1;
    diagnose->selection.expectation = diagnose->expectation;
    if (evidence->options->expected_file != NULL
        && expectation_add_list(diagnose->expectation,
                                evidence->options->expected,
                                evidence->options->expected_file, err)
               < 0)
        return -1;
    return tenant_list(arm, tenant_found, tenants_ended, diagnose, err);
}

int
diagnose_run(struct diagnose *diagnose, struct error *err)
{
    struct evidence *evidence = &diagnose->evidence;

    if (session_open(&diagnose->session, diagnose->loop,
                     evidence->options->session, &evidence->session_error)
        == 0) {
        evidence->session = diagnose->session;
        if (start(diagnose, err) < 0 || loop_run(diagnose->loop, err) < 0)
            return -1;
    }
    if (diagnose->failure.message != NULL) {
        error_move(err, &diagnose->failure);
        return -1;
    }
    diagnose->diagnosis->interrupted = diagnose->interrupted;
    examination_conclude_all(evidence, diagnose->diagnosis);
    return diagnose->diagnosis->failed ? error_set_memory(err) : 0;
}

void
diagnose_interrupt(struct diagnose *diagnose)
{
    if (diagnose->interrupted)
        return;
    diagnose->interrupted = true;
    sample_stop(&diagnose->evidence.sample);
    if (diagnose->session != NULL)
        http_client_cancel(arm_client(session_arm(diagnose->session)));
    if (diagnose->probes != NULL)
        http_client_cancel(diagnose->probes);
    loop_stop(diagnose->loop);
}
