/* SPDX-License-Identifier: Apache-2.0 */
/* Any answers (arm_feed.h) to what changes something: a registration, sample
 * alerts, a contact written and deleted. Each ends once, with a state or an
 * error; what came from an answer goes into a path only where it is the name
 * of a location. */
#include <stdio.h>

#include "arm_feed.h"
#include "azure/resource/alert_simulation.h"
#include "azure/contact/contact_writer.h"
#include "azure/resource/registration.h"
#include "base/cleanup.h"
#include "fuzz.h"

enum { LOCATION_CEILING = 64, CHANGES = 5 };

static void
registered(const char *state, const struct arm_error *error, void *data)
{
    ++*(unsigned *) data;
    fuzz_expect(state != NULL || error != NULL);
    fuzz_expect(error == NULL || !registration_is_complete(state));
    if (error != NULL)
        arm_feed_check_error(error);
}

static void
raised(const char *location, const struct arm_error *error, void *data)
{
    AUTOFREE char *expected = NULL;

    ++*(unsigned *) data;
    fuzz_expect(location != NULL || error != NULL);
    if (error != NULL)
        arm_feed_check_error(error);
    if (location == NULL) {
        fuzz_expect(*arm_feed_posted() == '\0');
        return;
    }
    fuzz_expect(strlen(location) <= LOCATION_CEILING
                && strpbrk(location, "/?#%. ") == NULL
                && fuzz_is_line(location));
    fuzz_expect(asprintf(&expected,
                         ARM_FEED_ENDPOINT
                         "/subscriptions/" ARM_FEED_SUBSCRIPTION
                         "/providers/Microsoft.Security/locations/%s/alerts/"
                         "default/simulate?api-version=2022-01-01",
                         location)
                > 0);
    fuzz_expect(strcmp(expected, arm_feed_posted()) == 0);
}

static void
written(const struct arm_error *error, const char *request_id, void *data)
{
    (void) request_id;
    ++*(unsigned *) data;
    if (error != NULL)
        arm_feed_check_error(error);
}

static int
start(unsigned which, struct arm *arm, unsigned *ends)
{
    static const struct registration_patience patience =
        REGISTRATION_PATIENCE_INIT;
    static const char id[] = ARM_FEED_SUBSCRIPTION;

    switch (which) {
    case 0:
        return registration_read(arm, id, registered, ends, NULL);
    case 1:
        return registration_start(arm, id, &patience, registered, ends, NULL)
                       != NULL
                   ? 0
                   : -1;
    case 2:
        return alert_simulation_raise(arm, id, alert_simulation_bundles,
                                      alert_simulation_bundles_length, raised,
                                      ends, NULL);
    case 3:
        return contact_writer_put(arm, id, CONTACT_VERSION_2023_12_01, "{}",
                                  written, ends, NULL);
    default:
        return contact_writer_delete(arm, id, CONTACT_VERSION_2020_01_01,
                                     written, ends, NULL);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    for (unsigned which = 0; which < CHANGES; which++) {
        struct arm *arm = arm_feed_open(bytes, length);
        unsigned ends = 0;
        fuzz_expect(start(which, arm, &ends) == 0);
        arm_feed_run();
        fuzz_expect(ends == 1);
        arm_free(arm);
    }
    return 0;
}
