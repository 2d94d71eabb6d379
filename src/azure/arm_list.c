/* SPDX-License-Identifier: Apache-2.0 */
/* Listings of ARM: a page, and the pages that follow it. */
#include "azure/arm_list.h"

#include <stdlib.h>
#include <string.h>

#include "azure/arm_json.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "http/url.h"

struct listing {
    struct arm *arm;
    arm_list_page *on_page;
    arm_list_end *on_end;
    void *data;
    char **visited; /* URLs after the first page */
    size_t visited_count;
};

static void
listing_free(struct listing *listing)
{
    for (size_t i = 0; i < listing->visited_count; i++)
        free(listing->visited[i]);
    free(listing->visited);
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

/* Ends the listing for a reason of our own. */
static void
finish_with(struct listing *listing, const struct error *err)
{
    char code[] = ARM_CODE_NOT_UNDERSTOOD, none[] = "out of memory";
    AUTOFREE char *message = strdup(error_message(err));
    const struct arm_error error = { .code = code,
                                     .message =
                                         message != NULL ? message : none };

    finish(listing, &error);
}

/* Keeps url, which it owns from then on. */
static int
remember(struct listing *listing, char *url, struct error *err)
{
    for (size_t i = 0; i < listing->visited_count; i++)
        if (strcmp(listing->visited[i], url) == 0) {
            free(url);
            return error_set(err,
                             "the pages lead in a circle: page %zu "
                             "names an earlier one as its next",
                             listing->visited_count + 1);
        }
    char **grown =
        listing->visited_count < ARM_LIST_PAGES_CEILING ? reallocarray(
            listing->visited, listing->visited_count + 1, sizeof(*grown))
                                                        : NULL;
    if (grown == NULL) {
        free(url);
        if (listing->visited_count >= ARM_LIST_PAGES_CEILING)
            return error_set(err, "there are more than %d pages",
                             ARM_LIST_PAGES_CEILING);
        return error_set_memory(err);
    }
    listing->visited = grown;
    listing->visited[listing->visited_count++] = url;
    return 0;
}

static void page_finished(const json_t *document,
                          const struct arm_error *error, void *data);

/* Follows link, unless it leads the token away from the endpoint. */
static int
follow(struct listing *listing, const char *link, struct error *err)
{
    const char *endpoint = arm_endpoint(listing->arm);
    char *url = url_resolve(endpoint, link, err);

    if (url == NULL)
        return error_wrap(err, "the link to the next page");
    if (!url_same_origin(endpoint, url)) {
        AUTOFREE char *host = url_host(url);
        free(url);
        return error_set(err,
                         "the link to the next page leads to another "
                         "place (%s) and was not followed",
                         host != NULL ? host : "not a URL");
    }
    if (remember(listing, url, err) < 0)
        return -1;
    return arm_get_url(listing->arm, url, page_finished, listing, err);
}

static void
page_finished(const json_t *document, const struct arm_error *error,
              void *data)
{
    struct listing *listing = data;
    AUTOERROR err = ERROR_INIT;

    if (error != NULL) {
        finish(listing, error);
        return;
    }
    AUTOJSON json_t *elements = arm_list_elements(document);
    if (elements == NULL) {
        error_set(&err, "the answer is JSON, but not a list");
        finish_with(listing, &err);
        return;
    }
    if (listing->on_page(elements, listing->data, &err) < 0) {
        finish_with(listing, &err);
        return;
    }
    const char *link =
        json_string_value(json_object_get(document, "nextLink"));
    if (text_is_blank(link))
        finish(listing, NULL);
    else if (follow(listing, link, &err) < 0)
        finish_with(listing, &err);
}

int
arm_list(struct arm *arm, const char *path, arm_list_page *on_page,
         arm_list_end *on_end, void *data, struct error *err)
{
    struct listing *listing = calloc(1, sizeof(*listing));

    if (listing == NULL)
        return error_set_memory(err);
    listing->arm = arm;
    listing->on_page = on_page;
    listing->on_end = on_end;
    listing->data = data;
    if (arm_get(arm, path, page_finished, listing, err) < 0) {
        listing_free(listing);
        return -1;
    }
    return 0;
}

/* Whether an object without elements is an empty page, rather than something
 * else that happens to be JSON. */
static bool
is_empty_page(const json_t *document)
{
    static const char *const members[] = { "value", "nextLink", "count" };
    size_t known = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(members); i++)
        if (json_object_get(document, members[i]) != NULL)
            known++;
    return known == json_object_size(document);
}

json_t *
arm_list_elements(const json_t *document)
{
    json_t *value = json_object_get(document, "value");

    if (json_is_array(document))
        return json_incref((json_t *) (uintptr_t) document);
    if (json_is_array(value))
        return json_incref(value);
    if (!json_is_object(document) || (value != NULL && !json_is_null(value)))
        return NULL;
    const bool resource = json_object_get(document, "properties") != NULL
                          && json_object_get(document, "name") != NULL;
    if (!resource && !is_empty_page(document))
        return NULL;
    json_t *elements = json_array();
    if (elements != NULL && resource
        && json_array_append(elements, (json_t *) (uintptr_t) document) < 0) {
        json_decref(elements);
        return NULL;
    }
    return elements;
}
