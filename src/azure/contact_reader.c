/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the security contacts of subscriptions. */
#include "azure/contact_reader.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "azure/arm_json.h"
#include "azure/arm_list.h"
#include "azure/contact_document.h"
#include "base/cleanup.h"
#include "base/log.h"
#include "base/text.h"

struct contact_reader {
    struct arm *arm;
    enum contact_version version;
    bool confirmed; /* ARM has answered in this version */
};

/* One subscription's read. */
struct read {
    struct contact_reader *reader;
    const char *subscription_id; /* in the arena */
    struct arena *arena;
    enum contact_version version; /* asked for */
    json_t *elements;             /* of all pages so far */
    contact_reader_done *done;
    void *data;
};

int
contact_reader_new(struct contact_reader **ret_reader, struct arm *arm,
                   struct error *err)
{
    struct contact_reader *reader = calloc(1, sizeof(*reader));

    if (reader == NULL)
        return error_set_memory(err);
    reader->arm = arm;
    reader->version = CONTACT_VERSION_2023_12_01;
    *ret_reader = reader;
    return 0;
}

void
contact_reader_free(struct contact_reader *reader)
{
    free(reader);
}

enum contact_version
contact_reader_version(const struct contact_reader *reader)
{
    return reader->version;
}

static void
finish(struct read *read, const struct contact_reading *reading)
{
    contact_reader_done *done = read->done;
    void *data = read->data;

    json_decref(read->elements);
    free(read);
    done(reading, data);
}

/* Ends a read with what ARM, or our reading of it, says is wrong. */
static void
finish_failed(struct read *read, const struct arm_error *error)
{
    static const struct contact_error no_memory = { 0, ARM_CODE_NO_ANSWER,
                                                    "out of memory", NULL };
    struct contact_error *kept = arena_allocate(read->arena, sizeof(*kept));
    struct contact_reading reading = { .kind = CONTACT_READING_FAILED,
                                       .error = &no_memory };

    if (kept != NULL) {
        kept->http_status = error->http_status;
        kept->code = arena_copy(read->arena, error->code);
        kept->message = arena_copy(read->arena, error->message);
        kept->request_id = arena_copy(read->arena, error->request_id);
        if (kept->code != NULL && kept->message != NULL)
            reading.error = kept;
    }
    finish(read, &reading);
}

/* Of the provider on a GET, and of ARM itself. */
static bool
means_unregistered(const struct arm_error *error)
{
    return arm_error_has_code(error, "SubscriptionNotRegistered")
           || arm_error_has_code(error, "MissingSubscriptionRegistration");
}

/* The provider's own 404 for a contact that does not exist: its code is the
 * text "404" (prowler 3373). */
static bool
means_absent(const struct arm_error *error)
{
    return error->http_status == 404 && arm_error_has_code(error, "404")
           && strstr(error->message, "ecurity contact") != NULL;
}

static bool
means_version_refused(const struct arm_error *error)
{
    static const char *const codes[] = {
        "NoRegisteredProviderFound",
        "InvalidApiVersionParameter",
        "InvalidResourceType",
        "UnsupportedApiVersion",
    };

    for (size_t i = 0; i < ARRAY_LENGTH(codes); i++)
        if (arm_error_has_code(error, codes[i]))
            return true;
    return false;
}

/* Takes the next older version for the whole run, unless another read did
 * so meanwhile. False where there is none, or where this version has
 * answered before: then the refusal is this subscription's own. */
static bool
fall_back(struct contact_reader *reader, enum contact_version refused)
{
    if (reader->version != refused)
        return true;
    if (reader->confirmed || refused == CONTACT_VERSION_2017_08_01)
        return false;
    reader->version = refused + 1;
    log_info("this cloud refuses %s of securityContacts; reading with %s",
             contact_version_name(refused),
             contact_version_name(reader->version));
    return true;
}

static int start(struct read *read, struct error *err);

static void
read_finished(const struct arm_error *error, void *data)
{
    struct read *read = data;
    struct contact_reading reading = { .kind = CONTACT_READING_DONE };
    AUTOERROR err = ERROR_INIT;

    if (error == NULL) {
        char code[] = ARM_CODE_NOT_UNDERSTOOD, none[] = "out of memory";
        struct arm_error strange = { .http_status = 200,
                                     .code = code,
                                     .message = none,
                                     .origin = ARM_ORIGIN_PROVIDER };
        if (read->version == read->reader->version)
            read->reader->confirmed = true;
        if (contact_document_decode(read->elements, read->version, read->arena,
                                    &reading, &err)
            == 0) {
            finish(read, &reading);
            return;
        }
        if (err.message != NULL)
            strange.message = err.message;
        finish_failed(read, &strange);
    } else if (means_version_refused(error)
               && fall_back(read->reader, read->version)) {
        if (start(read, &err) < 0)
            finish_failed(read, error);
    } else if (means_unregistered(error)) {
        reading.kind = CONTACT_READING_UNREGISTERED;
        finish(read, &reading);
    } else if (means_absent(error)) {
        finish(read, &reading);
    } else {
        finish_failed(read, error);
    }
}

static int
take_page(const json_t *elements, void *data, struct error *err)
{
    struct read *read = data;

    if (json_array_extend(read->elements, (json_t *) (uintptr_t) elements) < 0)
        return error_set_memory(err);
    return 0;
}

static int
start(struct read *read, struct error *err)
{
    AUTOFREE char *path = NULL;

    json_array_clear(read->elements);
    read->version = read->reader->version;
    if (asprintf(&path,
                 "/subscriptions/%s/providers/Microsoft.Security/"
                 "securityContacts?api-version=%s",
                 read->subscription_id, contact_version_name(read->version))
        < 0) {
        path = NULL;
        return error_set_memory(err);
    }
    return arm_list(read->reader->arm, path, take_page, read_finished, read,
                    err);
}

int
contact_reader_read(struct contact_reader *reader, const char *subscription_id,
                    struct arena *arena, contact_reader_done *done, void *data,
                    struct error *err)
{
    struct read *read = calloc(1, sizeof(*read));

    if (read == NULL || (read->elements = json_array()) == NULL) {
        free(read);
        return error_set_memory(err);
    }
    read->reader = reader;
    read->subscription_id = subscription_id;
    read->arena = arena;
    read->done = done;
    read->data = data;
    if (start(read, err) < 0) {
        json_decref(read->elements);
        free(read);
        return -1;
    }
    return 0;
}
