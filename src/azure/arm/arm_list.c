/* SPDX-License-Identifier: Apache-2.0 */
/* Listings of ARM: a page, and the pages that follow it. */
#include "azure/arm/arm_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "azure/arm/arm_json.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "net/http/url.h"

/* A host's name, at the longest, and our own words. */
enum { ARM_LIST_MESSAGE_CEILING = 16 * 1024 };

const struct arm_list_ceiling arm_list_of_few = {
    .page = { ARM_JSON_VALUES, JSON_SIZE_DEPTH },
    .values = ARM_JSON_VALUES,
    .bytes = 1024 * 1024,
};

const struct arm_list_ceiling arm_list_of_many = {
    .page = { 500 * 1000, JSON_SIZE_DEPTH },
    .values = 20 * 1000 * 1000,
    .bytes = 512 * 1024 * 1024,
};

struct listing {
    struct arm *arm;
    char *path; /* of the first page */
    const char *name;
    bool elsewhere;
    bool telling;
    const struct arm_list_ceiling *ceiling;
    size_t values, bytes; /* of all pages so far */
    bool any_shape;
    arm_list_bytes *on_bytes;
    arm_list_page *on_page;
    arm_list_end *on_end;
    void *data;
    uint64_t *visited; /* digests of the URLs after the first page */
    size_t visited_count;
};

static void
listing_free(struct listing *listing)
{
    free(listing->visited);
    free(listing->path);
    free(listing);
}

static void
finish(struct listing *listing, const struct arm_error *error)
{
    arm_list_end *on_end = listing->on_end;
    void *data = listing->data;

    listing_free(listing);
    on_end(error, data);
}

/* Ends the listing for a reason of our own. What it quotes came from ARM. */
static void
finish_with(struct listing *listing, const struct error *err)
{
    AUTOBUFFER message = BUFFER_INIT(ARM_LIST_MESSAGE_CEILING);
    const char *text = error_message(err);
    char code[] = ARM_CODE_NOT_UNDERSTOOD, none[] = "out of memory";
    struct arm_error error = { .code = code, .message = none };

    if (text_repair_utf8(&message, text, strlen(text)) == 0)
        error.message = message.data;
    finish(listing, &error);
}

/* FNV-1a of 64 bits: links are up to 64 KiB long, and would be half a
 * gigabyte. Who made two alike would only break off a listing of his own. */
static uint64_t
digest_of(const char *url)
{
    uint64_t digest = UINT64_C(0xcbf29ce484222325);

    for (; *url != '\0'; url++)
        digest = (digest ^ (unsigned char) *url) * UINT64_C(0x100000001b3);
    return digest;
}

static int
remember(struct listing *listing, const char *url, struct error *err)
{
    const uint64_t digest = digest_of(url);
    const size_t count = listing->visited_count;

    for (size_t i = 0; i < count; i++)
        if (listing->visited[i] == digest)
            return error_set(err,
                             "the pages lead in a circle: page %zu "
                             "names an earlier one as its next",
                             count + 1);
    if (count >= ARM_LIST_PAGES_CEILING)
        return error_set(err, "there are more than %d pages",
                         ARM_LIST_PAGES_CEILING);
    uint64_t *grown =
        reallocarray(listing->visited, count + 1, sizeof(*grown));
    if (grown == NULL)
        return error_set_memory(err);
    listing->visited = grown;
    listing->visited[listing->visited_count++] = digest;
    return 0;
}

/* Counts a page, and fails where all pages together are too many. */
static int
count_page(struct listing *listing, const struct arm_answer *answer,
           struct error *err)
{
    const struct arm_list_ceiling *ceiling = listing->ceiling;

    listing->values += json_size_count(answer->bytes, answer->length).values;
    listing->bytes += answer->length;
    if (listing->values > ceiling->values)
        return error_set(err, "its pages hold more than %zu JSON values",
                         ceiling->values);
    if (listing->bytes > ceiling->bytes)
        return error_set(err, "its pages are larger than %zu KiB",
                         ceiling->bytes / 1024);
    return 0;
}

/* The link to the next page; NULL where this one is the last: absent, null
 * or empty. Microsoft.Management's list of groups calls it @nextLink, by its
 * specification. */
static int
find_link(const json_t *document, const char **ret_link, struct error *err)
{
    const json_t *link = json_object_get(document, "nextLink");

    if (link == NULL)
        link = json_object_get(document, "@nextLink");
    if (link != NULL && !json_is_null(link) && !json_is_string(link))
        return error_set(err, "the link to the next page is no text");
    *ret_link = json_string_length(link) > 0 ? json_string_value(link) : NULL;
    return 0;
}

static void page_finished(const struct arm_answer *answer, void *data);

/* url is NULL for the first page. */
static int
get(struct listing *listing, const char *url, struct error *err)
{
    const struct arm_request request = {
        .method = "GET",
        .path = url == NULL ? listing->path : NULL,
        .url = url,
        .subject = { .resource = listing->path,
                     .list = true,
                     .elsewhere = listing->elsewhere,
                     .telling = listing->telling && url == NULL,
                     .name = listing->name },
        .ceiling = &listing->ceiling->page,
    };

    return arm_send(listing->arm, &request, page_finished, listing, err);
}

/* Whether a URL of the endpoint is of a page of this listing. */
static bool
is_same_list(const struct listing *listing, const char *url)
{
    AUTOFREE char *base = url_path(arm_endpoint(listing->arm));
    AUTOFREE char *path = url_path(url);
    AUTOFREE char *first = NULL;

    if (base == NULL || path == NULL
        || asprintf(&first, "%s/%s", base, listing->path) < 0) {
        first = NULL;
        return false;
    }
    return arm_resource_is(path, first);
}

/* Follows link, unless it leads the token away from the endpoint, or to pages
 * of something else. */
static int
follow(struct listing *listing, const char *link, struct error *err)
{
    const char *endpoint = arm_endpoint(listing->arm);
    AUTOFREE char *url = url_resolve(endpoint, link, err);

    if (url == NULL)
        return error_wrap(err, "the link to the next page");
    if (!url_same_origin(endpoint, url)) {
        AUTOFREE char *host = url_host(url);
        return error_set(err,
                         "the link to the next page leads to another "
                         "place (%s) and was not followed",
                         host != NULL ? host : "not a URL");
    }
    if (!is_same_list(listing, url))
        return error_set(err, "the link to the next page leads to another "
                              "list and was not followed");
    if (remember(listing, url, err) < 0)
        return -1;
    return get(listing, url, err);
}

static void
page_finished(const struct arm_answer *answer, void *data)
{
    struct listing *listing = data;
    AUTOERROR err = ERROR_INIT;

    if (listing->on_bytes != NULL
        && listing->on_bytes(answer->bytes, answer->length, listing->data,
                             &err)
               < 0) {
        finish_with(listing, &err);
        return;
    }
    if (answer->error != NULL) {
        finish(listing, answer->error);
        return;
    }
    if (count_page(listing, answer, &err) < 0) {
        finish_with(listing, &err);
        return;
    }
    AUTOJSON json_t *elements =
        arm_list_elements(answer->document, listing->any_shape);
    if (elements == NULL) {
        error_set(&err, "the answer is JSON, but not a list");
        finish_with(listing, &err);
        return;
    }
    if (listing->on_page(elements, listing->data, &err) < 0) {
        finish_with(listing, &err);
        return;
    }
    const char *link = NULL;
    if (find_link(answer->document, &link, &err) == 0 && link == NULL)
        finish(listing, NULL);
    else if (link == NULL || follow(listing, link, &err) < 0)
        finish_with(listing, &err);
}

int
arm_list(struct arm *arm, const struct arm_listing *wanted, struct error *err)
{
    struct listing *listing = calloc(1, sizeof(*listing));

    if (listing == NULL)
        return error_set_memory(err);
    listing->arm = arm;
    listing->name = wanted->name;
    listing->elsewhere = wanted->elsewhere;
    listing->telling = wanted->telling;
    listing->any_shape = wanted->any_shape;
    listing->on_bytes = wanted->on_bytes;
    listing->on_page = wanted->on_page;
    listing->on_end = wanted->on_end;
    listing->data = wanted->data;
    listing->ceiling = wanted->ceiling;
    listing->path = strdup(wanted->path);
    if (listing->path == NULL) {
        listing_free(listing);
        return error_set_memory(err);
    }
    if (get(listing, NULL, err) < 0) {
        listing_free(listing);
        return -1;
    }
    return 0;
}

/* Whether an object without elements is an empty page, rather than something
 * else that happens to be JSON, such as {}, which says nothing at all. */
static bool
is_empty_page(const json_t *document)
{
    static const char *const members[] = { "value", "nextLink", "count" };
    size_t known = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(members); i++)
        if (json_object_get(document, members[i]) != NULL)
            known++;
    return known > 0 && known == json_object_size(document);
}

/* A resource by itself: a list of one, unrolled. */
static bool
is_resource(const json_t *document)
{
    return json_object_get(document, "properties") != NULL
           && json_object_get(document, "name") != NULL;
}

json_t *
arm_list_elements(const json_t *document, bool any_shape)
{
    json_t *value = json_object_get(document, "value");

    if (json_object_get(document, "error") != NULL)
        return NULL;
    if (json_is_array(value))
        return json_incref(value);
    if (!any_shape)
        return NULL;
    if (json_is_array(document))
        return json_incref((json_t *) (uintptr_t) document);
    if (!json_is_object(document) || (value != NULL && !json_is_null(value)))
        return NULL;
    if (!is_resource(document) && !is_empty_page(document))
        return NULL;
    json_t *elements = json_array();
    if (elements != NULL && is_resource(document)
        && json_array_append(elements, (json_t *) (uintptr_t) document) < 0) {
        json_decref(elements);
        return NULL;
    }
    return elements;
}
