/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a plan file, and any plan whose digest is right, as somebody
 * has it who forges one. */
#include <jansson.h>
#include <openssl/evp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/file/plan_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* What is taken for a plan can be applied: its ids go into URLs, and it is
 * the same once it was written again. */
static void
check_plan(const struct plan *plan, const struct plan_file *file)
{
    AUTOBUFFER written = BUFFER_INIT(PLAN_FILE_CEILING);
    AUTOERROR err = ERROR_INIT;
    char first[PLAN_FILE_DIGEST_SIZE], second[PLAN_FILE_DIGEST_SIZE];
    struct plan_file file_again;
    struct plan *again;

    for (size_t i = 0; i < plan->change_count; i++) {
        const struct plan_change *change = &plan->changes[i];
        if (!text_is_uuid(change->subscription.id)
            || change->version == CONTACT_VERSION_2017_08_01
            || (change->after == NULL) != (change->body == NULL))
            abort();
    }
    if (plan_file_digest(file, first, &err) < 0
        || plan_file_write(file, &written, &err) < 0
        || plan_file_read(buffer_text(&written), written.length, "again",
                          &again, &file_again, &err)
               < 0
        || plan_file_digest(&file_again, second, &err) < 0
        || strcmp(first, second) != 0)
        abort();
    plan_free(again);
}

static void
read_plan(const char *bytes, size_t length)
{
    AUTOERROR err = ERROR_INIT;
    struct plan_file file;
    struct plan *plan;

    if (plan_file_read(bytes, length, "plan", &plan, &file, &err) < 0) {
        if (err.message == NULL)
            abort();
        return;
    }
    check_plan(plan, &file);
    plan_free(plan);
}

static void
forge(json_t *document)
{
    const json_t *plan = json_object_get(document, "plan");
    AUTOFREE char *canonical =
        plan != NULL
            ? json_dumps(plan, JSON_COMPACT | JSON_SORT_KEYS
                                   | JSON_ENSURE_ASCII | JSON_ENCODE_ANY)
            : NULL;
    char digest[PLAN_FILE_DIGEST_SIZE];
    unsigned char hash[32];

    if (canonical == NULL
        || EVP_Digest(canonical, strlen(canonical), hash, NULL, EVP_sha256(),
                      NULL)
               != 1)
        return;
    for (size_t i = 0; i < sizeof(hash); i++)
        (void) snprintf(&digest[2 * i], 3, "%02x", hash[i]);
    json_object_set_new(document, "schemaVersion", json_integer(1));
    json_object_set_new(document, "tool", json_string(""));
    json_object_set_new(document, "sha256", json_string(digest));
    AUTOFREE char *text = json_dumps(document, 0);
    if (text != NULL)
        read_plan(text, strlen(text));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    json_t *document = json_loadb((const char *) bytes, length, 0, NULL);

    read_plan((const char *) bytes, length);
    if (document != NULL)
        forge(document);
    json_decref(document);
    return 0;
}
