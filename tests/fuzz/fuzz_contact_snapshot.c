/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the before-image of a change: what is brought back leaves no
 * residue, and what is revised reads as it was wanted. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "azure/contact/contact_snapshot.h"
#include "net/http/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
expect_no_residue(const char *body, const struct contact_snapshot *image,
                  struct arena *arena)
{
    struct change_residue *rows;
    size_t count = 1;
    AUTOERROR err = ERROR_INIT;

    if (contact_snapshot_residue(body, image, true, arena, &rows, &count, &err)
            < 0
        || count > 0)
        abort();
}

static void
bring_back(const struct contact_snapshot *image, struct arena *arena)
{
    AUTOBUFFER body = BUFFER_INIT(HTTP_BODY_CEILING);
    AUTOERROR err = ERROR_INIT;
    bool equal = false;

    if (contact_snapshot_equal(image, image, &equal, &err) == 0 && !equal)
        abort();
    if (contact_snapshot_restore(image, &body, &err) == 0)
        expect_no_residue(buffer_text(&body), image, arena);
}

/* Switches everything on, as a remediation might. */
static void
revise(const struct contact_snapshot *image, struct arena *arena)
{
    static const char *const emails[] = { "soc@contoso.nl" };
    const bool newest = image->version == CONTACT_VERSION_2023_12_01;
    struct contact after = { .name = "default" };
    struct contact_reading reading;
    AUTOBUFFER body = BUFFER_INIT(HTTP_BODY_CEILING);
    AUTOERROR err = ERROR_INIT;

    if (contact_snapshot_decode(image, arena, &reading, &err) < 0)
        return;
    if (reading.contact != NULL)
        after = *reading.contact;
    after.emails = emails;
    after.email_count = 1;
    after.phone = "+31 20 123 4567";
    after.alerts = (struct contact_threshold){ CONTACT_LEVEL_HIGH, "High" };
    if (newest) {
        after.enabled = CONTACT_ON;
        after.attack_paths =
            (struct contact_threshold){ CONTACT_LEVEL_LOW, "Low" };
    }
    if (contact_snapshot_revise(image, &after, &body, &err) < 0)
        abort();
    const char *page = arena_printf(arena, "[{\"name\":\"default\",%s]",
                                    buffer_text(&body) + 1);
    if (page == NULL)
        return;
    const struct contact_snapshot written = { image->version, page,
                                              strlen(page) };
    if (contact_snapshot_decode(&written, arena, &reading, &err) < 0
        || reading.contact->email_count != 1
        || reading.contact->alerts.level != CONTACT_LEVEL_HIGH)
        abort();
    expect_no_residue(buffer_text(&body), &written, arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const enum contact_version versions[] = {
        CONTACT_VERSION_2023_12_01,
        CONTACT_VERSION_2020_01_01,
    };

    for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
        const struct contact_snapshot image = { versions[i],
                                                (const char *) bytes, length };
        struct arena *arena = arena_new();
        if (arena != NULL) {
            bring_back(&image, arena);
            revise(&image, arena);
        }
        arena_free(arena);
    }
    return 0;
}
