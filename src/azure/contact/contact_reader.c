/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the security contacts of subscriptions. */
#include "azure/contact/contact_reader.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "azure/arm/arm_json.h"
#include "azure/arm/arm_list.h"
#include "azure/contact/contact_document.h"
#include "azure/contact/contact_refusal.h"
#include "base/cleanup.h"
#include "base/log.h"
#include "base/text.h"

enum {
    CONTACT_READER_VERSIONS = CONTACT_VERSION_2017_08_01 + 1,
    /* So many subscriptions speak for the cloud; before that each is asked
     * in the newest version first. */
    CONTACT_READER_REFUSALS = 16,
    /* A subscription has a handful of contacts: one page of them. */
    CONTACT_READER_PAGES = 10,
    /* Of all pages: some hundred bytes in life, which are kept as an image,
     * or as texts in the arena. */
    CONTACT_READER_BYTES = 256 * 1024,
    /* JSON values of pages that wait for the next one, of all reads under
     * way: some 60 MiB. In life none waits. */
    CONTACT_READER_WAITING = 500 * 1000,
};

static const struct arm_list_ceiling contacts_ceiling = {
    .page = { ARM_JSON_VALUES, JSON_SIZE_DEPTH },
    .values = ARM_JSON_VALUES,
    .bytes = CONTACT_READER_BYTES,
};

struct contact_reader {
    struct arm *arm;
    enum contact_version version; /* in which a read begins */
    int newest;                   /* that has answered; one past the oldest
                                     while none has */
    unsigned refusals[CONTACT_READER_VERSIONS];
    size_t waiting; /* JSON values of the pages of all reads under way */
    bool images;    /* each reading carries its own */
};

/* One subscription's read. */
struct read {
    struct contact_reader *reader;
    const char *subscription_id; /* in the arena */
    struct arena *arena;
    enum contact_version version; /* asked for */
    json_t *elements;             /* of all pages so far */
    unsigned pages;
    size_t values;       /* of JSON, of these pages */
    struct buffer image; /* the page to keep, where images are kept */
    bool imaged;         /* it is the one with the contact named default */
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
    reader->newest = CONTACT_READER_VERSIONS;
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
    return reader->newest < CONTACT_READER_VERSIONS
               ? (enum contact_version) reader->newest
               : reader->version;
}

void
contact_reader_keep_images(struct contact_reader *reader)
{
    reader->images = true;
}

/* Lets go of all pages so far. */
static void
forget_pages(struct read *read)
{
    json_array_clear(read->elements);
    read->reader->waiting -= read->values;
    read->values = 0;
    read->pages = 0;
    read->imaged = false;
    buffer_clear(&read->image);
}

static void
read_free(struct read *read)
{
    forget_pages(read);
    json_decref(read->elements);
    buffer_done(&read->image);
    free(read);
}

static void
finish(struct read *read, const struct contact_reading *reading)
{
    contact_reader_done *done = read->done;
    void *data = read->data;

    read_free(read);
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

/* Ends a read that was understood, with its image where images are kept. */
static void
finish_done(struct read *read, struct contact_reading *reading)
{
    static char code[] = ARM_CODE_NO_ANSWER, message[] = "out of memory";
    static const struct arm_error no_memory = { .code = code,
                                                .message = message };

    if (!read->reader->images) {
        finish(read, reading);
        return;
    }
    struct contact_snapshot *image =
        arena_allocate(read->arena, sizeof(*image));
    char *bytes = arena_copy_bytes(read->arena, buffer_text(&read->image),
                                   read->image.length);
    if (image == NULL || bytes == NULL) {
        finish_failed(read, &no_memory);
        return;
    }
    *image = (struct contact_snapshot){ .version = read->version,
                                        .bytes = bytes,
                                        .length = read->image.length };
    reading->image = image;
    finish(read, reading);
}

/* Notes that a version answers. A read that was refused it before was the
 * exception: the others begin with it again. */
static void
note_answer(struct contact_reader *reader, enum contact_version version)
{
    if ((int) version >= reader->newest)
        return;
    reader->newest = (int) version;
    if (reader->version > version)
        reader->version = version;
}

/* Whether a read may go on in the next older version. Not where this one, or
 * a newer one, has answered for another subscription: then the refusal is
 * this subscription's own. */
static bool
may_fall_back(struct contact_reader *reader, enum contact_version refused)
{
    if (refused == CONTACT_VERSION_2017_08_01
        || (int) refused >= reader->newest)
        return false;
    if (++reader->refusals[refused] == CONTACT_READER_REFUSALS
        && reader->version == refused) {
        reader->version = refused + 1;
        log_info("this cloud refuses %s of securityContacts",
                 contact_version_name(refused));
    }
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
        note_answer(read->reader, read->version);
        if (contact_document_decode(read->elements, read->version, read->arena,
                                    &reading, &err)
            == 0) {
            finish_done(read, &reading);
            return;
        }
        if (err.message != NULL)
            strange.message = err.message;
        finish_failed(read, &strange);
    } else if (contact_refusal_means_version(error)
               && may_fall_back(read->reader, read->version)) {
        read->version++;
        if (start(read, &err) < 0)
            finish_failed(read, error);
    } else if (contact_refusal_means_unregistered(error)) {
        reading.kind = CONTACT_READING_UNREGISTERED;
        finish(read, &reading);
    } else if (contact_refusal_means_absent(error)) {
        finish_done(read, &reading);
    } else {
        finish_failed(read, error);
    }
}

static int
take_bytes(const char *bytes, size_t length, void *data, struct error *err)
{
    struct read *read = data;
    const size_t values = json_size_count(bytes, length).values;

    /* An answer that is refused for its size is no page. */
    if (values > contacts_ceiling.page.values)
        return 0;
    read->values += values;
    read->reader->waiting += values;
    if (read->reader->waiting > CONTACT_READER_WAITING)
        return error_set(err,
                         "the contacts of subscriptions whose next page is "
                         "awaited hold more than %d JSON values",
                         CONTACT_READER_WAITING);
    if (!read->reader->images || read->imaged)
        return 0;
    buffer_clear(&read->image);
    if (buffer_append(&read->image, bytes, length) == 0)
        return 0;
    return length > CONTACT_READER_BYTES
               ? error_set(err,
                           "a page of its contacts is larger than %d KiB, "
                           "too large to be kept",
                           CONTACT_READER_BYTES / 1024)
               : error_set_memory(err);
}

static int
take_page(const json_t *elements, void *data, struct error *err)
{
    struct read *read = data;

    if (++read->pages > CONTACT_READER_PAGES)
        return error_set(err, "its contacts fill more than %d pages",
                         CONTACT_READER_PAGES);
    if (json_array_extend(read->elements, (json_t *) (uintptr_t) elements) < 0)
        return error_set_memory(err);
    read->imaged = read->imaged || contact_document_default(elements) != NULL;
    return 0;
}

static int
start(struct read *read, struct error *err)
{
    AUTOFREE char *path = NULL;

    forget_pages(read);
    if (asprintf(&path,
                 "/subscriptions/%s/providers/Microsoft.Security/"
                 "securityContacts?api-version=%s",
                 read->subscription_id, contact_version_name(read->version))
        < 0) {
        path = NULL;
        return error_set_memory(err);
    }
    const struct arm_listing pages = {
        .path = path,
        .any_shape = true,
        .ceiling = &contacts_ceiling,
        /* What is to be changed must be known as it is now. */
        .telling = !read->reader->images,
        .on_bytes = take_bytes,
        .on_page = take_page,
        .on_end = read_finished,
        .data = read,
    };
    return arm_list(read->reader->arm, &pages, err);
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
    read->image = (struct buffer) BUFFER_INIT(CONTACT_READER_BYTES);
    read->version = reader->version;
    read->subscription_id = subscription_id;
    read->arena = arena;
    read->done = done;
    read->data = data;
    if (start(read, err) < 0) {
        read_free(read);
        return -1;
    }
    return 0;
}
