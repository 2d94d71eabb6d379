/* SPDX-License-Identifier: Apache-2.0 */
/* Whether Microsoft.Security is registered in a subscription, and its
 * registration. */
#include "azure/resource/registration.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/text.h"
#include "net/loop/loop.h"

static const char member[] = "registrationState";
static const char under_way[] = "Registering";
static const char read_path[] =
    "/subscriptions/%s/providers/Microsoft.Security?api-version=2022-09-01";
static const char register_path[] =
    "/subscriptions/%s/providers/Microsoft.Security/register"
    "?api-version=2022-09-01";

struct reading {
    registration_done *done;
    void *data;
};

bool
registration_is_complete(const char *state)
{
    return text_equal_ignoring_case(state, "Registered");
}

/* Gives on what ARM said; a success that names no state is none. */
static void
tell(const json_t *document, const struct arm_error *error,
     const struct reading *reading)
{
    const char *state = json_string_value(json_object_get(document, member));
    char code[] = ARM_CODE_NOT_UNDERSTOOD;
    char message[] = "the answer names no registrationState";
    const struct arm_error unnamed = { .http_status = 200,
                                       .code = code,
                                       .message = message };

    reading->done(state, error == NULL && state == NULL ? &unnamed : error,
                  reading->data);
}

static void
finished(const json_t *document, const struct arm_error *error, void *data)
{
    const struct reading reading = *(struct reading *) data;

    free(data);
    tell(document, error, &reading);
}

int
registration_read(struct arm *arm, const char *subscription_id,
                  registration_done *done, void *data, struct error *err)
{
    AUTOFREE struct reading *reading = calloc(1, sizeof(*reading));
    AUTOFREE char *path = NULL;

    if (reading == NULL || asprintf(&path, read_path, subscription_id) < 0) {
        path = NULL;
        return error_set_memory(err);
    }
    *reading = (struct reading){ done, data };
    if (arm_get(arm, path, finished, reading, err) < 0)
        return -1;
    reading = NULL;
    return 0;
}

/* A registration that has been asked for. */
struct registration {
    struct arm *arm;
    char *path; /* of the state */
    struct registration_patience patience;
    int64_t wait;             /* before the next look */
    int64_t until;            /* clock_monotonic; 0 before the first answer */
    struct loop_timer *timer; /* until the next look, or NULL */
    bool taken;               /* ARM has it: what fails now is a look */
    bool cancelled;           /* the answer is nobody's any more */
    struct reading reading;
};

static void
registration_free(struct registration *registration)
{
    free(registration->path);
    free(registration);
}

static void
registration_end(struct registration *registration, const json_t *document,
                 const struct arm_error *error)
{
    const struct reading reading = registration->reading;
    const bool cancelled = registration->cancelled;
    const bool begun = registration->taken && error != NULL;

    registration_free(registration);
    if (cancelled)
        return;
    if (begun)
        reading.done(under_way, error, reading.data);
    else
        tell(document, error, &reading);
}

static void
fail_for_memory(struct registration *registration)
{
    static char code[] = ARM_CODE_NO_ANSWER, message[] = "out of memory";
    const struct arm_error no_memory = { .code = code, .message = message };

    registration_end(registration, NULL, &no_memory);
}

static void looked(const json_t *document, const struct arm_error *error,
                   void *data);

static void
look(void *data)
{
    struct registration *registration = data;

    registration->timer = NULL;
    if (arm_get(registration->arm, registration->path, looked, registration,
                NULL)
        < 0)
        fail_for_memory(registration);
}

static bool
is_under_way(const json_t *document)
{
    return text_equal_ignoring_case(
        json_string_value(json_object_get(document, member)), under_way);
}

static void
looked(const json_t *document, const struct arm_error *error, void *data)
{
    struct registration *registration = data;
    const int64_t now = clock_monotonic();
    const int64_t wait = registration->wait;

    if (registration->until == 0)
        registration->until = now + registration->patience.total;
    if (registration->cancelled || error != NULL || !is_under_way(document)
        || now + wait > registration->until) {
        registration_end(registration, document, error);
        return;
    }
    registration->taken = true;
    registration->wait = 2 * wait < registration->patience.longest
                             ? 2 * wait
                             : registration->patience.longest;
    registration->timer = loop_timer_start(arm_loop(registration->arm), wait,
                                           look, registration);
    if (registration->timer == NULL)
        fail_for_memory(registration);
}

static void
registered(const struct arm_answer *answer, void *data)
{
    looked(answer->document, answer->error, data);
}

struct registration *
registration_start(struct arm *arm, const char *subscription_id,
                   const struct registration_patience *patience,
                   registration_done *done, void *data, struct error *err)
{
    struct registration *registration = calloc(1, sizeof(*registration));
    AUTOFREE char *path = NULL;

    if (registration == NULL) {
        (void) error_set_memory(err);
        return NULL;
    }
    *registration = (struct registration){ .arm = arm,
                                           .patience = *patience,
                                           .wait = patience->first,
                                           .reading = { done, data } };
    if (asprintf(&path, register_path, subscription_id) < 0)
        path = NULL;
    if (asprintf(&registration->path, read_path, subscription_id) < 0)
        registration->path = NULL;
    if (path == NULL || registration->path == NULL) {
        registration_free(registration);
        (void) error_set_memory(err);
        return NULL;
    }
    const struct arm_request request = {
        .method = "POST",
        .path = path,
        .subject = { .resource = registration->path },
    };
    if (arm_send(arm, &request, registered, registration, err) < 0) {
        registration_free(registration);
        return NULL;
    }
    return registration;
}

void
registration_cancel(struct registration *registration)
{
    registration->cancelled = true;
    /* While a request is under way, its answer releases it. */
    if (registration->timer != NULL) {
        loop_timer_cancel(arm_loop(registration->arm), registration->timer);
        registration_free(registration);
    }
}
