/* SPDX-License-Identifier: Apache-2.0 */
/* Finds out what a check would use, and what it would lack. */
#include "engine/doctor/doctor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "azure/contact/contact_reader.h"
#include "azure/resource/subscription_list.h"
#include "azure/resource/tenant_list.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "engine/doctor/doctor_facts.h"
#include "engine/doctor/doctor_check.h"
#include "engine/inventory/scope_filter.h"
#include "engine/session/signed_in_tenant.h"
#include "identity/entra/authority.h"
#include "identity/token/variable.h"

struct doctor {
    struct loop *loop;
    struct doctor_report *report;
    struct doctor_facts facts;
    struct session *session;
    struct http_client *probes; /* without a token */
    struct expected_subscriptions *expected_subscriptions;
    struct scope_filter scope_filter;
    struct contact_reader *reader;
    struct signed_in_tenant signed_in_tenant;
    bool settled;         /* the sample was drawn */
    bool interrupted;     /* nothing more is taken down */
    struct error failure; /* of our own: memory */
};

static void permission_sample_known(void *data);

int
doctor_new(struct doctor **ret_doctor, struct loop *loop,
           const struct doctor_options *options, struct doctor_report *report,
           struct error *err)
{
    struct doctor *doctor = calloc(1, sizeof(*doctor));

    if (doctor == NULL)
        return error_set_memory(err);
    doctor->loop = loop;
    doctor->report = report;
    doctor->facts.options = options;
    report->cloud = options->session->cloud->name;
    if (run_new(&doctor->facts.run, report->started_at, 0, profile_default(),
                err)
        < 0) {
        doctor_free(doctor);
        return -1;
    }
    *ret_doctor = doctor;
    return 0;
}

void
doctor_free(struct doctor *doctor)
{
    if (doctor == NULL)
        return;
    struct doctor_facts *facts = &doctor->facts;
    doctor_interrupt(doctor);
    contact_reader_free(doctor->reader);
    expected_subscriptions_free(doctor->expected_subscriptions);
    signed_in_tenant_done(&doctor->signed_in_tenant);
    http_client_free(doctor->probes);
    session_close(doctor->session);
    permission_sample_done(&facts->sample);
    endpoint_test_done(&facts->arm);
    endpoint_test_done(&facts->authority);
    error_done(&facts->session_error);
    error_done(&facts->list.error);
    error_done(&facts->scope.error);
    free(facts->authority_tenant);
    free(facts->list.items);
    run_free(facts->run);
    error_done(&doctor->failure);
    free(doctor);
}

static void
give_up(struct doctor *doctor, struct error *err)
{
    if (doctor->failure.message == NULL)
        error_move(&doctor->failure, err);
    doctor_interrupt(doctor);
}

static void
contact_known(const struct contact_reading *reading, void *data)
{
    struct doctor *doctor = data;

    if (doctor->interrupted)
        return;
    doctor->facts.contact.reading = *reading;
    doctor->facts.contact.done = true;
}

/* The item whose contact is most likely to be readable: it is the reading
 * that is tried, not the permission once more. NULL for an empty sample. */
static const struct permission_sample_item *
choose_item(const struct permission_sample *sample)
{
    const struct permission_sample_item *chosen = NULL;
    int best = -1;

    for (size_t i = 0; i < sample->count; i++) {
        const struct permission_sample_item *item = &sample->items[i];
        const int worth =
            (item->allowed[PERMISSION_SAMPLE_ACTION_READ] ? 2 : 0)
            + (permission_sample_item_registered(item) ? 1 : 0);
        if (worth > best) {
            best = worth;
            chosen = item;
        }
    }
    return chosen;
}

static void
permission_sample_known(void *data)
{
    struct doctor *doctor = data;
    struct doctor_facts *facts = &doctor->facts;
    const struct permission_sample_item *item = choose_item(&facts->sample);
    AUTOERROR err = ERROR_INIT;

    if (facts->sample.failure.message != NULL) {
        give_up(doctor, &facts->sample.failure);
        return;
    }
    if (item == NULL)
        return;
    facts->contact.asked = true;
    facts->contact.subscription = item->subscription;
    if (contact_reader_new(&doctor->reader, session_arm(doctor->session), &err)
            < 0
        || contact_reader_read(doctor->reader, item->subscription->id,
                               facts->run->arena, contact_known, doctor, &err)
               < 0)
        give_up(doctor, &err);
}

/* Holds the scope against all subscriptions that there are, whether they can
 * be seen or not. */
static int
verify_scope(struct doctor *doctor, struct error *err)
{
    const struct doctor_facts_list *list = &doctor->facts.list;
    struct expected_subscriptions_missing missing;
    size_t count = list->count, index = 0;

    while (expected_subscriptions_next_missing(doctor->expected_subscriptions,
                                               &index, &missing))
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
        expected_subscriptions_next_missing(doctor->expected_subscriptions,
                                            &index, &missing);
        unseen[i] = missing.subscription;
        known[i] = &unseen[i];
    }
    return count > 0 ? scope_filter_verify(&doctor->scope_filter, known, count,
                                           doctor->facts.run, err)
                     : 0;
}

/* What the scope names wrongly is a line of its own; the sample is then
 * taken of all that is visible. */
static void
apply_scope(struct doctor *doctor, const struct subscription **taken,
            size_t *ret_count)
{
    struct doctor_facts *facts = &doctor->facts;
    const struct doctor_facts_list *list = &facts->list;
    struct error *error = &facts->scope.error;
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++)
        expected_subscriptions_see(doctor->expected_subscriptions,
                                   list->items[i]);
    const bool wrong =
        error->message != NULL || verify_scope(doctor, error) < 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct subscription *listed = list->items[i];
        if (!signed_in_tenant_takes(&doctor->signed_in_tenant, listed)
            || (!wrong
                && !scope_filter_takes(&doctor->scope_filter, listed))) {
            facts->scope.left_out++;
            continue;
        }
        expected_subscriptions_include(doctor->expected_subscriptions,
                                       listed->id);
        if (subscription_applicable(listed))
            taken[count++] = listed;
    }
    facts->scope.done = true;
    *ret_count = count;
}

/* What is expected, and was not listed. */
static void
find_missing(struct doctor *doctor)
{
    struct doctor_facts *facts = &doctor->facts;
    struct doctor_facts_coverage *coverage = &facts->coverage;
    struct expected_subscriptions_missing missing;
    size_t index = 0;

    while (expected_subscriptions_next_missing(doctor->expected_subscriptions,
                                               &index, &missing)) {
        if (facts->scope.error.message == NULL
            && !scope_filter_takes(&doctor->scope_filter,
                                   &missing.subscription))
            continue;
        expected_subscriptions_include(doctor->expected_subscriptions,
                                       missing.subscription.id);
        if (coverage->named < DOCTOR_FACTS_NAMES_CEILING)
            coverage->missing[coverage->named++] = missing.subscription;
    }
    coverage->coverage =
        expected_subscriptions_coverage(doctor->expected_subscriptions);
    coverage->done = true;
}

static bool
is_everything_listed(const struct doctor *doctor)
{
    const struct doctor_facts *facts = &doctor->facts;

    return facts->list.done && !facts->list.failed
           && !expected_subscriptions_pending(doctor->expected_subscriptions);
}

/* Once the list is there, the token or the list say which tenant it is. */
static int
ask_root(struct doctor *doctor, struct error *err)
{
    const struct doctor_facts_list *list = &doctor->facts.list;

    if (doctor->signed_in_tenant.known || !list->done || list->failed)
        return 0;
    if (signed_in_tenant_learn(&doctor->signed_in_tenant, doctor->session,
                               list->count > 0 ? list->items[0] : NULL,
                               doctor->facts.run, err)
        < 0)
        return -1;
    if (scope_filter_only_groups(&doctor->scope_filter))
        return 0;
    if (doctor->signed_in_tenant.id != NULL
        && expected_subscriptions_set_tenant(doctor->expected_subscriptions,
                                             doctor->signed_in_tenant.id, err)
               < 0)
        return -1;
    return expected_subscriptions_ask_root(doctor->expected_subscriptions,
                                           session_arm(doctor->session), err);
}

/* Once subscriptions and management groups are listed. */
static void
settle(struct doctor *doctor)
{
    struct doctor_facts *facts = &doctor->facts;
    AUTOERROR err = ERROR_INIT;
    size_t count;

    if (doctor->interrupted || doctor->settled)
        return;
    if (ask_root(doctor, &err) < 0) {
        give_up(doctor, &err);
        return;
    }
    if (!is_everything_listed(doctor))
        return;
    doctor->settled = true;
    AUTOFREE const struct subscription **taken =
        calloc(facts->list.count + 1, sizeof(*taken));
    if (taken == NULL) {
        error_set_memory(&err);
        give_up(doctor, &err);
        return;
    }
    expected_subscriptions_sort(doctor->expected_subscriptions);
    apply_scope(doctor, taken, &count);
    find_missing(doctor);
    facts->sample.done = permission_sample_known;
    facts->sample.data = doctor;
    if (permission_sample_start(&facts->sample, taken, count,
                                facts->options->sample, &err)
        < 0)
        give_up(doctor, &err);
}

static void
groups_read(struct error *err, void *data)
{
    struct doctor *doctor = data;

    if (doctor->interrupted)
        return;
    if (err != NULL && doctor->facts.scope.error.message == NULL)
        error_move(&doctor->facts.scope.error, err);
    settle(doctor);
}

static int
subscription_found(const struct subscription *subscription, void *data,
                   struct error *err)
{
    struct doctor *doctor = data;
    struct doctor_facts_list *list = &doctor->facts.list;
    struct subscription *copy =
        arena_allocate(doctor->facts.run->arena, sizeof(*copy));

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
    struct doctor *doctor = data;
    struct doctor_facts_list *list = &doctor->facts.list;

    if (doctor->interrupted)
        return;
    list->done = true;
    list->strange = strange;
    if (error != NULL) {
        list->failed = true;
        list->http_status = error->http_status;
        arm_error_to_error(error, &list->error);
    }
    settle(doctor);
}

/* Only names are wanted, and they are no more than a nicety. */
static int
tenant_found(const struct tenant *tenant, void *data, struct error *err)
{
    struct doctor *doctor = data;
    struct doctor_facts *facts = &doctor->facts;
    AUTOFREE char *own = session_claim(doctor->session, "tid");

    (void) err;
    if (text_equal_ignoring_case(own, tenant->id)) {
        facts->tenant_name = arena_copy(facts->run->arena, tenant->name);
        facts->tenant_domain = arena_copy(facts->run->arena, tenant->domain);
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
start_probes(struct doctor *doctor, struct error *err)
{
    struct doctor_facts *facts = &doctor->facts;
    const struct session_options *session = facts->options->session;
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
    facts->authority_tenant = strdup(tenant);
    AUTOFREE char *authority = authority_discovery_url(
        session_authority(doctor->session), tenant, err);
    if (authority == NULL)
        return -1;
    if (facts->authority_tenant == NULL
        || asprintf(&arm, "%s/subscriptions?api-version=2022-12-01",
                    arm_endpoint(session_arm(doctor->session)))
               < 0) {
        arm = NULL;
        return error_set_memory(err);
    }
    if (http_client_new(&doctor->probes, doctor->loop, &http, err) < 0
        || endpoint_test_send(&facts->arm, ENDPOINT_TEST_ARM, doctor->probes,
                              arm, err)
               < 0)
        return -1;
    return endpoint_test_send(&facts->authority, ENDPOINT_TEST_AUTHORITY,
                              doctor->probes, authority, err);
}

static int
start(struct doctor *doctor, struct error *err)
{
    struct doctor_facts *facts = &doctor->facts;
    struct arm *arm = session_arm(doctor->session);

    permission_sample_init(&facts->sample, arm, facts->run->arena);
    doctor->scope_filter.scope = facts->options->scope != NULL
                                     ? facts->options->scope
                                     : &scope_filter_everything;
    if (start_probes(doctor, err) < 0
        || expected_subscriptions_new(&doctor->expected_subscriptions,
                                      facts->run->arena, groups_read, doctor,
                                      err)
               < 0
        || expected_subscriptions_ask_groups(
               doctor->expected_subscriptions, arm,
               &doctor->scope_filter.scope->groups, err)
               < 0
        || subscription_list(arm, facts->run->arena, subscription_found,
                             list_ended, doctor, err)
               < 0)
        return -1;
    doctor->scope_filter.expected_subscriptions =
        doctor->expected_subscriptions;
    if (facts->options->expected_file != NULL
        && expected_subscriptions_add_list(doctor->expected_subscriptions,
                                           facts->options->expected,
                                           facts->options->expected_file, err)
               < 0)
        return -1;
    return tenant_list(arm, tenant_found, tenants_ended, doctor, err);
}

int
doctor_run(struct doctor *doctor, struct error *err)
{
    struct doctor_facts *facts = &doctor->facts;

    if (session_open(&doctor->session, doctor->loop, facts->options->session,
                     &facts->session_error)
        == 0) {
        facts->session = doctor->session;
        if (start(doctor, err) < 0 || loop_run(doctor->loop, err) < 0)
            return -1;
    }
    if (doctor->failure.message != NULL) {
        error_move(err, &doctor->failure);
        return -1;
    }
    doctor->report->interrupted = doctor->interrupted;
    doctor_check_conclude_all(facts, doctor->report);
    return doctor->report->failed ? error_set_memory(err) : 0;
}

void
doctor_interrupt(struct doctor *doctor)
{
    if (doctor->interrupted)
        return;
    doctor->interrupted = true;
    permission_sample_stop(&doctor->facts.sample);
    if (doctor->session != NULL)
        http_client_cancel(arm_client(session_arm(doctor->session)));
    if (doctor->probes != NULL)
        http_client_cancel(doctor->probes);
    loop_stop(doctor->loop);
}
